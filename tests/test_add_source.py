"""From a raw article to its draft: values, questions, refusals; files written both or not at all."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from building import ROOT, SEEDS, run_here, snapshot
from knowledge_base.build import BuildCache, build, read_sources
from knowledge_base.checks import knowledge as knowledge_checks
from knowledge_base.core.errors import Severity
from knowledge_base.core.escaping import literal
from knowledge_base.core.models import Article, ArticleFacts, FactSource
from knowledge_base.core.paragraphs import split_paragraphs
from knowledge_base.core.web_links import clean_link, link_key
from knowledge_base.drafts.cleaned import Cleaned
from knowledge_base.drafts.command import main, report_path, write_draft
from knowledge_base.drafts.draft import Draft, make_draft
from knowledge_base.drafts.layout import render_body, scalar
from knowledge_base.drafts.provided import Provided, read_date
from knowledge_base.drafts.similarity import find_similar
from knowledge_base.importing.formats import read_article
from knowledge_base.meaning.knowledge.collect import collect
from knowledge_base.sources.articles.corpus import Corpus, read_corpus
from knowledge_base.sources.articles.digest import MARK
from knowledge_base.sources.text_files import check_characters
from knowledge_base.sources.vocabulary import Vocabulary
from knowledge_base.sources.yaml import read_yaml
from scanning import vocabulary

CASES_DIR = Path(__file__).parent / "cases/drafts"
NEWS, GIVEN, DOUBLE = ("bai-bao.yml", "dieu-cho-biet.yml", "trung-bai.yml")
PLAIN_TEXT = "Họp giao ban tháng Chín\n\nTỉnh ủy Nghệ An họp bàn về kỷ luật, kỷ cương.\n"
VOCABULARY_READ = BuildCache()
"""Of the repository's own vocabularies and documents, which all corpora of this module share."""
RAW = """\
Siết kỷ cương ở huyện Mẫu

07/09/2023

(Baonghean.vn) - Tỉnh ủy Nghệ An yêu cầu huyện Mẫu siết kỷ luật, kỷ cương sau Chỉ thị số 77-CT/TU ngày 05/9/2023.
"""


