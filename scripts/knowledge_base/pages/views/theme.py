"""What the page of a theme shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from ...knowledge.entities import ArticleEntry, Kind
from ...text import sort_key
from ...vocabulary.schemas import Theme
from ..linked_data import theme_data
from ..site import Quote, Site

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
    return {
        "t": t,
        "documents": site.newest(site.index.documents_by_theme.get(t.id, [])),
        "groups": _groups(site, t, speaking),
        "passing": sorted(naming - {e.article.id for e in speaking}),
        "related": _related(site, t, speaking),
    }


def _groups(site: Site, t: Theme, speaking: list[ArticleEntry]) -> list[PlaceYear]:
    """Group the statements by place and year: places in order, newest year first."""
    groups: dict[tuple[str, str], list[Quote]] = defaultdict(list)
    for quote in site.quotes(Kind.THEME, t.id, (e.article.id for e in speaking)):
        entry = quote.entry
        place = site.name(Kind.PROVINCE, entry.province) if entry.province else "Trung ương"
        groups[place, str(entry.at.year) if entry.at else "chưa rõ năm"].append(quote)
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
