"""The search in the header: how it opens, what it finds, what it says of each result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from browsing import wait_until

FIRST = 5
ARTICLE = "nguon/2023-12-07-khoi-day-dong-luc-khat-vong-cong-hien/"
DIRECTIVE = "van-ban/chi-thi-34-ct-tu-da-nang-2023/"


@pytest.fixture(scope="module")
def address(real_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(real_site)


@pytest.fixture
def page(address: str, open_page: Callable[..., Any]) -> Any:
    return open_page(address)


def _search(page: Any, query: str) -> list[str]:
    """Type a query into the open dialog and return where the results lead."""
    page.locator(".kb-tim input").fill("")
    wait_until(page, "!document.querySelector('.kb-tim-ket-qua a')")
    page.locator(".kb-tim input").fill(query)
    page.locator(".kb-tim-ket-qua a").first.wait_for()
    return [str(link.get_attribute("href")).split("#")[0] for link in page.locator(".kb-tim-ket-qua a").all()]


@pytest.mark.parametrize("way", ["click", "/", "Control+k"])
def test_opens_and_closes(page: Any, way: str) -> None:
    page.goto(DIRECTIVE)
    if way == "click":
        page.locator(".md-header [data-kb-search]").click()
    else:
        page.keyboard.press(way)
    dialog = page.locator("dialog.kb-tim[open]")
    dialog.wait_for()
    assert page.evaluate("document.activeElement.matches('dialog.kb-tim input')")
    page.keyboard.type("34")
    assert page.locator(".kb-tim input").input_value() == "34"
    page.keyboard.press("Escape")
    assert dialog.count() == 0


def test_slash_is_a_letter_where_one_types(page: Any) -> None:
    page.goto("van-ban/")
    page.locator(".kb-loc input").first.press("/")
    assert page.locator("dialog[open]").count() == 0
    assert page.locator(".kb-loc input").first.input_value() == "/"


def test_home_answers_below_its_field(page: Any) -> None:
    page.goto("")
    field, results = page.locator("article input[type=search]"), page.locator("article .kb-tim-ket-qua a")
    field.press_sequentially("chi thi 34")
    results.first.wait_for()
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == results.first.get_attribute("id")
    field.press("Escape")
    assert field.input_value() == "chi thi 34"
    assert not results.first.is_visible()
    field.press("Enter")
    page.wait_for_url(f"**/{DIRECTIVE}")


def test_home_leads_to_the_search_page(page: Any) -> None:
    page.goto("")
    field = page.locator("article input[type=search]")
    field.press_sequentially("đùn đẩy")
    page.locator("article .kb-tim-ket-qua a").first.wait_for()
    page.locator("article form button[type=submit]").click()
    page.wait_for_url("**/tra-cuu/?q=*")
    wait_until(page, "document.querySelector('main input[type=search]').value === 'đùn đẩy'")


@pytest.mark.parametrize("way", ["click", "Enter", "last row"])
def test_back_from_a_result_of_the_dialog_asks_again(page: Any, way: str) -> None:
    page.goto("gioi-thieu/")
    page.keyboard.press("/")
    before = _search(page, "ky luat ky cuong")
    results = page.locator(".kb-tim-ket-qua a")
    if way == "Enter":
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    else:
        (results.nth(1) if way == "click" else page.locator(".kb-tim-tat-ca")).click()
    page.wait_for_url(lambda url: "gioi-thieu" not in url)
    page.go_back()
    page.locator("dialog.kb-tim[open]").wait_for()
    results.first.wait_for()
    assert page.locator(".kb-tim input").input_value() == "ky luat ky cuong"
    assert str(results.first.get_attribute("href")).split("#")[0] == before[0]
    page.keyboard.press("Escape")
    page.reload()
    page.wait_for_timeout(300)
    assert page.locator("dialog[open]").count() == 0


def test_back_from_a_result_of_the_home_page_asks_again(page: Any) -> None:
    page.goto("")
    field, results = page.locator("article input[type=search]"), page.locator("article .kb-tim-ket-qua a")
    field.press_sequentially("cai cach hanh chinh")
    results.first.wait_for()
    first = results.first.get_attribute("href")
    for leave in (results.first.click, lambda: field.press("Enter")):
        leave()
        page.wait_for_url(lambda url: "/chu-de/" in url or "/tra-cuu/" in url)
        page.go_back()
        results.first.wait_for()
        assert field.input_value() == "cai cach hanh chinh"
        assert results.first.get_attribute("href") == first


def test_what_was_asked_comes_back_once(page: Any) -> None:
    """Who empties the field and goes elsewhere, or loads the page again, asked for nothing."""
    page.goto("")
    field, results = page.locator("article input[type=search]"), page.locator("article .kb-tim-ket-qua a")
    field.press_sequentially("cai cach hanh chinh")
    results.first.click()
    page.wait_for_url("**/chu-de/**")
    page.go_back()
    results.first.wait_for()
    field.fill("")
    page.locator("article svg.bd a", has_text="Nghệ").first.press("Enter")
    page.wait_for_url("**/dia-phuong/nghe-an/")
    page.go_back()
    page.wait_for_timeout(300)
    assert field.input_value() == "" and results.count() == 0
    assert page.evaluate("document.activeElement === document.body")
    page.goto("gioi-thieu/")
    page.keyboard.press("/")
    _search(page, "ky luat ky cuong")
    page.locator(".kb-tim-ket-qua a").first.click()
    page.wait_for_url(lambda url: "gioi-thieu" not in url)
    page.go_back()
    page.locator("dialog.kb-tim[open]").wait_for()
    page.reload()
    page.wait_for_timeout(300)
    assert page.locator("dialog[open]").count() == 0


def test_home_searches_without_scripts(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address, java_script_enabled=False)
    page.goto("")
    page.locator("article input[type=search]").fill("34-CT/TU")
    page.locator("article input[type=search]").press("Enter")
    page.wait_for_url("**/tra-cuu/?q=34-CT%2FTU")


def test_every_tile_of_the_map_leads_to_its_province(page: Any, real_site: Path) -> None:
    for path in ("", "dia-phuong/", "so-sanh/"):
        page.goto(path)
        tiles = page.locator("article svg.bd a").all()
        assert len(tiles) == 34
        for tile in tiles:
            address = tile.evaluate("e => new URL(e.getAttribute('href'), document.baseURI).pathname")
            assert (real_site / address.removeprefix("/kho/").lstrip("/") / "index.html").is_file(), address
    page.locator("article svg.bd a", has_text="Nghệ").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/dia-phuong/nghe-an/")


@pytest.mark.parametrize("width", [390, 1280])
def test_home_does_not_shift_and_its_map_is_legible(address: str, open_page: Callable[..., Any], width: int) -> None:
    page = open_page(address, alone=True, viewport={"width": width, "height": 844})
    page.goto("")
    observed = (
        "new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const e of list.getEntries())"
        " sum += e.value; }).observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 600); })"
    )
    assert page.evaluate(observed) <= 0.02
    heights = page.evaluate(
        "[...document.querySelectorAll('svg.bd a text')].map(t => t.getBoundingClientRect().height)"
    )
    assert min(heights) >= 12


EXPECTED = {
    "ky luat ky cuong": "chu-de/ky-luat-ky-cuong/",
    "Kỷ luật, kỷ cương": "chu-de/ky-luat-ky-cuong/",
    "dun day": "chu-de/ne-tranh-dun-day/",
    "Da Nang": "dia-phuong/da-nang/",
    "Đà Nẵng": "dia-phuong/da-nang/",
    "34-CT/TU": DIRECTIVE,
    "chi thi 34": DIRECTIVE,
    "Đảng ủy Khối": "co-quan/dang-uy-khoi-cac-co-quan-tinh-nghe-an/",
    "nghi dinh 73": "van-ban/nghi-dinh-73-2023-nd-cp/",
    "920": "van-ban/thong-bao-920-tb-tu-nghe-an-2023/",
}


def test_right_page_is_among_the_first(page: Any) -> None:
    page.goto("")
    page.keyboard.press("/")
    missed = {}
    for query, expected in EXPECTED.items():
        found = [link.split("/kho/")[1] for link in _search(page, query)]
        if expected not in found[:FIRST]:
            missed[query] = found
    assert missed == {}


def test_result_says_kind_place_and_year(page: Any) -> None:
    page.goto("")
    page.keyboard.press("/")
    _search(page, "34-CT/TU")
    first = page.locator(".kb-tim-ket-qua a").first
    assert first.locator(".kb-tim-ten").inner_text() == "Chỉ thị 34-CT/TU"
    assert first.locator(".kb-tim-loai").inner_text() == ("Chỉ thị · Ban Thường vụ Thành ủy Đà Nẵng · Đà Nẵng · 2023")
    assert first.locator(".can-biet").inner_text() == "chưa kiểm tra hiệu lực"
    assert "\u0335" not in page.locator(".kb-tim").inner_text()
    page.locator(".kb-tim-bao").get_by_text("không phải nguyên văn").wait_for()


def test_result_opens_with_the_keyboard(page: Any) -> None:
    page.goto("gioi-thieu/")
    page.keyboard.press("Control+k")
    (first, *_) = _search(page, "ky luat ky cuong")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{first}*")
    assert page.locator("dialog[open]").count() == 0


def test_nothing_found_is_said(page: Any) -> None:
    page.goto("")
    page.keyboard.press("/")
    page.locator(".kb-tim input").fill("zzzqqqxxx")
    page.get_by_text("Không tìm thấy “zzzqqqxxx”").wait_for()


def test_nothing_of_pagefind_is_loaded_before_first_use(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address, alone=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(ARTICLE)
    page.wait_for_timeout(600)
    assert not [url for url in asked if "pagefind" in url or url.endswith("search-box.js")]
    page.keyboard.press("/")
    _search(page, "đi làm đúng giờ, không bỏ vị trí")  # in no name: the full text is asked
    page.locator(".kb-tim-bao").get_by_text("không phải nguyên văn").wait_for()
    assert [url for url in asked if "/pagefind/" in url]
