"""Measure search: bytes and time to the first result, suggestions, full text; beside Material's built-in search.

    python benchmarks/search.py 100 1000 10000

Needs the finished site in ``site/`` (``python3 scripts/dev.py site``) and a browser (KB_BROWSER, else
/usr/bin/chromium). The same made-up pages stand around the real ones for both engines. Sizes are those
of each response shrunk by gzip; times are medians of several queries in a fresh browser each.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "benchmarks")]

import search_corpus  # noqa: E402 - stands beside this file

from knowledge_base.build import read_sources  # noqa: E402
from knowledge_base.meaning.knowledge.directory import list_all  # noqa: E402
from knowledge_base.meaning.knowledge.entities import KnowledgeBase  # noqa: E402
from knowledge_base.publish.search_index import write_search_index  # noqa: E402

BROWSER = os.environ.get("KB_BROWSER", "/usr/bin/chromium")
QUERIES = ("chi thi 34 da nang", "ky luat ky cuong", "da nang", "đùn đẩy", "tỉnh ủy nghệ an")
COMMON = "cán bộ"
HEADINGS = ("số trang", "bộ tìm", "KB đến kết quả đầu", "KB cả toàn văn", "gợi ý (ms)", "kết quả đầu (ms)",
            "toàn văn (ms)", "“cán bộ”: đầu / toàn văn (ms)")  # fmt: skip
MATERIAL = """site_name: So sánh
theme: {name: material, language: vi, font: false}
plugins: [{search: {lang: vi}}]
use_directory_urls: true
nav: [{Trang: index.md}]
not_in_nav: "/*/*.md"
"""


@dataclass(slots=True)
class Measured:
    """What one engine took for one query: bytes and milliseconds."""

    size: int = 0
    first: float = 0
    full: float = 0
    suggestion: float = 0
    loaded: dict[str, int] = field(default_factory=dict)
    whole: int = 0

    def take(self, url: str, site: Path) -> None:
        """Count a response."""
        self.loaded.setdefault(url, _size(site, url))

    def total(self) -> int:
        """Return the bytes of all responses so far."""
        return sum(self.loaded.values())


def begin_table(headings: Sequence[str]) -> KnowledgeBase | None:
    """Return the base that is searched and print the head of a table; None (told) where the site is not built."""
    kb = read_sources(ROOT / "sources").kb
    if kb is None or not (ROOT / "site" / "pagefind").is_dir():
        print("Hãy dựng trang trước: python3 scripts/dev.py site", file=sys.stderr)
        return None
    print("| " + " | ".join(headings) + " |")
    print("| --- " * len(headings) + "|")
    return kb


def main(arguments: list[str]) -> int:
    """Measure at each number of pages; print one table."""
    kb = begin_table(HEADINGS)
    if kb is None:
        return 1
    for count in [int(argument) for argument in arguments] or [100, 1000]:
        with tempfile.TemporaryDirectory(prefix="kb-search-") as folder:
            _measure_both(kb, count, Path(folder))
    return 0


def _measure_both(kb: KnowledgeBase, count: int, folder: Path) -> None:
    entries = list_all(kb)
    taken = frozenset(f"{entry.kind}/{entry.id}" for entry in entries)
    pages = search_corpus.make_pages(kb.vocabulary, max(0, count - len(entries)), taken)
    ours = folder / "ours" / "kho"
    shutil.copytree(ROOT / "site", ours)
    search_corpus.write_pages(pages, ours)
    search_corpus.write_names(entries, kb.vocabulary, pages, ours)
    write_search_index(ours)
    _print(count, "của kho", [_measure(ours, query, _ours) for query in QUERIES], _measure(ours, COMMON, _ours))
    theirs = _material(pages, folder)
    _print(
        count, "Material", [_measure(theirs, query, _theirs) for query in QUERIES], _measure(theirs, COMMON, _theirs)
    )


def _material(pages: list[search_corpus.Page], folder: Path) -> Path:
    """Build the same pages with Material and its own search; return the site."""
    work, site = folder / "material", folder / "theirs" / "kho"
    shutil.copytree(ROOT / "docs", work / "docs", ignore=shutil.ignore_patterns("chi-muc"))
    for page in pages:
        target = work / "docs" / page.entry.kind / f"{page.entry.id}.md"
        target.write_text(f"# {page.entry.name}\n\n" + "\n\n".join(page.paragraphs) + "\n", encoding="utf-8")
    (work / "mkdocs.yml").write_text(MATERIAL, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(work / "mkdocs.yml"), "-d", str(site)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    subprocess.run(command, check=True, env=environment, capture_output=True)
    return site


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[tuple[Any, str]]:
    """Serve the site; yield a browser and the address."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only this file's work needs it

    handler = functools.partial(_Quiet, directory=str(site.parent))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser, f"http://127.0.0.1:{server.server_address[1]}/kho/"
        browser.close()
    server.shutdown()


