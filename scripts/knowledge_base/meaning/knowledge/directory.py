"""Everything that has a page, as one list: what search and the index from A to Z know of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from string import ascii_lowercase

from ...core.dates import PartialDate
from ...core.ids import DocumentNumber
from ...core.text import sort_key
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.names import province_name
from ...sources.vocabulary.notation import expand
from ...sources.vocabulary.schemas import Province, Theme
from ..resolve.context import code_of
from .bodies import CHANGES, merger_reason
from .entities import ArticleEntry, Body, Document, Kind, KnowledgeBase
from .status import State, in_its_place, state_of, status_label


@dataclass(frozen=True, slots=True)
class News:
    """An article or a document with the day on which it is new, its place and its themes: the day on which it came
    into the base, else (``kb.added`` is empty) its own. What has no day is no news."""

    kind: Kind
    id: str
    date: PartialDate
    province: str | None
    themes: frozenset[str]


def news(kb: KnowledgeBase) -> list[News]:
    """Return all news, newest first."""
    found = []
    for identity, entry in kb.articles.items():
        if date := _added(kb, Kind.ARTICLE, identity) if kb.added else entry.article.published or entry.at:
            found.append(News(Kind.ARTICLE, identity, date, entry.province, frozenset(entry.weights)))
    for identity, d in kb.documents.items():
        if date := _added(kb, Kind.DOCUMENT, identity) if kb.added else d.date:
            found.append(News(Kind.DOCUMENT, identity, date, d.province, frozenset(kb.themes_of(d))))
    return sorted(found, key=lambda n: (-n.date.earliest().toordinal(), n.kind, n.id))


def _added(kb: KnowledgeBase, kind: Kind, identity: str) -> PartialDate:
    """Return when an article or a document came into the base: with its record or the first article that names it.

    What the history does not know yet is newer than all that it knows."""
    keys = [(kind.value, identity)]
    if kind is Kind.DOCUMENT:
        keys += [(Kind.ARTICLE.value, article) for article in kb.documents[identity].articles]
    days = [kb.added[key] for key in keys if key in kb.added]
    return min(days or [max(kb.added.values(), key=PartialDate.earliest)], key=PartialDate.earliest)


MOST_OF_DAY = 30
"""More than this came in on one day only when a whole region or register was added: it is told as one."""


def news_by_day(kb: KnowledgeBase, items: Iterable[News]) -> Iterator[tuple[PartialDate, list[News]]]:
    """Yield news in their order: each with its day, but all those of a day together on which too many came in."""
    for day, group in groupby(items, key=lambda item: item.date):
        found = list(group)
        if kb.added and len(found) > MOST_OF_DAY:
            yield day, found
        else:
            yield from ((day, [item]) for item in found)


def count_news(items: Sequence[News]) -> str:
    """Return how many documents and articles there are among news: ``42 văn bản, 3 bài``."""
    documents = sum(item.kind is Kind.DOCUMENT for item in items)
    parts = [(documents, "văn bản"), (len(items) - documents, "bài")]
    return ", ".join(f"{count} {what}" for count, what in parts if count)


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
class Listed:
    """One page of the knowledge base. ``kind`` is the folder of its page; ``place`` and ``issuer`` are ids; ``also``
    are other names; ``next`` is what it became: the ids of its successors, each with why its page is shown too
    (Vietnamese)."""

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
    state: State | None = None
    number: str | None = None
    symbol: SymbolParts | None = None
    next: tuple[tuple[str, str], ...] = ()


def list_all(kb: KnowledgeBase) -> list[Listed]:
    """Return an entry for every page of an entity: provinces, themes, bodies, documents, articles."""
    return [
        *(_province(kb, province) for province in kb.provinces.values()),
        *(_theme(theme) for theme in kb.themes.values()),
        *(_body(kb, body) for body in kb.bodies.values()),
        *(_document(kb, document) for document in kb.documents.values()),
        *(_article(entry) for entry in kb.articles.values()),
    ]


def by_name(entries: list[Listed]) -> list[Listed]:
    """Return the entries in Vietnamese order of their names; those of one name by year, then id."""
    return sorted(entries, key=lambda e: (sort_key(e.name), -(e.year or 0), e.id))


def _province(kb: KnowledgeBase, p: Province) -> Listed:
    full = {province_name(kb.vocabulary, p.id, period.since or period.until) for period in p.periods}
    listed = Listed(Kind.PROVINCE, p.id, p.name, tuple(dict.fromkeys([*p.names, *sorted(full)])), place=p.id)
    if p.successor is None or p.successor == p.id:
        return listed
    today = kb.provinces[p.successor]
    period = next((period for period in today.periods if p.id in period.made_of), None)
    became = CHANGES[merger_reason(period)].became
    since = f" từ {period.since.vietnamese}" if period and period.since else ""
    return replace(listed, status=FORMER, next=((today.id, f"{p.name} {became} {today.name}{since}"),))


def _theme(theme: Theme) -> Listed:
    forms = (form for form in theme.include if "…" not in form)
    phrases = dict.fromkeys(phrase for form in forms for phrase in expand(form)[:_MOST_PHRASES])
    return Listed(Kind.THEME, theme.id, theme.name, tuple(phrases)[:_MOST_PHRASES], themes=(theme.id,))


def _body(kb: KnowledgeBase, body: Body) -> Listed:
    """Return a body with its other names, also the form of the other rank: people say Tỉnh ủy of a city too."""
    kind = kb.vocabulary.body_kinds[body.kind]
    forms = [kind.name, kind.city_name] if kind.city_name and body.province else []
    names = [form.replace("{place}", kb.provinces[body.province or ""].name) for form in forms if form]
    also = tuple(n for n in dict.fromkeys([*body.other_names, *names]) if n != body.name)
    nexts = []
    for change in body.successors:
        if change.other in kb.bodies:
            since = f" từ {change.date.vietnamese}" if change.date else ""
            reason = f"{body.name} {CHANGES[change.reason].became} {kb.bodies[change.other].name}{since}"
            nexts.append((change.other, reason))
    return Listed(
        Kind.BODY, body.id, body.name, also,
        place=body.province, status=ENDED if body.gone else None, next=tuple(nexts),
    )  # fmt: skip


def _document(kb: KnowledgeBase, d: Document) -> Listed:
    year = d.year or (d.number.year if d.number else None)
    return Listed(
        Kind.DOCUMENT, d.id, d.name, tuple(n for n in d.record.names if n != d.name) if d.record else (),
        title=d.title, type=d.type, place=d.province, issuer=d.issuer, themes=tuple(kb.themes_of(d)),
        year=year, date=d.date.iso if d.date else None, status=status_label(d, kb), state=state_of(d, kb),
        number=d.number, symbol=read_symbol(d.number, kb.vocabulary), next=_newer(d, kb),
    )  # fmt: skip


def _newer(d: Document, kb: KnowledgeBase) -> tuple[tuple[str, str], ...]:
    """Return what stands in the place of a document today, with each step that led there as the reason."""
    place = in_its_place(d, kb)
    if place is None:
        return ()
    if not place.came_by:
        return ((place.document.id, f"ra sau {d.number or d.name}, về cùng việc"),)
    following = [*(old for old, _ in place.came_by[1:]), place.document]
    steps = (
        f"{old.number or old.name} {status.done_by} {new.number or new.name}"
        for (old, status), new in zip(place.came_by, following, strict=True)
    )
    return ((place.document.id, "; ".join(steps)),)


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
        Kind.ARTICLE, a.article.id, a.name,
        place=a.province, themes=tuple(sorted(a.weights)),
        year=a.at.year if a.at else None, date=day.iso if day else None,
    )  # fmt: skip
