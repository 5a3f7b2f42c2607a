"""How a kind of page is filled: what each module of ``views/`` gives to its row in ``kinds.py``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ...meaning.knowledge.entities import Reference, Task
from .cut_lists import Cuts
from .index import NO_YEAR, Index
from .site import Site

T = TypeVar("T")
Values = dict[str, object]
Years = dict[str, int]
"""The pages of single years, by the last part of their addresses, with how much stands on each."""


def _own_name(_: Site, member: Any) -> str:
    return str(member.name)


@dataclass(frozen=True, slots=True)
class View(Generic[T]):
    """``members`` by the last part of their addresses; of each, the values its template shows (``page``), the facts
    in the head of its page (``head``: what search, filters and machines read), a ``title`` and a ``description``.
    ``index`` gives the values of the folder's own page where the list of all members by name is not enough.

    ``cuts``: how the list of all members is cut where it is too long for one page; None for one that never is.

    ``years`` are the pages of single years of a member too long for one page, ``of_year`` the values of such a page."""

    members: Callable[[Index], Mapping[str, T]]
    page: Callable[[Site, T], Values]
    description: Callable[[Site, T], str]
    index: Callable[[Site], Values] = lambda _: {}
    head: Callable[[Site, T], Values] = lambda _, __: {}
    title: Callable[[Site, T], str] = _own_name
    years: Callable[[Site, T], Years] = lambda _, __: {}
    of_year: Callable[[Site, T], Values] = lambda _, __: {}
    cuts: Callable[[Site], Cuts] | None = None


MOST = 40
"""So many statements or tasks stand on a page; where there are more it shows the newest and leads to the years.
Chosen by hand: a theme of sixty was 61 kB in the browser, packed; 60 is the limit."""

_Placed = TypeVar("_Placed", Task, Reference, str)
"""What stands in an article, or an article by its id."""


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading on the page of a year; ``with_document``: quotes name their article's document."""

    title: str
    tasks: tuple[Task, ...] = ()
    references: tuple[Reference, ...] = ()
    articles: tuple[str, ...] = ()
    with_document: bool = False


def _place(item: Task | Reference | str) -> tuple[str, int]:
    """Return the article of an item and where in it the item stands."""
    if isinstance(item, str):
        return item, 0
    reference = item.reference if isinstance(item, Task) else item
    return reference.article, reference.start


def year_of(site: Site, item: Task | Reference | str) -> str:
    """Return the year of an item's article as addresses have it."""
    at = site.index.at[_place(item)[0]]
    return str(at.year) if at else NO_YEAR


def in_year(site: Site, items: Iterable[_Placed]) -> tuple[_Placed, ...]:
    """Return the items of the year that the page is of."""
    return tuple(item for item in items if year_of(site, item) == site.part)


def year_name(year: str) -> str:
    """Return a year as readers see it."""
    return "Chưa rõ năm" if year == NO_YEAR else year


def newest_years(years: Iterable[str]) -> list[str]:
    """Sort years as addresses have them: newest first, the unknown last."""
    return sorted(years, key=lambda year: "" if year == NO_YEAR else year, reverse=True)


def count_years(site: Site, *groups: Sequence[Task | Reference | str], most: int = MOST) -> Years:
    """Return the years of the articles that items stand in, newest first; none where no group has more than ``most``
    items."""
    if max(map(len, groups)) <= most:
        return {}
    counts = Counter(year_of(site, item) for group in groups for item in group)
    return {year: counts[year] for year in newest_years(counts)}


def newest_first(site: Site, items: Iterable[_Placed]) -> list[_Placed]:
    """Sort items by the time of their articles, without date last; those of one article stay in its order."""

    def age(item: _Placed) -> tuple[int, str, int]:
        article, start = _place(item)
        at = site.index.at[article]
        return -at.latest().toordinal() if at else 0, article, start

    return sorted(items, key=age)


def newest(site: Site, items: Sequence[_Placed]) -> list[_Placed]:
    """Return all items in their order, or the newest where there are too many."""
    return list(items) if len(items) <= MOST else newest_first(site, items)[:MOST]
