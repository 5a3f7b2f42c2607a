"""The knowledge base in files: JSON, CSV, Excel and Atom feeds, the same bytes for the same sources."""

from __future__ import annotations

import csv
import io
import json
import uuid
from collections.abc import Sequence
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ...core.dates import PartialDate
from ...core.text import upper_first
from ...meaning.knowledge.directory import News, count_news, news, news_by_day
from ...meaning.knowledge.entities import Kind, KnowledgeBase
from ...meaning.knowledge.status import state_of
from ..pages.index import group
from .readable import HEADS, readable_rows
from .tables import DATA_FOLDER, HEAD, TABLES, ExportTable, PlainValue, Row, collect_tables, json_schema
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


def render_exports(kb: KnowledgeBase) -> dict[str, bytes]:
    """Return all exports: path in docs/ → content."""
    tables = collect_tables(kb)
    files = {f"{DATA_FOLDER}/kho.json": _json({**HEAD, **tables}), f"{DATA_FOLDER}/schema.json": _json(json_schema())}
    files |= {f"{DATA_FOLDER}/{table.name}.csv": render_csv(table, tables[table.name]) for table in TABLES}
    for table in TABLES:
        rows = readable_rows(kb, table.name, tables[table.name])
        files[f"{DATA_FOLDER}/{table.name}.xlsx"] = render_workbook(table.title, [*HEADS[table.name].values()], rows)
    return files | render_feeds(kb)


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
