"""Sentences that ask without a word of asking: who must do something, and how a thing must be."""

from __future__ import annotations

import re

from ...core.text import verbose
from .doers import Assignment, bodies_of, find_assignment, nobody, read_label
from .grammar import ASK, MUST
from .sentences import Ask, Page

_COMMA = re.compile(r",\s+")
_FRONTED = re.compile(
    r"(?:năm|tháng|quý|thời gian|trong|từ|đến|trước|sau|chậm nhất|khi|ngay|trên cơ sở|căn cứ|để|nhằm|với|tại|theo)\s"
)
"""The first word of an adverbial at the head of a sentence."""
_PEOPLE = re.compile(r"(?:các |những |mọi |nhiều )?(?:hộ|người|nhân dân|bà con|cử tri|doanh nghiệp|học sinh)")
_THING_MUST = verbose(r"""(?:các\ |mọi\ )?
        (?: việc | nội\ dung | công\ tác | quá\ trình | kết\ quả | hồ\ sơ | báo\ cáo | phương\ án | hoạt\ động
          | kế\ hoạch | nhiệm\ vụ | tham\ mưu | phân\ công | thời\ gian | mức | văn\ bản | cán\ bộ | vị\ trí ) (?!\w)
        [^,;:.]{0,140}?(?:,[^,;:.]{2,60}?){0,2}
        \s(?P<must>phải|cần(?!\ thiết)|không\ được|tuyệt\ đối\ không)\s(?!là\s|có\ thể|không)""")
"""A thing or work, not a person, of which a sentence says how it must be."""
_LEAD_IN = re.compile(
    r"(?:về lâu dài|sắp tới|dưới sự (?:lãnh đạo|chỉ đạo)\s[^.;:,]{3,80}"
    r"|(?:đối với|với|trường hợp|nếu|khi)\s[^.;:]{3,160}?),\s+"
)
"""What a sentence may open with before it says who does something."""
_ISSUES = "ban hành"
_PLANS = re.compile(r"(?<!\w)(?:kế hoạch|chương trình|đề án|phương án|dự án|báo cáo)\Z")
"""A document of which a text rather tells what will happen; who is to do something is told by a word that asks."""
_SCOPE = re.compile(r"(?:trong|với|về)\s(?:lĩnh vực|vai trò|phạm vi|chức năng)\s[^,;:.]{3,80},\s+")
_ISSUING = re.compile(r"(?:ban thường vụ|ban chấp hành|thường trực|tỉnh ủy|thành ủy)(?!\w)")
"""Committees that issue directives: what they answer for they say of themselves, nobody asks it of them."""
_ANSWERS = re.compile(r"(?:có|chịu) trách nhiệm (?:tổ chức (?=triển khai|thực hiện))?")
_NARRATES = re.compile(
    r"(?:kiến nghị|đề xuất|cam kết|quyết tâm|nỗ lực|phấn đấu|nhất trí|tiếp thu|trao đổi|thảo luận|tham gia|không|chưa"
    r"|ủng hộ|tiếp cận|trả lời|thông báo|công bố|xin lỗi)(?!\w)"
)
"""Verbs that rather tell what somebody did than what he is to do, where no word asks."""
_OFTEN = re.compile(r"thường xuyên,?\s")
"""Asks something only before what somebody can do: not "thường xuyên để xảy ra vi phạm"."""
_NEEDS = re.compile(
    r"cần (?:có )?(?:(?:thêm|khoảng|gần|hơn|ít nhất|tới|đến|tổng) )*\d[\d.,]*\s?(?:tỷ|triệu|nghìn tỷ)(?!\w)"
)
"""How much money somebody needs: "Các xã cần 300 tỷ đồng để làm cầu"."""
_BLAMED = re.compile(
    r"(?:phải )?chịu trách nhiệm (?:chính )?(?:về|đối với|trong) (?:những |các )?(?:khoản|số tiền|vụ)(?!\w)[^.;]{0,80}?"
    r"(?<!\w)(?:sai|vi phạm|thất thoát|thiệt hại|lãng phí|tham ô)(?!\w)"
)
"""What somebody did wrong, who answers for it: "chịu trách nhiệm về khoản chi sai 20 tỷ đồng"."""
_WILL = re.compile(
    r"[^,;:.]{3,160}?(?P<will>\ssẽ\s)(?:hướng dẫn|giám sát|chủ trì|phối hợp|theo dõi|đôn đốc|tham mưu|tổng hợp)(?!\w)"
)
"""What an office below him who asked is told by "sẽ" too: "Sở A sẽ hướng dẫn …"; of other work it foretells."""
_REFRAINS = re.compile(r"không (?:thanh toán|quyết toán|cấp|bố trí|tổ chức|biếu|tặng|nhận|đi|chúc|sử dụng|mua)(?!\w)")
"""What somebody is told not to do; "không đồng ý", "không có" only tell something."""
_COUNTED = re.compile(r"(?:[^\W\d_]+\s){1,3}\d[\d.,]*(?:\s(?!%)|\Z)")
"""How many of something there will be, which a decision rather tells than asks: "các huyện tổ chức 30 lễ hội"."""
_HIMSELF = re.compile(r"(?!các |những )[^,;]*\snày\s*\Z")
"""Who was told of before, as he who asks: "cơ quan này"."""
_NOW = re.compile(
    r"(?<!\w)(?:hiện|hiện nay|đến nay|năm qua|vừa qua|sẽ|đang|cũng|cho biết|cho rằng|\d+ ?%"
    r"|thường(?! (?:vụ|trực|xuyên)))(?!\w)"
)
"""What makes such a sentence a report."""
_LASTS = re.compile(r"(?<!\w)(?:nhiều năm|nhiều ngày|nhiều tháng|lâu nay|năm nay|hiện nay|suốt)(?!\w)")
"""What makes "phải" tell of what people have to bear."""
_LONGEST_SUBJECT = 200
"""Letters in which a sentence must come to who is to do something; chosen by hand."""
_EARLY = 60
"""Letters behind "phải" in which a word of the past makes a sentence a report; chosen by hand."""


