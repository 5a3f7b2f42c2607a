"""The register of documents: every document that a record or a citation makes known.

Built in two passes, so that the order of articles does not matter: first what has a year (records,
dated citations, years inside numbers), then what has none and must be matched, kept apart, or left
open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..dates import PartialDate
from ..ids import (
    DocumentKey,
    build_document_id,
    is_party_number,
    number_slug,
    parse_document_id,
    series_of,
    year_in_number,
)
from ..models import Citation, Resolution
from ..vocabulary import Vocabulary
from .announced import find_announced
from .context import Context
from .places import place_of

UNKNOWN = Resolution(None, "chưa có trong kho")
NO_PLACE = "chưa rõ cơ quan ban hành thuộc tỉnh, thành phố nào"
SEVERAL = "nhiều văn bản có thể mang số này"
OTHER_TERM = "văn bản cùng số mà kho biết thuộc nhiệm kỳ khác"


@dataclass(slots=True)
class Entry:
    """A document under one id: what its key says, and the dates that texts give it."""

    id: str
    type: str
    number: str
    place: str | None
    year: int | None = None
    series: int | None = None
    recorded: bool = False
    dates: set[PartialDate] = field(default_factory=set)

    def earliest(self) -> PartialDate | None:
        """The earliest moment the document is known to exist, if any."""
        return min(self.dates) if self.dates else PartialDate(self.year) if self.year else None


class Register:
    """All documents by id; answers which one a citation means."""

    def __init__(self, vocabulary: Vocabulary, contexts: Sequence[Context]) -> None:
        self.vocabulary = vocabulary
        contexts = sorted(contexts, key=lambda c: (c.at is None, c.at.iso if c.at else "", c.article.id))
        self.entries: dict[str, Entry] = {}
        self._by_number: dict[tuple[str, str | None], list[Entry]] = defaultdict(list)
        self._anywhere: dict[str, list[Entry]] = defaultdict(list)
        self._announced = {c.article.id: c.article.document for c in contexts}
        self._add_records()
        for context in contexts:
            self._add_announced(context)
        for context in contexts:
            self._add_dated(context)
        for context in contexts:
            self._add_guessed(context)
        self._add_undated(contexts)

    # -- filling -------------------------------------------------------------------------------

    def _add_records(self) -> None:
        for record in self.vocabulary.records.values():
            if record.number:
                date = record.date.value if record.date else None
                year = year_in_number(record.number) or (date.year if date else None)
                entry = Entry(record.id, record.type, record.number, record.province, year, recorded=True)
                entry.series = self._series_at(record.number, date, record.province)
                entry.dates.update({date} if date else set())
                self._add(entry)

    def _add(self, entry: Entry) -> Entry:
        self.entries[entry.id] = entry
        self._by_number[entry.number, entry.place].append(entry)
        self._anywhere[entry.number].append(entry)
        return entry

    def _add_announced(self, context: Context) -> None:
        """Make known the document an article announces, when its front matter names it by an id of its own."""
        wanted = context.article.document
        if wanted is None or wanted in self.entries:
            return
        for citation in context.mentions.citations:
            if citation.number and citation.type and f"-{number_slug(citation.number)}-" in f"-{wanted}-":
                place, year = place_of(citation, context), self._year_of_id(wanted)
                series = self._series(citation, context)
                self._add(Entry(wanted, citation.type, citation.number, place.id, year, series))
                return

    def _add_guessed(self, context: Context) -> None:
        """Make known the undated document an article seems to announce: its series is the article's."""
        citation = None if context.article.document else find_announced(context)
        if citation is None or citation.number is None or citation.type is None:
            return
        place, series = place_of(citation, context), self._series(citation, context)
        if not place.known or series is None or self._years_told(citation, context):
            return
        known = [e for e in self._candidates(citation, place.id) if not self._later(e, context.at)]
        if not any(e.series in (series, None) for e in known):
            key = DocumentKey(citation.type, citation.number, place.id, series, is_party_number(citation.number))
            self._add(Entry(build_document_id(key), key.type, key.number, key.place, series=series))

    def _year_of_id(self, wanted: str) -> int | None:
        """Return the year that an id given by a maintainer holds, if it has the usual form."""
        try:
            key = parse_document_id(wanted, self.vocabulary.document_types, self.vocabulary.provinces)
        except ValueError:
            return None
        return None if key.term else key.period

    def _add_dated(self, context: Context) -> None:
        for citation in context.mentions.citations:
            if not self._counts(citation, context) or self._own(citation, context):
                continue
            year = self._year(citation)
            if year is None or citation.number is None or citation.type is None:
                continue
            place = place_of(citation, context)
            if not place.known:
                continue
            entry = self._with_year(citation, place.id, year) or self._new(citation, place.id, year)
            entry.dates.update({citation.date} if citation.date else set())

    def _add_undated(self, contexts: Sequence[Context]) -> None:
        """Make an entry for each undated citation that no known document answers, one for each series."""
        for context in contexts:
            for citation in context.mentions.citations:
                if self._counts(citation, context) and citation.number and citation.type:
                    self._add_if_unanswered(citation, context)

    def _add_if_unanswered(self, citation: Citation, context: Context) -> None:
        place = place_of(citation, context)
        resolution = self.resolve(citation, context)
        if resolution.id or resolution.candidates or not place.known or citation.type is None or not citation.number:
            return
        series = self._series(citation, context)
        key = DocumentKey(citation.type, citation.number, place.id)
        if build_document_id(key) in self.entries:
            key = DocumentKey(key.type, key.number, key.place, series, is_party_number(citation.number))
        self._add(Entry(build_document_id(key), key.type, key.number, key.place, series=series))

    def _new(self, citation: Citation, place: str | None, year: int) -> Entry:
        key = DocumentKey(citation.type or "", citation.number or "", place, year)
        series = self._series_at(key.number, citation.date or PartialDate(year), place)
        identity = build_document_id(key)
        if identity in self.entries and series is not None:
            identity = build_document_id(DocumentKey(key.type, key.number, place, series, term=True))
        return self._add(Entry(identity, key.type, key.number, place, year, series))

    @staticmethod
    def _counts(citation: Citation, context: Context) -> bool:
        return citation.number is not None and context.correction_for(citation) is None

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
        return any(self._year(c) for c in (citation, *self._same_number(citation, context)))

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
            return Resolution(None, NO_PLACE, self._everywhere(citation, context.at))
        return self._resolve_here(citation, place.id, context)

    def _resolve_here(self, citation: Citation, place: str | None, context: Context) -> Resolution:
        year = self._year(citation)
        if year is not None:
            entry = self._with_year(citation, place, year)
            return Resolution(entry.id, "trùng số, nơi ban hành và năm") if entry else UNKNOWN
        dated = {e.id for other in self._same_number(citation, context) if (e := self._dated(other, place))}
        if len(dated) == 1:
            return Resolution(dated.pop(), "ngày nêu ở chỗ khác trong bài")
        return self._by_series(citation, place, context)

    def _dated(self, citation: Citation, place: str | None) -> Entry | None:
        year = self._year(citation)
        return self._with_year(citation, place, year) if year else None

    def _by_series(self, citation: Citation, place: str | None, context: Context) -> Resolution:
        """Choose among documents of that number: those of the article's own numbering period come first."""
        known = [e for e in self._candidates(citation, place) if not self._later(e, context.at)]
        series = self._series(citation, context)
        same = [e for e in known if series is not None and e.series == series]
        unknown = [e for e in known if e.series is None or series is None]
        if len(same) == 1 and not unknown:
            return Resolution(same[0].id, "số này trong nhiệm kỳ hoặc năm của bài chỉ có một văn bản")
        if not same and len(known) == 1 and self._may_be_meant(known[0], citation, context):
            return Resolution(known[0].id, "văn bản duy nhất mang số này mà kho biết ở nơi ban hành đó")
        if not known:
            return UNKNOWN
        reason = SEVERAL if len(known) > 1 else OTHER_TERM
        return Resolution(None, reason, tuple(sorted(e.id for e in known)))

    def _may_be_meant(self, entry: Entry, citation: Citation, context: Context) -> bool:
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
        if entry is None or entry.number != citation.number or not self._same_type(citation, entry):
            return None
        place = place_of(citation, context)
        if place.known and place.id != entry.place:
            return None
        year = self._year(citation)
        return entry.id if year is None or entry.year is None or entry.year == year else None

    def _with_year(self, citation: Citation, place: str | None, year: int) -> Entry | None:
        known = self._candidates(citation, place)
        series = self._series_at(citation.number or "", citation.date, place)
        exact = [e for e in known if e.year == year and (series is None or e.series in (series, None))]
        open_ = [e for e in known if e.year is None and e.recorded]
        return exact[0] if exact else open_[0] if len(open_) == 1 and len(known) == 1 else None

    def _candidates(self, citation: Citation, place: str | None) -> list[Entry]:
        """Documents with this number and place; ``QĐ`` is told by the word in front, if both are known."""
        return [e for e in self._by_number.get((citation.number or "", place), []) if self._same_type(citation, e)]

    @staticmethod
    def _same_type(citation: Citation, entry: Entry) -> bool:
        return citation.type in (None, entry.type) or (citation.date is not None and citation.date in entry.dates)

    def _everywhere(self, citation: Citation, at: PartialDate | None) -> tuple[str, ...]:
        same = (e for e in self._anywhere.get(citation.number or "", []) if self._same_type(citation, e))
        return tuple(sorted(e.id for e in same if not self._later(e, at)))

    @staticmethod
    def _later(entry: Entry, at: PartialDate | None) -> bool:
        """Tell whether the document is younger than the article."""
        start = entry.earliest()
        return bool(at and start and start.earliest() > at.latest())

    @staticmethod
    def _same_number(citation: Citation, context: Context) -> Iterable[Citation]:
        return (c for c in context.mentions.citations if c.number == citation.number and c.type == citation.type)
