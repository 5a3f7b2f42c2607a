"""Damaged letters, and letters of other alphabets: mended where that is sure, told where it is not."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from knowledge_base.checks.articles import check_letters
from knowledge_base.core.errors import Severity
from knowledge_base.core.text import view
from knowledge_base.importing.encodings import tell_damage
from knowledge_base.importing.formats import read_article_bytes
from knowledge_base.importing.markdown import read_tables
from knowledge_base.sources.articles.corpus import read_corpus
from scanning import article, vocabulary


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Chỉ thị số ３４－ＣＴ／ＴＵ", "Chỉ thị số 34-CT/TU"),
        ("số ٣٤-CT/TU, số 𝟑𝟓-CT/TU", "số 34-CT/TU, số 35-CT/TU"),
        ("34-СТ/ТU và 126/2024/ΝĐ-СР", "34-CT/TU và 126/2024/NĐ-CP"),
        ("34-ЦТ/TU, 35-CT/TУ, ΔG", "34-ЦT/TU, 35-CT/TУ, ΔG"),
    ],
)
def test_letters_of_others_are_read_as_ours_where_that_is_sure(written: str, read: str) -> None:
    assert view(written) == read
    assert len(read) == len(written)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Chỉ th� số 34", "hỏng"),
        ("\uf0b7 Các xã báo cáo trước ngày 5", "U+F0B7"),
        ("Mỗi chi bộ \ue001 một việc", "U+E001"),
        ("Ban Th­êng vô TØnh ñy häp bµn", "Ban Thường vụ Tỉnh ủy họp bàn"),
        ("Tỉnh ủy giao các xã".encode().decode("latin-1"), "Tỉnh ủy giao các xã"),
        ("Uûy ban nhaân daân tænh hoïp baøn", "VNI"),
        ("Ông Málaga ở São Paulo mua « vàng » giá 5 €, nghỉ ½ ngày ở 28°C", None),
    ],
)
def test_damaged_lines(line: str, told: str | None) -> None:
    damage = tell_damage(line)
    assert (told in " ".join(damage)) if told and damage else damage is told


def test_a_digest_with_damaged_lines_is_told_of_by_line() -> None:
    problems = list(check_letters(article("Dòng một.\n\nChỉ th� số 34.\n\nSố 36-ЦТ/TU và 37-СТ/ТU.")))
    assert [(p.line, p.severity) for p in problems] == [(3, Severity.ERROR), (5, Severity.ERROR)]
    assert "37" not in problems[1].message


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Chỉ thị 3\u200b4-CT/TU", "U+200B"),
        ("Chỉ thị 34-C\u00adT/TU", "U+00AD"),
        ("Chỉ thị 3\ufe0f\u20e34-CT/TU", "U+FE0F"),
        ("Chỉ thị 3\u03364\u0336-CT/TU", "U+0336"),
        ("Chỉ thị ³⁴-CT/TU", "³⁴"),
        ("Chỉ thị ③④-CT/TU", "③④"),
        ("Chỉ thị 34-CT/TՍ", "Ս"),
        ("Chỉ thị 34-ᴄᴛ/ᴛᴜ", "ᴄ"),
        ("Chỉ thị 34-ℂ𝕋/TU", "ℂ"),
        ("Chỉ thị 34-🄲🅃/TU", "34-🄲"),
        ("Chỉ thị 34-CT⧸TU", "34-CT⧸"),
        ("Cán bộ giữ kỷ luật. " * 1500 + "Chỉ thị 34-C\u200bT/TU", "U+200B"),
        ("Chỉ thị 34-CT/TU² và 41-NQ/TW[3], ngày 5-10, 100 m²/người", None),
        ("Gia đình 👨‍👩‍👧 đọc sách 20/11 ✔️, 1️⃣ Đọc trước", None),
    ],
)
def test_what_hides_a_number_from_search_is_an_error(line: str, told: str | None) -> None:
    problems = list(check_letters(article(line)))
    assert [p.severity for p in problems] == [Severity.ERROR] * (told is not None)
    assert all(told in p.message for p in problems if told)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Ban Thườ\u200bng vụ Tỉnh ủy", "“Thường” có ký tự ẩn U+200B"),
        ("siết kỷ lu\ufeffật", "“luật” có ký tự ẩn U+FEFF"),
        ("Ban Thường vụ Тỉnh ủy", "“Тỉnh” có chữ cái không phải chữ Latinh thường (Т)"),
        ("Ban Ｔhường vụ", "(Ｔ)"),
        ("Gia đình 👨\u200d👩\u200d👧 ở Việt\u200b Nam, ΔG và 5 μm, Пушкин", None),
    ],
)
def test_a_word_that_search_does_not_find_is_asked_about(line: str, told: str | None) -> None:
    problems = list(check_letters(article(line)))
    assert [p.severity for p in problems] == [Severity.WARNING] * (told is not None)
    assert all(told in p.message for p in problems if told)


def test_names_that_differ_by_their_normal_form_are_both_named(tmp_path: Path) -> None:
    folder = tmp_path / "articles" / "nghe-an"
    folder.mkdir(parents=True)
    head = "---\ntitle: Lớp học\noutlet: bao-nghe-an\npublished: 2026-03-05\nprovince: nghe-an\n---\n\nNội dung.\n"
    for form in ("NFC", "NFD"):
        (folder / unicodedata.normalize(form, "2026-03-05-lớp.md")).write_text(head, encoding="utf-8")
    told = [p.message for p in read_corpus(tmp_path, vocabulary()).problems if p.severity is Severity.ERROR]
    assert any("NFC" in message and "NFD" in message for message in told)


def test_raw_markdown_is_read_as_text_and_a_digest_as_a_digest() -> None:
    raw = "# Xã mở lớp học\n\nXã **giao** việc.\n\n| STT | Việc | Hạn |\n|---|:--|---|\n| 1 | Mở lớp | 30-6 |\n"
    found, problems = read_article_bytes(raw.encode(), "bai.md", vocabulary())
    assert problems == [] and found is not None
    assert found.text.split() == "# Xã mở lớp học Xã giao việc. - Việc: Mở lớp; Hạn: 30-6".split()
    assert "khai báo" in read_article_bytes(b"title: A\noutlet: b\n", "bai.md", vocabulary())[1][0].message
    assert read_tables("a | b\nc | d") == ("a | b\nc | d", 0)
