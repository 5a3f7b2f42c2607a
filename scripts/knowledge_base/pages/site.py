"""What templates may ask: names, links, excerpts and lists, for the page being made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..dates import PartialDate
from ..knowledge.entities import (
    ArticleEntry,
    Body,
    Document,
    DocumentRelation,
    Kind,
    KnowledgeBase,
    Link,
    Reference,
    Task,
)
from ..models import Certainty
from ..text import sort_key
from ..vocabulary.names import province_name
from ..vocabulary.schemas import Evidence, Province, Theme
from .annotate import annotate, choose_links
from .excerpts import find_excerpt
from .markdown import Md, escape, link

DIGEST_NOTE = "Tóm lược của kho, không phải nguyên văn"
CERTAINTY_NOTES = {Certainty.ONE_SOURCE: "theo một nguồn", Certainty.UNCHECKED: "chưa kiểm tra"}


def entities(kb: KnowledgeBase, kind: Kind) -> Mapping[str, Document | Body | Theme | Province | ArticleEntry]:
    """Return all entities of a kind that get a page, by id."""
    match kind:
        case Kind.DOCUMENT:
            return kb.documents
        case Kind.BODY:
            return kb.bodies
        case Kind.THEME:
            return kb.themes
        case Kind.PROVINCE:
            return kb.provinces
        case Kind.ARTICLE:
            return kb.articles


def exists(kb: KnowledgeBase, kind: Kind, identity: str) -> bool:
    """Tell whether an entity has a page."""
    return identity in entities(kb, kind)


def shown_links(kb: KnowledgeBase) -> dict[str, list[Link]]:
    """Return for each article the links to show in its words: none overlapping, each to a page that is."""
    return {
        identity: choose_links(k for k in entry.links if k.resolution.id and exists(kb, k.kind, k.resolution.id))
        for identity, entry in kb.articles.items()
    }


@dataclass(frozen=True, slots=True)
class Quote:
    """An excerpt ready to show: its words, the article it stands in, and the address of its paragraph."""

    text: Md
    entry: ArticleEntry
    anchor: str
    reference: Reference


class Site:
    """The knowledge base as one page sees it; ``folder`` is that page's folder ('' for the home page)."""

    def __init__(self, kb: KnowledgeBase, chosen: Mapping[str, list[Link]], folder: str) -> None:
        self.kb = kb
        self.folder = folder
        self._chosen = chosen
        self._up = "../" if folder else ""

    # -- names and links -----------------------------------------------------------------------

    def url(self, kind: str, identity: str, anchor: str = "") -> str:
        """Return the address of an entity's page, seen from this page."""
        mark = f"#{anchor}" if anchor else ""
        return f"{identity}.md{mark}" if kind == self.folder else f"{self._up}{kind}/{identity}.md{mark}"

    def index_url(self, kind: str) -> str:
        """Return the address of a kind's list."""
        return "index.md" if kind == self.folder else f"{self._up}{kind}/index.md"

    def link(self, kind: str, identity: str, text: str | None = None) -> Md:
        """Return a link to an entity, or its bare name if it has no page."""
        words = text or self.name(kind, identity)
        if not exists(self.kb, Kind(kind), identity):
            return escape(words)
        return link(words, self.url(kind, identity))

    def name(self, kind: str, identity: str) -> str:
        """Return what an entity is called."""
        if kind == Kind.DOCUMENT and identity in self.kb.documents:
            return self.kb.documents[identity].name
        if kind == Kind.BODY and identity in self.kb.bodies:
            return self.kb.bodies[identity].name
        if kind == Kind.THEME and identity in self.kb.themes:
            return self.kb.themes[identity].name
        if kind == Kind.PROVINCE and identity in self.kb.provinces:
            return self.kb.provinces[identity].name
        if kind == Kind.ARTICLE and identity in self.kb.articles:
            return self.kb.articles[identity].article.title or identity
        return identity

    def document_line(self, document: Document) -> str:
        """Return what tells a document from others of its number: place or issuer, and date."""
        place = self.name(Kind.PROVINCE, document.province) if document.province else None
        issuer = self.name(Kind.BODY, document.issuer) if document.issuer else None
        when = self.date(document.date) if document.date else str(document.year or "chưa rõ ngày")
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

    def source(self, reference: Reference) -> Md:
        """Return a link to the paragraph a statement stands in."""
        entry = self.kb.articles[reference.article]
        when = f", {entry.article.published.vietnamese}" if entry.article.published else ""
        return link(f"{self.outlet(entry)}{when}", self.url(Kind.ARTICLE, reference.article, self._anchor(reference)))

    def _anchor(self, reference: Reference) -> str:
        entry = self.kb.articles[reference.article]
        return entry.anchors[reference.paragraph] if reference.paragraph >= 0 else ""

    # -- excerpts ------------------------------------------------------------------------------

    def quotes(self, kind: str, identity: str, within: Iterable[str] | None = None) -> list[Quote]:
        """Return excerpts for every paragraph that names an entity (of the articles ``within``, if given)."""
        wanted = None if within is None else set(within)
        seen: set[tuple[str, int]] = set()
        quotes = []
        for reference in self.kb.mentions.get((Kind(kind), identity), ()):
            place = (reference.article, reference.paragraph)
            if place in seen or reference.paragraph < 0 or (wanted is not None and reference.article not in wanted):
                continue
            seen.add(place)
            quotes.append(self.quote(reference))
        return quotes

    def quote(self, reference: Reference) -> Quote:
        """Return the excerpt around one place, with its own links."""
        entry = self.kb.articles[reference.article]
        paragraph = entry.article.paragraphs[reference.paragraph]
        links = self._chosen[entry.article.id]
        part = find_excerpt(paragraph, reference.start, min(reference.end, paragraph.end), links)
        words = annotate(entry.article.text, part.start, part.end, links, self._make)
        text = ("… " if part.cut_before else "") + words.strip() + (" …" if part.cut_after else "")
        return Quote(Md(text), entry, entry.anchors[reference.paragraph], reference)

    def paragraph(self, entry: ArticleEntry, index: int) -> Md:
        """Return a paragraph of an article with its links."""
        paragraph = entry.article.paragraphs[index]
        return annotate(entry.article.text, paragraph.start, paragraph.end, self._chosen[entry.article.id], self._make)

    def _make(self, k: Link, words: str) -> Md:
        css = "lk-chu-de" if k.kind is Kind.THEME else ""
        return link(words, self.url(k.kind, k.resolution.id or ""), css)

    @staticmethod
    def rights_note(entry: ArticleEntry) -> str:
        """Return whose words an excerpt shows."""
        return DIGEST_NOTE if entry.article.rights == "tom-luoc" else "Nguyên văn bài đăng"

    # -- lists ---------------------------------------------------------------------------------

    def tasks_of(self, document: str) -> list[Task]:
        """Return what a document demands, in order of the text."""
        return [t for t in self.kb.tasks if t.document == document]

    def other_tasks(self, document: Document) -> list[Task]:
        """Return demands that articles announcing a document report without saying they stand in it."""
        return [t for t in self.kb.tasks if t.document is None and t.reference.article in document.announced_by]

    def tasks_for(self, body: Body) -> list[Task]:
        """Return the tasks a body leads or shares."""
        return [t for t in self.kb.tasks if body.id in (*t.lead, *t.partners)]

    def relations_from(self, document: str) -> list[DocumentRelation]:
        """Return the relations in which a document is the one that acts."""
        return [r for r in self.kb.relations if r.source == document]

    def relations_to(self, document: str) -> list[DocumentRelation]:
        """Return the relations in which a document is acted on."""
        return [r for r in self.kb.relations if r.target == document]

    def same_number(self, document: Document) -> list[Document]:
        """Return other documents with the same number."""
        if document.number is None:
            return []
        return [d for d in self.kb.documents.values() if d.number == document.number and d.id != document.id]

    def documents_where(self, **values: object) -> list[Document]:
        """Return the documents whose fields have the values given, newest first, unknown dates last."""
        found = [d for d in self.kb.documents.values() if all(getattr(d, k) == v for k, v in values.items())]
        return self.newest(found)

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
