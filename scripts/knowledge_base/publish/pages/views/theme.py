"""What the page of a theme shows, and the list of all themes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from ....core.text import sort_key
from ....meaning.knowledge.entities import Document, Kind, Reference
from ....sources.vocabulary.schemas import Theme
from ..index import NO_YEAR, SINCE_MERGED, group, times_of
from ..linked_data import theme_data
from ..site import Site
from ..view import MOST, Section, Values, View, count_years, in_year, newest, year_of

MOST_SHOWN = 10
"""So many documents are seen at once, the others on demand; chosen by hand."""
MOST_NAMED = 8
"""So many places are named at the head, those with most documents first; the map below has all. Chosen by hand."""
MOST_PRINTED = 24
"""So many statements of the newest groups go on paper, where more were read on the screen: with the documents
below them a theme then takes five sheets at most."""
MOST_RELATED = 6
"""So many are named: those of the vocabulary, then those spoken of in the same articles. Chosen by hand: more would be
a list of all themes, for every theme meets every other sooner or later."""


def _page(site: Site, t: Theme) -> Values:
    speaking = site.index.articles_by_theme.get(t.id, [])
    naming = {r.article for r in site.kb.mentions.get((Kind.THEME, t.id), ())}
    places = statements(site, t)
    groups = group(newest(site, places), lambda reference: [(_place(site, reference), year_of(site, reference))])
    # A page that shows only the newest begins with these; one that shows all is looked up by place.
    is_part = len(places) > MOST
    ordered = list(groups) if is_part else sorted(groups, key=lambda k: (sort_key(k[0]), [-ord(c) for c in k[1]]))
    together = Counter(other for e in speaking for other in e.weights if other != t.id)
    common = sorted(together, key=lambda other: (-together[other], other))
    documents = site.newest(site.index.documents_by_theme.get(t.id, []))
    shown = [(place, year, groups[place, year]) for place, year in ordered]
    printed = _printed(shown)
    told = sorted({year_of(site, reference) for reference in places} - {NO_YEAR})
    return {
        "t": t,
        "documents": documents,
        "most_shown": MOST_SHOWN,
        "places": Counter(site.place(d.province and site.index.province_today(d.province)) for d in documents),
        "most_named": MOST_NAMED,
        "span": f"{told[0]} đến {told[-1]}" if len(told) > 1 else "".join(told),
        "groups": shown,
        "printed": printed,
        "printed_count": sum(len(said) for *_, said in shown[:printed]),
        "since": _since_merged(site, documents),
        "count": len(places),
        "whose_words": site.whose_words(r.article for said in groups.values() for r in said) if places else "",
        "passing": sorted(naming - {r.article for r in places}),
        "related": list(dict.fromkeys([*t.related, *common]))[:MOST_RELATED],
    }


def _printed(groups: Sequence[tuple[str, str, Sequence[Reference]]]) -> int:
    """Return how many of the groups of statements go on paper: whole ones, at least one."""
    counts = list(accumulate(len(said) for *_, said in groups))
    return max(1, sum(1 for count in counts if count <= MOST_PRINTED))


def _since_merged(site: Site, documents: Sequence[Document]) -> tuple[str, int, str] | None:
    """Return of the documents of today's provinces, those since they were merged: the choice by which the list of all
    narrows to them, how many they are, whose; None where there are none."""
    found = [d for d in documents if SINCE_MERGED in times_of(d)]
    places = list(Counter(site.place(d.province and site.index.province_today(d.province)) for d in found))
    more = len(places) - MOST_NAMED
    words = ", ".join(places[:MOST_NAMED]) + (f" và {more} nơi khác" if more > 0 else "")
    return (SINCE_MERGED, len(found), words) if found else None


def _place(site: Site, reference: Reference) -> str:
    return site.place(site.kb.articles[reference.article].province)


def statements(site: Site, t: Theme) -> list[Reference]:
    """Return the places that speak of a theme, of the articles that really do, and all that its documents (by their
    title, or as an editor declares) demand themselves; in the order of the articles, no words twice."""
    said = site.mentioned(Kind.THEME, t.id, (e.id for e in site.index.articles_by_theme.get(t.id, [])))
    by_paragraph = group(said, lambda r: [(r.article, r.paragraph)])
    for demand in (task.reference for task in site.index.tasks_by_theme.get(t.id, ())):
        beside = by_paragraph.setdefault((demand.article, demand.paragraph), [])
        own = site.excerpt(demand)[1]
        if not any(part.start < own.end and own.start < part.end for _, part in map(site.excerpt, beside)):
            beside.append(demand)
    return sorted((r for beside in by_paragraph.values() for r in beside), key=lambda r: (r.article, r.start))


def _of_year(site: Site, t: Theme) -> Values:
    said = in_year(site, statements(site, t))
    groups = group(said, lambda reference: [_place(site, reference)])
    ordered = sorted(groups, key=sort_key)
    return {"sections": [Section(p, references=tuple(groups[p]), with_document=True) for p in ordered]}


def _head(site: Site, t: Theme) -> Values:
    source = site.kb.vocabulary.place("themes", t.id)[0]
    return {"source": source, "feed": t.id in site.index.feeds, "ld": theme_data(site, t)}


def theme_rows(site: Site) -> list[tuple[Theme, str]]:
    """Return each theme with how much there is on it: those with an order first, then those most spoken of."""
    documents, articles = site.index.documents_by_theme, site.index.articles_by_theme
    spoken = sorted(site.kb.themes.values(), key=lambda t: (-len(articles.get(t.id, [])), sort_key(t.name)))
    themes = sorted(spoken, key=lambda t: t.order or math.inf)
    return [(t, site.amount(documents.get(t.id, []), articles.get(t.id, []))) for t in themes]


VIEW = View(
    lambda index: index.kb.themes, _page, lambda _, t: t.definition, lambda site: {"rows": theme_rows(site)},
    head=_head, years=lambda site, t: count_years(site, statements(site, t)), of_year=_of_year,
)  # fmt: skip
