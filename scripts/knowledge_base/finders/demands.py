"""Find what somebody asks of somebody: "Ban Thường vụ yêu cầu …", "giao: Ban Tổ chức chủ trì, phối hợp …".

Three forms are known: a lead sentence with a list behind it (one demand for each item), a sentence in
which a giver asks, and a body told to take the lead. Paragraphs that go on in the imperative behind a
sentence that asks belong to the same giver.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ..models import BodyMention, Citation, Demand, Paragraph, ParagraphKind, Scan
from ..text import fold, nfc
from ..vocabulary import Vocabulary
from .demand_page import Ask, Page, Span
from .demand_words import (
    AFTER_CUE,
    ASK,
    BEFORE_GIVER,
    CONNECTED,
    COUNT,
    DEADLINE,
    GIVE,
    GROUP,
    LEAD_CUE,
    MARKER,
    NUMBERS,
    PAST,
    TOWARDS,
    URGED,
    VERB,
)

_MOST_ITEMS = 60
_MOST_BETWEEN = 6
_LONGEST_ADDRESS = 420
_TOGETHER = re.compile(r"[\s,]*(?:và\s+)?phối hợp(?:\s+chặt chẽ)?(?:\s+(?:với|cùng))?(?!\w)\s*")
_LEADS = re.compile(r"[\s,]*(?:là cơ quan )?chủ trì(?!\w)[\s,]*")
_DIRECTS = re.compile(r"[\s,]*chỉ đạo(?!\w)\s*")
_BELONGS = re.compile(r"(?:của|thuộc|giúp việc|tại|trong)\s+\Z")


@dataclass(frozen=True, slots=True)
class _Doing:
    """Who does what: the words of the doers, the bodies among them and with them, and where the task begins."""

    doers: Span
    lead: tuple[Span, ...]
    partners: tuple[Span, ...]
    task: int
    leads: bool


class DemandFinder:
    """Finds demands and assignments; document types of the vocabulary may speak ("Chỉ thị yêu cầu …")."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        names = {fold(nfc(n)) for t in vocabulary.document_types.values() for n in (t.name, *t.names)}
        self._types = "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n))) or r"(?!)"

    def find(self, scan: Scan, bodies: Sequence[BodyMention], citations: Sequence[Citation]) -> list[Demand]:
        """Return the demands of an article in order of the text."""
        page = Page(scan, bodies, citations, self._types)
        demands: list[Demand] = []
        index = 0
        asking: Ask | None = None
        while index < len(page.blocks):
            lead = _lead(page, index, asking)
            items = _items(page, index, lead) if lead else []
            before = [] if page.blocks[index].kind is ParagraphKind.HEADING else _sentences(page, page.blocks[index], asking)
            if lead and items:
                demands += [d for _, d in before if d.end <= lead.start]
                demands += [_of_item(page, lead, page.blocks[item]) for item in items]
                index, asking = items[-1] + 1, replace(lead, open=False)
                continue
            found, asking = _block(page, page.blocks[index], before, asking)
            demands += found
            index += 1
        return demands


def _block(
    page: Page, block: Paragraph, found: list[tuple[Ask, Demand]], asking: Ask | None
) -> tuple[list[Demand], Ask | None]:
    """Return the demands of a paragraph without a list, and who asks from there on."""
    if found:
        return [d for _, d in found], found[-1][0]
    if block.kind is ParagraphKind.HEADING or page.is_title(block):
        return [], asking
    more = _continued(page, block, asking) if asking and asking.open else None
    return ([more], asking) if more else ([], None)


def _sentences(page: Page, block: Paragraph, asking: Ask | None) -> list[tuple[Ask, Demand]]:
    """Return what the sentences of a paragraph ask; imperative ones are added to the demand before them."""
    found: list[tuple[Ask, Demand]] = []
    ends: list[int] = []
    for start, end in page.sentences(block.start, block.end):
        asks = page.asks(start, end, found[-1][0] if found else asking)
        made = [pair for ask in asks if (pair := _of_ask(page, ask)) is not None]
        if not made and (alone := _alone(page, start, end)):
            made = [alone]
        if not made and found and (doing := _urged(page, start, end)):
            ask = found[-1][0]
            made = [(ask, _demand(page, (start, end), ASK, ask.giver, doing))]
        found += made
        ends += [demand.end for _, demand in made]
        if not made and found and _is_imperative(page, start, end):
            ends[-1] = end
    return [(ask, _extended(page, demand, end)) for (ask, demand), end in zip(found, ends, strict=True)]


