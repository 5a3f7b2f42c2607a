"""The grammar of numbers and symbols: ``34-CT/TU``, ``73/2023/NĐ-CP``, ``202/2025/QH15``, ``777/UBND-NV``.

A symbol is read as people type it (spaces, line breaks, any dash, swapped or missing separators, any
letter case) and brought to its one right form. Which separators are right follows from the issuer's
code: the Party writes ``NUMBER-TYPE/ISSUER``, the State ``NUMBER[/YEAR]/TYPE-ISSUER``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from ...core.ids import DocumentNumber
from ...core.models import Scan
from ...core.text import at_word_start, fold, strip_marks, verbose, view
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.schemas import DocumentType, IssuerCode
from ..lexicon import one_by_one
from ..word_tree import PhrasePattern


class Spellings:
    """Finds the right spelling: by exact letters, by any letter case, then without accents if that is unique."""

    def __init__(self, forms: Iterable[tuple[str, str]]) -> None:
        pairs = [(form.replace(".", "").replace(" ", ""), name) for form, name in forms]
        self._cased = {form.casefold(): name for form, name in reversed(pairs)}
        bare: dict[str, set[str]] = {}
        for form, name in pairs:
            bare.setdefault(strip_marks(form), set()).add(name)
        self._bare = {form: next(iter(names)) for form, names in bare.items() if len(names) == 1}

    def get(self, written: str) -> str | None:
        """Return the right spelling of ``written``, or None if there is none or more than one."""
        key = written.casefold()
        return self._cased.get(key) or (self._bare.get(key) if key.isascii() else None)


_PART = r"(?:(?!ngày|của|năm)[^\W\d_]){1,20}(?:&[^\W\d_]{1,12})?\d{0,3}"
"""Letters of a symbol, perhaps with digits behind them: ``NQ``, ``BNN&PTNT``, ``QH15``."""
_SYMBOL = rf"""
    (?P<number> \d %s (?:\d?\.\d{{3}} | \d{{0,5}}) (?:[a-zA-ZđĐ](?=\s{{0,4}}[-/]))? )  # 34, 1.234, 06a
    (?P<first> \s{{0,4}}[-/_]{{1,2}}\s{{0,4}} | \s{{0,2}} )
    (?: (?P<year> (?:19|20)\d\d ) (?P<gap> \s{{0,3}}[-/]{{1,2}}\s{{0,4}} | \s{{0,2}} ) )?
    (?P<head> {_PART} )                                                              # the type, or an issuer
    (?: (?P<second> \s{{0,4}}[-/.]{{1,2}}\s{{0,4}} | \s )
        (?P<tail> {_PART} (?:\s{{0,2}}[-./]\s{{0,2}}{_PART}){{0,6}} ) )?              # the issuer, units
