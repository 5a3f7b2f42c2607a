"""Propose the word a maintainer probably meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from ..text import strip_marks

_LONGEST = 80
_MOST = 3
_HOST = re.compile(r"(?:https?://)?(?:www\.)?(?P<host>[\w-]{1,60}(?:\.[\w-]{1,60}){1,5})(?:[/:?#].*)?\Z", re.IGNORECASE)
_RANK = re.compile(r"(?:tỉnh|thành phố|tp\.?|t\.p\.?)\s*(?=\S)", re.IGNORECASE)


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice most like ``word`` (accents, case and hyphens weigh nothing), or None if none is alike.

    Looser than ``propose``: for a name that somebody will look at again, not for a slip of the pen."""
    keys: dict[str, str] = {}
    for choice in sorted(choices):
        keys.setdefault(_key(choice), choice)
    found = difflib.get_close_matches(_key(word[:_LONGEST]), keys, n=1, cutoff=0.6)
    return keys[found[0]] if found else None


def propose(word: str, choices: Mapping[str, Iterable[str]]) -> list[str]:
    """Return up to three keys of ``choices`` that ``word`` may stand for, likeliest first.

    Each key comes with its other names. Those that are the same but for accents, case, blanks and marks
    go before those with a slip of the pen, and these before names that hold all words of ``word``.
    """
    keys = {choice: {key for name in (choice, *names) if (key := _key(name))} for choice, names in choices.items()}
    for wanted in _readings(word):
        if same := sorted(choice for choice, names in keys.items() if wanted in names):
            return same[:_MOST]
    near = _near(_key(word[:_LONGEST]), keys)
    return near or _holding(word, choices)


def _readings(word: str) -> Iterable[str]:
    """Yield the keys that ``word`` may be: its own, without the rank of a place, as a web host."""
    short = word.strip()[:_LONGEST]
    yield _key(short)
    if match := _RANK.match(short):
        yield _key(short[match.end() :])
    if match := _HOST.match(short):
        parts = match["host"].split(".")
        yield from (_key(".".join(parts[start:])) for start in range(len(parts) - 1))


def _near(wanted: str, keys: Mapping[str, set[str]]) -> list[str]:
    limit = _limit(wanted)
    pieces = _pieces(wanted, limit + 1)
    found = []
    for choice, names in keys.items():
        distances = [_distance(wanted, name, limit) for name in names if any(piece in name for piece in pieces)]
        if distances and min(distances) <= limit:
            found.append((min(distances), choice))
    best = min(found, default=(0, ""))[0]
    return [choice for distance, choice in sorted(found) if distance == best][:_MOST]


def _limit(word: str) -> int:
    """How many slips of the pen a word of this length may have."""
    return 0 if len(word) < 3 else 1 if len(word) < 8 else 2 if len(word) < 18 else 3


def _pieces(word: str, count: int) -> list[str]:
    """Cut ``word`` in ``count`` pieces: with fewer slips than pieces, one of them stands in the other word."""
    size = max(len(word) // count, 1)
    return [word[n * size : (n + 1) * size if n < count - 1 else None] for n in range(count)]


def _distance(one: str, other: str, limit: int) -> int:
    """Return how many letters were mistyped, left out, added or swapped; more than ``limit`` if too many."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before, above = [0], list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, there in enumerate(other, 1):
            cost = min(above[column] + 1, line[column - 1] + 1, above[column - 1] + (letter != there))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == there:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > limit:
            return limit + 1
        before, above = above, line
    return above[-1]


def _holding(word: str, choices: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the choices with a name that holds all words of ``word``, if they are few."""
    wanted = _words(word[:_LONGEST])
    if len(wanted) < 2:
        return []
    found = [choice for choice, names in choices.items() if any(wanted <= _words(name) for name in (choice, *names))]
    return sorted(found) if len(found) <= _MOST else []


def _words(name: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", strip_marks(name)))


def _key(word: str) -> str:
    return "".join(char for char in strip_marks(word) if char.isalnum())
