"""All bodies that could be named, what became of them, and those that get a page."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ...core.dates import PartialDate
from ...core.ids import body_id
from ...core.models import Certainty
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.evidence import Grounded
from ...sources.vocabulary.names import body_name, is_city
from ...sources.vocabulary.schemas import Period, Succession
from .entities import Body, Change
from .status import CERTAINTY_NOTES

_PLACE = "{place}"


@dataclass(frozen=True, slots=True, order=True)
class BodyKey:
    """A body: its kind, its province (None: central), and whether that was a thành phố then."""

    kind: str
    province: str | None
    city: bool = False


class BodyCatalogue:
    """Finds keys by id and names by key."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def key(self, kind: str, province: str | None, at: PartialDate | None) -> BodyKey:
        """Return the key of a kind in a province as it was at a date."""
        entry = self.vocabulary.body_kinds[kind]
        if _PLACE not in entry.name or province is None:
            return BodyKey(kind, None)
        return BodyKey(kind, province, bool(entry.city_name) and is_city(self.vocabulary.provinces[province], at))

    def name(self, key: BodyKey) -> str:
        """Return the full name of a body, with the rank that its province has by the key."""
        province, at = self.vocabulary.provinces.get(key.province or ""), None
        if province:
            dates = [None, *(p.since for p in province.periods), *(PartialDate(1900) for _ in province.periods[:1])]
            at = next((d for d in dates if is_city(province, d) == key.city), None)
        return body_name(self.vocabulary, key.kind, key.province, at)

    def id(self, key: BodyKey) -> str:
        """Return the id of a body."""
        return body_id(self.name(key))

    def find(self, identity: str) -> BodyKey | None:
        """Return the body with an id, if the vocabulary can form it."""
        return _keys(self.vocabulary).get(identity)

    def all(self) -> Iterable[BodyKey]:
        """Return all bodies that the vocabulary can form."""
        return _keys(self.vocabulary).values()


@lru_cache(maxsize=1)  # collecting and checks ask about one vocabulary in turn
def _keys(vocabulary: Vocabulary) -> dict[str, BodyKey]:
    """Return the keys of all bodies that a vocabulary can form, by their ids."""
    keys = []
    for entry in vocabulary.body_kinds.values():
        if _PLACE not in entry.name:
            keys.append(BodyKey(entry.id, None))
            continue
        for province in vocabulary.provinces.values():
            ranks = {p.kind == "thanh-pho" for p in province.periods} if entry.city_name else {False}
            keys += [BodyKey(entry.id, province.id, city) for city in sorted(ranks)]
    catalogue = BodyCatalogue(vocabulary)
    return {catalogue.id(key): key for key in keys}


class Words(NamedTuple):
    """How a change is told: ``happened`` by itself, with the place of the day in it ("hợp nhất từ 1-7-2025"),
    ``became`` between the old and the new ("A đã hợp nhất vào B")."""

    happened: str
    became: str


CHANGES = {
    "hop-nhat": Words("hợp nhất{since}", "đã hợp nhất vào"),
    "doi-ten": Words("đổi tên{since}", "đã đổi tên thành"),
    "tach": Words("thôi hoạt động{since}, việc chia về nhiều cơ quan", "đã thôi hoạt động; một phần việc về"),
    "thay-the": Words("được thay thế{since}", "được thay thế bằng"),
    "ket-thuc": Words("kết thúc hoạt động{since}", "đã kết thúc; một phần việc chuyển cho"),
}


