"""Find what happened to a body before it was there, or after it was gone, and facts that stand on nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ..core.dates import PartialDate
from ..core.errors import Problem, Severity
from ..meaning.knowledge.bodies import BodyCatalogue, steps_from, succession_of
from ..meaning.knowledge.entities import ArticleEntry, Body, Document, KnowledgeBase, Task
from ..sources.diagnosis import quoted

_BEGINS = {"doi-ten", "thay-the"}
"""How a body comes to be of one before it; what merges goes mostly into one that was there already (Sở Nội vụ)."""


def check_lives(kb: KnowledgeBase) -> Iterator[Problem]:
    """Yield a warning for each document of a body that was gone by its day or not there yet, for each task given to
    such a body, for each successor that ended before it succeeded, and for what ``_unfounded`` finds."""
    for document in kb.documents.values():
        issuer = kb.bodies.get(document.issuer or "")
        if issuer and document.date and (why := _apart(issuer, document.date, kb)):
            message = f"{document.name} ngày {document.date.vietnamese} do {issuer.name} ban hành, mà {why}"
            remedy = "Xem lại ngày và cơ quan ban hành ở nguồn, hoặc ngày của cơ quan ấy trong bodies.yml"
            yield Problem(*_place_of(document, kb), message, remedy, Severity.WARNING)
    for task in kb.tasks:
        yield from _given(task, kb)
    yield from _early_successors(kb)
    yield from _unfounded(kb)


def _apart(body: Body, day: PartialDate, kb: KnowledgeBase) -> str:
    """Say why a body did not exist on a day; '' if it did, or nothing tells."""
    gone = body.gone.date if body.gone else None
    if gone and day.earliest() > gone.latest():
        return f"cơ quan này đã kết thúc, thay đổi từ {gone.vietnamese}"
    # one of its own kind, of a province that merged, does not tell since when it was there
    before = [c for c in body.predecessors if c.other not in kb.bodies or kb.bodies[c.other].kind != body.kind]
    dated = [change.date for change in before if change.date and change.reason in _BEGINS]
    if dated and len(dated) == len(before):
        first = min(dated, key=lambda date: date.earliest())
        if day.latest() < first.earliest():
            return f"cơ quan này chỉ có từ {first.vietnamese}"
    return ""


def _place_of(document: Document, kb: KnowledgeBase) -> tuple[str, int]:
    """Return where a document's day is said: in its record, else in the first article that names it."""
    if document.record is not None:
        return kb.vocabulary.place("records", document.id, "date", "value")
    entry = kb.articles[document.articles[0]]
    start = next((link.start for link in entry.links if link.resolution.id == document.id), entry.article.body_start)
    return entry.article.path, entry.article.text.count("\n", 0, start) + 1


def _given(task: Task, kb: KnowledgeBase) -> Iterator[Problem]:
    """Tell of a task of a body that did not exist when its document was issued, else when it was told of."""
    article = kb.articles[task.reference.article].article
    document = kb.documents.get(task.document or "")
    day = (document.date if document else None) or article.event or article.published
    for body in (kb.bodies[identity] for identity in dict.fromkeys(task.bodies) if identity in kb.bodies):
        if day and (why := _apart(body, day, kb)):
            line = article.text.count("\n", 0, task.reference.start) + 1
            message = f"việc giao ngày {day.vietnamese} cho {body.name}, mà {why}"
            remedy = "Xem lại tên cơ quan và ngày ở bài gốc; nếu là cơ quan khác thì thêm mục corrections"
            yield Problem(article.path, line, message, remedy, Severity.WARNING)


def _early_successors(kb: KnowledgeBase) -> Iterator[Problem]:
    """Tell of a body that is said to succeed another after its own end; once for an entry."""
    vocabulary, catalogue = kb.vocabulary, BodyCatalogue(kb.vocabulary)
    changed = {kind for kind, entry in vocabulary.body_kinds.items() if entry.succession}
    told: set[tuple[str, int]] = set()
    for key in catalogue.all():
        is_local = (key.kind, key.province or "") in vocabulary.local_bodies
        for step in steps_from(key, catalogue) if key.kind in changed or is_local else ():
            after = succession_of(step.target, catalogue)
            if not (after and after.date and step.date and after.date.latest() < step.date.earliest()):
                continue
            table, identity = ("local_bodies", f"{key.kind} {key.province}") if is_local else ("body_kinds", key.kind)
            place = vocabulary.place(table, identity, "succession", "date")
            if place not in told:
                told.add(place)
                message = f"«{catalogue.name(key)}» có cơ quan kế tục từ {step.date.vietnamese}, mà"
                message += f" «{catalogue.name(step.target)}» đã kết thúc từ {after.date.vietnamese}"
                yield Problem(*place, message, "Xem lại hai ngày, hoặc successors", Severity.WARNING)


def _unfounded(kb: KnowledgeBase) -> Iterator[Problem]:
    """Tell of a status without a page that says so, and of an article whose words name other documents of the kind that
    it is said to announce, but not that one."""
    for record in kb.vocabulary.records.values():
        if record.status and not record.status.evidence:
            place = kb.vocabulary.place("records", record.id, "status", "value")
            message = f"{record.id}: tình trạng {quoted(record.status.value)} không có căn cứ"
            remedy = "Thêm trang đã đọc vào evidence của status, hoặc bỏ status"
            yield Problem(*place, message, remedy, Severity.WARNING)
    for entry in kb.articles.values():
        document = kb.documents.get(entry.article.document or "")
        if document and document.number and (other := _other_number(entry, document)):
            message = f"bài không nêu {document.name} mà chỉ nêu {other}"
            remedy = "Xem lại bài gốc rồi sửa document, hoặc số trong bài"
            yield Problem(entry.article.path, entry.article.line_of("document"), message, remedy, Severity.WARNING)


def _other_number(entry: ArticleEntry, document: Document) -> str:
    """Return the numbers of the document's kind and symbol that an article cites, if it never names the document."""
    if any(link.resolution.id == document.id for link in entry.links) or not document.number:
        return ""
    symbol = document.number.partition("/" if "/" in document.number else "-")[2]
    cited = (c.number for c in entry.mentions.citations if c.number and c.type in {None, document.type})
    return ", ".join(dict.fromkeys(number for number in cited if symbol and number.endswith(symbol)))
