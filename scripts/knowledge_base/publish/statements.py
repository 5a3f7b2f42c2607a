"""Statements: what one point of a document, or one excerpt of an article, says – with its source, ready to be handed
out, put on a wall or copied. The ticks of the pages, the tray that they fill and the hand-outs all take them from here.

A statement is told by its key (the paragraph) and its digest (the words): a paragraph may hold several points, and a
tray that somebody shared notices when a paragraph says something else than it did.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from ..core.text import fold, upper_first
from ..meaning.knowledge.entities import ArticleEntry, Document, Kind, KnowledgeBase, Reference, Task
from ..meaning.knowledge.status import Force
from .pages.site import Site
from .pages.views.theme import statements as theme_places
from .pages.wording import citation

FOLDER = "y-da-chon"
"""The folder of the page that shows what was chosen, and of the data that it reads."""
CODE = 4
"""Letters that tell the article in a key. A key is these and the 8 letters of the paragraph's anchor, 60 bits in all:
among a million statements two share a key with a chance of 1 in 2 million."""
DIGEST = 6
"""Letters that tell the words: 30 bits, and only the statements of one key are told apart by them."""
PART = 2000
"""Of so many paragraphs the statements stand in one file, about 1 MB before it is compressed; chosen by hand. Where
there are more, files are cut by the first letters of their keys."""
_LETTERS = 32
_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";")


@dataclass(frozen=True, slots=True)
class SourcedStatement:
    """What a point of a document or an excerpt says. ``key`` tells its paragraph (the same for all points of it),
    ``digest`` its words; ``source`` is one line, as copied citations have it; ``address`` that of the paragraph, seen
    from the home page; ``document`` the id of the document that says it or that its article is about, ``mark`` what
    must be known of that ('' where nothing must); ``verbatim``: the words are the source's, not our digest.
    ``speaker``: who says it, with the place ("Bí thư Thành ủy Đà Nẵng"), or only where ("Ở thành phố Đà Nẵng", never a
    bare name, which may be read as a person's) when no more is known and the words name no place; ``look_up``: what
    finds it in the search of the site, for who reads it on paper; ``brief``: the
    source without the article's title, where a document tells enough."""

    key: str
    digest: str
    words: str
    source: str
    address: str
    document: str | None
    mark: str
    verbatim: bool
    speaker: str = ""
    look_up: str = ""
    brief: str = ""

    @property
    def told(self) -> str:
        """The words as they stand alone: behind who says them."""
        return f"{self.speaker}: {self.words}" if self.speaker else self.words

    @property
    def choice(self) -> str:
        """How a tray names it: ``KEY~DIGEST``, without the ``d-`` and the slashes of addresses, to be short."""
        return f"{self.key}~{self.digest}"


def task_statement(site: Site, task: Task) -> SourcedStatement:
    """Return a point of a document, or a task that an article reports, as a statement: who must do what, until when."""
    who = _doers(site, task)
    words = f"{upper_first(who)}: {task.task}" if who else upper_first(task.task)
    words += f" (hạn: {task.deadline})" if task.deadline and fold(task.deadline) not in fold(task.task) else ""
    document = site.kb.documents.get(task.document or "")
    speaker, province = _speaker(site, task, document)
    return _statement(site, task.reference, words, document, _with_place(site, speaker, province, words))


def excerpt_statement(site: Site, reference: Reference) -> SourcedStatement:
    """Return the excerpt around a place of an article as a statement, with the words that say whose it is.

    Where it says nothing but a task of its paragraph, that is the statement: who chose it on one page has it chosen on
    the other."""
    words = site.plain(reference)
    if task := _only_task(site, reference, words):
        return task_statement(site, task)
    said = f"{site.opening(reference)} {words}".strip()
    entry, part = site.excerpt(reference)
    shown = replace(reference, start=part.start, end=part.end)
    place = _place_in(site, entry, part.start, part.end)
    return _statement(site, shown, said, speaker=_with_place(site, "", place, said))


def _only_task(site: Site, reference: Reference, words: str) -> Task | None:
    """Return the only task of a paragraph, where ``words`` of it are one sentence that ends with that task: before it
    stands only who asks whom."""
    tasks = site.index.tasks_by_article.get(reference.article, ())
    here = [task for task in tasks if task.reference.paragraph == reference.paragraph]
    before, found, after = fold(words).rpartition(fold(here[0].task)) if len(here) == 1 else ("", "", "")
    return here[0] if found and not re.search(r"[.!?…;]", before) and not re.search(r"\w", after) else None


def document_tasks(site: Site, document: str) -> list[Task]:
    """Return what the page of a document lists: what it demands, what it assigns, and what the articles about it report
    that is not said to be its own."""
    kb, index = site.kb, site.index
    known = kb.documents.get(document)
    own = index.tasks_by_document.get(document, [])
    told = [t for a in known.announced_by for t in index.tasks_by_article.get(a, ())] if known else []
    return [*own, *(t for t in told if t.document is None)]


def document_statements(site: Site, document: str) -> list[SourcedStatement]:
    """Return what the page of a document lists as statements, in its order, each once."""
    return each_once(task_statement(site, task) for task in document_tasks(site, document))


def theme_statements(site: Site, theme: str) -> list[SourcedStatement]:
    """Return the excerpts that the page of a theme shows, each once."""
    return each_once(excerpt_statement(site, r) for r in theme_places(site, site.kb.themes[theme]))


def tray_state(statements: Sequence[SourcedStatement], title: str = "") -> str:
    """Return what follows ``#`` in the address of a tray of statements: ``y=KEY~DIGEST,…&ten=TITLE``; '' for none."""
    chosen = ",".join(statement.choice for statement in statements)
    named = f"&ten={quote(title, safe='')}" if title else ""
    return f"y={chosen}{named}" if chosen else ""


def task_choice(site: Site, task: Task) -> str:
    """Return how a tray names the statement of a task, for templates."""
    return task_statement(site, task).choice


def excerpt_choice(site: Site, reference: Reference) -> str:
    """Return how a tray names the statement of an excerpt, for templates."""
    return excerpt_statement(site, reference).choice


def part_letters(kb: KnowledgeBase) -> int:
    """Return how many first letters of a key tell the file in which its statements stand; 0 for one file. It goes by
    all paragraphs: nobody has to find the statements to know where they lie."""
    paragraphs, letters = sum(len(entry.anchors) for entry in kb.articles.values()), 0
    while paragraphs > PART * _LETTERS**letters and letters < CODE:
        letters += 1
    return letters


def article_code(article: str) -> str:
    """Return the letters of an article in the keys of its paragraphs."""
    return _letters(article, CODE)


def all_statements(site: Site) -> Iterator[SourcedStatement]:
    """Yield every statement that can be chosen, some of them more than once."""
    yield from (task_statement(site, task) for task in site.kb.tasks)
    for theme in site.kb.themes:
        yield from theme_statements(site, theme)


def whole_paragraphs(site: Site, keys: set[str]) -> Iterator[SourcedStatement]:
    """Yield the paragraphs that statements are of, each as one statement."""
    for entry in site.kb.articles.values():
        for number, (anchor, paragraph) in enumerate(zip(entry.anchors, entry.article.paragraphs, strict=True)):
            if _key(entry.id, anchor) not in keys:
                continue
            place = _place_in(site, entry, paragraph.start, paragraph.end)
            reference = Reference(entry.id, number, paragraph.start, paragraph.end)
            yield _statement(site, reference, paragraph.text, speaker=_with_place(site, "", place, paragraph.text))


def earlier_keys(kb: KnowledgeBase, keys: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the keys under which paragraphs with statements were known before, with those of now."""
    for entry in kb.articles.values():
        for anchor, before in zip(entry.anchors, entry.earlier_anchors, strict=True):
            key = _key(entry.id, anchor)
            yield from ((_key(entry.id, old), key) for old in before if key in keys and _key(entry.id, old) not in keys)


def _key(article: str, anchor: str) -> str:
    return article_code(article) + anchor.removeprefix("d-")


def _letters(text: str, count: int) -> str:
    digest = hashlib.blake2b(text.encode(), digest_size=5).digest()
    return base64.b32encode(digest).decode().lower()[:count]


def each_once(statements: Iterable[SourcedStatement]) -> list[SourcedStatement]:
    """Return statements in their order, each by one name only once."""
    return list({statement.choice: statement for statement in statements}.values())


def _statement(
    site: Site, reference: Reference, words: str, document: Document | None = None, speaker: str = ""
) -> SourcedStatement:
    """Return a statement of the paragraph a place lies in. ``document`` says it itself; without one it is what the
    article reports. ``speaker`` is who says it, where the words do not. Behind the words stands in brackets what has
    since replaced a document that they name; the digest is that of the words alone."""
    entry, anchor = site.kb.articles[reference.article], site.kb.anchor(reference)
    about = document or site.kb.documents.get(entry.document or "")

    def source(told: str) -> str:
        if document:
            return upper_first(f"{citation(site, document)}; theo {told}.")
        return upper_first(told + (f"; bài về {citation(site, about)}." if about else "."))

    state = site.index.states.get(about.id) if about else None
    sentence = " ".join(words.split())
    sentence += "" if sentence.rstrip('”"’)').endswith(_SENTENCE_ENDS) else "."
    return SourcedStatement(
        key=_key(entry.id, anchor),
        digest=_letters(sentence, DIGEST),
        words=sentence + _replaced(site, reference, about),
        source=source(site.article_source(entry)),
        brief=source(site.byline(entry) if about else site.article_source(entry)),
        address=f"{Kind.ARTICLE.value}/{entry.id}/#{anchor}",
        document=about.id if about else None,
        mark=state.words if state else "",
        verbatim=not entry.is_digest,
        speaker=speaker,
        look_up=_look_up(site, entry, about),
    )


def _replaced(site: Site, reference: Reference, about: Document | None) -> str:
    """Return what has replaced the documents that a stretch names: `` [Kho ghi thêm: 124-QĐ/TW nay được thay thế bởi
    366-QĐ/TW.]``, marked as ours, for the words before it may be a quotation; '' for none. That of the document it is
    about is told with its source."""

    def name(document: str) -> str:
        return site.name(Kind.DOCUMENT, document)

    told = [
        f"{name(old)} nay {status.done_by} {name(status.by)}{f', {doubt}' if (doubt := site.doubt(status)) else ''}"
        for old, status in site.changed_in(reference)
        if status.by and status.force is Force.REPLACED and not (about and about.id == old)
    ]
    return f" [Kho ghi thêm: {'; '.join(told)}.]" if told else ""


def _doers(site: Site, task: Task) -> str:
    """Return who must do a task, each body that has ended with those of today; '' where nobody is named."""

    def names(bodies: Iterable[str]) -> str:
        return ", ".join(_body(site, body) for body in bodies)

    if not task.lead:
        return task.addressees
    more = [f"(cùng {task.others})"] if task.others else []
    roles = (("phối hợp", task.partners), ("thực hiện", task.executors_unsaid))
    more += [f"({role}: {names(bodies)})" for role, bodies in roles if bodies]
    return " ".join([names(task.lead), *more])


def _body(site: Site, body: str) -> str:
    today = "; ".join(site.name(Kind.BODY, other) for other in site.today(body))
    doubt = site.doubt_of_today(body) if today else ""
    return site.name(Kind.BODY, body) + (f" (nay: {today}{f', {doubt}' if doubt else ''})" if today else "")


def _speaker(site: Site, task: Task, document: Document | None) -> tuple[str, str | None]:
    """Return who asks for a task, and the province of that: who issued the document that does, else whom the article
    names, by the full name, which tells it; only the article's province where nobody is named."""
    if asking := document or site.kb.documents.get(task.assigner or ""):
        issuer = site.name(Kind.BODY, asking.issuer) if asking.issuer else asking.issuer_name
        return issuer or asking.name, asking.province
    if body := site.kb.bodies.get(task.assigner or ""):
        return str(body.name), body.province
    if task.assigner_name:
        return task.assigner_name, None
    return "", _place_of(site, task.reference)


def _place_of(site: Site, reference: Reference) -> str | None:
    """Return the province that an excerpt is from; None where it names bodies or documents of elsewhere too."""
    entry, part = site.excerpt(reference)
    return _place_in(site, entry, part.start, part.end)


def _place_in(site: Site, entry: ArticleEntry, start: int, end: int) -> str | None:
    named = [site.kb.documents[d].province for d in entry.named(Kind.DOCUMENT, start, end)]
    named += [site.kb.bodies[b].province for b in entry.named(Kind.BODY, start, end)]
    return entry.province if set(named) <= {entry.province} else None


def _with_place(site: Site, speaker: str, province: str | None, words: str) -> str:
    """Return a speaker with the place, where neither its name nor, without one, the words tell it."""
    place = site.place(province) if province else ""
    if not place or fold(place) in fold(speaker or words):
        return speaker
    return f"{speaker}, {place}" if speaker else f"Ở {site.place_then(str(province))}"


def _look_up(site: Site, entry: ArticleEntry, about: Document | None) -> str:
    """Return what to type in the search: the number of the document with its place, else the title of the article."""
    if about and about.number:
        return f"{about.number} {site.place(about.province)}" if about.province else str(about.number)
    return entry.article.title or site.byline(entry)
