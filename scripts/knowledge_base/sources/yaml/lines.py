"""The shape of one line of YAML as a maintainer types it, and a fault of the parser with the lines around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...core.text import one_line

_KEY = re.compile(
    r"(?P<lead>[ \t]*(?:[-–—•·*][ \t]+)*)(?P<key>[^\W\d][\w .-]{0,40}?)"
    r"(?P<colon>[ ]{0,4}[:：=])(?P<gap>[ \t]*)(?P<value>.*)"
)
_SAFE = re.compile(r"[^\W_](?:[^:#\"'\n]|:(?=\S)|(?<=\S)#)*\Z")
_SHOWN = 90


@dataclass(frozen=True, slots=True)
class YamlLine:
    """A line cut into its parts; ``key`` is '' when it has none, and then ``value`` is everything behind the lead."""

    text: str
    lead: str
    key: str
    colon: str
    gap: str
    value: str

    @property
    def indent(self) -> int:
        """How many blanks the line begins with."""
        return len(self.text) - len(self.text.lstrip(" \t"))

    @property
    def column(self) -> int:
        """Where its key begins, behind the dashes of lists."""
        return len(self.lead)

    @property
    def blank(self) -> bool:
        """Tell whether nothing stands there but perhaps a comment."""
        return not self.text.strip() or self.text.lstrip().startswith("#")

    def with_value(self, value: str) -> str:
        """Return the line with another value, rightly spaced."""
        return f"{self.lead}{self.key.rstrip()}: {value}" if self.key else f"{self.lead}{value}"


def cut_line(text: str) -> YamlLine:
    """Cut a line into its parts."""
    match = _KEY.match(text)
    if match and not (match["colon"] == ":" and match["value"].startswith("//") and not match["gap"]):
        return YamlLine(text, *match.group("lead", "key", "colon", "gap", "value"))
    bare = text.lstrip(" \t")
    lead = text[: len(text) - len(bare)]
    if bare.startswith("- "):
        value = bare[1:].lstrip()
        return YamlLine(text, lead + bare[: len(bare) - len(value)], "", "", "", value)
    return YamlLine(text, lead, "", "", "", bare)


def is_whole(value: str) -> bool:
    """Tell whether a value in brackets or quotation marks is complete: the line it stands on is not at fault."""
    value = value.strip()
    closing = {"[": "]", "{": "}", '"': '"', "'": "'"}.get(value[:1])
    if closing is None or len(value) < 2 or value[-1] != closing:
        return False
    return value.count(closing) == (2 if closing == value[0] else value.count(value[0]))


def in_quotes(value: str) -> str:
    """Return a value between straight quotation marks, those that need no change inside it."""
    value = value.strip()
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def as_value(value: str) -> str:
    """Return a value as it may be typed: between quotation marks only where that is needed."""
    return value.strip() if _SAFE.match(value.strip()) or is_whole(value) else in_quotes(value)


def shown(text: str) -> str:
    """Return a line or value as a message shows it: trimmed, on one line, shortened."""
    words = one_line(text)
    return f"{words[:_SHOWN]}…" if len(words) > _SHOWN else words


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
class SyntaxFault:
    """What the parser says: ``at`` is where it stopped, ``opened`` where the part began that it was reading."""

    said: str
    at: int
    opened: int
    lines: Sequence[str]

    def line(self, number: int) -> YamlLine:
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


def read_fault(error: Exception, lines: Sequence[str]) -> SyntaxFault:
    """Return what the parser says of ``lines``."""
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or error}"
    problem: Any = getattr(error, "problem_mark", None)
    context: Any = getattr(error, "context_mark", None)
    last = len(lines) - 1
    at = min(int(problem.line), last) if problem is not None else 0
    fault = SyntaxFault(said, at, min(int(context.line), last) if context is not None else at, lines)
    if fault.line(at).blank and (above := fault.before(at)) is not None:
        fault = SyntaxFault(said, above, fault.opened, lines)
    if fault.line(fault.opened).blank and (above := fault.before(fault.opened)) is not None:
        fault = SyntaxFault(said, fault.at, above, lines)
    return fault
