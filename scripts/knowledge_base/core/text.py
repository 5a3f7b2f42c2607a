"""Vietnamese text: normal form, matching keys, sorting, slugs.

``view`` and ``fold`` keep the length of an NFC text, so a span found in their result is the same
span in the text itself. Rules and figures: Unicode facts of Vietnamese (tone placement is free
only in syllables that end in oa, oe, uy).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NewType

from slugify import slugify


def verbose(pattern: str) -> re.Pattern[str]:
    """Return a pattern that is written over several lines, with a word for each part (``re.VERBOSE``)."""
    return re.compile(pattern, re.VERBOSE)


Folded = NewType("Folded", str)
"""Text brought to one spelling for comparison: same length, lower case, accents kept."""

# Letters, spaces, dashes and quotes that look like the ones typed on a keyboard, one for one: Eth (Icelandic)
# and African D for Đ, no-break and thin spaces, hyphens to minus, curly and angle quotes.
_VIEW = {
    "Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ",
    "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u2009": " ", "\t": " ",
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'",
}  # fmt: skip

# Digits and letters of other scripts that look the same and come in by mistake: fullwidth forms, digits of any script,
# mathematical letters and digits, slashes of fractions, Cyrillic, Greek letters; not У and Υ, which may be U or Y.
_STRANGE = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **{chr(code): str(unicodedata.decimal(chr(code))) for code in range(0x660, 0x1C5A) if chr(code).isdecimal()},
    **{
        chr(code): unicodedata.normalize("NFKC", chr(code))
        for code in (*range(0x1D400, 0x1D6A4), *range(0x1D7CE, 0x1D800))
    },
    "\u2044": "/",
    "\u2215": "/",
    **dict(zip("АВЕКМНОРСТХІЈЅаеорсхіјѕ", "ABEKMHOPCTXIJSaeopcxijs", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧο", "ABEZHIKMNOPTXo", strict=True)),
}
_STRANGE_CODES = str.maketrans(_STRANGE)
LOOK_ALIKES = {**_VIEW, **_STRANGE}
"""What ``view`` makes one, letter for letter; the browser is given it (publish/exports/draft_data.py)."""
_MAY_BE_STRANGE = re.compile("[\u0370-\u1c5a\u2044\u2215\uff01-\U0001d7ff]")
"""Where all of those stand, and no letter of Vietnamese."""
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"


_LATE_TONES = {
    first + unicodedata.normalize("NFC", second + tone): unicodedata.normalize("NFC", first + tone) + second
    for first, second in ("oa", "oe", "uy")
    for tone in _TONES
}
"""oà → òa, oẻ → ỏe, uỷ → ủy for each tone: late placement to early placement."""

_I_FORMS = dict(zip("iìỉĩíị", "yỳỷỹýỵ", strict=True))
"""i as the whole rhyme after h, k, l, m, s, t, qu is written i or y by one and the same hand: kỉ luật, kỷ luật."""
_AFTER_O, _AFTER_U = ("".join(word[1] for word in _LATE_TONES if word[0] == first) for first in "ou")
_LATE = rf"[{_AFTER_O}{_AFTER_U}](?!\w)(?:(?<=o[{_AFTER_O}])|(?<=u[{_AFTER_U}]))(?<!q..)"
"""Only at the end of a syllable is the place of the tone free (hoà, hòa; hoàn); in quý the u is of the consonant."""
_LONE_I = rf"(?!\w)(?:(?<=\b[hklmst][{''.join(_I_FORMS)}])|(?<=\bqu[{''.join(_I_FORMS)}]))"
_SPELT_OTHERWISE, _ONE_SPELLING = re.compile(rf"[ou{''.join(_I_FORMS)}](?:{_LONE_I}|{_LATE})"), _LATE_TONES | _I_FORMS
"""It begins with one set of letters, not with what stands before it: so ``re`` leaps from letter to letter."""

_NOTHING = verbose(r"""\W*
    (?: (?:không|chưa|ko|kh|k)                                    # not
        (?:[ ](?:có|rõ|biết|ghi|thấy|tìm[ ]thấy|nhớ))?            # … known
        (?:[ ](?:tác[ ]giả|tên|ngày|link|liên[ ]kết|địa[ ]chỉ|gì))?  # … the author, the day
    | n/?a | none | null                                          # as programs write it
    | (?:bỏ[ ]|để[ ])?trống | khuyết[ ]danh                       # left empty, anonymous
    )?
    \W*""")


def nfc(text: str) -> str:
    """Return ``text`` in Unicode normal form C (TCVN 6909:2001)."""
    return unicodedata.normalize("NFC", text)


def view(text: str) -> str:
    """Return an NFC ``text`` with look-alike letters, dashes, spaces and quotes made one; same length."""
    if text.isascii():
        return text.replace("\t", " ")
    for other, usual in _VIEW.items():  # twenty times as fast as str.translate
        if other in text:
            text = text.replace(other, usual)
    return text.translate(_STRANGE_CODES) if _MAY_BE_STRANGE.search(text) else text


def fold(text: str) -> Folded:
    """Return the matching key of an NFC ``text``: same length, lower case, one tone placement, i→y.

    >>> fold("Uỷ ban; Thủy; kỉ luật")
    'ủy ban; thủy; kỷ luật'
    """
    return fold_viewed(view(text))


def fold_viewed(seen: str) -> Folded:
    """Return the matching key of a text as ``view`` gives it."""
    lower = seen.lower()
    if len(lower) != len(seen) or "Σ" in seen:  # İ gets longer, Σ looks at its neighbours
        lower = "".join(c if len(c.lower()) != 1 else c.lower() for c in seen)
    return Folded(_SPELT_OTHERWISE.sub(lambda m: _ONE_SPELLING[m[0]], lower))


def find_folded(folded: Folded, words: str) -> list[tuple[int, int]]:
    """Return the spans of ``words`` in a folded text, compared by folded letters, any white space between words."""
    pattern = r"\s+".join(map(re.escape, fold(nfc(words)).split()))
    return [match.span() for match in re.finditer(pattern, folded)] if pattern else []


def at_word_start(patterns: Iterable[str], not_after: Sequence[str] = ()) -> str:
    """Return a pattern for any of some ``patterns``, where no word goes on and none of ``not_after`` stands before.

    Those that begin with one letter stand together behind it, in their order, and among them those that go on with one
    letter; what may not stand before them is asked behind these: ``re`` then leaps over all other letters, and is twice
    to five times as fast. A pattern may begin with a group, which is asked for everywhere."""
    return _by_letters(patterns, (r"\w", *not_after))


def any_of(patterns: Iterable[str]) -> str:
    """Return a pattern for any of some ``patterns``, each of which begins with a letter as it is; ordered as for
    ``at_word_start``, so that not all of them are tried one by one where one may begin."""
    return _by_letters(patterns, ())


def _by_letters(patterns: Iterable[str], not_after: Sequence[str]) -> str:
    def behind(beginning: str, rests: list[str]) -> str:
        before = "".join(rf"(?<!{words}{beginning})" for words in not_after)
        return f"{before}(?:{'|'.join(rests)})"

    groups = []
    for letter, rests in _by_beginning(patterns, _first).items():
        if letter and all(map(_second, rests)):
            seconds = _by_beginning(rests, _second).items()
            parts = [second + behind(letter + second, further) for second, further in seconds]
            groups.append(f"{letter}(?:{'|'.join(parts)})")
        else:
            groups.append(letter + behind(letter, rests))
    return f"(?:{'|'.join(groups) or '(?!)'})"


def _by_beginning(patterns: Iterable[str], beginning: Callable[[str], str]) -> dict[str, list[str]]:
    """Return what goes on behind each beginning of some patterns, in their order."""
    groups: dict[str, list[str]] = defaultdict(list)
    for pattern in patterns:
        begins = beginning(pattern)
        groups[begins].append(pattern.removeprefix(begins))
    return groups


def _first(pattern: str) -> str:
    """Return the letter with which a pattern begins; "" if it is a group."""
    return "" if pattern.startswith("(") else pattern[: 2 if pattern.startswith("\\") else 1]


def _second(rest: str) -> str:
    """Return the letter with which a pattern goes on; "" if it may be missing, or is none."""
    return rest[:1] if rest[:1].isalpha() and rest[1:2] not in ("?", "*", "+", "{") else ""


def one_line(text: str) -> str:
    """Return ``text`` in NFC on one line: one space for each run of spaces and of characters that nobody sees."""
    return " ".join("".join(c if c.isprintable() else " " for c in nfc(text)).split())


def says_nothing(words: str) -> bool:
    """Tell words that people write where they could have left a value out: "không rõ", "Chưa có", "n/a", "-"."""
    return bool(_NOTHING.fullmatch(fold(one_line(words))))


def strip_marks(text: str) -> str:
    """Return ``text`` as typed without accents: lower case, no tone or vowel marks, đ as d."""
    bare = unicodedata.normalize("NFD", view(nfc(text)).lower().replace("đ", "d"))
    return "".join(c for c in bare if not unicodedata.combining(c))


def sort_key(text: str) -> tuple[object, ...]:
    """Return a key that sorts as Vietnamese dictionaries do: letters (Đ after D), then tones, then case."""
    places = [_place_of(char) for char in view(nfc(text))]
    return (tuple(letter for letter, _ in places), tuple(tone for _, tone in places), text)


@lru_cache(maxsize=4096)  # the letters that Vietnamese texts have, many times over
def _place_of(char: str) -> tuple[int, int]:
    """Return the place of a letter in the alphabet, and of its tone."""
    parts = unicodedata.normalize("NFD", char.lower())
    base = nfc("".join(c for c in parts if c not in _TONES))
    place = _ALPHABET.find(base)
    letter = place + 200 if place >= 0 else ord(base[0]) if ord(base[0]) < 200 else ord(base[0]) + 300
    return letter, next((_TONES.index(c) + 1 for c in parts if c in _TONES), 0)


_PLAIN = re.compile(r"[0-9A-Za-zÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ /-]*")


@lru_cache(maxsize=20_000)  # slow, and asked again for every body that a province may have
def slug(text: str) -> str:
    """Return the address part of ``text``: ASCII letters, digits and hyphens; '' if nothing is left.

    A slug is not an identity: ``doi`` stands for Đối, đội, đòi.
    """
    if _PLAIN.fullmatch(text):  # as nearly all names are: the same, ten times as fast
        return "-".join(strip_marks(text).replace("-", " ").replace("/", " ").split())
    return slugify(view(nfc(text)))


def upper_first(text: str) -> str:
    """Return ``text`` with its first letter as a capital and the rest untouched."""
    return text[:1].upper() + text[1:]
