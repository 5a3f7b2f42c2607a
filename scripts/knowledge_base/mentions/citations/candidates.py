"""One document in several places of a text: what is said of it in one place holds in the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from ...core.dates import PartialDate
from ...core.ids import DocumentNumber
from ...core.models import BodyRef, Level
from ...sources.vocabulary.schemas import DocumentType, IssuerCode

Known: TypeAlias = dict[tuple[str, str], list["CitationCandidate"]]


class CitationCandidate(NamedTuple):
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

    @property
    def is_told(self) -> bool:
        """Whether an issuer is told that gives no symbol: its own number must not be given another's."""
        return self.code is None and (self.issuer is not None or self.issuer_name is not None)


def resolve_short_forms(found: list[CitationCandidate]) -> list[CitationCandidate]:
    """Give bare numbers the symbol that the same number has elsewhere in the text, if there is only one.

    A full form decides; without one, a bare number whose issuer is named.
    """
    full: Known = {}
    formed: Known = {}
    for entry in found:
        if entry.number and entry.type is not None:
            target = full if entry.level is Level.FULL else formed
            target.setdefault((entry.type.id, _plain(entry.digits)), []).append(entry)
    resolved = [_with_antecedent(f, full) if f.level is Level.BARE else f for f in found]
    return [_with_antecedent(f, formed) if f.level is Level.BARE and not f.number else f for f in resolved]


def _with_antecedent(found: CitationCandidate, known: Known) -> CitationCandidate:
    kind = found.type or found.word
    if found.is_told:
        return found
    fitting = known.get((kind.id if kind else "", _plain(found.digits)), [])
    fitting = [c for c in fitting if found.code is None or c.code is None or c.code.code == found.code.code]
    fitting = [c for c in fitting if found.year in (None, c.year)]
    if len({c.number for c in fitting}) != 1:
        return found
    return renumbered(found, fitting[0], found if found.code else fitting[0])


def renumbered(found: CitationCandidate, same: CitationCandidate, own: CitationCandidate) -> CitationCandidate:
    """Return a citation of the document of ``same``, with the issuer of ``own``."""
    numbered = found._replace(number=same.number, type=same.type, code=same.code, keep=True)
    return numbered._replace(issuer=own.issuer, issuer_name=own.issuer_name)


def share_types(found: list[CitationCandidate]) -> list[CitationCandidate]:
    """Give a symbol without a type the one it has elsewhere in the text."""
    types: dict[DocumentNumber, dict[str, DocumentType]] = {}
    for entry in found:
        if entry.type and entry.number:
            types.setdefault(entry.number, {})[entry.type.id] = entry.type
    alone = {number: next(iter(kinds.values())) for number, kinds in types.items() if len(kinds) == 1}
    return [f if f.type else f._replace(type=alone.get(f.number) if f.number else None) for f in found]


def share_issuers(found: list[CitationCandidate], organs: Mapping[str, str]) -> list[CitationCandidate]:
    """Give a symbol that no known issuer has the one that stands beside it elsewhere in the text; and to
    a body the place, and the office of its head (``organs`` are the bodies led by one), that it is named with there."""
    issuers: dict[tuple[DocumentNumber, str], set[BodyRef]] = {}
    for entry in found:
        if entry.number and entry.type and entry.issuer:
            issuers.setdefault((entry.number, entry.type.id), set()).add(entry.issuer)

    def shared(entry: CitationCandidate) -> BodyRef | None:
        if entry.issuer and entry.number and entry.type:
            same = issuers[entry.number, entry.type.id]
            places = {issuer.place for issuer in same} - {None}
            heads = {issuer.kind for issuer in same if issuer.kind in organs}
            led = {organs[head] for head in heads} == {entry.issuer.kind}
            kind = heads.pop() if led and len(heads) == 1 else entry.issuer.kind
            place = entry.issuer.place or (places.pop() if len(places) == 1 else None)
            told = (kind, place) == (entry.issuer.kind, entry.issuer.place)
            return entry.issuer if told else replace(entry.issuer, kind=kind, place=place)
        open_ = entry.code is None and entry.issuer is None and entry.issuer_name is None
        others = issuers.get((entry.number, entry.type.id), set()) if open_ and entry.number and entry.type else set()
        return next(iter(others)) if len(others) == 1 else None

    return [f._replace(issuer=i) if (i := shared(f)) and i is not f.issuer else f for f in found]


def join_years(found: list[CitationCandidate]) -> list[CitationCandidate]:
    """Give a document that is cited both with its year in the number and without it one number.

    79/QĐ-TTg and 79/2019/QĐ-TTg of the same day are one; where the issuer has a single series of the type, so are
    those of one year. The form that is right there stands, else the first of the text."""
    series: dict[tuple[str, str, str, str], list[CitationCandidate]] = {}
    for entry in found:
        if entry.number and entry.type:
            number = entry.number
            key = (entry.type.id, _plain(number.digits), number.type_code, number.issuer_code)
            series.setdefault(key, []).append(entry)
    right: dict[int, DocumentNumber] = {}
    for same in series.values():
        without = [f for f in reversed(same) if f.number and f.number.year is None and f.date]
        by_day = {f.date: f for f in without}
        by_year = {f.date.year: f for f in without if f.date}
        kept: dict[PartialDate, DocumentNumber] = {}
        for entry in same:
            if entry.number is None or entry.number.year is None:
                continue
            year, two = entry.number.year, _has_two_series(entry, entry.number.year)
            other = by_day.get(entry.date) if entry.date else None if two else by_year.get(year)
            if other is None or other.number is None or other.date is None or other.date.year != year:
                continue
            if entry.issuer and other.issuer and not _may_be_one(entry.issuer, other.issuer):
                continue
            if (entry.type and entry.type.symbol == "year") or (two and entry.start < other.start):
                kept[other.date] = entry.number
            else:
                right[entry.start] = other.number
        right |= {f.start: kept[f.date] for f in without if f.date in kept}
    return [_with_number(f, right[f.start]) if f.start in right else f for f in found]


def _may_be_one(one: BodyRef, other: BodyRef) -> bool:
    """Tell whether two names may be of one body: the place of one may be left out."""
    return one.kind == other.kind and (one.place == other.place or None in (one.place, other.place))


def _with_number(found: CitationCandidate, number: DocumentNumber) -> CitationCandidate:
    """Return a citation with another form of its number; a year that it loses is its date's."""
    year = found.number.year if found.number else None
    date = PartialDate(year) if year and number.year is None and found.date is None else found.date
    return found._replace(number=number, date=date)


def _has_two_series(found: CitationCandidate, year: int) -> bool:
    """Tell whether the issuer numbers documents of this type with the year and without it; unknown ones may."""
    code, kind = found.code, found.type
    if code is None or kind is None:
        return True
    return kind.id in code.two_series and year <= (code.two_series_until or year)


def _plain(digits: str) -> str:
    return digits.lstrip("0") or digits
