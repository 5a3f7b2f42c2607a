"""What the machine finds in a draft, with people's names for things, and what it doubts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..checks.articles import check_days
from ..core.dates import date_words
from ..core.models import Article, Citation
from ..meaning.knowledge.collect import collect
from ..meaning.knowledge.entities import ArticleEntry, Body, Document, Kind, KnowledgeBase, Link
from ..meaning.resolve.context import Context
from ..mentions.finders import Finders
from ..sources.articles.corpus import Corpus
from .questions import Question

_ALL = 300
"""A corpus of up to so many articles is read whole; of a larger one only what can matter to the draft, so that adding
an article takes as long in a large corpus as in a small one."""
_DIGITS = re.compile(r"\d+")
_DOCUMENTS = "sources/documents/"


Finding = tuple[str, bool, tuple[str, ...]]
"""An entity named in the draft: its name, whether other sources know it, and the words that name it."""


class Findings:
    """The knowledge base as it would be with the draft in it, seen from the draft."""

    def __init__(self, article: Article, corpus: Corpus, context: Context, finders: Finders) -> None:
        """Take the draft as the corpus reads it, and what was found in the article as it came."""
        known = _near(article, corpus, context.mentions.citations)
        self.kb = collect([*known, article], context.vocabulary, finders)
        self.entry: ArticleEntry = self.kb.articles[article.id]

    @property
    def announced(self) -> Document | None:
        """The document whose issue or content the article reports."""
        return self.kb.documents.get(self.entry.document or "")

    def is_known(self, document: Document) -> bool:
        """Tell whether a document is known without this article."""
        others = {*document.announced_by, *document.cited_by} - {self.entry.article.id}
        return document.record is not None or bool(others)

    def documents(self) -> list[Finding]:
        """Return the documents that could be told, in order of the text."""
        named = ((self.kb.documents[i], words) for i, words in self._named(Kind.DOCUMENT, self.kb.documents).items())
        return [(document_name(d, self.kb), self.is_known(d), words) for d, words in named]

    def bodies(self) -> Iterator[Finding]:
        """Yield the bodies that could be told, in order of the text."""
        issuers = {d.issuer for d in self.kb.documents.values() if self.is_known(d)}
        for identity, words in self._named(Kind.BODY, self.kb.bodies).items():
            others = {r.article for r in self.kb.mentions[Kind.BODY, identity]} - {self.entry.article.id}
            known = bool(others) or identity in issuers
            yield self.kb.bodies[identity].name, known, words

    def themes(self) -> list[str]:
        """Return the names of the themes the article really speaks of, the strongest first."""
        return [self.kb.vocabulary.themes[t].name for t in self.entry.themes]

    def relations(self) -> list[str]:
        """Return the relations the article states between documents, as sentences."""
        own = (r for r in self.kb.relations if r.reference and r.reference.article == self.entry.article.id)
        documents, verbs = self.kb.documents, self.kb.vocabulary.relations
        return [f"{documents[r.source].name} {verbs[r.relation].name.lower()} {documents[r.target].name}" for r in own]

    def tasks(self) -> Iterator[str]:
        """Yield who must do what."""
        for task in self.kb.tasks:
            if task.reference.article == self.entry.article.id:
                lead, partners = (
                    ", ".join(self.kb.bodies[i].name if i in self.kb.bodies else i for i in ids)
                    for ids in (task.lead, task.partners)
                )
                who = (lead or task.addressees or "chưa rõ ai") + (f" (phối hợp: {partners})" if partners else "")
                yield f"{who}: {task.task}" + (f" (hạn: {task.deadline})" if task.deadline else "")

    def open_links(self, kind: Kind) -> dict[str, Link]:
        """Return the words that name an entity which could not be told, each once."""
        links = (k for k in self.entry.links if k.kind is kind and k.resolution.id is None)
        found: dict[str, Link] = {}
        for link in links:
            found.setdefault(self.entry.words(link.start, link.end), link)
        return found

    def unknown(self) -> list[str]:
        """Return the names of documents, without number, that the knowledge base does not hold."""
        links = self.open_links(Kind.DOCUMENT)
        return [words for words, link in links.items() if not self._is_askable(link)]

    def doubts(self, document: str | None) -> Iterator[Question]:
        """Yield a question for everything that the machine cannot be sure of.

        ``document`` is the announced document as the front matter names it."""
        for words, link in self.open_links(Kind.DOCUMENT).items():
            if self._is_askable(link):
                candidates = ((i, self.kb.documents.get(i)) for i in link.resolution.candidates)
                names = " hay ".join(document_name(d, self.kb) if d else i for i, d in candidates)
                do = "Biết thì viết đủ loại, số, ký hiệu trong bài; không biết thì giữ đúng chữ của nguồn"
                if names:
                    do = "Trong bài, viết rõ ngày hoặc cơ quan ban hành của văn bản; không rõ thì giữ nguyên"
                yield Question(f"“{words}” là văn bản nào{names and f': {names}'}?", do)
        if self.entry.province:  # else every body is open, and one question about the province settles all
            for words in self.open_links(Kind.BODY):
                yield Question(f"“{words}” là cơ quan của tỉnh nào?", "Trong bài, viết đủ tên cơ quan kèm tên tỉnh")
        for identity in self._named(Kind.DOCUMENT, self.kb.documents):
            yield from self._doubt_dates(self.kb.documents[identity])
        if (announced := self.announced) and announced.id == document and announced.date is None:
            do = f"Biết thì ghi vào bài, hoặc vào {_DOCUMENTS}{announced.province or 'trung-uong'}.yml kèm nguồn"
            ask = f"{document_name(announced, self.kb)} ban hành ngày nào (bài không ghi)?"
            yield Question(ask, f"{do}; không thì bỏ qua")
        for problem in check_days(self.entry.article):
            yield Question(f"Trong bài có {problem.message}: ngày đúng là ngày nào?", problem.remedy)
        if not self.entry.links:
            do = "Không thì xóa bản nháp này"
            yield Question("Máy không thấy văn bản, cơ quan, chủ đề nào: bài có thuộc phạm vi của kho không?", do)

    def _doubt_dates(self, document: Document) -> Iterator[Question]:
        own = [d.date for d in document.dates if d.reference and d.reference.article == self.entry.article.id]
        name = document_name(document, self.kb, dated=False)
        others = [d.date for d in document.dates if not any(d.date.contains(o) or o.contains(d.date) for o in own)]
        if own and others:
            listed = ", ".join(date_words(d) for d in others)
            ask = f"{name} ban hành {date_words(own[0])} (theo bài này) hay {listed} (theo nguồn khác)?"
            yield Question(ask, "Xem lại bài gốc; bài gốc ghi đúng như vậy thì giữ nguyên, trang sẽ nêu cả hai")
        published = self.entry.article.published
        late = [d for d in own if published and d.earliest() > published.latest()]
        if late:
            ask = f"{name} ban hành {date_words(late[0])}, sau cả ngày đăng bài: có ghi nhầm không?"
            yield Question(ask, "Xem lại bài gốc, sửa ngày của văn bản hoặc dòng “published”")

    def _is_askable(self, link: Link) -> bool:
        """Tell whether a person can say which document is meant: it has a number, or there is a choice."""
        numbered = any((c.start, c.end) == (link.start, link.end) for c in self.entry.mentions.citations)
        return numbered or bool(link.resolution.candidates)

    def _named(self, kind: Kind, known: dict[str, Document] | dict[str, Body]) -> dict[str, tuple[str, ...]]:
        """Return the words for each entity of a kind, in order of the text."""
        found: dict[str, dict[str, None]] = {}
        for link in self.entry.links:
            if link.kind is kind and link.resolution.id in known:
                found.setdefault(link.resolution.id or "", {}).setdefault(self.entry.words(link.start, link.end))
        return {identity: tuple(words) for identity, words in found.items()}


def document_name(document: Document, kb: KnowledgeBase, dated: bool = True) -> str:
    """Return how people call a document: type, number, issuer, date."""
    issuer = kb.bodies.get(document.issuer or "")
    place = kb.provinces.get(document.province or "")
    of = f" của {issuer.name}" if issuer else f" ({place.name})" if place and place.name not in document.name else ""
    return document.name + of + (f", {date_words(document.date)}" if dated and document.date else "")


def _near(article: Article, corpus: Corpus, cited: Sequence[Citation]) -> list[Article]:
    """Return the articles that can say something of the draft's documents and bodies.

    Texts may write the symbol ``34-CT/TU`` as 34CT/TU, 34/CT-TU, or after "số".
    """
    if len(corpus.articles) <= _ALL:
        return list(corpus.articles)
    digits = {match[0].lstrip("0") if (match := _DIGITS.search(c.number)) else "" for c in cited if c.number}
    forms = (rf"(?<!\d)0{{0,3}}{d}\s?[-/]?\s?[a-zđ]|số\s0{{0,3}}{d}(?!\d)" for d in sorted(digits))
    pattern = re.compile("|".join(forms) or r"(?!)")
    citing = [a for a in corpus.articles if pattern.search(a.text.lower())]
    nearby = [a for a in corpus.articles if a.province is not None and a.province == article.province]
    return list({a.id: a for a in (*citing[-_ALL:], *nearby[-_ALL:])}.values())
