"""Who is to do something: the noun phrase that names them, and where their task begins.

A doer is a body, an office or a group ("các sở, ngành liên quan"), never a clause: what cannot be read as such a
phrase names nobody, and the demand is told without a doer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import merge
from typing import NamedTuple

from ...core.text import verbose
from .grammar import CAPITAL, MUST, without_parentheses
from .sentences import Page, Span

LONGEST_ADDRESS = 420
"""Letters that the names of those who are to do something may take, and in which they may be named before and behind
a cue; chosen by hand: a dozen bodies."""
MARKS = re.compile(r"[\s,:;\-–•*+(\"“]*(?:(?:rằng|là|cho)\s*[:,]?\s+)?")
_LEADS = verbose(r"""[\s,]* (?: (?: có\ trách\ nhiệm | khẩn\ trương | tập\ trung | tiếp\ tục )\s+ )?
        (?:là\ cơ\ quan\ )? (?P<what>chủ\ trì) (?!\w)
        (?!\ (?:thực\ hiện\ )?:)               # no heading "Cơ quan chủ trì thực hiện :"
        [\s,]*""")
_TOGETHER = re.compile(r"[\s,]*(?:và\s+)?(?:phối hợp(?:\s+chặt chẽ)?(?:\s+(?:với|cùng))?|cùng(?:\s+với)?)(?!\w)\s*")
_DIRECTS = re.compile(r"[\s,]*(?:lãnh đạo(?:, chỉ đạo)?|chỉ đạo)(?!\w)\s*")
_GIVEN = re.compile(r"\s+(?:(?:đã|cũng)\s+)?được\s+(?:(?:giao|phân công)(?:\s+(?:nhiệm vụ|trách nhiệm))?|yêu cầu)\s*\Z")
_BELONGS = re.compile(
    r"(?:của|thuộc|được|do|giúp việc|tại|trong|đối với|về|đại biểu"
    r"|các (?:ban|phòng|tổ|đoàn|văn phòng|cơ quan|đơn vị))\s+\Z"
)
_ACTIVITY = re.compile(
    r"(?<!\w)(?:Quỹ|Ban|Trung tâm|Công ty|Hội|Hiệp hội|Viện|Cục|Chi cục|Ngân hàng|Văn phòng)\s(?:[^\W\d_]+\s){0,6}?"
    r"(?:Đầu tư|Quản lý|Hỗ trợ|Bảo trì|Khai thác|Bảo vệ|Xúc tiến|Kiểm soát|Tư vấn|Phục vụ|Kinh doanh|Sản xuất)\s\Z"
)
"""The name of a body that ends in what it does: the verb behind may go on with it, "Quỹ Đầu tư phát triển đất"."""
_ROLE = re.compile(r"\s+với\s+(?:vai trò|tư cách)\s|\s+cũng\s*\Z")
"""What belongs no more to the name before a task: as what somebody is to act ("UBND tỉnh với vai trò là chủ sở hữu |
rà soát"), or that he too is told ("các huyện cũng | tăng cường")."""
_STOP = re.compile(r"(?<!tp)(?<!\.)\.\s|[:?!“”\"]")
_SEVERAL = re.compile(
    r"(?<!\w)(?:các|những|\d+|hai|ba|bốn) (?:bộ|(?:tỉnh, )?thành phố|tỉnh|(?:sở, )?(?:ban, )?ngành|sở|ban|huyện|quận"
    r"|thị xã|(?:xã, )?phường|xã|đồng chí|cơ quan|đơn vị|địa phương|doanh nghiệp|công ty|trường)\Z"
)
_LONGEST_KIND = 30
"""Letters of the longest of these, with a blank before."""
_CAPITAL = re.compile(rf"(?<!\w){CAPITAL}\w*")
_PART = re.compile(r"(?:(?<!phòng)(?<!tham mưu),(?! quản lý(?! chặt| tốt| nghiêm))|;)\s*")
_PART_BEGINS = re.compile(
    r"(?:và|cùng|cùng với|nhất là|trước hết là|kể cả|đặc biệt là|bao gồm|gồm|riêng|của|thuộc|trong|đội ngũ)\s"
)
_LEVELS = re.compile(r"(?:thành|thị)\s*(?=[,;:]|\Z)")
"""A level named shortly among others: "UBND các huyện, thành, thị"."""
_APPOSITION = re.compile(r" - (?=Cơ quan|Đơn vị|Trưởng|Phó|Ủy viên)")
_RESPONSIBLE = re.compile(r"(?:trách nhiệm|nhiệm vụ|phần việc)\s+(?:của|đối với)\s+|đối với\s+|về phía\s+")
_ATTRIBUTE = verbose(r"""
        (?<!\w)(?: không\ (?:có|thuộc|đạt|đủ|hoàn\ thành) | chưa | (?:đã\ )?(?:được|bị) )(?!\w)
        [^,;:.]{2,100}? \s
        (?= (?: phải | cần(?!\ thiết) | không\ được | tuyệt\ đối ) (?!\w) )""")
"""What some of the doers are like, before the word that tells these what to do: "cán bộ không có nhiệm vụ | tuyệt đối
không đi lễ"."""
_PASSED = re.compile(r"(?<!\w)có [^,;:.]{2,80}? (?:đi|chạy) qua\s")
"""Where some of the doers lie: "các xã có cao tốc Bắc - Nam đi qua | bố trí đất"."""
_LONGEST_ATTRIBUTE = 130
"""Letters of such words with the word behind them, as the pattern bounds them."""
_WHEN = verbose(r"""
        (?: (?:ngay|kể)\ )? (?:trong|từ|trước|đến|vào|chậm\ nhất)\ [^,;:.]{0,40}?
            (?: \d[\d/.-]* (?:\ năm\ \d{4})? | quý\ [ivx]+ | thời\ gian\ (?:tới|này) ) ,? \s+
      | (?:thời\ gian\ tới,?\ )? (?:nếu|khi)\ [^.;:]{3,200}? \ thì \s+""")
"""A time or a condition between the word that asks and those asked."""
_LONGEST_LABEL = 260
"""Letters of a heading that names doers; chosen by hand."""


class Assignment(NamedTuple):
    """Who does what: the words of the assignees, the bodies among them and with them, and where the task begins.

    ``leads``: they are told to take the lead; ``executors``: bodies they are to direct. ``shown``: where the words of
    the task that are shown begin, if that is before it: "chủ trì" is said there, unless partners tell who leads."""

    assignees: Span
    lead: tuple[Span, ...]
    task: int
    partners: tuple[Span, ...] = ()
    leads: bool = False
    executors: tuple[Span, ...] = ()
    shown: int | None = None


def nobody(at: int) -> Assignment:
    """Return the assignment of a task that begins at ``at`` and names no doer."""
    return Assignment((at, at), (), at)


def find_assignment(page: Page, start: int, end: int) -> Assignment | None:
    """Read assignees and their task from ``start``; None if no assignees or no task stand there."""
    assignees = find_assignees(page, start, end)
    if assignees is None:
        return None
    folded, (start, task) = page.scan.folded, assignees
    given = _GIVEN.search(page.folded(start, task))
    assignees = start, start + given.start() if given else names_end(page, start, task)
    leads = _LEADS.match(folded, task, end)
    shown = leads.start("what") if leads else None
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
    passive = given and (told or given[0].rstrip().endswith("yêu cầu") or _are_given(page, assignees, task, end))
    shown = None if with_them and told else shown
    return Assignment(assignees, told, task, with_them, bool(leads or passive), under_them, shown)


def _are_given(page: Page, assignees: Span, task: int, end: int) -> bool:
    """Tell whether all of a level are given a task: "Các quận, huyện được giao | rà soát"; those "được giao quản lý
    rừng" that must do something else are only described."""
    several = page.folded(assignees[0], assignees[0] + 4) == "các " or " cũng " in page.folded(assignees[1], task)
    return several and page.tier_of(assignees) is not None and MUST.search(page.scan.folded, task, end) is None


def behind_time(page: Page, start: int, end: int) -> int:
    """Return where those begin who are told something behind a time or condition ("trong tháng 6 | các xã …"); without
    one ``start``."""
    told = _WHEN.match(page.scan.folded, start, end)
    return told.end() if told and starts_group(page, told.end(), end) else start


def find_labelled(page: Page, start: int, end: int) -> Assignment | None:
    """Read "Đối với <assignees>: <task>", "<Assignees>: <task>"."""
    colon = page.scan.folded.find(":", start, min(end, start + LONGEST_ADDRESS))
    label = read_label(page, start, colon) if colon > 0 and not _names_follow(page, start, colon) else None
    return Assignment(label, bodies_of(page, label), page.skip(MARKS, colon + 1, end)) if label else None


def read_label(page: Page, start: int, end: int) -> Span | None:
    """Return the words that name doers if those from ``start`` to ``end`` do nothing else; marks do not count."""
    start = page.skip(MARKS, start, end)
    if added := _APPOSITION.search(page.scan.view, start, end):  # "Bộ Y tế - Cơ quan thường trực của …"
        end = added.start()
    words = page.folded(start, end).rstrip(" :.;\n").removesuffix(" có trách nhiệm").removesuffix(" có nhiệm vụ")
    if len(words) > _LONGEST_LABEL:
        return None
    begins = _RESPONSIBLE.match(words)
    start, end = start + (begins.end() if begins else 0), start + len(words)
    if start >= end or not starts_group(page, start, end) or not is_noun_phrase(page, start, end):
        return None
    return start, end


def find_assignees(page: Page, start: int, end: int) -> Span | None:
    """Return the span of a noun phrase of assignees that begins at ``start``: up to where their task begins."""
    start = page.skip(MARKS, start, end)
    if not starts_group(page, start, end) or _begins_with_verb(page, start, end):
        return None
    named = page.grammar.group.match(page.scan.folded, start, end)
    behind = named.end() if named else start
    starts = _task_starts(page, start, end, behind)
    found = next((at for at in starts if is_noun_phrase(page, start, at) and _is_whole(page, start, at)), None)
    last = end if found is None else found + _LONGEST_ATTRIBUTE
    told = _ATTRIBUTE.search(page.scan.folded, behind, min(end, last, start + LONGEST_ADDRESS))
    if told and (found is None or told.start() <= found) and is_noun_phrase(page, start, told.start()):
        return start, told.end()
    passed = _PASSED.search(page.scan.folded, behind, min(end, start + LONGEST_ADDRESS)) if found is None else None
    if passed and is_noun_phrase(page, start, passed.start()) and page.begins_acting(passed.end(), end):
        return start, passed.end()
    return None if found is None else (start, found)


def names_end(page: Page, start: int, end: int) -> int:
    """Return where the names of those end who are told to act as something: "UBND tỉnh | với vai trò là chủ sở hữu"."""
    role = _ROLE.search(page.scan.folded, start, end)
    return role.start() if role else end


def _names_follow(page: Page, start: int, colon: int) -> bool:
    """Tell whether the names of several follow a colon, not their task: "các Bộ: Quốc phòng, Công an"."""
    at = colon + 2
    named = _SEVERAL.search(page.folded(max(start, colon - _LONGEST_KIND), colon))
    return bool(named) and page.scan.view[at : at + 1].isupper() and not page.grammar.verb.match(page.scan.folded, at)


def _is_whole(page: Page, start: int, end: int) -> bool:
    """Tell whether the words before a task are surely no more than the doer: "người dân xếp hàng | lấy số" may not be.

    A word that only urges ("khẩn trương") stands before the first verb of a clause, if no comma parts them."""
    if given := _GIVEN.search(page.folded(start, end)):  # "Sở A cũng được yêu cầu | rà soát"
        return _is_whole(page, start, start + given.start())
    cuts = [match.span() for match in _PART.finditer(page.scan.folded, start, end)]
    begins, ends = [start, *(at for _, at in cuts)], [*(at for at, _ in cuts), end]
    loose = [place for place in zip(begins, ends, strict=True) if _is_loose(page, *place)]
    urged = page.grammar.urged.match(page.scan.folded, end) is not None
    return not loose or (loose == [(begins[-1], end)] and urged)


def _is_loose(page: Page, start: int, end: int) -> bool:
    """Tell whether words of any kind follow those of one doer; a name goes on in small letters: "Ban Quản lý các
    công trình trọng điểm"."""
    named = [m.end() for m in page.grammar.group.finditer(page.scan.folded, start, end)]
    named += [body.end for body in page.bodies_in(start, end)]
    named += [m.end() for m in _CAPITAL.finditer(page.scan.view, start, end)]
    if not page.grammar.loose.match(page.scan.folded, max(named, default=start), end):
        return False
    a_body = any(body.start == start for body in page.bodies_in(start, end))
    return a_body or not (page.scan.view[start].isupper() and len(_CAPITAL.findall(page.scan.view, start, end)) > 1)


def _begins_with_verb(page: Page, start: int, end: int) -> bool:
    return page.grammar.verb.match(page.scan.folded, start, end) is not None and not page.is_inside_body(start)


def _task_starts(page: Page, start: int, end: int, named: int) -> Iterator[int]:
    """Yield where a task may begin behind a noun phrase: at a verb, or behind a body at any word that can act.

    ``named`` is where its first noun ends.
    A verb with a capital letter is part of a name ("Ban Quản lý Phát triển đô thị")."""
    folded, view, last = page.scan.folded, page.scan.view, min(end, start + LONGEST_ADDRESS)
    verbs = (m.start() for m in page.grammar.verb.finditer(folded, start + 1, last))
    behind = (body.end + 1 for body in page.bodies_in(start, last) if page.grammar.acts_next.match(folded, body.end))
    turns = (m.start() for m in page.grammar.adverbial.finditer(folded, start + 1, last))
    turning = (at for at in turns if page.grammar.verb.search(folded, at + 4, end))
    for at in merge(verbs, sorted(behind), turning):  # most often the first is right: no more are looked for
        if at >= named and view[at].islower() and not page.is_inside_body(at) and not _goes_on(page, start, at):
            yield at


def _goes_on(page: Page, start: int, at: int) -> bool:
    """Tell whether a verb goes on with the name before it: "Quỹ Đầu tư phát triển đất", or says what others gave to
    those who are named: "các cơ quan được Bộ Chính trị giao"."""
    by = page.body_before(at)
    if by is not None and page.scan.folded.endswith(("được ", "do "), start, by):
        return True
    return page.is_capital_before(at) and _ACTIVITY.search(page.scan.view, start, at) is not None


def is_noun_phrase(page: Page, start: int, end: int) -> bool:
    """Tell whether the words of a span name somebody, and nothing that happens: no clause, no verb of their own."""
    words = without_parentheses(page.folded(start, end))
    if added := _GIVEN.search(words) or _ROLE.search(words):
        end, words = start + added.start(), words[: added.start()]
    colon = words.find(":")
    if 0 < colon < len(words) - 2 and _names_follow(page, start, start + colon):
        words = words[:colon] + "," + words[colon + 1 :]
    if _STOP.search(words) or page.grammar.clause.search(words) or _is_unfinished(page, start, words):
        return False
    parts = [match.end() for match in _PART.finditer(words.rstrip(" ,;"))]
    if not all(_is_part(page, start + at, end) for at in parts):
        return False
    verbs = page.grammar.verb.finditer(page.scan.folded, start + 1, end)
    return all(
        page.is_inside_body(m.start())
        or not page.scan.view[m.start()].islower()
        or words[m.start() - start] == " "
        or page.grammar.nominal.search(words[: m.start() - start])
        or _goes_on(page, start, m.start())
        for m in verbs
    )


def _is_unfinished(page: Page, start: int, words: str) -> bool:
    """Tell whether another word must follow; a name is whole, whatever its last word means elsewhere: "Điện Bàn"."""
    if not page.grammar.unfinished.search(words):
        return False
    last = words.rstrip(" ,").rfind(" ")
    return last < 0 or not page.scan.view[start + last + 1].isupper()


def _is_part(page: Page, start: int, end: int) -> bool:
    """Tell whether a member of an enumeration begins here."""
    begins = start + (m.end() if (m := _PART_BEGINS.match(page.folded(start, end))) else 0)
    if begins > start or not page.scan.view[start].islower() or starts_group(page, start, end):
        return True
    return _LEVELS.match(page.scan.folded, start, end) is not None


def starts_group(page: Page, start: int, end: int) -> bool:
    """Tell whether assignees begin here: a body, or a noun of bodies and persons."""
    return page.is_inside_body(start) or page.grammar.group.match(page.scan.folded, start, end) is not None


def bodies_of(page: Page, span: Span) -> tuple[Span, ...]:
    """Return the bodies named in a phrase of assignees, leaving out those that only say where somebody belongs."""
    named = ((b, page.folded(max(span[0], b.start - 18), b.start)) for b in page.bodies_in(*span))
    return tuple((body.start, body.end) for body, before in named if not _BELONGS.search(before))
