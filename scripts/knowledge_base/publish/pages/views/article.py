"""What the page of an article shows, and the list of all articles."""

from __future__ import annotations

from ....core.models import Resolution
from ....core.text import sort_key
from ....meaning.knowledge.entities import ArticleEntry, Kind
from ..cut_lists import Cuts, Label, by_place, by_year
from ..index import NO_YEAR, group
from ..linked_data import article_data
from ..site import Site
from ..view import Values, View, newest_years, year_name
from ..wording import changed_line, citation, document_sources, second_reading_words

SHORT = 5
"""So many articles of a year stand in the list, the others come on demand. Chosen by hand."""


def _page(site: Site, a: ArticleEntry) -> Values:
    whole = a.reference(a.article.body_start, len(a.article.text))
    doubts: dict[str, Resolution] = {}
    for k in a.links:
        if k.kind is Kind.DOCUMENT and k.resolution.id is None and k.resolution.candidates:
            doubts.setdefault(a.words(k.start, k.end), k.resolution)
    return {
        "a": a,
        "moved": site.has_moved(a.province, a.at),
        "doubts": doubts,
        "changed": [changed_line(site, identity, status) for identity, status in site.changed_in(whole)],
        "checked": second_reading_words(a.article.checked) if a.article.checked else "",
        "documents": a.named(Kind.DOCUMENT),
        "bodies": a.named(Kind.BODY),
    }


def _head(site: Site, a: ArticleEntry) -> Values:
    document = site.kb.documents.get(a.document or "")
    return {
        "place": site.place(a.province),
        "year": str(a.at.year) if a.at else None,
        "source": a.article.path,
        "cite": citation(site, document) if document else None,
        "cite_by": document_sources(site, document) if document else None,
        "state": state.words if document and (state := site.index.states.get(document.id)) else None,
        "cite_source": site.article_source(a),
        "ld": article_data(site, a),
    }


def _description(site: Site, a: ArticleEntry) -> str:
    when = f", {a.article.published.vietnamese}" if a.article.published else ""
    return f"{'Tóm lược' if a.is_digest else 'Toàn văn'} bài của {site.outlet(a)}{when}, có dẫn từng đoạn"


def facets(site: Site, a: ArticleEntry) -> dict[str, str]:
    """Return by what the list can be narrowed: place (then and now), year, outlet."""
    now = site.index.province_today(a.province) if a.province else None
    places = dict.fromkeys(site.place(place) for place in (a.province, now or a.province))
    return {"noi": "|".join(places), "nam": str(a.at.year) if a.at else "chưa rõ", "bao": site.outlet(a)}


def _index(site: Site) -> Values:
    """Return the articles by year, newest first, undated last, with what the list says of each."""
    years = group(sorted(site.kb.articles.values(), key=_age), lambda a: [str(a.at.year) if a.at else NO_YEAR])
    return {
        "groups": [(year_name(year), year, years[year]) for year in newest_years(years)],
        "short": SHORT,
        "facets": lambda a: facets(site, a),
    }


def _age(a: ArticleEntry) -> tuple[object, ...]:
    return (-a.at.earliest().toordinal() if a.at else 0, sort_key(a.article.title or ""), a.id)


def _cuts(site: Site) -> Cuts:
    """Return how the list of all is cut where it is too long: by year, by place of today."""
    known = site.kb.articles

    def year(identity: str) -> Label:
        at = known[identity].at
        label = by_year(at.year if at else None)
        return label._replace(anchors=(f"nam-{label.id}",))

    keys = (year, lambda identity: by_place(site, known[identity].province)._replace(anchors=()))
    return Cuts([a.id for a in sorted(known.values(), key=_age)], keys)


VIEW = View(lambda index: index.kb.articles, _page, _description, _index, head=_head, cuts=_cuts)
