"""Check plain data against a schema; every fault becomes one Vietnamese problem on its own line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ...core.errors import Problem
from ...core.text import slug
from ..diagnosis import Fault, choose, date_fault, propose, quoted
from ..yaml import Plain, YamlData
from .entries import likely_id
from .fields import fields_at, key_names

M = TypeVar("M", bound=BaseModel)


def find_faults(schema: type[M], data: Plain) -> tuple[M | None, list[Fault]]:
    """Return the entry that ``data`` stands for, or None and everything that is wrong with it, each slip once."""
    try:
        return schema.model_validate(data), []
    except ValidationError as error:
        found = [KeyFault.of(fault) for fault in error.errors(include_url=False)]
        return None, [_fault(schema, data, slip) for slip in _without_consequences(schema, data, found)]


def validate(
    schema: type[M], data: Plain, source: YamlData, location: tuple[str, ...], path: str
) -> tuple[M | None, list[Problem]]:
    """Return the entry that ``data`` (at ``location`` of ``source``) stands for, or None and all its problems."""
    entry, faults = find_faults(schema, data)
    return entry, [Problem(path, source.line(*location, *f.location), f.message, f.remedy, f.severity) for f in faults]


def on_other_lines(reported: Iterable[Problem], more: Iterable[Problem]) -> list[Problem]:
    """Return those of ``more`` that stand on lines where nothing was told yet: they are no consequences."""
    lines = {(problem.path, problem.line) for problem in reported}
    return [problem for problem in more if (problem.path, problem.line) not in lines]


# ---- Slips and their consequences ----
#
# The validator tells of a key ``titel`` that it does not know, and of a key ``title`` that is not there.
# One of them is the slip: the key was misspelt, or it was indented one step too far or too little.


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


def _without_consequences(schema: type[BaseModel], data: Plain, found: Iterable[KeyFault]) -> list[KeyFault]:
    """Return the slips among what was ``found``, without what only follows from them."""
    found = list(found)
    missing = {fault.location for fault in found if fault.kind == "missing"}
    explained: set[tuple[str, ...]] = set()
    slips = []
    for fault in found:
        unknown = fault.kind == "extra_forbidden"
        slip, follows = _explain(schema, data, fault, missing) if unknown else (fault, set())
        slips.append(slip)
        explained |= follows
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


# ---- What is said of a slip ----


def _fault(schema: type[BaseModel], data: Plain, found: KeyFault) -> Fault:
    if found.advice:
        return Fault(found.location, *found.advice)
    if found.input is None and found.kind != "extra_forbidden":
        remedy = "Viết giá trị, hoặc xóa dòng này nếu khóa không bắt buộc"
        return Fault(found.location, f"khóa {quoted(found.key)} để trống", remedy)
    said = next(said for start, said in _WRITERS if found.kind.startswith(start))
    if callable(said):
        return Fault(found.location, *said(schema, data, found))
    return Fault(found.location, said[0].format(key=quoted(found.key), input=quoted(found.input)), said[1])


def _unknown_key(schema: type[BaseModel], _: Plain, found: KeyFault) -> tuple[str, str]:
    if found.key == "certainty":
        remedy = "Bỏ khóa này, máy tự tính mức từ evidence; muốn hạ mức thì ghi lowered: {to: C, reason: vì sao}"
        return "mức chắc chắn không ghi tay", remedy
    return f"không có khóa {quoted(found.key)}", choose(found.key, key_names(fields_at(schema, found.location[:-1])))


def _missing(schema: type[BaseModel], data: Plain, found: KeyFault) -> tuple[str, str]:
    info = fields_at(schema, found.location[:-1]).get(found.location[-1])
    title = (info.title if info else None) or ""
    message = f"thiếu khóa bắt buộc {quoted(found.key)}" + (f" ({title[:1].lower()}{title[1:]})" if title else "")
    if found.location == ("id",) and isinstance(data, dict) and (proposal := likely_id(data)):
        return message, f"Thêm khóa “id”, ví dụ: id: {proposal}"
    if found.key == "evidence":
        return message, f"Thêm: evidence: {_pages('')}; chưa có nguồn thì evidence: []"
    return message, f"Thêm khóa {quoted(found.key)} cùng giá trị của nó, dạng {found.key}: giá trị"


def _choice(_: type[BaseModel], __: Plain, found: KeyFault) -> tuple[str, str]:
    message = f"{quoted(found.key)} không nhận giá trị {quoted(found.input)}"
    return message, choose(str(found.input), re.findall(r"'([^']*)'", found.expected))


def _bad_id(_: type[BaseModel], __: Plain, found: KeyFault) -> tuple[str, str]:
    message = f"mã {quoted(found.input)} chỉ được có chữ thường không dấu, chữ số và dấu gạch nối"
    proposal = slug(str(found.input)[:200])
    return message, f"Sửa thành {quoted(proposal)}" if proposal else "Đặt mã khác"


def _not_text(_: type[BaseModel], __: Plain, found: KeyFault) -> tuple[str, str]:
    if isinstance(found.input, dict) and len(found.input) == 1:
        words = "; ".join(f"{key}: {value}" for key, value in found.input.items())
        message = f"có dấu hai chấm trong giá trị {quoted(words)} nên máy hiểu là một khóa"
        return message, f'Đặt cả giá trị trong dấu ngoặc kép: "{words}"'
    if isinstance(found.input, list) and len(found.input) == 1:
        message = f"giá trị của {quoted(found.key)} phải là chữ, không phải danh sách"
        return message, "Bỏ dấu ngoặc vuông hoặc gạch đầu dòng"
    return f"giá trị của {quoted(found.key)} phải là chữ", "Viết một giá trị duy nhất, không xuống dòng gạch đầu dòng"


def _not_list(schema: type[BaseModel], __: Plain, found: KeyFault) -> tuple[str, str]:
    remedy = "Viết mỗi mục trên một dòng riêng, bắt đầu bằng dấu gạch và một dấu cách"
    if "host" in fields_at(schema, found.location):
        said = found.input.get("source") if isinstance(found.input, dict) else found.input
        remedy = f"Viết: {found.key}: {_pages(said)}"
    elif isinstance(found.input, str):
        remedy = f"Đặt giá trị trong ngoặc vuông: {found.key}: [{' '.join(found.input.strip('[] ').split())[:60]}]"
    return f"giá trị của {quoted(found.key)} phải là danh sách", remedy


def _pages(said: object) -> str:
    """Return the evidence that somebody wrote as words, as it is to be written."""
    host = " ".join(str(said or "").split())[:100].replace('"', "'") or "tên báo hoặc trang"
    return f'[{{host: "{host}", kind: bao}}]'


def _not_mapping(schema: type[BaseModel], _: Plain, found: KeyFault) -> tuple[str, str]:
    message, fields = f"{quoted(found.key)} phải gồm các khóa con", fields_at(schema, found.location)
    words = " ".join(found.input.split())[:100].replace('"', "'") if isinstance(found.input, str) else ""
    if words and {"value", "evidence"} <= set(fields):
        return message, f'Viết: {found.key}: {{value: "{words}", evidence: {_pages("")}}}'
    if words and "host" in fields:
        return message, f"Viết: {found.key}: {_pages(words)}"
    return message, "Viết mỗi khóa con một dòng, thụt vào, dạng khóa: giá trị"


def _bad_value(_: type[BaseModel], __: Plain, found: KeyFault) -> tuple[str, str]:
    message, remedy = date_fault(str(found.input))
    return f"khóa {quoted(found.key)}: {message}", remedy


_Writer = Callable[[type[BaseModel], Plain, KeyFault], tuple[str, str]]
_WRITERS: tuple[tuple[str | tuple[str, ...], _Writer | tuple[str, str]], ...] = (
    ("extra_forbidden", _unknown_key),
    ("missing", _missing),
    (("literal_error", "enum"), _choice),
    ("string_pattern", _bad_id),
    ("string_too_long", ("giá trị {input} của {key} quá dài", "Đặt mã ngắn hơn, nhiều nhất 120 chữ")),
    ("string_too_short", ("giá trị của {key} để trống", "Viết giá trị vào giữa hai dấu ngoặc kép")),
    ("string_", _not_text),
    ("too_short", ("danh sách {key} còn trống", "Viết ít nhất một mục")),
    ("tuple_", _not_list),
    (("model_", "dict_"), _not_mapping),
    ("int_", ("giá trị {input} của {key} phải là số nguyên", "Viết bằng chữ số")),
    ("bool_", ("{key} không nhận giá trị {input}", "Viết “có” hoặc “không”")),
    (("value_error", "dataclass_"), _bad_value),
    ("", ("giá trị của {key} không hợp lệ", "Xem mẫu trong CONTRIBUTING.md")),
)
