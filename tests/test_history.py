"""What is new goes by the day on which it came into the base: the history's, told once a build."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from building import read_knowledge
from dev_tools.history import FILE, read_log, write_added
from knowledge_base.core.dates import PartialDate
from knowledge_base.meaning.knowledge import directory
from knowledge_base.meaning.knowledge.directory import news, news_by_day
from knowledge_base.meaning.knowledge.entities import Kind
from knowledge_base.publish.exports.files import render_feeds
from knowledge_base.sources.history import load_added


def _commit(root: Path, day: str, files: dict[str, str], *moves: tuple[str, str]) -> None:
    for old, new in moves:
        subprocess.run(["git", "-C", str(root), "mv", old, new], check=True)
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    subprocess.run(["git", "-C", str(root), "add", "-A"], check=True)
    who = {"NAME": "Người thử", "EMAIL": "thu@example.org", "DATE": f"{day}T08:00:00+0000"}
    env = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}
    subprocess.run(["git", "-C", str(root), "commit", "-qm", "thử"], check=True, env={"PATH": "/usr/bin:/bin", **env})


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A repository of three days: two articles, one renamed later, and three records."""
    subprocess.run(["git", "init", "-q", "-b", "main", str(tmp_path)], check=True)
    article, records = "---\ntitle: Bài\n---\n\nChỉ thị về kỷ luật.\n" * 9, "- id: chi-thi-1-a\n  type: chi-thi\n"
    folder = "sources/articles/nghe-an"
    _commit(tmp_path, "2026-01-05", {f"{folder}/mot.md": article, "sources/documents/nghe-an.yml": records})
    more = f'{records}- id: "chi-thi-2-a"\n\n-   id: chi-thi-3-a\n'
    _commit(tmp_path, "2026-02-06", {"sources/documents/nghe-an.yml": more, f"{folder}/hai.md": "---\ntitle: Hai\n"})
    _commit(tmp_path, "2026-03-07", {}, (f"{folder}/mot.md", f"{folder}/mot-moi.md"))
    return tmp_path


def test_days_are_those_of_the_history(history: Path) -> None:
    write_added(history)
    days = json.loads((history / FILE).read_text(encoding="utf-8"))
    assert days == {
        "nguon": {"mot": "2026-01-05", "mot-moi": "2026-01-05", "hai": "2026-02-06"},
        "van-ban": {"chi-thi-1-a": "2026-01-05", "chi-thi-2-a": "2026-02-06", "chi-thi-3-a": "2026-02-06"},
    }
    assert load_added(history / "sources")["van-ban", "chi-thi-2-a"] == PartialDate(2026, 2, 6)


def test_without_the_whole_history_there_is_no_such_file(
    history: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write_added(history)
    part = tmp_path_factory.mktemp("part") / "kho"
    subprocess.run(["git", "clone", "-q", "--depth", "1", history.as_uri(), str(part)], check=True)
    (part / FILE).write_text("{}", encoding="utf-8")
    write_added(part)
    assert not (part / FILE).exists() and load_added(part / "sources") == {}


@pytest.mark.parametrize("text", ["", "[]", '{"nguon": 3}', '{"nguon": {"a": "hôm qua"}}', '{"nguon": {"a": 5}}'])
def test_a_damaged_file_says_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / ".added.json").write_text(text, encoding="utf-8")
    assert load_added(tmp_path) == {}


def test_a_diff_that_looks_like_a_day_is_none() -> None:
    log = "day 2026-01-05\n+++ b/sources/documents/x.yml\n@@ -0,0 +1,2 @@\n+- id: a-1\n+  note: day 2026-09-09\n"
    assert read_log(log)["van-ban"] == {"a-1": "2026-01-05"}


def test_feeds_and_home_go_by_the_day_of_adding(toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kb, _ = read_knowledge(toy)
    assert kb is not None
    articles, documents = list(kb.articles), [d.id for d in kb.documents.values() if d.record]
    days = {
        "nguon": {article: f"2026-05-{number:02d}" for number, article in enumerate(articles, 1)},
        "van-ban": dict.fromkeys(documents, "2026-04-01"),
    }
    (toy / ".added.json").write_text(json.dumps(days), encoding="utf-8")
    kb, _ = read_knowledge(toy)
    assert kb is not None
    found = news(kb)
    assert {n.id: n.date.iso for n in found if n.kind is Kind.ARTICLE} == days["nguon"]
    assert {n.id for n in found if n.date.iso == "2026-04-01"} >= set(documents[:1])
    monkeypatch.setattr(directory, "MOST_OF_DAY", 1)
    together = [group for day, group in news_by_day(kb, found) if day.iso == "2026-04-01"]
    assert len(together) == 1 and len(together[0]) > 1
    feed = render_feeds(kb)["feed.xml"].decode()
    assert feed.count("ngày 01-04-2026</title>") == 1 and "<updated>2026-04-01T00:00:00Z</updated>" in feed
