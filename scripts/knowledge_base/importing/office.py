"""Read files of older or other writing programs (.doc, .rtf, .odt) through LibreOffice, where it is installed."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from ..core.errors import Problem
from ..core.models import Article
from ..sources.text_files import RawFile
from ..sources.vocabulary import Vocabulary
from .programs import find_program, run_program
from .word import read_word

_SECONDS = 120
"""A first start with a new profile takes up to half a minute on a slow machine; chosen by hand."""
_KINDS = {b"{\\rt": ".rtf", b"PK\x03\x04": ".odt"}
_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""The part of a Word file of today that is locked with a password."""


def convert(data: bytes) -> bytes | None:
    """Return a file as .docx; None if LibreOffice is not installed or cannot read it.

    It works on a copy under a name of ours, in a folder and with a profile of its own: an open LibreOffice of the
    person stays untouched, and so do their settings."""
    program = find_program("soffice") or find_program("libreoffice")
    if program is None or _LOCKED in data:
        return None
    with tempfile.TemporaryDirectory(prefix="kho-") as name:
        folder = Path(name)
        source = folder / f"bai{_KINDS.get(data[:4], '.doc')}"
        source.write_bytes(data)
        profile = (folder / "profile").as_uri()
        options = ["--headless", "--norestore", "--nolockcheck", "--nodefault", f"-env:UserInstallation={profile}"]
        run_program([program, *options, "--convert-to", "docx", "--outdir", str(folder / "out"), str(source)], _SECONDS)
        made = folder / "out" / "bai.docx"
        return made.read_bytes() if made.is_file() else None


def read_office(file: RawFile, vocabulary: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Return the article of a file that LibreOffice can read; None without a problem if it cannot be read so."""
    made = convert(file.data)
    return (None, []) if made is None else read_word(replace(file, data=made), vocabulary)
