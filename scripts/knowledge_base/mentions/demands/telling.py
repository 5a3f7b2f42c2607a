"""A demand in words: its task, its deadline, and what it needs to be understood alone."""

from __future__ import annotations

import re
from dataclasses import replace

from ...core.models import Demand
from ...core.text import at_word_start, verbose
from .doers import Assignment
from .grammar import DEADLINE
from .sentences import Page, Span

_THINGS = (
    r"công\s+việc", "việc", r"nội\ dung", r"vấn\ đề", r"nhiệm\ vụ", r"kiến\ nghị", r"yêu\ cầu", r"tình\ trạng",
    r"trường\ hợp", r"vụ\ việc",
)  # fmt: skip
_THIS = verbose(rf"""
        {at_word_start(_THINGS)}                                # a thing told before …
        \s+ (?: này | trên | nói\ trên | nêu\ trên | đó )(?!\w)   # … as "this"
    """)
"""What points back to a sentence before."""
_POINTING = ("này", "trên", "đó")
"""One of these ends it: asked first, for few tasks hold any."""
_EARLY = 70
"""Letters of a task in which such words point out of it; behind them they may mean what the task itself has told.
Chosen by hand."""
_LONGEST_BEFORE = 400
"""Letters of a sentence before that are kept; a longer one is left out."""
_LONGEST_CLAUSE = 220
"""Letters at the head of a sentence in which "là" makes it a statement; chosen by hand."""
_ADVERBIAL = re.compile(
    r"(?:căn cứ|trên cơ sở|theo|thực hiện|triển khai|quán triệt|để|nhằm|qua)\s[^;:]{8,400}?,\s+", re.DOTALL
)
_ABOUT = re.compile(r"(?:về|trong|riêng)\s[^:.;]{3,120}:\s+")
"""What a sentence is about, before it: "Về tuyển dụng viên chức: Tạm dừng …"."""
SUPPOSED = verbose(r"""
        (?: (?:đối\ với|với)\ [^.;:]{3,200}?, | (?:khi|nếu|trường\ hợp)\ [^.;:]{3,120}?,? ) \s+
        (?= (?:cần(?!\ thiết) | phải | không\ được) (?!\w) )""")
"""A case, before what must be done in it: "Đối với trường nội trú, cần …", "Khi đốt đồng phải …"."""
_NEEDS = re.compile(
    r"cần (?:phải )?(?!(?:được|nêu|làm|chú ý|quan tâm|lưu ý|đặc biệt|hết sức|thật sự|thực sự)\s)"
    r"(?!có (?!thêm |khoảng |gần |hơn |ít nhất |tới |đến |\d))"
)
"""What only says what somebody needs, if no verb follows: "cần 300 tỷ đồng", "cần có thêm 5 xe"."""
_YEARLY = re.compile(r"h[ằà]ng (?:năm|tháng|quý|tuần)\s*,\s*")
"""How often, in the words of a report, if no verb follows: "Hằng năm, tỉnh có hàng trăm lễ hội"."""
_SOME = re.compile(r"(?:nhiều|một số|không ít|hầu hết|đa số)\s")
_SPEAKS = verbose(r"""
        ,\s+ (?! (?:để|nhằm|trong\ đó|đồng\ thời)\s ) [^,;:]{3,120}?       # he who speaks, behind what he did
        (?<!\w)(?: (?:cho\ biết | cho\ rằng | khẳng\ định | nhận\ định | bày\ tỏ)(?!\w)
          | (?: nhấn\ mạnh | chia\ sẻ | nói | kể )
            (?=\s*[:,]|\s+(?:rằng|là|việc|về|đây|các|những|trong|sau|đến|từ|tại|sẽ|đang|nhiều|tỉnh|thành\ phố)(?!\w)) )
    """)
_IS = re.compile(rf"{at_word_start(('là', 'còn nhờ', 'nhờ', 'mang lại'))}(?!\w)")
_BEFORE_IS = verbose(r"""
        (?: nhất | trước\ hết | đặc\ biệt | trước\ mắt | trọng\ tâm | đó | tức | gọi | coi | xem | tập\ trung | phải
          | thực\ sự | thật\ sự | ưu\ tiên | nói\ riêng | chính )\s\Z""")
"""Before "là", what keeps a sentence an order: "nhất là", "phải thực sự là"."""
_DEFINED = re.compile(r"(?<!\w)(?:xác định|coi|xem|lấy|đặt|gọi)(?!\w)")
_NAMED = re.compile(r"\s+(?:mới\s+)?(?:này|số|nói trên|nêu trên|của)(?!\w)")
"""Behind a word that may be a verb, what makes it the name of a text: "Hướng dẫn này thay thế …"."""
_NAMES_TIME = re.compile(r"[0-9q](?:(?<=[0-9])|uý)")
"""Without it a text holds no deadline."""
_DEFINES = re.compile(r"(?:xác định|coi|xem|lấy|đặt|đưa|nhận thức|quán triệt|phải|cần)(?!\w)")


