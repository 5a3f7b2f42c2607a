"""Each page of the site is made once: what MkDocs would make again as before is taken from the store, and what is new
is shared out among the processors.

MkDocs goes its way as always; a page whose outcome is known is given to it as that outcome (``theme/kept.html``). The
name of an outcome is a digest of all that it follows from: the page's text, the frame, the settings, the program. That
its links still lead somewhere is asked anew, by MkDocs itself where they lead to a place inside a page. A page of which
anything was warned is never kept, so it is told again.
"""

from __future__ import annotations

import hashlib
import json
import logging
import multiprocessing
import re
import sys
import threading
import zlib
from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge_base.core.processes import processors
from knowledge_base.core.store import Store, digest, of_code

from .parts import WHOLE, SitePart

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

TEMPLATE = "kept.html"
"""Gives out a page as it is known, from ``kept`` in its context."""
_MANY, _PART = 64, 16
"""From so many new pages on other processes help, each with so many at a time: to start one takes as long as about ten
pages, and a part is a tenth of a second's work, so that all end together."""
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")
_ELSEWHERE = {"docs_dir", "site_dir", "config_file_path", "watch", "plugins", "hooks", "theme"}
"""Settings that decide no page, or of which what decides is told otherwise (``_of_frame``)."""
_KIND = re.compile(r'^kb: \{"kind": "([^"]+)"', re.MULTILINE)
"""The kind of a page that another part makes: the list of all addresses (``theme/sitemap.xml``) asks for it."""
_shared: PagesOnce | None = None
"""What the processes that make pages have from the one that began them."""


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page as MkDocs made it: ``kind`` as its head tells it, the ids in it, for each page it links to (by its path in
    docs/) the ids there with the links as written, and all files it links to."""

    html: str
    kind: str
    anchors: tuple[str, ...]
    links: dict[str, dict[str, str]]
    targets: tuple[str, ...]


class PagesOnce:
    """The pages of one build. ``day`` stands for the day of a page without its own; pages in ``changing`` (paths in
    docs/) follow from more than their text, and are always made. Of pages that are not in ``part`` nothing is made."""

    def __init__(
        self,
        config: MkDocsConfig,
        nav: Navigation,
        files: Files,
        store: Store,
        day: str,
        changing: Container[str],
        part: SitePart = WHOLE,
    ) -> None:
        self._config, self._nav, self._files, self._store, self._part = config, nav, files, store, part
        self._targets: dict[str, dict[str, None]] = defaultdict(dict)
        self._warned: set[str] = set()
        self._names: dict[str, str] = {}
        self._made: dict[str, MadePage] = {}
        package = type(nav).__module__.partition(".")[0]  # of MkDocs, or of who carries it on under another name
        self._builder: Any = import_module(f"{package}.commands.build")
        self._log, self._handler = logging.getLogger(package), _Warned(self)
        new_page = import_module(f"{package}.structure.pages").Page
        frame = _of_frame(config, day)
        self._pages: list[Page] = []
        for file in files.documentation_pages():
            page = file.page or new_page(None, file, config)
            if not part.holds(file.src_uri):
                kind = _KIND.search(file.content_string)
                self._give(page, MadePage("", kind[1] if kind else "", (), {}, ()))
            elif file.src_uri not in changing and file.is_modified():
                self._pages.append(page)
                self._names[file.src_uri] = digest("page", frame, file.src_uri, file.content_string)

    def begin(self) -> None:
        """Give MkDocs the pages that are known, and make those that are not, where several processes can."""
        new = [page for page in self._pages if not self._recall(page)]
        self._listen()
        if len(new) >= _MANY and min(processors(), len(new)) > 1 and _can_fork():
            self._share_out(new)
        for page in self._pages:
            if made := self._made.get(page.file.src_uri):
                self._give(page, made)

    def end(self) -> None:
        """Let go of what was borrowed from MkDocs, and of answers that nobody asks for any more."""
        self._log.removeHandler(self._handler)
        if self._part == WHOLE:
            self._store.clear()

    def note(self, page: Page, output: str) -> None:
        """Keep a page that MkDocs has made, as it is about to be written."""
        uri = page.file.src_uri
        if uri not in self._names or uri in self._made or uri in self._warned or page.links_to_anchors is None:
            return
        links = {file.src_uri: dict(places) for file, places in page.links_to_anchors.items()}
        kind = str((page.meta.get("kb") or {}).get("kind", ""))
        targets = tuple(self._targets[uri])
        self._made[uri] = MadePage(output, kind, tuple(sorted(page.present_anchor_ids or ())), links, targets)
        self._store.put(self._names[uri], _plain(self._made[uri]))

    def _recall(self, page: Page) -> bool:
        data = self._store.get(self._names[page.file.src_uri])
        if data is None:
            return False
        made = _made(data)
        if any(self._files.get_file_from_path(target) is None for target in made.targets):
            return False
        self._made[page.file.src_uri] = made
        return True

    def _give(self, page: Page, made: MadePage) -> None:
        """Let MkDocs take a page as it is known instead of reading and rendering it."""
        page.read_source = partial(_read, page, made)  # type: ignore[method-assign]
        page.render = partial(_render, page, made)  # type: ignore[method-assign]

    def _listen(self) -> None:
        """From now on note of each page what files it links to, and whether anything is warned."""
        find = self._files.get_file_from_path

        def found(path: str) -> File | None:
            file, page = find(path), self._config._current_page  # noqa: SLF001 - MkDocs tells it to its own log
            if file and page:
                self._targets[page.file.src_uri][file.src_uri] = None
            return file

        self._files.get_file_from_path = found  # type: ignore[method-assign]
        self._log.addHandler(self._handler)

    def _share_out(self, new: Sequence[Page]) -> None:
        """Make pages in several processes; what one of them cannot make is left to MkDocs, which tells why."""
        global _shared  # noqa: PLW0603 - a forked process finds here what it cannot be handed
        _shared = self
        parts = [new[start : start + _PART] for start in range(0, len(new), _PART)]
        self._env = self._config.plugins.on_env(self._config.theme.get_env(), config=self._config, files=self._files)
        with multiprocessing.get_context("fork").Pool(processors()) as pool:
            for made in pool.imap(_make, [[page.file.src_uri for page in part] for part in parts]):
                for uri, data in made.items():
                    self._made[uri] = _made(data)
                    self._store.put(self._names[uri], data)
        _shared = None

    def make(self, uris: Sequence[str]) -> dict[str, bytes]:
        """Make some pages, by their paths in docs/, in a process of its own; return those that are whole."""
        self._log.handlers, self._log.propagate = [self._handler], False  # MkDocs tells it when it makes the page
        self._store = Store(None)  # the process that began this one keeps what comes back
        pages = self._files.documentation_pages()
        for uri in uris:
            page: Any = self._files.src_uris[uri].page
            try:
                self._builder._populate_page(page, self._config, self._files)  # noqa: SLF001 - what MkDocs does
                self._builder._build_page(page, self._config, pages, self._nav, self._env)  # noqa: SLF001
            except Exception:  # noqa: BLE001 - made again by MkDocs, which tells it
                self._warned.add(uri)
        return {uri: _plain(self._made[uri]) for uri in uris if uri in self._made and uri not in self._warned}


class _Warned(logging.Handler):
    """Notes of which page something was warned."""

    def __init__(self, once: PagesOnce) -> None:
        super().__init__(logging.WARNING)
        self._once = once

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002 - that there is one is enough
        page = self._once._config._current_page  # noqa: SLF001
        if page:
            self._once._warned.add(page.file.src_uri)  # noqa: SLF001


def _read(page: Page, made: MadePage, config: MkDocsConfig) -> None:  # noqa: ARG001 - as MkDocs calls it
    page.markdown, page.meta = "", {"template": TEMPLATE, "kb": {"kind": made.kind}, "kept": made.html}


def _render(page: Page, made: MadePage, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001
    page.content, page.present_anchor_ids = "", set(made.anchors)
    page.links_to_anchors = {files.src_uris[uri]: places for uri, places in made.links.items()}


def _make(uris: Sequence[str]) -> dict[str, bytes]:
    """Make pages in a process that was forked from the one that knows them."""
    assert _shared is not None  # noqa: S101 - set before the fork
    return _shared.make(uris)


def _can_fork() -> bool:
    """Tell whether this process may be doubled: Windows cannot, macOS not safely, nor one with several threads."""
    return sys.platform == "linux" and threading.active_count() == 1


def _of_frame(config: MkDocsConfig, day: str) -> str:
    """Return a digest of all that decides a page but its own text."""
    frame = Path(config.theme.custom_dir or "")
    parts = sorted(path for path in frame.rglob("*") if path.is_file() and "assets" not in path.parts)
    programs = [Path(__file__), Path(__file__).parents[1] / "mkdocs_hooks.py"]
    files = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (*parts, *programs)]
    settings = [(name, value) for name, value in config.items() if name not in _ELSEWHERE]
    said = repr((settings, sorted((name, config.theme[name]) for name in config.theme)))
    return digest(of_code(), day, _ADDRESS.sub("", said), *(path.name for path in parts), *files)


def _plain(made: MadePage) -> bytes:
    return zlib.compress(json.dumps(asdict(made), ensure_ascii=False).encode(), 1)


def _made(data: bytes) -> MadePage:
    plain = json.loads(zlib.decompress(data))
    return MadePage(**plain | {"anchors": tuple(plain["anchors"]), "targets": tuple(plain["targets"])})
