"""A site in parts, put together, is the site that is built whole; only its search asks several indexes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from building import PREFIX, ROOT, snapshot
from dev_tools.parts import MOST, WHOLE, SitePart, read_part
from knowledge_base.publish.site_links import broken_links
from knowledge_base.publish.site_parts import PartsError, join_parts


def _files(folder: Path) -> dict[str, bytes]:
    """All files but the index, and the packed list of addresses, which holds the time of packing."""
    files = snapshot(folder)
    return {name: data for name, data in files.items() if not name.startswith("pagefind/") and name[-3:] != ".gz"}


def test_the_parts_together_are_the_whole_site(toy_parts: Path, toy_site: Path) -> None:
    assert _files(toy_parts / PREFIX) == _files(toy_site)
    assert broken_links(toy_parts / PREFIX) == []


def test_no_page_is_made_twice(toy_parts: Path) -> None:
    pages = [[n for n in _files(toy_parts / "phan" / f"{part}-3") if n.endswith("index.html")] for part in (1, 2, 3)]
    assert sum(map(len, pages)) == len({name for part in pages for name in part})
    assert max(map(len, pages)) < 2 * min(map(len, pages))
    assert all(name.endswith("index.html") for name in _files(toy_parts / "phan" / "2-3"))


def test_every_indexed_page_is_listed_once_in_its_place(toy_parts: Path, toy_site: Path) -> None:
    """The search box knows a page by its place in the list of its folder (``kb-trang.json``)."""
    joined, one = toy_parts / PREFIX / "pagefind", toy_site / "pagefind"
    assert json.loads((joined / "kb-phan.json").read_bytes()) == ["phan-2", "phan-3"]
    assert json.loads((one / "kb-phan.json").read_bytes()) == []
    listed, whole = (json.loads((folder / "kb-trang.json").read_bytes()) for folder in (joined, one))
    assert {folder: len(names.split()) for folder, names in listed.items()} == {
        folder: len(names.split()) for folder, names in whole.items()
    }
    names = " ".join(listed.values()).split()
    assert len(set(names)) == len(names)
    assert {name.partition("_")[0] for name in names} == {"vi", "vi-2", "vi-3"}
    programs = [path.name for path in (toy_parts / PREFIX).rglob("pagefind*.js")]
    assert sorted(programs) == ["pagefind-worker.js", "pagefind.js"]


def test_parts_that_make_no_whole_are_told(toy_parts: Path, tmp_path: Path) -> None:
    parts = tmp_path / "phan"
    with pytest.raises(PartsError, match="không có phần nào"):
        join_parts(parts, tmp_path / "site")
    shutil.copytree(toy_parts / "phan" / "2-3", parts / "2-3")
    with pytest.raises(PartsError, match="thiếu phần 1-3, 3-3"):
        join_parts(parts, tmp_path / "site")
    (parts / "1-4").mkdir()
    with pytest.raises(PartsError, match="lẫn nhiều cách chia"):
        join_parts(parts, tmp_path / "site")
    (parts / "1-4").rmdir()
    for number in (1, 3):
        shutil.copytree(toy_parts / "phan" / "2-3", parts / f"{number}-3")
    with pytest.raises(PartsError, match="có ở hai phần"):
        join_parts(parts, tmp_path / "site")


def test_the_task_joins_or_leaves_the_site_as_it_was(toy_parts: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "mark").touch()
    command = [sys.executable, str(ROOT / "scripts/github_tasks.py"), "join"]
    done = subprocess.run([*command, tmp_path, site], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, "không có phần nào" in done.stderr) == (1, True)
    assert (site / "mark").is_file()
    done = subprocess.run(
        [*command, toy_parts / "phan", site, "--gzip"], capture_output=True, encoding="utf-8", check=True
    )
    packed = {name: data for name, data in snapshot(site).items() if name.endswith("index.html.gz")}
    assert packed and not (site / "mark").exists()


@pytest.mark.parametrize("words", ["0/4", "5/4", "4", "1/", f"1/{MOST + 1}", "một/hai", "1/4/4", "-1/4"])
def test_what_names_no_part_is_refused(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["site", f"--part={words}"]) == 2
    assert "phần phải ghi như 2/4" in capsys.readouterr().err


def test_a_page_is_in_one_part_and_stays_there() -> None:
    assert read_part("") == WHOLE and read_part("2/4") == SitePart(2, 4)
    for uri in (f"van-ban/chi-thi-{number}.md" for number in range(500)):
        assert WHOLE.holds(uri)
        assert sum(SitePart(number, 4).holds(uri) for number in range(1, 5)) == 1
    assert SitePart(4, 4).holds("van-ban/chi-thi-34-ct-tu-da-nang-2023.md")
