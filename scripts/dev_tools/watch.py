"""See which files that a build reads have changed. Part of dev.py; standard library only.

By asking for the times of all files again and again: works alike on every system and drive, without a package.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

WATCHED = ("sources", "theme", "scripts", "docs/gioi-thieu", "docs/huong-dan", "docs/assets", "mkdocs.yml")
"""What a build reads, seen from the root. A folder of pages that the build writes itself may not be here: it would
build for ever."""
QUIET = 0.08
"""Seconds in which nothing may move before a change counts as whole: an editor's rename follows its write within
them. Chosen by hand; test_dev_live.py renames after half of them."""
PATIENCE = 1.5
"""Seconds after which what has changed is built although files still move, as while git changes the branch."""
Snapshot = dict[str, tuple[int, int]]


def snapshot(root: Path, watched: Sequence[str] = WATCHED) -> Snapshot:
    """Return the time and size of every file a build reads, by its path seen from the root, with ``/``."""
    found = {}
    for entry in _watched(root, watched):
        try:
            status = entry.stat()
        except OSError:  # gone in the meantime
            continue
        found[Path(entry.path).relative_to(root).as_posix()] = (status.st_mtime_ns, status.st_size)
    return found


def _watched(root: Path, watched: Sequence[str]) -> Iterator[os.DirEntry[str]]:
    """Yield the files a build reads; not those that editors hide."""
    names = {Path(name) for name in watched}
    for folder in sorted({root / name.parent for name in names}):
        chosen = {name.name for name in names if root / name.parent == folder}
        for entry in _scan(folder):
            if entry.name in chosen:
                yield from _below(entry)


def _below(entry: os.DirEntry[str]) -> Iterator[os.DirEntry[str]]:
    if entry.is_file():
        if not entry.name.startswith("."):
            yield entry
    elif entry.is_dir() and not entry.is_symlink() and not entry.name.strip("_").endswith("cache"):
        for child in _scan(Path(entry.path)):
            yield from _below(child)


def _scan(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


class Watch:
    """Tells what has changed since it was last asked."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._seen = snapshot(root)

    def changes(self) -> list[str]:
        """Return the files that have come, changed or gone, sorted.

        Editors write in several steps (a temporary file, renames, twice): waits until nothing moves."""
        now = snapshot(self.root)
        if now == self._seen:
            return []
        started = time.monotonic()
        while time.monotonic() - started < PATIENCE:
            time.sleep(QUIET)
            before, now = now, snapshot(self.root)
            if now == before:
                break
        seen, self._seen = self._seen, now
        return sorted(name for name in seen.keys() | now.keys() if seen.get(name) != now.get(name))
