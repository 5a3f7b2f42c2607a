"""What the lists of each kind and the home page show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from ....core.text import sort_key
from ....meaning.knowledge.entities import ArticleEntry, Body, Document, Kind
from ....sources.vocabulary.schemas import Province, Theme
from ..site import Site
from .province import province_count

NEWEST = 6
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ListGroup:
    """A section of a list."""

    name: str
    rows: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme with how much there is on it, in words."""

    theme: Theme
    count: str
    size: int


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """A province with its parts and how much there is of it, in words."""

    province: Province
    parts: tuple[str, ...]
    count: str


def _grouped(items: Iterable[_T], name: Callable[[_T], str]) -> list[ListGroup]:
    groups: dict[str, list[_T]] = defaultdict(list)
    for item in items:
        groups[name(item)].append(item)
    return [
        ListGroup(key, tuple(groups[key])) for key in sorted(groups, key=lambda k: (k == "Trung ương", sort_key(k)))
    ]


def documents_list(site: Site) -> dict[str, object]:
    """Return the documents grouped by place, newest first."""

    def place(d: Document) -> str:
        return site.name(Kind.PROVINCE, d.province) if d.province else "Trung ương"

    return {"groups": _grouped(site.newest(site.kb.documents.values()), place)}


def bodies_list(site: Site) -> dict[str, object]:
    """Return the bodies grouped by place."""

    def place(b: Body) -> str:
        return site.name(Kind.PROVINCE, b.province) if b.province else "Trung ương"

    return {"groups": _grouped(site.sorted_by_name(list(site.kb.bodies.values())), place)}


def themes_list(site: Site) -> dict[str, object]:
    """Return the themes, those most spoken of first."""
    return {"rows": theme_rows(site)}


def theme_rows(site: Site) -> list[ThemeRow]:
    """Return each theme with its counts."""
    rows = []
    for theme in site.kb.themes.values():
        articles = len(site.index.articles_by_theme.get(theme.id, []))
        documents = len(site.index.documents_by_theme.get(theme.id, []))
        counts = [f"{documents} văn bản" if documents else "", f"{articles} bài" if articles else ""]
        rows.append(ThemeRow(theme, ", ".join(c for c in counts if c), articles))
    return sorted(rows, key=lambda row: (-row.size, sort_key(row.theme.name)))


def provinces_list(site: Site) -> dict[str, object]:
    """Return the provinces of today, and the former names."""
    rows = [_row(site, p) for p in sorted(site.kb.provinces.values(), key=lambda p: sort_key(p.name))]
    return {
        "today": [r for r in rows if r.province.successor in (None, r.province.id)],
        "former": [r for r in rows if r.province.successor not in (None, r.province.id)],
    }


def _row(site: Site, p: Province) -> ProvinceRow:
    merged = (part for period in p.periods if len(period.made_of) > 1 for part in period.made_of)
    return ProvinceRow(p, tuple(site.name(Kind.PROVINCE, part) for part in merged), province_count(site, p.id))


def articles_list(site: Site) -> dict[str, object]:
    """Return the articles, newest first, undated last."""

    def age(a: ArticleEntry) -> tuple[object, ...]:
        day = a.article.published or a.at
        return (-(day.earliest().toordinal()) if day else 0, sort_key(a.article.title or ""), a.article.id)

    return {"articles": sorted(site.kb.articles.values(), key=age)}


def home_context(site: Site) -> dict[str, object]:
    """Return the values of the home page."""
    rows = [_row(site, p) for p in sorted(site.kb.provinces.values(), key=lambda p: sort_key(p.name))]
    reported = [d for d in site.kb.documents.values() if d.announced_by or d.cited_by]
    return {
        "themes": theme_rows(site),
        "newest": site.newest(reported)[:NEWEST],
        "provinces": [r for r in rows if r.count],
    }
