"""What a page's own data say of its article, as far as they can be trusted: a wrong fact is worse than none."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import lxml.etree

from ...core.dates import PartialDate
from ...core.models import ArticleFacts, FactSource
from ...core.text import fold, nfc, verbose
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.names import outlet_of_host
from ...sources.vocabulary.persons import Persons
from .blocks import Element

_SEPARATORS = re.compile(r"\s+[-–—|:»•]{1,2}\s+|\s*\|\s*")
_MOST_PARTS = 6
"""Enough for headline, section, site and its slogan on both sides; bounds the work on hostile titles."""
WORDS_IN_TITLE = 4
"""Fewer words are the name of a page or a section ("Tin trong tỉnh"), not a headline. The pages of tests/cases/import
hold from 1 to 4, not with 8."""
_PLACE = re.compile(r"(?<!\w)(?:tỉnh|thành phố|tp\.?)\s|\s(?:online|điện tử)\Z")


def title_parts(title: str) -> Iterator[str]:
    """Yield a title as the head gives it, then without its last or first parts ("… - Báo Mẫu"), longest first."""
    breaks = list(_SEPARATORS.finditer(title))[:_MOST_PARTS]
    pieces = [title, *(title[: match.start()] for match in breaks), *(title[match.end() :] for match in breaks)]
    yield from sorted({piece.strip() for piece in pieces if piece.strip()}, key=lambda piece: (-len(piece), piece))


def _bare(name: str) -> str:
    return " ".join(_PLACE.sub(" ", fold(name)).split())


_ARTICLE_TYPES = {"article", "newsarticle", "reportagenewsarticle", "blogposting", "report", "analysisnewsarticle"}
_SAVED_FROM = re.compile(r"saved from url=\(\d{4}\)(\S{8,400})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_ISO_MOMENT = re.compile(
    r"""(\d{4}-\d{2}-\d{2})[T\ ](\d{2}:\d{2})   # day, hour and minute
    (?::\d{2}(?:[.,]\d{1,9})?)?\ ?              # second
    (Z|[+-]\d{2}:?\d{2})\Z                      # time zone
    """,
    re.IGNORECASE | re.VERBOSE,
)
_VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
_FRONT_PAGES = {"", "index.html", "index.php", "home", "default.aspx", "trang-chu"}
_TITLE_KEYS = ("og:title", "twitter:title")
_DATE_KEYS = "article:published_time datepublished pubdate publishdate dc.date.issued article:published".split()
_AUTHOR_KEYS = ("article:author", "author")
_SITE = verbose(r"""(?:báo\ (?!cáo|chí)                               # a newspaper
    |cổng\ (?:thông\ tin|tt)|trang\ (?:thông\ )?tin      # a portal
    |tạp\ chí\ |đài\ (?:phát\ thanh|truyền|pt))          # a magazine, a broadcaster
    [^.,:;!?]{0,60}\Z
    |[^.,:;!?]{2,40}\ (?:online|điện\ tử)\Z               # "Mẫu Online"
    """)
"""What only a site's name looks like at the end of a title: "Báo Mẫu", not "Báo cáo của Ban Tổ chức"."""
_AGENCY = re.compile(r"\s?[(/](?:theo )?(?:TTXVN|Vietnam|VOV|VTV|VGP|Báo |TTX)[^()]{0,30}\)?\Z", re.IGNORECASE)
_OFFICE = verbose(r"""(?:ban\ (?!biên\ tập|quản\ trị)|(?:văn\ )?phòng\ |sở\ |ủy\ ban\ |công\ an\   # of the State
    |đảng\ ủy\ |huyện\ ủy\                                                      # of the Party
    |trường\ |hội\ (?!nghị\ |thảo\ |đàm\ )                                      # schools and associations, no meetings
    |ths\.?\ |ts\.?\ )                                                         # persons by their degree
    [^.,:;!?]{2,60}\Z""")


@dataclass(frozen=True, slots=True)
class PageHead:
    """What a page's head says. ``facts`` can be taken as they are: the title of the article itself, its date, address
    and outlet. ``titles``, from the surest on, may be those of the page; ``authors`` count if the page shows them."""

    facts: ArticleFacts
    titles: tuple[str, ...]
    authors: tuple[str, ...]


def read_head(root: Element, vocabulary: Vocabulary, persons: Persons) -> PageHead:
    """Return what a page's head and its linked data say."""
    meta = _meta(root)
    articles = [item for item in _linked_data(root) if _types(item) & _ARTICLE_TYPES]
    same = len({str(item.get("headline")) for item in articles}) == 1
    item: dict[str, Any] = articles[0] if same else {}
    title = nfc(" ".join((root.findtext("head/title") or "").split()))
    url = _url(root, meta)
    site = " ".join(filter(None, (meta.get("og:site_name"), _name(item.get("publisher")))))
    dates = (item.get("datePublished"), *map(meta.get, _DATE_KEYS))
    facts = ArticleFacts.found(
        FactSource.FILE,
        title=_headline(meta, item, vocabulary),
        published=next(filter(None, (_iso_day(value) for value in dates if isinstance(value, str))), None),
        url=url,
        outlet=_outlet(url, site, title, vocabulary),
    )
    titles = filter(None, (_name(item.get("headline")), *map(meta.get, _TITLE_KEYS), title))
    authors = (name for name in _authors(meta, item) if persons.can_be_names(name) or is_office(name))
    return PageHead(facts, tuple(titles), tuple(authors))


