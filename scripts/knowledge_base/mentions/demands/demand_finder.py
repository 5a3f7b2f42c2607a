"""Find what somebody asks of somebody: "Ban Thường vụ yêu cầu …", "giao: Ban Tổ chức chủ trì, phối hợp …".

Known are sentences in which somebody asks, lists behind a lead sentence (``leads.py``, ``lists.py``), and a body told
to take the lead. Paragraphs that go on in the imperative behind a sentence that asks belong to the same assigner. Where
it is not certain who is to act, the demand is told without a doer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...core.models import BodyMention, Citation, Demand, Paragraph, ParagraphKind, Scan
from ...sources.vocabulary import Vocabulary
from .doers import (
    MARKS,
    Assignment,
    behind_time,
    bodies_of,
    find_assignment,
    find_labelled,
    is_noun_phrase,
    nobody,
    starts_group,
)
from .grammar import ASK, GIVE, LEADING, MUST, NOTED, SPLITS, STRESSING, DemandWords
from .leads import find_lead
from .lists import has_parts, read_list, read_section
from .quoted import find_quoted
from .sentences import Ask, Page, Span
from .telling import SUPPOSED, extend_demand, is_imperative, make_demand
from .urging import find_answering, find_following, find_issued, find_must, find_urged

_Asked = tuple[Ask, Demand]
_MOST_HEAD = 3
"""Paragraphs at the head of a page that may be a teaser of its text."""
_LONGEST_CUT = 60
"""Letters at the end of such a teaser by which it is known in the text."""
_LOCAL = 2
"""The rank of districts and communes (``DemandWords.tiers``)."""
_DETAILS = re.compile(r"(?:cụ thể|theo đó|trong đó|trước hết|trước mắt)(?!\w)")
"""What opens the details of what was told; other words that join go on with it."""
_HAPPENED = re.compile(
    r"(?<!trong )(?<!trước )(?<!ngay )(?<!xong )(?<!mưa )(?<!lũ )(?<!bão )(?<!lở )(?<!cháy )(?<!nạn )(?<!ra )(?<!\w)"
    r"(?:sáng|trưa|chiều|tối|đêm|hôm)\s(?:qua|nay|kia)(?!\w)"
)
"""When something was done; not "xong trong chiều nay", nor when that happened which is to be mended: "lũ đêm qua"."""
_MOST_IDLE = 3
"""Paragraphs that only tell something, behind which one in the imperative still goes on with what was asked."""


class DemandFinder:
    """Finds demands and assignments; document types of the vocabulary may speak ("Chỉ thị yêu cầu …")."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._grammar = DemandWords(vocabulary)

    def find(self, scan: Scan, bodies: Sequence[BodyMention], citations: Sequence[Citation]) -> list[Demand]:
        """Return the demands of an article in order of the text.

        ``assigner`` is the span of a body, or of a person's office ("Bí thư Tỉnh ủy"); None when a document
        or nobody named asks. ``addressees`` are the words that name those asked, empty where that is not certain;
        ``lead`` the bodies among them, ``partners`` the bodies they work with or direct."""
        page = Page(scan, bodies, citations, self._grammar)
        demands: list[Demand] = []
        index = 0
        asking: Ask | None = None
        earlier: Ask | None = None
        idle = 0
        while index < len(page.blocks):
            block = page.blocks[index]
            if section := read_section(page, index):
                made, index = section
                demands += made
                asking = None
                continue
            heading = block.kind is ParagraphKind.HEADING
            titled = heading or page.is_title(block)
            if asking and titled:
                asking = asking._replace(towards=None)  # what follows may be meant for others
            lead, listed, after = _read_led(page, index, asking)
            asked = [] if heading else _read_block(page, index, asking)
            if not asked and not titled:
                asked = _continued(page, block, asking) or _resumed(page, block, earlier if idle < _MOST_IDLE else None)
                earlier, idle = (asking, 0) if asking and not asking.void else (earlier, idle + 1)
                if not asked and (setting := self._sets(page, block)):
                    earlier, idle = setting, 0
            index += 1
            if lead and listed:
                demands += [_of(ask, demand) for ask, demand in asked if demand.end <= lead.start]
                demands += [_of(lead, demand) for demand in listed]
                index, asking = after, lead._replace(open=False)
            elif asked:
                demands += [_of(ask, demand) for ask, demand in asked if not ask.void]
                asking = asked[-1][0]
                if has_parts(page, index - 1) and not asking.void:  # "2. Yêu cầu các cấp ủy …" and "2.1. …" below it
                    parts, index = read_list(page, index - 1, asking)
                    demands += [_of(asking, demand) for demand in parts]
            elif lead or not titled:
                asking = lead
        return demands

    def _sets(self, page: Page, block: Paragraph) -> Ask | None:
        """Return as an ask what a paragraph tells of a document: that it sets tasks, or who issued it."""
        if self._grammar.sets_tasks(page.scan.folded, block.start, block.end):
            return Ask(block.start, block.end, block.start, block.start, ASK, None)
        return find_issued(page, block.start, block.end)


