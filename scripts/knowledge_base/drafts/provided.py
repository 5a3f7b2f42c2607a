"""What a person says of an article, in words people use, as facts: the values of its front matter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from ..core.dates import WRITTEN_DAY, PartialDate
from ..core.errors import Problem
from ..core.models import ArticleFacts, FactSource
from ..core.text import fold, nfc, one_line, slug, strip_marks, verbose
from ..core.web_links import clean_link, host_of, is_web_address
from ..sources.articles.front_matter import FrontMatter
from ..sources.diagnosis import choose, date_fault, nearest, quoted
from ..sources.text_files import NATIONAL_FOLDER
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.names import outlet_of_host
from ..sources.vocabulary.schemas import Outlet, Province

Provided = Mapping[str, str | None]
"""What a person says, by keys of the front matter; None or nothing for what they leave open. ``outlet`` is an id, a
name or a web host; ``province`` an id or a name, old ones too, or "trung ương"; ``published`` as people write dates."""
_Fault = tuple[str, str]
_GROUNDS = sorted(getattr(FrontMatter.model_fields["rights"].annotation, "__args__", ()))
"""The values that ``rights`` may have."""
_RANK = re.compile(r"(?:tinh|thanh pho|tp\.?)\s{0,3}")
_ONLINE = re.compile(r"(?:dien tu|online)\Z")
_NATIONAL = {"trunguong", "canuoc", "toanquoc", "bainoivecanuoc"}
_AROUND_DATE = verbose(r"""(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\snhật)\s?,?\s   # day of the week
    |\d{1,2}(?::|h|giờ\s?)\d{2}(?::\d{2})?                          # time of day
    |\(?gmt\s?\+\s?7\)?                                             # time zone
    """)
_DATES = (
    re.compile(rf"(?:ngày\s?)?{WRITTEN_DAY}"),
    re.compile(r"(?:tháng\s?)?(\d{1,2})\s?(?:[/.-]|,?\s?năm)\s?(\d{4})"),
    re.compile(r"(?:năm\s?)?(\d{4})"),
)


def parse_provided(provided: Provided, vocabulary: Vocabulary, path: str) -> tuple[ArticleFacts, list[Problem]]:
    """Return the facts that a person's words stand for; what cannot be understood is told as problems of ``path``."""
    words = {key: line for key, said in provided.items() if (line := one_line(said or ""))}
    values: dict[str, object] = {key: words.get(key) for key in ("title", "author")}
    faults: list[_Fault] = []
    for key, (parse, describe_fault) in _PARSERS.items():
        if key in words:
            values[key] = parse(words[key], vocabulary)
            faults += [] if values[key] else [describe_fault(words[key], vocabulary)]
    if values.get("province") == NATIONAL_FOLDER:
        values |= {"province": None, "national": True}
    problems = [Problem(path, 1, message, remedy) for message, remedy in faults]
    return ArticleFacts.found(FactSource.PROVIDED, **values), problems


def find_outlet(words: str, vocabulary: Vocabulary) -> str | None:
    """Return the outlet that an id, a name, a mark or a web address stands for; None unless it is exactly one."""
    if words in vocabulary.outlets:
        return words
    if host := host_of(words):
        return outlet_of_host(host, vocabulary)
    outlets = vocabulary.outlets.values()
    return _only(o.id for o in outlets if _key(words) in map(_key, (o.id, o.name, *o.marks)))


def find_province_named(words: str, vocabulary: Vocabulary) -> str | None:
    """Return the province that an id or a name stands for; ``trung-uong`` for the whole country."""
    if words in vocabulary.provinces:
        return words
    if _key(words) in _NATIONAL:
        return NATIONAL_FOLDER
    return _only(p.id for name, p in _province_names(vocabulary) if _key(name, _RANK) == _key(words, _RANK))


def read_date(words: str) -> PartialDate | None:
    """Return the date that people write: 07/09/2023, ngày 7-9-2023, tháng 9/2023, 2023, 2023-09-07."""
    bare = " ".join(_AROUND_DATE.sub(" ", fold(nfc(words))).split()).strip(" ,-|")
    match = next(filter(None, (pattern.fullmatch(bare) for pattern in _DATES)), None)
    try:
        return PartialDate(*map(int, reversed(match.groups()))) if match else PartialDate.parse(bare)
    except ValueError:
        return None


def _only(found: Iterable[str]) -> str | None:
    """Return the one thing found; None if it is none or several."""
    different = set(found)
    return different.pop() if len(different) == 1 else None


def _key(words: str, left_out: re.Pattern[str] = _ONLINE) -> str:
    """Return a name without accents, spaces and marks, and without what may be ``left_out`` of it."""
    bare = left_out.sub("", " ".join(strip_marks(words).split()), count=1)
    return "".join(filter(str.isalnum, bare))


def _province_names(vocabulary: Vocabulary) -> Iterator[tuple[str, Province]]:
    for province in vocabulary.provinces.values():
        for name in (province.id, province.name, *province.names):
            yield name, province


# -- what cannot be understood ---------------------------------------------------------------------------


def _no_outlet(words: str, vocabulary: Vocabulary) -> _Fault:
    file = "danh mục outlets.yml"
    if host := host_of(words):
        return f"trang {quoted(host)} chưa có trong {file}", "Thêm một mục cho trang này vào outlets.yml rồi làm lại"
    outlets = {name: outlet for outlet in vocabulary.outlets.values() for name in (outlet.id, outlet.name)}
    return f"không có báo hay trang nào tên {quoted(words)} trong {file}", _nearest_named(words, outlets)


def _no_province(words: str, vocabulary: Vocabulary) -> _Fault:
    message = f"không có tỉnh, thành phố nào tên {quoted(words)} trong danh mục provinces.yml"
    return message, _nearest_named(words, dict(_province_names(vocabulary)))


def _nearest_named(words: str, entries: Mapping[str, Outlet] | Mapping[str, Province]) -> str:
    """Return the remedy for an unknown name: the nearest known one with its id."""
    near = nearest(words, entries)
    if near is None:
        return "Viết tên hoặc mã có trong danh mục, hoặc thêm mục mới vào danh mục trước"
    return f"Có lẽ là {quoted(entries[near].name)} (mã {entries[near].id})"


def _no_date(words: str, _: Vocabulary) -> _Fault:
    message, remedy = date_fault(words)
    return f"ngày đăng: {message}", remedy


def _no_address(words: str, _: Vocabulary) -> _Fault:
    message = f"địa chỉ {quoted(words)} không phải địa chỉ trang mạng"
    if is_web_address(f"https://{words}"):
        return message, f"Viết đầy đủ: https://{words}"
    return message, "Chép cả địa chỉ, bắt đầu bằng https:// hoặc http://"


_PARSERS: dict[str, tuple[Callable[[str, Vocabulary], object], Callable[[str, Vocabulary], _Fault]]] = {
    "outlet": (find_outlet, _no_outlet),
    "province": (find_province_named, _no_province),
    "published": (lambda words, _: read_date(words), _no_date),
    "url": (lambda words, _: clean_link(words) if is_web_address(words) else None, _no_address),
    "rights": (
        lambda words, _: slug(words) if slug(words) in _GROUNDS else None,
        lambda words, _: (f"không có loại quyền {quoted(words)}", choose(words, _GROUNDS)),
    ),
}
"""How each answer is read, and what is told where it cannot be, in the order of the problems."""
