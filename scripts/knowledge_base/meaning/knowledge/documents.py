"""Collect the documents: every one that a record or an article makes known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ...core.dates import PartialDate
from ...core.ids import DocumentNumber
from ...core.models import BodyRef, Citation
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.schemas import DocumentRecord
from ..resolve.body_mentions import resolve_ref
from ..resolve.context import Context
from ..resolve.issuers import code_of
from ..resolve.register import Register, RegisteredDocument
from .entities import ArticleEntry, DatedBy, Document, Kind

_Cited = dict[str, list[tuple[ArticleEntry, Citation]]]


def collect_documents(
    register: Register, entries: Sequence[ArticleEntry], contexts: dict[str, Context]
) -> dict[str, Document]:
    """Return all documents by id, in order of id."""
    cited = _cited(entries)
    vocabulary = register.vocabulary
    ids = sorted({*register.entries, *vocabulary.records})
    named_in, announcing = _named_in(entries), _announcing(entries)
    entry_of = register.entries.get
    return {i: _document(i, entry_of(i), vocabulary, cited.get(i, []), contexts, announcing, named_in) for i in ids}


def _cited(entries: Sequence[ArticleEntry]) -> _Cited:
    """Group the citations of all articles by the document they mean."""
    cited: _Cited = defaultdict(list)
    for entry in entries:
        spans = {(k.start, k.end): k.resolution.id for k in entry.links if k.kind is Kind.DOCUMENT}
        for citation in entry.mentions.citations:
            identity = spans.get((citation.start, citation.end))
            if identity:
                cited[identity].append((entry, citation))
    return cited


def _named_in(entries: Sequence[ArticleEntry]) -> dict[str, list[str]]:
    """Map each document to the articles that name it, in their order."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        for identity in dict.fromkeys(k.resolution.id for k in entry.links if k.kind is Kind.DOCUMENT):
            if identity:
                found[identity].append(entry.article.id)
    return found


def _announcing(entries: Sequence[ArticleEntry]) -> dict[str, list[str]]:
    """Map each document to the articles that announce it, in their order."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        if entry.document:
            found[entry.document].append(entry.article.id)
    return found


def _document(
    identity: str,
    entry: RegisteredDocument | None,
    vocabulary: Vocabulary,
    cited: list[tuple[ArticleEntry, Citation]],
    contexts: dict[str, Context],
    announcing: dict[str, list[str]],
    named_in: dict[str, list[str]],
) -> Document:
    record = vocabulary.records.get(identity)
    kind, number = (record.type, record.number) if record else (entry.type, entry.number) if entry else ("", None)
    dates = _dates(record, cited)
    issuer, issuer_kind = _issuer(record, cited, contexts, vocabulary)
    announced = tuple(announcing.get(identity, ()))
    return Document(
        id=identity,
        type=kind,
        number=number,
        name=_name(kind, number, record, vocabulary),
        issuer=issuer,
        issuer_kind=issuer_kind,
        province=record.province if record else entry.place if entry else None,
        year=dates[0].date.year if dates else entry.year if entry else None,
        dates=dates,
        record=record,
        announced_by=announced,
        cited_by=tuple(a for a in named_in.get(identity, []) if a not in announced),
        issuer_name=(entry.issuer or None) if entry and not issuer else None,
    )


def _name(kind: str, number: str | None, record: DocumentRecord | None, vocabulary: Vocabulary) -> str:
    """Return what a document is called: type and number, else its recorded name, else its type and title."""
    type_name = vocabulary.document_types[kind].name if kind in vocabulary.document_types else "Văn bản"
    if number:
        return f"{type_name} {number}"
    if record and record.names:
        return record.names[0]
    return f"{type_name} {record.title.value}" if record and record.title else type_name


def _dates(record: DocumentRecord | None, cited: list[tuple[ArticleEntry, Citation]]) -> tuple[DatedBy, ...]:
    """Return each date given, the record's first, then the texts' in order, each with one source."""
    dates: dict[PartialDate, DatedBy] = {}
    if record and record.date:
        dates[record.date.value] = DatedBy(record.date.value, evidence=record.date.evidence)
    for entry, citation in cited:
        if citation.date:
            dates.setdefault(citation.date, DatedBy(citation.date, entry.reference(citation.start, citation.end)))
    return tuple(dates.values())


def _issuer(
    record: DocumentRecord | None,
    cited: list[tuple[ArticleEntry, Citation]],
    contexts: dict[str, Context],
    vocabulary: Vocabulary,
) -> tuple[str | None, str | None]:
    """Return the issuer's id and kind: the record's, else the one all citations agree on."""
    if record and record.issuer:
        return record.issuer, None
    refs: dict[str, BodyRef] = {}
    for entry, citation in cited:
        if citation.issuer:
            resolution = resolve_ref(citation.issuer, contexts[entry.article.id])
            if resolution.id:
                refs[resolution.id] = citation.issuer
    if len(refs) > 1:
        refs = _exact(refs, cited[0][1].number, vocabulary)
    if len(refs) != 1:
        return None, None
    identity, ref = next(iter(refs.items()))
    return identity, ref.kind


def _exact(refs: dict[str, BodyRef], number: DocumentNumber | None, vocabulary: Vocabulary) -> dict[str, BodyRef]:
    """Leave out committees that are only said for a part of them which signs with the same symbol: "Chỉ thị 13 của
    Tỉnh ủy" is that of its standing committee."""
    code = code_of(number, vocabulary) if number else None
    signing = [vocabulary.body_kinds[kind] for kind in (code.bodies if code else ()) if kind in vocabulary.body_kinds]
    named = {ref.kind for ref in refs.values()}
    above = {kind.parent for kind in signing if kind.id in named}
    return {identity: ref for identity, ref in refs.items() if ref.kind not in above}
