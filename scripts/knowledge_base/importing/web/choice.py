"""Choose the lines of a page that are its article: the run of lines that holds most running text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass

from .blocks import Block, Element, is_prose, says_lead

_MOST, _SHORT, _FOREIGN, _STOP, _LEAD = 400, -12, -40, -400, 100
"""What a line weighs: running text as many characters as it has, but ``_MOST``, so that no line decides alone; a short
line, a foreign one, a heading of other news, a lead. Chosen by hand; the pages of tests/cases/import are read the same
with a quarter and with four times each value."""
_MAIN_SHARE = 0.6
"""Of the run's text, what the element of the article must hold: more than half, for quotations and tables may stand
apart. Chosen by hand; the cases hold at 0.3, not at 0.15."""
_BELOW_SHARE = 0.4
"""Of the heaviest run's weight, what a run below the title must have to be preferred. Chosen by hand."""
_HOLDERS = frozenset("div td article section main body form center".split())
_IMPRINT = re.compile(
    r"""\A(?:bản\ quyền|copyright                                                    # rights
    |cơ\ quan\ chủ\ quản|(?:phó\ )?tổng\ biên\ tập|chịu\ trách\ nhiệm                # who answers for it
    |trụ\ sở|t(?:òa|oà)\ soạn|địa\ chỉ|(?:số\ )?điện\ thoại|đường\ dây\ nóng|hotline|email|fax       # where they sit
    |đơn\ vị\ quản\ lý|thiết\ kế\ bởi|phát\ triển\ bởi)(?!\w)                       # who made the site
    |chịu\ trách\ nhiệm(?:\ chính|\ nội\ dung|\ xuất\ bản)?\s?:                       # anywhere in a line
    |tổng\ biên\ tập\s?:|cơ\ quan\ chủ\ quản
    |giấy\ phép\ (?:số|hoạt\ động|xuất\ bản|thiết\ lập)|ghi\ rõ\ nguồn|bản\ quyền\ thuộc|[©®][\s\d]
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_IMPRINT = 500
"""Characters: longer lines are text that names an office. Chosen by hand; the cases hold from 125 to 2,000."""
_ENDS_ALL = re.compile(r"bình luận|ý kiến", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice:
    """The run ``first:last`` of the article's lines, and the innermost element that holds its text."""

    first: int
    last: int
    main: Element


def choose(blocks: list[Block], title: int | None, is_stop: Callable[[str], bool]) -> Choice | None:
    """Return the article's lines among ``blocks``; ``title`` is the place of its title, if that is known."""
    weights = [_weigh(block, is_stop) for block in blocks]
    first, last, weight = _heaviest(weights, 0)
    if title is not None:
        below = _heaviest(weights, title + 1)
        if below[2] >= _BELOW_SHARE * weight:
            first, last, weight = below
    if weight <= 0:
        return None
    main = _main(blocks[first:last])
    return Choice(first, _reach(blocks, last, main, is_stop), main)


def is_inside(block: Block, main: Element) -> bool:
    """Tell whether a line stands inside ``main``."""
    return any(element is main for element in block.ancestors)


def is_imprint(text: str) -> bool:
    """Tell a line of a page's foot: publisher, licence, address."""
    return len(text) <= _LONGEST_IMPRINT and bool(_IMPRINT.search(text))


def _weigh(block: Block, is_stop: Callable[[str], bool]) -> int:
    if block.foreign or is_imprint(block.text):
        return _FOREIGN
    if is_stop(block.text):
        return _STOP
    if is_prose(block):
        return min(len(block.text), _MOST)
    return _LEAD if says_lead(block) else _SHORT


def _heaviest(weights: list[int], start: int) -> tuple[int, int, int]:
    """Return the run of lines with the greatest sum of weights from ``start`` on: its span and sum."""
    best, total, begin = (start, start, 0), 0, start
    for number in range(start, len(weights)):
        if total <= 0:
            total, begin = 0, number
        total += weights[number]
        if total > best[2]:
            best = (begin, number + 1, total)
    return best


def _main(blocks: list[Block]) -> Element:
    """Return the innermost element that holds most of the run's text."""
    lengths: Counter[Element] = Counter()
    depths: dict[Element, int] = {}
    for block in blocks:
        if not block.foreign:
            for depth, element in enumerate(block.ancestors):
                if element.tag in _HOLDERS:
                    lengths[element] += len(block.text)
                    depths[element] = depth
    total = max(lengths.values())
    return max((e for e, n in lengths.items() if n >= _MAIN_SHARE * total), key=lambda e: depths[e])


def _reach(blocks: list[Block], last: int, main: Element, is_stop: Callable[[str], bool]) -> int:
    """Return the end of the article: the lines after its last paragraph inside ``main``, up to a list of other news.

    Where paragraphs go on right beside those before, the list stood in the article; its lines are marked foreign.
    """
    parents = Counter(b.element.getparent() for b in blocks[:last] if is_prose(b) and is_inside(b, main))
    usual = parents.most_common(1)[0][0] if parents else None
    end, stopped = last, None
    for number in range(last, len(blocks)):
        block = blocks[number]
        if not is_inside(block, main) or (stopped is not None and _ENDS_ALL.search(blocks[stopped].text)):
            break
        if block.foreign or is_imprint(block.text):
            continue
        if is_stop(block.text):
            stopped = number if stopped is None else stopped
        elif stopped is None:
            end = number + 1
        elif is_prose(block) and block.element.getparent() is usual:
            for skipped in blocks[stopped:number]:
                skipped.foreign = True
            end, stopped = number + 1, None
    return end


_FEWEST, _SHOWN = 8, 14
"""Words: lines with up to ``_FEWEST`` are names, dates and buttons; ``_SHOWN`` are enough to find a line on a page."""


def left_out(blocks: Iterable[Block], taken: Container[str]) -> tuple[str, ...]:
    """Return the first words of each line that is not among those ``taken`` and long enough to be text."""
    lines = dict.fromkeys(block.text for block in blocks if block.text not in taken)
    words = (line.split() for line in lines)
    return tuple(" ".join(line[:_SHOWN]) + "…" * (len(line) > _SHOWN) for line in words if len(line) > _FEWEST)
