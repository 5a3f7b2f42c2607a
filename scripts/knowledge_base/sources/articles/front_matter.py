"""The front matter of an article: its keys, and what their values must be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field

from ...core.errors import Problem, Severity
from ...core.models import Paragraph
from ...core.paragraphs import ANCHOR, anchors, find_paragraphs, split_paragraphs
from ...core.text import says_nothing, slug, strip_marks
from ...core.web_links import is_web_address
from ..diagnosis import choose, quoted
from ..vocabulary import Vocabulary
from ..vocabulary.evidence import CheckedEntry
from ..vocabulary.fields import Bool, Date, Entry, IdOf, fields_of, key, key_names
from ..vocabulary.references import find_misnamed
from ..yaml import Plain, YamlData
from ..yaml.syntax_errors import Slip

_FENCE = re.compile(r"---[ \t]*\Z")
_LIKE = re.compile(r"[ \t]*(?:[-–—_=*][ \t]?){1,12}[ \t]*\Z")
"""What people type, or Word makes, in place of a fence."""

_KEY = re.compile(r"(?P<key>[^\W\d][\w ]{0,24}?)[ ]{0,2}[:：=]")
_PART = re.compile(r"[ \t]+\S|[-–•*][ \t]|#")
_LOOKED_AT = 80
"""Lines above which the opening fence must stand, and letters of a line that is no key: a paragraph is longer."""

_LONGEST = 400
"""Lines of front matter at most. By hand: room for nearly two hundred corrections."""

_FEW = 12
"""Lines of words that may stand above the opening fence by mistake; more are an article without front matter."""


FIRST_LINE = 2
"""The line of the file on which the YAML begins, below the opening fence."""


def cut_front_matter(text: str) -> tuple[str, int] | Slip:
    """Return the YAML of a digest, and where its body begins; a slip, if it is not between two right fences."""
    lines = text.split("\n")
    slip = _find_opening_slip(lines)
    end = slip if slip is not None else _find_end(lines)
    if isinstance(end, Slip):
        return end
    body_start = sum(len(line) + 1 for line in lines[: end + 1])
    return "\n".join([*lines[1:end], ""]), min(body_start, len(text))


def _find_opening_slip(lines: Sequence[str]) -> Slip | None:
    first = next((n for n, line in enumerate(lines[:_LOOKED_AT]) if line.strip()), len(lines))
    if first < len(lines) and _FENCE.match(lines[first]):
        remedy = "Xóa dòng trống, để --- là dòng đầu tiên của tệp"
        return Slip(0, "trước dòng --- đầu tiên có dòng trống", remedy) if first else None
    if _is_key(lines, first + 1) and _LIKE.match(lines[first]):
        return _misshapen(first, lines[first], "mở đầu")
    if _is_key(lines, first):
        return Slip(first, "thiếu dòng --- mở đầu phần khai báo", "Thêm dòng --- vào trước dòng này")
    later = range(first + 1, min(len(lines) - 1, first + _FEW))
    if any(_FENCE.match(lines[n]) and _is_key(lines, n + 1) for n in later):
        remedy = "Xóa phần chữ ấy, hoặc chuyển xuống dưới phần khai báo, để --- là dòng đầu tiên của tệp"
        return Slip(first, "trước dòng --- đầu tiên còn chữ", remedy)
    remedy = "Bắt đầu tệp bằng dòng ---, rồi title, outlet và các khóa khác, rồi một dòng --- nữa"
    return Slip(0, "thiếu phần khai báo ở đầu tệp", remedy)


def _misshapen(number: int, line: str, which: str) -> Slip:
    message = f"dòng {which} phần khai báo là “{line.strip()[:20]}”, phải là ba dấu gạch ngắn"
    return Slip(number, message, "Sửa cả dòng thành ---")


def _find_end(lines: Sequence[str]) -> int | Slip:
    """Return the line of the fence that ends the front matter; a slip, if it is wrong or missing."""
    last = 0
    for number in range(1, min(len(lines), 1 + _LONGEST)):
        line = lines[number]
        if _FENCE.match(line):
            key = number + 1
            while key < len(lines) and (_is_key(lines, key) or (key > number + 1 and _PART.match(lines[key]))):
                key += 1
            more = number + 1 < key < len(lines) and _FENCE.match(lines[key])  # keys, and another fence
            return Slip(number, "có dòng --- ở giữa phần khai báo", "Xóa dòng này") if more else number
        if len(line.strip()) > 1 and _LIKE.match(line) and (line[0] not in " \t" or line.strip() == "---"):
            return _misshapen(number, line, "kết thúc")
        if _is_key(lines, number) or (_PART.match(line) and last == number - 1):
            last = number
        elif line.strip() and not _KEY.match(line) and _ends_here(lines, number):
            break
    if not last:
        return Slip(0, "phần khai báo ở đầu tệp không có dòng kết thúc", "Thêm dòng --- sau khóa cuối cùng")
    message = "phần khai báo không có dòng kết thúc ---"
    return Slip(min(last + 1, len(lines) - 1), message, f"Thêm một dòng --- ngay sau dòng {last + 1}")


def _ends_here(lines: Sequence[str], number: int) -> bool:
    """Tell whether words that are no key are already the article's: no key comes before the next fence."""
    for later in range(number + 1, min(len(lines), number + _LONGEST)):
        if _is_key(lines, later):
            return False
        if _FENCE.match(lines[later]):
            return not lines[number - 1].strip() or len(lines[number]) > _LOOKED_AT
    return True


