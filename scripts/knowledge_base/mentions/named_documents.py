"""Find documents cited by name instead of number: resolutions of congresses and plenums, codes, the Constitution.

A name is brought to one form: "Nghị quyết Hội nghị lần thứ tư BCH Trung ương khóa XII" and "Nghị quyết Trung
ương 4 (khoá XII)" are both "Nghị quyết Trung ương 4 khóa XII".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..core.models import BodyRef, NamedDocument, NoiseKind, Scan
from ..core.text import Folded, at_word_start, fold, upper_first, verbose
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.phrases import PhraseList, start_pattern_of, words_of
from .lexicon import ORDINALS, ROMAN, one_by_one, to_digits
from .word_tree import PhrasePattern, noise_spans

_KIND_WORDS = ("nghị quyết", "kết luận", "nq", "kl")
_KIND = rf"(?P<kind>{at_word_start(one_by_one(_KIND_WORDS))})"
_PLENUM_NUMBER = rf"\d{{1,2}} | {' | '.join(ORDINALS)} | {ROMAN}"
_TERM = rf"""(?:                                                        # khóa XII, "(khoá XI, XII)"
    \s{{0,2}},?\s{{0,2}} \(?\s? (?:các\s)? khóa\s
    (?P<terms> {ROMAN} (?: (?: ,\s? | \svà\s | ,\svà\s ) {ROMAN} ){{0,4}} ) (?!\w) \)?
)?"""
_CENTRAL = r"(?: trung\ ương | tw | t\.ư | tư )"
_PLENUM = PhrasePattern(
    verbose(rf"""{_KIND}\s (?:của\s)? (?: hội\ nghị\s (?:lần\s)? )?
        (?: {_CENTRAL}\s (?:lần\s)? (?:thứ\s)? (?P<plenum>{_PLENUM_NUMBER}) (?!\w)      # Trung ương 4
          | (?:lần\s)? thứ\s (?P<turn>{_PLENUM_NUMBER}) ,?\s (?:của\s)?                 # lần thứ tư …
            (?: (?: ban\ chấp\ hành | bch )\s )? {_CENTRAL} (?:\sđảng)?                 # … BCH Trung ương Đảng
        ) {_TERM}"""),
    _KIND_WORDS,
)
_PLENUM_GLUED = re.compile(rf"n(?<!\wn)q\s?tw\s?(?P<plenum>\d{{1,2}})(?!\w){_TERM}", re.VERBOSE)
_CONGRESS = PhrasePattern(
    verbose(rf"""{_KIND}\s (?: (?P<before>{ROMAN})\s )? (?:của\s)? đại\ hội (?P<delegates>\sđại\ biểu)?
        (?P<national> (?:\sđảng)?\stoàn\ quốc | \sđảng (?=\s (?: lần | khóa | thứ | {ROMAN}(?!\w) ) ) )?
        (?: (?: \s(?:lần\s)?thứ )? \s (?P<middle>{ROMAN}) (?=\sđảng\ bộ) )?
        (?P<party> \sđảng\ bộ(?!\scác)
            (?: \s (?P<rank> tỉnh | thành\ phố | huyện | thị\ xã | quận | xã | phường | khối ) (?!\w) )? )?"""),
    _KIND_WORDS,
)
_AFTER_CONGRESS = verbose(rf"""(?: \s{{0,2}},?\s{{0,2}} \(? (?:lần\s)? (?:thứ\s)? (?:khóa\s)?
             (?P<ordinal> {ROMAN}(?!\w) | \d{{1,2}}(?![\w/.-]) ) \)? )?                 # lần thứ XXII
        (?P<of> \scủa\ đảng | \sđảng\ cộng\ sản\ việt\ nam | \sđảng(?!\ bộ|\ các) )?
        (?: \s{{0,2}},?\s{{0,2}} \(? nhiệm\ kỳ\s (?P<years>\d{{4}}\s{{0,2}}-\s{{0,2}}\d{{4}}) \)? )?""")
_PLACE = re.compile(r"(?:\s[A-ZĐÁÀẢÂÔƠƯỨÝ]\w{0,9}){1,4}")
_ROMAN_WORD = re.compile(rf"\s{ROMAN}\Z")
_FIXED_NAMES = {"điều lệ đảng cộng sản việt nam": "Điều lệ Đảng", "điều lệ đảng": "Điều lệ Đảng"}
_LOCAL_RANKS = {"tỉnh": "tinh", "thành phố": "thanh-pho"}
_CONGRESS_NAME = verbose(r"""
    \ Đại\ hội (?: (?:\ đại\ biểu)? \ Đảng\ bộ\ (?P<rank>tỉnh|thành\ phố) (?:\ (?P<place>(?!lần|nhiệm)\S.*?))?
                    (?: \ (?:lần\ thứ|nhiệm\ kỳ)\ .* )? \Z
                  | \ [IVXL]+\ của\ Đảng\Z )""")
"""A resolution of a congress by its one name: of a province, or of the Party."""
_NATIONAL_CONGRESSES = ("X", "XI", "XII", "XIII", "XIV")
_KINDS = {"nq": "Nghị quyết", "kl": "Kết luận"}


class NamedDocumentFinder:
    """Finds documents cited by name; the names of provinces in them come from the vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        laws = start_pattern_of(vocabulary, PhraseList.LAWS).replace(r"\ ", r"\s")
        named = re.compile(rf"(?P<name>{laws})(?!\w)(?:\snăm\s(?P<year>(?:19|20)\d\d))?")
        self._laws = PhrasePattern(named, words_of(vocabulary, PhraseList.LAWS))
        self._places = {fold(name): p.id for p in vocabulary.provinces.values() for name in (p.name, *p.names)}
        self._provinces = sorted(self._places, key=len, reverse=True)
        self._organs = {"{place}" in k.name: BodyRef(k.id) for k in vocabulary.body_kinds.values() if k.elects}

    def find(self, scan: Scan) -> list[NamedDocument]:
        """Return the documents cited by name, in order."""
        found = [*self._plenums(scan), *self._congresses(scan), *self._fixed(scan)]
        elsewhere = noise_spans(scan, NoiseKind.PLAYER, NoiseKind.TEASER)
        own = [d for d in found if d.start not in elsewhere]
        told = _told_apart(sorted(own, key=lambda d: (d.start, -d.end)))
        return [replace(document, issuer=self._congress(document)) for document in told]

    def _congress(self, document: NamedDocument) -> BodyRef | None:
        """Return the congress whose resolution is named; None for other documents and congresses of districts."""
        told = _CONGRESS_NAME.search(document.name)
        congress = self._organs.get(bool(told and told["rank"]))
        if told is None or congress is None:
            return None
        place = self._places.get(fold(told["place"] or ""))
        district = told["place"] and place is None
        return None if district else replace(congress, place=place, level=_LOCAL_RANKS.get(told["rank"] or ""))

    def _plenums(self, scan: Scan) -> Iterator[NamedDocument]:
        """Yield "Nghị quyết Trung ương 4 (khóa XI, XII)", "kết luận Hội nghị Trung ương 4 khóa XIII"."""
        for pattern in (_PLENUM, _PLENUM_GLUED):
            for match in pattern.finditer(scan.folded):
                groups = match.groupdict()
                number = to_digits(groups["plenum"] or groups.get("turn") or "")
                terms = ", ".join(re.findall(r"[ivxl]{1,6}", (match["terms"] or "").replace("và", ","))).upper()
                kind = _kind(groups.get("kind") or "nq")
                meeting = "Hội nghị " if kind == "Kết luận" else ""  # a plenum's conclusions, but a resolution
                name = f"{kind} {meeting}Trung ương {number}" + (f" khóa {terms}" if terms else "")
                yield _named(scan, match.start(), match.end(), name)

    def _congresses(self, scan: Scan) -> Iterator[NamedDocument]:
        """Yield resolutions of congresses, national and local."""
        for match in _CONGRESS.finditer(scan.folded):
            place_end, place = self._place(scan, match)
            after = _AFTER_CONGRESS.match(scan.folded, place_end)
            if after is None:
                continue
            ordinal = (match["before"] or match["middle"] or after["ordinal"] or "").upper()
            end = after.end("ordinal") if after["ordinal"] else place_end
            end += bool(after["ordinal"]) and scan.view[end : end + 1] == ")"
            if match["party"]:
                yield from _local_congress(scan, match, after, end, ordinal, place)
            else:
                yield from _other_congress(scan, match, after, end, ordinal)

    def _place(self, scan: Scan, match: re.Match[str]) -> tuple[int, str]:
        """Return the end and the words of the place named after "Đảng bộ tỉnh"."""
        end = match.end()
        if not match["party"]:
            return end, ""
        for name in self._provinces:
            if scan.folded.startswith(name, end + 1) and scan.view[end : end + 1] == " ":
                return end + 1 + len(name), scan.text[end + 1 : end + 1 + len(name)]
        named = _PLACE.match(scan.view, end) if match["rank"] not in _LOCAL_RANKS else None
        words = _ROMAN_WORD.sub("", Folded(named[0])) if named else ""
        return end + len(words), words.strip()

    def _fixed(self, scan: Scan) -> Iterator[NamedDocument]:
        """Yield codes, the Party's statutes and the Constitution."""
        for match in self._laws.finditer(scan.folded):
            if not scan.view[match.start()].isupper():
                continue
            words = " ".join(match["name"].split())
            code = words.removeprefix("bộ luật ")
            name = upper_first(code) if code == words else f"Bộ luật {upper_first(code)}"  # "Bộ luật Hình sự"
            year = f" năm {match['year']}" if match["year"] else ""
            yield _named(scan, match.start(), match.end(), _FIXED_NAMES.get(words, name) + year)


