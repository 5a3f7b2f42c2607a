"""Search in a browser: what is typed leads to the right page, on the site and among 2,000 pages.

The queries stand in ``tests/cases/search/queries.yml``; the large corpus is made by
``benchmarks/search_corpus.py`` and indexed without MkDocs.
"""

from __future__ import annotations

import gzip
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml

from browsing import wait_until
from building import real_knowledge
from knowledge_base.meaning.knowledge.directory import list_all
from knowledge_base.publish.pages.kinds import list_site_pages
from knowledge_base.publish.search_index import write_search_index

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

import search_corpus  # noqa: E402 - stands in a folder of its own

LARGE = 2000
FIRST_SEARCH = 105_000
"""Bytes of a first search that names answer, packed: 97,000 with 539 documents and 196 articles, 49,000 of it the
index, which grows with the base as long as that is small, 13,000 Pagefind's script, which comes when the box opens."""
QUERIES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/cases/search/queries.yml").read_text(encoding="utf-8"))
UNSEEN: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/cases/search/unseen.yml").read_text(encoding="utf-8"))
FIRST_AND_LAST = """async (queries) => {
  const core = await import(new URL("assets/kb/search-core.js", location.href));
  const told = (answer) => answer.results.map(({ entry, url }) => entry?.url ?? url);
  const answers = [];
  for (const text of queries) {
    const first = told(await core.byNameFirst(text));
    const all = await core.searchForgiving(text);
    answers.push([first, all.replaced && first.length === 0 ? [] : told(all).slice(0, first.length)]);
  }
  return answers;
}"""
ASK = """async (queries) => {
  const load = (name) => import(new URL(`assets/kb/${name}.js`, location.href));
  const [core, view] = [await load("search-core"), await load("search-view")];
  const answers = [];
  for (const text of queries) {
    const { results, query } = await core.searchForgiving(text);
    const first = results.slice(0, 3);
    await Promise.all(first.map((result) => core.look(result, query)));
    answers.push(first.map((result) => [result.url.replace(/^\\/(kho\\/)?|\\/$/g, ""), view.describe(result).title]));
  }
  return answers;
}"""


