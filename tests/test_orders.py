"""In which order lists stand, where not everything is known."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.publish.pages.view import NO_YEAR, newest_years


def test_years_stand_newest_first_and_the_unknown_last() -> None:
    assert newest_years(["2018", NO_YEAR, "2025", "2023"]) == ["2025", "2023", "2018", NO_YEAR]


def test_a_comparison_gives_its_unknown_year_last(toy_docs: Path) -> None:
    index = (toy_docs / "so-sanh/index.md").read_text(encoding="utf-8")
    heads = [line[4:] for line in index.splitlines() if line.startswith("### ")]
    assert heads == sorted(heads, key=lambda year: -int(year) if year.isdigit() else 0) and len(heads) > 1
