"""Which answers each page was made of, so that it is made again only where one of them has become another.

A page asks the knowledge base and its index, by key or as a whole. ``Trace`` is an index that notes what is asked; an
answer is told by a print of its value. What follows from the vocabulary is not noted: pages are kept for one
vocabulary (``PageMemory``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from typing import Any

from ...meaning.knowledge.entities import ArticleEntry
from ..limits import Limits
from .index import Index

_WHOLE, _HAS, _AT = "*", "?", "="
"""What may be asked of a table: all of it, whether it has a key, what it has at a key."""


class Trace:
    """An index that notes what is asked of it."""

    def __init__(self, index: Index) -> None:
        self.asked: set[str] = set()
        self._tables: dict[str, Any] = {}
        self._by_text: dict[str, Mapping[str, Any]] = {}
        self._prints: dict[int, tuple[object, bytes]] = {}
        self._answers: dict[str, str] = {}
        for name, attribute in vars(Index).items():
            if isinstance(attribute, cached_property):
                getattr(index, name)  # found for all pages, so no question of the first that asks
        kb = index.kb
        named = {one.name: getattr(kb, one.name) for one in fields(kb) if one.name != "vocabulary"}
        traced = replace(kb, **{name: self._traced(f"kb.{name}", value) for name, value in named.items()})
        ends = enumerate(kb._ends)  # noqa: SLF001 - as above
        traced.__dict__["_ends"] = tuple(self._traced(f"kb.ends.{n}", table) for n, table in ends)
        self.index = Index.__new__(Index)
        for name, value in vars(index).items():
            setattr(self.index, name, value if isinstance(value, str | Limits) else self._traced(name, value))
        self.index.kb = traced
        whose = {id(value): name for name, value in named.items()}
        self.index.entities = {kind: getattr(traced, whose[id(table)]) for kind, table in index.entities.items()}

    def _traced(self, name: str, table: Any) -> Any:
        self._tables[name] = table
        return (_TracedMapping if isinstance(table, Mapping) else _TracedItems)(name, table, self.asked)

    def questions(self) -> list[str]:
        """Return what was asked since the last time, sorted. Who asks for a whole table asks for all that is in it."""
        whole = {question.partition("\0")[0] for question in self.asked if f"\0{_WHOLE}\0" in question}
        few = sorted(q for q in self.asked if f"\0{_WHOLE}\0" in q or q.partition("\0")[0] not in whole)
        self.asked.clear()
        return few

    def answer(self, question: str) -> str:
        """Return the print of what a question is answered now."""
        if question not in self._answers:
            self._answers[question] = self._answer(question)
        return self._answers[question]

    def _answer(self, question: str) -> str:
        name, how, key = question.split("\0")
        table = self._tables.get(name)
        if table is None or how == _WHOLE:
            return self.print_of(table)
        if name not in self._by_text:
            self._by_text[name] = (
                {_text(k): v for k, v in table.items()} if isinstance(table, Mapping) else {_text(k): k for k in table}
            )
        found = self._by_text[name]
        if how == _HAS:
            return str(key in found)
        return self.print_of(found[key]) if key in found else ""

    def print_of(self, value: Any) -> str:
        """Return a print of a value, such as the one that a page is of."""
        return self._mixture(value).hex()

    def _mixture(self, value: Any) -> bytes:
        """Return a print of a value: the same only for the same."""
        if isinstance(value, Mapping):
            told = [part for key, item in value.items() for part in (self._mixture(key), self._mixture(item))]
        elif isinstance(value, list | tuple):
            told = [self._mixture(item) for item in value]
        elif isinstance(value, set | frozenset):
            told = sorted(self._mixture(item) for item in value)
        elif is_dataclass(value):
            if id(value) not in self._prints:
                told = [repr(_told(value)).encode("utf-8", "surrogatepass")]
                self._prints[id(value)] = value, _mixed(type(value).__name__, told)
            return self._prints[id(value)][1]
        else:
            told = [repr(value).encode("utf-8", "surrogatepass")]
        return _mixed(type(value).__name__, told)


def _told(value: Any) -> object:
    """Return what decides a value: of an article its words, what is declared of it and what its links mean, for the
    vocabulary decides the rest."""
    if not isinstance(value, ArticleEntry):
        return value
    a = value.article
    declared = (a.id, a.path, a.text, a.facts, a.added_numbers, a.corrections, a.mended, a.checked)
    return declared, value.province, value.at, value.links, value.document, value.outlet_name


def _mixed(kind: str, parts: list[bytes]) -> bytes:
    seen = hashlib.blake2b(kind.encode(), digest_size=12)
    for part in parts:
        seen.update(len(part).to_bytes(4, "big"))
        seen.update(part)
    return seen.digest()


def _text(key: object) -> str:
    """Return a key as questions have it: a text, or several."""
    return "|".join(map(str, key)) if isinstance(key, tuple) else str(key)


class _TracedItems(Collection[Any]):
    """A sequence or a set that notes what is asked of it."""

    def __init__(self, name: str, table: Any, asked: set[str]) -> None:
        self._table, self._asked = table, asked
        self._whole, self._has, self._at = (f"{name}\0{how}\0" for how in (_WHOLE, _HAS, _AT))

    def __iter__(self) -> Iterator[Any]:
        self._asked.add(self._whole)
        return iter(self._table)

    def __len__(self) -> int:
        self._asked.add(self._whole)
        return len(self._table)

    def __contains__(self, key: object) -> bool:
        self._asked.add(self._has + _text(key))
        return key in self._table


class _TracedMapping(_TracedItems, Mapping[Any, Any]):
    """A mapping that notes what is asked of it."""

    def __getitem__(self, key: Any) -> Any:
        self._asked.add(self._at + _text(key))
        return self._table[key]

    def get(self, key: Any, default: Any = None) -> Any:
        self._asked.add(self._at + _text(key))
        return self._table.get(key, default)

    def keys(self) -> Any:
        self._asked.add(self._whole)
        return self._table.keys()

    def values(self) -> Any:
        self._asked.add(self._whole)
        return self._table.values()

    def items(self) -> Any:
        self._asked.add(self._whole)
        return self._table.items()


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page that was made: a digest of its bytes, the print of what it is of, and the numbers of its questions."""

    bytes: str
    member: str
    asked: str