def _is_key(lines: Sequence[str], number: int) -> bool:
    match = _KEY.match(lines[number]) if number < len(lines) else None
    return match is not None and match["key"].strip().casefold() in _KEY_WORDS


NOTHING = "none"
"""What a correction calls words that stand for nothing."""
_NATIONWIDE = {"trung-uong", "ca-nuoc", "toan-quoc", "viet-nam", "quoc-gia"}


class CorrectionEntry(Entry):
    """One item of ``corrections``: the words in the text, and the id they stand for (or ``none``)."""

    find: str = key("Chữ trong bài", "Chép đúng từng chữ trong bài", aka="tìm, chữ", min_length=1)
    target: str = key(
        "Nghĩa là",
        "Mã của văn bản, cơ quan hay chủ đề; none khi chữ ấy không chỉ gì cả",
        aka="là, id, mã",
        alias="is",
        min_length=1,
    )


class MendedEntry(Entry):
    """One item of ``mended``: words that only the mended paragraph holds now, and the anchors it had before."""

    find: str = key("Chữ trong đoạn", "Chép đúng vài chữ chỉ đoạn đã sửa mới có", aka="tìm, chữ, đoạn", min_length=1)
    was: tuple[Annotated[str, Field(pattern=f"^{ANCHOR}$")], ...] = key(
        "Neo cũ",
        "Neo của đoạn trước khi sửa, như d-abcd2345: build_pages.py --diff in sẵn dòng này",
        aka="neo, cũ, trước",
        min_length=1,
    )
    day: Date | None = key("Ngày sửa", "Dạng 2026-11-30", None, aka="ngày")
    why: str | None = key("Vì sao", "Sửa gì, vì sao: một câu", None, aka="lý do", min_length=1)


