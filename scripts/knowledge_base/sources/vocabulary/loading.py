"""Load the vocabularies and the records of documents: read → validate each entry → references → content."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from ...core.errors import Problem
from ...core.text import nfc
from ..diagnosis import choose, nearest, quoted
from ..text_files import (
    REPORT_SUFFIX,
    blank_characters,
    check_characters,
    check_conflicts,
    decode_source,
    find_unfit,
    read_small_file,
    shown_path,
)
from ..yaml import Plain, YamlData, read_yaml
from .entries import DRAFTS, RECORDS, SECTIONS, TABLES, RawEntry, Table, Vocabulary, head_of, others_of
from .entry_validation import validate_entries
from .references import referred_tables
from .validation import on_other_lines

_FOLDERS = ("articles", "documents", "vocabularies")


def load_vocabulary(sources: Path) -> tuple[Vocabulary, list[Problem]]:
    """Read everything under ``sources/vocabularies`` and ``sources/documents``.

    Every fault is told of in the problems (sorted); what is sound of a faulty entry is kept, so that more
    faults can be looked for. A missing file is an empty list of its kind; a missing folder ``vocabularies``
    is a problem.
    """
    reader = _VocabularyReader(Path(os.path.abspath(sources)))
    if not (sources / "vocabularies").is_dir():
        folder, remedy = reader.sources / "vocabularies", "Tạo thư mục này với các tệp danh mục"
        reader.report(folder, 1, "không có thư mục danh mục", remedy)
        return Vocabulary(), reader.problems
    reader.read()
    vocabulary, problems = validate_entries(reader.entries, reader.unreadable, reader.missing)
    return vocabulary, sorted({*reader.problems, *on_other_lines(reader.problems, problems)})


@dataclass(slots=True)
class _VocabularyReader:
    """Reads the files: their entries as written, and what keeps a file from being read.

    ``first`` is the first entry of each identity; ``unreadable`` are the tables of which entries may be lost,
    ``missing`` those that have no file."""

    sources: Path
    entries: list[RawEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    first: dict[tuple[str, str], RawEntry] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)

    def read(self) -> None:
        """Read all files."""
        self._report_strange()
        folder = self.sources / "vocabularies"
        self.missing = {table.name for table in TABLES if not os.path.lexists(folder / table.file)}
        for file in _files(folder):
            if file.name in SECTIONS:
                self._read_tables(file, SECTIONS[file.name])
            else:
                self._report_unknown_file(file, list(SECTIONS))
        for file in _files(self.sources / "documents"):
            if file.suffix == ".yml":
                self._read_tables(file, {None: RECORDS})
            elif not file.name.endswith(REPORT_SUFFIX):
                self._report_unknown_file(file, [f"{file.name.split('.')[0]}.yml"])
        wanted = (self.missing - self.unreadable) & referred_tables(self.entries)
        for name in sorted({table.file for table in TABLES if table.name in wanted}):
            message = f"không có tệp {name} mà các danh mục khác cần đến"
            self.report(folder / name, 1, message, "Lấy lại tệp ấy từ bản trước")

    def report(self, file: Path, line: int, message: str, remedy: str) -> None:
        """Add a problem of a file."""
        self.problems.append(Problem(shown_path(file, self.sources.parent), line, message, remedy))

    def _report_strange(self) -> None:
        """Tell of folders where none belong: what stands in them would silently be left out."""
        for path in sorted(self.sources.iterdir(), key=lambda path: nfc(path.name)):
            if path.is_dir() and path.name not in _FOLDERS and not path.name.startswith((".", "_")):
                near = nearest(path.name, _FOLDERS)
                remedy = f"Đổi tên thành {near}" if near else f"Chỉ để ba thư mục {', '.join(_FOLDERS)} ở đây"
                self.report(path, 1, "thư mục này không thuộc sources/, máy không đọc", remedy)
        for name in _FOLDERS:
            if unfit := find_unfit(self.sources / name, name):
                self.report(self.sources / name, 1, unfit.message, "Thay bằng chính thư mục ấy")
        for name in ("documents", "vocabularies"):
            folder = self.sources / name
            for path in sorted(folder.glob("*/")) if folder.is_dir() and not folder.is_symlink() else ():
                if path.is_dir() and not path.name.startswith("."):
                    self.report(path, 1, f"thư mục con trong {name}/, máy không đọc", f"Chuyển các tệp ra ngay {name}/")

    def _report_unknown_file(self, file: Path, choices: list[str]) -> None:
        near = nearest(file.name, choices) or nearest(file.name.split(".")[0], [c.split(".")[0] for c in choices])
        name = next((c for c in choices if near in {c, c.split(".")[0]}), None)
        remedy = f"Đổi tên tệp thành {name}" if name else f"Chỉ để các tệp sau ở đây: {', '.join(sorted(choices))}"
        self.report(file, 1, "tệp này không thuộc danh mục nào, máy không đọc", remedy)
        self.unreadable |= {t.name for t in TABLES if t.file == name} or {RECORDS.name}

    def _read_tables(self, file: Path, tables: dict[str | None, Table]) -> None:
        """Read a file that is a list of entries, or has one under the name of each of its sections."""
        source = self._read_yaml(file)
        before = len(self.problems)
        if source is not None and None in tables:
            self._take_list(tables[None], source.data, source, (), file)
        elif source is not None and isinstance(source.data, dict):
            for section, entries in source.data.items():
                if section in tables:
                    self._take_list(tables[section], entries, source, (section,), file)
                else:
                    remedy = choose(section, [name for name in tables if name])
                    self.report(file, source.line(section), f"không có phần {quoted(section)}", remedy)
        elif source is not None:
            self.report(file, source.line(), "tệp phải gồm hai phần kinds và bodies", "Viết “kinds:” và “bodies:”")
        if source is None or len(self.problems) > before:
            self.unreadable |= {table.name for table in tables.values()}

    def _read_yaml(self, file: Path) -> YamlData | None:
        path = shown_path(file, self.sources.parent)
        found, problems = read_small_file(file, path)
        text, problems = (None, problems) if found is None else decode_source(found, path)
        problems = problems or check_conflicts(text or "", path)
        if text is None or problems:
            self.problems += problems
            return None
        hidden = check_characters(text, path)
        source, faults = read_yaml(blank_characters(text), path)
        self.problems += [*hidden, *on_other_lines(hidden, faults)]
        return source

    def _take_list(self, table: Table, entries: Plain, source: YamlData, place: tuple[str, ...], file: Path) -> None:
        if not isinstance(entries, list):
            if entries is not None:
                self.report(file, source.line(*place), "phải là danh sách các mục", "Bắt đầu mỗi mục bằng dấu gạch")
            return
        for number, data in enumerate(entries):
            at = (*place, str(number))
            if not isinstance(data, dict):
                remedy = "Viết dạng khóa: giá trị, mỗi khóa một dòng"
                self.report(file, source.line(*at), "mục này phải gồm các khóa", remedy)
                continue
            self._take(table, data, source, at, file)
            if table.name == "body_kinds" and (head := head_of(data)):
                self._take(table, head, source, at, file)
            if table.name == "local_bodies":
                for other, entry in others_of(data):
                    self._take(table, entry, source, (*at, "also", str(other)), file)

    def _take(self, table: Table, data: dict[str, Plain], source: YamlData, at: tuple[str, ...], file: Path) -> None:
        names = [name for key in table.keys if isinstance(name := data.get(key), str)]
        key = " ".join(names) if len(names) == len(table.keys) else ""
        if table is RECORDS and data.get("draft") not in {None, "không"}:  # with a slip in it too
            table = DRAFTS
        first = self.first.get((table.name, key))
        raw = RawEntry(table, key, data, source, at, shown_path(file, self.sources.parent), first)
        self.entries.append(raw)
        if first is not None:  # one of the two may have lost its own id
            self.unreadable |= set() if raw.is_draft else {table.name}
        elif key:
            self.first[table.name, key] = raw


def _files(folder: Path) -> list[Path]:
    """Return the files of a folder in a fixed order; hidden ones are not ours."""
    files = [p for p in folder.iterdir() if _is_ours(p)] if folder.is_dir() and not folder.is_symlink() else []
    return sorted(files, key=lambda path: nfc(path.name))


def _is_ours(path: Path) -> bool:
    """Tell what is read, or told of as unfit to be read: all but folders and hidden files."""
    return not path.name.startswith(".") and (path.is_symlink() or not path.is_dir())
