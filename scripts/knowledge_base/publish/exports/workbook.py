"""A table as an Excel workbook for people: Vietnamese heads, names instead of ids; the same bytes on any machine."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import canonicalize
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from .packing import pack

_MOMENT = datetime(1980, 1, 1)  # noqa: DTZ001  (workbooks know no time zones)
"""Stands for every time in a workbook: the earliest that a zip archive can hold."""
_WIDEST, _NARROWEST = 60, 10
"""Widths of columns in characters, chosen by hand: longer words are broken."""
_LONGEST_NAME = 31
"""Excel takes no longer names of sheets."""
_LONGEST_CELL = 32_767
"""Excel takes no longer text in a cell."""
_SHEET = "xl/worksheets/sheet1.xml"
_ESCAPED = {"\r": "&#xD;"}
"""What else than &, < and > canonical XML never holds as it is."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
"""What the name of a sheet must not hold."""


def render_workbook(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a workbook of one sheet: a row of heads that stays in sight and filters, then the rows, each with its
    number in front. Cells are texts: nothing in them is a formula.

    openpyxl draws the sheet with the heads and one row; the others are written here in the same form, ten times as
    fast."""
    book = Workbook()
    book.properties.creator = "Kho văn bản chỉ đạo địa phương"
    book.properties.title = title
    book.properties.created = book.properties.modified = _MOMENT
    sheet = book.active
    sheet.title = title.translate(_FORBIDDEN)[:_LONGEST_NAME]
    table = [["TT", *heads], *([str(number), *row] for number, row in enumerate(rows, 1))]
    for at, row in enumerate(table[:2], 1):
        for column, text in enumerate(row, 1):
            _fill(sheet.cell(at, column), text, is_head=at == 1, is_number=column == 1 and at > 1)
    letters = [get_column_letter(column) for column in range(1, len(heads) + 2)]
    for column, cells in enumerate(zip(*table, strict=True)):
        width = 6 if column == 0 else min(_WIDEST, max(_NARROWEST, *(len(text) + 2 for text in cells)))
        sheet.column_dimensions[letters[column]].width = width
    sheet.freeze_panes, sheet.auto_filter.ref = "A2", f"A1:{letters[-1]}{len(table)}"
    return _pack(book, "".join(_row(at, row, letters) for at, row in enumerate(table[2:], 3)), sheet.auto_filter.ref)


def _row(at: int, row: Sequence[str], letters: Sequence[str]) -> str:
    """Return a row below the first two as the sheet holds it."""
    first = f'<c r="A{at}" s="2" t="n"><v>{row[0]}</v></c>'
    cells = (_cell(f"{letter}{at}", text) for letter, text in zip(letters[1:], row[1:], strict=True))
    return f'<row r="{at}">{first}{"".join(cells)}</row>'


def _cell(place: str, text: str) -> str:
    shown = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_CELL]
    kept = ' xml:space="preserve"' if shown != shown.strip() else ""
    words = f"<is><t{kept}>{escape(shown, _ESCAPED)}</t></is>" if shown else ""
    return f'<c r="{place}" s="2" t="{"inlineStr" if shown else "n"}">{words}</c>'


def _fill(cell: Any, text: str, is_head: bool, is_number: bool) -> None:
    cell.value = int(text) if is_number else ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_CELL] or None
    if text and not is_number:
        cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if is_head:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="F5F2EC")


def _pack(book: Workbook, rows: str, cells: str) -> bytes:
    """Return the bytes of a workbook: its parts in one spelling (openpyxl writes by lxml where there is one, else by
    the standard library), with more ``rows`` in its sheet, which fills ``cells``."""
    drawn = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(drawn, "w")).save()
    with zipfile.ZipFile(drawn) as archive:
        parts = {name: canonicalize(archive.read(name).decode()) for name in archive.namelist()}
    sheet = re.sub(r'(?<=<dimension ref=")[^"]*', cells, parts[_SHEET], count=1)
    parts[_SHEET] = sheet.replace("</sheetData>", f"{rows}</sheetData>", 1)
    return pack({name: part.encode() for name, part in parts.items()})
