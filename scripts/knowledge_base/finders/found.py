"""A number with all that was read of it, before it is made a citation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..dates import PartialDate
from ..models import BodyRef, Level
from ..vocabulary.schemas import DocumentType, IssuerCode


@dataclass(frozen=True, slots=True)
class Found:
    """``number`` and ``year`` as written; ``word`` is the type named in front, ``type`` the document's;
    ``text`` the symbol, if it can be had; ``keep``: worth a citation even without a symbol."""

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


def resolve_short_forms(found: list[Found], known: Iterable[Found]) -> list[Found]:
    """Give bare numbers the symbol of the full form in ``known`` (anywhere in the text), if there is only one."""
    full: dict[tuple[str, str], list[Found]] = {}
    for entry in known:
        if entry.level is Level.FULL and entry.type is not None:
            full.setdefault((entry.type.id, _plain(entry.number)), []).append(entry)
    return [_with_antecedent(f, full) if f.level is Level.BARE else f for f in found]


def _with_antecedent(found: Found, full: dict[tuple[str, str], list[Found]]) -> Found:
    kind = found.type or found.word
    candidates = full.get((kind.id if kind else "", _plain(found.number)), [])
    fitting = [c for c in candidates if found.code is None or c.code is None or c.code.code == found.code.code]
    if found.year:
        fitting = [c for c in fitting if c.year == found.year]
    if len({c.text for c in fitting}) != 1:
        return found
    same = fitting[0]
    issuer = found.issuer if found.code else same.issuer
    return replace(found, text=same.text, type=same.type, code=same.code, issuer=issuer, keep=True)


def share_types(found: list[Found]) -> list[Found]:
    """Give a symbol without a type the one it has elsewhere in the text."""
    types: dict[str, dict[str, DocumentType]] = {}
    for entry in found:
        if entry.type and entry.text:
            types.setdefault(entry.text, {})[entry.type.id] = entry.type
    alone = {text: next(iter(kinds.values())) for text, kinds in types.items() if len(kinds) == 1}
    return [f if f.type else replace(f, type=alone.get(f.text or "")) for f in found]


def _plain(number: str) -> str:
    return number.lstrip("0") or "0"
