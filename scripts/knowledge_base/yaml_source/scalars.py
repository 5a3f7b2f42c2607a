"""Values that the parser takes, but otherwise than they were meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .lines import Line, cut_line, in_quotes, shown

_WRAPPED = re.compile(r"[“„«‘](?P<inside>[^“”„«»‘’]*)[”“»’]\Z")
_CODE = re.compile(r"[\w./:?&=%-]+\Z")
_ITEM = re.compile(r"\s+[-–—•]\s+\S")


def check_scalar(value: str, start: int, end: int, lines: Sequence[str], flow: bool) -> Iterator[tuple[int, str, str]]:
    """Yield line (0-based), message and remedy for what is wrong with an unquoted value on ``lines[start:end + 1]``."""
    line = cut_line(lines[start])
    if not value:
        if line.value.startswith("#") and line.key and line.gap and not line.value[1:2].isspace():
            text = shown(line.with_value(in_quotes(line.value)))
            yield start, "giá trị bắt đầu bằng dấu # nên bị coi là lời ghi chú", f"Đặt trong dấu ngoặc kép: {text}"
        return
    if end > start and (number := _swallowed(lines, start, end)) is not None:
        message = f"dòng này bị đọc nối vào giá trị ở dòng trên: “{shown(value)}”"
        yield number, message, _how_apart(lines[number], line)
        return
    yield from ((start, *told) for told in _quotes(value, line, flow))


def _swallowed(lines: Sequence[str], start: int, end: int) -> int | None:
    """Return the first line that was read as part of a value and looks like an item or a key of its own."""
    for number in range(start + 1, end + 1):
        line = cut_line(lines[number])
        if _ITEM.match(lines[number]) or (line.key and " " not in line.key and line.colon == ":" and line.value):
            return number
    return None


def _how_apart(text: str, above: Line) -> str:
    if _ITEM.match(text):
        return f"Bỏ phần chữ sau “{above.key}:” nếu muốn ghi danh sách, hoặc bỏ gạch đầu dòng"
    return "Thêm dấu cách sau dấu hai chấm, và để dòng thẳng cột với dòng trên"


def _quotes(value: str, line: Line, flow: bool) -> Iterator[tuple[str, str]]:
    if value.count('"') % 2:
        bare = value.replace('"', "")
        how = f"Viết: {shown(line.with_value(in_quotes(bare)))}" if not flow and line.key else "Thêm dấu còn thiếu"
        yield f"dấu ngoặc kép không đủ đôi trong “{shown(value)}”", how
    elif (match := _WRAPPED.match(value)) and not flow:
        plain = shown(line.with_value(in_quotes(match["inside"])))
        kept = shown(line.with_value(in_quotes(value)))
        message = "giá trị đặt trong ngoặc kép cong (của Word), máy coi dấu ngoặc là một phần của giá trị"
        if _CODE.match(match["inside"]):
            yield message, f"Bỏ ngoặc: {shown(line.with_value(match['inside']))}"
        else:
            yield message, f"Bỏ ngoặc: {plain} — nếu ngoặc thuộc về giá trị thì viết: {kept}"
