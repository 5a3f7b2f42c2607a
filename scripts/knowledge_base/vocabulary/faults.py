"""Say in plain Vietnamese what is wrong with a value, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..dates import PartialDate
from ..errors import Severity
from ..text import one_line, says_nothing, view
from .nearness import propose

_LONGEST = 60
_LISTED = 12
_DAY_FIRST = re.compile(
    r"(?<!\d)(?:(\d{1,2})\s*(?:[/.-]|tháng)\s*)?(\d{1,2})\s*(?:[/.-]|,?\s*năm)\s*(\d{4}|\d{2})(?!\d)", re.IGNORECASE
)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{1,2}))?(?!\d)")
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})?(?!\d)")
_YEARS = range(1930, 2100)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one part of an entry; ``location`` are the keys and numbers that lead to it.

    ``instead`` is the value that was meant, ``meant`` the key, where that is clear enough to look for more faults."""

    location: tuple[str, ...]
    message: str
    remedy: str
    severity: Severity = Severity.ERROR
    instead: str | None = None
    meant: str | None = None


def quoted(value: object) -> str:
    """Return a value between quotation marks, on one line, shortened."""
    words = one_line(str(value))
    return f"“{words[:_LONGEST]}…”" if len(words) > _LONGEST else f"“{words}”"


def choose(word: str, choices: Iterable[str] | Mapping[str, Iterable[str]], where: str = "") -> str:
    """Return the remedy for a word that is not among ``choices``: the nearest one, or where to look.

    ``choices`` may give each choice its names; ``where`` is the file of the list, if it has one.
    """
    named = choices if isinstance(choices, Mapping) else dict.fromkeys(choices, ())
    near = propose(word, named)
    if len(near) == 1:
        return f"Có lẽ là {_with_name(near[0], named)}"
    if near:
        return f"Có lẽ là một trong: {', '.join(_with_name(choice, named) for choice in near)}"
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
    numbers = _numbers(value)
    if says_nothing(value):
        return f"{quoted(value)} không phải là ngày", "Không biết ngày thì xóa dòng này"
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
    if day in range(1, 13) and month in range(13, 32):
        swapped = PartialDate(year, day, month) if _exists(year, day, month) else None
        if swapped is not None:
            return f"Xem lại ngày ở nguồn; nếu ngày và tháng viết ngược thì sửa thành {swapped.iso}"
    if month in range(1, 13):
        return f"Sửa thành ngày có thật, hoặc bỏ ngày và chỉ ghi tháng: {PartialDate(year, month).iso}"
    return f"Sửa thành ngày có thật, dạng 2023-09-07, hoặc chỉ ghi năm: {year:04d}"


def _exists(year: int, month: int, day: int) -> bool:
    try:
        PartialDate(year, month, day)
    except ValueError:
        return False
    return True


def _numbers(value: str) -> tuple[int, int, int] | None:
    """Return year, month and day as a person would read them in ``value``; 0 for what is not given."""
    words = view(value).strip()[:_LONGEST]
    if match := _YEAR_FIRST.match(words) or _RUN_TOGETHER.match(words):
        return int(match[1]), int(match[2]), int(match[3] or 0)
    if (match := _DAY_FIRST.search(words)) and (match[1] or len(match[3]) == 4):
        year = int(match[3])
        return year + 2000 if len(match[3]) == 2 else year, int(match[2]), int(match[1] or 0)
    if re.fullmatch(r"\d{4}", words) and words != "0000":
        return int(words), 0, 0
    return None
