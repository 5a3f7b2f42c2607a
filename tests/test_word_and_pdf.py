"""What only Word files and PDFs have: lists, notes, boxes, deleted words; columns, cut numbers, heads and feet."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base.importing.formats import read_article_bytes
from making import FIXTURE, as_news_page, as_pdf, as_word, make_pdf
from scanning import assert_linear, cases, vocabulary

docx = pytest.importorskip("docx", reason="cần các gói trong requirements-import.txt")
pypdfium2 = pytest.importorskip("pypdfium2", reason="cần các gói trong requirements-import.txt")
from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: E402
from docx.opc.packuri import PackURI  # noqa: E402
from docx.opc.part import Part  # noqa: E402
from docx.oxml import parse_xml  # noqa: E402
from docx.oxml.ns import nsdecls  # noqa: E402

from knowledge_base.importing.pdf import from_title  # noqa: E402
from knowledge_base.importing.pdf_lines import Glyph, _find_gutter, _is_somewhere, read_lines  # noqa: E402
from knowledge_base.importing.scans import scale_of  # noqa: E402

LINE = "Các chi bộ phân công đảng viên phụ trách từng đoạn đường trong bản"


def lines_of(data: bytes, name: str) -> list[str]:
    article, problems = read_article_bytes(data, name, vocabulary())
    assert article is not None, problems
    return article.text.split("\n\n")


def word(build: Callable[[Any], None]) -> list[str]:
    document = docx.Document()
    build(document)
    file = io.BytesIO()
    document.save(file)
    return lines_of(file.getvalue(), "a.docx")


def paragraph(document: Any, inside: str) -> None:
    """Add a paragraph of raw WordprocessingML."""
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(f"<w:p {nsdecls('w', 'wp', 'a')}>{inside}</w:p>"))


def test_lists_and_headings() -> None:
    def build(document: Any) -> None:
        document.add_heading("Việc cần làm", level=1)
        document.add_paragraph("Họp chi bộ", style="List Bullet")
        document.add_paragraph("Phân công", style="List Number")
        document.add_paragraph("- Có dấu sẵn", style="List Bullet")
        document.add_paragraph("1. Có số sẵn")

    assert word(build) == ["Việc cần làm", "- Họp chi bộ", "- Phân công", "- Có dấu sẵn", "1. Có số sẵn"]


def test_tables() -> None:
    def build(document: Any) -> None:
        head = document.add_table(rows=1, cols=2)
        head.cell(0, 0).text = "TỈNH ỦY NGHỆ AN\n*"
        head.cell(0, 0).add_paragraph("Số 34-CT/TU")
        head.cell(0, 1).text = "ĐẢNG CỘNG SẢN VIỆT NAM"
        data = document.add_table(rows=2, cols=2)
        for number, text in enumerate(("Đoạn", "Dài", "Một", "1,5 km")):
            data.cell(number // 2, number % 2).text = text

    assert word(build) == [
        "TỈNH ỦY NGHỆ AN", "*", "Số 34-CT/TU", "ĐẢNG CỘNG SẢN VIỆT NAM", "Đoạn | Dài", "Một | 1,5 km",
    ]  # fmt: skip


def test_what_word_hides_or_has_deleted_is_not_read() -> None:
    def build(document: Any) -> None:
        paragraph(
            document,
            "<w:r><w:t>Giữ</w:t></w:r><w:del><w:r><w:delText> bỏ</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t xml:space='preserve'> thêm</w:t></w:r></w:ins>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t> ẩn</w:t></w:r>"
            "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t xml:space='preserve"
            "'> hết</w:t></w:r>",
        )

    assert word(build) == ["Giữ thêm hết"]


def test_breaks_and_hyphens() -> None:
    def build(document: Any) -> None:
        paragraph(
            document,
            "<w:r><w:t>Chỉ thị số 34</w:t><w:noBreakHyphen/><w:t>CT/</w:t><w:br/><w:t>TU của Tỉnh ủy</w:t>"
            "<w:br/><w:t>về đường làng.</w:t><w:br/><w:t>Nội dung chính</w:t></w:r>",
        )

    assert word(build) == ["Chỉ thị số 34-CT/TU của Tỉnh ủy về đường làng.", "Nội dung chính"]


def test_text_boxes_and_content_controls() -> None:
    def build(document: Any) -> None:
        box = "<w:txbxContent><w:p><w:r><w:t>Chữ trong khung</w:t></w:r></w:p></w:txbxContent>"
        mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        paragraph(
            document,
            f"<w:r><w:t>Trước khung</w:t></w:r><w:r><mc:AlternateContent {mc}>"
            f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>",
        )
        body = document.element.body
        held = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Trong ô</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        body.insert(len(body) - 1, parse_xml(held))

    assert word(build) == ["Trước khung", "Chữ trong khung", "Trong ô"]


def test_raised_marks_join_no_number() -> None:
    def build(document: Any) -> None:
        made = document.add_paragraph("Quyết định số 26/QĐ-UBND")
        for words, raised in (("7", True), (" ngày 5/9/2023", False), ("8)", True), (", 120 m", False), ("2", True)):
            made.add_run(words).font.superscript = raised
        made.add_run(" và CO")
        made.add_run("2").font.subscript = True

    assert word(build) == ["Quyết định số 26/QĐ-UBND ngày 5/9/2023, 120 m² và CO2"]


def test_a_note_is_read_once_even_if_it_refers_to_itself() -> None:
    def build(document: Any) -> None:
        reference = "<w:r><w:footnoteReference w:id='2'/></w:r>"
        paragraph(document, f"<w:r><w:t>Lời bài</w:t></w:r>{reference}{reference}")
        note = f"<w:footnote w:id='2'><w:p><w:r><w:t>Xem chú thích</w:t></w:r>{reference}</w:p></w:footnote>"
        xml = f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>".encode()
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        part = Part(PackURI("/word/footnotes.xml"), kind, xml, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    assert word(build) == ["Lời bài[1][1]", "[1] Xem chú thích[1]"]


def test_a_file_that_unpacks_to_too_much_is_refused() -> None:
    file = io.BytesIO(as_word(FIXTURE))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as packed, packed.open("word/media/a.png", "w") as big:
        for _ in range(201):
            big.write(bytes(1_000_000))
    article, problems = read_article_bytes(file.getvalue(), "a.docx", vocabulary())
    assert article is None
    assert "mở ra quá lớn" in problems[0].message


@pytest.mark.parametrize("inside", ["<w:p/>" * 10_001, "<w:p><w:r><w:t>" + "a" * 41_000_000 + "</w:t></w:r></w:p>"])
def test_a_document_of_too_much_text_is_refused(inside: str) -> None:
    made, file = zipfile.ZipFile(io.BytesIO(as_word(FIXTURE))), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in made.namelist():
            data = made.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:body>", b"<w:body>" + inside.encode())
            packed.writestr(name, data)
    article, problems = read_article_bytes(file.getvalue(), "a.docx", vocabulary())
    assert article is None
    assert "mở ra quá lớn" in problems[0].message


@pytest.mark.parametrize(("points", "dots"), [(595, 2480), (14_400, 8945), (9_000_000, 8945), (0, 0)])
def test_a_page_of_any_size_is_drawn_small_enough(points: int, dots: int) -> None:
    assert math.ceil(scale_of(points, points) * points) == dots


@pytest.mark.parametrize(("font", "shown"), [(".VnTimeH", "TỈNH ỦY"), (".VnTime", "tỉnh ủy"), ("Arial", "tØnh ñy")])
def test_old_fonts(font: str, shown: str) -> None:
    def build(document: Any) -> None:
        document.add_paragraph().add_run("tØnh ñy").font.name = font

    assert word(build) == [shown]


def test_vni_fonts_are_refused() -> None:
    document = docx.Document()
    document.add_paragraph().add_run("Uûy ban nhaân daân").font.name = "VNI-Times"
    file = io.BytesIO()
    document.save(file)
    article, problems = read_article_bytes(file.getvalue(), "a.docx", vocabulary())
    assert article is None
    assert "VNI" in problems[0].message and "Ctrl+Shift+F6" in problems[0].remedy


# -- PDF -------------------------------------------------------------------------------------------


def pdf(*pages: list[tuple[float, float, str]]) -> list[str]:
    return lines_of(make_pdf(pages), "a.pdf")


def test_numbers_cut_at_the_end_of_a_line_are_made_whole() -> None:
    rows = [
        "Theo Chỉ thị số 34-",
        "CT/TU, Nghị định số 73/2023/",
        "NĐ-CP và Thông báo số 920",
        "-TB/TU, từ 2020 -",
        "2025 các xã",
    ]
    lines = [(72.0, 700.0 - 14 * n, f"{row:<30}".rstrip()) for n, row in enumerate(rows)]
    joined = " ".join(pdf(lines))
    for number in ("34-CT/TU", "73/2023/NĐ-CP", "920-TB/TU", "2020 - 2025"):
        assert number in joined


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"cột trái dòng {n:02} có nhiều chữ hơn" for n in range(20)]
    right = [f"cột phải dòng {n:02} có nhiều chữ hơn" for n in range(20)]
    page = [(72.0, 760.0, "Tít chạy ngang cả hai cột của trang báo in ngày hôm nay, dài gần bằng cả trang giấy")]
    for n, (one, two) in enumerate(zip(left, right, strict=True)):
        page += [(72.0, 730.0 - 14 * n, one), (310.0, 733.0 - 14 * n, two)]
    text = " ".join(pdf(page))
    assert text.index("cột trái dòng 00") < text.index("cột trái dòng 19") < text.index("cột phải dòng 00")
    assert text.startswith("Tít chạy ngang")


def test_columns_below_text_of_the_whole_width_and_three_beside_each_other() -> None:
    words = ("một hai ba bốn", "năm sáu bảy tám", "chín mười mười một")
    line = "dòng này chạy suốt cả chiều ngang của trang giấy in, không chia cột nào cả hết"
    wide = [(72.0, 780.0 - 14 * n, line) for n in range(9)]
    for places in ((72.0, 300.0), (72.0, 222.0, 372.0)):
        rows = [(x, n, f"cột {c} {words[n % 3]} {n:02}") for c, x in enumerate(places) for n in range(12)]
        columns = [(x, 640.0 - 14 * n, shown) for x, n, shown in rows]
        text = " ".join(pdf([*wide, *columns]))
        order = [text.index(words) for _, _, words in columns]
        assert order == sorted(order)
        assert text.startswith("dòng này") and "không chia cột nào cả hết cột 0" not in text[:90]


def test_a_page_on_which_a_box_beside_the_text_stands_in_its_lines_is_asked_about() -> None:
    """Too few lines for a column; a table of names and numbers is none."""
    text = [(72.0, 700.0 - 14 * n, f"Mây Trắng giữ kỷ luật ở dòng {n}") for n in range(9)]
    box = [(380.0, 700.0 - 14 * n, "Hòn Xa làm đúng giờ giấc") for n in range(3)]
    table = [(380.0, 700.0 - 14 * n, f"{n} xã") for n in range(3)]
    for beside, asked in ((box, 1), (table, 0)):
        article, problems = read_article_bytes(make_pdf([[*text, *beside]]), "a.pdf", vocabulary())
        assert article is not None
        assert sum("trang 1: có thể chữ của hai cột" in problem.message for problem in problems) == asked


def test_narrow_gaps_part_words_only_where_words_stand_on_both_sides() -> None:
    parts = [Glyph(char, 0, 0, 700, 10, "F", bold=False) for char in "vàQuyếtđịnhsố26/QĐ-UBNDngày"]
    for number, glyph in enumerate(parts):
        glyph.left, glyph.right = 5.0 * number, 5.0 * number + 5
    for first in (7, 11, 13, 23):
        parts[first].apart = True
    assert read_lines(parts, 0)[0].text == "và Quyết định số 26/QĐ-UBND ngày"
    parts[3].apart = True  # "Q" is no word
    assert "Qu yết" not in read_lines(parts, 0)[0].text


def test_heads_feet_and_page_numbers_are_left_out() -> None:
    words = ("đường bản", "mương nước", "nhà văn hóa", "sân trường", "bến đò", "chợ phiên", "vườn rừng", "trạm xá")
    pages = []
    for page, place in enumerate(("đầu", "giữa", "cuối"), 1):
        body = [(72.0, 760.0 - 14 * n, f"{LINE} {place}: {word}.") for n, word in enumerate(words)]
        pages.append([(72.0, 815.0, "CÔNG BÁO/Số 12"), *body, (290.0, 60.0, f"- {page} -")])
    text = "\n".join(pdf(*pages))
    assert "CÔNG BÁO" not in text and "- 2 -" not in text
    assert text.count(LINE) == 24


def test_a_paragraph_goes_on_across_pages() -> None:
    first = [(72.0, 760.0 - 14 * n, LINE) for n in range(12)]
    second = [(72.0, 760.0, "và trong cả xã."), (72.0, 720.0, "Đoạn sau.")]
    assert pdf(first, second)[-2:] == [f"{' '.join([LINE] * 12)} và trong cả xã.", "Đoạn sau."]


def test_accents_apart_from_their_letters_are_joined() -> None:
    import unicodedata  # noqa: PLC0415

    lines = [(72.0, 700.0 - 14 * n, unicodedata.normalize("NFD", LINE)) for n in range(3)]
    assert LINE in pdf(lines)[0]


def test_letters_far_off_the_page_are_no_columns() -> None:
    row = [Glyph("a", 6.0 * n, 6.0 * n + 5, 700.0, 12.0, "F", bold=False) for n in range(400)]
    row[-1].right = 1e12
    assert _find_gutter(row) is None


def test_letters_without_a_place_are_nowhere() -> None:
    for place in (math.inf, math.nan):
        assert not _is_somewhere(Glyph("a", place, 5.0, 700.0, 12.0, "F", bold=False))
    assert _is_somewhere(Glyph("a", 1.0, 5.0, 700.0, 12.0, "F", bold=False))


def test_a_book_is_refused_rather_than_cut_short() -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(301):
        document.new_page(100, 100)
    file = io.BytesIO()
    document.save(file)
    article, problems = read_article_bytes(file.getvalue(), "a.pdf", vocabulary())
    assert article is None
    assert "301 trang" in problems[0].message


HOSTILE = ["<div>", "<p>a", "<li><a href=x>tin khác hôm nay</a>", "a<br>", "<table><tr><td>", "&amp;", "<a>"]


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_pages_end_soon(unit: str) -> None:
    def prepare(text: str) -> Callable[[], object]:
        data = f"<html><body>{text}".encode()
        return lambda: read_article_bytes(data, "a.html", vocabulary())

    assert_linear(unit, prepare)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([".docx", ".pdf", ".html"]), st.integers(0, 2**31), st.binary(min_size=1, max_size=30))
def test_broken_files_never_fail(suffix: str, place: int, bytes_: bytes) -> None:
    data = whole(suffix)
    at = place % len(data)
    article, problems = read_article_bytes(data[:at] + bytes_ + data[at + len(bytes_) :], f"a{suffix}", vocabulary())
    assert article is not None or problems


@cache
def whole(suffix: str) -> bytes:
    return {".docx": as_word, ".pdf": as_pdf, ".html": as_news_page}[suffix](FIXTURE)


# -- web pages printed into a PDF ------------------------------------------------------------------

PRINTED = cases("printed")


@pytest.mark.parametrize(("name", "case"), PRINTED, ids=[n for n, _ in PRINTED])
def test_title_of_a_printed_page(name: str, case: dict[str, Any]) -> None:
    heading, kept = from_title(case["paragraphs"], case["title"])
    assert (heading or "none") == case["heading"]
    assert kept[0 if heading is None else 1] == case["first"]


def test_address_of_a_printed_page() -> None:
    foot = "https://baonghean.vn/bai-7.html | {}/2"
    words = (LINE, "Ủy ban nhân dân xã cấp xi măng, dân góp công, làm xong trước mùa mưa")
    made = make_pdf([[(72, 700, line), (40, 20, foot.format(n))] for n, line in enumerate(words, 1)])
    article, _ = read_article_bytes(made, "bai.pdf", vocabulary())
    assert article is not None
    assert (article.url, article.outlet) == ("https://baonghean.vn/bai-7.html", "bao-nghe-an")
    assert "https" not in article.text
