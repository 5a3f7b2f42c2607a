"""The edition for USB sticks in Firefox, on file:// and without a network, where Firefox is installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest

from editing import (
    ARTICLE,
    CARD_WORDS,
    CLIPBOARD,
    DIRECTIVE,
    DRAFT,
    DRAFT_TOLD,
    FIRST_RESULTS,
    NOTE_COPIES,
    SEARCH_DONE,
    SEARCHES,
    THEMES,
    search_misses,
)
from firefox import Firefox, find_firefox, opened_firefox


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    if not (program := find_firefox()):
        pytest.skip("không có Firefox trên máy này (trên Debian: gói firefox-esr)")
    with opened_firefox(program, tmp_path_factory.mktemp("firefox") / "profile") as opened:
        yield opened


@pytest.fixture(autouse=True)
def asks_nothing(firefox: Firefox) -> Iterator[None]:
    """No page asks the network for anything."""
    yield
    assert firefox.asked == []


def test_network_is_watched(firefox: Firefox, tmp_path: Path) -> None:
    """The proxy notes what a page asks: else it would not mean anything that it notes nothing."""
    page = tmp_path / "hoi.html"
    page.write_text("<!doctype html><img src='http://vi-du.invalid/hinh.png'>", encoding="utf-8")
    firefox.open(page.as_uri())
    firefox.wait("return document.images[0].complete;")
    assert {request.split()[1].partition(":443")[0] for request in firefox.asked} == {"vi-du.invalid"}
    firefox.asked.clear()


@pytest.mark.parametrize("case", SEARCHES, ids=lambda case: str(case["q"]))
def test_ten_searches(firefox: Firefox, edition: Path, case: dict[str, Any]) -> None:
    firefox.open(f"{edition.as_uri()}/tra-cuu/index.html?q={quote_plus(case['q'])}")
    firefox.wait(SEARCH_DONE)
    assert search_misses(case, firefox.run(FIRST_RESULTS)) == ""


def test_filters_narrow_and_stand_in_the_address(firefox: Firefox, edition: Path) -> None:
    firefox.open(f"{edition.as_uri()}/tra-cuu/index.html?q={quote_plus('ky luat')}")
    firefox.wait(SEARCH_DONE)
    firefox.click("[data-gia-tri='loai/van-ban']")
    firefox.wait("return location.search.includes('loai=van-ban');")
    firefox.wait(SEARCH_DONE)
    kinds = firefox.run("return [...document.querySelectorAll('ol.ket-qua > li > a')].map((a) => a.pathname);")
    assert kinds and all("/van-ban/" in kind for kind in kinds)


def test_card_and_citation(firefox: Firefox, edition: Path) -> None:
    firefox.open(f"{edition.as_uri()}/{ARTICLE}")
    firefox.point_at(f"article p a[href$='{DIRECTIVE}']")
    assert "Chỉ thị 34-CT/TU" in firefox.wait(CARD_WORDS)
    firefox.open(f"{edition.as_uri()}/{DIRECTIVE}")
    firefox.run(NOTE_COPIES)
    firefox.click("[data-kb-lam=trich-dan]")
    firefox.wait("return document.body.innerText.includes('Đã chép trích dẫn');")
    copied = firefox.run(CLIPBOARD)
    assert copied["text/plain"].splitlines()[-1] == DIRECTIVE.removesuffix("index.html")
    assert copied["text/html"].startswith("<p>Chỉ thị số 34-CT/TU")


def test_statements_are_chosen(firefox: Firefox, edition: Path) -> None:
    firefox.open(f"{edition.as_uri()}/chu-de/{THEMES[1]}/index.html")
    firefox.wait("return document.querySelector('article .kb-chon-y input') !== null;")
    firefox.run("document.querySelectorAll('article .kb-chon-y input').forEach((tick) => tick.click());")
    address = firefox.wait("return document.querySelector(\"a[href*='y-da-chon/index.html#y=']\")?.href;")
    firefox.open(address)
    assert firefox.wait("return document.querySelectorAll('ol.kb-y > li .y-loi').length;") > 1


@pytest.mark.parametrize("theme", THEMES)
def test_pack_is_shown_on_the_wall(firefox: Firefox, edition: Path, theme: str) -> None:
    firefox.open(f"{edition.as_uri()}/tai-lieu/{theme}/index.html")
    firefox.click("[data-kb-chieu]")
    assert firefox.wait("return document.querySelector('.ch-dem')?.textContent;").startswith("1 / ")


def test_draft_is_checked(firefox: Firefox, edition: Path) -> None:
    firefox.open(f"{edition.as_uri()}/kiem-tra-du-thao/index.html")
    firefox.run("document.querySelector('.kb-du-thao textarea').value = arguments[0];", DRAFT)
    firefox.click(".kb-du-thao button[type=submit]")
    told = "return document.querySelector('.kb-du-thao-bao').textContent.includes(arguments[0]);"
    firefox.wait(told, DRAFT_TOLD)


def test_dark_is_kept_from_page_to_page(firefox: Firefox, edition: Path) -> None:
    firefox.open(f"{edition.as_uri()}/{DIRECTIVE}")
    firefox.click("label[title='Chuyển sang giao diện tối']")
    firefox.open(f"{edition.as_uri()}/van-ban/index.html")
    assert firefox.run("return document.body.dataset.mdColorScheme;") == "slate"
