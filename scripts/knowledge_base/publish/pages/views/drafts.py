"""What the page that checks a draft shows: it has no members; the browser does the work (draft-page.js)."""

from __future__ import annotations

from collections.abc import Mapping

from ....core.text import sort_key
from ....meaning.knowledge.entities import Document
from ..index import Index
from ..site import Site
from ..view import Values, View


def _no_members(_: Index) -> Mapping[str, Document]:
    return {}


def _index(site: Site) -> Values:
    """How many documents a number is compared with, and the provinces of today to choose the author's from."""
    today = [p for p in site.kb.provinces.values() if p.successor in (None, p.id)]
    return {
        "known": sum(1 for d in site.kb.documents.values() if d.number),
        "provinces": sorted(((p.id, p.name) for p in today), key=lambda row: sort_key(row[1])),
    }


VIEW = View(_no_members, lambda *_: {}, lambda *_: "", _index)
