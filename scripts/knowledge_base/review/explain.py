"""Say what is found in article files, for people and (one JSON object a line) for programs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..core.dates import PartialDate
from ..core.models import Citation, Demand, Mention, RelationCue, Resolution, merge_facts, value_of
from ..importing.formats import read_article
from ..meaning.knowledge.bodies import BodyCatalogue
from ..meaning.knowledge.collect import announced_id, link_mentions, read_context
from ..meaning.knowledge.entities import Kind
from ..meaning.resolve.context import Context, resolve_ref
from ..meaning.resolve.register import NameIndex, Register
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
        self.names = NameIndex(vocabulary)
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
        return {"file": str(path), **Explanation(context, register, self.names).as_json(), "problems": described}


class Explanation:
    """What one article holds and what each thing means."""

    def __init__(self, context: Context, register: Register, names: NameIndex) -> None:
        self.context = context
        self.register = register
        links = link_mentions(context, register, names)
        self._bodies = {(k.start, k.end): k.resolution for k in links if k.kind is Kind.BODY}
        self._documents = {(k.start, k.end): k.resolution for k in links if k.kind is Kind.DOCUMENT}

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
                {"name": self._full_name(n.name, n.local), **_span(n)} for n in self.context.mentions.named_documents
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
        known = entry or record
        dates = entry.dates if entry else ()
        return {
            "id": identity,
            "number": entry.number if entry else None,
            "type": self._type(known.type if known else None),
            "issuer": record.issuer if record and record.issuer else self._issuer_of(identity) if entry else None,
            "date": _iso(max(dates, key=lambda d: (len(d.iso), d.iso), default=None)),
        }

    def _issuer_of(self, identity: str) -> str | None:
        """Return the body that the first mention of a document with an issuer beside it names."""
        own = (c for c in self.context.mentions.citations if self._documents[c.start, c.end].id == identity)
        return next((resolve_ref(c.issuer, self.context).id for c in own if c.issuer), None)

    def _type(self, identity: str | None) -> str | None:
        known = self.context.vocabulary.document_types.get(identity or "")
        return known.name if known else None

    def _citation(self, c: Citation) -> _Json:
        resolution = self._documents[c.start, c.end]
        return {
            "number": c.number,
            "type": self._type(c.type),
            "level": c.level.value,
            "issuer": resolve_ref(c.issuer, self.context).id if c.issuer else None,
            "date": _iso(c.date),
            "document": resolution.id,
            "reason": resolution.reason,
            "candidates": list(resolution.candidates),
            **_span(c),
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
            resolution = self._bodies[b.start, b.end]
            place = b.ref.place or self.context.province
            yield {
                "id": resolution.id,
                "name": body_name(self.context.vocabulary, b.ref.kind, place, self.context.at),
                "title_only": b.title_only,
                "reason": resolution.reason,
                **_span(b),
                "text": b.text,
            }

    def _themes(self) -> list[_Json]:
        spans: dict[str, list[list[int]]] = defaultdict(list)
        for t in self.context.mentions.themes:
            spans[t.theme].append([t.start, t.end])
        ordered = sorted(self.context.weights.items(), key=lambda item: (-item[1], item[0]))
        return [{"id": t, "weight": round(w, 3), "spans": spans[t]} for t, w in ordered]

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

    def _relation(self, r: RelationCue) -> _Json:
        source, target = _id(self._documents, r.source), _id(self._documents, r.target)
        return {"relation": r.relation, "source": source, "target": target, **_span(r), "text": r.text}


def _id(resolutions: Mapping[_Span, Resolution], span: _Span | None) -> str | None:
    """Return what the words at a span mean; None for no words, and for those that are open or no mention."""
    resolution = resolutions.get(span) if span else None
    return resolution.id if resolution else None


def _span(mention: Mention) -> _Json:
    return {"start": mention.start, "end": mention.end}


def _iso(date: PartialDate | None) -> str | None:
    return date.iso if date else None


_Json = dict[str, Any]


def render_report(found: _Json, vocabulary: Vocabulary) -> str:
    """Return the readable Vietnamese report of one file's explanation; entities by name, their ids beside them."""
    return "\n".join(_lines(found, _Names(vocabulary))) + "\n"


