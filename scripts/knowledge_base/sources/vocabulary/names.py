"""The full names of bodies and provinces as they were at a given time; the outlet that a web address belongs to."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from ...core.dates import PartialDate
from .entries import Vocabulary
from .schemas import Period, Province

UNDATED = PartialDate(2025, 6, 30)
"""The day whose names are used when a text has no date: the last one of the 63 provinces, from whose
time most undated texts come."""

_PLACE = "{place}"
_CITY = "Thành phố"


def period_at(province: Province, at: PartialDate | None) -> Period:
    """Return the period of ``province`` at a date: the last one begun by then, else the first.

    A date known only in part counts from its first day.
    """
    begun = [period for period in province.periods if _start(period) <= (at or UNDATED).earliest()]
    return max(begun, key=_start) if begun else min(province.periods, key=_start)


def _start(period: Period) -> datetime.date:
    return period.since.earliest() if period.since else datetime.date.min


def is_city(province: Province, at: PartialDate | None) -> bool:
    """Tell whether a province was a thành phố trực thuộc trung ương at a date."""
    return period_at(province, at).kind == "thanh-pho"


def province_name(vocabulary: Vocabulary, province: str, at: PartialDate | None) -> str:
    """Return the name of a province with its rank: ``tỉnh Nghệ An``, ``thành phố Đà Nẵng``.

    Where the rank is part of the proper name, it is written so: ``Thành phố Hồ Chí Minh``.
    """
    entry = vocabulary.provinces[province]
    rank = "thành phố" if is_city(entry, at) else "tỉnh"
    name = _proper_name(entry)
    return name if name.casefold().startswith(rank) else f"{rank} {name}"


def body_name(vocabulary: Vocabulary, kind: str, province: str | None, at: PartialDate | None) -> str:
    """Return the full name of a body: ``Ban Thường vụ Thành ủy Đà Nẵng``, ``Ủy ban nhân dân tỉnh Nghệ An``.

    For a central body the province does not count; for a provincial one without province the name
    comes without place.
    """
    entry = vocabulary.body_kinds[kind]
    place = vocabulary.provinces.get(province) if province else None
    if place is None or _PLACE not in entry.name:
        return entry.name.replace(_PLACE, "").rstrip()
    form = entry.city_name if entry.city_name and is_city(place, at) else entry.name
    return form.replace(_PLACE, _proper_name(place)).replace(f"{_CITY.lower()} {_CITY}", _CITY)


def _proper_name(province: Province) -> str:
    """Return the name, with ``Thành phố`` if the maintainers list that, in capitals, among its names."""
    full = f"{_CITY} {province.name}"
    return full if full in province.names else province.name


def outlet_sites(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the id of the outlet of each site."""
    return {site.lower(): outlet.id for outlet in vocabulary.outlets.values() for site in outlet.sites}


def owner_of(host: str, sites: Mapping[str, str]) -> str | None:
    """Return the id that ``sites`` gives to a web host; a sub-domain counts as its site."""
    labels = host.lower().split(".")
    names = (".".join(labels[first:]) for first in range(len(labels) - 1))
    return next((sites[name] for name in names if name in sites), None)


def outlet_of_host(host: str, vocabulary: Vocabulary) -> str | None:
    """Return the id of the outlet of a web host; a sub-domain counts as its site."""
    return owner_of(host, outlet_sites(vocabulary))
