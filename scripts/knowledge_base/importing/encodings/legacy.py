"""Recognise Vietnamese text in other encodings than Unicode by the words it holds; mend it where that is sure."""

from __future__ import annotations

import re
import unicodedata

from .syllables import ENOUGH, weigh
from .tcvn3 import is_coded, mend_tcvn3

_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_VNI_ROWS = {"\u0302": "âàåãáä", "\u0306": "êèúüéë"}
"""The letters with which VNI writes a circumflex and a breve, each with the tones in their order."""
_VNI_MARKS = dict(zip("øûõùï", _TONES[1:], strict=True)) | {
    shown: accent + tone for accent, row in _VNI_ROWS.items() for shown, tone in zip(row, _TONES, strict=True)
}
_VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_PAIR = re.compile(f"([aeouyôö])([{''.join(_VNI_MARKS)}])|([{''.join(_VNI_LETTERS)}])", re.IGNORECASE)
_VIQR_WORD = re.compile(
    r"""(?<![\w@/.])[A-Za-z]{0,4}                              # the beginning of a syllable, not of an address
    (?:[aeoAEO]\^|[aA]\(|[uoUO]\+|dd|DD|Dd)                   # â ê ô, ă, ư ơ, đ
    [A-Za-z^(+'`?~.]{0,8}                                     # its end with the tone
    """,
    re.VERBOSE,
)
VNI_ADVICE = (
    "Chuyển sang Unicode trước: bôi đen và chép toàn bộ chữ, mở UniKey, nhấn Ctrl+Shift+F6, chọn bảng mã nguồn"
    " VNI Windows, bảng mã đích Unicode, nhấn “Chuyển mã”, rồi dán vào tệp mới và lưu với bảng mã UTF-8"
)
VIQR_ADVICE = VNI_ADVICE.replace("VNI Windows", "VIQR")
_VIQR_SHARE, _MANY = 0.1, 20
_DOUBLE = re.compile(r"[ÃÄÅÆ][\x80-\xbf\u2013-\u203a\u0152-\u0192\u02c6\u02dc\u20ac\u2122]|á[º»]")
_MISREAD_SHARE = 0.5
_SAMPLE = 50_000


def mend_misread(text: str) -> tuple[str, str] | None:
    """Return ``text`` with its letters set right and a Vietnamese word on what was wrong; None if nothing is.

    Only what leads back without doubt is mended: text whose words are no Vietnamese as they stand, and are
    Vietnamese once read as TCVN3, UTF-8 or Windows-1258.
    """
    mended = mend_double(text)
    if mended != text and weigh(mended).share > weigh(text).share:
        return mended, "chữ UTF-8 đã bị lưu lại một lần nữa như chữ Latinh (kiểu “Äáº£ng”)"
    sample = _sample(text)
    if weigh(sample).share > _MISREAD_SHARE or weigh(sample).words < ENOUGH:
        return None
    ways = {mend_tcvn3: "bảng mã TCVN3 (phông .VnTime)", _mend_windows: "bảng mã Windows-1258"}
    return next(((way(text), f"chữ ở {name}") for way, name in ways.items() if weigh(way(sample)).is_vietnamese), None)


def _sample(text: str) -> str:
    """Return as much of a text, in whole lines, as is needed to tell its encoding."""
    end = text.find("\n", _SAMPLE)
    return text if end < 0 or end > 2 * _SAMPLE else text[:end]


def mend_double(text: str) -> str:
    """Return ``text`` with the lines decoded that are UTF-8 read as Windows-1252: "Äáº£ng" → "Đảng".

    A line is touched only if its letters are exactly the bytes of a longer UTF-8 text, which no other line is.
    """
    if not _DOUBLE.search(text):
        return text
    return "".join(_mend_double_line(line) for line in text.splitlines(keepends=True))


def is_double(text: str) -> bool:
    """Tell UTF-8 read as Windows-1252 that has lost characters since, so that it cannot be mended."""
    sample = _sample(text)
    return len(_DOUBLE.findall(sample)) >= ENOUGH and weigh(sample).share < _MISREAD_SHARE


def _mend_double_line(line: str) -> str:
    if line.isascii():
        return line
    try:
        return b"".join(map(_byte, line)).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return line


def _byte(char: str) -> bytes:
    """Return the byte that Windows-1252, else Latin-1, shows as ``char``."""
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")


def _mend_windows(text: str) -> str:
    """Return text whose Windows-1258 bytes were read as Windows-1252."""
    try:
        return unicodedata.normalize("NFC", b"".join(map(_byte, text)).decode("cp1258"))
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def is_vni(text: str) -> bool:
    """Tell text in the VNI fonts' encoding: "Uûy ban nhaân daân tænh"."""
    sample = _sample(text)
    if not is_coded(sample) or weigh(sample).share > _MISREAD_SHARE:
        return False
    return weigh(_VNI_PAIR.sub(_vni_letter, sample)).is_vietnamese


def _vni_letter(match: re.Match[str]) -> str:
    if match[3]:
        letter = _VNI_LETTERS[match[3].lower()]
    else:
        vowel = match[1].lower()
        letter = _VNI_LETTERS.get(vowel, vowel) + _VNI_MARKS[match[2].lower()]
    return unicodedata.normalize("NFC", letter)


def is_viqr(text: str) -> bool:
    """Tell text written without accents in the VIQR way: "U?y ban nha^n da^n"."""
    sample = _sample(text)
    words = len(sample.split())
    return words >= _MANY and len(_VIQR_WORD.findall(sample)) >= _VIQR_SHARE * words
