"""The parts that all schemas are made of: ids, dates, evidence, and how a key explains itself."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from ..dates import PartialDate
from ..models import Certainty
from .faults import is_plausible

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Id = Annotated[str, Field(pattern=ID_PATTERN)]
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


def key(title: str, description: str, default: Any = _REQUIRED, *, aka: str = "", **limits: Any) -> Any:
    """Return a field of a schema with its Vietnamese name and explanation.

    ``aka`` are words that maintainers write for the key, separated by commas; they are proposed as it.
    """
    return Field(default, title=title, description=description, json_schema_extra={"aka": aka}, **limits)


class Entry(BaseModel):
    """Base of all entries: fixed once read, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Evidence(Entry):
    """Where a fact comes from: outlet and identifier as text (never a made-up address)."""

    source: str = key(
        "Nguồn",
        "Tên báo hoặc trang, kèm số hiệu của bài; không tự ghép địa chỉ trang từ số ấy",
        aka="nguồn, từ, theo",
        min_length=1,
    )
    certainty: Certainty = key(
        "Mức chắc chắn",
        "A: đọc trong văn bản chính thức hoặc hai nguồn độc lập; B: theo một nguồn; C: chưa kiểm tra",
        Certainty.UNCHECKED,
        aka="mức, độ chắc chắn, mức chắc chắn, độ tin cậy",
    )
    checked: Date | None = key("Ngày kiểm tra", "Ngày đối chiếu với nguồn, dạng 2026-11-22", None, aka="kiểm tra, ngày")
    note: str | None = key("Ghi chú", "Lời ghi thêm về nguồn", None, aka="ghi chú, chú thích")
