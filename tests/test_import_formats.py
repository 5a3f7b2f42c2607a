"""One article in every form that people have it in: its words and facts come out the same."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from knowledge_base.core.errors import Severity
from knowledge_base.core.models import Article, merge_facts, value_of
from knowledge_base.core.text import nfc
from knowledge_base.drafts.cleaned import clean_body
from knowledge_base.importing.formats import Format, read_article, read_article_bytes
from knowledge_base.mentions.cleaning import clean_article
from knowledge_base.mentions.finders import finders_of
from knowledge_base.review.explain import Explainer
from making import (
    FIXTURE,
    Made,
    as_archive,
    as_news_page,
    as_old_portal,
    as_pdf,
    as_source,
    as_text,
    as_word,
    encode_tcvn3,
    make_pdf,
    make_scan,
    shown_as_latin,
)
from scanning import ROOT, SEEDS, cases, vocabulary

for package in ("lxml", "docx", "pypdfium2"):
    pytest.importorskip(package, reason="cần các gói trong requirements-import.txt")

FORMS: dict[str, tuple[str, Callable[[Made], bytes]]] = {
    "text": (".txt", lambda made: as_text(made).replace("\n", "\r\n").encode("utf-8-sig")),
    "utf-16": (".txt", lambda made: as_text(made).encode("utf-16")),
    "utf-16 without a mark": (".txt", lambda made: as_text(made).encode("utf-16-le")),
    "windows-1258": (".txt", lambda made: _windows(as_text(made))),
    "decomposed": (".txt", lambda made: unicodedata.normalize("NFD", as_text(made)).encode()),
    "encoded twice": (".txt", lambda made: shown_as_latin(as_text(made).encode()).encode()),
    "tcvn3": (".txt", lambda made: encode_tcvn3(as_text(made))),
    "tcvn3 as text": (".txt", lambda made: shown_as_latin(encode_tcvn3(as_text(made))).encode()),
    "news page": (".html", as_news_page),
    "web archive": (".mhtml", as_archive),
    "source of a page": (".html", as_source),
    "old portal": (".htm", as_old_portal),
    "word": (".docx", as_word),
    "word in an old font": (".docx", lambda made: as_word(made, ".VnTime")),
    "pdf": (".pdf", as_pdf),
}
OLD_LETTERS = {"tcvn3", "tcvn3 as text", "word in an old font"}
"""Forms that do not tell whether a letter with an accent is a capital."""
WITHOUT_ADDRESS = set(FORMS) - {"news page", "web archive", "source of a page"}
FINDERS = finders_of(vocabulary())


def _windows(text: str) -> bytes:
    """Encode in Windows-1258, which writes tones behind their letters."""
    parts = []
    for char in text:
        letter, tone = (char, "") if char.isascii() else _without_tone(char)
        parts.append((letter + tone).encode("cp1258"))
    return b"".join(parts)


def _without_tone(char: str) -> tuple[str, str]:
    bare = unicodedata.normalize("NFD", char)
    tones = "".join(c for c in bare if c in "\u0300\u0301\u0303\u0309\u0323")
    return nfc("".join(c for c in bare if c not in tones)), tones


def read(data: bytes, name: str) -> Article:
    """Read bytes that must hold an article; nothing worse than a warning may be told."""
    article, problems = read_article_bytes(data, name, vocabulary())
    assert article is not None, problems
    assert {problem.severity for problem in problems} <= {Severity.WARNING}
    return article


def own(article: Article) -> list[str]:
    """The article's own paragraphs, its title left out."""
    cleaned = clean_body(clean_article(article, vocabulary()), facts(article)["title"])
    return [" ".join(paragraph.text.split()) for paragraph in cleaned.paragraphs]


def facts(article: Article) -> dict[str, str | None]:
    """Title, outlet, author and date as they would stand in a draft."""
    found = merge_facts(article.facts, FINDERS.find(article)[1].masthead)
    published = value_of(found.published)
    return {
        "title": value_of(found.title),
        "outlet": value_of(found.outlet),
        "author": value_of(found.author),
        "published": published.iso if published else None,
    }


