"""What the text itself shows of the article: title, outlet, author, date. Nothing is made up."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from ..core.dates import PartialDate
from ..core.models import ArticleFacts, FactSource, NoiseKind, Scan, sure_or_likely
from ..core.text import any_of, fold, verbose
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.names import outlet_sites, owner_of
from ..sources.vocabulary.persons import Persons, beside_moment, look_like_names
from ..sources.vocabulary.phrases import PhraseList, pattern_of
from ..sources.vocabulary.schemas import Outlet
from .letterhead import Head, OfficialTitles, head_lines_of, is_head_line, may_be_head, place_date, read_head
from .lexicon import one_by_one
from .text_dates import find_dates
from .word_tree import Line, lines_of, noise_spans

_HOST = re.compile(
    r"""(?<![\w@.-]) (?:https?://)? (?:www\.)?
        (?P<host> [a-z0-9-]{2,40}+ (?:\.[a-z0-9-]{2,30}){1,4} )    # possessive: a label is never cut short
        (?![\w@-])""",
    re.IGNORECASE | re.VERBOSE,
)
_DOTTED = re.compile(r"\.(?=[A-Za-z])|//")
"""Without it a line holds no address: the last label of a host is of letters."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{4,300}\Z", re.IGNORECASE)
_LETTERHEAD = verbose(r"""đảng\ cộng\ sản\ việt\ nam\W{0,9}\Z
      | cộng\ hòa\ xã\ hội | chủ\ nghĩa\ việt\ nam | độc\ lập\s?-\s?tự\ do    # the State's name and motto
      | số\s?: | trang\ chủ
      | .{0,60}-{3,}                                                         # a ruled line
    """)
_LABEL = re.compile(r"^\(?[^:]{2,30}:\s{0,3}")
_STAMP = re.compile(r"(?:date|published(?: time)?|ngày đăng|đăng ngày)\s?:?\s(?=\d{4}-\d{2}-\d{2}(?!\d))")
"""A label that a page's own data put before its date; the text may go on in the same line."""
# Chosen by hand, after the pages of newspapers and the heads of official texts in tests/cases/masthead.
_HEAD_LINES = 15
"""Lines from the top among which title, date and the number of an official text are looked for."""
_TAIL_LINES = 4
"""Lines from the end among which a date may stand."""
_WORDS_IN_TITLE = 4
"""A title has at least so many: shorter lines at the top are sections and buttons."""
_LONGEST_KICKER = 80
"""A longer line that ends with a colon is no kicker, but the title."""


_CREDIT = re.compile(r"(?<!\w)(?:ảnh|hình|video|clip|đồ họa|tư liệu)(?!\w)[^\n]{0,60}\Z", re.IGNORECASE)

_CREDIT_LINE = re.compile(r"\W*(?:nguồn )?(?:ảnh|hình|video|clip|đồ họa|tư liệu)(?!\w)", re.IGNORECASE)


def is_credit(view: str, at: int) -> bool:
    """Tell whether what stands at ``at`` is named as the source of a picture: "Ảnh: baoquangninh.vn"."""
    begin = view.rfind("\n", max(0, at - 80), at) + 1
    return _CREDIT.search(view[max(begin, at - 80) : at]) is not None


