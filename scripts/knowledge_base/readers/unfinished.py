"""Drafts: articles that a maintainer has not finished. They are read and checked, but no page is made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ..errors import Problem
from ..models import OUR_DIGEST, Paragraph
from ..text import fold

REPORT_SUFFIX = ".can-xem.md"
"""The end of the name of the report that stands beside a draft: for its maintainer only, never read."""

MARK = "[BẢN NHÁP – NGUYÊN VĂN CỦA NGUỒN]"
"""Opens the line in a draft below which the source's own text stands."""

_MARK = re.compile(r"\W{0,4}bản nháp\W{1,5}nguyên văn")
_DRAFT = re.compile(r"^draft[ \t]*:[ \t]*[\"']?(?:có|true|yes)[\"']?[ \t]*(?:#.*)?$", re.MULTILINE | re.IGNORECASE)


def says_draft(yaml: str) -> bool:
    """Tell whether front matter, sound or not, calls its article a draft."""
    return bool(_DRAFT.search(yaml))


def find_mark(paragraphs: Iterable[Paragraph]) -> Paragraph | None:
    """Return the line that marks the source's own text, if it still stands there."""
    return next((p for p in paragraphs if _MARK.match(fold(p.text))), None)


def check_mark(paragraphs: Iterable[Paragraph], rights: str, path: str) -> Iterator[Problem]:
    """Tell of the mark in an article that is no draft any more."""
    mark = find_mark(paragraphs)
    if mark is None:
        return
    if rights == OUR_DIGEST:
        message = "bài không còn là bản nháp nhưng phần dưới dòng này vẫn là nguyên văn của nguồn"
        remedy = "Thay bằng lời tóm lược của mình rồi xóa dòng này; chưa xong thì thêm lại “draft: có” ở đầu bài"
    else:
        message = "bài không còn là bản nháp nhưng còn dòng đánh dấu của bản nháp"
        remedy = "Xem lại phần nguyên văn bên dưới, rồi xóa dòng này"
    yield Problem(path, mark.line, message, remedy)


def check_draft(
    paragraphs: Iterable[Paragraph], rights: str, path: str, lines: Mapping[tuple[str, ...], int]
) -> Iterator[Problem]:
    """Tell what is still to do in a draft besides mending its faults."""
    mark = find_mark(paragraphs)
    if mark is not None:
        digest = rights == OUR_DIGEST
        remedy = "Viết lại bằng lời của mình, rồi xóa dòng này" if digest else "Xem lại, rồi xóa dòng này"
        yield Problem(path, mark.line, "phần dưới dòng này còn là nguyên văn của nguồn", remedy)
    remedy = "Khi đã xong mọi việc, xóa dòng “draft: có”"
    yield Problem(path, lines.get(("draft",), 2), "bài còn là bản nháp, chưa được đưa lên trang", remedy)
