"""The front matter of an article: its keys, and what their values must be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from ...core.errors import Problem, Severity
from ...core.text import says_nothing, slug, strip_marks
from ..diagnosis import choose, quoted
from ..vocabulary import Vocabulary
from ..vocabulary.entry_validation import sound_part
from ..vocabulary.references import misnamed, right_id
from ..vocabulary.schemas import Bool, Date, Entry, IdOf, fields_of, key, key_names
from ..yaml import Plain, YamlData

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


@dataclass(frozen=True, slots=True)
class Parts:
    """A file cut in two: the YAML between the fences with the number of its first line, and where the body begins."""

    yaml: str
    first_line: int
    body_start: int


@dataclass(frozen=True, slots=True)
class _Edge:
    """A fence: the index of its line, where the part behind it begins, and what is wrong with it."""

    line: int
    following: int
    fault: tuple[str, str] | None = None


def cut_front_matter(text: str, path: str, keys: Iterable[str]) -> tuple[Parts | None, list[Problem]]:
    """Return the parts of a digest; None and a problem if its front matter is not between two right fences.

    ``keys`` are the words that may stand before a colon in front matter."""
    lines, known = text.split("\n"), {key.casefold() for key in keys}
    opening = _opening(lines, known)
    if opening is None:
        remedy = "Bắt đầu tệp bằng dòng ---, rồi title, outlet và các khóa khác, rồi một dòng --- nữa"
        return None, [Problem(path, 1, "thiếu phần khai báo ở đầu tệp", remedy)]
    closing = None if opening.fault else _closing(lines, opening.following, known)
    edge = closing or opening
    if edge.fault:
        return None, [Problem(path, edge.line + 1, *edge.fault)]
    if closing is None:
        message = "phần khai báo ở đầu tệp không có dòng kết thúc"
        return None, [Problem(path, 1, message, "Thêm dòng --- sau khóa cuối cùng")]
    part = "\n".join([*lines[opening.following : closing.line], ""])
    start = sum(len(line) + 1 for line in lines[: closing.following])
    return Parts(part, opening.following + 1, min(start, len(text))), []


def _opening(lines: Sequence[str], known: set[str]) -> _Edge | None:
    first = next((n for n, line in enumerate(lines[:_LOOKED_AT]) if line.strip()), None)
    if first is None:
        return None
    if _FENCE.match(lines[first]):
        fault = ("trước dòng --- đầu tiên có dòng trống", "Xóa dòng trống, để --- là dòng đầu tiên của tệp")
        return _Edge(0 if first else first, first + 1, fault if first else None)
    if _LIKE.match(lines[first]) and _is_key(lines, first + 1, known):
        return _Edge(first, first + 1, _misshapen(lines[first], "mở đầu"))
    if _is_key(lines, first, known):
        return _Edge(first, first, ("thiếu dòng --- mở đầu phần khai báo", "Thêm dòng --- vào trước dòng này"))
    later = (n for n in range(first + 1, min(len(lines) - 1, first + _FEW)) if _FENCE.match(lines[n]))
    number = next((n for n in later if _is_key(lines, n + 1, known)), None)
    if number is None:
        return None
    remedy = "Xóa phần chữ ấy, hoặc chuyển xuống dưới phần khai báo, để --- là dòng đầu tiên của tệp"
    return _Edge(first, number + 1, ("trước dòng --- đầu tiên còn chữ", remedy))


def _misshapen(line: str, which: str) -> tuple[str, str]:
    message = f"dòng {which} phần khai báo là “{line.strip()[:20]}”, phải là ba dấu gạch ngắn"
    return message, "Sửa cả dòng thành ---"


def _closing(lines: Sequence[str], start: int, known: set[str]) -> _Edge | None:
    """Return the fence that ends the front matter, or the place where it is missing."""
    last = start - 1
    for number in range(start, min(len(lines), start + _LONGEST)):
        line = lines[number]
        if _FENCE.match(line):
            fault, key = ("có dòng --- ở giữa phần khai báo", "Xóa dòng này"), number + 1
            while key < len(lines) and (_is_key(lines, key, known) or (key > number + 1 and _PART.match(lines[key]))):
                key += 1
            more = number + 1 < key < len(lines) and _FENCE.match(lines[key])  # keys, and another fence
            return _Edge(number, number + 1, fault if more else None)
        if len(line.strip()) > 1 and _LIKE.match(line) and (line[0] not in " \t" or line.strip() == "---"):
            return _Edge(number, number + 1, _misshapen(line, "kết thúc"))
        if _is_key(lines, number, known) or (_PART.match(line) and last == number - 1):
            last = number
        elif line.strip() and not _KEY.match(line) and _ends_here(lines, number, known):
            break
    if last < start:
        return None
    message = "phần khai báo không có dòng kết thúc ---"
    return _Edge(last + 1, last + 1, (message, f"Thêm một dòng --- ngay sau dòng {last + 1}"))


def _ends_here(lines: Sequence[str], number: int, known: set[str]) -> bool:
    """Tell whether words that are no key are already the article's: no key comes before the next fence."""
    for later in range(number + 1, min(len(lines), number + _LONGEST)):
        if _is_key(lines, later, known):
            return False
        if _FENCE.match(lines[later]):
            return not lines[number - 1].strip() or len(lines[number]) > _LOOKED_AT
    return True


