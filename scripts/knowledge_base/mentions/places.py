"""Find the province an article is about, and where it comes from: the paper, portal or office that made it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ..core.letterhead import find_place_date
from ..core.models import BodyMention, NoiseKind, Scan
from ..core.text import fold, strip_marks, verbose
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.phrases import PhraseList, pattern_of, start_pattern_of, words_of
from .bodies.reading import CITY, BodyReader, body_grammar
from .letterhead import read_head
from .lexicon import one_of
from .masthead import is_credit
from .word_tree import Spans, TextWords, WordTree, noise_spans, split_words

_HOST = re.compile(
    r"""(?<![\w@.-]) (?:https?://)?
        (?P<host> [a-z0-9-]{2,40}+ (?:\.[a-z0-9-]{2,30}){1,4} )
        (?P<path> /[\w./%-]{0,300} )?
        (?![\w@])""",
    re.IGNORECASE | re.VERBOSE,
)
_SHARED = frozenset("vn gov com org net edu info www".split())

LEAD = 500
"""What stands in the first so many letters counts more: a news text names its place there. No case or seed comes out
otherwise with 250 or 1,000."""
LEAD_FACTOR = 3.0
"""So many times more. Chosen by hand: with 2 or 4 about ten of the texts of cases and seeds come out otherwise."""
BODY, IN_POST, WITH_LEVEL, BARE = 3.0, 1.5, 2.0, 1.0
"""What a province counts by a body of its own, a post in one, ``tỉnh X``, and ``X`` alone. Chosen by hand: cases and
seeds come out the same with 2.5 to 4 for a body and 1.5 to 3 for a level; with 1 for a post six come out otherwise."""
ENOUGH, ENOUGH_LOCAL, AHEAD = 4.0, 2.0, 1.6
"""A text without a local outlet is about a province with this score (the lower one if it speaks of ``Tỉnh ủy``
without saying which), so many times ahead of the next. Chosen by hand: with 3 or 5 for the first six of the texts of
cases and seeds come out otherwise; ``AHEAD`` may be 1.4 to 1.8."""
NATIONAL = 1.75
"""A text without a local outlet whose central bodies count so many times what a province counts, its unnamed bodies
("UBND tỉnh") included, is national. On annotated texts those of a province reach 1.5, national ones begin at 2."""
MUCH_AHEAD = 3.0
"""How far ahead another province must be to be the subject of a text in a local outlet. Chosen by hand: with 2 or 4
three or four of these texts come out otherwise."""
SEVERAL = 3
"""So many provinces in a row share what is told of them; two may be neighbours of whom one is told."""
_IN_A_ROW = frozenset("và tỉnh các thành phố tp".split())
_AFTER_LEVEL = re.compile(r"(?<!\w)tỉnh(?: ủy)? (\w+(?: \w+)?)")
_DEPUTIES = frozenset({"doan-dai-bieu-quoc-hoi-tinh"})
_HERE = verbose(r"""
        (?<!\w)(?: [Tt]rong | [Tt]oàn | [Cc]ủa | [Đđ]ịa\ bàn | [Cc]ho | [Cc]ấp | [Ll]ãnh\ đạo )\ (?:tỉnh|thành\ phố)
        (?! \ ?,?\ ? (?: thành\ phố | tỉnh | khác | bạn | lân\ cận | nào | ủy )    # of others, or of many
          | \s+[^\W\d_a-zà-ỹđ] )                                                   # a capital: it is named
        (?!\w)""")
"""How a text speaks of its own province without naming it."""


class ProvinceFinder:
    """Finds where an article belongs, by the bodies and places it names, its outlet, and web addresses in it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._grammar = body_grammar(vocabulary)
        self._provinces = frozenset(vocabulary.provinces)
        known = [fold(name) for entry in vocabulary.provinces.values() for name in (entry.name, *entry.names)]
        self._begun = {" ".join(name.split()[:2]) for name in known}
        self._districts = frozenset(words_of(vocabulary, PhraseList.DISTRICTS))
        self._outlet_names = WordTree(((name, None) for name in words_of(vocabulary, PhraseList.OUTLET_NAMES)), "-")
        self._abroad = re.compile(rf"{start_pattern_of(vocabulary, PhraseList.ABROAD)}(?!\w)")
        self._persons = {province for province, entry in vocabulary.provinces.items() if entry.person}
        self._compact = {
            name: province
            for province, entry in vocabulary.provinces.items()
            for name in entry.web_names or map(_compact, (entry.name, *entry.names))
            if len(name) > 2
        }
        names = one_of(self._compact)
        before = pattern_of(vocabulary, PhraseList.HOST_BEGINNINGS)
        after = pattern_of(vocabulary, PhraseList.HOST_ENDS)
        self._label = re.compile(rf"(?:{before})?(?P<name>{names})(?:[0-9]{{1,4}}h?|{after})?\Z")
        # any department, "sxd" or "sogtvt", but only under gov.vn
        self._office = re.compile(rf"s[a-z]{{1,6}}(?P<name>{names})\Z")
        self._path = re.compile(rf"/(?:(?:tinhuy|thanhuy|dangbo|ubnd|hdnd)?(?P<name>{names}))(?=/|\Z)")

    def find(self, scan: Scan, bodies: Sequence[BodyMention], outlet_province: str | None) -> str | None:
        """Return the province the text is about, or None for a national text or one of many provinces.

        ``outlet_province`` is the province of the newspaper or portal, as its mark or address shows it. A text of a
        local outlet is about the outlet's province, unless it is plainly of elsewhere. The result is a name that
        stands in the text or the outlet's province; its form at the time is settled later."""
        if headed := self._letterhead(scan, bodies):
            return headed
        scores = self._scores(scan, bodies)
        national = self._national(scan, bodies)
        local = [b for b in bodies if b.ref.place is None and b.ref.kind in self._grammar.local]
        home = outlet_province or self.publisher_province(scan)
        if home is None:
            best = _clear_best(scores, ENOUGH_LOCAL if local else ENOUGH)
            own = scores[best] + sum(IN_POST if body.title_only else BODY for body in local) if best else 0.0
            is_local = own * NATIONAL > national or _opens_with(best, bodies, scan) or self._is_kicker(best, scan)
            is_its = best in self._provinces and is_local and not self._is_one_of_several(best, bodies, scan)
            return best if is_its else None
        unnamed = sum(IN_POST if body.title_only else BODY for body in local)
        named = home in scores
        for_home = scores.pop(home, 0.0) + unnamed + (BARE if _HERE.search(scan.view) else 0.0)
        highest, best = max([0.0, *scores.values()]), _clear_best(scores, ENOUGH)
        first_line = scan.view.find("\n", scan.paragraphs[0].start) if scan.paragraphs else 0
        in_title = best is not None and any(b.ref.place == best and b.start < first_line for b in bodies)
        if highest >= ENOUGH and highest > for_home * (AHEAD if in_title and not named else MUCH_AHEAD):
            return best if best in self._provinces else None
        return None if for_home == 0 and any(not body.title_only for body in bodies) else home

    def _letterhead(self, scan: Scan, bodies: Sequence[BodyMention]) -> str | None:
        """Return the province in whose letterhead an official text stands: that of its body in capitals above the
        number, else of the place before the day: "ỦY BAN NHÂN DÂN … Cà Mau, ngày 3 tháng 4 năm 2025"."""
        head = read_head(scan)
        if head.number is None:
            return None
        number = head.lines[head.number].start
        above = [b.ref for b in bodies if b.start < number and b.text.isupper()]
        if named := next((ref.place for ref in above if ref.place in self._provinces), None):
            return named
        if not any(ref.place is None and ref.kind in self._grammar.local for ref in above):
            return None
        dated = next(filter(None, (find_place_date(line.text) for line in head.lines)), None)
        words = split_words(fold(dated[1]["place"] if dated else ""))
        level = self._grammar.levels.longest(words, 0) if words.texts else None
        found = self._grammar.places.longest(words, level[0] if level else 0) if words.texts else None
        return found[1] if found and found[0] == len(words.texts) else None

    def publisher_province(self, scan: Scan) -> str | None:
        """Return the province of the text's own web address, else of the paper or portal it names; None if unsure."""
        teasers = noise_spans(scan, NoiseKind.TEASER)
        found_hosts = (m for m in _HOST.finditer(scan.view) if m.start() not in teasers)
        hosts = [m for m in found_hosts if not is_credit(scan.view, m.start())]
        own = [m for m in hosts if _begins_line(scan.view, m.start())]
        for provinces in (self._of_hosts(own), self._of_hosts(hosts), self._of_outlets(scan)):
            if found := set(provinces):
                return found.pop() if len(found) == 1 else None
        return None

    def _of_hosts(self, hosts: Iterable[re.Match[str]]) -> Iterator[str]:
        for host in hosts:
            labels = host["host"].lower().split(".")
            patterns = (self._label, self._office) if labels[-2:] == ["gov", "vn"] else (self._label,)
            own = (label.replace("-", "") for label in labels if label not in _SHARED)
            found = [match for label in own for pattern in patterns if (match := pattern.match(label))]
            path = self._path.match((host["path"] or "").lower())
            if named := (found[0] if found else path):
                yield self._compact[named["name"]]

    def _of_outlets(self, scan: Scan) -> Iterator[str]:
        """Yield the provinces in ``Báo Nghệ An``, ``Cổng TTĐT tỉnh Nghệ An``."""
        words, view = split_words(scan.folded), scan.view
        starts = (at for at in self._outlet_names.places(words) if view[words.starts[at]].isupper())
        for end in (end for at in starts for end, _ in self._outlet_names.matches(words, at)):
            level = self._grammar.levels.longest(words, end)
            begin = level[0] if level else end
            if begin < len(words.texts) and words.follows(end, " \n") and view[words.starts[begin]].isupper():
                found = self._grammar.places.longest(words, begin)
                if found and found[1] in self._provinces and not is_credit(view, words.starts[begin]):
                    yield found[1]

    def _is_one_of_several(self, province: str | None, bodies: Sequence[BodyMention], scan: Scan) -> bool:
        """Tell whether the lead names a province in a row with others ("Hà Giang, Tuyên Quang và Cao Bằng họp") and
        neither the title nor the first body is of it alone, nor two of its bodies speak."""
        begin = scan.paragraphs[0].start if scan.paragraphs else 0
        lead = scan.folded[: begin + LEAD]
        words, names = split_words(lead), self._grammar.places
        title = scan.view.find("\n", begin)
        rows: list[set[str]] = [set()]
        titled: set[str] = set()
        last = 0
        for at in names.places(words):
            found = names.longest(words, at) if at >= last and words.starts[at] >= begin else None
            if found is None:
                continue
            between = words.texts[last:at]
            joined = _IN_A_ROW.issuperset(between) and ("," in words.gaps[last : at + 1] or "và" in between)
            rows += [] if joined else [set()]
            rows[-1].add(found[1])
            titled |= {found[1]} if words.starts[at] < title else set()
            last = found[0]
        several = any(province in row and len(row) >= SEVERAL for row in rows)
        own = {body.ref.kind for body in bodies if body.ref.place == province}
        return several and titled != {province} and len(own) < 2 and not _opens_with(province, bodies, scan)

    def _is_kicker(self, province: str | None, scan: Scan) -> bool:
        """Tell whether a text begins with the name of a province and a colon: ``Nghệ An: Thủ tướng làm việc``."""
        words = split_words(scan.folded[: LEAD // 2])
        found = self._grammar.places.longest(words, 0) if words.texts else None
        return found is not None and found[1] == province and words.follows(found[0], ":")

    def _national(self, scan: Scan, bodies: Sequence[BodyMention]) -> float:
        """Return what the bodies of the centre count in a text: one that is mostly of them is of no province."""
        lead = (scan.paragraphs[0].start if scan.paragraphs else 0) + LEAD
        local = self._grammar.local
        central = [(b.start, IN_POST if b.title_only else BODY) for b in bodies if b.ref.kind not in local]
        central += [(match.start(), BODY) for match in self._abroad.finditer(scan.folded)]
        return sum(worth * (LEAD_FACTOR if start < lead else 1.0) for start, worth in central)

    def _scores(self, scan: Scan, bodies: Sequence[BodyMention]) -> dict[str, float]:
        """Return what each province counts in a text: by its bodies, and by its name where no longer name holds it.
        Those that are none of ours ("tỉnh Vân Nam") count too, under their own words."""
        scores: dict[str, float] = defaultdict(float)
        lead = (scan.paragraphs[0].start if scan.paragraphs else 0) + LEAD
        for body in bodies:
            if body.ref.place is not None:
                # a deputy speaks in the Assembly for the whole country
                worth = IN_POST if body.title_only or body.ref.kind in _DEPUTIES else BODY
                scores[body.ref.place] += worth * (LEAD_FACTOR if body.start < lead else 1.0)
        venues = any(body.ref.kind not in self._grammar.local for body in bodies)
        named = Spans((body.start, body.end) for body in bodies)
        noise = noise_spans(scan, NoiseKind.PLAYER, NoiseKind.TEASER, NoiseKind.BYLINE)
        words, last = split_words(scan.folded), 0
        if any(scan.view[m.start(1)].isupper() and m[1] not in self._begun for m in _AFTER_LEVEL.finditer(scan.folded)):
            for name, start in BodyReader(self._grammar, scan.folded, scan.view).foreign_places():
                scores[name] += WITH_LEVEL * (LEAD_FACTOR if start < lead else 1.0)
        names = self._grammar.places
        for at in names.places(words):
            found = names.longest(words, at) if at >= last and scan.view[words.starts[at]].isupper() else None
            if found is None:
                continue
            (last, province), start = found, words.starts[at]
            level = self._level_before(words, at)
            if venues and _is_venue(words, at):
                continue
            free = start not in named and start not in noise
            if free and (level or _stands_alone(scan, words, at, last, province in self._persons)):
                town = level == CITY and province not in self._grammar.cities
                # a district before it: "huyện Phú Lộc, Thừa Thiên Huế", "xã A (Sơn La)"
                joined = words.gaps[at] == "," or scan.view[start - 1 : start] == "("
                district = joined and not self._districts.isdisjoint(words.texts[max(0, at - 5) : at])
                known = (level or district) and not town
                scores[province] += (WITH_LEVEL if known else BARE) * (LEAD_FACTOR if start < lead else 1.0)
        return dict(scores)

    def _level_before(self, words: TextWords, at: int) -> str | None:
        """Return the level that the words right before a place name give it: ``tỉnh``, ``TP.``."""
        if words.gaps[at] not in " \n.":
            return None
        for begin in range(max(0, at - 2), at):
            found = self._grammar.levels.longest(words, begin)
            if found is not None and found[0] == at:
                return None if begin > 0 and words.texts[begin - 1] == "các" else found[1]
        return CITY if words.texts[at].startswith("tp") else None


def _opens_with(province: str | None, bodies: Sequence[BodyMention], scan: Scan) -> bool:
    """Tell whether the first body of a text is of a province and stands in the first sentence of its paragraph: a text
    that begins with what "Bí thư Tỉnh ủy Cà Mau" does is not national, whomever he thanks."""
    first = min(bodies, key=lambda body: body.start, default=None)
    if first is None or first.ref.place != province:
        return False
    begin = scan.view.rfind("\n", 0, first.start) + 1
    return not re.search(r"[.;!?]\s", scan.view[begin : first.start])


def _is_venue(words: TextWords, at: int) -> bool:
    """Tell whether a place is only where something happens: ``tại Hà Nội``, ``ở TP.HCM``; not ``tại tỉnh Nghệ An``."""
    before = words.texts[max(0, at - 3) : at]
    while before and before[-1] in ("tp", "thành", "phố"):
        before = before[:-1]
    return bool(before) and before[-1] in ("tại", "ở")


def _clear_best(scores: dict[str, float], enough: float) -> str | None:
    """Return the province with the highest score, if that is enough and clearly ahead."""
    ranked = [*sorted(scores.values(), reverse=True), 0.0, 0.0]
    best = max(scores, key=lambda province: (scores[province], province)) if scores else None
    return best if ranked[0] >= enough and ranked[0] >= AHEAD * ranked[1] else None


def _stands_alone(scan: Scan, words: TextWords, at: int, end: int, person: bool) -> bool:
    """Tell whether a name without level stands between small words: ``ở Thái Bình``, not ``Lê Thái Bình``."""
    if person and "hcm" not in words.texts[at:end]:
        return False
    before = at > 0 and words.gaps[at] == " " and scan.view[words.starts[at - 1]].isupper()
    after = words.follows(end) and scan.view[words.starts[end]].isupper()
    shouted = scan.view[words.starts[at] : words.ends[end - 1]].isupper()
    return shouted or not (before or after)


def _compact(name: str) -> str:
    return re.sub(r"[^a-z]", "", strip_marks(name))


def _begins_line(view: str, at: int) -> bool:
    """Tell whether only a few marks stand before ``at`` in its line."""
    begin = view.rfind("\n", max(0, at - 40), at) + 1
    return (begin > 0 or at < 40) and not re.search(r"\w", view[begin:at].replace("Nguồn", ""))
