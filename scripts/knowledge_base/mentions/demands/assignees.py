"""Who is to do what: "<assignees> chủ trì, phối hợp với <partners> <task>", and the demand made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ...core.models import Demand
from .sentences import Page, Span
from .words import DEADLINE, TOWARDS

_LONGEST_ADDRESS = 420
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
