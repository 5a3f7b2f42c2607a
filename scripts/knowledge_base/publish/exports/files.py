"""The knowledge base for machines: JSON, CSV and Atom feeds, the same bytes for the same sources."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from ...meaning.knowledge.entities import KnowledgeBase
from .data_page import render_data_page
from .feeds import render_feeds
from .tables import HEAD, TABLES, ExportTable, PlainValue, Row, collect_tables, json_schema

FOLDER = "du-lieu"
FEED = "feed.xml"
DATA_PAGE = f"{FOLDER}/index.md"
_BOM = "\ufeff"
"""Without it Excel takes a CSV file for one in the machine's own encoding."""
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), with the wide forms."""


def render_exports(kb: KnowledgeBase) -> dict[str, bytes]:
    """Return all exports: path in docs/ → content."""
    tables = collect_tables(kb)
    files = {
        DATA_PAGE: render_data_page(tables),
        f"{FOLDER}/kho.json": _json({**HEAD, **tables}),
        f"{FOLDER}/schema.json": _json(json_schema()),
    }
    files |= {f"{FOLDER}/{table.name}.csv": render_csv(table, tables[table.name]) for table in TABLES}
    return files | render_feeds(kb)


def export_names() -> tuple[str, ...]:
    """Return what the exports own in docs/ beyond the folders of the pages."""
    return (FOLDER, FEED)


def render_csv(table: ExportTable[Any], rows: Sequence[Row]) -> bytes:
    """Return a table as a file; fields that hold objects are left out."""
    names = [field.name for field in table.fields if field.type != "rows"]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([safe_cell(_cell(row[name])) for name in names] for row in rows)
    return (_BOM + out.getvalue()).encode()


def _cell(value: PlainValue) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    return "; ".join(map(str, value)) if isinstance(value, list) else value or ""


def safe_cell(text: str) -> str:
    """Return the text of a cell so that a spreadsheet shows it and never runs it."""
    return f"'{text}" if text.lstrip().startswith(_RUNS) or text.startswith(_RUNS) else text


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
