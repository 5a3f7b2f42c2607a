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
from collections.abc import Callable, Iterable, Sequence

from ...core.text import nfc, strip_marks
from ...meaning.knowledge.directory import Listed, SymbolParts
from ...meaning.knowledge.entities import Kind, KnowledgeBase
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.phrases import PhraseList, words_of
from ..pages.index import Index
from ..pages.kinds import list_pages, list_site_pages

FOLDER = "tra-cuu/chi-muc"
PART = 2500
"""So many entries stand in one file, chosen by hand: a browser fetches the files side by side."""
SELDOM = 2
"""A word that texts hold no oftener may be a slip (``SEEN_OFTEN`` in search-spelling.js), unless it stands beside the
same neighbour there."""
_POINTED_INTO = (Kind.PROVINCE, Kind.THEME, Kind.BODY)
"""Entries that columns of others name by their number in the first part."""
_WORD = re.compile(r"[^\W\d_]{1,12}")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
SearchedKind = tuple[str, str, float, str]
"""A kind of page as the search box knows it: folder, name, rank, what its pages are of (``pages.kinds``)."""


def render_search_index(kb: KnowledgeBase, kinds: Sequence[SearchedKind]) -> dict[str, bytes]:
    """Return the parts of the index: path in docs/ → JSON."""
    entries = [*list_pages(Index(kb)), *list_site_pages()]
    texts = [entry.article.text[entry.article.body_start :] for entry in kb.articles.values()]
    texts += [text for e in entries for text in (e.name, *e.also, e.title or "")]
    return render_entries(entries, kinds, kb.vocabulary, texts)


def render_entries(
    entries: list[Listed], kinds: Sequence[SearchedKind], vocabulary: Vocabulary, texts: Iterable[str]
) -> dict[str, bytes]:
    """Return the parts of an index of ``entries``. The words of ``texts`` serve to correct slips: they are written with
    how often they occur, the most frequent first (``kỷ 12 luật 9``), and seldom ones also with those beside them."""
    of_kind: dict[str, list[Listed]] = {folder: [] for folder, *_ in kinds}
    for entry in entries:
        of_kind[entry.kind].append(entry)
    keys = _Keys(vocabulary, of_kind)
    first = [entry for kind in (*_POINTED_INTO, "") for entry in of_kind.pop(kind, [])]
    later: dict[str, object] = {}
    for kind, rows in of_kind.items():
        for number, start in enumerate(range(0, len(rows), PART), start=1):
            later[f"{kind}-{number}"] = {"trang": _columns(rows[start : start + PART], keys)}
    lists = [_WORD.findall(nfc(text).lower()) for text in texts]
    words = Counter(word for found in lists for word in found)
    ordered = sorted(words.items(), key=lambda item: (-item[1], item[0]))
    data = {
        "co-so": {
            "loaiTrang": kinds,
            "loai": [[t.id, t.name, list(t.codes), list(t.names)] for t in vocabulary.document_types.values()],
            "coQuan": [[c.code, list(c.typed)] for c in vocabulary.issuer_codes.values()],
            "vietTat": [[list(a.short), list(a.names)] for a in vocabulary.abbreviations.values()],
            "hoi": sorted(words_of(vocabulary, PhraseList.QUESTIONS), key=lambda words: (-words.count(" "), words)),
            "tinhTrang": keys.statuses,
            "loaiVanBan": [[t, keys.names.get(t, "Văn bản")] for t in keys.types],
            "maLoai": keys.type_codes,
            "phan": [*later],
            "trang": _columns(first, keys),
        },
        **later,
        "tu": {
            "tu": " ".join(f"{word} {count}" for word, count in ordered),
            "canh": " . ".join(_around(lists, {word for word, count in ordered if count <= SELDOM})),
        },
    }
    return {
        f"{FOLDER}/{name}.json": (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
        for name, value in data.items()
    }


def _around(lists: Iterable[Sequence[str]], seldom: set[str]) -> list[str]:
    """Return each of the seldom words where it stands, between its neighbours: ``từ chối tiếp``."""
    found = {" ".join(of[max(at - 1, 0) : at + 2]) for of in lists for at, word in enumerate(of) if word in seldom}
    return sorted(found)


class _Keys:
    """Numbers for values that recur: columns hold these numbers, counted from 1 (0: none)."""

    def __init__(self, vocabulary: Vocabulary, of_kind: dict[str, list[Listed]]) -> None:
        every = [entry for entries in of_kind.values() for entry in entries]
        self.kinds = [*of_kind]
        self.types = sorted({e.type for e in every if e.type})
        self.ids = {kind: [e.id for e in of_kind[kind]] for kind in _POINTED_INTO}
        self.statuses = sorted({e.status for e in every if e.status})
        self.type_codes = sorted({c for t in vocabulary.document_types.values() for c in t.codes})
        self.issuer_codes = sorted(vocabulary.issuer_codes)
        self.names = {t: vocabulary.document_types[t].name for t in self.types if t in vocabulary.document_types}


def _at(table: Sequence[object], value: object) -> int:
    """Return the number of a value in its table, 0 for none."""
    return table.index(value) + 1 if value in table else 0


def _columns(entries: list[Listed], keys: _Keys) -> dict[str, list[object]]:
    """Return the entries in columns; a column without any value is left out."""

    def symbol(s: SymbolParts) -> list[int]:
        return [s.number, s.year or 0, _at(keys.type_codes, s.type_code), _at(keys.issuer_codes, s.issuer_code)]

    makers: dict[str, Callable[[Listed], object]] = {
        "k": lambda e: keys.kinds.index(e.kind),
        "ten": lambda e: "" if e.name == f"{keys.names.get(e.type or '', 'Văn bản')} {e.number}" else e.name,
        "id": lambda e: "" if e.id == plain_id(e, keys) else e.id,
        "khac": lambda e: "|".join(e.also),
        "ve": lambda e: e.title or "",
        "l": lambda e: _at(keys.types, e.type),
        "n": lambda e: _at(keys.ids[Kind.PROVINCE], e.place),
        "c": lambda e: _at(keys.ids[Kind.BODY], e.issuer),
        "cd": lambda e: [_at(keys.ids[Kind.THEME], theme) for theme in e.themes] or 0,
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


def plain_id(entry: Listed, keys: _Keys) -> str:
    """Return the id that the search box forms by itself (``plainId`` in search-names.js)."""
    words = [entry.name]
    if entry.kind == Kind.DOCUMENT:
        year = "" if entry.symbol and entry.symbol.year else str(entry.year or "")
        words = [keys.names.get(entry.type or "", ""), entry.number or entry.name, entry.place or "", year]
    if entry.kind == Kind.ARTICLE:
        words = [entry.date or "khong ro ngay", entry.name]
    return _NOT_PLAIN.sub("-", strip_marks(" ".join(words))).strip("-")
