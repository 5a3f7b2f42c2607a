"""What the home page shows."""

from __future__ import annotations

from ..kinds import PAGE_KINDS
from ..site import Site
from ..view import Values
from .province import province_rows
from .theme import theme_rows

NEWEST = 6
"""So many of the newest documents stand there, chosen by hand."""


def home(site: Site) -> Values:
    """Return the values of the home page."""
    kinds = sorted(PAGE_KINDS, key=lambda kind: kind.position or len(PAGE_KINDS) + 1)
    reported = [d for d in site.kb.documents.values() if d.articles]
    return {
        "lists": [(kind.on_home, site.url(kind.folder)) for kind in kinds if kind.on_home],
        "themes": theme_rows(site),
        "newest": site.newest(reported)[:NEWEST],
        "provinces": [(province, count) for province, _, count in province_rows(site) if count],
    }
