"""Say in plain Vietnamese what is wrong with a value, how to mend it, and which word was probably meant."""

from __future__ import annotations

import bisect
import contextlib
import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..core.dates import PartialDate
from ..core.errors import Severity
from ..core.text import one_line, says_nothing, strip_marks, view

_LONGEST = 80
"""So much of a word is compared: the longest name of ours has 69 letters, the longest id 66."""

_MOST = 3
"""So many proposals a message holds; of more, none is likely. Chosen by hand."""

_HOST = re.compile(
    r"""
    (?: https?:// )? (?: www\. )?
    (?P<host> [\w-]{1,60} (?: \. [\w-]{1,60} ){1,5} )
    (?: [/:?\#].* )? \Z     # path, port, query or fragment
    """,
    re.IGNORECASE | re.VERBOSE,
)
_RANK = re.compile(r"\A(?:tỉnh|thành phố|tp\.?|t\.p\.?)\s*(?=\S)", re.IGNORECASE)


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice most like ``word`` (accents, case and hyphens weigh nothing), or None if none is alike.

    Looser than ``propose``: for a name that somebody will look at again, not for a slip of the pen."""
    keys: dict[str, str] = {}
    for choice in sorted(choices):
        keys.setdefault(_key(choice), choice)
    found = difflib.get_close_matches(_key(word[:_LONGEST]), keys, n=1)
    return keys[found[0]] if found else None


def propose(word: str, choices: Mapping[str, Iterable[str]]) -> list[str]:
    """Return up to three keys of ``choices`` that ``word`` may stand for, likeliest first.

    Each key comes with its other names. Those that are the same but for accents, case, blanks and marks
    go before those with a slip of the pen, and these before names that hold all words of ``word``.
    """
    keys = {choice: {key for name in (choice, *names) if (key := _key(name))} for choice, names in choices.items()}
    short = word.strip()[:_LONGEST]
    host = match["host"].split(".") if (match := _HOST.match(short)) else []
    readings = [short, _RANK.sub("", short, count=1), *(".".join(host[start:]) for start in range(len(host) - 1))]
    for wanted in map(_key, readings):
        if same := sorted(choice for choice, names in keys.items() if wanted in names):
            return same[:_MOST]
    if near := _near(_key(word[:_LONGEST]), keys):
        return near
    wanted_words = _words(word[:_LONGEST])
    holding = [c for c, names in choices.items() if any(wanted_words <= _words(name) for name in (c, *names))]
    return sorted(holding) if len(wanted_words) > 1 and len(holding) <= _MOST else []


def _near(wanted: str, keys: Mapping[str, set[str]]) -> list[str]:
    """Return the choices with the fewest slips of the pen, if they are no more than a word of this length may have.

    Chosen by hand: about one in six letters, none in codes of two, so that ``TU`` is never proposed for ``TW``.
    The word is cut in one piece more than it may have slips: one of them stands unchanged in the other word."""
    limit = bisect.bisect_right((3, 8, 18), len(wanted))
    size = max(len(wanted) // (limit + 1), 1)
    pieces = [wanted[n * size : (n + 1) * size if n < limit else None] for n in range(limit + 1)]
    found = []
    for choice, names in keys.items():
        distances = [_distance(wanted, name, limit) for name in names if any(piece in name for piece in pieces)]
        if distances and min(distances) <= limit:
            found.append((min(distances), choice))
    best = min(found, default=(0, ""))[0]
    return [choice for distance, choice in sorted(found) if distance == best][:_MOST]


def _distance(one: str, other: str, limit: int) -> int:
    """Return how many letters were mistyped, left out, added or swapped; more than ``limit`` if too many."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before, above = [0], list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, there in enumerate(other, 1):
            cost = min(above[column] + 1, line[column - 1] + 1, above[column - 1] + (letter != there))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == there:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > limit:
            return limit + 1
        before, above = above, line
    return above[-1]