def is_imperative(page: Page, start: int, end: int) -> bool:
    """Tell whether a sentence begins with a verb that asks, and tells nothing of its own.

    "Triển khai Nghị quyết 76, tỉnh có 40 mô hình" and "Tăng cường đối thoại là cách làm mới" tell something."""
    opens = page.skip(_ABOUT, page.skip(page.grammar.connected, start, end), end)
    begin = page.skip(_YEARLY, page.skip(SUPPOSED, opens, end), end)
    asks = begins_with_verb(page, begin, end) and not (page.is_question(start, end) or tells_needs(page, opens, end))
    if not asks or page.grammar.is_past(page.folded(begin, min(end, begin + 160))):
        return False
    words = page.folded(begin, min(end, begin + 500))
    if (adverbial := _ADVERBIAL.match(words)) and not page.grammar.verb.match(words, adverbial.end()):
        after = begin + adverbial.end()
        some = _SOME.match(page.scan.folded, after, end)  # "Quán triệt Kết luận số 14, nhiều xã mạnh dạn thử cách mới"
        if some or page.is_inside_body(after) or page.grammar.group.match(page.scan.folded, after, end):
            return False
        if words.startswith(("căn cứ", "trên cơ sở")):
            return False
    if (
        _SPEAKS.search(words.split(";", 1)[0])
        or page.grammar.recital.match(words)
        or (words.startswith("căn cứ") and not adverbial)
    ):
        return False
    if _DEFINES.match(words):
        return True
    clause = words.split(";", 1)[0][:_LONGEST_CLAUSE]
    before = (clause[: m.start()] for m in _IS.finditer(clause))
    return all(_BEFORE_IS.search(part) or _DEFINED.search(part.rpartition(",")[2]) for part in before)


def tells_needs(page: Page, start: int, end: int) -> bool:
    """Tell whether a sentence only says what is needed in a case: "Đối với hộ nghèo, cần 300 tỷ đồng để làm nhà"."""
    supposed = SUPPOSED.match(page.scan.folded, start, end)
    needs = _NEEDS.match(page.scan.folded, supposed.end(), end) if supposed else None
    return needs is not None and not page.begins_acting(needs.end(), end)


def begins_with_verb(page: Page, begin: int, end: int) -> bool:
    """Tell whether a verb of a task stands here; "Hướng dẫn này …" names a text."""
    verb = page.grammar.verb.match(page.scan.folded, begin, end)
    return verb is not None and not _NAMED.match(page.scan.folded, verb.end(), end)


def make_demand(
    page: Page, span: Span, kind: str, assigner: Span | None, assignment: Assignment, own: bool = False
) -> Demand:
    """Make the demand of a span; ``own``: it stands in the document's own list of tasks."""
    start, end = span
    spoken = page.scan.text.find("”", assignment.task, end)
    if spoken >= 0 and "“" not in page.scan.text[assignment.task : spoken]:
        end = spoken  # what somebody says ends here; who it was follows
    text = page.scan.text[start:end].rstrip(" ,;\n")
    end = start + len(text)
    addressees, task = page.shown(*assignment.assignees), page.shown(assignment.shown or assignment.task, end)
    bodies = (assignment.lead, assignment.partners, assignment.executors)
    deadline = _deadline(page, start, end)
    return Demand(start, end, text, kind, assigner, *bodies, addressees, _alone(page, start, task), deadline, own)


def _alone(page: Page, start: int, task: str) -> str:
    """Return a task that can be read alone: where it points back, with the sentence before."""
    words = task[: 2 * _EARLY].lower()
    this = _THIS.search(words) if any(map(words.__contains__, _POINTING)) else None
    if this is None or this.start() > _EARLY:
        return task
    before = page.sentence_before(start)
    return f"{task} (câu trước: “{before}”)" if before and len(before) <= _LONGEST_BEFORE else task


def extend_demand(page: Page, demand: Demand, end: int) -> Demand:
    """Return a demand with the sentences up to ``end`` added."""
    if end <= demand.end:
        return demand
    text = page.scan.text[demand.start : end].rstrip()
    task = f"{demand.task}. {page.shown(demand.end, end).lstrip('. ')}"
    deadline = demand.deadline or _deadline(page, demand.end, end)
    return replace(demand, end=demand.start + len(text), text=text, task=task, deadline=deadline)


def _deadline(page: Page, start: int, end: int) -> str | None:
    if not _NAMES_TIME.search(page.scan.folded, start, end):
        return None
    match = DEADLINE.search(page.scan.folded, start, end)
    return " ".join(page.scan.text[slice(*match.span())].split()) if match else None
