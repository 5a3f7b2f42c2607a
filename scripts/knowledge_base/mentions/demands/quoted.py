"""What somebody demands in words that are quoted before his name: “Các xã phải …”, Chủ tịch UBND tỉnh yêu cầu."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...core.models import Demand, Paragraph
from .doers import MARKS, Assignment, find_assignment, nobody
from .grammar import ASK
from .sentences import Ask, Page, Span
from .telling import is_imperative, make_demand
from .urging import find_must, find_urged

_QUOTED = re.compile(
    r"[“\"](?P<said>[^“”\"]{12,1200})[”\"]\s*,?\s*(?:[-–]\s*)?"
    r"(?P<who>[^“”\";:]{4,200}?)\s(?P<cue>nhấn mạnh|yêu cầu|chỉ đạo|lưu ý|đề nghị|quán triệt)"
    r"(?:\s(?:tại|trong|khi|như vậy)(?!\w)[^“”\";:.]{0,120})?\s*(?:[.…!]|\Z)"
)
"""What is said, who says it, and the word that ends his sentence; with more behind it he would tell something else."""
_ONLY_STRESSES = "nhấn mạnh"
"""Behind this what is said may as well be an opinion: it must say itself that somebody must act."""


def find_quoted(page: Page, block: Paragraph) -> list[tuple[Ask, Demand]]:
    """Return what is demanded in the quotations of a paragraph behind which one who may ask is named."""
    if page.scan.view.find("”", block.start, block.end) < 0 and page.scan.view.find('"', block.start, block.end) < 0:
        return []
    quoted = _QUOTED.finditer(page.scan.view, block.start, block.end)
    return [
        (ask, demand) for found in quoted if (ask := _speaker(page, found)) for demand in _demands(page, found, ask)
    ]


def _speaker(page: Page, found: re.Match[str]) -> Ask | None:
    """Return the ask of him who is named behind a quotation, if it is certain that he may ask."""
    asks = page.asks(found.start("who"), found.end("cue"), None, page.grammar.lead_cue)
    said = next((ask for ask in asks if ask.assigner and ask.said and not ask.void and ask.tier), None)
    return said._replace(open=False, towards=None) if said else None


def _demands(page: Page, found: re.Match[str], ask: Ask) -> Iterator[Demand]:
    """Yield what the sentences of a quotation ask of those who stand below the speaker, or of nobody named."""
    for span in page.sentences(*found.span("said")):
        told = _told(page, span, found["cue"])
        named = told is not None and told.assignees[1] > told.assignees[0]
        tier = page.tier_of(told.assignees) if told and named else None
        if told and (tier is None or ask.tier is None or tier < ask.tier):
            yield make_demand(page, span, ASK, ask.assigner, told)


def _told(page: Page, span: Span, cue: str) -> Assignment | None:
    start, end = page.skip(MARKS, *span), span[1]
    if urged := find_urged(page, start, end):
        return urged
    begin = page.skip(page.grammar.connected, start, end)
    if cue != _ONLY_STRESSES and not page.grammar.is_past(page.folded(start, end)):
        told = find_assignment(page, begin, end)
        if told and page.grammar.verb.match(page.scan.folded, told.task, end):
            return told
    urges = cue != _ONLY_STRESSES or page.grammar.urged.match(page.scan.folded, begin, end)
    if urges and is_imperative(page, start, end):
        return nobody(begin)
    return find_must(page, start, end)
