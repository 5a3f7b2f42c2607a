"""Read a PDF: characters, lines, paragraphs, and what makes a file unreadable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

import pypdfium2

from ...core.errors import Problem, Severity
from ...core.models import Article, ArticleFacts, FactSource
from ...core.text import fold, nfc
from ...sources.text_files import RawFile
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.names import outlet_of_host
from ..encodings import weigh
from ..formats import NO_TEXT_LAYER
from ..plain import read_taken
from ..web.facts import WORDS_IN_TITLE, title_parts
from ..word import decode_pieces
from .lines import TextLine, drop_running_lines, join_lines, join_pieces, read_glyphs, read_lines

_FOOT = re.compile(r"(https?://[^\s…]{8,400})\s+(?:\|\s)?\d{1,3}/\d{1,3}\Z")
_FEET = re.compile(r"(?:https?|file)://\S{2,500}\s+(?:\|\s)?\d{1,3}/\d{1,3}\Z")
"""The address and number that browsers print at the foot of every page."""
_MOST_LINES = 4
"""A headline is set in so many lines at most; each more is another try for every paragraph."""


def printed_address(pages: Sequence[Sequence[TextLine]]) -> str | None:
    """Return the address that browsers print at the foot of every page, with the page's number."""
    found = [{match[1] for line in page if (match := _FOOT.search(line.text))} for page in pages]
    same = set.intersection(*found) if found else set()
    return same.pop() if len(same) == 1 else None


def from_title(paragraphs: list[str], title: str) -> tuple[str | None, list[str]]:
    """Return the title as the page shows it, in one paragraph, and the paragraphs from it on. None and all of them
    if no paragraph is the title that the file's data give."""
    parts = [part for part in title_parts(nfc(title)) if len(part.split()) >= WORDS_IN_TITLE]
    for part in parts:
        for first in range(len(paragraphs)):
            for last in range(first + 1, min(first + _MOST_LINES, len(paragraphs)) + 1):
                shown = " ".join(paragraphs[first:last])
                if len(shown) > len(part) + 2:
                    break
                if fold(nfc(shown)) == fold(part):
                    return shown, [shown, *paragraphs[last:]]
    return None, paragraphs


_MOST_PAGES = 300
"""An article has a few, a law with its annexes up to 200; a book would keep the machine busy for minutes."""
_LETTERS_ON_A_PAGE = 40
"""Fewer are a page's number and head: the page itself is a picture."""
_STRANGE_SHARE = 0.03
"""Characters that stand for nothing: single bullets in private places are usual, letters are not."""
_LEAST_WORDS = 20
"""With fewer words with accents the share of possible ones says too little."""
_GIBBERISH = (
    "chữ lấy ra từ tệp PDF này không đọc được (phông không có bảng mã Unicode)",
    "Tìm bản Word của văn bản; hoặc nhận dạng chữ như với ảnh quét (Google Tài liệu, Foxit, Acrobat) rồi đọc lại",
)
_TOO_LONG = f"In riêng phần cần dùng ra tệp PDF mới, nhiều nhất {_MOST_PAGES} trang"
_BLANK_PAGE = "Nếu trang ấy có nội dung, hãy nhận dạng chữ rồi thêm vào"
_LOCKED = ("tệp PDF có mật khẩu", "Mở tệp bằng mật khẩu, in ra tệp PDF mới (Microsoft Print to PDF), rồi dùng tệp ấy")
_BROKEN = ("không mở được tệp PDF này", "Tải lại tệp; nếu vẫn hỏng, chép phần chữ của bài vào một tệp .txt")


def read_pdf(file: RawFile, vocabulary: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Return the article of a PDF; None and a problem for one that is locked, scanned, or without readable letters."""
    try:
        document = pypdfium2.PdfDocument(file.data)
        if len(document) > _MOST_PAGES:
            return None, [Problem(file.path, 1, f"tệp PDF có {len(document)} trang, không phải một bài", _TOO_LONG)]
        pages = list(read_glyphs(document))
        title = document.get_metadata_value("Title")
        document.close()
    except pypdfium2.PdfiumError as error:
        reason = _LOCKED if "password" in str(error).lower() else _BROKEN
        return None, [Problem(file.path, 1, *reason)]
    letters = [sum(glyph.text.isalpha() for glyph in page.glyphs) for page in pages]
    if sum(letters) < _LETTERS_ON_A_PAGE * max(1, len(pages)) // 2:
        return None, [Problem(file.path, 1, *NO_TEXT_LAYER)]
    lines = [read_lines(page, number) for number, page in enumerate(pages)]
    joined = join_lines(drop_running_lines(lines, [page.height for page in pages]))
    shown = (" ".join(decode_pieces(join_pieces(paragraph)).split()) for paragraph in joined)
    heading, paragraphs = from_title([paragraph for paragraph in shown if not _FEET.match(paragraph)], title)
    text = "\n\n".join(paragraphs)
    strange = sum(unicodedata.category(char) in {"Co", "Cn", "Cc"} or char == "\ufffd" for char in text if char != "\n")
    article, problems = read_taken(file, text)
    words = weigh(article.text) if article else None
    if strange > _STRANGE_SHARE * len(text) or (words and words.words >= _LEAST_WORDS and words.share < 0.5):
        return None, [Problem(file.path, 1, *_GIBBERISH)]
    if article is not None:  # what a browser that printed it has written beside it
        url = printed_address(lines)
        outlet = outlet_of_host(urlsplit(url).hostname or "", vocabulary) if url else None
        first = article.text.split("\n", 1)[0] if heading is not None else None
        article = replace(article, facts=ArticleFacts.found(FactSource.FILE, title=first, url=url, outlet=outlet))
    for number, count in enumerate(letters, 1):
        if count < _LETTERS_ON_A_PAGE and len(pages) > 1:
            message = f"trang {number} không có chữ (ảnh quét hoặc trang trắng)"
            problems.append(Problem(file.path, 1, message, _BLANK_PAGE, Severity.WARNING))
    return article, problems
