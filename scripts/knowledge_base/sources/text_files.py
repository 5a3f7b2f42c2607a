"""The files of the sources as bytes and as text: UTF-8, NFC, LF line ends, no hidden control characters."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from ..core.errors import Problem, Severity
from ..core.text import nfc, slug

_VIETNAMESE = re.compile("[àáâãèéêìíòóôõùúýăđĩũơưạ-ỹÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠ-Ỹ“”‘’–…\u00a0]")
_SAMPLE = 400
"""Bytes in which zeros are counted: text of any kind has none, of UTF-16 with Latin letters every other one is."""
_LINE_LIKE = "\x0b\x0c\x85\u2028\u2029"
_UNSEEN = (
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2061-\u2065\u206a-\u206f\u2800\u3164\uffa0\ufff0-\ufffb"
    "\ufdd0-\ufdef\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000effff"
)
"""What Unicode calls ignorable, blanks of other scripts, tags, and what is no character. Not the soft hyphen, the zero
widths and the selectors of emoji, which come with pasted text: inside numbers ``checks/articles.py`` tells of them."""
_ENDS_OF_PLANES = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
_FORBIDDEN = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069{_UNSEEN}{_ENDS_OF_PLANES}]"
)
_CONFLICT = re.compile(r"(?:([<|>])\1{6}(?: .*)?|={7})\s*\Z")
"""The lines that git puts before, between and behind two changes that meet: ``<<<<<<<``, ``|||||||``, ``=======``, …"""
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def decode_source(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """Return the text of a file in NFC with LF line ends and no byte order mark.

    Gives None and a problem that names the line when the bytes are not UTF-8. Forbidden characters
    are told of by ``check_characters``.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].replace(b"\r\n", b"\n")
        line = before.count(b"\n") + before.count(b"\r") + 1
        likely = guess_encoding(data)
        message = f"tệp không phải UTF-8 (byte 0x{data[error.start]:02X}){f', có lẽ là {likely}' if likely else ''}"
        remedy = "Mở tệp bằng Notepad, chọn File > Save as (Lưu thành), ở ô Encoding (Mã hóa) chọn UTF-8 rồi lưu"
        return None, [Problem(path, line, message, remedy)]
    return nfc(text.replace("\r\n", "\n").replace("\r", "\n")), []


def check_characters(text: str, path: str) -> list[Problem]:
    """Return a problem for each line that holds control characters or marks that turn the writing direction."""
    problems: dict[tuple[int, str], Problem] = {}
    line, last = 1, 0
    for match in _FORBIDDEN.finditer(text):
        line, last = line + text.count("\n", last, match.start()), match.start()
        name = f"U+{ord(match[0]):04X}"
        what = "ký tự đảo chiều chữ" if _BIDI.match(match[0]) else "ký tự điều khiển"
        what = "ký tự ẩn" if match[0] > "\u00a0" and not _BIDI.match(match[0]) and match[0] not in _LINE_LIKE else what
        problem = Problem(path, line, f"có {what} {name} không nhìn thấy được", "Xóa ký tự ấy khỏi dòng")
        problems.setdefault((line, name), problem)
    return list(problems.values())


def blank_characters(text: str, line_ends: bool = False) -> str:
    """Return ``text`` in its own length with spaces for forbidden characters.

    With ``line_ends``, those that some programs write between lines become line ends.
    """
    return _FORBIDDEN.sub(lambda match: "\n" if line_ends and match[0] in _LINE_LIKE else " ", text)


def guess_encoding(data: bytes) -> str:
    """Return the name of the encoding that bytes which are not UTF-8 are probably in; '' if that cannot be told."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:_SAMPLE].count(0) > len(data[:_SAMPLE]) // 4:
        return "UTF-16"
    try:
        text = nfc(data.decode("cp1258"))
    except UnicodeDecodeError:
        return ""
    foreign = [bool(_VIETNAMESE.match(char)) for char in text if ord(char) > 127]
    # four fifths, by hand: a text may hold signs of other languages
    return "Windows-1258" if sum(foreign) * 10 > len(foreign) * 8 else ""


def check_conflicts(text: str, path: str) -> list[Problem]:
    """Return a problem for each place where git left the marks of two changes that meet."""
    problems, inside = [], False
    marked = "<<<<<<<" in text or ">>>>>>>" in text
    for number, line in enumerate(text.split("\n") if marked else (), 1):
        match = _CONFLICT.match(line)
        if match and (match[1] == "<" or not inside):
            message = "còn dấu xung đột của git (hai người sửa cùng chỗ, chưa chọn bên nào)"
            remedy = "Giữ một trong hai phần giữa <<<<<<< và >>>>>>>, xóa phần kia và ba dòng dấu"
            problems.append(Problem(path, number, message, remedy))
        inside = match[1] != ">" if match else inside
    return problems


MAX_BYTES = 20_000_000
"""By hand: hardly an article is larger, be it a .docx or .pdf with its pictures; much more may fill the memory."""

LONG_DIGEST, MAX_DIGEST = 64 * 1024, 1024 * 1024
"""Bytes of a digest that are asked about, and that are refused before it is read. By hand: several times the longest of
ours, and more than the text of a long law."""
MAX_LINE = 64 * 1024
"""Bytes of one line. By hand: as much as a whole digest may have without a question."""
MAX_PARAGRAPHS = 10_000
"""Paragraphs of a digest. By hand: no digest has a tenth of them."""
MAX_VOCABULARY = 5 * 1024 * 1024
"""Bytes of any other file of the sources. By hand: far more than the largest of ours."""

NATIONAL_FOLDER = "trung-uong"

REPORT_SUFFIX = ".can-xem.md"
"""The end of the name of the report that stands beside a draft: for its maintainer only, never read."""


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file: ``path`` as shown in problems, ``id`` of the article it holds, ``folder`` it stands in."""

    path: str
    id: str
    folder: str
    data: bytes


