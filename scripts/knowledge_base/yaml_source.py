"""Read the strict YAML of the sources: plain values, no surprises, and the line of everything.

Every scalar is a string (``034`` stays ``034``), nothing written is None. Anchors, aliases, tags,
a key written twice, several documents in a file and deep nesting are faults. Built on the parser's
events, so that nesting cannot exhaust the stack and aliases cannot grow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from .errors import Problem

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
Location: TypeAlias = tuple[str, ...]

MAX_DEPTH = 12
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class YamlData:
    """The value of a YAML file and the lines its parts stand on (list items are keyed by ``"0"``, ``"1"``…)."""

    data: Plain
    lines: Mapping[Location, int]

    def line(self, *location: object) -> int:
        """Return the line of the part at ``location``, or of the nearest part around it."""
        parts = tuple(map(str, location))
        return next(
            (self.lines[parts[:n]] for n in range(len(parts), -1, -1) if parts[:n] in self.lines),
            1,
        )


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is being read; ``key`` is the mapping's key that waits for its value."""

    value: list[Plain] | dict[str, Plain]
    location: Location
    key: str | None = None
    skip: bool = False


class _UnreadableError(Exception):
    """Reading cannot go on after this fault."""


def read_yaml(text: str, path: str, first_line: int = 1) -> tuple[YamlData | None, list[Problem]]:
    """Read one YAML document.

    ``text`` is NFC with LF line ends; ``path`` is shown in problems; ``first_line`` is the file's line
    on which ``text`` begins. Gives None when nothing could be read; otherwise the data stand beside
    the problems, so that the caller can look for more of them.
    """
    builder = _Builder(path, first_line)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _UnreadableError:
        return None, builder.problems
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return None, [*builder.problems, _syntax_problem(error, text, path, first_line)]
    return YamlData(builder.root, builder.lines), builder.problems


