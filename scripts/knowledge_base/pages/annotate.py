"""Put links into an article's words, by span. Where spans overlap, the earlier wins, then the longer,
then documents before bodies before themes: no link stands in another, none surrounds half a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ..knowledge.entities import Kind, Link
from .markdown import Md, escape

_RANK = {Kind.DOCUMENT: 0, Kind.BODY: 1, Kind.THEME: 2, Kind.PROVINCE: 3, Kind.ARTICLE: 4}


def choose_links(links: Iterable[Link]) -> list[Link]:
    """Return links that do not overlap, in order of the text.

    Named things come before themes wherever they meet, so that a phrase never breaks a name."""
    chosen: list[Link] = []
    for link in sorted(links, key=lambda k: (k.kind is Kind.THEME, k.start, -k.end, _RANK[k.kind])):
        if not any(c.start < link.end and link.start < c.end for c in chosen):
            chosen.append(link)
    return sorted(chosen, key=lambda k: k.start)


def annotate(text: str, start: int, end: int, links: Sequence[Link], make: Callable[[Link, str], Md]) -> Md:
    """Return ``text[start:end]`` as Markdown with each link (of non-overlapping ``links``) made by ``make``."""
    parts: list[str] = []
    position = start
    for link in links:
        if link.start < position or link.end > end:
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
