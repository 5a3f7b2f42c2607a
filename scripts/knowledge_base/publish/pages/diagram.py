"""Draw the relations of a document as a small diagram: inline SVG with links, narrow enough for a phone."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Sequence

from .markdown import Md

WIDTH = 360
"""In units of the drawing, as are all lengths here: the narrowest phone that the browser tests look at has so many
pixels, and a drawing as wide as that is not made smaller there."""
MOST = 8
"""So many documents are drawn on each side, chosen by hand; the list below the diagram has all."""

_LINE, _PAD, _LABEL = 17, 8, 22
"""The height of a line of words, the space inside a box around them, the height of a relation's label."""
_SPINE, _INDENT = 14, 34
"""Where the line stands on which documents hang, and where their boxes begin."""
_CHARS = 38
"""So many letters of a name fit beside the indent, chosen by hand; of the smaller line below it 6 more."""


Node = tuple[str, str, str, str]
"""A document in the diagram: how it stands to the one in the middle, its name, place and date, its address."""


def draw_diagram(title: str, line: str, above: Sequence[Node], below: Sequence[Node]) -> Md:
    """Return the figure: the documents that ``title`` acts on stand above it, those that act on it below.

    Every one hangs on a line of its own from the one in the middle, with the relation as its label."""
    parts: list[str] = []
    y, first, _ = _side(parts, 0, above[:MOST])
    y += 12 if above else 2
    spines = [f"M{_SPINE} {first}V{y}"] if above else []
    inner, height = _words(y, _PAD, title, line)
    parts.append(f'<g class="ld-giua">{_rect(y, 2, height)}{inner}</g>')
    end = y = y + height
    y, _, last = _side(parts, y, below[:MOST])
    if below:
        spines.append(f"M{_SPINE} {end}V{last}")
    more = len(above[MOST:]) + len(below[MOST:])
    if more:
        y += 24
        parts.append(_text(2, y - 6, f"và {more} văn bản khác trong danh sách bên dưới", "ld-phu"))
    label = html.escape(f"Lược đồ của {title}")
    drawn = f'<path class="ld-noi" d="{"".join(spines)}"/>{"".join(parts)}'
    return Md(
        f'<figure class="luoc-do"><svg viewBox="0 0 {WIDTH} {y + 2}" width="{WIDTH}" height="{y + 2}"'
        f' role="group" aria-label="{label}">{drawn}</svg></figure>'
    )


def _side(parts: list[str], y: int, nodes: Sequence[Node]) -> tuple[int, int, int]:
    """Add the documents of one side from ``y`` on; return where they end, the middles of the first and the last."""
    first = middle = 0
    for relation, name, line, address in nodes:
        top = y + _LABEL
        inner, height = _words(top, _INDENT + _PAD, name, line)
        middle = top + height // 2
        first = first or middle
        parts.append(_text(_INDENT, top - 6, relation, "ld-quan-he"))
        parts.append(f'<path class="ld-noi" d="M{_SPINE} {middle}H{_INDENT}"/>')
        parts.append(f'<a href="{html.escape(address)}">{_rect(top, _INDENT, height)}{inner}</a>')
        y = top + height
    return y, first, middle


def _rect(y: int, x: int, height: int) -> str:
    return f'<rect class="ld-o" x="{x}" y="{y}" width="{WIDTH - 2 - x}" height="{height}" rx="4"/>'


def _words(y: int, x: int, name: str, line: str) -> tuple[str, int]:
    """Return the words of a box, broken into lines, and its height."""
    names, lines = textwrap.wrap(name, _CHARS) or [name], textwrap.wrap(line, _CHARS + 6)
    rows = [(words, "ld-ten") for words in names] + [(words, "ld-phu") for words in lines]
    texts = [_text(x, y + _PAD + _LINE * (i + 1) - 4, words, css) for i, (words, css) in enumerate(rows)]
    return "".join(texts), _PAD * 2 + _LINE * len(rows)


def _text(x: int, y: int, words: str, css: str) -> str:
    return f'<text class="{css}" x="{x}" y="{y}">{html.escape(words)}</text>'
