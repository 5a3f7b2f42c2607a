"""The kinds of pages, one row each: all that the site, its navigation, its search and its theme know of a kind.

To add one: a module in ``views/``, a template for its pages, and a row here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ...core.errors import Problem
from ...meaning.knowledge.directory import Listed, list_all
from ...meaning.knowledge.entities import Kind
from ...sources.diagnosis import quoted
from ...sources.vocabulary.fields import ID_PATTERN
from .index import Index
from .site import NUMBERS, Site
from .view import View
from .views import article, body, comparison, document, number, province, tasks, theme


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page. ``folder`` is its address and its folder in docs/; ``template`` makes the page of one member,
    ``index`` the page of the folder itself (if none is named, the members by name), ``year_template`` that of one year
    of a member too long for one page; ``name`` is what readers see, of one and of many.

    ``search_rank`` (0 to 1) goes before other kinds that answer a query as well; None leaves the kind out of the
    search, because its pages only repeat others. ``has_cards``: a link to a page shows what the page says of itself.
    Every page leads to the folder: in the navigation at ``position``, from 1, or ``in_footer``. ``on_home``: the words
    of a link to it at the head of the home page. ``invites`` readers to add an article: nowhere, on the "index" or on
    "all" pages of the kind. The theme and the navigation read all this (mkdocs_hooks.py), the search box what
    ``searched_kinds`` gives.

    Most kinds have a page for each entity; others for what entities share: a number, a theme across places."""

    folder: str
    name: str
    view: View[Any]
    template: str
    index: str = "list.md.j2"
    year_template: str = "year.md.j2"
    search_rank: float | None = None
    has_cards: bool = False
    position: int | None = None
    in_footer: bool = False
    on_home: str = ""
    invites: Literal["", "index", "all"] = ""


# The ranks were chosen by hand: a bare name mostly means the place or the theme, then the body, rarely an article.
# The queries of tests/cases/search lead to their pages with any one of them between 0 and 1.7.
PAGE_KINDS = (
    PageKind(Kind.DOCUMENT, "Văn bản", document.VIEW, "document.md.j2", "documents.md.j2",
             search_rank=0.5, position=1, has_cards=True),
    PageKind(Kind.BODY, "Cơ quan", body.VIEW, "body.md.j2", "bodies.md.j2",
             search_rank=0.6, position=2, has_cards=True),
    PageKind(Kind.THEME, "Chủ đề", theme.VIEW, "theme.md.j2", "themes.md.j2",
             search_rank=0.8, position=3, has_cards=True),
    PageKind(Kind.PROVINCE, "Địa phương", province.VIEW, "province.md.j2", "provinces.md.j2",
             search_rank=0.9, position=4, has_cards=True, invites="all"),
    PageKind(Kind.ARTICLE, "Bài nguồn", article.VIEW, "article.md.j2", "articles.md.j2",
             search_rank=0.3, position=7, has_cards=True, invites="index"),
    PageKind(NUMBERS, "Số hiệu", number.VIEW, "number.md.j2", "numbers.md.j2",
             has_cards=True, in_footer=True, on_home="Tìm theo số hiệu"),
    PageKind("nhiem-vu", "Nhiệm vụ", tasks.VIEW, "tasks_of_place.md.j2", "tasks.md.j2", "tasks_of_place.md.j2",
             position=5, on_home="Nhiệm vụ: ai phải làm gì"),
    PageKind("so-sanh", "So sánh", comparison.VIEW, "comparison.md.j2", "comparisons.md.j2", "comparison_year.md.j2",
             position=6, on_home="So sánh các nơi theo chủ đề"),
)  # fmt: skip
NAVIGATION = sorted((kind for kind in PAGE_KINDS if kind.position), key=lambda kind: kind.position or 0)

HOME = "index.md"
SEARCH_FOLDER = "tra-cuu"


GENERATED_NAMES = (HOME, *(kind.folder for kind in PAGE_KINDS), SEARCH_FOLDER)
"""What the pages own in docs/: files and whole folders, at its top level."""


_FILE = "scripts/knowledge_base/publish/pages/kinds.py"
TEMPLATES = Path(__file__).parent / "templates"
_TAKEN = ("assets", "du-lieu", "gioi-thieu", "huong-dan", SEARCH_FOLDER)
"""Folders of docs/ that hold other things: a kind of that name would write over them."""


def check_kinds() -> Iterator[Problem]:
    """Yield a problem for each row whose template is missing, or whose folder, name or position is taken."""
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    taken: dict[tuple[str, object], str] = {("folder", folder): "phần khác của kho" for folder in _TAKEN}
    for kind in PAGE_KINDS:
        line = next((n for n, words in enumerate(lines, 1) if f'"{kind.template}"' in words), 1)
        for name in (kind.template, kind.index, kind.year_template):
            if not (TEMPLATES / name).is_file():
                message = f"không có mẫu trang {quoted(name)} trong pages/templates/"
                yield Problem(_FILE, line, message, "Thêm tệp mẫu ấy, hoặc sửa tên trong dòng này")
        if not re.match(ID_PATTERN, kind.folder):
            message = f"thư mục {quoted(kind.folder)} chỉ được có chữ thường không dấu, chữ số và dấu gạch nối"
            yield Problem(_FILE, line, message, "Sửa tên thư mục")
        for key, what in (("folder", "thư mục"), ("name", "tên"), ("position", "vị trí")):
            value = getattr(kind, key)
            if value is not None and (key, value) in taken:
                message = f"{what} {quoted(str(value))} đã thuộc {quoted(taken[key, value])}"
                yield Problem(_FILE, line, message, f"Chọn {what} khác ở {key}")
            taken.setdefault((key, value), kind.name)


def searched_kinds() -> list[tuple[str, str, float, str]]:
    """Return the kinds that search finds, in the order in which its index counts them, each as folder, name, rank
    and what its pages are of: ``document``, ``body``, ``theme``, ``province``, ``article``, else ''."""
    entities = {kind.value: kind.name.lower() for kind in Kind}
    return [
        (str(kind.folder), kind.name, kind.search_rank, entities.get(kind.folder, ""))
        for kind in PAGE_KINDS
        if kind.search_rank is not None
    ]


def list_pages(index: Index) -> Iterator[Listed]:
    """Yield what search knows of each page that it finds: of entities all that they are, of others their titles."""
    yield from list_all(index.kb)
    for kind in PAGE_KINDS:
        if kind.search_rank is not None and kind.folder not in index.entities:
            for identity, member in kind.view.members(index).items():
                title = kind.view.title(Site(index, kind.folder, identity), member)
                yield Listed(kind.folder, identity, title)