def like(form: str, text: str | None) -> str | None:
    """A text as it can be compared: in old letters without regard to capitals."""
    return text.lower() if text and form in OLD_LETTERS else text


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_article(form: str) -> None:
    suffix, make = FORMS[form]
    article = read(make(FIXTURE), f"bai{suffix}")
    assert [like(form, p) for p in own(article)] == [like(form, p) for p in FIXTURE.paragraphs]
    found = facts(article)
    assert like(form, found["title"]) == like(form, FIXTURE.title)
    assert (found["outlet"], found["published"]) == ("bao-nghe-an", FIXTURE.published)
    assert (found["author"] or "").lower() == "lê văn mẫu"
    assert article.url == (None if form in WITHOUT_ADDRESS else FIXTURE.url)
    numbers = {citation.number for citation in FINDERS.find(article)[1].citations}
    assert numbers == {"34-CT/TU", "73/2023/NĐ-CP", "920-TB/TU"}


def test_what_a_page_holds_besides_is_told() -> None:
    """The first words of every text beside the article, and nothing of the article itself."""
    article = read(as_news_page(FIXTURE), "bai.html")
    begin = [words.removesuffix("…") for words in article.left_out]
    assert any(words.startswith("Cơ quan chủ quản: Tỉnh ủy. Giấy phép số") for words in begin)
    assert all(8 < len(words.split()) <= 14 for words in begin)
    assert not [words for words in begin if words in article.text]
    assert read(as_text(FIXTURE).encode(), "bai.txt").left_out == ()


@pytest.mark.parametrize("form", FORMS)
def test_the_form_is_known_without_a_name(form: str) -> None:
    suffix, make = FORMS[form]
    named, nameless = read(make(FIXTURE), f"bai{suffix}"), read(make(FIXTURE), "-")
    assert nameless.text == named.text
    assert (nameless.id, nameless.path) == ("bai-viet", "đầu vào chuẩn")


def test_capitals_of_old_letters() -> None:
    text = as_text(replace(FIXTURE, title="CHỈ THỊ CỦA TỈNH ỦY HÀ TĨNH VỀ GIỮ GÌN ĐƯỜNG LÀNG"))
    article = read(encode_tcvn3(text), "bai.txt")
    assert article.text.startswith("CHỈ THỊ CỦA TỈNH ỦY HÀ TĨNH VỀ GIỮ GÌN ĐƯỜNG LÀNG\n")
    assert "Ủy ban nhân dân tỉnh rà soát" in article.text
    assert "Ban Tổ chức Tỉnh ủy theo dõi" in article.text


def test_what_was_converted_is_told() -> None:
    for form in ("windows-1258", "tcvn3", "tcvn3 as text", "encoded twice"):
        _, problems = read_article_bytes(FORMS[form][1](FIXTURE), "bai.txt", vocabulary())
        assert [p.severity for p in problems] == [Severity.WARNING]
        assert "đã chuyển sang Unicode" in problems[0].message
    assert read_article_bytes(FORMS["utf-16"][1](FIXTURE), "bai.txt", vocabulary())[1] == []


def test_a_message_is_read_without_its_sender() -> None:
    article = read(f"[22/7 22:31] Lê Mẫu: {as_text(FIXTURE)}".encode(), "bai.txt")
    assert article.text.startswith(FIXTURE.title)


