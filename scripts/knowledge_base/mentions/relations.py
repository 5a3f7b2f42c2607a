"""Find words that relate a document to the one cited behind them: "thay thế Quy định số 124-QĐ/TW".

The words come from the vocabulary (``cues`` and ``inverse`` of each relation; their notation is told at
the head of ``relations.yml``). They must stand directly before the cited document, with nothing between
but words that only fill ("các nội dung của", "nghiêm túc") or name a part of it ("khoản 2 Điều 5", see
``provisions``); members of a list share the words before the first of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..core.models import Citation, Mention, NoiseKind, RelationCue, Scan
from ..core.text import at_word_start, fold, verbose
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.phrases import PhraseList, pattern_of, start_pattern_of
from .letterhead import read_head
from .lexicon import one_by_one, one_of
from .provisions import PartReader, Span, find_members
from .relation_cues import CueHit, CueWords
from .word_tree import noise_spans

# Bounds of how far is looked, chosen by hand; they keep the time linear. All cases, articles and seeds come out the
# same with 100 to 800, 150 to 1,200 and 150 to 2,000.
_WINDOW = 240
"""Letters before a document in which its cues may stand."""
_LONGEST_GAP = 420
"""Letters between two documents of one list, or between a document and the cue it is the subject of."""
_LONGEST_CLAUSE = 900
"""Letters looked back for the start of a clause."""

_OF_IT = r"""(?:                                        # what belongs to a document's name: its date …
    [\s,]{0,2}\(? (?:ban\ hành\ |ký\ )? ngày\s+\d{1,2}
    (?: [/.-]\d{1,2}[/.-] | \s+tháng\s+\d{1,2}\s+năm\s+ ) \d{4}\)?
  )?
  (?: [\s,]{0,2}\(?của\s+                                 # … and its issuer, or several
    (?: liên\ (?:bộ|ngành|tịch)\W [^.;\n]{2,140}? (?=\s(?:về|quy\ định|hướng\ dẫn|ban\ hành)\s)
      | [^\W\d_]+(?:[ -][^\W\d_]+){0,11}? ) \)?
  )?
