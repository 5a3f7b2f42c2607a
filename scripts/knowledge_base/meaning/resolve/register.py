"""The register of documents: every document that a record or a citation makes known.

Built in two passes, so that the order of articles does not matter: first what has a year (records,
dated citations, years inside numbers), then what has none and must be matched, kept apart, or left
open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from ...core.dates import PartialDate
from ...core.ids import (
    DocumentKey,
    build_document_id,
    is_party_number,
    number_slug,
    parse_document_id,
    series_of,
    year_in_number,
)
from ...core.models import BodyRef, Citation, Resolution
from ...core.text import slug
from ...sources.vocabulary import Vocabulary
from .announced import find_announced
from .context import Context
from .issuers import (
    UNTOLD,
    USUAL,
    code_of,
    first_parts,
    has_usual_issuer,
    is_named_in,
    issuer_of,
    issuer_on_record,
    issuers_named,
    may_be_same,
    only_named,
    place_of,
    same_name,
)

Claim: TypeAlias = tuple[str | None, str | None, PartialDate | None, BodyRef | None, str | None]


def claim_of(citation: Citation) -> Claim:
    """Return what a citation says of its document."""
    return citation.number, citation.type, citation.date, citation.issuer, citation.issuer_name


def certain_first(contexts: Iterable[Context]) -> Iterator[tuple[Citation, Context]]:
    """Yield what articles cite with number and type, and maintainers do not correct; citations whose issuer is told
    come before those that may be of several."""
    untold = []
    for context in contexts:
        told: dict[Claim, Citation] = {}
        for citation in context.mentions.citations:
            if citation.number and citation.type and context.correction_for(citation) is None:
                told.setdefault(claim_of(citation), citation)
        for citation in told.values():
            if issuer_of(citation, context) == UNTOLD:
                untold.append((citation, context))
            else:
                yield citation, context
    yield from untold


class SameNumber:
    """Finds the citations of an article that have the same number."""

    def __init__(self) -> None:
        self._articles: dict[str, dict[tuple[str | None, str | None], dict[Claim, Citation]]] = {}

    def find(self, citation: Citation, context: Context) -> Iterator[Citation]:
        """Yield the citations of the article that may mean the same document, those that say the same once."""
        if context.article.id not in self._articles:
            numbered = self._articles[context.article.id] = defaultdict(dict)
            for other in context.mentions.citations:
                numbered[other.number, other.type].setdefault(claim_of(other), other)
        issuer = issuer_of(citation, context)
        same = self._articles[context.article.id].get((citation.number, citation.type), {})
        return (other for other in same.values() if may_be_same(issuer_of(other, context), issuer))


@dataclass(slots=True)
class RegisteredDocument:
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


UNKNOWN = Resolution(None, "chưa có trong kho")
NO_PLACE = "chưa rõ cơ quan ban hành thuộc tỉnh, thành phố nào"
SEVERAL = "nhiều văn bản có thể mang số này"
OTHER_TERM = "văn bản cùng số mà kho biết thuộc nhiệm kỳ khác"
SHARED = "nhiều cơ quan cùng dùng ký hiệu này và đánh số riêng; bài không cho biết là của cơ quan nào"


class Register:
    """All documents by id; answers which one a citation means."""

    def __init__(self, vocabulary: Vocabulary, contexts: Sequence[Context]) -> None:
        self.vocabulary = vocabulary
        contexts = sorted(contexts, key=lambda c: (c.at is None, c.at.iso if c.at else "", c.article.id))
        self.entries: dict[str, RegisteredDocument] = {}
        self._by_number: dict[tuple[str, str | None], list[RegisteredDocument]] = defaultdict(list)
        self._anywhere: dict[str, list[RegisteredDocument]] = defaultdict(list)
        self._same = SameNumber()
        self._answers: dict[tuple[str, Claim], Resolution] = {}
        self._complete = False
        self._announced = {c.article.id: c.article.document for c in contexts}
        self._first_parts = {part for code in vocabulary.issuer_codes.values() for part in first_parts(code)}
        self._add_records()
        for context in contexts:
            self._add_announced(context)
        for citation, context in certain_first(contexts):
            self._add_dated(citation, context)
        for context in contexts:
            self._add_guessed(context)
        for citation, context in certain_first(contexts):
            self._add_if_unanswered(citation, context)
        self._complete = True

    # -- filling -------------------------------------------------------------------------------

    def _add_records(self) -> None:
        for record in self.vocabulary.records.values():
            if record.number:
                date = record.date.value if record.date else None
                year = year_in_number(record.number) or (date.year if date else None)
                entry = RegisteredDocument(record.id, record.type, record.number, record.province, year, recorded=True)
                entry.series = self._series_at(record.number, date, record.province)
                entry.issuer = issuer_on_record(record.number, record.issuer, self.vocabulary)
                entry.issuer = self._key_of_id(record.id).issuer or entry.issuer
                entry.dates.update({date} if date else set())
                self._add(entry)

    def _add(self, entry: RegisteredDocument) -> RegisteredDocument:
        self.entries[entry.id] = entry
        self._by_number[entry.number, entry.place].append(entry)
        self._anywhere[entry.number].append(entry)
        return entry

    def _add_announced(self, context: Context) -> None:
        """Make known the document an article announces, when its front matter names it by an id of its own."""
        wanted = context.article.document
        if wanted is None or wanted in self.entries:
            return
        key = self._key_of_id(wanted)
        for citation in context.mentions.citations:
            if citation.number and citation.type and f"-{number_slug(citation.number)}-" in f"-{wanted}-":
                issuer = issuer_of(citation, context)
                if key.issuer and not may_be_same(key.issuer, issuer):
                    continue
                place, series = place_of(citation, context), self._series(citation, context)
                year, issuer = None if key.term else key.period, key.issuer or issuer
                self._add(
                    RegisteredDocument(wanted, citation.type, citation.number, place.id, year, series, issuer=issuer)
                )
                return

    def _add_guessed(self, context: Context) -> None:
        """Make known the undated document an article seems to announce: its series is the article's."""
        citation = None if context.article.document else find_announced(context)
        if citation is None or citation.number is None or citation.type is None:
            return
        place, series = place_of(citation, context), self._series(citation, context)
        if not place.known or series is None or self._years_told(citation, context):
            return
        known = [e for e in self._candidates(citation, place.id, context) if not e.is_later(context.at)]
        if not any(e.series in (series, None) for e in known):
            self._add_new(citation, context, None, series, by_series=True)

    def _key_of_id(self, wanted: str) -> DocumentKey:
        """Return what an id given by a maintainer holds; an empty key if it has not the usual form."""
        vocabulary = self.vocabulary
        try:
            return parse_document_id(wanted, vocabulary.document_types, vocabulary.provinces, self._first_parts)
        except ValueError:
            return DocumentKey("", "", None)

    def _add_dated(self, citation: Citation, context: Context) -> None:
        year, place = self._year(citation), place_of(citation, context)
        if year is None or not place.known or self._own(citation, context):
            return
        entry = self._with_year(citation, place.id, year, context)
        if entry is None and not self._of_year(citation, place.id, year, context):
            date = citation.date or PartialDate(year)
            entry = self._add_new(citation, context, year, self._series_at(citation.number or "", date, place.id))
        if entry is not None and citation.date:
            entry.dates.add(citation.date)

    def _add_if_unanswered(self, citation: Citation, context: Context) -> None:
        """Make an entry for an undated citation that no known document answers, one for each series."""
        place = place_of(citation, context)
        resolution = self.resolve(citation, context)
        if not resolution.id and not resolution.candidates and place.known:
            self._add_new(citation, context, None, self._series(citation, context))

    def _add_new(
        self, citation: Citation, context: Context, year: int | None, series: int | None, by_series: bool = False
    ) -> RegisteredDocument | None:
        """Add the document of a citation under the first id that is free: with its year (unless ``by_series``), else
        with its numbering period; None if both are taken, or belong to the usual issuer and this is another."""
        number, issuer = citation.number or "", issuer_of(citation, context)
        if issuer == UNTOLD and has_usual_issuer(number, self.vocabulary):
            return None
        place = place_of(citation, context).id
        key = DocumentKey(citation.type or "", number, place, year, issuer=slug(issuer or "") or None)
        keys = [] if by_series else [key]
        keys += [replace(key, period=series, term=is_party_number(number))] if series is not None else []
        identity = next((i for k in keys if (i := build_document_id(k)) not in self.entries), None)
        if identity is None:
            return None
        home = context.article.id if issuer == UNTOLD else None
        issuer = only_named(number, context) if issuer == UNTOLD else issuer
        return self._add(RegisteredDocument(identity, key.type, number, place, year, series, issuer=issuer, home=home))

    @staticmethod
    def _year(citation: Citation) -> int | None:
        return year_in_number(citation.number or "") or (citation.date.year if citation.date else None)

    def _series(self, citation: Citation, context: Context) -> int | None:
        """Return the numbering period of the article, for the issuer of this citation."""
        return self._series_at(citation.number or "", context.at, place_of(citation, context).id)

    def _series_at(self, number: str, date: PartialDate | None, place: str | None) -> int | None:
        """Return the numbering period of a date; None from a merger of provinces until the next congress,
        when the numbers of the new committee cannot be told from those of the old ones."""
        series = series_of(number, date, place is None)
        province = self.vocabulary.provinces.get(place or "")
        if series is None or date is None or province is None or not is_party_number(number):
            return series
        mergers = [p.since for p in province.periods if p.since and len(p.made_of) > 1]
        return None if any(m.earliest() <= date.latest() and series < m.year for m in mergers) else series

    def _years_told(self, citation: Citation, context: Context) -> bool:
        """Tell whether the article gives the year of this number, here or elsewhere."""
        return any(self._year(c) for c in (citation, *self._same.find(citation, context)))

    # -- asking --------------------------------------------------------------------------------

    def resolve(self, citation: Citation, context: Context) -> Resolution:
        """Return the document a citation means, or None with the candidates; never a guess."""
        correction = context.correction_for(citation)
        if correction is not None:
            return Resolution(correction.target, "theo đính chính trong tệp bài")
        if citation.number is None:
            return Resolution(None, "văn bản chưa đủ số, ký hiệu")
        if own := self._own(citation, context):
            return Resolution(own, "văn bản mà bài thông báo")
        place = place_of(citation, context)
        if not place.known:
            return Resolution(None, NO_PLACE, self._everywhere(citation, context))
        said = (context.article.id, claim_of(citation))
        if said in self._answers:
            return self._answers[said]
        found = self._resolve_here(citation, place.id, context)
        if found is UNKNOWN and issuer_of(citation, context) == UNTOLD:
            found = Resolution(None, SHARED)
        if self._complete:
            self._answers[said] = found
        return found

    def _resolve_here(self, citation: Citation, place: str | None, context: Context) -> Resolution:
        year = self._year(citation)
        if year is not None:
            entry = self._with_year(citation, place, year, context)
            if entry is not None:
                return Resolution(entry.id, "trùng số, nơi ban hành và năm")
            return _open(SHARED, self._of_year(citation, place, year, context))
        dated = {e.id for other in self._same.find(citation, context) if (e := self._dated(other, place, context))}
        if len(dated) == 1:
            return Resolution(dated.pop(), "ngày nêu ở chỗ khác trong bài")
        return self._by_series(citation, place, context)

    def _dated(self, citation: Citation, place: str | None, context: Context) -> RegisteredDocument | None:
        year = self._year(citation)
        return self._with_year(citation, place, year, context) if year else None

    def _by_series(self, citation: Citation, place: str | None, context: Context) -> Resolution:
        """Choose among documents of that number: those of the article's own numbering period come first."""
        possible = [e for e in self._candidates(citation, place, context) if not e.is_later(context.at)]
        known = [e for e in possible if e.is_of_issuer(citation, context)]
        series = self._series(citation, context)
        same = [e for e in known if series is not None and e.series == series]
        unknown = [e for e in known if e.series is None or series is None]
        if len(same) == 1 and not unknown:
            return Resolution(same[0].id, "số này trong nhiệm kỳ hoặc năm của bài chỉ có một văn bản")
        if not same and len(known) == 1 and self._may_be_meant(known[0], citation, context):
            return Resolution(known[0].id, "văn bản duy nhất mang số này mà kho biết ở nơi ban hành đó")
        return _open(SEVERAL if len(known) > 1 else OTHER_TERM if known else SHARED, possible)

    def _may_be_meant(self, entry: RegisteredDocument, citation: Citation, context: Context) -> bool:
        """Tell whether the only document known may be meant although its numbering period is not the article's.

        Yes where one of the periods is unknown (an article without date), and for a recorded document of
        the centre cited in passing; never for one told as new in another period, and not for a
        province: numbers restart there."""
        if entry.series is None or self._series(citation, context) is None:
            return True
        announced = find_announced(context)
        as_new = announced is not None and announced.number == citation.number
        return entry.recorded and entry.place is None and not as_new

    def _own(self, citation: Citation, context: Context) -> str | None:
        """Return the announced document's id if this citation has its number (and no other date)."""
        wanted = self._announced.get(context.article.id)
        entry = self.entries.get(wanted or "")
        if entry is None or entry.number != citation.number or not entry.may_be(citation, context):
            return None
        place = place_of(citation, context)
        if place.known and place.id != entry.place:
            return None
        year = self._year(citation)
        return entry.id if year is None or entry.year is None or entry.year == year else None

    def _with_year(
        self, citation: Citation, place: str | None, year: int, context: Context
    ) -> RegisteredDocument | None:
        known = self._candidates(citation, place, context)
        series = self._series_at(citation.number or "", citation.date, place)
        exact = [e for e in known if e.year == year and (series is None or e.series in (series, None))]
        exact = [e for e in exact if e.agrees(citation, context)]
        open_ = [e for e in known if e.year is None and e.recorded and e.is_of_issuer(citation, context)]
        if len(exact) > 1 and issuer_of(citation, context) == UNTOLD:
            return None
        return exact[0] if exact else open_[0] if len(open_) == 1 and len(known) == 1 else None

    def _of_year(self, citation: Citation, place: str | None, year: int, context: Context) -> list[RegisteredDocument]:
        """Return the documents of a year that a citation may mean, where the symbol leaves its issuer open."""
        known = [] if issuer_of(citation, context) == USUAL else self._candidates(citation, place, context)
        return [e for e in known if e.year == year and not e.denies(citation.date)]

    def _candidates(self, citation: Citation, place: str | None, context: Context) -> list[RegisteredDocument]:
        """Documents with this number and place, of a type and an issuer that may be meant."""
        return [e for e in self._by_number.get((citation.number or "", place), []) if e.may_be(citation, context)]

    def _everywhere(self, citation: Citation, context: Context) -> tuple[str, ...]:
        same = (e for e in self._anywhere.get(citation.number or "", []) if e.may_be(citation, context))
        return tuple(sorted(e.id for e in same if not e.is_later(context.at)))


def _open(reason: str, entries: Sequence[RegisteredDocument]) -> Resolution:
    """Return that a citation is left open, with the documents it may mean; unknown if there are none."""
    return Resolution(None, reason, tuple(sorted(e.id for e in entries))) if entries else UNKNOWN