# -- what is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "message", "remedy"),
    [
        (make_scan(), "a.pdf", "là ảnh quét", "Google Tài liệu"),
        (
            make_pdf([[(72, 700, "chữ trong tệp có mật khẩu")]], locked=True),
            "a.pdf",
            "có mật khẩu",
            "in ra tệp PDF mới",
        ),
        (b"%PDF-1.4\nhong", "a.pdf", "không mở được tệp PDF", "Tải lại tệp"),
        (b"PK\x03\x04hong", "a.docx", "không mở được tệp Word", "lưu lại thành tệp .docx mới"),
        (b"PK\x03\x04hong", "a.epub", "tệp hỏng, hoặc chưa tải xong", "Tải lại tệp"),
        (b"PK\x03\x04hong", "a.xlsx", "tệp hỏng, hoặc chưa tải xong", "Tải lại tệp"),
        ("Cán bộ. ".encode() * 120_000, "a.txt", "tệp lớn hơn 1 MB", "Chỉ giữ phần chữ của một bài"),
        (
            "<html><body><p>Trang chủ</p></body></html>".encode(),
            "a.html",
            "không thấy bài viết nào",
            "lưu lại (Ctrl+S)",
        ),
        (b"", "a.html", "không thấy bài viết nào", "lưu lại (Ctrl+S)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", ".doc", "Word Document (.docx)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.docx", "mật khẩu", "Word Document (.docx)"),
        (b"{\\rtf1 abc}", "a.doc", ".rtf", "Word Document (.docx)"),
        (b"PK\x05\x06", "a.odt", ".odt", "Word Document (.docx)"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\nabc", "a.mht", ".mht", "chỉ HTML"),
        (b"From: a@b.vn\r\nSubject: Bai\r\n\r\nabc", "-", "thư điện tử", ".txt"),
        (b"\xff\xd8\xff\xe0", "a.jpg", "là ảnh", "OCR"),
        (b"\x89PNG\r\n", "-", "là ảnh", "OCR"),
        (b"abc", "a.xyz", "không đọc được loại tệp “.xyz”", "Chỉ đọc được tệp .docx, "),
        (bytes(range(256)) * 20, "a.txt", "dữ liệu nhị phân", ".txt"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_do(
    data: bytes, name: str, message: str, remedy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge_base.importing.office.find_program", lambda _: None)  # as on most machines
    article, problems = read_article_bytes(data, name, vocabulary())
    assert article is None
    assert len(problems) == 1
    assert message in problems[0].message
    assert remedy in problems[0].remedy


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"suffixes": ("epub",), "refuse": ("a", "b")}, "dấu chấm"),
        ({"suffixes": (".EPUB",), "refuse": ("a", "b")}, "chữ thường"),
        ({"suffixes": ".epub", "refuse": ("a", "b")}, "một bộ"),
        ({"suffixes": (".epub",)}, "thiếu read"),
        ({"suffixes": [".epub"], "refuse": ("a", "b")}, "một bộ"),
        ({"suffixes": (".epub",), "read": "word"}, "một hàm đọc"),
        ({"suffixes": (".epub",), "refuse": ("a", "b"), "holds": ""}, "để trống"),
        ({"suffixes": (".epub",), "refuse": ("a", "b"), "begins": re.compile(b"x?")}, "để trống"),
    ],
)
def test_a_row_of_formats_that_says_nothing_is_told_at_once(row: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Format(**row)


def test_a_head_of_comments_is_looked_at_in_no_time() -> None:
    start = time.perf_counter()
    read_article_bytes(b"<!---->" * 1_000 + "Sáng nay, xã họp.".encode(), "a.txt", vocabulary())
    assert time.perf_counter() - start < 5


def test_letters_without_meaning_are_refused() -> None:
    words = "".join(chr(0xE000 + number) for number in range(60))
    article, problems = read_article_bytes(make_pdf([[(72, 700, words)]]), "a.pdf", vocabulary())
    assert article is None
    assert "không có" in problems[0].message or "không đọc được" in problems[0].message


def test_missing_packages_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str, package: str | None = None) -> Any:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr("knowledge_base.importing.formats.import_module", missing)
    for form in ("news page", "word", "pdf"):
        suffix, make = FORMS[form]
        article, problems = read_article_bytes(make(FIXTURE), f"a{suffix}", vocabulary())
        assert article is None
        assert "scripts/dev.py add" in problems[0].remedy
        assert "requirements-import.txt" in problems[0].remedy


