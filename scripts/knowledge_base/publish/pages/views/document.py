"""What the page of a document shows, and the list of all documents."""

from __future__ import annotations

import html
import json
import textwrap
from dataclasses import dataclass

from ....core.dates import PartialDate
from ....core.text import sort_key, upper_first
from ....meaning.knowledge.entities import Document, DocumentRelation, EvidenceLevel, Kind, evidence_level
from ....meaning.knowledge.status import status_label, status_of
from ....sources.vocabulary.evidence import SEARCHED
from ....sources.vocabulary.schemas import STATED_FACTS
from ...statements import document_statements, tray_state
from ..diagram import draw_diagram
from ..index import group
from ..linked_data import document_data
from ..markdown import Md, escape
from ..site import CENTRAL, CENTRAL_NAME, HEAD, Site, aging
from ..view import MOST, Section, Values, View, Years, count_years, in_year, newest
from ..wording import (
    basis_lines,
    basis_use,
    checked_line,
    citation,
    document_sources,
    number_reference,
    searched_words,
    second_reading_words,
    status_text,
)

_DEMAND = "yeu-cau"
_OWN_PLACE = ("title", "date", "status")
"""Facts that the page shows in a place of their own: articles and other documents tell of them too."""
_AFTER = ("thay-the", "noi-tiep")
"""Roles of relations to what a document came after."""
_KNOWN_BY = {
    EvidenceLevel.FULL_TEXT: "toàn văn của văn bản",
    EvidenceLevel.EXTRACT: "một phần của chính văn bản",
    EvidenceLevel.REPORTED: "bài báo tường thuật",
    EvidenceLevel.NAMED: "bài báo có nhắc tên",
    EvidenceLevel.RECORD: "các trang ghi ở cuối trang này; chưa có bài nào trong kho",
}
"""What the kinds of evidence are called on a page."""
SHORT = 4
"""So many documents of a place stand in the list of all, the others come on demand. Chosen by hand."""
_FACETS = ("loai", "noi", "nam", "chu-de")
REST = "van-ban/con-lai"
"""The file of the rows that the list of all documents leaves out, by its path in the site without ".json"."""
LISTED = "van-ban/bang"
"""The file of all documents as rows with their sources (document-rows.js), in the same way."""
_Related = tuple[str, Document, list[DocumentRelation]]
"""A relation: what it is called seen from here, the other document, and what each of its sources tells of it."""


def _page(site: Site, d: Document) -> Values:
    tasks, places = site.index.tasks_by_document.get(d.id, []), site.mentioned(Kind.DOCUMENT, d.id)
    told = [t for a in d.announced_by for t in site.index.tasks_by_article.get(a, []) if t.document is None]
    title_mark = site.footnote(d.record.title if d.record else None)  # the first on the page: its pages come first
    (status, status_source), state, known = status_text(site, d), status_of(d, site.kb), site.index.states.get(d.id)
    same_number = site.index.documents_by_number.get(d.number or "", [])
    above, below = _relations(site, d)
    order, level = [*site.kb.vocabulary.relations], evidence_level(d, site.kb)
    pack = document_statements(site, d.id)
    nodes = (
        [(name, other.name, _told(site, other), site.href(Kind.DOCUMENT, other.id)) for name, other, _ in way]
        for way in (above, below)
    )
    return {
        "d": d,
        "first_source": _first_source(site, d),
        "number_source": _number_source(site, d),
        "title_mark": title_mark,
        "title_head": textwrap.shorten(upper_first(d.title), HEAD, placeholder=" …") if d.title else "",
        "title_source": site.evidence(d.record.title if d.record else None),
        "status": status,
        "status_label": upper_first(known.words) if known and known.followed else state.label,
        "status_source": status_source,
        "status_mark": site.footnote(state.reference or state.ground, doubtful=False),
        "follows": _follows(site, above),
        "has_moved": site.has_moved(d.province, d.date),
        "checked_line": checked_line(site, d),
        "basis_use": basis_use(site, d),
        "searches": _searches(site, d),
        "checked": second_reading_words(d.record.checked.reading) if d.record and d.record.checked else "",
        "bases": list(basis_lines(site, d)),
        "known_by": _KNOWN_BY[level],
        "is_extract": level is EvidenceLevel.EXTRACT,
        "facts": [(STATED_FACTS[k], fact.words, fact) for k, fact in d.stated.items() if k not in _OWN_PLACE],
        "demands": [t for t in tasks if t.kind == _DEMAND],
        "assignments": [t for t in tasks if t.kind != _DEMAND],
        "reported": told,
        "code": site.index.published_at and pack,
        "pack": Md(html.escape(tray_state(pack, d.name))),
        "pack_size": len(pack),
        "relations": group(
            sorted([*above, *below], key=lambda row: order.index(row[2][0].relation)), lambda row: row[:1]
        ),
        "diagram": draw_diagram(d.name, site.document_line(d), *nodes) if above or below else None,
        "history": _history(site, d, below),
        "history_is_told": _is_history_told(site, d, below),
        "cited_as": citation(site, d),
        "same_number": site.newest(other for other in same_number if other.id != d.id),
        "articles": newest(site, d.articles),
        "quotes": [site.quote(reference) for reference in newest(site, places)],
        "counts": {"articles": len(d.articles), "quotes": len(places)},
    }