"""
_NOT_WITHIN = r"(?: (?<![\w/.]\d)(?<!\w-\d) | (?<=số\d) | (?<=Số\d) | (?<=SỐ\d) )"
"""Asked behind the first digit, so that the search skips all that are no digits at once (five times as fast)."""
_ANYWHERE, _HERE = re.compile(_SYMBOL % _NOT_WITHIN, re.VERBOSE), re.compile(_SYMBOL % "", re.VERBOSE)
_SOUGHT = re.compile((_SYMBOL % _NOT_WITHIN).replace(r"\d", "[0-9]", 1), re.VERBOSE)
"""``_ANYWHERE`` for a viewed text, whose digits are those of ASCII: so ``re`` leaps twice as fast to the first one."""
_PIECES = re.compile(r"(\s{0,2}[-./]\s{0,2})")
_SIDES = {("-", "/"): True, ("/", "-"): False, ("-", ""): True}
"""Whether the separators before and behind the type are those of the Party."""
_APART = re.compile(r"\s{1,2}(\d{1,2})(?![\w/.-])")
_DIGITS_LAST = re.compile(r"(\D+)(\d{1,3})\Z")
_PARENT = re.compile(r"\s(TW|TƯ|TU)(?!\w)")
_CODE_LIKE = re.compile(r"[A-ZĐĂÂÊÔƠƯ][A-Za-zĐđĂÂÊÔƠƯơư&]{0,24}\d{0,3}\Z")
_POLICE = re.compile(r"P?[A-Z]\d\d\Z")
"""An office of the police, known by a letter and figures: ``C08``, ``PC06``."""
_UNIT_LIKE = re.compile(r"[A-ZĐĂÂÊÔƠƯ][A-ZĐĂÂÊÔƠƯ&]{0,12}(?:[a-zđ]{1,2}[A-ZĐ]{1,4}){0,2}(?:[a-zđ]{1,2})?\d{0,3}\Z")
"""Capitals, and one or two small letters behind one of them: ``QLĐTh``, ``TTg``, ``VXnv``, ``CTr``."""
_OFFICE_LETTERS = "SB"
"""Letters of Sở and Bộ before an office's code, which it may leave out in its own symbols: ``4965/LĐTBXH-KH``."""
_SMALL_UNIT = re.compile(r"[a-zđ]{1,4}\Z")
"""A unit typed in small letters: ``777/UBND-nc``."""
_DAMAGED = verbose(r"""
    (?: \d{1,4} [^\S\n]{1,2} \d{1,4}                                # 2 256: one number, or two
      | (?=\d*[OoIl]) (?=[OoIl]*\d) [\dOoIl]{2,5}                   # O5, 1l2: letters for digits
      | \d{1,5} [-/] (?!(?:19|20)\d\d\s{0,3}[-/]) (?=[OoIl]*\d)[\dOoIl]{3,6}  # 45/25010, 45/2O23: no year
      | (?P<foreign> \d{1,5} (?=[-/][^\s,;()]{0,20}[\u0370-\u03ff\u0400-\u04ff]) )   # 34-CT/ТУ: other scripts
    )
    \s? [-/] \s? (?:(?:19|20)\d\d[-/])?
    (?P<head>[^\W\d_]{1,10}) (?: [-/.] [^\W\d_]\w{0,12} ){1,4}""")
"""A symbol whose number has suffered: what it was may be guessed, never known."""
_HALF_READ = re.compile(r"\d{1,5}[a-z]?(?:/\d{4})?[-/](?P<head>[^\W\d_]{2,10})[-/][^\W\d_]\w{0,12}")
"""A number and its first letters, then what is none of an issuer or a unit: ``5128/UBND-Kinh tế``."""
_NOT_TYPES = re.compile(r"(?:GP|GCN|HĐ|BA|HS|DS|HC|KDTM|HNGĐ|ST|PT|TCVN|QCVN|TCCS|TCN)|.*ST\Z|HĐ.*")


def is_one_slip(written: str, right: str) -> bool:
    """Tell whether one slip of the hand makes ``written`` of ``right``: a letter twice, missing, another, or two
    neighbours swapped; letter case does not count. Another letter too many is a hand's own style (SoNNMT, of the Sở).

    >>> is_one_slip("UBDN", "UBND"), is_one_slip("TTP", "TTg"), is_one_slip("SoNNMT", "SNNMT")
    (True, True, False)
    """
    one, other = written.casefold(), right.casefold()
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if len(one) != len(other):
        return one[at:] == other[at + 1 :] or (one[at + 1 :] == other[at:] and at > 0 and one[at] == one[at - 1])
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return one != other and (one[at + 1 :] == other[at + 1 :] or swapped)


def without_office_letter(code: str) -> tuple[str, ...]:
    """Return what a department or ministry writes for its code when it leaves out its first letter, if it has one.

    >>> without_office_letter("SKHĐT"), without_office_letter("UBND")
    (('KHĐT',), ())
    """
    return (code[1:],) if len(code) > 2 and code[0] in _OFFICE_LETTERS else ()


