"""Is the article there already? The same page, the same title in the same paper, or nearly the same text.

Texts are compared by runs of five syllables: of the shorter text, the share that the longer one has too.
Tried on 68 retold articles and five articles beside their digests: articles of different events share at
most 0.15, a digest and its article 0.2 to 0.3, two tellings of one text often more than 0.4."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..core.models import Article
from ..core.text import fold, nfc
from ..core.web_links import link_key
from ..sources.articles.digest import find_mark

_RUN = 5
_FEWEST, _ENOUGH = 20, 80
"""Texts with fewer runs are too short to be compared; up to ``_ENOUGH`` the long name of a directive that both
cite weighs so much that they must share more."""
SAME, SIMILAR = 0.5, 0.18
SAME_SHORT, SIMILAR_SHORT = 0.8, 0.6
SAME_TITLE, SIMILAR_TITLE = 4, 0.75
"""A title of fewer syllables is shared by chance; two titles that share so much may be of one article."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Similarity:
    """An article that is the same as the new one (``sure``), or may be; ``why`` is Vietnamese."""

    article: Article
    why: str
    sure: bool


def find_similar(new: Article, corpus: Iterable[Article]) -> list[Similarity]:
    """Return what is in the corpus already of the new article, the sure ones first."""
    title, runs, link = _words(new.title or ""), _runs(_body(new)), link_key(new.url) if new.url else ""
    found = filter(None, (_compare(new, other, title, runs, link) for other in corpus))
    return sorted(found, key=lambda similar: (not similar.sure, similar.article.path))


def _compare(
    new: Article, other: Article, title: list[str], runs: set[tuple[str, ...]], link: str
) -> Similarity | None:
    """Return in which way ``other`` is the same as the new article, of which the title's words, the runs of its text
    and its address are given; None if it is not."""
    others = _words(other.title or "")
    same_outlet = new.outlet is not None and new.outlet == other.outlet
    if link and other.url and link_key(other.url) == link:
        return Similarity(other, "cùng địa chỉ trên mạng", sure=True)
    if others and others == title and same_outlet:
        return Similarity(other, "cùng tên bài, cùng báo", sure=True)
    theirs = _runs(_body(other))
    fewer = min(len(theirs), len(runs))
    share = len(theirs & runs) / fewer if fewer >= _FEWEST else 0.0
    same, similar = (SAME, SIMILAR) if fewer >= _ENOUGH else (SAME_SHORT, SIMILAR_SHORT)
    told = min(len(others), len(title)) >= SAME_TITLE
    same_day = new.published is not None and new.published == other.published
    why = None
    if share >= similar:
        why = f"nội dung giống nhau {share:.0%}"
    elif told and others == title:
        why = "cùng tên bài"
    elif told and len(set(others) & set(title)) >= SIMILAR_TITLE * len(set(others) | set(title)):
        why = "tên bài gần giống nhau"
    elif new.document and new.document == other.document and same_outlet and same_day:
        why = "cùng báo, cùng ngày, cùng đưa tin một văn bản"
    return Similarity(other, why, sure=share >= same) if why else None


def _body(article: Article) -> str:
    """Return the text of an article, without the line that marks a draft."""
    mark = find_mark(article.paragraphs) if article.draft else None
    return article.text[mark.end if mark else article.body_start :]


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(nfc(text)))


def _runs(text: str) -> set[tuple[str, ...]]:
    """Return all runs of syllables of a text."""
    words = _words(text)
    return set(zip(*(words[first:] for first in range(_RUN)), strict=False))
