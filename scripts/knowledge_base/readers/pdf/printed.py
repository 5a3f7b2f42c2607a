"""A web page printed into a PDF: its title in the file's data, its address at the foot of the pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...text import fold, nfc
from ..page_names import title_parts
from .lines import Line

_FOOT = re.compile(r"(https?://[^\s…]{8,400})\s+(?:\|\s)?\d{1,3}/\d{1,3}\Z")
_FEET = re.compile(r"(?:https?|file)://\S{2,500}\s+(?:\|\s)?\d{1,3}/\d{1,3}\Z")
_WORDS_IN_TITLE, _MOST_LINES = 4, 4


def printed_address(pages: Sequence[Sequence[Line]]) -> str | None:
    """Return the address that browsers print at the foot of every page, with the page's number."""
    found = [{match[1] for line in page if (match := _FOOT.search(line.text))} for page in pages]
    same = set.intersection(*found) if found else set()
    return same.pop() if len(same) == 1 else None


def is_foot(text: str) -> bool:
    """Tell the line that browsers print at the foot of a page."""
    return bool(_FEET.match(text))


def from_title(paragraphs: list[str], title: str) -> tuple[str | None, list[str]]:
    """Return the title as the page shows it, in one paragraph, and the paragraphs from it on. None and all of them
    if no paragraph is the title that the file's data give."""
    parts = [part for part in title_parts(nfc(title)) if len(part.split()) >= _WORDS_IN_TITLE]
    for part in parts:
        for first in range(len(paragraphs)):
            for last in range(first + 1, min(first + _MOST_LINES, len(paragraphs)) + 1):
                shown = " ".join(paragraphs[first:last])
                if len(shown) > len(part) + 2:
                    break
                if fold(nfc(shown)) == fold(part):
                    return shown, [shown, *paragraphs[last:]]
    return None, paragraphs
