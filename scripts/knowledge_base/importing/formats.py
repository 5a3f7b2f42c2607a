"""Read one article, whatever kind of file it stands in: by what the file begins with, else by its name."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from ..core.errors import Problem
from ..core.models import Article
from ..sources.articles.digest import read_digest
from ..sources.diagnosis import quoted
from ..sources.text_files import MAX_BYTES, RawFile, article_id, read_raw_file, too_large
from ..sources.vocabulary import Vocabulary
from .plain import read_plain

HTML, ARCHIVE, WORD, PDF, TEXT, DIGEST = ".html", ".mht", ".docx", ".pdf", ".txt", ".md"
_READ = {
    ".htm": HTML,
    ".xhtml": HTML,
    ".html": HTML,
    ".mht": ARCHIVE,
    ".mhtml": ARCHIVE,
    ".docx": WORD,
    ".pdf": PDF,
    ".txt": TEXT,
    ".md": DIGEST,
}
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*){0,5}<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL_START = re.compile(
    rb"(?:From|Received|MIME-Version|Return-Path|Date|Subject|Content-Type): [^\n]{1,300}\r?\n[A-Za-z-]{2,40}:",
    re.IGNORECASE,
)
_STARTS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
    (b"{\\rtf", ".rtf"),
    *((start, ".jpg") for start in (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*")),
)
_IN_WORD = "Mở tệp bằng Word (hoặc LibreOffice), chọn “Save as”, kiểu “Word Document (.docx)”, rồi dùng tệp .docx ấy"
_RECOGNISE = (
    "Nhận dạng chữ trước: tải tệp lên Google Drive rồi mở bằng Google Tài liệu, hoặc dùng công cụ OCR tiếng Việt của"
    " Foxit hay Adobe Acrobat; lưu thành .docx, rồi đọc lại từng dấu thanh và từng con số bằng mắt"
)
_OTHER = {
    ".doc": ("tệp .doc (Word 97–2003), hoặc tệp Word có mật khẩu, chưa đọc được", _IN_WORD),
    ".rtf": ("tệp .rtf chưa đọc được", _IN_WORD),
    ".odt": ("tệp .odt (LibreOffice) chưa đọc được", _IN_WORD),
    ".wps": ("tệp .wps chưa đọc được", _IN_WORD),
    ".eml": ("thư điện tử chưa đọc được", "Mở thư, chép phần chữ của bài vào một tệp .txt (UTF-8)"),
    ".jpg": ("đây là ảnh, không có chữ để đọc", _RECOGNISE),
    ".xls": ("bảng tính không phải là bài", "Chép phần chữ của bài vào một tệp .txt (UTF-8)"),
    ".zip": ("tệp nén không phải là bài", "Giải nén, rồi dùng từng tệp bên trong"),
}
_ALIASES = {
    **dict.fromkeys((".msg",), ".eml"),
    **dict.fromkeys((".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".webp", ".heic"), ".jpg"),
    **dict.fromkeys((".xlsx", ".ods", ".csv", ".pptx", ".ppt"), ".xls"),
    **dict.fromkeys((".rar", ".7z", ".gz"), ".zip"),
    **dict.fromkeys((".dot", ".docm", ".dotx"), ".doc"),
}  # fmt: skip


def kind_of(data: bytes, suffix: str) -> str:
    """Return the kind of a file: its contents tell, else its ``suffix``; '' if neither does."""
    suffix = suffix.lower()
    if suffix == DIGEST:
        return DIGEST
    told = _by_contents(data)
    if told:
        return told
    known = _READ.get(suffix) or _ALIASES.get(suffix) or (suffix if suffix in _OTHER else "")
    return known or ("" if suffix else _unnamed(data))


def _by_contents(data: bytes) -> str:
    """Return the kind that the first bytes show; '' if they show none."""
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    if b"%PDF-" in data[:1024]:
        return PDF
    told = next((kind for start, kind in _STARTS if data.startswith(start)), "")
    return told or _text_kind(data[:8192].removeprefix(b"\xef\xbb\xbf"))


def _text_kind(head: bytes) -> str:
    """Return the kind of text that begins like a web page or a letter; '' for any other."""
    if _HTML_START.match(head):
        return HTML
    if _MAIL_START.match(head):
        return ARCHIVE if b"multipart/related" in head.lower() else ".eml"
    return ""


def _zip_kind(data: bytes) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return WORD
    if "word/document.xml" in names:
        return WORD
    if "xl/workbook.xml" in names or "ppt/presentation.xml" in names:
        return ".xls"
    return ".odt" if "content.xml" in names else ".zip"


def _unnamed(data: bytes) -> str:
    """Return the kind of text without a name: a digest begins with its front matter."""
    return DIGEST if re.match(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n", data) else TEXT


def not_read(kind: str, suffix: str, path: str) -> Problem:
    """Return the problem of a kind that no reader knows, with what to do."""
    if kind in _OTHER:
        message, remedy = _OTHER[kind]
        return Problem(path, 1, message, remedy)
    kinds = "Chỉ đọc được tệp .docx, .html, .md, .mht, .pdf và .txt"
    return Problem(path, 1, f"không đọc được loại tệp {quoted(suffix or path)}", kinds)


def no_text_layer(path: str) -> Problem:
    """Return the problem of a scanned document."""
    return Problem(path, 1, "tệp PDF này là ảnh quét, không có lớp chữ để đọc", _RECOGNISE)


Result = tuple[Article | None, list[Problem]]
Reader = Callable[[RawFile, Vocabulary], Result]
_NAMELESS = "bai-viet"
_STDIN = "đầu vào chuẩn"
INSTALL = (
    "Chạy `python3 scripts/dev.py add TỆP`, lệnh này tự cài những gì cần; hoặc cài bằng tay:"
    " `.venv/bin/python -m pip install -r requirements-import.txt`"
)


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
    shown = name if name not in {"", "-"} else _STDIN
    if len(data) > MAX_BYTES:
        return None, [too_large(shown)]
    return _read(RawFile(shown, article_id(path) or _NAMELESS, "", data), path.suffix, vocabulary)


def _read(file: RawFile, suffix: str, vocabulary: Vocabulary) -> Result:
    kind = kind_of(file.data, suffix)
    reader = READERS.get(kind)
    return (None, [not_read(kind, suffix, file.path)]) if reader is None else reader(file, vocabulary)


def _imported(module: str, function: str, what: str) -> Reader:
    """Return a reader whose module is imported when first needed: its packages may not be installed."""

    def read(file: RawFile, vocabulary: Vocabulary) -> Result:
        try:
            reader: Reader = getattr(import_module(f".{module}", __package__), function)
        except ModuleNotFoundError as error:
            message = f"chưa cài gói {error.name} để đọc {what}"
            return None, [Problem(file.path, 1, message, INSTALL)]
        return reader(file, vocabulary)

    return read


READERS: dict[str, Reader] = {
    DIGEST: read_digest,
    TEXT: read_plain,
    HTML: _imported("web", "read_web_page", "trang web"),
    ARCHIVE: _imported("web", "read_archive", "trang web lưu thành một tệp"),
    WORD: _imported("word", "read_word", "tệp Word"),
    PDF: _imported("pdf", "read_pdf", "tệp PDF"),
}
