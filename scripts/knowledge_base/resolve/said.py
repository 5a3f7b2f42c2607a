"""What citations say of their documents. Of two in one article that say the same, one answers for both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from ..dates import PartialDate
from ..models import BodyRef, Citation
from .context import Context
from .issuers import UNTOLD, issuer_of, may_be_same

Said: TypeAlias = tuple[str | None, str | None, PartialDate | None, BodyRef | None, str | None]


def said_of(citation: Citation) -> Said:
    """Return what a citation says of its document."""
    return citation.number, citation.type, citation.date, citation.issuer, citation.issuer_name


def told_first(contexts: Iterable[Context]) -> Iterator[tuple[Citation, Context]]:
    """Yield what articles cite with number and type, and maintainers do not correct; citations whose issuer is told
    come before those that may be of several."""
    untold = []
    for context in contexts:
        told: dict[Said, Citation] = {}
        for citation in context.mentions.citations:
            if citation.number and citation.type and context.correction_for(citation) is None:
                told.setdefault(said_of(citation), citation)
        for citation in told.values():
            if issuer_of(citation, context) == UNTOLD:
                untold.append((citation, context))
            else:
                yield citation, context
    yield from untold


class SameNumber:
    """Finds the citations of an article that have the same number."""

    def __init__(self) -> None:
        self._articles: dict[str, dict[tuple[str | None, str | None], dict[Said, Citation]]] = {}

    def find(self, citation: Citation, context: Context) -> Iterator[Citation]:
        """Yield the citations of the article that may mean the same document, those that say the same once."""
        if context.article.id not in self._articles:
            numbered = self._articles[context.article.id] = defaultdict(dict)
            for other in context.mentions.citations:
                numbered[other.number, other.type].setdefault(said_of(other), other)
        issuer = issuer_of(citation, context)
        same = self._articles[context.article.id].get((citation.number, citation.type), {})
        return (other for other in same.values() if may_be_same(issuer_of(other, context), issuer))
