"""Find records of documents whose id, number, type, dates and status do not fit together."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from ..core.dates import PartialDate
from ..core.errors import Problem, Severity
from ..core.text import slug
from ..meaning.knowledge.entities import ArticleEntry, KnowledgeBase
from ..meaning.knowledge.status import Force, contradictions, is_dated, is_later, read_force
from ..mentions.citations.symbols import SymbolForm, SymbolReader
from ..sources.diagnosis import Fault, choose, quoted
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.entries import DRAFTS, RECORDS, Table
from ..sources.vocabulary.schemas import DocumentRecord
from .evidence import check_evidence

_YEAR = re.compile(r"(?:19|20)\d\d(?:-\d{1,2})?\Z")
_NUMBER = ("number",)


def check_records(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for each record that contradicts itself or is there twice; each slip is told once."""
    yield from _contradictions(vocabulary, RECORDS)
    yield from _doubles(vocabulary)


def check_drafts(vocabulary: Vocabulary, today: datetime.date | None = None) -> Iterator[Problem]:
    """Yield what is wrong with unconfirmed records, as warnings, and once a file that they are drafts."""
    found = [*vocabulary.draft_problems, *_contradictions(vocabulary, DRAFTS)]
    found += check_evidence(vocabulary, today, drafts=True)
    yield from (replace(problem, severity=Severity.WARNING) for problem in found)
    files = Counter(vocabulary.place(DRAFTS.name, identity)[0] for identity in vocabulary.drafts)
    for path, count in files.items():
        remedy = "Trả lời câu hỏi của từng mục, rồi xóa dòng “draft: có” của mục ấy; mục không dùng thì xóa cả mục"
        yield Problem(path, 1, f"{count} hồ sơ văn bản còn là bản nháp, chưa lên trang", remedy, Severity.WARNING)
    for identity in vocabulary.drafts.keys() & vocabulary.records.keys():
        path, line = vocabulary.place(RECORDS.name, identity)
        message, remedy = f"văn bản {quoted(identity)} đã có ở {path}:{line}", "Bổ sung vào đó, rồi xóa mục nháp này"
        yield Problem(*vocabulary.place(DRAFTS.name, identity), message, remedy, Severity.WARNING)


def _contradictions(vocabulary: Vocabulary, table: Table) -> Iterator[Problem]:
    """Yield a problem for each record of a table that contradicts itself."""
    reader = SymbolReader(vocabulary)
    records: dict[str, DocumentRecord] = getattr(vocabulary, table.name)
    for record in records.values():
        faults: list[Fault] = []
        if not vocabulary.has_error(table.name, record.id, "id", "type", "number", "province"):
            faults = list(_number(record, vocabulary, reader)) or list(_id(record, vocabulary))
        if not vocabulary.has_error(table.name, record.id, "relations"):
            faults += _relations(record, vocabulary)
        for fault in faults:
            place = vocabulary.place(table.name, record.id, *fault.location)
            yield Problem(*place, fault.message, fault.remedy, fault.severity)


