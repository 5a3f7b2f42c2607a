"""One process at a time in a folder. Standard library only.

The system ends a lock with the process that holds it, however that ends, so there is never an old one to break.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE = 0.1
"""Seconds between two looks whether the other process has ended: nobody notices so few."""
_LOCK = ".khoa"
"""What is locked on Windows, which cannot lock a folder."""

if sys.platform == "win32":
    import msvcrt

    def _open(folder: Path) -> int:
        return os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT)

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _open(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY)

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def alone(folder: Path, wait: Callable[[], None]) -> Iterator[tuple[int, ...]]:
    """Keep every other process that asks for ``folder`` waiting until this has ended; ``wait`` is called once where
    this one has to wait itself.

    Yields what a child process is to be handed (``pass_fds``) that goes on working there when this process is killed;
    nothing on Windows. Raises OSError where there is no such folder; on a disk without locks everybody goes on."""
    handle = _open(folder)
    try:
        waited = False
        while not _taken(handle):
            if not waited:
                wait()
            waited = True
            time.sleep(_PAUSE)
        yield () if sys.platform == "win32" else (handle,)
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    """Take a lock; tell whether it is taken."""
    try:
        _lock(handle)
    except (BlockingIOError, PermissionError):  # the latter on Windows
        return False
    except OSError:  # a disk of the network may have none
        return True
    return True
