"""The 64 names of provinces, and the province an article is about."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from knowledge_base.core.dates import PartialDate
from knowledge_base.core.models import Noise, NoiseKind
from knowledge_base.core.text import slug
from knowledge_base.mentions.bodies.body_finder import BodyFinder
from knowledge_base.mentions.places import ProvinceFinder
from knowledge_base.sources.vocabulary.names import is_city, province_name
from scanning import assert_linear, each_seed, needs_seeds, plain_scan, read_gold, vocabulary

VOCABULARY = vocabulary()
PROVINCES = VOCABULARY.provinces
FINDER = BodyFinder(VOCABULARY)
ABOUT = ProvinceFinder(VOCABULARY)


def _about(text: str, home: str | None = None, *noise: Noise) -> str | None:
    scan = plain_scan(text, *noise)
    return ABOUT.find(scan, FINDER.find(scan), home)


def test_numbers_of_names() -> None:
    today = [province for province in PROVINCES.values() if province.successor is None]
    assert (len(PROVINCES), len(today)) == (64, 34)
    stages = [("2024-12-31", 5, 63), ("2025-01-01", 6, 63), ("2025-07-01", 6, 34), ("2026-09-20", 9, 34)]
    for day, cities, count in stages:
        alive = [p for p in PROVINCES.values() if _lives(p.id, PartialDate.parse(day))]
        assert len(alive) == count, day
        assert sum(is_city(p, PartialDate.parse(day)) for p in alive) == cities, day


def _lives(province: str, day: PartialDate) -> bool:
    return any(
        (period.since is None or period.since <= day) and (period.until is None or day <= period.until)
        for period in PROVINCES[province].periods
    )


def test_entries_are_consistent() -> None:
    """Periods that leave no gap and successors that are there are checked by ``--check``."""
    assert [p.id for p in PROVINCES.values() if slug(p.name) != p.id] == []


def test_every_former_name_has_one_successor() -> None:
    made_of = [(part, p.id) for p in PROVINCES.values() for period in p.periods for part in period.made_of]
    assert sorted((a, b) for a, b in made_of if a != b) == sorted(
        (p.id, p.successor) for p in PROVINCES.values() if p.successor
    )


def test_names_at_the_time() -> None:
    assert province_name(VOCABULARY, "dong-nai", PartialDate(2025, 8, 1)) == "tỉnh Đồng Nai"
    assert province_name(VOCABULARY, "dong-nai", PartialDate(2026, 5, 1)) == "thành phố Đồng Nai"
    assert province_name(VOCABULARY, "ho-chi-minh", PartialDate(2020)) == "Thành phố Hồ Chí Minh"


CASES = [
    ("UBND tỉnh Sơn La họp. UBND tỉnh yêu cầu báo cáo.", None, "son-la"),
    ("Ban Thường vụ Tỉnh ủy họp bàn việc lớn.", "tay-ninh", "tay-ninh"),
    ("Ban Thường vụ Tỉnh ủy họp bàn việc lớn.", None, None),
    ("Ở tỉnh Lào Cai, mưa lớn. Tỉnh Lào Cai huy động lực lượng.", None, "lao-cai"),
    ("Tại TP.HCM, UBND TP.HCM yêu cầu các quận báo cáo.", None, "ho-chi-minh"),
    ("Học tập tư tưởng, đạo đức, phong cách Hồ Chí Minh. Phong cách Hồ Chí Minh giản dị.", None, None),
    ("Bộ Chính trị ban hành quy định mới. Ban Bí thư hướng dẫn.", "nghe-an", None),
    ("Bộ Chính trị ban hành quy định mới. Tỉnh ủy triển khai.", "nghe-an", "nghe-an"),
    ("Chính phủ làm việc với Hà Nội, Hải Phòng, Cần Thơ, Đà Nẵng, Huế.", None, None),
    ("Các tỉnh Hà Nam, Nam Định, Thái Bình, Ninh Bình đều có mưa.", None, None),
    ("Xã ta thi đua trồng cây.", "ca-mau", "ca-mau"),
    ("UBND tỉnh đón đoàn của Tỉnh ủy Thanh Hóa. UBND tỉnh cảm ơn.", "nghe-an", "nghe-an"),
    ("Thành ủy Đà Nẵng họp. UBND thành phố Đà Nẵng trình. Bí thư Thành ủy Đà Nẵng kết luận.", "nghe-an", "da-nang"),
    ("Ông Lê Thái Bình và bà Trần Hòa Bình phát biểu nhiều lần ở xã.", None, None),
    ("Thành phố Cao Bằng dọn vệ sinh. Thành phố Cao Bằng trồng hoa.", None, "cao-bang"),
    ("TỈNH ỦY QUẢNG NGÃI\n\nTỉnh ủy yêu cầu báo cáo.", None, "quang-ngai"),
]


@pytest.mark.parametrize(("text", "home", "expected"), CASES)
def test_subject(text: str, home: str | None, expected: str | None) -> None:
    assert _about(text, home) == expected


def test_lists_of_other_news_do_not_count() -> None:
    text = "Tin vắn. UBND tỉnh Sơn La họp. UBND tỉnh Sơn La yêu cầu."
    assert _about(text) == "son-la"
    assert _about(text, None, Noise(8, len(text), NoiseKind.TEASER)) is None


@needs_seeds
@each_seed
def test_seeds(path: Path) -> None:
    text, gold = read_gold(path)
    assert _about(text, slug(gold["province"])) == slug(gold["province"])
    assert _about(text) in (slug(gold["province"]), None)


HOSTILE = ["tỉnh ", "Hà Nội, ", "A", "TP.", "a.vn ", "https://a/", "Báo ", "của tỉnh ", "\n", "-"]


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_is_linear(unit: str) -> None:
    assert_linear(unit, lambda text: partial(_about, text))
