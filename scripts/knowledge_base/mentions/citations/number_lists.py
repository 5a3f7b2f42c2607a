"""Lists of numbers behind one type word: "các nghị định số 76, 77, 78/2023/NĐ-CP", "Quyết định 11, 12 và 13"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ...core.ids import DocumentNumber
from ...core.models import Scan
from ...sources.vocabulary.schemas import DocumentType
from .surroundings import CitationContext, Surroundings
from .symbols import NUMBER_SIGN, Symbol, SymbolForm, SymbolReader, TypeWord

_BARE = re.compile(
    r"""
    (?P<number> \d{1,5} )
    (?P<letter> [a-zđ](?![\w]) )?
    (?: /(?P<year> (?:19|20)\d\d ) )?
    (?![\w/%])(?![.,-]\d)              # no date, share or amount
    """,
    re.IGNORECASE | re.VERBOSE,
)
_JOIN = re.compile(
    rf"\s{{0,3}}(?:,\s{{0,3}}(?:và|hoặc)\s|,|;|và\s|cùng\s|hoặc\s|&)\s{{0,3}}(?:các\s)?(?P<sign>{NUMBER_SIGN})?(?=\d)"
)
_UNIT = re.compile(  # any word behind a number is what it counts, but for those that go on with the sentence
    r"""
    \s{1,2}
    (?! năm\s{1,3}\d{4}|ngày|của|và|hoặc|về|được|do|với|trên|đã|có|là|nêu|quy|yêu|này|đó|trong|tại|ở|từ|theo|khóa
        |đều|được )
    [^\W\d]
    """,
    re.VERBOSE,
)
_YEARS = range(1900, 2101)
"""A bare number among these is a year unless "số" stands before it."""
_LONGEST_LIST = 40
"""So many numbers at most are read behind one type word, so that time stays linear; chosen by hand."""


@dataclass(frozen=True, slots=True)
class Item:
    """One number of a list. ``symbol`` is None for a bare number; ``start`` is where its mention begins."""

    start: int
    end: int
    digits: str
    year: str | None
    symbol: Symbol | None
    after: CitationContext


@dataclass(frozen=True, slots=True)
class NumberGroup:
    """A type word with its numbers."""

    word: TypeWord
    items: tuple[Item, ...]


class ListReader:
    """Reads what stands behind a type word."""

    def __init__(self, scan: Scan, reader: SymbolReader, around: Surroundings) -> None:
        self._scan, self._reader, self._around = scan, reader, around

    def read(self, word: TypeWord) -> NumberGroup | None:
        """Return the numbers behind ``word``, or None if what stands there is not the number of a document."""
        items: list[Item] = []
        start, position, signed = word.start, word.number, word.signed
        for _ in range(_LONGEST_LIST):
            item = self._item(start, position, word.type, signed, alone=not items)
            if item is None:
                break
            items.append(item)
            join = _JOIN.match(self._scan.folded, item.after.end)
            if join is None:
                break
            signed = join["sign"] is not None
            start, position = (join.start("sign") if signed else join.end()), join.end()
        # A bare number at the end of a list of symbols is something else: "18-NQ/TW, 20 đại biểu".
        while len(items) > 1 and items[-1].symbol is None and items[-2].symbol is not None and not items[-1].after.code:
            items.pop()
        return NumberGroup(word, tuple(items)) if items else None

    def _item(self, start: int, position: int, word: DocumentType, signed: bool, alone: bool) -> Item | None:
        """Read one number at ``position``: a symbol if there is one, else a bare number."""
        symbol = self._reader.read_at(self._scan.view, position, word)
        if symbol is not None:
            return Item(start, symbol.end, symbol.digits, symbol.year, symbol, self._around.after(symbol.end))
        match = _BARE.match(self._scan.view, position)
        if match is None or self._around.wording.counted.match(self._scan.folded, match.end()):
            return None
        number, year = int(match["number"]), match["year"]
        dated = number in _YEARS or number == 0 or (year and number <= 12 and not alone)  # 2025, 5/2025
        if (dated and not signed) or (not alone and _UNIT.match(self._scan.folded, match.end())):
            return None
        digits = match["number"] + (match["letter"] or "").lower()
        return Item(start, match.end(), digits, year, None, self._around.after(match.end()))


def composed(item: Item, model: Symbol) -> DocumentNumber | None:
    """Return the whole number of a bare number that shares the symbol of a later one: 76 of "76, 77/2023/NĐ-CP"."""
    if model.form is not SymbolForm.TYPED:
        return None
    return replace(model, digits=item.digits, year=item.year or model.year).number


def merged(item: Item, shared: CitationContext) -> CitationContext:
    """Return what holds for a number of a list: its own surroundings, else those of the later numbers.

    A symbol's code must agree with an issuer named for all.
    """
    own = joined = item.after
    code = item.symbol.code if item.symbol else None
    if not own.said and (code is None or shared.may_issue(code)):
        joined = joined.with_issuer(shared)
    year = item.year or (item.symbol.year if item.symbol else None)
    other_year = bool(year and shared.date and int(year) != shared.date.year)
    # A number with a symbol of its own shares a date only with what is said of all.
    bare = item.symbol is None or item.symbol.form is SymbolForm.UNISSUED
    if shared.dated and not own.dated and not other_year and (bare or shared.together or shared.said):
        joined = replace(joined, date=shared.date, dated=True)
    return joined if own.year or not shared.year else replace(joined, year=shared.year)


def may_be_told_later(item: Item) -> bool:
    """Tell whether the issuer of a number may be told behind the document's title: of a bare number, and of a symbol
    that several bodies share."""
    code = item.symbol.code if item.symbol else None
    return item.symbol is None or bool(code and code.shared_by)
