"""Say which document an article announces: whose issue or content it reports.

An article that reviews, carries out, inspects or contests an older document announces none. Each mention
of a document is weighed by the words around it; one document must come out clearly ahead.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from ...core.ids import DocumentNumber
from ...core.models import Citation, Level
from ...core.text import fold
from ...sources.vocabulary import Vocabulary
from .context import UNTOLD, Claim, Context

# What a mention counts by the words around it: in the lead, in the head, and further down.
IN_LETTERHEAD = 10.0
OPENS = 4.0
PRINTED = (3.0, 3.0, 1.0)
ISSUED = (3.0, 2.0, 1.0)
FRESH = (1.5, 1.0, 0.0)
MADE = (2.5, 1.5, 0.0)
STUDIED = (2.0, 2.0, 0.0)
SPEAKS = 1.0
OLDER = -1.0

# What a document counts by what is known besides.
REPEATED, MOST_REPEATED = 0.25, 1.0
NEW, OLD, CENTRAL = 1.0, -4.0, -3.0
NEEDED, AHEAD = 2.25, 1.0
"""A document with less than ``NEEDED``, or not ``AHEAD`` of the next, is not announced."""
NEW_DAYS, OLD_DAYS = 60, 200
LEAD_LINE, LONGEST_LEAD, HEAD = 100, 700, 1000
"""The lead ends with the first line that is a sentence of this length; the head is the first so many characters."""
DIGEST = 4
"""A page whose paragraphs begin with so many different days is a list of news."""
NEAR = 160

_SO = re.compile(r"số\s{0,3}:?\s{0,5}")
"""Whether it belongs to the words of a citation depends on what stands before; here it never does."""
_LETTERHEAD = re.compile(r"(?:\A|[\n|*])[\s|*]{0,20}số\s{0,3}:?\s{0,5}\Z")
_PRINTED = r"(?<!\w)(?:toàn văn|nguyên văn|nội dung|giới thiệu)(?: nội dung| toàn văn)?(?: của)?"
_ISSUED = (
    r"(?<!sau khi )(?<!ngay khi )(?<!từ khi )(?<!kể từ khi )(?<!chưa )(?<!không )(?<!\w)"
    r"(?:ban hành|phát hành|công bố|phê duyệt|thông qua|phát đi|ký|gửi|ra|có)"
    r"(?: (?:ngay|một|thêm|văn bản|hỏa tốc|khẩn)){0,2}"
)
_FRESH = re.compile(r"(?<!\w)(?:vừa|mới|hôm nay|(?:sáng|chiều|tối) nay)(?!\w)[^.;\n]{0,60}\Z")
_PAST = re.compile(
    r"""
    (?<!\w)
    (?: trước[ ]đó|trước[ ]đây|trước[ ]kia|năm[ ]ngoái|năm[ ]trước|nhiệm[ ]kỳ[ ]trước|đầu[ ]nhiệm[ ]kỳ|nhiều[ ]năm
        |những[ ]năm|thời[ ]gian[ ]qua|thời[ ]gian[ ]trước|từng )
    (?!\w)[^.;\n]{0,140}\Z
    """,
    re.VERBOSE,
)
_MADE = re.compile(
    r"""
    [^.;\n]{0,60}?(?<!\w)
    (?: (?:vừa|mới|đã)[ ](?:được|ký|có) | (?<!để[ ])(?<!sau[ ]khi[ ])ban[ ]hành | có[ ]hiệu[ ]lực | được[ ]ký )
    (?!\w)
    """,
    re.VERBOSE,
)
_STUDIED = re.compile(r"(?<!\w)(?:học tập|quán triệt|phổ biến|giới thiệu)(?!\w)[^.;\n]{0,60}\Z")
_CONFERENCE = re.compile(r"(?<!\w)(?:hội nghị|đợt sinh hoạt|buổi học tập)(?!\w)")
_OLDER = re.compile(
    r"""
    (?<!\w)
    (?: sơ[ ]kết|tổng[ ]kết|kết[ ]quả                                        # what became of it
        |căn[ ]cứ|theo|thực[ ]hiện|trên[ ]cơ[ ]sở|tinh[ ]thần|gắn[ ]với      # what rests on it
        |kiểm[ ]tra|giám[ ]sát|vi[ ]phạm
        |thay[ ]thế|thay[ ]cho|thay|sửa[ ]đổi|bãi[ ]bỏ                       # what ends it
        |sau|trước|khi[ ]có|nêu[ ]trong|nêu[ ]tại|\d+[ ]năm )
    (?!\w)[^.;\n]{0,60}\Z
    """,
    re.VERBOSE,
)
_SPEAKS = re.compile(
    r"""
    [^.;\n]{0,90}?(?<!\w)
    (?: yêu[ ]cầu|nêu[ ]rõ|nhấn[ ]mạnh|quy[ ]định|đề[ ]ra|chỉ[ ]rõ|đặt[ ]ra|xác[ ]định|chỉ[ ]đạo )
    (?!\w)
    """,
    re.VERBOSE,
)
_REVIEWED = re.compile(
    r"""
    [^.;\n]{0,60}?(?<!\w)
    (?: (?:sau|qua|nhìn[ ]lại)[ ][^.;\n]{0,20}?(?:năm|tháng) | đi[ ]vào[ ]cuộc[ ]sống | kết[ ]quả )
    (?!\w)
    """,
    re.VERBOSE,
)
_NEWS_BEGINS = re.compile(r"^(?:(?:sáng|chiều|tối|trưa|ngày)(?: ngày)?) (\d{1,2}[/.-]\d{1,2})(?!\d)", re.MULTILINE)
_SENTENCE = re.compile(r"[.;:!?…]")
_COORDINATED = re.compile(  # the next document of a list: ", ngày 5/3/2024, và Kế hoạch số 12"
    r"""
    (?: ,?[ ]\(?ngày[ ]\d{1,2}(?: [/.-]\d{1,2}[/.-] | [ ]tháng[ ]\d{1,2}[ ]năm[ ] )\d{4}\)? )?
    (?: [ ]?, | [ ]và )[ ]
    (?! (?:ký[ ]|ban[ ]hành[ ])?(?:ngày|tháng|năm)[ ] )
    (?:các[ ])? \w+[ ](?:\w+[ ])? (?:số[ ])?\d
    """,
    re.VERBOSE,
)
_NEW_PARAGRAPH = re.compile(r"\n\s*\n")


_Key: TypeAlias = tuple[str | None, DocumentNumber | None, str | None]


@dataclass(slots=True)
class _Candidate:
    """A document with what speaks for it."""

    first: Claim
    weights: list[float] = field(default_factory=list)
    mentions: int = 0
    fresh: bool = False
    circumstances: float = 0.0

    def total(self) -> float:
        """What speaks for it, less what speaks against it: many mentions in passing count as one."""
        said = sum(w for w in self.weights if w > 0) + max(OLDER, sum(w for w in self.weights if w < 0))
        return said + self.circumstances + min(MOST_REPEATED, REPEATED * (self.mentions - 1))


def find_announced(context: Context) -> Claim | None:
    """Return a claim of the announced document, or None. Needs one clear winner."""
    candidates = _weigh(context)
    ranked = sorted(candidates.values(), key=lambda c: (-c.total(), c.first.citation.start))
    if not ranked or ranked[0].total() < NEEDED:
        return None
    if len(ranked) > 1 and ranked[0].total() - ranked[1].total() < AHEAD:
        return None
    return ranked[0].first


def _weigh(context: Context) -> dict[_Key, _Candidate]:
    candidates: dict[_Key, _Candidate] = {}
    page = _ArticleText(context)
    if page.is_digest():
        return {}
    told: dict[DocumentNumber | None, set[str | None]] = defaultdict(set)
    for claim in context.claims:
        told[claim.number].add(claim.issuer)
    for claim in context.claims:
        if claim.number is None or claim.citation.level is Level.PARTIAL:
            continue
        candidate = candidates.setdefault(_key(claim, told[claim.number]), _Candidate(claim))
        candidate.mentions += 1
        weight, fresh = page.weigh(claim.citation)
        candidate.weights.append(weight)
        candidate.fresh |= fresh
    for candidate in candidates.values():
        candidate.circumstances = _circumstances(candidate, context)
    return candidates


@dataclass(frozen=True, slots=True)
class _Leads:
    """What stands right before a number: words that print or issue a document, and perhaps its type."""

    printed: re.Pattern[str]
    issued: re.Pattern[str]


def _leads(vocabulary: Vocabulary) -> _Leads:
    return _leads_with(tuple(name for kind in vocabulary.document_types.values() for name in (kind.name, *kind.names)))


@lru_cache(maxsize=4)
def _leads_with(names: tuple[str, ...]) -> _Leads:
    words = "|".join(re.escape(fold(name)) for name in sorted(names, key=len, reverse=True) if not name.isupper())
    typed = rf"(?: (?:{words or '(?!)'})(?: [^\W\d_]{{1,10}}){{0,2}})?(?: số:?)? ?\Z"
    return _Leads(re.compile(_PRINTED + typed), re.compile(_ISSUED + typed))


def _key(claim: Claim, told: set[str | None]) -> _Key:
    """Return what makes a document of the claims of one text; if one issuer alone is ``told`` for this number, it
    holds for all citations of it."""
    issuers = told - {UNTOLD}
    issuer = next(iter(issuers)) if claim.issuer == UNTOLD and len(issuers) == 1 else claim.issuer
    return claim.citation.type, claim.number, issuer


class _ArticleText:
    """The text of an article with its lead and head, by which mentions are weighed."""

    def __init__(self, context: Context) -> None:
        self._start = context.article.body_start
        self._folded = context.folded
        self._lead = self._lead_end({noise.start for noise in context.mentions.noise})
        self._leads = _leads(context.vocabulary)
        self._studied: dict[int, set[str]] = defaultdict(set)

    def is_digest(self) -> bool:
        """Tell whether the text is a list of news of several days, which announces no one document."""
        return len(set(_NEWS_BEGINS.findall(self._folded))) >= DIGEST

    def weigh(self, citation: Citation) -> tuple[float, bool]:
        """Return what one mention counts, and whether it is told as news of the day."""
        number = _SO.match(self._folded, citation.start)
        begin = number.end() if number else citation.start
        before = self._folded[max(self._start, citation.start - NEAR) : begin]
        after = _NEW_PARAGRAPH.sub(". ", self._folded[citation.end : citation.end + NEAR]).replace("\n", " ")
        part = 0 if citation.start < self._lead else 1 if citation.start < self._start + HEAD else 2
        if part < 2 and _LETTERHEAD.search(before):
            return IN_LETTERHEAD, True
        clause = before.replace("\n", " ")
        fresh = bool(_FRESH.search(clause)) and part == 0
        if part == 0 and not self._folded[self._start : citation.start].strip():
            return (OLDER, False) if _REVIEWED.match(after) else (OPENS, True)
        if self._leads.issued.search(clause):
            told = 0.0 if _PAST.search(clause) or _COORDINATED.match(after) else ISSUED[part]
            return told + (FRESH[part] if told and _FRESH.search(clause) else 0.0), fresh
        return self._weigh_passing(citation, before, after, part), False

    def _weigh_passing(self, citation: Citation, before: str, after: str, part: int) -> float:
        """Weigh a mention that no word of issuing stands before."""
        made = MADE[part] if _MADE.match(after) else 0.0
        if self._leads.printed.search(before):
            return PRINTED[part]
        if _STUDIED.search(before) and _CONFERENCE.search(before):
            numbers = self._studied[citation.start - len(before) + before.rfind("\n")]
            numbers.add(citation.number or "")
            return STUDIED[part] if len(numbers) == 1 else 0.0
        if _OLDER.search(before) and not (made and part == 0):
            return OLDER
        return made + (SPEAKS if _SPEAKS.match(after) else 0.0)

    def _lead_end(self, noise: set[int]) -> int:
        """Return where the first line as long as a sentence ends, noise left out."""
        at = self._start
        while at < min(len(self._folded), self._start + HEAD):
            end = self._folded.find("\n", at)
            end = len(self._folded) if end < 0 else end
            if end - at >= LEAD_LINE and at not in noise and _SENTENCE.search(self._folded, at, end):
                return min(end, at + LONGEST_LEAD)
            at = end + 1
        return self._start + HEAD // 2


def _circumstances(candidate: _Candidate, context: Context) -> float:
    """Weigh what is known besides: a document of the centre is news of a province only when told as new, an
    old one never is."""
    claim, date, weight = candidate.first, candidate.first.citation.date, 0.0
    if date and date.day and context.at and context.at.day:
        age = (context.at.earliest() - date.earliest()).days
        weight += NEW if 0 <= age <= NEW_DAYS else OLD if age > OLD_DAYS else 0.0
    central = claim.place_known and claim.place is None
    if context.province is not None and central and not candidate.fresh:
        weight += CENTRAL
    return weight
