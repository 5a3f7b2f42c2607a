"""The characters of a PDF's pages with their places, fonts and sizes, as PDFium finds them."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium

Page: TypeAlias = Any
_NAME_LENGTH = 128
_BOLD_WEIGHT = 600
_HYPHENS = {0x02: "-", 0xFFFE: "-"}
"""PDFium's signs for a hyphen at the end of a line; in Vietnamese it belongs to a number or a name."""
_SOFT_HYPHEN = "\u00ad"


@dataclass(slots=True)
class Glyph:
    """One character: its left and right edge, the line it stands on, its font and size (in points)."""

    text: str
    left: float
    right: float
    base: float
    size: float
    font: str
    bold: bool


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """The characters of one page, in the order of the file; spaces are characters too."""

    glyphs: list[Glyph]
    width: float
    height: float


def open_pdf(data: bytes) -> Any:
    """Return the document in ``data``. Raises ``pypdfium2.PdfiumError`` if it is none, or wants a password."""
    return pypdfium2.PdfDocument(data)


def read_glyphs(document: Any) -> Iterator[PageGlyphs]:
    """Yield the characters of each page."""
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        width, height = page.get_size()
        yield PageGlyphs([glyph for glyph in _glyphs(text) if _is_somewhere(glyph)], width, height)
        text.close()
        page.close()


def _glyphs(page: Page) -> Iterator[Glyph]:
    """Yield characters; a mark that stands apart from its letter (NFD) joins it."""
    last: Glyph | None = None
    for number in range(page.count_chars()):
        char = _HYPHENS.get(code := pdfium.FPDFText_GetUnicode(page, number)) or chr(code)
        if pdfium.FPDFText_IsGenerated(page, number) == 1 or (ord(char) < 0x20 and not char.isspace()):
            continue
        if unicodedata.combining(char) and last is not None and not last.text.isspace():
            last.text = unicodedata.normalize("NFC", last.text + char)
            continue
        if last is not None:
            yield last
        last = _glyph(page, number, " " if char.isspace() else char)
    if last is not None:
        yield last


def _is_somewhere(glyph: Glyph) -> bool:
    """Tell a character that has a place; in broken files some have none."""
    return all(map(math.isfinite, (glyph.left, glyph.right, glyph.base, glyph.size)))


def _glyph(page: Page, number: int, char: str) -> Glyph:
    left, _, right, _ = page.get_charbox(number, loose=True)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(page, number, x, y)
    name = ctypes.create_string_buffer(_NAME_LENGTH)
    pdfium.FPDFText_GetFontInfo(page, number, name, _NAME_LENGTH, None)
    font = name.value.decode("utf-8", "replace").split("+", 1)[-1]
    bold = pdfium.FPDFText_GetFontWeight(page, number) >= _BOLD_WEIGHT or "bold" in font.lower()
    if char == _SOFT_HYPHEN and not font.lower().startswith((".vn", "vn")):
        char = "-"  # Word's PDFs say so for every hyphen; in the old fonts it is a letter
    return Glyph(char, left, right, y.value, _size(page, number), font, bold)


def _size(page: Page, number: int) -> float:
    """Return the size at which a character is shown: browsers scale their fonts."""
    matrix = pdfium.FS_MATRIX()
    scale = math.hypot(matrix.b, matrix.d) if pdfium.FPDFText_GetMatrix(page, number, matrix) else 1.0
    return max(1.0, float(pdfium.FPDFText_GetFontSize(page, number)) * (scale or 1.0))
