"""Dates in texts."""

from __future__ import annotations

import pytest

from knowledge_base.core.text import fold
from knowledge_base.mentions.text_dates import date_at, find_dates, find_place_date

WRITTEN = [
    ("30/7/2013", "2013-07-30"),
    ("15.5.2016", "2016-05-15"),
    ("4-10-2023", "2023-10-04"),
    ("07.12.2023", "2023-12-07"),
    ("ngày 27 tháng 10 năm 2023", "2023-10-27"),
    ("ngày 27 tháng 10, năm 2023", "2023-10-27"),
    ("ngày 27 tháng 10, 2023", "2023-10-27"),
    ("ngày27tháng10năm2023", "2023-10-27"),
    ("ngày 27/10 năm 2023", "2023-10-27"),
    ("ngày 27 / 10 / 2023", "2023-10-27"),
    ("ngày mùng 3 tháng 2 năm 1930", "1930-02-03"),
    ("ngày\n27/10/2023", "2023-10-27"),
    ("2023-09-07", "2023-09-07"),
    ("29/2/2024", "2024-02-29"),
]
NOT_DATES = ["27/10", "31/02/2023", "27/13/2023", "0/10/2023", "27/10/202", "ngày 5 tháng 9", "29/2/2023", "1/1/0001"]
NOTHING = ["2025-2030", "0:00 / 0:00", "8.500/10.000", "27/10/20233", "34-CT/TU", "tháng 12-2023", "24/7 giờ"]


@pytest.mark.parametrize(("words", "iso"), WRITTEN)
def test_written_dates(words: str, iso: str) -> None:
    assert [d.value.iso for d in find_dates(fold(f"Họp {words}, tại tỉnh")) if d.value] == [iso]


@pytest.mark.parametrize("words", NOT_DATES)
def test_incomplete_or_impossible_dates_have_no_value(words: str) -> None:
    assert not [d.value for d in find_dates(fold(f"Họp {words} tại tỉnh")) if d.value]


@pytest.mark.parametrize("words", NOTHING)
def test_other_numbers_are_no_dates(words: str) -> None:
    assert not [d.value for d in find_dates(fold(words)) if d.value]


@pytest.mark.parametrize(("year", "known"), [(1899, False), (1900, True), (2100, True), (2101, False)])
def test_years_that_papers_write_of(year: int, known: bool) -> None:
    assert [d.value is not None for d in find_dates(fold(f"ngày 2/9/{year}"))] == [known]


def test_dates_of_a_part_of_the_text() -> None:
    folded = fold("7/9/2023;8/9/2023;9/9/2023")
    assert [d.value.iso for d in find_dates(folded) if d.value] == ["2023-09-07", "2023-09-08", "2023-09-09"]
    assert [(d.start, d.end) for d in find_dates(folded, 9, 17)] == [(9, 17)]
    assert [(d.start, d.end) for d in find_dates(fold("ngày 7/9/2023ngày 8/9/2023"))] == [(0, 13), (13, 26)]
    assert [(d.start, d.end) for d in find_dates(fold("ngày 7/9/2023"))] == [(0, 13)]


def test_date_at_needs_the_very_place() -> None:
    folded = fold("Chỉ thị ngày 27/10/2023")
    assert date_at(folded, 0) is None
    found = date_at(folded, 8)
    assert found is not None
    assert (found.start, found.end) == (8, len(folded))


@pytest.mark.parametrize(
    "head",
    [
        "TỈNH ỦY MẪU\nTỉnh Mẫu, ngày 27 tháng 10 năm 2023\nCHỈ THỊ",
        "Số: 9-CT/TU | Tỉnh Mẫu, ngày 27 tháng 10 năm 2023 |",
        "Số: 9-CT/TU        Tỉnh Mẫu, ngày 27 tháng 10 năm 2023",
        "Tỉnh Mẫu, ngày\n27 tháng 10 năm 2023",
    ],
)
def test_place_line(head: str) -> None:
    found = find_place_date(fold(head), 0, len(head))
    assert found is not None
    assert found.value is not None
    assert found.value.iso == "2023-10-27"


def test_a_sentence_is_no_place_line() -> None:
    text = "Tại hội nghị, ngày 27 tháng 10 năm 2023 đại biểu đã thảo luận."
    assert find_place_date(fold(text), 0, len(text)) is None
