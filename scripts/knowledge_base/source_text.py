"""Turn the bytes of a source file into text: UTF-8, NFC, LF line ends, no hidden control characters."""

from __future__ import annotations

import re
import unicodedata

from .errors import Problem

_LINE_LIKE = "\x0b\x0c\x85\u2028\u2029"
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
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
        message = f"tệp không phải UTF-8 (byte 0x{data[error.start]:02X})"
        return None, [Problem(path, line, message, "Mở tệp và lưu lại với bảng mã UTF-8")]
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")), []


def check_characters(text: str, path: str) -> list[Problem]:
    """Return a problem for each line that holds control characters or marks that turn the writing direction."""
    problems: dict[tuple[int, str], Problem] = {}
    line, last = 1, 0
    for match in _FORBIDDEN.finditer(text):
        line, last = line + text.count("\n", last, match.start()), match.start()
        name = f"U+{ord(match[0]):04X}"
        what = "ký tự đảo chiều chữ" if _BIDI.match(match[0]) else "ký tự điều khiển"
        problem = Problem(path, line, f"có {what} {name} không nhìn thấy được", "Xóa ký tự ấy khỏi dòng")
        problems.setdefault((line, name), problem)
    return list(problems.values())


def blank_characters(text: str, line_ends: bool = False) -> str:
    """Return ``text`` in its own length with spaces for forbidden characters.

    With ``line_ends``, those that some programs write between lines become line ends.
    """
    return _FORBIDDEN.sub(lambda match: "\n" if line_ends and match[0] in _LINE_LIKE else " ", text)
