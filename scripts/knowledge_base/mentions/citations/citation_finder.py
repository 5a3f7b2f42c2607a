"""Find numbered documents: full symbols, lists, bare numbers with an issuer, and short forms of earlier ones."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeAlias

from ...core.dates import PartialDate
from ...core.ids import DocumentNumber
from ...core.models import BodyMention, BodyRef, Citation, Level, NoiseKind, Scan
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.schemas import DocumentType, IssuerCode
from ..word_tree import noise_spans
from .issuers import IssuerTable
from .number_lists import Item, ListReader, NumberGroup, composed, may_be_told_later, merged
from .surroundings import CitationContext, Surroundings
from .symbols import NUMBER_SIGN, Symbol, SymbolForm, SymbolReader, TypeWord, TypeWords, is_other_number

Known: TypeAlias = dict[tuple[str, str], list["CitationCandidate"]]


@dataclass(frozen=True, slots=True)
class CitationCandidate:
    """``digits`` and ``year`` as written; ``word`` is the type named in front, ``type`` the document's;
    ``number`` the whole number, if it can be had; ``keep``: worth a citation even without a symbol; ``sure``: the words
    in front leave no doubt that the number is a document's; ``typed``: the number before it was mended;
    ``stated``: its issuer is named beside it;
    ``issuer_name``: what it is called, if it is none of the vocabulary's bodies."""

    start: int
    end: int
    digits: str
    year: str | None
    word: DocumentType | None
    type: DocumentType | None
    code: IssuerCode | None
    issuer: BodyRef | None
    date: PartialDate | None
    number: DocumentNumber | None = None
    level: Level = Level.BARE
    keep: bool = True
    sure: bool = True
    typed: DocumentNumber | None = None
    stated: bool = False
    issuer_name: str | None = None


def resolve_short_forms(found: list[CitationCandidate], known: Iterable[CitationCandidate]) -> list[CitationCandidate]:
    """Give bare numbers the symbol that the same number has elsewhere in the text, if there is only one.

    A full form decides; without one, a bare number whose issuer is named.
    """
    full: Known = {}
    formed: Known = {}
    for entry in known:
        if entry.number and entry.type is not None:
            target = full if entry.level is Level.FULL else formed
            target.setdefault((entry.type.id, _plain(entry.digits)), []).append(entry)
    resolved = [_with_antecedent(f, full) if f.level is Level.BARE else f for f in found]
    return [_with_antecedent(f, formed) if f.level is Level.BARE and not f.number else f for f in resolved]


def _with_antecedent(found: CitationCandidate, known: Known) -> CitationCandidate:
    kind = found.type or found.word
    candidates = known.get((kind.id if kind else "", _plain(found.digits)), [])
    fitting = [c for c in candidates if found.code is None or c.code is None or c.code.code == found.code.code]
    if found.year:
        fitting = [c for c in fitting if c.year == found.year]
    if len({c.number for c in fitting}) != 1:
        return found
    same = fitting[0]
    own = found if found.code else same
    resolved = replace(found, number=same.number, type=same.type, code=same.code, keep=True)
    return replace(resolved, issuer=own.issuer, issuer_name=own.issuer_name)


def share_mends(found: list[CitationCandidate]) -> list[CitationCandidate]:
    """Mend a symbol that is mended elsewhere in the text, where no issuer beside it speaks against that."""
    mended = {f.typed: f for f in found if f.typed and f.typed != f.number}
    return [_mended_like(f, mended[f.typed]) if f.typed in mended and not f.stated else f for f in found]


def _mended_like(found: CitationCandidate, same: CitationCandidate) -> CitationCandidate:
    mended = replace(found, number=same.number, type=same.type, code=same.code)
    return replace(mended, issuer=same.issuer, issuer_name=same.issuer_name)


def share_types(found: list[CitationCandidate]) -> list[CitationCandidate]:
    """Give a symbol without a type the one it has elsewhere in the text."""
    types: dict[DocumentNumber, dict[str, DocumentType]] = {}
    for entry in found:
        if entry.type and entry.number:
            types.setdefault(entry.number, {})[entry.type.id] = entry.type
    alone = {number: next(iter(kinds.values())) for number, kinds in types.items() if len(kinds) == 1}
    return [f if f.type else replace(f, type=alone.get(f.number) if f.number else None) for f in found]


