"""What holds for most documents that a page names, said once at its head instead of behind every name.

The sentence must be true of every name that bears no words: a document in force is given some, and where a name stands
bare in an excerpt whose document is in another state, there is no sentence, and every mark is seen.

The words stay in the page behind each name, out of sight (``.kb-noi-mot-lan`` in kb.css): they go with what is copied,
and screen readers tell them. A template says where the sentence may stand: ``<!-- noi-mot-lan -->`` within others, or
``<!-- noi-mot-lan đoạn -->`` as a paragraph of its own.
"""

from __future__ import annotations

import re

from ...meaning.knowledge.status import UNCHECKED_WORDS, Force
from .index import Index

IN_FORCE = "kb-kiem-tra kb-con-hieu-luc"
"""The class of the mark, without words, of a document that is plainly in force."""
ORDINARY = "can-biet can-biet--chua"
"""The class of the mark of a document whose status nobody has looked up."""
MOST_MARKS = 5
"""So few marks need no sentence: they are read as fast as it. Chosen by hand."""
_PLACE = re.compile(r" ?<!-- noi-mot-lan( đoạn)? -->")
_BARE = re.compile(rf'(<span class="{IN_FORCE}"[^>]*>)(?=</span>)')
_NAME = re.compile(r"""(?:\]\(|<a href=")(?:\.\./)*van-ban/(?!index\.md)([\w-]+)(?:\.md|/)""")
_MARK = re.compile(rf'class="(?:can-biet|{IN_FORCE})')
_BESIDE = f"Văn bản không kèm lời ghi nào: {UNCHECKED_WORDS}."
_COLUMN = f"Cột “Tình trạng” để trống: {UNCHECKED_WORDS}."


def say_once(page: str, index: Index) -> tuple[str, bool]:
    """Return a page (Markdown) with the sentence in the first of its places if most marks on it say that nobody has
    looked the status up, and it is true of all names there; and whether it stands there. Else without the places."""
    ordinary, all_marks = page.count(f'class="{ORDINARY}"'), page.count('class="can-biet')
    is_worth = ordinary > MOST_MARKS and ordinary * 2 > all_marks and _PLACE.search(page)
    in_column = "kb-liet-ke--van-ban" in page
    if not is_worth or not (in_column or _is_true(page, index)):
        return _PLACE.sub("", page), False
    words = _COLUMN if in_column else _BESIDE
    told = _PLACE.sub(lambda place: f'<p class="luu-y">{words}</p>' if place[1] else f" {words}", page, count=1)
    if not in_column:  # a column has the words already
        told = _BARE.sub(rf" \1({Force.IN_FORCE.value.lower()})", told)
    return _PLACE.sub("", told), True


def _is_true(page: str, index: Index) -> bool:
    """Tell whether nobody has looked up the status of any document whose name stands without a mark: none before the
    next name, or the end of the line."""
    for line in page.split("\n"):
        parts = _NAME.split(line)
        for document, behind in zip(parts[1::2], parts[2::2], strict=True):
            state = index.states.get(document)
            if not _MARK.search(behind) and (state is None or state.words != UNCHECKED_WORDS):
                return False
    return True
