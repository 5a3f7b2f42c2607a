"""What a raised or lowered mark is once the text stands on one line: a power, a degree, a part of a formula, or the
mark of a note, which must never join the number or the word before it ("41-CT/TU²" is no 41-CT/TU2)."""

from __future__ import annotations

import re

from ..core.text import verbose

_NOTE = re.compile(r"[\[(]?(?:\d{1,3}|\*{1,3}|[†‡§])[\])]?(?:\s?[,;–-]?\s?[\[(]?\d{1,3}[\])]?){0,9}")
_LETTER = re.compile(r"[\[(]?[a-z][\])]?")
_UNIT = re.compile(r"(?<![^\W\d_])[kdcmh]?m\Z")
"""Metres and their like before a 2 or 3: "120 m²", not the last letter of a word."""
_TEN = re.compile(r"[x×*.·]\s?10\Z")
_FORMULA = re.compile(r"(?<![-/\w])[A-Z][A-Za-z\d.]{0,6}\Z")
"""What a lowered number belongs to: CO₂, H₂SO₄, PM₂.₅."""
_SYMBOL = re.compile(r"(?:[-/][A-ZĐƯ]{1,8}|\d{4})\Z")
"""A document's symbol, or a year, behind which a raised letter is a note's too; behind "Điều 5" it is the Article's."""
BEFORE = 40
"""Characters before a mark that are looked at: more than a unit, a formula or a symbol has."""
_POWERS = {"2": "²", "3": "³"}
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
_TYPED = re.compile(rf"[{SUPERSCRIPTS}]{{1,3}}")
_IN_NUMBER = re.compile(r"(?<=\d)\s?\[\d{1,3}\](?=[-/][A-ZĐƯ])")
_PARTING = verbose(r"""([A-ZĐƯ\d])\s?((?:\[\d{1,3}\]){1,3})              # a number with the marks of its notes
    (\s(?:ngày|năm|của)\s[^,;.:()\[\]\n]{1,120})         # and what says whose it is, and of which day
    """)


def read_mark(before: str, mark: str, *, linked: bool = False, lowered: bool = False) -> str:
    """Return what to write for a ``mark`` that stands raised, or ``lowered``, behind ``before``, the end of its line.

    That is nothing for the mark of a note, and its number in brackets where the note itself begins. ``linked``: it
    leads to a note."""
    words = mark.strip().translate(_DIGITS)
    if lowered and _FORMULA.search(before):
        return mark
    if not linked and not lowered:
        if words in _POWERS and _UNIT.search(before):
            return _POWERS[words]
        if words in {"0", "o", "O"} and before[-1:].isdigit():
            return "°"
        if _TEN.search(before) and words.lstrip("-–−").isdigit():
            return f"^{words}"
    note = _NOTE.fullmatch(words)
    letter = _LETTER.fullmatch(words) and (linked or words[0] in "[(" or _SYMBOL.search(before))
    if not (note or letter):
        return mark
    return "" if before.strip() else f"[{words.strip('[]()')}] "


def drop_typed_marks(text: str) -> str:
    """Return ``text`` without the marks of notes that are typed as raised digits ("2026¹"), or stand in brackets inside
    a number ("26[8]-NQ/TW"); one between a number and its date or issuer moves behind these."""

    def read(match: re.Match[str]) -> str:
        before = text[max(0, match.start() - BEFORE) : match.start()]
        return read_mark(before.rpartition("\n")[2], match[0])

    return _PARTING.sub(r"\1\3\2", _IN_NUMBER.sub("", _TYPED.sub(read, text)))
