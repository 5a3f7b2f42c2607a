"""The entities of the knowledge base, as pages and exports read them. Nothing here changes once collected."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import takewhile

from ...core.dates import PartialDate
from ...core.ids import DocumentNumber
from ...core.models import OUR_DIGEST, Article, Mentions, Resolution
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.evidence import Grounded
from ...sources.vocabulary.schemas import DocumentRecord, Province, StatedDate, Statement, Succession, Theme


class Kind(StrEnum):
    """The kinds of entities; the value is the folder of their pages."""

    DOCUMENT = "van-ban"
    BODY = "co-quan"
    THEME = "chu-de"
    PROVINCE = "dia-phuong"
    ARTICLE = "nguon"


@dataclass(frozen=True, slots=True)
class Link:
    """Words of an article (code points of its text) that name an entity.

    A resolution without an id says why it could not be told which one."""

    start: int
    end: int
    kind: Kind
    resolution: Resolution
    title_only: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in an article: the paragraph by index, and the words by span."""

    article: str
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Task:
    """A demand with its bodies resolved. ``document`` is the document it belongs to, if that can be told; without it
    the words are those of somebody else whom the article reports.

    ``assigner_words`` is who asks as the text says, also where that is a person's office and no body;
    ``assigner_name`` the same with the full names of bodies ("Bí thư Thành ủy Đà Nẵng"), so that it can be understood
    anywhere. ``others`` are those among the addressees who are none of the bodies known ("các ban tham mưu")."""

    reference: Reference
    kind: str
    assigner: str | None
    assigner_words: str | None
    assigner_name: str | None
    lead: tuple[str, ...]
    partners: tuple[str, ...]
    executors: tuple[str, ...]
    addressees: str
    others: str
    task: str
    deadline: str | None
    document: str | None

    @property
    def bodies(self) -> tuple[str, ...]:
        """All bodies that have a part in it."""
        return (*self.lead, *self.partners, *self.executors)

    @property
    def executors_unsaid(self) -> tuple[str, ...]:
        """The executors, where the words of the task do not begin by naming them ("chỉ đạo các sở rà soát …")."""
        return () if self.task.startswith("chỉ đạo") else self.executors


@dataclass(frozen=True, slots=True)
class DocumentRelation:
    """Document ``source`` stands in ``relation`` to ``target``: by an article's words, or by a record. ``part``: the
    words for the part of ``target`` that is meant."""

    relation: str
    source: str
    target: str
    reference: Reference | None = None
    ground: Grounded | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class DatedBy:
    """A date of a document and who gives it: a paragraph of an article, or a record with its evidence; ``unchecked``:
    nobody has read it anywhere."""

    date: PartialDate
    reference: Reference | None = None
    ground: Grounded | None = None
    unchecked: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A directive or another numbered or named document. ``issuer_name`` tells the issuer where its symbol does not
    and the vocabulary has no such body ("Huyện ủy Đô Lương")."""

    id: str
    type: str
    type_name: str
    number: DocumentNumber | None
    name: str
    issuer: str | None
    province: str | None
    year: int | None
    dates: tuple[DatedBy, ...]
    record: DocumentRecord | None
    announced_by: tuple[str, ...] = ()
    cited_by: tuple[str, ...] = ()
    issuer_name: str | None = None

    @property
    def date(self) -> PartialDate | None:
        """The date to show: the record's before the texts'."""
        return self.dates[0].date if self.dates else None

    @property
    def is_date_unchecked(self) -> bool:
        """Whether nobody has checked who gives that date."""
        return bool(self.dates) and self.dates[0].unchecked

    @property
    def title(self) -> str | None:
        """What it is about, in the words of its record."""
        return self.stated["title"].words if "title" in self.stated else None

    @property
    def stated(self) -> dict[str, Statement | StatedDate]:
        """The facts that its record states with evidence, by key."""
        return self.record.stated() if self.record else {}

    def fact(self, key: str) -> str | PartialDate | None:
        """Return a fact that its record states; None if it does not. A key that no record has raises AttributeError."""
        stated = getattr(self.record, key) if self.record else None
        return stated.value if stated else None

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles about it, then those that name it."""
        return (*self.announced_by, *self.cited_by)


@dataclass(frozen=True, slots=True)
class Change:
    """A body's or province's passing into another: ``other`` is the id on the far side."""

    other: str
    reason: str
    date: PartialDate | None
    ground: Grounded | None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """A body in one place, or a central one. ``elects``: the committee that it elects, being a congress."""

    id: str
    kind: str
    name: str
    province: str | None
    other_names: tuple[str, ...] = ()
    parent: str | None = None
    elects: str | None = None
    ended: Succession | None = None
    successors: tuple[Change, ...] = ()
    predecessors: tuple[Change, ...] = ()
    note: str | None = None

    @property
    def gone(self) -> Succession | Change | None:
        """Why it no longer stands under its name: its own end, else a change of its province; None if it stands."""
        return self.ended or next(iter(self.successors), None)


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """An article with what was found in it and what that means."""

    article: Article
    mentions: Mentions
    province: str | None
    at: PartialDate | None
    anchors: tuple[str, ...]
    earlier_anchors: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]
    weights: dict[str, float]
    document: str | None
    outlet_name: str | None = None

    @property
    def id(self) -> str:
        """The article's id."""
        return self.article.id

    @property
    def name(self) -> str:
        """Its title, one in English as such; its id where it has none."""
        title = self.article.title
        return f"Bài tiếng Anh “{title}”" if title and self.article.is_english else title or self.article.id

    @property
    def themes(self) -> list[str]:
        """The themes it speaks of, the strongest first."""
        return sorted(self.weights, key=lambda theme: (-self.weights[theme], theme))

    @property
    def is_digest(self) -> bool:
        """Whether its text is our own digest; else it is its source's."""
        return self.article.rights == OUR_DIGEST

    def named(self, kind: Kind, start: int = 0, end: int | None = None) -> list[str]:
        """Return the entities of a kind that a stretch of its text names, in order of the text, each once."""
        first = bisect_left(self.links, start, key=lambda link: link.start)
        inside = takewhile(lambda link: end is None or link.start < end, self.links[first:])
        return list(dict.fromkeys(k.resolution.id for k in inside if k.kind is kind and k.resolution.id))

    def spans(self, kind: Kind) -> dict[tuple[int, int], str]:
        """Return the stretches of its text that name entities of a kind, with the entity."""
        return {(k.start, k.end): k.resolution.id for k in self.links if k.kind is kind and k.resolution.id}

    def paragraph_at(self, position: int) -> int:
        """Return the index of the paragraph that holds ``position``; -1 if none does."""
        paragraphs = self.article.paragraphs
        index = bisect_right(paragraphs, position, key=lambda paragraph: paragraph.start) - 1
        return index if index >= 0 and position < paragraphs[index].end else -1

    def words(self, start: int, end: int) -> str:
        """Return a stretch of its text on one line."""
        return " ".join(self.article.text[start:end].split())

    def reference(self, start: int, end: int) -> Reference:
        """Return the place of a span of this article."""
        return Reference(self.article.id, self.paragraph_at(start), start, end)


