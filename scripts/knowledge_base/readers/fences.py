"""Find the front matter of a digest between its two lines of dashes, also where one of them is amiss."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..errors import Problem

_FENCE = re.compile(r"---[ \t]*\Z")
_LIKE = re.compile(r"[ \t]*(?:[-–—_=*][ \t]?){1,12}[ \t]*\Z")
_KEY = re.compile(r"(?P<key>[^\W\d][\w ]{0,24}?)[ ]{0,2}[:：=]")
_PART = re.compile(r"[ \t]+\S|[-–•*][ \t]|#")
_LOOKED_AT, _LONGEST = 80, 400


@dataclass(frozen=True, slots=True)
class Parts:
    """A file cut in two: the YAML between the fences with the number of its first line, and where the body begins."""

    yaml: str
    first_line: int
    body_start: int


@dataclass(frozen=True, slots=True)
class _Edge:
    """A fence: the index of its line, where the part behind it begins, and what is wrong with it."""

    line: int
    following: int
    fault: tuple[str, str] | None = None


def cut_front_matter(text: str, path: str, keys: Iterable[str]) -> tuple[Parts | None, list[Problem]]:
    """Return the parts of a digest; None if it has no front matter. Each fence that is amiss is a problem.

    ``keys`` are the words that may stand before a colon in front matter."""
    lines, known = text.split("\n"), {key.casefold() for key in keys}
    opening = _opening(lines, known)
    if opening is None:
        remedy = "Bắt đầu tệp bằng dòng ---, rồi title, outlet và các khóa khác, rồi một dòng --- nữa"
        return None, [Problem(path, 1, "thiếu phần khai báo ở đầu tệp", remedy)]
    closing = _closing(lines, opening.following, known)
    edges = [opening, *([closing] if closing is not None else [])]
    problems = [Problem(path, edge.line + 1, *edge.fault) for edge in edges if edge.fault]
    if closing is None:
        message = "phần khai báo ở đầu tệp không có dòng kết thúc"
        return None, [*problems, Problem(path, 1, message, "Thêm dòng --- sau khóa cuối cùng")]
    closing, extra = _real_closing(lines, closing, known, path)
    part = ["" if number in extra else line for number, line in enumerate(lines)][opening.following : closing.line]
    start = sum(len(line) + 1 for line in lines[: closing.following])
    problems += list(extra.values())
    return Parts("\n".join([*part, ""]), opening.following + 1, min(start, len(text))), problems


def _opening(lines: Sequence[str], known: set[str]) -> _Edge | None:
    first = next((n for n, line in enumerate(lines[:_LOOKED_AT]) if line.strip()), None)
    if first is None:
        return None
    if _FENCE.match(lines[first]):
        fault = ("trước dòng --- đầu tiên có dòng trống", "Xóa dòng trống, để --- là dòng đầu tiên của tệp")
        return _Edge(0 if first else first, first + 1, fault if first else None)
    if _LIKE.match(lines[first]) and _is_key(lines, first + 1, known):
        return _Edge(first, first + 1, _misshapen(lines[first], "mở đầu"))
    if _is_key(lines, first, known):
        return _Edge(first, first, ("thiếu dòng --- mở đầu phần khai báo", "Thêm dòng --- vào trước dòng này"))
    later = (n for n in range(first + 1, min(len(lines) - 1, first + 12)) if _FENCE.match(lines[n]))
    number = next((n for n in later if _is_key(lines, n + 1, known)), None)
    if number is None:
        return None
    remedy = "Xóa phần chữ ấy, hoặc chuyển xuống dưới phần khai báo, để --- là dòng đầu tiên của tệp"
    return _Edge(first, number + 1, ("trước dòng --- đầu tiên còn chữ", remedy))


def _misshapen(line: str, which: str) -> tuple[str, str]:
    message = f"dòng {which} phần khai báo là “{line.strip()[:20]}”, phải là ba dấu gạch ngắn"
    return message, "Sửa cả dòng thành ---"


def _closing(lines: Sequence[str], start: int, known: set[str]) -> _Edge | None:
    """Return the fence that ends the front matter, or the place where it is missing."""
    last = start - 1
    for number in range(start, min(len(lines), start + _LONGEST)):
        line = lines[number]
        if _FENCE.match(line):
            return _Edge(number, number + 1)
        if len(line.strip()) > 1 and _LIKE.match(line) and (line[0] not in " \t" or line.strip() == "---"):
            return _Edge(number, number + 1, _misshapen(line, "kết thúc"))
        if _is_key(lines, number, known) or (_PART.match(line) and last == number - 1):
            last = number
        elif line.strip() and not _KEY.match(line) and _ends_here(lines, number, known):
            break
    if last < start:
        return None
    message = "phần khai báo không có dòng kết thúc ---"
    return _Edge(last + 1, last + 1, (message, f"Thêm một dòng --- ngay sau dòng {last + 1}"))


def _ends_here(lines: Sequence[str], number: int, known: set[str]) -> bool:
    """Tell whether words that are no key are already the article's: no key comes before the next fence."""
    for later in range(number + 1, min(len(lines), number + _LONGEST)):
        if _is_key(lines, later, known):
            return False
        if _FENCE.match(lines[later]):
            return not lines[number - 1].strip() or len(lines[number]) > _LOOKED_AT
    return True


def _real_closing(lines: Sequence[str], closing: _Edge, known: set[str], path: str) -> tuple[_Edge, dict[int, Problem]]:
    """Pass over a fence behind which more keys and another fence stand."""
    if closing.fault:
        return closing, {}
    number, keys = closing.following, 0
    while number < len(lines) and (_is_key(lines, number, known) or (keys and _PART.match(lines[number]))):
        number, keys = number + 1, keys + 1
    if not keys or number >= len(lines) or not _FENCE.match(lines[number]):
        return closing, {}
    problem = Problem(path, closing.line + 1, "có dòng --- ở giữa phần khai báo", "Xóa dòng này")
    return _Edge(number, number + 1), {closing.line: problem}


def _is_key(lines: Sequence[str], number: int, known: set[str]) -> bool:
    match = _KEY.match(lines[number]) if number < len(lines) else None
    return match is not None and match["key"].strip().casefold() in known
