"""Check that the ids which entries name do exist, and that records stand in the right file."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from ...core.errors import Severity
from ...core.text import slug
from ..diagnosis import Fault, choose, propose, quoted
from ..yaml import Plain
from .entries import RawEntry, likely_id, names_of

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
NATIONAL = "trung-uong"
_EVERY_KEY = "*keys"
_EVERY = "*"


@dataclass(frozen=True, slots=True)
class _Reference:
    """In entries of ``field``, the value at ``place`` is the id of a ``target`` (called ``what`` in problems)."""

    field: str
    place: tuple[str, ...]
    target: str
    what: str


_KIND, _PROVINCE, _TYPE, _DOCUMENT = "loại cơ quan", "tỉnh, thành phố", "loại văn bản", "văn bản"
_BODY = "cơ quan"
_FORMING = ("body_kinds", "provinces")
_DEPENDS = {"bodies": _FORMING, "full_bodies": _FORMING}
_TOKEN = "zzplacezz"
WHOLE_FILE = ("*file",)
"""The location of a fault of the file that an entry stands in."""
_BODIES = "sources/vocabularies/bodies.yml"
_CATALOGUES = {
    "body_kinds": _BODIES,
    "bodies": _BODIES,
    "full_bodies": _BODIES,
    "document_types": "sources/vocabularies/document-types.yml",
    "provinces": "sources/vocabularies/provinces.yml",
    "themes": "sources/vocabularies/themes.yml",
    "relations": "sources/vocabularies/relations.yml",
    "records": "sources/documents/",
}
_REFERENCES = (
    _Reference("document_types", ("provincial_issuers", _EVERY), "body_kinds", _KIND),
    _Reference("issuer_codes", ("bodies", _EVERY), "body_kinds", _KIND),
    _Reference("issuer_codes", ("default",), "body_kinds", _KIND),
    _Reference("issuer_codes", ("by_type", _EVERY_KEY), "document_types", _TYPE),
    _Reference("issuer_codes", ("by_type", _EVERY), "body_kinds", _KIND),
    _Reference("issuer_codes", ("only_issuer_of", _EVERY), "document_types", _TYPE),
    _Reference("issuer_codes", ("never_issues", _EVERY), "document_types", _TYPE),
    _Reference("issuer_codes", ("two_series", _EVERY), "document_types", _TYPE),
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


def id_places(field: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the places of a field's entries where an id of a table stands: ``*`` is every part, ``*keys`` every key."""
    for reference in _REFERENCES:
        if reference.field == field:
            target = "body_kinds" if reference.target == "bodies" else reference.target
            yield reference.place, target


def referred_tables(entries: Iterable[RawEntry]) -> set[str]:
    """Return the tables whose entries are named by id in some entry."""
    found: set[str] = set()
    for entry in entries:
        for reference in _REFERENCES:
            if reference.field == entry.field and next(values_at(entry.data, reference.place), None) is not None:
                found |= set(_DEPENDS.get(reference.target, (reference.target,)))
    return found


def check_references(entries: Iterable[RawEntry], unreadable: Container[str] = ()) -> list[tuple[RawEntry, Fault]]:
    """Return a fault for each id that names nothing.

    Faulty entries count as existing, so that one slip is told once; for the same reason ids of the
    fields in ``unreadable`` are not looked up, and an id that an entry should have by its name is told of there.
    """
    entries = list(entries)
    known = _Known(entries)
    formed = all(_is_sound(entry.data.get("name")) for entry in entries if entry.field in _FORMING)
    faults: dict[tuple[int, tuple[str, ...]], tuple[RawEntry, Fault]] = {}
    for entry in entries:
        for reference in _REFERENCES:
            depends = _DEPENDS.get(reference.target, (reference.target,))
            doubtful = (not formed and reference.target in _DEPENDS) or any(name in unreadable for name in depends)
            if reference.field == entry.field and not doubtful:
                for guilty, fault in _check(entry, reference, known):
                    faults.setdefault((id(guilty), fault.location), (guilty, fault))
    return list(faults.values())


def _is_sound(name: object) -> bool:
    """Tell whether ids of bodies can be formed with a name."""
    return isinstance(name, str) and not {"{", "}"} & set(name.replace("{place}", ""))


