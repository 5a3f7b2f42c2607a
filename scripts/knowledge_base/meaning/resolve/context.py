"""What is known around a mention: its article, when it was written, which province it speaks of; and with all of it
what each citation claims of its document."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TypeAlias

from ...core.dates import PartialDate
from ...core.ids import DocumentNumber, body_id
from ...core.models import Article, BodyRef, Citation, Correction, Mention, Mentions, Resolution
from ...core.text import Folded, find_folded, slug, verbose
from ...mentions.lexicon import LETTERHEAD, LOWER_HEAD, NUMBER_OF_HEAD
from ...mentions.text_dates import find_dates
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.names import UNDATED, body_name, is_city, missing_at, period_at
from ...sources.vocabulary.schemas import IssuerCode

TOWN = "của một cơ quan dưới cấp tỉnh, không phải của tỉnh"
_GENERIC = "nói chung về cấp tỉnh, hoặc của một tỉnh khác"
_ELSEWHERE = "câu này vừa nói đến một tỉnh, thành phố khác"
_MERGED = "văn bản có trước khi hợp nhất, chưa rõ của tỉnh, thành phố nào trong các tỉnh, thành phố được hợp nhất"


def without_towns(context: Context) -> Mentions:
    """Return the mentions of an article without the bodies of towns, which this knowledge base does not hold:
    "UBND TP Bắc Ninh" before the province became a city, "Thành ủy" in Nghệ An (Vinh's)."""
    bodies = tuple(b for b in context.mentions.bodies if doubt_of(b.ref, context, None) != TOWN)
    return replace(context.mentions, bodies=bodies)


def doubt_of(ref: BodyRef, context: Context, day: PartialDate | None) -> str | None:
    """Return why the place of a body cannot be told in this context, in words; None if nothing speaks against it.

    ``day`` is that of the document it issued, if known: a province that did not stand then issued nothing."""
    vocabulary, place = context.vocabulary, ref.place or context.province
    if place is None or is_central(ref.kind, vocabulary):
        return None
    if ref.place in vocabulary.former_provinces:
        return missing_at(vocabulary, ref.place, UNDATED)
    if ref.level == "thanh-pho" and not context.is_city(place, day):
        return TOWN
    if ref.place is None and (doubt := _doubt_of_unsaid(ref, place, context, day)):
        return doubt
    at = day or (context.when if context.at is None else None)
    return missing_at(vocabulary, place, at, ended=day is not None) if at else None


def _doubt_of_unsaid(ref: BodyRef, place: str, context: Context, day: PartialDate | None) -> str | None:
    """Return why a body without place may be none of the article's ``place``."""
    if ref.level == "tinh" and context.is_city(place, day):
        return _GENERIC
    if ref.near not in (None, place):
        near_city = context.is_city(ref.near or "", day)
        if ref.level is None or near_city == (ref.level == "thanh-pho"):
            return _ELSEWHERE
    if day and ref.level != "thanh-pho" and before_merger(place, context, day):  # a city of then: its parts were none
        return _MERGED
    return None


def before_merger(place: str, context: Context, day: PartialDate) -> bool:
    """Tell whether an article is of the time after a merger of provinces and ``day`` of the time before: what "UBND
    tỉnh" issued then may be of any of them."""
    province = context.vocabulary.provinces.get(place)
    if province is None or context.at is None:
        return False
    period = period_at(province, context.at)
    return period.since is not None and len(period.made_of) > 1 and day.latest() < period.since.earliest()


def resolve_ref(ref: BodyRef, context: Context, day: PartialDate | None = None) -> Resolution:
    """Return the body that ``ref`` means in this context, with the reason. ``day``: of the document it issued."""
    if is_central(ref.kind, context.vocabulary):
        return Resolution(body_id(body_name(context.vocabulary, ref.kind, None, context.when)), "cơ quan trung ương")
    place = ref.place or context.province
    if place is None:
        return Resolution(None, "chưa rõ tỉnh, thành phố nào")
    if doubt := doubt_of(ref, context, day):
        return Resolution(None, doubt)
    reason = "tỉnh nêu trong tên" if ref.place else "tỉnh của bài"
    return Resolution(body_id(body_name(context.vocabulary, ref.kind, place, context.when)), reason)


def day_of(citation: Citation) -> PartialDate | None:
    """Return when a document was issued, as its citation tells: its date, else the year in its number."""
    year = citation.number.year if citation.number else None
    return citation.date or (PartialDate(year) if year else None)


CORRECTED = "theo đính chính trong tệp bài"
USUAL = None
"""The issuer of a document whose symbol decides it."""
UNTOLD = ""
"""The issuer of a document that may be any of those who share its symbol."""
_LEVEL = re.compile(r" (?:tỉnh|thành phố)\Z")
_YEAR_TOLD = verbose(r"""
        (?: (?: \s+của\s [^.,;:()\n]{2,60}? )? ,?\s* \(? (?:được\s)? (?:ban\ hành|ký|ra\ đời) (?:\s(?:từ|vào))? \s
          | \s*\( | (?P<bare>,?\s+) )
        năm\s (?P<year>(?:19|20)\d\d) (?![\d/-])""")
"""A year that the words behind a citation give its document: "ban hành năm 2017", "(năm 2017)"."""
_YEAR_BEFORE = verbose(r"""
        (?:\A|[.;!?\n]\s*) (?:trong\ |vào\ |cũng\ )? năm\ (?P<year>(?:19|20)\d\d) ,?
        \ (?: (?!do\ |thực\ |theo\ |mới\ |khi\ |sau\ )[^\W\d_]+[ -] ){1,12}?    # only who issues it
        (?: ban\ hành | ký | ra ) (?:\ (?:một|ngay|ban\ hành))? \ \Z""")
"""A year at the head of a sentence in which somebody issues the document: "Năm 2022, Thành ủy ban hành Chỉ thị …"."""
_LONGEST_BEFORE = 160
"""Letters from that year to the number; chosen by hand."""
_SPELLING = re.compile(r"[|()]")


def is_central(kind: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a kind of body exists once, at the centre."""
    entry = vocabulary.body_kinds.get(kind)
    return entry is not None and "{place}" not in entry.name


def code_of(number: DocumentNumber, vocabulary: Vocabulary) -> IssuerCode | None:
    """Return the issuer's code in a number as the vocabulary knows it."""
    codes = vocabulary.issuer_codes
    return next((codes[code] for code in number.issuer_codes if code in codes), None)


def issuer_on_record(number: DocumentNumber, issuer: str | None, vocabulary: Vocabulary) -> str | None:
    """Return the issuer of a recorded document; ``issuer`` is the body's id, the slug of its full name with place."""
    code = code_of(number, vocabulary)
    if code is None or not code.shared_by or code.default:
        return USUAL
    kinds = vocabulary.body_kinds.values()
    names = ((name, kind.id) for kind in kinds for name in (kind.name, kind.city_name) if name)
    begins = {slug(name.replace("{place}", "")): kind for name, kind in names}  # of ids, up to the place
    longest = max((begin for begin in begins if f"{issuer}-".startswith(f"{begin}-")), key=len, default="")
    return name_of(BodyRef(begins.get(longest, "")), code, vocabulary)


def organ_of(kind: str, vocabulary: Vocabulary) -> str:
    """Return the kind of body that an office leads; of any other kind that kind."""
    entry = vocabulary.body_kinds.get(kind)
    organ = vocabulary.body_kinds.get(entry.parent or "") if entry and entry.one_person else None
    return organ.id if organ and organ.head else kind


def name_of(ref: BodyRef, code: IssuerCode, vocabulary: Vocabulary) -> str:
    """Return the name of the body that numbers documents for ``ref``: a committee, for its standing committee too."""
    kind = organ_of(ref.kind, vocabulary)
    if kind not in vocabulary.body_kinds:
        return UNTOLD
    while kind in code.bodies and (parent := vocabulary.body_kinds[kind].parent) in code.bodies and parent:
        kind = parent
    name = _LEVEL.sub("", body_name(vocabulary, kind, None, None))
    return name if kind in code.bodies or slug(name).startswith(first_parts(code.shared_by)) else UNTOLD


@lru_cache(maxsize=256)
def first_parts(forms: tuple[str, ...]) -> tuple[str, ...]:
    """Return the slugs that the names of issuers begin with, of the ``forms`` that share a code."""
    return tuple(slug(_SPELLING.split(form.lstrip("("))[0]) for form in forms)


def same_name(one: str | None, other: str | None) -> bool:
    """Tell whether two issuers have one name."""
    return one == other or (bool(one and other) and slug(one or "") == slug(other or ""))


def may_be_same(one: str | None, other: str | None) -> bool:
    """Tell whether two issuers may be one: names that differ in small words alone may ("Ban Chỉ đạo thực hiện Quy
    chế dân chủ" and "Ban Chỉ đạo Quy chế dân chủ ở cơ sở"), an untold one may be any."""
    if one is None or other is None:
        return one is other
    if not one or not other or same_name(one, other):
        return True
    few, many = sorted((_words(one), _words(other)), key=len)
    return few.keys() <= many.keys() and not any(proper for word, proper in many.items() if word not in few)


def _words(name: str) -> dict[str, bool]:
    """Return the words of a name, each with whether it is a proper one: a capital, a number, or typed as a slug."""
    words = re.findall(r"[^\W_]+", name)
    typed = "-" in name and " " not in name
    return {slug(word): typed or not word.islower() for word in words}


Said: TypeAlias = tuple[str | None, str | None, PartialDate | None, BodyRef | None, str | None]
"""Number, type, date and issuer of a citation, as its words tell them."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a citation says of its document, read in its context.

    ``code``: the entry of the issuer's code in its number. ``place``: the province of its issuer, None for the centre
    and where ``place_known`` is False. ``issuer``: the name that belongs to the document's identity, ``USUAL`` where
    the symbol decides it, ``UNTOLD`` where it may be any of those who share the symbol. ``year``: that in the number,
    else that of the date, else one told behind it. ``doubt``: why the issuer's place is open although the text seems to
    tell it."""

    citation: Citation
    context: Context = field(repr=False, compare=False)
    said: Said
    code: IssuerCode | None
    place: str | None
    place_known: bool
    issuer: str | None
    year: int | None
    doubt: str | None = None

    @property
    def number(self) -> DocumentNumber | None:
        """The number cited, if it is whole."""
        return self.citation.number


@dataclass(frozen=True, eq=False)
class Context:
    """An article with its mentions. ``at`` is when it was published, else the time its text shows.

    ``province`` is the province it is about (None: national, or unknown); ``folded`` is its text, folded, without the
    front matter; ``weights`` are the themes it really speaks of. What is worked out from it is worked out once."""

    article: Article
    mentions: Mentions
    vocabulary: Vocabulary
    at: PartialDate | None
    province: str | None
    folded: Folded
    weights: dict[str, float] = field(default_factory=dict)
    announced: dict[DocumentNumber | None, frozenset[str]] = field(default_factory=dict)
    """The themes in the title of the document that it announces, by the number of that."""
    about: list[Claim | None] = field(default_factory=list, init=False, repr=False)
    """The claim of that document, or None, once it was looked for (``find_announced``)."""
    _named: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False)

    # -- time ----------------------------------------------------------------------------------

    @cached_property
    def when(self) -> PartialDate | None:
        """The time of the article; of one without date that of the newest document it cites, else the last day it
        names."""
        if self.at is not None:
            return self.at
        days = [day for citation in self.mentions.citations if (day := day_of(citation))]
        days = days or [d.value for d in find_dates(self.folded, 0, len(self.folded)) if d.value]
        return max(days, default=None)

    def is_city(self, place: str, day: PartialDate | None = None) -> bool:
        """Tell whether a place was a thành phố trực thuộc trung ương on a day, else in the article's time."""
        province, at = self.vocabulary.provinces.get(place), day or self.when
        missing = at is not None and missing_at(self.vocabulary, place, at) is not None
        return province is not None and is_city(province, at) and not missing

    # -- corrections ---------------------------------------------------------------------------

    def correction_for(self, mention: Mention) -> Resolution | None:
        """Return what a maintainer's correction whose words overlap ``mention`` says of it, if there is one."""
        for correction, spans in self.corrected:
            if any(start < mention.end and mention.start < end for start, end in spans):
                return Resolution(correction.target, CORRECTED)
        return None

    @cached_property
    def corrected(self) -> tuple[tuple[Correction, list[tuple[int, int]]], ...]:
        """The maintainer's corrections, each with the places of its words in the text."""
        return tuple((c, find_folded(self.folded, c.find)) for c in self.article.corrections)

    # -- citations -----------------------------------------------------------------------------

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What each citation claims, in the order of the citations."""
        claims = []
        for citation in self.mentions.citations:
            number, date = citation.number, citation.date
            said = (number, citation.type, date, citation.issuer, citation.issuer_name)
            code = code_of(number, self.vocabulary) if number else None
            year = (number.year if number else None) or (date.year if date else self._year_told(citation))
            placed = citation.issuer is not None and citation.issuer.place
            ref = citation.issuer if placed else self._letterhead(citation, code) or citation.issuer
            day = day_of(citation) or (PartialDate(year) if year else None)
            doubt = TOWN if self._is_of_lower_head(citation) else self._doubt(ref, day, code)
            central = ref is None and self._is_of_central_head(citation)
            place, known = (None, central) if doubt or central else self._place(ref, code)
            issuer = UNTOLD if doubt == TOWN and code and code.shared_by else self._issuer(citation, code)
            claims.append(Claim(citation, self, said, code, place, known, issuer, year, doubt))
        return tuple(claims)

    def _doubt(self, ref: BodyRef | None, day: PartialDate | None, code: IssuerCode | None) -> str | None:
        """Return why the place of a document's issuer is open: it is of a town, did not stand then, or may be one of
        several provinces that were merged since."""
        if ref is not None:
            return doubt_of(ref, self, day)
        local = code is None or code.level != "trung-uong"
        return _MERGED if local and day and self.province and before_merger(self.province, self, day) else None

    def _is_in_letterhead(self, citation: Citation) -> bool:
        start = self.article.body_start
        near = citation.start - start <= LETTERHEAD
        return near and NUMBER_OF_HEAD.search(self.folded, start, citation.start) is not None

    def _is_of_lower_head(self, citation: Citation) -> bool:
        """Tell whether the letterhead above a number is that of a commune, ward or district."""
        head = self._is_in_letterhead(citation)
        return head and LOWER_HEAD.search(self.folded, self.article.body_start, citation.start) is not None

    def _is_of_central_head(self, citation: Citation) -> bool:
        """Tell whether the letterhead above a number is that of a ministry or its part, whatever the symbol."""
        start = self.article.body_start
        if not self._is_in_letterhead(citation):
            return False
        above = [b for b in self.mentions.bodies if start <= b.start and b.end <= citation.start and b.text.isupper()]
        return bool(above) and all(is_central(body.ref.kind, self.vocabulary) for body in above)

    def _letterhead(self, citation: Citation, code: IssuerCode | None) -> BodyRef | None:
        """Return the body in the letterhead above a number ("ỦY BAN NHÂN DÂN TỈNH ĐỒNG NAI … Số: 2830/QĐ-UBND"), if its
        symbol is that body's."""
        start = self.article.body_start
        if not self._is_in_letterhead(citation):
            return None
        above = [b.ref for b in self.mentions.bodies if start <= b.start and b.end <= citation.start and b.ref.place]
        allowed = (*code.bodies, code.default) if code else ()
        return next((ref for ref in above if ref.kind in allowed), None)

    def _year_told(self, citation: Citation) -> int | None:
        """Return the year that the sentence gives a document, before its issuer or behind its number. A bare "năm 2024"
        behind it may be what a plan is for: it counts only where it is older than the article."""
        told = _YEAR_TOLD.match(self.folded, citation.end)
        year, now = int(told["year"]) if told else None, self.at.year if self.at else None
        if told is None or year is None or (now and year > now):
            begin = max(self.article.body_start, citation.start - _LONGEST_BEFORE)
            before = _YEAR_BEFORE.search(self.folded, begin, citation.start)
            year = int(before["year"]) if before else None
            return None if now and year and year > now else year
        return year if told["bare"] is None or (now and year < now - 1) else None

    def _place(self, issuer: BodyRef | None, code: IssuerCode | None) -> tuple[str | None, bool]:
        """Return the place of a document and whether it is known: from the issuer named, else from its symbol and
        the article."""
        if issuer is not None:
            if is_central(issuer.kind, self.vocabulary):
                return None, True
            if issuer.place:
                return issuer.place, True
        elif code and code.level == "trung-uong":
            return None, True
        return self.province, self.province is not None

    def _issuer(self, citation: Citation, code: IssuerCode | None) -> str | None:
        if code is None or not code.shared_by:
            return USUAL
        if citation.issuer_name is not None:
            return citation.issuer_name
        if code.default:
            return USUAL
        return name_of(citation.issuer, code, self.vocabulary) if citation.issuer else UNTOLD

    @cached_property
    def claims_by_number(self) -> dict[tuple[str | None, str | None], tuple[Claim, ...]]:
        """The claims about each number and type, those that say the same once."""
        found: dict[tuple[str | None, str | None], dict[Said, Claim]] = defaultdict(dict)
        for claim in self.claims:
            found[claim.number, claim.citation.type].setdefault(claim.said, claim)
        return {key: tuple(claims.values()) for key, claims in found.items()}

    # -- issuers that share a symbol -----------------------------------------------------------

    def issuers_named(self, code: IssuerCode) -> tuple[str, ...]:
        """Return the names of all issuers with this code that the article names, in order, each once."""
        if code.code not in self._named:
            claimed = (c.citation.issuer_name for c in self.claims if c.code is code)
            issued = (c.issuer for c in self.mentions.citations if c.issuer)
            refs = () if code.default else dict.fromkeys([*(b.ref for b in self.mentions.bodies), *issued])
            names = [*claimed, *(name_of(ref, code, self.vocabulary) for ref in refs)]
            self._named[code.code] = tuple(dict.fromkeys(name for name in names if name))
        return self._named[code.code]

    def names_issuer(self, issuer: str, code: IssuerCode) -> bool:
        """Tell whether the article names an issuer, by its whole name or by what stands behind the first part."""
        if any(same_name(issuer, name) for name in self.issuers_named(code)):
            return True
        name, parts = slug(issuer), first_parts(code.shared_by)
        rest = next((name.removeprefix(part) for part in parts if name.startswith(part)), name).strip("-")
        return bool(rest) and f"-{rest}-" in self._slug

    @cached_property
    def _slug(self) -> str:
        return f"-{slug(self.article.text)}-"
