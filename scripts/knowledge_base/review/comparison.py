"""Compare two sides: what came, what went, what is said otherwise now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from ..core.text import fold
from ..meaning.knowledge.entities import ArticleEntry, Document, DocumentRelation, Kind, KnowledgeBase, Link
from ..publish.lost_addresses import Lost, find_lost, lost_anchors
from ..sources.vocabulary import Vocabulary
from .compared_facts import FactChange, article_facts, compare_facts, document_facts
from .sides import Side

if TYPE_CHECKING:
    from pydantic import BaseModel

TABLES = {
    "document_types": "Loại văn bản",
    "issuer_codes": "Ký hiệu cơ quan",
    "provinces": "Tỉnh, thành phố",
    "body_kinds": "Loại cơ quan",
    "local_bodies": "Cơ quan của một nơi",
    "outlets": "Báo, cổng thông tin",
    "themes": "Chủ đề",
    "relations": "Quan hệ",
    "noise": "Dòng thừa",
    "abbreviations": "Chữ tắt",
    "person_names": "Tiếng trong tên người",
    "phrases": "Từ ngữ",
}


@dataclass(frozen=True, slots=True)
class Entries:
    """What differs in one table, by the names of its entries; a changed one with the keys that differ."""

    title: str
    new: tuple[str, ...]
    changed: tuple[tuple[str, tuple[str, ...]], ...]
    gone: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many entries differ."""
        return len(self.new) + len(self.changed) + len(self.gone)


def compare_vocabularies(before: Vocabulary, after: Vocabulary) -> tuple[Entries, ...]:
    """Return the tables in which something differs."""
    tables = (_compare(title, getattr(before, name), getattr(after, name)) for name, title in TABLES.items())
    return tuple(entries for entries in tables if entries.count)


def _compare(title: str, old: Mapping[Hashable, BaseModel], new: Mapping[Hashable, BaseModel]) -> Entries:
    changed = [(_name(key, new[key]), _keys(old[key], new[key])) for key in new if key in old and old[key] != new[key]]
    return Entries(
        title,
        tuple(_name(key, new[key]) for key in new if key not in old),
        tuple(changed),
        tuple(_name(key, old[key]) for key in old if key not in new),
    )


def _name(key: Hashable, entry: BaseModel) -> str:
    """Return what an entry is called; one that has no name by its id."""
    return str(getattr(entry, "name", "")) or (" ".join(key) if isinstance(key, tuple) else str(key))


def _keys(old: BaseModel, new: BaseModel) -> tuple[str, ...]:
    return tuple(name for name in type(new).model_fields if getattr(old, name) != getattr(new, name))


