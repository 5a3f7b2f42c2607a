"""The scores on the repository's own cases never fall below tests/floor.yml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest
import yaml

import test_announced
import test_bodies
import test_places
import test_themes
from building import ROOT
from knowledge_base.core.text import fold
from knowledge_base.meaning.resolve.announced import find_announced

Pairs = list[tuple[Iterable[str], Iterable[str]]]
FLOOR: dict[str, dict[str, float]] = yaml.safe_load((ROOT / "tests" / "floor.yml").read_text(encoding="utf-8"))


def _bodies() -> Pairs:
    cases = [case.values[0] for case in test_bodies.CASES]
    return [(test_bodies._found(case["text"]), case.get("bodies", [])) for case in cases]


def _themes() -> Pairs:
    cases = [case.values[0] for case in test_themes.CASES]
    return [(test_themes._themes(case["text"]), case.get("themes", [])) for case in cases]


def _province() -> Pairs:
    cases = [case for case in (*test_announced.TEXTS, *test_places.TEXTS) if "province" in case]
    return [(_given(test_announced.read(case["text"]).province), _given(case["province"])) for case in cases]


def _announced() -> Pairs:
    cases = [case for case in test_announced.TEXTS if "announced" in case]
    found = (find_announced(test_announced.read(case["text"])) for case in cases)
    return [(_given(f.number if f else None), _given(c["announced"])) for f, c in zip(found, cases, strict=True)]


def _text_bodies() -> Pairs:
    cases = [case for case in test_announced.TEXTS if "bodies" in case]
    read = test_announced.read
    return [(test_announced.named_bodies(read(c["text"])), {fold(name) for name in c["bodies"]}) for c in cases]


def _given(value: Any) -> list[str]:
    return [] if value in (None, "none") else [value]


def _f1(pairs: Pairs) -> float:
    found = [Counter(have) for have, _ in pairs]
    wanted = [Counter(want) for _, want in pairs]
    right = sum((f & w).total() for f, w in zip(found, wanted, strict=True))
    return 2 * right / max(1, sum(f.total() for f in found) + sum(w.total() for w in wanted))


MEASURES: dict[str, Callable[[], Pairs]] = {
    "bodies": _bodies,
    "themes": _themes,
    "province": _province,
    "announced": _announced,
    "text_bodies": _text_bodies,
}


@pytest.mark.parametrize("measure", MEASURES)
def test_never_below_the_floor(measure: str) -> None:
    pairs = MEASURES[measure]()
    assert len(pairs) >= FLOOR[measure]["cases"], "đã mất bớt ca"
    assert _f1(pairs) >= FLOOR[measure]["f1"]


def test_the_floor_names_every_measure() -> None:
    assert FLOOR.keys() == MEASURES.keys()
