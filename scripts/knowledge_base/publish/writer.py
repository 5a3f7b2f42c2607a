"""Put the generated pages into docs/: all of them or none, whenever this process is killed.

What is new is first written into a folder beside the target (in it, where the target is a disk of its own). Then a
journal is written there, and only now are files moved: each old one aside, the new one into its place. When the journal
is gone the new state is whole. While there is one, the old state can be put back from what was moved aside: at once
where something fails, else by whoever writes next.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..core.alone import alone
from ..core.disk import replace_file
from ..core.errors import Problem, SourceError
from ..core.text import nfc

_NEW, _OLD, _JOURNAL, _PROBE = "new", "old", "journal.json", "probe"


@dataclass(frozen=True, slots=True)
class WriteReport:
    """How many files were written, left alone because they were equal, and removed because they were stale."""

    written: int
    unchanged: int
    removed: int


def write_pages(pages: Mapping[str, bytes], target: Path, owned: Sequence[str]) -> WriteReport:
    """Make the generated part of ``target`` equal to ``pages`` (path with ``/`` → content); see ``writing``."""
    with writing(target, owned) as stage:
        for path, data in pages.items():
            stage.put(path, data)
        return stage.finish()


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


@contextmanager
def writing(target: Path, owned: Sequence[str], tell: Callable[[str], None] = _tell) -> Iterator[FileStage]:
    """Give a stage on which files for ``target`` gather until it is finished; nobody else writes there meanwhile.

    ``owned`` names the folders and files in ``target`` that are wholly generated: nothing else is touched. What an
    earlier run that was killed has left is put right first; that, and waiting for another run, is told to ``tell``.
    Raises SourceError for symbolic links in the way, OSError if the disk refuses; the target is then as it was."""
    new = not target.exists()
    target.mkdir(parents=True, exist_ok=True)
    with alone(target, lambda: tell(f"Đang chờ một lần dựng khác ghi xong {target.name}/…")):
        _repair(target, tell)
        stage = FileStage(target, owned)
        try:
            yield stage
        finally:
            stage.clear()
            if new:
                with suppress(OSError):  # something was put there
                    target.rmdir()


def is_half_written(target: Path) -> bool:
    """Tell whether a run that was killed, or one that is at work, has moved a part of its files into ``target``."""
    return any((stage / _JOURNAL).exists() for stage in _stages(target))


class FileStage:
    """Files that are to be put into ``target`` together (see ``writing``)."""

    def __init__(self, target: Path, owned: Sequence[str]) -> None:
        for name in owned:
            _refuse_outside(name)
        self._target, self._owned = target, owned
        self._present = _present(target, owned)
        self._stage: Path | None = None
        self._put: set[str] = set()
        self._changed: set[str] = set()
        self._folded: set[str] = set()
        self._folders: set[str] = set()

    def put(self, path: str, data: bytes) -> None:
        """Take a file, by its path with ``/``; one that is equal to what stands there is left alone.

        Raises ValueError for a path outside what is owned, or that would be one with another on some disks."""
        self._refuse(path)
        self._put.add(path)
        there = self._present.get(path)
        if there and there.is_file() and there.stat().st_size == len(data) and there.read_bytes() == data:
            return
        try:
            self._stage = self._stage or _new_stage(self._target)
            file = self._stage / _NEW / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        except OSError as error:
            raise _at(error, self._target / path) from error
        self._changed.add(path)

    def finish(self) -> WriteReport:
        """Put all that was taken into the target, and remove what stands in its owned part without having been."""
        stale = sorted(self._present.keys() - self._put)
        if self._changed or stale:
            self._stage = self._stage or _new_stage(self._target)
            self._move(self._stage, sorted(self._changed), [self._present[path] for path in stale])
        for name in self._owned:
            _remove_empty(self._target / name)
        return WriteReport(len(self._changed), len(self._put) - len(self._changed), len(stale))

    def clear(self) -> None:
        """Take the stage away, unless it still holds what could not be put back."""
        if self._stage and not (self._stage / _JOURNAL).exists():
            shutil.rmtree(self._stage, ignore_errors=True)

    def _refuse(self, path: str) -> None:
        """Raise ValueError for a path that may not be written."""
        _refuse_outside(path)
        if not any(path == name or path.startswith(f"{name}/") for name in self._owned):
            raise ValueError(f"not in a generated folder: {path!r}")
        if nfc(path) != path or (path not in self._put and path.casefold() in self._folded):
            raise ValueError(f"not a path of its own: {path!r}")
        folders = {str(parent) for parent in PurePosixPath(path).parents}
        if path in self._folders or not folders.isdisjoint(self._put):
            raise ValueError(f"a file and a folder at once: {path!r}")
        self._folded.add(path.casefold())
        self._folders |= folders

    def _move(self, stage: Path, changed: Sequence[str], stale: Sequence[Path]) -> None:
        """Move ``changed`` into the target and ``stale`` out of it, or leave everything as it was."""
        added = [path for path in changed if self._present.get(path) != self._target / path]
        _write_journal(stage, added)
        at = self._target
        try:
            for at in stale:
                self._move_aside(stage, at)
            for path in changed:
                if path in self._present:
                    at = self._present[path]
                    self._move_aside(stage, at)
                at = self._target / path
                at.parent.mkdir(parents=True, exist_ok=True)
                _remove_empty(at)
                replace_file(stage / _NEW / path, at)
            (stage / _JOURNAL).unlink()
        except OSError as error:
            _put_back(stage, self._target)
            raise _at(error, at) from error
        except BaseException:
            _put_back(stage, self._target)
            raise

    def _move_aside(self, stage: Path, path: Path) -> None:
        kept = stage / _OLD / path.relative_to(self._target)
        kept.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, kept)


def written_files(target: Path, owned: Sequence[str]) -> dict[str, str]:
    """Return the files that stand in the generated part of ``target``, by their paths, each with a digest of its bytes.
    Raises SourceError for symbolic links in the way."""
    return {path: digest_of(file.read_bytes()) for path, file in _present(target, owned).items()}


def digest_of(data: bytes) -> str:
    """Return what ``written_files`` tells of a file."""
    return hashlib.sha256(data).hexdigest()


def _at(error: OSError, place: Path) -> OSError:
    """Return an error of the disk as one of the file that it is about, wherever it stood at the moment."""
    return OSError(error.errno, error.strerror or str(error), str(place))


def _refuse_outside(path: str) -> None:
    parts = PurePosixPath(path).parts
    if not parts or path != "/".join(parts) or path.startswith("/") or ".." in parts or "\\" in path:
        raise ValueError(f"not a path inside the target: {path!r}")


def _stage_name(target: Path) -> str:
    return f".{target.name}-moi"


def _new_stage(target: Path) -> Path:
    """Make the folder of a stage: beside the target, so that nobody takes what is in it for a part of that; else in it:
    from beside no file can be moved into a disk of its own, and that folder may be closed."""
    for place in (target.parent, target):
        stage = place / _stage_name(target)
        try:
            (stage / _NEW).mkdir(parents=True)
            (stage / _PROBE).touch()
            (stage / _PROBE).rename(target / _PROBE_THERE)
            (target / _PROBE_THERE).unlink()
        except OSError:
            shutil.rmtree(stage, ignore_errors=True)
            if place == target:
                raise
        else:
            return stage
    raise AssertionError(target)


_PROBE_THERE = ".thu-ghi"
"""A file that stands in the target for a moment, to see whether files can be moved there."""


def _stages(target: Path) -> list[Path]:
    """Return the folders of stages that lie beside the target and in it, earlier versions' too, which had other names:
    those that hold nothing else."""
    parts = {_NEW, _OLD, _JOURNAL, _PROBE, f"{_JOURNAL}.moi"}
    found = [*target.parent.glob(f".{target.name}-*"), target / _stage_name(target)]
    return [s for s in found if s.is_dir() and not s.is_symlink() and {child.name for child in s.iterdir()} <= parts]


def _repair(target: Path, tell: Callable[[str], None]) -> None:
    """Put right what a run has left that was killed, and tell it. Nobody else writes meanwhile."""
    if (target / _PROBE_THERE).exists():
        (target / _PROBE_THERE).unlink()
    for stage in _stages(target):
        if (stage / _JOURNAL).exists():
            count = _put_back(stage, target)
            if (stage / _JOURNAL).exists():
                raise OSError(errno.EIO, os.strerror(errno.EIO), str(target))
            tell(f"Lần ghi {target.name}/ trước bị ngắt giữa chừng: đã đưa {count} tệp về như trước lần ấy.")
        else:
            tell(f"Lần dựng trước bị ngắt khi chưa ghi vào {target.name}/: đã dọn thư mục tạm {stage.name}/.")
        shutil.rmtree(stage, ignore_errors=True)


def _write_journal(stage: Path, added: Sequence[str]) -> None:
    """Note which files are new: they have to go on the way back. What was there before is found in ``old``."""
    beside = stage / f"{_JOURNAL}.moi"
    beside.write_text(json.dumps(added, ensure_ascii=False), encoding="utf-8", newline="\n")
    replace_file(beside, stage / _JOURNAL)


def _put_back(stage: Path, target: Path) -> int:
    """Put the target back into the state it had before files of a stage were moved into it; return how many files were
    moved. Where the disk refuses that, the journal stays. It can be begun again at any moment."""
    old, count, whole = stage / _OLD, 0, True
    try:
        added = json.loads((stage / _JOURNAL).read_bytes())
    except ValueError:  # a power cut: what is new is then left to the build that follows
        added = []
    for path in added:
        file = target / path
        if not (stage / _NEW / path).exists() and file.is_file():
            with suppress(OSError):
                file.unlink()
                count += 1
        for folder in file.parents[: len(PurePosixPath(path).parts) - 1]:
            with suppress(OSError):
                folder.rmdir()
    for kept in [path for path in old.rglob("*") if not path.is_dir()]:
        place = target / kept.relative_to(old)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            _remove_empty(place)
            replace_file(kept, place)
            count += 1
        except OSError:
            whole = False
    if whole:
        (stage / _JOURNAL).unlink(missing_ok=True)
    return count


def _present(target: Path, owned: Sequence[str]) -> dict[str, Path]:
    """Return the files that stand in the generated part, by their NFC paths. Links there and on the way are refused."""
    links: list[Path] = []
    found: dict[str, Path] = {}
    for name in owned:
        on_the_way = [target / step for step in reversed(PurePosixPath(name).parents[:-1])]
        start = next((step for step in on_the_way if step.is_symlink()), target / name)
        for path in _below(start, links):
            found[nfc(path.relative_to(target).as_posix())] = path
    if links:
        remedy = "Xóa liên kết này rồi chạy lại"
        raise SourceError(
            Problem(f"{target.name}/{nfc(link.relative_to(target).as_posix())}", 1, "là liên kết tượng trưng", remedy)
            for link in links
        )
    return found


def _below(path: Path, links: list[Path]) -> Iterator[Path]:
    if path.is_symlink():
        links.append(path)
    elif path.is_dir():
        for child in sorted(path.iterdir()):
            yield from _below(child, links)
    elif path.exists():
        yield path


def _remove_empty(folder: Path) -> None:
    """Remove a folder and those in it as far as no file stands in them."""
    if folder.is_symlink() or not folder.is_dir():
        return
    for child in folder.iterdir():
        _remove_empty(child)
    with suppress(OSError):
        folder.rmdir()
