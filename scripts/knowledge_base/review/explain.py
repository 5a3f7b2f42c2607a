"""Say what is found in article files, for people and (one JSON object a line) for programs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..core.models import (
    BodyMention,
    Citation,
    Demand,
    Mention,
    NamedDocument,
    RelationCue,
    Resolution,
    merge_facts,
    value_of,
)
from ..importing.formats import read_article
from ..meaning.knowledge.bodies import BodyCatalogue
from ..meaning.knowledge.collect import announced_id, link_mentions, read_context, relation_ends
from ..meaning.knowledge.entities import Kind
from ..meaning.resolve.context import TOWN, Context, day_of, resolve_ref
from ..meaning.resolve.register import Register
from ..mentions.finders import Finders
from ..sources.articles.corpus import read_articles
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.names import body_name

_Span = tuple[int, int]


class Explainer:
    """Explains one file after another against the knowledge base of ``sources``."""

    def __init__(self, sources: Path, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.finders = Finders(vocabulary)
        articles, _ = read_articles(sources, vocabulary)
        self._corpus = [read_context(a, vocabulary, self.finders) for a in articles]

    def explain(self, path: Path) -> _Json:
        """Return everything found in the file; only ``file`` and ``problems`` if it cannot be read."""
        article, problems = read_article(path, path.parent, self.vocabulary)
        described = [{"line": p.line, "message": p.message, "remedy": p.remedy} for p in problems]
        if article is None:
            return {"file": str(path), "problems": described}
        context = read_context(article, self.vocabulary, self.finders)
        others = [c for c in self._corpus if c.article.text != article.text]
        register = Register(self.vocabulary, [*others, context])
        return {"file": str(path), **_Explanation(context, register).as_json(), "problems": described}


class _Explanation:
    """What one article holds and what each thing means."""

    def __init__(self, context: Context, register: Register) -> None:
        self.context = context
        self.register = register
        links = link_mentions(context, register)
        self._bodies = {(k.start, k.end): k.resolution for k in links if k.kind is Kind.BODY}
        self._documents = {(k.start, k.end): k.resolution for k in links if k.kind is Kind.DOCUMENT}

    def as_json(self) -> _Json:
        """Return the values of ``--explain --json``."""
        context, mentions = self.context, self.context.mentions
        facts = merge_facts(context.article.facts, mentions.masthead)
        published = value_of(facts.published)
        province = context.vocabulary.provinces.get(context.province or "")
        weights = sorted(context.weights.items(), key=lambda item: (-item[1], item[0]))
        return {
            "title": value_of(facts.title),
            "outlet": value_of(facts.outlet),
            "author": value_of(facts.author),
            "published": published and published.iso,
            "province": context.province,
            "province_name": province.name if province else None,
            "document": self._announced(),
            "citations": [self._citation(c) for c in mentions.citations],
            "named_documents": [
                {
                    "name": self._full_name(n),
                    "issuer": resolve_ref(n.issuer, context).id if n.issuer else None,
                    **_span(n),
                }
                for n in mentions.named_documents
            ],
            "bodies": [self._body(b) for b in mentions.bodies],
            "themes": [
                {"id": t, "weight": round(w, 3), "spans": [[m.start, m.end] for m in mentions.themes if m.theme == t]}
                for t, w in weights
            ],
            "assignments": [self._demand(d) for d in mentions.demands],
            "relations": [told for r in mentions.relations if (told := self._relation(r))],
        }

    def _announced(self) -> _Json | None:
        identity = announced_id(self.context, self.register)
        if identity is None:
            return None
        entry = self.register.entries.get(identity)
        record = self.context.vocabulary.records.get(identity)
        known, dates = entry or record, entry.dates if entry else ()
        issuer = record.issuer.value if record and record.issuer else None
        if entry and not issuer:  # the body that the first mention with an issuer beside it names
            own = (c for c in self.context.mentions.citations if self._documents[c.start, c.end].id == identity)
            issuer = next((resolve_ref(c.issuer, self.context, day_of(c)).id for c in own if c.issuer), None)
        return {
            "id": identity,
            "number": entry.number if entry else None,
            "type": self._type(known.type if known else None),
            "issuer": issuer or None,
            "date": max((date.iso for date in dates), key=lambda iso: (len(iso), iso), default=None),
        }

    def _type(self, identity: str | None) -> str | None:
        known = self.context.vocabulary.document_types.get(identity or "")
        return known.name if known else None

    def _citation(self, c: Citation) -> _Json:
        resolution = self._documents[c.start, c.end]
        return {
            "number": c.number,
            "type": self._type(c.type),
            "level": c.level.value,
            "issuer": resolve_ref(c.issuer, self.context, day_of(c)).id
            if c.issuer and resolution.reason != TOWN
            else None,
            "date": c.date and c.date.iso,
            "document": resolution.id,
            "reason": resolution.reason,
            "candidates": list(resolution.candidates),
            **_words(c),
        }

    def _full_name(self, named: NamedDocument) -> str:
        """Return a named document's name with its province, if it is a provincial one."""
        province = self.context.vocabulary.provinces.get(self.context.province or "")
        if not named.local or province is None or province.name in named.name:
            return named.name
        return re.sub("Đảng bộ (?:tỉnh|thành phố)", rf"\g<0> {province.name}", named.name)

    def _body(self, b: BodyMention) -> _Json:
        found = self._bodies[b.start, b.end]
        name = body_name(self.context.vocabulary, b.ref.kind, b.ref.place or self.context.province, self.context.when)
        return {"id": found.id, "name": name, "title_only": b.title_only, "reason": found.reason, **_words(b)}

    def _relation(self, r: RelationCue) -> _Json | None:
        """Return a relation; None where an older document would act on a newer."""
        named = {span: resolution.id for span, resolution in self._documents.items()}
        source, target = relation_ends(r, named, announced_id(self.context, self.register), self.register)
        strength = self.context.vocabulary.relations[r.relation].strength
        if source and target and strength == "stated" and self.register.is_older(source, target):
            return None
        source = None if source == target else source
        return {"relation": r.relation, "source": source, "target": target, "part": r.part or None, **_words(r)}

    def _demand(self, d: Demand) -> _Json:
        def ids(spans: Iterable[_Span]) -> list[str | None]:
            return [self._bodies[span].id for span in spans if span in self._bodies]

        return {
            "kind": d.kind,
            "giver": _id(self._bodies, d.assigner) or _id(self._documents, d.assigner),
            "lead": ids(d.lead),
            "partners": ids(d.partners),
            "executors": ids(d.executors),
            "addressees": d.addressees,
            "task": d.task,
            "deadline": d.deadline,
            **_span(d),
        }


