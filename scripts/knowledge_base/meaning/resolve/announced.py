"""Say which document an article announces: whose issue or content it reports.

An article that reviews, carries out, inspects or contests an older document announces none. Each mention
of a document is weighed by the words around it; one document must come out clearly ahead.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from ...core.ids import DocumentNumber
from ...core.models import Citation, Level
from ...core.text import at_word_start, fold, verbose
from ...mentions.lexicon import NUMBER_OF_HEAD, one_of
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.phrases import PhraseList, pattern_of
from .context import UNTOLD, Claim, Context

# All weights and bounds are chosen by hand. How far they may be moved, each alone, was tried on 157 annotated texts, of
# which 64 documents are told rightly, none wrongly, and 4 are missed; where no figures are given, no text comes out
# otherwise between half and double.

# What a mention counts by the words around it: in the lead, in the head, and further down.
IN_LETTERHEAD = 10.0
"""Surely announced; without it 27 are missed and 1 is wrong."""
OPENS, MADE, STUDIED = 4.0, (2.5, 1.5, 0.0), (2.0, 2.0, 0.0)
"""The annotated texts do without them, the cases in tests/cases do not."""
PRINTED = (3.0, 3.0, 1.0)
"""Two more are missed with half of it."""
ISSUED = (3.0, 2.5, 1.0)
"""Two more are missed with three quarters of it, one more with double."""
UNSUPPORTED = (1.5, 1.0, 0.5)
"""Issued, but nothing shows that the article is about it: a plan named as background. One is wrong with double."""
FRESH, SPEAKS = (1.5, 1.0, 0.0), 1.0
"""One more is missed without the first; one fewer with five quarters of the second, and one is wrong with double."""
OLDER = -1.0
"""One more is missed with -1.25."""

# What a document counts by what is known besides.
REPEATED, MOST_REPEATED = 0.25, 1.0
"""One more is missed with 0.19 for a mention, one fewer with 1.25 for all."""
NEW, OLD, CENTRAL = 1.0, -4.0, -3.0
NEW_DAYS, OLD_DAYS = 60, 200
NEEDED, AHEAD = 2.25, 1.0
"""A document with less than ``NEEDED``, or not ``AHEAD`` of the next, is not announced. With 1.7 needed one fewer is
missed, with 1.1 one is wrong; with 2.8 needed, or 2.0 ahead, two more are missed."""
LEAD_LINE, LONGEST_LEAD, HEAD = 100, 700, 1000
"""The lead ends with the first line that is a sentence of this length; the head is the first so many characters. One
more is missed with 875 for the longest or 1,250 for the head, two with 500 for it."""
DIGEST = 4
"""A page whose paragraphs begin with so many different days is a list of news."""
NEAR = 160

_SO = re.compile(r"số\s{0,3}:?\s{0,5}")
"""Whether it belongs to the words of a citation depends on what stands before; here it never does."""
_PRINTED = r"(?<!\w)(?:toàn văn|nguyên văn|nội dung|giới thiệu)(?: nội dung| toàn văn)?(?: của)?:?"
_ISSUING = ("ban hành", "phát hành", "công bố", "phê duyệt", "thông qua", "phát đi", "ký", "gửi", "ra", "có")
_NOT_ISSUING = ("sau khi ", "ngay khi ", "từ khi ", "kể từ khi ", "chưa ", "không ")
"""Before such a verb: what was issued before, or is not."""
_ISSUED = at_word_start(_ISSUING, _NOT_ISSUING) + r"(?: (?:ngay|một|thêm|văn bản|hỏa tốc|khẩn)){0,2}"
_ISSUED_UNNUMBERED = r"(?<!\w)(?:ra|ban hành|ký|có|phát|phát đi|gửi)(?: \w+)? "
_BEARS = r"(?<!\w)(?:{type})(?: này)? (?:mang|có|được đánh) số ?\Z"
"""A document told of without its number, then with it alone: "Văn bản mang số 38-QĐ/TU"."""
_FRESH = re.compile(r"(?<!\w)(?:vừa|mới|hôm nay|(?:sáng|chiều|tối) nay)(?!\w)[^.;\n]{0,60}\Z")
_MADE = re.compile(
    r"[^.;\n]{0,60}?(?<!\w)(?:(?:vừa|mới|đã) (?:được|ký|có)|(?<!để )(?<!sau khi )ban hành|có hiệu lực|được ký"
    r"|(?:do|được) [^.;,\n]{2,60}? (?:ký|ban hành))(?!\w)"
)
_MADE_SOON = verbose(r"""(?<!\w)(?: (?:vừa|mới|đã)\ được | (?:vừa|mới)\ (?:ban\ hành|ký|có)
          | có\ hiệu\ lực\ (?:thi\ hành\ )?(?:kể\ )?từ | được\ (?:ký|ban\ hành|công\ bố) )(?!\w)""")
_STUDIED = re.compile(r"(?<!\w)(?:học tập|quán triệt|phổ biến|giới thiệu)(?!\w)[^.;\n]{0,60}\Z")
_CONFERENCE = re.compile(r"(?<!\w)(?:hội nghị|đợt sinh hoạt|buổi học tập)(?!\w)")
_SPEAKS = re.compile(
    r"[^.;\n]{0,90}?(?<!\w)(?:yêu cầu|nêu rõ|nhấn mạnh|quy định|đề ra|chỉ rõ|đặt ra|xác định|chỉ đạo|giao việc)(?!\w)"
)
_BY_IT = re.compile(r"(?:\A|[\n.]\s*)(?:bằng|qua) \Z")
"""Before a document by which somebody says what follows: "Bằng Công văn số 421, Chủ tịch UBND tỉnh yêu cầu …"."""
_DONE = re.compile(r"(?<!\w)(?:đã|từng)(?!\w)")
_REVIEWED = re.compile(
    r"[^.;\n]{0,60}?(?<!\w)(?:(?:sau|qua|nhìn lại) [^.;\n]{0,20}?(?:năm|tháng)|đi vào cuộc sống|kết quả)(?!\w)"
)
_YEARS_LATER = verbose(r"""
        (?<!\w)(?: (?:sau|qua|hơn|gần|nhìn\ lại)\ (?:hơn\ |gần\ )?(?:\d{1,2}|\w+(?:\ mươi)?)\ năm   # sau gần 5 năm
          | \w+\ năm\ qua | tổng\ kết | sơ\ kết | từ\ đó\ đến\ nay )(?!\w)""")
"""An article that looks back tells of older documents."""
_SINCE = verbose(r"""
        (?<!\w)(?:sau|qua) \ (?:hơn\ |gần\ )? (?:\d{1,2}|\w+(?:\ mươi)?) \ (?:năm|tháng|tuần) \s
        (?!thực|triển|thi\ hành) [^.,:;\n]{0,100} \Z""")
"""Before the word that issues: it was so long ago ("sau một năm Ban Thường vụ ban hành Chỉ thị số 44 …")."""
_THEN_YEARS = re.compile(
    r"[^\n]{0,400}?(?<!\w)(?:sau|qua|nhìn lại) (?:hơn |gần )?(?:\d{1,2}|[^\W\d]+) năm(?! (?:tới|nay))(?!\w)"
)
"""Behind a document: so many years have passed since."""
_TELLING = (
    "yêu cầu", "nêu", "nhấn mạnh", "quy định", "đề ra", "chỉ rõ", "đặt", "xác định", "chỉ đạo", "gồm", "có ", "nhằm",
    "được", "cũng", "còn", "áp dụng", "đề nghị", "giao", "tập trung", "hướng dẫn",
)  # fmt: skip
"""Behind the word of a type, what makes it a document's that is told of: "Kế hoạch đề ra …"."""
_SENTENCE_ENDS = re.compile(r"[.!?…]\s|\n")
_NEWS_BEGINS = re.compile(r"^(?:(?:sáng|chiều|tối|trưa|ngày)(?: ngày)?) (\d{1,2}[/.-]\d{1,2})(?!\d)", re.MULTILINE)
_SENTENCE = re.compile(r"[.;:!?…]")
_COORDINATED = re.compile(  # the next document of a list: ", ngày 5/3/2024, và Kế hoạch số 12"
    r"""
    (?: ,?[ ]\(?ngày[ ]\d{1,2}(?: [/.-]\d{1,2}[/.-] | [ ]tháng[ ]\d{1,2}[ ]năm[ ] )\d{4}\)? )?
    (?: [ ]?, | [ ]và )[ ]
    (?! (?:ký[ ]|đề[ ]|ban[ ]hành[ ])?(?:ngày|tháng|năm)[ ] )
    (?:các[ ])? \w+[ ](?:\w+[ ])? (?:số[ ])?\d
    """,
    re.VERBOSE,
)
_NEW_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(slots=True)
class _Candidate:
    """A document with what its mentions count, and whether one tells it as news of the day."""

    first: Claim
    weights: list[float] = field(default_factory=list)
    fresh: bool = False


