"""Find what somebody asks of somebody: "Ban Thường vụ yêu cầu …", "giao: Ban Tổ chức chủ trì, phối hợp …".

Three forms are known: a lead sentence with a list behind it (one demand for each item), a sentence in
which a assigner asks, and a body told to take the lead. Paragraphs that go on in the imperative behind a
sentence that asks belong to the same assigner.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from ...core.models import BodyMention, Citation, Demand, Paragraph, ParagraphKind, Scan
from ...sources.vocabulary import Vocabulary
from ..lexicon import NUMBERS
from .sentences import AFTER_CUE, ASK, BEFORE_ASSIGNER, DEADLINE, GIVE, TOWARDS, Ask, DemandWords, Page, Span

_LONGEST_ADDRESS = 420
"""Letters that the names of those who are to do something may take, and in which they may be named before and behind
a cue; chosen by hand: a dozen bodies."""
_LEADS = re.compile(r"[\s,]*(?:là cơ quan )?chủ trì(?!\w)[\s,]*")
_TOGETHER = re.compile(r"[\s,]*(?:và\s+)?phối hợp(?:\s+chặt chẽ)?(?:\s+(?:với|cùng))?(?!\w)\s*")
_DIRECTS = re.compile(r"[\s,]*(?:lãnh đạo(?:, chỉ đạo)?|chỉ đạo)(?!\w)\s*")
_LEADING = " lãnh đạo "
_GIVEN = re.compile(r"\s+(?:đã\s+)?được\s+(?:giao|phân công)(?:\s+nhiệm vụ)?\s*\Z")
_BELONGS = re.compile(r"(?:của|thuộc|giúp việc|tại|trong)\s+\Z")
_MARKS = re.compile(r"[\s,:;\-–•*+(\"]*(?:(?:rằng|là|cho)\s*[:,]?\s+)?")


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who does what: the words of the assignees, the bodies among them and with them, and where the task begins.

    ``leads``: they are told to take the lead; ``executors``: bodies they are to direct."""

    assignees: Span
    lead: tuple[Span, ...]
    task: int
    partners: tuple[Span, ...] = ()
    leads: bool = False
    executors: tuple[Span, ...] = ()


def find_assignment(page: Page, start: int, end: int) -> Assignment | None:
    """Read assignees and their task from ``start``; None if no assignees or no task stand there."""
    assignees = find_assignees(page, start, end)
    if assignees is None:
        return None
    folded, (start, task) = page.scan.folded, assignees
    given = _GIVEN.search(page.folded(start, task))
    assignees = (start, start + given.start() if given else task)
    leads = _LEADS.match(folded, task, end)
    task = leads.end() if leads else task
    together = _TOGETHER.match(folded, task, end)
    directs = None if leads or together else _DIRECTS.match(folded, task, end)
    with_whom = together or directs
    partners = find_assignees(page, with_whom.end(), end) if with_whom else None
    if partners and together:
        task = partners[1]
    others = bodies_of(page, partners) if partners else ()
    with_them, under_them = ((), others) if directs else (others, ())
    told = bodies_of(page, assignees)
    return Assignment(assignees, told, task, with_them, bool(leads or (given and told)), under_them)


def find_label(page: Page, start: int, end: int) -> tuple[Span, int] | None:
    """Read "Đối với <assignees>:": their words, and where the label ends."""
    match = TOWARDS.match(page.folded(start, min(end, start + _LONGEST_ADDRESS)))
    return ((start + match.start("who"), start + match.end("who")), start + match.end()) if match else None


def find_labelled(page: Page, start: int, end: int) -> Assignment | None:
    """Read "Đối với <assignees>: <task>"."""
    label = find_label(page, start, end)
    return Assignment(label[0], bodies_of(page, label[0]), page.skip(_MARKS, label[1], end)) if label else None


