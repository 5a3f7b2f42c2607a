"""Group what is asked by those it is asked of, so that nobody is named once for each line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..knowledge.entities import Task
from ..text import fold


@dataclass(frozen=True, slots=True)
class Addressed:
    """Demands on the same people by the same giver; ``who`` is '' for bodies, which their lines name."""

    who: str
    giver: str | None
    rows: tuple[Task, ...]


def group_tasks(tasks: Iterable[Task]) -> list[Addressed]:
    """Return the tasks in their order, those that follow one another with the same addressees together."""
    groups: list[Addressed] = []
    for task in tasks:
        who = "" if task.lead else task.addressees
        giver = None if task.document else task.giver_words
        last = groups[-1] if groups else None
        if last and (fold(last.who), last.giver) == (fold(who), giver):
            groups[-1] = Addressed(last.who, last.giver, (*last.rows, task))
        else:
            groups.append(Addressed(who, giver, (task,)))
    return groups