def _plain(digits: str) -> str:
    return digits.lstrip("0") or "0"


_MOST_WORDS = 200
"""So many unnumbered words of a type at most are asked for its issuer, so that time stays linear; chosen by hand."""
_QUALITIES = re.compile(
    r'"?(?:\s(?:quan trọng|chiến lược|đột phá|trụ cột|chuyên đề|lớn|mới|gần đây|nói trên|nêu trên|trên|này)){0,4}"?'
)


class UnnumberedDocuments:
    """The type words of one text that have no number behind them, with their issuers."""

    def __init__(
        self, scan: Scan, words: Sequence[tuple[int, int, DocumentType]], around: Surroundings, table: IssuerTable
    ) -> None:
        self._scan, self._words, self._around, self._table = scan, words, around, table
        self._issuers: dict[str, CitationContext | None] = {}

    def complete(self, found: list[CitationCandidate]) -> list[CitationCandidate]:
        """Give the bare numbers whose issuer is still open the one that is said of their type."""
        return [self._completed(f, f.type, found) if f.type and _is_open(f) else f for f in found]

    def _completed(
        self, entry: CitationCandidate, kind: DocumentType, found: list[CitationCandidate]
    ) -> CitationCandidate:
        if kind.id not in self._issuers:
            self._issuers[kind.id] = self._issuer_of(kind, found)
        after = self._issuers[kind.id]
        if after is None or after.code is None:
            return entry
        year = entry.year or (str(entry.date.year) if entry.date and kind.symbol == "year" else None)
        number = self._table.number(entry.digits, year, kind, after.code)
        if number is None:
            return entry
        issuer, name = self._around.issuer(after, after.code, kind), after.name_for(after.code)
        return replace(entry, number=number, code=after.code, issuer=issuer, issuer_name=name, keep=True)

    def _issuer_of(self, kind: DocumentType, found: Iterable[CitationCandidate]) -> CitationContext | None:
        """Return the one issuer that the text names for a type; None if it names none or several."""
        numbered = {f.start for f in found}
        words = ((start, end) for start, end, named in self._words if named == kind and start not in numbered)
        named = [after for start, end in islice(words, _MOST_WORDS) if (after := self._said(start, end))]
        codes = {after.code.code for after in named if after.code}
        codes |= {f.code.code for f in found if f.code and f.type == kind}
        return named[0] if named and len(codes) == 1 else None

    def _said(self, start: int, end: int) -> CitationContext | None:
        """Return who issues the unnumbered documents at ``start:end``."""
        words = _QUALITIES.match(self._scan.folded, end)
        after = self._around.after(words.end() if words else end)
        places = (after, self._around.issuer_before(start), self._around.beyond_title(start, end))
        return next((named for named in places if named.code), None)


def _is_open(found: CitationCandidate) -> bool:
    return found.number is None and found.code is None and found.sure


_THEN_NUMBER = re.compile(rf"\s{{0,3}},?\s{{1,3}}(?P<sign>{NUMBER_SIGN})(?=\d)")
_JOINED = re.compile(r"\s{0,3}(?:,|và|cùng|,\s{0,3}và)\s{1,3}(?:các\s)?")
_LONGEST_JOIN = 12
"""The gap is no longer than this: ", và các " has nine characters."""
_SIGN_BEFORE = re.compile(r"(?P<sign>số(?:\s{0,2}hiệu)?\s{0,2}(?P<colon>:?)\s{0,3})\Z")
_LINE_BEGINS = re.compile(r"(?:\A|\n|\||-{3,9}|\s{3})[^\S\n]*\Z")
_LINE_ENDS = re.compile(r"[^\S\n]{0,3}(?:[\n|]|\Z)")
_CLAUSE_END = re.compile(r"[.;:](?=\s)|\n\s*\n")
_NAMED_LAW = re.compile(r"\s[^\n.,;:()\d]{2,90}?\s(?:năm \d{4} )?[(,]?\s?")  # "Luật Đầu tư 61/2020/QH14"
_LOOK_BACK = 140
"""So far back a type word of the same clause may tell the type of a symbol; chosen by hand."""


