"""The open data as one SQLite file with full-text search, for people who analyse: the same bytes for the same tables.

Only of a large base: a small one opens whole in Excel or as kho.json. What SQLite writes of itself (its version, how
often it wrote) is set to what never changes, so that two versions give the same bytes as long as they lay out tables
alike.
"""

from __future__ import annotations

import json
import sqlite3

from .packing import pack
from .parts import Tables
from .tables import HEAD, TABLES, ExportTable, PlainValue

NAME = "kho.sqlite"
SEARCHED = {"documents": ("name", "title"), "statements": ("text",), "assignments": ("task",)}
"""Tables with full-text search (``documents_fts`` …), and the columns in which it finds words, without their accents
but with đ."""
_PAGE = 4096
_COUNTER, _VERSION, _WRITTEN_BY = slice(24, 28), slice(92, 96), 3_037_000
"""Where a file counts how often it was written, where the writer stands; the first version of which all is used."""


def render_database(tables: Tables) -> bytes:
    """Return the archive that holds the file."""
    base = sqlite3.connect(":memory:", isolation_level=None)
    base.executescript(f"PRAGMA page_size={_PAGE}; PRAGMA encoding='UTF-8'; BEGIN")
    base.execute("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
    base.executemany("INSERT INTO about VALUES (?, ?)", [(key, str(value)) for key, value in HEAD.items()])
    for table in TABLES:
        _fill(base, table, tables)
    base.execute("COMMIT")
    base.execute("VACUUM")
    data = bytearray(base.serialize())
    base.close()
    data[_COUNTER] = data[_VERSION] = (1).to_bytes(4, "big")
    data[96:100] = _WRITTEN_BY.to_bytes(4, "big")
    return pack({NAME: bytes(data)})


def _fill(base: sqlite3.Connection, table: ExportTable[object], tables: Tables) -> None:
    """Make a table; names of tables and fields are ours (``check_tables``)."""
    names = [field.name for field in table.fields]
    columns = ", ".join(f'"{name}" TEXT' for name in names)
    base.execute(f'CREATE TABLE "{table.name}" ({columns})')
    marks = ", ".join("?" * len(names))
    rows = ([_cell(row[name]) for name in names] for row in tables[table.name])
    base.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)  # noqa: S608 - see above
    if "id" in names:
        base.execute(f'CREATE INDEX "{table.name}_id" ON "{table.name}" ("id")')
    if searched := ", ".join(SEARCHED.get(table.name, ())):
        name = f"{table.name}_fts"
        options = f"content='{table.name}', tokenize='unicode61 remove_diacritics 2'"
        base.execute(f"CREATE VIRTUAL TABLE {name} USING fts5({searched}, {options})")
        for command in ("rebuild", "optimize"):
            base.execute(f"INSERT INTO {name} ({name}) VALUES (?)", [command])  # noqa: S608 - as above


def _cell(value: PlainValue) -> str | None:
    """Return a value as its column has it: lists as JSON, yes and no as 1 and 0."""
    if isinstance(value, bool):
        return str(int(value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