class SymbolForm(StrEnum):
    """How much of a symbol stands in the text."""

    TYPED = "number, type and issuer"
    ASSEMBLY = "number, year and legislature"
    DISPATCH = "number, issuer and unit, without a type"
    ISSUED = "number and issuer only"
    UNISSUED = "number and type only"


class Symbol(NamedTuple):
    """A symbol read at ``start:end``. ``rest`` is the issuer's part in normal form; ``code`` its entry, if known;
    ``party_marks`` tells that the separators typed are those of the Party (None: neither); ``as_typed`` that they stay
    as they are."""

    start: int
    end: int
    form: SymbolForm
    digits: str
    year: str | None = None
    type_code: str | None = None
    rest: str = ""
    code: IssuerCode | None = None
    party_marks: bool | None = None
    as_typed: bool = False

    @property
    def number(self) -> DocumentNumber:
        """The number with its symbol in normal form."""
        head = f"{self.digits}/{self.year}" if self.year else self.digits
        if self.form is not SymbolForm.TYPED:
            mark = "-" if self.form is SymbolForm.ISSUED and self.party_marks else "/"
            return DocumentNumber(f"{head}{mark}{self.rest}")
        if self.party and not self.year:
            return DocumentNumber(f"{head}-{self.type_code}/{self.rest}")
        return DocumentNumber(f"{head}/{self.type_code}-{self.rest}")

    @property
    def party(self) -> bool:
        """Tell whether the Party's separators are right: the code says so, else those typed."""
        code = None if self.as_typed else self.code
        # A code used on both sides (a steering committee's, the Front's) leaves the separators as typed.
        if code is None or code.side == "mat-tran" or (code.level == "khac" and not code.bodies):
            return bool(self.party_marks)
        return code.side == "dang"


