"""Say in words what the status of a document is, and what that rests on."""

from __future__ import annotations

from ...meaning.knowledge.entities import Document, Kind
from ...meaning.knowledge.status import ChangedBasis, Force, Status, changed_bases, status_of
from .markdown import Md, escape
from .site import Site

_CSS = {
    Force.IN_FORCE: "nhan--xac-nhan",
    Force.ENDED: "nhan--het",
    Force.ENDED_PARTLY: "nhan--het",
    Force.AMENDED: "nhan--mot-nguon",
    Force.REPLACED: "nhan--het",
    Force.NOT_YET: "nhan--canh-bao",
    Force.UNCHECKED: "nhan--canh-bao",
}
_VERBS = {Force.REPLACED: "được thay thế bởi", Force.AMENDED: "được sửa đổi, bổ sung bởi", Force.ENDED: "bị bãi bỏ bởi"}
NEVER_CHECKED = "kho chưa có nguồn nào nói văn bản này còn hay hết hiệu lực"


def status_text(site: Site, document: Document) -> tuple[Md, Md]:
    """Return the status of a document in words, and its source with the day of the check."""
    status = status_of(document, site.kb)
    stated, shown = document.fact("status"), status.force.value
    more = f"{stated}" if stated not in (None, shown) else ""
    if status.by:
        day = f", {'ngày ' if status.since.day else ''}{status.since.vietnamese}" if status.since else ""
        by = site.link(Kind.DOCUMENT, status.by) + day
        words = f"bởi {by}" if status.force in _VERBS else f"({by})"
    elif status.force is Force.UNCHECKED:
        words = escape(NEVER_CHECKED + (f"; hồ sơ ghi: {more}" if more else ""), leading=False)
    elif status.force is Force.NOT_YET and status.since:
        words = f"có hiệu lực từ {status.since.vietnamese}"
    else:
        words = escape(more, leading=False)
    return Md(f'<span class="nhan {_CSS[status.force]}">{shown}</span> {words}'.rstrip()), _source(site, status)


def _source(site: Site, status: Status) -> Md:
    if status.reference:
        return site.source(status.reference)
    if status.evidence and not status.evidence.checked:
        return Md(site.evidence(status.evidence) + ", chưa ghi ngày kiểm tra")
    return site.evidence(status.evidence)


def changed_line(site: Site, identity: str, status: Status) -> Md:
    """Return one line on a document that has changed: ``124-QĐ/TW → 366-QĐ/TW, 30-08-2025``."""
    old = site.kb.documents[identity]
    before = site.link(Kind.DOCUMENT, identity, old.number or old.name)
    if status.by is None:
        return Md(f"{before}: {status.force.value.lower()}")
    new = site.kb.documents[status.by]
    day = f", {status.since.vietnamese}" if status.since else ""
    verb = "" if status.force is Force.REPLACED else f" ({_VERBS.get(status.force, '').removesuffix(' bởi')})"
    return Md(f"{before} → {site.link(Kind.DOCUMENT, new.id, new.number or new.name)}{day}{verb}")


def basis_lines(site: Site, document: Document) -> list[Md]:
    """Return a line, with its source, for each document this one rests on that has changed since."""
    return [_basis(site, basis) for basis in changed_bases(document, site.kb)]


def _basis(site: Site, basis: ChangedBasis) -> Md:
    source = _source(site, basis.status)
    note = f' <span class="nguon">Nguồn: {source}</span>' if source else ""
    return Md(f"{changed_line(site, basis.document, basis.status)}{note}")