# -- real articles ---------------------------------------------------------------------------------

SEED_FILES = sorted(SEEDS.glob("*.txt"))
SEED_FORMS = ("text", "tcvn3", "tcvn3 as text", "news page", "old portal", "word", "pdf")


@cache
def explainer() -> Explainer:
    return Explainer(ROOT / "sources", vocabulary())


def seed_article(path: Path) -> Made:
    """A raw article as its parts: what the cleaning leaves, and the facts of the plain text."""
    article, _ = read_article(path, path.parent, vocabulary())
    assert article is not None
    found = facts(article)
    assert found["title"] and found["outlet"]
    paragraphs = tuple(
        " ".join(p.text.split()) for p in clean_body(clean_article(article, vocabulary()), None).paragraphs
    )
    start = paragraphs.index(found["title"]) + 1
    outlet = vocabulary().outlets[found["outlet"]]
    gold = json.loads(path.with_suffix("").with_suffix(".gold.json").read_text(encoding="utf-8"))["gold"]
    date = gold["published"] or "2022-01-03"
    return Made(
        found["title"], paragraphs[start:], date, found["author"], outlet.name, f"https://{outlet.sites[0]}/a-1.html"
    )


@pytest.mark.skipif(not SEED_FILES, reason="thư mục ../shared/seeds không có ở đây")
@pytest.mark.parametrize("form", SEED_FORMS)
@pytest.mark.parametrize("path", SEED_FILES, ids=lambda p: p.stem)
def test_real_articles(path: Path, form: str, tmp_path: Path) -> None:
    made = seed_article(path)
    suffix, make = FORMS[form]
    file = tmp_path / f"bai{suffix}"
    file.write_bytes(make(made))
    article, problems = read_article(file, tmp_path, vocabulary())
    assert article is not None, problems
    found, want = [like(form, p) for p in own(article)], [like(form, p) for p in made.paragraphs]
    assert sum(p in found for p in want) >= 0.99 * len(want), [p for p in want if p not in found]
    assert sum(p not in want for p in found) <= 0.01 * len(found), [p for p in found if p not in want]
    plain = tmp_path / "plain.txt"
    plain.write_text(as_text(made), encoding="utf-8")
    told, expected = explainer().explain(file), explainer().explain(plain)
    for key in ("title", "author"):
        assert like(form, str(told[key])) == like(form, str(expected[key]))
    for key in ("published", "province", "document"):
        assert told[key] == expected[key]
    raw, _ = read_article(path, path.parent, vocabulary())
    assert raw is not None
    assert told["outlet"] in {expected["outlet"], facts(raw)["outlet"]}  # a page shows it also without the sign
    gold = json.loads(path.with_suffix("").with_suffix(".gold.json").read_text(encoding="utf-8"))["gold"]
    assert told["published"] == made.published
    numbers = {citation.number for citation in FINDERS.find(article)[1].citations}
    assert {c["canonical"] for c in gold["citations"] if c["level"] != "partial"} <= numbers


# -- web pages, by cases ---------------------------------------------------------------------------

PAGES = cases("import")


@pytest.mark.parametrize(("name", "case"), PAGES, ids=[n for n, _ in PAGES])
def test_page(name: str, case: dict[str, Any]) -> None:
    article = read(case["page"].encode(), "trang.html")
    found: dict[str, Any] = {
        "title": article.title or "none",
        "published": article.published.iso if article.published else "none",
        "author": article.author or "none",
        "candidate": author.value if (author := article.facts.author) and not author.sure else "none",
        "outlet": article.outlet or "none",
        "url": article.url or "none",
        "lines": [re.sub(r"\s+", " ", p) for p in article.text.split("\n\n")],
    }
    want = {key: value for key, value in case.items() if key not in {"page", "why"}}
    assert {key: found[key] for key in want} == want
