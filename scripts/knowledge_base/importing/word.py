"""Read the article of a Word file (.docx): paragraphs, lists, tables, text boxes and notes in their order.

What Word marks as deleted is not read, nor are its properties: their title is often that of an older file,
their author the typist.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, TypeAlias

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from ..core.errors import Problem
from ..core.models import Article
from ..sources.secrecy import refuse_secret
from ..sources.text_files import MAX_PARAGRAPHS, RawFile
from ..sources.vocabulary import Vocabulary
from .encodings import VNI_ADVICE, is_coded, mend_tcvn3
from .plain import join_broken, read_taken
from .raised import BEFORE, read_mark

Element: TypeAlias = Any
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OLD_FONTS = (".vn", "vntime")
_MOST_STYLES = 20
"""Steps from a style to those it is based on; Word allows fewer, a damaged file may go round in a circle."""


class Fonts:
    """Finds the font of a run: its own, its style's, its paragraph's style's, or the document's."""

    def __init__(self, styles: Element) -> None:
        self._styles = {style.get(f"{_W}styleId"): style for style in styles.iter(f"{_W}style")}
        usual = styles.find(f"{_W}style[@{_W}default='1'][@{_W}type='paragraph']")
        self._default = usual.get(f"{_W}styleId") if usual is not None else None
        self._base = _font(styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))
        self.saw_vni = False

    def of_run(self, run: Element, paragraph: Element) -> str:
        """Return the name of a run's font; '' if nothing names one."""
        own, style = run.find(f"{_W}rPr"), _value(run, "rPr/rStyle")
        font = _font(own) or self._of_style(style) or self._of_style(self.style_of(paragraph)) or self._base
        text = "".join(part.text or "" for part in run.iter(f"{_W}t"))
        if font.upper().startswith("VNI") and not text.isascii() and is_coded(text):
            self.saw_vni = True
        return font

    def is_hidden(self, run: Element) -> bool:
        """Tell a run that Word does not show."""
        return run.find(f"{_W}rPr/{_W}vanish") is not None and _value(run, "rPr/vanish") not in {"0", "false"}

    def height_of(self, run: Element) -> str:
        """Return "superscript", "subscript", or ''."""
        own, chain = run.find(f"{_W}rPr"), self._chain(_value(run, "rPr/rStyle"))
        known = (_value(part, "vertAlign") for part in (own, *(s.find(f"{_W}rPr") for s in chain)) if part is not None)
        height = next(filter(None, known), "")
        return "" if height == "baseline" else height

    def style_of(self, paragraph: Element) -> str | None:
        """Return the id of a paragraph's style."""
        named = paragraph.find(f"{_W}pPr/{_W}pStyle") is not None
        return _value(paragraph, "pPr/pStyle") if named else self._default

    def is_heading(self, style: str | None) -> bool:
        """Tell the style of a heading or title."""
        return any(
            s.find(f"{_W}pPr/{_W}outlineLvl") is not None
            or (s.get(f"{_W}styleId") or "").startswith(("Heading", "Title"))
            for s in self._chain(style)
        )

    def is_numbered(self, style: str | None) -> bool:
        """Tell a style whose paragraphs are numbered or bulleted."""
        return any(s.find(f"{_W}pPr/{_W}numPr") is not None for s in self._chain(style))

    def _of_style(self, style: str | None) -> str:
        return next((font for s in self._chain(style) if (font := _font(s.find(f"{_W}rPr")))), "")

    def _chain(self, style: str | None) -> Iterable[Element]:
        """Yield a style and those it is based on."""
        for _ in range(_MOST_STYLES):
            element = self._styles.get(style)
            if element is None:
                return
            yield element
            style = _value(element, "basedOn")


def _value(element: Element, path: str) -> str | None:
    """Return the value of what stands at a path of names below an element; None if there is nothing."""
    found = element.find("/".join(f"{_W}{name}" for name in path.split("/")))
    return found.get(f"{_W}val") if found is not None else None


def _font(properties: Element | None) -> str:
    fonts = properties.find(f"{_W}rFonts") if properties is not None else None
    return "" if fonts is None else fonts.get(f"{_W}ascii") or fonts.get(f"{_W}hAnsi") or ""


