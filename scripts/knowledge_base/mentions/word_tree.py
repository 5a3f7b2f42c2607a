"""Words of a text, and a tree of phrases that is searched in time linear to the text.

Between two words of a phrase a text may have blanks, one line break, and any mark the phrase itself
was written with. A mark that the phrase lacks parts the words (unless the tree skips that mark).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

from ..core.text import fold, nfc

T = TypeVar("T")
MARKS = ',-./&:;"'
"""Marks that may stand inside a phrase; all others, and blank lines, part it."""
APART = "!"
LONGEST_GAP = 12
REST = "…"
"""In a phrase: up to ``MOST_SKIPPED`` words of any kind."""
MOST_SKIPPED = 4
_WORD = re.compile(r"([^\W_]+|…)")


class Word(NamedTuple):
    """A word of the folded text. ``gap`` is what stands before it (see ``gap_of``)."""

    text: str
    start: int
    end: int
    gap: str


@lru_cache(maxsize=2)
def split_words(folded: str) -> list[Word]:
    """Return the words of a folded text in order. Finders that read one text in turn share the list: only read it."""
    parts = _WORD.split(folded)  # gap, word, gap, word, …, gap
    ends = list(accumulate(map(len, parts)))
    return list(map(Word, parts[1::2], ends[::2], ends[1::2], map(gap_of, parts[::2])))


def places_of(words: list[Word], wanted: frozenset[str]) -> list[int]:
    """Return where in ``words`` one of ``wanted`` stands."""
    return [at for at, word in enumerate(words) if word[0] in wanted]


@lru_cache(maxsize=4096)
def gap_of(between: str) -> str:
    """Return what kind of gap ``between`` is: a blank, a line break, one of ``MARKS``, or ``APART``."""
    if len(between) > LONGEST_GAP:
        return APART
    marks = between.strip()
    if not marks:
        return APART if between.count("\n") > 1 else "\n" if "\n" in between else " "
    bare = marks.replace('"', "").strip()
    if "\n" in between[: between.index(marks[0])] or len(bare) > 1:
        return APART
    return (bare or '"') if (bare or '"') in MARKS else APART


@dataclass(slots=True)
class _Node(Generic[T]):
    next: dict[str, _Node[T]] = field(default_factory=dict)
    values: list[T] = field(default_factory=list)


class WordTree(Generic[T]):
    """Phrases with values. ``skip`` are gaps that never part a phrase, besides blanks."""

    def __init__(self, skip: str = "") -> None:
        self._root: _Node[T] = _Node()
        self._skip = skip

    def first_words(self) -> frozenset[str]:
        """Return the words that phrases begin with: other words of a text need no look."""
        return frozenset(self._root.next)

    def add(self, phrase: str, value: T) -> None:
        """Add a phrase (any spelling). Its marks are optional in the text."""
        nodes = [self._root]
        for place, word in enumerate(split_words(fold(nfc(phrase)))):
            gaps = {" ", word.gap} if place else {""}
            nodes = [_child(node, gap + word.text) for node in nodes for gap in sorted(gaps)]
        for node in nodes:
            if value not in node.values:
                node.values.append(value)

    def matches(self, words: list[Word], at: int) -> list[tuple[int, T]]:
        """Return ``(index after the last word, value)`` for all phrases that begin at ``words[at]``, shortest first."""
        found: list[tuple[int, T]] = []
        node = self._root.next.get(words[at].text) if at < len(words) else None
        place = at + 1
        while node is not None:
            if node.values:
                found += [(place, value) for value in node.values]
            rest = node.next.get(" " + REST)
            if rest is not None:
                found.extend(self._after_rest(rest, words, place))
            node = self._step(node, words, place)
            place += 1
        return found

    def longest(self, words: list[Word], at: int) -> tuple[int, T] | None:
        """Return the longest match at ``words[at]``, or None."""
        found = self.matches(words, at)
        return max(found, key=lambda match: match[0]) if found else None

    def _step(self, node: _Node[T], words: list[Word], place: int) -> _Node[T] | None:
        if place >= len(words) or not node.next:
            return None
        text, _, _, gap = words[place]
        return node.next.get((" " if gap == "\n" or gap in self._skip else gap) + text)

    def _after_rest(self, rest: _Node[T], words: list[Word], place: int) -> Iterable[tuple[int, T]]:
        """Yield the matches of what follows ``…``: after none to ``MOST_SKIPPED`` words of the same clause."""
        for begin in range(place, min(place + MOST_SKIPPED + 1, len(words))):
            if words[begin].gap not in " \n" and words[begin].gap not in self._skip:
                return
            node, after = self._step(rest, words, begin), begin + 1
            while node is not None:
                yield from ((after, value) for value in node.values)
                node, after = self._step(node, words, after), after + 1


def _child(node: _Node[T], key: str) -> _Node[T]:
    return node.next.setdefault(key, _Node())
