"""Cut the body of an article into headings, paragraphs, list items and quotations.

The marks known are ``# ``, ``- `` and ``> `` at the start of a line; a blank line ends a block. A
line break inside a block joins two lines, unless the line before it ends a sentence or the next one
starts with a mark or a number of its own. Everything else in the text is plain text.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence

from .models import Mending, Paragraph, ParagraphKind
from .text import fold

ANCHOR = r"d-[a-z2-7]{8}(?:-\d{1,4})?"
"""The pattern of what ``anchors`` makes."""

_MARK = re.compile(r"(?P<heading>#{1,4})[ \t]+|(?P<item>[-*•][ \t]+)|(?P<quote>>[ \t]?)")
_OWN_LINE = re.compile(r"\d{1,3}[.)][ \t]|[-*•][ \t]|#{1,4}[ \t]|>")
_LETTER = re.compile(r"\S")
_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";")


def split_paragraphs(text: str, start: int = 0) -> tuple[Paragraph, ...]:
    """Return the paragraphs of ``text[start:]`` with their places in ``text`` (NFC, LF line ends)."""
    paragraphs, line, counted = [], 1, 0
    for block, end in _blocks(text, start):
        line, counted = line + text.count("\n", counted, block), block
        begin = _first_letter(text, block, end)
        match = _MARK.match(text, begin, end)
        kind = ParagraphKind((match and match.lastgroup) or ParagraphKind.PARAGRAPH)
        level = len(match["heading"] or "") if match else 0
        begin = _first_letter(text, match.end() if match else begin, end)
        if words := text[begin:end].rstrip().replace("\n", " ").replace("\t", " "):
            paragraphs.append(Paragraph(kind, words, begin, line, level))
    return tuple(paragraphs)


def _first_letter(text: str, begin: int, end: int) -> int:
    letter = _LETTER.search(text, begin, end)
    return letter.start() if letter else end


def _is_whole(line: str) -> bool:
    """Tell whether nothing can be joined to a line: a heading, or one that ends a sentence."""
    sentence = line.rstrip("\n").rstrip(" \t").rstrip('"”’)').endswith(_SENTENCE_ENDS)
    return sentence or line.lstrip().startswith("#")


def _blocks(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of blocks: lines that belong together."""
    begin: int | None = None
    position, last = start, ""
    for line in [*text[start:].splitlines(keepends=True), ""]:
        bare = line.lstrip()
        if begin is not None and (not bare or _is_whole(last) or _OWN_LINE.match(bare)):
            yield begin, position
            begin = None
        if bare and begin is None:
            begin = position
        position, last = position + len(line), line


def anchors(paragraphs: tuple[Paragraph, ...]) -> tuple[str, ...]:
    """Return a short address for each paragraph, made of its own folded words alone.

    It stays the same whatever happens to the paragraphs around it; a second paragraph with the same
    words gets ``-2``.
    """
    seen: dict[str, int] = {}
    names = []
    for paragraph in paragraphs:
        words = " ".join(re.findall(r"\w+", fold(paragraph.text))).encode()
        name = "d-" + base64.b32encode(hashlib.blake2b(words, digest_size=5).digest()).decode().lower()
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return tuple(names)


_LONGEST_LIST = 500
"""Items. By hand: no list of ours has a tenth of them; without an end, time grows with the square of a list."""


def introduction(paragraphs: Sequence[Paragraph], index: int) -> int | None:
    """Return the index of the paragraph that introduces the list whose item one is; None where it is in none."""
    first = index
    while index >= max(0, first - _LONGEST_LIST) and paragraphs[index].kind is ParagraphKind.ITEM:
        index -= 1
    is_item = index >= 0 and paragraphs[index].kind is ParagraphKind.ITEM
    return index if 0 <= index < first and not is_item and introduces(paragraphs[index]) else None


def introduces(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph says nothing by itself: it ends where a list begins."""
    return paragraph.text.rstrip().endswith(":")


def find_paragraphs(paragraphs: Sequence[Paragraph], words: str) -> list[int]:
    """Return the indexes of the paragraphs that hold ``words``, letter by letter, blanks apart."""
    wanted = " ".join(words.split())
    return [index for index, paragraph in enumerate(paragraphs) if wanted in " ".join(paragraph.text.split())]


def earlier_anchors(paragraphs: Sequence[Paragraph], mended: Iterable[Mending]) -> tuple[tuple[str, ...], ...]:
    """Return for each paragraph the anchors under which it was published before it was mended."""
    earlier: list[tuple[str, ...]] = [()] * len(paragraphs)
    for mending in mended:
        for index in find_paragraphs(paragraphs, mending.find)[:1]:
            earlier[index] += mending.was
    return tuple(earlier)
