"""Read the pages of a scanned PDF with Tesseract, where it is installed with its Vietnamese data.

What it reads is a guess: the article is marked, and every number, date and name must be confirmed.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pypdfium2

from ..core.errors import Problem, Severity
from ..core.text import strip_marks
from ..sources.secrecy import refuse_secret
from .plain import join_broken
from .programs import find_program, run_program

_LANGUAGE = "vie"
_DOTS = 300
"""Dots an inch, which Tesseract's makers advise; a page of A4 is then 25 MB of greys."""
_MOST_DOTS = 80_000_000
"""Dots of a page, each a byte of memory twice over: A1 at 300 an inch has 70 million. A larger one is drawn coarser: a
page may say that it is of any size. By hand."""
_SECONDS = 120
_MOST_PAGES = 40
"""Some ten seconds each: longer texts keep the machine busy for too long. Chosen by hand."""
_MARKS = {"mat": "MẬT", "toi mat": "TỐI MẬT", "tuyet mat": "TUYỆT MẬT"}
"""Stamps as they are read when their accents are lost."""
_READ = (
    "chữ được máy nhận dạng từ ảnh quét (Tesseract): dấu thanh, con số, tên riêng có thể sai",
    "Đọc lại từng dòng bên cạnh bản quét; xác nhận mọi con số, ngày tháng và tên riêng trước khi dùng",
)


def recogniser() -> str | None:
    """Return the path of Tesseract if it can read Vietnamese."""
    program = find_program("tesseract")
    listed = run_program([program, "--list-langs"], _SECONDS) if program else None
    return program if listed and _LANGUAGE in listed.decode("utf-8", "replace").split() else None


def read_pages(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """Return the text of a PDF's pages; None, without a problem, if no program can read them."""
    program = recogniser()
    document = pypdfium2.PdfDocument(data)
    if program is None or len(document) > _MOST_PAGES:
        return None, []
    read = [_read_page(document[number], program) for number in range(len(document))]
    document.close()
    pages = [page for page in read if page]
    if not pages:
        return None, []
    lines = [line for page in pages for line in page.split("\n")]
    if secret := refuse_secret(path, [*lines, *_stamps(lines)]):
        return None, [secret]
    problems = [Problem(path, 1, *_READ, Severity.WARNING)]
    for number, page in enumerate(read, 1):
        if not page:
            message, remedy = f"không nhận dạng được chữ ở trang {number}", "Xem trang ấy; có nội dung thì gõ thêm vào"
            problems.append(Problem(path, 1, message, remedy, Severity.WARNING))
    blocks = (block for page in pages for block in page.split("\n\n"))
    return "\n\n".join("\n".join(join_broken(block.split("\n"))) for block in blocks if block.strip()), problems


def scale_of(width: float, height: float) -> float:
    """Return the scale at which a page of so many points is drawn."""
    return min(_DOTS / 72, math.sqrt(_MOST_DOTS / max(1.0, width * height)))


def _read_page(page: Any, program: str) -> str:
    """Return the text of one page; '' if there is none."""
    bitmap = page.render(scale=scale_of(*page.get_size()), grayscale=True)
    rows = bytes(bitmap.buffer)
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    pixels = b"".join(rows[row * stride : row * stride + width] for row in range(height))
    with tempfile.TemporaryDirectory(prefix="kho-") as name:
        picture = Path(name) / "trang.pgm"
        picture.write_bytes(b"P5 %d %d 255\n" % (width, height) + pixels)
        read = run_program([program, str(picture), "stdout", "-l", _LANGUAGE, "--psm", "3"], _SECONDS)
    return read.decode("utf-8", "replace").replace("\f", "").replace("\r", "").strip() if read else ""


def _stamps(lines: Iterable[str]) -> list[str]:
    """Return the marks of secrecy that lines in capitals stand for once their accents are doubtful."""
    bare = (strip_marks(line).strip(" .,|*-_()[]\"'") for line in lines if line.isupper())
    return [_MARKS[line] for line in bare if line in _MARKS]
