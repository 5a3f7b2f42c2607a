"""Render the knowledge base: one Markdown page for each member of a kind, one list for each kind, and the home page."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ...core.text import slug, sort_key, upper_first
from ...meaning.knowledge.bodies import happened
from ...meaning.knowledge.entities import ArticleEntry, Kind, KnowledgeBase
from ...sources.moves import Erratum
from ..addresses import page_address
from ..exports.tables import DATA_FOLDER, TABLES
from ..limits import LIMITS, Limits
from ..statements import excerpt_choice, task_choice
from .cut_lists import DATA_PARTS, Part, cut, every_part
from .cut_lists import FOLDER as PARTS
from .index import NO_YEAR, TASKS, Index, group
from .kinds import HOME, PAGE_KINDS, SEARCH_FOLDER, TEMPLATES, PageKind
from .markdown import attributes, escape, external_link, front_matter, link, tag_attributes, time
from .pictures import body_line, document_line, province_line, province_map, theme_map, theme_years
from .said_once import say_once
from .site import CENTRAL, Site
from .task_groups import group_by_doer, group_tasks
from .unbroken import keep_whole
from .view import MOST, Values, year_name
from .views import tasks
from .views.article import facets as article_facets
from .views.body import LISTED_BODIES
from .views.document import LISTED, REST, SHORT, place_groups
from .views.single import central_page, data_page, full_index, home, search_page
from .wording import body_pages, source_pages

_SINGLE_PAGES: tuple[tuple[str, str, str, str, str, Callable[[Site], Values]], ...] = (
    (HOME, "home.md.j2", "Kho văn bản chỉ đạo địa phương",
     "Tra cứu chỉ thị, nghị quyết, kết luận của tỉnh, thành phố, có dẫn nguồn từng đoạn", "Trang đầu", home),
    (f"{SEARCH_FOLDER}/index.md", "search.md.j2", "Tra cứu",
     "Tìm theo số hiệu, tên, từ trong bài; lọc theo loại, nơi, năm", "Tra cứu", search_page),
    (f"{SEARCH_FOLDER}/a-z.md", "a-z.md.j2", "Mục lục từ A đến Y",
     "Mọi trang của kho xếp theo chữ cái", "Tra cứu", full_index),
    (f"{Kind.PROVINCE}/{CENTRAL}.md", "central.md.j2", "Trung ương",
     "Văn bản và cơ quan của Trung ương trong kho", "Địa phương", central_page),
    (f"{DATA_FOLDER}/index.md", "data.md.j2", "Dữ liệu mở",
     "Tải toàn bộ kho: tệp Excel để đọc, tệp CSV và JSON để máy đọc", "Dữ liệu", data_page),
)  # fmt: skip
"""Pages of no kind: path, template, title, description, what readers see them called, values."""

_LISTED_PARTS = 10
"""So many parts together are as large as a file may be: who takes a list away reads the parts that have its rows."""
WORTH_FILTER = 12
"""Lists of so many entries get a box to filter them; theme/assets/kb/filter.js says the same."""


def render_pages(
    kb: KnowledgeBase, errata: Sequence[Erratum] = (), published_at: str = "", limits: Limits = LIMITS
) -> dict[str, str]:
    """Return all generated pages: path in docs/ → Markdown; ``errata`` are shown at the foot of theirs,
    ``published_at`` is where the site will be (codes on paper lead there)."""
    return {path: make() for path, _, make in each_page(Index(kb, published_at, limits), errata)}


def each_page(index: Index, errata: Sequence[Erratum] = ()) -> Iterator[tuple[str, Any, Callable[[], str]]]:
    """Yield the path in docs/ of each page, what it is of (None: of everything), and what makes its Markdown;
    ``errata`` as in ``render_pages``."""
    mended = group(errata, lambda erratum: [erratum.page])
    for path, template, title, description, name, values in _SINGLE_PAGES:
        folder, _, name_of_file = path.rpartition("/")
        site = Site(index, folder, name_of_file.removesuffix(".md").removesuffix("index"))
        head: Values = {"kind": "home" if path == HOME else "index", "kind_name": name} | _errata(path, None, mended)
        yield path, None, partial(_single, template, title, description, head, site, values)
    for path, site, kind, part in _walk_parts(index):
        yield path, part, partial(_part_page, site, kind, part)
    for path, site, kind, member in _walk(index):
        yield path, member, partial(_page, site, kind, member, _errata(path, None if site.part else member, mended))


def _single(
    template: str, title: str, description: str, head: Values, site: Site, values: Callable[[Site], Values]
) -> str:
    return _render(template, title, description, head, site, values(site))


def _errata(path: str, member: Any, mended: Mapping[str, Sequence[Erratum]]) -> Values:
    """Return what a page said wrongly and says rightly now (``errata``), and why paragraphs of an article were written
    anew (``reworded``: notes of whoever did it, which readers see on demand), newest first, as its head holds them."""
    wrong = [(erratum.date, f"{erratum.what} ({erratum.why})") for erratum in mended.get(page_address(path), ())]
    reworded = member.article.mended if isinstance(member, ArticleEntry) else ()
    told = {"errata": wrong, "reworded": [(p.day, p.why) for p in reworded if p.day and p.why]}
    return {
        key: [[day.vietnamese, words] for day, words in sorted(rows, key=lambda row: row[0].earliest(), reverse=True)]
        for key, rows in told.items()
        if rows
    }


def render_rest(kb: KnowledgeBase, limits: Limits = LIMITS) -> dict[str, bytes]:
    """Return the rows that the lists of all documents and of all tasks leave out, by the part of the list that they
    belong to: path in docs/ → content. Lists that are cut (``cut_lists.py``) leave nothing out.

    They never pass through MkDocs: what its hooks do with pages is done here."""
    index, template = Index(kb, limits=limits), _environment().get_template
    files: dict[str, dict[str, str]] = {}
    if Kind.DOCUMENT not in index.large:
        site, row_of = Site(index, Kind.DOCUMENT), template("_lists.md.j2").module.document_row  # type: ignore[attr-defined]
        left = ((g, g.documents[SHORT:]) for g in place_groups(site))
        rest = {slug(g.name): "".join(str(row_of(site, d, True)).strip() for d in rows) for g, rows in left if rows}
        files[REST] = rest
    site, row_of = Site(index, TASKS), template("_tables.md.j2").module.task_row  # type: ignore[attr-defined]
    more = tasks.all_tasks(site)[tasks.FIRST :] if TASKS not in index.large else ()
    if more:
        shown = (str(row_of(site, t, tasks.facets(site, t))).strip() for t in more)
        files[tasks.REST] = {"cac-viec": "".join(shown)}
    return {
        f"{path}.json": _compact({part: keep_whole(rows) for part, rows in parts.items()})
        for path, parts in files.items()
    }


def render_listed(kb: KnowledgeBase, limits: Limits = LIMITS) -> dict[str, bytes]:
    """Return every document as its row of a list and with its sources, and the sources of every body, for who takes a
    list of them away: path in docs/ → content. What is too large for a file stands in parts by a sum of the letters of
    the id, and the file says how many (document-rows.js)."""
    site = Site(Index(kb), Kind.DOCUMENT)
    row_of = _environment().get_template("_lists.md.j2").module.document_row  # type: ignore[attr-defined]
    listed = {d.id: (str(row_of(site, d)).strip(), source_pages(site, d)) for d in kb.documents.values()}
    bodies = {b.id: body_pages(site, b) for b in kb.bodies.values()}
    return _listed_files(LISTED, listed, limits.file) | _listed_files(LISTED_BODIES, bodies, limits.file)


def _listed_files(path: str, rows: Mapping[str, object], most: int) -> dict[str, bytes]:
    whole = _compact(rows)
    if len(whole) <= most:
        return {f"{path}.json": whole}
    count = -(-len(whole) * _LISTED_PARTS // most)
    parts: list[dict[str, object]] = [{} for _ in range(count)]
    for identity, row in rows.items():
        parts[sum(identity.encode()) % count][identity] = row
    named = {f"{PARTS}/{path}-{number}.json": _compact(part) for number, part in enumerate(parts)}
    return {f"{path}.json": _compact({"parts": count})} | named


def _compact(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def page_paths(kb: KnowledgeBase) -> set[str]:
    """Return the paths in docs/ of all pages, without rendering any."""
    index = Index(kb)
    more = {DATA_PARTS} if Kind.DOCUMENT in index.large else set()
    return {str(path) for path, *_ in (*_SINGLE_PAGES, *_walk(index), *_walk_parts(index))} | more


def _walk(index: Index) -> Iterator[tuple[str, Site, PageKind, Any]]:
    """Yield the path of each page of each kind with its member: the list (member None), the members, their years."""
    for kind in PAGE_KINDS:
        yield f"{kind.folder}/index.md", Site(index, kind.folder), kind, None
        for identity, member in kind.view.members(index).items():
            site = Site(index, kind.folder, identity)
            yield f"{kind.folder}/{identity}.md", site, kind, member
            for year in kind.view.years(site, member):
                part = Site(index, kind.folder, identity, year)
                yield f"{kind.folder}/{identity}/{year}.md", part, kind, member


def _walk_parts(index: Index) -> Iterator[tuple[str, Site, PageKind, Part]]:
    """Yield the path of each page of a part of a list that is too long for one page, with the part."""
    for kind in PAGE_KINDS:
        if whole := _whole(Site(index, kind.folder), kind):
            folder = f"{PARTS}/{kind.folder}"
            for part in every_part(whole):
                yield f"{folder}/{part.id}.md", Site(index, folder, part.id), kind, part


def _whole(site: Site, kind: PageKind) -> Part | None:
    """Return the list of a kind cut into parts; None where one page holds it."""
    cuts = kind.view.cuts if kind.folder in site.index.large else None
    return cut(kind.name, cuts(site), site.index.limits.part) if cuts else None


def _part_page(site: Site, kind: PageKind, part: Part) -> str:
    """Return the page of a part of a list, or, where that is cut, of the links to its parts."""
    template = "parts.md.j2" if part.parts else kind.part
    head: Values = {"kind": "index", "kind_name": "Danh mục"}
    about = f"Danh mục: {kind.name.lower()} trong kho" + (f"; {len(part.members)} mục" if part.id else "")
    table = site.index.entities.get(kind.folder, site.index.documents_by_slug)
    values = {
        "part": part,
        "kind": kind,
        "folder": f"{PARTS}/{kind.folder}",
        "rows": [table[member] for member in part.members] if not part.parts else (),
        "is_exported": not part.id and any(exported.folder == kind.folder for exported in TABLES),
        "data_folder": DATA_FOLDER,
        "facets": article_facets,
    }
    return _render(template, part.title, about, head, site, values)


def _page(site: Site, kind: PageKind, member: Any, more: Values) -> str:
    """Return the page of a member, of one year of it (that repeats other pages: search leaves it out), or the list."""
    view = kind.view
    head: Values = {"kind": "index", "kind_name": "Theo năm" if site.part else "Danh mục"}
    if not site.current and (whole := _whole(site, kind)):
        return _part_page(site, kind, whole)
    if not site.current:
        members = view.members(site.index).items()
        titles = [(view.title(Site(site.index, kind.folder, i), of), i) for i, of in members]
        named = [(title, site.url(kind.folder, i)) for title, i in sorted(titles, key=lambda row: sort_key(row[0]))]
        values = {"title": kind.name, "members": named} | view.index(site)
        about = kind.about or f"Danh mục: {kind.name.lower()} trong kho"
        return _render(kind.index, kind.name, about, head, site, values)
    name, years = view.title(site, member), view.years(site, member)
    if site.part:
        year = year_name(site.part).lower() if site.part == NO_YEAR else f"năm {site.part}"
        title, description = f"{name}, {year}", f"{name}: những gì kho có của {year}"
        values = view.of_year(site, member) | {"name": name, "title": title, "years": years}
        return _render(kind.year_template, title, description, head, site, values)
    facts = {key: value for key, value in view.head(site, member).items() if value}
    head = {"kind": kind.folder, "kind_name": kind.name} | facts | more
    values = view.page(site, member) | {"years": years}
    return _render(kind.template, name, view.description(site, member), head, site, values)


def _render(template: str, title: str, description: str, head: Values, site: Site, values: Values) -> str:
    """Return a page: its head, and its template filled; at most one blank line in a row, one line end at the end."""
    top = front_matter({"title": title, "description": description, "kb": head})
    filled = _environment().get_template(template).render(site=site, **values)
    filled, is_said_once = say_once(filled, site.index)
    if is_said_once:
        top = front_matter({"title": title, "description": description, "kb": head | {"said_once": True}})
    bare = "\n".join(map(str.rstrip, filled.split("\n")))
    return top + re.sub(r"\n{3,}", "\n\n", bare).strip("\n") + "\n"


@functools.cache
def _environment() -> Environment:
    """Return the template engine; whatever a template prints is escaped unless it is Markdown already.

    Made once: it reads a template again when that has changed."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"), undefined=StrictUndefined, finalize=_finalize,
        autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    functions = (
        attributes, body_pages, excerpt_choice, external_link, group_by_doer, group_tasks, happened, link,
        slug, source_pages, task_choice, tag_attributes, time, upper_first, year_name,
    )  # fmt: skip
    drawing = (province_map, theme_map, theme_years, document_line, province_line, body_line)
    named = {function.__name__: function for function in (*functions, *drawing)}
    environment.globals.update(named, most=MOST, worth_filter=WORTH_FILTER)
    return environment


def _finalize(value: object) -> object:
    """Escape a printed value as Markdown; what is Markdown already (also what a macro made) stays."""
    return value if hasattr(value, "__html__") else escape("" if value is None else str(value))
