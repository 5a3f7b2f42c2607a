"""The words that relate documents, made of the ``cues`` of the vocabulary's relations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..core.text import at_word_start, fold, nfc
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.schemas import Relation
from .lexicon import COUNTED_YEARS
from .provisions import Span
from .word_tree import PhrasePattern

_STEP = r"(?: , | \s+(?: và | việc | tổ\ chức | đẩy\ mạnh | chuyên\ đề | năm\ \d{4} | quá\ trình ) )"
"""What may stand between the cues of a chain: "quán triệt, triển khai, tổ chức thực hiện"."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A relation's words, folded, and as a pattern. ``inside``: words of the sentence must stand before them;
    ``after``: they stand behind the document."""

    relation: Relation
    words: str
    pattern: str
    inside: bool = False
    after: bool = False


class CueHit(NamedTuple):
    """A cue at ``start:end`` of the folded text. ``inverted``: the document behind it is the citing one; ``part`` is
    the span of the words that name a part of the document changed (empty: the whole)."""

    cue: Cue
    start: int
    end: int
    inverted: bool = False
    part: Span = (0, 0)

    @property
    def names_part(self) -> bool:
        """Whether only a part is changed."""
        return self.part[0] < self.part[1]


class CueWords:
    """The cues of all relations. ``after`` are those behind a document, ``acting`` and ``ended`` find those of legal
    effect before and behind one (``acting_pattern``, ``ended_pattern`` are their patterns)."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        cues = [cue for relation in vocabulary.relations.values() for cue in _cues(relation)]
        cues.sort(key=lambda cue: (-len(cue.pattern), cue.relation.id))
        self._before, self.after = [cue for cue in cues if not cue.after], [cue for cue in cues if cue.after]
        self._any = re.compile(_either(self._before))
        self._known = {_without_commas(cue.words): cue for cue in reversed(self._before)}  # of two alike the first
        self._counting = [(re.compile(cue.pattern), cue) for cue in self._before if COUNTED_YEARS in cue.pattern]
        effects = [cue for cue in self._before if cue.relation.effect]
        self.acting_pattern, self.ended_pattern = _either(effects), _either(self.after)
        self.acting = PhrasePattern(re.compile(self.acting_pattern), [cue.words for cue in effects])
        self.ended = PhrasePattern(re.compile(self.ended_pattern), [cue.words for cue in self.after])

    def chain(self, fill: str) -> re.Pattern[str]:
        """Return the pattern of cues that stand right before a document, with words that only ``fill`` behind them."""
        later = _either(cue for cue in self._before if not cue.inside)
        links = rf"(?: {_STEP}{{0,3}} [\s,]{{1,2}} {later} ){{0,4}}"
        return re.compile(rf"{_either(self._before)} {links} (?:{fill}){{0,9}} \s+\Z", re.VERBOSE)

    def find_all(self, text: str, start: int, end: int) -> list[CueHit]:
        """Return all cues before documents in ``start:end``, in order."""
        return [CueHit(self._cue_of(match[0]), *match.span()) for match in self._any.finditer(text, start, end)]

    def _cue_of(self, words: str) -> Cue:
        known = self._known.get(_without_commas(words))
        return known or next(cue for pattern, cue in self._counting if pattern.fullmatch(words))


def _cues(relation: Relation) -> Iterator[Cue]:
    """Yield the cues of a relation."""
    for cue in relation.cues:
        words = cue.replace("…", " ").strip()
        if words.startswith("X "):
            yield Cue(relation, fold(nfc(words[2:])), _pattern(words[2:]), after=True)
        else:
            yield Cue(relation, fold(nfc(words)), _pattern(words), inside=cue.startswith("…"))


def _pattern(words: str) -> str:
    """Turn the words of a cue into a pattern for folded text; ``N`` is a number."""
    parts = [COUNTED_YEARS if part == "N" else re.escape(fold(nfc(part))).replace(",", ",?") for part in words.split()]
    return r"\s+".join(parts)


def _either(cues: Iterable[Cue]) -> str:
    """Return a pattern for the whole words of one of some cues (nothing, if there are none)."""
    return rf"{at_word_start(cue.pattern for cue in cues)}(?!\w)"


def _without_commas(words: str) -> str:
    return " ".join(words.replace(",", "").split())