def cases(name: str) -> list[Any]:
    loaded = yaml.load((CASES_DIR / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return [pytest.param(case, id=case["name"]) for case in loaded]


@pytest.fixture(name="vocabulary")
def vocabulary_fixture() -> Vocabulary:
    return vocabulary()


def draft_of(
    article: Article, corpus: Corpus, provided: Provided | None = None, *, digest: bool = False, allow: bool = False
) -> Draft:
    return make_draft(article, corpus, vocabulary(), provided, digest=digest, allow_duplicate=allow)


def read_text(text: str, folder: Path, vocabulary: Vocabulary, name: str = "bai.txt") -> Article:
    (folder / name).write_text(text, encoding="utf-8")
    article, _ = read_article(folder / name, folder, vocabulary)
    assert article is not None
    return article


def put_corpus(existing: dict[str, dict[str, str]], sources: Path) -> None:
    """Write the articles a case says are there already."""
    for path, entry in existing.items():
        target = sources / path
        target.parent.mkdir(parents=True, exist_ok=True)
        defaults = {"title": "Chuyện khác", "outlet": "bao-nghe-an", "province": "nghe-an"}
        head = {**defaults, **{k: v for k, v in entry.items() if k not in {"body", "raw"}}}
        matter = "\n".join(f"{key}: {scalar(value) if key == 'title' else value}" for key, value in head.items())
        target.write_text(entry.get("raw") or f"---\n{matter}\n---\n{entry['body']}\n", encoding="utf-8")


def make(case: dict[str, Any], folder: Path, vocabulary: Vocabulary) -> Draft:
    sources = folder / "sources"
    put_corpus(case.get("existing", {}), sources)
    corpus = read_corpus(sources, vocabulary)
    assert corpus.problems == ()
    article = read_text(case.get("text", PLAIN_TEXT), folder, vocabulary)
    return draft_of(article, corpus, case.get("given", {}), allow="allow" in case)


def head_of(text: str) -> dict[str, Any]:
    found, problems = read_yaml(text.split("---\n")[1], "bài")
    assert problems == []
    assert found is not None
    assert isinstance(found.data, dict)
    return found.data


def check_questions(case: dict[str, Any], draft: Draft) -> None:
    asked = [f"{q.ask} {q.do}." for q in draft.questions]
    for wanted in case.get("ask", []):
        assert any(wanted in words for words in asked), (wanted, asked)
    for unwanted in case.get("not_ask", []):
        assert not any(unwanted in words for words in asked), (unwanted, asked)
    assert draft.report.count("- [ ] ") == len(asked)


@pytest.mark.parametrize("case", [*cases(NEWS), *cases(GIVEN)])
def test_draft(case: dict[str, Any], tmp_path: Path, vocabulary: Vocabulary) -> None:
    draft = make(case, tmp_path, vocabulary)
    assert draft.path == case.get("path", draft.path)
    head = head_of(draft.text)
    for key, value in case.get("head", {}).items():
        assert head.get(key) == value, key
    assert not set(case.get("absent", [])) & set(head)
    check_questions(case, draft)
    told = [f"{problem.message}. {problem.remedy}" for problem in draft.problems]
    assert len(told) == len(case.get("problems", []))
    assert all(any(wanted in words for words in told) for wanted in case.get("problems", [])), told
    assert case.get("mark", MARK) in draft.text


@pytest.mark.parametrize("case", cases(NEWS))
def test_body_and_report(case: dict[str, Any], tmp_path: Path, vocabulary: Vocabulary) -> None:
    draft = make(case, tmp_path, vocabulary)
    body = draft.text.split("---\n", 2)[2]
    lines = [line for line in body.split("\n") if line]
    assert lines[0].startswith(MARK)
    assert lines[1:] == case.get("body", lines[1:])
    assert all(words in lines for words in case.get("body_has", []))
    for line in case.get("removed", []):
        assert line not in lines
        assert f": “{literal(line)}”" in draft.report
    assert draft.removed == len(case.get("removed", [])) or "removed" not in case
    assert all(words in draft.report for words in case.get("report", [])), draft.report
    assert not any(words in draft.report for words in case.get("not_report", []))


def test_report_tells_of_what_was_left_on_the_web_page(tmp_path: Path, vocabulary: Vocabulary) -> None:
    article = read_text(RAW, tmp_path, vocabulary)
    draft = draft_of(replace(article, left_out=tuple(f"Tin khác số {n} [x](y) @ai…" for n in range(50))), Corpus())
    section = draft.report.split("## Không lấy từ trang web (50 đoạn)\n")[1]
    assert section.count("\n- ") == 41 and section.endswith("- … và 10 đoạn nữa\n")
    assert "- “Tin khác số 0 \\[x\\](y) @\u2060ai…”" in section
    assert draft.removed >= 50
    assert "Không lấy từ" not in draft_of(article, Corpus()).report


@pytest.mark.parametrize("case", cases(DOUBLE))
def test_duplicates(case: dict[str, Any], tmp_path: Path, vocabulary: Vocabulary) -> None:
    given = {"title": "Họp giao ban", "outlet": "bao-nghe-an", **case.get("given", {})}
    if "text" in case:
        given.pop("title")
    draft = make({**case, "given": given}, tmp_path, vocabulary)
    told = [problem.message for problem in draft.problems]
    assert len(told) == len(case["refuse"]), told
    assert all(any(wanted in words for words in told) for wanted in case["refuse"]), told
    assert draft.path == case.get("path", draft.path)
    check_questions(case, draft)


def test_same_input_gives_same_draft(tmp_path: Path, vocabulary: Vocabulary) -> None:
    article = read_text(RAW, tmp_path, vocabulary)
    assert make_draft(article, Corpus(), vocabulary) == draft_of(article, Corpus(), {})


# ---- A digest in a person's own words ----

DIGEST = {"title": "Siết kỷ cương", "outlet": "Báo Nghệ An", "published": "7/9/2023", "province": "Nghệ An"}


def test_whole_digest_is_ready(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = "Tỉnh ủy Nghệ An siết giờ giấc.\n\nTrần Văn Mẫu\n"
    draft = draft_of(read_text(text, tmp_path, vocabulary), Corpus(), DIGEST, digest=True)
    assert not draft.article.draft and not draft.problems
    assert MARK not in draft.text
    assert "draft" not in head_of(draft.text)
    assert draft.text.endswith("---\n\n" + text)
    assert "#" not in draft.text
    assert "author" not in head_of(draft.text)


@pytest.mark.parametrize("lacking", [{"title": None}, {"outlet": None}, {"outlet": "Lạ"}, {"published": "mai"}])
def test_digest_that_lacks_something_is_a_draft(
    lacking: dict[str, str | None], tmp_path: Path, vocabulary: Vocabulary
) -> None:
    article = read_text(PLAIN_TEXT, tmp_path, vocabulary)
    draft = draft_of(article, Corpus(), {**DIGEST, **lacking}, digest=True)
    assert draft.article.draft or draft.problems
    assert draft.article.draft
    assert MARK not in draft.text


# ---- A draft that is finished ----


def finish(draft: Draft, sources: Path) -> Path:
    """Do what the questions and the mark ask for, as a maintainer would."""
    head, body = draft.text.removeprefix("---\n").split("\n---\n", 1)
    lines = [line for line in head.split("\n") if line != "draft: có" and not line.startswith("#")]
    keys = {question.key for question in draft.questions if question.must}
    lines += ["title: Tên bài do người thêm viết"] if "title" in keys else []
    lines += ["outlet: bao-nhan-dan"] if "outlet" in keys else []
    kept = "\n".join(line for line in body.split("\n") if not line.startswith(MARK))
    path = sources / draft.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("---\n" + "\n".join(lines) + "\n---\n" + kept, encoding="utf-8")
    return path


def corpus_of_nothing(folder: Path) -> Path:
    sources = folder / "sources"
    sources.mkdir()
    for name in ("vocabularies", "documents"):
        shutil.copytree(ROOT / "sources" / name, sources / name)
    return sources


@pytest.mark.parametrize("case", [*cases(NEWS), *cases(GIVEN)])
def test_finished_draft_is_sound(case: dict[str, Any], tmp_path: Path, vocabulary: Vocabulary) -> None:
    draft = make(case, tmp_path, vocabulary)
    finish(draft, sources := tmp_path / "kho" / "sources")
    corpus = read_corpus(sources, vocabulary)
    assert corpus.problems == corpus.draft_problems == ()
    assert [article.id for article in corpus.articles] == [draft.article.id]
    problems = knowledge_checks.check_knowledge(collect(corpus.articles, vocabulary))
    assert not [problem for problem in problems if problem.severity is Severity.ERROR]


@pytest.mark.parametrize("number", range(5))
def test_finished_draft_of_a_seed_is_sound(number: int, tmp_path: Path, vocabulary: Vocabulary) -> None:
    path = SEEDS / f"seed-00{number}.txt"
    if not path.is_file():
        pytest.skip("không có ../shared/seeds")
    article, _ = read_article(path, SEEDS, vocabulary)
    assert article is not None
    draft = draft_of(article, Corpus())
    assert not [question for question in draft.questions if question.must]
    finish(draft, sources := corpus_of_nothing(tmp_path))
    assert list(read_sources(sources, VOCABULARY_READ).sound(no_drafts=True).articles) == [draft.article.id]


@settings(max_examples=25, deadline=None)
@drawn(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text_gives_a_draft_that_is_read_back(words: str) -> None:
    text = "".join(c for c in words if c.isprintable() or c == "\n") + "\nHọp giao ban."
    facts = ArticleFacts.found(FactSource.FILE, title="x")
    article = Article("bai", "bai.txt", text, 0, split_paragraphs(text), facts)
    draft = draft_of(article, Corpus(), {"title": words})
    assert draft.article.draft
    assert head_of(draft.text).get("draft") == "có"
    assert check_characters(draft.text, "bài") == []


# ---- Parts ----


@drawn(st.text(alphabet=st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=80))
def test_scalars_are_read_back(words: str) -> None:
    words = " ".join(words.split())
    if words:
        data, problems = read_yaml(f"title: {scalar(words)}\n", "bài")
        assert problems == []
        assert data is not None
        assert data.data == {"title": words}


BLOCKS = ["Một đoạn chữ.", "- mục", "## Đề mục", "> trích", "1. Điều một", "đoạn; không chấm", "hai\ndòng"]


@drawn(st.lists(st.sampled_from(BLOCKS)))
def test_body_is_read_back(blocks: list[str]) -> None:
    text = "\n\n".join(blocks)
    paragraphs = split_paragraphs(text)
    again = split_paragraphs(render_body(Cleaned(text, paragraphs)))
    assert [(p.kind, p.text) for p in again] == [(p.kind, p.text) for p in paragraphs]


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("07/09/2023", "2023-09-07"),
        ("7-9-2023", "2023-09-07"),
        ("ngày 7.9.2023", "2023-09-07"),
        ("Ngày 7 tháng 9 năm 2023", "2023-09-07"),
        ("7 tháng 9, 2023", "2023-09-07"),
        ("08:15 07/09/2023", "2023-09-07"),
        ("Chủ nhật, 3/9/2023 | 10h05", "2023-09-03"),
        ("tháng 9/2023", "2023-09"),
        ("tháng 9 năm 2023", "2023-09"),
        ("9/2023", "2023-09"),
        ("năm 2023", "2023"),
        ("2023", "2023"),
        ("2023-09-07", "2023-09-07"),
        ("2023-09", "2023-09"),
        ("31/02/2023", None),
        ("13/2023", None),
        ("7/9", None),
        ("7/9/23", None),
        ("hôm qua", None),
        ("", None),
    ],
)
def test_dates_as_people_write_them(words: str, iso: str | None) -> None:
    found = read_date(words)
    assert (found.iso if found else None) == iso


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.bao.vn/a.html", "http://bao.vn/a.html/", True),
        ("https://m.bao.vn/a?x=1&y=2", "https://bao.vn/a?y=2&x=1&fbclid=9", True),
        ("https://BAO.vn:443/%C4%91.html#a", "https://bao.vn/đ.html", True),
        ("https://bao.vn/a", "https://bao.vn/A", False),
        ("https://bao.vn/?id=1", "https://bao.vn/?id=2", False),
        ("https://tin.bao.vn/a", "https://bao.vn/a", False),
    ],
)
def test_links_of_one_page(one: str, other: str, same: bool) -> None:
    assert (link_key(one) == link_key(other)) is same


