"""Say in words how a document is cited, and whether it is in force."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from ...core.dates import PartialDate, date_words
from ...core.models import Certainty, SecondReading
from ...core.text import fold, upper_first
from ...meaning.knowledge.entities import Body, Document, Kind, Reference
from ...meaning.knowledge.status import (
    CERTAINTY_NOTES,
    DONE_BY,
    NO_LONGER,
    OPEN,
    Force,
    Status,
    changed_bases,
    doubted,
    last_basis,
    start_words,
    status_of,
    successor,
    successor_words,
)
from ...sources.vocabulary.evidence import NO_SOURCE, SECOND_READINGS, Grounded, Search
from .index import group
from .markdown import Md, escape
from .references import aging, checked_words, page_words
from .site import Site

_CSS = {Force.IN_FORCE: "nhan--xac-nhan", Force.AMENDED: "nhan--mot-nguon"}
_CSS |= dict.fromkeys((Force.ENDED, Force.ENDED_PARTLY, Force.REPLACED), "nhan--het")
_CSS |= dict.fromkeys((Force.SEARCHED, Force.UNKNOWN), "nhan--mot-nguon")
_CSS |= dict.fromkeys((Force.NOT_YET, Force.UNCHECKED), "nhan--canh-bao")
NEVER_CHECKED = "kho chưa có nguồn nào nói văn bản này còn hay hết hiệu lực"


def status_text(site: Site, document: Document) -> Md:
    """Return the status of a document in words; its source and the day of the check stand behind it."""
    status = status_of(document, site.kb)
    stated, shown = document.fact("status"), status.label
    more = f"{stated}" if stated is not None and fold(str(stated)) != fold(shown) else ""
    if status.by:
        day = f", {'ngày ' if status.since.day else ''}{status.since.vietnamese}" if status.since else ""
        by = site.link(Kind.DOCUMENT, status.by, marked=False) + day + site.mark(status.by, changed_only=True)
        words = f"bởi {by}" if not status.starts else f"từ {status.starts.vietnamese} bởi {by}"
    elif status.force is Force.UNCHECKED:
        since = start_words(document, site.kb)
        known = f"nay còn hay hết; {since}" if since else NEVER_CHECKED
        words = escape(known + (f"; hồ sơ ghi: {more}" if more else ""), leading=False)
    elif status.force in OPEN:
        words = escape("" if more == "" else f"; hồ sơ ghi: {more}", leading=False)
    elif status.force is Force.NOT_YET and status.since:
        words = f"có hiệu lực từ {status.since.vietnamese}"
    else:
        words = escape(more, leading=False)
    said = doubted(shown.lower(), status, site.kb)
    css = _CSS[status.force if said == shown.lower() else Force.UNCHECKED]
    label = Md(f'<span class="nhan {css}"{_turn(status)}>{upper_first(said)}</span> {words}'.rstrip())
    if new := successor(document, site.kb) if status.force not in NO_LONGER else None:
        followed = _followed_words(site, new, status)
        label = Md(f"{label}; {followed}")
        if status.force in OPEN:
            known = "; ".join(part for part in (start_words(document, site.kb), more and f"hồ sơ ghi: {more}") if part)
            badge = f'<span class="nhan nhan--canh-bao nhan--cau">{upper_first(followed)}</span>'
            label = Md(badge + (f"; {escape(known, leading=False)}" if known else ""))
    return label


def status_mark(site: Site, document: Document) -> Md:
    """Return the small mark of the source of a status; of one that nobody has told, that of the day of effect, where
    its words name that."""
    status = status_of(document, site.kb)
    if tells_start(site, document) and document.record:
        return site.footnote(document.record.in_force, doubtful=False)
    return site.footnote(status.reference or status.ground, doubtful=False)


def tells_start(site: Site, document: Document) -> bool:
    """Tell whether the status of a document names its day of effect (``status_text``)."""
    force = status_of(document, site.kb).force
    is_named = force is Force.UNCHECKED or (force in OPEN and successor(document, site.kb) is not None)
    return is_named and start_words(document, site.kb) != ""


def _followed_words(site: Site, new: Document, status: Status) -> Md:
    """Return that a newer document on the same matter is known, its number a link; the day of the search stands behind
    it on the page (``checked_line``)."""
    name = escape(new.number or new.name, leading=False)
    words = escape(successor_words(new, status, dated=False), leading=False)
    return Md(words.replace(name, site.link(Kind.DOCUMENT, new.id, new.number or new.name, marked=False), 1))


def basis_use(site: Site, document: Document) -> Md:
    """Return when a document of unknown status was last taken as a basis, as it stands beside that; '' otherwise."""
    unknown = status_of(document, site.kb).force in OPEN
    last = last_basis(document, site.kb) if unknown else None
    if last is None or last.date is None:
        return Md("")
    by = site.link(Kind.DOCUMENT, last.id, last.number or last.name, marked=False)
    return Md(f"được lấy làm căn cứ gần nhất {date_words(last.date)}, ở {by}")


def checked_line(site: Site, document: Document) -> Md:
    """Return how sure a status is and when it was last looked up, as it stands beside it; '' if nobody has."""
    status = status_of(document, site.kb)
    as_of, origins = status.as_of(site.kb), site.kb.vocabulary.origins
    sure = origins.certainty(status.ground) if status.ground else None
    parts = [CERTAINTY_NOTES[sure]] if sure in CERTAINTY_NOTES else []
    if status.reference:
        parts += [f"theo {site.byline(site.kb.articles[status.reference.article])}"]
    if status.search and status.checked == status.search.day:
        parts += [searched_words(status.search)]
    elif status.checked and sure is not Certainty.UNCHECKED:
        parts += [f"kiểm tra {status.checked.vietnamese}"]
    elif status.ground and status.ground.evidence and not status.checked:
        parts += ["chưa ghi ngày kiểm tra"]
    return aging("; ".join(parts), as_of, status.checked)


def searched_words(search: Search) -> str:
    """Return when and where something was looked for: ``tìm 29-11-2026 ở …, trong các trang đến khoảng 03-2026``."""
    where = f" ở {search.where}" if search.where else ""
    reach = f", trong các trang đến khoảng {search.reach.vietnamese}" if search.reach else ""
    return f"tìm {search.day.vietnamese}{where}{reach}"


def second_reading_words(reading: SecondReading) -> str:
    """Return when an entry was read a second time, and how that ended: ``30-11-2026, đúng``."""
    return f"{reading.day.vietnamese}, {SECOND_READINGS[reading.result]}"


def _turn(status: Status) -> str:
    """Return what the reader's browser needs to say on the day when a status begins."""
    if status.starts:
        return f' data-tu-ngay="{status.starts.iso}" data-khi-ay="{status.force.value}"'
    if status.force is Force.NOT_YET and status.since:
        return f' data-tu-ngay="{status.since.iso}" data-khi-ay="Đã đến ngày có hiệu lực"'
    return ""


