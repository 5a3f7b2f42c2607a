"""How well a document is known here: from its full text, from the press, by name only, or from a record."""

from __future__ import annotations

from enum import StrEnum

from .entities import Document, KnowledgeBase


class EvidenceLevel(StrEnum):
    """What the facts of a document rest on; the value is what readers see."""

    FULL_TEXT = "Toàn văn"
    REPORTED = "Báo tường thuật"
    NAMED = "Chỉ được nhắc tên"
    RECORD = "Chỉ có trong hồ sơ văn bản"


def evidence_level(document: Document, kb: KnowledgeBase) -> EvidenceLevel:
    """Return what a document is known from: the best of its articles, else its record."""
    announced = [kb.articles[a].article for a in document.announced_by]
    if any(a.evidence == "toan-van" for a in announced):
        return EvidenceLevel.FULL_TEXT
    if announced:
        return EvidenceLevel.REPORTED
    return EvidenceLevel.NAMED if document.cited_by else EvidenceLevel.RECORD
