"""Read the article of a saved web page: its title, its text, and the facts that stand beside it."""

from __future__ import annotations

import email
import email.policy
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, replace

from ...core.dates import PartialDate
from ...core.errors import Problem, Severity
from ...core.models import Article, ArticleFacts, FactSource, sure_or_likely, value_of
from ...core.text import fold, nfc, view
from ...sources.diagnosis import quoted
from ...sources.secrecy import refuse_secret
from ...sources.text_files import RawFile
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.persons import Persons, look_like_names
from ..plain import read_taken
from . import bylines
from .blocks import Block, Element, is_prose, mark_foreign, parse_page, read_blocks, says_lead, says_title
from .facts import WORDS_IN_TITLE, PageHead, read_head, title_parts

_TEXT_LINE = re.compile(r"[^.\d][.!?:…][\"”]?\Z|\A(?:[IVX]{1,4}|\d{1,2})[.)-]\s")
_LONGEST_TITLE = 250
"""Characters: longer lines are sentences. Chosen by hand; the pages of tests/cases/import hold from 62 to 1,000."""
_BEFORE_TITLE, _BELOW_TITLE, _BELOW_TEXT = 3, 25, 8
"""Lines in which a date above the title, a title above the text and an author below it are looked for. Chosen by hand;
the cases hold from 1 to 12 lines before the title and from 6 to 100 between it and the text."""
_HEADINGS = {"h1", "h2", "h3"}
_ITEM = re.compile(r"[-–•+*]\s")
_NOTHING = (
    "không thấy bài viết nào trong trang này",
    "Mở trang bằng trình duyệt, đợi bài hiện đủ rồi lưu lại (Ctrl+S); hoặc chép phần chữ của bài vào một tệp .txt",
)


@dataclass(frozen=True, slots=True)
class _ArticleLines:
    """What was found in a page: all its lines, the places of the title, of the first paragraph below it, and of
    the next list of other news; how many ``others`` stand on the page, whose lines are not among them."""

    blocks: list[Block]
    place: int | None
    start: int
    stop: int
    choice: _Choice
    others: int

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
    if secret := refuse_secret(file.path, (block.text for block in found.blocks)):
        return None, [secret]
    authors = bylines.Authors(persons, vocabulary, "\n".join(block.text for block in found.blocks))
    lines = _lines(found, authors)
    title = found.title or value_of(head.facts.title)
    article, problems = read_taken(file, "\n\n".join([*([title] if title else []), *lines]))
    if article is None:
        return None, problems
    if found.others:
        message = f"trang có {found.others + 1} bài liền nhau, chỉ đọc một bài: {quoted(title or '')}"
        problems.append(
            Problem(file.path, 1, message, "Cần bài khác thì mở riêng bài ấy rồi lưu lại", Severity.WARNING)
        )
    first_line = article.text.split("\n", 1)[0]  # the title with letters of old fonts set right
    shown = ArticleFacts.found(FactSource.FILE, title=title and first_line, published=_published(found, head))
    author = sure_or_likely(_author(head, found, authors), authors.candidate, FactSource.FILE)
    rest = _left_out(found.blocks, {title or "", *(line.removeprefix("- ") for line in lines)})
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
    others = _other_articles(blocks, places)
    if others:
        blocks = [block for block in blocks if others.isdisjoint(block.ancestors)]
        places = _title_places(blocks, head)
    holders = {element for place in places[:1] for element in blocks[place].ancestors}
    mark_foreign(blocks, holders)
    free = _choose(blocks, None, stops)
    if free is None:
        mark_foreign(blocks, holders, by_name=False)
        free = _choose(blocks, None, stops)
    if free is None:
        return None
    place = next((p for p in reversed(places) if p < free.last and not blocks[p].foreign), None)
    choice = _choose(blocks, place, stops) or free
    if place is None or place >= choice.last:
        place = _heading_above(blocks, choice)
    top = choice.first if place is None else place + 1
    start = next((n for n in range(top, choice.last) if is_prose(blocks[n]) and not blocks[n].foreign), top)
    after = range(choice.last, len(blocks))
    stop = next((n for n in after if stops(blocks[n].text)), len(blocks))
    return _ArticleLines(blocks, place, start, stop, choice, len(others))


# -- other articles on the page ------------------------------------------------------------------------


