"""Collect the knowledge base from articles and vocabulary."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from ...core.dates import PartialDate
from ...core.models import (
    REPORT,
    Article,
    BodyRef,
    Certainty,
    Citation,
    Demand,
    NamedDocument,
    RelationCue,
    Resolution,
    merge_facts,
    value_of,
)
from ...core.paragraphs import anchors, earlier_anchors
from ...core.text import fold, slug, verbose
from ...mentions.finders import Finders, finders_of
from ...mentions.themes import theme_weights, title_of
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.schemas import DocumentRecord
from ..resolve.announced import find_announced
from ..resolve.context import CORRECTED, Context, code_of, day_of, organ_of, resolve_ref, without_towns
from ..resolve.register import Register
from .bodies import BodyCatalogue, BodyKey, collect_bodies
from .entities import ArticleEntry, DatedBy, Document, DocumentRelation, Kind, KnowledgeBase, Link, Reference, Task

Span: TypeAlias = tuple[int, int]
_EMPTY = verbose(r"""
    (?: (?:các|những|một\ số|nhiều) \s )?
    (?:nhiệm\ vụ|công\ việc|việc|nội\ dung|phần\ việc)
    (?: \s (?:cụ\ thể|sau|sau\ đây|trên|này) )* \W*""")
"""The words of a task that does not say what is to be done: "giao nhiệm vụ cụ thể cho …"."""
_LEVEL = verbose(r"""
    (?: tỉnh | thành\ phố | tp | huyện | quận | thị\ xã | xã | phường   # of places
      | bộ | tổng\ cục | cục | sở | ban | ngành | phòng                 # of bodies
    )\.?""")
"""The word of a level without a name, which tells nobody: "Tỉnh yêu cầu …"."""
_BETWEEN = re.compile(r"[,;]\s|\s(?:và|cùng)\s")
_ORDINAL = re.compile(r"(?<!\w)[IVXLC]+(?!\w)")


def link_mentions(context: Context, register: Register) -> tuple[Link, ...]:
    """Return all links of an article in order of the text; several for words that name several documents.

    Phrases that only weigh for a theme are no links; words corrected by hand are, where no finder saw them."""
    found = context.mentions
    links = [Link(c.citation.start, c.citation.end, Kind.DOCUMENT, register.resolve(c)) for c in context.claims]
    for named in found.named_documents:
        resolutions = register.resolve_name(named, context)
        for (start, end), resolution in zip(_spans(named, len(resolutions)), resolutions, strict=True):
            links.append(Link(start, end, Kind.DOCUMENT, resolution))
    for body in found.bodies:
        meant = context.correction_for(body) or resolve_ref(body.ref, context)
        links.append(Link(body.start, body.end, Kind.BODY, meant, body.title_only))
    spoken = (t for t in found.themes if not t.weak)
    links += [Link(t.start, t.end, Kind.THEME, Resolution(t.theme, "cụm từ của chủ đề")) for t in spoken]
    for correction, spans in context.corrected:
        start, end = next((s for s in spans if s[0] >= context.article.body_start), (0, 0))
        seen = any(k.start < end and start < k.end and k.kind is not Kind.THEME for k in links)
        if correction.target is not None and end and not seen:
            kind = _kind_of(correction.target, context, register)
            links.append(Link(start, end, kind, Resolution(correction.target, CORRECTED)))
    return tuple(sorted(links, key=lambda k: (k.start, -k.end, k.kind, k.resolution.id or "")))


def _kind_of(target: str, context: Context, register: Register) -> Kind:
    """Return what the id in a correction is: of a document, of a theme, else of a body."""
    if target in register.entries or target in context.vocabulary.records:
        return Kind.DOCUMENT
    return Kind.THEME if target in context.vocabulary.themes else Kind.BODY


def _spans(named: NamedDocument, count: int) -> list[tuple[int, int]]:
    """Return the words of each document that one name lists: "Nghị quyết Trung ương 4 (khóa XI", "XII"."""
    ordinals = [(named.start + m.start(), named.start + m.end()) for m in _ORDINAL.finditer(named.text)][-count:]
    if count == 1 or len(ordinals) != count:
        return [(named.start, named.end)] * count
    return [(named.start, ordinals[0][1]), *ordinals[1:]]


def collect_tasks(entry: ArticleEntry, announced: Document | None, catalogue: BodyCatalogue) -> Iterator[Task]:
    """Yield the demands of an article that say what is to be done; ``announced`` is the document it announces, if
    there is one."""
    bodies, documents = entry.spans(Kind.BODY), entry.spans(Kind.DOCUMENT)

    def named(spans: tuple[tuple[int, int], ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(bodies[span] for span in spans if span in bodies))

    for demand in entry.mentions.demands:
        if _EMPTY.fullmatch(fold(demand.task)):
            continue
        asking = demand.assigner
        if asking and asking not in bodies and _LEVEL.fullmatch(fold(entry.words(*asking))):
            asking = None
        assigner = (bodies.get(asking) or documents.get(asking)) if asking else None
        name = _full_name(entry, asking, catalogue) if asking else None
        speaks = announced and _speaks(announced, entry, demand, assigner or (slug(name) if name else None), catalogue)
        yield Task(
            entry.reference(demand.start, demand.end), demand.kind,
            assigner, assigner_words=entry.words(*asking) if asking else None,
            assigner_name=name,
            lead=named(demand.lead), partners=named(demand.partners), executors=named(demand.executors),
            addressees=demand.addressees, others=_others(entry, demand), task=demand.task, deadline=demand.deadline,
            document=announced.id if announced and speaks else None,
        )  # fmt: skip


def _full_name(entry: ArticleEntry, span: Span, catalogue: BodyCatalogue) -> str:
    """Return words with the full names of the bodies in them: "Bí thư Thành ủy" in Đà Nẵng is its "Thành ủy"."""
    start, end = span
    text, at = "", start
    for (first, last), body in sorted(entry.spans(Kind.BODY).items()):
        key = catalogue.find(body) if at <= first and last <= end else None
        if key:
            text += entry.article.text[at:first] + catalogue.name(key)
            at = last
    return " ".join(f"{text}{entry.article.text[at:end]}".split())


def _others(entry: ArticleEntry, demand: Demand) -> str:
    """Return the addressees of a demand without its leading bodies: "A, B và các ban tham mưu" → "các ban tham mưu"."""
    rest = demand.addressees
    for span in demand.lead:
        rest = rest.replace(entry.words(*span), ",", 1)
    parts = (part.strip(" ,;") for part in _BETWEEN.split(rest)) if demand.lead else ()
    return ", ".join(part for part in parts if " " in part)


def _speaks(
    document: Document, entry: ArticleEntry, demand: Demand, assigner: str | None, catalogue: BodyCatalogue
) -> bool:
    """Tell whether a demand stands in the announced document: it speaks itself ("Chỉ thị số 18 yêu cầu …"), or its
    issuer, or the demand stands in its list of tasks ("Tổ chức thực hiện").

    ``assigner``: the id of who asks, of an office by its name; it may issue itself ("Chủ tịch UBND tỉnh yêu cầu")."""
    if demand.own or assigner is not None:
        return demand.own or assigner in (document.id, document.issuer)
    if demand.document is None:
        return False
    if any(citation.start == demand.document for citation in entry.mentions.citations):
        spans = entry.spans(Kind.DOCUMENT).items()
        return any(start == demand.document and identity == document.id for (start, _), identity in spans)
    known = catalogue.vocabulary.document_types.get(document.type)
    names = [known.name, *known.names, "văn bản"] if known else ["văn bản"]
    begins = fold(entry.words(demand.document, demand.end))
    return begins.startswith(tuple(f"{fold(name)} " for name in names))


_Cited = list[tuple[ArticleEntry, Citation]]


def collect_documents(
    register: Register, entries: Sequence[ArticleEntry], contexts: dict[str, Context]
) -> dict[str, Document]:
    """Return all documents by id, in order of id. ``contexts`` by the id of their article."""
    cited: dict[str, _Cited] = defaultdict(list)
    congress: dict[str, BodyRef] = {}
    named_in: dict[str, list[str]] = defaultdict(list)
    announced_in: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        if entry.document:
            announced_in[entry.document].append(entry.id)
        for identity in entry.named(Kind.DOCUMENT):
            named_in[identity].append(entry.id)
        meant = entry.spans(Kind.DOCUMENT)
        for citation in entry.mentions.citations:
            if document := meant.get((citation.start, citation.end)):
                cited[document].append((entry, citation))
        for named in entry.mentions.named_documents:
            if named.issuer and (document := meant.get((named.start, named.end))):
                congress.setdefault(document, named.issuer)
    found = {}
    for identity in sorted({*register.entries, *register.vocabulary.records}):
        announced = dict.fromkeys(announced_in[identity])
        naming = tuple(article for article in named_in[identity] if article not in announced)
        known = _document(identity, register, cited[identity], contexts)
        if not known.issuer and identity in congress:
            known = replace(known, issuer=_congress(congress[identity], known, register.vocabulary))
        found[identity] = replace(known, announced_by=tuple(announced), cited_by=naming)
    return found


def _congress(ref: BodyRef, document: Document, vocabulary: Vocabulary) -> str:
    """Return the congress that a document on record is called after: of the record's own province, as it was then."""
    catalogue = BodyCatalogue(vocabulary)
    return catalogue.id(catalogue.key(ref.kind, document.province, document.date))


