"""Lines of a page that tell its date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...dates import WRITTEN_DAY, PartialDate
from ...text import fold
from .blocks import Block
from .foreign import says_date

_DATE = re.compile(rf"(?<![\d/.-]){WRITTEN_DAY}(?!\d)|(?<!\d)(\d{{4}})-(\d{{2}})-(\d{{2}})(?!\d)")
_DATED = re.compile(r"[(\[]?(?:ngày đăng|đăng ngày|đăng lúc|ngày xuất bản|cập nhật)(?!\w)")
CHANGED = re.compile(r"cập nhật|sửa|chỉnh lý|updated|modified")
LONGEST_DATE_LINE = 120


def is_date_line(block: Block) -> bool:
    """Tell a short line that is mostly a date."""
    return len(block.text) <= LONGEST_DATE_LINE and bool(_DATE.search(fold(block.text))) and mostly_date(block)


def tells_date(block: Block) -> bool:
    """Tell a line that the markup, or its first words, call the date."""
    return says_date(block) or bool(_DATED.match(fold(block.text)))


def stand_together(one: Block, other: Block) -> bool:
    """Tell whether two lines share an element that holds little else: a page's clock shares none with a title."""
    near = (element for element in other.ancestors[-3:] if element.tag not in {"html", "body", "form"})
    return any(element in one.ancestors for element in near)


def mostly_date(block: Block) -> bool:
    """Tell a date line from a sentence that holds a date."""
    rest = _DATE.sub("", block.text)
    return says_date(block) or len(re.findall(r"[^\W\d_]{2,}", rest)) <= 8


def dates(text: str) -> Iterator[PartialDate]:
    """Yield the dates in a line."""
    for match in _DATE.finditer(fold(text)):
        day, month, year = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
        try:
            date = PartialDate(int(year), int(month), int(day))
        except ValueError:
            continue
        if 1990 <= date.year <= 2100:
            yield date
