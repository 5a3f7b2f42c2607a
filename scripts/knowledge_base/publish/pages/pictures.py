"""What is drawn on which page: maps of today's provinces, documents by year, lines of what followed what.

Templates call these with the page's ``site``; each gives raw HTML, '' where there is nothing to draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial

from ...core.dates import PartialDate
from ...core.models import Certainty
from ...core.text import sort_key, upper_first
from ...meaning.knowledge.bodies import happened
from ...meaning.knowledge.entities import Body, Change, Document, Kind
from ...meaning.knowledge.lineage import lineage
from ...meaning.knowledge.status import CERTAINTY_NOTES, certainty_of, status_of
from ...sources.vocabulary.evidence import Grounded
from ...sources.vocabulary.schemas import Period, Province, Theme
from .flow import Node, Step, draw_flow
from .markdown import Md, escape
from .site import CENTRAL_NAME, Site
from .tile_map import DrawnTile, draw_map
from .year_bars import MOST as MOST_BARS
from .year_bars import Bar, draw_bars

UNIT = "Số văn bản"
_SEARCH = "tra-cuu"


def province_map(site: Site) -> Md:
    """Return the map of today's provinces by their documents in the base, each tile leading to its page; the same as a
    table with the former names, folded below it."""
    documents = site.kb.documents.values()
    return _map(site, documents, "Bản đồ văn bản theo tỉnh, thành phố", table=_table(site, _count(site, documents)))


def theme_map(site: Site, theme: Theme) -> Md:
    """Return the map of today's provinces by their documents on a theme, each tile leading to the province's page."""
    documents = site.index.documents_by_theme.get(theme.id, [])
    note = " Chỉ đếm văn bản xếp vào chủ đề này, không đếm ý nêu trong các bài."
    return _map(site, documents, f"Bản đồ văn bản về {theme.name} theo tỉnh, thành phố", note)


def _count(site: Site, documents: Iterable[Document]) -> Counter[str]:
    """Return how many documents each province of today has; those of the centre stand at ''."""
    return Counter(site.index.province_today(d.province) if d.province else "" for d in documents)


def _map(site: Site, documents: Iterable[Document], label: str, note: str = "", table: str = "") -> Md:
    """Return the map, each tile leading to its province's page, below it the same in words, ``note``, ``table``."""
    counts = _count(site, documents)
    tiles = []
    for p in site.kb.provinces.values():
        if p.tile is None:
            continue
        words = f"{counts[p.id]} văn bản" if counts[p.id] else "chưa có văn bản"
        told = upper_first(f"{site.place_then(p.id)}{_parts_words(site, p)}: {words}")
        islands = (p.islands.name, p.islands.row, p.islands.column) if p.islands else None
        tiles.append(
            DrawnTile(p.tile.row, p.tile.column, p.name, told, site.href(Kind.PROVINCE, p.id), counts[p.id], islands)
        )
    if not tiles:
        return Md("")
    drawn = draw_map(tiles, label, UNIT)
    said = f"{_in_words(site, counts, len(tiles))}{note}{table}"
    return Md(f'<figure class="ban-do">{drawn}<figcaption>{said}</figcaption></figure>')


def _parts(p: Province) -> list[str]:
    """Return the former provinces that have become one of today."""
    return [part for period in p.periods for part in period.made_of if part != p.id]


def _parts_words(site: Site, p: Province) -> str:
    """Return the former names of a province of today, as they follow its own; '' where it has none."""
    parts = _parts(p)
    if not parts:
        return ""
    renamed = all(len(period.made_of) == 1 for period in p.periods if period.made_of)
    return f" ({'trước là' if renamed else 'gồm cả'} {', '.join(site.name(Kind.PROVINCE, part) for part in parts)})"


def _in_words(site: Site, counts: Counter[str], places: int) -> str:
    """Return which provinces have how many documents, most first, and how many have none."""
    found = sorted((p for p in counts if p), key=lambda p: (-counts[p], sort_key(site.name(Kind.PROVINCE, p))))
    if not found:
        return "Chưa có văn bản nào của tỉnh, thành phố."
    told = "; ".join(f"{_province(site, p)} {counts[p]}" for p in found)
    none = f". {places - len(found)} nơi khác chưa có" if len(found) < places else ""
    central = f"; {CENTRAL_NAME} {counts['']} (không có trên bản đồ)" if counts[""] else ""
    return f"Văn bản của: {told}{central}{none}."


