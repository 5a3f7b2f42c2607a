"""The five raw articles of the seeds: what is found in them, and the site they make.

Skipped where the folder of seeds is not beside the repository.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from building import ROOT, SEEDS, build_docs, build_pages, build_site, read_knowledge, real_knowledge
from knowledge_base.core.text import fold, slug
from knowledge_base.meaning.knowledge.entities import ArticleEntry, Kind, KnowledgeBase

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="không có ../shared/seeds")

NUMBERS = range(5)
JUDGED = {
    "ky-luat-ky-cuong", "dam-nghi-dam-lam", "cai-cach-hanh-chinh", "neu-guong", "ne-tranh-dun-day",
    "kiem-tra-giam-sat", "cong-tac-can-bo", "phong-chong-tham-nhung", "chuyen-doi-so", "hoc-tap-lam-theo-bac",
}  # fmt: skip


def _gold(number: int) -> Any:
    return json.loads((SEEDS / f"seed-{number:03}.gold.json").read_text(encoding="utf-8"))["gold"]


def _key(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name)))


def _required(number: int) -> list[str]:
    """Return the full names of the bodies that must be found."""
    return [b["canonical"] for b in _gold(number)["bodies"] if b["required"]]


# ---- --explain --json ----


@pytest.fixture(scope="module")
def explained() -> list[Any]:
    done = build_pages("--explain", *(SEEDS / f"seed-{n:03}.txt" for n in NUMBERS), "--json")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("number", NUMBERS)
def test_citations_are_found_and_none_is_false(explained: list[Any], number: int) -> None:
    wanted = {(c["canonical"], c["date"]) for c in _gold(number)["citations"] if c["level"] != "partial"}
    dated = {c for c in wanted if c[1]}
    found = {(c["number"], c["date"]) for c in explained[number]["citations"] if c["number"]}
    assert {c[0] for c in found} == {c[0] for c in wanted}
    assert {c for c in found if c[1]} == dated


@pytest.mark.parametrize("number", NUMBERS)
def test_each_mention_of_a_citation_is_found_in_its_place(explained: list[Any], number: int) -> None:
    wanted = [(m["start"], m["end"], m["canonical"], m["type"]) for m in _gold(number)["citation_mentions"]]
    found = [(c["start"], c["end"], c["number"], c["type"]) for c in explained[number]["citations"] if c["number"]]
    assert found == wanted


@pytest.mark.parametrize("number", NUMBERS)
def test_province_date_and_document(explained: list[Any], number: int) -> None:
    gold, found = _gold(number), explained[number]
    assert found["province_name"] in [gold["province"], *gold["province_accept"]]
    assert found["published"] == gold["published"]
    assert (found["document"] or {}).get("number") == gold["issues_document"]


@pytest.mark.parametrize("number", NUMBERS)
def test_required_bodies(explained: list[Any], number: int) -> None:
    named = {_key(b["name"]) for b in explained[number]["bodies"] if not b["title_only"]}
    assert [name for name in _required(number) if _key(name) not in named] == []


@pytest.mark.parametrize("number", NUMBERS)
def test_themes(explained: list[Any], number: int) -> None:
    gold = _gold(number)
    found = {t["id"] for t in explained[number]["themes"]} & JUDGED
    assert set(gold["themes"]) <= found <= {*gold["themes"], *gold["themes_optional"]}


@pytest.mark.parametrize("number", NUMBERS)
def test_offsets(explained: list[Any], number: int) -> None:
    text = (SEEDS / f"seed-{number:03}.txt").read_text(encoding="utf-8")
    for name in ("citations", "bodies", "relations"):
        assert all(text[item["start"] : item["end"]] == item["text"] for item in explained[number][name])


# ---- The raw texts as a corpus ----


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's vocabularies and documents, with the raw texts in place of the digests."""
    folder = tmp_path_factory.mktemp("seeds") / "sources"
    for name in ("vocabularies", "documents"):
        shutil.copytree(ROOT / "sources" / name, folder / name)
    outlets = {p.parent.name: _outlet(p) for p in sorted((ROOT / "sources/articles").rglob("*.md"))}
    for number in NUMBERS:
        gold = _gold(number)
        province = slug(gold["province"])
        head = {"title": f"Bài gốc {number}", "outlet": outlets[province], "province": province}
        if gold["published"]:
            head["published"] = gold["published"]
        text = "".join(f"{key}: {value}\n" for key, value in head.items())
        path = folder / "articles" / province / f"{gold['published'] or 'khong-ro-ngay'}-bai-goc-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        raw = (SEEDS / f"seed-{number:03}.txt").read_text(encoding="utf-8")
        path.write_text(f"---\n{text}---\n\n{raw}", encoding="utf-8", newline="\n")
    return folder


