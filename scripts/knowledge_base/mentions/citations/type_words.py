"""The words that name a type of document, and which type a symbol has."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ...core.models import Scan
from ...core.text import Folded, fold
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.schemas import DocumentType
from .symbols import Symbol

NUMBER_SIGN = r"(?:số(?:\s{0,2}hiệu)?\s{0,2}[:.]?\s{0,3})"
_GAP = rf"(?P<gap>\s{{0,4}}(?:[(\":]\s{{0,2}})?{NUMBER_SIGN}?)(?=\d)"
_TO_NUMBER = re.compile(_GAP)
_WORD_GOES_ON = re.compile(r"\w")
_BEFORE_OTHERS = ("kỷ ", "pháp ", "mệnh ", "hiệu ", "biểu ")
"""Words before which the same letters are no type: kỷ luật 12 đảng viên, pháp lệnh, phát biểu kết luận."""


@dataclass(frozen=True, slots=True)
class TypeWord:
    """A type word in front of a number. ``number`` is where the number begins; ``signed`` tells that "số" stands
    before it, ``short`` that the word is an abbreviation."""

    start: int
    number: int
    type: DocumentType
    signed: bool
    short: bool


class TypeWords:
    """Finds type words; built from the names in ``document-types.yml``."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._types = vocabulary.document_types
        self._full: dict[str, DocumentType] = {}
        self._short: dict[str, DocumentType] = {}
        for kind in self._types.values():
            for name in (kind.name, *kind.names):
                target = self._short if name.upper() == name else self._full
                target.setdefault(name if target is self._short else fold(name), kind)
        full = _alternatives(self._full, _BEFORE_OTHERS)
        self._words = re.compile(rf"(?P<word>{full})(?:(?![^\W\d])|(?=số))")  # also "Chỉ thị34", "Chỉ thịsố 34"
        short = _alternatives(self._short, ("[/.-]",))
        self._short_before_number = re.compile(rf"(?P<word>{short})(?i:{_GAP})")

    def find(self, scan: Scan) -> tuple[list[tuple[int, int, DocumentType]], list[TypeWord]]:
        """Return the spans of all type words in full, wherever they stand, and the words right before a number."""
        everywhere, before_numbers = [], []
        for match in self._words.finditer(scan.folded):
            kind, end = self._full[" ".join(match["word"].split())], match.end()
            if not _WORD_GOES_ON.match(scan.folded, end):
                everywhere.append((match.start(), end, kind))
            if gap := _TO_NUMBER.match(scan.folded, end):
                before_numbers.append(_type_word(match.start(), gap, kind, short=False))
        shorts = self._short_before_number.finditer(scan.view)
        before_numbers += [_type_word(m.start(), m, self._short[m["word"]], short=True) for m in shorts]
        return everywhere, before_numbers

    def begins_at(self, folded: Folded, position: int) -> bool:
        """Tell whether a type word in full begins at ``position``."""
        return self._words.match(folded, position) is not None

    def next_start(self, folded: Folded, start: int, stop: int) -> int:
        """Return where the next type word in full within ``start:stop`` begins; ``stop`` if there is none."""
        match = self._words.search(folded, start, stop)
        return match.start() if match else stop

    def type_of(self, symbol: Symbol, word: DocumentType | None) -> DocumentType | None:
        """Return the type of a symbol. Its code beats the word in front, except for a code that several types share,
        as QĐ is Quyết định or Quy định: there the word tells, and without one the side for which a type is presumed."""
        if symbol.type_code is None:
            return word
        side = "dang" if symbol.party else "nha-nuoc"
        known = [kind for kind in self._types.values() if symbol.type_code in kind.codes]
        fitting = [kind for kind in known if side in kind.sides] or known
        if word in fitting or not fitting:
            return word
        return fitting[0] if len(fitting) == 1 else next((kind for kind in fitting if side in kind.presumed), None)


def _type_word(start: int, match: re.Match[str], kind: DocumentType, short: bool) -> TypeWord:
    gap = match["gap"].lower()
    apart = max(gap.find(":"), gap.find("("))
    sign = gap.find("số")
    beyond = 0 <= apart < sign  # "các văn bản: số 12/UBND-NC": the word stands apart
    return TypeWord(match.start("gap") + sign if beyond else start, match.end(), kind, sign >= 0, short)


def _alternatives(words: Iterable[str], not_after: tuple[str, ...] = ()) -> str:
    """Return a pattern of all words, the longest first, none of them inside a word or ``not_after`` some others.

    The words of one first letter stand together behind it, and what may not stand before a word is asked after that
    letter: the search then skips all other letters at once (twice as fast as to ask at every position).
    """
    by_letter: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        by_letter[word[0]].append(re.escape(word[1:]).replace(r"\ ", r"\s{1,3}"))
    groups = (
        "".join([letter, *(rf"(?<!{before}{letter})" for before in (r"\w", *not_after)), f"(?:{'|'.join(rests)})"])
        for letter, rests in by_letter.items()
    )
    return "|".join(groups) or r"(?!)"
