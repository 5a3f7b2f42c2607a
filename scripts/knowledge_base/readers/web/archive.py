"""A page that a browser saved as one file (.mht, .mhtml): a letter whose first part in HTML is the page."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace

from ...errors import Problem
from ...models import Article
from ...vocabulary import Vocabulary
from ..source_file import RawFile
from .page import read_web_page

_NO_PAGE = (
    "không thấy trang web trong tệp .mht này",
    "Mở tệp bằng trình duyệt, nhấn Ctrl+S và chọn kiểu “Trang web, chỉ HTML”, rồi dùng tệp .html ấy",
)


def read_archive(file: RawFile, vocabulary: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Return the article of a page in a web archive, with the address it was saved from unless it tells its own."""
    message = email.message_from_bytes(file.data, policy=email.policy.default)
    for part in message.walk():
        data = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(data, bytes) and data.strip():
            return read_web_page(replace(file, data=_with_address(data, message, part)), vocabulary)
    return None, [Problem(file.path, 1, *_NO_PAGE)]


def _with_address(data: bytes, message: email.message.Message, part: email.message.Message) -> bytes:
    """Return a page that says where it was saved from, as browsers write it into pages of their own."""
    if b"saved from url" in data[:2048]:
        return data
    url = str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "").strip()
    fits = url.startswith("http") and url.isascii() and "--" not in url and not any(c.isspace() for c in url)
    mark = f"<!-- saved from url=({len(url):04d}){url} -->".encode() if fits else b""
    start = data.lower().find(b"<html")
    return data[:start] + mark + data[start:] if start >= 0 else mark + data
