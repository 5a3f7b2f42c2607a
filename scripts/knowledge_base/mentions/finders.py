"""Find everything an article says: one finder for each kind of mention, run in the order they need each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from ..core.models import Article, Demand, Mention, Mentions, Noise, RelationCue, Scan, ThemeMention
from ..core.paragraphs import split_paragraphs
from ..core.text import fold, nfc, view
from ..sources.vocabulary import Vocabulary
from .bodies.body_finder import BodyFinder
from .citations.citation_finder import CitationFinder
from .cleaning import clean_article, original_span
from .demands.demand_finder import DemandFinder
from .masthead import MastheadFinder
from .named_documents import NamedDocumentFinder
from .relations import RelationFinder
from .themes import ThemeFinder

M = TypeVar("M", bound=Mention)
Span = tuple[int, int]


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

    def find(self, article: Article) -> tuple[Scan, Mentions]:
        """Return the article as the finders saw it and all that was found, both in places of its own text."""
        scan = clean_article(article, self._vocabulary)
        mentions = self._find(scan)
        if scan.origin is None:
            return scan, mentions
        places = _Places(scan, article)
        found = places.mentions(mentions)
        return replace(_as_typed(article), noise=found.noise), found

    def find_themes(self, words: str) -> list[ThemeMention]:
        """Return the themes that a few words, such as a title, speak of."""
        text = nfc(words)
        scan = Scan(text, view(text), fold(text), split_paragraphs(text))
        return self._themes.find(scan, (), ())

    def find_in(self, words: str) -> tuple[Scan, Mentions]:
        """Return everything that a few words, such as an example, say, and the words as the finders saw them."""
        text = nfc(words)
        scan = Scan(text, view(text), fold(text), split_paragraphs(text))
        return scan, self._find(scan)

    def _find(self, scan: Scan) -> Mentions:
        bodies = self._bodies.find(scan)
        citations = self._citations.find(scan, bodies)
        named = self._named_documents.find(scan)
        return Mentions(
            masthead=self._masthead.find(scan),
            noise=scan.noise,
            citations=tuple(citations),
            named_documents=tuple(named),
            bodies=tuple(bodies),
            themes=tuple(self._themes.find(scan, citations, named)),
            demands=tuple(self._demands.find(scan, bodies, citations)),
            relations=tuple(self._relations.find(scan, citations, named)),
        )


def _as_typed(article: Article) -> Scan:
    """Return a scan of the text as it stands, with its entities."""
    blank = "".join("\n" if c == "\n" else " " for c in article.text[: article.body_start])
    text = blank + article.text[article.body_start :]
    return Scan(text, view(text), fold(text), article.paragraphs)


class _Places:
    """Brings what was found in a decoded text back to its places in the article's own text."""

    def __init__(self, scan: Scan, article: Article) -> None:
        self._scan, self._article = scan, article

    def mentions(self, found: Mentions) -> Mentions:
        return replace(
            found,
            noise=tuple(Noise(*self._span((n.start, n.end)), n.kind) for n in found.noise),
            citations=tuple(self._moved(found.citations)),
            named_documents=tuple(self._moved(found.named_documents)),
            bodies=tuple(self._moved(found.bodies)),
            themes=tuple(self._moved(found.themes)),
            demands=tuple(self._demand(d) for d in self._moved(found.demands)),
            relations=tuple(self._relation(r) for r in self._moved(found.relations)),
        )

    def _span(self, span: Span) -> Span:
        return original_span(self._scan, self._article, *span)

    def _moved(self, found: Iterable[M]) -> Iterator[M]:
        for mention in found:
            start, end = self._span((mention.start, mention.end))
            yield replace(mention, start=start, end=end, text=self._article.text[start:end])

    def _demand(self, demand: Demand) -> Demand:
        return replace(
            demand,
            assigner=self._span(demand.assigner) if demand.assigner else None,
            lead=tuple(map(self._span, demand.lead)),
            partners=tuple(map(self._span, demand.partners)),
            executors=tuple(map(self._span, demand.executors)),
        )

    def _relation(self, cue: RelationCue) -> RelationCue:
        return replace(cue, source=self._span(cue.source) if cue.source else None, target=self._span(cue.target))