class _Names:
    """Names of outlets, themes, relations and bodies by their ids."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._bodies = BodyCatalogue(vocabulary)

    def of(self, table: str, identity: str | None) -> str:
        """Return the name of an entry of a vocabulary; the id itself if it is not known."""
        entry = getattr(self._vocabulary, table).get(identity)
        return entry.name if entry is not None else identity or "chưa rõ"

    def body(self, identity: str) -> str:
        """Return the full name of a body."""
        key = self._bodies.find(identity)
        return self._bodies.name(key) if key is not None else identity


def _lines(found: _Json, names: _Names) -> Iterator[str]:
    yield f"== {found['file']}"
    for problem in found["problems"]:
        yield f"  Lỗi, dòng {problem['line']}: {problem['message']}. {problem['remedy']}."
    if "citations" not in found:
        return
    yield from _head(found, names)
    yield from _section("Văn bản có số", [_citation(c) for c in found["citations"]])
    yield from _section("Văn bản gọi tên", [f"{n['name']}" for n in found["named_documents"]])
    yield from _section("Cơ quan", _bodies(found["bodies"]))
    themes = [f"{names.of('themes', t['id'])} (trọng số {t['weight']}, {len(t['spans'])} chỗ)" for t in found["themes"]]
    yield from _section("Chủ đề", themes)
    yield from _section("Nhiệm vụ, yêu cầu", [_demand(d, names) for d in found["assignments"]])
    relations = [
        f"{names.of('relations', r['relation'])}: {r['text']} → {r['target'] or 'chưa rõ'}" for r in found["relations"]
    ]
    yield from _section("Quan hệ", relations)


def _head(found: _Json, names: _Names) -> Iterator[str]:
    document = found["document"]
    yield f"  Tên bài: {found['title'] or 'chưa rõ'}"
    outlet = names.of("outlets", found["outlet"])
    author, published = (found[key] or "chưa rõ" for key in ("author", "published"))
    yield f"  Báo: {outlet} · Tác giả: {author} · Ngày đăng: {published}"
    yield f"  Địa phương: {found['province_name'] or 'trung ương hoặc chưa rõ'}"
    yield f"  Văn bản được thông báo: {document['id'] if document else 'không có hoặc chưa rõ'}"


def _section(title: str, rows: list[str]) -> Iterator[str]:
    yield f"  {title} ({len(rows)}):"
    for row in rows:
        yield f"    - {row}"


def _citation(c: _Json) -> str:
    meaning = c["document"] or "CHƯA XÁC ĐỊNH"
    others = f" [có thể là: {', '.join(c['candidates'])}]" if c["candidates"] else ""
    date = f", ngày {c['date']}" if c["date"] else ""
    return f"«{c['text']}» → {c['number'] or 'thiếu số, ký hiệu'}{date} → {meaning} ({c['reason']}){others}"


def _bodies(bodies: list[_Json]) -> list[str]:
    """Return each body once, with how often it is named."""
    counts: dict[str, list[_Json]] = {}
    for body in bodies:
        counts.setdefault(body["name"], []).append(body)
    return [_body(name, mentions) for name, mentions in counts.items()]


def _body(name: str, mentions: list[_Json]) -> str:
    title = " (chỉ trong chức danh)" if all(m["title_only"] for m in mentions) else ""
    meaning = mentions[0]["id"] or f"CHƯA XÁC ĐỊNH: {mentions[0]['reason']}"
    return f"{name} × {len(mentions)}{title} → {meaning}"


def _demand(d: _Json, names: _Names) -> str:
    who = ", ".join(names.body(i) for i in d["lead"] if i) or d["addressees"] or "chưa rõ ai"
    partners = ", ".join(names.body(i) for i in d["partners"] if i)
    deadline = f" — hạn: {d['deadline']}" if d["deadline"] else ""
    return f"{who}{f' (phối hợp: {partners})' if partners else ''}: {d['task']}{deadline}"
