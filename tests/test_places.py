"""The province an article is about, from whole short texts: web addresses, marks, letterheads and words."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from knowledge_base.meaning.knowledge.collect import read_context
from knowledge_base.mentions.finders import finders_of
from knowledge_base.mentions.places import ProvinceFinder
from scanning import CASES, article, vocabulary

FINDERS = finders_of(vocabulary())
PROVINCES = ProvinceFinder(vocabulary())
TEXTS: list[dict[str, Any]] = yaml.load((CASES / "places.yml").read_text(encoding="utf-8"), yaml.BaseLoader)


@pytest.mark.parametrize("case", TEXTS, ids=[f"places:{number}" for number in range(1, len(TEXTS) + 1)])
def test_province(case: dict[str, Any]) -> None:
    assert (read_context(article(case["text"]), vocabulary(), FINDERS).province or "none") == case["province"]
