"""What the pages of comparison show: who said what on a theme, by place and year."""

from __future__ import annotations

import math
import textwrap
from collections import Counter
from collections.abc import Iterable

from ....core.text import sort_key, upper_first
from ....meaning.knowledge.entities import ArticleEntry, Document, Reference
from ....sources.vocabulary.schemas import Theme
from ..index import group
from ..site import CENTRAL, HEAD, Site
from ..view import Values, View, count_years, in_year, newest_first, newest_years, year_name, year_of
from .theme import statements

LONGEST = 60
"""So many statements stand on a page; beyond it each cell shows its newest and leads to the page of its year. A page of
129 was 67 kB in the browser, packed; 60 is the limit."""
IN_TIME = 30
"""So many of the newest stand in the list by time, which tells again what stands above. Chosen by hand."""
MOST_IN_CELL = 3
"""Then so many stand in a cell, fewer where there are many cells; chosen by hand."""
_Cell = tuple[str, str]
"""What stands together: a place and a year."""
_Said = tuple[ArticleEntry, list[Reference]]
"""An article with what it says."""
_Year = tuple[str, list[_Said], int]
"""A year of a place with what its articles say, and how many statements there are."""


def _page(site: Site, theme: Theme) -> Values:
    """Places side by side, their years newest first; the places of which there are only documents; all by time."""
    said = newest_first(site, statements(site, theme))
    cells = group(said, lambda reference: [_cell(site, reference)])
    most = len(said) if len(said) <= LONGEST else max(1, min(MOST_IN_CELL, LONGEST // len(cells)))
    return {
        "t": theme,
        "places": _places(site, cells, most),
        "silent": _silent(site, theme, cells),
        "timeline": _by_article(site, said[:IN_TIME]),
        "timeline_count": len(said[:IN_TIME]),
        "most_in_cell": most,
        "count": len(said),
        "whose_words": site.whose_words(reference.article for reference in said),
        "anchor": lambda reference: "-".join(_cell(site, reference)),
        "year_of": lambda reference: year_of(site, reference),
        "shortened": lambda words: textwrap.shorten(upper_first(words.strip()), HEAD, placeholder=" …"),
    }


def _of_year(site: Site, theme: Theme) -> Values:
    """All that was said in a year, places side by side."""
    said = newest_first(site, in_year(site, statements(site, theme)))
    return {"t": theme, "places": _places(site, group(said, lambda reference: [_cell(site, reference)]), len(said))}


def _by_article(site: Site, said: Iterable[Reference]) -> list[_Said]:
    """Return statements by the article they stand in, in their order."""
    found = group(said, lambda reference: [reference.article])
    return [(site.kb.articles[article], references) for article, references in found.items()]


def _places(site: Site, cells: dict[_Cell, list[Reference]], most: int) -> list[tuple[str, list[_Year]]]:
    """Return the places in order, each with its years, newest first: the ``most`` newest statements of that year by
    their articles, and how many there are."""

    def years(place: str) -> list[_Year]:
        own = newest_years(year for at, year in cells if at == place)
        return [(y, _by_article(site, cells[place, y][:most]), len(cells[place, y])) for y in own]

    return [(place, years(place)) for place in _columns(site, cells)]


def _silent(site: Site, theme: Theme, cells: Iterable[_Cell]) -> list[tuple[str, list[Document]]]:
    """Return the places of today that have documents on a theme but no statement, with those documents."""
    speaking = {site.index.province_today(place) for place, _ in cells}

    def place(d: Document) -> str:
        return site.index.province_today(d.province) if d.province else CENTRAL

    found = group(site.newest(site.index.documents_by_theme.get(theme.id, [])), lambda d: [place(d)])
    return [(p, found[p]) for p in _columns(site, ((p, "") for p in found)) if p not in speaking]


def _cell(site: Site, reference: Reference) -> _Cell:
    """Return the cell a statement stands in."""
    return site.kb.articles[reference.article].province or CENTRAL, year_of(site, reference)


def _columns(site: Site, cells: Iterable[_Cell]) -> list[str]:
    """Return the places that a table of these cells has, in order."""
    return sorted({place for place, _ in cells}, key=lambda place: (place != CENTRAL, sort_key(site.place(place))))


def _index(site: Site) -> Values:
    """The table of all themes and places, and the themes without any statement."""
    themes = sorted(site.index.spoken_themes.values(), key=lambda t: (t.order or math.inf, sort_key(t.name)))
    counted = {theme.id: Counter(_cell(site, r) for r in statements(site, theme)) for theme in themes}
    cells = {cell for found in counted.values() for cell in found}
    columns = _columns(site, cells)
    years = newest_years({year for _, year in cells})

    def counts(theme: Theme, place: str) -> list[tuple[str, str, int]]:
        return [(year, year_name(year), count) for year in years if (count := counted[theme.id][place, year])]

    def spoken(place: str, year: str) -> list[tuple[Theme, int]]:
        return [(theme, count) for theme in themes if (count := counted[theme.id][place, year])]

    return {
        "rows": [(theme, [(c, found) for c in columns if (found := counts(theme, c))]) for theme in themes],
        "timeline": [(year_name(y), [(c, said) for c in columns if (said := spoken(c, y))]) for y in years],
        "silent": sorted((t.name for t in site.kb.themes.values() if t.id not in counted), key=sort_key),
    }


VIEW = View(
    lambda index: index.spoken_themes, _page,
    lambda _, theme: f"Các nơi nói gì về {theme.name.lower()}, theo năm, đặt cạnh nhau, mỗi ý có nguồn",
    _index,
    head=lambda site, theme: {"source": site.kb.vocabulary.place("themes", theme.id)[0]},
    title=lambda _, theme: f"So sánh: {theme.name}",
    years=lambda site, theme: count_years(site, statements(site, theme), most=LONGEST), of_year=_of_year,
)  # fmt: skip
