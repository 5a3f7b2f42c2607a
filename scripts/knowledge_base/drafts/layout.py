"""The text of a draft: front matter, open questions as comments, the mark, and the article's paragraphs."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from ..core.dates import PartialDate
from ..core.models import OUR_DIGEST, Article, ParagraphKind
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
    head = ["---"]
    for key in _KEYS:
        value = document if key == "document" else getattr(known, key)
        if isinstance(value, PartialDate):
            value = value.iso
        if value is not None and not (key == "event" and known.published):
            head.append(f"{key}: {scalar(one_line(value)) if key in _WORDS else value}")
        head += (f"# {key}: {one_line(q.ask)} {one_line(q.do)}." for q in questions if q.key == key)
    head += ["draft: có"] if draft else []
    do = "Viết lại bằng lời của mình" if known.rights == OUR_DIGEST else "Xem lại"
    mark = f"{MARK} {do} rồi xóa dòng này.\n\n" if marked else ""  # short, for it must not pass as the text's lead
    return "\n".join([*head, "---", "", f"{mark}{render_body(cleaned)}"])


def render_body(cleaned: Cleaned) -> str:
    """Return paragraphs as the reader of digests reads them back, with the lines they came in; items of a list
    stand together."""
    body, before = "", None
    for paragraph in cleaned.paragraphs:
        text = blank_characters(cleaned.text[paragraph.start : paragraph.end])
        mark = _MARKS.get(paragraph.kind, f"{'#' * min(max(paragraph.level, _HEADINGS[0]), _HEADINGS[-1])} ")
        if before is not None:
            body += "\n" if before is paragraph.kind is ParagraphKind.ITEM else "\n\n"
        body += mark + "\n".join(" ".join(line.split()) for line in text.split("\n"))
        before = paragraph.kind
    return f"{body}\n" if cleaned.paragraphs else ""


def scalar(words: str) -> str:
    """Return a value as YAML that is read back as exactly these words."""
    if _PLAIN.match(words) and not words.endswith(" ") and words.lower() not in _WORDS_WITH_MEANING:
        return words
    return json.dumps(words, ensure_ascii=False)
