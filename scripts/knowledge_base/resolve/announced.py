"""Say which document an article announces: whose issue or content it reports.

An article that reviews, carries out or inspects an older document announces none. Each mention of a
document is weighed by the words around it; one document must come out clearly ahead.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from ..models import Citation, Level
from ..text import fold
from .context import Context
from .places import place_of

_HEADER = re.compile(r"(?:\A|[\n|*])[\s|*]{0,20}số\s{0,3}:?\s{0,5}\Z")
_ISSUED = re.compile(
    r"(?<!sau khi )(?<!ngay khi )(?<!từ khi )(?<!kể từ khi )(?<!\w)(?:ban hành|phát hành|công bố|phê duyệt|thông qua|phát đi|ký|gửi|ra|có)"
    r"(?: (?:ngay|một|thêm|văn bản|hỏa tốc|khẩn)){0,2} ?\Z"
)
_STUDIED = re.compile(r"(?<!\w)(?:học tập|quán triệt|phổ biến|giới thiệu)(?!\w)[^.;\n]{0,60}\Z")
_CONFERENCE = re.compile(r"(?<!\w)(?:hội nghị|đợt sinh hoạt|buổi học tập)(?!\w)")
_OLDER = re.compile(
    r"(?<!\w)(?:sơ kết|tổng kết|căn cứ|theo|thực hiện|kiểm tra|giám sát|gắn với|thay thế|thay cho|thay|sửa đổi"
    r"|bãi bỏ|trên cơ sở|tinh thần|kết quả|vi phạm|sau|trước|khi có|nêu trong|nêu tại|\d+ năm)(?!\w)[^.;\n]{0,60}\Z"
)
_SPEAKS = re.compile(
    r"[^.;\n]{0,90}?(?<!\w)(?:yêu cầu|nêu rõ|nhấn mạnh|quy định|đề ra|chỉ rõ|đặt ra|xác định|chỉ đạo)(?!\w)"
)
_MADE = re.compile(r"[^.;\n]{0,120}?(?<!\w)(?:(?<!để )ban hành|vừa được|có hiệu lực)(?!\w)")
_UNTYPED = re.compile(r"(?:(?<!\w)[^\W\d_]+ ){1,4}số:? ?\Z")
_COORDINATED = re.compile(r"(?: ?,| và) (?:các )?\w+ (?:\w+ )?(?:số )?\d")
_TOP, _HEAD = 400, 1000
"""How far the top and the head of an article reach, in characters of its body."""
_NEAR = 160
_NEEDED, _AHEAD = 2.25, 1.0
_OLD_DAYS, _NEW_DAYS = 200, 60


@dataclass(slots=True)
class _Candidate:
    """A document with what speaks for it."""

    first: Citation
    weights: list[float] = field(default_factory=list)
    mentions: int = 0

    circumstances: float = 0.0

    def total(self) -> float:
        """What speaks for it, less what speaks against it: many mentions in passing count as one."""
        said = sum(w for w in self.weights if w > 0) + max(-1.0, sum(w for w in self.weights if w < 0))
        return said + self.circumstances + min(1.0, 0.25 * (self.mentions - 1))


def find_announced(context: Context) -> Citation | None:
    """Return a citation of the announced document, or None. Needs one clear winner."""
    candidates = _weigh(context)
    ranked = sorted(candidates.values(), key=lambda c: (-c.total(), c.first.start))
    if not ranked or ranked[0].total() < _NEEDED:
        return None
    if len(ranked) > 1 and ranked[0].total() - ranked[1].total() < _AHEAD:
        return None
    return ranked[0].first


def _weigh(context: Context) -> dict[tuple[str | None, str], _Candidate]:
    candidates: dict[tuple[str | None, str], _Candidate] = {}
    folded = fold(context.article.text)
    studied: dict[int, set[str]] = defaultdict(set)
    for citation in context.mentions.citations:
        if citation.number is None or citation.level is Level.PARTIAL:
            continue
        candidate = candidates.setdefault((citation.type, citation.number), _Candidate(citation))
        candidate.mentions += 1
        candidate.weights.append(_mention(citation, context, folded, studied))
    for candidate in candidates.values():
        candidate.circumstances = _circumstances(candidate.first, context)
    return candidates


def _mention(citation: Citation, context: Context, folded: str, studied: dict[int, set[str]]) -> float:
    """Weigh one mention by the words before and after it."""
    place = citation.start - context.article.body_start
    before = folded[max(context.article.body_start, citation.start - _NEAR) : citation.start]
    after = folded[citation.end : citation.end + _NEAR].replace("\n", " ")
    if place < _HEAD and (_HEADER.search(before) or not folded[context.article.body_start : citation.start].strip()):
        return 10.0 if _HEADER.search(before) else 4.0
    if citation.text[:1].isdigit():
        before = _UNTYPED.sub("", before)
    if _ISSUED.search(before.replace("\n", " ")):
        return 0.0 if _COORDINATED.match(after) else 3.5 if place < _TOP else 2.0 if place < _HEAD else 1.0
    if _STUDIED.search(before) and _CONFERENCE.search(before):
        numbers = studied[citation.start - len(before) + before.rfind("\n")]
        numbers.add(citation.number or "")
        return 2.0 if place < _HEAD and len(numbers) == 1 else 0.0
    if _OLDER.search(before):
        return -1.0
    return (1.0 if _SPEAKS.match(after) else 0.0) + (1.5 if place < _HEAD and _MADE.match(after) else 0.0)


def _circumstances(citation: Citation, context: Context) -> float:
    """Weigh what is known besides: a document of the centre is rarely news of a province, an old one never is."""
    weight = 0.0
    if citation.date and citation.date.day and context.at and context.at.day:
        age = (context.at.earliest() - citation.date.earliest()).days
        weight += 1.0 if 0 <= age <= _NEW_DAYS else -4.0 if age > _OLD_DAYS else 0.0
    if context.province is not None and _is_central(citation, context):
        weight -= 1.0 if citation.start - context.article.body_start < _TOP else 2.0
    return weight


def _is_central(citation: Citation, context: Context) -> bool:
    place = place_of(citation, context)
    return place.known and place.id is None
