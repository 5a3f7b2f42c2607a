"""Whose document a citation means: its place, and its issuer where several bodies of one place sign with one symbol."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ...core.ids import issuer_code
from ...core.models import BodyRef, Citation
from ...core.text import slug
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.names import body_name
from ...sources.vocabulary.schemas import IssuerCode
from .body_mentions import is_central
from .context import Context


@dataclass(frozen=True, slots=True)
class IssuePlace:
    """``id`` is a province, or None for the centre; ``known`` is False when it cannot be told."""

    id: str | None
    known: bool = True


def place_of(citation: Citation, context: Context) -> IssuePlace:
    """Return the place of a citation: from the issuer beside it, else from its symbol and the article."""
    if citation.issuer is not None:
        if is_central(citation.issuer.kind, context.vocabulary):
            return IssuePlace(None)
        if citation.issuer.place:
            return IssuePlace(citation.issuer.place)
    elif (entry := code_of(citation.number or "", context.vocabulary)) and entry.level == "trung-uong":
        return IssuePlace(None)
    return IssuePlace(context.province, context.province is not None)


def code_of(number: str, vocabulary: Vocabulary) -> IssuerCode | None:
    """Return the issuer's code in a symbol as the vocabulary knows it."""
    codes = vocabulary.issuer_codes
    code = issuer_code(number)
    first = number.rsplit("/", 1)[-1].partition("-")[0]
    return codes.get(code) or codes.get(code.partition("-")[0]) or codes.get(first)


USUAL = None
UNTOLD = ""
_WORDS = "*words"
_LEVEL = re.compile(r" (?:tỉnh|thành phố)\Z")
_SPELLING = re.compile(r"[|()]")


def issuer_of(citation: Citation, context: Context) -> str | None:
    """Return the issuer that belongs to a citation's identity."""
    code = code_of(citation.number or "", context.vocabulary)
    if code is None or not code.shared_by:
        return USUAL
    if citation.issuer_name is not None:
        return citation.issuer_name
    if code.default:
        return USUAL
    return name_of(citation.issuer, code, context.vocabulary) if citation.issuer else UNTOLD


def has_usual_issuer(number: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a symbol means one issuer unless another is named."""
    code = code_of(number, vocabulary)
    return code is not None and code.default is not None


def issuer_on_record(number: str, issuer: str | None, vocabulary: Vocabulary) -> str | None:
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


def issuers_named(code: IssuerCode, context: Context) -> tuple[str, ...]:
    """Return the names of all issuers with this code that an article names, in order, each once."""
    if code.code not in context.known:
        context.known[code.code] = tuple(dict.fromkeys(_all_named(code, context)))
    return context.known[code.code]


def only_named(number: str, context: Context) -> str:
    """Return the one issuer of this symbol that an article names; ``UNTOLD`` if it names none or several."""
    code = code_of(number, context.vocabulary)
    named = issuers_named(code, context) if code else ()
    return named[0] if len(named) == 1 else UNTOLD


def _all_named(code: IssuerCode, context: Context) -> Iterator[str]:
    for citation in context.mentions.citations:
        if citation.issuer_name and code_of(citation.number or "", context.vocabulary) == code:
            yield citation.issuer_name
    if code.default:
        return
    issued = (c.issuer for c in context.mentions.citations if c.issuer)
    for ref in dict.fromkeys([*(b.ref for b in context.mentions.bodies), *issued]):
        if name := name_of(ref, code, context.vocabulary):
            yield name


def is_named_in(issuer: str, code: IssuerCode, context: Context) -> bool:
    """Tell whether an article names an issuer, by its whole name or by what stands behind the first part."""
    if any(same_name(issuer, name) for name in issuers_named(code, context)):
        return True
    name = slug(issuer)
    rest = next((name.removeprefix(part) for part in first_parts(code) if name.startswith(part)), name).strip("-")
    if _WORDS not in context.known:
        context.known[_WORDS] = (f"-{slug(context.article.text)}-",)
    return bool(rest) and f"-{rest}-" in context.known[_WORDS][0]