def _words(name: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", strip_marks(name)))


def _key(word: str) -> str:
    return "".join(char for char in strip_marks(word) if char.isalnum())


_LONGEST_VALUE = 60
"""A longer value is cut in messages: with what is said of it, it fills a line of a terminal."""

_LISTED = 12
"""So many choices are named: enough for every list of fixed values and for the keys of an article."""

_DAY_FIRST = re.compile(
    r"""
    (?<!\d)
    (?: (\d{1,2}) \s* (?: [/.-] | tháng ) \s* )?      # day
    (\d{1,2}) \s* (?: [/.-] | ,?\s*năm ) \s*         # month
    (\d{4} | \d{2})                                  # year
    (?!\d)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{1,2}))?(?!\d)")
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})?(?!\d)")
_YEARS = range(1930, 2100)
"""From the founding of the Party to the end of this century. Chosen by hand."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one part of an entry; ``location`` are the keys and numbers that lead to it."""

    location: tuple[str, ...]
    message: str
    remedy: str
    severity: Severity = Severity.ERROR


def quoted(value: object) -> str:
    """Return a value between quotation marks, on one line, shortened."""
    words = one_line(str(value))
    return f"“{words[:_LONGEST_VALUE]}…”" if len(words) > _LONGEST_VALUE else f"“{words}”"


def choose(word: str, choices: Iterable[str] | Mapping[str, Iterable[str]], where: str = "") -> str:
    """Return the remedy for a word that is not among ``choices``: the nearest one, or where to look.

    ``choices`` may give each choice its names; ``where`` is the file of the list, if it has one.
    """
    named = choices if isinstance(choices, Mapping) else dict.fromkeys(choices, ())
    if near := [_with_name(choice, named) for choice in propose(word, named)]:
        return f"Có lẽ là {'một trong: ' if len(near) > 1 else ''}{', '.join(near)}"
    if where:
        empty = "" if named else " (tệp ấy còn trống)"
        return f"Tìm đúng mã trong {where}{empty}; nếu chưa có thì thêm một mục vào tệp ấy"
    if not named:
        return "Bỏ giá trị này"
    listed = ", ".join(sorted(named)[:_LISTED]) + (", …" if len(named) > _LISTED else "")
    return f"Chọn một trong: {listed}"


def _with_name(choice: str, named: Mapping[str, Iterable[str]]) -> str:
    name = next(iter(named[choice]), "")
    return f"{quoted(choice)} ({name})" if name and name != choice else quoted(choice)


def is_plausible(date: PartialDate) -> bool:
    """Tell whether a date lies in the time that documents and articles come from."""
    return date.year in _YEARS


def date_fault(value: str) -> tuple[str, str]:
    """Return message and remedy for a date that cannot be taken."""
    if says_nothing(value):
        return f"{quoted(value)} không phải là ngày", "Không biết ngày thì xóa dòng này"
    numbers = _numbers(value)
    if numbers is None:
        return f"{quoted(value)} không phải là ngày", "Viết dạng 2023-09-07, 2023-09 hoặc 2023"
    try:
        meant = PartialDate(*numbers)
    except ValueError:
        return f"ngày {quoted(value)} không có trong lịch", _real_day(*numbers)
    if not is_plausible(meant):
        return f"năm {meant.year} không hợp lý", "Xem lại năm ở nguồn, viết đủ bốn chữ số, dạng 2023-09-07"
    return f"ngày {quoted(value)} viết sai dạng", f"Sửa thành {meant.iso}"


def _real_day(year: int, month: int, day: int) -> str:
    """Return the remedy for a day that no calendar has."""
    if day and month in range(13, 32):
        with contextlib.suppress(ValueError):
            swapped = PartialDate(year, day, month).iso
            return f"Xem lại ngày ở nguồn; nếu ngày và tháng viết ngược thì sửa thành {swapped}"
    if month in range(1, 13):
        return f"Sửa thành ngày có thật, hoặc bỏ ngày và chỉ ghi tháng: {PartialDate(year, month).iso}"
    return f"Sửa thành ngày có thật, dạng 2023-09-07, hoặc chỉ ghi năm: {year:04d}"


def _numbers(value: str) -> tuple[int, int, int] | None:
    """Return year, month and day as a person would read them in ``value``; 0 for what is not given."""
    words = view(value).strip()[:_LONGEST_VALUE]
    if match := _YEAR_FIRST.match(words) or _RUN_TOGETHER.match(words):
        return int(match[1]), int(match[2]), int(match[3] or 0)
    if (match := _DAY_FIRST.search(words)) and (match[1] or len(match[3]) == 4):
        year = int(match[3])
        return year + 2000 if len(match[3]) == 2 else year, int(match[2]), int(match[1] or 0)
    if re.fullmatch(r"\d{4}", words) and words != "0000":
        return int(words), 0, 0
    return None