@dataclass(slots=True)
class _Builder:
    """Makes plain values of the parser's events, without recursion."""

    path: str
    first_line: int
    root: Plain = None
    lines: dict[Location, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    stack: list[_Frame] = field(default_factory=list)
    documents: int = 0

    def take(self, event: Any) -> None:
        """Add one event of the parser to the value."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._start_document(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._start_node(event)

    def _start_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self._tell(event, "có hơn một tài liệu YAML trong tệp", "Bỏ dòng --- giữa các phần, gộp thành một")
            raise _UnreadableError

    def _start_node(self, event: Any) -> None:
        self._refuse_marks(event)
        if self._is_key_place():
            self._take_key(event)
            return
        if not isinstance(event, yaml.CollectionStartEvent):
            self._put(self._scalar(event), event)
            return
        if len(self.stack) >= MAX_DEPTH:
            self._tell(event, f"lồng nhau quá {MAX_DEPTH} tầng", "Viết lại phần này cho phẳng hơn")
            raise _UnreadableError
        value: list[Plain] | dict[str, Plain] = {} if isinstance(event, yaml.MappingStartEvent) else []
        location, skip = self._put(value, event)
        self.stack.append(_Frame(value, location, skip=skip))

    def _is_key_place(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None

    def _take_key(self, event: Any) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            self._tell(event, "tên khóa phải là một từ, không phải danh sách hay tham chiếu", "Viết dạng khóa: giá trị")
            raise _UnreadableError
        frame, key = self.stack[-1], str(event.value)
        frame.key, frame.skip = key, self.stack[-1].skip
        location = (*frame.location, key)
        if isinstance(frame.value, dict) and key in frame.value:
            first = self.lines.get(location, self.first_line)
            self._tell(event, f"khóa “{key[:60]}” viết hai lần (lần đầu ở dòng {first})", "Chỉ giữ lại một dòng")
        else:
            self.lines[location] = self._line(event)

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
        doubled = key in frame.value
        frame.value.setdefault(key, value)
        return (*frame.location, key), frame.skip or doubled

    def _scalar(self, event: Any) -> str | None:
        if not isinstance(event, yaml.ScalarEvent):
            return f"*{event.anchor}"
        empty = event.value == "" and event.style in (None, "")
        return None if empty else str(event.value)

    def _refuse_marks(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._tell(event, f"tham chiếu YAML “*{event.anchor}” không được dùng", "Chép lại giá trị vào đây")
        elif event.anchor:
            self._tell(event, f"dấu neo YAML “&{event.anchor}” không được dùng", "Xóa dấu neo")
        if getattr(event, "tag", None):
            remedy = "Xóa nhãn, hoặc đặt giá trị trong dấu ngoặc kép nếu dấu ! thuộc về nó"
            self._tell(event, f"nhãn YAML “{_short_tag(str(event.tag))}” không được dùng", remedy)

    def _line(self, event: Any) -> int:
        return int(event.start_mark.line) + self.first_line

    def _tell(self, event: Any, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.path, self._line(event), message, remedy))


def _short_tag(tag: str) -> str:
    """Return a tag as the maintainer wrote it: ``!!python/object``."""
    return tag.replace("tag:yaml.org,2002:", "!!")[:60]


_FAULTS = (
    ("mapping values are not allowed", "có dấu hai chấm trong giá trị", "Đặt cả giá trị trong dấu ngoặc kép"),
    ("unexpected end of stream", "dấu ngoặc kép mở mà không đóng", "Thêm dấu ngoặc kép ở cuối giá trị"),
    ("document separator", "dấu ngoặc kép mở mà không đóng", "Thêm dấu ngoặc kép ở cuối giá trị"),
    ("could not find expected ':'", "thiếu dấu hai chấm sau tên khóa", "Viết dạng khóa: giá trị"),
    ("escape", "dấu gạch chéo ngược trong ngoặc kép không hợp lệ", "Dùng dấu nháy đơn, hoặc viết \\\\"),
    ("cannot start any token", "giá trị bắt đầu bằng một dấu đặc biệt", "Đặt cả giá trị trong dấu ngoặc kép"),
    ("block sequence entries", "gạch đầu dòng của danh sách đặt sai chỗ", "Đưa gạch đầu dòng xuống dòng riêng"),
    ("',' or ']'", "danh sách trong ngoặc vuông không đóng", "Thêm dấu ] hoặc dấu phẩy còn thiếu"),
    ("',' or '}'", "phần trong ngoặc nhọn không đóng", "Thêm dấu } hoặc dấu phẩy còn thiếu"),
    ("alias", "dấu * ở đầu giá trị", "Đặt cả giá trị trong dấu ngoặc kép"),
    ("anchor", "dấu & ở đầu giá trị", "Đặt cả giá trị trong dấu ngoặc kép"),
    ("tag", "dấu ! ở đầu giá trị", "Đặt cả giá trị trong dấu ngoặc kép"),
    ("block scalar", "dấu | hoặc > ở đầu giá trị", "Đặt cả giá trị trong dấu ngoặc kép"),
    ("control characters", "có ký tự điều khiển", "Xóa ký tự ấy"),
    ("special characters", "có ký tự điều khiển", "Xóa ký tự ấy"),
    ("did not find expected", "thụt dòng không đều hoặc dấu ngoặc kép đặt sai", "Xem dòng này và dòng ngay trên"),
    ("expected <block end>", "thụt dòng không đều hoặc dấu ngoặc kép đặt sai", "Xem dòng này và dòng ngay trên"),
)


_TAB_INDENT = re.compile(r" {0,80}\t")


def _syntax_problem(error: Exception, text: str, path: str, first_line: int) -> Problem:
    """Turn the parser's fault into a Vietnamese problem on the line where it saw it."""
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or error}"
    message, remedy = next(
        ((message, remedy) for words, message, remedy in _FAULTS if words in said),
        ("cú pháp YAML sai", "So với mẫu trong CONTRIBUTING.md"),
    )
    line = min(_fault_line(error), text.count("\n"))
    if _TAB_INDENT.match(text.split("\n")[line]):
        message, remedy = "dùng phím Tab để thụt dòng", "Thay Tab bằng dấu cách"
    return Problem(path, first_line + line, f"không đọc được YAML: {message}", remedy)


def _fault_line(error: Exception) -> int:
    """Return the 0-based line of a fault: for quotes that never end, the line where they open."""
    marks: Iterator[Any] = (getattr(error, name, None) for name in ("problem_mark", "context_mark"))
    problem_mark, context_mark = marks
    opens_here = "quoted" in str(getattr(error, "context", "")) and context_mark is not None
    mark = context_mark if opens_here else problem_mark
    return int(mark.line) if mark is not None else 0
