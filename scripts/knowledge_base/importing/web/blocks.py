"""A page's bytes as a tree of elements, its visible lines in order, and what of them is not the article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, groupby
from typing import Any, TypeAlias

import lxml.etree
import lxml.html

from ...core.text import verbose
from ..encodings import marked_encoding
from ..plain import goes_on, link
from ..raised import BEFORE, read_mark

Element: TypeAlias = Any
"""An element of lxml, which has no types of its own."""

_DECLARED = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE)
_XML = re.compile(r"\A\s*<\?xml[^>]{0,300}>")
_HIDDEN_CHARS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_AS_WINDOWS = {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii", "x-user-defined", "iso8859-1"}
_HEAD = 8192
"""Bytes in which a page declares its encoding: browsers look at 1,024, pages are less exact."""
_SOURCE_LINES = 3
"""So many numbered lines make a browser's view of a page's source; one could be a sample of code in an article."""


def parse_page(data: bytes) -> Element | None:
    """Return the root element of a page; None if there is none. A page saved as its source is read as the page."""
    root = _parse(_decode(data))
    shown = root.findall(".//td[@class='line-content']") if root is not None else []
    return _parse("\n".join(line.text_content() for line in shown)) if len(shown) >= _SOURCE_LINES else root


def _parse(text: str) -> Element | None:
    text = _XML.sub("", _HIDDEN_CHARS.sub(" ", text))
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_pis=True)
    try:
        return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return None


def _decode(data: bytes) -> str:
    """Return a page's text. What it declares counts only if its bytes do not say otherwise.

    Letters of old fonts come out as Latin-1; ``mend_text`` sets them right afterwards.
    """
    if marked := marked_encoding(data):
        return data.decode(marked, "replace")
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8")
    declared = _DECLARED.search(data[:_HEAD])
    name = declared[1].decode("ascii", "replace").lower() if declared else "cp1252"
    with suppress(LookupError):
        return data.decode("cp1252" if name in _AS_WINDOWS else name, "replace")
    return data.decode("cp1252", "replace")


_SILENT = frozenset(
    "script style noscript template svg iframe object embed audio video canvas button input select textarea option"
    " datalist map head title meta link dialog".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot th"
    " thead tr ul marquee".split()
)
_PICTURES = frozenset({"img", "amp-img", "picture"})
_SPACE = re.compile(r"[\s\u00a0\u200b]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_NOTE_LINK = re.compile(
    r"#_?(?:fn|ftn|edn|sdfootnote|(?:foot|end)?note|cite|ref|chu-?thich)[\w-]{0,40}$", re.IGNORECASE
)
"""Where a link from a note's mark leads, as Word, LibreOffice, Wikipedia and WordPress name it."""
_LONGEST_MARK = 5
"""Characters of a note's mark: "[123]"."""
_LONG_CELL, _LINES_IN_CELL = 200, 3
"""Characters and lines in a cell: with more the table arranges the page, with less it shows data. Chosen by hand; the
pages of tests/cases/import hold from 50 to 800 characters."""
_MOST_INNER = 6
"""Elements of a line remembered, for its name and its time stand in the first; the cases hold from 3 on, not with 2."""


@dataclass(slots=True)
class Block:
    """A line: ``tag`` is the nearest block element's, ``linked`` counts its characters inside links;
    ``inner`` are the first elements inside the line (``b``, ``span``, ``time``); ``below_picture``: a picture stands
    right before it."""

    text: str
    tag: str
    element: Element
    linked: int
    foreign: bool = False
    ancestors: tuple[Element, ...] = field(default=(), repr=False)
    inner: tuple[Element, ...] = field(default=(), repr=False)
    below_picture: bool = False

    @property
    def is_linked(self) -> bool:
        """Whether the line is nothing but a link."""
        return self.linked >= 0.8 * len(self.text)


