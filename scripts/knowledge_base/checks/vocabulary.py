"""Find what does not fit together in the vocabularies: doubled words, examples not found, periods, successions."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Container, Iterable, Iterator
from itertools import pairwise

from ..core.errors import Problem, Severity
from ..core.models import Mentions, value_of
from ..core.text import fold, nfc, view
from ..meaning.knowledge.bodies import BodyCatalogue, BodyKey, steps_from
from ..meaning.knowledge.entities import KnowledgeBase
from ..mentions.citations.symbols import SymbolReader
from ..mentions.finders import Finders
from ..mentions.themes import theme_weights
from ..sources.diagnosis import nearest, quoted
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.entries import TABLES
from ..sources.vocabulary.notation import expand
from ..sources.vocabulary.persons import Persons
from ..sources.vocabulary.phrases import PhraseList, own_phrases, pattern_of
from ..sources.vocabulary.schemas import Province, Succession

_UNIQUE = (
    ("outlets", ("marks",), "dấu", "tòa soạn"),
    ("outlets", ("sites",), "tên miền", "tòa soạn"),
    ("outlets", ("name",), "tên", "tòa soạn"),
    ("web_hosts", ("hosts",), "tên miền", "mục"),
    ("provinces", ("name", "names"), "tên", "tỉnh, thành phố"),
    ("issuer_codes", ("code", "typed"), "ký hiệu", "mục"),
    ("relations", ("cues",), "từ ngữ", "quan hệ"),
    ("abbreviations", ("short",), "chữ tắt", "mục"),
    ("document_types", ("name", "names"), "tên", "loại văn bản"),
    ("relations", ("name",), "tên", "quan hệ"),
    ("body_kinds", ("name",), "tên", "loại cơ quan"),
    ("themes", ("name",), "tên", "chủ đề"),
    ("themes", ("include",), "cụm từ", "chủ đề"),
)
"""The words that only one entry of a table may have: its keys, and what words and entries are called. A phrase may
speak of two themes: there it is only asked about."""


Clash = tuple[Problem, set[tuple[str, str]]]
"""A problem of words that stand for two things, and the entries (table, key) that share in it."""


def check_lists(vocabulary: Vocabulary) -> Iterator[Clash]:
    """Yield a clash for each word that two entries claim, and for words that an entry lists against itself."""
    for row in _UNIQUE:
        yield from _doubles(vocabulary, *row)
    yield from _themes(vocabulary)
    for code, entry in vocabulary.issuer_codes.items():  # the default issuer of a code must be one of its bodies
        if entry.default and entry.bodies and entry.default not in entry.bodies:
            message = f"default {quoted(entry.default)} của ký hiệu {code} không có trong bodies của nó"
            remedy = f"Thêm {entry.default} vào bodies, hoặc sửa default"
            yield Problem(*vocabulary.place("issuer_codes", code, "default"), message, remedy), set()


def _doubles(vocabulary: Vocabulary, table: str, names: tuple[str, ...], what: str, owner: str) -> Iterator[Clash]:
    """Yield a clash for each word that an entry has under one of the keys ``names``, spelt out and folded, and
    another entry too; where it stands under the key named first comes first."""
    words, phrases = [], names == ("include",)
    for key, entry in getattr(vocabulary, table).items():
        for rank, name in enumerate(names):
            value = getattr(entry, name)
            listed = [(value, (name,))] if isinstance(value, str) else [(w, (name, n)) for n, w in enumerate(value)]
            for word, at in listed:
                place = (rank, *vocabulary.place(table, key, *at))
                words += [(place, key, at, form) for form in (expand(word) if phrases else (word,))]
    first: dict[str, tuple[str, int]] = {}
    reported = set()
    severity = Severity.WARNING if phrases else Severity.ERROR
    for (_, path, line), key, at, form in sorted(words, key=lambda word: word[0]):
        other, there = first.setdefault(_folded(form, table), (key, line))
        if other == key or (key, at) in reported:
            continue
        reported.add((key, at))
        message = f"{what} {quoted(form)} đã thuộc {owner} {quoted(other)} (dòng {there})"
        remedy = f"Giữ ở một {owner}, bỏ ở {owner} kia"
        remedy += "; nếu cụm từ nói về cả hai thì để nguyên" if severity is Severity.WARNING else ""
        yield Problem(path, line, message, remedy, severity), {(table, key), (table, other)}


def _folded(word: str, table: str) -> str:
    """Marks and codes are told apart by capitals; names and phrases are not."""
    words = nfc(word) if table in {"issuer_codes", "abbreviations"} else fold(nfc(word))
    return " ".join(words.split())


def _themes(vocabulary: Vocabulary) -> Iterator[Clash]:
    """A phrase of a theme may not also be excluded, nor be weak; no theme is related to itself."""
    for theme in vocabulary.themes.values():
        strong = {_folded(form, "themes") for phrase in theme.include for form in expand(phrase)}
        for name in ("weak", "exclude"):
            for number, phrase in enumerate(getattr(theme, name)):
                same = sorted(strong & {_folded(form, "themes") for form in expand(phrase)})
                if same:
                    message = f"cụm từ {quoted(same[0])} vừa ở “include” vừa ở “{name}” của {quoted(theme.id)}"
                    place = vocabulary.place("themes", theme.id, name, number)
                    yield Problem(*place, message, "Bỏ ở một trong hai chỗ"), {("themes", theme.id)}
        if theme.id in theme.related:
            place = vocabulary.place("themes", theme.id, "related", theme.related.index(theme.id))
            message = f"chủ đề {quoted(theme.id)} liên quan đến chính nó"
            yield Problem(*place, message, "Bỏ mã ấy khỏi related"), set()


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
_NEEDED = (
    ("examples", "ví dụ", "phải", tuple(_REMEDIES)),
    ("not_examples", "phản ví dụ", "không được", ("themes", "relations", "noise")),
)
"""The tables whose entries need them, with their names; counter-examples where an entry is not tested by its examples
alone: its words may easily stand where it is not meant."""


def check_examples(
    vocabulary: Vocabulary, finders: Finders, clashing: Container[tuple[str, str]] = ()
) -> Iterator[Problem]:
    """Yield a problem for each example that is not found as its entry, and each counter-example that is.

    Entries that are faulty or ``clashing`` with others are left out: their examples fail for that alone."""
    for table, found in _searches(vocabulary, finders).items():
        for key, entry in getattr(vocabulary, table).items():
            sound = (table, key) not in clashing and not vocabulary.has_error(table, key)
            for name, wanted in (("examples", True), ("not_examples", False)):
                for number, example in enumerate(getattr(entry, name, ()) if sound else ()):
                    if found(key, example) is not wanted:
                        how = "chưa được nhận ra là" if wanted else "bị nhận nhầm là"
                        message = f"{name}: {quoted(example)} {how} {quoted(key)}"
                        yield Problem(*vocabulary.place(table, key, name, number), message, _REMEDIES[table])


def check_untested(vocabulary: Vocabulary, reported: Iterable[Problem]) -> Iterator[Problem]:
    """Yield a warning for each entry without examples (or counter-examples) in a table where others have them, but
    for those of which something was ``reported``: that comes first."""
    lines = {(problem.path, problem.line) for problem in reported}
    for name, called, should, tables in _NEEDED:
        for table in tables:
            entries = getattr(vocabulary, table)
            if table == "body_kinds":  # the office of a head has no forms of its own: nothing to test
                entries = {key: entry for key, entry in entries.items() if entry.forms}
            if table == "document_types":  # a type without a code is only known by its name: nothing to test
                entries = {key: entry for key, entry in entries.items() if entry.codes}
            lacking = [key for key, entry in entries.items() if not getattr(entry, name)]
            for key in lacking if len(lacking) < len(entries) else ():
                raw = vocabulary.raw_entries.get((table, key))
                if raw is not None and not vocabulary.has_error(table, key) and not lines & raw.lines():
                    message = f"{quoted(key)} chưa có {called} (khóa “{name}”)"
                    remedy = f"Thêm {name}: một hai câu mà máy {should} nhận ra mục này"
                    yield Problem(*vocabulary.place(table, key), message, remedy, Severity.WARNING)


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
    symbols, persons, no_names = SymbolReader(vocabulary), Persons(vocabulary), {"khong-phai", "dia-danh"}

    def mentions(text: str) -> Mentions:
        return finders.find_in(text)[1]

    def theme(key: str, text: str) -> bool:
        scan, found = finders.find_in(text)
        return key in theme_weights(found.themes, scan)

    def phrases(key: str, text: str) -> bool:
        listed = PhraseList(key) if key in set(PhraseList) else None
        return listed is None or bool(re.search(rf"(?<!\w)(?:{pattern_of(vocabulary, listed)})(?!\w)", fold(nfc(text))))

    def code(key: str, text: str) -> bool:
        """An example is the whole symbol, as it is written behind the word of some type."""
        read = (symbols.read_at(text, 0, kind) for kind in vocabulary.document_types.values())
        whole = (symbol for symbol in read if symbol is not None and symbol.number == text)
        return any(s.code is not None and key in {s.code.code, *s.rest.split("-")} for s in whole)

    return {
        "body_kinds": lambda key, text: any(mention.ref.kind == key for mention in mentions(text).bodies),
        "themes": theme,
        "relations": lambda key, text: any(cue.relation == key for cue in mentions(text).relations),
        "document_types": lambda key, text: any(citation.type == key for citation in mentions(text).citations),
        "outlets": lambda key, text: value_of(mentions(_TITLE + text).masthead.outlet) == key,
        "noise": lambda key, text: bool(re.search(vocabulary.noise[key].pattern, view(fold(nfc(text))))),
        "phrases": phrases,
        "issuer_codes": code,
        "person_names": lambda key, text: persons.are_names(text) is not (vocabulary.person_names[key].use in no_names),
    }


def check_files(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for each file of a vocabulary that is not there or holds no entry: what it should hold would be
    found nowhere, and no page would tell.

    A corpus without ``phrases.yml`` is read with the project's own words, if there are any."""
    lost = {*vocabulary.unreadable, *(name for name, _ in vocabulary.raw_entries), "local_bodies"}
    for table in TABLES:
        if getattr(vocabulary, table.name) or table.name in lost:
            continue
        is_missing = table.name in vocabulary.missing
        if table.name == "phrases" and is_missing and own_phrases():
            continue
        message = f"{'không có tệp' if is_missing else 'chưa có mục nào trong'} {table.file} mà máy cần để đọc bài"
        yield Problem(f"sources/vocabularies/{table.file}", 1, message, "Lấy lại tệp ấy từ bản trước")


