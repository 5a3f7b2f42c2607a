"""Tell slips from their consequences: a key that is misspelt is not missing as well.

The validator tells of a key ``titel`` that it does not know, and of a key ``title`` that is not there.
One of them is the slip: the key was misspelt, or it was indented one step too far or too little.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..diagnosis import propose, quoted
from ..yaml import Plain
from .schemas import fields_at, key_names

if TYPE_CHECKING:
    from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class KeyFault:
    """A fault as the validator tells of it; ``advice`` is what to say, where that differs from the usual."""

    kind: str
    location: tuple[str, ...]
    input: Any
    expected: str = ""
    advice: tuple[str, str] | None = None

    @classmethod
    def of(cls, fault: Mapping[str, Any]) -> KeyFault:
        """Make one of pydantic's description of an error."""
        location = tuple(str(part) for part in fault["loc"] if part != "[key]")
        return cls(str(fault["type"]), location, fault["input"], str(fault.get("ctx", {}).get("expected", "")))

    @property
    def key(self) -> str:
        """The key the fault is at (for an item of a list, the list's key)."""
        return next((part for part in reversed(self.location) if not part.isdigit()), "mục này")


def without_consequences(schema: type[BaseModel], data: Plain, found: Iterable[KeyFault]) -> list[KeyFault]:
    """Return the slips among what was ``found``, without what only follows from them."""
    found = list(found)
    missing = {fault.location for fault in found if fault.kind == "missing"}
    explained: set[tuple[str, ...]] = set()
    slips = []
    for fault in found:
        slip = fault
        if fault.kind == "extra_forbidden":
            slip, follows = _explain(schema, data, fault, missing)
            explained |= follows
        slips.append(slip)
    around = {fault.location[:size] for fault in found for size in range(len(fault.location))}
    consequences = {"missing": explained, "too_short": around}
    return [fault for fault in slips if fault.location not in consequences.get(fault.kind, ())]


def _explain(
    schema: type[BaseModel], data: Plain, fault: KeyFault, missing: set[tuple[str, ...]]
) -> tuple[KeyFault, set[tuple[str, ...]]]:
    """Return an unknown key with the likeliest advice, and which missing keys it explains."""
    place, key = fault.location[:-1], fault.location[-1]
    inner = [t for t in missing if t[-1] == key and t[: len(place)] == place and len(t) > len(place) + 1]
    opener = min(inner)[-2] if inner else _opener(schema, data, place, key)
    if opener:
        message = f"khóa {quoted(key)} đứng sai cột, nên không thuộc về {quoted(opener)}"
        advice = (message, f"Thụt dòng này vào thêm 2 dấu cách, để nó thuộc về {quoted(opener)}")
        return replace(fault, advice=advice), {min(inner)} if inner else set()
    near = propose(key, key_names(fields_at(schema, place)))
    if near:
        return fault, {(*place, name) for name in near} & missing
    alone = [there for there in missing if there[:-1] == place]
    if len(alone) == 1 and key not in fields_at(schema, place[:-1]):
        advice = (f"không có khóa {quoted(key)}", f"Có lẽ là {quoted(alone[0][-1])}")
        return replace(fault, advice=advice), set(alone)
    around = (place[:end] for end in range(len(place) - 1, -1, -1))
    free = (p for p in around if key in fields_at(schema, p) and key not in _mapping_at(data, p))
    if (outer := next(free, None)) is not None:
        message = f"khóa {quoted(key)} thụt vào quá, nên bị coi là thuộc về {quoted(place[-1])}"
        advice = (message, "Bớt dấu cách ở đầu dòng, để dòng này thẳng cột với các khóa của cả mục")
        return replace(fault, advice=advice), {(*outer, key)} & missing
    return fault, set()


def _opener(schema: type[BaseModel], data: Plain, place: tuple[str, ...], key: str) -> str:
    """Return the key right above that has nothing below it and may hold ``key``; '' if there is none."""
    part = _mapping_at(data, place)
    before = list(part)[: list(part).index(key)] if key in part else []
    opener = before[-1] if before else ""
    return opener if opener and part[opener] is None and key in fields_at(schema, (*place, opener)) else ""


def _mapping_at(data: Plain, place: tuple[str, ...]) -> Mapping[str, Plain]:
    """Return the keys and values at ``place``; none if no mapping stands there."""
    part: Any = data
    for step in place:
        part = part[int(step)] if isinstance(part, list) else part.get(step) if isinstance(part, dict) else None
    return part if isinstance(part, dict) else {}
