"""Identities, both directions; terms and numbering periods."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from knowledge_base.core.dates import PartialDate
from knowledge_base.core.ids import (
    DocumentKey,
    build_document_id,
    issuer_code,
    number_slug,
    parse_document_id,
    series_of,
    term_of,
    year_in_number,
)

CASES = yaml.load((Path(__file__).parent / "cases" / "ids.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
TYPES = {case["type"] for case in CASES} | {"thong-tu"}
ISSUERS = {"huyen-uy", "dang-uy-khoi", "uy-ban-nhan-dan"}
PLACES = {"da-nang", "nghe-an", "hue", "an-giang"}


def _key(case: dict[str, str]) -> DocumentKey:
    period = int(case["period"]) if "period" in case else None
    return DocumentKey(case["type"], case["number"], case.get("place"), period, "term" in case, case.get("issuer"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_build(case: dict[str, str]) -> None:
    assert build_document_id(_key(case)) == case["id"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_parse(case: dict[str, str]) -> None:
    read = parse_document_id(case["id"], TYPES, PLACES, ISSUERS)
    key = _key(case)
    assert (read.type, read.place, read.term, read.issuer) == (key.type, key.place, key.term, key.issuer)
    assert read.number.startswith(number_slug(key.number)[:2])
    if year_in_number(key.number) is None:
        assert (read.number, read.period) == (number_slug(key.number), key.period)


@pytest.mark.parametrize("nonsense", ["", "chi-thi", "khac-34-ct-tu", "chi-thi-"])
def test_parse_refuses_nonsense(nonsense: str) -> None:
    with pytest.raises(ValueError, match="no "):
        parse_document_id(nonsense, TYPES, PLACES)


@pytest.mark.parametrize(
    ("iso", "central", "term"),
    [
        ("2023-05-11", False, 2020), ("2020-07-30", False, 2015), ("2020-12-30", False, 2020),
        ("2020-10-15", False, None),
        ("2020", False, None), ("2021", True, None), ("2021-02-01", True, 2021), ("2021-01-20", True, None),
        ("2020-12-30", True, 2016), ("1999", False, None),
    ],
)  # fmt: skip
def test_terms(iso: str, central: bool, term: int | None) -> None:
    assert term_of(PartialDate.parse(iso), central) == term


def test_state_numbers_restart_each_year() -> None:
    assert series_of("27/CT-TTg", PartialDate.parse("2023-10-27"), True) == 2023
    assert series_of("27/CT-TTg", None, True) is None


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("34-CT/TU", "TU"),
        ("73/2023/NĐ-CP", "CP"),
        ("27/CT-TTg", "TTg"),
        ("202/2025/QH15", "QH"),
        ("02-NQ/ĐUK", "ĐUK"),
        ("12/QĐ-UBND-NC", "UBND-NC"),
    ],
)
def test_issuer_code(number: str, code: str) -> None:
    assert issuer_code(number) == code
