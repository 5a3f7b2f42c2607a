"""What the page of a body shows, and the list of all bodies."""

from __future__ import annotations

from collections.abc import Iterable

from ....core.dates import PartialDate
from ....core.models import Certainty
from ....core.text import fold, sort_key
from ....meaning.knowledge.entities import Body, Document, Kind, Reference, Task, bodies_before
from ....meaning.knowledge.status import CERTAINTY_NOTES
from ..cut_lists import Cuts, Label, by_place
from ..linked_data import body_data
from ..markdown import Md
from ..references import aging
from ..site import Site
from ..view import Section, Values, View, count_years, in_year, newest

SIDES = {"dang": "Đảng", "nha-nuoc": "Nhà nước", "mat-tran": "Mặt trận Tổ quốc và đoàn thể"}

LISTED_BODIES = "co-quan/bang"
"""The file of the sources of all bodies (document-rows.js), by its path in the site without ".json"."""


def by_name(bodies: Iterable[Body]) -> list[Body]:
    """Sort bodies as Vietnamese dictionaries do."""
    return sorted(bodies, key=lambda body: sort_key(body.name))


def _page(site: Site, b: Body) -> Values:
    tasks, places = _given(site, b)
    spelled: dict[str, str] = {}
    references = site.kb.mentions.get((Kind.BODY, b.id), ())
    for name in (*b.other_names, *(site.kb.articles[r.article].words(r.start, r.end) for r in references)):
        spelled.setdefault(fold(name), name)
    doubt, checked = _end_known(site, b)
    before = [] if site.today(b.id) else bodies_before(site.kb, b.id)
    before.sort(key=lambda identity: sort_key(site.name(Kind.BODY, identity)))
    inherited = [(identity, site.index.tasks_by_body.get(identity, [])) for identity in before]
    below = by_name(site.index.bodies_by_parent.get(b.id, []))
    return {
        "b": b,
        "doubt": doubt,
        "checked": checked,
        "side": SIDES[site.kb.vocabulary.body_kinds[b.kind].side],
        "other_names": sorted((spelled[name] for name in spelled if name != fold(b.name)), key=sort_key),
        "renewed": any(c.reason == "hop-nhat" for c in b.predecessors) and b.province is not None and not b.ended,
        "sides_of_merger": _sides_of_merger(site, b),
        "congresses": by_name(site.index.congresses_by_committee.get(b.id, [])),
        "is_office": _is_office(site, b),
        "offices": [child for child in below if _is_office(site, child)],
        "children": sorted((child for child in below if not _is_office(site, child)), key=lambda c: c.gone is not None),
        "unattested": b.province is not None and not _attested(site, b, below),
        "issued": site.newest(site.index.documents_by_issuer.get(b.id, [])),
        "tasks": newest(site, tasks),
        "inherited": [(identity, newest(site, given), len(given)) for identity, given in inherited if given],
        "quotes": [site.quote(reference) for reference in newest(site, places)],
        "counts": {"tasks": len(tasks), "quotes": len(places)},
        "kept": [
            (f"{len(rows)} {what}", anchor)
            for rows, what, anchor in (
                (tasks, "nhiệm vụ được giao", "nhiem-vu-duoc-giao"),
                (site.index.documents_by_issuer.get(b.id, []), "văn bản đã ban hành", "van-ban-da-ban-hanh"),
                (places, "đoạn nhắc đến", "nhung-doan-nhac-den-co-quan-nay"),
            )
            if rows
        ],
    }


def _sides_of_merger(site: Site, b: Body) -> tuple[PartialDate, list[tuple[str, str]]] | None:
    """Return the day on which a body was made anew under its name, when its province was merged with others, and what
    the page holds of the body of after and of before that day; None for any other body, or where the day is unknown."""
    bodies = site.kb.bodies
    merged = [c.date for c in b.predecessors if c.reason == "hop-nhat" and bodies[c.other].province != b.province]
    days = [day for day in merged if day]
    if not days or b.ended or b.province is None:
        return None
    day = max(days, key=PartialDate.earliest)
    counts = {side: {"nhiệm vụ": 0, "văn bản": 0} for side in ("cơ quan mới", "cơ quan cũ", "chưa rõ ngày")}

    def count(what: str, at: PartialDate | None) -> None:
        side = "cơ quan mới" if at and at.earliest() >= day.earliest() else "chưa rõ ngày"
        counts["cơ quan cũ" if at and at.latest() < day.earliest() else side][what] += 1

    for task in site.index.tasks_by_body.get(b.id, []):
        document = site.kb.documents.get(task.document or "")
        count("nhiệm vụ", (document and _day(document)) or site.index.at[task.reference.article])
    for document in site.index.documents_by_issuer.get(b.id, []):
        count("văn bản", _day(document))
    told = {side: ", ".join(f"{n} {what}" for what, n in kinds.items() if n) for side, kinds in counts.items()}
    return day, [(side, words) for side, words in told.items() if words]


