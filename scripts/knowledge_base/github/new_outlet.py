"""The outlet a person means in a form; one that is not in the vocabulary yet is proposed with the article."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from ..drafts.given import find_outlet
from ..text import slug, strip_marks
from ..vocabulary import Vocabulary, nearest
from ..vocabulary.outlets import outlet_of_host
from ..vocabulary.schemas import Outlet
from ..web_links import clean_link, host_of

_LONGEST, _SLIP = 120, 0.85


@dataclass(frozen=True, slots=True)
class OutletAnswer:
    """The id of the outlet that was meant, or else what to propose: the name of the one whose site the article is
    on, one with a similar name, or a new entry."""

    known: str | None = None
    owner: str | None = None
    near: str | None = None
    new: Outlet | None = None


def read_outlet(words: str, address: str, vocabulary: Vocabulary) -> OutletAnswer:
    """Find an outlet by its name, id or web host; ``address`` is the article's own, '' if not given."""
    if known := find_outlet(words, vocabulary):
        return OutletAnswer(known)
    near = nearest(words, [outlet.name for outlet in vocabulary.outlets.values()])
    site = (host_of(address) or "").removeprefix("www.")
    owner = outlet_of_host(site, vocabulary) if site else None
    if owner:
        return OutletAnswer(owner=vocabulary.outlets[owner].name)
    if not site or host_of(words) or not slug(words) or len(words) > _LONGEST or (near and _alike(near, words)):
        return OutletAnswer(near=near)
    return OutletAnswer(new=Outlet(id=slug(words), name=words, sites=(site,), examples=(clean_link(address),)))


def _alike(name: str, words: str) -> bool:
    """Tell whether two names differ by so little that one is a slip of the pen."""
    return difflib.SequenceMatcher(None, strip_marks(name), strip_marks(words[:_LONGEST])).ratio() > _SLIP
