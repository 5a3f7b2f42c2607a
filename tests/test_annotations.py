"""Problems as workflow commands of GitHub: on the right line, whatever a value holds, and no other command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import ROOT, TOY, build_pages
from knowledge_base.core.command_line import MOST, folder_of, harmless, on_github, render_annotations
from knowledge_base.core.errors import Problem, Severity

COMMAND = re.compile(r"::(error|warning) file=([^,:\n]+),line=(\d+),title=([^,:\n]+)::([^\n]*)")
HOSTILE = [
    "a::error file=x::b",
    "##[add-mask]mật khẩu",
    "::stop-commands::abc",
    "100%, 50%25",
    "hai\r\ndòng",
    "a,line=1,title=b",
    "%0A::warning::c",
]


def _decoded(text: str) -> str:
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text


def _problem(path: str = "sources/a.md", message: str = "sai", severity: Severity = Severity.ERROR) -> Problem:
    return Problem(path, 7, message, "Sửa", severity)


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_names_and_values_stay_in_their_place(value: str) -> None:
    (line,) = render_annotations([_problem(f"sources/{value}.md", f"không có mã “{value}”")])
    match = COMMAND.fullmatch(line)
    assert match, line
    assert match[1] == "error"
    assert _decoded(match[2]) == f"sources/{value.replace('##[', '## [')}.md"
    assert match[3] == "7"
    assert _decoded(match[5]) == f"không có mã “{value.replace('##[', '## [')}”. Sửa."
    assert "##[" not in line


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_makes_one_command(path: str, message: str) -> None:
    lines = list(render_annotations([_problem(path or "x", message)]))
    assert len(lines) == 1
    assert re.match(r"::error file=[^,:\r\n]*,line=7,title=[^,:\r\n]+::[^\r\n]*\Z", lines[0])


@given(st.text(max_size=80))
def test_plain_lines_are_no_commands(text: str) -> None:
    line = harmless(text)
    assert not line.startswith("::")
    assert "##[" not in line


def test_errors_come_first_and_are_few() -> None:
    told = [_problem(severity=Severity.WARNING), *[_problem(message=f"lỗi {n}") for n in range(30)]]
    kinds = [line.split(" ")[0] for line in render_annotations(told)]
    assert kinds == ["::error"] * MOST + ["::warning"]


def test_paths_begin_at_the_repository() -> None:
    assert folder_of(ROOT / "sources", ROOT) == ""
    assert folder_of(TOY, ROOT) == "tests/toy/"
    assert folder_of(Path("/khac/sources"), ROOT) is None
    (line,) = render_annotations([_problem()], "tests/toy/")
    assert "file=tests/toy/sources/a.md," in line


def test_only_on_github() -> None:
    assert on_github({"GITHUB_ACTIONS": "true"})
    assert not on_github({"GITHUB_ACTIONS": "false"})
    assert not on_github({})


def test_a_check_on_github_says_the_same_twice() -> None:
    plain = build_pages("--sources", TOY, "--check", GITHUB_ACTIONS="")
    done = build_pages("--sources", TOY, "--check", GITHUB_ACTIONS="true")
    lines = done.stderr.splitlines()
    commands = [match for line in lines if (match := COMMAND.fullmatch(line))]
    assert [line for line in lines if not line.startswith("::")] == plain.stderr.splitlines()
    assert len(commands) == len(plain.stderr.splitlines()) - 1 > 0
    for match, line in zip(commands, plain.stderr.splitlines(), strict=False):
        assert (match[1], line.split(":")[1]) == ("warning", match[3])
        assert match[2] == f"tests/toy/{line.split(':')[0]}"
        assert (ROOT / match[2]).is_file()
        assert line.endswith(_decoded(match[5]))
    assert lines[-1] == f"0 lỗi, {len(commands)} cảnh báo."


def test_many_problems_are_counted_in_the_last_line(toy: Path) -> None:
    for number in range(12):
        (toy / f"articles/song-may/2023-01-{number + 1:02}-a.md").write_text("không có gì\n", encoding="utf-8")
    done = build_pages("--sources", toy, "--check", GITHUB_ACTIONS="true")
    lines = done.stderr.splitlines()
    told = [line for line in lines if line.startswith("sources/")]
    assert lines[-1].startswith(f"12 lỗi, {len(told) - 12} cảnh báo. GitHub chỉ gắn 10 lỗi")
    assert not [line for line in lines if line.startswith("::")]  # this corpus lies outside the repository
