"""Find words that relate a document to the one cited behind them: "thay thế Quy định số 124-QĐ/TW".

The words come from the vocabulary (``cues`` and ``inverse`` of each relation; their notation is told at
the head of ``relations.yml``). They must stand directly before the cited document, with nothing between
but words that only fill ("các nội dung của", "nghiêm túc"); members of a list share the words before
the first of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..core.models import Mention, NoiseKind, RelationCue, Scan
from ..core.text import fold, nfc
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.phrases import PhraseList, pattern_of
from ..sources.vocabulary.schemas import Relation
from .lexicon import COUNTED_YEARS
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
  (?: [\s,]{0,2}\(?của\s+[^\W\d_]+(?:[ -][^\W\d_]+){0,11}?\)? )?    # … and its issuer
"""
_TITLE = r"""(?: [\s,]{0,2} (?:về|quy\ định\ về|["(]) [^;.:]{2,320}? )?"""
_JOINT = r"[\s)]{0,2} (?P<joint> ,\s*và | , | ; | \s+và | \s+cùng | \s+cùng\ với | \s+hoặc | \s+hay ) \s+"
_JOINED = re.compile(
    rf"""{_OF_IT} {_TITLE} {_JOINT}
        (?: các\  | những\  | cả\  )? (?: [^\W\d_]+(?:\ [^\W\d_]+){{0,2}}:\ ? )? \Z   # "và các Chỉ thị: "
    """,
    re.VERBOSE,
)
"""What joins the next member of a list of documents to the one before it."""
_STEP = r"(?: , | \s+(?: và | việc | tổ\ chức | đẩy\ mạnh | chuyên\ đề | năm\ \d{4} | quá\ trình ) )"
"""What may stand between the cues of a chain: "quán triệt, triển khai, tổ chức thực hiện"."""
_ANEW = re.compile(r"(?:,|\svà)\s*\Z")
_ACTS = re.compile(
    r"""(?: \A | [,:;("] | (?<!\w)(?: ban\ hành | phát\ hành | ký | công\ bố | thông\ qua | có | ra | bằng | thì | nay
        | đó | này ) ) \s* (?: bản\  | văn\ bản\  )? \Z""",
    re.VERBOSE,
)
"""What stands before a document that does what a verb joined on behind it says: "Chỉ thị 41 … và thay thế …", not
"kế thừa Nghị quyết 08 và thay thế …", where somebody else does both."""
_CLAUSE_END = re.compile(r"[.!?…]+[\"')]*\s+(?=\S)|[:;]\s|\n")
_NEGATED = re.compile(r"(?<!\w)(?:chưa|không|chẳng)(?:\s+(?:hề|thể|còn|phải|là|bị|được|có))?\s+\Z")


@dataclass(frozen=True, slots=True)
class _Cue:
    """A relation's words as a pattern. ``inverted``: the document behind them is the citing one;
    ``inside``: words of the sentence must stand before them; ``after``: they stand behind the document."""

    relation: Relation
    pattern: str
    inverted: bool = False
    inside: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class _CueHit:
    """A cue at ``start:end`` of the folded text."""

    cue: _Cue
    start: int
    end: int


@dataclass(slots=True)
class _RelationText:
    """An article while it is searched: its documents in order, the cue of each, and those that are targets."""

    scan: Scan
    documents: list[Mention]
    hits: list[_CueHit | None] = field(default_factory=list)
    targets: set[int] = field(default_factory=set)

    def clause_start(self, position: int) -> int:
        """Return where the clause that holds ``position`` starts (looking back a bounded way)."""
        place = bisect_right(self.scan.paragraphs, position, key=lambda paragraph: paragraph.start)
        floor = max(self.scan.paragraphs[place - 1].start if place else 0, position - _LONGEST_CLAUSE)
        return max((m.end() for m in _CLAUSE_END.finditer(self.scan.folded, floor, position)), default=floor)


