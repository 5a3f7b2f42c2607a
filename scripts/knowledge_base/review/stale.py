"""What to look up again: whether documents are in force, how bodies ended, what provinces are called today."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..core.dates import PartialDate
from ..meaning.knowledge.bodies import happened
from ..meaning.knowledge.entities import Document, Kind, KnowledgeBase
from ..meaning.knowledge.status import Status, status_label, status_of
from ..sources.vocabulary.evidence import Grounded
from ..sources.vocabulary.names import province_name
from ..sources.vocabulary.schemas import Succession


@dataclass(frozen=True, slots=True)
class StaleFact:
    """A fact that may have changed since it was looked up: where it stands, what it says, how often it is ``used``,
    the day up to which its sources can tell anything (None: nobody has looked), and the pages to open."""

    place: tuple[str, int]
    words: str
    used: int
    as_of: PartialDate | None
    pages: tuple[str, ...]

    def __str__(self) -> str:
        known = f"biết đến {self.as_of.vietnamese}" if self.as_of else "chưa kiểm tra lần nào"
        path, line = self.place
        pages = " | ".join(self.pages) or "chưa có"  # addresses may hold a comma, and names of pages too
        return f"{path}:{line}: {self.words}; {known}; dùng ở {self.used} chỗ; mở: {pages}"


def find_stale(kb: KnowledgeBase, today: datetime.date) -> list[StaleFact]:
    """Return what nobody has looked up in the twelve months before ``today``, most used first."""
    facts = (fact for facts in (_documents(kb), _bodies(kb), _provinces(kb)) for fact in facts)
    old = (fact for fact in facts if fact.as_of is None or is_old(fact.as_of, today))
    return sorted(old, key=lambda fact: (-fact.used, fact.as_of or PartialDate(1), fact.place, fact.words))


def is_old(as_of: PartialDate, today: datetime.date) -> bool:
    """Tell whether more than twelve months have passed since the last day that a date may stand for; the reader's
    browser counts by the same rule (``theme/assets/kb/age.js``)."""
    last = (as_of.year + 1, as_of.month or 12, as_of.day or 31)
    return last < (today.year, today.month, today.day)


def _documents(kb: KnowledgeBase) -> Iterator[StaleFact]:
    for document in kb.documents.values():
        status = status_of(document, kb)
        used = len(kb.mentions.get((Kind.DOCUMENT, document.id), ())) + len(kb.relations_to(document.id))
        day = f" ngày {document.date.vietnamese}" if document.date else ""
        words = f"{document.name}{day}: tình trạng «{status_label(document, kb)}»"
        yield StaleFact(_place(document, kb), words, used, status.as_of(kb), _pages_of(document, status, kb))


def _place(document: Document, kb: KnowledgeBase) -> tuple[str, int]:
    """Return where a document's status is to be written: in its record, else where that would stand."""
    if document.record is None:
        return f"sources/documents/{document.province or 'trung-uong'}.yml", 1
    return kb.vocabulary.place("records", document.id, *(("status",) if document.record.status else ("id",)))


def _pages_of(document: Document, status: Status, kb: KnowledgeBase) -> tuple[str, ...]:
    """Return the pages that a status was read on, else those that the document is known from."""
    if status.reference:
        article = kb.articles[status.reference.article].article
        return (article.url or f"nguon/{article.id}/",)
    grounds = [status.ground] if status.ground else list(document.record.grounded().values()) if document.record else []
    pages = [page for ground in grounds for page in _addresses(ground)]
    return tuple(dict.fromkeys(pages or [f"van-ban/{document.id}/"]))


def _addresses(fact: Grounded) -> list[str]:
    return [page.url or page.words for page in fact.evidence]


def _bodies(kb: KnowledgeBase) -> Iterator[StaleFact]:
    """Yield what the vocabulary says of the end of bodies that have a page, once for all that it is said of."""
    used: Counter[int] = Counter()
    names: dict[int, str] = {}
    for body in kb.bodies.values():
        if body.ended:
            used[id(body.ended)] += len(kb.mentions.get((Kind.BODY, body.id), ()))
            names.setdefault(id(body.ended), body.name)
    for table, key, place, fact in kb.vocabulary.grounded():
        if isinstance(fact, Succession) and id(fact) in names:
            words = f"{names[id(fact)]}: {happened(fact.reason, fact.date.vietnamese if fact.date else None)}"
            there = kb.vocabulary.place(table, key, *place)
            yield StaleFact(there, words, used[id(fact)], fact.as_of, tuple(_addresses(fact)))


def _provinces(kb: KnowledgeBase) -> Iterator[StaleFact]:
    """Yield the last period of each province that is still there."""
    used = Counter(entry.province for entry in kb.articles.values())
    used.update(document.province for document in kb.documents.values())
    for province in kb.provinces.values():
        number, period = len(province.periods) - 1, province.periods[-1]
        if period.until is None and used[province.id]:
            words = f"{province_name(kb.vocabulary, province.id, PartialDate(9999))}: tên và địa giới hiện nay"
            place = kb.vocabulary.place("provinces", province.id, "periods", str(number))
            yield StaleFact(place, words, used[province.id], period.as_of, tuple(_addresses(period)))
