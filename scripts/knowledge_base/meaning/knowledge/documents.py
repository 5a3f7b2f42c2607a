"""Collect the documents: every one that a record or an article makes known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ...core.dates import PartialDate
from ...core.ids import DocumentNumber
from ...core.models import BodyRef, Citation
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.schemas import DocumentRecord
from ..resolve.body_mentions import resolve_ref
from ..resolve.context import Context
from ..resolve.issuers import code_of
from ..resolve.register import Register
from .entities import ArticleEntry, DatedBy, Document, Kind

_Cited = list[tuple[ArticleEntry, Citation]]


def collect_documents(
    register: Register, entries: Sequence[ArticleEntry], contexts: dict[str, Context]
) -> dict[str, Document]:
    """Return all documents by id, in order of id. ``contexts`` by the id of their article."""
    cited: dict[str, _Cited] = defaultdict(list)
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
    found = {}
    for identity in sorted({*register.entries, *register.vocabulary.records}):
        announced = dict.fromkeys(announced_in[identity])
        naming = tuple(article for article in named_in[identity] if article not in announced)
        known = _document(identity, register, cited[identity], contexts)
        found[identity] = replace(known, announced_by=tuple(announced), cited_by=naming)
    return found


def _document(identity: str, register: Register, cited: _Cited, contexts: dict[str, Context]) -> Document:
    """Return a document as its record, its citations and the register tell of it."""
    vocabulary = register.vocabulary
    record, entry = vocabulary.records.get(identity), register.entries.get(identity)
    known = record or entry
    kind, number = (known.type, known.number) if known else ("", None)
    type_name = vocabulary.document_types[kind].name if kind in vocabulary.document_types else "Văn bản"
    dates = _dates(record, cited)
    issuer, issuer_kind = _issuer(record, cited, contexts, vocabulary)
    return Document(
        id=identity,
        type=kind,
        type_name=type_name,
        number=number,
        name=_name(type_name, number, record),
        issuer=issuer,
        issuer_kind=issuer_kind,
        province=record.province if record else entry.place if entry else None,
        year=dates[0].date.year if dates else entry.year if entry else None,
        dates=dates,
        record=record,
        issuer_name=(entry.issuer or None) if entry and not issuer else None,
    )


def _name(type_name: str, number: str | None, record: DocumentRecord | None) -> str:
    """Return what a document is called: type and number, else its recorded name, else its type and title."""
    if number:
        return f"{type_name} {number}"
    if record and record.names:
        return record.names[0]
    return f"{type_name} {record.title.value}" if record and record.title else type_name


def _dates(record: DocumentRecord | None, cited: _Cited) -> tuple[DatedBy, ...]:
    """Return each date given, the record's first, then the texts' in order, each with one source."""
    dates: dict[PartialDate, DatedBy] = {}
    if record and record.date:
        dates[record.date.value] = DatedBy(record.date.value, evidence=record.date.evidence)
    for entry, citation in cited:
        if citation.date:
            dates.setdefault(citation.date, DatedBy(citation.date, entry.reference(citation.start, citation.end)))
    return tuple(dates.values())


def _issuer(
    record: DocumentRecord | None, cited: _Cited, contexts: dict[str, Context], vocabulary: Vocabulary
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
