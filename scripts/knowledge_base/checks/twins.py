"""Find articles that stand in the knowledge base twice: what they say would be counted twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from ..errors import Problem, Severity
from ..models import Article
from ..text import fold, slug
from ..web_links import link_key

_ENOUGH = 200
"""Texts of fewer letters may be alike by chance."""


def check_twins(articles: Iterable[Article]) -> Iterator[Problem]:
    """Yield a warning for each article with the page, the title and day, or the words of one before it, by path."""
    first: dict[tuple[str, ...], Article] = {}
    for article in sorted(articles, key=lambda article: article.path):
        told = None
        for what, key, line in _marks(article):
            other = first.setdefault((what, *key), article)
            told = told or (None if other is article else (what, other, line))
        if told:
            message = f"bài này {told[0]} {told[1].path}"
            remedy = "Xóa một trong hai tệp; nếu là hai bài khác nhau thì sửa chỗ giống cho đúng với từng bài"
            yield Problem(article.path, told[2], message, remedy, Severity.WARNING)


def _marks(article: Article) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Yield what two articles share, what it is for this one, and its line."""
    if article.url:
        yield "cùng địa chỉ với", (link_key(article.url),), article.line_of("url")
    body = " ".join(fold(article.text[article.body_start :]).split())
    if len(body) >= _ENOUGH:
        digest = hashlib.sha256(body.encode()).hexdigest()
        yield "cùng nội dung với", (digest,), article.text.count("\n", 0, article.body_start) + 1
    if article.title and article.outlet:
        day = article.published.iso if article.published else ""
        what = f"cùng tên bài, cùng báo{', cùng ngày' if day else ''} với"
        yield what, (slug(article.title), article.outlet, day), article.line_of("title")
