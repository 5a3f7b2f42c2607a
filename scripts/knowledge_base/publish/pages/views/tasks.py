"""What the pages of tasks show: who must do what, by which document, until when."""

from __future__ import annotations

from collections.abc import Iterable

from ....core.text import sort_key, upper_first
from ....meaning.knowledge.entities import Kind, Task
from ..index import Index, group
from ..markdown import Md, escape
from ..site import CENTRAL, Site
from ..view import Values, View, count_years, in_year, newest_first

LONGEST_LIST = 100
"""Up to this many tasks stand on one page; beyond it the page shows the newest and leads to the places. Chosen by hand:
rows of a table are shorter than the quotes that ``years.MOST`` counts."""


def _members(index: Index) -> dict[str, list[Task]]:
    """Return the tasks of each place, by its id; those of no province stand under ``trung-uong``."""
    articles = index.kb.articles
    return dict(sorted(group(index.kb.tasks, lambda t: [articles[t.reference.article].province or CENTRAL]).items()))


def _page(site: Site, tasks: list[Task]) -> Values:
    return {
        "rows": _rows(site, newest_first(site, tasks)[:LONGEST_LIST]),
        "count": len(tasks),
        "place": site.place(site.current),
        "is_place": site.current != CENTRAL,
    }


def _of_year(site: Site, tasks: list[Task]) -> Values:
    own = newest_first(site, in_year(site, tasks))
    return _page(site, []) | {"rows": _rows(site, own), "count": len(own)}


def _index(site: Site) -> Values:
    """All tasks, newest first, and the places that have any."""
    places = [(place, site.place(place), len(tasks)) for place, tasks in _members(site.index).items()]
    return {
        "rows": _rows(site, newest_first(site, site.kb.tasks)[:LONGEST_LIST]),
        "places": sorted(places, key=lambda row: (row[0] != CENTRAL, sort_key(row[1]))),
        "count": len(site.kb.tasks),
        "whole": len(site.kb.tasks) <= LONGEST_LIST,
    }


def _rows(site: Site, tasks: Iterable[Task]) -> list[Values]:
    """Return the tasks ready to show as rows of a table; their texts are HTML."""
    rows: list[Values] = []
    for task in tasks:
        who = ", ".join(_body(site, b) for b in task.lead) or escape(upper_first(task.addressees))
        for role, bodies in (("phối hợp", task.partners), ("thực hiện", task.executors)):
            if bodies:
                who += f'<br><span class="phu">{role}: {", ".join(_body(site, b) for b in bodies)}</span>'
        replaced = [(identity, status.by) for identity, status in site.changed_in(task.reference) if status.by]
        changed = (f"{site.tag(Kind.DOCUMENT, old)} nay là {site.tag(Kind.DOCUMENT, new)}" for old, new in replaced)
        row: Values = {
            "assignees": Md(who),
            "task": upper_first(task.task),
            "deadline": task.deadline,
            "assigner": _assigner(site, task),
            "given": task.kind == "giao",
            "document": site.tag(Kind.DOCUMENT, task.document) if task.document else Md(""),
            "source": site.source_tag(task.reference),
            "changed": Md("; ".join(changed)),
            "facets": _facets(site, task),
        }
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
    years=lambda site, tasks: count_years(site, tasks, most=LONGEST_LIST), of_year=_of_year,
)  # fmt: skip
