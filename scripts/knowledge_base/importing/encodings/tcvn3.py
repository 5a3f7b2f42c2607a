"""TCVN 5712:1993, the encoding of the .VnTime fonts ("ABC", "TCVN3"), as bytes and as text read as Latin-1.

The table is that of the standard's first set (VN1, of which VN2 and VN3 are parts), as glibc's iconv knows it
under the name TCVN5712-1, against which the tests compare it. Texts made with the fonts use VN3 alone, which
has no accented capitals but Ă Â Đ Ê Ô Ơ Ư: capitals came from a second font (.VnTimeH), so that a word written in
capitals has small letters where it has accents ("TØNH UÛ" is TỈNH UỶ). The marks of Windows' own set (curly
quotes, dashes) stand among them in the places where VN1 has capitals.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .syllables import is_syllable

_LOW = dict(zip(b"\x01\x02\x04\x05\x06\x11\x12\x13\x14\x15\x16\x17", "ÚỤỪỬỮỨỰỲỶỸÝỴ", strict=True))
_HIGH = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
TABLE: dict[int, str] = {**_LOW, **dict(enumerate(_HIGH, 0x80))}
"""The letter of each byte that is not ASCII."""
_CAPITAL_PLACES = {code for code in TABLE if code < 0xA0}
_HIGH_CAPITALS = {code for code, letter in TABLE.items() if code > 0xA7 and letter.isupper()}
_ACCENTS = range(0xB0, 0xB5)


def _windows(code: int) -> str:
    """Return the character that Windows' western set has for a byte; Latin-1's where it has none."""
    try:
        return bytes([code]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(code)


_CODES = {shown: code for code in TABLE for shown in (chr(code), _windows(code))}
_RUN = re.compile(f"[A-Za-z{re.escape(''.join(_CODES.keys() - {chr(0xA0)}))}]+")
_SPACE = str.maketrans("\u00a0", " ")


_QUOTES = "".join(
    {shown for shown, code in _CODES.items() if code in b"\x82\x84\x85\x8b\x91\x92\x93\x94\x95\x96\x97\x9b"}
)
"""The marks people type that share a place with a capital letter, both as Latin-1 and as Windows shows them."""
_SENTENCE_BEGINS = re.compile(r"[.!?…][\"”)]?\s+[\"“(]?\Z")
_TOGETHER = re.compile(r"[\s,\"“”'-]{1,4}\Z")


@dataclass(frozen=True, slots=True)
class _CodedWord:
    """A decoded word: ``capital`` and ``small`` count the letters whose case the encoding itself tells."""

    start: int
    end: int
    text: str
    first_told: bool
    capital: int
    small: int

    @property
    def in_capitals(self) -> bool:
        """Whether at least two letters are surely capitals, and none is surely small."""
        return self.capital > 1 and not self.small


def decode_tcvn3(data: bytes) -> str:
    """Return the text of TCVN3 bytes (NFC). Never fails: every byte has a meaning."""
    return mend_tcvn3(data.decode("latin-1"))


def mend_tcvn3(text: str) -> str:
    """Return the text of TCVN3 bytes that were read as Latin-1 or Windows-1252 (NFC); other letters stay."""
    pieces, opens = [], True
    for line in text.translate(_SPACE).split("\n"):
        pieces.append(_mend_line(line, opens))
        opens = not line.strip() or line.rstrip().endswith((".", "!", "?", ":"))
    return unicodedata.normalize("NFC", "\n".join(pieces))


def is_coded(text: str) -> bool:
    """Tell whether ``text`` can be one-byte text read as Latin-1: no letter beyond that set stands in it."""
    return all(char.isascii() or char in _CODES or unicodedata.category(char)[0] in "PSZ" for char in text)


def _mend_line(line: str, opens: bool) -> str:
    """Decode one line; ``opens`` tells that it does not go on with the sentence of the line before."""
    words = [_decode_word(match) for match in _RUN.finditer(line)]
    pieces, last = [], 0
    for number, word in enumerate(words):
        shown = word.text.upper() if _in_capitals(line, words, number) else word.text
        begins = bool(_SENTENCE_BEGINS.search(line[last : word.start])) if number else opens
        if begins and not word.first_told:
            shown = shown[:1].upper() + shown[1:]
        pieces += [line[last : word.start], shown]
        last = word.end
    return "".join([*pieces, line[last:]])


def _decode_word(match: re.Match[str]) -> _CodedWord:
    """Decode one word; marks at its edges are marks if a word remains between them."""
    chars = match[0]
    inner = chars.strip(_QUOTES)
    left = chars.index(inner) if inner else len(chars)
    letters = _letters(chars, range(left, left + len(inner)) if _is_word(inner) else range(len(chars)))
    if not _is_word(inner) and not is_syllable("".join(letters)):
        letters = _letters(chars, range(0)) if _has_capital_place(chars) else _letters(_lowered(chars), range(0))
    told = [new for old, new in zip(chars, letters, strict=True) if old.isascii() or new.isupper()]
    text = "".join(letters)
    sure = not chars or chars[0].isascii() or not text[:1].islower()
    return _CodedWord(match.start(), match.end(), text, sure, sum(map(str.isupper, told)), sum(map(str.islower, told)))


def _lowered(chars: str) -> str:
    """Return a word with the letters made small that a program made capitals of as if they were western ones."""
    return "".join(char.lower() if _CODES.get(char) in _HIGH_CAPITALS else char for char in chars)


def _has_capital_place(chars: str) -> bool:
    return any(_CODES.get(char) in _CAPITAL_PLACES for char in chars)


def _is_word(inner: str) -> bool:
    """Tell whether what stands between marks is a word by itself, or nothing."""
    return not inner or (not _has_capital_place(inner) and is_syllable("".join(_letters(inner, range(len(inner))))))


def _letters(chars: str, capitals: range) -> list[str]:
    """Return the letters of one word; outside ``capitals``, the capitals' places are read as Windows' marks."""
    letters: list[str] = []
    for place, char in enumerate(chars):
        code = _CODES.get(char)
        if code is None:
            letters.append(char)
        elif code in _CAPITAL_PLACES and place not in capitals:
            letters.append(_windows(code) if code > 0x1F else "")
        elif code in _ACCENTS and not (letters and len(unicodedata.normalize("NFC", letters[-1] + TABLE[code])) == 1):
            letters.append(chr(code))
        else:
            letters.append(TABLE[code])
    return letters


def _in_capitals(line: str, words: list[_CodedWord], number: int) -> bool:
    """Tell whether a word is written in capitals: by two letters of its own, or by the words beside it."""
    word = words[number]
    if word.small or word.text.isascii():
        return False
    if word.capital > 1:
        return True
    before, after = _beside(line, words, number, -1), _beside(line, words, number, 1)
    known = [other for other in (before, after) if other is not None]
    return bool(known) and all(other.in_capitals for other in known)


def _beside(line: str, words: list[_CodedWord], number: int, step: int) -> _CodedWord | None:
    """Return the next word whose case is told by two letters, if no mark or number stands between."""
    for place in range(number + step, number + 4 * step, step):
        if not 0 <= place < len(words):
            return None
        left, right = sorted((words[place - step], words[place]), key=lambda word: word.start)
        if not _TOGETHER.match(line[left.end : right.start]):
            return None
        if words[place].capital + words[place].small > 1:
            return words[place]
    return None