def _number(record: DocumentRecord, vocabulary: Vocabulary, reader: SymbolReader) -> Iterator[Fault]:
    """A number must be written in its one right form, and be one of the record's type, place and year."""
    number, kind = record.number, vocabulary.document_types.get(record.type)
    if not number:
        return
    symbol = reader.read_at(number, 0, kind)
    level = symbol.code.level if symbol and symbol.code else None
    if symbol is None or symbol.end != len(number):
        inside = next((s for m in reader.candidates(number) if (s := reader.read(m, kind))), None)
        remedy = f"Chỉ ghi số, ký hiệu: {inside.number}" if inside else "Viết dạng 34-CT/TU hoặc 73/2023/NĐ-CP"
        yield Fault(_NUMBER, f"number {quoted(number)} không có dạng số, ký hiệu", remedy)
    elif level == "trung-uong" and record.province is not None:
        message = f"{quoted(number)} là số của cơ quan trung ương, mà “province” là {record.province}"
        own = f"{symbol.number.rsplit('/', 1)[0]}/TU" if symbol.rest == "TW" else "số của tỉnh"
        remedy = f"Nếu là văn bản của tỉnh thì sửa number thành {own}; nếu của trung ương thì xóa dòng province và"
        yield Fault(_NUMBER, message, f"{remedy} chuyển mục sang documents/trung-uong.yml")
    elif symbol.code is None and symbol.form is not SymbolForm.ASSEMBLY:
        codes = {code: entry.typed for code, entry in vocabulary.issuer_codes.items()}
        remedy = choose(symbol.rest, codes, "sources/vocabularies/issuer-codes.yml")
        message = f"ký hiệu cơ quan {quoted(symbol.rest)} trong {quoted(number)} chưa có trong danh mục"
        yield Fault(_NUMBER, message, remedy, Severity.WARNING)
    elif symbol.number != number:
        yield Fault(_NUMBER, f"number {quoted(number)} viết chưa đúng dạng", f"Sửa thành {symbol.number}")
    elif kind and kind.codes and symbol.type_code and symbol.type_code not in kind.codes:
        kinds = [other.id for other in vocabulary.document_types.values() if symbol.type_code in other.codes]
        message = f"number {quoted(number)} là số của {' hoặc '.join(kinds) or 'loại khác'}, mà type là {record.type}"
        guilty = "number" if record.id.startswith(f"{record.type}-") else "type"
        yield Fault((guilty,), message, "Sửa number hoặc type cho khớp nhau")
    else:
        if level == "tinh" and record.province is None:
            message = f"{quoted(number)} là số của cơ quan cấp tỉnh, mà mục không có khóa “province”"
            yield Fault(_NUMBER, message, "Thêm dòng province và để mục trong tệp của tỉnh ấy")
        date = record.date.value if record.date else None
        if number.year and date and number.year != date.year:
            message = f"ngày {date.vietnamese} không khớp với năm {number.year} trong {quoted(number)}"
            yield Fault(("date", "value"), message, "Sửa ngày hoặc sửa number")


def _id(record: DocumentRecord, vocabulary: Vocabulary) -> Iterator[Fault]:
    """An id is made of type, number, province and year; once published it stays, so this only warns."""
    if not record.number:
        return
    table = DRAFTS.name if record.draft else RECORDS.name
    place = f"mã {quoted(record.id)} (dòng {vocabulary.place(table, record.id, 'id')[1]})"
    rest = record.id
    for key, value in (("type", record.type), ("number", slug(record.number)), ("province", record.province)):
        if value and rest != value and not rest.startswith(f"{value}-"):
            message = f"{key} {quoted(record.number if key == 'number' else value)} không khớp với {place}"
            yield Fault((key,), message, f"Sửa {key}, hoặc sửa id; mã đã công bố thì không đổi", Severity.WARNING)
            return
        rest = rest[len(value) + 1 :] if value else rest
    year, date = id_year(record), record.date.value if record.date else None
    if year and date and year != date.year:
        message = f"ngày {date.vietnamese} không khớp với năm {year} trong {place}"
        remedy = "Sửa ngày, hoặc sửa id; mã đã công bố thì không đổi"
        yield Fault(("date", "value"), message, remedy, Severity.WARNING)


def _relations(record: DocumentRecord, vocabulary: Vocabulary) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for number, stated in enumerate(record.relations):
        place = ("relations", str(number), "target")
        if stated.target == record.id:
            yield Fault(place, "văn bản có quan hệ với chính nó", "Sửa hoặc xóa quan hệ này")
        elif (stated.relation, stated.target) in seen:
            message = f"quan hệ {stated.relation} với {quoted(stated.target)} ghi hai lần"
            yield Fault(place, message, "Chỉ giữ lại một")
        seen.add((stated.relation, stated.target))
        back = vocabulary.records.get(stated.target)
        known = vocabulary.relations.get(stated.relation)
        mutual = back and any((r.relation, r.target) == (stated.relation, record.id) for r in back.relations)
        if mutual and known and known.effect and record.id < stated.target:
            message = f"{quoted(record.id)} và {quoted(stated.target)} cùng ghi là {known.name.lower()} nhau"
            yield Fault(place, message, "Chỉ giữ quan hệ này ở văn bản ra sau")


