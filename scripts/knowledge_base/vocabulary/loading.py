"""Load the vocabularies and the records of documents, and tell every fault in them at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import Problem
from ..source_text import blank_characters, check_characters, decode_source
from ..text import nfc
from ..yaml_source import Plain, YamlData, read_yaml
from .entries import Vocabulary
from .faults import choose, quoted
from .references import RawEntry, check_homes, check_references
from .schemas import (
    Abbreviation,
    BodyKind,
    DocumentRecord,
    DocumentType,
    Entry,
    IssuerCode,
    LocalBody,
    NoiseRule,
    Outlet,
    Province,
    Relation,
    Theme,
)
from .validation import beyond, validate


@dataclass(frozen=True, slots=True)
class _Table:
    """Where the entries of one field of the vocabulary stand, and which keys make up their identity."""

    name: str
    file: str
    schema: type[Entry]
    keys: tuple[str, ...] = ("id",)
    section: str | None = None


_TABLES = (
    _Table("document_types", "document-types.yml", DocumentType),
    _Table("issuer_codes", "issuer-codes.yml", IssuerCode, keys=("code",)),
    _Table("provinces", "provinces.yml", Province),
    _Table("body_kinds", "bodies.yml", BodyKind, section="kinds"),
    _Table("local_bodies", "bodies.yml", LocalBody, keys=("kind", "province"), section="bodies"),
    _Table("outlets", "outlets.yml", Outlet),
    _Table("themes", "themes.yml", Theme),
    _Table("relations", "relations.yml", Relation),
    _Table("noise", "noise.yml", NoiseRule),
    _Table("abbreviations", "abbreviations.yml", Abbreviation),
)
_RECORDS = _Table("records", "", DocumentRecord)
_SECTIONS = {table.file: [t.section for t in _TABLES if t.file == table.file] for table in _TABLES}


def load_vocabulary(sources: Path) -> tuple[Vocabulary, list[Problem]]:
    """Read everything under ``sources/vocabularies`` and ``sources/documents``.

    Faulty entries are left out of the vocabulary and told of in the problems (sorted). A missing file
    is an empty list of its kind; a missing folder ``vocabularies`` is a problem.
    """
    loader = _Loader(Path(os.path.abspath(sources)))
    if not (sources / "vocabularies").is_dir():
        path = loader.shown(loader.sources / "vocabularies")
        return Vocabulary(), [Problem(path, 1, "không có thư mục danh mục", "Tạo thư mục này với các tệp danh mục")]
    loader.load()
    references = [*check_references(loader.raw, loader.unreadable), *check_homes(loader.raw)]
    return loader.vocabulary(), sorted({*loader.problems, *beyond(loader.syntax, references)})


@dataclass(slots=True)
class _Loader:
    sources: Path
    raw: list[RawEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    syntax: list[Problem] = field(default_factory=list)
    found: dict[str, dict[Any, Entry]] = field(default_factory=dict)
    origins: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)

    def shown(self, path: Path) -> str:
        """Return a path as problems name it."""
        return nfc(path.relative_to(self.sources.parent).as_posix())

    def vocabulary(self) -> Vocabulary:
        """Return what was read, each mapping sorted."""
        fields: dict[str, Any] = {name: dict(sorted(entries.items())) for name, entries in self.found.items()}
        origins = dict(sorted(self.origins.items()))
        return Vocabulary(**fields, origins=origins, unreadable=frozenset(self.unreadable))

    def load(self) -> None:
        """Read all files."""
        for file in _files(self.sources / "vocabularies"):
            if file.name in _SECTIONS:
                self._load_vocabulary(file)
            else:
                self._tell_unknown_file(file, sorted(_SECTIONS))
        for file in _files(self.sources / "documents"):
            if file.suffix == ".yml":
                self._load_documents(file)
            else:
                self._tell_unknown_file(file, [f"{file.stem}.yml"])

    def _load_vocabulary(self, file: Path) -> None:
        source = self._read(file)
        if source is None:
            self.unreadable |= {table.name for table in _TABLES if table.file == file.name}
            return
        if _SECTIONS[file.name] == [None]:
            self._take_list(self._table(file), source.data, source, (), file)
            return
        if not isinstance(source.data, dict):
            self._tell(file, source.line(), "tệp phải gồm hai phần kinds và bodies", "Viết “kinds:” và “bodies:”")
            return
        for section, entries in source.data.items():
            if section in _SECTIONS[file.name]:
                self._take_list(self._table(file, section), entries, source, (section,), file)
            else:
                remedy = choose(section, [name for name in _SECTIONS[file.name] if name])
                self._tell(file, source.line(section), f"không có phần {quoted(section)}", remedy)

    def _table(self, file: Path, section: str | None = None) -> _Table:
        return next(table for table in _TABLES if (table.file, table.section) == (file.name, section))

    def _load_documents(self, file: Path) -> None:
        source = self._read(file)
        if source is None:
            self.unreadable.add(_RECORDS.name)
        else:
            self._take_list(_RECORDS, source.data, source, (), file)

    def _read(self, file: Path) -> YamlData | None:
        path = self.shown(file)
        text, problems = decode_source(file.read_bytes(), path)
        self.problems += problems
        if text is None:
            return None
        hidden = check_characters(text, path)
        source, faults = read_yaml(blank_characters(text), path)
        told = [*hidden, *beyond(hidden, faults)]
        self.syntax += told
        self.problems += told
        return source

    def _take_list(self, table: _Table, data: Plain, source: YamlData, place: tuple[str, ...], file: Path) -> None:
        if data is None:
            return
        if not isinstance(data, list):
            self._tell(file, source.line(*place), "phải là danh sách các mục", "Bắt đầu mỗi mục bằng dấu gạch")
            return
        for number, entry in enumerate(data):
            self._take_entry(table, entry, source, (*place, str(number)), file)

    def _take_entry(self, table: _Table, data: Plain, source: YamlData, place: tuple[str, ...], file: Path) -> None:
        path, line = self.shown(file), source.line(*place)
        if not isinstance(data, dict):
            self._tell(file, line, "mục này phải gồm các khóa", "Viết dạng khóa: giá trị, mỗi khóa một dòng")
            return
        names = [name for key in table.keys if isinstance(name := data.get(key), str)]
        key = " ".join(names) if len(names) == len(table.keys) else ""
        raw = RawEntry(table.name, key, data, source, place, path)
        self.raw.append(raw)
        entry, problems = validate(table.schema, data, source, place, path)
        self.problems += beyond(self.syntax, problems)
        doubled = bool(key) and self._is_double(table, key, raw.line(table.keys[0]), file)
        if entry is not None and not doubled:
            self.found.setdefault(table.name, {})[tuple(names) if len(names) > 1 else key] = entry

    def _is_double(self, table: _Table, key: str, line: int, file: Path) -> bool:
        first = self.origins.get((table.name, key))
        if first is None:
            self.origins[table.name, key] = (self.shown(file), line)
            return False
        where = f"dòng {first[1]}" if first[0] == self.shown(file) else f"{first[0]}:{first[1]}"
        self._tell(file, line, f"mã {quoted(key)} đã dùng ở {where}", "Đổi mã hoặc gộp hai mục làm một")
        return True

    def _tell_unknown_file(self, file: Path, choices: list[str]) -> None:
        self._tell(file, 1, "tệp này không thuộc danh mục nào", choose(file.name, choices))

    def _tell(self, file: Path, line: int, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.shown(file), line, message, remedy))


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder in a fixed order; hidden ones are not ours."""
    if folder.is_dir():
        yield from sorted(
            (path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")),
            key=lambda path: nfc(path.name),
        )
