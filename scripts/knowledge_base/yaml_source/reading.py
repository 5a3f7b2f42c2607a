"""Read the strict YAML of the sources: plain values, no surprises, and the line of everything.

Every scalar is a string (``034`` stays ``034``), nothing written is None. Anchors, aliases, tags,
a key written twice, several documents in a file and deep nesting are faults. Built on the parser's
events, so that nesting cannot exhaust the stack and aliases cannot grow. A line that the parser cannot
read is told of, mended and read again, so that the faults after it are told in the same run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import yaml

from ..errors import Problem
from .lines import as_value, cut_line, in_quotes, shown
from .faults import Mend, comment
from .mending import mend
from .scalars import check_scalar
from .structure import ORPHAN

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
Location: TypeAlias = tuple[str, ...]

MAX_DEPTH = 12
_MOST_MENDS, _LONGEST_MENDED = 60, 200_000
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u200b": None, "\u2060": None, "\ufeff": None})
"""Blanks that come with text pasted from Word or a web page; nobody sees that they are others."""


@dataclass(frozen=True, slots=True)
class YamlData:
    """The value of a YAML file and the lines its parts stand on (list items are keyed by ``"0"``, ``"1"``…).

    ``mended`` are the lines of the file that could not be read as they were, ``torn`` those of them whose
    meaning is lost; ``lost`` tells that whole entries may be."""

    data: Plain
    lines: Mapping[Location, int]
    mended: frozenset[int] = frozenset()
    torn: frozenset[int] = frozenset()
    lost: bool = False

    def line(self, *location: object) -> int:
        """Return the line of the part at ``location``, or of the nearest part around it."""
        parts = tuple(map(str, location))
        return next(
            (self.lines[parts[:n]] for n in range(len(parts), -1, -1) if parts[:n] in self.lines),
            1,
        )


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


class _UnreadableError(Exception):
    """Reading cannot go on after this fault, unless the line is changed."""

    def __init__(self, slip: Mend) -> None:
        super().__init__(slip.message)
        self.slip = slip


def read_yaml(text: str, path: str, first_line: int = 1) -> tuple[YamlData | None, list[Problem]]:
    """Read one YAML document.

    ``text`` is NFC with LF line ends; ``path`` is shown in problems; ``first_line`` is the file's line
    on which ``text`` begins. Gives None when nothing could be read; otherwise the data stand beside
    the problems, so that the caller can look for more of them.
    """
    lines = text.translate(_SPACES).split("\n")
    slips: dict[int, Problem | None] = {}  # None: only follows from the line above
    while True:
        builder = _Builder(path, first_line, lines)
        error = _parse(builder, lines) or _unparted(builder, lines)
        if error is None:
            left_out = {number + first_line for number in slips if lines[number].strip() == "#"}
            mended = frozenset(number + first_line for number in slips) | builder.doubles
            data = YamlData(builder.root, builder.lines, mended, frozenset(left_out | builder.doubles))
            return replace(data, lost=bool(left_out) or builder.merged), _told(slips, builder)
        slip = _slip(error, lines, slips)
        quiet = slip.structural and _above(slip.line, lines) in slips
        slips.setdefault(slip.line, None if quiet else Problem(path, first_line + slip.line, slip.message, slip.remedy))
        if len(slips) > _MOST_MENDS or len(text) > _LONGEST_MENDED or lines[slip.line] == slip.text:
            return None, _told(slips, builder)
        lines[slip.line] = slip.text
        for number in _block(slip, lines):
            slips.setdefault(number, None)
            lines[number] = comment(lines[number])


def _block(slip: Mend, lines: list[str]) -> range:
    """Return the lines below a slip that belong to a list without a key, and are left out with it."""
    if slip.message != ORPHAN:
        return range(0)
    indent, end = len(slip.text) - len(slip.text.lstrip()), slip.line + 1
    while end < len(lines) and (
        not (bare := lines[end].lstrip())
        or len(lines[end]) - len(bare) > indent
        or (bare.startswith("- ") and len(lines[end]) - len(bare) == indent)
    ):
        end += 1
    return range(slip.line + 1, end)


def _told(slips: Mapping[int, Problem | None], builder: _Builder) -> list[Problem]:
    """Return all problems but those that follow from a slip on their own line or the one above."""
    amiss = {number + builder.first_line for number in slips}
    own = [p for p in builder.problems if p.line not in amiss and p.line - 1 not in amiss]
    return [*(problem for problem in slips.values() if problem is not None), *own]


def _above(number: int, lines: list[str]) -> int:
    """Return the nearest line above that holds something; -1 if none does."""
    return next((n for n in range(number - 1, -1, -1) if lines[n].strip()), -1)


def _parse(builder: _Builder, lines: list[str]) -> Exception | None:
    """Hand the parser's events to ``builder``; give the error that ended it, if any."""
    try:
        for event in yaml.parse("\n".join(lines), Loader=_LOADER):
            builder.take(event)
    except (_UnreadableError, yaml.YAMLError, RecursionError, ValueError) as error:
        return error
    return None


def _unparted(builder: _Builder, lines: list[str]) -> _UnreadableError | None:
    """Give the error of a text that is one long value, because no colon has its blank."""
    if not isinstance(builder.root, str):
        return None
    for number, text in enumerate(lines):
        line = cut_line(text)
        if line.colon in {":", "："} and (not line.gap or line.colon == "：") and line.value[:2] not in {"", "//"}:
            fixed = line.with_value(as_value(line.value))
            message = (
                f"thiếu dấu cách sau “{shown(line.key)}:”"
                if line.colon == ":"
                else "dấu hai chấm “：” là ký tự toàn khổ"
            )
            return _UnreadableError(Mend(number, message, f"Viết: {shown(fixed)}", fixed))
    return None


def _slip(error: Exception, lines: list[str], slips: Mapping[int, Problem | None]) -> Mend:
    """Return what to do about an error; a line that was mended in vain is dropped."""
    if isinstance(error, _UnreadableError):
        return error.slip
    slip = mend(error, lines)
    if slip.line in slips or slip.text == lines[slip.line]:
        return replace(slip, text=comment(lines[slip.line]))
    return slip


@dataclass(slots=True)
class _Builder:
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
            raise _UnreadableError(Mend(int(event.start_mark.line), message, "Xóa dòng --- này", ""))

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
        return not self.text[event.start_mark.line].startswith("{", event.start_mark.column)

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

    def _unreadable(self, event: Any, message: str, remedy: str) -> _UnreadableError:
        line = int(event.start_mark.line)
        return _UnreadableError(Mend(line, message, remedy, comment(self.text[line])))

    def _line(self, event: Any) -> int:
        return int(event.start_mark.line) + self.first_line

    def _tell(self, event: Any, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.path, self._line(event), message, remedy))


def _short_tag(tag: str) -> str:
    """Return a tag as the maintainer wrote it: ``!!python/object``."""
    return tag.replace("tag:yaml.org,2002:", "!!")[:60]
