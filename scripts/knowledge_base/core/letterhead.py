"""Lines of an official text's head that a file has written on one: where each of them begins and ends.

Files print a letterhead in two columns, or all on one line; what stands there, and in which order, is laid down in
Phụ lục I of Nghị định 30/2020/NĐ-CP for the State and in Hướng dẫn 36-HD/VPTW for the Party.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .text import fold, verbose, view

_BLANK = r"[\s._…]"
BLANK_NUMBER = re.compile(rf"số\s?:?{_BLANK}{{0,40}}[-/]\s?(?:\d{{4}}\s?/\s?)?[a-zđ]{{1,8}}\d{{0,2}}[-/]\s?[a-zđ]")
"""The number of a draft: "Số:      /KH-UBND", "Số … -NQ/TU"."""
PLACE_DATE = verbose(rf"""
        (?P<place>(?:[^\W\d_]{{1,20}}(?:\s{{1,2}}|\s?-\s?)){{0,7}}[^\W\d_]{{2,20}})\s?,\s{{0,9}}   # Trà Vinh,
        (?:ngày|NGÀY|Ngày){_BLANK}{{0,40}}
        (?: (?P<day>\d{{1,2}})?{_BLANK}{{0,40}}(?:tháng|THÁNG){_BLANK}{{0,40}}             # ngày … tháng 6
            (?P<month>\d{{1,2}})?{_BLANK}{{0,40}}(?:năm|NĂM){_BLANK}{{0,9}}(?P<year>\d{{4}})   # năm 2025
          | (?P<d>\d{{1,2}})[/.-](?P<m>\d{{1,2}})[/.-](?P<y>\d{{4}}) )(?!\d)""")
_COLUMNS = (re.compile(r"\s\s\s+"), re.compile(r"[|_–*…-](?:(?<=\|)|(?<=[-_–*])[-_–*]{2,}|(?<=…)…+)"))
"""What parts two columns, or a letterhead's lines, that are written on one; two patterns are twice as fast as one."""
_STATE = r"CỘNG\ H(?:ÒA|OÀ)\ XÃ\ HỘI\ CHỦ\ NGHĨA|ĐẢNG\ CỘNG\ SẢN\ VIỆT\ NAM|Độc\ lập\s?-\s?Tự\ do"
_OPENERS = re.compile(rf"(?<=\s)(?:{_STATE}|Số\s?:|Số(?=\s\d{{1,6}}\s?[-/])|V/v\s|Kính\ gửi)", re.VERBOSE)
"""With what a line of a letterhead begins; none of them stands inside one."""
_NUMBER_LINE = re.compile(r"\W{0,3}(?:Số|SỐ)\s?:")
_DAY = re.compile(r",\s{0,9}(?:ngày|NGÀY|Ngày)")
_LONGEST_PLACE = 60
"""Characters before a date in which its place stands: no name of a ward or province is longer."""
_LONGEST = 1000
"""Characters: no letterhead is longer, even on one line with what it is about."""
_LINES = 15


def cut_line(line: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of a letterhead's lines that stand on one ``line`` (as ``view`` gives it); of any other, those of
    its columns."""
    cuts = [match.span() for columns in _COLUMNS for match in columns.finditer(line)]
    date = find_place_date(line)
    if date or _is_in_head(line):
        cuts += [(match.start(), match.start()) for match in _OPENERS.finditer(line)]
    numbered = cuts and _NUMBERED.search(line)  # the blanks of a draft's number part nothing
    whole = [match.span() for match in BLANK_NUMBER.finditer(fold(line))] if numbered else []
    if date:
        whole.append((date[0], date[1].end()))
        cuts += [(edge, edge) for edge in whole[-1]]
    cuts = [cut for cut in cuts if not any(start < cut[0] < end for start, end in whole)]
    last = 0
    for start, end in sorted([*cuts, (len(line), len(line))]):
        piece = line[last:start].strip()
        if piece.strip("*-_. "):
            begin = line.index(piece, last)
            yield begin, begin + len(piece)
        last = max(last, end)


def find_place_date(line: str) -> tuple[int, re.Match[str]] | None:
    """Return where the place begins in "Trà Vinh, ngày 12 tháng 3 năm 2025", and the match of both; None if there is
    none. It begins a line or a column, or stands in a letterhead: "của Tỉnh ủy Nghệ An, ngày 7/9/2023" is none."""
    day = _DAY.search(line) if len(line) <= _LONGEST else None
    match = PLACE_DATE.search(line, max(0, day.start() - _LONGEST_PLACE)) if day else None
    if match is None:
        return None
    begin = _place_start(line, match.start(), match.end("place"))
    before = line[:begin]
    apart = not before.strip(" *") or before.endswith(("|", "   ", "---", "\t")) or before.rstrip(" ").endswith("|")
    named = begin < match.start() + len(match["place"]) and not before.endswith(("/", "-"))
    return (begin, match) if named and (apart or _is_in_head(line)) else None


def _is_in_head(line: str) -> bool:
    return bool(_NUMBER_LINE.match(line) or _STATE_NAME.search(line))


def tells_state(line: str) -> bool:
    """Tell a line that bears the State's or the Party's name as letterheads do, or its motto."""
    return bool(_STATE_NAME.search(view(line)))


def split_head(text: str) -> str:
    """Return a raw ``text`` with each line of its letterhead on a line of its own, where the State's or the Party's
    name and a number or a date tell that a line is one."""
    lines = text.split("\n")
    for number in [number for number, line in enumerate(lines) if line.strip()][:_LINES]:
        line = view(lines[number])
        if len(line) <= _LONGEST and _STATE_NAME.search(line) and (_NUMBERED.search(line) or find_place_date(line)):
            lines[number] = "\n".join(lines[number][start:end] for start, end in cut_line(line))
    return "\n".join(lines)


_STATE_NAME = re.compile(_STATE, re.VERBOSE)
_LEVEL = re.compile(r"(?:.*\|)?[\s*]*(?P<level>(?:Thành phố|Tỉnh|THÀNH PHỐ|TỈNH)\s)\Z")
_NUMBERED = re.compile(r"(?<!\w)S[ốỐ]\s?:?[\s\d._…]{0,40}[-/]")


def _place_start(line: str, start: int, end: int) -> int:
    """Return where the name of a place begins that ends at ``end``: its last words that are written as names."""
    begin = end
    for match in reversed(list(re.finditer(r"[^\W\d_]+", line[start:end]))):
        at = start + match.start()
        symbol = line[at - 1 : at] in ("/", "-") and line[max(0, at - 2) : at - 1].isupper()  # QĐ-UBND
        if symbol or not match[0][0].isupper() or len(match[0]) < 2:  # "quý I Nghệ An"
            break
        begin = at
    level = _LEVEL.match(line[:begin])  # "Thành phố Hồ Chí Minh, ngày …", "Tỉnh Nghệ An, ngày …"
    return level.start("level") if level else begin
