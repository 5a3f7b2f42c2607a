"""What the pages of tasks show: who must do what, by which document, until when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ....core.text import sort_key, upper_first
from ....meaning.knowledge.entities import Kind, Task
from ..index import Index
from ..markdown import Md, escape
from ..site import Site
from ..years import Year, list_years, year_name, year_of

CENTRAL = "trung-uong"
LONGEST_LIST = 100
"""Up to this many tasks stand on one page; beyond it the page shows the newest and leads to the places."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task ready to show as a row of a table; the texts are HTML."""

    assignees: Md
    task: str
    deadline: str | None
    assigner: Md
    given: bool
    document: Md
    source: Md
    changed: Md
    facets: dict[str, str]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place with the number of its tasks."""

    place: str
    name: str
    count: int


def places(index: Index) -> dict[str, list[Task]]:
    """Return the tasks of each place, by its id; those of no province stand under ``trung-uong``."""
    found: dict[str, list[Task]] = defaultdict(list)
    for task in index.kb.tasks:
        found[index.kb.articles[task.reference.article].province or CENTRAL].append(task)
    return dict(sorted(found.items()))


def place_context(site: Site, tasks: list[Task]) -> dict[str, object]:
    """Return the values of the page of one place's tasks."""
    shown = tasks if len(tasks) <= LONGEST_LIST else _newest(site, tasks)[:LONGEST_LIST]
    return {
        "rows": task_rows(site, shown),
        "count": len(tasks),
        "place": _place_name(site, site.current),
        "is_place": site.current != CENTRAL,
        "years": place_years(site, tasks),
        "year": "",
    }


def place_years(site: Site, tasks: list[Task]) -> list[Year]:
    """Return the years of one place's tasks, where there are more than one page can show."""
    return list_years(site, (t.reference.article for t in tasks)) if len(tasks) > LONGEST_LIST else []


def place_of_year(site: Site, tasks: list[Task]) -> dict[str, object]:
    """Return the values of the page of one place's tasks in one year."""
    rows = task_rows(site, (t for t in tasks if year_of(site, t.reference.article) == site.part))
    return {**place_context(site, []), "rows": rows, "count": len(rows), "year": year_name(site.part)}


def tasks_list(site: Site) -> dict[str, object]:
    """Return all tasks, newest first, and the places that have any."""
    found = places(site.index)
    rows = [PlaceRow(place, _place_name(site, place), len(tasks)) for place, tasks in found.items()]
    whole = len(site.kb.tasks) <= LONGEST_LIST
    shown = _newest(site, site.kb.tasks)[: None if whole else LONGEST_LIST]
    return {
        "rows": task_rows(site, shown),
        "places": sorted(rows, key=lambda r: (r.place != CENTRAL, sort_key(r.name))),
        "count": len(site.kb.tasks),
        "whole": whole,
    }


def _place_name(site: Site, place: str) -> str:
    return "Trung ương" if place == CENTRAL else site.name(Kind.PROVINCE, place)


def _newest(site: Site, tasks: Iterable[Task]) -> list[Task]:
    """Sort tasks by the time of their articles, newest first; those of one article stay in its order."""

    def age(task: Task) -> tuple[object, ...]:
        at = site.kb.articles[task.reference.article].at
        return (-at.latest().toordinal() if at else 0, task.reference.article, task.reference.start)

    return sorted(tasks, key=age)


def task_rows(site: Site, tasks: Iterable[Task]) -> list[TaskRow]:
    """Return tasks as rows, newest first."""
    return [_row(site, task) for task in _newest(site, tasks)]


def _row(site: Site, task: Task) -> TaskRow:
    others = "".join(_others(site, *group) for group in (("phối hợp", task.partners), ("thực hiện", task.executors)))
    assignees = ", ".join(_body(site, b) for b in task.lead) or escape(upper_first(task.addressees))
    return TaskRow(
        assignees=Md(assignees + others),
        task=upper_first(task.task),
        deadline=task.deadline,
        assigner=_giver(site, task),
        given=task.kind == "giao",
        document=site.tag(Kind.DOCUMENT, task.document) if task.document else Md(""),
        source=site.source_tag(task.reference),
        changed=_changed(site, task),
        facets=_facets(site, task),
    )


def _others(site: Site, role: str, bodies: tuple[str, ...]) -> str:
    """Return the line of those who do a task with its leads; '' where there are none."""
    names = ", ".join(_body(site, b) for b in bodies)
    return f'<br><span class="phu">{role}: {names}</span>' if names else ""


def _body(site: Site, body: str) -> str:
    """Return a link to a body, with the one that answers for it today."""
    now = "; ".join(site.tag(Kind.BODY, identity) for identity in site.today(body))
    return site.tag(Kind.BODY, body) + (f' <span class="nay-la">(nay: {now})</span>' if now else "")


def _giver(site: Site, task: Task) -> Md:
    """Return who asks: the body, else the text's own words; nothing where it is the document itself."""
    if task.assigner in site.kb.bodies:
        return site.tag(Kind.BODY, task.assigner or "")
    if task.assigner in site.kb.documents or not task.assigner_words:
        return Md("")
    return escape(task.assigner_words, leading=False)


def _changed(site: Site, task: Task) -> Md:
    """Return which documents named in a task have been replaced since."""
    lines = []
    for identity, status in site.changed_in(task.reference):
        if status.by:
            lines.append(f"{site.tag(Kind.DOCUMENT, identity)} nay là {site.tag(Kind.DOCUMENT, status.by)}")
    return Md("; ".join(lines))


def _facets(site: Site, task: Task) -> dict[str, str]:
    """Return what the filter box may choose by: place, bodies (also those of today), document."""
    bodies = [*task.lead, *task.partners, *task.executors]
    bodies += [identity for body in bodies for identity in site.today(body)]
    facets = {
        "noi": _place_name(site, site.kb.articles[task.reference.article].province or CENTRAL),
        "co-quan": "|".join(dict.fromkeys(site.name(Kind.BODY, b) for b in bodies)),
        "van-ban": _document_name(site, task.document) if task.document else "",
    }
    return {key: value for key, value in facets.items() if value}


def _document_name(site: Site, document: str) -> str:
    found = site.kb.documents[document]
    return f"{found.name} ({site.document_line(found)})"


def place_head(site: Site, tasks: list[Task]) -> dict[str, object]:
    """Return the facts of a place's tasks that search and filters use."""
    return {"place": _place_name(site, site.current)}


def place_title(site: Site, tasks: list[Task]) -> str:
    """Return the title of the page of a place's tasks."""
    return f"Nhiệm vụ: {_place_name(site, site.current)}"


def place_description(site: Site, tasks: list[Task]) -> str:
    """Return one line that says what the page lists."""
    place = _place_name(site, site.current)
    return f"{len(tasks)} nhiệm vụ, yêu cầu nêu trong các bài của {place}: ai làm, việc gì, theo văn bản nào"
