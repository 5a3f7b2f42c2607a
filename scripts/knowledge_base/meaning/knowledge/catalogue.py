"""All bodies that could be named: kinds × provinces, each with the id and name it would have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ...core.dates import PartialDate
from ...core.ids import body_id
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.names import body_name, is_city
from ...sources.vocabulary.schemas import BodyKind

_PLACE = "{place}"


@dataclass(frozen=True, slots=True, order=True)
class BodyKey:
    """A body: its kind, its province (None: central), and whether that was a thành phố then."""

    kind: str
    province: str | None
    city: bool = False


class BodyCatalogue:
    """Finds keys by id and names by key."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def key(self, kind: str, province: str | None, at: PartialDate | None) -> BodyKey:
        """Return the key of a kind in a province as it was at a date."""
        entry = self.vocabulary.body_kinds[kind]
        if _PLACE not in entry.name or province is None:
            return BodyKey(kind, None)
        return BodyKey(kind, province, bool(entry.city_name) and is_city(self.vocabulary.provinces[province], at))

    def name(self, key: BodyKey) -> str:
        """Return the full name of a body."""
        if key.province is None:
            return body_name(self.vocabulary, key.kind, None, None)
        return body_name(self.vocabulary, key.kind, key.province, self._time_of(key))

    def _time_of(self, key: BodyKey) -> PartialDate | None:
        """Return a date at which the province had the rank the key tells."""
        province = self.vocabulary.provinces[key.province or ""]
        dates = [None, *(p.since for p in province.periods), *(PartialDate(1900) for _ in province.periods[:1])]
        return next((d for d in dates if is_city(province, d) == key.city), None)

    def id(self, key: BodyKey) -> str:
        """Return the id of a body."""
        return body_id(self.name(key))

    def find(self, identity: str) -> BodyKey | None:
        """Return the body with an id, if the vocabulary can form it."""
        return self._keys.get(identity)

    @cached_property
    def _keys(self) -> dict[str, BodyKey]:
        return {self.id(key): key for entry in self.vocabulary.body_kinds.values() for key in self._all(entry)}

    def _all(self, entry: BodyKind) -> Iterator[BodyKey]:
        if _PLACE not in entry.name:
            yield BodyKey(entry.id, None)
            return
        for province in self.vocabulary.provinces.values():
            ranks = {p.kind == "thanh-pho" for p in province.periods} if entry.city_name else {False}
            for city in sorted(ranks):
                yield BodyKey(entry.id, province.id, city)
