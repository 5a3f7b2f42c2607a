"""Check that the vocabulary's own examples are found, and its counter-examples are not."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator

from ..errors import Problem
from ..finders import Finders
from ..finders.themes import theme_weights
from ..text import fold, nfc, view
from ..vocabulary import Vocabulary
from ..vocabulary.faults import quoted

_Found = Callable[[str, str], bool]
_TITLE = "Một dòng tít ngắn\n\n"
_REMEDIES = {
    "body_kinds": "Sửa forms, exclude hoặc sửa ví dụ",
    "themes": "Thêm cụm từ vào include (hoặc exclude), hoặc sửa ví dụ",
    "relations": "Sửa cues hoặc sửa ví dụ",
    "document_types": "Sửa names, codes hoặc sửa ví dụ",
    "outlets": "Thêm dấu vào marks, tên miền vào sites, hoặc sửa ví dụ",
    "noise": "Sửa pattern hoặc sửa ví dụ",
}


def check_examples(
    vocabulary: Vocabulary, finders: Finders, clashing: Container[tuple[str, str]] = ()
) -> Iterator[Problem]:
    """Yield a problem for each example that is not found as its entry, and each counter-example that is.

    Entries that are faulty or ``clashing`` with others are left out: their examples fail for that alone."""
    for table, found in _searches(vocabulary, finders).items():
        for key in getattr(vocabulary, table):
            if (table, key) in clashing or vocabulary.amiss(table, key):
                continue
            yield from _check(vocabulary, table, key, found)


def _searches(vocabulary: Vocabulary, finders: Finders) -> dict[str, _Found]:
    """Return for each table how to tell that an entry is found in a text."""

    def body(key: str, text: str) -> bool:
        return any(mention.ref.kind == key for mention in finders.find_in(text)[1].bodies)

    def theme(key: str, text: str) -> bool:
        scan, mentions = finders.find_in(text)
        return key in theme_weights(mentions.themes, scan)

    def relation(key: str, text: str) -> bool:
        return any(cue.relation == key for cue in finders.find_in(text)[1].relations)

    def document(key: str, text: str) -> bool:
        return any(citation.type == key for citation in finders.find_in(text)[1].citations)

    def outlet(key: str, text: str) -> bool:
        return finders.find_in(_TITLE + text)[1].masthead.outlet == key

    def noise(key: str, text: str) -> bool:
        return bool(re.search(vocabulary.noise[key].pattern, view(fold(nfc(text)))))

    return {
        "body_kinds": body,
        "themes": theme,
        "relations": relation,
        "document_types": document,
        "outlets": outlet,
        "noise": noise,
    }


def _check(vocabulary: Vocabulary, table: str, key: str, found: _Found) -> Iterator[Problem]:
    entry = getattr(vocabulary, table)[key]
    for name, wanted in (("examples", True), ("not_examples", False)):
        for number, example in enumerate(getattr(entry, name, ())):
            if found(key, example) is not wanted:
                how = "chưa được nhận ra là" if wanted else "bị nhận nhầm là"
                message = f"{name}: {quoted(example)} {how} {quoted(key)}"
                yield Problem(*vocabulary.place(table, key, name, number), message, _REMEDIES[table])
