"""The grammar of Vietnamese texts that finders share: numbers in words, Roman numerals, what scanners misread.

What a maintainer may add to stands in ``phrases.yml`` instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

NUMBERS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
"""The numbers from one to ten."""
ORDINALS = {"nhất": 1, "tư": 4, **{word: number for number, word in enumerate(NUMBERS, 1) if number > 1}}
"""What stands behind "thứ": only the first and the fourth have words of their own."""
COUNTED_YEARS = rf"(?:\d{{1,3}}|{'|'.join(NUMBERS)}|mười\ lăm|hai\ mươi|ba\ mươi|nửa)"
"""How many years a summing-up looks back on, in digits or words."""
ROMAN = r"(?=[ivxl])(?:x{0,3})(?:ix|iv|v?i{0,3})"
"""A Roman numeral from 1 to 39, folded: terms, congresses and plenums have no higher ones."""
MISREAD = {"ưbnd": "ubnd", "uỳ ban": "ủy ban", "tinh ủy": "tỉnh ủy"}
"""What scanners make of common words, and what stood there; each of the same length."""

LOWER_HEAD = re.compile(
    r"""^\W{0,20}
    (?: (?:đảng|huyện|quận|thị)\ ủy | đảng\ bộ | ban\ chấp\ hành                     # the body …
      | ủy\ ban\ nhân\ dân | ubnd | hội\ đồng\ nhân\ dân | hđnd )
    [\s|*]{1,5} (?: phường|xã|huyện|quận|thị\ xã|thị\ trấn|đặc\ khu ) (?!\w)  # … and its unit, perhaps below
    """,
    re.VERBOSE | re.MULTILINE,
)
"""A letterhead of a unit below the province, folded: "ỦY BAN NHÂN DÂN / XÃ CHỢ MỚI"."""


NUMBER_OF_HEAD = re.compile(r"(?:\A|[\n|*])[\s|*]{0,20}số\s{0,3}:?\s{0,5}\Z")
"""What stands before the number in the head of an official text, folded: a line or a column that begins with "Số:"."""
LETTERHEAD, HEAD = 400, 1500
"""Letters from the first paragraph on in which a letterhead stands above its number (name, parent, country and motto
have about 200), and in which its whole head does. Chosen by hand."""


def one_by_one(words: Iterable[str], blanks: str = r"\ ") -> list[str]:
    """Return a pattern for each of some folded words, the longest first, with ``blanks`` between the parts of one."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    return [re.escape(word).replace(r"\ ", blanks) for word in longest]


def one_of(words: Iterable[str], blanks: str = r"\ ") -> str:
    """Return a pattern for any of some folded words; one that matches nothing if there are none."""
    return "|".join(one_by_one(words, blanks)) or r"(?!)"


def to_digits(number: str) -> str:
    """Return a number in digits: ``04`` → 4, ``tư`` → 4, ``iv`` → 4."""
    if number.isdigit():
        return str(int(number))
    if number in ORDINALS:
        return str(ORDINALS[number])
    values = [{"i": 1, "v": 5, "x": 10, "l": 50}[letter] for letter in number]
    return str(sum(-v if v < n else v for v, n in zip(values, [*values[1:], 0], strict=True)))
