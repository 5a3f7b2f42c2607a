"""What goes into the pack of a theme: the statements of its one-page hand-out, the rest, what to check oneself by."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from ...core.models import ParagraphKind
from ...core.text import fold
from ...meaning.knowledge.entities import ArticleEntry, Kind, Reference, Task
from ...sources.vocabulary.schemas import ReadTogether, Theme
from ..pages.index import group
from ..pages.site import Site
from ..pages.views.theme import statements as theme_places
from ..pages.wording import citation
from ..statements import SourcedStatement, excerpt_statement
from .paper import PAGE_LINES, lines
from .strength import Strength

FOLDER = "tai-lieu"
"""The folder of the pages of packs."""
ONE_PAGE_FILE, LARGE_FILE, CHECKLIST_FILE, QR_FILE = "to-mot-trang.docx", "to-chu-lon.docx", "tu-soi.docx", "qr.svg"
Columns = tuple[str, str, str]
"""Heads of the columns to tick and to write in."""
Group: TypeAlias = "tuple[str, tuple[SourcedStatement, ...], Columns]"
"""What to check oneself by: a title, statements, heads of the columns."""
_SIGN_COLUMNS: Columns = ("Có", "Không", "Sẽ sửa thế nào, hạn")
DEMAND_COLUMNS: Columns = ("Đã làm", "Chưa", "Sẽ sửa thế nào, hạn")
OUR_QUESTIONS = "Câu hỏi do kho soạn"
READ_TOGETHER = "Đọc cùng:"
LONG = 4 * 66
"""Letters of a statement that takes more than four lines of the hand-out: chosen by hand, so that a page holds five or
more."""
MOST_ROWS = 24
"""So many demands a sheet to check oneself by holds, two pages with a source each; chosen by hand."""
MOST_SHOWN = 24
"""So many statements the page shows beside those of the hand-out; the theme's page has all. Chosen by hand, so that the
page stays below 60 kB."""
_AGAIN, _ALIKE, _SINGLE = 2, 4, 2
"""What a statement loses where its article speaks already, where another has said nearly the same, and where it is
demanded of single bodies, which are seldom in the room. Chosen by hand on the hand-outs of all themes: with 3 for the
first vague words of further articles took the place of amounts; without the second a page on discipline said four times
that nobody drinks at work, and with 3 for it two documents said the same in the same words."""
_SHARED = 3
"""So many pairs of words at least two statements share that repeat each other: "10% số hội nghị". Chosen by hand."""
_NAMED_PLACE = re.compile(r"(?<!\w)(?:huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)\s+[^\W\d_a-zà-ỹđ]")
"""One district or commune, by its name with a capital."""
_SIGN = "biểu hiện"
_SIGNS_NAMED = re.compile(r"\b(?:\d+|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) biểu hiện\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SignsNamed:
    """Signs that a source counts ("10 biểu hiện") and does not list; ``documents`` are those that may list them."""

    words: str
    statement: SourcedStatement
    documents: tuple[str, ...]

    @property
    def note(self) -> str:
        """What to do for want of the list."""
        where = f" ({', '.join(self.documents)})" if self.documents else ""
        return (
            f"Nguồn nhắc đến “{self.words}” mà không kê ra, nên kho không kê thay: lấy danh mục ấy ở bản chính của"
            f" văn bản{where}."
        )


class _Rated(NamedTuple):
    """A statement with what is asked in it (True: of all, False: of single bodies, too, None: nothing) and points."""

    asks: bool | None
    points: int
    statement: SourcedStatement
    alike: frozenset[tuple[str, str]]

    @property
    def value(self) -> int:
        """What sorts it: a long one takes the room of two, which costs a point."""
        return self.points - (len(self.statement.told) > LONG) - _SINGLE * (self.asks is False)

    @property
    def part(self) -> int:
        """Return 0 for demands, 1 for what an article reports and nobody demands, 2 for demands that tell nobody what
        to do."""
        return 1 if self.asks is None else 2 * (self.points < 0)

    def repeats(self, other: _Rated) -> bool:
        """Tell whether it says nearly the same: three in ten pairs of the words of the shorter one."""
        least = min(len(self.alike), len(other.alike))
        return len(self.alike & other.alike) >= max(_SHARED, least * 0.3)


@dataclass(frozen=True, slots=True)
class Pack:
    """What a session on a theme needs. ``chosen`` are the statements of the hand-out, ``rest`` all others; ``demands``
    what is demanded of everybody, ``signs`` what sources list as signs, ``named`` signs that they only count;
    ``asked`` our questions, as they stand on paper."""

    theme: Theme
    chosen: tuple[SourcedStatement, ...]
    rest: tuple[SourcedStatement, ...]
    demands: tuple[SourcedStatement, ...]
    signs: tuple[SourcedStatement, ...]
    named: tuple[SignsNamed, ...]
    asked: tuple[str, ...]

    @property
    def all(self) -> tuple[SourcedStatement, ...]:
        """All statements on the theme."""
        return (*self.chosen, *self.rest)

    @property
    def groups(self) -> list[Group]:
        """What to check oneself by; no empty groups."""
        number = len(self.demands)
        some = f" ({MOST_ROWS} trong {number} ý, lần lượt mỗi bài một ý)" if number > MOST_ROWS else ""
        title = f"Yêu cầu chung, không giao riêng cho một cơ quan{some}"
        groups = [
            ("Biểu hiện được nêu", self.signs, _SIGN_COLUMNS),
            (title, self.demands[:MOST_ROWS], DEMAND_COLUMNS),
        ]
        return [group for group in groups if group[1]]

    @property
    def has_checklist(self) -> bool:
        """Whether there is anything to check oneself by, or to discuss."""
        return bool(self.groups or self.asked)

    @property
    def whose_words(self) -> str:
        """Whose words the sheets hold: they bear our digests, and at times words of the source, marked each."""
        exception = ", trừ chỗ ghi “nguyên văn”" if any(s.verbatim for s in (*self.all, *self.signs)) else ""
        return f"Tóm lược của kho, không phải nguyên văn{exception}"

    @property
    def how_chosen(self) -> str:
        """By which rule the statements of the hand-out were chosen."""
        if not self.rest:
            return f"Đây là toàn bộ {len(self.chosen)} ý của kho về chủ đề này."
        return (
            f"{len(self.chosen)} trong {len(self.all)} ý của kho, chọn cho một trang A4: yêu cầu chung, cụ thể trước"
            " (ai làm, hạn, con số), từ nhiều nguồn."
        )


def said_on(site: Site, theme: Theme) -> dict[str, tuple[Reference, SourcedStatement]]:
    """Return the statements on a theme, each with the place that is shown for it, by their choices."""
    said: dict[str, tuple[Reference, SourcedStatement]] = {}
    for reference in theme_places(site, theme):
        statement = excerpt_statement(site, reference)
        said.setdefault(statement.choice, (reference, statement))
    return said


def make_pack(site: Site, theme: Theme) -> Pack:
    """Return the pack of a theme."""
    said = said_on(site, theme)
    by_article = group(said.values(), lambda row: [row[0].article])
    newest = sorted(by_article, key=lambda article: (_age(site, article), article))
    asked = {statement.choice: _asked(site, reference) for reference, statement in said.values()}
    asks = {choice: not any(_is_single(task) for task in tasks) if tasks else None for choice, tasks in asked.items()}
    strength = Strength(site, theme)
    named = _pairs(theme.name)  # what all say
    rated = [
        [
            _Rated(
                asks[s.choice],
                strength.of(r, asked[s.choice], s.document),
                s,
                _pairs(s.words.split(": ", 1)[-1]) - named,
            )
            for r, s in by_article[article]
        ]
        for article in newest
    ]
    ordered = [
        statement
        for part in range(3)
        for statement in _strongest([[r for r in rows if r.part == part] for rows in rated])
    ]
    chosen = {statement.choice for statement in _fill_page(ordered)}
    rows = [row for article in newest for row in by_article[article]]
    return Pack(
        theme,
        tuple(s for s in ordered if s.choice in chosen),
        tuple(s for s in ordered if s.choice not in chosen),
        tuple(s for s in ordered if asks[s.choice]),
        tuple(_signs(site, theme)),
        tuple(_named(site, rows)),
        (*theme.questions, *(f"{reading.ask} {_to_read(site, reading)}" for reading in theme.readings)),
    )


def _to_read(site: Site, reading: ReadTogether) -> str:
    """Return which documents are read for a question, each with what must be known of it. One that is missing is a
    fault of the sources, told there."""
    told = []
    for document in filter(None, map(site.kb.documents.get, reading.documents)):
        state = site.index.states.get(document.id)
        told.append(f"{document.name} ({site.document_line(document)})" + (f" ({state.words})" if state else ""))
    return f"{READ_TOGETHER} {'; '.join(told)}."


def _age(site: Site, article: str) -> int:
    at = site.kb.articles[article].at
    return -at.latest().toordinal() if at else 0


def _asked(site: Site, reference: Reference) -> list[Task]:
    """Return what is asked in the excerpt that is shown for a place."""
    entry, part = site.excerpt(reference)
    places = ((task, task.reference) for task in site.index.tasks_by_article.get(entry.id, ()))
    return [task for task, at in places if at.start < part.end and part.start < at.end]


def _is_single(task: Task) -> bool:
    """Tell whether a task is given to single bodies, those of a district or commune among them, which have no page."""
    return bool(task.lead or _NAMED_PLACE.search(task.addressees))


def _pairs(words: str) -> frozenset[tuple[str, str]]:
    """Return the pairs of neighbouring words, by which statements are told to be alike."""
    return frozenset(itertools.pairwise(re.findall(r"\w+", fold(words))))


def _strongest(articles: Sequence[Sequence[_Rated]]) -> list[SourcedStatement]:
    """Return statements, the strongest first; one of an article that has spoken, or that repeats another, has to be
    stronger than others by so much. Where they are alike, the articles and what each says keep their order."""
    left = [sorted(rows, key=lambda row: -row.value) for rows in articles if rows]
    lost, ordered = [0] * len(left), list[_Rated]()
    while any(left):
        best = max((at for at, rows in enumerate(left) if rows), key=lambda at: (left[at][0].value - lost[at], -at))
        said = left[best].pop(0)
        ordered.append(said)
        spoken = sum(row.statement.address.split("#")[0] == said.statement.address.split("#")[0] for row in ordered)
        for at, rows in enumerate(left):
            if at == best and rows:
                lost[at] = _AGAIN * spoken + _ALIKE * any(rows[0].repeats(other) for other in ordered)
            elif rows and rows[0].repeats(said):
                lost[at] = max(lost[at], _ALIKE)
    return [row.statement for row in ordered]


def _fill_page(ordered: Sequence[SourcedStatement]) -> list[SourcedStatement]:
    """Return the statements of a page: in order, as long as they fit; at least one."""
    chosen: list[SourcedStatement] = []
    left = float(PAGE_LINES)
    for statement in ordered:
        height = lines(statement)
        if not chosen or height <= left:
            chosen.append(statement)
            left -= height
    return chosen


def _signs(site: Site, theme: Theme) -> Iterable[SourcedStatement]:
    """Yield the items of each list that a paragraph on the theme opens as one of signs."""
    for reference in site.kb.mentions.get((Kind.THEME, theme.id), ()):
        paragraphs = site.kb.articles[reference.article].article.paragraphs
        text = paragraphs[reference.paragraph].text.rstrip() if reference.paragraph >= 0 else ""
        if not text.endswith(":") or _SIGN not in fold(text):
            continue
        for number, paragraph in enumerate(paragraphs[reference.paragraph + 1 :], reference.paragraph + 1):
            if paragraph.kind is not ParagraphKind.ITEM:
                break
            yield excerpt_statement(site, Reference(reference.article, number, paragraph.start, paragraph.end))


def _named(site: Site, rows: Sequence[tuple[Reference, SourcedStatement]]) -> Iterable[SignsNamed]:
    """Yield the signs that statements count without listing them, each count once."""
    seen: set[tuple[str, str]] = set()
    for reference, statement in rows:
        entry = site.kb.articles[reference.article]
        paragraph = entry.article.paragraphs[reference.paragraph]
        found = _SIGNS_NAMED.search(paragraph.text)
        if found and not paragraph.text.rstrip().endswith(":") and (found[0], entry.id) not in seen:
            seen.add((found[0], entry.id))
            yield SignsNamed(found[0], statement, tuple(_listing(site, entry, found[0])))


def _listing(site: Site, entry: ArticleEntry, words: str) -> list[str]:
    """Return the documents that may list signs: those named where the article counts them, else those of whose list a
    record takes note; with their dates, for numbers come again."""
    counting = [p for p in entry.article.paragraphs if words in p.text]
    named = dict.fromkeys(d for p in counting for d in entry.named(Kind.DOCUMENT, p.start, p.end))
    noted = [d.id for d in site.kb.documents.values() if d.record and d.record.note and words in d.record.note]
    return [citation(site, site.kb.documents[document]) for document in named or noted]
