"""Answers found once for all pages: what belongs to a document, a body, a place, a number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

from ...meaning.knowledge.entities import ArticleEntry, Body, Document, Kind, KnowledgeBase, Link, Task
from ...meaning.knowledge.news import news
from ...meaning.knowledge.status import Status, replaced_now
from ...sources.vocabulary.schemas import Province, Theme
from .excerpts import choose_links

_T = TypeVar("_T")
_Entities = dict[str, Document] | dict[str, Body] | dict[str, Theme] | dict[str, Province] | dict[str, ArticleEntry]


def _group(items: Iterable[_T], keys: Callable[[_T], Iterable[str | None]]) -> dict[str, list[_T]]:
    """Group items under each of their keys, in order."""
    groups: dict[str, list[_T]] = defaultdict(list)
    for item in items:
        for key in dict.fromkeys(keys(item)):
            if key:
                groups[key].append(item)
    return groups


class Index:
    """The knowledge base by the keys that pages ask for. Each mapping gives a list, in order."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        documents, bodies, articles = kb.documents.values(), kb.bodies.values(), kb.articles.values()
        self.tasks_by_document: dict[str, list[Task]] = _group(kb.tasks, lambda t: [t.document])
        self.tasks_by_article: dict[str, list[Task]] = _group(kb.tasks, lambda t: [t.reference.article])
        self.tasks_by_body: dict[str, list[Task]] = _group(kb.tasks, lambda t: [*t.lead, *t.partners, *t.executors])
        self.changed: dict[str, Status] = dict(replaced_now(kb))
        self.documents_by_number: dict[str, list[Document]] = _group(documents, lambda d: [d.number])
        self.documents_by_slug: dict[str, list[Document]] = _group(
            documents, lambda d: [d.number.slug] if d.number else []
        )
        self.documents_by_issuer: dict[str, list[Document]] = _group(documents, lambda d: [d.issuer])
        self.documents_by_place: dict[str, list[Document]] = _group(documents, lambda d: [d.province])
        self.documents_by_theme: dict[str, list[Document]] = _group(documents, kb.themes_of)
        self.bodies_by_parent: dict[str, list[Body]] = _group(bodies, lambda b: [b.parent])
        self.bodies_by_place: dict[str, list[Body]] = _group(bodies, lambda b: [b.province])
        self.articles_by_place: dict[str, list[ArticleEntry]] = _group(articles, lambda a: [a.province])
        self.articles_by_theme: dict[str, list[ArticleEntry]] = _group(articles, lambda a: a.weights)
        self.feeds: frozenset[str] = frozenset(key for n in news(kb) for key in (*n.themes, n.province) if key)
        self.unclear: dict[str, list[tuple[ArticleEntry, Link]]] = defaultdict(list)
        for entry, link in ((a, k) for a in articles for k in a.links):
            if number := self.number_meant(link):
                self.unclear[number].append((entry, link))
        self.shown_links: dict[str, list[Link]] = {a.article.id: self._shown(a) for a in articles}

    def entities(self, kind: Kind) -> _Entities:
        """Return all entities of a kind that get a page, by id."""
        tables: dict[Kind, _Entities] = {
            Kind.DOCUMENT: self.kb.documents,
            Kind.BODY: self.kb.bodies,
            Kind.THEME: self.kb.themes,
            Kind.PROVINCE: self.kb.provinces,
            Kind.ARTICLE: self.kb.articles,
        }
        return tables[kind]

    def exists(self, kind: Kind, identity: str | None) -> bool:
        """Tell whether an entity has a page."""
        return identity is not None and identity in self.entities(kind)

    def needs_issuer(self, document: Document) -> bool:
        """Tell whether number and place do not tell a document from others: another body there has that number too."""
        others = (d for d in self.documents_by_number.get(document.number or "", []) if d.province == document.province)
        rival = any(d.issuer_name or d.issuer not in (None, document.issuer) for d in others)
        return bool(document.issuer_name or (document.province and document.issuer and rival))

    def _shown(self, entry: ArticleEntry) -> list[Link]:
        """Return the links to show in an article's words: none overlapping, each to a page that is.

        A number that several documents bear leads to the page of that number."""
        return choose_links(
            k for k in entry.links if self.exists(k.kind, k.resolution.id) or self.number_meant(k) is not None
        )

    def number_meant(self, link: Link) -> str | None:
        """Return the address part of the number that words name, where they could mean several documents of it."""
        if link.resolution.id is not None or link.kind is not Kind.DOCUMENT:
            return None
        numbers = {self.kb.documents[c].number for c in link.resolution.candidates if c in self.kb.documents}
        slugs = {number.slug if number else "" for number in numbers}
        return slugs.pop() or None if len(slugs) == 1 else None
