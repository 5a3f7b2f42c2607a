"""Join demands and relation cues with the bodies and documents they speak of."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.models import Demand
from ...core.text import fold
from ...sources.vocabulary import Vocabulary
from .entities import ArticleEntry, Document, DocumentRelation, Kind, Task


def collect_tasks(entry: ArticleEntry, announced: Document | None, vocabulary: Vocabulary) -> Iterator[Task]:
    """Yield the demands of an article; ``announced`` is the document it announces, if there is one."""
    bodies, documents = entry.spans(Kind.BODY), entry.spans(Kind.DOCUMENT)

    def named(spans: tuple[tuple[int, int], ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(bodies[span] for span in spans if span in bodies))

    for demand in entry.mentions.demands:
        assigner = (bodies.get(demand.assigner) or documents.get(demand.assigner)) if demand.assigner else None
        yield Task(
            reference=entry.reference(demand.start, demand.end),
            kind=demand.kind,
            assigner=assigner,
            assigner_words=entry.words(*demand.assigner) if demand.assigner else None,
            lead=named(demand.lead),
            partners=named(demand.partners),
            executors=named(demand.executors),
            addressees=demand.addressees,
            task=demand.task,
            deadline=demand.deadline,
            document=announced.id if announced and _speaks(announced, demand, assigner, vocabulary) else None,
        )


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
    documents = entry.spans(Kind.DOCUMENT)
    for cue in entry.mentions.relations:
        target = documents.get(cue.target)
        source = documents.get(cue.source) if cue.source else _speaker(cue.target[0], tasks)
        if target and source and source != target and cue.relation not in events:
            yield DocumentRelation(cue.relation, source, target, entry.reference(cue.start, cue.target[1]))


def _speaker(position: int, tasks: tuple[Task, ...]) -> str | None:
    """Return the document in whose demand ``position`` lies."""
    inside = (t.document for t in tasks if t.document and t.reference.start <= position < t.reference.end)
    return next(inside, None)
