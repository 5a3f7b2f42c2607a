"""The paragraphs that lines belong to, without the lines that stand at the head and foot of every page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from ..plain import link
from .lines import TextLine

_PAGE_NUMBER = re.compile(r"(?:[-–—\s|]*(?:trang|page)?\s*\d{1,4}\s*(?:/\s*\d{1,4})?[-–—\s|]*)\Z", re.IGNORECASE)
_MARK = re.compile(
    r"""(?:[-–—•+*▪●○]                                          # a bullet
    |\d{1,3}(?:\.\d{1,2}){0,3}[.)]|[a-zđ][.)]|[IVX]{1,5}[.)-]  # a number or a letter
    |Điều\ \d{1,3}[.:]|Chương\ [IVX\d]{1,5}|Mục\ \d)\s          # a heading of a law
    """,
    re.VERBOSE,
)
_ENDS = re.compile(r"[.:;!?…][\"”’)]*\Z")
_EDGE = 50  # points: nearer to a page's edge only heads and feet stand
_EDGE_LINES = 3
_FEW = 8
_DEEPEST = 6  # times the font size: deeper than that no item of a list begins
_OTHER_WIDTH = 20  # points
_SPACE_WIDTH = 0.35  # of the font size, in the widest fonts
_INDENT, _JUSTIFIED, _EXACT, _WIDE_GAP, _EDGE_GAP = 0.6, 0.6, 1.5, 1.3, 1.8


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a column's lines lie: its edges, the usual distance of its lines, and whether they are justified."""

    left: float
    right: float
    leading: float
    justified: bool


def drop_running_lines(pages: list[list[TextLine]], heights: list[float]) -> list[list[TextLine]]:
    """Return the pages without page numbers, and without lines that stand at the head or foot of most pages."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_key(line) for line in _edges(page)})
    running = {key for key, count in seen.items() if count >= 2 and count > len(pages) // 2}
    kept = []
    for page, height in zip(pages, heights, strict=True):
        edges = set(map(id, _edges(page)))
        kept.append([line for line in page if id(line) not in edges or not _is_running(line, page, height, running)])
    return kept


def _edges(page: list[TextLine]) -> list[TextLine]:
    by_height = sorted(page, key=lambda line: -line.base)
    return by_height[:_EDGE_LINES] + by_height[-_EDGE_LINES:]


def _key(line: TextLine) -> str:
    return re.sub(r"\d+", "#", line.text)


def _is_running(line: TextLine, page: list[TextLine], height: float, running: set[str]) -> bool:
    if _key(line) in running and not _inner(line, page, running):
        return True
    outer = line in {max(page, key=lambda other: other.base), min(page, key=lambda other: other.base)}
    if outer and _PAGE_NUMBER.match(line.text) and len(page) > 1:
        return True
    at_edge = line.base < _EDGE or line.base > height - _EDGE
    gaps = (abs(line.base - other.base) for other in page)
    return at_edge and min((gap for gap in gaps if gap > 1), default=0.0) > _EDGE_GAP * line.size


def _inner(line: TextLine, page: list[TextLine], running: set[str]) -> bool:
    """Tell a line that has text of the page on both sides, at the head as at the foot."""
    bases = [other.base for other in page if _key(other) not in running]
    return bool(bases) and min(bases) < line.base < max(bases)


def join_lines(pages: Iterable[list[TextLine]]) -> list[list[TextLine]]:
    """Return the lines of all pages by paragraph."""
    lines = [line for page in pages for line in page]
    shapes = _shapes(lines)
    paragraphs: list[list[TextLine]] = []
    for line in lines:
        if not paragraphs or _begins(paragraphs[-1][-1], line, shapes):
            paragraphs.append([])
        paragraphs[-1].append(line)
    return paragraphs


def _shapes(lines: list[TextLine]) -> dict[tuple[int, int], _Shape]:
    """Return the shape of each page's columns; short pages take that of the whole document."""
    by_column: dict[int, list[TextLine]] = defaultdict(list)
    by_page: dict[tuple[int, int], list[TextLine]] = defaultdict(list)
    for line in lines:
        by_column[line.column].append(line)
        by_page[line.page, line.column].append(line)
    whole = {column: _shape(group) for column, group in by_column.items()}
    fitted = {key: _fitted(_shape(group), whole[key[1]]) for key, group in by_page.items() if len(group) > _FEW}
    return {key: fitted.get(key, whole[key[1]]) for key in by_page}


