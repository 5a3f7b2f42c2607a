"""Check that the ids which entries name do exist, and that records stand in the right file."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from ...core.errors import Severity
from ...core.text import slug
from ..diagnosis import Fault, choose, propose, quoted
from ..yaml import Plain
from .entries import RawEntry, likely_id, names_of
from .fields import IdOf, fields_of
from .schemas import DocumentRecord

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
NATIONAL = "trung-uong"
DRAFT_FILE = "nhap-"
"""What the name of a file of drafts begins with: records of any province may stand there until they are confirmed."""
_FORMING = ("body_kinds", "provinces")
_DEPENDS = {"bodies": _FORMING, "full_bodies": _FORMING}
_TOKEN = "zzplacezz"
WHOLE_FILE = ("*file",)
"""The location of a fault of the file that an entry stands in."""
TABLE_OF = {"bodies": "body_kinds"}
"""The table whose entries are meant, where it has another name: bodies are known by their kinds."""
_TARGETS = {
    "body_kinds": ("loại cơ quan", "vocabularies/bodies.yml"),
    "bodies": ("cơ quan", "vocabularies/bodies.yml"),
    "full_bodies": ("cơ quan", "vocabularies/bodies.yml"),
    "document_types": ("loại văn bản", "vocabularies/document-types.yml"),
    "provinces": ("tỉnh, thành phố", "vocabularies/provinces.yml"),
    "themes": ("chủ đề", "vocabularies/themes.yml"),
    "relations": ("quan hệ", "vocabularies/relations.yml"),
    "records": ("văn bản", "documents/"),
}
"""What an entry is called in problems, and where it stands."""
_EVERY, _EVERY_KEY = "*", "*keys"


@cache
def id_places(schema: type[BaseModel]) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return where in an entry ids stand, and of which table: ``*`` is every part, ``*keys`` every key."""
    found = []
    for key, info in fields_of(schema).items():
        found += [((key, *place), table) for place, table in _ids_in(info.annotation, info.metadata)]
    return tuple(found)


