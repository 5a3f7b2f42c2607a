"""Vocabularies: loaded whole and sorted; faults told with line, cause and remedy; names by date."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge_base.core.dates import PartialDate
from knowledge_base.sources.diagnosis import nearest
from knowledge_base.sources.vocabulary import Vocabulary, load_vocabulary
from knowledge_base.sources.vocabulary.names import body_name, period_at, province_name

CASES_FILE = Path(__file__).parent / "cases/input/vocabulary.yml"
CASES = yaml.load(CASES_FILE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)

PROVINCES = """\
- id: nghe-an
  name: Nghệ An
  periods: [{kind: tinh}]
- id: da-nang
  name: Đà Nẵng
  periods:
    - {kind: thanh-pho, until: 2025-06-30}
    - {kind: thanh-pho, since: 2025-07-01, made_of: [da-nang, quang-nam]}
- id: quang-nam
  name: Quảng Nam
  successor: da-nang
  periods: [{kind: tinh, until: 2025-06-30}]
- id: dong-nai
  name: Đồng Nai
  periods:
    - {kind: tinh, until: 2026-04-29}
    - {kind: thanh-pho, since: 2026-04-30}
- id: ho-chi-minh
  name: Hồ Chí Minh
  names: [Thành phố Hồ Chí Minh, TP.HCM]
  periods: [{kind: thanh-pho}]
"""
BODIES = """\
kinds:
  - id: ban-thuong-vu-tinh-uy
    name: Ban Thường vụ Tỉnh ủy {place}
    city_name: Ban Thường vụ Thành ủy {place}
    forms: [Ban Thường vụ Tỉnh ủy]
    side: dang
    tier: P
  - id: uy-ban-nhan-dan-tinh
    name: Ủy ban nhân dân tỉnh {place}
    city_name: Ủy ban nhân dân thành phố {place}
    forms: [UBND]
    side: nha-nuoc
    tier: P
  - id: bo-chinh-tri
    name: Bộ Chính trị
    forms: [Bộ Chính trị]
    side: dang
    tier: C
bodies:
  - {kind: ban-thuong-vu-tinh-uy, province: nghe-an, names: [BTV]}
