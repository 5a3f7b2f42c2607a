"""Whose document a number is: the issuer its symbol means, and whether two names may be one issuer's.

Where several bodies of one place sign with one symbol and number apart (``shared_by``), the issuer's name belongs
to a document's identity; elsewhere the symbol decides.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ...core.ids import DocumentNumber
from ...core.models import BodyRef
from ...core.text import slug
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.names import body_name
from ...sources.vocabulary.schemas import IssuerCode

USUAL = None
"""The issuer of a document whose symbol decides it."""
UNTOLD = ""
"""The issuer of a document that may be any of those who share its symbol."""
_LEVEL = re.compile(r" (?:tỉnh|thành phố)\Z")
_SPELLING = re.compile(r"[|()]")


def is_central(kind: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a kind of body exists once, at the centre."""
    entry = vocabulary.body_kinds.get(kind)
    return entry is not None and "{place}" not in entry.name


def code_of(number: DocumentNumber, vocabulary: Vocabulary) -> IssuerCode | None:
    """Return the issuer's code in a number as the vocabulary knows it."""
    codes = vocabulary.issuer_codes
    return next((codes[code] for code in number.issuer_codes if code in codes), None)


def issuer_on_record(number: DocumentNumber, issuer: str | None, vocabulary: Vocabulary) -> str | None:
    """Return the issuer of a recorded document; ``issuer`` is the body's id, the slug of its full name with place."""
    code = code_of(number, vocabulary)
    if code is None or not code.shared_by or code.default:
        return USUAL
    begins = _beginnings(vocabulary)
    longest = max((begin for begin in begins if f"{issuer}-".startswith(f"{begin}-")), key=len, default="")
    return name_of(BodyRef(begins.get(longest, "")), code, vocabulary)


def _beginnings(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the kinds of bodies by how their ids begin, up to the place."""
    kinds = vocabulary.body_kinds.values()
    names = ((name, kind.id) for kind in kinds for name in (kind.name, kind.city_name) if name)
    return {slug(name.replace("{place}", "")): kind for name, kind in names}


def name_of(ref: BodyRef, code: IssuerCode, vocabulary: Vocabulary) -> str:
    """Return the name of the body that numbers documents for ``ref``: a committee, for its standing committee too."""
    kind = ref.kind
    if kind not in vocabulary.body_kinds:
        return UNTOLD
    while kind in code.bodies and (parent := vocabulary.body_kinds[kind].parent) in code.bodies and parent:
        kind = parent
    name = _LEVEL.sub("", body_name(vocabulary, kind, None, None))
    return name if kind in code.bodies or slug(name).startswith(first_parts(code)) else UNTOLD


def first_parts(code: IssuerCode) -> tuple[str, ...]:
    """Return the slugs that the names of issuers with this code begin with."""
    return _first_parts(code.shared_by)


@lru_cache(maxsize=256)
def _first_parts(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(slug(_SPELLING.split(form.lstrip("("))[0]) for form in forms)


def same_name(one: str | None, other: str | None) -> bool:
    """Tell whether two issuers have one name."""
    return one == other or (bool(one and other) and slug(one or "") == slug(other or ""))


def may_be_same(one: str | None, other: str | None) -> bool:
    """Tell whether two issuers may be one: names that differ in small words alone may ("Ban Chỉ đạo thực hiện Quy
    chế dân chủ" and "Ban Chỉ đạo Quy chế dân chủ ở cơ sở"), an untold one may be any."""
    if one is None or other is None:
        return one is other
    if not one or not other or same_name(one, other):
        return True
    few, many = sorted((_words(one), _words(other)), key=len)
    return few.keys() <= many.keys() and not any(proper for word, proper in many.items() if word not in few)


def _words(name: str) -> dict[str, bool]:
    """Return the words of a name, each with whether it is a proper one: a capital, a number, or typed as a slug."""
    words = re.findall(r"[^\W_]+", name)
    typed = "-" in name and " " not in name
    return {slug(word): typed or not word.islower() for word in words}
