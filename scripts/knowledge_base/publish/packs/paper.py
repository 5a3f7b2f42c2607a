"""A statement on paper: the line of its source, how to find it, how much of a page it takes. The sheets of the packs,
for Word too, and the tray (packs/tray_data.py) take it from here."""

from __future__ import annotations

import math
from collections.abc import Iterable

from ...core.text import upper_first
from ...meaning.knowledge.status import UNCHECKED_WORDS
from ..statements import SourcedStatement

STAR = "(*)"
STAR_NOTE = f"{STAR} {upper_first(UNCHECKED_WORDS)} của văn bản được dẫn."
PAGE_LINES = 44
"""Lines of a hand-out's statements that one page of A4 holds beside its head and foot. Tried in LibreOffice and
Chromium with Liberation Serif, whose letters are as wide as those of Times New Roman: none of 16 themes ran over; with
49 three Word files did."""
WORDS_IN_LINE, SOURCE_IN_LINE = 66, 88
"""Letters in a line of a statement and of its source: at 14 and 11 points on 165 mm, by the same trial."""
SOURCE_LINE = 0.8
"""How high a line of a source is, counted in lines of a statement."""
_GAP = 0.6
"""The white below a statement, likewise."""


def lines(statement: SourcedStatement) -> float:
    """Return how many lines a statement takes in the hand-out, with its source and address: who builds the site may not
    know how long that will be."""
    address = 1 + (len(statement.address) > SOURCE_IN_LINE // 2)
    return lines_without_address(statement) + address * SOURCE_LINE


def lines_without_address(statement: SourcedStatement) -> float:
    """Return how many lines a statement takes in the hand-out, with its source."""
    words = math.ceil((len(statement.told) + 4) / WORDS_IN_LINE)
    source = math.ceil((len(source_words(statement)) + len(STAR) + 1) / SOURCE_IN_LINE)
    return words + source * SOURCE_LINE + _GAP


def source_words(statement: SourcedStatement) -> str:
    """Return the line below a statement: its source, whose words it is in, what must be known of its document; but that
    nobody has looked its status up, for which ``STAR`` stands: it is true of nearly all (``is_unchecked``)."""
    state = statement.mark.removeprefix(UNCHECKED_WORDS).lstrip(", ")
    mark = f" Lưu ý về văn bản: {state}." if state else ""
    whose = " Nguyên văn." if statement.verbatim else ""
    return f"Nguồn: {statement.brief}{whose}{mark}"


def is_unchecked(statement: SourcedStatement) -> bool:
    """Tell whether nobody has looked up the status of the document that a statement is of, or about."""
    return statement.mark.startswith(UNCHECKED_WORDS)


def star_note(statements: Iterable[SourcedStatement]) -> str:
    """Return what the stars on a sheet say; '' where there are none."""
    return STAR_NOTE if any(map(is_unchecked, statements)) else ""


def where_to_look(statement: SourcedStatement) -> str:
    """Return how a reader on paper finds a statement where the site has no address that leads there."""
    return f"Mở kho, tìm: {statement.look_up}"