def find_urged(page: Page, start: int, end: int) -> Assignment | None:
    """Read a sentence that says who must do what: "Cán bộ phải …", "Trong năm nay, thủ trưởng các đơn vị cần …"."""
    begin = page.skip(page.grammar.connected, start, end)
    if page.is_question(start, end) or page.grammar.is_past(page.folded(start, min(end, begin + _LONGEST_SUBJECT))):
        return None
    if (assignment := find_assignment(page, begin, end)) and _is_urged(page, assignment, end):
        return assignment
    if not _FRONTED.match(page.scan.folded, begin, end):
        return None
    for comma in _COMMA.finditer(page.scan.folded, begin, min(end, begin + _LONGEST_SUBJECT)):
        told = find_assignment(page, comma.end(), end)
        if told and MUST.match(page.scan.folded, told.task) and _is_urged(page, told, end):
            return told
    return None


def _is_urged(page: Page, told: Assignment, end: int) -> bool:
    """Tell whether somebody is told to act; of people in general a text may only tell what they have to bear."""
    if not page.grammar.urged.match(page.scan.folded, told.task, end) or _only_tells(page, told.task, end):
        return False
    must = MUST.match(page.scan.folded, told.task, end)
    people = _PEOPLE.match(page.folded(*told.assignees)) is not None
    return not (must and people) or page.grammar.verb.match(page.scan.folded, must.end() + 1, end) is not None


def _only_tells(page: Page, at: int, end: int) -> bool:
    """Tell whether words that may urge only tell what somebody needs, or does wrong."""
    often = _OFTEN.match(page.scan.folded, at, end)
    idle = often is not None and not page.begins_acting(often.end(), end)
    return idle or any(words.match(page.scan.folded, at, end) for words in (_NEEDS, _BLAMED))


