"""The hand-outs of a pack as Word files: one page, large print, and the sheet to check oneself by.

Paper, margins, typeface and page numbers follow Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, as luatvietnam.vn tells it
("Đã có Nghị định mới hướng dẫn cách trình bày văn bản hành chính"): A4, 20–25 mm above and below, 30–35 mm on the left,
15–20 mm on the right, Times New Roman in black, numbers of pages in the middle above the text, none on the first."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell

from ..exports.packing import pack
from ..statements import SourcedStatement
from .choice import OUR_QUESTIONS, Columns, Group
from .paper import STAR, is_unchecked, source_words
from .qr import qr_png

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

_TYPEFACE = "Times New Roman"
_WIDTH, _HEIGHT = Mm(210), Mm(297)
_TOP, _BOTTOM, _LEFT, _RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
_QR = Mm(20)
_HEAD = (Mm(140), Mm(25))
"""Widths of the title and of the code beside it."""
_COLUMNS = (Mm(10), Mm(85), Mm(16), Mm(16), Mm(38))
_MOMENT = datetime(1980, 1, 1, tzinfo=UTC)
"""Stands for every time in a file, as in workbooks."""
_NUMBER_POINTS = 13


@dataclass(frozen=True, slots=True)
class Sizes:
    """Points of the letters of a hand-out: its title, statements, sources, and the white below a statement."""

    title: int
    words: int
    source: int
    gap: int


ONE_PAGE = Sizes(title=15, words=14, source=11, gap=5)
LARGE = Sizes(title=22, words=20, source=16, gap=10)
"""Large print for weak eyes: chosen by hand, well above the 16 points that are usual for it."""


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What stands at the head of a sheet: its title, what kind of sheet it is, whose words it holds, and the full
    address of the page it is of ('' while nobody knows where the site is published)."""

    title: str
    kind: str
    whose_words: str
    address: str


def render_handout(
    head: SheetHead, statements: Sequence[tuple[SourcedStatement, str]], note: str, sizes: Sizes
) -> bytes:
    """Return a hand-out: each statement with its source and its address, a link, or how to find it without one;
    ``note`` tells what the stars mean and how they were chosen: above them, for below it may stand on a page of its
    own."""
    word = _new(head, sizes)
    _notes(word, [note] if note else [], sizes)
    for number, (statement, address) in enumerate(statements, 1):
        _statement(word, number, statement, address, sizes)
    return _bytes(word, head)


def render_checklist(head: SheetHead, questions: Sequence[str], groups: Sequence[Group], notes: Sequence[str]) -> bytes:
    """Return the sheet to check oneself by: ``notes``, the questions for discussion, then for each group a table to
    tick, with three heads of columns of its own."""
    word = _new(head, ONE_PAGE)
    _notes(word, notes, ONE_PAGE)
    if questions:
        _heading(word, OUR_QUESTIONS)
        for number, question in enumerate(questions, 1):
            paragraph = word.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(ONE_PAGE.gap)
            _write(paragraph, f"{number}. {question}", ONE_PAGE.words)
    for title, statements, columns in groups:
        _heading(word, title)
        _table(word, statements, columns)
    return _bytes(word, head)


def _notes(word: WordDocument, notes: Sequence[str], sizes: Sizes) -> None:
    for note in notes:
        paragraph = word.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(sizes.gap)
        _write(paragraph, note, sizes.source, italic=True)


def _new(head: SheetHead, sizes: Sizes) -> WordDocument:
    """Return a document of one section with its head."""
    word: WordDocument = docx.Document()
    for name in ("Normal", "Header"):
        _set_style(word, name, sizes.words)
    section = word.sections[0]
    section.page_width, section.page_height = _WIDTH, _HEIGHT
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = _TOP, _BOTTOM, _LEFT, _RIGHT
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(number)
    _head(word, head, sizes)
    return word


def _set_style(word: WordDocument, name: str, points: int) -> None:
    style: Any = word.styles[name]
    style.font.name, style.font.size = _TYPEFACE, Pt(points)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), _TYPEFACE)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.get_or_add_rPr().append(language)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.line_spacing = 1.0


