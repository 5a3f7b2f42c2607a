"""The index of names and numbers of a large base: cut so that one query fetches a few small files.

``co-so.json`` keeps what every query needs (grammar, provinces, themes, pages of the site) and says under ``lon`` where
the rest stands: ``so-N`` documents by number, ``chu-N`` which entries hold a word, ``dong-N`` the entries themselves,
in the order in which the search box shows what answers alike. ``search-parts.js`` reads them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from ...core.text import fold, nfc, sort_key, strip_marks
from ...meaning.knowledge.directory import Listed
from ...meaning.knowledge.entities import Kind
from .search_columns import Keys, columns_of, plain_name

ROWS = 64
"""Entries in one file: about 2 kB packed. Fewer mean more files for one query, more mean more bytes; chosen by hand."""
WORD_FILE = 4_000
"""Characters of one file of words, about 2 kB packed; a longer list has a file to itself. Chosen by hand."""
MOST_HELD = 10_000
"""Of a word that more entries hold the first so many are listed: it tells too little apart to be read to its end."""
_WORD = re.compile(r"[^\W\d_]+|[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9])|[0-9]+")
_LONE_I = re.compile(r"^([hklmst]|qu)i$")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def render_parts(
    entries: Iterable[Listed], first: Sequence[Listed], keys: Keys
) -> tuple[dict[str, object], dict[str, object]]:
    """Return what ``co-so.json``, which holds ``first``, says of the parts, and the parts: name → content."""
    by_rank = sorted((e for e in first if e.kind == Kind.PROVINCE), key=lambda e: sort_key(e.name))
    ranks = {province.id: rank for rank, province in enumerate(by_rank)}

    def rank_of(entry: Listed) -> int:
        return ranks.get(entry.place or "", -1)

    def place_of(entry: Listed) -> tuple[int, int, int]:
        return rank_of(entry), keys.kinds.index(entry.kind) if entry.kind != Kind.BODY else -1, -(entry.year or 0)

    rows = sorted(entries, key=place_of)
    bodies = {entry.id: entry for entry in rows if entry.kind == Kind.BODY}
    parts: dict[str, object] = {
        f"dong-{start // ROWS}": _file(rows[start : start + ROWS], keys, bodies) for start in range(0, len(rows), ROWS)
    }
    numbered = sorted(
        (entry.symbol.number, rank_of(entry), -(entry.year or 0), at) for at, entry in enumerate(rows) if entry.symbol
    )
    by_number = [numbered[start : start + ROWS] for start in range(0, len(numbered), ROWS)]
    for number, some in enumerate(by_number):
        places = [at for *_, at in some]
        parts[f"so-{number}"] = {"o": places, **_file([rows[at] for at in places], keys, bodies)}
    files = list(_word_files(_held(rows, keys)))
    parts |= {f"chu-{number}": dict(file) for number, file in enumerate(files)}
    directory: dict[str, object] = {
        "tong": len(rows),
        "moiTep": ROWS,
        "hang": [keys.at[Kind.PROVINCE][province.id] for province in by_rank],
        "so": [some[0][:2] for some in by_number],
        "chu": [[file[0][0], sum(len(held) for _, held in file)] for file in files],
    }
    return directory, parts


def _file(rows: Sequence[Listed], keys: Keys, bodies: Mapping[str, Listed]) -> dict[str, object]:
    """Return entries with the bodies that issued them: id and name."""
    issuers = sorted({entry.issuer for entry in rows if entry.issuer and entry.issuer in bodies})
    numbers = {issuer: number for number, issuer in enumerate(issuers, start=1)}
    return {"trang": columns_of(rows, keys, numbers), "ban": [[issuer, bodies[issuer].name] for issuer in issuers]}


def _held(rows: Sequence[Listed], keys: Keys) -> dict[str, list[int]]:
    """Return the entries that hold each word or mark, by their places in ``rows``. What replaced an entry is found by
    its words too."""
    places = {(entry.kind, entry.id): at for at, entry in enumerate(rows)}
    held: dict[str, set[int]] = defaultdict(set)
    for at, entry in enumerate(rows):
        newer = [places[entry.kind, each] for each, _ in entry.next if (entry.kind, each) in places]
        for word in {*_words_of(entry, keys), *_marks_of(entry)}:
            held[word].update((at, *newer))
    return {word: sorted(found) for word, found in held.items()}


def _words_of(entry: Listed, keys: Keys) -> Iterator[str]:
    """Yield the words of names and title, and how names begin (``^tinh uy``); what type and number say has marks."""
    names = [bare_words(name) for name in entry.also]
    if not entry.symbol or entry.name != plain_name(entry, keys):
        names.append(bare_words(entry.name))
    for words in names:
        yield from words
        yield f"^{' '.join(words[:2])}"
    yield from bare_words(entry.title or "")


def _marks_of(entry: Listed) -> Iterator[str]:
    """Yield what else is asked for: ``@da-nang``, ``*chuyen-doi-so``, ``=2023``, ``+chi-thi``, ``#34``, ``&CT``."""
    yield f"@{entry.place or ''}"
    for theme in entry.themes:
        yield f"*{theme}"
    if entry.year:
        yield f"={entry.year}"
    if entry.type:
        yield f"+{entry.type}"
    if entry.symbol:
        yield from (f"#{entry.symbol.number}", f"&{entry.symbol.type_code}", f"/{entry.symbol.issuer_code}")


def bare_words(text: str) -> list[str]:
    """Return the words of a text as the search box compares them (``words`` in search-text.js), without accents."""
    return [_bare(word) for word in _WORD.findall(nfc(text))]


@lru_cache(maxsize=20_000)  # Vietnamese has few different words
def _bare(word: str) -> str:
    return _LONE_I.sub(r"\1y", strip_marks(fold(word))).replace(".", "")


def _word_files(held: Mapping[str, list[int]]) -> Iterator[list[tuple[str, str]]]:
    """Yield words with their entries, so many in each file as fit; all in order of their letters."""
    file: list[tuple[str, str]] = []
    size = 0
    for word in sorted(held):
        listed = _differences(held[word])
        if file and size + len(listed) > WORD_FILE:
            yield file
            file, size = [], 0
        file.append((word, listed))
        size += len(listed)
    if file:
        yield file


def _differences(found: Sequence[int]) -> str:
    """Return ascending numbers as what each has more than the one before, to the base of 36; before them how many there
    are, if not all are listed."""
    listed = found[:MOST_HELD]
    steps = [_base36(after - before) for before, after in zip([-1, *listed], listed, strict=False)]
    return " ".join(steps) if len(listed) == len(found) else f"{len(found)}: {' '.join(steps)}"


def _base36(number: int) -> str:
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits
