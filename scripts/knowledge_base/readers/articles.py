"""Read one article, whatever kind of file it stands in."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from ..errors import Problem
from ..models import Article
from ..source_text import decode_source
from ..vocabulary import Vocabulary
from .kinds import ARCHIVE, DIGEST, HTML, PDF, TEXT, WORD, kind_of, not_read
from .markdown import read_markdown
from .plain import read_plain
from .source_file import MAX_BYTES, RawFile, SourceFile, article_id, read_raw_file, too_large

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


def _read_digest(file: RawFile, vocabulary: Vocabulary) -> Result:
    """Read a .md file, which must be UTF-8."""
    text, problems = decode_source(file.data, file.path)
    if text is None:
        return None, problems
    return read_markdown(SourceFile(file.path, file.id, file.folder, text), vocabulary)


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
    DIGEST: _read_digest,
    TEXT: read_plain,
    HTML: _imported("web", "read_web_page", "trang web"),
    ARCHIVE: _imported("web", "read_archive", "trang web lưu thành một tệp"),
    WORD: _imported("word", "read_word", "tệp Word"),
    PDF: _imported("pdf", "read_pdf", "tệp PDF"),
}
