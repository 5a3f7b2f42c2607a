"""Draw what came after what as a line of steps: a list that the style sheet turns into a line with dots, so that the
picture and its text are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .markdown import Md, escape

MOST = 5
"""So many things stand at a step, the page's own among them; the lists of the page have all. Chosen by hand."""


@dataclass(frozen=True, slots=True)
class Node:
    """One thing at a step: its name (a link), what stands below it (HTML), whether the page is of it."""

    name: Md
    below: str = ""
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """Things of one time; ``how``: how the step before led to this one (HTML)."""

    nodes: tuple[Node, ...]
    how: str = ""


def draw_flow(steps: Sequence[Step], label: str) -> Md:
    """Return the line, oldest first; '' where nothing follows anything. The last step is marked as today's."""
    if len(steps) < 2:
        return Md("")
    rows = "".join(_step(step, step is steps[-1]) for step in steps)
    return Md(f'<ol class="kb-dong" aria-label="{escape(label, leading=False)}">{rows}</ol>')


def _step(step: Step, is_last: bool) -> str:
    how = f'<span class="kb-dong-cach">{step.how}</span>' if step.how else ""
    css = ' class="kb-dong-nay"' if is_last else ""
    nodes = sorted(step.nodes, key=lambda node: not node.is_here)[:MOST] if len(step.nodes) > MOST else step.nodes
    more = f'<span class="phu">và {len(step.nodes) - MOST} mục khác</span>' if len(step.nodes) > MOST else ""
    return f"<li{css}>{' '.join(part for part in (how, *map(_node, nodes), more) if part)}</li>"


def _node(node: Node) -> str:
    name = f"<strong>{node.name}</strong>" if node.is_here else node.name
    below = f' <span class="phu">{node.below}</span>' if node.below else ""
    here = ' aria-current="true"' if node.is_here else ""
    return f'<span class="kb-dong-o"{here}>{name}{below}</span>'
