"""Entries of the index of names and numbers in columns, which shrink best: how ``search-names.js`` reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ...core.text import strip_marks
from ...meaning.knowledge.directory import Listed, SymbolParts
from ...meaning.knowledge.entities import Kind
from ...sources.vocabulary import Vocabulary

POINTED_INTO = (Kind.PROVINCE, Kind.THEME, Kind.BODY)
"""Entries that columns of others name by their number."""
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


class Keys:
    """Numbers for values that recur: columns hold these numbers, counted from 1 (0: none)."""

    def __init__(self, vocabulary: Vocabulary, of_kind: Mapping[str, list[Listed]]) -> None:
        every = [entry for entries in of_kind.values() for entry in entries]
        self.kinds = [*of_kind]
        self.types = sorted({e.type for e in every if e.type})
        self.at = {kind: {e.id: at for at, e in enumerate(of_kind[kind], start=1)} for kind in POINTED_INTO}
        self.statuses = sorted({e.status for e in every if e.status})
        self.type_codes = sorted({c for t in vocabulary.document_types.values() for c in t.codes})
        self.issuer_codes = sorted(vocabulary.issuer_codes)
        self.names = {t: vocabulary.document_types[t].name for t in self.types if t in vocabulary.document_types}


def _at(table: Sequence[object], value: object) -> int:
    """Return the number of a value in its table, 0 for none."""
    return table.index(value) + 1 if value in table else 0


def columns_of(
    entries: Sequence[Listed], keys: Keys, issuers: Mapping[str, int] | None = None
) -> dict[str, list[object]]:
    """Return the entries in columns; a column without any value is left out. ``issuers``: the numbers of the bodies
    that issued them, where they do not stand in the first part."""
    places, themes = keys.at[Kind.PROVINCE], keys.at[Kind.THEME]
    bodies = keys.at[Kind.BODY] if issuers is None else issuers

    def symbol(s: SymbolParts) -> list[int]:
        return [s.number, s.year or 0, _at(keys.type_codes, s.type_code), _at(keys.issuer_codes, s.issuer_code)]

    makers: dict[str, Callable[[Listed], object]] = {
        "k": lambda e: keys.kinds.index(e.kind),
        "ten": lambda e: "" if e.name == plain_name(e, keys) else e.name,
        "id": lambda e: "" if e.id == plain_id(e, keys) else e.id,
        "khac": lambda e: "|".join(e.also),
        "ve": lambda e: e.title or "",
        "l": lambda e: _at(keys.types, e.type),
        "n": lambda e: places.get(e.place or "", 0),
        "c": lambda e: bodies.get(e.issuer or "", 0),
        "cd": lambda e: [themes.get(theme, 0) for theme in e.themes] or 0,
        "nam": lambda e: e.year or 0,
        "ngay": lambda e: "" if e.date is None or e.date == str(e.year) else e.date.removeprefix(f"{e.year}"),
        "t": lambda e: _at(keys.statuses, e.status),
        "cb": lambda e: e.state.words if e.state else "",
        "doi": lambda e: int(e.state is not None and e.state.grave),
        "so": lambda e: e.number or "",
        "kh": lambda e: symbol(e.symbol) if e.symbol else 0,
        "sau": lambda e: [list(successor) for successor in e.next] or 0,
    }
    columns = {name: [make(entry) for entry in entries] for name, make in makers.items()}
    return {name: values for name, values in columns.items() if any(values)} | {"k": columns["k"]}


def plain_name(entry: Listed, keys: Keys) -> str:
    """Return the name that the search box forms by itself: "Chỉ thị 34-CT/TU"."""
    return f"{keys.names.get(entry.type or '', 'Văn bản')} {entry.number}"


def plain_id(entry: Listed, keys: Keys) -> str:
    """Return the id that the search box forms by itself (``plainId`` in search-names.js)."""
    words = [entry.name]
    if entry.kind == Kind.DOCUMENT:
        year = "" if entry.symbol and entry.symbol.year else str(entry.year or "")
        words = [keys.names.get(entry.type or "", ""), entry.number or entry.name, entry.place or "", year]
    if entry.kind == Kind.ARTICLE:
        words = [entry.date or "khong ro ngay", entry.name]
    return _NOT_PLAIN.sub("-", strip_marks(" ".join(words))).strip("-")
