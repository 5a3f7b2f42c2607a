"""Read the article of a PDF: the paragraphs that its lines belong to, and what makes a file unreadable."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from urllib.parse import urlsplit

import pypdfium2

from ..core.errors import Problem, Severity
from ..core.models import Article, ArticleFacts, FactSource
from ..core.text import fold, nfc, verbose
from ..sources.diagnosis import quoted
from ..sources.secrecy import refuse_secret
from ..sources.text_files import RawFile
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.names import outlet_of_host
from .encodings import is_syllable, weigh
from .formats import NO_TEXT_LAYER
from .pdf_lines import TextLine, read_glyphs, read_lines
from .plain import link, read_taken
from .scans import read_pages
from .web.facts import WORDS_IN_TITLE, title_parts
from .word import decode_pieces

_PAGE_NUMBER = re.compile(r"(?:[-–—\s|]*(?:trang|page)?\s*\d{1,4}\s*(?:/\s*\d{1,4})?[-–—\s|]*)\Z", re.IGNORECASE)
_MARK = verbose(r"""(?:[-–—•+*▪●○]                                          # a bullet
    |\d{1,3}(?:\.\d{1,2}){0,3}[.)]|[a-zđ][.)]|[IVX]{1,5}[.)-]  # a number or a letter
    |Điều\ \d{1,3}[.:]|Chương\ [IVX\d]{1,5}|Mục\ \d)\s          # a heading of a law
    """)
_ENDS = re.compile(r"[.:;!?…][\"”’)]*\Z")
# Chosen by hand, as all widths above, on the files that tests/test_word_and_pdf.py makes and on printed pages;
# the distances are those of common layouts, not measured ones.
_EDGE = 50  # points: nearer to a page's edge only heads and feet stand
_EDGE_LINES = 3  # lines at the head and at the foot that may be repeated: paper, title, page number
_FEW = 8  # lines: a page with no more shows no shape of its own
_DEEPEST = 6  # times the font size: deeper than that no item of a list begins
_OTHER_WIDTH = 20  # points: edges that differ by less are those of one layout
_SPACE_WIDTH = 0.35  # of the font size: a space in the widest fonts
_INDENT = 0.6  # of the font size: a line that begins farther in is indented
_JUSTIFIED = 0.6  # of the lines inside paragraphs: so many end at one edge in justified text
_EXACT = 1.5  # points: edges that differ by less are the same
_WIDE_GAP = 1.3  # times the usual distance of lines: a wider one parts paragraphs
_EDGE_GAP = 1.8  # times the font size: what stands farther from its neighbour at a page's edge is no text


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a column's lines lie: its edges, the usual distance of its lines, and whether they are justified."""

    left: float
    right: float
    leading: float
    justified: bool