def is_office(name: str) -> bool:
    """Tell whether a byline's words name an office that wrote the text, and not the paper or portal itself."""
    return bool(_OFFICE.match(fold(nfc(name))))


def without_agency(name: str) -> str:
    """Return a name without its agency in brackets: "Lê Mẫu (TTXVN/Vietnam+)"."""
    return _AGENCY.sub("", name).strip()


# -- where facts stand -------------------------------------------------------------------------------


def _meta(root: Element) -> dict[str, str]:
    """Return the page's meta values by name, property or itemprop; the first of each counts."""
    values: dict[str, str] = {}
    for element in root.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        content = " ".join((element.get("content") or "").split())
        if key and content:
            values.setdefault(key.strip().lower(), nfc(content))
    return values


def _linked_data(root: Element) -> Iterator[dict[str, Any]]:
    """Yield every object in the page's JSON-LD."""
    for script in root.iter("script"):
        data: object = None
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            with suppress(ValueError, RecursionError):
                data = json.loads(script.text or "", strict=False)
        for item in data if isinstance(data, list) else [data]:
            graph = item.get("@graph") if isinstance(item, dict) else None
            objects = (item, *(graph if isinstance(graph, list) else ()))
            yield from (found for found in objects if isinstance(found, dict))


def _types(item: dict[str, Any]) -> set[str]:
    kinds = item.get("@type")
    return {str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])}


def _name(value: object) -> str | None:
    if isinstance(value, dict):
        value = value.get("name")
    return nfc(" ".join(value.split())) if isinstance(value, str) and value.strip() else None


# -- the facts ---------------------------------------------------------------------------------------


def _headline(meta: dict[str, str], item: dict[str, Any], vocabulary: Vocabulary) -> str | None:
    """Return the article's title by its data alone, without the name of the site at its end."""
    title = _name(item.get("headline")) or meta.get("og:title", "")
    names = {fold(meta.get("og:site_name", "")), *(fold(outlet.name) for outlet in vocabulary.outlets.values())}
    sites = {site for outlet in vocabulary.outlets.values() for site in outlet.sites}
    for part in title_parts(title):
        rest = fold(title.removeprefix(part).removesuffix(part)).strip(" -–—|:»•")
        if rest and (rest in names or rest.removeprefix("www.") in sites or _SITE.match(rest)):
            title = part
    whole = len(title.split()) >= WORDS_IN_TITLE and not title.endswith(("...", "…"))
    return title if whole and not _SITE.match(fold(title)) else None


def _iso_day(value: str) -> PartialDate | None:
    """Return the day that a moment falls on in Vietnam: many systems write 18:30 UTC for half past one there."""
    value = value.strip()
    try:
        if moment := _ISO_MOMENT.match(value):  # it names its time zone
            told = datetime.datetime.fromisoformat(f"{moment[1]}T{moment[2]}{moment[3].upper()}")
            value = told.astimezone(_VIETNAM).isoformat()
        match = _ISO_DAY.match(value)
        day = PartialDate(*map(int, match.groups())) if match else None
    except (ValueError, OverflowError):
        return None
    return day if day and 1990 <= day.year <= 2100 else None


def _authors(meta: dict[str, str], item: dict[str, Any]) -> Iterator[str]:
    given = item.get("author")
    for author in given if isinstance(given, list) else [given]:
        organisation = isinstance(author, dict) and "organization" in _types(author)
        if not organisation and (name := _name(author)):
            yield without_agency(name)
    yield from (without_agency(meta[key]) for key in _AUTHOR_KEYS if key in meta)


def _url(root: Element, meta: dict[str, str]) -> str | None:
    """Return the article's own address: no front page, no place on somebody's disk.

    Browsers write where a page was saved from into a comment at its head.
    """
    canonical = [e.get("href") for e in root.iter("link") if (e.get("rel") or "").lower() == "canonical"]
    head = (*root.itersiblings(preceding=True), *root[:2])
    comments = (element.text or "" for element in head if element.tag is lxml.etree.Comment)
    saved = [match[1] for match in map(_SAVED_FROM.search, comments) if match]
    found = (*canonical[:1], meta.get("og:url"), *saved[:1])
    return next((url.strip() for url in found if url and _is_article_url(url.strip())), None)


def _is_article_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    whole = parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and not re.search(r"\s", url)
    return whole and (parts.path.strip("/") not in _FRONT_PAGES or bool(parts.query))


def _outlet(url: str | None, site: str, title: str, vocabulary: Vocabulary) -> str | None:
    """Return the id of the outlet at a web address, else of the one whose name the page bears, else of the one whose
    whole name is a part of the page's title ("… | Báo điện tử tỉnh Mẫu")."""
    if url:
        return outlet_of_host(urlsplit(url).hostname or "", vocabulary)
    outlets = vocabulary.outlets.values()
    words, parts = fold(site), {_bare(part) for part in title_parts(title)}
    named = [o.id for o in outlets if re.search(rf"(?<!\w){re.escape(fold(o.name))}(?!\w)", words)]
    named = named or [o.id for o in outlets if _bare(o.name) in parts]
    return named[0] if len(named) == 1 else None
