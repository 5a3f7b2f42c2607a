"""Words of the sources in Markdown that GitHub shows: they appear as they are, and do nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST = 140
_JOINER = "\u2060"
_BREAKS = re.compile(r"\s+")
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_MARKS = {c: f"\\{c}" for c in "\\`*_[]#|~!^="} | {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"}
_ESCAPES = str.maketrans(_MARKS)
_LEADING = re.compile(r"\A([-+]|\d{1,9}(?=[.)]))")
_STARTS = re.compile(r"([@#:])(?=\S)")
_WEB = re.compile(r"(?i)(www)\.")


def plain(text: str) -> str:
    """Return source text as one line of Markdown that shows just these words, shortened.

    An invisible joiner behind @, # and : keeps GitHub from making links and pictures of names, numbers, addresses."""
    line = _BREAKS.sub(" ", _HIDDEN.sub(" ", text)).strip()
    if len(line) > LONGEST:
        line = line[: LONGEST - 1].rstrip() + "…"
    line = _STARTS.sub(lambda m: m[1] + _JOINER, line)
    line = _WEB.sub(r"\1&#46;", line.translate(_ESCAPES))
    return _LEADING.sub(lambda m: f"\\{m[1]}" if not m[1].isdecimal() else f"{m[1]}\\", line)


def code(text: str) -> str:
    """Return an address, an id or a file name between backticks."""
    return "`" + _BREAKS.sub(" ", _HIDDEN.sub(" ", text)).strip().replace("`", "'") + "`"


def bounded(rows: Sequence[str], most: int, what: str) -> list[str]:
    """Return the rows as a list, at most ``most`` of them, then how many more ``what`` there are."""
    more = [f"- … và {len(rows) - most} {what} nữa"] if len(rows) > most else []
    return [*(f"- {row}" for row in rows[:most]), *more]
