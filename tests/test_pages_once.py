"""A site whose pages were known, or made in several processes, is the one that MkDocs makes alone."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from building import ROOT, snapshot

_BUILD = """
import json, logging, sys
from pathlib import Path
from knowledge_base.core import command_line
command_line.KEPT = Path(sys.argv[3])
from dev_tools import pages_once
from mkdocs.commands.build import build
logging.basicConfig(level=logging.WARNING)
from mkdocs.config import load_config
config = load_config(sys.argv[1] + "/mkdocs.yml", docs_dir=sys.argv[2], site_dir=sys.argv[4], strict=True)
forked, begun = [], pages_once.PagesOnce._share_out
pages_once.PagesOnce._share_out = lambda self, new: (forked.append(len(new)), begun(self, new))
known, recall = [], pages_once.PagesOnce._recall
pages_once.PagesOnce._recall = lambda self, page: known.append(recall(self, page)) or known[-1]
if sys.argv[5] == "alone":
    pages_once.PagesOnce.begin = pages_once.PagesOnce.note = lambda *_: None
build(config)
print(json.dumps([sum(known), sum(forked)]))
"""


class _Bench:
    """A copy of the toy's docs/, where its pages are kept, and builds of it."""

    def __init__(self, folder: Path, docs: Path) -> None:
        self.docs = Path(shutil.copytree(docs, folder / "docs"))
        self.kept, self._folder = folder / "kept", folder

    def build(self, how: str = "") -> tuple[dict[str, bytes], int, int]:
        """Return the site, how many pages were known, and how many were made in several processes."""
        done = self.run(how)
        assert done.returncode == 0, done.stdout + done.stderr
        known, forked = json.loads(done.stdout.splitlines()[-1])
        site = {name: data for name, data in snapshot(self._folder / "site").items() if not name.endswith(".gz")}
        return site, known, forked

    def run(self, how: str = "") -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "SOURCE_DATE_EPOCH": "1790000000"}
        environment |= {"SITE_URL": "", "REPO_URL": "", "NO_MKDOCS_2_WARNING": "1", "KB_NO_SEARCH_INDEX": "1"}
        places = [ROOT, self.docs, self.kept, self._folder / "site"]
        command = [sys.executable, "-c", _BUILD, *map(str, places), how]
        return subprocess.run(command, cwd="/", env=environment, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def bench(tmp_path: Path, toy_docs: Path) -> _Bench:
    return _Bench(tmp_path, toy_docs)


def test_pages_of_several_processes_and_known_ones_are_those_of_mkdocs(bench: _Bench) -> None:
    alone, known, forked = bench.build("alone")
    assert (known, forked) == (0, 0)
    pages = sum(name.endswith(".html") for name in alone) - 1  # 404.html is none of docs/
    first, known, forked = bench.build()
    assert first == alone and known == 0
    if sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1:
        assert forked == pages
    again, known, forked = bench.build()
    assert again == alone and (known, forked) == (pages, 0)


def test_random_edits_give_what_mkdocs_gives(bench: _Bench) -> None:
    chance = random.Random(16)
    pages = bench.build()[1:]
    assert pages[0] == 0
    for _ in range(3):
        for path in chance.sample(sorted(bench.docs.rglob("*.md")), 4):
            text = path.read_text(encoding="utf-8")
            path.write_text(f"{text}\n## Thêm {chance.random()}\n\nMột đoạn mới.\n", encoding="utf-8", newline="\n")
        site, known, _ = bench.build()
        assert known > 0 and site == bench.build("alone")[0]


def test_what_is_damaged_is_made_again(bench: _Bench) -> None:
    site = bench.build()[0]
    kept = sorted(path for path in bench.kept.rglob("*") if path.is_file())
    kept[0].write_bytes(b"")
    kept[1].write_bytes(kept[2].read_bytes())
    kept[3].write_bytes(kept[3].read_bytes()[:-1])
    again, known, _ = bench.build()
    assert again == site and known == len(kept) - 3


def test_a_link_that_leads_nowhere_is_told_each_time(bench: _Bench) -> None:
    bench.build()
    page = bench.docs / "chu-de/index.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n[đâu đó](khong-co.md)\n", encoding="utf-8")
    for _ in range(2):
        done = bench.run()
        assert done.returncode != 0 and "khong-co.md" in done.stdout + done.stderr
    page.write_text(f"{text}\n[đâu đó](../index.md#khong-co)\n", encoding="utf-8")
    for _ in range(2):
        done = bench.run()
        assert done.returncode != 0 and "#khong-co" in done.stdout + done.stderr


def test_a_page_that_is_gone_is_told_by_those_that_link_to_it(bench: _Bench) -> None:
    bench.build()
    (bench.docs / "chu-de/ky-luat-ky-cuong.md").unlink()
    done = bench.run()
    assert done.returncode != 0 and "chu-de/ky-luat-ky-cuong.md" in done.stdout + done.stderr
