"""Every page of the toy corpus, byte for byte. ``pytest --update-golden`` rewrites tests/golden/."""

from __future__ import annotations

import difflib
import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from building import HAND_WRITTEN, ROOT, snapshot

if TYPE_CHECKING:
    import pytest
import docx
from docx.oxml.ns import qn
from openpyxl import load_workbook

GOLDEN = ROOT / "tests" / "golden"


def _generated(docs: Path) -> dict[str, bytes]:
    made = {path: data for path, data in snapshot(docs).items() if path.split("/")[0] not in HAND_WRITTEN}
    return dict(_readable(path, data) for path, data in made.items())


def _readable(path: str, data: bytes) -> tuple[str, bytes]:
    """Return a file as it is, or an office file as its text: its bytes also depend on the version of zlib."""
    as_text = next((read for suffix, read in ((".xlsx", _cells), (".docx", _words)) if path.endswith(suffix)), None)
    return (f"{path}.txt", as_text(data)) if as_text else (path, data)


def _words(document: bytes) -> bytes:
    """Return the words of a Word file, a line a paragraph, tables too."""
    paragraphs = docx.Document(io.BytesIO(document)).element.body.iter(qn("w:p"))
    lines = ("".join(part.text or "" for part in p.iter(qn("w:t"), qn("w:br"))) for p in paragraphs)
    return ("\n".join(lines) + "\n").encode()


def _cells(workbook: bytes) -> bytes:
    """Return the cells of a workbook."""
    sheet = load_workbook(io.BytesIO(workbook)).active
    assert sheet is not None
    rows = ("\t".join(str(value or "") for value in row).rstrip() for row in sheet.iter_rows(values_only=True))
    return ("\n".join(rows) + "\n").encode()


def test_pages_are_as_agreed(toy_docs: Path, request: pytest.FixtureRequest) -> None:
    pages = _generated(toy_docs)
    if request.config.getoption("--update-golden"):
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for path, data in pages.items():
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / path).write_bytes(data)
    golden = snapshot(GOLDEN)
    told = [f"thiếu trang {path}" for path in sorted(golden.keys() - pages.keys())]
    told += [f"trang mới {path}" for path in sorted(pages.keys() - golden.keys())]
    for path in sorted(golden.keys() & pages.keys()):
        before, after = (data.decode().splitlines() for data in (golden[path], pages[path]))
        told += difflib.unified_diff(before, after, f"golden/{path}", f"nay/{path}", "", "", 1, "")
        assert (golden[path] == pages[path]) == (before == after), f"{path}: khác nhau ở dấu xuống dòng"
    assert not told, "\n".join(["Trang khác bản mẫu; nếu đúng ý, chạy: pytest --update-golden", *told])
