"""Put the generated pages into docs/: all of them or none.

Everything is first written into a temporary folder beside the target; only then are files moved into
place. What was there is kept aside until the last move has succeeded, and put back if one fails.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
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


def written_files(target: Path, owned: Sequence[str]) -> dict[str, str]:
    """Return the files that stand in the generated part of ``target``, by their paths, each with a digest of its bytes.
    Raises SourceError for symbolic links in the way."""
    return {path: digest_of(file.read_bytes()) for path, file in _present(target, owned).items()}


def digest_of(data: bytes) -> str:
    """Return what ``written_files`` tells of a file."""
    return hashlib.sha256(data).hexdigest()


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
    new, attic = stage / "new", stage / "old"
    away: list[tuple[Path, Path]] = []
    made: list[Path] = []
    whole = True
    try:
        for name, data in changed.items():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            (new / name).write_bytes(data)
        attic.mkdir()
        # a file that is written over stays in its place until then; one beside it under a name in NFD goes
        written = {target / name for name in changed}
        for path in (*stale, *(present[name] for name in changed if name in present)):
            kept = attic / str(len(away))
            (shutil.copy2 if path in written else os.replace)(path, kept)
            away.append((path, kept))
        for name in changed:
            path = target / name
            for folder in reversed([parent for parent in path.parents if not parent.is_dir()]):
                folder.mkdir()
                made.append(folder)
            _remove_empty(path)
            os.replace(new / name, path)
            made.append(path)
    except BaseException:
        whole = _undo(made, away)
        raise
    finally:
        if whole:
            shutil.rmtree(stage, ignore_errors=True)


def _undo(made: Sequence[Path], away: Sequence[tuple[Path, Path]]) -> bool:
    """Remove what was ``made`` and put back what was taken ``away``, with where it is kept; tell whether all is."""
    whole = True
    for path in reversed(made):
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()
    for path, kept in reversed(away):
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
