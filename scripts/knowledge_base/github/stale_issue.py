"""The monthly issue that lists what to look up again. Stands alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from ..core.escaping import literal

_ADDRESS = re.compile(r"(https?://[^\s<>]+)")
_FACT = re.compile(r"[^\s:]+:\d+: .*; dùng ở \d+ chỗ; mở: .*")
_COUNT = re.compile(r"Tính đến \d\d-\d\d-\d{4}: \d+ điều cần kiểm tra lại\.")


def read_stale(output: str) -> tuple[list[str], str | None]:
    """Return the facts in what ``build_pages.py --stale`` printed, and its line that counts them (None: it did not come
    to an end); whatever stands between them is left out."""
    lines = output.split("\n")
    return [line for line in lines if _FACT.fullmatch(line)], next(filter(_COUNT.fullmatch, lines), None)


def render_stale(facts: Sequence[str], count: str, longest: int) -> str:
    """Return the text of the issue (Markdown): what to do, and each fact with links to the pages to open.

    ``facts`` and ``count`` are lines of ``build_pages.py --stale``. As many facts are named as ``longest`` characters
    take; the others are counted."""
    head = (
        f"{literal(count)}\n\n"
        "Với mỗi điều: mở trang đã đọc, xem điều ấy còn đúng không, rồi ở tệp và dòng được nêu ghi lại ngày đọc "
        "(`read`). Đã tìm mà không thấy văn bản thay thế thì ghi vào `searched`. Điều được dùng nhiều đứng trước.\n\n"
    )
    foot = "\nMáy ghi lại danh sách này mỗi tháng; không còn gì thì đóng việc này.\n"
    room = longest - len(head) - len(_more(len(facts))) - len(foot)
    lines = [f"- {' '.join(map(_part, filter(str.strip, _ADDRESS.split(fact))))}\n" for fact in facts]
    ends = list(accumulate(map(len, lines)))
    shown = bisect_right(ends, room)
    return f"{head}{''.join(lines[:shown])}{_more(len(facts) - shown)}{foot}"


def _more(left: int) -> str:
    return f"\nCòn {left} điều nữa: chạy `build_pages.py --stale`.\n" if left else ""


def _part(words: str) -> str:
    """Return an address as a link, other words as they are."""
    return f"<{words}>" if _ADDRESS.fullmatch(words) else literal(words.strip())