def _id(resolutions: Mapping[_Span, Resolution], span: _Span | None) -> str | None:
    """Return what the words at a span mean; None for no words, and for those that are open or no mention."""
    resolution = resolutions.get(span) if span else None
    return resolution.id if resolution else None


def _span(mention: Mention) -> _Json:
    return {"start": mention.start, "end": mention.end}


def _words(mention: Mention) -> _Json:
    return {**_span(mention), "text": mention.text}


_Json = dict[str, Any]


def render_report(found: _Json, vocabulary: Vocabulary) -> str:
    """Return the readable Vietnamese report of one file's explanation; entities by name, their ids beside them."""
    lines = [f"== {found['file']}"]
    lines += [f"  Lỗi, dòng {p['line']}: {p['message']}. {p['remedy']}." for p in found["problems"]]
    if "citations" not in found:
        return "\n".join(lines) + "\n"

    def name(table: str, identity: str | None) -> str:
        entry = getattr(vocabulary, table).get(identity)
        return entry.name if entry is not None else identity or "chưa rõ"

    title, author, published = (found[key] or "chưa rõ" for key in ("title", "author", "published"))
    lines += [
        f"  Tên bài: {title}",
        f"  Báo: {name('outlets', found['outlet'])} · Tác giả: {author} · Ngày đăng: {published}",
        f"  Địa phương: {found['province_name'] or 'trung ương hoặc chưa rõ'}",
        f"  Văn bản được thông báo: {found['document']['id'] if found['document'] else 'không có hoặc chưa rõ'}",
    ]
    catalogue = BodyCatalogue(vocabulary)
    themes = (f"{name('themes', t['id'])} (trọng số {t['weight']}, {len(t['spans'])} chỗ)" for t in found["themes"])
    relations = (
        f"{name('relations', r['relation'])}: {r['text']} → {r['target'] or 'chưa rõ'}" for r in found["relations"]
    )
    for heading, rows in (
        ("Văn bản có số", map(_citation, found["citations"])),
        ("Văn bản gọi tên", (named["name"] for named in found["named_documents"])),
        ("Cơ quan", _bodies(found["bodies"])),
        ("Chủ đề", themes),
        ("Nhiệm vụ, yêu cầu", (_demand(d, catalogue) for d in found["assignments"])),
        ("Quan hệ", relations),
    ):
        shown = [f"    - {row}" for row in rows]
        lines += [f"  {heading} ({len(shown)}):", *shown]
    return "\n".join(lines) + "\n"


def _citation(c: _Json) -> str:
    meaning = c["document"] or "CHƯA XÁC ĐỊNH"
    others = f" [có thể là: {', '.join(c['candidates'])}]" if c["candidates"] else ""
    date = f", ngày {c['date']}" if c["date"] else ""
    return f"«{c['text']}» → {c['number'] or 'thiếu số, ký hiệu'}{date} → {meaning} ({c['reason']}){others}"


def _bodies(bodies: list[_Json]) -> Iterator[str]:
    """Yield each body once, with how often it is named."""
    counts: dict[str, list[_Json]] = defaultdict(list)
    for body in bodies:
        counts[body["name"]].append(body)
    for name, mentions in counts.items():
        title = " (chỉ trong chức danh)" if all(m["title_only"] for m in mentions) else ""
        meaning = mentions[0]["id"] or f"CHƯA XÁC ĐỊNH: {mentions[0]['reason']}"
        yield f"{name} × {len(mentions)}{title} → {meaning}"


def _demand(d: _Json, catalogue: BodyCatalogue) -> str:
    lead, partners = (
        ", ".join(catalogue.name(key) if (key := catalogue.find(i)) is not None else i for i in d[part] if i)
        for part in ("lead", "partners")
    )
    who, beside = lead or d["addressees"] or "chưa rõ ai", f" (phối hợp: {partners})" if partners else ""
    deadline = f" — hạn: {d['deadline']}" if d["deadline"] else ""
    return f"{who}{beside}: {d['task']}{deadline}"
