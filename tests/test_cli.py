"""The command line of ``build_pages.py``: its words, its exit statuses, what it writes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from building import ROOT, TOY, build_pages, snapshot

OPTIONS = ("--sources", "--docs", "--check", "--strict", "--explain", "--json", "--help")
ENGLISH = re.compile(
    r"\b(?:usage|options?|arguments?|unrecognized|expected|required|invalid|error|positional|at least)\b", re.IGNORECASE
)


def test_help_names_every_option_in_vietnamese() -> None:
    done = build_pages("--help")
    assert done.returncode == 0
    assert all(option in done.stdout for option in OPTIONS)
    assert ENGLISH.findall(done.stdout) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["--khong-co"],
        ["thừa"],
        ["--json"],
        ["--explain"],
        ["--sources"],
        ["--sources", "/khong/co/thu-muc"],
        ["--check", "--sources", __file__],
    ],
    ids=" ".join,
)
def test_wrong_usage_gives_two_and_a_vietnamese_word(arguments: list[str]) -> None:
    done = build_pages(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "--help" in done.stderr
    words = re.sub(r"/\S+|build_pages.py|--[\w-]+", "", done.stderr)
    assert ENGLISH.findall(words) == []


def test_options_cannot_be_shortened() -> None:
    """``--s`` today may mean another option tomorrow."""
    assert build_pages("--sou", TOY, "--check").returncode == 2


@pytest.mark.parametrize("docs", [True, False], ids=["docs đã có", "docs chưa có"])
def test_check_writes_nothing(toy: Path, tmp_path: Path, docs: bool) -> None:
    folder = tmp_path / "docs"
    if docs:
        build_pages("--sources", toy, "--docs", folder)
        (toy / "articles/bien-bac/2018-06-15-don-song.md").unlink()
    before = snapshot(tmp_path)
    done = build_pages("--sources", toy, "--docs", folder, "--check")
    assert done.returncode == 0
    assert "không ghi gì" in done.stdout
    assert snapshot(tmp_path) == before
    assert folder.exists() == docs


def test_check_of_bad_sources_gives_one(toy: Path) -> None:
    (toy / "articles/song-may/2023-01-01-a.md").write_text("không có phần khai báo\n", encoding="utf-8")
    done = build_pages("--sources", toy, "--check")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "2023-01-01-a.md:1: thiếu phần khai báo ở đầu tệp." in done.stderr


OPEN = {
    "song-may/khong-ro-ngay-hoi-nghi-quan-triet": 1,
    "trung-uong/2022-05-10-ba-noi-mot-so": 1,
    "bien-bac/2022-06-20-hai-dang-uy-khoi": 1,
    "doi-gio/2022-09-09-chua-ro-huyen-nao": 2,
}
"""The articles of the toy corpus in which a citation stays open, with how many."""


@pytest.mark.parametrize("check", [[], ["--check"]], ids=["ghi", "kiểm tra"])
def test_strict_counts_warnings(toy: Path, tmp_path: Path, check: list[str]) -> None:
    docs = tmp_path / "docs"
    assert build_pages("--sources", toy, "--docs", docs, "--strict", *check).returncode == 1
    assert not docs.exists()
    loose = build_pages("--sources", toy, "--docs", docs, *check)
    assert loose.returncode == 0
    assert loose.stderr.count(": cảnh báo: ") == sum(OPEN.values())
    for name, count in OPEN.items():
        assert loose.stderr.count(f"{name}.md:") == count
        (toy / f"articles/{name}.md").unlink()
    strict = build_pages("--sources", toy, "--docs", docs, "--strict", *check)
    assert (strict.returncode, strict.stderr) == (0, "")


def test_repository_sources_are_sound() -> None:
    done = build_pages("--check")
    assert done.returncode == 0, done.stderr
    assert not re.search(r"(?m)^(?!.*cảnh báo).*\.(?:md|yml):\d+:", done.stderr)


def test_script_is_thin() -> None:
    lines = (ROOT / "scripts/build_pages.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) < 20


@pytest.mark.parametrize("script", ["build_pages.py", "add_source.py"])
def test_a_python_without_the_packages_is_told(script: str) -> None:
    """-S leaves out the packages, as a Python does that is not the one of .venv."""
    command = [sys.executable, "-S", str(ROOT / "scripts" / script), "--help"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env={"PYTHONUTF8": "1"})
    assert done.returncode == 1
    assert "thiếu gói “" in done.stderr and ".venv" in done.stderr and "dev.py site" in done.stderr
    assert "Traceback" not in done.stderr
