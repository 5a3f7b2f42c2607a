"""What a provision says it changes: a part of a document, and documents in a list.

"khoản 2 Điều 5 Quyết định số 44", "một số điều của Nghị định số 100", "Phụ lục I ban hành kèm theo Quyết định số 9"
are parts; "Bãi bỏ các Quyết định sau:" opens a list, whose members each begin a line or stand behind ";".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from ..core.models import Mention
from ..core.text import verbose
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.phrases import PhraseList, pattern_of

Span: TypeAlias = tuple[int, int]
_DESIGNATOR = r"(?: \d{1,3}(?:\.\d{1,2}){0,2}[a-zđ]? | [a-zđ] | [ivxl]{1,6} ) (?![\w/-])"
"""What tells which part is meant: "khoản 2a", "điểm đ", "Phụ lục III"."""
_SMALL = r"""(?: số | thứ | từ | đến | và | hoặc | cùng | các | những | một\ số | toàn\ bộ | của | tại | trong | ở
               | quy\ định\ tại | nêu\ tại ) (?!\w)"""
_ATTACHED = r"(?: (?:được\ )?ban\ hành\ (?:kèm\ theo|theo|tại) | kèm\ theo ) (?!\w)"
_LONGEST_PART = 240
"""Letters of a part's words, chosen by hand: parts described at length ("quy định về phí tham quan … tại") have 200."""
_WHOLE = re.compile(
    r"(?: [\s,]+ (?: toàn\ bộ | các | những | một\ số | cho | cả | năm\ \d{4} | \d{1,2} ) (?!\w) )* [\s,]*",
    re.VERBOSE,
)
"""Words before a document that leave it whole."""
_DIRECTED = re.compile(
    r"(?<!\w) (?: (?<!kèm\ )(?<!hành\ )theo | thực\ hiện | triển\ khai | căn\ cứ | phù\ hợp | áp\ dụng ) (?!\w)",
    re.VERBOSE,
)
"""Words after which a document is what something is done by, not what is changed."""
_ITEM = re.compile(r"\s* (?: (?: \(?\d{1,3}\s?[.)/–-] | [a-zđ]\) | [-–•+*|] ) \s* ){0,3}", re.VERBOSE)
"""What stands before a member of a list: a number, a letter, a dash, the border of a table."""
_ITEM_END = re.compile(r"; | \n | \.\s+(?=\d{1,3}\s?[-–.)]\s)", re.VERBOSE)
_LONGEST_ITEM = 900
"""Letters of one member with its issuer and title, chosen by hand: titles of provisions reach 500."""


class PartReader:
    """Tells which part of a document words before it name."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        unit = rf"(?: {pattern_of(vocabulary, PhraseList.PARTS)} ) (?!\w)"
        # atomic: "i" is a letter and a numeral, "biểu số" one word or two; twenty in a row could be read in 2^20 ways
        words = rf"(?> {unit} | {_SMALL} | {_DESIGNATOR} | {_ATTACHED} | , )"
        numbered = rf"(?: (?:{_SMALL} \s+){{0,3}} {unit} (?: \s* {words} ){{0,24}} )"
        within = rf"(?: của | tại | trong | {_ATTACHED} ) (?: \s* {words} ){{0,12}}"
        described = rf"{unit} [^.;:\n]{{0,{_LONGEST_PART}}}? \s {within}"
        self._between = verbose(rf"""\s+ (?P<part> {numbered} | (?:{_SMALL}\s+){{0,2}} {described}
                | [^.;:\n]{{2,{_LONGEST_PART}}}? \s {_ATTACHED}        # "Quy chế … ban hành kèm theo"
                ) \s+""")
        self._before = verbose(rf"""
        (?<!\w) (?P<part> (?: {unit} \s+ (?: {_DESIGNATOR} | {_SMALL} ) | một\ số\ {unit} )
                (?: \s* {words} ){{0,24}} ) \s+ \Z""")
        self.words = rf"(?: \s* {words} ){{0,24}}"
        """Pattern for the words of a part, verbose."""

    def between(self, text: str, start: int, end: int) -> Span | None:
        """Return the words of the part that stand between a verb's end and a document: an empty span if the document
        is whole, None if other words stand there."""
        if _WHOLE.fullmatch(text, start, end):
            return end, end
        match = self._between.fullmatch(text, start, end)
        if match is None or _DIRECTED.search(text, start, end):
            return None
        return match.span("part")

    def before(self, text: str, start: int, end: int) -> Span | None:
        """Return the words right before a document at ``end`` that name a part of it, if there are any."""
        match = self._before.search(text, max(start, end - _LONGEST_PART), end)
        return match.span("part") if match else None


def find_members(text: str, at: int, documents: Sequence[Mention], parts: PartReader) -> Iterator[tuple[int, Span]]:
    """Yield the members of a list that begins at ``at``: the place of the first document of each in ``documents``,
    and the span of the words that name a part of it (empty: the whole)."""
    lines = "\n" in text[text.rfind(":", 0, at) + 1 : at] or text[at - 1 : at] == "\n"
    for index, document in enumerate(documents):
        if document.start < at:  # named in the title of the member before
            continue
        line = text.rfind("\n", at, document.start) + 1
        if line and text[at:line].strip():  # the rest of that title, behind a ";"
            if "\n" in text[at:line].strip():
                return
            at = line
        item = _ITEM.match(text, at, document.start)
        begin = item.end() if item else at
        if lines and not line and index and begin < document.start:
            continue
        part = parts.between(text, max(at, begin) - 1, document.start) if begin < document.start else (begin, begin)
        if part is None:
            return
        yield index, part
        end = _ITEM_END.search(text, document.end, document.end + _LONGEST_ITEM)
        if end is None:
            return
        at = end.end()
