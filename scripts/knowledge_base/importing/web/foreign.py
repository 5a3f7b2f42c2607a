"""Tell what of a page is not the article: by the names its makers gave the parts, and by lists of links."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from .blocks import Block, Element

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
_FOREIGN_PARTS = re.compile(
    r"""lien-?quan|tin-?khac|tin-?cu(?![a-z])|tin-?moi(?!-?tr)|tin-?lq|cung-?chuyen-?muc|cung-?chu-?de  # other news
    |da-?dua|doc-?nhieu|xem-?nhieu|xem-?them|doc-?them|list-?news|news-?list
    |(?:other|more|related|relate|hot|top|new|latest|popular)-?(?:news|posts?|articles?)|(?:most|top)-?(?:view|read)
    |binh-?luan|y-?kien|danh-?gia                                                                 # comments
    |chia-?se|social|addthis|addtoany|sharedaddy|box-?(?:tag|share|comment)                       # sharing
    |article-?(?:tag|relate|share|tool)|tu-?khoa|luot-?xem|thong-?ke
    |nghe-?bai|doc-?bai|audio                                                                     # players
    |quang-?cao|adsbygoogle|advertis|newsletter                                                   # advertising
    |chan-?trang|dau-?trang|breadcrumb|sidebar                                                    # the page's frame
    |chu-?thich                                                                                   # captions
    """,
    re.VERBOSE,
)
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
    judged: dict[Element, bool] = {}
    cards = _cards(blocks)
    for block in blocks:
        for element in block.ancestors:
            if element not in judged:
                judged[element] = element in cards or (element not in kept and _is_foreign(element, by_name))
        block.foreign = any(judged[element] for element in block.ancestors)
        headline = block.is_linked and block.tag != "h1"  # of other news, not the article's words
        block.foreign = block.foreign or headline or _is_caption(block)


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
    if element.tag in _FOREIGN_TAGS:
        return not _SUBMITTED.search(name_of(element))
    if element.tag in _WHOLE or not by_name:
        return False
    name = name_of(element)
    return bool(name) and (not _FOREIGN_WORDS.isdisjoint(name.split("-")) or bool(_FOREIGN_PARTS.search(name)))


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
