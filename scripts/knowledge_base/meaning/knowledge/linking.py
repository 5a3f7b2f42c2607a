"""Turn the mentions of one article into links: words, and the entity they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...core.models import NamedDocument, Resolution
from ..resolve.body_mentions import resolve_body
from ..resolve.context import Context
from ..resolve.named import NameIndex
from ..resolve.register import Register
from .entities import Kind, Link

_ORDINAL = re.compile(r"(?<!\w)[IVXLC]+(?!\w)")


def link_mentions(context: Context, register: Register, names: NameIndex) -> tuple[Link, ...]:
    """Return all links of an article in order of the text; several for words that name several documents."""
    links = [*_documents(context, register, names), *_bodies(context), *_themes(context)]
    links += _corrected(context, links, register)
    return tuple(sorted(links, key=lambda k: (k.start, -k.end, k.kind, k.resolution.id or "")))


def _documents(context: Context, register: Register, names: NameIndex) -> Iterator[Link]:
    for claim in context.claims:
        yield Link(claim.citation.start, claim.citation.end, Kind.DOCUMENT, register.resolve(claim))
    for named in context.mentions.named_documents:
        resolutions = names.resolve(named, context)
        for (start, end), resolution in zip(_spans(named, len(resolutions)), resolutions, strict=True):
            yield Link(start, end, Kind.DOCUMENT, resolution)


def _spans(named: NamedDocument, count: int) -> list[tuple[int, int]]:
    """Return the words of each document that one name lists: "Nghị quyết Trung ương 4 (khóa XI", "XII"."""
    ordinals = list(_ORDINAL.finditer(named.text))[-count:]
    if count == 1 or len(ordinals) != count:
        return [(named.start, named.end)] * count
    first, *others = ordinals
    return [
        (named.start, named.start + first.end()),
        *((named.start + ordinal.start(), named.start + ordinal.end()) for ordinal in others),
    ]


def _bodies(context: Context) -> Iterator[Link]:
    for body in context.mentions.bodies:
        resolution = resolve_body(body, body.ref, context)
        yield Link(body.start, body.end, Kind.BODY, resolution, body.title_only)


def _themes(context: Context) -> Iterator[Link]:
    """Yield links for phrases that speak of a theme by themselves; weak ones only weigh."""
    for theme in (t for t in context.mentions.themes if not t.weak):
        yield Link(theme.start, theme.end, Kind.THEME, Resolution(theme.theme, "cụm từ của chủ đề"))


def _corrected(context: Context, links: list[Link], register: Register) -> Iterator[Link]:
    """Yield links for corrected words that no finder saw."""
    for correction, spans in context.corrected:
        if correction.target is None:
            continue
        start, end = next((s for s in spans if s[0] >= context.article.body_start), (0, 0))
        if end and not any(k.start < end and start < k.end and k.kind is not Kind.THEME for k in links):
            kind = Kind.DOCUMENT if _is_document(correction.target, context, register) else Kind.BODY
            yield Link(start, end, kind, Resolution(correction.target, "theo đính chính trong tệp bài"))


def _is_document(identity: str, context: Context, register: Register) -> bool:
    return identity in register.entries or identity in context.vocabulary.records
