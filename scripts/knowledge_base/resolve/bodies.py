"""Say which body a mention means."""

from __future__ import annotations

from ..finders.places import level_shown
from ..ids import body_id
from ..models import BodyMention, BodyRef, Mention, Resolution
from ..vocabulary import Vocabulary
from ..vocabulary.names import body_name, is_city
from .context import Context


def is_central(kind: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a kind of body exists once, at the centre."""
    entry = vocabulary.body_kinds.get(kind)
    return entry is not None and "{place}" not in entry.name


def is_of_a_town(mention: BodyMention, context: Context) -> bool:
    """Tell whether a body without place shows the form of a thành phố in an article about a tỉnh: it is then
    a body of one of its towns ("Thành ủy" in Nghệ An is Vinh's), which this knowledge base does not hold."""
    place = mention.ref.place or context.province
    if place is None or is_central(mention.ref.kind, context.vocabulary):
        return False
    province = context.vocabulary.provinces.get(place)
    return province is not None and level_shown(mention) == "thanh-pho" and not is_city(province, context.at)


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