def _outlet(path: Path) -> str:
    match = re.search(r"(?m)^outlet: (\S+)", path.read_text(encoding="utf-8"))
    assert match
    return match[1]


@pytest.fixture(scope="module")
def kb(sources: Path) -> KnowledgeBase:
    found, problems = read_knowledge(sources)
    assert found is not None, problems
    return found


def _entry(kb: KnowledgeBase, number: int) -> ArticleEntry:
    return next(a for i, a in kb.articles.items() if i.endswith(f"-bai-goc-{number}"))


def _named(kb: KnowledgeBase, number: int, kind: Kind) -> set[str]:
    return {k.resolution.id for k in _entry(kb, number).links if k.kind is kind and k.resolution.id}


@pytest.mark.parametrize("number", NUMBERS)
def test_corpus_has_the_documents_of_the_gold(kb: KnowledgeBase, number: int) -> None:
    numbers = [n for d in _named(kb, number, Kind.DOCUMENT) if (n := kb.documents[d].number)]
    cited = {c["canonical"] for c in _gold(number)["citations"]}
    named = {n for d in _named(kb, number, Kind.DOCUMENT) if (n := kb.documents[d].number) and n not in cited}
    recorded = {r.number for r in kb.vocabulary.records.values() if r.names}
    assert cited <= set(numbers)
    assert named <= recorded, "chỉ văn bản gọi bằng tên mới được thêm"
    assert len([n for n in numbers if n in cited]) == len(cited), "một số, một văn bản"


@pytest.mark.parametrize("number", NUMBERS)
def test_corpus_has_the_bodies_of_the_gold(kb: KnowledgeBase, number: int) -> None:
    names = {_key(kb.bodies[b].name) for b in _named(kb, number, Kind.BODY)}
    assert [name for name in _required(number) if _key(name) not in names] == []


@pytest.mark.parametrize("number", NUMBERS)
def test_corpus_has_the_themes_and_document_of_the_gold(kb: KnowledgeBase, number: int) -> None:
    entry, gold = _entry(kb, number), _gold(number)
    assert set(gold["themes"]) <= set(entry.weights)
    announced = kb.documents.get(entry.document or "")
    assert (announced.number if announced else None) == gold["issues_document"]


def test_raw_texts_build_a_whole_site(sources: Path, kb: KnowledgeBase) -> None:
    docs = build_docs(sources, sources.parent / "docs")
    site = build_site(docs, sources.parent / "www")
    ids = [(kind, i) for kind, table in ((Kind.DOCUMENT, kb.documents), (Kind.BODY, kb.bodies)) for i in table]
    assert all((site / kind / identity / "index.html").is_file() for kind, identity in ids)
    for number in NUMBERS:
        page = (site / "nguon" / _entry(kb, number).article.id / "index.html").read_text(encoding="utf-8")
        assert all(f"van-ban/{d}/" in page for d in _named(kb, number, Kind.DOCUMENT))
    assert (site / "pagefind/pagefind.js").is_file()


def test_digests_and_raw_texts_know_the_same_documents(kb: KnowledgeBase) -> None:
    """The digests keep every document that the originals cite, under the same id."""
    own = real_knowledge()
    cited = {d for n in NUMBERS for d in _named(kb, n, Kind.DOCUMENT)}
    assert cited <= own.documents.keys()
    digests = {k.resolution.id for a in own.articles.values() for k in a.links if k.kind is Kind.DOCUMENT}
    assert cited - digests == set()
