"""Entries as written, before they are checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..ids import DocumentKey, build_document_id
from ..text import slug
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


def likely_id(data: Mapping[str, Plain]) -> str:
    """Return the id an entry would get: of its name, or of a document's type, number, province and year; else ''."""
    name, kind, number = (data.get(key) for key in ("name", "type", "number"))
    if isinstance(name, str):
        return slug(name.replace("{place}", "")[:200])
    if not isinstance(kind, str) or not isinstance(number, str):
        return ""
    date, province = data.get("date"), data.get("province")
    day = date.get("value") if isinstance(date, dict) else None
    year = int(day[:4]) if isinstance(day, str) and day[:4].isdigit() else None
    return build_document_id(DocumentKey(slug(kind), number, province if isinstance(province, str) else None, year))


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
