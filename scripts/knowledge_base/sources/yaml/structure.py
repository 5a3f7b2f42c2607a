"""Slips in the place of a line: its indentation, a dash that is missing, a list that belongs to no key."""

from __future__ import annotations

from collections.abc import Callable

from .lines import Mend, SyntaxFault, YamlLine, comment, cut_line

ORPHAN = "danh sách từ dòng này không thuộc khóa nào"
"""What is said of a list without a key; of its other items nothing is said."""

_NAME_IT = "Thêm dòng tên khóa của danh sách (như “corrections:”, “relations:”, “kinds:”) vào ngay trên dòng này"
_DASHLESS = "thiếu gạch đầu dòng ở đầu mục này"


def _first_line_in(fault: SyntaxFault) -> Mend | None:
    """Everything stands at the margin but the first line."""
    first = next((n for n in range(len(fault.lines)) if not fault.line(n).blank), fault.at)
    line = fault.line(first)
    between = (fault.line(n) for n in range(first + 1, fault.at))
    alone = all(o.blank or o.indent > line.indent or (_is_item(o) and o.indent == line.indent) for o in between)
    if (
        line.indent
        and not fault.line(fault.at).indent
        and alone
        and (line.value == "" or first == fault.before(fault.at))
    ):
        return Mend(first, f"dòng này thụt vào {line.indent} dấu cách", "Xóa dấu cách ở đầu dòng", line.text.lstrip())
    return None


def _missing_dash(fault: SyntaxFault) -> Mend | None:
    """Keys stand where the list's first item should begin; the next item has its dash."""
    line = fault.line(fault.at)
    if not _is_item(line):
        return None
    top, number = None, fault.before(fault.at)
    while number is not None and fault.line(number).indent >= line.indent + 2:
        top, number = number, fault.before(number)
    if top is None or (number is not None and not fault.lines[number].rstrip().endswith(":")):
        return None
    first = fault.line(top)
    if not first.key or _is_item(first) or first.indent != line.indent + 2:
        return None
    if number is not None and first.key != line.key and _begins_like(fault, line):
        return None
    text = " " * line.indent + "- " + first.text.lstrip()
    return Mend(top, _DASHLESS, f"Viết: {text.strip()} (có {line.indent} dấu cách trước dấu gạch)", text)


def _begins_like(fault: SyntaxFault, line: YamlLine) -> bool:
    """Tell whether an item above begins with the same key as this one."""
    return any(_is_item(o := fault.line(n)) and o.key == line.key for n in range(fault.at))


def _rootless(fault: SyntaxFault) -> Mend | None:
    """A file of sections begins with the items of the first one, without its name."""
    first = next((n for n in range(len(fault.lines)) if not fault.line(n).blank), fault.at)
    line = fault.line(fault.at)
    if first == fault.at or not _is_item(fault.line(first)) or line.indent or not line.key or line.value:
        return None
    return Mend(first, ORPHAN, _NAME_IT, comment(fault.lines[first]), structural=True)


def _shifted_dash(fault: SyntaxFault) -> Mend | None:
    """An item of a list stands a little off the items above that begin with the same key."""
    line = fault.line(fault.at)
    column = _like_item(fault, fault.at, line.key, line.indent) if _is_item(line) else None
    return None if column is None or column == line.indent else _moved(fault.at, line, column)


def _like_item(fault: SyntaxFault, number: int, key: str, width: int) -> int | None:
    """Return the column of the nearest item above that begins with ``key``, if it is about ``width``."""
    items = (o for n in range(number - 1, -1, -1) if _is_item(o := fault.line(n)) and o.key == key)
    found = next(items, None) if key else None
    return found.indent if found is not None and abs(found.indent - width) <= 2 else None


def _orphan_list(fault: SyntaxFault) -> Mend | None:
    """A list stands below a key that has its value already."""
    above = fault.before(fault.at)
    line = fault.line(fault.at)
    if above is None or not _is_item(line) or _is_item(fault.line(above)) or _siblings(fault, line):
        return None
    if not fault.line(above).key or not fault.line(above).value:
        return None
    return Mend(fault.at, ORPHAN, _NAME_IT, comment(line.text), structural=True)


