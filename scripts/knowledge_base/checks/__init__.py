"""Find what does not fit together in the knowledge base."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import Problem, Severity
from ..knowledge.catalogue import BodyCatalogue
from ..knowledge.entities import ArticleEntry, Document, KnowledgeBase, Reference
from ..vocabulary.nearness import nearest
from .dates import check_days
from .statuses import check_statuses
from .succession import check_successions


def check_knowledge(kb: KnowledgeBase) -> list[Problem]:
    """Return all problems, sorted: errors that stop a build, and warnings a maintainer should see."""
    catalogue = BodyCatalogue(kb.vocabulary)
    problems = [*_records(kb, catalogue), *_reserved(kb), *check_successions(kb), *check_statuses(kb)]
    for entry in kb.articles.values():
        problems += [*_announced(entry, kb), *_corrections(entry, kb), *_ambiguous(entry), *check_days(entry.article)]
    for document in kb.documents.values():
        problems += _dates(document, kb)
    return sorted(set(problems))


def _propose(word: str, known: list[str], otherwise: str) -> str:
    near = nearest(word, known)
    return f"Có phải «{near}»? {otherwise}" if near else otherwise


def _records(kb: KnowledgeBase, catalogue: BodyCatalogue) -> Iterator[Problem]:
    """An issuer on record must be a body that the vocabulary can form."""
    for record in kb.vocabulary.records.values():
        if record.issuer and catalogue.find(record.issuer) is None:
            remedy = "Ghi id là tên đầy đủ của cơ quan có địa phương, không dấu, ví dụ ban-thuong-vu-tinh-uy-nghe-an"
            path, line = kb.vocabulary.origin("records", record.id)
            message = f"issuer «{record.issuer}» của {record.id} không phải cơ quan nào trong bodies.yml"
            yield Problem(path, line, message, remedy)


def _reserved(kb: KnowledgeBase) -> Iterator[Problem]:
    for table in (kb.documents, kb.bodies, kb.articles):
        if "index" in table:
            yield Problem("sources", 1, "id «index» dành riêng cho trang danh mục", "Đặt id khác")


def _announced(entry: ArticleEntry, kb: KnowledgeBase) -> Iterator[Problem]:
    wanted = entry.article.document
    if wanted and wanted not in kb.documents:
        add = "Thêm văn bản này vào sources/documents/, hoặc bỏ dòng document nếu bài không thông báo văn bản nào"
        remedy = _propose(wanted, list(kb.documents), add)
        path, line = entry.article.path, entry.article.line_of("document")
        yield Problem(path, line, f"document «{wanted}» không có trong kho", remedy)


def _corrections(entry: ArticleEntry, kb: KnowledgeBase) -> Iterator[Problem]:
    for correction in entry.article.corrections:
        target = correction.target
        if target and target not in kb.documents and target not in kb.bodies and target not in kb.themes:
            otherwise = "Ghi id của một văn bản, cơ quan có trong kho, hoặc để none"
            remedy = _propose(target, [*kb.documents, *kb.bodies], otherwise)
            message = f"đính chính trỏ tới «{target}» không có trong kho"
            yield Problem(entry.article.path, correction.line, message, remedy)


def _ambiguous(entry: ArticleEntry) -> Iterator[Problem]:
    """A number that several documents bear is left open until a maintainer says which is meant.

    A name without number that fits several documents is shown with them on the page; no maintainer can
    mend what the source does not say."""
    numbered = {(c.start, c.end) for c in entry.mentions.citations}
    for link in entry.links:
        if (link.start, link.end) in numbered and link.resolution.id is None and link.resolution.candidates:
            words = " ".join(entry.article.text[link.start : link.end].split())
            line = entry.article.text.count("\n", 0, link.start) + 1
            candidates = ", ".join(link.resolution.candidates)
            message = f"«{words}»: {link.resolution.reason}: {candidates}"
            remedy = "Ghi rõ ngày của văn bản trong bài, hoặc thêm mục corrections với id đúng"
            yield Problem(entry.article.path, line, message, remedy, Severity.WARNING)


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
