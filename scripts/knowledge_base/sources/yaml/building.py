"""Make plain values of the parser's events, without recursion, and tell what in them is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from ...core.errors import Problem
from .lines import Mend, YamlLine, comment, cut_line, in_quotes, shown

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


def _how_apart(text: str, above: YamlLine) -> str:
    if _ITEM.match(text):
        return f"Bỏ phần chữ sau “{above.key}:” nếu muốn ghi danh sách, hoặc bỏ gạch đầu dòng"
    return "Thêm dấu cách sau dấu hai chấm, và để dòng thẳng cột với dòng trên"


def _quotes(value: str, line: YamlLine, flow: bool) -> Iterator[tuple[str, str]]:
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


Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
Location: TypeAlias = tuple[str, ...]

MAX_DEPTH = 12


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is being read; ``key`` is the mapping's key that waits for its value.

    ``skip``: it is a second value of its key. ``flow``: it stands in brackets; ``pair``: not even that.
    ``doubled``: the last key was there before. ``loose``: the key that waits is no key."""

    value: list[Plain] | dict[str, Plain]
    location: Location
    key: str | None = None
    skip: bool = False
    flow: bool = False
    pair: bool = False
    doubled: bool = False
    loose: bool = False


class UnreadableError(Exception):
    """Reading cannot go on after this fault, unless the line is changed."""

    def __init__(self, slip: Mend) -> None:
        super().__init__(slip.message)
        self.slip = slip


