"""Put the generated pages into docs/: all of them or none.

Everything is first written into a temporary folder beside the target; only then are files moved into
place. What was there is kept aside until the last move has succeeded, and put back if one fails.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ..core.errors import Problem, SourceError
from ..core.text import nfc


@dataclass(frozen=True, slots=True)
class WriteReport:
    """How many files were written, left alone because they were equal, and removed because they were stale."""

    written: int
    unchanged: int
    removed: int


def write_pages(pages: Mapping[str, bytes], target: Path, owned: Sequence[str]) -> WriteReport:
    """Make the generated part of ``target`` equal to ``pages`` (path with ``/`` → content).

    ``owned`` names the folders and files in ``target`` that are wholly generated: nothing else is
    touched, and what stands in them without being in ``pages`` is removed. Equal files are not
    rewritten. Raises SourceError for symbolic links in the way, ValueError for paths outside ``owned``,
    OSError if the disk refuses; the target is then as it was before.
    """
    _refuse_foreign(pages, owned)
    present = _present(target, owned)
    equal = {p for p in pages if p in present and present[p].is_file() and present[p].read_bytes() == pages[p]}
    changed, stale = sorted(pages.keys() - equal), sorted(present.keys() - pages.keys())
    if changed or stale:
        _replace(target, {path: pages[path] for path in changed}, [present[path] for path in stale], present)
    for name in owned:
        _remove_empty(target / name)
    return WriteReport(len(changed), len(pages) - len(changed), len(stale))


def _refuse_foreign(pages: Mapping[str, bytes], owned: Sequence[str]) -> None:
    """Raise ValueError for a page that may not be written, or two that would be one on some disks."""
    seen: dict[str, str] = {}
    for path in [*owned, *pages]:
        parts = PurePosixPath(path).parts
        if not parts or path != "/".join(parts) or path.startswith("/") or ".." in parts or "\\" in path:
            raise ValueError(f"not a path inside the target: {path!r}")
    for path in pages:
        if not any(path == name or path.startswith(f"{name}/") for name in owned):
            raise ValueError(f"not in a generated folder: {path!r}")
        first = seen.setdefault(nfc(path).casefold(), path)
        if first != path or nfc(path) != path:
            raise ValueError(f"not a path of its own: {path!r}")
    folders = {str(parent) for path in pages for parent in PurePosixPath(path).parents}
    if clash := sorted(folders & set(pages)):
        raise ValueError(f"a file and a folder at once: {clash[0]!r}")


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


def _replace(target: Path, changed: Mapping[str, bytes], stale: Sequence[Path], present: Mapping[str, Path]) -> None:
    """Write ``changed`` and take ``stale`` away, or leave everything as it was."""
    target.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    moves = _Moves(stage / "old")
    whole = True
    try:
        for name, data in changed.items():
            new = stage / "new" / name
            new.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(data)
        for path in stale:
            moves.take_away(path)
        for name in changed:
            moves.put(stage / "new" / name, target / name, present.get(name))
    except BaseException:
        whole = moves.undo()
        raise
    finally:
        if whole:
            shutil.rmtree(stage, ignore_errors=True)


@dataclass(slots=True)
class _Moves:
    """Moves of files that can be taken back; ``attic`` holds what was taken away."""

    attic: Path
    away: list[tuple[Path, Path]] = field(default_factory=list)
    made: list[Path] = field(default_factory=list)

    def take_away(self, path: Path, copy: bool = False) -> None:
        """Move a file into the attic, or put a copy of it there."""
        self.attic.mkdir(parents=True, exist_ok=True)
        kept = self.attic / str(len(self.away))
        (shutil.copy2 if copy else os.replace)(path, kept)
        self.away.append((path, kept))

    def put(self, new: Path, path: Path, old: Path | None) -> None:
        """Move a new file to its place, over ``old`` if that stood there (or beside it under a name in NFD)."""
        if old is not None:
            self.take_away(old, copy=old == path)
        for folder in reversed([parent for parent in path.parents if not parent.is_dir()]):
            folder.mkdir()
            self.made.append(folder)
        _remove_empty(path)
        os.replace(new, path)
        self.made.append(path)

    def undo(self) -> bool:
        """Put everything back as it was; tell whether that succeeded for every file."""
        whole = True
        for path in reversed(self.made):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        for path, kept in reversed(self.away):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                os.replace(kept, path)
            except OSError:
                whole = False
        return whole


def _remove_empty(folder: Path) -> None:
    """Remove a folder and those in it as far as no file stands in them."""
    if folder.is_symlink() or not folder.is_dir():
        return
    for child in folder.iterdir():
        _remove_empty(child)
    with suppress(OSError):
        folder.rmdir()
