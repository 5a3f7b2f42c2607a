"""How the workers (pytest-xdist) share a run: what is costly to make is made once, by the first that needs it; the
longest files come first, so that none is left to one worker at the end.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

LONGEST = (
    *("live", "axe", "build", "search", "offline", "faults", "interface", "add_source", "contributing", "addresses"),
    *("reports", "tray", "changes", "pack_pages", "cut_addresses", "check_page", "mutations", "search_box"),
    *("seeds_site", "offline_firefox", "build_cache", "list_tables", "walk", "site_config", "age"),
)
"""The files ``test_….py`` that take longest, in time of the processor (110 s to 10 s); the first two do without the
site of the real sources, for which one worker would have to wait for the other."""
_PATIENCE = 600
"""Seconds that a worker waits for another: the slowest of what is shared, a whole site, takes a minute when alone."""


def make_once(run: Path, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder ``name`` of this run that ``make`` has filled, here or in another worker; nobody may change
    what is in it. ``run``: where all workers of the run may write.

    Raises AssertionError where it could not be made."""
    folder = run / f"chung-{name}"
    made = folder.with_suffix(".xong")
    try:
        folder.mkdir()
    except FileExistsError:
        assert _comes(made) == "", f"worker khác không làm được {folder.name}; xem lỗi của nó"
        return folder
    told = "hỏng"
    try:
        make(folder)
        told = ""
    finally:
        beside = folder.with_suffix(".tam")
        beside.write_text(told, encoding="utf-8")
        beside.replace(made)
    return folder


def _comes(made: Path) -> str:
    """Wait for a file and return what it tells."""
    end = time.monotonic() + _PATIENCE
    while not made.is_file():
        assert time.monotonic() < end, f"chờ quá lâu: {made.name}"
        time.sleep(0.1)
    return made.read_text(encoding="utf-8")


def place_in_run(file: Path) -> int:
    """Return where the tests of a file come in a run."""
    name = file.stem.removeprefix("test_")
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)
