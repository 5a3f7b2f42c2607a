"""What is known around a mention: its article, when it was written, which province it speaks of."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...core.dates import PartialDate
from ...core.models import Article, Correction, Mention, Mentions, value_of
from ...core.text import find_words
from ...sources.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Context:
    """An article with its mentions. ``at`` is when it was published, else the time its text shows.

    ``province`` is the province it is about (None: national, or unknown); ``weights`` are the themes it
    really speaks of; ``known`` keeps what was worked out from the article, so that it is done once."""

    article: Article
    mentions: Mentions
    vocabulary: Vocabulary
    at: PartialDate | None
    province: str | None
    weights: dict[str, float] = field(default_factory=dict)
    known: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    def correction_for(self, mention: Mention) -> Correction | None:
        """Return the maintainer's correction whose words overlap ``mention``, if there is one."""
        return next((c for c in self.article.corrections if self._covers(c, mention)), None)

    def _covers(self, correction: Correction, mention: Mention) -> bool:
        """Tell whether the corrected words stand where the mention is."""
        spans = find_words(self.article.text, correction.find)
        return any(start < mention.end and mention.start < end for start, end in spans)


def make_context(
    article: Article,
    mentions: Mentions,
    vocabulary: Vocabulary,
    suggested: str | None,
    weights: dict[str, float] | None = None,
) -> Context:
    """Return the context of an article; ``suggested`` is the province its text suggests, its front matter overrules."""
    at = article.published or article.event or value_of(mentions.masthead.published)
    named = None if article.national else article.province or _name_at(suggested, at, vocabulary)
    return Context(article, mentions, vocabulary, at, named, weights or {})


def _name_at(province: str | None, at: PartialDate | None, vocabulary: Vocabulary) -> str | None:
    """Return the province under its name at the time: Huế was Thừa Thiên Huế until the end of 2024."""
    entry = vocabulary.provinces.get(province or "")
    if entry is None or at is None:
        return province
    first = entry.periods[0]
    renamed = len(first.made_of) == 1 and first.since is not None and at.latest() < first.since.earliest()
    return first.made_of[0] if renamed else province
