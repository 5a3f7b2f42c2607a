"""Make an article ready for the finders: entities decoded, one spelling to match on, foreign lines marked.

Nothing is cut out: what is not the writer's own is marked as noise, so that every place found leads
back to the article's text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..core.models import Article, Noise, NoiseKind, Scan
from ..core.paragraphs import split_paragraphs
from ..core.text import Folded, fold_viewed, verbose, view
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.persons import look_like_names
from ..sources.vocabulary.phrases import PhraseList, pattern_of
from ..sources.vocabulary.schemas import NoiseRule
from .word_tree import Line, finds, lines_of

_ENTITY = verbose(r"""[&\u00ad\u200b-\u200d\u2060\ufeff]       # alone: soft hyphens, zero widths
        (?: (?<!&) | (?: \#\d{1,7} | \#[xX][0-9a-fA-F]{1,6} | [a-zA-Z][a-zA-Z0-9]{1,31} ) ; )   # &#7843; &agrave;
    """)
# Letters of a line; chosen by hand.
_LONGEST_LINE = 500
"""A longer line is no byline, caption or button: only the rules for whole paragraphs are tried."""
_LONGEST_LISTED = 220
"""A longer line below "Tin liên quan" is no headline: the article goes on."""
_SHORTEST_DOUBLE, _LONGEST_DOUBLE = 25, 400
"""A line that stands twice is a caption if it is this long: shorter ones are subheadings, longer ones prose."""
_SENTENCE_END = re.compile(r"[.!?…][\"')]{0,2}$")
_CREDIT = re.compile(r"[.(]?\s{0,2}(?:ảnh|hình)(?: tư liệu| minh họa)?\s?:")
_HEADLINES = 6
"""Lines at the top among which title, date line and author stand."""
_WORDS_AT_HEAD = re.compile(
    r"(?P<ahead>\^\(\?=\.\*)? \(\?:(?P<words>[^\\()\[\]{}*+?.^$]+)\) (?(ahead)\) | (?![?*{]))", re.VERBOSE
)
"""How a pattern begins that needs one of some words: ``^(?=.*(?:ảnh|hình))``, ``(?:ảnh|hình)``."""
_ORDER = ("player", "teaser", "byline", "dateline", "caption")  # "Bài, ảnh: …" is a byline, not a caption


def clean_article(article: Article, vocabulary: Vocabulary) -> Scan:
    """Return the text of ``article`` ready for the finders, with its noise marked by ``noise.yml``."""
    text, origin = _decoded(article)
    seen = view(text)
    folded = fold_viewed(seen)
    start = article.body_start if origin is None else bisect_left(origin, article.body_start, hi=len(origin) - 1)
    paragraphs = article.paragraphs if origin is None and article.paragraphs else split_paragraphs(text, start)
    noise = tuple(_find_noise(text, lines_of(seen, folded), folded, vocabulary))
    return Scan(text, seen, folded, paragraphs, noise, origin)


def original_span(scan: Scan, article: Article, start: int, end: int) -> tuple[int, int]:
    """Return the place in the article's text of ``start:end`` in the scan."""
    if scan.origin is None:
        return start, end
    begin, stop = scan.origin[start], scan.origin[end]
    while stop > begin and _ENTITY.fullmatch(article.text[stop - 1]):
        stop -= 1
    while begin < stop and _ENTITY.fullmatch(article.text[begin]):
        begin += 1
    return begin, stop


def without_front_matter(article: Article) -> str:
    """Return the text of ``article`` with blanks in place of its front matter."""
    return re.sub(r"[^\n]", " ", article.text[: article.body_start]) + article.text[article.body_start :]


def _decoded(article: Article) -> tuple[str, tuple[int, ...] | None]:
    """Return the text in NFC with front matter blanked and entities decoded, and where its characters come from."""
    text = without_front_matter(article)
    if not _ENTITY.search(text, article.body_start):
        return text, None
    pieces: list[str] = []
    origin: list[int] = []
    last = 0
    for match in _ENTITY.finditer(text, article.body_start):
        decoded = html.unescape(match[0]) if match[0][0] == "&" else ""
        pieces += [text[last : match.start()], decoded]
        origin += [*range(last, match.start()), *[match.start()] * len(decoded)]
        last = match.end()
    origin += [*range(last, len(text)), len(text)]
    letters: list[str] = []  # accents that came as entities join their letters
    places: list[int] = []
    for match in re.finditer(r"[^\u0300-\u036f][\u0300-\u036f]{0,9}|[\u0300-\u036f]", "".join([*pieces, text[last:]])):
        letters.append(unicodedata.normalize("NFC", match[0]))
        places += [origin[match.start()]] * len(letters[-1])
    return "".join(letters), (*places, origin[-1])


# -- noise -----------------------------------------------------------------------------------------


def _find_noise(text: str, lines: Sequence[Line], folded: Folded, vocabulary: Vocabulary) -> Iterator[Noise]:
    """Yield the lines that are not the writer's, in order. ``text`` is as it was written, unlike the lines."""
    rules = _rules_of(vocabulary)
    kinds: list[NoiseKind | None] = []
    listing: NoiseKind | None = None  # after a heading of other news its list belongs to it, up to a paragraph of prose
    for line, (kind, rest) in zip(lines, rules.kinds_of(folded, lines), strict=True):
        if rest:
            listing = kind
        elif listing is not None:
            size, words = len(line.text), text[line.start : line.end]
            sentence = (size > 90 and _SENTENCE_END.search(words)) or (size > 50 and words.endswith(":"))
            listing = None if sentence or size > _LONGEST_LISTED else listing
        kinds.append(listing or kind)
    _mark_doubles(lines, kinds)
    _mark_names(text, lines, kinds, rules.office)
    yield from (Noise(line.start, line.end, kind) for line, kind in zip(lines, kinds, strict=True) if kind)


class _Rule:
    """A rule of ``noise.yml``: its ``rank`` among them, what it tells of a line, whether it is for long paragraphs too,
    whether it looks only at the head of a line, and words of which a line must hold one (none: not known)."""

    def __init__(self, rank: int, entry: NoiseRule) -> None:
        self.rank, self.long, self.pattern = rank, entry.long, entry.pattern
        self.told = (NoiseKind(entry.kind), entry.rest)
        outline = _outline(entry.pattern)
        head = _WORDS_AT_HEAD.match(entry.pattern) if len(outline) == 1 else None
        self.words = head["words"].split("|") if head else []
        self.of_beginning = not head and bool(outline) and all(part.startswith("^") for part in outline)
        self.holds = re.compile(entry.pattern).search


class _Rules:
    """The rules of ``noise.yml`` in the order in which they count. ``office`` is one that signs an article."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        entries = sorted(vocabulary.noise.values(), key=lambda rule: _ORDER.index(rule.kind))
        rules = [_Rule(rank, entry) for rank, entry in enumerate(entries)]
        self._worded = [rule for rule in rules if rule.words]
        self._of_beginning = [rule for rule in rules if rule.of_beginning]
        self._at_beginning, self._at_long_beginning = (
            re.compile("|".join(rule.pattern for rule in rules) or "(?!)").match
            for rules in (self._of_beginning, [rule for rule in self._of_beginning if rule.long])
        )
        self._others = [rule for rule in rules if not (rule.words or rule.of_beginning)]
        offices = pattern_of(vocabulary, PhraseList.SIGNING_OFFICES)
        self.office = re.compile(rf"(?:{offices})\s[^.,:;!?]{{3,60}}\Z")

    def kinds_of(self, text: Folded, lines: Sequence[Line]) -> Iterator[tuple[NoiseKind | None, bool]]:
        """Yield what each line of a text is by the first rule that holds, and whether a list of such lines follows."""
        worded = self._by_line(text, lines)
        for number, line in enumerate(lines):
            tried = [*self._others, *worded.get(number, ())]
            # most lines are the writer's own: that no rule of the head holds is asked of all of them at once
            held = (self._at_beginning if len(line.text) <= _LONGEST_LINE else self._at_long_beginning)(line.folded)
            tried += self._of_beginning if held else ()
            yield _first_told(line.folded, tried) if tried else (None, False)

    def _by_line(self, text: Folded, lines: Sequence[Line]) -> dict[int, list[_Rule]]:
        """Return for each line, by its number, the rules of whose words it holds one: few lines hold any."""
        found: dict[int, list[_Rule]] = defaultdict(list)
        starts = [line.start for line in lines]
        for rule in self._worded:
            places = (at for word in rule.words if word in text for at in finds(text, word))
            for number in {bisect_right(starts, at) - 1 for at in places}:
                found[number].append(rule)
        return found


def _first_told(line: Folded, rules: list[_Rule]) -> tuple[NoiseKind | None, bool]:
    """Return what the first of some rules that holds tells of a line."""
    fitting = (rule for rule in sorted(rules, key=lambda rule: rule.rank) if rule.long or len(line) <= _LONGEST_LINE)
    return next((rule.told for rule in fitting if rule.holds(line)), (None, False))


_rules_of = lru_cache(maxsize=4)(_Rules)


def _outline(pattern: str) -> list[str]:
    """Return the alternatives of a pattern without what stands in brackets; none if it asks for a group again."""
    if re.search(r"\\\d|\(\?P", pattern):
        return []
    outer, inner = re.sub(r"\[\^?\]?(?:\\.|[^\]\\])*\]", "", re.sub(r"\\.", "", pattern)), 1
    while inner:
        outer, inner = re.subn(r"\([^()]*\)", "", outer)
    return outer.split("|")


def _mark_doubles(lines: Sequence[Line], kinds: list[NoiseKind | None]) -> None:
    """Mark captions that stand twice, and the title repeated under a picture."""
    captions = {_uncredited(line.folded) for line, kind in zip(lines, kinds, strict=True) if kind is NoiseKind.CAPTION}
    folded = [line.folded for line in lines]
    for number, words in enumerate(folded):
        if kinds[number] is not None or not _SHORTEST_DOUBLE <= len(words) <= _LONGEST_DOUBLE or number == 0:
            continue
        if words.endswith(":"):
            continue  # what introduces a list may introduce two
        twice = number > 1 and words in (folded[number - 1], *folded[number + 1 : number + 2])
        title = words in folded[: min(number, _HEADLINES)]
        if twice or title or (captions and _uncredited(words) in captions):
            kinds[number] = NoiseKind.CAPTION


def _uncredited(folded: str) -> str:
    """Return a caption without its credit: "hội nghị. ảnh: m.m" → "hội nghị"."""
    return _CREDIT.split(folded, maxsplit=1)[0].strip(" .")


def _mark_names(text: str, lines: Sequence[Line], kinds: list[NoiseKind | None], office: re.Pattern[str]) -> None:
    """Mark the author's name: the last line of the article, below which only noise and the outlet's own mark stand,
    or a line beside a date line near the top."""
    last = next((number for number in range(len(kinds) - 1, 0, -1) if kinds[number] is None), 0)
    heads = zip(lines[:_HEADLINES], kinds, strict=False)
    dated = [n for n, (line, kind) in enumerate(heads) if kind is NoiseKind.DATELINE and "://" not in line.text]
    beside = [number for n in dated for number in (n + 1, n - 1)]
    for number in (last, *beside):
        if not 0 < number < len(lines) or kinds[number] is not None:
            continue
        line = lines[number]
        words = text[line.start : line.end]
        sentence = len(words) > 70 or _SENTENCE_END.search(words.rstrip("."))
        signed = number not in beside and office.match(line.folded)
        if not sentence and (signed or look_like_names(words)):
            kinds[number] = NoiseKind.BYLINE
