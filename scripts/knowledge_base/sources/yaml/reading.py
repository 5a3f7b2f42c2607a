"""Read the strict YAML of the sources: plain values, no surprises, and the line of everything.

Every scalar is a string (``034`` stays ``034``), nothing written is None. Anchors, aliases, tags,
a key written twice, several documents in a file and deep nesting are faults. Built on the parser's
events, so that nesting cannot exhaust the stack. A text ends at its first fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from ...core.errors import Problem
from .lines import YamlLine, as_value, cut_line, in_quotes, shown
from .syntax_errors import Slip, diagnose

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
Location: TypeAlias = tuple[str, ...]

MAX_DEPTH = 12
"""Chosen by hand: the deepest entry of ours has 5 levels (records → relations → evidence)."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SPACES = str.maketrans(
    dict.fromkeys("\u00a0\u202f\u2007\x85\u2028\u2029", " ") | dict.fromkeys("\u200b\u2060\ufeff", None)
)
"""Blanks that come with text pasted from Word or a web page; nobody sees that they are others. Some of them end a line
for YAML, and for nothing else."""


@dataclass(frozen=True, slots=True)
class YamlData:
    """The value of a YAML text and the lines its parts stand on (list items are keyed by ``"0"``, ``"1"``…)."""

    data: Plain
    lines: Mapping[Location, int]

    def line(self, *location: object) -> int:
        """Return the line of the part at ``location``, or of the nearest part around it."""
        parts = tuple(map(str, location))
        return next((self.lines[parts[:n]] for n in range(len(parts), -1, -1) if parts[:n] in self.lines), 1)


def read_yaml(text: str, path: str, first_line: int = 1) -> tuple[YamlData | None, list[Problem]]:
    """Read one YAML document.

    ``text`` is NFC with LF line ends; ``path`` is shown in problems; ``first_line`` is the file's line
    on which ``text`` begins. Gives None and one problem when the text cannot be read; otherwise the data,
    and a problem for each value that is hardly what was meant (half a pair of quotation marks, a lost “#”).
    """
    lines = text.translate(_SPACES).split("\n")
    builder = _Builder(lines, first_line)
    try:
        for event in yaml.parse("\n".join(lines), Loader=_LOADER):
            builder.take(event)
        slip = builder.swallowed or _glued_colon(builder.root, lines)
    except _RefusedError as error:
        slip = Slip(*error.args)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        slip = diagnose(error, lines)
    problems = [Problem(path, first_line + s.line, s.message, s.remedy) for s in ([slip] if slip else builder.slips)]
    if slip is not None:
        return None, problems
    return YamlData(
        builder.root, {place: first_line + min(line, len(lines) - 1) for place, line in builder.lines.items()}
    ), problems


def _glued_colon(root: Plain, lines: Sequence[str]) -> Slip | None:
    """Tell of a text that is one long value, because no colon has its blank."""
    for number, text in enumerate(lines if isinstance(root, str) else ()):
        line = cut_line(text)
        if line.colon in {":", "："} and (not line.gap or line.colon == "：") and line.value[:2] not in {"", "//"}:
            wide = line.colon == "："
            message = "dấu hai chấm “：” là ký tự toàn khổ" if wide else f"thiếu dấu cách sau “{shown(line.key)}:”"
            return Slip(number, message, f"Viết: {line.with_value(as_value(line.value))}")
    return None


