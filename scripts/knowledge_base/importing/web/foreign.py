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
    r"lien-?quan|tin-?khac|tin-?cu(?![a-z])|tin-?moi(?!-?tr)|tin-?lq|cung-?chuyen-?muc|cung-?chu-?de|da-?dua"
    r"|doc-?nhieu|xem-?nhieu|xem-?them|doc-?them|binh-?luan|y-?kien|chia-?se|quang-?cao|tu-?khoa|luot-?xem|danh-?gia|nghe-?bai|doc-?bai|thong-?ke"
    r"|chan-?trang|dau-?trang|chu-?thich|(?:other|more|related|relate|hot|top|new|latest|popular)-?(?:news|posts?|articles?)"
    r"|(?:most|top)-?(?:view|read)|list-?news|news-?list|box-?(?:tag|share|comment)"
    r"|article-?(?:tag|relate|share|tool)|adsbygoogle|addthis|addtoany|sharedaddy|audio|breadcrumb|sidebar|advertis|social|newsletter"
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
_LONGEST_CARD = 700
_LONGEST_CAPTION = 250
_CENTRED = re.compile(r"text-align\s*:\s*center|align=center| center\Z", re.IGNORECASE)
_LEAST_CARDS = 3
PROSE = 80


def name_of(element: Element) -> str:
    """Return the names an element's maker gave it (class, id, role) as small words parted by "-"."""
    given = " ".join(
        filter(None, (element.get("class"), element.get("id"), element.get("data-role"), element.get("itemprop")))
    )
    return "-".join(
        piece for word in given[:300].split() if not _ABOUT.match(word) for piece in _PIECES.findall(word)
    ).lower()


def is_prose(block: Block) -> bool:
    """Tell a line of running text."""
    return len(block.text) >= PROSE and block.linked < 0.5 * len(block.text)


def says_date(block: Block) -> bool:
    """Tell whether the markup calls a line a date."""
    return _near(block, _DATE_PARTS) or any(element.tag == "time" for element in block.inner)


def says_title(block: Block) -> bool:
    """Tell whether the markup calls a line a title, or prints it as one."""
    if block.tag in {"h1", "h2", "h3"} or any(
        _TITLE_PARTS.search(name_of(e)) for e in (*block.ancestors[-2:], *block.inner)
    ):
        return True
    return (
        bool(block.inner)
        and block.inner[0].tag in {"b", "strong"}
        and len("".join(block.inner[0].itertext())) >= len(block.text)
    )


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
        block.foreign = any(
            element in cards or judged.setdefault(element, element not in kept and _is_foreign(element, by_name))
            for element in block.ancestors
        )
    _mark_links(blocks)
    for block in blocks:
        block.foreign = block.foreign or _is_caption(block)


def _is_caption(block: Block) -> bool:
    """Tell a short line right below a picture that is set apart: in the picture's table, in italics, or centred."""
    if not block.below_picture or len(block.text) > _LONGEST_CAPTION or block.tag in {"h1", "h2", "h3", "li"}:
        return False
    table = next((element for element in reversed(block.ancestors) if element.tag == "table"), None)
    if table is not None and any(True for _ in table.iter("img", "amp-img")):
        return len("".join(table.itertext()).split()) <= len(block.text.split()) + 10
    slanted = any(
        element.tag in {"i", "em"} and len("".join(element.itertext())) >= len(block.text) for element in block.inner
    )
    return slanted or any(_CENTRED.search(_look(element)) for element in block.ancestors[-2:])


def _look(element: Element) -> str:
    return f"{element.get('style') or ''} align={element.get('align') or ''} {element.tag}"


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


def _mark_links(blocks: Iterable[Block]) -> None:
    """Mark lines that are only a link: headlines of other news, not an article's words."""
    for block in blocks:
        if block.is_linked and block.tag != "h1":
            block.foreign = True
