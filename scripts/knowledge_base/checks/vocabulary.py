"""Find what does not fit together in the vocabularies: doubled words, examples not found, periods, successions."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ..core.errors import Problem, Severity
from ..core.models import value_of
from ..core.text import fold, nfc, view
from ..meaning.knowledge.bodies import BodyCatalogue, BodyKey, steps_from
from ..meaning.knowledge.entities import KnowledgeBase
from ..mentions.citations.symbols import SymbolReader
from ..mentions.finders import Finders
from ..mentions.themes import theme_weights
from ..sources.diagnosis import nearest, quoted
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.notation import expand
from ..sources.vocabulary.persons import Persons
from ..sources.vocabulary.phrases import PhraseList, own_phrases, pattern_of
from ..sources.vocabulary.schemas import Province, Succession

_Place = tuple[str, str, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class _ListedWord:
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


def _in(vocabulary: Vocabulary, table: str, *names: str) -> Iterator[_ListedWord]:
    """Yield the words that the entries of a table have under the keys ``names``, spelt out and folded."""
    for key, entry in getattr(vocabulary, table).items():
        for rank, name in enumerate(names):
            value = getattr(entry, name)
            if isinstance(value, str):
                yield _ListedWord(_folded(value, table), value, (table, key, (name,)), rank)
                continue
            for number, word in enumerate(value):
                forms = _spellings(word) if table == "themes" else (word,)
                yield from (
                    _ListedWord(_folded(form, table), form, (table, key, (name, number)), rank) for form in forms
                )


def _spellings(phrase: str) -> Iterable[str]:
    try:
        return expand(phrase)
    except ValueError:
        return ()


def _folded(word: str, table: str) -> str:
    """Marks and codes are told apart by capitals; names and phrases are not."""
    words = nfc(word) if table in {"issuer_codes", "abbreviations"} else fold(nfc(word))
    return " ".join(words.split())


def _doubles(
    words: Iterator[_ListedWord], what: str, owner: str, severity: Severity, vocabulary: Vocabulary
) -> Iterator[Clash]:
    first: dict[str, _Place] = {}
    reported: set[_Place] = set()
    where = {word: vocabulary.place(word.place[0], word.place[1], *word.place[2]) for word in words}
    for word in sorted(where, key=lambda word: (word.rank, where[word])):
        place, other = word.place, first.setdefault(word.key, word.place)
        if other[1] == place[1] or place in reported:
            continue
        reported.add(place)
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


_Found = Callable[[str, str], bool]
_TITLE = "Một dòng tít ngắn\n\n"
_REMEDIES = {
    "body_kinds": "Sửa forms, exclude hoặc sửa ví dụ",
    "themes": "Thêm cụm từ vào include (hoặc exclude), hoặc sửa ví dụ",
    "relations": "Sửa cues hoặc sửa ví dụ",
    "document_types": "Sửa names, codes hoặc sửa ví dụ",
    "outlets": "Thêm dấu vào marks, tên miền vào sites, hoặc sửa ví dụ",
    "noise": "Sửa pattern hoặc sửa ví dụ",
    "phrases": "Thêm chữ vào words, bỏ bớt ở exclude, hoặc sửa ví dụ",
    "issuer_codes": "Sửa code, typed hoặc sửa ví dụ: chỉ ghi số, ký hiệu, dạng 34-CT/TU",
    "person_names": "Sửa words, use hoặc sửa ví dụ",
}
_NEEDED = {
    "examples": tuple(_REMEDIES),
    "not_examples": ("themes", "relations", "noise"),
}
"""Where an entry is not tested by its examples alone: its words may easily stand where it is not meant."""


def check_examples(
    vocabulary: Vocabulary, finders: Finders, clashing: Container[tuple[str, str]] = ()
) -> Iterator[Problem]:
    """Yield a problem for each example that is not found as its entry, and each counter-example that is.

    Entries that are faulty or ``clashing`` with others are left out: their examples fail for that alone."""
    for table, found in _searches(vocabulary, finders).items():
        for key in getattr(vocabulary, table):
            if (table, key) in clashing or vocabulary.has_error(table, key):
                continue
            yield from _check_phrases(vocabulary, table, key, found)


def check_untested(vocabulary: Vocabulary, reported: Iterable[Problem]) -> Iterator[Problem]:
    """Yield a warning for each entry without examples (or counter-examples) in a table where others have them, but
    for those of which something was ``reported``: that comes first."""
    lines = {(problem.path, problem.line) for problem in reported}
    for name, tables in _NEEDED.items():
        for table in tables:
            entries = {key: entry for key, entry in getattr(vocabulary, table).items() if _is_tested(table, entry)}
            if not any(getattr(entry, name) for entry in entries.values()):
                continue
            for key in [key for key, entry in entries.items() if not getattr(entry, name)]:
                raw = vocabulary.raw_entries.get((table, key))
                if raw is not None and not vocabulary.has_error(table, key) and not lines & raw.lines():
                    message = f"{quoted(key)} chưa có {_CALLED[name]} (khóa “{name}”)"
                    remedy = f"Thêm {name}: một hai câu mà máy {_SHOULD[name]} nhận ra mục này"
                    yield Problem(raw.path, raw.line(raw.table.keys[0]), message, remedy, Severity.WARNING)


_CALLED = {"examples": "ví dụ", "not_examples": "phản ví dụ"}
_SHOULD = {"examples": "phải", "not_examples": "không được"}


def _is_tested(table: str, entry: Any) -> bool:
    """Tell whether examples can test an entry: a type without a code is only known by its name."""
    return table != "document_types" or bool(entry.codes)


_FEW_WORDS = 10
"""A definition of fewer words hardly says what belongs to a theme. Chosen by hand: the shortest of ours has 30
words, the shortest of the toy corpus 10."""


def check_definitions(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a warning for each theme whose definition is too short to tell it from others."""
    for theme in vocabulary.themes.values():
        count = len(theme.definition.split())
        if count < _FEW_WORDS and not vocabulary.has_error("themes", theme.id):
            message = f"định nghĩa của {quoted(theme.id)} chỉ có {count} tiếng, khó biết chủ đề gồm gì"
            remedy = f"Viết thêm chủ đề gồm gì và không gồm gì, từ {_FEW_WORDS} tiếng trở lên"
            yield Problem(*vocabulary.place("themes", theme.id, "definition"), message, remedy, Severity.WARNING)