class CitationFinder:
    """Finds citations with the types and codes of the vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._reader = SymbolReader(vocabulary)
        self._words = TypeWords(vocabulary)
        self._table = IssuerTable(vocabulary)

    def find(self, scan: Scan, bodies: Sequence[BodyMention] = ()) -> list[Citation]:
        """Return the citations of ``scan`` in order; ``bodies`` say who issued them."""
        return _Search(scan, bodies, self._reader, self._words, self._table).citations()


class _Search:
    """One search through one text."""

    def __init__(
        self, scan: Scan, bodies: Sequence[BodyMention], reader: SymbolReader, words: TypeWords, table: IssuerTable
    ) -> None:
        self._scan, self._reader, self._words, self._table = scan, reader, words, table
        self._around = Surroundings(scan, table, words, bodies)
        self._lists = ListReader(scan, reader, self._around)
        self._all_words, self._before_numbers = words.find(scan)
        self._unnumbered = UnnumberedDocuments(scan, self._all_words, self._around, table)
        self._elsewhere = noise_spans(scan, NoiseKind.PLAYER, NoiseKind.TEASER)

    def citations(self) -> list[Citation]:
        found = self._grouped()
        found += self._alone(found)
        found = [f for f in sorted(found, key=lambda f: f.start) if f.start not in self._elsewhere]
        found = share_mends(found)
        found = share_types(self._unnumbered.complete(resolve_short_forms(found, found)))
        return [self._citation(f) for f in found if f.keep]

    def _citation(self, found: CitationCandidate) -> Citation:
        return Citation(
            start=found.start,
            end=found.end,
            text=self._scan.text[found.start : found.end],
            type=found.type.id if found.type else None,
            number=found.number,
            level=found.level if found.number else Level.PARTIAL,
            issuer=found.issuer,
            date=found.date,
            issuer_name=found.issuer_name if found.number else None,
        )

    # -- numbers behind a type word --------------------------------------------------------------

    def _grouped(self) -> list[CitationCandidate]:
        near = [(word, CitationContext(0)) for word in self._before_numbers]
        groups: list[tuple[NumberGroup, CitationContext]] = []
        for word, lead in sorted([*near, *self._issuer_first()], key=lambda pair: (pair[0].start, pair[0].short)):
            end = groups[-1][0].items[-1].end if groups else 0
            group = self._lists.read(word) if word.number >= end else None
            groups += [(group, lead)] if group else []
        return self._chained(groups)

    def _chained(self, groups: list[tuple[NumberGroup, CitationContext]]) -> list[CitationCandidate]:
        """Read the groups from the last: "Chỉ thị 05, Kết luận 01 của Bộ Chính trị" names the issuer of both."""
        found: list[CitationCandidate] = []
        following, start = CitationContext(0), -1
        for (group, lead), subject in zip(reversed(groups), reversed(self._subjects(groups)), strict=True):
            joined = start >= 0 and self._joined(group, start)
            shared = lead if lead.code or not joined else replace(following, date=None, dated=False, year=None)
            entries, following = self._group(group, shared, subject)
            found += entries
            start = group.word.start
        return found

    def _joined(self, group: NumberGroup, start: int) -> bool:
        """Tell whether only "," or "và" stands between a group and the type word at ``start``."""
        gap = self._scan.folded[group.items[-1].after.end : start]
        return len(gap) <= _LONGEST_JOIN and _JOINED.fullmatch(gap) is not None

    def _subjects(self, groups: list[tuple[NumberGroup, CitationContext]]) -> list[CitationContext]:
        """Return who issued each group, named away from its numbers: before it, or beyond its title.

        "Tỉnh ủy ban hành Chỉ thị số 20, Kế hoạch số 30" names the issuer of both.
        """
        subjects: list[CitationContext] = []
        for at, (group, _) in enumerate(groups):
            subject = self._around.issuer_before(group.word.start)
            if not subject.said and at and self._joined(groups[at - 1][0], group.word.start):
                subject = subjects[-1]
            last = group.items[-1]
            if not subject.said and not last.after.said and may_be_told_later(last):
                subject = self._around.beyond_title(group.word.start, last.after.end)
            subjects.append(subject)
        return subjects

    def _issuer_first(self) -> list[tuple[TypeWord, CitationContext]]:
        """Read "Chỉ thị của Bộ Chính trị số 05": the issuer stands between the type word and the number."""
        pairs = []
        for _, end, kind in self._all_words:
            lead = self._around.after(end)
            sign = _THEN_NUMBER.match(self._scan.folded, lead.end) if lead.code or lead.body else None
            if sign is not None:
                pairs.append((TypeWord(sign.start("sign"), sign.end(), kind, signed=True, short=False), lead))
        return pairs

    def _group(
        self, group: NumberGroup, lead: CitationContext, subject: CitationContext
    ) -> tuple[list[CitationCandidate], CitationContext]:
        """Read a list from its end: what stands behind a later number may hold for the earlier ones.

        Returns also what holds for its first number.
        """
        found: list[CitationCandidate] = []
        shared, model, after = lead, None, lead
        dated = self._around.date_before(group.word.start) or self._date_of_head(group)
        for item in reversed(group.items):
            after = merged(item, shared)
            if not after.said and self._fits(item, subject):
                after = after.with_issuer(subject)
            entry = self._entry(item, group.word, after, model)
            date = entry.date or (None if after.dated else dated)
            sure = self._is_sure(group.word)
            numbered = sure or entry.level is Level.FULL or not _is_programme(entry)
            found.append(replace(entry, date=date, sure=sure, keep=entry.keep and numbered))
            shared = after if after.said or after.dated else shared
            model = item.symbol if item.symbol and item.symbol.form is SymbolForm.TYPED else model
        return found, after

    def _date_of_head(self, group: NumberGroup) -> PartialDate | None:
        """Return the date beside "Nghị quyết số: 653/2019/UBTVQH14" on a line of its own atop an official text."""
        last = group.items[-1]
        begins = _LINE_BEGINS.search(self._scan.view[max(0, group.word.start - 40) : group.word.start])
        alone = len(group.items) == 1 and begins and _LINE_ENDS.match(self._scan.view, last.after.end)
        return self._around.date_of_head(group.word.start) if alone and last.symbol else None

    def _is_sure(self, word: TypeWord) -> bool:
        """Tell a document's number from another: "Kế hoạch số 33", "Nghị quyết 59", but not "Chương trình 135"."""
        return word.signed or (self._scan.view[word.start].isupper() and word.type.bare_number == "van-ban")

    @staticmethod
    def _fits(item: Item, subject: CitationContext) -> bool:
        """Tell whether who is named before a document may be its issuer: a symbol's code must agree."""
        code = item.symbol.code if item.symbol else None
        return subject.code is not None if code is None else subject.may_issue(code)

    def _entry(self, item: Item, word: TypeWord, after: CitationContext, model: Symbol | None) -> CitationCandidate:
        symbol = item.symbol
        if symbol is not None and symbol.form is not SymbolForm.UNISSUED and not _is_typeless_party(symbol):
            unsure = word.short and symbol.party and len(word.type.codes) > 1  # "QĐ 12-QĐ/TW" does not tell which
            return self._full(item, symbol, None if unsure else word.type, after)
        if model is not None and (symbol is None or symbol.form is SymbolForm.UNISSUED):
            found = self._candidate(item, word.type, self._words.type_of(model, word.type), model.code, after)
            return replace(found, number=composed(item, model))
        return self._bare(item, symbol, word.type, after)

    def _full(self, item: Item, symbol: Symbol, word: DocumentType | None, after: CitationContext) -> CitationCandidate:
        kind = self._words.type_of(symbol, word)
        named = item.after.code or self._around.letterhead(item.start)
        mended, typed = self._table.mended(symbol, kind, named), symbol.number
        if mended is not None:
            symbol = replace(symbol, code=mended, rest=mended.code)
        found = self._candidate(item, word, kind, symbol.code, after)
        return replace(found, number=symbol.number, level=Level.FULL, typed=typed, stated=item.after.said)

    def _bare(self, item: Item, symbol: Symbol | None, word: DocumentType, after: CitationContext) -> CitationCandidate:
        """Make the symbol of a bare number from its type and issuer; None where that cannot be done."""
        kind = self._words.type_of(symbol, word) if symbol and symbol.type_code else word
        code = symbol.code if symbol and symbol.code else after.code
        if code is None and kind and item.year:
            code = self._table.only_issuer(kind)
        number = self._formed(item, symbol, kind, code, after) if kind and code else None
        stated = code is not None or after.body is not None or after.date is not None
        keep = number is not None or (stated and kind is not None and (kind.symbol != "none" or kind.untyped))
        found = self._candidate(item, word, kind, code, after)
        issuer = self._around.issuer(after, self._table.signing(code, kind), kind) if code and kind else found.issuer
        return replace(found, number=number, issuer=issuer, keep=keep)

    def _candidate(
        self,
        item: Item,
        word: DocumentType | None,
        kind: DocumentType | None,
        code: IssuerCode | None,
        after: CitationContext,
    ) -> CitationCandidate:
        """Return a number of a list with its issuer; its whole symbol is still to be told."""
        issuer, name = self._around.issuer(after, code, kind), after.name_for(code)
        return CitationCandidate(
            item.start, item.end, item.digits, item.year, word, kind, code, issuer, after.date, issuer_name=name
        )

    def _formed(
        self, item: Item, symbol: Symbol | None, kind: DocumentType, code: IssuerCode, after: CitationContext
    ) -> DocumentNumber | None:
        year = item.year
        if year is None and kind.symbol == "year":
            year = str(after.date.year) if after.date else after.year
        return self._table.number(item.digits, year, kind, code, symbol.type_code if symbol else None)

    # -- symbols without a type word in front ------------------------------------------------------

    def _alone(self, grouped: list[CitationCandidate]) -> list[CitationCandidate]:
        taken = sorted((f.start, f.end) for f in grouped)
        starts = [start for start, _ in taken]
        ends = [end for _, end, _ in self._all_words]
        found = []
        for match in self._reader.candidates(self._scan.view):
            before = bisect_right(starts, match.start()) - 1
            if before >= 0 and taken[before][1] > match.start():
                continue
            at = bisect_right(ends, match.start()) - 1
            entry = self._lone(match, self._all_words[at] if at >= 0 else None)
            found += [entry] if entry else []
        return found

    def _lone(self, match: re.Match[str], last: tuple[int, int, DocumentType] | None) -> CitationCandidate | None:
        """Read a symbol that stands by itself; the last type word of its clause may still say its type."""
        start = match.start("number")
        sign = _SIGN_BEFORE.search(self._scan.folded[max(0, start - 12) : start])
        begin = start - len(sign["sign"]) if sign else start
        in_line = sign is None or not _LINE_BEGINS.search(self._scan.view[max(0, begin - 40) : begin])
        header = not in_line and sign is not None and bool(sign["colon"])
        word = last[2] if last and sign and self._same_clause(last[1], begin) else None
        symbol = self._reader.read(match, word)
        if (
            symbol
            and symbol.form is SymbolForm.ASSEMBLY
            and last
            and _NAMED_LAW.fullmatch(self._scan.folded, last[1], start)
        ):
            word = last[2]
        if symbol is None or not self._stands_alone(symbol, word, header, begin):
            return None
        after = self._around.after(symbol.end)
        topmost = header or (not in_line and _LINE_ENDS.match(self._scan.view, symbol.end) is not None)
        item = Item(start if header else begin, symbol.end, symbol.digits, symbol.year, symbol, after)
        entry = self._full(item, symbol, word, after)
        if entry.date or after.dated:
            return entry
        return replace(entry, date=self._around.date_of_head(begin) if topmost else self._around.date_before(begin))

    def _same_clause(self, end: int, begin: int) -> bool:
        between = self._scan.view[end:begin] if begin - end <= _LOOK_BACK else "\n\n"
        return not _CLAUSE_END.search(between)

    def _stands_alone(self, symbol: Symbol, word: DocumentType | None, header: bool, begin: int) -> bool:
        """Tell whether a symbol without a type word in front is a document's."""
        if symbol.form in (SymbolForm.UNISSUED, SymbolForm.ISSUED):
            return False
        if symbol.form is SymbolForm.DISPATCH and not (header or word is not None):
            return False
        return not is_other_number(self._scan.folded[max(0, begin - 50) : begin], named=word is not None)


def _is_programme(found: CitationCandidate) -> bool:
    """Tell the State's "Chương trình 135", a name, from "Chương trình 17 của Tỉnh ủy", a document's number."""
    named_so = found.type is not None and found.type.bare_number == "ten-goi"
    return named_so and found.code is not None and found.code.side != "dang"


def _is_typeless_party(symbol: Symbol) -> bool:
    """Tell ``08/TU``, whose type only the word in front gives, from ``217/HĐBT``, a form of its own."""
    return symbol.form is SymbolForm.ISSUED and symbol.code is not None and symbol.code.side == "dang"
