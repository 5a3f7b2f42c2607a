"""What a change of the sources does, as ``build_pages.py --diff`` tells it. Cases: tests/cases/changes/changes.yml."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from building import ROOT, TOY, build_pages, snapshot
from knowledge_base.build import BuildCache
from knowledge_base.review.change_report import render_changes
from knowledge_base.review.comparison import compare
from knowledge_base.review.sides import read_revision, read_side

CASES = yaml.safe_load((ROOT / "tests/cases/changes/changes.yml").read_text(encoding="utf-8"))
KEYS = {"name", "first", "write", "replace", "delete", "verdict", "expect", "never"}
MOST_LINES = 160


def _git(folder: Path, *arguments: str) -> str:
    author = {f"GIT_{who}_{what}": "thu@vi-du.invalid" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **author, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout.strip()


def _commit(folder: Path) -> None:
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--allow-empty", "--message", "Ghi")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """The toy corpus in a repository of its own, in a folder below its root, committed."""
    folder = Path(shutil.copytree(TOY, tmp_path / "kho" / "toy" / "sources"))
    _git(tmp_path / "kho", "init", "--quiet")
    _commit(tmp_path / "kho")
    return folder


def _change(sources: Path, case: dict[str, Any]) -> None:
    for name, text in case.get("write", {}).items():
        (sources / name).write_text(text, encoding="utf-8")
    for edit in case.get("replace", []):
        path = sources / edit["path"]
        text = path.read_text(encoding="utf-8")
        assert edit["find"] in text
        path.write_text(text.replace(edit["find"], edit["put"], 1), encoding="utf-8")
    for name in case.get("delete", []):
        (sources / name).unlink()


def _report(sources: Path) -> str:
    cache = BuildCache()
    return render_changes(compare(read_revision(sources, "HEAD", cache), read_side(sources, cache=cache)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_change_is_told(sources: Path, case: dict[str, Any]) -> None:
    assert case.keys() <= KEYS
    if "first" in case:
        _change(sources, case["first"])
        _commit(sources)
    _change(sources, case)
    told = _report(sources)
    first = told.split("\n", maxsplit=1)[0]
    assert first == case.get("verdict", first)
    assert [part for part in case.get("expect", []) if part not in told] == [], told
    assert [part for part in case.get("never", []) if part in told] == [], told
    assert not re.search(r"\n{3,}|[ \t]\n", told)


def test_command_line_tells_and_writes_nothing(sources: Path) -> None:
    _change(sources, CASES[1])
    before = snapshot(sources)
    done = build_pages("--sources", sources, "--diff", "HEAD", "--docs", sources.parent / "docs")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(CASES[1]["expect"][0])
    assert done.stdout == build_pages("--sources", sources, "--diff", "HEAD", PYTHONHASHSEED="34").stdout
    assert snapshot(sources) == before
    assert not (sources.parent / "docs").exists()


def test_faulty_sources_are_told_as_ever(sources: Path) -> None:
    (sources / "articles/song-may/2023-01-01-a.md").write_text("không có phần khai báo\n", encoding="utf-8")
    done = build_pages("--sources", sources, "--diff", "HEAD")
    assert (done.returncode, done.stdout) == (1, "")
    assert "sources/articles/song-may/2023-01-01-a.md:1: thiếu phần khai báo" in done.stderr


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("khong-co", "kho git không có bản “khong-co”"),
        ("--all", "kho git không có bản “--all”"),
        ("HEAD:toy", "kho git không có bản"),
        ("", "kho git không có bản"),
    ],
)
def test_unknown_revision_is_told(sources: Path, revision: str, said: str) -> None:
    done = build_pages("--sources", sources, f"--diff={revision}")
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_folder_outside_git_is_told(toy: Path) -> None:
    done = build_pages("--sources", toy, "--diff", "HEAD", GIT_CEILING_DIRECTORIES=str(toy.parent.parent))
    assert done.returncode == 2
    assert "không nằm trong kho git" in done.stderr


def test_missing_git_is_told(sources: Path, tmp_path: Path) -> None:
    done = build_pages("--sources", sources, "--diff", "HEAD", PATH=str(tmp_path))
    assert done.returncode == 2
    assert "không có git trên máy này" in done.stderr


def test_sources_that_were_not_there_are_all_new(sources: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(sources, tmp_path / "kho" / "khac" / "sources"))
    told = _report(other)
    count = len(list((other / "articles").rglob("*.md")))
    assert told.startswith(f"Thêm {count} bài, ")
    assert "Ở bản ấy chưa có thư mục nguồn này: mọi thứ đều là mới." in told
    assert "⚠" not in told


def test_uncommitted_and_untracked_files_count(sources: Path) -> None:
    _change(sources, CASES[1])
    untracked = _report(sources)
    _git(sources, "add", "--all")
    assert _report(sources) == untracked
    _commit(sources)
    assert _report(sources).startswith("Không có gì đổi.")


def test_change_of_many_pages_stays_short(tmp_path: Path) -> None:
    from source_corpus import write_corpus  # noqa: PLC0415 - made by a script of benchmarks/

    sources = write_corpus(tmp_path, 80)
    _git(tmp_path, "init", "--quiet")
    _commit(tmp_path)
    themes = sources / "vocabularies" / "themes.yml"
    text = themes.read_text(encoding="utf-8")
    changed_text = re.sub(r"(?m)^  include:\n", "  include:\n    - thu gom rác thải\n", text, count=3)
    themes.write_text(changed_text, encoding="utf-8")
    told = _report(sources)
    changed = re.search(r"(\d+) trang đổi", told)
    assert changed and int(changed[1]) > 150
    assert len(told.splitlines()) < MOST_LINES
    assert re.search(r"… và \d+ trang nữa", told)