@dataclass(frozen=True, slots=True)
class Moved:
    """One thing under two ids, the old and the new one."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    """An article or a document that is said otherwise: its facts, and for a document the articles that name it."""

    id: str
    facts: tuple[FactChange, ...]
    gained: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Things:
    """The documents or articles of a comparison, each by id."""

    new: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()
    changed: tuple[Changed, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementChanges:
    """What one article says now and did not say before, by ids; ``new`` tells that the article is new itself."""

    article: str
    new: bool
    bodies: tuple[str, ...]
    themes: tuple[str, ...]
    lost_themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Words in an article whose meaning stays open: why, what they could mean, and the line of the file."""

    article: str
    words: str
    reason: str
    candidates: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a comparison by their paths in docs/; a changed one with the lines it gained and lost."""

    new: tuple[str, ...] = ()
    changed: tuple[tuple[str, int, int], ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Changes:
    """All that a change does. Where a side has no knowledge base only articles and records are compared."""

    before: Side
    after: Side
    documents: Things = Things()
    articles: Things = Things()
    entries: tuple[Entries, ...] = ()
    new_bodies: tuple[str, ...] = ()
    gone_bodies: tuple[str, ...] = ()
    said: tuple[StatementChanges, ...] = ()
    new_relations: tuple[DocumentRelation, ...] = ()
    gone_relations: tuple[DocumentRelation, ...] = ()
    tasks: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    unresolved: tuple[Unresolved, ...] = ()
    settled: int = 0
    pages: Pages = Pages()
    lost: tuple[Lost, ...] = ()
    anchors: Mapping[str, list[str]] = field(default_factory=dict)


_K = TypeVar("_K", bound=Hashable)
_Key = Callable[[str], Hashable]


def compare(before: Side, after: Side) -> Changes:
    """Return what differs between two sides; everything in a fixed order."""
    if after.kb is None or (before.kb is None and not before.absent):
        return Changes(before, after, articles=_sources_only(before, after), documents=_records_only(before, after))
    old, new = before.kb or _nothing(after.kb), after.kb
    articles = _articles(before, after, old, new)
    renamed = {m.old: m.new for m in articles.moved}
    documents = _documents(before, after, old, new, renamed)
    opened, settled = _open(old, new, renamed)
    relations_old, relations_new = _relations(old), _relations(new)
    led = {move.old: move.new for move in after.reading.moves}
    return Changes(
        before,
        after,
        documents=documents,
        articles=articles,
        entries=compare_vocabularies(before.reading.vocabulary, after.reading.vocabulary),
        new_bodies=tuple(b for b in new.bodies if b not in old.bodies),
        gone_bodies=tuple(b for b in old.bodies if b not in new.bodies),
        said=tuple(_said(old, new, renamed)),
        new_relations=tuple(r for key, r in relations_new.items() if key not in relations_old),
        gone_relations=tuple(r for key, r in relations_old.items() if key not in relations_new),
        tasks=(_tasks(old), _tasks(new)),
        unresolved=tuple(opened),
        settled=settled,
        pages=_pages(before.pages, after.pages),
        lost=tuple(find_lost(before.addresses, after.addresses, new.vocabulary, _known(articles, documents))),
        anchors=lost_anchors(before.addresses, after.addresses, led),
    )


def _known(articles: Things, documents: Things) -> dict[str, str]:
    """Return under which address that stands now which stood at another."""
    kinds = ((Kind.ARTICLE, articles), (Kind.DOCUMENT, documents))
    return {f"{kind}/{m.old}/": f"{kind}/{m.new}/" for kind, things in kinds for m in things.moved}


def _nothing(like: KnowledgeBase) -> KnowledgeBase:
    """Return a knowledge base without anything in it."""
    return KnowledgeBase(like.vocabulary, {}, {}, {}, {}, {}, {}, (), ())


def _split(old: Collection[_K], new: Collection[_K]) -> tuple[list[_K], list[_K], list[_K]]:
    """Return what is only in ``new``, in both, and only in ``old``."""
    was, now = set(old), set(new)
    return [k for k in new if k not in was], [k for k in new if k in was], [k for k in old if k not in now]


# -- articles and documents ------------------------------------------------------------------------


def _articles(before: Side, after: Side, old: KnowledgeBase, new: KnowledgeBase) -> Things:
    added, both, gone = _split(old.articles, new.articles)
    moved = _pair(gone, added, lambda i: _article_key(old.articles[i]), lambda i: _article_key(new.articles[i]))
    changed = [_article_change(before, after, m.old, m.new) for m in (*moved, *(Moved(i, i) for i in both))]
    return Things(
        new=tuple(i for i in added if i not in {m.new for m in moved} and i not in before.unread),
        moved=tuple(moved),
        changed=tuple(c for c in changed if c.facts or c.gained or c.dropped),
        gone=tuple(i for i in gone if i not in {m.old for m in moved}),
    )


def _article_key(entry: ArticleEntry) -> Hashable:
    return entry.article.title, entry.article.outlet


def _article_change(before: Side, after: Side, old: str, new: str) -> Changed:
    """Return how an article differs; ``gained`` and ``dropped`` are its paragraphs' anchors."""
    if before.site is None or after.site is None:
        return Changed(new, ())
    was, now = before.site.kb.articles[old], after.site.kb.articles[new]
    facts = compare_facts(article_facts(before.site, was), article_facts(after.site, now))
    gained, _, dropped = _split(was.anchors, now.anchors)
    return Changed(new, tuple(facts), tuple(gained), tuple(dropped))


def _documents(before: Side, after: Side, old: KnowledgeBase, new: KnowledgeBase, renamed: Mapping[str, str]) -> Things:
    added, both, gone = _split(old.documents, new.documents)
    moved = _pair(gone, added, lambda i: _document_key(old.documents[i]), lambda i: _document_key(new.documents[i]))
    pairs = [*moved, *(Moved(i, i) for i in both)]
    changed = [_document_change(before, after, m, renamed) for m in pairs]
    return Things(
        new=tuple(i for i in added if i not in {m.new for m in moved}),
        moved=tuple(moved),
        changed=tuple(c for c in changed if c.facts or c.gained or c.dropped),
        gone=tuple(i for i in gone if i not in {m.old for m in moved}),
    )


def _document_key(document: Document) -> Hashable:
    """Return what makes two ids one document: number (else name) and place, whatever year was thought of."""
    number = document.number.slug if document.number else document.name
    return document.type, number, document.province


