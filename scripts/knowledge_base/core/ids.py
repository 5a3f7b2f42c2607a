"""Who is who: the only module that forms or reads an identity.

A number is never an identity: ``34-CT/TU`` exists in every province and every term. A document is
known by type + number + place of its issuer + year, else term, else nothing; where several bodies of
one place sign with one symbol (``shared_by``), the issuer belongs to it too.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from .dates import PartialDate
from .text import slug, verbose

_NUMBER = verbose(r"""
    (?P<digits>\d{1,5}[a-z]?)
    (?:
        (?P<party>-)                        # 34-CT/TU
        | / (?P<year>(?:19|20)\d\d) (?=/)   # 73/2023/NĐ-CP
    )?""")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_TERM = re.compile(r"nhiem-ky-((?:19|20)\d\d)-(?:19|20)\d\d\Z")
TERM_YEARS = 5
"""A Party committee is elected for five years (Party statutes, article 9), and numbers anew with each term."""
CONGRESS_MONTHS = range(8, 12)
CENTRAL_MONTHS = range(1, 2)
FIRST_CONGRESS = 2005


class DocumentNumber(str):
    """A document's number with its symbol, in its one right form; it is its own text, and its parts are read once.

    The Party writes ``NUMBER-TYPE/ISSUER`` (34-CT/TU), the State ``NUMBER[/YEAR]/TYPE-ISSUER`` (73/2023/NĐ-CP), the
    National Assembly ``NUMBER/YEAR/ISSUER`` with its term (202/2025/QH15). ``digits`` may end in a letter;
    ``type_code`` is what stands in the place of the type: a công văn has none, its issuer stands there
    (777/UBND-NV), which only the vocabulary can tell. Any text makes a number; parts that it lacks are ''.
    """

    __slots__ = ("digits", "is_party", "issuer_code", "type_code", "year")

    digits: str
    year: int | None
    is_party: bool
    type_code: str
    issuer_code: str

    def __new__(cls, text: str) -> Self:
        """Read ``text``; a number already read is returned as it is."""
        if isinstance(text, cls):
            return text
        number = super().__new__(cls, text)
        parts = _NUMBER.match(text)
        number.digits = parts["digits"] if parts else ""
        number.year = int(parts["year"]) if parts and parts["year"] else None
        number.is_party = bool(parts and parts["party"])
        before, _, last = text.rpartition("/")
        if number.is_party:
            number.type_code, number.issuer_code = before[len(number.digits) + 1 :], last
        else:
            head, _, tail = last.partition("-")
            number.type_code, number.issuer_code = (head, tail) if tail else ("", last.rstrip("0123456789"))
        return number

    @property
    def slug(self) -> str:
        """The address part of the number: ``34-ct-tu``."""
        return slug(self)

    @property
    def issuer_codes(self) -> tuple[str, ...]:
        """What may be the issuer's code, the likeliest first: ``UBND-NC``, ``UBND`` of 12/QĐ-UBND-NC."""
        first = self.issuer_code.partition("-")[0]
        return (self.issuer_code, first) if self.is_party else (self.issuer_code, first, self.type_code)


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


def build_document_id(key: DocumentKey) -> str:
    """Return the address part of a document: ``chi-thi-34-ct-tu-da-nang-2023``."""
    period = "" if key.period is None or DocumentNumber(key.number).year else str(key.period)
    if period and key.term:
        period = f"nhiem-ky-{key.period}-{(key.period or 0) + TERM_YEARS}"
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
    if found := term or year:
        rest = rest[: found.start()].rstrip("-")
    place = max((p for p in places if rest.endswith("-" + p)), key=len, default=None)
    number = rest[: -len(place) - 1] if place else rest
    begins = [at for head in issuers if (at := number.find(f"-{head}-")) > 0]
    number, issuer = (number[: min(begins)], number[min(begins) + 1 :]) if begins else (number, None)
    if not number:
        raise ValueError(f"no number in {text!r}")
    return DocumentKey(kind, number, place, period, bool(term), issuer)


def body_id(name: str) -> str:
    """Return the id of a body: the slug of its full name with its place."""
    return slug(name)


def term_of(date: PartialDate | None, central: bool = False) -> int | None:
    """Return the first year of the Party term a date lies in.

    Provincial congresses meet in autumn 2010, 2015, 2020, 2025, national ones in January 2011, 2016,
    2021, 2026. None when unknown: no date, before 2005, or so near a congress that the term cannot be
    told (August to November of its year in the provinces, January at the centre).
    """
    terms = terms_at(date.year, date.month, central) if date else ()
    return terms[0] if len(terms) == 1 else None


def terms_at(year: int, month: int, central: bool) -> tuple[int, ...]:
    """Return the first years of the terms a month (0: unknown) may lie in, by the rule of ``term_of``: two where that
    cannot be told, none before 2005."""
    if year < FIRST_CONGRESS:
        return ()
    first = (year - central) // TERM_YEARS * TERM_YEARS + central
    unsure = CENTRAL_MONTHS if central else CONGRESS_MONTHS
    if year != first:
        return (first,)
    if not month or month in unsure:
        return (first - TERM_YEARS, first)
    return (first,) if month > max(unsure) else (first - TERM_YEARS,)


def series_of(number: DocumentNumber, date: PartialDate | None, central: bool) -> int | None:
    """Return the numbering period that ``date`` lies in: a term for Party numbers, else a calendar year."""
    if number.is_party:
        return term_of(date, central)
    return date.year if date else None
