"""Find what does not fit together in articles: values, days, marks, duplicates, sources that disagree."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from ..core.dates import PartialDate
from ..core.errors import Problem, Severity
from ..core.models import Article
from ..core.text import fold, slug, view
from ..core.web_links import host_of, link_key
from ..importing.encodings import tell_damage
from ..meaning.knowledge.entities import KnowledgeBase
from ..sources.diagnosis import quoted
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.names import outlet_sites, owner_of

_DAY = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)(?![\d/-])")


def check_days(article: Article) -> Iterator[Problem]:
    """Yield a warning for each impossible day ("31-2-2024") in the text."""
    for match in _DAY.finditer(article.text, article.body_start):
        day, _, month, year = match.groups()
        try:
            PartialDate(int(year), int(month) or 13, int(day) or 32)
        except ValueError:
            line = article.text.count("\n", 0, match.start()) + 1
            remedy = "Xem lại bài gốc và sửa; nếu bài gốc ghi sai thì chỉ viết tháng, năm"
            yield Problem(article.path, line, f"ngày {match[0]} không có trong lịch", remedy, Severity.WARNING)


_FOREIGN = re.compile(
    "[\u0180-\u019f\u01a2-\u01ae\u01b1-\u02af\u0370-\u1e9f\u1efa-\u1fff\u2100-\u214f\u2c00-\uffdc\U00010000-\U0003ffff]"
)
"""Letters, and more, that Vietnamese has not; those that look the same, and are read so, are ``view``'s."""
_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f"
_MARKED = f"{_INVISIBLE}\u0300-\u036f\u20d0-\u20f0"
_HIDDEN = re.compile(f"[{_MARKED}]")
_NUMBER_WORD = re.compile(  # bounds: time stays linear
    rf"(?<![\w.])[\w.{_MARKED}]{{0,20}}\d[\w.{_MARKED}]{{0,20}}[-/][\w./{_MARKED}-]*[\w/-]"
)
_OF_DOCUMENT = re.compile(r"\d{1,5}[a-zđ]?(?:[-/]\d{4})?[-/](?=[^\W\d_])", re.IGNORECASE)
"""How the number of a document begins; "5-10/μm" does not."""
_ODD_DIGITS = re.compile("(?<!\\w)[²³¹⁰⁴-⁹₀-₉Ⅰ-ↈ①-⓿❶-➓]+[-/](?=[A-ZĐƯ]{2})")
_RETYPE = "Xem bài gốc và gõ lại số hiệu"


_ODD_LETTERS = re.compile(
    "(?<!\\w)\\d{1,5}[-/](?:[Ⓐ-ⓩ⒜-⒵\U0001f110-\U0001f189]|[^\\W\\d_]{1,8}[\u27cb\u29f8\u2571](?=[^\\W\\d_]))"
)
"""Letters in circles and boxes, slashes of mathematics: what nobody types."""
_CUT_WORD = re.compile(rf"(?<!\w)[^\W\d_]+[{_INVISIBLE}]+[^\W\d_]+")
_LATIN, _STRANGE = "[A-Za-zÀ-ɏḀ-ỹ]", re.compile("[\u0400-\u04ff\uff21-\uff5aΑΒΕΖΗΙΚΜΝΟΡΤΧο]")
_MIXED = re.compile(rf"(?<!\w){_LATIN}+{_STRANGE.pattern}\w*|(?<!\w){_STRANGE.pattern}+{_LATIN}\w*")
"""A word that has letters of Cyrillic, wide ones, or Greek ones that look like ours beside Latin ones; "ΔG" is none."""


def check_letters(article: Article) -> Iterator[Problem]:
    """Yield what ``check_lines`` tells of an article's text."""
    yield from check_lines(article.text, article.path)