def find_issued(page: Page, start: int, end: int) -> Ask | None:
    """Return who issues a document in a paragraph, as one who may ask in what follows ("Theo đó, …"): "UBND tỉnh A vừa
    ban hành chỉ thị về …"."""
    if page.scan.folded.find(_ISSUES, start, end) < 0:
        return None
    bodies = ((b.start, b.end) for b in page.bodies_in(start, end))
    who = next((span for span in bodies if _issues_orders(page, span[1], end)), None)
    tier = page.tier_of(who, asking=True) if who else None
    return Ask(who[0], end, who[1], who[1], ASK, who, said=True, tier=tier) if who else None


def _issues_orders(page: Page, at: int, end: int) -> bool:
    """Tell whether a body that ends here issued a document that may ask: no plan."""
    issued = page.grammar.issued.match(page.scan.folded, at, end)
    return issued is not None and not _PLANS.search(issued[0])


def find_following(page: Page, start: int, end: int, ask: Ask) -> Assignment | None:
    """Read a sentence right behind one in which somebody asked, that says what another below him does: "Tỉnh yêu cầu
    Sở A …. UBND huyện B theo dõi …", "Về lâu dài, hiệu trưởng các trường thực hiện …"."""
    if ask.tier is None or not ask.said or ask.void or page.is_question(start, end):
        return None
    begin = page.skip(page.grammar.connected, start, end)
    if lead_in := _LEAD_IN.match(page.scan.folded, begin, end):
        begin = lead_in.end()
    told = _find_foretold(page, begin, end) or find_assignment(page, begin, end)
    if told is None or not page.grammar.verb.match(page.scan.folded, told.task, end):
        return None
    words, who = page.folded(told.task, end), page.folded(*told.assignees)
    tier = page.tier_of(told.assignees)
    narrated = (
        (_NARRATES.match(words) and not _REFRAINS.match(words))
        or _HIMSELF.match(who)
        or _PEOPLE.match(who)
        or page.grammar.is_past(page.folded(start, end))
        or _only_tells(page, told.task, end)
        or (ask.rest == ask.cue and _COUNTED.match(words))
    )
    now = _NOW.search(page.folded(start, told.assignees[1])) or _NOW.search(words)
    return None if narrated or now or (tier and tier >= ask.tier) else told


def _find_foretold(page: Page, begin: int, end: int) -> Assignment | None:
    """Read whom an order tells by "sẽ": a body and nobody else."""
    found = _WILL.match(page.scan.folded, begin, end)
    who = read_label(page, begin, found.start("will")) if found else None
    lead = bodies_of(page, who) if who else ()
    return Assignment(who, lead, found.end("will")) if found and who and lead else None


def find_answering(page: Page, start: int, end: int) -> Assignment | None:
    """Read a sentence that says what a body answers for: "Trong lĩnh vực này, Sở A có trách nhiệm thẩm định …"."""
    begin = page.skip(page.grammar.connected, start, end)
    if front := _SCOPE.match(page.scan.folded, begin, end):
        begin = front.end()
    told = find_assignment(page, begin, end)
    if told is None or not told.lead or page.grammar.is_past(page.folded(start, end)):
        return None
    if _ISSUING.match(page.scan.folded, told.assignees[0]):
        return None
    duty = _ANSWERS.match(page.scan.folded, told.task, end)
    return told if duty and page.grammar.verb.match(page.scan.folded, duty.end(), end) else None


def find_must(page: Page, start: int, end: int) -> Assignment | None:
    """Read a sentence that says what must be, and not who sees to it: "Việc đánh giá phải khách quan"."""
    begin = page.skip(page.grammar.connected, start, end)
    found = _THING_MUST.match(page.scan.folded, begin, end)
    if (
        found is None
        or _LASTS.search(page.scan.folded, found.end(), end)
        or page.grammar.is_past(page.folded(start, min(end, found.end() + _EARLY)))
    ):
        return None
    return None if page.grammar.clause.search(page.folded(begin, found.start("must"))) else nobody(begin)
