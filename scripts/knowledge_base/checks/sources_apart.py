"""Find sources that contradict one another or the calendar."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import Problem, Severity
from ..knowledge.entities import Document, KnowledgeBase, Reference
from .dates import check_days


def check_agreement(kb: KnowledgeBase) -> Iterator[Problem]:
    """Yield a warning for each date that differs from the one known, and for each day that no calendar has."""
    for entry in kb.articles.values():
        yield from check_days(entry.article)
    for document in kb.documents.values():
        yield from _dates(document, kb)


def _dates(document: Document, kb: KnowledgeBase) -> Iterator[Problem]:
    """Two sources that give different days: both are shown, and a maintainer is told."""
    first = document.dates[0].date if document.dates else None
    for dated in document.dates[1:]:
        if first and dated.reference and not first.contains(dated.date) and not dated.date.contains(first):
            path, line = _line(dated.reference, kb)
            message = f"ngày {dated.date.vietnamese} của {document.name} khác ngày {first.vietnamese} đã ghi"
            remedy = "Kiểm tra lại bài gốc; nếu hai nguồn thật sự khác nhau thì để nguyên, trang sẽ ghi cả hai"
            yield Problem(path, line, message, remedy, Severity.WARNING)


def _line(reference: Reference, kb: KnowledgeBase) -> tuple[str, int]:
    article = kb.articles[reference.article].article
    return article.path, article.text.count("\n", 0, reference.start) + 1
