"""Find what somebody asks of somebody: "Ban Thường vụ yêu cầu …", "giao: Ban Tổ chức chủ trì, phối hợp …".

Three forms are known: a lead sentence with a list behind it (one demand for each item), a sentence in
which a assigner asks, and a body told to take the lead. Paragraphs that go on in the imperative behind a
sentence that asks belong to the same assigner.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ...core.models import BodyMention, Citation, Demand, Paragraph, ParagraphKind, Scan
from ...sources.vocabulary import Vocabulary
from ..lexicon import NUMBERS
from .sentences import AFTER_CUE, ASK, BEFORE_ASSIGNER, DEADLINE, GIVE, MARKER, TOWARDS, Ask, DemandWords, Page, Span

_LONGEST_ADDRESS = 420
"""Letters that the names of those who are to do something may take, chosen by hand: a dozen bodies."""
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
    partners: tuple[Span, ...]
    task: int
    leads: bool = False
    executors: tuple[Span, ...] = ()


def find_assignment(page: Page, start: int, end: int) -> Assignment | None:
    """Read assignees and their task from ``start``; None if no assignees or no task stand there."""
    assignees = find_assignees(page, start, end)
    if assignees is None:
        return None
    folded, task = page.scan.folded, assignees[1]
    given = _GIVEN.search(page.folded(*assignees))
    assignees = (assignees[0], assignees[0] + given.start()) if given else assignees
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
    return Assignment(assignees, told, with_them, task, bool(leads or (given and told)), under_them)


def find_labelled(page: Page, start: int, end: int) -> Assignment | None:
    """Read "Đối với <assignees>: <task>"."""
    match = TOWARDS.match(page.folded(start, min(end, start + _LONGEST_ADDRESS)))
    if match is None:
        return None
    assignees = (start + match.start("who"), start + match.end("who"))
    return Assignment(assignees, bodies_of(page, assignees), (), skip_marks(page, start + match.end(), end))


def find_urged(page: Page, start: int, end: int) -> Assignment | None:
    """Read a sentence that says who must do what: "Cán bộ phải …", "Thủ trưởng các đơn vị thường xuyên …"."""
    assignment = find_assignment(page, skip_marks(page, start, end), end)
    if assignment is None or not page.grammar.urged.match(page.scan.folded, assignment.task, end):
        return None
    return None if page.grammar.past.search(page.folded(start, min(end, assignment.task + 60))) else assignment


def find_assignees(page: Page, start: int, end: int) -> Span | None:
    """Return the span of a noun phrase of assignees that begins at ``start``: up to the first verb of a task."""
    start, folded = skip_marks(page, start, end), page.scan.folded
    verb = page.grammar.verb
    if not starts_group(page, start, end) or (verb.match(folded, start, end) and not page.is_inside_body(start)):
        return None
    last = min(end, start + _LONGEST_ADDRESS)
    verbs = (m.start() for m in verb.finditer(folded, start + 1, last) if not page.is_inside_body(m.start()))
    led = (b.end + 1 for b in page.bodies_in(start, last) if folded.startswith(_LEADING, b.end))
    stop = min((place for place in (next(verbs, None), next(led, None)) if place is not None), default=None)
    return (start, stop) if stop is not None else None


def starts_group(page: Page, start: int, end: int) -> bool:
    """Tell whether assignees begin here: a body, or a noun of bodies and persons."""
    return page.is_inside_body(start) or page.grammar.group.match(page.scan.folded, start, end) is not None


def bodies_of(page: Page, span: Span) -> tuple[Span, ...]:
    """Return the bodies named in a phrase of assignees, leaving out those that only say where somebody belongs."""
    named = page.bodies_in(*span)
    return tuple(
        (b.start, b.end) for b in named if not _BELONGS.search(page.folded(max(span[0], b.start - 12), b.start))
    )


def skip_marks(page: Page, start: int, end: int) -> int:
    """Return where words begin behind marks and "rằng"."""
    match = _MARKS.match(page.scan.folded, start, end)
    return match.end() if match else start


def skip_connectives(page: Page, start: int, end: int) -> int:
    """Return where words begin behind "Đồng thời, …"."""
    match = page.grammar.connected.match(page.scan.folded, start, end)
    return match.end() if match else start


def is_imperative(page: Page, start: int, end: int) -> bool:
    """Tell whether a sentence begins with a verb that asks, and reports nothing past."""
    begin = skip_connectives(page, start, end)
    verb = page.grammar.verb.match(page.scan.folded, begin, end)
    return verb is not None and not page.grammar.past.search(page.folded(begin, min(end, begin + 160)))


def make_demand(page: Page, span: Span, kind: str, assigner: Span | None, assignment: Assignment) -> Demand:
    """Make the demand of a span."""
    start, end = span[0], span[0] + len(page.scan.text[slice(*span)].rstrip(" ,;\n"))
    lead, partners, executors = assignment.lead, assignment.partners, assignment.executors
    addressees, task = page.shown(*assignment.assignees), page.shown(assignment.task, end)
    text, deadline = page.scan.text[start:end], _deadline(page, start, end)
    return Demand(start, end, text, kind, assigner, lead, partners, executors, addressees, task, deadline)


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
_LONGEST_LEAD = 420
"""Letters before and behind a cue in which those asked may be named."""
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
