"""Collect the knowledge base from articles and vocabulary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ...core.models import Article, value_of
from ...core.paragraphs import anchors
from ...mentions.finders import Finders
from ...mentions.themes import theme_weights
from ...sources.vocabulary import Vocabulary
from ..resolve.body_mentions import resolve_ref, without_towns
from ..resolve.context import Context, make_context
from ..resolve.named import NameIndex
from ..resolve.register import Register
from .bodies import collect_bodies
from .catalogue import BodyCatalogue, BodyKey
from .documents import collect_documents
from .entities import ArticleEntry, Document, DocumentRelation, Kind, KnowledgeBase, Reference, Task
from .linking import link_mentions
from .tasks import collect_relations, collect_tasks


def collect(articles: Iterable[Article], vocabulary: Vocabulary, finders: Finders | None = None) -> KnowledgeBase:
    """Return the knowledge base of ``articles``; their order does not matter. ``finders``: if made already."""
    finders = finders or Finders(vocabulary)
    contexts = [read_context(a, vocabulary, finders) for a in sorted(articles, key=lambda a: a.id)]
    register, names = Register(vocabulary, contexts), NameIndex(vocabulary)
    entries = [_entry(context, register, names, vocabulary) for context in contexts]
    by_id = {c.article.id: c for c in contexts}
    documents = collect_documents(register, entries, by_id)
    of_articles = [tuple(collect_tasks(e, documents.get(e.document or ""), vocabulary)) for e in entries]
    catalogue = BodyCatalogue(vocabulary)
    return KnowledgeBase(
        vocabulary=vocabulary,
        articles={entry.article.id: entry for entry in entries},
        documents=documents,
        bodies=collect_bodies(_named_bodies(contexts, documents, catalogue), catalogue),
        provinces=vocabulary.provinces,
        themes=vocabulary.themes,
        mentions=_mentions(entries),
        relations=tuple(_relations(entries, of_articles, vocabulary)),
        tasks=tuple(task for tasks in of_articles for task in tasks),
        title_themes=_title_themes(vocabulary, finders),
    )


def _title_themes(vocabulary: Vocabulary, finders: Finders) -> dict[str, frozenset[str]]:
    """Return the themes that recorded titles speak of."""
    titles = {r.id: r.title.value for r in vocabulary.records.values() if r.title}
    return {
        identity: frozenset(t.theme for t in finders.find_themes(title) if not t.weak)
        for identity, title in titles.items()
    }


def read_context(article: Article, vocabulary: Vocabulary, finders: Finders) -> Context:
    """Find everything in one article and tell its time and province."""
    scan, mentions = finders.find(article)
    outlet = vocabulary.outlets.get(article.outlet or value_of(mentions.masthead.outlet) or "")
    province = finders.find_province(scan, mentions.bodies, outlet.province if outlet else None)
    context = make_context(article, scan, mentions, vocabulary, province, theme_weights(mentions.themes, scan))
    return replace(context, mentions=without_towns(context))


def _entry(context: Context, register: Register, names: NameIndex, vocabulary: Vocabulary) -> ArticleEntry:
    article = context.article
    outlet = vocabulary.outlets.get(article.outlet or "")
    return ArticleEntry(
        article=article,
        mentions=context.mentions,
        province=context.province,
        at=context.at,
        anchors=anchors(article.paragraphs),
        links=link_mentions(context, register, names),
        weights=context.weights,
        document=announced_id(context, register),
        outlet_name=outlet.name if outlet else None,
    )


def announced_id(context: Context, register: Register) -> str | None:
    """Return the document an article announces: as its front matter says, else as its text shows."""
    if context.article.document:
        return context.article.document
    claim = register.announced(context)
    return register.resolve(claim).id if claim else None


def _named_bodies(
    contexts: Sequence[Context], documents: dict[str, Document], catalogue: BodyCatalogue
) -> Iterable[BodyKey]:
    """Yield the bodies that articles and documents name."""
    for context in contexts:
        refs = [b.ref for b in context.mentions.bodies] + [c.issuer for c in context.mentions.citations if c.issuer]
        for ref in refs:
            if resolve_ref(ref, context).id:
                yield catalogue.key(ref.kind, ref.place or context.province, context.at)
        for correction in context.article.corrections:
            if key := catalogue.find(correction.target or ""):
                yield key
    for document in documents.values():
        if key := catalogue.find(document.issuer or ""):
            yield key


def _mentions(entries: Sequence[ArticleEntry]) -> dict[tuple[Kind, str], tuple[Reference, ...]]:
    """Return every place that names an entity, in order of articles and text."""
    found: dict[tuple[Kind, str], list[Reference]] = defaultdict(list)
    for entry in entries:
        for link in entry.links:
            if link.resolution.id:
                found[link.kind, link.resolution.id].append(entry.reference(link.start, link.end))
    return {key: tuple(references) for key, references in sorted(found.items())}


def _relations(
    entries: Sequence[ArticleEntry], of_articles: Sequence[tuple[Task, ...]], vocabulary: Vocabulary
) -> Iterable[DocumentRelation]:
    """Yield all relations between documents: the articles' (``of_articles``: the tasks of each), then the records'."""
    events = frozenset(r.id for r in vocabulary.relations.values() if r.strength == "event")
    seen: set[tuple[str, str, str]] = set()
    for entry, own in zip(entries, of_articles, strict=True):
        for relation in collect_relations(entry, own, events):
            if (key := (relation.relation, relation.source, relation.target)) not in seen:
                seen.add(key)
                yield relation
    for record in vocabulary.records.values():
        for stated in record.relations:
            yield DocumentRelation(stated.relation, record.id, stated.target, evidence=stated.evidence)
