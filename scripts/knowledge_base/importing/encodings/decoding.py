"""Turn the bytes of a text that people have into text, whatever encoding it came in; refuse what is doubtful."""

from __future__ import annotations

import codecs
import unicodedata
from contextlib import suppress

from ...core.errors import Problem, Severity
from ...sources.text_files import decode_source
from .legacy import VIQR_ADVICE, VNI_ADVICE, is_double, is_viqr, is_vni, mend_misread
from .syllables import weigh
from .tcvn3 import TABLE, decode_tcvn3

_MARKS = {
    "utf-8-sig": (codecs.BOM_UTF8,),
    "utf-32": (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE),  # before UTF-16, whose mark one of them begins with
    "utf-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE),
}
_SAMPLE = 40_000
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1a") - set(TABLE))
_UNKNOWN_ADVICE = (
    "Mở tệp bằng Notepad hay Word, xem chữ có dấu hiện đúng không, rồi chọn “Save as”, Encoding: UTF-8;"
    " nếu chữ hiện sai, hãy chép lại bài từ nguồn"
)


def decode_text(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """Return the text of ``data`` in NFC with LF line ends; None and a problem if its encoding is in doubt.

    Reads UTF-8, UTF-16, Windows-1258 and TCVN3, and text that was already read wrongly and saved as UTF-8;
    a warning tells of what was not plain Unicode.
    """
    known = _decode_marked(data)
    if known is not None:
        return mend_text(known, path)
    text, problems = decode_source(data, path)
    if text is not None:
        return (None, [_binary(path)]) if text.count("\0") > len(text) // 100 else mend_text(text, path)
    return _decode_bytes(data, path, problems)


def mend_text(text: str, path: str) -> tuple[str | None, list[Problem]]:
    """Return decoded ``text`` in normal form, with a warning if it had been read wrongly before it was saved.

    None and a problem for VNI and VIQR.
    """
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    mended = mend_misread(text)
    if mended is not None:
        fixed, what = mended
        return unicodedata.normalize("NFC", fixed), [_converted(path, what)]
    if is_vni(text):
        return None, [Problem(path, 1, "chữ ở bảng mã VNI (kiểu “Uûy ban”), máy không tự chuyển", VNI_ADVICE)]
    if is_viqr(text):
        return None, [Problem(path, 1, "chữ gõ kiểu VIQR (như “U?y ban nha^n da^n”)", VIQR_ADVICE)]
    if is_double(text):
        message = "chữ UTF-8 đã bị lưu sai (kiểu “Äáº£ng”) và mất ký tự, không chuyển lại được"
        return None, [Problem(path, 1, message, "Chép lại bài từ nguồn, hoặc tìm bản chưa hỏng")]
    return text, []


def marked_encoding(data: bytes) -> str | None:
    """Return the encoding that a byte order mark names; decoding by it takes the mark away."""
    return next((name for name, marks in _MARKS.items() if data.startswith(marks)), None)


def _decode_marked(data: bytes) -> str | None:
    """Return text that shows its encoding: by a byte order mark, or by the zero bytes of UTF-16."""
    name = marked_encoding(data) or _unmarked_utf16(data)
    if name is None or name == "utf-8-sig":
        return None
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _unmarked_utf16(data: bytes) -> str | None:
    """Tell UTF-16 without a mark: nearly half of its bytes are zero, all on one side of the pairs."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(data) % 2 or max(even, odd) < max(2, len(sample) // 8) or min(even, odd) > len(sample) // 100:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _decode_bytes(data: bytes, path: str, problems: list[Problem]) -> tuple[str | None, list[Problem]]:
    """Decode bytes that are no UTF-8 in the one way that gives Vietnamese words."""
    if len(data.translate(None, _CONTROLS)) < 0.98 * len(data):
        return None, [_binary(path)]
    if weigh(data.decode("utf-8", "ignore")).share > 0.8 and _broken_share(data) < 0.01:
        return None, problems
    latin = data.decode("cp1252", "replace")
    if is_vni(latin):
        return mend_text(latin, path)
    readings = {"TCVN3 (phông .VnTime)": decode_tcvn3(data)}
    with suppress(UnicodeDecodeError):
        readings["Windows-1258"] = unicodedata.normalize("NFC", data.decode("cp1258"))
    counts = {name: weigh(text) for name, text in readings.items()}
    best, *others = sorted(counts, key=lambda name: counts[name].share, reverse=True)
    if not counts[best].is_vietnamese or any(counts[name].is_vietnamese for name in others):
        message = "không nhận ra bảng mã của tệp (không phải UTF-8, UTF-16, Windows-1258 hay TCVN3)"
        return None, [Problem(path, problems[0].line if problems else 1, message, _UNKNOWN_ADVICE)]
    text = readings[best].replace("\r\n", "\n").replace("\r", "\n")
    return text, [_converted(path, f"tệp ở bảng mã {best}")]


def _broken_share(data: bytes) -> float:
    """Return the share of the bytes that no UTF-8 text can have."""
    return (len(data) - len(data.decode("utf-8", "ignore").encode("utf-8"))) / max(1, len(data))


def _binary(path: str) -> Problem:
    return Problem(path, 1, "tệp không chứa chữ mà chứa dữ liệu nhị phân", "Chép phần chữ của bài vào một tệp .txt")


def _converted(path: str, what: str) -> Problem:
    remedy = "Đọc lại bài một lượt bằng mắt, nhất là tên riêng và chữ hoa"
    return Problem(path, 1, f"{what}, đã chuyển sang Unicode", remedy, Severity.WARNING)
