"""Say what is wrong with YAML that cannot be parsed, and mend the line so that reading can go on.

The parser sees a fault where it can go no further, often lines behind the slip of the pen. So the lines
around its mark are compared with what people mistype: the first rule that fits says on which line the slip
is, how to mend it, and how the line would read then. Whatever follows is told in the same run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .lines import Line, as_value, cut_line, in_quotes, shown

_CURLY = re.compile(r"[“”„«»‘’]")
_WORD_KEY = re.compile(r"[A-Za-z_]{2,30}\Z")
_BULLET = re.compile(r"(?P<lead>[ ]*)(?P<mark>[–—•·]|\*(?= )|-(?=[A-Za-z_]{2,30}:))[ \t]*(?P<rest>\S.*)")
_COLON_IN_PART = re.compile(r"[{,]\s{0,9}(\w{1,30}):\s([^,{}\[\]\"':]{1,200}:\s[^,{}\[\]\"]{1,200})")
_SPECIALS = "*&!|>%@`?[{-"
_FENCES = {"...", "---"}


@dataclass(frozen=True, slots=True)
class Mend:
    """A slip of the pen on ``line`` (0-based), and what the line would be without it."""

    line: int
    message: str
    remedy: str
    text: str


@dataclass(frozen=True, slots=True)
class _Fault:
    """What the parser says: ``at`` is where it stopped, ``opened`` where the part began that it was reading."""

    said: str
    at: int
    opened: int
    lines: Sequence[str]

    def line(self, number: int) -> Line:
        return cut_line(self.lines[number])

    def before(self, number: int) -> int | None:
        """The nearest line above that holds something."""
        return next((n for n in range(number - 1, -1, -1) if not cut_line(self.lines[n]).blank), None)

    def suspects(self) -> list[int]:
        """The lines on which the slip may be, likeliest first."""
        above = self.before(self.at)
        found = [self.opened, self.at] if "simple key" in self.said else [self.at]
        if above is not None and "mapping values" in self.said:
            found = [above, self.at]
        return [n for n in dict.fromkeys(found) if not self.line(n).blank]


def mend(error: Exception, lines: Sequence[str]) -> Mend:
    """Return what is wrong with ``lines``, of which the parser gives ``error``."""
    fault = _read(error, lines)
    for rule in _RULES:
        found = rule(fault)
        if found is not None:
            return found
    remedy = "So dòng này và dòng ngay trên với mẫu trong CONTRIBUTING.md"
    return Mend(fault.at, "cú pháp YAML sai", remedy, _comment(lines[fault.at]))


def drop(line: int, lines: Sequence[str]) -> str:
    """Return what a line becomes when no mending helped: a comment."""
    return _comment(lines[line])


def _comment(text: str) -> str:
    return " " * (len(text) - len(text.lstrip())) + "#"


def _read(error: Exception, lines: Sequence[str]) -> _Fault:
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or error}"
    problem: Any = getattr(error, "problem_mark", None)
    context: Any = getattr(error, "context_mark", None)
    last = len(lines) - 1
    at = min(int(problem.line), last) if problem is not None else 0
    fault = _Fault(said, at, min(int(context.line), last) if context is not None else at, lines)
    if fault.line(at).blank and (above := fault.before(at)) is not None:
        fault = _Fault(said, above, fault.opened, lines)
    return fault


def _tab(fault: _Fault) -> Mend | None:
    for number in dict.fromkeys((fault.at, fault.opened)):
        text = fault.lines[number]
        if "\t" not in text[: len(text) - len(text.lstrip())]:
            continue
        above = fault.before(number)
        needs = above is not None and fault.lines[above].rstrip().endswith(":")
        bare = text.lstrip()
        level = len(text) - len(text.lstrip()) if needs or text.startswith("\t ") else 0
        indent = "  " * level if needs else "" if above is None else " " * fault.line(above).column
        if above is not None and text.startswith("\t ") and not needs:
            indent = " " * fault.line(above).column
        remedy = f"Xóa Tab ở đầu dòng, thay bằng {len(indent)} dấu cách" if indent else "Xóa Tab ở đầu dòng"
        return Mend(number, "thụt dòng bằng phím Tab, YAML không nhận", remedy, indent + bare)
    return None


def _wide_colon(fault: _Fault) -> Mend | None:
    for number in fault.suspects():
        line = fault.line(number)
        if line.colon.strip() == "：":
            text = line.with_value(as_value(line.value))
            message = "dấu hai chấm “：” là ký tự toàn khổ (của bộ gõ khác), máy không nhận"
            return Mend(number, message, f"Gõ lại dấu hai chấm thường rồi một dấu cách: {shown(text)}", text)
    return None


def _bullet(fault: _Fault) -> Mend | None:
    for number in fault.suspects():
        match = _BULLET.match(fault.lines[number])
        if match is None:
            continue
        text = f"{match['lead']}- {match['rest']}"
        mark = match["mark"]
        message = "thiếu dấu cách sau gạch đầu dòng"
        if mark != "-":
            message = f"gạch đầu dòng là “{mark}”, phải là dấu gạch ngắn “-”"
        return Mend(number, message, f"Viết: {shown(text)}", text)
    return None


def _no_space(fault: _Fault) -> Mend | None:
    for number in fault.suspects():
        line = fault.line(number)
        if line.colon == ":" and not line.gap and line.value and not line.value.startswith("//"):
            text = line.with_value(as_value(line.value))
            return Mend(number, f"thiếu dấu cách sau “{shown(line.key)}:”", f"Viết: {shown(text)}", text)
    return None


def _no_colon(fault: _Fault) -> Mend | None:
    for number in fault.suspects():
        line = fault.line(number)
        if line.colon.strip() == "=":
            text = line.with_value(as_value(line.value))
            return Mend(number, "dùng dấu = thay cho dấu hai chấm", f"Viết: {shown(text)}", text)
        word, _, value = line.value.partition(" ")
        if line.key or not _WORD_KEY.match(word):
            continue
        if "simple key" in fault.said or (fault.at != number and "mapping values" in fault.said and not line.indent):
            text = f"{line.lead}{word}: {as_value(value)}" if value else f"{line.lead}{word}:"
            message = f"thiếu dấu hai chấm sau tên khóa “{shown(word)}”"
            return Mend(number, message, f"Viết: {shown(text)}", text)
    return None


def _open_quote(fault: _Fault) -> Mend | None:
    """A quotation mark that is not closed on its line swallows what follows up to the next one."""
    first = fault.opened if "quoted" in fault.said else fault.at
    for number in range(first, max(first - 6, -1), -1):
        line = fault.line(number)
        mark = line.value[:1]
        if mark not in {'"', "'"} or (number == fault.at and "quoted" not in fault.said):
            continue
        inside = line.value[1:].replace("''", "") if mark == "'" else line.value[1:].replace('\\"', "")
        if mark in inside:
            if number == fault.opened and "quoted" in fault.said:
                break
            continue
        text = line.with_value(in_quotes(line.value[1:]))
        return Mend(number, "dấu ngoặc kép mở mà không đóng", f"Thêm dấu {mark} ở cuối: {shown(text)}", text)
    if "quoted" in fault.said and "end of stream" in fault.said:
        text = _comment(fault.lines[fault.opened])
        return Mend(fault.opened, "dấu ngoặc kép mở mà không đóng", "Thêm dấu ngoặc kép còn thiếu ở dòng này", text)
    return None


def _escape(fault: _Fault) -> Mend | None:
    if "escape" not in fault.said:
        return None
    line = fault.line(fault.at)
    text = line.text.replace("\\", "\\\\")
    remedy = f"Viết hai dấu gạch chéo ngược: {shown(text)}"
    return Mend(fault.at, "dấu gạch chéo ngược \\ trong ngoặc kép bị hiểu là ký hiệu đặc biệt", remedy, text)


def _after_quote(fault: _Fault) -> Mend | None:
    """``title: "Nói" đi đôi với "làm"``: the value ends with the second quotation mark, and words follow."""
    line = fault.line(fault.at)
    mark = line.value[:1]
    if mark not in {'"', "'"} or not line.key or line.value.count(mark) < 2:
        return None
    text = line.with_value(in_quotes(line.value))
    message = "sau dấu ngoặc đóng còn chữ, máy không biết giá trị hết ở đâu"
    return Mend(fault.at, message, f"Đặt cả giá trị trong dấu nháy: {shown(text)}", text)


def _odd_quote(fault: _Fault) -> Mend | None:
    """In brackets: a quotation mark that is not closed where the value ends."""
    for number in range(fault.opened, fault.at + 1) if "flow" in fault.said or "quoted" in fault.said else ():
        text = fault.lines[number]
        if text.count('"') % 2 == 0 or not re.search(r"[{\[]", text):
            continue
        start = text.rindex('"') + 1
        end = re.search(r"(?=,\s\w+:\s|[}\]])|\Z", text[start:])
        place = start + (end.start() if end else 0)
        mended = f'{text[:place]}"{text[place:]}'
        return Mend(number, "dấu ngoặc kép mở mà không đóng", f"Thêm dấu ngoặc kép còn thiếu: {shown(mended)}", mended)
    return None


def _open_bracket(fault: _Fault) -> Mend | None:
    if "flow" not in fault.said:
        return None
    number = fault.opened
    line = fault.line(number)
    square = "sequence" in fault.said
    opens, closes, name = ("[", "]", "vuông") if square else ("{", "}", "nhọn")
    missing = line.text.count(opens) - line.text.count(closes)
    if missing > 0:
        text = line.text.rstrip().rstrip(",") + closes * missing
        message = f"ngoặc {name} {opens} mở mà không đóng"
        return Mend(number, message, f"Thêm dấu {closes} còn thiếu ở cuối: {shown(text)}", text)
    inside = _COLON_IN_PART.search(fault.lines[fault.at])
    if inside:
        mended = f"{fault.lines[fault.at][: inside.start(2)]}{in_quotes(inside[2])}{fault.lines[fault.at][inside.end(2) :]}"
        message = f"có dấu hai chấm trong giá trị của “{inside[1]}”"
        return Mend(fault.at, message, f"Đặt giá trị ấy trong dấu ngoặc kép: {shown(mended)}", mended)
    remedy = "Thêm dấu phẩy giữa hai phần; phần nào có dấu phẩy, dấu hai chấm thì đặt trong ngoặc kép"
    return Mend(fault.at, f"các phần trong ngoặc {name} không tách được", remedy, _comment(fault.lines[fault.at]))


def _special_start(fault: _Fault) -> Mend | None:
    """A value may not begin with a mark that means something in YAML."""
    line = fault.line(fault.at)
    mark = line.value[:1]
    item = not line.key and line.lead.rstrip().endswith("-")
    if not (line.key or item) or not mark or mark not in _SPECIALS or "mapping values" in fault.said:
        return None
    text = line.with_value(in_quotes(line.value))
    message = f"giá trị bắt đầu bằng dấu {mark}, trong YAML có nghĩa riêng"
    return Mend(fault.at, message, f"Đặt cả giá trị trong dấu ngoặc kép: {shown(text)}", text)


def _colon_inside(fault: _Fault) -> Mend | None:
    line = fault.line(fault.at)
    if "mapping values" not in fault.said or not line.key or not re.search(r":(?:\s|$)", line.value):
        return None
    bare = line.value.strip()
    curly = bool(_CURLY.match(bare)) and bool(_CURLY.match(bare[-1:]))
    text = line.with_value(in_quotes(bare[1:-1] if curly else bare))
    if curly:
        message = "giá trị đặt trong ngoặc kép cong (của Word), máy không coi là ngoặc kép"
        return Mend(fault.at, message, f"Thay bằng ngoặc kép thẳng: {shown(text)}", text)
    message = "có dấu hai chấm trong giá trị"
    return Mend(fault.at, message, f"Đặt cả giá trị trong dấu ngoặc kép: {shown(text)}", text)


def _fence(fault: _Fault) -> Mend | None:
    for number in (fault.at, fault.before(fault.at)):
        if number is not None and fault.lines[number].strip() in _FENCES:
            mark = fault.lines[number].strip()
            return Mend(number, f"dòng {mark} không được đứng ở đây", "Xóa dòng này", "")
    return None


def _first_line_in(fault: _Fault) -> Mend | None:
    """Everything stands at the margin but the first line."""
    first = next((n for n, text in enumerate(fault.lines) if not cut_line(text).blank), fault.at)
    line = fault.line(first)
    if line.indent and not fault.line(fault.at).indent and fault.before(fault.at) == first:
        return Mend(first, f"dòng này thụt vào {line.indent} dấu cách", "Xóa dấu cách ở đầu dòng", line.text.lstrip())
    return None


def _indent(fault: _Fault) -> Mend | None:
    """A line whose beginning stands under no other line's beginning."""
    above = fault.before(fault.at)
    line = fault.line(fault.at)
    if above is None or not (line.key or line.text.lstrip().startswith("-")):
        return None
    column = _column_for(fault, line)
    if column is None or column == line.indent:
        return None
    text = " " * column + line.text.lstrip()
    more = column - line.indent
    how = f"Thụt thêm {more}" if more > 0 else f"Bớt {-more}"
    remedy = f"{how} dấu cách ở đầu dòng, để dòng có {column} dấu cách trước chữ đầu"
    return Mend(fault.at, "dòng này thụt vào không thẳng cột với các dòng cùng mục", remedy, text)


def _column_for(fault: _Fault, line: Line) -> int | None:
    """Return the column at which a line of this kind may begin: that of the nearest like line above."""
    dashed = line.text.lstrip().startswith("-")
    columns: list[int] = []
    lowest = 1000
    for number in range(fault.at - 1, -1, -1):
        other = fault.line(number)
        if other.blank or other.indent >= lowest:
            continue
        lowest = other.indent
        is_item = other.text.lstrip().startswith("-")
        if dashed and is_item:
            columns.append(other.indent)
        if not dashed and other.key:
            columns.append(other.column)
            if is_item and other.column != other.indent:
                lowest = other.indent
    return min(columns, key=lambda column: (abs(column - line.indent), -column), default=None)


_Rule = Callable[[_Fault], "Mend | None"]
_RULES: tuple[_Rule, ...] = (
    _tab,
    _wide_colon,
    _fence,
    _bullet,
    _no_space,
    _no_colon,
    _open_quote,
    _escape,
    _after_quote,
    _odd_quote,
    _open_bracket,
    _special_start,
    _colon_inside,
    _first_line_in,
    _indent,
)
