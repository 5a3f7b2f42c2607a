"""Themes are found where a text really speaks of them."""

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

from knowledge_base.finders.themes import ThemeFinder, theme_weights
from knowledge_base.models import Citation, Level, NamedDocument, Noise, NoiseKind, Scan
from knowledge_base.paragraphs import split_paragraphs
from knowledge_base.text import fold, nfc, view
from knowledge_base.vocabulary import load_vocabulary
from knowledge_base.vocabulary.schemas import Theme

ROOT = Path(__file__).parents[1]
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("seed-*.gold.json"))
VOCABULARY, _ = load_vocabulary(ROOT / "sources")
FINDER = ThemeFinder(VOCABULARY)
JUDGED = {
    *("ky-luat-ky-cuong", "dam-nghi-dam-lam", "cai-cach-hanh-chinh", "neu-guong", "ne-tranh-dun-day"),
    *("kiem-tra-giam-sat", "cong-tac-can-bo", "phong-chong-tham-nhung", "chuyen-doi-so", "hoc-tap-lam-theo-bac"),
}
CASES = [
    pytest.param(case, id=f"{file.stem}-{number}")
    for file in sorted((Path(__file__).parent / "cases" / "themes").glob("*.yml"))
    for number, case in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")), 1)
]


def _scan(text: str, noise: tuple[Noise, ...] = ()) -> Scan:
    text = nfc(text)
    return Scan(text, view(text), fold(text), split_paragraphs(text), noise)


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
    scan = _scan(plain)
    return set(theme_weights(FINDER.find(scan, citations, []), scan))


@pytest.mark.parametrize("case", CASES)
def test_cases(case: dict[str, object]) -> None:
    expected = case.get("themes", [])
    assert isinstance(expected, list)
    assert _themes(str(case["text"])) == set(expected)


@pytest.mark.parametrize("case", CASES)
def test_spelling_does_not_matter(case: dict[str, str]) -> None:
    expected = _themes(case["text"])
    assert _themes(unicodedata.normalize("NFD", case["text"])) == expected
    assert _themes(case["text"].replace("kỷ", "kỉ").replace("hóa", "hoá")) == expected
    assert _themes(case["text"].replace(" ", "\u00a0")) == expected


@pytest.mark.parametrize("theme", VOCABULARY.themes.values(), ids=lambda theme: theme.id)
def test_examples_of_the_vocabulary(theme: Theme) -> None:
    assert theme.examples and theme.not_examples
    for example in theme.examples:
        assert theme.id in _themes(example), example
    for example in theme.not_examples:
        assert theme.id not in _themes(example), example


def test_all_themes_of_the_domain_are_there() -> None:
    assert len(VOCABULARY.themes) >= 16
    assert set(VOCABULARY.themes) >= JUDGED
    assert all(len(theme.definition.split()) >= 15 for theme in VOCABULARY.themes.values())


def test_titles_weigh_more_and_weak_phrases_less() -> None:
    plain = _scan("Đẩy mạnh chuyển đổi số. Dùng chữ ký số.")
    headed = _scan("Đẩy mạnh chuyển đổi số\n\nDùng chữ ký số.")
    assert theme_weights(FINDER.find(plain, [], []), plain) == {"chuyen-doi-so": 1.25}
    assert theme_weights(FINDER.find(headed, [], []), headed) == {"chuyen-doi-so": 2.25}


def test_one_word_in_a_long_text_is_no_theme() -> None:
    scan = _scan("Chuyển đổi số. " + "Một câu về việc khác. " * 1500)
    assert theme_weights(FINDER.find(scan, [], []), scan) == {}


def test_captions_and_names_of_documents_do_not_count() -> None:
    text = "Nghị quyết Đại hội về chuyển đổi số. Ảnh: hội thi cải cách hành chính"
    named = NamedDocument(0, 18, text[:18], "Nghị quyết Đại hội")
    scan = _scan(text, (Noise(37, len(text), NoiseKind.CAPTION),))
    assert FINDER.find(scan, [], [named]) == []
    assert {m.theme for m in FINDER.find(_scan(text), [], [])} == {"chuyen-doi-so", "cai-cach-hanh-chinh"}


def test_mentions_are_words_of_the_text() -> None:
    for case in CASES:
        plain, citations = _marked(str(cast("dict[str, object]", case.values[0])["text"]))
        for mention in FINDER.find(_scan(plain), citations, []):
            assert mention.text == plain[mention.start : mention.end]


def _scores(path: Path) -> tuple[int, int, int]:
    gold = json.loads(path.read_text(encoding="utf-8"))["gold"]
    text = Path(str(path).replace(".gold.json", ".txt")).read_text(encoding="utf-8")
    scan = _scan(text)
    spans = gold["citation_mentions"]
    citations = [Citation(c["start"], c["end"], c["surface"], None, None, Level.FULL) for c in spans]
    named = [NamedDocument(c["start"], c["end"], c["surface"], "") for c in gold["named_documents"]]
    found = set(theme_weights(FINDER.find(scan, citations, named), scan)) & JUDGED
    wanted = set(gold["themes"])
    return len(found & wanted), len(wanted - found), len(found - wanted - set(gold["themes_optional"]))


@pytest.mark.skipif(not SEEDS, reason="không có các bài mẫu")
def test_seeds() -> None:
    """F1 of the judged themes over all seeds."""
    right, missed, wrong = (sum(numbers) for numbers in zip(*map(_scores, SEEDS), strict=True))
    assert 2 * right / (2 * right + missed + wrong) >= 0.95


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


@pytest.mark.parametrize("unit", ["1", "-", "A", "dám ", "kỷ luật, ", 'về "', "cải cách … ", "a\n\n"])
def test_time_is_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        scan = _scan(unit * (size // len(unit)))
        return least_time(lambda: FINDER.find(scan, [], []))

    assert seconds(80_000) < 2 * 4 * max(seconds(20_000), 0.01)
