"""Bodies are found in all their forms, and nothing else is."""

from __future__ import annotations

import re
import unicodedata
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base.core.models import BodyMention, Noise, NoiseKind
from knowledge_base.core.text import fold, nfc, slug
from knowledge_base.mentions.bodies.body_finder import BodyFinder
from knowledge_base.mentions.bodies.reading import level_of
from knowledge_base.sources.vocabulary.names import body_name
from knowledge_base.sources.vocabulary.notation import expand
from scanning import assert_linear, case_params, each_seed, needs_seeds, plain_scan, read_gold, vocabulary

VOCABULARY = vocabulary()
FINDER = BodyFinder(VOCABULARY)
CASES = case_params("bodies")
TEXTS = [str(cast("dict[str, object]", case.values[0])["text"]) for case in CASES]


def _short(mention: BodyMention) -> str:
    place = f" @{mention.ref.place}" if mention.ref.place else ""
    return f"{mention.ref.kind}{place}{' chức danh' if mention.title_only else ''}"


def _found(text: str) -> list[str]:
    return [_short(mention) for mention in FINDER.find(plain_scan(text))]


@pytest.mark.parametrize("case", CASES)
def test_cases(case: dict[str, object]) -> None:
    assert _found(str(case["text"])) == case.get("bodies", [])


def test_mentions_are_words_of_the_text_in_order() -> None:
    for text in TEXTS:
        scan, last = plain_scan(text), 0
        for mention in FINDER.find(scan):
            assert mention.start >= last, text
            assert mention.text == scan.text[mention.start : mention.end] != "", text
            last = mention.end


def _spellings(text: str) -> list[str]:
    old = text.replace("ủy", "uỷ").replace("Ủy", "Uỷ").replace("Đ", "Ð").replace(" ", "\u00a0")
    return [unicodedata.normalize("NFD", text), old, re.sub(r"(?<=\w) (?=\w)", "  ", text)]


def test_spelling_does_not_matter() -> None:
    assert [form for text in TEXTS for form in _spellings(text) if _found(form) != _found(text)] == []


def test_noise_is_left_out_but_captions_count() -> None:
    text = "Tỉnh ủy trao quà. Ban Nội chính Tỉnh ủy"
    for kind, expected in ((NoiseKind.CAPTION, 2), (NoiseKind.BYLINE, 1), (NoiseKind.TEASER, 1)):
        assert len(FINDER.find(plain_scan(text, Noise(18, len(text), kind)))) == expected


def test_level_is_shown() -> None:
    scan = plain_scan("Tỉnh ủy; UBND thành phố; Sở Nội vụ; Chính phủ")
    assert [level_of(mention.text) for mention in FINDER.find(scan)] == ["tinh", "thanh-pho", None, None]


@needs_seeds
@each_seed
def test_seeds(path: Path) -> None:
    """All required bodies of the seeds, and none beyond what their gold files list."""
    text, gold = read_gold(path)
    home = slug(gold["province"])
    mentions = [m for m in FINDER.find(plain_scan(text)) if not m.title_only]
    names = {fold(body_name(VOCABULARY, m.ref.kind, m.ref.place or home, None)) for m in mentions}
    assert {fold(b["canonical"]) for b in gold["bodies"] if b["required"]} <= names
    assert names <= {fold(b["canonical"]) for b in gold["bodies"]}


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from([*TEXTS, "(", ")", "[", "\n\n", "TP.", "tỉnh", "{tỉnh}", "các", ",", "và"]), max_size=6)
)
def test_any_text_is_read(parts: list[str]) -> None:
    text = " ".join(parts)
    for mention in FINDER.find(plain_scan(text)):
        assert mention.text == nfc(text)[mention.start : mention.end]


HOSTILE = [
    *("1", "-", "A", "UBND ", "HĐND, ", "Tỉnh ủy, ", "các tỉnh ", "tỉnh, thành phố, ", "TP.", "(BTV)", "2/A-", "Phó "),
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_is_linear(unit: str) -> None:
    assert_linear(unit, lambda text: partial(FINDER.find, plain_scan(text)))


@pytest.mark.parametrize("form", ["(a|b", "a)b", "[a", "a]", "(a]", "(a|b)" * 13])
def test_wrong_notation_is_told(form: str) -> None:
    with pytest.raises(ValueError, match=r"brackets|spellings"):
        expand(form)


def test_notation() -> None:
    assert expand("(Bộ|Sở) Y tế [tỉnh]") == ("Bộ Y tế tỉnh", "Bộ Y tế", "Sở Y tế tỉnh", "Sở Y tế")
    assert expand("[a|b] c") == ("a c", "b c", "c")


def test_a_body_made_anew_by_a_merger_tells_what_is_of_which_side(toy_docs: Path) -> None:
    def line(body: str) -> str:
        page = (toy_docs / f"co-quan/{body}-song-may.md").read_text(encoding="utf-8")
        return "".join(re.findall(r"\*\*Ngày hợp nhất:\*\*.*", page))

    assert "01-07-2025" in line("uy-ban-nhan-dan-tinh")
    assert line("uy-ban-nhan-dan-tinh").endswith(": cơ quan cũ 1 nhiệm vụ")
    assert line("dang-uy-uy-ban-nhan-dan-tinh").endswith(": cơ quan mới 1 nhiệm vụ")
    assert line("ban-chap-hanh-dang-bo-tinh").endswith(": cơ quan mới 1 văn bản")
    assert line("ban-tuyen-giao-tinh-uy") == "", "that one is gone"
