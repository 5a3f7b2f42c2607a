"""What a printer makes of a page: light from the dark look too, no folded boxes, and words for what is left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from building import ROOT

DARK_ON_PAPER = """() => {
  const light = (words) => {
    const [r, g, b, a = 1] = words.match(/[\\d.]+/g).map(Number);
    return a === 0 ? null : (r * 299 + g * 587 + b * 114) / 1000;
  };
  const told = [];
  for (const element of document.querySelectorAll("article, article *")) {
    if (!element.checkVisibility() || element.closest("svg")) continue;
    const style = getComputedStyle(element), paper = light(style.backgroundColor);
    if (paper !== null && paper < 200) told.push(`nền ${style.backgroundColor}: ${element.outerHTML.slice(0, 90)}`);
    if ((light(style.color) ?? 0) > 130) told.push(`chữ ${style.color}: ${element.outerHTML.slice(0, 90)}`);
  }
  return told;
}"""
FOLDED = """() => [...document.querySelectorAll("article details:not([open], .kb-the-ben)")]
  .filter((part) => part.checkVisibility() && getComputedStyle(part).borderTopStyle !== "none")
  .map((part) => part.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def address(toy_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(toy_site)


def _paper(page: Any, path: str) -> Any:
    page.goto(path)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    return page


@pytest.mark.parametrize(
    "path", ["", "van-ban/", "du-lieu/", "kiem-tra-du-thao/", "tra-cuu/", "nhiem-vu/", "gioi-thieu/"]
)
def test_the_dark_look_prints_light(address: str, open_page: Callable[..., Any], path: str) -> None:
    page = _paper(open_page(address, color_scheme="dark"), path)
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert page.evaluate(DARK_ON_PAPER) == []


def test_labels_and_code_of_the_dark_look_print_light(
    address: str, open_page: Callable[..., Any], toy_site: Path
) -> None:
    marks = ('class="nhan', 'class="can-biet', "<code>")
    paths = [p for p in sorted(toy_site.glob("*/*/index.html")) if any(m in p.read_text("utf-8") for m in marks)]
    assert len(paths) > 3
    page = open_page(address, color_scheme="dark")
    for path in paths[:12]:
        _paper(page, path.parent.relative_to(toy_site).as_posix() + "/")
        assert page.evaluate(DARK_ON_PAPER) == [], path


@pytest.mark.parametrize("sheet", ["kb", "kb-search", "kb-packs", "kb-tray"])
def test_dark_colours_are_for_screens_alone(sheet: str) -> None:
    css = (ROOT / f"theme/assets/kb/{sheet}.css").read_text(encoding="utf-8")
    outside = re.sub(r"@media screen \{.*?\n\}", "", css, flags=re.DOTALL)
    assert '"slate"' not in outside


@pytest.mark.parametrize("path", ["co-quan/", "nhiem-vu/", "tra-cuu/", "chu-de/ky-luat-ky-cuong/"])
def test_what_is_folded_is_no_empty_box(address: str, open_page: Callable[..., Any], path: str) -> None:
    page = _paper(open_page(address), path)
    assert page.evaluate(FOLDED) == []


def test_paper_says_what_a_short_list_leaves_out(address: str, open_page: Callable[..., Any]) -> None:
    page = _paper(open_page(address), "van-ban/")
    told = page.locator("article").inner_text()
    assert "Bản in này chỉ có" in told and re.search(r"và \d+ văn bản nữa, không in ở đây: xem trang ", told)
    page.emulate_media(media="screen")
    assert "Bản in này" not in page.locator("article").inner_text()
    page.locator(".kb-loc input[name=loc]").fill("chi thi")
    page.locator(".kb-dang-loc").wait_for()
    page.emulate_media(media="print")
    narrowed = page.locator("article").inner_text()
    assert "Bản in này" not in narrowed and "không in ở đây" not in narrowed, "all that was found is printed"


def test_the_head_of_paper_has_one_form_of_date(address: str, open_page: Callable[..., Any]) -> None:
    head = _paper(open_page(address), "van-ban/").locator(".kb-chi-in").inner_text()
    days = re.findall(r"\d+[-/.]\d+[-/.]\d+", head.partition("http")[0])
    assert days and all(re.fullmatch(r"\d\d-\d\d-\d{4}", day) for day in days)


def test_a_search_prints_its_results_not_the_filters(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto("tra-cuu/?q=chi+thi")
    page.locator("ol.ket-qua > li").first.wait_for()
    page.locator(".tra-cuu-bo-loc").wait_for()
    page.emulate_media(media="print")
    assert page.locator("ol.ket-qua > li").first.is_visible()
    assert page.locator(".tra-cuu-bo-loc").is_hidden() and page.locator(".tra-cuu-dem").is_hidden()
    assert page.locator(".tra-cuu-o input").is_visible()


@pytest.mark.parametrize("path", ["van-ban/", "co-quan/", "dia-phuong/song-may/"])
def test_every_row_of_a_list_names_its_source_on_paper(address: str, open_page: Callable[..., Any], path: str) -> None:
    page = open_page(address)
    page.goto(path)
    page.emulate_media(media="print")
    said = page.locator(".kb-liet-ke tbody tr:not(.nhom)").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => getComputedStyle(cell, '::after').content).join(' '))"
    )
    assert len(said) > 1
    assert all("Nguồn: " in words for words in said)
    page.emulate_media(media="screen")
    assert "Nguồn: " not in page.locator(".kb-liet-ke [data-nguon]").first.evaluate(
        "cell => getComputedStyle(cell, '::after').content"
    )
