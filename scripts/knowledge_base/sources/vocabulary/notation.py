"""The small notation of ``bodies.yml`` and ``themes.yml``: ``(a|b)`` alternatives, ``[x]`` optional."""

from __future__ import annotations

import re
from functools import lru_cache

_PART = re.compile(r"[()\[\]|]|[^()\[\]|]+")
MOST_FORMS = 4000
"""More spellings than this from one line are a slip of the pen; the richest of ours, in ``themes.yml``, has 1,677."""


@lru_cache(maxsize=4096)
def expand(form: str) -> tuple[str, ...]:
    """Return all spellings that ``form`` stands for, in order, without doubles.

    >>> expand("(Ban Thường vụ|BTV) [Tỉnh ủy]")
    ('Ban Thường vụ Tỉnh ủy', 'Ban Thường vụ', 'BTV Tỉnh ủy', 'BTV')

    Raises ValueError for unbalanced brackets, or if there are more than ``MOST_FORMS`` spellings.
    """
    parts = _PART.findall(form)
    spellings, end = _alternatives(parts, 0, form)
    if end != len(parts):
        raise ValueError(f"unbalanced brackets: {form!r}")
    return tuple(dict.fromkeys(" ".join(spelling.split()) for spelling in spellings))


def _alternatives(parts: list[str], at: int, form: str) -> tuple[list[str], int]:
    """Read ``a|b|…`` up to a closing bracket or the end."""
    found: list[str] = []
    current = [""]
    while at < len(parts) and parts[at] not in ")]":
        if parts[at] == "|":
            found += current
            current = [""]
        elif parts[at] in "([":
            opening = parts[at]
            inner, at = _alternatives(parts, at + 1, form)
            if at >= len(parts) or (opening == "(") != (parts[at] == ")"):
                raise ValueError(f"unbalanced brackets: {form!r}")
            current = _joined(current, inner if opening == "(" else [*inner, ""], form)
        else:
            current = _joined(current, [parts[at]], form)
        at += 1
    return found + current, at


def _joined(heads: list[str], tails: list[str], form: str) -> list[str]:
    if len(heads) * len(tails) > MOST_FORMS:
        raise ValueError(f"more than {MOST_FORMS} spellings: {form!r}")
    return [head + tail for head in heads for tail in tails]
