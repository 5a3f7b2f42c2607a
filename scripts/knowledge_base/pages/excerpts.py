"""Choose the words around a mention: whole sentences where they are short, else whole clauses.

An excerpt never cuts a word, a number or a name; what is left out is shown by "…".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..knowledge.entities import Link
from ..models import Paragraph

WHOLE_PARAGRAPH = 360
"""A paragraph up to this many characters is shown whole."""
LONGEST = 420
"""A longer sentence is cut at clauses to about this many characters."""

_SENTENCE_END = re.compile(r"(?<![\s.(][A-ZĐ])(?<!\bTP)(?<!\bTp)[.!?…][\"”’)]*\s+(?=[\"“(]?[A-ZÀ-ỸĐ0-9])")
_CLAUSE_END = re.compile(r"[;,:]\s+|\s+[-–]\s+")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of an article's text; ``cut_before``/``cut_after`` tell that its sentence goes on there."""

    start: int
    end: int
    cut_before: bool = False
    cut_after: bool = False


def find_excerpt(paragraph: Paragraph, start: int, end: int, links: Sequence[Link]) -> Excerpt:
    """Return the words to show for the mention ``start:end`` (article coordinates) in ``paragraph``."""
    if len(paragraph.text) <= WHOLE_PARAGRAPH:
        return Excerpt(paragraph.start, paragraph.end)
    first, last = _sentence(paragraph, start, end)
    if last - first <= LONGEST:
        return Excerpt(first, last)
    return _clauses(paragraph, first, last, start, end, links)


def _sentence(paragraph: Paragraph, start: int, end: int) -> tuple[int, int]:
    """Return the sentence(s) that hold ``start:end``."""
    ends = (paragraph.start + m.end() for m in _SENTENCE_END.finditer(paragraph.text))
    breaks = [paragraph.start, *ends, paragraph.end]
    first = max(b for b in breaks if b <= start)
    last = min((b for b in breaks if b >= end), default=paragraph.end)
    return first, last


def _clauses(paragraph: Paragraph, first: int, last: int, start: int, end: int, links: Sequence[Link]) -> Excerpt:
    """Return clauses around ``start:end``, about LONGEST characters in all; breaks inside names do not count."""
    offset = paragraph.start
    breaks = [b for m in _CLAUSE_END.finditer(paragraph.text) if first < (b := offset + m.end()) < last]
    breaks = [first, *(b for b in breaks if not any(k.start < b < k.end for k in links)), last]
    room = max(0, LONGEST - (end - start))
    begin = min((b for b in breaks if start - room // 2 <= b <= start), default=max(b for b in breaks if b <= start))
    stop = max((b for b in breaks if end <= b <= begin + LONGEST), default=min(b for b in breaks if b >= end))
    return Excerpt(begin, stop, begin > first, stop < last)