def drop_running_lines(pages: list[list[TextLine]], heights: list[float]) -> list[list[TextLine]]:
    """Return the pages without page numbers, and without lines that stand at the head or foot of most pages."""
    by_height = [sorted(page, key=lambda line: -line.base) for page in pages]
    edges = [lines[:_EDGE_LINES] + lines[-_EDGE_LINES:] for lines in by_height]
    seen = Counter(words for lines in edges for words in {line.unnumbered for line in lines})
    running = {words for words, count in seen.items() if count >= 2 and count > len(pages) // 2}
    kept = []
    for page, edge, height in zip(pages, edges, heights, strict=True):
        own = [line.base for line in page if line.unnumbered not in running]
        dropped = set()
        for line in edge:  # what others repeat is text with lines of this page on both sides
            repeated = line.unnumbered in running and not (own and min(own) < line.base < max(own))
            if repeated or _stands_apart(line, page, height):
                dropped.add(id(line))
        kept.append([line for line in page if id(line) not in dropped])
    return kept


def _stands_apart(line: TextLine, page: list[TextLine], height: float) -> bool:
    """Tell a page's number, and a line at the edge of the page with no other near it."""
    outer = line in {max(page, key=lambda other: other.base), min(page, key=lambda other: other.base)}
    if outer and _PAGE_NUMBER.match(line.text) and len(page) > 1:
        return True
    at_edge = line.base < _EDGE or line.base > height - _EDGE
    gaps = (abs(line.base - other.base) for other in page)
    return at_edge and min((gap for gap in gaps if gap > 1), default=0.0) > _EDGE_GAP * line.size


def join_lines(pages: Iterable[list[TextLine]]) -> list[list[TextLine]]:
    """Return the lines of all pages by paragraph."""
    lines = [line for page in pages for line in page]
    shapes = _shapes(lines)
    paragraphs: list[list[TextLine]] = []
    for line in lines:
        if not paragraphs or _begins(paragraphs[-1][-1], line, shapes):
            paragraphs.append([])
        paragraphs[-1].append(line)
    return paragraphs


def _shapes(lines: list[TextLine]) -> dict[tuple[int, int], _Shape]:
    """Return the shape of each page's columns: short pages take that of the whole document, others its right edge
    unless they are of another width."""
    by_column: dict[int, list[TextLine]] = defaultdict(list)
    by_page: dict[tuple[int, int], list[TextLine]] = defaultdict(list)
    for line in lines:
        by_column[line.column].append(line)
        by_page[line.page, line.column].append(line)
    whole = {column: _shape(group) for column, group in by_column.items()}
    shapes = {key: whole[key[1]] for key in by_page}
    for key, group in by_page.items():
        if len(group) > _FEW:
            page, usual = _shape(group), whole[key[1]]
            same = abs(page.right - usual.right) < _OTHER_WIDTH and abs(page.left - usual.left) < _OTHER_WIDTH
            shapes[key] = replace(page, right=usual.right, justified=usual.justified) if same else page
    return shapes


def _shape(lines: list[TextLine]) -> _Shape:
    lefts = Counter(round(line.left) for line in lines)
    left = min((x for x, count in lefts.items() if count >= max(2, len(lines) // 10)), default=min(lefts))
    widest = max(line.right for line in lines)
    usual, count = Counter(round(line.right) for line in lines).most_common(1)[0]
    gaps = sorted(
        a.base - b.base for a, b in pairwise(lines) if a.page == b.page and a.base > b.base and abs(a.size - b.size) < 1
    )
    leading = gaps[len(gaps) // 4] if gaps else 1.5 * lines[0].size
    inner = [line for line in lines if not _ENDS.search(line.text) and not line.bold]
    full = sum(abs(usual - line.right) < _EXACT for line in inner)
    justified = count > 2 and full >= _JUSTIFIED * len(inner)
    return _Shape(left, usual if justified else widest, leading, justified)


def _begins(before: TextLine, line: TextLine, shapes: dict[tuple[int, int], _Shape]) -> bool:
    """Tell whether ``line`` begins a new paragraph after ``before``."""
    shape, old = shapes[line.page, line.column], shapes[before.page, before.column]
    beside = before.page == line.page and before.column == line.column
    apart, ended = bool(link(before.text, line.text)), bool(_ENDS.search(before.text))
    if abs(line.size - before.size) > 1 or line.bold != before.bold:
        return before.page != line.page or apart
    if before.cells or line.cells or (beside and before.base - line.base > _WIDE_GAP * shape.leading):
        return True
    room = old.right - before.right
    if _is_centred(line, shape) and (_is_centred(before, old) or room < line.word + line.size):
        return ended or (abs(line.left - before.left) < _EXACT and not line.bold)
    if _is_centred(before, old) and before.bold and line.bold and not ended:
        return before.right - before.left + line.word + _SPACE_WIDTH * line.size < old.right - old.left
    indented = line.left > shape.left + _INDENT * line.size and before.left <= old.left + _INDENT * before.size
    item = ended and bool(_MARK.match(line.text))
    if old.justified:
        return indented or (item and before.left <= old.left + _DEEPEST * before.size) or (room > _EXACT and apart)
    return indented or item or (apart and line.word + _SPACE_WIDTH * before.size < room)


def _is_centred(line: TextLine, shape: _Shape) -> bool:
    middle = (line.left + line.right) / 2 - (shape.left + shape.right) / 2
    return abs(middle) < line.size / 2 and line.left > shape.left + _EXACT


def join_pieces(paragraph: list[TextLine]) -> list[tuple[str, str]]:
    """Return a paragraph's pieces with their fonts: a number cut in two at the end of a line is made whole."""
    pieces = list(paragraph[0].pieces)
    for before, line in pairwise(paragraph):
        pieces += [(link(before.text, line.text), before.pieces[-1][1]), *line.pieces]
    return pieces


# -- the article -------------------------------------------------------------------------------------

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


_LONG_WORD = re.compile(r"[^\W\d_]{9,}")
"""Longer than any Vietnamese syllable (nghiêng has seven letters), with room for foreign names."""
_GLUED = 3
"""So many different ones are no foreign names. Chosen by hand: two real files had seven and nine kinds."""


def _tell_glued(text: str, path: str) -> list[Problem]:
    """Return a warning if words stand glued together, as PDFs of some programs give them."""
    long = (word for word in _LONG_WORD.findall(text) if not word.isascii() and not word.isupper())
    glued = [*dict.fromkeys(word for word in long if not is_syllable(word))]
    if len(glued) < _GLUED:
        return []
    message = f"{len(glued)} chỗ chữ dính liền nhau, như {quoted(glued[0][:40])}"
    return [Problem(path, 1, message, "Tách các chữ ấy trong bản nháp; số hiệu dính chữ thì so lại", Severity.WARNING)]


_LETTERS_IN_A_CELL, _DOUBTFUL_ROWS = 12, 2
"""A row of a table whose cells all hold so many letters may be lines of two columns that were taken for one; so many
make a page doubtful. By hand: a box beside the text gave three, tables of numbers and names give none."""


def _tell_doubtful(pages: list[list[TextLine]], path: str) -> list[Problem]:
    """Return a warning for each page on which lines of neighbouring columns may stand in one row."""
    problems = []
    for number, page in enumerate(pages, 1):
        cells = [[sum(map(str.isalpha, cell)) for cell in line.text.split(" | ")] for line in page if line.cells]
        if sum(min(row) >= _LETTERS_IN_A_CELL for row in cells) >= _DOUBTFUL_ROWS:
            message = f"trang {number}: có thể chữ của hai cột, hay của khung bên cạnh, bị đọc chung một dòng"
            remedy = "So trang ấy với bản nháp; là hai cột thì xếp lại từng cột, là bảng thì để nguyên"
            problems.append(Problem(path, 1, message, remedy, Severity.WARNING))
    return problems


def _read_scan(file: RawFile) -> tuple[Article | None, list[Problem]]:
    """Return the article of a PDF whose pages are pictures, as a machine reads them; None if no machine can."""
    text, problems = read_pages(file.data, file.path)
    if text is None:
        return None, problems or [Problem(file.path, 1, *NO_TEXT_LAYER)]
    article, more = read_taken(file, text)
    return (replace(article, recognised=True) if article else None), [*problems, *more]


def read_pdf(file: RawFile, vocabulary: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Return the article of a PDF; None and a problem for one that is locked, scanned, or without readable letters."""
    try:
        document = pypdfium2.PdfDocument(file.data)
        if len(document) > _MOST_PAGES:
            return None, [Problem(file.path, 1, f"tệp PDF có {len(document)} trang, không phải một bài", _TOO_LONG)]
        pages = list(read_glyphs(document))
        title = document.get_metadata_value("Title")
        document.close()
    except (pypdfium2.PdfiumError, ValueError, OverflowError) as error:  # ValueError: a title that is no UTF-16
        reason = _LOCKED if "password" in str(error).lower() else _BROKEN
        return None, [Problem(file.path, 1, *reason)]
    letters = [sum(glyph.text.isalpha() for glyph in glyphs) for glyphs, _ in pages]
    if sum(letters) < _LETTERS_ON_A_PAGE * max(1, len(pages)) // 2:
        return _read_scan(file)
    lines = [read_lines(glyphs, number) for number, (glyphs, _) in enumerate(pages)]
    if secret := refuse_secret(file.path, (decode_pieces(line.pieces) for page in lines for line in page)):
        return None, [secret]
    joined = join_lines(drop_running_lines(lines, [height for _, height in pages]))
    shown = (" ".join(decode_pieces(join_pieces(paragraph)).split()) for paragraph in joined)
    heading, paragraphs = from_title([paragraph for paragraph in shown if not _FEET.match(paragraph)], title)
    text = "\n\n".join(paragraphs)
    strange = sum(unicodedata.category(char) in {"Co", "Cn", "Cc"} or char == "\ufffd" for char in text if char != "\n")
    article, problems = read_taken(file, text)
    words = weigh(article.text) if article else None
    if strange > _STRANGE_SHARE * len(text) or (words and words.words >= _LEAST_WORDS and words.share < 0.5):
        return None, [Problem(file.path, 1, *_GIBBERISH)]
    problems += [*_tell_glued(article.text, file.path), *_tell_doubtful(lines, file.path)] if article else []
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
