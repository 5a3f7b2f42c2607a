"""Make the draft of an article: a pure function of what was read, what the corpus holds, and what a person says."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, count

from ..core.errors import Problem
from ..core.ids import parse_document_id
from ..core.models import Article, ArticleFact, ArticleFacts, FactSource, NoiseKind, Scan, merge_facts, value_of
from ..core.text import one_line, slug
from ..core.web_links import clean_link, host_of
from ..meaning.knowledge.collect import read_context
from ..meaning.resolve.context import Context
from ..mentions.cleaning import clean_article
from ..mentions.finders import Finders, finders_of
from ..mentions.letterhead import read_head
from ..sources.articles.corpus import UNDATED, Corpus
from ..sources.articles.digest import read_digest
from ..sources.text_files import NATIONAL_FOLDER, RawFile
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.names import outlet_of_host
from .cleaned import clean_body
from .findings import Findings, document_name
from .layout import render_draft, render_report
from .provided import Provided, parse_provided
from .questions import Question, ask_facts, confirm_recognised, doubt_facts
from .similarity import Similarity, find_similar

_LONGEST_NAME = 60
"""Letters of a file's name without date: long enough to tell articles apart, short enough for a list. By hand."""
_COPIED_ALONG = {NoiseKind.PLAYER, NoiseKind.TEASER, NoiseKind.CAPTION}
"""What comes along when a page is copied, which no person writes."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A new article: ``path`` below the folder of sources, its whole ``text``, and the ``report`` for its maintainer.

    ``problems`` are errors for which it must not be added as it is: values that cannot be understood, an article
    that is there already. ``article`` is it as the corpus reads it."""

    path: str
    text: str
    report: str
    article: Article
    problems: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    removed: int = 0


def make_draft(
    article: Article, corpus: Corpus, vocabulary: Vocabulary, provided: Provided | None = None, *,
    digest: bool = False, allow_duplicate: bool = False, finders: Finders | None = None,
) -> Draft:  # fmt: skip
    """Return the draft of ``article`` as it was read from any file.

    What is ``provided`` wins over what the text says. With ``digest`` the text is a person's own, ready for the
    corpus: only what no person writes is taken out (players, share buttons, captions), and it is a draft only as
    long as something is missing. ``finders``: if made already."""
    finders = finders or finders_of(vocabulary)
    parsed, problems = parse_provided(provided or {}, vocabulary, article.path)
    scan = clean_article(article, vocabulary)
    official = read_head(scan).number is not None and not digest
    known, context = _collect_facts(article, parsed, scan, vocabulary, finders, official=official, digest=digest)
    if digest:
        copied = tuple(n for n in scan.noise if n.kind in _COPIED_ALONG)
        cleaned = clean_body(replace(scan, noise=copied), None)
    else:
        cleaned = clean_body(scan, known.title, known.url, official)
    name = _free_name(known, value_of(context.mentions.masthead.title), corpus)
    path = f"articles/{known.province or NATIONAL_FOLDER}/{name}.md"

    def read(text: str) -> Article:
        """Read the draft as the corpus will."""
        file = RawFile(f"sources/{path}", name, path.split("/")[1], text.encode())
        if (found := read_digest(file, vocabulary)[0]) is None:
            raise ValueError("a draft that cannot be read")
        return found

    bare = read(render_draft(known, None, (), cleaned, draft=True, marked=False))
    findings = Findings(bare, corpus, context, finders)
    document, question = _announced(findings, article.document)
    asked = [*ask_facts(known, context, scan, official=official), *([question] if question else [])]
    made = read(render_draft(known, document, asked, cleaned, draft=True, marked=not digest))
    if digest and not problems:  # it is finished, and nothing is asked in it, if it can be read
        with suppress(ValueError):
            made = read(render_draft(known, document, (), cleaned, draft=False, marked=False))
    similar = find_similar(made, (*corpus.articles, *corpus.drafts))
    sure = [s for s in similar if s.sure and not allow_duplicate]
    dated = official and known.published is not None  # the day on its head is its own
    ask, do = "Bài này có phải là bài đã có ở {} không ({})?", "Phải thì xóa bản nháp này"
    doubts = [Question(ask.format(s.article.path, s.why), do) for s in similar[len(sure) :]]
    doubts += [*doubt_facts(known, context), *confirm_recognised(known, scan)]
    doubts += findings.doubts(None if dated else document)
    questions = tuple(sorted([*asked, *doubts], key=lambda one: not one.must))
    report = render_report(
        known, questions, findings, cleaned.removed, made.path, left_out=article.left_out, marked=not digest
    )
    problems += [_duplicate(s, article.path) for s in sure]
    removed = len(cleaned.removed) + len(article.left_out)
    return Draft(path, made.text, report, made, tuple(problems), questions, removed)


# -- the facts, merged by trust: nothing is guessed, what is not known is asked --------------------------

_LONGEST_TITLE = 250
"""Characters: as on web pages, a longer line is text."""
_SIGNED = re.compile(r"\((?P<mark>[^()\s]{2,20}|[^()]{2,12} Online)\)|(?P<word>[^\W\d_]{2,12})\s?[-–]\s")
"""What opens the first sentence of a report, not its headline: "(ABO) …", "BTNO - …"."""
_TWO = re.compile(r"[a-zà-ỹ]{2}\.[\"”)]?\s[^\W\d_a-zđ]")
"""Two sentences, not counting "TP. Vinh"."""


