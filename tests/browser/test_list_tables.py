"""The lists of documents and bodies as tables: sorted, narrowed, short until asked, copied into Word."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from browsing import wait_until
from knowledge_base.publish.pages.views.document import SHORT

ROWS = "tbody tr:not(.nhom)"
FIRST_CELLS = "els => els.map(e => e.innerText.trim())"


@pytest.fixture(scope="module")
def address(real_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(real_site)


@pytest.fixture(scope="module")
def toy_address(toy_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(toy_site)


def _shown(page: Any, column: int) -> list[str]:
    """Return the words of a column (from 1) of the rows that are seen, from the top."""
    words: list[str] = page.locator(f"{ROWS}:visible > :nth-child({column})").evaluate_all(FIRST_CELLS)
    return words


def _open(open_page: Callable[..., Any], address: str, path: str) -> Any:
    page = open_page(address)
    page.goto(path)
    page.locator(".kb-liet-ke .kb-xep").first.wait_for(state="attached")  # bodies are folded
    page.locator(".kb-loc").wait_for()
    if "?" in path:  # the rest of the list is read first
        page.locator(".kb-dang-loc").wait_for()
    return page


def test_a_column_sorts_the_table_and_the_groups_come_back(toy_address: str, open_page: Callable[..., Any]) -> None:
    page = _open(open_page, toy_address, "van-ban/")
    before = _shown(page, 2)
    left_out = page.locator(".nhom--them").count()
    assert left_out and page.locator(ROWS).count() < int(page.locator(".kb-liet-ke").get_attribute("data-tat-ca"))
    head = page.get_by_role("columnheader", name="Ngày")
    head.get_by_role("button").click()
    page.locator("th[aria-sort=descending]").wait_for()
    assert page.locator(ROWS).count() == int(page.locator(".kb-liet-ke").get_attribute("data-tat-ca"))
    days = [re.sub(r"\s.*", "", day, flags=re.DOTALL) for day in _shown(page, 5)]
    dated = [tuple(reversed(day.split("-"))) for day in days if re.fullmatch(r"\d\d-\d\d-\d{4}", day)]
    assert len(dated) > 5 and dated == sorted(dated, reverse=True)
    assert len(days) == page.locator(ROWS).count(), "a sorted table shows all rows"
    assert page.locator(".nhom:visible").count() == 0
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    issuer = page.get_by_role("columnheader", name="Cơ quan ban hành")
    issuer.get_by_role("button").press("Enter")
    assert head.get_attribute("aria-sort") is None and issuer.get_attribute("aria-sort") == "ascending"
    for _ in range(2):
        issuer.get_by_role("button").press("Enter")
    page.locator(".kb-liet-ke:not(.kb-da-xep)").wait_for()
    assert _shown(page, 2) == before and page.locator(".nhom:visible").count() > 1


def test_long_groups_are_short_until_asked(address: str, open_page: Callable[..., Any]) -> None:
    page = _open(open_page, address, "van-ban/")
    group = page.locator("tbody", has=page.locator("#trung-uong"))
    rows = group.locator("tr:not(.nhom)")
    assert rows.count() == group.locator("tr:not(.nhom):visible").count() == SHORT
    more = group.get_by_role("button", name=re.compile("Xem cả"))
    whole = int(re.sub(r"\D", "", more.inner_text()))
    more.click()
    wait_until(page, "document.activeElement.closest('tr')?.matches('.con-lai')")
    assert group.locator("tr:not(.nhom):visible").count() == rows.count() == whole > 50
    assert group.get_by_role("checkbox").count() == whole
    other = page.locator("tbody", has=page.locator("#nghe-an"))
    assert other.locator("tr:not(.nhom):visible").count() == SHORT < other.locator("tr:not(.nhom)").count()


def test_a_filter_knows_the_rows_that_the_page_leaves_out(address: str, open_page: Callable[..., Any]) -> None:
    page = _open(open_page, address, "van-ban/")
    before = page.locator(ROWS).count()
    years = page.locator(".kb-loc select[name=nam] option").all_inner_texts()
    page.locator(".kb-loc input").fill("nhung dieu dang vien khong duoc lam")
    page.locator(".kb-dang-loc").wait_for()
    found = _shown(page, 2)
    assert {"Quy định 207-QĐ/TW", "Quy định 37-QĐ/TW", "Quy định 47-QĐ/TW"} <= {
        " ".join(name.split()) for name in found
    }
    assert before < page.locator(ROWS).count() == int(page.locator(".kb-liet-ke").get_attribute("data-tat-ca"))
    told = {value for row in page.locator(ROWS).all() for value in row.get_attribute("data-nam").split("|")}
    assert told == {year for year in years if year != "Tất cả"}
    assert page.get_by_role("button", name=f"Tải tệp Excel ({len(found)} dòng đang lọc)").count() == 1
    page.locator(f"{ROWS}:visible").first.get_by_role("checkbox").check()
    assert page.get_by_role("button", name="Tải tệp Word (1 dòng đã chọn)").count() == 1
    page.locator(".kb-loc input").fill("")
    page.locator(".kb-da-chon").get_by_role("button", name="Bỏ chọn").click()
    assert page.get_by_role("button", name="Tải tệp Excel (cả danh sách)").count() == 1


def test_rows_that_cannot_be_read_are_told(address: str, chromium: Any) -> None:
    page = chromium.new_context(base_url=address).new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.route("**/van-ban/con-lai.json", lambda route: route.abort())
    page.goto("van-ban/")
    page.locator(".kb-loc input").fill("quy dinh")
    page.locator(".kb-bao", has_text="Không tải được phần còn lại của danh sách").wait_for()
    page.locator("tbody", has=page.locator("#nghe-an")).get_by_role("button", name=re.compile("Xem cả")).click()
    page.wait_for_url("**/dia-phuong/nghe-an/#van-ban")
    assert faults == []


def test_a_place_then_and_now_narrows_the_list(address: str, open_page: Callable[..., Any]) -> None:
    page = _open(open_page, address, "van-ban/?noi=Nghệ An")
    page.locator(".kb-dang-loc").wait_for()
    assert page.locator(".kb-loc-dem").inner_text() == f"{len(_shown(page, 2))} trong {page.locator(ROWS).count()} mục"
    assert [words.split()[0] for words in page.locator(".nhom:visible").all_inner_texts()] == ["Nghệ"]
    times = page.locator(".kb-loc select[name=nam] option").all_inner_texts()
    assert times[1].startswith("Từ 01-07-2025") and times[2:4] == sorted(times[2:4], reverse=True)
    total = page.locator("tr.nhom:visible .phu").inner_text()
    year = page.locator("tr[data-nam]:visible").first.get_attribute("data-nam").split("|")[0]
    page.locator(".kb-loc select[name=nam]").select_option(year)
    assert page.locator("tr.nhom:visible .phu").inner_text() == f"{len(_shown(page, 2))} trong {total}"
    page.locator(".kb-loc select[name=nam]").select_option("")
    assert page.locator("tr.nhom:visible .phu").inner_text() == total
    page.locator(".kb-loc select[name=noi]").select_option("Cà Mau")
    today = _shown(page, 2)
    page.locator(".kb-loc select[name=noi]").select_option("Bạc Liêu")
    former = _shown(page, 2)
    assert former and set(former) <= set(today), "what a former province issued is found under today's"
    assert [words.split("\u00a0")[0].split()[:2] for words in page.locator(".nhom:visible").all_inner_texts()] == [
        ["Cà", "Mau"]
    ]


def test_ticked_documents_become_a_table_for_word(address: str, open_page: Callable[..., Any]) -> None:
    page = _open(open_page, address, "van-ban/?noi=Nghệ An")
    bar = page.get_by_role("region", name="Văn bản đã chọn")
    assert bar.is_hidden()
    rows = page.locator(f"{ROWS}:visible")
    rows.nth(1).get_by_role("checkbox").check()
    rows.nth(0).get_by_role("checkbox").press("Space")
    assert bar.inner_text().startswith("Đã chọn 2 văn bản")
    page.evaluate(
        """() => {
          const set = DataTransfer.prototype.setData;
          globalThis.put = {};
          DataTransfer.prototype.setData = function (type, text) {
            globalThis.put[type] = text;
            set.call(this, type, text);
          };
        }"""
    )
    bar.get_by_role("button", name="Chép bảng cho Word").click()
    page.locator(".kb-bao", has_text="Đã chép bảng 2 văn bản").wait_for()
    put = page.evaluate("globalThis.put")
    title, *lines = put["text/plain"].split("\n")
    heads = "TT\tSố, ký hiệu\tTrích yếu\tCơ quan ban hành\tNgày ban hành\tTình trạng\tNguồn"
    assert title == "Văn bản"
    assert lines[0] == heads and [line.split("\t")[0] for line in lines[1:3]] == ["1", "2"]
    assert all(len(line.split("\t")) == 7 for line in lines[:3])
    assert [line.split("\t")[1] for line in lines[1:3]] == _shown(page, 2)[:2]
    assert all(line.split("\t")[6] for line in lines[1:3])
    assert lines[3].startswith("Nguồn: Kho văn bản chỉ đạo địa phương, http") and len(lines) == 4
    numbers = re.findall(r'<td><a href="([^"]+/van-ban/[^"]+)">(?:(?!</td>).)*</td><td>', put["text/html"])
    assert len(numbers) == 2 and all(link.startswith("http") for link in numbers)
    assert put["text/html"].count("<tr>") == 3
    bar.get_by_role("button", name="Bỏ chọn").click()
    assert bar.is_hidden() and page.locator(f"{ROWS} input:checked").count() == 0


def test_all_that_are_seen_are_ticked_at_once(address: str, open_page: Callable[..., Any]) -> None:
    page = _open(open_page, address, "van-ban/?noi=Nghệ An")
    page.get_by_role("checkbox", name="Chọn tất cả văn bản đang thấy").check()
    shown = len(_shown(page, 2))
    assert 1 < shown == page.locator(f"{ROWS} input:checked").count()


def test_present_bodies_stand_first_and_former_ones_are_folded(address: str, open_page: Callable[..., Any]) -> None:
    page = _open(open_page, address, "co-quan/")
    former = page.locator("details#truoc-day")
    assert not former.evaluate("part => part.open")
    page.locator(".kb-loc input").fill("hoi dong nhan dan ben tre")
    row = former.locator("tbody tr:not(.nhom):visible")
    assert row.count() == 1 and "Hội đồng nhân dân tỉnh Vĩnh Long" in row.inner_text()
    page.locator(".kb-loc input").fill("")
    assert page.locator(f"{ROWS}:visible").count() == 0, "what the filter opened is folded again"


def test_bodies_are_folded_by_place_until_one_is_asked_for(address: str, open_page: Callable[..., Any]) -> None:
    page = _open(open_page, address, "co-quan/")
    places = page.locator("details.kb-noi-gap")
    assert page.locator(f"{ROWS}:visible").count() == 0 and places.count() > 20
    assert page.evaluate("document.documentElement.scrollHeight") < 3500
    nghe_an = page.locator("details.kb-noi-gap", has=page.locator("#nghe-an"))
    count = nghe_an.locator("summary .phu")
    whole = int(count.inner_text())
    nghe_an.locator("summary").click()
    assert page.locator(f"{ROWS}:visible").count() == nghe_an.locator(ROWS).count() == whole
    page.locator(".kb-loc select").select_option("Đà Nẵng")
    assert {row.get_attribute("data-noi") for row in page.locator(f"{ROWS}:visible").all()} == {"Đà Nẵng"}
    assert not nghe_an.is_visible()
    page.locator(".kb-loc select").select_option("Tất cả")
    page.locator(".kb-loc input").fill("ban to chuc tinh uy nghe an")
    page.get_by_text(f"1 trong {whole}", exact=True).wait_for()


def test_sorting_takes_bodies_out_of_their_places_and_back(address: str, open_page: Callable[..., Any]) -> None:
    """Nobody wants the eighteen bodies of one place by their number of documents: the most active of all."""
    page = _open(open_page, address, "co-quan/")
    places, all_bodies = page.locator("details.kb-noi-gap"), page.locator(f"details.kb-noi-gap {ROWS}").count()
    nghe_an = page.locator("details.kb-noi-gap", has=page.locator("#nghe-an"))
    whole = nghe_an.locator(ROWS).count()
    nghe_an.locator("summary").click()
    nghe_an.get_by_role("columnheader", name="Văn bản đã ban hành").get_by_role("button").click()
    page.locator("th[aria-sort=descending]").wait_for()
    issued = [int(re.sub(r"\D", "", words) or 0) for words in _shown(page, 2)]
    assert issued == sorted(issued, reverse=True) and issued[0] > 0
    assert len(issued) == all_bodies > whole and places.locator("visible=true").count() == 0
    assert page.evaluate("document.activeElement.closest('th').ariaSort") == "descending"
    page.locator(".kb-loc select").select_option("Đà Nẵng")
    assert {row.get_attribute("data-noi") for row in page.locator(f"{ROWS}:visible").all()} == {"Đà Nẵng"}
    page.locator(".kb-loc select").select_option("Tất cả")
    for _ in range(2):
        page.locator("th[aria-sort] button").click()
    assert page.locator("th[aria-sort]").count() == 0
    assert nghe_an.locator(f"{ROWS}:visible").count() == whole == page.locator(f"{ROWS}:visible").count()
    assert page.evaluate("document.activeElement.closest('details')?.querySelector('#nghe-an') !== null")
    assert nghe_an.locator("summary .phu").inner_text() == str(whole)


def test_articles_stand_by_year_short_until_asked(address: str, open_page: Callable[..., Any]) -> None:
    page = _open(open_page, address, "nguon/")
    years = page.locator("tr.nhom th[id]")
    told = [words.split()[0] for words in years.all_inner_texts()]
    assert told[:-1] == sorted(told[:-1], reverse=True) and told[-1] == "Chưa" and len(told) > 5
    shown = page.locator(f"{ROWS}:visible").count()
    assert shown <= 5 * len(told) < page.locator(ROWS).count()
    page.get_by_role("button", name=re.compile("^Xem cả")).first.click()
    assert page.locator(f"{ROWS}:visible").count() > shown
    page.locator(".kb-loc select[name=bao]").select_option("Báo Đà Nẵng")
    assert {row.get_attribute("data-bao") for row in page.locator(f"{ROWS}:visible").all()} == {"Báo Đà Nẵng"}


@pytest.mark.parametrize("script", [True, False])
def test_the_address_of_a_place_opens_its_bodies(address: str, chromium: Any, script: bool) -> None:
    page = chromium.new_context(java_script_enabled=script).new_page()
    page.goto(address + "co-quan/#nghe-an")
    page.locator("#nghe-an table").wait_for()
    assert page.locator("details.kb-noi-gap[open]").count() == 1


def test_a_former_province_still_has_its_place_in_the_list(address: str, open_page: Callable[..., Any]) -> None:
    page = _open(open_page, address, "co-quan/#bac-lieu")
    page.locator("#bac-lieu").wait_for(state="visible")
    assert page.locator("#bac-lieu").count() == 1 and page.locator("#nghe-an").count() == 1


_PAST_THE_CELL = """() => [...document.querySelectorAll(".kb-liet-ke :is(th, td)")].filter(cell => {
  const words = document.createRange();
  words.selectNodeContents(cell);
  const right = cell.getBoundingClientRect().right;
  return [...words.getClientRects()].some(line => line.width && line.right > right + 1);
}).map(cell => cell.innerText)"""


@pytest.mark.parametrize("width", [1280, 1000, 390])
def test_no_words_run_out_of_their_cell(
    address: str, real_site: Path, open_page: Callable[..., Any], width: int
) -> None:
    """Numbers as long as 2936/UBND-CTXDGT, marks as "được thay thế bởi 61/2025/QĐ-UBND"."""
    page = open_page(address, viewport={"width": width, "height": 800})
    places = sorted(p.parent.name for p in (real_site / "dia-phuong").glob("*/index.html"))
    for path in ("van-ban/", *(f"dia-phuong/{place}/" for place in places)):
        page.goto(path)
        assert page.evaluate(_PAST_THE_CELL) == [], path


def test_a_phone_shows_cards_and_folds_the_filters(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address, viewport={"width": 390, "height": 844})
    page.goto("van-ban/")
    page.locator(".kb-loc").wait_for()
    assert page.locator(".kb-loc select:visible").count() == 0
    page.locator(".kb-loc summary").click()
    assert page.locator(".kb-loc select:visible").count() == 4
    row = page.locator(ROWS).first
    boxes = [cell.bounding_box() for cell in row.locator("> :is(th, td:not(.tich))").all()]
    assert all(above["y"] + above["height"] <= below["y"] + 1 for above, below in pairwise(boxes))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_lists_are_whole_without_javascript(address: str, chromium: Any) -> None:
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(address + "van-ban/")
    assert page.locator(f"{ROWS}:visible").count() == page.locator(ROWS).count() > 80
    assert page.locator(".kb-liet-ke button:visible, .kb-liet-ke .tich:visible").count() == 0
    page.get_by_text("Đến thẳng một địa phương").click()
    page.locator(".kb-den a", has_text="Nghệ An").click()
    assert page.url.endswith("#nghe-an")
    for place in ("nghe-an", "trung-uong"):
        page.goto(address + "van-ban/")
        more = page.locator("tbody", has=page.locator(f"#{place}")).get_by_role("link", name=re.compile("Xem cả"))
        whole = int(re.sub(r"\D", "", more.inner_text()))
        more.click()
        assert page.url.endswith(f"dia-phuong/{place}/#van-ban")
        assert page.locator(f".kb-liet-ke {ROWS}:visible").count() == whole


def test_the_address_of_a_former_province_leads_to_its_group(address: str, open_page: Callable[..., Any]) -> None:
    page = _open(open_page, address, "van-ban/#bac-lieu")
    assert page.locator("tbody:has(#bac-lieu)").inner_text().split()[:2] == ["Cà", "Mau"]
    assert page.evaluate("document.querySelector('#bac-lieu').getBoundingClientRect().top") < 200


def test_files_hold_the_whole_list_although_the_filter_did_not_load(address: str, chromium: Any) -> None:
    page = chromium.new_context(base_url=address).new_page()
    page.route("**/filter.js", lambda route: route.abort())
    page.goto("van-ban/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải tệp Excel (cả danh sách)").click()
    with zipfile.ZipFile(download.value.path()) as file:
        rows = file.read("xl/worksheets/sheet1.xml").decode().count("<row ")
    assert rows > int(page.locator(".kb-liet-ke").get_attribute("data-tat-ca"))


def test_no_file_is_made_of_a_part_of_the_list(address: str, chromium: Any) -> None:
    page = chromium.new_context(base_url=address).new_page()
    downloads: list[str] = []
    page.on("download", lambda download: downloads.append(download.suggested_filename))
    page.route("**/van-ban/con-lai.json", lambda route: route.abort())
    page.goto("van-ban/")
    told = page.locator(".kb-bao", has_text="Không tải được phần còn lại của danh sách")
    for name in ("Tải tệp Excel (cả danh sách)", "Tải tệp Word (cả danh sách)"):
        page.get_by_role("button", name=name).click()
        told.wait_for()
        page.wait_for_timeout(100)
        assert told.count() == 1, "the reason is not written over"
        page.evaluate("document.querySelector('.kb-bao').textContent = ''")
    page.get_by_role("columnheader", name="Ngày").get_by_role("button").click()
    told.wait_for()
    assert downloads == [] and page.locator("th[aria-sort]").count() == 0
    page.unroute("**/van-ban/con-lai.json")
    with page.expect_download():
        page.get_by_role("button", name="Tải tệp Word (cả danh sách)").click()


def test_what_is_there_is_filtered_although_the_rest_cannot_be_read(address: str, chromium: Any) -> None:
    page = chromium.new_context(base_url=address).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "con-lai.json" in request.url else None)
    page.route("**/van-ban/con-lai.json", lambda route: route.abort())
    page.goto("van-ban/")
    count, field, there = page.locator(".kb-loc-dem"), page.locator(".kb-loc input"), page.locator(ROWS).count()
    field.press_sequentially("quy dinh")
    count.get_by_text("chưa tải được").wait_for()
    told = page.locator(".kb-bao", has_text="Không tải được phần còn lại của danh sách")
    told.wait_for()
    page.evaluate("document.querySelector('.kb-bao').textContent = ''")
    before = len(asked)
    field.press_sequentially(" so 2")
    page.wait_for_timeout(200)
    shown = _shown(page, 2)
    assert len(asked) == before and told.count() == 0
    assert 0 < len(shown) < there and count.inner_text().startswith(f"{len(shown)} trong {there} mục đã tải")
    page.unroute("**/van-ban/con-lai.json")
    page.get_by_role("columnheader", name="Ngày").get_by_role("button").click()
    page.locator("th[aria-sort]").wait_for()
    whole = page.locator(".kb-liet-ke").get_attribute("data-tat-ca")
    assert count.inner_text() == f"{len(_shown(page, 2))} trong {whole} mục"
    assert len(_shown(page, 2)) > len(shown)


def test_the_box_for_all_follows_the_rows_that_come_later(address: str, open_page: Callable[..., Any]) -> None:
    page = _open(open_page, address, "van-ban/")
    box = page.get_by_role("checkbox", name="Chọn tất cả văn bản đang thấy")
    box.check()
    ticked = page.locator(f"{ROWS} input:checked").count()
    group = page.locator("tbody", has=page.locator("#nghe-an"))
    group.get_by_role("button", name=re.compile("Xem cả")).click()
    wait_until(page, "document.activeElement.closest('tr')?.matches('.con-lai')")
    assert not box.is_checked() and box.evaluate("box => box.indeterminate")
    box.check()
    assert page.locator(f"{ROWS} input:checked").count() > ticked and box.is_checked()
    page.get_by_role("columnheader", name="Ngày").get_by_role("button").click()
    page.locator("th[aria-sort]").wait_for()
    assert not box.is_checked() and box.evaluate("box => box.indeterminate")
