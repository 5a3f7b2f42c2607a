"""The first line of a report: one sentence that says what a change comes to."""

from __future__ import annotations

from ..text import upper_first
from .difference import Changes


def verdict(c: Changes) -> str:
    """Return the sentence."""
    if c.after.kb is None or (c.before.kb is None and not c.before.absent):
        return "⚠ Không so được hết: nguồn ở bản cũ không hợp lệ theo luật hiện nay."
    parts = [verb.replace("#", str(count)) for verb, count in _counts(c) if count]
    if not parts and not c.pages.changed:
        return "Không có gì đổi."
    if not parts:
        parts.append("không bài, văn bản nào đổi")
    pages = [f"{n} trang {what}" for n, what in _page_counts(c) if n]
    return upper_first("; ".join([", ".join(parts), *([", ".join(pages)] if pages else []), _addresses(c)])) + "."


def _counts(c: Changes) -> list[tuple[str, int]]:
    articles, documents = c.articles, c.documents
    return [
        ("thêm # bài", len(articles.new)),
        ("sửa # bài", len(articles.changed)),
        ("đổi địa chỉ # bài", len(articles.moved)),
        ("bỏ # bài", len(articles.gone)),
        ("# văn bản mới", len(documents.new)),
        ("# văn bản đổi", len(documents.changed)),
        ("# văn bản đổi địa chỉ", len(documents.moved)),
        ("# văn bản không còn", len(documents.gone)),
        ("# cơ quan mới", len(c.new_bodies)),
        ("# mục danh mục đổi", sum(entries.count for entries in c.entries)),
        ("# bản nháp chưa lên trang", len(c.after.reading.corpus.drafts)),
        ("# chỗ mới chưa rõ", len(c.unresolved)),
    ]


def _page_counts(c: Changes) -> list[tuple[int, str]]:
    return [(len(c.pages.new), "thêm"), (len(c.pages.changed), "đổi"), (len(c.pages.gone), "bỏ")]


def _addresses(c: Changes) -> str:
    """Return what becomes of the published addresses."""
    anchors = sum(map(len, c.anchors.values()))
    if c.lost:
        return f"⚠ {len(c.lost)} địa chỉ trang mất" + (f", {anchors} đoạn không còn" if anchors else "")
    return f"không địa chỉ trang nào mất, {anchors} đoạn không còn" if anchors else "không địa chỉ nào mất"
