"""What is to be told of a draft: every number of a document in it, and names of bodies and provinces of the past.

One text, one place of its author, one base in; findings out. ``theme/assets/kb/draft-judge.js`` does the same step by
step, with the patterns that the library exports."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from ...core.ids import DocumentNumber
from ...core.models import Scan
from ...core.text import Folded, fold_viewed, nfc, view
from ...mentions.citations.citation_finder import AROUND_NUMBERS
from ...mentions.citations.citation_grammar import CitationGrammar
from ...mentions.citations.symbols import Symbol, SymbolForm, SymbolReader, TypeWord
from ...sources.vocabulary import Vocabulary
from .base import DraftBase, FormerBody, KnownDocument, Place
from .findings import Finding, Mark, Near, Told, typed_wrongly, with_decomposed
from .settle import is_told, plain, settled
from .surroundings import RANKS, SURROUNDINGS, past_office
from .terms import NO_TERM, is_same_run, read_term

HEAD = 1500
"""So many characters of a draft are its head, where its own number stands; chosen by hand."""
BEFORE = 120
"""So many characters before a number may say of which term it is; chosen by hand."""
POST = 60
"""So many characters before a name may say that it is of the past ("tiền thân là", "nguyên Phó Bí thư Thường trực");
longer than any words that do."""
MOST_JOINED = 9
"""So many numbers of a list are followed back to what is said before them; longer ones are tables."""
_YEARS = range(1900, 2101)


class _Meant(NamedTuple):
    """Which of the documents of a number are meant, and what is to be told of that; see ``Finding``."""

    told: list[Told]
    documents: list[KnownDocument]
    likely: str = ""
    near: str = ""


class _Text(NamedTuple):
    text: str
    seen: str
    folded: Folded


class DraftChecker:
    """Judges drafts by the number grammar of a vocabulary and by what a base knows."""

    def __init__(self, vocabulary: Vocabulary, base: DraftBase) -> None:
        self._vocabulary, self._base = vocabulary, base
        self._reader, grammar = SymbolReader(vocabulary), CitationGrammar(vocabulary)
        self._past_office = past_office(vocabulary)
        self._words, self._counted, self._other_number = grammar.words, grammar.counted, grammar.other_number

    def check(self, draft: str, home: str = "") -> list[Finding]:
        """Return all numbers, and the names of the past, in the order of the text; ``home``: the province whose
        body writes the draft, '' if that is not known."""
        text = nfc(draft)
        seen = view(text)
        scan = _Text(text, seen, fold_viewed(seen))
        alone = self._marks(scan)
        marks = [self._with_surroundings(scan, mark, alone, home) for mark in alone]
        found = settled(marks, [self._judge(scan, mark) for mark in marks])
        found += self._names(scan, marks, found, home)
        return with_decomposed(draft, text, sorted(found, key=lambda finding: finding.start))

    # -- numbers -----------------------------------------------------------------------------------

    def _marks(self, scan: _Text) -> list[Mark]:
        """Return the numbers of documents in a text, in order, the draft's own left out."""
        behind_words = list(self._behind_words(scan))
        marks = sorted([*behind_words, *self._alone(scan, behind_words)], key=lambda mark: mark.at)
        joined = _joined(scan, marks)
        return [mark for mark in joined if not _is_own(scan, mark)]

    def _behind_words(self, scan: _Text) -> Iterator[Mark]:
        _, words = self._words.find(Scan(scan.text, scan.seen, scan.folded, ()))
        end = 0
        for word in sorted(words, key=lambda word: (word.start, word.short)):
            mark = self._behind(scan, word) if word.number >= end else None
            if mark is not None:
                end = mark.end
                yield mark

    def _behind(self, scan: _Text, word: TypeWord) -> Mark | None:
        """Read the number behind a type word: a symbol, a number that has suffered, else a bare one."""
        if (end := self._reader.damaged_at(scan.seen, word.number)) is not None:
            return Mark(word.start, word.number, end, word.type)
        symbol = self._reader.read_at(scan.seen, word.number, word.type)
        if symbol is not None:
            number = None if symbol.form in _IN_PART else symbol.number
            return Mark(
                word.start, word.number, symbol.end, word.type, symbol, symbol.digits, symbol.year or "", number
            )
        match = AROUND_NUMBERS["bare"].match(scan.seen, word.number)
        if match is None or self._counted.match(scan.folded, match.end()):
            return None
        if SURROUNDINGS["years"].match(scan.folded, match.end()):
            return None
        is_year = int(match["number"]) in _YEARS or int(match["number"]) == 0
        named = scan.seen[word.start].isupper() and word.type.bare_number == "van-ban"
        if not word.signed and (not named or is_year or AROUND_NUMBERS["unit"].match(scan.folded, match.end())):
            return None
        digits = match["number"] + (match["letter"] or "").lower()
        return Mark(word.start, word.number, match.end(), word.type, None, digits, match["year"] or "")

    def _alone(self, scan: _Text, taken: Sequence[Mark]) -> Iterator[Mark]:
        """Yield the whole symbols that stand without a type word right before them."""
        for match in self._reader.candidates(scan.seen):
            start = match.start("number")
            if any(mark.start <= start < mark.end for mark in taken):
                continue
            symbol = self._reader.read(match)
            if symbol is None or symbol.form in _IN_PART:
                continue
            before = scan.folded[max(0, start - 50) : start]
            signed = AROUND_NUMBERS["sign_before"].search(before) is not None
            elsewhere = symbol.form is not SymbolForm.ASSEMBLY and self._other_number.search(before)
            if (
                elsewhere
                or AROUND_NUMBERS["form"].search(before)
                or (symbol.form is SymbolForm.DISPATCH and not signed)
            ):
                continue
            digits, year = symbol.digits, symbol.year or ""
            yield Mark(start, start, symbol.end, None, symbol, digits, year, symbol.number)

    def _with_surroundings(self, scan: _Text, mark: Mark, marks: Sequence[Mark], home: str) -> Mark:
        """Return a number with its date, term and place: behind it, else before it in its sentence; the place else
        the author's."""
        following = min((other.start for other in marks if other.start >= mark.end), default=len(scan.folded))
        stop = SURROUNDINGS["sentence_end"].search(scan.folded, mark.end, following)
        end = stop.start() if stop else following
        rest = scan.folded[mark.end : end]
        said = SURROUNDINGS["term_behind"].match(rest)
        dated = SURROUNDINGS["date"].match(rest, said.end() if said else 0)
        date, at = (_date(dated), dated.end()) if dated else ("", said.end() if said else 0)
        issuer = SURROUNDINGS["issuer"].match(rest, at) or SURROUNDINGS["in_brackets"].match(rest, at)
        place, tail = "", (mark.end, mark.end)
        if issuer:
            tail = (mark.end + issuer.start("issuer"), mark.end + issuer.end("issuer"))
            place, at = self._place_in(issuer["issuer"]), issuer.end("issuer")
            later = SURROUNDINGS["date"].match(rest, at)
            if not date and later and rest[at : later.end()].lstrip()[:1] != ",":
                date = _date(later)
        begin = max((other.end for other in marks if other.end <= mark.start), default=0)
        begin = max([begin, *(m.end() for m in SURROUNDINGS["sentence_end"].finditer(scan.folded, begin, mark.start))])
        if not place:
            place = self._place_before(scan, _list_begin(scan, mark, marks, begin), mark.start) or home
        said = said or SURROUNDINGS["term_behind"].match(rest, at) or SURROUNDINGS["term_later"].match(rest, at)
        said = said or SURROUNDINGS["term_before"].search(scan.folded[max(begin, mark.start - BEFORE) : mark.start])
        term = read_term(said) if said else NO_TERM
        same = self._base.by_number(mark.number) if mark.number else []
        of_place = not same or any(document.place for document in same)
        return replace(mark, date=date, place=place if of_place else "", term=term, tail=tail)

    def _place_in(self, words: str) -> str:
        found = self._base.place_names.search(words)
        return self._base.place_of(found[0]).id if found else ""

    def _place_before(self, scan: _Text, start: int, end: int) -> str:
        """Return the last province that a stretch names as such."""
        names = list(self._base.place_names.finditer(scan.folded, start, end))
        named = [
            m for m in names if SURROUNDINGS["place_before"].search(scan.folded[max(0, m.start() - 24) : m.start()])
        ]
        return self._base.place_of(named[-1][0]).id if named else ""

    # -- what a number means -------------------------------------------------------------------------

    def _judge(self, scan: _Text, mark: Mark) -> Finding:
        words = scan.text[mark.at : mark.end]
        if not mark.digits:
            return Finding(mark.start, mark.end, words, told=(Told.UNREADABLE,))
        typed = typed_wrongly(words, mark.number) if mark.number else (Told.NO_ISSUER,)
        finding = Finding(mark.at, mark.end, words, mark.number or "", typed)
        known = self._candidates(mark)
        meant = self._narrowed(mark, known) if mark.number else self._guessed(mark, known)
        wrong = self._wrong_type(mark, () if meant.near else known)
        told = [*typed, *([Told.WRONG_TYPE] if wrong else []), *meant.told]
        documents, right = meant.documents, str(mark.number or "")
        if not mark.number and not meant.near and len({d.number for d in documents}) == 1:
            right = documents[0].number
        if (meant.likely or len(documents) == 1) and documents[0].grave and mark.number and not meant.near:
            told.append(Told.CHANGED)
        ids = tuple(d.id for d in documents)
        return replace(finding, told=tuple(told), documents=ids, right=right, likely=meant.likely, near=meant.near)

    def _candidates(self, mark: Mark) -> list[KnownDocument]:
        """Return the documents of the base that bear a number, or may be meant by one that lacks its symbol."""
        if mark.number:
            same = self._base.by_number(mark.number)
            told = [d for d in same if mark.word and d.type == mark.word.id]
            return told or same
        symbol = mark.symbol
        wanted = [d for d in self._base.documents if plain(DocumentNumber(d.number).digits) == plain(mark.digits)]
        if symbol and symbol.form is SymbolForm.ISSUED:
            wanted = [d for d in wanted if DocumentNumber(d.number).issuer_code == symbol.rest]
        if symbol and symbol.type_code:
            wanted = [d for d in wanted if DocumentNumber(d.number).type_code == symbol.type_code]
        if mark.year:
            wanted = [d for d in wanted if str(DocumentNumber(d.number).year or "") == mark.year]
        return [d for d in wanted if mark.word is None or mark.word.general or d.type == mark.word.id]

    def _guessed(self, mark: Mark, known: list[KnownDocument]) -> _Meant:
        """Return which documents may be meant by a number that lacks its symbol."""
        of_place = [d for d in known if mark.place and d.place == mark.place] or known
        of_time = self._of_time(mark, of_place)
        if of_place and not of_time:
            return _Meant([], of_place, near=_time_of(of_place))
        if is_told(mark):
            of_time = [d for d in of_time if d.date] or of_time
        return _Meant([], [d for d in of_time if mark.date and _agree(d.date, mark.date)] or of_time)

    def _narrowed(self, mark: Mark, known: list[KnownDocument]) -> _Meant:
        """Return what is to be told, which of the documents of a number are meant by its place and time, and the likely
        one: of a number that comes again in every province, without its place, the one of that very day, for another
        province may have a number of that day which the base does not know."""
        if not known:
            return _Meant([Told.UNKNOWN], [])
        if mark.place and any(d.place for d in known):
            here = [d for d in known if not d.place or d.place == mark.place]
            if not here:
                return _Meant([Told.UNKNOWN], known, near=Near.OTHER_PLACE)
            known = here
        of_time = self._of_time(mark, known)
        if not of_time:
            return _Meant([Told.UNKNOWN], known, near=_time_of(known))
        known = of_time
        same_day = [d for d in known if mark.date and _agree(d.date, mark.date)]
        exact = [d for d in same_day if d.date]
        if mark.date and not same_day:
            return _Meant([Told.OTHER_DATE], known)
        if len(exact) == 1 and len(mark.date) == _FULL_DATE and exact[0].place and not mark.place:
            return _Meant([Told.SEVERAL], [*exact, *(d for d in known if d != exact[0])], exact[0].id)
        known = exact or same_day or known
        unplaced = bool(known[0].place) and not mark.place
        return _Meant([Told.SEVERAL] if len(known) > 1 or unplaced else [], known)

    def _of_time(self, mark: Mark, known: Sequence[KnownDocument]) -> list[KnownDocument]:
        """Return the documents that may be of the term, or the year, that a draft says."""
        return [d for d in known if is_same_run(d, mark.date, mark.term, self._base.terms.get(d.place, {}))]

    def _wrong_type(self, mark: Mark, known: Sequence[KnownDocument]) -> bool:
        """Tell whether the type word before a number is none of its symbol, or not that of the one document known."""
        word, symbol = mark.word, mark.symbol
        if word is None or word.general or word.untyped or symbol is None or not symbol.type_code or not mark.number:
            return False
        side = "dang" if symbol.party else "nha-nuoc"
        kinds = [kind for kind in self._vocabulary.document_types.values() if symbol.type_code in kind.codes]
        fitting = [kind for kind in kinds if side in kind.sides] or kinds
        if fitting and word not in fitting:
            return True
        return (
            len(fitting) > 1
            and len(known) == 1
            and known[0].type != word.id
            and known[0].type in {k.id for k in fitting}
        )

    # -- names of the past -----------------------------------------------------------------------------

    def _names(self, scan: _Text, marks: Sequence[Mark], found: Sequence[Finding], home: str) -> list[Finding]:
        """Return bodies and provinces of the past, except in what says that it is of the past: behind "nguyên", before
        "cũ", and as the issuer of a document that has its date."""
        dated = [mark.tail for mark, finding in zip(marks, found, strict=True) if mark.date or self._is_dated(finding)]
        taken = [(mark.at, mark.end) for mark in marks] + dated
        named: list[Finding] = []
        all_names = [*self._bodies(scan, home), *self._places(scan)]
        for start, end, told, today, page in sorted(all_names, key=lambda n: (n[0], -n[1])):
            inside = any(first < end and start < last for first, last in taken)
            if inside or SURROUNDINGS["told_as_past"].match(scan.folded, end):
                continue
            taken.append((start, end))  # what a name holds is told with it, or not at all
            before = scan.folded[max(0, start - POST) : start]
            if not SURROUNDINGS["past_before"].search(before) and not self._past_office.search(before):
                named.append(Finding(start, end, scan.text[start:end], told=(told,), right=today, page=page))
        return named

    def _is_dated(self, finding: Finding) -> bool:
        return len(finding.documents) == 1 and not finding.near and bool(self._base.of_id[finding.documents[0]].date)

    def _bodies(self, scan: _Text, home: str) -> Iterator[tuple[int, int, Told, str, str]]:
        for body in self._base.bodies:
            for match in body.pattern.finditer(scan.folded):
                if not scan.seen[match.start()].isupper():
                    continue
                lead = SURROUNDINGS["office_place"].match(scan.folded, match.end())
                place = self._base.place_names.match(scan.folded, lead.end()) if lead else None
                if place is None and self._is_central(scan, match.end()):
                    continue
                end = place.end() if place else match.end()
                where = self._base.place_of(place[0]) if place else self._base.place_by_id.get(home)
                page = body.pages.get(where.id if where else "", "")
                if told := _became(body, where):
                    yield match.start(), end, Told.FORMER_BODY, told, page

    def _is_central(self, scan: _Text, end: int) -> bool:
        """Tell whether a name goes on to that of a body of the centre: "… Khối Doanh nghiệp Thương mại Trung ương"."""
        behind = SURROUNDINGS["central_behind"].match(scan.folded, end)
        return bool(behind and (behind["at_once"] or scan.seen[end : behind.end()].lstrip()[0].isupper()))

    def _places(self, scan: _Text) -> Iterator[tuple[int, int, Told, str, str]]:
        last, rank = -1, ""
        for match in self._base.place_names.finditer(scan.folded):
            start, end = match.span()
            capitals = all(word[0].isupper() for word in scan.seen[start:end].split() if word[0].isalpha())
            before = scan.folded[max(0, start - 30) : start]
            if not capitals or SURROUNDINGS["no_province"].search(before):
                continue
            in_list = last >= 0 and SURROUNDINGS["listed"].fullmatch(scan.folded, last, start)
            ranked = SURROUNDINGS["rank"].search(before)
            if not in_list and not ranked and not SURROUNDINGS["place_before"].search(before):
                continue
            last, place = end, self._base.place_of(match[0])
            rank = " ".join(ranked["rank"].split()) if ranked else rank if in_list else ""
            if place.today:
                yield start, end, Told.FORMER_PLACE, place.today, ""
            elif place.risen and rank in RANKS:
                begin = start - len(ranked[0]) if ranked else start
                yield begin, end, Told.FORMER_PLACE, f"là {RANKS[rank]} {place.name}, {place.risen}", ""


