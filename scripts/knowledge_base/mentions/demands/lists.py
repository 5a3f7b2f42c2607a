"""Lists of tasks: items behind a lead ("… yêu cầu:"), below the name of a doer, in a section "Tổ chức thực hiện"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from ...core.models import Demand, Paragraph, ParagraphKind
from ..lexicon import NUMBERS
from .doers import (
    MARKS,
    Assignment,
    bodies_of,
    find_assignment,
    find_labelled,
    nobody,
    read_label,
    starts_group,
)
from .grammar import ASK, FORBIDDEN, GIVE, RANKS, SPLITS
from .leads import BEFORE_CUE, opening_cue
from .sentences import Ask, Page, Span
from .telling import begins_with_verb, is_imperative, make_demand, tells_needs
from .urging import find_following, find_must, find_urged

# Chosen by hand.
_MOST_ITEMS = 80
"""Paragraphs behind a lead that are looked at; bounds the time."""
_LONGEST_HEADING = 90
"""Letters of the heading of a section of tasks."""
_MOST_BETWEEN = 6
"""Paragraphs without a mark that may stand between two marked items: the parts of a long item."""
_MOST_SHORT = 2
"""Such lines, one behind another: a caption and a title."""
_LONGEST_BETWEEN = 160
"""Letters of such a line."""
_EARLY = 120
"""Letters of an item in which a verb of a task must stand if nothing else tells that it is one."""
_RANK_OF_ITEMS = RANKS["dash"]
_HEADING = 8
"""The rank of a heading: above all marks."""
_THE_END = re.compile(
    r"(?<!\w)(?:chịu trách nhiệm\s+(?:tổ chức\s+)?(?:thi hành|thực hiện)|có hiệu lực|hiệu lực thi hành)(?!\w)"
)
"""Where a document says who carries it out, and from when: no task of its own."""
_CAPTION = re.compile(r"\((?:hình|ảnh)[^()]*\)\s*\Z")
_LED_BY = re.compile(r"(?:đơn vị|cơ quan)(?: được giao)? chủ trì(?: thực hiện| tham mưu)?\s*:\s*")
_TOPIC = re.compile(r"(?:về|trong|công tác|lĩnh vực)\s")
"""What opens the heading of items about one subject: "8. Về chính quyền địa phương:"."""
_REQUIRES = re.compile(r"yêu cầu\s*:?\s*")
_PLACE = re.compile(r"(?:các )?(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường)(?! ủy)(?!\w)")
_BY_WHOM = re.compile(r"(?:đơn vị|cơ quan)\s(?:chủ trì|thực hiện)\s*:\s*")
_CONDITION = re.compile(r"(?:trong quá trình|trường hợp|nếu|khi|những trường hợp)\s")
_IF_SO = re.compile(
    r"(?:khi|nếu)\s[^.;:]{3,160}?\sthì\s+|(?:khi|nếu) chưa (?:được|có)\s[^.;:]{3,120}?,?\s(?=(?:tuyệt đối )?không\s"
    r"(?!(?:thể|có|còn|đủ|phải|kịp|biết|dám)(?!\w)))"
)
"""A condition with what is to be done then: "Khi gia đình có việc thì hạn chế rượu, bia", "Khi chưa được phép không
phát ngôn"; not what cannot be then: "Khi chưa có mặt bằng không thể thi công"."""
_ORDERS = re.compile(r"(?<!\w)(?:công văn|công điện|chỉ thị|thông báo|kết luận)(?!\w)[^,;:.\n]*\Z")
"""Documents that state what others are to do; reports and plans rather state how things are, or will be."""
_STATED = "nêu"
"""A lead by which somebody may as well give his opinions."""
_BY_UNIT = re.compile(r"(?:đơn vị|cơ quan)\s(?:chủ trì|phối hợp|thực hiện)|thời gian\s|tiến độ\s|sản phẩm\s|kinh phí\s")