def _document(identity: str, register: Register, cited: _Cited, contexts: dict[str, Context]) -> Document:
    """Return a document as its record, its citations and the register tell of it.

    It is called by its type and number, else by its recorded name, else by its type and title. Of its dates the
    record's is the first, then those of the texts in order, each with one source."""
    vocabulary = register.vocabulary
    record, entry = vocabulary.records.get(identity), register.entries.get(identity)
    known = record or entry
    kind, number = (known.type, known.number) if known else ("", None)
    type_name = vocabulary.document_types[kind].name if kind in vocabulary.document_types else "Văn bản"
    name = f"{type_name} {number}" if number else type_name
    if record and not number:
        title = f"{type_name} {record.title.value}" if record.title else type_name
        name = next(iter(record.names), title)
    dates: dict[PartialDate, DatedBy] = {}
    if record and record.date:
        unchecked = vocabulary.origins.certainty(record.date) is Certainty.UNCHECKED
        dates[record.date.value] = DatedBy(record.date.value, ground=record.date, unchecked=unchecked)
    for article, citation in cited:
        if citation.date:
            dates.setdefault(citation.date, DatedBy(citation.date, article.reference(citation.start, citation.end)))
    first = next(iter(dates), None)
    issuer = _issuer(record, cited, contexts, vocabulary)
    return Document(
        identity, kind, type_name, number, name,
        issuer=issuer, issuer_name=(entry.issuer or None) if entry and not issuer else None,
        province=record.province if record else entry.place if entry else None,
        year=first.year if first else entry.year if entry else None,
        dates=tuple(dates.values()), record=record,
    )  # fmt: skip


