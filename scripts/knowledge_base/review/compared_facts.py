"""What is known of a document or an article, fact by fact, each with its source: ready to be compared."""

from __future__ import annotations

from dataclasses import dataclass

from ..meaning.knowledge.entities import ArticleEntry, Document, Kind, Reference
from ..meaning.knowledge.status import status_of
from ..publish.pages.site import Site
from ..sources.vocabulary.schemas import STATED_FACTS, Evidence

UNKNOWN = "chưa rõ"


@dataclass(frozen=True, slots=True)
class Fact:
    """A value in words, and who says so ('' where that is plain)."""

    value: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact of one name before and after."""

    name: str
    before: Fact
    after: Fact


Facts = dict[str, Fact]
_NOTHING = Fact(UNKNOWN)


def compare_facts(before: Facts, after: Facts) -> list[FactChange]:
    """Return what differs, in the order of the facts."""
    names = dict.fromkeys([*after, *before])
    pairs = ((name, before.get(name, _NOTHING), after.get(name, _NOTHING)) for name in names)
    return [FactChange(name, old, new) for name, old, new in pairs if old != new]


def document_facts(site: Site, d: Document) -> Facts:
    """Return the facts of a document, as its page shows them."""
    r, status = d.record, status_of(d, site.kb)
    by = f" ({site.name(Kind.DOCUMENT, status.by)})" if status.by else ""
    return {
        "số, ký hiệu": Fact(d.number or UNKNOWN),
        "loại": Fact(d.type_name),
        "cơ quan ban hành": _stated(d.issuer and site.name(Kind.BODY, d.issuer), r.issuer_evidence if r else None),
        "ngày ban hành": _dates(site, d),
        **{
            name.lower(): _stated(d.stated[key].words, d.stated[key].evidence) if key in d.stated else _NOTHING
            for key, name in STATED_FACTS.items()
            if key not in {"date", "status"}
        },
        "tình trạng": Fact(status.force.value + by, _evidence(status.evidence) or _place(site, status.reference)),
        "nơi ban hành": Fact(site.name(Kind.PROVINCE, d.province) if d.province else "Trung ương"),
        "tên gọi khác": Fact("; ".join(r.names) if r and r.names else "không có"),
        "ghi chú": Fact((r.note if r else None) or "không có"),
        "hồ sơ": Fact("có" if r else "không có"),
    }


def _stated(value: str | None, evidence: Evidence | None) -> Fact:
    return Fact(value, _evidence(evidence)) if value else _NOTHING


def _evidence(evidence: Evidence | None) -> str:
    """Return who says so, how sure it is and when it was looked up."""
    if evidence is None:
        return ""
    checked = f", kiểm tra {evidence.checked.vietnamese}" if evidence.checked else ""
    return f"{evidence.source}, mức {evidence.certainty.value}{checked}"


def _dates(site: Site, d: Document) -> Fact:
    """Return all dates told of a document; the source is that of the first."""
    if not d.dates:
        return Fact(f"{UNKNOWN} (năm {d.year})" if d.year else UNKNOWN)
    first, days = d.dates[0], " hoặc ".join(dated.date.vietnamese for dated in d.dates)
    return Fact(days, _evidence(first.evidence) or _place(site, first.reference))


def _place(site: Site, reference: Reference | None) -> str:
    return site.byline(site.kb.articles[reference.article]) if reference else ""


def article_facts(site: Site, entry: ArticleEntry) -> Facts:
    """Return the facts of an article that its front matter gives, and the document it announces."""
    a, known = entry.article, site.kb.documents.get(entry.document or "")
    return {
        "tên bài": Fact(a.title or UNKNOWN),
        "báo": Fact(site.outlet(entry)),
        "tác giả": Fact(a.author or UNKNOWN),
        "ngày đăng": Fact(site.date(a.published)),
        "ngày sự việc": Fact(site.date(a.event)),
        "địa phương": Fact(site.name(Kind.PROVINCE, entry.province) if entry.province else "Trung ương hoặc nhiều nơi"),
        "liên kết": Fact(a.url or "không có"),
        "mức chứng cứ": Fact(a.evidence),
        "quyền": Fact(a.rights),
        "văn bản đưa tin": Fact(f"{known.name} ({site.document_line(known)})" if known else "không có"),
        "đính chính": Fact("; ".join(f"{c.find} → {c.target or 'none'}" for c in a.corrections) or "không có"),
    }


def article_name(site: Site, identity: str) -> str:
    """Return an article as reports name it: title, newspaper, day."""
    return site.article_source(site.kb.articles[identity])
