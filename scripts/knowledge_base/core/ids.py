"""Who is who: the only module that forms or reads an identity.

A number is never an identity: ``34-CT/TU`` exists in every province and every term. A document is
known by type + number + place of its issuer + year, else term, else nothing; where several bodies of
one place sign with one symbol (``shared_by``), the issuer belongs to it too.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from .dates import PartialDate
from .text import slug

_YEAR_IN_NUMBER = re.compile(r"\d{1,5}[a-z]?/((?:19|20)\d\d)/")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_TERM = re.compile(r"nhiem-ky-((?:19|20)\d\d)-(?:19|20)\d\d\Z")
_TERM_YEARS = 5
_CONGRESS_MONTHS = range(8, 12)
_CENTRAL_MONTHS = range(1, 2)
_FIRST_CONGRESS = 2005


@dataclass(frozen=True, slots=True)
class DocumentKey:
    """What tells a document from others. ``place`` is a province id, None for a central document;
    ``period`` is a year (2023), the first year of a term (term=True), or None when unknown; ``issuer`` is
    the slug of its issuer's name, where the symbol does not decide that."""

    type: str
    number: str
    place: str | None
    period: int | None = None
    term: bool = False
    issuer: str | None = None


def year_in_number(number: str) -> int | None:
    """Return the year that a symbol holds (``73/2023/NĐ-CP``), else None."""
    match = _YEAR_IN_NUMBER.match(number)
    return int(match[1]) if match else None


def is_party_number(number: str) -> bool:
    """Tell whether a canonical symbol has the Party's form ``NUMBER-TYPE/ISSUER`` (36-HD/VPTW)."""
    return bool(re.match(r"\d{1,5}[a-z]?-", number))


def build_document_id(key: DocumentKey) -> str:
    """Return the address part of a document: ``chi-thi-34-ct-tu-da-nang-2023``."""
    period = "" if key.period is None or year_in_number(key.number) else str(key.period)
    if period and key.term:
        period = f"nhiem-ky-{key.period}-{(key.period or 0) + _TERM_YEARS}"
    return "-".join(part for part in (key.type, slug(key.number), key.issuer, key.place, period) if part)


def parse_document_id(
    text: str, types: Collection[str], places: Collection[str], issuers: Collection[str] = ()
) -> DocumentKey:
    """Read an id back: its type, number (as a slug), issuer, place and period; ``issuers`` are slugs that names of
    issuers begin with. Raises ValueError for nonsense."""
    kind = max((t for t in types if text.startswith(t + "-")), key=len, default=None)
    if kind is None:
        raise ValueError(f"no document type in {text!r}")
    rest = text[len(kind) + 1 :]
    term = _TERM.search(rest)
    year = _YEAR.search(rest)
    period = int(term[1]) if term else int(year[0]) if year else None
    if term or year:
        rest = rest[: (term or year).start()].rstrip("-")  # type: ignore[union-attr]
    place = max((p for p in places if rest.endswith("-" + p)), key=len, default=None)
    number = rest[: -len(place) - 1] if place else rest
    begins = [at for head in issuers if (at := number.find(f"-{head}-")) > 0]
    number, issuer = (number[: min(begins)], number[min(begins) + 1 :]) if begins else (number, None)
    if not number:
        raise ValueError(f"no number in {text!r}")
    return DocumentKey(kind, number, place, period, bool(term), issuer)


def number_slug(number: str) -> str:
    """Return the address part of a number: ``34-ct-tu``."""
    return slug(number)


def body_id(name: str) -> str:
    """Return the id of a body: the slug of its full name with its place."""
    return slug(name)


def term_of(date: PartialDate | None, central: bool = False) -> int | None:
    """Return the first year of the Party term a date lies in.

    Provincial congresses meet in autumn 2010, 2015, 2020, 2025, national ones in January 2011, 2016,
    2021, 2026. None when unknown: no date, before 2005, or so near a congress that the term cannot be
    told (August to November of its year in the provinces, January at the centre).
    """
    if date is None or date.year < _FIRST_CONGRESS:
        return None
    first = (date.year - central) // _TERM_YEARS * _TERM_YEARS + central
    unsure = _CENTRAL_MONTHS if central else _CONGRESS_MONTHS
    if date.year != first:
        return first
    if not date.month or date.month in unsure:
        return None
    return first if date.month > max(unsure) else first - _TERM_YEARS


def series_of(number: str, date: PartialDate | None, central: bool) -> int | None:
    """Return the numbering period that ``date`` lies in: a term for Party numbers, else a calendar year."""
    if is_party_number(number):
        return term_of(date, central)
    return date.year if date else None


def issuer_code(number: str) -> str:
    """Return the issuer's part of a canonical symbol.

    ``TU`` of 34-CT/TU, ``CP`` of 73/2023/NĐ-CP, ``QH`` of 202/2025/QH15. A công văn
    has no type: its issuer stands first (``UBND`` of 777/UBND-NV is told by the caller).
    """
    last = number.rsplit("/", 1)[-1]
    if is_party_number(number):
        return last
    return last.partition("-")[2] or last.rstrip("0123456789")
