"""Compare the vocabularies entry by entry: such a change may touch every page."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..vocabulary import Vocabulary

if TYPE_CHECKING:
    from pydantic import BaseModel

TABLES = {
    "document_types": "Loại văn bản",
    "issuer_codes": "Ký hiệu cơ quan",
    "provinces": "Tỉnh, thành phố",
    "body_kinds": "Loại cơ quan",
    "local_bodies": "Cơ quan của một nơi",
    "outlets": "Báo, cổng thông tin",
    "themes": "Chủ đề",
    "relations": "Quan hệ",
    "noise": "Dòng thừa",
    "abbreviations": "Chữ tắt",
    "person_names": "Tiếng trong tên người",
}


@dataclass(frozen=True, slots=True)
class Entries:
    """What differs in one table, by the names of its entries; a changed one with the keys that differ."""

    title: str
    new: tuple[str, ...]
    changed: tuple[tuple[str, tuple[str, ...]], ...]
    gone: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many entries differ."""
        return len(self.new) + len(self.changed) + len(self.gone)


def compare_vocabularies(before: Vocabulary, after: Vocabulary) -> tuple[Entries, ...]:
    """Return the tables in which something differs."""
    tables = (_compare(title, getattr(before, name), getattr(after, name)) for name, title in TABLES.items())
    return tuple(entries for entries in tables if entries.count)


def _compare(title: str, old: Mapping[Hashable, BaseModel], new: Mapping[Hashable, BaseModel]) -> Entries:
    changed = [(_name(key, new[key]), _keys(old[key], new[key])) for key in new if key in old and old[key] != new[key]]
    return Entries(
        title,
        tuple(_name(key, new[key]) for key in new if key not in old),
        tuple(changed),
        tuple(_name(key, old[key]) for key in old if key not in new),
    )


def _name(key: Hashable, entry: BaseModel) -> str:
    """Return what an entry is called; one that has no name by its id."""
    return str(getattr(entry, "name", "")) or (" ".join(key) if isinstance(key, tuple) else str(key))


def _keys(old: BaseModel, new: BaseModel) -> tuple[str, ...]:
    return tuple(name for name in type(new).model_fields if getattr(old, name) != getattr(new, name))
