"""Build pages and site again and again in one process, only what has changed, for ``dev.py serve``.

Runs in ``.venv/`` with everything imported. Each line on standard input is an order in JSON
(``changed``: paths seen from the root, null for all; ``open``: addresses of pages that are being looked
at, which are built first); each line on standard output an answer: ``pages`` and ``assets`` that are new,
``problems``, ``done``. It ends when its input ends, so it never outlives the server that started it.

What stands in its folder is for looking at only: MkDocs is kept from building what is unchanged.
"""

from __future__ import annotations

import contextlib
import functools
import json
import logging
import os
import queue
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from jinja2 import BytecodeCache, Environment
from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config
from mkdocs.plugins import BasePlugin

from knowledge_base.build import BuildCache, build
from knowledge_base.core.command_line import KEPT, published_at
from knowledge_base.core.errors import Problem, Severity, SourceError
from knowledge_base.core.store import Store
from knowledge_base.sources.editor_schemas import write_schemas

from .faults import describe_error, describe_warning

if TYPE_CHECKING:
    from jinja2.bccache import Bucket
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.pages import Page

FEW = 12
"""Up to so many stale pages are built at once; of more the open ones come first. Chosen by hand: as many as a change
of one article usually touches take no time that a reader notices (benchmarks/live.py measures it)."""
SHOWN = (".css", ".js", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".woff2")
PAGE_TEMPLATES = "scripts/knowledge_base/publish/pages/templates/"
Stamp = tuple[int, int, int]


@dataclass(slots=True)
class Answer:
    """What a build has made: new pages by address, whether styles or scripts are new, what is wrong."""

    pages: list[str] = field(default_factory=list)
    assets: bool = False
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    done: bool = False


class Compiled(BytecodeCache):
    """Keeps the frame's templates compiled between builds; one that has changed is compiled anew."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is known, which Jinja throws away if it is of another text."""
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what has been compiled."""
        self._known[bucket.key] = bucket.bytecode_to_string()


class Choice(BasePlugin):  # type: ignore[type-arg,no-untyped-call]  # it has no configuration
    """Tells MkDocs, which would compare times, what to build; remembers what has been built."""

    def __init__(self, interrupted: threading.Event) -> None:
        self.epoch = 0
        self.done: dict[str, Stamp] = {}
        self.built: list[File] = []
        self.assets = False
        self.left = 0
        self._compiled = Compiled()
        self._interrupted = interrupted
        self._stamps: dict[str, Stamp] = {}
        self._now: set[str] = set()
        self._open: set[str] = set()
        self._all = False

    def start(self, opened: set[str], *, everything: bool) -> None:
        """Get ready for a build: of what is stale; unless ``everything``, of open pages alone if much is."""
        self._open, self._all = opened, everything
        self.built, self.assets, self.left = [], False, 0

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Choose what to build of all there is; take away what is no more."""
        self._stamps = {file.dest_uri: self._stamp(file) for file in files}
        stale = [file for file in files if self.done.get(file.dest_uri) != self._stamps[file.dest_uri]]
        pages = [file for file in stale if file.is_documentation_page()]
        now = pages if self._all or len(pages) <= FEW else self._first(pages)
        self.left = len(pages) - len(now)
        others = [file for file in stale if not file.is_documentation_page()]
        self.assets = any(file.dest_uri.endswith(SHOWN) for file in others)
        self._now = {file.dest_uri for file in [*now, *others]}
        for file in files:
            file.is_modified = functools.partial(self._wanted, file)  # type: ignore[method-assign]
        self._remove_stale(Path(config.site_dir))
        return files

    def _first(self, pages: list[File]) -> list[File]:
        """Return the pages to build before the others: open ones, and new ones that these may lead to."""
        new = {file.dest_uri for file in pages if not Path(file.abs_dest_path).exists()}
        linked = new if len(new) <= FEW else set()
        home = "index.html"
        return [f for f in pages if f.url in self._open or f.dest_uri == home or f.dest_uri in linked]

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002
        """Let templates be compiled once."""
        env.bytecode_cache = self._compiled
        return env

    def _stamp(self, file: File) -> Stamp:
        """Return what changes when a file's output would; what is no file on disk never does."""
        try:
            status = Path(file.abs_src_path or "").stat()
        except OSError:
            return (0, 0, self.epoch)
        return (status.st_mtime_ns, status.st_size, self.epoch if file.is_documentation_page() else 0)

    def _wanted(self, file: File) -> bool:
        return file.dest_uri in self._now and not self._interrupted.is_set()

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Remember a page that is being written."""
        self.done[page.file.dest_uri] = self._stamps[page.file.dest_uri]
        self.built.append(page.file)
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:  # noqa: ARG002  # MkDocs gives it
        """Remember the other files, which have all been copied, unless the build was cut short."""
        if not self._interrupted.is_set():
            self.done |= {uri: self._stamps[uri] for uri in self._now}

    def _remove_stale(self, site: Path) -> None:
        for uri in self.done.keys() - self._stamps.keys():
            with contextlib.suppress(OSError):
                (site / uri).unlink()
            del self.done[uri]
            self.assets = True


class Warnings(logging.Handler):
    """Gathers the warnings of MkDocs by the page they speak of."""

    def __init__(self, root: Path) -> None:
        super().__init__(logging.WARNING)
        self.root = root
        self.found: dict[str, list[str]] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one warning; not that we build in part, which is our choice, nor what an exception tells, too."""
        message = record.getMessage()
        if "'dirty' build" in message or message.startswith(("Error reading page", "Error building page")):
            return
        line = describe_warning(message, self.root)
        place = line.partition(":")[0]
        self.found.setdefault(place if place.startswith("docs/") else "", []).append(line)

    def lines(self) -> list[str]:
        """Return all warnings, each once."""
        return sorted({line for lines in self.found.values() for line in lines})


