"""What a person says of an article, in words people use, turned into the values of its front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..core.dates import WRITTEN_DAY, PartialDate
from ..core.errors import Problem
from ..core.text import fold, nfc, one_line, slug, strip_marks
from ..core.web_links import clean_link, host_of
from ..sources.articles.front_matter import FrontMatter, is_web_address
from ..sources.diagnosis import choose, date_fault, nearest, quoted
from ..sources.text_files import NATIONAL_FOLDER
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.names import outlet_of_host


@dataclass(frozen=True, slots=True)
class Question:
    """``ask`` is a Vietnamese question with its mark, ``do`` a sentence without full stop.

    ``key`` is the front-matter key that the answer belongs to; ``must``: without it the article cannot be published."""

    ask: str
    do: str
    key: str | None = None
    must: bool = False


_RANK = re.compile(r"(?:tinh|thanh pho|tp\.?)\s{0,3}")
_ONLINE = re.compile(r"(?:dien tu|online)\Z")
_NATIONAL = {"trunguong", "canuoc", "toanquoc", "bainoivecanuoc"}
_AROUND_DATE = re.compile(
    r"(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\snhật)\s?,?\s|\d{1,2}(?::|h|giờ\s?)\d{2}(?::\d{2})?|\(?gmt\s?\+\s?7\)?"
)
_DAY = re.compile(rf"(?:ngày\s?)?{WRITTEN_DAY}")
_MONTH = re.compile(r"(?:tháng\s?)?(\d{1,2})\s?(?:[/.-]|,?\s?năm)\s?(\d{4})")
_YEAR = re.compile(r"(?:năm\s?)?(\d{4})")


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of an article; None for what they leave open.

    ``outlet`` is an id, a name or a web host; ``province`` an id or a name, old ones too, or "trung ương";
    ``published`` as people write dates. ``digest``: the text is a digest in the person's own words."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    province: str | None = None
    url: str | None = None
    rights: str | None = None
    digest: bool = False


@dataclass(slots=True)
class Known:
    """The values that a person's words stand for. ``national``: they say that it concerns the whole country."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: PartialDate | None = None
    province: str | None = None
    national: bool = False
    url: str | None = None
    rights: str | None = None
    problems: list[Problem] = field(default_factory=list)


def resolve_given(given: Given, vocabulary: Vocabulary, path: str) -> Known:
    """Return the values of ``given``; what cannot be understood is told as problems of ``path``."""
    known = Known(title=_line(given.title), author=_line(given.author))
    faults: list[tuple[str, str]] = []
    if words := _line(given.outlet):
        known.outlet = find_outlet(words, vocabulary)
        faults += [] if known.outlet else [_no_outlet(words, vocabulary)]
    if words := _line(given.province):
        found = find_province_named(words, vocabulary)
        known.national, known.province = found == NATIONAL_FOLDER, found if found != NATIONAL_FOLDER else None
        faults += [] if found else [_no_province(words, vocabulary)]
    if words := _line(given.published):
        known.published = read_date(words)
        faults += [] if known.published else [_with_key("ngày đăng", *date_fault(words))]
    if words := _line(given.url):
        known.url = clean_link(words) if is_web_address(words) else None
        faults += [] if known.url else [_no_address(words)]
    if words := _line(given.rights):
        known.rights = slug(words) if slug(words) in _grounds() else None
        faults += [] if known.rights else [(f"không có loại quyền {quoted(words)}", choose(words, _grounds()))]
    known.problems = [Problem(path, 1, message, remedy) for message, remedy in faults]
    return known


def find_outlet(words: str, vocabulary: Vocabulary) -> str | None:
    """Return the outlet that an id, a name, a mark or a web address stands for; None unless it is exactly one."""
    if words in vocabulary.outlets:
        return words
    if host := host_of(words):
        return outlet_of_host(host, vocabulary)
    wanted = _key(words)
    names: dict[str, set[str]] = {}
    for outlet in vocabulary.outlets.values():
        for name in (outlet.id, outlet.name, *outlet.marks):
            names.setdefault(_key(name), set()).add(outlet.id)
    found = names.get(wanted, set())
    return next(iter(found)) if len(found) == 1 else None


