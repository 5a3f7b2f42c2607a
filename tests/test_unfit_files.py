"""What must not be opened, or is too large to be read, among the sources: told by path and line, never read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge_base.build import read_sources
from knowledge_base.core.errors import Severity

HEAD = "---\ntitle: Bài\noutlet: bao-song-may\npublished: 2023-01-09\nprovince: song-may\n---\n"
ARTICLE = "articles/song-may/2023-01-09-bai.md"
PLACES = (ARTICLE, "documents/khac.yml", "vocabularies/themes.yml", "errata.yml", "addresses.yml")


def _errors(sources: Path) -> list[str]:
    problems = read_sources(sources).problems
    return [str(problem).removeprefix("sources/") for problem in problems if problem.severity is Severity.ERROR]


@pytest.mark.parametrize("place", PLACES)
def test_a_pipe_is_told_and_not_opened(toy: Path, place: str) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("hệ này không có ống dẫn")
    (toy / place).unlink(missing_ok=True)
    os.mkfifo(toy / place)
    assert any(error.startswith(f"{place}:1: không phải tệp thường") for error in _errors(toy))


@pytest.mark.parametrize("place", PLACES)
def test_a_link_is_told_and_not_followed(toy: Path, tmp_path: Path, place: str) -> None:
    secret = tmp_path / "ngoai-kho.txt"
    secret.write_text("- id: lo-ra\n", encoding="utf-8")
    (toy / place).unlink(missing_ok=True)
    (toy / place).symlink_to(secret)
    errors = _errors(toy)
    assert any(error.startswith(f"{place}:1: là liên kết tượng trưng") for error in errors)
    assert not any("lo-ra" in error for error in errors)


@pytest.mark.parametrize("folder", ["articles", "documents", "vocabularies"])
def test_a_linked_folder_is_told_and_not_looked_into(toy: Path, tmp_path: Path, folder: str) -> None:
    (tmp_path / "ngoai" / "ten-rieng").mkdir(parents=True)
    (toy / folder).rename(tmp_path / "cu")
    (toy / folder).symlink_to(tmp_path / "ngoai")
    errors = _errors(toy)
    assert any(error.startswith(f"{folder}:1: là liên kết tượng trưng") for error in errors)
    assert not any("ten-rieng" in error for error in errors)


def _article(body: str) -> Callable[[Path], None]:
    return lambda sources: (sources / ARTICLE).write_text(HEAD + body, encoding="utf-8") and None


def _longer(place: str, line: str, count: int) -> Callable[[Path], None]:
    def lengthen(sources: Path) -> None:
        with (sources / place).open("a", encoding="utf-8") as file:
            file.write(line * count)

    return lengthen


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_article("Một câu.\n\n" * 110_000), f"{ARTICLE}:1: tệp lớn hơn 1 MB"),
        (_article("Một câu " * 9000), f"{ARTICLE}:7: dòng dài hơn 64 KB"),
        (_article("- a\n" * 10_001), f"{ARTICLE}:10007: bài có 10001 đoạn, quá 10000"),
        (_longer("vocabularies/themes.yml", "# lời ghi chú\n", 400_000), "vocabularies/themes.yml:1: tệp lớn hơn 5 MB"),
        (_longer("documents/song-may.yml", "# lời ghi chú\n", 400_000), "documents/song-may.yml:1: tệp lớn hơn 5 MB"),
    ],
)
def test_what_is_too_large_is_refused(toy: Path, change: Callable[[Path], None], told: str) -> None:
    change(toy)
    assert any(error.startswith(told) for error in _errors(toy))


def test_a_long_digest_is_asked_about_and_read(toy: Path) -> None:
    _article("".join(f"Cán bộ thứ {i} giữ kỷ luật ở nơi làm việc.\n\n" for i in range(1200)))(toy)
    reading = read_sources(toy)
    assert any(str(problem).startswith(f"sources/{ARTICLE}:1: cảnh báo: bài dài") for problem in reading.problems)
    assert reading.kb is not None and "2023-01-09-bai" in reading.kb.articles


def test_a_folder_named_like_an_article_and_an_empty_name_are_told(toy: Path) -> None:
    (toy / "articles/song-may/2023-01-10-x.md").mkdir()
    (toy / "articles/song-may/.md").write_text(HEAD + "Nội dung.\n", encoding="utf-8")
    told = "\n".join(_errors(toy))
    assert "articles/song-may/2023-01-10-x.md:1: thư mục mang tên như một bài" in told
    assert "articles/song-may/.md:1: tên tệp chỉ có đuôi .md" in told


def test_a_base_without_articles_says_so(toy: Path) -> None:
    for path in (toy / "articles").rglob("*.md"):
        path.unlink()
    assert "articles:1: kho chưa có bài nào" in "\n".join(_errors(toy))


@pytest.mark.parametrize("name", ["a:b?", "a\nb", "a\u200bb", "a\u202eb", "a\ue001b", "a ", "a|b"])
def test_a_name_that_not_every_system_or_reader_takes_is_an_error(toy: Path, name: str) -> None:
    if os.name == "nt":
        pytest.skip("Windows không cho tạo tệp mang tên ấy")
    (toy / f"articles/song-may/2023-01-09-{name}.md").write_text(HEAD + "Nội dung.\n", encoding="utf-8")
    (told,) = _errors(toy)
    assert ".md:1: tên tệp có ký tự mà Windows không cho dùng" in told
    assert told.isprintable()
