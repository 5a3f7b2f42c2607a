"""What became of a body: its own end or change, then the merging or renaming of its province."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ...core.dates import PartialDate
from ...sources.vocabulary.schemas import Evidence, Period, Succession
from .catalogue import BodyCatalogue, BodyKey


class Words(NamedTuple):
    """How a change is told: ``happened`` by itself ("hợp nhất từ 1-7-2025"), ``became`` between the old and the new
    ("A đã hợp nhất vào B")."""

    happened: str
    became: str


CHANGES = {
    "hop-nhat": Words("hợp nhất", "đã hợp nhất vào"),
    "doi-ten": Words("đổi tên", "đã đổi tên thành"),
    "tach": Words("tách", "đã tách thành"),
    "thay-the": Words("được thay thế", "được thay thế bằng"),
    "ket-thuc": Words("kết thúc hoạt động", "đã kết thúc; một phần việc chuyển cho"),
}
HAPPENED = {reason: words.happened for reason, words in CHANGES.items()}


INFERRED = Evidence(source="Suy từ việc hợp nhất tỉnh; chưa đọc được quyết định lập cơ quan này")
"""What stands behind the merging of bodies where no source was read on bodies of that kind."""


@dataclass(frozen=True, slots=True)
class SuccessionStep:
    """One change of a body into another."""

    source: BodyKey
    target: BodyKey
    reason: str
    date: PartialDate | None
    evidence: Evidence | None
    document: str | None = None


def succession_of(key: BodyKey, catalogue: BodyCatalogue) -> Succession | None:
    """Return how a body itself ended: what is known of it in its province, else of its kind."""
    vocabulary = catalogue.vocabulary
    local = vocabulary.local_bodies.get((key.kind, key.province or ""))
    if local is not None and local.succession is not None:
        return local.succession
    return vocabulary.body_kinds[key.kind].succession


def steps_from(key: BodyKey, catalogue: BodyCatalogue) -> Iterator[SuccessionStep]:
    """Yield the changes that lead from a body to the next ones."""
    own = succession_of(key, catalogue)
    if own is not None:
        for successor in own.successors:
            target = _target(successor, key, own.date, catalogue)
            if target is not None and target != key:
                yield SuccessionStep(key, target, own.reason, own.date, own.evidence, own.document)
    else:
        yield from _by_province(key, catalogue)


def _target(successor: str, key: BodyKey, date: PartialDate | None, catalogue: BodyCatalogue) -> BodyKey | None:
    if successor in catalogue.vocabulary.body_kinds:
        return catalogue.key(successor, key.province, date)
    return catalogue.find(successor)


def _by_province(key: BodyKey, catalogue: BodyCatalogue) -> Iterator[SuccessionStep]:
    """Yield the change that a province's own change brings: merger, or a new rank."""
    if key.province is None:
        return
    province = catalogue.vocabulary.provinces[key.province]
    if province.successor and province.successor != province.id:
        period = _period_made_of(province.id, province.successor, catalogue)
        since = period.since if period else None
        target = catalogue.key(key.kind, province.successor, since)
        yield SuccessionStep(key, target, _reason(period), since, merger_evidence(key.kind, catalogue))
        return
    for period in province.periods:
        changed = catalogue.key(key.kind, province.id, period.since)
        if period.since and not key.city and changed.city:
            yield SuccessionStep(key, changed, "doi-ten", period.since, period.evidence, period.document)


def merger_evidence(kind: str, catalogue: BodyCatalogue) -> Evidence:
    """Return who says that bodies of a kind were merged with their provinces; by default nobody: it is inferred."""
    return catalogue.vocabulary.body_kinds[kind].merger or INFERRED


def _reason(period: Period | None) -> str:
    return "doi-ten" if period and period.reason == "doi-ten" else "hop-nhat"


def _period_made_of(province: str, successor: str, catalogue: BodyCatalogue) -> Period | None:
    periods = catalogue.vocabulary.provinces[successor].periods
    return next((p for p in periods if province in p.made_of), None)


def merged_into(key: BodyKey, catalogue: BodyCatalogue) -> Iterator[SuccessionStep]:
    """Yield the changes by which other provinces' bodies of this kind passed into ``key``."""
    if key.province is None or succession_of(key, catalogue) is not None:
        return
    for period in catalogue.vocabulary.provinces[key.province].periods:
        for part in period.made_of:
            source = catalogue.key(key.kind, part, period.since and PartialDate(period.since.year - 1))
            if part != key.province:
                yield SuccessionStep(source, key, _reason(period), period.since, merger_evidence(key.kind, catalogue))
