"""What the page of a province shows, and the list of all provinces."""

from __future__ import annotations

from ....core.text import sort_key
from ....meaning.knowledge.entities import Kind
from ....sources.vocabulary.schemas import Province
from ..linked_data import province_data
from ..site import Site
from ..view import Values, View, newest
from .body import by_name


def _page(site: Site, p: Province) -> Values:
    parts = [part for period in p.periods for part in period.made_of if part != p.id]
    articles = site.index.articles_by_place.get(p.id, [])
    return {
        "p": p,
        "bodies": by_name(site.index.bodies_by_place.get(p.id, [])),
        "documents": site.newest(site.index.documents_by_place.get(p.id, [])),
        "articles": newest(site, [a.id for a in articles]),
        "article_count": len(articles),
        "parts": parts,
        "renamed": all(len(period.made_of) == 1 for period in p.periods if period.made_of),
        "counts": {part: _count(site, part) for part in parts},
    }


def _count(site: Site, province: str) -> str:
    return site.amount(site.index.documents_by_place.get(province, []), site.index.articles_by_place.get(province, []))


def _head(site: Site, p: Province) -> Values:
    source = site.kb.vocabulary.place("provinces", p.id)[0]
    return {"place": p.name, "source": source, "feed": p.id in site.index.feeds, "ld": province_data(site, p)}


def _description(site: Site, p: Province) -> str:
    if p.successor and p.successor != p.id:
        return f"{p.name}, nay thuộc {site.name(Kind.PROVINCE, p.successor)}: cơ quan, văn bản, bài nguồn"
    return f"{p.name}: các thời kỳ, cơ quan, văn bản, bài nguồn"


def province_rows(site: Site) -> list[tuple[Province, list[str], str]]:
    """Return all provinces, of today and former ones, by name, with the names of their parts and how much there is."""
    rows = []
    for p in sorted(site.kb.provinces.values(), key=lambda p: sort_key(p.name)):
        merged = (part for period in p.periods if len(period.made_of) > 1 for part in period.made_of)
        rows.append((p, [site.name(Kind.PROVINCE, part) for part in merged], _count(site, p.id)))
    return rows


def _index(site: Site) -> Values:
    rows = province_rows(site)
    today = [row for row in rows if row[0].successor in (None, row[0].id)]
    return {"today": today, "former": [row for row in rows if row not in today]}


VIEW = View(lambda index: index.kb.provinces, _page, _description, _index, head=_head)
