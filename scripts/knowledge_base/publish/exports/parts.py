"""The open data in parts: what would be larger than a file may be is cut by place, then by year, then row by row."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..pages.cut_lists import DATA_PARTS
from ..pages.index import NO_YEAR, group
from ..pages.markdown import front_matter
from ..pages.site import CENTRAL
from .tables import DATA_FOLDER, HEAD, TABLES, ExportTable, Row

COMMON = "chung"
"""The part of what is of no place: themes, provinces, pages that were read."""
_DATES = ("date", "published", "event")

Tables = Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of a table, where and when it belongs (as addresses say it), and its text in a file."""

    table: str
    row: Row
    place: str
    year: str
    text: str


def place_rows(tables: Tables, wanted: Sequence[ExportTable[Any]], write: Callable[[Row], str]) -> list[PlacedRow]:
    """Return the rows of the ``wanted`` tables in their order. One that tells no place or day has those of its document
    or article; ``write`` gives the text of a row."""
    documents = {str(row["id"]): row for row in tables["documents"]}
    articles = {str(row["id"]): row for row in tables["articles"]}
    placed = []
    for table in wanted:
        is_placed = any(field.name in {"province", "source"} for field in table.fields)
        for row in tables[table.name]:
            of = documents.get(str(row.get("source"))) or articles.get(str(row.get("article"))) or {}
            place = row.get("province") or of.get("province") or CENTRAL
            days = (found.get(name) for found in (row, of) for name in _DATES)
            year = str(next((day for day in days if day), NO_YEAR))
            year = year if year == NO_YEAR else year[:4]
            placed.append(PlacedRow(table.name, row, str(place) if is_placed else COMMON, year, write(row)))
    return placed


def cut_rows(rows: Sequence[PlacedRow], most: int) -> dict[str, list[PlacedRow]]:
    """Return rows by the names of their parts, none larger than ``most`` bytes (but for a single row that is): those
    of a place; of a place too large those of a year; of a year too large as many as fit, one after another."""
    parts = {}
    for place, of_place in group(rows, lambda row: [row.place]).items():
        if _size(of_place) <= most:
            parts[place] = of_place
            continue
        for year, of_year in group(of_place, lambda row: [row.year]).items():
            runs = _runs(of_year, most)
            names = [f"{place}-{year}{f'-{n}' if len(runs) > 1 else ''}" for n in range(1, len(runs) + 1)]
            parts |= dict(zip(names, runs, strict=True))
    return dict(sorted(parts.items()))


def _size(rows: Sequence[PlacedRow]) -> int:
    return sum(len(row.text.encode()) + 2 for row in rows)


def _runs(rows: Sequence[PlacedRow], most: int) -> list[list[PlacedRow]]:
    runs: list[list[PlacedRow]] = []
    filled = 0
    for row in rows:
        size = _size([row])
        if not runs or filled + size > most:
            runs.append([])
            filled = 0
        runs[-1].append(row)
        filled += size
    return runs


def render_json(tables: Tables, folder: str, most: int) -> dict[str, bytes]:
    """Return kho.json: the whole while it is no larger than ``most``, else an index of parts, which have the form of
    the whole and only the rows of a place or a year: path in docs/ → content."""
    rows = place_rows(tables, TABLES, lambda row: json.dumps(row, ensure_ascii=False, separators=(",", ":")))
    if _size(rows) <= most:
        whole = (json.dumps({**HEAD, **tables}, ensure_ascii=False, indent=1) + "\n").encode()
        if len(whole) <= most:
            return {f"{folder}/kho.json": whole}
    room = most - len(json.dumps(HEAD, ensure_ascii=False).encode()) - 40 * len(TABLES)
    parts = cut_rows(rows, room)
    index = {
        **HEAD,
        "rows": {table.name: len(tables[table.name]) for table in TABLES},
        "parts": [{"file": f"kho/{name}.json", "rows": _counts(part)} for name, part in parts.items()],
    }
    files = {f"{folder}/kho/{name}.json": _part(part) for name, part in parts.items()}
    return {f"{folder}/kho.json": (json.dumps(index, ensure_ascii=False, indent=1) + "\n").encode()} | files


def _counts(rows: Sequence[PlacedRow]) -> dict[str, int]:
    return {table: len(of_table) for table, of_table in group(rows, lambda row: [row.table]).items()}


def _part(rows: Sequence[PlacedRow]) -> bytes:
    """Return a part of kho.json, a row on a line."""
    texts: dict[str, list[str]] = {table.name: [] for table in TABLES}
    for row in rows:
        texts[row.table].append(row.text)
    head: dict[str, Any] = dict(HEAD)
    told = [f"{json.dumps(key)}:{json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    told += [f"{json.dumps(table)}:[" + ",".join(f"\n{text}" for text in found) + "]" for table, found in texts.items()]
    return ("{" + ",\n".join(told) + "}\n").encode()


def render_parts_page(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the page that leads to the parts among the ``files`` of the open data, each with its size."""
    head = {
        "title": "Dữ liệu mở: các phần",
        "description": "Các phần của dữ liệu mở, theo bảng, nơi và năm",
        "kb": {"kind": "index", "kind_name": "Dữ liệu"},
    }
    lines = ["# Dữ liệu mở: các phần", "", f"[Dữ liệu mở](../{DATA_FOLDER}/index.md)", ""]
    lines += ["Tệp quá lớn được chia theo nơi, rồi theo năm; mỗi phần có đủ cột như tệp chung.", ""]
    cut = {path: data for path, data in files.items() if path.count("/") > 1}
    for folder, paths in group(sorted(cut), lambda path: [path.split("/")[1]]).items():
        lines += [f"## {_TITLES[folder]}", "", '<ul class="kb-chuoi" markdown>']
        named = ((path.removeprefix(f"{DATA_FOLDER}/{folder}/"), path, len(cut[path])) for path in paths)
        lines += [f"<li markdown>[{name}](../{path}) {_kilobytes(size)}</li>" for name, path, size in named]
        lines += ["</ul>", ""]
    return {DATA_PARTS: (front_matter(head) + "\n".join(lines)).encode()}


_TITLES = {"kho": "kho.json", **{table.name: table.title for table in TABLES}}


def _kilobytes(size: int) -> str:
    return f'<span class="phu">{-(-size // 1000)} kB</span>'
