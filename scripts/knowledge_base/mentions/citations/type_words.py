"""The words that name a type of document, and which type a symbol has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...core.models import Scan
from ...core.text import Folded, fold
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.schemas import DocumentType
from .symbols import Symbol

NUMBER_SIGN = r"(?:số(?:\s{0,2}hiệu)?\s{0,2}[:.]?\s{0,3})"
_GAP = rf"(?P<gap>\s{{0,4}}(?:[(\":]\s{{0,2}})?{NUMBER_SIGN}?)(?=\d)"
_OTHER_WORDS = r"(?<!kỷ )(?<!pháp )(?<!mệnh )(?<!hiệu )(?<!biểu )"  # kỷ luật 12 đảng viên, phát biểu kết luận
_AMBIGUOUS = "QĐ"


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
        full, short = _alternatives(self._full), _alternatives(self._short)
        self._words = re.compile(rf"(?<!\w){_OTHER_WORDS}(?P<word>{full})(?!\w)")
        self._before_number = re.compile(rf"(?<!\w){_OTHER_WORDS}(?P<word>{full}){_GAP}")
        self._short_before_number = re.compile(rf"(?<![\w/.-])(?P<word>{short}){_GAP}", re.IGNORECASE)
        self._is_short = re.compile(short)

    def find(self, scan: Scan) -> Iterator[TypeWord]:
        """Yield the type words that stand right before a number."""
        for match in self._before_number.finditer(scan.folded):
            yield self._word(match, self._full[" ".join(match["word"].split())], short=False)
        for match in self._short_before_number.finditer(scan.view):
            if self._is_short.fullmatch(match["word"]):
                yield self._word(match, self._short[match["word"]], short=True)

    def all_words(self, scan: Scan) -> list[tuple[int, int, DocumentType]]:
        """Return the spans of all type words in full, wherever they stand."""
        found = self._words.finditer(scan.folded)
        return [(m.start(), m.end(), self._full[" ".join(m["word"].split())]) for m in found]

    def begins_at(self, folded: Folded, position: int) -> bool:
        """Tell whether a type word in full begins at ``position``."""
        return self._words.match(folded, position) is not None

    def next_start(self, folded: Folded, start: int, stop: int) -> int:
        """Return where the next type word in full within ``start:stop`` begins; ``stop`` if there is none."""
        match = self._words.search(folded, start, stop)
        return match.start() if match else stop

    @staticmethod
    def _word(match: re.Match[str], kind: DocumentType, short: bool) -> TypeWord:
        gap = match["gap"].lower()
        apart = max(gap.find(":"), gap.find("("))
        sign = gap.find("số")
        beyond = 0 <= apart < sign  # "các văn bản: số 12/UBND-NC": the word stands apart
        return TypeWord(match.start("gap") + sign if beyond else match.start(), match.end(), kind, sign >= 0, short)

    def type_of(self, symbol: Symbol, word: DocumentType | None) -> DocumentType | None:
        """Return the type of a symbol. Its code beats the word in front, except for QĐ, which is
        Quyết định or Quy định: there only the word tells (None without one, on the Party's side)."""
        if symbol.type_code is None:
            return word
        side = "dang" if symbol.party else "nha-nuoc"
        known = [kind for kind in self._types.values() if symbol.type_code in kind.codes]
        fitting = [kind for kind in known if side in kind.sides] or known
        if word in fitting or not fitting:
            return word
        if symbol.type_code == _AMBIGUOUS:
            return self._types.get("quyet-dinh") if side == "nha-nuoc" else None
        return fitting[0]


def _alternatives(words: dict[str, DocumentType]) -> str:
    """Return a pattern of all words, the longest first."""
    longest = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in longest) or r"(?!)"
