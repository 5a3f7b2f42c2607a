"""A build with the cache of earlier ones gives what a build without it gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import knowledge_base.build as building
from building import snapshot
from knowledge_base.build import BuildCache, build
from knowledge_base.core.errors import SourceError
from knowledge_base.mentions.finders import Finders

ARTICLE = "articles/song-may/2023-09-07-siet-ky-cuong.md"


def _change(sources: Path, name: str, old: str, new: str) -> None:
    path = sources / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _rename(sources: Path) -> None:
    (sources / ARTICLE).rename(sources / "articles/song-may/2023-09-07-ten-khac.md")


CHANGES: dict[str, Callable[[Path], object]] = {
    "không gì cả": lambda _: None,
    "lời của bài": lambda s: _change(s, ARTICLE, "siết chặt", "Tỉnh ủy Đồi Gió siết chặt"),
    "khai báo của bài": lambda s: _change(s, ARTICLE, "author: Lê", "author: Trần"),
    "bài đổi tên": _rename,
    "bài bị bỏ": lambda s: (s / ARTICLE).unlink(),
    "danh mục": lambda s: _change(s, "vocabularies/themes.yml", "name: ", "name: Mới "),
    "văn bản": lambda s: _change(s, "documents/song-may.yml", "2017", "2016"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_same_pages_with_a_cache(toy: Path, tmp_path: Path, change: Callable[[Path], object]) -> None:
    cache = BuildCache()
    build(toy, tmp_path / "nho", cache=cache)
    change(toy)
    expected = _result(toy, tmp_path / "moi", None)
    assert _result(toy, tmp_path / "nho", cache) == expected
    assert _result(toy, tmp_path / "nho", cache) == expected


def _result(sources: Path, docs: Path, cache: BuildCache | None) -> object:
    try:
        report = build(sources, docs, cache=cache)
    except SourceError as error:
        return error.problems
    return snapshot(docs), report.warnings


def test_faults_are_told_again_and_forgotten_when_mended(toy: Path, tmp_path: Path) -> None:
    cache = BuildCache()
    build(toy, tmp_path / "docs", cache=cache)
    for name in ("vocabularies/themes.yml", ARTICLE):
        text = (toy / name).read_text(encoding="utf-8")
        (toy / name).write_text(text.replace("e: ", "e ", 1), encoding="utf-8")
        for _ in range(2):
            with pytest.raises(SourceError):
                build(toy, tmp_path / "docs", cache=cache)
        (toy / name).write_text(text, encoding="utf-8")
        assert build(toy, tmp_path / "docs", cache=cache).written


def test_what_has_not_changed_is_not_read_again(toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    find = Finders.find
    monkeypatch.setattr(Finders, "find", lambda finders, article: searched.append(article.id) or find(finders, article))
    cache = BuildCache()
    build(toy, None, cache=cache)
    everything = len(searched)
    assert everything == len(set(searched)) > 3
    _change(toy, ARTICLE, "siết chặt", "thắt chặt")
    build(toy, None, cache=cache)
    assert searched[everything:] == [Path(ARTICLE).stem]
    _change(toy, "vocabularies/themes.yml", "name: ", "name: Mới ")
    build(toy, None, cache=cache)
    assert len(searched) == 2 * everything + 1


@pytest.mark.parametrize("times", [1, 99])
def test_sources_that_change_while_they_are_read_are_read_again(
    toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    read, calls = building.read_sources, list[Path]()

    def read_and_change(sources: Path, cache: BuildCache) -> building.Reading:
        reading = read(sources, cache)
        calls.append(sources)
        if len(calls) <= times:
            _change(toy, ARTICLE, "siết chặt", f"siết chặt {len(calls)}")
        return reading

    monkeypatch.setattr(building, "read_sources", read_and_change)
    if times == 1:
        build(toy, tmp_path / "docs", cache=BuildCache())
        assert len(calls) == 2
        build(toy, tmp_path / "full")
        assert snapshot(tmp_path / "docs") == snapshot(tmp_path / "full")
    else:
        with pytest.raises(SourceError, match="sources:1: các tệp đổi liên tục trong lúc dựng"):
            build(toy, tmp_path / "docs")
        assert not (tmp_path / "docs").exists()
