"""Cleaning: entities, offsets, and the lines that are not the writer's."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base.core.models import Article
from knowledge_base.core.paragraphs import split_paragraphs
from knowledge_base.core.text import nfc
from knowledge_base.mentions.cleaning import clean_article, original_span
from scanning import article, cases, scan, vocabulary

CASES = cases("noise")
RULES = vocabulary().noise.values()


@pytest.mark.parametrize(("name", "case"), CASES, ids=[n for n, _ in CASES])
def test_case(name: str, case: dict[str, Any]) -> None:
    cleaned = scan(case["text"])
    found = [{"line": cleaned.text[n.start : n.end], "kind": n.kind.value} for n in cleaned.noise]
    assert found == case["noise"]


def test_text_without_entities_keeps_its_places() -> None:
    cleaned = scan("Nghị quyết số 26-NQ/TW\n\nẢnh: M")
    assert cleaned.origin is None
    assert cleaned.text == "Nghị quyết số 26-NQ/TW\n\nẢnh: M"
    assert len(cleaned.text) == len(cleaned.view) == len(cleaned.folded)


def test_entities_are_decoded_and_lead_back() -> None:
    source = article("Tin &amp; b&agrave;i: Nghị quyết s&#7889; 26&ndash;NQ/TW h&#97;&#769; ")
    cleaned = clean_article(source, vocabulary())
    assert cleaned.text.startswith("Tin & bài: Nghị quyết số 26–NQ/TW há")
    start = cleaned.text.index("số")
    begin, end = original_span(cleaned, source, start, start + len("số 26–NQ/TW"))
    assert source.text[begin:end] == "s&#7889; 26&ndash;NQ/TW"


def test_invisible_characters_go_but_are_not_part_of_a_span() -> None:
    source = article("số 26-\u200bNQ/TW\u200b.")
    cleaned = clean_article(source, vocabulary())
    assert cleaned.text == "số 26-NQ/TW."
    assert source.text[slice(*original_span(cleaned, source, 3, 11))] == "26-\u200bNQ/TW"


def test_front_matter_is_blanked() -> None:
    text = "---\ntitle: Chỉ thị 34-CT/TU\n---\nNội dung bài."
    start = text.index("Nội")
    cleaned = clean_article(Article("a", "a.md", text, start, split_paragraphs(text, start)), vocabulary())
    assert cleaned.text[:start].strip() == ""
    assert cleaned.text[start:] == "Nội dung bài."
    assert cleaned.text.count("\n") == text.count("\n")


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="aÀ\u0301&;#x19amp\u200b \nẢnh:-.", max_size=80))
def test_every_place_leads_back(text: str) -> None:
    source = article(text)
    cleaned = clean_article(source, vocabulary())
    assert len(cleaned.text) == len(cleaned.view) == len(cleaned.folded)
    assert cleaned.text == nfc(cleaned.text)
    if cleaned.origin is not None:
        assert len(cleaned.origin) == len(cleaned.text) + 1
        assert list(cleaned.origin) == sorted(cleaned.origin)
        assert cleaned.origin[-1] == len(source.text)
    for noise in cleaned.noise:
        assert "\n" not in cleaned.text[noise.start : noise.end]
