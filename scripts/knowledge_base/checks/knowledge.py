"""Find what does not fit together in the knowledge base."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from ..core.errors import Problem
from ..meaning.knowledge.catalogue import BodyCatalogue, BodyKey
from ..meaning.knowledge.entities import KnowledgeBase
from ..mentions.finders import Finders
from ..sources.vocabulary.schemas import DocumentRecord
from .articles import check_articles, check_conflicting_sources, check_duplicates, check_marks
from .records import check_records, check_statuses, check_timeline
from .targets import check_ambiguous, check_targets
from .vocabulary import (
    check_definitions,
    check_examples,
    check_lists,
    check_phrases,
    check_provinces,
    check_successions,
    check_untested,
)

_DECIDING = {"body_kinds", "provinces", "document_types", "issuer_codes"}
"""What decides which document a number means; while one of them has errors, such meanings are not doubted."""


def check_knowledge(
    kb: KnowledgeBase,
    finders: Finders | None = None,
    reported: Sequence[Problem] = (),
    doubtful: Container[str] = (),
) -> list[Problem]:
    """Return all problems, sorted: errors that stop a build, and warnings a maintainer should see.

    ``finders`` saves making them again; ``reported`` are the problems known before. ``doubtful`` are the paths of
    articles whose place or date is a guess: what depends on them is not told.
    """
    clashes = list(check_lists(kb.vocabulary))
    clashing = {entry for clash in clashes for entry in clash.entries}
    found = [*(clash.problem for clash in clashes), *_rules(kb)]
    has_error = {table for table, _ in kb.vocabulary.faulty}
    if not {"issuer_codes", "document_types"} & (has_error | {table for table, _ in clashing}):
        found += check_records(kb.vocabulary)
    found += check_examples(kb.vocabulary, finders or Finders(kb.vocabulary), clashing)
    found += _issuers(kb)
    if not _DECIDING & has_error:
        found += check_targets(kb)
        if not any("/documents/" in problem.path for problem in (*reported, *found)):
            found += check_ambiguous(kb, {problem.path for problem in found})
    found += check_untested(kb.vocabulary, (*reported, *found))
    return sorted({problem for problem in found if problem.path not in doubtful})


def _rules(kb: KnowledgeBase) -> Iterator[Problem]:
    yield from _reserved(kb)
    yield from check_provinces(kb.vocabulary)
    yield from check_phrases(kb.vocabulary)
    yield from check_timeline(kb)
    yield from check_successions(kb)
    yield from check_definitions(kb.vocabulary)
    yield from check_statuses(kb)
    yield from check_articles(kb)
    yield from check_duplicates(entry.article for entry in kb.articles.values())
    yield from check_conflicting_sources(kb)
    for entry in kb.articles.values():
        yield from check_marks(entry.article)


def _issuers(kb: KnowledgeBase) -> Iterator[Problem]:
    """An issuer on record must be a body that the vocabulary can form, of the record's own province."""
    if any(name in {"provinces", "body_kinds"} for name, _ in kb.vocabulary.faulty):
        return
    catalogue = BodyCatalogue(kb.vocabulary)
    for record in kb.vocabulary.records.values():
        key = catalogue.find(record.issuer) if record.issuer else None
        path, line = kb.vocabulary.place("records", record.id, "issuer")
        if record.issuer and key is None:
            remedy = "Ghi id là tên đầy đủ của cơ quan có địa phương, không dấu, ví dụ ban-thuong-vu-tinh-uy-nghe-an"
            message = f"issuer “{record.issuer}” của {record.id} không phải cơ quan nào trong bodies.yml"
            yield Problem(path, line, message, remedy)
        elif _is_elsewhere(key, record, kb):
            where = key.province if key else None
            message = f"issuer “{record.issuer}” là cơ quan của {where}, mà “province” là {record.province}"
            yield Problem(path, line, message, "Sửa issuer hoặc province cho cùng một tỉnh, thành phố")


def _is_elsewhere(key: BodyKey | None, record: DocumentRecord, kb: KnowledgeBase) -> bool:
    if key is None or kb.vocabulary.has_error("records", record.id, "province", "issuer"):
        return False
    return bool(key.province and record.province and key.province != record.province)


def _reserved(kb: KnowledgeBase) -> Iterator[Problem]:
    for table in (kb.documents, kb.bodies, kb.articles):
        if "index" in table:
            yield Problem("sources", 1, "id «index» dành riêng cho trang danh mục", "Đặt id khác")
