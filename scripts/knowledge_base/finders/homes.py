"""Find where a text comes from: the province of the paper, portal or office whose address or name stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..models import NoiseKind, Scan
from ..text import strip_marks
from ..vocabulary import Vocabulary
from ..vocabulary.notation import expand
from .body_forms import build_level_tree, build_place_tree
from .spans import noise_spans
from .word_tree import Word, WordTree, split_words

BEFORE = (
    "(?:e?bao|hoinhabao|kinhte|tinh|tp|thanhpho|tapchi|dai|ptth|dptth|rtv|cong|congtt|congthongtin|trang|ubnd|hdnd|vp|vanphong|dbqh|doandbqh|mttq|mattran"
    "|(?:tinh|thanh)(?:uy|doan)|dangbo|dang|cpv|btg|btgtu|btgdv|btc|bdv|bnc|ubkt|tuyengiao|noichinh|dangukhoi|duk"
    "|congan|ca|toaan|tand|vks|vksnd|thanhtra|hoi|hoinongdan|hoiphunu|ldld|congdoan|truongchinhtri|dichvucong|visit"
    "|so(?:noivu|tuphap|taichinh|congthuong|xaydung|yte|gddt|tnmt|nnmt|nnptnt|gtvt|tttt|khcn|khdt|ldtbxh|vhttdl)?)"
)
AFTER = "(?:[0-9]{1,4}h?|tv|rtv|online|city|portal|news|dientu|moi|ngaynay|info|cpv|dcs|media|today|toancanh)"
OFFICE = "s[a-z]{1,6}"
"""What may stand before and after a province's name in one label of a host; departments only under ``gov.vn``."""
_HOST = re.compile(
    r"(?<![\w@.-])(?:https?://)?(?P<host>[a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,30}){1,4})(?P<path>/[\w./%-]{0,300})?(?![\w@])",
    re.IGNORECASE,
)
_SHARED = frozenset("vn gov com org net edu info www".split())
_CITY_HOSTS = {"ho-chi-minh": ("tphcm", "hcmcity", "hochiminhcity", "tphochiminh")}
"""A name that is also a person's is known only by these forms."""
_NAMED = (
    "báo [điện tử]",
    "[báo và] đài (phát thanh [và|-] truyền hình|PT-TH|PTTH)",
    "báo và phát thanh, truyền hình",
    "(cổng|trang) (TTĐT|thông tin điện tử|thông tin) [Đảng bộ]",
)
"""What papers, stations and portals are called before the name of their province."""


class HomeFinder:
    """Recognises homes by host names and by the names of papers and portals."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._compact = {key: province for province, key in _host_names(vocabulary)}
        names = "|".join(sorted(self._compact, key=len, reverse=True)) or "(?!)"
        self._label = re.compile(rf"(?:{BEFORE})?(?P<name>{names})(?:{AFTER})?\Z")
        self._office = re.compile(rf"(?:{OFFICE})(?P<name>{names})\Z")
        self._path = re.compile(rf"/(?:(?:tinhuy|thanhuy|dangbo|ubnd|hdnd)?(?P<name>{names}))(?=/|\Z)")
        self._places = build_place_tree(vocabulary)
        self._levels = build_level_tree()
        self._named: WordTree[None] = WordTree("-")
        for name in (spelling for form in _NAMED for spelling in expand(form)):
            self._named.add(name, None)

    def find(self, scan: Scan) -> str | None:
        """Return the province of the text's own web address, else of the paper or portal it names; None if unsure."""
        teasers = noise_spans(scan, NoiseKind.TEASER)
        hosts = [m for m in _HOST.finditer(scan.view) if m.start() not in teasers]
        own = [m for m in hosts if _begins_line(scan.view, m.start())]
        for provinces in (self._of_hosts(own), self._of_hosts(hosts), self._of_names(scan)):
            if found := sorted(set(provinces)):
                return found[0] if len(found) == 1 else None
        return None

    def _of_hosts(self, hosts: Iterable[re.Match[str]]) -> Iterator[str]:
        for host in hosts:
            labels = host["host"].lower().split(".")
            official = labels[-2:] == ["gov", "vn"]
            found = [self._of_label(label, official) for label in labels if label not in _SHARED]
            path = self._path.match((host["path"] or "").lower())
            named = next((f for f in found if f), None) or (path and self._compact[path["name"]])
            if named:
                yield named

    def _of_label(self, label: str, official: bool) -> str | None:
        """Return the province whose name is in one label of a host, with known words around it."""
        label = label.replace("-", "")
        match = self._label.match(label) or (self._office.match(label) if official else None)
        return self._compact[match["name"]] if match else None

    def _of_names(self, scan: Scan) -> Iterator[str]:
        """Yield the provinces in ``Báo Nghệ An``, ``Cổng TTĐT tỉnh Nghệ An``."""
        words = split_words(scan.folded)
        for at in range(len(words)):
            if not scan.view[words[at].start].isupper():
                continue
            for end, _ in self._named.matches(words, at):
                if province := self._place(words, end, scan.view):
                    yield province

    def _place(self, words: list[Word], at: int, view: str) -> str | None:
        """Return the province in ``[tỉnh] Nghệ An`` at ``words[at]``."""
        level = self._levels.longest(words, at)
        begin = level[0] if level else at
        if begin >= len(words) or words[at].gap not in " \n" or not view[words[begin].start].isupper():
            return None
        found = self._places.longest(words, begin)
        return found[1] if found else None


def _host_names(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    for province, entry in vocabulary.provinces.items():
        names = _CITY_HOSTS.get(province) or tuple(_compact(name) for name in (entry.name, *entry.names))
        yield from ((province, name) for name in names if len(name) > 2)


def _compact(name: str) -> str:
    return re.sub(r"[^a-z]", "", strip_marks(name))


def _begins_line(view: str, at: int) -> bool:
    """Tell whether only a few marks stand before ``at`` in its line."""
    begin = view.rfind("\n", max(0, at - 40), at) + 1
    return (begin > 0 or at < 40) and not re.search(r"\w", view[begin:at].replace("Nguồn", ""))
