"""Make drafts of records out of the rows of a register: what is sure is a fact, what is not is a question.

Numbers, issuers and places are read by the grammar that reads them in articles. Nothing that is in the base already is
made again, and nothing of it is changed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ..checks.records import same_time
from ..core.dates import PartialDate
from ..core.ids import DocumentKey, build_document_id
from ..core.models import ArticleFacts, FactSource, Level
from ..core.text import fold, slug, view
from ..importing.plain import make_article
from ..meaning.knowledge.collect import read_context
from ..meaning.knowledge.status import Force, read_force
from ..meaning.resolve.context import UNTOLD, USUAL, Claim, Context, before_merger, resolve_ref
from ..mentions.citations.symbols import SymbolReader
from ..mentions.finders import Finders
from ..sources.diagnosis import is_plausible, quoted
from ..sources.text_files import NATIONAL_FOLDER, RawFile
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.evidence import Evidence
from ..sources.vocabulary.phrases import PhraseList
from ..sources.vocabulary.schemas import DocumentRecord, DocumentType
from .listing import Row
from .provided import read_date
from .questions import Question


@dataclass(frozen=True, slots=True)
class ListSource:
    """The register that was read: the ``name`` of its file, the ``office`` that keeps it, its ``url`` if it is
    published, the day it was ``read``, the day it is ``dated``; its ``province`` (``trung-uong``: of the centre)."""

    name: str
    read: PartialDate
    office: str | None = None
    url: str | None = None
    dated: PartialDate | None = None
    province: str | None = None

    def evidence(self, row: Row) -> tuple[Evidence, ...]:
        """Return what was read for a row: the register, there; nothing as long as nobody says whose it is."""
        if not self.office:
            return ()
        where = f"danh sách {self.name}, {row.place}"
        known = {"url": self.url, "read": self.read.iso, "dated": self.dated.iso if self.dated else None}
        given = {key: value for key, value in known.items() if value}
        return (Evidence.model_validate({"host": self.office, "page": where, "kind": "danh-sach", **given}),)


def place_of_office(office: str, finders: Finders) -> str | None:
    """Return the province of an office, as its name tells it; None for one of the centre, or of no known place."""
    places = {body.ref.place for body in finders.find_in(office)[1].bodies if body.ref.place}
    return places.pop() if len(places) == 1 else None


@dataclass(slots=True)
class RowReading:
    """What was made of a row. ``record`` is None where it is not sure which document it is; ``issuer`` is the name that
    belongs to its identity where several bodies share its symbol. ``known`` is the record that the base, or an earlier
    row, has of it; ``differs`` what they say otherwise, in words."""

    row: Row
    record: DocumentRecord | None = None
    issuer: str | None = USUAL
    questions: list[Question] = field(default_factory=list)
    known: str | None = None
    differs: list[str] = field(default_factory=list)

    def ask(self, ask: str, do: str, *, must: bool = False) -> None:
        """Add a question."""
        self.questions.append(Question(ask, do, must=must))


def ask_of_list(source: ListSource, readings: Iterable[RowReading], swapped: bool) -> Iterator[Question]:
    """Yield what nobody knows of the register as a whole."""
    if not source.office:
        do = "Chạy lại với --office “tên cơ quan” (xóa tệp nháp trước), hoặc ghi evidence vào từng mục"
        yield Question("Danh sách này do cơ quan nào lập?", do, must=True)
    if not source.dated and any(r.record and r.record.status for r in readings):
        do = "Chạy lại với --dated ngày ấy (xóa tệp nháp trước): tình trạng chỉ đúng đến ngày đó"
        yield Question("Danh sách này lập hoặc cập nhật đến ngày nào?", do)
    if swapped:
        do = "Xem lại từng ngày rồi ghi đủ ngày, tháng; bản nháp chỉ ghi năm ở những dòng ấy"
        ask = "Cột ngày có chỗ là chữ, có chỗ Excel đã hiểu thành ngày: Excel có đổi chỗ ngày và tháng không?"
        yield Question(ask, do, must=True)


# -- days ------------------------------------------------------------------------------------------

_MONTHS = 12


def is_swapped(rows: Iterable[Row]) -> bool:
    """Tell a column in which Excel took days for months: of "05/12/2023" it made a date, the 12th of May, and left
    "27/10/2023" as text, for there is no 27th month."""
    cells = [row.cells[PhraseList.DATE_COLUMN] for row in rows if PhraseList.DATE_COLUMN in row.cells]
    days = [cell.day for cell in cells if isinstance(cell, datetime.date)]
    told = [date.day for cell in cells if isinstance(cell, str) and (date := read_date(cell))]
    return bool(days) and max(days) <= _MONTHS and bool(told) and all(day > _MONTHS for day in told)


# -- one row ---------------------------------------------------------------------------------------

_NUMBER_SIGN = re.compile(r"số\s{0,3}:?\s{0,3}(?=\d)")
_ABOUT = re.compile(r"(?:số\s\S{1,40}\s.{0,80}?)?(?:v/v|về việc|về)(?::|\s)\s{0,3}")
"""What stands between a type and what the document is about: "số 34-CT/TU ngày 27-10-2023 về"."""
_QUOTED = re.compile(r'\A(?:"([^"]*)"|“([^“”]*)”)\Z')
_LONGEST_TITLE = 700
"""Characters: no title on record has half of it; longer text is no title. Chosen by hand."""
_MEND = "Sửa ô ấy trong bảng tính (định dạng Text), rồi chạy lại"


class RowReader:
    """Reads rows with what the vocabulary knows."""

    def __init__(self, source: ListSource, vocabulary: Vocabulary, finders: Finders, swapped: bool) -> None:
        self.source, self.vocabulary, self.finders, self.swapped = source, vocabulary, finders, swapped
        self._symbols = SymbolReader(vocabulary)

    def context(self, words: str, place: str | None) -> Context | None:
        """Return words as an article of that place and of the register's day would be read; None if they are no text.

        What an office of a merged province lists from before the merger may be of any of its parts."""
        article, _ = make_article(RawFile(self.source.name, "danh-sach", "", b""), words, [])
        if article is None or article.text != words:
            return None
        national = place == NATIONAL_FOLDER
        given: dict[str, object] = {"province": None if national else place, "national": national}
        given["published"] = self.source.dated or self.source.read
        facts = ArticleFacts.found(FactSource.PROVIDED, **given)
        return read_context(replace(article, facts=facts), self.vocabulary, self.finders)

    def read(self, row: Row) -> RowReading:
        """Return the draft of a row's document, and what must be asked of it."""
        reading = RowReading(row)
        words = self._number_words(reading)
        if not words:
            return reading
        stated = self._stated_type(reading)
        title = row.words(PhraseList.TITLE_COLUMN)
        kind = stated or self._type_before(title)
        date = self._date(reading, PhraseList.DATE_COLUMN)
        day = f", ngày {date.vietnamese}" if date and date.day else ""
        sentence = f"{f'{kind.name} ' if kind else ''}số {words}{day}"
        issuer = row.words(PhraseList.ISSUER_COLUMN)
        context = self.context(f"{sentence} của {issuer}" if issuer else sentence, self.source.province)
        claim = self._claim(reading, words, kind, context)
        if context is None or claim is None or not self._is_settled(reading, claim, stated, date):
            return reading
        body = self._issuer(reading, context, len(f"{sentence} của "), date) if issuer else None
        if date and claim.number and claim.number.year not in {None, date.year}:
            reading.ask(f"Ngày {date.vietnamese} không khớp với năm trong {claim.number}: ngày nào đúng?", "Thêm date")
            date = None
        self._record(reading, claim, body, date, self._title(reading, title, claim.citation.type))
        return reading

    def _number_words(self, reading: RowReading) -> str:
        """Return the number with its symbol as written; '' where there is none to read."""
        for column in (PhraseList.NUMBER_COLUMN, PhraseList.SYMBOL_COLUMN):
            if isinstance(cell := reading.row.cells.get(column), datetime.date):
                ask = f"Ô số, ký hiệu là ngày {cell:%d-%m-%Y}: có phải Excel đã đổi số, ký hiệu thành ngày không?"
                reading.ask(ask, _MEND, must=True)
                return ""
        parts = (reading.row.words(c) for c in (PhraseList.NUMBER_COLUMN, PhraseList.SYMBOL_COLUMN))
        words = " ".join(filter(None, parts))
        sign = _NUMBER_SIGN.match(fold(words))
        words = words[sign.end() :] if sign else words
        if not words:
            reading.ask("Văn bản này có số, ký hiệu không?", "Có thì điền vào bảng tính rồi chạy lại", must=True)
        elif words.replace(".", "").replace(",", "").isdigit():
            reading.ask(f"Ô chỉ ghi số {quoted(words)}: số, ký hiệu đầy đủ là gì?", _MEND, must=True)
            return ""
        return words

    def _stated_type(self, reading: RowReading) -> DocumentType | None:
        """Return the type that its column names, in full or by its code."""
        words = reading.row.words(PhraseList.TYPE_COLUMN)
        kinds = self.vocabulary.document_types.values()
        named = [k for k in kinds if fold(words) in map(fold, (k.name, *k.names))]
        named = named or [k for k in kinds if words.upper() in k.codes]
        if words and not named:
            reading.ask(f"{quoted(words)} là loại văn bản nào?", "Xem lại dòng type")
        return named[0] if len(named) == 1 else None

    def _type_before(self, title: str) -> DocumentType | None:
        """Return the type that a title begins with: "Chỉ thị về …"."""
        folded = fold(title)
        found = [k for k in self.vocabulary.document_types.values() if folded.startswith(f"{fold(k.name)} ")]
        return max(found, key=lambda kind: len(kind.name), default=None)

    def _date(self, reading: RowReading, column: PhraseList) -> PartialDate | None:
        """Return the day in a column as exact as it is sure; ask where it is not."""
        cell = reading.row.cells.get(column)
        if cell is None:
            return None
        words = f"{cell:%d/%m/%Y}" if isinstance(cell, datetime.date) else reading.row.words(column)
        date = read_date(words)
        if date is None or not is_plausible(date):
            reading.ask(f"{quoted(words)} là ngày nào?", "Thêm ngày ấy vào mục, dạng 2023-10-27")
            return None
        if column is PhraseList.DATE_COLUMN and date.earliest() > self.source.read.latest():
            reading.ask(f"Ngày {date.vietnamese} chưa tới: ngày đúng là ngày nào?", "Thêm ngày đúng vào mục")
            return None
        return PartialDate(date.year) if self.swapped and isinstance(cell, datetime.date) else date

    def _claim(
        self, reading: RowReading, words: str, kind: DocumentType | None, context: Context | None
    ) -> Claim | None:
        """Return what the row says of its document, if its number alone and its number beside type, day and issuer
        are read as the same."""
        seen = view(words)
        symbol = self._symbols.read_at(seen, 0, kind)
        claims = context.claims if context else ()
        whole = symbol is not None and symbol.end == len(seen)
        if symbol and whole and len(claims) == 1 and claims[0].citation.level is Level.FULL:
            if claims[0].number == symbol.number:
                return claims[0]
            ask = f"Số, ký hiệu là {symbol.number} hay {claims[0].number} (theo loại văn bản và cơ quan ghi cùng dòng)?"
            reading.ask(ask, _MEND, must=True)
            return None
        reading.ask(f"{quoted(words)} không đọc được là một số, ký hiệu: viết đúng thế nào?", _MEND, must=True)
        return None

    def _is_settled(
        self, reading: RowReading, claim: Claim, stated: DocumentType | None, date: PartialDate | None
    ) -> bool:
        """Tell whether type, place and issuer of a document are known, so that it has an identity; ask if not."""
        kind, number = self.vocabulary.document_types.get(claim.citation.type or ""), claim.number
        placed = claim.citation.issuer is not None and claim.citation.issuer.place is not None
        merged = claim.place and date and not placed and before_merger(claim.place, claim.context, date)
        if kind is None:
            reading.ask(f"{number} là loại văn bản nào?", "Điền cột loại văn bản, rồi chạy lại", must=True)
        elif stated and stated.id != kind.id:
            ask = f"{number} là {kind.name} (theo ký hiệu) hay {stated.name} (theo cột loại văn bản)?"
            reading.ask(ask, _MEND, must=True)
        elif claim.doubt or merged:
            why = claim.doubt or "có trước khi hợp nhất, chưa rõ của tỉnh, thành phố nào được hợp nhất"
            reading.ask(f"{number} là của cơ quan nào ({why})?", "Ghi đủ tên cơ quan, rồi chạy lại", must=True)
        elif not claim.place_known:
            do = "Chạy lại với --province mã của tỉnh (“trung ương” nếu của cả nước), hoặc ghi đủ tên cơ quan"
            reading.ask(f"{number} là văn bản của tỉnh, thành phố nào?", do, must=True)
        elif claim.issuer == UNTOLD:
            do = "Điền cột cơ quan ban hành, rồi chạy lại: nhiều nơi dùng chung ký hiệu này"
            reading.ask(f"{number} do cơ quan nào ban hành?", do, must=True)
        else:
            return True
        return False

    def _issuer(self, reading: RowReading, context: Context, start: int, date: PartialDate | None) -> str | None:
        """Return the id of the body named as issuer; None where it has none, or is not sure."""
        words = context.article.text[start:]
        named = [b for b in context.mentions.bodies if (b.start, b.end) == (start, len(context.article.text))]
        meant = resolve_ref(named[0].ref, context, date) if named else None
        if meant and meant.id:
            return meant.id
        if context.claims[0].issuer is USUAL:  # else its name stands in the id
            why = f" ({meant.reason})" if meant else ""
            reading.ask(f"Cơ quan ban hành {quoted(words)} là cơ quan nào{why}?", "Thêm issuer: mã trong bodies.yml")
        return None

    def _title(self, reading: RowReading, title: str, of_type: str | None) -> str | None:
        """Return what a document is about: its title without type, number and "về", without quotation marks around the
        whole and stops at the end; None where there is none, or one too long."""
        words = _QUOTED.sub(r"\1\2", title.strip(" .;")).strip(" .;")
        if not words or isinstance(reading.row.cells.get(PhraseList.TITLE_COLUMN), datetime.date | int | float):
            return None
        if len(words) > _LONGEST_TITLE:
            do = f"Thêm title, ngắn hơn {_LONGEST_TITLE} chữ"
            reading.ask("Trích yếu quá dài: đâu là trích yếu của văn bản?", do)
            return None
        rest = words
        kind = self.vocabulary.document_types.get(of_type or "")
        if kind and fold(words).startswith(f"{fold(kind.name)} "):
            rest = words[len(kind.name) :].lstrip()
        about = _ABOUT.match(fold(rest))
        return rest[about.end() :] if about else words

    def _record(
        self, reading: RowReading, claim: Claim, body: str | None, date: PartialDate | None, title: str | None
    ) -> None:
        """Put the record of a settled row together."""
        row, kind, number = reading.row, claim.citation.type, claim.number
        if kind is None or number is None:
            return
        year = number.year or (date.year if date else None)
        key = DocumentKey(kind, number, claim.place, year, issuer=slug(claim.issuer or "") or None)
        evidence = self.source.evidence(row)
        data: dict[str, object] = {
            "id": build_document_id(key), "draft": True, "type": kind, "number": str(number), "province": claim.place,
            "issuer": body, "title": title, "date": date, "in_force": self._date(reading, PhraseList.IN_FORCE_COLUMN),
            "status": self._status(reading),
        }  # fmt: skip
        for name in ("issuer", "title", "date", "in_force", "status"):
            if (value := data[name]) is not None:
                data[name] = {"value": value, "evidence": evidence}
        reading.record = DocumentRecord.model_validate({k: v for k, v in data.items() if v is not None})
        reading.issuer = claim.issuer
        if year is None:
            do = "Thêm date vào mục và năm vào cuối id; không biết thì giữ nguyên"
            reading.ask(f"{number} ban hành ngày nào?", do, must=True)

    def _status(self, reading: RowReading) -> str | None:
        """Return the status that its column names, if it is one."""
        words = reading.row.words(PhraseList.STATUS_COLUMN)
        force = read_force(words)
        if words and force is None:
            do = f"Biết thì thêm status, một trong: {', '.join(f.value for f in Force if f is not Force.UNCHECKED)}"
            reading.ask(f"{quoted(words)} là tình trạng gì?", do)
        return words if force not in {None, Force.UNCHECKED} else None