@pytest.fixture(scope="module")
def large(real_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site with made-up pages around it: 2,000 in all, its index cut as that of a large base."""
    kb = real_knowledge()
    folder = tmp_path_factory.mktemp("large") / "kho"
    shutil.copytree(real_site, folder)
    entries = list_all(kb)
    taken = frozenset(f"{entry.kind}/{entry.id}" for entry in entries)
    pages = search_corpus.make_pages(kb.vocabulary, LARGE - len(entries), taken)
    search_corpus.write_pages(pages, folder)
    shutil.rmtree(folder / "tra-cuu/chi-muc")
    search_corpus.write_names([*entries, *list_site_pages()], kb.vocabulary, pages, folder, large=LARGE // 2)
    assert not (folder / "tra-cuu/chi-muc/van-ban-1.json").exists()
    assert write_search_index(folder) >= LARGE
    return folder


@pytest.fixture(scope="module")
def address(real_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(real_site)


@pytest.fixture(scope="module")
def large_address(large: Path, serve: Callable[[Path], str]) -> str:
    return serve(large)


@pytest.fixture
def page(address: str, open_page: Callable[..., Any]) -> Any:
    return open_page(address)


def _answers(chromium: Any, address: str) -> list[list[list[str]]]:
    context = chromium.new_context(base_url=address)
    opened = context.new_page()
    opened.goto("")
    answers: list[list[list[str]]] = opened.evaluate(ASK, [case["q"] for case in QUERIES])
    context.close()
    return answers


def _misses(answers: list[list[list[str]]], is_large: bool) -> list[str]:
    missed = []
    for case, answer in zip(QUERIES, answers, strict=True):
        wanted = [case["is"]] if isinstance(case["is"], str) else case["is"]
        right = any(url in wanted for url, _ in answer[: case.get("top", 1)])
        alike = is_large and "like" in case and answer and re.search(case["like"], answer[0][1])
        if not right and not alike:
            missed.append(f"{case['q']}: {[url for url, _ in answer]}")
    return missed


def test_right_page_first_on_the_site(chromium: Any, address: str) -> None:
    assert _misses(_answers(chromium, address), is_large=False) == []


def test_right_page_first_among_two_thousand(chromium: Any, large_address: str) -> None:
    assert _misses(_answers(chromium, large_address), is_large=True) == []


def test_what_is_shown_first_stays_where_it_is(page: Any) -> None:
    page.goto("")
    answers = page.evaluate(FIRST_AND_LAST, [case["q"] for case in UNSEEN])
    moved = [case["q"] for case, (first, all_) in zip(UNSEEN, answers, strict=True) if first != all_]
    assert moved == []
    assert sum(bool(first) for first, _ in answers) > len(UNSEEN) / 2


# ---- The search page ----


def _first(page: Any) -> Any:
    link = page.locator("ol.ket-qua > li > a").first
    link.wait_for()
    wait_until(page, "!/đang tìm|Đang tìm/.test(document.querySelector('.tra-cuu-bao').textContent)")
    return link


def test_nothing_is_loaded_before_a_query(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address, alone=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("tra-cuu/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "chi-muc" in url or "pagefind" in url]
    assert page.locator(".tra-cuu-dem li").count() > 20


def test_first_result_is_light(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address, alone=True)
    received: list[int] = []
    page.on("response", lambda r: received.append(len(gzip.compress(r.body(), 6))) if r.ok else None)
    page.goto("van-ban/")
    page.wait_for_load_state("networkidle")
    before = len(received)
    page.keyboard.press("/")
    page.keyboard.insert_text("chi thi 34 da nang")
    page.locator(".kb-tim-bao").get_by_text("kết quả").wait_for()
    assert sum(received[before:]) <= FIRST_SEARCH


def test_the_box_asks_the_full_text_only_where_names_do_not_say_all(page: Any) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("van-ban/")
    page.keyboard.press("/")
    told, last = page.locator(".kb-tim-bao"), page.locator(".kb-tim-tat-ca")
    for whole in ("34-CT/TU", "34-CT/TU Đà Nẵng", "tỉnh ủy"):
        page.locator(".kb-tim input").fill(whole)
        told.get_by_text("Mới tìm theo tên và số hiệu").wait_for()
        assert last.inner_text().startswith(f"Tìm “{whole}” trong toàn văn")
        assert last.get_attribute("href").endswith(f"tra-cuu/?q={quote(whole, safe='')}")
    assert not [url for url in asked if "/pagefind/" in url and not url.endswith("/pagefind.js")]
    for part in ("34-CT/TU người đứng đầu", _unknown_number(), "“dám nghĩ”"):
        page.locator(".kb-tim input").fill(part)
        told.get_by_text("không phải nguyên văn").wait_for()
        wait_until(page, "!/theo tên và số hiệu/.test(document.querySelector('.kb-tim-bao').textContent)")
    assert [url for url in asked if "/pagefind/index/" in url]


def test_what_is_typed_before_the_search_is_there_stays(page: Any) -> None:
    page.route("**/search-page.js", lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.goto("tra-cuu/")
    field = page.locator("main input[type=search]")
    field.press_sequentially("chuyen doi")
    page.get_by_role("option").first.wait_for()
    assert field.input_value() == "chuyen doi"
    field.press("Enter")
    page.wait_for_url("**/tra-cuu/?q=chuyen*")
    assert field.input_value() == "chuyen doi"
    _first(page)


def test_what_is_typed_stays_although_the_field_is_left(page: Any) -> None:
    page.route("**/search-page.js", lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.goto("tra-cuu/")
    field = page.locator("main input[type=search]")
    field.press_sequentially("chuyen doi")
    field.press("Tab")
    page.locator(".tra-cuu-dieu-khien").wait_for(state="attached")
    assert field.input_value() == "chuyen doi"


def test_address_holds_query_and_filters(page: Any) -> None:
    page.goto(f"tra-cuu/?q={quote('kỷ luật')}&loai=van-ban")
    assert "van-ban/" in _first(page).get_attribute("href")
    kinds = page.locator("ol.ket-qua > li > a").evaluate_all("links => links.map((a) => a.pathname)")
    assert all("/van-ban/" in kind for kind in kinds)
    told = page.locator(".tra-cuu-bao").inner_text()
    assert min(int(told.split()[0]), 20) == len(kinds)
    place = page.locator("[data-gia-tri='noi/da-nang']")
    count = int(place.locator("span").inner_text())
    place.click()
    page.wait_for_url("**noi=da-nang**")
    wait_until(page, "n => document.querySelectorAll('ol.ket-qua > li').length === n", arg=count)
    assert place.get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Bỏ lọc Địa phương (cũ và nay): Đà Nẵng").click()
    page.wait_for_url(lambda url: "noi=" not in url)


def test_filters_offer_only_what_there_is_and_long_lists_are_narrowed(page: Any) -> None:
    page.goto("tra-cuu/?loai=dia-phuong")
    _first(page)
    counts = page.locator(".tra-cuu-mat button span").all_inner_texts()
    assert counts and "0" not in counts
    folded = page.locator(".tra-cuu-them", has=page.locator("input")).first
    folded.locator("summary").click()
    rows = folded.locator("li:visible")
    before = rows.count()
    wanted = rows.last.inner_text().split("\n")[0]
    folded.locator("input").fill(wanted)
    assert 1 <= rows.count() < before
    assert wanted in rows.first.inner_text()


def test_filters_are_folded_on_a_phone_and_beside_the_results_on_a_laptop(page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("tra-cuu/?q=34+da+nang")
    link = _first(page)
    assert not page.locator(".tra-cuu-mat").first.is_visible()
    assert link.bounding_box()["y"] < 500
    page.set_viewport_size({"width": 1280, "height": 900})
    filters = page.locator(".tra-cuu-mat").first
    filters.wait_for()
    assert filters.bounding_box()["x"] + filters.bounding_box()["width"] < link.bounding_box()["x"]
    assert link.bounding_box()["y"] < 400


STEADY = """() => {
  window.moved = [];
  window.shift = 0;
  let before = [];
  const look = () => {
    const now = [...document.querySelectorAll("ol.ket-qua > li > a")].map((a) => a.href);
    if (before.some((href, at) => now[at] !== href)) window.moved.push([before.slice(0, 5), now.slice(0, 5)]);
    before = now;
  };
  new MutationObserver(look).observe(document, {childList: true, subtree: true});
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
  }).observe({type: "layout-shift", buffered: true});
}"""


@pytest.mark.parametrize(("width", "first"), [(1280, 0), (390, 16)])
def test_results_once_painted_stay_where_they_are(chromium: Any, large_address: str, width: int, first: int) -> None:
    """On a slow machine, among 2,000 pages: every sixteenth query of the list, names and numbers first, by turns on a
    laptop and on a telephone. Which result stands where is the same on both; what moves is looked for on each."""
    context = chromium.new_context(base_url=large_address, viewport={"width": width, "height": 844})
    context.add_init_script(f"({STEADY})()")
    opened = context.new_page()
    context.new_cdp_session(opened).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    unsteady = []
    for case in QUERIES[first::32]:
        opened.goto(f"tra-cuu/?q={quote(case['q'])}")
        wait_until(opened, "/^\\d[\\d.]* kết quả|^Không có/.test(document.querySelector('.tra-cuu-bao')?.textContent)")
        wait_until(opened, "!/đang tìm/.test(document.querySelector('.tra-cuu-bao').textContent)")
        moved, shift = opened.evaluate("[window.moved, window.shift]")
        if moved or shift > 0.02:
            unsteady.append((case["q"], round(shift, 3), moved))
    context.close()
    assert unsteady == []


def test_back_from_a_result_is_where_the_reader_was(page: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto(f"tra-cuu/?q={quote('cán bộ')}")
    _first(page)
    last = page.locator("ol.ket-qua > li > a").nth(9)
    last.scroll_into_view_if_needed()
    top = page.evaluate("scrollY")
    assert top > 200
    last.click()
    page.wait_for_url(lambda url: "tra-cuu" not in url)
    page.go_back()
    wait_until(page, "top => Math.abs(scrollY - top) < 60", arg=top)


def test_pages_of_the_site_that_search_names_are_there(page: Any) -> None:
    for folder in list_site_pages():
        path, _, anchor = folder.id.partition("#")
        answer = page.request.get(path)
        assert answer.ok, folder.id
        assert not anchor or f'id="{anchor}"' in answer.text(), folder.id


def test_filters_that_leave_nothing_still_work(page: Any) -> None:
    page.goto("tra-cuu/?q=34&loai=chu-de&nam=2013&noi=ha-noi")
    page.get_by_role("button", name="Bỏ mọi bộ lọc").click()
    page.wait_for_url("**/tra-cuu/?q=34")
    assert _first(page).get_attribute("href").endswith("/van-ban/chi-thi-34-ct-tu-da-nang-2023/")


def test_empty_answer_is_honest(page: Any) -> None:
    page.goto("tra-cuu/?q=zzzqqq+99")
    page.get_by_text("Không có kết quả cho “zzzqqq 99”").wait_for()
    assert "Đã tìm:" in page.locator(".tra-cuu-loi-khuyen").inner_text()


def test_document_that_is_not_here_is_said_before_what_is_near(page: Any) -> None:
    number, place = _unknown_number(), _place_without("34-CT/TU")
    for asked, told in ((number, number), (f"34-CT/TU {place}", f"34-CT/TU ({place})")):
        page.goto(f"tra-cuu/?q={quote(asked)}")
        page.get_by_text(f"Kho chưa có {told}").wait_for()
        assert "Có thể tìm tiếp ở" in page.locator(".tra-cuu-chua-co").inner_text()


def _unknown_number() -> str:
    """A number that no document of the sources has."""
    known = {str(document.number) for document in real_knowledge().documents.values()}
    return next(number for number in (f"{n}-NQ/TW" for n in range(987, 99, -1)) if number not in known)


def _place_without(number: str) -> str:
    """A province, of today or before, of which there is no document of that number, nor of what it became part of."""
    kb = real_knowledge()
    having = {d.province for d in kb.documents.values() if str(d.number) == number}
    having |= {p.successor for p in kb.provinces.values() if p.id in having}
    free = [p.name for p in kb.provinces.values() if p.id not in having and p.successor not in having]
    return "Hà Giang" if "Hà Giang" in free else free[0]


def test_state_of_a_document_stands_in_its_result(page: Any) -> None:
    page.goto(f"tra-cuu/?q={quote('124-QĐ/TW')}")
    assert "được thay thế bởi 366-QĐ/TW" in page.locator("ol.ket-qua > li").first.inner_text()
    assert page.locator(".tra-cuu-chua-co").count() == 0


def test_slip_of_the_pen_is_told(page: Any) -> None:
    page.goto("tra-cuu/?q=ki+luac")
    page.get_by_text("Đây là kết quả cho “kỷ luật”").wait_for()
    page.goto(f"tra-cuu/?q={quote('kỉ luât')}")
    page.get_by_text("Có phải bạn tìm").wait_for()


def test_old_name_says_why(page: Any) -> None:
    page.goto(f"tra-cuu/?q={quote('Bình Thuận')}")
    _first(page)
    second = page.locator("ol.ket-qua > li").nth(1)
    assert "Lâm Đồng" in second.inner_text()
    assert "Hiện vì: Bình Thuận đã hợp nhất vào Lâm Đồng" in second.inner_text()


def test_suggestions_by_keyboard(page: Any) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("tra-cuu/")
    box = page.get_by_role("combobox", name="Từ cần tìm")
    assert page.locator(f"#{box.get_attribute('aria-controls')}[role=listbox]").is_hidden()
    box.press_sequentially("chuyen doi")
    page.get_by_role("option").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == "tra-cuu-goi-y-0"
    box.press("Enter")
    page.wait_for_url("**/chu-de/chuyen-doi-so/")


def test_quoted_words_stand_together(page: Any) -> None:
    page.goto(f"tra-cuu/?q={quote('“dám nghĩ, dám làm”')}")
    assert _first(page).get_attribute("href").endswith("/chu-de/dam-nghi-dam-lam/")
    marks = page.locator("ol.ket-qua mark").all_inner_texts()
    assert {mark.lower() for mark in marks} <= {"dám", "nghĩ", "làm"}


def test_without_javascript_there_is_an_index(chromium: Any, address: str) -> None:
    context = chromium.new_context(base_url=address, java_script_enabled=False)
    opened = context.new_page()
    opened.goto("tra-cuu/")
    opened.get_by_role("link", name="Mục lục từ A đến Y").click()
    assert opened.get_by_role("link", name="Chỉ thị 34-CT/TU").count() >= 1
    assert opened.get_by_role("link", name="Kỷ luật, kỷ cương").count() >= 1
    assert opened.get_by_role("heading", name="Đ", exact=False).count() >= 1
    for path in ("tra-cuu/", "tra-cuu/?q=34", "kiem-tra-du-thao/"):
        opened.goto(path)
        assert opened.locator(".kb-khong-ma").bounding_box()["y"] < 400, path
        assert not opened.locator("form:visible, .tra-cuu-khung:visible, .tra-cuu-dem:visible").count(), path
    opened.goto("tra-cuu/")
    lists = opened.locator(".kb-khong-ma a").evaluate_all("links => links.map((a) => a.href)")
    assert len(lists) == 7
    assert all(opened.request.get(href).ok for href in lists)
    context.close()
