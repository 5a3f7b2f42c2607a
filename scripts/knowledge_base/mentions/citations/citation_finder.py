"""Find numbered documents: full symbols, lists, bare numbers with an issuer, and short forms of earlier ones."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple, TypeAlias

from ...core.models import BodyMention, Citation, Level, NoiseKind, Scan
from ...core.text import Folded
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.schemas import DocumentType, IssuerCode
from ..word_tree import noise_spans
from .candidates import CitationCandidate, join_years, renumbered, resolve_short_forms, share_issuers, share_types
from .citation_grammar import CitationContext, CitationGrammar
from .surroundings import Surroundings
from .symbols import NUMBER_SIGN, Symbol, SymbolForm, SymbolReader, TypeWord


class Item(NamedTuple):
    """One number of a list. ``symbol`` is None for a bare number; ``start`` is where its mention begins; ``signed``
    tells that "số" stands before it. ``digits`` are '' where they cannot be read for sure."""

    start: int
    end: int
    digits: str
    year: str | None
    symbol: Symbol | None
    after: CitationContext
    signed: bool = False


def _merged(item: Item, shared: CitationContext) -> CitationContext:
    """Return what holds for a number of a list: its own surroundings, else those of the later numbers. A symbol's
    code must agree with an issuer named for all."""
    own = joined = item.after
    code = item.symbol.code if item.symbol else None
    if not own.said and (code is None or shared.may_issue(code)):
        joined = joined.with_issuer(shared)
    year = item.year or (item.symbol.year if item.symbol else None)
    other_year = bool(year and shared.date and int(year) != shared.date.year)
    # A number with a symbol of its own shares a date only with what is said of all.
    bare = item.symbol is None or item.symbol.form is SymbolForm.UNISSUED
    if shared.dated and not own.dated and not other_year and (bare or shared.together or shared.said):
        joined = joined._replace(date=shared.date, dated=True)
    return joined if own.year or not shared.year else joined._replace(year=shared.year)


def _is_line(view: str, start: int, end: int) -> bool:
    """Tell whether words in capitals are a line of their own."""
    line = view[view.rfind("\n", 0, start) + 1 : (view + "\n").index("\n", end)]
    return line.strip(" *#") == view[start:end] and line.isupper()


def _candidate(
    item: Item, word: DocumentType | None, kind: DocumentType | None, code: IssuerCode | None, after: CitationContext
) -> CitationCandidate:
    """Return a number of a list with its issuer; its whole symbol is still to be told."""
    issuer, name = after.issuer_for(code, kind, item.year or (item.symbol.year if item.symbol else None))
    place = (item.start, item.end, item.digits, item.year)
    return CitationCandidate(*place, word, kind, code, issuer, after.date, issuer_name=name)


_BARE = re.compile(
    r"""
    (?P<number> \d{1,5} )
    (?P<letter> [a-zđ](?![\w]) )?
    (?: /(?P<year> (?:19|20)\d\d ) )?
    (?![\w/%])(?![.,-]\d)              # no date, share or amount
    (?!-[^\W\d_]{1,8}/)                # nor a symbol that cannot be read
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
_MOST_WORDS = 200
"""So many unnumbered words of a type at most are asked for its issuer, so that time stays linear; chosen by hand."""
_QUALITIES = re.compile(
    r'"?(?:\s(?:quan trọng|chiến lược|đột phá|trụ cột|chuyên đề|lớn|mới|gần đây|nói trên|nêu trên|trên|này)){0,4}"?'
)
_SIGNED = rf"(?P<sign>{NUMBER_SIGN})(?=\d)"
_THEN_NUMBER, _ANY_NUMBER = re.compile(rf"\s{{0,3}},?\s{{1,3}}{_SIGNED}"), re.compile(_SIGNED)
_LONGEST_LEAD = 400  # letters of an issuer between a type word and its number, so that few are read; chosen by hand
_JOINED = re.compile(r"\s{0,3}(?:,|và|cùng|,\s{0,3}và)\s{1,3}(?:các\s)?")
_LONGEST_JOIN = 12
"""The gap is no longer than this: ", và các " has nine characters."""
_SIGN_BEFORE = re.compile(r"(?P<sign>số(?:\s{0,2}hiệu)?\s{0,2}(?P<colon>:?)\s{0,3})\Z")
_SIGN_APART = re.compile(r"(?<!\w)số\s{0,2}:?\s{0,3}\d{1,4}\s{1,2}\Z")
"""The number of "số 2 256/QĐ-UBND" is not 256."""
_LINE_BEGINS = re.compile(r"(?:\A|\n|\||-{3,9}|\s{3})[^\S\n]*\Z")
_LINE_ENDS = re.compile(r"[^\S\n]{0,3}(?:[\n|]|\Z)")
_CLAUSE_END = re.compile(r"[.;:](?=\s)|\n\s*\n")
_NAMED_LAW = re.compile(r"\s[^\n.,;:()\d]{2,90}?\s(?:năm \d{4} )?[(,]?\s?")  # "Luật Đầu tư 61/2020/QH14"
_FORM = re.compile(r"(?<!\w)(?:mẫu|biểu|phụ lục)[^\S\n]{1,2}\Z")
_TITLE = 400
"""Letters of a title behind a number in which the place is looked for; chosen by hand."""
_ABOUT_LETTER = re.compile(r"[\s*|]{0,6}v/v\s")
_CHANGES = re.compile(r"(?<!\w)(?:sửa đổi|bổ sung|thay thế|bãi bỏ)(?!\w)")
_LOOK_BACK = 140
"""So far back a type word of the same clause may tell the type of a symbol; chosen by hand."""


