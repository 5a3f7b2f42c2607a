"""Themes are found where a text really speaks of them."""

from __future__ import annotations

import re
import unicodedata
from functools import partial
from pathlib import Path
from typing import cast

import pytest

from knowledge_base.core.models import Citation, Level, NamedDocument, Noise, NoiseKind
from knowledge_base.core.text import nfc
from knowledge_base.mentions.themes import ThemeFinder, theme_weights
from scanning import GOLD, assert_linear, case_params, needs_seeds, plain_scan, read_gold, vocabulary

VOCABULARY = vocabulary()
FINDER = ThemeFinder(VOCABULARY)
JUDGED = {
    *("ky-luat-ky-cuong", "dam-nghi-dam-lam", "cai-cach-hanh-chinh", "neu-guong", "ne-tranh-dun-day"),
    *("kiem-tra-giam-sat", "cong-tac-can-bo", "phong-chong-tham-nhung", "chuyen-doi-so", "hoc-tap-lam-theo-bac"),
}
CASES = case_params("themes")
TEXTS = [str(cast("dict[str, object]", case.values[0])["text"]) for case in CASES]


def _marked(text: str) -> tuple[str, list[Citation]]:
    """Take the marks ⟦ ⟧ out of a text and return what they enclose as citations."""
    plain, citations = "", []
    for part in re.split(r"(⟦.*?⟧)", nfc(text)):
        words = part.strip("⟦⟧") if part.startswith("⟦") else part
        if part.startswith("⟦"):
            citations.append(Citation(len(plain), len(plain) + len(words), words, None, None, Level.FULL))
        plain += words
    return plain, citations


def _themes(text: str) -> set[str]:
    plain, citations = _marked(text)
    scan = plain_scan(plain)
    return set(theme_weights(FINDER.find(scan, citations), scan))


@pytest.mark.parametrize("case", CASES)
def test_cases(case: dict[str, object]) -> None:
    expected = case.get("themes", [])
    assert isinstance(expected, list)
    assert _themes(str(case["text"])) == set(expected)


def test_spelling_does_not_matter() -> None:
    for text in TEXTS:
        other = text.replace("kỷ", "kỉ").replace("hóa", "hoá").replace(" ", "\u00a0")
        assert _themes(unicodedata.normalize("NFD", text)) == _themes(other) == _themes(text), text


LEAD = "\n\n".join([" ".join(["Gió"] * 15)] * 2)
"""Two paragraphs that tell of something else."""


def _about(text: str, title: str = "") -> dict[str, float]:
    scan = plain_scan(text)
    return theme_weights(FINDER.find(scan), scan, title, FINDER.find(plain_scan(title)))


def test_what_is_said_in_passing_is_no_theme() -> None:
    """Three phrases in two sentences; a weak one counts half, one at the head of a list's item double."""
    other = f"{LEAD}\n\nGiá lúa tăng."
    assert _about(f"{other} Tỉnh chuyển đổi số.") == {}
    assert _about(f"{other} Tỉnh chuyển đổi số. Xã chuyển đổi số.") == {}
    assert _about(f"{other} Tỉnh chuyển đổi số, xây dựng chính quyền số, xã hội số.") == {}
    assert _about(f"{other} Tỉnh chuyển đổi số, xây dựng chính quyền số. Dân có chữ ký số.") == {}
    assert _about(f"{other} Tỉnh chuyển đổi số, xây dựng chính quyền số. Có xã hội số.") == {"chuyen-doi-so": 3.0}
    assert _about(f"{other} Dùng chữ ký số. Có dữ liệu số. Mua nền tảng số.") == {}
    assert _about("Mở đầu.\n\n- Chuyển đổi số: dùng chữ ký số, có kinh tế số.") == {"chuyen-doi-so": 4.0}


def test_the_lead_tells_what_the_news_is() -> None:
    """A line of a few words is no paragraph of it, nor is what stands below the second."""
    many_words = " ".join(["gió"] * 15)
    about = f"Xã chuyển đổi số, {many_words}.\n\nXã chuyển đổi số."
    assert _about(about) == _about(f"Ngày 3.\n\n{about}") == {"chuyen-doi-so": 3.0}
    assert _about(f"{many_words}.\n\n{many_words}.\n\n{about}") == {}
    assert _about("Xã chuyển đổi số.\n\nXã chuyển đổi số.") == {}


