"""TextWords of a text, and a tree of phrases that is searched in time linear to the text.

Between two words of a phrase a text may have blanks, one line break, and any mark the phrase itself
was written with. A mark that the phrase lacks parts the words (unless the tree skips that mark).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate, chain
from operator import add
from typing import Generic, NamedTuple, TypeVar

from ..core.models import NoiseKind, Scan
from ..core.text import Folded, fold, nfc

_LINE = re.compile(r"[^\n]+")


class Spans:
    """Spans that are asked often: joined where they touch, found by bisection."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def overlap(self, start: int, end: int) -> bool:
        """Tell whether ``start:end`` shares a position with a span."""
        place = bisect_right(self._starts, start)
        return start in self or (place < len(self._starts) and self._starts[place] < end)

    def __contains__(self, position: int) -> bool:
        place = bisect_right(self._starts, position) - 1
        return place >= 0 and position < self._ends[place]


def noise_spans(scan: Scan, *kinds: NoiseKind) -> Spans:
    """Return the noise of a text (of some kinds, if any are given)."""
    return Spans((noise.start, noise.end) for noise in scan.noise if not kinds or noise.kind in kinds)


class Line(NamedTuple):
    """A line that is not blank: its span without the spaces around it, and its words in both forms."""

    start: int
    end: int
    text: str
    folded: Folded


def lines_of(text: str, folded: Folded, start: int = 0) -> Iterator[Line]:
    """Yield the lines from ``start`` on that are not blank."""
    for match in _LINE.finditer(text, start):
        if bare := match[0].strip():
            begin = match.start() + match[0].index(bare[0])
            end = begin + len(bare)
            yield Line(begin, end, bare, Folded(folded[begin:end]))


T = TypeVar("T")
MARKS = ',-./&:;"'
"""Marks that may stand inside a phrase; all others, and blank lines, part it."""
APART = "!"
LONGEST_GAP = 12
"""A longer gap parts a phrase: a blanked-out symbol, or the indent of a table. Chosen by hand."""
REST = "…"
"""In a phrase: up to ``MOST_SKIPPED`` words of any kind."""
MOST_SKIPPED = 4
"""As the heads of ``themes.yml`` and ``bodies.yml`` promise their maintainers."""
_WORD, _WORD_OR_REST = re.compile(r"([^\W_]+)"), re.compile(r"([^\W_]+|…)")


@dataclass(frozen=True, slots=True)
class TextWords:
    """The words of a folded text: of each its letters, its span, and the gap before it (see ``gap_of``).

    ``steps`` are gap and letters as keys of the tree, where a line break counts as a blank; one more, empty, stands
    for the end of the text."""

    texts: list[str]
    starts: list[int]
    ends: list[int]
    gaps: list[str]
    steps: list[str]

    def follows(self, at: int, gaps: str = " ") -> bool:
        """Tell whether a word stands at ``at`` with one of ``gaps`` before it."""
        return at < len(self.texts) and self.gaps[at] in gaps

    def has(self, at: int, word: str, gaps: str = " ") -> bool:
        """Tell whether ``word`` stands at ``at`` with one of ``gaps`` before it."""
        return self.follows(at, gaps) and self.texts[at] == word


_STEPS = {"\n": " "}
"""A line break counts as a blank on the way through the tree."""


@lru_cache(maxsize=4)
def split_words(folded: str) -> TextWords:
    """Return the words of a folded text in order. Finders that read one text in turn share them: only read them."""
    parts = (_WORD_OR_REST if REST in folded else _WORD).split(folded)  # gap, word, gap, word, …, gap
    texts, ends, gaps = parts[1::2], list(accumulate(map(len, parts))), list(map(gap_of, parts[:-1:2]))
    steps = list(map(add, map(_STEPS.get, gaps, gaps), texts))
    return TextWords(texts, ends[:-1:2], ends[1::2], gaps, [*steps, ""])


def without_spans(words: TextWords, spans: Sequence[tuple[int, int]], blanked: str) -> TextWords:
    """Return the words of a text but for those of ``spans``, in order, in whose place ``blanked`` has blanks: as
    ``split_words(blanked)``, in a tenth of the time."""
    edges = [bisect_left(words.starts, edge) for span in spans for edge in span]
    if any(words.ends[edge - 1] > end for edge, (_, end) in zip(edges[1::2], spans, strict=True) if edge):
        return split_words(blanked)  # one ends inside a word
    kept = list(zip([0, *edges[1::2]], [*edges[::2], len(words.steps)], strict=True))

    def rest(column: list[T]) -> list[T]:
        return list(chain.from_iterable(column[begin:end] for begin, end in kept))

    texts, starts, ends, gaps, steps = (
        rest(words.texts),
        rest(words.starts),
        rest(words.ends),
        rest(words.gaps),
        rest(words.steps),
    )
    for at in accumulate(end - begin for begin, end in kept[:-1]):
        if at < len(texts):
            gaps[at] = gap_of(blanked[ends[at - 1] if at else 0 : starts[at]])
            steps[at] = _STEPS.get(gaps[at], gaps[at]) + texts[at]
    return TextWords(texts, starts, ends, gaps, steps)


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
    """``next`` leads on by the step of a word, ``rest`` is what stands behind ``…``."""

    next: dict[str, _Node[T]] = field(default_factory=dict)
    values: list[T] = field(default_factory=list)
    rest: _Node[T] | None = None


