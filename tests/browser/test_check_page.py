"""What an official does on the page that checks a draft: pastes, drops a Word file, copies the list, saves it."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from browsing import paste

docx = pytest.importorskip("docx")

PAGE = "kiem-tra-du-thao/"
PLANTED = {
    "34/CT-TU": "Gõ chưa đúng",
    "124-QĐ/TW": "Xem lại hiệu lực",
    "26-NQ/TW": "Chưa rõ văn bản nào",
    "Đảng ủy Khối Các cơ quan tỉnh": "Cơ quan đã đổi",
    "73/2023/NĐ-CP": "Khác ngày",
    "998-KH/TU": "Kho chưa có",
    "14-KL/TW": "Số bị ngắt dòng",
    "05-CT/TƯ": "Gõ chưa đúng|Xem lại hiệu lực",
    "18-NQ": "Thiếu ký hiệu",
    "366-QĐ/TW": "Sai tên loại",
    "27/CT–TTg": "Gõ chưa đúng",
    "43-HD/BTCTW": "Chữ gõ bằng dấu rời",
}
"""The twelve faults of the draft below, by the words that are marked, and what is told; 05-CT/TW has a later one."""


@pytest.fixture(scope="module")
def address(real_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(real_site)


def _draft() -> bytes:
    """A Word file with twelve faults: one in a table, one over a line break, one in several runs, one in NFD."""
    document = docx.Document()
    document.add_paragraph("Số: 45-KH/TU")
    document.add_paragraph("Thực hiện Chỉ thị số 34/CT-TU, ngày 27/10/2023 của Ban Thường vụ Thành ủy Đà Nẵng.")
    split = document.add_paragraph("Căn cứ Quy định số 12")
    split.add_run("4-QĐ").bold = True
    split.add_run("/TW, ngày 04-10-2023 của Bộ Chính trị; giữ nguyên chữ đậm.")
    document.add_paragraph("Nghị quyết số 26-NQ/TW đã được quán triệt.")
    document.add_paragraph("Trước đây Đảng ủy Khối Các cơ quan tỉnh theo dõi việc này.")
    document.add_paragraph("Nghị định số 73/2023/NĐ-CP ngày 30 tháng 9 năm 2023 của Chính phủ.")
    document.add_paragraph("Kế hoạch số 998-KH/TU của Tỉnh ủy Nghệ An.")
    broken = document.add_paragraph("Kết luận số 14-")
    broken.runs[0].add_break()
    broken.runs[0].add_text("KL/TW, ngày 22-9-2021 của Bộ Chính trị.")
    document.add_paragraph("Chỉ thị số 05-CT/TƯ, ngày 15-5-2016 của Bộ Chính trị.")
    document.add_paragraph("Nghị quyết số 18-NQ về tinh gọn bộ máy.")
    document.add_paragraph("Nghị định số 366-QĐ/TW, ngày 30-8-2025 của Bộ Chính trị.")
    cell = document.add_table(rows=1, cols=2).rows[0].cells
    cell[0].text, cell[1].text = "Căn cứ", "Chỉ thị số 27/CT–TTg ngày 27 tháng 10 năm 2023 của Thủ tướng Chính phủ"
    document.add_paragraph(unicodedata.normalize("NFD", "Hướng dẫn số 43-HD/BTCTW của Ban Tổ chức Trung ương."))
    document.add_paragraph("Nghị quyết số 202/2025/QH15 và Nghị định số 73/2023/NĐ-CP ngày 29/9/2023 không có gì sai.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _take(page: Any, file: Path | str, data: bytes) -> None:
    """Choose a file: one of that path, or, by its name alone, one handed over."""
    page.goto(PAGE)
    if isinstance(file, Path):
        file.write_bytes(data)
    chosen = file if isinstance(file, Path) else {"name": file, "mimeType": "", "buffer": data}
    page.set_input_files(".kb-du-thao input[type=file]", chosen)


def _told(page: Any) -> list[tuple[str, list[str]]]:
    """Each place by its marked words, with the titles of what is told."""
    page.locator(".kb-du-thao-ra h2").wait_for()
    found = page.eval_on_selector_all(
        ".kb-du-thao-cho > li",
        "items => items.map(item => [item.querySelector('mark').textContent.replace(/\\s+/g, ''),"
        " [...item.querySelectorAll('strong')].map(title => title.textContent.replace(/\\.$/, ''))])",
    )
    return [(words, titles) for words, titles in found]


def test_twelve_planted_faults_and_nothing_else(address: str, open_page: Callable[..., Any], tmp_path: Path) -> None:
    page = open_page(address)
    _take(page, tmp_path / "du-thao.docx", _draft())
    told = _told(page)
    squeezed = {"".join(words.split()): titles for words, titles in PLANTED.items()}
    assert dict(told) == {words: titles.split("|") for words, titles in squeezed.items()}
    assert page.locator(".kb-du-thao-ra h2").inner_text() == "12 chỗ cần xem"
    assert page.evaluate("document.activeElement.id") == "ket-qua"
    assert "12 chỗ cần xem" in page.locator(".kb-du-thao [role=status]").inner_text()


def test_what_is_known_has_its_state_and_its_citation(
    address: str, open_page: Callable[..., Any], tmp_path: Path
) -> None:
    """So has a number that is only badly typed; a replaced document comes with the one in its place."""
    page = open_page(address)
    _take(page, tmp_path / "du-thao.docx", _draft())
    _told(page)
    for words in ("27/CT–TTg", "43-HD/BTCTW", "34/CT-TU"):
        [named] = page.locator(".kb-du-thao-cho > li", has_text=words).locator("li").all()
        assert named.locator("a[href*='van-ban/']").count() == 1 and named.locator(".phu").count() == 1
        assert named.get_by_role("button", name="Chép cách dẫn").count() == 1
    old, new = page.locator(".kb-du-thao-cho > li", has_text="124-QĐ/TW").first.locator("li").all()
    assert "124-QĐ/TW" in old.locator("a").inner_text()
    assert new.inner_text().startswith("Văn bản thay thế: Quy định số 366-QĐ/TW, ngày 30-08-2025")
    new.get_by_role("button").click()
    page.get_by_text("Đã chép cách dẫn.").wait_for()
    assert paste(page)[1].strip() == new.locator("a").inner_text()


def test_the_word_file_comes_back_whole_with_marks(address: str, open_page: Callable[..., Any], tmp_path: Path) -> None:
    page = open_page(address)
    data = _draft()
    _take(page, tmp_path / "goc.docx", data)
    with page.expect_download() as download:
        page.get_by_text("Tải dự thảo có đánh dấu (.docx)").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    before, after = docx.Document(io.BytesIO(data)), docx.Document(path)
    assert [p.text for p in after.paragraphs] == [p.text for p in before.paragraphs]
    assert [c.text for c in after.tables[0].rows[0].cells] == [c.text for c in before.tables[0].rows[0].cells]
    runs = [run for p in after.paragraphs for run in p.runs]
    assert any(run.bold and run.font.highlight_color for run in runs), "giữ chữ đậm trong chỗ đánh dấu"
    marked = [r.text for p in after.paragraphs for r in p.runs if r.font.highlight_color]
    assert "34/CT-TU" in marked and "73/2023/NĐ-CP" in marked
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(io.BytesIO(data)) as original:
        assert set(packed.namelist()) >= set(original.namelist())
        comments = packed.read("word/comments.xml").decode()
        body = packed.read("word/document.xml").decode()
    assert len(re.findall(r"<w:comment ", comments)) == 12
    assert len(re.findall(r"<w:commentReference ", body)) == 12
    assert "Viết: 34-CT/TU" in comments


def test_pasted_text_is_copied_and_saved(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto(PAGE)
    text = "Theo Chỉ thị số 05/CT-TW của Bộ Chính trị <b>và</b> Kết luận số 14-KL/TW, ngày 22-9-2021."
    page.fill("#du-thao-chu", text)
    page.keyboard.press("Tab")
    page.locator(".kb-du-thao button[type=submit]").press("Enter")
    assert _told(page) == [("05/CT-TW", ["Gõ chưa đúng", "Xem lại hiệu lực"])]
    page.get_by_text("Chép danh sách").click()
    page.get_by_text("Đã chép danh sách").wait_for()
    rich, plain = paste(page)
    assert "Viết: 05-CT/TW" in plain and "Kết luận số 14-KL/TW, ngày 22-09-2021 của Bộ Chính trị" in plain
    assert "<ol><li>“05/CT-TW”<br>" in rich
    made, comments = _saved(page)
    assert made.suggested_filename == "du-thao-danh-dau.docx"
    document = docx.Document(made.path())
    assert [p.text for p in document.paragraphs] == [text]
    assert _marked(document) == ["05/CT-TW"]
    assert len(comments) == 1 and "Viết: 05-CT/TW" in comments[0]


def _saved(page: Any) -> tuple[Any, list[str]]:
    """Save the draft with its marks; return the download and the words of its comments."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải dự thảo có đánh dấu (.docx)").click()
    with zipfile.ZipFile(download.value.path()) as packed:
        comments = packed.read("word/comments.xml").decode()
        bodies = re.findall(r"<w:comment .*?</w:comment>", comments, re.DOTALL)
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(packed.read(name))
    return download.value, [re.sub(r"<[^>]+>", "", body) for body in bodies]


