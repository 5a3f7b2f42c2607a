"""Say what is wrong with YAML that cannot be parsed, and how to mend it.

The parser sees a fault where it can go no further, often lines behind the slip of the pen. So the lines
around its mark are compared with what people mistype: the first rule that fits says on which line the slip
is and how the line should read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .lines import YamlLine, as_value, cut_line, in_quotes, is_whole, shown

_BULLET = re.compile(
    r"""
    (?P<lead> [ ]* )
    (?P<mark> [–—•·] | \*(?=[ ]) | -(?=[A-Za-z_]{2,30}:) )   # no dash, or one without its blank
    [ \t]* (?P<rest> \S.* )
    """,
    re.VERBOSE,
)
_COLON_IN_PART = re.compile(
    r"""
    [{,]\s{0,9} (?P<key> \w{1,30} ) :\s
    (?P<value> [^,{}\[\]"':]{1,200} :\s [^,{}\[\]"]{1,200} )
    """,
    re.VERBOSE,
)
_WORD_KEY = re.compile(r"[A-Za-z_]{2,30}\Z")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_SPECIALS = "*&!|>%@`?[{-"
_NEAR = 2
"""An item at most so many columns off the items like it is one of them, shifted: one step of indentation."""
_LINES_BACK = 6
"""So far above the parser's mark an open quotation mark is looked for: further up, another fault comes first."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip of the pen on ``line`` (counted from 0), and how to mend it."""

    line: int
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where the parser stopped and what it ``said``; ``opened`` is where the part began that it was reading."""

    said: str
    at: int
    opened: int
    lines: Sequence[YamlLine]

    @property
    def line(self) -> YamlLine:
        return self.lines[self.at]

    def before(self, number: int) -> int | None:
        """The nearest line above that holds something."""
        return next((n for n in range(number - 1, -1, -1) if not self.lines[n].blank), None)

    def suspects(self) -> list[int]:
        """The lines on which the slip may be, likeliest first."""
        above = self.before(self.at)
        found = [self.opened, self.at] if "simple key" in self.said else [self.at]
        if above is not None and "mapping values" in self.said:
            found = [above, self.at]
        return [n for n in dict.fromkeys(found) if not self.lines[n].blank]


def diagnose(error: Exception, lines: Sequence[str]) -> Slip:
    """Return what is wrong with ``lines``, of which the parser gives ``error``."""
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or error}"
    stop = _Stop(said, 0, 0, [cut_line(line) for line in lines])
    for name in ("problem_mark", "context_mark"):  # the lines that the parser marks, or the nearest above with words
        mark = getattr(error, name, None)
        at = min(int(mark.line), len(lines) - 1) if mark is not None else stop.at
        above = stop.before(at) if stop.lines[at].blank else None
        at = at if above is None else above
        stop = replace(stop, at=at, opened=at) if name == "problem_mark" else replace(stop, opened=at)
    found = next((slip for rule in (*_IN_WORDS, *_IN_PLACE) for slip in rule(stop)), None)
    return found or Slip(stop.at, "cú pháp YAML sai", "So dòng này và dòng ngay trên với mẫu trong CONTRIBUTING.md")


# ---- A slip in the words of a line ----


def _tab(stop: _Stop) -> Iterator[Slip]:
    for number in dict.fromkeys((stop.at, stop.opened)):
        line, above = stop.lines[number], stop.before(number)
        start = line.text[: line.indent]
        if "\t" in start:
            column = _column_for(stop, number, len(start.replace("\t", "  ")))
            if above is not None and stop.lines[above].opens:
                column = stop.lines[above].column + 2
            remedy = f"Xóa Tab ở đầu dòng, thay bằng {column} dấu cách" if column else "Xóa Tab ở đầu dòng"
            yield Slip(number, "thụt dòng bằng phím Tab, YAML không nhận", remedy)


def _strange_mark(stop: _Stop) -> Iterator[Slip]:
    """A colon of another keyboard, a fence, a bullet that is no hyphen."""
    for number in stop.suspects():
        line = stop.lines[number]
        if line.colon.strip() == "：":
            how = f"Gõ lại dấu hai chấm thường rồi một dấu cách: {line.with_value(as_value(line.value))}"
            yield Slip(number, "dấu hai chấm “：” là ký tự toàn khổ (của bộ gõ khác), máy không nhận", how)
    for fence in (stop.at, stop.before(stop.at)):
        if fence is not None and (mark := stop.lines[fence].text.strip()) in {"...", "---"}:
            yield Slip(fence, f"dòng {mark} không được đứng ở đây", "Xóa dòng này")
    for number in stop.suspects():
        if match := _BULLET.match(stop.lines[number].text):
            message = f"gạch đầu dòng là “{match['mark']}”, phải là dấu gạch ngắn “-”"
            if match["mark"] == "-":
                message = "thiếu dấu cách sau gạch đầu dòng"
            how = shown(f"- {match['rest']}")
            yield Slip(number, message, f"Viết: {how}")


def _no_colon(stop: _Stop) -> Iterator[Slip]:
    """A colon without its blank, another mark in its place, or none."""
    for number in stop.suspects():
        line = stop.lines[number]
        if line.colon == ":" and not line.gap and line.value and not line.value.startswith("//"):
            how = f"Viết: {line.with_value(as_value(line.value))}"
            yield Slip(number, f"thiếu dấu cách sau “{shown(line.key)}:”", how)
    for number in stop.suspects():
        line = stop.lines[number]
        if line.colon.strip() == "=":
            how = f"Viết: {line.with_value(as_value(line.value))}"
            yield Slip(number, "dùng dấu = thay cho dấu hai chấm", how)
        word, _, value = line.value.partition(" ")
        if line.key or not _WORD_KEY.match(word):
            continue
        # it is a key if the next line stands where the next key would, or what belongs to this one
        indent = stop.line.indent
        key = number != stop.at and (indent == line.column or (not value and indent > line.indent))
        if "simple key" in stop.said or (key and "mapping values" in stop.said):
            how = shown(f"{line.lead}{word}: {as_value(value)}" if value else f"{line.lead}{word}:")
            yield Slip(number, f"thiếu dấu hai chấm sau tên khóa “{shown(word)}”", f"Viết: {how}")


def _open_quote(stop: _Stop) -> Iterator[Slip]:
    """A quotation mark that is not closed on its line swallows what follows up to the next one."""
    message, quoted = "dấu ngoặc kép mở mà không đóng", "quoted" in stop.said
    first = stop.opened if quoted else stop.at
    for number in range(first, max(first - _LINES_BACK, -1), -1):
        line = stop.lines[number]
        mark = line.value[:1]
        if mark not in {'"', "'"} or (number == stop.at and not quoted):
            continue
        if mark not in line.value[1:].replace("''" if mark == "'" else '\\"', ""):
            yield Slip(number, message, f"Thêm dấu {mark} ở cuối: {line.with_value(in_quotes(line.value[1:]))}")
        if number == stop.opened and quoted:
            break
    if quoted and "end of stream" in stop.said:
        yield Slip(stop.opened, message, "Thêm dấu ngoặc kép còn thiếu ở dòng này")


def _other_quote(stop: _Stop) -> Iterator[Slip]:
    """A backslash; in brackets, a quotation mark that is not closed where the value ends; words behind the second
    mark, as in ``title: "Nói" đi đôi với "làm"``, where the value ends."""
    if "escape" in stop.said:
        mended = stop.line.text.replace("\\", "\\\\")
        how = f"Viết hai dấu gạch chéo ngược: {shown(mended)}"
        yield Slip(stop.at, "dấu gạch chéo ngược \\ trong ngoặc kép bị hiểu là ký hiệu đặc biệt", how)
    for number in range(stop.opened, stop.at + 1) if "flow" in stop.said or "quoted" in stop.said else ():
        text = stop.lines[number].text
        if text.count('"') % 2 and re.search(r"[{\[]", text):
            start = text.rindex('"') + 1
            end = re.search(r"(?=,\s\w+:\s|[}\]])|\Z", text[start:])
            place = start + (end.start() if end else 0)
            mended = f'{text[:place]}"{text[place:]}'
            how = f"Thêm dấu ngoặc kép còn thiếu: {shown(mended)}"
            yield Slip(number, "dấu ngoặc kép mở mà không đóng", how)
    value = stop.line.value
    if stop.line.key and value[:1] in {'"', "'"} and value.count(value[:1]) > 1 and not is_whole(value):
        how = f"Đặt cả giá trị trong dấu nháy: {stop.line.with_value(in_quotes(value))}"
        yield Slip(stop.at, "sau dấu ngoặc đóng còn chữ, máy không biết giá trị hết ở đâu", how)


def _open_bracket(stop: _Stop) -> Iterator[Slip]:
    if "flow" not in stop.said:
        return
    text = stop.lines[stop.opened].text
    closing: list[str] = []  # the brackets that would close those left open on the line
    for char in _QUOTED.sub("", text):
        if char in "[{":
            closing.append("]" if char == "[" else "}")
        elif closing and char == closing[-1]:
            closing.pop()
    if missing := "".join(reversed(closing)):
        opens = "vuông [" if missing[0] == "]" else "nhọn {"
        how = f"Thêm dấu {missing} còn thiếu ở cuối: {shown(text.rstrip().rstrip(',') + missing)}"
        yield Slip(stop.opened, f"ngoặc {opens} mở mà không đóng", how)
    text = stop.line.text
    if inside := _COLON_IN_PART.search(text):
        mended = f"{text[: inside.start('value')]}{in_quotes(inside['value'])}{text[inside.end('value') :]}"
        message = f"có dấu hai chấm trong giá trị của “{inside['key']}”"
        yield Slip(stop.at, message, f"Đặt giá trị ấy trong dấu ngoặc kép: {shown(mended)}")
    name = "vuông" if "sequence" in stop.said else "nhọn"
    how = "Thêm dấu phẩy giữa hai phần; phần nào có dấu phẩy, dấu hai chấm thì đặt trong ngoặc kép"
    yield Slip(stop.at, f"các phần trong ngoặc {name} không tách được", how)


def _needs_quotes(stop: _Stop) -> Iterator[Slip]:
    """A value that begins with a mark which means something in YAML, or holds a colon."""
    line, mark, bare = stop.line, stop.line.value[:1], stop.line.value.strip()
    has_value = line.key or line.lead.rstrip().endswith("-")
    if has_value and mark and mark in _SPECIALS and not is_whole(line.value) and "mapping values" not in stop.said:
        how = f"Đặt cả giá trị trong dấu ngoặc kép: {line.with_value(in_quotes(line.value))}"
        yield Slip(stop.at, f"giá trị bắt đầu bằng dấu {mark}, trong YAML có nghĩa riêng", how)
    if "mapping values" not in stop.said or not line.key or not re.search(r":(?:\s|$)", line.value):
        return
    if re.fullmatch(r"[“”„«»‘’].*[“”„«»‘’]", bare):
        how = f"Thay bằng ngoặc kép thẳng: {line.with_value(in_quotes(bare[1:-1]))}"
        yield Slip(stop.at, "giá trị đặt trong ngoặc kép cong (của Word), máy không coi là ngoặc kép", how)
    elif bare[:1] not in set("{[\"'"):
        how = f"Đặt cả giá trị trong dấu ngoặc kép: {line.with_value(in_quotes(bare))}"
        yield Slip(stop.at, "có dấu hai chấm trong giá trị", how)


# ---- A slip in the place of a line ----


def _indented_start(stop: _Stop) -> Iterator[Slip]:
    """Everything stands at the margin but the first line."""
    first = next((n for n, line in enumerate(stop.lines) if not line.blank), stop.at)
    line = stop.lines[first]
    between = (stop.lines[n] for n in range(first + 1, stop.at))
    alone = all(o.blank or o.indent > line.indent or (o.is_item and o.indent == line.indent) for o in between)
    if line.indent and not stop.line.indent and alone and (line.value == "" or first == stop.before(stop.at)):
        yield Slip(first, f"dòng này thụt vào {line.indent} dấu cách", "Xóa dấu cách ở đầu dòng")


def _missing_dash(stop: _Stop) -> Iterator[Slip]:
    """Keys stand where an item of the list should begin; the next item has its dash."""
    top, number, column = None, stop.before(stop.at), stop.line.indent
    while number is not None and stop.lines[number].indent >= column + 2:
        top, number = number, stop.before(number)
    if not stop.line.is_item or top is None or (number is not None and not stop.lines[number].opens):
        return
    first = stop.lines[top]
    if number is not None and first.key != stop.line.key and _like_item(stop, stop.at) is not None:
        return
    if first.key and not first.is_item and first.indent == column + 2:
        how = f"Viết: - {first.text.strip()} (có {column} dấu cách trước dấu gạch)"
        yield Slip(top, "thiếu gạch đầu dòng ở đầu mục này", how)


def _stray_item(stop: _Stop) -> Iterator[Slip]:
    """An item stands a little off the items above that begin with the same key, or below a key that has its value."""
    like, above = _like_item(stop, stop.at), stop.before(stop.at)
    if like is not None and like.indent != stop.line.indent and abs(like.indent - stop.line.indent) <= _NEAR:
        yield _moved(stop.at, stop.line, like.indent)
    if above is not None and stop.line.is_item and not stop.lines[above].is_item:
        siblings = (o for o in stop.lines[stop.at - 1 :: -1] if not o.blank and o.indent <= stop.line.indent)
        nearest = next(siblings, None) if stop.at else None
        if stop.lines[above].key and stop.lines[above].value and not (nearest and nearest.is_item):
            how = "Thêm dòng tên khóa của danh sách (như “corrections:”, “relations:”, “kinds:”) vào ngay trên dòng này"
            yield Slip(stop.at, "danh sách từ dòng này không thuộc khóa nào", how)


def _indent(stop: _Stop) -> Iterator[Slip]:
    """A line with a dash at the wrong column, the line below it at the right one; a line whose beginning stands
    under no other line's beginning."""
    above, line = stop.before(stop.at), stop.line
    if above is not None and line.key and not line.is_item and stop.lines[above].is_item:
        column = line.indent - 2
        following = next((o for o in stop.lines[stop.at + 1 :] if o.is_item), None)
        parent = next((o for o in stop.lines[:above][::-1] if o.text.rstrip().endswith(":")), None)
        fits = following.indent == column if following else column == (parent.indent + 2 if parent else 0)
        if fits and column >= 0 and stop.lines[above].indent != column:
            yield _moved(above, stop.lines[above], column)
    column = _column_for(stop, stop.at, stop.line.indent)
    if above is not None and (line.key or line.is_item) and column != line.indent:
        yield _moved(stop.at, line, column)


def _moved(number: int, line: YamlLine, column: int) -> Slip:
    more = column - line.indent
    remedy = f"{f'Thụt thêm {more}' if more > 0 else f'Bớt {-more}'} dấu cách ở đầu dòng, để dòng có {column} dấu cách"
    remedy += " trước chữ đầu"
    if more < 0:
        remedy += "; nếu nó thuộc về một khóa đã mất thì thêm lại dòng của khóa ấy vào trước"
    return Slip(number, "dòng này thụt vào không thẳng cột với các dòng cùng mục", remedy)


def _column_for(stop: _Stop, number: int, width: int) -> int:
    """Return the column at which a line may begin: the one of its like above that is nearest to ``width``."""
    line, like = stop.lines[number], _like_item(stop, number)
    if like is not None and abs(like.indent - width) <= _NEAR:
        return like.indent
    columns: list[int] = []
    lowest: int | None = None
    for other in stop.lines[:number][::-1]:
        if other.blank or (lowest is not None and other.indent >= lowest):
            continue
        if not columns and other.opens:
            columns.append(other.column + 2)
        if other.is_item:
            columns += [other.indent] if line.is_item else [other.column] if other.key else []
        elif not line.is_item and other.key:
            columns.append(other.column)
        lowest = other.indent
    return min(columns, key=lambda column: (abs(column - width), -column), default=0)


def _like_item(stop: _Stop, number: int) -> YamlLine | None:
    """Return the nearest item above that begins with the same key."""
    line = stop.lines[number]
    above = stop.lines[:number][::-1] if line.is_item and line.key else ()
    return next((o for o in above if o.is_item and o.key == line.key), None)


_IN_WORDS = (_tab, _strange_mark, _no_colon, _open_quote, _other_quote, _open_bracket, _needs_quotes)
_IN_PLACE = (_indented_start, _missing_dash, _stray_item, _indent)