def _searches(vocabulary: Vocabulary, finders: Finders) -> dict[str, _Found]:
    """Return for each table how to tell that an entry is found in a text."""

    def body(key: str, text: str) -> bool:
        return any(mention.ref.kind == key for mention in finders.find_in(text)[1].bodies)

    def theme(key: str, text: str) -> bool:
        scan, mentions = finders.find_in(text)
        return key in theme_weights(mentions.themes, scan)

    def relation(key: str, text: str) -> bool:
        return any(cue.relation == key for cue in finders.find_in(text)[1].relations)

    def document(key: str, text: str) -> bool:
        return any(citation.type == key for citation in finders.find_in(text)[1].citations)

    def outlet(key: str, text: str) -> bool:
        return value_of(finders.find_in(_TITLE + text)[1].masthead.outlet) == key

    def noise(key: str, text: str) -> bool:
        return bool(re.search(vocabulary.noise[key].pattern, view(fold(nfc(text)))))

    def phrases(key: str, text: str) -> bool:
        listed = PhraseList(key) if key in set(PhraseList) else None
        return listed is None or bool(re.search(rf"(?<!\w)(?:{pattern_of(vocabulary, listed)})(?!\w)", fold(nfc(text))))

    def code(key: str, text: str) -> bool:
        """An example is the whole symbol, as it is written behind the word of some type."""
        read = (symbols.read_at(text, 0, kind) for kind in vocabulary.document_types.values())
        whole = (symbol for symbol in read if symbol is not None and symbol.number == text)
        return any(s.code is not None and key in {s.code.code, *s.rest.split("-")} for s in whole)

    def name(key: str, text: str) -> bool:
        no_names = vocabulary.person_names[key].use in {"khong-phai", "dia-danh"}
        return persons.are_names(text) is not no_names

    symbols, persons = SymbolReader(vocabulary), Persons(vocabulary)

    return {
        "body_kinds": body,
        "themes": theme,
        "relations": relation,
        "document_types": document,
        "outlets": outlet,
        "noise": noise,
        "phrases": phrases,
        "issuer_codes": code,
        "person_names": name,
    }