def _reach(node: _Node[T], step: str) -> _Node[T]:
    """Return the node that ``step`` leads to, made if there is none."""
    found = node.next.get(step)
    if found is None:
        found = node.next[step] = _Node()
    return found


class Beginnings(dict[str, Collection[str]]):
    """The first words of phrases, each with the steps of which one must follow it (none: it may stand alone)."""

    def joined(self, other: Mapping[str, Collection[str]]) -> Beginnings:
        """Return these with some others."""
        both = {word: {*self[word], *other[word]} if self[word] and other[word] else () for word in self.keys() & other}
        return Beginnings({**self, **other, **both})

    def places(self, words: TextWords) -> list[int]:
        """Return where the phrases may begin in a text."""
        steps, may_follow = words.steps, self.get
        return [
            at
            for at, then in enumerate(map(may_follow, words.texts))
            if then is not None and (not then or steps[at + 1] in then)
        ]


class WordTree(Generic[T]):
    """Phrases with values. ``skip`` are gaps that never part a phrase, besides blanks."""

    def __init__(self, phrases: Iterable[tuple[str, T]] = (), skip: str = "") -> None:
        self._root: _Node[T] = _Node()
        self._skip = skip
        for phrase, value in phrases:
            self.add(phrase, value)

    def add(self, phrase: str, value: T) -> None:
        """Add a phrase (any spelling). Its marks are optional in the text."""
        parts = _WORD_OR_REST.split(fold(nfc(phrase)))  # as in ``split_words``
        nodes = [_reach(self._root, "".join(parts[1:2]))]
        for gap, text in zip(map(gap_of, parts[2:-1:2]), parts[3::2], strict=True):
            befores = (" ",) if gap == " " else (" ", gap)
            nodes = [self._child(node, before, text) for node in nodes for before in befores]
        for node in nodes:
            if value not in node.values:
                node.values.append(value)

    def _child(self, node: _Node[T], gap: str, text: str) -> _Node[T]:
        """Return the node that a word leads to, made if there is none; a blank leads there as skipped gaps do."""
        if text == REST:
            node.rest = node.rest or _Node()
            return node.rest
        child = _reach(node, gap + text)
        for skipped in self._skip if gap == " " else "":
            node.next[skipped + text] = child
        return child

    @cached_property
    def beginnings(self) -> Beginnings:
        """How the phrases begin; asked when all are added."""
        firsts = self._root.next.items()
        return Beginnings({word: () if node.values or node.rest else node.next.keys() for word, node in firsts})

    def places(self, words: TextWords) -> list[int]:
        """Return where phrases may begin."""
        return self.beginnings.places(words)

    def matches(self, words: TextWords, at: int) -> list[tuple[int, T]]:
        """Return ``(index after the last word, value)`` for all phrases that begin at word ``at``, shortest first."""
        found: list[tuple[int, T]] = []
        node = self._root.next.get(words.texts[at]) if at < len(words.texts) else None
        while node is not None:
            at += 1
            if node.values:
                found += [(at, value) for value in node.values]
            if node.rest is not None:
                found += self._after_rest(node.rest, words, at)
            node = node.next.get(words.steps[at])
        return found

    def longest(self, words: TextWords, at: int) -> tuple[int, T] | None:
        """Return the longest match at word ``at``, or None."""
        return max(self.matches(words, at), key=lambda match: match[0], default=None)

    def _after_rest(self, rest: _Node[T], words: TextWords, place: int) -> Iterator[tuple[int, T]]:
        """Yield the matches of what follows ``…``: after none to ``MOST_SKIPPED`` words of the same clause."""
        for begin in range(place, min(place + MOST_SKIPPED + 1, len(words.texts))):
            if words.gaps[begin] not in " \n" and words.gaps[begin] != '"':
                return
            node, at = rest.next.get(words.steps[begin]), begin
            while node is not None:
                at += 1
                yield from ((at, value) for value in node.values)
                node = node.next.get(words.steps[at])