class FrontMatter(Entry):
    """The keys a maintainer may write at the head of an article.

    ``rights``: ``tom-luoc`` is our own digest; the others are the grounds on which a full text may be
    published: an official document (not under copyright), plain news of the day, or a permission.
    ``draft``: the article is not finished; no page is made of it."""

    title: str = key(
        "Tên bài", "Tên bài đúng như trên báo", aka="tên, tiêu đề, tựa đề, tựa, nhan đề, tít, đầu đề", min_length=1
    )
    outlet: Annotated[str, IdOf("outlets")] = key(
        "Báo, cổng thông tin",
        "Mã của báo hoặc cổng thông tin trong sources/vocabularies/outlets.yml, ví dụ bao-da-nang",
        aka="báo, nguồn, tên báo, cơ quan báo chí, tòa soạn, trang, source",
        min_length=1,
    )
    author: str | None = key("Tác giả", "Tên tác giả như trên báo", None, aka="người viết, tên tác giả", min_length=1)
    published: Date | None = key(
        "Ngày đăng",
        "Chỉ chính xác đến mức đã biết: 2023-09-07, 2023-09 hoặc 2023. Không biết thì bỏ khóa này",
        None,
        aka="ngày, đăng ngày, ngày đăng bài, date, ngày xuất bản",
    )
    event: Date | None = key(
        "Ngày sự việc",
        "Khi bài không có ngày đăng: ngày của sự việc mà bài cho biết, ghi như published",
        None,
        aka="sự kiện, sự việc, ngày sự kiện",
    )
    province: Annotated[str, IdOf("provinces")] | None = key(
        "Tỉnh, thành phố",
        "Mã của tỉnh, thành phố theo tên gọi lúc đăng bài, ví dụ nghe-an. Bài về cả nước thì bỏ khóa này và để bài"
        " trong trung-uong/",
        None,
        aka="tỉnh, thành phố, địa phương, tỉnh thành",
    )
    url: str | None = key(
        "Địa chỉ bài gốc",
        "Nếu biết chắc; bắt đầu bằng https:// hoặc http://",
        None,
        aka="địa chỉ, liên kết, đường dẫn, link",
    )
    evidence: Literal["toan-van", "trich", "bao-tuong-thuat"] = key(
        "Bài là gì",
        "bao-tuong-thuat (báo kể lại; mặc định), toan-van (nguồn đăng toàn văn văn bản) hoặc trich (nguồn đăng một phần"
        " của chính văn bản)",
        "bao-tuong-thuat",
        aka="bằng chứng, căn cứ, loại bài",
    )
    language: Literal["vi", "en"] = key(
        "Tiếng của bài",
        "en khi bài gốc viết bằng tiếng Anh: danh mục và nguồn ghi rõ điều đó. Bài tiếng Việt thì bỏ khóa này",
        "vi",
        aka="tiếng, ngôn ngữ",
    )
    rights: Literal["tom-luoc", "van-ban-hanh-chinh", "tin-thoi-su", "duoc-phep"] = key(
        "Quyền đăng",
        "tom-luoc (bản tóm lược của kho; mặc định). Chỉ khi được đăng nguyên văn: van-ban-hanh-chinh (văn bản của"
        " cơ quan nhà nước, tổ chức), tin-thoi-su (tin tức thời sự thuần túy đưa tin), duoc-phep (được chủ sở hữu cho"
        " phép)",
        "tom-luoc",
        aka="quyền, bản quyền",
    )
    document: str | None = key(
        "Văn bản được thông báo",
        "Mã của văn bản mà bài đưa tin là mới ban hành, hoặc giới thiệu nội dung, ví dụ chi-thi-34-ct-tu-da-nang-2023."
        " Bài chỉ nhắc lại văn bản cũ thì bỏ khóa này",
        None,
        aka="văn bản, số hiệu, chỉ thị",
        min_length=1,
    )
    added_numbers: tuple[str, ...] = key(
        "Số do kho thêm",
        "Mã các văn bản mà bài gốc nói tới mà không nêu số: số ghi ở bản tóm lược là của kho, theo hồ sơ của văn bản",
        (),
        aka="số do kho thêm, số thêm",
    )
    corrections: tuple[CorrectionEntry, ...] = key(
        "Đính chính", "Chỗ máy hiểu sai: find là chữ trong bài, is là mã đúng", (), aka="sửa, chỗ sai"
    )
    mended: tuple[MendedEntry, ...] = key(
        "Đoạn đã sửa",
        "Để liên kết cũ mở đúng đoạn đã sửa: find là chữ chỉ đoạn ấy có, was là các neo cũ của nó",
        (),
        aka="đã sửa, đoạn đã sửa, neo cũ",
    )
    checked: CheckedEntry | None = key(
        "Đọc lại lần hai", "Người khác chỉ xem bài này và trang gốc: ngày, kết quả", None, aka="đọc lại"
    )
    draft: Bool = key("Bản nháp", "có: bài chưa xong, chưa được đưa lên trang", False, aka="nháp")


_KEY_WORDS = {word.casefold() for key, called in key_names(fields_of(FrontMatter)).items() for word in (key, *called)}
"""Every word that may stand before a colon in front matter: the keys, and what else they are called."""