def find_announced(context: Context) -> Claim | None:
    """Return a claim of the announced document, or None. Needs one clear winner; looked for once."""
    if not context.about:
        context.about.append(_find_announced(context))
    return context.about[0]


def _find_announced(context: Context) -> Claim | None:
    # A list of news of several days announces no one document.
    if len(set(_NEWS_BEGINS.findall(context.folded))) >= DIGEST:
        return None
    told: dict[DocumentNumber | None, set[str | None]] = defaultdict(set)
    for claim in context.claims:
        told[claim.number].add(claim.issuer)
    candidates: dict[tuple[str | None, DocumentNumber, str | None], _Candidate] = {}
    page = _ArticleText(context)
    issued: set[DocumentNumber] = set()
    for claim in context.claims:
        if claim.number is None or claim.citation.level is Level.PARTIAL:
            continue
        # If one issuer alone is told for a number, it holds for all citations of it.
        issuers = told[claim.number] - {UNTOLD}
        issuer = next(iter(issuers)) if claim.issuer == UNTOLD and len(issuers) == 1 else claim.issuer
        candidate = candidates.setdefault((claim.citation.type, claim.number, issuer), _Candidate(claim))
        weight, fresh = page.weigh(claim.citation)
        candidate.weights.append(weight)
        candidate.fresh |= fresh
        issued |= {claim.number} if weight > 0 and page.is_issued(claim.citation) else set()
    if len(issued) >= DIGEST and not any(IN_LETTERHEAD in c.weights for c in candidates.values()):
        return None  # so does one of several documents
    # what is studied at a conference was issued before; a province's own may still be told there for the first time
    told_there = [c for c in candidates.values() if c.fresh or c.first.place or not page.is_studied(c.first.citation)]
    totals = [(_total(candidate, context, page), candidate.first) for candidate in told_there]
    ranked = sorted(totals, key=lambda pair: (-pair[0], pair[1].citation.start))
    ahead = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else AHEAD
    return ranked[0][1] if ranked and ranked[0][0] >= NEEDED and ahead >= AHEAD else None


