"""Which keys a schema has at each place, how they are called in Vietnamese, and what else they are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

Fields = Mapping[str, FieldInfo]


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of a schema by the keys that maintainers write."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def fields_at(schema: type[BaseModel], location: tuple[str, ...]) -> Fields:
    """Return the keys that may be written at ``location`` inside an entry."""
    model = model_at(schema, location)
    return fields_of(model) if model is not None else {}


def model_at(schema: type[BaseModel], location: tuple[str, ...]) -> type[BaseModel] | None:
    """Return the schema of the part at ``location`` inside an entry; None if that part has no keys of ours."""
    model: type[BaseModel] | None = schema
    for part in location:
        if part.isdigit() or model is None:
            continue
        info = fields_of(model).get(part)
        model = _model_in(info.annotation) if info is not None else None
    return model


def title_of(schema: type[BaseModel], location: tuple[str, ...]) -> str:
    """Return the Vietnamese name of the key at ``location``; '' if it has none."""
    info = fields_at(schema, location[:-1]).get(location[-1]) if location else None
    return (info.title or "") if info is not None else ""


def key_names(fields: Fields) -> dict[str, tuple[str, ...]]:
    """Return each key with its Vietnamese name and whatever else maintainers call it."""
    return {key: (info.title or key, *_aka(info)) for key, info in fields.items()}


def _aka(info: FieldInfo) -> list[str]:
    extra = info.json_schema_extra
    words = str(extra.get("aka", "")) if isinstance(extra, dict) else ""
    return [word.strip() for word in words.split(",") if word.strip()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the schema inside an annotation such as ``tuple[Period, ...]`` or ``Evidence | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    parts = (_model_in(part) for part in getattr(annotation, "__args__", ()))
    return next((part for part in parts if part is not None), None)
