"""Read one article, whatever kind of file it stands in: by what the file begins with, else by its name.

A format is one reader and one row of ``FORMATS``: all that lists formats follows from the rows.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from ..core.errors import Problem
from ..core.models import Article
from ..sources.articles.digest import read_digest
from ..sources.diagnosis import quoted
from ..sources.text_files import MAX_BYTES, RawFile, article_id, read_raw_file, too_large
from ..sources.vocabulary import Vocabulary
from .plain import read_markdown, read_plain

Result = tuple[Article | None, list[Problem]]
Reader = Callable[[RawFile, Vocabulary], Result]
INSTALL = (
    "Chạy `python3 scripts/dev.py add TỆP`, lệnh này tự cài những gì cần; hoặc cài bằng tay:"
    " `.venv/bin/python -m pip install -r requirements-import.txt`"
)
_IN_WORD = "Mở tệp bằng Word (hoặc LibreOffice), chọn “Save as”, kiểu “Word Document (.docx)”, rồi dùng tệp .docx ấy"
_AS_TEXT = "Chép phần chữ của bài vào một tệp .txt (UTF-8)"
_RECOGNISE = (
    "Nhận dạng chữ trước: tải tệp lên Google Drive rồi mở bằng Google Tài liệu, hoặc dùng công cụ OCR tiếng Việt của"
    " Foxit hay Adobe Acrobat; lưu thành .docx, rồi đọc lại từng dấu thanh và từng con số bằng mắt"
)
NO_TEXT_LAYER = ("tệp PDF này là ảnh quét, không có lớp chữ để đọc", _RECOGNISE)


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: how it is recognised, and its reader; or ``refuse``: why it is not read, and what to do, if it
    has none or its reader lacks the program that it needs.

    ``suffixes`` in small letters, the first names the format. Contents count before suffixes: ``holds`` is a file
    that no other kind of zip file has, ``begins`` the first bytes (of ``_HEAD``, without a byte order mark)."""

    suffixes: tuple[str, ...]
    read: Reader | None = None
    holds: str | None = None
    begins: re.Pattern[bytes] | None = None
    refuse: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        """Raise ValueError for a row that would pass in silence and match, or say, nothing."""
        written: object = self.suffixes
        if not (isinstance(written, tuple) and all(re.fullmatch(r"\.[a-z0-9]+", s) for s in written)):
            raise ValueError(f"FORMATS, {self.suffixes!r}: đuôi tệp là một bộ, mỗi đuôi có dấu chấm và chữ thường")
        if self.read is None and not all(self.refuse):
            raise ValueError(f"FORMATS, {self.suffixes!r}: thiếu read, hoặc refuse nói vì sao không đọc và nên làm gì")
        if self.read is not None and not callable(self.read):
            raise ValueError(f"FORMATS, {self.suffixes!r}: read phải là một hàm đọc, ví dụ _imported(…)")
        if self.holds == "" or (self.begins is not None and self.begins.match(b"")):
            raise ValueError(f"FORMATS, {self.suffixes!r}: holds, begins để trống thì tệp nào cũng hợp; bỏ khóa ấy đi")


def _imported(module: str, function: str, what: str) -> Reader:
    """Return a reader whose module is imported when first needed: its packages may not be installed."""

    def read(file: RawFile, vocabulary: Vocabulary) -> Result:
        try:
            reader: Reader = getattr(import_module(f".{module}", __package__), function)
        except ModuleNotFoundError as error:
            if f"{error.name}.".startswith(f"{__package__}."):
                raise  # a row that names no module of ours
            return None, [Problem(file.path, 1, f"chưa cài gói {error.name} để đọc {what}", INSTALL)]
        return reader(file, vocabulary)

    return read


