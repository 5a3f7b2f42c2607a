"""Dates as exact as known: read, written, ordered, one inside another."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from building import ROOT
from knowledge_base.core.dates import PartialDate, clock_day, date_words

CASES: dict[str, Any] = yaml.load(
    (ROOT / "tests/cases/core-dates.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)
DAYS = st.dates(datetime.date(1000, 1, 1))


@pytest.mark.parametrize("case", CASES["known"], ids=lambda case: case["iso"])
def test_a_date_is_as_exact_as_known(case: dict[str, str]) -> None:
    date = PartialDate.parse(case["iso"])
    assert date.iso == case["iso"]
    assert date.vietnamese == case["viet"]
    assert date_words(date) == case["words"]
    assert (date.earliest().isoformat(), date.latest().isoformat()) == (case["first"], case["last"])


@pytest.mark.parametrize("text", [text for row in CASES["refused"] for text in row])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not an ISO date|not in the calendar|day is out|must be in|year 0"):
        PartialDate.parse(text)


@pytest.mark.parametrize("parts", [(2023, 0, 7), (2023, 13), (2023, 2, 29), (0,)])
def test_parts_must_fit(parts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"needs a month|month|day|year"):
        PartialDate(*parts)


@pytest.mark.parametrize(("wide", "narrow"), CASES["within"])
def test_a_date_holds_its_more_exact_forms(wide: str, narrow: str) -> None:
    assert PartialDate.parse(wide).contains(PartialDate.parse(narrow))


@pytest.mark.parametrize(("wide", "other"), CASES["apart"])
def test_a_date_holds_no_other(wide: str, other: str) -> None:
    assert not PartialDate.parse(wide).contains(PartialDate.parse(other))


@given(DAYS, DAYS)
def test_dates_read_back_and_order_as_days_do(one: datetime.date, other: datetime.date) -> None:
    first, second = PartialDate.parse(one.isoformat()), PartialDate.parse(other.isoformat())
    assert first.iso == one.isoformat()
    assert first.earliest() == first.latest() == one
    assert (first < second) is (one < other)
    assert PartialDate(one.year, one.month) <= first
    assert first.latest() <= PartialDate(one.year, one.month).latest() <= PartialDate(one.year).latest()


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        date = PartialDate.parse(text)
    except ValueError:
        return
    assert date.iso == text


def test_the_day_is_that_of_utc() -> None:
    before = datetime.datetime.now(datetime.UTC).date()
    assert before <= clock_day() <= datetime.datetime.now(datetime.UTC).date()
