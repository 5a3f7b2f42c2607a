"""Planted mistakes: each meets one message on its line, and following the message mends it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from building import build_pages
from faulting import CORPORA, copy_of, corpus_of, is_undone, load_cases, plant, told

CASES = load_cases()
TOLD = [case for case in CASES if case["expect"]]
LINE = re.compile(r"[^:]+:[1-9]\d*: (?:cảnh báo: )?[^:].*\. \S.*\.")
ENTRY = 20
"""Lines: no entry in which a mistake is planted is longer; what is told further away is told of another entry."""
TOGETHER = (
    "tên khóa gõ nhầm",
    "ngày đăng trước ngày văn bản",
    "địa chỉ thiếu https",
    "bằng chứng viết bằng chữ",
    "đính chính có chữ khác dấu",
    "mức viết thường",
    "kiểm tra trước khi ban hành",
    "tình trạng lạ",
    "văn bản đích là số hiệu",
    "hiệu lực trước ngày ban hành",
)


def _id(case: dict[str, Any]) -> str:
    return f"{case['group']}: {case['name']}"


@cache
def _sound(corpus: Path) -> frozenset[str]:
    """The places of the warnings that a corpus has before a mistake is planted."""
    return frozenset(line.split(": ")[0] for line in told(corpus))


def _new(case: dict[str, Any], sources: Path) -> list[str]:
    return [line for line in told(sources) if line.split(": ")[0] not in _sound(corpus_of(case))]


def _relative(line: str, case: dict[str, Any], start: int) -> str:
    """A message on the real sources with its line counted from the mistake: they grow without breaking a case."""
    path, number, words = line.split(":", 2)
    apart = int(number) - start
    near = path == (case.get("to") or case["file"]) and abs(apart) <= ENTRY
    return f"{path}:{f'{apart:+d}' if near else '…'}:{re.sub(r'dòng [0-9]+', 'dòng …', words)}"


def _wanted(case: dict[str, Any]) -> list[str]:
    path = case.get("to") or case["file"]
    return [f"{path}:{line}" if re.match(r"[+-]?\d+:|…:", line) else line for line in case["expect"]]


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_a_mistake_meets_its_message_and_nothing_else(case: dict[str, Any], tmp_path: Path) -> None:
    sources = copy_of(corpus_of(case), tmp_path)
    start = plant(sources, case)
    found = _new(case, sources)
    assert all(LINE.fullmatch(line) for line in found)
    real = case.get("corpus") == "thật"
    assert [_relative(line, case, start) if real else line for line in found] == _wanted(case)
    assert len(found) <= 1


@pytest.mark.parametrize("case", [case for case in TOLD if "mended" in case and not is_undone(case)], ids=_id)
def test_following_the_message_mends_it(case: dict[str, Any], tmp_path: Path) -> None:
    sources = copy_of(corpus_of(case), tmp_path)
    plant(sources, case, case["mended"])
    assert _new(case, sources) == []


@pytest.mark.parametrize(
    ("file", "hint"),
    [
        ("song-may/khong-ro-ngay-hoi-nghi-quan-triet.md", "Ghi rõ ngày của văn bản"),
        ("bien-bac/2022-06-20-hai-dang-uy-khoi.md", "Ghi rõ cơ quan ban hành và ngày của văn bản"),
        ("trung-uong/2022-05-10-ba-noi-mot-so.md", "Ghi rõ cơ quan ban hành và ngày của văn bản"),
    ],
)
def test_hint_names_what_tells_documents_of_one_number_apart(file: str, hint: str) -> None:
    (problem,) = [line for line in told(CORPORA["thử"]) if line.startswith(f"articles/{file}:")]
    assert f". {hint} trong bài, hoặc " in problem


def test_all_mistakes_are_told_in_one_run(tmp_path: Path) -> None:
    """Sorted by file and line, with a count; mistakes do not hide one another, but for those of syntax."""
    chosen = [next(case for case in CASES if case["name"] == name and "corpus" not in case) for name in TOGETHER]
    sources = copy_of(CORPORA["thử"], tmp_path)
    for case in chosen:
        plant(sources, case)
    done = build_pages("--sources", sources, "--check")
    *lines, count = done.stderr.splitlines()
    found = [line.removeprefix("sources/") for line in lines]
    wanted = {line for case in chosen for line in _wanted(case)}
    assert len(wanted) == len(TOGETHER)
    assert [line for line in found if line.split(": ")[0] not in _sound(CORPORA["thử"])] == sorted(
        wanted, key=lambda line: (line.rsplit(":")[0], int(line.split(":")[1]))
    )
    errors = sum(": cảnh báo: " not in line for line in lines)
    assert count == f"{errors} lỗi, {len(lines) - errors} cảnh báo."
    assert done.returncode == 1