def read_list(page: Page, index: int, lead: Ask) -> tuple[list[Demand], int]:
    """Return the demands of the items behind a lead, and the index of the first paragraph behind them."""
    items = _find_items(page, index, lead)
    made = _read_items(page, items, lead) if items else []
    if page.scan.folded.startswith(FORBIDDEN, lead.cue):  # "… nghiêm cấm:" and what is not to be done
        made = [_forbidden(page, demand) for demand in made]
    return made, items[-1] + 1 if items else index + 1


def _forbidden(page: Page, demand: Demand) -> Demand:
    """Return what an item below "… nghiêm cấm:" forbids; one that asks or denies by itself stays as it is."""
    start = page.skip(MARKS, demand.start, demand.end)
    asks = page.grammar.cue.pattern.match(page.scan.folded, start, demand.end)
    if not demand.task or asks or page.grammar.stopped.match(page.scan.folded, start, demand.end):
        return demand
    return replace(demand, task=f"{FORBIDDEN} {demand.task[0].lower()}{demand.task[1:]}")


def has_parts(page: Page, index: int) -> bool:
    """Tell whether the paragraph behind one with a mark is marked as a part of it."""
    following = page.rank(page.blocks[index + 1]) if index + 1 < len(page.blocks) else 0
    return 0 < following < page.rank(page.blocks[index])


def read_section(page: Page, index: int) -> tuple[list[Demand], int] | None:
    """Return the demands of a section of tasks and the index behind it; None if none begins here.

    Also a single article that tells an office what it answers for ("Điều 2. Giám đốc Sở … có trách nhiệm …")."""
    block = page.blocks[index]
    start = page.words_start(block)
    words = page.folded(start, min(block.end, start + _LONGEST_HEADING))
    if len(words) < _LONGEST_HEADING and (page.grammar.section.match(words) or _is_work(page, block, words)):
        rank = page.rank(block) if block.kind is not ParagraphKind.HEADING else _HEADING
        following = range(index + 1, min(len(page.blocks), index + 1 + _MOST_ITEMS))
        items = list(takewhile(lambda i: not _ends_section(page, page.blocks[i], rank or _HEADING), following))
        plain = not words.startswith(("những việc", "các việc", "việc"))
        if not plain and any(_says_who_asks(page, page.blocks[i]) for i in items):
            return None
        if not plain and items and page.rank(page.blocks[items[0]]):
            items = _series(page, range(items[0], items[-1] + 1))
        kind = GIVE if plain or words.startswith("việc") else ASK
        lead = Ask(block.start, block.end, block.start, block.end, kind, None, own=True)
        return (_read_items(page, items, lead), items[-1] + 1) if items else None
    if page.rank(block) and _REQUIRES.fullmatch(words):
        return _read_requirements(page, index)
    return _read_line(page, index, start)


def _says_who_asks(page: Page, block: Paragraph) -> bool:
    """Tell whether a paragraph without a mark says itself who asks: "Chủ tịch UBND tỉnh yêu cầu các sở:"."""
    return not page.rank(block) and any(ask.said for ask in page.asks(block.start, block.end, None))


def _read_line(page: Page, index: int, start: int) -> tuple[list[Demand], int] | None:
    """Return the demands of a line that itself says who does what, or of those below a line that names doers."""
    block, folded = page.blocks[index], page.scan.folded
    if below := _read_below(page, index):
        return [below], index + 2
    if named := _read_named(page, index):
        return named
    by_whom = _BY_WHOM.match(folded, start, block.end)
    if by_whom and (parts := _read_parts(page, (by_whom.end(), block.end))):
        return parts, index + 1
    if folded.startswith("điều ", block.start, start):
        told = find_assignment(page, start, block.end)
        answers = told and page.folded(told.assignees[1], told.task + 60).lstrip().startswith("có trách nhiệm")
        if told and page.tier_of(told.assignees) and answers and not _THE_END.search(folded, start, block.end):
            return [make_demand(page, (block.start, block.end), GIVE, None, told, own=True)], index + 1
    return None