# -- leads and their items -------------------------------------------------------------------------


def _lead(page: Page, index: int, asking: Ask | None) -> Ask | None:
    """Return the ask of a paragraph that introduces a list: it ends in a colon, or an ordinal follows."""
    block, following = page.blocks[index], page.after(index)
    if following is None or block.kind is ParagraphKind.HEADING:
        return None
    colon = block.text.rstrip().endswith(":") and block.kind is not ParagraphKind.ITEM
    series = MARKER.match(page.folded(following.start, following.end))
    if not colon and not (series and series["first"]):
        return None
    start, end = page.sentences(block.start, block.end)[-1]
    asks = [a for a in page.asks(start, end, asking, LEAD_CUE) if colon or a.said]
    if asks:
        return replace(asks[0], end=end, kind=_lead_kind(asks), towards=_towards(page, asks[0], start, end))
    towards = TOWARDS.match(page.folded(start, end)) if colon else None
    if towards is None:
        return None
    who = (start + towards.start("who"), start + towards.end("who"))
    return Ask(start, end, start, end, ASK, asking.giver if asking else None, who)


def _lead_kind(asks: list[Ask]) -> str:
    return GIVE if any(a.kind == GIVE for a in asks) else ASK


def _towards(page: Page, ask: Ask, start: int, end: int) -> Span | None:
    """Return the words of a lead that name those asked: "đối với …", or what stands behind the cue."""
    begin = max(start, ask.start - _LONGEST_ADDRESS)
    if before := BEFORE_GIVER.match(page.folded(begin, ask.start)):
        return begin + before.start("who"), begin + before.end("who")
    if after := AFTER_CUE.match(page.folded(ask.rest, min(end, ask.rest + _LONGEST_ADDRESS))):
        return ask.rest + after.start("who"), ask.rest + after.end("who")
    needed = re.search(r"(?<!\w)mà\s+", page.folded(ask.rest, min(end, ask.rest + _LONGEST_ADDRESS)))
    doers = _address(page, ask.rest + needed.end() if needed else ask.rest, end)
    if doers is not None:
        return doers
    rest = _skip(page, ask.rest, end)
    return (rest, end) if _starts_group(page, rest, end) and end - rest < _LONGEST_ADDRESS else None


def _items(page: Page, index: int, lead: Ask) -> list[int]:
    """Return the indexes of the paragraphs that a lead introduces."""
    following = range(index + 1, min(len(page.blocks), index + 1 + _MOST_ITEMS))
    first = page.blocks[index + 1]
    if first.kind is ParagraphKind.ITEM:
        return _while(following, lambda i: page.blocks[i].kind is ParagraphKind.ITEM)
    if MARKER.match(page.folded(first.start, first.end)):
        return _series(page, following)
    if lead.said and (count := COUNT.search(page.folded(lead.cue, lead.end))):
        most = int(count["n"]) if count["n"].isdigit() else NUMBERS.index(count["n"]) + 1
        return _while(following[:most], lambda i: _is_plain(page, i))
    wanted = _names_doer if lead.kind == GIVE else _imperative_block
    return _while(following, lambda i: _is_plain(page, i) and wanted(page, page.blocks[i]))


def _while(indexes: Sequence[int], wanted: Callable[[int], bool]) -> list[int]:
    """Return the indexes up to the first that is not ``wanted``."""
    stop = next((place for place, index in enumerate(indexes) if not wanted(index)), len(indexes))
    return list(indexes[:stop])


def _series(page: Page, following: Sequence[int]) -> list[int]:
    """Return the paragraphs numbered like the first; a few others may stand between them."""
    taken: list[int] = []
    kind = ""
    for index in following:
        block = page.blocks[index]
        match = MARKER.match(page.folded(block.start, block.end))
        if block.kind is ParagraphKind.HEADING or (taken and index - taken[-1] > _MOST_BETWEEN):
            break
        mark = _marked(match[0]) if match else ""
        if match and mark in (kind or mark, "word"):
            kind = kind or mark
            taken.append(index)
    return taken


def _marked(mark: str) -> str:
    """Return the kind of an item's mark: a number, a letter, or a word."""
    return "digit" if mark[0].isdigit() else "letter" if mark[1:2] in ".)" else "word"