@dataclass(frozen=True, slots=True)
class PageMemory:
    """The pages of an earlier build of one vocabulary by their paths in docs/, and all their questions, in order, with
    the prints of the answers."""

    answers: dict[str, str] = field(default_factory=dict)
    pages: dict[str, KeptPage] = field(default_factory=dict)


class PageNotes:
    """Which pages of an earlier build are what they would be now; notes those of this build for the next."""

    def __init__(self, before: PageMemory, trace: Trace) -> None:
        self._trace, self._asked_before = trace, list(before.answers)
        answers = enumerate(before.answers.items())
        changed = {str(number) for number, (asked, was) in answers if trace.answer(asked) != was}
        self._sound = {path: page for path, page in before.pages.items() if changed.isdisjoint(page.asked.split())}
        self._numbers: dict[str, int] = {}
        self._pages: dict[str, KeptPage] = {}

    def known(self, path: str, member: object) -> str | None:
        """Return the digest of the bytes that the page of ``member`` has, where it is what it was."""
        page = self._sound.get(path)
        return page.bytes if page and page.member == self._trace.print_of(member) else None

    def same(self, path: str) -> None:
        """Note that a page stays what it is."""
        page = self._sound[path]
        questions = [self._asked_before[int(number)] for number in page.asked.split()]
        self._pages[path] = replace(page, asked=self._numbers_of(questions))

    def made(self, path: str, member: object, told: str, asked: Iterable[str]) -> None:
        """Note a page that was made of what was ``asked``; ``told``: the digest of its bytes."""
        self._pages[path] = KeptPage(told, self._trace.print_of(member), self._numbers_of(asked))

    def _numbers_of(self, questions: Iterable[str]) -> str:
        return " ".join([str(self._numbers.setdefault(question, len(self._numbers))) for question in questions])

    def memory(self) -> PageMemory:
        """Return all that was noted."""
        return PageMemory({question: self._trace.answer(question) for question in self._numbers}, self._pages)
