"""Files of others are read in a process of its own: one that fills the memory or never ends is told, and harms none."""

from __future__ import annotations

import mmap
import os
from pathlib import Path

import pytest

from building import run_here
from knowledge_base.core import processes
from knowledge_base.core.processes import TooMuchError, run_apart
from knowledge_base.drafts import command

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="hệ này không đặt được hạn mức cho một tiến trình")


def _fill() -> int:
    return len(b"x" * 8_000_000_000)


def _never_end() -> int:
    number = 0
    while True:
        number += 1


def test_what_is_within_the_limits_gives_its_answer() -> None:
    assert run_apart(os.getpid) != os.getpid()


def test_what_this_process_has_already_does_not_count() -> None:
    with mmap.mmap(-1, processes._MEMORY, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS):
        assert run_apart(lambda: len(bytearray(50_000_000))) == 50_000_000


def test_an_error_of_the_work_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        run_apart(lambda: 1 // 0)


def test_too_much_memory_or_time_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooMuchError):
        run_apart(_fill)
    monkeypatch.setattr(processes, "_SECONDS", 1)
    with pytest.raises(TooMuchError):
        run_apart(_never_end)


def test_a_file_beyond_the_limits_is_told_and_the_next_is_read(
    toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = command.read_article

    def read_or_fill(path: Path, *more: object) -> object:
        return _fill() if path.name == "nang.txt" else read(path, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(command, "read_article", read_or_fill)
    for name in ("nang.txt", "tot.txt"):
        (tmp_path / name).write_text("Tỉnh ủy Sông Mây yêu cầu cán bộ giữ kỷ luật, kỷ cương.\n", encoding="utf-8")
    done = run_here(command.main, "--sources", toy, tmp_path / "nang.txt", tmp_path / "tot.txt")
    assert done.returncode == 1
    assert "nang.txt:1: đọc tệp này tốn quá nhiều bộ nhớ hay thời gian, máy đã dừng. " in done.stderr
    assert "Đã tạo bản nháp từ" in done.stdout and "tot.txt" in done.stdout
