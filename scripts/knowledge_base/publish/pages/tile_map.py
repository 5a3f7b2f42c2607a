"""Draw the provinces of today as a map of hexagonal tiles: inline SVG in the shape of the country, each tile a link."""

from __future__ import annotations

import html
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .markdown import Md

_ROUND = (2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
"""Where a darker shade may begin: numbers that one can remember, each about twice the last."""
_SHADES = {1: (2,), 2: (2, 3), 3: (1, 2, 3), 4: (1, 2, 3, 4)}
"""Which shades of the style sheet as many steps have: few steps none of the darkest. Besides them there is "none", and
five shades are as many as the eye tells apart in grey."""

_HALF, _ROW, _HEIGHT = 30, 39, 52
"""Half the width of a tile (one column), the distance of two rows, the height of a tile: three quarters of it, so that
rows lock into each other. Six tiles side by side fill a phone of 390 pixels without being made smaller."""
_LINE = 13
"""The height of a line of words."""
_SHAPE = f"M{_HALF} 1 {2 * _HALF - 1} 14V38L{_HALF} {_HEIGHT - 1} 1 38V14Z"
_ISLES = ((0, -9, 2), (9, -4, 1.5), (-8, -2, 1.5), (3, 1, 1))
"""Where the dots of islands stand around the middle of their place, and how large they are."""
_LEGEND = 18
"""The height of a line of the legend."""


@dataclass(frozen=True, slots=True)
class DrawnTile:
    """A tile: its place, the name on it, the whole name for those who point at it or hear it, where it leads, how much
    there is. ``islands``: their name and place."""

    row: int
    column: int
    name: str
    told: str
    address: str
    count: int
    islands: tuple[str, int, int] | None = None


def draw_map(tiles: Sequence[DrawnTile], label: str, unit: str) -> Md:
    """Return the map with its legend; ``label`` names it for those who do not see it, ``unit`` is what is counted.

    The shades lie in the style sheet; the number stands on the tile too, for those to whom shades say nothing."""
    ordered = sorted(tiles, key=lambda tile: (tile.row, tile.column))
    places = [(t.row, t.column) for t in ordered] + [t.islands[1:] for t in ordered if t.islands]
    width = _HALF * (max(column for _, column in places) + 2)
    height = _ROW * max(row for row, _ in places) + _HEIGHT
    scale = Scale(tile.count for tile in ordered)
    top = max(_LINE, height // 2 - _LEGEND)
    legend = _legend(scale, unit, top)
    height = max(height, top + _LEGEND * (len(scale.shades) + 2))
    drawn = "".join(_tile(tile, scale) for tile in ordered)
    return Md(
        f'<svg class="bd" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group"'
        f' aria-label="{html.escape(label)}"><defs><path id="bd-o" d="{_SHAPE}"/></defs>{legend}{drawn}</svg>'
    )


class Scale:
    """How dark a number is: the first shade begins at 1, the others at the last round numbers up to the most."""

    def __init__(self, counts: Iterable[int]) -> None:
        most = max(counts, default=0)
        self._starts = (1, *[number for number in _ROUND if number <= most][-max(map(len, _SHADES.values())) + 1 :])
        self.shades = _SHADES[len(self._starts)]

    def shade(self, count: int) -> int:
        """Return the shade of a number: 0 for none."""
        return (0, *self.shades)[bisect_right(self._starts, count)]

    def rows(self) -> Iterator[tuple[int, str]]:
        """Yield each shade with the numbers that it stands for: ``10–19``."""
        yield 0, "chưa có"
        for shade, start, following in zip(self.shades, self._starts, (*self._starts[1:], None), strict=True):
            if following is None:
                yield shade, f"từ {start}"
            else:
                yield shade, str(start) if following == start + 1 else f"{start}–{following - 1}"


def _tile(tile: DrawnTile, scale: Scale) -> str:
    lines = _lines(tile.name)
    y = _HEIGHT // 2 + 5 - (len(lines) - 1) * _LINE // 2 - (_LINE // 2 if tile.count else 0)
    words = [f'<text x="{_HALF}" y="{y + i * _LINE}">{html.escape(line)}</text>' for i, line in enumerate(lines)]
    if tile.count:
        words.append(f'<text class="bd-so" x="{_HALF}" y="{y + len(lines) * _LINE}">{tile.count}</text>')
    isles = _islands(tile, *tile.islands) if tile.islands else ""
    shade = scale.shade(tile.count)
    return (
        f'<a href="{html.escape(tile.address)}" class="bd-{shade}"><title>{html.escape(tile.told)}</title>'
        f'<g transform="translate({_HALF * tile.column} {_ROW * tile.row})"><use href="#bd-o"/>{"".join(words)}</g>'
        f"{isles}</a>"
    )


def _islands(tile: DrawnTile, name: str, row: int, column: int) -> str:
    x, y = _HALF * (column + 1), _ROW * row + _HEIGHT // 2
    dots = "".join(f'<circle cx="{x + dx}" cy="{y + dy}" r="{size}"/>' for dx, dy, size in _ISLES)
    return f'<g class="bd-dao">{dots}<text x="{x}" y="{y + 16}">{html.escape(name)}</text></g>'


def _lines(name: str) -> list[str]:
    """Return a name in at most two lines, the last word in the second."""
    first, _, last = name.rpartition(" ")
    return [first, last] if first else [last]


def _legend(scale: Scale, unit: str, y: int) -> str:
    rows = [f'<text y="{y}" class="bd-tieu-de">{html.escape(unit)}</text>']
    for number, (shade, words) in enumerate(scale.rows()):
        top = y + 9 + _LEGEND * number
        rows.append(f'<rect class="bd-{shade}" x="1" y="{top}" width="16" height="13"/>')
        rows.append(f'<text x="24" y="{top + 11}">{words}</text>')
    return f'<g class="bd-chu-giai" aria-hidden="true">{"".join(rows)}</g>'