"""
_TITLE = r"""(?: [\s,]{0,2} (?:về|quy\ định\ về|["(]) [^;.:]{2,320}? )?"""
_JOINT = r"[\s)]{0,2} (?P<joint> ,\s*(?:và|cùng) | , | ; | \s+và | \s+cùng | \s+cùng\ với | \s+hoặc | \s+hay ) \s+"
_JOINED = verbose(rf"""{_OF_IT} {_TITLE} {_JOINT}
        (?: các\  | những\  | cả\  )? (?: [^\W\d_]+(?:\ [^\W\d_]+){{0,2}}:\ ? )? \Z   # "và các Chỉ thị: "
    """)
"""What joins the next member of a list of documents to the one before it."""
_ANEW = re.compile(r"(?:,|\svà)\s*\Z")
_BESIDES = re.compile(rf"{_OF_IT} \s* (?: ,? \s* (?:và|đồng\ thời) | , ) \s+", re.VERBOSE)
"""What stands between a document changed and the verb of the next that the same one changes."""
_IN_TITLE = re.compile(rf"{_OF_IT} \s* (?:(?:về|việc|để|nhằm|tiếp\ tục)\s+){{0,3}} \Z", re.VERBOSE)
"""What stands between a document and a cue of its title: "… của Chính phủ về việc sửa đổi"."""
_ACTS = verbose(r"""
        (?: \A | [,:;("] | (?<!\w)(?: ban\ hành | phát\ hành | ký | công\ bố | thông\ qua | có | ra | bằng | thì | nay
        | đó | này ) ) \s* (?: bản\  | văn\ bản\  )? \Z""")
"""What stands before a document that does what a verb joined on behind it says: "Chỉ thị 41 … và thay thế …", not
"kế thừa Nghị quyết 08 và thay thế …", where somebody else does both."""
_BY = r"(?: bởi | bằng | tại | trong | theo )"
"""What stands behind a passive verb, before the document that acts: "được sửa đổi, bổ sung tại …"."""
_BODY_FOR = re.compile(r"(?<!\w)(?:ban\ chỉ\ đạo|tổ\ công\ tác|tiểu\ ban)\s+\Z")
"""A body made for carrying something out carries out nothing in this sentence."""
_ATTACHED = re.compile(r"(?<!\w)(?:kèm|ban\ hành)\s+\Z")
_LINKS = re.compile(r"(?:\s+(?:của|tại|trong|ở|(?:được )?ban hành(?: kèm)? theo|kèm theo)|[\s,])+\Z")
"""What joins a part to its document."""
_SUPPOSED = re.compile(r"(?<!\w)(?:khi|nếu|trường\ hợp)\s+\Z")
_ASKED = re.compile(r"[^.!;\n]{0,400}\?")
_WHEN = re.compile(r"[^.,;:\n]{0,90}?\s(?:khi|nếu) (?:\w+ ){0,4}?được [^.,;:\n]{0,60}?(?:thông qua|phê duyệt)(?!\w)")
_ENACTS = re.compile(r"\s*(?:điều\ \d{1,3}\s?[.:]|\d{1,3}(?:\.\d{1,2})?\s?[.)]|[a-zđ]\)|[-–•+*])?\s*")
"""What may stand in a line before the verb of a provision: "Điều 2. Bãi bỏ …", "- Sửa đổi …"."""
_CLAUSE_END = re.compile(r"[.!?…:;\n](?:(?<=\n)|(?<=[:;])\s|(?<=[.!?…])[.!?…]*[\"')]*\s+(?=\S))")
_AS_NOUN = re.compile(r"(?<!\w)(?:việc|công tác|quá trình|tình hình)\s+(?:tổ chức\s+)?\Z")
_JUDGED = re.compile(
    r"[^.;:\n]{0,200}?(?<!\w)(?:còn|vẫn|chưa|chậm|bị|mang\ tính|có\ lúc|có\ nơi|đạt|được\ đánh\ giá)(?!\w)", re.VERBOSE
)
"""How something was carried out: "việc thực hiện Chỉ thị 10 … còn hình thức" carries out nothing itself."""
_PREAMBLE_ENDS = re.compile(
    r"^\W{0,4}(?:điều\ 1(?!\d) | (?:phần\ )?i\s?[.)/] | 1\s?[.)/] | a\s?[.)] | chương\ i\s | quyết\ định\s?:)",
    re.MULTILINE | re.VERBOSE,
)
_RECITES = re.compile(r"\W{0,4}(?:để\s+|về\s+(?:việc\s+)?)?")
"""What may stand in a line before the verb of a recital or a title: "- Căn cứ …", "Để thực hiện …", "Về việc …"."""
_LONGEST_PREAMBLE = 1500
"""Letters of a letter's head and first paragraph, where nothing tells where its recitals end; chosen by hand."""
_NEGATED = re.compile(r"(?<!\w)(?:chưa|không|chẳng)(?:\s+(?:hề|thể|còn|phải|là|bị|được|có))?\s+\Z")


@dataclass
class _RelationText:
    """An article while it is searched: its documents in order, the cue of each, those that are targets, and by which
    document those are changed."""

    scan: Scan
    documents: list[Mention]
    hits: list[CueHit | None] = field(default_factory=list)
    targets: set[int] = field(default_factory=set)
    _clauses: dict[int, int] = field(default_factory=dict)
    sources: dict[int, Span] = field(default_factory=dict)

    @cached_property
    def preamble(self) -> int:
        """Where the recitals of an official text end; 0 for any other text."""
        official = read_head(self.scan).number is not None
        end = _PREAMBLE_ENDS.search(self.scan.folded) if official else None
        return end.start() if end else _LONGEST_PREAMBLE * official

    def clause_start(self, position: int) -> int:
        """Return where the clause that holds ``position`` starts (looking back a bounded way)."""
        if position not in self._clauses:
            self._clauses[position] = self._clause_start(position)
        return self._clauses[position]

    def _clause_start(self, position: int) -> int:
        floor = max(self.line_start(position), position - _LONGEST_CLAUSE)
        ends = _CLAUSE_END.finditer(self.scan.folded, floor, position + 1)  # its letter shows that a clause begins
        return max((end.end() for end in ends if end.end() <= position), default=floor)

    def line_start(self, position: int) -> int:
        """Return where the paragraph that holds ``position`` starts."""
        place = bisect_right(self.scan.paragraphs, position, key=lambda paragraph: paragraph.start)
        return self.scan.paragraphs[place - 1].start if place else 0


class RelationFinder:
    """Finds relation cues with the words of a vocabulary.

    Of its patterns ``content`` joins what is "nội dung của" the next document to the one before; ``subject`` may stand
    between a document and the cue it is the subject of, ``new_subject`` may not; what is ``proposed``, a ``draft`` or
    ``inspected`` is not done yet."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        fillers, linking = pattern_of(vocabulary, PhraseList.FILLERS), pattern_of(vocabulary, PhraseList.LINKING)
        fill = rf"[\s,]{{1,3}}(?:{fillers}|năm\ \d{{4}}|\d{{1,3}})(?![\w/-])"
        self._content = re.compile(
            rf"{_OF_IT} {_TITLE} {_JOINT} (?:các\ |những\ |một\ số\ )? nội\ dung (?:{fill}){{0,6}} \s+\Z",
            re.VERBOSE,
        )
        linked = rf"(?:{linking}|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}}) (?!\w)[\s,]*"
        self._subject = verbose(rf"""{_OF_IT} [\s,]*
                (?: (?: {linked} ){{0,9}}                                  # "có hiệu lực từ"
                  | (?:về|quy\ định|") (?!\w)[^;.:]{{0,320}}              # its title
                ) \Z""")
        soon = rf"(?: {linked} | (?:nay|hiện|vừa|mới)\ )"
        self._linked = re.compile(rf"{_OF_IT} [\s,(]* {soon}{{0,9}} \Z", re.VERBOSE)
        self._new_subject = re.compile(rf"{start_pattern_of(vocabulary, PhraseList.NEW_SUBJECTS)}(?!\w)")
        self._proposed = re.compile(rf"{start_pattern_of(vocabulary, PhraseList.PROPOSING)}(?!\w)[^.;:]{{0,60}}\Z")
        self._draft = re.compile(rf"{start_pattern_of(vocabulary, PhraseList.DRAFTING)}(?!\w)")
        inspecting = pattern_of(vocabulary, PhraseList.INSPECTING)
        self._inspected = re.compile(rf"(?<!\w)(?:{inspecting})(?:\s+(?:việc|quá trình|tình hình|trong))?[\s,]+\Z")
        self._parts = PartReader(vocabulary)
        self._part_of = {r.part_of: r.id for r in vocabulary.relations.values() if r.part_of}
        self._joined_part = re.compile(rf"{_OF_IT} {_TITLE} {_JOINT} (?={self._parts.words} \s* \Z)", re.VERBOSE)
        self._cues = CueWords(vocabulary)
        self._chain, acting = self._cues.chain(fill), self._cues.acting_pattern
        self._passive = verbose(rf"""
        (?P<told> (?<!\w)(?:được|bị)\s+ )? (?P<verbs> {acting} (?: \s*(?:,|và|hoặc|hay)\s* {acting} ){{0,3}} )
                (?P<part> (?: \s+ (?=\w) {self._parts.words} )? ) \s+ (?P<by>{_BY}) {self._parts.words} \s+ \Z""")
        behind = rf"{_OF_IT} (?P<title> {_TITLE} ) [\s,]* (?:cũng\ |đã\ |sẽ\ )?"
        self._after = [(re.compile(rf"{behind} (?P<cue>{c.pattern})(?!\w)", re.VERBOSE), c) for c in self._cues.after]
        # what the text calls itself: "Quyết định này", or "Quyết định có hiệu lực …" at the beginning
        kinds = vocabulary.document_types.values()
        names = ((name, kind.id) for kind in kinds for name in (kind.name, *kind.names) if not name.isupper())
        self._proposals = {kind.id for kind in vocabulary.document_types.values() if kind.proposes}
        self._types: dict[str, str] = {fold(name): kind for name, kind in names}
        self._types |= {"văn bản": ""}
        named, begin = one_of(self._types), at_word_start(one_by_one(self._types))
        self._this = re.compile(rf"(?P<type>{begin})\s+này(?!\w)")
        self._itself = verbose(rf"""\s* (?:đồng\ thời,?\ )?
                (?: (?P<type>{named}) \s+ (?: (?:sẽ|đã|cũng|chính\ thức)\s+ ){{0,2}} có\ hiệu\ lực (?!\w) [^;:]{{0,120}}
                  | (?: theo\ đó | trong\ đó | đồng\ thời | cụ\ thể ) [\s,]*
                  | (?:các|những)\ [^;:.]{{0,60}} (?:bị|được)\        # "Các Nghị định bị bãi bỏ gồm:"
                  | (?:các|những)\ (?:{named}) (?!\w) [^;:.]{{0,60}}? \ sau (?:\ đây)? \ (?:cũng\ |sẽ\ )?
                ) \Z""")
        self._issues = verbose(rf"""[^.\n]*? ,\s+ [^,.;:\n]{{2,90}}? \s (?:(?:đã|vừa|cũng)\s+){{0,2}}
                (?: (?: ký\ ban\ hành | xây\ dựng\ và\ ban\ hành | ban\ hành | xây\ dựng ) \s+ (?P<type>{named})(?!\w)
                  | (?:có | ra | gửi) \s+ (?P<written>{named}) (?=\ (?:số\ )?\d) )""")
        self._unnumbered = re.compile(rf"{begin}\s+(?:để\ |nhằm\ )?\Z")
        self._opens = verbose(r"\s+ [^.;:\n]{0,200}+ (?: : \s* | \n \s* (?=\d) )")
        self._ending = re.compile(  # "Các Quyết định sau đây hết hiệu lực kể từ …:"
            rf"s(?<!\ws)au(?:\sđây)?\s+(?:(?:cũng|sẽ)\s+)?(?P<cue>{self._cues.ended_pattern})[^;:\n]{{0,200}}:\s*"
        )
        self._of_these = re.compile(rf"(?<!\w)(?:các|những)\s+(?:{named})(?!\w)[^.;:\n]{{0,60}}\Z")
        self._types_named = re.compile(rf"{begin}(?!\w)")

    def find(self, scan: Scan, cited: Sequence[Mention]) -> list[RelationCue]:
        """Return the relation cues of an article, in order of the documents behind them."""
        noise = noise_spans(scan, NoiseKind.CAPTION, NoiseKind.PLAYER, NoiseKind.TEASER)
        documents = sorted((m for m in cited if m.start not in noise), key=lambda m: (m.start, -m.end))
        page = _RelationText(scan, documents)
        found: list[RelationCue] = []
        listed = self._listed(page)
        for index, document in enumerate(documents):
            hit = listed.get(index) or self._own(page, index) or self._shared(page, index)
            page.hits.append(hit)
            if hit is None:
                found += self._following(page, index)
                continue
            planned = scan.folded.endswith("sẽ ", 0, hit.start) and _WHEN.match(scan.folded, document.end)
            if hit.cue.relation.effect and (planned or _ASKED.match(scan.folded, document.end)):
                continue
            source, target = self._find_subject(page, index, hit), (document.start, document.end)
            if hit.cue.relation.effect and self._only_proposes(page, source, document, hit.inverted):
                continue
            if not hit.inverted:
                own = self._speaks_itself(page, hit) if source is None else None
                if source is None and own is None:
                    source, own = self._find_issued(page, index, hit)
                found.append(self._cue(page, hit, source, target, own))
                if source and hit.cue.relation.effect:
                    page.sources[index] = source
                if hit.cue.relation.strength != "event":
                    page.targets.add(index)
            elif source:  # an inverse cue needs its subject
                part = self._parts.before(scan.folded, page.clause_start(source[0]), source[0]) or hit.part
                found.append(self._cue(page, hit._replace(part=part), target, source, None))
        return found

    def _cue(self, page: _RelationText, hit: CueHit, source: Span | None, target: Span, own: str | None) -> RelationCue:
        """Return what is told; of a part it is the relation of parts, where there is one."""
        words, relation = page.scan.text[hit.start : hit.end], hit.cue.relation.id
        part = _LINKS.sub("", page.scan.text[slice(*hit.part)]).strip(" ,") if hit.names_part else ""
        relation = self._part_of.get(relation, relation) if part else relation
        return RelationCue(hit.start, hit.end, words, relation, source, target, own, part)

    def _only_proposes(self, page: _RelationText, subject: Span | None, document: Mention, inverted: bool) -> bool:
        """Tell whether what acts only proposes: a "Tờ trình về sửa đổi Nghị quyết 42" changes none but a Tờ trình."""
        other = next((d for d in page.documents if (d.start, d.end) == subject), None)
        acting, changed = (_type_of(d) for d in ((document, other) if inverted else (other, document)))
        return acting in self._proposals and acting != changed

    def _listed(self, page: _RelationText) -> dict[int, CueHit]:
        """Return the cues of the documents that are members of lists: "Bãi bỏ các Quyết định sau: …"."""
        text = page.scan.folded
        found: dict[int, CueHit] = {}
        if not page.documents:
            return found
        for verb in self._cues.acting.finditer(text):
            opened = self._opens.match(text, verb.end())
            first = bisect_left(page.documents, verb.end(), key=lambda d: d.start)
            if opened is None or first == len(page.documents) or page.documents[first].start < opened.end():
                continue
            told = self._types_named.search(text, max(page.clause_start(verb.start()), verb.start() - 60), opened.end())
            if told is None or not self._is_done(page, hit := self._cues.find_all(page.scan.folded, *verb.span())[0]):
                continue
            part = self._parts.before(text, verb.end(), told.start()) or (0, 0) if told.start() > verb.end() else (0, 0)
            for at, own_part in find_members(text, opened.end(), page.documents[first:], self._parts):
                is_part = own_part[0] < own_part[1]
                found[first + at] = hit._replace(part=own_part if is_part else part)
        for opened in self._ending.finditer(text) if self._cues.ended.search(text) else ():
            if not self._of_these.search(text, page.clause_start(opened.start()), opened.start()):
                continue
            cue = next(cue for _, cue in self._after if re.fullmatch(cue.pattern, opened["cue"]))
            first = bisect_left(page.documents, opened.end(), key=lambda d: d.start)
            for at, own_part in find_members(text, opened.end(), page.documents[first:], self._parts):
                found[first + at] = CueHit(cue, *opened.span("cue"), part=own_part)
        return found

    def _own(self, page: _RelationText, index: int) -> CueHit | None:
        """Return the cue that stands directly before a document in its clause: of chained ones that of legal effect,
        else an event's, else the first; None if it is denied, inspected or only proposed."""
        text, end = page.scan.folded, page.documents[index].start
        floor = page.documents[index - 1].end if index else 0
        begin = max(floor, page.clause_start(end), end - _WINDOW)
        if self._cues.acting.search(text, begin, end) and (passive := self._passive.search(text, begin, end)):
            return self._read_passive(page, passive)
        match = self._chain.search(text, begin, end)
        if match is None or _ATTACHED.search(text, begin, match.start()):  # "kèm theo" is no "theo"
            return self._of_part(page, begin, end)
        chain = self._cues.find_all(page.scan.folded, match.start(), match.end())
        best = next((f for f in chain if f.cue.relation.effect), None)
        if best is not None:
            last = chain[-1] if chain[-1].cue.relation.effect else best
            part = self._parts.between(text, last.end, end)
            return best._replace(part=part) if part and self._is_done(page, best) else None
        best = next((f for f in chain if f.cue.relation.strength == "event"), chain[0])
        noun = _AS_NOUN.search(text, max(begin, best.start - 30), best.start)
        judged = noun and _JUDGED.match(text, page.documents[index].end)
        return best if self._is_done(page, best) and not judged else None

    def _read_passive(self, page: _RelationText, match: re.Match[str]) -> CueHit | None:
        """Return the cue of "được sửa đổi, bổ sung [một số điều] tại …": of several verbs that of the least effect.
        With a part, only "được", "bị" or "bởi" tell it from "sửa đổi một số điều tại …"."""
        if not match["told"] and match["part"] and match["by"].strip() != "bởi":
            return self._of_part(page, match.start(), match.endpos)
        hits = self._cues.find_all(page.scan.folded, *match.span("verbs"))
        least = next((h for h in hits if h.cue.relation.id not in self._part_of), hits[0])
        hit = least._replace(start=match.start(), end=match.end("by"), inverted=True, part=match.span("part"))
        before = page.scan.folded[max(page.clause_start(hit.start), hit.start - 100) : hit.start]
        return None if _NEGATED.search(before) else hit

    def _of_part(self, page: _RelationText, begin: int, end: int) -> CueHit | None:
        """Return the nearest cue of legal effect with words between that name a part: "bãi bỏ khoản 2 Điều 5 …"."""
        text = page.scan.folded
        for verb in self._cues.acting.finditer(text, max(page.clause_start(end), begin), end):
            if (part := self._parts.between(text, verb.end(), end)) and part[0] < part[1]:
                hit = self._cues.find_all(page.scan.folded, *verb.span())[0]._replace(part=part)
                return hit if self._is_done(page, hit) else None
        return None

    def _is_done(self, page: _RelationText, hit: CueHit) -> bool:
        """Tell whether what a cue says is done: not denied, not proposed or drafted, not only inspected."""
        start = page.clause_start(hit.start)
        before = page.scan.folded[max(start, hit.start - 100) : hit.start]
        if _NEGATED.search(before) or (hit.cue.inside and not before.strip()):
            return False
        if hit.cue.relation.effect:
            return not self._proposed.search(before) and not self._draft.search(page.scan.folded, start, hit.start)
        return not self._inspected.search(before) and not _BODY_FOR.search(before)

    def _shared(self, page: _RelationText, index: int) -> CueHit | None:
        """Return the cue of the document before, if this one is the next member of its list.

        "quán triệt kế hoạch triển khai A và những nội dung của B": B goes with the verb of the sentence."""
        begin, end = (page.documents[index - 1].end, page.documents[index].start) if index else (0, 0)
        gap = page.scan.folded[begin:end] or "\n"
        if len(gap) > _LONGEST_GAP or "\n" in gap or self._new_subject.search(gap):
            return None
        hit = page.hits[index - 1]
        if hit and hit.inverted and ")" in gap.partition("(")[0]:
            return None  # "(được sửa đổi tại A), B": what is in brackets ends there
        if hit and (joined := _JOINED.match(gap)):
            loose = joined["joint"].strip() == ";" and hit.cue.relation.strength != "event"
            # "bãi bỏ khoản 2 Điều 5 A và B": all of B, or that part?
            unclear = hit.names_part and hit.cue.relation.id in self._part_of
            apart = unclear or (loose and hit.start != page.clause_start(hit.start))
            return None if apart else hit._replace(part=(0, 0))
        if hit and hit.cue.relation.effect and not hit.inverted and (more := self._joined_part.match(gap)):
            part = self._parts.between(page.scan.folded, begin + more.end() - 1, end)
            return hit._replace(part=part) if part else None
        if self._content.match(gap):
            end = page.documents[index - 1].start
            cues = self._cues.find_all(page.scan.folded, max(page.clause_start(end), end - _WINDOW), end)
            return next((f for f in cues if f.cue.relation.strength == "event"), hit)
        return None

    def _following(self, page: _RelationText, index: int) -> Iterator[RelationCue]:
        """Yield the relation told by words behind a document, or behind the list it ends: "A và B hết hiệu lực"."""
        text, end = page.scan.folded, page.documents[index].end
        if not self._cues.ended.search(text, end, end + _LONGEST_GAP):  # asked first: most texts say no such thing
            return
        found = ((p.match(text, end, end + _LONGEST_GAP), cue) for p, cue in self._after)
        match, cue = next(((m, c) for m, c in found if m), (None, None))
        if match is None or cue is None or _ASKED.match(text, end):
            return
        if match["title"].strip() and _NEGATED.search(text[: match.start("cue")][-20:]):
            return
        hit = CueHit(cue, *match.span("cue"))
        this = self._this.search(text, page.clause_start(page.documents[index].start), match.end("cue") + 80)
        own = self._types[this["type"]] if this else None
        while index >= 0 and page.hits[index] is None:
            document = page.documents[index]
            start = page.clause_start(document.start)
            if _SUPPOSED.search(text, start, document.start) or self._proposed.search(text[start : document.start]):
                return
            part = self._parts.before(text, start, document.start) or (0, 0)
            yield self._cue(page, hit._replace(part=part), None, (document.start, document.end), own)
            index -= 1
            if index < 0 or not _JOINED.match(text[page.documents[index].end : document.start]):
                return

    def _find_subject(self, page: _RelationText, index: int, hit: CueHit) -> Span | None:
        """Return the document that is the subject of a cue: the nearest before it in its clause, if only its own
        date, issuer and title stand between them."""
        before = [i for i in range(max(0, index - 8), index) if page.documents[i].end <= hit.start]
        if not before:
            return None
        nearest, text = page.documents[before[-1]], page.scan.folded
        between = text[nearest.end : hit.start]
        if nearest.start < page.clause_start(hit.start) or len(between) > _LONGEST_GAP:
            return None
        if hit.inverted:
            first = self._find_first_changed(page, before) if _BESIDES.fullmatch(between) else None
            return first or self._find_changed(page, index, nearest, between)
        if self._new_subject.search(between) or (hit.cue.relation.effect and self._unnumbered.search(between)):
            return None
        relation = hit.cue.relation
        free = relation.strength == "weak" or before[-1] not in page.targets or _IN_TITLE.match(between)
        if hit.cue.relation.effect and _BESIDES.fullmatch(between) and before[-1] in page.sources:
            return page.sources[before[-1]]  # "Thông tư A sửa đổi B và thay thế C"
        begin = max(page.documents[before[-1] - 1].end if before[-1] else 0, page.clause_start(nearest.start))
        acts = _ACTS.search(text[begin : nearest.start]) if relation.effect else relation.strength == "weak"
        told = free and (acts or not _ANEW.search(between)) and self._subject.match(between)
        return (nearest.start, nearest.end) if told else None

    @staticmethod
    def _find_first_changed(page: _RelationText, before: Sequence[int]) -> Span | None:
        """Return the document that several passives of a sentence are told of: "A được sửa đổi bởi B, được thay thế bởi
        C"; None where the nearest document is not one that acts."""
        begin = page.clause_start(page.documents[before[-1]].start)
        in_clause = [page.documents[i] for i in before if page.documents[i].start >= begin]
        acting = [document for document in in_clause if page.scan.folded.endswith("bởi ", begin, document.start)]
        if not acting or acting[-1] is not in_clause[-1] or acting[0] is in_clause[0]:
            return None
        return in_clause[0].start, in_clause[0].end

    def _find_changed(self, page: _RelationText, index: int, nearest: Mention, between: str) -> Span | None:
        """Return the document that a passive is told of: the nearest, if nothing but date and issuer stand between;
        behind its title only if both are of one type, for the title may name a law that is meant."""
        kinds = {_type_of(page.documents[index]), _type_of(nearest)}
        told = self._linked.match(between) or (len(kinds) == 1 and None not in kinds)
        return (nearest.start, nearest.end) if told else None

    def _speaks_itself(self, page: _RelationText, hit: CueHit) -> str | None:
        """Return the type that the text gives itself as the subject of a cue: "Quyết định này … thay thế", or "" for a
        provision without subject ("Điều 2. Bãi bỏ …"); None if somebody else may be the subject."""
        start, text = page.clause_start(hit.start), page.scan.folded
        before = text[start : hit.start]
        effect, this = hit.cue.relation.effect, self._this.search(before)
        if this and not self._new_subject.search(before, this.end()) and (effect or this.start() == 0):
            return self._types[this["type"]]
        if not effect:
            line = text.rfind("\n", 0, hit.start) + 1
            recital = hit.start < page.preamble and _RECITES.fullmatch(text, line, hit.start)
            return "" if recital and hit.cue.relation.strength == "stated" else None
        if itself := self._itself.match(before):
            return self._types[itself["type"]] if itself["type"] else ""
        return "" if _ENACTS.fullmatch(text, page.line_start(hit.start), hit.start) else None

    def _find_issued(self, page: _RelationText, index: int, hit: CueHit) -> tuple[Span | None, str | None]:
        """Return the document that the sentence goes on to tell of: "Thực hiện Nghị quyết số …, Tỉnh ủy ban hành Kế
        hoạch số …", as its span, or as the type of the text itself where it has no number."""
        text, start = page.scan.folded, page.clause_start(hit.start)
        opens = not text[start : hit.start].replace("để", "").strip()
        if not opens or hit.cue.relation.effect or hit.cue.relation.strength != "stated":
            return None, None
        end = page.documents[index].end
        issued = self._issues.match(text, end, end + _LONGEST_CLAUSE)
        if issued is None:
            return None, None
        begin, behind = issued.span("type" if issued["type"] else "written")
        at = bisect_left(page.documents, begin, key=lambda d: d.start)
        if at < len(page.documents) and page.documents[at].start <= behind + len(" số "):
            return (page.documents[at].start, page.documents[at].end), None
        return None, self._types[issued["type"]] if issued["type"] else None


def _type_of(document: Mention | None) -> str | None:
    return document.type if isinstance(document, Citation) else None
