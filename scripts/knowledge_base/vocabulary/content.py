"""Check what the finders must be able to rely on: notation and patterns that work, no circles, periods in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ..text import slug
from ..yaml_source import Plain
from .faults import Fault, quoted
from .notation import MOST_FORMS, expand
from .patterns import check_pattern
from .raw import RawEntry

_SLOTS = ("{tỉnh}", "{Tỉnh ủy}", "{Trung ương}")
_SLOT = re.compile(r"\{[^{}]*\}?|\}")
_PHRASES = {
    "themes": ("include", "weak", "exclude"),
    "body_kinds": ("forms", "exclude"),
    "issuer_codes": ("shared_by",),
}
_ABBREVIATIONS = re.compile(r"[(|)A-ZĐ\s]*[A-ZĐ]{3}[(|)A-ZĐ\s]*\Z")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+\Z")


def check_content(entries: Iterable[RawEntry]) -> Iterator[tuple[RawEntry, Fault]]:
    """Yield every fault of the entries' own values that would keep the finders from working."""
    entries = list(entries)
    for entry in entries:
        yield from ((entry, fault) for fault in _own(entry))
    yield from _circles(entries, "body_kinds", "parent", "cơ quan cấp trên")
    yield from _circles(entries, "provinces", "successor", "tỉnh, thành phố kế tục")


def _own(entry: RawEntry) -> Iterator[Fault]:
    for name in _PHRASES.get(entry.field, ()):
        for place, words in texts(entry.data, name):
            yield from _check_phrase(entry.field, name, place, words)
    if entry.field == "body_kinds":
        yield from _check_places(entry.data)
    if entry.field == "noise" and isinstance(pattern := entry.data.get("pattern"), str):
        yield from check_pattern(pattern)
    if entry.field == "outlets":
        yield from _check_sites(entry.data)
    if entry.field == "provinces" and entry.key:
        yield from _check_province_id(entry)


def texts(data: Mapping[str, Plain], name: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the words in the list ``name`` with their locations."""
    items = data.get(name)
    for number, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, str):
            yield (name, str(number)), item


def _check_phrase(field: str, name: str, place: tuple[str, ...], words: str) -> Iterator[Fault]:
    for slot in _SLOT.findall(words):
        if field != "body_kinds" or slot not in _SLOTS:
            known = "" if field != "body_kinds" else f"; chỉ có {', '.join(_SLOTS)}"
            yield Fault(place, f"{quoted(words)}: không có ký hiệu {quoted(slot)}{known}", "Sửa hoặc bỏ phần ấy")
            return
    try:
        spellings = expand(words.removeprefix("~"))
    except ValueError:
        yield Fault(place, *_notation_fault(words))
        return
    shortest = min((len(spelling.replace("…", " ").split()) for spelling in spellings), default=0)
    if not shortest:
        yield Fault(place, f"{quoted(words)} có thể không còn chữ nào", "Để ít nhất một chữ ở ngoài dấu [ ]")
    elif field == "themes" and name == "include" and shortest < 2 and not _ABBREVIATIONS.match(words):
        message = f"cụm từ {quoted(words)} chỉ có một tiếng, bài nào cũng có thể có"
        yield Fault(place, message, "Viết cụm từ từ hai tiếng trở lên, hoặc chuyển xuống “weak”")


def _notation_fault(words: str) -> tuple[str, str]:
    for opens, closes in ("()", "[]"):
        more = words.count(opens) - words.count(closes)
        if more:
            lacking = closes if more > 0 else opens
            return f"{quoted(words)} thiếu dấu {lacking}", f"Thêm dấu {lacking} còn thiếu, hoặc bỏ dấu kia"
    if words.count("(") + words.count("[") and len(words) < 400:
        return f"{quoted(words)}: các dấu ngoặc lồng nhau sai thứ tự", "Đóng ngoặc trong trước ngoặc ngoài: (a|b [c])"
    return f"{quoted(words)} có hơn {MOST_FORMS} cách viết", "Tách thành vài dòng ngắn hơn"


def _check_places(data: Mapping[str, Plain]) -> Iterator[Fault]:
    """A full name may hold ``{place}`` and nothing else in braces; both forms of a name hold it, or none."""
    for name in ("name", "city_name"):
        value = data.get(name)
        if isinstance(value, str) and (strange := [slot for slot in _SLOT.findall(value) if slot != "{place}"]):
            yield Fault((name,), f"không có ký hiệu {quoted(strange[0])} trong tên", "Viết {place} ở chỗ của tên tỉnh")
    names = [value for value in (data.get("name"), data.get("city_name")) if isinstance(value, str)]
    strange = [slot for value in names for slot in _SLOT.findall(value) if slot != "{place}"]
    if len(names) == 2 and ("{place}" in names[0]) != ("{place}" in names[1]) and not strange:
        lacking = "name" if "{place}" not in names[0] else "city_name"
        yield Fault((lacking,), f"{quoted(lacking)} thiếu {{place}} (chỗ của tên tỉnh)", "Thêm {place} vào tên này")


def _check_sites(data: Mapping[str, Plain]) -> Iterator[Fault]:
    for place, site in texts(data, "sites"):
        if not _HOST.match(site):
            host = re.sub(r"^(?:[a-z]+://)?(?:www\.)?", "", site.strip().lower()).split("/")[0]
            remedy = f"Sửa thành {quoted(host)}" if _HOST.match(host) else "Viết dạng baonghean.vn"
            yield Fault(place, f"{quoted(site)} không phải tên miền", remedy)


def _check_province_id(entry: RawEntry) -> Iterator[Fault]:
    name = entry.data.get("name")
    if isinstance(name, str) and (right := slug(name)) and right != entry.key:
        message = f"mã {quoted(entry.key)} không khớp với tên {quoted(name)}"
        yield Fault(("id",), message, f"Sửa thành id: {right}, hoặc sửa tên", instead=right)


def _circles(entries: list[RawEntry], field: str, name: str, what: str) -> Iterator[tuple[RawEntry, Fault]]:
    """Tell of entries that lead back to themselves, once for each circle."""
    by_key = {entry.key: entry for entry in entries if entry.field == field}
    told: set[str] = set()
    for start, entry in by_key.items():
        path, at = [start], entry.data.get(name)
        while isinstance(at, str) and at in by_key and at not in path:
            path.append(at)
            at = by_key[at].data.get(name)
        if at != start or told & set(path) or (field == "provinces" and len(path) == 1):
            continue
        told |= set(path)
        message = f"{what} nối thành vòng: {' → '.join([*path, start])}"
        yield by_key[path[-1]], Fault((name,), message, f"Sửa hoặc bỏ khóa “{name}” ở một trong các mục ấy")
