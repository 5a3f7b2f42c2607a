"""What the pages of comparison show: who said what on a theme, by place and year."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from ....core.dates import PartialDate
from ....core.text import sort_key
from ....meaning.knowledge.entities import ArticleEntry, Kind, Reference
from ....sources.vocabulary.schemas import Theme
from ..index import Index
from ..markdown import Md
from ..site import Site
from ..years import Year, list_years, year_name, year_of
from .theme import statements

CENTRAL = "trung-uong"
LONGEST = 150
"""So many statements stand on a page; beyond it each cell shows its newest and leads to the page of its year."""

MOST_IN_CELL = 3
_Cells = dict[tuple[str, str], list["ComparedStatement"]]


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


@dataclass(frozen=True, slots=True)
class ThemeCells:
    """A theme in the table of all: for each place the years with the number of statements."""

    theme: Theme
    cells: tuple[tuple[tuple[str, str, int], ...], ...]
    total: int = field(default=0)


def compared(index: Index) -> dict[str, Theme]:
    """Return the themes on which there is at least one statement."""
    return {identity: theme for identity, theme in index.kb.themes.items() if index.articles_by_theme.get(identity)}


def comparison_context(site: Site, theme: Theme) -> dict[str, object]:
    """Return the values of the page of one theme: places side by side, year by year."""
    cells = _cells(site, theme)
    columns = _columns(site, {place for place, _ in cells})
    years = [_year(year, columns, cells) for year in sorted({year for _, year in cells}, reverse=True)]
    said = sorted((s for row in years for cell in row.cells for s in cell), key=_age)
    most = len(said) if len(said) <= LONGEST else max(1, min(MOST_IN_CELL, LONGEST // len(cells)))
    return {
        "t": theme,
        "columns": columns,
        "years": years,
        "timeline": said[: LONGEST if len(said) > LONGEST else None],
        "most": most,
        "count": len(said),
        "pages": comparison_years(site, theme),
    }


def comparison_years(site: Site, theme: Theme) -> list[Year]:
    """Return the years of the statements on a theme, where there are more than one page can show."""
    places = statements(site, theme)
    return list_years(site, (r.article for r in places)) if len(places) > LONGEST else []


def comparison_of_year(site: Site, theme: Theme) -> dict[str, object]:
    """Return the values of the page of one theme in one year: all that was said, places side by side."""
    cells = _cells(site, theme, site.part)
    columns = _columns(site, {place for place, _ in cells})
    return {"t": theme, "columns": columns, "row": _year(site.part, columns, cells)}


def _key(site: Site, reference: Reference) -> tuple[str, str]:
    """Return the cell a statement stands in: place and year."""
    return site.kb.articles[reference.article].province or CENTRAL, year_of(site, reference.article)


def _cells(site: Site, theme: Theme, year: str = "") -> _Cells:
    """Return the statements on a theme (of one year) by place and year, each in order of date and text."""
    cells: _Cells = defaultdict(list)
    for reference in statements(site, theme):
        key, entry = _key(site, reference), site.kb.articles[reference.article]
        if year and key[1] != year:
            continue
        said = ComparedStatement(
            text=site.plain(reference),
            date=entry.article.published or entry.at,
            event=entry.article.published is None,
            source=site.source_tag(reference),
            document=_document(site, entry),
            place=site.name(Kind.PROVINCE, entry.province) if entry.province else "Trung ương",
            anchor="-".join(key),
            order=(entry.article.id, reference.start),
        )
        cells[key].append(said)
    return {key: sorted(rows, key=_age) for key, rows in cells.items()}


def _document(site: Site, entry: ArticleEntry) -> Md:
    known = entry.document in site.kb.documents
    return site.tag(Kind.DOCUMENT, entry.document) if entry.document and known else Md("")


def _age(said: ComparedStatement) -> tuple[object, ...]:
    """Newest first; what has no date comes last."""
    return (-said.date.latest().toordinal() if said.date else 0, said.order)


def _columns(site: Site, places: set[str]) -> list[Column]:
    found = [Column(p, "Trung ương" if p == CENTRAL else site.name(Kind.PROVINCE, p)) for p in places]
    return sorted(found, key=lambda c: (c.id != CENTRAL, sort_key(c.name)))


def _year(year: str, columns: list[Column], cells: _Cells) -> YearRow:
    return YearRow(year, year_name(year), tuple(tuple(cells.get((c.id, year), ())) for c in columns))


def comparisons_list(site: Site) -> dict[str, object]:
    """Return the table of all themes and places, and the themes without any statement."""
    themes = sorted(compared(site.index).values(), key=lambda t: sort_key(t.name))
    counted = {theme.id: Counter(_key(site, r) for r in statements(site, theme)) for theme in themes}
    columns = _columns(site, {place for cells in counted.values() for place, _ in cells})
    years = sorted({year for cells in counted.values() for _, year in cells}, reverse=True)
    return {
        "columns": columns,
        "years": [(year, year_name(year)) for year in years],
        "rows": [_theme_cells(theme, columns, counted[theme.id]) for theme in themes],
        "timeline": [(year_name(year), _year_places(year, columns, themes, counted)) for year in years],
        "silent": sorted((t.name for t in site.kb.themes.values() if t.id not in counted), key=sort_key),
    }


def _theme_cells(theme: Theme, columns: list[Column], counted: Counter[tuple[str, str]]) -> ThemeCells:
    years = sorted({year for _, year in counted}, reverse=True)
    cells = tuple(tuple((y, year_name(y), counted[c.id, y]) for y in years if (c.id, y) in counted) for c in columns)
    return ThemeCells(theme, cells, sum(counted.values()))


def _year_places(
    year: str, columns: list[Column], themes: list[Theme], counted: dict[str, Counter[tuple[str, str]]]
) -> list[tuple[Column, list[tuple[Theme, int]]]]:
    """Return the places that spoke in a year, each with its themes and the number of statements."""
    found = [(c, [(t, n) for t in themes if (n := counted[t.id].get((c.id, year), 0))]) for c in columns]
    return [(column, said) for column, said in found if said]


def comparison_head(site: Site, theme: Theme) -> dict[str, object]:
    """Return the facts that search and filters use."""
    return {"source": site.kb.vocabulary.origin("themes", theme.id)[0]}


def comparison_title(site: Site, theme: Theme) -> str:
    """Return the title of a theme's comparison."""
    return f"So sánh: {theme.name}"


def comparison_description(site: Site, theme: Theme) -> str:
    """Return one line that says what the page compares."""
    return f"Các nơi nói gì về {theme.name.lower()}, theo năm, đặt cạnh nhau, mỗi ý có nguồn"
