"""Dates as exact as known: a year, a month of a year, or a day."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

WRITTEN_DAY = r"(\d{1,2})\s?(?:[/.-]|tháng)\s?(\d{1,2})\s?(?:[/.-]|,?\s?năm|,)\s?(\d{4})"
"""The pattern of a day as people write it, folded: day, month and year are its groups."""

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)


@dataclass(frozen=True, order=True, slots=True)
class PartialDate:
    """A date whose day, or day and month, may be unknown (0). Orders by what is known.

    Raises ValueError for a date that is not in the calendar.
    """

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if self.day and not self.month:
            raise ValueError("a day needs a month")
        datetime.date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, iso: str) -> PartialDate:
        """Read ``2023-09-07``, ``2023-09`` or ``2023``. Raises ValueError for anything else."""
        match = _ISO.match(iso)
        if match is None:
            raise ValueError(f"not an ISO date: {iso!r}")
        if "00" in match.groups()[1:]:
            raise ValueError(f"not in the calendar: {iso!r}")
        return cls(*(int(part or 0) for part in match.groups()))

    @property
    def iso(self) -> str:
        """The date as ISO 8601, no more exact than known."""
        return "-".join([f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)])

    @property
    def vietnamese(self) -> str:
        """The date as Party citations write it: ``27-10-2023``, ``10-2023`` or ``2023``."""
        return "-".join([*(f"{part:02d}" for part in (self.day, self.month) if part), f"{self.year:04d}"])

    def contains(self, other: PartialDate) -> bool:
        """Tell whether ``other`` is this date, or a more exact form of it."""
        return other.iso.startswith(self.iso)

    def latest(self) -> datetime.date:
        """The last day this date may stand for."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def earliest(self) -> datetime.date:
        """The first day this date may stand for."""
        return datetime.date(self.year, self.month or 1, self.day or 1)


def clock_day() -> datetime.date:
    """Return the day it is (UTC): the one place that asks the clock for it."""
    return datetime.datetime.now(datetime.UTC).date()


def date_words(date: PartialDate) -> str:
    """Return a date with the word that says how exact it is: ``ngày 27-10-2023``, ``năm 2023``."""
    return f"{'ngày' if date.day else 'tháng' if date.month else 'năm'} {date.vietnamese}"
