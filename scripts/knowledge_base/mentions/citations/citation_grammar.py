"""What can stand around the number of a document, and what is read there of its issuer and its date."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from ...core.dates import PartialDate
from ...core.models import BodyMention, BodyRef
from ...core.text import fold, verbose
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.entries import head_id
from ...sources.vocabulary.phrases import PhraseList, pattern_of, start_pattern_of
from ...sources.vocabulary.schemas import DocumentType, IssuerCode
from .issuers import IssuerName, IssuerTable
from .symbols import TypeWords

_CLAUSE = r"(?:[^.;:,!?]|(?<=t)\.(?=ư))"
"""A character within a clause; the full stop of "T.Ư" is one."""


class CitationContext(NamedTuple):
    """What follows a number: ``end`` is where it ends. ``below``: the issuer named is below the province;
    ``name``: what it is called, if it is none of the vocabulary's; ``year`` is given by "năm 2023" alone;
    ``together``: "cùng ngày", "đều ban hành ngày"; ``stranger``: the issuer named is none that we know ("do Chi cục
    Kiểm lâm ban hành"); ``head``: the office named is that of who leads ``body``; ``signed``: as the one who signs or
    speaks in it; ``several``: another body that signs with the same symbol is named beside it."""

    end: int
    date: PartialDate | None = None
    dated: bool = False
    code: IssuerCode | None = None
    body: BodyMention | None = None
    below: bool = False
    year: str | None = None
    together: bool = False
    name: IssuerName | None = None
    stranger: bool = False
    head: str | None = None
    signed: bool = False
    several: bool = False

    @property
    def said(self) -> bool:
        """Whether an issuer is named."""
        return bool(self.code or self.body or self.name or self.below or self.stranger)

    def with_issuer(self, other: CitationContext) -> CitationContext:
        """Return this with the issuer of ``other``."""
        told = self._replace(code=other.code, body=other.body, below=other.below, head=other.head, signed=other.signed)
        return told._replace(name=other.name, stranger=other.stranger, several=other.several)

    def may_issue(self, code: IssuerCode) -> bool:
        """Tell whether the issuer named may sign with ``code``."""
        same = self.code is not None and code.default is not None and code.default in self.code.bodies  # UB, UBND
        return self.code is code or same or (self.name is not None and code.code in self.name.codes)

    def issuer_for(
        self, code: IssuerCode | None, kind: DocumentType | None, year: str | None = None
    ) -> tuple[BodyRef | None, str | None]:
        """Return the issuer of a document with ``code``: the body named, else the one that the words or the symbol
        imply; and the name of one that the vocabulary does not hold ('' where only its level is told). ``year`` is
        that in the number."""
        if self.several:
            return None, None
        if self.body is not None:
            # a People's Committee enacts what has the year in its number as a body; its chairman only signs it
            enacted = year is not None and code is not None and bool(code.shared_by)
            alone = not self.signed or (kind is not None and kind.head_issues and not enacted)
            return replace(self.body.ref, kind=self.head) if self.head and alone else self.body.ref, None
        if self.stranger or (code is None and self.name):
            return None, self.name.text if self.name else ""
        if code is not None and code.shared_by:
            if self.name is not None and code.code in self.name.codes:
                return None, self.name.text
            if self.below and code.default:
                return None, ""
        implying = () if self.below else (entry for entry in (self.code, code) if entry)
        implied = (entry.by_type.get(kind.id if kind else "", entry.default) for entry in implying)
        body = next(filter(None, implied), None)
        return BodyRef(body) if body else None, None


class CitationGrammar:
    """What the vocabulary says of numbers of documents: their types, their issuers, and what may stand around them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.words, self.table = TypeWords(vocabulary), IssuerTable(vocabulary)

        def words(wanted: PhraseList) -> str:
            return f"(?:{pattern_of(vocabulary, wanted)})"

        number = r"(?:các|những|bản|văn[ ]bản|thêm|tiếp|ngay|kịp[ ]thời|một|hai|ba|bốn|\d{1,2})"
        then_document = rf"(?: \s{{1,2}}{number} ){{0,2}} \s{{1,3}}\Z"
        self._issuing = verbose(rf"""
            (?: \s{{1,2}}(?:vừa|đã|mới|sẽ|cũng|chính[ ]thức|tiếp[ ]tục|có) ){{0,3}}
            \s{{1,2}} (?: (?:thống[ ]nhất|kịp[ ]thời|đồng[ ]loạt)\s{{1,2}} )?
            {words(PhraseList.ISSUING)} {then_document}""")
        self._issues = verbose(start_pattern_of(vocabulary, PhraseList.ISSUING) + then_document)
        signer = rf"{words(PhraseList.SIGNERS)}(?:\s{_CLAUSE}{{1,90}})?,\s{{0,2}}"
        # "Ngày 5/3/2024, thay mặt Ban Thường vụ, đồng chí A, Bí thư Tỉnh ủy, ký ban hành"
        grounds = rf"(?:trên cơ sở|căn cứ|theo|xét|thực hiện|tại (?:kỳ|phiên) họp)\s{_CLAUSE}{{1,110}},\s{{0,2}}"
        self.date_to_issuing = re.compile(rf"\s{{0,2}},?\s{{0,2}}(?:{grounds})?(?:{signer}){{0,5}}{_CLAUSE}{{0,110}}\Z")
        self.stranger = re.compile(rf"(?<!\w){words(PhraseList.STRANGERS)}(?!\w)")
        """Bodies and firms that are none of the vocabulary's, but issue documents of their own."""
        heads = {kind.id: fold(kind.head) for kind in vocabulary.body_kinds.values() if kind.head}
        self.heads = {
            kind: (re.compile(rf"(?<!phó )(?<!\w){re.escape(head)}\s{{1,3}}\Z"), head_id(head, kind))
            for kind, head in heads.items()
        }
        """Of a kind of body, how the office of its head ends right before its name, and the kind that office is."""
        self.organs = {head: kind for kind, (_, head) in self.heads.items()}
        """The kind of body that an office leads."""
        offices = ("bí thư", "chánh", *heads.values())
        self.titles = frozenset(f"{rank}{office} " for rank in ("", "phó ") for office in offices)
        """A body may be named through the office of a person: "của Chủ tịch UBND tỉnh"."""
        self.owned = re.compile(rf"{words(PhraseList.OWNED)}\s\Z")
        man = r"(?:,\s[^.;:,!?\n]{2,40})?"  # ", ông A"
        self.stating = re.compile(rf"{man}[^.;:,!?\n]{{0,40}}?\s(?<!được\s){words(PhraseList.STATING)}(?!\w)")
        numbered = words(PhraseList.NUMBERED)
        self.counted = re.compile(rf"\s{{1,2}}(?:năm(?!\s{{1,3}}\d{{4}})|ngày(?!\s{{0,3}}\d)|{numbered})(?!\w)")
        """What is surely counted, also right behind a type word."""
        of_what = r"(?:\s[^\s.,;:()]{1,12}){0,4}"  # and "số"
        self.other_number = re.compile(rf"(?<!\w){words(PhraseList.OTHER_NUMBERS)}{of_what}\s{{1,2}}\Z")

    def issued_before(self, folded: str, floor: int, end: int) -> re.Match[str] | None:
        """Return the words of issuing that end right before a document at ``end``, with the adverbs before them."""
        if not self._issues.search(folded, floor, end):  # asked first: it begins with a letter, so re leaps to it
            return None
        return self._issuing.search(folded, floor, end)
