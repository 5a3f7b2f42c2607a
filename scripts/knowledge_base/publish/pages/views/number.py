"""What the page of a number shows: every document that bears it, for a number is never an identity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ....core.ids import series_of
from ....core.text import sort_key
from ....meaning.knowledge.entities import ArticleEntry, Document, Kind, Link
from ..index import Index
from ..site import Site
from .lists import ListGroup

_TERM_YEARS = 5


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Words of an article that name this number without saying which document is meant."""

    words: str
    entry: ArticleEntry
    anchor: str
    reason: str


def numbers(index: Index) -> dict[str, Sequence[Document]]:
    """Return the documents of each number, by its address part; ``34-CT/TU`` and ``34/CT-TU`` share one."""
    found = sorted(index.documents_by_slug.items())
    return {slug: sorted(documents, key=lambda d: (d.number or "", d.id)) for slug, documents in found}


def number_context(site: Site, documents: Sequence[Document]) -> dict[str, object]:
    """Return the values of a number's page: its documents by place and term, and the places that are unclear."""
    groups: dict[str, list[Document]] = defaultdict(list)
    for document in site.newest(documents):
        groups[_series(site, document)].append(document)
    return {
        "title": number_title(site, documents),
        "groups": [ListGroup(name, tuple(rows)) for name, rows in sorted(groups.items(), key=lambda g: sort_key(g[0]))],
        "count": len(documents),
        "doubtful": _doubtful(site),
        "party": any(d.number.is_party for d in documents if d.number),
    }


def _series(site: Site, document: Document) -> str:
    """Return the run of numbers a document belongs to: place, and term or year."""
    place = site.name(Kind.PROVINCE, document.province) if document.province else "Trung ương"
    number = document.number
    first = series_of(number, document.date, document.province is None) if number else None
    if first is None:
        return f"{place}, năm {document.year}" if document.year else f"{place}, chưa rõ thời gian"
    if number and number.is_party:
        return f"{place}, nhiệm kỳ {first} - {first + _TERM_YEARS}"
    return f"{place}, năm {first}"


def _doubtful(site: Site) -> list[Doubtful]:
    """Return the places in articles where this number stands and the document cannot be told."""
    return [_doubt(entry, link) for entry, link in site.index.unclear.get(site.current, [])]


def _doubt(entry: ArticleEntry, link: Link) -> Doubtful:
    place = entry.paragraph_at(link.start)
    words = " ".join(entry.article.text[link.start : link.end].split())
    return Doubtful(words, entry, entry.anchors[place] if place >= 0 else "", link.resolution.reason)


def number_title(site: Site, documents: Sequence[Document]) -> str:
    """Return the number, or its forms if there are several."""
    return ", ".join(dict.fromkeys(d.number or "" for d in documents))


def number_head(site: Site, documents: Sequence[Document]) -> dict[str, object]:
    """Return the facts of a number that search and filters use."""
    return {"number": number_title(site, documents)}


def number_description(site: Site, documents: Sequence[Document]) -> str:
    """Return one line that says what the page lists."""
    names = "; ".join(f"{d.name} ({site.document_line(d)})" for d in site.newest(documents)[:4])
    return f"Văn bản mang số {number_title(site, documents)}: {names}"


def numbers_list(site: Site) -> dict[str, object]:
    """Return all numbers: those that several documents bear first."""
    members = [(slug, number_title(site, rows), rows) for slug, rows in numbers(site.index).items()]
    ordered = sorted(members, key=lambda m: (_digits(m[1]), sort_key(m[1])))
    return {
        "shared": [m for m in ordered if len(m[2]) > 1],
        "single": [m for m in ordered if len(m[2]) == 1],
    }


def _digits(number: str) -> int:
    digits = number[: len(number) - len(number.lstrip("0123456789"))]
    return int(digits or 0)
