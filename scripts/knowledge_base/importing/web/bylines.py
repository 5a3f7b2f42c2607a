"""Lines of a page that tell its date, and who wrote its article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...core.dates import WRITTEN_DAY, PartialDate
from ...core.text import fold, nfc
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.persons import Persons, beside_moment
from .blocks import Block, names_author, says_author, says_date
from .facts import is_office, without_agency

_DATE = re.compile(rf"(?<![\d/.-]){WRITTEN_DAY}(?!\d)|(?<!\d)(\d{{4}})-(\d{{2}})-(\d{{2}})(?!\d)")
_DATED = re.compile(r"[(\[]?(?:ngày đăng|đăng ngày|đăng lúc|ngày xuất bản|cập nhật)(?!\w)")
CHANGED = re.compile(r"cập nhật|sửa|chỉnh lý|updated|modified")
LONGEST_DATE_LINE, _WORDS_BESIDE_DATE = 120, 8
"""Characters of a line with a date, and words beside the date in it (day of the week, "cập nhật lúc", a name): more
make it a sentence that holds a date. Chosen by hand; the pages of tests/cases/import hold from 60 to 480 characters,
not at 30."""


def is_date_line(block: Block) -> bool:
    """Tell a short line that is mostly a date."""
    if len(block.text) > LONGEST_DATE_LINE or not _DATE.search(fold(block.text)):
        return False
    words = re.findall(r"[^\W\d_]{2,}", _DATE.sub("", block.text))
    return says_date(block) or len(words) <= _WORDS_BESIDE_DATE


def tells_date(block: Block) -> bool:
    """Tell a line that the markup, or its first words, call the date."""
    return says_date(block) or bool(_DATED.match(fold(block.text)))


def stand_together(one: Block, other: Block) -> bool:
    """Tell whether two lines share an element that holds little else: a page's clock shares none with a title."""
    near = (element for element in other.ancestors[-3:] if element.tag not in {"html", "body", "form"})
    return any(element in one.ancestors for element in near)


def dates(text: str) -> Iterator[PartialDate]:
    """Yield the dates in a line."""
    for match in _DATE.finditer(fold(text)):
        day, month, year = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
        try:
            date = PartialDate(int(year), int(month), int(day))
        except ValueError:
            continue
        if 1990 <= date.year <= 2100:
            yield date


_BYLINE = re.compile(
    r"(?:tin|bài|ảnh|tin bài|tác giả|thực hiện|người viết|biên tập|nguồn|by)(?:[,&+/ ]{1,3}(?:tin|bài|ảnh|và))*\s?:\s*",
    re.IGNORECASE,
)
LONGEST = 60
"""Characters of a line that names its author. Chosen by hand; the cases hold from 60 to 240, not at 30."""


class Authors:
    """Collects the author of one page; ``text`` is all its words."""

    def __init__(self, persons: Persons, vocabulary: Vocabulary, text: str) -> None:
        self._persons, self._text = persons, text
        self._places = {fold(place) for p in vocabulary.provinces.values() for place in (p.name, *p.names)}
        self.marked: str | None = None
        self.beside_date: str | None = None
        self.candidate: str | None = None

    def take_marked(self, block: Block) -> bool:
        """Take a line that the markup calls an author's; tell whether it is such a line."""
        if not is_author_line(block):
            return False
        inside = (" ".join(e.text_content().split()) for e in block.inner if names_author(e))
        named = (self.name_in(nfc(words)) for words in (*inside, block.text) if len(words) <= LONGEST)
        self.marked = next(filter(None, named), None) or self.marked
        return True

    def take_beside_date(self, line: str) -> None:
        """Take the name in a line that stands where an author's name may stand, if it is surely one."""
        if self._persons.are_names(line, self._text):
            self.beside_date = self.beside_date or line
        elif self._persons.can_be_names(line):
            self.candidate = self.candidate or line

    def take_date_line(self, line: str) -> None:
        """Take the name in a date line: "Lê Mẫu • 08/08/2023"."""
        name = beside_moment(line)
        if name and self._persons.are_names(name, self._text):
            self.beside_date = self.beside_date or name

    def name_in(self, line: str) -> str | None:
        """Return the name in a line that is marked as the author's: a province's name is the place of the news."""
        name = without_agency(_BYLINE.sub("", beside_moment(line)).strip(" ()*-|,•"))
        fits = self._persons.can_be_names(name) or is_office(name)
        return name if fits and fold(name) not in self._places else None


def is_author_line(block: Block) -> bool:
    """Tell whether the markup calls a short line an author's name."""
    return len(block.text) <= LONGEST and says_author(block)


def has_byline(block: Block) -> bool:
    """Tell whether a short line names its author: "Người viết: Lê Mẫu"."""
    return len(block.text) <= LONGEST and not block.foreign and bool(_BYLINE.match(block.text.strip("( ")))