def _is_plain(page: Page, index: int) -> bool:
    """Tell whether a paragraph can be an item of a list without marks: no heading, no lead of its own."""
    block = page.blocks[index]
    return block.kind is ParagraphKind.PARAGRAPH and not block.text.rstrip().endswith(":") and not page.is_title(block)


def _names_doer(page: Page, block: Paragraph) -> bool:
    doing = _doing(page, _skip(page, block.start, block.end), block.end)
    past = doing and PAST.search(page.folded(block.start, doing.task))
    return (doing is not None and not past) or _imperative_block(page, block)


def _imperative_block(page: Page, block: Paragraph) -> bool:
    return _is_imperative(page, block.start, block.end)


def _of_item(page: Page, lead: Ask, block: Paragraph) -> Demand:
    """Return the demand of one item: its own doers, else those the lead names."""
    mark = MARKER.match(page.folded(block.start, block.end))
    start = block.start + (mark.end() if mark else 0)
    label = TOWARDS.match(page.folded(start, block.end))
    if not label and (doing := _doing(page, start, block.end)):
        kind = GIVE if doing.leads or doing.lead else lead.kind
        return _demand(page, (block.start, block.end), kind, lead.giver, doing)
    if label:
        who, task = (start + label.start("who"), start + label.end("who")), start + label.end()
    else:
        who, task = lead.towards or (start, start), _skip(page, start, block.end)
    doing = _Doing(who, _lead_bodies(page, *who), (), task, False)
    return _demand(page, (block.start, block.end), lead.kind, lead.giver, doing)


# -- sentences -------------------------------------------------------------------------------------


def _of_ask(page: Page, ask: Ask) -> tuple[Ask, Demand] | None:
    """Return a sentence that asks, with its demand; None if nothing is asked in it."""
    rest = CONNECTED.match(page.scan.folded, _skip(page, ask.rest, ask.end), ask.end).end()  # type: ignore[union-attr]
    doing = _doing(page, rest, ask.end)
    if doing is None and ask.kind == GIVE:
        return _given(page, ask, rest)
    if doing is None:
        if ask.direct or not VERB.match(page.scan.folded, rest, ask.end):
            return None
        doing = _Doing((rest, rest), (), (), rest, False)
    demand = _demand(page, (ask.start, ask.end), ask.kind, ask.giver, doing)
    return replace(ask, towards=doing.doers if demand.addressees else None), demand


def _given(page: Page, ask: Ask, rest: int) -> tuple[Ask, Demand] | None:
    """Return an assignment without a verb: "giao nhiệm vụ cụ thể cho A, B"; None if it names no body."""
    lead = _lead_bodies(page, rest, ask.end)
    if not lead:
        return None
    demand = _demand(page, (ask.start, ask.end), GIVE, ask.giver, _Doing((rest, ask.end), lead, (), ask.end, False))
    words = page.words(ask.cue, ask.rest).removeprefix("giao").removesuffix("cho").strip()
    return ask, replace(demand, task=words or page.words(lead[-1][1], ask.end))


def _alone(page: Page, start: int, end: int) -> tuple[Ask, Demand] | None:
    """Return the assignment of a sentence that names no giver: "<Body> chủ trì, phối hợp với …", "Đối với …: …"."""
    begin = CONNECTED.match(page.scan.folded, start, end).end()  # type: ignore[union-attr]
    towards = TOWARDS.match(page.folded(start, end))
    if towards and VERB.match(page.folded(start + towards.end(), end).lstrip()):
        who = (start + towards.start("who"), start + towards.end("who"))
        doing: _Doing | None = _Doing(who, _lead_bodies(page, *who), (), start + towards.end(), False)
    else:
        doing = _doing(page, begin, end)
        if doing is None or not doing.leads or PAST.search(page.folded(begin, doing.task)):
            return None
        if not VERB.match(page.scan.folded, doing.task, end):
            return None
    ask = Ask(begin, end, begin, begin, GIVE if doing.leads else ASK, None)
    return ask, _demand(page, (begin, end), ask.kind, None, doing)


def _continued(page: Page, block: Paragraph, asking: Ask) -> Demand | None:
    """Return the demand of a paragraph that goes on in the imperative, or says who "phải" do something."""
    start, end = page.sentences(block.start, block.end)[0]
    whole = (block.start, block.end)
    if _is_imperative(page, start, end):
        begin = CONNECTED.match(page.scan.folded, start, end).end()  # type: ignore[union-attr]
        who = asking.towards or (begin, begin)
        return _demand(page, whole, ASK, asking.giver, _Doing(who, _lead_bodies(page, *who), (), begin, False))
    doing = _urged(page, start, end)
    return _demand(page, whole, ASK, asking.giver, doing) if doing else None


