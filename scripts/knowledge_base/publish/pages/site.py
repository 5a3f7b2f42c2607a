"""What templates may ask: names, links, excerpts and lists, for the page being made."""

from __future__ import annotations

import re
import textwrap
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from ...core.dates import PartialDate
from ...core.models import Certainty, ParagraphKind
from ...core.paragraphs import introduces, introduction
from ...core.text import fold, sort_key
from ...meaning.knowledge.entities import ArticleEntry, Body, Document, Kind, Link, Reference, bodies_today
from ...meaning.knowledge.status import CERTAINTY_NOTES, UNCHECKED_WORDS, Status, certainty_of, status_of, successor
from ...sources.vocabulary.evidence import Evidence, Grounded
from ...sources.vocabulary.names import period_at, province_name
from .excerpts import Excerpt, annotate, find_excerpt, find_opening, join_opening, skip_ordinal
from .index import NUMBERS, Index, group, times_of
from .markdown import Md, escape, link, tag_attributes
from .references import age_data, aging, checked_words, reference_line
from .said_once import IN_FORCE, ORDINARY
from .unbroken import break_at_slashes

CENTRAL, CENTRAL_NAME = "trung-uong", "Trung ương"
"""What stands for a place, in addresses and in words, where no province does."""
NOW = PartialDate(9999)
"""A moment after every known change: "today" is the last period on record, never the clock's."""
HEAD = 110
"""So many letters of an excerpt tell what it is about before it is opened: about one line of a page. Chosen by hand."""
_NO_GROUND = Certainty.UNCHECKED
_SECTION = 2
"""Headings up to this level begin a section of an article."""
_QUIET = 'lk-lai tabindex="-1"'
"""A link again to what its section has led to: it shows when pointed at, and Tab goes past it."""
_Placed = TypeVar("_Placed", Document, Body)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=\w)")
_EVIDENCE = {
    "toan-van": "Toàn văn của văn bản",
    "trich": "Một phần của chính văn bản",
    "bao-tuong-thuat": "Báo tường thuật",
}
_PARTS = {"toan-van": " (toàn văn của văn bản)", "trich": " (một phần của văn bản)"}
_GROUNDS = {
    "van-ban-hanh-chinh": "văn bản hành chính, không được bảo hộ quyền tác giả (Luật Sở hữu trí tuệ, Điều 15)",
    "tin-thoi-su": "tin tức thời sự thuần túy đưa tin, không được bảo hộ quyền tác giả (Luật Sở hữu trí tuệ, Điều 15)",
    "duoc-phep": "được chủ sở hữu cho phép",
}


@dataclass(frozen=True, slots=True)
class Quote:
    """An excerpt ready to show: its words, the article it stands in, and the address of its paragraph. ``lead``: the
    words that introduce the list it is an item of, which tell who says it to whom; "" for any other. ``head``: its
    first bare words, that stand for it until it is opened."""

    text: Md
    lead: str
    entry: ArticleEntry
    anchor: str
    head: str


