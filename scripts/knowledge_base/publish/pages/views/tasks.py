"""What the pages of tasks show: who must do what, by which document, until when."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ....core.text import sort_key
from ....meaning.knowledge.entities import Kind, Task
from ..index import TASKS, Index, group
from ..site import CENTRAL, Site
from ..view import Values, View, count_years, in_year, newest_first

LONGEST_LIST = 100
"""Up to this many tasks stand on one page; beyond it the page shows the newest and leads to the places. Chosen by hand:
rows of a table are shorter than the quotes that ``view.MOST`` counts."""

FIRST = 60
"""So many tasks stand in the list of all: with what the filter offers, a first view stays within 60 KB. Chosen by
hand."""
REST = f"{TASKS}/con-lai"
"""The file of the rows that the list of all tasks leaves out, by its path in the site without ".json"."""
_FACETS = ("noi", "co-quan", "van-ban")


def _members(index: Index) -> dict[str, list[Task]]:
    """Return the tasks of each place, by its id; those of no province stand under ``trung-uong``."""
    articles = index.kb.articles
    return dict(sorted(group(index.kb.tasks, lambda t: [articles[t.reference.article].province or CENTRAL]).items()))


def _page(site: Site, tasks: Sequence[Task], most: int | None = LONGEST_LIST) -> Values:
    rows = newest_first(site, tasks)[:most]
    return {"rows": rows, "count": len(tasks), "facets": lambda task: facets(site, task)}


def all_tasks(site: Site) -> list[Task]:
    """Return all tasks in the order of their list: those whose doer is known first, each part newest first."""
    return sorted(newest_first(site, site.kb.tasks), key=lambda task: not (task.bodies or task.addressees))


def _index(site: Site) -> Values:
    """All tasks, of which the page shows the first and leaves the others to ``REST``, and the places that have any.
    Where they are too many for one list, the first are all, and the places have the others."""
    is_large = TASKS in site.index.large
    places = [(place, site.place(place), len(tasks)) for place, tasks in _members(site.index).items()]
    ordered = sorted(places, key=lambda row: (row[0] != CENTRAL, sort_key(row[1])))
    tasks = all_tasks(site)
    told = [facets(site, task) for task in tasks]
    choices = {key: sorted({v for f in told for v in f.get(key, "").split("|") if v}) for key in _FACETS}
    left = {"con-lai": REST, "tat-ca": str(len(tasks)), "gia-tri": json.dumps(choices, ensure_ascii=False)}
    return _page(site, tasks) | {
        "rows": tasks[:FIRST],
        "tasks": tasks,
        "places": ordered,
        "left": left if len(tasks) > FIRST and not is_large else {},
        "is_large": is_large,
    }


def facets(site: Site, task: Task) -> dict[str, str]:
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
    years=lambda site, tasks: count_years(site, tasks, most=LONGEST_LIST),
    of_year=lambda site, tasks: _page(site, in_year(site, tasks), None),
)  # fmt: skip
