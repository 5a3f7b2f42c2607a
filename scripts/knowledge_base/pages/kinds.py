"""The kinds of pages: one row and one template each. The generated names of docs/ follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..knowledge.entities import Kind

NUMBERS = "so-hieu"
TASKS = "nhiem-vu"
COMPARISON = "so-sanh"


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page. ``folder`` is its address and its folder in docs/; ``template`` makes the page of
    one member, ``index`` the page of the folder itself, ``year_template`` that of one year of a member too
    long for one page; ``name`` and ``plural`` are what readers see.

    ``search_rank`` (0 to 1) goes before other kinds that answer a query as well; None leaves the kind out of the
    search, because its pages only repeat others. ``has_cards``: a link to a page shows what the page says of itself.
    ``in_footer``: the foot of every page leads to the folder. ``invites`` readers to add an article: nowhere, on the
    "index" or on "all" pages of the kind. The theme reads all this (mkdocs_hooks.py), the search box what
    ``searched_kinds`` gives.

    Most kinds have a page for each entity; others for what entities share: a number, a theme across places."""

    folder: str
    name: str
    plural: str
    template: str
    index: str
    year_template: str = "year.md.j2"
    search_rank: float | None = None
    has_cards: bool = False
    in_footer: bool = False
    invites: Literal["", "index", "all"] = ""


# The ranks were chosen by hand: a bare name mostly means the place or the theme, then the body, rarely an article.
# The queries of tests/cases/search lead to their pages with any one of them between 0 and 1.7.
PAGE_KINDS = (
    PageKind(
        Kind.DOCUMENT.value, "Văn bản", "Văn bản", "document.md.j2", "documents.md.j2", search_rank=0.5, has_cards=True
    ),
    PageKind(Kind.BODY.value, "Cơ quan", "Cơ quan", "body.md.j2", "bodies.md.j2", search_rank=0.6, has_cards=True),
    PageKind(Kind.THEME.value, "Chủ đề", "Chủ đề", "theme.md.j2", "themes.md.j2", search_rank=0.8, has_cards=True),
    PageKind(
        Kind.PROVINCE.value, "Địa phương", "Địa phương", "province.md.j2", "provinces.md.j2",
        search_rank=0.9, has_cards=True, invites="all",
    ),
    PageKind(
        Kind.ARTICLE.value, "Bài nguồn", "Bài nguồn", "article.md.j2", "articles.md.j2",
        search_rank=0.3, has_cards=True, invites="index",
    ),
    PageKind(NUMBERS, "Số hiệu", "Số hiệu", "number.md.j2", "numbers.md.j2", has_cards=True, in_footer=True),
    PageKind(TASKS, "Nhiệm vụ", "Nhiệm vụ", "tasks_of_place.md.j2", "tasks.md.j2", "tasks_of_place.md.j2"),
    PageKind(COMPARISON, "So sánh", "So sánh", "comparison.md.j2", "comparisons.md.j2", "comparison_year.md.j2"),
)  # fmt: skip

HOME = "index.md"
SEARCH_FOLDER = "tra-cuu"
SEARCH = f"{SEARCH_FOLDER}/index.md"
SEARCH_TEMPLATE = "search.md.j2"
FULL_INDEX = f"{SEARCH_FOLDER}/a-z.md"
FULL_INDEX_TEMPLATE = "a-z.md.j2"
HOME_TEMPLATE = "home.md.j2"


def generated_names() -> tuple[str, ...]:
    """Return what the pages own in docs/: files and whole folders, at its top level."""
    return (HOME, *(kind.folder for kind in PAGE_KINDS), SEARCH_FOLDER)


def searched_kinds() -> list[tuple[str, str, float, str]]:
    """Return the kinds that search finds, in the order in which its index counts them, each as folder, name, rank
    and what its pages are of: ``document``, ``body``, ``theme``, ``province``, ``article``, else ''."""
    entities = {kind.value: kind.name.lower() for kind in Kind}
    return [
        (kind.folder, kind.name, kind.search_rank, entities.get(kind.folder, ""))
        for kind in PAGE_KINDS
        if kind.search_rank is not None
    ]
