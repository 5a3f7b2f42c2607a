"""A number with all that was read of it, before it is made a citation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from ...core.dates import PartialDate
from ...core.models import BodyRef, Level
from ...sources.vocabulary.schemas import DocumentType, IssuerCode

Known: TypeAlias = dict[tuple[str, str], list["CitationCandidate"]]


@dataclass(frozen=True, slots=True)
class CitationCandidate:
    """``number`` and ``year`` as written; ``word`` is the type named in front, ``type`` the document's;
    ``text`` the symbol, if it can be had; ``keep``: worth a citation even without a symbol; ``sure``: the words
    in front leave no doubt that the number is a document's; ``typed``: the symbol before it was mended;
    ``stated``: its issuer is named beside it;
    ``issuer_name``: what it is called, if it is none of the vocabulary's bodies."""

    start: int
    end: int
    number: str
    year: str | None
    word: DocumentType | None
    type: DocumentType | None
    text: str | None
    level: Level
    code: IssuerCode | None
    issuer: BodyRef | None
    date: PartialDate | None
    keep: bool = True
    sure: bool = True
    typed: str | None = None
    stated: bool = False
    issuer_name: str | None = None


def resolve_short_forms(found: list[CitationCandidate], known: Iterable[CitationCandidate]) -> list[CitationCandidate]:
    """Give bare numbers the symbol that the same number has elsewhere in the text, if there is only one.

    A full form decides; without one, a bare number whose issuer is named.
    """
    full: Known = {}
    formed: Known = {}
    for entry in known:
        if entry.text and entry.type is not None:
            target = full if entry.level is Level.FULL else formed
            target.setdefault((entry.type.id, _plain(entry.number)), []).append(entry)
    resolved = [_with_antecedent(f, full) if f.level is Level.BARE else f for f in found]
    return [_with_antecedent(f, formed) if f.level is Level.BARE and not f.text else f for f in resolved]


def _with_antecedent(found: CitationCandidate, known: Known) -> CitationCandidate:
    kind = found.type or found.word
    candidates = known.get((kind.id if kind else "", _plain(found.number)), [])
    fitting = [c for c in candidates if found.code is None or c.code is None or c.code.code == found.code.code]
    if found.year:
        fitting = [c for c in fitting if c.year == found.year]
    if len({c.text for c in fitting}) != 1:
        return found
    same = fitting[0]
    own = found if found.code else same
    return replace(
        found, text=same.text, type=same.type, code=same.code, issuer=own.issuer, issuer_name=own.issuer_name, keep=True
    )


def share_mends(found: list[CitationCandidate]) -> list[CitationCandidate]:
    """Mend a symbol that is mended elsewhere in the text, where no issuer beside it speaks against that."""
    mended = {f.typed: f for f in found if f.typed and f.typed != f.text}
    return [_mended_like(f, mended[f.typed]) if f.typed in mended and not f.stated else f for f in found]


def _mended_like(found: CitationCandidate, same: CitationCandidate) -> CitationCandidate:
    mended = replace(found, text=same.text, type=same.type, code=same.code)
    return replace(mended, issuer=same.issuer, issuer_name=same.issuer_name)


def share_types(found: list[CitationCandidate]) -> list[CitationCandidate]:
    """Give a symbol without a type the one it has elsewhere in the text."""
    types: dict[str, dict[str, DocumentType]] = {}
    for entry in found:
        if entry.type and entry.text:
            types.setdefault(entry.text, {})[entry.type.id] = entry.type
    alone = {text: next(iter(kinds.values())) for text, kinds in types.items() if len(kinds) == 1}
    return [f if f.type else replace(f, type=alone.get(f.text or "")) for f in found]


def _plain(number: str) -> str:
    return number.lstrip("0") or "0"