class _Writer:
    """Collects the pieces of the line at hand, and the lines that are done."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._stack: list[Element] = []
        self._links = 0
        self._inner: list[Element] = []
        self._picture = False
        self._pieces: list[tuple[str, bool]] = []
        self._broken = False

    def open(self, element: Element) -> None:
        """Begin an element: those of a block begin a line, a line break ends one that may go on."""
        if element.tag in _BLOCKS:
            self.end_line()
        elif len(self._inner) < _MOST_INNER:
            self._inner.append(element)
        self._stack.append(element)
        self._links += element.tag == "a"
        if element.tag == "br":
            self.end_line(broken=True)
        self._picture |= element.tag in _PICTURES
        self.add(element.text)

    def close(self, element: Element) -> None:
        """End an element, and take the text after it."""
        if element.tag in _BLOCKS:
            self.end_line()
        self._links -= element.tag == "a"
        if len(self._stack) > 1:  # what stands behind the page's end is shown in it
            self._stack.pop()
        self.add(element.tail)

    def add(self, text: str | None) -> None:
        """Take text of the line at hand."""
        self._pieces.append((text or "", self._links > 0))

    def add_mark(self, mark: str, *, linked: bool, lowered: bool) -> None:
        """Take what is raised or lowered in the line at hand."""
        self.add(read_mark("".join(piece for piece, _ in self._pieces[-BEFORE:]), mark, linked=linked, lowered=lowered))

    def end_line(self, broken: bool = False) -> None:
        """End the line; ``broken`` by a line break only, which may stand inside a sentence."""
        text = _SPACE.sub(" ", "".join(piece for piece, _ in self._pieces)).strip()
        linked = min(len(text), sum(len(_SPACE.sub(" ", piece)) for piece, link in self._pieces if link))
        if text and self._stack:  # behind a page that is hidden as a whole there is none
            holder = next((e for e in reversed(self._stack) if e.tag in _BLOCKS), self._stack[-1])
            last = self.blocks[-1] if self.blocks else None
            if self._broken and last is not None and last.element is holder and goes_on(last.text, text):
                last.text, last.linked = f"{last.text}{link(last.text, text)}{text}", last.linked + linked
            else:
                inside = (tuple(self._stack), tuple(self._inner), self._picture)
                self.blocks.append(Block(text, holder.tag, holder, linked, False, *inside))
                self._picture = False
        self._pieces.clear()
        self._inner.clear()
        self._broken = broken and bool(text)


def read_blocks(root: Element) -> list[Block]:
    """Return the lines of a page; rows of data tables are one line each, cells parted by " | "."""
    body = root.find("body")
    writer = _Writer()
    walk = lxml.etree.iterwalk(root if body is None else body, events=("start", "end", "comment"))
    for event, element in walk:
        silent = not isinstance(element.tag, str) or element.tag in _SILENT or element.get("hidden") is not None
        hidden = event == "comment" or silent or bool(_HIDDEN_STYLE.search(element.get("style") or ""))
        if hidden or _is_mark(element):
            if event == "start":
                if not hidden:
                    linked = element.tag == "a" or element.find(".//a[@href]") is not None
                    writer.add_mark("".join(element.itertext()), linked=linked, lowered=element.tag == "sub")
                walk.skip_subtree()
            else:
                writer.add(element.tail)
        elif event == "start":
            writer.open(element)
        else:
            writer.close(element)
    writer.end_line()
    return list(_rows(writer.blocks))


def _is_mark(element: Element) -> bool:
    """Tell what stands raised or lowered in its line, and a link to a note. A fraction's halves are text."""
    if element.tag in {"sup", "sub"}:
        beside = element.getnext() if element.tag == "sup" else element.getprevious()
        tail = element.tail if element.tag == "sup" else beside.tail if beside is not None else None
        fraction = beside is not None and {element.tag, beside.tag} == {"sup", "sub"} and tail in {"/", "⁄"}
        return not fraction and len(element) < _MOST_INNER
    if element.tag == "a" and len(words := "".join(element.itertext()).strip()) <= _LONGEST_MARK:
        return bool(words) and bool(_NOTE_LINK.search(element.get("href") or ""))
    return element.tag in {"span", "font"} and bool(_RAISED.search(element.get("style") or "")) and len(element) <= 1


# -- tables ----------------------------------------------------------------------------------------


def _rows(blocks: list[Block]) -> Iterator[Block]:
    """Yield the lines with those of one row of a data table joined."""
    is_layout = cache(_is_layout)

    def row_of(block: Block) -> Element | None:
        """Return the row of a data table that a line stands in."""
        row = next((element for element in reversed(block.ancestors) if element.tag in {"tr", "table"}), None)
        table = next((element for element in reversed(block.ancestors) if element.tag == "table"), row)
        return None if table is None or is_layout(table) else row

    for row, lines in groupby(blocks, key=row_of):
        cells = list(lines)
        if row is None or not 1 < len(cells) == len({cell.element for cell in cells}):
            yield from cells
        else:
            text, first = " | ".join(cell.text for cell in cells), cells[0]
            linked = sum(cell.linked for cell in cells)
            yield Block(text, "tr", row, linked, ancestors=first.ancestors, below_picture=first.below_picture)


def _is_layout(table: Element) -> bool:
    """Tell a table that only arranges the page: tables inside it, one column, cells of several lines or a paragraph."""
    if table.find(".//table") is not None:
        return True
    rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]
    for cell in chain.from_iterable(rows):
        lines = [child for child in cell.iter("p", "div", "br", "li") if child is not cell]
        if len(lines) > _LINES_IN_CELL or len("".join(cell.itertext())) > _LONG_CELL:
            return True
    return max(map(len, rows), default=0) < 2


