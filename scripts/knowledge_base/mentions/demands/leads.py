"""Sentences that introduce a list of tasks: "… yêu cầu:", "Đối với cấp ủy:", "các sở thực hiện tốt các việc sau:"."""

from __future__ import annotations

import re

from ...core.models import ParagraphKind
from .doers import (
    LONGEST_ADDRESS,
    MARKS,
    find_assignees,
    find_assignment,
    is_noun_phrase,
    names_end,
    read_label,
    starts_group,
)
from .grammar import AFTER_CUE, ASK, BEFORE_ASSIGNER, DIRECTED, FORBIDDEN, GIVE, NOTED
from .sentences import Ask, Page, Span

_BREAKS_OFF = re.compile(r"(?::|(?<!\w)(?:yêu cầu|chỉ đạo|đề nghị)\.)\s*\Z")
"""The end of a paragraph that goes on in the next, also with a full stop for the colon: "UBND tỉnh yêu cầu."."""
_LONGEST_BREAK = 12
"""Letters of the longest such end, and a few blanks behind it."""
_NEEDED = re.compile(r"(?<!\w)mà\s+")
BEFORE_CUE = re.compile(r"(?:căn cứ|trên cơ sở|để|nhằm|theo|qua)\s[^;:]{8,400}?,\s+(?=(?:yêu cầu|đề nghị|giao)\s)")
"""An adverbial before the word that asks: "Căn cứ …, đề nghị …"."""
_TASKS_BELOW = re.compile(
    r"(?<!\w)(?:(?P<set>nhiệm vụ|giải pháp|biện pháp)|nội dung|công việc|việc)(?!\w)[^.;:]{0,40}"
    r"(?<!\w)(?:sau|sau đây|dưới đây)\s*:\s*\Z"
)
"""The end of a sentence that introduces what somebody is to do."""
_PURPOSE = re.compile(
    r"(?:để|nhằm|trên cơ sở|căn cứ)\s[^;:.]{8,300}?(?:,\s+(?:thì\s+)?|\sthì\s+)(?=các\s|toàn\s|mỗi\s)"
)
"""What it is for, before who is to do it."""
_INTRODUCES = re.compile(r"(?:theo đó|cụ thể|trong đó)(?!\w)")
_DESCRIBES = re.compile(r"(?<!\w)(?:là (?:đơn vị|cơ quan|tổ chức)|có (?:các )?(?:chức năng|nhiệm vụ|quyền hạn))(?!\w)")
"""What tells that a body is described, not told to do anything: "Đội A là đơn vị của B, có chức năng sau:"."""


def opening_cue(page: Page, start: int, end: int) -> re.Match[str] | None:
    """Return the word that asks at the head of an item: "Giao …", "Yêu cầu …"; not "Chỉ đạo …", "Nghiêm cấm …", "Lưu ý
    văn hóa giao tiếp", which belong to the task."""
    cue = page.grammar.cue.pattern.match(page.scan.folded, page.skip(MARKS, start, end), end)
    if cue is None or cue[0] in (DIRECTED, FORBIDDEN):
        return None
    return None if cue[0] == NOTED and not find_assignees(page, cue.end(), end) else cue


def find_lead(page: Page, index: int, asking: Ask | None) -> Ask | None:
    """Return the ask of a paragraph that introduces a list: it ends in a colon, or a first ordinal follows."""
    block = page.blocks[index]
    if index + 1 == len(page.blocks) or block.kind is ParagraphKind.HEADING:
        return None
    breaks_off = _BREAKS_OFF.search(block.text, max(0, len(block.text) - _LONGEST_BREAK))
    colon = breaks_off is not None and block.kind is not ParagraphKind.ITEM
    mark = page.mark(page.blocks[index + 1])
    if not colon and (not (mark and mark["first"]) or page.is_title(block)):
        return None
    start, end = page.sentences(block.start, block.end)[-1]
    asks = [ask for ask in page.asks(start, end, asking, page.grammar.lead_cue) if colon or ask.said]
    if any(ask.void for ask in asks):
        return None
    if asks:
        kind = GIVE if any(ask.kind == GIVE for ask in asks) else ASK
        return asks[0]._replace(end=end, kind=kind, towards=_towards(page, asks, start, end))
    return _named_lead(page, (start, end), asking) if colon and not page.is_interview(block) else None


def _named_lead(page: Page, sentence: Span, asking: Ask | None) -> Ask | None:
    """Return the ask of a sentence that introduces a list and only names those asked: "Đối với cấp ủy:",
    "Theo đó, Chủ tịch UBND các huyện tập trung chỉ đạo các nội dung sau:"."""
    start, end = sentence
    known = asking if asking and not asking.void else None
    if label := read_label(page, start, end):
        return Ask(start, end, start, end, ASK, known.assigner, label) if known else None
    if (led := BEFORE_CUE.match(page.folded(start, end))) and (cue := opening_cue(page, start + led.end(), end)):
        who = find_assignees(page, cue.end(), end)
        kind = GIVE if cue[0] in page.grammar.giving else ASK
        return Ask(start, end, cue.start(), cue.end(), kind, known.assigner if known else None, who) if who else None
    begin = page.skip(page.grammar.connected, start, end)
    words = page.folded(begin, end)
    introduces = _INTRODUCES.match(page.folded(start, start + 20))
    below = _TASKS_BELOW.search(words)
    purpose = _PURPOSE.match(page.scan.folded, begin, end) if below else None
    if not introduces and not below:
        return None
    if purpose:  # "Để đạt mục tiêu trên, các sở tập trung thực hiện các việc sau:"
        begin = purpose.end()
    told = find_assignment(page, begin, end)
    if told is None or page.grammar.is_past(words) or _DESCRIBES.search(words):
        return None
    unasked = known is None and _is_private(page, told.assignees)
    if unasked or (
        not (introduces or (purpose and below and below["set"]))
        and not page.grammar.urged.match(page.scan.folded, told.task, end)
    ):
        return None
    known = known or Ask(start, end, start, end, GIVE, None, own=True)
    return known._replace(start=start, end=end, towards=told.assignees)


def _is_private(page: Page, who: Span) -> bool:
    """Tell whether companies or people are named first, who are told nothing unless somebody asks: what they do is
    their own."""
    comma = page.scan.folded.find(",", *who)
    first = who[0], comma if comma > 0 else who[1]
    return page.tier_of(who) is None and page.grammar.is_powerless(page.scan.folded, *first)


def _towards(page: Page, asks: list[Ask], start: int, end: int) -> Span | None:
    """Return the words of a lead that name those asked: "đối với …", or what stands behind the cue."""
    first, rest = asks[0], asks[-1].rest
    last = min(end, rest + LONGEST_ADDRESS)
    begin = max(start, first.start - LONGEST_ADDRESS)
    for found, at in (
        (BEFORE_ASSIGNER.match(page.folded(begin, first.start)), begin),
        (AFTER_CUE.match(page.folded(rest, last)), rest),
    ):
        if found:
            who = at + found.start("who"), at + found.end("who")
            return who if starts_group(page, *who) and is_noun_phrase(page, *who) else None
    needed = _NEEDED.search(page.scan.folded, rest, last)
    if assignees := find_assignees(page, needed.end() if needed else rest, last):
        return assignees[0], names_end(page, *assignees)
    return read_label(page, rest, end) if last == end else None