def shown_path(path: Path, root: Path) -> str:
    """Return ``path`` as problems name it: relative to ``root`` if it lies under it, NFC, with ``/``; what nobody sees,
    or would break the line, by its code."""
    absolute, base = Path(os.path.abspath(path)), Path(os.path.abspath(root))
    inside = absolute.is_relative_to(base)
    words = nfc((absolute.relative_to(base) if inside else path).as_posix())
    return "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in words)


def article_id(path: Path) -> str:
    """Return the article's id: its file name without suffix, made safe for addresses ('' if nothing is left)."""
    return slug(nfc(path.stem))


def find_unfit(path: Path, shown: str) -> Problem | None:
    """Tell of what must not be opened among the sources: a link, which may lead anywhere, a pipe, a device."""
    try:
        mode = path.lstat().st_mode
    except (OSError, ValueError):
        return None  # told by what opens it
    if stat.S_ISLNK(mode):
        return Problem(shown, 1, "là liên kết tượng trưng, không được dùng ở đây", "Thay bằng chính tệp ấy")
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        return Problem(shown, 1, "không phải tệp thường mà là ống dẫn hay thiết bị, máy không mở", "Xóa nó khỏi đây")
    return None


def read_small_file(path: Path, shown: str, most: int = MAX_VOCABULARY) -> tuple[bytes | None, list[Problem]]:
    """Return the bytes of a file of the sources; None and a problem for what must not be opened, has more than ``most``
    bytes, or cannot be read."""
    if unfit := find_unfit(path, shown):
        return None, [unfit]
    try:
        with path.open("rb") as file:  # asked for no more, should it grow meanwhile
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        return None, [_unopened(shown, error)]
    return (None, [too_large(shown, most)]) if len(data) > most else (data, [])


def read_raw_file(path: Path, root: Path, most: int = MAX_BYTES) -> tuple[RawFile | None, list[Problem]]:
    """Read the bytes of one file; None and a problem when that fails, or it has more than ``most``."""
    shown = shown_path(path, root)
    try:
        if not path.is_file():
            what = "là thư mục, không phải tệp" if path.is_dir() else "không có tệp này"
            if path.exists() and not path.is_dir():
                what = "không phải tệp thường mà là ống dẫn hay thiết bị, máy không mở"
            return None, [Problem(shown, 1, what, "Xem lại đường dẫn")]
        if path.stat().st_size > most:
            return None, [too_large(shown, most)]
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        return None, [_unopened(shown, error)]
    name = article_id(path)
    if not name:
        remedy = "Đặt tên tệp bằng chữ không dấu, chữ số và dấu gạch nối"
        return None, [Problem(shown, 1, "tên tệp không có chữ cái hay chữ số", remedy)]
    return RawFile(shown, name, nfc(path.parent.name), data), []


def _unopened(shown: str, error: Exception) -> Problem:
    reason = getattr(error, "strerror", None) or error
    return Problem(shown, 1, f"không mở được tệp ({reason})", "Xem lại đường dẫn và quyền đọc")


def too_large(path: str, most: int = MAX_BYTES) -> Problem:
    """Return the problem of a file that has more than ``most`` bytes: no single article can be so large, no list is."""
    if most == MAX_VOCABULARY:
        return Problem(
            path, 1, f"tệp lớn hơn {most // 1024 // 1024} MB", "Chia thành vài tệp, hoặc bỏ phần không thuộc"
        )
    size = "1 MB" if most == MAX_DIGEST else f"{most // 1_000_000} MB"
    return Problem(path, 1, f"tệp lớn hơn {size}", "Chỉ giữ phần chữ của một bài")


def check_limits(text: str, data: bytes, path: str) -> list[Problem]:
    """Return what is too long in a digest, before it is read: an error for a line, a warning for the whole."""
    long = (
        n for n, line in enumerate(text.split("\n"), 1) if len(line) * 4 > MAX_LINE and len(line.encode()) > MAX_LINE
    )
    if number := next(long, None):
        return [Problem(path, number, f"dòng dài hơn {MAX_LINE // 1024} KB", "Ngắt thành nhiều đoạn")]
    if len(data) > LONG_DIGEST:
        message = f"bài dài {len(data) // 1024} KB, một bản tóm lược hiếm khi quá {LONG_DIGEST // 1024} KB"
        return [
            Problem(path, 1, message, "Xem lại có dán nhầm cả trang không; chỉ giữ phần tóm lược", Severity.WARNING)
        ]
    return []
