"""The card beside a document: what its answer box does not say, and how sure that is what stands there."""

from __future__ import annotations

from collections.abc import Iterator

from ....core.models import Certainty
from ....meaning.knowledge.entities import Document, EvidenceLevel, Kind, Reference, evidence_level
from ....meaning.knowledge.status import CERTAINTY_NOTES, status_of
from ....sources.vocabulary.evidence import SEARCHED, Grounded
from ....sources.vocabulary.schemas import STATED_FACTS
from ..index import NUMBERS, group
from ..markdown import Md, escape, link
from ..references import aging
from ..site import CENTRAL_NAME, Site
from ..wording import citation, number_reference, searched_words, second_reading_words, tells_start

_ISSUER = "Cơ quan ban hành"
_KNOWN_BY = {
    EvidenceLevel.FULL_TEXT: "toàn văn của văn bản",
    EvidenceLevel.EXTRACT: "một phần của chính văn bản",
    EvidenceLevel.REPORTED: "bài báo tường thuật",
    EvidenceLevel.NAMED: "bài báo có nhắc tên",
    EvidenceLevel.RECORD: "các trang ghi ở cuối trang này; chưa có bài nào trong kho",
}
"""What the kinds of evidence are called on a page."""
_Row = tuple[str, str]
"""A name and what stands behind it."""


def card(site: Site, d: Document) -> list[_Row]:
    """Return the rows of the card of a document; sources as numbers, each thing once."""
    return [*_what_it_is(site, d), *_what_is_sure(site, d), ("Cách dẫn", _cited(site, d))]


def issuer_mark(site: Site, d: Document) -> Md:
    """Return the small mark of where the issuer of a document is read: its record, else what first names it."""
    own = d.record.issuer if d.record else None
    if own and own.evidence:
        return site.footnote(own)
    return _first_mark(site, d) if d.issuer or d.issuer_name else Md("")


def _cited(site: Site, d: Document) -> Md:
    return Md(f'<span class="kb-cach-dan">{escape(citation(site, d), leading=False)}</span>')


def _what_it_is(site: Site, d: Document) -> Iterator[_Row]:
    yield "Số, ký hiệu này" if d.number else "Số, ký hiệu", _number(site, d)
    type_ = site.kb.vocabulary.document_types.get(d.type)
    yield "Loại văn bản", "chưa rõ (bài chỉ gọi là văn bản)" if type_ and type_.general else d.type_name
    if not d.title:
        yield STATED_FACTS["title"], "chưa rõ"
    if not d.province:
        yield "Phạm vi", CENTRAL_NAME
    in_force = d.record.in_force if d.record else None
    if in_force and not tells_start(site, d):
        yield STATED_FACTS["in_force"], Md(escape(in_force.words, leading=False) + site.footnote(in_force))
    told = status_of(d, site.kb).search
    for search in d.record.searched if d.record else ():
        if search is not told:
            how = aging(searched_words(search), search.as_of, search.day)
            yield "Đã tìm, chưa thấy", Md(f"{escape(SEARCHED[search.target], leading=False)}: {how}")
    if names := [name for name in d.record.names if name != d.name] if d.record else []:
        yield "Tên gọi khác", "; ".join(names)
    for stated in d.record.themes if d.record else ():
        theme = site.link(Kind.THEME, stated.theme)
        yield "Chủ đề do người biên tập ghi", Md(f"{theme}: {escape(stated.reason, leading=False)}")
    level = evidence_level(d, site.kb)
    mark = "" if d.number or level is EvidenceLevel.RECORD else _first_mark(site, d)
    yield "Kho biết văn bản qua", Md(escape(_KNOWN_BY[level], leading=False) + mark)
    if d.record and d.record.checked:
        yield "Đọc lại lần hai", second_reading_words(d.record.checked.reading)


def _number(site: Site, d: Document) -> str:
    """Return what is known of the number of a document beyond the page's name: where it is read, who else bears it."""
    if not d.number:
        return "chưa rõ (nguồn không nêu số)"
    others = len(site.index.documents_by_number.get(d.number, [])) - 1
    words = f"có ở {others} văn bản khác nữa" if others else "chưa thấy ở văn bản khác"
    ground: Reference | Grounded | None = number_reference(site, d)
    if ground is None and d.record:
        # What lowered another fact says nothing of the number: one that was not lowered stands for it where there is.
        facts = sorted(d.record.grounded().values(), key=lambda f: (not f.evidence, f.lowered is not None))
        ground = next(iter(facts), None)
    return Md(link(words, site.url(NUMBERS, d.number.slug)) + site.footnote(ground))


def _first_mark(site: Site, d: Document) -> Md:
    """Return the mark of where the document is known from: the first paragraph that names it, else its record."""
    if references := site.kb.mentions.get((Kind.DOCUMENT, d.id), ()):
        return site.footnote(references[0])
    grounded = d.record.grounded() if d.record else {}
    return site.footnote(next((fact for place, fact in grounded.items() if place != ("issuer",)), None))


def _facts(d: Document) -> dict[str, Grounded]:
    """Return the facts of the record by their names: those whose sources are numbers in the box or the card."""
    found: dict[str, Grounded] = {STATED_FACTS[key]: fact for key, fact in d.stated.items()}
    return found | ({_ISSUER: d.record.issuer} if d.record and d.record.issuer else {})


def _what_is_sure(site: Site, d: Document) -> Iterator[_Row]:
    """Yield which facts rest on one source, when they were looked up, and what is noted of each; the box says that of
    the status."""
    facts, origins = _facts(d), site.kb.vocabulary.origins
    names = {name: name[:1].lower() + name[1:] for name in facts}
    plain = {name: fact for name, fact in facts.items() if name != STATED_FACTS["status"]}
    if single := [names[n] for n, fact in plain.items() if origins.certainty(fact) is Certainty.ONE_SOURCE]:
        yield CERTAINTY_NOTES[Certainty.ONE_SOURCE].capitalize(), ", ".join(single)
    days = group(plain, lambda name: [day.vietnamese if (day := plain[name].checked) else None])
    told = [f"{', '.join(names[n] for n in those)} {day}" for day, those in days.items()]
    if days:
        yield "Kiểm tra", "; ".join(told if len(days) > 1 else days)
    for name, fact in facts.items():
        for words in (fact.note, fact.lowered.reason if fact.lowered else None):
            if words:
                yield f"Về {names[name]}", words