class SymbolReader:
    """Reads symbols with the codes of the vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        kinds = vocabulary.document_types.values()
        self._sides = {code: {s for k in kinds if code in k.codes for s in k.sides} for t in kinds for code in t.codes}
        self._types = Spellings((code, code) for t in kinds for code in t.codes)
        spelt = [(code.code, (code.code, *code.typed)) for code in vocabulary.issuer_codes.values()]
        self._codes = Spellings((form, name) for name, forms in spelt for form in forms)
        self._entries = vocabulary.issuer_codes
        self._longest_first = sorted({c for t in kinds for c in t.codes}, key=len)[::-1]
        known = vocabulary.document_types  # without the faulty ones, which are told elsewhere
        either = ((c, kind) for c in self._entries.values() for kind in c.either_side if kind in known)
        self._either_side = {(c.code, t) for c, kind in either for t in known[kind].codes}
        self._as_typed = {code for kind in kinds if kind.as_typed for code in kind.codes}
        self._joint = tuple(code for kind in kinds if kind.joint for code in kind.codes)
        self._by_term = {form: c for c in self._entries.values() if c.by_term for form in (c.code, *c.typed)}
        legislatures = "|".join(sorted(self._by_term, key=len, reverse=True)) or "[A-ZĐ]{2,6}"  # if none is known
        self._assemblies = re.compile(rf"({legislatures})(\d{{1,2}})\Z")
        self.patterns = {**SYMBOL_PATTERNS, "assembly": self._assemblies}
        """All that it reads by, which the browser is given (publish/exports/draft_data.py)."""

    def candidates(self, text: str) -> Iterator[re.Match[str]]:
        """Yield all places of a viewed text where a symbol may stand."""
        return _SOUGHT.finditer(text)

    def read_at(self, text: str, position: int, word: DocumentType | None = None) -> Symbol | None:
        """Return the symbol that begins at ``position``; ``word`` is the type named in front of it."""
        match = _HERE.match(text, position)
        return self.read(match, word) if match else None

    def read(self, match: re.Match[str], word: DocumentType | None = None) -> Symbol | None:
        """Make a symbol of a candidate, or None if it is something else."""
        head = view(match["head"])
        loose = match["gap"] is not None and not match["gap"].strip()  # "73/2023 NĐ-CP"
        readings = (self._assembly, self._typed, self._fused, self._issued, self._own_type, self._mistyped)
        for reading in readings if match["first"].strip() and not loose else readings[:2]:
            symbol = reading(match, head, word)
            if symbol is not None:
                return None if loose and symbol.code is None else symbol
        return None

    def damaged_at(self, text: str, position: int) -> int | None:
        """Return where a symbol ends that begins at ``position`` with a number that cannot be read; None if there is
        none."""
        for shape in (_DAMAGED, _HALF_READ):
            match = shape.match(text, position)
            if match and shape is _DAMAGED and match["foreign"]:
                return match.end()
            if match and (self.code_of(match["head"]) or (shape is _DAMAGED and self._types.get(match["head"]))):
                return match.end() if shape is _DAMAGED or not self.read_at(text, position) else None
        return None

    def code_of(self, name: str) -> IssuerCode | None:
        """Return the issuer code spelt ``name``, in any of its spellings."""
        known = self._codes.get(name.replace(".", "").replace(" ", ""))
        return self._entries[known] if known else None

    # -- the six forms ------------------------------------------------------------------------

    def _assembly(self, match: re.Match[str], head: str, _: DocumentType | None) -> Symbol | None:
        if not match["year"]:
            return None
        end = match.end("head")
        if head.upper() in self._by_term and (apart := _APART.match(match.string, end)):
            head, end = head + apart[1], apart.end()
        found = self._assemblies.match(head.upper())
        if not found:
            return None
        code = self._by_term.get(found[1])
        return self._begin(match, SymbolForm.ASSEMBLY, end, f"{code.code if code else found[1]}{found[2]}", code)

    def _typed(self, match: re.Match[str], head: str, word: DocumentType | None) -> Symbol | None:
        type_code = self._types.get(head)
        joined = match["first"].strip() or "/" in (match["second"] or "")
        if type_code is None or not (joined or word):
            return None
        symbol = self._with_issuer(match, word)
        if symbol is not None:
            of_state = symbol.party_marks is False and (symbol.rest, type_code) in self._either_side
            symbol = symbol._replace(type_code=type_code, as_typed=of_state or type_code in self._as_typed)
            side = "dang" if symbol.party else "nha-nuoc"
            return symbol if symbol.as_typed or side in self._sides[type_code] else None
        if not match["first"].strip() or (word is None and not match["year"]):
            return None
        return self._begin(match, SymbolForm.UNISSUED, match.end("head"))._replace(type_code=type_code)

    def _fused(self, match: re.Match[str], head: str, word: DocumentType | None) -> Symbol | None:
        """Read ``NĐCP``, ``CTTU``: the separator between type and issuer is lost.

        Only behind the name of that type, or a year, and not if the letters are an issuer's own: TTCP is the Government
        Inspectorate, CTCP a joint-stock company."""
        if head.islower() or self.code_of(head):
            return None
        for type_code in self._longest_first:
            if not (type_code in word.codes if word else match["year"]):
                continue
            code = self.code_of(head[len(type_code) :]) if head.upper().startswith(type_code.upper()) else None
            if code is not None:
                symbol = self._begin(match, SymbolForm.TYPED, match.end("head"), code.code, code)
                return symbol._replace(type_code=type_code, as_typed=type_code in self._as_typed)
        return None

    def _issued(self, match: re.Match[str], head: str, word: DocumentType | None) -> Symbol | None:
        """Read a symbol without a type (``777/UBND-NV``, ``217/HĐBT``, ``08/TU``), or with it last (``07/BYT-TT``)."""
        code = self.code_of(head)
        spelt, _ = self._spell(head)
        if spelt in self._by_term:
            return None
        turned = word is not None and bool(match["tail"]) and self._types.get(match["tail"]) in word.codes
        # Without a type only a công văn is right: its type word has no code.
        short = word is not None and any(self.code_of(f"{letter}{head}") for letter in _OFFICE_LETTERS)
        sure = code is not None or turned or short or (word is not None and (word.untyped or not word.codes))
        if not sure or not _CODE_LIKE.match(spelt):
            return None
        begun = self._begin(match, SymbolForm.ISSUED, match.end("head"), spelt, code)
        if unit := self._unit(match):
            end = match.start("tail") + len(unit)
            return begun._replace(form=SymbolForm.DISPATCH, rest=f"{spelt}-{unit}", end=end)
        if _HALF_READ.match(match[0]):
            return None
        # "Nghị định 24/CP" is an old form, "Đề án 06/CP" no document's symbol.
        return begun if word and code and (word.symbol != "none" or word.untyped or not word.codes) else None

    def _own_type(self, match: re.Match[str], head: str, word: DocumentType | None) -> Symbol | None:
        """Read a symbol whose type is a local mixture of known ones (``KHPH``, ``HDLN``), after its type word."""
        if word is None or _NOT_TYPES.match(head) or not _UNIT_LIKE.match(head):
            return None
        if self._types.get(head) or not head.startswith(tuple(c for c in self._longest_first if len(c) > 1)):
            return None
        symbol = self._with_issuer(match, word)
        return symbol._replace(type_code=head) if symbol else None

    def _mistyped(self, match: re.Match[str], head: str, word: DocumentType | None) -> Symbol | None:
        """Read a symbol of a known issuer whose type is one slip away from that of the word in front (``51-CQ/TW``
        behind Nghị quyết)."""
        near = [code for code in (word.codes if word else ()) if len(code) > 1 and is_one_slip(head, code)]
        symbol = self._with_issuer(match, word) if len(near) == 1 else None
        return symbol._replace(type_code=near[0]) if symbol and symbol.code else None

    # -- parts ---------------------------------------------------------------------------------

    @staticmethod
    def _begin(
        match: re.Match[str], form: SymbolForm, end: int, rest: str = "", code: IssuerCode | None = None
    ) -> Symbol:
        digits = match["number"].replace(".", "").lower()
        marks = (match["first"].strip()[:1], (match["second"] or "").strip()[:1])
        return Symbol(match.start("number"), end, form, digits, match["year"], None, rest, code, _SIDES.get(marks))

    def _with_issuer(self, match: re.Match[str], word: DocumentType | None) -> Symbol | None:
        """Read the issuer's part; None if what stands there is not one."""
        tail, end = match["tail"], match.end("tail")
        if not tail:
            return None
        pieces = _PIECES.split(tail)
        apart = _PARENT.match(match.string, end)  # "BTC TW", "UBKT TU": the committee of a ban stands apart
        if apart and (code := self.code_of(tail + apart[1])):
            rest, end = code.code, apart.end()
        elif code := self.code_of(tail):
            rest = code.code
        elif pieces[1:2] == ["."] and (code := self.code_of("".join(pieces[:3]))):
            rest, end = code.code, match.start("tail") + len("".join(pieces[:3]))
        else:
            rest, code, end = self._spelt_out(match, pieces, word)
        loose = not match["second"].strip() or not match["first"].strip()
        if not rest or (loose and code is None):
            return None
        return self._begin(match, SymbolForm.TYPED, end, rest, code)

    def _spelt_out(
        self, match: re.Match[str], pieces: list[str], word: DocumentType | None
    ) -> tuple[str, IssuerCode | None, int]:
        """Return an issuer's part, read piece by piece, in normal form, its first code's entry and its end."""
        rest, code = self._spell(pieces[0])
        if code is None:
            tight = not re.search(r"\s", match[0])
            rest = rest.upper() if pieces[0].islower() and tight and word is not None else rest
            capitals = sum(c.isupper() for c in rest)
            named = _CODE_LIKE.match(rest) and capitals >= 2 and 2 * capitals > len(rest)
            if not (named or _POLICE.match(rest)):
                return "", None, match.start("tail")
        end = match.start("tail") + len(pieces[0])
        joint = match["head"].upper().startswith(self._joint)  # TTLT - BNV - BTC: the issuers may stand far apart
        for gap, piece in zip(pieces[1::2], pieces[2::2], strict=False):
            (spelt, _), mark = self._spell(piece), gap.strip()
            apart = mark != gap and not (self.code_of(piece) and (joint or not (gap[0] == gap[-1] == " ")))
            sentence = mark == "." and (len(piece) > 5 or gap[-1].isspace())  # "11-NQ/TU. HĐND tỉnh" begins anew
            if not _UNIT_LIKE.match(spelt) or sentence or apart:
                break
            rest, end = f"{rest}{'-' if mark == '/' else mark}{spelt}", end + len(gap) + len(piece)
        return rest, code, end

    def _spell(self, piece: str) -> tuple[str, IssuerCode | None]:
        """Return a piece with the letter case of the code it spells, and that code; other pieces as typed."""
        if code := self.code_of(piece):
            return code.code, code
        if (numbered := _DIGITS_LAST.match(piece)) and (code := self.code_of(numbered[1])):
            return f"{code.code}{numbered[2]}", code
        return piece, None

    def _unit(self, match: re.Match[str]) -> str:
        """Return the unit's part of a dispatch symbol, which begins where the tail does; '' if there is none."""
        mark, words = match["second"], ""
        if not match["tail"] or not mark.strip().startswith(("-", "/")):
            return ""
        apart = mark[0].isspace() and mark[-1].isspace()  # "5678/UBND - UBND tỉnh": a dash between words
        for piece in re.split(r"(?<=[-./])|(?=[-./])", re.split(r"\s", match["tail"])[0]):
            small = not apart and _SMALL_UNIT.match(piece) is not None
            if not (piece in "-./" or small or _UNIT_LIKE.match(piece)) or (apart and self.code_of(piece)):
                break
            words += piece.upper() if small else piece
        return words.rstrip("-./")


