"""Find words that relate a document to the one cited behind them: "thay thế Quy định số 124-QĐ/TW".

The words come from the vocabulary (``cues`` and ``inverse`` of each relation; their notation is told at
the head of ``relations.yml``). They must stand directly before the cited document, with nothing between
but words that only fill ("các nội dung của", "nghiêm túc"); members of a list share the words before
the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..models import Citation, Mention, NamedDocument, NoiseKind, RelationCue, Scan
from ..text import fold, nfc
from ..vocabulary import Vocabulary
from ..vocabulary.schemas import Relation

_WINDOW = 240
_LONGEST_GAP = 420
_NOISE = (NoiseKind.CAPTION, NoiseKind.PLAYER, NoiseKind.TEASER)
_NUMBER = r"(?:\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mười lăm|hai mươi|ba mươi|nửa)"
_FILL_WORDS = (
    "việc các những một toàn bộ nội dung tinh thần quan điểm chỉ đạo quy định yêu cầu nhiệm vụ mục tiêu giải pháp cơ bản "
    "cốt lõi chủ yếu trọng tâm quan trọng của tại trong theo là tốt nghiêm túc nghiêm chỉnh có hiệu quả quyết liệt đồng bộ "
    "toàn diện đầy đủ kịp thời sâu rộng thắng lợi chuyên đề số điều khoản điểm phụ lục kèm mới bởi bằng từ đối với chung "
    "công tác đẩy mạnh quá trình kết quả đợt sinh hoạt chính trị"
).split()
_FILL = (
    rf"(?:[\s,]{{1,3}}(?:(?:{'|'.join(sorted(set(_FILL_WORDS), key=len, reverse=True))})(?!\w)"
    r"|năm \d{4}(?!\d)|\d{1,3}(?![\w/-])))"
)
_DATE = r"(?:\s*[(,]?\s*(?:ban hành |ký )?ngày\s+\d{1,2}(?:[/.-]\d{1,2}[/.-]|\s+tháng\s+\d{1,2}\s+năm\s+)\d{4}\)?)?"
_ISSUER = r"(?:\s*,?\s*của\s+(?:[^\W\d]+[ -]+){0,11}?[^\W\d]+(?=\s*(?:[,;(]|\Z|về\b|và\b|quy định\b|gắn\b|thay\b|có\b)|\s))?"
_TITLE = r"(?:\s*,?\s*(?:về|quy định về|[\"“])\s*[^;.:]{2,320}?)?"
_JOINED = re.compile(rf"{_DATE}{_ISSUER}{_TITLE}\s*\)?(?P<joint>,\s*và|,|;|\s+và|\s+cùng|\s+hoặc|\s+hay)\s+(?:các |những |cả )?\Z")
_ABOUT = re.compile(rf"{_DATE}(?P<issuer>{_ISSUER})\s*\)?\s*,?\s*(?P<rest>.{{0,330}})\Z", re.DOTALL)
_LINKING = re.compile(
    r"(?:(?:đã|sẽ|cũng|được|là|để|nhằm|này|nêu trên|trên|ban hành|chính thức|và|có hiệu lực(?: thi hành)?|kể|từ|ngày ký"
    r"|từ ngày|ngày|văn bản|về|về việc|việc|là văn bản|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})(?!\w)[\s,]*){0,9}\Z"
)
_TITLED = re.compile(r"(?:về|quy định về|quy định|\")(?!\w)")
_NEW_SUBJECT = re.compile(
    r"(?<!\w)(?:(?:và|cùng|,|;)\s+(?:các |những )?(?:kế hoạch|chương trình|chuyên đề|hội nghị|đề án|báo cáo|văn bản)"
    r"|kế hoạch|hội nghị|yêu cầu|đề nghị|phải|cần|theo)(?!\w)"
)
_SENTENCE_END = re.compile(r"[.!?…]+[\"')]*\s+(?=\S)|[:;]\s|\n")
_NEGATED = re.compile(r"(?<!\w)(?:chưa|không|chẳng|không phải|chưa được|chưa bị|không được)(?:\s+(?:hề|thể|còn|phải|là))?\s+\Z")
_INSPECTED = re.compile(r"(?<!\w)(?:kiểm tra|giám sát|thanh tra|vi phạm|theo dõi|đôn đốc)(?:\s+(?:việc|quá trình|tình hình|trong))?[\s,]+\Z")
_PROPOSED = re.compile(
    r"(?<!\w)(?:nghiên cứu|tham mưu|đề xuất|kiến nghị|rà soát|xem xét|trình|dự thảo|đề nghị|dự kiến)(?:[^.;:]{0,60}[\s,])?\Z"
)


@dataclass(frozen=True, slots=True)
class _Cue:
    """A relation's words as a pattern. ``inverted``: the document behind them is the citing one."""

    relation: Relation
    pattern: str
    inverted: bool = False
    inside: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """A cue at ``start:end`` of the folded text."""

    cue: _Cue
    start: int
    end: int


