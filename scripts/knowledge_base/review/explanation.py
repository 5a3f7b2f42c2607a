"""Set out an explanation for people: what was found, what each thing means and why, what is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..meaning.knowledge.catalogue import BodyCatalogue
from ..sources.vocabulary import Vocabulary

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
