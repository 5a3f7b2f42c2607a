"""What the forms of all files under ``sources/`` are made of: ids, dates, keys with Vietnamese names, entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetPydanticSchema, WithJsonSchema
from pydantic.fields import FieldInfo
from pydantic_core.core_schema import no_info_after_validator_function

from ...core.dates import PartialDate
from ...core.ids import DocumentNumber
from ..diagnosis import is_plausible

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"


@dataclass(frozen=True, slots=True)
class IdOf:
    """Marks words as the id of an entry of ``table``: of the vocabulary, of ``records``, or of the bodies that kinds
    and provinces form (``full_bodies``; with the kinds themselves ``bodies``)."""

    table: str

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        return {**handler(core), "ids": self.table}


_LONGEST_ID = 120
"""Letters, as in names of articles: an id names a folder, and no system takes names above 255 bytes."""
Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=_LONGEST_ID)]
Type = Annotated[Id, IdOf("document_types")]
Place = Annotated[Id, IdOf("provinces")]
Kind = Annotated[Id, IdOf("body_kinds")]
Body = Annotated[Id, IdOf("bodies")]
Document = Annotated[Id, IdOf("records")]
DocumentName = Annotated[str, IdOf("records")]
"""The id of a document, or what it is called."""
Side = Literal["dang", "nha-nuoc", "mat-tran"]
Tier = Literal["C", "P", "D", "H", "M"]
Bool = Annotated[
    bool,
    BeforeValidator(lambda v: {"có": True, "không": False}.get(v, v) if isinstance(v, str) else v),
    WithJsonSchema({"enum": ["có", "không"]}),
]
_REQUIRED: Any = ...


def _date(value: object) -> object:
    """Read an ISO date as exact as written; anything else is left for pydantic to refuse."""
    if not isinstance(value, str):
        return value
    date = PartialDate.parse(value)
    if not is_plausible(date):
        raise ValueError(f"no year of ours: {value!r}")
    return date


Date = Annotated[
    PartialDate,
    BeforeValidator(_date),
    WithJsonSchema(
        {"type": ["string", "integer"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$", "minimum": 1930, "maximum": 2099}
    ),
]


Number = Annotated[
    DocumentNumber, GetPydanticSchema(lambda _, handler: no_info_after_validator_function(DocumentNumber, handler(str)))
]


def key(title: str, description: str, default: Any = _REQUIRED, *, aka: str = "", **limits: Any) -> Any:
    """Return a field of a schema with its Vietnamese name and explanation.

    ``aka`` are other words that maintainers write for the key, separated by commas; they are proposed as it.
    """
    return Field(default, title=title, description=description, json_schema_extra={"aka": aka}, **limits)


class Entry(BaseModel):
    """Base of all entries: fixed once read, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


Fields = Mapping[str, FieldInfo]


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of a schema by the keys that maintainers write."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def fields_at(schema: type[BaseModel], location: tuple[str, ...]) -> Fields:
    """Return the keys that may be written at ``location`` inside an entry; none if that part has no keys of ours."""
    fields = fields_of(schema)
    for part in location:
        if not part.isdigit():
            model = _model_in(fields[part].annotation) if part in fields else None
            fields = fields_of(model) if model is not None else {}
    return fields


def key_names(fields: Fields) -> dict[str, tuple[str, ...]]:
    """Return each key with its Vietnamese name and whatever else maintainers call it."""
    names = {}
    for key, info in fields.items():
        extra = info.json_schema_extra
        words = str(extra.get("aka", "")) if isinstance(extra, dict) else ""
        names[key] = (info.title or key, *(word.strip() for word in words.split(",") if word.strip()))
    return names


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the schema inside an annotation such as ``tuple[Period, ...]`` or ``Statement | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    parts = (_model_in(part) for part in getattr(annotation, "__args__", ()))
    return next((part for part in parts if part is not None), None)
