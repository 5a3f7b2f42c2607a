"""Find dates in the wrong order: an article before the document it announces, a fact checked before it was one."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..dates import PartialDate
from ..errors import Problem, Severity
from ..knowledge.entities import ArticleEntry, KnowledgeBase
from ..vocabulary.schemas import DocumentRecord, Evidence
from .records import id_year

_FAR = datetime.timedelta(days=3 * 366)


def check_timeline(kb: KnowledgeBase) -> Iterator[Problem]:
    """Yield a warning for each date that cannot stand beside another one. No clock is asked: the same sources
    give the same warnings on every day."""
    known = _days(kb)
    for entry in kb.articles.values():
        yield from _check_article(entry, kb)
        yield from _check_far(entry, known)
    for record in kb.vocabulary.records.values():
        yield from _check_record(record, kb)


def _check_article(entry: ArticleEntry, kb: KnowledgeBase) -> Iterator[Problem]:
    article = entry.article
    published, event = article.published, article.event
    if published is None:
        return
    if event is not None and event.earliest() > published.latest():
        message = f"sự việc ngày {event.vietnamese} sau ngày đăng {published.vietnamese}"
        remedy = "Xem lại hai ngày ở nguồn; đã có published thì có thể bỏ event"
        yield Problem(article.path, article.line_of("event"), message, remedy, Severity.WARNING)
    document = kb.documents.get(article.document or "")
    if document is None or document.date is None or published.latest() >= document.date.earliest():
        return
    message = f"bài đăng ngày {published.vietnamese}, trước ngày {document.date.vietnamese} của {document.name}"
    remedy = "Xem lại ngày đăng (published), mã văn bản (document) và ngày của văn bản"
    yield Problem(article.path, article.line_of("published"), message, remedy, Severity.WARNING)


def _days(kb: KnowledgeBase) -> list[tuple[datetime.date, str]]:
    """Return the days on which something is known to have happened to the sources, with the article or ''."""
    days = [(e.article.published.latest(), a) for a, e in kb.articles.items() if e.article.published]
    for record in kb.vocabulary.records.values():
        days += [(evidence.checked.latest(), "") for evidence in _evidence(record).values() if evidence.checked]
    return sorted(days)


def _check_far(entry: ArticleEntry, known: list[tuple[datetime.date, str]]) -> Iterator[Problem]:
    """An article dated years after everything else is a slip of the pen."""
    article = entry.article
    last = next((day for day, name in reversed(known) if name != article.id), None)
    if article.published is None or last is None or article.published.earliest() - last <= _FAR:
        return
    message = (
        f"ngày đăng {article.published.vietnamese} sau mọi ngày khác trong kho nhiều năm (muộn nhất: {last:%d-%m-%Y})"
    )
    line = article.line_of("published")
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
    for key, evidence in _evidence(record).items():
        if date and evidence.checked and evidence.checked.latest() < date.earliest():
            message = f"ngày kiểm tra {evidence.checked.vietnamese} trước ngày ban hành {date.vietnamese}"
            yield warn(message, "Sửa checked thành ngày đối chiếu với nguồn, hoặc sửa date", *key, "checked")
    for number, stated in enumerate(record.relations):
        other = kb.vocabulary.records.get(stated.target)
        relation = kb.vocabulary.relations.get(stated.relation)
        later = _date_of(other) if other else None
        if relation and relation.effect and date and later and date.latest() < later.earliest():
            message = (
                f"văn bản ngày {date.vietnamese} không thể {relation.name.lower()} văn bản ra sau nó ({stated.target})"
            )
            remedy = f"Nếu ngược lại thì ghi quan hệ này ở {stated.target}; nếu không thì xem lại ngày"
            yield warn(message, remedy, "relations", str(number), "target")


def _date_of(record: DocumentRecord) -> PartialDate | None:
    """Return a record's date; None if it contradicts its id, which is told of elsewhere."""
    date, year = record.date.value if record.date else None, id_year(record)
    return None if date and year and date.year != year else date


def _evidence(record: DocumentRecord) -> dict[tuple[str, ...], Evidence]:
    """Return all evidence of a record by its place."""
    stated = {"title": record.title, "date": record.date, "in_force": record.in_force, "status": record.status}
    found: dict[tuple[str, ...], Evidence] = {(k, "evidence"): s.evidence for k, s in stated.items() if s is not None}
    if record.issuer_evidence:
        found["issuer_evidence",] = record.issuer_evidence
    found |= {("relations", str(n), "evidence"): s.evidence for n, s in enumerate(record.relations)}
    return found
