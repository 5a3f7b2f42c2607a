"""How a kind of page is filled: what each module of ``views/`` gives to its row in ``kinds.py``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from .index import Index
from .site import Site
from .years import Year

T = TypeVar("T")
Values = dict[str, object]


def _own_name(_: Site, member: Any) -> str:
    return str(member.name)


def _no_years(_: Site, __: object) -> list[Year]:
    return []


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
    years: Callable[[Site, T], list[Year]] = _no_years
    of_year: Callable[[Site, T], Values] = _nothing