def _ids_in(annotation: Any, marks: Iterable[object] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    yield from (((), mark.table) for mark in marks if isinstance(mark, IdOf))
    origin, args = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from id_places(annotation)
    elif origin is Annotated:
        yield from _ids_in(args[0], args[1:])
    else:
        steps = {dict: (_EVERY_KEY, _EVERY), tuple: (_EVERY,)}.get(origin, ())
        for step, arg in zip_longest(steps, args):
            yield from (((step, *place) if step else place, table) for place, table in _ids_in(arg))


def referred_tables(entries: Iterable[RawEntry]) -> set[str]:
    """Return the tables whose entries are named by id in some entry."""
    places = ((entry, place, target) for entry in entries for place, target in id_places(entry.table.schema))
    named = {target for entry, place, target in places if any(True for _ in values_at(entry.data, place))}
    return {name for target in named for name in _DEPENDS.get(target, (target,))}


def check_references(entries: Iterable[RawEntry], unreadable: Container[str] = ()) -> list[tuple[RawEntry, Fault]]:
    """Return a fault for each id that names nothing.

    Faulty entries count as existing, so that one slip is told once; for the same reason ids of the
    fields in ``unreadable`` are not looked up, and an id that an entry should have by its name is told of there.
    """
    entries = list(entries)
    names: dict[str, dict[str, tuple[str, ...]]] = {}
    for entry in entries:
        names.setdefault(entry.field, {})[entry.key or likely_id(entry.data)] = names_of(entry.data)
    names["full_bodies"] = dict.fromkeys(_body_ids(entries), ())
    names["bodies"] = {**names["full_bodies"], **names.get("body_kinds", {})}
    drafted = {**names.get("records", {}), **names.get("drafts", {})}  # what a draft may relate to
    forming = [entry.data.get("name") for entry in entries if entry.field in _FORMING]
    formed = all(isinstance(name, str) and not {"{", "}"} & set(name.replace("{place}", "")) for name in forming)
    faults: dict[tuple[int, tuple[str, ...]], tuple[RawEntry, Fault]] = {}
    for entry in entries:
        for place, target in id_places(entry.table.schema):
            depends = _DEPENDS.get(target, (target,))
            if (formed or target not in _DEPENDS) and not any(name in unreadable for name in depends):
                known = drafted if entry.is_draft and target == "records" else names.get(target, {})
                for guilty, fault in _check(entry, place, target, known, entries):
                    faults.setdefault((id(guilty), fault.location), (guilty, fault))
    return list(faults.values())


def find_misnamed(entries: Iterable[RawEntry], table: str, right: str) -> tuple[RawEntry, Fault] | None:
    """Return the entry of ``table`` that should have the id ``right`` by its own values and has it with a slip of the
    pen, and the fault of its id."""
    for entry in entries:
        key, data = entry.key, entry.data
        if entry.field == table and key not in {"", right} and likely_id(data) == right and propose(right, {key: ()}):
            name = data.get("name") or data.get("number")
            message = f"mã {quoted(key)} không khớp với {quoted(name)} của mục, chỗ khác ghi mã {quoted(right)}"
            return entry, Fault(("id",), message, f"Sửa thành id: {right}")
    return None


def _check(
    entry: RawEntry, where: tuple[str, ...], target: str, names: Mapping[str, tuple[str, ...]], entries: list[RawEntry]
) -> Iterator[tuple[RawEntry, Fault]]:
    """Look up the ids at one place; free words are allowed where a document may be called by its name."""
    what, file = _TARGETS[target]
    loose = target == "records" and entry.table.schema is not DocumentRecord
    for place, value in values_at(entry.data, where):
        if value in names or (loose and not _ID.match(value)):
            continue
        if found := find_misnamed(entries, TABLE_OF.get(target, target), value):
            yield found
            continue
        message = f"không có {what} mang mã {quoted(value)}"
        if loose:
            remedy = f"Thêm hồ sơ của văn bản này vào sources/documents/; trang tạm ghi mã {quoted(value)}"
            yield entry, Fault(place, message, remedy, Severity.WARNING)
        else:
            own = f"{slug(value)}-{entry.data.get('province')}"
            remedy = choose(own, {own: ()}) if own in names else choose(value, names, f"sources/{file}")
            yield entry, Fault(place, message, remedy)


def _body_ids(entries: Iterable[RawEntry]) -> Iterator[str]:
    """Yield the ids of all bodies that kinds and provinces can form: slugs of their full names with place."""
    places: set[str] = set()
    for data in (entry.data for entry in entries if entry.field == "provinces"):
        name, others = data.get("name"), data.get("names")
        if isinstance(name, str):
            full = f"Thành phố {name}"
            places |= {slug(name), slug(full)} if isinstance(others, list) and full in others else {slug(name)}
    for data in (entry.data for entry in entries if entry.field == "body_kinds"):
        for name in (data.get("name"), data.get("city_name")):
            pattern = slug(name.replace("{place}", _TOKEN)) if isinstance(name, str) else ""
            found = places if _TOKEN in pattern else {""}
            yield from (pattern.replace(_TOKEN, p).replace("thanh-pho-thanh-pho", "thanh-pho") for p in found)


def values_at(data: Plain | Mapping[str, Plain], place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the words at ``place`` with their locations."""
    if not place:
        if isinstance(data, str):
            yield (), data
        return
    parts: Mapping[str, Plain] = data if isinstance(data, Mapping) else {}
    if isinstance(data, list) and place[0] == _EVERY:
        parts = {str(number): item for number, item in enumerate(data)}
    elif place[0] == _EVERY_KEY:
        parts = {key: key for key in parts}
    elif place[0] != _EVERY:
        parts = {place[0]: parts[place[0]]} if place[0] in parts else {}
    for name, part in parts.items():
        for rest, value in values_at(part, place[1:]):
            yield (name, *rest), value


def check_homes(entries: Iterable[RawEntry]) -> Iterator[tuple[RawEntry, Fault]]:
    """Tell of records of documents that stand in another province's file, and of files named after no province."""
    entries = list(entries)
    provinces = {entry.key: names_of(entry.data) for entry in entries if entry.field == "provinces"}
    strange: set[str] = set()
    for entry in entries:
        home, province = PurePosixPath(entry.path).stem, entry.data.get("province") or NATIONAL
        if not isinstance(province, str):
            continue  # told of as a value that is no text
        if entry.field != "records" or province == home or entry.path in strange:
            continue
        if home.startswith(DRAFT_FILE):
            strange.add(entry.path)
            message = f"mục {quoted(entry.key)} đã xác nhận mà còn nằm trong tệp nháp"
            remedy = f"Chuyển những mục đã xác nhận sang documents/{province}.yml"
            yield entry, Fault(("id",), message, remedy, Severity.WARNING)
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
                national = f"nếu là văn bản trung ương thì chuyển sang documents/{NATIONAL}.yml"
                remedy = f"Thêm dòng province: {home}; {national}"
            else:
                remedy = f"Chuyển sang documents/{province}.yml hoặc sửa khóa “province” thành {home}"
            if home == NATIONAL:
                remedy = f"Chuyển sang documents/{province}.yml, hoặc bỏ khóa “province” nếu là văn bản trung ương"
            yield entry, Fault(("province",), message, remedy)