_Group: TypeAlias = tuple[TypeWord, list[Item], CitationContext]
"""A type word with its numbers, and what stands between the two."""


class CitationFinder:
    """Finds citations with the types and codes of the vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._reader, self._grammar = SymbolReader(vocabulary), CitationGrammar(vocabulary)

    def find(self, scan: Scan, bodies: Sequence[BodyMention] = ()) -> list[Citation]:
        """Return the citations of ``scan`` in order; ``bodies`` say who issued them."""
        return _Search(scan, bodies, self._reader, self._grammar).citations()


class _Search:
    """One search through one text."""

    def __init__(
        self, scan: Scan, bodies: Sequence[BodyMention], reader: SymbolReader, grammar: CitationGrammar
    ) -> None:
        self._scan, self._reader, self._words, self._table = scan, reader, grammar.words, grammar.table
        self._around = Surroundings(scan, bodies, grammar)
        self._all_words, self._before_numbers = self._words.find(scan)
        self._elsewhere = noise_spans(scan, NoiseKind.PLAYER, NoiseKind.TEASER)

    def citations(self) -> list[Citation]:
        found = self._grouped()
        found += self._alone(found)
        found = [f for f in sorted(found, key=lambda f: f.start) if f.start not in self._elsewhere]
        # A symbol is mended where it is mended elsewhere in the text, and no issuer beside it speaks against that.
        mended = {f.typed: f for f in found if f.typed and f.typed != f.number}
        same = [mended.get(f.typed) if f.typed and not f.stated else None for f in found]
        found = [renumbered(f, mend, mend) if mend else f for f, mend in zip(found, same, strict=True)]
        citations = []
        found = share_types(self._completed(resolve_short_forms(found)))
        for f in self._placed(share_issuers(join_years(found), self._around.grammar.organs)):
            if f.keep:
                kind, name = f.type.id if f.type else None, f.issuer_name if f.number else None
                level, text = f.level if f.number else Level.PARTIAL, self._scan.text[f.start : f.end]
                citations.append(Citation(f.start, f.end, text, kind, f.number, level, f.issuer, f.date, name))
        return citations

    def _placed(self, found: list[CitationCandidate]) -> list[CitationCandidate]:
        """Return the citations; a local issuer without a place gets that which the title behind its document names
        ("Quyết định 39/2024/QĐ-UBND ban hành Bảng giá … trên địa bàn tỉnh Tiền Giang"), or the one whose document it
        changes there: only who issued that may do so."""
        placed: list[CitationCandidate] = []
        for f in reversed(found):
            local = f.code is not None and f.code.level != "trung-uong" and f.issuer and not f.issuer.place
            place = self._place_of_title(f, placed[-1] if placed else None) if local else None
            placed.append(f._replace(issuer=replace(f.issuer, place=place)) if f.issuer and place else f)
        return placed[::-1]

    def _place_of_title(self, f: CitationCandidate, following: CitationCandidate | None) -> str | None:
        """Return the province that the title behind a document names, up to the next document cited in it."""
        folded, names = self._scan.folded, self._table.names
        end = min(following.start if following else len(folded), f.end + _TITLE)
        area = names.area.search(folded, f.end, end)
        stop = _CLAUSE_END.search(self._scan.view, f.end, area.start() if area else end)
        if area or stop:
            return names.places[Folded(" ".join(area["place"].split()))] if area and not stop else None
        same = following and following.code is f.code and following.issuer and following.start == end
        changes = same and _CHANGES.search(folded, f.end, end)
        return following.issuer.place if changes and following and following.issuer else None

    # -- numbers behind a type word --------------------------------------------------------------

    def _grouped(self) -> list[CitationCandidate]:
        """Read the numbers behind type words, from the last: "Chỉ thị 05, Kết luận 01 của Bộ Chính trị" names the
        issuer of both."""
        words = [(word, CitationContext(0)) for word in self._before_numbers]
        signs = [match.start() for match in _ANY_NUMBER.finditer(self._scan.folded)]
        for _, end, kind in self._all_words:  # "Chỉ thị của Bộ Chính trị số 05": the issuer stands in between
            if bisect_left(signs, end) == bisect_left(signs, end + _LONGEST_LEAD):
                continue
            lead = self._around.after(end)
            if (lead.code or lead.body) and (sign := _THEN_NUMBER.match(self._scan.folded, lead.end)):
                words.append((TypeWord(sign.start("sign"), sign.end(), kind, signed=True, short=False), lead))
        groups: list[_Group] = []
        for word, lead in sorted(words, key=lambda pair: (pair[0].start, pair[0].short)):
            end = groups[-1][1][-1].end if groups else 0
            items = self._read_list(word) if word.number >= end else []
            groups += [(word, items, lead)] if items else []
        found: list[CitationCandidate] = []
        following, start = CitationContext(0), -1
        for (word, items, lead), subject in zip(reversed(groups), reversed(self._subjects(groups)), strict=True):
            joined = start >= 0 and self._joined(items, start)
            shared = lead if lead.code or not joined else following._replace(date=None, dated=False, year=None)
            entries, following = self._group(word, items, shared, subject)
            found += entries
            start = word.start
        return found

    def _read_list(self, word: TypeWord) -> list[Item]:
        """Return the numbers behind ``word``: "các nghị định số 76, 77, 78/2023/NĐ-CP"; none if what stands there is
        not the number of a document."""
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
        return items

    def _item(self, start: int, position: int, word: DocumentType, signed: bool, alone: bool) -> Item | None:
        """Read one number at ``position``: a symbol if there is one, else a bare number."""
        if (end := self._reader.damaged_at(self._scan.view, position)) is not None:
            return Item(start, end, "", None, None, self._around.after(end), signed)
        symbol = self._reader.read_at(self._scan.view, position, word)
        if symbol is not None:
            return Item(start, symbol.end, symbol.digits, symbol.year, symbol, self._around.after(symbol.end), signed)
        match = _BARE.match(self._scan.view, position)
        if match is None or self._around.grammar.counted.match(self._scan.folded, match.end()):
            return None
        number, year = int(match["number"]), match["year"]
        dated = number in _YEARS or number == 0 or (year and number <= 12 and not alone)  # 2025, 5/2025
        if (dated and not signed) or (not alone and _UNIT.match(self._scan.folded, match.end())):
            return None
        digits = match["number"] + (match["letter"] or "").lower()
        return Item(start, match.end(), digits, year, None, self._around.after(match.end()), signed)

    def _joined(self, items: list[Item], start: int) -> bool:
        """Tell whether only "," or "và" stands between a list and the type word at ``start``."""
        gap = self._scan.folded[items[-1].after.end : start]
        return len(gap) <= _LONGEST_JOIN and _JOINED.fullmatch(gap) is not None

    def _subjects(self, groups: list[_Group]) -> list[CitationContext]:
        """Return who issued each group, named away from its numbers: before it, or beyond its title.

        "Tỉnh ủy ban hành Chỉ thị số 20, Kế hoạch số 30" names the issuer of both.
        """
        subjects: list[CitationContext] = []
        for at, (word, items, _) in enumerate(groups):
            subject, last = self._around.issuer_before(word.start), items[-1]
            if not subject.said and at and self._joined(groups[at - 1][1], word.start):
                subject = subjects[-1]
            code = last.symbol.code if last.symbol else None
            # Behind the title may be told whose a bare number is, or a symbol that several bodies share.
            untold = last.symbol is None or (code and code.shared_by)
            if not subject.said and not last.after.said and untold:
                subject = self._around.beyond_title(word.start, last.after.end)
            subjects.append(subject)
        return subjects

    def _group(
        self, word: TypeWord, items: list[Item], lead: CitationContext, subject: CitationContext
    ) -> tuple[list[CitationCandidate], CitationContext]:
        """Read a list from its end: what stands behind a later number may hold for the earlier ones.

        Returns also what holds for its first number.
        """
        found: list[CitationCandidate] = []
        shared, model, after, own_year = lead, None, lead, False
        # "Kế hoạch số 33", "Nghị quyết 59" are surely documents, "Chương trình 135" may be another number.
        sure = word.signed or (self._scan.view[word.start].isupper() and word.type.bare_number == "van-ban")
        dated = self._around.date_before(word.start)
        begins = _LINE_BEGINS.search(self._scan.view[max(0, word.start - 40) : word.start])
        alone = len(items) == 1 and begins and _LINE_ENDS.match(self._scan.view, items[0].after.end)
        if not dated and alone and items[0].symbol:  # "Nghị quyết số: 653/2019/UBTVQH14" atop an official text
            dated = self._around.date_of_head(word.start)
        for item in reversed(items):
            after = _merged(item, shared)
            code = item.symbol.code if item.symbol else None
            strange = self._around.is_strangers(word.start, item.after)
            able = not strange and (subject.may_issue(code) if code else subject.said)
            apart = subject.stranger and (code is None or bool(code.shared_by) or code.level != "trung-uong")
            if not after.said and (apart or able):
                after = after.with_issuer(subject)
            if not after.said and code:
                # "Thị ủy Quảng Trị ban hành Nghị quyết số 05-NQ/TU": not of the body whose symbol it seems to be
                other = subject.name is not None and code.default is not None
                lower = subject._replace(stranger=True) if other else self._around.lower_before(word.start, code)
                after = after.with_issuer(lower)
            entry = self._entry(item, word, after, model, own_year)
            date = entry.date or (None if after.dated else dated or self._around.date_beyond_title(item.after.end))
            # The State's "Chương trình 135" is a name; "Chương trình 17 của Tỉnh ủy" is a document's number.
            named = entry.type and entry.type.bare_number == "ten-goi" and entry.code and entry.code.side != "dang"
            numbered = sure or entry.level is Level.FULL or not named
            known = sure and bool(item.digits) and not strange
            found.append(entry._replace(date=date, sure=known, keep=entry.keep and numbered))
            shared = after if after.said or after.dated else shared
            model = item.symbol if item.symbol and item.symbol.form is SymbolForm.TYPED else model
            own_year = own_year or item.signed  # "số 57 và số 12/2018/QĐ-UBND": the year is of the second alone
        return found, after

    def _entry(
        self, item: Item, word: TypeWord, after: CitationContext, model: Symbol | None, own_year: bool
    ) -> CitationCandidate:
        """Return a number with its own symbol, with that of ``model``, whose year may be its ``own_year``, else with
        the one its type and issuer make; without a number where that cannot be done."""
        symbol, kind = item.symbol, word.type
        if not item.digits:  # asked, never guessed
            return _candidate(item, kind, kind, None, after)
        whole = symbol if symbol and symbol.form is not SymbolForm.UNISSUED else None
        if whole and not (whole.form is SymbolForm.ISSUED and whole.code and whole.code.side == "dang"):  # 08/TU
            unsure = word.short and whole.party and len(kind.codes) > 1  # "QĐ 12-QĐ/TW" does not tell which
            return self._full(item, whole, None if unsure else kind, after)
        if model is not None and whole is None:
            found = _candidate(item, kind, self._words.type_of(model, kind), model.code, after)
            formed = model._replace(digits=item.digits, year=item.year or model.year).number
            return found._replace(number=None if own_year and formed.year and not item.year else formed)
        shown = self._words.type_of(symbol, kind) if symbol and symbol.type_code else kind
        code = symbol.code if symbol and symbol.code else after.code
        if code is None and shown and item.year:
            code = self._table.only_issuer(shown)
        found = _candidate(item, kind, shown, code, after)
        if shown and code:
            told = str(after.date.year) if after.date else after.year
            year = told if item.year is None and shown.symbol == "year" else item.year
            type_code, issued = symbol.type_code if symbol else None, int(told) if told else None
            number = self._table.number(item.digits, year, shown, code, type_code, issued)
            signing = self._table.signing(code, shown)  # who signs is the issuer, whoever speaks in it
            body = after.body if signing is code else None
            issuer, _ = after._replace(body=body).issuer_for(signing, shown, year)
            found = found._replace(number=number, issuer=issuer, code=signing)
        stated = code is not None or after.body is not None or after.date is not None
        keep = stated and shown is not None and (shown.symbol != "none" or shown.untyped)
        return found._replace(keep=keep or found.number is not None)

    def _full(self, item: Item, symbol: Symbol, word: DocumentType | None, after: CitationContext) -> CitationCandidate:
        only = symbol.code.issues_only if symbol.code else ()
        # "Luật Quy hoạch số 57/2024/QH15", "Luật Ban hành văn bản quy phạm pháp luật số …": a word of its name
        law = self._last_word(symbol.start, only) if only and (word is None or word.id not in only) else None
        if law is not None:
            sign = _SIGN_BEFORE.search(self._scan.folded[max(0, symbol.start - 12) : symbol.start])
            word, item = law, item._replace(start=symbol.start - len(sign["sign"] if sign else ""))
        kind = self._words.type_of(symbol, word)
        if kind is None and word and word.general:  # "… ban hành quy định về …. Văn bản mang số 38-QĐ/TU"
            kind = self._type_told(symbol.start, symbol)
        named = item.after.code or self._around.letterhead(item.start)
        typed = symbol.number
        symbol = self._table.retyped(symbol, kind, named or after.code)
        if mended := self._table.mended(symbol, kind, named):
            symbol = symbol._replace(code=mended, rest=mended.code)
        if symbol.code and kind and after.code is not symbol.code:
            both = symbol.code.government and after.code and after.code.government
            if both or self._table.only_issuer(kind) is symbol.code:  # the symbol tells, whoever else is named
                after = after.with_issuer(CitationContext(after.end))
        joint = self._table.is_joint(symbol)  # none of them alone is its issuer
        after = after.with_issuer(CitationContext(after.end)) if joint else after
        found = _candidate(item, word, kind, None if joint else symbol.code, after)
        return found._replace(number=symbol.number, level=Level.FULL, typed=typed, stated=item.after.said)

    def _last_word(self, position: int, types: Sequence[str]) -> DocumentType | None:
        """Return the last of some types that is named before ``position`` in its clause."""
        first, last = (bisect_left(self._all_words, (at,)) for at in (position - _LOOK_BACK, position))
        near = reversed(self._all_words[first:last])
        fitting = (kind for _, end, kind in near if kind.id in types and not self._ended(end, position))
        return next(fitting, None)

    def _type_told(self, position: int, symbol: Symbol) -> DocumentType | None:
        """Return the type named last before ``position`` that fits a symbol, across sentences."""
        first, last = (bisect_left(self._all_words, (at,)) for at in (position - _TITLE, position))
        kind = next((kind for _, _, kind in reversed(self._all_words[first:last]) if not kind.general), None)
        return kind if kind and symbol.type_code in kind.codes else None

    def _title_below(self, symbol: Symbol) -> DocumentType | None:
        """Return the type that a line in capitals below the number of a head names, where its symbol leaves that open:
        "383-QĐ/TW" over "QUY ĐỊNH"."""
        if symbol.type_code is None or self._words.type_of(symbol, None):
            return None
        first, last = (bisect_left(self._all_words, (at,)) for at in (symbol.end, symbol.end + _TITLE))
        view = self._scan.view
        titles = (kind for start, end, kind in self._all_words[first:last] if _is_line(view, start, end))
        kind = next(titles, None)
        return kind if kind and symbol.type_code in kind.codes else None

    def _ended(self, start: int, end: int) -> bool:
        return _CLAUSE_END.search(self._scan.view, start, end) is not None

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
        near = last is not None and sign is not None and begin - last[1] <= _LOOK_BACK
        word = last[2] if last and near and not self._ended(last[1], begin) else None
        symbol = self._reader.read(match, word)
        if symbol is None or (sign is None and _SIGN_APART.search(self._scan.folded[max(0, start - 18) : start])):
            return None
        law = symbol.form is SymbolForm.ASSEMBLY and last and _NAMED_LAW.fullmatch(self._scan.folded, last[1], start)
        word = last[2] if last and law else word
        if symbol.form is SymbolForm.DISPATCH and word and not (word.untyped or word.general):
            word = None  # a symbol without a type is a công văn's
        partial = symbol.form in (SymbolForm.UNISSUED, SymbolForm.ISSUED)
        if partial or (symbol.form is SymbolForm.DISPATCH and not header and word is None):
            return None
        before = self._scan.folded[max(0, begin - 50) : begin]
        other = symbol.form is not SymbolForm.ASSEMBLY and self._around.grammar.other_number.search(before)
        if other or (word is None and _FORM.search(before)):
            return None
        after = self._around.after(symbol.end)
        if word is not None and last is not None and symbol.code and not after.said:
            subject = self._around.issuer_before(last[0])
            able = subject.stranger or subject.may_issue(symbol.code)
            after = after.with_issuer(subject if able else self._around.lower_before(last[0], symbol.code))
        topmost = header or (not in_line and _LINE_ENDS.match(self._scan.view, symbol.end) is not None)
        word = word or (self._title_below(symbol) if topmost else None)
        if topmost and not after.said:
            after = after.with_issuer(self._around.of_letterhead(start, symbol.code, self._words.type_of(symbol, word)))
        item = Item(start if header else begin, symbol.end, symbol.digits, symbol.year, symbol, after)
        if header and symbol.form is SymbolForm.DISPATCH and word is None:
            word = self._words.untyped
        entry = self._full(item, symbol, word, after)
        if header and _ABOUT_LETTER.match(self._scan.folded, symbol.end):  # only a công văn has "V/v" below its number
            entry = entry._replace(type=self._words.untyped)
        if entry.date or after.dated:
            return entry
        date = self._around.date_of_head(begin) if topmost else self._around.date_before(begin)
        return entry._replace(date=date or self._around.date_beyond_title(after.end))

    # -- numbers whose issuer stands elsewhere -----------------------------------------------------

    def _completed(self, found: list[CitationCandidate]) -> list[CitationCandidate]:
        """Give the bare numbers whose issuer is still open the one that is said of their type."""
        issuers: dict[str, CitationContext | None] = {}
        completed = list(found)
        for at, entry in enumerate(found):
            kind = entry.type
            if kind is None or entry.number or entry.code or not entry.sure or entry.is_told:
                continue
            if kind.id not in issuers:
                issuers[kind.id] = self._issuer_of(kind, found)
            after = issuers[kind.id]
            if after and after.code:
                year = entry.year or (str(entry.date.year) if entry.date and kind.symbol == "year" else None)
                issued = entry.date.year if entry.date else None
                if number := self._table.number(entry.digits, year, kind, after.code, issued=issued):
                    issuer, name = after.issuer_for(after.code, kind, year)
                    numbered = entry._replace(number=number, code=after.code, keep=True)
                    completed[at] = numbered._replace(issuer=issuer, issuer_name=name)
        return completed

    def _issuer_of(self, kind: DocumentType, found: Iterable[CitationCandidate]) -> CitationContext | None:
        """Return the one issuer that the text names for documents of a type without number; None if it names none
        or several."""
        numbered = {f.start for f in found}
        words = ((start, end) for start, end, named in self._all_words if named is kind and start not in numbered)
        named = []
        for start, end in islice(words, _MOST_WORDS):
            qualities = _QUALITIES.match(self._scan.folded, end)
            after = self._around.after(qualities.end() if qualities else end)
            places = (after, self._around.issuer_before(start), self._around.beyond_title(start, end))
            named += [place for place in places if place.code][:1]
        codes = {after.code.code for after in named if after.code}
        codes |= {f.code.code for f in found if f.code and f.type is kind}
        return named[0] if named and len(codes) == 1 else None


AROUND_NUMBERS = {"bare": _BARE, "join": _JOIN, "unit": _UNIT, "sign_before": _SIGN_BEFORE, "form": _FORM}
"""What tells numbers of documents from others, by name: the check of drafts reads by the same."""