def _source(site: Site, status: Status) -> Md:
    if status.reference:
        return site.source(status.reference)
    if status.search and not status.ground:
        return aging(searched_words(status.search), status.as_of(site.kb), status.checked)
    unchecked = status.ground and status.ground.evidence and not status.checked
    return Md(site.evidence(status.ground, ages=True) + (", chưa ghi ngày kiểm tra" if unchecked else ""))


def changed_line(site: Site, identity: str, status: Status) -> Md:
    """Return one line on a document that has changed: ``124-QĐ/TW → 366-QĐ/TW, 30-08-2025``."""
    old = site.kb.documents[identity]
    before = site.link(Kind.DOCUMENT, identity, old.number or old.name, marked=False)
    if status.by is None:
        return Md(f"{before}: {status.label.lower()}")
    new = site.kb.documents[status.by]
    day = f", {status.since.vietnamese}" if status.since else ""
    verb = "" if status.force is Force.REPLACED else f" ({DONE_BY.get(status.force, '').removesuffix(' bởi')})"
    after = site.link(Kind.DOCUMENT, new.id, new.number or new.name, marked=False)
    doubt = f", {site.doubt(status)}" if site.doubt(status) else ""
    return Md(f"{before} → {after}{day}{verb}{doubt}{site.mark(new.id, changed_only=True)}")


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


def _state_date(date: PartialDate) -> str:
    """A day below 10 and the months 1 and 2 get a leading zero, as Nghị định 30/2020/NĐ-CP has it."""
    month = f"{date.month:02d}" if date.month < 3 else str(date.month)
    if date.day:
        return f" ngày {date.day:02d} tháng {month} năm {date.year}"
    return f" tháng {month} năm {date.year}" if date.month else f" năm {date.year}"


def document_sources(site: Site, document: Document) -> str:
    """Return who says what of a document's citation and status: ``số, ký hiệu theo Báo Đà Nẵng, 07-12-2023; ngày ban
    hành theo cadn.com.vn, kiểm tra 11-2026``; only the source where one says all."""
    status = status_of(document, site.kb)
    said = {fact: _source_words(site, *where) for fact, where in _told(site, document, status).items()}
    facts = group((fact for fact in said if said[fact]), lambda fact: [said[fact]])
    told = [f"{', '.join(names)} theo {source}" if len(facts) > 1 else source for source, names in facts.items()]
    if status.search and status.force in OPEN:
        new = successor(document, site.kb)
        known = successor_words(new, status, dated=False) if new else status.label.lower()
        told.append(f"tình trạng: {known} ({searched_words(status.search)})")
    return "; ".join(told)


