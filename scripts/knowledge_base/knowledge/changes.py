"""The reasons why a body or a province changes, in Vietnamese: the one place that words them."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """How a change is told: ``happened`` by itself ("hợp nhất từ 1-7-2025"), ``became`` between the old and the new
    ("A đã hợp nhất vào B")."""

    happened: str
    became: str


CHANGES = {
    "hop-nhat": Words("hợp nhất", "đã hợp nhất vào"),
    "doi-ten": Words("đổi tên", "đã đổi tên thành"),
    "tach": Words("tách", "đã tách thành"),
    "thay-the": Words("được thay thế", "được thay thế bằng"),
    "ket-thuc": Words("kết thúc hoạt động", "đã kết thúc; một phần việc chuyển cho"),
}
HAPPENED = {reason: words.happened for reason, words in CHANGES.items()}
