"""Open data that would be too large: indexes and parts that hold every row once; one file for people who analyse."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import unicodedata
import zipfile
from typing import Any

import openpyxl
import pytest

from building import TOY, read_knowledge
from knowledge_base.publish.exports.files import render_exports
from knowledge_base.publish.exports.parts import PlacedRow, cut_rows
from knowledge_base.publish.exports.tables import TABLES
from knowledge_base.publish.limits import Limits
from knowledge_base.publish.pages.render import render_listed

LOW = Limits(rows=2, shown=2, articles=2, part=3, file=6000)
"""Sizes at which kho.json, most tables and some workbooks of the toy corpus are cut."""


@pytest.fixture(scope="module")
def toy_base() -> Any:
    kb, _ = read_knowledge(TOY)
    return kb


@pytest.fixture(scope="module")
def whole(toy_base: Any) -> dict[str, bytes]:
    return render_exports(toy_base)


@pytest.fixture(scope="module")
def cut(toy_base: Any) -> dict[str, bytes]:
    return render_exports(toy_base, LOW)


def _sorted(rows: list[Any]) -> list[str]:
    return sorted(json.dumps(row, ensure_ascii=False) for row in rows)


def test_the_index_names_parts_of_the_form_of_the_whole(whole: dict[str, bytes], cut: dict[str, bytes]) -> None:
    before, index = json.loads(whole["du-lieu/kho.json"]), json.loads(cut["du-lieu/kho.json"])
    parts = [json.loads(cut[f"du-lieu/{part['file']}"]) for part in index["parts"]]
    assert len(parts) > 3 and all(part.keys() == before.keys() for part in parts)
    for table in (table.name for table in TABLES):
        assert _sorted([row for part in parts for row in part[table]]) == _sorted(before[table])
        assert index["rows"][table] == len(before[table]) == sum(p["rows"].get(table, 0) for p in index["parts"])


def test_a_part_has_what_is_of_its_place(cut: dict[str, bytes]) -> None:
    for path in (path for path in cut if path.startswith("du-lieu/kho/song-may")):
        part = json.loads(cut[path])
        assert {row["province"] for table in ("documents", "statements", "assignments") for row in part[table]} <= {
            "song-may"
        }
        assert part["themes"] == part["evidence"] == []


def test_csv_parts_hold_every_row_once(whole: dict[str, bytes], cut: dict[str, bytes]) -> None:
    was_cut = 0
    for table in TABLES:
        path = f"du-lieu/{table.name}.csv"
        if cut[path] == whole[path]:
            continue
        was_cut += 1
        index = list(csv.DictReader(io.StringIO(cut[path].decode("utf-8-sig"))))
        parts = [list(csv.reader(io.StringIO(cut[f"du-lieu/{row['file']}"].decode("utf-8-sig")))) for row in index]
        before = list(csv.reader(io.StringIO(whole[path].decode("utf-8-sig"))))
        assert {tuple(part[0]) for part in parts} == {tuple(before[0])}
        assert sorted(row for part in parts for row in part[1:]) == sorted(before[1:])
        assert [int(row["rows"]) for row in index] == [len(part) - 1 for part in parts]
    assert was_cut >= 3


def test_workbooks_in_parts_hold_every_row_once(toy_base: Any, whole: dict[str, bytes]) -> None:
    def rows(data: bytes) -> list[tuple[Any, ...]]:
        sheet = openpyxl.load_workbook(io.BytesIO(data)).active
        return [row[1:] for row in sheet.iter_rows(min_row=2, values_only=True)]

    most = len(whole["du-lieu/documents.xlsx"]) - 1
    files = render_exports(toy_base, Limits(file=most))
    index = rows(files["du-lieu/documents.xlsx"])
    parts = [rows(files[f"du-lieu/{path}"]) for path, _ in index]
    assert len(parts) > 1
    assert sorted(map(str, (row for part in parts for row in part))) == sorted(
        map(str, rows(whole["du-lieu/documents.xlsx"]))
    )


def test_no_file_is_larger_than_it_may_be(cut: dict[str, bytes]) -> None:
    cut_files = {p: d for p, d in cut.items() if p.startswith("du-lieu/") and p.endswith((".csv", "kho.json"))}
    parts = {p: d for p, d in cut.items() if p.startswith("du-lieu/kho/")}
    assert parts and {p: len(d) for p, d in (cut_files | parts).items() if len(d) > LOW.file} == {}


def test_a_row_too_large_stands_alone_and_runs_are_full() -> None:
    def row(place: str, year: str, size: int) -> PlacedRow:
        return PlacedRow("documents", {}, place, year, "x" * size)

    rows = [
        row("a", "2023", 10),
        row("a", "2024", 60),
        row("a", "2024", 20),
        row("a", "2024", 200),
        row("b", "2023", 90),
    ]
    assert {name: [len(r.text) for r in part] for name, part in cut_rows(rows, 100).items()} == {
        "a-2023": [10], "a-2024-1": [60, 20], "a-2024-2": [200], "b": [90],
    }  # fmt: skip


def test_everything_is_where_it_was_while_it_is_small(whole: dict[str, bytes]) -> None:
    assert "parts" not in json.loads(whole["du-lieu/kho.json"])
    assert [path for path in whole if path.count("/") > 1 and path.startswith("du-lieu/")] == []
    assert not any(path.endswith(".zip") or path.startswith("danh-muc/") for path in whole)


def test_the_page_of_parts_leads_to_each(cut: dict[str, bytes]) -> None:
    page = cut["danh-muc/du-lieu.md"].decode()
    parts = [path for path in cut if path.startswith("du-lieu/") and path.count("/") > 1]
    assert parts and all(f"](../{path})" in page for path in parts)


def test_the_database_holds_all_rows_and_finds_words(
    cut: dict[str, bytes], whole: dict[str, bytes], tmp_path: Any
) -> None:
    data, before = cut["du-lieu/kho.sqlite.zip"], json.loads(whole["du-lieu/kho.json"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (tmp_path / "kho.sqlite").write_bytes(archive.read("kho.sqlite"))
    base = sqlite3.connect(tmp_path / "kho.sqlite")
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    for table in TABLES:
        found = base.execute(f'SELECT "{table.fields[0].name}" FROM "{table.name}" ORDER BY rowid').fetchall()
        assert [row[0] for row in found] == [row[table.fields[0].name] for row in before[table.name]]
    statement = before["statements"][0]
    word = next(w for w in statement["text"].split() if w.isalpha() and not w.isascii() and "đ" not in w.lower())
    query = "SELECT s.id FROM statements_fts f JOIN statements s ON s.rowid = f.rowid WHERE statements_fts MATCH ?"
    bare = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    assert bare.isascii()
    assert statement["id"] in {row[0] for row in base.execute(query, [f'"{bare}"'])}
    base.close()


def test_the_database_is_the_same_each_time(toy_base: Any, cut: dict[str, bytes]) -> None:
    assert render_exports(toy_base, LOW)["du-lieu/kho.sqlite.zip"] == cut["du-lieu/kho.sqlite.zip"]


def test_rows_for_taking_away_stand_in_parts(toy_base: Any) -> None:
    before = json.loads(render_listed(toy_base)["van-ban/bang.json"])
    most = len(render_listed(toy_base)["van-ban/bang.json"]) - 1
    files = render_listed(toy_base, Limits(file=most))
    count = json.loads(files["van-ban/bang.json"])["parts"]
    parts = [json.loads(files[f"danh-muc/van-ban/bang-{n}.json"]) for n in range(count)]
    assert {key: row for part in parts for key, row in part.items()} == before
    assert sum(map(len, parts)) == len(before)
    # tests/javascript/document-rows.test.js says the same
    assert sum(b"chi-thi-34-ct-tu-song-may-2023") % 7 == 0
    assert sum(b"nghi-quyet-902-2025-qh15") % 7 == 4
    assert all(sum(key.encode()) % count == n for n, part in enumerate(parts) for key in part)
