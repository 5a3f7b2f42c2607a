"""The text of a draft: front matter, open questions as comments, the mark, and the article's paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..core.models import OUR_DIGEST, Paragraph, ParagraphKind
from ..core.text import one_line
from ..sources.articles.digest import MARK
from ..sources.text_files import blank_characters
from .cleaned import Cleaned
from .facts import Facts
from .given import Question

_PLAIN = re.compile(r"[^\W\d_][\w ,.()/“”–-]*\Z")
_WORDS_WITH_MEANING = {"true", "false", "yes", "no", "on", "off", "null", "none", "y", "n"}
_KEYS = ("title", "outlet", "author", "published", "event", "province", "url", "evidence", "rights", "document")
_MARKS = {ParagraphKind.ITEM: "- ", ParagraphKind.QUOTE: "> ", ParagraphKind.PARAGRAPH: ""}
_HEADINGS = range(2, 5)


def render_draft(
    facts: Facts, document: str | None, questions: Sequence[Question], cleaned: Cleaned, *,
    draft: bool, marked: bool,
) -> str:  # fmt: skip
    """Return the whole file. ``draft``: it is not finished; ``marked``: the text is the source's own."""
    head = "\n".join(_head(facts, document, questions, draft))
    mark = f"{mark_line(facts.rights)}\n\n" if marked else ""
    return f"---\n{head}\n---\n\n{mark}{render_body(cleaned)}"


def mark_line(rights: str) -> str:
    """Return the line above the source's own text, with what to do; short, for it must not pass as its lead."""
    do = "Viết lại bằng lời của mình" if rights == OUR_DIGEST else "Xem lại"
    return f"{MARK} {do} rồi xóa dòng này."


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


def _head(facts: Facts, document: str | None, questions: Sequence[Question], draft: bool) -> Iterator[str]:
    values = {
        "title": facts.title,
        "outlet": facts.outlet,
        "author": facts.author,
        "published": facts.published.iso if facts.published else None,
        "event": facts.event.iso if facts.event and not facts.published else None,
        "province": facts.province,
        "url": facts.url,
        "evidence": facts.evidence,
        "rights": facts.rights,
        "document": document,
    }
    for key in _KEYS:
        value = values[key]
        if value is not None:
            yield f"{key}: {value if key in _BARE else scalar(one_line(value))}"
        yield from (f"# {key}: {one_line(q.ask)} {one_line(q.do)}." for q in questions if q.key == key)
    if draft:
        yield "draft: có"


_BARE = {"published", "event", "outlet", "province", "evidence", "rights", "document"}


def _block(paragraph: Paragraph, text: str) -> str:
    words = "\n".join(" ".join(line.split()) for line in blank_characters(text).split("\n"))
    if paragraph.kind is ParagraphKind.HEADING:
        return f"{'#' * min(max(paragraph.level, _HEADINGS[0]), _HEADINGS[-1])} {words}"
    return _MARKS[paragraph.kind] + words
