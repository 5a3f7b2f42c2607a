"""Render the knowledge base: one Markdown page for each entity, one list for each kind, and the home page."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from ...core.text import upper_first
from ...meaning.knowledge.entities import Kind, KnowledgeBase
from ...meaning.knowledge.succession import HAPPENED
from .index import Index
from .kinds import (
    COMPARISON,
    FULL_INDEX,
    FULL_INDEX_TEMPLATE,
    HOME,
    HOME_TEMPLATE,
    NUMBERS,
    PAGE_KINDS,
    SEARCH,
    SEARCH_FOLDER,
    SEARCH_TEMPLATE,
    TASKS,
    PageKind,
)
from .markdown import Md, attributes, escape, external_link, front_matter, link, tag_attributes, time
from .site import Site
from .views import article, body, comparison, document, lists, number, province, search, tasks, theme
from .years import NO_YEAR, Section, Year, year_name

_TEMPLATES = Path(__file__).parent / "templates"
_Values = dict[str, object]


def _no_years(site: Site, entity: object) -> list[Year]:
    return []


@dataclass(frozen=True, slots=True)
class View:
    """How a kind of page is filled: its members, and for each the values of its page, its head, its
    title and description; ``index`` gives the values of the folder's own page; ``years`` the pages of
    single years of a member that is too long for one page, ``of_year`` what stands on such a page."""

    members: Callable[[Index], Mapping[str, object]]
    values: Callable[..., _Values]
    head: Callable[..., _Values]
    title: Callable[..., str]
    description: Callable[..., str]
    index: Callable[[Site], _Values]
    years: Callable[..., list[Year]] = _no_years
    of_year: Callable[..., list[Section] | _Values] | None = None


def _entity_view(
    kind: Kind,
    values: Callable[..., _Values],
    head: Callable[..., _Values],
    description: Callable[..., str],
    index: Callable[[Site], _Values],
    years: Callable[..., list[Year]] = _no_years,
    of_year: Callable[..., list[Section]] | None = None,
) -> View:
    """Return the view of a kind whose members are entities; they bear their own names."""
    return View(
        lambda found: found.entities(kind),
        values,
        head,
        lambda site, _: site.name(kind, site.current),
        description,
        index,
        years,
        of_year,
    )


_d, _b, _t, _p, _a = document, body, theme, province, article
VIEWS = {
    Kind.DOCUMENT.value: _entity_view(
        Kind.DOCUMENT, _d.document_context, _d.document_head, _d.document_description, lists.documents_list,
        _d.document_years, _d.document_of_year,
    ),
    Kind.BODY.value: _entity_view(
        Kind.BODY, _b.body_context, _b.body_head, _b.body_description, lists.bodies_list, _b.body_years, _b.body_of_year
    ),
    Kind.THEME.value: _entity_view(
        Kind.THEME, _t.theme_context, _t.theme_head, _t.theme_description, lists.themes_list, _t.theme_years,
        _t.theme_of_year,
    ),
    Kind.PROVINCE.value: _entity_view(
        Kind.PROVINCE, _p.province_context, _p.province_head, _p.province_description, lists.provinces_list
    ),
    Kind.ARTICLE.value: _entity_view(
        Kind.ARTICLE, _a.article_context, _a.article_head, _a.article_description, lists.articles_list
    ),
    NUMBERS: View(
        number.numbers, number.number_context, number.number_head, number.number_title, number.number_description,
        number.numbers_list,
    ),
    TASKS: View(
        tasks.places, tasks.place_context, tasks.place_head, tasks.place_title, tasks.place_description,
        tasks.tasks_list, tasks.place_years, tasks.place_of_year,
    ),
    COMPARISON: View(
        comparison.compared, comparison.comparison_context, comparison.comparison_head, comparison.comparison_title,
        comparison.comparison_description, comparison.comparisons_list, comparison.comparison_years,
        comparison.comparison_of_year,
    ),
}  # fmt: skip


def render_pages(kb: KnowledgeBase) -> dict[str, str]:
    """Return all generated pages: path in docs/ → Markdown."""
    environment, index = _environment(), Index(kb)
    pages = {HOME: _home(Site(index, ""), environment.get_template(HOME_TEMPLATE))}
    pages |= _search_pages(Site(index, SEARCH_FOLDER), environment)
    for row in PAGE_KINDS:
        view, template = VIEWS[row.folder], environment.get_template(row.template)
        site = Site(index, row.folder)
        pages[f"{row.folder}/index.md"] = _index(site, row, environment.get_template(row.index), view.index(site))
        for identity, entity in view.members(index).items():
            site = Site(index, row.folder, identity)
            pages[f"{row.folder}/{identity}.md"] = _page(site, row, view, template, entity)
            for year in view.years(site, entity):
                part = Site(index, row.folder, identity, year.id)
                pages[f"{row.folder}/{identity}/{year.id}.md"] = _year_page(part, row, view, entity, environment)
    return pages


def page_paths(kb: KnowledgeBase) -> set[str]:
    """Return the paths in docs/ of all pages, without rendering any."""
    index = Index(kb)
    paths = {HOME, SEARCH, FULL_INDEX, *(f"{row.folder}/index.md" for row in PAGE_KINDS)}
    for row in PAGE_KINDS:
        view = VIEWS[row.folder]
        for name, entity in view.members(index).items():
            years = view.years(Site(index, row.folder, name), entity)
            paths |= {f"{row.folder}/{name}.md", *(f"{row.folder}/{name}/{year.id}.md" for year in years)}
    return paths


def _page(site: Site, row: PageKind, view: View, template: Template, entity: object) -> str:
    head = {"kind": row.folder, "kind_name": row.name, **view.head(site, entity)}
    title, description = view.title(site, entity), view.description(site, entity)
    top = {
        "title": title,
        "description": description,
        "kb": {key: value for key, value in head.items() if value},
    }
    return front_matter(top) + _tidy(template.render(site=site, **view.values(site, entity)))


def _year_page(site: Site, row: PageKind, view: View, entity: object, environment: Environment) -> str:
    """Return the page of one year of an entity; it repeats other pages, so that search leaves it out."""
    of_year, title, name = view.of_year or _no_years, view.title(site, entity), year_name(site.part)
    found = of_year(site, entity)
    values: _Values = found if isinstance(found, dict) else {"sections": found, "of_theme": row.folder == Kind.THEME}
    year = name if site.part == NO_YEAR else f"năm {name}"
    top = {
        "title": f"{title}, {year.lower()}",
        "description": f"{title}: những gì kho có của {year.lower()}",
        "kb": {"kind": "index", "kind_name": "Theo năm"},
    }
    values |= {"name": title, "title": top["title"], "years": view.years(site, entity)}
    return front_matter(top) + _tidy(environment.get_template(row.year_template).render(site=site, **values))


def _index(site: Site, row: PageKind, template: Template, values: _Values) -> str:
    top = {
        "title": row.plural,
        "description": f"Danh mục: {row.plural.lower()} trong kho",
        "kb": {"kind": "index", "kind_name": "Danh mục"},
    }
    return front_matter(top) + _tidy(template.render(site=site, **values))


def _search_pages(site: Site, environment: Environment) -> dict[str, str]:
    """Return the search page and the index from A to Z."""
    find, whole = "Tìm theo số hiệu, tên, từ trong bài; lọc theo loại, nơi, năm", "Mọi trang của kho xếp theo chữ cái"
    rows = (
        (SEARCH, SEARCH_TEMPLATE, "Tra cứu", find, search.search_context),
        (FULL_INDEX, FULL_INDEX_TEMPLATE, "Mục lục từ A đến Y", whole, search.full_index_context),
    )
    pages = {}
    for path, template, title, description, values in rows:
        top = {"title": title, "description": description, "kb": {"kind": "index", "kind_name": "Tra cứu"}}
        pages[path] = front_matter(top) + _tidy(environment.get_template(template).render(site=site, **values(site)))
    return pages


def _home(site: Site, template: Template) -> str:
    top = {
        "title": "Kho văn bản chỉ đạo địa phương",
        "description": "Tra cứu chỉ thị, nghị quyết, kết luận của tỉnh, thành phố, có dẫn nguồn từng đoạn",
        "kb": {"kind": "home", "kind_name": "Trang đầu"},
    }
    return front_matter(top) + _tidy(template.render(site=site, **lists.home_context(site)))


def _tidy(text: str) -> str:
    """Return the page with at most one blank line in a row and one line end at its end."""
    lines: list[str] = []
    for line in text.split("\n"):
        bare = line.rstrip()
        if bare or (lines and lines[-1]):
            lines.append(bare)
    return "\n".join(lines).strip("\n") + "\n"


@functools.cache
def _environment() -> Environment:
    """Return the template engine; whatever a template prints is escaped unless it is Markdown already.

    Made once: it reads a template again when that has changed."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        link=link,
        external_link=external_link,
        attributes=attributes,
        tag_attributes=tag_attributes,
        time=time,
        upper_first=upper_first,
        reasons=HAPPENED,
    )
    return environment


def _finalize(value: object) -> object:
    """Escape a printed value as Markdown; what is Markdown already (also what a macro made) stays."""
    if value is None:
        return Md("")
    return value if hasattr(value, "__html__") else escape(str(value))
