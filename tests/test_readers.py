"""Reading articles: every input fault is told on its line; equal texts give equal articles."""

from __future__ import annotations

import dataclasses
import os
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge_base.core.dates import PartialDate
from knowledge_base.core.errors import Severity
from knowledge_base.core.models import Article, Correction, ParagraphKind
from knowledge_base.importing.formats import read_article
from knowledge_base.sources.articles.corpus import read_articles
from knowledge_base.sources.vocabulary import Vocabulary, load_vocabulary

CASES_DIR = Path(__file__).parent / "cases/input"
GOOD = """\
---
title: Nghệ An siết kỷ luật
outlet: bao-nghe-an
author: Người Viết
published: 2023-09-07
event: 2023-09
province: nghe-an
url: https://bao.example/bai-1.html
evidence: toan-van
rights: van-ban-hanh-chinh
document: chi-thi-34-ct-tu-nghe-an-2023
corrections:
  - find: Chỉ thị 34
    is: chi-thi-34-ct-tu-nghe-an-2023
  - {find: Nghị quyết lạ, is: none}
---
920. Thông báo

Ban Thường vụ ban hành Chỉ thị 34; có Nghị quyết lạ.
"""


def cases(name: str) -> list[dict[str, Any]]:
    """Return the cases of one data file."""
    loaded: list[dict[str, Any]] = yaml.load((CASES_DIR / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return loaded


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    folder = tmp_path_factory.mktemp("sources") / "vocabularies"
    folder.mkdir()
    (folder / "outlets.yml").write_text("- {id: bao-nghe-an, name: Báo Nghệ An}\n", encoding="utf-8")
    provinces = "".join(
        f"- {{id: {key}, name: {name}, periods: [{{kind: tinh}}]}}\n"
        for key, name in (("nghe-an", "Nghệ An"), ("da-nang", "Đà Nẵng"), ("hoa-binh", "Hòa Bình"))
    )
    (folder / "provinces.yml").write_text(provinces, encoding="utf-8")
    loaded, problems = load_vocabulary(folder.parent)
    assert problems == []
    return loaded


def put(sources: Path, name: str, content: str | bytes) -> Path:
    """Write one article file."""
    path = sources / "articles" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read_one(sources: Path, vocabulary: Vocabulary) -> Article:
    """Read a corpus of one sound article."""
    articles, problems = read_articles(sources, vocabulary)
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []
    return articles[0]


def assert_told(sources: Path, vocabulary: Vocabulary, path: str, expect: list[str]) -> None:
    """Check that reading tells exactly of ``expect`` ("line: part of the problem")."""
    articles, problems = read_articles(sources, vocabulary)
    told = [str(problem) for problem in problems]
    assert len(told) == len(expect), told
    for line, expected in zip(told, expect, strict=True):
        number, _, part = expected.partition(": ")
        assert line.startswith(f"sources/articles/{path}:{number}: "), told
        assert part in line, told
        assert "\n" not in line
    assert len(articles) == (0 if expect else 1)


@pytest.mark.parametrize(
    "case", cases("front-matter.yml") + cases("yaml.yml") + cases("characters.yml"), ids=lambda case: case["name"]
)
def test_faults_in_a_file(case: dict[str, Any], tmp_path: Path, vocabulary: Vocabulary) -> None:
    content = bytes.fromhex(case["hex"]) if "hex" in case else case["content"]
    put(tmp_path / "sources", "nghe-an/2023-09-07-bai.md", content)
    assert_told(tmp_path / "sources", vocabulary, "nghe-an/2023-09-07-bai.md", case["expect"])


@pytest.mark.parametrize("case", cases("dates.yml"), ids=lambda case: str(case["value"]))
def test_faults_in_a_date(case: dict[str, Any], tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = f"---\ntitle: Bài\noutlet: bao-nghe-an\npublished: {case['value']}\nprovince: nghe-an\n---\nNội dung.\n"
    put(tmp_path / "sources", "nghe-an/2023-09-07-bai.md", text)
    assert_told(tmp_path / "sources", vocabulary, "nghe-an/2023-09-07-bai.md", [f"4: {case['expect']}"])


@pytest.mark.parametrize("case", cases("places.yml"), ids=lambda case: case["name"])
def test_faults_in_a_place(case: dict[str, Any], tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = f"---\ntitle: Bài\noutlet: bao-nghe-an\n{case['head']}\n---\nNội dung.\n"
    put(tmp_path / "sources", case["path"], text)
    assert_told(tmp_path / "sources", vocabulary, case["path"], case["expect"])


def test_a_sound_article(tmp_path: Path, vocabulary: Vocabulary) -> None:
    put(tmp_path / "sources", "nghe-an/2023-09-07-bai.md", GOOD)
    article = read_one(tmp_path / "sources", vocabulary)
    assert (article.id, article.path) == ("2023-09-07-bai", "sources/articles/nghe-an/2023-09-07-bai.md")
    assert (article.published, article.event) == (PartialDate(2023, 9, 7), PartialDate(2023, 9))
    assert (article.evidence, article.rights) == ("toan-van", "van-ban-hanh-chinh")
    assert article.text[article.body_start :].startswith("920. Thông báo")
    assert [(p.kind, p.line) for p in article.paragraphs] == [
        (ParagraphKind.PARAGRAPH, 17),
        (ParagraphKind.PARAGRAPH, 19),
    ]
    assert all(article.text[p.start : p.end] == p.text for p in article.paragraphs)
    assert article.corrections == (
        Correction("Chỉ thị 34", "chi-thi-34-ct-tu-nghe-an-2023", 14),
        Correction("Nghị quyết lạ", None, 15),
    )
    assert (article.line_of("url"), article.line_of("nothing")) == (8, 1)
    assert not article.national


def test_a_national_article(tmp_path: Path, vocabulary: Vocabulary) -> None:
    put(tmp_path / "sources", "trung-uong/2023-bai.md", "---\ntitle: B\noutlet: bao-nghe-an\npublished: 2023\n---\nA\n")
    assert read_one(tmp_path / "sources", vocabulary).national


def test_first_lines_that_look_like_markup_are_text(tmp_path: Path, vocabulary: Vocabulary) -> None:
    body = "BTNO: Tin riêng <b>x</b>\n\n---\n\n[34-CT/TU]: sai"
    put(tmp_path / "sources", "nghe-an/2023-09-07-bai.md", GOOD.split("corrections", 1)[0] + "---\n" + body)
    article = read_one(tmp_path / "sources", vocabulary)
    assert article.paragraphs[0].text == "BTNO: Tin riêng <b>x</b>"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: "\ufeff" + unicodedata.normalize("NFD", text).replace("\n", "\r\n"),
    ],
    ids=["NFD", "CRLF", "BOM", "all"],
)
def test_spellings_of_one_file_give_one_article(change: Any, tmp_path: Path, vocabulary: Vocabulary) -> None:
    put(tmp_path / "a/sources", "nghe-an/2023-09-07-bài-đầu.md", GOOD)
    name = unicodedata.normalize("NFD", "nghe-an/2023-09-07-bài-đầu.md")
    put(tmp_path / "b/sources", name, change(GOOD))
    assert read_one(tmp_path / "a/sources", vocabulary) == read_one(tmp_path / "b/sources", vocabulary)


def test_order_and_double_ids(tmp_path: Path, vocabulary: Vocabulary) -> None:
    other = GOOD.replace("province: nghe-an", "province: da-nang")
    put(tmp_path / "sources", "nghe-an/2023-09-07-a.md", GOOD)
    put(tmp_path / "sources", "da-nang/2023-09-07-b.md", other)
    put(tmp_path / "sources", "nghe-an/2023-09-07-b.md", GOOD)
    articles, problems = read_articles(tmp_path / "sources", vocabulary)
    assert [article.id for article in articles] == ["2023-09-07-a", "2023-09-07-b"]
    first, second = (f"sources/articles/{place}/2023-09-07-b.md" for place in ("da-nang", "nghe-an"))
    told = f"{second}:1: mã bài “2023-09-07-b” trùng với bài {first}. Đổi tên một trong hai tệp, "
    assert [str(problem).startswith(told) for problem in problems] == [True]


def test_links_are_refused(tmp_path: Path, vocabulary: Vocabulary) -> None:
    put(tmp_path / "sources", "nghe-an/2023-09-07-a.md", GOOD)
    (tmp_path / "secret.md").write_text(GOOD, encoding="utf-8")
    os.symlink(tmp_path / "secret.md", tmp_path / "sources/articles/nghe-an/2023-09-07-b.md")
    os.symlink(tmp_path / "sources/articles/nghe-an", tmp_path / "sources/articles/vong")
    articles, problems = read_articles(tmp_path / "sources", vocabulary)
    assert len(articles) == 1
    assert [p.path.rsplit("/", 1)[1] for p in problems] == ["2023-09-07-b.md", "vong"]
    assert all("liên kết" in p.message for p in problems)


def test_no_articles(tmp_path: Path, vocabulary: Vocabulary) -> None:
    assert read_articles(tmp_path / "sources", vocabulary) == ([], [])


def test_hidden_files_are_left_alone(tmp_path: Path, vocabulary: Vocabulary) -> None:
    put(tmp_path / "sources", "nghe-an/.DS_Store", b"\x00")
    assert read_articles(tmp_path / "sources", vocabulary) == ([], [])


def test_faulty_vocabulary_is_told_of_once(tmp_path: Path) -> None:
    folder = tmp_path / "sources/vocabularies"
    folder.mkdir(parents=True)
    (folder / "outlets.yml").write_text("- {id: bao-nghe-an}\n", encoding="utf-8")
    (folder / "provinces.yml").write_text("- [", encoding="utf-8")
    vocabulary, faults = load_vocabulary(tmp_path / "sources")
    put(tmp_path / "sources", "nghe-an/2023-09-07-a.md", GOOD)
    assert len(faults) == 2
    assert read_articles(tmp_path / "sources", vocabulary)[1] == []


def test_a_raw_text(tmp_path: Path, vocabulary: Vocabulary) -> None:
    path = tmp_path / "Bài báo.txt"
    path.write_bytes("BTNO: Dòng đầu\x0cDòng\u202e hai\r\n".encode())
    article, problems = read_article(path, tmp_path, vocabulary)
    assert article is not None
    assert (article.id, article.path, article.title) == ("bai-bao", "Bài báo.txt", None)
    assert article.text == "BTNO: Dòng đầu\nDòng  hai\n"
    assert {problem.severity for problem in problems} == {Severity.WARNING}


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("a.txt", b"", "tệp không có nội dung"),
        ("a.txt", b"a\n\xff", "không phải UTF-8"),
        ("a.exe", b"", "không đọc được loại tệp “.exe”. Chỉ đọc được tệp .docx, "),
        ("khong", b"", "tệp không có nội dung"),
        ("a.txt/b.md", b"", "là thư mục"),
        ("b/c.md", None, "không có tệp này"),
        ("\0.md", None, "không"),
    ],
)
def test_files_that_cannot_be_read(
    name: str, content: bytes | None, part: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    path = tmp_path / name
    if content is not None:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    path = tmp_path / "a.txt" if name.startswith("a.txt/") else path
    article, problems = read_article(path, tmp_path, vocabulary)
    assert article is None
    assert [part in str(problem) for problem in problems] == [True]
    assert "\n" not in str(problems[0])


def test_a_file_elsewhere_is_shown_as_given(tmp_path: Path, vocabulary: Vocabulary) -> None:
    path = put(tmp_path / "sources", "nghe-an/2023-09-07-a.md", GOOD)
    article, _ = read_article(path, Path("/nowhere"), vocabulary)
    assert article is not None
    assert article.path == path.as_posix()


@pytest.mark.parametrize("unit", ["1", "-", "A", "---\n", "a: ", "> ", "\x00", "[", "\u202e\n"])
@pytest.mark.parametrize("suffix", ["md", "txt"])
def test_hostile_files_end_soon(unit: str, suffix: str, tmp_path: Path, vocabulary: Vocabulary) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_text("---\ntitle: a\n" + unit * (500_000 // len(unit)), encoding="utf-8")
    start = time.process_time()  # of this process: the machine may be busy
    read_article(path, tmp_path, vocabulary)
    assert time.process_time() - start < 10


FRONT = st.sampled_from(
    ["title: a", "outlet: bao-nghe-an", "published: 2023", "province: nghe-an", "corrections:", "- find: a", "x: &a"]
)
NEARLY = st.lists(st.one_of(FRONT, st.just("---"), st.text(max_size=20)), max_size=12).map("\n".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.one_of(st.binary(max_size=300), NEARLY.map(lambda text: ("---\n" + text).encode("utf-8", "replace"))))
def test_any_bytes_are_read_or_told_of(data: bytes, tmp_path: Path, vocabulary: Vocabulary) -> None:
    for suffix in ("md", "txt"):
        path = tmp_path / f"a.{suffix}"
        path.write_bytes(data)
        article, problems = read_article(path, tmp_path, vocabulary)
        assert article is not None or problems
        assert all("\n" not in str(problem) for problem in problems)


LETTERS = st.text(st.sampled_from("aàảãáạăằâầđeêềiìoòôồơờuùưừyỳ ỦẾNGHỊ.,:;-/0123"), min_size=1, max_size=60)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(title=LETTERS, body=st.lists(LETTERS, min_size=1, max_size=5))
def test_normal_forms_and_line_ends_do_not_matter(
    title: str, body: list[str], tmp_path: Path, vocabulary: Vocabulary
) -> None:
    text = f"---\ntitle: '{title}'\noutlet: bao-nghe-an\n---\n" + "\n\n".join(body) + "\n"
    variants = [text, unicodedata.normalize("NFD", text), text.replace("\n", "\r\n"), "\ufeff" + text]
    path = tmp_path / "a.md"
    read = []
    for variant in variants:
        path.write_bytes(variant.encode())
        read.append(read_article(path, tmp_path, vocabulary))
    assert all(result == read[0] for result in read)


def test_articles_are_frozen(tmp_path: Path, vocabulary: Vocabulary) -> None:
    put(tmp_path / "sources", "nghe-an/2023-09-07-bai.md", GOOD)
    article = read_one(tmp_path / "sources", vocabulary)
    with pytest.raises(dataclasses.FrozenInstanceError):
        article.text = "khác"  # type: ignore[misc]
