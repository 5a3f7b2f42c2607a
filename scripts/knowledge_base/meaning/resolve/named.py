"""Say which documents a name means: records carry the names that texts use instead of a number."""

from __future__ import annotations

import re
from collections import defaultdict

from ...core.models import NamedDocument, Resolution
from ...core.text import fold
from ...sources.vocabulary import Vocabulary
from .context import Context

_LIST = re.compile(r"(.*khóa )([IVXLC]+(?:(?:, | và )[IVXLC]+)+)\Z")


class NameIndex:
    """Names of recorded documents, by folded words and place."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._ids: dict[tuple[str, str | None], set[str]] = defaultdict(set)
        for record in vocabulary.records.values():
            for name in record.names:
                self._ids[_key(name), record.province].add(record.id)

    def resolve(self, mention: NamedDocument, context: Context) -> tuple[Resolution, ...]:
        """Return what a named document means: one resolution for each document its words list."""
        correction = context.correction_for(mention)
        if correction is not None:
            return (Resolution(correction.target, "theo đính chính trong tệp bài"),)
        return tuple(self._one(name, mention.local, context) for name in _listed(mention.name))

    def _one(self, name: str, local: bool, context: Context) -> Resolution:
        places = [context.province] if local else [None, context.province]
        found = next((ids for place in places if (ids := self._ids.get((_key(name), place)))), set())
        if len(found) == 1:
            return Resolution(next(iter(found)), "tên gọi có trong hồ sơ văn bản")
        reason = "tên gọi chỉ nhiều văn bản" if found else "chưa có văn bản nào mang tên này trong kho"
        return Resolution(None, reason, tuple(sorted(found)))


def _key(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name)))


def _listed(name: str) -> list[str]:
    """Take apart "… khóa XI, XII" into one name for each."""
    match = _LIST.match(name)
    if match is None:
        return [name]
    return [match[1] + ordinal for ordinal in re.split(r", | và ", match[2])]