def decode_pieces(pieces: Iterable[tuple[str, str]]) -> str:
    """Return the text of pieces given with their fonts: that in .VnTime and its like is read as TCVN3, and
    as capitals in the fonts that have nothing else (.VnTimeH)."""
    decoded = []
    for (old, capitals), group in groupby(pieces, lambda p: (p[1].lower().startswith(_OLD_FONTS), p[1].endswith("H"))):
        text = "".join(text for text, _ in group)
        plain = "".join(chr(ord(char) - 0xF000) if 0xF020 <= ord(char) <= 0xF0FF else char for char in text)
        if old and is_coded(plain):
            text = mend_tcvn3(plain).upper() if capitals else mend_tcvn3(plain)
        decoded.append(text)
    return "".join(decoded)


_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_UNREAD = "del moveFrom pPr rPr sectPr tblPr tcPr trPr instrText delText".split()
_SKIPPED = {f"{_MC}Fallback", *(f"{_W}{name}" for name in _UNREAD)}
_WATERMARK = "{urn:schemas-microsoft-com:vml}textpath"
_MARKS = {f"{_W}tab": " ", f"{_W}cr": "\n", f"{_W}br": "\n", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": ""}
_NOTES = {f"{_W}footnoteReference": "footnotes", f"{_W}endnoteReference": "endnotes"}
_OWN_MARK = re.compile(r"[-–•+*]\s|[\w]{1,4}[.)]\s")
_LONG_CELL = 200
"""Characters in a cell: with more it is text and not data, as on web pages. Chosen by hand."""
_MOST_UNPACKED = 200_000_000
"""Bytes: guards against files packed to exhaust memory; a report with its pictures unpacks to far less."""
_MOST_TEXT = 40_000_000
"""Bytes of XML: text of 1 MB with a format for each word unpacks to half of it. By hand."""
_MOST_PARTS = 5_000
"""Files inside: a document has about fifteen, and one for each picture. By hand."""
_FAULTS = (
    OpcError, zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, ValueError, OSError, EOFError,
    AttributeError,  # a part that python-docx needs is not there
    RuntimeError,  # also what zipfile raises for a password, or a packing that it does not know
)  # fmt: skip
_TOO_MUCH = ("tệp Word này mở ra quá lớn, không phải một bài", "Chép phần chữ của bài vào một tệp mới")
_BROKEN = ("không mở được tệp Word này", "Mở tệp bằng Word, lưu lại thành tệp .docx mới rồi thử lại")


_Pieces: TypeAlias = Iterator[tuple[str, str, str]]
"""Text with its font, and whether it is raised or lowered ("superscript", "subscript", "")."""


def read_word(file: RawFile, _: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Return the article of a Word file; None and a problem if it cannot be opened or is in VNI fonts."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as packed:
            inside = packed.infolist()
        text = [info.file_size for info in inside if info.filename.endswith((".xml", ".rels"))]
        if (
            sum(info.file_size for info in inside) > _MOST_UNPACKED
            or sum(text) > _MOST_TEXT
            or len(inside) > _MOST_PARTS
        ):
            return None, [Problem(file.path, 1, *_TOO_MUCH)]
        reader = _Reader(docx.Document(io.BytesIO(file.data)))
        if reader.paragraphs > MAX_PARAGRAPHS:
            return None, [Problem(file.path, 1, *_TOO_MUCH)]
        lines, beside = list(reader.lines()), list(reader.lines_beside())
    except _FAULTS:
        return None, [Problem(file.path, 1, *_BROKEN)]
    if secret := refuse_secret(file.path, [*beside, *lines]):
        return None, [secret]
    if reader.fonts.saw_vni:
        return None, [Problem(file.path, 1, "chữ trong tệp dùng phông VNI, máy không tự chuyển", VNI_ADVICE)]
    return read_taken(file, "\n\n".join(lines))


class _Reader:
    """Walks through a document's XML, which python-docx has unpacked."""

    def __init__(self, package: Any) -> None:
        self._body = package.element.body
        self.paragraphs = sum(1 for _ in self._body.iter(f"{_W}p"))
        own = [(rel.reltype.rsplit("/", 1)[-1], rel.target_part) for rel in package.part.rels.values()
               if not rel.is_external]  # fmt: skip
        self._parts = dict(own)
        self._frames = [part.blob for kind, part in own if kind in {"header", "footer"}]
        self.fonts = Fonts(package.styles.element)
        # references to notes, by the part of the file in which they are and their id there, with their numbers
        self._notes: dict[tuple[str, str], int] = {}
        self._read: dict[str, dict[str, list[Element]]] = {}

    def lines(self) -> Iterator[str]:
        """Yield the paragraphs of the document, then its notes."""
        yield from self._blocks(self._body)
        told = 0
        while told < len(self._notes):  # a note may refer to others
            for note, number in list(self._notes.items())[told:]:
                lines = (line for element in self._note(*note) for line in self._blocks(element))
                yield f"[{number}] {' '.join(lines)}"
                told = number

    def lines_beside(self) -> Iterator[str]:
        """Yield what stands at the head and foot of every page, and across it: no text of the article, but a stamp."""
        roots = [etree.fromstring(blob, etree.XMLParser(resolve_entities=False)) for blob in self._frames]
        for root in (*roots, self._body):
            yield from () if root is self._body else self._blocks(root)
            yield from (element.get("string") or "" for element in root.iter(_WATERMARK))

    def _blocks(self, parent: Element) -> Iterator[str]:
        """Yield the lines below an element: a paragraph's, marked if it is an item of a list, then those of the text
        boxes it holds; a table's rows."""
        for child in parent:
            if child.tag == f"{_W}p":
                boxes: list[Element] = []
                lines = join_broken(_decode_line(self._pieces(child, child, boxes)).split("\n"))
                if lines and self._is_item(child) and not _OWN_MARK.match(lines[0]):
                    lines[0] = f"- {lines[0]}"
                yield from lines
                for box in boxes:
                    yield from self._blocks(box)
            elif child.tag == f"{_W}tbl":
                yield from self._table(child)
            elif child.tag not in _SKIPPED:  # content controls, tracked insertions of whole paragraphs
                yield from self._blocks(child)

    def _pieces(
        self, parent: Element, paragraph: Element, boxes: list[Element], font: str | None = None, height: str = ""
    ) -> _Pieces:
        """Yield the text below ``parent`` with its ``font`` and ``height``, which the outermost run tells."""
        for child in parent:
            if child.tag in _SKIPPED or not isinstance(child.tag, str):
                continue
            if child.tag == f"{_W}txbxContent":
                boxes.append(child)
            elif child.tag == f"{_W}r":
                own = self.fonts.of_run(child, paragraph)
                if not self.fonts.is_hidden(child):
                    outer = own if font is None else font
                    yield from self._pieces(child, paragraph, boxes, outer, self.fonts.height_of(child))
            elif font is not None and child.tag in _MARKS:
                yield _MARKS[child.tag], font, ""
            elif font is not None and child.tag == f"{_W}t":
                yield child.text or "", font, height
            elif font is not None and child.tag in _NOTES:
                note = (_NOTES[child.tag], child.get(f"{_W}id") or "")
                yield f"[{self._notes.setdefault(note, len(self._notes) + 1)}]", font, ""
            else:
                yield from self._pieces(child, paragraph, boxes, font, height)

    def _is_item(self, paragraph: Element) -> bool:
        """Tell an automatically numbered paragraph that is no heading."""
        number = _value(paragraph, "pPr/numPr/numId")
        style = self.fonts.style_of(paragraph)
        if self.fonts.is_heading(style) or paragraph.find(f"{_W}pPr/{_W}outlineLvl") is not None:
            return False
        return number != "0" if number is not None else self.fonts.is_numbered(style)

    def _table(self, table: Element) -> Iterator[str]:
        """Yield a table's rows, cells parted by " | "; cells that hold text of their own give their paragraphs."""
        for row in (row for row in table.iter(f"{_W}tr") if _table_of(row) is table):
            found = (list(self._blocks(cell)) for cell in row.iter(f"{_W}tc") if _table_of(cell) is table)
            cells = [cell for cell in found if cell]
            if any(len(cell) > 1 or len(cell[0]) > _LONG_CELL for cell in cells):
                yield from (line for cell in cells for line in cell)
            elif cells:
                yield " | ".join(cell[0].removeprefix("- ") for cell in cells)

    def _note(self, name: str, identity: str) -> list[Element]:
        """Return the elements of a note in a part, which is read once."""
        if name not in self._read:
            part, notes = self._parts.get(name), defaultdict[str, list[Element]](list)
            root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False)) if part is not None else ()
            for element in root:
                notes[element.get(f"{_W}id") or ""].append(element)
            self._read[name] = notes
        return self._read[name].get(identity, [])


def _decode_line(pieces: _Pieces) -> str:
    """Return the text of a paragraph's pieces, with the marks of notes typed by hand told from its numbers."""
    line = ""
    for height, group in groupby(pieces, key=lambda piece: piece[2]):
        text = decode_pieces([(text, font) for text, font, _ in group])
        line += read_mark(line[-BEFORE:], text, lowered=height == "subscript") if height and text.strip() else text
    return line


def _table_of(element: Element) -> Element:
    """Return the table that a row or cell belongs to."""
    return next(element.iterancestors(f"{_W}tbl"))
