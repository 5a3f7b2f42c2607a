"""The status of a document: what a record says of it, else what other documents did to it, else nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from ...core.dates import PartialDate
from ...core.models import Certainty
from ...core.text import fold
from ...sources.vocabulary.evidence import Grounded, Search
from ...sources.vocabulary.schemas import Statement
from .entities import Document, DocumentRelation, KnowledgeBase, Reference


class Force(StrEnum):
    """Whether a document is in force; the value is what readers see."""

    IN_FORCE = "Còn hiệu lực"
    ENDED = "Hết hiệu lực"
    ENDED_PARTLY = "Hết hiệu lực một phần"
    AMENDED = "Được sửa đổi, bổ sung"
    REPLACED = "Được thay thế"
    NOT_YET = "Chưa có hiệu lực"
    SEARCHED = "Đã tìm, chưa thấy văn bản thay thế"
    UNKNOWN = "Đã tìm, chưa rõ hiệu lực"
    UNCHECKED = "Chưa kiểm tra"


_WORDS = (
    (Force.ENDED_PARTLY, ("hết hiệu lực một phần",)),
    (Force.ENDED, ("hết hiệu lực", "bị bãi bỏ", "đã bị bãi bỏ", "đã hết hiệu lực", "được bãi bỏ", "đã bãi bỏ")),
    (Force.AMENDED, ("được sửa đổi", "đã được sửa đổi", "được bổ sung", "đã được bổ sung")),
    (Force.REPLACED, ("được thay thế", "đã được thay thế", "bị thay thế", "đã bị thay thế", "thay thế(?= bởi )")),
    (Force.NOT_YET, ("chưa có hiệu lực",)),
    (Force.UNCHECKED, ("chưa kiểm tra", "chưa rõ")),
    (Force.IN_FORCE, ("còn hiệu lực", "đang có hiệu lực", "có hiệu lực")),
)
DONE_BY = {
    Force.REPLACED: "được thay thế bởi",
    Force.ENDED: "bị bãi bỏ bởi",
    Force.ENDED_PARTLY: "hết hiệu lực một phần bởi",
    Force.AMENDED: "được sửa đổi, bổ sung bởi",
}
"""What another document did to one, the gravest first, before the name of the other."""
_EFFECTS = {"thay-the": Force.REPLACED, "bai-bo": Force.ENDED, "sua-doi": Force.AMENDED}
"""What a document becomes by the role of a relation to it; by one that is a part of another it ends in part."""
_MORE = r"\s*[;,(].*"
_DOER = r"|\s+bởi\s.*"
_PATTERNS = {
    force: f"(?:{'|'.join(map(fold, phrases))})(?:{_MORE}{_DOER if force in DONE_BY else ''})?"
    for force, phrases in _WORDS
}
NO_LONGER = (Force.REPLACED, Force.ENDED)
"""The document is in force no more: what came after it on the same matter is not told beside that."""
OPEN = (Force.UNCHECKED, Force.SEARCHED, Force.UNKNOWN)
"""Nobody has told whether the document is in force."""
_FOUND_NOT = {"van-ban-thay-the": Force.SEARCHED, "hieu-luc": Force.UNKNOWN}
"""What may be searched of a status, and what it is then called where nothing else is known."""
_FOLLOWING, _BASIS = "noi-tiep", "dua-vao"
"""Roles of relations: to come after a document on the same matter, to rest on it."""


@dataclass(frozen=True, slots=True)
class Status:
    """A document's status. ``by`` is the document that brought it about, ``since`` that document's date; ``starts``:
    the day from which, where that was still to come when it was looked up. The source is what a record says
    (``ground``) or the paragraph of an article (``reference``); ``search``: what replaces it, or whether it is in
    force, was looked for, and not found."""

    force: Force
    by: str | None = None
    since: PartialDate | None = None
    ground: Grounded | None = None
    reference: Reference | None = None
    starts: PartialDate | None = None
    search: Search | None = None

    @property
    def label(self) -> str:
        """What readers see, true on the day of the check: "Sẽ được thay thế" where that was still to come."""
        return f"Sẽ {self.force.value.lower()}" if self.starts else self.force.value

    @property
    def done_by(self) -> str:
        """What another document did to this one, before the name of the other; '' where none did."""
        return DONE_BY.get(self.force, "")

    @property
    def checked(self) -> PartialDate | None:
        """When the status was last looked up."""
        days = (self.ground.checked if self.ground else None, self.search.day if self.search else None)
        return max((day for day in days if day), default=None)

    def as_of(self, kb: KnowledgeBase) -> PartialDate | None:
        """Return the day up to which its sources can tell anything."""
        told = kb.articles[self.reference.article].at if self.reference else None
        known = (told, self.ground.as_of if self.ground else None, self.search.as_of if self.search else None)
        return max((day for day in known if day), default=None)


UNCHECKED_WORDS = "chưa kiểm tra hiệu lực"
"""What ``State.words`` begin with where nobody has looked the status up."""


@dataclass(frozen=True, slots=True)
class State:
    """What one must know of a document before citing it, in few Vietnamese words that follow its name: "được thay thế
    bởi 366-QĐ/TW". ``grave``: it is no longer, or not yet, what it was; else only something about it is not sure.
    ``followed``: a newer one on the same matter is known, of which nobody has told whether it replaces this one.
    ``as_of``: the day up to which its sources can tell anything; ``checked``: when they were last read."""

    words: str
    grave: bool
    followed: bool = False
    as_of: PartialDate | None = None
    checked: PartialDate | None = None


def read_force(words: str) -> Force | None:
    """Return the status that a record's words are; None for words that are no status.

    What is more than the whole phrase stands after ";", "," or "(", or names the document that did it ("bởi …"):
    "còn hiệu lực đến hết năm 2020" and "còn hiệu lực một phần" are not in force.
    """
    folded = fold(words).strip()
    force = next((force for force, words in _PATTERNS.items() if re.fullmatch(words, folded, re.DOTALL)), None)
    return None if force is Force.IN_FORCE and " đến " in folded.replace("(", " ") else force


def is_dated(stated: Statement) -> bool:
    """Tell whether a stated status says on which day it was checked."""
    return stated.checked is not None and stated.checked.day > 0


def status_of(document: Document, kb: KnowledgeBase) -> Status:
    """Return the status of a document; "còn hiệu lực" only where a record says so with the day of the check,
    and no document of a later day has replaced or repealed this one."""
    status = _status(document, kb)
    if document.record is None or status.force in NO_LONGER:
        return status
    for target, force in _FOUND_NOT.items():
        if search := document.record.not_found(target):
            return replace(status, force=force if status.force is Force.UNCHECKED else status.force, search=search)
    return status


def _status(document: Document, kb: KnowledgeBase) -> Status:
    effects = list(_effects_on(document, kb))
    gone = (effect for effect in effects if effect.force in NO_LONGER and not effect.starts)
    effect = next(gone, effects[0] if effects else None)
    stated = document.record.status if document.record else None
    force = read_force(stated.value) if stated else None
    if stated is None or force is None or (force is Force.IN_FORCE and not is_dated(stated)):
        return _not_yet(document) or effect or Status(Force.UNCHECKED)
    later = next((c for c in contradictions(document, kb) if is_later(c, stated)), None)
    if later:
        return later
    if effect and effect.force is force:
        begun = effect.starts and stated.checked and effect.starts.earliest() <= stated.checked.latest()
        return replace(effect, ground=stated, reference=None, starts=None if begun else effect.starts)
    return Status(force, ground=stated)


def contradictions(document: Document, kb: KnowledgeBase) -> list[Status]:
    """Return what replaced or repealed a document that its record calls "còn hiệu lực"."""
    stated = document.record.status if document.record else None
    if stated is None or read_force(stated.value) is not Force.IN_FORCE:
        return []
    return [effect for effect in _effects_on(document, kb) if effect.force in NO_LONGER]


def is_later(effect: Status, stated: Statement) -> bool:
    """Tell whether an effect may be of a day after that on which a stated status was checked, if that is known."""
    checked = stated.checked
    if checked is None or not is_dated(stated):
        return True
    return effect.since is not None and effect.since.latest() > checked.latest()


def _effects_on(document: Document, kb: KnowledgeBase) -> Iterator[Status]:
    """Yield what other documents did to this one, the gravest first."""
    told = [
        (force, r) for r in kb.relations_to(document.id) if (force := _force_by(r, kb)) and r.source in kb.documents
    ]
    for force, r in sorted(told, key=lambda row: [*DONE_BY].index(row[0])):
        new = kb.documents[r.source]
        day = r.ground.checked if r.ground else kb.articles[r.reference.article].at if r.reference else None
        yield Status(force, r.source, new.date, r.ground, r.reference, starts=_still_to_come(new, day))


def _force_by(relation: DocumentRelation, kb: KnowledgeBase) -> Force | None:
    """Return what a relation makes of its target; None if nothing."""
    kind = kb.vocabulary.relations.get(relation.relation)
    if kind is None or kind.part_of:
        return Force.ENDED_PARTLY if kind else None
    return _EFFECTS.get(kind.role or "")


def _has_role(relation: DocumentRelation, role: str, kb: KnowledgeBase) -> bool:
    kind = kb.vocabulary.relations.get(relation.relation)
    return kind is not None and kind.role == role


def _still_to_come(document: Document, told: PartialDate | None) -> PartialDate | None:
    """Return the day on which a document comes into force, where it lies after the last day on which that, or what it
    does to another (``told``), was looked up; None where it lies before, or is not known."""
    stated = document.record.in_force if document.record else None
    checked = max((day for day in (told, stated.checked if stated else None) if day), default=None)
    if stated is None or checked is None or checked.latest() >= stated.value.earliest():
        return None
    return stated.value


def _not_yet(document: Document) -> Status | None:
    """Return "chưa có hiệu lực" where the record's day of effect lies after the day it was looked up."""
    stated = document.record.in_force if document.record else None
    checked = stated.checked if stated else None
    if stated is None or checked is None or checked.latest() >= stated.value.earliest():
        return None
    return Status(Force.NOT_YET, since=stated.value, ground=stated)


