"""Read one article file of any type."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..errors import Problem
from ..models import Article
from ..source_text import decode_source
from ..vocabulary import Vocabulary
from ..vocabulary.faults import quoted
from .markdown import read_markdown
from .plain import read_plain
from .source_file import SourceFile, article_id, read_source_file, shown_path

Reader = Callable[[SourceFile, Vocabulary], tuple[Article | None, list[Problem]]]

READERS: dict[str, Reader] = {".md": read_markdown, ".txt": read_plain}
_LATER = (".html", ".htm", ".docx", ".pdf")


def read_article(path: Path, root: Path, vocabulary: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Read the article in ``path``, shown in problems relative to ``root``.

    Never raises for what a file holds: gives None and the problems when there is no article in it.
    Warnings may stand beside an article.
    """
    suffix = path.suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        return None, [_unsupported(suffix, shown_path(path, root))]
    source, problems = read_source_file(path, root)
    return (None, problems) if source is None else reader(source, vocabulary)


def read_article_bytes(data: bytes, name: str, vocabulary: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Read an article from ``data``, as it comes from standard input; ``name`` may be empty."""
    shown = name or "đầu vào chuẩn"
    text, problems = decode_source(data, shown)
    if text is None:
        return None, problems
    reader = READERS.get(Path(name).suffix.lower(), read_plain)
    return reader(SourceFile(shown, article_id(Path(name)) or "bai-viet", "", text), vocabulary)


def _unsupported(suffix: str, path: str) -> Problem:
    if suffix in _LATER:
        message = f"chưa đọc được tệp {suffix}: việc này cần các gói trong requirements-import.txt và chưa được hỗ trợ"
        return Problem(path, 1, message, "Chép phần chữ của bài vào một tệp .txt (UTF-8) rồi chạy lại")
    kinds = " và ".join(sorted(READERS))
    return Problem(path, 1, f"không đọc được loại tệp {quoted(suffix or path)}", f"Chỉ đọc được tệp {kinds}")
