"""Render the knowledge base: one Markdown page for each entity, one list for each kind, and the home page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from ..knowledge.entities import Kind, KnowledgeBase
from ..text import upper_first
from .index import Index
from .kinds import HOME, HOME_TEMPLATE, PAGE_KINDS, PageKind
from .markdown import Md, attributes, escape, external_link, front_matter, link
from .places import REASONS
from .site import Site
from .views import article, body, document, lists, province, theme

_TEMPLATES = Path(__file__).parent / "templates"
_Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class View:
    """How a kind of entity is shown: the values of its page, its head, its description, and of the list."""

    values: Callable[..., _Values]
    head: Callable[..., _Values]
    description: Callable[..., str]
    index: Callable[[Site], _Values]


VIEWS = {
    Kind.DOCUMENT: View(
        document.document_context, document.document_head, document.document_description, lists.documents_list
    ),
    Kind.BODY: View(body.body_context, body.body_head, body.body_description, lists.bodies_list),
    Kind.THEME: View(theme.theme_context, theme.theme_head, theme.theme_description, lists.themes_list),
    Kind.PROVINCE: View(
        province.province_context, province.province_head, province.province_description, lists.provinces_list
    ),
    Kind.ARTICLE: View(article.article_context, article.article_head, article.article_description, lists.articles_list),
}


def render_pages(kb: KnowledgeBase) -> dict[str, str]:
    """Return all generated pages: path in docs/ → Markdown."""
    environment, index = _environment(), Index(kb)
    pages = {HOME: _home(Site(index, ""), environment.get_template(HOME_TEMPLATE))}
    for row in PAGE_KINDS:
        view, template = VIEWS[row.kind], environment.get_template(row.template)
        site = Site(index, row.folder)
        pages[f"{row.folder}/index.md"] = _index(site, row, environment.get_template(row.index), view.index(site))
        for identity, entity in index.entities(row.kind).items():
            site = Site(index, row.folder, identity)
            pages[f"{row.folder}/{identity}.md"] = _page(site, row, view, template, entity)
    return pages


def _page(site: Site, row: PageKind, view: View, template: Template, entity: object) -> str:
    head = {"kind": row.folder, "kind_name": row.name, **view.head(site, entity)}
    top = {
        "title": site.name(row.kind, site.current),
        "description": view.description(site, entity),
        "kb": {key: value for key, value in head.items() if value},
    }
    return front_matter(top) + _tidy(template.render(site=site, **view.values(site, entity)))


def _index(site: Site, row: PageKind, template: Template, values: _Values) -> str:
    top = {
        "title": row.plural,
        "description": f"Danh mục: {row.plural.lower()} trong kho",
        "kb": {"kind": "index", "kind_name": "Danh mục"},
    }
    return front_matter(top) + _tidy(template.render(site=site, **values))


def _home(site: Site, template: Template) -> str:
    top = {
        "title": "Kho văn bản chỉ đạo địa phương",
        "description": "Tra cứu chỉ thị, nghị quyết, kết luận của Đảng bộ và chính quyền tỉnh, thành phố, có dẫn nguồn từng đoạn",
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


def _environment() -> Environment:
    """Return the template engine; whatever a template prints is escaped unless it is Markdown already."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
        keep_trailing_newline=True,
    )
    environment.globals.update(link=link, external_link=external_link, attributes=attributes, upper_first=upper_first, reasons=REASONS)
    return environment


def _finalize(value: object) -> object:
    """Escape a printed value as Markdown; what is Markdown already (also what a macro made) stays."""
    if value is None:
        return Md("")
    return value if hasattr(value, "__html__") else escape(str(value))
