"""Collect the bodies that get a page: those named, and their parents, predecessors and successors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from .catalogue import BodyCatalogue, BodyKey
from .entities import Body, Change
from .succession import SuccessionStep, merged_into, steps_from, succession_of


def collect_bodies(named: Iterable[BodyKey], catalogue: BodyCatalogue) -> dict[str, Body]:
    """Return all bodies with a page, by id. Successors are followed to those of today, parents to the top."""
    wanted, steps = _close(set(named), catalogue)
    forward: dict[BodyKey, list[SuccessionStep]] = defaultdict(list)
    backward: dict[BodyKey, list[SuccessionStep]] = defaultdict(list)
    for step in sorted(steps, key=lambda s: (s.source, s.target)):
        forward[step.source].append(step)
        backward[step.target].append(step)
    bodies = [_body(key, catalogue, forward[key], backward[key]) for key in sorted(wanted, key=catalogue.id)]
    return {body.id: body for body in bodies}


def _close(named: set[BodyKey], catalogue: BodyCatalogue) -> tuple[set[BodyKey], set[SuccessionStep]]:
    """Return ``named`` with all that must stand beside them, and the changes between them."""
    wanted, steps = set(named), set[SuccessionStep]()
    for key in sorted(named, key=catalogue.id):
        before = set(merged_into(key, catalogue))
        steps |= before
        wanted |= {step.source for step in before}
    queue = list(wanted)
    while queue:
        key = queue.pop()
        after = set(steps_from(key, catalogue))
        steps |= after
        new = {step.target for step in after} | ({parent} if (parent := parent_of(key, catalogue)) else set())
        queue.extend(new - wanted)
        wanted |= new
    return wanted, steps


def parent_of(key: BodyKey, catalogue: BodyCatalogue) -> BodyKey | None:
    """Return the body above this one: in the same province, else at the centre."""
    parent = catalogue.vocabulary.body_kinds[key.kind].parent
    if parent is None:
        return None
    kind = catalogue.vocabulary.body_kinds[parent]
    if "{place}" not in kind.name:
        return BodyKey(parent, None)
    return BodyKey(parent, key.province, key.city) if key.province else None


def _body(key: BodyKey, catalogue: BodyCatalogue, after: list[SuccessionStep], before: list[SuccessionStep]) -> Body:
    vocabulary = catalogue.vocabulary
    local = vocabulary.local_bodies.get((key.kind, key.province or ""))
    parent = parent_of(key, catalogue)
    return Body(
        id=catalogue.id(key),
        kind=key.kind,
        name=catalogue.name(key),
        province=key.province,
        other_names=local.names if local else (),
        parent=catalogue.id(parent) if parent else None,
        ended=succession_of(key, catalogue),
        successors=tuple(_change(step, step.target, catalogue) for step in after),
        predecessors=tuple(_change(step, step.source, catalogue) for step in before),
        local=local,
    )


def _change(step: SuccessionStep, other: BodyKey, catalogue: BodyCatalogue) -> Change:
    return Change(catalogue.id(other), step.reason, step.date, step.evidence, step.document)
