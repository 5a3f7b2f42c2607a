"""The knowledge base for machines: JSON, CSV and Atom feeds, the same bytes for the same sources."""

from __future__ import annotations

import csv
import io
import json
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ...core.text import upper_first
from ...meaning.knowledge.directory import News, news
from ...meaning.knowledge.entities import Kind, KnowledgeBase
from .tables import HEAD, SCHEMA_VERSION, TABLES, ExportTable, PlainValue, Row, collect_tables, json_schema

_TYPES = {
    "text": "chữ",
    "date": "ngày (năm, năm-tháng hoặc năm-tháng-ngày)",
    "list": "danh sách",
    "flag": "có hoặc không",
    "rows": "danh sách đối tượng (chỉ có trong JSON)",
}
_INTRODUCTION = (
    "Toàn bộ kho ở dạng máy đọc được. Dữ liệu và các đoạn tóm lược của kho (`rights` là `tom-luoc`): giấy phép CC BY "
    "4.0, được dùng lại khi ghi nguồn. Bài có `rights` khác là lời của nguồn, không thuộc giấy phép này; lời các đoạn "
    "và các nhiệm vụ, yêu cầu lấy từ bài ấy để trống.\n"
)
_SCHEMA = "[schema.json](schema.json): lược đồ JSON Schema của tệp ấy."
_CSV = (
    "- Các tệp CSV dưới đây mở đúng tiếng Việt bằng Excel, LibreOffice. Ô bắt đầu bằng dấu mà bảng tính hiểu là "
    "công thức được thêm dấu ' ở đầu."
)
_LIST = (
    "- [dia-chi.txt](dia-chi.txt): mọi địa chỉ trang và đoạn đã công bố, để tự kiểm tra liên kết. Địa chỉ đã công bố "
    "không mất: trang chuyển đi thì địa chỉ cũ dẫn đến trang mới."
)
_FEEDS = (
    "- [feed.xml](../feed.xml): nguồn tin Atom của cả kho; mỗi chủ đề, mỗi tỉnh, thành phố có nguồn tin riêng tại "
    "`feed.xml` dưới trang của nó. Văn bản và bài chưa rõ ngày không có trong nguồn tin.\n"
)
_HEAD = """---
title: "Dữ liệu mở"
description: "Toàn bộ kho ở dạng JSON, CSV và nguồn tin Atom, kèm lược đồ dữ liệu"
kb: {"kind": "index", "kind_name": "Dữ liệu"}
---
# Dữ liệu mở
"""


def render_data_page(tables: Mapping[str, Sequence[Row]]) -> bytes:
    """Return the page: the files with the number of their rows, and every field explained."""
    parts = [
        _HEAD,
        _INTRODUCTION,
        f"- [kho.json](kho.json): mọi bảng trong một tệp, phiên bản {SCHEMA_VERSION}. {_SCHEMA}",
        _CSV,
        _LIST,
        _FEEDS,
        "Số trước dấu chấm của phiên bản tăng khi một trường bị bỏ hoặc đổi nghĩa; số sau tăng khi thêm trường.\n",
        "## Các bảng\n",
        "| Bảng | Số dòng | Tệp CSV |\n| --- | --- | --- |",
    ]
    for table in TABLES:
        title = f"[{table.title}](../{table.folder}/index.md)" if table.folder else table.title
        parts.append(f"| {title} | {len(tables[table.name])} | [{table.name}.csv]({table.name}.csv) |")
    for table in TABLES:
        parts.append(f"\n## {table.title}: `{table.name}`\n\n| Trường | Kiểu | Nghĩa |\n| --- | --- | --- |")
        parts += [f"| `{field.name}` | {_TYPES[field.type]} | {field.meaning} |" for field in table.fields]
    return "\n".join([*parts, ""]).encode()


MOST = 50
"""So many entries stand in a feed, chosen by hand: readers of feeds keep the earlier ones themselves."""
TITLE = "Kho văn bản chỉ đạo địa phương"
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "tag:kho-van-ban-chi-dao-dia-phuong,2026:")


def render_feeds(kb: KnowledgeBase) -> dict[str, bytes]:
    """Return the feeds: path in docs/ → content. A theme or province without news has none."""
    everything = news(kb)
    groups: dict[tuple[Kind, str], list[News]] = defaultdict(list)
    for item in everything:
        for theme in item.themes:
            groups[Kind.THEME, theme].append(item)
        if item.province:
            groups[Kind.PROVINCE, item.province].append(item)
    feeds = {"feed.xml": _feed(kb, TITLE, "feed.xml", "", everything)} if everything else {}
    for (kind, identity), items in sorted(groups.items()):
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
            name = f"{document.name} ({place}, {day})"
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
