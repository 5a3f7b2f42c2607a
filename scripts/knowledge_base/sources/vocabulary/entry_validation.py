"""Validate all entries together: each fault once, on its line; what is sound of a faulty entry is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, zip_longest
from typing import Any

from pydantic import ValidationError

from ...core.errors import Problem, Severity
from ...core.text import fold
from ..diagnosis import Fault, quoted
from ..yaml import Plain
from .content import check_content
from .entries import RawEntry, Vocabulary
from .evidence import Origins
from .fields import Entry, fields_of
from .references import TABLE_OF, WHOLE_FILE, check_homes, check_references, id_places, values_at
from .validation import KeyFault, M, find_faults


def validate_entries(
    entries: Sequence[RawEntry], unreadable: set[str], missing: set[str]
) -> tuple[Vocabulary, list[Problem]]:
    """Check entries by their schemas, and all of them together; return what can be used of them, and all problems but
    those of drafts.

    Ids of tables in ``unreadable`` and ``missing`` are not looked up; those of the latter are left out of the
    entries, as the finders rely on them."""
    problems: list[Problem] = []
    lacking: list[Problem] = []
    tables: dict[str, Any] = {}
    faulty: dict[tuple[str, str], frozenset[str]] = {}
    unsure = set(unreadable)  # and the tables with an entry that cannot be used, or whose identity is in doubt
    together: dict[int, list[Fault]] = {}
    others = chain(check_references(entries, unreadable | missing), check_homes(entries), check_content(entries))
    for raw, fault in others:
        together.setdefault(id(raw), []).append(fault)
    for raw, following in zip_longest(entries, entries[1:]):
        entry, faults = _check(raw, together.get(id(raw), ()))
        wrong = {fault.location for fault in faults if fault.severity is Severity.ERROR and fault.location}
        places = [place for place, target in id_places(raw.table.schema) if TABLE_OF.get(target, target) in missing]
        wrong |= {location for place in places for location, _ in values_at(raw.data, place)}
        if wrong:
            entry = sound_part(raw.table.schema, raw.data, wrong, raw.key)
            keys, known = {location[0] for location in wrong}, set(fields_of(raw.table.schema))
            if not keys <= known:  # one that is not there may be meant
                keys |= known - raw.data.keys()
            faulty[raw.field, raw.key] = frozenset(keys)
        if following and following.first and following.key == raw.key and len(raw.data) == len(raw.table.keys):
            continue  # but the first line of the next one, written twice: told of there
        for fault in faults:
            line = 1 if fault.location == WHOLE_FILE else raw.line(*fault.location)
            severity = Severity.WARNING if raw.is_draft else fault.severity
            problem = Problem(raw.path, line, fault.message, fault.remedy, severity)
            (lacking if raw.is_draft else problems).append(problem)
        if entry is None or any((key,) in wrong for key in raw.table.keys):
            unsure |= set() if raw.is_draft else {raw.field}
        elif raw.first is None:
            names = tuple(str(getattr(entry, key)) for key in raw.table.keys)
            tables.setdefault(raw.field, {}).setdefault(names if len(names) > 1 else names[0], entry)
    tables = {name: dict(sorted(found.items())) for name, found in tables.items()}
    first = {(raw.field, raw.key): raw for raw in entries if raw.key and raw.first is None}
    frozen, absent = frozenset(unsure), frozenset(missing - unreadable)
    origins = _origins(tables)
    other: dict[str, Any] = {"faulty": faulty, "origins": origins, "raw_entries": first}
    other |= {"unreadable": frozen, "missing": absent, "draft_problems": tuple(sorted(set(lacking)))}
    return Vocabulary(**tables, **other), problems


def _origins(tables: Mapping[str, Any]) -> Origins:
    """Return which hosts are one place, as the outlets and the list of hosts tell."""
    outlets, listed = tables.get("outlets", {}).values(), tables.get("web_hosts", {}).values()
    hosts = [(str(fold(host)), entry) for entry in listed for host in entry.hosts]
    return Origins(
        {str(fold(name)): outlet.id for outlet in outlets for name in (outlet.name, *outlet.sites)},
        frozenset(host for host, entry in hosts if entry.use == "dang-lai"),
        {host: entry.reason for host, entry in hosts if entry.use == "khong-dung"},
        frozenset(host for host, entry in hosts if entry.use == "chua-tep"),
    )


def _check(raw: RawEntry, others: Iterable[Fault]) -> tuple[Entry | None, list[Fault]]:
    """Return the entry, if it is sound, and all its faults, one for each place."""
    entry, faults = find_faults(raw.table.schema, dict(raw.data))
    by_place = {fault.location: fault for fault in others}
    faults = [fault for fault in faults if fault.location not in by_place]
    if "province" not in raw.data and any("“province”" in fault.remedy for fault in faults):  # it is misspelt
        by_place.pop(("province",), None)
    if raw.first is not None:
        place = (raw.table.keys[0],)
        line = raw.first.line(*place)
        where = f"dòng {line}" if raw.first.path == raw.path else f"{raw.first.path}:{line}"
        message = f"mã {quoted(raw.key)} đã dùng ở {where}"
        by_place[place] = Fault(place, message, "Đổi mã, hoặc gộp hai mục làm một")
    return entry, [*faults, *by_place.values()]


_HARMLESS: dict[str, Plain] = {key: [] for key in ("cues", "forms", "include", "sides")}
_HARMLESS |= {"kind": "caption", "level": "khac", "side": "dang", "tier": "M", "use": "khong-phai"}
_HARMLESS |= {"pattern": "(?!)", "periods": [{"kind": "tinh"}]}
"""What stands for a key that must be there and is not: nothing is found by it. Words are the entry's id."""

_LISTS_OF_WORDS = {"names", "short", "words"}
_MOST_ROUNDS = 4
"""A part that is cut can leave the part around it without what it needs: entries have four levels."""


def sound_part(
    schema: type[M], data: Mapping[str, Plain], wrong: Iterable[tuple[str, ...]] = (), word: str = "?"
) -> M | None:
    """Return the entry of ``data`` without the parts that are ``wrong``; None if nothing of it can be used.

    What then is missing and must not be is filled with what says nothing, words with ``word``. The result only
    serves to look for more faults: nothing is built while there are any.
    """
    needed = [key for key, info in fields_of(schema).items() if info.is_required()]
    blank = {key: _HARMLESS.get(key, [word] if key in _LISTS_OF_WORDS else word) for key in needed}
    left: Any = _without(dict(data), set(wrong))
    for _ in range(_MOST_ROUNDS):
        try:
            return schema.model_validate(blank | left)
        except ValidationError as error:
            faults = [KeyFault.of(fault) for fault in error.errors(include_url=False)]
            # where something is missing, the part that lacks it is cut
            places = {fault.location[:-1] if fault.kind == "missing" else fault.location for fault in faults}
            left = _without(blank | left, places)
    return None


def _without(data: Any, places: set[tuple[str, ...]]) -> Any:
    """Return ``data`` without its parts at ``places``."""
    if not isinstance(data, dict | list):
        return data
    parts = data.items() if isinstance(data, dict) else ((str(n), part) for n, part in enumerate(data))
    kept = {k: _without(part, {p[1:] for p in places if p[:1] == (k,)}) for k, part in parts if (k,) not in places}
    return kept if isinstance(data, dict) else list(kept.values())
