"""Find numbered documents: full symbols, lists, bare numbers with an issuer, and short forms of earlier ones."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..dates import PartialDate
from ..models import BodyMention, BodyRef, Citation, Level, NoiseKind, Scan
from ..vocabulary import Vocabulary
from ..vocabulary.schemas import DocumentType, IssuerCode
from .issuers import IssuerTable
from .lists import Group, Item, ListReader, composed
from .surroundings import After, Surroundings
from .symbols import Form, Symbol, SymbolReader
from .type_words import TypeWords

_SIGN_BEFORE = re.compile(r"(?P<sign>số(?:\s{0,2}hiệu)?\s{0,2}(?P<colon>:?)\s{0,3})\Z")
_LINE_BEGINS = re.compile(r"(?:\A|\n)[^\S\n]*\Z")
_CLAUSE_END = re.compile(r"[.;:\n](?=\s)|\n")
_NOT_A_DOCUMENT = re.compile(
    r"(?:giấy phép|giấy chứng nhận|chứng chỉ|hợp đồng|bản án|cáo trạng|biển|biển số|biển kiểm soát|mã số|hóa đơn"
    r"|tài khoản|thẻ|phiếu|vận đơn|chuyến bay|tuyến|quốc lộ|tỉnh lộ|thửa|lô|tiêu chuẩn|quy chuẩn|căn cước|hộ chiếu"
    r"|điện thoại|đt|fax|sđt)"
    r"(?:\s[^\s.,;:()]{1,12}){0,4}\s{1,2}\Z"
)
_LOOK_BACK = 140


@dataclass(frozen=True, slots=True)
class _Found:
    """A number with all that was read of it, before short forms are resolved."""

    start: int
    end: int
    item: Item
    word: DocumentType | None
    type: DocumentType | None
    text: str | None
    level: Level
    code: IssuerCode | None
    issuer: BodyRef | None
    date: PartialDate | None
    keep: bool = True


class CitationFinder:
    """Finds citations with the types and codes of the vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._reader = SymbolReader(vocabulary)
        self._words = TypeWords(vocabulary)
        self._table = IssuerTable(vocabulary)

    def find(self, scan: Scan, bodies: Sequence[BodyMention] = ()) -> list[Citation]:
        """Return the citations of ``scan`` in order; ``bodies`` say who issued them."""
        around = Surroundings(scan, self._table, self._words, bodies)
        return _Search(scan, around, self._reader, self._words, self._table).citations()


