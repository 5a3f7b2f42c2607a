"""The knowledge base for machines: JSON, CSV and Atom feeds, the same bytes for the same sources."""

from __future__ import annotations

import json

from ..knowledge.entities import KnowledgeBase
from .csv_files import render_csv
from .data_page import render_data_page
from .feeds import render_feeds
from .schema import LICENCE, LICENCE_SCOPE, SCHEMA_VERSION, TABLES, json_schema
from .tables import collect_tables

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
