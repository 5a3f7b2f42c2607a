"""Say what is wrong with YAML that cannot be parsed, and mend the line so that reading can go on.

The parser sees a fault where it can go no further, often lines behind the slip of the pen. So the lines
around its mark are compared with what people mistype: the first rule that fits says on which line the slip
is, how to mend it, and how the line would read then. Whatever follows is told in the same run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from .lines import Mend, SyntaxFault, as_value, comment, in_quotes, is_whole, read_fault, shown
from .structure import STRUCTURE, column_for

_CURLY = re.compile(r"[“”„«»‘’]")
_WORD_KEY = re.compile(r"[A-Za-z_]{2,30}\Z")
_BULLET = re.compile(r"(?P<lead>[ ]*)(?P<mark>[–—•·]|\*(?= )|-(?=[A-Za-z_]{2,30}:))[ \t]*(?P<rest>\S.*)")
_COLON_IN_PART = re.compile(r"[{,]\s{0,9}(\w{1,30}):\s([^,{}\[\]\"':]{1,200}:\s[^,{}\[\]\"]{1,200})")
_SPECIALS = "*&!|>%@`?[{-"
_FENCES = {"...", "---"}


def mend(error: Exception, lines: Sequence[str]) -> Mend:
    """Return what is wrong with ``lines``, of which the parser gives ``error``."""
    fault = read_fault(error, lines)
    for rule in _RULES:
        found = rule(fault)
        if found is not None:
            return found
    remedy = "So dòng này và dòng ngay trên với mẫu trong CONTRIBUTING.md"
    return Mend(fault.at, "cú pháp YAML sai", remedy, comment(lines[fault.at]), structural=True)


def drop(line: int, lines: Sequence[str]) -> str:
    """Return what a line becomes when no mending helped: a comment."""
    return comment(lines[line])


def _tab(fault: SyntaxFault) -> Mend | None:
    for number in dict.fromkeys((fault.at, fault.opened)):
        text = fault.lines[number]
        if "\t" not in text[: len(text) - len(text.lstrip())]:
            continue
        plain = text.lstrip()
        width = len(text[: len(text) - len(plain)].replace("\t", "  "))
        above = fault.before(number)
        opener = fault.line(above) if above is not None else None
        column = column_for(fault, number, plain, width)
        if opener is not None and opener.key and not opener.value:
            column = opener.column + 2
        remedy = f"Xóa Tab ở đầu dòng, thay bằng {column} dấu cách" if column else "Xóa Tab ở đầu dòng"
        return Mend(number, "thụt dòng bằng phím Tab, YAML không nhận", remedy, " " * column + plain)
    return None


def _wide_colon(fault: SyntaxFault) -> Mend | None:
    for number in fault.suspects():
        line = fault.line(number)
        if line.colon.strip() == "：":
            text = line.with_value(as_value(line.value))
            message = "dấu hai chấm “：” là ký tự toàn khổ (của bộ gõ khác), máy không nhận"
            return Mend(number, message, f"Gõ lại dấu hai chấm thường rồi một dấu cách: {shown(text)}", text)
    return None


def _bullet(fault: SyntaxFault) -> Mend | None:
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


def _no_space(fault: SyntaxFault) -> Mend | None:
    for number in fault.suspects():
        line = fault.line(number)
        if line.colon == ":" and not line.gap and line.value and not line.value.startswith("//"):
            text = line.with_value(as_value(line.value))
            return Mend(number, f"thiếu dấu cách sau “{shown(line.key)}:”", f"Viết: {shown(text)}", text)
    return None


def _no_colon(fault: SyntaxFault) -> Mend | None:
    for number in fault.suspects():
        line = fault.line(number)
        if line.colon.strip() == "=":
            text = line.with_value(as_value(line.value))
            return Mend(number, "dùng dấu = thay cho dấu hai chấm", f"Viết: {shown(text)}", text)
        word, _, value = line.value.partition(" ")
        if line.key or not _WORD_KEY.match(word):
            continue
        if "simple key" in fault.said or _begins_entry(fault, number, bool(value)):
            text = f"{line.lead}{word}: {as_value(value)}" if value else f"{line.lead}{word}:"
            message = f"thiếu dấu hai chấm sau tên khóa “{shown(word)}”"
            return Mend(number, message, f"Viết: {shown(text)}", text)
    return None


def _begins_entry(fault: SyntaxFault, number: int, valued: bool) -> bool:
    """Tell whether the next line stands where the next key would, or what belongs to this one, were it a key."""
    line, indent = fault.line(number), fault.line(fault.at).indent
    if fault.at == number or "mapping values" not in fault.said:
        return False
    return indent == len(line.lead) or (not valued and indent > line.indent)


def _open_quote(fault: SyntaxFault) -> Mend | None:
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
        text = comment(fault.lines[fault.opened])
        return Mend(fault.opened, "dấu ngoặc kép mở mà không đóng", "Thêm dấu ngoặc kép còn thiếu ở dòng này", text)
    return None


def _escape(fault: SyntaxFault) -> Mend | None:
    if "escape" not in fault.said:
        return None
    line = fault.line(fault.at)
    text = line.text.replace("\\", "\\\\")
    remedy = f"Viết hai dấu gạch chéo ngược: {shown(text)}"
    return Mend(fault.at, "dấu gạch chéo ngược \\ trong ngoặc kép bị hiểu là ký hiệu đặc biệt", remedy, text)


def _after_quote(fault: SyntaxFault) -> Mend | None:
    """``title: "Nói" đi đôi với "làm"``: the value ends with the second quotation mark, and words follow."""
    line = fault.line(fault.at)
    mark = line.value[:1]
    if mark not in {'"', "'"} or not line.key or line.value.count(mark) < 2 or is_whole(line.value):
        return None
    text = line.with_value(in_quotes(line.value))
    message = "sau dấu ngoặc đóng còn chữ, máy không biết giá trị hết ở đâu"
    return Mend(fault.at, message, f"Đặt cả giá trị trong dấu nháy: {shown(text)}", text)


def _odd_quote(fault: SyntaxFault) -> Mend | None:
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


def _open_bracket(fault: SyntaxFault) -> Mend | None:
    if "flow" not in fault.said:
        return None
    number = fault.opened
    line = fault.line(number)
    missing = _unclosed(line.text)
    if missing:
        text = line.text.rstrip().rstrip(",") + missing
        opens, name = ("[", "vuông") if missing[0] == "]" else ("{", "nhọn")
        message = f"ngoặc {name} {opens} mở mà không đóng"
        return Mend(number, message, f"Thêm dấu {missing} còn thiếu ở cuối: {shown(text)}", text)
    name = "vuông" if "sequence" in fault.said else "nhọn"
    inside = _COLON_IN_PART.search(fault.lines[fault.at])
    if inside:
        mended = (
            f"{fault.lines[fault.at][: inside.start(2)]}{in_quotes(inside[2])}{fault.lines[fault.at][inside.end(2) :]}"
        )
        message = f"có dấu hai chấm trong giá trị của “{inside[1]}”"
        return Mend(fault.at, message, f"Đặt giá trị ấy trong dấu ngoặc kép: {shown(mended)}", mended)
    remedy = "Thêm dấu phẩy giữa hai phần; phần nào có dấu phẩy, dấu hai chấm thì đặt trong ngoặc kép"
    return Mend(fault.at, f"các phần trong ngoặc {name} không tách được", remedy, comment(fault.lines[fault.at]))


def _unclosed(text: str) -> str:
    """Return the brackets that would close those left open on a line, marks inside quotation marks apart."""
    closing: list[str] = []
    for char in re.sub(r"\"[^\"]*\"|'[^']*'", "", text):
        if char in "[{":
            closing.append("]" if char == "[" else "}")
        elif closing and char == closing[-1]:
            closing.pop()
    return "".join(reversed(closing))


def _special_start(fault: SyntaxFault) -> Mend | None:
    """A value may not begin with a mark that means something in YAML."""
    line = fault.line(fault.at)
    mark = line.value[:1]
    item = not line.key and line.lead.rstrip().endswith("-")
    if not (line.key or item) or not mark or mark not in _SPECIALS or is_whole(line.value):
        return None
    if "mapping values" in fault.said:
        return None
    text = line.with_value(in_quotes(line.value))
    message = f"giá trị bắt đầu bằng dấu {mark}, trong YAML có nghĩa riêng"
    return Mend(fault.at, message, f"Đặt cả giá trị trong dấu ngoặc kép: {shown(text)}", text)


def _colon_inside(fault: SyntaxFault) -> Mend | None:
    line = fault.line(fault.at)
    inside = re.search(r":(?:\s|$)", line.value) and line.value[:1] not in set("{[\"'")
    if "mapping values" not in fault.said or not line.key or not inside:
        return None
    bare = line.value.strip()
    curly = bool(_CURLY.match(bare)) and bool(_CURLY.match(bare[-1:]))
    text = line.with_value(in_quotes(bare[1:-1] if curly else bare))
    if curly:
        message = "giá trị đặt trong ngoặc kép cong (của Word), máy không coi là ngoặc kép"
        return Mend(fault.at, message, f"Thay bằng ngoặc kép thẳng: {shown(text)}", text)
    message = "có dấu hai chấm trong giá trị"
    return Mend(fault.at, message, f"Đặt cả giá trị trong dấu ngoặc kép: {shown(text)}", text)


def _fence(fault: SyntaxFault) -> Mend | None:
    for number in (fault.at, fault.before(fault.at)):
        if number is not None and fault.lines[number].strip() in _FENCES:
            mark = fault.lines[number].strip()
            return Mend(number, f"dòng {mark} không được đứng ở đây", "Xóa dòng này", "")
    return None


_Rule = Callable[[SyntaxFault], "Mend | None"]
_RULES: tuple[_Rule, ...] = (
    _tab,
    _wide_colon,
    _fence,
    _bullet,
    _no_space,
    _no_colon,
    _open_quote,
    _escape,
    _odd_quote,
    _after_quote,
    _open_bracket,
    _special_start,
    _colon_inside,
    *STRUCTURE,
)