def _province(site: Site, identity: str) -> str:
    """Return a link to a province as HTML."""
    name = escape(site.name(Kind.PROVINCE, identity), leading=False)
    return f'<a href="{site.href(Kind.PROVINCE, identity)}">{name}</a>'


def _table(site: Site, counts: Counter[str]) -> str:
    """Return the map as a table of today's provinces, those with most documents first, each with its former names."""
    today = [p for p in site.kb.provinces.values() if p.tile]
    rows = []
    for p in sorted(today, key=lambda p: (-counts[p.id], sort_key(p.name))):
        former = ", ".join(_province(site, part) for part in dict.fromkeys(_parts(p)))
        rows.append(f'<tr><th scope="row">{_province(site, p.id)}</th><td>{former}</td><td>{counts[p.id]}</td></tr>')
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Tỉnh, thành phố", "Tên cũ nay thuộc về", UNIT))
    return (
        '<details class="kb-bang-ban-do"><summary>Bản đồ ở dạng bảng, có tên cũ</summary><table>'
        f'<caption class="kb-an">{UNIT} theo tỉnh, thành phố</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></details>"
    )


def theme_years(site: Site, theme: Theme) -> Md:
    """Return the documents of a theme by year as bars; each leads to the search for them. '' for less than two years:
    there is nothing to compare."""
    documents = site.index.documents_by_theme.get(theme.id, [])
    years = Counter(d.year for d in documents if d.year)
    if len(years) < 2:
        return Md("")
    last, first = max(years), min(years)
    start = max(first, last - MOST_BARS + 1)
    search = f"{site.href(_SEARCH)}?loai={Kind.DOCUMENT.value}&chu-de={theme.id}"
    bars: list[Bar] = [
        (str(y), years[y], f"Năm {y}: {years[y]} văn bản", f"{search}&nam={y}") for y in range(start, last + 1)
    ]
    left = (
        [f"{sum(c for y, c in years.items() if y < start)} văn bản từ {first} đến {start - 1}"] if first < start else []
    )
    left += [f"{len(documents) - years.total()} văn bản chưa rõ năm"] if len(documents) > years.total() else []
    more = f" Ngoài ra {' và '.join(left)}." if left else ""
    drawn = draw_bars(bars, f"Văn bản về {theme.name} theo năm")
    words = f"Văn bản về chủ đề này theo năm ban hành.{more}"
    return Md(f'<figure class="bieu-do">{drawn}<figcaption>{words}</figcaption></figure>')


def document_line(site: Site, d: Document) -> Md:
    """Return the documents that replaced each other or followed on the same matter, of which ``d`` is one; '' for two:
    the diagram of relations shows them already."""
    stages = lineage(d, site.kb)
    if len(stages) < 3:
        return Md("")
    wheres = {site.document_line(other).rpartition(" · ")[0] for stage in stages for other in stage.documents}
    steps: list[Step] = []
    for before, stage in zip((None, *stages), stages, strict=False):
        nodes = tuple(_document_node(site, other, other.id == d.id, len(wheres) > 1) for other in stage.documents)
        steps.append(Step(nodes, _came_after(site, before.documents, stage.replaces) if before else ""))
    return draw_flow(steps, "Văn bản trước và sau, cũ nhất trước")


def _came_after(site: Site, before: Iterable[Document], replaces: bool) -> str:
    """Return how documents came after those ``before`` them; a replacement that nobody's page tells is but possible."""
    if not replaces:
        return "cùng nội dung, ra sau"
    statuses = (status_of(document, site.kb) for document in before)
    unsure = any(certainty_of(status, site.kb) is Certainty.UNCHECKED for status in statuses)
    return "có thể thay thế" if unsure else "thay thế"