def _told(site: Site, d: Document) -> str:
    """Return what tells a document from others of its number, and what must be known of it."""
    state = site.index.states.get(d.id)
    return site.document_line(d) + (f" · {state.words}" if state else "")


def _searches(site: Site, d: Document) -> list[tuple[str, Md]]:
    """Return what was looked for and not found, but for what the status says."""
    told = status_of(d, site.kb).search
    searched = d.record.searched if d.record else ()
    return [(SEARCHED[s.target], aging(searched_words(s), s.as_of, s.day)) for s in searched if s is not told]


def _years(site: Site, d: Document) -> Years:
    """Return the years of the articles that name a document, where there are more than one page can show."""
    shown = len(d.articles) <= MOST and len(site.mentioned(Kind.DOCUMENT, d.id)) <= MOST
    return {} if shown else count_years(site, d.articles, most=0)


def _of_year(site: Site, d: Document) -> Values:
    places = in_year(site, site.mentioned(Kind.DOCUMENT, d.id))
    quoted = Section("Những đoạn nhắc đến văn bản", references=places)
    return {"sections": [Section("Bài viết trong kho", articles=in_year(site, d.articles)), quoted]}


def _head(site: Site, d: Document) -> Values:
    year = d.year or (d.number.year if d.number else None)
    first = site.kb.articles[d.articles[0]].article.path if d.articles else None
    return {
        "type": d.type_name,
        "number": d.number,
        "place": site.place(d.province),
        "year": str(year) if year else None,
        "source": site.kb.vocabulary.place("records", d.id)[0] if d.record else first,
        "status": status_label(d, site.kb),
        "state": state.words if (state := site.index.states.get(d.id)) else None,
        "cite": citation(site, d),
        "cite_by": document_sources(site, d),
        "ld": document_data(site, d),
    }


def _number_source(site: Site, d: Document) -> Md:
    """Return where the number of a document is read: the first paragraph that gives it, else its record. What lowered
    another fact says nothing of the number, so that a fact that was not lowered stands for it where there is one."""
    if reference := number_reference(site, d):
        return site.source(reference)
    facts = sorted(
        d.record.grounded().values() if d.record else (), key=lambda f: (not f.evidence, f.lowered is not None)
    )
    return site.evidence(next(iter(facts), None), borrowed=True)


def _first_source(site: Site, d: Document) -> Md:
    """Return where the document is known from: the first paragraph that names it, else its record."""
    references = site.kb.mentions.get((Kind.DOCUMENT, d.id), ())
    if references:
        return site.source(references[0])
    grounded = d.record.grounded() if d.record else {}
    fact = next((fact for place, fact in grounded.items() if place != ("issuer",)), None)
    return site.evidence(fact, borrowed=True)