def _issuer(
    record: DocumentRecord | None, cited: _Cited, contexts: dict[str, Context], vocabulary: Vocabulary
) -> str | None:
    """Return the issuer's id: the record's, else the one all citations agree on."""
    if record and record.issuer:
        return record.issuer.value
    refs: dict[str, BodyRef] = {}
    for entry, citation in cited:
        context = contexts[entry.article.id]
        if citation.issuer and (issuer := resolve_ref(citation.issuer, context, day_of(citation)).id):
            refs[issuer] = citation.issuer
    if len(refs) > 1:  # "Chỉ thị 13 của Tỉnh ủy" is that of its standing committee, which signs with that symbol
        number = cited[0][1].number
        code = code_of(number, vocabulary) if number else None
        signing = [vocabulary.body_kinds[k] for k in (code.bodies if code else ()) if k in vocabulary.body_kinds]
        named = {ref.kind for ref in refs.values()}
        whole = {kind.parent for kind in signing if kind.id in named}
        whole |= {organ for kind in named if (organ := organ_of(kind, vocabulary)) != kind}  # and its head's alone
        refs = {identity: ref for identity, ref in refs.items() if ref.kind not in whole}
    return next(iter(refs)) if len(refs) == 1 else None


def collect(
    articles: Iterable[Article],
    vocabulary: Vocabulary,
    finders: Finders | None = None,
    read: Callable[[Article], Context] | None = None,
) -> KnowledgeBase:
    """Return the knowledge base of ``articles``; their order does not matter. ``finders``: if made already;
    ``read``: what gives ``read_context`` of an article, if it knows a shorter way."""
    finders = finders or finders_of(vocabulary)
    read = read or partial(read_context, vocabulary=vocabulary, finders=finders)
    contexts = [read(article) for article in sorted(articles, key=lambda a: a.id)]
    register = Register(vocabulary, contexts)
    entries = [_entry(context, register) for context in contexts]
    by_article = {c.article.id: c for c in contexts}
    documents = collect_documents(register, entries, by_article)
    mentions: dict[tuple[Kind, str], list[Reference]] = defaultdict(list)
    for entry in entries:
        for link in entry.links:
            if link.resolution.id:
                mentions[link.kind, link.resolution.id].append(entry.reference(link.start, link.end))
    tasks, relations, impossible = _tasks_and_relations(entries, documents, register)
    stated = _stated_themes(documents, by_article, entries, finders)
    catalogue = BodyCatalogue(vocabulary)
    return KnowledgeBase(
        vocabulary=vocabulary, provinces=vocabulary.provinces, themes=vocabulary.themes,
        articles={entry.article.id: entry for entry in entries},
        documents=documents, relations=relations, impossible=impossible, tasks=tasks,
        bodies=collect_bodies(_named_bodies(contexts, documents, catalogue), catalogue),
        mentions={key: tuple(references) for key, references in sorted(mentions.items())},
        stated_themes=stated, document_themes=_document_themes(stated, documents, entries, tasks),
    )  # fmt: skip