NUMBER_SIGN = r"(?:số(?:\s{0,2}hiệu)?\s{0,2}[:.]?\s{0,3})"
_BLANKS = r"\s{1,3}"
"""Between the words of a type's name."""
_GAP = rf"(?P<gap>\s{{0,4}}(?:[(\":]\s{{0,2}})?{NUMBER_SIGN}?)(?=\d|[OoIil]\d)"
_TO_NUMBER = re.compile(_GAP)
_OFFICE = re.compile(r"\s{1,2}(?:và|-|,)?\s{0,2}(?:đầu tư|tài chính|kinh tế|tổng hợp|kiến trúc)(?!\w)")
_OFFICE_BEFORE = re.compile(r"(?<!\w)(?:sở|bộ|vụ|phòng|cục)\s{1,2}\Z")
"""Around a type's name in an office's: "Sở Kế hoạch và Đầu tư"."""
_WORD_GOES_ON = re.compile(r"\w")
_BEFORE_OTHERS = ("kỷ ", "pháp ", "mệnh ", r"(?<!\w)hiệu ", "biểu ")
"""Words before which the same letters are no type: kỷ luật 12 đảng viên, pháp lệnh, phát biểu kết luận; hiệu lệnh, but
giới thiệu Chỉ thị."""


class TypeWord(NamedTuple):
    """A type word in front of a number. ``number`` is where the number begins; ``signed`` tells that "số" stands
    before it, ``short`` that the word is an abbreviation."""

    start: int
    number: int
    type: DocumentType
    signed: bool
    short: bool


