"""Writing pages: all or nothing, whenever it is killed; equal files left alone, hand-written ones never touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from building import ROOT
from knowledge_base.core.disk import describe_disk
from knowledge_base.core.errors import SourceError
from knowledge_base.publish.writer import WriteReport, is_half_written, write_pages, writing

OWNED = ("index.md", "van-ban", "co-quan")
PAGES = {"index.md": b"trang\n", "van-ban/a.md": b"a\n", "van-ban/b/c.md": b"c\n", "co-quan/x.md": b"x\n"}


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below ``folder`` with its content."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    (folder / "gioi-thieu").mkdir(parents=True)
    (folder / "gioi-thieu/index.md").write_bytes(b"viet tay\n")
    return folder


def test_first_and_second_run(docs: Path) -> None:
    assert write_pages(PAGES, docs, OWNED) == WriteReport(4, 0, 0)
    times = {path: path.stat().st_mtime_ns for path in docs.rglob("*.md")}
    assert write_pages(PAGES, docs, OWNED) == WriteReport(0, 4, 0)
    assert times == {path: path.stat().st_mtime_ns for path in docs.rglob("*.md")}
    assert tree(docs) == {**PAGES, "gioi-thieu/index.md": b"viet tay\n"}
    assert [path.name for path in docs.parent.iterdir()] == ["docs"]


def test_a_new_target(tmp_path: Path) -> None:
    write_pages(PAGES, tmp_path / "new/docs", OWNED)
    assert tree(tmp_path / "new/docs") == PAGES


def test_stale_files_go_and_hand_written_ones_stay(docs: Path) -> None:
    write_pages(PAGES, docs, OWNED)
    (docs / "note.md").write_bytes(b"khac\n")
    report = write_pages({"index.md": b"moi\n", "van-ban/a.md": b"a\n"}, docs, OWNED)
    assert report == WriteReport(1, 1, 2)
    assert tree(docs) == {
        "index.md": b"moi\n",
        "van-ban/a.md": b"a\n",
        "gioi-thieu/index.md": b"viet tay\n",
        "note.md": b"khac\n",
    }
    assert not (docs / "co-quan").exists()
    assert not (docs / "van-ban/b").exists()


def test_file_and_folder_change_places(docs: Path) -> None:
    write_pages({"van-ban/a": b"1"}, docs, OWNED)
    write_pages({"van-ban/a/b": b"2"}, docs, OWNED)
    assert tree(docs / "van-ban") == {"a/b": b"2"}
    write_pages({"van-ban/a": b"3"}, docs, OWNED)
    assert tree(docs / "van-ban") == {"a": b"3"}


def test_a_decomposed_name_is_replaced(docs: Path) -> None:
    (docs / "van-ban").mkdir()
    (docs / "van-ban" / unicodedata.normalize("NFD", "đầu.md")).write_bytes(b"cu")
    write_pages({"van-ban/đầu.md": b"moi"}, docs, OWNED)
    assert tree(docs / "van-ban") == {"đầu.md": b"moi"}


@pytest.mark.parametrize("failing", range(1, 10))
def test_a_failure_half_way_changes_nothing(failing: int, docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pages(PAGES, docs, OWNED)
    before = tree(docs)
    calls = 0
    replace = os.replace

    def fail(source: Any, target: Any) -> None:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise OSError("disk full")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fail)
    new = {"index.md": b"2", "van-ban/a.md": b"2", "van-ban/moi/d.md": b"2", "co-quan/y.md": b"2"}
    with pytest.raises(OSError, match="disk full"):
        write_pages(new, docs, OWNED)
    assert tree(docs) == before
    assert not (docs / "van-ban/moi").exists()
    assert [path.name for path in docs.parent.iterdir()] == ["docs"]


def test_a_failure_while_staging_changes_nothing(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pages(PAGES, docs, OWNED)
    before = tree(docs)

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(KeyboardInterrupt):
        write_pages({"index.md": b"2"}, docs, OWNED)
    assert tree(docs) == before
    assert [path.name for path in docs.parent.iterdir()] == ["docs"]


@pytest.mark.parametrize("link", ["van-ban", "van-ban/b", "van-ban/a.md", "index.md"])
def test_links_are_refused(link: str, docs: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.md").write_bytes(b"ngoai")
    (docs / link).parent.mkdir(exist_ok=True)
    os.symlink(outside / "a.md" if link.endswith(".md") else outside, docs / link)
    with pytest.raises(SourceError, match=f"docs/{link}:1: là liên kết tượng trưng"):
        write_pages(PAGES, docs, OWNED)
    assert tree(outside) == {"a.md": b"ngoai"}
    assert not (docs / "co-quan").exists()


@pytest.mark.parametrize(
    "pages",
    [
        {"../a.md": b""},
        {"/a.md": b""},
        {"van-ban/../../a.md": b""},
        {"van-ban//a.md": b""},
        {"van-ban\\a.md": b""},
        {"gioi-thieu/index.md": b""},
        {"van-bang/a.md": b""},
        {"van-ban/a.md": b"", "van-ban/A.md": b""},
        {"van-ban/a": b"", "van-ban/a/b": b""},
        {unicodedata.normalize("NFD", "van-ban/đầu.md"): b""},
        {"": b""},
    ],
)
def test_foreign_paths_are_refused(pages: dict[str, bytes], docs: Path) -> None:
    before = tree(docs)
    with pytest.raises(ValueError, match=r"not (a path|in a)|at once"):
        write_pages(pages, docs, OWNED)
    assert tree(docs) == before


# ---- Killed at any moment, two at once, what the disk refuses ----

NEW_PAGES = {"index.md": b"2", "van-ban/a.md": b"a\n", "van-ban/moi/d.md": b"2", "co-quan": b"2"}
"""Of each kind: changed, equal, new in a new folder, a file where a folder was; the others go."""
KILLED = """
import os, sys
from pathlib import Path
from knowledge_base.publish import writer
steps = [int(sys.argv[2])]
def counted(function):
    def call(*given, **named):
        steps[0] -= 1
        if steps[0] < 0:
            os.kill(os.getpid(), 9)
        return function(*given, **named)
    return call