def _document_node(site: Site, d: Document, is_here: bool, with_place: bool) -> Node:
    """Return a document with its day and what must be known of it; whose it is where that differs in the line."""
    words = d.number or d.name
    name = escape(words, leading=False) if is_here else site.tag(Kind.DOCUMENT, d.id, words, marked=False)
    where, _, when = (escape(part, leading=False) for part in site.document_line(d).rpartition(" · "))
    place = f"{where}<br>" if with_place and where else ""
    mark = "" if is_here else site.mark(d.id, is_told=site.gave_way_here(d.id))  # its own state heads the page
    return Node(name, f'{place}<span class="so-hieu">{when}</span>{mark}', is_here)


def province_line(site: Site, p: Province) -> Md:
    """Return what became of a province, or what it was made of, with the day and the resolution."""
    today = site.kb.provinces[site.index.province_today(p.id)]
    steps: list[Step] = []
    for before, period in zip((None, *today.periods), today.periods, strict=False):
        if before is None and not period.made_of:
            continue
        if not steps:
            parts = period.made_of or (today.id,)
            ends = [before.until if before and part == today.id else None for part in parts]
            steps.append(Step(tuple(map(partial(_former, site, p.id), parts, ends))))
        is_here = p.id == today.id and period is today.periods[-1]
        name = _named(site, today.id, p.id, site.place_then(today.id, period.since))
        steps.append(Step((Node(name, is_here=is_here),), _period_words(site, period)))
    return draw_flow(steps, "Các thời kỳ, cũ trước, mới sau")


def _former(site: Site, here: str, part: str, end: PartialDate | None) -> Node:
    """Return a province as it was called before a period that it became a part of; ``end``: when that was, where it is
    another province of today that kept its name."""
    until = end or site.kb.provinces[part].periods[-1].until
    below = f"đến {until.vietnamese}" if until else ""
    return Node(_named(site, part, here, site.place_then(part, until)), below, part == here and end is None)


def _named(site: Site, province: str, here: str, words: str) -> Md:
    """Return the name of a province at some time, a link but on its own page."""
    name = upper_first(words)
    return escape(name, leading=False) if province == here else site.tag(Kind.PROVINCE, province, name)


def _period_words(site: Site, period: Period) -> str:
    what = {"hop-nhat": "hợp nhất", "doi-ten": "đổi tên", "len-thanh-pho": "lên thành phố"}.get(period.reason or "", "")
    since = f"từ {period.since.vietnamese}" if period.since else ""
    return " ".join(part for part in (what, since, _ground(site, period.document), _doubt(site, period)) if part)


def _ground(site: Site, document: str | None) -> str:
    if not document:
        return ""
    known = site.kb.documents.get(document)
    words = (known.number or known.name) if known else document
    return f"theo {site.tag(Kind.DOCUMENT, document, words, marked=False)}"


def _doubt(site: Site, ground: Grounded | None) -> str:
    """Return how unsure it is, as it stands behind what is told; '' if it is sure."""
    sure = site.kb.vocabulary.origins.certainty(ground) if ground else Certainty.UNCHECKED
    return f"({CERTAINTY_NOTES[sure]})" if sure in CERTAINTY_NOTES else ""


def body_line(site: Site, b: Body) -> Md:
    """Return what a body was made of and what became of it, with the day and the decision where these are known."""
    steps: list[Step] = []
    if b.predecessors:
        steps.append(_body_step(site, [c.other for c in b.predecessors]))
    own = Node(escape(b.name, leading=False), is_here=True)
    steps.append(Step((own,), _change_words(site, b.predecessors)))
    if b.successors:
        following = [c.other for c in b.successors]
        steps.append(_body_step(site, following, _change_words(site, b.successors)))
        if (today := site.today(b.id)) and set(today) != set(following):
            steps.append(_body_step(site, today, "nay"))
    return draw_flow(steps, "Cơ quan trước và sau")


def _body_step(site: Site, bodies: Iterable[str], how: str = "") -> Step:
    return Step(tuple(Node(site.tag(Kind.BODY, identity)) for identity in dict.fromkeys(bodies)), how)


def _change_words(site: Site, changes: Iterable[Change]) -> str:
    """Return how bodies passed into others, each way of it once."""
    told: dict[str, None] = {}
    for c in changes:
        words = escape(happened(c.reason, c.date.vietnamese if c.date else None), leading=False)
        told[" ".join(part for part in (words, _ground(site, c.document), _doubt(site, c.ground)) if part)] = None
    return "; ".join(told)
