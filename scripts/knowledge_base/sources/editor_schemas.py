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
from .vocabulary.entries import SECTIONS, TABLES
from .vocabulary.fields import ID_PATTERN
from .vocabulary.references import TABLE_OF, id_places
from .vocabulary.schemas import DocumentRecord

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
    documents = _file_schema("sources/documents/*.yml", {None: DocumentRecord}, vocabulary, "Một văn bản")
    moves = _file_schema(MOVES, {None: MovedAddress}, vocabulary, "Một trang đổi địa chỉ")
    found |= {"documents.schema.json": documents, "addresses.schema.json": moves}
    for file, tables in SECTIONS.items():
        models = {section: table.schema for section, table in tables.items()}
        found[f"{Path(file).stem}.schema.json"] = _file_schema(file, models, vocabulary, f"Một mục của {file}")
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


def _file_schema(file: str, models: Mapping[str | None, type[BaseModel]], vocabulary: Vocabulary, title: str) -> _Json:
    """Return the schema of a file that is a list of entries, or has one under the name of each of its sections."""
    definitions: _Json = {}
    lists: dict[str | None, _Json] = {}
    for section, model in models.items():
        schema, name = _schema(model, vocabulary, title), f"entry-{section}" if section else "entry"
        definitions |= schema.pop("definitions", {}) | {name: schema}
        lists[section] = {"type": ["array", "null"], "items": {"$ref": f"#/definitions/{name}"}}
    sections = {"type": "object", "additionalProperties": False, "properties": lists}
    return {**_head(file), **lists.get(None, sections), "definitions": definitions}


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
