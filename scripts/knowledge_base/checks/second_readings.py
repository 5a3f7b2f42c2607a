"""Find second readings that cannot be: of what nobody has read before, or older than what they find right."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..core.dates import clock_day
from ..core.errors import Problem, Severity
from ..core.models import Article, SecondReading
from ..meaning.knowledge.entities import KnowledgeBase
from ..sources.diagnosis import Fault
from ..sources.vocabulary.schemas import DocumentRecord
from .evidence import ZONES

_DAY, _RESULT = ("checked", "day"), ("checked", "result")
_RIGHT = "dung"
_OTHER_DAY = "Sửa day thành ngày đã đọc lại, hoặc bỏ checked"


def check_second_readings(kb: KnowledgeBase, today: datetime.date | None = None) -> Iterator[Problem]:
    """Yield what is wrong with ``checked`` of records and articles; ``today``: the clock's day if not given."""
    now = today or clock_day()
    for record in kb.vocabulary.records.values():
        if record.checked and not kb.vocabulary.has_error("records", record.id, "checked"):
            for fault in (*_to_come(record.checked.reading, now), *_of_record(record, record.checked.reading)):
                place = kb.vocabulary.place("records", record.id, *fault.location)
                yield Problem(*place, f"{record.id}: {fault.message}", fault.remedy, fault.severity)
    for article in (entry.article for entry in kb.articles.values()):
        if article.checked:
            for fault in (*_to_come(article.checked, now), *_of_article(article, article.checked)):
                line = article.line_of(fault.location[0])
                yield Problem(article.path, line, fault.message, fault.remedy, fault.severity)


def _to_come(reading: SecondReading, now: datetime.date) -> Iterator[Fault]:
    if reading.day.earliest() > now + ZONES:
        yield Fault(_DAY, f"ngày đọc lại {reading.day.vietnamese} chưa tới", _OTHER_DAY)


def _of_record(record: DocumentRecord, reading: SecondReading) -> Iterator[Fault]:
    """A second reading comes after a first; what was first read after it has not been read again."""
    facts = record.grounded().values()
    if not any(fact.evidence for fact in facts):
        message = "ghi là đã đọc lại mà chưa có trang nào được đọc"
        yield Fault(("checked",), message, "Ghi các trang đã đọc vào evidence, hoặc bỏ checked")
    firsts = [min(days) for fact in facts if (days := [page.read for page in fact.evidence if page.read])]
    day = reading.day.vietnamese
    if firsts and reading.day.latest() < min(firsts).earliest():
        message = f"đọc lại ngày {day}, trước lần đọc đầu tiên {min(firsts).vietnamese}"
        yield Fault(_DAY, message, _OTHER_DAY)
    elif reading.result == _RIGHT and firsts and reading.day.latest() < max(firsts).earliest():
        message = f"đọc lại ngày {day} mà có điều đến {max(firsts).vietnamese} mới đọc lần đầu"
        yield Fault(_DAY, message, "Đọc lại điều ấy rồi sửa day, hoặc bỏ checked", Severity.WARNING)


def _of_article(article: Article, reading: SecondReading) -> Iterator[Fault]:
    """A second reading comes after the article; a paragraph that was mended after it has not been read again."""
    day = reading.day.vietnamese
    if article.published and reading.day.latest() < article.published.earliest():
        message = f"đọc lại ngày {day}, trước ngày đăng {article.published.vietnamese}"
        yield Fault(_DAY, message, _OTHER_DAY)
    later = [m.day for m in article.mended if m.day and m.day.earliest() > reading.day.latest()]
    if reading.result == _RIGHT and later:
        message = f"đọc lại ngày {day} thấy đúng mà có đoạn sửa ngày {max(later).vietnamese}"
        remedy = "Đọc lại đoạn ấy rồi sửa day; nếu sửa theo lần đọc lại ấy thì ghi result: da-sua"
        yield Fault(_RESULT, message, remedy, Severity.WARNING)
