"""The text of a draft: front matter, open questions as comments, the mark, and the article's paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..core.dates import PartialDate
from ..core.models import OUR_DIGEST, Article, Paragraph, ParagraphKind
from ..core.text import one_line
from ..sources.articles.digest import MARK
from ..sources.text_files import blank_characters
from .cleaned import Cleaned
from .questions import Question

_PLAIN = re.compile(r"[^\W\d_][\w ,.()/“”–-]*\Z")
_WORDS_WITH_MEANING = {"true", "false", "yes", "no", "on", "off", "null", "none", "y", "n"}
_KEYS = ("title", "outlet", "author", "published", "event", "province", "url", "evidence", "rights", "document")
_WORDS = {"title", "author", "url"}
"""Keys whose values may need to be quoted; those of the others are ids and dates."""
_MARKS = {ParagraphKind.ITEM: "- ", ParagraphKind.QUOTE: "> ", ParagraphKind.PARAGRAPH: ""}
_HEADINGS = range(2, 5)


def render_draft(
    known: Article, document: str | None, questions: Sequence[Question], cleaned: Cleaned, *,
    draft: bool, marked: bool,
) -> str:  # fmt: skip
    """Return the whole file: the facts of ``known`` with the id of the ``document`` it announces, and the body.
    ``draft``: it is not finished; ``marked``: the text is the source's own."""
    head = "\n".join(_head(known, document, questions, draft))
    do = "Viết lại bằng lời của mình" if known.rights == OUR_DIGEST else "Xem lại"
    mark = f"{MARK} {do} rồi xóa dòng này.\n\n" if marked else ""  # short, for it must not pass as the text's lead
    return f"---\n{head}\n---\n\n{mark}{render_body(cleaned)}"


def render_body(cleaned: Cleaned) -> str:
    """Return paragraphs as the reader of digests reads them back, with the lines they came in; items of a list
    stand together."""
    blocks = [(p.kind, _block(p, cleaned.text[p.start : p.end])) for p in cleaned.paragraphs]
    if not blocks:
        return ""
    pieces = [blocks[0][1]]
    for (before, _), (kind, block) in pairwise(blocks):
        listed = before is kind is ParagraphKind.ITEM
        pieces += ["\n" if listed else "\n\n", block]
    return "".join(pieces) + "\n"


def scalar(words: str) -> str:
    """Return a value as YAML that is read back as exactly these words."""
    if _PLAIN.match(words) and not words.endswith(" ") and words.lower() not in _WORDS_WITH_MEANING:
        return words
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _head(known: Article, document: str | None, questions: Sequence[Question], draft: bool) -> Iterator[str]:
    for key in _KEYS:
        value = document if key == "document" else getattr(known, key)
        if key == "event" and known.published:
            value = None
        if isinstance(value, PartialDate):
            value = value.iso
        if value is not None:
            yield f"{key}: {scalar(one_line(value)) if key in _WORDS else value}"
        yield from (f"# {key}: {one_line(q.ask)} {one_line(q.do)}." for q in questions if q.key == key)
    if draft:
        yield "draft: có"


def _block(paragraph: Paragraph, text: str) -> str:
    words = "\n".join(" ".join(line.split()) for line in blank_characters(text).split("\n"))
    if paragraph.kind is ParagraphKind.HEADING:
        return f"{'#' * min(max(paragraph.level, _HEADINGS[0]), _HEADINGS[-1])} {words}"
    return _MARKS[paragraph.kind] + words
