"""Find words in the vocabularies that stand for two things at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..errors import Problem, Severity
from ..text import fold, nfc
from ..vocabulary import Vocabulary
from ..vocabulary.faults import quoted
from ..vocabulary.notation import expand

_Place = tuple[str, str, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of an entry: as it is compared, as it is written, and where; one of lower ``rank`` comes first."""

    key: str
    written: str
    place: _Place
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Clash:
    """A problem of words that stand for two things, and the entries (table, key) that share in it."""

    problem: Problem
    entries: frozenset[tuple[str, str]]


def check_lists(vocabulary: Vocabulary) -> Iterator[Clash]:
    """Yield a clash for each word that two entries claim, and for words that an entry lists against itself."""
    tables = (
        (_in(vocabulary, "outlets", "marks"), "dấu", "tòa soạn", Severity.ERROR),
        (_in(vocabulary, "outlets", "sites"), "tên miền", "tòa soạn", Severity.ERROR),
        (_in(vocabulary, "outlets", "name"), "tên", "tòa soạn", Severity.ERROR),
        (_in(vocabulary, "provinces", "name", "names"), "tên", "tỉnh, thành phố", Severity.ERROR),
        (_in(vocabulary, "issuer_codes", "code", "typed"), "ký hiệu", "mục", Severity.ERROR),
        (_in(vocabulary, "relations", "cues"), "từ ngữ", "quan hệ", Severity.ERROR),
        (_in(vocabulary, "abbreviations", "short"), "chữ tắt", "mục", Severity.ERROR),
        (_in(vocabulary, "document_types", "name"), "tên", "loại văn bản", Severity.ERROR),
        (_in(vocabulary, "body_kinds", "name"), "tên", "loại cơ quan", Severity.ERROR),
        (_in(vocabulary, "themes", "include"), "cụm từ", "chủ đề", Severity.WARNING),
    )
    for words, what, owner, severity in tables:
        yield from _doubles(words, what, owner, severity, vocabulary)
    yield from _themes(vocabulary)
    yield from _defaults(vocabulary)


def _in(vocabulary: Vocabulary, table: str, *names: str) -> Iterator[_Word]:
    """Yield the words that the entries of a table have under the keys ``names``, spelt out and folded."""
    for key, entry in getattr(vocabulary, table).items():
        for rank, name in enumerate(names):
            value = getattr(entry, name)
            if isinstance(value, str):
                yield _Word(_folded(value, table), value, (table, key, (name,)), rank)
                continue
            for number, word in enumerate(value):
                forms = _spellings(word) if table == "themes" else (word,)
                yield from (_Word(_folded(form, table), form, (table, key, (name, number)), rank) for form in forms)


def _spellings(phrase: str) -> Iterable[str]:
    try:
        return expand(phrase)
    except ValueError:
        return ()


def _folded(word: str, table: str) -> str:
    """Marks and codes are told apart by capitals; names and phrases are not."""
    return (
        " ".join(nfc(word).split()) if table in {"issuer_codes", "abbreviations"} else " ".join(fold(nfc(word)).split())
    )


def _doubles(
    words: Iterator[_Word], what: str, owner: str, severity: Severity, vocabulary: Vocabulary
) -> Iterator[Clash]:
    first: dict[str, _Place] = {}
    told: set[_Place] = set()
    where = {word: vocabulary.place(word.place[0], word.place[1], *word.place[2]) for word in words}
    for word in sorted(where, key=lambda word: (word.rank, where[word])):
        place, other = word.place, first.setdefault(word.key, word.place)
        if other[1] == place[1] or place in told:
            continue
        told.add(place)
        path, line = vocabulary.place(place[0], place[1], *place[2])
        _, at = vocabulary.place(other[0], other[1], *other[2])
        message = f"{what} {quoted(word.written)} đã thuộc {owner} {quoted(other[1])} (dòng {at})"
        remedy = f"Giữ ở một {owner}, bỏ ở {owner} kia"
        if severity is Severity.WARNING:
            remedy += "; nếu cụm từ nói về cả hai thì để nguyên"
        yield Clash(Problem(path, line, message, remedy, severity), frozenset({place[:2], other[:2]}))


def _themes(vocabulary: Vocabulary) -> Iterator[Clash]:
    """A phrase of a theme may not also be excluded, nor be weak; no theme is related to itself."""
    for theme in vocabulary.themes.values():
        strong = {_folded(form, "themes") for phrase in theme.include for form in _spellings(phrase)}
        for name in ("weak", "exclude"):
            for number, phrase in enumerate(getattr(theme, name)):
                same = sorted(strong & {_folded(form, "themes") for form in _spellings(phrase)})
                if same:
                    path, line = vocabulary.place("themes", theme.id, name, number)
                    message = f"cụm từ {quoted(same[0])} vừa ở “include” vừa ở “{name}” của {quoted(theme.id)}"
                    problem = Problem(path, line, message, "Bỏ ở một trong hai chỗ")
                    yield Clash(problem, frozenset({("themes", theme.id)}))
        if theme.id in theme.related:
            path, line = vocabulary.place("themes", theme.id, "related", theme.related.index(theme.id))
            message = f"chủ đề {quoted(theme.id)} liên quan đến chính nó"
            yield Clash(Problem(path, line, message, "Bỏ mã ấy khỏi related"), frozenset())


def _defaults(vocabulary: Vocabulary) -> Iterator[Clash]:
    """The default issuer of a code must be one of its bodies."""
    for code, entry in vocabulary.issuer_codes.items():
        if entry.default and entry.bodies and entry.default not in entry.bodies:
            path, line = vocabulary.place("issuer_codes", code, "default")
            message = f"default {quoted(entry.default)} của ký hiệu {code} không có trong bodies của nó"
            remedy = f"Thêm {entry.default} vào bodies, hoặc sửa default"
            yield Clash(Problem(path, line, message, remedy), frozenset())
