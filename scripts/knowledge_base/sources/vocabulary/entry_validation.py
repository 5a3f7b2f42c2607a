"""Judge all entries together: each fault once, on its line; what is sound of a faulty entry is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from typing import Any

from ...core.errors import Problem, Severity
from ..diagnosis import Fault, quoted
from .content import check_content
from .entries import RawEntry, likely_id
from .recovery import as_plain, salvage
from .references import WHOLE_FILE, check_homes, check_references, id_places, referred_tables, values_at
from .schemas import TABLES, Entry, Table
from .validation import find_faults

TARGETS = {table.name for table in TABLES}
"""The tables whose entries the finders look up by the ids that others name."""


@dataclass(frozen=True, slots=True)
class Pending:
    """An entry that was read. ``torn``: lines of it could not be read as they were; ``first``: where an entry
    of the same identity stands already."""

    table: Table
    raw: RawEntry
    torn: bool = False
    first: tuple[str, int] | None = None


@dataclass(slots=True)
class Judged:
    """The entries that can be used, by field, the problems of all, and which keys of which entries have errors."""

    found: dict[str, dict[Any, Entry]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    faulty: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def fields(self) -> dict[str, Any]:
        """Return each field's entries, sorted by their keys."""
        return {name: dict(sorted(entries.items())) for name, entries in self.found.items()}


def missed(pending: Sequence[Pending], missing: frozenset[str]) -> list[str]:
    """Return the files that are not there and whose entries others name."""
    wanted = referred_tables([one.raw for one in pending])
    return sorted({table.file for table in TABLES if table.name in missing & wanted})


def judge(pending: Sequence[Pending], unreadable: frozenset[str]) -> Judged:
    """Check entries by their schemas, and all of them together."""
    judged = Judged()
    raws = [one.raw for one in pending]
    together: dict[int, list[Fault]] = {}
    others = chain(check_references(raws, unreadable), check_homes(raws), check_content(raws))
    for raw, fault in others:
        together.setdefault(id(raw), []).append(fault)
    for one, following in zip_longest(pending, pending[1:]):
        entry, faults = _own(one, together.get(id(one.raw), ()))
        if any(fault.severity is Severity.ERROR for fault in faults):
            wrong = [fault for fault in faults if fault.severity is Severity.ERROR]
            entry = salvage(one.table.schema, dict(one.raw.data), wrong)
            name = _name(one, entry)
            judged.faulty[one.raw.field, name] = frozenset(f.location[0] for f in wrong if f.location)
        if following is not None and _is_repeated_head(one, following):
            continue
        follow = {fault.location for fault in together.get(id(one.raw), ())} if one.torn else set()
        told = (_problem(one.raw, fault) for fault in faults if fault.location not in follow)
        if one.torn:
            place = (one.raw.field, _name(one, entry))
            judged.faulty[place] = judged.faulty.get(place, frozenset()) | {"*"}
        judged.problems += [problem for problem in told if problem.line not in one.raw.source.mended]
        _keep(judged, one, entry)
    if judged.faulty or unreadable:
        _close(judged, pending)
    return judged


def _close(judged: Judged, pending: Sequence[Pending]) -> None:
    """Take ids out of the entries that are kept which name entries that are not: the finders rely on them."""
    by_name = {
        (one.raw.field, name): one for one in reversed(pending) for name in (one.raw.key, likely_id(one.raw.data))
    }
    for field_name, entries in judged.found.items():
        for key, entry in list(entries.items()):
            name = " ".join(key) if isinstance(key, tuple) else key
            one = by_name.get((field_name, name))
            lost = list(_dangling(entry, field_name, judged)) if one is not None else []
            if one is not None and lost:
                data = entry.model_dump(mode="python", by_alias=True, exclude_none=True)
                changed = salvage(one.table.schema, as_plain(data), lost)
                entries[key] = changed if changed is not None else entry
                cut = frozenset(fault.location[0] for fault in lost)
                judged.faulty[field_name, name] = judged.faulty.get((field_name, name), frozenset()) | cut


def _dangling(entry: Entry, field_name: str, judged: Judged) -> Iterator[Fault]:
    data = as_plain(entry.model_dump(mode="python", by_alias=True, exclude_none=True))
    for place, target in id_places(field_name):
        for location, value in values_at(data, place):
            if target in TARGETS and value not in judged.found.get(target, {}):
                yield Fault(location, "", "")


def _is_repeated_head(one: Pending, following: Pending) -> bool:
    """Tell whether an entry is but the first line of the next one, written twice: told of there."""
    return following.first is not None and following.raw.key == one.raw.key and len(one.raw.data) == len(one.table.keys)


def _own(one: Pending, others: Iterable[Fault]) -> tuple[Entry | None, list[Fault]]:
    """Return the entry, if it is sound, and all its faults, one for each place."""
    entry, faults = find_faults(one.table.schema, dict(one.raw.data), one.torn)
    by_place = {fault.location: fault for fault in others}
    faults = [fault for fault in faults if fault.location not in by_place]
    if "province" not in one.raw.data and any("“province”" in fault.remedy for fault in faults):
        by_place.pop(("province",), None)
    if one.first is not None:
        by_place[one.table.keys[0],] = _double(one)
    if entry is None and not faults:
        entry = salvage(one.table.schema, dict(one.raw.data), ())
    return entry, [*faults, *by_place.values()]


def _double(one: Pending) -> Fault:
    path, line = one.first or ("", 0)
    where = f"dòng {line}" if path == one.raw.path else f"{path}:{line}"
    message = f"mã {quoted(one.raw.key)} đã dùng ở {where}"
    return Fault((one.table.keys[0],), message, "Đổi mã, hoặc gộp hai mục làm một")


def _name(one: Pending, entry: Entry | None) -> str:
    return " ".join(str(getattr(entry, key)) for key in one.table.keys) if entry is not None else one.raw.key


def _keep(judged: Judged, one: Pending, entry: Entry | None) -> None:
    if entry is None or one.first is not None or not (one.raw.key or one.raw.data.get("name")):
        return
    names = tuple(str(getattr(entry, key)) for key in one.table.keys)
    judged.found.setdefault(one.table.name, {}).setdefault(names if len(names) > 1 else names[0], entry)


def _problem(raw: RawEntry, fault: Fault) -> Problem:
    line = 1 if fault.location == WHOLE_FILE else raw.line(*fault.location)
    return Problem(raw.path, line, fault.message, fault.remedy, fault.severity)
