"""What the page of a province shows."""

from __future__ import annotations

from ....meaning.knowledge.entities import Kind
from ....sources.vocabulary.schemas import Province
from ..linked_data import province_data
from ..periods import NOW, period_texts
from ..site import Site
from ..years import MOST, newest_first


def province_context(site: Site, p: Province) -> dict[str, object]:
    """Return the values of a province's page."""
    parts = [part for period in p.periods for part in period.made_of if part != p.id]
    articles = site.index.articles_by_place.get(p.id, [])
    long = len(articles) > MOST
    return {
        "p": p,
        "today": NOW,
        "periods": period_texts(site, p),
        "bodies": site.sorted_by_name(site.index.bodies_by_place.get(p.id, [])),
        "documents": site.newest(site.index.documents_by_place.get(p.id, [])),
        "articles": sorted(articles, key=lambda a: newest_first(site, a.article.id))[:MOST] if long else articles,
        "article_count": len(articles),
        "most": MOST,
        "parts": parts,
        "renamed": all(len(period.made_of) == 1 for period in p.periods if period.made_of),
        "counts": {part: province_count(site, part) for part in parts},
    }


def province_count(site: Site, province: str) -> str:
    """Return how much there is of a province, in words; '' for nothing."""
    documents = len(site.index.documents_by_place.get(province, []))
    articles = len(site.index.articles_by_place.get(province, []))
    parts = [f"{documents} văn bản" if documents else "", f"{articles} bài" if articles else ""]
    return ", ".join(part for part in parts if part)


def province_head(site: Site, p: Province) -> dict[str, object]:
    """Return the facts of a province that search and filters use."""
    return {
        "place": p.name,
        "source": site.kb.vocabulary.origin("provinces", p.id)[0],
        "feed": p.id in site.index.feeds,
        "ld": province_data(site, p),
    }


def province_description(site: Site, p: Province) -> str:
    """Return one line that says what a province is today."""
    if p.successor and p.successor != p.id:
        return f"{p.name}, nay thuộc {site.name(Kind.PROVINCE, p.successor)}: cơ quan, văn bản, bài nguồn"
    return f"{p.name}: các thời kỳ, cơ quan, văn bản, bài nguồn"
