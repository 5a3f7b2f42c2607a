"""Folding, sorting, slugs."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.core.text import find_folded, fold, nfc, says_nothing, slug, sort_key, strip_marks, view

CASES = yaml.load((Path(__file__).parent / "cases" / "text.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['a']}~{c['b']}")
def test_fold(case: dict[str, str]) -> None:
    assert (fold(nfc(case["a"])) == fold(nfc(case["b"]))) is (case["same"] == "có")


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_views_keep_the_length(text: str) -> None:
    text = nfc(text)
    assert len(view(text)) == len(fold(text)) == len(text)


def test_vietnamese_order() -> None:
    words = ["Zeta", "Đà Nẵng", "Ủy ban", "Ăn", "An", "Da", "Ân", "Bảo", "Bao", "Bạo"]
    assert sorted(words, key=sort_key) == ["An", "Ăn", "Ân", "Bao", "Bảo", "Bạo", "Da", "Đà Nẵng", "Ủy ban", "Zeta"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Đà Nẵng", "da-nang"), ("Ðà Nẵng", "da-nang"), ("73/2023/NĐ-CP", "73-2023-nd-cp"), ("😀", ""), ("Đối", "doi")],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected
    assert slug(unicodedata.normalize("NFD", text)) == expected


def test_strip_marks() -> None:
    assert strip_marks("Đùn đẩy, NÉ TRÁNH") == "dun day, ne tranh"


@pytest.mark.parametrize(
    ("words", "spans"),
    [("Chỉ thị số 17-CT/TU", [(10, 29)]), ("chỉ  thị số 17-CT/TU", [(10, 29)]), ("Kết luận", []), (" ", [])],
)
def test_words_are_found_across_a_line_break(words: str, spans: list[tuple[int, int]]) -> None:
    assert find_folded(fold("Thực hiện Chỉ thị\nsố 17-CT/TU."), words) == spans


@pytest.mark.parametrize("words", ["không rõ", "Chưa có.", "N/A", "-", "", "Không tên", "(trống)", "Khuyết danh"])
def test_words_for_nothing(words: str) -> None:
    assert says_nothing(words)


@pytest.mark.parametrize("words", ["Khánh An", "K. Linh", "2023", "không rõ ai ký", "Chưa Văn Mẫu", "x"])
def test_words_for_something(words: str) -> None:
    assert not says_nothing(words)
