"""Paths and fixtures that all tests use: corpora, builds, sites, a browser."""

from __future__ import annotations

import functools
import gc
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import dev
from browsing import make_clean
from building import PREFIX, ROOT, TOY, build_docs, build_site
from dev_tools.parts import PART, SitePart
from editing import find_edition, unpack_edition
from knowledge_base.publish.site_parts import join_parts
from sharing import make_once, place_in_run

gc.set_threshold(100_000, 20, 20)  # vocabularies, finders and cases live to the end: nearly nothing is garbage
_QUIET_CHROME = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="ghi lại các trang mẫu trong tests/golden/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: place_in_run(item.path))


Shared = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """Give a folder by its name, made once for all workers of the run."""
    mine = tmp_path_factory.getbasetemp()  # a worker's own lies in that of the run
    return functools.partial(make_once, mine.parent if hasattr(request.config, "workerinput") else mine)


@pytest.fixture(scope="session")
def real_docs(shared: Shared) -> Path:
    """The docs/ of the repository's own sources."""
    return shared("real", lambda at: build_docs(ROOT / "sources", at / "docs")) / "docs"


@pytest.fixture(scope="session")
def real_site(real_docs: Path, shared: Shared) -> Path:
    """The site of the repository's own sources."""
    return shared("www", lambda at: build_site(real_docs, at)) / PREFIX


@pytest.fixture(scope="session")
def edition(real_site: Path, shared: Shared) -> Path:
    """The edition of that site for USB sticks, unpacked."""
    return find_edition(shared("usb", lambda at: unpack_edition(real_site, at)))


@pytest.fixture(scope="session")
def toy_docs(shared: Shared) -> Path:
    """The docs/ of the toy corpus."""
    return shared("toy", lambda at: build_docs(TOY, at / "docs")) / "docs"


@pytest.fixture(scope="session")
def toy_site(toy_docs: Path, shared: Shared) -> Path:
    """The site of the toy corpus, without a repository to contribute to."""
    return shared("toy-www", lambda at: build_site(toy_docs, at)) / PREFIX


@pytest.fixture(scope="session")
def toy_parts(toy_docs: Path, shared: Shared) -> Path:
    """The site of the toy corpus in three parts (``phan/1-3`` …), and ``kho``, where they are put together."""

    def make(at: Path) -> None:
        for part in (SitePart(number, 3) for number in (1, 2, 3)):
            build_site(toy_docs, at / "phan", part.folder, **{PART: f"{part.number}/{part.of}"})
        join_parts(at / "phan", at / PREFIX)

    return shared("toy-parts", make)


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A copy of the toy corpus, to be changed."""
    return Path(shutil.copytree(TOY, tmp_path / "sources"))


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None: ...


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve built sites; called with a site, gives its address under a path of its own (…/kho/)."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def start(site: Path) -> str:
        handler = functools.partial(_Quiet, directory=str(site.parent))
        servers.append(http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler))
        threading.Thread(target=servers[-1].serve_forever, args=(0.05,), daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_address[1]}/{site.name}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """An installed browser, without a window. One for each worker: Playwright allows one loop at a time."""
    path = dev.find_browser()
    if not path:
        pytest.skip("không có trình duyệt; dev.py test cài một bản")
    sync_api = pytest.importorskip("playwright.sync_api")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_api.sync_playwright() as playwright:
        arguments = [*_QUIET_CHROME, *(["--no-sandbox"] if root else [])]
        opened = playwright.chromium.launch(executable_path=path, args=arguments)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def idle_contexts(chromium: Any) -> Iterator[dict[str, list[Any]]]:
    """What earlier tests of a module have left clean: for each kind of page the contexts that may be used again."""
    yield {}
    for context in chromium.contexts:
        context.close()


@pytest.fixture
def open_page(chromium: Any, idle_contexts: dict[str, list[Any]]) -> Iterator[Callable[..., Any]]:
    """Open pages of a site on which nothing may fail, be logged as an error, or be asked of another host.

    Each page of a test is another reader's: it finds nothing kept of earlier ones. A page that is ``alone`` has not
    even a file in the browser's cache: for tests of what is loaded and when, of other days, of no network."""
    used: list[tuple[str, Any, dict[str, Any]]] = []
    faults: list[str] = []

    def start(address: str, *, alone: bool = False, **options: Any) -> Any:
        kind = "" if alone else repr((address, sorted(options.items())))
        if idle := idle_contexts.get(kind):
            context = idle.pop()
        else:
            context = chromium.new_context(base_url=address, locale="vi-VN", **options)
            if kind:
                context.new_page()  # stays, empty
        used.append((kind, context, options))
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: faults.append(f"lỗi: {error}"))
        page.on("console", lambda m: faults.append(f"console: {m.text}") if m.type in {"error", "warning"} else None)
        page.on("dialog", lambda dialog: (faults.append(f"hộp thoại: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else faults.append(r.url))
        return page

    yield start
    for kind, context, options in used:
        if kind and make_clean(context, options):
            idle_contexts.setdefault(kind, []).append(context)
        else:
            context.close()
    assert faults == []