# -- what is there already -------------------------------------------------------------------------

_FACTS = {
    "issuer": "cơ quan ban hành",
    "title": "trích yếu",
    "date": "ngày",
    "in_force": "hiệu lực",
    "status": "tình trạng",
}


def record_keys(record: DocumentRecord) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return by what a record is looked up: its id; its type, number and place."""
    return (record.id,), (record.type, slug(record.number or ""), record.province or "")


def find_known(reading: RowReading, new: DocumentRecord, known: Mapping[tuple[str, ...], list[DocumentRecord]]) -> None:
    """Tell the record that is there already of a row's document; ask about one that may be."""
    own, alike_key = record_keys(new)
    same = known.get(own, [])
    if not same and reading.issuer is USUAL:
        alike = known.get(alike_key, [])
        same = [r for r in alike if same_time(r, new)]
        unsure = [r for r in alike if not r.date or not new.date]
        if not same and unsure:
            names = " hay ".join(r.id for r in unsure)
            do = "Phải thì bổ sung vào đó và xóa mục nháp này"
            reading.ask(
                f"Kho, hoặc một dòng ở trên, đã có {names}, chưa rõ ngày: có phải văn bản này không?", do, must=True
            )
    if same:
        reading.known, reading.differs = same[0].id, list(_differences(same[0], new))


def _differences(old: DocumentRecord, new: DocumentRecord) -> Iterator[str]:
    """Yield what two records of one document say otherwise, in words; what only one of them says as well."""
    for key, name in _FACTS.items():
        had, got = getattr(old, key), getattr(new, key)
        if got is None:
            continue
        if had is None:
            yield f"{name}: kho chưa ghi, danh sách ghi {_shown(got.value)}"
        elif not _agree(had.value, got.value):
            yield f"{name}: kho ghi {_shown(had.value)}, danh sách ghi {_shown(got.value)}"


def _agree(had: object, got: object) -> bool:
    if isinstance(had, PartialDate) and isinstance(got, PartialDate):
        return had.contains(got) or got.contains(had)
    return slug(str(had)) == slug(str(got))


def _shown(value: object) -> str:
    return value.vietnamese if isinstance(value, PartialDate) else quoted(str(value))
