"""Who issued a document: from the words beside it, and from its symbol; and the symbol that issuer gives.

All of it is read off ``issuer-codes.yml``: ``phrases`` lead from words to a code, ``default`` and
``by_type`` from a code to a body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..models import BodyRef
from ..text import Folded, fold
from ..vocabulary import Vocabulary
from ..vocabulary.schemas import DocumentType, IssuerCode
from .issuer_names import IssuerNames
from .symbols import Form, Symbol

_ELSEWHERE = re.compile(r"\s{1,2}(?:hội(?! nghị)|đoàn|mttq|mặt trận|liên đoàn)(?!\w)")
_CITY_COMMITTEE = re.compile(r"thành ủy\Z")
_BEFORE_CITY = re.compile(r"\s{1,2}(?:tp\.?\s?|thành phố\s)?")
_PLACE = re.compile(
    r"(?:\s{1,2}(?:tỉnh|thành phố|TP\.?|huyện|quận|thị xã|xã|phường))?(?:\s{1,2}(?:- )?[A-ZĐÁÀẢÂÔƠƯỨÝ]\w{0,9}){0,4}"
)
_BELOW_PROVINCE = re.compile(r"\s{1,2}(?:cấp\s)?(?:huyện|thị xã|quận|xã|phường|thị trấn)(?!\w)")
_GOVERNMENT = frozenset({"CP", "TTg"})
_WITH_OR_WITHOUT_YEAR = frozenset({("nghi-quyet", "HĐND")})
"""Types that an issuer numbers in two series, with the year and without: a bare number does not tell which."""


@dataclass(frozen=True, slots=True)
class Named:
    """An issuer named at ``start:end``. ``below``: it is one of a district or commune."""

    code: IssuerCode
    start: int
    end: int
    below: bool = False


class IssuerTable:
    """Words → code → body, and back to symbols."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._codes = vocabulary.issuer_codes
        self.names = IssuerNames(vocabulary)
        self._by_phrase = {fold(phrase): code for code in self._codes.values() for phrase in code.phrases}
        self._capitals = {fold(phrase) for code in self._codes.values() for phrase in code.phrases if phrase.isupper()}
        longest = sorted(self._by_phrase, key=len, reverse=True)
        words = "|".join(re.escape(phrase).replace(r"\ ", r"\s{1,3}") for phrase in longest) or r"(?!)"
        self._phrases = re.compile(rf"(?<!\w)(?:{words})(?![\w&])")
        self._by_kind = {kind: code for code in self._codes.values() if code.phrases for kind in code.bodies}
        self._cities = tuple(
            fold(name)
            for province in vocabulary.provinces.values()
            if any(period.kind == "thanh-pho" for period in province.periods)
            for name in (province.name, *province.names)
        )

    def named_at(self, text: str, folded: Folded, position: int) -> Named | None:
        """Return the issuer whose name begins at ``position``."""
        match = self._phrases.match(folded, position)
        return self._named(text, folded, match) if match else None

    def last_named(self, text: str, folded: Folded, start: int, end: int) -> Named | None:
        """Return the last issuer named within ``start:end``."""
        found = None
        for match in self._phrases.finditer(folded, start, end):
            named = self._named(text, folded, match)
            if named is not None and match.end() <= end:
                found = named if named.end <= end else Named(named.code, named.start, match.end(), named.below)
        return found

    def _named(self, text: str, folded: Folded, match: re.Match[str]) -> Named | None:
        if _ELSEWHERE.match(folded, match.end()) or self._is_district(text, folded, match):
            return None
        phrase = Folded(" ".join(match[0].split()))
        if phrase in self._capitals and not text[match.start() : match.end()].isupper():
            return None
        place = _PLACE.match(text, match.end())
        below = _BELOW_PROVINCE.match(folded, match.end()) is not None
        return Named(self._by_phrase[phrase], match.start(), place.end() if place else match.end(), below)

    def code_of_body(self, kind: str) -> IssuerCode | None:
        """Return the code a body kind signs with."""
        return self._by_kind.get(kind)

    def _is_district(self, text: str, folded: Folded, match: re.Match[str]) -> bool:
        """Tell "Thành ủy Vinh" (a town's committee) from "Thành ủy Đà Nẵng" and plain "Thành ủy"."""
        if not _CITY_COMMITTEE.search(match[0]):
            return False
        gap = _BEFORE_CITY.match(folded, match.end())
        if gap is None or not text[gap.end() : gap.end() + 1].isupper():
            return False
        return not folded.startswith(self._cities, gap.end())

    # -- from an issuer to a symbol --------------------------------------------------------------

    def signing(self, code: IssuerCode, kind: DocumentType) -> IssuerCode:
        """Return the code that signs documents of this type: a "chỉ thị của Chính phủ" is the Prime Minister's."""
        body = code.by_type.get(kind.id)
        if body is None or body in code.bodies:
            return code
        return self._by_kind.get(body, code)

    def symbol(
        self, number: str, year: str | None, kind: DocumentType, code: IssuerCode, type_code: str | None = None
    ) -> str | None:
        """Return the symbol that number, type and issuer give, or None where something is missing."""
        code = self.signing(code, kind)
        abbreviation = type_code or (kind.codes[0] if kind.codes else None)
        if abbreviation is None or code.side not in kind.sides or not self._can_be_formed(year, kind, code):
            return None
        if year is None and (kind.id, code.code) in _WITH_OR_WITHOUT_YEAR:
            return None
        form = Symbol(0, 0, Form.TYPED, number, year, abbreviation, code.code, code)
        return form.text

    @staticmethod
    def _can_be_formed(year: str | None, kind: DocumentType, code: IssuerCode) -> bool:
        if code.side == "dang":
            return year is None and (kind.symbol == "party-or-admin" or "CV" in kind.codes)
        if kind.symbol == "year":
            return year is not None
        return kind.symbol == "party-or-admin" and code.side == "nha-nuoc" and code.code not in ("QH", "UBTVQH")

    # -- from a symbol to its issuer -------------------------------------------------------------

    @staticmethod
    def implied(code: IssuerCode | None, kind: str | None) -> BodyRef | None:
        """Return the body that a code means for a type, when the text names nobody."""
        if code is None:
            return None
        body = code.by_type.get(kind or "", code.default)
        return BodyRef(body) if body else None

    def mended(self, symbol: Symbol, kind: DocumentType | None, named: IssuerCode | None) -> IssuerCode | None:
        """Return the code that should stand in a symbol whose issuer's code contradicts the issuer named."""
        code = symbol.code
        if named is None or code is None or kind is None or symbol.form is not Form.TYPED or symbol.rest != code.code:
            return None
        right = self.signing(named, kind)
        if right.code == code.code or right.side not in kind.sides:
            return None
        return right if self._contradicts(symbol, code, right, kind) else None

    def _contradicts(self, symbol: Symbol, code: IssuerCode, named: IssuerCode, kind: DocumentType) -> bool:
        if code.side != named.side:
            return symbol.party_marks is not None and symbol.party_marks == (named.side == "dang")
        if code.side == "dang":
            return {code.level, named.level} == {"trung-uong", "tinh"}
        if {code.code, named.code} == _GOVERNMENT:
            return self.signing(code, kind).code == named.code or kind.id == "nghi-dinh"
        if named.code in _GOVERNMENT:
            return code.level == "khac"
        return (code.code, named.code, kind.id) == ("UBND", "HĐND", "nghi-quyet")