def _read_led(page: Page, index: int, asking: Ask | None) -> tuple[Ask | None, list[Demand], int]:
    """Return the ask of a paragraph that introduces a list, the demands of the list and the index behind it.

    Without a list there is an ask only where paragraphs that say who does what follow: "UBND tỉnh yêu cầu."."""
    lead = find_lead(page, index, asking)
    if lead and page.blocks[index].text.endswith(".") and not page.rank(page.blocks[index + 1]):
        return lead, [], index
    listed, after = read_list(page, index, lead) if lead else ([], index)
    return lead if listed else None, listed, after


def _of(ask: Ask, demand: Demand) -> Demand:
    """Return a demand with the document that asks it, if one does and nobody else is told."""
    return replace(demand, document=ask.document) if ask.document is not None and demand.assigner is None else demand


def _read_block(page: Page, index: int, asking: Ask | None) -> list[_Asked]:
    """Return what a paragraph asks; a headline or caption repeats a demand of the text, if it names nobody asked."""
    block = page.blocks[index]
    quoted = find_quoted(page, block)
    if not page.grammar.may_ask.search(page.scan.folded, block.start, block.end):
        return quoted  # most paragraphs ask nothing
    repeats = page.is_title(block) or (index == 0 and block.text[-1] not in ".;:")
    asked = _sentences(page, block, asking)
    if index < _MOST_HEAD and block.text.endswith(("..", "…")) and _is_repeated(page, index):
        asked = [(ask, demand) for ask, demand in asked if demand.end < block.end - 3]
    asked = [(ask, demand) for ask, demand in asked if demand.addressees or not repeats]
    return _with_quoted(asked, quoted)


def _with_quoted(asked: list[_Asked], quoted: list[_Asked]) -> list[_Asked]:
    """Return what a paragraph asks in its own words and in quoted ones, each once, in order of the text."""
    if not quoted:
        return asked
    said = [(demand.start, demand.end) for _, demand in quoted]
    own = [
        (ask, demand) for ask, demand in asked if all(demand.end <= start or end <= demand.start for start, end in said)
    ]
    return sorted([*own, *quoted], key=lambda pair: pair[1].start)


def _is_repeated(page: Page, index: int) -> bool:
    """Tell whether a paragraph that is cut off stands whole below."""
    cut = page.blocks[index].text.rstrip(" .…")[-_LONGEST_CUT:]
    return any(cut in block.text for block in page.blocks[index + 1 :])


def _sentences(page: Page, block: Paragraph, asking: Ask | None, first: Sequence[_Asked] = ()) -> list[_Asked]:
    """Return what the sentences of a paragraph ask; imperative ones are added to the demand before them.

    ``first`` is what the first sentence asks, where that is known."""
    found: list[_Asked] = list(first)
    sentences = page.sentences(page.words_start(block), block.end)
    last = sentences[0][1]
    ends = [demand.end for _, demand in first]
    cue = page.grammar.cue.search(page.scan.folded, block.start, block.end)
    for start, end in sentences[1:] if first else sentences:
        before = found[-1][0] if found else asking
        asks = page.asks(start, end, before) if cue and cue.start() < end else ()
        made = [asked for ask in asks for asked in _asked(page, ask)]
        made = made or _stressed(page, start, end, before)
        if not made and (alone := _alone(page, start, end, before)):
            made = [alone]
        urged = None
        if not made and found:
            urged = find_urged(page, start, end) or find_must(page, start, end)
            if urged is None and last == start:
                urged = find_following(page, start, end, found[-1][0])
        if urged and before and not before.void and before.rest > before.cue:  # somebody asked, not only a document
            made = _parted(page, before, (start, end), urged)
        if not made and found and not found[-1][0].void and is_imperative(page, start, end):
            if last == start:  # goes on with what was asked in the sentence before
                ends[-1] = last = end
                continue
            if page.skip(page.grammar.connected, start, end) > start:
                continue  # "Đồng thời, …" goes on with what was told in between
            made = [(found[-1][0], make_demand(page, (start, end), ASK, found[-1][0].assigner, nobody(start)))]
        last = end if made else last
        found += made
        ends += [demand.end for _, demand in made]
    if found and page.is_interview(block):
        return []
    made = [(ask, extend_demand(page, demand, end)) for (ask, demand), end in zip(found, ends, strict=True)]
    return [(ask, demand) for ask, demand in made if not demand.text.endswith(":")]  # that only leads to a list


