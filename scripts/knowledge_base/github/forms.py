"""The issue forms, read from the files that GitHub shows: what is asked there is what is read here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..yaml_source import Plain, read_yaml

CONFIG = "config.yml"


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. ``type`` is GitHub's word: input, textarea, dropdown, checkboxes."""

    id: str
    type: str
    label: str
    required: bool
    multiple: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form: ``name`` is its file's name without suffix; ``label`` the label GitHub puts on its issues."""

    name: str
    title: str
    label: str
    fields: tuple[Field, ...]

    def field(self, identity: str) -> Field:
        """Return the question of that id."""
        return next(field for field in self.fields if field.id == identity)


def load_forms(folder: Path) -> tuple[Form, ...]:
    """Return the forms of a folder ``.github/ISSUE_TEMPLATE``, sorted by name."""
    files = sorted(path for path in folder.glob("*.yml") if path.name != CONFIG)
    return tuple(_form(path) for path in files)


def _form(path: Path) -> Form:
    yaml, problems = read_yaml(path.read_text(encoding="utf-8"), path.name)
    data = _mapping(yaml.data if yaml else None)
    if problems or not data:
        raise ValueError(f"{path.name}: {problems}")
    fields = [_field(_mapping(item)) for item in _list(data.get("body"))]
    label = next((str(name) for name in _list(data.get("labels"))), "")
    return Form(path.stem, str(data.get("name")), label, tuple(f for f in fields if f.type != "markdown"))


def _field(item: dict[str, Plain]) -> Field:
    asked, checked = _mapping(item.get("attributes")), _mapping(item.get("validations"))
    options = _list(asked.get("options"))
    ticks = [_mapping(option) for option in options if isinstance(option, dict)]
    return Field(
        id=str(item.get("id") or ""),
        type=str(item.get("type")),
        label=str(asked.get("label") or ""),
        required=checked.get("required") == "true" or any(tick.get("required") == "true" for tick in ticks),
        multiple=asked.get("multiple") == "true",
        options=tuple(str(_mapping(o).get("label")) if isinstance(o, dict) else str(o) for o in options),
    )


def _mapping(value: Plain) -> dict[str, Plain]:
    return value if isinstance(value, dict) else {}


def _list(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else []