class RelationFinder:
    """Finds relation cues with the words of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        cues = [cue for relation in vocabulary.relations.values() for cue in _cues(relation)]
        cues.sort(key=lambda cue: (-len(cue.pattern), cue.relation.id))
        self._before = [cue for cue in cues if not cue.after]
        self._behind = [cue for cue in cues if cue.after]
        words = "|".join(cue.pattern for cue in self._before) or r"(?!)"
        step = rf"(?:{_FILL}|,?\s+và|,|\s+tổ chức)"
        self._chain = re.compile(rf"(?<!\w)(?:{words})(?!\w)(?:{step}{{0,4}}[\s,]{{1,3}}(?:{words})(?!\w)){{0,4}}{_FILL}{{0,9}}\s+\Z")
        self._single = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
        self._single_cues = [(re.compile(rf"(?:{cue.pattern})(?!\w)"), cue) for cue in self._before]
        self._after = [(re.compile(rf"{_DATE}{_ISSUER}\s*,?\s*(?:cũng |đã |sẽ )?(?P<cue>{cue.pattern})(?!\w)"), cue) for cue in self._behind]

    def find(
        self, scan: Scan, citations: Sequence[Citation], named_documents: Sequence[NamedDocument] = ()
    ) -> list[RelationCue]:
        """Return the relation cues of an article, in order of the documents they relate."""
        documents = sorted(
            (m for m in (*citations, *named_documents) if not scan.is_noise(m.start, *_NOISE)),
            key=lambda m: (m.start, -m.end),
        )
        found: list[RelationCue] = []
        shared: dict[int, _Found | None] = {}
        targets: set[int] = set()
        for index, document in enumerate(documents):
            hit = self._own(scan, documents, index) or self._shared(scan, documents, index, shared)
            shared[index] = hit
            cue = self._relate(scan, documents, index, hit, targets) if hit else None
            found += [cue] if cue else []
            found += self._following(scan, document, documents[:index], found)
            targets |= {index} if cue and cue.relation and cue.target == (document.start, document.end) else set()
        return found

    def _own(self, scan: Scan, documents: Sequence[Mention], index: int) -> _Found | None:
        """Return the cue that stands directly before a document in its sentence."""
        end = documents[index].start
        floor = documents[index - 1].end if index else 0
        begin = max(floor, _sentence_start(scan, end), end - _WINDOW)
        match = self._chain.search(scan.folded, begin, end) if _starts_word(scan.folded, begin) else None
        if match is None:
            match = self._chain.search(scan.folded[begin:end] and scan.folded, begin, end)
        return self._chosen(scan, match.start(), match.end()) if match else None

    def _chosen(self, scan: Scan, start: int, end: int) -> _Found | None:
        """Choose among chained cues: an event's before all, else the first; None if the words are not meant so."""
        chain = [f for m in self._single.finditer(scan.folded, start, end) if (f := self._cue_at(scan, m.start()))]
        if not chain:
            return None
        event = next((f for f in chain if f.cue.relation.strength == "event"), None)
        first = chain[0] if chain[0].cue.relation.effect or event is None else event
        return first if self._is_meant(scan, _Found(first.cue, chain[0].start, first.end)) else None

    def _cue_at(self, scan: Scan, start: int) -> _Found | None:
        return next((_Found(c, start, m.end()) for p, c in self._single_cues if (m := p.match(scan.folded, start))), None)

    @staticmethod
    def _is_meant(scan: Scan, found: _Found) -> bool:
        """Tell whether a cue states something: not denied, not inspected, not only proposed."""
        sentence = _sentence_start(scan, found.start)
        before = scan.folded[max(sentence, found.start - 90) : found.start]
        if _NEGATED.search(before) or (found.cue.inside and not before.strip()):
            return False
        if found.cue.relation.effect:
            return not _PROPOSED.search(before)
        return not _INSPECTED.search(before)

    @staticmethod
    def _shared(
        scan: Scan, documents: Sequence[Mention], index: int, shared: dict[int, _Found | None]
    ) -> _Found | None:
        """Return the cue of the document before, if this one is the next member of its list."""
        previous = documents[index - 1] if index else None
        if previous is None or documents[index].start - previous.end > _LONGEST_GAP:
            return None
        gap = scan.folded[previous.end : documents[index].start]
        if "\n" in gap or shared.get(index - 1) is None or _NEW_SUBJECT.search(gap):
            return None
        return shared[index - 1] if _JOINED.match(gap) else None

    def _relate(
        self, scan: Scan, documents: Sequence[Mention], index: int, hit: _Found, targets: set[int]
    ) -> RelationCue | None:
        """Make the cue of a document; an inverse one needs its subject."""
        document = documents[index]
        source = self._subject(scan, documents, index, hit, targets)
        here = (document.start, document.end)
        words = scan.text[hit.start : hit.end]
        if not hit.cue.inverted:
            return RelationCue(hit.start, hit.end, words, hit.cue.relation.id, source, here)
        return RelationCue(hit.start, hit.end, words, hit.cue.relation.id, here, source) if source else None

    @staticmethod
    def _subject(
        scan: Scan, documents: Sequence[Mention], index: int, hit: _Found, targets: set[int]
    ) -> tuple[int, int] | None:
        """Return the document that is the subject of the cue: the nearest before it in its clause, if only
        its own date, issuer and title stand between them."""
        sentence = _sentence_start(scan, hit.start)
        for other in range(index - 1, -1, -1):
            candidate = documents[other]
            if candidate.start < sentence or hit.start - candidate.end > _LONGEST_GAP:
                return None
            if candidate.end <= hit.start:
                weak = hit.cue.relation.strength == "weak"
                free = weak or other not in targets
                return (candidate.start, candidate.end) if free and _is_subject(scan, candidate.end, hit.start) else None
        return None

    def _following(
        self, scan: Scan, document: Mention, earlier: Sequence[Mention], known: Sequence[RelationCue]
    ) -> Iterator[RelationCue]:
        """Yield the relation told by words behind a document: "… hết hiệu lực"."""
        here = (document.start, document.end)
        for pattern, cue in self._after:
            match = pattern.match(scan.folded, document.end, document.end + _WINDOW)
            if match and not any(k.target == here and k.relation == cue.relation.id for k in known):
                start, end = match.span("cue")
                yield RelationCue(start, end, scan.text[start:end], cue.relation.id, None, here)
                return


