"""What the text itself shows of the article: title, outlet, author, date. Nothing is made up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..dates import PartialDate
from ..models import Masthead, NoiseKind, Scan
from ..vocabulary import Vocabulary
from ..vocabulary.schemas import Outlet
from .text_dates import find_dates, find_place_date

_HOST = re.compile(r"(?<![\w@.-])(?:https?://)?(?:www\.)?(?P<host>[a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,30}){1,4})(?![\w@-])", re.I)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{4,300}\Z", re.I)
_LETTERHEAD = re.compile(
    r"(?:đảng cộng sản việt nam|cộng hòa xã hội|độc lập\s?-\s?tự do|số\s?:|trang chủ|[*_=~\s-]{1,20}\Z|.*-{3,})"
    r"|(?:(?:ban|đảng bộ|tỉnh ủy|thành ủy|hội đồng|ủy ban|bộ|sở|văn phòng)\b.*[A-ZĐ]\Z)"
)
_NUMBER_LINE = re.compile(r"(?:^|\n)[^\S\n]{0,9}số\s?:?\s{0,2}\d{1,6}\s{0,3}[-/]")
_TYPE_LINE = re.compile(r"[A-ZĐÂÊÔƠƯÁÀẢÃẠÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴẤẦẨẪẬẮẰẲẴẶ ]{5,24}\Z")
_LABEL = re.compile(r"^\(?[^:]{2,30}:\s{0,3}")
_CREDIT_ONLY = re.compile(r"(?:nguồn|theo|biên tập|ảnh|video)(?![,&;]| và)", re.I)
_HEAD_LINES = 12
_TAIL_LINES = 4
_WORDS_IN_TITLE = 4


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


class OutletFinder:
    """Recognises newspapers and portals by their marks and web hosts."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._sites = {site.lower(): outlet for outlet in vocabulary.outlets.values() for site in outlet.sites}
        self._marks = {mark: outlet for outlet in vocabulary.outlets.values() for mark in outlet.marks}
        marks = "|".join(re.escape(mark) for mark in sorted(self._marks, key=len, reverse=True)) or r"(?!)"
        self._signed = re.compile(
            rf"(?:^|\n)[^\S\n]{{0,4}}(?:[(\[]\s?(?P<inside>{marks})\s?[)\]]|(?P<open>{marks})\s{{0,2}}[-:]+\s)|\((?P<end>{marks})\)[\s.]{{0,4}}\Z"
        )

    def find(self, scan: Scan) -> Outlet | None:
        """Return the outlet that signs the text, else the one whose address stands in it, if only one does."""
        body = scan.view.rstrip()
        signed = self._signed.search(body)
        if signed:
            return self._marks[signed["inside"] or signed["open"] or signed["end"]]
        own_lines = {o.id: o for line in _lines(scan) if _is_address(line.text) and (o := self._of_host(line.text))}
        named = own_lines or {o.id: o for o in self._hosts(scan)}
        return next(iter(named.values())) if len(named) == 1 else None

    def _hosts(self, scan: Scan) -> Iterator[Outlet]:
        for match in _HOST.finditer(scan.view):
            if not scan.is_noise(match.start(), NoiseKind.TEASER) and (outlet := self._of_host(match["host"])):
                yield outlet

    def _of_host(self, text: str) -> Outlet | None:
        """Return the outlet of a web address; a sub-domain counts as its site."""
        match = _HOST.search(text)
        labels = match["host"].lower().split(".") if match else []
        names = (".".join(labels[first:]) for first in range(max(0, len(labels) - 1)))
        return next((self._sites[name] for name in names if name in self._sites), None)


def find_masthead(scan: Scan, outlets: OutletFinder) -> Masthead:
    """Return title, outlet, author and date as far as the text shows them."""
    lines = list(_lines(scan))
    official = _is_official(scan, lines)
    outlet = outlets.find(scan)
    return Masthead(
        title=_title(scan, lines),
        outlet=outlet.id if outlet else None,
        author=None if official else _author(scan, lines),
        published=_published(scan, lines, official),
    )


def _lines(scan: Scan) -> Iterator[_Line]:
    """Yield the lines of the body that are not blank."""
    for match in re.finditer(r"[^\n]*\S[^\n]*", scan.view):
        bare = match[0].strip()
        begin = match.start() + match[0].index(bare[0])
        yield _Line(begin, begin + len(bare), bare)


def _is_address(text: str) -> bool:
    """Tell whether a line is only a web address, with or without brackets or a label."""
    bare = _LABEL.sub("", text.strip("()[]. ")) if not text.startswith("http") else text
    return bool(_ADDRESS.match(bare)) or bool(_HOST.fullmatch(bare))


def _is_official(scan: Scan, lines: list[_Line]) -> bool:
    """Tell an official text by its number line at the head ("Số: 34-CT/TU")."""
    end = lines[min(len(lines), _HEAD_LINES) - 1].end if lines else 0
    return bool(_NUMBER_LINE.search(scan.folded, 0, end))


# -- title ---------------------------------------------------------------------------------------


def _title(scan: Scan, lines: list[_Line]) -> str | None:
    """Return the first line that is a headline; a kicker before it ends with a colon."""
    for number, line in enumerate(lines[:_HEAD_LINES]):
        if scan.is_noise(line.start) or _is_address(line.text) or _is_letterhead(scan, line):
            continue
        if _TYPE_LINE.match(line.text) and number + 1 < len(lines):
            return f"{line.text.capitalize()} {lines[number + 1].text}"
        if line.text.endswith(":") and number + 1 < len(lines) and len(line.text) < 80:
            continue
        if len(line.text.split()) >= _WORDS_IN_TITLE:
            return scan.text[line.start : line.end].lstrip("# ").strip()
    return None


def _is_letterhead(scan: Scan, line: _Line) -> bool:
    folded = scan.folded[line.start : line.end]
    upper = line.text.upper() == line.text
    return bool(_LETTERHEAD.match(folded)) or (upper and bool(_LETTERHEAD.match(folded + line.text[-1:])))


# -- author ----------------------------------------------------------------------------------------


def _author(scan: Scan, lines: list[_Line]) -> str | None:
    """Return the name in the last byline, or in the one under the title."""
    names = [line for line in lines if scan.is_noise(line.start, NoiseKind.BYLINE)]
    for line in reversed(names):
        if not _CREDIT_ONLY.match(line.text):
            name = _LABEL.sub("", scan.text[line.start : line.end]).strip(" ()*")
            return name or None
    return None


# -- date ------------------------------------------------------------------------------------------


def _published(scan: Scan, lines: list[_Line], official: bool) -> PartialDate | None:
    """Return the date of the first date line at the head, else at the foot; of an official text, of its place line."""
    for line in (*lines[:_HEAD_LINES], *lines[-_TAIL_LINES:]):
        if scan.is_noise(line.start, NoiseKind.DATELINE):
            for date in find_dates(scan.folded, line.start, line.end):
                if date.value:
                    return date.value
    if official:
        placed = find_place_date(scan.folded, 0, lines[min(len(lines), _HEAD_LINES) - 1].end)
        return placed.value if placed else None
    return None
