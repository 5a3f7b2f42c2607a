"""What is found in a draft: numbers with what stands around them, and what is told of a place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from ...core.ids import DocumentNumber
from ...mentions.citations.symbols import Symbol
from ...sources.vocabulary.schemas import DocumentType
from .terms import NO_TERM, Term

_HYPHENS = "\u2010\u2011"
"""Hyphens as Word makes them of the one on the keyboard: not wrong, and read as that."""


class Told(StrEnum):
    """What is told of a place; the values stand in ``tests/cases/drafts.yml`` and in the browser."""

    CHANGED = "da-doi"
    SEVERAL = "nhieu-van-ban"
    UNKNOWN = "chua-co"
    MISTYPED = "go-sai"
    BROKEN = "ngat-dong"
    DECOMPOSED = "chu-roi"
    OTHER_DATE = "khac-ngay"
    WRONG_TYPE = "sai-loai"
    NO_ISSUER = "thieu-ky-hieu"
    UNREADABLE = "khong-doc-duoc"
    FORMER_BODY = "co-quan-cu"
    FORMER_PLACE = "dia-phuong-cu"


class Near(StrEnum):
    """Why a document of the same number is not the one that a draft means."""

    OTHER_PLACE = "noi-khac"
    OTHER_YEAR = "nam-khac"
    OTHER_TERM = "khoa-khac"


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in the NFC text of a draft. ``number`` in its right form, '' for names and where it cannot be told;
    ``documents`` it may mean; ``right``: what to write instead; ``page``: that of the body that is meant; ``told``:
    nothing where all is well. ``likely``: the first of several documents, where its number and day alone speak for it
    and the writer has to say whose it is. ``near``: the documents only bear the same number, for this reason."""

    start: int
    end: int
    text: str
    number: str = ""
    told: tuple[Told, ...] = ()
    documents: tuple[str, ...] = ()
    right: str = ""
    likely: str = ""
    page: str = ""
    near: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A number in a draft: ``start`` with the word before it, ``at`` where it begins. ``digits`` '': not readable.
    ``place``, ``date`` and ``term`` are what stands around it, ``tail`` the span of the issuer's name."""

    start: int
    at: int
    end: int
    word: DocumentType | None = None
    symbol: Symbol | None = None
    digits: str = ""
    year: str = ""
    number: DocumentNumber | None = None
    date: str = ""
    place: str = ""
    term: Term = NO_TERM
    tail: tuple[int, int] = (0, 0)


def typed_wrongly(words: str, number: DocumentNumber) -> tuple[Told, ...]:
    """Return what is wrong with how a number is typed: broken over a line, or not in its right form."""
    broken = "\n" in words
    tight = "".join(words.split())
    spaced = not broken and len(tight) != len(words)
    mistyped = spaced or tight.translate(dict.fromkeys(map(ord, _HYPHENS), "-")) != number
    return (*([Told.BROKEN] if broken else []), *([Told.MISTYPED] if mistyped else []))


def with_decomposed(draft: str, text: str, found: list[Finding]) -> list[Finding]:
    """Tell once that letters are typed in pieces (NFD): at the first number that is, else at the first such word."""
    typed, right = draft.split(), text.split()
    if draft == text or len(typed) != len(right):
        return found
    spans, at = [], 0
    for one, other in zip(typed, right, strict=True):
        at = text.index(other, at)
        spans += [(at, at + len(other))] if one != other else []
        at += len(other)
    if not spans:
        return found
    for index, finding in enumerate(found):
        begin = text.rfind("\n", 0, finding.start) + 1
        if any(begin <= start < finding.end and start >= finding.start - 60 for start, _ in spans):
            found[index] = replace(finding, told=(*finding.told, Told.DECOMPOSED))
            return found
    start, end = spans[0]
    words = text[start:end]
    return sorted([*found, Finding(start, end, words, told=(Told.DECOMPOSED,), right=words)], key=lambda f: f.start)