def check_phrases(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for each list of ``phrases.yml`` that finders need and lack, and for each they do not know."""
    if not vocabulary.phrases:
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
        reports = list(_periods(province))
        last, former = province.periods[-1], province.successor not in (None, province.id)
        if former and last.until is None:
            message = f"có successor {quoted(province.successor)} mà thời kỳ cuối không có until"
            reports.append((message, "Thêm until (ngày cuối của tên này), hoặc bỏ successor", ("successor",)))
        if last.until is not None and not former:
            message = f"hết từ {last.until.vietnamese} mà không có successor"
            remedy = "Thêm successor: mã của tỉnh, thành phố hiện nay; nếu tên này vẫn còn thì bỏ until"
            reports.append((message, remedy, ("periods", len(province.periods) - 1, "until")))
        for message, remedy, place in reports:
            yield Problem(*vocabulary.place("provinces", province.id, *place), f"{province.name}: {message}", remedy)


def _periods(province: Province) -> Iterator[tuple[str, str, tuple[object, ...]]]:
    """Yield what is wrong with the periods: message, remedy, and where."""
    for number, period in enumerate(province.periods):
        if period.since and period.until and period.until.latest() < period.since.earliest():
            message = f"thời kỳ đến {period.until.vietnamese} mà từ {period.since.vietnamese}"
            yield message, "Sửa since hoặc until: until không được trước since", ("periods", number, "until")
            return
    for number, (one, following) in enumerate(pairwise(province.periods), 1):
        if following.since is None or one.until is None:
            which, at = ("since", number) if following.since is None else ("until", number - 1)
            message = f"thời kỳ thứ {at + 1} thiếu {which}, nên không rõ các thời kỳ nối nhau ở ngày nào"
            yield message, f"Thêm {which}; thời kỳ cũ ghi trước, mới ghi sau", ("periods", at)
            continue
        right = one.until.latest() + datetime.timedelta(days=1)
        if following.since.earliest() != right:
            how = "chồng lên nhau hoặc ngược thứ tự" if following.since.earliest() < right else "cách quãng"
            message = f"hai thời kỳ {how}: đến {one.until.vietnamese}, rồi từ {following.since.vietnamese}"
            remedy = f"Nếu until đúng thì sửa since thành {right.isoformat()}; nếu không thì sửa until"
            yield message, remedy, ("periods", number, "since")


def check_map(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for what stands between two places of the map, on a place that is taken, or there though its
    name is of former times; where a map is drawn, a warning for each province of today that is not on it."""
    sound = [p for p in vocabulary.provinces.values() if not vocabulary.has_error("provinces", p.id, "tile", "islands")]
    taken: dict[tuple[int, int], str] = {}
    for p in sound:
        former = p.successor not in (None, p.id)
        for key, tile, name in (("tile", p.tile, p.name), ("islands", p.islands, p.islands.name if p.islands else "")):
            if tile is None:
                continue
            place, at = vocabulary.place("provinces", p.id, key), (tile.row, tile.column)
            where = f"hàng {tile.row}, cột {tile.column}"
            if former:
                message = f"{p.name} là tên cũ mà có ô trên bản đồ"
                yield Problem(*place, message, f"Bỏ khóa “{key}”: bản đồ chỉ có tỉnh, thành phố hiện nay")
            elif sum(at) % 2:
                message = f"ô của {name} nằm lệch giữa hai ô ({where})"
                yield Problem(
                    *place, message, f"Sửa column thành {tile.column + 1}: hàng chẵn cột chẵn, hàng lẻ cột lẻ"
                )
            elif at in taken:
                message = f"{name} và {taken[at]} cùng một ô trên bản đồ ({where})"
                yield Problem(*place, message, "Sửa row hoặc column của một trong hai sang ô còn trống")
            else:
                taken[at] = name
        stands = not former and p.periods[-1].until is None and not vocabulary.has_error("provinces", p.id)
        if p.tile is None and stands and any(other.tile for other in sound):
            message, remedy = f"{p.name} chưa có ô trên bản đồ", "Thêm tile: {row: hàng, column: cột} ở một ô còn trống"
            yield Problem(*vocabulary.place("provinces", p.id), message, remedy, Severity.WARNING)


ENTRY_CHECKS = (check_files, check_phrases, check_provinces, check_map, check_definitions)
"""What is checked in a vocabulary, each entry by itself."""
_ONE = {"hop-nhat": "hợp nhất", "doi-ten": "đổi tên", "thay-the": "thay thế"}


def check_successions(kb: KnowledgeBase) -> Iterator[Problem]:
    """Yield a problem for each succession with the wrong number of successors, and for each that goes in a circle."""
    vocabulary, catalogue = kb.vocabulary, BodyCatalogue(kb.vocabulary)
    kinds, local = vocabulary.body_kinds.items(), vocabulary.local_bodies.items()
    changes = [("body_kinds", kind, entry.name.replace(" {place}", ""), entry.succession) for kind, entry in kinds]
    changes += [("local_bodies", f"{k} {place}", f"{k} ({place})", body.succession) for (k, place), body in local]
    for table, identity, name, succession in changes:
        if succession and not vocabulary.has_error(table, identity):
            where = vocabulary.place(table, identity, "succession", "reason")
            yield from _check_succession(succession, name, *where)
    yield from _circles(kb, catalogue)


def _circles(kb: KnowledgeBase, catalogue: BodyCatalogue) -> Iterator[Problem]:
    """Tell of bodies that come back to themselves, whether a page names them or not: once for a kind."""
    vocabulary, told = kb.vocabulary, set[BodyKey]()
    changed = {kind for kind, entry in vocabulary.body_kinds.items() if entry.succession}
    places: set[tuple[str, int]] = set()
    for key in catalogue.all():
        local = (key.kind, key.province or "") in vocabulary.local_bodies
        if key in told or not (key.kind in changed or local):
            continue
        reached = _reached(key, catalogue)
        table, identity = ("local_bodies", f"{key.kind} {key.province}") if local else ("body_kinds", key.kind)
        where = vocabulary.place(table, identity, "succession", "successors")
        if key in reached:
            told |= reached
            if where not in places:
                message = f"các cơ quan kế tục của «{catalogue.name(key)}» nối thành vòng"
                yield Problem(*where, message, "Bỏ một trong các successors trỏ ngược lại")
            for other in reached:
                places.add(vocabulary.place("body_kinds", other.kind, "succession", "successors"))


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


def _reached(start: BodyKey, catalogue: BodyCatalogue) -> set[BodyKey]:
    """Return all bodies that succeed one in some steps; itself among them where they go in a circle."""
    reached, queue = set[BodyKey](), [start]
    while queue:
        targets = {step.target for step in steps_from(queue.pop(), catalogue)} - reached
        reached |= targets
        queue += targets
    return reached