@drawn(st.text(max_size=80))
def test_links_never_fail(words: str) -> None:
    assert clean_link(clean_link(words)) == clean_link(words)
    link_key(words)


def made_up(number: int, rng: random.Random) -> Article:
    """An article of 600 syllables drawn from a small stock."""
    stock = "cán bộ đảng viên kỷ luật cương hành chính việc làm nêu gương dân".split()
    text = " ".join(rng.choice(stock) + rng.choice("aiueo") for _ in range(600))
    facts = ArticleFacts.found(FactSource.FRONT_MATTER, title=f"Bài số {number}")
    return Article(f"2023-bai-{number}", f"{number}.md", text, 0, split_paragraphs(text), facts)


def test_comparing_takes_time_in_proportion() -> None:
    rng = random.Random(7)
    corpus = [made_up(n, rng) for n in range(800)]
    new = made_up(9999, rng)

    def spent(count: int) -> float:
        start = time.process_time()
        assert find_similar(new, corpus[:count]) == []
        return time.process_time() - start

    few = min(spent(400) for _ in range(3))
    # ten thousand articles in less than a minute, on a slow machine too
    assert any(spent(800) < min(3 * few, 4) for _ in range(3))


# ---- The command ----


def add_source(*arguments: object, data: bytes = b"") -> subprocess.CompletedProcess[str]:
    return run_here(main, *arguments, data=data)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    (tmp_path / "kho").mkdir()
    return corpus_of_nothing(tmp_path / "kho")


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    path = tmp_path / "bài gốc.txt"
    path.write_text(RAW, encoding="utf-8")
    return path


