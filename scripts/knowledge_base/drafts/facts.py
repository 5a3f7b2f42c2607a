"""The facts of a draft, merged by trust. Nothing is guessed: what is not known is asked."""

from __future__ import annotations

import re
from dataclasses import replace

from ..core.models import Article, ArticleFact, ArticleFacts, FactSource, Scan, merge_facts, value_of
from ..core.text import one_line
from ..core.web_links import clean_link, host_of
from ..meaning.knowledge.collect import read_context
from ..meaning.resolve.context import Context
from ..mentions.finders import Finders
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.names import outlet_of_host

_LONGEST_TITLE = 250
"""Characters: as on web pages, a longer line is text."""
_SIGNED = re.compile(r"\((?P<mark>[^()\s]{2,20}|[^()]{2,12} Online)\)|(?P<word>[^\W\d_]{2,12})\s?[-–]\s")
"""What opens the first sentence of a report, not its headline: "(ABO) …", "BTNO - …"."""
_TWO = re.compile(r"[a-zà-ỹ]{2}\.[\"”)]?\s[^\W\d_a-zđ]")
"""Two sentences, not counting "TP. Vinh"."""


def collect_facts(
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
    return replace(told, facts=_tidied(facts)), context


def _tidied(facts: ArticleFacts) -> ArticleFacts:
    """Return facts whose words stand on one line, and whose address is without the marks of sharing."""
    lines = ((fact, one_line(fact.value) if fact else "") for fact in (facts.title, facts.author))
    title, author = (replace(fact, value=words) if fact and words else None for fact, words in lines)
    url = facts.url and replace(facts.url, value=clean_link(facts.url.value))
    return replace(facts, title=title, author=author, url=url)


def _is_headline(words: str, vocabulary: Vocabulary) -> bool:
    """Tell a headline from the first sentence of a text that came without one."""
    marks = {mark for outlet in vocabulary.outlets.values() for mark in outlet.marks}
    signed = _SIGNED.match(words)
    opens = signed is not None and (signed["mark"] or signed["word"] in marks or signed["word"].isupper())
    sentence = words.endswith((":", ";", ",", ".")) and not words.endswith("...")
    return not (opens or sentence or len(words) > _LONGEST_TITLE or _TWO.search(words))
