"""How a kind of page is filled: what each module of ``views/`` gives to its row in ``kinds.py``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ...meaning.knowledge.entities import Reference, Task
from .index import Index
from .site import Site

T = TypeVar("T")
Values = dict[str, object]


def _own_name(_: Site, member: Any) -> str:
    return str(member.name)


def _nothing(_: Site, __: object = None) -> Values:
    return {}


@dataclass(frozen=True, slots=True)
class View(Generic[T]):
    """``members`` by the last part of their addresses; of each, the values its template shows (``page``), the facts
    in the head of its page (``head``: what search, filters and machines read), a ``title`` and a ``description``.
    ``index`` gives the values of the folder's own page where the list of all members by name is not enough.

    ``years`` are the pages of single years of a member too long for one page, ``of_year`` the values of such a page."""

    members: Callable[[Index], Mapping[str, T]]
    page: Callable[[Site, T], Values]
    description: Callable[[Site, T], str]
    index: Callable[[Site], Values] = _nothing
    head: Callable[[Site, T], Values] = _nothing
    title: Callable[[Site, T], str] = _own_name
    years: Callable[[Site, T], list[Year]] = lambda _, __: []
    of_year: Callable[[Site, T], Values] = _nothing


MOST = 60
"""So many statements or tasks stand on a page; where there are more it shows the newest and leads to the years.
Chosen by hand."""

NO_YEAR = "khong-ro-nam"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Year:
    """A page of one year: the last part of its address, its name, and how much stands on it."""

    id: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading on the page of a year; ``with_document``: quotes name their article's document."""

    title: str
    tasks: tuple[Task, ...] = ()
    references: tuple[Reference, ...] = ()
    articles: tuple[str, ...] = ()
    with_document: bool = False

    @property
    def size(self) -> int:
        """How many things it holds."""
        return len(self.tasks) + len(self.references) + len(self.articles)


def year_of(site: Site, article: str) -> str:
    """Return the year of an article as addresses have it."""
    at = site.kb.articles[article].at
    return str(at.year) if at else NO_YEAR


def year_name(year: str) -> str:
    """Return a year as readers see it."""
    return "Chưa rõ năm" if year == NO_YEAR else year


def list_years(site: Site, *groups: Sequence[str], most: int = MOST) -> list[Year]:
    """Return the years of the articles that things stand in, newest first, each with the number of things; none where
    no group has more than ``most`` things."""
    if max(map(len, groups)) <= most:
        return []
    counts = Counter(year_of(site, article) for group in groups for article in group)
    ordered = sorted(counts, key=lambda year: "" if year == NO_YEAR else year, reverse=True)
    return [Year(year, year_name(year), counts[year]) for year in ordered]


def newest_first(site: Site, article: str) -> tuple[object, ...]:
    """Return a key that sorts by the time of an article: newest first, without date last."""
    at = site.kb.articles[article].at
    return (-at.latest().toordinal() if at else 0, article)


def newest(site: Site, items: Sequence[_T], place: Callable[[_T], Reference]) -> list[_T]:
    """Return all items (each stands at a ``place``) in their order, or the newest where there are too many."""
    if len(items) <= MOST:
        return list(items)
    return sorted(items, key=lambda item: (newest_first(site, place(item).article), place(item).start))[:MOST]


def newest_tasks(site: Site, tasks: Sequence[Task]) -> list[Task]:
    """Return all tasks in their order, or the newest where there are too many."""
    return newest(site, tasks, lambda task: task.reference)


def newest_references(site: Site, references: Sequence[Reference]) -> list[Reference]:
    """Return all places in their order, or the newest where there are too many."""
    return newest(site, references, lambda reference: reference)