MOST_NAMING = 2
"""So many articles stand behind a body in a list; its page has all. Chosen by hand: one may err, more fill the row."""
INFERRED = "suy từ cơ quan cấp trên, tiền thân, kế tục"
"""What stands where a body is known only by what others are."""


def source_pages(site: Site, document: Document) -> list[tuple[str, str]]:
    """Return the same sources as a list: each page once, in words (``Báo Đà Nẵng, 07-12-2023``), and its address: seen
    from the home page that of the paragraph of an article in the knowledge base, else the page's own; '' if unknown."""
    return _pages(site, _told(site, document, status_of(document, site.kb)).values())


def body_pages(site: Site, body: Body) -> list[tuple[str, str]]:
    """Return who says what a list tells of a body, likewise: how it ended or began, then the newest articles that name
    it, else the sources of a document that it issued. A body that no source names says that it is inferred."""
    changes = [body.ended, *(change.ground for change in (*body.successors, *body.predecessors))]
    naming = site.mentioned(Kind.BODY, body.id)
    naming.sort(
        key=lambda r: at.latest() if (at := site.kb.articles[r.article].at) else datetime.date.min, reverse=True
    )
    once = list({reference.article: reference for reference in reversed(naming)}.values())[::-1]
    named: list[tuple[Reference | None, Grounded | None]] = [(reference, None) for reference in once[:MOST_NAMING]]
    pages = _pages(site, [*((None, ground) for ground in changes if ground), *named])
    issued = site.index.documents_by_issuer.get(body.id, ())
    return pages or [page for document in issued[:1] for page in source_pages(site, document)] or [(INFERRED, "")]


def _pages(site: Site, told: Iterable[tuple[Reference | None, Grounded | None]]) -> list[tuple[str, str]]:
    pages: dict[tuple[str, str], None] = {}
    for reference, ground in told:
        if reference:
            entry = site.kb.articles[reference.article]
            address = f"{Kind.ARTICLE}/{entry.id}/#{site.kb.anchor(reference)}".removesuffix("#")
            pages[site.byline(entry), address] = None
            continue
        for page in ground.evidence if ground else ():
            whose, outlet, which = page_words(page, site.kb.vocabulary)
            which = page.dated.vietnamese if page.dated and not page.page else which  # as articles have it
            words = f"{whose}{', ' if which else ''}{which}"
            alike = {address for known, address in pages if known == words}
            if outlet and page.url and alike - {page.url}:
                words += f" ({page.host})"
            if page.url or not alike:
                pages[words, page.url or ""] = None
    return list(pages)


def _told(site: Site, document: Document, status: Status) -> dict[str, tuple[Reference | None, Grounded | None]]:
    """Return where each fact of a document's citation and status comes from: a place in an article, else what a record
    rests on."""
    record, stated = document.record, document.stated
    first = number_reference(site, document)
    recorded = next(iter(record.grounded().values()), None) if record else None
    told: dict[str, tuple[Reference | None, Grounded | None]] = {
        "số, ký hiệu" if document.number else "tên": (first, recorded)
    }
    if document.issuer or document.issuer_name:
        own = record.issuer if record else None
        told["cơ quan ban hành"] = (None if own else first, own or recorded)
    if document.dates:
        told["ngày ban hành"] = (document.dates[0].reference, document.dates[0].ground)
    if "title" in stated:
        told["trích yếu"] = (None, stated["title"])
    return told | {"tình trạng": (status.reference, status.ground)}


def number_reference(site: Site, document: Document) -> Reference | None:
    """Return the first place where an article gives the number of a document; of one without number, the first that
    names it. Texts that name a document by other words do not tell its number, nor do those to which we added it."""
    for reference in site.kb.mentions.get((Kind.DOCUMENT, document.id), ()):
        entry = site.kb.articles[reference.article]
        gives = document.id not in entry.article.added_numbers and any(
            (c.start, c.end) == (reference.start, reference.end) for c in entry.mentions.citations
        )
        if not document.number or gives:
            return reference
    return None


def _source_words(site: Site, reference: Reference | None, ground: Grounded | None) -> str:
    """Return a source as bare words; '' for none."""
    if reference:
        return site.article_source(site.kb.articles[reference.article])
    if ground is None:
        return ""
    pages = (page.model_copy(update={"what": None}).words for page in ground.evidence)  # the fact is named before it
    return ("; ".join(pages) or NO_SOURCE) + checked_words(ground)
