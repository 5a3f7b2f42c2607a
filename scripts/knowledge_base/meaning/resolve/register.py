"""The register of documents: every document that a record or a citation makes known, and which one a claim means.

Filled in passes, so that the order of articles does not matter: first what has a year (records, announced documents,
dated citations, years inside numbers), then what has none and must be matched, kept apart, or left open.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ...core.dates import PartialDate
from ...core.ids import DocumentKey, DocumentNumber, build_document_id, parse_document_id, series_of
from ...core.models import NamedDocument, Resolution
from ...core.text import fold, slug
from ...sources.vocabulary import Vocabulary
from .announced import find_announced
from .context import TOWN, UNTOLD, USUAL, Claim, Context, Said, first_parts, issuer_on_record, may_be_same, same_name
from .subjects import contradicts, fits, years_carried_out

_LIST = re.compile(r"(.*khóa )([IVXLC]+(?:(?:, | và )[IVXLC]+)+)\Z")


def _key(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name)))


UNKNOWN = Resolution(None, "chưa có trong kho")
SEVERAL = "nhiều văn bản có thể mang số này"
OTHER_SUBJECT = "câu nói về chủ đề, cơ quan hoặc thời gian khác với văn bản cùng số mà kho biết"
OTHER_TERM = "văn bản cùng số mà kho biết thuộc nhiệm kỳ khác"
SHARED = "nhiều cơ quan cùng dùng ký hiệu này và đánh số riêng; bài không cho biết là của cơ quan nào"


@dataclass(slots=True)
class RegisteredDocument:
    """A document under one id: what its key says, and the dates that texts give it. ``series`` is its numbering
    period; ``issuer`` is a name where the symbol does not decide it; ``home`` is the article that cites it without
    saying whose it is."""

    id: str
    type: str
    number: DocumentNumber
    place: str | None
    year: int | None = None
    series: int | None = None
    recorded: bool = False
    issuer: str | None = USUAL
    home: str | None = None
    dates: set[PartialDate] = field(default_factory=set)

    def is_later(self, at: PartialDate | None) -> bool:
        """Tell whether the document is younger than an article."""
        start = min(self.dates) if self.dates else PartialDate(self.year) if self.year else None
        return bool(at and start and start.earliest() > at.latest())

    def may_be(self, claim: Claim) -> bool:
        """Tell whether type and issuer of a claim allow this document; ``QĐ`` is told by the word in front."""
        kind, date = claim.citation.type, claim.citation.date
        kinds = claim.context.vocabulary.document_types
        general = any(kinds[each].general for each in (kind, self.type) if each in kinds)  # "Văn bản số 12/UBND-NC"
        typed = kind in (None, self.type) or general or (date is not None and date in self.dates)
        return typed and may_be_same(self.issuer, claim.issuer)

    def is_of_issuer(self, claim: Claim) -> bool:
        """Tell whether the issuer, if the symbol leaves it open, is surely this document's: named beside the
        citation, or the only one that its article names. Where it may be any of many, one candidate is not enough."""
        code, context = claim.code, claim.context
        if self._is_issued_by(claim) or code is None or self.home == context.article.id:
            return True
        if claim.issuer:
            return bool(self.issuer) or code.level == "tinh"
        named = context.issuers_named(code)
        if named:
            return len(named) == 1 and bool(self.issuer) and may_be_same(self.issuer, named[0])
        return code.level == "tinh" or (bool(self.issuer) and context.names_issuer(self.issuer or "", code))

    def agrees(self, claim: Claim) -> bool:
        """Tell whether a dated claim is surely of this document's issuer: named so, or of the very day."""
        date = claim.citation.date
        if date is None or not date.day:
            return self.is_of_issuer(claim)
        return self._is_issued_by(claim) or date in self.dates

    def _is_issued_by(self, claim: Claim) -> bool:
        return claim.issuer != UNTOLD and same_name(self.issuer, claim.issuer)

    def denies(self, date: PartialDate | None) -> bool:
        """Tell whether the days known speak against a date."""
        days = {known for known in self.dates if known.day}
        return bool(date and date.day and days and date not in days)


