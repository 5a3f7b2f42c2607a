"""Find the province an article is about, and where it comes from: the paper, portal or office that made it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..core.models import BodyMention, NoiseKind, Scan
from ..core.text import strip_marks
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.notation import expand
from .bodies.forms import CITY, PLACE, build_level_tree, build_place_tree, level_of
from .spans import Spans, noise_spans
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


class PublisherProvinceFinder:
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


LEAD = 500
"""What stands in the first so many letters counts more: a news text names its place there."""
LEAD_FACTOR = 3.0
BODY, IN_POST, WITH_LEVEL, BARE = 3.0, 1.5, 2.0, 1.0
"""What a province counts by a body of its own, a post in one, ``tỉnh X``, and ``X`` alone."""
ENOUGH, ENOUGH_LOCAL, AHEAD = 4.0, 2.0, 1.6
"""A text without a local outlet is about a province with this score (the lower one if it speaks of ``Tỉnh ủy``
without saying which), so many times ahead of the next."""
MUCH_AHEAD = 3.0
"""How far ahead another province must be to be the subject of a text in a local outlet."""
_HERE = re.compile(
    r"(?<!\w)(?:[Tt]rong|[Tt]oàn|[Cc]ủa|[Đđ]ịa bàn|[Cc]ho|[Cc]ấp|[Ll]ãnh đạo) (?:tỉnh|thành phố)"
    r"(?! ?,? ?(?:thành phố|tỉnh|khác|bạn|lân cận|nào|ủy)|\s+[^\W\d_a-zà-ỹđ])(?!\w)"
)
"""How a text speaks of its own province without naming it."""
_DISTRICT = frozenset("huyện quận phường xã thị tx thôn".split())
_PERSONS = frozenset(("ho-chi-minh",))
"""Provinces whose bare name is first of all a person's."""


def find_province(
    scan: Scan, bodies: list[BodyMention], vocabulary: Vocabulary, outlet_province: str | None
) -> str | None:
    """Return the province the text is about, or None for a national text or one of many provinces.

    ``outlet_province`` is the home of the newspaper or portal, as its mark or address shows it. The result
    is a name that stands in the text or the outlet's home; its form at the time is settled later.
    """
    scores = _scores(scan, bodies, vocabulary)
    local = [b for b in bodies if b.ref.place is None and PLACE in vocabulary.body_kinds[b.ref.kind].name]
    home = outlet_province or PublisherProvinceFinder(vocabulary).find(scan)
    if home is not None:
        return _beside_home(home, scores, _Own(scan, bodies, local))
    return _clear_best(scores, ENOUGH_LOCAL if local else ENOUGH)


class _Own:
    """What in a text speaks of the province it comes from, without naming it."""

    def __init__(self, scan: Scan, bodies: list[BodyMention], local: list[BodyMention]) -> None:
        self.worth = sum(IN_POST if body.title_only else BODY for body in local)
        self.worth += BARE if _HERE.search(scan.view) else 0.0
        self.national = any(not body.title_only for body in bodies)
        end = scan.view.find("\n", scan.paragraphs[0].start) if scan.paragraphs else 0
        self.in_title = {b.ref.place for b in bodies if b.ref.place and b.start < end}


def _beside_home(home: str, scores: dict[str, float], own: _Own) -> str | None:
    """Return the subject of a text in a local outlet: its home, unless the text is plainly of elsewhere."""
    others = {province: score for province, score in scores.items() if province != home}
    best = _clear_best(others, ENOUGH)
    ratio = MUCH_AHEAD if home in scores or best not in own.in_title else AHEAD
    for_home = scores.get(home, 0.0) + own.worth
    if max([0.0, *others.values()]) >= ENOUGH and max(others.values()) > ratio * for_home:
        return best
    return None if for_home == 0 and own.national else home


def _clear_best(scores: dict[str, float], enough: float) -> str | None:
    """Return the province with the highest score, if that is enough and clearly ahead."""
    ranked = [*sorted(scores.values(), reverse=True), 0.0, 0.0]
    best = max(scores, key=lambda province: (scores[province], province)) if scores else None
    return best if ranked[0] >= enough and ranked[0] >= AHEAD * ranked[1] else None


