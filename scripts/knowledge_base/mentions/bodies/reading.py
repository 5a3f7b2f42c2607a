"""Read one name of a body at one place of a text: its kind, its province, and what it is not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from ...core.text import fold, nfc, verbose
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.notation import expand
from ...sources.vocabulary.phrases import PhraseList, words_of
from ..lexicon import MISREAD
from ..word_tree import APART, REST, WordTree, split_words, without_spans

PLACE = "{place}"
PROVINCE, CITY = "tinh", "thanh-pho"
LEVEL_WORDS = {"tỉnh": PROVINCE, "thành phố": CITY, "TP": CITY}
SLOTS = {
    "{tỉnh}": tuple(LEVEL_WORDS),
    "{Tỉnh ủy}": ("Tỉnh ủy", "Thành ủy", "TU"),
    "{Trung ương}": tuple(f"{words}{party}" for words in ("Trung ương", "TW", "TƯ", "T.Ư") for party in ("", " Đảng")),
}
"""How the last part of a form may be written."""
_LEVEL_ENDS = {
    **dict.fromkeys(("tỉnh", "tỉnh ủy"), PROVINCE),
    **dict.fromkeys(("thành phố", "thành ủy", "thành đoàn", "tp"), CITY),
}


class Role(Enum):
    """What a phrase of the tree stands for."""

    FULL = "a body"
    STEM = "a body whose last part stands later: HĐND in 'HĐND, UBND tỉnh'"
    SHORT = "a body, if the text names it in full elsewhere"
    NOTHING = "words that only look like a body"


@dataclass(frozen=True, slots=True)
class BodyForm:
    """One spelling. ``slot`` is its last part (a key of ``SLOTS``), ``level`` what that part's words show."""

    role: Role
    kind: str = ""
    slot: str | None = None
    level: str | None = None
    head: str | None = None


_NO_BODY = BodyForm(Role.NOTHING)


def build_place_tree(vocabulary: Vocabulary) -> WordTree[str]:
    """Return the names of all provinces, each with its id; of the former ones those that no province bears."""
    names = [(name, p.id) for p in vocabulary.provinces.values() for name in (p.name, *p.names)]
    taken = {fold(name) for name, _ in names}
    former = [(name, p.id) for p in vocabulary.former_provinces.values() for name in (p.name, *p.names)]
    names += [(name, id_) for name, id_ in former if fold(name) not in taken]
    return WordTree((spelling, id_) for n, id_ in names for spelling in (n, n.removeprefix("TP").lstrip(". ")))


def cities_of(vocabulary: Vocabulary) -> set[str]:
    """Return the ids of the provinces that were a centrally run city at some time."""
    return {p.id for p in vocabulary.provinces.values() if any(period.kind == CITY for period in p.periods)}


def local_kinds(vocabulary: Vocabulary) -> set[str]:
    """Return the kinds of bodies that each province has its own of."""
    return {kind for kind, entry in vocabulary.body_kinds.items() if PLACE in entry.name}


def level_of(words: str) -> str | None:
    """Return the level of government that the last word of a body's name shows, if it does."""
    folded = " ".join(split_words(fold(nfc(words))).texts)
    return next((level for end, level in _LEVEL_ENDS.items() if f" {folded}".endswith(f" {end}")), None)


_ABBREVIATION = re.compile(r"(?!.*ngh)[bcdđghklmnpqrstvx]{3}")
_ASIDE = verbose(r"""[(0-9](?:                                      # a set at the head: re leaps to it
        (?<=\()[A-ZĐ][A-ZĐ&-]{1,9}\)                  # (BTV)
      | (?<=\d)(?<!\w.)\d{0,5}(?:                     # a number that is not the end of a word …
          [a-zđ]?(?:[-/.][\w&]{1,12}){0,3}             # … 88, 88a/2023
          [-/](?:[A-ZĐ]{2}|TTg)[\w&-]{0,20}            # … /CT-UBND
        | \s?-\s?[A-ZĐ][A-Za-zĐđ]{0,5}                # … 02 - NQ
          \s?/\s?[A-ZĐ]\w{1,12}                       # … /ĐUK
        | \s?/\s?[A-ZĐ][A-Za-zĐđ]{0,5}                # … 11 /CT, 73 / UBND
          \s?-\s?[A-ZĐ]{2}[\w&-]{0,20}                # … - UBND
      ))""")
