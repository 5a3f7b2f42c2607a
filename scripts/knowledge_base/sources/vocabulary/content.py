"""Check what the finders must be able to rely on: notation and patterns that work, no circles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ...core.text import slug
from ..diagnosis import Fault, quoted
from ..yaml import Plain
from .entries import RawEntry
from .notation import MOST_FORMS, expand

_PLACE = ("pattern",)
_SAID = (
    ("unterminated subpattern", "thiếu dấu ) cho dấu ( ở chỗ đánh dấu", "Thêm dấu ), hoặc viết \\( nếu là chữ thường"),
    ("unbalanced parenthesis", "thừa dấu ) ở chỗ đánh dấu", "Bỏ dấu ấy, hoặc viết \\) nếu là chữ thường"),
    ("unterminated character", "thiếu dấu ] cho dấu [ ở chỗ đánh dấu", "Thêm dấu ], hoặc viết \\[ nếu là chữ thường"),
    ("nothing to repeat", "dấu lặp ở chỗ đánh dấu không đứng sau chữ nào", "Bỏ dấu ấy, hoặc viết \\ ngay trước nó"),
    ("multiple repeat", "hai dấu lặp liền nhau ở chỗ đánh dấu", "Bỏ một dấu"),
    ("bad escape", "dấu \\ ở chỗ đánh dấu không có nghĩa với chữ sau nó", "Bỏ dấu \\, hoặc viết \\\\"),
    ("bad character range", "khoảng chữ trong ngoặc vuông viết ngược", "Viết chữ đầu trước chữ cuối, ví dụ [a-z]"),
    ("min repeat greater", "số lần lặp ít nhất lớn hơn số lần nhiều nhất", "Viết số nhỏ trước: {1,3}"),
    ("unknown extension", "cụm (?… ở chỗ đánh dấu không có nghĩa", "Viết (?:…) cho nhóm thường"),
    ("look-behind requires", "phần (?<=…) hay (?<!…) phải dài cố định", "Viết lại phần ấy cho dài cố định"),
)
_MANY_TIMES = re.compile(r"[*+]|\{\d*,\}|\{(?:\d*,)?\d{2,}\}")
"""A repeat without limit, or of ten and more: inside another it may run for minutes. By hand, not measured."""

_ORDINARY = "tỉnh ủy yêu cầu cán bộ, đảng viên giữ kỷ luật."
"""What is no foreign line."""


def check_pattern(pattern: str) -> Iterator[Fault]:
    """Yield what is wrong with a pattern: at most one fault."""
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        said, at = str(getattr(error, "msg", error)), getattr(error, "pos", None)
        shown = quoted(pattern if at is None else f"{pattern[:at]}⟦{pattern[at : at + 1]}⟧{pattern[at + 1 :]}")
        usual = f"mẫu {shown} không phải biểu thức chính quy hợp lệ", "Sửa dấu ngoặc hoặc dấu lặp trong mẫu"
        known = (((f"mẫu {shown} sai: {message}"), remedy) for words, message, remedy in _SAID if words in said)
        yield Fault(_PLACE, *next(known, usual))
        return
    bare = re.sub(r"\[\^?\]?(?:\\.|[^\]\\])*\]", "x", re.sub(r"\\.", "x", pattern))  # sets and escapes as a letter
    if (nested := _nested(bare)) is not None:
        inner = "phần lặp khác" if _MANY_TIMES.search(nested[1:-2]) else "dấu |"
        message = f"mẫu {quoted(pattern)}: phần lặp {quoted(nested)} chứa {inner}, có thể chạy mãi không xong"
        yield Fault(_PLACE, message, "Bỏ một trong hai dấu lặp, hoặc ghi số lần cụ thể, ví dụ {0,3}")
    elif capitals := [char for char in bare if char != char.lower()]:
        message = f"mẫu có chữ hoa {quoted(capitals[0])}, mà dòng được dò đã chuyển về chữ thường"
        yield Fault(_PLACE, message, "Viết cả mẫu bằng chữ thường")
    elif re.search(pattern, _ORDINARY):
        message = f"mẫu {quoted(pattern)} khớp cả câu thường như “{_ORDINARY}”, sẽ bỏ mất chữ của bài"
        yield Fault(_PLACE, message, "Thêm vào mẫu những chữ chỉ dòng thừa mới có")


def _nested(bare: str) -> str | None:
    """Return the first group that is repeated without limit and holds an unlimited repeat, or a choice."""
    starts: list[int] = []
    for at, char in enumerate(bare):
        if char == "(":
            starts.append(at)
        elif char == ")" and starts:
            start = starts.pop()
            choice = "|" in bare[start:at]  # "(a|aa)+" reads the same letters in many ways
            if _MANY_TIMES.match(bare, at + 1) and (choice or _MANY_TIMES.search(bare, start + 1, at)):
                return bare[start : at + 2]
    return None


_LONG = 400
"""A line of so many letters is taken to have too many spellings rather than brackets in the wrong order."""

_SLOTS = ("{tỉnh}", "{Tỉnh ủy}", "{Trung ương}")
_SLOT = re.compile(r"\{[^{}]*\}?|\}")
_PHRASES = {
    "themes": ("include", "weak", "exclude"),
    "body_kinds": ("forms", "exclude"),
    "issuer_codes": ("shared_by",),
    "phrases": ("words", "exclude"),
}
_ABBREVIATIONS = re.compile(r"[(|)A-ZĐ\s]*[A-ZĐ]{3}[(|)A-ZĐ\s]*\Z")
_OWN_FOLDERS = {"themes", "provinces", "records", "body_kinds"}
"""Tables whose ids become folders of the site."""
_RESERVED = re.compile("con|prn|aux|nul|(?:com|lpt)[0-9]")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+\Z")


def check_content(entries: Iterable[RawEntry]) -> Iterator[tuple[RawEntry, Fault]]:
    """Yield every fault of the entries' own values that would keep the finders from working."""
    entries = list(entries)
    for entry in entries:
        yield from ((entry, fault) for fault in list(_blanks(entry.data)) or _own(entry))
    yield from _circles(entries, "body_kinds", "parent", "cơ quan cấp trên")
    yield from _circles(entries, "provinces", "successor", "tỉnh, thành phố kế tục")
    yield from _circles(entries, "relations", "part_of", "các quan hệ")
    yield from _taken(entries, "document_types", "rank")
    yield from _taken(entries, "themes", "order")