def _is_key(lines: Sequence[str], number: int, known: set[str]) -> bool:
    match = _KEY.match(lines[number]) if number < len(lines) else None
    return match is not None and match["key"].strip().casefold() in known


_WEB_ADDRESS = re.compile(
    r"""
    https?://
    [^\s/?\#@:]+ \. [^\s/?\#@:.]+   # host: no user, no blank, at least one dot
    (?: :\d{1,5} )?                  # port
    (?: [/?\#]\S* )? \Z              # path, query, fragment
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NOTHING = "none"
_UNKNOWN = "?"
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

    @property
    def entity(self) -> str | None:
        """The id the words stand for; None if for nothing."""
        return None if self.target == _NOTHING else self.target


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
    evidence: Literal["toan-van", "bao-tuong-thuat"] = key(
        "Bài là gì",
        "bao-tuong-thuat (báo kể lại; mặc định) hoặc toan-van (nguồn đăng toàn văn văn bản)",
        "bao-tuong-thuat",
        aka="bằng chứng, căn cứ, loại bài",
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
    corrections: tuple[CorrectionEntry, ...] = key(
        "Đính chính", "Chỗ máy hiểu sai: find là chữ trong bài, is là mã đúng", (), aka="đính chính, sửa, chỗ sai"
    )
    draft: Bool = key("Bản nháp", "có: bài chưa xong, chưa được đưa lên trang", False, aka="nháp, bản nháp")


def key_words() -> list[str]:
    """Return every word that may stand before a colon in front matter: the keys, and what else they are called."""
    names = key_names(fields_of(FrontMatter))
    return [word for key, called in names.items() for word in (key, *called)]


def read_unfinished(values: Mapping[str, Plain]) -> FrontMatter:
    """Return what can be used of faulty front matter; ``title`` and ``outlet`` are '?' where they are missing."""
    blank = FrontMatter.model_validate({"title": _UNKNOWN, "outlet": _UNKNOWN})
    return sound_part(FrontMatter, values, word=_UNKNOWN) or blank


def check_values(source: YamlData, path: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Tell of an unknown outlet or province, and of a name or a web address that is none."""
    values = source.data if isinstance(source.data, dict) else {}
    for place in (("outlet", "outlets", "nguồn"), ("province", "provinces", "tỉnh, thành phố")):
        value = values.get(place[0])
        if isinstance(value, str) and value and not vocabulary.knows(place[1], value):
            yield _unknown(source, path, vocabulary, place, value)
    author = values.get("author")
    if isinstance(author, str) and author and says_nothing(author):
        message = f"“author”: {quoted(author)} không phải tên người viết"
        yield Problem(path, source.line("author"), message, "Không biết ai viết thì xóa dòng này")
    url = values.get("url")
    if isinstance(url, str) and not is_web_address(url):
        remedy, bare = "hoặc xóa dòng này nếu không biết chắc", "".join(url.split())
        for proposal in (f"https://{bare.lstrip('/')}", bare):
            if is_web_address(proposal) and not proposal.lower().startswith(("javascript", "data:")):
                remedy = f"không có dấu cách: {proposal[:120]}"
        message = f"địa chỉ {quoted(url)} không phải địa chỉ trang mạng"
        form = "Viết địa chỉ đầy đủ, bắt đầu bằng https:// hoặc http://"
        yield Problem(path, source.line("url"), message, f"{form}, {remedy}")


def _unknown(source: YamlData, path: str, vocabulary: Vocabulary, place: tuple[str, str, str], value: str) -> Problem:
    """Say that an id is in no list; if an entry there should have it by its name, say so there."""
    own, name, what = place
    for known in getattr(vocabulary, name):
        raw = vocabulary.raw_entries.get((name, known))
        if raw is not None and known != value and right_id(known, raw.data) == value:
            fault = misnamed(known, raw.data, value)
            return Problem(*vocabulary.place(name, known, "id"), fault.message, fault.remedy)
    message = f"không có {what} mang mã {quoted(value)} trong danh mục {name}.yml"
    where = f"sources/vocabularies/{name}.yml"
    if name in vocabulary.missing:
        return Problem(where, 1, f"không có tệp {name}.yml mà các bài cần đến", "Lấy lại tệp ấy từ bản trước")
    if own == "province" and slug(value) in _NATIONWIDE:
        return Problem(path, source.line(own), message, "Xóa dòng này: bài về cả nước không ghi “province”")
    return Problem(path, source.line(own), message, choose(value, vocabulary.names(name), where))


def is_web_address(url: str) -> bool:
    """Tell whether ``url`` is the whole address of a page."""
    return bool(_WEB_ADDRESS.match(url))


def check_corrections(source: YamlData, path: str, body: str) -> Iterator[Problem]:
    """Tell of corrections whose words do not stand in the text."""
    values = source.data if isinstance(source.data, dict) else {}
    items = values.get("corrections")
    text = " ".join(body.split())
    for number, item in enumerate(items if isinstance(items, list) else ()):
        words = item.get("find") if isinstance(item, dict) else None
        if isinstance(words, str) and words and " ".join(words.split()) not in text:
            message, remedy = f"không có chữ {quoted(words)} trong bài", "Chép đúng từng chữ trong bài vào “find”"
            wanted, bare = strip_marks(" ".join(words.split())), strip_marks(text)
            start = bare.find(wanted) if len(bare) == len(text) and len(wanted) > 2 else -1
            if start >= 0:  # the words differ only by accents, case and blanks
                remedy = f"Sửa “find” thành: {text[start : start + len(wanted)]}"
            yield Problem(path, source.line("corrections", number, "find"), message, remedy)


def check_comments(source: YamlData, lines: Sequence[str], path: str) -> Iterator[Problem]:
    """Tell of a title or name that ends at a ``#``: what stands behind it is read as a comment."""
    values = source.data if isinstance(source.data, dict) else {}
    for name in ("title", "author"):
        value, number = values.get(name), source.lines.get((name,))
        line = lines[number - 1] if number and number <= len(lines) else ""
        hidden = line.partition(" #")[2].rstrip()
        meant = not hidden or hidden[0].isspace()  # "# …" is a comment on purpose
        in_quotes = line.split(":", 1)[-1].lstrip().startswith(('"', "'"))
        if isinstance(value, str) and not meant and not in_quotes and f" #{hidden}" not in value:
            message = f"phần {quoted('#' + hidden)} bị coi là lời ghi chú, không thuộc “{name}”"
            remedy = f'Nếu là một phần của “{name}” thì đặt cả giá trị trong dấu ngoặc kép: {name}: "{value} #{hidden}"'
            yield Problem(path, number or 1, message, remedy, Severity.WARNING)
