"""A register of documents as rows: where its table begins, what its columns are, and which rows are none.

Columns are known by their heads, in any order (``phrases.yml`` holds the words); a sheet may hold several tables, each
under a head of its own, with a title above and sums below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..core.text import fold
from ..importing.spreadsheet import Cell, Sheet, SheetRow
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.phrases import PhraseList, words_of

COLUMNS = (
    PhraseList.NUMBER_COLUMN,
    PhraseList.SYMBOL_COLUMN,
    PhraseList.TYPE_COLUMN,
    PhraseList.DATE_COLUMN,
    PhraseList.TITLE_COLUMN,
    PhraseList.ISSUER_COLUMN,
    PhraseList.STATUS_COLUMN,
    PhraseList.IN_FORCE_COLUMN,
    PhraseList.REPLACES_COLUMN,
    PhraseList.REPLACED_COLUMN,
    PhraseList.REPLACEMENT_COLUMN,
    PhraseList.NOTE_COLUMN,
)
_TELLING = {PhraseList.NUMBER_COLUMN, PhraseList.TITLE_COLUMN}
"""A head names one of these, and another column beside it: a lone word may stand anywhere."""
_ASIDE = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?")
_ORDINAL = re.compile(r"\W*(\d{1,2})\W*\Z")
_FEWEST_ORDINALS = 3
_SYMBOL = re.compile(r"\d[/-][^\W\d_]")
"""A symbol is a figure, then / or -, then a letter: 34-CT/TU, 202/2025/QH15; neither 5/5 nor 31/12/2024 is one."""

Columns = Mapping[int, PhraseList]
"""The columns of a table by their place in the sheet."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a register: its sheet, its line there, and what stands under each head that is known."""

    sheet: str
    line: int
    cells: Mapping[PhraseList, Cell]

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"trang tính {self.sheet}, dòng {self.line}"

    def words(self, column: PhraseList) -> str:
        """Return what stands under a head as words; '' if nothing does. A whole number has no decimal point."""
        cell = self.cells.get(column, "")
        whole = isinstance(cell, float) and cell.is_integer()
        return str(int(cell)) if whole and isinstance(cell, float) else str(cell)


@dataclass(slots=True)
class Listing:
    """What a spreadsheet holds: the rows of its tables; ``above`` are the lines above their heads, ``strange`` the
    heads that are not known, ``left_out`` the places of rows that are no documents (sections, sums), with their words;
    ``without`` the sheets in which no table was found."""

    rows: list[Row] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    strange: dict[str, None] = field(default_factory=dict)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    without: list[str] = field(default_factory=list)


def read_listing(sheets: Iterable[Sheet], vocabulary: Vocabulary) -> Listing:
    """Return the rows of all tables in the sheets."""
    heads = {word: column for column in COLUMNS for word in words_of(vocabulary, column)}
    sums = words_of(vocabulary, PhraseList.TOTALS)
    listing = Listing()
    for sheet in sheets:
        _read_sheet(sheet, heads, sums, listing)
    return listing


def _read_sheet(sheet: Sheet, heads: Mapping[str, PhraseList], sums: tuple[str, ...], listing: Listing) -> None:
    columns: Columns = {}
    rows = sheet.rows
    named = [{at: heads[key] for at, cell in row.cells.items() if (key := _key(cell)) in heads} for row in rows]
    above: list[str] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        if _is_head(named[at]):
            columns, last = _join_heads(rows, named, at)
            for head in rows[at : last + 1]:
                listing.strange |= {str(cell): None for place, cell in head.cells.items() if place not in columns}
            at = last
        elif not columns:
            above.append(" ".join(map(str, row.cells.values())))
        elif not _is_counting(row) and not _is_head_part(named[at], row):
            _take_row(sheet.name, row, columns, sums, listing)
        at += 1
    if columns:
        listing.above += above
    elif rows:
        listing.without.append(sheet.name)


def _key(cell: Cell) -> str:
    """Return the words of a head without marks and what stands in brackets."""
    return " ".join(re.findall(r"\w+", fold(_ASIDE.sub(" ", str(cell)))))


def _is_head(named: Columns) -> bool:
    return len(set(named.values())) > 1 and bool(_TELLING & set(named.values()))


def _is_head_part(named: Columns, row: SheetRow) -> bool:
    """Tell a row of which every cell is a head: the lower half of one."""
    return bool(named) and len(named) == len(row.cells)


def _join_heads(rows: tuple[SheetRow, ...], named: list[dict[int, PhraseList]], at: int) -> tuple[Columns, int]:
    """Return the columns of a head in the row ``at``, which may have a half above or below, and its last row. Of two
    columns with one head the first counts."""
    found = dict(named[at])
    last = at
    for other in (at - 1, at + 1):
        near = 0 <= other < len(rows) and abs(rows[other].line - rows[at].line) == 1
        if near and named[other] and (other < at or _is_head_part(named[other], rows[other])):
            found = {**named[other], **found}
            last = max(last, other)
    columns: dict[int, PhraseList] = {}
    for place in sorted(found):
        if found[place] not in columns.values():
            columns[place] = found[place]
    return columns, last


def _is_counting(row: SheetRow) -> bool:
    """Tell the row under a head that numbers its columns: 1, 2, 3 or (1), (2), (3)."""
    numbers = [_ORDINAL.match(str(cell)) for cell in row.cells.values()]
    counted = [int(match[1]) for match in numbers if match]
    ordered = counted == list(range(counted[0], counted[0] + len(counted))) if counted else False
    return len(counted) >= _FEWEST_ORDINALS and len(counted) >= len(row.cells) - 1 and ordered


def _take_row(sheet: str, row: SheetRow, columns: Columns, sums: tuple[str, ...], listing: Listing) -> None:
    cells = {columns[place]: cell for place, cell in row.cells.items() if place in columns}
    words = [str(cell) for cell in row.cells.values()]
    numbered = any(_SYMBOL.search(word) for word in words)
    is_sum = not numbered and any(fold(word).startswith(sums) for word in words)
    told = {PhraseList.NUMBER_COLUMN, PhraseList.SYMBOL_COLUMN, PhraseList.TITLE_COLUMN} & cells.keys()
    is_section = len(row.cells) == 1 and not numbered
    if is_sum or is_section or not told:
        listing.left_out.append((f"trang tính {sheet}, dòng {row.line}", " | ".join(words)))
    else:
        listing.rows.append(Row(sheet, row.line, cells))
