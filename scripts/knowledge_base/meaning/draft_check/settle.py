"""What the places of a draft tell of each other: a number that is clear in one is so in the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from .findings import Finding, Mark, Told
from .terms import NO_TERM


class _Known(NamedTuple):
    """By number: the finding that makes it clear; by number too, of one without its symbol by how it is written, the
    one that says that it is of another time or place than those known; by type and digits: all whole numbers, for which
    a bare one may stand."""

    clear: dict[str, Finding]
    foreign: dict[str, tuple[Mark, Finding]]
    short: dict[tuple[str, str], list[Finding]]


def plain(digits: str) -> str:
    """Return the digits of a number without leading zeros."""
    return digits.lstrip("0") or digits


def settled(marks: Sequence[Mark], found: Sequence[Finding]) -> list[Finding]:
    """Let a number that is clear in one place of the draft, else likely by its day, be so in the others, and a bare one
    stand for it; a number that is said to be of another time or place than those known is that elsewhere too."""
    known = _Known({}, {}, {})
    for mark, finding in zip(marks, found, strict=True):
        if finding.near:
            known.foreign.setdefault(_written(mark, finding), (mark, finding))
        if finding.number and mark.word:
            known.short.setdefault((mark.word.id, plain(mark.digits)), []).append(finding)
    for mark, finding in zip(marks, found, strict=True):
        sure = finding.number not in known.foreign or is_told(mark)
        if (
            sure
            and finding.number
            and len(finding.documents) == 1
            and not {*finding.told} & {Told.SEVERAL, Told.UNKNOWN}
        ):
            known.clear.setdefault(finding.number, finding)
    for finding in found:
        if finding.likely:
            known.clear.setdefault(finding.number, finding)
    return [_settle(mark, finding, known) for mark, finding in zip(marks, found, strict=True)]


def _written(mark: Mark, finding: Finding) -> str:
    """Return by what a number is known again: itself, else its type and what stands of it."""
    return finding.number or f"{mark.word.id if mark.word else ''} {finding.text}"


def is_told(mark: Mark) -> bool:
    """Tell whether a draft says of which time a number is."""
    return bool(mark.date) or mark.term != NO_TERM


def _settle(mark: Mark, finding: Finding, known: _Known) -> Finding:
    whole = known.short.get((mark.word.id if mark.word else "", plain(mark.digits)), [])
    if Told.NO_ISSUER in finding.told and mark.symbol is None and len({f.number for f in whole}) == 1:
        number = whole[0].number
        same = known.clear.get(number) or known.foreign.get(number, (mark, whole[0]))[1]
        if is_told(mark) and (finding.near or not set(same.documents) & set(finding.documents)):
            return finding
        told = tuple(t for t in same.told if t in (Told.CHANGED, Told.UNKNOWN, Told.SEVERAL))
        return replace(
            finding,
            told=told,
            number=number,
            documents=same.documents,
            right=number,
            likely=same.likely,
            near=same.near,
        )
    clear = known.clear.get(finding.number)
    if clear is None:
        return _as_elsewhere(mark, finding, known)
    if Told.SEVERAL in finding.told and clear.documents[0] in finding.documents:
        if finding.likely not in ("", clear.documents[0]):
            return finding
        return _with(finding, clear, (Told.SEVERAL, Told.CHANGED))
    return finding


def _as_elsewhere(mark: Mark, finding: Finding, known: _Known) -> Finding:
    """Return what is said of a number of which nothing here says when or where it is from, but another place does."""
    written = _written(mark, finding)
    if written not in known.foreign or finding.near or is_told(mark):
        return finding
    other, foreign = known.foreign[written]
    if mark.place not in ("", other.place):
        return finding
    return _with(finding, foreign, (Told.SEVERAL, Told.CHANGED, Told.UNKNOWN))


def _with(finding: Finding, other: Finding, taken: Sequence[Told]) -> Finding:
    """Return a finding with what is told of another one with the same number."""
    told = (*(t for t in finding.told if t not in taken), *(t for t in other.told if t in taken))
    return replace(
        finding, told=told, documents=other.documents, right=other.right, likely=other.likely, near=other.near
    )