def _cues(relation: Relation) -> Iterator[_Cue]:
    """Yield the patterns of a relation."""
    for cue in relation.cues:
        words = cue.replace("…", " ").strip()
        if words.startswith("X "):
            yield _Cue(relation, _pattern(words[2:]), after=True)
        else:
            yield _Cue(relation, _pattern(words), inside=cue.startswith("…"))
    if relation.inverse != relation.name and relation.effect:
        for end in ("bởi", "bằng"):
            yield _Cue(relation, _pattern(re.sub(r"\s(?:bởi|bằng)\Z", "", relation.inverse) + " " + end), inverted=True)


def _pattern(words: str) -> str:
    """Turn the words of a cue into a pattern for folded text."""
    parts = [_NUMBER if part == "N" else re.escape(fold(nfc(part))) for part in words.split()]
    return r"\s+".join(parts)


def _is_subject(scan: Scan, start: int, end: int) -> bool:
    """Tell whether only what belongs to a document stands between it and a cue."""
    match = _ABOUT.match(scan.folded[start:end])
    if match is None:
        return False
    rest = match["rest"]
    if _NEW_SUBJECT.search(match["issuer"] or ""):
        return False
    return bool(_LINKING.match(rest)) or (bool(_TITLED.match(rest)) and not _NEW_SUBJECT.search(rest))


def _sentence_start(scan: Scan, position: int) -> int:
    """Return where the clause that holds ``position`` starts (looking back a bounded way)."""
    floor = max((p.start for p in scan.paragraphs if p.start <= position), default=0)
    floor = max(floor, position - 2 * _LONGEST_GAP)
    ends = [m.end() for m in _SENTENCE_END.finditer(scan.folded, floor, position)]
    return ends[-1] if ends else floor


def _starts_word(text: str, position: int) -> bool:
    return position == 0 or not text[position - 1].isalnum()
