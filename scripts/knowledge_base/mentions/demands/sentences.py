"""An article as the demand finder reads it: paragraphs without noise, sentences, and who asks in them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest

from ...core.models import BodyMention, Citation, NoiseKind, Paragraph, ParagraphKind, Scan
from ...core.text import fold, nfc
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.phrases import PhraseList, pattern_of, words_of
from ..lexicon import NUMBERS, one_of
from ..word_tree import noise_spans

GIVE = "giao"
ASK = "yeu-cau"

_VERBS_WITH_OBJECT = r"""(?:
    thanh\ tra (?= , | \ việc | \ công\ vụ | \ đột\ xuất )              # not "Thanh tra tỉnh"
  | lãnh\ đạo (?= ,?\ chỉ\ đạo | \ việc | \ công\ tác | \ tốt | \ thực ) # not "lãnh đạo các sở"
  | quản\ lý\ (?= chặt | tốt | nghiêm )
  | bảo\ vệ\ (?= cán\ bộ | người | bí\ mật | nền\ tảng )
  | giáo\ dục (?= ,?\ (?: chính\ trị | nâng | cán\ bộ ) )
)"""
"""Words that are verbs only before some objects; elsewhere they are part of a name."""

_FOURTH_ON = "tư | " + " | ".join(NUMBERS[4:])
MARKER = re.compile(
    rf"""(?P<first> một\ là | thứ\ nhất | trước\ hết, | 1[.)]\s | a[.)]\s | i\.\s )
      | (?: thứ\ (?: nhất | hai | ba | {_FOURTH_ON} ) | (?: {" | ".join(NUMBERS[1:])} )\ là ) (?!\w)
      | \d{{1,2}}[.)]\s | [a-zđ][.)]\s | [ivx]{{1,4}}\.\s | cuối\ cùng,
    """,
    re.VERBOSE,
)
"""The mark of an item: "một là", "thứ hai", "3.", "b)", "iv."; ``first`` is one that opens a list."""

TOWARDS = re.compile(
    r"""[\s\-–+*•]{0,4} (?: \d{1,2}[.)]\s* | [a-zđ][.)]\s* )?   # the mark of an item
        (?: về\ [^,:]{2,60},\s* )?                              # "Về công tác cán bộ, …"
        đối\ với\s+ (?P<who>[^:]{2,200}?) \s*:                  # "đối với cấp ủy:"
    """,
    re.VERBOSE,
)
BEFORE_ASSIGNER = re.compile(r"(?:.{0,120}[\s,])?đối với\s+(?P<who>.{2,200}?)[\s,]*\Z", re.DOTALL)
AFTER_CUE = re.compile(r".{0,80}?(?<!\w)đối với\s+(?P<who>[^:]{2,200}?)\s*:?\s*\Z", re.DOTALL)

_DAY = r"""(?:
    (?: \d{1,2}\s*(?:giờ|h)\s*\d{0,2}\s*,?\s* )?                # 17 giờ 00,
    (?: ngày\s+ )? \d{1,2}                                      # ngày 15
    (?: [/.-]\d{1,2}(?:[/.-]\d{4})? | \s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})? )
)"""
_MONTH = r"""(?:
    (?: (?:cuối|đầu|giữa)\s+ )?
    (?: tháng\s+\d{1,2} | quý\s+(?:iv|i{1,3}|[1-4]) )
    (?: \s*[/-]\s*\d{4} | (?:\s+năm)?\s+\d{4} )?
)"""
_BY = r"""(?:
    (?: xong\  | hoàn\ thành\  )?
    (?: trước | chậm\ nhất(?:\ là)?(?:\ vào|\ trong|\ trước)? | muộn\ nhất(?:\ là)? | đến\ hết | hết
      | hạn\ cuối(?:\ là)? )
)"""
DEADLINE = re.compile(
    rf"""(?<!\w)(?:
        {_BY}\s+(?: {_DAY} | {_MONTH} )                                          # trước ngày 15/12
      | (?:ngay\ )?(?:trong|vào)\s+{_MONTH}                                      # ngay trong quý I
      | trong\s+(?:vòng|thời\ hạn)\s+\d{{1,3}}\s+(?:ngày|tuần|tháng)(?:\s+làm\ việc)?
      | (?:hoàn\ thành|xong)\s+(?:trong|trước)\s+(?: năm\s+\d{{4}} | {_DAY} )    # xong trong năm 2024
    )(?!\w)""",
    re.VERBOSE,
)


class DemandWords:
    """The patterns made of a vocabulary's lists.

    ``verb`` is the first word of a task, ``urged`` one that tells somebody to act, ``group`` the first words of those
    who are to do something, ``cue`` a word that asks (groups ``give`` and ``direct``), ``lead_cue`` one that opens a
    list, ``past`` what tells that nothing is asked any more; ``office``, ``acts`` and ``document_says`` are found
    before or behind the one who asks, ``after_assigner`` may stand between him and the cue."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        listed = partial(pattern_of, vocabulary)
        verbs, arranged = listed(PhraseList.TASK_VERBS), listed(PhraseList.ARRANGED)
        self.verb = re.compile(
            rf"""(?<!\w)(?:
                {_VERBS_WITH_OBJECT}
              | tổ\ chức (?=\ (?: {arranged} | các\ (?!đảng) ))   # not "tổ chức đảng", "tổ chức các đảng"
              | (?:{verbs}) (?!\w)
            )""",
            re.VERBOSE,
        )
        self.urged = re.compile(rf"(?:{listed(PhraseList.URGING)})(?!\w)")
        connectives = listed(PhraseList.CONNECTIVES)
        self.connected = re.compile(rf"[\s\-•–+*\"'(]{{0,6}}(?:(?:{connectives})(?!\w)[\s,]{{0,3}}){{0,3}}")
        many, assignees = listed(PhraseList.MANY), listed(PhraseList.ASSIGNEES)
        self.group = re.compile(rf"(?:(?:{many})\s+)?(?:các |đồng chí )?(?:{assignees})(?!\w)")
        asking = rf"(?P<give>{listed(PhraseList.ASSIGNING)})|(?P<direct>chỉ đạo)|{listed(PhraseList.ASKING)}"
        noun = rf"(?!\s*(?:{listed(PhraseList.ASKING_AS_NOUN)})(?!\w))"
        self.cue = re.compile(rf"(?<!\w)(?:{asking}|kêu gọi)(?!\w){noun}")
        self.lead_cue = re.compile(rf"(?<!\w)(?:{asking}|{listed(PhraseList.LISTING)})(?!\w)")
        counted, numbers = listed(PhraseList.COUNTED), "|".join(NUMBERS)
        self.count = re.compile(rf"(?<![\w./-])(?P<n>\d{{1,2}}|{numbers})\s+(?:nhóm\s+)?(?:{counted})(?!\w)")
        settled = listed(PhraseList.SETTLED)
        self.past = re.compile(
            rf"(?<!\w)(?:(?:đã|từng)(?!\w)(?! (?:được )?(?:{settled}))|luôn(?!\w)|đạt (?:được|kết quả|nhiều)"
            r"|được (?:triển khai|quan tâm|thực hiện|tăng cường|nâng))"
        )
        self.after_assigner = frozenset(words_of(vocabulary, PhraseList.AFTER_ASSIGNER))
        offices, ranks = listed(PhraseList.OFFICES), listed(PhraseList.OFFICE_RANKS)
        self.office = re.compile(rf"(?<!\w)(?:(?:phó|quyền)\s+)?(?:{offices})(?:\s+(?:{ranks})){{0,2}}\s*\Z")
        self.acts = re.compile(
            r"(?:\s+[^\W\d_]+){0,4}?\s+(?:(?:vừa|mới|đã|cũng|tiếp tục)\s+){0,2}"
            rf"(?:{listed(PhraseList.ACTING)})(?!\w)"
        )
        names = {fold(nfc(name)) for t in vocabulary.document_types.values() for name in (t.name, *t.names)}
        saying = r"(?:\s+(?:này|trên|nêu trên|cũng|đã|còn|nêu rõ|nhấn mạnh|chỉ rõ)){0,3}[\s,]*\Z"
        self.document_says = re.compile(rf"(?<!\w)(?:{one_of(names)}){saying}")


