"""Title, outlet, author and date, as the text itself shows them."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge_base.core.models import value_of
from knowledge_base.mentions.masthead import MastheadFinder, OutletFinder
from knowledge_base.sources.vocabulary.persons import Persons
from scanning import cases, each_seed, needs_seeds, read_gold, scan, vocabulary

FINDER = MastheadFinder(vocabulary())
OUTLETS = OutletFinder(vocabulary())
CASES = cases("masthead")


@pytest.mark.parametrize(("name", "case"), CASES, ids=[n for n, _ in CASES])
def test_case(name: str, case: dict[str, Any]) -> None:
    masthead = FINDER.find(scan(case["text"]))
    found = {
        "title": value_of(masthead.title) or "none",
        "outlet": value_of(masthead.outlet) or "none",
        "author": value_of(masthead.author) or "none",
        "published": masthead.published.value.iso if masthead.published else "none",
        "candidate": masthead.author.value if masthead.author and not masthead.author.sure else "none",
    }
    want = {key: value for key, value in case.items() if key != "text"}
    assert {key: found[key] for key in want} == want


def test_each_mark_and_site_leads_to_its_outlet() -> None:
    signs = [
        (outlet.id, sign)
        for outlet in vocabulary().outlets.values()
        for sign in (*(f"({m}) - Sáng nay" for m in outlet.marks), *(f"https://{s}/a" for s in outlet.sites))
    ]
    assert [(i, sign) for i, sign in signs if getattr(OUTLETS.find(scan(sign)), "id", None) != i] == []


def test_marks_are_not_found_inside_words_or_sentences() -> None:
    for text in (
        "Đề án BTNOX và VLOG",
        "theo (BTN) là chữ viết tắt giữa câu, không phải dấu ký",
        "thư: a@nghean.gov.vn",
    ):
        assert OUTLETS.find(scan(text)) is None


def test_words_of_names() -> None:
    persons, lost = Persons(vocabulary()), []
    for entry in vocabulary().person_names.values():
        is_name = entry.use not in {"khong-phai", "dia-danh"}
        lost += [(entry.id, words) for words in entry.examples if persons.are_names(words) is not is_name]
    assert lost == []


@needs_seeds
@each_seed
def test_seeds(path: Any) -> None:
    text, gold = read_gold(path)
    masthead = FINDER.find(scan(text))
    assert (masthead.published.value.iso if masthead.published else None) == gold["published"]
    outlet = vocabulary().outlets[value_of(masthead.outlet) or ""]
    assert vocabulary().provinces[outlet.province or ""].name == gold["province"]
