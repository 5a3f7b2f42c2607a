"""Set the knowledge base out as tables of plain values, in the fields that ``schema`` names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TypeAlias

from ...core.dates import PartialDate
from ...core.models import OUR_DIGEST
from ...core.text import slug
from ...meaning.knowledge.entities import (
    ArticleEntry,
    Body,
    Change,
    Document,
    Kind,
    KnowledgeBase,
    Reference,
    Task,
    bodies_today,
    evidence_level,
)
from ...meaning.knowledge.status import status_of
from ...sources.vocabulary.schemas import Evidence, Period

Value: TypeAlias = "str | bool | list[str] | list[dict[str, Value]] | None"
Row: TypeAlias = dict[str, Value]


def collect_tables(kb: KnowledgeBase) -> dict[str, list[Row]]:
    """Return all tables by name, each in a fixed order."""
    return {
        "documents": [_document(d, kb) for d in kb.documents.values()],
        "bodies": [_body(b, kb) for b in kb.bodies.values()],
        "themes": list(_themes(kb)),
        "provinces": list(_provinces(kb)),
        "articles": list(_articles(kb)),
        "statements": list(_statements(kb)),
        "assignments": list(_assignments(kb)),
        "relations": list(_relations(kb)),
    }


def _iso(date: PartialDate | None) -> str | None:
    return date.iso if date else None


def _address(kind: Kind, identity: str, anchor: str = "") -> str:
    return f"{kind.value}/{identity}/" + (f"#{anchor}" if anchor else "")


def _source(evidence: Evidence | None) -> str | None:
    return evidence.source if evidence else None


def _place(reference: Reference, kb: KnowledgeBase) -> tuple[str, str]:
    """Return the anchor of the paragraph a reference stands in, and that paragraph's address."""
    entry = kb.articles[reference.article]
    anchor = entry.anchors[reference.paragraph] if reference.paragraph >= 0 else ""
    return anchor, _address(Kind.ARTICLE, reference.article, anchor)


def _cited(reference: Reference | None, kb: KnowledgeBase) -> str | None:
    return _place(reference, kb)[1] if reference else None


def _document(d: Document, kb: KnowledgeBase) -> Row:
    return {**_what_it_is(d, kb), **_when(d, kb), **_force(d, kb), **_where_told(d, kb)}


def _what_it_is(d: Document, kb: KnowledgeBase) -> Row:
    known = kb.vocabulary.document_types.get(d.type)
    return {
        "id": d.id,
        "number": d.number,
        "type": d.type or None,
        "type_name": known.name if known else "Văn bản",
        "name": d.name,
        "title": d.record.title.value if d.record and d.record.title else None,
        "issuer": d.issuer,
        "issuer_name": kb.bodies[d.issuer].name if d.issuer in kb.bodies else d.issuer_name,
        "province": d.province,
    }


def _when(d: Document, kb: KnowledgeBase) -> Row:
    first = d.dates[0] if d.dates else None
    return {
        "date": _iso(d.date),
        "date_source": (_source(first.evidence) or _cited(first.reference, kb)) if first else None,
        "date_certainty": first.evidence.certainty.value if first and first.evidence else None,
        "in_force": _iso(d.record.in_force.value) if d.record and d.record.in_force else None,
    }


def _force(d: Document, kb: KnowledgeBase) -> Row:
    status = status_of(d, kb)
    return {
        "status": slug(status.force.value),
        "status_by": status.by,
        "status_checked": _iso(status.checked),
        "status_source": _source(status.evidence) or _cited(status.reference, kb),
    }


def _where_told(d: Document, kb: KnowledgeBase) -> Row:
    return {
        "evidence": slug(evidence_level(d, kb).value),
        "names": list(d.record.names) if d.record else [],
        "themes": list(kb.themes_of(d)),
        "announced_by": list(d.announced_by),
        "cited_by": list(d.cited_by),
        "address": _address(Kind.DOCUMENT, d.id),
    }


def _body(b: Body, kb: KnowledgeBase) -> Row:
    first = b.successors[0] if b.successors else None
    return {
        "id": b.id,
        "name": b.name,
        "kind": b.kind,
        "side": kb.vocabulary.body_kinds[b.kind].side,
        "province": b.province,
        "parent": b.parent,
        "names": list(b.other_names),
        "ended": _iso(b.ended.date if b.ended else first.date if first else None),
        "reason": b.ended.reason if b.ended else first.reason if first else None,
        "tasks": b.ended.tasks if b.ended else None,
        "successors": [_change(c) for c in b.successors],
        "today": [identity for identity in bodies_today(kb, b.id) if identity != b.id],
        "address": _address(Kind.BODY, b.id),
    }


def _change(c: Change) -> Row:
    return {
        "body": c.other, "reason": c.reason, "date": _iso(c.date), "document": c.document,
        "source": _source(c.evidence),
    }  # fmt: skip