_FOREIGN_TAGS = frozenset({"nav", "footer", "aside", "figcaption", "label"})
_WHOLE = frozenset({"html", "body", "form", "main", "article"})
_FOREIGN_WORDS = frozenset(
    "ad ads adv advert advertise advertisement banner breadcrumb breadcrumbs cap caption comment comments cmt copyright"
    " counter feedback figcaption"
    " fontsize footer hotline keyword keywords like login menu menus modal nav navbar navigation"
    " newsletter other others pager paging pagination player podcast popup rate rating readmore recommend register"
    " relate related search share sharing sidebar slideshow social sponsor sponsored star stars subscribe suggest tag"
    " tags toc tool toolbar tools trending tts vote weblink zalo".split()
)
_FOREIGN_PARTS = verbose(r"""
        lien-?quan|tin-?khac|tin-?cu(?![a-z])|tin-?moi(?!-?tr)|tin-?lq|cung-?chuyen-?muc|cung-?chu-?de  # other news
    |da-?dua|doc-?nhieu|xem-?nhieu|xem-?them|doc-?them|list-?news|news-?list
    |(?:other|more|related|relate|hot|top|new|latest|popular)-?(?:news|posts?|articles?)|(?:most|top)-?(?:view|read)
    |binh-?luan|y-?kien|danh-?gia                                                                 # comments
    |chia-?se|social|addthis|addtoany|sharedaddy|box-?(?:tag|share|comment)                       # sharing
    |article-?(?:tag|relate|share|tool)|tu-?khoa|luot-?xem|thong-?ke
    |nghe-?bai|doc-?bai|audio                                                                     # players
    |quang-?cao|adsbygoogle|advertis|newsletter                                                   # advertising
    |chan-?trang|dau-?trang|breadcrumb|sidebar                                                    # the page's frame
    |chu-?thich                                                                                   # captions
    |gia-?vang|(?<![a-z])gold(?![a-z])|thoi-?tiet|weather|ty-?gia|exchange-?rate|forex|chung-?khoan|stock-?(?:box|index)
    |gia-?xang|xo-?so|lottery|lich-?van-?nien|tham-?do|binh-?chon|(?<![a-z])(?:poll|survey|ticker)s?(?![a-z])   # boxes
    """)
_DATE_PARTS = re.compile(r"date|time|ngay|pubdate|published|posted|thoi-?gian")
_AUTHOR_PARTS = re.compile(r"author|byline|tac-?gia|but-?danh|nguoi-?viet|writer|journalist|nha-?bao|phong-?vien")
_TITLE_PARTS = re.compile(r"title|tieu-?de|headline|\btit\b")
_LEAD_PARTS = re.compile(r"sapo|lead|chapeau|tom-?tat|mo-?ta|desc|summary|trich|intro|abstract|headnote")
_COMMENT_PARTS = re.compile(r"comment|binh-?luan|y-?kien|\bcmt\b")
_ABOUT = re.compile(r"(?:has|no|with|not|js|is)[-_]", re.IGNORECASE)
"""Names that tell what an element has or lacks ("has-sidebar"), not what it is."""
_PIECES = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_SUBMITTED = re.compile(r"node-meta|submitted")  # Drupal writes the date into a footer above the text
_LONGEST_NAMES = 300
"""Characters looked at: some systems put long lists of their own into class names."""
_LONGEST_CARD = 700
"""Characters of a headline with its summary. Chosen by hand; the pages of tests/cases/import hold from 175 to 700, not
at 1,400."""
_LONGEST_CAPTION = 250
"""Characters. Chosen by hand; the cases hold from 62 to 1,000."""
_CENTRED = re.compile(r"text-align\s*:\s*center|align=center| center\Z", re.IGNORECASE)
_LEAST_CARDS = 3
"""Two boxes that begin with a link may be paragraphs of an article; the cases hold with any number up to 12."""
PROSE = 80
"""Characters of a line that is running text. Chosen by hand; the cases hold neither at 40 nor at 160."""


def name_of(element: Element) -> str:
    """Return the names an element's maker gave it (class, id, role) as small words parted by "-"."""
    given = " ".join(filter(None, map(element.get, ("class", "id", "data-role", "itemprop"))))
    words = (word for word in given[:_LONGEST_NAMES].split() if not _ABOUT.match(word))
    return "-".join(piece for word in words for piece in _PIECES.findall(word)).lower()