def check_lines(text: str, path: str) -> Iterator[Problem]:
    """Yield an error for each line whose letters are lost or in another encoding, as a page would show them, and for a
    number of a document that nobody would find as it stands; a warning for other numbers with foreign letters, and for
    words that search does not find."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.isascii():
            continue
        for start in range(0, len(line), _LONGEST):
            part = line[start : start + _LONGEST + _OVERLAP]
            if damage := tell_damage(part):
                yield Problem(path, number, *damage)
                continue
            odd = list(_odd_numbers(part)) if "/" in part or "-" in part else []
            for message, severity in odd:
                yield Problem(path, number, message, _RETYPE, severity)
            if not odd and (word := _odd_word(part)):
                yield Problem(path, number, word, "Gõ lại chữ ấy", Severity.WARNING)


def _odd_word(line: str) -> str | None:
    """Return what is odd about the first word that looks like one and is another."""
    if cut := _CUT_WORD.search(line):
        hidden = next(char for char in cut[0] if _HIDDEN.match(char))
        return f"chữ {quoted(_HIDDEN.sub('', cut[0]))} có ký tự ẩn U+{ord(hidden):04X} ở giữa, tìm không ra"
    if mixed := _MIXED.search(line):
        foreign = ", ".join(dict.fromkeys(char for char in mixed[0] if _STRANGE.match(char)))
        return f"chữ {quoted(mixed[0])} có chữ cái không phải chữ Latinh thường ({foreign}), tìm không ra"
    return None


def _odd_numbers(line: str) -> Iterator[tuple[str, Severity]]:
    for word in _NUMBER_WORD.findall(line):
        plain = _HIDDEN.sub("", view(word))
        is_document = _OF_DOCUMENT.match(plain) is not None
        letters = [letter for letter in _FOREIGN.findall(plain) if letter.isalpha()]
        if letters:
            listed = ", ".join(dict.fromkeys(letters))
            message = f"số hiệu “{_HIDDEN.sub('', word)}” có chữ không phải chữ Latinh ({listed})"
            yield message, Severity.ERROR if is_document else Severity.WARNING
        elif is_document and (hidden := _HIDDEN.search(word)):
            message = f"số hiệu “{plain}” có ký tự ẩn hay dấu phụ U+{ord(hidden[0]):04X} ở giữa, tìm không ra"
            yield message, Severity.ERROR
    for match in _ODD_DIGITS.finditer(line):
        yield f"chữ số “{match[0][:-1]}” của số hiệu không phải chữ số thường, tìm không ra", Severity.ERROR
    for match in _ODD_LETTERS.finditer(line):
        yield f"số hiệu “{match[0]}…” có chữ hay dấu không gõ được trên bàn phím, tìm không ra", Severity.ERROR


_LONGEST, _OVERLAP = 20_000, 100
"""So much of a line is looked at a time, and so much of it twice. By hand: far longer than any paragraph."""

_MARKS = (
    (re.compile(r"^\s*#{1,6}(?![\s#])\w"), "thiếu dấu cách sau dấu # của đề mục", "Thêm một dấu cách sau dấu #"),
    (re.compile(r"^\s*#{5,}\s"), "đề mục quá bốn dấu #", "Dùng từ một đến bốn dấu #"),
    (re.compile(r"^\s*(?:```|~~~)"), "dấu ``` của khối mã", "Xóa dòng này"),
    (re.compile(r"^\s*(?:(?:\*[ \t]?){3,30}|(?:_[ \t]?){3,30}|-{3,80}|={3,80})\s*\Z"), "dòng kẻ ngang", "Xóa dòng này"),
    (re.compile(r"^\s*\|[^\n|]*\|"), "bảng viết bằng dấu |", "Viết thành danh sách: mỗi dòng bắt đầu bằng “- ”"),
    (re.compile(r"!\[[^\]\n]{0,200}\]\("), "hình ảnh ![…](…)", "Xóa phần ấy: bài không chứa hình"),
    (
        re.compile(r"\[[^\]\n]{1,200}\]\((?:https?:|www\.|mailto:|[./#])[^)\n]{0,400}\)"),
        "liên kết […](…)",
        "Chỉ giữ phần chữ: trang tự tạo liên kết từ số hiệu và tên gọi",
    ),
    (
        re.compile(r"(?<![\w*])\*\*(?=[^\s*])[^*\n]{1,300}\*\*(?![\w*])|(?<!\w)__(?=[^\s_])[^_\n]{1,300}__(?!\w)"),
        "dấu ** hay __ của chữ đậm",
        "Xóa các dấu ấy, chỉ giữ phần chữ",
    ),
)


def check_marks(article: Article) -> Iterator[Problem]:
    """Yield a warning for each line with such a mark; of lines in a row with the same mark, for the first."""
    first = article.text.count("\n", 0, article.body_start) + 1
    before = None
    for number, line in enumerate(article.text[article.body_start :].split("\n"), first):
        found = next(((what, remedy) for mark, what, remedy in _MARKS if mark.search(line[:_LONGEST])), None)
        if found and found != before:
            message = f"{found[0]}: trang sẽ hiện nguyên dấu, vì bài chỉ có đề mục, đoạn, danh sách và trích dẫn"
            yield Problem(article.path, number, message, found[1], Severity.WARNING)
        before = found


_ENOUGH = 200
"""Texts of fewer letters may be alike by chance (a notice of one sentence). Chosen by hand."""


def check_duplicates(articles: Iterable[Article]) -> Iterator[Problem]:
    """Yield a warning for each article with the page, the title and day, or the words of one before it, by path."""
    first: dict[tuple[str, ...], Article] = {}
    for article in sorted(articles, key=lambda article: article.path):
        # what two articles share: what that is for this one, its value, and the line
        shared: list[tuple[str, tuple[str, ...], int]] = []
        if article.url:
            shared.append(("cùng địa chỉ với", (link_key(article.url),), article.line_of("url")))
        body = " ".join(fold(article.text[article.body_start :]).split())
        if len(body) >= _ENOUGH:
            line = article.text.count("\n", 0, article.body_start) + 1
            shared.append(("cùng nội dung với", (hashlib.sha256(body.encode()).hexdigest(),), line))
        if article.title and article.outlet:
            day = article.published.iso if article.published else ""
            what = f"cùng tên bài, cùng báo{', cùng ngày' if day else ''} với"
            shared.append((what, (slug(article.title), article.outlet, day), article.line_of("title")))
        others = [(what, first.setdefault((what, *key), article), line) for what, key, line in shared]
        for what, other, line in [each for each in others if each[1] is not article][:1]:
            remedy = "Xóa một trong hai tệp; nếu là hai bài khác nhau thì sửa chỗ giống cho đúng với từng bài"
            yield Problem(article.path, line, f"bài này {what} {other.path}", remedy, Severity.WARNING)


def check_conflicting_sources(kb: KnowledgeBase) -> Iterator[Problem]:
    """Yield a warning for each date that differs from the one known (both are shown), and for each day that no
    calendar has."""
    for entry in kb.articles.values():
        yield from check_days(entry.article)
    for document in kb.documents.values():
        first = document.dates[0].date if document.dates else None
        for dated in document.dates[1:]:
            if first and dated.reference and not first.contains(dated.date) and not dated.date.contains(first):
                article = kb.articles[dated.reference.article].article
                line = article.text.count("\n", 0, dated.reference.start) + 1
                message = f"ngày {dated.date.vietnamese} của {document.name} khác ngày {first.vietnamese} đã ghi"
                remedy = "Kiểm tra lại bài gốc; nếu hai nguồn thật sự khác nhau thì để nguyên, trang sẽ ghi cả hai"
                yield Problem(article.path, line, message, remedy, Severity.WARNING)


def check_articles(kb: KnowledgeBase) -> Iterator[Problem]:
    """Yield an error for each line of damaged letters, and a warning for each value that contradicts another one of
    its article."""
    sites, outlets = outlet_sites(kb.vocabulary), kb.vocabulary.outlets
    for entry in kb.articles.values():
        article = entry.article
        yield from check_letters(article)
        host = owner_of(host_of(article.url or ""), sites)  # the outlet whose address it is
        if host and article.outlet and host != article.outlet:
            name, other = (outlets[i].name if i in outlets else i for i in (article.outlet, host))
            message = f"địa chỉ là trang của {other} ({host}), mà “outlet” là {article.outlet} ({name})"
            add = "nếu báo này đăng ở trang ấy thì thêm tên miền vào sites của nó"
            remedy = f"Sửa outlet thành {host}, hoặc sửa url; {add}"
            yield Problem(article.path, article.line_of("url"), message, remedy, Severity.WARNING)
        yield from _check_province(article, kb.vocabulary)


def _check_province(article: Article, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A province must have had its name when the article was published."""
    province = vocabulary.provinces.get(article.province or "")
    published = article.published
    if province is None or published is None:
        return
    first, last = province.periods[0].since, province.periods[-1].until
    if last is not None and published.earliest() > last.latest():
        instead = province.successor if province.successor != province.id else None
        reported = f"{province.name} không còn là tên tỉnh, thành phố sau ngày {last.vietnamese}"
    elif first is not None and published.latest() < first.earliest():
        made_of = [part for period in province.periods if period.since == first for part in period.made_of]
        earlier = made_of or [p.id for p in vocabulary.provinces.values() if p.successor == province.id != p.id]
        instead = earlier[0] if len(earlier) == 1 else None
        reported = f"{province.name} chưa là tên tỉnh, thành phố trước ngày {first.vietnamese}"
    else:
        return
    name = f" thành {instead} và chuyển tệp vào articles/{instead}/" if instead else " theo tên gọi lúc đăng bài"
    message = f"{reported}, mà bài đăng ngày {published.vietnamese}"
    remedy = f"Sửa province{name}; nếu ngày đăng sai thì sửa “published”"
    yield Problem(article.path, article.line_of("province"), message, remedy, Severity.WARNING)