def _other_articles(blocks: list[Block], places: list[int]) -> set[Element]:
    """Return the elements that hold other articles: pages scrolled without end show the next ones below the first.

    They are built like the one with the title: the same tag and names, a heading like the title, running text."""
    headings = [n for n, b in enumerate(blocks) if b.tag in _HEADINGS and len(b.text.split()) >= WORDS_IN_TITLE]
    first = next((n for n in places if n in headings), None if places else next(iter(headings), None))
    if first is None:
        return set()
    title = blocks[first]
    long = {element for block in blocks if is_prose(block) for element in block.ancestors}
    rows: dict[Element, Element] = {e.getparent(): e for e in title.ancestors if e in long and e is not title.element}
    others: set[Element] = set()
    for number in headings:
        heading = blocks[number]
        for element in heading.ancestors:
            own = rows.get(element.getparent())
            if own is None or own is element or element not in long or element is heading.element:
                continue
            if (
                element.tag == own.tag
                and (element.tag == "article" or heading.tag == title.tag)
                and _alike(element, own)
            ):
                others.add(element)
    return others


def _alike(element: Element, other: Element) -> bool:
    """Tell whether two elements bear a name in common, or none at all."""
    names, others = ((e.get("class") or "").split() for e in (element, other))
    return not {*names}.isdisjoint(others) if names or others else True


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


def _heading_above(blocks: list[Block], choice: _Choice) -> int | None:
    """Return the place of the nearest heading above the text, or of a line whose maker calls it a title."""
    for place in range(choice.first, max(-1, choice.first - _BELOW_TITLE), -1):
        block = blocks[place]
        sentence = block.text.endswith((".", ";", ":")) or len(block.text) > _LONGEST_TITLE
        fits = not block.foreign and not sentence and len(block.text.split()) >= WORDS_IN_TITLE
        if fits and says_title(block) and not says_lead(block):
            return place
    return None


# -- the run of lines that holds most running text ---------------------------------------------------

