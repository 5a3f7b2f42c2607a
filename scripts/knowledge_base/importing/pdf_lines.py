"""The lines of a PDF's pages: its characters with their places, words told apart, columns one after the other."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median_high
from typing import Any, TypeAlias

import pypdfium2.raw as pdfium

from .encodings import is_syllable
from .raised import BEFORE, read_mark

Page: TypeAlias = Any
_NAME_LENGTH = 128  # bytes of a font's name; longer ones are cut
_BOLD_WEIGHT = 600  # semi-bold, as fonts count it; 400 is regular, 700 bold
_HYPHENS = {0x02: "-", 0xFFFE: "-"}
"""PDFium's signs for a hyphen at the end of a line; in Vietnamese it belongs to a number or a name."""
_SOFT_HYPHEN = "\u00ad"


@dataclass(slots=True)
class Glyph:
    """One character: its left and right edge, the line it stands on, its font and size (in points); ``apart``: PDFium
    takes it for the first of a word, though no space is written before it."""

    text: str
    left: float
    right: float
    base: float
    size: float
    font: str
    bold: bool
    apart: bool = False


def read_glyphs(document: Any) -> Iterator[tuple[list[Glyph], float]]:
    """Yield the characters of each page in the order of the file (spaces are characters too), and its height."""
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        yield list(filter(_is_somewhere, _glyphs(text))), page.get_height()
        text.close()
        page.close()


def _glyphs(page: Page) -> list[Glyph]:
    """Return characters; a mark that stands apart from its letter (NFD) joins it."""
    glyphs: list[Glyph] = []
    apart = False
    for number in range(page.count_chars()):
        char = _HYPHENS.get(code := pdfium.FPDFText_GetUnicode(page, number)) or chr(code)
        if pdfium.FPDFText_IsGenerated(page, number) == 1 or (ord(char) < 0x20 and not char.isspace()):
            apart |= char.isspace()
            continue
        if unicodedata.combining(char) and glyphs and not glyphs[-1].text.isspace():
            glyphs[-1].text = unicodedata.normalize("NFC", glyphs[-1].text + char)
        else:
            glyphs.append(_glyph(page, number, " " if char.isspace() else char))
            glyphs[-1].apart, apart = apart, False
    return glyphs


def _glyph(page: Page, number: int, char: str) -> Glyph:
    """Return a character with its place, and the size at which it is shown: browsers scale their fonts."""
    left, _, right, _ = page.get_charbox(number, loose=True)
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    pdfium.FPDFText_GetCharOrigin(page, number, x, y)
    name = ctypes.create_string_buffer(_NAME_LENGTH)
    pdfium.FPDFText_GetFontInfo(page, number, name, _NAME_LENGTH, None)
    font = name.value.decode("utf-8", "replace").split("+", 1)[-1]
    bold = pdfium.FPDFText_GetFontWeight(page, number) >= _BOLD_WEIGHT or "bold" in font.lower()
    if char == _SOFT_HYPHEN and not font.lower().startswith((".vn", "vn")):
        char = "-"  # Word's PDFs say so for every hyphen; in the old fonts it is a letter
    scale = math.hypot(matrix.b, matrix.d) if pdfium.FPDFText_GetMatrix(page, number, matrix) else 1.0
    size = max(1.0, float(pdfium.FPDFText_GetFontSize(page, number)) * (scale or 1.0))
    return Glyph(char, left, right, y.value, size, font, bold)


def _is_somewhere(glyph: Glyph) -> bool:
    """Tell a character that has a place; in broken files some have none."""
    return all(map(math.isfinite, (glyph.left, glyph.right, glyph.base, glyph.size)))