def _local_congress(
    scan: Scan, match: re.Match[str], after: re.Match[str], end: int, ordinal: str, place: str
) -> Iterator[NamedDocument]:
    """Yield "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XI"; without a place it belongs to the article's."""
    local = match["rank"] in _LOCAL_RANKS
    if not local and not place:
        return
    delegates, time = " đại biểu" if match["delegates"] else "", f"lần thứ {ordinal}" if ordinal else ""
    if not ordinal and after["years"]:
        end, time = after.end(), f"nhiệm kỳ {''.join(after['years'].split())}"
    words = filter(None, (f"{_kind(match['kind'])} Đại hội{delegates} Đảng bộ", match["rank"], place, time))
    yield _named(scan, match.start(), end, " ".join(words), local=local and not place)


def _other_congress(
    scan: Scan, match: re.Match[str], after: re.Match[str], end: int, ordinal: str
) -> Iterator[NamedDocument]:
    """Yield "Nghị quyết Đại hội XIII của Đảng"; a bare ordinal may still turn out to be the province's."""
    sure = match["national"] or after["of"]
    if ordinal and (sure or ordinal in _NATIONAL_CONGRESSES):
        name = f"{_kind(match['kind'])} Đại hội {ordinal}"
        end = after.end("of") if after["of"] else end
        yield _named(scan, match.start(), end, f"{name} của Đảng" if sure else name)


def _told_apart(found: list[NamedDocument]) -> list[NamedDocument]:
    """Say whose congress "Nghị quyết Đại hội XI" means: the province's if the text names its XI, else the Party's.

    Of documents that overlap the first is kept."""
    local = {d.name.rsplit(" ", 1)[-1]: d.name for d in found if d.local and " lần thứ " in d.name}
    told: list[NamedDocument] = []
    for document in found:
        if told and document.start < told[-1].end:
            continue
        head, _, ordinal = document.name.rpartition(" ")
        name = local.get(ordinal, f"{document.name} của Đảng").replace(" đại biểu", "")
        unclear = head.endswith(" Đại hội") and not document.local
        told.append(replace(document, name=name, local=ordinal in local) if unclear else document)
    return told


def _named(scan: Scan, start: int, end: int, name: str, local: bool = False) -> NamedDocument:
    return NamedDocument(start, end, scan.text[start:end], name, local)


def _kind(word: str) -> str:
    return _KINDS.get(word, upper_first(" ".join(word.split())))
