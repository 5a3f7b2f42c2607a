"""Files that are read through other programs: LibreOffice for old texts, Tesseract for scans.

The real programs are tried where they are installed; what is ours (folders, timeouts, what becomes of what they give)
is tried with small programs in their place."""

from __future__ import annotations

import io
import shutil
import sys
import time
from pathlib import Path

import docx
import pytest

from knowledge_base.core.models import Article
from knowledge_base.drafts.draft import make_draft
from knowledge_base.importing.formats import read_article_bytes
from knowledge_base.importing.programs import find_program, run_program
from knowledge_base.importing.scans import recogniser
from knowledge_base.sources.articles.corpus import Corpus
from making import make_scan
from scanning import vocabulary

OLD = b"{\\rtf1\\ansi H\\u7885?p x\\u227?\\par X\\u227? giao vi\\u7879?c.}"
posix = pytest.mark.skipif(sys.platform == "win32", reason="chương trình thay thế là tệp lệnh của Unix")


def _put(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    path.chmod(0o755)


def _word(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.skipif(find_program("soffice") is None, reason="máy này không có LibreOffice (soffice)")
def test_libreoffice_reads_rich_text() -> None:
    article, problems = read_article_bytes(OLD, "a.rtf", vocabulary())
    assert problems == [] and article is not None
    assert article.text.split("\n\n") == ["Họp xã", "Xã giao việc."]


@pytest.mark.skipif(recogniser() is None, reason="máy này không có Tesseract với dữ liệu tiếng Việt (vie)")
def test_tesseract_reads_a_page_or_says_that_it_cannot() -> None:
    article, problems = read_article_bytes(make_scan(), "a.pdf", vocabulary())
    assert problems and (article is None or article.recognised)


@posix
def test_a_converted_file_is_read_as_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made.docx").write_bytes(_word("Họp xã bàn việc học", "Xã giao việc."))
    _put(
        tmp_path,
        "soffice",
        "import pathlib, shutil, sys\n"
        "assert any(word.startswith('-env:UserInstallation=file:') for word in sys.argv)\n"
        "out = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1]); out.mkdir()\n"
        f"shutil.copy({str(tmp_path / 'made.docx')!r}, out / (pathlib.Path(sys.argv[-1]).stem + '.docx'))\n",
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    article, problems = read_article_bytes(OLD, "a.rtf", vocabulary())
    assert problems == [] and article is not None and article.text.startswith("Họp xã")


@posix
def test_without_programs_or_with_failing_ones_the_advice_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge_base.importing.programs._PLACES", {})
    monkeypatch.setenv("PATH", str(tmp_path))
    for script in (None, "raise SystemExit(1)\n"):
        for name in ("soffice", "tesseract") if script else ():
            _put(tmp_path, name, script or "")
        for data, name, words in ((OLD, "a.rtf", "Word Document (.docx)"), (make_scan(), "a.pdf", "Nhận dạng chữ")):
            article, problems = read_article_bytes(data, name, vocabulary())
            assert article is None and words in problems[0].remedy


def _recognise(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> tuple[Article | None, str]:
    _put(
        folder,
        "tesseract",
        "import sys\n"
        "if '--list-langs' in sys.argv: print('List of available languages (1):\\nvie')\n"
        f"else: sys.stdout.buffer.write({text!r}.encode())\n",
    )
    monkeypatch.setenv("PATH", str(folder))
    article, problems = read_article_bytes(make_scan(), "a.pdf", vocabulary())
    return article, " ".join(problem.message for problem in problems)


@posix
def test_a_scan_is_a_draft_in_which_everything_is_to_be_confirmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "Tỉnh ủy Nghệ An ban hành Chỉ thị\nsố 34-CT/TU ngày 7/9/2023.\n\nkhông có gì ở đây cả\n\f"
    article, told = _recognise(tmp_path, monkeypatch, page)
    assert article is not None and article.recognised and "Tesseract" in told
    questions = make_draft(article, Corpus(), vocabulary()).questions
    asked = [q.ask for q in questions if q.must and "quét" in q.ask]
    assert len(asked) == 1
    assert all(f"“{one}”" in asked[0] for one in ("34-CT/TU", "ngày 7/9/2023", "Nghệ An"))


@posix
def test_a_stamp_that_lost_its_accents_is_still_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article, told = _recognise(tmp_path, monkeypatch, "TỈNH ỦY\n\nMAT\n\nbáo cáo việc kín")
    assert article is None and "“Mật”" in told and "việc kín" not in told


@posix
def test_a_program_that_hangs_is_ended_with_all_it_started(tmp_path: Path) -> None:
    _put(tmp_path, "hang", "import subprocess, sys; subprocess.run(['sleep', '60'])\n")
    started = time.monotonic()
    assert run_program([str(tmp_path / "hang")], 0.5) is None
    assert time.monotonic() - started < 30
    assert shutil.which("true") is None or run_program([str(shutil.which("true"))], 30) == b""
