"""Pages that would grow without end: the newest stand on the page itself, all of them on a page for each year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ...meaning.knowledge.entities import Reference, Task
from .site import Site

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


def list_years(site: Site, articles: Iterable[str]) -> list[Year]:
    """Return the years of the articles that things stand in, newest first, each with the number of things."""
    counts = Counter(year_of(site, article) for article in articles)
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
