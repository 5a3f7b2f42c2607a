"""Read a raw article: text without front matter, from a .txt file or taken out of another kind of file."""

from __future__ import annotations

import re
from dataclasses import replace

from ..errors import Problem, Severity
from ..models import Article
from ..paragraphs import split_paragraphs
from ..source_text import blank_characters, check_characters
from ..vocabulary import Vocabulary
from .decoding import decode_text, mend_text
from .source_file import RawFile

_SENT = re.compile(
    r"^\[\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?,? \d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?\] [^:\n]{1,40}: ", re.MULTILINE
)
"""What Zalo and others put before a message that is copied: "[22/7 22:31] Lê Mẫu: "."""


def read_plain(file: RawFile, _: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Return the article of a raw text file in any encoding that Vietnamese texts come in."""
    text, problems = decode_text(file.data, file.path)
    return (None, problems) if text is None else make_article(file, _SENT.sub("", text), problems)


def read_taken(file: RawFile, text: str) -> tuple[Article | None, list[Problem]]:
    """Return the article of text that was taken out of ``file``; its letters may still be wrong."""
    mended, problems = mend_text(text, file.path)
    return (None, problems) if mended is None else make_article(file, mended, problems)


def make_article(file: RawFile, text: str, problems: list[Problem]) -> tuple[Article | None, list[Problem]]:
    """Return an article of decoded text. Hidden characters are blanked and told of as warnings: such a
    text is only looked at, never published as it is."""
    hidden = [replace(p, severity=Severity.WARNING) for p in check_characters(text, file.path)]
    text = blank_characters(text, line_ends=True)
    paragraphs = split_paragraphs(text)
    if not paragraphs:
        return None, [
            *problems,
            *hidden,
            Problem(file.path, 1, "tệp không có nội dung", "Chép phần chữ của bài vào tệp"),
        ]
    return Article(file.id, file.path, text, 0, paragraphs), [*problems, *hidden]
