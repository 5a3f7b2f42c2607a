"""What a build keeps on disk changes nothing of what it makes, whatever was edited since and whatever became of it."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import knowledge_base.publish.pages.render as rendering
from building import ROOT, TOY, build_pages, snapshot
from knowledge_base.build import BuildCache, build, read_sources
from knowledge_base.core import processes, progress
from knowledge_base.core.errors import SourceError
from knowledge_base.core.models import Mentions
from knowledge_base.core.plain import maker_of, to_plain
from knowledge_base.core.store import DAYS, Store, digest
from knowledge_base.meaning.knowledge.entities import ArticleEntry, Body, Document
from knowledge_base.mentions.finders import Finders, finders_of
from knowledge_base.publish.pages.index import Index
from knowledge_base.publish.pages.render import each_page
from knowledge_base.publish.pages.traced import Trace
from knowledge_base.sources.articles.corpus import read_articles
from knowledge_base.sources.vocabulary import load_vocabulary

EDITS = 14
_KILLED = """
import os, sys
from pathlib import Path
from knowledge_base.build import BuildCache, build
from knowledge_base.core.store import Store
sources, docs, kept = map(Path, sys.argv[1:4])
left, move = int(sys.argv[4]), os.replace
def replaced(one, other):
    global left
    left -= kept in Path(other).parents
    if left < 0:
        os.truncate(one, os.path.getsize(one) // 2)
        move(one, other)
        os._exit(9)
    move(one, other)
os.replace = replaced
build(sources, docs, cache=BuildCache(Store(kept)))
"""


def _edit(sources: Path, chance: random.Random) -> None:
    """Change the sources by one slip or one mending: a line of an article goes, comes twice or from another article; a
    word is written twice; a digit is another; an article goes. Seldom a line of a vocabulary comes twice."""
    articles = sorted((sources / "articles").rglob("*.md"))
    path = chance.choice([*articles, *sorted((sources / "vocabularies").glob("*.yml"))[: len(articles) // 8]])
    lines = path.read_text(encoding="utf-8").split("\n")
    at = chance.randrange(len(lines))
    other = chance.choice(chance.choice(articles).read_text(encoding="utf-8").split("\n"))
    words = lines[at].split(" ")
    word = chance.randrange(len(words))
    changed = {
        "goes": [],
        "twice": [lines[at], lines[at]],
        "another's": [lines[at], other],
        "word": [" ".join([*words[:word], words[word], *words[word:]])],
        "digit": [lines[at].translate({ord("3"): "4", ord("7"): "2"})],
    }
    lines[at : at + 1] = changed[chance.choice([*changed])]
    path.write_text("\n".join(lines), encoding="utf-8")


def _damage(folder: Path, chance: random.Random) -> None:
    """Do to what is kept what a power cut, a full disk, another program or a hand may do."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        data, way = path.read_bytes(), chance.randrange(12)
        if way == 0:
            path.write_bytes(data[: len(data) // 2])
        elif way == 1:
            path.write_bytes(b"")
        elif way == 2:
            path.write_bytes(data.replace(b"[", b"{", 1))
        elif way == 3:
            path.unlink()
        elif way == 4:  # whole by its own account, but not what is asked
            name = path.parent.name + path.name
            other = chance.choice([b"[]", b"{}", b"7", b"[[1],[2]]", b"nothing", b"[" * 5000])
            path.write_bytes(hashlib.sha256(name.encode() + other).hexdigest().encode() + b"\n" + other)
        elif way == 5:
            (path.parent / ".half").write_bytes(data[:9])


def _built(sources: Path, docs: Path, store: Store) -> Any:
    try:
        report = build(sources, docs, cache=BuildCache(store))
    except SourceError as error:
        return error.problems
    return snapshot(docs), report.warnings, report.draft_warnings, report.pages, report.documents


@pytest.mark.parametrize("seed", [1, 2])
def test_a_build_from_what_is_kept_is_a_full_build(toy: Path, tmp_path: Path, seed: int) -> None:
    chance, kept = random.Random(seed), tmp_path / "kept"
    built = 0
    for step in range(EDITS):
        before = {path: path.read_bytes() for path in sorted(toy.rglob("*")) if path.is_file()}
        _edit(toy, chance)
        if step % 4 == 3:
            _damage(kept, chance)
        expected = _built(toy, tmp_path / "full", Store(None))
        assert _built(toy, tmp_path / "docs", Store(kept)) == expected, f"edit {step} of seed {seed}"
        built += isinstance(expected[0], dict)
        if not isinstance(expected[0], dict):  # mended, so that the next edit is seen
            for path, data in before.items():
                path.write_bytes(data)
    assert built > EDITS // 3


@pytest.mark.parametrize("answers", [1, 9, 16, 17])
def test_a_build_that_was_killed_leaves_what_the_next_can_use(
    toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: int
) -> None:
    """Killed after so many answers were kept, of which the last is but half there: no ``finally`` is run."""
    kept = tmp_path / "kept"
    command = [sys.executable, "-c", _KILLED, str(toy), str(tmp_path / "docs"), str(kept), str(answers)]
    assert subprocess.run(command, env=os.environ | {"PYTHONPATH": str(ROOT / "scripts")}, check=False).returncode == 9
    path = toy / "articles/song-may/2023-09-07-siet-ky-cuong.md"
    path.write_text(path.read_text(encoding="utf-8").replace("author: Lê Thị Mây", "author: Người Khác"), "utf-8")
    assert _built(toy, tmp_path / "docs", Store(kept)) == _built(toy, tmp_path / "full", Store(None))


def test_several_processes_make_the_same_in_the_same_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = _built(TOY, tmp_path / "docs", Store(None))
    started: list[int] = []
    pool = processes.ProcessPoolExecutor
    monkeypatch.setattr(processes, "ProcessPoolExecutor", lambda *given: started.append(given[0]) or pool(*given))
    monkeypatch.setattr(processes, "processors", lambda: 2)
    monkeypatch.setattr("knowledge_base.build._ARTICLES", 4)
    monkeypatch.setattr("knowledge_base.build._MANY_ARTICLES", 1)
    monkeypatch.setattr("knowledge_base.build._MANY_PAGES", 1)
    kept = Store(tmp_path / "kept")
    assert _built(TOY, tmp_path / "others", kept) == expected
    assert started == [2, 2]  # one for what is found, one for the pages
    assert _built(TOY, tmp_path / "others", kept) == expected


def test_where_no_process_can_be_started_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(processes, "ProcessPoolExecutor", refuse)
    monkeypatch.setattr(processes, "processors", lambda: 2)
    found = processes.share_out(lambda shared: lambda part: shared + part, 10, [1, 2, 3], worth=True)
    assert list(found) == [11, 12, 13]


_WORKING = """
import os, time
from knowledge_base.core import processes, progress

def make_worker(shared):
    return lambda part: time.sleep(0.1) or os.getpid()

if __name__ == "__main__":
    processes.processors = lambda: 2
    for pid in processes.share_out(make_worker, None, list(range(9999)), worth=True):
        print(pid, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_processes_end_with_the_one_that_began_them(tmp_path: Path) -> None:
    (tmp_path / "working.py").write_text(_WORKING, encoding="utf-8")
    command = [sys.executable, str(tmp_path / "working.py")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    worker = int(process.stdout.readline())
    process.kill()
    process.wait()
    process.stdout.close()
    for _ in range(300):
        try:
            os.kill(worker, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("a process outlives the one that began it")


def test_where_nothing_changed_nothing_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docs, kept = tmp_path / "docs", Store(tmp_path / "kept")
    first = _built(TOY, docs, kept)
    monkeypatch.setattr(Finders, "find", lambda *_: pytest.fail("searched again"))
    monkeypatch.setattr("knowledge_base.build.read_sources", lambda *_: pytest.fail("read again"))
    assert _built(TOY, docs, kept) == first


def test_what_was_changed_in_docs_is_made_again(tmp_path: Path) -> None:
    docs, kept = tmp_path / "docs", Store(tmp_path / "kept")
    first = _built(TOY, docs, kept)
    (docs / "index.md").write_text("của ai khác", encoding="utf-8")
    (docs / "van-ban" / "thua.md").write_text("thừa", encoding="utf-8")
    next((docs / "nguon").glob("2*.md")).unlink()
    assert _built(TOY, docs, kept) == first


def test_no_cache_keeps_and_uses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge_base.cli.KEPT", tmp_path / "kept")
    assert build_pages("--sources", TOY, "--docs", tmp_path / "docs", "--no-cache").returncode == 0
    assert not (tmp_path / "kept").exists()
    assert build_pages("--sources", TOY, "--docs", tmp_path / "docs").returncode == 0
    assert (tmp_path / "kept").exists()


def test_old_answers_are_thrown_away(tmp_path: Path) -> None:
    store, old, new = Store(tmp_path), digest("old"), digest("new")
    store.put(old, b"1")
    store.put(new, b"2")
    long_ago = time.time() - (DAYS + 1) * 86_400
    for path in tmp_path.rglob(old[2:]):
        os.utime(path, (long_ago, long_ago))
    store.clear()
    assert (store.get(old), store.get(new)) == (None, b"2")


def test_an_answer_that_is_asked_for_stays(tmp_path: Path) -> None:
    store, name = Store(tmp_path), digest("old")
    store.put(name, b"1")
    long_ago = time.time() - (DAYS + 1) * 86_400
    for path in tmp_path.rglob(name[2:]):
        os.utime(path, (long_ago, long_ago))
    assert store.get(name) == b"1"
    store.clear()
    assert store.get(name) == b"1"


def test_a_store_that_cannot_be_written_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    store = Store(tmp_path / "file")
    store.put(digest("a"), b"1")
    store.clear()
    assert store.get(digest("a")) is None


def test_mentions_come_back_as_they_were() -> None:
    vocabulary, _ = load_vocabulary(TOY)
    for article in read_articles(TOY, vocabulary)[0]:
        found = finders_of(vocabulary).find(article)[1]
        assert repr(maker_of(Mentions)(to_plain(found))) == repr(found)


@pytest.mark.parametrize("plain", [[], [1] * 8, {}, 7, None, [[None] * 12, [], [[1, "2", "x"]], [], [], [], [], []]])
def test_what_has_another_shape_is_refused(plain: object) -> None:
    with pytest.raises((TypeError, ValueError, LookupError)):
        maker_of(Mentions)(plain)


def _made_pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the templates of the pages that are made from now on."""
    made: list[str] = []
    render = rendering._render
    monkeypatch.setattr(rendering, "_render", lambda template, *rest: made.append(template) or render(template, *rest))
    return made


def test_only_pages_that_show_a_change_are_made_again(
    toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs, kept = tmp_path / "docs", Store(tmp_path / "kept")
    pages = _built(toy, docs, kept)[3]
    path = toy / "articles/song-may/2023-09-07-siet-ky-cuong.md"
    path.write_text(path.read_text(encoding="utf-8").replace("author: Lê Thị Mây", "author: Người Khác"), "utf-8")
    made = _made_pages(monkeypatch)
    kept_build = _built(toy, docs, kept)
    assert 0 < len(made) < pages / 3
    assert kept_build == _built(toy, tmp_path / "full", Store(None))


def test_a_page_of_one_thing_asks_for_no_table_as_a_whole() -> None:
    """Else it would be made again whenever anything in that table is another."""
    kb = read_sources(TOY).sound()
    trace = Trace(Index(kb))
    asking = {}
    for path, member, make in each_page(trace.index):
        trace.questions()
        make()
        whole = [question.partition("\0")[0] for question in trace.questions() if "\0*\0" in question]
        if isinstance(member, Document | Body | ArticleEntry) and whole:
            asking[path] = whole
    assert asking == {}


def test_another_template_makes_all_pages_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one process too, which has read the code but once: it reads a changed template anew."""
    docs, cache = tmp_path / "docs", BuildCache(Store(tmp_path / "kept"))
    pages = build(TOY, docs, cache=cache).pages
    monkeypatch.setattr("knowledge_base.build.of_templates", lambda: "another")
    made = _made_pages(monkeypatch)
    build(TOY, docs, cache=cache)
    assert len(made) == pages
    made.clear()
    build(TOY, docs, cache=cache)
    assert made == []


def test_long_work_is_told_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "_FIRST", 0.0)
    monkeypatch.setattr(progress, "_NEXT", 0.0)
    assert list(progress.tell_progress("abc", 3, "Đang sinh trang")) == ["a", "b", "c"]
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert list(progress.tell_progress("abc", 3, "Đang sinh trang")) == ["a", "b", "c"]
    told = capsys.readouterr().err.split("\r")[1:]
    assert [line.split(",")[0] for line in told] == [f"Đang sinh trang: {n}/3" for n in (1, 2, 3, 3)]
    assert "còn khoảng" in told[0] and told[-1].endswith("\n")
