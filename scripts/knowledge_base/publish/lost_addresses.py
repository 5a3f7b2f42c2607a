"""Find published addresses that a new build would lose, and propose where each could lead."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from ..core.errors import Problem
from ..core.ids import DocumentKey, parse_document_id
from ..sources.vocabulary import Vocabulary
from .addresses import Addresses
from .redirects import nearest_address

_MOST = 30
"""So many like addresses are compared letter by letter with a lost one, chosen by hand. With all of a folder a rename
of 1,000 articles took 53 seconds; with these it took 2, and one of 10,000 articles 17."""
_END = 4
"""So many letters at the beginning and the end of a name are looked up as a part of it. Chosen by hand."""


class SimilarAddresses:
    """Addresses by the parts of their names; made once, so that looking up one of them takes no longer with more."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self._holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for address in sorted(addresses):
            for part in _parts(address):
                self._holders[part].append(address)

    def to(self, address: str) -> list[str]:
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


_TERM_YEARS = 5
"""The years of a term of a Party committee."""
_BEGINNING, _SIMILARITY = 12, 0.92
"""So many letters of an address must be the same at its beginning, and such a share in all (``difflib``), for a page
published before to be taken for the lost one. Chosen by hand: it is a proposal, which a maintainer reads."""
_SAME_NAME = {"so-sanh": "chu-de", "nhiem-vu": "dia-phuong"}
"""Where a page of a folder is gone, the page of the same name in the other folder says most of it."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A published address without a page, and the page that takes its place most likely."""

    address: str
    proposal: str

    @property
    def entry(self) -> str:
        """The line for sources/addresses.yml that leads on."""
        return f"- {{from: {self.address}, to: {self.proposal}}}"


def find_lost(
    published: Addresses, present: Addresses, vocabulary: Vocabulary, known: Mapping[str, str] | None = None
) -> list[Lost]:
    """Return the published addresses that are no longer ``present`` (pages that lead on are present), sorted.

    Where ``known`` tells under which address the same thing stands now, that is proposed."""
    gone = sorted(published.keys() - present.keys())
    if not gone:
        return []
    guide = _Guide(published, present, vocabulary)
    return [Lost(address, (known or {}).get(address) or guide.propose(address)) for address in gone]


def lost_anchors(published: Addresses, present: Addresses, led: dict[str, str]) -> dict[str, list[str]]:
    """Return for each published page the paragraphs that are gone from it, or from the page it is ``led`` to.

    Pages that are lost themselves are left out."""
    found = {}
    for address, anchors in published.items():
        if address not in present:
            continue
        now = set(present.get(led.get(address, address), ()))
        if gone := [anchor for anchor in anchors if anchor not in now]:
            found[address] = gone
    return found


def lost_problems(lost: Iterable[Lost], path: str, line: int) -> list[Problem]:
    """Return a problem for each lost address; its remedy is the very line to add at the end of ``path``."""
    return [
        Problem(
            path, line, f"địa chỉ đã công bố “{one.address}” không còn trang nào",
            f"Khôi phục trang ấy, hoặc thêm dòng “{one.entry}” vào cuối tệp (xem lại đích trước khi thêm)",
        )
        for one in lost
    ]  # fmt: skip


class _Guide:
    """Knows where a lost address could lead: to what is new under a like name, else to what says most of it."""

    def __init__(self, published: Addresses, present: Addresses, vocabulary: Vocabulary) -> None:
        self._present = present
        self._new = present.keys() - published.keys()
        self._similar, self._similar_new = SimilarAddresses(present), SimilarAddresses(self._new)
        self._vocabulary = vocabulary
        self._documents: dict[tuple[str, str, str | None], list[tuple[str, DocumentKey]]] = defaultdict(list)
        for address in present:
            if key := self._key(address):
                self._documents[key.type, key.number, key.place].append((address, key))

    def _key(self, address: str) -> DocumentKey | None:
        folder, _, name = address.rstrip("/").partition("/")
        if folder != "van-ban" or not name:
            return None
        try:
            return parse_document_id(name, self._vocabulary.document_types, self._vocabulary.provinces)
        except ValueError:
            return None

    def propose(self, address: str) -> str:
        """Return the address of a page that is there."""
        folder, _, name = address.rstrip("/").partition("/")
        name, _, part = name.partition("/")
        if part and f"{folder}/{name}/" in self._present:
            return f"{folder}/{name}/"
        return next((way for way in self._ways(address, folder, name) if way), "van-ban/")

    def _ways(self, address: str, folder: str, name: str) -> Iterator[str | None]:
        """Yield where an address could lead, the likeliest first."""
        yield self._document(address)
        yield self._if_present(f"{_SAME_NAME.get(folder, folder)}/{name}/")
        yield nearest_address(address, self._similar_new.to(address))
        yield self._namesake(address)
        yield self._place(name)
        yield self._if_present(f"{folder}/")

    def _if_present(self, address: str) -> str | None:
        return address if address in self._present else None

    def _document(self, address: str) -> str | None:
        """Return the same document under another year or none: its date has become known, or was wrong.

        Where several could be meant, the page of their number names them all."""
        key = self._key(address)
        if key is None:
            return None
        same = [(a, k) for a, k in self._documents[key.type, key.number, key.place] if a != address]
        fitting = [a for a, k in same if _may_be(key, k)]
        for choices in ([a for a in fitting if a in self._new], fitting, [a for a, _ in same]):
            if len(choices) == 1:
                return choices[0]
        return self._if_present(f"so-hieu/{key.number}/")

    def _namesake(self, address: str) -> str | None:
        """Return a page published before under almost the same name: the lost one may have been merged into it."""
        beginning = address[: address.index("/") + _BEGINNING]
        near = nearest_address(address, [a for a in self._similar.to(address) if a.startswith(beginning)])
        same = difflib.SequenceMatcher(None, near or "", address, autojunk=False).ratio() >= _SIMILARITY
        return near if same else None

    def _place(self, name: str) -> str | None:
        """Return the page of the province that a name ends with."""
        ends = [p for p in self._vocabulary.provinces if name.endswith(f"-{p}")]
        places = [place for p in ends if (place := f"dia-phuong/{p}/") in self._present]
        return max(places, key=len, default=None)


def _may_be(old: DocumentKey, new: DocumentKey) -> bool:
    """Tell whether two keys of one number can be of the same time: an unknown one can be any, a year is in its term."""
    if old.period is None or new.period is None:
        return True
    if old.term == new.term:
        return old.period == new.period
    term, year = (old.period, new.period) if old.term else (new.period, old.period)
    return term <= year <= term + _TERM_YEARS
