"""What the pages of no kind show: the home page, the search page, the open data, the index from A to Z."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from ....core.dates import PartialDate
from ....core.text import sort_key, view
from ....meaning.knowledge.directory import Listed, News, by_name, count_news, news, news_by_day
from ....meaning.knowledge.entities import Document, Kind
from ....meaning.knowledge.status import Force, status_of
from ....sources.vocabulary.schemas import Province
from ...exports.tables import SCHEMA_VERSION, TABLES
from ..cut_lists import list_of_place
from ..index import group
from ..kinds import PAGE_KINDS, list_pages
from ..markdown import Md, escape
from ..site import CENTRAL, CENTRAL_NAME, Site
from ..view import Values
from .theme import theme_rows

NEWEST = 6
"""So many of the days on which something was added stand on the home page, chosen by hand."""
NEWEST_LOCAL, NEWEST_CENTRAL = 5, 3
"""So many of the newest documents of provinces, and of the centre, stand there: the base is of provinces, and the
centre, which issues more, would fill one list. Chosen by hand."""
_ADDED_NAMED = 4
"""So many of what came in on one day are named on the home page, chosen by hand."""
_NAMED = 6
"""So many provinces are named in the sentence on what there is, chosen by hand: more are counted."""
_GONE = (Force.REPLACED, Force.ENDED)
_SHOWN = 12
"""So many values of a facet are seen at once on the search page, the others on demand."""
_ALPHABET = "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY"
_KIND_NAMES = {kind.folder: kind.name for kind in PAGE_KINDS}


def home(site: Site) -> Values:
    """Return the values of the home page."""
    kinds = sorted(PAGE_KINDS, key=lambda kind: kind.position or len(PAGE_KINDS) + 1)
    themes, documents = theme_rows(site), site.newest(site.kb.documents.values())
    today = [p for p in site.kb.provinces.values() if p.successor in (None, p.id)]
    return {
        "lists": [(kind.on_home, site.url(kind.folder)) for kind in kinds if kind.on_home],
        "examples": _examples(site),
        "focus": [row for row in themes if row[0].order],
        "others": [row for row in themes if not row[0].order],
        "compared": site.index.spoken_themes,
        "added": _added(site),
        "added_on": max(site.kb.added.values(), key=PartialDate.earliest, default=None),
        "count_news": count_news,
        "latest": next((d for d in documents if d.date), None),
        "newest": _newest_words(site, documents),
        "places": _places_words(site, today),
        "today": today,
    }


def _added(site: Site) -> list[tuple[PartialDate, list[News], list[News]]]:
    """Return what was added last: the day, what came in, and the newest of it where it is too much."""

    def newest(item: News) -> int:
        day = site.kb.documents[item.id].date if item.kind is Kind.DOCUMENT else site.kb.articles[item.id].at
        return -day.earliest().toordinal() if day else 0

    days = islice(news_by_day(site.kb, news(site.kb)), NEWEST)
    return [(day, found, sorted(found, key=newest)[:_ADDED_NAMED] if len(found) > 1 else []) for day, found in days]


def _newest_words(site: Site, documents: Sequence[Document]) -> list[tuple[str, list[Document]]]:
    """Return the newest documents that still count, those of provinces and those of the centre, with what they are."""
    still = [d for d in documents if status_of(d, site.kb).force not in _GONE]
    local, central = ([d for d in still if bool(d.province) is wanted] for wanted in (True, False))
    groups = [("Của tỉnh, thành phố", local[:NEWEST_LOCAL]), ("Của Trung ương", central[:NEWEST_CENTRAL])]
    return [(name, found) for name, found in groups if found]


def _examples(site: Site) -> list[str]:
    """Return what one may search for: the number of the newest document of a province, a theme, a body."""
    local = (d for d in site.newest(site.kb.documents.values()) if d.province and d.number and d.articles)
    found = [str(d.number) for d in islice(local, 1)]
    found += [theme.name.lower() for theme, count in theme_rows(site)[:1] if count]
    return found


def _places_words(site: Site, today: Sequence[Province]) -> str:
    """Return whose documents there are: the provinces by name, or how many where they are many."""
    found = {site.index.province_today(d.province) for d in site.kb.documents.values() if d.province}
    names = sorted((site.name(Kind.PROVINCE, p) for p in found), key=sort_key)
    words = f"{len(names)} tỉnh, thành phố" if len(names) > _NAMED else ", ".join(names)
    central = CENTRAL_NAME if any(d.province is None for d in site.kb.documents.values()) else ""
    named = " và ".join(part for part in (words, central) if part)
    return f"{named} (cả nước có {len(today)} tỉnh, thành phố)" if 0 < len(names) < len(today) else named


def search_page(site: Site) -> Values:
    """Return the values of the search page: how many pages there are of each kind, type, place, theme, year, status.

    Each facet, by which results can be narrowed, has an id, a name, the values that most pages have (how the address
    says each, what readers see, how many pages have it), and the others in the same form."""
    entries, types = list(list_pages(site.index)), site.kb.vocabulary.document_types
    found: list[tuple[str, str, Callable[[Listed], Iterable[tuple[str, str]]]]] = [
        ("loai", "Loại trang", lambda e: [(e.kind, _KIND_NAMES[e.kind])]),
        ("van-ban", "Loại văn bản", lambda e: [(e.type, types[e.type].name)] if e.type in types else []),
        ("noi", "Địa phương (cũ và nay)", lambda e: _places(site, e)),
        ("co-quan", "Cơ quan ban hành", lambda e: [(e.issuer, site.name(Kind.BODY, e.issuer))] if e.issuer else []),
        ("chu-de", "Chủ đề", lambda e: [(t, site.name(Kind.THEME, t)) for t in e.themes]),
        ("nam", "Năm", lambda e: [(str(e.year), str(e.year))] if e.year else []),
        ("tinh-trang", "Tình trạng", lambda e: [(e.status, e.status)] if e.status else []),
    ]
    facets = []
    for identity, name, values in found:
        counts = Counter(value for entry in entries for value in values(entry))
        order = sorted(counts.items(), key=lambda item: (-item[1], sort_key(item[0][1])))
        if identity == "nam":
            order = sorted(counts.items(), key=lambda item: item[0], reverse=True)
        told = [(key, words, count) for (key, words), count in order]
        facets.append((identity, name, told[:_SHOWN], told[_SHOWN:]))
    return {"facets": facets, "pages": len(entries)}


def central_page(site: Site) -> Values:
    """Return the values of the page of the centre, which stands where provinces have theirs."""
    documents = site.newest(d for d in site.kb.documents.values() if not d.province)
    bodies = sorted((b for b in site.kb.bodies.values() if not b.province), key=lambda b: sort_key(b.name))
    return {"documents": documents, "bodies": bodies, "listed": list_of_place(site, CENTRAL)}


def data_page(site: Site) -> Values:
    """Return the values of the page of the open data: each table with the number of its rows."""
    tables = [(table, sum(1 for _ in table.members(site.kb))) for table in TABLES]
    is_large, megabytes = Kind.DOCUMENT in site.index.large, site.index.limits.file // 1_000_000
    return {"tables": tables, "version": SCHEMA_VERSION, "is_large": is_large, "megabytes": megabytes}


def full_index(site: Site) -> Values:
    """Return the values of the index from A to Z: all but articles, for headlines are not looked up by their letter,
    and but what is so much that its own list is cut (``cut_lists.py``): ``elsewhere``, by folder and name."""
    elsewhere = {k.folder: k.name for k in PAGE_KINDS if k.view.cuts and k.folder in site.index.large}

    def letter(entry: Listed) -> str:
        first = sort_key(view(entry.name)[:1].upper())[0]
        return next((letter for letter in _ALPHABET if sort_key(letter)[0] == first), "#")

    listed = [e for e in list_pages(site.index) if e.kind not in {Kind.ARTICLE, *elsewhere}]
    letters = group(by_name(listed), lambda e: [letter(e)])
    ordered = sorted(letters.items(), key=lambda group: (group[0] == "#", sort_key(group[0])))
    elsewhere.pop(Kind.ARTICLE, None)
    return {"groups": dict(ordered), "line": lambda entry: _line(site, entry), "elsewhere": elsewhere}


def _line(site: Site, entry: Listed) -> str:
    """Return what tells an entry from others of its name."""
    if entry.kind == Kind.DOCUMENT:
        told = site.document_line(site.kb.documents[entry.id], entry.year)
        return Md(escape(told) + site.mark(entry.id, is_named=False))
    return " · ".join(part for part in (_KIND_NAMES[entry.kind], entry.status) if part)


def _places(site: Site, entry: Listed) -> list[tuple[str, str]]:
    """Return the place of an entry, and today's province if that has another name."""
    if entry.kind not in (Kind.DOCUMENT, Kind.BODY, Kind.PROVINCE, Kind.ARTICLE):
        return []
    if not entry.place:
        return [(CENTRAL, CENTRAL_NAME)]
    now = site.kb.provinces[entry.place].successor or entry.place
    return [(identity, site.name(Kind.PROVINCE, identity)) for identity in dict.fromkeys([entry.place, now])]