def find_urged(page: Page, start: int, end: int) -> Assignment | None:
    """Read a sentence that says who must do what: "Cán bộ phải …", "Thủ trưởng các đơn vị thường xuyên …"."""
    assignment = find_assignment(page, page.skip(_MARKS, start, end), end)
    if assignment is None or not page.grammar.urged.match(page.scan.folded, assignment.task, end):
        return None
    return None if page.grammar.past.search(page.folded(start, min(end, assignment.task + 60))) else assignment


def find_assignees(page: Page, start: int, end: int) -> Span | None:
    """Return the span of a noun phrase of assignees that begins at ``start``: up to the first verb of a task."""
    start, folded = page.skip(_MARKS, start, end), page.scan.folded
    verb = page.grammar.verb
    if not starts_group(page, start, end) or (verb.match(folded, start, end) and not page.is_inside_body(start)):
        return None
    last = min(end, start + _LONGEST_ADDRESS)
    verbs = (m.start() for m in verb.finditer(folded, start + 1, last) if not page.is_inside_body(m.start()))
    led = (b.end + 1 for b in page.bodies_in(start, last) if folded.startswith(_LEADING, b.end))
    stop = min([*islice(verbs, 1), *islice(led, 1)], default=None)
    return (start, stop) if stop is not None else None


def starts_group(page: Page, start: int, end: int) -> bool:
    """Tell whether assignees begin here: a body, or a noun of bodies and persons."""
    return page.is_inside_body(start) or page.grammar.group.match(page.scan.folded, start, end) is not None


def bodies_of(page: Page, span: Span) -> tuple[Span, ...]:
    """Return the bodies named in a phrase of assignees, leaving out those that only say where somebody belongs."""
    named = ((b, page.folded(max(span[0], b.start - 12), b.start)) for b in page.bodies_in(*span))
    return tuple((body.start, body.end) for body, before in named if not _BELONGS.search(before))


def is_imperative(page: Page, start: int, end: int) -> bool:
    """Tell whether a sentence begins with a verb that asks, and reports nothing past."""
    begin = page.skip(page.grammar.connected, start, end)
    verb = page.grammar.verb.match(page.scan.folded, begin, end)
    return verb is not None and not page.grammar.past.search(page.folded(begin, min(end, begin + 160)))


def make_demand(page: Page, span: Span, kind: str, assigner: Span | None, assignment: Assignment) -> Demand:
    """Make the demand of a span."""
    start, text = span[0], page.scan.text[slice(*span)].rstrip(" ,;\n")
    end = start + len(text)
    addressees, task = page.shown(*assignment.assignees), page.shown(assignment.task, end)
    bodies = (assignment.lead, assignment.partners, assignment.executors)
    return Demand(start, end, text, kind, assigner, *bodies, addressees, task, _deadline(page, start, end))


def extend_demand(page: Page, demand: Demand, end: int) -> Demand:
    """Return a demand with the sentences up to ``end`` added."""
    if end <= demand.end:
        return demand
    text = page.scan.text[demand.start : end].rstrip()
    task = f"{demand.task}. {page.shown(demand.end, end).lstrip('. ')}"
    deadline = demand.deadline or _deadline(page, demand.end, end)
    return replace(demand, end=demand.start + len(text), text=text, task=task, deadline=deadline)


def _deadline(page: Page, start: int, end: int) -> str | None:
    match = DEADLINE.search(page.scan.folded, start, end)
    return " ".join(page.scan.text[slice(*match.span())].split()) if match else None


# Chosen by hand.
_MOST_ITEMS = 60
"""Paragraphs behind a lead that are looked at; bounds the time."""
_MOST_BETWEEN = 6
"""Paragraphs without a mark that may stand between two marked items: the parts of a long item."""
_NEEDED = re.compile(r"(?<!\w)mà\s+")


