"""What a page holds beside its article: told, so that a person sees what was lost by mistake."""

from __future__ import annotations

from collections.abc import Container, Iterable

from .blocks import Block

_FEWEST, _SHOWN = 8, 14


def left_out(blocks: Iterable[Block], taken: Container[str]) -> tuple[str, ...]:
    """Return the first words of each line that is not among those ``taken`` and long enough to be text."""
    lines = dict.fromkeys(block.text for block in blocks if block.text not in taken)
    words = (line.split() for line in lines)
    return tuple(" ".join(line[:_SHOWN]) + "…" * (len(line) > _SHOWN) for line in words if len(line) > _FEWEST)