class RelationFinder:
    """Finds relation cues with the words of a vocabulary.

    Of its patterns ``content`` joins what is "nội dung của" the next document to the one before; ``subject`` may stand
    between a document and the cue it is the subject of, ``new_subject`` may not; what is ``proposed`` or ``inspected``
    is not done yet."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        fillers, linking = pattern_of(vocabulary, PhraseList.FILLERS), pattern_of(vocabulary, PhraseList.LINKING)
        fill = rf"[\s,]{{1,3}}(?:{fillers}|năm\ \d{{4}}|\d{{1,3}})(?![\w/-])"
        self._content = re.compile(
            rf"{_OF_IT} {_TITLE} {_JOINT} (?:các\ |những\ |một\ số\ )? nội\ dung (?:{fill}){{0,6}} \s+\Z",
            re.VERBOSE,
        )
        self._subject = re.compile(
            rf"""{_OF_IT} [\s,]*
                (?: (?: (?:{linking}|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}}) (?!\w)[\s,]* ){{0,9}}   # "có hiệu lực từ"
                  | (?:về|quy\ định|") (?!\w)[^;.:]{{0,320}}                                     # its title
                ) \Z""",
            re.VERBOSE,
        )
        self._new_subject = re.compile(rf"(?<!\w)(?:{pattern_of(vocabulary, PhraseList.NEW_SUBJECTS)})(?!\w)")
        self._proposed = re.compile(rf"(?<!\w)(?:{pattern_of(vocabulary, PhraseList.PROPOSING)})(?!\w)[^.;:]{{0,60}}\Z")
        inspecting = pattern_of(vocabulary, PhraseList.INSPECTING)
        self._inspected = re.compile(rf"(?<!\w)(?:{inspecting})(?:\s+(?:việc|quá trình|tình hình|trong))?[\s,]+\Z")
        cues = [cue for relation in vocabulary.relations.values() for cue in _cues(relation)]
        cues.sort(key=lambda cue: (-len(cue.pattern), cue.relation.id))
        before = [cue for cue in cues if not cue.after]
        first = _either(cue.pattern for cue in before)
        later = _either(cue.pattern for cue in before if not cue.inside)
        self._chain = re.compile(
            rf"{first} (?: {_STEP}{{0,3}} [\s,]{{1,2}} {later} ){{0,4}} (?:{fill}){{0,9}} \s+\Z", re.VERBOSE
        )
        self._single = re.compile(first)
        self._cues = [(re.compile(rf"(?:{cue.pattern})(?!\w)"), cue) for cue in before]
        after = [cue for cue in cues if cue.after]
        behind = rf"{_OF_IT} [\s,]* (?:cũng\ |đã\ |sẽ\ )?"
        self._after = [(re.compile(rf"{behind} (?P<cue>{c.pattern})(?!\w)", re.VERBOSE), c) for c in after]

    def find(self, scan: Scan, cited: Sequence[Mention]) -> list[RelationCue]:
        """Return the relation cues of an article, in order of the documents behind them."""
        noise = noise_spans(scan, NoiseKind.CAPTION, NoiseKind.PLAYER, NoiseKind.TEASER)
        documents = sorted((m for m in cited if m.start not in noise), key=lambda m: (m.start, -m.end))
        page = _RelationText(scan, documents)
        found: list[RelationCue] = []
        for index, document in enumerate(documents):
            hit = self._own(page, index) or self._shared(page, index)
            page.hits.append(hit)
            if hit is None:
                found += self._following(page, document)
                continue
            source, target = self._find_subject(page, index, hit), (document.start, document.end)
            words, relation = scan.text[hit.start : hit.end], hit.cue.relation
            if not hit.cue.inverted:
                found.append(RelationCue(hit.start, hit.end, words, relation.id, source, target))
                page.targets |= {index} if relation.strength != "event" else set()
            elif source:  # an inverse cue needs its subject
                found.append(RelationCue(hit.start, hit.end, words, relation.id, target, source))
        return found

    def _own(self, page: _RelationText, index: int) -> _CueHit | None:
        """Return the cue that stands directly before a document in its clause: of chained ones that of legal effect,
        else an event's, else the first; None if it is denied, inspected or only proposed."""
        end = page.documents[index].start
        floor = page.documents[index - 1].end if index else 0
        begin = max(floor, page.clause_start(end), end - _WINDOW)
        match = self._chain.search(page.scan.folded, begin, end)
        if match is None:
            return None
        chain = self._all(page, match.start(), match.end())
        best = next((f for f in chain if f.cue.relation.effect), None)
        best = best or next((f for f in chain if f.cue.relation.strength == "event"), chain[0])
        before = page.scan.folded[max(page.clause_start(best.start), best.start - 100) : best.start]
        if _NEGATED.search(before) or (best.cue.inside and not before.strip()):
            return None
        unreal = self._proposed if best.cue.relation.effect else self._inspected
        return None if unreal.search(before) else best

    def _all(self, page: _RelationText, start: int, end: int) -> list[_CueHit]:
        """Return all cues in ``start:end``, in order."""
        text = page.scan.folded
        places = (m.start() for m in self._single.finditer(text, start, end))
        return [next(_CueHit(c, at, m.end()) for p, c in self._cues if (m := p.match(text, at))) for at in places]

    def _shared(self, page: _RelationText, index: int) -> _CueHit | None:
        """Return the cue of the document before, if this one is the next member of its list.

        "quán triệt kế hoạch triển khai A và những nội dung của B": B goes with the verb of the sentence."""
        gap = page.scan.folded[page.documents[index - 1].end : page.documents[index].start] if index else "\n"
        if len(gap) > _LONGEST_GAP or "\n" in gap or self._new_subject.search(gap):
            return None
        joined, hit = _JOINED.match(gap), page.hits[index - 1]
        if joined and hit:
            loose = joined["joint"].strip() == ";" and hit.cue.relation.strength != "event"
            return None if loose and hit.start != page.clause_start(hit.start) else hit
        if self._content.match(gap):
            end = page.documents[index - 1].start
            cues = self._all(page, max(page.clause_start(end), end - _WINDOW), end)
            return next((f for f in cues if f.cue.relation.strength == "event"), page.hits[index - 1])
        return None

    def _following(self, page: _RelationText, document: Mention) -> Iterator[RelationCue]:
        """Yield the relation told by words behind a document: "… hết hiệu lực"."""
        start, end, text = document.start, document.end, page.scan.text
        for pattern, cue in self._after:
            if match := pattern.match(page.scan.folded, end, end + _WINDOW):
                words = text[slice(*match.span("cue"))]
                yield RelationCue(*match.span("cue"), words, cue.relation.id, None, (start, end))
                return

    def _find_subject(self, page: _RelationText, index: int, hit: _CueHit) -> tuple[int, int] | None:
        """Return the document that is the subject of a cue: the nearest before it in its clause, if only its own
        date, issuer and title stand between them."""
        before = [i for i in range(max(0, index - 8), index) if page.documents[i].end <= hit.start]
        if not before:
            return None
        nearest = page.documents[before[-1]]
        between = page.scan.folded[nearest.end : hit.start]
        far = nearest.start < page.clause_start(hit.start) or len(between) > _LONGEST_GAP
        if far or self._new_subject.search(between):
            return None
        relation = hit.cue.relation
        free = relation.strength == "weak" or before[-1] not in page.targets
        begin = max(page.documents[before[-1] - 1].end if before[-1] else 0, page.clause_start(nearest.start))
        acts = _ACTS.search(page.scan.folded[begin : nearest.start]) if relation.effect else relation.strength == "weak"
        told = free and (acts or not _ANEW.search(between)) and self._subject.match(between)
        return (nearest.start, nearest.end) if told else None


def _cues(relation: Relation) -> Iterator[_Cue]:
    """Yield the patterns of a relation."""
    for cue in relation.cues:
        words = cue.replace("…", " ").strip()
        if words.startswith("X "):
            yield _Cue(relation, _pattern(words[2:]), after=True)
        else:
            yield _Cue(relation, _pattern(words), inside=cue.startswith("…"))
    if relation.effect:
        passive = re.sub(r"\s(?:bởi|bằng)\Z", "", relation.inverse)
        yield from (_Cue(relation, _pattern(f"{passive} {end}"), inverted=True) for end in ("bởi", "bằng"))


def _pattern(words: str) -> str:
    """Turn the words of a cue into a pattern for folded text; ``N`` is a number."""
    parts = [COUNTED_YEARS if part == "N" else re.escape(fold(nfc(part))) for part in words.split()]
    return r"\s+".join(parts)


def _either(patterns: Iterator[str] | Sequence[str]) -> str:
    """Return a pattern for whole words that match one of ``patterns`` (nothing, if there are none)."""
    words = "|".join(patterns)
    return rf"(?<!\w)(?:{words})(?!\w)" if words else r"(?!)"