def _day(document: Document) -> PartialDate | None:
    """Return when a document was made, as exactly as known."""
    return document.date or (PartialDate(document.year) if document.year else None)


def _end_known(site: Site, b: Body) -> tuple[str, Md]:
    """Return how unsure it is that a body has changed ("theo một nguồn", "chưa kiểm tra"; '' if sure), and when that
    was last looked up ('' if nobody has, or no page bears it out); both '' if it stands."""
    if b.gone is None:
        return "", Md("")
    ground = b.ended or b.successors[0].ground
    sure = site.kb.vocabulary.origins.certainty(ground) if ground else Certainty.UNCHECKED
    day = ground.checked if ground and sure is not Certainty.UNCHECKED else None
    checked = aging(f"kiểm tra {day.vietnamese}", ground.as_of, day) if ground and day else Md("")
    return CERTAINTY_NOTES.get(sure, ""), checked


def _is_office(site: Site, b: Body) -> bool:
    """Tell whether a body is the office of who leads the one above it."""
    return site.kb.vocabulary.body_kinds[b.kind].one_person


def _attested(site: Site, b: Body, below: Iterable[Body]) -> bool:
    """Tell whether some page was read that speaks of this very body: an article or a record names it, or one below it
    (with its name), or what it came of or became is more than inferred."""
    index, origins = site.index, site.kb.vocabulary.origins
    named = any(_given(site, near)[1] or index.documents_by_issuer.get(near.id) for near in (b, *below))
    changes = (change.ground for change in (*b.predecessors, *b.successors) if change.ground)
    return named or any(origins.certainty(ground) is not Certainty.UNCHECKED for ground in changes)


def _given(site: Site, b: Body) -> tuple[list[Task], list[Reference]]:
    """Return the tasks of a body, and the places that name it."""
    return site.index.tasks_by_body.get(b.id, []), site.mentioned(Kind.BODY, b.id)


def _of_year(site: Site, b: Body) -> Values:
    tasks, places = _given(site, b)
    named = Section("Những đoạn nhắc đến cơ quan này", references=in_year(site, places))
    return {"sections": [Section("Nhiệm vụ được giao", tasks=in_year(site, tasks)), named]}


def _head(site: Site, b: Body) -> Values:
    source = site.kb.vocabulary.place("body_kinds", b.kind)[0]
    return {"place": site.place(b.province), "source": source, "ld": body_data(site, b)}


def _description(site: Site, b: Body) -> str:
    ends = [site.name(Kind.BODY, identity) for identity in site.today(b.id)]
    tasks, places = _given(site, b)
    issued = site.index.documents_by_issuer.get(b.id)
    kept = {"văn bản": issued, "nhiệm vụ": tasks, "những đoạn nhắc đến": places}
    shown = ", ".join(name for name, rows in kept.items() if rows)
    return f"{b.name}{'; nay: ' + ', '.join(ends) if ends else ''}{': ' + shown if shown else ''}"


def _all(site: Site) -> Values:
    """Return the bodies by place, those that stand and those that no longer do under their name; how many of each."""
    bodies = by_name(site.kb.bodies.values())
    former = [b for b in bodies if b.gone]
    present = [b for b in bodies if not b.gone]
    groups = {"present": site.by_place(present), "former": site.by_place(former)}
    only_former = groups["former"].keys() - groups["present"].keys()
    return {
        **groups,
        "only_former": only_former,
        "present_count": len(present),
        "former_count": len(former),
    }


def _cuts(site: Site) -> Cuts:
    """Return how the list of all is cut where it is too long: by place, by whether they stand."""
    known = site.kb.bodies

    def stands(identity: str) -> Label:
        return Label((1,), "truoc-day", "trước đây") if known[identity].gone else Label((0,), "hien-nay", "hiện nay")

    keys = (lambda identity: by_place(site, known[identity].province, today=False), stands)
    return Cuts([body.id for body in by_name(known.values())], keys)


VIEW = View(
    lambda index: index.kb.bodies, _page, _description, _all,
    head=_head, years=lambda site, b: count_years(site, *_given(site, b)), of_year=_of_year, cuts=_cuts,
)  # fmt: skip