def _urged(page: Page, start: int, end: int) -> _Doing | None:
    """Read a sentence that says who must do what: "Cán bộ phải …", "Thủ trưởng các đơn vị thường xuyên …"."""
    doing = _doing(page, _skip(page, start, end), end)
    if doing is None or not URGED.match(page.scan.folded, doing.task, end):
        return None
    return None if PAST.search(page.folded(start, min(end, doing.task + 60))) else doing


def _is_imperative(page: Page, start: int, end: int) -> bool:
    """Tell whether a sentence begins with a verb that asks, and reports nothing past."""
    begin = CONNECTED.match(page.scan.folded, start, end).end()  # type: ignore[union-attr]
    match = VERB.match(page.scan.folded, begin, end)
    return match is not None and not PAST.search(page.folded(begin, min(end, begin + 160)))


# -- who does what ---------------------------------------------------------------------------------


def _doing(page: Page, start: int, end: int) -> _Doing | None:
    """Read "<doers> [chủ trì, phối hợp với <partners>] <task>"; None if no doers or no task stand there."""
    doers = _address(page, start, end)
    if doers is None:
        return None
    lead, task = _lead_bodies(page, *doers), doers[1]
    if leads := _LEADS.match(page.scan.folded, task, end):
        task = leads.end()
    together = _TOGETHER.match(page.scan.folded, task, end)
    directs = None if leads or together else _DIRECTS.match(page.scan.folded, task, end)
    begin = together.end() if together else directs.end() if directs else None
    partners = _address(page, begin, end) if begin is not None else None
    if partners and together:
        task = partners[1]
    with_them = _lead_bodies(page, *partners) if partners else ()
    return _Doing(doers, lead, with_them, task, bool(leads))


def _address(page: Page, start: int, end: int) -> Span | None:
    """Return the span of a noun phrase of doers that begins at ``start``: up to the first verb of a task."""
    start = _skip(page, start, end)
    if not _starts_group(page, start, end) or (VERB.match(page.scan.folded, start, end) and not page.is_inside_body(start)):
        return None
    last = min(end, start + _LONGEST_ADDRESS)
    for match in VERB.finditer(page.scan.folded, start, last):
        if not page.is_inside_body(match.start()) and match.start() > start:
            return start, match.start()
    return None


def _starts_group(page: Page, start: int, end: int) -> bool:
    """Tell whether doers begin here: a body, or a noun of bodies and persons."""
    return page.is_inside_body(start) or GROUP.match(page.scan.folded, start, end) is not None


def _lead_bodies(page: Page, start: int, end: int) -> tuple[Span, ...]:
    """Return the bodies named in a phrase of doers, leaving out those that only say where somebody belongs."""
    named = (b for b in page.bodies_in(start, end) if not _BELONGS.search(page.folded(max(start, b.start - 12), b.start)))
    return tuple((b.start, b.end) for b in named)


def _skip(page: Page, start: int, end: int) -> int:
    """Return where words begin behind marks and "rằng"."""
    match = re.compile(r"[\s,:;\-–•*+(\"]*(?:(?:rằng|là|cho)\s*[:,]?\s+)?").match(page.scan.folded, start, end)
    return match.end() if match else start


def _demand(page: Page, span: Span, kind: str, giver: Span | None, doing: _Doing) -> Demand:
    """Make the demand of a span."""
    start, end = span[0], span[0] + len(page.scan.text[slice(*span)].rstrip(" ,;\n"))
    deadline = DEADLINE.search(page.scan.folded, start, end)
    return Demand(
        start, end, page.scan.text[start:end], kind, giver, doing.lead, doing.partners,
        page.words(*doing.doers), page.words(doing.task, end),
        " ".join(page.scan.text[slice(*deadline.span())].split()) if deadline else None,
    )  # fmt: skip


def _extended(page: Page, demand: Demand, end: int) -> Demand:
    """Return a demand with the sentences up to ``end`` added."""
    if end <= demand.end:
        return demand
    text = page.scan.text[demand.start : end].rstrip()
    added = page.words(demand.end, end)
    deadline = demand.deadline or next((m[0] for m in DEADLINE.finditer(page.folded(demand.end, end))), None)
    return replace(demand, end=demand.start + len(text), text=text, task=f"{demand.task}. {added}", deadline=deadline)