def _document_change(before: Side, after: Side, pair: Moved, renamed: Mapping[str, str]) -> Changed:
    if before.site is None or after.site is None:
        return Changed(pair.new, ())
    was, now = before.site.kb.documents[pair.old], after.site.kb.documents[pair.new]
    facts = compare_facts(document_facts(before.site, was), document_facts(after.site, now))
    sources_old = [renamed.get(a, a) for a in (*was.announced_by, *was.cited_by)]
    gained, _, dropped = _split(sources_old, [*now.announced_by, *now.cited_by])
    return Changed(pair.new, tuple(facts), tuple(gained), tuple(dropped))


def _pair(gone: Iterable[str], added: Iterable[str], old_key: _Key, new_key: _Key) -> list[Moved]:
    """Return those that are gone under one id and there under another; only where no two could be meant."""
    olds, news = _by_key(gone, old_key), _by_key(added, new_key)
    return [Moved(ids[0], news[key][0]) for key, ids in olds.items() if len(ids) == len(news.get(key, ())) == 1]


def _by_key(ids: Iterable[str], key: _Key) -> dict[Hashable, list[str]]:
    found: dict[Hashable, list[str]] = {}
    for identity in ids:
        found.setdefault(key(identity), []).append(identity)
    return found


def _sources_only(before: Side, after: Side) -> Things:
    """Compare articles by their ids alone."""
    old, new = ({a.id for a in side.reading.corpus.articles} for side in (before, after))
    return Things(new=tuple(sorted(new - old - before.unread)), gone=tuple(sorted(old - new - after.unread)))


def _records_only(before: Side, after: Side) -> Things:
    """Compare the records of documents by their ids alone."""
    old, new = (side.reading.vocabulary.records.keys() for side in (before, after))
    return Things(new=tuple(sorted(new - old)), gone=tuple(sorted(old - new)))


# -- what articles say -----------------------------------------------------------------------------


def _said(old: KnowledgeBase, new: KnowledgeBase, renamed: Mapping[str, str]) -> Iterable[StatementChanges]:
    """Yield for each article the bodies and themes it did not name before."""
    earlier = {renamed.get(i, i): entry for i, entry in old.articles.items()}
    for identity, entry in new.articles.items():
        was = earlier.get(identity)
        bodies = _split(_named(was) if was else (), _named(entry))[0]
        gained, _, lost = _split(was.weights if was else (), entry.weights)
        if bodies or gained or lost:
            yield StatementChanges(identity, was is None, tuple(bodies), tuple(sorted(gained)), tuple(sorted(lost)))


def _named(entry: ArticleEntry) -> list[str]:
    ids = (k.resolution.id for k in entry.links if k.kind is Kind.BODY and k.resolution.id)
    return list(dict.fromkeys(ids))


def _relations(kb: KnowledgeBase) -> dict[tuple[str, str, str], DocumentRelation]:
    return {(r.relation, r.source, r.target): r for r in reversed(kb.relations)}


def _tasks(kb: KnowledgeBase) -> Counter[str]:
    return Counter(task.kind for task in kb.tasks)


def _open(old: KnowledgeBase, new: KnowledgeBase, renamed: Mapping[str, str]) -> tuple[list[Unresolved], int]:
    """Return the mentions that stay open now and were not open before, and how many open ones are settled."""
    was = Counter((renamed.get(i, i), _folded(e, k)) for i, e in old.articles.items() for k in _unsolved(e))
    opened = []
    for identity, entry in new.articles.items():
        for link in _unsolved(entry):
            key = (identity, _folded(entry, link))
            was[key] -= 1
            if was[key] < 0:
                line = entry.article.text.count("\n", 0, link.start) + 1
                words = entry.article.text[link.start : link.end]
                opened.append(Unresolved(identity, words, link.resolution.reason, link.resolution.candidates, line))
    return opened, sum(count for count in was.values() if count > 0)


def _unsolved(entry: ArticleEntry) -> list[Link]:
    return [k for k in entry.links if k.resolution.id is None and k.kind in (Kind.DOCUMENT, Kind.BODY)]


def _folded(entry: ArticleEntry, link: Link) -> str:
    return " ".join(fold(entry.article.text[link.start : link.end]).split())


# -- pages -----------------------------------------------------------------------------------------


def _pages(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Pages:
    added, both, gone = _split(*({p: d for p, d in pages.items() if p.endswith(".md")} for pages in (old, new)))
    changed = [(path, *_lines(old[path], new[path])) for path in both if old[path] != new[path]]
    return Pages(tuple(sorted(added)), tuple(sorted(changed)), tuple(sorted(gone)))


def _lines(old: bytes, new: bytes) -> tuple[int, int]:
    """Return how many lines a page gained and lost."""
    was, now = (Counter(data.splitlines()) for data in (old, new))
    return (now - was).total(), (was - now).total()