def _siblings(fault: SyntaxFault, line: YamlLine) -> bool:
    """Tell whether a list's item has another one above it, at its column."""
    for number in range(fault.at - 1, -1, -1):
        other = fault.line(number)
        if not other.blank and other.indent <= line.indent:
            return _is_item(other) and other.indent == line.indent
    return False


def _shifted_item(fault: SyntaxFault) -> Mend | None:
    """The line with the dash stands at the wrong column, the lines below it at the right one."""
    above = fault.before(fault.at)
    line = fault.line(fault.at)
    if above is None or not line.key or _is_item(line) or not _is_item(fault.line(above)):
        return None
    right = line.indent - 2
    following = next((o for n in range(fault.at + 1, len(fault.lines)) if _is_item(o := fault.line(n))), None)
    parent = next((o for n in range(above - 1, -1, -1) if (o := fault.line(n)).text.rstrip().endswith(":")), None)
    fits = following.indent == right if following else parent.indent == right - 2 if parent else right == 0
    item = fault.line(above)
    return _moved(above, item, right) if fits and right >= 0 and item.indent != right else None


def _shifted_key(fault: SyntaxFault) -> Mend | None:
    """The first key below another one stands too far left, the ones below it at the right column."""
    above = fault.before(fault.at)
    line = fault.line(fault.at)
    parent = fault.before(above) if above is not None else None
    if above is None or parent is None or not line.key or _is_item(line):
        return None
    opener, first = fault.line(parent), fault.line(above)
    fits = opener.key and not opener.value and opener.column + 2 == line.indent
    return _moved(above, first, line.indent) if fits and first.key and first.indent < line.indent else None


def _moved(number: int, line: YamlLine, column: int) -> Mend:
    more = column - line.indent
    how = f"Thụt thêm {more}" if more > 0 else f"Bớt {-more}"
    remedy = f"{how} dấu cách ở đầu dòng, để dòng có {column} dấu cách trước chữ đầu"
    if more < 0:
        remedy += "; nếu nó thuộc về một khóa đã mất thì thêm lại dòng của khóa ấy vào trước"
    message = "dòng này thụt vào không thẳng cột với các dòng cùng mục"
    return Mend(number, message, remedy, " " * column + line.text.lstrip(), structural=True)


def _indent(fault: SyntaxFault) -> Mend | None:
    """A line whose beginning stands under no other line's beginning."""
    line = fault.line(fault.at)
    if fault.before(fault.at) is None or not (line.key or _is_item(line)):
        return None
    column = column_for(fault, fault.at, line.text.lstrip(), line.indent)
    return None if column == line.indent else _moved(fault.at, line, column)


def column_for(fault: SyntaxFault, number: int, plain: str, width: int) -> int:
    """Return the column at which a line of the words ``plain`` may begin: the one of its like above nearest to
    ``width``."""
    dashed = plain.startswith(("- ", "– ", "• "))
    alike = _like_item(fault, number, cut_line(plain).key, width) if dashed else None
    if alike is not None:
        return alike
    columns: list[int] = []
    lowest = 1000
    for above in range(number - 1, -1, -1):
        other = fault.line(above)
        if other.blank or other.indent >= lowest:
            continue
        opens = not columns and other.key and not other.value
        lowest = other.indent
        if opens:
            columns.append(other.column + 2)
        if _is_item(other):
            columns += [other.indent] if dashed else [other.column] if other.key else []
            lowest = other.indent
        elif not dashed and other.key:
            columns.append(other.column)
    return min(columns, key=lambda column: (abs(column - width), -column), default=0)


def _is_item(line: YamlLine) -> bool:
    return line.text.lstrip(" ").startswith(("- ", "– ", "• "))


STRUCTURE: tuple[Callable[[SyntaxFault], Mend | None], ...] = (
    _first_line_in,
    _missing_dash,
    _rootless,
    _shifted_dash,
    _orphan_list,
    _shifted_item,
    _shifted_key,
    _indent,
)
