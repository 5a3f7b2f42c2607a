"""What holds for most documents that a page names, said once at its head instead of behind every name.

The words stay in the page behind each name, out of sight (``.kb-noi-mot-lan`` in kb.css): they go with what is copied,
and screen readers tell them. A template says where the sentence may stand: ``<!-- noi-mot-lan -->`` within others, or
``<!-- noi-mot-lan đoạn -->`` as a paragraph of its own.
"""

from __future__ import annotations

import re

from ...meaning.knowledge.status import UNCHECKED_WORDS

ORDINARY = "can-biet can-biet--chua"
"""The class of the mark of a document whose status nobody has looked up."""
MOST_MARKS = 5
"""So few marks need no sentence: they are read as fast as it. Chosen by hand."""
_PLACE = re.compile(r" ?<!-- noi-mot-lan( đoạn)? -->")
_BESIDE = f"Văn bản không kèm lời ghi nào: {UNCHECKED_WORDS}."
_COLUMN = f"Cột “Tình trạng” để trống: {UNCHECKED_WORDS}."


def say_once(page: str) -> tuple[str, bool]:
    """Return a page (Markdown) with the sentence in the first of its places if most marks on it say that nobody has
    looked the status up, and whether it stands there; else without the places."""
    ordinary, all_marks = page.count(f'class="{ORDINARY}"'), page.count('class="can-biet')
    is_worth = ordinary > MOST_MARKS and ordinary * 2 > all_marks
    if not (is_worth and _PLACE.search(page)):
        return _PLACE.sub("", page), False
    words = _COLUMN if "kb-liet-ke--van-ban" in page else _BESIDE
    told = _PLACE.sub(lambda place: f'<p class="luu-y">{words}</p>' if place[1] else f" {words}", page, count=1)
    return _PLACE.sub("", told), True
