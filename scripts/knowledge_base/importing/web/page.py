"""Read the article of a saved web page: its title, its text, and the facts that stand beside it."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass, replace

from ...core.dates import PartialDate
from ...core.errors import Problem
from ...core.models import Article, ArticleFacts, FactSource, sure_or_likely, value_of
from ...core.text import fold, nfc, view
from ...sources.text_files import RawFile
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.persons import Persons, look_like_names
from ..plain import read_taken
from . import bylines
from .blocks import Block, Element, is_prose, mark_foreign, parse_page, read_blocks, says_lead, says_title
from .choice import Choice, choose, is_imprint, is_inside, left_out
from .facts import WORDS_IN_TITLE, PageHead, read_head, title_parts

_TEXT_LINE = re.compile(r"[^.\d][.!?:…][\"”]?\Z|\A(?:[IVX]{1,4}|\d{1,2})[.)-]\s")
_LONGEST_TITLE = 250
"""Characters: longer lines are sentences. Chosen by hand; the pages of tests/cases/import hold from 62 to 1,000."""
_BEFORE_TITLE, _BELOW_TITLE, _BELOW_TEXT = 3, 25, 8
"""Lines in which a date above the title, a title above the text and an author below it are looked for. Chosen by hand;
the cases hold from 1 to 12 lines before the title and from 6 to 100 between it and the text."""
_ITEM = re.compile(r"[-–•+*]\s")
_NOTHING = (
    "không thấy bài viết nào trong trang này",
    "Mở trang bằng trình duyệt, đợi bài hiện đủ rồi lưu lại (Ctrl+S); hoặc chép phần chữ của bài vào một tệp .txt",
)


@dataclass(frozen=True, slots=True)
class _ArticleLines:
    """What was found in a page: all its lines, the places of the title, of the first paragraph below it, and of
    the next list of other news."""

    blocks: list[Block]
    place: int | None
    start: int
    stop: int
    choice: Choice

    @property
    def title(self) -> str | None:
        """The title as the page shows it."""
        return self.blocks[self.place].text if self.place is not None else None

    @property
    def top(self) -> int:
        """The place of the first line that may be the article's, below the title."""
        return self.choice.first if self.place is None else self.place + 1