_LONGEST_GUARD = 4
"""Words before a body that may make it something else (``x …`` of ``exclude``); no entry has more."""
_LISTED = frozenset(("bộ", "sở", "ban"))
"""After these and a colon stands a list of bodies: "các bộ: Nội vụ, Tài chính"."""


class Element(NamedTuple):
    """A name of a body in ``words[begin:end]``. ``forms`` are what it may be (several only for a stem).

    ``lower`` tells of a body of a district or commune, or of no body at all."""

    begin: int
    end: int
    forms: tuple[BodyForm, ...]
    place: str | None = None
    title: bool = False
    lower: bool = False

    @property
    def form(self) -> BodyForm:
        """The first of the forms: the only one, unless this is a stem."""
        return self.forms[0]

    @property
    def role(self) -> Role:
        """What the words stand for."""
        return self.form.role


class BodyGrammar:
    """What the vocabulary says of the names of bodies; made once.

    ``tails`` are forms without the head they share in a list: after 'Bộ Nội vụ,' comes 'Tài chính'. ``before`` and
    ``after`` are words right beside a body, by kind, that make it something else. Raises ValueError if a form is not
    in the notation."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.bodies: WordTree[BodyForm] = WordTree()
        self.tails: WordTree[BodyForm] = WordTree()
        self.before: WordTree[str] = WordTree()
        self.after: WordTree[str] = WordTree()
        kinds = vocabulary.body_kinds
        for kind, entry in kinds.items():
            for form in entry.forms:
                self._add_form(kind, form)
            for words in chain.from_iterable(map(expand, entry.exclude)):
                if words.startswith(REST):
                    self.after.add(words.removeprefix(REST), kind)
                elif words.endswith(REST):
                    self.before.add(words.removesuffix(REST), kind)
                else:
                    self.bodies.add(words, BodyForm(Role.NOTHING))
        self.titles = WordTree((post, None) for post in words_of(vocabulary, PhraseList.POSTS))
        self.beginnings = self.bodies.beginnings.joined(self.titles.beginnings).joined(dict.fromkeys(_LISTED, ()))
        self.places = build_place_tree(vocabulary)
        self.levels = WordTree(LEVEL_WORDS.items())
        self.all_beginnings = self.beginnings.joined(self.levels.beginnings)
        self.lower_levels = frozenset(words_of(vocabulary, PhraseList.LOWER_LEVELS))
        self.not_towns = frozenset(words_of(vocabulary, PhraseList.NOT_TOWNS))
        self.family_names = frozenset(words_of(vocabulary, PhraseList.FAMILY_NAMES))
        self.cities = cities_of(vocabulary)
        self.local = local_kinds(vocabulary)
        self.persons = {kind for kind, entry in kinds.items() if entry.one_person}
        self.parents = {kind: entry.parent for kind, entry in kinds.items()}
        self.lines = {kind: self._line(kind) for kind in kinds}
        """Each kind with those above it: what makes one of them something else, does so with all below."""
        self._organs = {kind for kind, entry in kinds.items() if entry.tier == "P"}

    def _line(self, kind: str | None) -> list[str]:
        line: list[str] = []
        while kind is not None and kind not in line:
            line.append(kind)
            kind = self.parents.get(kind)
        return line

    def _add_form(self, kind: str, form: str) -> None:
        if form.startswith("~"):
            for spelling in expand(form[1:]):
                self.bodies.add(spelling, BodyForm(Role.SHORT, kind))
            return
        for spelling in expand(form):
            slot = next((name for name in SLOTS if spelling.endswith(name)), None)
            if slot is None:
                self._add_spelling(spelling, BodyForm(Role.FULL, kind, None, level_of(spelling)))
                continue
            stem = spelling.removesuffix(slot).strip()
            self._add_spelling(stem, BodyForm(Role.STEM, kind, slot))
            for words in SLOTS[slot]:
                self._add_spelling(f"{stem} {words}", BodyForm(Role.FULL, kind, slot, level_of(words)))

    def _add_spelling(self, words: str, form: BodyForm) -> None:
        head, plus, tail = (part.strip() for part in words.partition("+"))
        if plus:
            form = replace(form, head=head)
            self.tails.add(tail, form)
        self.bodies.add(f"{head} {tail}".strip(), form)
        if " và " in words:
            self._add_spelling(words.replace(" và ", " & "), form)

    def is_near(self, kind: str, named: set[str]) -> bool:
        """Tell whether the body right above or below ``kind`` is named (not the Tỉnh ủy, nor a sở of the UBND)."""
        above = self.parents.get(kind)
        below = (other for other in named & self._organs if self.parents.get(other) == kind)
        return any(below) or (above is not None and above in named and self.parents.get(above) is not None)


@lru_cache(maxsize=1)
def body_grammar(vocabulary: Vocabulary) -> BodyGrammar:
    """Return the grammar of a vocabulary, made once for all finders that read names of bodies."""
    return BodyGrammar(vocabulary)


_LONG_WORD = 8
"""No word of Vietnamese has so many letters ("nghiêng" has seven)."""
_SENTENCE = re.compile(r"[.;!?\n](?:(?=\s)|(?<=\n))")


@dataclass(frozen=True, slots=True)
class NamedPlaces:
    """Where a text names a province, or one that is none of ours (""), in order of the text."""

    starts: tuple[int, ...]
    places: tuple[str, ...]
    view: str

    def in_sentence(self, at: int) -> str | None:
        """Return the last place named before ``at`` in the same sentence."""
        last = bisect_left(self.starts, at) - 1
        if last < 0 or _SENTENCE.search(self.view, self.starts[last], at):
            return None
        return self.places[last]


class BodyReader:
    """Reads names of bodies in one text (its folded and its viewed form)."""

    def __init__(self, grammar: BodyGrammar, folded: str, view: str) -> None:
        self._grammar = grammar
        self._view = view
        # without "(BTV)" after the full name, and without the symbols of documents
        for wrong, right in MISREAD.items():
            folded = folded.replace(wrong, right)
        asides = [match.span() for match in _ASIDE.finditer(view)]
        edges = [0, *chain(*asides), len(folded)]
        between = [folded[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
        blanks = [*(" " * (end - start) for start, end in asides), ""]
        blanked = "".join(chain(*zip(between, blanks, strict=True)))
        self.words = without_spans(split_words(folded), asides, blanked)
        starts, texts = grammar.all_beginnings.places(self.words), self.words.texts
        self._starts = [at for at in starts if texts[at] in grammar.beginnings]
        self._levels = [at for at in starts if texts[at] in grammar.levels.beginnings]

    def next_start(self, at: int) -> int | None:
        """Return the first place from ``at`` on where a name of a body or a person's post may begin."""
        place = bisect_left(self._starts, at)
        return self._starts[place] if place < len(self._starts) else None

    def read(self, at: int, head: str | None = None) -> Element | None:
        """Return the longest name that begins at ``words[at]``; ``head`` is a first part shared in a list."""
        found = self._grammar.bodies.matches(self.words, at) + self._tails(at, head)
        if not found:
            return None
        for end in sorted({end for end, _ in found}, reverse=True):
            element = self._judge(at, end, [form for stop, form in found if stop == end])
            if element is not None:
                return element
        return None

    def read_titled(self, at: int) -> Element | None:
        """Return the name of a body right after a person's post that begins at ``words[at]``."""
        ends = {end for end, _ in self._grammar.titles.matches(self.words, at)}
        for end in sorted(filter(self.words.follows, ends), reverse=True):
            element = self.read(end)
            if element is not None and element.role is not Role.NOTHING:
                # the capital after a post and a body may begin a person's name, not that of a lower place
                person = element.lower and element.place is None and self._names_person(element.end)
                return element._replace(title=True, lower=element.lower and not person)
        return None

    def read_places(self, at: int) -> list[tuple[str, int, int]]:
        """Return the provinces of ``các tỉnh[, thành phố][:] A, B và C`` at ``words[at]``: id, begin, end."""
        place = self._after_levels(at + 1)
        if not self.words.has(at, "các", " \n") or place == at + 1 or self.words.gaps[at + 1] == ",":
            return []
        found = []
        while (here := self._province(place, " \n:,")) is not None:
            found.append((here[1], place, here[0]))
            place = self._after_levels(here[0] + (1 if self.words.has(here[0], "và", " \n") else 0))
        return found

    def named_places(self, bodies: Iterable[tuple[int, str]]) -> NamedPlaces:
        """Return the places that the text names: by a body (its first word, its place), and by ``tỉnh X``."""
        words, levels = self.words, self._grammar.levels
        found = {words.starts[at]: place for at, place in bodies}
        for at in self._levels:
            end, level = levels.longest(words, at) or (at + 1, None)
            if place := self._province(end, " ."):
                found[words.starts[end]] = place[1]
            elif level == PROVINCE and self.is_foreign(end):
                found[words.starts[end]] = ""
        starts = tuple(sorted(found))
        return NamedPlaces(starts, tuple(found[start] for start in starts), self._view)

    def foreign_places(self) -> Iterator[tuple[str, int]]:
        """Yield the provinces named that are none of ours, each with its words and where they begin."""
        words, levels = self.words, self._grammar.levels
        after = [found for at in self._levels if (found := levels.longest(words, at))]
        bodies = (match for at in self._starts for match in self._grammar.bodies.matches(words, at))
        ends = {end for end, level in after if level == PROVINCE}
        for end in sorted(ends | {end for end, form in bodies if form.level == PROVINCE}):
            if self.is_foreign(end):
                yield " ".join(words.texts[end : end + 2]), words.starts[end]

    def is_foreign(self, at: int) -> bool:
        """Tell whether what stands after ``tỉnh`` names a province that is none of ours: ``tỉnh Vân Nam``, ``tỉnh
        Champasak``; not a person, a body, or words in a line of capitals."""
        words, grammar = self.words, self._grammar
        if words.follows(at, " ") and self.is_capital(at) and len(words.texts[at]) >= _LONG_WORD:
            return self._province(at, " ") is None
        if not all(words.follows(i, " -") and self.is_capital(i) for i in (at, at + 1)):
            return False
        if words.follows(at + 2, " ") and self.is_capital(at + 2):
            return False  # a person: "Tỉnh ủy Lò Văn Mẫu"
        if self._view[words.starts[at] : words.ends[at + 1]].isupper() or self._province(at, " ") is not None:
            return False
        known = [*grammar.bodies.matches(words, at), *grammar.titles.matches(words, at)]
        return not known and words.texts[at] not in grammar.family_names | grammar.not_towns | grammar.lower_levels

    def is_capital(self, at: int) -> bool:
        """Tell whether a word is written with a capital."""
        return at < len(self.words.texts) and self._view[self.words.starts[at]].isupper()

    def _tails(self, at: int, head: str | None) -> list[tuple[int, BodyForm]]:
        """Return forms that lack their head: in a list, or after ``các bộ:``."""
        if head is not None and self.is_capital(at):
            tails = self._grammar.tails.matches(self.words, at)
            return [(end, form) for end, form in tails if form.head == head]
        if self.words.texts[at] in _LISTED and self.words.follows(at + 1, ":") and self.is_capital(at + 1):
            tails = self._grammar.tails.matches(self.words, at + 1)
            return [(end, form) for end, form in tails if (form.head or "").lower() == self.words.texts[at]]
        return []

    def _judge(self, at: int, end: int, forms: list[BodyForm]) -> Element | None:
        """Return what ``words[at:end]`` is, given the forms that have these words; None for nothing of ours."""
        if any(form.role is Role.NOTHING for form in forms):
            return Element(at, end, (_NO_BODY,))
        if guarded := self._guarded(at, end):
            forms = [form for form in forms if guarded.isdisjoint(self._grammar.lines[form.kind])]
        form = next((form for form in forms if form.role is Role.FULL), None)
        if form is None:
            return self._judge_stem(at, end, forms) if forms else None
        if form.kind not in self._grammar.local:
            personal = form.kind in self._grammar.persons and self.is_capital(end) and self._names_person(end)
            named = self._is_name(at, end, end - at >= 3)
            return Element(at, end, (form,), title=personal) if named else None
        level, place, stop = self._read_place(at, end, form.level)
        lower = level == CITY and (self._is_town(end, at) if place is None else place not in self._grammar.cities)
        lower = lower or (level == PROVINCE and place is None and self.is_foreign(end))
        form = form if form.level == level else replace(form, level=level)
        element = Element(at, stop, (form,), place, lower=lower)
        return element if self._is_name(at, end, place is not None) else None

    def _judge_stem(self, at: int, end: int, forms: list[BodyForm]) -> Element | None:
        bare = next((form for form in forms if form.slot == "{tỉnh}"), None)
        level, place, stop = self._read_place(at, end, None) if bare else (None, None, end)
        if bare and place is not None:
            lower = level == CITY and place not in self._grammar.cities
            return Element(at, stop, (replace(bare, role=Role.FULL, level=level),), place, lower=lower)
        stems = tuple(sorted(forms, key=lambda form: form.role is Role.SHORT))
        named = self.words.follows(end)
        lower = named and (self.words.texts[end] in self._grammar.lower_levels or self.is_capital(end))
        return Element(at, end, stems, lower=lower) if self._is_name(at, end, stems[0].slot is not None) else None

    def _names_person(self, at: int) -> bool:
        """Tell whether a person's name may begin at ``words[at]``."""
        return self.words.follows(at) and self.words.texts[at] in self._grammar.family_names

    def _read_place(self, at: int, end: int, level: str | None) -> tuple[str | None, str | None, int]:
        """Read ``[tỉnh] Nghệ An`` at ``words[end]``: level, province, and where it ends."""
        found = self._grammar.levels.longest(self.words, end) if self._goes_on(at, end) else None
        begin, level = (found[0], found[1]) if found and level is None else (end, level)
        province = self._province(begin, " \n.", self._view[self.words.starts[at]].islower())
        return (level, province[1], province[0]) if province else (level, None, end)

    def _goes_on(self, at: int, end: int) -> bool:
        """Tell whether a place at ``words[end]`` belongs to the name before it: in a letterhead it may stand below,
        after a blank line."""
        words = self.words
        if words.follows(end, " \n"):
            return True
        if end == at or not words.follows(end, APART):
            return False
        name, between = self._view[words.starts[at] : words.ends[end - 1]], words.ends[end - 1]
        shouted = name.isupper() and self._view[words.starts[end] : words.ends[end]].isupper()
        return shouted and not self._view[between : words.starts[end]].strip()

    def _province(self, at: int, gaps: str, lower: bool = False) -> tuple[int, str] | None:
        """Return the end and the id of a province named at ``words[at]``."""
        if not self.words.follows(at, gaps) or not (lower or self.is_capital(at)):
            return None
        return self._grammar.places.longest(self.words, at)

    def _is_town(self, end: int, at: int) -> bool:
        """Tell whether a capital after ``thành phố`` or ``Thành ủy`` names a town: ``Thành ủy Vinh``."""
        if self.words.has(end, "thuộc") or self.words.has(end, "trực"):
            return True
        if not self.words.follows(end, " .") or not self.is_capital(end):
            return False
        words = self.words
        shouted = self._view[words.starts[at] : words.ends[end]].isupper() and len(words.texts[end]) > 1
        if shouted or (words.gaps[end] == "." and words.texts[end - 1] != "tp"):
            return False
        known = self._grammar.bodies.matches(words, end) or self._grammar.titles.matches(words, end)
        return not known and words.texts[end] not in self._grammar.not_towns

    def _guarded(self, at: int, end: int) -> set[str]:
        """Return the kinds that words right before or after make something else (``exclude`` of the vocabulary)."""
        trees, words = self._grammar, self.words
        kinds = {kind for _, kind in trees.after.matches(words, end)} if words.follows(end, " \n-") else set()
        before = range(max(0, at - _LONGEST_GUARD), at) if words.follows(at, " ") else ()
        begun = (i for i in before if words.texts[i] in trees.before.beginnings)
        return kinds | {kind for i in begun for stop, kind in trees.before.matches(words, i) if stop == at}

    def _is_name(self, at: int, end: int, lower_allowed: bool) -> bool:
        """Tell whether the case of the letters is that of a name."""
        return lower_allowed or any(
            self.is_capital(i) or _ABBREVIATION.search(self.words.texts[i]) for i in range(at, end)
        )

    def _after_levels(self, at: int) -> int:
        """Return the place after ``tỉnh`` or ``tỉnh, thành phố``; ``at`` if none stands there."""
        while self.words.follows(at, " \n,") and (found := self._grammar.levels.longest(self.words, at)) is not None:
            at = found[0]
        return at