class OutletFinder:
    """Recognises newspapers and portals by their marks and web hosts."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._outlets, self._sites = vocabulary.outlets, outlet_sites(vocabulary)
        self._marks = {mark: outlet for outlet in vocabulary.outlets.values() for mark in outlet.marks}
        marks = any_of(one_by_one(self._marks))
        self._signs_with = frozenset(("(", "[", *(mark[0] for mark in self._marks)))
        self._signed = verbose(rf"""
                [(\[]\s?(?P<inside>{marks})\s?[)\]]      # "(VLO)" at the head of a line
              | (?P<open>{marks})\s{{0,2}}[-:]+\s        # "VLO - "
            """)
        self._signed_below = re.compile(rf"\((?P<end>{marks})\)[\s.]*\Z")  # "(VLO)" at the end of the text

    def find(self, scan: Scan, lines: Sequence[Line] | None = None, *, own_only: bool = False) -> Outlet | None:
        """Return the outlet that signs the text, else the one whose address stands in its ``lines``, if only one does;
        with ``own_only``, in a line of its own: an official text names its office's page, or the gazette's."""
        lines = lines or lines_of(scan.view, scan.folded)
        begun = (line.start for line in lines if line.text[0] in self._signs_with)
        signed = next(filter(None, (self._signed.match(scan.view, start) for start in begun)), None)
        if signed := signed or self._signed_below.match(scan.view, max(0, scan.view.rfind("("))):
            return self._marks[signed[signed.lastgroup or 0]]
        dots = [match.start() for match in _DOTTED.finditer(scan.view)]
        near = lines if dots else ()
        addressed = [line for line in near if bisect_left(dots, line.start) < bisect_left(dots, line.end)]
        own = (line.text for line in addressed if _is_address(line.text) and not _CREDIT_LINE.match(line.text))
        own_lines = {o.id: o for line in own if (o := self._of_host(line))}
        teasers = noise_spans(scan, NoiseKind.TEASER)
        found = (match for line in addressed for match in _HOST.finditer(scan.view, line.start, line.end))
        hosts = (match for match in found if match.start() not in teasers)
        shown = (m["host"] for m in hosts if not is_credit(scan.view, m.start()))
        named = own_lines or ({} if own_only else {o.id: o for host in shown if (o := self._of_host(host))})
        return next(iter(named.values())) if len(named) == 1 else None

    def _of_host(self, text: str) -> Outlet | None:
        """Return the outlet of a web address."""
        match = _HOST.search(text)
        gazette = match is not None and match["host"].lower().startswith("congbao.")  # prints laws, is no newspaper
        owner = owner_of(match["host"], self._sites) if match and not gazette else None
        return self._outlets[owner] if owner else None


class MastheadFinder:
    """Reads title, outlet, author and date as far as a text shows them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.outlets = OutletFinder(vocabulary)
        self._persons = Persons(vocabulary)
        bodies = pattern_of(vocabulary, PhraseList.LETTERHEAD_BODIES)
        self._titles = OfficialTitles(vocabulary)
        self._body_line = re.compile(rf"(?:{bodies})(?!\w)[^,:;.]{{0,60}}\Z")
        self._credit_only = re.compile(rf"(?:{pattern_of(vocabulary, PhraseList.NOT_AUTHORS)})(?![,&;]| và)")

    def find(self, scan: Scan) -> ArticleFacts:
        """Return what the head and foot of a text show: title, outlet, author and date."""
        lines = lines_of(scan.view, scan.folded)
        head = read_head(scan)
        official = head.number is not None
        outlet = self.outlets.find(scan, lines, own_only=official)
        author, candidate = (None, None) if official else self._author(scan, lines)
        shown = ArticleFacts.found(
            FactSource.TEXT,
            title=self._official_title(scan, lines, head) if official else self._title(scan, lines),
            outlet=outlet.id if outlet else None,
            published=_published(scan, lines) or (place_date(head.lines) if official else None),
        )
        return replace(shown, author=sure_or_likely(author, candidate, FactSource.TEXT))

    def _author(self, scan: Scan, lines: Sequence[Line]) -> tuple[str | None, str | None]:
        """Return the author in the last byline, else the name in the date line; and, without author, a line where a
        name may stand."""
        bylines = noise_spans(scan, NoiseKind.BYLINE)
        candidate = None
        for line in reversed([line for line in lines if line.start in bylines] if bylines else []):
            words = scan.text[line.start : line.end].strip(" ()*")
            if self._credit_only.match(fold(words)):
                continue
            name = _LABEL.sub("", words).strip(" ()*")
            if name != words or not look_like_names(name) or self._persons.are_names(name, scan.text):
                return name or None, None
            candidate = candidate or (name if self._persons.can_be_names(name) else None)
        datelines = noise_spans(scan, NoiseKind.DATELINE)
        heads = lines[:_HEAD_LINES] if datelines else ()
        dated = (scan.text[line.start : line.end] for line in heads if line.start in datelines)
        names = (name for words in dated if (name := beside_moment(words)) and self._persons.are_names(name, scan.text))
        author = next(names, None)
        return author, None if author else candidate

    def _official_title(self, scan: Scan, lines: Sequence[Line], head: Head) -> str | None:
        """Return an official text's type with what it is about; else the headline above its letterhead, or what a công
        văn is about. None for one that shows nothing of it: the lines of its head are no title."""
        number = head.number or 0
        above = [line for line in lines if line.end < head.lines[number].start and not line.text.isupper()]
        typed = self._titles.typed(scan, head.lines) or self._title(scan, above)
        return typed or self._titles.about(scan, head.lines, number)

    def _title(self, scan: Scan, lines: Sequence[Line]) -> str | None:
        """Return the first line that is a headline; a kicker before it ends with a colon."""
        noise = noise_spans(scan)
        for line in lines[:_HEAD_LINES]:
            kicker = line.text.endswith(":") and len(line.text) < _LONGEST_KICKER
            if line.start in noise or _is_address(line.text) or kicker:
                continue
            # the head of an official text: the State's name, the body in capitals, place and date
            if _LETTERHEAD.match(line.folded) or (line.text.isupper() and self._body_line.match(line.folded)):
                continue
            if may_be_head(line) and any(map(is_head_line, head_lines_of(line))):
                continue
            if len(line.text.split()) >= _WORDS_IN_TITLE:
                return scan.text[line.start : line.end].lstrip("# ").strip()
        return None


def _is_address(text: str) -> bool:
    """Tell whether a line is only a web address, with or without brackets or a label."""
    bare = _LABEL.sub("", text.strip("()[]. ")) if not text.startswith("http") else text
    return bool(_ADDRESS.match(bare)) or bool(_HOST.fullmatch(bare))


# -- date ------------------------------------------------------------------------------------------


def _published(scan: Scan, lines: Sequence[Line]) -> PartialDate | None:
    """Return the date of the first date line at the head, else at the foot."""
    datelines = noise_spans(scan, NoiseKind.DATELINE)
    for line in (*lines[:_HEAD_LINES], *lines[-_TAIL_LINES:]):
        if line.start in datelines or _STAMP.match(line.folded):
            dates = (date.value for date in find_dates(scan.folded, line.start, line.end))
            if shown := next(filter(None, dates), None):
                return shown
    return None
