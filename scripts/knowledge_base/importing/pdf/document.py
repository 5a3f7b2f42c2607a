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
from .lines import PageGlyphs, TextLine, drop_running_lines, join_lines, join_pieces, open_pdf, read_glyphs, read_lines

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
_LOCKED = ("tệp PDF có mật khẩu", "Mở tệp bằng mật khẩu, in ra tệp PDF mới (Microsoft Print to PDF), rồi dùng tệp ấy")
_BROKEN = ("không mở được tệp PDF này", "Tải lại tệp; nếu vẫn hỏng, chép phần chữ của bài vào một tệp .txt")


def read_pdf(file: RawFile, vocabulary: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Return the article of a PDF; None and a problem for one that is locked, scanned, or without readable letters."""
    try:
        document = open_pdf(file.data)
        if len(document) > _MOST_PAGES:
            return None, [_too_long(file.path, len(document))]
        pages = list(read_glyphs(document))
        title = document.get_metadata_value("Title")
        document.close()
    except pypdfium2.PdfiumError as error:
        reason = _LOCKED if "password" in str(error).lower() else _BROKEN
        return None, [Problem(file.path, 1, *reason)]
    empty = [number for number, page in enumerate(pages, 1) if _letters(page) < _LETTERS_ON_A_PAGE]
    if sum(map(_letters, pages)) < _LETTERS_ON_A_PAGE * max(1, len(pages)) // 2:
        return None, [Problem(file.path, 1, *NO_TEXT_LAYER)]
    lines = [read_lines(page, number) for number, page in enumerate(pages)]
    heading, paragraphs = from_title(_paragraphs(lines, pages), title)
    text = "\n\n".join(paragraphs)
    if _is_gibberish(text):
        return None, [Problem(file.path, 1, *_GIBBERISH)]
    article, problems = read_taken(file, text)
    if article is not None and weigh(article.text).words >= _LEAST_WORDS and weigh(article.text).share < 0.5:
        return None, [Problem(file.path, 1, *_GIBBERISH)]
    if article is not None:
        article = _with_facts(article, heading is not None, printed_address(lines), vocabulary)
    return article, [*problems, *(_blank(file.path, number) for number in empty if len(pages) > 1)]


def _too_long(path: str, pages: int) -> Problem:
    remedy = f"In riêng phần cần dùng ra tệp PDF mới, nhiều nhất {_MOST_PAGES} trang"
    return Problem(path, 1, f"tệp PDF có {pages} trang, không phải một bài", remedy)


def _letters(page: PageGlyphs) -> int:
    return sum(glyph.text.isalpha() for glyph in page.glyphs)


def _paragraphs(lines: list[list[TextLine]], pages: list[PageGlyphs]) -> list[str]:
    """Return the paragraphs of all pages."""
    kept = drop_running_lines(lines, [page.height for page in pages])
    joined = (" ".join(decode_pieces(join_pieces(paragraph)).split()) for paragraph in join_lines(kept))
    return [paragraph for paragraph in joined if not _FEET.match(paragraph)]


def _with_facts(article: Article, titled: bool, url: str | None, vocabulary: Vocabulary) -> Article:
    """Return an article with what a browser that printed it has written beside it."""
    outlet = outlet_of_host(urlsplit(url).hostname or "", vocabulary) if url else None
    title = article.text.split("\n", 1)[0] if titled else None
    return replace(article, facts=ArticleFacts.found(FactSource.FILE, title=title, url=url, outlet=outlet))


def _is_gibberish(text: str) -> bool:
    """Tell text of characters that stand for nothing."""
    strange = sum(unicodedata.category(char) in {"Co", "Cn", "Cc"} or char == "\ufffd" for char in text if char != "\n")
    return strange > _STRANGE_SHARE * len(text)


def _blank(path: str, page: int) -> Problem:
    message = f"trang {page} không có chữ (ảnh quét hoặc trang trắng)"
    return Problem(path, 1, message, "Nếu trang ấy có nội dung, hãy nhận dạng chữ rồi thêm vào", Severity.WARNING)
