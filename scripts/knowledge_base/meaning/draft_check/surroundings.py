"""What a draft says around a number (its date, its issuer, a place), and names of the past; patterns only.

All are asked of folded text. The browser is given the same patterns (``publish/exports/draft_data.py``)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...core.text import fold, nfc, verbose
from ...mentions.lexicon import ROMAN
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.notation import expand
from ...sources.vocabulary.phrases import PhraseList, words_of

_NUMERIC = r"(?P<d1>\d{1,2})\s?[-/.]\s?(?P<m1>\d{1,2})\s?[-/.]\s?(?P<y1>(?:19|20)\d\d)(?!\d)"
_IN_WORDS = r"(?P<d2>\d{1,2})\s{1,3}tháng\s{1,3}(?P<m2>\d{1,2})\s{1,3}năm\s{1,3}(?P<y2>(?:19|20)\d\d)(?!\d)"
_ISSUER_ENDS = (
    r"về|ban\ hành|ngày|năm|khóa|nhiệm\ kỳ|đã|được|là|có|cũng|nêu|quy\ định|yêu\ cầu|trong|tại|thì|cho|để|nhằm|và"
)
"""Words that no longer belong to the name of an issuer behind "của"."""
_NTH = rf"khóa\s{{1,3}}(?P<ordinal>{ROMAN}(?!\w)|\d{{1,2}}(?![\w/.-]))"
_TERM = rf"""(?:
    (?:nhiệm\ kỳ\s{{1,3}})? {_NTH}                                          # khóa XII, nhiệm kỳ khóa XII
    | (?: (?:nhiệm\ kỳ\s{{1,3}}(?:của\s)?)?                                 # (nhiệm kỳ) Đại hội (lần thứ) XII
          đại\ hội (?:\s(?:đại\ biểu|toàn\ quốc|đảng)){{0,3}} (?:\slần)? (?:\sthứ)? | nhiệm\ kỳ )
      \s{{1,3}} (?P<nth>{ROMAN}(?!\w))
    | nhiệm\ kỳ\s{{1,3}} (?P<first>(?:19|20)\d\d)\s{{0,3}}-\s{{0,3}}(?:19|20)\d\d
  )"""
_OTHER_TERM = (
    r"nghị\ quyết|kết\ luận|chỉ\ thị|quy\ định|kế\ hoạch|văn\ kiện|quốc\ hội|hội\ đồng|hđnd|đại\ hội|thực\ hiện"
    r"|triển\ khai|tổng\ kết|sơ\ kết|(?<!của\ )(?<!tại\ )hội\ nghị"
)
"""Behind these words a term is that of another document, or of an assembly."""

SURROUNDINGS = {
    "date": verbose(rf"""
        \s{{0,3}} [,(]? \s{{0,3}} (?: (?:ban\ hành|ký|ra)\s{{1,3}} )?
        (?: (?:ngày\s{{1,3}})? {_NUMERIC}                                     # (ngày) 27-10-2023
          | ngày\s{{1,3}} {_IN_WORDS}                                         # ngày 27 tháng 10 năm 2023
          | (?:tháng\s{{1,3}}(?P<m3>\d{{1,2}})\s{{0,3}}(?:năm\s{{1,3}}|[-/]))  # tháng 10 năm 2023, tháng 10/2023
            (?P<y3>(?:19|20)\d\d)(?!\d)
          | năm\s{{1,3}}(?P<y4>(?:19|20)\d\d)(?!\d)                          # năm 2023
        ) \)?"""),
    "issuer": verbose(rf"""
        \s{{0,3}},?\s{{0,3}} (?:của|do)\s{{1,3}}
        (?P<issuer> [^,.;:()\d"]{{2,110}}? )
        (?= \s{{1,3}}(?:{_ISSUER_ENDS})(?!\w) | \s{{0,3}}[,.;:()"\d] | \s{{0,3}}\Z )"""),
    "in_brackets": re.compile(r"\s{0,3}\((?P<issuer>[^()\d]{2,60})\)"),
    "term_behind": verbose(rf"""
        \s{{0,3}} [,(]? \s{{0,3}}
        (?: (?:hội\ nghị|ban\ chấp\ hành|bch|bộ\ chính\ trị|ban\ bí\ thư|trung\ ương)                  # … Trung ương 6
            [^,.;:()\d]{{0,70}} )?
        (?:\d{{1,2}}\s)? {_TERM} \)?"""),
    "term_later": verbose(rf"(?:(?!{_OTHER_TERM})[^.;])*? [\s(] {_NTH}"),
    "term_before": verbose(rf"""
        {_NTH} \)? (?: \s{{1,3}}(?:là|tức)\s{{1,3}} | \s{{0,3}}\(\s?(?:là\s|theo\s|tại\s)?
          | [^,.;:()]{{0,60}}\s(?:ban\ hành|thông\ qua|ra)\s{{1,3}} ) \Z"""),
    "years": re.compile(r"\s{1,3}năm\s{1,3}(?:19|20)\d\d\s{0,3}-\s{0,3}(?:19|20)\d\d"),
    "sentence_end": re.compile(r"(?<!tp)(?<!t\.p)[.!?…;](?=\s)|\n\s{0,9}\n"),
    "own_number": re.compile(r"(?:\A|\n|\|)[^\S\n]{0,20}số\s{0,2}:\s{0,3}\Z"),
    "own_ends": re.compile(r"[^\S\n]{0,2}(?:\n|\||\Z)|[^\S\n]{2}"),
    "place_before": re.compile(
        r"(?:(?<!\w)(?:tỉnh|thành phố|tp\.?|ubnd|hđnd|tại|ở|của|về|và)|ủy|nhân dân)\s{1,3}"
        r"(?:tỉnh\s|thành phố\s|tp\.?\s?)?\Z"
    ),
    "no_province": re.compile(r"(?<!\w)(?:xã|phường|thị trấn|huyện|thị xã|quận|đường|phố|đặc khu|sông|cầu|chợ)\s\Z"),
    "listed": re.compile(r"\s?(?:,|và|-)\s?(?:tỉnh\s|thành phố\s)?\Z"),
    "told_as_past": re.compile(r"[\s(]{1,2}(?:cũ|trước đây|nay là|nay thuộc|trước khi)(?!\w)|\s?\((?:cũ|nay)"),
    "past_before": re.compile(r"(?<!\w)(?:nguyên|trước đây là|tiền thân là|cũ là)\s(?:tỉnh\s|thành phố\s)?\Z"),
    "rank": re.compile(r"(?<!\w)(?P<rank>tỉnh(?:\s{1,3}(?:ủy|đoàn))?|thành phố|thành ủy|tp\.?)\s{1,3}\Z"),
    "central_behind": verbose(r"""
        \s{1,3} (?: (?P<at_once>trung\ ương|tw|t\.ư)
          | (?:[^\s,.;:()]{1,20}\s{1,3}){0,4}? (?:trung\ ương|tw|tư|t\.ư) ) (?!\w)"""),
    "joined": re.compile(r"\s{0,3}(?:[,;]\s{0,3})?(?:(?:và|cùng(?:\svới)?)\s{1,3})?(?:các\s{1,3})?\Z"),
    "office_place": re.compile(r"\s{1,3}(?:tỉnh\s|thành phố\s|tp\.?\s?)?"),
}
"""By name: a date; an issuer; the term of a document right behind it, behind its subject, and before it ("Hội nghị
Trung ương 6 khóa XII ban hành …"); years that are counted ("5 năm 2026-2030"); where a sentence ends; the draft's own
number in its head; what stands before the name of a province, and where the same words are no province, or are told as
past anyway; the rank that is written before it; how the name of a body goes on to that of one of the centre; what
stands between two numbers of one list, of which the same is said before them ("Tỉnh ủy A ban hành Quyết định số 1-QĐ/TU
và Quyết định số 2-QĐ/TU")."""
RANKS = {"tỉnh": "thành phố", "tỉnh ủy": "Thành ủy", "tỉnh đoàn": "Thành đoàn"}
"""What stands before the name of a province that has become a city, by what stood there."""

_PLACES = {
    "{tỉnh}": r"(?:tỉnh|thành phố|tp)",
    "{tỉnh ủy}": r"(?:tỉnh ủy|thành ủy)",
    "{trung ương}": r"(?:trung ương đảng|trung ương|tw|tư|t\.ư)",
}


def past_office(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Return a pattern for an office that somebody no longer holds, right before a body: "nguyên Phó Giám đốc"."""
    posts = one_of(words for words in words_of(vocabulary, PhraseList.POSTS) if words.startswith("nguyên "))
    return re.compile(rf"(?<!\w)(?:{posts})\s\Z")


def one_of(names: Iterable[str]) -> str:
    """Return a pattern for any of some names in folded text, the longest first, blanks between words as they come."""
    folded = {r"\s{1,3}".join(map(re.escape, fold(nfc(name)).split())) for name in names}
    return "|".join(sorted(folded, key=lambda words: (-len(words), words))) or "(?!)"


def place_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds the names of provinces in folded text."""
    return re.compile(rf"(?<!\w)(?:{one_of(names)})(?!\w)")


def body_pattern(forms: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern for the spellings of a kind of body in ``bodies.yml``; None if it has none that stand alone."""
    spelt = {spelling for form in forms if not form.startswith("~") for spelling in expand(form.replace(" + ", " "))}
    found = []
    for spelling in spelt:
        words = [_PLACES.get(word) or re.escape(word) for word in _words(fold(spelling))]
        found.append(r"\s{1,3}".join(words))
    longest = sorted(found, key=lambda words: (-len(words), words))
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest)})(?!\w)") if longest else None


def _words(spelling: str) -> list[str]:
    """Return the words of a spelling; a name in braces is one."""
    return re.findall(r"\{[^}]*\}|[^\s{}]+", spelling)
