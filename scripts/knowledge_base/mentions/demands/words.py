"""The words by which Vietnamese texts ask: cues, verbs that begin a task, nouns of those asked, deadlines.

All patterns are for folded text; repeats are bounded. Lists of words stand in ``phrases.yml``, grammar stands here.
"""

from __future__ import annotations

import re

from ...core.text import fold, nfc
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.phrases import PhraseList, pattern_of, words_of
from ..lexicon import NUMBERS

GIVE = "giao"
ASK = "yeu-cau"

_VERBS_WITH_OBJECT = r"""(?:
    thanh\ tra (?= , | \ việc | \ công\ vụ | \ đột\ xuất )              # not "Thanh tra tỉnh"
  | lãnh\ đạo (?= ,?\ chỉ\ đạo | \ việc | \ công\ tác | \ tốt | \ thực ) # not "lãnh đạo các sở"
  | quản\ lý\ (?= chặt | tốt | nghiêm )
  | bảo\ vệ\ (?= cán\ bộ | người | bí\ mật | nền\ tảng )
  | giáo\ dục (?= ,?\ (?: chính\ trị | nâng | cán\ bộ ) )
)"""
"""Words that are verbs only before some objects; elsewhere they are part of a name."""

_OTHER_FIRST_MARKS = rf"""
    (?: thứ\ (?: nhất | {" | ".join(("hai", "ba", "tư", *NUMBERS[4:]))} ) | (?: {" | ".join(NUMBERS[1:])} )\ là ) (?!\w)
  | \d{{1,2}}[.)]\s | [a-zđ][.)]\s | [ivx]{{1,4}}\.\s | cuối\ cùng,
"""
MARKER = re.compile(
    rf"(?P<first> một\ là | thứ\ nhất | trước\ hết, | 1[.)]\s | a[.)]\s | i\.\s ) | {_OTHER_FIRST_MARKS}", re.VERBOSE
)
"""The mark of an item: "một là", "thứ hai", "3.", "b)", "iv."; ``first`` is one that opens a list."""

TOWARDS = re.compile(
    r"""[\s\-–+*•]{0,4} (?: \d{1,2}[.)]\s* | [a-zđ][.)]\s* )?   # the mark of an item
        (?: về\ [^,:]{2,60},\s* )?                              # "Về công tác cán bộ, …"
        đối\ với\s+ (?P<who>[^:]{2,200}?) \s*:                  # "đối với cấp ủy:"
    """,
    re.VERBOSE,
)
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
_BY = r"""(?:
    (?: xong\  | hoàn\ thành\  )?
    (?: trước | chậm\ nhất(?:\ là)?(?:\ vào|\ trong|\ trước)? | muộn\ nhất(?:\ là)? | đến\ hết | hết
      | hạn\ cuối(?:\ là)? )
)"""
DEADLINE = re.compile(
    rf"""(?<!\w)(?:
        {_BY}\s+(?: {_DAY} | {_MONTH} )                                          # trước ngày 15/12
      | (?:ngay\ )?(?:trong|vào)\s+{_MONTH}                                      # ngay trong quý I
      | trong\s+(?:vòng|thời\ hạn)\s+\d{{1,3}}\s+(?:ngày|tuần|tháng)(?:\s+làm\ việc)?
      | (?:hoàn\ thành|xong)\s+(?:trong|trước)\s+(?: năm\s+\d{{4}} | {_DAY} )    # xong trong năm 2024
    )(?!\w)""",
    re.VERBOSE,
)


class DemandWords:
    """The patterns made of a vocabulary's lists.

    ``verb`` is the first word of a task, ``urged`` one that tells somebody to act, ``group`` the first words of those
    who are to do something, ``cue`` a word that asks (groups ``give`` and ``direct``), ``lead_cue`` one that opens a
    list, ``past`` what tells that nothing is asked any more; ``office``, ``acts`` and ``document_says`` are found
    before or behind the one who asks, ``after_assigner`` may stand between him and the cue."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        def listed(wanted: PhraseList) -> str:
            return pattern_of(vocabulary, wanted)

        verbs, arranged = listed(PhraseList.TASK_VERBS), listed(PhraseList.ARRANGED)
        self.verb = re.compile(
            rf"""(?<!\w)(?:
                {_VERBS_WITH_OBJECT}
              | tổ\ chức (?=\ (?: {arranged} | các\ (?!đảng) ))   # not "tổ chức đảng", "tổ chức các đảng"
              | (?:{verbs}) (?!\w)
            )""",
            re.VERBOSE,
        )
        self.urged = re.compile(rf"(?:{listed(PhraseList.URGING)})(?!\w)")
        connectives = listed(PhraseList.CONNECTIVES)
        self.connected = re.compile(rf"[\s\-•–+*\"'(]{{0,6}}(?:(?:{connectives})(?!\w)[\s,]{{0,3}}){{0,3}}")
        many, assignees = listed(PhraseList.MANY), listed(PhraseList.ASSIGNEES)
        self.group = re.compile(rf"(?:(?:{many})\s+)?(?:các |đồng chí )?(?:{assignees})(?!\w)")
        asking = rf"(?P<give>{listed(PhraseList.ASSIGNING)})|(?P<direct>chỉ đạo)|{listed(PhraseList.ASKING)}"
        noun = rf"(?!\s*(?:{listed(PhraseList.ASKING_AS_NOUN)})(?!\w))"
        self.cue = re.compile(rf"(?<!\w)(?:{asking}|kêu gọi)(?!\w){noun}")
        self.lead_cue = re.compile(rf"(?<!\w)(?:{asking}|{listed(PhraseList.LISTING)})(?!\w)")
        counted, numbers = listed(PhraseList.COUNTED), "|".join(NUMBERS)
        self.count = re.compile(rf"(?<![\w./-])(?P<n>\d{{1,2}}|{numbers})\s+(?:nhóm\s+)?(?:{counted})(?!\w)")
        settled = listed(PhraseList.SETTLED)
        self.past = re.compile(
            rf"(?<!\w)(?:(?:đã|từng)(?!\w)(?! (?:được )?(?:{settled}))|luôn(?!\w)|đạt (?:được|kết quả|nhiều)"
            r"|được (?:triển khai|quan tâm|thực hiện|tăng cường|nâng))"
        )
        self.after_assigner = frozenset(words_of(vocabulary, PhraseList.AFTER_ASSIGNER))
        offices, ranks = listed(PhraseList.OFFICES), listed(PhraseList.OFFICE_RANKS)
        self.office = re.compile(rf"(?<!\w)(?:(?:phó|quyền)\s+)?(?:{offices})(?:\s+(?:{ranks})){{0,2}}\s*\Z")
        self.acts = re.compile(
            r"(?:\s+[^\W\d_]+){0,4}?\s+(?:(?:vừa|mới|đã|cũng|tiếp tục)\s+){0,2}"
            rf"(?:{listed(PhraseList.ACTING)})(?!\w)"
        )
        names = {fold(nfc(name)) for t in vocabulary.document_types.values() for name in (t.name, *t.names)}
        types = "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n))) or r"(?!)"
        saying = r"(?:\s+(?:này|trên|nêu trên|cũng|đã|còn|nêu rõ|nhấn mạnh|chỉ rõ)){0,3}[\s,]*\Z"
        self.document_says = re.compile(rf"(?<!\w)(?:{types}){saying}")
