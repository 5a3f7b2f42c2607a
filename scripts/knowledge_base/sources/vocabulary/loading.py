"""Load the vocabularies and the records of documents, and tell every fault in them at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ...core.errors import Problem
from ...core.text import nfc, slug
from ..diagnosis import choose, nearest, quoted
from ..text_files import blank_characters, check_characters, decode_source, settle_conflicts
from ..yaml import Plain, YamlData, read_yaml
from .entries import RawEntry, Vocabulary
from .entry_validation import Judged, Pending, judge, missed
from .schemas import RECORDS, SECTIONS, TABLES, Table, table_of
from .validation import beyond

_FOLDERS = ("articles", "documents", "vocabularies")


def load_vocabulary(sources: Path) -> tuple[Vocabulary, list[Problem]]:
    """Read everything under ``sources/vocabularies`` and ``sources/documents``.

    Every fault is told of in the problems (sorted); what is sound of a faulty entry is kept, so that more
    faults can be looked for. A missing file is an empty list of its kind; a missing folder ``vocabularies``
    is a problem.
    """
    loader = _Loader(Path(os.path.abspath(sources)))
    if not (sources / "vocabularies").is_dir():
        path = loader.shown(loader.sources / "vocabularies")
        return Vocabulary(), [Problem(path, 1, "không có thư mục danh mục", "Tạo thư mục này với các tệp danh mục")]
    loader.load()
    for name in missed(loader.pending, frozenset(loader.missing - loader.unreadable)):
        path = loader.shown(loader.sources / "vocabularies" / name)
        message = f"không có tệp {name} mà các danh mục khác cần đến"
        loader.problems.append(Problem(path, 1, message, "Lấy lại tệp ấy từ bản trước"))
    judged = judge(loader.pending, frozenset(loader.unreadable | loader.missing | loader.incomplete))
    return loader.vocabulary(judged), sorted({*loader.problems, *beyond(loader.syntax, judged.problems)})


@dataclass(slots=True)
class _Loader:
    sources: Path
    pending: list[Pending] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    syntax: list[Problem] = field(default_factory=list)
    origins: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    incomplete: set[str] = field(default_factory=set)

    def shown(self, path: Path) -> str:
        """Return a path as problems name it."""
        return nfc(path.relative_to(self.sources.parent).as_posix())

    def vocabulary(self, judged: Judged) -> Vocabulary:
        """Return what was read, each mapping sorted."""
        return Vocabulary(
            **judged.fields(),
            origins=dict(sorted(self.origins.items())),
            unreadable=frozenset(self.unreadable),
            missing=frozenset(self.missing - self.unreadable),
            incomplete=frozenset(self.incomplete),
            faulty=judged.faulty,
            raw={(p.raw.field, name): p.raw for p in reversed(self.pending) for name in (p.raw.key, slug(p.raw.key))},
        )

    def load(self) -> None:
        """Read all files."""
        self._tell_strange()
        self.missing = {t.name for t in TABLES if not (self.sources / "vocabularies" / t.file).is_file()}
        for file in _files(self.sources / "vocabularies"):
            if file.name in SECTIONS:
                self._load_vocabulary(file)
            else:
                self._tell_unknown_file(file, list(SECTIONS))
        for file in _files(self.sources / "documents"):
            if file.suffix == ".yml":
                self._load_documents(file)
            else:
                self._tell_unknown_file(file, [f"{file.name.split('.')[0]}.yml"])

    def _tell_strange(self) -> None:
        """Tell of folders where none belong: what stands in them would silently be left out."""
        for path in sorted(self.sources.iterdir(), key=lambda path: nfc(path.name)):
            if path.is_dir() and path.name not in _FOLDERS and not path.name.startswith((".", "_")):
                near = nearest(path.name, _FOLDERS)
                remedy = f"Đổi tên thành {near}" if near else f"Chỉ để ba thư mục {', '.join(_FOLDERS)} ở đây"
                self._tell(path, 1, "thư mục này không thuộc sources/, máy không đọc", remedy)
        for name in ("documents", "vocabularies"):
            for path in sorted((self.sources / name).glob("*/")) if (self.sources / name).is_dir() else ():
                if path.is_dir() and not path.name.startswith("."):
                    self._tell(path, 1, f"thư mục con trong {name}/, máy không đọc", f"Chuyển các tệp ra ngay {name}/")

    def _load_vocabulary(self, file: Path) -> None:
        source = self._read(file)
        if source is None:
            self.unreadable |= {table.name for table in TABLES if table.file == file.name}
            return
        if SECTIONS[file.name] == [None]:
            self._take_list(table_of(file.name), source.data, source, (), file)
            return
        if not isinstance(source.data, dict):
            self._tell(file, source.line(), "tệp phải gồm hai phần kinds và bodies", "Viết “kinds:” và “bodies:”")
            self.unreadable |= {table.name for table in TABLES if table.file == file.name}
            return
        for section, entries in source.data.items():
            if section in SECTIONS[file.name]:
                self._take_list(table_of(file.name, section), entries, source, (section,), file)
            else:
                remedy = choose(section, [name for name in SECTIONS[file.name] if name])
                self._tell(file, source.line(section), f"không có phần {quoted(section)}", remedy)
                self.unreadable |= {table.name for table in TABLES if table.file == file.name}

    def _load_documents(self, file: Path) -> None:
        source = self._read(file)
        if source is None:
            self.unreadable.add(RECORDS.name)
        else:
            self._take_list(RECORDS, source.data, source, (), file)

    def _read(self, file: Path) -> YamlData | None:
        path = self.shown(file)
        text, problems = decode_source(file.read_bytes(), path)
        self.problems += problems
        if text is None:
            return None
        text, conflicts = settle_conflicts(text, path)
        hidden = [*conflicts, *check_characters(text, path)]
        source, faults = read_yaml(blank_characters(text), path)
        if source is not None and source.lost:
            self.incomplete |= {t.name for t in TABLES if t.file == file.name} or {RECORDS.name}
        told = [*hidden, *beyond(hidden, faults)]
        self.syntax += told
        self.problems += told
        return source

    def _take_list(self, table: Table, data: Plain, source: YamlData, place: tuple[str, ...], file: Path) -> None:
        if data is None:
            return
        if not isinstance(data, list):
            remedy = "Bắt đầu mỗi mục bằng dấu gạch"
            self._tell(file, source.line(*place), "phải là danh sách các mục", remedy, syntax=True)
            self.unreadable.add(table.name)
            return
        for number, entry in enumerate(data):
            self._take_entry(table, entry, source, (*place, str(number)), file)

    def _take_entry(self, table: Table, data: Plain, source: YamlData, place: tuple[str, ...], file: Path) -> None:
        path, line = self.shown(file), source.line(*place)
        if not isinstance(data, dict):
            remedy = "Viết dạng khóa: giá trị, mỗi khóa một dòng"
            if line not in source.mended:
                self._tell(file, line, "mục này phải gồm các khóa", remedy, syntax=True)
            self.incomplete.add(table.name)
            return
        names = [name for key in table.keys if isinstance(name := data.get(key), str)]
        key = " ".join(names) if len(names) == len(table.keys) else ""
        raw = RawEntry(table.name, key, data, source, place, path)
        after = source.lines.get((*place[:-1], str(int(place[-1]) + 1)), 1 << 30)
        torn = any(line <= slip < after for slip in source.torn)
        if not key and any(line <= slip < after for slip in source.mended):
            self.incomplete.add(table.name)
        first = self.origins.setdefault((table.name, key), (path, raw.line(table.keys[0]))) if key else None
        own = (path, raw.line(table.keys[0]))
        if first not in {None, own}:  # one of the two may have lost its own id
            self.incomplete.add(table.name)
        self.pending.append(Pending(table, raw, torn, first if first != own else None))

    def _tell_unknown_file(self, file: Path, choices: list[str]) -> None:
        near = nearest(file.name, choices) or nearest(file.name.split(".")[0], [c.split(".")[0] for c in choices])
        name = next((c for c in choices if near in {c, c.split(".")[0]}), None)
        remedy = f"Đổi tên tệp thành {name}" if name else f"Chỉ để các tệp sau ở đây: {', '.join(sorted(choices))}"
        self._tell(file, 1, "tệp này không thuộc danh mục nào, máy không đọc", remedy)
        self.unreadable |= {t.name for t in TABLES if t.file == name} or {RECORDS.name}

    def _tell(self, file: Path, line: int, message: str, remedy: str, syntax: bool = False) -> None:
        self.problems.append(Problem(self.shown(file), line, message, remedy))
        if syntax:
            self.syntax.append(self.problems[-1])


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder in a fixed order; hidden ones are not ours."""
    if folder.is_dir():
        yield from sorted(
            (path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")),
            key=lambda path: nfc(path.name),
        )