def _asked(page: Page, ask: Ask) -> list[_Asked]:
    """Return an ask with its demands: one, and one more for each doer named behind a semicolon; none if nothing is
    asked in it."""
    if ask.void:
        return [(ask, make_demand(page, (ask.start, ask.end), ask.kind, ask.assigner, nobody(ask.rest)))]
    rest = page.skip(page.grammar.connected, page.skip(MARKS, ask.rest, ask.end), ask.end)
    rest = behind_time(page, rest, ask.end)
    cuts = [
        (m.start(), m.end()) for m in SPLITS.finditer(page.scan.folded, rest, ask.end) if _is_other(page, m.end(), ask)
    ]
    ends = [*(start for start, _ in cuts), ask.end]
    first = _one_asked(page, ask._replace(end=ends[0]) if cuts else ask, rest)
    if first is None or first[0].void:
        return [first] if first else []
    if not first[1].addressees:  # "yêu cầu giữ giờ giấc; UBND tỉnh thực hiện …": who is told the second is not certain
        whole = _one_asked(page, ask, rest)
        return [whole] if whole else []
    others = [(ask, _other(page, ask, start, end)) for (_, start), end in zip(cuts, ends[1:], strict=True)]
    return [first, *others]


def _one_asked(page: Page, ask: Ask, rest: int) -> _Asked | None:
    assignment = find_assignment(page, rest, ask.end) or find_labelled(page, rest, ask.end) or _topic(page, ask, rest)
    if assignment is None and ask.kind == GIVE:  # without a verb: "giao nhiệm vụ cụ thể cho A, B"
        given = Assignment((rest, ask.end), bodies_of(page, (rest, ask.end)), ask.end)
        words = page.shown(ask.cue, ask.rest).removeprefix("giao").removesuffix("cho").strip()
        if given.lead and words:
            demand = make_demand(page, (ask.start, ask.end), GIVE, ask.assigner, given)
            return ask, replace(demand, task=words)
    if assignment is None:
        if not _is_asked_of_somebody(page, ask, rest):
            return None
        assignment = nobody(rest)
    if _petitions(page, ask, assignment):
        ask = ask._replace(void=True)
    elif (
        ask.kind == GIVE and not ask.said and ask.tier is None and not (assignment.lead or _is_named(page, assignment))
    ):
        return None  # "Giao nhiệm vụ cho cấp dưới" in a list of what a course teaches
    demand = make_demand(page, (ask.start, ask.end), ask.kind, ask.assigner, assignment)
    return ask._replace(towards=assignment.assignees if demand.addressees else None), demand


def _topic(page: Page, ask: Ask, rest: int) -> Assignment | None:
    """Return the assignment to those whom the sentence names first: "Với Bộ Công an, Thủ tướng yêu cầu nâng cao …"."""
    who = page.topic(ask.start)
    if who is None or not page.grammar.verb.match(page.scan.folded, rest, ask.end):
        return None
    named = starts_group(page, *who) and is_noun_phrase(page, *who)
    return Assignment(who, bodies_of(page, who), rest) if named else None


