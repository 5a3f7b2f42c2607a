"""Dates as texts write them: 30/7/2013, 15.5.2016, 4-10-2023, ngày 27 tháng 10 năm 2023, ngày04/10/2023."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from ..core.dates import PartialDate
from ..core.text import Folded

_DAY = r"(?P<day>\d{1,2})"
_MONTH = r"\s{0,3}(?:[/.-]|tháng)\s{0,3}(?P<month>\d{1,2})"
_YEAR = r"\s{0,3}(?:[/.-]|,?\s{0,3}năm|,)\s{0,3}(?P<year>\d{4})(?!\d)"
_WORD = r"(?:ngày\s{0,3}(?:mùng\s|mồng\s)?)"
_START = r"(?<![\d/.-])"
_DATE = re.compile(rf"(?:{_WORD}|{_START}){_DAY}{_MONTH}(?!\d)(?:{_YEAR})?")
_ISO = re.compile(r"(?<![\d/.-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)")
_PLACE_LINE = re.compile(
    rf"""(?: ^ | \s{{2,9}} | \| | -{{3,9}} | ^số\s?:\s?\S{{4,30}}\s )                            # Số: 12/QĐ-UBND
        \s{{0,3}} [^\W\d][^\n,\d]{{1,40}},\s{{0,3}}                                           # Đà Nẵng,
        {_WORD}{_DAY} \s{{0,3}}tháng\s{{0,3}} (?P<month>\d{{1,2}})                           # ngày 27 tháng 10
        \s{{0,3}}năm\s{{0,3}} (?P<year>\d{{4}}) \W{{0,3}}$                                   # năm 2023
    """,
    re.MULTILINE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class TextDate:
    """A date in a text. ``value`` is None for one without a year, cut short, or not in the calendar."""

    start: int
    end: int
    value: PartialDate | None


def date_at(folded: Folded, position: int) -> TextDate | None:
    """Return the date that begins at ``position``, with or without "ngày" before it."""
    match = _DATE.match(folded, position)
    return _text_date(match) if match else None


def find_dates(folded: Folded, start: int = 0, end: int | None = None) -> Iterator[TextDate]:
    """Yield the dates in ``folded[start:end]``, ISO ones too."""
    stop = len(folded) if end is None else end
    spans = [_text_date(m) for pattern in (_ISO, _DATE) for m in pattern.finditer(folded, start, stop)]
    last = -1
    for found in sorted(spans, key=lambda d: (d.start, -d.end)):
        if found.start >= last:
            last = found.end
            yield found


def find_place_date(folded: Folded, start: int, end: int) -> TextDate | None:
    """Return the date of the first line like "Đà Nẵng, ngày 27 tháng 10 năm 2023" in ``folded[start:end]``."""
    match = _PLACE_LINE.search(folded, start, end)
    return _text_date(match) if match else None


def _text_date(match: re.Match[str]) -> TextDate:
    """Make a date of a match; a day that is not in the calendar has no value."""
    value: PartialDate | None = None
    if match["year"] and 1900 <= int(match["year"]) <= 2100 and int(match["day"]):
        with suppress(ValueError):
            value = PartialDate(int(match["year"]), int(match["month"]), int(match["day"]))
    return TextDate(match.start(), match.end(), value)
