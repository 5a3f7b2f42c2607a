"""Join demands and relation cues with the bodies and documents they speak of."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.models import Demand
from ...core.text import fold
from ...sources.vocabulary import Vocabulary
from .entities import ArticleEntry, Document, DocumentRelation, Kind, Task

_Spans = dict[tuple[int, int], str]


def _spans(entry: ArticleEntry, kind: Kind) -> _Spans:
    return {(k.start, k.end): k.resolution.id for k in entry.links if k.kind is kind and k.resolution.id}


def collect_tasks(entry: ArticleEntry, announced: Document | None, vocabulary: Vocabulary) -> Iterator[Task]:
    """Yield the demands of an article; ``announced`` is the document it announces, if there is one."""
    bodies, documents = _spans(entry, Kind.BODY), _spans(entry, Kind.DOCUMENT)
    for demand in entry.mentions.demands:
        assigner = (bodies.get(demand.assigner) or documents.get(demand.assigner)) if demand.assigner else None
        lead = tuple(dict.fromkeys(bodies[s] for s in demand.lead if s in bodies))
        partners = tuple(dict.fromkeys(bodies[s] for s in demand.partners if s in bodies))
        executors = tuple(dict.fromkeys(bodies[s] for s in demand.executors if s in bodies))
        owner = announced.id if announced and _speaks(announced, demand, assigner, vocabulary) else None
        yield Task(
            entry.reference(demand.start, demand.end), demand.kind, assigner, _words(entry, demand), lead, partners,
            executors, demand.addressees, demand.task, demand.deadline, owner,
        )  # fmt: skip


def _words(entry: ArticleEntry, demand: Demand) -> str | None:
    """Return who asks, in the text's own words."""
    if demand.assigner is None:
        return None
    return " ".join(entry.article.text[slice(*demand.assigner)].split())


def _speaks(document: Document, demand: Demand, assigner: str | None, vocabulary: Vocabulary) -> bool:
    """Tell whether a demand stands in the announced document: it speaks itself ("Chỉ thị yêu cầu …"), or its issuer."""
    if assigner is not None:
        return assigner in (document.id, document.issuer)
    known = vocabulary.document_types.get(document.type)
    names = [known.name, "văn bản"] if known else ["văn bản"]
    return any(fold(demand.text).startswith(fold(f"{name} ")) for name in names)


def collect_relations(
    entry: ArticleEntry, tasks: tuple[Task, ...], events: frozenset[str]
) -> Iterator[DocumentRelation]:
    """Yield the relations an article states between documents.

    Without a citing document in the sentence, the words belong to the announced document only where it
    speaks itself (inside one of its demands); relations of events are no relations of documents.
    """
    documents = _spans(entry, Kind.DOCUMENT)
    for cue in entry.mentions.relations:
        target = documents.get(cue.target)
        source = documents.get(cue.source) if cue.source else _speaker(cue.target[0], tasks)
        if target and source and source != target and cue.relation not in events:
            yield DocumentRelation(cue.relation, source, target, entry.reference(cue.start, cue.target[1]))


def _speaker(position: int, tasks: tuple[Task, ...]) -> str | None:
    """Return the document in whose demand ``position`` lies."""
    inside = (t.document for t in tasks if t.document and t.reference.start <= position < t.reference.end)
    return next(inside, None)