def test_what_another_matter_serves_counts_half() -> None:
    other = f"{LEAD}\n\nGiá lúa tăng."
    said = "Xã chuyển đổi số. Huyện chuyển đổi số."
    assert _about(f"{other} {said} Tỉnh chuyển đổi số.") == {"chuyen-doi-so": 3.0}
    for serving in ("nhằm", "gắn với", "góp phần"):
        assert _about(f"{other} {said} Tỉnh mở chợ {serving} chuyển đổi số.") == {}


def test_a_title_alone_is_enough_if_its_words_return() -> None:
    """A page's banner stands where its title does, but the text has other words."""
    title = "Chuyển đổi số ở chợ Bến Đò"
    assert _about(f"{title}\n\nChợ Bến Đò mở màn.", title) == {"chuyen-doi-so": 2.0}
    assert _about("Chợ Bến Đò mở màn.\n\nCó 40 quầy.", title) == {"chuyen-doi-so": 2.0}
    assert _about(f"{title}\n\nLễ hội mở màn.", title) == _about("Lễ hội.\n\nMở màn.", title) == {}
    assert _about("Dùng chữ ký số.\n\nDùng nền tảng số.", title) == {"chuyen-doi-so": 3.0}


def test_where_a_text_names_many_themes_one_phrase_is_enough() -> None:
    """Three themes it is about, and eight that it names."""
    about = "Nêu gương. Kỷ luật, kỷ cương. Chuyển đổi số.\n\n" * 3
    once = "Cải cách hành chính. Công tác dân vận. Tự phê bình và phê bình. Khát vọng cống hiến."
    assert len(_about(f"{about}{once} Kê khai tài sản.")) == 8
    assert set(_about(about + once)) == {"neu-guong", "ky-luat-ky-cuong", "chuyen-doi-so"}


def test_one_word_in_a_long_text_is_no_theme() -> None:
    scan = plain_scan("Chuyển đổi số. " + "Một câu về việc khác. " * 1500)
    assert theme_weights(FINDER.find(scan), scan) == {}


def test_captions_and_names_of_documents_do_not_count() -> None:
    text = "Nghị quyết Đại hội về chuyển đổi số. Ảnh: hội thi cải cách hành chính"
    named = NamedDocument(0, 18, text[:18], "Nghị quyết Đại hội")
    scan = plain_scan(text, Noise(37, len(text), NoiseKind.CAPTION))
    assert FINDER.find(scan, [named]) == []
    assert {m.theme for m in FINDER.find(plain_scan(text))} == {"chuyen-doi-so", "cai-cach-hanh-chinh"}


def test_mentions_are_words_of_the_text() -> None:
    for text in TEXTS:
        plain, citations = _marked(text)
        for mention in FINDER.find(plain_scan(plain), citations):
            assert mention.text == plain[mention.start : mention.end]


def _scores(path: Path) -> tuple[int, int, int]:
    text, gold = read_gold(path)
    scan = plain_scan(text)
    spans = gold["citation_mentions"]
    citations = [Citation(c["start"], c["end"], c["surface"], None, None, Level.FULL) for c in spans]
    named = [NamedDocument(c["start"], c["end"], c["surface"], "") for c in gold["named_documents"]]
    found = set(theme_weights(FINDER.find(scan, [*citations, *named]), scan)) & JUDGED
    wanted = set(gold["themes"])
    return len(found & wanted), len(wanted - found), len(found - wanted - set(gold["themes_optional"]))


@needs_seeds
def test_seeds() -> None:
    """F1 of the judged themes over all seeds."""
    right, missed, wrong = (sum(numbers) for numbers in zip(*map(_scores, GOLD), strict=True))
    assert 2 * right / (2 * right + missed + wrong) >= 0.95


@pytest.mark.parametrize("unit", ["1", "-", "A", "dám ", "kỷ luật, ", 'về "', "cải cách … ", "a\n\n"])
def test_time_is_linear(unit: str) -> None:
    assert_linear(unit, lambda text: partial(FINDER.find, plain_scan(text)))


def test_a_document_on_a_theme_brings_its_own_demands_there(toy_docs: Path) -> None:
    """What it demands or assigns without a phrase of the theme, too; not what others ask, though they speak of it."""
    page, pair, pack = (
        (toy_docs / folder / "cai-cach-hanh-chinh.md").read_text(encoding="utf-8")
        for folder in ("chu-de", "so-sanh", "tai-lieu")
    )
    for text in (page, pair, pack):
        assert "bộ phận một cửa" in text
    other = (toy_docs / "chu-de/ky-luat-ky-cuong.md").read_text(encoding="utf-8")
    assert "chịu trách nhiệm khi để cấp dưới" in other
    assert "tuyên truyền chỉ thị" in other and "Tại hội nghị" not in other
