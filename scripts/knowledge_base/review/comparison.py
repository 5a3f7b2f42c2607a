"""Compare two sides: what came, what went, what is said otherwise now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
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


def document_facts(site: Site, d: Document) -> Facts:
    """Return the facts of a document, as its page shows them."""
    r, status, first = d.record, status_of(d, site.kb), d.dates[0] if d.dates else None
    day = " hoặc ".join(dated.date.vietnamese for dated in d.dates) or UNKNOWN + (f" (năm {d.year})" if d.year else "")
    by = f" ({site.name(Kind.DOCUMENT, status.by)})" if status.by else ""
    return {
        "số, ký hiệu": Fact(d.number or UNKNOWN),
        "loại": Fact(d.type_name),
        "cơ quan ban hành": _stated(d.issuer and site.name(Kind.BODY, d.issuer), r.issuer_evidence if r else None),
        "ngày ban hành": Fact(day, _said_by(site, first.evidence, first.reference) if first else ""),
        **{
            name.lower(): _stated(d.stated[key].words, d.stated[key].evidence) if key in d.stated else _NOTHING
            for key, name in STATED_FACTS.items()
            if key not in {"date", "status"}
        },
        "tình trạng": Fact(status.force.value + by, _said_by(site, status.evidence, status.reference)),
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


def _said_by(site: Site, evidence: Evidence | None, reference: Reference | None) -> str:
    """Return who says it: the evidence on record, else the article."""
    return _evidence(evidence) or (site.byline(site.kb.articles[reference.article]) if reference else "")


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


def _compare_vocabularies(before: Vocabulary, after: Vocabulary) -> Iterator[Entries]:
    """Yield the tables in which something differs."""
    for name, title in _TABLES.items():
        old: Mapping[Hashable, BaseModel] = getattr(before, name)
        new: Mapping[Hashable, BaseModel] = getattr(after, name)
        added, both, gone = _split(old, new)
        changed = []
        for key in both:
            keys = tuple(k for k in type(new[key]).model_fields if getattr(old[key], k) != getattr(new[key], k))
            changed += [(_name(key, new[key]), keys)] if old[key] != new[key] else []
        if added or changed or gone:
            names = [tuple(_name(key, side[key]) for key in keys) for keys, side in ((added, new), (gone, old))]
            yield Entries(title, names[0], tuple(changed), names[1])


def _name(key: Hashable, entry: BaseModel) -> str:
    """Return what an entry is called; one that has no name by its id."""
    return str(getattr(entry, "name", "")) or (" ".join(key) if isinstance(key, tuple) else str(key))


@dataclass(frozen=True, slots=True)
class Changed:
    """An article or a document that is said otherwise: its facts, and for a document the articles that name it."""

    id: str
    facts: tuple[FactChange, ...]
    gained: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Things:
    """The documents or articles of a comparison, each by id; ``moved``: the old id and the new one."""

    new: tuple[str, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
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
    documents: Things
    articles: Things
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
        was, now = ({a.id for a in side.reading.corpus.articles} for side in (before, after))
        records, added = (side.reading.vocabulary.records.keys() for side in (before, after))
        return Changes(
            before,
            after,
            articles=Things(tuple(sorted(now - was - before.unread)), gone=tuple(sorted(was - now - after.unread))),
            documents=Things(tuple(sorted(added - records)), gone=tuple(sorted(records - added))),
        )
    old, new = before.site.kb, after.site.kb
    articles = _compare_articles(before.site, after.site, before.unread)
    documents = _compare_documents(before.site, after.site, articles.moved)
    kinds = ((Kind.ARTICLE, articles), (Kind.DOCUMENT, documents))
    moved = {f"{kind}/{was}/": f"{kind}/{now}/" for kind, things in kinds for was, now in things.moved.items()}
    unresolved, settled = _unresolved(old, new, articles.moved)
    was_told, is_told = ({(r.relation, r.source, r.target): r for r in reversed(kb.relations)} for kb in (old, new))
    return Changes(
        before,
        after,
        documents=documents,
        articles=articles,
        entries=tuple(_compare_vocabularies(before.reading.vocabulary, after.reading.vocabulary)),
        new_bodies=tuple(b for b in new.bodies if b not in old.bodies),
        gone_bodies=tuple(b for b in old.bodies if b not in new.bodies),
        statements=tuple(_statements(old, new, articles.moved)),
        new_relations=tuple(r for key, r in is_told.items() if key not in was_told),
        gone_relations=tuple(r for key, r in was_told.items() if key not in is_told),
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


def _compare_articles(before: Site, after: Site, unread: Collection[str]) -> Things:
    """Compare the articles; ``gained`` and ``dropped`` are anchors of paragraphs.

    ``unread`` are those that were there before and could not be read: they are not new."""

    def describe(site: Site, entry: ArticleEntry) -> tuple[Facts, Collection[str]]:
        return article_facts(site, entry), entry.anchors

    def key(entry: ArticleEntry) -> Hashable:
        return entry.article.title, entry.article.outlet

    things = _compare_things((before, before.kb.articles), (after, after.kb.articles), key, describe)
    return replace(things, new=tuple(i for i in things.new if i not in unread))


def _compare_documents(before: Site, after: Site, renamed: Mapping[str, str]) -> Things:
    """Compare the documents; ``gained`` and ``dropped`` are the articles that name them."""

    def describe(site: Site, document: Document) -> tuple[Facts, Collection[str]]:
        sources = (*document.announced_by, *document.cited_by)
        return document_facts(site, document), [renamed.get(a, a) if site is before else a for a in sources]

    return _compare_things((before, before.kb.documents), (after, after.kb.documents), _document_key, describe)


def _document_key(document: Document) -> Hashable:
    """Return what makes two ids one document: number (else name) and place, whatever year was thought of."""
    number = document.number.slug if document.number else document.name
    return document.type, number, document.province


def _compare_things(
    before: tuple[Site, Mapping[str, _Thing]],
    after: tuple[Site, Mapping[str, _Thing]],
    key: Callable[[_Thing], Hashable],
    describe: Callable[[Site, _Thing], tuple[Facts, Collection[str]]],
) -> Things:
    """Compare by id. Gone under one id and there under another, with the same ``key``: moved, if no two could be."""
    old, new = before[1], after[1]
    added, both, gone = _split(old, new)
    ids: dict[Hashable, tuple[list[str], list[str]]] = {}
    for at, things, names in ((0, old, gone), (1, new, added)):
        for identity in names:
            ids.setdefault(key(things[identity]), ([], []))[at].append(identity)
    moved = {was[0]: now[0] for was, now in ids.values() if len(was) == len(now) == 1}
    changed = []
    for was, now in (*moved.items(), *zip(both, both, strict=True)):
        (old_facts, old_parts), (facts, parts) = describe(before[0], old[was]), describe(after[0], new[now])
        differ = tuple(FactChange(n, old_facts[n], fact) for n, fact in facts.items() if fact != old_facts[n])
        gained, _, dropped = _split(old_parts, parts)
        if differ or gained or dropped:
            changed.append(Changed(now, differ, tuple(gained), tuple(dropped)))
    return Things(
        new=tuple(i for i in added if i not in moved.values()),
        moved=moved,
        changed=tuple(changed),
        gone=tuple(i for i in gone if i not in moved),
    )


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


def _unresolved(old: KnowledgeBase, new: KnowledgeBase, renamed: Mapping[str, str]) -> tuple[list[Unresolved], int]:
    """Return the mentions that stay open now and were not open before, and how many open ones are settled."""
    was = Counter((renamed.get(i, i), folded) for i, entry in old.articles.items() for folded, *_ in _open(entry))
    opened = []
    for identity, entry in new.articles.items():
        for folded, words, link in _open(entry):
            was[identity, folded] -= 1
            if was[identity, folded] < 0:
                line = entry.article.text.count("\n", 0, link.start) + 1
                opened.append(Unresolved(identity, words, link.resolution.reason, link.resolution.candidates, line))
    return opened, sum(count for count in was.values() if count > 0)


def _open(entry: ArticleEntry) -> Iterator[tuple[str, str, Link]]:
    """Yield each mention of a document or body that stays open: its words as they are compared, and as written."""
    for link in entry.links:
        if link.resolution.id is None and link.kind in (Kind.DOCUMENT, Kind.BODY):
            words = entry.article.text[link.start : link.end]
            yield " ".join(fold(words).split()), words, link


# -- pages -----------------------------------------------------------------------------------------


def _pages(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Pages:
    added, both, gone = _split(*([path for path in pages if path.endswith(".md")] for pages in (old, new)))
    changed = []
    for path in both:
        if old[path] != new[path]:
            was, now = (Counter(pages[path].splitlines()) for pages in (old, new))
            changed.append((path, (now - was).total(), (was - now).total()))
    return Pages(tuple(sorted(added)), tuple(sorted(changed)), tuple(sorted(gone)))
