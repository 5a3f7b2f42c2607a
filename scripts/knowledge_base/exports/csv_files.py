"""Write a table as CSV that spreadsheets open right: UTF-8 with BOM, and no cell that would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from .schema import Table
from .tables import Row, Value

_BOM = "\ufeff"
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render_csv(table: Table, rows: Sequence[Row]) -> bytes:
    """Return a table as a file; fields that hold objects are left out."""
    names = [field.name for field in table.fields if field.type != "rows"]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([safe_cell(_cell(row[name])) for name in names])
    return (_BOM + out.getvalue()).encode()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    return "; ".join(map(str, value)) if isinstance(value, list) else value


def safe_cell(text: str) -> str:
    """Return the text of a cell so that a spreadsheet shows it and never runs it."""
    return f"'{text}" if text.lstrip().startswith(_RUNS) or text.startswith(_RUNS) else text
