"""Names of issuers that the vocabulary does not hold: committees of districts and communes, steering committees.

``shared_by`` of ``issuer-codes.yml`` gives the first part of such names; what follows is read here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..text import Folded, fold
from ..vocabulary import Vocabulary
from ..vocabulary.notation import expand
from .word_tree import REST

_ORGAN = (
    r"(?:(?:ban thường vụ|btv|thường vụ|thường trực|ban chấp hành|bch|phó chủ tịch|chủ tịch|phó bí thư|bí thư"
    r"|trưởng ban|phó trưởng ban)\s{1,2}){0,2}"
)
_NEXT = re.compile(r"(?P<gap>[^\S\n]{1,2}|,[^\S\n]{1,2}|\.[^\S\n]?|[^\S\n]?[-/&][^\S\n]?)(?P<word>[^\W_]{1,20})")
_RANKS = frozenset("huyện quận phường xã thị trấn thành phố tp tx đặc khu".split())
_STOPS = re.compile(
    r"(?:về|ban hành|ký|đã|đang|vừa|mới|sẽ|là|được|bị|do|tại|trong|với|nhằm|để|có|cho|khóa|nhiệm kỳ|từ|trên|theo|khi"
    r"|sau|trước|cũng|còn|phải|này|yêu cầu|tổ chức|triển khai|thực hiện|xây dựng|phối hợp|lãnh đạo|tiếp tục|giao"
    r"|đề nghị|quán triệt|đề ra|xác định|thông qua|phê duyệt|công bố|gửi|nêu|nhấn mạnh|quy định|hướng dẫn|kết luận"
    r"|chủ trì|tham mưu|trình|thống nhất|căn cứ)(?!\w)|(?:ngày|số|năm)(?=\s{0,2}:?\s{0,2}\d)"
)
_TASKS = frozenset("thực triển xây tổ".split())
"""A steering committee's name may begin with its task: "Ban Chỉ đạo thực hiện Quy chế dân chủ"."""
_SHORT = ((re.compile(r"\btp\b\.?", re.IGNORECASE), "thành phố"), (re.compile(r"\btx\b\.?", re.IGNORECASE), "thị xã"))
_LONGEST = 14


@dataclass(frozen=True, slots=True)
class IssuerName:
    """An issuer's name at ``start:end``. ``text`` is the name with its first part in full; ``codes`` are the
    symbols that such bodies sign with."""

    start: int
    end: int
    text: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Head:
    name: str
    long: bool
    short: bool
    codes: frozenset[str]


class IssuerNames:
    """Reads the names of issuers that share their codes."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._heads = _heads(vocabulary)
        longest = sorted(self._heads, key=len, reverse=True)
        words = "|".join(re.escape(head).replace(r"\ ", r"\s{1,2}") for head in longest) or r"(?!)"
        self._begin = re.compile(rf"(?<!\w){_ORGAN}(?P<head>{words})(?!\w)")
        entries = vocabulary.provinces.values()
        provinces = [name for p in entries for name in (p.name, *p.names)]
        cities = [n for p in entries if any(r.kind == "thanh-pho" for r in p.periods) for n in (p.name, *p.names)]
        self._province = re.compile(rf"(?:tỉnh\s{{1,2}})?(?:{_any(provinces)})(?!\w)")
        self._city = re.compile(rf"(?:(?:thành phố|tp)\.?\s{{0,2}})?(?:{_any(cities)})(?!\w)")

    def at(self, view: str, folded: Folded, position: int) -> IssuerName | None:
        """Return the name that begins at ``position``; None for a first part alone, and for a province's own body."""
        match = self._begin.match(folded, position)
        return self._read(view, folded, match) if match else None

    def last(self, view: str, folded: Folded, start: int, end: int) -> IssuerName | None:
        """Return the last name within ``start:end``."""
        names = (self._read(view, folded, match) for match in self._begin.finditer(folded, start, end))
        return max((n for n in names if n and n.end <= end), key=lambda n: n.start, default=None)

    def _read(self, view: str, folded: Folded, match: re.Match[str]) -> IssuerName | None:
        head = self._heads[Folded(" ".join(match["head"].split()))]
        if head.short and not view[match.start("head") : match.end("head")].isupper():
            return None
        begin = match.end() + 1
        if not head.long and (self._province.match(folded, begin) or self._city.match(folded, begin)):
            return None
        end = self._tail_end(view, folded, match.end(), head.long)
        tail = self._without_province(view[match.end() : end])
        if not tail or not (head.long or any(c.isupper() or c.isdigit() for c in tail)):
            return None
        return IssuerName(match.start("head"), end, f"{head.name} {tail}", head.codes)

    def _tail_end(self, view: str, folded: Folded, position: int, long: bool) -> int:
        """Return where a name ends: after the words of a place, or after those of a long name."""
        end, place, count = position, not long, 0
        while count < _LONGEST and (following := _NEXT.match(view, end)) is not None:
            word, lower = folded[following.start("word") : following.end()], view[following.start("word")].islower()
            if not count and long:
                place = word in _RANKS
            if not self._goes_on(folded, following, word, lower, place, count):
                break
            end, count = following.end(), count + 1
        return end

    @staticmethod
    def _goes_on(folded: Folded, following: re.Match[str], word: str, lower: bool, place: bool, count: int) -> bool:
        gap = following["gap"].strip()
        if gap == "." and not folded.endswith(("tp", "tx"), 0, following.start()):
            return False
        if place:
            return gap != "," and (not lower or (word in _RANKS and count < 3))
        if gap == "," and not lower:
            return False
        task = count == 0 and word in _TASKS
        return task or not (lower and _STOPS.match(folded, following.start("word")))

    def _without_province(self, tail: str) -> str:
        """Return a tail in one line, its province left out: that is the document's place."""
        words = " ".join(tail.split())
        for short, full in _SHORT:
            words = " ".join(short.sub(f"{full} ", words).split())
        folded = fold(words)
        for match in re.finditer(r"(?:\A|(?<=\s))(?:tỉnh|thành phố)(?:\s|\Z)", folded):
            rest = folded[match.end() :]
            if not rest or self._province.fullmatch(folded, match.end()):
                return words[: match.start()].rstrip(" ,-")
        return words.rstrip(" ,-")


def _heads(vocabulary: Vocabulary) -> dict[Folded, _Head]:
    """Return the first parts of names by their folded spellings."""
    heads: dict[Folded, _Head] = {}
    for code in vocabulary.issuer_codes.values():
        for form in code.shared_by:
            spellings = expand(form.removesuffix(REST).rstrip())
            for spelling in spellings:
                known = heads.get(fold(spelling))
                codes = frozenset({code.code}) | (known.codes if known else frozenset())
                heads[fold(spelling)] = _Head(spellings[0], form.endswith(REST), spelling.isupper(), codes)
    return heads


def _any(names: list[str]) -> str:
    return "|".join(re.escape(fold(name)).replace(r"\ ", r"\s{1,2}") for name in sorted(names, key=len)[::-1]) or "(?!)"
