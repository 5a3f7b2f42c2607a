"""Say what is wrong with YAML that cannot be parsed, and how to mend it.

The parser sees a fault where it can go no further, often lines behind the slip of the pen. So the lines
around its mark are compared with what people mistype: the first rule that fits says on which line the slip
is and how the line should read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ...core.text import verbose
from .lines import YamlLine, as_value, cut_line, in_quotes, is_whole, shown

_BULLET = verbose(r"""
    (?P<lead> [ ]* )
    (?P<mark> [–—•·] | \*(?=[ ]) | -(?=[A-Za-z_]{2,30}:) )   # no dash, or one without its blank
    [ \t]* (?P<rest> \S.* )""")
_COLON_IN_PART = verbose(r"""
    [{,]\s{0,9} (?P<key> \w{1,30} ) :\s
    (?P<value> [^,{}\[\]"':]{1,200} :\s [^,{}\[\]"]{1,200} )""")
_WORD_KEY = re.compile(r"[A-Za-z_]{2,30}\Z")
_QUOTED_OR_BRACKET = re.compile(r"\"[^\"]*\"|'[^']*'|[\[\]{}]")
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
    """The line where the parser stopped and what it ``said``; ``opened``: where the part began that it was reading."""

    said: str
    line: YamlLine
    opened: YamlLine
    lines: Sequence[YamlLine]

    def before(self, line: YamlLine) -> YamlLine | None:
        """The nearest line above that holds something."""
        return next((above for above in self.lines[: line.number][::-1] if not above.blank), None)

    def suspects(self) -> list[YamlLine]:
        """The lines on which the slip may be, likeliest first."""
        above = self.before(self.line)
        found = [self.opened, self.line] if "simple key" in self.said else [self.line]
        if above is not None and "mapping values" in self.said:
            found = [above, self.line]
        return [line for line in dict.fromkeys(found) if not line.blank]


def diagnose(error: Exception, lines: Sequence[str]) -> Slip:
    """Return what is wrong with ``lines``, of which the parser gives ``error``."""
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or error}"
    cut = [cut_line(text, number) for number, text in enumerate(lines)]
    stop = _Stop(said, cut[0], cut[0], cut)
    for name in ("problem_mark", "context_mark"):  # the lines that the parser marks, or the nearest above with words
        mark = getattr(error, name, None)
        line = cut[min(int(mark.line), len(cut) - 1)] if mark is not None else stop.line
        line = (stop.before(line) if line.blank else None) or line
        stop = replace(stop, line=line, opened=line) if name == "problem_mark" else replace(stop, opened=line)
    found = next((slip for rule in (*_IN_WORDS, *_IN_PLACE) for slip in rule(stop)), None)
    remedy = "So dòng này và dòng ngay trên với mẫu trong CONTRIBUTING.md"
    return found or Slip(stop.line.number, "cú pháp YAML sai", remedy)


# ---- A slip in the words of a line ----


def _tab(stop: _Stop) -> Iterator[Slip]:
    for line in dict.fromkeys((stop.line, stop.opened)):
        start = line.text[: line.indent]
        if "\t" in start:
            above = stop.before(line)
            opened = above.column + 2 if above is not None and above.opens else None
            column = opened or _column_for(stop, line, len(start.replace("\t", "  ")))
            remedy = f"Xóa Tab ở đầu dòng, thay bằng {column} dấu cách" if column else "Xóa Tab ở đầu dòng"
            yield Slip(line.number, "thụt dòng bằng phím Tab, YAML không nhận", remedy)


def _strange_mark(stop: _Stop) -> Iterator[Slip]:
    """A colon of another keyboard, a fence, a bullet that is no hyphen."""
    for line in stop.suspects():
        if line.colon.strip() == "：":
            how = f"Gõ lại dấu hai chấm thường rồi một dấu cách: {line.with_value(as_value(line.value))}"
            yield Slip(line.number, "dấu hai chấm “：” là ký tự toàn khổ (của bộ gõ khác), máy không nhận", how)
    for fence in (stop.line, stop.before(stop.line)):
        if fence is not None and (mark := fence.text.strip()) in {"...", "---"}:
            yield Slip(fence.number, f"dòng {mark} không được đứng ở đây", "Xóa dòng này")
    for line in stop.suspects():
        if match := _BULLET.match(line.text):
            message = f"gạch đầu dòng là “{match['mark']}”, phải là dấu gạch ngắn “-”"
            if match["mark"] == "-":
                message = "thiếu dấu cách sau gạch đầu dòng"
            how = shown(f"- {match['rest']}")
            yield Slip(line.number, message, f"Viết: {how}")


def _no_colon(stop: _Stop) -> Iterator[Slip]:
    """A colon without its blank, another mark in its place, or none."""
    for line in stop.suspects():
        if line.colon == ":" and not line.gap and line.value and not line.value.startswith("//"):
            how = f"Viết: {line.with_value(as_value(line.value))}"
            yield Slip(line.number, f"thiếu dấu cách sau “{shown(line.key)}:”", how)
    for line in stop.suspects():
        if line.colon.strip() == "=":
            how = f"Viết: {line.with_value(as_value(line.value))}"
            yield Slip(line.number, "dùng dấu = thay cho dấu hai chấm", how)
        word, _, value = line.value.partition(" ")
        if line.key or not _WORD_KEY.match(word):
            continue
        # it is a key if the next line stands where the next key would, or what belongs to this one
        indent = stop.line.indent
        key = line != stop.line and (indent == line.column or (not value and indent > line.indent))
        if "simple key" in stop.said or (key and "mapping values" in stop.said):
            how = shown(f"{line.lead}{word}: {as_value(value)}" if value else f"{line.lead}{word}:")
            yield Slip(line.number, f"thiếu dấu hai chấm sau tên khóa “{shown(word)}”", f"Viết: {how}")


def _open_quote(stop: _Stop) -> Iterator[Slip]:
    """A quotation mark that is not closed on its line swallows what follows up to the next one."""
    message, quoted = "dấu ngoặc kép mở mà không đóng", "quoted" in stop.said
    first = (stop.opened if quoted else stop.line).number
    for line in stop.lines[max(first - _LINES_BACK + 1, 0) : first + 1][::-1]:
        mark = line.value[:1]
        if mark not in {'"', "'"} or (line == stop.line and not quoted):
            continue
        if mark not in line.value[1:].replace("''" if mark == "'" else '\\"', ""):
            yield Slip(line.number, message, f"Thêm dấu {mark} ở cuối: {line.with_value(in_quotes(line.value[1:]))}")
        if line == stop.opened and quoted:
            break
    if quoted and "end of stream" in stop.said:
        yield Slip(stop.opened.number, message, "Thêm dấu ngoặc kép còn thiếu ở dòng này")


def _other_quote(stop: _Stop) -> Iterator[Slip]:
    """A backslash; in brackets, a quotation mark that is not closed where the value ends; words behind the second
    mark, as in ``title: "Nói" đi đôi với "làm"``, where the value ends."""
    if "escape" in stop.said:
        mended = stop.line.text.replace("\\", "\\\\")
        how = f"Viết hai dấu gạch chéo ngược: {shown(mended)}"
        yield Slip(stop.line.number, "dấu gạch chéo ngược \\ trong ngoặc kép bị hiểu là ký hiệu đặc biệt", how)
    read = stop.lines[stop.opened.number : stop.line.number + 1]
    for number, text in ((o.number, o.text) for o in read) if re.search("flow|quoted", stop.said) else ():
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
        yield Slip(stop.line.number, "sau dấu ngoặc đóng còn chữ, máy không biết giá trị hết ở đâu", how)


def _closed(text: str) -> tuple[str, str]:
    """Return a line with the brackets that it leaves open closed, and these: before another that is closed around
    them, else at its end."""
    closing: list[str] = []
    mended, missing, start = "", "", 0
    for match in _QUOTED_OR_BRACKET.finditer(text):
        char = match[0]
        if char in "[{":
            closing.append("]" if char == "[" else "}")
        elif char in closing:
            mended, start = mended + text[start : match.start()], match.start()
            while (last := closing.pop()) != char:
                mended, missing = mended + last, missing + last
    rest = "".join(reversed(closing))
    return mended + text[start:] + rest, missing + rest


def _open_bracket(stop: _Stop) -> Iterator[Slip]:
    if "flow" not in stop.said:
        return
    text = stop.opened.text
    mended, missing = _closed(text.rstrip().rstrip(","))
    if missing:
        opens = "vuông [" if missing[0] == "]" else "nhọn {"
        how = f"Thêm dấu {missing} còn thiếu ở cuối: {shown(mended)}"
        yield Slip(stop.opened.number, f"ngoặc {opens} mở mà không đóng", how)
    text = stop.line.text
    if inside := _COLON_IN_PART.search(text):
        mended = f"{text[: inside.start('value')]}{in_quotes(inside['value'])}{text[inside.end('value') :]}"
        message = f"có dấu hai chấm trong giá trị của “{inside['key']}”"
        yield Slip(stop.line.number, message, f"Đặt giá trị ấy trong dấu ngoặc kép: {shown(mended)}")
    name = "vuông" if "sequence" in stop.said else "nhọn"
    how = "Thêm dấu phẩy giữa hai phần; phần nào có dấu phẩy, dấu hai chấm thì đặt trong ngoặc kép"
    yield Slip(stop.line.number, f"các phần trong ngoặc {name} không tách được", how)


def _needs_quotes(stop: _Stop) -> Iterator[Slip]:
    """A value that begins with a mark which means something in YAML, or holds a colon."""
    line, mark, bare = stop.line, stop.line.value[:1], stop.line.value.strip()
    has_value = line.key or line.lead.rstrip().endswith("-")
    if has_value and mark and mark in _SPECIALS and not is_whole(line.value) and "mapping values" not in stop.said:
        how = f"Đặt cả giá trị trong dấu ngoặc kép: {line.with_value(in_quotes(line.value))}"
        yield Slip(line.number, f"giá trị bắt đầu bằng dấu {mark}, trong YAML có nghĩa riêng", how)
    if "mapping values" not in stop.said or not line.key or not re.search(r":(?:\s|$)", line.value):
        return
    if re.fullmatch(r"[“”„«»‘’].*[“”„«»‘’]", bare):
        how = f"Thay bằng ngoặc kép thẳng: {line.with_value(in_quotes(bare[1:-1]))}"
        yield Slip(line.number, "giá trị đặt trong ngoặc kép cong (của Word), máy không coi là ngoặc kép", how)
    elif bare[:1] not in set("{[\"'"):
        how = f"Đặt cả giá trị trong dấu ngoặc kép: {line.with_value(in_quotes(bare))}"
        yield Slip(line.number, "có dấu hai chấm trong giá trị", how)


# ---- A slip in the place of a line ----


def _indented_start(stop: _Stop) -> Iterator[Slip]:
    """Everything stands at the margin but the first line."""
    line = next((line for line in stop.lines if not line.blank), stop.line)
    between = stop.lines[line.number + 1 : stop.line.number]
    alone = all(o.blank or o.indent > line.indent or (o.is_item and o.indent == line.indent) for o in between)
    if line.indent and not stop.line.indent and alone and (line.value == "" or line == stop.before(stop.line)):
        yield Slip(line.number, f"dòng này thụt vào {line.indent} dấu cách", "Xóa dấu cách ở đầu dòng")


def _missing_dash(stop: _Stop) -> Iterator[Slip]:
    """Keys stand where an item of the list should begin; the next item has its dash."""
    first, above, column = None, stop.before(stop.line), stop.line.indent
    while above is not None and above.indent >= column + 2:
        first, above = above, stop.before(above)
    if not stop.line.is_item or first is None or (above is not None and not above.opens):
        return
    if above is not None and first.key != stop.line.key and _like_item(stop, stop.line) is not None:
        return
    if first.key and not first.is_item and first.indent == column + 2:
        how = f"Viết: - {first.text.strip()} (có {column} dấu cách trước dấu gạch)"
        yield Slip(first.number, "thiếu gạch đầu dòng ở đầu mục này", how)


def _stray_item(stop: _Stop) -> Iterator[Slip]:
    """An item stands a little off the items above that begin with the same key, or below a key that has its value."""
    line, like, above = stop.line, _like_item(stop, stop.line), stop.before(stop.line)
    if like is not None and like.indent != line.indent and abs(like.indent - line.indent) <= _NEAR:
        yield _moved(line, like.indent)
    if above is not None and line.is_item and not above.is_item:
        siblings = (o for o in stop.lines[: line.number][::-1] if not o.blank and o.indent <= line.indent)
        nearest = next(siblings, None)
        if above.key and above.value and not (nearest and nearest.is_item):
            how = "Thêm dòng tên khóa của danh sách (như “corrections:”, “relations:”, “kinds:”) vào ngay trên dòng này"
            yield Slip(line.number, "danh sách từ dòng này không thuộc khóa nào", how)


def _indent(stop: _Stop) -> Iterator[Slip]:
    """A line with a dash at the wrong column, the line below it at the right one; a line whose beginning stands
    under no other line's beginning."""
    above, line = stop.before(stop.line), stop.line
    if above is not None and line.key and not line.is_item and above.is_item:
        column = line.indent - 2
        following = next((o for o in stop.lines[line.number + 1 :] if o.is_item), None)
        parent = next((o for o in stop.lines[: above.number][::-1] if o.text.rstrip().endswith(":")), None)
        fits = following.indent == column if following else column == (parent.indent + 2 if parent else 0)
        if fits and column >= 0 and above.indent != column:
            yield _moved(above, column)
    column = _column_for(stop, line, line.indent)
    if above is not None and (line.key or line.is_item) and column != line.indent:
        yield _moved(line, column)


def _moved(line: YamlLine, column: int) -> Slip:
    more = column - line.indent
    remedy = f"{f'Thụt thêm {more}' if more > 0 else f'Bớt {-more}'} dấu cách ở đầu dòng, để dòng có {column} dấu cách"
    remedy += " trước chữ đầu"
    if more < 0:
        remedy += "; nếu nó thuộc về một khóa đã mất thì thêm lại dòng của khóa ấy vào trước"
    return Slip(line.number, "dòng này thụt vào không thẳng cột với các dòng cùng mục", remedy)


def _column_for(stop: _Stop, line: YamlLine, width: int) -> int:
    """Return the column at which a line may begin: the one of its like above that is nearest to ``width``."""
    like = _like_item(stop, line)
    if like is not None and abs(like.indent - width) <= _NEAR:
        return like.indent
    columns: list[int] = []
    lowest: int | None = None
    for other in stop.lines[: line.number][::-1]:
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


def _like_item(stop: _Stop, line: YamlLine) -> YamlLine | None:
    """Return the nearest item above that begins with the same key."""
    above = stop.lines[: line.number][::-1] if line.is_item and line.key else ()
    return next((o for o in above if o.is_item and o.key == line.key), None)


_IN_WORDS = (_tab, _strange_mark, _no_colon, _open_quote, _other_quote, _open_bracket, _needs_quotes)
_IN_PLACE = (_indented_start, _missing_dash, _stray_item, _indent)
