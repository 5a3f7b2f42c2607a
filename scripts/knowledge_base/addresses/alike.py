"""The few addresses, of very many, that may be meant by one that is gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

_MOST = 30
_END = 4


class AlikeIndex:
    """Addresses by the parts of their names; made once, so that looking up one of them takes no longer with more."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self._holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for address in sorted(addresses):
            for part in _parts(address):
                self._holders[part].append(address)

    def like(self, address: str) -> list[str]:
        """Return the addresses in the same folder that share the rarest parts with this one."""
        shared = (self._holders[part] for part in _parts(address) if part in self._holders)
        found: dict[str, None] = {}
        for holders in sorted(shared, key=len):
            found |= dict.fromkeys(holders[:_MOST])
            if len(found) >= _MOST:
                break
        return list(found)


def _parts(address: str) -> list[tuple[str, ...]]:
    """Return the words of a name, alone and with the next one, and its first and last letters."""
    folder, _, name = address.rstrip("/").partition("/")
    words = name.replace("/", "-").split("-")
    parts = (*zip(words, strict=True), *pairwise(words), ("^", name[:_END]), ("$", name[-_END:]))
    return [(folder, *part) for part in dict.fromkeys(parts)]
