"""The head of an official text: its lines told apart, its number, its place and date, and its title (trích yếu).

What stands there, and in which order, is laid down in Phụ lục I of Nghị định 30/2020/NĐ-CP for the State and in
Hướng dẫn 36-HD/VPTW for the Party. Files print it in two columns, or all on one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ..core.dates import PartialDate
from ..core.letterhead import BLANK_NUMBER, cut_line, find_place_date
from ..core.models import Scan
from ..core.text import Folded, fold, verbose
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.phrases import PhraseList, pattern_of
from .word_tree import Line, lines_of

HEAD_LINES = 15
"""Lines from the top among which the number of an official text is looked for. Chosen by hand, as the next ones, after
the heads of official texts in tests/cases/masthead."""
_LINES = 30
"""Lines of a head: cells of a letterhead, a rule and a title of several lines may each stand alone."""
_LINES_IN_TITLE = 6
_LONGEST_LINE = 130
"""Characters of a line of a title; set in the middle of the page it has fewer than a line of text."""
_LONGEST_FIRST = 400
"""Characters of a whole title where the file joins its lines."""

_NUMBER = re.compile(
    r"số\s?:?\s{0,2}\d{1,6}\s{0,3}[-/]|(?:luật|bộ luật|pháp lệnh|nghị quyết)\ssố\s?:\s?\d{1,6}/\d{4}/[a-z\d]{2,9}\Z"
)
_MAY_BE_NUMBER = re.compile(r"số\s?:?[\s\d._…]{0,50}[-/]")
"""What a line holds of which one part may be a number, written or blank."""
_STATE_LINE = verbose(r"""(?:đảng\ cộng\ sản\ việt\ nam | cộng\ hòa\ xã\ hội | (?:.{0,20}\ )?chủ\ nghĩa\ việt\ nam
        | độc\ lập\s?-\s?tự\ do | hạnh\ phúc)\W{0,9}\Z
      | độc\ lập\s?-\s?tự\ do | cộng\ hòa\ xã\ hội\ chủ\ nghĩa""")
_IN_HEAD = ("số", "ngày", "cộng", "chủ nghĩa", "độc lập", "hạnh phúc")
"""Of these words each line of a head holds one: its number, its place and date, the State's or the Party's name."""
_NO_TITLE = verbose(r"""căn\ cứ|kính\ gửi|nơi\ nhận|điều\ \d|chương\ [ivx\d]|phần\ (?:thứ|[ivx\d])|ngày\ \d|số\s?:
      | [ivx]{1,5}[.)-]|\d{1,2}[.)]\s|[a-zđ]\)\s|[-•+*(\["]|https?://|người\ ký|kèm\ theo""")
"""With what the text below a title begins: its ground, an addressee, a first heading, a list."""
_UNFINISHED = re.compile(
    r"(?:\s(?:của|và|về|tại|do|cho|với|trên|ở|trong|từ|đến|theo|là|các|những|việc|đối với)|[,–-])\Z"
)
_OFFICES = verbose(r"""(?: t\s?[/.]?\s?m\b | k\s?[/.]?\s?t\b     # T/M, KT.: on behalf of
      | (?:phó\ )? (?: chủ\ tịch | bí\ thư | giám\ đốc | bộ\ trưởng | thủ\ tướng | tổng\ thanh\ tra | chánh
          | tổng\ giám\ đốc | trưởng\ ban | chủ\ nhiệm ) )""")
_ABOUT = re.compile(r"(?:v/v|về)\s")


class Head(NamedTuple):
    """The head of a text: its lines, and which of them is the number of an official text ("Số: 34-CT/TU"), that of a
    draft too ("Số:     /KH-UBND"); no lines and None: it is no official text."""

    lines: list[Line]
    number: int | None

    @property
    def is_unissued(self) -> bool:
        """Whether the number is left blank: a draft, or one that was filled in by hand."""
        return self.number is not None and BLANK_NUMBER.match(self.lines[self.number].folded) is not None


def read_head(scan: Scan) -> Head:
    """Return the head of a text, with the lines told apart that a file has written on one. Finders that read one text
    in turn share it: only read it."""
    return _read_head(scan.view, scan.folded)


@lru_cache(maxsize=4)
def _read_head(seen: str, folded: Folded) -> Head:
    whole = lines_of(seen, folded)[:_LINES]
    told = (written for written in whole[:HEAD_LINES] if "số" in written.folded)
    numbered = (written for written in told if _MAY_BE_NUMBER.search(written.folded))
    if not any(_is_number(line) for written in numbered for line in head_lines_of(written)):  # most texts are none
        return Head([], None)
    head = [line for written in whole for line in head_lines_of(written)]
    return Head(head, next(n for n, line in enumerate(head) if _is_number(line)))


def head_lines_of(line: Line) -> Iterator[Line]:
    """Yield the lines of a letterhead that stand on one line."""
    for start, end in cut_line(line.text):
        words, folded = line.text[start:end], Folded(line.folded[start:end])
        yield Line(line.start + start, line.start + end, words, folded)


def place_date(head: Sequence[Line]) -> PartialDate | None:
    """Return the date beside the place, as exact as it is filled in: a draft leaves its day blank."""
    for line in head:
        found = find_place_date(line.text)
        if found and _is_whole(line.text, found):
            match = found[1]
            year, month, day = (match[a] or match[b] for a, b in (("year", "y"), ("month", "m"), ("day", "d")))
            with suppress(ValueError):
                return PartialDate(int(year or 0), int(month or 0), int(day or 0) if month else 0)
    return None


def may_be_head(line: Line) -> bool:
    """Tell whether one of the parts of a line may be a line of a head (see ``is_head_line``)."""
    return any(map(line.folded.__contains__, _IN_HEAD))


def is_head_line(line: Line) -> bool:
    """Tell the State's name and motto, a number, or a place with a date."""
    if _is_number(line) or _STATE_LINE.match(line.folded):
        return True
    found = find_place_date(line.text)
    return found is not None and _is_whole(line.text, found)


def _is_number(line: Line) -> bool:
    return bool(_NUMBER.match(line.folded) or BLANK_NUMBER.match(line.folded))


def _is_whole(line: str, found: tuple[int, re.Match[str]]) -> bool:
    """Tell whether a place and its date are all that a line holds."""
    return not line[: found[0]].strip(" *") and not line[found[1].end() :].strip(" .;)*/")


class OfficialTitles:
    """Reads the title of an official text: its type and trích yếu, or the trích yếu alone of a công văn."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        bodies = pattern_of(vocabulary, PhraseList.LETTERHEAD_BODIES)
        self._body = re.compile(rf"(?:{bodies})(?!\w)[^,:;.]{{0,60}}\Z")
        self._begins_text = re.compile(rf"(?:{pattern_of(vocabulary, PhraseList.TEXT_BEGINNINGS)})(?!\w)")
        names = [kind.name for kind in vocabulary.document_types.values()]
        self._types = {fold(name): name for name in names}
        longest = sorted((fold(name) for name in names if name != "Văn bản"), key=len, reverse=True)
        self._typed = re.compile(rf"(?P<type>{'|'.join(map(re.escape, longest)) or '(?!)'})\s+(?!và\s)(?P<rest>\S.*)")

    def typed(self, scan: Scan, head: Sequence[Line]) -> str | None:
        """Return the type that stands in capitals on a line, with the lines below it that tell what it is about."""
        for number, line in enumerate(head):
            kind, rest = self._type_of(line)
            if kind is None:
                continue
            words = [kind]
            if rest is not None and not _NUMBER.match(rest.folded):
                words.append(scan.text[rest.start : rest.end])
            return " ".join([*words, *self._about(scan, head[number + 1 :], rest)])
        return None

    def about(self, scan: Scan, head: Sequence[Line], number: int) -> str | None:
        """Return what a công văn says it is about, below its number: "V/v …", "về …"."""
        for place in range(number + 1, len(head)):
            line = head[place]
            if _ABOUT.match(line.folded):
                words = scan.text[line.start : line.end]
                return " ".join([words, *self._about(scan, head[place + 1 :], line, skipping=True)])
            if line.folded.startswith("kính gửi"):
                break
        return None

    def _type_of(self, line: Line) -> tuple[str | None, Line | None]:
        """Return the type in capitals with which a line begins, and the rest of the line."""
        if line.text.isupper() and line.folded in self._types:
            return self._types[line.folded], None
        match = self._typed.match(line.folded)
        if match is None or not line.text[: match.end("type")].isupper() or len(line.text) > _LONGEST_FIRST:
            return None, None
        start = line.start + match.start("rest")
        rest = Line(start, line.end, line.text[match.start("rest") :], Folded(match["rest"]))
        whole = rest.text[:1].isupper() or _ABOUT.match(rest.folded)
        return (self._types[Folded(match["type"])], rest) if whole and not self._ends(rest) else (None, None)

    def _about(
        self, scan: Scan, below: Sequence[Line], before: Line | None, *, skipping: bool = False
    ) -> Iterator[str]:
        """Yield the lines that go on with a title; ``before`` is its line above them, None where only its type is.

        Above an addressee (``skipping``) the lines of the other column may stand between them."""
        close = any("\n\n" not in scan.view[a.end : b.start] for a, b in pairwise(below))
        for line in below[:_LINES_IN_TITLE]:
            if skipping and is_head_line(line):
                continue
            apart = before is not None and close and "\n\n" in scan.view[before.end : line.start]
            if not self._goes_on(before, line, apart=apart):
                break
            yield scan.text[line.start : line.end]
            before = line

    def _goes_on(self, before: Line | None, line: Line, *, apart: bool) -> bool:
        if self._ends(line) or is_head_line(line):
            return False
        if before is None:
            return not line.text.isupper() or not (self._body.match(line.folded) or _OFFICES.match(line.folded))
        if len(line.text) > _LONGEST_LINE or line.text[-1] in ".;:!?":
            return False
        unfinished = bool(_UNFINISHED.search(before.folded)) or before.folded.startswith("của ")
        if line.text.isupper():
            body = self._body.match(line.folded) or _OFFICES.match(line.folded)
            return before.text.isupper() and (unfinished or not (apart or body))
        if unfinished or line.text[0].islower() or line.text[0].isdigit():
            return True
        return not apart and not before.text.isupper() and len(before.text) <= _LONGEST_LINE

    def _ends(self, line: Line) -> bool:
        """Tell a line with which the text below a title begins."""
        sentence = len(line.text) > _LONGEST_LINE and line.text[-1] in ".;:"
        begins = _NO_TITLE.match(line.folded) or self._begins_text.match(line.folded)
        return bool(sentence or begins or len(line.text) > _LONGEST_FIRST)
