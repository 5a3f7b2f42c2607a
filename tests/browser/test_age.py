"""The reader's day decides what is old and what has begun; the page is the same on every day."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from building import TOY, build_docs, build_site

OLD = "đã hơn 12 tháng chưa kiểm tra lại"
REPLACED = "van-ban/quy-dinh-991-qd-tw-2022/"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    """The toy's site, with a replacement that comes into force on the first day of 2027."""
    folder = tmp_path_factory.mktemp("tuoi")
    sources = Path(shutil.copytree(TOY, folder / "sources"))
    record = sources / "documents/trung-uong.yml"
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("value: 2025-09-01", "value: 2027-01-01"), encoding="utf-8", newline="\n")
    return serve(build_site(build_docs(sources, folder / "docs"), folder / "kho"))


def _top(page: Any, address: str, day: str) -> str:
    page.clock.set_fixed_time(day)
    page.goto(address + REPLACED)
    page.wait_for_load_state("networkidle")
    return str(page.locator(".kb-the-trang").inner_text())


def test_a_page_says_by_itself_that_a_check_is_old(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address, alone=True, timezone_id="Asia/Ho_Chi_Minh")
    young = _top(page, address, "2027-11-22T12:00:00+07:00")
    assert "kiểm tra 22-11-2026" in young and OLD not in young
    assert OLD in _top(page, address, "2027-11-23T00:30:00+07:00")


def test_old_checks_are_told_wherever_a_document_is_named(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address, alone=True)
    page.clock.set_fixed_time("2029-01-01T12:00:00+07:00")
    for path in ("van-ban/?loc=991", "co-quan/bo-chinh-tri/", "so-hieu/991-qd-tw/"):
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        item = page.locator("article :is(li, tr)", has=page.locator("a[href*='quy-dinh-991-qd-tw-2022']")).first
        assert OLD in item.inner_text(), path


def test_a_replacement_begins_on_its_day(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address, alone=True, timezone_id="Asia/Ho_Chi_Minh")
    assert "Sẽ được thay thế từ 01-01-2027 bởi Quy định 1203-QĐ/TW" in _top(page, address, "2026-12-31T23:30:00+07:00")
    after = _top(page, address, "2027-01-01T00:30:00+07:00")
    assert "Được thay thế từ 01-01-2027 bởi" in after and "Sẽ" not in after


def test_small_numbers_lead_to_the_pages_that_were_read(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto(address + REPLACED)
    page.locator(".trich-yeu .kb-so a").first.click()
    assert page.url.endswith("#nguon-1")
    assert page.locator("li:target").inner_text().startswith("Báo Cả Nước (tưởng tượng), bài 1")
