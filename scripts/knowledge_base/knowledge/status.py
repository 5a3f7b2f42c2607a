"""The status of a document: what a record says of it, else what other documents did to it, else nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ..dates import PartialDate
from ..text import fold
from ..vocabulary.schemas import Evidence, Statement
from .entities import Document, DocumentRelation, KnowledgeBase, Reference


class Force(StrEnum):
    """Whether a document is in force; the value is what readers see."""

    IN_FORCE = "Còn hiệu lực"
    ENDED = "Hết hiệu lực"
    ENDED_PARTLY = "Hết hiệu lực một phần"
    AMENDED = "Được sửa đổi, bổ sung"
    REPLACED = "Được thay thế"
    NOT_YET = "Chưa có hiệu lực"
    UNCHECKED = "Chưa kiểm tra"


_WORDS = (
    (Force.ENDED_PARTLY, ("hết hiệu lực một phần",)),
    (Force.ENDED, ("hết hiệu lực", "bị bãi bỏ", "đã bị bãi bỏ", "đã hết hiệu lực", "được bãi bỏ", "đã bãi bỏ")),
    (Force.AMENDED, ("được sửa đổi", "đã được sửa đổi", "được bổ sung", "đã được bổ sung")),
    (Force.REPLACED, ("được thay thế", "đã được thay thế", "bị thay thế", "đã bị thay thế", "thay thế bởi")),
    (Force.NOT_YET, ("chưa có hiệu lực",)),
    (Force.UNCHECKED, ("chưa kiểm tra", "chưa rõ")),
    (Force.IN_FORCE, ("còn hiệu lực", "đang có hiệu lực", "có hiệu lực")),
)
_EFFECTS = {"thay-the": Force.REPLACED, "bai-bo": Force.ENDED, "sua-doi-bo-sung": Force.AMENDED}
_BASIS = ("can-cu", "thuc-hien", "cu-the-hoa", "huong-dan", "tiep-tuc")


@dataclass(frozen=True, slots=True)
class Status:
    """A document's status. ``by`` is the document that brought it about, ``since`` that document's date;
    the source is a record's ``evidence`` or the paragraph of an article (``reference``)."""

    force: Force
    by: str | None = None
    since: PartialDate | None = None
    evidence: Evidence | None = None
    reference: Reference | None = None

    @property
    def checked(self) -> PartialDate | None:
        """When the status was looked up."""
        return self.evidence.checked if self.evidence else None


@dataclass(frozen=True, slots=True)
class ChangedBasis:
    """A document that another rests on has changed: ``status`` tells how, ``relation`` how it rests on it."""

    document: str
    relation: str
    status: Status


def read_force(words: str) -> Force | None:
    """Return the status that a record's words begin with; None for words that are no status."""
    folded = fold(words).strip()
    return next((force for force, starts in _WORDS if folded.startswith(starts)), None)


def is_dated(stated: Statement) -> bool:
    """Tell whether a stated status says on which day it was checked."""
    return stated.evidence.checked is not None and stated.evidence.checked.day > 0


def status_of(document: Document, kb: KnowledgeBase) -> Status:
    """Return the status of a document; "còn hiệu lực" only where a record says so with the day of the check."""
    effect = _effect_on(document, kb)
    stated = document.record.status if document.record else None
    force = read_force(stated.value) if stated else None
    if stated is None or force is None or (force is Force.IN_FORCE and not is_dated(stated)):
        return _not_yet(document) or effect or Status(Force.UNCHECKED)
    if effect and effect.force is force:
        return Status(force, effect.by, effect.since, stated.evidence)
    return Status(force, evidence=stated.evidence)


def _effect_on(document: Document, kb: KnowledgeBase) -> Status | None:
    """Return what another document did to this one: replaced before repealed before amended."""
    found = {relation.relation: relation for relation in reversed(kb.relations_to(document.id))}
    for relation, force in _EFFECTS.items():
        if (r := found.get(relation)) and r.source in kb.documents:
            return Status(force, r.source, kb.documents[r.source].date, r.evidence, r.reference)
    return None


def _not_yet(document: Document) -> Status | None:
    """Return "chưa có hiệu lực" where the record's day of effect lies after the day it was looked up."""
    stated = document.record.in_force if document.record else None
    checked = stated.evidence.checked if stated else None
    if stated is None or checked is None or checked.latest() >= stated.value.earliest():
        return None
    return Status(Force.NOT_YET, since=stated.value, evidence=stated.evidence)


def changed_bases(document: Document, kb: KnowledgeBase) -> list[ChangedBasis]:
    """Return the documents this one rests on that have been replaced, repealed or amended since."""
    found = {b.document: b for r in kb.relations_from(document.id) if (b := _changed(r, kb))}
    return list(found.values())


def _changed(relation: DocumentRelation, kb: KnowledgeBase) -> ChangedBasis | None:
    target = kb.documents.get(relation.target)
    if relation.relation not in _BASIS or target is None:
        return None
    status = status_of(target, kb)
    if status.force not in {*_EFFECTS.values(), Force.ENDED_PARTLY} or status.by == relation.source:
        return None
    return ChangedBasis(target.id, relation.relation, status)


def replaced_now(kb: KnowledgeBase) -> Iterator[tuple[str, Status]]:
    """Yield every document that is no longer as it was, with what became of it."""
    for document in kb.documents.values():
        status = status_of(document, kb)
        if status.force in _EFFECTS.values():
            yield document.id, status
