"""Turn the forms of ``bodies.yml`` and the names of ``provinces.yml`` into trees of phrases."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ...core.text import fold, nfc
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.notation import expand
from ...sources.vocabulary.phrases import PhraseList, words_of
from ..word_tree import REST, WordTree, split_words

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


@dataclass(frozen=True, slots=True)
class Guards:
    """Words right before or right after a body that make it something else, by kind."""

    before: WordTree[str]
    after: WordTree[str]


@dataclass(frozen=True, slots=True)
class BodyTrees:
    """All phrases the finder knows. ``tails`` are forms without the head they share in a list: after
    'Bộ Nội vụ,' comes 'Tài chính'."""

    bodies: WordTree[BodyForm]
    tails: WordTree[BodyForm]
    titles: WordTree[None]
    guards: Guards


def build_body_trees(vocabulary: Vocabulary) -> BodyTrees:
    """Return the trees of a vocabulary. Raises ValueError if a form is not in the notation."""
    trees = BodyTrees(WordTree(), WordTree(), WordTree(), Guards(WordTree(), WordTree()))
    for kind, entry in vocabulary.body_kinds.items():
        for form in entry.forms:
            _add_form(trees, kind, form)
        for words in entry.exclude:
            _add_exclusion(trees, kind, words)
    for post in words_of(vocabulary, PhraseList.POSTS):
        trees.titles.add(post, None)
    return trees


def build_place_tree(vocabulary: Vocabulary) -> WordTree[str]:
    """Return the names of all provinces, each with its id."""
    tree: WordTree[str] = WordTree()
    for province, entry in vocabulary.provinces.items():
        for name in (entry.name, *entry.names):
            tree.add(name, province)
            tree.add(name.removeprefix("TP").lstrip(". "), province)
    return tree


def build_level_tree() -> WordTree[str]:
    """Return the words for the two levels of a province, each with its level."""
    tree: WordTree[str] = WordTree()
    for words, level in LEVEL_WORDS.items():
        tree.add(words, level)
    return tree


def _add_form(trees: BodyTrees, kind: str, form: str) -> None:
    if form.startswith("~"):
        for spelling in expand(form[1:]):
            trees.bodies.add(spelling, BodyForm(Role.SHORT, kind))
        return
    for spelling in expand(form):
        slot = next((name for name in SLOTS if spelling.endswith(name)), None)
        if slot is None:
            _add_spelling(trees, spelling, BodyForm(Role.FULL, kind, None, level_of(spelling)))
            continue
        stem = spelling.removesuffix(slot).strip()
        _add_spelling(trees, stem, BodyForm(Role.STEM, kind, slot))
        for words in SLOTS[slot]:
            _add_spelling(trees, f"{stem} {words}", BodyForm(Role.FULL, kind, slot, level_of(words)))


def _add_spelling(trees: BodyTrees, words: str, form: BodyForm) -> None:
    head, plus, tail = (part.strip() for part in words.partition("+"))
    if plus:
        form = BodyForm(form.role, form.kind, form.slot, form.level, head)
        trees.tails.add(tail, form)
    trees.bodies.add(f"{head} {tail}".strip(), form)
    if " và " in words:
        _add_spelling(trees, words.replace(" và ", " & "), form)


def level_of(words: str) -> str | None:
    """Return the level of government that the last word of a body's name shows, if it does."""
    folded = " ".join(split_words(fold(nfc(words))).texts)
    return next((level for end, level in _LEVEL_ENDS.items() if f" {folded}".endswith(f" {end}")), None)


def _add_exclusion(trees: BodyTrees, kind: str, words: str) -> None:
    for spelling in expand(words):
        if spelling.startswith(REST):
            trees.guards.after.add(spelling.removeprefix(REST), kind)
        elif spelling.endswith(REST):
            trees.guards.before.add(spelling.removesuffix(REST), kind)
        else:
            trees.bodies.add(spelling, BodyForm(Role.NOTHING))