def find_province_named(words: str, vocabulary: Vocabulary) -> str | None:
    """Return the province that an id or a name stands for; ``trung-uong`` for the whole country."""
    if words in vocabulary.provinces:
        return words
    if _key(words) in _NATIONAL:
        return NATIONAL_FOLDER
    found = {identity for name, identity in _province_names(vocabulary) if _place_key(name) == _place_key(words)}
    return found.pop() if len(found) == 1 else None


def read_date(words: str) -> PartialDate | None:
    """Return the date that people write: 07/09/2023, ngày 7-9-2023, tháng 9/2023, 2023, 2023-09-07."""
    bare = " ".join(_AROUND_DATE.sub(" ", fold(nfc(words))).split()).strip(" ,-|")
    try:
        return PartialDate.parse(bare)
    except ValueError:
        pass
    for pattern in (_DAY, _MONTH, _YEAR):
        if match := pattern.fullmatch(bare):
            return _date(*(int(number) for number in reversed(match.groups())))
    return None


def _date(year: int, month: int = 0, day: int = 0) -> PartialDate | None:
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None


def _line(words: str | None) -> str | None:
    """Return words on one line, without characters that cannot be seen; None if nothing is left."""
    return one_line(words or "") or None


def _key(words: str) -> str:
    bare = _ONLINE.sub("", " ".join(strip_marks(words).split()))
    return "".join(c for c in bare if c.isalnum())


def _place_key(words: str) -> str:
    bare = " ".join(strip_marks(words).split())
    return "".join(c for c in _RANK.sub("", bare, count=1) if c.isalnum())


def _province_names(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    for province in vocabulary.provinces.values():
        for name in (province.id, province.name, *province.names):
            yield name, province.id


def _grounds() -> list[str]:
    """Return the values that ``rights`` may have."""
    return sorted(getattr(FrontMatter.model_fields["rights"].annotation, "__args__", ()))


def _with_key(name: str, message: str, remedy: str) -> tuple[str, str]:
    return f"{name}: {message}", remedy


def _no_outlet(words: str, vocabulary: Vocabulary) -> tuple[str, str]:
    file = "danh mục outlets.yml"
    if host := host_of(words):
        return f"trang {quoted(host)} chưa có trong {file}", "Thêm một mục cho trang này vào outlets.yml rồi làm lại"
    names = {name: o.id for o in vocabulary.outlets.values() for name in (o.id, o.name)}
    remedy = _nearest_named(words, names, {o.id: o.name for o in vocabulary.outlets.values()})
    return f"không có báo hay trang nào tên {quoted(words)} trong {file}", remedy


def _no_province(words: str, vocabulary: Vocabulary) -> tuple[str, str]:
    names = {p.id: p.name for p in vocabulary.provinces.values()}
    message = f"không có tỉnh, thành phố nào tên {quoted(words)} trong danh mục provinces.yml"
    return message, _nearest_named(words, dict(_province_names(vocabulary)), names)


def _nearest_named(words: str, ids: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Return the remedy for an unknown name: the nearest known one with its id."""
    near = nearest(words, ids)
    if near is None:
        return "Viết tên hoặc mã có trong danh mục, hoặc thêm mục mới vào danh mục trước"
    return f"Có lẽ là {quoted(names[ids[near]])} (mã {ids[near]})"


def _no_address(words: str) -> tuple[str, str]:
    message = f"địa chỉ {quoted(words)} không phải địa chỉ trang mạng"
    if is_web_address(f"https://{words}"):
        return message, f"Viết đầy đủ: https://{words}"
    return message, "Chép cả địa chỉ, bắt đầu bằng https:// hoặc http://"