Span = tuple[int, int]

_SENTENCE = re.compile(r"[.!?…]{1,3}[\"')]{0,2}\s+(?=[\"'(]?[^\W\d_a-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ])")
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:TP|Tp|ThS|Th\.S|TS|PGS|GS|Tr|tr|Đ/c|đ/c|[A-ZĐ])\.\Z")
_PERSON = re.compile(r"(?:đồng chí|ông|bà)\s+(?:[^\W\d_]+\s+){2,5}(?:(?:cũng|đã|còn)\s+)?\Z")
_ANOTHER = re.compile(r"(?:,|\svà|\strong đó)\s*(?:trong đó\s*,?\s*)?(?:có nội dung\s+)?\Z")
_OWNED = re.compile(r"(?<!\w)(?:thực hiện|triển khai|quán triệt|căn cứ|theo)\s[^.;:\n]{2,160}\scủa\s\Z")
_PAST = re.compile(r"(?<!\w)(?:đã|từng)(?!\w)")
_CLAUSE = re.compile(r";|,\s*đồng thời(?!\w)|,\s*và(?!\w)|(?:,|\svà)(?=\s*(?:giao|đề nghị|yêu cầu|lưu ý)(?!\w))")
_ADJACENT = re.compile(r"[\s,]{0,3}(?:và\s+)?")
# Letters, chosen by hand; bounds that also keep the time linear.
_LONGEST_GAP = 110
"""Between the one who asks and the cue: room for a name and an apposition, not for another clause."""
_LONGEST_SEARCH = 400
"""Before a cue, in which the one who asks is looked for."""
_LONGEST_TITLE = 130
"""A longer paragraph without a mark at its end is no heading."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Where somebody asks: ``cue`` is the place of the word, ``rest`` where what is asked begins.

    ``towards`` are the words that name those asked. ``said``: the sentence itself says who asks (also where
    that is a document or a person, and ``assigner`` None). ``direct``: the word is "chỉ đạo". ``open``:
    paragraphs in the imperative may follow."""

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