def _total(candidate: _Candidate, context: Context, page: _ArticleText) -> float:
    """Return what speaks for a document, less what speaks against it: many mentions in passing count as one, and none
    of one that is told as new ("theo Công văn 67 …"). One of the centre is news of a province only when told as new,
    or by a title about who issues it; an old one never is."""
    weights, claim, date = candidate.weights, candidate.first, candidate.first.citation.date
    known = 0.0
    if date and date.day and context.at and context.at.day:
        age = (context.at.earliest() - date.earliest()).days
        known += NEW if 0 <= age <= NEW_DAYS else OLD if age > OLD_DAYS else 0.0
    elif claim.year and context.at:
        known += OLD if claim.year < context.at.year - 1 else 0.0
    central = context.province is not None and claim.place_known and claim.place is None
    if central and not candidate.fresh and not page.is_actor(claim.citation):
        known += CENTRAL
    passing = 0.0 if candidate.fresh else max(OLDER, sum(w for w in weights if w < 0))
    said = sum(w for w in weights if w > 0) + passing
    return said + known + min(MOST_REPEATED, REPEATED * (len(weights) - 1))


@dataclass(frozen=True, slots=True)
class _TypeWords:
    """The words of one type of documents: in a title, in a lead that tells of a new one without its number, and where
    it is told what such a one says."""

    named: re.Pattern[str]
    issued_unnumbered: re.Pattern[str]
    telling: re.Pattern[str]


