"""Compare two sides: what came, what went, what is said otherwise now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from ..core.text import fold
from ..meaning.knowledge.entities import ArticleEntry, Document, DocumentRelation, Kind, KnowledgeBase, Link, Reference
from ..meaning.knowledge.status import status_of
from ..publish.addresses import Lost, find_lost, lost_anchors
from ..publish.pages.site import Site
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.schemas import STATED_FACTS, Evidence
from .sides import Side

UNKNOWN = "chưa rõ"


@dataclass(frozen=True, slots=True)
class Fact:
    """A value in words, and who says so ('' where that is plain)."""

    value: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact of one name before and after."""

    name: str
    before: Fact
    after: Fact


Facts = dict[str, Fact]
_NOTHING = Fact(UNKNOWN)


def compare_facts(before: Facts, after: Facts) -> list[FactChange]:
    """Return what differs, in the order of the facts."""
    names = dict.fromkeys([*after, *before])
    pairs = ((name, before.get(name, _NOTHING), after.get(name, _NOTHING)) for name in names)
    return [FactChange(name, old, new) for name, old, new in pairs if old != new]


def document_facts(site: Site, d: Document) -> Facts:
    """Return the facts of a document, as its page shows them."""
    r, status = d.record, status_of(d, site.kb)
    by = f" ({site.name(Kind.DOCUMENT, status.by)})" if status.by else ""
    return {
        "số, ký hiệu": Fact(d.number or UNKNOWN),
        "loại": Fact(d.type_name),
        "cơ quan ban hành": _stated(d.issuer and site.name(Kind.BODY, d.issuer), r.issuer_evidence if r else None),
        "ngày ban hành": _dates(site, d),
        **{
            name.lower(): _stated(d.stated[key].words, d.stated[key].evidence) if key in d.stated else _NOTHING
            for key, name in STATED_FACTS.items()
            if key not in {"date", "status"}
        },
        "tình trạng": Fact(status.force.value + by, _evidence(status.evidence) or _place(site, status.reference)),
        "nơi ban hành": Fact(site.name(Kind.PROVINCE, d.province) if d.province else "Trung ương"),
        "tên gọi khác": Fact("; ".join(r.names) if r and r.names else "không có"),
        "ghi chú": Fact((r.note if r else None) or "không có"),
        "hồ sơ": Fact("có" if r else "không có"),
    }


def _stated(value: str | None, evidence: Evidence | None) -> Fact:
    return Fact(value, _evidence(evidence)) if value else _NOTHING


def _evidence(evidence: Evidence | None) -> str:
    """Return who says so, how sure it is and when it was looked up."""
    if evidence is None:
        return ""
    checked = f", kiểm tra {evidence.checked.vietnamese}" if evidence.checked else ""
    return f"{evidence.source}, mức {evidence.certainty.value}{checked}"


def _dates(site: Site, d: Document) -> Fact:
    """Return all dates told of a document; the source is that of the first."""
    if not d.dates:
        return Fact(f"{UNKNOWN} (năm {d.year})" if d.year else UNKNOWN)
    first, days = d.dates[0], " hoặc ".join(dated.date.vietnamese for dated in d.dates)
    return Fact(days, _evidence(first.evidence) or _place(site, first.reference))


def _place(site: Site, reference: Reference | None) -> str:
    return site.byline(site.kb.articles[reference.article]) if reference else ""


def article_facts(site: Site, entry: ArticleEntry) -> Facts:
    """Return the facts of an article that its front matter gives, and the document it announces."""
    a, known = entry.article, site.kb.documents.get(entry.document or "")
    return {
        "tên bài": Fact(a.title or UNKNOWN),
        "báo": Fact(site.outlet(entry)),
        "tác giả": Fact(a.author or UNKNOWN),
        "ngày đăng": Fact(site.date(a.published)),
        "ngày sự việc": Fact(site.date(a.event)),
        "địa phương": Fact(site.name(Kind.PROVINCE, entry.province) if entry.province else "Trung ương hoặc nhiều nơi"),
        "liên kết": Fact(a.url or "không có"),
        "mức chứng cứ": Fact(a.evidence),
        "quyền": Fact(a.rights),
        "văn bản đưa tin": Fact(f"{known.name} ({site.document_line(known)})" if known else "không có"),
        "đính chính": Fact("; ".join(f"{c.find} → {c.target or 'none'}" for c in a.corrections) or "không có"),
    }


def article_name(site: Site, identity: str) -> str:
    """Return an article as reports name it: title, newspaper, day."""
    return site.article_source(site.kb.articles[identity])


if TYPE_CHECKING:
    from pydantic import BaseModel