def _check_phrases(vocabulary: Vocabulary, table: str, key: str, found: _Found) -> Iterator[Problem]:
    entry = getattr(vocabulary, table)[key]
    for name, wanted in (("examples", True), ("not_examples", False)):
        for number, example in enumerate(getattr(entry, name, ())):
            if found(key, example) is not wanted:
                how = "chưa được nhận ra là" if wanted else "bị nhận nhầm là"
                message = f"{name}: {quoted(example)} {how} {quoted(key)}"
                yield Problem(*vocabulary.place(table, key, name, number), message, _REMEDIES[table])


def check_phrases(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for each list of ``phrases.yml`` that finders need and lack, and for each they do not know.

    A corpus without the file is read with the project's own words: nothing is missing there."""
    if not vocabulary.phrases:
        if not own_phrases():
            message = "không có tệp phrases.yml mà máy cần để đọc bài"
            yield Problem("sources/vocabularies/phrases.yml", 1, message, "Lấy lại tệp ấy từ bản trước")
        return
    missing = [wanted.value for wanted in PhraseList if not vocabulary.knows("phrases", wanted)]
    for key in vocabulary.phrases:
        if key not in set(PhraseList):
            near = nearest(key, missing)
            missing = [other for other in missing if other != near]
            remedy = f"Sửa thành id: {near}" if near else "Bỏ mục này, đưa chữ của nó vào một mục đã có"
            yield Problem(*vocabulary.place("phrases", key, "id"), f"máy không dùng mục {quoted(key)}", remedy)
    path = vocabulary.place("phrases", next(iter(vocabulary.phrases)))[0]
    for key in missing:
        yield Problem(path, 1, f"thiếu mục {quoted(key)} mà máy cần để đọc bài", "Lấy lại mục ấy từ bản trước")


def check_provinces(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for each period that ends before it begins, overlaps, or leaves a gap, and for each name
    that ended without a successor, or has one and did not end."""
    for province in vocabulary.provinces.values():
        if vocabulary.has_error("provinces", province.id, "successor", "periods"):
            continue
        for reported, severity, place in (*_periods(province), *_end(province)):
            path, line = vocabulary.place("provinces", province.id, *place)
            yield Problem(path, line, f"{province.name}: {reported[0]}", reported[1], severity)


_Report = tuple[tuple[str, str], Severity, tuple[object, ...]]


def _periods(province: Province) -> Iterator[_Report]:
    for number, period in enumerate(province.periods):
        if period.since and period.until and period.until.latest() < period.since.earliest():
            message = f"thời kỳ đến {period.until.vietnamese} mà từ {period.since.vietnamese}"
            yield (
                (message, "Sửa since hoặc until: until không được trước since"),
                Severity.ERROR,
                ("periods", number, "until"),
            )
            return
    for number, (one, following) in enumerate(pairwise(province.periods), 1):
        if following.since is None or one.until is None:
            which, at = ("since", number) if following.since is None else ("until", number - 1)
            message = f"thời kỳ thứ {at + 1} thiếu {which}, nên không rõ các thời kỳ nối nhau ở ngày nào"
            yield (message, f"Thêm {which}; thời kỳ cũ ghi trước, mới ghi sau"), Severity.ERROR, ("periods", at)
            continue
        gap = following.since.earliest() - one.until.latest()
        if gap != datetime.timedelta(days=1):
            how = "chồng lên nhau hoặc ngược thứ tự" if gap < datetime.timedelta(days=1) else "cách quãng"
            message = f"hai thời kỳ {how}: đến {one.until.vietnamese}, rồi từ {following.since.vietnamese}"
            right = one.until.latest() + datetime.timedelta(days=1)
            remedy = f"Nếu until đúng thì sửa since thành {right.isoformat()}; nếu không thì sửa until"
            yield (message, remedy), Severity.ERROR, ("periods", number, "since")


def _end(province: Province) -> Iterator[_Report]:
    last, number = province.periods[-1], len(province.periods) - 1
    former = province.successor is not None and province.successor != province.id
    if former and last.until is None:
        message = f"có successor {quoted(province.successor)} mà thời kỳ cuối không có until"
        yield (message, "Thêm until (ngày cuối của tên này), hoặc bỏ successor"), Severity.ERROR, ("successor",)
    if last.until is not None and not former:
        message = f"hết từ {last.until.vietnamese} mà không có successor"
        remedy = "Thêm successor: mã của tỉnh, thành phố hiện nay; nếu tên này vẫn còn thì bỏ until"
        yield (message, remedy), Severity.ERROR, ("periods", number, "until")


_ONE = {"hop-nhat": "hợp nhất", "doi-ten": "đổi tên", "thay-the": "thay thế"}


def check_successions(kb: KnowledgeBase) -> Iterator[Problem]:
    """Yield a problem for each succession with the wrong number of successors, and for each that goes in a circle."""
    for kind, entry in kb.vocabulary.body_kinds.items():
        if entry.succession and not kb.vocabulary.has_error("body_kinds", kind):
            where = kb.vocabulary.place("body_kinds", kind, "succession", "reason")
            yield from _check_succession(entry.succession, entry.name.replace(" {place}", ""), *where)
    for (kind, province), local in kb.vocabulary.local_bodies.items():
        if local.succession and not kb.vocabulary.has_error("local_bodies", f"{kind} {province}"):
            name = f"{kind} ({province})"
            where = kb.vocabulary.place("local_bodies", f"{kind} {province}", "succession", "reason")
            yield from _check_succession(local.succession, name, *where)
    yield from _circles(kb)


def _check_succession(succession: Succession, name: str, path: str, line: int) -> Iterator[Problem]:
    """A merged, renamed or replaced body has one successor; one that was split, several; one that ended, none."""
    count = len(set(succession.successors))
    if succession.reason in _ONE and count != 1:
        message = f"«{name}»: {_ONE[succession.reason]} phải có đúng một cơ quan kế tục, đang ghi {count}"
        remedy = "Ghi một cơ quan trong successors; chia về nhiều cơ quan thì reason là tach, không ai thì ket-thuc"
    elif succession.reason == "tach" and count < 2:
        message = f"«{name}»: tách phải có từ hai cơ quan kế tục, đang ghi {count}"
        remedy = "Ghi đủ các cơ quan trong successors; nếu chỉ có một thì reason là thay-the"
    elif succession.reason == "ket-thuc" and count:
        message = f"«{name}»: kết thúc hoạt động thì không có cơ quan kế tục, đang ghi {count}"
        remedy = "Đổi reason thành tach (từ hai) hoặc thay-the (một), hoặc bỏ successors và ghi tasks: ai nhận nhiệm vụ"
    else:
        return
    yield Problem(path, line, message, remedy)


def _circles(kb: KnowledgeBase) -> Iterator[Problem]:
    """Following successors must come to an end."""
    catalogue = BodyCatalogue(kb.vocabulary)
    for body in kb.bodies.values():
        key = catalogue.find(body.id)
        if key is not None and _returns(key, catalogue):
            path, line = kb.vocabulary.place("body_kinds", body.kind, "succession", "successors")
            message = f"các cơ quan kế tục của «{body.name}» nối thành vòng"
            yield Problem(path, line, message, "Bỏ một trong các successors trỏ ngược lại")


def _returns(start: BodyKey, catalogue: BodyCatalogue) -> bool:
    reached, queue = set[BodyKey](), [start]
    while queue:
        for step in steps_from(queue.pop(), catalogue):
            if step.target == start:
                return True
            if step.target not in reached:
                reached.add(step.target)
                queue.append(step.target)
    return False
