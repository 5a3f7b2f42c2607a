"""Read the sheets of a spreadsheet (.xlsx, .xlsm): their rows as values, nothing computed, nothing followed.

Formulas give the value that was stored with them; macros, links to other files, pictures and hidden sheets are not
read. What a cell means is for those who ask for the rows.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeAlias

from ..core.errors import Problem
from ..core.text import one_line
from ..sources.secrecy import refuse_secret
from ..sources.text_files import RawFile
from .encodings import mend_text
from .formats import INSTALL

Cell: TypeAlias = str | int | float | datetime.date
"""What stands in a cell: words on one line, a number, or a day; an empty cell is none."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that is not empty: ``line`` as Excel numbers it, and the ``cells`` by their column (from 0)."""

    line: int
    cells: dict[int, Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that is shown, with its rows that are not empty."""

    name: str
    rows: tuple[SheetRow, ...]


_MOST_UNPACKED = 50_000_000
"""Bytes: a register of 3,000 rows unpacks to a tenth of it. What is packed to exhaust memory is refused. By hand."""
_MOST_PARTS = 2_000
"""Files inside: a workbook has about ten and one for each sheet and picture. By hand."""
MOST_ROWS = 3_000
"""Rows that are not empty: reading one takes about a hundredth of a second, and questions on more help nobody."""
_LAST_ROW, _LAST_COLUMN = 1_048_576, 60
"""Excel has no later row; no register has so many columns (it has up to 16,384, mostly left from formatting)."""
_LONGEST = 4_000
"""Characters of a cell: longer text is no title. Excel holds 32,767; the rest is left out. By hand."""
_ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_")
"""How Excel writes characters that XML does not allow."""
_DOCTYPE = re.compile(rb"<!\s?DOCTYPE|<\0!\0D\0O\0C|\0<\0!\0D\0O\0C")
"""No part of a workbook has one; it would serve to name other files, or to grow without end."""
_FAULTS = (
    zipfile.BadZipFile, zlib.error, KeyError, IndexError, ValueError, TypeError, AttributeError, OSError, EOFError,
    ArithmeticError, AssertionError,
    SyntaxError,  # of XML
    RuntimeError,  # also what zipfile raises for a password, or a packing that it does not know
)  # fmt: skip
_BROKEN = ("không mở được bảng tính này", "Mở bằng Excel hoặc LibreOffice, lưu lại thành tệp .xlsx mới rồi thử lại")
_TOO_MUCH = f"bảng tính có hơn {MOST_ROWS} dòng", "Tách thành nhiều tệp, mỗi tệp một phần của danh sách"


def read_spreadsheet(file: RawFile) -> tuple[list[Sheet], list[Problem]]:
    """Return the sheets of a file; none and a problem if it cannot be opened, is too large, bears a mark of secrecy,
    or is written in an old encoding."""
    try:
        if (problem := _refuse(file)) is not None:
            return [], [problem]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of parts that it leaves out
            openpyxl: Any = import_module("openpyxl")  # only needed here, and perhaps not installed
            book = openpyxl.load_workbook(io.BytesIO(file.data), read_only=True, data_only=True, keep_links=False)
            sheets = list(_sheets(book))
    except ModuleNotFoundError as error:
        return [], [Problem(file.path, 1, f"chưa cài gói {error.name} để đọc bảng tính", INSTALL)]
    except _FAULTS:
        return [], [Problem(file.path, 1, *_BROKEN)]
    problem = _find_unfit(sheets, file.path)
    return ([], [problem]) if problem else (sheets, [])


def _find_unfit(sheets: list[Sheet], path: str) -> Problem | None:
    """Return why nothing may be made of what was read."""
    rows = [row for sheet in sheets for row in sheet.rows]
    if len(rows) > MOST_ROWS:
        return Problem(path, 1, *_TOO_MUCH)
    words = [[cell for cell in row.cells.values() if isinstance(cell, str)] for row in rows]
    if secret := next(filter(None, (refuse_secret(path, row) for row in words)), None):
        return secret
    mended, told = mend_text("\n".join(word for row in words for word in row), path)
    if mended is not None and not told:
        return None
    remedy = "Chuyển cả bảng sang Unicode bằng UniKey (Ctrl+Shift+F6), lưu lại rồi thử lại"
    return Problem(path, 1, "chữ trong bảng tính không phải Unicode", remedy)


def _refuse(file: RawFile) -> Problem | None:
    """Return why a file is not even opened: too much is packed in it, or a part that no workbook has."""
    with zipfile.ZipFile(io.BytesIO(file.data)) as packed:
        parts = packed.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
            remedy = "Chép riêng danh sách sang một bảng tính mới, chỉ dán giá trị, rồi thử lại"
            return Problem(file.path, 1, "bảng tính quá lớn khi mở ra", remedy)
        texts = (packed.read(part) for part in parts if part.filename.lower().endswith((".xml", ".rels")))
        return Problem(file.path, 1, *_BROKEN) if any(map(_DOCTYPE.search, texts)) else None


def _sheets(book: Any) -> Iterator[Sheet]:
    left = MOST_ROWS
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            rows = tuple(_rows(sheet, left))
            left -= len(rows)
            yield Sheet(one_line(str(sheet.title)), rows)


def _rows(sheet: Any, most: int) -> Iterator[SheetRow]:
    """Yield the rows that are not empty, and one more than ``most`` if there are more. How large a sheet says that it
    is does not count: it may be wrong."""
    found = 0
    limits = {"min_row": 1, "max_row": _LAST_ROW, "min_col": 1, "max_col": _LAST_COLUMN}
    for line, values in enumerate(sheet.iter_rows(values_only=True, **limits), 1):
        if any(value is not None for value in values):
            cells = {column: cell for column, value in enumerate(values) if (cell := _read_cell(value)) is not None}
            if cells:
                yield SheetRow(line, cells)
                found += 1
        if found > most:
            return


def _read_cell(value: object) -> Cell | None:
    """Return what a cell holds; None for an empty one."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if value is None or (isinstance(value, datetime.date | int | float) and not isinstance(value, bool)):
        return value
    return one_line(_ESCAPED.sub(" ", str(value))[:_LONGEST]) or None
