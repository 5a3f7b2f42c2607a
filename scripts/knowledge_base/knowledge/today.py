"""Which body answers today for one of an earlier time."""

from __future__ import annotations

from collections.abc import Iterator

from .entities import Body, KnowledgeBase


def bodies_today(kb: KnowledgeBase, identity: str) -> list[str]:
    """Return the bodies at the end of all successions of a body; the body itself where it still stands."""
    return list(dict.fromkeys(_ends(kb, identity, frozenset())))


def _ends(kb: KnowledgeBase, identity: str, seen: frozenset[str]) -> Iterator[str]:
    body = kb.bodies.get(identity)
    following = [c.other for c in body.successors if c.other not in seen] if body else []
    if not following:
        yield identity
    for other in following:
        yield from _ends(kb, other, seen | {identity})


def has_ended(body: Body) -> bool:
    """Tell whether a body no longer stands under its name."""
    return body.ended is not None or bool(body.successors)


def bodies_before(kb: KnowledgeBase, identity: str) -> list[str]:
    """Return all bodies, near and far, for which this one answers today."""
    found: dict[str, None] = {}
    queue = [identity]
    while queue:
        body = kb.bodies.get(queue.pop())
        new = [c.other for c in body.predecessors if c.other not in found and c.other != identity] if body else []
        found.update(dict.fromkeys(new))
        queue += new
    return list(found)