def _fitted(page: _Shape, whole: _Shape) -> _Shape:
    """Return a page's shape with the document's right edge, unless the page is of another width."""
    same = abs(page.right - whole.right) < _OTHER_WIDTH and abs(page.left - whole.left) < _OTHER_WIDTH
    return replace(page, right=whole.right, justified=whole.justified) if same else page


def _shape(lines: list[TextLine]) -> _Shape:
    lefts = Counter(round(line.left) for line in lines)
    left = min((x for x, count in lefts.items() if count >= max(2, len(lines) // 10)), default=min(lefts))
    widest = max(line.right for line in lines)
    usual, count = Counter(round(line.right) for line in lines).most_common(1)[0]
    gaps = sorted(
        a.base - b.base for a, b in pairwise(lines) if a.page == b.page and a.base > b.base and abs(a.size - b.size) < 1
    )
    leading = gaps[len(gaps) // 4] if gaps else 1.5 * lines[0].size
    inner = [line for line in lines if not _ENDS.search(line.text) and not line.bold]
    full = sum(abs(usual - line.right) < _EXACT for line in inner)
    justified = count > 2 and full >= _JUSTIFIED * len(inner)
    return _Shape(left, usual if justified else widest, leading, justified)


def _begins(before: TextLine, line: TextLine, shapes: dict[tuple[int, int], _Shape]) -> bool:
    """Tell whether ``line`` begins a new paragraph after ``before``."""
    shape, old = shapes[line.page, line.column], shapes[before.page, before.column]
    beside = before.page == line.page and before.column == line.column
    if abs(line.size - before.size) > 1 or line.bold != before.bold:
        return before.page != line.page or bool(link(before.text, line.text))
    if before.cells or line.cells or (beside and before.base - line.base > _WIDE_GAP * shape.leading):
        return True
    centred = _goes_on_centred(before, line, old, shape)
    if centred is not None:
        return not centred
    indented = line.left > shape.left + _INDENT * line.size and before.left <= old.left + _INDENT * before.size
    return indented or _ended(before, line, old)


def _goes_on_centred(before: TextLine, line: TextLine, old: _Shape, shape: _Shape) -> bool | None:
    """Tell whether a centred heading goes on in ``line``; None if neither line is centred."""
    full = old.right - before.right < line.word + line.size
    if _is_centred(line, shape) and (_is_centred(before, old) or full):
        return not _ENDS.search(before.text) and (abs(line.left - before.left) >= _EXACT or line.bold)
    if _is_centred(before, old) and before.bold and line.bold and not _ENDS.search(before.text):
        return before.right - before.left + line.word + _SPACE_WIDTH * line.size >= old.right - old.left
    return None


def _ended(before: TextLine, line: TextLine, shape: _Shape) -> bool:
    """Tell whether a line stops before the edge, so that its paragraph ends there."""
    room, apart = shape.right - before.right, bool(link(before.text, line.text))
    item = bool(_MARK.match(line.text) and _ENDS.search(before.text))
    if shape.justified:
        return (item and before.left <= shape.left + _DEEPEST * before.size) or (room > _EXACT and apart)
    return item or (apart and line.word + _SPACE_WIDTH * before.size < room)


def _is_centred(line: TextLine, shape: _Shape) -> bool:
    middle = (line.left + line.right) / 2 - (shape.left + shape.right) / 2
    return abs(middle) < line.size / 2 and line.left > shape.left + _EXACT


def join_pieces(paragraph: list[TextLine]) -> list[tuple[str, str]]:
    """Return a paragraph's pieces with their fonts: a number cut in two at the end of a line is made whole."""
    pieces = list(paragraph[0].pieces)
    for before, line in pairwise(paragraph):
        pieces += [(link(before.text, line.text), before.pieces[-1][1]), *line.pieces]
    return pieces
