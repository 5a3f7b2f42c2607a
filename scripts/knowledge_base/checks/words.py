"""Find words in the vocabularies that do not lead to their own entry, because another entry or a rule takes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.errors import Problem
from ..core.text import fold, view
from ..mentions.citations.symbols import SymbolReader
from ..mentions.finders import Finders
from ..sources.diagnosis import quoted
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.names import body_name

_Tried = tuple[str, tuple[object, ...], str, bool]
"""Key of an entry, location in it, the word, and whether it leads to the entry."""

_TRIED_IN = ("nghe-an", "da-nang", "ho-chi-minh")
"""A province, a city, and a city with a long name: names of bodies are formed in these three ways."""


def check_words(vocabulary: Vocabulary, finders: Finders) -> Iterator[Problem]:
    """Yield a problem for each word that does not lead to its own entry, in vocabularies without other faults."""
    for table, (attempt, remedy) in _ATTEMPTS.items():
        for key, location, word, leads in attempt(vocabulary, finders):
            if not leads:
                message = f"{quoted(word)} không dẫn đến mục {quoted(key)}: mục khác hay quy tắc khác nhận trước"
                yield Problem(*vocabulary.place(table, key, *location), message, remedy)


def _try_codes(vocabulary: Vocabulary, _: Finders) -> Iterator[_Tried]:
    reader = SymbolReader(vocabulary)
    for code in vocabulary.issuer_codes.values():
        for location, typed in ((("code",), code.code), *((("typed", n), t) for n, t in enumerate(code.typed))):
            found = reader.code_of(typed)
            yield code.code, location, typed, found is not None and found.code == code.code


def _try_outlets(vocabulary: Vocabulary, finders: Finders) -> Iterator[_Tried]:
    """A mark opens a text; a site stands in an address, where no rule may read another province in it."""
    for outlet in vocabulary.outlets.values():
        for number, mark in enumerate(outlet.marks):
            found, _ = finders.find_outlet(f"({mark}) - Sáng nay")
            yield outlet.id, ("marks", number), mark, found == outlet.id
        for number, site in enumerate(outlet.sites):
            found, home = finders.find_outlet(f"https://{site}/a")
            yield outlet.id, ("sites", number), site, found == outlet.id and home in {None, outlet.province}


def _try_cues(vocabulary: Vocabulary, finders: Finders) -> Iterator[_Tried]:
    for relation in vocabulary.relations.values():
        for number, cue in enumerate(relation.cues):
            words = cue.replace("N ", "10 ").replace("…", "các đơn vị làm")
            behind = words.startswith("X ")
            text = f"Nay Chỉ thị số 9-CT/TU {words[2:]}." if behind else f"Nay {words} Chỉ thị số 9-CT/TU."
            leads = any(found.relation == relation.id for found in finders.find_in(text)[1].relations)
            yield relation.id, ("cues", number), cue, leads


def _try_bodies(vocabulary: Vocabulary, finders: Finders) -> Iterator[_Tried]:
    places = [place for place in _TRIED_IN if place in vocabulary.provinces]
    for kind in (kind for kind in vocabulary.body_kinds.values() if kind.forms):
        for place in places if "{place}" in kind.name else [None]:
            name = body_name(vocabulary, kind.id, place, None)
            found = [(m.ref.kind, m.ref.place, m.text) for m in finders.find_in(f"Ý kiến của {name}.")[1].bodies]
            yield kind.id, ("name",), name, found == [(kind.id, place, name)]


def _try_noise(vocabulary: Vocabulary, _: Finders) -> Iterator[_Tried]:
    """No rule takes what another calls text of the article."""
    texts = [view(fold(example)) for rule in vocabulary.noise.values() for example in rule.not_examples]
    for rule in vocabulary.noise.values():
        for text in texts:
            yield rule.id, ("pattern",), text, re.search(rule.pattern, text) is None


_ATTEMPTS = {
    "issuer_codes": (_try_codes, "Sửa hoặc bỏ cách viết này"),
    "outlets": (_try_outlets, "Sửa hoặc bỏ dấu ký, tên miền này, hoặc bỏ nó ở mục kia"),
    "relations": (_try_cues, "Viết cách nói này cụ thể hơn, hoặc bỏ đi"),
    "body_kinds": (_try_bodies, "Sửa forms cho máy nhận ra cả tên đầy đủ"),
    "noise": (_try_noise, "Viết pattern chặt hơn"),
}