def _read_named(page: Page, index: int) -> tuple[list[Demand], int] | None:
    """Return the demands below a line that only names doers ("3. Bộ trưởng Bộ Tài chính", "Sở Y tế chủ trì:"), and
    the index behind them: the paragraphs of a lower rank, of which the first is in the imperative."""
    if index + 1 == len(page.blocks):
        return None
    block, below = page.blocks[index : index + 2]
    rank, rank_below = page.rank(block), page.rank(below)
    if not (rank or rank_below) or (rank and rank_below >= rank):
        return None
    who = _names_doer(page, block) if rank else None
    if who is None and block.text.rstrip(" *").endswith(":"):
        told = _leads_on(page, block)
        who = told.assignees if told and told.leads else None
    begin, end = page.sentences(page.words_start(below), below.end)[0]
    if (
        who is None
        or page.tier_of(who) is None
        or _PLACE.match(page.folded(*who))
        or not is_imperative(page, begin, end)
    ):
        return None
    following = (i for i in range(index + 1, min(len(page.blocks), index + 1 + _MOST_ITEMS)))
    items = list(takewhile(lambda i: _is_below(page, page.blocks[i], rank), following))
    lead = Ask(block.start, block.end, block.start, block.end, GIVE, None, towards=who, own=True)
    return (_read_items(page, items, lead), items[-1] + 1) if items else None


def _is_below(page: Page, block: Paragraph, rank: int) -> bool:
    """Tell whether a paragraph belongs to the line of a rank above it that names doers."""
    if _ends_section(page, block, rank or _HEADING) or page.is_title(block):
        return False
    return page.rank(block) > 0 or (rank > 0 and is_imperative(page, block.start, block.end))


def _read_requirements(page: Page, index: int) -> tuple[list[Demand], int]:
    """Return what the section "Yêu cầu" of a plan demands: the other items in it only say what the plan is to be."""
    rank = page.rank(page.blocks[index])
    following = range(index + 1, min(len(page.blocks), index + 1 + _MOST_ITEMS))
    made, after = [], index + 1
    for block in takewhile(lambda b: not _ends_section(page, b, rank), (page.blocks[i] for i in following)):
        start, end = page.sentences(page.words_start(block), block.end)[0]
        told = find_urged(page, start, end) or find_must(page, start, end)
        if not told and page.grammar.urged.match(page.scan.folded, start, end) and is_imperative(page, start, end):
            told = nobody(start)
        made += [make_demand(page, (block.start, block.end), ASK, None, told, own=True)] if told else []
        after += 1
    return made, after


def _read_parts(page: Page, span: Span) -> list[Demand]:
    """Return the demands of a line that tells who does what: "Cơ quan thực hiện: Sở A chủ trì …; Sở B chủ động …"."""
    made = []
    for sentence, stop in page.sentences(*span):
        starts = [sentence, *(m.end() for m in SPLITS.finditer(page.scan.folded, sentence, stop))]
        for start, end in zip(starts, [*starts[1:], stop], strict=True):
            begin = page.skip(page.grammar.connected, start, end)
            told = find_assignment(page, begin, end)
            if told and (told.leads or page.grammar.verb.match(page.scan.folded, told.task, end)):
                made.append(make_demand(page, (start, end), GIVE, None, told, own=True))
    return made


def _is_work(page: Page, block: Paragraph, words: str) -> bool:
    """Tell whether a paragraph is the heading of a section of a document that says what is to be done."""
    return page.rank(block) == RANKS["section"] and page.grammar.work.match(words) is not None


def _read_below(page: Page, index: int) -> Demand | None:
    """Return the demand of a paragraph whose doer stands on the line below it: "Cơ quan chủ trì: Sở Nội vụ."."""
    if index + 1 == len(page.blocks):
        return None
    block, below = page.blocks[index : index + 2]
    led = _LED_BY.match(page.scan.folded, page.words_start(below), below.end)
    if led is None:
        return None
    who, begin = read_label(page, led.end(), below.end), page.words_start(block)
    if who is None or not is_imperative(page, begin, block.end):
        return None
    assignment = Assignment(who, bodies_of(page, who), begin, leads=True)
    return make_demand(page, (block.start, block.end), GIVE, None, assignment, own=True)