def check_values(source: YamlData, text: str, body: str, path: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Tell of an unknown outlet or province, of a name or a web address that is none, of corrections whose words do
    not stand in the ``body``, and of values that end at a ``#`` in the ``text`` of the front matter."""
    values = source.data if isinstance(source.data, dict) else {}
    said = {name: value for name, value in values.items() if isinstance(value, str)}
    for own, table, what in (("outlet", "outlets", "nguồn"), ("province", "provinces", "tỉnh, thành phố")):
        if (value := said.get(own)) and not vocabulary.knows(table, value):
            yield _unknown(value, table, what, (path, source.line(own)), vocabulary)
    if (author := said.get("author")) and says_nothing(author):
        message = f"“author”: {quoted(author)} không phải tên người viết"
        yield Problem(path, source.line("author"), message, "Không biết ai viết thì xóa dòng này")
    if (url := said.get("url")) is not None and not is_web_address(url):
        remedy, bare = "hoặc xóa dòng này nếu không biết chắc", "".join(url.split())
        for proposal in (f"https://{bare.lstrip('/')}", bare):
            if is_web_address(proposal) and not proposal.lower().startswith(("javascript", "data:")):
                remedy = f"không có dấu cách: {proposal[:120]}"
        message = f"địa chỉ {quoted(url)} không phải địa chỉ trang mạng"
        form = "Viết địa chỉ đầy đủ, bắt đầu bằng https:// hoặc http://"
        yield Problem(path, source.line("url"), message, f"{form}, {remedy}")
    yield from _check_corrections(source, values.get("corrections"), " ".join(body.split()), path)
    yield from _check_mended(source, values.get("mended"), split_paragraphs(body), path)
    yield from _check_comments(source, said, text.split("\n"), path)


def _unknown(value: str, table: str, what: str, place: tuple[str, int], vocabulary: Vocabulary) -> Problem:
    """Say that an id is in no list; if an entry there should have it by its name, say so there."""
    if found := find_misnamed(vocabulary.raw_entries.values(), table, value):
        raw, fault = found
        return Problem(raw.path, raw.line("id"), fault.message, fault.remedy)
    where = f"sources/vocabularies/{table}.yml"
    if table in vocabulary.missing:
        return Problem(where, 1, f"không có tệp {table}.yml mà các bài cần đến", "Lấy lại tệp ấy từ bản trước")
    remedy = choose(value, vocabulary.names(table), where)
    if table == "provinces" and slug(value) in _NATIONWIDE:
        remedy = "Xóa dòng này: bài về cả nước không ghi “province”"
    return Problem(*place, f"không có {what} mang mã {quoted(value)} trong danh mục {table}.yml", remedy)


def _check_corrections(source: YamlData, items: Plain, text: str, path: str) -> Iterator[Problem]:
    for number, item in enumerate(items if isinstance(items, list) else ()):
        words = item.get("find") if isinstance(item, dict) else None
        if isinstance(words, str) and words and " ".join(words.split()) not in text:
            message, remedy = f"không có chữ {quoted(words)} trong bài", "Chép đúng từng chữ trong bài vào “find”"
            wanted, bare = strip_marks(" ".join(words.split())), strip_marks(text)
            start = bare.find(wanted) if len(bare) == len(text) and len(wanted) > 2 else -1
            if start >= 0:  # the words differ only by accents, case and blanks
                remedy = f"Sửa “find” thành: {text[start : start + len(wanted)]}"
            yield Problem(path, source.line("corrections", number, "find"), message, remedy)


def _check_mended(source: YamlData, items: Plain, paragraphs: Sequence[Paragraph], path: str) -> Iterator[Problem]:
    """Tell of words that stand in no paragraph or in several, and of earlier anchors that cannot lead to theirs."""
    taken = dict.fromkeys(anchors(tuple(paragraphs)), "là neo của một đoạn đang có trong bài")
    for number, item in enumerate(items if isinstance(items, list) else ()):
        words, was = (item.get("find"), item.get("was")) if isinstance(item, dict) else (None, None)
        if isinstance(words, str) and words and (count := len(find_paragraphs(paragraphs, words))) != 1:
            message = f"{f'{count} đoạn' if count else 'không đoạn nào'} có chữ {quoted(words)}"
            remedy = "Chép vào “find” vài chữ liền nhau chỉ có trong đoạn đã sửa"
            yield Problem(path, source.line("mended", number, "find"), message, remedy)
        for anchor in was if isinstance(was, list) else ():
            if isinstance(anchor, str) and (reason := taken.get(anchor)):
                yield Problem(path, source.line("mended", number, "was"), f"{quoted(anchor)} {reason}", "Xóa neo này")
            if isinstance(anchor, str):
                taken[anchor] = "đã ghi ở một đoạn trên"


def _check_comments(source: YamlData, said: Mapping[str, str], lines: Sequence[str], path: str) -> Iterator[Problem]:
    """Tell of a title or name that ends at a ``#``: what stands behind it is read as a comment."""
    for name in sorted({"title", "author"} & said.keys()):
        value, number = said[name], source.line(name)
        line = lines[number - FIRST_LINE]
        hidden = line.partition(" #")[2].rstrip()
        meant = not hidden or hidden[0].isspace()  # "# …" is a comment on purpose
        in_quotes = line.split(":", 1)[-1].lstrip().startswith(('"', "'"))
        if not meant and not in_quotes and f" #{hidden}" not in value:
            message = f"phần {quoted('#' + hidden)} bị coi là lời ghi chú, không thuộc “{name}”"
            remedy = f'Nếu là một phần của “{name}” thì đặt cả giá trị trong dấu ngoặc kép: {name}: "{value} #{hidden}"'
            yield Problem(path, number, message, remedy, Severity.WARNING)