class _Known:
    """What the entries define: each field's ids with their other names, and entries by the id they should have."""

    def __init__(self, entries: list[RawEntry]) -> None:
        self.names: dict[str, dict[str, tuple[str, ...]]] = {}
        self.misnamed: dict[tuple[str, str], RawEntry] = {}
        for entry in entries:
            key = entry.key or likely_id(entry.data)
            self.names.setdefault(entry.field, {})[key] = names_of(entry.data)
            right = right_id(entry.key, entry.data) if entry.key else ""
            if right and right != entry.key:
                self.misnamed[entry.field, right] = entry
        self.names["full_bodies"] = dict.fromkeys(_body_ids(entries), ())
        self.names["bodies"] = {**self.names["full_bodies"], **self.names.get("body_kinds", {})}

    def of(self, field: str) -> dict[str, tuple[str, ...]]:
        return self.names.get(field, {})


def right_id(key: str, data: Mapping[str, Plain]) -> str:
    """Return the id that an entry should have by its own values, if its own is that with a slip of the pen; else ''."""
    wanted = likely_id(data)
    return wanted if wanted and propose(wanted, {key: ()}) else ""


def misnamed(key: str, data: Mapping[str, Plain], right: str) -> Fault:
    """Return the fault of an entry whose id is not the one that others know it by."""
    name = data.get("name") or data.get("number")
    message = f"mã {quoted(key)} không khớp với {quoted(name)} của mục, chỗ khác ghi mã {quoted(right)}"
    return Fault(("id",), message, f"Sửa thành id: {right}")


def _check(entry: RawEntry, reference: _Reference, known: _Known) -> Iterator[tuple[RawEntry, Fault]]:
    """Look up the ids at one place; free words are allowed where a document may be called by its name."""
    names = known.of(reference.target)
    for place, value in values_at(entry.data, reference.place):
        loose = reference.target == "records" and reference.field != "records"
        if value in names or (loose and not _ID.match(value)):
            continue
        table = "body_kinds" if reference.target == "bodies" else reference.target
        if (guilty := known.misnamed.get((table, value))) is not None:
            yield guilty, misnamed(guilty.key, guilty.data, value)
            continue
        message = f"không có {reference.what} mang mã {quoted(value)}"
        if loose:
            remedy = f"Thêm hồ sơ của văn bản này vào sources/documents/; trang tạm ghi mã {quoted(value)}"
            yield entry, Fault(place, message, remedy, Severity.WARNING)
        else:
            own = f"{slug(value)}-{entry.data.get('province')}"
            remedy = choose(own, {own: ()}) if own in names else choose(value, names, _CATALOGUES[reference.target])
            yield entry, Fault(place, message, remedy)


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


def values_at(data: Plain | Mapping[str, Plain], place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the words at ``place`` with their locations."""
    if not place:
        if isinstance(data, str):
            yield (), data
        return
    for name, part in _parts(data, place[0]):
        for rest, value in values_at(part, place[1:]):
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


def check_homes(entries: Iterable[RawEntry]) -> Iterator[tuple[RawEntry, Fault]]:
    """Tell of records of documents that stand in another province's file, and of files named after no province."""
    entries = list(entries)
    provinces = {entry.key: names_of(entry.data) for entry in entries if entry.field == "provinces"}
    strange: set[str] = set()
    for entry in entries:
        home, province = PurePosixPath(entry.path).stem, entry.data.get("province") or NATIONAL
        if entry.field != "records" or province == home or entry.path in strange:
            continue
        if home != NATIONAL and home not in provinces:
            strange.add(entry.path)
            near = [str(province)] if province in provinces else propose(home, provinces)
            name = f"{near[0]}.yml" if near else f"mã một tỉnh trong provinces.yml, hoặc {NATIONAL}.yml"
            message = f"tên tệp {quoted(home)} không phải mã của tỉnh, thành phố nào"
            yield entry, Fault(WHOLE_FILE, message, f"Đổi tên tệp thành {name}")
        elif province == NATIONAL or province in provinces:
            message = f"văn bản của {quoted(province)} đặt trong tệp của {quoted(home)}"
            if province == NATIONAL and "province" not in entry.data:
                message = f"văn bản đặt trong tệp của {quoted(home)} mà không có khóa “province”"
                remedy = (
                    f"Thêm dòng province: {home}; nếu là văn bản trung ương thì chuyển sang documents/{NATIONAL}.yml"
                )
            else:
                remedy = f"Chuyển sang documents/{province}.yml hoặc sửa khóa “province” thành {home}"
            if home == NATIONAL:
                remedy = f"Chuyển sang documents/{province}.yml, hoặc bỏ khóa “province” nếu là văn bản trung ương"
            yield entry, Fault(("province",), message, remedy)
