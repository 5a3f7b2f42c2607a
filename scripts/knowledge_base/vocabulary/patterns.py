"""Check the regular expressions of ``noise.yml``: they compile, they can match, and they cannot run for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .faults import Fault, quoted

_PLACE = ("pattern",)
_SAID = (
    ("unterminated subpattern", "thiếu dấu ) cho dấu ( ở chỗ đánh dấu", "Thêm dấu ), hoặc viết \\( nếu là chữ thường"),
    ("unbalanced parenthesis", "thừa dấu ) ở chỗ đánh dấu", "Bỏ dấu ấy, hoặc viết \\) nếu là chữ thường"),
    (
        "unterminated character set",
        "thiếu dấu ] cho dấu [ ở chỗ đánh dấu",
        "Thêm dấu ], hoặc viết \\[ nếu là chữ thường",
    ),
    ("nothing to repeat", "dấu lặp ở chỗ đánh dấu không đứng sau chữ nào", "Bỏ dấu ấy, hoặc viết \\ ngay trước nó"),
    ("multiple repeat", "hai dấu lặp liền nhau ở chỗ đánh dấu", "Bỏ một dấu"),
    ("bad escape", "dấu \\ ở chỗ đánh dấu không có nghĩa với chữ sau nó", "Bỏ dấu \\, hoặc viết \\\\"),
    ("bad character range", "khoảng chữ trong ngoặc vuông viết ngược", "Viết chữ đầu trước chữ cuối, ví dụ [a-z]"),
    ("min repeat greater", "số lần lặp ít nhất lớn hơn số lần nhiều nhất", "Viết số nhỏ trước: {1,3}"),
    ("unknown extension", "cụm (?… ở chỗ đánh dấu không có nghĩa", "Viết (?:…) cho nhóm thường"),
    ("look-behind requires", "phần (?<=…) hay (?<!…) phải dài cố định", "Viết lại phần ấy cho dài cố định"),
)
_QUANTIFIER = re.compile(r"[*+?]|\{(\d*)(,?)(\d*)\}")
_MANY = 10


def check_pattern(pattern: str) -> Iterator[Fault]:
    """Yield what is wrong with a pattern: at most one fault."""
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        yield Fault(_PLACE, *_say(pattern, error))
        return
    bare = _without_sets(pattern)
    if (nested := _nested(bare)) is not None:
        message = f"mẫu {quoted(pattern)}: phần lặp {quoted(nested)} chứa phần lặp khác, có thể chạy mãi không xong"
        yield Fault(_PLACE, message, "Bỏ một trong hai dấu lặp, hoặc ghi số lần cụ thể, ví dụ {0,3}")
    elif capitals := [char for char in bare if char != char.lower()]:
        message = f"mẫu có chữ hoa {quoted(capitals[0])}, mà dòng được dò đã chuyển về chữ thường"
        yield Fault(_PLACE, message, "Viết cả mẫu bằng chữ thường")


def _say(pattern: str, error: Exception) -> tuple[str, str]:
    said, position = str(getattr(error, "msg", error)), getattr(error, "pos", None)
    shown = quoted(
        pattern
        if position is None
        else f"{pattern[:position]}⟦{pattern[position : position + 1]}⟧{pattern[position + 1 :]}"
    )
    for words, message, remedy in _SAID:
        if words in said:
            return f"mẫu {shown} sai: {message}", remedy
    return f"mẫu {shown} không phải biểu thức chính quy hợp lệ", "Sửa dấu ngoặc hoặc dấu lặp trong mẫu"


def _without_sets(pattern: str) -> str:
    """Return the pattern with escaped characters and character sets as one plain letter each."""
    return re.sub(r"\[\^?\]?(?:\\.|[^\]\\])*\]", "x", re.sub(r"\\.", "x", pattern))


def _nested(bare: str) -> str | None:
    """Return the first group that is repeated without limit and holds an unlimited repeat at its own edge."""
    starts: list[int] = []
    for at, char in enumerate(bare):
        if char == "(":
            starts.append(at)
        elif char == ")" and starts:
            start = starts.pop()
            if _many(bare, at + 1) and any(_many(bare, n) for n in range(start + 1, at)):
                return bare[start : at + 2]
    return None


def _many(bare: str, at: int) -> bool:
    """Tell whether a quantifier of many or unlimited times stands at ``at``."""
    match = _QUANTIFIER.match(bare, at)
    if match is None or match[0] == "?":
        return False
    if match[0] in "*+":
        return True
    return (bool(match[2]) and not match[3]) or int(match[3] or match[1] or 0) >= _MANY
