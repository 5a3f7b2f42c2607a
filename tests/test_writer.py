"""Writing pages: all or nothing, equal files left alone, hand-written ones never touched."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from knowledge_base.core.errors import SourceError
from knowledge_base.publish.writer import WriteReport, write_pages

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


@pytest.mark.parametrize("failing", [1, 2, 3, 4, 5])
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
