"""Lists that are too long for one page: cut by place, year, type or number, each part with a page of its own.

The parts stand at ``danh-muc/KIND/PART/``, never below the folder of the kind, whose pages are its members. The page
of the list leads to them with plain links, so that everything is reached without a script.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ...core.text import slug, sort_key
from ...meaning.knowledge.entities import Kind
from .index import NO_YEAR
from .markdown import Md
from .site import CENTRAL, CENTRAL_NAME, Site

FOLDER = "danh-muc"
"""The folder of all parts in docs/."""
DATA_PARTS = f"{FOLDER}/du-lieu.md"
"""The page of the parts of the open data, which ``exports/parts.py`` makes."""


class Label(NamedTuple):
    """What an entry of a list is cut by: its place among the others, its address, its name, and the anchors that the
    list had for it while it was whole."""

    order: tuple[object, ...]
    id: str
    name: str
    anchors: tuple[str, ...] = ()


Key = Callable[[str], Label]
"""What gives the label of an entry, by its id."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """How a long list is cut: its entries by their ids, in order, and what labels them, one key after another."""

    members: Sequence[str]
    keys: Sequence[Key]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a list: ``id`` is the last part of its address ('' for the whole list), ``name`` tells it from those
    beside it, ``title`` from all; its entries by their ids, and the parts it is cut into where it is still too long.
    ``above``: id and title of the part that it is a part of, '' where that is the whole list."""

    id: str
    name: str
    title: str
    members: tuple[str, ...]
    anchors: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    above: tuple[str, str] = ("", "")


def cut(title: str, cuts: Cuts, most: int) -> Part:
    """Return a list as a whole whose parts have no more than ``most`` entries, as far as its keys tell them apart."""
    first, *others = cuts.keys
    whole = Part("", title, title, tuple(cuts.members))
    return replace(whole, parts=tuple(_parts(whole, first, others, most)))


def _parts(whole: Part, key: Key, others: Sequence[Key], most: int) -> Iterator[Part]:
    groups: dict[Label, list[str]] = {}
    for member in whole.members:
        groups.setdefault(key(member), []).append(member)
    for label in sorted(groups):
        identity = f"{whole.id}-{label.id}" if whole.id else label.id
        title = f"{whole.title}{', ' if whole.id else ': '}{label.name}"
        part = Part(identity, label.name, title, tuple(groups[label]), label.anchors, above=(whole.id, whole.title))
        if others and len(part.members) > most:
            part = replace(part, parts=tuple(_parts(part, others[0], others[1:], most)))
        yield part


def every_part(whole: Part) -> Iterator[Part]:
    """Yield all parts of a list, and their parts."""
    for part in whole.parts:
        yield part
        yield from every_part(part)


def by_place(site: Site, province: str | None, today: bool = True) -> Label:
    """Return the label of a place: the centre first; of a former name that of ``today``, if wanted."""
    if not province:
        return Label((0, ""), CENTRAL, CENTRAL_NAME, (CENTRAL,))
    here = site.index.province_today(province) if today else province
    former = [p.name for p in site.kb.provinces.values() if today and p.successor == here != p.id]
    name = site.place(here)
    return Label((1, sort_key(name)), here, name, tuple(map(slug, (name, *former))))


def by_year(year: int | None) -> Label:
    """Return the label of a year: the newest first, the unknown last."""
    return Label((-year,), str(year), f"năm {year}") if year else Label((0,), NO_YEAR, "chưa rõ năm")


def by_words(words: str) -> Label:
    """Return the label of a word: a type, the letters of a number."""
    return Label((sort_key(words),), slug(words) or "khac", words or "khác")


def list_of_place(site: Site, province: str) -> Md:
    """Return the address of the part of the list of documents that has those of a place, as the page of that place
    needs it; '' while the list is whole: then that page shows them all."""
    if Kind.DOCUMENT not in site.index.large:
        return Md("")
    return site.href(f"{FOLDER}/{Kind.DOCUMENT}", site.index.province_today(province))
