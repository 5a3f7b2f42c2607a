"""Write a document as the Party and the State write it in their own texts, ready for a report."""

from __future__ import annotations

from ...core.dates import PartialDate
from ...core.models import Certainty
from ...meaning.knowledge.entities import Document, Kind
from .site import Site


def citation(site: Site, document: Document) -> str:
    """Return a document in the official way of writing, no more exact than known.

    Party: ``Chỉ thị số 34-CT/TU, ngày 27-10-2023 của Ban Thường vụ Thành ủy Đà Nẵng``; State:
    ``Nghị định số 73/2023/NĐ-CP ngày 29 tháng 9 năm 2023 của Chính phủ``."""
    party = _is_party(site, document)
    name = f"{document.type_name} số {document.number}" if document.number else document.name
    day = (_party_date if party else _state_date)(document.date) if document.date else ""
    if document.date is None:
        day = " (chưa rõ ngày)"
    elif _is_unchecked(document):
        day += " (ngày chưa kiểm tra)"
    issuer = site.name(Kind.BODY, document.issuer) if document.issuer else document.issuer_name
    return f"{name}{day}{f' của {issuer}' if issuer else ''}"


def _is_party(site: Site, document: Document) -> bool:
    """Tell whether a document is the Party's: by its number, else by who issued it."""
    if document.number:
        return document.number.is_party
    issuer = site.kb.bodies.get(document.issuer or "")
    return issuer is None or site.kb.vocabulary.body_kinds[issuer.kind].side == "dang"


def _is_unchecked(document: Document) -> bool:
    evidence = document.dates[0].evidence if document.dates else None
    return evidence is not None and evidence.certainty is Certainty.UNCHECKED


def _party_date(date: PartialDate) -> str:
    if date.day:
        return f", ngày {date.vietnamese}"
    return f", tháng {date.vietnamese}" if date.month else f", năm {date.year}"


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
        checked = f", kiểm tra {fact.evidence.checked.vietnamese}" if fact.evidence.checked else ""
        return f"{fact.evidence.source}{checked}"
    return site.article_source(site.kb.articles[document.cited_by[0]]) if document.cited_by else ""
