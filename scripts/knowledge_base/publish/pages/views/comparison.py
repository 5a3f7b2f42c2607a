"""What the pages of comparison show: who said what on a theme, by place and year."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from ....core.dates import PartialDate
from ....core.text import sort_key
from ....meaning.knowledge.entities import Kind, Reference
from ....sources.vocabulary.schemas import Theme
from ..index import Index
from ..markdown import Md
from ..site import CENTRAL, Site
from ..view import Values, View, Year, list_years, year_name, year_of
from .theme import statements

LONGEST = 150
"""So many statements stand on a page; beyond it each cell shows its newest and leads to the page of its year."""
MOST_IN_CELL = 3
"""Then so many stand in a cell, fewer where there are many cells. Both chosen by hand."""
_Key = tuple[str, str]
"""A cell of a table: place and year."""


@dataclass(frozen=True, slots=True)
class ComparedStatement:
    """One statement: its words, its source and the document its article is about (both HTML).

    ``event``: the date is that of what the article tells of, for it has none of its own."""

    text: str
    date: PartialDate | None
    event: bool
    source: Md
    document: Md
    place: str
    anchor: str
    order: tuple[str, int]


@dataclass(frozen=True, slots=True)
class Column:
    """A place in a table."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year with the statements of each place, in the order of the columns."""

    id: str
    name: str
    cells: tuple[tuple[ComparedStatement, ...], ...]


def _members(index: Index) -> dict[str, Theme]:
    """Return the themes on which there is at least one statement."""
    return {identity: theme for identity, theme in index.kb.themes.items() if index.articles_by_theme.get(identity)}


def _page(site: Site, theme: Theme) -> Values:
    """Places side by side, year by year."""
    cells = _cells(site, theme)
    columns = _columns(site, {place for place, _ in cells})
    years = [_year(year, columns, cells) for year in sorted({year for _, year in cells}, reverse=True)]
    said = sorted((s for row in years for cell in row.cells for s in cell), key=_age)
    return {
        "t": theme,
        "columns": columns,
        "years": years,
        "timeline": said[:LONGEST],
        "most": len(said) if len(said) <= LONGEST else max(1, min(MOST_IN_CELL, LONGEST // len(cells))),
        "count": len(said),
        "pages": _years(site, theme),
    }


def _years(site: Site, theme: Theme) -> list[Year]:
    return list_years(site, [r.article for r in statements(site, theme)], most=LONGEST)


def _of_year(site: Site, theme: Theme) -> Values:
    """All that was said in a year, places side by side."""
    cells = _cells(site, theme, site.part)
    columns = _columns(site, {place for place, _ in cells})
    return {"t": theme, "columns": columns, "row": _year(site.part, columns, cells)}


def _key(site: Site, reference: Reference) -> _Key:
    """Return the cell a statement stands in."""
    return site.kb.articles[reference.article].province or CENTRAL, year_of(site, reference.article)


def _cells(site: Site, theme: Theme, year: str = "") -> dict[_Key, list[ComparedStatement]]:
    """Return the statements on a theme (of one year) by place and year, each in order of date and text."""
    cells: dict[_Key, list[ComparedStatement]] = defaultdict(list)
    for reference in statements(site, theme):
        key, entry = _key(site, reference), site.kb.articles[reference.article]
        if year and key[1] != year:
            continue
        said = ComparedStatement(
            text=site.plain(reference),
            date=entry.article.published or entry.at,
            event=entry.article.published is None,
            source=site.source_tag(reference),
            document=site.tag(Kind.DOCUMENT, entry.document) if entry.document in site.kb.documents else Md(""),
            place=site.place(entry.province),
            anchor="-".join(key),
            order=(entry.id, reference.start),
        )
        cells[key].append(said)
    return {key: sorted(rows, key=_age) for key, rows in cells.items()}


def _age(said: ComparedStatement) -> tuple[object, ...]:
    """Newest first; what has no date comes last."""
    return (-said.date.latest().toordinal() if said.date else 0, said.order)


def _columns(site: Site, places: set[str]) -> list[Column]:
    found = [Column(place, site.place(place)) for place in places]
    return sorted(found, key=lambda c: (c.id != CENTRAL, sort_key(c.name)))


def _year(year: str, columns: list[Column], cells: dict[_Key, list[ComparedStatement]]) -> YearRow:
    return YearRow(year, year_name(year), tuple(tuple(cells.get((c.id, year), ())) for c in columns))


def _index(site: Site) -> Values:
    """The table of all themes and places, and the themes without any statement."""
    themes = sorted(_members(site.index).values(), key=lambda t: sort_key(t.name))
    counted = {theme.id: Counter(_key(site, r) for r in statements(site, theme)) for theme in themes}
    columns = _columns(site, {place for cells in counted.values() for place, _ in cells})
    years = sorted({year for cells in counted.values() for _, year in cells}, reverse=True)

    def counts(theme: Theme, place: str) -> list[tuple[str, str, int]]:
        cells = counted[theme.id]
        return [(year, year_name(year), cells[place, year]) for year in years if cells[place, year]]

    def spoken(place: str, year: str) -> list[tuple[Theme, int]]:
        return [(theme, count) for theme in themes if (count := counted[theme.id][place, year])]

    return {
        "columns": columns,
        "rows": [(theme, [counts(theme, column.id) for column in columns]) for theme in themes],
        "timeline": [(year_name(y), [(c, said) for c in columns if (said := spoken(c.id, y))]) for y in years],
        "silent": sorted((t.name for t in site.kb.themes.values() if t.id not in counted), key=sort_key),
    }


VIEW = View(
    _members, _page,
    lambda _, theme: f"Các nơi nói gì về {theme.name.lower()}, theo năm, đặt cạnh nhau, mỗi ý có nguồn",
    _index,
    head=lambda site, theme: {"source": site.kb.vocabulary.origin("themes", theme.id)[0]},
    title=lambda _, theme: f"So sánh: {theme.name}",
    years=_years, of_year=_of_year,
)  # fmt: skip