class Site:
    """The knowledge base as one page sees it: ``folder`` is that page's folder ('' for the home page),
    ``current`` the id of its entity ('' for lists), ``part`` the year where the page is of one only."""

    def __init__(self, index: Index, folder: str, current: str = "", part: str = "") -> None:
        self.kb = index.kb
        self.index = index
        self.folder = folder
        self.current = current
        self.part = part
        self.references: dict[tuple[str, str | None, str | None], list[Evidence]] = {}
        self._linked: set[tuple[str, str]] = set()
        self._noted: set[str] = set()
        self._own = "../" if part else ""
        self._depth = len(folder.split("/")) if folder else 0
        self._up = self._own + "../" * self._depth

    # -- names and links -----------------------------------------------------------------------

    def url(self, kind: str, identity: str = "index", anchor: str = "") -> str:
        """Return the address of an entity's page, seen from this page; without an id that of the kind's list."""
        mark = f"#{anchor}" if anchor else ""
        return f"{self._own if kind == self.folder else f'{self._up}{kind}/'}{identity}.md{mark}"

    def href(self, kind: str, identity: str = "", anchor: str = "") -> Md:
        """Return the final address of a page as raw HTML needs it; without an id that of the kind's list."""
        depth = self._depth + bool(self.current) + bool(self.part)
        page = f"{kind}/{identity}/" if identity else f"{kind}/"
        return Md("../" * depth + page + (f"#{anchor}" if anchor else ""))

    def link(self, kind: str, identity: str, text: str | None = None, marked: bool = True) -> Md:
        """Return a link to an entity, or its bare name if it has no page; behind that of a document, unless not
        ``marked``, what must be known of it."""
        words = text or self.name(kind, identity)
        if not self.index.exists(kind, identity):
            return escape(words)
        if kind == self.folder and identity == self.current and not self.part:
            return Md(f"**{escape(words, leading=False)}**")
        return Md(
            link(words, self.url(kind, identity)) + (self.mark(identity) if kind == Kind.DOCUMENT and marked else "")
        )

    def mark(self, document: str, changed_only: bool = False, is_told: bool = False, is_named: bool = True) -> Md:
        """Return what must be known of a document, to stand behind its name; '' where nothing must. ``changed_only``,
        for running text: that another changed it or is known on the same matter. ``is_told``: the page says it
        there already, so that only the age of what was read is left to tell. Not ``is_named``: in a list as long as
        the base it does not repeat the name of the link before it, which copies take then."""
        state = self.index.states.get(document)
        if state and is_told:
            shown = tag_attributes(age_data(state.as_of, state.checked))
            return Md(f'<span class="kb-kiem-tra" {shown}></span>' if shown else "")
        if state is None or (changed_only and not (state.grave or state.followed)):
            return Md("") if state or changed_only else self._in_force(document)
        plain = ORDINARY if state.words == UNCHECKED_WORDS else "can-biet"
        css = "can-biet can-biet--doi" if state.grave else "can-biet can-biet--sau" if state.followed else plain
        data = ({"van-ban": self.name(Kind.DOCUMENT, document)} if is_named else {}) | age_data(
            state.as_of, state.checked
        )
        words = state.words
        here = self.kb.documents.get(self.current) if self.folder == Kind.DOCUMENT else None
        if here and here.number and here.id != document and self._gave_way_to(document, here):
            once = words.partition(f"; {here.number} ")[0]  # what came after it, its own page tells
            data["noi-ro"], words = words, once.replace(str(here.number), "văn bản này")
        told = f" {tag_attributes(data)}" if data else ""
        return Md(f' <span class="{css}"{told}>{escape(words, leading=False)}</span>')

    def _in_force(self, document: str) -> Md:
        """Return the mark of a document that is plainly in force: no words (``say_once`` gives it some where it needs
        them), and what a browser needs to say that the check is old."""
        status = status_of(self.kb.documents[document], self.kb)
        age = tag_attributes(age_data(status.as_of(self.kb), status.checked))
        return Md(f'<span class="{IN_FORCE}"{f" {age}" if age else ""}></span>')

    def gave_way_here(self, document: str) -> bool:
        """Tell whether the page is that of the document by which another was changed, or by which it is followed."""
        here = self.kb.documents.get(self.current) if self.folder == Kind.DOCUMENT else None
        return here is not None and self._gave_way_to(document, here)

    def _gave_way_to(self, document: str, new: Document) -> bool:
        """Tell whether a document was changed by, or is followed by, another."""
        old = self.kb.documents[document]
        return new.id == status_of(old, self.kb).by or successor(old, self.kb) == new

    def tag(self, kind: str, identity: str, text: str | None = None, anchor: str = "", marked: bool = True) -> Md:
        """Return a link as HTML; the bare name for an entity without a page; marked as by ``link``."""
        words = escape(text or self.name(kind, identity), leading=False)
        if not self.index.exists(kind, identity):
            return words
        mark = self.mark(identity) if kind == Kind.DOCUMENT and marked else ""
        return Md(f'<a href="{self.href(kind, identity, anchor)}">{words}</a>{mark}')

    def document_tag(self, document: Document) -> Md:
        """Return a link to a document as HTML, unmarked, for a column: its number breaks behind slashes alone; without
        one the next column says what it is about."""
        untold = document.number or not document.title or document.title not in document.name
        words = None if untold else f"{document.type_name}, chưa rõ số"
        return Md(break_at_slashes(self.tag(Kind.DOCUMENT, document.id, words, marked=False)))

    def document(self, words: str) -> Md:
        """Return a link to the document that made a change, or the words themselves where they are no document's id.
        Only a grave state is told: whether it is in force says nothing of what it has made."""
        if words not in self.kb.documents:
            return escape(words, leading=False)
        return Md(self.link(Kind.DOCUMENT, words, marked=False) + self.mark(words, changed_only=True))

    def name(self, kind: str, identity: str) -> str:
        """Return what an entity is called."""
        entity = self.index.entities[kind].get(identity)
        return str(entity.name) if entity else identity

    def place(self, province: str | None) -> str:
        """Return the name of a place; "Trung ương" where it is no province."""
        return CENTRAL_NAME if province in (None, CENTRAL) else self.name(Kind.PROVINCE, province or "")

    def place_then(self, province: str, at: PartialDate | None = NOW) -> str:
        """Return a province's name with its rank at a date, or today."""
        return province_name(self.kb.vocabulary, province, at)

    def has_moved(self, province: str | None, at: PartialDate | None) -> bool:
        """Tell whether a province has another name or other borders today than at a date."""
        then = self.kb.provinces.get(province or "")
        renamed = then is not None and then.successor not in (None, then.id)
        return renamed or (then is not None and period_at(then, at) != then.periods[-1])

    def document_line(self, document: Document, year: int | None = None) -> str:
        """Return what tells a document from others of its number: place or issuer, and date; ``year``: that alone
        stands for the date, where every byte counts a thousand times."""
        place = self.name(Kind.PROVINCE, document.province) if document.province else None
        issuer = self.name(Kind.BODY, document.issuer) if document.issuer else None
        others = self.index.documents_by_number.get(document.number or "", [])
        there = [d for d in others if d.province == document.province]  # another body there may have that number too
        rival = any(d.issuer_name or d.issuer not in (None, document.issuer) for d in there)
        if document.issuer_name or (place and issuer and rival):
            place = issuer or f"{document.issuer_name}, {place}"
        known = str(year or document.year or "chưa rõ ngày")
        when = self.date(document.date) if document.date and not year else known
        if document.is_date_unchecked:
            when += " (ngày chưa kiểm tra)"
        return " · ".join(part for part in (place or issuer, when) if part)

    @staticmethod
    def date(date: PartialDate | None) -> str:
        """Return a date as readers write it; "chưa rõ" when unknown."""
        return date.vietnamese if date else "chưa rõ"

    # -- evidence ------------------------------------------------------------------------------

    def evidence(self, fact: Grounded | None, ages: bool = False) -> Md:
        """Return where a fact comes from, with how sure it is: each page by its number at the foot of this one.
        ``ages``: what it says may change, so that a check of it grows old."""
        if fact is None:
            return Md("")
        names = "; ".join(f"{escape(page.host, leading=False)}{self._number(page)}" for page in fact.evidence)
        checked = aging(checked_words(fact), fact.as_of if ages else None, fact.checked)
        note = CERTAINTY_NOTES.get(self.kb.vocabulary.origins.certainty(fact))
        badge = f' <span class="nhan nhan--canh-bao">{note}</span>' if note else ""
        stored = "đọc bản lưu" if any(page.stored for page in fact.evidence) else ""
        remarks = "; ".join(filter(None, (stored, fact.note, fact.lowered.reason if fact.lowered else "")))
        return Md(f"{names or 'chưa có'}{checked}{escape(f' ({remarks})', leading=False) if remarks else ''}{badge}")

    def footnote(self, fact: Grounded | Reference | None, doubtful: bool = True) -> Md:
        """Return the small mark of a fact's source, where its whole source does not stand: the numbers of the pages
        that were read, or a link to the paragraph that says it. ``doubtful``: a fact that nobody checked says so."""
        if fact is None:
            return Md("")
        if isinstance(fact, Reference):
            where = self.url(Kind.ARTICLE, fact.article, self.kb.anchor(fact))
            return Md(f'<sup class="kb-so">{link("bài", where)}</sup>')
        unchecked = doubtful and self.kb.vocabulary.origins.certainty(fact) is Certainty.UNCHECKED
        badge = f' <span class="nhan nhan--canh-bao">{CERTAINTY_NOTES[Certainty.UNCHECKED]}</span>' if unchecked else ""
        return Md("".join(self._number(page) for page in fact.evidence) + badge)

    def _number(self, page: Evidence) -> str:
        """Return the small number of a page that was read; the same page has one number."""
        pages = self.references.setdefault((page.host, page.url, page.page), [])
        if page not in pages:
            pages.append(page)
        number = list(self.references).index((page.host, page.url, page.page)) + 1
        return f'<sup class="kb-so"><a href="#nguon-{number}">{number}</a></sup>'

    def references_foot(self) -> list[Md]:
        """Return the pages that this one's statements rest on, in the order of their numbers."""
        return [reference_line(pages, self.kb.vocabulary) for pages in self.references.values()]

    @staticmethod
    def outlet(entry: ArticleEntry) -> str:
        """Return the name of the newspaper an article stands in."""
        return entry.outlet_name or "Chưa rõ cơ quan báo chí"

    def byline(self, entry: ArticleEntry) -> str:
        """Return an article's newspaper and day: ``Báo Đà Nẵng, 07-12-2023``."""
        return f"{self.outlet(entry)}, {self.day_of(entry)}"

    @staticmethod
    def day_of(entry: ArticleEntry) -> str:
        """Return the day on which an article was published; where nobody knows it, the day of what it tells of, as
        such."""
        published, event = entry.article.published, entry.article.event
        if published:
            return published.vietnamese
        return f"chưa rõ ngày đăng{f' (sự việc {event.vietnamese})' if event else ''}"

    def source(self, reference: Reference) -> Md:
        """Return a link to the paragraph a statement stands in."""
        entry = self.kb.articles[reference.article]
        return link(self.byline(entry), self.url(Kind.ARTICLE, entry.id, self.kb.anchor(reference)))

    def source_tag(self, reference: Reference) -> Md:
        """Return a link, as HTML, to the paragraph a statement stands in."""
        entry = self.kb.articles[reference.article]
        return self.tag(Kind.ARTICLE, entry.id, self.byline(entry), self.kb.anchor(reference))

    # -- what has changed since ----------------------------------------------------------------

    def today(self, body: str) -> list[str]:
        """Return the bodies that answer today for one that has ended; nothing for one that stands."""
        return [identity for identity in bodies_today(self.kb, body) if identity != body]

    def today_once(self, body: str) -> list[str]:
        """Return the bodies of today to be named behind one that has ended: once a page, and not where the page says it
        of its own body, be it this one or one that has come to the same."""
        is_own = self.folder == Kind.BODY and bodies_today(self.kb, body) == bodies_today(self.kb, self.current)
        told = is_own or body in self._noted
        self._noted.add(body)
        return [] if told else self.today(body)

    def doubt_of_today(self, body: str) -> str:
        """Return how unsure it is that those bodies answer for it: by the least sure step on the way; '' if not."""
        doubts, ways, seen = [], [body], set()
        while ways:
            here = self.kb.bodies.get(ways.pop())
            for change in here.successors if here and here.id not in seen else ():
                doubts.append(self.kb.vocabulary.origins.certainty(change.ground) if change.ground else _NO_GROUND)
                ways.append(change.other)
            seen |= {here.id} if here else set()
        return CERTAINTY_NOTES.get(max(doubts), "") if doubts else ""

    def doubt(self, told: Status | Grounded) -> str:
        """Return how unsure a status or a fact is: "theo một nguồn", "chưa kiểm tra"; '' if it is sure."""
        origins = self.kb.vocabulary.origins
        sure = certainty_of(told, self.kb) if isinstance(told, Status) else origins.certainty(told)
        return CERTAINTY_NOTES.get(sure, "")

    def changed_in(self, reference: Reference) -> list[tuple[str, Status]]:
        """Return the documents named in a stretch of an article that are no longer as they were."""
        named = self.kb.articles[reference.article].named(Kind.DOCUMENT, reference.start, reference.end)
        return [(identity, self.index.changed[identity]) for identity in named if identity in self.index.changed]

    # -- excerpts ------------------------------------------------------------------------------

    def mentioned(self, kind: str, identity: str, within: Iterable[str] | None = None) -> list[Reference]:
        """Return a place in every paragraph that names an entity (of the articles ``within``, if given).

        Headings and words before a list say nothing by themselves: they stand for the entity only alone."""
        wanted = None if within is None else set(within)
        first: dict[tuple[str, int], Reference] = {}
        for reference in self.kb.mentions.get((Kind(kind), identity), ()):
            if reference.paragraph >= 0 and (wanted is None or reference.article in wanted):
                first.setdefault((reference.article, reference.paragraph), reference)
        paragraphs = ((r, self.kb.articles[r.article].article.paragraphs[r.paragraph]) for r in first.values())
        saying = [r for r, p in paragraphs if p.kind is not ParagraphKind.HEADING and not introduces(p)]
        return saying or list(first.values())

    def excerpt(self, reference: Reference) -> tuple[ArticleEntry, Excerpt]:
        """Return the article of a place, and the stretch of it that is shown for that place."""
        entry = self.kb.articles[reference.article]
        paragraph = entry.article.paragraphs[reference.paragraph]
        end = min(reference.end, paragraph.end)
        part = find_excerpt(paragraph, reference.start, end, self.index.shown_links[entry.id])
        return entry, skip_ordinal(entry.article.text, part) if self.lead(reference) else join_opening(paragraph, part)

    def quote(self, reference: Reference) -> Quote:
        """Return the excerpt around one place, with its own links."""
        entry, part = self.excerpt(reference)
        opening = self.opening(reference)
        words = self._annotated(entry, part.start, part.end)
        if not opening and (unplaced := self._unplaced(entry, part.start, part.end)):
            at, place = unplaced
            behind = self._annotated(entry, at, part.end)
            gap = " " if entry.article.text[at : at + 1].isspace() else ""
            words = Md(f"{self._annotated(entry, part.start, at)} {escape(f'[{place}]')}{gap}{behind}")
        head = textwrap.shorten(entry.article.text[part.start : part.end], HEAD, placeholder=" …")
        return Quote(Md(part.show(words.strip())), opening, entry, entry.anchors[reference.paragraph], head)

    def lead(self, reference: Reference) -> str:
        """Return the sentence that introduces the list whose item a place lies in; "" where it is in none. The first
        body in it has its province."""
        entry = self.kb.articles[reference.article]
        index = introduction(entry.article.paragraphs, reference.paragraph)
        if index is None:
            return ""
        text = entry.article.paragraphs[index].text.rstrip()
        end = entry.article.paragraphs[index].start + len(text)
        return self._placed(entry, end - len(_SENTENCE.split(text)[-1]), end)

    def opening(self, reference: Reference) -> str:
        """Return the words before an excerpt that say whose it is, and who is asked: what introduces its list, else the
        beginning of its sentence or paragraph that was cut off; "" where nothing was."""
        if lead := self.lead(reference):
            return lead
        entry, part = self.excerpt(reference)
        tasks = self.index.tasks_by_article.get(reference.article, ())
        asked = [task.addressees for task in tasks if task.reference.paragraph == reference.paragraph]
        found = find_opening(entry.article.paragraphs[reference.paragraph], part, asked)
        return f"{self._placed(entry, *found)}{'' if part.cut_before else ' …'}" if found else ""

    def _unplaced(self, entry: ArticleEntry, start: int, end: int) -> tuple[int, str] | None:
        """Return where the first body in words of an article ends, and its province; None where they name that."""
        text = entry.article.text
        for found in islice(entry.links, bisect_left(entry.links, start, key=lambda k: k.start), None):
            if found.start >= end:
                break
            body = self.kb.bodies.get(found.resolution.id or "") if found.kind is Kind.BODY else None
            if body and body.province and found.end <= end:
                place = self.place(body.province)
                return None if fold(place) in fold(text[start:end]) else (found.end, place)
        return None

    def _placed(self, entry: ArticleEntry, start: int, end: int) -> str:
        """Return words of an article, behind the first body in them its province where they do not name it."""
        if unplaced := self._unplaced(entry, start, end):
            at, place = unplaced
            gap = " " if entry.article.text[at : at + 1].isspace() else ""
            return f"{entry.words(start, at)} [{place}]{gap}{entry.words(at, end)}"
        return entry.words(start, end)

    def plain(self, reference: Reference) -> str:
        """Return the excerpt around one place as bare words."""
        entry, part = self.excerpt(reference)
        alone = not self.opening(reference)
        words = self._placed(entry, part.start, part.end) if alone else entry.words(part.start, part.end)
        return part.show(words)

    def paragraph(self, entry: ArticleEntry, index: int) -> Md:
        """Return a paragraph of an article with its links, for its page (paragraphs in their order): in each section of
        it an entity is a link where it is named first, and a quiet one, which shows when pointed at, from then on."""
        paragraph = entry.article.paragraphs[index]
        if paragraph.kind is ParagraphKind.HEADING and paragraph.level <= _SECTION:
            self._linked.clear()
        links = self.index.shown_links[entry.id]
        return annotate(entry.article.text, paragraph.start, paragraph.end, links, self._link_once)

    def _link_once(self, k: Link, words: str) -> Md:
        named = (k.kind, k.resolution.id or self.index.number_meant(k) or words)
        quiet = named in self._linked
        self._linked.add(named)
        return self._link_in_text(k, words, _QUIET if quiet else "")

    def _annotated(self, entry: ArticleEntry, start: int, end: int) -> Md:
        return annotate(entry.article.text, start, end, self.index.shown_links[entry.id], self._link_in_text)

    def _link_in_text(self, k: Link, words: str, more: str = "") -> Md:
        if k.kind == self.folder and k.resolution.id == self.current:
            return Md(f"**{escape(words)}**")
        if number := self.index.number_meant(k):
            return link(words, self.url(NUMBERS, number), more)
        mark = self.mark(k.resolution.id or "", changed_only=True) if k.kind is Kind.DOCUMENT else ""
        return Md(link(words, self.url(k.kind, k.resolution.id or ""), more) + mark)

    def article_source(self, entry: ArticleEntry) -> str:
        """Return an article as a source: ``Báo Đà Nẵng, 07-12-2023, bài “Khơi dậy động lực”``."""
        what = "bài tiếng Anh" if entry.article.is_english else "bài"
        title = f", {what} “{entry.article.title}”" if entry.article.title else ""
        return f"{self.byline(entry)}{title}"

    def cite_data(self, entry: ArticleEntry) -> dict[str, str]:
        """Return what the button that copies an excerpt needs beyond the page: the article and its document."""
        known = self.kb.documents.get(entry.document or "")
        other = known if known and known.id != self.current and self.folder != Kind.DOCUMENT else None
        return {"nguon": self.article_source(entry)} | ({"bai-ve": other.name} if other else {})

    @staticmethod
    def evidence_words(entry: ArticleEntry) -> str:
        """Return what an article is: the text of a document, a part of it, or a report."""
        return _EVIDENCE[entry.article.evidence]

    @staticmethod
    def rights_ground(entry: ArticleEntry) -> str:
        """Return the ground on which an article stands here word by word."""
        return _GROUNDS[entry.article.rights]

    @staticmethod
    def rights_note(entry: ArticleEntry) -> str:
        """Return whose words an excerpt shows."""
        if entry.is_digest:
            return "Tóm lược của kho, không phải nguyên văn"
        return f"Nguyên văn bài đăng{_PARTS.get(entry.article.evidence, '')}"

    def whose_words(self, articles: Iterable[str]) -> str:
        """Return whose words a list shows that is made of what stands in ``articles``."""
        digests = {self.kb.articles[article].is_digest for article in articles}
        if digests == {False}:
            return "Nguyên văn bài đăng"
        return "Tóm lược của kho, không phải nguyên văn" + (", trừ chỗ ghi “nguyên văn”" if len(digests) > 1 else "")

    # -- lists ---------------------------------------------------------------------------------

    def by_place(self, items: Iterable[_Placed]) -> dict[str, list[_Placed]]:
        """Group documents or bodies by the names of their places, the central ones first."""
        groups = group(items, lambda item: [self.place(item.province)])
        return dict(sorted(groups.items(), key=lambda group: (group[0] != CENTRAL_NAME, sort_key(group[0]))))

    def facets(self, document: Document, placed: bool = True) -> dict[str, str]:
        """Return by what a list of documents can be narrowed: type, place (then and now; where the list is of several,
        ``placed``), year, themes."""
        there = document.province
        now = self.index.province_today(there) if there else None
        themes = "|".join(self.name(Kind.THEME, theme) for theme in self.kb.themes_of(document))
        places = {"noi": "|".join(dict.fromkeys(self.place(place) for place in (there, now)))} if placed else {}
        named = {"chu-de": themes} if themes else {}
        return {"loai": document.type_name, **places, "nam": "|".join(times_of(document)), **named}

    def status_cell(self, document: str) -> Md:
        """Return the status of a document where it stands alone, with what must be known of it."""
        label = "" if document in self.index.states else status_of(self.kb.documents[document], self.kb).label
        return Md(escape(label, leading=False) + break_at_slashes(self.mark(document)))

    @staticmethod
    def amount(documents: Sequence[Document], articles: Sequence[ArticleEntry]) -> str:
        """Return how many documents and articles there are, in words; '' for nothing."""
        parts = [(len(documents), "văn bản"), (len(articles), "bài")]
        return ", ".join(f"{count} {what}" for count, what in parts if count)

    def newest(self, documents: Iterable[Document]) -> list[Document]:
        """Sort documents: newest first, unknown dates last in their year, then by name."""
        ordered = sorted(documents, key=lambda d: (sort_key(d.name), d.id))
        day = {d.id: (-d.date.month, -d.date.day) if d.date else (1, 1) for d in ordered}
        return sorted(ordered, key=lambda d: (-(self.index.sorted_year(d) or 0), day[d.id]))
