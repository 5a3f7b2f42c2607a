"""What the page of a document shows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from ....core.dates import PartialDate
from ....meaning.knowledge.entities import Document, Kind, Reference, evidence_level
from ....meaning.knowledge.status import status_of
from ....sources.vocabulary.schemas import Evidence
from ..citation import citation, document_source
from ..diagram import Node, draw_diagram
from ..linked_data import document_data
from ..markdown import Md, escape
from ..periods import place_now
from ..site import Site
from ..status_text import basis_lines, status_text
from ..years import MOST, Section, Year, list_years, newest_first, newest_references, year_of

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


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a document, in Markdown."""

    date: PartialDate
    words: Md


def document_context(site: Site, d: Document) -> dict[str, object]:
    """Return the values of a document's page."""
    tasks, places = site.index.tasks_by_document.get(d.id, []), site.mentioned(Kind.DOCUMENT, d.id)
    return {
        "d": d,
        "first_source": _first_source(site, d),
        "issuer": _issuer(site, d),
        "issuer_source": _issuer_source(site, d),
        "place_now": place_now(site, d.province),
        "status": status_text(site, d),
        "bases": basis_lines(site, d),
        "type_words": site.type_name(d) if d.type != "van-ban" else "chưa rõ (bài chỉ gọi là văn bản)",
        "number_slug": d.number.slug if d.number else None,
        "evidence_level": evidence_level(d, site.kb).value,
        "other_names": [n for n in d.record.names if n != d.name] if d.record else [],
        "demands": [t for t in tasks if t.kind == _DEMAND],
        "assignments": [t for t in tasks if t.kind != _DEMAND],
        "reported": site.reported_tasks(d),
        "relations": _relations(site, d),
        "diagram": _diagram(site, d),
        "history": _history(site, d),
        "cited_as": citation(site, d),
        "same_number": site.newest(site.same_number(d)),
        "articles": _articles(site, d),
        "quotes": [site.quote(reference) for reference in newest_references(site, places)],
        "counts": {"articles": len(d.announced_by) + len(d.cited_by), "quotes": len(places)},
        "years": document_years(site, d),
        "most": MOST,
    }


def document_years(site: Site, d: Document) -> list[Year]:
    """Return the years of the articles that name a document, where there are more than one page can show."""
    places = site.mentioned(Kind.DOCUMENT, d.id)
    if max(len(places), len(d.announced_by) + len(d.cited_by)) <= MOST:
        return []
    return list_years(site, (*d.announced_by, *d.cited_by))


def document_of_year(site: Site, d: Document) -> list[Section]:
    """Return what stands on the page of one year."""
    named = tuple(a for a in (*d.announced_by, *d.cited_by) if year_of(site, a) == site.part)
    places = tuple(r for r in site.mentioned(Kind.DOCUMENT, d.id) if year_of(site, r.article) == site.part)
    return [Section("Bài viết trong kho", articles=named), Section("Những đoạn nhắc đến văn bản", references=places)]


def _articles(site: Site, d: Document) -> list[tuple[str, str]]:
    """Return the articles about a document, then those that name it, the newest where there are too many."""
    rows = [*((a, "bài về văn bản này") for a in d.announced_by), *((a, "bài có nhắc đến") for a in d.cited_by)]
    return rows if len(rows) <= MOST else sorted(rows, key=lambda row: newest_first(site, row[0]))[:MOST]


def document_head(site: Site, d: Document) -> dict[str, object]:
    """Return the facts of a document that search and filters use."""
    place = site.name(Kind.PROVINCE, d.province) if d.province else "Trung ương"
    year = d.year or (d.number.year if d.number else None)
    return {
        "type": site.type_name(d),
        "number": d.number,
        "place": place,
        "year": str(year) if year else None,
        "source": _source_file(site, d),
        "status": status_of(d, site.kb).force.value,
        "cite": citation(site, d),
        "cite_source": document_source(site, d),
        "ld": document_data(site, d),
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


def _issuer(site: Site, d: Document) -> Md:
    """Return who issued it: a body with its page, else the name that articles give."""
    return Md(site.link(Kind.BODY, d.issuer)) if d.issuer else escape(d.issuer_name or "chưa rõ", leading=False)


def _issuer_source(site: Site, d: Document) -> Md:
    """Return who says that this body issued it; a symbol says it too (``-CT/TU``: the standing committee)."""
    if d.record and d.record.issuer and d.record.issuer_evidence:
        return site.evidence(d.record.issuer_evidence)
    return _first_source(site, d) if d.issuer or d.issuer_name else Md("")


def _relations(site: Site, d: Document) -> list[RelatedGroup]:
    """Return the relations both ways, in the order of the vocabulary."""
    kinds = site.kb.vocabulary.relations
    groups: dict[str, list[RelatedRow]] = defaultdict(list)
    for relation in kinds.values():
        for r in site.kb.relations_from(d.id):
            if r.relation == relation.id and r.target in site.kb.documents:
                groups[relation.name].append(RelatedRow(r.target, r.reference, r.evidence))
        for r in site.kb.relations_to(d.id):
            if r.relation == relation.id and r.source in site.kb.documents:
                groups[relation.inverse].append(RelatedRow(r.source, r.reference, r.evidence))
    return [RelatedGroup(name, tuple(rows)) for name, rows in groups.items()]


def _diagram(site: Site, d: Document) -> Md | None:
    """Return the relations as a drawing: what this document acts on above it, what acts on it below."""
    above = [_node(site, r.target, site.relation(r.relation).name) for r in site.kb.relations_from(d.id)]
    below = [_node(site, r.source, site.relation(r.relation).inverse) for r in site.kb.relations_to(d.id)]
    nodes = [[n for n in side if n] for side in (above, below)]
    return draw_diagram(d.name, site.document_line(d), nodes[0], nodes[1]) if any(nodes) else None


def _node(site: Site, identity: str, relation: str) -> Node | None:
    other = site.kb.documents.get(identity)
    if other is None:
        return None
    return Node(relation, other.name, site.document_line(other), site.href(Kind.DOCUMENT, identity))


def _history(site: Site, d: Document) -> list[Event]:
    """Return what happened to a document, oldest first; only what has a date."""
    events = [Event(dated.date, Md("Ban hành")) for dated in d.dates[:1]]
    if d.record and d.record.in_force:
        events.append(Event(d.record.in_force.value, Md("Có hiệu lực")))
    for r in site.kb.relations_to(d.id):
        other = site.kb.documents.get(r.source)
        if other and other.date:
            verb = escape(site.relation(r.relation).inverse, leading=False)
            events.append(Event(other.date, Md(f"{verb} {site.link(Kind.DOCUMENT, other.id)}")))
    for a in d.announced_by:
        entry = site.kb.articles[a]
        if entry.article.published:
            outlet = escape(site.outlet(entry), leading=False)
            events.append(Event(entry.article.published, Md(f"{outlet} đưa tin: {site.link(Kind.ARTICLE, a)}")))
    ordered = sorted(events, key=lambda e: (e.date.earliest(), e.date.day == 0))
    return ordered if len(ordered) <= MOST else [*ordered[:1], *ordered[1 - MOST :]]
