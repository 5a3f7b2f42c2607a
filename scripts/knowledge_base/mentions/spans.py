"""The lines of a text, and spans that tell fast whether a position lies in one of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..core.models import NoiseKind, Scan
from ..core.text import Folded

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

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield the spans, joined, in order."""
        yield from zip(self._starts, self._ends, strict=True)

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


@dataclass(frozen=True, slots=True)
class Line:
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
