"""What the page of a body shows, and the list of all bodies."""

from __future__ import annotations

from ....core.text import fold, sort_key
from ....meaning.knowledge.entities import Body, Kind, Reference, Task, bodies_before, bodies_today
from ..linked_data import body_data
from ..markdown import Md, escape
from ..site import Site
from ..view import MOST, Section, Values, View, Year, list_years, newest_references, newest_tasks, year_of

SIDES = {"dang": "Đảng", "nha-nuoc": "Nhà nước", "mat-tran": "Mặt trận Tổ quốc và đoàn thể"}


def by_name(bodies: list[Body]) -> list[Body]:
    """Sort bodies as Vietnamese dictionaries do."""
    return sorted(bodies, key=lambda body: sort_key(body.name))


def _page(site: Site, b: Body) -> Values:
    tasks, places = _given(site, b)
    return {
        "b": b,
        "side": SIDES[site.kb.vocabulary.body_kinds[b.kind].side],
        "other_names": _other_names(site, b),
        "today": _today(site, b),
        "gone": b.gone,
        "renewed": _renewed(b),
        "children": by_name(site.index.bodies_by_parent.get(b.id, [])),
        "issued": site.newest(site.index.documents_by_issuer.get(b.id, [])),
        "tasks": newest_tasks(site, tasks),
        "inherited": [(other, newest_tasks(site, given), len(given)) for other, given in _inherited(site, b)],
        "quotes": [site.quote(reference) for reference in newest_references(site, places)],
        "counts": {"tasks": len(tasks), "quotes": len(places)},
        "years": _years(site, b),
        "most": MOST,
    }


def _given(site: Site, b: Body) -> tuple[list[Task], list[Reference]]:
    """Return the tasks of a body, and the places that name it."""
    return site.index.tasks_by_body.get(b.id, []), site.mentioned(Kind.BODY, b.id)


def _years(site: Site, b: Body) -> list[Year]:
    """Return the years of a body of which there is more than one page can show."""
    tasks, places = _given(site, b)
    if max(len(tasks), len(places)) <= MOST:
        return []
    return list_years(site, [*(t.reference.article for t in tasks), *(r.article for r in places)])


def _of_year(site: Site, b: Body) -> Values:
    tasks, places = _given(site, b)
    own = tuple(t for t in tasks if year_of(site, t.reference.article) == site.part)
    said = tuple(r for r in places if year_of(site, r.article) == site.part)
    named = Section("Những đoạn nhắc đến cơ quan này", references=said)
    return {"sections": [Section("Nhiệm vụ được giao", tasks=own), named]}


def _other_names(site: Site, b: Body) -> list[str]:
    """Return the names on record and the spellings the articles use, each once."""
    references = site.kb.mentions.get((Kind.BODY, b.id), ())
    shown: dict[str, str] = {}
    for name in (*b.other_names, *(site.kb.articles[r.article].words(r.start, r.end) for r in references)):
        if fold(name) != fold(b.name):
            shown.setdefault(fold(name), name)
    return sorted(shown.values(), key=sort_key)


def _today(site: Site, b: Body) -> Md:
    """Return which body answers today: this one, its last successors, or nobody known."""
    last = bodies_today(site.kb, b.id)
    if last == [b.id]:
        if b.ended is not None:
            return Md("Đã kết thúc hoạt động; chưa rõ cơ quan kế tục")
        if _renewed(b):
            return Md(f"{escape(b.name)} mới, lập khi hợp nhất: xem [Lịch sử](#lich-su)")
        return Md("Cơ quan này")
    return Md("; ".join(site.link(Kind.BODY, identity) for identity in last))


def _renewed(b: Body) -> bool:
    """Tell whether the body of today was set up anew under the same name when provinces were merged."""
    return any(c.reason == "hop-nhat" for c in b.predecessors) and b.province is not None and not b.ended


def _inherited(site: Site, b: Body) -> list[tuple[str, list[Task]]]:
    """Return the tasks given to the bodies for which this one answers today."""
    if site.today(b.id):
        return []
    before = sorted(bodies_before(site.kb, b.id), key=lambda identity: sort_key(site.name(Kind.BODY, identity)))
    return [(identity, tasks) for identity in before if (tasks := site.index.tasks_by_body.get(identity, []))]


def _head(site: Site, b: Body) -> Values:
    source = site.kb.vocabulary.origin("body_kinds", b.kind)[0]
    return {"place": site.place(b.province), "source": source, "ld": body_data(site, b)}


def _description(site: Site, b: Body) -> str:
    ends = [site.name(Kind.BODY, identity) for identity in site.today(b.id)]
    return f"{b.name}{'; nay: ' + ', '.join(ends) if ends else ''}: văn bản, nhiệm vụ, những đoạn nhắc đến"


def _index(site: Site) -> Values:
    return {"groups": site.by_place(by_name(list(site.kb.bodies.values())))}


VIEW = View(lambda index: index.kb.bodies, _page, _description, _index, head=_head, years=_years, of_year=_of_year)
