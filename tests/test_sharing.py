"""How the workers of a run share it: made once, failed for all, longest first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sharing import LONGEST, make_once, place_in_run

HERE = Path(__file__).parent


def test_what_is_shared_is_made_once_and_whole_when_others_get_it(tmp_path: Path) -> None:
    made: list[Path] = []

    def make(folder: Path) -> None:
        made.append(folder)
        for number in range(300):
            (folder / str(number)).write_text("x", encoding="utf-8")

    def ask(_: int) -> int:
        return len(list(make_once(tmp_path, "kho", make).iterdir()))

    with ThreadPoolExecutor(8) as workers:
        assert list(workers.map(ask, range(8))) == [300] * 8
    assert made == [tmp_path / "chung-kho"]


def test_what_cannot_be_made_fails_for_all(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        raise OSError(folder)

    with pytest.raises(OSError, match="chung-kho"):
        make_once(tmp_path, "kho", fail)
    with pytest.raises(AssertionError, match="worker khác không làm được chung-kho"):
        make_once(tmp_path, "kho", fail)


def test_longest_files_are_there_and_come_first() -> None:
    files = {path.stem.removeprefix("test_"): path for path in HERE.rglob("test_*.py")}
    assert set(LONGEST) <= files.keys()
    assert sorted(files, key=lambda name: place_in_run(files[name]))[: len(LONGEST)] == list(LONGEST)
