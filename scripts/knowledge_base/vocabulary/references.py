"""Check that the ids which entries name do exist, and that patterns can be compiled."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..errors import Problem, Severity
from ..text import slug
from ..yaml_source import Plain, YamlData
from .faults import choose, quoted

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
NATIONAL = "trung-uong"
_EVERY_KEY = "*keys"
_EVERY = "*"


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as written, before it is checked; ``key`` is its id."""

    field: str
    key: str
    data: Mapping[str, Plain]
    source: YamlData
    location: tuple[str, ...]
    path: str

    def line(self, *location: object) -> int:
        """Return the line of a part of the entry."""
        return self.source.line(*self.location, *location)


@dataclass(frozen=True, slots=True)
class _Reference:
    """In entries of ``field``, the value at ``place`` is the id of a ``target`` (called ``what`` in problems)."""

    field: str
    place: tuple[str, ...]
    target: str
    what: str


_KIND, _PROVINCE, _TYPE, _DOCUMENT = "loại cơ quan", "tỉnh, thành phố", "loại văn bản", "văn bản"
_BODY = "cơ quan"
_DEPENDS = {"bodies": ("body_kinds", "provinces"), "full_bodies": ("body_kinds", "provinces")}
_TOKEN = "zzplacezz"
_REFERENCES = (
    _Reference("document_types", ("provincial_issuers", _EVERY), "body_kinds", _KIND),
    _Reference("issuer_codes", ("bodies", _EVERY), "body_kinds", _KIND),
    _Reference("issuer_codes", ("default",), "body_kinds", _KIND),
    _Reference("issuer_codes", ("by_type", _EVERY_KEY), "document_types", _TYPE),
    _Reference("issuer_codes", ("by_type", _EVERY), "body_kinds", _KIND),
    _Reference("provinces", ("successor",), "provinces", _PROVINCE),
    _Reference("provinces", ("periods", _EVERY, "made_of", _EVERY), "provinces", _PROVINCE),
    _Reference("provinces", ("periods", _EVERY, "document"), "records", _DOCUMENT),
    _Reference("body_kinds", ("parent",), "body_kinds", _KIND),
    _Reference("body_kinds", ("succession", "successors", _EVERY), "bodies", _BODY),
    _Reference("body_kinds", ("succession", "document"), "records", _DOCUMENT),
    _Reference("local_bodies", ("kind",), "body_kinds", _KIND),
    _Reference("local_bodies", ("province",), "provinces", _PROVINCE),
    _Reference("local_bodies", ("succession", "successors", _EVERY), "bodies", _BODY),
    _Reference("local_bodies", ("succession", "document"), "records", _DOCUMENT),
    _Reference("outlets", ("province",), "provinces", _PROVINCE),
    _Reference("themes", ("related", _EVERY), "themes", "chủ đề"),
    _Reference("records", ("type",), "document_types", _TYPE),
    _Reference("records", ("issuer",), "full_bodies", _BODY),
    _Reference("records", ("province",), "provinces", _PROVINCE),
    _Reference("records", ("relations", _EVERY, "relation"), "relations", "quan hệ"),
    _Reference("records", ("relations", _EVERY, "target"), "records", _DOCUMENT),
)


def check_references(entries: Iterable[RawEntry], unreadable: Container[str] = ()) -> list[Problem]:
    """Return a problem for each id that names nothing, and for each bad pattern.

    Faulty entries count as existing, so that one fault is told once; for the same reason ids of the
    fields in ``unreadable`` are not looked up.
    """
    entries = list(entries)
    known: dict[str, set[str]] = {}
    for entry in entries:
        known.setdefault(entry.field, set()).add(entry.key)
    known["full_bodies"] = set(_body_ids(entries))
    known["bodies"] = known["full_bodies"] | known.get("body_kinds", set())
    problems: list[Problem] = []
    for entry in entries:
        for reference in _REFERENCES:
            depends = _DEPENDS.get(reference.target, (reference.target,))
            if reference.field == entry.field and not any(name in unreadable for name in depends):
                problems += _check(entry, reference, known.get(reference.target, set()))
        problems += _check_pattern(entry)
    return problems


