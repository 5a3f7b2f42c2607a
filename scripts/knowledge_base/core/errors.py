"""Faults found in the sources, gathered and told all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a fault is: an error stops the build, a warning only under ``--strict``."""

    ERROR = "lỗi"
    WARNING = "cảnh báo"


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One fault. ``path`` is relative to the sources' parent, with ``/``; ``line`` counts from 1.

    ``message`` and ``remedy`` are Vietnamese sentences without a final full stop.
    """

    path: str
    line: int
    message: str
    remedy: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        label = "cảnh báo: " if self.severity is Severity.WARNING else ""
        return f"{self.path}:{self.line}: {label}{self.message}. {self.remedy}."


class SourceError(Exception):
    """The sources cannot be built; carries every problem found, sorted and without doubles."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class UsageError(Exception):
    """The command line is wrong (exit status 2); the message is Vietnamese."""
