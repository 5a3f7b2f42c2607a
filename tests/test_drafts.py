"""Drafts in the corpus: checked, never built, errors when asked so; what ends a draft."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from building import ROOT, TOY, build_pages, read_knowledge, snapshot
from knowledge_base.build import build
from knowledge_base.core.errors import SourceError
from knowledge_base.sources.articles.corpus import read_articles, read_corpus
from knowledge_base.sources.vocabulary import Vocabulary, load_vocabulary

CASES = yaml.load((Path(__file__).parent / "cases/drafts/trong-kho.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
WORDS = "Chuyện chưa ai kể"
DRAFT = f"---\ntitle: {WORDS}\ndraft: có\n---\nBan Thường vụ Tỉnh ủy ban hành Chỉ thị số 999-CT/TU ngày 5-9-2018.\n"
NAME = "articles/bien-bac/2018-09-05-chuyen-chua-ai-ke.md"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(ROOT / "sources")[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_a_draft_lacks(case: dict[str, Any], tmp_path: Path, vocabulary: Vocabulary) -> None:
    path = tmp_path / "sources/articles/nghe-an/2023-09-07-bai.md"
    path.parent.mkdir(parents=True)
    path.write_text(case["content"], encoding="utf-8")
    corpus = read_corpus(tmp_path / "sources", vocabulary)
    for found, wanted in ((corpus.draft_problems, case.get("warn", [])), (corpus.problems, case.get("fail", []))):
        told = [str(problem) for problem in found]
        assert len(told) == len(wanted), told
        for line in wanted:
            assert any(f".md:{line}" in words for words in told), (line, told)
    assert len(corpus.drafts) == ("warn" in case)
    assert len(corpus.articles) == ("warn" not in case and "fail" not in case)


@pytest.fixture
def with_draft(toy: Path) -> Path:
    """The toy corpus with a draft in it, and the report that stands beside the draft."""
    (toy / NAME).write_text(DRAFT, encoding="utf-8")
    (toy / NAME.replace(".md", ".can-xem.md")).write_text(f"# {WORDS}\n", encoding="utf-8")
    return toy


def test_draft_changes_nothing_that_is_built(with_draft: Path, tmp_path: Path) -> None:
    assert build_pages("--sources", TOY, "--docs", tmp_path / "without").returncode == 0
    done = build_pages("--sources", with_draft, "--docs", tmp_path / "with")
    assert done.returncode == 0, done.stderr
    without, built = ({p.relative_to(d): b for p, b in _files(d)} for d in (tmp_path / "without", tmp_path / "with"))
    assert built == without
    assert "Còn 1 bản nháp" in done.stdout
    assert WORDS not in done.stderr


def _files(folder: Path) -> list[tuple[Path, bytes]]:
    return [(path, path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()]


def test_check_warns_of_drafts_and_no_drafts_refuses_them(with_draft: Path) -> None:
    before = snapshot(with_draft)
    done = build_pages("--sources", with_draft, "--check")
    assert done.returncode == 0
    assert "1 bản nháp chưa đưa lên trang" in done.stdout
    assert f"{NAME}:2: cảnh báo: thiếu khóa bắt buộc “outlet”" in done.stderr
    assert "can-xem" not in done.stderr
    refused = build_pages("--sources", with_draft, "--check", "--no-drafts")
    assert refused.returncode == 1
    assert f"{NAME}:2: thiếu khóa bắt buộc “outlet”" in refused.stderr
    assert f"{NAME}:3: bài còn là bản nháp" in refused.stderr
    assert snapshot(with_draft) == before


def test_no_drafts_is_content_without_drafts() -> None:
    assert build_pages("--sources", TOY, "--check", "--no-drafts").returncode == 0


def test_strict_counts_what_drafts_lack(with_draft: Path) -> None:
    with pytest.raises(SourceError) as told:
        build(with_draft, None, strict=True)
    assert any(problem.path.endswith(NAME) for problem in told.value.problems)


def test_drafts_are_no_articles(with_draft: Path) -> None:
    vocabulary, _ = load_vocabulary(with_draft)
    articles, problems = read_articles(with_draft, vocabulary)
    assert not [a for a in articles if a.draft]
    assert [p for p in problems if p.path.endswith(NAME)]
    kb, _ = read_knowledge(with_draft)
    assert kb is not None
    assert Path(NAME).stem not in kb.articles
    assert not [d for d in kb.documents.values() if d.number == "999-CT/TU"]


def test_draft_never_blocks_an_article_of_its_name(toy: Path) -> None:
    article = next((toy / "articles").rglob("*.md"))
    other = toy / "articles" / "trung-uong" / article.name
    assert other != article
    other.parent.mkdir(exist_ok=True)
    other.write_text(DRAFT, encoding="utf-8")
    vocabulary, _ = load_vocabulary(toy)
    corpus = read_corpus(toy, vocabulary)
    assert article.stem in {a.id for a in corpus.articles}
    assert not [p for p in corpus.problems if "trùng" in p.message]
    assert [p for p in corpus.draft_problems if "trùng" in p.message and p.path.endswith(f"trung-uong/{article.name}")]


def test_reports_are_kept_out_of_git() -> None:
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "*.can-xem.md" in lines


def test_report_alone_is_nothing(toy: Path) -> None:
    shutil.copy(toy / "documents/trung-uong.yml", toy / "articles/bien-bac/2018-x.can-xem.md")
    assert (
        build_pages("--sources", toy, "--check", "--strict").returncode
        == build_pages("--sources", TOY, "--check", "--strict").returncode
    )