@dataclass(slots=True)
class Builder:
    """Makes plain values of the parser's events, without recursion."""

    path: str
    first_line: int
    text: list[str]
    root: Plain = None
    lines: dict[Location, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    stack: list[_Frame] = field(default_factory=list)
    documents: int = 0
    doubles: set[int] = field(default_factory=set)
    merged: bool = False

    def take(self, event: Any) -> None:
        """Add one event of the parser to the value."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._start_document(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end_collection()
        elif isinstance(event, yaml.NodeEvent):
            self._start_node(event)

    def _start_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            message = "có hơn một tài liệu YAML trong tệp"
            raise UnreadableError(Mend(int(event.start_mark.line), message, "Xóa dòng --- này", ""))

    def _start_node(self, event: Any) -> None:
        self._refuse_marks(event)
        if self._is_key_place():
            self._take_key(event)
            return
        if not isinstance(event, yaml.CollectionStartEvent):
            self._put(self._scalar(event), event)
            return
        if len(self.stack) >= MAX_DEPTH:
            raise self._unreadable(event, f"lồng nhau quá {MAX_DEPTH} tầng", "Viết lại phần này cho phẳng hơn")
        value: list[Plain] | dict[str, Plain] = {} if isinstance(event, yaml.MappingStartEvent) else []
        location, skip = self._put(value, event)
        flow = bool(event.flow_style)
        self.stack.append(_Frame(value, location, skip=skip, flow=flow, pair=flow and self._is_pair(event)))

    def _is_pair(self, event: Any) -> bool:
        """Tell whether a mapping has no braces: ``[a: b]``, a colon in an item of a list."""
        if not isinstance(event, yaml.MappingStartEvent):
            return False
        mark: Any = event.start_mark
        return not self.text[mark.line].startswith("{", mark.column)

    def _end_collection(self) -> None:
        frame = self.stack.pop()
        if frame.pair and isinstance(frame.value, dict) and isinstance(self.stack[-1].value, list):
            words = "; ".join(f"{key}: {value or ''}" for key, value in frame.value.items())
            self.stack[-1].value[-1] = words
            line = self.lines.get(frame.location, self.first_line)
            message = f"có dấu hai chấm trong “{shown(words)}”"
            remedy = f"Đặt cả cụm ấy trong dấu ngoặc kép: {shown(in_quotes(words))}"
            self.problems.append(Problem(self.path, line, message, remedy))

    def _is_key_place(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None

    def _take_key(self, event: Any) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            message = "tên khóa phải là một từ, không phải danh sách hay tham chiếu"
            raise self._unreadable(event, message, "Viết dạng khóa: giá trị")
        frame, key = self.stack[-1], str(event.value)
        if isinstance(frame.value, dict) and frame.flow and not self._has_colon(event):
            self._tell_loose(event, frame)
            frame.loose = True
        elif isinstance(frame.value, dict) and key in frame.value:
            self._tell_double(event, frame, key)
        else:
            self.lines[*frame.location, key] = self._line(event)
            frame.doubled = frame.doubled and frame.location[-1:] != () and frame.location[-1].isdigit()
        frame.key = key

    def _has_colon(self, event: Any) -> bool:
        """Tell whether a key in braces is followed by its colon."""
        rest = self.text[event.end_mark.line][event.end_mark.column :].lstrip()
        return not rest.startswith((",", "}"))

    def _tell_loose(self, event: Any, frame: _Frame) -> None:
        """``{source: Báo A, bài 5}``: a comma inside a value that has no quotation marks."""
        value = frame.value if isinstance(frame.value, dict) else {}
        before = next(reversed(value), "")
        message = f"“{shown(str(event.value))}” đứng riêng sau dấu phẩy, không thuộc khóa nào"
        whole = in_quotes(f"{value.get(before) or ''}, {event.value}")
        remedy = f"Nếu dấu phẩy thuộc về giá trị thì đặt cả giá trị trong dấu ngoặc kép: {before}: {shown(whole)}"
        self._tell(event, message, remedy)

    def _tell_double(self, event: Any, frame: _Frame, key: str) -> None:
        """Tell of a key that the entry has already; of several in a row, or in an item of a list, only the first."""
        self.doubles.add(self._line(event))
        self.merged |= bool(frame.location and frame.location[-1].isdigit())
        above = next(reversed(frame.value), "") if isinstance(frame.value, dict) else ""
        empty = isinstance(frame.value, dict) and frame.location and frame.value.get(above) is None
        if empty and not frame.doubled:
            line = self.lines.get((*frame.location, above), self.first_line)
            message = f"dòng dưới “{shown(above)}:” không thụt vào, nên không thuộc về nó"
            remedy = f"Để “{shown(above)}:” thẳng cột với các khóa của cả mục, các dòng của nó thụt vào thêm 2 dấu cách"
            self.problems.append(Problem(self.path, line, message, remedy))
        elif not frame.doubled:
            first = self.lines.get((*frame.location, key), self.first_line)
            remedy = "Chỉ giữ lại một dòng"
            if frame.location and frame.location[-1].isdigit():
                remedy += "; nếu từ đây là một mục mới thì thêm dòng gạch đầu mục còn thiếu vào trước"
            elif frame.location:
                remedy += "; nếu dòng này thuộc về một khóa khác thì thêm dòng của khóa ấy vào trước"
            self._tell(event, f"khóa “{key[:60]}” viết hai lần (lần đầu ở dòng {first})", remedy)
        frame.doubled = True

    def _put(self, value: Plain, event: Any) -> tuple[Location, bool]:
        """Store ``value`` where it belongs; give its location, and whether it is a second one of its key."""
        if not self.stack:
            self.root = value
            self.lines[()] = self._line(event)
            return (), False
        frame = self.stack[-1]
        if isinstance(frame.value, list):
            location = (*frame.location, str(len(frame.value)))
            frame.value.append(value)
            if not frame.skip:
                self.lines.setdefault(location, self._line(event))
            return location, frame.skip
        key, frame.key = frame.key or "", None
        if frame.loose:
            frame.loose = False
            return (*frame.location, key), True
        doubled = key in frame.value and frame.value[key] is not None
        if not doubled:
            frame.value[key] = value
        return (*frame.location, key), frame.skip or doubled

    def _scalar(self, event: Any) -> str | None:
        if not isinstance(event, yaml.ScalarEvent):
            return f"*{event.anchor}"
        if event.style in (None, ""):
            self._check_plain(event)
            return str(event.value) or None
        return str(event.value)

    def _check_plain(self, event: Any) -> None:
        frame = self.stack[-1] if self.stack else None
        if frame is None or (not event.value and isinstance(frame.value, list)):
            return
        start, end = int(event.start_mark.line), int(event.end_mark.line)
        if not event.value:
            start = end = self.lines.get((*frame.location, frame.key or ""), self.first_line) - self.first_line
        for line, message, remedy in check_scalar(str(event.value), start, end, self.text, frame.flow):
            self.problems.append(Problem(self.path, line + self.first_line, message, remedy))

    def _refuse_marks(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._tell(
                event,
                f"tham chiếu YAML “*{event.anchor}” không được dùng",
                "Chép lại giá trị vào đây, hoặc đặt trong dấu ngoặc kép nếu dấu * thuộc về nó",
            )
        elif event.anchor:
            self._tell(
                event,
                f"dấu neo YAML “&{event.anchor}” không được dùng",
                "Xóa dấu neo, hoặc đặt giá trị trong dấu ngoặc kép nếu dấu & thuộc về nó",
            )
        if getattr(event, "tag", None):
            remedy = "Xóa nhãn, hoặc đặt giá trị trong dấu ngoặc kép nếu dấu ! thuộc về nó"
            self._tell(event, f"nhãn YAML “{_short_tag(str(event.tag))}” không được dùng", remedy)

    def _unreadable(self, event: Any, message: str, remedy: str) -> UnreadableError:
        line = int(event.start_mark.line)
        return UnreadableError(Mend(line, message, remedy, comment(self.text[line])))

    def _line(self, event: Any) -> int:
        return int(event.start_mark.line) + self.first_line

    def _tell(self, event: Any, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.path, self._line(event), message, remedy))


def _short_tag(tag: str) -> str:
    """Return a tag as the maintainer wrote it: ``!!python/object``."""
    return tag.replace("tag:yaml.org,2002:", "!!")[:60]