class Register:
    """All documents by id; answers which one a claim means."""

    def __init__(self, vocabulary: Vocabulary, contexts: Iterable[Context]) -> None:
        self.vocabulary = vocabulary
        self.entries: dict[str, RegisteredDocument] = {}
        self._by_number: dict[str | None, dict[str | None, list[RegisteredDocument]]] = defaultdict(dict)
        self._named: dict[tuple[str, str | None], set[str]] = defaultdict(set)
        """Ids of recorded documents by the folded words of a name, and place."""
        self._first_parts = {part for code in vocabulary.issuer_codes.values() for part in first_parts(code.shared_by)}
        # All documents are made known, from the surest to the least sure.
        contexts = sorted(contexts, key=lambda c: (c.at is None, c.at.iso if c.at else "", c.article.id))
        self._add_records()
        for context in contexts:
            self._add_announced(context)
        # Claims with number and type that no maintainer corrects, once each; those whose issuer is told come first.
        told: dict[tuple[Context, Said], Claim] = {}
        for context in contexts:
            for claim in context.claims:
                if claim.number and claim.citation.type and context.correction_for(claim.citation) is None:
                    told.setdefault((context, claim.said), claim)
        certain = sorted(told.values(), key=lambda claim: claim.issuer == UNTOLD)
        for claim in certain:
            self._add_dated(claim)
        for context in contexts:
            self._add_guessed(context)
        for claim in certain:  # an entry for an undated claim that no known document answers, one for each series
            resolution = self.resolve(claim)
            if not resolution.id and not resolution.candidates and claim.place_known:
                self._add_new(claim, None, self._series(claim))

    # -- filling -------------------------------------------------------------------------------

    def _add_records(self) -> None:
        for record in self.vocabulary.records.values():
            for name in record.names:
                self._named[_key(name), record.province].add(record.id)
            if record.number:
                number, date = record.number, record.date.value if record.date else None
                year = number.year or (date.year if date else None)
                series = self._series_at(number, date, record.province)
                entry = RegisteredDocument(record.id, record.type, number, record.province, year, series, recorded=True)
                named = issuer_on_record(number, record.issuer.value if record.issuer else None, self.vocabulary)
                entry.issuer = self._key_of_id(record.id).issuer or named
                entry.dates.update({date} if date else set())
                self._add(entry)

    def _add(self, entry: RegisteredDocument) -> RegisteredDocument:
        self.entries[entry.id] = entry
        self._by_number[entry.number].setdefault(entry.place, []).append(entry)
        return entry

    def _add_announced(self, context: Context) -> None:
        """Make known the document an article announces, when its front matter names it by an id of its own."""
        wanted = context.article.document
        if wanted is None or wanted in self.entries:
            return
        key = self._key_of_id(wanted)
        for claim in context.claims:
            number, kind = claim.number, claim.citation.type
            fits = not key.issuer or may_be_same(key.issuer, claim.issuer)
            if fits and number and kind and f"-{number.slug}-" in f"-{wanted}-":
                year, issuer = None if key.term else key.period, key.issuer or claim.issuer
                series = self._series(claim)
                self._add(RegisteredDocument(wanted, kind, number, claim.place, year, series, issuer=issuer))
                return

    def _key_of_id(self, wanted: str) -> DocumentKey:
        """Return what an id given by a maintainer holds; an empty key if it has not the usual form."""
        vocabulary = self.vocabulary
        try:
            return parse_document_id(wanted, vocabulary.document_types, vocabulary.provinces, self._first_parts)
        except ValueError:
            return DocumentKey("", "", None)

    def _add_dated(self, claim: Claim) -> None:
        """Make known the document of a claim that tells its year."""
        if claim.year is None or not claim.place_known or self._own(claim):
            return
        date = claim.citation.date
        entry = self._with_year(claim, claim.year)
        if entry is None and not self._of_year(claim, claim.year):
            series = self._series_at(claim.number, date or PartialDate(claim.year), claim.place)
            entry = self._add_new(claim, claim.year, series)
        if entry is not None and date:
            entry.dates.add(date)

    def _add_guessed(self, context: Context) -> None:
        """Make known the undated document an article seems to announce: its series is the article's."""
        claim = None if context.article.document else find_announced(context)
        if claim is None or claim.number is None or claim.citation.type is None or not claim.place_known:
            return
        series = self._series(claim)
        if series is None or any(other.year for other in (claim, *self._same(claim))):
            return
        known = [e for e in self._candidates(claim) if not e.is_later(context.at)]
        if not any(e.series in (series, None) for e in known):
            self._add_new(claim, None, series, by_series=True)

    def _add_new(
        self, claim: Claim, year: int | None, series: int | None, by_series: bool = False
    ) -> RegisteredDocument | None:
        """Add the document of a claim under the first id that is free: with its year (unless ``by_series``), else
        with its numbering period; None if both are taken, or belong to the usual issuer and this is another."""
        number, issuer, code, kind = claim.number, claim.issuer, claim.code, claim.citation.type
        untold = issuer == UNTOLD
        if number is None or kind is None or (untold and code and code.default):
            return None
        key = DocumentKey(kind, number, claim.place, year, issuer=slug(issuer or "") or None)
        keys = [] if by_series else [key]
        keys += [replace(key, period=series, term=number.is_party)] if series is not None else []
        identity = next((i for k in keys if (i := build_document_id(k)) not in self.entries), None)
        if identity is None:
            return None
        home = claim.context.article.id if untold else None
        if untold and code:
            named = claim.context.issuers_named(code)
            issuer = named[0] if len(named) == 1 else UNTOLD
        return self._add(RegisteredDocument(identity, kind, number, key.place, year, series, issuer=issuer, home=home))

    def _series(self, claim: Claim) -> int | None:
        """Return the numbering period of the article, for the issuer of this claim; where the article says for how
        many years the document has been carried out, that of so many years before."""
        at, years = claim.context.at, max(years_carried_out(c) for c in (claim, *self._same(claim)))
        return self._series_at(claim.number, PartialDate(at.year - years) if at and years else at, claim.place)

    def _series_at(self, number: DocumentNumber | None, date: PartialDate | None, place: str | None) -> int | None:
        """Return the numbering period of a date; None from a merger of provinces until the next congress,
        when the numbers of the new committee cannot be told from those of the old ones."""
        if number is None or date is None:
            return None
        series = series_of(number, date, place is None)
        province = self.vocabulary.provinces.get(place or "")
        if series is None or province is None or not number.is_party:
            return series
        mergers = [p.since for p in province.periods if p.since and len(p.made_of) > 1]
        return None if any(m.earliest() <= date.latest() and series < m.year for m in mergers) else series

    # -- asking --------------------------------------------------------------------------------

    def resolve(self, claim: Claim) -> Resolution:
        """Return the document a claim means, or None with the candidates; never a guess."""
        if corrected := claim.context.correction_for(claim.citation):
            return corrected
        if claim.number is None:
            return Resolution(None, "văn bản chưa đủ số, ký hiệu")
        if own := self._own(claim):
            return Resolution(own, "văn bản mà bài thông báo")
        if claim.doubt:
            here = self._candidates(replace(claim, place=claim.context.province))
            possible = tuple(sorted(e.id for e in here if not e.denies(claim.citation.date)))
            return Resolution(None, claim.doubt, possible, asks=claim.doubt != TOWN)
        if not claim.place_known:
            same = (e for entries in self._by_number.get(claim.number, {}).values() for e in entries if e.may_be(claim))
            anywhere = sorted(e.id for e in same if not e.is_later(claim.context.at))
            return Resolution(None, "chưa rõ cơ quan ban hành thuộc tỉnh, thành phố nào", tuple(anywhere))
        found = self._resolve_here(claim)
        return Resolution(None, SHARED) if found is UNKNOWN and claim.issuer == UNTOLD else found

    def is_older(self, identity: str, other: str) -> bool:
        """Tell whether one document was surely there before another: every date known of it lies before."""
        first, second = self.entries.get(identity), self.entries.get(other)
        days, later = (e.dates or ({PartialDate(e.year)} if e.year else set()) if e else set() for e in (first, second))
        return bool(days and later) and max(d.latest() for d in days) < min(d.earliest() for d in later)

    def resolve_name(self, mention: NamedDocument, context: Context) -> tuple[Resolution, ...]:
        """Return what a named document means: one resolution for each document its words list."""
        if corrected := context.correction_for(mention):
            return (corrected,)
        listed = _LIST.match(mention.name)  # "… khóa XI, XII" is one name for each
        names = [listed[1] + term for term in re.split(r", | và ", listed[2])] if listed else [mention.name]
        places = [context.province] if mention.local else [None, context.province]
        resolutions = []
        for name in names:
            found = sorted(next((ids for place in places if (ids := self._named.get((_key(name), place)))), ()))
            reason = "tên gọi chỉ nhiều văn bản" if found else "chưa có văn bản nào mang tên này trong kho"
            one = Resolution(found[0], "tên gọi có trong hồ sơ văn bản") if len(found) == 1 else None
            resolutions.append(one or Resolution(None, reason, tuple(found)))
        return tuple(resolutions)

    def _resolve_here(self, claim: Claim) -> Resolution:
        """Return the document of a claim among those of its place: by its year, by that of the same number elsewhere
        in the article, or by the article's own numbering period."""
        if claim.year is not None:
            entry = self._with_year(claim, claim.year)
            told_so = Resolution(entry.id, "trùng số, nơi ban hành và năm") if entry else None
            return told_so or _open(SHARED, self._of_year(claim, claim.year))
        told = ((other, other.year) for other in self._same(claim) if other.year)
        dated = {e.id for other, year in told if (e := self._with_year(replace(other, place=claim.place), year))}
        if len(dated) == 1:
            return Resolution(dated.pop(), "ngày nêu ở chỗ khác trong bài")
        possible = [e for e in self._candidates(claim) if not e.is_later(claim.context.at)]
        fitting = [e for e in possible if not self._is_contradicted(e, claim)]
        if possible and not fitting:
            return _open(OTHER_SUBJECT, possible)
        known = [e for e in fitting if e.is_of_issuer(claim)]
        series = self._series(claim)
        same = [e for e in known if series is not None and e.series == series]
        unknown = [e for e in known if e.series is None or series is None]
        again = len(same) == 1 and self._is_used_again(same[0], known) and not self._is_spoken_of(same[0], claim)
        if len(same) == 1 and not unknown and not again:
            return Resolution(same[0].id, "số này trong nhiệm kỳ hoặc năm của bài chỉ có một văn bản")
        only = len(known) == 1 and not same and (unknown or self._is_cited_in_passing(known[0], claim))
        if only:
            return Resolution(known[0].id, "văn bản duy nhất mang số này mà kho biết ở nơi ban hành đó")
        return _open(SEVERAL if len(known) > 1 else OTHER_TERM if known else SHARED, possible)

    @staticmethod
    def _is_used_again(entry: RegisteredDocument, known: Sequence[RegisteredDocument]) -> bool:
        """Tell whether a number of the centre is on record for an earlier term too: articles go on citing that one."""
        return entry.place is None and any(other.recorded for other in known if other is not entry)

    def _is_spoken_of(self, entry: RegisteredDocument, claim: Claim) -> bool:
        """Tell whether the text speaks of the subject of a document on record."""
        record = self.vocabulary.records.get(entry.id)
        return record is not None and any(fits(c, record) for c in (claim, *self._same(claim)))

    def _is_contradicted(self, entry: RegisteredDocument, claim: Claim) -> bool:
        record = self.vocabulary.records.get(entry.id)
        return record is not None and contradicts(claim, record)

    def _is_cited_in_passing(self, entry: RegisteredDocument, claim: Claim) -> bool:
        """Tell whether the only document known may be meant although its numbering period is not the article's: a
        recorded one of the centre of whose subject the text speaks, not told as new; never one of a province."""
        announced = find_announced(claim.context)
        as_new = announced is not None and announced.number == claim.number
        return entry.place is None and not as_new and self._is_spoken_of(entry, claim)

    def _own(self, claim: Claim) -> str | None:
        """Return the announced document's id if this claim has its number (and no other place or year)."""
        entry = self.entries.get(claim.context.article.document or "")
        if entry is None or entry.number != claim.number or not entry.may_be(claim):
            return None
        if claim.place_known and claim.place != entry.place:
            return None
        return entry.id if claim.year is None or entry.year is None or entry.year == claim.year else None

    def _with_year(self, claim: Claim, year: int) -> RegisteredDocument | None:
        """Return the document of that year which a claim surely means, else the only one, recorded without a year."""
        known = self._candidates(claim)
        series = self._series_at(claim.number, claim.citation.date, claim.place)
        exact = [e for e in known if e.year == year and (series is None or e.series in (series, None))]
        exact = [e for e in exact if e.agrees(claim)]
        if exact:
            return exact[0] if len(exact) == 1 or claim.issuer != UNTOLD else None
        only = known[0] if len(known) == 1 else None
        return only if only and only.year is None and only.recorded and only.is_of_issuer(claim) else None

    def _of_year(self, claim: Claim, year: int) -> list[RegisteredDocument]:
        """Return the documents of a year that a claim may mean, where the symbol leaves its issuer open."""
        known = [] if claim.issuer == USUAL else self._candidates(claim)
        return [e for e in known if e.year == year and not e.denies(claim.citation.date)]

    def _candidates(self, claim: Claim) -> list[RegisteredDocument]:
        """Return the documents with this number and place, of a type and an issuer that may be meant."""
        return [e for e in self._by_number.get(claim.number, {}).get(claim.place, ()) if e.may_be(claim)]

    @staticmethod
    def _same(claim: Claim) -> Iterator[Claim]:
        """Yield what the article claims, here or elsewhere, that may be of the same document."""
        same = claim.context.claims_by_number.get((claim.number, claim.citation.type), ())
        return (other for other in same if may_be_same(other.issuer, claim.issuer))


def _open(reason: str, entries: Sequence[RegisteredDocument]) -> Resolution:
    """Return that a claim is left open, with the documents it may mean; unknown if there are none."""
    return Resolution(None, reason, tuple(sorted(e.id for e in entries))) if entries else UNKNOWN
