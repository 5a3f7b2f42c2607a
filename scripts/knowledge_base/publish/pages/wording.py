"""Say in words how a document is cited, and whether it is in force."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.dates import PartialDate
from ...meaning.knowledge.entities import Document, Kind
from ...meaning.knowledge.status import Force, Status, changed_bases, status_of
from .markdown import Md, escape
from .site import Site, checked_words

_CSS = {Force.IN_FORCE: "nhan--xac-nhan", Force.AMENDED: "nhan--mot-nguon"}
_CSS |= dict.fromkeys((Force.ENDED, Force.ENDED_PARTLY, Force.REPLACED), "nhan--het")
_CSS |= dict.fromkeys((Force.NOT_YET, Force.UNCHECKED), "nhan--canh-bao")
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
    unchecked = status.ground and not status.checked
    return Md(site.evidence(status.ground) + (", chưa ghi ngày kiểm tra" if unchecked else ""))


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


def basis_lines(site: Site, document: Document) -> Iterator[Md]:
    """Yield a line, with its source, for each document this one rests on that has changed since."""
    for basis, status in changed_bases(document, site.kb).items():
        source = _source(site, status)
        note = f' <span class="nguon">Nguồn: {source}</span>' if source else ""
        yield Md(f"{changed_line(site, basis, status)}{note}")


def citation(site: Site, document: Document) -> str:
    """Return a document as the Party and the State write it in their own texts, no more exact than known.

    Party: ``Chỉ thị số 34-CT/TU, ngày 27-10-2023 của Ban Thường vụ Thành ủy Đà Nẵng``; State:
    ``Nghị định số 73/2023/NĐ-CP ngày 29 tháng 9 năm 2023 của Chính phủ``. It is the Party's by its number, else by who
    issued it."""
    number, body = document.number, site.kb.bodies.get(document.issuer or "")
    by_party = body is None or site.kb.vocabulary.body_kinds[body.kind].side == "dang"
    name = f"{document.type_name} số {number}" if number else document.name
    day = " (chưa rõ ngày)"
    if document.date:
        party = number.is_party if number else by_party
        day = f", {date_words(document.date)}" if party else _state_date(document.date)
        day += " (ngày chưa kiểm tra)" if document.is_date_unchecked else ""
    issuer = site.name(Kind.BODY, document.issuer) if document.issuer else document.issuer_name
    return f"{name}{day}{f' của {issuer}' if issuer else ''}"


def date_words(date: PartialDate) -> str:
    """Return a date with the word that says how exact it is: ``ngày 27-10-2023``, ``năm 2023``."""
    return f"{'ngày' if date.day else 'tháng' if date.month else 'năm'} {date.vietnamese}"


def _state_date(date: PartialDate) -> str:
    """A day below 10 and the months 1 and 2 get a leading zero, as Nghị định 30/2020/NĐ-CP has it."""
    month = f"{date.month:02d}" if date.month < 3 else str(date.month)
    if date.day:
        return f" ngày {date.day:02d} tháng {month} năm {date.year}"
    return f" tháng {month} năm {date.year}" if date.month else f" năm {date.year}"


def document_source(site: Site, document: Document) -> str:
    """Return where the facts of a document come from: the first article about it, else the record's evidence."""
    if document.announced_by:
        return site.article_source(site.kb.articles[document.announced_by[0]])
    if fact := document.stated.get("date") or next(iter(document.stated.values()), None):
        return fact.source + checked_words(fact)
    return site.article_source(site.kb.articles[document.cited_by[0]]) if document.cited_by else ""
