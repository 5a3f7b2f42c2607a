"""Atom feeds: all that is new, and what is new of one theme or one province. Their ids never change."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from ...core.text import upper_first
from ...meaning.knowledge.entities import Kind, KnowledgeBase
from ...meaning.knowledge.news import News, news

MOST = 50
"""So many entries stand in a feed, chosen by hand: readers of feeds keep the earlier ones themselves."""
TITLE = "Kho văn bản chỉ đạo địa phương"
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "tag:kho-van-ban-chi-dao-dia-phuong,2026:")


def render_feeds(kb: KnowledgeBase) -> dict[str, bytes]:
    """Return the feeds: path in docs/ → content. A theme or province without news has none."""
    everything = news(kb)
    groups: dict[tuple[Kind, str], list[News]] = defaultdict(list)
    for item in everything:
        for theme in item.themes:
            groups[Kind.THEME, theme].append(item)
        if item.province:
            groups[Kind.PROVINCE, item.province].append(item)
    feeds = {"feed.xml": _feed(kb, TITLE, "feed.xml", "", everything)} if everything else {}
    for (kind, identity), items in sorted(groups.items()):
        name = kb.themes[identity].name if kind is Kind.THEME else kb.provinces[identity].name
        path = f"{kind.value}/{identity}/feed.xml"
        feeds[path] = _feed(kb, f"{TITLE}: {name}", path, "../../", items)
    return feeds


def _identity(path: str) -> str:
    """Return the lasting id of what stands at a path of the site."""
    return f"urn:uuid:{uuid.uuid5(_SPACE, path)}"


def _feed(kb: KnowledgeBase, title: str, path: str, up: str, items: Sequence[News]) -> bytes:
    shown = items[:MOST]
    home = path.removesuffix("feed.xml")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">',
        f"<title>{escape(title)}</title>",
        f"<id>{_identity(path)}</id>",
        f"<updated>{_moment(shown[0])}</updated>",
        '<link rel="self" type="application/atom+xml" href="feed.xml"/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(up + home or "./")}/>',
        f"<author><name>{escape(TITLE)}</name></author>",
        *(_entry(kb, item, up) for item in shown),
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _moment(item: News) -> str:
    """Return the day of a piece of news; one known in part counts from its first day."""
    return f"{item.date.earliest().isoformat()}T00:00:00Z"


def _entry(kb: KnowledgeBase, item: News, up: str) -> str:
    path = f"{item.kind.value}/{item.id}/"
    title, summary = _words(kb, item)
    return (
        f"<entry><title>{escape(title)}</title><id>{_identity(path)}</id><updated>{_moment(item)}</updated>"
        f'<link rel="alternate" type="text/html" href={quoteattr(up + path)}/>'
        f"<summary>{escape(summary)}</summary></entry>"
    )


def _words(kb: KnowledgeBase, item: News) -> tuple[str, str]:
    """Return the title and one line on a piece of news."""
    day = item.date.vietnamese
    if item.kind is Kind.DOCUMENT:
        document = kb.documents[item.id]
        place = kb.provinces[document.province].name if document.province else "Trung ương"
        return f"{document.name} ({place}, {day})", upper_first(document.title or "Văn bản chưa rõ trích yếu")
    entry = kb.articles[item.id]
    return entry.name, f"Bài nguồn: {entry.outlet_name or 'chưa rõ cơ quan báo chí'}, {day}"
