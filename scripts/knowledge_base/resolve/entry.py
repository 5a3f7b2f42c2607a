"""A document as the register knows it, and whether a citation may mean it."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..dates import PartialDate
from ..models import Citation
from .context import Context
from .issuers import UNTOLD, USUAL, is_named_in, issuer_of, issuers_named, may_be_same, same_name
from .places import code_of


@dataclass(slots=True)
class Entry:
    """A document under one id: what its key says, and the dates that texts give it. ``issuer`` is a name where the
    symbol does not decide it; ``home`` is the article that cites it without saying whose it is."""

    id: str
    type: str
    number: str
    place: str | None
    year: int | None = None
    series: int | None = None
    recorded: bool = False
    issuer: str | None = USUAL
    home: str | None = None
    dates: set[PartialDate] = field(default_factory=set)

    def earliest(self) -> PartialDate | None:
        """The earliest moment the document is known to exist, if any."""
        return min(self.dates) if self.dates else PartialDate(self.year) if self.year else None

    def is_later(self, at: PartialDate | None) -> bool:
        """Tell whether the document is younger than an article."""
        start = self.earliest()
        return bool(at and start and start.earliest() > at.latest())

    def may_be(self, citation: Citation, context: Context) -> bool:
        """Tell whether type and issuer of a citation allow this document; ``QĐ`` is told by the word in front."""
        typed = citation.type in (None, self.type) or (citation.date is not None and citation.date in self.dates)
        return typed and may_be_same(self.issuer, issuer_of(citation, context))

    def is_of_issuer(self, citation: Citation, context: Context) -> bool:
        """Tell whether the issuer, if the symbol leaves it open, is surely this document's: named beside the
        citation, or the only one that its article names. Where it may be any of many, one candidate is not enough."""
        issuer = issuer_of(citation, context)
        if same_name(self.issuer, issuer) and issuer != UNTOLD:
            return True
        code = code_of(self.number, context.vocabulary)
        if code is None or self.home == context.article.id:
            return True
        if issuer:
            return bool(self.issuer) or code.level == "tinh"
        named = issuers_named(code, context)
        if named:
            return len(named) == 1 and bool(self.issuer) and may_be_same(self.issuer, named[0])
        return code.level == "tinh" or (bool(self.issuer) and is_named_in(self.issuer or "", code, context))

    def agrees(self, citation: Citation, context: Context) -> bool:
        """Tell whether a dated citation is surely of this document's issuer: named so, or of the very day."""
        issuer = issuer_of(citation, context)
        if same_name(self.issuer, issuer) and issuer != UNTOLD:
            return True
        if citation.date is None or not citation.date.day:
            return self.is_of_issuer(citation, context)
        return citation.date in self.dates

    def denies(self, date: PartialDate | None) -> bool:
        """Tell whether the days known speak against a date."""
        days = {known for known in self.dates if known.day}
        return bool(date and date.day and days and date not in days)
