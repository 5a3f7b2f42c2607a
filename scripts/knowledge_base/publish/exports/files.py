"""The knowledge base in files: JSON, CSV, Excel and Atom feeds, the same bytes for the same sources."""

from __future__ import annotations

import csv
import io
import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ...core.dates import PartialDate
from ...core.text import upper_first
from ...meaning.knowledge.directory import News, count_news, news, news_by_day
from ...meaning.knowledge.entities import Kind, KnowledgeBase
from ...meaning.knowledge.status import state_of
from ..limits import LIMITS, Limits
from ..pages.index import group
from .database import NAME, render_database
from .parts import Tables, cut_rows, place_rows, render_json, render_parts_page
from .readable import HEADS, readable_rows
from .tables import DATA_FOLDER, TABLES, ExportTable, PlainValue, Row, collect_tables, json_schema
from .workbook import render_workbook

MOST = 50
"""So many entries stand in a feed, chosen by hand: readers of feeds keep the earlier ones themselves."""
TITLE = "Kho văn bản chỉ đạo địa phương"
FEED = "feed.xml"
EXPORT_NAMES = (DATA_FOLDER, FEED)
"""What the exports own in docs/ beyond the folders of the pages."""
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "tag:kho-van-ban-chi-dao-dia-phuong,2026:")


def render_feeds(kb: KnowledgeBase) -> dict[str, bytes]:
    """Return the feeds: path in docs/ → content. A theme or province without news has none."""
    everything = news(kb)
    feeds = {FEED: _feed(kb, TITLE, FEED, "", everything)} if everything else {}
    of_theme = group(everything, lambda item: ((Kind.THEME, theme) for theme in item.themes))
    of_place = group(everything, lambda item: [(Kind.PROVINCE, item.province)] if item.province else [])
    for (kind, identity), items in (*of_theme.items(), *of_place.items()):
        name = kb.themes[identity].name if kind is Kind.THEME else kb.provinces[identity].name
        path = f"{kind.value}/{identity}/feed.xml"
        feeds[path] = _feed(kb, f"{TITLE}: {name}", path, "../../", items)
    return feeds


def _identity(path: str) -> str:
    """Return the lasting id of what stands at a path of the site."""
    return f"urn:uuid:{uuid.uuid5(_SPACE, path)}"


def _moment(day: PartialDate) -> str:
    """Return the beginning of a day; one known in part counts from its first day."""
    return f"{day.earliest().isoformat()}T00:00:00Z"


def _feed(kb: KnowledgeBase, title: str, path: str, up: str, items: Sequence[News]) -> bytes:
    home = up + path.removesuffix("feed.xml")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">',
        f"<title>{escape(title)}</title>",
        f"<id>{_identity(path)}</id>",
        f"<updated>{_moment(items[0].date)}</updated>",
        '<link rel="self" type="application/atom+xml" href="feed.xml"/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(home or "./")}/>',
        f"<author><name>{escape(TITLE)}</name></author>",
    ]
    for day, found in islice(news_by_day(kb, items), MOST):
        page, name, summary = _told(kb, found[0]) if len(found) == 1 else _told_together(path, found)
        address = up + page if len(found) == 1 else home or "./"
        lines.append(
            f"<entry><title>{escape(name)}</title><id>{_identity(page)}</id><updated>{_moment(day)}</updated>"
            f'<link rel="alternate" type="text/html" href={quoteattr(address)}/>'
            f"<summary>{escape(summary)}</summary></entry>"
        )
    return "\n".join([*lines, "</feed>", ""]).encode()


def _told(kb: KnowledgeBase, item: News) -> tuple[str, str, str]:
    """Return the page of a piece of news, its title and its summary."""
    page = f"{item.kind}/{item.id}/"
    if item.kind is Kind.DOCUMENT:
        document = kb.documents[item.id]
        place = kb.provinces[document.province].name if document.province else "Trung ương"
        day = document.date.vietnamese if document.date else "chưa rõ ngày"
        state = state_of(document, kb)
        known = f"; {state.words}" if state else ""
        return page, f"{document.name} ({place}, {day}{known})", upper_first(document.title or "Chưa rõ trích yếu")
    entry = kb.articles[item.id]
    day = entry.at.vietnamese if entry.at else "chưa rõ ngày"
    return page, entry.name, f"Bài nguồn: {entry.outlet_name or 'chưa rõ cơ quan báo chí'}, {day}"


