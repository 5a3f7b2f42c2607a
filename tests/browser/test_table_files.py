"""Every table of the site goes into Word and Excel whole, readable, and with its sources."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest
from docx.oxml.ns import qn

from building import real_knowledge

DOCUMENTS = ["TT", "Số, ký hiệu", "Trích yếu", "Cơ quan ban hành", "Ngày ban hành", "Tình trạng", "Nguồn"]
SOURCES = ["Nguồn", "Địa chỉ nguồn"]
THEME = "cai-cach-hanh-chinh"
COMPARISON = "so-sanh/ne-tranh-dun-day/"
LINK_WORDS = re.compile(r"Xem đoạn|\bĐủ \d+ ý|Xem thêm")
LETTER = 80
"""No letter of Vietnamese in Times New Roman 12 is narrower on the average of a word, in twentieths of a point."""
BROKEN = 35 / 25.4 * 1440
"""A word as wide as this may be broken (LONGEST in column-widths.js)."""


@pytest.fixture(scope="module")
def address(real_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(real_site)


def _download(page: Any, button: str, at: int = 0) -> bytes:
    with page.expect_download() as asked:
        page.locator(".kb-xuat").nth(at).get_by_role("button", name=button).click()
    return Path(asked.value.path()).read_bytes()


def _sheet(page: Any, at: int = 0) -> list[list[str]]:
    book = openpyxl.load_workbook(io.BytesIO(_download(page, "Tải tệp Excel", at)))
    assert book.active is not None
    return [[str(cell or "") for cell in row] for row in book.active.iter_rows(values_only=True)]


def _open(open_page: Callable[..., Any], address: str, path: str) -> Any:
    page = open_page(address)
    page.goto(path)
    page.locator(".kb-xuat button").first.wait_for()
    return page


def test_a_list_of_documents_names_their_sources(address: str, open_page: Callable[..., Any]) -> None:
    page = _open(open_page, address, "dia-phuong/da-nang/")
    heads, *rows = _sheet(page)
    assert heads == [*DOCUMENTS, "Địa chỉ nguồn"]
    assert len(rows) == page.locator(".kb-liet-ke tbody tr:not(.nhom)").count() > 5
    assert all(row[6] for row in rows)
    directive = next(row for row in rows if row[1] == "Chỉ thị 34-CT/TU")
    assert directive[5] == "chưa kiểm tra hiệu lực"
    paper, other = directive[6].split("\n")[:2]
    assert paper == "Báo Đà Nẵng, 07-12-2023" and other.startswith("cadn.com.vn")
    assert len(set(directive[6].split("\n"))) == len(directive[6].split("\n"))
    ours, theirs = directive[7].split("\n")
    assert re.match(re.escape(address) + r"nguon/2023-12-07-[a-z-]+/#d-[a-z2-7]+$", ours)
    assert theirs.startswith("https://cadn.com.vn/")


@pytest.mark.parametrize(
    ("path", "count"),
    [
        (f"chu-de/{THEME}/", sum(THEME in real_knowledge().themes_of(d) for d in real_knowledge().documents.values())),
        (
            "co-quan/thu-tuong-chinh-phu/",
            sum(d.issuer == "thu-tuong-chinh-phu" for d in real_knowledge().documents.values()),
        ),
    ],
)
def test_documents_of_a_theme_or_body_are_all_there(
    address: str, open_page: Callable[..., Any], path: str, count: int
) -> None:
    page = _open(open_page, address, path)
    assert count > 10
    heads, *rows = _sheet(page)
    assert heads[:7] == DOCUMENTS and len(rows) == count
    listed = page.locator("h2:is(#van-ban-ve-chu-de-nay, #van-ban-da-ban-hanh) ~ ul").first.locator("> li > a").first
    assert rows[0][1] == " ".join(listed.inner_text().split())
    assert all(row[6] for row in rows)


def test_present_and_former_bodies_are_two_tables(address: str, open_page: Callable[..., Any]) -> None:
    page = _open(open_page, address, "co-quan/")
    heads, *present = _sheet(page)
    assert heads == ["TT", "Cơ quan", "Văn bản đã ban hành", "Việc được giao", "Địa phương", *SOURCES]
    page.locator("#truoc-day > summary").click()
    heads, *former = _sheet(page, 1)
    assert heads == ["TT", "Cơ quan", "Nay là", "Văn bản đã ban hành", "Việc được giao", "Địa phương", *SOURCES]
    bodies = real_knowledge().bodies.values()
    assert [len(present), len(former)] == [sum(bool(b.gone) is gone for b in bodies) for gone in (False, True)]
    assert [row[0] for row in present] == [*map(str, range(1, len(present) + 1))]
    assert all(row[-3] and row[-2] for row in (*present, *former)), "a place and a source"
    assert all(row[-1] or row[-2].startswith("suy từ") or "http" not in row[-2] for row in (*present, *former))
    assert {row[-5] for row in former} <= {"", *map(str, range(999))}  # no words of a phone's cards
    (table,) = docx.Document(io.BytesIO(_download(page, "Tải tệp Word"))).tables
    assert [row.cells[1].text for row in table.rows[1:]] == [row[1] for row in present]
    sources = [row.cells[-1] for row in table.rows[1:]]
    assert [cell.text for cell in sources] == [row[-2] for row in present]
    assert any(link.address for cell in sources for p in cell.paragraphs for link in p.hyperlinks)


def test_bodies_that_are_filtered_out_are_not_taken_away(address: str, open_page: Callable[..., Any]) -> None:
    page = _open(open_page, address, "co-quan/?noi=Nghệ An")
    page.locator(".kb-loc-dem", has_text="trong").wait_for()
    for at in (0, 1):
        _, *rows = _sheet(page, at)
        part = page.locator("#truoc-day" if at else "details.kb-noi-gap")
        assert len(rows) == part.locator("tbody tr:not(.nhom, [hidden])").count() > 1
        assert {row[-3] for row in rows} == {"Nghệ An"}
    page.goto("co-quan/?loc=uy ban nhan dan")
    page.locator(".kb-loc-dem", has_text="trong").wait_for()
    _, *rows = _sheet(page)
    assert len({row[-3] for row in rows}) > 3, "of several places"
    assert all("ủy ban nhân dân" in row[1].lower() for row in rows)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".kb-xuat").first.get_by_role("button", name="Chép bảng cho Word").click()
    page.locator(".kb-bao", has_text=f"Đã chép bảng {len(rows)} dòng").wait_for()


def test_the_matrix_has_a_row_for_each_place_of_a_theme(address: str, open_page: Callable[..., Any]) -> None:
    page = _open(open_page, address, "so-sanh/?noi=da-nang,tay-ninh")
    heads, *rows = _sheet(page)
    assert heads == ["TT", "Chủ đề", "Nơi", "Năm, số ý"]
    assert {row[2] for row in rows} == {"Đà Nẵng", "Tây Ninh"}
    assert all(re.fullmatch(r"(?:(?:\d{4}|Chưa rõ năm) \(\d+ ý\)(?:; |$))+", row[3]) for row in rows)


def test_each_statement_of_a_comparison_leads_to_its_paragraph(address: str, open_page: Callable[..., Any]) -> None:
    page = _open(open_page, address, COMPARISON)
    (table,) = docx.Document(io.BytesIO(_download(page, "Tải tệp Word"))).tables
    for row in table.rows[1:]:
        words, source = row.cells[3].text, row.cells[4]
        assert not LINK_WORDS.search(words + source.text)
        assert any("#d-" in link.address for p in source.paragraphs for link in p.hyperlinks), source.text
    page.goto(f"{COMPARISON}?noi=da-nang,nghe-an")
    page.locator(".kb-canh-nhau > section[hidden]").first.wait_for(state="attached")
    made = docx.Document(io.BytesIO(_download(page, "Tải tệp Word")))
    words = "\n".join(cell.text for row in made.tables[0].rows for cell in row.cells)
    assert made.tables[0].rows[0].cells[1].text == "Đà Nẵng" and "Theo Báo Đà Nẵng, 07-12-2023" in words
    assert not LINK_WORDS.search(words)


def test_documents_that_cannot_be_read_are_told(address: str, chromium: Any) -> None:
    page = chromium.new_context(base_url=address).new_page()
    downloads: list[str] = []
    page.on("download", lambda download: downloads.append(download.suggested_filename))
    page.route("**/van-ban/bang.json", lambda route: route.abort())
    page.goto(f"chu-de/{THEME}/")
    page.locator(".kb-xuat button").nth(1).click()
    page.locator(".kb-bao", has_text="Không tải được dữ liệu của kho").wait_for()
    assert downloads == []
    page.unroute("**/van-ban/bang.json")
    with page.expect_download():
        page.locator(".kb-xuat button").nth(1).click()


@pytest.mark.parametrize("path", [COMPARISON, "van-ban/", "co-quan/", "nhiem-vu/nghe-an/", "so-sanh/"])
def test_no_column_of_a_word_file_is_narrower_than_its_words(
    address: str, open_page: Callable[..., Any], path: str, tmp_path: Path
) -> None:
    page = _open(open_page, address, path)
    data = _download(page, "Tải tệp Word")
    made = docx.Document(io.BytesIO(data))
    (table,) = made.tables
    section = made.sections[0]
    assert section.page_width is not None and section.left_margin is not None and section.right_margin is not None
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.findall(qn("w:gridCol"))]
    assert sum(widths) <= (section.page_width - section.left_margin - section.right_margin) / 635 + 1
    for row in table._tbl.tr_lst[:200]:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            words = "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in cell.p_lst).split()
            longest = max((len(word) * LETTER for word in words), default=0)
            assert width >= min(longest, BROKEN), (words, width)
    assert made.paragraphs[1].text.startswith(("Nguồn: ", "Tóm lược")), "the note stands before its table"
    _check_pages(data, len(table.rows) - 1, tmp_path)


def _check_pages(data: bytes, rows: int, folder: Path) -> None:
    """Where there is a word processor: the number of the last row stands unbroken on the last page."""
    program = shutil.which("soffice")
    if not program or rows > 250:  # the list of all documents takes it too long
        return
    (folder / "bang.docx").write_bytes(data)
    options = ["--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf", "--outdir"]
    subprocess.run([program, *options, str(folder), str(folder / "bang.docx")], check=True, capture_output=True)
    pages = pypdfium2.PdfDocument(folder / "bang.pdf")
    last = pages[len(pages) - 1].get_textpage().get_text_range()
    lines = [line.strip() for line in last.splitlines()]
    assert any(re.match(rf"{rows}\b", line) for line in lines), last
    assert any(re.match(r"TT\b", line) for line in lines), last
