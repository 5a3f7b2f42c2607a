"""How much a statement tells those who hear it at a session: whether it is on their theme, who must act, how much or
until when, and whether it stands without what it was taken from.

The points were chosen by hand and tried on the hand-outs of all themes: what comes first there is what a listener could
check on the next day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ...core.text import fold, verbose
from ...meaning.knowledge.entities import Kind, Reference, Task
from ...meaning.knowledge.status import state_of
from ...sources.vocabulary.phrases import PhraseList, pattern_of, start_pattern_of
from ...sources.vocabulary.schemas import Theme
from ..pages.index import group
from ..pages.site import Site
from ..statements import SourcedStatement, document_tasks, each_once, task_statement
from .paper import PAGE_LINES, lines

_ON_THEME, _MEASURED = 3, 2
"""The theme by its own words: a session is about that; a deadline or an amount outweighs a doer."""
_DOER = _DOCUMENT = 1
"""Somebody is told to act; what says so can be looked up, by a number and a day that is known."""
_GENERAL = -2
"""What can only be agreed to weighs as much as an amount: "nâng cao … 10%" is like any other demand."""
_REPLACED = -9
"""Of a document that is no longer what it was: nothing makes up for that, who teaches it teaches something wrong."""
_FOLLOWED = _LEANS = _PAST = -3
"""Of a document beside which there is a newer one; what is told elsewhere; what was to be done by a year that is over.
Each undoes the theme: nobody can act on it as it stands."""
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_UNTIL = verbose(r"""
        (?<!\w)(?<!ban\ hành\ )(?<!hiệu\ lực\ )(?<!thành\ lập\ )(?<!ký\ )
        (?: trước | đến | trong | hết | vào | chậm\ nhất ) \s
        (?: (?: là | vào | trước | trong | hết | cuối | đầu | giữa ) \s )*
        (?= ngày | tháng | quý | năm | giai\ đoạn | nhiệm\ kỳ )
        (?: (?: ngày | tháng | quý | năm | giai\ đoạn | nhiệm\ kỳ | [\divx]{1,4} ) [\s/.–-]+ )+
        (?P<year>20\d\d) (?![\w/])""")
"""Until when something is to be done: "đến năm 2030", "trong giai đoạn 2021 - 2030", "trước ngày 15/5/2023"; not the
date of a document that is cited or from when it is ("Chỉ thị số 50-CT/TW ngày 07/12/2015"), nor a number of things."""
_COUNTED = "ngày|giờ|phút|tuần|tháng|năm|lần|điểm|cuộc|người|biểu hiện|triệu|tỷ"
_AMOUNT = re.compile(rf"(?<![\w/.,-])\d{{1,4}}(?:[.,]\d+)?(?:\s?%|\s(?:{_COUNTED})(?!\w|\s\d))")
"""A number with what it counts; no day of a month ("tháng 3 năm 2026") and no number of a document."""


class Strength:
    """Tells how strong statements are, on a theme if one is given."""

    def __init__(self, site: Site, theme: Theme | None = None) -> None:
        self._site = site
        named = site.kb.mentions.get((Kind.THEME, theme.id), ()) if theme else ()
        self._places = group(named, lambda reference: [reference.article])
        self._now = max((at.latest().year for at in site.index.at.values() if at), default=0)
        vocabulary = site.kb.vocabulary
        self._general = re.compile(rf"(?:{pattern_of(vocabulary, PhraseList.GENERAL)})(?!\w)")
        self._leans = re.compile(rf"{start_pattern_of(vocabulary, PhraseList.LEANING)}(?!\w)")

    def of(self, reference: Reference, tasks: Sequence[Task], document: str | None) -> int:
        """Return the points of the statement that is shown for a place, more for stronger ones. ``tasks`` are asked in
        it; ``document``: the id of that which says it, or which its article is about."""
        about = self._site.kb.documents.get(document or "")
        entry, part = self._site.excerpt(reference)
        words = fold(" ".join(task.task for task in tasks) or entry.article.text[part.start : part.end])
        state = state_of(about, self._site.kb) if about else None
        years = years_due(words, [task.deadline for task in tasks if task.deadline])
        points = [
            (_ON_THEME, any(part.start <= at.start < part.end for at in self._places.get(entry.id, ()))),
            (_MEASURED, bool(_AMOUNT.search(words)) or any(task.deadline for task in tasks)),
            (_DOER, any(task.lead or task.addressees for task in tasks)),
            (_DOCUMENT, bool(about and about.number and about.date and not about.is_date_unchecked)),
            (_GENERAL, bool(self._general.match(words))),
            (_REPLACED, bool(state and state.grave)),
            (_FOLLOWED, bool(state and state.followed)),
            (_PAST, bool(years) and max(years) < self._now),
            (_LEANS, bool(self._leans.search(words))),
        ]
        return sum(weight for weight, holds in points if holds)


def years_due(words: str, deadlines: Iterable[str]) -> list[int]:
    """Return the years until which something is to be done, told in folded words and in deadlines."""
    said = [int(found["year"]) for found in _UNTIL.finditer(words)]
    return said + [int(year) for deadline in deadlines for year in _YEAR.findall(deadline)]


def sheet_of_document(site: Site, document: str) -> list[SourcedStatement]:
    """Return the statements of a document for its sheets: in its order where one page holds them, else the strongest
    first."""
    tasks = document_tasks(site, document)
    statements = each_once(task_statement(site, task) for task in tasks)
    if sum(map(lines, statements)) <= PAGE_LINES:
        return statements
    strength = Strength(site)
    return each_once(
        task_statement(site, task) for task in sorted(tasks, key=lambda t: -strength.of(t.reference, [t], document))
    )