def last_basis(document: Document, kb: KnowledgeBase) -> Document | None:
    """Return the newest document, by its day, that rests on this one: it was in use then; None if none is known."""
    resting = {r.source for r in kb.relations_to(document.id) if _has_role(r, _BASIS, kb) and r.source in kb.documents}
    dated = [(d.date, d) for i in sorted(resting) if (d := kb.documents[i]).date and not d.is_date_unchecked]
    return max(dated, key=lambda row: row[0].latest())[1] if dated else None


def successor(document: Document, kb: KnowledgeBase) -> Document | None:
    """Return the newest document on the same matter, of which nobody has told whether it replaces this one."""
    following = {
        r.source for r in kb.relations_to(document.id) if _has_role(r, _FOLLOWING, kb) and r.source in kb.documents
    }
    newest = sorted(following, key=lambda i: (date.latest() if (date := kb.documents[i].date) else (0, 0, 0), i))
    return kb.documents[newest[-1]] if newest else None


FOLLOWED = "Đã có văn bản sau về cùng việc"
"""What a document is filed under that has a successor, where nobody has told whether it is in force."""


def status_label(document: Document, kb: KnowledgeBase) -> str:
    """Return the status under which a document is filed, for readers: that of its ``Status``, or ``FOLLOWED``."""
    status = status_of(document, kb)
    return FOLLOWED if status.force in OPEN and successor(document, kb) else status.label


