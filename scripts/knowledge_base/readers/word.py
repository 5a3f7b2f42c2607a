"""Read the article of a Word file (.docx): paragraphs, lists, tables, text boxes and notes in their order.

What Word marks as deleted is not read, nor are its properties: their title is often that of an older file,
their author the typist.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from ..errors import Problem
from ..models import Article
from ..vocabulary import Vocabulary
from .breaks import join_broken
from .legacy import VNI_ADVICE
from .plain import read_taken
from .source_file import RawFile
from .word_fonts import Fonts, decode_pieces

Element: TypeAlias = Any
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = {
    *(
        f"{_W}{name}"
        for name in ("del", "moveFrom", "pPr", "rPr", "sectPr", "tblPr", "tcPr", "trPr", "instrText", "delText")
    ),
    f"{_MC}Fallback",
}
_MARKS = {f"{_W}tab": " ", f"{_W}cr": "\n", f"{_W}br": "\n", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": ""}
_NOTES = {f"{_W}footnoteReference": "footnotes", f"{_W}endnoteReference": "endnotes"}
_OWN_MARK = re.compile(r"[-–•+*]\s|[\w]{1,4}[.)]\s")
_LONG_CELL = 200
_MOST_UNPACKED = 200_000_000
_FAULTS = (
    OpcError,
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    AttributeError,  # a part that python-docx needs is not there
    KeyError,
    ValueError,
    OSError,
    EOFError,
    RuntimeError,  # also what zipfile raises for a password, or a packing that it does not know
)
_BROKEN = ("không mở được tệp Word này", "Mở tệp bằng Word, lưu lại thành tệp .docx mới rồi thử lại")


@dataclass(frozen=True, slots=True)
class _Note:
    """A reference to a note: which list it is in, and its number there."""

    part: str
    id: str


def read_word(file: RawFile, _: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Return the article of a Word file; None and a problem if it cannot be opened or is in VNI fonts."""
    try:
        if _unpacked_size(file.data) > _MOST_UNPACKED:
            return None, [Problem(file.path, 1, *_BROKEN)]
        reader = _Reader(docx.Document(io.BytesIO(file.data)))
        lines = list(reader.lines())
    except _FAULTS:
        return None, [Problem(file.path, 1, *_BROKEN)]
    if reader.fonts.saw_vni:
        return None, [Problem(file.path, 1, "chữ trong tệp dùng phông VNI, máy không tự chuyển", VNI_ADVICE)]
    return read_taken(file, "\n\n".join(lines))


def _unpacked_size(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return sum(info.file_size for info in packed.infolist())


class _Reader:
    """Walks through a document's XML, which python-docx has unpacked."""

    def __init__(self, package: Any) -> None:
        self._body = package.element.body
        self._parts = {
            rel.reltype.rsplit("/", 1)[-1]: rel.target_part for rel in package.part.rels.values() if not rel.is_external
        }
        self.fonts = Fonts(package.styles.element)
        self._notes: dict[_Note, int] = {}
        self._read: dict[str, dict[str, list[Element]]] = {}

    def lines(self) -> Iterator[str]:
        """Yield the paragraphs of the document, then its notes."""
        yield from self._blocks(self._body)
        told = 0
        while told < len(self._notes):  # a note may refer to others
            for note, number in list(self._notes.items())[told:]:
                yield f"[{number}] {' '.join(self._note_lines(note))}"
                told = number

    def _blocks(self, parent: Element) -> Iterator[str]:
        for child in parent:
            if child.tag == f"{_W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                yield from self._table(child)
            elif child.tag not in _SKIPPED:  # content controls, tracked insertions of whole paragraphs
                yield from self._blocks(child)

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        """Yield a paragraph's lines, marked if it is an item of a list, and after it the text boxes it holds."""
        boxes: list[Element] = []
        pieces = list(self._pieces(paragraph, paragraph, boxes))
        lines = join_broken(decode_pieces(pieces).split("\n"))
        if lines and self._is_item(paragraph) and not _OWN_MARK.match(lines[0]):
            lines[0] = f"- {lines[0]}"
        yield from lines
        for box in boxes:
            yield from self._blocks(box)

    def _pieces(self, parent: Element, paragraph: Element, boxes: list[Element]) -> Iterator[tuple[str, str]]:
        """Yield the text below ``parent`` with the name of its font."""
        for child in parent:
            if child.tag in _SKIPPED or not isinstance(child.tag, str):
                continue
            if child.tag == f"{_W}txbxContent":
                boxes.append(child)
            elif child.tag == f"{_W}r":
                font = self.fonts.of_run(child, paragraph)
                if not self.fonts.is_hidden(child):
                    yield from ((text, font) for text in self._run(child, paragraph, boxes))
            else:
                yield from self._pieces(child, paragraph, boxes)

    def _run(self, run: Element, paragraph: Element, boxes: list[Element]) -> Iterator[str]:
        for child in run:
            if child.tag == f"{_W}t":
                yield child.text or ""
            elif child.tag in _MARKS:
                yield _MARKS[child.tag]
            elif child.tag in _NOTES:
                note = _Note(_NOTES[child.tag], child.get(f"{_W}id") or "")
                yield f"[{self._notes.setdefault(note, len(self._notes) + 1)}]"
            elif child.tag not in _SKIPPED:
                yield from (text for text, _ in self._pieces(child, paragraph, boxes))

    def _is_item(self, paragraph: Element) -> bool:
        """Tell an automatically numbered paragraph that is no heading."""
        number = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        style = self.fonts.style_of(paragraph)
        if self.fonts.is_heading(style) or paragraph.find(f"{_W}pPr/{_W}outlineLvl") is not None:
            return False
        return number.get(f"{_W}val") != "0" if number is not None else self.fonts.is_numbered(style)

    def _table(self, table: Element) -> Iterator[str]:
        """Yield a table's rows, cells parted by " | "; cells that hold text of their own give their paragraphs."""
        for row in (row for row in table.iter(f"{_W}tr") if _table_of(row) is table):
            found = (list(self._blocks(cell)) for cell in row.iter(f"{_W}tc") if _table_of(cell) is table)
            cells = [cell for cell in found if cell]
            if any(len(cell) > 1 or len(cell[0]) > _LONG_CELL for cell in cells):
                yield from (line for cell in cells for line in cell)
            elif cells:
                yield " | ".join(cell[0].removeprefix("- ") for cell in cells)

    def _note_lines(self, note: _Note) -> Iterator[str]:
        for element in self._notes_by_id(note.part).get(note.id, ()):
            yield from self._blocks(element)

    def _notes_by_id(self, name: str) -> dict[str, list[Element]]:
        """Return the notes of a part, which is read once."""
        if name not in self._read:
            part = self._parts.get(name)
            root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False)) if part is not None else ()
            self._read[name] = {}
            for element in root:
                self._read[name].setdefault(element.get(f"{_W}id") or "", []).append(element)
        return self._read[name]


def _table_of(element: Element) -> Element:
    """Return the table that a row or cell belongs to."""
    return next(element.iterancestors(f"{_W}tbl"))
