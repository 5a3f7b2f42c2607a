"""Who a text says issued documents of a type, where no number stands: "bốn nghị quyết của Bộ Chính trị".

"Triển khai Nghị quyết 59, 70, 71" gets its symbols from such words in the title or anywhere else, if all of
them agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from ..models import Scan
from ..vocabulary.schemas import DocumentType
from .found import Found
from .issuers import IssuerTable
from .surroundings import After, Surroundings

_MOST_WORDS = 200
_QUALITIES = re.compile(
    r'"?(?:\s(?:quan trọng|chiến lược|đột phá|trụ cột|chuyên đề|lớn|mới|gần đây|nói trên|nêu trên|trên|này)){0,4}"?'
)


class UnnumberedDocuments:
    """The type words of one text that have no number behind them, with their issuers."""

    def __init__(
        self, scan: Scan, words: Sequence[tuple[int, int, DocumentType]], around: Surroundings, table: IssuerTable
    ) -> None:
        self._scan, self._words, self._around, self._table = scan, words, around, table
        self._issuers: dict[str, After | None] = {}

    def complete(self, found: list[Found]) -> list[Found]:
        """Give the bare numbers whose issuer is still open the one that is said of their type."""
        return [self._completed(f, found) if _is_open(f) else f for f in found]

    def _completed(self, entry: Found, found: list[Found]) -> Found:
        kind = entry.type
        if kind is None:
            return entry
        if kind.id not in self._issuers:
            self._issuers[kind.id] = self._issuer_of(kind, found)
        after = self._issuers[kind.id]
        if after is None or after.code is None:
            return entry
        year = entry.year or (str(entry.date.year) if entry.date and kind.symbol == "year" else None)
        text = self._table.symbol(entry.number, year, kind, after.code)
        if text is None:
            return entry
        implied = self._table.implied(after.code, kind.id)
        issuer = after.body.ref if after.body else None if after.below else implied
        name = after.name_for(after.code)
        return replace(entry, text=text, code=after.code, issuer=None if name else issuer, issuer_name=name, keep=True)

    def _issuer_of(self, kind: DocumentType, found: Iterable[Found]) -> After | None:
        """Return the one issuer that the text names for a type; None if it names none or several."""
        numbered = {f.start for f in found}
        words = ((start, end) for start, end, named in self._words if named == kind and start not in numbered)
        said = [self._said(start, end) for start, end in islice(words, _MOST_WORDS)]
        named = [after for after in said if after is not None]
        codes = {after.code.code for after in named if after.code}
        codes |= {f.code.code for f in found if f.code and f.type == kind}
        return named[0] if named and len(codes) == 1 else None

    def _said(self, start: int, end: int) -> After | None:
        """Return who issues the unnumbered documents at ``start:end``."""
        words = _QUALITIES.match(self._scan.folded, end)
        for named in (
            self._around.after(words.end() if words else end),
            self._around.issuer_before(start),
            self._around.beyond_title(start, end),
        ):
            if named.code:
                return named
        return None


def _is_open(found: Found) -> bool:
    return found.text is None and found.code is None and found.sure and found.type is not None
