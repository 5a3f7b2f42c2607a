"""What a comparison of two sides gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..addresses import Lost
from ..knowledge.entities import DocumentRelation
from .catalogues import Entries
from .facts import FactChange
from .sides import Side


@dataclass(frozen=True, slots=True)
class Moved:
    """One thing under two ids, the old and the new one."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    """An article or a document that is said otherwise: its facts, and for a document the articles that name it."""

    id: str
    facts: tuple[FactChange, ...]
    gained: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Things:
    """The documents or articles of a comparison, each by id."""

    new: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()
    changed: tuple[Changed, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What one article says now and did not say before, by ids; ``new`` tells that the article is new itself."""

    article: str
    new: bool
    bodies: tuple[str, ...]
    themes: tuple[str, ...]
    lost_themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Words in an article whose meaning stays open: why, what they could mean, and the line of the file."""

    article: str
    words: str
    reason: str
    candidates: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a comparison by their paths in docs/; a changed one with the lines it gained and lost."""

    new: tuple[str, ...] = ()
    changed: tuple[tuple[str, int, int], ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Changes:
    """All that a change does. Where a side has no knowledge base only articles and records are compared."""

    before: Side
    after: Side
    documents: Things = Things()
    articles: Things = Things()
    entries: tuple[Entries, ...] = ()
    new_bodies: tuple[str, ...] = ()
    gone_bodies: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    new_relations: tuple[DocumentRelation, ...] = ()
    gone_relations: tuple[DocumentRelation, ...] = ()
    tasks: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    unresolved: tuple[Unresolved, ...] = ()
    settled: int = 0
    pages: Pages = Pages()
    lost: tuple[Lost, ...] = ()
    anchors: Mapping[str, list[str]] = field(default_factory=dict)
