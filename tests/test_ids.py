"""Identities, both directions; terms and numbering periods."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import yaml

from knowledge_base.core.dates import PartialDate
from knowledge_base.core.ids import (
    DocumentKey,
    DocumentNumber,
    build_document_id,
    parse_document_id,
    series_of,
    term_of,
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
    assert read.number.startswith(DocumentNumber(key.number).slug[:2])
    if DocumentNumber(key.number).year is None:
        assert (read.number, read.period) == (DocumentNumber(key.number).slug, key.period)


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
    assert series_of(DocumentNumber("27/CT-TTg"), PartialDate.parse("2023-10-27"), True) == 2023
    assert series_of(DocumentNumber("27/CT-TTg"), None, True) is None


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("34-CT/TU", ("34", None, True, "CT", "TU")),
        ("06a-HD/BTCTW", ("06a", None, True, "HD", "BTCTW")),
        ("73/2023/NĐ-CP", ("73", 2023, False, "NĐ", "CP")),
        ("27/CT-TTg", ("27", None, False, "CT", "TTg")),
        ("202/2025/QH15", ("202", 2025, False, "", "QH")),
        ("02-NQ/ĐUK", ("02", None, True, "NQ", "ĐUK")),
        ("12/QĐ-UBND-NC", ("12", None, False, "QĐ", "UBND-NC")),
        ("777/UBND-NV", ("777", None, False, "UBND", "NV")),
        ("08/TU", ("08", None, False, "", "TU")),
        ("không có số", ("", None, False, "", "không có số")),
        ("", ("", None, False, "", "")),
    ],
)
def test_a_number_is_its_text_and_its_parts(number: str, parts: tuple[object, ...]) -> None:
    read = DocumentNumber(number)
    assert (read.digits, read.year, read.is_party, read.type_code, read.issuer_code) == parts
    assert read == number
    assert DocumentNumber(read) is read
    assert pickle.loads(pickle.dumps(read)).issuer_code == read.issuer_code
