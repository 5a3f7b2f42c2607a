"""What the page of a theme shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from ....core.text import sort_key
from ....meaning.knowledge.entities import ArticleEntry, Kind, Reference
from ....sources.vocabulary.schemas import Theme
from ..linked_data import theme_data
from ..site import Quote, Site
from ..years import MOST, Section, Year, list_years, newest_references, year_of

MOST_RELATED = 6


@dataclass(frozen=True, slots=True)
class PlaceYear:
    """The statements of one place in one year."""

    place: str
    year: str
    quotes: tuple[Quote, ...]


def theme_context(site: Site, t: Theme) -> dict[str, object]:
    """Return the values of a theme's page."""
    speaking = site.index.articles_by_theme.get(t.id, [])
    naming = {r.article for r in site.kb.mentions.get((Kind.THEME, t.id), ())}
    places = statements(site, t)
    return {
        "t": t,
        "documents": site.newest(site.index.documents_by_theme.get(t.id, [])),
        "groups": _groups(site, newest_references(site, places)),
        "count": len(places),
        "years": theme_years(site, t),
        "most": MOST,
        "passing": sorted(naming - {e.article.id for e in speaking}),
        "related": _related(site, t, speaking),
    }


def statements(site: Site, t: Theme) -> list[Reference]:
    """Return the places that speak of a theme, of the articles that really do."""
    return site.mentioned(Kind.THEME, t.id, (e.article.id for e in site.index.articles_by_theme.get(t.id, [])))


def theme_years(site: Site, t: Theme) -> list[Year]:
    """Return the years of the statements on a theme, where there are more than one page can show."""
    places = statements(site, t)
    return list_years(site, (r.article for r in places)) if len(places) > MOST else []


def theme_of_year(site: Site, t: Theme) -> list[Section]:
    """Return what stands on the page of one year: the statements of each place."""
    groups: dict[str, list[Reference]] = defaultdict(list)
    for reference in statements(site, t):
        if year_of(site, reference.article) == site.part:
            groups[_place(site, site.kb.articles[reference.article])].append(reference)
    return [Section(place, references=tuple(groups[place])) for place in sorted(groups, key=sort_key)]


def _place(site: Site, entry: ArticleEntry) -> str:
    return site.name(Kind.PROVINCE, entry.province) if entry.province else "Trung ương"


def _groups(site: Site, places: list[Reference]) -> list[PlaceYear]:
    """Group the statements by place and year: places in order, newest year first."""
    groups: dict[tuple[str, str], list[Quote]] = defaultdict(list)
    for quote in map(site.quote, places):
        entry = quote.entry
        groups[_place(site, entry), str(entry.at.year) if entry.at else "chưa rõ năm"].append(quote)
    ordered = sorted(groups.items(), key=lambda item: (sort_key(item[0][0]), [-ord(c) for c in item[0][1]]))
    return [PlaceYear(place, year, tuple(quotes)) for (place, year), quotes in ordered]


def _related(site: Site, t: Theme, speaking: list[ArticleEntry]) -> list[str]:
    """Return related themes: those the vocabulary names, then those spoken of in the same articles."""
    together = Counter(other for e in speaking for other in e.weights if other != t.id)
    common = sorted(together, key=lambda other: (-together[other], other))
    return list(dict.fromkeys([*t.related, *common]))[:MOST_RELATED]


def theme_head(site: Site, t: Theme) -> dict[str, object]:
    """Return the facts of a theme that search and filters use."""
    return {
        "source": site.kb.vocabulary.origin("themes", t.id)[0],
        "feed": t.id in site.index.feeds,
        "ld": theme_data(site, t),
    }


def theme_description(site: Site, t: Theme) -> str:
    """Return one line that says what a theme is."""
    return t.definition
