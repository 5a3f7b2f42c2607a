"""Tell an author's name from other short lines, by the words that names are made of (``person-names.yml``)."""

from __future__ import annotations

import re
from collections.abc import Callable

from ...core.text import fold, nfc, verbose
from .entries import Vocabulary

_INITIALS = re.compile(r"[^\W\d_](?:\.\s?[^\W\d_]){1,3}\.?\Z")
_WORD = re.compile(r"[^\W\d_]{1,11}\.?\Z")
_JOINED = re.compile(r"\s?[,;/&+–]\s?|\s-\s|\s(?:và|VÀ)\s")
_LONGEST, _MOST_WORDS, _MOST_NAMES = 70, 5, 3
"""Letters of a line of names, words of one name, names on one line: three names of four words have about sixty
letters; longer lines are sentences. Chosen by hand; the examples of ``person-names.yml`` hold."""

_LEVELS = r"(?:huyện|quận|xã|phường|thị xã|thị trấn|thành phố|đặc khu|thôn|bản|tx\.?|tp\.?|tt\.?)"
_MOMENT = verbose(r"""
    (?<!\w)
    (?: (?: thứ[ ](?:hai|ba|tư|năm|sáu|bảy|[2-7]) | chủ[ ]nhật | ngày | lúc ) (?!\w)   # weekday, words
      | \d{1,2} (?: [:hg]\d{2} ){1,2}                                                # hour
      | \d{1,2} \s?[/.-]\s? \d{1,2} \s?[/.-]\s? \d{4}                              # day
      | \d{4}-\d{2}-\d{2}
      | \(? gmt [ ]? [+]7 \)?
    )
    [\s|•·,-]{0,6}""")


def look_like_names(line: str) -> bool:
    """Tell a line that has the shape of persons' names: initials, or a few words that begin with capitals."""
    return _all(line, lambda name: _is_initials(name) or _has_shape(name))


def beside_moment(line: str) -> str:
    """Return what a date line holds besides day and hour: "Lê Mẫu - 07/12/2023 08:22" → "Lê Mẫu"."""
    spans = [match.span() for match in _MOMENT.finditer(fold(line))]
    ends, starts = [0, *(end for _, end in spans)], [*(start for start, _ in spans), len(line)]
    return "".join(line[end:start] for end, start in zip(ends, starts, strict=True)).strip(" |•·,-–:()")


class Persons:
    """Judges names. What is marked as an author's name need only look like one; what merely stands where an
    author's name may stand must be made of words that names are made of."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        words: dict[str, set[str]] = {use: set() for use in ("ho", "ten", "but-danh", "khong-phai", "dia-danh")}
        for entry in vocabulary.person_names.values():
            words[entry.use] |= {_plain(word) for word in entry.words}
        self._families, self._pens = words["ho"], words["but-danh"]
        self._parts = words["ho"] | words["ten"]
        self._others = sorted(words["khong-phai"])
        self._places = words["dia-danh"] | {
            _plain(name) for p in vocabulary.provinces.values() for name in (p.name, *p.names)
        }

    def can_be_names(self, line: str) -> bool:
        """Tell whether a line that is marked as the author's looks like names of persons."""
        return _all(line, self._can_be_name)

    def are_names(self, line: str, text: str = "") -> bool:
        """Tell whether a line is surely made of persons' names; ``text`` is the article, which may show that
        a name is a place's ("huyện Anh Sơn") or no name at all ("kỷ luật")."""
        plain, small = _plain(line), " ".join(nfc(line).lower().split())
        if plain in self._places or not _all(line, self._is_name):
            return False
        written_small = re.search(rf"(?<!\w){re.escape(small)}(?!\w)", nfc(text)) if plain not in self._pens else None
        return not (written_small or re.search(rf"(?<!\w){_LEVELS}\s{re.escape(plain)}(?!\w)", fold(text)))

    def _can_be_name(self, name: str) -> bool:
        """Tell words written as names are, but for those never a person's: a paper's, a section's, a button's."""
        plain = _plain(name)
        if plain in self._pens:
            return True
        if not (_has_shape(name) or _is_initials(name)) or any(f"{plain} ".startswith(f"{o} ") for o in self._others):
            return False
        parts = plain.split()
        if len(parts) > 2 and parts[0] in self._families and self._is_made_of_names(parts):
            return True
        return not any(" " in words and f" {words} " in f" {plain} " for words in self._others)

    def _is_name(self, name: str) -> bool:
        return self._can_be_name(name) and (
            _plain(name) in self._pens or _is_initials(name) or self._is_made_of_names(_plain(name).split())
        )

    def _is_made_of_names(self, words: list[str]) -> bool:
        """A family name with others, or a pen name of two or three words, all of them found in names."""
        return all(word in self._parts for word in words) and (words[0] in self._families or len(words) <= _MOST_NAMES)


def _all(line: str, judge: Callable[[str], bool]) -> bool:
    names = [name.strip() for name in _JOINED.split(nfc(line).strip())] if len(line) <= _LONGEST else []
    return 0 < len(names) <= _MOST_NAMES and all(judge(name) for name in names)


def _has_shape(name: str) -> bool:
    words = name.replace("-", " ").split()
    return 1 < len(words) <= _MOST_WORDS and all(_WORD.match(word) and word[0].isupper() for word in words)


def _plain(words: str) -> str:
    return " ".join(fold(nfc(words)).replace("-", " ").split()).rstrip(".")


def _is_initials(name: str) -> bool:
    return bool(_INITIALS.match(name)) and all(c.isupper() for c in name if c.isalpha())
