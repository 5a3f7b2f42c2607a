"""Pages that would grow without end: the newest stand on the page itself, all of them on a page for each year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...meaning.knowledge.entities import Reference, Task
from .site import Site

MOST = 60
"""So many statements or tasks stand on a page; where there are more it shows the newest and leads to the years."""

NO_YEAR = "khong-ro-nam"


@dataclass(frozen=True, slots=True)
class Year:
    """A page of one year: the last part of its address, its name, and how much stands on it."""

    id: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading on the page of a year."""

    title: str
    tasks: tuple[Task, ...] = ()
    references: tuple[Reference, ...] = ()
    articles: tuple[str, ...] = ()

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
    known = sorted((y for y in counts if y != NO_YEAR), reverse=True)
    return [Year(y, year_name(y), counts[y]) for y in [*known, *([NO_YEAR] if NO_YEAR in counts else [])]]


def newest_first(site: Site, article: str) -> tuple[object, ...]:
    """Return a key that sorts by the time of an article: newest first, without date last."""
    at = site.kb.articles[article].at
    return (-at.latest().toordinal() if at else 0, article)


def newest_tasks(site: Site, tasks: Sequence[Task]) -> list[Task]:
    """Return all tasks in their order, or the newest where there are too many."""
    if len(tasks) <= MOST:
        return list(tasks)
    return sorted(tasks, key=lambda t: (newest_first(site, t.reference.article), t.reference.start))[:MOST]


def newest_references(site: Site, references: Sequence[Reference]) -> list[Reference]:
    """Return all places in their order, or the newest where there are too many."""
    if len(references) <= MOST:
        return list(references)
    return sorted(references, key=lambda r: (newest_first(site, r.article), r.start))[:MOST]
