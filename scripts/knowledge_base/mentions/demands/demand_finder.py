"""Find what somebody asks of somebody: "Ban Thường vụ yêu cầu …", "giao: Ban Tổ chức chủ trì, phối hợp …".

Three forms are known: a lead sentence with a list behind it (one demand for each item), a sentence in
which a assigner asks, and a body told to take the lead. Paragraphs that go on in the imperative behind a
sentence that asks belong to the same assigner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...core.models import BodyMention, Citation, Demand, Paragraph, ParagraphKind, Scan
from ...sources.vocabulary import Vocabulary
from .assignees import (
    Assignment,
    bodies_of,
    extend_demand,
    find_assignment,
    find_labelled,
    find_urged,
    is_imperative,
    make_demand,
    skip_connectives,
    skip_marks,
)
from .demand_lists import find_items, find_lead, make_item
from .sentences import Ask, Page
from .words import ASK, GIVE, DemandWords

_Asked = list[tuple[Ask, Demand]]


class DemandFinder:
    """Finds demands and assignments; document types of the vocabulary may speak ("Chỉ thị yêu cầu …")."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._grammar = DemandWords(vocabulary)

    def find(self, scan: Scan, bodies: Sequence[BodyMention], citations: Sequence[Citation]) -> list[Demand]:
        """Return the demands of an article in order of the text.

        ``assigner`` is the span of a body, or of a person's office ("Bí thư Tỉnh ủy"); None when a document
        or nobody named asks. ``addressees`` are the words that name those asked, ``lead`` the bodies
        among them, ``partners`` the bodies they work with or direct."""
        page = Page(scan, bodies, citations, self._grammar)
        demands: list[Demand] = []
        index = 0
        asking: Ask | None = None
        while index < len(page.blocks):
            block = page.blocks[index]
            asked = [] if block.kind is ParagraphKind.HEADING else _sentences(page, block, asking)
            lead = find_lead(page, index, asking)
            items = find_items(page, index, lead) if lead else []
            if lead and items:
                demands += [demand for _, demand in asked if demand.end <= lead.start]
                demands += [make_item(page, lead, page.blocks[item]) for item in items]
                index, asking = items[-1] + 1, replace(lead, open=False)
                continue
            found, asking = _paragraph(page, block, asked, asking)
            demands += found
            index += 1
        return demands


def _paragraph(page: Page, block: Paragraph, asked: _Asked, asking: Ask | None) -> tuple[list[Demand], Ask | None]:
    """Return the demands of a paragraph without a list, and who asks from there on."""
    if asked:
        return [demand for _, demand in asked], asked[-1][0]
    if block.kind is ParagraphKind.HEADING or page.is_title(block):
        return [], asking
    more = _continued(page, block, asking) if asking and asking.open else None
    return ([more], asking) if more else ([], None)


def _sentences(page: Page, block: Paragraph, asking: Ask | None) -> _Asked:
    """Return what the sentences of a paragraph ask; imperative ones are added to the demand before them."""
    found: _Asked = []
    ends: list[int] = []
    for start, end in page.sentences(block.start, block.end):
        made = _sentence(page, start, end, found[-1][0] if found else asking, again=bool(found))
        found += made
        ends += [demand.end for _, demand in made]
        if not made and found and is_imperative(page, start, end):
            ends[-1] = end
    return [(ask, extend_demand(page, demand, end)) for (ask, demand), end in zip(found, ends, strict=True)]


def _sentence(page: Page, start: int, end: int, before: Ask | None, *, again: bool) -> _Asked:
    """Return what one sentence asks; ``again``: a sentence of the same paragraph asked already."""
    made = [pair for ask in page.asks(start, end, before) if (pair := _asked(page, ask)) is not None]
    if made:
        return made
    if alone := _alone(page, start, end):
        return [alone]
    assignment = find_urged(page, start, end) if again and before else None
    if assignment is None or before is None:
        return []
    return [(before, make_demand(page, (start, end), ASK, before.assigner, assignment))]


def _asked(page: Page, ask: Ask) -> tuple[Ask, Demand] | None:
    """Return an ask with its demand; None if nothing is asked in it."""
    rest = skip_connectives(page, skip_marks(page, ask.rest, ask.end), ask.end)
    assignment = find_assignment(page, rest, ask.end)
    if assignment is None and ask.kind == GIVE:
        return _given(page, ask, rest)
    if assignment is None:
        if ask.direct or not page.grammar.verb.match(page.scan.folded, rest, ask.end):
            return None
        assignment = Assignment((rest, rest), (), (), rest)
    demand = make_demand(page, (ask.start, ask.end), ask.kind, ask.assigner, assignment)
    return replace(ask, towards=assignment.assignees if demand.addressees else None), demand


def _given(page: Page, ask: Ask, rest: int) -> tuple[Ask, Demand] | None:
    """Return an assignment without a verb: "giao nhiệm vụ cụ thể cho A, B"; None if it names no body."""
    lead = bodies_of(page, (rest, ask.end))
    if not lead:
        return None
    demand = make_demand(page, (ask.start, ask.end), GIVE, ask.assigner, Assignment((rest, ask.end), lead, (), ask.end))
    words = page.shown(ask.cue, ask.rest).removeprefix("giao").removesuffix("cho").strip()
    return ask, replace(demand, task=words or page.shown(lead[-1][1], ask.end))


def _alone(page: Page, start: int, end: int) -> tuple[Ask, Demand] | None:
    """Return the demand of a sentence without a assigner: "<Body> chủ trì, phối hợp với …", "Đối với …: …"."""
    begin = skip_connectives(page, start, end)
    assignment = find_labelled(page, start, end) or find_assignment(page, begin, end)
    if assignment is None or not page.grammar.verb.match(page.scan.folded, assignment.task, end):
        return None
    labelled = page.folded(assignment.assignees[1], assignment.task).strip() == ":"
    if not labelled and (not assignment.leads or page.grammar.past.search(page.folded(begin, assignment.task))):
        return None
    ask = Ask(begin, end, begin, begin, GIVE if assignment.leads else ASK, None)
    return ask, make_demand(page, (begin, end), ask.kind, None, assignment)


def _continued(page: Page, block: Paragraph, asking: Ask) -> Demand | None:
    """Return the demand of a paragraph that goes on in the imperative, or says who must do something."""
    start, end = page.sentences(block.start, block.end)[0]
    assignment = find_urged(page, start, end)
    if is_imperative(page, start, end):
        begin = skip_connectives(page, start, end)
        who = asking.towards or (begin, begin)
        assignment = Assignment(who, bodies_of(page, who), (), begin)
    return make_demand(page, (block.start, block.end), ASK, asking.assigner, assignment) if assignment else None
