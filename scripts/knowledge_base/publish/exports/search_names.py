"""The small index of names and numbers that the search box reads before the full text.

It also carries the kinds of pages, the grammar of numbers (types, codes, their spellings) and the abbreviations,
so that the search box knows no list of its own. Written in parts: ``co-so.json`` first (grammar, provinces,
themes, bodies), then documents, then articles; ``tu.json`` (words, to correct slips) only when needed.
Values stand in columns: such files shrink best.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from ...core.text import nfc, strip_marks
from ...meaning.knowledge.directory import Listed
from ...meaning.knowledge.entities import Kind, KnowledgeBase
from ...sources.vocabulary import Vocabulary
from ..pages.index import Index
from ..pages.kinds import list_pages

FOLDER = "tra-cuu/chi-muc"
PART = 2500
"""So many entries stand in one file, chosen by hand: a browser fetches the files side by side."""
_POINTED_INTO = (Kind.PROVINCE, Kind.THEME, Kind.BODY)
"""Entries that columns of others name by their number in the first part."""
_WORD = re.compile(r"[^\W\d_]{1,12}")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_Column = list[object]
SearchedKind = tuple[str, str, float, str]
"""A kind of page as the search box knows it: folder, name, rank, what its pages are of (``pages.kinds``)."""


def render_search_index(kb: KnowledgeBase, kinds: Sequence[SearchedKind]) -> dict[str, bytes]:
    """Return the parts of the index: path in docs/ → JSON."""
    entries = list_pages(Index(kb))
    return render_entries(entries, kinds, kb.vocabulary, _texts(kb, entries))


def render_entries(
    entries: list[Listed], kinds: Sequence[SearchedKind], vocabulary: Vocabulary, texts: Iterable[str]
) -> dict[str, bytes]:
    """Return the parts of an index of ``entries``; the words of ``texts`` serve to correct slips."""
    of_kind: dict[str, list[Listed]] = {folder: [] for folder, *_ in kinds}
    for entry in entries:
        of_kind[entry.kind].append(entry)
    keys = _Keys(vocabulary, of_kind)
    parts = {"co-so": [entry for kind in _POINTED_INTO for entry in of_kind.pop(kind)]}
    for kind, rows in of_kind.items():
        for number, start in enumerate(range(0, len(rows), PART), start=1):
            parts[f"{kind}-{number}"] = rows[start : start + PART]
    data: dict[str, dict[str, object]] = {name: {"trang": _columns(rows, keys)} for name, rows in parts.items()}
    later = [name for name in parts if name != "co-so"]
    head = {"loaiTrang": kinds, **_grammar(vocabulary), **keys.tables(), "phan": later}
    data["co-so"] = {**head, **data["co-so"]}
    data["tu"] = {"tu": _words(texts)}
    return {f"{FOLDER}/{name}.json": _json(value) for name, value in data.items()}


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


class _Keys:
    """Numbers for values that recur: columns hold these numbers, counted from 1 (0: none)."""

    def __init__(self, vocabulary: Vocabulary, of_kind: dict[str, list[Listed]]) -> None:
        every = [entry for entries in of_kind.values() for entry in entries]
        self.kinds = [*of_kind]
        self.types = sorted({e.type for e in every if e.type})
        self.places = [e.id for e in of_kind[Kind.PROVINCE]]
        self.themes = [e.id for e in of_kind[Kind.THEME]]
        self.bodies = [e.id for e in of_kind[Kind.BODY]]
        self.statuses = sorted({e.status for e in every if e.status})
        self.type_codes = sorted({c for t in vocabulary.document_types.values() for c in t.codes})
        self.issuer_codes = sorted(vocabulary.issuer_codes)
        self.names = {t: vocabulary.document_types[t].name for t in self.types if t in vocabulary.document_types}

    def tables(self) -> dict[str, object]:
        """Return the tables that the numbers point into (for places, themes, bodies: the entries themselves)."""
        types = [[t, self.names.get(t, "Văn bản")] for t in self.types]
        return {"tinhTrang": self.statuses, "loaiVanBan": types, "maLoai": self.type_codes}


def _at(table: Sequence[object], value: object) -> int:
    """Return the number of a value in its table, 0 for none."""
    return table.index(value) + 1 if value in table else 0


def _grammar(vocabulary: Vocabulary) -> dict[str, object]:
    """Return how numbers are written: types with their codes and names, issuers' codes, abbreviations."""
    types = [[t.id, t.name, list(t.codes), list(t.names)] for t in vocabulary.document_types.values()]
    codes = [[c.code, list(c.typed)] for c in vocabulary.issuer_codes.values()]
    short = [[list(a.short), list(a.names)] for a in vocabulary.abbreviations.values()]
    return {"loai": types, "coQuan": codes, "vietTat": short}