def level_shown(mention: BodyMention) -> str | None:
    """Return ``tinh`` or ``thanh-pho`` if the words of a body show it: ``Thành ủy`` is no body of a tỉnh.

    Where the article's province is a tỉnh, a body without place that shows ``thanh-pho`` is one of a town.
    """
    return level_of(mention.text)


def _scores(scan: Scan, bodies: list[BodyMention], vocabulary: Vocabulary) -> dict[str, float]:
    scores: dict[str, float] = defaultdict(float)
    lead = _lead_end(scan)
    for body in bodies:
        if body.ref.place is not None:
            worth = IN_POST if body.title_only else BODY
            scores[body.ref.place] += worth * (LEAD_FACTOR if body.start < lead else 1.0)
    named = Spans((body.start, body.end) for body in bodies)
    noise = noise_spans(scan, NoiseKind.PLAYER, NoiseKind.TEASER, NoiseKind.BYLINE)
    for start, province, worth in _named_places(scan, vocabulary):
        if start not in named and start not in noise:
            scores[province] += worth * (LEAD_FACTOR if start < lead else 1.0)
    return dict(scores)


def _lead_end(scan: Scan) -> int:
    """Return where the lead ends: so many letters after the first paragraph begins."""
    return (scan.paragraphs[0].start if scan.paragraphs else 0) + LEAD


def _named_places(scan: Scan, vocabulary: Vocabulary) -> Iterator[tuple[int, str, float]]:
    """Yield start, province and worth of each place name that is not part of a longer name."""
    tree, levels = build_place_tree(vocabulary), build_level_tree()
    words, at = split_words(scan.folded), 0
    while at < len(words):
        found = tree.longest(words, at) if scan.view[words[at].start].isupper() else None
        if found is None:
            at += 1
            continue
        end, province = found
        level = _level_before(levels, words, at)
        if level or _stands_alone(scan, words, at, end, province):
            town = level == CITY and not _was_city(vocabulary, province)
            known = (level or _after_district(words, at, scan)) and not town
            yield words[at].start, province, WITH_LEVEL if known else BARE
        at = end


def _was_city(vocabulary: Vocabulary, province: str) -> bool:
    """Tell whether ``thành phố X`` can be the province itself; else it is the town of that name in it."""
    return any(period.kind == CITY for period in vocabulary.provinces[province].periods)


def _after_district(words: list[Word], at: int, scan: Scan) -> bool:
    """Tell whether a district stands before a province's name: ``huyện Phú Lộc, Thừa Thiên Huế``, ``xã A (Sơn La)``."""
    joined = words[at].gap == "," or scan.view[words[at].start - 1 : words[at].start] == "("
    return joined and any(word.text in _DISTRICT for word in words[max(0, at - 5) : at])


def _level_before(levels: WordTree[str], words: list[Word], at: int) -> str | None:
    """Return the level that the words right before a place name give it: ``tỉnh``, ``TP.``."""
    if words[at].gap not in " \n.":
        return None
    for begin in (at - 2, at - 1):
        found = levels.longest(words, begin) if begin >= 0 else None
        if found is not None and found[0] == at:
            return None if begin > 0 and words[begin - 1].text == "các" else found[1]
    return CITY if words[at].text.startswith("tp") else None


def _stands_alone(scan: Scan, words: list[Word], at: int, end: int, province: str) -> bool:
    """Tell whether a name without level stands between small words: ``ở Thái Bình``, not ``Lê Thái Bình``."""
    if province in _PERSONS and "hcm" not in (word.text for word in words[at:end]):
        return False
    before = at > 0 and words[at].gap == " " and scan.view[words[at - 1].start].isupper()
    after = end < len(words) and words[end].gap == " " and scan.view[words[end].start].isupper()
    shouted = scan.view[words[at].start : words[end - 1].end].isupper()
    return shouted or not (before or after)
