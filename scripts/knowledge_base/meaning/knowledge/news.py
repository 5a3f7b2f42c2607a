"""What is new, by date: the articles and documents a reader may follow, for all places and themes or for one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...core.dates import PartialDate
from .entities import Kind, KnowledgeBase


@dataclass(frozen=True, slots=True)
class News:
    """An article or a document with its date, its place and its themes. What has no date is no news."""

    kind: Kind
    id: str
    date: PartialDate
    province: str | None
    themes: frozenset[str]


def news(kb: KnowledgeBase) -> list[News]:
    """Return all news, newest first."""
    return sorted([*_articles(kb), *_documents(kb)], key=lambda n: (_backwards(n.date), n.kind, n.id))


def _articles(kb: KnowledgeBase) -> Iterator[News]:
    for identity, entry in kb.articles.items():
        if date := entry.article.published or entry.at:
            yield News(Kind.ARTICLE, identity, date, entry.province, frozenset(entry.weights))


def _documents(kb: KnowledgeBase) -> Iterator[News]:
    for identity, document in kb.documents.items():
        if document.date:
            yield News(Kind.DOCUMENT, identity, document.date, document.province, frozenset(kb.themes_of(document)))


def _backwards(date: PartialDate) -> int:
    return -date.earliest().toordinal()