@contextmanager
def opened(browser: Any, address: str, site: Path, path: str = "van-ban/") -> Iterator[tuple[Any, Measured]]:
    """Open a page of the site with nothing kept from before; what it loads from then on is counted."""
    context = browser.new_context(base_url=address, bypass_csp=True)  # waiting in pages takes eval
    page = context.new_page()
    measured = Measured()
    page.on("response", lambda response: measured.take(response.url, site))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    measured.loaded.clear()
    yield page, measured
    context.close()


def _size(site: Path, url: str) -> int:
    """Return the bytes of a file as a server would send it, shrunk; what is shrunk already stays."""
    path = site.parent / urlsplit(url).path.lstrip("/")
    data = path.read_bytes() if path.is_file() else b""
    return min(len(data), len(gzip.compress(data, 6)))


def _measure(site: Path, query: str, measure: Any) -> Measured:
    with served(site) as (browser, address), opened(browser, address, site) as (page, measured):
        measure(page, query, measured)
    return measured


def _ours(page: Any, query: str, measured: Measured) -> None:
    """Open the box, type the query at once; then type once more for the time of a suggestion."""
    page.keyboard.press("/")
    page.wait_for_function("document.querySelector('.kb-tim input')?.getAttribute('role') === 'combobox'")
    begun = time.perf_counter()
    page.keyboard.insert_text(query)
    page.wait_for_function("document.querySelector('.kb-tim-ket-qua a')", polling=5)
    measured.first = (time.perf_counter() - begun) * 1000
    measured.size = measured.total()
    page.wait_for_function(
        "/\\d kết quả/.test(document.querySelector('.kb-tim-bao').textContent)", polling=10, timeout=60_000
    )
    measured.full = (time.perf_counter() - begun) * 1000
    page.wait_for_timeout(100)
    measured.whole = measured.total()
    measured.suggestion = page.evaluate(
        """async (text) => {
          const core = await import("../assets/kb/search-core.js");
          const times = [];
          for (let end = 2; end <= text.length; end += 1) {
            const begun = performance.now();
            await core.byName(await core.understand(text.slice(0, end)), true);
            times.push(performance.now() - begun);
          }
          return Math.max(...times);
        }""",
        query,
    )


def _theirs(page: Any, query: str, measured: Measured) -> None:
    """Material loads its index with the page: its bytes and time count from then."""
    begun = time.perf_counter()
    page.keyboard.press("/")
    page.keyboard.insert_text(query)
    try:
        page.wait_for_function("document.querySelector('.md-search-result__item')", polling=5, timeout=60_000)
        measured.first = measured.full = (time.perf_counter() - begun) * 1000
    except Exception:  # noqa: BLE001 - nothing found within a minute is a result too
        measured.first = measured.full = float("inf")
    page.wait_for_timeout(100)
    measured.size = measured.total()
    measured.whole = measured.size
    measured.suggestion = measured.first


def _print(count: int, engine: str, found: list[Measured], common: Measured) -> None:
    def middle(values: list[float]) -> str:
        value = statistics.median(values)
        return "không thấy" if value == float("inf") else f"{value:,.0f}"

    row = [
        f"{count:,}",
        engine,
        middle([m.size / 1000 for m in found]),
        middle([m.whole / 1000 for m in found]),
        middle([m.suggestion for m in found]),
        middle([m.first for m in found]),
        middle([m.full for m in found]),
        f"{middle([common.first])} / {middle([common.full])} ({middle([common.whole / 1000])} KB)",
    ]
    print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
