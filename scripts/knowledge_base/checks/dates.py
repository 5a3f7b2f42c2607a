"""Find days in an article's words that are in no calendar: a typing error that would lose the date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..dates import PartialDate
from ..errors import Problem, Severity
from ..models import Article

_DAY = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)(?![\d/-])")


def check_days(article: Article) -> Iterator[Problem]:
    """Yield a warning for each impossible day ("31-2-2024") in the text."""
    for match in _DAY.finditer(article.text, article.body_start):
        day, _, month, year = match.groups()
        try:
            PartialDate(int(year), int(month) or 13, int(day) or 32)
        except ValueError:
            line = article.text.count("\n", 0, match.start()) + 1
            remedy = "Xem lại bài gốc và sửa; nếu bài gốc ghi sai thì chỉ viết tháng, năm"
            yield Problem(article.path, line, f"ngày {match[0]} không có trong lịch", remedy, Severity.WARNING)
