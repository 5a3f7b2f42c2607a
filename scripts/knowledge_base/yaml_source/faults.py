"""A fault of the parser, and what the lines around it look like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .lines import Line, cut_line


@dataclass(frozen=True, slots=True)
class Mend:
    """A slip of the pen on ``line`` (0-based), and what the line would be without it.

    A ``structural`` one is of the line's place, not of its words: the lines right below follow it."""

    line: int
    message: str
    remedy: str
    text: str
    structural: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What the parser says: ``at`` is where it stopped, ``opened`` where the part began that it was reading."""

    said: str
    at: int
    opened: int
    lines: Sequence[str]

    def line(self, number: int) -> Line:
        """A line cut into its parts."""
        return cut_line(self.lines[number])

    def before(self, number: int) -> int | None:
        """The nearest line above that holds something."""
        return next((n for n in range(number - 1, -1, -1) if not cut_line(self.lines[n]).blank), None)

    def suspects(self) -> list[int]:
        """The lines on which the slip may be, likeliest first."""
        above = self.before(self.at)
        found = [self.opened, self.at] if "simple key" in self.said else [self.at]
        if above is not None and "mapping values" in self.said:
            found = [above, self.at]
        return [n for n in dict.fromkeys(found) if not self.line(n).blank]


def comment(text: str) -> str:
    """Return a line as an empty comment: it is left out, and the lines below keep their numbers."""
    return " " * (len(text) - len(text.lstrip())) + "#"


def read_fault(error: Exception, lines: Sequence[str]) -> Fault:
    """Return what the parser says of ``lines``."""
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or error}"
    problem: Any = getattr(error, "problem_mark", None)
    context: Any = getattr(error, "context_mark", None)
    last = len(lines) - 1
    at = min(int(problem.line), last) if problem is not None else 0
    fault = Fault(said, at, min(int(context.line), last) if context is not None else at, lines)
    if fault.line(at).blank and (above := fault.before(at)) is not None:
        fault = Fault(said, above, fault.opened, lines)
    if fault.line(fault.opened).blank and (above := fault.before(fault.opened)) is not None:
        fault = Fault(said, fault.at, above, lines)
    return fault