def _ends_section(page: Page, block: Paragraph, rank: int) -> bool:
    own = page.rank(block)
    if block.kind is ParagraphKind.HEADING or page.grammar.ends.match(page.folded(block.start, block.end)):
        return True
    return own >= rank


def _find_items(page: Page, index: int, lead: Ask) -> list[int]:
    """Return the indexes of the paragraphs that a lead introduces."""
    following = range(index + 1, min(len(page.blocks), index + 1 + _MOST_ITEMS))
    first = page.blocks[index + 1]
    if page.rank(first):
        return _series(page, following, lead)
    plain = list(takewhile(lambda i: _is_plain(page, page.blocks[i]), following))
    if lead.said and (count := page.grammar.count.search(page.folded(lead.cue, lead.end))):
        return plain[: int(count["n"]) if count["n"].isdigit() else NUMBERS.index(count["n"]) + 1]
    return list(takewhile(lambda i: _is_task(page, page.blocks[i], lead), plain))


def _series(page: Page, following: range, lead: Ask | None = None) -> list[int]:
    """Return the paragraphs marked like the first or below it; a few others may stand between them.

    Behind a heading or the name of a doer the paragraphs without a mark are his tasks."""
    taken: list[int] = []
    top = page.rank(page.blocks[following[0]])
    named = False
    for index in following:
        block = page.blocks[index]
        rank = page.rank(block)
        if block.kind is ParagraphKind.HEADING or rank > max(top, 6) or (taken and index - taken[-1] > _MOST_BETWEEN):
            break
        if page.grammar.ends.match(page.folded(block.start, block.end)):
            break
        if top == _RANK_OF_ITEMS and not rank and not named and not _is_between(page, block, index):
            break
        if 0 < rank <= top or (rank == 6 and top == 6):
            introduces = page.is_title(block) or block.text.rstrip().endswith(":")
            named = introduces or _names_doer(page, block) is not None
            taken.append(index)
        elif rank:
            break
        elif _is_told(page, block, lead if index - 1 in taken else None) or (
            (named or top == _RANK_OF_ITEMS or index - 1 in taken or _precedes_item(page, index, top))
            and not page.is_title(block)
            and is_imperative(page, block.start, block.end)
        ):
            taken.append(index)
    return taken


def _precedes_item(page: Page, index: int, rank: int) -> bool:
    """Tell whether another item of a rank follows: then a paragraph without a mark belongs to the item before it."""
    return any(page.rank(block) == rank for block in page.blocks[index + 1 : index + 1 + _MOST_BETWEEN])


def _is_told(page: Page, block: Paragraph, lead: Ask | None) -> bool:
    """Tell whether a paragraph without a mark says who is to do what; right behind an item that is somebody who stands
    below him who asks (``lead``)."""
    start, end = page.sentences(block.start, block.end)[0]
    if opening_cue(page, start, end) or find_urged(page, start, end):
        return True
    if lead and find_following(page, start, end, lead):
        return True
    told = find_assignment(page, page.skip(page.grammar.connected, start, end), end)
    return bool(told and told.leads and not page.grammar.is_past(page.folded(start, told.task)))


def _is_between(page: Page, block: Paragraph, index: int) -> bool:
    """Tell whether a short line between two items is none itself: a caption, a title."""
    short = len(block.text) < _LONGEST_BETWEEN and block.text.rstrip()[-1] not in ".;:"
    goes_on = any(page.rank(following) > 0 for following in page.blocks[index + 1 : index + 1 + _MOST_SHORT])
    return goes_on and (short or is_imperative(page, block.start, block.end))


def _is_plain(page: Page, block: Paragraph) -> bool:
    """Tell whether a paragraph can be an item of a list without marks: no heading, no lead of its own."""
    plain = block.kind is ParagraphKind.PARAGRAPH and not block.text.rstrip().endswith(":")
    return plain and not page.is_title(block)


