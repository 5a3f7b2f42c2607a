"""A number with all that was read of it, before it is made a citation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from ...core.dates import PartialDate
from ...core.ids import DocumentNumber
from ...core.models import BodyRef, Level
from ...sources.vocabulary.schemas import DocumentType, IssuerCode

Known: TypeAlias = dict[tuple[str, str], list["CitationCandidate"]]


@dataclass(frozen=True, slots=True)
class CitationCandidate:
    """``digits`` and ``year`` as written; ``word`` is the type named in front, ``type`` the document's;
    ``number`` the whole number, if it can be had; ``keep``: worth a citation even without a symbol; ``sure``: the words
    in front leave no doubt that the number is a document's; ``typed``: the number before it was mended;
    ``stated``: its issuer is named beside it;
    ``issuer_name``: what it is called, if it is none of the vocabulary's bodies."""

    start: int
    end: int
    digits: str
    year: str | None
    word: DocumentType | None
    type: DocumentType | None
    code: IssuerCode | None
    issuer: BodyRef | None
    date: PartialDate | None
    number: DocumentNumber | None = None
    level: Level = Level.BARE
    keep: bool = True
    sure: bool = True
    typed: DocumentNumber | None = None
    stated: bool = False
    issuer_name: str | None = None


def resolve_short_forms(found: list[CitationCandidate], known: Iterable[CitationCandidate]) -> list[CitationCandidate]:
    """Give bare numbers the symbol that the same number has elsewhere in the text, if there is only one.

    A full form decides; without one, a bare number whose issuer is named.
    """
    full: Known = {}
    formed: Known = {}
    for entry in known:
        if entry.number and entry.type is not None:
            target = full if entry.level is Level.FULL else formed
            target.setdefault((entry.type.id, _plain(entry.digits)), []).append(entry)
    resolved = [_with_antecedent(f, full) if f.level is Level.BARE else f for f in found]
    return [_with_antecedent(f, formed) if f.level is Level.BARE and not f.number else f for f in resolved]


def _with_antecedent(found: CitationCandidate, known: Known) -> CitationCandidate:
    kind = found.type or found.word
    candidates = known.get((kind.id if kind else "", _plain(found.digits)), [])
    fitting = [c for c in candidates if found.code is None or c.code is None or c.code.code == found.code.code]
    if found.year:
        fitting = [c for c in fitting if c.year == found.year]
    if len({c.number for c in fitting}) != 1:
        return found
    same = fitting[0]
    own = found if found.code else same
    resolved = replace(found, number=same.number, type=same.type, code=same.code, keep=True)
    return replace(resolved, issuer=own.issuer, issuer_name=own.issuer_name)


def share_mends(found: list[CitationCandidate]) -> list[CitationCandidate]:
    """Mend a symbol that is mended elsewhere in the text, where no issuer beside it speaks against that."""
    mended = {f.typed: f for f in found if f.typed and f.typed != f.number}
    return [_mended_like(f, mended[f.typed]) if f.typed in mended and not f.stated else f for f in found]


def _mended_like(found: CitationCandidate, same: CitationCandidate) -> CitationCandidate:
    mended = replace(found, number=same.number, type=same.type, code=same.code)
    return replace(mended, issuer=same.issuer, issuer_name=same.issuer_name)


def share_types(found: list[CitationCandidate]) -> list[CitationCandidate]:
    """Give a symbol without a type the one it has elsewhere in the text."""
    types: dict[DocumentNumber, dict[str, DocumentType]] = {}
    for entry in found:
        if entry.type and entry.number:
            types.setdefault(entry.number, {})[entry.type.id] = entry.type
    alone = {number: next(iter(kinds.values())) for number, kinds in types.items() if len(kinds) == 1}
    return [f if f.type else replace(f, type=alone.get(f.number) if f.number else None) for f in found]


def _plain(digits: str) -> str:
    return digits.lstrip("0") or "0"