@dataclass(frozen=True)
class KnowledgeBase:
    """All entities by id, and what connects them. ``mentions`` holds every place that names an entity;
    ``document_themes`` the themes of each document, ``stated_themes`` those of its title or that an editor declares."""

    vocabulary: Vocabulary
    articles: dict[str, ArticleEntry]
    documents: dict[str, Document]
    bodies: dict[str, Body]
    provinces: dict[str, Province]
    themes: dict[str, Theme]
    mentions: dict[tuple[Kind, str], tuple[Reference, ...]]
    relations: tuple[DocumentRelation, ...]
    tasks: tuple[Task, ...]
    document_themes: dict[str, frozenset[str]] = field(default_factory=dict)
    stated_themes: dict[str, frozenset[str]] = field(default_factory=dict)
    added: Mapping[tuple[str, str], PartialDate] = field(default_factory=dict)
    """When articles and records came into the base, by kind and id; empty where that is not known."""
    impossible: tuple[DocumentRelation, ...] = ()
    """What articles seem to tell of an older document acting on a newer: in no page, but told to maintainers."""

    def anchor(self, reference: Reference) -> str:
        """Return the anchor of the paragraph a place lies in; '' where it lies in none."""
        return self.articles[reference.article].anchors[reference.paragraph] if reference.paragraph >= 0 else ""

    def relations_from(self, document: str) -> tuple[DocumentRelation, ...]:
        """Return the relations in which a document stands to others, in order."""
        return self._ends[0].get(document, ())

    def relations_to(self, document: str) -> tuple[DocumentRelation, ...]:
        """Return the relations in which others stand to a document, in order."""
        return self._ends[1].get(document, ())

    def themes_of(self, document: Document) -> list[str]:
        """Return the themes of a document: of its title and its own words, not of what others say about it."""
        return sorted(self.document_themes.get(document.id, ()))

    @cached_property
    def _ends(self) -> tuple[dict[str, tuple[DocumentRelation, ...]], dict[str, tuple[DocumentRelation, ...]]]:
        """The relations by their source, and by their target."""
        outgoing: dict[str, list[DocumentRelation]] = defaultdict(list)
        incoming: dict[str, list[DocumentRelation]] = defaultdict(list)
        for relation in self.relations:
            outgoing[relation.source].append(relation)
            incoming[relation.target].append(relation)
        return {k: tuple(v) for k, v in outgoing.items()}, {k: tuple(v) for k, v in incoming.items()}


class EvidenceLevel(StrEnum):
    """What the facts of a document rest on; the value is what readers see."""

    FULL_TEXT = "Toàn văn"
    EXTRACT = "Trích văn bản"
    REPORTED = "Báo tường thuật"
    NAMED = "Chỉ được nhắc tên"
    RECORD = "Chỉ có trong hồ sơ văn bản"


def evidence_level(document: Document, kb: KnowledgeBase) -> EvidenceLevel:
    """Return what a document is known from: the best of its articles, else its record."""
    read = {kb.articles[a].article.evidence for a in document.announced_by}
    for kind, level in (("toan-van", EvidenceLevel.FULL_TEXT), ("trich", EvidenceLevel.EXTRACT)):
        if kind in read:
            return level
    if document.announced_by:
        return EvidenceLevel.REPORTED
    return EvidenceLevel.NAMED if document.cited_by else EvidenceLevel.RECORD


def bodies_today(kb: KnowledgeBase, identity: str) -> list[str]:
    """Return the bodies at the end of all successions of a body; the body itself where it still stands."""
    return list(dict.fromkeys(_ends(kb, identity, frozenset())))


def _ends(kb: KnowledgeBase, identity: str, seen: frozenset[str]) -> Iterator[str]:
    body = kb.bodies.get(identity)
    following = [c.other for c in body.successors if c.other not in seen] if body else []
    if not following:
        yield identity
    for other in following:
        yield from _ends(kb, other, seen | {identity})


def bodies_before(kb: KnowledgeBase, identity: str) -> list[str]:
    """Return all bodies, near and far, for which this one answers today."""
    found: dict[str, None] = {}
    queue = [identity]
    while queue:
        body = kb.bodies.get(queue.pop())
        new = [c.other for c in body.predecessors if c.other not in found and c.other != identity] if body else []
        found.update(dict.fromkeys(new))
        queue += new
    return list(found)