"""


def write(sources: Path, files: dict[str, str]) -> Path:
    """Lay out a small corpus."""
    (sources / "vocabularies").mkdir(parents=True)
    for name, content in files.items():
        path = sources / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return sources


@pytest.fixture
def vocabulary(tmp_path: Path) -> Vocabulary:
    files = {"vocabularies/provinces.yml": PROVINCES, "vocabularies/bodies.yml": BODIES}
    loaded, problems = load_vocabulary(write(tmp_path / "sources", files))
    assert problems == []
    return loaded


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_faults(case: dict[str, Any], tmp_path: Path) -> None:
    _, problems = load_vocabulary(write(tmp_path / "sources", case["files"]))
    told = [str(problem).removeprefix("sources/") for problem in problems]
    assert len(told) == len(case["expect"]), told
    for line, expected in zip(told, case["expect"], strict=True):
        place, _, part = expected.partition(": ")
        assert line.startswith(f"{place}: "), told
        assert part in line
        assert "\n" not in line


def test_no_vocabularies_is_a_problem(tmp_path: Path) -> None:
    vocabulary, problems = load_vocabulary(tmp_path / "sources")
    assert not any(
        getattr(vocabulary, field.name) for field in dataclasses.fields(Vocabulary) if field.name != "origins"
    )
    assert [str(p) for p in problems] == [
        "sources/vocabularies:1: không có thư mục danh mục. Tạo thư mục này với các tệp danh mục."
    ]


def test_missing_files_are_empty(tmp_path: Path) -> None:
    vocabulary, problems = load_vocabulary(write(tmp_path / "sources", {"vocabularies/themes.yml": "# chưa có gì\n"}))
    assert (vocabulary.themes, vocabulary.outlets, problems) == ({}, {}, [])


def test_entries_are_sorted_and_know_their_place(vocabulary: Vocabulary) -> None:
    assert list(vocabulary.provinces) == ["da-nang", "dong-nai", "ho-chi-minh", "nghe-an", "quang-nam"]
    assert vocabulary.local_bodies["ban-thuong-vu-tinh-uy", "nghe-an"].names == ("BTV",)
    assert vocabulary.place("provinces", "da-nang") == ("sources/vocabularies/provinces.yml", 4)
    assert vocabulary.knows("provinces", "nghe-an")
    assert not vocabulary.knows("outlets", "bao-a")


def test_bodies_that_changed_along_are_entries_of_their_own(tmp_path: Path) -> None:
    """Each has the day, the pages and the note of the entry it stands in, what it became is its own, and its line."""
    kinds = "".join(
        f'  - {{id: {kind}, name: "{kind} {{place}}", forms: [], side: dang, tier: P}}\n' for kind in "abcd"
    )
    bodies = (
        f"kinds:\n{kinds}bodies:\n  - kind: a\n    province: nghe-an\n    succession:\n      reason: hop-nhat\n"
        "      date: 2025-03-01\n      successors: [c]\n      tasks: việc của riêng a\n"
        "      evidence: [{host: báo, kind: bao}]\n"
        "    also:\n      - {kind: b, reason: doi-ten, successors: [d], lowered: {to: C, reason: suy ra}}\n"
    )
    provinces = "- {id: nghe-an, name: Nghệ An, periods: [{kind: tinh}]}\n"
    files = {"vocabularies/bodies.yml": bodies, "vocabularies/provinces.yml": provinces}
    vocabulary, problems = load_vocabulary(write(tmp_path / "sources", files))
    first, second = (vocabulary.local_bodies[kind, "nghe-an"].succession for kind in "ab")
    assert (problems, list(vocabulary.local_bodies)) == ([], [("a", "nghe-an"), ("b", "nghe-an")])
    assert first and second and second.evidence == first.evidence and second.date == first.date
    assert (second.reason, second.successors, second.tasks) == ("doi-ten", ("d",), None)
    assert (first.lowered, second.lowered and second.lowered.to) == (None, "C")
    assert vocabulary.place("local_bodies", "b nghe-an")[1] == 16


def test_order_of_the_file_does_not_count(tmp_path: Path) -> None:
    entries = ["- {id: bao-b, name: B}\n", "- {id: bao-a, name: A}\n"]
    loaded = [
        load_vocabulary(write(tmp_path / name / "sources", {"vocabularies/outlets.yml": "".join(order)}))[0]
        for name, order in (("1", entries), ("2", entries[::-1]))
    ]
    assert list(loaded[0].outlets.items()) == list(loaded[1].outlets.items())


@pytest.mark.parametrize(
    ("kind", "province", "at", "name"),
    [
        ("ban-thuong-vu-tinh-uy", "nghe-an", "2023", "Ban Thường vụ Tỉnh ủy Nghệ An"),
        ("ban-thuong-vu-tinh-uy", "da-nang", "2023", "Ban Thường vụ Thành ủy Đà Nẵng"),
        ("uy-ban-nhan-dan-tinh", "nghe-an", None, "Ủy ban nhân dân tỉnh Nghệ An"),
        ("uy-ban-nhan-dan-tinh", "dong-nai", "2026-04-29", "Ủy ban nhân dân tỉnh Đồng Nai"),
        ("uy-ban-nhan-dan-tinh", "dong-nai", "2026-04-30", "Ủy ban nhân dân thành phố Đồng Nai"),
        ("uy-ban-nhan-dan-tinh", "dong-nai", None, "Ủy ban nhân dân tỉnh Đồng Nai"),
        ("uy-ban-nhan-dan-tinh", "ho-chi-minh", "2023", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("ban-thuong-vu-tinh-uy", "ho-chi-minh", "2023", "Ban Thường vụ Thành ủy Thành phố Hồ Chí Minh"),
        ("ban-thuong-vu-tinh-uy", None, "2023", "Ban Thường vụ Tỉnh ủy"),
        ("bo-chinh-tri", "nghe-an", "2023", "Bộ Chính trị"),
        ("bo-chinh-tri", None, None, "Bộ Chính trị"),
    ],
)
def test_body_names(vocabulary: Vocabulary, kind: str, province: str | None, at: str | None, name: str) -> None:
    assert body_name(vocabulary, kind, province, PartialDate.parse(at) if at else None) == name


def test_province_names(vocabulary: Vocabulary) -> None:
    names = [province_name(vocabulary, province, PartialDate(2026, 5)) for province in vocabulary.provinces]
    assert names == [
        "thành phố Đà Nẵng",
        "thành phố Đồng Nai",
        "Thành phố Hồ Chí Minh",
        "tỉnh Nghệ An",
        "tỉnh Quảng Nam",
    ]


def test_periods(vocabulary: Vocabulary) -> None:
    da_nang = vocabulary.provinces["da-nang"]
    assert period_at(da_nang, PartialDate(2025, 6, 30)) is da_nang.periods[0]
    assert period_at(da_nang, PartialDate(2025, 7, 1)) is da_nang.periods[1]
    assert period_at(da_nang, None) is da_nang.periods[0]


def test_nearest() -> None:
    choices = ["nghe-an", "ha-tinh", "da-nang"]
    assert nearest("Nghệ An", choices) == "nghe-an"
    assert nearest("đà nẵg", choices) == "da-nang"
    assert nearest("zzzz", choices) is None
    assert nearest("", []) is None
