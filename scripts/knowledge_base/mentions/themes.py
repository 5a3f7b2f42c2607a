"""Find phrases of the themes, and decide which themes a text really speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

from ..core.models import BodyMention, Mention, ParagraphKind, Scan, ThemeMention
from ..core.text import fold, verbose
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.notation import expand
from ..sources.vocabulary.phrases import PhraseList, start_pattern_of, words_of
from .word_tree import PhrasePattern, Spans, TextWords, WordTree, noise_spans, split_words

IGNORED = ',"'
"""Marks that may stand anywhere in a phrase."""
LONGEST_TITLE = 600
"""Letters of the title of a cited document that are left out, if no mark ends it before. Chosen by hand."""
LOOK_BACK = 300
"""Letters before a phrase among which the words are looked for that make its sentence an order. Chosen by hand."""
NEEDED, WEAK, IN_HEADING = 3.0, 0.5, 2.0
"""So many phrases make a text one about a theme; a weak one counts half, one in the title, in a heading or at the head
of an item double. These and ``IN_LEAD`` gave the best recall at a precision of 0.92 or more on a random half of 157
annotated texts, out of 360 choices; on the other half such choices had 0.92 and 0.89 (100 times)."""
LEAD, IN_LEAD, LEAD_WORDS = 2, 1.0, 15
"""What the news is stands in its first two paragraphs, so a theme named there counts one more; a line of fewer words is
a byline, a caption or a part of the letterhead (chosen by hand)."""
TITLE_RETURNS = 1 / 3
"""A title says by itself what the text is about if so many of its pairs of words return below it; a page's banner that
stands where the title does is of other words. 151 of 157 titles reach this, of ten slogans put in their place 7 %."""
WORDS_OF_OPENING = 8
"""Words at the head of an item of a list that tell its matter; on the annotated texts three or twelve do as well."""
MANY_ABOUT, MANY_NAMED = 3, 8
"""A text about three themes that names eight is about the work of officials as a whole: there a theme said once is a
part of it. The five raw seeds, whose themes said once count, name eight to eleven; of the annotated texts none does."""
FEW_WORDS = 100
"""A text of one paragraph with so few words has no passing phrases. Chosen by hand: between the longest example of a
theme (some 30 words) and the shortest of the annotated texts (140)."""
LONG_TEXT = 2500
"""A text with more words must name a theme more often, in proportion. Chosen by hand: no annotated text is as long."""

_TITLE_LEAD = verbose(r"""\s{0,3}(?:\([^()\n]{0,60}\)\s{0,3})?,?\s{0,3}
        (?:(?:ngày|ban\ hành)\s(?:ngày\s)?[\d/.\- ]{4,14}(?:tháng\s\d{1,2}\s?năm\s\d{4})?,?\s{0,3})?
        (?:ngày\s\d{1,2}\stháng\s\d{1,2}\snăm\s\d{4},?\s{0,3})?
        (?:(?:của|do|được)\s[^,.;:"\n]{0,110}?\s)?,?\s{0,3}
        (?P<about>(?:về\s|v/v\s|quy\ định\s|ban\ hành\s|phê\ duyệt\s|sửa\ đổi|hướng\ dẫn\s)|(?="))""")
_AIM = re.compile(r",\s+(?=(?:chấn chỉnh|tăng cường|siết|đẩy mạnh|nâng cao|nghiêm cấm|lập lại|khắc phục)(?!\w))")
"""Behind the number of a document without "về": what it is issued for, "ra Chỉ thị số 11/CT-UBND, chấn chỉnh …"."""
_QUOTED = re.compile(r'[^".;\n]{0,60}"[^"\n]{1,600}"')
_ORDINAL = r"(?:thứ\s\w+|[a-zđ]|\d{1,2}(?:\.\d{1,2}){0,3})[,.)]\s{1,3}"  # "thứ hai, ", "a) ", "2.1. "
_OPENING = rf"(?:\w+\W{{1,5}}){{0,{WORDS_OF_OPENING}}}"
_ITEM = re.compile(rf"(?:{_ORDINAL})?{_OPENING}")
_NUMBERED = re.compile(_ORDINAL + _OPENING)
_MENDED = re.compile(rf"(?<!\w)(?:chấn chỉnh|siết|lập lại)(?!\w)\s{_OPENING}")
"""What the first sentence says is to be put in order: it tells the matter as a heading does."""
_SENTENCE_END = re.compile(r"[.!?;…](?=\s|$)|\n")
_ENDS = ("\n", ". ", "! ", "? ", "; ", ": ", "… ")
"""Behind what the clause begins that is said before a phrase."""
_PLANS = {"kế hoạch", "chương trình", "kết luận"}
"""Nouns behind which a theme's phrase tells what they are for; a comma parts them from another work."""
_BULLETS = " \t-+*•>#"
_CLAUSE_END = re.compile(r"[.;\n)]|, trong đó|$")

Span = tuple[int, int]


class ThemeFinder:
    """Finds theme phrases outside noise, outside names of bodies and documents, and outside titles of cited ones."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._tree: WordTree[tuple[str, str]] = WordTree(skip=IGNORED)
        for theme, entry in vocabulary.themes.items():
            for kind in ("include", "ordered", "weak", "exclude"):
                for phrase in getattr(entry, kind):
                    for spelling in expand(phrase):
                        self._tree.add(spelling, (theme, kind))
        self._faults = {theme for theme, entry in vocabulary.themes.items() if entry.ordered}
        lists = (PhraseList.ASKING, PhraseList.ASSIGNING, PhraseList.ORDERING)
        self._order = re.compile(rf"{start_pattern_of(vocabulary, *lists)}(?!\w)")
        self._urging = re.compile(rf"{start_pattern_of(vocabulary, *lists, PhraseList.URGING)}(?!\w)")
        serving = re.compile(rf"{start_pattern_of(vocabulary, PhraseList.SERVING)}(?!\w)")
        self._serving = PhrasePattern(serving, words_of(vocabulary, PhraseList.SERVING))

    def find(
        self, scan: Scan, documents: Iterable[Mention] = (), bodies: Iterable[BodyMention] = ()
    ) -> list[ThemeMention]:
        """Return the phrases in order of the text, but those in names of ``bodies`` and in names and titles of
        ``documents`` cited; of overlapping ones of a theme the strongest, then longest."""
        documents = list(documents)
        names = Spans((mention.start, mention.end) for mention in (*documents, *bodies))
        noise, titles = noise_spans(scan), Spans(_title_spans(scan, documents))
        words = split_words(scan.folded)
        hits: dict[tuple[str, str], list[Span]] = defaultdict(list)
        for at in self._tree.places(words):
            matches, start = self._tree.matches(words, at), words.starts[at]
            if not matches or start in names or start in noise or start in titles:
                continue
            for end, (theme, kind) in matches:
                if kind == "exclude" or _is_one(words, at, end):
                    hits[theme, self._kind(scan, words, at, theme, kind)].append((at, end))
        found = [
            ThemeMention(start, end, scan.text[start:end], theme, weak, count, self._is_served(scan, start))
            for theme in sorted({theme for theme, _ in hits})
            for start, end, weak, count in _chosen(hits, theme, words)
        ]
        return sorted(found, key=lambda mention: (mention.start, mention.end, mention.theme))

    def _kind(self, scan: Scan, words: TextWords, at: int, theme: str, kind: str) -> str:
        """Return what a phrase is at this place: excluded in the name of a law ("Luật Phòng, chống tham nhũng") and
        where a fault is denied ("nhà thầu không thoái thác trách nhiệm"), unless the sentence orders that ("yêu cầu
        không thoái thác trách nhiệm"); an ``ordered`` one is strong in an order, else nothing. Who lacks a virtue
        ("người không chấp hành kỷ luật") is spoken of all the same."""
        before = words.texts[at - 1] if at and words.follows(at) else ""
        if before == "luật" and scan.text[words.starts[at - 1] : words.ends[at - 1]] == "Luật":
            return "exclude"
        is_denied = before == "không" and theme in self._faults
        if not is_denied and kind != "ordered":
            return kind
        start = words.starts[at - 1 if is_denied else at]
        said = _said_before(scan, start)
        if is_denied and said.strip(_BULLETS) and not self._urging.search(said):
            return "exclude"
        if kind != "ordered":
            return kind
        return "include" if is_denied or self._order.search(said) else "nothing"

    def _is_served(self, scan: Scan, start: int) -> bool:
        """Tell whether what is said before ``start`` only serves it ("phân cấp nhằm đáp ứng yêu cầu cải cách")."""
        near = self._serving.search(scan.folded, max(0, start - LOOK_BACK), start)
        return near is not None and self._serving.search(scan.folded, _clause_start(scan, start), start) is not None


def _said_before(scan: Scan, start: int) -> str:
    """Return what the sentence of ``start`` says before it."""
    return scan.folded[_clause_start(scan, start) : start]


def _clause_start(scan: Scan, start: int) -> int:
    floor = max(0, start - LOOK_BACK)
    begins = (at + len(mark) for mark in _ENDS if (at := scan.folded.rfind(mark, floor, start)) >= 0)
    return max(begins, default=floor)


def _is_one(words: TextWords, at: int, end: int) -> bool:
    """Tell whether the words are one phrase: what follows a comma has two syllables at least ("né tránh, đùn đẩy", but
    "Chính phủ, số lượng") and does not tell what a plan is for ("lập kế hoạch, kiểm tra …"), and "số" beside a figure
    is "number" ("Luật Tổ chức Chính phủ số 63", "58 công dân số hồ sơ")."""
    if end - at > 1 and words.gaps[end - 1] == ",":
        return False
    if end - at > 2 and words.gaps[at + 2] == "," and " ".join(words.texts[at : at + 2]) in _PLANS:
        return False
    beside = (*words.texts[max(0, at - 1) : at], *words.texts[end : end + 1])
    return words.texts[end - 1] != "số" or not any(text[0].isdigit() for text in beside)


def _chosen(
    hits: dict[tuple[str, str], list[Span]], theme: str, words: TextWords
) -> Iterator[tuple[int, int, bool, int]]:
    """Yield start, end, weakness and count of a theme's phrases that overlap no exclusion and no better phrase: of
    strong ones, then of weak ones, the first, then the longest."""
    taken = [*hits.get((theme, "exclude"), ())]
    weak_starts = [begin for begin, _ in hits.get((theme, "weak"), ())]
    for kind in ("include", "weak"):
        if not (found := hits.get((theme, kind))):
            continue
        better, last = Spans(taken), 0
        for begin, end in sorted(found, key=lambda h: (h[0], -h[1])):
            if begin >= last and not better.overlap(begin, end):
                taken.append((begin, end))
                last = end
                parts = bisect_left(weak_starts, end) - bisect_left(weak_starts, begin)
                yield words.starts[begin], words.ends[end - 1], kind == "weak", max(1, parts)


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


def title_of(scan: Scan, document: Mention) -> str:
    """Return the title of a document, else its aim, as it stands behind its number; "" if neither does."""
    if title := next(_title_spans(scan, [document]), None):
        return scan.text[slice(*title)]
    aim = _AIM.match(scan.folded, document.end)
    clause = _CLAUSE_END.search(scan.folded, aim.end(), aim.end() + LONGEST_TITLE) if aim else None
    return scan.text[aim.end() : clause.start()] if aim and clause else ""


def theme_weights(
    mentions: Iterable[ThemeMention], scan: Scan, title: str = "", in_title: Iterable[ThemeMention] = ()
) -> dict[str, float]:
    """Return the themes a text is about, with the weight of the phrases that speak of each, the most first.

    What is said once in passing is no theme: phrases that weigh ``NEEDED`` must speak of it in two places or more, one
    of them strong; the title alone is enough where it is the text's own. One phrase is enough in a text of a few words,
    and in one that is of many themes (``MANY_ABOUT``). ``in_title`` is what is found in the article's ``title``,
    which may stand in the text or not.
    """
    folded, in_title = fold(title), list(in_title)
    lines = [p for p in scan.paragraphs if len(p.text) <= len(title) and fold(p.text) in folded]
    own_title = Spans((p.start, p.end) for p in lines)
    told_first = list(_lead_spans(scan, own_title))
    headings, lead = Spans([*_heading_spans(scan), *_mended_spans(scan, told_first[:1])]), Spans(told_first)
    sentences = [0, *(match.end() for match in _SENTENCE_END.finditer(scan.folded))]
    weights: dict[str, float] = defaultdict(float)
    said_in: dict[str, set[int]] = defaultdict(set)
    named, told, led = set(), set(), set()
    in_text = ((m, m.start in headings, bisect_right(sentences, m.start)) for m in mentions if m.start not in own_title)
    for mention, is_heading, sentence in (*in_text, *((m, True, -1) for m in in_title)):
        weight = mention.count * (IN_HEADING if is_heading else 1.0)
        weights[mention.theme] += weight * WEAK if mention.weak or mention.served else weight
        said_in[mention.theme] |= {sentence, -sentence - 1} if is_heading else {sentence}
        if not mention.weak:
            named.add(mention.theme)
        if not (mention.weak or mention.served):
            told.add(mention.theme)
            if sentence >= 0 and mention.start in lead:
                led.add(mention.theme)
    for theme in led:
        weights[theme] += IN_LEAD
    words = sum(len(paragraph.text.split()) for paragraph in scan.paragraphs)
    needed = NEEDED * max(1.0, words / LONG_TEXT)
    about = {theme for theme in told if weights[theme] >= needed and len(said_in[theme]) > 1}
    if _returns(title, scan, own_title):
        about |= {mention.theme for mention in in_title if not (mention.weak or mention.served)}
    is_of_many = len(about) >= MANY_ABOUT and len(named) >= MANY_NAMED
    if is_of_many or (len(scan.paragraphs) <= 1 and words <= FEW_WORDS):
        about = named
    return {theme: weights[theme] for theme in sorted(about, key=lambda t: (-weights[t], t))}


def _returns(title: str, scan: Scan, own_title: Spans) -> bool:
    """Tell whether the words of a title return in the text below it."""
    pairs = _pairs(fold(title))
    below = "\n".join(scan.folded[p.start : p.end] for p in scan.paragraphs if p.start not in own_title)
    return bool(pairs) and len(pairs & _pairs(below)) >= TITLE_RETURNS * len(pairs)


def _pairs(words: str) -> set[tuple[str, str]]:
    return set(pairwise(re.findall(r"\w+", words)))


def _lead_spans(scan: Scan, own_title: Spans) -> Iterator[Span]:
    """Yield where the first paragraphs below the title stand."""
    told = (p for p in scan.paragraphs if p.start not in own_title and len(p.text.split()) >= LEAD_WORDS)
    yield from ((paragraph.start, paragraph.end) for paragraph in islice(told, LEAD))


def _mended_spans(scan: Scan, first: Iterable[Span]) -> Iterator[Span]:
    """Yield what is to be put in order by the first sentence of a text: "công văn chấn chỉnh kỷ luật hành chính"."""
    for start, end in first:
        stop = _SENTENCE_END.search(scan.folded, start, end)
        yield from (m.span() for m in _MENDED.finditer(scan.folded, start, stop.start() if stop else end))


def _heading_spans(scan: Scan) -> Iterator[Span]:
    """Yield where the headings stand, and the first words of the items of lists: those tell what it is about."""
    for paragraph in scan.paragraphs:
        end = paragraph.start + len(paragraph.text)
        begins = _ITEM if paragraph.kind is ParagraphKind.ITEM else _NUMBERED
        if paragraph.kind is ParagraphKind.HEADING:
            yield paragraph.start, end
        elif opening := begins.match(scan.folded, paragraph.start, end):
            yield opening.span()