def became(kind: str, province: str | None, vocabulary: Vocabulary) -> str:
    """Return what a body became, behind its name, with the day, the ground and how sure that is: ``đã thôi hoạt động;
    một phần việc về A và B, từ 02-2025, theo Quyết định 3254-QĐ/TU``. Where nobody has read what was decided there, the
    end stands first, then what may be in its place. '' for one that has not ended, or went to no body known.
    ``province`` None: as the kind ended everywhere."""
    local = vocabulary.local_bodies.get((kind, province or ""))
    ended = (local.succession if local else None) or vocabulary.body_kinds[kind].succession
    catalogue = BodyCatalogue(vocabulary)
    if ended is None:
        return ""
    steps = steps_from(catalogue.key(kind, province, ended.date), catalogue) if province else ()
    names = [catalogue.name(step.target) for step in steps] or [
        vocabulary.body_kinds[other].name.replace(f" {_PLACE}", "")
        for other in ended.successors
        if other in vocabulary.body_kinds
    ]
    if not names:
        return ""
    today = " và ".join(names)
    if vocabulary.origins.certainty(ended) is Certainty.UNCHECKED:
        end = happened(ended.reason, ended.date.vietnamese if ended.date else None)
        unread = f"kho chưa đọc quyết định {'ở nơi này' if province else 'của từng tỉnh'}"
        unread += "" if ended.date else ", chưa rõ từ ngày nào"
        return f"đã {end}; nay có thể là {today} ({unread})"
    since = f"từ {ended.date.vietnamese}" if ended.date else "chưa rõ từ ngày nào"
    ground = f"theo {ended.document}" if ended.document else "chưa rõ theo quyết định nào"
    unsure = CERTAINTY_NOTES.get(vocabulary.origins.certainty(ended))
    told = f"{CHANGES[ended.reason].became} {today}, {since}, {ground}"
    return f"{told} ({unsure})" if unsure else told


def happened(reason: str, since: str | None) -> str:
    """Return what happened to a body, by its key in ``CHANGES``, and since when if that is known."""
    return CHANGES[reason].happened.format(since=f" từ {since}" if since else "")


INFERRED = Grounded(evidence=(), note="Suy từ việc hợp nhất tỉnh; chưa đọc được quyết định lập cơ quan này")
"""What stands behind the merging of bodies where no source was read on bodies of that kind."""


@dataclass(frozen=True, slots=True)
class SuccessionStep:
    """One change of a body into another."""

    source: BodyKey
    target: BodyKey
    reason: str
    date: PartialDate | None
    ground: Grounded | None
    document: str | None = None


def succession_of(key: BodyKey, catalogue: BodyCatalogue) -> Succession | None:
    """Return how a body itself ended: what is known of it in its province, else of its kind."""
    vocabulary = catalogue.vocabulary
    local = vocabulary.local_bodies.get((key.kind, key.province or ""))
    if local is not None and local.succession is not None:
        return local.succession
    return vocabulary.body_kinds[key.kind].succession


def steps_from(key: BodyKey, catalogue: BodyCatalogue) -> Iterator[SuccessionStep]:
    """Yield the changes that lead from a body to the next ones: its own, else what a province's own change brings,
    merger or a new rank; none from a congress, which leads to its committee."""
    if catalogue.vocabulary.body_kinds[key.kind].elects:
        return
    own = succession_of(key, catalogue)
    if own is not None:
        for successor in own.successors:
            known = successor in catalogue.vocabulary.body_kinds
            target = catalogue.key(successor, key.province, own.date) if known else catalogue.find(successor)
            if target is not None and target != key:
                yield SuccessionStep(key, target, own.reason, own.date, own, own.document)
        return
    province = catalogue.vocabulary.provinces.get(key.province or "")
    if province and province.successor and province.successor != province.id:
        periods = catalogue.vocabulary.provinces[province.successor].periods
        merger = next((p for p in periods if province.id in p.made_of), None)
        target = catalogue.key(key.kind, province.successor, merger.since if merger else None)
        yield _passing(key, target, merger, catalogue)
    elif province:
        for period in province.periods:
            changed = catalogue.key(key.kind, province.id, period.since)
            if period.since and not key.city and changed.city:
                yield _renaming(key, changed, period)


def merger_reason(period: Period | None) -> str:
    """Return how bodies of a province changed at the beginning of a period, by its key in ``CHANGES``."""
    return "doi-ten" if period and period.reason == "doi-ten" else "hop-nhat"


def _passing(source: BodyKey, target: BodyKey, period: Period | None, catalogue: BodyCatalogue) -> SuccessionStep:
    """Return how a body passed into another at the beginning of a period: with its province's name, or by a merger.
    What was read of mergers (``merger`` of the kind) bears out no renaming: that is the province's own."""
    if period and merger_reason(period) == "doi-ten":
        return _renaming(source, target, period)
    ground = catalogue.vocabulary.body_kinds[source.kind].merger or INFERRED
    return SuccessionStep(source, target, "hop-nhat", period.since if period else None, ground)


