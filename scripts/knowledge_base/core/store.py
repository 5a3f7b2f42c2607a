"""Answers kept on disk between runs, each in a file of its own under what it is the answer to.

The name of an answer is a digest of all that it follows from (what was asked, and what answers: ``of_code``,
``of_templates``), so nothing ever has to be told that it is old. A file that is damaged, half written or of another
program is no answer: each begins with the digest of the rest. What nobody has asked for in ``DAYS`` is thrown away.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from .plain import maker_of, to_plain

T = TypeVar("T")
LIBRARY = Path(__file__).resolve().parents[1]
DAYS = 14
"""An answer that was not asked for in so many days is thrown away: who works on the base asks daily, and goes back to
an earlier state of the sources within a week or two. Chosen by hand."""
LARGEST = 600_000_000
"""So many bytes are kept at most, the last used: those of 10,000 articles take about 150 MB. Chosen by hand."""
_DAY = 86_400
_LINE = hashlib.sha256().digest_size * 2 + 1


@functools.cache
def of_code() -> str:
    """Return a digest of the program that answers, as it was when this process first asked: the library, Python, and
    the installed packages."""
    seen = hashlib.sha256(sys.version.encode())
    packages = Path(sysconfig.get_path("purelib"))
    seen.update("\0".join(sorted(path.name for path in packages.glob("*.dist-info"))).encode())
    return digest(seen.hexdigest(), _of_library(".py"))


def of_templates() -> str:
    """Return a digest of the templates as they are now: a process that goes on reads those that were changed."""
    return _of_library(".j2")


def _of_library(suffix: str) -> str:
    found = sorted(LIBRARY.rglob(f"*{suffix}"))
    names = [path.relative_to(LIBRARY).as_posix() for path in found]
    return digest(*names, *(hashlib.sha256(path.read_bytes()).hexdigest() for path in found))


def of_files(folder: Path) -> str:
    """Return a digest of all that lies in a folder, and of its name; where the folder lies makes no difference."""
    seen = hashlib.sha256(folder.absolute().name.encode("utf-8", "surrogatepass"))
    for path in sorted(folder.rglob("*")):
        data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        shown = path.relative_to(folder).as_posix()
        seen.update(f"\0{shown}\0{path.is_symlink()}{path.is_file()}\0{len(data)}\0".encode("utf-8", "surrogatepass"))
        seen.update(data)
    return seen.hexdigest()


def digest(*parts: str) -> str:
    """Return one name for texts in their order."""
    seen = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        seen.update(f"{len(data)}\0".encode())
        seen.update(data)
    return seen.hexdigest()


class Store:
    """Answers in ``folder``; without one it keeps nothing. No method raises for what the disk does or holds."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._wrote = False

    def get(self, name: str) -> bytes | None:
        """Return the answer of this name (a digest); None where there is none that is whole."""
        if self.folder is None:
            return None
        path = self._path(self.folder, name)
        try:
            data = path.read_bytes()
            whole = data[:_LINE] == self._head(name, data[_LINE:])
            if not whole:
                path.unlink()
            elif path.stat().st_mtime < time.time() - _DAY:
                os.utime(path)
        except OSError:
            return None
        return data[_LINE:] if whole else None

    def put(self, name: str, data: bytes) -> None:
        """Keep an answer: at once whole, or not at all."""
        if self.folder is None:
            return
        path = self._path(self.folder, name)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(self._head(name, data) + data)
                os.replace(beside, path)
            except BaseException:
                Path(beside).unlink(missing_ok=True)
                raise
            self._wrote = True

    def recall(self, name: str, kind: Callable[..., T]) -> T | None:
        """Return the answer of this name as a value of a type (see ``plain.py``); None where there is none such."""
        data = self.get(name)
        if data is not None:
            with suppress(ArithmeticError, LookupError, RecursionError, TypeError, ValueError):  # another program's
                told, plain = json.loads(data)
                if told == str(kind):
                    value: T = maker_of(kind)(plain)
                    return value
        return None

    def keep(self, name: str, value: object, kind: Callable[..., object]) -> None:
        """Keep a value for ``recall`` of the same type, which is told with it: an empty table is no empty list."""
        if self.folder is not None:
            told = (str(kind), to_plain(value))
            self.put(name, json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())

    def clear(self) -> None:
        """Throw away what has not been used for long, or is too much; only where something was written."""
        if self.folder is None or not self._wrote:
            return
        left, oldest = LARGEST, time.time() - DAYS * _DAY
        found = []
        for path in self.folder.glob("??/*"):
            with suppress(OSError):
                status = path.lstat()
                found.append((status.st_mtime, status.st_size, path))
        for used, size, path in sorted(found, reverse=True):
            left -= size
            if left < 0 or used < oldest:
                with suppress(OSError):
                    path.unlink()
        self._wrote = False

    @staticmethod
    def _path(folder: Path, name: str) -> Path:
        return folder / name[:2] / name[2:]

    @staticmethod
    def _head(name: str, data: bytes) -> bytes:
        """Return the line that an answer begins with: it tells what it holds, and what it answers."""
        return hashlib.sha256(name.encode() + data).hexdigest().encode() + b"\n"
