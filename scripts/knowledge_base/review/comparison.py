"""Compare two sides: what came, what went, what is said otherwise now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ..core.text import fold
from ..meaning.knowledge.entities import ArticleEntry, Document, DocumentRelation, Kind, KnowledgeBase, Link, Reference
from ..meaning.knowledge.status import status_label, status_of
from ..publish.addresses import Lost, find_lost, lost_anchors
from ..publish.pages.references import checked_words
from ..publish.pages.site import Site
from ..sources.moves import Erratum, Move
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.evidence import Grounded
from ..sources.vocabulary.schemas import STATED_FACTS
from .mending import propose_mended
from .sides import Side

UNKNOWN = "chưa rõ"


@dataclass(frozen=True, slots=True)
class Fact:
    """A value in words, and who says so ('' where that is plain)."""

    value: str
    source: str = ""


FactChange = tuple[str, Fact, Fact]
"""The name of a fact, and it before and after."""
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
        "cơ quan ban hành": _stated(site, d.issuer and site.name(Kind.BODY, d.issuer), r.issuer if r else None),
        "ngày ban hành": Fact(day, _said_by(site, first.ground, first.reference) if first else ""),
        **{
            name.lower(): _stated(site, d.stated[key].words, d.stated[key]) if key in d.stated else _NOTHING
            for key, name in STATED_FACTS.items()
            if key not in {"date", "status"}
        },
        "tình trạng": Fact(status_label(d, site.kb) + by, _said_by(site, status.ground, status.reference)),
        "nơi ban hành": Fact(site.name(Kind.PROVINCE, d.province) if d.province else "Trung ương"),
        "tên gọi khác": Fact("; ".join(r.names) if r and r.names else "không có"),
        "ghi chú": Fact((r.note if r else None) or "không có"),
        "hồ sơ": Fact("có" if r else "không có"),
    }


def _stated(site: Site, value: str | None, ground: Grounded | None) -> Fact:
    return Fact(value, _grounds(site, ground)) if value else _NOTHING


def _grounds(site: Site, ground: Grounded | None) -> str:
    """Return who says so, how sure it is and when it was looked up."""
    if ground is None:
        return ""
    certainty = site.kb.vocabulary.origins.certainty(ground).value
    return f"{ground.source}, mức {certainty}{checked_words(ground)}"


def _said_by(site: Site, ground: Grounded | None, reference: Reference | None) -> str:
    """Return who says it: the evidence on record, else the article."""
    return _grounds(site, ground) or (site.byline(site.kb.articles[reference.article]) if reference else "")


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


_TABLES = {
    "document_types": "Loại văn bản",
    "issuer_codes": "Ký hiệu cơ quan",
    "provinces": "Tỉnh, thành phố",
    "body_kinds": "Loại cơ quan",
    "local_bodies": "Cơ quan của một nơi",
    "outlets": "Báo, cổng thông tin",
    "web_hosts": "Tên miền",
    "themes": "Chủ đề",
    "relations": "Quan hệ",
    "noise": "Dòng thừa",
    "abbreviations": "Chữ tắt",
    "person_names": "Tiếng trong tên người",
    "phrases": "Từ ngữ",
}


def _compare_vocabularies(before: Vocabulary, after: Vocabulary) -> Iterator[tuple[str, Difference[ChangedEntry]]]:
    """Yield the tables in which something differs, by title."""
    for table, title in _TABLES.items():
        old, new = (getattr(side, table) for side in (before, after))
        added, both, gone = _split(old, new)
        changed = []
        for key in both:
            keys = tuple(k for k in type(new[key]).model_fields if getattr(old[key], k) != getattr(new[key], k))
            changed += [(_name(key, new[key]), keys)] if old[key] != new[key] else []
        if added or changed or gone:
            names = [[_name(key, side[key]) for key in keys] for keys, side in ((added, new), (gone, old))]
            yield title, Difference(names[0], changed, names[1])


def _name(key: Hashable, entry: object) -> str:
    """Return what an entry is called; one that has no name by its id."""
    return str(getattr(entry, "name", "")) or (" ".join(key) if isinstance(key, tuple) else str(key))


_K = TypeVar("_K", bound=Hashable)
_Change = TypeVar("_Change")
_Entry = TypeVar("_Entry")


@dataclass(frozen=True, slots=True)
class Changed:
    """An article or a document that is said otherwise: its facts, and for a document the articles that name it."""

    id: str
    facts: tuple[FactChange, ...]
    gained: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference(Generic[_Change]):
    """Things of one sort that only one side has, or that are there otherwise: documents and articles by id, pages by
    path, entries by name; ``moved``: those under two ids, the old and the new one."""

    new: Sequence[str] = ()
    changed: Sequence[_Change] = ()
    gone: Sequence[str] = ()
    moved: Mapping[str, str] = field(default_factory=dict)


ChangedEntry = tuple[str, tuple[str, ...]]
"""The name of an entry of a vocabulary, and the keys that differ."""
ChangedPage = tuple[str, int, int]
"""The path of a page in docs/, and how many lines it gained and lost."""


@dataclass(frozen=True, slots=True)
class StatementChanges:
    """What one article says now and did not say before, by ids."""

    article: str
    bodies: tuple[str, ...]
    themes: tuple[str, ...]
    lost_themes: tuple[str, ...]


Unresolved = tuple[ArticleEntry, Link]
"""Words in an article whose meaning stays open."""


@dataclass(frozen=True)
class Changes:
    """All that a change does. Where a side has no knowledge base only the ids of articles and records are compared."""

    before: Side
    after: Side
    documents: Difference[Changed]
    articles: Difference[Changed]
    entries: Mapping[str, Difference[ChangedEntry]] = field(default_factory=dict)
    bodies: Difference[str] = field(default_factory=Difference)
    statements: Sequence[StatementChanges] = ()
    new_relations: Sequence[DocumentRelation] = ()
    gone_relations: Sequence[DocumentRelation] = ()
    tasks: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    unresolved: Sequence[Unresolved] = ()
    settled: int = 0
    pages: Difference[ChangedPage] = field(default_factory=Difference)
    lost: Sequence[Lost] = ()
    anchors: Mapping[str, list[str]] = field(default_factory=dict)
    errata: Sequence[Erratum] = ()
    withdrawn: Sequence[Move] = ()
    mended: Mapping[str, list[str]] = field(default_factory=dict)
    """For the file of an article the entries of ``mended`` that would lead on from paragraphs that are gone."""


def compare(before: Side, after: Side) -> Changes:
    """Return what differs between two sides; everything in a fixed order."""
    if before.site is None or after.site is None:
        was, now = ({a.id for a in side.reading.corpus.articles} for side in (before, after))
        records, added = (side.reading.vocabulary.records.keys() for side in (before, after))
        ids: Difference[Changed] = Difference(sorted(now - was - before.unread), gone=sorted(was - now - after.unread))
        return Changes(before, after, Difference(sorted(added - records), gone=sorted(records - added)), ids)
    old, new = before.site.kb, after.site.kb
    articles = _compare_things(_articles(before.site), _articles(after.site), before.unread)
    documents = _compare_things(_documents(before.site, articles.moved), _documents(after.site, {}))
    kinds = ((Kind.ARTICLE, articles), (Kind.DOCUMENT, documents))
    moved = {f"{kind}/{was}/": f"{kind}/{now}/" for kind, things in kinds for was, now in things.moved.items()}
    unresolved, settled = _unresolved(old, new, articles.moved)
    was_told, is_told = ({(r.relation, r.source, r.target): r for r in reversed(kb.relations)} for kb in (old, new))
    new_bodies, _, gone_bodies = _split(old.bodies, new.bodies)
    new_relations, _, gone_relations = _split(was_told, is_told)
    led = {move.old: move.new for move in after.reading.moves}
    gone_anchors = lost_anchors(before.addresses, after.addresses, led)
    return Changes(
        before, after, documents, articles,
        entries=dict(_compare_vocabularies(before.reading.vocabulary, after.reading.vocabulary)),
        bodies=Difference(new_bodies, gone=gone_bodies),
        statements=list(_statements(old, new, articles.moved)),
        new_relations=[is_told[key] for key in new_relations],
        gone_relations=[was_told[key] for key in gone_relations],
        tasks=(Counter(task.kind for task in old.tasks), Counter(task.kind for task in new.tasks)),
        unresolved=unresolved, settled=settled,
        pages=_pages(before.pages, after.pages),
        lost=list(find_lost(before.addresses, after.addresses, new.vocabulary, moved)),
        anchors=gone_anchors,
        mended=dict(_mended(old, new, gone_anchors, led)),
        errata=_added(before.reading.errata, after.reading.errata, lambda erratum: (erratum.page, erratum.what)),
        withdrawn=[
            move for move in _added(before.reading.moves, after.reading.moves, lambda move: move.old) if move.withdrawn
        ],
    )  # fmt: skip


def _added(was: Iterable[_Entry], now: Iterable[_Entry], of: Callable[[_Entry], object]) -> list[_Entry]:
    """Return the entries of a file, told apart by what ``of`` gives, that were not there before."""
    known = {of(entry) for entry in was}
    return [entry for entry in now if of(entry) not in known]


def _mended(
    old: KnowledgeBase, new: KnowledgeBase, gone: Mapping[str, list[str]], led: Mapping[str, str | None]
) -> Iterator[tuple[str, list[str]]]:
    was, now = ({f"{Kind.ARTICLE}/{i}/": entry for i, entry in kb.articles.items()} for kb in (old, new))
    for page, anchors in gone.items():
        entry = now.get(led.get(page, page) or "")
        lines = list(propose_mended(was[page], entry, anchors)) if page in was and entry else []
        if entry and lines:
            yield entry.article.path, lines


def _split(old: Collection[_K], new: Collection[_K]) -> tuple[list[_K], list[_K], list[_K]]:
    """Return what is only in ``new``, in both, and only in ``old``."""
    was, now = set(old), set(new)
    return [k for k in new if k not in was], [k for k in new if k in was], [k for k in old if k not in now]


# -- articles and documents ------------------------------------------------------------------------


_Described = tuple[Hashable, Facts, Collection[str]]
"""A thing to be compared: what makes two ids one thing, its facts and its parts."""


def _articles(site: Site) -> dict[str, _Described]:
    """Return the articles by id; their parts are the anchors of their paragraphs."""
    return {
        identity: ((entry.article.title, entry.article.outlet), article_facts(site, entry), entry.anchors)
        for identity, entry in site.kb.articles.items()
    }


def _documents(site: Site, renamed: Mapping[str, str]) -> dict[str, _Described]:
    """Return the documents by id; their parts are the articles that name them. Two ids are one document by its number
    (else name) and place, whatever year was thought of."""
    described: dict[str, _Described] = {}
    for identity, d in site.kb.documents.items():
        sources = [renamed.get(article, article) for article in (*d.announced_by, *d.cited_by)]
        key = (d.type, d.number.slug if d.number else d.name, d.province)
        described[identity] = (key, document_facts(site, d), sources)
    return described


def _compare_things(
    old: Mapping[str, _Described], new: Mapping[str, _Described], unread: Collection[str] = ()
) -> Difference[Changed]:
    """Compare by id. Gone under one id and there under another, with the same key: moved, if no two could be.

    ``unread`` are those that were there before and could not be read: they are not new."""
    added, both, gone = _split(old, new)
    ids: dict[Hashable, tuple[list[str], list[str]]] = {}
    for at, things, names in ((0, old, gone), (1, new, added)):
        for identity in names:
            ids.setdefault(things[identity][0], ([], []))[at].append(identity)
    moved = {was[0]: now[0] for was, now in ids.values() if len(was) == len(now) == 1}
    changed = []
    for was, now in (*moved.items(), *zip(both, both, strict=True)):
        (_, old_facts, old_parts), (_, facts, parts) = old[was], new[now]
        differ = tuple((name, old_facts[name], fact) for name, fact in facts.items() if fact != old_facts[name])
        gained, _, dropped = _split(old_parts, parts)
        if differ or gained or dropped:
            changed.append(Changed(now, differ, tuple(gained), tuple(dropped)))
    only_new = [i for i in added if i not in moved.values() and i not in unread]
    return Difference(only_new, changed, [i for i in gone if i not in moved], moved)


# -- what articles say -----------------------------------------------------------------------------


def _statements(old: KnowledgeBase, new: KnowledgeBase, renamed: Mapping[str, str]) -> Iterator[StatementChanges]:
    """Yield for each article the bodies and themes it did not name before."""
    earlier = {renamed.get(i, i): entry for i, entry in old.articles.items()}
    for identity, entry in new.articles.items():
        was = earlier.get(identity)
        bodies = _split(was.named(Kind.BODY) if was else (), entry.named(Kind.BODY))[0]
        gained, _, lost = _split(was.weights if was else (), entry.weights)
        if bodies or gained or lost:
            yield StatementChanges(identity, tuple(bodies), tuple(sorted(gained)), tuple(sorted(lost)))


def _unresolved(old: KnowledgeBase, new: KnowledgeBase, renamed: Mapping[str, str]) -> tuple[list[Unresolved], int]:
    """Return the mentions that stay open now and were not open before, and how many open ones are settled."""
    was = Counter((renamed.get(i, i), words) for i, entry in old.articles.items() for words, _ in _open(entry))
    opened = []
    for identity, entry in new.articles.items():
        for words, link in _open(entry):
            was[identity, words] -= 1
            if was[identity, words] < 0:
                opened.append((entry, link))
    return opened, sum(count for count in was.values() if count > 0)


def _open(entry: ArticleEntry) -> Iterator[tuple[str, Link]]:
    """Yield each mention of a document or body that stays open, with its words as they are compared."""
    for link in entry.links:
        if link.resolution.id is None and link.kind in (Kind.DOCUMENT, Kind.BODY):
            yield " ".join(fold(entry.article.text[link.start : link.end]).split()), link


# -- pages -----------------------------------------------------------------------------------------


def _pages(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Difference[ChangedPage]:
    added, both, gone = _split(*([path for path in pages if path.endswith(".md")] for pages in (old, new)))
    changed = []
    for path in both:
        if old[path] != new[path]:
            was, now = (Counter(pages[path].splitlines()) for pages in (old, new))
            changed.append((path, (now - was).total(), (was - now).total()))
    return Difference(sorted(added), sorted(changed), sorted(gone))
