"""The page that says what the open data holds and how to take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .tables import SCHEMA_VERSION, TABLES, ExportTable, Row

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
    titles = [f"[{t.title}](../{t.folder}/index.md)" if t.folder else t.title for t in TABLES]
    files = [
        f"| {title} | {len(tables[t.name])} | [{t.name}.csv]({t.name}.csv) |"
        for t, title in zip(TABLES, titles, strict=True)
    ]
    parts = [
        _HEAD,
        _INTRODUCTION,
        f"- [kho.json](kho.json): mọi bảng trong một tệp, phiên bản {SCHEMA_VERSION}. {_SCHEMA}",
        _CSV,
        _LIST,
        _FEEDS,
        "Số trước dấu chấm của phiên bản tăng khi một trường bị bỏ hoặc đổi nghĩa; số sau tăng khi thêm trường.\n",
        "## Các bảng\n",
        "\n".join(["| Bảng | Số dòng | Tệp CSV |", "| --- | --- | --- |", *files]) + "\n",
        *(_table(table) for table in TABLES),
    ]
    return "\n".join(parts).encode()


def _table(table: ExportTable[Any]) -> str:
    rows = [f"| `{field.name}` | {_TYPES[field.type]} | {field.meaning} |" for field in table.fields]
    head = ["| Trường | Kiểu | Nghĩa |", "| --- | --- | --- |"]
    return "\n".join([f"## {table.title}: `{table.name}`\n", *head, *rows]) + "\n"
