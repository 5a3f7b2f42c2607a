"""What the pages of tasks show: who must do what, by which document, until when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ....core.text import sort_key, upper_first
from ....meaning.knowledge.entities import Kind, Task
from ..index import Index
from ..markdown import Md, escape
from ..site import CENTRAL, Site
from ..view import Values, View, Year, list_years, newest_first, year_name, year_of

LONGEST_LIST = 100
"""Up to this many tasks stand on one page; beyond it the page shows the newest and leads to the places. Chosen by hand:
rows of a table are shorter than the quotes that ``years.MOST`` counts."""


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


def _members(index: Index) -> dict[str, list[Task]]:
    """Return the tasks of each place, by its id; those of no province stand under ``trung-uong``."""
    found: dict[str, list[Task]] = defaultdict(list)
    for task in index.kb.tasks:
        found[index.kb.articles[task.reference.article].province or CENTRAL].append(task)
    return dict(sorted(found.items()))


def _page(site: Site, tasks: list[Task]) -> Values:
    return {
        "rows": _rows(site, _newest(site, tasks)[:LONGEST_LIST]),
        "count": len(tasks),
        "place": site.place(site.current),
        "is_place": site.current != CENTRAL,
        "years": _years(site, tasks),
        "year": "",
    }


def _years(site: Site, tasks: list[Task]) -> list[Year]:
    return list_years(site, [t.reference.article for t in tasks], most=LONGEST_LIST)


def _of_year(site: Site, tasks: list[Task]) -> Values:
    own = [t for t in tasks if year_of(site, t.reference.article) == site.part]
    whole = _page(site, [])
    return whole | {"rows": _rows(site, _newest(site, own)), "count": len(own), "year": year_name(site.part)}


def _index(site: Site) -> Values:
    """All tasks, newest first, and the places that have any."""
    places = [(place, site.place(place), len(tasks)) for place, tasks in _members(site.index).items()]
    return {
        "rows": _rows(site, _newest(site, site.kb.tasks)[:LONGEST_LIST]),
        "places": sorted(places, key=lambda row: (row[0] != CENTRAL, sort_key(row[1]))),
        "count": len(site.kb.tasks),
        "whole": len(site.kb.tasks) <= LONGEST_LIST,
    }


def _newest(site: Site, tasks: Iterable[Task]) -> list[Task]:
    """Sort tasks by the time of their articles, newest first; those of one article stay in its order."""
    return sorted(tasks, key=lambda t: (newest_first(site, t.reference.article), t.reference.start))


def _rows(site: Site, tasks: Iterable[Task]) -> list[TaskRow]:
    rows = []
    for task in tasks:
        who = ", ".join(_body(site, b) for b in task.lead) or escape(upper_first(task.addressees))
        for role, bodies in (("phối hợp", task.partners), ("thực hiện", task.executors)):
            if bodies:
                who += f'<br><span class="phu">{role}: {", ".join(_body(site, b) for b in bodies)}</span>'
        replaced = [(identity, status.by) for identity, status in site.changed_in(task.reference) if status.by]
        changed = (f"{site.tag(Kind.DOCUMENT, old)} nay là {site.tag(Kind.DOCUMENT, new)}" for old, new in replaced)
        row = TaskRow(
            assignees=Md(who),
            task=upper_first(task.task),
            deadline=task.deadline,
            assigner=_assigner(site, task),
            given=task.kind == "giao",
            document=site.tag(Kind.DOCUMENT, task.document) if task.document else Md(""),
            source=site.source_tag(task.reference),
            changed=Md("; ".join(changed)),
            facets=_facets(site, task),
        )
        rows.append(row)
    return rows


def _body(site: Site, body: str) -> str:
    """Return a link to a body, with the one that answers for it today."""
    now = "; ".join(site.tag(Kind.BODY, identity) for identity in site.today(body))
    return site.tag(Kind.BODY, body) + (f' <span class="nay-la">(nay: {now})</span>' if now else "")


def _assigner(site: Site, task: Task) -> Md:
    """Return who asks: the body, else the text's own words; nothing where it is the document itself."""
    if task.assigner in site.kb.bodies:
        return site.tag(Kind.BODY, task.assigner or "")
    if task.assigner in site.kb.documents or not task.assigner_words:
        return Md("")
    return escape(task.assigner_words, leading=False)


def _facets(site: Site, task: Task) -> dict[str, str]:
    """Return what the filter box may choose by: place, bodies (also those of today), document."""
    bodies = dict.fromkeys([*task.bodies, *(identity for body in task.bodies for identity in site.today(body))])
    document = site.kb.documents.get(task.document or "")
    facets = {
        "noi": site.place(site.kb.articles[task.reference.article].province),
        "co-quan": "|".join(dict.fromkeys(site.name(Kind.BODY, b) for b in bodies)),
        "van-ban": f"{document.name} ({site.document_line(document)})" if document else "",
    }
    return {key: value for key, value in facets.items() if value}


def _description(site: Site, tasks: list[Task]) -> str:
    place = site.place(site.current)
    return f"{len(tasks)} nhiệm vụ, yêu cầu nêu trong các bài của {place}: ai làm, việc gì, theo văn bản nào"


VIEW = View(
    _members, _page, _description, _index,
    head=lambda site, _: {"place": site.place(site.current)},
    title=lambda site, _: f"Nhiệm vụ: {site.place(site.current)}",
    years=_years, of_year=_of_year,
)  # fmt: skip