def successor_words(new: Document, status: Status, dated: bool = True) -> str:
    """Return how the state of a document names the newer one: ``đã có 207-QĐ/TW (26-07-2026) về cùng việc; chưa thấy
    văn bản nói thay thế, tìm 30-11-2026``; without the day of the search where not ``dated``."""
    day = f" ({new.date.vietnamese})" if new.date else ""
    known = f"đã có {new.number or new.name}{day} về cùng việc"
    if status.force is Force.IN_FORCE:
        return known
    doubt = "chưa thấy văn bản nói thay thế" if status.force is Force.SEARCHED else "chưa rõ có thay thế"
    searched = f", tìm {status.search.day.vietnamese}" if status.search and dated else ""
    return f"{known}; {doubt}{searched}"


def start_words(document: Document, kb: KnowledgeBase) -> str:
    """Return since when a document has been in force, as its record says; '' if unknown."""
    stated = document.record.in_force if document.record else None
    if stated is None:
        return ""
    unsure = CERTAINTY_NOTES.get(kb.vocabulary.origins.certainty(stated))
    return f"có hiệu lực từ {stated.value.vietnamese}{f' ({unsure})' if unsure else ''}"


def changed_bases(document: Document, kb: KnowledgeBase) -> dict[str, Status]:
    """Return the documents this one rests on that have been replaced, repealed or amended since, each with how."""
    found: dict[str, Status] = {}
    for r in kb.relations_from(document.id):
        if _has_role(r, _BASIS, kb) and r.target in kb.documents:
            status = status_of(kb.documents[r.target], kb)
            if status.force in DONE_BY and not status.starts and status.by != r.source:
                found[r.target] = status
    return found