NAME = "articles/nghe-an/2023-09-07-siet-ky-cuong-o-huyen-mau.md"


@pytest.mark.skipif(sys.platform != "linux", reason="chỉ Linux cho tên tệp không phải UTF-8")
def test_a_name_that_is_no_utf8_is_told(sources: Path) -> None:
    done = add_source(os.fsdecode(b"khong\xff.txt"), "--sources", sources)
    assert done.returncode == 1
    assert "khong<U+DCFF>.txt:1: không có tệp này" in done.stderr


def test_writes_draft_and_report_and_says_what_next(sources: Path, raw: Path) -> None:
    done = add_source(raw, "--sources", sources)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    written = sorted(p.relative_to(sources).as_posix() for p in (sources / "articles").rglob("*") if p.is_file())
    assert written == [report_path(NAME), NAME]
    assert NAME in done.stdout
    assert re.findall(r"^  ([123])\. ", done.stdout, re.MULTILINE) == ["1", "2", "3"]
    assert build(sources, None, cache=VOCABULARY_READ).drafts == 1


def test_command_it_names_runs_as_written(sources: Path, raw: Path) -> None:
    told = re.search(r"gốc của kho\): (.+)", add_source(raw, "--sources", sources).stdout)
    assert told
    python, *arguments = told[1].split()
    done = subprocess.run(
        [sys.executable if python == "python" else ROOT / python, *arguments, "--sources", sources],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, "1 bản nháp" in done.stdout) == (0, True), done.stderr