def _is_asked_of_somebody(page: Page, ask: Ask, rest: int) -> bool:
    """Tell whether something is certainly asked where nobody can be read who is to do it.

    "Giao" gives a thing then ("giao đất"), and a text may be called "Văn bản đề nghị hỗ trợ"."""
    verb = page.grammar.verb
    if ask.kind == GIVE or ask.direct or not (ask.said or ask.known):
        return False
    if ask.assigner is None and page.folded(ask.cue, ask.rest) != "yêu cầu" and not ask.known:
        return False
    told = verb.search(page.scan.folded, rest, ask.end) or starts_group(page, rest, ask.end)
    lower = page.folded(ask.cue, ask.rest) == "đề nghị" and ask.tier is not None and ask.tier <= _LOCAL
    if lower and not page.scan.folded.startswith("các", rest):
        return False  # those below the province rather ask the ones above them
    noted = page.folded(ask.cue, ask.rest) == NOTED and not MUST.search(page.scan.folded, rest, ask.end)
    return bool(told if ask.said and not noted else verb.match(page.scan.folded, rest, ask.end))


def _is_named(page: Page, assignment: Assignment) -> bool:
    """Tell whether a name stands in the words of the assignees."""
    return any(word[0].isupper() for word in page.shown(*assignment.assignees).split())


def _petitions(page: Page, ask: Ask, assignment: Assignment) -> bool:
    """Tell whether somebody only asks those who stand above him: "huyện đề nghị UBND tỉnh …"."""
    polite = page.folded(ask.cue, ask.rest) in {"đề nghị", "kêu gọi"}
    named = assignment.assignees[1] > assignment.assignees[0]
    tier = page.tier_of(assignment.assignees) if named else page.tier_at(assignment.task)
    return polite and ask.tier is not None and tier is not None and tier > ask.tier


def _is_other(page: Page, at: int, ask: Ask) -> bool:
    """Tell whether another doer and task begin behind a semicolon: a body that acts, or anybody who must."""
    assignment = find_assignment(page, at, ask.end)
    if assignment is None:
        return False
    must = page.grammar.urged.match(page.scan.folded, assignment.task, ask.end)
    many = page.folded(at, at + 4) == "các "
    return bool(assignment.lead or must or many or page.scan.view[at].isupper()) and not _is_past(
        page, at, assignment.task
    )


def _other(page: Page, ask: Ask, start: int, end: int) -> Demand:
    assignment = find_assignment(page, start, end) or nobody(start)
    return make_demand(page, (start, end), ask.kind, ask.assigner, assignment)


def _is_past(page: Page, start: int, end: int) -> bool:
    return page.grammar.is_past(page.folded(start, end + 60))


def _parted(page: Page, ask: Ask, span: Span, told: Assignment) -> list[_Asked]:
    """Return the demand of a sentence that goes on with an ask, and one more for each doer behind a semicolon."""
    start, end = span
    marks = SPLITS.finditer(page.scan.folded, told.task, end) if told.assignees[1] > told.assignees[0] else ()
    cuts = [mark.span() for mark in marks if _is_other(page, mark.end(), ask._replace(end=end))]
    ends = [*(cut for cut, _ in cuts), end]
    first = make_demand(page, (start, ends[0]), ASK, ask.assigner, told)
    others = (_other(page, ask._replace(kind=ASK), at, stop) for (_, at), stop in zip(cuts, ends[1:], strict=True))
    return [(ask, demand) for demand in (first, *others)]


def _stressed(page: Page, start: int, end: int, before: Ask | None) -> list[_Asked]:
    """Return what a sentence asks in which somebody says who must do something: "Bí thư nhấn mạnh: các xã phải …"."""
    if not STRESSING.search(page.scan.folded, start, end):
        return []
    asks = page.asks(start, end, before, page.grammar.lead_cue)
    stressed = (ask for ask in asks if ask.assigner and not ask.void and page.scan.view.startswith(":", ask.rest))
    told = ((ask, find_urged(page, page.skip(MARKS, ask.rest, ask.end), ask.end)) for ask in stressed)
    return [asked for ask, who in told if who and _is_to_act(page, who.task, ask.end) for asked in _asked(page, ask)]


def _is_to_act(page: Page, at: int, end: int) -> bool:
    """Tell whether a verb of a task stands behind the words that urge: "phải khẩn trương rà soát", not "cần vốn"."""
    while urging := page.grammar.urged.match(page.scan.folded, at, end):
        at = page.skip(MARKS, urging.end(), end)
    return page.grammar.verb.match(page.scan.folded, at, end) is not None


