"""Chosen statements: ticks, the tray and its page, and what is taken away from it and from tables."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest

from browsing import wait_until
from building import real_knowledge
from knowledge_base.publish.packs.word import LARGE, ONE_PAGE

THEME = "chu-de/ky-luat-ky-cuong/"
DIRECTIVE = "van-ban/chi-thi-34-ct-tu-da-nang-2023/"
NOTICE = "van-ban/thong-bao-920-tb-tu-nghe-an-2023/"
BODY = "co-quan/dang-uy-khoi-cac-co-quan-tinh-nghe-an/"
COMPARISON = "so-sanh/cai-cach-hanh-chinh/"
DOCUMENTS = ["TT", "Số, ký hiệu", "Trích yếu", "Cơ quan ban hành", "Ngày ban hành", "Tình trạng", "Nguồn"]
TASKS = "nhiem-vu/da-nang/"
TRAY = "y-da-chon/"
TICK = "article .kb-chon-y input"
GONE = "aaaaaaaaaaaa~bbbbbb"
NO_MEMORY = """
for (const name of ["getItem", "setItem", "removeItem"]) {
  const act = Storage.prototype[name];
  Storage.prototype[name] = function (key, ...more) {
    if (key.endsWith("kb-y")) throw new DOMException("không có bộ nhớ");
    return act.call(this, key, ...more);
  };
}
"""
ODD_MEMORY = "localStorage.setItem(location.pathname.split('/').slice(0, 2).join('/') + '/kb-y', '{\"choices\": 7');"
READ_CLIPBOARD = """async () => {
  const [item] = await navigator.clipboard.read();
  const forms = await Promise.all(item.types.map(async (type) => [type, await (await item.getType(type)).text()]));
  return Object.fromEntries(forms);
}"""


@pytest.fixture(scope="module")
def address(real_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(real_site)


@pytest.fixture(scope="module")
def data(real_site: Path) -> dict[str, dict[str, Any]]:
    """All that can be chosen: one file, or several where there are many statements."""
    whole: dict[str, dict[str, Any]] = {"statements": {}, "whole": {}, "earlier": {}}
    for path in sorted((real_site / TRAY).glob("y*.json")):
        for name, rows in json.loads(path.read_text("utf-8")).items():
            whole[name].update(rows)
    return whole


@pytest.fixture(scope="module")
def statements(data: dict[str, dict[str, Any]]) -> dict[str, list[dict[str, str]]]:
    return data["statements"]


def _tick(page: Any, *numbers: int) -> None:
    """Tick by keyboard, as those do who use no mouse."""
    page.wait_for_selector(TICK)
    for number in numbers:
        page.locator(TICK).nth(number).focus()
        page.keyboard.press("Space")


def _words(page: Any) -> list[str]:
    page.wait_for_selector("ol.kb-y > li")
    return [str(words) for words in page.locator("ol.kb-y .y-loi").all_inner_texts()]


def _download(page: Any, name: str) -> bytes:
    with page.expect_download() as asked:
        page.get_by_role("button", name=name, exact=True).first.click()
    return Path(asked.value.path()).read_bytes()


def _copied(page: Any, name: str) -> dict[str, str]:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_selector(".kb-bao--hien")
    assert "Dán vào Word bằng Ctrl+V" in page.locator(".kb-bao").inner_text()
    return dict(page.evaluate(READ_CLIPBOARD))


def _told(row: dict[str, str]) -> str:
    return f"{row['speaker']}: {row['words']}" if "speaker" in row else row["words"]


def _choices(statements: dict[str, list[dict[str, str]]], count: int) -> list[str]:
    return [f"{key}~{rows[0]['digest']}" for key, rows in list(statements.items())[:count]]


def test_ticks_fill_a_tray_that_goes_from_page_to_page(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto(THEME)
    _tick(page, 0, 2)
    bar = page.get_by_role("region", name="Ý đã chọn")
    assert "Đã chọn 2 ý" in bar.inner_text()
    page.goto(NOTICE)
    bar.wait_for()
    assert "Đã chọn 2 ý" in bar.inner_text()
    page.goto(THEME)
    page.wait_for_selector(TICK)
    assert [page.locator(TICK).nth(n).is_checked() for n in range(3)] == [True, False, True]
    _tick(page, 0)
    assert "Đã chọn 1 ý" in bar.inner_text()
    page.get_by_role("button", name="Bỏ hết").click()
    assert not page.locator(TICK).nth(2).is_checked()
    page.get_by_role("button", name="Lấy lại").click()
    assert page.locator(TICK).nth(2).is_checked()


@pytest.mark.parametrize("path", [THEME, DIRECTIVE, COMPARISON, TASKS, BODY, "nhiem-vu/"])
def test_every_statement_has_a_tick_that_a_finger_hits(address: str, open_page: Callable[..., Any], path: str) -> None:
    page = open_page(address, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page.goto(path)
    page.wait_for_selector(TICK)
    assert page.locator(TICK).count() == page.locator("article [data-y]").count() > 0
    small = page.evaluate(
        "[...document.querySelectorAll('article .kb-chon-y')].map(e => e.getBoundingClientRect())"
        ".filter(b => b.width && (b.width < 24 || b.height < 24)).length"
    )
    assert small == 0
    page.locator(".kb-chon-y:visible").first.tap()
    assert "Đã chọn 1 ý" in page.locator(".kb-y-thanh").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.emulate_media(media="print")
    assert not page.locator(".kb-chon-y, .kb-y-thanh, .kb-xuat").evaluate_all(
        "all => all.some(e => e.checkVisibility())"
    )


def test_a_statement_is_the_same_on_all_pages(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto(NOTICE)
    page.wait_for_selector(TICK)
    own = page.locator("article [data-y]").evaluate_all("all => all.map(e => e.dataset.y)")
    page.goto(COMPARISON)
    page.wait_for_selector(TICK)
    both = page.locator("article [data-y]").evaluate_all("all => all.map(e => e.dataset.y)")
    shared = next(number for number, choice in enumerate(both) if choice in own)
    _tick(page, shared)
    page.goto(NOTICE)
    page.wait_for_selector(TICK)
    assert page.locator(TICK).nth(own.index(both[shared])).is_checked()


def test_words_cut_otherwise_are_not_chosen_twice(address: str, open_page: Callable[..., Any]) -> None:
    """A long paragraph shows another part of itself on the page of a theme than on that of its document."""
    keys = "all => all.map(e => e.dataset.y.split('~')[0])"
    page = open_page(address)
    page.goto(DIRECTIVE)
    own = page.locator("article [data-y]").evaluate_all(keys)
    page.goto("chu-de/ne-tranh-dun-day/")
    at, key = next((n, key) for n, key in enumerate(page.locator("article [data-y]").evaluate_all(keys)) if key in own)
    _tick(page, at)
    page.goto(DIRECTIVE)
    page.wait_for_selector(TICK)
    same = own.index(key)
    assert page.locator(TICK).nth(same).is_checked()
    _tick(page, same)
    assert not page.locator(TICK).nth(same).is_checked()
    assert page.locator(".kb-y-dem").inner_text() != "Đã chọn 1 ý"


@pytest.mark.parametrize("memory", [NO_MEMORY, ODD_MEMORY], ids=["từ chối", "lạ"])
def test_a_browser_without_memory_still_has_a_tray(address: str, open_page: Callable[..., Any], memory: str) -> None:
    page = open_page(address)
    page.add_init_script(memory)
    page.goto(THEME)
    _tick(page, 0, 1)
    assert "Đã chọn 2 ý" in page.locator(".kb-y-thanh").inner_text()
    page.get_by_role("link", name="Xem danh sách").click()
    assert len(_words(page)) == 2


def test_the_list_can_be_ordered_named_and_taken_back(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto(THEME)
    _tick(page, 0, 1, 2)
    page.get_by_role("link", name="Xem danh sách").click()
    first, second, third = _words(page)
    page.get_by_role("button", name="Đưa ý 3 lên").press("Enter")
    assert _words(page) == [first, third, second]
    wait_until(page, "document.activeElement.textContent === 'Lên'")
    page.get_by_role("button", name="Bỏ ý 1").click()
    assert _words(page) == [third, second]
    page.get_by_role("button", name="Lấy lại như trước").click()
    assert _words(page) == [first, third, second]
    page.get_by_label("Tên tài liệu").fill("Dám nghĩ, dám làm")
    wait_until(page, "document.querySelector('h1').textContent === 'Dám nghĩ, dám làm'")
    here = page.url
    fresh = open_page(address)
    fresh.goto(here)
    assert _words(fresh) == [first, third, second]
    assert fresh.locator("h1").inner_text() == "Dám nghĩ, dám làm"


def test_the_window_is_named_as_the_list_is_now(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto(THEME)
    site = page.title().split(" – ")[-1]
    _tick(page, 0, 1)
    page.get_by_role("link", name="Xem danh sách").click()
    _words(page)
    for title in ("Kỷ luật – kỷ cương", "Sinh hoạt – tháng 12 – chi bộ 3"):
        page.get_by_label("Tên tài liệu").fill(title)
        assert page.title() == f"{title} – {site}"
    page.get_by_role("button", name="Bỏ ý 1").click()
    wait_until(page, "document.querySelectorAll('ol.kb-y > li').length === 1")
    assert page.title() == f"Sinh hoạt – tháng 12 – chi bộ 3 – {site}"


def test_what_another_tab_changes_is_in_the_address(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto(THEME)
    _tick(page, 0)
    page.get_by_role("link", name="Xem danh sách").click()
    _words(page)
    other = page.context.new_page()
    other.goto(THEME)
    _tick(other, 1)
    wait_until(page, "document.querySelectorAll('ol.kb-y > li').length === 2")
    assert page.url.split("#y=")[1].count("~") == 2
    other.get_by_role("button", name="Bỏ hết").click()
    page.get_by_text("Chưa chọn ý nào.").wait_for()
    assert "#" not in page.url


def test_an_empty_tray_says_how_to_fill_it(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto(TRAY)
    page.get_by_text("Chưa chọn ý nào.").wait_for()
    assert page.get_by_role("heading", name="Chọn ý thế nào").is_visible()
    assert not page.locator(".kb-bo").is_visible()


def test_a_shared_list_leaves_ones_own_alone(
    address: str, open_page: Callable[..., Any], statements: dict[str, list[dict[str, str]]]
) -> None:
    page = open_page(address)
    page.goto(THEME)
    _tick(page, 0)
    shared = _choices(statements, 3)
    page.goto("chu-de/")
    page.goto(f"{TRAY}#y={','.join(shared)}&ten=C%E1%BB%A7a%20b%E1%BA%A1n")
    assert len(_words(page)) == 3
    assert page.locator("h1").inner_text() == "Của bạn"
    page.get_by_role("button", name="Bỏ ý 2").click()
    page.get_by_role("button", name="Mở danh sách của tôi (1 ý)").click()
    wait_until(page, "document.querySelectorAll('ol.kb-y > li').length === 1")
    page.goto("chu-de/")
    page.goto(f"{TRAY}#y={','.join(shared)}")
    _words(page)
    page.get_by_role("button", name=re.compile("Thêm . ý này vào danh sách của tôi")).click()
    wait_until(page, "document.querySelectorAll('ol.kb-y > li').length >= 3")
    page.goto(THEME)
    page.wait_for_selector(".kb-y-thanh:not([hidden])")
    assert int(re.findall(r"\d+", page.locator(".kb-y-dem").inner_text())[0]) >= 3


STORED = "Object.entries(localStorage).find(([key]) => key.endsWith('kb-y'))?.[1]"


@pytest.mark.parametrize("net", ["gone", "slow"])
def test_a_list_that_is_not_read_yet_changes_nothing(
    address: str, chromium: Any, statements: dict[str, list[dict[str, str]]], net: str
) -> None:
    page = chromium.new_context(base_url=address).new_page()
    page.goto(THEME)
    _tick(page, 0)
    page.goto("chu-de/")
    kept = page.evaluate(STORED)
    waiting: list[Any] = []
    page.route("**/y-da-chon/y*.json", lambda route: route.abort() if net == "gone" else waiting.append(route))
    listed = f"#y={','.join(_choices(statements, 3))}&ten=B"
    page.goto(f"{TRAY}{listed}")
    page.get_by_text("Không tải được dữ liệu của kho" if net == "gone" else "Đang mở danh sách…").wait_for()
    assert not page.get_by_label("Tên tài liệu").is_visible()
    assert page.locator("article button:visible, article input:visible").count() == 0
    page.locator(".kb-y-ten input").evaluate("e => { e.value = 'a'; e.dispatchEvent(new Event('input')) }")
    other = page.context.new_page()
    other.goto(THEME)
    _tick(other, 1)
    assert other.evaluate(STORED).startswith(kept.split("]")[0]), "what was chosen before is still there"
    assert page.url.endswith(listed)
    if net == "slow":
        for route in waiting:
            route.continue_()
        assert len(_words(page)) == 3
        assert page.locator("h1").inner_text() == "B"
    page.context.close()


def test_of_two_lists_the_address_names_the_later_is_shown(
    address: str, open_page: Callable[..., Any], statements: dict[str, list[dict[str, str]]]
) -> None:
    first, *others = _choices(statements, 3)
    page = open_page(address, alone=True)
    waiting: list[Any] = []
    page.route("**/y-da-chon/y*.json", lambda route: waiting.extend([route]))
    page.goto(f"{TRAY}#y={first}")
    page.get_by_text("Đang mở danh sách…").wait_for()
    page.evaluate("list => { location.hash = list }", f"y={','.join(others)}")
    page.wait_for_timeout(100)
    for route in waiting:
        route.continue_()
    assert len(_words(page)) == 2
    page.evaluate("list => { location.hash = list }", f"y={first}")
    wait_until(page, "document.querySelectorAll('ol.kb-y > li').length === 1")
    assert page.url.endswith(f"#y={first}")


def test_what_changed_or_went_away_since_a_list_was_shared_is_told(
    address: str, open_page: Callable[..., Any], statements: dict[str, list[dict[str, str]]]
) -> None:
    kept, changed = _choices(statements, 2)
    other = f"{changed.split('~')[0]}~zzzzzz"
    rewritten = f"{kept[:4]}zzzzzzzz~abcdef"
    page = open_page(address)
    page.goto(f"{TRAY}#y={kept},{other},{GONE},{rewritten}")
    assert len(_words(page)) == 2
    told = page.locator("ol.kb-y > li").all_inner_texts()
    assert "Đoạn này đã sửa" not in told[0]
    assert "Đoạn này đã sửa" in told[1]
    lost = page.locator(".kb-y-mat")
    assert "2 ý trong danh sách không còn trong kho" in lost.inner_text()
    assert re.search(r"/nguon/[\w-]+/$", lost.get_by_role("link").get_attribute("href"))
    lost.get_by_role("button").first.click()
    wait_until(page, "document.querySelector('.kb-y-mat').innerText.includes('1 ý')")


def test_a_mended_paragraph_is_shown_as_it_is_now(
    address: str, open_page: Callable[..., Any], data: dict[str, dict[str, Any]]
) -> None:
    old, now = next(iter(data["earlier"].items()))
    page = open_page(address)
    page.goto(f"{TRAY}#y={old}~abcdef")
    assert _words(page) == [_told(data["whole"][now])]
    assert "Đoạn này đã sửa" in page.locator("ol.kb-y").inner_text()


def test_a_changed_paragraph_of_several_statements_is_shown_whole(
    address: str, open_page: Callable[..., Any], data: dict[str, dict[str, Any]]
) -> None:
    """Nobody knows which of them was chosen: none is shown as if it had been; taken over, all are, each by itself."""
    statements = data["statements"]
    key, rows = next((key, rows) for key, rows in statements.items() if len(rows) > 1)
    kept = next(choice for choice in _choices(statements, 9) if not choice.startswith(key))
    page = open_page(address)
    page.goto(f"{TRAY}#y={key}~zzzzzz,{kept},{key}~yyyyyy")
    first, second = _words(page)
    assert first == _told(data["whole"][key])
    assert second == _told(statements[kept.split("~")[0]][0])
    copied = _copied(page, "Chép cho Word")["text/plain"]
    assert f"1. {first} (đoạn đã sửa sau khi lập danh sách) [1]" in copied
    page.get_by_role("button", name="Dùng lời hiện nay").click()
    wait_until(page, "document.querySelectorAll('.y-doi').length === 0")
    assert _words(page) == [*map(_told, rows), second]
    named = ",".join([*(f"{key}~{row['digest']}" for row in rows), kept])
    assert page.url.endswith(f"#y={named}")


def test_all_choices_of_a_changed_paragraph_are_taken_away_at_once(
    address: str, open_page: Callable[..., Any], statements: dict[str, list[dict[str, str]]]
) -> None:
    kept, changed = _choices(statements, 2)
    key = changed.split("~")[0]
    page = open_page(address)
    page.goto(f"{TRAY}#y={kept},{key}~zzzzzz,{key}~yyyyyy")
    assert len(_words(page)) == 2
    page.get_by_role("button", name="Bỏ ý 2").click()
    wait_until(page, "document.querySelectorAll('ol.kb-y > li').length === 1")
    assert page.url.endswith(f"#y={kept}")


def test_a_document_opens_as_a_list_of_all_it_says(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto(NOTICE)
    page.wait_for_selector(TICK)
    count = page.locator(TICK).count()
    page.get_by_role("link", name="Tài liệu sinh hoạt", exact=False).click()
    assert len(_words(page)) == count
    assert page.locator("h1").inner_text() == "Thông báo 920-TB/TU"
    sources = page.locator("ol.kb-y .y-nguon").all_text_contents()
    assert len(sources) == count
    assert all("920-TB/TU" in source and "Báo Nghệ An" in source for source in sources)
    page.emulate_media(media="print")
    shown = page.locator("article button, article input, .kb-y-khac").evaluate_all(
        "all => all.some(e => e.checkVisibility())"
    )
    assert not shown
    assert page.locator("ol.kb-y > li").first.is_visible()


WORD_OF = "Tải tệp Word: "


def _paper(page: Any, sheet: str) -> bytes:
    """Return a sheet as it is printed; its code is drawn without that anybody asked for one."""
    page.evaluate("print = () => { window.printed = document.documentElement.dataset.in }")
    page.get_by_role("button", name=f"In: {sheet}", exact=True).click()
    wait_until(page, "window.printed")
    made = bytes(page.pdf(prefer_css_page_size=True))
    page.evaluate("dispatchEvent(new Event('afterprint')); delete window.printed")
    return made


def _codes(pdf: bytes) -> list[Any]:
    """Return what a camera reads on the first page, seen as by a cheap scanner: 200 dots an inch."""
    reader = pytest.importorskip("zxingcpp")
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=200 / 72, grayscale=True)
    rows = bytes(picture.buffer)
    lines = b"".join(rows[n * picture.stride :][: picture.width] for n in range(picture.height))
    seen = memoryview(lines).cast("B", shape=[picture.height, picture.width])
    return list(reader.read_barcodes(seen))


def _texts(pdf: bytes) -> list[str]:
    return [" ".join(one.get_textpage().get_text_range().split()) for one in pypdfium2.PdfDocument(pdf)]


def _open_document(page: Any, document: str) -> list[str]:
    page.goto(document)
    page.get_by_role("link", name="Tài liệu sinh hoạt", exact=False).click()
    return _words(page)


@pytest.mark.parametrize("document", [DIRECTIVE, NOTICE])
def test_a_document_has_the_sheets_of_a_theme(address: str, open_page: Callable[..., Any], document: str) -> None:
    page = open_page(address)
    words = _open_document(page, document)
    left = page.locator("ol.kb-y > .y-ngoai").count()
    assert 0 < left < len(words)
    hand_out = _paper(page, "tờ phát tay, một trang a4")
    (text,) = _texts(hand_out)
    width, height = pypdfium2.PdfDocument(hand_out)[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    assert text.count("Nguồn:") == len(words) - left
    assert text.replace(" ", "").count("/nguon/") == len(words) - left
    assert f"{len(words) - left} trong {len(words)} ý" in text
    assert "không phải nguyên văn" in text
    large = _texts(_paper(page, "tờ chữ lớn, đủ mọi ý"))
    assert " ".join(large).count("Nguồn:") == len(words)
    assert all(len(one) > 200 for one in large), "no page with nothing but a note"
    check = " ".join(_texts(_paper(page, "bảng tự soi, tự sửa")))
    assert check.count("Nguồn:") == len(words)
    assert "Đã làm" in check
    page.emulate_media(media="print")
    assert "Times New Roman" in page.locator("ol.kb-y > li").first.evaluate("e => getComputedStyle(e).fontFamily")


@pytest.mark.parametrize("document", [DIRECTIVE, NOTICE])
def test_a_document_has_the_word_files_of_a_theme(address: str, open_page: Callable[..., Any], document: str) -> None:
    page = open_page(address)
    words = _open_document(page, document)
    left = page.locator("ol.kb-y > .y-ngoai").count()
    for name, look, count in (
        ("tờ phát tay, một trang a4", ONE_PAGE, len(words) - left),
        ("tờ chữ lớn, đủ mọi ý", LARGE, len(words)),
    ):
        made = docx.Document(io.BytesIO(_download(page, WORD_OF + name)))
        section = made.sections[0]
        edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(edge.mm) for edge in edges if edge] == [20, 20, 30, 15]
        said = [p for p in made.paragraphs if p.style and p.style.name == "Ý trên tờ"]
        assert len(said) == count
        assert {re.sub(r"^\d+\. ", "", p.text) for p in said} <= set(words)
        assert {run.font.size.pt for p in said for run in p.runs[1:] if run.font.size} == {look.words}
        sources = [p for p in made.paragraphs if p.text.startswith("Nguồn: ")]
        assert len(sources) == count
        assert all(re.search(r"/kho/nguon/[\w-]+/#d-[a-z2-7]{8}", p.hyperlinks[0].address) for p in sources)
        assert len(made.inline_shapes) == 1
    check = docx.Document(io.BytesIO(_download(page, f"{WORD_OF}bảng tự soi, tự sửa")))
    heads, *rows = check.tables[-1].rows
    assert [cell.text for cell in heads.cells] == ["TT", "Nội dung", "Đã làm", "Chưa", "Sẽ sửa thế nào, hạn"]
    assert [row.cells[1].paragraphs[0].text for row in rows] == words


def test_the_code_of_twenty_statements_is_read_at_two_centimetres(
    address: str, open_page: Callable[..., Any], statements: dict[str, list[dict[str, str]]]
) -> None:
    """Of as many articles: none shares its letters with another. What the code names is the list, to the word."""
    by_article = {key[:4]: f"{key}~{rows[0]['digest']}" for key, rows in statements.items() if "-" not in key}
    chosen = list(by_article.values())[:20]
    assert len(chosen) == 20
    page = open_page(address)
    page.goto(f"{TRAY}#y={','.join(chosen)}")
    words = _words(page)
    (found,) = _codes(_paper(page, "tờ phát tay, một trang a4"))
    assert page.locator(".kb-qr svg").evaluate("e => e.style.width") == "20mm"
    other = open_page(address)
    other.goto(found.text)
    assert _words(other) == words
    assert other.url.split("#y=")[1] == ",".join(chosen)


def test_the_word_file_keeps_to_the_rules_of_letters(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto(NOTICE)
    page.get_by_role("link", name="Tài liệu sinh hoạt", exact=False).click()
    words = _words(page)
    page.get_by_label("Tên tài liệu").fill("Tài liệu <sinh hoạt> & “thảo luận”")
    made = docx.Document(io.BytesIO(_download(page, f"{WORD_OF}cả danh sách")))
    section, normal = made.sections[0], made.styles["Normal"]
    edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(edge.mm) for edge in edges if edge] == [20, 20, 30, 20]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml  # python-docx has no way to read fields
    assert 'w:ascii="Times New Roman"' in made.styles.element.xml
    assert '<w:sz w:val="28"/>' in made.styles.element.xml
    assert normal is not None
    texts = [paragraph.text for paragraph in made.paragraphs]
    assert texts[0] == "Tài liệu <sinh hoạt> & “thảo luận”"
    said = [paragraph.text for paragraph in made.paragraphs if paragraph.style and paragraph.style.name == "Ý"]
    assert [re.sub(r" \[\d+\]$", "", text) for text in said] == words
    numbers = {re.findall(r"\[(\d+)\]$", text)[0] for text in said}
    assert {text[1 : text.index("]")] for text in texts if text.startswith("[")} == numbers
    links = [link.address for paragraph in made.paragraphs for link in paragraph.hyperlinks]
    assert len(links) >= len(words)
    assert all(re.search(r"/kho/nguon/[\w-]+/(#d-[a-z2-7]{8})?", link) for link in links)
    assert any("không phải nguyên văn" in text for text in texts)
    assert len(made.inline_shapes) == 1
    assert not any(not text.strip() for text in texts[:-3])


def test_the_list_is_copied_with_numbered_references(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto(THEME)
    articles = page.locator("article [data-y]").evaluate_all("all => all.map(e => e.dataset.y.slice(0, 4))")
    _tick(page, 0, next(n for n, article in enumerate(articles) if article != articles[0]))
    page.get_by_role("link", name="Xem danh sách").click()
    first, second = _words(page)
    outlet = page.locator("ol.kb-y .y-nguon").first.inner_text().split(",")[0]
    copied = _copied(page, "Chép cho Word")
    assert copied["text/html"].count("<li>") == 2
    assert copied["text/html"].count("<ol") == 1
    assert f"1. {first} [1]" in copied["text/plain"]
    assert f"2. {second} [2]" in copied["text/plain"]
    assert re.search(rf"^\[1\] {re.escape(outlet)}, .+ http://\S+#d-[a-z2-7]{{8}}$", copied["text/plain"], re.MULTILINE)
    sources = _copied(page, "Chép danh mục nguồn")
    assert sources["text/plain"].count("\n") == 1
    assert first not in sources["text/plain"]


def test_the_code_of_a_list_leads_to_it(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto(THEME)
    _tick(page, 0, 1, 2)
    page.get_by_role("link", name="Xem danh sách").click()
    words = _words(page)
    page.get_by_role("button", name="Mã QR").click()
    page.wait_for_selector(".kb-qr-hop svg")
    box = page.locator(".kb-qr-hop svg").bounding_box()
    assert box["width"] > 200, "large enough for the last row"
    page.keyboard.press("Escape")
    (found,) = _codes(_paper(page, "tờ phát tay, một trang a4"))
    assert found.ec_level == "M"
    other = open_page(address)
    other.goto(found.text)
    assert _words(other) == words


def test_a_list_is_shown_and_saved_after_the_net_is_gone(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address, alone=True)
    page.goto(NOTICE)
    page.get_by_role("link", name="Tài liệu sinh hoạt", exact=False).click()
    words = _words(page)
    wait_until(page, "globalThis.qrcode && globalThis.fflate")  # no sign of a reader but that the page stays open
    for last in ("slides.js", "column-widths.js", "office.js"):  # what the others load in their turn
        wait_until(page, f"performance.getEntriesByType('resource').some(r => r.name.endsWith('{last}'))")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.get_by_role("button", name="Trình chiếu").click()
    page.wait_for_selector(".ch-dang-chieu")
    page.keyboard.press("ArrowRight")
    assert page.locator(".ch-dang-chieu .ch-loi").text_content() == words[0]
    page.locator(".ch-dang-chieu .kb-qr-hinh").wait_for()
    page.get_by_role("button", name="Đóng").click()
    for name in ("tờ phát tay, một trang a4", "tờ chữ lớn, đủ mọi ý", "bảng tự soi, tự sửa", "cả danh sách"):
        assert _download(page, WORD_OF + name)[:2] == b"PK"


@pytest.mark.parametrize(
    ("path", "heads", "shown"),
    [
        (TASKS, ["TT", "Ai làm", "Việc", "Theo văn bản, ai giao", "Nguồn"], "article [data-y]"),
        (COMPARISON, ["TT", "Nơi", "Năm", "Nội dung", "Nguồn"], "article [data-y]"),
        (BODY, ["TT", "Nhiệm vụ, yêu cầu", "Nguồn"], "article [data-y]"),
        (
            "van-ban/",
            [
                "TT",
                "Số, ký hiệu",
                "Trích yếu",
                "Cơ quan ban hành",
                "Ngày ban hành",
                "Tình trạng",
                "Nguồn",
                "Địa chỉ nguồn",
            ],
            ".kb-liet-ke tbody tr:not(.nhom)",
        ),
    ],
)
def test_tables_are_taken_away(
    address: str, open_page: Callable[..., Any], path: str, heads: list[str], shown: str
) -> None:
    page = open_page(address)
    page.goto(path)
    page.wait_for_selector(".kb-xuat button")
    what = " (cả danh sách)" if path == "van-ban/" else ""
    rows = len(real_knowledge().documents) if what else page.locator(shown).count()
    sheet = openpyxl.load_workbook(io.BytesIO(_download(page, f"Tải tệp Excel{what}"))).active
    assert sheet is not None
    assert rows >= 7
    assert [cell.value for cell in sheet[1]] == heads
    assert sheet.max_row == rows + 1
    targets = [cell.hyperlink.target for row in sheet.iter_rows(min_row=2) for cell in row if cell.hyperlink]
    assert len(targets) >= rows
    made = docx.Document(io.BytesIO(_download(page, f"Tải tệp Word{what}")))
    (table,) = made.tables
    links = [k.address for row in table.rows for cell in row.cells for p in cell.paragraphs for k in p.hyperlinks]
    assert set(targets) <= set(links)
    assert not any("Chọn" in cell.text for row in table.rows[:9] for cell in row.cells)
    copied = _copied(page, f"Chép bảng cho Word{what}")
    assert copied["text/html"].count("<tr>") == len(table.rows)
    assert copied["text/plain"].count("\t") == len(table.rows) * (len(table.columns) - 1)
    assert targets[0] in copied["text/html"].replace("&amp;", "&")


def test_what_is_filtered_out_or_not_ticked_is_not_taken_away(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto("van-ban/?noi=Ngh%E1%BB%87+An")
    page.wait_for_selector(".kb-xuat button")
    wait_until(page, "document.querySelectorAll('.kb-liet-ke tr[hidden]').length > 20")
    left = page.locator(".kb-liet-ke tbody tr:not(.nhom, [hidden])").count()
    sheet = openpyxl.load_workbook(io.BytesIO(_download(page, f"Tải tệp Excel ({left} dòng đang lọc)"))).active
    assert sheet is not None
    assert 2 < sheet.max_row == left + 1
    page.locator(".kb-liet-ke tbody tr:not(.nhom, [hidden]) .tich input").first.check()
    made = docx.Document(io.BytesIO(_download(page, "Tải tệp Word (1 dòng đã chọn)")))
    assert len(made.tables[0].rows) == 2
    assert made.sections[0].page_width > made.sections[0].page_height  # six columns need the page on its side


def test_nothing_asks_for_more_than_a_strict_site_allows(address: str, open_page: Callable[..., Any]) -> None:
    """Under a policy without inline scripts and styles; a breach is an error on the console, which open_page tells."""
    page = open_page(address, alone=True)
    policy = "script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'"

    def answer(route: Any) -> None:
        got = route.fetch()
        text = re.sub(r"<script>.*?</script>", "", got.text(), flags=re.DOTALL)
        route.fulfill(response=got, body=text, headers={**got.headers, "content-security-policy": policy})

    page.route(re.compile("/kho/[^.]*$"), answer)
    page.goto(THEME)
    _tick(page, 0)
    page.get_by_role("link", name="Xem danh sách").click()
    _words(page)
    page.get_by_role("button", name="Mã QR").click()
    page.wait_for_selector(".kb-qr-hop svg")
    page.keyboard.press("Escape")
    assert _download(page, f"{WORD_OF}tờ chữ lớn, đủ mọi ý")[:2] == b"PK"
