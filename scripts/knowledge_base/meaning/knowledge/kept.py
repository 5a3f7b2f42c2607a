"""What was found in articles, kept on disk: found anew where the article, the vocabulary or the code is another."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from ...core.dates import PartialDate
from ...core.ids import DocumentNumber
from ...core.models import Article, Mentions
from ...core.store import Store, digest
from ...core.text import fold
from ...mentions.cleaning import without_front_matter
from ...sources.vocabulary import Vocabulary
from ..resolve.announced import find_announced
from ..resolve.context import Context


@dataclass(frozen=True, slots=True)
class Found:
    """What ``read_context`` adds to an article and a vocabulary. ``about``: which of the claims is that of the document
    it announces."""

    mentions: Mentions
    at: PartialDate | None
    province: str | None
    weights: dict[str, float]
    announced: dict[DocumentNumber | None, frozenset[str]]
    about: int | None


class KeptContexts:
    """Contexts by their articles, kept in ``store``; ``asked`` tells of the vocabulary and the code, ``read`` finds
    what is not kept (``collect.read_context``)."""

    def __init__(self, store: Store, asked: str, vocabulary: Vocabulary, read: Callable[[Article], Context]) -> None:
        self._store, self._asked, self._vocabulary, self._read = store, asked, vocabulary, read

    def read(self, article: Article) -> Context:
        """Return what ``read_context`` gives."""
        name = self.name(article)
        found = self._store.recall(name, Found)
        if found is not None:
            with suppress(IndexError):  # of another program
                return self.restore(article, found)
        context = self._read(article)
        self._store.keep(name, found_in(context), Found)
        return context

    def has(self, article: Article) -> bool:
        """Tell whether what is found in an article is kept."""
        return self._store.get(self.name(article)) is not None

    def name(self, article: Article) -> str:
        """Return the name of what is found in an article; all that may decide it is in it."""
        told = (
            article.path,
            article.text,
            repr((article.facts, article.corrections, article.body_start, article.draft)),
        )
        return digest("found", self._asked, *told, repr(article.recognised))

    def restore(self, article: Article, found: Found) -> Context:
        """Return the context of an article of what was found in it."""
        text = fold(without_front_matter(article))
        context = Context(
            article, found.mentions, self._vocabulary, found.at, found.province, text, found.weights, found.announced
        )
        context.about.append(None if found.about is None else context.claims[found.about])
        return context


def found_in(context: Context) -> Found:
    """Return what a context adds to its article and its vocabulary."""
    about = find_announced(context)
    number = next((n for n, claim in enumerate(context.claims) if claim is about), None)
    return Found(context.mentions, context.at, context.province, context.weights, context.announced, number)
