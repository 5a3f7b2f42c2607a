"""What the page of a province shows, and the list of all provinces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from ....core.text import sort_key
from ....meaning.knowledge.bodies import CHANGES, BodyCatalogue, steps_from
from ....meaning.knowledge.entities import Kind
from ....sources.vocabulary.evidence import SEARCHED
from ....sources.vocabulary.schemas import Period, Province, Succession
from ..cut_lists import list_of_place
from ..linked_data import province_data
from ..markdown import Md, escape
from ..references import aging
from ..site import Site
from ..view import Values, View, newest
from ..wording import searched_words
from .body import by_name


class Reorganized(NamedTuple):
    """Bodies that changed together: by one decision, on one day, as the same pages tell."""

    fact: Succession
    lines: list[Md]

    @property
    def since(self) -> str:
        """When, as exactly as known."""
        day = self.fact.date
        return f"{'Từ' if day.day else 'Tháng' if day.month else 'Năm'} {day.vietnamese}" if day else "Chưa rõ ngày"


def _page(site: Site, p: Province) -> Values:
    parts = [part for period in p.periods for part in period.made_of if part != p.id]
    articles = site.index.articles_of(p.id)
    documents = site.newest(site.index.documents_of(p.id))
    none = (
        None if documents else max((s for s in p.searched if s.target == "van-ban"), key=lambda s: s.day, default=None)
    )
    return {
        "no_documents": aging(searched_words(none), none.as_of, none.day) if none else None,
        "searches": [
            (SEARCHED[s.target], aging(searched_words(s), s.as_of, s.day)) for s in p.searched if s.target != "van-ban"
        ],
        "p": p,
        "changes": list(_changes(site, p)),
        "ending": lambda period: _ending(site, p, period),
        "is_earlier_name": _is_earlier_name(site, p),
        "bodies": by_name(site.index.bodies_by_place.get(p.id, [])),
        "reorganized": _reorganized(site, p.id),
        "reorganized_count": len(_changed(site, p.id)),
        "reorganized_parts": {part: count for part in parts if (count := len(_changed(site, part)))},
        "documents": documents,
        "listed": list_of_place(site, p.id),
        "listed_with": site.place(p.successor) if p.successor and p.successor != p.id else "",
        "articles": newest(site, [a.id for a in articles]),
        "article_count": len(articles),
        "has_tasks": p.id in site.index.places_with_tasks,
        "parts": list(dict.fromkeys(parts)),
        "renamed": all(len(period.made_of) == 1 for period in p.periods if period.made_of),
        "counts": {part: _count(site, part) for part in parts},
    }


def _is_earlier_name(site: Site, p: Province) -> bool:
    """Tell whether a name of today took the place of this one, with nothing merged."""
    after = (t for other in site.kb.provinces.values() for t in other.periods if other.id != p.id and p.id in t.made_of)
    return {len(t.made_of) for t in after} == {1}


def _changes(site: Site, p: Province) -> Iterator[Md]:
    """Yield what became of a province, since when and by which resolution, oldest first."""
    if p.successor and p.successor != p.id:
        periods = site.kb.provinces[p.successor].periods
        joined = next((t for t in periods if p.id in t.made_of), None)
        today = site.link(Kind.PROVINCE, p.successor, site.place_then(p.successor))
        verb = "Nay là" if _is_earlier_name(site, p) else "Nay thuộc"
        yield Md(f"{verb} {today}{_ground(site, joined) if joined else ''}")
        if periods[-1].reason == "len-thanh-pho":
            name = escape(site.name(Kind.PROVINCE, p.successor))
            yield Md(f"{name} lên thành phố trực thuộc Trung ương{_ground(site, periods[-1])}")
        return
    for period in p.periods:
        parts = [site.link(Kind.PROVINCE, part) for part in period.made_of]
        words = {
            "hop-nhat": f"Hợp nhất {', '.join(parts[:-1])} và {parts[-1]}" if parts else "Hợp nhất",
            "doi-ten": f"Tên trước đó: {', '.join(parts)}; đổi tên",
            "len-thanh-pho": "Thành phố trực thuộc Trung ương",
            "giu-nguyen": "Không thuộc diện hợp nhất năm 2025",
        }.get(period.reason or "")
        if words:
            yield Md(words + _ground(site, period))


def _changed(site: Site, province: str) -> list[tuple[str, Succession]]:
    """Return the kinds of the bodies of which somebody read, for this very province, how they ended or changed."""
    local = site.kb.vocabulary.local_bodies.items()
    return [(kind, body.succession) for (kind, place), body in local if place == province and body.succession]


def _reorganized(site: Site, province: str) -> list[Reorganized]:
    """Return what those bodies became, the first changes first, with the pages that tell it."""
    catalogue = BodyCatalogue(site.kb.vocabulary)
    groups: dict[tuple[object, ...], list[tuple[str, Succession]]] = defaultdict(list)
    for kind, fact in _changed(site, province):
        groups[fact.date, fact.document, fact.evidence, fact.note, fact.lowered].append((kind, fact))
    told = []
    for members in groups.values():
        lines = []
        for kind, fact in members:
            key = catalogue.key(kind, province, fact.date)
            old, *new = (
                site.link(Kind.BODY, catalogue.id(each), catalogue.name(each))
                for each in (key, *(step.target for step in steps_from(key, catalogue)))
            )
            lines.append(
                Md(" ".join(filter(None, (old, CHANGES[fact.reason].became if new else "", " và ".join(new)))))
            )
        told.append(Reorganized(members[0][1], sorted(lines, key=sort_key)))
    return sorted(
        told, key=lambda group: (group.fact.date.earliest().isoformat() if group.fact.date else "", group.lines)
    )


def _ending(site: Site, p: Province, period: Period) -> Md:
    """Return by which resolution a period ended, and since when that is in force: both days were said to be the end."""
    after = (t for other in site.kb.provinces.values() for t in other.periods if p.id in t.made_of)
    document = next((t.document for t in after if t.since and period.until and t.since > period.until), None)
    known = site.kb.documents.get(document or "")
    in_force = known.record.in_force if known and known.record else None
    if not document or not in_force:
        return Md("")
    named = site.link(Kind.DOCUMENT, document, marked=False)  # its day of effect stands here, not in a mark too
    return Md(f"; {named} có hiệu lực từ {in_force.words}{site.mark(document, changed_only=True)}")


def _ground(site: Site, period: Period) -> str:
    since = f" từ {period.since.vietnamese}" if period.since else ""
    doubt = f" ({site.doubt(period)})" if site.doubt(period) else ""
    return f"{since}{f', theo {site.document(period.document)}' if period.document else ''}{doubt}"


def _count(site: Site, province: str) -> str:
    return site.amount(site.index.documents_of(province), site.index.articles_of(province))


def _head(site: Site, p: Province) -> Values:
    source = site.kb.vocabulary.place("provinces", p.id)[0]
    return {"place": p.name, "source": source, "feed": p.id in site.index.feeds, "ld": province_data(site, p)}


def _description(site: Site, p: Province) -> str:
    if p.successor and p.successor != p.id:
        today = f"{'là' if _is_earlier_name(site, p) else 'thuộc'} {site.name(Kind.PROVINCE, p.successor)}"
        return f"{p.name}, nay {today}: cơ quan, văn bản, bài nguồn"
    return f"{p.name}: các thời kỳ, cơ quan, văn bản, bài nguồn"


def province_rows(site: Site) -> Iterator[tuple[Province, list[str], str]]:
    """Yield all provinces, of today and former ones, by name, with the names of their parts and how much there is."""
    for p in sorted(site.kb.provinces.values(), key=lambda p: sort_key(p.name)):
        merged = (part for period in p.periods if len(period.made_of) > 1 for part in period.made_of)
        yield p, [site.name(Kind.PROVINCE, part) for part in merged], _count(site, p.id)


def _index(site: Site) -> Values:
    rows = list(province_rows(site))
    today = [row for row in rows if row[0].successor in (None, row[0].id)]
    central = site.amount([d for d in site.kb.documents.values() if not d.province], [])
    return {"central": central, "today": today, "former": [row for row in rows if row not in today]}


VIEW = View(lambda index: index.kb.provinces, _page, _description, _index, head=_head)
