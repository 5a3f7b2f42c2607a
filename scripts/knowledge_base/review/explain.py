"""Say what is found in article files, for people and (one JSON object a line) for programs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..core.dates import PartialDate
from ..core.models import Citation, Demand, RelationCue, merge_facts, value_of
from ..importing.formats import read_article
from ..meaning.knowledge.collect import announced_id, read_context
from ..meaning.knowledge.entities import Kind, Link
from ..meaning.knowledge.linking import link_mentions
from ..meaning.resolve.body_mentions import resolve_ref
from ..meaning.resolve.context import Context
from ..meaning.resolve.named import NameIndex
from ..meaning.resolve.register import Register, RegisteredDocument
from ..mentions.finders import Finders
from ..sources.articles.corpus import read_articles
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.names import body_name

_Json = dict[str, object]


class Explainer:
    """Explains one file after another against the knowledge base of ``sources``."""

    def __init__(self, sources: Path, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.sources = sources
        self.finders = Finders(vocabulary)
        self.names = NameIndex(vocabulary)
        articles, _ = read_articles(sources, vocabulary)
        self._corpus = [read_context(a, vocabulary, self.finders) for a in articles]

    def explain(self, path: Path) -> _Json:
        """Return everything found in the file; only ``file`` and ``problems`` if it cannot be read."""
        article, problems = read_article(path, path.parent, self.vocabulary)
        told = [{"line": p.line, "message": p.message, "remedy": p.remedy} for p in problems]
        if article is None:
            return {"file": str(path), "problems": told}
        context = read_context(article, self.vocabulary, self.finders)
        others = [c for c in self._corpus if c.article.text != article.text]
        register = Register(self.vocabulary, [*others, context])
        return {"file": str(path), **Explanation(context, register, self.names).as_json(), "problems": told}


class Explanation:
    """What one article holds and what each thing means."""

    def __init__(self, context: Context, register: Register, names: NameIndex) -> None:
        self.context = context
        self.register = register
        self.links = link_mentions(context, register, names)
        self._bodies = {(k.start, k.end): k for k in self.links if k.kind is Kind.BODY}
        self._documents = {(k.start, k.end): k for k in self.links if k.kind is Kind.DOCUMENT}

    def as_json(self) -> _Json:
        """Return the values of ``--explain --json``."""
        facts = merge_facts(self.context.article.facts, self.context.mentions.masthead)
        province = self.context.province
        published = value_of(facts.published)
        return {
            "title": value_of(facts.title),
            "outlet": value_of(facts.outlet),
            "author": value_of(facts.author),
            "published": published.iso if published else None,
            "province": province,
            "province_name": self.context.vocabulary.provinces[province].name if province else None,
            "document": self._announced(),
            "citations": [self._citation(c) for c in self.context.mentions.citations],
            "named_documents": [
                {"name": self._full_name(n.name, n.local), "start": n.start, "end": n.end}
                for n in self.context.mentions.named_documents
            ],
            "bodies": list(self._body_rows()),
            "themes": self._themes(),
            "assignments": [self._demand(d) for d in self.context.mentions.demands],
            "relations": [self._relation(r) for r in self.context.mentions.relations],
        }

    def _announced(self) -> _Json | None:
        identity = announced_id(self.context, self.register)
        if identity is None:
            return None
        entry = self.register.entries.get(identity)
        record = self.context.vocabulary.records.get(identity)
        kind = entry.type if entry else record.type if record else ""
        return {
            "id": identity,
            "number": entry.number if entry else None,
            "type": self._type(kind),
            "issuer": self._issuer_of(entry, identity),
            "date": _iso(max(entry.dates, key=lambda d: (len(d.iso), d.iso)) if entry and entry.dates else None),
        }

    def _issuer_of(self, entry: RegisteredDocument | None, identity: str) -> str | None:
        record = self.context.vocabulary.records.get(identity)
        if record and record.issuer:
            return record.issuer
        own = (c for c in self.context.mentions.citations if self._documents[c.start, c.end].resolution.id == identity)
        issuers = (c.issuer for c in own if c.issuer and entry)
        return next((resolve_ref(ref, self.context).id for ref in issuers), None)

    def _type(self, identity: str | None) -> str | None:
        known = self.context.vocabulary.document_types.get(identity or "")
        return known.name if known else None

    def _citation(self, c: Citation) -> _Json:
        resolution = self._documents[c.start, c.end].resolution
        return {
            "number": c.number,
            "type": self._type(c.type),
            "level": c.level.value,
            "issuer": resolve_ref(c.issuer, self.context).id if c.issuer else None,
            "date": _iso(c.date),
            "document": resolution.id,
            "reason": resolution.reason,
            "candidates": list(resolution.candidates),
            "start": c.start,
            "end": c.end,
            "text": c.text,
        }

    def _full_name(self, name: str, local: bool) -> str:
        """Return a named document's name with its province, if it is a provincial one."""
        province = self.context.vocabulary.provinces.get(self.context.province or "")
        if not local or province is None or province.name in name:
            return name
        for seat in ("Đảng bộ tỉnh", "Đảng bộ thành phố"):
            name = name.replace(seat, f"{seat} {province.name}")
        return name

    def _body_rows(self) -> Iterator[_Json]:
        for b in self.context.mentions.bodies:
            resolution = self._bodies[b.start, b.end].resolution
            place = b.ref.place or self.context.province
            yield {
                "id": resolution.id,
                "name": body_name(self.context.vocabulary, b.ref.kind, place, self.context.at),
                "title_only": b.title_only,
                "reason": resolution.reason,
                "start": b.start,
                "end": b.end,
                "text": b.text,
            }

    def _themes(self) -> list[_Json]:
        spans: dict[str, list[list[int]]] = defaultdict(list)
        for t in self.context.mentions.themes:
            spans[t.theme].append([t.start, t.end])
        ordered = sorted(self.context.weights.items(), key=lambda item: (-item[1], item[0]))
        return [{"id": t, "weight": round(w, 3), "spans": spans[t]} for t, w in ordered]

    def _ids(self, spans: Iterable[tuple[int, int]]) -> list[str | None]:
        return [self._bodies[s].resolution.id for s in spans if s in self._bodies]

    def _demand(self, d: Demand) -> _Json:
        assigner = self._bodies.get(d.assigner) or self._documents.get(d.assigner) if d.assigner else None
        return {
            "kind": d.kind,
            "giver": assigner.resolution.id if assigner else None,
            "lead": self._ids(d.lead),
            "partners": self._ids(d.partners),
            "executors": self._ids(d.executors),
            "addressees": d.addressees,
            "task": d.task,
            "deadline": d.deadline,
            "start": d.start,
            "end": d.end,
        }

    def _relation(self, r: RelationCue) -> _Json:
        source = self._documents.get(r.source) if r.source else None
        target: Link | None = self._documents.get(r.target)
        return {
            "relation": r.relation,
            "source": source.resolution.id if source else None,
            "target": target.resolution.id if target else None,
            "start": r.start,
            "end": r.end,
            "text": r.text,
        }


def _iso(date: PartialDate | None) -> str | None:
    return date.iso if date else None
