"""Entries as written, before they are checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..yaml_source import Plain, YamlData

_NAMING = ("name", "names", "city_name", "short", "sites", "marks", "typed", "codes", "number")


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as written, before it is checked; ``key`` is its id."""

    field: str
    key: str
    data: Mapping[str, Plain]
    source: YamlData
    location: tuple[str, ...]
    path: str

    def line(self, *location: object) -> int:
        """Return the line of a part of the entry."""
        return self.source.line(*self.location, *location)


def names_of(data: Mapping[str, Plain]) -> tuple[str, ...]:
    """Return what an entry is called: its name first, then its other names, marks, hosts and numbers."""
    found: list[str] = []
    for name in _NAMING:
        value = data.get(name)
        found += (
            [value]
            if isinstance(value, str)
            else [v for v in value if isinstance(v, str)]
            if isinstance(value, list)
            else []
        )
    return tuple(found)