CERTAINTY_NOTES = {Certainty.ONE_SOURCE: "theo một nguồn", Certainty.UNCHECKED: "chưa kiểm tra"}


def certainty_of(status: Status, kb: KnowledgeBase) -> Certainty:
    """Return how sure a status is; what an article says is by one source."""
    return kb.vocabulary.origins.certainty(status.ground) if status.ground else Certainty.ONE_SOURCE


def doubted(words: str, status: Status, kb: KnowledgeBase) -> str:
    """Return the words of a status as nobody's page has told it: ``có thể đã được thay thế``; else as they are."""
    if status.force in OPEN or certainty_of(status, kb) is not Certainty.UNCHECKED:
        return words
    past = "" if status.starts or status.force in (Force.IN_FORCE, Force.NOT_YET) else "đã "
    return f"có thể {past}{words}"


def state_of(document: Document, kb: KnowledgeBase) -> State | None:
    """Return what goes wherever a document is named; None where it is plainly in force: by an official text or two
    sources, and all it rests on stands as it did."""
    status = status_of(document, kb)
    by, said = kb.documents.get(status.by or ""), status.label.lower()
    if by and status.force in DONE_BY:
        said = f"{DONE_BY[status.force]} {by.number or by.name}"
        if status.starts:
            said = f"từ {status.starts.vietnamese} sẽ {said}"
    words = [said]
    if status.force is Force.NOT_YET and status.since:
        words = [f"có hiệu lực từ {status.since.vietnamese}"]
    new = None if status.force in NO_LONGER else successor(document, kb)
    if status.force in OPEN and new:
        words = []
    elif status.force is Force.UNCHECKED:
        since = start_words(document, kb)
        words = [f"{since}; chưa kiểm tra nay còn hay hết" if since else UNCHECKED_WORDS]
    elif status.search and status.force in OPEN:
        words = [said.replace("đã tìm", f"đã tìm {status.search.day.vietnamese}")]
    elif unsure := CERTAINTY_NOTES.get(certainty_of(status, kb)):
        words = [doubted(words[0], status, kb), unsure]
    elif status.force is Force.IN_FORCE:
        words = []
    words += [successor_words(new, status)] if new else []
    if changed_bases(document, kb):
        words.append("căn cứ đã thay đổi")
    grave = status.force not in (*OPEN, Force.IN_FORCE)
    after = _after(by, kb) if by and status.force is Force.REPLACED else ""
    told = "; ".join(part for part in (", ".join(words), after) if part)
    return State(told, grave, new is not None, status.as_of(kb), status.checked) if told else None


def _after(new: Document, kb: KnowledgeBase) -> str:
    """Return what came after the document that replaced another: ``37-QĐ/TW đã có 207-QĐ/TW về cùng việc``; '' if
    nothing did."""
    status, following = status_of(new, kb), successor(new, kb)
    later = kb.documents.get(status.by or "")
    if later and status.force in NO_LONGER and not status.starts:
        said = doubted(f"{DONE_BY[status.force]} {later.number or later.name}", status, kb)
    elif following and status.force not in NO_LONGER:
        said = f"đã có {following.number or following.name} về cùng việc"
    else:
        return ""
    return f"{new.number or new.name} {said}"


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in the place of a document today: ``document``, which ``came_by`` (each step: the document that
    ended, and how; oldest first) led to; without steps it only follows on the same matter."""

    document: Document
    came_by: tuple[tuple[Document, Status], ...] = ()


def in_its_place(document: Document, kb: KnowledgeBase) -> Standing | None:
    """Return what replaced or repealed a document, whatever replaced or repealed that, and so on, as far as it has
    come into force; else the newest on the same matter; None where neither is known."""
    steps: dict[str, tuple[Document, Status]] = {}
    last = document
    while last.id not in steps:
        status = status_of(last, kb)
        by = kb.documents.get(status.by or "")
        if by is None or by.id in {document.id, *steps} or status.force not in NO_LONGER or status.starts:
            break
        steps[last.id] = (last, status)
        last = by
    if steps:
        return Standing(last, tuple(steps.values()))
    new = successor(document, kb)
    return Standing(new) if new else None


def replaced_now(kb: KnowledgeBase) -> Iterator[tuple[str, Status]]:
    """Yield every document that is no longer as it was, with what became of it."""
    for document in kb.documents.values():
        status = status_of(document, kb)
        if status.force in DONE_BY and not status.starts:
            yield document.id, status
