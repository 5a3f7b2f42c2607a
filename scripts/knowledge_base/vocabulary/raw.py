"""Entries as written, before they are checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..yaml_source import Plain, YamlData


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
