"""What the page of a document shows, and the list of all documents."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from ....core.dates import PartialDate
from ....core.models import Certainty
from ....core.text import sort_key
from ....meaning.knowledge.entities import Document, DocumentRelation, EvidenceLevel, Kind, evidence_level
from ....meaning.knowledge.status import CERTAINTY_NOTES, status_label, status_of
from ...packs.strength import sheet_of_document
from ...statements import tray_state
from ..cut_lists import Cuts, by_place, by_words, by_year
from ..diagram import draw_diagram
from ..index import group
from ..linked_data import document_data
from ..markdown import Md, escape
from ..site import CENTRAL, CENTRAL_NAME, Site
from ..view import MOST, Section, Values, View, Years, count_years, in_year, newest
from ..wording import (
    basis_lines,
    basis_use,
    checked_line,
    citation,
    document_sources,
    status_mark,
    status_text,
)
from .document_card import card, issuer_mark
from .document_near import near

_DEMAND = "yeu-cau"
_AFTER = ("thay-the", "noi-tiep")
"""Roles of relations to what a document came after."""
SHORT = 3
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
    same_number = site.index.documents_by_number.get(d.number or "", [])
    above, below = _relations(site, d)
    order, level = [*site.kb.vocabulary.relations], evidence_level(d, site.kb)
    pack = sheet_of_document(site, d.id)
    nodes = (
        [(name, other.name, _told(site, other), site.href(Kind.DOCUMENT, other.id)) for name, other, _ in way]
        for way in (above, below)
    )
    return {
        "d": d,
        "title_mark": title_mark,
        "status": status_text(site, d),
        "status_mark": lambda: status_mark(site, d),
        "issuer_mark": lambda: issuer_mark(site, d),
        "follows": _follows(site, above),
        "has_moved": site.has_moved(d.province, d.date),
        "checked_line": checked_line(site, d),
        "basis_use": basis_use(site, d),
        "card": lambda: card(site, d),
        "near": lambda: near(site, d),
        "bases": list(basis_lines(site, d)),
        "is_extract": level is EvidenceLevel.EXTRACT,
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
        "same_number": site.newest(other for other in same_number if other.id != d.id),
        "articles": newest(site, d.articles),
        "quotes": [site.quote(reference) for reference in newest(site, places)],
        "counts": {"articles": len(d.articles), "quotes": len(places)},
    }


def _told(site: Site, d: Document) -> str:
    """Return what tells a document from others of its number, and what must be known of it; not what the relation
    says by its name: that it gave way to the page's own."""
    state = None if site.gave_way_here(d.id) else site.index.states.get(d.id)
    return site.document_line(d) + (f" · {state.words}" if state else "")


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


def _follows(site: Site, above: list[_Related]) -> dict[str, Callable[[], Md]]:
    """Return the documents that this one came after, by how it did, as a line that is written when its turn has come:
    then its pages get their numbers. What is the same of all of them (source, how sure) stands once, at the end."""
    kinds = site.kb.vocabulary.relations
    found = group((row for row in above if kinds[row[2][0].relation].role in _AFTER), lambda row: [row[0]])
    return {name: partial(_follow_line, site, rows) for name, rows in found.items()}


def _follow_line(site: Site, rows: list[_Related]) -> Md:
    names, ends = [], []
    for _, other, told in rows:
        day = f" ({site.date(other.date)})" if other.date else ""
        mark = site.mark(other.id, changed_only=True, is_told=site.gave_way_here(other.id))
        names.append(f"{site.link(Kind.DOCUMENT, other.id, marked=False)}{day}{mark}")
        sure = {site.kb.vocabulary.origins.certainty(r.ground) if r.ground else Certainty.ONE_SOURCE for r in told}
        doubt = f" ({CERTAINTY_NOTES[Certainty.ONE_SOURCE]})" if sure == {Certainty.ONE_SOURCE} else ""
        ends.append("".join(site.footnote(r.reference or r.ground) for r in told) + doubt)
    is_shared = len(set(ends)) == 1
    return Md("; ".join(names) + ends[0] if is_shared else "; ".join(map("".join, zip(names, ends, strict=True))))


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


def _cuts(site: Site) -> Cuts:
    """Return how the list of all is cut where it is too long: by place of today, year, type."""
    known = site.kb.documents
    return Cuts(
        [d.id for d in site.newest(known.values())],
        (
            lambda identity: by_place(site, known[identity].province),
            lambda identity: by_year(site.index.sorted_year(known[identity])),
            lambda identity: by_words(known[identity].type_name.lower()),
        ),
    )


VIEW = View(
    lambda index: index.kb.documents, _page,
    lambda site, d: f"{d.name} ({site.document_line(d)}){f': {d.title}' if d.title else ''}",
    _all,
    head=_head, years=_years, of_year=_of_year, cuts=_cuts,
)  # fmt: skip
