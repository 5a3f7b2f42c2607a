"""Make scans of short texts for the tests of finders; read cases and raw articles; measure how time grows."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from building import ROOT, SEEDS, SOURCES
from knowledge_base.core.models import Article, Noise, Scan
from knowledge_base.core.paragraphs import split_paragraphs
from knowledge_base.core.text import fold, nfc, view
from knowledge_base.mentions.cleaning import clean_article
from knowledge_base.sources.text_files import decode_source
from knowledge_base.sources.vocabulary import Vocabulary, load_vocabulary

CASES = ROOT / "tests" / "cases"
GOLD = sorted(SEEDS.glob("*.gold.json"))
needs_seeds = pytest.mark.skipif(not GOLD, reason="thư mục ../shared/seeds không có ở đây: bài gốc không thuộc kho này")
each_seed = pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name)


# -- scans -------------------------------------------------------------------------------------------


@cache
def vocabulary() -> Vocabulary:
    loaded, problems = load_vocabulary(SOURCES)
    assert not problems, "\n".join(map(str, problems))
    return loaded


def article(text: str) -> Article:
    """The article of a text as a reader would make it."""
    decoded, _ = decode_source(text.encode(), "bai.txt")
    assert decoded is not None
    return Article("bai", "bai.txt", decoded, 0, split_paragraphs(decoded))


def scan(text: str) -> Scan:
    """A text as the finders get it: cleaned, its noise marked."""
    return clean_article(article(text), vocabulary())


def plain_scan(text: str, *noise: Noise) -> Scan:
    """A text that is not cleaned, with the noise that a test gives."""
    text = nfc(text)
    return Scan(text, view(text), fold(text), split_paragraphs(text), noise)


# -- cases and raw articles ----------------------------------------------------------------------------


def cases(folder: str) -> list[tuple[str, dict[str, Any]]]:
    """All cases of a folder with a name that tells file and number; all values are strings."""
    return _numbered(folder, yaml.BaseLoader)


def case_params(folder: str) -> list[Any]:
    """All cases of a folder as parameters of a test; a name of its own is part of a case's id."""
    named = ((f"{name} {case.get('name', '')}".rstrip(), case) for name, case in _numbered(folder, yaml.SafeLoader))
    return [pytest.param(case, id=name) for name, case in named]


def _numbered(folder: str, loader: type[yaml.BaseLoader | yaml.SafeLoader]) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for path in sorted((CASES / folder).glob("*.yml")):
        for number, case in enumerate(yaml.load(path.read_text(encoding="utf-8"), loader), 1):
            found.append((f"{path.stem}:{number}", case))
    return found


def seed_text(number: int) -> str:
    """A raw article beside the repository; the test is skipped where there is none."""
    path = SEEDS / f"seed-{number:03}.txt"
    if not path.exists():
        pytest.skip(f"không có bài gốc {path.name} cạnh kho: bài gốc không thuộc kho này")
    return path.read_text(encoding="utf-8")


def read_gold(path: Path) -> tuple[str, dict[str, Any]]:
    """The raw article of a gold file, and what is in it."""
    text = path.with_name(path.name.replace(".gold.json", ".txt")).read_text(encoding="utf-8")
    return text, json.loads(path.read_text(encoding="utf-8"))["gold"]


# -- time ----------------------------------------------------------------------------------------------


def assert_linear(unit: str, prepare: Callable[[str], Callable[[], object]]) -> None:
    """Check that four times the text takes at most twice four times as long, in one run of three;
    ``prepare`` gives the work to time."""
    few, many = (prepare(unit * (size // len(unit))) for size in (20_000, 80_000))
    limit = 2 * 4 * max(min(_seconds(few) for _ in range(3)), 0.01)
    assert any(_seconds(many) < limit for _ in range(3))


def _seconds(work: Callable[[], object]) -> float:
    """The time of a run, in seconds of this process."""
    gc.disable()
    begin = time.process_time()
    work()
    spent = time.process_time() - begin
    gc.enable()
    return spent