def _became(body: FormerBody, place: Place | None) -> str:
    """Return what a body became, in its province, and what that province is today if it is not the same."""
    if place is None:
        return body.today
    told = body.local.get(place.id) or (body.in_city if place.city else body.in_province) or body.today
    told = told.replace("{place}", place.name)
    now = place.today or (place.risen and f"là thành phố {place.name}, {place.risen}")
    return f"{told}; {place.name} nay {now}" if now and place.name in told else told


_IN_PART = (SymbolForm.UNISSUED, SymbolForm.ISSUED)
_FULL_DATE = len("2023-10-27")


def _joined(scan: _Text, marks: list[Mark]) -> list[Mark]:
    """Give the bare numbers of a list the symbol that stands at its end: "Nghị quyết số 18, 19-NQ/TW"."""
    joined: list[Mark] = []
    for mark in reversed(marks):
        symbol = _symbol_of_list(scan, mark, joined[-1]) if joined else None
        whole = replace(mark, symbol=symbol, number=symbol.number, year=symbol.year or "") if symbol else mark
        joined.append(whole)
    return joined[::-1]


def _symbol_of_list(scan: _Text, mark: Mark, following: Mark) -> Symbol | None:
    """Return the symbol that a bare number shares with the next number of its list."""
    model = following.symbol
    if mark.symbol or not mark.digits or following.word or model is None or model.form is not SymbolForm.TYPED:
        return None
    gap = AROUND_NUMBERS["join"].match(scan.folded, mark.end)
    if gap is None or gap.end() != following.at:
        return None
    return model._replace(digits=mark.digits, year=mark.year or model.year)


