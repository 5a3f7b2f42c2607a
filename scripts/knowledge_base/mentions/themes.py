"""Find phrases of the themes, and decide which themes a text really speaks of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..core.models import Mention, ParagraphKind, Scan, ThemeMention
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

Span = tuple[int, int]


class ThemeFinder:
    """Finds theme phrases outside noise and outside the titles of cited documents."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._tree: WordTree[tuple[str, str]] = WordTree(skip=IGNORED)
        for theme, entry in vocabulary.themes.items():
            for kind in ("include", "weak", "exclude"):
                for phrase in getattr(entry, kind):
                    for spelling in expand(phrase):
                        self._tree.add(spelling, (theme, kind))

    def find(self, scan: Scan, documents: Iterable[Mention] = ()) -> list[ThemeMention]:
        """Return the phrases in order of the text, but those in titles of ``documents`` cited; of overlapping ones of a
        theme the strongest, then longest."""
        words = split_words(scan.folded)
        hits: dict[tuple[str, str], list[Span]] = defaultdict(list)
        for at in self._tree.places(words):
            for end, phrase in self._tree.matches(words, at):
                hits[phrase].append((at, end))
        noise, titles = noise_spans(scan), Spans(_title_spans(scan, documents))
        found = [
            ThemeMention(start, end, scan.text[start:end], theme, weak)
            for theme in sorted({theme for theme, _ in hits})
            for start, end, weak in _chosen(hits, theme, words)
            if start not in noise and start not in titles
        ]
        return sorted(found, key=lambda mention: (mention.start, mention.end, mention.theme))


def _chosen(hits: dict[tuple[str, str], list[Span]], theme: str, words: TextWords) -> Iterator[tuple[int, int, bool]]:
    """Yield start, end and weakness of a theme's phrases that overlap no exclusion and no better phrase: of strong
    ones, then of weak ones, the first, then the longest."""
    taken = [*hits.get((theme, "exclude"), ())]
    for weak in (False, True):
        better, last = Spans(taken), 0
        for begin, end in sorted(hits.get((theme, "weak" if weak else "include"), ()), key=lambda h: (h[0], -h[1])):
            if begin >= last and not better.overlap(begin, end):
                taken.append((begin, end))
                last = end
                yield words.starts[begin], words.ends[end - 1], weak


def _title_spans(scan: Scan, documents: Iterable[Mention]) -> Iterator[Span]:
    """Yield where the titles of the cited documents stand: ``về …`` after number, date and issuer."""
    ordered = sorted(documents, key=lambda mention: mention.start)
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
    title (a first paragraph that is no sentence) and in headings count more, weak ones less.
    """
    first = scan.paragraphs[0] if scan.paragraphs else None
    headings = [p for p in scan.paragraphs if p.kind is ParagraphKind.HEADING]
    if first and len(first.text) < 250 and not first.text.rstrip().endswith((".", ";")):
        headings.append(first)
    titles = Spans((paragraph.start, paragraph.end) for paragraph in headings)
    strong: dict[str, float] = defaultdict(float)
    weight: dict[str, float] = defaultdict(float)
    for mention in mentions:
        factor = IN_TITLE if mention.start in titles else 1.0
        weight[mention.theme] += factor * (WEAK if mention.weak else STRONG)
        strong[mention.theme] += 0.0 if mention.weak else factor * STRONG
    needed = max(1.0, scan.folded.count(" ") / LONG_TEXT)
    themes = [theme for theme in weight if strong[theme] >= needed]
    return {theme: round(weight[theme], 2) for theme in sorted(themes, key=lambda t: (-weight[t], t))}