def _head(word: WordDocument, head: SheetHead, sizes: Sizes) -> None:
    """Title, whose words these are, and the code that opens the page."""
    cells: tuple[_Cell | WordDocument, _Cell | None] = (word, None)
    if head.address:
        table = _new_table(word, _HEAD)
        cells = table.rows[0].cells[0], table.rows[0].cells[1]
    left, right = cells
    first = left.paragraphs[0] if isinstance(left, _Cell) else left.add_paragraph()
    _write(first, head.kind, sizes.source)
    _write(left.add_paragraph(), head.title.upper(), sizes.title, bold=True)
    _write(left.add_paragraph(), f"{head.whose_words}.", sizes.source, italic=True)
    if right is not None:
        picture = right.paragraphs[0]
        picture.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        picture.add_run().add_picture(io.BytesIO(qr_png(head.address)), width=_QR)
        shape: Any = picture._p.xpath(".//wp:docPr")[0]  # noqa: SLF001  # python-docx gives pictures no description
        shape.set("descr", f"Mã QR mở {head.address}")
    where = word.add_paragraph()
    where.paragraph_format.space_after = Pt(sizes.gap)
    _rule_below(where)
    if head.address:
        _link(where, head.address, min(sizes.source, 12))


def _statement(word: WordDocument, number: int, statement: SourcedStatement, address: str, sizes: Sizes) -> None:
    said = word.add_paragraph()
    said.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    said.paragraph_format.keep_with_next = said.paragraph_format.keep_together = True
    _write(said, f"{number}. ", sizes.words, bold=True)
    _said(said, statement, sizes.words)
    source = word.add_paragraph()
    source.paragraph_format.keep_together = True
    source.paragraph_format.space_after = Pt(sizes.gap)
    _source(source, statement, sizes.source)
    source.add_run().add_break()
    if "://" in address:
        _link(source, address, sizes.source - 1)
    else:
        _write(source, address, sizes.source - 1)


def _said(paragraph: Paragraph, statement: SourcedStatement, points: int) -> None:
    if statement.speaker:
        _write(paragraph, f"{statement.speaker}: ", points, bold=True)
    _write(paragraph, statement.words, points)


def _source(paragraph: Paragraph, statement: SourcedStatement, points: int) -> None:
    _write(paragraph, source_words(statement), points, italic=True)
    if is_unchecked(statement):
        _write(paragraph, f"\u00a0{STAR}", points)


def _table(word: WordDocument, statements: Sequence[SourcedStatement], columns: Columns) -> None:
    """A table to tick: number, statement with its source, three columns to fill in."""
    table = _new_table(word, _COLUMNS)
    table.style = "Table Grid"
    heads = ("TT", "Nội dung", *columns)
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(cell.paragraphs[0], text, ONE_PAGE.source, bold=True)
    _mark_row(table.rows[0], "w:tblHeader")
    for number, statement in enumerate(statements, 1):
        row: Any = table.add_row()  # type: ignore[no-untyped-call]  # python-docx gives it no type
        _write(row.cells[0].paragraphs[0], str(number), ONE_PAGE.words)
        _said(row.cells[1].paragraphs[0], statement, ONE_PAGE.words)
        _source(row.cells[1].add_paragraph(), statement, 10)
        _mark_row(row, "w:cantSplit")


def _new_table(word: WordDocument, widths: Sequence[Length]) -> Table:
    """Return a table of one row whose columns have these widths, however long their words are."""
    table: Table = word.add_table(1, len(widths))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    return table


def _heading(word: WordDocument, text: str) -> None:
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(8)
    paragraph.paragraph_format.space_after = Pt(4)
    _write(paragraph, text, ONE_PAGE.words, bold=True)


def _write(paragraph: Paragraph, text: str, points: int, *, bold: bool = False, italic: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(points), bold or None, italic or None


def _link(paragraph: Paragraph, address: str, points: int) -> None:
    """Add an address that opens; black, for it is to be printed."""
    target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), target)
    run = paragraph.add_run(address)
    run.font.size, run.font.underline = Pt(points), True
    link.append(run._r)  # noqa: SLF001  # python-docx makes no links
    paragraph._p.append(link)  # noqa: SLF001


def _page_number(paragraph: Paragraph) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(_NUMBER_POINTS)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        run._r.append(part)  # noqa: SLF001  # python-docx makes no fields


def _rule_below(paragraph: Paragraph) -> None:
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("w:val", "single"), ("w:sz", "6"), ("w:space", "3"), ("w:color", "auto")):
        line.set(qn(key), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001  # nor borders
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _mark_row(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001  # nor rows that do not break


def _bytes(word: WordDocument, head: SheetHead) -> bytes:
    """Return the file: what it says of itself is fixed, so that the same pack is the same bytes."""
    about = word.core_properties
    about.title, about.author, about.language = f"{head.kind}: {head.title}", "Kho văn bản chỉ đạo địa phương", "vi-VN"
    about.comments, about.last_modified_by, about.revision = head.whose_words, "", 1
    about.created = about.modified = _MOMENT
    drawn = io.BytesIO()
    word.save(drawn)
    with zipfile.ZipFile(drawn) as parts:
        return pack({name: parts.read(name) for name in parts.namelist()})
