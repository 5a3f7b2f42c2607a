"""Every line of the toy sources, changed in every way a hand slips: told on its line, or harmless; never a crash."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from building import TOY
from faulting import copy_of, told
from knowledge_base.build import BuildCache, read_sources, render_all
from knowledge_base.core.errors import Problem, Severity

_HEAD = 12
_STRIDE = 13
"""One mutation in so many is tried, a different one on each line: a prime, so that every slip of the pen comes up."""
_FROM_THE_FILE = ("tên tệp", "bài đặt trong", "văn bản đặt trong", "thiếu khóa", "thiếu dòng", "phần khai báo")
Mutation = tuple[str, int, str, tuple[str, ...]]


def _swapped(lines: tuple[str, ...], at: int) -> tuple[str, ...]:
    return (*lines[:at], *lines[at + 1 : at + 2], lines[at], *lines[at + 2 :])


def _texts(line: str) -> Iterator[tuple[str, str]]:
    """Yield what a line becomes by one slip of the pen."""
    yield "thụt 1", f" {line}"
    yield "thụt 2", f"  {line}"
    yield "bớt 2", line.removeprefix("  ")
    yield "Tab", "\t" + line.lstrip()
    yield "bỏ hai chấm", line.replace(":", "", 1)
    yield "bỏ dấu cách", line.replace(": ", ":", 1)
    yield "hai chấm toàn khổ", line.replace(": ", "：", 1)
    yield "sai khóa", re.sub(r"\w(?=:)", "x", line, count=1)
    yield "bỏ giá trị", re.sub(r":.*", ":", line, count=1)
    yield "bỏ gạch", line.replace("- ", "  ", 1)
    yield "gạch của Word", line.replace("- ", "– ", 1)
    yield "ngày 39", re.sub(r"(\d{4}-\d\d-)\d\d", r"\g<1>39", line, count=1)
    yield "ngày viết xuôi", re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\3/\2/\1", line, count=1)
    yield "sai mã", re.sub(r"([a-z]+(?:-[a-z]+)+)[a-z]", r"\1q", line, count=1)
    for mark in "\"'[]{}":
        yield f"bỏ {mark}", line.replace(mark, "", 1)
        yield f"bỏ {mark} cuối", line[::-1].replace(mark, "", 1)[::-1]


def _mutations() -> Iterator[Mutation]:
    for path in sorted(p for p in TOY.rglob("*") if p.is_file()):
        lines = tuple(path.read_text(encoding="utf-8").split("\n"))
        name = path.relative_to(TOY).as_posix()
        last = _HEAD if path.suffix == ".md" else len(lines)
        for at, line in enumerate(lines[:last]):
            if line.strip():
                yield name, at + 1, "xóa dòng", (*lines[:at], *lines[at + 1 :])
                yield name, at + 1, "lặp dòng", (*lines[: at + 1], *lines[at:])
                yield name, at + 1, "đổi chỗ", _swapped(lines, at)
                yield from (
                    (name, at + 1, how, (*lines[:at], text, *lines[at + 1 :]))
                    for how, text in _texts(line)
                    if text != line
                )


CHOSEN = [mutation for number, mutation in enumerate(_mutations()) if number % _STRIDE == 0]
_BEFORE = {line.split(": ", 1)[1] for line in told(TOY)}


def _is_new(problem: Problem) -> bool:
    return str(problem).split(": ", 1)[1] not in _BEFORE and "34-CT/TU»" not in problem.message


def _points_to(problem: Problem, name: str, line: int) -> bool:
    """Tell whether a problem stands on the changed line or next to it, names it, or is of the whole entry."""
    if f"dòng {line}" in problem.message + problem.remedy:
        return True
    if problem.path != f"sources/{name}":
        return False
    return abs(problem.line - line) <= 1 or (problem.line < line and problem.message.startswith(_FROM_THE_FILE))


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Mutation, list[Problem], bool]]:
    """All mutations with the problems they bring, and whether the site can be made."""
    sources = copy_of(TOY, tmp_path_factory.mktemp("mutations"))
    found, cache = [], BuildCache()
    for mutation in CHOSEN:
        file = sources / mutation[0]
        before = file.read_bytes()
        file.write_text("\n".join(mutation[3]), encoding="utf-8")
        reading = read_sources(sources, cache)
        problems = [problem for problem in reading.problems if _is_new(problem)]
        _check_lines(problems, sources)
        errors = any(problem.severity is Severity.ERROR for problem in reading.problems)
        usable = not errors and reading.kb is not None
        built = usable and (bool(problems) or bool(render_all(reading.kb, reading.moves)))  # told is enough
        found.append((mutation, problems, built))
        file.write_bytes(before)
    return found


def _check_lines(problems: list[Problem], sources: Path) -> None:
    for problem in problems:
        path = sources.parent / problem.path
        assert path.is_file(), problem
        assert 1 <= problem.line <= path.read_text(encoding="utf-8").count("\n") + 1, problem


def test_a_mutation_is_told_or_harmless(outcomes: list[tuple[Mutation, list[Problem], bool]]) -> None:
    silent = [mutation[:3] for mutation, problems, built in outcomes if not problems and not built]
    assert silent == []


def test_what_is_told_points_to_the_changed_line(outcomes: list[tuple[Mutation, list[Problem], bool]]) -> None:
    told_of = [(mutation, problems) for mutation, problems, _ in outcomes if problems]
    astray = [
        (*mutation[:3], str(problem))
        for mutation, problems in told_of
        for problem in problems
        if not _points_to(problem, mutation[0], mutation[1])
    ]
    assert len({row[:3] for row in astray}) <= len(told_of) * 0.03, astray


def test_one_slip_is_one_message(outcomes: list[tuple[Mutation, list[Problem], bool]]) -> None:
    told_of = [(mutation, problems) for mutation, problems, _ in outcomes if problems and mutation[2] != "đổi chỗ"]
    several = [(*mutation[:3], [str(p) for p in problems]) for mutation, problems in told_of if len(problems) > 1]
    assert len(several) <= len(told_of) * 0.05, several
