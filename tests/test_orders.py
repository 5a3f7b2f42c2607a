"""In which order lists stand, where not everything is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from building import ROOT, TOY, read_knowledge
from knowledge_base.core.dates import PartialDate
from knowledge_base.meaning.knowledge.entities import DatedBy
from knowledge_base.publish.pages.index import MERGED, SINCE_MERGED, Index, times_of
from knowledge_base.publish.pages.site import Site
from knowledge_base.publish.pages.view import NO_YEAR, newest_years


def test_years_stand_newest_first_and_the_unknown_last() -> None:
    assert newest_years(["2018", NO_YEAR, "2025", "2023"]) == ["2025", "2023", "2018", NO_YEAR]


def test_documents_without_a_date_stand_in_the_year_that_is_known_of_them() -> None:
    """By the address the editor gave, else by the article about it; the years of a term are none of a document."""
    kb, _ = read_knowledge(TOY)
    assert kb is not None
    site, (first, *_) = Site(Index(kb), "van-ban"), kb.documents.values()
    bare = replace(first, number=None, year=None, dates=(), announced_by=())
    article = next(e for e in kb.articles.values() if e.at and e.at.year == 2021)
    dated = replace(bare, id="a", year=2022)
    addressed = replace(bare, id="chi-thi-don-song-2024")
    told = replace(bare, id="chi-thi-don-song", announced_by=(article.id,))
    term = replace(bare, id="chi-thi-34-ct-tu-nhiem-ky-2020-2025")
    assert site.newest([term, told, dated, addressed]) == [addressed, dated, told, term]
    assert site.index.sorted_year(term) is None


def test_a_comparison_gives_its_unknown_year_last(toy_docs: Path) -> None:
    index = (toy_docs / "so-sanh/index.md").read_text(encoding="utf-8")
    heads = [line[4:] for line in index.splitlines() if line.startswith("### ")]
    assert heads == sorted(heads, key=lambda year: -int(year) if year.isdigit() else 0) and len(heads) > 1


def test_what_is_surely_of_the_time_since_the_merger_can_be_chosen() -> None:
    kb, _ = read_knowledge(TOY)
    assert kb is not None
    first = next(iter(kb.documents.values()))
    for iso, since in (("2025-07-01", True), ("2025-06-30", False), ("2025", False), ("2025-07", True), ("2026", True)):
        at = PartialDate.parse(iso)
        dated = replace(first, year=at.year, dates=(DatedBy(at),))
        assert times_of(dated) == [iso[:4], *([SINCE_MERGED] if since else [])], iso
    assert times_of(replace(first, year=None, dates=())) == ["chưa rõ"]
    facets = (ROOT / "theme/assets/kb/search-facets.js").read_text(encoding="utf-8")
    assert f'"{SINCE_MERGED}"' in facets and f'"{MERGED.iso[:7]}"' in facets