class Builder:
    """Builds the pages and the site of a repository; remembers what it has read and built."""

    def __init__(self, root: Path, site: Path, interrupted: threading.Event) -> None:
        self.root, self.site = root, site
        self.choice = Choice(interrupted)
        self.warnings = Warnings(root)
        self.cache = BuildCache(Store(KEPT))
        self.source_problems: list[str] = []
        self.source_warnings: list[str] = []
        self._interrupted = interrupted
        logger = logging.getLogger("mkdocs")
        logger.addHandler(self.warnings)
        logger.setLevel(logging.WARNING)

    def obey(self, changed: list[str] | None, opened: list[str]) -> Iterator[Answer]:
        """Build what the change of some files asks for (None: all); yield what is new, step by step."""
        if changed is None or any(name.startswith(("sources/", PAGE_TEMPLATES)) for name in changed):
            self._make_pages()
        if changed is None or any(_changes_every_page(name) for name in changed):
            self.choice.epoch += 1
        if not (self.root / "docs" / "index.md").is_file():
            yield Answer(problems=self.source_problems, done=True)
            return
        yield from self._make_site(set(opened))

    def _make_pages(self) -> None:
        """Bring docs/ up to date with sources/; keep it as it is if something is wrong."""
        try:
            report = build(self.root / "sources", self.root / "docs", cache=self.cache, published_at=published_at())
            write_schemas(self.root / "schemas", self.cache.load_vocabulary(self.root / "sources")[0])
        except SourceError as fault:
            self._keep(fault.problems)
        except Exception as error:  # noqa: BLE001  # whatever is wrong is told, and can be mended
            self.source_problems, self.source_warnings = [describe_error(error, self.root)], []
        else:
            self._keep([*report.warnings, *report.draft_warnings])

    def _keep(self, problems: Sequence[Problem]) -> None:
        self.source_problems = [str(p) for p in problems if p.severity is Severity.ERROR]
        self.source_warnings = [str(p) for p in problems if p.severity is not Severity.ERROR]

    def _make_site(self, opened: set[str]) -> Iterator[Answer]:
        """Build the open pages first if there is much to build, then the others."""
        for everything in (False, True):
            self.choice.start(opened, everything=everything)
            stopped = self._run_mkdocs()
            done = everything or stopped or not self.choice.left or self._interrupted.is_set()
            pages = [file.url for file in self.choice.built]
            problems = [*self.source_problems, *self.warnings.lines()]
            yield Answer(pages, self.choice.assets, problems, self.source_warnings, done)
            if done:
                return

    def _run_mkdocs(self) -> bool:
        """Build once, with the warnings of pages that are not built kept; tell whether something stopped it."""
        known, self.warnings.found = self.warnings.found, {}
        fault = ""
        try:
            config = load_config(str(self.root / "mkdocs.yml"), site_dir=str(self.site))
            config.plugins["kb-choice"] = self.choice
            build_with_mkdocs(config, dirty=True)
        except BaseException as error:  # noqa: BLE001  # MkDocs ends with SystemExit, too
            fault = describe_error(error, self.root)
            if not (isinstance(error, SystemExit) and self.warnings.found):  # else the reason has been logged
                self.warnings.found[""] = [fault]
        built = {f"docs/{file.src_uri}" for file in self.choice.built}
        kept = {place: lines for place, lines in known.items() if place and place not in built}
        self.warnings.found = kept | self.warnings.found
        return bool(fault)


def _changes_every_page(name: str) -> bool:
    """Tell whether a file is part of the frame of all pages."""
    return name == "mkdocs.yml" or (name.startswith("theme/") and not name.startswith("theme/assets/"))


def _read_orders(stream: TextIO, orders: queue.Queue[dict[str, Any] | None], interrupted: threading.Event) -> None:
    """Hand on the lines of a stream; a new one cuts short the build that is going on."""
    for line in stream:
        interrupted.set()
        orders.put(json.loads(line))
    interrupted.set()
    orders.put(None)


def main(arguments: list[str]) -> int:
    """Obey the orders on standard input until it ends; the arguments name the root and the folder of the site."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl+C is for the server
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what others print must not look like answers
    interrupted = threading.Event()
    orders: queue.Queue[dict[str, Any] | None] = queue.Queue()
    threading.Thread(target=_read_orders, args=(sys.stdin, orders, interrupted), daemon=True).start()
    builder = Builder(Path(arguments[0]), Path(arguments[1]), interrupted)
    while (order := orders.get()) is not None:
        if orders.empty():
            interrupted.clear()
        for answer in builder.obey(order["changed"], order["open"]):
            answers.write(json.dumps(asdict(answer)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
