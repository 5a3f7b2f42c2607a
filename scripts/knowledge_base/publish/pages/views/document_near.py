"""Where to read on from a document of which nobody has told what it demands: what the base has of the same place on
the same matter."""

from __future__ import annotations

from collections.abc import Iterator

from ....meaning.knowledge.entities import Document, Kind
from ..markdown import Md, escape, link
from ..site import CENTRAL, Site
from ..view import newest_first

_MOST = 3
"""So many articles, and so many documents, are named; the search has the others. Chosen by hand."""


def near(site: Site, d: Document) -> list[Md]:
    """Return lines that lead on, those nearest to the question first; at least to the page of its place."""
    lines = [*_articles(site, d), *_documents(site, d), *_lists(site, d)]
    place = _place(site, d)
    return lines or [link(f"Những gì kho có của {site.place(place)}", site.url(Kind.PROVINCE, place))]


def _place(site: Site, d: Document) -> str:
    return site.index.province_today(d.province) if d.province else CENTRAL


def _articles(site: Site, d: Document) -> Iterator[Md]:
    """Yield the newest articles of the place on a theme of the document; its own are listed on its page anyway."""
    there = (a for theme in site.kb.themes_of(d) for a in site.index.articles_on.get((d.province, theme), ()))
    found = (a for a in dict.fromkeys(there) if a not in d.articles)
    for identity in newest_first(site, found)[:_MOST]:
        entry = site.kb.articles[identity]
        line = escape(f"{site.outlet(entry)} · {site.day_of(entry)}", leading=False)
        yield Md(f'{site.link(Kind.ARTICLE, identity)} <span class="phu">{line}</span>')


def _documents(site: Site, d: Document) -> Iterator[Md]:
    """Yield the newest documents of the place on a theme of the document of which it is known what they demand."""
    themes = set(site.kb.themes_of(d))
    there = (other for theme in sorted(themes) for other in site.index.documents_by_theme.get(theme, []))
    known = {other.id: other for other in there if site.index.tasks_by_document.get(other.id) and other != d}
    for other in site.newest(o for o in known.values() if _place(site, o) == _place(site, d))[:_MOST]:
        line = escape(site.document_line(other), leading=False)
        yield Md(f'{site.link(Kind.DOCUMENT, other.id)} <span class="phu">{line}</span>')


def _lists(site: Site, d: Document) -> Iterator[Md]:
    """Yield the links to all of the place on each theme, to what is said elsewhere, to the tasks of the place."""
    place = _place(site, d)
    name = escape(site.place(place), leading=False)
    for theme in site.kb.themes_of(d):
        words = site.name(Kind.THEME, theme)
        about = escape(words[:1].lower() + words[1:], leading=False)
        search = f"{site.href('tra-cuu')}?noi={place}&amp;chu-de={theme}"
        elsewhere = f"[Các nơi nói gì về {about}]({site.url(Kind.THEME, theme)})"
        more = f"; {elsewhere}" if theme in site.index.spoken_themes else ""
        yield Md(f'<a href="{search}">Mọi trang của {name} về {about}</a>{more}')
    if (None if place == CENTRAL else place) in site.index.places_with_tasks:
        yield Md(f"[Nhiệm vụ nêu trong các bài của {name}]({site.url('nhiem-vu', place)})")