def test_dry_run_shows_and_writes_nothing(sources: Path, raw: Path) -> None:
    before = snapshot(sources)
    done = add_source(raw, "--sources", sources, "--dry-run")
    assert done.returncode == 0
    assert "draft: có" in done.stdout
    assert "## Cần trả lời" in done.stdout
    assert snapshot(sources) == before


def test_second_time_is_refused_and_nothing_is_touched(sources: Path, raw: Path) -> None:
    assert add_source(raw, "--sources", sources).returncode == 0
    before = snapshot(sources)
    done = add_source(raw, "--sources", sources)
    assert done.returncode == 1
    assert f"bản nháp này đã có: sources/{NAME}" in done.stderr
    assert "Chưa thêm" in done.stdout
    assert snapshot(sources) == before
    again = add_source(raw, "--sources", sources, "--allow-duplicate")
    assert again.returncode == 0
    assert (sources / NAME.replace(".md", "-2.md")).is_file()


def test_several_files_each_on_its_own(sources: Path, raw: Path, tmp_path: Path) -> None:
    other = tmp_path / "khac.txt"
    other.write_text("Chuyện khác hẳn ở Tây Ninh\n\nBTNO - Tỉnh ủy Tây Ninh bàn việc cải cách hành chính.\n", "utf-8")
    same = tmp_path / "lai.txt"
    same.write_text(RAW, encoding="utf-8")
    done = add_source(tmp_path / "khong-co.txt", raw, same, other, "--sources", sources)
    assert done.returncode == 1
    assert done.stdout.count("Đã tạo bản nháp") == 2
    assert done.stdout.count("Chưa thêm") == 2
    assert "khong-co.txt:1: không có tệp này" in done.stderr
    assert "lai.txt:1: bản nháp này đã có" in done.stderr
    assert "2 lỗi, 0 cảnh báo." in done.stderr


