"""Choose the words around a mention, and put links into an article's words, by span."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from ...core.models import Paragraph
from ...core.text import verbose
from ...meaning.knowledge.entities import Kind, Link
from .markdown import Md, escape

_start = attrgetter("start")
_RANK = {Kind.DOCUMENT: 0, Kind.BODY: 1, Kind.THEME: 2, Kind.PROVINCE: 3, Kind.ARTICLE: 4}


def choose_links(links: Iterable[Link]) -> list[Link]:
    """Return links that do not overlap, in order of the text.

    Named things come before themes wherever they meet, so that a phrase never breaks a name."""
    chosen: list[Link] = []
    for link in sorted(links, key=lambda k: (k.kind is Kind.THEME, k.start, -k.end, _RANK[k.kind])):
        at = bisect_left(chosen, link.start, key=_start)
        if (not at or chosen[at - 1].end <= link.start) and (at == len(chosen) or link.end <= chosen[at].start):
            chosen.insert(at, link)
    return chosen


def _inside(links: Sequence[Link], start: int, end: int) -> Sequence[Link]:
    """Return those of the links (in order of the text) that begin between two places."""
    return links[bisect_left(links, start, key=_start) : bisect_left(links, end, key=_start)]


def annotate(text: str, start: int, end: int, links: Sequence[Link], make: Callable[[Link, str], Md]) -> Md:
    """Return ``text[start:end]`` as Markdown with each link (of non-overlapping ``links``) made by ``make``."""
    parts: list[str] = []
    position = start
    for link in _inside(links, start, end):
        if link.end > end:
            continue
        parts += [_plain(text, position, link.start, position == start), make(link, _line(text[link.start : link.end]))]
        position = link.end
    parts.append(_plain(text, position, end, position == start))
    return Md("".join(parts))


def _plain(text: str, start: int, end: int, first: bool) -> str:
    """Escape a stretch between links, keeping the spaces at its ends."""
    words = _line(text[start:end])
    bare = words.strip()
    if not bare:
        return " " if words and not first else ""
    lead = words[: len(words) - len(words.lstrip())] if not first else ""
    return lead + escape(bare, leading=first) + words[len(words.rstrip()) :]


def _line(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")


WHOLE_PARAGRAPH = 360
"""A paragraph up to this many characters is shown whole. Chosen by hand."""
LONGEST = 420
"""A longer sentence is cut at clauses to about this many characters. Chosen by hand, above WHOLE_PARAGRAPH: a sentence
hardly longer than what is shown whole is not cut for a few words."""

_SENTENCE_END = verbose(r"""
    (?<![\s.(][A-ZĐ]) (?<!\bTP) (?<!\bTp)   # not behind an initial ("Nguyễn V. An") or "TP." (thành phố)
    [.!?…] [\"”’)]*                         # the stop, with what closes behind it
    \s+ (?=[\"“(]?[A-ZÀ-ỸĐ0-9])            # and a new sentence
    """)
_OPENING = verbose(r"""
    [^.!?;:]{0,160}?                                             # who speaks, or which document
    (?: :                                                        # up to the colon
      | \b(?:yêu\ cầu | đề\ nghị | nhấn\ mạnh | nêu\ rõ         # or the verb
            | chỉ\ rõ | khẳng\ định | cho\ rằng)\b )
    """)
_ORDINAL = re.compile(r"Thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười), ")
_CLAUSE_END = re.compile(r"[;,:]\s+|\s+[-–]\s+")
_OPENS = (";", ":")
"""The stops behind which an excerpt may begin. Behind a comma or a dash words may belong to an enumeration ("tình trạng
né tránh, đùn đẩy, không làm đúng chức trách"): without those before it they mean something else, often the contrary."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of an article's text; ``cut_before``/``cut_after`` tell that its sentence goes on there."""

    start: int
    end: int
    cut_before: bool = False
    cut_after: bool = False

    def show(self, words: str) -> str:
        """Return its words with dots where its sentence goes on, which stand for the mark of the clause before them."""
        return ("… " if self.cut_before else "") + (words.rstrip(" ;,:") + " …" if self.cut_after else words)


def find_opening(paragraph: Paragraph, excerpt: Excerpt, asked: Iterable[str] = ()) -> tuple[int, int] | None:
    """Return the place (article coordinates) of the words that say whose an excerpt is, where they were cut off: those
    that open its sentence ("Chỉ thị số 34-CT/TU yêu cầu", with those ``asked`` where they stand behind), or, up to a
    colon, its paragraph; None where there are none, or it opens so itself."""
    offset, text = paragraph.start, paragraph.text
    at = excerpt.start - offset
    ends = [m.end() for m in _SENTENCE_END.finditer(text) if m.end() <= at]
    sentence = max(ends, default=0)
    if not excerpt.cut_before and (at == 0 or _OPENING.match(text, at)):
        return None
    found = _OPENING.match(text, sentence) if excerpt.cut_before else None
    if found is None and sentence:
        first = _OPENING.match(text)
        found = first if first and first[0].endswith(":") else None
    if found is None or found.end() > at:
        return None
    ends = [found.end() + 1 + len(names) for names in asked if names and text.startswith(f" {names}", found.end())]
    return offset + found.start(), offset + min([*ends, found.end()][0], at)


def join_opening(paragraph: Paragraph, excerpt: Excerpt) -> Excerpt:
    """Return an excerpt that begins with the words that say whose it is, where nothing was cut between them and it:
    dots there would tell of words that are missing."""
    found = find_opening(paragraph, excerpt)
    if found is None or paragraph.text[found[1] - paragraph.start : excerpt.start - paragraph.start].strip():
        return excerpt
    return replace(excerpt, start=found[0], cut_before=False)


def skip_ordinal(text: str, excerpt: Excerpt) -> Excerpt:
    """Return an excerpt of ``text`` without the "Thứ nhất, " that opens it: it means nothing alone."""
    found = _ORDINAL.match(text, excerpt.start, excerpt.end)
    return replace(excerpt, start=found.end()) if found else excerpt


def find_excerpt(paragraph: Paragraph, start: int, end: int, links: Sequence[Link]) -> Excerpt:
    """Return the words to show for the mention ``start:end`` (article coordinates) in ``paragraph``: all of it, else
    its sentence, else clauses of about LONGEST characters in all, which begin with the sentence or behind one of
    _OPENS, however far before; breaks inside names do not count."""
    offset, text = paragraph.start, paragraph.text
    if len(text) <= WHOLE_PARAGRAPH:
        return Excerpt(offset, paragraph.end)
    breaks = [offset, *(offset + m.end() for m in _SENTENCE_END.finditer(text)), paragraph.end]
    first = max(b for b in breaks if b <= start)
    last = min((b for b in breaks if b >= end), default=paragraph.end)
    if last - first <= LONGEST:
        return Excerpt(first, last)
    names = _inside(links, offset, last)
    breaks = [b for m in _CLAUSE_END.finditer(text) if first < (b := offset + m.end()) < last]
    breaks = [first, *(b for b in breaks if not any(k.start < b < k.end for k in names)), last]
    room = max(0, LONGEST - (end - start))
    opens = [first, *(b for b in breaks if b <= start and text[: b - offset].rstrip().endswith(_OPENS))]
    begin = min((b for b in opens if b >= start - room // 2), default=opens[-1])
    stop = max((b for b in breaks if end <= b <= begin + LONGEST), default=min(b for b in breaks if b >= end))
    return Excerpt(begin, stop, begin > first, stop < last)
