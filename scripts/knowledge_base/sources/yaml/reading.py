"""Read the strict YAML of the sources: plain values, no surprises, and the line of everything.

Every scalar is a string (``034`` stays ``034``), nothing written is None. Anchors, aliases, tags,
a key written twice, several documents in a file and deep nesting are faults. Built on the parser's
events, so that nesting cannot exhaust the stack and aliases cannot grow. A line that the parser cannot
read is told of, mended and read again, so that the faults after it are told in the same run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml

from ...core.errors import Problem
from .building import Builder, Location, Plain, UnreadableError
from .lines import Mend, as_value, comment, cut_line, shown
from .mending import mend
from .structure import ORPHAN

_MOST_MENDS, _LONGEST_MENDED = 60, 200_000
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u200b": None, "\u2060": None, "\ufeff": None})
"""Blanks that come with text pasted from Word or a web page; nobody sees that they are others."""


@dataclass(frozen=True, slots=True)
class YamlData:
    """The value of a YAML file and the lines its parts stand on (list items are keyed by ``"0"``, ``"1"``…).

    ``mended`` are the lines of the file that could not be read as they were, ``torn`` those of them whose
    meaning is lost; ``lost`` tells that whole entries may be."""

    data: Plain
    lines: Mapping[Location, int]
    mended: frozenset[int] = frozenset()
    torn: frozenset[int] = frozenset()
    lost: bool = False

    def line(self, *location: object) -> int:
        """Return the line of the part at ``location``, or of the nearest part around it."""
        parts = tuple(map(str, location))
        return next(
            (self.lines[parts[:n]] for n in range(len(parts), -1, -1) if parts[:n] in self.lines),
            1,
        )


def read_yaml(text: str, path: str, first_line: int = 1) -> tuple[YamlData | None, list[Problem]]:
    """Read one YAML document.

    ``text`` is NFC with LF line ends; ``path`` is shown in problems; ``first_line`` is the file's line
    on which ``text`` begins. Gives None when nothing could be read; otherwise the data stand beside
    the problems, so that the caller can look for more of them.
    """
    lines = text.translate(_SPACES).split("\n")
    slips: dict[int, Problem | None] = {}  # None: only follows from the line above
    while True:
        builder = Builder(path, first_line, lines)
        error = _parse(builder, lines) or _unparted(builder, lines)
        if error is None:
            left_out = {number + first_line for number in slips if lines[number].strip() == "#"}
            mended = frozenset(number + first_line for number in slips) | builder.doubles
            data = YamlData(builder.root, builder.lines, mended, frozenset(left_out | builder.doubles))
            return replace(data, lost=bool(left_out) or builder.merged), _told(slips, builder)
        slip = _slip(error, lines, slips)
        quiet = slip.structural and _above(slip.line, lines) in slips
        slips.setdefault(slip.line, None if quiet else Problem(path, first_line + slip.line, slip.message, slip.remedy))
        if len(slips) > _MOST_MENDS or len(text) > _LONGEST_MENDED or lines[slip.line] == slip.text:
            return None, _told(slips, builder)
        lines[slip.line] = slip.text
        for number in _block(slip, lines):
            slips.setdefault(number, None)
            lines[number] = comment(lines[number])


def _block(slip: Mend, lines: list[str]) -> range:
    """Return the lines below a slip that belong to a list without a key, and are left out with it."""
    if slip.message != ORPHAN:
        return range(0)
    indent, end = len(slip.text) - len(slip.text.lstrip()), slip.line + 1
    while end < len(lines) and (
        not (bare := lines[end].lstrip())
        or len(lines[end]) - len(bare) > indent
        or (bare.startswith("- ") and len(lines[end]) - len(bare) == indent)
    ):
        end += 1
    return range(slip.line + 1, end)


def _told(slips: Mapping[int, Problem | None], builder: Builder) -> list[Problem]:
    """Return all problems but those that follow from a slip on their own line or the one above."""
    has_error = {number + builder.first_line for number in slips}
    own = [p for p in builder.problems if p.line not in has_error and p.line - 1 not in has_error]
    return [*(problem for problem in slips.values() if problem is not None), *own]


def _above(number: int, lines: list[str]) -> int:
    """Return the nearest line above that holds something; -1 if none does."""
    return next((n for n in range(number - 1, -1, -1) if lines[n].strip()), -1)


def _parse(builder: Builder, lines: list[str]) -> Exception | None:
    """Hand the parser's events to ``builder``; give the error that ended it, if any."""
    try:
        for event in yaml.parse("\n".join(lines), Loader=_LOADER):
            builder.take(event)
    except (UnreadableError, yaml.YAMLError, RecursionError, ValueError) as error:
        return error
    return None


def _unparted(builder: Builder, lines: list[str]) -> UnreadableError | None:
    """Give the error of a text that is one long value, because no colon has its blank."""
    if not isinstance(builder.root, str):
        return None
    for number, text in enumerate(lines):
        line = cut_line(text)
        if line.colon in {":", "："} and (not line.gap or line.colon == "：") and line.value[:2] not in {"", "//"}:
            fixed = line.with_value(as_value(line.value))
            message = (
                f"thiếu dấu cách sau “{shown(line.key)}:”"
                if line.colon == ":"
                else "dấu hai chấm “：” là ký tự toàn khổ"
            )
            return UnreadableError(Mend(number, message, f"Viết: {shown(fixed)}", fixed))
    return None


def _slip(error: Exception, lines: list[str], slips: Mapping[int, Problem | None]) -> Mend:
    """Return what to do about an error; a line that was mended in vain is dropped."""
    if isinstance(error, UnreadableError):
        return error.slip
    slip = mend(error, lines)
    if slip.line in slips or slip.text == lines[slip.line]:
        return replace(slip, text=comment(lines[slip.line]))
    return slip