def _list_begin(scan: _Text, mark: Mark, marks: Sequence[Mark], begin: int) -> int:
    """Return where begins what is said before a number, or before the list of numbers that it goes on; ``begin``: where
    the number before it ends, or its sentence begins."""
    first, index = mark.start, bisect.bisect_left(marks, mark.at, key=lambda other: other.at)
    for other in reversed(marks[max(0, index - MOST_JOINED) : index]):
        if other.end > mark.start:
            continue
        between = scan.folded[other.end : first]
        dated = SURROUNDINGS["date"].match(between)
        if not SURROUNDINGS["joined"].match(between, dated.end() if dated else 0):
            break
        first = other.start
    if first == mark.start:
        return begin
    before = max((other.end for other in marks if other.end <= first), default=0)
    ends = (match.end() for match in SURROUNDINGS["sentence_end"].finditer(scan.folded, before, first))
    return max([before, *ends])


def _is_own(scan: _Text, mark: Mark) -> bool:
    """Tell whether a number is the draft's own: alone in its line in the head, behind "Số:"."""
    before = scan.folded[max(0, mark.at - 40) : mark.at]
    own = mark.at < HEAD and SURROUNDINGS["own_number"].search(before)
    return bool(own and SURROUNDINGS["own_ends"].match(scan.text.replace("\t", "  "), mark.end))


def _date(match: re.Match[str]) -> str:
    """Return a date as ISO, no more exact than said."""
    day = match["d1"] or match["d2"] or ""
    month = match["m1"] or match["m2"] or match["m3"] or ""
    year = match["y1"] or match["y2"] or match["y3"] or match["y4"]
    return "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part)])


def _time_of(known: Sequence[KnownDocument]) -> Near:
    """Return what tells apart documents of one number that are of different times."""
    return Near.OTHER_TERM if DocumentNumber(known[0].number).is_party else Near.OTHER_YEAR


def _agree(one: str, other: str) -> bool:
    """Tell whether two dates may be one, where one may be less exact, or unknown."""
    return not one or one.startswith(other) or other.startswith(one)