_TABLES = {
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


def _compare_vocabularies(before: Vocabulary, after: Vocabulary) -> tuple[Entries, ...]:
    """Return the tables in which something differs."""
    tables = (_compare(title, getattr(before, name), getattr(after, name)) for name, title in _TABLES.items())
    return tuple(entries for entries in tables if entries.count)


def _compare(title: str, old: Mapping[Hashable, BaseModel], new: Mapping[Hashable, BaseModel]) -> Entries:
    added, both, gone = _split(old, new)
    return Entries(
        title,
        new=tuple(_name(key, new[key]) for key in added),
        changed=tuple((_name(key, new[key]), _keys(old[key], new[key])) for key in both if old[key] != new[key]),
        gone=tuple(_name(key, old[key]) for key in gone),
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
    """What one article says now and did not say before, by ids."""

    article: str
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
    """All that a change does. Where a side has no knowledge base only the ids of articles and records are compared."""

    before: Side
    after: Side
    documents: Things = Things()
    articles: Things = Things()
    entries: tuple[Entries, ...] = ()
    new_bodies: tuple[str, ...] = ()
    gone_bodies: tuple[str, ...] = ()
    statements: tuple[StatementChanges, ...] = ()
    new_relations: tuple[DocumentRelation, ...] = ()
    gone_relations: tuple[DocumentRelation, ...] = ()
    tasks: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    unresolved: tuple[Unresolved, ...] = ()
    settled: int = 0
    pages: Pages = Pages()
    lost: tuple[Lost, ...] = ()
    anchors: Mapping[str, list[str]] = field(default_factory=dict)


_K = TypeVar("_K", bound=Hashable)
_Thing = TypeVar("_Thing")


def compare(before: Side, after: Side) -> Changes:
    """Return what differs between two sides; everything in a fixed order."""
    if before.site is None or after.site is None:
        return Changes(before, after, articles=_article_ids(before, after), documents=_record_ids(before, after))
    old, new = before.site.kb, after.site.kb
    articles = _articles(before.site, after.site, before.unread)
    renamed = {m.old: m.new for m in articles.moved}
    documents = _documents(before.site, after.site, renamed)
    pairs = [(Kind.ARTICLE, m) for m in articles.moved] + [(Kind.DOCUMENT, m) for m in documents.moved]
    moved = {f"{kind}/{m.old}/": f"{kind}/{m.new}/" for kind, m in pairs}
    unresolved, settled = _unresolved(old, new, renamed)
    relations_old, relations_new = _relations(old), _relations(new)
    return Changes(
        before,
        after,
        documents=documents,
        articles=articles,
        entries=_compare_vocabularies(before.reading.vocabulary, after.reading.vocabulary),
        new_bodies=tuple(b for b in new.bodies if b not in old.bodies),
        gone_bodies=tuple(b for b in old.bodies if b not in new.bodies),
        statements=tuple(_statements(old, new, renamed)),
        new_relations=tuple(r for key, r in relations_new.items() if key not in relations_old),
        gone_relations=tuple(r for key, r in relations_old.items() if key not in relations_new),
        tasks=(Counter(task.kind for task in old.tasks), Counter(task.kind for task in new.tasks)),
        unresolved=tuple(unresolved),
        settled=settled,
        pages=_pages(before.pages, after.pages),
        lost=tuple(find_lost(before.addresses, after.addresses, new.vocabulary, moved)),
        anchors=lost_anchors(before.addresses, after.addresses, {move.old: move.new for move in after.reading.moves}),
    )


def _split(old: Collection[_K], new: Collection[_K]) -> tuple[list[_K], list[_K], list[_K]]:
    """Return what is only in ``new``, in both, and only in ``old``."""
    was, now = set(old), set(new)
    return [k for k in new if k not in was], [k for k in new if k in was], [k for k in old if k not in now]


# -- articles and documents ------------------------------------------------------------------------


def _articles(before: Site, after: Site, unread: Collection[str]) -> Things:
    """Compare the articles; ``gained`` and ``dropped`` are anchors of paragraphs.

    ``unread`` are those that were there before and could not be read: they are not new."""

    def change(pair: Moved) -> Changed:
        was, now = before.kb.articles[pair.old], after.kb.articles[pair.new]
        facts = compare_facts(article_facts(before, was), article_facts(after, now))
        return _changed(pair, facts, was.anchors, now.anchors)

    things = _compare_things(before.kb.articles, after.kb.articles, _article_key, change)
    return replace(things, new=tuple(i for i in things.new if i not in unread))


def _article_key(entry: ArticleEntry) -> Hashable:
    return entry.article.title, entry.article.outlet


def _documents(before: Site, after: Site, renamed: Mapping[str, str]) -> Things:
    """Compare the documents; ``gained`` and ``dropped`` are the articles that name them."""

    def change(pair: Moved) -> Changed:
        was, now = before.kb.documents[pair.old], after.kb.documents[pair.new]
        facts = compare_facts(document_facts(before, was), document_facts(after, now))
        sources = [renamed.get(a, a) for a in (*was.announced_by, *was.cited_by)]
        return _changed(pair, facts, sources, [*now.announced_by, *now.cited_by])

    return _compare_things(before.kb.documents, after.kb.documents, _document_key, change)


def _document_key(document: Document) -> Hashable:
    """Return what makes two ids one document: number (else name) and place, whatever year was thought of."""
    number = document.number.slug if document.number else document.name
    return document.type, number, document.province


def _changed(pair: Moved, facts: list[FactChange], old: Collection[str], new: Collection[str]) -> Changed:
    gained, _, dropped = _split(old, new)
    return Changed(pair.new, tuple(facts), tuple(gained), tuple(dropped))


def _compare_things(
    old: Mapping[str, _Thing],
    new: Mapping[str, _Thing],
    key: Callable[[_Thing], Hashable],
    change: Callable[[Moved], Changed],
) -> Things:
    """Compare by id. Gone under one id and there under another, with the same ``key``: moved, if no two could be."""
    added, both, gone = _split(old, new)
    olds, news = _by_key(old, gone, key), _by_key(new, added, key)
    moved = [Moved(ids[0], news[k][0]) for k, ids in olds.items() if len(ids) == len(news.get(k, ())) == 1]
    changed = map(change, (*moved, *(Moved(i, i) for i in both)))
    return Things(
        new=tuple(i for i in added if i not in {m.new for m in moved}),
        moved=tuple(moved),
        changed=tuple(c for c in changed if c.facts or c.gained or c.dropped),
        gone=tuple(i for i in gone if i not in {m.old for m in moved}),
    )


def _by_key(
    things: Mapping[str, _Thing], ids: Iterable[str], key: Callable[[_Thing], Hashable]
) -> dict[Hashable, list[str]]:
    found: dict[Hashable, list[str]] = {}
    for identity in ids:
        found.setdefault(key(things[identity]), []).append(identity)
    return found


def _article_ids(before: Side, after: Side) -> Things:
    """Compare articles by their ids alone."""
    old, new = ({a.id for a in side.reading.corpus.articles} for side in (before, after))
    return Things(new=tuple(sorted(new - old - before.unread)), gone=tuple(sorted(old - new - after.unread)))


def _record_ids(before: Side, after: Side) -> Things:
    """Compare the records of documents by their ids alone."""
    old, new = (side.reading.vocabulary.records.keys() for side in (before, after))
    return Things(new=tuple(sorted(new - old)), gone=tuple(sorted(old - new)))


# -- what articles say -----------------------------------------------------------------------------


def _statements(old: KnowledgeBase, new: KnowledgeBase, renamed: Mapping[str, str]) -> Iterator[StatementChanges]:
    """Yield for each article the bodies and themes it did not name before."""
    earlier = {renamed.get(i, i): entry for i, entry in old.articles.items()}
    for identity, entry in new.articles.items():
        was = earlier.get(identity)
        bodies = _split(_named(was) if was else (), _named(entry))[0]
        gained, _, lost = _split(was.weights if was else (), entry.weights)
        if bodies or gained or lost:
            yield StatementChanges(identity, tuple(bodies), tuple(sorted(gained)), tuple(sorted(lost)))


def _named(entry: ArticleEntry) -> list[str]:
    ids = (k.resolution.id for k in entry.links if k.kind is Kind.BODY and k.resolution.id)
    return list(dict.fromkeys(ids))


def _relations(kb: KnowledgeBase) -> dict[tuple[str, str, str], DocumentRelation]:
    return {(r.relation, r.source, r.target): r for r in reversed(kb.relations)}


def _unresolved(old: KnowledgeBase, new: KnowledgeBase, renamed: Mapping[str, str]) -> tuple[list[Unresolved], int]:
    """Return the mentions that stay open now and were not open before, and how many open ones are settled."""
    was = Counter((renamed.get(i, i), _folded(e, k)) for i, e in old.articles.items() for k in _open_links(e))
    opened = []
    for identity, entry in new.articles.items():
        for link in _open_links(entry):
            key = (identity, _folded(entry, link))
            was[key] -= 1
            if was[key] < 0:
                line = entry.article.text.count("\n", 0, link.start) + 1
                words = entry.article.text[link.start : link.end]
                opened.append(Unresolved(identity, words, link.resolution.reason, link.resolution.candidates, line))
    return opened, sum(count for count in was.values() if count > 0)


def _open_links(entry: ArticleEntry) -> list[Link]:
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