def _columns(entries: list[Listed], keys: _Keys) -> dict[str, _Column]:
    """Return the entries in columns; a column without any value is left out."""
    makers: dict[str, Callable[[Listed], object]] = {
        "k": lambda e: keys.kinds.index(e.kind),
        "ten": lambda e: e.name if e.name != _formed_name(e, keys) else "",
        "id": lambda e: "" if e.id == plain_id(e, keys) else e.id,
        "khac": lambda e: "|".join(e.also),
        "ve": lambda e: e.title or "",
        "l": lambda e: _at(keys.types, e.type),
        "n": lambda e: _at(keys.places, e.place),
        "c": lambda e: _at(keys.bodies, e.issuer),
        "cd": lambda e: [_at(keys.themes, theme) for theme in e.themes] or 0,
        "nam": lambda e: e.year or 0,
        "ngay": lambda e: "" if e.date is None or e.date == str(e.year) else e.date.removeprefix(f"{e.year}"),
        "t": lambda e: _at(keys.statuses, e.status),
        "so": lambda e: e.number or "",
        "kh": lambda e: _symbol(e, keys),
        "sau": lambda e: [[n.id, n.reason] for n in e.next] or 0,
    }
    columns = {name: [make(entry) for entry in entries] for name, make in makers.items()}
    return {name: values for name, values in columns.items() if any(values)} | {"k": columns["k"]}


def _symbol(entry: Listed, keys: _Keys) -> object:
    """Return number, year, type code and issuer's code of a symbol; 0 for none."""
    symbol = entry.symbol
    if symbol is None:
        return 0
    codes = [_at(keys.type_codes, symbol.type_code), _at(keys.issuer_codes, symbol.issuer_code)]
    return [symbol.number, symbol.year or 0, *codes]


def _formed_name(entry: Listed, keys: _Keys) -> str:
    """Return the name that the search box forms by itself: type and number."""
    return f"{keys.names.get(entry.type or '', 'Văn bản')} {entry.number}" if entry.number else ""


def plain_id(entry: Listed, keys: _Keys) -> str:
    """Return the id that the search box forms by itself (``plainId`` in search-names.js)."""
    words = [entry.name]
    if entry.kind == Kind.DOCUMENT:
        year = "" if entry.symbol and entry.symbol.year else str(entry.year or "")
        words = [keys.names.get(entry.type or "", ""), entry.number or entry.name, entry.place or "", year]
    if entry.kind == Kind.ARTICLE:
        words = [entry.date or "khong ro ngay", entry.name]
    return _NOT_PLAIN.sub("-", strip_marks(" ".join(words))).strip("-")


def _words(texts: Iterable[str]) -> str:
    """Return the words of the texts with how often they occur, the most frequent first: ``kỷ 12 luật 9``."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_WORD.findall(nfc(text).lower()))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return " ".join(f"{word} {count}" for word, count in ordered)


def _texts(kb: KnowledgeBase, entries: list[Listed]) -> Iterator[str]:
    for article in kb.articles.values():
        yield article.article.text[article.article.body_start :]
    for listed in entries:
        yield from (listed.name, *listed.also, listed.title or "")
