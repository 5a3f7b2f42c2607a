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
from collections.abc import Iterable, Mapping, Sequence

from ...core.text import nfc
from ...meaning.knowledge.directory import Listed
from ...meaning.knowledge.entities import Kind, KnowledgeBase
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.phrases import PhraseList, words_of
from ..pages.index import Index
from ..pages.kinds import list_pages, list_site_pages
from .search_columns import POINTED_INTO, Keys, columns_of
from .search_parts import render_parts

FOLDER = "tra-cuu/chi-muc"
PART = 2500
"""So many entries stand in one file, chosen by hand: a browser fetches the files side by side."""
LARGE = 5000
"""Of more entries than this a query reads only some of them. All of so many are 60 kB, and a second's work for a slow
machine; both grow with the base."""
SELDOM = 2
"""A word that texts hold no oftener may be a slip (``SEEN_OFTEN`` in search-spelling.js), unless it stands beside the
same neighbour there."""
_WORD = re.compile(r"[^\W\d_]{1,12}")
SearchedKind = tuple[str, str, float, str]
"""A kind of page as the search box knows it: folder, name, rank, what its pages are of (``pages.kinds``)."""


def render_search_index(kb: KnowledgeBase, kinds: Sequence[SearchedKind]) -> dict[str, bytes]:
    """Return the parts of the index: path in docs/ → JSON."""
    entries = [*list_pages(Index(kb)), *list_site_pages()]
    texts = [entry.article.text[entry.article.body_start :] for entry in kb.articles.values()]
    texts += [text for e in entries for text in (e.name, *e.also, e.title or "")]
    return render_entries(entries, kinds, kb.vocabulary, texts)


def render_entries(
    entries: list[Listed],
    kinds: Sequence[SearchedKind],
    vocabulary: Vocabulary,
    texts: Iterable[str],
    large: int = LARGE,
) -> dict[str, bytes]:
    """Return the parts of an index of ``entries``; of more than ``large`` those of ``search_parts``. The words of
    ``texts`` serve to correct slips: they are written with how often they occur, the most frequent first
    (``kỷ 12 luật 9``), and seldom ones also with those beside them."""
    of_kind: dict[str, list[Listed]] = {folder: [] for folder, *_ in kinds}
    for entry in entries:
        of_kind[entry.kind].append(entry)
    keys = Keys(vocabulary, of_kind)
    is_large = len(entries) > large
    in_first = (Kind.PROVINCE, Kind.THEME, "") if is_large else (*POINTED_INTO, "")
    first = [entry for kind in in_first for entry in of_kind.pop(kind, [])]
    rest: dict[str, object] = {"phan": []}
    if is_large:
        rest["lon"], later = render_parts([entry for rows in of_kind.values() for entry in rows], first, keys)
    else:
        later = _parts_of(of_kind, keys)
        rest["phan"] = [*later]
    lists = [_WORD.findall(nfc(text).lower()) for text in texts]
    words = Counter(word for found in lists for word in found)
    ordered = sorted(words.items(), key=lambda item: (-item[1], item[0]))
    data = {
        "co-so": {"loaiTrang": kinds, **_grammar(vocabulary, keys), **rest, "trang": columns_of(first, keys)},
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


def _grammar(vocabulary: Vocabulary, keys: Keys) -> dict[str, object]:
    """Return how numbers are written, and the tables that columns point into."""
    return {
        "loai": [[t.id, t.name, list(t.codes), list(t.names)] for t in vocabulary.document_types.values()],
        "coQuan": [[c.code, list(c.typed)] for c in vocabulary.issuer_codes.values()],
        "vietTat": [[list(a.short), list(a.names)] for a in vocabulary.abbreviations.values()],
        "hoi": sorted(words_of(vocabulary, PhraseList.QUESTIONS), key=lambda words: (-words.count(" "), words)),
        "tinhTrang": keys.statuses,
        "loaiVanBan": [[t, keys.names.get(t, "Văn bản")] for t in keys.types],
        "maLoai": keys.type_codes,
    }


def _parts_of(of_kind: Mapping[str, list[Listed]], keys: Keys) -> dict[str, object]:
    """Return what is read behind the first part, by kinds."""
    return {
        f"{kind}-{number}": {"trang": columns_of(rows[start : start + PART], keys)}
        for kind, rows in of_kind.items()
        for number, start in enumerate(range(0, len(rows), PART), start=1)
    }


def _around(lists: Iterable[Sequence[str]], seldom: set[str]) -> list[str]:
    """Return each of the seldom words where it stands, between its neighbours: ``từ chối tiếp``."""
    found = {" ".join(of[max(at - 1, 0) : at + 2]) for of in lists for at, word in enumerate(of) if word in seldom}
    return sorted(found)