class TypeWords:
    """Finds type words; built from the names in ``document-types.yml``."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._types = vocabulary.document_types
        self.untyped = next((kind for kind in self._types.values() if kind.untyped), None)
        """The type whose symbol names none: the công văn."""
        self._of_code: dict[str, list[DocumentType]] = defaultdict(list)
        self._full: dict[str, DocumentType] = {}
        self._short: dict[str, DocumentType] = {}
        for kind in self._types.values():
            for code in kind.codes:
                self._of_code[code].append(kind)
            for name in (kind.name, *kind.names):
                target = self._short if name.upper() == name else self._full
                target.setdefault(name if target is self._short else fold(name), kind)
        full = at_word_start(one_by_one(self._full, _BLANKS), _BEFORE_OTHERS)
        self.in_full = re.compile(rf"(?P<word>{full})(?:(?![^\W\d])|(?=số))")  # also "Chỉ thị34", "Chỉ thịsố 34"
        self._in_full = PhrasePattern(self.in_full, self._full, glued=True)
        short = at_word_start(one_by_one(self._short, _BLANKS), ["[/.-]"])
        self._short_before_number = re.compile(rf"(?P<word>{short})(?i:{_GAP})")
        self.short = re.compile(rf"(?P<word>{short})(?=\s{{0,4}}(?:[(\":\d]|[sS][ốỐ]|[OoIil]\d))")
        """The abbreviations before what may lead to a number, for the browser, which asks ``to_number`` behind them."""

    def kind_of(self, match: re.Match[str]) -> DocumentType:
        """Return the type that a match of ``in_full`` names."""
        return self._full[" ".join(match["word"].split())]

    def find(self, scan: Scan) -> tuple[list[tuple[int, int, DocumentType]], list[TypeWord]]:
        """Return the spans of all type words in full, wherever they stand, and the words right before a number."""
        everywhere, before_numbers = [], []
        for match in self._in_full.finditer(scan.folded):
            kind, end = self.kind_of(match), match.end()
            before = scan.folded[max(0, match.start() - 9) : match.start()]
            if _OFFICE.match(scan.folded, end) and _OFFICE_BEFORE.search(before):
                continue
            if not _WORD_GOES_ON.match(scan.folded, end):
                everywhere.append((match.start(), end, kind))
            if gap := _TO_NUMBER.match(scan.folded, end):
                before_numbers.append(_type_word(match.start(), gap, kind, short=False))
        shorts = self._short_before_number.finditer(scan.view)
        before_numbers += [_type_word(m.start(), m, self._short[m["word"]], short=True) for m in shorts]
        return everywhere, before_numbers

    def type_of(self, symbol: Symbol, word: DocumentType | None) -> DocumentType | None:
        """Return the type of a symbol. Its code beats the word in front, except for a code that several types share,
        as QĐ is Quyết định or Quy định: there the word tells, and without one the side for which a type is presumed."""
        if symbol.type_code is None:
            return word
        side = "dang" if symbol.party else "nha-nuoc"
        known = self._of_code.get(symbol.type_code, [])
        fitting = [kind for kind in known if side in kind.sides] or known
        if not fitting or any(word is kind for kind in fitting):  # each entry is one object, slow to compare
            return word
        return fitting[0] if len(fitting) == 1 else next((kind for kind in fitting if side in kind.presumed), None)


def _type_word(start: int, match: re.Match[str], kind: DocumentType, short: bool) -> TypeWord:
    gap = match["gap"].lower()
    apart = max(gap.find(":"), gap.find("("))
    sign = gap.find("số")
    beyond = 0 <= apart < sign  # "các văn bản: số 12/UBND-NC": the word stands apart
    return TypeWord(match.start("gap") + sign if beyond else start, match.end(), kind, sign >= 0, short)


SYMBOL_PATTERNS = {
    "anywhere": _ANYWHERE,
    "here": _HERE,
    "apart": _APART,
    "digits_last": _DIGITS_LAST,
    "parent": _PARENT,
    "code_like": _CODE_LIKE,
    "police": _POLICE,
    "unit_like": _UNIT_LIKE,
    "small_unit": _SMALL_UNIT,
    "damaged": _DAMAGED,
    "half_read": _HALF_READ,
    "not_types": _NOT_TYPES,
    "to_number": _TO_NUMBER,
    "office": _OFFICE,
    "office_before": _OFFICE_BEFORE,
}
"""The patterns of this grammar that no vocabulary changes, by name."""
