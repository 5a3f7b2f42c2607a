"""TextWords of a text, and a tree of phrases that is searched in time linear to the text.

Between two words of a phrase a text may have blanks, one line break, and any mark the phrase itself
was written with. A mark that the phrase lacks parts the words (unless the tree skips that mark).
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate, chain
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

    def __bool__(self) -> bool:
        return bool(self._starts)

    def overlap(self, start: int, end: int) -> bool:
        """Tell whether ``start:end`` shares a position with a span."""
        place = bisect_right(self._starts, start)
        return start in self or (place < len(self._starts) and self._starts[place] < end)

    def __contains__(self, position: int) -> bool:
        place = bisect_right(self._starts, position) - 1
        return place >= 0 and position < self._ends[place]


_NO_SPANS = Spans(())


def noise_spans(scan: Scan, *kinds: NoiseKind) -> Spans:
    """Return the noise of a text (of some kinds, if any are given)."""
    if not scan.noise:
        return _NO_SPANS
    return Spans([(noise.start, noise.end) for noise in scan.noise if not kinds or noise.kind in kinds])


class Line(NamedTuple):
    """A line that is not blank: its span without the spaces around it, and its words in both forms."""

    start: int
    end: int
    text: str
    folded: Folded


@lru_cache(maxsize=4)
def lines_of(seen: str, folded: Folded) -> tuple[Line, ...]:
    """Return the lines of a viewed text that are not blank. Finders that read one text in turn share them."""
    lines = []
    for match in _LINE.finditer(seen):
        if bare := match[0].strip():
            begin = match.start() + match[0].index(bare[0])
            end = begin + len(bare)
            lines.append(Line(begin, end, bare, Folded(folded[begin:end])))
    return tuple(lines)


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
_LATIN = "".join(filter(str.isalnum, map(chr, (*range(0x250), *range(0x1E00, 0x1F00)))))
_WORD, _WORD_OR_REST = re.compile(rf"([{_LATIN}\w]+)"), re.compile(rf"([{_LATIN}\w]+|…)")
"""Words where no ``_`` stands in the text. To name the letters of Vietnamese takes ``re`` a quarter less time."""
_WORD_IN_CODE = re.compile(r"([^\W_]+|…)")


@dataclass(frozen=True)
class TextWords:
    """The words of a folded text: of each its letters, its span, the gap before it (see ``gap_of``), and the letters of
    the word behind it ("" behind the last one)."""

    texts: list[str]
    starts: list[int]
    ends: list[int]
    gaps: list[str]
    following: list[str]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """At which places among all words each one stands."""
        places: dict[str, list[int]] = {}
        for at, word in enumerate(self.texts):
            if (known := places.get(word)) is None:
                places[word] = [at]
            else:
                known.append(at)
        return places

    def follows(self, at: int, gaps: str = " ") -> bool:
        """Tell whether a word stands at ``at`` with one of ``gaps`` before it."""
        return at < len(self.texts) and self.gaps[at] in gaps

    def has(self, at: int, word: str, gaps: str = " ") -> bool:
        """Tell whether ``word`` stands at ``at`` with one of ``gaps`` before it."""
        return self.follows(at, gaps) and self.texts[at] == word


@lru_cache(maxsize=4)
def split_words(folded: str) -> TextWords:
    """Return the words of a folded text in order. Finders that read one text in turn share them: only read them."""
    word = _WORD_IN_CODE if "_" in folded else _WORD_OR_REST if REST in folded else _WORD
    parts = word.split(folded)  # gap, word, gap, word, …, gap
    ends, gaps = list(accumulate(map(len, parts))), parts[:-1:2]
    kinds = {gap: gap_of(gap) for gap in set(gaps)}
    texts = parts[1::2]
    return TextWords(texts, ends[:-1:2], ends[1::2], list(map(kinds.__getitem__, gaps)), [*texts[1:], ""])


class PhrasePattern:
    """A pattern for folded texts whose matches begin with one of some ``phrases``: it is tried where the first words of
    such a one stand, not at every letter. ``glued``: behind a phrase of one word a number may follow at once."""

    def __init__(self, pattern: re.Pattern[str], phrases: Iterable[str], *, glued: bool = False) -> None:
        self.pattern, self.phrases = pattern, list(phrases)
        parts = [_WORD_IN_CODE.split(fold(nfc(phrase)))[1::2] for phrase in self.phrases]
        seconds: dict[str, set[str]] = defaultdict(set)
        for first, *rest in parts:
            seconds[first].add("".join(rest[:1]))
        self._seconds = {first: tuple(words) for first, words in seconds.items()}
        self._glued = {words[0] for words in parts if len(words) == 1 and glued}
        self._places = lru_cache(maxsize=2)(self._find_places)

    def finditer(self, folded: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Yield the matches within ``start:end`` in order, as ``re`` does."""
        places = self._places(folded)
        for at in range(bisect_left(places, start), len(places)):
            if places[at] >= end:
                return
            if places[at] >= start and (match := self.pattern.match(folded, places[at], end)):
                start = match.end()
                yield match

    def search(self, folded: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match within ``start:end``."""
        places = self._places(folded)
        for at in range(bisect_left(places, start), len(places)):
            if places[at] >= end:
                break
            if match := self.pattern.match(folded, places[at], end):
                return match
        return None

    def _find_places(self, folded: str) -> list[int]:
        words = split_words(folded)
        starts, following, places = words.starts, words.following, words.places
        begins: list[int] = []
        for first in self._seconds.keys() & places.keys():
            then = self._seconds[first]
            begins += [starts[at] for at in places[first] if following[at].startswith(then)]
        return sorted(set(begins).union(*(finds(folded, word) for word in self._glued)) if self._glued else begins)


def phrase_pattern(*phrases: str) -> PhrasePattern:
    """Return the pattern for any of some folded phrases."""
    return PhrasePattern(re.compile("|".join(map(re.escape, phrases))), phrases)


def either(*patterns: PhrasePattern) -> PhrasePattern:
    """Return the pattern for what any of some patterns finds; none of them may be glued."""
    whole = "|".join(f"(?:{one.pattern.pattern})" for one in patterns)
    return PhrasePattern(re.compile(whole), [phrase for one in patterns for phrase in one.phrases])


def finds(folded: str, word: str) -> Iterator[int]:
    """Yield where the letters of a word stand in a text, also as the beginning of a longer one."""
    place = folded.find(word)
    while place >= 0:
        yield place
        place = folded.find(word, place + 1)


def without_spans(words: TextWords, spans: Sequence[tuple[int, int]], blanked: str) -> TextWords:
    """Return the words of a text but for those of ``spans``, in order, in whose place ``blanked`` has blanks: as
    ``split_words(blanked)``, in a tenth of the time."""
    if not spans:
        return words
    edges = [bisect_left(words.starts, edge) for span in spans for edge in span]
    if any(words.ends[edge - 1] > end for edge, (_, end) in zip(edges[1::2], spans, strict=True) if edge):
        return split_words(blanked)  # one ends inside a word
    kept = list(zip([0, *edges[1::2]], [*edges[::2], len(words.texts)], strict=True))

    def rest(column: list[T]) -> list[T]:
        return list(chain.from_iterable(column[begin:end] for begin, end in kept))

    texts, starts, ends, gaps = rest(words.texts), rest(words.starts), rest(words.ends), rest(words.gaps)
    for at in set(accumulate(end - begin for begin, end in kept[:-1])):  # each once: a gap may hold all of a text
        if at < len(texts):
            gaps[at] = gap_of(blanked[ends[at - 1] if at else 0 : starts[at]])
    return TextWords(texts, starts, ends, gaps, [*texts[1:], ""])


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
    """``next`` leads on by a word behind a blank or a line break, ``marked`` by another gap and the word behind it;
    ``rest`` is what stands behind ``…``."""

    next: dict[str, _Node[T]] = field(default_factory=dict)
    marked: dict[str, _Node[T]] = field(default_factory=dict)
    values: list[T] = field(default_factory=list)
    rest: _Node[T] | None = None

    def may_follow(self) -> Collection[str]:
        """Return words of which one must come next; none if a phrase may end here."""
        return () if self.values or self.rest else {*self.next, *(step[1:] for step in self.marked)}


def _reach(steps: dict[str, _Node[T]], step: str) -> _Node[T]:
    """Return the node that ``step`` leads to, made if there is none."""
    found = steps.get(step)
    if found is None:
        found = steps[step] = _Node()
    return found


class Beginnings(dict[str, Collection[str]]):
    """The first words of phrases, each with the words of which one must follow it (none: it may stand alone)."""

    def joined(self, other: Mapping[str, Collection[str]]) -> Beginnings:
        """Return these with some others."""
        both = {word: {*self[word], *other[word]} if self[word] and other[word] else () for word in self.keys() & other}
        return Beginnings({**self, **other, **both})

    def places(self, words: TextWords) -> list[int]:
        """Return where the phrases may begin in a text."""
        following, places, found = words.following, words.places, list[int]()
        for word in self.keys() & places.keys():
            then = self[word]
            found += [at for at in places[word] if following[at] in then] if then else places[word]
        return sorted(found)


class WordTree(Generic[T]):
    """Phrases with values. ``skip`` are gaps that never part a phrase, besides blanks."""

    def __init__(self, phrases: Iterable[tuple[str, T]] = (), skip: str = "") -> None:
        self._root: _Node[T] = _Node()
        self._skip = skip
        for phrase, value in phrases:
            self.add(phrase, value)

    def add(self, phrase: str, value: T) -> None:
        """Add a phrase (any spelling). Its marks are optional in the text."""
        parts = _WORD_IN_CODE.split(fold(nfc(phrase)))  # as in ``split_words``
        nodes = [_reach(self._root.next, "".join(parts[1:2]))]
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
        if gap != " ":
            return _reach(node.marked, gap + text)
        child = _reach(node.next, text)
        for skipped in self._skip:
            node.marked[skipped + text] = child
        return child

    @cached_property
    def beginnings(self) -> Beginnings:
        """How the phrases begin; asked when all are added."""
        return Beginnings({word: node.may_follow() for word, node in self._root.next.items()})

    def places(self, words: TextWords) -> list[int]:
        """Return at which words of a text phrases may begin."""
        return self.beginnings.places(words)

    def matches(self, words: TextWords, at: int) -> list[tuple[int, T]]:
        """Return ``(index after the last word, value)`` for all phrases that begin at word ``at``, shortest first."""
        found: list[tuple[int, T]] = []
        texts, gaps = words.texts, words.gaps
        node = self._root.next.get(texts[at]) if at < len(texts) else None
        while node is not None:
            at += 1
            if node.values:
                found += [(at, value) for value in node.values]
            if node.rest is not None:
                found += self._after_rest(node.rest, words, at)
            if at == len(texts):
                break
            gap, text = gaps[at], texts[at]
            node = node.next.get(text) if gap in " \n" else node.marked.get(gap + text)
        return found

    def longest(self, words: TextWords, at: int) -> tuple[int, T] | None:
        """Return the longest match at word ``at``, or None."""
        found = self.matches(words, at)
        return max(found, key=lambda match: match[0]) if found else None

    def _after_rest(self, rest: _Node[T], words: TextWords, place: int) -> Iterator[tuple[int, T]]:
        """Yield the matches of what follows ``…``: after none to ``MOST_SKIPPED`` words of the same clause."""
        for begin in range(place, min(place + MOST_SKIPPED + 1, len(words.texts))):
            if words.gaps[begin] not in " \n" and words.gaps[begin] != '"':
                return
            gap, text = words.gaps[begin], words.texts[begin]
            node = rest.next.get(text) if gap in " \n" else rest.marked.get(gap + text)
            at = begin
            while node is not None:
                at += 1
                yield from ((at, value) for value in node.values)
                if at == len(words.texts):
                    break
                gap, text = words.gaps[at], words.texts[at]
                node = node.next.get(text) if gap in " \n" else node.marked.get(gap + text)