def _marked(document: Any) -> list[str]:
    return [r.text for p in document.paragraphs for r in p.runs if r.font.highlight_color]


def test_a_text_file_comes_back_as_word_with_the_same_marks(address: str, open_page: Callable[..., Any]) -> None:
    """Each line is a paragraph; a number broken over two lines is marked in both, tabs and odd characters stay put."""
    text = (
        "BÁO CÁO\n\n\tTheo Chỉ thị số 05/CT-TW\x0b và Kết luận số 14-\nKL/TW, ngày 22-9-2021.\nQuy định số 124-QĐ/TW.\n"
    )
    page = open_page(address)
    _take(page, "bao-cao.txt", text.encode())
    assert [words for words, _ in _told(page)] == ["05/CT-TW", "14-KL/TW", "124-QĐ/TW"]
    made, comments = _saved(page)
    assert made.suggested_filename == "danh-dau-bao-cao.docx"
    document = docx.Document(made.path())
    assert [p.text for p in document.paragraphs] == text.rstrip("\n").replace("\x0b", " ").split("\n")
    assert _marked(document) == ["05/CT-TW", "14-", "KL/TW", "124-QĐ/TW"]
    assert [words.split("”")[0] for words in comments[::-1]] == ["“05/CT-TW", "“14- KL/TW", "“124-QĐ/TW"]
    normal = document.styles["Normal"]
    assert normal is not None and round(document.sections[0].left_margin.mm) == 30


