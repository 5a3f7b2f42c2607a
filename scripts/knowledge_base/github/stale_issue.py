"""The monthly issue that lists what to look up again. Stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..core.escaping import literal

_ADDRESS = re.compile(r"(https?://[^\s<>,]+)")
_MOST = 300
"""Lines of the list: with some 200 letters each they stay below the 65,536 that GitHub takes."""


def render_stale(facts: Sequence[str], count: str) -> str:
    """Return the text of the issue (Markdown): what to do, and each fact with links to the pages to open.

    ``facts`` and ``count`` are lines of ``build_pages.py --stale``."""
    lines = [f"- {''.join(map(_part, _ADDRESS.split(fact)))}\n" for fact in facts[:_MOST]]
    more = f"\nCòn {len(facts) - _MOST} điều nữa: chạy `build_pages.py --stale`.\n" if len(facts) > _MOST else ""
    return (
        f"{literal(count)}\n\n"
        "Với mỗi điều: mở trang đã đọc, xem điều ấy còn đúng không, rồi ở tệp và dòng được nêu ghi lại ngày đọc "
        "(`read`). Đã tìm mà không thấy văn bản thay thế thì ghi vào `searched`. Điều được dùng nhiều đứng trước.\n\n"
        f"{''.join(lines)}{more}\nMáy ghi lại danh sách này mỗi tháng; không còn gì thì đóng việc này.\n"
    )


def _part(words: str) -> str:
    """Return an address as a link, other words as they are."""
    return f"<{words}>" if _ADDRESS.fullmatch(words) else literal(words)
