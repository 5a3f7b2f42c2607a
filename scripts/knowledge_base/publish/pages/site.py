"""What templates may ask: names, links, excerpts and lists, for the page being made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...core.dates import PartialDate
from ...core.models import Certainty, ParagraphKind
from ...core.text import fold, sort_key
from ...meaning.knowledge.entities import (
    ArticleEntry,
    Body,
    Document,
    Kind,
    KnowledgeBase,
    Link,
    Reference,
    Task,
    bodies_today,
)
from ...meaning.knowledge.status import Force, Status
from ...sources.vocabulary.names import province_name
from ...sources.vocabulary.schemas import Evidence, Relation
from .excerpts import annotate, find_excerpt
from .index import Index
from .kinds import NUMBERS
from .markdown import Md, escape, link


@dataclass(frozen=True, slots=True)
class Addressed:
    """Demands on the same people by the same giver; ``who`` is '' for bodies, which their lines name."""

    who: str
    assigner: str | None
    rows: tuple[Task, ...]


def group_tasks(tasks: Iterable[Task]) -> list[Addressed]:
    """Return the tasks in their order, those that follow one another with the same addressees together."""
    groups: list[Addressed] = []
    for task in tasks:
        who = "" if task.lead else task.addressees
        assigner = None if task.document else task.assigner_words
        last = groups[-1] if groups else None
        if last and (fold(last.who), last.assigner) == (fold(who), assigner):
            groups[-1] = Addressed(last.who, last.assigner, (*last.rows, task))
        else:
            groups.append(Addressed(who, assigner, (task,)))
    return groups


DIGEST_NOTE = "Tóm lược của kho, không phải nguyên văn"
CERTAINTY_NOTES = {Certainty.ONE_SOURCE: "theo một nguồn", Certainty.UNCHECKED: "chưa kiểm tra"}


@dataclass(frozen=True, slots=True)
class Quote:
    """An excerpt ready to show: its words, the article it stands in, and the address of its paragraph."""

    text: Md
    entry: ArticleEntry
    anchor: str
    reference: Reference


class Site:
    """The knowledge base as one page sees it: ``folder`` is that page's folder ('' for the home page),
    ``current`` the id of its entity ('' for lists), ``part`` the year where the page is of one only."""

    def __init__(self, index: Index, folder: str, current: str = "", part: str = "") -> None:
        self.kb: KnowledgeBase = index.kb
        self.index = index
        self.folder = folder
        self.current = current
        self.part = part
        self._own = "../" if part else ""
        self._up = self._own + ("../" if folder else "")

    # -- names and links -----------------------------------------------------------------------

    def url(self, kind: str, identity: str, anchor: str = "") -> str:
        """Return the address of an entity's page, seen from this page."""
        mark = f"#{anchor}" if anchor else ""
        return f"{self._own if kind == self.folder else f'{self._up}{kind}/'}{identity}.md{mark}"

    def href(self, kind: str, identity: str = "", anchor: str = "") -> Md:
        """Return the final address of a page as raw HTML needs it; without an id that of the kind's list."""
        depth = sum(map(bool, (self.folder, self.current, self.part)))
        page = f"{kind}/{identity}/" if identity else f"{kind}/"
        return Md("../" * depth + page + (f"#{anchor}" if anchor else ""))

    def tag(self, kind: str, identity: str, text: str | None = None, anchor: str = "") -> Md:
        """Return a link as HTML; the bare name for an entity without a page."""
        words = escape(text or self.name(kind, identity), leading=False)
        if not self.index.exists(Kind(kind), identity):
            return words
        return Md(f'<a href="{self.href(kind, identity, anchor)}">{words}</a>')

    def index_url(self, kind: str) -> str:
        """Return the address of a kind's list."""
        return self.url(kind, "index")

    def link(self, kind: str, identity: str, text: str | None = None) -> Md:
        """Return a link to an entity, or its bare name if it has no page."""
        words = text or self.name(kind, identity)
        if not self.index.exists(Kind(kind), identity):
            return escape(words)
        if kind == self.folder and identity == self.current and not self.part:
            return Md(f"**{escape(words, leading=False)}**")
        return link(words, self.url(kind, identity))

    def name(self, kind: str, identity: str) -> str:
        """Return what an entity is called."""
        entity = self.index.entities(Kind(kind)).get(identity)
        if isinstance(entity, ArticleEntry):
            return entity.article.title or identity
        return entity.name if entity else identity

    def document_line(self, document: Document) -> str:
        """Return what tells a document from others of its number: place or issuer, and date."""
        place = self.name(Kind.PROVINCE, document.province) if document.province else None
        issuer = self.name(Kind.BODY, document.issuer) if document.issuer else None
        if self.index.needs_issuer(document):
            place = issuer or f"{document.issuer_name}, {place}"
        when = self.date(document.date) if document.date else str(document.year or "chưa rõ ngày")
        evidence = document.dates[0].evidence if document.dates else None
        if evidence and evidence.certainty is Certainty.UNCHECKED:
            when += ", chưa kiểm tra"
        return " · ".join(part for part in (place or issuer, when) if part)

    @staticmethod
    def date(date: PartialDate | None) -> str:
        """Return a date as readers write it; "chưa rõ" when unknown."""
        return date.vietnamese if date else "chưa rõ"

    def place_then(self, province: str, at: PartialDate | None) -> str:
        """Return a province's name with its rank at a date."""
        return province_name(self.kb.vocabulary, province, at)

    def type_name(self, document: Document) -> str:
        """Return the name of a document's type."""
        entry = self.kb.vocabulary.document_types.get(document.type)
        return entry.name if entry else "Văn bản"

    def relation(self, identity: str) -> Relation:
        """Return a relation's entry in the vocabulary."""
        return self.kb.vocabulary.relations[identity]

    def outlet(self, entry: ArticleEntry) -> str:
        """Return the name of the newspaper an article stands in."""
        known = self.kb.vocabulary.outlets.get(entry.article.outlet or "")
        return known.name if known else "Chưa rõ cơ quan báo chí"

    # -- evidence ------------------------------------------------------------------------------

    @staticmethod
    def evidence(evidence: Evidence | None) -> Md:
        """Return where a fact comes from, with how sure it is."""
        if evidence is None:
            return Md("")
        note = CERTAINTY_NOTES.get(evidence.certainty)
        badge = f' <span class="nhan nhan--canh-bao">{note}</span>' if note else ""
        checked = f", kiểm tra {evidence.checked.vietnamese}" if evidence.checked else ""
        remark = f" ({evidence.note})" if evidence.note else ""
        return Md(escape(f"{evidence.source}{checked}{remark}") + badge)

    def byline(self, entry: ArticleEntry) -> str:
        """Return an article's newspaper and day: ``Báo Đà Nẵng, 07-12-2023``."""
        published, event = entry.article.published, entry.article.event
        if published:
            return f"{self.outlet(entry)}, {published.vietnamese}"
        known = f" (sự việc {event.vietnamese})" if event else ""
        return f"{self.outlet(entry)}, chưa rõ ngày đăng{known}"

    def source(self, reference: Reference) -> Md:
        """Return a link to the paragraph a statement stands in."""
        entry = self.kb.articles[reference.article]
        return link(self.byline(entry), self.url(Kind.ARTICLE, reference.article, self._anchor(reference)))

    def _anchor(self, reference: Reference) -> str:
        entry = self.kb.articles[reference.article]
        return entry.anchors[reference.paragraph] if reference.paragraph >= 0 else ""

    def source_tag(self, reference: Reference) -> Md:
        """Return a link, as HTML, to the paragraph a statement stands in."""
        entry = self.kb.articles[reference.article]
        return self.tag(Kind.ARTICLE, reference.article, self.byline(entry), self._anchor(reference))

    # -- what has changed since ----------------------------------------------------------------

    def today(self, body: str) -> list[str]:
        """Return the bodies that answer today for one that has ended; nothing for one that stands."""
        return [identity for identity in bodies_today(self.kb, body) if identity != body]

    def now_note(self, body: str) -> Md:
        """Return a word on who answers today for a body; '' where it is the body itself."""
        links = "; ".join(self.link(Kind.BODY, identity) for identity in self.today(body))
        return Md(f' <span class="nay-la">(nay: {links})</span>' if links else "")

    def changed_note(self, reference: Reference) -> Md:
        """Return a word on the documents named in a stretch of an article that have been replaced since."""
        lines = [
            f"{self.link(Kind.DOCUMENT, identity)} nay là {self.link(Kind.DOCUMENT, status.by)}"
            for identity, status in self.changed_in(reference)
            if status.by and status.force is Force.REPLACED
        ]
        return Md(f'<span class="da-doi">Đã thay đổi: {"; ".join(lines)}</span>' if lines else "")

    def changed_in(self, reference: Reference) -> list[tuple[str, Status]]:
        """Return the documents named in a stretch of an article that are no longer as they were."""
        entry = self.kb.articles[reference.article]
        inside = (k for k in entry.links if reference.start <= k.start < reference.end and k.kind is Kind.DOCUMENT)
        named = dict.fromkeys(k.resolution.id for k in inside if k.resolution.id)
        return [(identity, self.index.changed[identity]) for identity in named if identity in self.index.changed]

    # -- excerpts ------------------------------------------------------------------------------

    def quotes(self, kind: str, identity: str, within: Iterable[str] | None = None) -> list[Quote]:
        """Return excerpts for every paragraph that names an entity (of the articles ``within``, if given)."""
        return [self.quote(reference) for reference in self.mentioned(kind, identity, within)]

    def mentioned(self, kind: str, identity: str, within: Iterable[str] | None = None) -> list[Reference]:
        """Return a place in every paragraph that names an entity."""
        wanted = None if within is None else set(within)
        seen: set[tuple[str, int]] = set()
        found = []
        for reference in self.kb.mentions.get((Kind(kind), identity), ()):
            place = (reference.article, reference.paragraph)
            if place in seen or reference.paragraph < 0 or (wanted is not None and reference.article not in wanted):
                continue
            seen.add(place)
            found.append(reference)
        return [reference for reference in found if not self._leads_in(reference)] or found

    def _leads_in(self, reference: Reference) -> bool:
        """Tell whether a paragraph says nothing by itself: a heading, or words before a list."""
        paragraph = self.kb.articles[reference.article].article.paragraphs[reference.paragraph]
        return paragraph.kind is ParagraphKind.HEADING or paragraph.text.rstrip().endswith(":")

    def quote(self, reference: Reference) -> Quote:
        """Return the excerpt around one place, with its own links."""
        entry = self.kb.articles[reference.article]
        paragraph = entry.article.paragraphs[reference.paragraph]
        links = self.index.shown_links[entry.article.id]
        part = find_excerpt(paragraph, reference.start, min(reference.end, paragraph.end), links)
        words = annotate(entry.article.text, part.start, part.end, links, self._make)
        text = ("… " if part.cut_before else "") + words.strip() + (" …" if part.cut_after else "")
        return Quote(Md(text), entry, entry.anchors[reference.paragraph], reference)

    def plain(self, reference: Reference) -> str:
        """Return the excerpt around one place as bare words."""
        entry = self.kb.articles[reference.article]
        paragraph = entry.article.paragraphs[reference.paragraph]
        links = self.index.shown_links[entry.article.id]
        part = find_excerpt(paragraph, reference.start, min(reference.end, paragraph.end), links)
        words = " ".join(entry.article.text[part.start : part.end].split())
        return ("… " if part.cut_before else "") + words + (" …" if part.cut_after else "")

    def paragraph(self, entry: ArticleEntry, index: int) -> Md:
        """Return a paragraph of an article with its links."""
        paragraph = entry.article.paragraphs[index]
        links = self.index.shown_links[entry.article.id]
        return annotate(entry.article.text, paragraph.start, paragraph.end, links, self._make)

    def _make(self, k: Link, words: str) -> Md:
        if k.kind == self.folder and k.resolution.id == self.current:
            return Md(f"**{escape(words)}**")
        if number := self.index.number_meant(k):
            return link(words, self.url(NUMBERS, number))
        css = "lk-chu-de" if k.kind is Kind.THEME else ""
        return link(words, self.url(k.kind, k.resolution.id or ""), css)

    def cite_data(self, entry: ArticleEntry) -> dict[str, str]:
        """Return what the button that copies an excerpt needs beyond the page: the article and its document."""
        title = f", bài “{entry.article.title}”" if entry.article.title else ""
        known = self.kb.documents.get(entry.document or "")
        other = known if known and known.id != self.current and self.folder != Kind.DOCUMENT else None
        return {"nguon": f"{self.byline(entry)}{title}"} | ({"bai-ve": other.name} if other else {})

    @staticmethod
    def rights_note(entry: ArticleEntry) -> str:
        """Return whose words an excerpt shows."""
        return DIGEST_NOTE if entry.article.rights == "tom-luoc" else "Nguyên văn bài đăng"

    # -- lists ---------------------------------------------------------------------------------

    @staticmethod
    def by_addressee(tasks: Iterable[Task]) -> list[Addressed]:
        """Return demands grouped by those they are made on."""
        return group_tasks(tasks)

    def more_addressed(self, task: Task) -> bool:
        """Tell whether a text names more who get a task than the bodies known: "…, các ban tham mưu"."""
        return task.addressees.count(",") + task.addressees.count(" và ") >= max(1, len(task.lead))

    def reported_tasks(self, document: Document) -> list[Task]:
        """Return demands that articles announcing a document report without saying they stand in it."""
        tasks = (t for a in document.announced_by for t in self.index.tasks_by_article.get(a, []))
        return [t for t in tasks if t.document is None]

    def same_number(self, document: Document) -> list[Document]:
        """Return other documents with the same number."""
        return [d for d in self.index.documents_by_number.get(document.number or "", []) if d.id != document.id]

    def facets(self, document: Document) -> dict[str, str]:
        """Return what the filter box of the list of documents may choose by."""
        place = self.name(Kind.PROVINCE, document.province) if document.province else "Trung ương"
        return {"loai": self.type_name(document), "noi": place, "nam": str(document.year or "chưa rõ")}

    @staticmethod
    def newest(documents: Iterable[Document]) -> list[Document]:
        """Sort documents: newest first, unknown dates last, then by name."""
        return sorted(documents, key=lambda d: (-(d.year or 0), _backwards(d.date), sort_key(d.name), d.id))

    @staticmethod
    def sorted_by_name(items: Sequence[Body]) -> list[Body]:
        """Sort bodies as Vietnamese dictionaries do."""
        return sorted(items, key=lambda item: sort_key(item.name))


def _backwards(date: PartialDate | None) -> tuple[int, int]:
    return (-date.month, -date.day) if date else (1, 1)