def _told_together(path: str, found: Sequence[News]) -> tuple[str, str, str]:
    """Return the same of all that came in on one day; what stands for the page only gives it a lasting id."""
    day = found[0].date
    title = f"Thêm {count_news(found)} ngày {day.vietnamese}"
    return f"{path}#{day.iso}", title, "Xem ở trang này của kho"


_BOM = "\ufeff"
"""Without it Excel takes a CSV file for one in the machine's own encoding."""
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), with the wide forms."""


def render_exports(kb: KnowledgeBase, limits: Limits = LIMITS) -> dict[str, bytes]:
    """Return all exports: path in docs/ → content. A file larger than ``limits`` allow becomes an index of its parts,
    under the name it had; of a base whose list of documents is cut there is a database too, and a page of all parts."""
    tables = collect_tables(kb)
    files = render_json(tables, DATA_FOLDER, limits.file) | {f"{DATA_FOLDER}/schema.json": _json(json_schema())}
    for table in TABLES:
        files |= _csv_files(table, tables, limits.file)
    for table in TABLES:
        files |= _workbooks(kb, table, tables, limits.file)
    if len(kb.documents) > limits.rows:
        files[f"{DATA_FOLDER}/{NAME}.zip"] = render_database(tables)
        files |= render_parts_page(files)
    return files | render_feeds(kb)


def _csv_files(table: ExportTable[Any], tables: Tables, most: int) -> dict[str, bytes]:
    """Return a table as a file, or as parts with their index."""
    path, whole = f"{DATA_FOLDER}/{table.name}", render_csv(table, tables[table.name])
    if len(whole) <= most:
        return {f"{path}.csv": whole}
    parts = _parts_of(table, tables, most)
    lines = "".join(f"{table.name}/{name}.csv,{len(rows)}\r\n" for name, rows in parts.items())
    files = {f"{path}/{name}.csv": render_csv(table, rows) for name, rows in parts.items()}
    return {f"{path}.csv": f"{_BOM}file,rows\r\n{lines}".encode()} | files


def _workbooks(kb: KnowledgeBase, table: ExportTable[Any], tables: Tables, most: int) -> dict[str, bytes]:
    """Return a table as a workbook, or as parts with their index; packed, a part of the rows of a CSV file of the
    largest size is smaller than that."""
    path, heads = f"{DATA_FOLDER}/{table.name}", [*HEADS[table.name].values()]

    def render(rows: Sequence[Row]) -> bytes:
        return render_workbook(table.title, heads, readable_rows(kb, table.name, rows))

    whole = render(tables[table.name])
    if len(whole) <= most:
        return {f"{path}.xlsx": whole}
    parts = _parts_of(table, tables, most)
    index = [(f"{table.name}/{name}.xlsx", str(len(rows))) for name, rows in parts.items()]
    files = {f"{path}/{name}.xlsx": render(rows) for name, rows in parts.items()}
    return {f"{path}.xlsx": render_workbook(table.title, ["Tệp", "Số dòng"], index)} | files


def _parts_of(table: ExportTable[Any], tables: Tables, most: int) -> dict[str, list[Row]]:
    """Return the rows of a table by the names of its parts, by their size as CSV."""
    rows = place_rows(tables, [table], lambda row: _csv_lines(_csv_cells(table, [row])))
    head = len(render_csv(table, []))
    return {name: [one.row for one in part] for name, part in cut_rows(rows, most - head).items()}


def render_csv(table: ExportTable[Any], rows: Sequence[Row]) -> bytes:
    """Return a table as a file; fields that hold objects are left out."""
    return (_BOM + _csv_lines([_columns(table), *_csv_cells(table, rows)])).encode()


def _columns(table: ExportTable[Any]) -> list[str]:
    return [field.name for field in table.fields if field.type != "rows"]


def _csv_cells(table: ExportTable[Any], rows: Sequence[Row]) -> Iterator[list[str]]:
    names = _columns(table)
    return ([safe_cell(_cell(row[name])) for name in names] for row in rows)


def _csv_lines(lines: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    return out.getvalue()


def _cell(value: PlainValue) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    return "; ".join(map(str, value)) if isinstance(value, list) else value or ""


def safe_cell(text: str) -> str:
    """Return the text of a cell so that a spreadsheet shows it and never runs it."""
    return f"'{text}" if text.lstrip().startswith(_RUNS) or text.startswith(_RUNS) else text


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