def _taken(entries: Iterable[RawEntry], field: str, name: str) -> Iterator[tuple[RawEntry, Fault]]:
    """Tell of a place in the order of a list that another entry has already: which comes first would be chance."""
    first: dict[str, str] = {}
    for entry in entries:
        value = entry.data.get(name)
        if entry.field != field or not isinstance(value, str) or entry.key == first.setdefault(value, entry.key):
            continue
        message = f"“{name}” {value} đã dùng ở mục {quoted(first[value])}"
        yield entry, Fault((name,), message, "Chọn số khác; mỗi mục một số")


def _blanks(data: Plain | Mapping[str, Plain], place: tuple[str, ...] = ()) -> Iterator[Fault]:
    """Tell of words without a letter or a figure, and of empty items of lists: a finder would find them everywhere, or
    nowhere."""
    if isinstance(data, list):
        for number, item in enumerate(data):
            if isinstance(item, str) and not item.strip():
                yield Fault((*place, str(number)), "mục trống trong danh sách", "Xóa mục ấy, hoặc viết chữ vào")
            yield from _blanks(item, (*place, str(number)))
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield from _blanks(value, (*place, key))
    elif data and data.strip() and place != _PLACE and not any(char.isalnum() for char in data):
        yield Fault(place, f"{quoted(data)} không có chữ hay số nào", "Viết chữ vào; không có gì để viết thì xóa")


def _reserved(entry: RawEntry) -> Iterator[Fault]:
    if entry.field in _OWN_FOLDERS and _RESERVED.fullmatch(entry.key):
        message = f"mã {quoted(entry.key)} là tên mà Windows giữ riêng, không tạo được thư mục"
        yield Fault(("id",), message, f"Đổi mã, ví dụ {entry.key}-2")


