"""What Windows and macOS do otherwise, tried on any machine: names of files, ends of lines, sets of characters.

The whole test command runs there too (``kiem-thu-khac`` in kiem-tra.yml)."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path, PurePosixPath

import pytest

from building import HAND_WRITTEN, ROOT, TOY, build_pages, snapshot

RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
"""Names that are devices on Windows, with any ending."""
FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]|[. ]\Z')
LONGEST = 180
"""Letters of the longest path, as in the edition (``dev_tools/offline.py``): Windows allows 260 for a whole one."""
SETS = ["cp1258", "cp1252", "ascii"]
"""What a console speaks on a Vietnamese or English Windows, and where nothing is set."""


def _faults(paths: list[str]) -> list[str]:
    """Return what cannot be written on Windows, or meets another of the names on Windows or macOS, in words."""
    faults, seen = [], {}
    for path in paths:
        parts = PurePosixPath(path).parts
        faults += [f"{path}: {part}" for part in parts if RESERVED.fullmatch(part) or FORBIDDEN.search(part)]
        faults += [f"{path}: {len(path)}"] if len(path) > LONGEST else []
        for folder in (PurePosixPath(path), *PurePosixPath(path).parents):
            other = seen.setdefault(unicodedata.normalize("NFC", str(folder)).casefold(), str(folder))
            faults += [f"{folder} = {other}"] if other != str(folder) else []
    return faults


@pytest.mark.parametrize(
    "paths",
    [
        ["a/con.md"],
        ["NUL/x"],
        ["com1.tar.gz"],
        ["a:b"],
        ["x./y"],
        ["a/" * 95],
        ["A/x", "a/y"],
        ["Bài.md", unicodedata.normalize("NFD", "Bài.md")],
    ],
)
def test_names_that_other_systems_do_not_take_are_noticed(paths: list[str]) -> None:
    assert _faults(paths) != []
    assert _faults(["a/console.md", "chi-thi-34/index.html", "a/x", "a/y"]) == []


def test_files_of_the_repository_can_be_had_everywhere() -> None:
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        pytest.skip("không ở trong kho git")
    paths = [path for path in done.stdout.split("\0") if path]
    assert len(paths) > 500
    assert _faults(paths) == []


def test_generated_pages_can_be_written_everywhere(real_docs: Path) -> None:
    pages = [path.removesuffix(".md") + "/index.html" for path in snapshot(real_docs) if path.endswith(".md")]
    assert len(pages) > 1000
    assert _faults([*snapshot(real_docs), *(f"site/{page}" for page in pages)]) == []


def test_sources_saved_on_windows_give_the_same_bytes(toy_docs: Path, tmp_path: Path) -> None:
    """Notepad ends lines with CRLF and may put a mark of order (BOM) before the first."""
    sources = tmp_path / "sources"
    for name, data in snapshot(TOY).items():
        (sources / name).parent.mkdir(parents=True, exist_ok=True)
        (sources / name).write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    done = build_pages("--sources", sources, "--docs", tmp_path / "docs")
    assert done.returncode == 0, done.stderr
    expected = {p: d for p, d in snapshot(toy_docs).items() if p.split("/")[0] not in HAND_WRITTEN}
    assert snapshot(tmp_path / "docs") == expected


@pytest.mark.parametrize("characters", SETS)
@pytest.mark.parametrize(
    ("command", "status"),
    [
        (["build_pages.py", "--sources", str(TOY), "--check"], 0),
        (["build_pages.py", "--sources", "khong-co", "--check"], 2),
        (["dev.py", "site", "--la"], 2),
        (["add_source.py", "--help"], 0),
        (["github_tasks.py", "--help"], 0),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else str(value),
)
def test_commands_speak_vietnamese_to_any_console(command: list[str], status: int, characters: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": f"{characters}:strict", "PYTHONUTF8": "0", "LC_ALL": "C"}
    asked = [sys.executable, str(ROOT / "scripts" / command[0]), *command[1:]]
    done = subprocess.run(asked, env=environment, capture_output=True, check=False)
    told = (done.stdout + done.stderr).decode("utf-8")
    assert done.returncode == status and "Traceback" not in told
    assert re.search("[ạảấầẩậắằặẹẻếềểệịọỏốồổộớờởợụủứừửựỳỵỷ]", told)


def test_no_text_is_read_or_written_as_the_machine_likes(tmp_path: Path) -> None:
    """Python warns of each file that is opened in the machine's own set of characters."""
    options = ["-X", "warn_default_encoding", "-W", "always::EncodingWarning"]
    command = [*options, str(ROOT / "scripts/build_pages.py"), "--sources", str(TOY), "--docs", str(tmp_path / "docs")]
    environment = {**os.environ, "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, *command], env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    warned = [line for line in done.stderr.splitlines() if "EncodingWarning" in line]
    assert [line for line in warned if line.startswith(str(ROOT / "scripts"))] == []


def test_lines_that_are_written_end_the_same_everywhere() -> None:
    """On Windows ``write_text`` ends lines with CRLF unless it is told; programs speak as the console does."""
    told = []
    for path in sorted((ROOT / "scripts").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                named = {keyword.arg for keyword in node.keywords}
                name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
                if name == "write_text" and "newline" not in named:
                    told.append(f"{path.name}:{node.lineno}: newline")
                if name in {"write_text", "read_text"} and "encoding" not in named:
                    told.append(f"{path.name}:{node.lineno}: encoding")
                if name in {"run", "Popen"} and "text" in named and "encoding" not in named:
                    told.append(f"{path.name}:{node.lineno}: text")
    assert told == []
