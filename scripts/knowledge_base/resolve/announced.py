"""Say which document an article announces: whose issue or content it reports.

An article that reviews, carries out or inspects an older document announces none. The words that
decide stand in the title and the first paragraphs, before or after the citation.
"""

from __future__ import annotations

import re

from ..models import Citation, Level
from ..text import fold
from .context import Context

_ISSUED = re.compile(
    r"\b(?:(?:vừa |mới |đã |ký |chính thức ){0,3}(?:ban hành|có|ký|công bố|phát hành|gửi)|phổ biến|giới thiệu"
    r"|(?:nghiên cứu|học tập|quán triệt|triển khai)[^.;]{0,60}(?:triển khai|thực hiện|quán triệt)?)"
    r"[^.;]{0,60}\Z"
)
_OLDER = re.compile(
    r"\b(?:sơ kết|tổng kết|căn cứ|theo|kiểm tra|giám sát|sau \d|qua \d|\d+ năm|gắn với|thay thế|sửa đổi|bãi bỏ"
    r"|trên cơ sở|tiếp tục thực hiện|kết quả thực hiện|vi phạm|theo tinh thần)[^.;]{0,60}\Z"
)
_AS_SUBJECT = re.compile(r"[^.;]{0,90}?\b(?:yêu cầu|nêu rõ|nhấn mạnh|quy định|đề ra|chỉ rõ|đặt ra|nêu)\b")
_HEAD = 900
_NEAR = 140


def find_announced(context: Context) -> Citation | None:
    """Return a citation of the announced document, or None. Needs one clear winner."""
    scores: dict[tuple[str | None, str], float] = {}
    first: dict[tuple[str | None, str], Citation] = {}
    folded = fold(context.article.text)
    for citation in context.mentions.citations:
        if citation.number is None or citation.level is Level.PARTIAL:
            continue
        key = (citation.type, citation.number)
        first.setdefault(key, citation)
        scores[key] = scores.get(key, 0) + _score(citation, context, folded)
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < 1):
        return None
    return first[ranked[0][0]]


def _score(citation: Citation, context: Context, folded: str) -> float:
    """Weigh one mention: words of issue before it, its place in the text, its own voice."""
    before = folded[max(context.article.body_start, citation.start - _NEAR) : citation.start]
    after = folded[citation.end : citation.end + _NEAR]
    if _OLDER.search(before):
        return -1.0
    score = 1.5 if _ISSUED.search(before) else 0.25
    score += 1.0 if citation.start - context.article.body_start < _HEAD else 0.0
    return score + (0.5 if _AS_SUBJECT.match(after) else 0.0)