_SAME_LINE = 0.35  # of the font size: how far characters of one line may differ in height
_HAIR = 0.03  # of the font size: a gap that may be a space, if words stand on both its sides
_RAISED, _RAISED_SIZE = 0.15, 0.8  # of a line's font size: how high, and how small, a mark above it is
_EDGES = ".,;:!?()[]“”\"'…"
_SPACE = 0.17  # of the font size: a gap that is a space, where none is written
_CELL = 2.5  # of the font size: a gap between cells of a table
_GUTTER = 8  # points: the narrowest strip between columns
_CROSSING = 0.15  # of the usual number of lines: so many may cross the strip
_WIDEST = 15_000  # points: no page is wider, only letters thrown far off it
_LEAST_LETTERS = 150  # on each side of the strip: a column of text has at least a few lines
_LEAST_ROWS = 4  # lines of a part of the page that is set in columns: a letterhead, which is no text, has about three
_HALF_LINE = 0.9  # of the font size: lines of one column stand farther apart
_GOING_ON = 0.4  # of a column's lines: so many begin in the middle of a sentence, with a small letter
_LETTERS_IN_A_LINE = 18  # in most lines: cells of a table hold fewer


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text as pieces with their fonts; ``word`` is the width of its first word, ``page`` counts from 0.

    ``column`` tells lines of one column, or of the whole width, from those of another; ``cells`` a table's row.
    """

    pieces: tuple[tuple[str, str], ...]
    left: float
    right: float
    base: float
    size: float
    bold: bool
    word: float
    page: int
    column: int = 0
    cells: bool = False

    @property
    def text(self) -> str:
        """The line's words."""
        return "".join(text for text, _ in self.pieces).strip()

    @property
    def unnumbered(self) -> str:
        """The line's words with every number alike, as heads and feet of pages are."""
        return re.sub(r"\d+", "#", self.text)


def read_lines(glyphs: list[Glyph], page: int) -> list[TextLine]:
    """Return the lines of one page in reading order."""
    return _read_area(glyphs, page, 0)


def _read_area(glyphs: list[Glyph], page: int, column: int) -> list[TextLine]:
    """Return the lines of a page, of a column, or of a part of either: its columns one after the other."""
    if gutter := _find_gutter(glyphs):
        return _by_columns(glyphs, gutter, page, column)
    rows = _rows(glyphs)
    if band := _find_band(rows):
        first, last, gutter = band
        top, bottom = rows[first][0].base, rows[last][-1].base
        inside = [g for row in rows[first : last + 1] for g in row]
        high = [g for g in glyphs if g.base > top + _SAME_LINE * g.size]
        low = [g for g in glyphs if g.base < bottom - _SAME_LINE * g.size]
        around = [_read_area(part, page, column) for part in (high, low)]
        return [*around[0], *_by_columns(inside, gutter, page, column), *around[1]]
    return [_line(row, page, column) for row in rows]


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return the characters by height, the highest first; raised and lowered ones stay in their line.

    Each line goes from left to right, without spaces at its ends and double ones.
    """
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: -g.base):
        row = rows[-1] if rows else None
        if row is not None and row[0].base - glyph.base <= _SAME_LINE * max(glyph.size, row[0].size):
            row.append(glyph)
        else:
            rows.append([glyph])
    lines = []
    for row in rows:
        line: list[Glyph] = []
        for glyph in sorted(row, key=lambda glyph: glyph.left + glyph.right):
            if not glyph.text.isspace() or (line and not line[-1].text.isspace()):
                line.append(glyph)
        if line:
            lines.append(line[:-1] if line[-1].text.isspace() else line)
    return lines


def _line(row: list[Glyph], page: int, column: int) -> TextLine:
    words = [part for word in _words(row) for part in _parts(word)]
    base, size = median_high(glyph.base for glyph in row), median_high(glyph.size for glyph in row)
    pieces: list[tuple[str, str]] = []
    cells = False
    for before, word in zip([None, *words], words, strict=False):
        if before is not None:
            gap = (word[0].left - before[-1].right) / word[0].size
            cells |= gap > _CELL
            pieces.append((" | " if gap > _CELL else " ", before[-1].font))
        for raised, group in groupby(word, lambda g: g.size <= _RAISED_SIZE * size and g.base > base + _RAISED * size):
            glyphs = list(group)
            if raised:  # the mark of a note, or a power
                mark = read_mark("".join(text for text, _ in pieces[-BEFORE:]), "".join(g.text for g in glyphs))
                pieces.append((mark, glyphs[0].font))
            else:
                pieces += [(glyph.text, glyph.font) for glyph in glyphs]
    right = max(glyph.right for glyph in row)
    first = words[0][-1].right - row[0].left if len(words) > 1 else right - row[0].left
    bold = 2 * sum(glyph.bold for glyph in row) > len(row)
    return TextLine(tuple(pieces), row[0].left, right, base, size, bold, first, page, column, cells)


def _words(row: list[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the characters of a line between spaces, written ones and wide gaps."""
    word: list[Glyph] = []
    spaced = False
    for glyph in row:
        if glyph.text.isspace():
            spaced = True
            continue
        if word and (spaced or glyph.left - word[-1].right > _SPACE * glyph.size):
            yield word
            word = []
        word.append(glyph)
        spaced = False
    yield word