def _alone(page: Page, start: int, end: int, before: Ask | None) -> _Asked | None:
    """Return the demand of a sentence without an assigner: "<Body> chủ trì, phối hợp với …", "Đối với …: …", and where
    something is asked before, or this tells what, "<Body> có trách nhiệm …"."""
    if not LEADING.search(page.scan.folded, start, end):
        return None
    begin = page.skip(page.grammar.connected, start, end)
    labelled = page.folded(begin, begin + 8) == "đối với " and find_labelled(page, begin, end)
    told = begin > start or (before is not None and not before.void)
    if not labelled and told and (answers := find_answering(page, start, end)):
        who = before.assigner if before else None
        ask = (
            before._replace(towards=answers.assignees)
            if before
            else Ask(begin, end, begin, begin, GIVE, None, known=True)
        )
        return ask, make_demand(page, (begin, end), GIVE, who, answers)
    assignment = labelled or find_assignment(page, begin, end)
    if not assignment or not _begins_task(page, assignment, end):
        return None
    if not labelled and (not assignment.leads or _is_past(page, begin, min(end - 60, assignment.task))):
        return None
    asked = page.folded(begin, assignment.task).rstrip().endswith("được yêu cầu")
    kind = GIVE if assignment.leads and not asked else ASK
    made = make_demand(page, (begin, end), kind, None, assignment)
    if before is not None and not (before.void or before.own):
        return before._replace(towards=assignment.assignees if made.addressees else None), made  # he may go on asking
    towards = assignment.assignees if made.addressees else None
    return Ask(begin, end, begin, begin, kind, None, towards, known=begin > start), made


def _begins_task(page: Page, assignment: Assignment, end: int) -> bool:
    """Tell whether a task follows: a verb, or what somebody is to lead ("chủ trì việc rà soát"), and no news of what he
    led ("chủ trì việc bắt giữ đối tượng vào tối qua")."""
    if assignment.leads and _HAPPENED.search(page.scan.folded, assignment.task, end):
        return False
    if assignment.leads and page.scan.folded.startswith("việc ", assignment.task):
        return not page.grammar.is_past(page.folded(assignment.task, end))
    return page.grammar.verb.match(page.scan.folded, assignment.task, end) is not None


def _continued(page: Page, block: Paragraph, asking: Ask | None) -> list[_Asked]:
    """Return what a paragraph asks that goes on in the imperative, or says who must do something."""
    if asking is None or not asking.open or asking.void or page.is_interview(block):
        return []
    start, end = page.sentences(block.start, block.end)[0]
    assignment: Assignment | None
    if is_imperative(page, start, end):
        begin = page.skip(page.grammar.connected, start, end)
        supposed = SUPPOSED.match(page.scan.folded, begin, end)  # whose case that is, is not certain
        who = (None if supposed else asking.towards) or (begin, begin)
        assignment = Assignment(who, bodies_of(page, who), begin)
    else:
        asked = asking.rest > asking.cue or asking.known  # by somebody; not only tasks told that a document sets
        urged = (find_urged(page, start, end) or find_must(page, start, end)) if asked else None
        assignment = urged or (find_following(page, start, end, asking) if asked else None)
    if assignment is None:
        return []
    demand, *others = _parted(page, asking, (start, end), assignment)
    asking = asking._replace(towards=assignment.assignees if demand[1].addressees else asking.towards)
    return _sentences(page, block, asking, [(asking, demand[1]), *others])


def _resumed(page: Page, block: Paragraph, earlier: Ask | None) -> list[_Asked]:
    """Return what a paragraph asks behind others that only tell something: in the imperative (of whom is not certain),
    or of somebody named, where it goes on with what was asked or tells what a document says."""
    if earlier is None:
        return []
    start, end = page.sentences(block.start, block.end)[0]
    connected = page.skip(page.grammar.connected, start, end) > start
    details = _DETAILS.match(page.scan.folded, start, end)
    if not details and earlier.said and earlier.rest == earlier.cue:  # he only issued a document
        return []
    if told := find_answering(page, start, end) or (connected and find_following(page, start, end, earlier)):
        first = _parted(page, earlier._replace(known=True), (start, end), told)
        return _sentences(page, block, earlier, first)
    if not is_imperative(page, start, end) or (connected and not details):
        return []
    return _continued(page, block, earlier._replace(towards=None))
