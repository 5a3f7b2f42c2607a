"""Texts that bear a mark of secrecy are refused by the name of the mark; nothing of them is read on or shown.

The marks are those of the Law on the protection of State secrets (Luật Bảo vệ bí mật nhà nước, Điều 8): Tuyệt mật, Tối
mật, Mật; and "lưu hành nội bộ", with which offices keep a paper to themselves. They stand on lines of their own, in
the letterhead beside the number, or as a stamp in capitals; words of a sentence ("danh mục bí mật") are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..core.errors import Problem
from ..core.text import fold, nfc, view

_DEGREE = r"tuyệt\ mật|tối\ mật|mật"
_STAMP = re.compile(
    rf"""\W*
    (?P<label>(?:độ|mức\ độ|mức|dấu(?:\ chỉ)?)\s(?:độ\ )?mật\s?:\s*)?       # "Độ mật: "
    (?P<what>(?:tài\ liệu|văn\ bản|hồ\ sơ|công\ văn|bản)\s)?                # "TÀI LIỆU "
    (?P<degree>{_DEGREE})
    (?: \W+(?:bản\ số|số\ bản|số\ lượng|hỏa\ tốc|thượng\ khẩn|khẩn)\W*[\w/]{{0,9}} | \W+\d{{1,3}}   # "Bản số: 02"
      | \W+(?:không|cấm)\s(?:sao|phổ\ biến|chụp|mang).{{0,40}} )?\W*\Z                             # "không sao chụp"
    """,
    re.VERBOSE,
)
_BESIDE_NUMBER = re.compile(
    rf"""(?:\A|[|\s*])số\s?:?\s{{0,9}}[\d.…\ ]{{0,9}}\s?[-/][\w/-]{{2,30}}         # a number, that of a draft too
    [\s|(\[*–-]{{1,20}}(?P<degree>{_DEGREE})
    (?=\W*\Z|\s{{2,}}|\s?[|)\]]|\s(?:đảng\ cộng\ sản|cộng\ hòa|độc\ lập))   # then nothing, or the other column
    """,
    re.VERBOSE,
)
_INTERNAL = re.compile(
    r"""\W*(?:(?:tài\ liệu|văn\ bản|bản\ tin|ấn\ phẩm|sách|đề\ cương|bản|chỉ|được)\s){0,3}
    (?:chỉ\ )?(?P<degree>lưu\ hành\ nội\ bộ)
    (?:\W*\Z|\s?[-–—;,.(|*/].{0,60}\Z|\s(?:trong|không)\s.{0,60}\Z)
    """,
    re.VERBOSE,
)
_SPREAD = re.compile(r"(?<![^\W_])(?:[^\W\d_] {1,2}){2,12}[^\W\d_](?![^\W_])")
"""A word set with a blank between its letters: ``M Ậ T``."""
_CELLS = re.compile(r"\s*\|\s*|\s{3,}|\t")
_HEAD = 40
"""Lines from the top in which a stamp need not be in capitals: those of a letterhead. Chosen by hand."""
_LONGEST = 400
"""Characters: longer lines are sentences."""
_REMEDY = (
    "Đừng đưa tài liệu này lên GitHub hay gửi cho ai; nếu đã đưa lên thì xóa ngay cả phiếu hoặc nhánh ấy và báo người"
    " giữ tài liệu. Nếu dấu này chỉ là lời trong bài thì viết bài tóm lược bằng lời của mình, không chép dòng ấy"
)


def find_secret(lines: Iterable[str]) -> str | None:
    """Return the mark of secrecy that ``lines`` bear, as people call it; None if they bear none."""
    for number, written in enumerate(line for line in lines if line.strip()):
        line = _SPREAD.sub(lambda spread: re.sub(r" ( ?)", r"\1", spread[0]), nfc(written))
        if len(line) > _LONGEST or not ("mật" in (folded := fold(line)) or "nội bộ" in folded):
            continue
        if (beside := _BESIDE_NUMBER.search(folded)) and view(line)[beside.start("degree")].isupper():
            return beside["degree"].capitalize()
        for cell in _CELLS.split(view(line)):
            words = fold(cell)
            if internal := _INTERNAL.match(words):
                return internal["degree"].capitalize()
            stamp = _STAMP.match(words)
            if stamp and (stamp["label"] or cell.isupper() or (number < _HEAD and _is_set_apart(cell, stamp))):
                return stamp["degree"].capitalize()
    return None


def _is_set_apart(cell: str, stamp: re.Match[str]) -> bool:
    """Tell a mark in small letters that is written as one: "Mật", "(Tối mật)", not the heading "Tài liệu mật"."""
    return stamp["what"] is None and cell[stamp.start("degree")].isupper()


def refuse_secret(path: str, lines: Iterable[str]) -> Problem | None:
    """Return the problem of a text that bears a mark of secrecy. It tells the mark, and nothing else of the text."""
    mark = find_secret(lines)
    if mark is None:
        return None
    return Problem(path, 1, f"tệp mang dấu “{mark}”, không được đưa vào kho; máy không đọc tiếp", _REMEDY)