def _collect_facts(
    article: Article, provided: ArticleFacts, scan: Scan, vocabulary: Vocabulary, finders: Finders, *,
    official: bool, digest: bool,
) -> tuple[Article, Context]:  # fmt: skip
    """Return ``article`` with its facts by trust, and what is found in it in their light: what a person says, else
    what the file says of itself, else what the text shows, else what the context suggests.

    An ``official`` text is one in full; a ``digest`` is in a person's own words."""
    own = article.facts
    if provided.national or own.national:  # then the file's province, if it has one, is that of the paper
        own = replace(own, province=None)
    told = replace(article, facts=merge_facts(provided, own))
    context = read_context(told, vocabulary, finders)
    shown = context.mentions.masthead
    if digest:  # its first line is no title, and a name at its end no author
        shown = replace(shown, title=None, author=None if value_of(shown.author) else shown.author)
    else:
        headline = (value_of(shown.title) or "").strip(" -–—•*#")
        fits = headline and (official or _is_headline(headline, vocabulary))
        shown = replace(shown, title=ArticleFact(headline, FactSource.TEXT) if fits else None)
    if told.url and not outlet_of_host(host_of(told.url), vocabulary):  # a page that took over the news
        shown = replace(shown, outlet=None)
    suggested = ArticleFacts.found(FactSource.CONTEXT, province=context.province)
    facts = merge_facts(told.facts, shown, suggested)
    outlet = value_of(facts.outlet)
    if facts.url is None and outlet:  # the one address in a line of its own that is a page of the outlet
        lines = {line.strip() for line in scan.text.split("\n") if line.strip().startswith(("https://", "http://"))}
        pages = {clean_link(line) for line in lines if " " not in line and "/" in line.rstrip("/").split("//", 1)[1]}
        addresses = [page for page in pages if outlet_of_host(host_of(page), vocabulary) == outlet]
        facts = replace(facts, url=ArticleFact(addresses[0], FactSource.TEXT) if len(addresses) == 1 else None)
    if official:
        facts = replace(facts, evidence=ArticleFact("toan-van", FactSource.TEXT))
    worded = ((fact, one_line(fact.value) if fact else "") for fact in (facts.title, facts.author))
    title, author = (replace(fact, value=words) if fact and words else None for fact, words in worded)
    url = facts.url and replace(facts.url, value=clean_link(facts.url.value))  # without the marks of sharing
    return replace(told, facts=replace(facts, title=title, author=author, url=url)), context


def _is_headline(words: str, vocabulary: Vocabulary) -> bool:
    """Tell a headline from the first sentence of a text that came without one."""
    marks = {mark for outlet in vocabulary.outlets.values() for mark in outlet.marks}
    signed = _SIGNED.match(words)
    opens = signed is not None and (signed["mark"] or signed["word"] in marks or signed["word"].isupper())
    sentence = words.endswith((":", ";", ",", ".")) and not words.endswith("...")
    return not (opens or sentence or len(words) > _LONGEST_TITLE or _TWO.search(words))


# -- its parts -----------------------------------------------------------------------------------------


def _free_name(known: Article, shown: str | None, corpus: Corpus) -> str:
    """Return the name of the new file: date, short title, and a number if another file has that name."""
    published = known.published
    date = (published.iso if published.day else f"{published.year:04d}") if published else UNDATED
    words = slug(known.title or "") or slug(shown or "") or known.id or "bai"
    if len(words) > _LONGEST_NAME:
        words = words[: _LONGEST_NAME + 1].rpartition("-")[0] or words[:_LONGEST_NAME]
    name = f"{date}-{words}"
    numbered = (f"{name}-{number}" for number in count(2))
    return next(free for free in chain([name], numbered) if free not in corpus.ids)


def _announced(findings: Findings, stated: str | None) -> tuple[str | None, Question | None]:
    """Return the id to write for the announced document; a question where the id may still change."""
    document = findings.announced
    if stated or document is None:
        return stated, None
    lasting = False  # an id with the year or the term of its document, which nothing learned later can change
    with suppress(ValueError):
        vocabulary = findings.kb.vocabulary
        key = parse_document_id(document.id, vocabulary.document_types, vocabulary.provinces)
        lasting = key.period is not None or bool(document.number and document.number.year)
    if lasting or findings.is_known(document):
        return document.id, None
    name = document_name(document, findings.kb)
    do = f"Đúng thì thêm dòng “document: {document.id}”; không thì bỏ qua"
    return None, Question(f"Bài có đưa tin {name} mới ban hành, hoặc giới thiệu nội dung của nó không?", do, "document")


def _duplicate(similar: Similarity, path: str) -> Problem:
    kind = "bản nháp" if similar.article.draft else "bài"
    message = f"{kind} này đã có: {similar.article.path} ({similar.why})"
    return Problem(path, 1, message, "Bổ sung vào đó; nếu thật là hai bài khác nhau thì chạy lại với --allow-duplicate")