def _relations(site: Site, d: Document) -> tuple[list[_Related], list[_Related]]:
    """Return the relations to the documents that this one acts on, and from those that act on it; each once, whatever
    the number of its sources."""
    kinds, documents = site.kb.vocabulary.relations, site.kb.documents
    acting = group(site.kb.relations_from(d.id), lambda r: [(kinds[r.relation].name, r.target)])
    acted = group(site.kb.relations_to(d.id), lambda r: [(kinds[r.relation].inverse, r.source)])
    above, below = (
        [(name, documents[o], told) for (name, o), told in way.items() if o in documents] for way in (acting, acted)
    )
    return above, below


def _follows(site: Site, above: list[_Related]) -> dict[str, list[_Related]]:
    """Return the documents that this one came after, by how it did."""
    kinds = site.kb.vocabulary.relations
    return group((row for row in above if kinds[row[2][0].relation].role in _AFTER), lambda row: [row[0]])


def _history(site: Site, d: Document, below: list[_Related]) -> list[tuple[PartialDate, Md]]:
    """Return what happened to a document, oldest first; only what has a date."""
    issued = [(dated.date, Md("Ban hành")) for dated in d.dates[:1]]
    events = []
    if isinstance(force := d.fact("in_force"), PartialDate):
        events.append((force, Md("Có hiệu lực")))
    for verb, other, _ in below:
        if other.date:
            happened = f"{escape(verb, leading=False)} {site.link(Kind.DOCUMENT, other.id)}"
            events.append((other.date, Md(happened)))
    for entry in (site.kb.articles[a] for a in d.announced_by):
        if entry.article.published:
            outlet = escape(site.outlet(entry), leading=False)
            events.append((entry.article.published, Md(f"{outlet} đưa tin: {site.link(Kind.ARTICLE, entry.id)}")))
    # nothing comes before the issue; what is known by its month or year alone counts from the end of it
    ordered = [*issued, *sorted(events, key=lambda event: (event[0].latest(), event[0].day == 0))]
    return ordered if len(ordered) <= MOST else [*ordered[:1], *ordered[1 - MOST :]]


def _is_history_told(site: Site, d: Document, below: list[_Related]) -> bool:
    """Tell whether all that happened to a document stands in its answer box: when it was issued and what it gave way
    to."""
    others = {other.id for _, other, _ in below if other.date} - {status_of(d, site.kb).by}
    reported = any(site.kb.articles[a].article.published for a in d.announced_by)
    return not others and not reported and not isinstance(d.fact("in_force"), PartialDate)


@dataclass(frozen=True, slots=True)
class Group:
    """The documents counted for a place, newest first; ``former``: the names of provinces that became it or part of
    it, whose addresses in the list lead to it."""

    id: str
    name: str
    documents: list[Document]
    former: tuple[str, ...] = ()


def place_groups(site: Site) -> list[Group]:
    """Return all documents by the places of today, the centre first."""
    central = site.newest(d for d in site.kb.documents.values() if not d.province)
    groups = [Group(CENTRAL, CENTRAL_NAME, central)] if central else []
    today = [p for p in site.kb.provinces.values() if site.index.province_today(p.id) == p.id]
    for p in sorted(today, key=lambda p: sort_key(p.name)):
        if documents := site.newest(site.index.documents_of(p.id)):
            former = (q.name for q in site.kb.provinces.values() if q.successor == p.id != q.id)
            groups.append(Group(p.id, p.name, documents, tuple(former)))
    return groups


def _all(site: Site) -> Values:
    """Return all documents by place; each group shows its newest, ``render.py`` puts the others into ``rest``."""
    groups = place_groups(site)
    facets = [site.facets(d) for d in site.kb.documents.values()]
    choices = {key: sorted({v for f in facets for v in f.get(key, "").split("|") if v}) for key in _FACETS}
    counts = [(g.name, len(g.documents)) for g in groups]
    return {
        "groups": groups,
        "counts": counts,
        "choices": json.dumps(choices, ensure_ascii=False),
        "rest": REST,
        "short": SHORT,
    }


VIEW = View(
    lambda index: index.kb.documents, _page,
    lambda site, d: f"{d.name} ({site.document_line(d)}){f': {d.title}' if d.title else ''}",
    _all,
    head=_head, years=_years, of_year=_of_year,
)  # fmt: skip
