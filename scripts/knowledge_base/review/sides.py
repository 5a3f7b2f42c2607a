"""The two sides of a comparison: what the sources of one moment give when today's program builds them."""

from __future__ import annotations

import io
import os
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from ..build import BuildCache, Reading, read_sources, render_all
from ..core.errors import Problem, Severity, UsageError
from ..core.text import slug
from ..meaning.knowledge.entities import KnowledgeBase
from ..publish.addresses import Addresses, list_addresses
from ..publish.pages.index import Index
from ..publish.pages.site import Site
from ..sources.articles.corpus import Corpus
from ..sources.vocabulary import Vocabulary

_FILE_MODES = (b"100644", b"100755")
"""What git calls a file, and one that may be run; not links, nor other repositories."""


def _find_commit(sources: Path, name: str) -> tuple[str, str]:
    """Return the full hash of the commit called ``name`` in the repository that holds ``sources``, and its day.

    Raises UsageError when git is missing, the folder lies in no repository, or there is no such commit."""
    if _git(sources, "rev-parse", "--is-inside-work-tree").returncode:
        raise UsageError(f"thư mục {sources} không nằm trong kho git nào nên không có bản cũ để so")
    found = _git(sources, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    commit = found.stdout.decode().strip()
    if found.returncode or not commit:
        remedy = "ghi tên nhánh, thẻ hay mã commit; bản sao nông thì chạy git fetch --unshallow trước"
        raise UsageError(f"kho git không có bản “{name}”: {remedy}")
    day = _git(sources, "show", "--no-patch", "--date=format:%d-%m-%Y", "--format=%cd", commit).stdout
    return commit, day.decode().strip()


def _export(sources: Path, commit: str, target: Path) -> bool:
    """Write the files that ``sources`` held at a commit into ``target``; False if there was no such folder then.

    Files come out as git keeps them; links are left out (they may not stand in sources), and what would be written
    outside of ``target``."""
    prefix = _git(sources, "rev-parse", "--show-prefix").stdout.decode().strip("\n").rstrip("/")
    listed = _git(sources, "ls-tree", "-r", "-z", "--full-tree", f"{commit}:{prefix}")
    if listed.returncode:
        return False
    wanted = []
    for entry in filter(None, listed.stdout.split(b"\0")):
        head, _, raw_name = entry.partition(b"\t")
        (mode, _, oid), path = head.split(), PurePosixPath(os.fsdecode(raw_name))
        leaves = path.is_absolute() or {"..", ".git"} & set(path.parts) or "\\" in str(path) or ":" in str(path)
        if mode in _FILE_MODES and not leaves:
            wanted.append((oid, path))
    target.mkdir(parents=True, exist_ok=True)
    given = _git(sources, "cat-file", "--batch", given=b"".join(oid + b"\n" for oid, _ in wanted))
    blobs = io.BytesIO(given.stdout)  # each: a line that ends with its size, so many bytes, the end of a line
    for _, name in wanted:
        written = target / name
        written.parent.mkdir(parents=True, exist_ok=True)
        written.write_bytes(blobs.read(int(blobs.readline().split()[-1])))
        blobs.read(1)
    return True


def _git(folder: Path, *arguments: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, input=given, capture_output=True, env=environment, check=False)
    except FileNotFoundError as error:
        raise UsageError("không có git trên máy này; --diff cần git để lấy bản cũ") from error


@dataclass(frozen=True)
class Side:
    """One state of the sources: what was read, and every page it makes (path in docs/ → content).

    ``label`` and ``detail`` say which state; ``absent`` that there was no such folder then."""

    label: str
    reading: Reading
    pages: dict[str, bytes]
    detail: str = ""
    absent: bool = False

    @cached_property
    def site(self) -> Site | None:
        """The knowledge base with names and lines as pages show them; None where the vocabularies cannot be used."""
        return Site(Index(self.reading.kb), "") if self.reading.kb else None

    @cached_property
    def addresses(self) -> Addresses:
        """All addresses of its pages."""
        return list_addresses(self.pages)

    @property
    def errors(self) -> list[Problem]:
        """What is wrong in it by today's rules."""
        return [p for p in self.reading.problems if p.severity is Severity.ERROR]

    @cached_property
    def unread(self) -> set[str]:
        """The ids of articles that could not be read."""
        with_errors = {slug(Path(p.path).stem) for p in self.errors if "/articles/" in p.path}
        return with_errors - {article.id for article in self.reading.corpus.articles}


def read_side(sources: Path, label: str = "", detail: str = "", cache: BuildCache | None = None) -> Side:
    """Read and build one state of the sources; errors in articles leave these out. ``cache`` of the other side saves
    reading again what is the same in both."""
    reading = read_sources(sources, cache)
    leads = not any(p.path.endswith("addresses.yml") and p.severity is Severity.ERROR for p in reading.problems)
    pages = render_all(reading.kb, reading.moves if leads else (), reading.errata) if reading.kb else {}
    return Side(label, reading, pages, detail)


def read_revision(sources: Path, name: str, cache: BuildCache | None = None) -> Side:
    """Read and build the sources as they were at a revision, with ``cache`` as for ``read_side``. Raises UsageError
    when that cannot be had."""
    commit, day = _find_commit(sources, name)
    detail = f"{commit[:9]}, {day}"
    with tempfile.TemporaryDirectory(prefix="kho-") as folder:
        copy = Path(folder) / sources.resolve().name
        if _export(sources, commit, copy):
            return read_side(copy, name, detail, cache)
    nothing = KnowledgeBase(Vocabulary(), {}, {}, {}, {}, {}, {}, (), ())
    return Side(name, Reading(nothing, nothing.vocabulary, Corpus(), (), (), ()), {}, detail, absent=True)
