"""An article as the demand finder reads it: paragraphs without noise, sentences, and who asks in them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from ...core.models import BodyMention, Citation, NoiseKind, Paragraph, ParagraphKind, Scan
from ..word_tree import PhrasePattern, noise_spans
from .grammar import (
    ASK,
    CAPITAL,
    DIRECTED,
    FORBIDDEN,
    GIVE,
    MARKER,
    ORDERED,
    RANKS,
    WORD_TIERS,
    DemandWords,
    without_parentheses,
)

Span = tuple[int, int]

_SENTENCE = re.compile(r"[.!?…][.!?…]{0,2}[\"')]{0,2}\s+(?=[\"'(]?[^\W\d_a-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ])")
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:TP|Tp|ThS|Th\.S|TS|PGS|GS|Tr|tr|Đ/c|đ/c|[A-ZĐ])\.\Z")
_PERSON = re.compile(rf"(?<!\w)(?:[Đđ]ồng chí|[Ôô]ng|[Bb]à)\s+(?:{CAPITAL}\w*\s+){{1,5}}(?:(?:cũng|đã|còn)\s+)?\Z")
_ANOTHER = re.compile(r"(?:,|\svà|\strong đó)\s*(?:trong đó\s*,?\s*)?(?:có nội dung\s+)?\Z")
_NARRATED = re.compile(r"[”\"],\s[^.]{0,60}(?:kể|nhớ lại|tâm sự|chia sẻ|than thở)")
_DONE = re.compile(
    r",\s+(?:đến nay|hiện nay|hiện|nay|sau đó)(?: đều)? đã(?! (?:quá|chậm|lâu|đến|tồn|có|trễ|muộn|hết))(?!\w)"
)
"""Behind what was asked, what became of it: "…, đến nay đã giao được 5 khu"."""
_INTERVIEW = re.compile(r"(?:thưa|xin) (?:ông|bà|đồng chí)(?!\w)")
_WHENEVER = re.compile(r"(?<!\w)(?:khi|lúc|nếu|chừng nào)\s[^.;]{3,200}?\sthì(?!\w)")
_REFUSED = re.compile(r"(?<!\w)(?:không|chưa)(?:\s+[^\W\d_]+){0,4}\s+\Z")
_AS_NOUN = re.compile(
    r"(?<!\w)(?:có|theo|đáp ứng|các|những|một|một số|hồ sơ|đơn|tờ trình|nhận được|giải quyết|việc|là|với|trước)\s+\Z"
)
_ANSWERED = re.compile(r"(?:chưa|đã|không) được (?:giải quyết|trả lời|xem xét|chấp thuận|đáp ứng|phê duyệt)(?!\w)")
_QUOTED_NAME = re.compile(r"(?<!nói)(?<!rằng)(?<!là)(?<!mạnh)(?<!rõ)(?<!định)(?<!biết)(?<![\W_])\s\Z")
_COMMA = re.compile(r"\s*,\s*")
_SUPPOSING = re.compile(r"(?:nếu|khi|trường hợp)\s")
_CASE = re.compile(r"(?:đối với\s)?(?:(?:các )?trường hợp|nếu|khi)\s[^.;:]{3,200}?,\s+\Z")
"""A case, before what is asked in it by him who asked last: "Trường hợp cầu hỏng, giao Sở A kiểm định"."""
_GIVEN_TO = re.compile(r"(?<!\w)(?:được|bị)\s+\Z")
_PLACE = re.compile(r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|tp)(?!\w)")
_QUALIFIES = re.compile(
    r"\w[\w.]* \Z|(?<!\w)(?:tỉnh|thành phố|huyện|quận|sở|ngành|xã|phường|thị xã),? (?:và )?\Z", re.IGNORECASE
)
"""Before the word for a place: then it is part of a longer name, "Ban Quản lý dự án TP …", or the last of several
levels, "UBND các quận, huyện, thị xã"."""
_SENT_TO = re.compile(r"(?<!\w)gửi\s+(?:(?:tới|đến|cho|lên)\s+)?(?:[^,;:.]{2,60}\svà\s+)?\Z")
"""Before those to whom somebody writes; they do not ask: "trường gửi UBND huyện và Sở A đề nghị …"."""
_HOLDER = re.compile(rf"(?:\s+{CAPITAL}\w*){{0,5}}")
"""Behind a body in a title, the name of who holds the office."""
_ADDED = re.compile(r"\s*\([^()]*\)\s*\Z")
_OWNED = re.compile(r"(?<!\w)(?:thực hiện|triển khai|quán triệt|căn cứ|theo)\s[^.;:\n]{2,160}\scủa\s\Z")
_LED = re.compile(
    r"(?:để|nhằm|thực hiện|triển khai|quán triệt|theo|căn cứ|trên cơ sở|sau khi|trước|qua|với|tại|trong)\s[^,;:]*"
    r"(?:của|do) "
)
"""An adverbial at the head of a sentence, as far as him whose will it tells."""
_TOPIC = re.compile(r"(?:riêng )?(?:đối với|với|riêng|về phía) ")
"""Those whom a sentence is about, named first: "Với Bộ Công an, Thủ tướng yêu cầu …"."""
_FRONTED = re.compile(r"(?:\A|[.!?:;]\s|\n)(?:riêng )?(?:đối với|với|riêng|về phía) (?P<who>[^.:;\n]+?),\s*\Z")
_LONGEST_FRONTED = 160
"""Letters of such words."""
_PAST = re.compile(r"(?<!\w)(?:đã(?!\ (?:ký|có|ban\ hành|gửi|phát)\s[^,;.]{2,60}\Z)|từng)(?!\w)", re.VERBOSE)
"""What was directed before; not "đã ký văn bản chỉ đạo …", which the text reports."""
_CLAUSE = re.compile(r";|,\s*đồng thời(?!\w)|,\s*và(?!\w)|(?:,|\svà)(?=\s*(?:giao|đề nghị|yêu cầu|lưu ý)(?!\w))")
_ADJACENT = re.compile(r"[\s,:]{0,3}(?:và\s+)?")
# Letters, chosen by hand; bounds that also keep the time linear.
_LONGEST_GAP = 110
"""Between the one who asks and the cue: room for a name and an apposition, not for another clause."""
_LONGEST_SEARCH = 400
"""Before a cue, in which the one who asks is looked for."""
_LONGEST_MARK = 20
"""The mark of an item, with the blank behind it."""
_LONGEST_CUE = 12
"""The mark of a clause looks at the cue behind it."""
_LONGEST_NAME = 18
"""Words of an office with its body and its holder; chosen by hand."""
_LONGEST_TITLE = 130
"""A longer paragraph without a mark at its end is no heading."""


class Ask(NamedTuple):
    """Where somebody asks: ``cue`` is the place of the word, ``rest`` where what is asked begins.

    ``towards`` are the words that name those asked. ``said``: the sentence itself says who asks (also where
    that is a document or a person, and ``assigner`` None). ``direct``: the word is "chỉ đạo". ``open``:
    paragraphs in the imperative may follow. ``tier``: how high he stands who asks, None if that is not known.
    ``known``: who asks was told before. ``void``: he only petitions, or tells of something past: nothing is asked, nor
    in what goes on without a subject. ``own``: the text itself is the document, and this its list of tasks.
    ``document``: where the name of the document begins that asks."""

    start: int
    end: int
    cue: int
    rest: int
    kind: str
    assigner: Span | None
    towards: Span | None = None
    said: bool = False
    direct: bool = False
    open: bool = True
    tier: int | None = None
    known: bool = False
    void: bool = False
    own: bool = False
    document: int | None = None


class Page:
    """The paragraphs that are not noise, with look-ups by place."""

    def __init__(
        self, scan: Scan, bodies: Sequence[BodyMention], citations: Sequence[Citation], grammar: DemandWords
    ) -> None:
        self.scan, self.grammar = scan, grammar
        self.bodies = sorted(bodies, key=lambda b: (b.start, -b.end))
        self._sentences: dict[Span, list[Span]] = {}
        self._starts = [b.start for b in self.bodies]
        self._ends = [b.end for b in self.bodies]
        self._cited = sorted((c.end, c.start) for c in citations)
        self._cited_at = frozenset(c.start for c in citations)
        noise = noise_spans(scan, NoiseKind.CAPTION, NoiseKind.PLAYER, NoiseKind.TEASER, NoiseKind.BYLINE)
        self.blocks = [p for p in scan.paragraphs if p.start + len(p.text) // 2 not in noise]
        self._marks = {b.start: MARKER.match(scan.folded, b.start, b.start + _LONGEST_MARK) for b in self.blocks}
        self._ranks = {block.start: self._rank(block) for block in self.blocks}
        self._assigners: dict[Span, tuple[Span | None, int] | None] = {}

    def folded(self, start: int, end: int) -> str:
        """Return the folded text of a span."""
        return self.scan.folded[start:end]

    def shown(self, start: int, end: int) -> str:
        """Return the text of a span as written, on one line, without marks at its ends."""
        words = " ".join(self.scan.text[start:end].split()).strip(" ,;:-–•…")
        return words.removesuffix("./.").rstrip(".")

    def skip(self, leave_out: re.Pattern[str], start: int, end: int) -> int:
        """Return where words begin behind what a pattern leaves out: marks and "rằng", or "Đồng thời, …"."""
        match = leave_out.match(self.scan.folded, start, end)
        return match.end() if match else start

    def mark(self, block: Paragraph) -> re.Match[str] | None:
        """Return the mark of an item at the head of a paragraph."""
        return self._marks[block.start]

    def rank(self, block: Paragraph) -> int:
        """Return how high the mark of a paragraph stands above others; 0 if it has none."""
        return self._ranks[block.start]

    def _rank(self, block: Paragraph) -> int:
        if block.kind is ParagraphKind.ITEM:
            return RANKS["dash"]
        if (mark := self.mark(block)) is None:
            return 0
        if mark["first"] is not None:
            first = mark["first"]
            kind = (
                "word" if len(first) > 5 else "inner" if first[0] in "([" else "letter" if first[0] == "a" else "digit"
            )
            return RANKS["section" if first[0] == "i" else kind]
        return RANKS[mark.lastgroup or "word"]

    def words_start(self, block: Paragraph) -> int:
        """Return where the words of a paragraph begin behind its mark."""
        mark = self._marks[block.start]
        return mark.end() if mark else block.start

    def is_interview(self, block: Paragraph) -> bool:
        """Tell whether questions and answers stand in a paragraph: who asks there, asks to be told."""
        return _INTERVIEW.search(self.scan.folded, block.start, block.end) is not None

    def sentence_before(self, start: int) -> str:
        """Return the sentence before a place, on one line, without its mark; "" if there is none."""
        block = next((n for n, b in enumerate(self.blocks) if b.start <= start < b.end), None)
        if block is None:
            return ""
        own = [span for span in self.sentences(self.blocks[block].start, self.blocks[block].end) if span[1] <= start]
        if not own and block:
            before = self.blocks[block - 1]
            own = self.sentences(self.words_start(before), before.end)
        return self.shown(*own[-1]) if own else ""

    @staticmethod
    def is_title(block: Paragraph) -> bool:
        """Tell whether a plain paragraph looks like a heading: short, without a mark at its end."""
        if block.kind is not ParagraphKind.PARAGRAPH or len(block.text) >= _LONGEST_TITLE:
            return False
        return block.text.rstrip(" \"”'")[-1:] not in ("", *".;:!?…,)")

    def sentences(self, start: int, end: int) -> list[Span]:
        """Return the spans of the sentences in a paragraph."""
        if (start, end) not in self._sentences:
            view = self.scan.view
            marks = _SENTENCE.finditer(view, start, end)
            cuts = [m.end() for m in marks if not _ABBREVIATED.search(view[max(start, m.start() - 5) : m.start() + 1])]
            self._sentences[start, end] = list(zip([start, *cuts], [*cuts, end], strict=True))
        return self._sentences[start, end]

    def bodies_in(self, start: int, end: int) -> list[BodyMention]:
        """Return the bodies that stand wholly in a span, without those inside a person's title."""
        inside = self.bodies[bisect_left(self._starts, start) : bisect_right(self._starts, end)]
        return [b for b in inside if b.end <= end and not b.title_only]

    def is_inside_body(self, position: int) -> bool:
        """Tell whether a place lies inside the name of a body."""
        index = bisect_right(self._starts, position) - 1
        return index >= 0 and self.bodies[index].end > position

    def is_cited(self, at: int) -> bool:
        """Tell whether the citation of a document begins at a place."""
        return at in self._cited_at

    def begins_acting(self, at: int, end: int) -> bool:
        """Tell whether words stand here that open a task, or urge to one."""
        opening = (self.grammar.verb, self.grammar.urged)
        return any(words.match(self.scan.folded, at, end) is not None for words in opening)

    def is_question(self, start: int, end: int) -> bool:
        """Tell whether a sentence asks to be told something."""
        return self.scan.view[start:end].rstrip(' \n"”')[-1:] == "?"

    def topic(self, begin: int) -> Span | None:
        """Return the words between "Đối với", "Với" at the head of a sentence and the one who asks at ``begin``."""
        found = _FRONTED.search(self.scan.folded, max(0, begin - _LONGEST_FRONTED), begin)
        return found.span("who") if found else None

    def body_before(self, at: int) -> int | None:
        """Return where the body begins whose name stands right before a place; None if there is none."""
        index = bisect_right(self._ends, at) - 1
        return self.bodies[index].start if index >= 0 and self.bodies[index].end == at - 1 else None

    def is_capital_before(self, at: int) -> bool:
        """Tell whether one of the two words before a place begins with a capital letter."""
        return any(word[0].isupper() for word in self.scan.view[max(0, at - 20) : at].split()[-2:])

    def asks(self, start: int, end: int, before: Ask | None, cue: PhrasePattern | None = None) -> Iterator[Ask]:
        """Yield what a sentence asks, part by part; ``before`` is who asked last."""
        found: list[Ask] = []
        for match in (cue or self.grammar.cue).finditer(self.scan.folded, start, end):
            if self.is_inside_body(match.start()) or (match[0] == ORDERED and self.scan.view[match.start()].isupper()):
                continue
            if found and _ADJACENT.fullmatch(self.scan.folded, found[-1].rest, match.start()):
                # two cues, "chỉ đạo, yêu cầu": the second tells what kind it is
                kind, direct = self._kind(match), match[0] == DIRECTED
                found[-1] = found[-1]._replace(cue=match.start(), rest=match.end(), kind=kind, direct=direct)
            elif not (found and match[0] == DIRECTED):
                ask = self._ask(start, end, match, found[-1] if found else None, before)
                found += [ask] if ask else []
        for ask, following in zip_longest(found, found[1:]):
            yield ask if following is None else ask._replace(end=following.start)

    def _ask(self, start: int, end: int, match: re.Match[str], same: Ask | None, before: Ask | None) -> Ask | None:
        """Return the ask at a cue, if somebody stands before it who can ask, or it opens its clause.

        ``same`` is the ask before it in the sentence, ``before`` the one in the sentences before."""
        cue, direct, sentence = match.start(), match[0] == DIRECTED, start
        start = max(start, cue - _LONGEST_SEARCH)
        past = direct and same is None and _PAST.search(self.folded(start, cue))
        if past or self._is_no_cue(sentence, end, match):
            return None
        clause = self._clause(start, cue)
        opens = self.grammar.connected.fullmatch(self.scan.folded, clause, cue) is not None
        void = self._is_void(sentence, end, match)
        if same and not (opens or self._clause(same.rest, cue) > same.rest):
            return None
        if not (opens and same) and (who := self._assigner(start, cue)):
            assigner, begin = who
            void = void or self._is_object(start, begin) or (same is not None and same.void)
            void = void or self.grammar.foreign.match(self.scan.folded, begin, cue) is not None
            tier, kind = self.tier_of((begin, cue), asking=True), self._kind(match)
            below = tier and before and not before.void and tier < min(4, before.tier or 0)  # departments, districts
            below = below and self.skip(self.grammar.connected, sentence, begin) == begin
            told = before.towards if before else None
            himself = told and assigner and self.folded(*told).strip() == self.folded(*assigner)
            if direct and (below or himself):
                return None  # what he is to direct, he has just been told from above
            rest = cue if match[0] == FORBIDDEN else match.end()  # the word is part of what is asked
            ask = Ask(begin, end, cue, rest, kind, assigner, said=True, direct=direct, tier=tier, void=void)
            return ask._replace(document=begin) if assigner is None else ask
        if self.grammar.is_powerless(self.scan.folded, max(clause, cue - 120), cue):
            return Ask(cue, end, cue, match.end(), self._kind(match), None, void=True)
        asks = opens and not direct and match[0] not in (ORDERED, FORBIDDEN)
        return self._without_subject((sentence, end), match, same, before, void) if asks else None

    def _is_no_cue(self, start: int, end: int, match: re.Match[str]) -> bool:
        """Tell whether the word at a cue asks nothing here: in a name, abroad, in a list, "được Bộ Chính trị giao"."""
        cue = match.start()
        by = (self.body_before(cue) if self._kind(match) == GIVE else None) or cue
        # "Trưởng Ban Chỉ đạo …", "Sở A được giao chỉ đạo …"
        name = match[0] == DIRECTED and self.scan.folded.endswith(("ban ", "được giao ", "được phân công "), start, cue)
        return name or bool(
            _GIVEN_TO.search(self.scan.folded, max(start, by - 12), by)
            or self._is_listed(match.end(), end)
            or self._is_quoted(start, cue)
            or self.grammar.abroad.match(self.scan.folded, start, cue)
        )

    def _is_quoted(self, start: int, cue: int) -> bool:
        """Tell whether a cue stands in a name that quotation marks enclose: phong trào "Tăng cường …, yêu cầu …".

        What somebody says begins its sentence, or stands behind a mark or a word of saying."""
        view = self.scan.view
        opened = max(
            view.rfind("“", start, cue), view.rfind('"', start, cue) if view.count('"', start, cue) % 2 else -1
        )
        inside = opened > start and view.find("”", opened, cue) < 0
        return inside and _QUOTED_NAME.search(self.scan.folded, start, opened) is not None

    def _kind(self, cue: re.Match[str]) -> str:
        return GIVE if cue[0] in self.grammar.giving else ASK

    def _is_listed(self, rest: int, end: int) -> bool:
        """Tell whether a cue is a noun in an enumeration: a comma behind it, nobody named ("tiến độ, yêu cầu, …")."""
        comma = _COMMA.match(self.scan.folded, rest, end)
        if comma is None:
            return False
        named = self.grammar.connected.match(self.scan.folded, comma.end(), end)
        at = named.end() if named else comma.end()
        if at > comma.end() or _SUPPOSING.match(self.scan.folded, at, end):
            return False  # "yêu cầu, thời gian tới nếu còn lạm thu thì …"
        return not (self.is_inside_body(at) or self.grammar.group.match(self.scan.folded, at, end))

    def _without_subject(
        self, place: Span, match: re.Match[str], same: Ask | None, before: Ask | None, void: bool
    ) -> Ask | None:
        """Return the ask at a cue that opens its clause: of him who asks at the head of the sentence, or asked last.

        ``place``: the sentence."""
        (sentence, end), cue = place, match.start()
        if _ANSWERED.search(self.folded(cue, min(end, cue + 2 * _LONGEST_SEARCH))):
            return None  # "Đề nghị UBND huyện bố trí kinh phí đến nay chưa được trả lời"
        subject, first = None, bisect_left(self._starts, sentence)
        near = first < len(self.bodies) and self._starts[first] <= sentence + _LONGEST_GAP
        at = self.skip(self.grammar.connected, max(sentence, cue - _LONGEST_SEARCH), cue)
        inner = at < cue and not (before is not None and _CASE.match(self.folded(at, cue)))
        if near and not same and inner:  # "Bí thư Tỉnh ủy ghi nhận …; đồng thời đề nghị …"
            begun = self._titled(sentence, first)
            led = begun[0] - sentence <= _LONGEST_GAP and self.scan.view[sentence : begun[0]].endswith(", ")
            subject = begun if begun[1] <= cue and (led or self._joins(sentence, begun[0])) else None
        known = same or (None if inner else before)
        if subject is None and known is None and inner:
            return None
        assigner = subject or (known.assigner if known else None)
        tier = self.tier_of(subject, asking=True) if subject else known.tier if known else None
        said, told = bool(subject or same), known is not None and not known.own
        void = void or (known is not None and known.void)
        document = known.document if known and subject is None else None
        ask = Ask(cue, end, cue, match.end(), self._kind(match), assigner, said=said, tier=tier, known=told, void=void)
        return ask._replace(document=document)

    def _clause(self, start: int, cue: int) -> int:
        """Return where the clause of a cue begins, at the earliest at ``start``."""
        marks = _CLAUSE.finditer(self.scan.folded, max(start, cue - _LONGEST_SEARCH), cue + _LONGEST_CUE)
        return max((m.end() for m in marks if m.end() <= cue), default=start)

    def _is_void(self, start: int, end: int, match: re.Match[str]) -> bool:
        """Tell whether a sentence tells of something past or supposed, or the cue is a noun or denied."""
        begin = max(start, match.start() - _LONGEST_SEARCH)
        before, around = self.folded(begin, match.start()), self.folded(begin, min(end, begin + 2 * _LONGEST_SEARCH))
        told = self.grammar.bygone.search(self.scan.folded, begin, match.start()) or _NARRATED.search(around)
        told = told or _DONE.search(self.scan.folded, match.end(), end)
        supposed = "thì" in around and (found := _WHENEVER.search(around)) and found.start() < match.start() - begin
        return bool(told or supposed or _REFUSED.search(before[-60:]) or _AS_NOUN.search(before[-30:]) or "?" in around)

    def _is_object(self, start: int, begin: int) -> bool:
        """Tell whether he who stands before a cue is asked himself, or only named in a clause about what he gave."""
        index = bisect_left(self._starts, begin) - 1
        last = begin
        while (
            index >= 0
            and self.bodies[index].start >= start
            and self.scan.view[self.bodies[index].end : begin] in {", ", " và ", "; "}
        ):  # "những việc Chính phủ, Thủ tướng Chính phủ giao"
            begin = self.bodies[index].start
            index -= 1
        before = self.folded(max(start, begin - 90), begin)
        if _SENT_TO.search(before):
            return True
        if self.grammar.document_of.search(before):
            return False
        if begin < last and not self.grammar.relative.search(before):
            led = (opening.fullmatch(self.scan.folded, start, begin) for opening in (_LED, _TOPIC))
            if any(led):  # "Để thực hiện chỉ đạo của Bộ Chính trị, Thủ tướng yêu cầu": the comma ends the adverbial
                return False
        return bool(self.grammar.relative.search(before) or self.grammar.asked_itself.search(before))

    def tier_of(self, span: Span, *, asking: bool = False) -> int | None:
        """Return how high the highest of those stands whom the words of a span name; of the words of one who asks
        (``asking``) the first body counts, or a level told anywhere in them. None where that is not known."""
        bodies = self.bodies[bisect_left(self._starts, span[0]) : bisect_right(self._starts, span[1])]
        known = [tier for b in bodies if b.end <= span[1] and (tier := self.grammar.tiers.get(b.ref.kind))]
        if known:
            return known[0] if asking else max(known)
        words = self.folded(*span)
        told = (tier for word, tier in WORD_TIERS if (word.search(words) if asking else word.match(words)))
        return max(told, default=None)

    def tier_at(self, at: int) -> int | None:
        """Return how high those stand whom the word of a level at a place names: "Trung ương", "tỉnh"."""
        return max((tier for word, tier in WORD_TIERS if word.match(self.scan.folded, at)), default=None)

    def _assigner(self, start: int, cue: int) -> tuple[Span | None, int] | None:
        """Return the span of who asks (None: a document or a person) and where these words begin; None if nobody."""
        if (start, cue) not in self._assigners:  # one cue is asked for as the lead of a list, and as a demand
            self._assigners[start, cue] = self._find_assigner(start, cue)
        return self._assigners[start, cue]

    def _find_assigner(self, start: int, cue: int) -> tuple[Span | None, int] | None:
        if added := _ADDED.search(self.scan.view, start, cue):  # "Sở Y tế (cơ quan thường trực của …) yêu cầu"
            cue = added.start()
        index = bisect_right(self._ends, cue) - 1
        folded = self.folded(start, cue)
        if self.grammar.is_powerless(self.scan.folded, start, cue):
            return None
        if index >= 0 and self.bodies[index].start >= start and self._joins(self.bodies[index].end, cue):
            # "Thực hiện Công điện số 280 của Thủ tướng, yêu cầu …": named only as the owner of what is carried out
            body, span = self.bodies[index], self._titled(start, index)
            owner = _OWNED.search(self.folded(start, body.start)) and "," in self.scan.view[body.end : cue]
            return (None, cue) if owner else (span, span[0])
        person = _PERSON.search(self.scan.view, max(start, cue - 90), cue)
        document = self.grammar.document_says.search(self.scan.folded, start, cue)
        if speaker := document or person:
            return self._issuer(start, speaker.start()) if document else (None, speaker.start())
        cited = bisect_right(self._cited, (cue, cue)) - 1
        if cited >= 0 and self._cited[cited][1] >= start and self._joins(self._cited[cited][0], cue):
            return self._issuer(start, self._cited[cited][1])
        for pattern in (self.grammar.document_called, self.grammar.authority):
            head = pattern.search(folded)
            if (
                head
                and not self.is_inside_body(start + head.start())
                and not (_PLACE.match(head[0]) and self._goes_on(start, start + head.start()))
                and (last := self._name_end(start + head.start("name"), cue))
            ):
                who = (start + head.start(), last) if pattern is self.grammar.authority else None
                return who, start + head.start()
        # "<Body> ban hành …, yêu cầu": the first body in the sentence, if it acts
        first = next(iter(self.bodies_in(start, cue)), None)
        acts = first and self.grammar.acts.match(self.scan.folded, first.end)
        return ((first.start, first.end), cue) if first and acts and _ANOTHER.search(folded) else None

    def _issuer(self, start: int, cited: int) -> tuple[Span | None, int]:
        """Return who asks by a document named at a place: "<Body> đã có Công văn số 5 đề nghị", "<Body> vừa gửi văn bản
        yêu cầu", else the document."""
        index = bisect_right(self._ends, cited) - 1
        if index < 0 or self.bodies[index].start < start:
            return None, cited
        holder = _HOLDER.match(self.scan.view, self.bodies[index].end, cited)
        issues = self.grammar.issues.fullmatch(self.scan.folded, holder.end() if holder else cited, cited)
        span = self._titled(start, index)
        return (span, span[0]) if issues else (None, cited)

    def _goes_on(self, start: int, at: int) -> bool:
        """Tell whether the word for a place goes on with words before it."""
        return _QUALIFIES.search(self.scan.view[start:at]) is not None

    def _name_end(self, start: int, end: int) -> int | None:
        """Return where the words from an office to a cue end that name it, an adverb left out; None if they do more."""
        last = start + self.grammar.adverbs.search(self.folded(start, end)).start()  # type: ignore[union-attr]
        while last < end and self.scan.view[last + 1 : last + 2].isupper():  # "TP Hà | Nội"
            last += re.match(r"\s*\S*", self.scan.view[last:end]).end()  # type: ignore[union-attr]
        name = without_parentheses(self.folded(start, last))
        verbs = (m.start() for m in self.grammar.verb.finditer(name))
        acts = any(self.scan.view[start + at].islower() for at in verbs) or self.grammar.clause.search(name)
        return None if acts or len(name.split()) > _LONGEST_NAME else last

    def _joins(self, start: int, end: int) -> bool:
        """Tell whether only a name, an apposition or an adverb stands between an assigner and the cue."""
        between = self.scan.view[start:end]
        if len(between) > _LONGEST_GAP or ";" in between or ":" in between:
            return False
        known = self.grammar.after_assigner
        return all(w[0].isupper() or w[0].isdigit() or w in known for w in re.findall(r"\w+", between))

    def _titled(self, start: int, index: int) -> Span:
        """Return the assigner that ends at a body: the body, or a person's office with the body in its title.

        Of several offices the first that is more than a membership counts."""
        body = self.bodies[index]
        if not body.title_only:
            return body.start, body.end
        near = [b for b in self.bodies[max(0, index - 4) : index + 1] if b.title_only and b.start >= start]
        office = self.grammar.office
        found = [(office.search(self.scan.folded, max(start, b.start - 60), b.start), b.end) for b in near]
        spans = [(match.start(), end) for match, end in found if match]
        if spans and _LED.fullmatch(self.folded(start, spans[0][0])):
            return spans[-1]  # "Theo đề nghị của Giám đốc Sở A, Chủ tịch UBND tỉnh …": the comma ends the adverbial
        leading = [span for span in spans if not self.folded(*span).startswith("ủy viên")]
        return next(iter(leading or spans), (body.start, body.end))