def find_lead(page: Page, index: int, asking: Ask | None) -> Ask | None:
    """Return the ask of a paragraph that introduces a list: it ends in a colon, or a first ordinal follows."""
    block = page.blocks[index]
    if index + 1 == len(page.blocks) or block.kind is ParagraphKind.HEADING:
        return None
    colon = block.text.rstrip().endswith(":") and block.kind is not ParagraphKind.ITEM
    mark = page.mark(page.blocks[index + 1])
    if not colon and not (mark and mark["first"]):
        return None
    start, end = page.sentences(block.start, block.end)[-1]
    asks = [ask for ask in page.asks(start, end, asking, page.grammar.lead_cue) if colon or ask.said]
    if asks:
        kind = GIVE if any(ask.kind == GIVE for ask in asks) else ASK
        return replace(asks[0], end=end, kind=kind, towards=_towards(page, asks, start, end))
    label = find_label(page, start, end) if colon else None  # "Đối với cấp ủy:", which only names those asked
    return Ask(start, end, start, end, ASK, asking.assigner if asking else None, label[0]) if label else None


def _towards(page: Page, asks: list[Ask], start: int, end: int) -> Span | None:
    """Return the words of a lead that name those asked: "đối với …", or what stands behind the cue."""
    first, rest = asks[0], asks[-1].rest
    last = min(end, rest + _LONGEST_ADDRESS)
    begin = max(start, first.start - _LONGEST_ADDRESS)
    if before := BEFORE_ASSIGNER.match(page.folded(begin, first.start)):
        return begin + before.start("who"), begin + before.end("who")
    if after := AFTER_CUE.match(page.folded(rest, last)):
        return rest + after.start("who"), rest + after.end("who")
    needed = _NEEDED.search(page.scan.folded, rest, last)
    if assignees := find_assignees(page, needed.end() if needed else rest, last):
        return assignees
    rest = page.skip(_MARKS, rest, last)
    return (rest, end) if last == end and starts_group(page, rest, end) else None


def find_items(page: Page, index: int, lead: Ask) -> list[int]:
    """Return the indexes of the paragraphs that a lead introduces."""
    following = range(index + 1, min(len(page.blocks), index + 1 + _MOST_ITEMS))
    first = page.blocks[index + 1]
    if first.kind is ParagraphKind.ITEM:
        return list(takewhile(lambda i: page.blocks[i].kind is ParagraphKind.ITEM, following))
    if page.mark(first):
        return _series(page, following)
    plain = list(takewhile(lambda i: _is_plain(page, page.blocks[i]), following))
    if lead.said and (count := page.grammar.count.search(page.folded(lead.cue, lead.end))):
        return plain[: int(count["n"]) if count["n"].isdigit() else NUMBERS.index(count["n"]) + 1]
    return list(takewhile(lambda i: _is_task(page, page.blocks[i], lead.kind), plain))


def _series(page: Page, following: Sequence[int]) -> list[int]:
    """Return the paragraphs marked like the first, by digit, letter or word; a few others may stand between them."""
    taken: list[int] = []
    wanted: set[str] = set()
    for index in following:
        block = page.blocks[index]
        if block.kind is ParagraphKind.HEADING or (taken and index - taken[-1] > _MOST_BETWEEN):
            break
        if match := page.mark(block):
            mark = match[0]
            kind = "digit" if mark[0].isdigit() else "letter" if mark[1:2] in {".", ")"} else "word"
            wanted = wanted or {kind, "word"}
            taken += [index] if kind in wanted else []
    return taken


def _is_plain(page: Page, block: Paragraph) -> bool:
    """Tell whether a paragraph can be an item of a list without marks: no heading, no lead of its own."""
    plain = block.kind is ParagraphKind.PARAGRAPH and not block.text.rstrip().endswith(":")
    return plain and not page.is_title(block)


def _is_task(page: Page, block: Paragraph, kind: str) -> bool:
    """Tell whether a paragraph asks in the imperative or, below an assignment, names who is to do what."""
    start, end = block.start, block.end
    assignment = find_assignment(page, page.skip(_MARKS, start, end), end) if kind == GIVE else None
    given = assignment is not None and not page.grammar.past.search(page.folded(start, assignment.task))
    return given or is_imperative(page, start, end)


