"""Which documents replaced each other, or followed each other on the same matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .entities import Document, DocumentRelation, KnowledgeBase

_REPLACES, _FOLLOWS = "thay-the", "noi-tiep"
"""Roles of the relations that lead from a document to the one before it."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Documents as many steps away from the one in question. ``replaces``: all of them, or those before them by them,
    are said to be replaced whole; else somebody only says that one came after another on the same matter."""

    documents: tuple[Document, ...]
    replaces: bool = False


def lineage(document: Document, kb: KnowledgeBase) -> list[Stage]:
    """Return the line in which a document stands, oldest first: what it came after, itself, what came after it.
    A stage says how it relates to the stage before it; a document that nothing preceded or followed stands alone."""
    seen = {document.id}
    back = _walk(document, kb, seen, kb.relations_from, lambda r: r.target)
    forth = _walk(document, kb, seen, kb.relations_to, lambda r: r.source)
    line: list[tuple[Document, ...]] = [(document,)]
    ways: list[bool] = []
    for documents, replaces in back:
        line.insert(0, documents)
        ways.insert(0, replaces)
    for documents, replaces in forth:
        line.append(documents)
        ways.append(replaces)
    return [Stage(documents, replaces) for documents, replaces in zip(line, [False, *ways], strict=True)]


def _walk(
    document: Document,
    kb: KnowledgeBase,
    seen: set[str],
    relations: Callable[[str], Iterable[DocumentRelation]],
    other: Callable[[DocumentRelation], str],
) -> list[tuple[tuple[Document, ...], bool]]:
    """Return the documents one step away, two steps …, with whether each step is a replacement; those ``seen`` are left
    out, those found become so."""
    found: list[tuple[tuple[Document, ...], bool]] = []
    step = [document.id]
    while True:
        told = [(other(r), role) for d in step for r in relations(d) if (role := _role(r, kb))]
        step = sorted({identity for identity, _ in told if identity in kb.documents} - seen)
        if not step:
            return found
        roles = {role for identity, role in told if identity in step}
        seen |= set(step)
        documents = sorted((kb.documents[i] for i in step), key=_age)
        found.append((tuple(documents), roles == {_REPLACES}))


def _age(document: Document) -> tuple[int, str]:
    return document.date.latest().toordinal() if document.date else 0, document.id


def _role(relation: DocumentRelation, kb: KnowledgeBase) -> str:
    kind = kb.vocabulary.relations.get(relation.relation)
    return kind.role if kind and kind.role in (_REPLACES, _FOLLOWS) and not kind.part_of else ""