class _Search:
    """One search through one text."""

    def __init__(
        self, scan: Scan, around: Surroundings, reader: SymbolReader, words: TypeWords, table: IssuerTable
    ) -> None:
        self._scan, self._around, self._reader = scan, around, reader
        self._words, self._table = words, table
        self._lists = ListReader(scan, reader, around)

    def citations(self) -> list[Citation]:
        found = self._grouped()
        found += self._alone(found)
        found = self._one_type(self._resolved(sorted(found, key=lambda f: f.start)))
        kept = [f for f in found if f.keep and not self._is_elsewhere(f.start)]
        return [self._citation(f) for f in kept]

    def _is_elsewhere(self, position: int) -> bool:
        return self._scan.is_noise(position, NoiseKind.PLAYER, NoiseKind.TEASER)

    def _citation(self, found: _Found) -> Citation:
        return Citation(
            start=found.start,
            end=found.end,
            text=self._scan.text[found.start : found.end],
            type=found.type.id if found.type else None,
            number=found.text,
            level=found.level if found.text else Level.PARTIAL,
            issuer=found.issuer,
            date=found.date,
        )

    # -- numbers behind a type word ------------------------------------------------------------

    def _grouped(self) -> list[_Found]:
        found: list[_Found] = []
        end = 0
        for word in sorted(self._words.find(self._scan), key=lambda w: (w.start, w.short)):
            group = self._lists.read(word) if word.number >= end else None
            if group is not None:
                end = group.items[-1].end
                found += self._group(group)
        return found

    def _group(self, group: Group) -> list[_Found]:
        """Read a list from its end: what stands behind a later number may hold for the earlier ones."""
        found: list[_Found] = []
        shared, model = After(0), None
        named, subject = self._around.issuer_before(group.word.start)
        dated = self._around.date_before(group.word.start)
        for item in reversed(group.items):
            after = _merged(item.after, shared)
            if item.symbol is not None and item.symbol.form is Form.UNISSUED and model is not None:
                item = replace(item, symbol=None)
            if not after.code and not after.body and self._fits(item, named):
                after = replace(after, code=named, body=subject)
            entry = self._entry(item, group.word.type, after, model, group.word.short)
            found.append(replace(entry, date=entry.date or (None if after.dated else dated)))
            shared = after if after.code or after.body or after.dated else shared
            model = item.symbol if item.symbol and item.symbol.form is Form.TYPED else model
        return found

    def _fits(self, item: Item, code: IssuerCode | None) -> bool:
        """Tell whether who is named before a document may be its issuer: a symbol's code must agree."""
        return code is not None and (item.symbol is None or item.symbol.code in (None, code))

    def _entry(self, item: Item, word: DocumentType, after: After, model: Symbol | None, short: bool) -> _Found:
        symbol = item.symbol
        if symbol is not None and symbol.form not in (Form.UNISSUED,) and not self._is_typeless_party(symbol):
            return self._full(item, symbol, word, after)
        if symbol is None and model is not None:
            kind = self._words.type_of(model, word)
            issuer = self._issuer(after, model.code, kind)
            return _Found(item.start, item.end, item, word, kind, composed(item, model), Level.BARE, model.code,
                          issuer, after.date)  # fmt: skip
        return self._bare(item, symbol, word, after)

    @staticmethod
    def _is_typeless_party(symbol: Symbol) -> bool:
        """Tell ``08/TU``, whose type only the word in front gives, from ``217/HĐBT``, a form of its own."""
        return symbol.form is Form.ISSUED and symbol.code is not None and symbol.code.side == "dang"

    def _full(self, item: Item, symbol: Symbol, word: DocumentType | None, after: After) -> _Found:
        kind = self._words.type_of(symbol, word)
        mended = self._table.mended(symbol, kind, after.code)
        if mended is not None:
            symbol = replace(symbol, code=mended, rest=mended.code)
        issuer = self._issuer(after, symbol.code, kind)
        return _Found(item.start, item.end, item, word, kind, symbol.text, Level.FULL, symbol.code, issuer, after.date)

    def _bare(self, item: Item, symbol: Symbol | None, word: DocumentType, after: After) -> _Found:
        """Make the symbol of a bare number from its type and issuer; None where that cannot be done."""
        kind = self._words.type_of(symbol, word) if symbol and symbol.type_code else word
        code = symbol.code if symbol and symbol.code else after.code
        if code is None and kind and kind.id == "nghi-dinh" and item.year:
            code = self._reader.code_of("CP")
        year = item.year or (after.year if not after.date else str(after.date.year))
        text = None
        if kind is not None and code is not None:
            given = item.year if kind.symbol != "year" else year
            text = self._table.symbol(item.number, given, kind, code, symbol.type_code if symbol else None)
        issuer = self._issuer(after, self._table.signing(code, kind) if code and kind else code, kind)
        stated = code is not None or after.body is not None or after.date is not None
        return _Found(item.start, item.end, item, word, kind, text, Level.BARE, code, issuer, after.date, stated)

    def _issuer(self, after: After, code: IssuerCode | None, kind: DocumentType | None) -> BodyRef | None:
        """Return the issuer: the body named, else the one that the words or the symbol imply."""
        if after.body is not None:
            return after.body.ref
        implied = self._table.implied(after.code, kind.id if kind else None)
        return implied or self._table.implied(code, kind.id if kind else None)

    # -- symbols without a type word in front ----------------------------------------------------

    def _alone(self, grouped: list[_Found]) -> list[_Found]:
        taken = sorted((f.start, f.end) for f in grouped)
        starts = [start for start, _ in taken]
        words = self._words.all_words(self._scan)
        ends = [end for _, end, _ in words]
        found = []
        for match in self._reader.candidates(self._scan.view):
            before = bisect_right(starts, match.start()) - 1
            if before >= 0 and taken[before][1] > match.start():
                continue
            at = bisect_right(ends, match.start()) - 1
            entry = self._lone(match, words[at] if at >= 0 else None)
            found += [entry] if entry else []
        return found

    def _lone(self, match: re.Match[str], last: tuple[int, int, DocumentType] | None) -> _Found | None:
        """Read a symbol that stands by itself; the last type word of its clause may still say its type."""
        start = match.start("number")
        sign = _SIGN_BEFORE.search(self._scan.folded[max(0, start - 12) : start])
        begin = start - len(sign["sign"]) if sign else start
        header = bool(sign and sign["colon"] and _LINE_BEGINS.search(self._scan.view[max(0, begin - 40) : begin]))
        word = last[2] if last and sign and self._same_clause(last[1], begin) else None
        symbol = self._reader.read(match, word)
        if symbol is None or not self._stands_alone(symbol, word, header, begin):
            return None
        after = self._around.after(symbol.end)
        start = start if header or not sign else begin
        item = Item(start, symbol.end, symbol.number, symbol.year, symbol, after)
        entry = self._full(item, symbol, word, after)
        date = entry.date or (None if after.dated else self._date_before(begin, header))
        return replace(entry, date=date)

    def _date_before(self, begin: int, header: bool) -> PartialDate | None:
        return self._around.date_of_head(begin) if header else self._around.date_before(begin)

    def _same_clause(self, end: int, begin: int) -> bool:
        between = self._scan.view[end:begin]
        return len(between) <= _LOOK_BACK and not _CLAUSE_END.search(between)

    def _stands_alone(self, symbol: Symbol, word: DocumentType | None, header: bool, begin: int) -> bool:
        """Tell whether a symbol without a type word in front is a document's."""
        if symbol.form in (Form.UNISSUED, Form.ISSUED):
            return False
        if symbol.form is Form.DISPATCH and not (header or word is not None):
            return False
        return not _NOT_A_DOCUMENT.search(self._scan.folded[max(0, begin - 50) : begin])

    # -- short forms -----------------------------------------------------------------------------

    def _resolved(self, found: list[_Found]) -> list[_Found]:
        """Give bare numbers the symbol of the full form that stands elsewhere in the text."""
        known: dict[tuple[str, str], list[_Found]] = {}
        for entry in found:
            if entry.level is Level.FULL and entry.type is not None and not self._is_elsewhere(entry.start):
                known.setdefault((entry.type.id, _plain(entry.item.number)), []).append(entry)
        return [self._with_antecedent(f, known) if f.level is Level.BARE else f for f in found]

    @staticmethod
    def _with_antecedent(found: _Found, known: dict[tuple[str, str], list[_Found]]) -> _Found:
        kind = found.type or found.word
        candidates = known.get((kind.id if kind else "", _plain(found.item.number)), [])
        fitting = [c for c in candidates if found.code is None or c.code is None or c.code.code == found.code.code]
        if found.item.year:
            fitting = [c for c in fitting if c.item.year == found.item.year]
        if len({c.text for c in fitting}) != 1:
            return found
        full = fitting[0]
        issuer = found.issuer if found.code else full.issuer
        return replace(found, text=full.text, type=full.type, code=full.code, issuer=issuer, keep=True)

    @staticmethod
    def _one_type(found: list[_Found]) -> list[_Found]:
        """Give a symbol without a type the one it has elsewhere in the text."""
        types: dict[str, set[str]] = {}
        kinds = {f.type.id: f.type for f in found if f.type}
        for entry in found:
            if entry.type and entry.text:
                types.setdefault(entry.text, set()).add(entry.type.id)
        alone = {text: kinds[next(iter(ids))] for text, ids in types.items() if len(ids) == 1}
        return [replace(f, type=alone.get(f.text or "")) if f.type is None else f for f in found]


def _merged(own: After, shared: After) -> After:
    """Return what holds for a number of a list: its own surroundings, else those of the later numbers."""
    merged = own
    if not own.code and not own.body:
        merged = replace(merged, code=shared.code, body=shared.body)
    if not own.dated and shared.dated:
        merged = replace(merged, date=shared.date, dated=True)
    return merged if own.year or not shared.year else replace(merged, year=shared.year)


def _plain(number: str) -> str:
    return number.lstrip("0") or "0"
