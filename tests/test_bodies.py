"""Bodies are found in all their forms, and nothing else is."""

from __future__ import annotations

import gc
import json
import re
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base.finders.bodies import BodyFinder
from knowledge_base.finders.places import level_shown
from knowledge_base.models import BodyMention, Noise, NoiseKind, Scan
from knowledge_base.paragraphs import split_paragraphs
from knowledge_base.text import fold, nfc, slug, view
from knowledge_base.vocabulary import load_vocabulary
from knowledge_base.vocabulary.names import body_name
from knowledge_base.vocabulary.notation import expand
from knowledge_base.vocabulary.schemas import BodyKind

ROOT = Path(__file__).parents[1]
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("seed-*.gold.json"))
VOCABULARY, _ = load_vocabulary(ROOT / "sources")
FINDER = BodyFinder(VOCABULARY)
CASES = [
    pytest.param(case, id=f"{file.stem}-{number}")
    for file in sorted((Path(__file__).parent / "cases" / "bodies").glob("*.yml"))
    for number, case in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")), 1)
]
TEXTS = [str(cast("dict[str, object]", case.values[0])["text"]) for case in CASES]


def _scan(text: str, noise: tuple[Noise, ...] = ()) -> Scan:
    text = nfc(text)
    return Scan(text, view(text), fold(text), split_paragraphs(text), noise)


def _short(mention: BodyMention) -> str:
    place = f" @{mention.ref.place}" if mention.ref.place else ""
    return f"{mention.ref.kind}{place}{' chức danh' if mention.title_only else ''}"


def _found(text: str) -> list[str]:
    return [_short(mention) for mention in FINDER.find(_scan(text))]


@pytest.mark.parametrize("case", CASES)
def test_cases(case: dict[str, object]) -> None:
    assert _found(str(case["text"])) == case.get("bodies", [])


@pytest.mark.parametrize("text", TEXTS)
def test_mentions_are_words_of_the_text_in_order(text: str) -> None:
    scan = _scan(text)
    last = 0
    for mention in FINDER.find(scan):
        assert mention.start >= last
        assert mention.text == scan.text[mention.start : mention.end] != ""
        last = mention.end


@pytest.mark.parametrize("text", TEXTS)
def test_spelling_does_not_matter(text: str) -> None:
    expected = _found(text)
    assert _found(unicodedata.normalize("NFD", text)) == expected
    assert _found(text.replace("ủy", "uỷ").replace("Ủy", "Uỷ").replace("Đ", "Ð")) == expected
    assert _found(text.replace(" ", "\u00a0")) == expected
    assert _found(re.sub(r"(?<=\w) (?=\w)", "  ", text)) == expected


@pytest.mark.parametrize("kind", VOCABULARY.body_kinds.values(), ids=lambda kind: kind.id)
def test_examples_of_the_vocabulary(kind: BodyKind) -> None:
    assert kind.examples
    for example in kind.examples:
        assert kind.id in [mention.ref.kind for mention in FINDER.find(_scan(example))], example
    for example in kind.not_examples:
        assert kind.id not in [mention.ref.kind for mention in FINDER.find(_scan(example))], example


@pytest.mark.parametrize("kind", VOCABULARY.body_kinds.values(), ids=lambda kind: kind.id)
def test_full_names_are_found(kind: BodyKind) -> None:
    """The canonical name of every body is found as that body, with its province."""
    places = ("nghe-an", "da-nang", "ho-chi-minh") if "{place}" in kind.name else (None,)
    for place in places:
        name = body_name(VOCABULARY, kind.id, place, None)
        found = [(m.ref.kind, m.ref.place, m.text) for m in FINDER.find(_scan(f"Ý kiến của {name}."))]
        assert found == [(kind.id, place, name)]


def test_noise_is_left_out_but_captions_count() -> None:
    text = "Tỉnh ủy trao quà. Ban Nội chính Tỉnh ủy"
    for kind, expected in ((NoiseKind.CAPTION, 2), (NoiseKind.BYLINE, 1), (NoiseKind.TEASER, 1)):
        assert len(FINDER.find(_scan(text, (Noise(18, len(text), kind),)))) == expected


def test_level_is_shown() -> None:
    shown = [level_shown(mention) for mention in FINDER.find(_scan("Tỉnh ủy; UBND thành phố; Sở Nội vụ; Chính phủ"))]
    assert shown == ["tinh", "thanh-pho", None, None]


@pytest.mark.parametrize("path", SEEDS or [pytest.param(None, marks=pytest.mark.skip("không có các bài mẫu"))])
def test_seeds(path: Path) -> None:
    """All required bodies of the seeds, and none beyond what their gold files list."""
    gold = json.loads(path.read_text(encoding="utf-8"))["gold"]
    text = Path(str(path).replace(".gold.json", ".txt")).read_text(encoding="utf-8")
    home = slug(gold["province"])
    mentions = [m for m in FINDER.find(_scan(text)) if not m.title_only]
    names = {fold(body_name(VOCABULARY, m.ref.kind, m.ref.place or home, None)) for m in mentions}
    assert {fold(b["canonical"]) for b in gold["bodies"] if b["required"]} <= names
    assert names <= {fold(b["canonical"]) for b in gold["bodies"]}


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from([*TEXTS, "(", ")", "[", "\n\n", "TP.", "tỉnh", "{tỉnh}", "các", ",", "và"]), max_size=6)
)
def test_any_text_is_read(parts: list[str]) -> None:
    text = " ".join(parts)
    for mention in FINDER.find(_scan(text)):
        assert mention.text == nfc(text)[mention.start : mention.end]


HOSTILE = [
    *("1", "-", "A", "UBND ", "HĐND, ", "Tỉnh ủy, ", "các tỉnh ", "tỉnh, thành phố, ", "TP.", "(BTV)", "2/A-", "Phó "),
]


def least_time(work: Callable[[], object]) -> float:
    """The least time of three runs, in seconds of this process."""
    times = []
    gc.disable()
    for _ in range(3):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    gc.enable()
    return min(times)


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_is_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        scan = _scan(unit * (size // len(unit)))
        return least_time(lambda: FINDER.find(scan))

    assert seconds(80_000) < 2 * 4 * max(seconds(20_000), 0.01)


@pytest.mark.parametrize("form", ["(a|b", "a)b", "[a", "a]", "(a]", "(a|b)" * 13])
def test_wrong_notation_is_told(form: str) -> None:
    with pytest.raises(ValueError, match=r"brackets|spellings"):
        expand(form)


def test_notation() -> None:
    assert expand("(Bộ|Sở) Y tế [tỉnh]") == ("Bộ Y tế tỉnh", "Bộ Y tế", "Sở Y tế tỉnh", "Sở Y tế")
    assert expand("[a|b] c") == ("a c", "b c", "c")
