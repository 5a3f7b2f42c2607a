"""Parts of a site, each built on a machine of its own (``dev.py site --part 2/4``) and put together side by side
(``github_tasks.py join``). Standard library only.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

PART = "KB_PART"
"""The variable that tells hooks which part is built; empty for the whole."""
MOST = 64
"""So many parts at most: every machine reads all sources, and a reader's search asks every part. Chosen by hand."""


@dataclass(frozen=True, slots=True)
class SitePart:
    """One part of ``of``, counted from 1. The first brings all that is no page."""

    number: int = 1
    of: int = 1

    def holds(self, uri: str) -> bool:
        """Tell whether the page that is made of a file in docs/ is in this part.

        By chance, but always the same: so parts are of one size, whatever provinces bring, a new page moves no other,
        and words are as common in each part as in the whole, by which Pagefind orders what it finds.
        """
        return int.from_bytes(hashlib.sha256(uri.encode()).digest()[:8]) % self.of == self.number - 1

    @property
    def folder(self) -> str:
        """The name of its folder in ``phan/``."""
        return f"{self.number}-{self.of}"


WHOLE = SitePart()


def read_part(words: str) -> SitePart:
    """Return the part that ``2/4`` names; the whole for ''. Raises ValueError."""
    if not words:
        return WHOLE
    found = re.fullmatch(r"(\d{1,3})/(\d{1,3})", words)
    if not found or not 1 <= int(found[1]) <= int(found[2]) <= MOST:
        raise ValueError(f"phần phải ghi như 2/4, nhiều nhất {MOST} phần: {words!a}")
    return SitePart(int(found[1]), int(found[2]))
