"""The shape of one line of YAML as a maintainer types it: indentation, dash, key, colon, value."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..text import one_line

_KEY = re.compile(
    r"(?P<lead>[ \t]*(?:[-–—•·*][ \t]+)*)(?P<key>[^\W\d][\w .-]{0,40}?)"
    r"(?P<colon>[ ]{0,4}[:：=])(?P<gap>[ \t]*)(?P<value>.*)"
)
_SAFE = re.compile(r"[^\W_](?:[^:#\"'\n]|:(?=\S)|(?<=\S)#)*\Z")
_SHOWN = 90


@dataclass(frozen=True, slots=True)
class Line:
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


def cut_line(text: str) -> Line:
    """Cut a line into its parts."""
    match = _KEY.match(text)
    if match and not (match["colon"] == ":" and match["value"].startswith("//") and not match["gap"]):
        return Line(text, *match.group("lead", "key", "colon", "gap", "value"))
    bare = text.lstrip(" \t")
    lead = text[: len(text) - len(bare)]
    if bare.startswith("- "):
        value = bare[1:].lstrip()
        return Line(text, lead + bare[: len(bare) - len(value)], "", "", "", value)
    return Line(text, lead, "", "", "", bare)


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
