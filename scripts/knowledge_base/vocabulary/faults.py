"""Say in plain Vietnamese what is wrong with a value, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..dates import PartialDate
from .nearness import nearest

_LONGEST = 60
_LISTED = 12
_DAY_FIRST = re.compile(r"(?:(\d{1,2})\s*(?:[/.-]|tháng)\s*)?(\d{1,2})\s*(?:[/.-]|năm)\s*(\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})[/.-]?(\d{1,2})(?:[/.-]?(\d{1,2}))?(?!\d)")


def quoted(value: object) -> str:
    """Return a value between quotation marks, on one line, shortened."""
    words = " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())
    return f"“{words[:_LONGEST]}…”" if len(words) > _LONGEST else f"“{words}”"


def choose(word: str, choices: Iterable[str]) -> str:
    """Return the remedy for a word that is not among ``choices``: the nearest one, or what there is."""
    known = sorted(choices)
    near = nearest(word, known)
    if near is not None:
        return f"Có lẽ là {quoted(near)}"
    if not known:
        return "Bỏ giá trị này, danh mục còn trống"
    listed = ", ".join(known[:_LISTED]) + (", …" if len(known) > _LISTED else "")
    return f"Chọn một trong: {listed}"


def date_fault(value: str) -> tuple[str, str]:
    """Return message and remedy for a date that ``PartialDate.parse`` refuses."""
    numbers = _numbers(value)
    if numbers is None:
        return f"{quoted(value)} không phải là ngày", "Viết dạng 2023-09-07, 2023-09 hoặc 2023"
    try:
        meant = PartialDate(*numbers)
    except ValueError:
        return f"ngày {quoted(value)} không có trong lịch", "Xem lại ngày ở nguồn, viết dạng 2023-09-07"
    return f"ngày {quoted(value)} viết sai dạng", f"Sửa thành {meant.iso}"


def _numbers(value: str) -> tuple[int, int, int] | None:
    """Return year, month and day as a person would read them in ``value``; 0 for what is not given."""
    words = value.strip()[:_LONGEST]
    if match := _YEAR_FIRST.match(words):
        return int(match[1]), int(match[2]), int(match[3] or 0)
    if match := _DAY_FIRST.search(words):
        return int(match[3]), int(match[2]), int(match[1] or 0)
    return None
