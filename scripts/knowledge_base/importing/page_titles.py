"""What pages call themselves: their titles with the site's name around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.text import fold
from ..sources.vocabulary import Vocabulary

_SEPARATORS = re.compile(r"\s+[-–—|:»•]{1,2}\s+|\s*\|\s*")
_MOST_PARTS = 6
"""Enough for headline, section, site and its slogan on both sides; bounds the work on hostile titles."""
WORDS_IN_TITLE = 4
"""Fewer words are the name of a page or a section ("Tin trong tỉnh"), not a headline."""
_PLACE = re.compile(r"(?<!\w)(?:tỉnh|thành phố|tp\.?)\s|\s(?:online|điện tử)\Z")


def title_parts(title: str) -> Iterator[str]:
    """Yield a title as the head gives it, then without its last or first parts ("… - Báo Mẫu"), longest first."""
    breaks = list(_SEPARATORS.finditer(title))[:_MOST_PARTS]
    pieces = [title, *(title[: match.start()] for match in breaks), *(title[match.end() :] for match in breaks)]
    yield from sorted({piece.strip() for piece in pieces if piece.strip()}, key=lambda piece: (-len(piece), piece))


def outlet_in(title: str, vocabulary: Vocabulary) -> str | None:
    """Return the id of the outlet whose whole name is a part of a page's title ("… | Báo điện tử tỉnh Mẫu")."""
    parts = {_bare(part) for part in title_parts(title)}
    named = [outlet.id for outlet in vocabulary.outlets.values() if _bare(outlet.name) in parts]
    return named[0] if len(named) == 1 else None


def _bare(name: str) -> str:
    return " ".join(_PLACE.sub(" ", fold(name)).split())
