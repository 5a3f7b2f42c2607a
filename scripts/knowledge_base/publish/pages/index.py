"""Answers found once for all pages: what belongs to a document, a body, a place, a number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, TypeVar

from ...core.dates import PartialDate
from ...meaning.knowledge.directory import news
from ...meaning.knowledge.entities import ArticleEntry, Document, Kind, KnowledgeBase, Link
from ...meaning.knowledge.status import State, Status, replaced_now, state_of
from ...sources.vocabulary.schemas import Theme
from ..limits import LIMITS, Limits
from .excerpts import choose_links

_T = TypeVar("_T")
_K = TypeVar("_K")
_YEAR_OF_ID = re.compile(r"(?<!nhiem-ky-\d{4})-((?:19|20)\d{2})$")


def group(items: Iterable[_T], keys: Callable[[_T], Iterable[_K | None]]) -> dict[_K, list[_T]]:
    """Return the items under each of their keys, in order; None and '' are no keys."""
    groups: dict[_K, list[_T]] = defaultdict(list)
    for item in items:
        for key in dict.fromkeys(keys(item)):
            if key:
                groups[key].append(item)
    return groups


NUMBERS = "so-hieu"
"""The folder of the pages of numbers; links in articles lead there too."""
NO_YEAR = "khong-ro-nam"
"""What stands for a year, in addresses, where none is known."""
TASKS = "nhiem-vu"
"""The folder of the pages of tasks."""
MERGED = PartialDate(2025, 7, 1)
"""From this day the provinces of today stand (Nghị quyết 202/2025/QH15)."""
SINCE_MERGED = f"Từ {MERGED.vietnamese} (sau sắp xếp)"
"""The choice of what is of that day or later; theme/assets/kb/filter.js and search-facets.js say the same."""


def times_of(document: Document) -> list[str]:
    """Return the times by which lists can be narrowed to a document: its year, and whether it is surely of the time
    since the provinces were merged."""
    at = document.date or (PartialDate(document.year) if document.year else None)
    return [str(document.year or "chưa rõ"), *([SINCE_MERGED] if at and at.earliest() >= MERGED.earliest() else [])]


class Index:
    """The knowledge base by the keys that pages ask for. Each mapping gives a list, in order, but ``at``: when each
    article was published. ``articles_on`` has the ids of articles by a place (a name of then or today's, None for the
    centre) and a theme. What pages sort or choose by stands here by itself: a page that asks for no more of an article
    is not made again when a word of that changes (``traced.py``).

    ``published_at``: the address of the site, with a slash at its end; '' where that is not known. ``large``: the
    folders of the kinds whose lists are too long for one page by ``limits`` (``cut_lists.py``)."""

    def __init__(self, kb: KnowledgeBase, published_at: str = "", limits: Limits = LIMITS) -> None:
        self.kb = kb
        self.published_at = published_at
        self.limits = limits
        documents, bodies, articles = kb.documents.values(), kb.bodies.values(), kb.articles.values()
        self.entities: dict[str, Mapping[str, Any]] = {
            Kind.DOCUMENT: kb.documents,
            Kind.BODY: kb.bodies,
            Kind.THEME: kb.themes,
            Kind.PROVINCE: kb.provinces,
            Kind.ARTICLE: kb.articles,
        }
        self.tasks_by_document = group(kb.tasks, lambda t: [t.document])
        self.tasks_by_article = group(kb.tasks, lambda t: [t.reference.article])
        self.tasks_by_body = group(kb.tasks, lambda t: t.bodies)
        self.documents_by_number: dict[str, list[Document]] = group(documents, lambda d: [d.number])
        self.documents_by_slug = group(documents, lambda d: [d.number.slug] if d.number else [])
        most = {Kind.DOCUMENT: limits.rows, TASKS: limits.rows, Kind.ARTICLE: limits.articles}
        listed = {**self.entities, NUMBERS: self.documents_by_slug, TASKS: kb.tasks}
        too_many = (str(kind) for kind, found in listed.items() if len(found) > most.get(kind, limits.shown))
        self.large = frozenset(too_many)
        self.documents_by_issuer = group(documents, lambda d: [d.issuer])
        self.documents_by_place = group(documents, lambda d: [d.province])
        self.documents_by_theme = group(documents, kb.themes_of)
        self.documents_by_place_today = group(documents, lambda d: [d.province and self.province_today(d.province)])
        self.bodies_by_parent = group(bodies, lambda b: [b.parent])
        self.congresses_by_committee = group(bodies, lambda b: [b.elects])
        self.bodies_by_place = group(bodies, lambda b: [b.province])
        self.articles_by_place = group(articles, lambda a: [a.province])
        self.articles_by_place_today = group(articles, lambda a: [a.province and self.province_today(a.province)])
        self.articles_by_theme = group(articles, lambda a: a.weights)
        self.at = {a.id: a.at for a in articles}
        self.articles_on = {
            key: [a.id for a in on]
            for key, on in group(articles, lambda a: [(p, t) for p in self._places(a) for t in a.weights]).items()
        }
        self.places_with_tasks = frozenset(kb.articles[t.reference.article].province for t in kb.tasks)
        self.tasks_by_theme = group(kb.tasks, lambda t: sorted(kb.stated_themes.get(t.document or "", ())))

    def _places(self, entry: ArticleEntry) -> list[str | None]:
        """Return the place of an article, and that of today for which it is counted."""
        return list({entry.province: 0, entry.province and self.province_today(entry.province): 0})

    def sorted_year(self, document: Document) -> int | None:
        """Return the year under which a document is sorted: its own, else that in its number or its address (the editor
        put it there), else that of the first article about it. Only to sort by: it is not shown as the document's."""
        number = document.number
        named = None if number and document.id.endswith(number.slug) else _YEAR_OF_ID.search(document.id)
        told = [at.year for a in document.announced_by if (at := self.at[a])]
        known = (
            document.year,
            number.year if number else None,
            int(named[1]) if named else None,
            min(told, default=None),
        )
        return next((year for year in known if year), None)

    @cached_property
    def spoken_themes(self) -> dict[str, Theme]:
        """The themes on which there is at least one statement."""
        spoken = self.articles_by_theme.keys() | self.tasks_by_theme.keys()
        return {identity: theme for identity, theme in self.kb.themes.items() if identity in spoken}

    @cached_property
    def changed(self) -> dict[str, Status]:
        """The documents that are no longer as they were, with what became of them."""
        return dict(replaced_now(self.kb))

    @cached_property
    def states(self) -> dict[str, State]:
        """What must be said wherever a document is named; nothing of those that are plainly in force."""
        return {d.id: state for d in self.kb.documents.values() if (state := state_of(d, self.kb))}

    @cached_property
    def feeds(self) -> frozenset[str]:
        """The themes and provinces that have a feed."""
        return frozenset(key for n in news(self.kb) for key in (*n.themes, n.province) if key)

    @cached_property
    def unclear(self) -> dict[str, list[tuple[ArticleEntry, Link]]]:
        """The places in articles that name a number and could mean several documents, by the number's address part."""
        links = ((entry, link) for entry in self.kb.articles.values() for link in entry.links)
        return group(links, lambda found: [self.number_meant(found[1])])

    @cached_property
    def shown_links(self) -> dict[str, list[Link]]:
        """The links to show in each article's words: none overlapping, each to a page that is.

        A number that several documents bear leads to the page of that number."""

        def leads(link: Link) -> bool:
            return self.exists(link.kind, link.resolution.id) or self.number_meant(link) is not None

        return {identity: choose_links(filter(leads, entry.links)) for identity, entry in self.kb.articles.items()}

    def exists(self, kind: str, identity: str | None) -> bool:
        """Tell whether an entity has a page."""
        return identity in self.entities[kind]

    def documents_of(self, province: str) -> list[Document]:
        """Return the documents counted for a province: for one of today also those of the provinces that became it or
        a part of it; for a former name its own. Maps, lists and pages all count by this."""
        is_today = self.province_today(province) == province
        return (self.documents_by_place_today if is_today else self.documents_by_place).get(province, [])

    def articles_of(self, province: str) -> list[ArticleEntry]:
        """Return the articles counted for a province, as ``documents_of`` counts."""
        is_today = self.province_today(province) == province
        return (self.articles_by_place_today if is_today else self.articles_by_place).get(province, [])

    def province_today(self, province: str) -> str:
        """Return the province of today that a name stands for or has become a part of."""
        known = self.kb.provinces.get(province)
        return known.successor or province if known else province

    def number_meant(self, link: Link) -> str | None:
        """Return the address part of the number that words name, where they could mean several documents of it."""
        if link.resolution.id is not None or link.kind is not Kind.DOCUMENT:
            return None
        numbers = {self.kb.documents[c].number for c in link.resolution.candidates if c in self.kb.documents}
        slugs = {number.slug if number else "" for number in numbers}
        return slugs.pop() or None if len(slugs) == 1 else None