def _themes(kb: KnowledgeBase) -> Iterator[Row]:
    for t in kb.themes.values():
        yield {
            "id": t.id, "name": t.name, "definition": t.definition, "related": list(t.related),
            "address": _address(Kind.THEME, t.id),
        }  # fmt: skip


def _provinces(kb: KnowledgeBase) -> Iterator[Row]:
    for p in kb.provinces.values():
        yield {
            "id": p.id, "name": p.name, "names": list(p.names), "successor": p.successor,
            "periods": [_period(period) for period in p.periods], "address": _address(Kind.PROVINCE, p.id),
        }  # fmt: skip


def _period(p: Period) -> Row:
    return {
        "kind": p.kind, "since": _iso(p.since), "until": _iso(p.until), "made_of": list(p.made_of), "reason": p.reason,
        "document": p.document, "source": _source(p.evidence),
    }  # fmt: skip


def _articles(kb: KnowledgeBase) -> Iterator[Row]:
    for identity, entry in kb.articles.items():
        a = entry.article
        outlet = kb.vocabulary.outlets.get(a.outlet or "")
        yield {
            "id": identity,
            "title": a.title,
            "outlet": a.outlet,
            "outlet_name": outlet.name if outlet else None,
            "author": a.author,
            "published": _iso(a.published),
            "event": _iso(a.event),
            "province": entry.province,
            "url": a.url,
            "evidence": a.evidence,
            "digest": a.rights == OUR_DIGEST,
            "rights": a.rights,
            "document": entry.document if entry.document in kb.documents else None,
            "themes": [t for t, _ in sorted(entry.weights.items(), key=lambda item: (-item[1], item[0]))],
            "address": _address(Kind.ARTICLE, identity),
        }


def _statements(kb: KnowledgeBase) -> Iterator[Row]:
    """Yield every paragraph that names something, with all it names; its words only where they are ours."""
    for entry in kb.articles.values():
        named: dict[int, dict[Kind, list[str]]] = defaultdict(lambda: defaultdict(list))
        for link in entry.links:
            if link.resolution.id:
                named[entry.paragraph_at(link.start)][link.kind].append(link.resolution.id)
        for index in sorted(i for i in named if i >= 0):
            yield _statement(entry, index, named[index])


def _statement(entry: ArticleEntry, index: int, named: dict[Kind, list[str]]) -> Row:
    article, anchor = entry.article, entry.anchors[index]
    return {
        "id": f"{article.id}#{anchor}",
        "article": article.id,
        "anchor": anchor,
        "text": article.paragraphs[index].text if article.rights == OUR_DIGEST else "",
        "rights": article.rights,
        "date": _iso(article.published or entry.at),
        "province": entry.province,
        "documents": list(dict.fromkeys(named[Kind.DOCUMENT])),
        "bodies": list(dict.fromkeys(named[Kind.BODY])),
        "themes": list(dict.fromkeys(named[Kind.THEME])),
        "address": _address(Kind.ARTICLE, article.id, anchor),
    }


def _assignments(kb: KnowledgeBase) -> Iterator[Row]:
    seen: dict[str, int] = defaultdict(int)
    for t in kb.tasks:
        place = f"{t.reference.article}#{_place(t.reference, kb)[0]}"
        seen[place] += 1
        yield {"id": f"{place}-{seen[place]}", **_assignment(t, kb)}


def _assignment(t: Task, kb: KnowledgeBase) -> Row:
    """Return a task; its words only where they are ours."""
    anchor, address = _place(t.reference, kb)
    source = kb.articles[t.reference.article]
    ours = source.article.rights == OUR_DIGEST
    return {
        "kind": t.kind,
        "giver": t.assigner,
        "giver_words": t.assigner_words if ours else None,
        "lead": list(t.lead),
        "partners": list(t.partners),
        "executors": list(t.executors),
        "addressees": (t.addressees or None) if ours else None,
        "task": t.task if ours else "",
        "deadline": t.deadline if ours else None,
        "document": t.document,
        "article": t.reference.article,
        "anchor": anchor or None,
        "province": source.province,
        "address": address,
        "rights": source.article.rights,
    }


def _relations(kb: KnowledgeBase) -> Iterator[Row]:
    for r in kb.relations:
        evidence = r.evidence
        yield {
            "relation": r.relation,
            "relation_name": kb.vocabulary.relations[r.relation].name,
            "source": r.source,
            "target": r.target,
            "article": r.reference.article if r.reference else None,
            "anchor": (_place(r.reference, kb)[0] or None) if r.reference else None,
            "evidence": _source(evidence),
            "certainty": evidence.certainty.value if evidence else None,
            "checked": _iso(evidence.checked) if evidence else None,
        }
