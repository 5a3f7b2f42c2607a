"""JSON Schemas of all files under ``sources/``, for editors: made of the very schemas that validate those files.

The ids that vocabularies define are proposed with their names, but any well-formed id is taken: the files are
made by each build and lag behind what is edited after it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .articles.front_matter import FrontMatter
from .moves import FILE as MOVES
from .moves import MovedAddress
from .vocabulary import Vocabulary
from .vocabulary.references import TABLE_OF
from .vocabulary.schemas import ID_PATTERN, SECTIONS, TABLES, DocumentRecord, Table, id_places

if TYPE_CHECKING:
    from pydantic import BaseModel

_Json = dict[str, Any]
_DIALECT = "http://json-schema.org/draft-07/schema#"
_TEXT = ["string", "number", "boolean"]
_NAMED = {table.name for table in TABLES}
_MADE_BY = "Tệp do máy ghi mỗi lần dựng trang, không đưa vào git: python scripts/build_pages.py --schemas"
PROPOSED = "ids"
"""Begins the names of the definitions that hold the vocabularies' ids."""


def render_schemas(vocabulary: Vocabulary) -> dict[str, str]:
    """Return all schemas: file name → JSON text."""
    head = _head("Phần khai báo của một bài")
    found = {"article.schema.json": {**head, **_schema(FrontMatter, vocabulary, head["title"])}}
    records = _schema(DocumentRecord, vocabulary, "Một văn bản")
    found["documents.schema.json"] = _listed(records, "sources/documents/*.yml")
    found["addresses.schema.json"] = _listed(_schema(MovedAddress, vocabulary, "Một trang đổi địa chỉ"), MOVES)
    for file, tables in SECTIONS.items():
        found[f"{Path(file).stem}.schema.json"] = _file_schema(file, tables, vocabulary)
    return {name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for name, schema in sorted(found.items())}


def write_schemas(folder: Path, vocabulary: Vocabulary) -> int:
    """Write all schemas into ``folder``; return how many changed."""
    folder.mkdir(exist_ok=True)
    changed = 0
    for name, text in render_schemas(vocabulary).items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            changed += 1
    return changed


def _file_schema(file: str, tables: Mapping[str | None, Table], vocabulary: Vocabulary) -> _Json:
    title = f"Một mục của {file}"
    parts = {section: _schema(t.schema, vocabulary, title) for section, t in tables.items()}
    if None in parts:
        return _listed(parts[None], file)
    definitions: _Json = {}
    sections = {}
    for section, schema in parts.items():
        definitions |= schema.pop("definitions", {})
        definitions[f"entry-{section}"] = schema
        sections[section] = {"type": ["array", "null"], "items": {"$ref": f"#/definitions/entry-{section}"}}
    head = {**_head(file), "type": "object", "additionalProperties": False}
    return {**head, "properties": sections, "definitions": definitions}


def _listed(entry: _Json, file: str) -> _Json:
    """Return the schema of a file that is a list of entries."""
    definitions = entry.pop("definitions", {})
    items = {"$ref": "#/definitions/entry"}
    return {**_head(file), "type": ["array", "null"], "items": items, "definitions": definitions | {"entry": entry}}


def _head(title: str) -> _Json:
    return {"$schema": _DIALECT, "$comment": _MADE_BY, "title": title}


def _schema(model: type[BaseModel], vocabulary: Vocabulary, title: str) -> _Json:
    raw = model.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
    definitions = {name: _plain(part) for name, part in raw.pop("$defs", {}).items()}
    for table in {TABLE_OF.get(table, table) for _, table in id_places(model)} & _NAMED:
        names = {key: called[0] if called else key for key, called in vocabulary.names(table).items()}
        listed = {"enum": list(names), "markdownEnumDescriptions": list(names.values())}
        free = {"type": "string", "pattern": ID_PATTERN}
        definitions[f"{PROPOSED}-{table}"] = {"anyOf": [listed, free] if names else [free]}
    schema = {"title": "", **_plain(raw)} | {"title": title}
    return {**schema, "definitions": dict(sorted(definitions.items()))} if definitions else schema


def _plain(part: Any) -> Any:
    """Return a part of a schema for editors: without what is for us only, text that looks like a number allowed."""
    if isinstance(part, list):
        return [_plain(item) for item in part]
    if not isinstance(part, dict):
        return part
    if "properties" in part:
        part = {key: value for key, value in part.items() if key not in {"title", "description"}}
        part["properties"] = {key: _plain(value) for key, value in part["properties"].items()}
        return part
    table = TABLE_OF.get(part.get("ids", ""), part.get("ids"))
    if table in _NAMED:
        words = {key: part[key] for key in ("title", "description") if key in part}
        proposed = {"$ref": f"#/definitions/{PROPOSED}-{table}"}
        return {**words, "anyOf": [proposed]} if words else proposed
    plain = {key: _plain(value) for key, value in part.items() if key not in {"aka", "default", "ids"}}
    if plain.get("type") == "string" and not {"pattern", "enum", "const"} & plain.keys():
        plain["type"] = _TEXT
    if plain.get("type") == "integer":
        plain = {**plain, "type": ["integer", "string"], "pattern": r"^-?\d+$"}
    return plain
