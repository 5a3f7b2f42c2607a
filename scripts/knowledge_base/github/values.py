"""What people write in a form, read as the sources write it: dates, web addresses, outlets."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..dates import PartialDate
from ..text import slug, strip_marks
from ..vocabulary import Vocabulary, nearest
from ..vocabulary.faults import quoted
from ..vocabulary.schemas import Outlet

_DAY_FIRST = re.compile(
    r"(?:ngày )?(?:(\d{1,2}) ?(?:[/.-]|tháng) ?)?(?:tháng )?(\d{1,2}) ?(?:[/.-]|năm) ?(\d{4})\Z", re.IGNORECASE
)
_YEAR_FIRST = re.compile(r"(\d{4})(?:[/.-](\d{1,2})(?:[/.-](\d{1,2}))?)?\Z")
_HOST = re.compile(r"(?:www\.)?([a-z0-9-]{1,40}(?:\.[a-z0-9-]{2,30}){1,4})\Z", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"]{4,2000}\Z", re.IGNORECASE)
_LONGEST, _SLIP = 120, 0.85
_FIRST_YEAR, _LAST_YEAR = 1930, 2100


def read_date(words: str) -> PartialDate:
    """Read a date as people write it: ``7/9/2023``, ``9-2023``, ``2023``, ``2023-09-07``. ValueError with a Vietnamese
    reason for anything else."""
    text = " ".join(words.split()).removesuffix(".")
    numbers = _numbers(text)
    if numbers is None:
        raise ValueError(f"{quoted(words)} không phải là ngày; viết ngày/tháng/năm, ví dụ 7/9/2023, 9/2023 hoặc 2023.")
    try:
        date = PartialDate(*numbers)
    except ValueError as error:
        raise ValueError(f"ngày {quoted(words)} không có trong lịch; xem lại ở nguồn.") from error
    if not _FIRST_YEAR <= date.year <= _LAST_YEAR:
        raise ValueError(f"năm trong {quoted(words)} không hợp lý; xem lại ở nguồn.")
    return date


def _numbers(text: str) -> tuple[int, int, int] | None:
    if match := _YEAR_FIRST.match(text):
        return int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if match := _DAY_FIRST.match(text):
        return int(match[3]), int(match[2]), int(match[1] or 0)
    return None


def is_web_address(words: str) -> bool:
    """Tell whether these words are one web address with a host name."""
    return bool(_ADDRESS.match(words)) and bool(_HOST.match(host_of(words)))


def host_of(address: str) -> str:
    """Return the host name of a web address, '' if it has none."""
    try:
        return (urlsplit(address).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class OutletAnswer:
    """The outlet that was meant, or else what to propose: one with a similar name, or a new entry."""

    known: Outlet | None = None
    near: str | None = None
    new: Outlet | None = None


def read_outlet(words: str, address: str, vocabulary: Vocabulary) -> OutletAnswer:
    """Find an outlet by its name, id or web host; ``address`` is the article's own, '' if not given."""
    outlets = vocabulary.outlets
    host = _HOST.match(words.strip().removeprefix("https://").removeprefix("http://").split("/")[0])
    for name in filter(None, (host[1].lower() if host else "", host_of(address) if host else "")):
        if known := _by_host(name, vocabulary):
            return OutletAnswer(known)
    names = {strip_marks(outlet.name): outlet for outlet in outlets.values()}
    plain = strip_marks(" ".join(words.split()))
    known = names.get(plain) or names.get(f"bao {plain}") or outlets.get(slug(words))
    if known:
        return OutletAnswer(known)
    near = nearest(words, [outlet.name for outlet in outlets.values()])
    site = host_of(address)
    if host or not site or not slug(words) or (near and _alike(near, words)):
        return OutletAnswer(near=near)
    if owner := _by_host(site, vocabulary):
        return OutletAnswer(near=owner.name)
    return OutletAnswer(new=Outlet(id=slug(words), name=words, sites=(site,), examples=(f"https://{site}/tin.html",)))


def _alike(name: str, words: str) -> bool:
    """Tell whether two names differ by so little that one is a slip of the pen."""
    return difflib.SequenceMatcher(None, strip_marks(name), strip_marks(words[:_LONGEST])).ratio() > _SLIP


def _by_host(host: str, vocabulary: Vocabulary) -> Outlet | None:
    """Return the outlet that owns a host: the longest of its sites that is the host or above it."""
    owners = [
        (len(site), outlet.id)
        for outlet in vocabulary.outlets.values()
        for site in outlet.sites
        if host == site.lower() or host.endswith("." + site.lower())
    ]
    return vocabulary.outlets[max(owners)[1]] if owners else None
