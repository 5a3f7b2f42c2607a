"""Check plain data against a schema; every fault becomes one Vietnamese problem on its own line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ..errors import Problem
from ..text import slug
from ..yaml_source import Plain, YamlData
from .faults import choose, date_fault, quoted

M = TypeVar("M", bound=BaseModel)
_CHOICE = re.compile(r"'([^']*)'")
_LIST_REMEDY = "Viết mỗi mục trên một dòng riêng, bắt đầu bằng dấu gạch và một dấu cách"


def validate(
    schema: type[M], data: Plain, source: YamlData, location: tuple[str, ...], path: str
) -> tuple[M | None, list[Problem]]:
    """Return the entry that ``data`` (at ``location`` of ``source``) stands for, or None and all its problems."""
    try:
        return schema.model_validate(data), []
    except ValidationError as error:
        problems = []
        for fault in error.errors(include_url=False):
            message, remedy = _word(schema, fault)
            problems.append(Problem(path, source.line(*location, *fault["loc"]), message, remedy))
        return None, problems


def beyond(told: Iterable[Problem], more: Iterable[Problem]) -> list[Problem]:
    """Return those of ``more`` that stand on lines where nothing was told yet: they are no consequences."""
    lines = {(problem.path, problem.line) for problem in told}
    return [problem for problem in more if (problem.path, problem.line) not in lines]


def _word(schema: type[BaseModel], fault: Mapping[str, Any]) -> tuple[str, str]:
    """Return message and remedy for one fault that pydantic found."""
    kind = str(fault["type"])
    if fault["input"] is None and kind != "extra_forbidden":
        return f"khóa {quoted(_key(fault))} để trống", "Viết giá trị, hoặc xóa dòng này nếu khóa không bắt buộc"
    writer = next((writer for start, writer in _WRITERS if kind.startswith(start)), None)
    if writer is None:
        return f"giá trị của {quoted(_key(fault))} không hợp lệ", "Xem mẫu trong CONTRIBUTING.md"
    return writer(schema, fault)


def _key(fault: Mapping[str, Any]) -> str:
    """Return the key a fault is at (for an item of a list, the list's key)."""
    return next((part for part in reversed(fault["loc"]) if isinstance(part, str) and part != "[key]"), "mục này")


def _unknown_key(schema: type[BaseModel], fault: Mapping[str, Any]) -> tuple[str, str]:
    key = _key(fault)
    return f"không có khóa {quoted(key)}", choose(key, _fields_at(schema, fault["loc"][:-1]))


def _fields_at(schema: type[BaseModel], location: tuple[str | int, ...]) -> list[str]:
    """Return the keys that may be written at ``location`` inside an entry."""
    model: type[BaseModel] | None = schema
    for part in location:
        if isinstance(part, str) and model is not None and part in model.model_fields:
            model = _model_in(model.model_fields[part].annotation)
    return [field.alias or name for name, field in model.model_fields.items()] if model is not None else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the schema inside an annotation such as ``tuple[Period, ...]`` or ``Evidence | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    parts = (_model_in(part) for part in getattr(annotation, "__args__", ()))
    return next((part for part in parts if part is not None), None)


def _missing(_: type[BaseModel], fault: Mapping[str, Any]) -> tuple[str, str]:
    return f"thiếu khóa bắt buộc {quoted(_key(fault))}", f"Thêm khóa {quoted(_key(fault))} cùng giá trị của nó"


def _choice(_: type[BaseModel], fault: Mapping[str, Any]) -> tuple[str, str]:
    choices = _CHOICE.findall(str(fault["ctx"]["expected"]))
    message = f"{quoted(_key(fault))} không nhận giá trị {quoted(fault['input'])}"
    return message, choose(str(fault["input"]), choices)


def _bad_id(_: type[BaseModel], fault: Mapping[str, Any]) -> tuple[str, str]:
    message = f"mã {quoted(fault['input'])} chỉ được có chữ thường không dấu, chữ số và dấu gạch nối"
    proposal = slug(str(fault["input"])[:200])
    return message, f"Sửa thành {quoted(proposal)}" if proposal else "Đặt mã khác"


def _empty(_: type[BaseModel], fault: Mapping[str, Any]) -> tuple[str, str]:
    return f"giá trị của {quoted(_key(fault))} để trống", "Viết giá trị vào giữa hai dấu ngoặc kép"


def _not_text(_: type[BaseModel], fault: Mapping[str, Any]) -> tuple[str, str]:
    return f"giá trị của {quoted(_key(fault))} phải là chữ", "Viết một giá trị duy nhất, không xuống dòng gạch đầu dòng"


def _not_list(_: type[BaseModel], fault: Mapping[str, Any]) -> tuple[str, str]:
    return f"giá trị của {quoted(_key(fault))} phải là danh sách", _LIST_REMEDY


def _not_mapping(_: type[BaseModel], fault: Mapping[str, Any]) -> tuple[str, str]:
    return f"{quoted(_key(fault))} phải gồm các khóa con", "Viết mỗi khóa con một dòng, thụt vào, dạng khóa: giá trị"


def _not_number(_: type[BaseModel], fault: Mapping[str, Any]) -> tuple[str, str]:
    return f"giá trị {quoted(fault['input'])} của {quoted(_key(fault))} phải là số nguyên", "Viết bằng chữ số"


def _not_bool(_: type[BaseModel], fault: Mapping[str, Any]) -> tuple[str, str]:
    return f"{quoted(_key(fault))} không nhận giá trị {quoted(fault['input'])}", "Viết “có” hoặc “không”"


def _bad_value(_: type[BaseModel], fault: Mapping[str, Any]) -> tuple[str, str]:
    message, remedy = date_fault(str(fault["input"]))
    return f"khóa {quoted(_key(fault))}: {message}", remedy


_Writer = Callable[[type[BaseModel], Mapping[str, Any]], tuple[str, str]]
_WRITERS: tuple[tuple[str, _Writer], ...] = (
    ("extra_forbidden", _unknown_key),
    ("missing", _missing),
    ("literal_error", _choice),
    ("enum", _choice),
    ("string_pattern", _bad_id),
    ("string_too_short", _empty),
    ("string_", _not_text),
    ("tuple_", _not_list),
    ("model_", _not_mapping),
    ("dict_", _not_mapping),
    ("int_", _not_number),
    ("bool_", _not_bool),
    ("value_error", _bad_value),
    ("dataclass_", _bad_value),
)