def _check(entry: RawEntry, reference: _Reference, known: set[str]) -> Iterator[Problem]:
    """Look up the ids at one place. Values that cannot be ids are plain words, or told of by the schema."""
    for place, value in _values(entry.data, reference.place):
        if value in known or not _ID.match(value):
            continue
        message = f"không có {reference.what} mang mã {quoted(value)}"
        if reference.target == "records" and reference.field != "records":
            remedy = f"Thêm hồ sơ của văn bản này vào sources/documents/; trang tạm ghi mã {quoted(value)}"
            yield Problem(entry.path, entry.line(*place), message, remedy, Severity.WARNING)
            continue
        alike = {word for word in known if word[:3] == value[:3]}
        yield Problem(entry.path, entry.line(*place), message, choose(value, alike or known))


def _body_ids(entries: Iterable[RawEntry]) -> Iterator[str]:
    """Yield the ids of all bodies that kinds and provinces can form: slugs of their full names with place."""
    places = {slug(place) for entry in entries if entry.field == "provinces" for place in _place_names(entry.data)}
    for entry in entries:
        if entry.field != "body_kinds":
            continue
        for name in (entry.data.get("name"), entry.data.get("city_name")):
            pattern = slug(name.replace("{place}", _TOKEN)) if isinstance(name, str) else ""
            if _TOKEN not in pattern:
                yield pattern
                continue
            for place in places:
                yield pattern.replace(_TOKEN, place).replace("thanh-pho-thanh-pho", "thanh-pho")


def _place_names(province: Mapping[str, Plain]) -> Iterator[str]:
    """Yield the forms of a province's name that stand in names of bodies."""
    name, others = province.get("name"), province.get("names")
    if isinstance(name, str):
        yield name
        if isinstance(others, list) and f"Thành phố {name}" in others:
            yield f"Thành phố {name}"


def _values(data: Plain | Mapping[str, Plain], place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the words at ``place`` with their locations."""
    if not place:
        if isinstance(data, str):
            yield (), data
        return
    for name, part in _parts(data, place[0]):
        for rest, value in _values(part, place[1:]):
            yield (name, *rest), value


def _parts(data: Plain | Mapping[str, Plain], name: str) -> Iterator[tuple[str, Plain]]:
    if isinstance(data, list) and name == _EVERY:
        yield from ((str(number), item) for number, item in enumerate(data))
    elif isinstance(data, Mapping):
        if name == _EVERY_KEY:
            yield from ((key, key) for key in data)
        elif name == _EVERY:
            yield from data.items()
        elif name in data:
            yield name, data[name]


def _check_pattern(entry: RawEntry) -> Iterator[Problem]:
    """Tell of a regular expression that cannot be compiled."""
    pattern = entry.data.get("pattern")
    if entry.field != "noise" or not isinstance(pattern, str):
        return
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        message = f"mẫu {quoted(pattern)} không phải biểu thức chính quy hợp lệ ({error})"
        yield Problem(entry.path, entry.line("pattern"), message, "Sửa dấu ngoặc hoặc dấu lặp trong mẫu")


def check_homes(entries: Iterable[RawEntry]) -> Iterator[Problem]:
    """Tell of records of documents that stand in another province's file."""
    entries = list(entries)
    provinces = {entry.key for entry in entries if entry.field == "provinces"}
    for entry in entries:
        home, province = PurePosixPath(entry.path).stem, entry.data.get("province") or NATIONAL
        if entry.field == "records" and province != home and (province == NATIONAL or province in provinces):
            message = f"văn bản của {quoted(province)} đặt trong tệp của {quoted(home)}"
            remedy = f"Chuyển sang documents/{province}.yml hoặc sửa khóa “province”"
            yield Problem(entry.path, entry.line("province"), message, remedy)