def is_prose(block: Block) -> bool:
    """Tell a line of running text."""
    return len(block.text) >= PROSE and block.linked < 0.5 * len(block.text)


def says_date(block: Block) -> bool:
    """Tell whether the markup calls a line a date."""
    return _near(block, _DATE_PARTS) or any(element.tag == "time" for element in block.inner)


def says_title(block: Block) -> bool:
    """Tell whether the markup calls a line a title, or prints it as one."""
    named = any(_TITLE_PARTS.search(name_of(element)) for element in (*block.ancestors[-2:], *block.inner))
    return named or block.tag in {"h1", "h2", "h3"} or _is_all_in(block, block.inner[:1], {"b", "strong"})


def _is_all_in(block: Block, elements: Iterable[Element], tags: set[str]) -> bool:
    """Tell whether all of a line stands in one of ``elements`` with one of ``tags``."""
    return any(e.tag in tags and len("".join(e.itertext())) >= len(block.text) for e in elements)


def says_author(block: Block) -> bool:
    """Tell whether the markup calls a line an author's name."""
    return _near(block, _AUTHOR_PARTS)


def names_author(element: Element) -> bool:
    """Tell whether an element's name says that it holds an author's name."""
    return bool(_AUTHOR_PARTS.search(name_of(element)))


def says_lead(block: Block) -> bool:
    """Tell whether the markup calls a line the article's lead."""
    return _near(block, _LEAD_PARTS)


def _near(block: Block, parts: re.Pattern[str]) -> bool:
    return any(parts.search(name_of(element)) for element in (*block.ancestors[-3:], *block.inner))


def mark_foreign(blocks: list[Block], titles: set[Element], by_name: bool = True) -> None:
    """Mark the lines that are surely not the article's; ``titles`` are elements that hold its title.

    Without ``by_name`` the makers' names of the parts are not believed.
    """
    prose: dict[Element, int] = defaultdict(int)
    for block in blocks:
        if is_prose(block):
            for element in block.ancestors:
                prose[element] += len(block.text)
    total = max(prose.values(), default=0)
    large = (e for e, length in prose.items() if length > 0.5 * total)
    kept = {e for e in large if not _COMMENT_PARTS.search(name_of(e))} | titles
    cards = _cards(blocks)
    judged = {
        element: element in cards or (element not in kept and _is_foreign(element, by_name))
        for element in {element for block in blocks for element in block.ancestors}
    }
    for block in blocks:
        headline = block.is_linked and block.tag != "h1"  # of other news, not the article's words
        block.foreign = headline or any(judged[e] for e in block.ancestors) or _is_caption(block)


def _is_caption(block: Block) -> bool:
    """Tell a short line right below a picture that is set apart: in the picture's table, in italics, or centred."""
    if not block.below_picture or len(block.text) > _LONGEST_CAPTION or block.tag in {"h1", "h2", "h3", "li"}:
        return False
    table = next((element for element in reversed(block.ancestors) if element.tag == "table"), None)
    if table is not None and any(True for _ in table.iter("img", "amp-img")):
        return len("".join(table.itertext()).split()) <= len(block.text.split()) + 10
    looks = (f"{e.get('style') or ''} align={e.get('align') or ''} {e.tag}" for e in block.ancestors[-2:])
    return _is_all_in(block, block.inner, {"i", "em"}) or any(map(_CENTRED.search, looks))


def _is_foreign(element: Element, by_name: bool) -> bool:
    name = name_of(element)
    if element.tag in _FOREIGN_TAGS:
        return not _SUBMITTED.search(name)
    if element.tag in _WHOLE or not by_name:
        return False
    return not _FOREIGN_WORDS.isdisjoint(name.split("-")) or bool(_FOREIGN_PARTS.search(name))


def _cards(blocks: list[Block]) -> set[Element]:
    """Return the elements that stand in a row of their like and each begin with a link: headlines with summaries;
    and the tables that begin so."""
    firsts: dict[Element, Block] = {}
    lengths: dict[Element, int] = defaultdict(int)
    for block in blocks:
        for element in block.ancestors:
            firsts.setdefault(element, block)
            lengths[element] += len(block.text)
    rows: dict[tuple[Element, str, str], list[Element]] = defaultdict(list)
    for element, first in firsts.items():
        if first.is_linked and lengths[element] <= _LONGEST_CARD and element.getparent() is not None:
            rows[element.getparent(), element.tag, name_of(element)].append(element)
    row_cards = (element for row in rows.values() if len(row) >= _LEAST_CARDS for element in row)
    boxes = (element for row in rows.values() for element in row if element.tag == "table")
    return {element for element in (*row_cards, *boxes) if element.tag not in _WHOLE}