class _RefusedError(Exception):
    """YAML that the parser takes and we do not; its arguments are those of a ``Slip``."""


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is being read; ``key`` is the mapping's key that waits for its value.

    ``flow``: it stands in brackets; ``pair``: not even that (``[a: b]``)."""

    value: list[Plain] | dict[str, Plain]
    location: Location
    flow: bool
    pair: bool
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    """Makes plain values of the parser's events, without recursion. Lines are counted from 0;
    ``first_line`` is what the file calls line 0; ``slips`` are in values that can be used, ``swallowed`` is a
    line that was read as part of the value above it."""

    text: list[str]
    first_line: int
    root: Plain = None
    lines: dict[Location, int] = field(default_factory=dict)
    slips: list[Slip] = field(default_factory=list)
    stack: list[_Frame] = field(default_factory=list)
    swallowed: Slip | None = None

    def take(self, event: Any) -> None:
        """Add one event of the parser to the value; raises _RefusedError at what we do not take."""
        mark: Any = event.start_mark
        line = int(mark.line)
        if isinstance(event, yaml.DocumentStartEvent):
            if () in self.lines:
                raise _RefusedError(line, "có hơn một tài liệu YAML trong tệp", "Xóa dòng --- này")
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end_collection(self.stack.pop())
        elif isinstance(event, yaml.NodeEvent):
            _refuse_marks(event, line)
            frame = self.stack[-1] if self.stack else None
            if frame is not None and isinstance(frame.value, dict) and frame.key is None:
                frame.key = self._key(event, frame, frame.value)
                self._refuse_codes(frame.key, event)
                self.lines[*frame.location, frame.key] = line
            elif isinstance(event, yaml.CollectionStartEvent):
                if len(self.stack) >= MAX_DEPTH:
                    raise _RefusedError(line, f"lồng nhau quá {MAX_DEPTH} tầng", "Viết lại phần này cho phẳng hơn")
                value: list[Plain] | dict[str, Plain] = {} if isinstance(event, yaml.MappingStartEvent) else []
                flow = bool(event.flow_style)
                pair = flow and isinstance(value, dict) and not self.text[line].startswith("{", mark.column)
                self.stack.append(_Frame(value, self._put(value, line), flow, pair))
            elif isinstance(event, yaml.ScalarEvent):
                self._check_plain(event)
                words = str(event.value)
                self._refuse_codes(words, event)
                self._put(words if words or event.style not in {None, ""} else None, line)

    def _end_collection(self, frame: _Frame) -> None:
        if frame.pair and isinstance(frame.value, dict):
            words = "; ".join(f"{key}: {value or ''}" for key, value in frame.value.items())
            remedy = f"Đặt cả cụm ấy trong dấu ngoặc kép: {shown(in_quotes(words))}"
            raise _RefusedError(self.lines[frame.location], f"có dấu hai chấm trong “{shown(words)}”", remedy)

    def _put(self, value: Plain, line: int) -> Location:
        """Store ``value`` where it belongs; give its location."""
        if not self.stack:
            self.root, self.lines[()] = value, line
            return ()
        frame = self.stack[-1]
        if isinstance(frame.value, list):
            location = (*frame.location, str(len(frame.value)))
            frame.value.append(value)
            self.lines[location] = line
            return location
        key, frame.key = frame.key or "", None
        frame.value[key] = value
        return (*frame.location, key)

    def _key(self, event: Any, frame: _Frame, value: dict[str, Plain]) -> str:
        """Return the key that an event is; raise if it is none, or one that the mapping has already."""
        line = int(event.start_mark.line)
        if not isinstance(event, yaml.ScalarEvent):
            message = "tên khóa phải là một từ, không phải danh sách hay tham chiếu"
            raise _RefusedError(line, message, "Viết dạng khóa: giá trị")
        key, above = str(event.value), next(reversed(value), "")
        end: Any = event.end_mark
        rest = self.text[end.line][end.column :].lstrip()
        if frame.flow and rest.startswith((",", "}")):  # {source: Báo A, bài 5}
            whole = shown(in_quotes(f"{value.get(above) or ''}, {key}"))
            message = f"“{shown(key)}” đứng riêng sau dấu phẩy, không thuộc khóa nào"
            how = f"Nếu dấu phẩy thuộc về giá trị thì đặt cả giá trị trong dấu ngoặc kép: {above}: {whole}"
            raise _RefusedError(line, message, how)
        if key in value:
            raise self._doubled(line, key, above, frame, value)
        return key

    def _doubled(self, line: int, key: str, above: str, frame: _Frame, value: dict[str, Plain]) -> _RefusedError:
        """A key that the entry has already: mostly another line is lost, or stands at the wrong column."""
        if frame.location and value[above] is None:
            message = f"dòng dưới “{shown(above)}:” không thụt vào, nên không thuộc về nó"
            how = f"Để “{shown(above)}:” thẳng cột với các khóa của cả mục, các dòng của nó thụt vào thêm 2 dấu cách"
            return _RefusedError(self.lines[*frame.location, above], message, how)
        remedy = "Chỉ giữ lại một dòng"
        if frame.location and frame.location[-1].isdigit():
            remedy += "; nếu từ đây là một mục mới thì thêm dòng gạch đầu mục còn thiếu vào trước"
        elif frame.location:
            remedy += "; nếu dòng này thuộc về một khóa khác thì thêm dòng của khóa ấy vào trước"
        first = self.first_line + self.lines[*frame.location, key]
        return _RefusedError(line, f"khóa “{key[:60]}” viết hai lần (lần đầu ở dòng {first})", remedy)

    def _refuse_codes(self, words: str, event: Any) -> None:
        """Refuse what nobody sees, or is no letter, where a code in quotation marks stands for it."""
        first, last = int(event.start_mark.line), int(event.end_mark.line)
        written = "\n".join(self.text[first : last + 1]) if event.style == '"' else ""
        if "\\" not in written:
            return
        if hidden := next((c for c in words if c not in written and (c == "\ufffd" or not c.isprintable())), None):
            message = f"giá trị có mã của ký tự U+{ord(hidden):04X}, không nhìn thấy được hoặc đã hỏng"
            raise _RefusedError(first, message, "Xóa mã ấy (bắt đầu bằng dấu \\); thiếu chữ thì gõ lại")

    def _check_plain(self, event: Any) -> None:
        """Tell of an unquoted value that is hardly what was meant, or has swallowed a line."""
        frame = self.stack[-1] if self.stack else None
        if frame is None or event.style not in {None, ""}:
            return
        value, start = str(event.value), int(event.start_mark.line)
        if not value and frame.key is not None:
            start = self.lines[*frame.location, frame.key]
        line = cut_line(self.text[start])
        if not value:
            lost = frame.key is not None and line.key and line.gap and re.match(r"#(?!\s)", line.value)
            if lost:  # ``title: #1 …``: all of the value is a comment
                how = f"Đặt trong dấu ngoặc kép: {line.with_value(in_quotes(line.value))}"
                self.slips.append(Slip(start, "giá trị bắt đầu bằng dấu # nên bị coi là lời ghi chú", how))
            return
        for number in range(start + 1, int(event.end_mark.line) + 1):
            below = cut_line(self.text[number])
            if _ITEM.match(below.text) or (below.key and " " not in below.key and below.colon == ":" and below.value):
                message = f"dòng này bị đọc nối vào giá trị ở dòng trên: “{shown(value)}”"
                remedy = "Thêm dấu cách sau dấu hai chấm, và để dòng thẳng cột với dòng trên"
                if _ITEM.match(below.text):
                    remedy = f"Bỏ phần chữ sau “{line.key}:” nếu muốn ghi danh sách, hoặc bỏ gạch đầu dòng"
                self.swallowed = self.swallowed or Slip(number, message, remedy)
                return
        self.slips += [Slip(start, *reported) for reported in _check_quotes(value, line, frame.flow)]


_ITEM = re.compile(r"\s+[-–—•]\s+\S")
_CURLY_AROUND = re.compile(r"[“„«‘](?P<inside>[^“”„«»‘’]*)[”“»’]\Z")
_ID_OR_ADDRESS = re.compile(r"[\w./:?&=%-]+\Z")
"""What can be no quotation: curly marks around it are surely a slip."""


def _check_quotes(value: str, line: YamlLine, flow: bool) -> Iterator[tuple[str, str]]:
    """Yield message and remedy for a value with half a pair of quotation marks, or with Word's around it."""
    if value.count('"') % 2:
        plain = line.with_value(in_quotes(value.replace('"', "")))
        how = f"Viết: {plain}" if not flow and line.key else "Thêm dấu còn thiếu"
        yield f"dấu ngoặc kép không đủ đôi trong “{shown(value)}”", how
    elif (match := _CURLY_AROUND.match(value)) and not flow:
        message = "giá trị đặt trong ngoặc kép cong (của Word), máy coi dấu ngoặc là một phần của giá trị"
        if _ID_OR_ADDRESS.match(match["inside"]):
            yield message, f"Bỏ ngoặc: {line.with_value(match['inside'])}"
        else:
            plain, kept = line.with_value(in_quotes(match["inside"])), line.with_value(in_quotes(value))
            yield message, f"Bỏ ngoặc: {plain} — nếu ngoặc thuộc về giá trị thì viết: {kept}"


def _refuse_marks(event: Any, line: int) -> None:
    """Refuse aliases, anchors and tags: they let a short text stand for a long or another one."""
    if isinstance(event, yaml.AliasEvent):
        remedy = "Chép lại giá trị vào đây, hoặc đặt trong dấu ngoặc kép nếu dấu * thuộc về nó"
        raise _RefusedError(line, f"tham chiếu YAML “*{event.anchor}” không được dùng", remedy)
    if event.anchor:
        remedy = "Xóa dấu neo, hoặc đặt giá trị trong dấu ngoặc kép nếu dấu & thuộc về nó"
        raise _RefusedError(line, f"dấu neo YAML “&{event.anchor}” không được dùng", remedy)
    if getattr(event, "tag", None):
        tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")[:60]
        remedy = "Xóa nhãn, hoặc đặt giá trị trong dấu ngoặc kép nếu dấu ! thuộc về nó"
        raise _RefusedError(line, f"nhãn YAML “{tag}” không được dùng", remedy)
