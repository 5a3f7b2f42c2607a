"""Find phrases of the themes, and decide which themes a text really speaks of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..core.models import Citation, Mention, NamedDocument, ParagraphKind, Scan, ThemeMention
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.notation import expand
from .word_tree import Spans, TextWords, WordTree, noise_spans, split_words

IGNORED = ',"'
"""Marks that may stand anywhere in a phrase."""
LONGEST_TITLE = 600
"""Letters of the title of a cited document that are left out, if no mark ends it before. Chosen by hand."""
STRONG, WEAK, IN_TITLE = 1.0, 0.25, 2.0
"""What a phrase counts, a weak one, and how much more in the title or a heading: four weak phrases weigh as much as a
strong one. Chosen by hand; the weights themselves are shown, so any other value changes pages."""
LONG_TEXT = 2500
"""A text with more words must name a theme once for each such portion to be speaking of it. Chosen by hand: at 1,000
six of the texts of cases and seeds come out otherwise, at 6,000 none."""

_TITLE_LEAD = re.compile(
    r"""\s{0,3}(?:\([^()\n]{0,60}\)\s{0,3})?,?\s{0,3}
        (?:(?:ngày|ban\ hành)\s(?:ngày\s)?[\d/.\- ]{4,14}(?:tháng\s\d{1,2}\s?năm\s\d{4})?,?\s{0,3})?
        (?:ngày\s\d{1,2}\stháng\s\d{1,2}\snăm\s\d{4},?\s{0,3})?
        (?:(?:của|do|được)\s[^,.;:"\n]{0,110}?\s)?,?\s{0,3}
        (?P<about>(?:về\s|v/v\s|quy\ định\s|ban\ hành\s|phê\ duyệt\s|sửa\ đổi|hướng\ dẫn\s)|(?="))""",
    re.VERBOSE,
)
_QUOTED = re.compile(r'[^".;\n]{0,60}"[^"\n]{1,600}"')
_CLAUSE_END = re.compile(r"[.;\n)]|, trong đó|$")


@dataclass(frozen=True, slots=True)
class _Phrase:
    theme: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Hit:
    begin: int
    end: int


class ThemeFinder:
    """Finds theme phrases outside noise and outside the titles of cited documents."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._tree: WordTree[_Phrase] = WordTree(skip=IGNORED)
        for theme, entry in vocabulary.themes.items():
            for kind in ("include", "weak", "exclude"):
                for phrase in getattr(entry, kind):
                    for spelling in expand(phrase):
                        self._tree.add(spelling, _Phrase(theme, kind))

    def find(
        self, scan: Scan, citations: Iterable[Citation], named_documents: Iterable[NamedDocument]
    ) -> list[ThemeMention]:
        """Return the phrases in order of the text; of overlapping ones of a theme the strongest, then longest."""
        words = split_words(scan.folded)
        hits = self._hits(words)
        noise, titles = noise_spans(scan), Spans(_title_spans(scan, [*citations, *named_documents]))
        found = [
            ThemeMention(start, end, scan.text[start:end], theme, weak)
            for theme in sorted({theme for theme, _ in hits})
            for start, end, weak in _chosen(hits, theme, words)
            if start not in noise and start not in titles
        ]
        return sorted(found, key=lambda mention: (mention.start, mention.end, mention.theme))

    def _hits(self, words: TextWords) -> dict[tuple[str, str], list[_Hit]]:
        hits: dict[tuple[str, str], list[_Hit]] = defaultdict(list)
        for at in self._tree.places(words):
            for end, phrase in self._tree.matches(words, at):
                hits[phrase.theme, phrase.kind].append(_Hit(at, end))
        return hits


def _chosen(hits: dict[tuple[str, str], list[_Hit]], theme: str, words: TextWords) -> Iterator[tuple[int, int, bool]]:
    """Yield start, end and weakness of a theme's phrases that overlap no exclusion and no better phrase."""
    taken = Spans((hit.begin, hit.end) for hit in hits.get((theme, "exclude"), ()))
    for weak in (False, True):
        chosen = _apart(hits.get((theme, "weak" if weak else "include"), ()), taken)
        taken = Spans([*taken.pairs(), *((hit.begin, hit.end) for hit in chosen)])
        for hit in chosen:
            yield words.starts[hit.begin], words.ends[hit.end - 1], weak


def _apart(hits: Iterable[_Hit], taken: Spans) -> list[_Hit]:
    """Return hits that touch no taken word nor one another: the first, then the longest."""
    chosen: list[_Hit] = []
    for hit in sorted(hits, key=lambda h: (h.begin, -h.end)):
        free = not taken.overlap(hit.begin, hit.end) and (not chosen or hit.begin >= chosen[-1].end)
        if free:
            chosen.append(hit)
    return chosen


def _title_spans(scan: Scan, documents: list[Citation | NamedDocument]) -> Iterator[tuple[int, int]]:
    """Yield where the titles of the cited documents stand: ``về …`` after number, date and issuer."""
    ordered: list[Mention] = sorted(documents, key=lambda mention: mention.start)
    starts = [*(mention.start for mention in ordered), len(scan.folded)][1:]
    for mention, following in zip(ordered, starts, strict=True):
        lead = _TITLE_LEAD.match(scan.folded, mention.end)
        if lead is None or lead.end() > following:
            continue
        begin = lead.start("about")
        quoted = _QUOTED.match(scan.folded, begin)
        clause = _CLAUSE_END.search(scan.folded, begin, min(begin + LONGEST_TITLE, len(scan.folded)))
        end = quoted.end() if quoted else clause.start() if clause else begin + LONGEST_TITLE
        yield begin, min(end, max(following, begin))


def theme_weights(mentions: Iterable[ThemeMention], scan: Scan) -> dict[str, float]:
    """Return the themes a text really speaks of with their weights, strongest first.

    A theme needs strong phrases: one, or in a long text one for each ``LONG_TEXT`` words. Phrases in the
    title and in headings count more, weak ones less.
    """
    titles = Spans(_headings(scan))
    strong: dict[str, float] = defaultdict(float)
    weight: dict[str, float] = defaultdict(float)
    for mention in mentions:
        factor = IN_TITLE if mention.start in titles else 1.0
        weight[mention.theme] += factor * (WEAK if mention.weak else STRONG)
        strong[mention.theme] += 0.0 if mention.weak else factor * STRONG
    needed = max(1.0, scan.folded.count(" ") / LONG_TEXT)
    themes = [theme for theme in weight if strong[theme] >= needed]
    return {theme: round(weight[theme], 2) for theme in sorted(themes, key=lambda t: (-weight[t], t))}


def _headings(scan: Scan) -> Iterator[tuple[int, int]]:
    """Yield the spans of headings, and of a first paragraph that is no sentence."""
    for place, paragraph in enumerate(scan.paragraphs):
        first = place == 0 and len(paragraph.text) < 250 and not paragraph.text.rstrip().endswith((".", ";"))
        if first or paragraph.kind is ParagraphKind.HEADING:
            yield paragraph.start, paragraph.end