def _renaming(source: BodyKey, target: BodyKey, period: Period) -> SuccessionStep:
    ground = period if period.evidence else None
    return SuccessionStep(source, target, "doi-ten", period.since, ground, period.document)


def merged_into(key: BodyKey, catalogue: BodyCatalogue) -> Iterator[SuccessionStep]:
    """Yield the changes by which other provinces' bodies of this kind passed into ``key``."""
    congress = catalogue.vocabulary.body_kinds[key.kind].elects
    if key.province is None or congress or succession_of(key, catalogue) is not None:
        return
    for period in catalogue.vocabulary.provinces[key.province].periods:
        for part in period.made_of:
            source = catalogue.key(key.kind, part, period.since and PartialDate(period.since.year - 1))
            if part != key.province:
                yield _passing(source, key, period, catalogue)


def collect_bodies(named: Iterable[BodyKey], catalogue: BodyCatalogue) -> dict[str, Body]:
    """Return all bodies with a page, by id. Successors are followed to those of today, parents to the top."""
    wanted = set(named)
    steps = {step for key in wanted for step in merged_into(key, catalogue)}
    wanted |= {step.source for step in steps}
    queue = list(wanted)
    while queue:
        key = queue.pop()
        after = set(steps_from(key, catalogue))
        steps |= after
        beside = filter(None, (parent_of(key, catalogue), elected_by(key, catalogue)))
        new = {step.target for step in after} | set(beside)
        queue.extend(new - wanted)
        wanted |= new
    forward: dict[BodyKey, list[SuccessionStep]] = defaultdict(list)
    backward: dict[BodyKey, list[SuccessionStep]] = defaultdict(list)
    for step in sorted(steps, key=lambda s: (s.source, s.target)):
        forward[step.source].append(step)
        backward[step.target].append(step)
    bodies = [_body(key, catalogue, forward[key], backward[key]) for key in sorted(wanted, key=catalogue.id)]
    return {body.id: body for body in bodies}


def parent_of(key: BodyKey, catalogue: BodyCatalogue) -> BodyKey | None:
    """Return the body above this one: in the same province, else at the centre."""
    return _beside(key, catalogue.vocabulary.body_kinds[key.kind].parent, catalogue)


def elected_by(key: BodyKey, catalogue: BodyCatalogue) -> BodyKey | None:
    """Return the committee that this body elects, if it is a congress."""
    return _beside(key, catalogue.vocabulary.body_kinds[key.kind].elects, catalogue)


def _beside(key: BodyKey, other: str | None, catalogue: BodyCatalogue) -> BodyKey | None:
    """Return the body of the kind ``other`` in the same province, else at the centre."""
    if other is None:
        return None
    if _PLACE not in catalogue.vocabulary.body_kinds[other].name:
        return BodyKey(other, None)
    return BodyKey(other, key.province, key.city) if key.province else None


def _body(key: BodyKey, catalogue: BodyCatalogue, after: list[SuccessionStep], before: list[SuccessionStep]) -> Body:
    local = catalogue.vocabulary.local_bodies.get((key.kind, key.province or ""))
    parent, elected = parent_of(key, catalogue), elected_by(key, catalogue)
    return Body(
        catalogue.id(key), key.kind, catalogue.name(key), key.province, local.names if local else (),
        parent=catalogue.id(parent) if parent else None,
        elects=catalogue.id(elected) if elected else None,
        ended=succession_of(key, catalogue),
        successors=tuple(_change(step, step.target, catalogue) for step in after),
        predecessors=tuple(_change(step, step.source, catalogue) for step in sorted(before, key=_when)),
        note=local.note if local else None,
    )  # fmt: skip


def _when(step: SuccessionStep) -> datetime.date:
    return step.date.earliest() if step.date else datetime.date.min


def _change(step: SuccessionStep, other: BodyKey, catalogue: BodyCatalogue) -> Change:
    return Change(catalogue.id(other), step.reason, step.date, step.ground, step.document)
