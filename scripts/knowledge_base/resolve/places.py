"""The place of a cited document: the province of its issuer, or the centre."""

from __future__ import annotations

from dataclasses import dataclass

from ..ids import issuer_code
from ..models import Citation
from ..vocabulary import Vocabulary
from ..vocabulary.schemas import IssuerCode
from .bodies import is_central
from .context import Context


@dataclass(frozen=True, slots=True)
class Place:
    """``id`` is a province, or None for the centre; ``known`` is False when it cannot be told."""

    id: str | None
    known: bool = True


def place_of(citation: Citation, context: Context) -> Place:
    """Return the place of a citation: from the issuer beside it, else from its symbol and the article."""
    if citation.issuer is not None:
        if is_central(citation.issuer.kind, context.vocabulary):
            return Place(None)
        if citation.issuer.place:
            return Place(citation.issuer.place)
    elif (entry := code_of(citation.number or "", context.vocabulary)) and entry.level == "trung-uong":
        return Place(None)
    return Place(context.province, context.province is not None)


def code_of(number: str, vocabulary: Vocabulary) -> IssuerCode | None:
    """Return the issuer's code in a symbol as the vocabulary knows it."""
    codes = vocabulary.issuer_codes
    code = issuer_code(number)
    first = number.rsplit("/", 1)[-1].partition("-")[0]
    return codes.get(code) or codes.get(code.partition("-")[0]) or codes.get(first)