def make_item(page: Page, lead: Ask, block: Paragraph) -> Demand:
    """Return the demand of one item: its own assignees, else those the lead names."""
    mark = page.mark(block)
    start, kind = block.start + (mark.end() if mark else 0), lead.kind
    given = page.grammar.cue.match(page.scan.folded, page.skip(_MARKS, start, block.end), block.end)
    if given and given["give"]:
        start, kind = given.end(), GIVE
    assignment = find_labelled(page, start, block.end)
    if assignment is None and (assignment := find_assignment(page, start, block.end)):
        kind = GIVE if assignment.leads or assignment.lead else kind
    if assignment is None:
        who = lead.towards or (start, start)
        assignment = Assignment(who, bodies_of(page, who), page.skip(_MARKS, start, block.end))
    return make_demand(page, (block.start, block.end), kind, lead.assigner, assignment)


_Asked = tuple[Ask, Demand]


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
            heading = block.kind is ParagraphKind.HEADING
            asked = [] if heading else _sentences(page, block, asking)
            lead = find_lead(page, index, asking)
            items = find_items(page, index, lead) if lead else []
            index += 1
            if lead and items:
                demands += [demand for _, demand in asked if demand.end <= lead.start]
                demands += [make_item(page, lead, page.blocks[item]) for item in items]
                index, asking = items[-1] + 1, replace(lead, open=False)
            elif asked:
                demands += [demand for _, demand in asked]
                asking = asked[-1][0]
            elif not heading and not page.is_title(block):
                more = _continued(page, block, asking) if asking and asking.open else None
                demands += [more] if more else []
                asking = asking if more else None
        return demands


def _sentences(page: Page, block: Paragraph, asking: Ask | None) -> list[_Asked]:
    """Return what the sentences of a paragraph ask; imperative ones are added to the demand before them."""
    found: list[_Asked] = []
    ends: list[int] = []
    for start, end in page.sentences(block.start, block.end):
        before = found[-1][0] if found else asking
        made = [asked for ask in page.asks(start, end, before) if (asked := _asked(page, ask))]
        if not made and (alone := _alone(page, start, end)):
            made = [alone]
        if not made and found and before and (urged := find_urged(page, start, end)):
            made = [(before, make_demand(page, (start, end), ASK, before.assigner, urged))]
        found += made
        ends += [demand.end for _, demand in made]
        if not made and found and is_imperative(page, start, end):
            ends[-1] = end
    return [(ask, extend_demand(page, demand, end)) for (ask, demand), end in zip(found, ends, strict=True)]


def _asked(page: Page, ask: Ask) -> _Asked | None:
    """Return an ask with its demand; None if nothing is asked in it."""
    rest = page.skip(page.grammar.connected, page.skip(_MARKS, ask.rest, ask.end), ask.end)
    assignment = find_assignment(page, rest, ask.end)
    if assignment is None and ask.kind == GIVE:  # without a verb: "giao nhiệm vụ cụ thể cho A, B"
        given = Assignment((rest, ask.end), bodies_of(page, (rest, ask.end)), ask.end)
        words = page.shown(ask.cue, ask.rest).removeprefix("giao").removesuffix("cho").strip()
        demand = make_demand(page, (ask.start, ask.end), GIVE, ask.assigner, given)
        return (ask, replace(demand, task=words or page.shown(given.lead[-1][1], ask.end))) if given.lead else None
    if assignment is None:
        if ask.direct or not page.grammar.verb.match(page.scan.folded, rest, ask.end):
            return None
        assignment = Assignment((rest, rest), (), rest)
    demand = make_demand(page, (ask.start, ask.end), ask.kind, ask.assigner, assignment)
    return replace(ask, towards=assignment.assignees if demand.addressees else None), demand


def _alone(page: Page, start: int, end: int) -> _Asked | None:
    """Return the demand of a sentence without a assigner: "<Body> chủ trì, phối hợp với …", "Đối với …: …"."""
    begin = page.skip(page.grammar.connected, start, end)
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
        begin = page.skip(page.grammar.connected, start, end)
        who = asking.towards or (begin, begin)
        assignment = Assignment(who, bodies_of(page, who), begin)
    return make_demand(page, (block.start, block.end), ASK, asking.assigner, assignment) if assignment else None
