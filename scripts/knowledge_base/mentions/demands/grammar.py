"""The words and marks by which demands are known: patterns of the vocabulary's lists, marks of items, deadlines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...core.text import any_of, at_word_start, fold, nfc, verbose
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.phrases import PhraseList, pattern_of, patterns_of, start_pattern_of, words_of
from ..lexicon import NUMBERS, one_by_one, one_of
from ..word_tree import PhrasePattern, either, phrase_pattern

DIRECTED, ORDERED = "chỉ đạo", "chỉ thị"
FORBIDDEN = "nghiêm cấm"
"""Asks that something is not done: what is asked begins with it."""
NOTED = "lưu ý"
MUST = re.compile(r"(?<!\w)(?:phải|cần|không được|không để)(?!\w)")
"""What makes a sentence say how something must be; without it "lưu ý là nhiều vụ việc …" only tells something."""
GIVE = "giao"
ASK = "yeu-cau"
LEADING = phrase_pattern("chủ trì", "được giao", "được phân công", "được yêu cầu", "đối với", "trách nhiệm")
"""Without one of these words a sentence that names nobody who asks tells no task."""
STRESSING = phrase_pattern("nhấn mạnh:", "lưu ý:")
"""Words behind which one who may ask says who must do what; behind "nêu rõ:", "chỉ rõ:" rather stands what he found."""

_TASKS_SET = ("nhiệm vụ", "giải pháp")
"""What a document sets for others."""
_VERBS_WITH_OBJECT = (
    r"thanh\ tra (?= , | \ việc | \ công\ vụ | \ đột\ xuất )",  # not "Thanh tra tỉnh"
    r"lãnh\ đạo (?= ,?\ chỉ\ đạo | \ việc | \ công\ tác | \ tốt | \ thực )",  # not "lãnh đạo các sở"
    r"quản\ lý\ (?= chặt | tốt | nghiêm )",
    r"bảo\ vệ\ (?= cán\ bộ | người | bí\ mật | nền\ tảng )",
    r"giáo\ dục (?= ,?\ (?: chính\ trị | nâng | cán\ bộ ) )",
)
"""Words that are verbs only before some objects; elsewhere they are part of a name."""

CAPITAL = rf"[^\W\d_a-zàáâãèéêìíòóôõùúýăđĩũơư{''.join(map(chr, range(0x1EA1, 0x1EFA, 2)))}]"
"""A capital letter; those of Vietnamese stand between the small ones (Ạ ạ Ả ả …)."""
_NO_NOUN_BEFORE = r"(?<=[^\W\d_]\ t)" + "".join(
    rf"(?<!{word}\ t)" for word in ("các", "những", "từng", "mỗi", "và", "là", ",")
)
"""Asked behind the first letter of "tổ chức"."""
_NOTHING_BEFORE = r"(?<![^\W\d_]\ t)(?<![,;]\ t)"
_COUNT = rf"\d{{1,3}}|{'|'.join(word for word in NUMBERS if word not in {'một', 'năm'})}"
"""How many they are: "4 sở", "hai bộ"; "năm" is more often a year."""
_FOURTH_ON = "tư | " + " | ".join(NUMBERS[4:])
MARKER = verbose(rf"""(?P<first> một\ là | thứ\ nhất | trước\ hết, | \(?1[.)-]\s | \[1\]\s | a[.)]\s | i\.\s )
      | (?P<word> thứ\ (?: nhất | hai | ba | {_FOURTH_ON} ) | (?: {" | ".join(NUMBERS[1:])} )\ là )(?!\w)[\s,]*
      | (?P<section> điều\ \d{{1,3}}[.:]\s* | [ivx]{{1,5}}\.\s )
      | (?P<digit> \d{{1,2}}[.)-]\s )
      | (?P<inner> \(\d{{1,2}}\)\s* | \[\d{{1,2}}\]\s )
      | (?P<dotted> \d{{1,2}}(?:\.\d{{1,2}})+\.?\s )
      | (?P<letter> [a-zđ][.)]\s )
      | (?P<dash> [-–—•*]\s* )
      | (?P<plus> \+\s* )
      | cuối\ cùng,""")
"""The mark of an item: "một là", "thứ hai", "3.", "1.2.", "b)", "iv.", "+"; ``first`` is one that opens a list."""
RANKS = {"section": 7, "word": 6, "digit": 5, "inner": 4, "dotted": 4, "letter": 3, "dash": 2, "plus": 1}
"""How official texts nest their marks: Điều or I., 1., 1.1., a), -, + (Nghị định 30/2020/NĐ-CP, phụ lục I)."""

_TOLD_OF = verbose(r"""
        (?<!\w) (?:
            (?: khi | mà ) \s đã                                       # "Không lái xe khi đã uống rượu"
          | (?: điều | việc | nội\ dung | vấn\ đề | hồ\ sơ | báo\ cáo | văn\ bản | thủ\ tục | giấy\ tờ | dữ\ liệu
              | cuộc\ họp | hội\ nghị | lịch\ trình | nhiệm\ vụ | quy\ định ) \s đã
          | những\ (?: điều | việc | gì | nội\ dung | chỉ\ đạo ) \s [^;.:]{2,80}? \s đã   # "những điều tỉnh đã dặn"
        ) (?!\w)""")
"""A thing with what became of it before: no word of what the sentence itself tells."""
_PARENTHESIS = re.compile(r"\([^()]*\)")
SPLITS = re.compile(r";\s+")
"""Between what several are to do."""
BEFORE_ASSIGNER = re.compile(r"(?:.{0,120}[\s,])?đối với\s+(?P<who>.{2,200}?)[\s,]*\Z", re.DOTALL)
AFTER_CUE = re.compile(r".{0,80}?(?<!\w)đối với\s+(?P<who>[^:]{2,200}?)\s*:?\s*\Z", re.DOTALL)

_DAY = r"""(?:
    (?: \d{1,2}\s*(?:giờ|h)\s*\d{0,2}\s*,?\s* )?                # 17 giờ 00,
    (?: ngày\s+ )? \d{1,2}                                      # ngày 15
    (?: [/.-]\d{1,2}(?:[/.-]\d{4})? | \s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})? )
)"""
_MONTH = r"""(?:
    (?: (?:cuối|đầu|giữa)\s+ )?
    (?: tháng\s+\d{1,2} | quý\s+(?:iv|i{1,3}|[1-4]) )
    (?: \s*[/-]\s*\d{4} | (?:\s+năm)?\s+\d{4} )?
)"""
_BY = (
    "trước", r"chậm\ nhất(?:\ là)?(?:\ vào|\ trong|\ trước)?", r"muộn\ nhất(?:\ là)?", r"đến\ hết", "hết",
    r"hạn\ cuối(?:\ là)?",
)  # fmt: skip
_DEADLINES = (
    *(rf"{done}{by}\s+(?: {_DAY} | {_MONTH} )" for done in (r"xong\ ", r"hoàn\ thành\ ", "") for by in _BY),
    *(rf"{at}\s+{_MONTH}" for at in (r"ngay\ trong", r"ngay\ vào", "trong", "vào")),  # ngay trong quý I
    r"trong\s+(?:vòng|thời\ hạn)\s+\d{1,3}\s+(?:ngày|tuần|tháng)(?:\s+làm\ việc)?",
    *(rf"{done}\s+(?:trong|trước)\s+(?: năm\s+\d{{4}} | {_DAY} )" for done in (r"hoàn\ thành", "xong")),
)
DEADLINE = re.compile(rf"{at_word_start(_DEADLINES)}(?!\w)", re.VERBOSE)
"""Until when something is to be done: "xong trước ngày 15/12", "trong quý I", "trong vòng 10 ngày làm việc"."""


def without_parentheses(words: str) -> str:
    """Return words with blanks in place of what stands in parentheses."""
    return _PARENTHESIS.sub(lambda found: " " * len(found[0]), words)


def _cue_pattern(cues: Sequence[tuple[str, str]], behind: str) -> PhrasePattern:
    """Return the pattern for any of some cues, each with its words and its own pattern."""
    return PhrasePattern(re.compile(at_word_start(own for _, own in cues) + behind), [words for words, _ in cues])


_COUNCIL = "(?:(?:ubnd|ủy ban nhân dân) )?"
WORD_TIERS = tuple(
    (re.compile(rf"(?:{words})(?!\w)"), tier)
    for words, tier in (
        (f"{_COUNCIL}(?:các |một số )?(?:xã|phường)", 1),
        (f"{_COUNCIL}(?:các |một số )?(?:huyện|quận|thị xã)", 2),
        ("(?:các )?(?:sở|ngành)", 3),
        (f"{_COUNCIL}(?:tỉnh|thành phố)", 4),
        ("(?:các )?bộ|tổng cục", 6),
        ("chính phủ|thủ tướng|phó thủ tướng|quốc hội|trung ương|tổng bí thư|chủ tịch nước", 7),
    )
)
"""How high those stand who are named by their level only."""


class DemandWords:
    """The patterns made of a vocabulary's lists.

    ``verb`` is the first word of a task, ``urged`` one that tells somebody to act, ``group`` the first words of those
    who are to do something, ``cue`` a word that asks (``giving``: those that assign), ``may_ask`` what a paragraph
    holds that asks or assigns anything, ``lead_cue`` what opens a list, ``past`` what tells that nothing is asked
    any more; ``office``, ``acts`` and ``document_says`` are found before or behind the one who asks, ``after_assigner``
    may stand between him and the cue; ``issued`` tells that a body issued something."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._types = sorted({fold(nfc(n)) for t in vocabulary.document_types.values() for n in (t.name, *t.names)})
        self.giving = frozenset(words_of(vocabulary, PhraseList.ASSIGNING))
        self.after_assigner = frozenset(words_of(vocabulary, PhraseList.AFTER_ASSIGNER))
        highest = dict.fromkeys(_HIGHEST, 7)
        self.tiers = {kind.id: _TIERS[kind.tier] for kind in vocabulary.body_kinds.values()} | highest
        self._read_tasks()
        self._read_cues()
        self._read_past()
        self._read_who_asks()
        self._read_documents()
        self._read_doers()
        self._read_sections()

    def _listed(self, wanted: PhraseList) -> str:
        return any_of(patterns_of(self._vocabulary, wanted))

    def _begin(self, *wanted: PhraseList) -> str:
        return start_pattern_of(self._vocabulary, *wanted)

    def _phrases(self, wanted: PhraseList) -> PhrasePattern:
        return PhrasePattern(re.compile(rf"{self._begin(wanted)}(?!\w)"), words_of(self._vocabulary, wanted))

    def _read_tasks(self) -> None:
        """Make the patterns of the verbs of tasks and of what stands before them."""
        verbs = [rf"{verb}(?!\w)" for verb in patterns_of(self._vocabulary, PhraseList.TASK_VERBS)]
        arranged, organisations = self._listed(PhraseList.ARRANGED), self._listed(PhraseList.ORGANISATIONS)
        # not "tổ chức đảng", "tổ chức các đảng"; nor "các tổ chức"
        arranging = rf"tổ\ chức (?=\ (?: {arranged} | các\ (?!đảng) ))"
        organising = rf"t{_NO_NOUN_BEFORE}ổ\ chức (?=\ (?!{organisations}))"
        # "Tổ chức theo dõi …" at the head of a sentence
        acted = self._listed(PhraseList.TASK_VERBS)
        holding = rf"t{_NOTHING_BEFORE}ổ\ chức (?=\ (?!phải|cần|nên|không|chưa)(?:{acted})(?!\w))"
        holds = [arranging, organising, holding]
        self.verb = re.compile(at_word_start([*_VERBS_WITH_OBJECT, *holds, *verbs]), re.VERBOSE)
        self.urged = re.compile(rf"(?:{self._listed(PhraseList.URGING)})(?!\w)")
        connective = rf"(?:{self._listed(PhraseList.CONNECTIVES)})(?!\w)[\s,]{{0,3}}"
        self.connected = re.compile(rf"[\s\-•–+*\"'(]{{0,6}}(?:{connective}){{0,3}}")
        self.adverbial = re.compile(rf"{self._begin(PhraseList.BEFORE_TASKS)}(?!\w)")

    def _read_cues(self) -> None:
        """Make the patterns of the words that ask, and of what they open."""
        many, assignees = self._listed(PhraseList.MANY), self._listed(PhraseList.ASSIGNEES)
        as_verb = rf"(?=\s*:|\s+(?:(?:{many})\s+)?(?:{assignees})(?!\w))"
        order = rf"{ORDERED[0]}(?<=\w {ORDERED[0]}){ORDERED[1:]}{as_verb}"
        given, asked, listing = (
            list(zip(words_of(self._vocabulary, wanted), patterns_of(self._vocabulary, wanted), strict=True))
            for wanted in (PhraseList.ASSIGNING, PhraseList.ASKING, PhraseList.LISTING)
        )
        asking = [*given, (DIRECTED, DIRECTED), (ORDERED, order), (FORBIDDEN, FORBIDDEN), *asked]
        noun = rf"(?!\s*(?:{self._listed(PhraseList.ASKING_AS_NOUN)})(?!\w))"
        self.cue = _cue_pattern([*asking, ("kêu gọi", "kêu gọi")], rf"(?!\w){noun}")
        self.may_ask = either(self.cue, LEADING, STRESSING)
        named = self._listed(PhraseList.LISTED_AS_TOLD)
        told = rf"(?!\s+(?:(?:ra|một số|những|các|{_COUNT}|{many})\s+){{0,2}}(?:{named})(?!\w))"
        self.lead_cue = _cue_pattern([*asking, *listing], rf"(?!\w){told}")
        counted = rf"(?<![\w./-])(?P<n>\d{{1,2}}|{'|'.join(NUMBERS)})\s+(?:nhóm\s+)?"
        self.count = re.compile(rf"{counted}(?:{self._listed(PhraseList.COUNTED)})(?!\w)")

    def _read_past(self) -> None:
        """Make the patterns of what tells that nothing is asked any more."""
        settled = self._listed(PhraseList.SETTLED)
        unsettled = rf"(?! (?:được )?(?:{settled}))"  # "đã đề ra" tells of what is still to be done
        past = (
            rf"đã(?!\w){unsettled}",
            rf"từng(?= (?:được|bị|có|là|làm|giao|yêu cầu)){unsettled}",
            r"luôn(?!\w)",
            r"đạt (?:được|kết quả|nhiều)",
            r"được (?:triển khai|quan tâm|thực hiện|tăng cường|nâng)",
        )
        self.past = re.compile(at_word_start(past))
        self.bygone = self._phrases(PhraseList.BYGONE)

    def _read_who_asks(self) -> None:
        """Make the patterns of who may ask, and of who asks nothing: abroad, or himself asked."""
        offices, ranks = self._listed(PhraseList.OFFICES), self._listed(PhraseList.OFFICE_RANKS)
        self.office = re.compile(rf"(?<!\w)(?:(?:phó|quyền)\s+)?(?:{offices})(?:\s+(?:{ranks})){{0,2}}\s*\Z")
        acting = self._listed(PhraseList.ACTING)
        self.acts = re.compile(
            rf"""(?:\s+[^\W\d_]+){{0,4}}? \s+ (?: (?:vừa|mới|đã|cũng|tiếp\ tục)\s+ ){{0,2}}   # "<Body> Mẫu, đã …
                (?:{acting}) (?!\w)""",  # … ban hành"
            re.VERBOSE,
        )
        self.issues = re.compile(
            r"(?:\s+(?:vừa|mới|đã|cũng|tiếp tục|tiếp|lại)){0,3}\s+"
            rf"(?:{acting})(?:\s+(?:ban hành|hỏa tốc|khẩn|văn bản)){{0,2}}\s*"
        )
        self.issued = re.compile(
            rf"(?:\s+(?:vừa|mới|đã|có|ký)){{0,3}}\s+ban hành\s+(?:văn bản|{one_of(self._types)})(?!\w)"
        )
        self.authority = re.compile(rf"{self._begin(PhraseList.AUTHORITIES)}(?!\w)(?P<name>[^,;:]*)\Z")
        foreign = pattern_of(self._vocabulary, PhraseList.FOREIGN)
        self.foreign = re.compile(
            r"(?:thủ tướng|tổng thống|chủ tịch|bộ trưởng|ngoại trưởng|chính phủ|quốc hội|bộ)(?: [^\W\d_]+){0,3}? "
            rf"(?:{foreign})(?!\w)"
        )
        families = pattern_of(self._vocabulary, PhraseList.FAMILY_NAMES)
        ours = rf"[^,;:]{{0,30}}? (?:{families})(?!\w)"  # "Tại Lào, Thủ tướng Phạm Văn Mẫu …"
        self.abroad = re.compile(rf"(?:còn |trong khi đó, )?(?:tại|ở) (?:{foreign})(?!\w)[^,;:]*,(?!{ours})")
        adverbs = "|".join(words_of(self._vocabulary, PhraseList.AFTER_ASSIGNER))
        self.adverbs = re.compile(rf"(?:\s+(?:{adverbs})(?!\w))*\s*\Z")
        weak = self._listed(PhraseList.WITHOUT_AUTHORITY)
        self._weak = self._phrases(PhraseList.WITHOUT_AUTHORITY)
        self._powerless = verbose(rf"""
        (?:\A|[,;:"“]\s*) (?:[^\W\d_]+\s+){{0,4}}? (?:{weak}) (?!\w) [^,;:]* \Z   # "nhiều cử tri xã A đề nghị"
              | ,\s* (?:[^\W\d_]+\s+){{0,3}}? (?:{weak}) (?!\w) [^,;:]* ,\s* \Z   # "ông A, đại diện nhà thầu, đề nghị"
            """)
        self.relative = re.compile(rf"{self._begin(PhraseList.GIVEN_THINGS)}\s+(?:mà\s+|do\s+|được\s+)?\Z")
        self.asked_itself = re.compile(rf"{self._begin(PhraseList.BEFORE_OBJECTS)}\s+(?:các\s+)?\Z")

    def _read_documents(self) -> None:
        """Make the patterns of documents that ask, and of the tasks that they set."""
        named, types = at_word_start(one_by_one(self._types)), one_of(self._types)
        saying = r"(?:\s+(?:này|trên|nêu trên|cũng|đã|còn|nêu rõ|nhấn mạnh|chỉ rõ)){0,3}[\s,]*\Z"
        issued = r"\s(?:này\s)?do\s[^,;:]{4,90}\sban hành,\s*\Z"  # "Kế hoạch do A ban hành, yêu cầu"
        says = rf"{named}(?:(?:\s+số\s+\d{{1,5}})?{saying}|{issued})"
        self.document_says = PhrasePattern(re.compile(says), self._types)
        # by its title, at the head of a clause; not "báo cáo viên"
        self.document_called = re.compile(rf"(?:\A|(?<=[,;:.]\s)){named}(?!\w|\ viên)(?P<name>[^,;:]*)\Z")
        self.document_of = re.compile(rf"{named}(?!\w)[^,;.]{{0,60}}\s(?:của|do)\s+\Z")
        self.this_document = re.compile(rf"(?:{types})\s+này(?!\w)")
        self.recital = re.compile(
            rf"căn cứ\s+(?:vào\s+|theo\s+)?(?:các\s+)?"
            rf"(?:{types}|luật|điều lệ|hiến pháp|mục|điều|khoản|phụ lục)(?!\w)"
        )
        works = rf"(?:{'|'.join(_TASKS_SET)})"
        setting = (
            rf"{named}(?!\w)[^.;:]{{0,80}}?(?:đề ra|đặt ra|nêu|xác định|đưa ra)[^.;]{{0,60}}?{works}",
            rf"{works}[^.;:]{{0,60}}?(?:của|tại|trong)\s(?:{types})(?!\w)[^.;:]{{0,40}}?(?:là|gồm)(?!\w)",
        )
        self._tasks_set = phrase_pattern(*_TASKS_SET)
        self._sets_tasks = PhrasePattern(re.compile("|".join(setting)), [*self._types, *_TASKS_SET])

    def _read_doers(self) -> None:
        """Make the patterns of those who are to do something."""
        many, assignees = self._listed(PhraseList.MANY), self._listed(PhraseList.ASSIGNEES)
        self.group = re.compile(rf"(?:(?:{many}|{_COUNT})\s+)?(?:các |đồng chí )?(?:{assignees})(?!\w)")
        self.clause = re.compile(rf"{self._begin(PhraseList.NOT_IN_DOERS)}(?!\w)")
        units = self._listed(PhraseList.UNITS)
        self.unfinished = re.compile(rf"(?:{self._begin(PhraseList.OPEN_ENDS)}|\A(?:đồng chí )?(?:{units}))[\s,]*\Z")
        of_doers = self._listed(PhraseList.OF_DOERS)
        self.loose = re.compile(rf"\s*(?!(?:{of_doers})(?!\w))[^\W\d_]+\s+[^\W\d_]")
        self.nominal = re.compile(rf"{self._begin(PhraseList.BEFORE_NOUNS)}\s*\Z")
        inactive = f"{self._listed(PhraseList.NOT_ACTING)}|{self._listed(PhraseList.NOT_IN_DOERS)}"
        self.acts_next = re.compile(rf"\s(?!(?:{inactive})(?!\w))(?=[^\W\d_])")

    def _read_sections(self) -> None:
        """Make the patterns of the headings of sections of tasks, and of what ends them."""
        self.section = re.compile(
            rf"{self._begin(PhraseList.TASK_SECTIONS)}(?:\s(?:{one_of(self._types)})[^.:;?]*)?"
            r"(?:\s(?:ra sao|(?:như )?thế nào))?\s*[:.?]?\s*\Z"
        )
        self.work = re.compile(rf"(?:{pattern_of(self._vocabulary, PhraseList.WORK_SECTIONS)})(?!\w)[^.:;]*[:.]?\s*\Z")
        self.stopped = re.compile(rf"(?:{pattern_of(self._vocabulary, PhraseList.STOPPING)})(?!\w)")
        self.ends = re.compile(rf"(?:{pattern_of(self._vocabulary, PhraseList.AFTER_TASKS)})(?!\w)")

    def sets_tasks(self, folded: str, start: int, end: int) -> bool:
        """Tell whether a paragraph says what tasks a document sets; most name none."""
        named = self._tasks_set.search(folded, start, end)
        return named is not None and self._sets_tasks.search(folded, start, end) is not None

    def is_past(self, words: str) -> bool:
        """Tell whether some folded words tell of what is done, not only of a thing with which something was done."""
        return self.past.search(words) is not None and self.past.search(_TOLD_OF.sub("", words)) is not None

    def is_powerless(self, folded: str, start: int, end: int) -> bool:
        """Tell whether one who only petitions is named at the end of a span, before the word that asks."""
        return self._weak.search(folded, start, end) is not None and bool(self._powerless.search(folded[start:end]))


_TIERS = {"C": 6, "P": 4, "D": 3, "M": 1, "H": 2}
"""How high bodies stand, by their ``tier``: who asks somebody higher only petitions. A front or an association is
asked by everybody, and commands nobody."""
_HIGHEST = (
    "ban-chap-hanh-trung-uong-dang", "bo-chinh-tri", "ban-bi-thu-trung-uong-dang", "quoc-hoi",
    "uy-ban-thuong-vu-quoc-hoi", "chu-tich-nuoc", "chinh-phu", "thu-tuong-chinh-phu",
)  # fmt: skip