_HTML = re.compile(
    rb"""\s*
    (?:<\?xml[^>]{0,200}>\s*)?                  # XML declaration
    (?:<!--(?:(?!-->).){0,2000}-->\s*){0,5}     # comments, where browsers write the address
    <(?:!doctype\s+html|html|head|body)\b       # the page
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_MAIL = rb"""
    (?:From|Received|MIME-Version|Return-Path|Date|Subject|Content-Type):[ ][^\n]{1,300}\r?\n   # a first field
    [A-Za-z-]{2,40}:                                                                            # and a second
    """
_ARCHIVE = re.compile(rb"(?=.*multipart/related)" + _MAIL, re.IGNORECASE | re.DOTALL | re.VERBOSE)
_LETTER = re.compile(_MAIL, re.IGNORECASE | re.VERBOSE)
_PDF = re.compile(rb".{0,1019}%PDF-", re.DOTALL)  # its readers look for the mark in the first 1,024 bytes
_OLE = re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # what Word 97 packed its files in
_IMAGE = re.compile(rb"\xff\xd8\xff|\x89PNG|GIF8|II\*\x00|MM\x00\*")

DIGEST = Format((".md",), read_digest)
TEXT = Format((".txt",), read_plain)
MARKDOWN = Format((".md", ".markdown"), read_markdown)
WORD = Format((".docx",), _imported("word", "read_word", "tệp Word"), holds="word/document.xml")
PDF = Format((".pdf",), _imported("pdf", "read_pdf", "tệp PDF"), begins=_PDF)
PAGE = Format((".html", ".htm", ".xhtml"), _imported("web.page", "read_web_page", "trang web"), begins=_HTML)
ARCHIVE = Format(
    (".mht", ".mhtml"), _imported("web.page", "read_archive", "trang web lưu thành một tệp"), begins=_ARCHIVE
)
ZIP = Format(
    (".zip", ".rar", ".7z", ".gz"), refuse=("tệp nén không phải là bài", "Giải nén, rồi dùng từng tệp bên trong")
)
DAMAGED = Format((), refuse=("tệp hỏng, hoặc chưa tải xong", "Tải lại tệp; vẫn không mở được thì xin bản khác"))
"""What begins as a packed file and cannot be unpacked, whatever its name says."""
_REGISTER = (
    "bảng tính không phải là bài",
    "Danh sách văn bản thì thêm bằng `python3 scripts/dev.py add TỆP.xlsx`; bài thì chép phần chữ vào một tệp .txt",
)
_TO_XLSX = "Mở tệp bằng Excel hoặc LibreOffice, lưu thành .xlsx, rồi dùng tệp ấy"
OTHER_SHEET = Format((".xls", ".ods", ".csv"), refuse=("loại bảng tính này chưa đọc được", _TO_XLSX))
_SLIDES = ("trang trình chiếu không phải là bài", _AS_TEXT)
REGISTER = Format((".xlsx", ".xlsm"), holds="xl/workbook.xml", refuse=_REGISTER)
"""A spreadsheet is no article, but may be a register of documents, which ``drafts`` reads."""
_LOCKED_OR_OLD = ("tệp .doc (Word 97–2003), hoặc tệp Word có mật khẩu, chưa đọc được", _IN_WORD)
_OFFICE = _imported("office", "read_office", "tệp Word")
_IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".webp", ".heic")
FORMATS = (
    DIGEST, TEXT, MARKDOWN, WORD, PDF, PAGE, ARCHIVE,
    Format((".doc", ".dot", ".docm", ".dotx"), _OFFICE, begins=_OLE, refuse=_LOCKED_OR_OLD),
    Format((".rtf",), _OFFICE, begins=re.compile(rb"\{\\rtf"), refuse=("tệp .rtf chưa đọc được", _IN_WORD)),
    Format((".odt",), _OFFICE, holds="content.xml", refuse=("tệp .odt (LibreOffice) chưa đọc được", _IN_WORD)),
    Format((".wps",), refuse=("tệp .wps chưa đọc được", _IN_WORD)),
    Format((".eml", ".msg"), begins=_LETTER, refuse=("thư điện tử chưa đọc được", f"Mở thư, c{_AS_TEXT[1:]}")),
    Format(_IMAGES, begins=_IMAGE, refuse=("đây là ảnh, không có chữ để đọc", _RECOGNISE)),
    REGISTER, OTHER_SHEET,
    Format((".pptx", ".ppt"), holds="ppt/presentation.xml", refuse=_SLIDES),
    ZIP,
)  # fmt: skip
_BY_SUFFIX = {suffix: kind for kind in FORMATS for suffix in kind.suffixes}
_HEAD = 8192
"""Bytes looked at; the text of a page or a letter begins in its first lines."""
_LIKE_DIGEST = re.compile(
    rb"""\A(?:\xff\xfe|\xfe\xff)                                                            # UTF-16, told as such
    | \A[\s\xef\xbb\xbf]*-{2,}[ \t]*\r?\n                                                 # a line that opens it
    | ^[ \t]*(?:title|outlet|author|published|province|url|rights|evidence|document)[ \t]*:  # or a key of it
    """,
    re.MULTILINE | re.VERBOSE,
)
_FRONT_MATTER = re.compile(rb"---[ \t]*\r?\n")


def find_format(data: bytes, suffix: str) -> Format | None:
    """Return the format of a file: its contents tell, else its ``suffix``; None if neither does."""
    suffix = suffix.lower()
    if suffix == ".md":  # whatever a digest begins with, its faults are told as those of a digest
        return DIGEST if _LIKE_DIGEST.search(data[:_HEAD]) or not data.strip() else MARKDOWN
    if data.startswith(b"PK\x03\x04"):
        try:
            names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            return WORD if suffix in {"", *WORD.suffixes} else DAMAGED  # the reader of Word says that it is damaged
        found = next((kind for kind in FORMATS if kind.holds in names), ZIP)
        return _apart(found, suffix)
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    shown = next((kind for kind in FORMATS if kind.begins and kind.begins.match(head)), None)
    if shown or suffix:
        return _apart(shown, suffix) if shown else _BY_SUFFIX.get(suffix)
    return DIGEST if _FRONT_MATTER.match(head) else TEXT


def _apart(shown: Format, suffix: str) -> Format:
    """Return the format of a file that is packed as ``shown`` shows: sheets of old are packed as texts are."""
    return OTHER_SHEET if shown.read is _OFFICE and suffix in OTHER_SHEET.suffixes else shown


def read_article(path: Path, root: Path, vocabulary: Vocabulary) -> Result:
    """Read the article in ``path``, shown in problems relative to ``root``.

    Never raises for what a file holds: gives None and the problems when there is no article in it.
    Warnings may stand beside an article.
    """
    file, problems = read_raw_file(path, root)
    return (None, problems) if file is None else _read(file, path.suffix, vocabulary)


def read_article_bytes(data: bytes, name: str, vocabulary: Vocabulary) -> Result:
    """Read an article from ``data``, as it comes from standard input; ``name`` may be empty or "-"."""
    path = Path(name)
    shown = name if name not in {"", "-"} else "đầu vào chuẩn"
    if len(data) > MAX_BYTES:
        return None, [too_large(shown)]
    return _read(RawFile(shown, article_id(path) or "bai-viet", "", data), path.suffix, vocabulary)


def _read(file: RawFile, suffix: str, vocabulary: Vocabulary) -> Result:
    kind = find_format(file.data, suffix)
    if kind is None:
        *most, last = sorted({kind.suffixes[0] for kind in FORMATS if kind.read and not any(kind.refuse)})
        message = f"không đọc được loại tệp {quoted(suffix or file.path)}"
        return None, [Problem(file.path, 1, message, f"Chỉ đọc được tệp {', '.join(most)} và {last}")]
    article, problems = kind.read(file, vocabulary) if kind.read else (None, [])
    return article, problems if article or problems else [Problem(file.path, 1, *kind.refuse)]