def read_web_page(file: RawFile, vocabulary: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Return the article of a page with its title as the first line, and what the page says of it."""
    root = parse_page(file.data)
    persons = Persons(vocabulary)
    head = read_head(root, vocabulary, persons) if root is not None else None
    found = _find(root, head, vocabulary) if head is not None else None
    if head is None or found is None:
        return None, [Problem(file.path, 1, *_NOTHING)]
    authors = bylines.Authors(persons, vocabulary, "\n".join(block.text for block in found.blocks))
    lines = _lines(found, authors)
    title = found.title or value_of(head.facts.title)
    article, problems = read_taken(file, "\n\n".join([*([title] if title else []), *lines]))
    if article is None:
        return None, problems
    first_line = article.text.split("\n", 1)[0]  # the title with letters of old fonts set right
    shown = ArticleFacts.found(FactSource.FILE, title=title and first_line, published=_published(found, head))
    author = sure_or_likely(_author(head, found, authors), authors.candidate, FactSource.FILE)
    rest = left_out(found.blocks, {title or "", *(line.removeprefix("- ") for line in lines)})
    facts = replace(shown, author=author, url=head.facts.url, outlet=head.facts.outlet)
    return replace(article, facts=facts, left_out=rest), problems


def _find(root: Element, head: PageHead, vocabulary: Vocabulary) -> _ArticleLines | None:
    """Find the title and the article's lines."""
    endings = [re.compile(rule.pattern) for rule in vocabulary.noise.values() if rule.rest]

    def stops(text: str) -> bool:
        """Tell headings of other news ("Tin liên quan", "Bình luận")."""
        return len(text) < 60 and any(pattern.search(view(fold(text))) for pattern in endings)

    blocks = read_blocks(root)
    for block in blocks:
        block.text = nfc(block.text)
    places = _title_places(blocks, head)
    holders = {element for place in places[:1] for element in blocks[place].ancestors}
    mark_foreign(blocks, holders)
    free = choose(blocks, None, stops)
    if free is None:
        mark_foreign(blocks, holders, by_name=False)
        free = choose(blocks, None, stops)
    if free is None:
        return None
    place = next((p for p in reversed(places) if p < free.last and not blocks[p].foreign), None)
    choice = choose(blocks, place, stops) or free
    if place is None or place >= choice.last:
        place = _heading_above(blocks, choice)
    top = choice.first if place is None else place + 1
    start = next((n for n in range(top, choice.last) if is_prose(blocks[n]) and not blocks[n].foreign), top)
    after = range(choice.last, len(blocks))
    stop = next((n for n in after if stops(blocks[n].text)), len(blocks))
    return _ArticleLines(blocks, place, start, stop, choice)


# -- title -------------------------------------------------------------------------------------------


def _title_places(blocks: list[Block], head: PageHead) -> list[int]:
    """Return the places of lines that are the title: what the head says, else the page's only h1."""
    headings = [n for n, block in enumerate(blocks) if block.tag == "h1" and len(block.text.split()) >= WORDS_IN_TITLE]
    for title in head.titles:
        for part in title_parts(title):
            places = [n for n, block in enumerate(blocks) if _is_title(block.text, part)]
            if places and len(part.split()) >= WORDS_IN_TITLE:
                return [n for n in places if n in headings] or places
    return headings if len(headings) == 1 else []


def _is_title(line: str, title: str) -> bool:
    """Tell whether a line is the title; the head may have it cut short with dots."""
    shown, given = fold(line).strip(" .…\"'"), fold(title).strip(" \"'")
    if given.endswith(("...", "…")) and len(given) > 40:
        return shown.startswith(given.rstrip(" .…"))
    return shown == given.strip(" .…\"'")


def _heading_above(blocks: list[Block], choice: Choice) -> int | None:
    """Return the place of the nearest heading above the text, or of a line whose maker calls it a title."""
    for place in range(choice.first, max(-1, choice.first - _BELOW_TITLE), -1):
        block = blocks[place]
        sentence = block.text.endswith((".", ";", ":")) or len(block.text) > _LONGEST_TITLE
        fits = not block.foreign and not sentence and len(block.text.split()) >= WORDS_IN_TITLE
        if fits and says_title(block) and not says_lead(block):
            return place
    return None


# -- text --------------------------------------------------------------------------------------------


def _lines(found: _ArticleLines, authors: bylines.Authors) -> list[str]:
    """Return the lines of the article; those that tell of its author go to ``authors``.

    Inside its text any line is the article's, above it only running text, or a short line with which a text may begin:
    a sentence, or a numbered heading.
    """
    lines: list[str] = []
    main = found.choice.main
    holds_title = found.place is not None and is_inside(found.blocks[found.place], main)
    for number in range(found.top, found.choice.last):
        block = found.blocks[number]
        above = number < found.start
        if block.foreign and not (above and block.is_linked):
            continue
        if authors.take_marked(block) or block.foreign:
            continue
        begins = above and len(block.text.split()) >= WORDS_IN_TITLE and _TEXT_LINE.search(block.text)
        text = (is_prose(block) or says_lead(block) or begins) and not is_imprint(block.text)
        if _is_name_by_date(found, number):
            authors.take_beside_date(block.text)
        elif above and bylines.is_date_line(block):
            authors.take_date_line(block.text)
        elif text or (is_inside(block, main) and not (above and holds_title)):
            marked = block.tag != "li" or _ITEM.match(block.text)
            lines.append(block.text if marked else f"- {block.text}")
    return lines


# -- author and date ---------------------------------------------------------------------------------


def _is_name_by_date(found: _ArticleLines, number: int) -> bool:
    """Tell what looks like a person's name and stands by itself next to the date, between title and text."""
    beside = [n for n in (number - 1, number + 1) if found.top <= n < found.start]
    stands = number < found.start and any(bylines.is_date_line(found.blocks[n]) for n in beside)
    return stands and look_like_names(found.blocks[number].text)


def _author(head: PageHead, found: _ArticleLines, authors: bylines.Authors) -> str | None:
    """Return the author: as the markup shows it, beside the date, right below the text; else the one of the page's data
    whose name the page shows beside its text."""
    if shown := authors.marked or authors.beside_date:
        return shown
    last = found.choice.last
    below = found.blocks[last : min(found.stop, last + _BELOW_TEXT)]
    signed = (block for block in below if bylines.is_author_line(block) or bylines.has_byline(block))
    if name := next(filter(None, (authors.name_in(block.text) for block in signed)), None):
        return name
    near = found.blocks[max(0, (found.place or found.choice.first) - 5) : last + 10]
    lines = "\n".join(fold(block.text) for block in near if len(block.text) <= 2 * bylines.LONGEST)
    named = {name: re.escape(fold(name).strip(" .-")) for name in head.authors if authors.name_in(name)}
    return next((name for name, words in named.items() if re.search(rf"(?<!\w){words}(?!\w)", lines)), None)


def _published(found: _ArticleLines, head: PageHead) -> PartialDate | None:
    """Return the date the page shows in short lines below its title, above it or below the text; else the one in its
    data; else a shown one that tells of a change."""
    blocks, start = found.blocks, found.start
    title = found.place if found.place is not None else start
    below = range(title + 1, min(found.stop, start + 4))
    above = [n for n in range(max(0, title - _BEFORE_TITLE), title) if bylines.stand_together(blocks[n], blocks[title])]
    after = range(found.choice.last, min(found.stop, found.choice.last + 3))
    plain: list[PartialDate] = []
    changed: list[PartialDate] = []
    for number in (*below, *reversed(above), *after):
        block = blocks[number]
        linked = block.foreign or block.linked >= 0.5 * len(block.text)
        if not linked and (number < start or bylines.tells_date(block)) and bylines.is_date_line(block):
            (changed if bylines.CHANGED.search(fold(block.text)) else plain).extend(bylines.dates(block.text))
    told = value_of(head.facts.published)
    if told in plain or told in changed:
        return told
    return next(iter(plain), None) or told or next(iter(changed), None)


_NO_PAGE = (
    "không thấy trang web trong tệp .mht này",
    "Mở tệp bằng trình duyệt, nhấn Ctrl+S và chọn kiểu “Trang web, chỉ HTML”, rồi dùng tệp .html ấy",
)


def read_archive(file: RawFile, vocabulary: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Return the article of a page in a web archive, with the address it was saved from unless it tells its own."""
    message = email.message_from_bytes(file.data, policy=email.policy.default)
    for part in message.walk():
        data = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(data, bytes) and data.strip():
            return read_web_page(replace(file, data=_with_address(data, message, part)), vocabulary)
    return None, [Problem(file.path, 1, *_NO_PAGE)]


def _with_address(data: bytes, message: email.message.Message, part: email.message.Message) -> bytes:
    """Return a page that says where it was saved from, as browsers write it into pages of their own."""
    if b"saved from url" in data[:2048]:
        return data
    url = str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "").strip()
    fits = url.startswith("http") and url.isascii() and "--" not in url and not any(c.isspace() for c in url)
    mark = f"<!-- saved from url=({len(url):04d}){url} -->".encode() if fits else b""
    start = data.lower().find(b"<html")
    return data[:start] + mark + data[start:] if start >= 0 else mark + data
