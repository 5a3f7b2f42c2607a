"""In which run of numbers a document lies: the Party numbers anew with each term, offices with each year.

A draft says the term as "khóa XII" or "nhiệm kỳ 2020-2025"; when the terms were is read off the records.
``theme/assets/kb/draft-meant.js`` does the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ...core.ids import TERM_YEARS, DocumentNumber, term_of, terms_at
from ...core.text import fold
from ...mentions.lexicon import to_digits
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.schemas import DocumentRecord
from .base import KnownDocument

_EARLIEST = 2000
"""No term before that of 2000: the rule of ``terms_at`` on when congresses meet begins there."""
_PLENUM = re.compile(r"trung ương (?:\d{1,2} )?khóa (?P<ordinal>[ivxl]{1,6})\Z")
_CONGRESS = re.compile(
    r"đảng bộ (?:tỉnh|thành phố)(?: [^,\d]{2,30}?)? lần thứ (?P<ordinal>[ivxl]{1,6}), nhiệm kỳ (?P<first>20\d\d) ?-"
)


class Term(NamedTuple):
    """A term as a draft says it, by its ordinal (khóa XII) or its first year (nhiệm kỳ 2020-2025); 0: not said."""

    ordinal: int = 0
    first: int = 0


NO_TERM = Term()


def read_term(match: re.Match[str]) -> Term:
    """Return the term that one of the patterns ``term_…`` has found."""
    said = match.groupdict()
    ordinal = said.get("ordinal") or said.get("nth")
    return Term(int(to_digits(ordinal))) if ordinal else Term(first=int(said.get("first") or 0))


def is_same_run(document: KnownDocument, date: str, term: Term, ordinals: Mapping[int, int]) -> bool:
    """Tell whether a document may be of the term (of the year, where it is not of the Party) that a draft says by a
    date, else by a term; ``ordinals``: the first years of the terms of the document's committee."""
    number = DocumentNumber(document.number)
    if number.year or not document.date:
        return True
    if not number.is_party:
        return not date or date[:4] == document.date[:4]
    own = _terms(document.date, not document.place)
    if date:
        said = _terms(date, not document.place)
        if not own or not said:
            return abs(int(date[:4]) - int(document.date[:4])) <= TERM_YEARS
        return bool(set(own) & set(said))
    first = ordinals.get(term.ordinal, 0) or (term.first if term.first % TERM_YEARS == int(not document.place) else 0)
    return not first or not own or first in own


def _terms(date: str, central: bool) -> tuple[int, ...]:
    year, month, *_ = [*map(int, date.split("-")), 0]
    return terms_at(year, month, central)


def known_terms(vocabulary: Vocabulary) -> dict[str, dict[int, int]]:
    """Return by province ('' for the centre) in which year each term began, by its ordinal: what records say
    (a plenum's resolution with its date, a congress of a province with its years), and from there back term by term,
    at the centre on to the next one too; a province that was merged counts anew."""
    found: dict[str, dict[int, int]] = {}
    for record in vocabulary.records.values():
        for ordinal, first in _told(record):
            place = record.province or ""
            steps = range(-1 if not place else 0, min(ordinal, (first - _EARLIEST) // TERM_YEARS + 1))
            for step in steps:
                found.setdefault(place, {}).setdefault(ordinal - step, first - TERM_YEARS * step)
    return found


def _told(record: DocumentRecord) -> Iterator[tuple[int, int]]:
    """Yield the terms that a record tells of: ordinal and first year."""
    date = record.date.value if record.date else None
    if record.province is None:
        for name in record.names:
            plenum, first = _PLENUM.search(fold(name)), term_of(date, central=True)
            if plenum and first:
                yield int(to_digits(plenum["ordinal"])), first
    elif record.title and (congress := _CONGRESS.search(fold(record.title.value))):
        yield int(to_digits(congress["ordinal"])), int(congress["first"])