class Page:
    """The paragraphs that are not noise, with look-ups by place."""

    def __init__(
        self, scan: Scan, bodies: Sequence[BodyMention], citations: Sequence[Citation], grammar: DemandWords
    ) -> None:
        self.scan, self.grammar = scan, grammar
        self.bodies = sorted(bodies, key=lambda b: (b.start, -b.end))
        self._starts = [b.start for b in self.bodies]
        self._ends = [b.end for b in self.bodies]
        self._cited = sorted((c.end, c.start) for c in citations)
        noise = noise_spans(scan, NoiseKind.CAPTION, NoiseKind.PLAYER, NoiseKind.TEASER, NoiseKind.BYLINE)
        self.blocks = [p for p in scan.paragraphs if p.start + len(p.text) // 2 not in noise]

    def folded(self, start: int, end: int) -> str:
        """Return the folded text of a span."""
        return self.scan.folded[start:end]

    def shown(self, start: int, end: int) -> str:
        """Return the text of a span as written, on one line, without marks at its ends."""
        return " ".join(self.scan.text[start:end].split()).strip(" ,;:-–•…").removesuffix(".")

    def skip(self, leave_out: re.Pattern[str], start: int, end: int) -> int:
        """Return where words begin behind what a pattern leaves out: marks and "rằng", or "Đồng thời, …"."""
        match = leave_out.match(self.scan.folded, start, end)
        return match.end() if match else start

    def mark(self, block: Paragraph) -> re.Match[str] | None:
        """Return the mark of an item at the head of a paragraph."""
        return MARKER.match(self.folded(block.start, block.start + 20))

    @staticmethod
    def is_title(block: Paragraph) -> bool:
        """Tell whether a plain paragraph looks like a heading: short, without a mark at its end."""
        short = block.kind is ParagraphKind.PARAGRAPH and len(block.text) < _LONGEST_TITLE
        return short and block.text.rstrip()[-1] not in ".;:!?…,\"”')"

    def sentences(self, start: int, end: int) -> list[Span]:
        """Return the spans of the sentences in a paragraph."""
        view = self.scan.view
        marks = _SENTENCE.finditer(view, start, end)
        cuts = [m.end() for m in marks if not _ABBREVIATED.search(view[max(start, m.start() - 5) : m.start() + 1])]
        return list(zip([start, *cuts], [*cuts, end], strict=True))

    def bodies_in(self, start: int, end: int) -> list[BodyMention]:
        """Return the bodies that stand wholly in a span, without those inside a person's title."""
        inside = self.bodies[bisect_left(self._starts, start) : bisect_right(self._starts, end)]
        return [b for b in inside if b.end <= end and not b.title_only]

    def is_inside_body(self, position: int) -> bool:
        """Tell whether a place lies inside the name of a body."""
        index = bisect_right(self._starts, position) - 1
        return index >= 0 and self.bodies[index].end > position

    def asks(self, start: int, end: int, before: Ask | None, cue: re.Pattern[str] | None = None) -> Iterator[Ask]:
        """Yield what a sentence asks, part by part; ``before`` is who asked last."""
        found: list[Ask] = []
        for match in (cue or self.grammar.cue).finditer(self.scan.folded, start, end):
            if self.is_inside_body(match.start()):
                continue
            if found and _ADJACENT.fullmatch(self.scan.folded, found[-1].rest, match.start()):
                # two cues, "chỉ đạo, yêu cầu": the second tells what kind it is
                kind, direct = _kind(match), bool(match["direct"])
                found[-1] = replace(found[-1], cue=match.start(), rest=match.end(), kind=kind, direct=direct)
            elif not (found and match["direct"]):
                ask = self._ask(start, end, match, found[-1] if found else None, before)
                found += [ask] if ask else []
        for ask, following in zip_longest(found, found[1:]):
            yield ask if following is None else replace(ask, end=following.start)

    def _ask(self, start: int, end: int, match: re.Match[str], same: Ask | None, before: Ask | None) -> Ask | None:
        """Return the ask at a cue, if somebody stands before it who can ask, or it opens its clause.

        ``same`` is the ask before it in the sentence, ``before`` the one in the sentences before."""
        cue, direct, sentence = match.start(), bool(match["direct"]), start
        start = max(start, cue - _LONGEST_SEARCH)
        if who := self._assigner(start, cue):
            assigner, begin = who
            past = direct and _PAST.search(self.folded(begin, cue))
            return None if past else Ask(begin, end, cue, match.end(), _kind(match), assigner, said=True, direct=direct)
        clause = max((m.end() for m in _CLAUSE.finditer(self.scan.folded, start, cue)), default=start)
        if direct or not self.grammar.connected.fullmatch(self.scan.folded, clause, cue):
            return None
        subject, first = None, bisect_left(self._starts, sentence)
        near = first < len(self.bodies) and self._starts[first] <= sentence + _LONGEST_GAP
        if near and not same and clause > start:  # "Bí thư Tỉnh ủy ghi nhận …; đồng thời đề nghị …"
            begun = self._titled(sentence, first)
            subject = begun if self._joins(sentence, begun[0]) else None
        known = same or before
        if subject is None and known is None and clause > start:
            return None
        assigner = subject or (known.assigner if known else None)
        return Ask(cue, end, cue, match.end(), _kind(match), assigner, said=bool(subject or same))

    def _assigner(self, start: int, cue: int) -> tuple[Span | None, int] | None:
        """Return the span of who asks (None: a document or a person) and where these words begin; None if nobody."""
        index = bisect_right(self._ends, cue) - 1
        if index >= 0 and self.bodies[index].start >= start and self._joins(self.bodies[index].end, cue):
            # "Thực hiện Công điện số 280 của Thủ tướng, yêu cầu …": named only as the owner of what is carried out
            body, span = self.bodies[index], self._titled(start, index)
            owner = _OWNED.search(self.folded(start, body.start)) and "," in self.scan.view[body.end : cue]
            return (None, cue) if owner else (span, span[0])
        folded = self.folded(start, cue)
        if speaker := self.grammar.document_says.search(folded) or _PERSON.search(folded, max(0, len(folded) - 90)):
            return None, start + speaker.start()
        cited = bisect_right(self._cited, (cue, cue)) - 1
        if cited >= 0 and self._cited[cited][1] >= start and self._joins(self._cited[cited][0], cue):
            return None, self._cited[cited][1]
        # "<Body> ban hành …, yêu cầu": the first body in the sentence, if it acts
        first = next(iter(self.bodies_in(start, cue)), None)
        acts = first and self.grammar.acts.match(self.scan.folded, first.end)
        return ((first.start, first.end), cue) if first and acts and _ANOTHER.search(folded) else None

    def _joins(self, start: int, end: int) -> bool:
        """Tell whether only a name, an apposition or an adverb stands between a assigner and the cue."""
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
        leading = [span for span in spans if not self.folded(*span).startswith("ủy viên")]
        return next(iter(leading or spans), (body.start, body.end))


def _kind(match: re.Match[str]) -> str:
    return GIVE if match["give"] else ASK
