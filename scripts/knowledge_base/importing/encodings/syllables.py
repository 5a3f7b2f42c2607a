"""Tell Vietnamese from letters read in the wrong encoding: which words are possible syllables at all.

A wrong encoding gives words such as "Th­êng" or "Uûy", which no Vietnamese syllable looks like: the share
of possible syllables among the words with accents is near 1 in a text read rightly, and near 0 otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SHARP_TONES = "\u0301\u0323"
_ONSETS = "b c ch d đ g gh gi h k kh kr l m n ng ngh nh p ph qu r s t th tr v x".split()
_RHYMES = frozenset(
    """
    a ai ao au ay am an ang anh ac ach ap at ak ăm ăn ăng ăc ăp ăt ăk âm ân âng âu ây âc âp ât âk
    e eo em en eng ec ep et ê êu êm ên ênh êng êch êp êt êk i ia iu im in inh ich ip it iêu iêm iên iêng iêc iêp iêt
    o oa oai oay oam oan oang oanh oao oac oach oap oat oăm oăn oăng oăc oăt oe oeo oen oet oi om on ong oong oc ooc op
    ot ô ôi ôm ôn ông ôc ôp ôt ôk ơ ơi ơm ơn ơng ơp ơt
    u ua ui um un ung uc up ut uk uân uâng uât uây uê uêu uên uênh uêch uơ uôi uôm uôn uông uôc uôt
    uy uya uyu uyn uynh uych uyt uyp uyên uyêt uyêm ư ưa ưi ưu ưm ưn ưng ưc ưt ươi ươu ươm ươn ương ươc ươp ươt
    y ynh ych yt yêu yêm yên yêng yêt
    """.split()
)
_LONGEST = 12  # nghiêng with every mark apart
_AFTER_QU = "aăâeêiyoơô"
_EDGES = "“”‘’„‚«»–—…•·.,\u00a0\u200b\ufeff"
_WORD = re.compile(r"(?:[A-Za-z]|[^\x00-\x7f])(?:[A-Za-z\x01-\x06\x11-\x17]|[^\x00-\x7f\s])*")
_SHORT_FORM = re.compile(r"[A-ZĐÐ]+\Z")
_SURE = 0.9
"""The share from which a text is Vietnamese: some of its words are foreign names. Chosen by hand."""
ENOUGH = 5
"""So many words with accents are evidence; fewer are not."""


@dataclass(frozen=True, slots=True)
class SyllableCount:
    """How many words of a text have accents or other letters beyond ASCII, and how many of these are possible."""

    words: int
    possible: int

    @property
    def share(self) -> float:
        """The share of possible words; 0 without any."""
        return self.possible / self.words if self.words else 0.0

    @property
    def is_vietnamese(self) -> bool:
        """Whether the words leave no doubt."""
        return self.words >= ENOUGH and self.share >= _SURE


def weigh(text: str) -> SyllableCount:
    """Return what the words of ``text`` say for its being Vietnamese read rightly."""
    found = (match[0].strip(_EDGES) for match in _WORD.finditer(text))
    words = [word for word in found if not word.isascii() and not _SHORT_FORM.match(word)]
    return SyllableCount(len(words), sum(map(is_syllable, words)))


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Tell whether ``word`` can be one Vietnamese syllable (any case, any tone placement)."""
    if len(word) > _LONGEST:
        return False
    parts = unicodedata.normalize("NFD", word.lower().replace("ð", "đ"))
    tones = [char for char in parts if char in _TONES]
    bare = unicodedata.normalize("NFC", "".join(char for char in parts if char not in _TONES))
    stopped = bare.endswith(("c", "p", "t", "k", "ch"))
    if len(tones) > 1 or (tones and stopped and tones[0] not in _SHARP_TONES):
        return False
    return _is_bare_syllable(bare)


def _is_bare_syllable(bare: str) -> bool:
    """Tell whether a word without tones is an onset, if any, and a rhyme."""
    if bare in _RHYMES:
        return True
    for length in (1, 2, 3):
        onset, rhyme = bare[:length], bare[length:]
        if onset in _ONSETS and rhyme in _RHYMES and (onset != "qu" or rhyme[0] in _AFTER_QU):
            return True
    return bare.startswith("q") and bare[1:] in _RHYMES and bare[1] == "u"