def test_the_button_that_chooses_a_file_speaks_vietnamese_and_names_it(
    address: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(address)
    page.goto(PAGE)
    field, name = page.locator("#du-thao-tep"), page.locator(".kb-du-thao-tep")
    assert page.get_by_label("Chọn tệp Word (.docx) hoặc .txt").count() == 1
    assert field.bounding_box()["width"] <= 1 and name.inner_text() == "chưa chọn tệp"
    page.focus("#du-thao-chu")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "du-thao-tep"
    assert page.locator("label[for=du-thao-tep]").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.set_input_files("#du-thao-tep", {"name": "a.txt", "mimeType": "", "buffer": "Nghị quyết".encode()})
    page.locator(".kb-du-thao-ra h2").wait_for()
    assert name.inner_text() == "a.txt"
    page.get_by_role("button", name="Xóa hết").click()
    assert name.inner_text() == "chưa chọn tệp"


def test_results_do_not_stand_beside_a_file_that_was_not_taken(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    _take(page, "du-thao.docx", _draft())
    _told(page)
    page.set_input_files("#du-thao-tep", {"name": "hong.docx", "mimeType": "", "buffer": b"PK\x03\x04 hong"})
    page.locator(".kb-du-thao-loi", has_text="hỏng").wait_for()
    assert page.locator(".kb-du-thao-ra").is_hidden() and not page.locator(".kb-du-thao-ra > *").count()
    assert page.input_value("#du-thao-chu") == "", "chữ của tệp trước không ở lại dưới tên tệp này"
    page.fill("#du-thao-chu", "Theo Chỉ thị số 05/CT-TW.")
    page.set_input_files("#du-thao-tep", {"name": "hong.docx", "mimeType": "", "buffer": b"PK\x03\x04 hong"})
    page.locator(".kb-du-thao-loi", has_text="hỏng").wait_for()
    assert page.input_value("#du-thao-chu") == "Theo Chỉ thị số 05/CT-TW."


def test_a_word_file_that_cannot_be_written_is_told(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    _take(page, "du-thao.docx", _draft())
    _told(page)
    page.evaluate("() => { fflate.zipSync = () => { throw new RangeError('hết bộ nhớ'); }; }")
    page.evaluate("addEventListener('unhandledrejection', (event) => event.preventDefault())")
    page.get_by_role("button", name="Tải dự thảo có đánh dấu (.docx)").click()
    page.locator(".kb-bao--hien", has_text="Không ghi được tệp Word có đánh dấu").wait_for()


def test_a_number_without_its_place_is_told_with_the_likely_document(
    toy_site: Path, serve: Callable[[Path], str], open_page: Callable[..., Any]
) -> None:
    """On the toy corpus: its documents of that number are all there will be."""
    page = open_page(serve(toy_site))
    page.goto(PAGE)
    page.fill("#du-thao-chu", "Thực hiện Chỉ thị 34-CT/TU ngày 05-9-2023, chi bộ đã họp.")
    page.click(".kb-du-thao button[type=submit]")
    assert _told(page) == [("34-CT/TU", ["Chưa rõ văn bản nào"])]
    words = page.locator(".kb-du-thao-loi-o").inner_text()
    likely = "Chỉ thị số 34-CT/TU, ngày 05-09-2023 của Ban Thường vụ Tỉnh ủy Sông Mây"
    assert f"có thể là {likely}, hãy ghi rõ cơ quan" in words
    assert page.locator(".kb-du-thao-van-ban a").first.inner_text() == likely


def test_the_place_of_its_author_makes_a_number_clear(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto(PAGE)
    page.fill("#du-thao-chu", "Thực hiện Chỉ thị số 34-CT/TU của Thành ủy.")
    page.click(".kb-du-thao button[type=submit]")
    assert _told(page) == [("34-CT/TU", ["Chưa rõ văn bản nào"])]
    page.select_option(".kb-du-thao select", "da-nang")
    page.click(".kb-du-thao button[type=submit]")
    page.get_by_text("Không thấy chỗ viết sai hay văn bản đã thay đổi").first.wait_for()
    page.get_by_text("tình trạng và cách dẫn").click()
    link = page.locator(".kb-du-thao-on a").first
    assert link.inner_text() == "Chỉ thị số 34-CT/TU, ngày 27-10-2023 của Ban Thường vụ Thành ủy Đà Nẵng"
    link.click()
    page.wait_for_url("**/van-ban/chi-thi-34-ct-tu-da-nang-2023/")


def _bomb() -> bytes:
    """A zip of a few kilobytes that unpacks to 400 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("word/document.xml", "w") as entry:
        for _ in range(400):
            entry.write(b" " * 1_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("bom.docx", _bomb, "mở ra quá lớn"),
        ("hong.docx", lambda: b"PK\x03\x04 hong", "hỏng"),
        ("cu.doc", lambda: b"\xd0\xcf\x11\xe0" + bytes(600), ".doc kiểu cũ"),
        ("ban-in.pdf", lambda: b"%PDF-1.7", "PDF"),
        ("font-cu.txt", lambda: b"Th\xad\xeang v\xf4 T\xd8nh u\xfb", "TCVN3"),
        ("lon.txt", lambda: b"a" * 21_000_000, "21 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_kindly(
    address: str, open_page: Callable[..., Any], tmp_path: Path, name: str, data: Callable[[], bytes], words: str
) -> None:
    page = open_page(address)
    _take(page, tmp_path / name, data())
    status = page.locator(".kb-du-thao-loi")
    status.wait_for()
    assert words in status.inner_text()
    assert page.locator(".kb-du-thao-ra").is_hidden()


def test_a_long_draft_does_not_freeze_the_page(address: str, open_page: Callable[..., Any]) -> None:
    """200 pages: while it is judged the page goes on answering."""
    page = open_page(address)
    page.goto(PAGE)
    filler = "Các cấp ủy, tổ chức đảng lãnh đạo, chỉ đạo thực hiện nghiêm túc, gắn với nhiệm vụ chính trị của đơn vị. "
    paragraph = f"{filler * 9}Căn cứ Chỉ thị số 34/CT-TU của Thành ủy Đà Nẵng.\n\n"
    page.evaluate("text => { document.querySelector('#du-thao-chu').value = text; }", paragraph * 600)
    page.evaluate("""() => {
      window.longest = 0;
      let last = performance.now();
      const beat = () => {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
        setTimeout(beat, 5);
      };
      beat();
    }""")
    page.click(".kb-du-thao button[type=submit]")
    page.locator(".kb-du-thao-ra h2").wait_for(timeout=60_000)
    assert page.locator(".kb-du-thao-ra h2").inner_text() == "600 chỗ cần xem"
    print("longest pause", page.evaluate("longest"))
    assert page.evaluate("longest") < 2000


def test_a_file_dropped_before_anything_is_loaded_is_checked(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address, alone=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(PAGE, wait_until="networkidle")
    assert not [url for url in asked if url.endswith(("draft-page.js", "draft-judge.js", "kho.json"))]
    page.evaluate(
        """() => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File(["Theo Chỉ thị số 05/CT-TW của Bộ Chính trị."], "du-thao.txt"));
          const form = document.querySelector(".kb-du-thao");
          for (const name of ["dragover", "drop"])
            form.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
        }"""
    )
    assert [words for words, _ in _told(page)] == ["05/CT-TW"]


def test_nothing_leaves_the_machine(address: str, open_page: Callable[..., Any]) -> None:
    """With the network off once the page says that it is ready, a draft is judged all the same, pasted or as a file."""
    page = open_page(address, alone=True)
    page.goto(PAGE)
    page.focus("#du-thao-chu")
    page.locator(".kb-du-thao [role=status]", has_text="Sẵn sàng").wait_for()
    page.context.set_offline(True)
    page.set_input_files(".kb-du-thao input[type=file]", {"name": "du-thao.docx", "mimeType": "", "buffer": _draft()})
    assert len(_told(page)) == len(PLANTED)
    page.context.set_offline(False)
    page.fill("#du-thao-chu", "Kết luận số 14-KL/TW, ngày 22-9-2021.")
    page.click(".kb-du-thao button[type=submit]")
    page.locator(".kb-du-thao-ra h2").wait_for()
    page.context.set_offline(True)
    page.fill("#du-thao-chu", "Theo Chỉ thị số 05/CT-TW.")
    page.click(".kb-du-thao button[type=submit]")
    page.locator(".kb-du-thao-cho > li").wait_for()
    assert _told(page) == [("05/CT-TW", ["Gõ chưa đúng", "Xem lại hiệu lực"])]


def test_what_did_not_load_at_first_is_ready_at_the_next_use(address: str, chromium: Any) -> None:
    page = chromium.new_context(base_url=address).new_page()
    status, field = page.locator(".kb-du-thao [role=status]"), page.locator("#du-thao-chu")
    check = page.locator(".kb-du-thao button[type=submit]")
    page.route("**/draft-page.js", lambda route: route.abort())
    page.goto(PAGE)
    page.locator(".kb-du-thao button[type=submit]:enabled").wait_for()
    field.fill("Theo Chỉ thị số 05/CT-TW.")
    status.get_by_text("Không tải được phần kiểm tra").wait_for()
    assert "thử lại" in status.inner_text() and "tải lại trang" not in status.inner_text()
    page.route("**/kiem-tra-du-thao/kho.json", lambda route: route.abort())
    page.unroute("**/draft-page.js")
    check.click()
    status.get_by_text("Không tải được dữ liệu của kho").wait_for()
    assert "thử lại" in status.inner_text() and "tải lại trang" not in status.inner_text()
    page.unroute("**/kiem-tra-du-thao/kho.json")
    field.focus()
    status.get_by_text("Sẵn sàng").wait_for()
    assert field.input_value() == "Theo Chỉ thị số 05/CT-TW."
    check.click()
    assert [words for words, _ in _told(page)] == ["05/CT-TW"]
