"""A table as an Excel workbook for people: Vietnamese heads, names instead of ids; the same bytes on any machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import canonicalize

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
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
"""What the name of a sheet must not hold."""


def render_workbook(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a workbook of one sheet: a row of heads that stays in sight and filters, then the rows, each with its
    number in front. Cells are texts: nothing in them is a formula."""
    book = Workbook()
    book.properties.creator = "Kho văn bản chỉ đạo địa phương"
    book.properties.title = title
    book.properties.created = book.properties.modified = _MOMENT
    sheet = book.active
    sheet.title = title.translate(_FORBIDDEN)[:_LONGEST_NAME]
    table = [["TT", *heads], *([str(number), *row] for number, row in enumerate(rows, 1))]
    for at, row in enumerate(table, 1):
        for column, text in enumerate(row, 1):
            _fill(sheet.cell(at, column), text, is_head=at == 1, is_number=column == 1 and at > 1)
    for column, cells in enumerate(zip(*table, strict=True), 1):
        width = 6 if column == 1 else min(_WIDEST, max(_NARROWEST, *(len(text) + 2 for text in cells)))
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes, sheet.auto_filter.ref = "A2", sheet.dimensions
    return _pack(book)


def _fill(cell: Any, text: str, is_head: bool, is_number: bool) -> None:
    cell.value = int(text) if is_number else ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_CELL] or None
    if text and not is_number:
        cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if is_head:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="F5F2EC")


def _pack(book: Workbook) -> bytes:
    """Return the bytes of a workbook: its parts in one spelling (openpyxl writes by lxml where there is one, else by
    the standard library)."""
    drawn = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(drawn, "w")).save()
    with zipfile.ZipFile(drawn) as parts:
        return pack({name: canonicalize(parts.read(name).decode()).encode() for name in parts.namelist()})
