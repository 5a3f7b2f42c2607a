"""Lists of demands: a lead sentence ("Thường trực Tỉnh ủy giao:") and the paragraphs that are its items."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ...core.models import Demand, Paragraph, ParagraphKind
from ..lexicon import NUMBERS
from .assignees import (
    Assignment,
    bodies_of,
    find_assignees,
    find_assignment,
    find_labelled,
    is_imperative,
    make_demand,
    skip_marks,
    starts_group,
)
from .sentences import Ask, Page, Span
from .words import AFTER_CUE, ASK, BEFORE_ASSIGNER, GIVE, MARKER, TOWARDS

_MOST_ITEMS = 60
_MOST_BETWEEN = 6
_LONGEST_LEAD = 420
_NEEDED = re.compile(r"(?<!\w)mà\s+")


def find_lead(page: Page, index: int, asking: Ask | None) -> Ask | None:
    """Return the ask of a paragraph that introduces a list: it ends in a colon, or a first ordinal follows."""
    block, following = page.blocks[index], page.after(index)
    if following is None or block.kind is ParagraphKind.HEADING:
        return None
    colon = block.text.rstrip().endswith(":") and block.kind is not ParagraphKind.ITEM
    mark = MARKER.match(page.folded(following.start, following.start + 20))
    if not colon and not (mark and mark["first"]):
        return None
    start, end = page.sentences(block.start, block.end)[-1]
    asks = [ask for ask in page.asks(start, end, asking, page.grammar.lead_cue) if colon or ask.said]
    if asks:
        kind = GIVE if any(ask.kind == GIVE for ask in asks) else ASK
        return replace(asks[0], end=end, kind=kind, towards=_towards(page, asks, start, end))
    return _labelled(page, start, end, asking) if colon else None


def _labelled(page: Page, start: int, end: int, asking: Ask | None) -> Ask | None:
    """Return the ask of "Đối với cấp ủy:", which only names those asked."""
    match = TOWARDS.match(page.folded(start, min(end, start + _LONGEST_LEAD)))
    if match is None:
        return None
    who = (start + match.start("who"), start + match.end("who"))
    return Ask(start, end, start, end, ASK, asking.assigner if asking else None, who)


def _towards(page: Page, asks: list[Ask], start: int, end: int) -> Span | None:
    """Return the words of a lead that name those asked: "đối với …", or what stands behind the cue."""
    first, rest = asks[0], asks[-1].rest
    last = min(end, rest + _LONGEST_LEAD)
    begin = max(start, first.start - _LONGEST_LEAD)
    if before := BEFORE_ASSIGNER.match(page.folded(begin, first.start)):
        return begin + before.start("who"), begin + before.end("who")
    if after := AFTER_CUE.match(page.folded(rest, last)):
        return rest + after.start("who"), rest + after.end("who")
    needed = _NEEDED.search(page.scan.folded, rest, last)
    if assignees := find_assignees(page, needed.end() if needed else rest, last):
        return assignees
    rest = skip_marks(page, rest, last)
    return (rest, end) if last == end and starts_group(page, rest, end) else None


def find_items(page: Page, index: int, lead: Ask) -> list[int]:
    """Return the indexes of the paragraphs that a lead introduces."""
    following = range(index + 1, min(len(page.blocks), index + 1 + _MOST_ITEMS))
    first = page.blocks[index + 1]
    if first.kind is ParagraphKind.ITEM:
        return _while(following, lambda i: page.blocks[i].kind is ParagraphKind.ITEM)
    if MARKER.match(page.folded(first.start, first.start + 20)):
        return _series(page, following)
    if lead.said and (count := page.grammar.count.search(page.folded(lead.cue, lead.end))):
        most = int(count["n"]) if count["n"].isdigit() else NUMBERS.index(count["n"]) + 1
        return _while(following[:most], lambda i: _is_plain(page, page.blocks[i]))
    wanted = _names_assignee if lead.kind == GIVE else _is_asking
    return _while(following, lambda i: _is_plain(page, page.blocks[i]) and wanted(page, page.blocks[i]))


def _while(indexes: Sequence[int], wanted: Callable[[int], bool]) -> list[int]:
    """Return the indexes up to the first that is not ``wanted``."""
    stop = next((place for place, index in enumerate(indexes) if not wanted(index)), len(indexes))
    return list(indexes[:stop])


def _series(page: Page, following: Sequence[int]) -> list[int]:
    """Return the paragraphs marked like the first; a few others may stand between them."""
    taken: list[int] = []
    kind = ""
    for index in following:
        block = page.blocks[index]
        if block.kind is ParagraphKind.HEADING or (taken and index - taken[-1] > _MOST_BETWEEN):
            break
        match = MARKER.match(page.folded(block.start, block.start + 20))
        if match and _mark_kind(match[0]) in (kind or _mark_kind(match[0]), "word"):
            kind = kind or _mark_kind(match[0])
            taken.append(index)
    return taken


def _mark_kind(mark: str) -> str:
    """Return the kind of an item's mark: a digit, a letter, or a word."""
    return "digit" if mark[0].isdigit() else "letter" if mark[1:2] in {".", ")"} else "word"


def _is_plain(page: Page, block: Paragraph) -> bool:
    """Tell whether a paragraph can be an item of a list without marks: no heading, no lead of its own."""
    plain = block.kind is ParagraphKind.PARAGRAPH and not block.text.rstrip().endswith(":")
    return plain and not page.is_title(block)


def _names_assignee(page: Page, block: Paragraph) -> bool:
    assignment = find_assignment(page, skip_marks(page, block.start, block.end), block.end)
    past = assignment and page.grammar.past.search(page.folded(block.start, assignment.task))
    return (assignment is not None and not past) or _is_asking(page, block)


def _is_asking(page: Page, block: Paragraph) -> bool:
    return is_imperative(page, block.start, block.end)


def make_item(page: Page, lead: Ask, block: Paragraph) -> Demand:
    """Return the demand of one item: its own assignees, else those the lead names."""
    mark = MARKER.match(page.folded(block.start, block.start + 20))
    start, kind = block.start + (mark.end() if mark else 0), lead.kind
    given = page.grammar.cue.match(page.scan.folded, skip_marks(page, start, block.end), block.end)
    if given and given["give"]:
        start, kind = given.end(), GIVE
    assignment = find_labelled(page, start, block.end)
    if assignment is None and (assignment := find_assignment(page, start, block.end)):
        kind = GIVE if assignment.leads or assignment.lead else kind
    if assignment is None:
        who = lead.towards or (start, start)
        assignment = Assignment(who, bodies_of(page, who), (), skip_marks(page, start, block.end))
    return make_demand(page, (block.start, block.end), kind, lead.assigner, assignment)
