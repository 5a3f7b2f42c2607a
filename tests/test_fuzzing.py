"""What must hold of any input: of those that fuzzing found, of sound ones, and of values that nobody means."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from building import ROOT
from fuzzing import ODD, TARGETS, Target, target

CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/cases/fuzz.yml").read_text(encoding="utf-8"))
_SEEDS = 20
"""Of each target as many sound inputs are tried, from all over its list."""


@cache
def made(name: str) -> Target:
    return target(name)[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['target']}: {case['why']}")
def test_found_inputs(case: dict[str, Any]) -> None:
    made(case["target"]).check(bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode())


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_sound_inputs_and_their_halves(name: str) -> None:
    seeds = list(made(name).seeds)
    assert seeds
    for seed in seeds[:: len(seeds) // _SEEDS + 1]:
        for part in (seed, seed[: len(seed) // 2], seed[len(seed) // 2 :]):
            made(name).check(part)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 255), st.integers(0, len(ODD) - 1), st.binary(min_size=2, max_size=2))
def test_values_that_nobody_means_are_told_of(file: int, odd: int, where: bytes) -> None:
    """Whatever stands where a vocabulary or a record has a value: no exception, every message with line and remedy."""
    made("danh-muc").check(bytes([file, odd]) + where + b"-")


FORM_PARTS = st.sampled_from(
    ["### ", "_No response_", "- [X] ", "<!--", "-->", "\n", "```", "@ai #1", "\u202e", "34-CT/TU"]
)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 6), st.lists(st.tuples(st.integers(0, 3000), st.one_of(FORM_PARTS, st.text(max_size=9))), max_size=4)
)
def test_forms_with_anything_in_them_become_a_proposal_or_an_answer(form: int, put: list[tuple[int, str]]) -> None:
    seeds = list(made("phieu").seeds)
    body = seeds[form % len(seeds)].decode()
    for place, words in put:
        body = body[:place] + words + body[place:]
    made("phieu").check(body.encode())


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 100), st.lists(st.tuples(st.integers(0, 400), st.text(max_size=6)), min_size=1, max_size=4))
def test_digests_with_anything_in_their_front_matter(number: int, put: list[tuple[int, str]]) -> None:
    seeds = list(made("dau-bai").seeds)
    text = seeds[number % len(seeds)].decode("utf-8", "replace")
    for place, words in put:
        text = text[:place] + words + text[place:]
    made("dau-bai").check(text.encode())
