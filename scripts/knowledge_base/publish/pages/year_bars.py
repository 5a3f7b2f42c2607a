"""Draw how many documents there are of each year as small bars: inline SVG, each bar a link."""

from __future__ import annotations

import html
from collections.abc import Sequence

from .markdown import Md

MOST = 10
"""So many bars fit side by side on a phone, at the width below."""
_STEP, _BAR, _TALLEST = 36, 22, 64
"""The distance of two bars, the width of one, the height of the tallest."""
_TOP, _BOTTOM = 16, 20
"""The room for the number above a bar, and for the year below it."""

Bar = tuple[str, int, str, str]
"""What stands below a bar, its number, what is said of it, where it leads ('' for nowhere)."""


def draw_bars(bars: Sequence[Bar], label: str) -> Md:
    """Return the drawing; ``label`` names it for those who do not see it."""
    most = max(count for _, count, *_ in bars)
    floor, width = _TOP + _TALLEST, _STEP * len(bars)
    drawn = "".join(_bar(bar, _STEP * i, floor, most) for i, bar in enumerate(bars))
    return Md(
        f'<svg class="cot-nam" viewBox="0 0 {width} {floor + _BOTTOM}" width="{width}" height="{floor + _BOTTOM}"'
        f' role="group" aria-label="{html.escape(label)}"><path class="cot-nen" d="M0 {floor}.5H{width}"/>{drawn}</svg>'
    )


def _bar(bar: Bar, x: int, floor: int, most: int) -> str:
    below, count, told, address = bar
    middle, height = x + _STEP // 2, max(2, round(_TALLEST * count / most)) if count else 0
    year = f'<text class="cot-ten" x="{middle}" y="{floor + 15}">{html.escape(below)}</text>'
    if not count:
        return year
    shape = f'<rect x="{middle - _BAR // 2}" y="{floor - height}" width="{_BAR}" height="{height}"/>'
    number = f'<text x="{middle}" y="{floor - height - 4}">{count}</text>'
    inside = f"<title>{html.escape(told)}</title>{shape}{number}{year}"
    return f'<a href="{html.escape(address)}">{inside}</a>' if address else f"<g>{inside}</g>"
