"""The knowledge base for machines: JSON, CSV and Atom feeds, the same bytes for the same sources."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from ...meaning.knowledge.entities import KnowledgeBase
from .data_page import render_data_page
from .feeds import render_feeds
from .schema import LICENCE, LICENCE_SCOPE, SCHEMA_VERSION, TABLES, ExportTable, json_schema
from .tables import Row, Value, collect_tables

_BOM = "\ufeff"
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render_csv(table: ExportTable, rows: Sequence[Row]) -> bytes:
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


FOLDER = "du-lieu"
FEED = "feed.xml"
DATA_PAGE = f"{FOLDER}/index.md"
_HEAD = {"schema": SCHEMA_VERSION, "license": LICENCE, "license_scope": LICENCE_SCOPE}


def render_exports(kb: KnowledgeBase) -> dict[str, bytes]:
    """Return all exports: path in docs/ → content."""
    tables = collect_tables(kb)
    files = {
        DATA_PAGE: render_data_page(tables),
        f"{FOLDER}/kho.json": _json({**_HEAD, **tables}),
        f"{FOLDER}/schema.json": _json(json_schema()),
    }
    for table in TABLES:
        files[f"{FOLDER}/{table.name}.csv"] = render_csv(table, tables[table.name])
    return files | render_feeds(kb)


def export_names() -> tuple[str, ...]:
    """Return what the exports own in docs/ beyond the folders of the pages."""
    return (FOLDER, FEED)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
