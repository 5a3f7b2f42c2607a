"""Read a raw article: a .txt file without front matter."""

from __future__ import annotations

from dataclasses import replace

from ..errors import Problem, Severity
from ..models import Article
from ..paragraphs import split_paragraphs
from ..source_text import blank_characters, check_characters
from ..vocabulary import Vocabulary
from .source_file import SourceFile


def read_plain(source: SourceFile, _: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Return the article of a raw text. Hidden characters are blanked and told of as warnings: such a
    text is only looked at, never published as it is."""
    hidden = [replace(p, severity=Severity.WARNING) for p in check_characters(source.text, source.path)]
    text = blank_characters(source.text, line_ends=True)
    paragraphs = split_paragraphs(text)
    if not paragraphs:
        return None, [*hidden, Problem(source.path, 1, "tệp không có nội dung", "Chép phần chữ của bài vào tệp")]
    return Article(source.id, source.path, text, 0, paragraphs), hidden