class _Words:
    """What a vocabulary's words are in patterns: of each type by its id, what is past, what is older, and what stands
    right before a number (words that print or issue a document, and perhaps its type)."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        past, older = (pattern_of(vocabulary, wanted) for wanted in (PhraseList.PAST, PhraseList.OLDER))
        self.past = re.compile(rf"(?<!\w)(?:{past})(?!\w)[^.;\n]{{0,140}}\Z")
        self.older = re.compile(rf"(?<!\w)(?:{older}|\d+ năm)(?!\w)[^.;\n]{{0,60}}\Z")
        kinds = {kind.id: (kind.name, *kind.names) for kind in vocabulary.document_types.values()}
        self.types = {kind: self._of_type(one_of(map(fold, names))) for kind, names in kinds.items()}
        words = one_of(fold(name) for names in kinds.values() for name in names if not name.isupper())
        # no "kế hoạch thực hiện Nghị quyết"
        others = r"(?!(?:thực|triển|cụ|thể|theo|thi|hướng|sửa|thay|bãi|về|để|nhằm) )"
        typed = rf"(?: (?:{words})(?: {others}[^\W\d_]{{1,10}}){{0,2}})?(?: số:?)? ?\Z"
        bears = _BEARS.replace("{type}", words)
        in_brackets = (
            rf" (?:{words})(?!\w)[^.;\n]*\((?:(?:{words}) )?(?:số:?)? ?\Z"  # "ký công điện … (Công điện số 87)"
        )
        self.printed = re.compile(_PRINTED + typed)
        self.issued = re.compile(rf"{_ISSUED}(?:{typed}|{in_brackets})|{bears}")

    @staticmethod
    def _of_type(words: str) -> _TypeWords:
        return _TypeWords(
            named=re.compile(rf"(?<!\w)(?:{words})(?!\w)"),
            issued_unnumbered=re.compile(rf"{_ISSUED_UNNUMBERED}(?:{words})(?!\w)(?![^.,;\n]{{0,30}}\d)"),
            telling=re.compile(rf"(?<!\w)(?:{words})(?: này| trên)? (?:{'|'.join(_TELLING)})(?!\w)"),
        )


_words_of = lru_cache(maxsize=2)(_Words)
"""The words of a vocabulary, made once. Two are kept, as by ``finders_of``."""


class _ArticleText:
    """The text of an article with its lead and head, by which mentions are weighed."""

    def __init__(self, context: Context) -> None:
        self._start = context.article.body_start
        self._folded = context.folded
        self._words = _words_of(context.vocabulary)
        self._title = fold(context.article.title or "") or context.folded[: context.folded.find("\n") + 1]
        self._bodies = context.mentions.bodies
        stated = {r.id for r in context.vocabulary.relations.values() if r.strength == "stated"}
        self._acted_on = {cue.target for cue in context.mentions.relations if cue.relation in stated}
        self._told: dict[str | None, int] = {}
        self._looks_back = _YEARS_LATER.search(self._folded, 0, self._start + HEAD)
        self._studied: dict[int, set[str]] = defaultdict(set)
        # The lead ends with the first line as long as a sentence, noise left out.
        noise = {span.start for span in context.mentions.noise}
        self._lead, at = self._start + HEAD // 2, self._start
        while at < min(len(self._folded), self._start + HEAD):
            end = self._folded.find("\n", at)
            end = len(self._folded) if end < 0 else end
            titled = at == self._start and self._folded[end - 1 : end] not in ".!…"
            if end - at >= LEAD_LINE and at not in noise and not titled and _SENTENCE.search(self._folded, at, end):
                self._lead = min(end, at + LONGEST_LEAD)
                break
            at = end + 1
        lead = self._folded[self._start : self._lead]
        self._in_lead = {kind for kind, words in self._words.types.items() if words.issued_unnumbered.search(lead)}

    def weigh(self, citation: Citation) -> tuple[float, bool]:
        """Return what one mention counts, and whether it is told as news of the day."""
        number = _SO.match(self._folded, citation.start)
        begin = number.end() if number else citation.start
        before = self._folded[max(self._start, citation.start - NEAR) : begin]
        after = _NEW_PARAGRAPH.sub(". ", self._folded[citation.end : citation.end + NEAR]).replace("\n", " ")
        part = 0 if citation.start < self._lead else 1 if citation.start < self._start + HEAD else 2
        if part < 2 and NUMBER_OF_HEAD.search(before):
            return IN_LETTERHEAD, True
        if (citation.start, citation.end) in self._acted_on:
            return OLDER, False  # what another document amends or replaces was there before
        clause = before.replace("\n", " ")
        fresh = bool(_FRESH.search(clause)) and part == 0
        if part == 0 and not self._folded[self._start : citation.start].strip():
            return self._weigh_opening(citation, after)
        if self._words.issued.search(clause):
            if self._words.past.search(clause) or _SINCE.search(clause) or _COORDINATED.match(after):
                return 0.0, False
            first = self._is_in_first_sentence(citation)
            looks_back = self._looks_back
            weights = ISSUED if first or fresh or self._is_subject(citation) else UNSUPPORTED
            earlier = looks_back is not None and looks_back.start() < citation.start
            if (earlier or _THEN_YEARS.match(self._folded, citation.end)) and not (fresh or self._is_titled(citation)):
                weights = UNSUPPORTED
            # made known by another than its issuer ("công bố") it may be of the centre, and no news of the province
            news = fresh or (first and not looks_back and "công bố" not in clause[-NEAR // 2 :])
            if weights is ISSUED and part == 1 and citation.type in self._in_lead:
                part = 0  # the lead has told of it without its number: "đã ra công điện khẩn"
            return weights[part] + (FRESH[part] if _FRESH.search(clause) else 0.0), news
        return self._weigh_passing(citation, before, after, part), False

    def is_studied(self, citation: Citation) -> bool:
        """Tell whether a document is one that a conference studies."""
        return any(citation.number in numbers for numbers in self._studied.values())

    def is_actor(self, citation: Citation) -> bool:
        """Tell whether the title begins with who issued a document: "Thủ tướng kỷ luật nguyên Chủ tịch tỉnh"."""
        kind = citation.issuer.kind if citation.issuer else None
        first = next((b for b in self._bodies if b.start >= self._start), None)
        return first is not None and first.ref.kind == kind and not self._folded[self._start : first.start].strip()

    def is_issued(self, citation: Citation) -> bool:
        """Tell whether a word of issuing stands before a mention."""
        before = self._folded[max(self._start, citation.start - NEAR) : citation.start]
        return bool(self._words.issued.search(before.replace("\n", " ")))

    def _weigh_opening(self, citation: Citation, after: str) -> tuple[float, bool]:
        """Weigh a mention that the article opens with: its announcement only if the sentence says that it was issued
        or what it asks for ("Chỉ thị số 05 được các chi bộ thực hiện nghiêm túc" tells of an older one)."""
        end = _SENTENCE_ENDS.search(self._folded, citation.end)
        sentence = self._folded[citation.end : end.start() + 1 if end else None]
        if _REVIEWED.match(after):
            return OLDER, False
        if _MADE_SOON.search(sentence):
            return OPENS, True
        return (OPENS, False) if _SPEAKS.match(after) or len(sentence) < len("ngày 03 tháng 10") else (0.0, False)

    def _is_in_first_sentence(self, citation: Citation) -> bool:
        """Tell whether nothing but headings stand before the sentence of a mention."""
        at = self._start
        while at < citation.start:
            end = _SENTENCE_ENDS.search(self._folded, at, citation.start)
            if end is None:
                return True
            line = self._folded[at : end.start() + 1]
            if line.rstrip().endswith((".", "!", "…")) and not re.search(r"\d[.]$|tp\.$", line.rstrip()):
                return False
            at = end.end()
        return True

    def _is_titled(self, citation: Citation) -> bool:
        """Tell whether the title names the type of a document."""
        words = self._words.types.get(citation.type or "")
        return words is not None and words.named.search(self._title) is not None

    def _is_subject(self, citation: Citation) -> bool:
        """Tell whether the title names the type of a document, or the text goes on with what it says."""
        kind = citation.type
        if kind not in self._told:  # where it is last told what such a document says
            words = self._words.types.get(kind or "")
            told = words.telling.finditer(self._folded) if words else ()
            self._told[kind] = max((m.start() for m in told), default=0)
        in_lead = kind in self._in_lead
        return self._is_titled(citation) or in_lead or self._told[kind] > citation.end or self.is_actor(citation)

    def _weigh_passing(self, citation: Citation, before: str, after: str, part: int) -> float:
        """Weigh a mention that no word of issuing stands before."""
        told = 0 if part == 1 and citation.type in self._in_lead else part  # the lead tells of it without its number
        made = MADE[told] if _MADE.match(after) else 0.0
        if self._words.printed.search(before):
            return PRINTED[part]
        by_it = _BY_IT.search(before) and (spoken := _SPEAKS.match(after)) and not _DONE.search(spoken[0])
        if by_it and self._is_in_first_sentence(citation):
            return ISSUED[part]
        if _STUDIED.search(before) and _CONFERENCE.search(before):
            numbers = self._studied[citation.start - len(before) + before.rfind("\n")]
            numbers.add(citation.number or "")
            return STUDIED[part] if len(numbers) == 1 else 0.0
        if self._words.older.search(before) and not (made and part == 0):
            return OLDER
        return made + (SPEAKS if _SPEAKS.match(after) else 0.0)
