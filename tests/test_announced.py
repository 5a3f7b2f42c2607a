"""The document an article announces, with its province and the bodies it names, from whole short texts."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from knowledge_base.core.text import fold
from knowledge_base.meaning.knowledge.collect import read_context
from knowledge_base.meaning.resolve.announced import find_announced
from knowledge_base.meaning.resolve.context import Context
from knowledge_base.mentions.finders import finders_of
from knowledge_base.sources.vocabulary.names import body_name
from scanning import CASES, article, vocabulary

FINDERS = finders_of(vocabulary())
TEXTS: list[dict[str, Any]] = [
    case
    for file in ("announced.yml", "texts.yml")
    for case in yaml.load((CASES / file).read_text(encoding="utf-8"), yaml.BaseLoader)
]
NAMES = [f"{number}:{case['text'][:30].strip()}" for number, case in enumerate(TEXTS, 1)]


def read(text: str) -> Context:
    return read_context(article(text), vocabulary(), FINDERS)


def named_bodies(context: Context) -> set[str]:
    """The full names of the central and provincial bodies that a text names outside of titles."""
    kinds = context.vocabulary.body_kinds
    found = (b for b in context.mentions.bodies if not b.title_only and kinds[b.ref.kind].tier in "CP")
    return {fold(body_name(context.vocabulary, b.ref.kind, b.ref.place or context.province, context.at)) for b in found}


@pytest.mark.parametrize("case", TEXTS, ids=NAMES)
def test_text(case: dict[str, Any]) -> None:
    context = read(case["text"])
    claim = find_announced(context)
    if "announced" in case:
        assert (claim.number if claim else "none") == case["announced"]
    if "province" in case:
        assert (context.province or "none") == case["province"]
    if "bodies" in case:
        assert named_bodies(context) == {fold(name) for name in case["bodies"]}


def test_there_is_one_answer_whatever_the_line_ends() -> None:
    for case in TEXTS:
        assert find_announced(read(case["text"].replace("\n", "\r\n"))) == find_announced(read(case["text"]))