def _stated_themes(
    documents: Mapping[str, Document],
    contexts: Mapping[str, Context],
    entries: Iterable[ArticleEntry],
    finders: Finders,
) -> dict[str, frozenset[str]]:
    """Return the themes that stand in the title of each document, and those that an editor declares."""
    found: dict[str, set[str]] = defaultdict(set)
    for identity, document in documents.items():
        found[identity] |= {theme.theme for theme in finders.find_themes(document.title or "") if not theme.weak}
        found[identity] |= {stated.theme for stated in document.record.themes} if document.record else set()
    for entry in entries:
        if about := documents.get(entry.document or ""):
            found[about.id] |= contexts[entry.id].announced.get(about.number, frozenset())
    return {identity: frozenset(themes) for identity, themes in found.items()}


def _document_themes(
    stated: Mapping[str, frozenset[str]],
    documents: Mapping[str, Document],
    entries: Sequence[ArticleEntry],
    tasks: Iterable[Task],
) -> dict[str, frozenset[str]]:
    """Return the themes of each document that has any: those ``stated``, and those of which its own demands speak, or
    paragraphs that begin with it or its issuer; all that its text is about, where an article gives it. What others say
    about it puts it under no theme."""
    found = defaultdict(set, {identity: set(themes) for identity, themes in stated.items()})
    by_id = {entry.id: entry for entry in entries}
    for entry in entries:
        if about := documents.get(entry.document or ""):
            found[about.id] |= entry.weights.keys() if entry.article.evidence != REPORT else set()
            own = {k.start for k in entry.links if k.resolution.id in (about.id, about.issuer) and not k.title_only}
            for p in (p for p in entry.article.paragraphs if p.start in own):
                found[about.id] |= entry.weights.keys() & set(entry.named(Kind.THEME, p.start, p.end))
    for task in tasks:
        entry = by_id[task.reference.article]
        spoken = entry.named(Kind.THEME, task.reference.start, task.reference.end) if task.document else ()
        found[task.document or ""] |= entry.weights.keys() & set(spoken)
    return {identity: frozenset(themes) for identity, themes in found.items() if identity and themes}


def read_context(article: Article, vocabulary: Vocabulary, finders: Finders) -> Context:
    """Find everything in one article and tell its time and province: as its front matter says, else its text."""
    scan, mentions = finders.find(article)
    outlet = vocabulary.outlets.get(article.outlet or value_of(mentions.masthead.outlet) or "")
    suggested = finders.provinces.find(scan, mentions.bodies, outlet.province if outlet else None)
    at = article.published or article.event or value_of(mentions.masthead.published)
    if suggested in vocabulary.provinces and at is not None:
        # under its name at the time: Thừa Thiên Huế until the end of 2024
        first = vocabulary.provinces[suggested].periods[0]
        if len(first.made_of) == 1 and first.since is not None and at.latest() < first.since.earliest():
            suggested = first.made_of[0]
    province = None if article.national else article.province or suggested
    context = Context(article, mentions, vocabulary, at, province, scan.folded)
    context = replace(context, mentions=without_towns(context))
    title = value_of(merge_facts(article.facts, mentions.masthead).title) or ""
    announced = find_announced(context)
    about = list(finders.find_themes(title_of(scan, announced.citation))) if announced else []
    if announced:
        context.announced[announced.number] = frozenset(theme.theme for theme in about if not theme.weak)
    context.weights.update(theme_weights(mentions.themes, scan, title, [*finders.find_themes(title), *about]))
    return context


