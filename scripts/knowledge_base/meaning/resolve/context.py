"""What is known around a mention: its article, when it was written, which province it speaks of; and with all of it
what each citation claims of its document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from ...core.dates import PartialDate
from ...core.ids import DocumentNumber
from ...core.models import Article, BodyRef, Citation, Correction, Mention, Mentions, Scan, value_of
from ...core.text import Folded, find_folded, slug
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.schemas import IssuerCode
from .issuers import UNTOLD, USUAL, code_of, first_parts, is_central, name_of, same_name

Said: TypeAlias = tuple[str | None, str | None, PartialDate | None, BodyRef | None, str | None]
"""Number, type, date and issuer of a citation, as its words tell them."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a citation says of its document, read in its context.

    ``code``: the entry of the issuer's code in its number. ``place``: the province of its issuer, None for the centre
    and where ``place_known`` is False. ``issuer``: the name that belongs to the document's identity, ``USUAL`` where
    the symbol decides it, ``UNTOLD`` where it may be any of those who share the symbol. ``year``: that in the number,
    else that of the date."""

    citation: Citation
    context: Context = field(repr=False, compare=False)
    said: Said
    code: IssuerCode | None
    place: str | None
    place_known: bool
    issuer: str | None
    year: int | None

    @property
    def number(self) -> DocumentNumber | None:
        """The number cited, if it is whole."""
        return self.citation.number


@dataclass(frozen=True, eq=False)
class Context:
    """An article with its mentions. ``at`` is when it was published, else the time its text shows.

    ``province`` is the province it is about (None: national, or unknown); ``folded`` is its text, folded, without the
    front matter; ``weights`` are the themes it really speaks of. What is worked out from it is worked out once."""

    article: Article
    mentions: Mentions
    vocabulary: Vocabulary
    at: PartialDate | None
    province: str | None
    folded: Folded
    weights: dict[str, float] = field(default_factory=dict)

    # -- corrections ---------------------------------------------------------------------------

    def correction_for(self, mention: Mention) -> Correction | None:
        """Return the maintainer's correction whose words overlap ``mention``, if there is one."""
        for correction, spans in self.corrected:
            if any(start < mention.end and mention.start < end for start, end in spans):
                return correction
        return None

    @cached_property
    def corrected(self) -> tuple[tuple[Correction, list[tuple[int, int]]], ...]:
        """The maintainer's corrections, each with the places of its words in the text."""
        return tuple((c, find_folded(self.folded, c.find)) for c in self.article.corrections)

    # -- citations -----------------------------------------------------------------------------

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What each citation claims, in the order of the citations."""
        return tuple(map(self._claim, self.mentions.citations))

    def _claim(self, citation: Citation) -> Claim:
        number, date = citation.number, citation.date
        said = (number, citation.type, date, citation.issuer, citation.issuer_name)
        code = code_of(number, self.vocabulary) if number else None
        year = (number.year if number else None) or (date.year if date else None)
        place, known = self._place(citation.issuer, code)
        return Claim(citation, self, said, code, place, known, self._issuer(citation, code), year)

    def _place(self, issuer: BodyRef | None, code: IssuerCode | None) -> tuple[str | None, bool]:
        """Return the place of a document and whether it is known: from the issuer named, else from its symbol and
        the article."""
        if issuer is not None:
            if is_central(issuer.kind, self.vocabulary):
                return None, True
            if issuer.place:
                return issuer.place, True
        elif code and code.level == "trung-uong":
            return None, True
        return self.province, self.province is not None

    def _issuer(self, citation: Citation, code: IssuerCode | None) -> str | None:
        if code is None or not code.shared_by:
            return USUAL
        if citation.issuer_name is not None:
            return citation.issuer_name
        if code.default:
            return USUAL
        return name_of(citation.issuer, code, self.vocabulary) if citation.issuer else UNTOLD

    def claims_of(self, number: DocumentNumber | None, kind: str | None) -> tuple[Claim, ...]:
        """Return the claims about one number and type, those that say the same once."""
        return self._claims_by_number.get((number, kind), ())

    @cached_property
    def _claims_by_number(self) -> dict[tuple[str | None, str | None], tuple[Claim, ...]]:
        found: dict[tuple[str | None, str | None], dict[Said, Claim]] = defaultdict(dict)
        for claim in self.claims:
            found[claim.number, claim.citation.type].setdefault(claim.said, claim)
        return {key: tuple(claims.values()) for key, claims in found.items()}

    # -- issuers that share a symbol -----------------------------------------------------------

    def issuers_named(self, code: IssuerCode) -> tuple[str, ...]:
        """Return the names of all issuers with this code that the article names, in order, each once."""
        if code.code not in self._named:
            self._named[code.code] = tuple(dict.fromkeys(self._issuers_named(code)))
        return self._named[code.code]

    @cached_property
    def _named(self) -> dict[str, tuple[str, ...]]:
        return {}

    def _issuers_named(self, code: IssuerCode) -> Iterator[str]:
        for claim in self.claims:
            if claim.citation.issuer_name and claim.code is code:
                yield claim.citation.issuer_name
        if code.default:
            return
        issued = (c.issuer for c in self.mentions.citations if c.issuer)
        for ref in dict.fromkeys([*(b.ref for b in self.mentions.bodies), *issued]):
            if name := name_of(ref, code, self.vocabulary):
                yield name

    def only_issuer(self, code: IssuerCode) -> str:
        """Return the one issuer with this code that the article names; ``UNTOLD`` if it names none or several."""
        named = self.issuers_named(code)
        return named[0] if len(named) == 1 else UNTOLD

    def names_issuer(self, issuer: str, code: IssuerCode) -> bool:
        """Tell whether the article names an issuer, by its whole name or by what stands behind the first part."""
        if any(same_name(issuer, name) for name in self.issuers_named(code)):
            return True
        name = slug(issuer)
        rest = next((name.removeprefix(part) for part in first_parts(code) if name.startswith(part)), name).strip("-")
        return bool(rest) and f"-{rest}-" in self._slug

    @cached_property
    def _slug(self) -> str:
        return f"-{slug(self.article.text)}-"


def make_context(
    article: Article,
    scan: Scan,
    mentions: Mentions,
    vocabulary: Vocabulary,
    suggested: str | None,
    weights: dict[str, float],
) -> Context:
    """Return the context of an article; ``suggested`` is the province its text suggests, its front matter overrules."""
    at = article.published or article.event or value_of(mentions.masthead.published)
    named = None if article.national else article.province or _name_at(suggested, at, vocabulary)
    return Context(article, mentions, vocabulary, at, named, scan.folded, weights)


def _name_at(province: str | None, at: PartialDate | None, vocabulary: Vocabulary) -> str | None:
    """Return the province under its name at the time: Huế was Thừa Thiên Huế until the end of 2024."""
    entry = vocabulary.provinces.get(province or "")
    if entry is None or at is None:
        return province
    first = entry.periods[0]
    renamed = len(first.made_of) == 1 and first.since is not None and at.latest() < first.since.earliest()
    return first.made_of[0] if renamed else province
