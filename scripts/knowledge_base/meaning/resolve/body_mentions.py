"""Say which body a mention means."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from ...core.ids import body_id
from ...core.models import BodyMention, BodyRef, Mention, Mentions, Resolution
from ...mentions.places import level_shown
from ...sources.vocabulary.names import body_name, is_city
from .context import Context
from .issuers import is_central

_FAR = 160


def is_of_a_town(mention: BodyMention, context: Context) -> bool:
    """Tell whether a body without place shows the form of a thành phố in an article about a tỉnh: it is then
    a body of one of its towns ("Thành ủy" in Nghệ An is Vinh's), which this knowledge base does not hold."""
    place = mention.ref.place or context.province
    if place is None or is_central(mention.ref.kind, context.vocabulary):
        return False
    province = context.vocabulary.provinces.get(place)
    return province is not None and level_shown(mention) == "thanh-pho" and not is_city(province, context.at)


def without_towns(context: Context) -> Mentions:
    """Return the mentions of an article without the bodies of its towns. A citation issued by such a body ("Quyết
    định số 15/QĐ-UBND của UBND thành phố" in Nghệ An) keeps an issuer without name."""
    mentions = context.mentions
    towns = {b for b in mentions.bodies if is_of_a_town(b, context)}
    if not towns:
        return mentions
    bodies = tuple(b for b in mentions.bodies if b not in towns)
    beside = _Beside(mentions)
    citations = (
        replace(c, issuer=None, issuer_name="") if beside.issuer(at) in towns else c
        for at, c in enumerate(mentions.citations)
    )
    return replace(mentions, bodies=bodies, citations=tuple(citations))


class _Beside:
    """Finds the bodies that stand beside the citations of one article."""

    def __init__(self, mentions: Mentions) -> None:
        self._mentions = mentions
        self._starts = [body.start for body in mentions.bodies]

    def issuer(self, at: int) -> BodyMention | None:
        """Return the mention of a citation's issuer: the first behind it, else the last before it, up to the next
        citations."""
        citations = self._mentions.citations
        citation = citations[at]
        if citation.issuer is None or citation.issuer.place is not None:
            return None
        floor = max(citations[at - 1].end if at else 0, citation.start - _FAR)
        stop = min(citations[at + 1].start if at + 1 < len(citations) else citation.end + _FAR, citation.end + _FAR)
        behind = self._between(citation.end, stop, citation.issuer)
        before = self._between(floor, citation.start, citation.issuer)
        return behind[0] if behind else before[-1] if before else None

    def _between(self, start: int, end: int, ref: BodyRef) -> list[BodyMention]:
        near = self._mentions.bodies[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [body for body in near if body.ref == ref]


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