def test_standard_input(sources: Path) -> None:
    done = add_source("-", "--sources", sources, "--title", "Từ bàn phím", data=RAW.encode("utf-8-sig"))
    assert done.returncode == 0, done.stderr
    assert (sources / "articles/nghe-an/2023-09-07-tu-ban-phim.md").is_file()


def test_wrong_values_are_told_together(sources: Path, raw: Path) -> None:
    before = snapshot(sources)
    done = add_source(raw, "--sources", sources, "--outlet", "Báo Nghệ Am", "--published", "30/2/2023")
    assert done.returncode == 1
    assert "Có lẽ là “Báo Nghệ An” (mã bao-nghe-an)" in done.stderr
    assert "ngày “30/2/2023” không có trong lịch" in done.stderr
    assert snapshot(sources) == before


@pytest.mark.parametrize(
    "arguments",
    [[], ["--khong-co", "a.txt"], ["a.txt", "b.txt", "--title", "x"], ["a.txt", "--name", "b.html"], ["a.txt", "--url"],
     ["a.txt", "--sources", "/khong/co"]],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage(arguments: list[str]) -> None:
    done = add_source(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    words = re.sub(r"/\S+|add_source.py|--[\w-]+", "", done.stderr)
    assert not re.search(r"\b(?:usage|argument|required|following|expected|error|invalid)", words)


def test_help_is_vietnamese() -> None:
    done = add_source("--help")
    assert done.returncode == 0
    assert not re.search(r"\b(?:usage|options|arguments|positional|show)\b", done.stdout)
    for option in ("--sources", "--dry-run", "--outlet", "--published", "--province", "--rights", "--allow-duplicate"):
        assert option in done.stdout


def test_faulty_vocabulary_is_told(tmp_path: Path, raw: Path) -> None:
    (tmp_path / "vocabularies").mkdir()
    (tmp_path / "vocabularies/outlets.yml").write_text("- {id: 'Sai Mã', name: x}\n", encoding="utf-8")
    done = add_source(raw, "--sources", tmp_path)
    assert done.returncode == 1
    assert "outlets.yml:1" in done.stderr


# ---- Writing ----


def a_draft(tmp_path: Path, vocabulary: Vocabulary) -> Draft:
    return draft_of(read_text(RAW, tmp_path, vocabulary), Corpus())


@pytest.mark.parametrize("first", ["draft", "report"])
def test_nothing_is_overwritten(first: str, tmp_path: Path, vocabulary: Vocabulary, sources: Path) -> None:
    draft = a_draft(tmp_path, vocabulary)
    there = sources / (draft.path if first == "draft" else report_path(draft.path))
    there.parent.mkdir(parents=True)
    there.write_text("của tôi", encoding="utf-8")
    before = snapshot(sources)
    problems = write_draft(draft, sources)
    assert [p.message for p in problems] == ["đã có tệp mang tên này"]
    assert snapshot(sources) == before


def test_full_disk_leaves_nothing(
    tmp_path: Path, vocabulary: Vocabulary, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = a_draft(tmp_path, vocabulary)
    real = Path.open

    def refuse(self: Path, *args: Any, **named: Any) -> Any:
        if self.name == Path(draft.path).name:
            raise OSError(28, "No space left on device")
        return real(self, *args, **named)

    monkeypatch.setattr(Path, "open", refuse)
    problems = write_draft(draft, sources)
    monkeypatch.undo()
    assert "không ghi được bản nháp" in problems[0].message
    assert not [p for p in sources.rglob("*.md") if "articles" in p.parts]


def test_link_as_folder_is_refused(tmp_path: Path, vocabulary: Vocabulary, sources: Path) -> None:
    draft = a_draft(tmp_path, vocabulary)
    (tmp_path / "nơi khác").mkdir()
    (sources / "articles").mkdir()
    (sources / "articles/nghe-an").symlink_to(tmp_path / "nơi khác")
    assert "liên kết tượng trưng" in write_draft(draft, sources)[0].message
    assert list((tmp_path / "nơi khác").iterdir()) == []