def _parts(word: list[Glyph]) -> list[list[Glyph]]:
    """Return a word in the parts that a narrow gap, PDFium or a capital keeps apart, if all of them can be words and
    the whole cannot: justified lines have spaces narrower than letters of other fonts."""
    whole = "".join(glyph.text for glyph in word)
    if len(word) < 2 or is_syllable(whole.strip(_EDGES)):
        return [word]
    for may_begin in (_may_begin, _begins_surely):
        parts: list[list[Glyph]] = [[word[0]]]
        for before, glyph in pairwise(word):
            if may_begin(before, glyph):
                parts.append([])
            parts[-1].append(glyph)
        if len(parts) > 1 and all(_is_word("".join(glyph.text for glyph in part)) for part in parts):
            return parts
    return [word]


def _may_begin(before: Glyph, glyph: Glyph) -> bool:
    """Tell whether a word may begin at ``glyph``; no number or symbol is cut."""
    if not (glyph.text.isalnum() and (before.text.isalnum() or before.text in ",;.:)")):
        return False
    if before.text.isdigit() and glyph.text.isdigit():
        return False
    return _begins_surely(before, glyph) or glyph.left - before.right > _HAIR * glyph.size


def _begins_surely(before: Glyph, glyph: Glyph) -> bool:
    return glyph.apart or (before.text.islower() and glyph.text.isupper())


def _is_word(part: str) -> bool:
    """Tell a syllable, or what holds a number or is in capitals."""
    bare = part.strip(_EDGES)
    return is_syllable(bare) or any(map(str.isdigit, bare)) or (len(bare) > 1 and bare.isupper())


# -- columns ---------------------------------------------------------------------------------------