def _entry(context: Context, register: Register) -> ArticleEntry:
    article = context.article
    outlet = register.vocabulary.outlets.get(article.outlet or "")
    return ArticleEntry(
        article, context.mentions, context.province, context.at,
        anchors=anchors(article.paragraphs), earlier_anchors=earlier_anchors(article.paragraphs, article.mended),
        links=link_mentions(context, register), weights=context.weights,
        document=announced_id(context, register), outlet_name=outlet.name if outlet else None,
    )  # fmt: skip


def announced_id(context: Context, register: Register) -> str | None:
    """Return the document an article announces: as its front matter says, else as its text shows."""
    if context.article.document:
        return context.article.document
    claim = find_announced(context)
    return register.resolve(claim).id if claim else None


def _named_bodies(
    contexts: Sequence[Context], documents: dict[str, Document], catalogue: BodyCatalogue
) -> Iterable[BodyKey]:
    """Yield the bodies that articles and documents name."""
    for context in contexts:
        named: list[tuple[BodyRef, PartialDate | None]] = [(b.ref, None) for b in context.mentions.bodies]
        named += [(c.issuer, day_of(c)) for c in context.mentions.citations if c.issuer]
        for ref, day in named:
            if resolve_ref(ref, context, day).id:
                yield catalogue.key(ref.kind, ref.place or context.province, context.when)
        for correction in context.article.corrections:
            if key := catalogue.find(correction.target or ""):
                yield key
    for document in documents.values():
        if key := catalogue.find(document.issuer or ""):
            yield key


def relation_ends(
    cue: RelationCue, named: Mapping[Span, str | None], announced: str | None, register: Register
) -> tuple[str | None, str | None]:
    """Return the documents that a cue relates, as far as they are known. ``named``: what the spans of an article's
    documents mean. Where the text speaks of itself, the source is the announced document, if it is of that type."""
    source = named.get(cue.source) if cue.source else None
    if cue.own is not None and announced:
        known = register.entries.get(announced) or register.vocabulary.records.get(announced)
        source = announced if known and cue.own in ("", known.type) else None
    return source, named.get(cue.target)


def _tasks_and_relations(
    entries: Sequence[ArticleEntry], documents: dict[str, Document], register: Register
) -> tuple[tuple[Task, ...], tuple[DocumentRelation, ...], tuple[DocumentRelation, ...]]:
    """Return the tasks of all articles, and the relations between documents: each that articles tell of once, then
    those of the records; and what cannot be, for no document acts on one that came later.

    Without a citing document in the sentence, the words belong to the announced document only where it speaks itself
    (of itself, or inside one of its demands); relations of events are no relations of documents."""
    vocabulary, catalogue = register.vocabulary, BodyCatalogue(register.vocabulary)
    events = {r.id for r in vocabulary.relations.values() if r.strength == "event"}
    mutual = {r.id for r in vocabulary.relations.values() if r.strength == "weak"}
    tasks: list[Task] = []
    told: dict[tuple[str, str, str], DocumentRelation] = {}
    impossible: list[DocumentRelation] = []
    for entry in entries:
        own = tuple(collect_tasks(entry, documents.get(entry.document or ""), catalogue))
        tasks += own
        named = entry.spans(Kind.DOCUMENT)
        for cue in (cue for cue in entry.mentions.relations if cue.relation not in events):
            at, end = cue.target
            demand = next((t for t in own if t.document and t.reference.start <= at < t.reference.end), None)
            source, target = relation_ends(cue, named, entry.document, register)
            source = demand.document if demand and not cue.source and not source else source
            if target and source and source != target:
                reference = entry.reference(min(cue.start, at), max(cue.end, end))
                relation = DocumentRelation(cue.relation, source, target, reference, part=cue.part)
                if cue.relation not in mutual and register.is_older(source, target):
                    impossible.append(relation)
                    continue
                known = told.setdefault((cue.relation, source, target), relation)
                if cue.part and cue.part not in known.part:
                    parts = "; ".join(filter(None, (known.part, cue.part)))
                    told[cue.relation, source, target] = replace(known, part=parts)
    recorded = (
        DocumentRelation(stated.relation, record.id, stated.target, ground=stated)
        for record in vocabulary.records.values()
        for stated in record.relations
    )
    return tuple(tasks), (*told.values(), *recorded), tuple(impossible)