_MOST, _SHORT, _FOREIGN, _STOP, _LEAD = 400, -12, -40, -400, 100
"""What a line weighs: running text as many characters as it has, but ``_MOST``, so that no line decides alone; a short
line, a foreign one, a heading of other news, a lead. Chosen by hand; the pages of tests/cases/import are read the same
with a quarter and with four times each value."""
_MAIN_SHARE = 0.6
"""Of the run's text, what the element of the article must hold: more than half, for quotations and tables may stand
apart. Chosen by hand; the cases hold at 0.3, not at 0.15."""
_BELOW_SHARE = 0.4
"""Of the heaviest run's weight, what a run below the title must have to be preferred. Chosen by hand."""
_HOLDERS = frozenset("div td article section main body form center".split())
_IMPRINT = re.compile(
    r"""\A(?:bản\ quyền|copyright                                                    # rights
    |cơ\ quan\ chủ\ quản|(?:phó\ )?tổng\ biên\ tập|chịu\ trách\ nhiệm                # who answers for it
    |trụ\ sở|t(?:òa|oà)\ soạn|địa\ chỉ|(?:số\ )?điện\ thoại|đường\ dây\ nóng|hotline|email|fax       # where they sit
    |đơn\ vị\ quản\ lý|thiết\ kế\ bởi|phát\ triển\ bởi)(?!\w)                       # who made the site
    |chịu\ trách\ nhiệm(?:\ chính|\ nội\ dung|\ xuất\ bản)?\s?:                       # anywhere in a line
    |tổng\ biên\ tập\s?:|cơ\ quan\ chủ\ quản
    |giấy\ phép\ (?:số|hoạt\ động|xuất\ bản|thiết\ lập)|ghi\ rõ\ nguồn|bản\ quyền\ thuộc|[©®][\s\d]
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_IMPRINT = 500
"""Characters: longer lines are text that names an office. Chosen by hand; the cases hold from 125 to 2,000."""
_ENDS_ALL = re.compile(r"bình luận|ý kiến", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Choice:
    """The run ``first:last`` of the article's lines, and the innermost element that holds its text."""

    first: int
    last: int
    main: Element


def _choose(blocks: list[Block], title: int | None, is_stop: Callable[[str], bool]) -> _Choice | None:
    """Return the article's lines among ``blocks``; ``title`` is the place of its title, if that is known."""
    weights = [_weigh(block, is_stop) for block in blocks]
    first, last, weight = _heaviest(weights, 0)
    if title is not None:
        below = _heaviest(weights, title + 1)
        if below[2] >= _BELOW_SHARE * weight:
            first, last, weight = below
    if weight <= 0:
        return None
    main = _main(blocks[first:last])
    return _Choice(first, _reach(blocks, last, main, is_stop), main)


def _is_inside(block: Block, main: Element) -> bool:
    """Tell whether a line stands inside ``main``."""
    return any(element is main for element in block.ancestors)


def _is_imprint(text: str) -> bool:
    """Tell a line of a page's foot: publisher, licence, address."""
    return len(text) <= _LONGEST_IMPRINT and bool(_IMPRINT.search(text))


def _weigh(block: Block, is_stop: Callable[[str], bool]) -> int:
    if block.foreign or _is_imprint(block.text):
        return _FOREIGN
    if is_stop(block.text):
        return _STOP
    if is_prose(block):
        return min(len(block.text), _MOST)
    return _LEAD if says_lead(block) else _SHORT


def _heaviest(weights: list[int], start: int) -> tuple[int, int, int]:
    """Return the run of lines with the greatest sum of weights from ``start`` on: its span and sum."""
    best, total, begin = (start, start, 0), 0, start
    for number in range(start, len(weights)):
        if total <= 0:
            total, begin = 0, number
        total += weights[number]
        if total > best[2]:
            best = (begin, number + 1, total)
    return best


def _main(blocks: list[Block]) -> Element:
    """Return the innermost element that holds most of the run's text."""
    lengths: Counter[Element] = Counter()
    depths: dict[Element, int] = {}
    for block in blocks:
        if not block.foreign:
            for depth, element in enumerate(block.ancestors):
                if element.tag in _HOLDERS:
                    lengths[element] += len(block.text)
                    depths[element] = depth
    total = max(lengths.values())
    return max((e for e, n in lengths.items() if n >= _MAIN_SHARE * total), key=lambda e: depths[e])


def _reach(blocks: list[Block], last: int, main: Element, is_stop: Callable[[str], bool]) -> int:
    """Return the end of the article: the lines after its last paragraph inside ``main``, up to a list of other news.

    Where paragraphs go on right beside those before, the list stood in the article; its lines are marked foreign.
    """
    parents = Counter(b.element.getparent() for b in blocks[:last] if is_prose(b) and _is_inside(b, main))
    usual = parents.most_common(1)[0][0] if parents else None
    end, stopped = last, None
    for number in range(last, len(blocks)):
        block = blocks[number]
        if not _is_inside(block, main) or (stopped is not None and _ENDS_ALL.search(blocks[stopped].text)):
            break
        if block.foreign or _is_imprint(block.text):
            continue
        if is_stop(block.text):
            stopped = number if stopped is None else stopped
        elif stopped is None:
            end = number + 1
        elif is_prose(block) and block.element.getparent() is usual:
            for skipped in blocks[stopped:number]:
                skipped.foreign = True
            end, stopped = number + 1, None
    return end


_FEWEST, _SHOWN = 8, 14
"""Words: lines with up to ``_FEWEST`` are names, dates and buttons; ``_SHOWN`` are enough to find a line on a page."""


def _left_out(blocks: Iterable[Block], taken: Container[str]) -> tuple[str, ...]:
    """Return the first words of each line that is not among those ``taken`` and long enough to be text."""
    lines = dict.fromkeys(block.text for block in blocks if block.text not in taken)
    words = (line.split() for line in lines)
    return tuple(" ".join(line[:_SHOWN]) + "…" * (len(line) > _SHOWN) for line in words if len(line) > _FEWEST)


# -- text --------------------------------------------------------------------------------------------


def _lines(found: _ArticleLines, authors: bylines.Authors) -> list[str]:
    """Return the lines of the article; those that tell of its author go to ``authors``.

    Inside its text any line is the article's, above it only running text, or a short line with which a text may begin:
    a sentence, or a numbered heading.
    """
    lines: list[str] = []
    main = found.choice.main
    holds_title = found.place is not None and _is_inside(found.blocks[found.place], main)
    for number in range(found.top, found.choice.last):
        block = found.blocks[number]
        above = number < found.start
        if block.foreign and not (above and block.is_linked):
            continue
        if authors.take_marked(block) or block.foreign:
            continue
        begins = above and len(block.text.split()) >= WORDS_IN_TITLE and _TEXT_LINE.search(block.text)
        text = (is_prose(block) or says_lead(block) or begins) and not _is_imprint(block.text)
        if _is_name_by_date(found, number):
            authors.take_beside_date(block.text)
        elif above and bylines.is_date_line(block):
            authors.take_date_line(block.text)
        elif text or (_is_inside(block, main) and not (above and holds_title)):
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