def _find_gutter(glyphs: list[Glyph]) -> tuple[float, float] | None:
    """Return the strip that parts two columns of text: the widest in the middle of the page in which hardly a
    character stands, with lines full of words on both sides, as no table has them."""
    letters = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if len(letters) < 2 * _LEAST_LETTERS:
        return None
    left, right = min(g.left for g in letters), max(g.right for g in letters)
    if right - left > _WIDEST:
        return None
    covered = [0] * (int(right - left) + 2)
    for glyph in letters:
        for point in range(max(0, int(glyph.left - left) + 1), min(len(covered), int(glyph.right - left))):
            covered[point] += 1
    most, best, start = _CROSSING * median_high(covered), (0, 0), len(covered) // 4
    for point in range(start, 3 * len(covered) // 4):
        if covered[point] > most:
            start = point + 1
        elif point - start > best[1] - best[0]:
            best = (start, point)
    if best[1] - best[0] < _GUTTER:
        return None
    gutter = (left + best[0], left + best[1])
    sides = ([g for g in letters if g.right <= gutter[1]], [g for g in letters if g.left >= gutter[0]])
    full = (len(s) >= _LEAST_LETTERS and median_high(map(len, _rows(s))) >= _LETTERS_IN_A_LINE for s in sides)
    return gutter if all(full) else None


def _find_band(rows: list[list[Glyph]]) -> tuple[int, int, tuple[float, float]] | None:
    """Return the first and last of the lines between which a part of the page is set in two columns, and the strip
    between these: most lines that share a strip without a character, with text on both its sides."""
    if len(rows) < _LEAST_ROWS:
        return None
    left = min(row[0].left for row in rows)
    width = int(max(glyph.right for row in rows for glyph in row) - left) + 1
    if width > _WIDEST:
        return None
    inner = sum(1 << point for point in range(width // 5, width - width // 5))
    free = [inner & ~_covered(row, left) for row in rows]
    best: tuple[int, int, tuple[float, float]] | None = None
    first = 0
    while first + _LEAST_ROWS <= len(rows):
        last, strip = first, free[first]
        while last + 1 < len(rows) and _widest(strip & free[last + 1])[1] >= _GUTTER:
            last += 1
            strip &= free[last]
        start, size = _widest(strip)
        gutter = (left + start, left + start + size)
        while first < last and not _is_beside(rows[first], rows[first + 1], gutter[1]):  # the end of what stands above
            first += 1
        if last - first + 1 >= _LEAST_ROWS and (best is None or last - first > best[1] - best[0]):
            best = (first, last, gutter) if _are_columns(rows[first : last + 1], gutter) else best
        first = max(first + 1, last - _LEAST_ROWS if last > first else first + 1)
    return best


def _is_beside(row: list[Glyph], below: list[Glyph], right: float) -> bool:
    """Tell a line that has words of a right column beside it, which may be set half a line lower."""
    near = row[0].base - below[0].base < _HALF_LINE * row[0].size
    return any(glyph.left >= right - 1 for glyph in (*row, *(below if near else ())))


def _covered(row: list[Glyph], left: float) -> int:
    """Return the points of a line on which characters stand, as bits."""
    covered = 0
    for glyph in row:
        if not glyph.text.isspace():
            begin = max(0, int(glyph.left - left))
            covered |= ((1 << max(1, int(glyph.right - left) - begin + 1)) - 1) << begin
    return covered


def _widest(strip: int) -> tuple[int, int]:
    """Return where the longest run of bits begins, and its length."""
    size, bits = 0, strip
    while bits:
        strip, bits, size = bits, bits & bits >> 1, size + 1
    return (strip & -strip).bit_length() - 1, size


def _are_columns(rows: list[list[Glyph]], gutter: tuple[float, float]) -> bool:
    """Tell columns of text from a letterhead, a table, or the ragged end of one column: on both sides several lines
    that are full of words, most of which go on in the next one."""
    letters = [g for row in rows for g in row if not g.text.isspace()]
    for side in ([g for g in letters if g.right <= gutter[0] + 1], [g for g in letters if g.left >= gutter[1] - 1]):
        lines = ["".join(glyph.text for glyph in row) for row in _rows(side)]
        if len(lines) < _LEAST_ROWS or median_high(map(len, lines)) < _LETTERS_IN_A_LINE:
            return False
        if sum(following[:1].islower() for following in lines[1:]) < _GOING_ON * (len(lines) - 1):
            return False
    return True


def _by_columns(glyphs: list[Glyph], gutter: tuple[float, float], page: int, column: int) -> list[TextLine]:
    """Return the left column before the right one, between the lines that cross both."""
    middle = (gutter[0] + gutter[1]) / 2
    near = [g for g in glyphs if g.left < middle + _GUTTER / 4 and g.right > middle - _GUTTER / 4]
    heights = [(row[0].base, row[0].size) for row in _rows(g for g in near if not g.text.isspace())]
    wide = [g for g in glyphs if any(abs(g.base - base) <= _SAME_LINE * size for base, size in heights)]
    kept = set(map(id, wide))
    sides = ([g for g in glyphs if id(g) not in kept and (g.left > middle) == right] for right in (False, True))
    left, right = (_read_area(side, page, 2 * column + number) for number, side in enumerate(sides, 1))
    lines: list[TextLine] = []
    for row in _rows(wide):
        above = [line for line in (*left, *right) if line.base > row[0].base]
        lines += [*above, _line(row, page, column)]
        left, right = [line for line in left if line not in above], [line for line in right if line not in above]
    return [*lines, *left, *right]
