"""Lines for the head of an article that lead old links to the paragraphs which took their place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping

from ..core.paragraphs import find_paragraphs
from ..meaning.knowledge.entities import ArticleEntry
from ..sources.yaml.lines import in_quotes

_SIMILARITY = 0.3
"""The least share of letters (``difflib``) that a paragraph has in common with the one it took the place of. Chosen by
hand: it is a proposal, which a maintainer reads."""
_FEW = 4
"""So many words of a paragraph are proposed to know it by; more where others hold them too."""


def propose_mended(was: ArticleEntry, now: ArticleEntry, gone: Iterable[str]) -> Iterator[str]:
    """Yield the entries of ``mended`` that would lead on from the anchors that are ``gone`` from an article.

    A new paragraph that took the place of several has one entry. Nothing is proposed
    for a paragraph that resembles none of the new ones."""
    words = _words_by_anchor(was)
    fresh = [i for i, anchor in enumerate(now.anchors) if anchor not in words]
    texts = {index: now.article.paragraphs[index].text for index in fresh}
    led: dict[int, list[str]] = {}
    for anchor in gone:
        ranked = sorted((-_similarity(words[anchor], text), index) for index, text in texts.items() if anchor in words)
        if ranked and -ranked[0][0] >= _SIMILARITY:
            led.setdefault(ranked[0][1], []).append(anchor)
    for index, anchors in led.items():
        yield f"- {{find: {in_quotes(_known_by(now, index))}, was: [{', '.join(anchors)}]}}"


def _words_by_anchor(entry: ArticleEntry) -> Mapping[str, str]:
    paragraphs = zip(entry.article.paragraphs, entry.anchors, entry.earlier_anchors, strict=True)
    return {anchor: p.text for p, own, earlier in paragraphs for anchor in (own, *earlier)}


def _similarity(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _known_by(entry: ArticleEntry, index: int) -> str:
    """Return the first words of a paragraph that stand in no other."""
    paragraphs = entry.article.paragraphs
    words = paragraphs[index].text.split()
    for count in range(min(_FEW, len(words)), len(words)):
        if len(find_paragraphs(paragraphs, found := " ".join(words[:count]))) == 1:
            return found
    return " ".join(words)
