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
    parts = _PART.findall(form)[::-1]
    spellings = _alternatives(parts)
    if parts:
        raise ValueError(f"unbalanced brackets: {form!r}")
    return tuple(dict.fromkeys(" ".join(spelling.split()) for spelling in spellings))


def _alternatives(parts: list[str]) -> list[str]:
    """Take ``a|b|…`` up to a closing bracket, or all, from the end of ``parts``, where the next one stands."""
    found: list[str] = []
    current = [""]
    while parts and parts[-1] not in ")]":
        part = parts.pop()
        if part == "|":
            found += current
            current = [""]
            continue
        tails = [part]
        if part in "([":
            tails = [*_alternatives(parts), *([""] if part == "[" else [])]
            if not parts or parts.pop() != {"(": ")", "[": "]"}[part]:
                raise ValueError("unbalanced brackets")
        if len(current) * len(tails) > MOST_FORMS:
            raise ValueError(f"more than {MOST_FORMS} spellings")
        current = [head + tail for head in current for tail in tails]
    return found + current
