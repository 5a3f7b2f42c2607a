"""Packs in a browser: slides, sheets of one page, codes that a camera reads, all without a net."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
import zxingcpp

from knowledge_base.publish.packs.qr import qr_png, qr_svg

PACK = "tai-lieu/dam-nghi-dam-lam/"
ARTICLE = "nguon/2023-12-07-khoi-day-dong-luc-khat-vong-cong-hien/"
PRINTED_MM = 20
SCANNED_DPI = 200
"""A page of paper as a cheap scanner or a telephone at arm's length sees it."""
LONG = "https://ten-mien-kha-dai.example.gov.vn/kho-van-ban/" + ARTICLE + "#d-abcdefgh"


@pytest.fixture(scope="module")
def address(real_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(real_site)


@pytest.fixture
def page(address: str, open_page: Callable[..., Any]) -> Any:
    """The page of a pack, on the notebook at a projector."""
    return _open(open_page, address)


def _open(open_page: Callable[..., Any], address: str, *, alone: bool = False) -> Any:
    opened = open_page(address, alone=alone, viewport={"width": 1280, "height": 720})
    opened.goto(PACK, wait_until="networkidle")
    return opened


def _codes(pdf: bytes, number: int = 0) -> list[str]:
    """Return what a camera reads on a printed page."""
    picture = pypdfium2.PdfDocument(pdf)[number].render(scale=SCANNED_DPI / 72, grayscale=True)
    rows = bytes(picture.buffer)
    lines = b"".join(rows[n * picture.stride :][: picture.width] for n in range(picture.height))
    seen = memoryview(lines).cast("B", shape=[picture.height, picture.width])
    return [code.text for code in zxingcpp.read_barcodes(seen)]


def _told(page: Any) -> str:
    return str(page.locator(".ch-dem").text_content())


@pytest.mark.parametrize("kind", ["svg", "png"])
@pytest.mark.parametrize("text", ["https://vi-du.example/kho/" + PACK, LONG], ids=["trang", "đoạn, địa chỉ dài"])
def test_a_code_is_read_from_paper_at_two_centimetres(page: Any, kind: str, text: str) -> None:
    data = qr_svg(text, "mã") if kind == "svg" else qr_png(text)
    source = f"data:image/{'svg+xml' if kind == 'svg' else 'png'};base64,{base64.b64encode(data).decode()}"
    page.goto("about:blank")
    page.set_content(f'<img src="{source}" style="width:{PRINTED_MM}mm;height:{PRINTED_MM}mm">')
    assert _codes(page.pdf(format="A4")) == [text]


def test_the_code_in_a_word_file_opens_its_page() -> None:
    from building import real_knowledge  # noqa: PLC0415  # read once for all tests, and only where one needs it
    from knowledge_base.publish.packs.sheets import render_packs  # noqa: PLC0415

    home = "https://vi-du.example/kho/"
    made = render_packs(real_knowledge(), home)[f"{PACK}to-mot-trang.docx"]
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        [name] = [name for name in parts.namelist() if name.startswith("word/media/")]
        assert parts.read(name) == qr_png(home + PACK)


def test_the_printed_sheet_has_a_code_of_its_page(page: Any, address: str) -> None:
    assert page.locator("figure.kb-qr figcaption").is_hidden(), "nothing is said of a code that is not there yet"
    page.mouse.move(5, 5)  # the first sign of a reader brings what draws it
    page.locator("figure.kb-qr svg").wait_for()
    assert page.locator("figure.kb-qr figcaption").is_visible()
    assert _codes(page.pdf(prefer_css_page_size=True)) == [address + PACK]


def test_every_hand_out_is_one_page_with_all_its_statements(page: Any) -> None:
    page.goto("tai-lieu/")
    packs = page.eval_on_selector_all(".kb-danh-muc a", "links => links.map(link => link.href)")
    assert len(packs) > 10
    for pack in packs:
        page.goto(pack, wait_until="networkidle")
        pdf = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        assert len(pdf) == 1, pack
        text = " ".join(pdf[0].get_textpage().get_text_range().split())
        statements = page.locator(".kb-to .y-nguon a")
        assert text.count("Nguồn:") == statements.count()
        addresses = statements.evaluate_all("links => links.map(link => link.href.split('#')[1])")
        assert all(f"#{anchor}" in text.replace(" ", "") for anchor in addresses), pack
        assert "Tóm lược của kho, không phải nguyên văn" in text


@pytest.mark.parametrize(
    ("sheet", "holds", "lacks"),
    [
        ("chu-lon", "Nguồn:", "Câu hỏi do kho soạn"),
        ("tu-soi", "Câu hỏi do kho soạn", "Các ý còn lại"),
    ],
)
def test_other_sheets_print_alone(page: Any, sheet: str, holds: str, lacks: str) -> None:
    page.evaluate("print = () => { window.printed = document.documentElement.dataset.in }")
    page.click(f"[data-kb-in={sheet}]")
    assert page.evaluate("window.printed") == sheet
    pdf = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    texts = [" ".join(one.get_textpage().get_text_range().split()) for one in pdf]
    assert holds in " ".join(texts) and lacks not in " ".join(texts)
    assert all(texts), "no empty page"


@pytest.mark.parametrize(("row", "sheet"), [(0, "to-mot-trang"), (1, "to-chu-lon"), (2, "tu-soi")])
def test_a_build_without_address_gets_its_code_from_the_browser(
    page: Any, address: str, row: int, sheet: str, real_docs: Path
) -> None:
    """The statements, sources and questions are those of the file that the build made."""
    link = page.locator(".kb-bo a[download]").nth(row)
    with page.expect_download() as asked:
        link.click()
    made = docx.Document(asked.value.path())
    built = docx.Document(str(real_docs / PACK / f"{sheet}.docx"))
    assert len(built.inline_shapes) == 0
    assert len(made.inline_shapes) == 1
    assert made.sections[0].right_margin.mm == pytest.approx(15, abs=0.1)
    assert address + PACK in [link.address for p in made.paragraphs for link in p.hyperlinks]
    mine, theirs = _lines(made), _lines(built)
    if sheet != "tu-soi":
        mine = [re.sub(rf"\n{re.escape(address)}nguon/[\w-]+/#d-[a-z2-7]{{8}}$", "", line) for line in mine]
        theirs = [re.sub(r"\nMở kho, tìm: .+$", "", line) for line in theirs]
    assert [line for line in theirs if line.startswith("Nguồn:")] == [li for li in mine if li.startswith("Nguồn:")]
    numbered = [line for line in theirs if re.match(r"\d+\. ", line)]
    assert numbered
    assert {_bare(line) for line in numbered} <= set(map(_bare, mine))


def _bare(line: str) -> str:
    """Return a line without the number that Word may write or keep as a list's."""
    return re.sub(r"^\d+\. ", "", line)


def _lines(document: Any) -> list[str]:
    cells = [p for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    return [p.text for p in (*document.paragraphs, *cells) if p.text.strip()]


def test_word_files_are_there(page: Any) -> None:
    for link in page.locator(".kb-bo a[download]").all():
        answer = page.request.get(page.evaluate("link => link.href", link.element_handle()))
        assert answer.ok and answer.body().startswith(b"PK")


def test_slides_turn_by_keys_and_end_by_escape(page: Any) -> None:
    page.click("[data-kb-chieu]")
    statements, questions = page.locator(".kb-to ol.kb-y > li").count(), page.locator(".kb-cau-hoi > li").count()
    count = 1 + statements + questions
    assert _told(page) == f"1 / {count}"
    keys = ("ArrowRight", "Space", "PageDown", "ArrowLeft", "Shift+Space", "End", "ArrowRight", "Home", "ArrowLeft")
    for key, at in zip(keys, (2, 3, 4, 3, 2, count, count, 1, 1), strict=True):
        page.keyboard.press(key)
        assert _told(page) == f"{at} / {count}", key
    page.keyboard.press("ArrowRight")
    shown = page.locator(".ch-dang-chieu")
    assert shown.locator(".ch-loi").text_content() == page.locator(".y-loi").first.text_content()
    source = shown.locator(".ch-nguon").text_content()
    assert source.startswith("Nguồn:") and "không phải nguyên văn" in source and "Xem đoạn" not in source
    page.keyboard.press("Escape")
    page.wait_for_selector(".kb-chieu", state="detached")
    assert page.evaluate("document.activeElement.matches('[data-kb-chieu]')")


def test_titles_keep_phrases_whole_and_questions_are_counted(page: Any) -> None:
    page.click("[data-kb-chieu]")
    slides = page.locator(".ch-trang")
    assert slides.first.locator(".ch-tren").text_content() == "Tài liệu sinh hoạt"
    assert slides.first.locator(".ch-loi").text_content() == "Dám\u00a0nghĩ, dám\u00a0làm"
    count = page.locator(".kb-cau-hoi > li").count()
    told = page.locator(".ch-tren", has_text="Câu hỏi thảo luận").all_text_contents()
    assert told == [f"Câu hỏi thảo luận {n}/{count}" for n in range(1, count + 1)] and count >= 3


def test_warnings_stand_once_on_paper_and_go_with_each_slide(page: Any) -> None:
    pdf = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    paper = " ".join(pdf[0].get_textpage().get_text_range().split())
    starred = page.locator(".kb-to li .y-sao").count()
    assert paper.count("(*)") == starred + bool(starred)
    assert paper.casefold().count("chưa kiểm tra hiệu lực") == bool(starred)
    page.click("[data-kb-chieu]")
    sources = page.locator(".ch-nguon", has_text="Nguồn:").all_text_contents()
    assert len([s for s in sources if "Lưu ý về văn bản: chưa kiểm tra hiệu lực." in s and "(*)" not in s]) == starred


def test_slides_turn_by_touch(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page.goto(PACK, wait_until="networkidle")
    page.tap("[data-kb-chieu]")
    for x, at in ((300, 2), (300, 3), (60, 2)):
        page.touchscreen.tap(x, 300)
        assert _told(page).startswith(f"{at} /")
    page.get_by_role("button", name="Đóng").tap()
    page.wait_for_selector(".kb-chieu", state="detached")


@pytest.mark.parametrize("size", [(1024, 768), (1280, 720), (1920, 1080)], ids=str)
def test_slides_can_be_read_from_the_last_row(page: Any, size: tuple[int, int]) -> None:
    """Nothing is cut off, and letters are at least 1/28 of the picture's height, chosen by hand: a dozen lines a slide
    at most."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.click("[data-kb-chieu]")
    page.wait_for_selector(".ch-trang .kb-qr-hinh")
    for slide in page.locator(".ch-trang").all():
        high, room, wide, width = slide.evaluate("s => [s.scrollHeight, s.clientHeight, s.scrollWidth, s.clientWidth]")
        assert high <= room and wide <= width
        letters = slide.locator(".ch-loi").evaluate("p => parseFloat(getComputedStyle(p).fontSize)")
        assert letters >= size[1] / 28


def test_slides_need_no_net_once_the_page_is_there(address: str, open_page: Callable[..., Any]) -> None:
    page = _open(open_page, address, alone=True)
    page.locator("figure.kb-qr svg").wait_for()  # nobody moves anything: the page only stays open
    page.context.set_offline(True)
    page.click("[data-kb-chieu]")
    page.keyboard.press("ArrowRight")
    code = page.locator(".ch-dang-chieu .kb-qr-hinh")
    code.wait_for()
    target = page.locator(".y-nguon a").first.evaluate("link => link.href")
    assert code.get_attribute("aria-label") == f"Mã QR mở {target}"
    assert target.startswith(address + "nguon/")


def test_slides_print_one_a_page_and_the_code_leads_to_the_paragraph(page: Any) -> None:
    page.click("[data-kb-chieu]")
    page.wait_for_selector(".ch-trang .kb-qr-hinh")
    targets = page.locator(".kb-to .y-nguon a").evaluate_all("links => links.map(link => link.href)")
    pdf = page.pdf(prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == int(_told(page).split(" / ")[1])
    assert all(sheet.get_width() > sheet.get_height() for sheet in document)
    for number, target in enumerate(targets, 1):
        assert _codes(pdf, number) == [target]


def test_the_toolbar_shows_the_code_of_the_paragraph(page: Any, address: str) -> None:
    page.goto(ARTICLE)
    anchor = page.locator("article p.doan, article li.doan").nth(2).get_attribute("id")
    page.evaluate("id => getSelection().selectAllChildren(document.getElementById(id))", anchor)
    page.get_by_role("button", name="Mã QR").click()
    page.wait_for_selector(".kb-qr-hop .kb-qr-hinh")
    assert page.locator(".kb-qr-dia-chi").text_content() == f"{address}{ARTICLE}#{anchor}"
    page.keyboard.press("Escape")
    page.wait_for_selector(".kb-qr-hop", state="detached")


def test_why_there_is_no_code_is_told(chromium: Any, address: str) -> None:
    page = chromium.new_page(base_url=address)
    library = "**/qrcode-generator-*/qrcode.js"
    page.route(library, lambda route: route.abort())
    page.goto(ARTICLE)
    page.get_by_role("button", name="Mã QR").click()
    page.locator(".kb-bao", has_text="Không tải được phần vẽ mã QR").wait_for()
    page.unroute(library)
    page.get_by_role("button", name="Mã QR").click()  # the next try may find the net again
    page.wait_for_selector(".kb-qr-hop .kb-qr-hinh")
    choices = (f"{''.join(letters)}aaaaaaaaa~aaaaaa" for letters in product("abcdefg", repeat=3))
    page.goto(f"y-da-chon/#y={','.join(choices)}")
    page.get_by_role("button", name="Mã QR").click()
    page.locator(".kb-bao", has_text="Danh sách dài quá sức chứa của mã QR").wait_for()
    page.close()