def _doubles(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Two records may not be of one document: same type, number, place and time."""
    known: dict[tuple[str, str, str | None], list[DocumentRecord]] = {}
    ordered = sorted(vocabulary.records.values(), key=lambda r: vocabulary.place("records", r.id, "id"))
    for record in ordered:
        if not record.number or vocabulary.has_error("records", record.id, "id", "type", "number", "province", "date"):
            continue
        others = known.setdefault((record.type, slug(record.number), record.province), [])
        if other := next((other for other in others if same_time(record, other)), None):
            path, line = vocabulary.place("records", record.id, "id")
            there, at = vocabulary.place("records", other.id, "id")
            where = f"dòng {at}" if there == path else f"{there}:{at}"
            message = f"{quoted(record.id)} cùng loại, số, nơi và thời gian với {quoted(other.id)} ({where})"
            remedy = "Gộp hai mục làm một; nếu là hai văn bản thì ghi ngày (date) khác nhau cho cả hai"
            yield Problem(path, line, message, remedy)
        others.append(record)


def same_time(one: DocumentRecord, other: DocumentRecord) -> bool:
    """Tell whether two records of one type, number and place are of one time, hence of one document."""
    if one.date and other.date:
        return one.date.value.contains(other.date.value) or other.date.value.contains(one.date.value)
    return len({record.date.value.year if record.date else id_year(record) for record in (one, other)}) == 1


def id_year(record: DocumentRecord) -> int | None:
    """Return the year in a numbered record's id, if its type, number and province stand before it."""
    start = "-".join(filter(None, (record.type, slug(record.number or ""), record.province))) + "-"
    rest = record.id.removeprefix(start)
    return int(rest[:4]) if record.number and rest != record.id and _YEAR.match(rest) else None


_FAR = datetime.timedelta(days=3 * 366)
"""Years without any article happen in a young knowledge base; one of more than three is a slip. By hand."""


def check_timeline(kb: KnowledgeBase) -> Iterator[Problem]:
    """Yield a warning for each date that cannot stand beside another one. No clock is asked: the same sources
    give the same warnings on every day."""
    # the days on which something is known to have happened to the sources, with the article or ''
    days = [(e.article.published.latest(), a) for a, e in kb.articles.items() if e.article.published]
    for record in kb.vocabulary.records.values():
        days += [(fact.checked.latest(), "") for fact in record.grounded().values() if fact.checked]
    days.sort()
    for entry in kb.articles.values():
        yield from _check_article(entry, kb, days)
    for record in kb.vocabulary.records.values():
        yield from _check_record(record, kb)


def _check_article(entry: ArticleEntry, kb: KnowledgeBase, known: list[tuple[datetime.date, str]]) -> Iterator[Problem]:
    """Yield what the day of an article contradicts; one years after everything else is a slip of the pen."""
    article = entry.article
    published, event, document = article.published, article.event, kb.documents.get(article.document or "")
    if published is None:
        return
    if event is not None and event.earliest() > published.latest():
        message = f"sự việc ngày {event.vietnamese} sau ngày đăng {published.vietnamese}"
        remedy = "Xem lại hai ngày ở nguồn; đã có published thì có thể bỏ event"
        yield Problem(article.path, article.line_of("event"), message, remedy, Severity.WARNING)
    line = article.line_of("published")
    if document and document.date and published.latest() < document.date.earliest():
        message = f"bài đăng ngày {published.vietnamese}, trước ngày {document.date.vietnamese} của {document.name}"
        remedy = "Xem lại ngày đăng (published), mã văn bản (document) và ngày của văn bản"
        yield Problem(article.path, line, message, remedy, Severity.WARNING)
    last = next((day for day, name in reversed(known) if name != article.id), None)
    if last and published.earliest() - last > _FAR:
        message = f"ngày đăng {published.vietnamese} sau mọi ngày khác trong kho nhiều năm (muộn nhất: {last:%d-%m-%Y})"
        yield Problem(article.path, line, message, "Xem lại năm ở nguồn và sửa nếu gõ nhầm", Severity.WARNING)


def _check_record(record: DocumentRecord, kb: KnowledgeBase) -> Iterator[Problem]:
    date = _date_of(record)
    force = record.in_force.value if record.in_force else None

    def warn(message: str, remedy: str, *place: str) -> Problem:
        path, line = kb.vocabulary.place("records", record.id, *place)
        return Problem(path, line, f"{record.id}: {message}", remedy, Severity.WARNING)

    if date and force and force.latest() < date.earliest():
        message = f"có hiệu lực ngày {force.vietnamese}, trước ngày ban hành {date.vietnamese}"
        yield warn(message, "Xem lại date và in_force ở nguồn", "in_force", "value")
    for key, fact in record.grounded().items():
        for number, page in enumerate(fact.evidence):
            if date and page.read and page.read.latest() < date.earliest():
                message = f"ngày đọc {page.read.vietnamese} trước ngày ban hành {date.vietnamese}"
                remedy = "Sửa read thành ngày đã đọc trang ấy, hoặc sửa date"
                yield warn(message, remedy, *key, "evidence", str(number), "read")
    for number, stated in enumerate(record.relations):
        other = kb.vocabulary.records.get(stated.target)
        relation = kb.vocabulary.relations.get(stated.relation)
        later = _date_of(other) if other else None
        if relation and relation.effect and date and later and date.latest() < later.earliest():
            cannot = f"không thể {relation.name.lower()} văn bản ra sau nó ({stated.target})"
            remedy = f"Nếu ngược lại thì ghi quan hệ này ở {stated.target}; nếu không thì xem lại ngày"
            yield warn(f"văn bản ngày {date.vietnamese} {cannot}", remedy, "relations", str(number), "target")


def _date_of(record: DocumentRecord) -> PartialDate | None:
    """Return a record's date; None if it contradicts its id, which is told of elsewhere."""
    date, year = record.date.value if record.date else None, id_year(record)
    return None if date and year and date.year != year else date


def check_statuses(kb: KnowledgeBase) -> Iterator[Problem]:
    """Yield an error for "còn hiệu lực" without the day of the check, a warning for words that are no status
    and for "còn hiệu lực" of a document that another replaced or repealed."""
    for record in kb.vocabulary.records.values():
        if record.status is None or kb.vocabulary.has_error("records", record.id, "status"):
            continue
        path, line = kb.vocabulary.place("records", record.id, "status", "value")
        force = read_force(record.status.value)
        if force is Force.IN_FORCE and not is_dated(record.status):
            message = f"{record.id}: ghi «{record.status.value}» mà không có ngày kiểm tra"
            remedy = "Thêm read: năm-tháng-ngày vào trang đã đọc trong evidence của status, hoặc bỏ status"
            yield Problem(path, line, message, remedy)
        if force is None:
            known = ", ".join(f"«{f.value}»" for f in Force if f not in (Force.SEARCHED, Force.UNKNOWN))
            said = f"{record.id}: status «{record.status.value}»"
            message = f"{said} không phải tình trạng hiệu lực, trang sẽ ghi là chưa kiểm tra"
            hint = f"Ghi đúng một trong: {known}; điều khác ghi sau dấu ; hoặc ở note"
            yield Problem(path, line, message, hint, Severity.WARNING)
        if (document := kb.documents.get(record.id)) is not None:
            for effect in contradictions(document, kb):
                day = f" ({effect.since.vietnamese})" if effect.since else ""
                shown = effect.force if is_later(effect, record.status) else Force.IN_FORCE
                message = (
                    f"{record.id}: ghi «{record.status.value}» nhưng nguồn khác nói {effect.force.value.lower()} "
                    f"bởi {effect.by}{day}, trang sẽ ghi «{shown.value}»"
                )
                yield Problem(path, line, message, "Kiểm tra lại rồi sửa status hoặc quan hệ ấy", Severity.WARNING)
