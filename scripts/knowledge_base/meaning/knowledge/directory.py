"""Everything that has a page, as one list: what search and the index from A to Z know of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase

from ...core.dates import PartialDate
from ...core.ids import DocumentNumber
from ...core.text import sort_key
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.names import province_name
from ...sources.vocabulary.notation import expand
from ...sources.vocabulary.schemas import Theme
from ..resolve.context import code_of
from .bodies import CHANGES
from .entities import ArticleEntry, Body, Change, Document, Kind, KnowledgeBase
from .status import status_of


@dataclass(frozen=True, slots=True)
class News:
    """An article or a document with its date, its place and its themes. What has no date is no news."""

    kind: Kind
    id: str
    date: PartialDate
    province: str | None
    themes: frozenset[str]


def news(kb: KnowledgeBase) -> list[News]:
    """Return all news, newest first."""
    return sorted([*_articles(kb), *_documents(kb)], key=lambda n: (_backwards(n.date), n.kind, n.id))


def _articles(kb: KnowledgeBase) -> Iterator[News]:
    for identity, entry in kb.articles.items():
        if date := entry.article.published or entry.at:
            yield News(Kind.ARTICLE, identity, date, entry.province, frozenset(entry.weights))


def _documents(kb: KnowledgeBase) -> Iterator[News]:
    for identity, document in kb.documents.items():
        if document.date:
            yield News(Kind.DOCUMENT, identity, document.date, document.province, frozenset(kb.themes_of(document)))


def _backwards(date: PartialDate) -> int:
    return -date.earliest().toordinal()


FORMER = "Tên cũ"
ENDED = "Đã kết thúc hoặc đổi tên"
_MOST_PHRASES = 60
"""So many of the phrases of a theme are given to search, chosen by hand: one form in small notation may stand for
hundreds, and every visitor who searches loads them."""


@dataclass(frozen=True, slots=True)
class SymbolParts:
    """A document's symbol in its parts: ``73/2023/NĐ-CP`` is 73, 2023, NĐ, CP."""

    number: int
    year: int | None
    type_code: str
    issuer_code: str


@dataclass(frozen=True, slots=True)
class Next:
    """What an entity became: the page of its successor, and why that page is shown too (Vietnamese)."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the knowledge base. ``kind`` is the folder of its page; ``place`` and ``issuer`` are ids; ``also``
    are other names."""

    kind: str
    id: str
    name: str
    also: tuple[str, ...] = ()
    title: str | None = None
    type: str | None = None
    place: str | None = None
    issuer: str | None = None
    themes: tuple[str, ...] = ()
    year: int | None = None
    date: str | None = None
    status: str | None = None
    number: str | None = None
    symbol: SymbolParts | None = None
    next: tuple[Next, ...] = ()


def list_all(kb: KnowledgeBase) -> list[Listed]:
    """Return an entry for every page of an entity: provinces, themes, bodies, documents, articles."""
    return [
        *(_province(kb, identity) for identity in kb.provinces),
        *(_theme(theme) for theme in kb.themes.values()),
        *(_body(kb, body) for body in kb.bodies.values()),
        *(_document(kb, document) for document in kb.documents.values()),
        *(_article(entry) for entry in kb.articles.values()),
    ]


def by_name(entries: list[Listed]) -> list[Listed]:
    """Return the entries in Vietnamese order of their names; those of one name by year, then id."""
    return sorted(entries, key=lambda e: (sort_key(e.name), -(e.year or 0), e.id))


def _province(kb: KnowledgeBase, identity: str) -> Listed:
    entry = kb.provinces[identity]
    former = entry.successor not in (None, identity)
    nexts = (_province_next(kb, identity, entry.successor or ""),) if former else ()
    full = {province_name(kb.vocabulary, identity, p.since or p.until) for p in entry.periods}
    also = tuple(dict.fromkeys([*entry.names, *sorted(full)]))
    return Listed(
        Kind.PROVINCE, identity, entry.name, also, place=identity, status=FORMER if former else None, next=nexts
    )


def _province_next(kb: KnowledgeBase, old: str, new: str) -> Next:
    today = kb.provinces[new]
    period = next((p for p in today.periods if old in p.made_of), None)
    became = CHANGES["doi-ten" if period and period.reason == "doi-ten" else "hop-nhat"].became
    since = f" từ {period.since.vietnamese}" if period and period.since else ""
    return Next(new, f"{kb.provinces[old].name} {became} {today.name}{since}")


def _theme(theme: Theme) -> Listed:
    forms = (form for form in theme.include if "…" not in form)
    phrases = dict.fromkeys(phrase for form in forms for phrase in expand(form)[:_MOST_PHRASES])
    return Listed(Kind.THEME, theme.id, theme.name, tuple(phrases)[:_MOST_PHRASES], themes=(theme.id,))


def _body(kb: KnowledgeBase, body: Body) -> Listed:
    nexts = tuple(_body_next(kb, body, change) for change in body.successors if change.other in kb.bodies)
    ended = ENDED if body.gone else None
    return Listed(
        Kind.BODY, body.id, body.name, _body_names(kb.vocabulary, body), place=body.province, status=ended, next=nexts
    )


def _body_names(vocabulary: Vocabulary, body: Body) -> tuple[str, ...]:
    """Return the other names of a body, with the form of the other rank: people say Tỉnh ủy of a city too."""
    kind = vocabulary.body_kinds[body.kind]
    place = vocabulary.provinces[body.province].name if body.province else ""
    forms = [kind.name, kind.city_name] if kind.city_name and place else []
    names = [form.replace("{place}", place) for form in forms if form]
    return tuple(n for n in dict.fromkeys([*body.other_names, *names]) if n != body.name)


def _body_next(kb: KnowledgeBase, body: Body, change: Change) -> Next:
    since = f" từ {change.date.vietnamese}" if change.date else ""
    return Next(change.other, f"{body.name} {CHANGES[change.reason].became} {kb.bodies[change.other].name}{since}")


def _document(kb: KnowledgeBase, d: Document) -> Listed:
    return Listed(
        kind=Kind.DOCUMENT,
        id=d.id,
        name=d.name,
        also=tuple(n for n in d.record.names if n != d.name) if d.record else (),
        title=d.title,
        type=d.type,
        place=d.province,
        issuer=d.issuer,
        themes=tuple(kb.themes_of(d)),
        year=d.year or (d.number.year if d.number else None),
        date=d.date.iso if d.date else None,
        status=status_of(d, kb).force.value,
        number=d.number,
        symbol=read_symbol(d.number, kb.vocabulary),
    )


def read_symbol(number: DocumentNumber | None, vocabulary: Vocabulary) -> SymbolParts | None:
    """Return the parts of a number by which it is searched; those that are missing are ''."""
    if not number or not number.digits:
        return None
    code = code_of(number, vocabulary)
    type_code = "" if code and code.code == number.type_code else number.type_code
    return SymbolParts(int(number.digits.rstrip(ascii_lowercase)), number.year, type_code, code.code if code else "")


def _article(a: ArticleEntry) -> Listed:
    day = a.article.published or a.at
    return Listed(
        kind=Kind.ARTICLE,
        id=a.article.id,
        name=a.name,
        place=a.province,
        themes=tuple(sorted(a.weights)),
        year=a.at.year if a.at else None,
        date=day.iso if day else None,
    )