def _is_task(page: Page, block: Paragraph, lead: Ask) -> bool:
    """Tell whether a paragraph asks in the imperative or, below an assignment, names who is to do what; below other
    leads that must be somebody who stands below him who asks."""
    start, end = block.start, block.end
    begin = page.skip(MARKS, start, end)
    if lead.kind != GIVE and find_following(page, *page.sentences(start, end)[0], lead):
        return True
    told = lead.kind == GIVE and (find_labelled(page, begin, end) or find_assignment(page, begin, end))
    assignment = told or None
    given = assignment is not None and not page.grammar.is_past(page.folded(start, assignment.task))
    return given or is_imperative(page, start, end)


def _names_doer(page: Page, block: Paragraph) -> Span | None:
    """Return the doers whom a paragraph names and whose tasks stand below it: "2. Sở Tài chính", "- Các huyện …:"."""
    start = page.words_start(block)
    if block.text.rstrip()[-1] in ".;,!":
        return None
    return read_label(page, start, block.end)


def _leads_on(page: Page, block: Paragraph) -> Assignment | None:
    """Return who is told by an item that only introduces its own items: "Sở Nội vụ chủ trì thực hiện các việc sau:"."""
    start = page.words_start(block)
    given = opening_cue(page, start, block.end)
    return find_assignment(page, given.end() if given else start, block.end)


def _read_items(page: Page, items: list[int], lead: Ask) -> list[Demand]:
    """Return the demands of items, each with its own doer, else that of the item above, else that of the lead."""
    made: list[Demand] = []
    above: dict[int, Span] = {}
    skipped = 0
    for place, index in enumerate(items):
        block = page.blocks[index]
        rank = page.rank(block)
        if skipped and 0 < rank < skipped:
            continue
        skipped = 0
        above = {known: span for known, span in above.items() if known > rank or not rank}
        below = next((page.rank(page.blocks[i]) for i in items[place + 1 : place + 2]), -1)
        nests = below >= 0 and (below < rank or (rank == 0 and below > 0) or (below == 0 and rank > 0))
        doer = _names_doer(page, block)
        if doer and (nests or block.text.rstrip().endswith(":")):
            above[rank] = doer
            continue
        if doer or (lead.own and page.is_title(block) and not rank):
            continue
        colon = block.text.rstrip().endswith(":")
        if colon and 0 < below < (rank or 9):
            told = _leads_on(page, block)
            if told:
                above[rank or below + 1] = told.assignees
                continue
            words = page.folded(page.words_start(block), block.end)
            skipped = 0 if _TOPIC.match(words) or page.grammar.section.match(words) else rank
        elif (page.is_title(block) or colon) and 0 <= below < rank:
            continue
        current = above[min(above)] if above else lead.towards
        if lead.own and (led_below := _read_below(page, index)):
            made.append(led_below)
        elif demand := _read_item(page, lead, current, block):
            made.append(demand)
    return made


def _is_no_task(page: Page, block: Paragraph, lead: Ask) -> bool:
    """Tell whether an item is a caption, a heading, a condition, or says of the document itself or of its units."""
    start = page.words_start(block)
    words = page.folded(start, block.end)
    return bool(
        _CAPTION.search(words)
        or page.grammar.this_document.match(words)
        or (page.grammar.recital.match(words) and not BEFORE_CUE.match(words))
        or block.text[start - block.start :].isupper()
        or (_CONDITION.match(words) and not _tells_what_if(page, start, block.end))
        or _BY_UNIT.match(words)
        or tells_needs(page, start, block.end)
        or page.grammar.section.match(words)
        or (lead.own and _THE_END.search(words))
        or (
            len(words) < _LONGEST_HEADING and words.rstrip().endswith(":") and not is_imperative(page, start, block.end)
        )
    )


