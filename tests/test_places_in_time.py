"""Provinces and cities in time: whose a body or a document was at its date, and when that stays open."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from knowledge_base.core.dates import PartialDate
from knowledge_base.core.models import Article, ArticleFacts, FactSource
from knowledge_base.core.paragraphs import split_paragraphs
from knowledge_base.core.text import slug
from knowledge_base.meaning.knowledge.collect import read_context
from knowledge_base.meaning.resolve.context import resolve_ref
from knowledge_base.meaning.resolve.register import Register
from knowledge_base.mentions.finders import finders_of
from knowledge_base.sources.vocabulary.names import missing_at
from scanning import CASES, vocabulary

VOCABULARY = vocabulary()
FINDERS = finders_of(VOCABULARY)
PLACES = yaml.safe_load((CASES / "places-in-time.yml").read_text(encoding="utf-8"))


def _article(case: dict[str, Any]) -> Article:
    published = PartialDate.parse(str(case["published"])) if "published" in case else None
    facts = ArticleFacts.found(FactSource.FRONT_MATTER, province=case.get("province"), published=published)
    return Article("bai", "bai.md", case["text"], 0, split_paragraphs(case["text"]), facts)


@pytest.mark.parametrize("case", PLACES, ids=lambda case: slug(case["text"])[:50])
def test_case(case: dict[str, Any]) -> None:
    context = read_context(_article(case), VOCABULARY, FINDERS)
    register = Register(VOCABULARY, [context])
    bodies = {resolve_ref(b.ref, context).id for b in context.mentions.bodies}
    assert bodies >= set(case.get("bodies", ())) and bodies.isdisjoint(case.get("not_bodies", ()))
    for number, wanted in case.get("documents", {}).items():
        told = {register.resolve(c).id for c in context.claims if str(number) in (c.citation.text, c.number or "")}
        told |= {register.resolve(c).id for c in context.claims if c.citation.text.endswith(f" {number}")}
        assert told <= {None} if wanted == "?" else told == {wanted}, number


def test_no_name_is_of_two_units_at_one_time() -> None:
    """A former unit ends where what came of it begins."""
    for unit in VOCABULARY.former_provinces.values():
        last = unit.periods[-1].until
        assert last is not None
        for province in unit.provinces:
            assert missing_at(VOCABULARY, province, last) is not None, (unit.id, province)
    assert missing_at(VOCABULARY, "nghe-an", PartialDate(1975)) is None
    assert missing_at(VOCABULARY, "nghe-an", PartialDate(1991)) is None  # the year leaves it open
    assert missing_at(VOCABULARY, "nghe-an", PartialDate(1992)) is None
    assert missing_at(VOCABULARY, "binh-thuan", PartialDate(2026)) is not None
