"""Planted mistakes: each meets one message on its line, and following the message mends it."""

from __future__ import annotations

import re
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from building import build_pages
from faulting import CORPORA, Workbench, copy_of, corpus_of, is_undone, load_cases, plant, told

CASES = load_cases()
TOLD = [case for case in CASES if case["expect"]]
ON_TOY = [case for case in CASES if "corpus" not in case]
ON_REAL = [case for case in CASES if "corpus" in case]
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


@pytest.fixture(scope="module")
def benches(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Workbench]:
    """A place to plant mistakes, for each corpus."""
    return {corpus: Workbench(corpus, tmp_path_factory.mktemp("loi")) for corpus in CORPORA.values()}


def _new(case: dict[str, Any], lines: list[str]) -> list[str]:
    return [line for line in lines if line.split(": ")[0] not in _sound(corpus_of(case))]


def _wanted(case: dict[str, Any]) -> list[str]:
    path = case.get("to") or case["file"]
    return [f"{path}:{line}" if re.match(r"[+-]?\d+:|…:", line) else line for line in case["expect"]]


@pytest.mark.parametrize("case", ON_TOY, ids=_id)
def test_a_mistake_meets_its_message_and_nothing_else(case: dict[str, Any], benches: dict[Path, Workbench]) -> None:
    found = _new(case, benches[corpus_of(case)].plant(case)[1])
    assert all(LINE.fullmatch(line) for line in found)
    assert found == _wanted(case)
    assert len(found) <= 1


def _rounds() -> list[list[dict[str, Any]]]:
    """The mistakes in the real vocabularies, in each round one of a file: to read these anew takes a second or more."""
    of_file: dict[str, list[dict[str, Any]]] = {}
    for case in ON_REAL:
        of_file.setdefault(case["file"], []).append(case)
    return [[case for case in cases if case] for cases in zip_longest(*of_file.values())]


def _relative(line: str, starts: dict[str, int]) -> str:
    """A message on the real sources with its line counted from the mistake: they grow without breaking a case."""
    path, number, words = line.split(":", 2)
    apart = int(number) - starts.get(path, -ENTRY)
    near = abs(apart) <= ENTRY
    return f"{path}:{f'{apart:+d}' if near else '…'}:{re.sub(r'dòng [0-9]+', 'dòng …', words)}"


def _told_of(cases: list[dict[str, Any]], bench: Workbench) -> list[str]:
    """What mistakes planted together bring, with lines counted from each."""
    lines, told_of = bench.plant(*cases)
    found = _new(cases[0], told_of)
    assert all(LINE.fullmatch(line) for line in found)
    starts = {case.get("to") or case["file"]: line for case, line in zip(cases, lines, strict=True)}
    return [_relative(line, starts) for line in found]


@pytest.mark.parametrize("cases", _rounds(), ids=lambda cases: " + ".join(case["name"] for case in cases)[:80])
def test_mistakes_in_vocabularies_meet_each_its_message(
    cases: list[dict[str, Any]], benches: dict[Path, Workbench]
) -> None:
    bench = benches[corpus_of(cases[0])]
    found = _told_of(cases, bench)
    assert set(found) <= {line for case in cases for line in _wanted(case)}
    for case in cases:
        assert len(case["expect"]) <= 1
        if not set(_wanted(case)) <= set(found):  # what must first be mended elsewhere hides it
            assert _told_of([case], bench) == _wanted(case)


@pytest.mark.parametrize("case", [case for case in TOLD if "mended" in case and not is_undone(case)], ids=_id)
def test_following_the_message_mends_it(case: dict[str, Any], benches: dict[Path, Workbench]) -> None:
    assert _new(case, benches[corpus_of(case)].plant(case, text=case["mended"])[1]) == []


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
