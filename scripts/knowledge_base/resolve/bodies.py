"""Say which body a mention means."""

from __future__ import annotations

from ..ids import body_id
from ..models import BodyRef, Mention, Resolution
from ..vocabulary import Vocabulary
from ..vocabulary.names import body_name
from .context import Context


def is_central(kind: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a kind of body exists once, at the centre."""
    entry = vocabulary.body_kinds.get(kind)
    return entry is not None and "{place}" not in entry.name


def resolve_ref(ref: BodyRef, context: Context) -> Resolution:
    """Return the body that ``ref`` means in this context, with the reason."""
    if is_central(ref.kind, context.vocabulary):
        return Resolution(body_id(body_name(context.vocabulary, ref.kind, None, context.at)), "cơ quan trung ương")
    place = ref.place or context.province
    if place is None:
        return Resolution(None, "chưa rõ tỉnh, thành phố nào")
    reason = "tỉnh nêu trong tên" if ref.place else "tỉnh của bài"
    return Resolution(body_id(body_name(context.vocabulary, ref.kind, place, context.at)), reason)


def resolve_body(mention: Mention, ref: BodyRef, context: Context) -> Resolution:
    """Return the body a mention means; a maintainer's correction overrules the words."""
    correction = context.correction_for(mention)
    if correction is not None:
        return Resolution(correction.target, "theo đính chính trong tệp bài")
    return resolve_ref(ref, context)
