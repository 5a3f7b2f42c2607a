"""Find which documents the rows of a register replace, and which replace them: surely, or as a question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..core.dates import PartialDate
from ..core.text import fold, slug
from ..meaning.resolve.context import Claim
from ..sources.diagnosis import quoted
from ..sources.text_files import NATIONAL_FOLDER
from ..sources.vocabulary.phrases import PhraseList
from ..sources.vocabulary.schemas import DocumentRecord, StatedRelation
from .records import RowReader, RowReading

_PARTLY = re.compile(r"một phần|sửa đổi|bổ sung|đính chính|bãi bỏ|hủy bỏ|khoản \d|điều \d|điểm [a-zđ]\b")
"""Words that make of a replacement something else."""


@dataclass(slots=True)
class Replacements:
    """Finds which documents the rows' documents replace, and which replace them."""

    reader: RowReader
    records: Mapping[str, DocumentRecord]
    made: Mapping[str, RowReading]

    @property
    def _replaces(self) -> str | None:
        """The relation of a document that replaces another; None if the vocabulary has none."""
        kinds = self.reader.vocabulary.relations.values()
        return next((kind.id for kind in kinds if kind.role == "thay-the" and not kind.part_of), None)

    def relate(self, readings: Iterable[RowReading]) -> None:
        """Add relations to the drafts; ask where documents or direction are not sure."""
        for reading in readings:
            if reading.record is None:
                continue
            own = self.records.get(reading.known or "") or self._latest(reading.record)
            columns = (PhraseList.REPLACES_COLUMN, PhraseList.REPLACED_COLUMN, PhraseList.REPLACEMENT_COLUMN)
            for column in columns:
                if words := reading.row.words(column):
                    self._relate(reading, own, column, words)

    def _latest(self, record: DocumentRecord) -> DocumentRecord:
        """Return a record with the relations that it has by now."""
        made = self.made.get(record.id)
        return made.record if made and made.record else record

    def _relate(self, reading: RowReading, own: DocumentRecord, column: PhraseList, words: str) -> None:
        place = own.province or NATIONAL_FOLDER
        context = self.reader.context(words, place)
        claims = context.claims if context else ()
        do = f"Biết thì ghi relations ở văn bản ra sau: {{relation: {self._replaces}, target: mã, evidence: …}}"
        if not self._replaces or not claims or any(c.number is None for c in claims) or _PARTLY.search(fold(words)):
            reading.ask(f"Cột thay thế ghi {quoted(words)}: văn bản nào, quan hệ gì?", do)
            return
        for claim in claims:
            sure, possible = self._find(claim)
            if sure is None:
                names = f": có phải {' hay '.join(possible)}" if possible else ", chưa có trong kho: là văn bản nào"
                reading.ask(f"Cột thay thế ghi {quoted(claim.citation.text)}{names}?", do)
            else:
                self._add(reading, own, column, sure)

    def _find(self, claim: Claim) -> tuple[DocumentRecord | None, list[str]]:
        """Return the one document that is surely meant, or None and those that may be."""
        pool = {**self.records, **{i: r.record for i, r in self.made.items() if r.record}}
        fitting = [
            r
            for r in pool.values()
            if r.number == claim.number
            and claim.citation.type in {None, r.type}
            and (r.province == claim.place or not claim.place_known)
            and (not claim.issuer or slug(claim.issuer) in r.id)
        ]
        years = {r.id: r.number.year or (r.date.value.year if r.date else None) for r in fitting if r.number}
        exact = [r for r in fitting if claim.year is not None and years[r.id] == claim.year]
        possible = [r.id for r in fitting if claim.year is None or years[r.id] in {None, claim.year}]
        return (exact[0], []) if len(exact) == 1 and claim.place_known else (None, sorted(possible))

    def _add(self, reading: RowReading, own: DocumentRecord, column: PhraseList, other: DocumentRecord) -> None:
        """Add a relation to the later of two documents, if that is the one that the column says."""
        order = _order(own, other)
        if column is PhraseList.REPLACEMENT_COLUMN and order:
            column = PhraseList.REPLACES_COLUMN if order > 0 else PhraseList.REPLACED_COLUMN
        forward = column is PhraseList.REPLACES_COLUMN
        new, old = (own, other) if forward else (other, own)
        sign = order if forward else -order
        link = f"{{relation: {self._replaces}, target: mã văn bản ra trước, evidence: …}}"
        do = f"Ghi ở văn bản ra sau: relations: [{link}]"
        if column is PhraseList.REPLACEMENT_COLUMN or sign < 0 or own.id == other.id:
            reading.ask(f"{own.id} thay thế {other.id}, hay ngược lại?", do)
            return
        if any((r.relation, r.target) == (self._replaces, old.id) for r in self._latest(new).relations):
            return
        target = self.made.get(new.id)
        if target is None or target.record is None:
            relation = f"relations: [{{relation: {self._replaces}, target: {old.id}, evidence: …}}]"
            reading.ask(f"{new.id} đã thay thế {old.id} phải không?", f"Phải thì thêm vào mục {new.id}: {relation}")
            return
        stated = {"relation": self._replaces, "target": old.id, "evidence": self.reader.source.evidence(reading.row)}
        relations = (*target.record.relations, StatedRelation.model_validate(stated))
        target.record = target.record.model_copy(update={"relations": relations})


def _order(one: DocumentRecord, other: DocumentRecord) -> int:
    """Return 1 if ``one`` is surely the later of two documents, -1 if the earlier, 0 if that is not known."""
    first, second = (
        r.date.value if r.date else PartialDate(r.number.year) if r.number and r.number.year else None
        for r in (one, other)
    )
    if first is None or second is None:
        return 0
    return (first.earliest() > second.latest()) - (first.latest() < second.earliest())
