"""The knowledge base for machines: JSON, CSV and Atom feeds, the same bytes for the same sources."""

from __future__ import annotations

import csv
import io
import json
import uuid
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ...core.text import upper_first
from ...meaning.knowledge.directory import News, news
from ...meaning.knowledge.entities import Kind, KnowledgeBase
from ...meaning.knowledge.status import state_of
from ..pages.index import group
from .tables import DATA_FOLDER, HEAD, TABLES, ExportTable, PlainValue, Row, collect_tables, json_schema

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


def _moment(item: News) -> str:
    """Return the day of a piece of news; one known in part counts from its first day."""
    return f"{item.date.earliest().isoformat()}T00:00:00Z"


def _feed(kb: KnowledgeBase, title: str, path: str, up: str, items: Sequence[News]) -> bytes:
    home = up + path.removesuffix("feed.xml")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">',
        f"<title>{escape(title)}</title>",
        f"<id>{_identity(path)}</id>",
        f"<updated>{_moment(items[0])}</updated>",
        '<link rel="self" type="application/atom+xml" href="feed.xml"/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(home or "./")}/>',
        f"<author><name>{escape(TITLE)}</name></author>",
    ]
    for item in items[:MOST]:
        day, page = item.date.vietnamese, f"{item.kind}/{item.id}/"
        if item.kind is Kind.DOCUMENT:
            document = kb.documents[item.id]
            place = kb.provinces[document.province].name if document.province else "Trung ương"
            state = state_of(document, kb)
            name = f"{document.name} ({place}, {day}{f'; {state.words}' if state else ''})"
            summary = upper_first(document.title or "Văn bản chưa rõ trích yếu")
        else:
            name = kb.articles[item.id].name
            summary = f"Bài nguồn: {kb.articles[item.id].outlet_name or 'chưa rõ cơ quan báo chí'}, {day}"
        lines.append(
            f"<entry><title>{escape(name)}</title><id>{_identity(page)}</id><updated>{_moment(item)}</updated>"
            f'<link rel="alternate" type="text/html" href={quoteattr(up + page)}/>'
            f"<summary>{escape(summary)}</summary></entry>"
        )
    return "\n".join([*lines, "</feed>", ""]).encode()


_BOM = "\ufeff"
"""Without it Excel takes a CSV file for one in the machine's own encoding."""
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), with the wide forms."""


def render_exports(kb: KnowledgeBase) -> dict[str, bytes]:
    """Return all exports: path in docs/ → content."""
    tables = collect_tables(kb)
    files = {f"{DATA_FOLDER}/kho.json": _json({**HEAD, **tables}), f"{DATA_FOLDER}/schema.json": _json(json_schema())}
    files |= {f"{DATA_FOLDER}/{table.name}.csv": render_csv(table, tables[table.name]) for table in TABLES}
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
