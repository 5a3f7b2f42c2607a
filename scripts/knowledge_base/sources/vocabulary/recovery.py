"""Use what is sound of a faulty entry, so that one slip of the pen is not told of again as its consequences.

Whatever is wrong is cut out; what then is missing and must not be is filled with a harmless value. The
result only serves to look for more faults: nothing is built while there are any.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from ...core.dates import PartialDate
from ...core.text import slug
from ..diagnosis import Fault
from ..yaml import Plain
from .entries import likely_id
from .schemas import fields_at

M = TypeVar("M", bound=BaseModel)
_MOST_ROUNDS = 12
_NOWHERE = "chua-ro"


def salvage(schema: type[M], data: Plain, faulty: Iterable[Fault]) -> M | None:
    """Return the entry of ``data`` without its faulty parts; None if nothing of it can be used."""
    sound: Any = copy.deepcopy(data)
    if isinstance(sound, dict) and "id" in schema.model_fields:
        name = sound.get("id")
        sound["id"] = (slug(name) if isinstance(name, str) else "") or likely_id(sound) or name
    for fault in sorted(faulty, key=lambda fault: _order(fault.location), reverse=True):
        if fault.meant is not None:
            _rename(sound, fault.location, fault.meant)
        elif fault.instead is None:
            _cut(sound, fault.location)
        else:
            _set(sound, fault.location, fault.instead)
    for _ in range(_MOST_ROUNDS):
        try:
            return schema.model_validate(sound)
        except ValidationError as error:
            for found in sorted(error.errors(include_url=False), key=lambda f: _order(tuple(map(str, f["loc"])))):
                location = tuple(str(part) for part in found["loc"] if part != "[key]")
                _mend(schema, sound, location, str(found["type"]))
    return None


def as_plain(value: Any) -> Any:
    """Return the values of an entry as a file would hold them: words, lists and mappings."""
    if isinstance(value, dict):
        return {key: as_plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [as_plain(part) for part in value]
    if isinstance(value, PartialDate):
        return value.iso
    return {True: "có", False: "không"}[value] if isinstance(value, bool) else str(value)


def _order(location: tuple[str, ...]) -> list[tuple[int, str]]:
    """Sort items of lists by number, so that cutting the last first keeps the others' places."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in location]


def _mend(schema: type[BaseModel], data: Any, location: tuple[str, ...], kind: str) -> None:
    if kind not in {"missing", "too_short"}:
        _cut(data, location)
        return
    if len(location) > 1 and location[-2].isdigit() and len(_part(data, location[:-2]) or ()) > 1:
        _cut(data, location[:-1])
        return
    around = _part(data, location[:-1])
    info = fields_at(schema, location[:-1]).get(location[-1]) if location else None
    if isinstance(around, dict) and info is not None:
        around[location[-1]] = _filler(info.annotation, location[-1], around, kind == "too_short")


def _filler(annotation: Any, key: str, around: dict[str, Any], needs_item: bool) -> Any:
    """Return a value that fits ``annotation`` and says nothing."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {}
    if getattr(annotation, "__origin__", None) is tuple:
        return [_filler(get_args(annotation)[0], key, around, needs_item=False)] if needs_item else []
    choices = get_args(annotation)
    if choices and all(isinstance(choice, str) for choice in choices):
        return choices[0]
    name = around.get("name") if key == "id" else around.get("id")
    return (slug(name) if key == "id" else name) if isinstance(name, str) and slug(name) else _NOWHERE


def _part(data: Any, location: tuple[str, ...]) -> Any:
    for step in location:
        if isinstance(data, list):
            data = data[int(step)] if step.isdigit() and int(step) < len(data) else None
        else:
            data = data.get(step) if isinstance(data, dict) else None
    return data


def _rename(data: Any, location: tuple[str, ...], key: str) -> None:
    around = _part(data, location[:-1])
    if isinstance(around, dict) and location[-1] in around:
        value = around.pop(location[-1])
        around.setdefault(key, value)


def _set(data: Any, location: tuple[str, ...], value: str) -> None:
    around = _part(data, location[:-1])
    if isinstance(around, dict):
        around[location[-1]] = value
    elif isinstance(around, list):
        around[int(location[-1])] = value


def _cut(data: Any, location: tuple[str, ...]) -> None:
    """Take the part at ``location`` out of ``data``, or the nearest part around it that is there."""
    if not location or location == ("id",):
        return
    around = _part(data, location[:-1])
    if isinstance(around, dict) and location[-1] in around:
        del around[location[-1]]
    elif isinstance(around, list) and location[-1].isdigit() and int(location[-1]) < len(around):
        del around[int(location[-1])]
    elif around is None or isinstance(around, str):
        _cut(data, location[:-1])