def _own(entry: RawEntry) -> Iterator[Fault]:
    yield from _reserved(entry)
    for name in _PHRASES.get(entry.field, ()):
        for place, words in texts(entry.data, name):
            yield from _check_phrase(entry.field, name, place, words)
    if entry.field == "themes":
        readings = entry.data.get("readings")
        asked = [
            (("readings", str(number), "ask"), ask)
            for number, reading in enumerate(readings if isinstance(readings, list) else ())
            if isinstance(reading, dict) and isinstance(ask := reading.get("ask"), str)
        ]
        for place, question in (*texts(entry.data, "questions"), *asked):
            yield from _check_question(place, question)
    if entry.field == "body_kinds":
        yield from _check_places(entry.data)
    if entry.field == "noise" and isinstance(pattern := entry.data.get("pattern"), str):
        yield from check_pattern(pattern)
    for place, site in texts(entry.data, "sites") if entry.field == "outlets" else ():
        if not _HOST.match(site):
            host = re.sub(r"^(?:[a-z]+://)?(?:www\.)?", "", site.strip().lower()).split("/")[0]
            remedy = f"Sửa thành {quoted(host)}" if _HOST.match(host) else "Viết dạng baonghean.vn"
            yield Fault(place, f"{quoted(site)} không phải tên miền", remedy)
    named = entry.data.get("name") if entry.field == "provinces" and entry.key else None
    if isinstance(named, str) and (right := slug(named)) and right != entry.key:
        message = f"mã {quoted(entry.key)} không khớp với tên {quoted(named)}"
        yield Fault(("id",), message, f"Sửa thành id: {right}, hoặc sửa tên")


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


def _check_question(place: tuple[str, ...], question: str) -> Iterator[Fault]:
    """A question of ours asks and states nothing; a number would be a statement without a source."""
    if not question.rstrip().endswith("?"):
        yield Fault(place, f"{quoted(question)} không kết thúc bằng dấu hỏi", "Viết lại thành câu hỏi")
    elif number := re.search(r"\d\S*", question):
        message = f"câu hỏi do kho soạn nêu con số {quoted(number[0])}, mà câu hỏi không có nguồn"
        yield Fault(place, message, "Bỏ con số, số hiệu ấy khỏi câu hỏi")


def _notation_fault(words: str) -> tuple[str, str]:
    for opens, closes in ("()", "[]"):
        more = words.count(opens) - words.count(closes)
        if more:
            lacking = closes if more > 0 else opens
            return f"{quoted(words)} thiếu dấu {lacking}", f"Thêm dấu {lacking} còn thiếu, hoặc bỏ dấu kia"
    if words.count("(") + words.count("[") and len(words) < _LONG:
        return f"{quoted(words)}: các dấu ngoặc lồng nhau sai thứ tự", "Đóng ngoặc trong trước ngoặc ngoài: (a|b [c])"
    return f"{quoted(words)} có hơn {MOST_FORMS} cách viết", "Tách thành vài dòng ngắn hơn"


def _check_places(data: Mapping[str, Plain]) -> Iterator[Fault]:
    """A full name may hold ``{place}`` and nothing else in braces; both forms of a name hold it, or none."""
    slots = {key: _SLOT.findall(value) for key in ("name", "city_name") if isinstance(value := data.get(key), str)}
    for key, found in slots.items():
        if strange := [slot for slot in found if slot != "{place}"]:
            yield Fault((key,), f"không có ký hiệu {quoted(strange[0])} trong tên", "Viết {place} ở chỗ của tên tỉnh")
    lacking = [key for key, found in slots.items() if "{place}" not in found]
    if len(slots) == 2 and len(lacking) == 1 and {slot for found in slots.values() for slot in found} == {"{place}"}:
        message = f"{quoted(lacking[0])} thiếu {{place}} (chỗ của tên tỉnh)"
        yield Fault((lacking[0],), message, "Thêm {place} vào tên này")


def _circles(entries: list[RawEntry], field: str, name: str, what: str) -> Iterator[tuple[RawEntry, Fault]]:
    """Tell of entries that lead back to themselves, once for each circle."""
    by_key = {entry.key: entry for entry in entries if entry.field == field}
    reported: set[str] = set()
    for start, entry in by_key.items():
        path, at = [start], entry.data.get(name)
        while isinstance(at, str) and at in by_key and at not in path:
            path.append(at)
            at = by_key[at].data.get(name)
        if at != start or reported & set(path) or (field == "provinces" and len(path) == 1):
            continue
        reported |= set(path)
        message = f"{what} nối thành vòng: {' → '.join([*path, start])}"
        yield by_key[path[-1]], Fault((name,), message, f"Sửa hoặc bỏ khóa “{name}” ở một trong các mục ấy")
