"""What the page of a number shows: every document that bears it, for a number is never an identity."""

from __future__ import annotations

from collections.abc import Sequence

from ....core.ids import TERM_YEARS, series_of
from ....core.text import sort_key
from ....meaning.knowledge.entities import Document
from ..cut_lists import Cuts, Label, by_words
from ..index import Index, group
from ..site import Site
from ..view import Values, View


def _members(index: Index) -> dict[str, Sequence[Document]]:
    """Return the documents of each number, by its address part; ``34-CT/TU`` and ``34/CT-TU`` share one."""
    found = sorted(index.documents_by_slug.items())
    return {slug: sorted(documents, key=lambda d: (d.number or "", d.id)) for slug, documents in found}


def _page(site: Site, documents: Sequence[Document]) -> Values:
    groups = group(site.newest(documents), lambda document: [_series(site, document)])
    return {
        "title": _title(site, documents),
        "groups": dict(sorted(groups.items(), key=lambda group: sort_key(group[0]))),
        "count": len(documents),
        "unclear": site.index.unclear.get(site.current, []),
        "party": any(d.number.is_party for d in documents if d.number),
    }


def _series(site: Site, document: Document) -> str:
    """Return the run of numbers a document belongs to: place, and term or year."""
    place, number = site.place(document.province), document.number
    first = series_of(number, document.date, document.province is None) if number else None
    if first and number and number.is_party:
        return f"{place}, nhiệm kỳ {first} - {first + TERM_YEARS}"
    year = first or document.year
    return f"{place}, năm {year}" if year else f"{place}, chưa rõ thời gian"


def _title(_: Site, documents: Sequence[Document]) -> str:
    """Return the number, or its forms if there are several."""
    return ", ".join(dict.fromkeys(d.number or "" for d in documents))


def _description(site: Site, documents: Sequence[Document]) -> str:
    names = "; ".join(f"{d.name} ({site.document_line(d)})" for d in site.newest(documents)[:4])
    return f"Văn bản mang số {_title(site, documents)}: {names}"


def _index(site: Site) -> Values:
    """All numbers in order: those that several documents bear, then the others."""
    ordered = _ordered(site)
    return {"shared": [m for m in ordered if len(m[2]) > 1], "single": [m for m in ordered if len(m[2]) == 1]}


def _ordered(site: Site) -> list[tuple[str, str, Sequence[Document]]]:
    members = [(slug, _title(site, rows), rows) for slug, rows in _members(site.index).items()]
    return sorted(members, key=lambda m: (_digits(m[1]), sort_key(m[1])))


def _cuts(site: Site) -> Cuts:
    """Return how the list of all is cut where it is too long: by hundreds, by tens, by the letters behind."""
    ordered = _ordered(site)
    titles = {slug: title for slug, title, _ in ordered}

    def letters(slug: str) -> Label:
        return by_words(titles[slug].partition(",")[0].lstrip("0123456789").strip("-/"))

    keys = (lambda slug: _stretch(titles[slug], 100), lambda slug: _stretch(titles[slug], 10), letters)
    return Cuts([slug for slug, *_ in ordered], keys)


def _stretch(number: str, width: int) -> Label:
    """Return the label of a number: so many that follow one another belong together."""
    first = _digits(number) // width * width
    last = first + width - 1
    return Label((first,), f"{first}-{last}", f"{first} đến {last}")


def _digits(number: str) -> int:
    return int(number[: len(number) - len(number.lstrip("0123456789"))] or 0)


VIEW = View(
    _members, _page, _description, _index,
    head=lambda site, documents: {"number": _title(site, documents)}, title=_title, cuts=_cuts,
)  # fmt: skip
