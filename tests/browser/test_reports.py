"""What an official does with the pages in a browser: copy a citation, compare, filter, look at a card."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from browsing import paste

LIMIT = 80_000
DIRECTIVE = "van-ban/chi-thi-34-ct-tu-da-nang-2023/"
ARTICLE = "nguon/2023-12-07-khoi-day-dong-luc-khat-vong-cong-hien/"
OFFICIAL = "Chỉ thị số 34-CT/TU, ngày 27-10-2023 của Ban Thường vụ Thành ủy Đà Nẵng"
NOTE = "tóm lược của kho, không phải nguyên văn"
KINDS = (
    "nhiem-vu/",
    "nhiem-vu/nghe-an/",
    "so-sanh/",
    "so-sanh/ne-tranh-dun-day/",
    "so-hieu/",
    "so-hieu/26-nq-tw/",
    "du-lieu/",
)


@pytest.fixture(scope="module")
def address(real_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(real_site)


def _click_to_copy(page: Any, place: str) -> tuple[str, str]:
    button = page.locator(place).first
    if not button.is_visible():
        page.locator("details:has(.trich) > summary").first.click()
    button.scroll_into_view_if_needed()
    button.click()
    page.get_by_text("Đã chép trích dẫn").wait_for()
    return paste(page)


# ---- Chép trích dẫn ----


def test_document_is_copied_in_the_official_way(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto(DIRECTIVE)
    rich, plain = _click_to_copy(page, "[data-kb-lam=trich-dan]")
    lines = plain.splitlines()
    assert lines[0] == OFFICIAL
    assert lines[1].startswith("Trích yếu: Tiếp tục đẩy mạnh cải cách hành chính")
    assert lines[2] == "Tình trạng: chưa kiểm tra hiệu lực."
    assert re.match(
        r"Nguồn về văn bản: số, ký hiệu theo Báo Đà Nẵng, 07-12-2023, bài “.*ngày ban hành theo cadn\.", lines[3]
    )
    assert lines[-1] == address + DIRECTIVE
    assert f'<a href="{address}{DIRECTIVE}">' in rich and OFFICIAL in rich
    assert "<script" not in rich and "class=" not in rich


def test_the_way_to_cite_is_copied_alone(
    toy_site: Path, serve: Callable[[Path], str], open_page: Callable[..., Any]
) -> None:
    """The tool of the page copies status and sources below it; the one beside the words only these and the address."""
    toy, path = serve(toy_site), "van-ban/chi-thi-34-ct-tu-song-may-2023/"
    page = open_page(toy)
    page.goto(path)
    official = page.locator(".kb-cach-dan").text_content()
    page.locator(".kb-the-ben").evaluate("card => (card.open = true)")
    _, plain = _click_to_copy(page, ".kb-cach-dan + .kb-chep-trich")
    assert plain.splitlines() == [official, toy + path]
    page.reload()
    _, plain = _click_to_copy(page, "[data-kb-lam=trich-dan]")
    assert plain.splitlines()[0] == official and len(plain.splitlines()) > 3


def test_a_digest_is_copied_as_one_where_the_head_of_its_list_says_it(
    toy_site: Path, serve: Callable[[Path], str], open_page: Callable[..., Any]
) -> None:
    page = open_page(serve(toy_site))
    page.goto("chu-de/ky-luat-ky-cuong/")
    assert page.locator("#cac-noi-noi-gi + .luu-y").count() == 1 and page.locator(".trich .luu-y").count() == 0
    _, plain = _click_to_copy(page, ".trich .kb-chep-trich")
    assert plain.splitlines()[0].endswith(f"({NOTE})")


def test_excerpt_is_copied_with_source_and_address(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto(DIRECTIVE)
    rich, plain = _click_to_copy(page, ".trich .kb-chep-trich")
    excerpt, document, state, source, sources, link = plain.splitlines()
    assert excerpt.endswith(f"({NOTE})") and "Chép" not in excerpt and "Xem đoạn" not in excerpt
    assert document == f"Văn bản: {OFFICIAL}."
    assert state == "Tình trạng: chưa kiểm tra hiệu lực."
    assert source.startswith("Nguồn của đoạn: Báo Đà Nẵng, 07-12-2023, bài “Khơi dậy")
    assert sources.startswith("Nguồn về văn bản: ")
    assert re.fullmatch(re.escape(address + ARTICLE) + "#d-[a-z2-7]+(-[0-9]+)?", link)
    assert f'href="{link}"' in rich


def test_paragraph_is_copied(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto(ARTICLE)
    _, plain = _click_to_copy(page, ".doan > .kb-chep-trich")
    lines = plain.splitlines()
    assert NOTE in lines[0] and "#" not in lines[0] and lines[1].endswith(f"{OFFICIAL}.")
    assert "#d-" in lines[-1]


def test_copies_without_a_secure_context(address: str, chromium: Any) -> None:
    """An intranet served by plain http: browsers offer no clipboard of their own there."""
    port = re.search(r":(\d+)/", address)
    arguments = ["--host-resolver-rules=MAP kho.noi-bo 127.0.0.1", "--no-sandbox"]
    browser = chromium.browser_type.launch(executable_path=_executable(), args=arguments)
    try:
        page = browser.new_page()
        page.goto(f"http://kho.noi-bo:{port[1] if port else ''}/kho/{DIRECTIVE}")
        assert not page.evaluate("isSecureContext")
        rich, plain = _click_to_copy(page, "[data-kb-lam=trich-dan]")
        assert plain.startswith(OFFICIAL) and "<a href" in rich
    finally:
        browser.close()


def _executable() -> str:
    import dev  # noqa: PLC0415  # scripts/ is put in the path by conftest

    return str(dev.find_browser())


def test_a_plain_site_opened_from_a_folder_shows_no_dead_tools(real_site: Path, chromium: Any) -> None:
    page = chromium.new_page()
    page.goto((real_site / DIRECTIVE / "index.html").as_uri())
    assert page.locator(".trich").count() and not page.locator("button.kb-chep-trich:visible").count()
    page.close()


def test_citation_pastes_cleanly_into_a_word_processor(
    address: str, open_page: Callable[..., Any], tmp_path: Path
) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        pytest.skip("không có LibreOffice trên máy này")
    page = open_page(address)
    page.goto(DIRECTIVE)
    rich, plain = _click_to_copy(page, ".trich .kb-chep-trich")
    (tmp_path / "dan.html").write_text(f'<meta charset="utf-8">{rich}', encoding="utf-8")
    command = [office, "--headless", f"-env:UserInstallation={(tmp_path / 'ho-so').as_uri()}", "--convert-to"]
    for form in ("docx:MS Word 2007 XML", "txt:Text (encoded):UTF8"):
        source = "dan.html" if form.startswith("docx") else "dan.docx"
        done = subprocess.run([*command, form, source], cwd=tmp_path, capture_output=True, timeout=180, check=False)
        if not list(tmp_path.glob(f"dan.{form[:3]}*")):
            pytest.skip(f"LibreOffice không chuyển được trên máy này: {done.stderr.decode(errors='replace')[:200]}")
    words = (tmp_path / "dan.txt").read_text(encoding="utf-8-sig").split()
    assert words == plain.split()


# ---- So sánh ----


def test_choice_of_places_is_held_by_the_address(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto("so-sanh/ne-tranh-dun-day/")
    for fold in page.locator("form[aria-label='Chọn để so sánh'] summary").all():
        fold.click()
    page.get_by_label("Đà Nẵng", exact=True).check()
    page.get_by_label("Nghệ An", exact=True).check()
    assert page.url.endswith("?noi=da-nang,nghe-an")
    heads = page.locator(".kb-canh-nhau h3:visible")
    assert heads.all_inner_texts() == ["Đà Nẵng", "Nghệ An"]
    page.reload()
    assert heads.all_inner_texts() == ["Đà Nẵng", "Nghệ An"]
    page.get_by_text(re.compile(r"^Nơi và năm \(")).click()
    assert {"Đà Nẵng", "Nghệ An"} == {
        place.split(":")[0] for place in page.locator(".kb-noi-va-nam li:visible").all_inner_texts()
    }
    assert page.get_by_label("Nghệ An", exact=True).is_checked()
    page.get_by_role("button", name="Xem tất cả").click()
    assert "noi=" not in page.url
    assert "Tây Ninh" in heads.all_inner_texts()


def test_choice_goes_along_to_the_theme(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto("so-sanh/?noi=da-nang,tay-ninh")
    shown = page.locator(".kb-ma-tran .kb-noi:visible").all_inner_texts()
    assert {words.split(":")[0] for words in shown} == {"Đà Nẵng", "Tây Ninh"}
    page.locator(".kb-ma-tran").get_by_role("link", name="Né tránh, đùn đẩy", exact=True).click()
    page.wait_for_url("**/so-sanh/ne-tranh-dun-day/?noi=da-nang,tay-ninh")
    assert page.locator(".kb-canh-nhau h3:visible").all_inner_texts() == ["Đà Nẵng", "Tây Ninh"]


def test_a_year_without_a_word_hides_its_place(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto("so-sanh/ne-tranh-dun-day/?nam=2021")
    assert page.locator(".kb-canh-nhau h3:visible").all_inner_texts() == ["Tây Ninh"]
    assert page.locator(".kb-thoi-gian li:visible").count() == 1
    page.goto("so-sanh/ne-tranh-dun-day/?noi=khong-co-noi-nay")
    assert page.locator("[data-so-sanh]:visible").count() == 0
    assert page.get_by_text("Không có ý nào khớp").count() == page.locator("[data-so-sanh]").count()


@pytest.mark.parametrize("width", [390, 1280])
def test_comparison_is_not_cut(address: str, open_page: Callable[..., Any], width: int) -> None:
    page = open_page(address, viewport={"width": width, "height": 844})
    page.goto("so-sanh/ky-luat-ky-cuong/")
    places = page.locator(".kb-canh-nhau > section")
    assert places.count() >= 4
    for place in places.all():
        box = place.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert page.locator(".kb-canh-nhau").evaluate("e => e.scrollWidth <= e.clientWidth")


def test_comparison_is_whole_without_javascript(address: str, chromium: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}so-sanh/ne-tranh-dun-day/")
    assert page.locator(".kb-canh-nhau h3:visible").count() >= 3
    page.goto(f"{address}so-sanh/")
    page.locator(".kb-ma-tran td a").first.click()
    page.locator(":target").wait_for()  # the click is done before the new page is read
    context.close()


# ---- Nhiệm vụ ----


def test_tasks_are_filtered_by_the_body_of_today(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto("nhiem-vu/")
    rows = page.locator(".kb-viec tbody tr:visible")
    every = rows.count()
    page.locator(".kb-loc select[name=co-quan]").select_option("Đảng ủy Ủy ban nhân dân tỉnh Nghệ An")
    page.locator(".kb-dang-loc").wait_for()
    assert 0 < rows.count() < every
    assert "co-quan=" in page.url
    page.reload()
    page.locator(".kb-dang-loc").wait_for()
    assert 0 < rows.count() < every


def test_a_copied_list_holds_the_rows_that_its_page_leaves_out(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto("nhiem-vu/")
    table = page.locator(".kb-viec")
    whole = int(table.get_attribute("data-tat-ca"))
    assert table.locator("tbody tr").count() < whole
    page.locator(".kb-xuat button").first.click()
    page.get_by_text("Đã chép bảng").wait_for()
    rich, _ = paste(page)
    assert rich.count("<tr") == whole + 1


# ---- Thẻ ----


def test_card_shows_on_hover_and_focus_and_goes_with_escape(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto(ARTICLE)
    link = page.locator(".doan a[href*='quy-dinh-124']").first
    card = page.locator(".kb-card")
    link.hover()
    card.get_by_text("được thay thế bởi 366-QĐ/TW").wait_for()
    assert "Quy định 124-QĐ/TW" in card.inner_text()
    card.hover()
    assert card.is_visible()
    page.keyboard.press("Escape")
    assert card.is_hidden()
    page.mouse.move(0, 0)
    other = page.locator(".doan a[href*='co-quan/']").first
    other.focus()
    card.wait_for(state="visible")
    assert other.get_attribute("aria-describedby") == card.get_attribute("id")


# ---- Mọi loại trang ----


@pytest.mark.parametrize("path", KINDS)
def test_first_view_is_small(address: str, open_page: Callable[..., Any], path: str) -> None:
    page = open_page(address, alone=True)
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  # Playwright marks what it is given
    page.goto(path, wait_until="load")
    page.wait_for_timeout(600)
    assert sum(len(gzip.compress(answer.body(), 9)) for answer in answers) <= LIMIT


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize("width", [320, 390])
def test_new_pages_do_not_scroll_sideways(address: str, open_page: Callable[..., Any], path: str, width: int) -> None:
    page = open_page(address, viewport={"width": width, "height": 844})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_linked_data_cannot_break_out(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto(DIRECTIVE)
    data = page.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)")
    assert data["legislationIdentifier"] == "34-CT/TU" and data["legislationDate"] == "2023-10-27"
    assert "legislationLegalForce" not in data
    assert page.locator("meta[property='og:title']").get_attribute("content") == "Chỉ thị 34-CT/TU"
