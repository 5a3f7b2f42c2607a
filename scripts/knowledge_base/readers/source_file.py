"""An article's file as bytes, before anybody knows its form, and as text."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ..errors import Problem
from ..text import nfc, slug

MAX_BYTES = 20_000_000
NATIONAL_FOLDER = "trung-uong"


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file: ``path`` as shown in problems, ``id`` of the article it holds, ``folder`` it stands in."""

    path: str
    id: str
    folder: str
    data: bytes


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A decoded file; the rest as in ``RawFile``."""

    path: str
    id: str
    folder: str
    text: str


def shown_path(path: Path, root: Path) -> str:
    """Return ``path`` as problems name it: relative to ``root`` if it lies under it, NFC, with ``/``."""
    absolute, base = Path(os.path.abspath(path)), Path(os.path.abspath(root))
    inside = absolute.is_relative_to(base)
    return " ".join(nfc((absolute.relative_to(base) if inside else path).as_posix()).splitlines())


def article_id(path: Path) -> str:
    """Return the article's id: its file name without suffix, made safe for addresses ('' if nothing is left)."""
    return slug(nfc(path.stem))


def read_raw_file(path: Path, root: Path) -> tuple[RawFile | None, list[Problem]]:
    """Read the bytes of one file; None and a problem when that fails."""
    shown = shown_path(path, root)
    try:
        if not path.is_file():
            what = "là thư mục, không phải tệp" if path.is_dir() else "không có tệp này"
            return None, [Problem(shown, 1, what, "Xem lại đường dẫn")]
        if path.stat().st_size > MAX_BYTES:
            return None, [too_large(shown)]
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        return None, [Problem(shown, 1, f"không mở được tệp ({reason})", "Xem lại đường dẫn và quyền đọc")]
    name = article_id(path)
    if not name:
        remedy = "Đặt tên tệp bằng chữ không dấu, chữ số và dấu gạch nối"
        return None, [Problem(shown, 1, "tên tệp không có chữ cái hay chữ số", remedy)]
    return RawFile(shown, name, nfc(path.parent.name), data), []


def too_large(path: str) -> Problem:
    """Return the problem of a file that no single article can be."""
    return Problem(path, 1, f"tệp lớn hơn {MAX_BYTES // 1_000_000} MB", "Chỉ giữ phần chữ của một bài")
