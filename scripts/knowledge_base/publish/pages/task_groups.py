"""Tasks as a page of a document lists them: by who must do them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from ...core.text import fold
from ...meaning.knowledge.entities import Task


def group_tasks(tasks: Iterable[Task]) -> list[tuple[str, str | None, tuple[Task, ...]]]:
    """Return the tasks in their order, those that follow one another with the same addressees together: who these
    are ('' for bodies, which their lines name), who asks, and the tasks. Those of nobody stand first: below the heading
    of another they would seem to be his."""

    def said(task: Task) -> tuple[str, str | None]:
        return "" if task.lead else task.addressees, None if task.document else task.assigner_name

    ordered = sorted(tasks, key=_is_anyones)
    groups = (tuple(rows) for _, rows in groupby(ordered, lambda task: (fold(said(task)[0]), said(task)[1])))
    return [(*said(rows[0]), rows) for rows in groups]


def group_by_doer(tasks: Iterable[Task]) -> list[tuple[tuple[str, ...], list[Task]]]:
    """Return the tasks by the bodies that must do them, each with all that is asked of it, in the order in which they
    are first named; a task that names no body stands alone, under (), and first where it names nobody at all."""
    groups: list[tuple[tuple[str, ...], list[Task]]] = []
    known: dict[tuple[str, ...], list[Task]] = {}
    for task in sorted(tasks, key=_is_anyones):
        if task.lead in known:
            known[task.lead].append(task)
            continue
        groups.append((task.lead, [task]))
        if task.lead:
            known[task.lead] = groups[-1][1]
    return groups


def _is_anyones(task: Task) -> bool:
    """Tell whether a task says who must do it."""
    return bool(task.lead or task.addressees)
