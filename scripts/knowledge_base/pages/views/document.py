"""What the page of a document shows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from ...ids import year_in_number
from ...knowledge.entities import Document, Kind, Reference
from ...vocabulary.schemas import Evidence
from ..markdown import Md, escape
from ..places import place_now
from ..site import Site

UNCHECKED = "Chưa kiểm tra"
_DEMAND = "yeu-cau"


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """One related document with where the relation is stated."""

    other: str
    reference: Reference | None
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class RelatedGroup:
    """All documents in one relation, seen from this document."""

    name: str
    rows: tuple[RelatedRow, ...]


def document_context(site: Site, d: Document) -> dict[str, object]:
    """Return the values of a document's page."""
    tasks = site.index.tasks_by_document.get(d.id, [])
    status, status_source = _status(site, d)
    return {
        "d": d,
        "first_source": _first_source(site, d),
        "issuer_source": _issuer_source(site, d),
        "place_now": place_now(site, d.province),
        "status": status,
        "status_source": status_source,
        "evidence_level": evidence_level(site, d),
        "other_names": [n for n in d.record.names if n != d.name] if d.record else [],
        "demands": [t for t in tasks if t.kind == _DEMAND],
        "assignments": [t for t in tasks if t.kind != _DEMAND],
        "reported": site.reported_tasks(d),
        "relations": _relations(site, d),
        "same_number": site.newest(site.same_number(d)),
        "quotes": site.quotes(Kind.DOCUMENT, d.id),
    }


def document_head(site: Site, d: Document) -> dict[str, object]:
    """Return the facts of a document that search and filters use."""
    place = site.name(Kind.PROVINCE, d.province) if d.province else "Trung ương"
    year = d.year or year_in_number(d.number or "")
    return {
        "type": site.type_name(d),
        "number": d.number,
        "place": place,
        "year": str(year) if year else None,
        "source": _source_file(site, d),
    }


def _source_file(site: Site, d: Document) -> str | None:
    """Return the file a maintainer would edit: the record's, else that of the first article that names it."""
    if d.record:
        return site.kb.vocabulary.origin("records", d.id)[0]
    articles = (*d.announced_by, *d.cited_by)
    return site.kb.articles[articles[0]].article.path if articles else None


def document_description(site: Site, d: Document) -> str:
    """Return one line that says what a document is."""
    title = f": {d.record.title.value}" if d.record and d.record.title else ""
    return f"{d.name} ({site.document_line(d)}){title}"


def _first_source(site: Site, d: Document) -> Md:
    """Return where the document is known from: the first paragraph that names it, else its record."""
    references = site.kb.mentions.get((Kind.DOCUMENT, d.id), ())
    if references:
        return site.source(references[0])
    for evidence in _record_evidence(d):
        return site.evidence(evidence)
    return Md("")


def _record_evidence(d: Document) -> list[Evidence]:
    record = d.record
    if record is None:
        return []
    stated = [record.title, record.date, record.status, record.in_force]
    return [s.evidence for s in stated if s] + [r.evidence for r in record.relations]


def _issuer_source(site: Site, d: Document) -> Md:
    """Return who says that this body issued it; a symbol says it too (``-CT/TU``: the standing committee)."""
    if d.record and d.record.issuer and d.record.issuer_evidence:
        return site.evidence(d.record.issuer_evidence)
    return _first_source(site, d) if d.issuer else Md("")


def _status(site: Site, d: Document) -> tuple[Md, Md]:
    """Return the status with its source; "chưa kiểm tra" unless a record states it."""
    replaced = [r for r in site.index.relations_to.get(d.id, []) if r.relation == "thay-the"]
    if d.record and d.record.status:
        return escape(d.record.status.value), site.evidence(d.record.status.evidence)
    if replaced:
        by = replaced[0]
        source = site.source(by.reference) if by.reference else site.evidence(by.evidence)
        return Md("Được thay thế bởi " + site.link(Kind.DOCUMENT, by.source)), source
    return Md(f'<span class="nhan nhan--canh-bao">{UNCHECKED}</span>'), Md("")


def evidence_level(site: Site, d: Document) -> str:
    """Return how well the document is known here."""
    announced = [site.kb.articles[a].article for a in d.announced_by]
    if any(a.evidence == "toan-van" for a in announced):
        return "Toàn văn"
    if announced:
        return "Báo tường thuật"
    return "Chỉ được nhắc tên" if d.cited_by else "Chỉ có trong hồ sơ văn bản"


def _relations(site: Site, d: Document) -> list[RelatedGroup]:
    """Return the relations both ways, in the order of the vocabulary."""
    kinds = site.kb.vocabulary.relations
    groups: dict[str, list[RelatedRow]] = defaultdict(list)
    for relation in kinds.values():
        for r in site.index.relations_from.get(d.id, []):
            if r.relation == relation.id and r.target in site.kb.documents:
                groups[relation.name].append(RelatedRow(r.target, r.reference, r.evidence))
        for r in site.index.relations_to.get(d.id, []):
            if r.relation == relation.id and r.source in site.kb.documents:
                groups[relation.inverse].append(RelatedRow(r.source, r.reference, r.evidence))
    return [RelatedGroup(name, tuple(rows)) for name, rows in groups.items()]
