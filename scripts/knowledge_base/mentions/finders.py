"""Find everything an article says: one finder for each kind of mention, run in the order they need each other."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from ..core.models import Article, Mention, Mentions, Noise, Scan, ThemeMention
from ..core.paragraphs import split_paragraphs
from ..core.text import fold, nfc, view
from ..sources.vocabulary import Vocabulary
from .bodies.body_finder import BodyFinder
from .citations.citation_finder import CitationFinder
from .cleaning import clean_article, original_span, without_front_matter
from .demands.demand_finder import DemandFinder
from .masthead import MastheadFinder
from .named_documents import NamedDocumentFinder
from .places import ProvinceFinder
from .relations import RelationFinder
from .themes import ThemeFinder

Span = tuple[int, int]
_KINDS = ("citations", "named_documents", "bodies", "themes", "demands", "relations")
_ONE_SPAN, _MANY_SPANS = ("assigner", "source", "target"), ("lead", "partners", "executors")
"""What of a ``Mentions`` holds mentions, and what of a mention is one place of the text, or several."""


class Finders:
    """All finders, made once for a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._bodies = BodyFinder(vocabulary)
        self._citations = CitationFinder(vocabulary)
        self._named_documents = NamedDocumentFinder(vocabulary)
        self._themes = ThemeFinder(vocabulary)
        self._demands = DemandFinder(vocabulary)
        self._relations = RelationFinder(vocabulary)
        self._masthead = MastheadFinder(vocabulary)
        self.provinces = ProvinceFinder(vocabulary)

    def find(self, article: Article) -> tuple[Scan, Mentions]:
        """Return the article as the finders saw it and all that was found, both in places of its own text."""
        scan = clean_article(article, self._vocabulary)
        mentions = self._find(scan)
        if scan.origin is None:
            return scan, mentions
        found, text = _in_article(mentions, scan, article), without_front_matter(article)
        return Scan(text, view(text), fold(text), article.paragraphs, found.noise), found

    def find_themes(self, words: str) -> list[ThemeMention]:
        """Return the themes that a few words, such as a title, speak of."""
        return self._themes.find(scan_of(words))

    def find_outlet(self, words: str) -> tuple[str | None, str | None]:
        """Return the outlet that a few words show (its address, or its mark at the head of a text), and the province
        of the paper, portal or office that they come from; ids, or None."""
        scan = scan_of(words)
        outlet = self._masthead.outlets.find(scan)
        return outlet.id if outlet else None, self.provinces.publisher_province(scan)

    def find_in(self, words: str) -> tuple[Scan, Mentions]:
        """Return everything that a few words, such as an example, say, and the words as the finders saw them."""
        scan = scan_of(words)
        return scan, self._find(scan)

    def _find(self, scan: Scan) -> Mentions:
        bodies = self._bodies.find(scan)
        citations = self._citations.find(scan, bodies)
        named = self._named_documents.find(scan)
        documents = [*citations, *named]
        return Mentions(
            masthead=self._masthead.find(scan),
            noise=scan.noise,
            citations=tuple(citations),
            named_documents=tuple(named),
            bodies=tuple(bodies),
            themes=tuple(self._themes.find(scan, documents, bodies)),
            demands=tuple(self._demands.find(scan, bodies, citations)),
            relations=tuple(self._relations.find(scan, documents)),
        )


@lru_cache(maxsize=2)
def finders_of(vocabulary: Vocabulary) -> Finders:
    """Return the finders of a vocabulary, made when first asked for. Two are kept: the sources as they stand, and as
    they would with a change."""
    return Finders(vocabulary)


def scan_of(words: str) -> Scan:
    """Return words as they stand by themselves, ready for the finders."""
    text = nfc(words)
    return Scan(text, view(text), fold(text), split_paragraphs(text))


def _in_article(found: Mentions, scan: Scan, article: Article) -> Mentions:
    """Bring what was found in a decoded text back to its places in the article's own text."""

    def span(place: Span) -> Span:
        return original_span(scan, article, *place)

    def moved(mention: Mention) -> Mention:
        start, end = span((mention.start, mention.end))
        one = {name: span(place) for name in _ONE_SPAN if (place := getattr(mention, name, None))}
        many = {name: tuple(map(span, getattr(mention, name, ()))) for name in _MANY_SPANS if hasattr(mention, name)}
        others: dict[str, Any] = {**one, **many}
        return replace(mention, start=start, end=end, text=article.text[start:end], **others)

    mentions: dict[str, Any] = {kind: tuple(map(moved, getattr(found, kind))) for kind in _KINDS}
    return replace(found, noise=tuple(Noise(*span((n.start, n.end)), n.kind) for n in found.noise), **mentions)
