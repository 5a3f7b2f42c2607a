"""What the check of a draft knows: documents, provinces, bodies of the past; plain data that the browser gets too."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ...core.ids import DocumentNumber
from ...core.text import fold, nfc
from .surroundings import body_pattern, place_pattern


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document of the base. ``place`` is its province, '' for a central one; ``date`` as exact as known, '' if it is
    not; ``grave``: it is no longer, or not yet, what it was, or a later one on the same matter is known."""

    id: str
    number: str
    type: str
    place: str = ""
    date: str = ""
    grave: bool = False


@dataclass(frozen=True, slots=True)
class FormerBody:
    """A kind of body that has ended: how it is written, what stands in its place everywhere, in a tỉnh, in a
    thành phố ("{place}" for its name; all '' where it has not ended everywhere), and in the provinces of which more is
    known; its pages, by province ('' for a central one)."""

    pattern: re.Pattern[str]
    today: str = ""
    in_province: str = ""
    in_city: str = ""
    local: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """A province: ``today`` what a former name is today; ``risen``, of one that has become a city under its name, since
    when, and how sure that is; ``city``: it was one when the bodies of the past ended."""

    id: str
    name: str
    today: str = ""
    risen: str = ""
    city: bool = False


@dataclass(frozen=True)
class DraftBase:
    """``place_names`` finds the names of provinces in folded text; ``places`` by the folded name; ``terms``: by
    province ('' for the centre) in which year each term of its committee began, by its ordinal."""

    documents: tuple[KnownDocument, ...]
    bodies: tuple[FormerBody, ...]
    place_names: re.Pattern[str]
    places: Mapping[str, Place]
    terms: Mapping[str, Mapping[int, int]]

    @classmethod
    def of(cls, data: Mapping[str, Sequence[Mapping[str, Any]]]) -> DraftBase:
        """Read the data that ``publish/exports/draft_data.py`` makes: ``documents``, ``places``, ``bodies``,
        ``terms``."""
        keys = ("id", "number", "type", "place", "date", "grave")
        known = tuple(KnownDocument(**{key: row[key] for key in keys if key in row}) for row in data["documents"])
        patterns = ((body_pattern(row["forms"]), row) for row in data["bodies"])
        about = ("today", "in_province", "in_city", "local", "pages")
        bodies = tuple(FormerBody(p, **{key: r[key] for key in about if key in r}) for p, r in patterns if p)
        places = {
            _key(name): Place(row["id"], row["names"][0], row.get("today", ""), row.get("risen", ""), "city" in row)
            for row in data["places"]
            for name in row["names"]
        }
        names = place_pattern(name for row in data["places"] for name in row["names"])
        terms = {row["place"]: {int(n): first for n, first in row["began"].items()} for row in data["terms"]}
        return cls(known, bodies, names, places, terms)

    @cached_property
    def of_id(self) -> dict[str, KnownDocument]:
        """The documents by id."""
        return {document.id: document for document in self.documents}

    @cached_property
    def _of_number(self) -> dict[str, list[KnownDocument]]:
        found: dict[str, list[KnownDocument]] = defaultdict(list)
        for document in self.documents:
            found[number_key(document.number)].append(document)
        return found

    def by_number(self, number: str) -> list[KnownDocument]:
        """Return the documents that bear a number; leading zeros do not count."""
        return self._of_number.get(number_key(number), [])

    def place_of(self, words: str) -> Place:
        """Return the province that folded words name."""
        return self.places[_key(words)]

    @cached_property
    def place_by_id(self) -> dict[str, Place]:
        """The provinces by id."""
        return {place.id: place for place in self.places.values()}


def number_key(number: str) -> str:
    """Return what two spellings of one number share: ``5-CT/TW`` and ``05-CT/TW``."""
    digits = DocumentNumber(number).digits
    return (digits.lstrip("0") or digits) + number[len(digits) :].casefold()


def _key(name: str) -> str:
    return " ".join(fold(nfc(name)).split())
