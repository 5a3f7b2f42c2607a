"""Make scans of short texts for the tests of finders; read cases from YAML files."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.cleaning import clean_article
from knowledge_base.models import Article, Scan
from knowledge_base.paragraphs import split_paragraphs
from knowledge_base.source_text import decode_source
from knowledge_base.vocabulary import Vocabulary, load_vocabulary

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "cases"
SEEDS = ROOT.parent / "shared" / "seeds"


@cache
def vocabulary() -> Vocabulary:
    loaded, problems = load_vocabulary(ROOT / "sources")
    assert not problems, "\n".join(map(str, problems))
    return loaded


def article(text: str) -> Article:
    """The article of a text as a reader would make it."""
    decoded, _ = decode_source(text.encode(), "bai.txt")
    assert decoded is not None
    return Article("bai", "bai.txt", decoded, 0, split_paragraphs(decoded))


def scan(text: str) -> Scan:
    return clean_article(article(text), vocabulary())


def cases(folder: str) -> list[tuple[str, dict[str, Any]]]:
    """All cases of a folder with a name that tells file and number."""
    found = []
    for path in sorted((CASES / folder).glob("*.yml")):
        for number, case in enumerate(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader), 1):
            found.append((f"{path.stem}:{number}", case))
    return found
