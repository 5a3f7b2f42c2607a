"""Title, outlet, author and date, as the text itself shows them."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge_base.core.models import value_of
from knowledge_base.mentions.masthead import MastheadFinder, OutletFinder
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


def test_marks_are_not_found_inside_words_or_sentences() -> None:
    for text in (
        "Đề án BTNOX và VLOG",
        "theo (BTN) là chữ viết tắt giữa câu, không phải dấu ký",
        "thư: a@nghean.gov.vn",
    ):
        assert OUTLETS.find(scan(text)) is None


@needs_seeds
@each_seed
def test_seeds(path: Any) -> None:
    text, gold = read_gold(path)
    masthead = FINDER.find(scan(text))
    assert (masthead.published.value.iso if masthead.published else None) == gold["published"]
    outlet = vocabulary().outlets[value_of(masthead.outlet) or ""]
    assert vocabulary().provinces[outlet.province or ""].name == gold["province"]