for owner, name in ((os, "replace"), (os, "unlink"), (os, "mkdir"), (os, "rmdir"), (Path, "write_bytes")):
    setattr(owner, name, counted(getattr(owner, name)))
writer.write_pages(eval(sys.argv[3]), Path(sys.argv[1]), eval(sys.argv[4]))
"""
"""A process that kills itself before a step of its writing: a move, a file or folder made or taken away."""


def _killed(docs: Path, step: int, pages: dict[str, bytes]) -> bool:
    """Write pages in a process of its own that is killed before a step; tell whether it was."""
    command = [sys.executable, "-c", KILLED, str(docs), str(step), repr(pages), repr(OWNED)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in {0, -9}, done.stderr
    return done.returncode != 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_killed_at_any_step_the_next_run_finds_or_makes_a_whole_state(
    docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_pages(PAGES, docs, OWNED)
    old = tree(docs)
    new = {**{path: data for path, data in old.items() if path not in PAGES}, **NEW_PAGES}
    step, mixed = 0, 0
    while _killed(docs, step, NEW_PAGES):
        left, half = tree(docs), is_half_written(docs)
        left.pop(".thu-ghi", None)  # stands there for a moment, where MkDocs does not see it
        capsys.readouterr()
        with writing(docs, OWNED):  # the next run, whose sources have an error
            pass
        assert left == (new if tree(docs) == new else old) or half, step
        assert tree(docs) in (old, new), step
        told = capsys.readouterr().err.splitlines()
        assert len(told) <= 1 and ("như trước lần ấy" in "".join(told)) == half, (step, told)
        assert [path.name for path in docs.parent.iterdir()] == ["docs"], step
        mixed += half
        write_pages(PAGES, docs, OWNED)
        assert tree(docs) == old, step
        step += 1
    assert step > 15 and mixed > 5


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_killed_while_it_repairs_it_can_be_repaired_again(docs: Path) -> None:
    write_pages(PAGES, docs, OWNED)
    old = tree(docs)
    step = 9
    while _killed(docs, step, NEW_PAGES):
        for later in (1, 3):
            _killed(docs, later, PAGES)
        with writing(docs, OWNED):
            pass
        assert tree(docs) == old or tree(docs).keys() == {*NEW_PAGES, "gioi-thieu/index.md"}, step
        write_pages(PAGES, docs, OWNED)
        step += 3
    assert step > 15


def test_two_at_once_write_one_after_the_other(docs: Path) -> None:
    told: list[str] = []
    with ThreadPoolExecutor(1) as pool:
        with writing(docs, OWNED) as first:
            first.put("index.md", b"1")

            def second() -> WriteReport:
                with writing(docs, OWNED, told.append) as stage:
                    stage.put("index.md", b"2")
                    return stage.finish()

            later = pool.submit(second)
            while not told:
                time.sleep(0.01)
            first.finish()
            assert tree(docs)["index.md"] == b"1"
        assert later.result() == WriteReport(1, 0, 0)
    assert tree(docs)["index.md"] == b"2" and told == ["Đang chờ một lần dựng khác ghi xong docs/…"]


def test_a_stage_of_a_run_that_is_alive_is_left_alone(docs: Path) -> None:
    with writing(docs, OWNED) as stage:
        stage.put("index.md", b"1")
        assert not _takes_the_lock(docs)
        assert stage.finish() == WriteReport(1, 0, 0)
    assert _takes_the_lock(docs)


def _takes_the_lock(docs: Path) -> bool:
    """Tell whether another process could write now."""
    code = "import sys; from pathlib import Path; from knowledge_base.core.alone import alone\n"
    code += "with alone(Path(sys.argv[1]), lambda: sys.exit(3)): pass"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    return subprocess.run([sys.executable, "-c", code, str(docs)], env=environment, check=False).returncode == 0


def test_folders_of_people_beside_docs_stay(docs: Path) -> None:
    (docs.parent / ".docs-cua-toi").mkdir()
    (docs.parent / ".docs-cua-toi/ghi-chep.txt").write_bytes(b"")
    (docs.parent / ".docs-x1y2z3w4/new").mkdir(parents=True)  # of an earlier version
    write_pages(PAGES, docs, OWNED)
    assert sorted(path.name for path in docs.parent.iterdir()) == [".docs-cua-toi", "docs"]


def test_times_of_files_mean_nothing(docs: Path) -> None:
    write_pages(PAGES, docs, OWNED)
    for path in docs.rglob("*"):
        os.utime(path, (4e9, 4e9))  # the clock has been set back
    assert write_pages({**PAGES, "index.md": b"2"}, docs, OWNED) == WriteReport(1, 3, 0)
    assert tree(docs)["index.md"] == b"2"


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """Mount a small disk on a folder; skip where that is not allowed."""
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("ở đây không gắn được ổ đĩa")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_docs_may_be_a_disk_of_its_own_that_gets_full(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    with mounted(docs, "size=256k"):
        write_pages(PAGES, docs, OWNED)
        assert tree(docs) == PAGES
        with pytest.raises(OSError, match="No space left") as error:
            write_pages({**PAGES, "van-ban/lon.md": b"x" * 400_000}, docs, OWNED)
        assert tree(docs) == PAGES and [path.name for path in tmp_path.iterdir()] == ["docs"]
        words = describe_disk(error.value)
        assert words.startswith(f"Ổ đĩa chứa {docs}/van-ban/lon.md đã đầy (nay còn trống 0.") and "Xóa bớt tệp" in words
        subprocess.run(["mount", "-o", "remount,ro", str(docs)], check=True)
        with pytest.raises(OSError, match="Read-only") as error:
            write_pages({**PAGES, "index.md": b"2"}, docs, OWNED)
        assert describe_disk(error.value).startswith(f"Ổ đĩa chứa {docs}/index.md chỉ cho đọc.")
        assert write_pages(PAGES, docs, OWNED) == WriteReport(0, 4, 0)