def _tells_what_if(page: Page, start: int, end: int) -> bool:
    """Tell whether an item says what is to be done on a condition: "Khi vắng họp thì báo cáo người chủ trì"."""
    supposed = _IF_SO.match(page.scan.folded, start, end)
    return supposed is not None and begins_with_verb(page, supposed.end(), end)


def _only_states(page: Page, lead: Ask) -> bool:
    """Tell whether a lead only says that somebody states something: "Kết luận hội nghị, Bí thư nêu:"."""
    words = page.folded(lead.cue, lead.end).rstrip(" :\n")
    return words.removesuffix(" như sau") == _STATED


def _asks_itself(page: Page, lead: Ask, item: Span, assignment: Assignment | None) -> bool:
    """Tell whether an item asks without its lead: in the imperative, or it says who must do what; in a document that
    gives orders also who does what."""
    start, end = item
    if assignment is None:
        return is_imperative(page, start, end) or find_must(page, start, end) is not None
    if _ORDERS.search(page.folded(max(0, lead.start - _EARLY), lead.cue)) and page.grammar.verb.match(
        page.scan.folded, assignment.task, end
    ):
        return True
    return assignment.leads or find_urged(page, start, end) is not None


def _item_start(page: Page, lead: Ask, block: Paragraph) -> tuple[int, Ask]:
    """Return where the words of an item begin behind an adverbial and behind him who assigns ("1. HĐND tỉnh giao UBND
    tỉnh …"), and the lead: his."""
    start = page.words_start(block)
    if led := BEFORE_CUE.match(page.folded(start, block.end)):
        start += led.end()
    own = next(page.asks(start, min(block.end, start + _EARLY), None), None)
    if own and own.said and own.assigner and not (own.void or own.direct) and (own.kind == GIVE or own.start == start):
        return own.rest, lead._replace(assigner=own.assigner, kind=own.kind)
    return start, lead


def _read_item(page: Page, lead: Ask, towards: Span | None, block: Paragraph) -> Demand | None:
    """Return the demand of one item: its own assignees, else those named ``towards``; None if it asks nothing."""
    if _is_no_task(page, block, lead):
        return None
    words = page.folded(page.words_start(block), block.end)
    start, lead = _item_start(page, lead, block)
    kind = lead.kind
    given = opening_cue(page, start, block.end)
    kind = GIVE if given and given[0] in page.grammar.giving else kind
    start = given.end() if given else start
    assignment = find_labelled(page, start, block.end) or find_assignment(page, start, block.end)
    told = assignment and page.grammar.is_past(page.folded(start, min(block.end, assignment.task + 40)))
    if told or (
        not given and _only_states(page, lead) and not _asks_itself(page, lead, (start, block.end), assignment)
    ):
        return None
    if assignment is None:
        begin = page.skip(MARKS, start, block.end)
        asks = is_imperative(page, start, block.end) or _tells_what_if(page, begin, block.end)
        asks = asks or find_must(page, start, block.end) is not None
        if given and not asks:
            return make_demand(page, (block.start, block.end), kind, lead.assigner, nobody(begin), own=lead.own)
        asks = asks or (lead.own and begins_with_verb(page, begin, block.end))
        past = page.grammar.is_past(page.folded(start, min(block.end, start + 80)))
        if (past and not asks) or page.is_cited(begin) or (lead.own and lead.kind == GIVE and not asks):
            return None
        unread = not asks and starts_group(page, begin, block.end)  # it names somebody, who is not certain
        who = (begin, begin) if given or unread else towards or (begin, begin)
        sure = asks or (lead.own and lead.kind == ASK) or page.grammar.verb.search(words, 0, _EARLY) is not None
        if not sure and (not towards or page.is_title(block)):
            return None  # a heading, a thing that is listed
        assignment = Assignment(who, bodies_of(page, who), begin)
    elif assignment.leads or assignment.lead:
        kind = GIVE
    if lead.own and assignment.assignees[0] == assignment.assignees[1]:  # given to nobody
        kind = ASK
    return make_demand(page, (block.start, block.end), kind, lead.assigner, assignment, own=lead.own)
