"""Find marks in a digest that a reader would see as they were typed: our texts are no Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import Problem, Severity
from ..models import Article

_LONGEST = 20_000
_MARKS = (
    (re.compile(r"^\s*#{1,6}(?![\s#])\w"), "thiếu dấu cách sau dấu # của đề mục", "Thêm một dấu cách sau dấu #"),
    (re.compile(r"^\s*#{5,}\s"), "đề mục quá bốn dấu #", "Dùng từ một đến bốn dấu #"),
    (re.compile(r"^\s*(?:```|~~~)"), "dấu ``` của khối mã", "Xóa dòng này"),
    (re.compile(r"^\s*(?:(?:\*[ \t]?){3,30}|(?:_[ \t]?){3,30}|-{3,80}|={3,80})\s*\Z"), "dòng kẻ ngang", "Xóa dòng này"),
    (re.compile(r"^\s*\|[^\n|]*\|"), "bảng viết bằng dấu |", "Viết thành danh sách: mỗi dòng bắt đầu bằng “- ”"),
    (re.compile(r"!\[[^\]\n]{0,200}\]\("), "hình ảnh ![…](…)", "Xóa phần ấy: bài không chứa hình"),
    (
        re.compile(r"\[[^\]\n]{1,200}\]\((?:https?:|www\.|mailto:|[./#])[^)\n]{0,400}\)"),
        "liên kết […](…)",
        "Chỉ giữ phần chữ: trang tự tạo liên kết từ số hiệu và tên gọi",
    ),
    (
        re.compile(r"(?<![\w*])\*\*(?=[^\s*])[^*\n]{1,300}\*\*(?![\w*])|(?<!\w)__(?=[^\s_])[^_\n]{1,300}__(?!\w)"),
        "dấu ** hay __ của chữ đậm",
        "Xóa các dấu ấy, chỉ giữ phần chữ",
    ),
)


def check_marks(article: Article) -> Iterator[Problem]:
    """Yield a warning for each line with such a mark; of lines in a row with the same mark, for the first."""
    first = article.text.count("\n", 0, article.body_start) + 1
    before = None
    for number, line in enumerate(article.text[article.body_start :].split("\n"), first):
        found = next(((what, remedy) for mark, what, remedy in _MARKS if mark.search(line[:_LONGEST])), None)
        if found and found != before:
            message = f"{found[0]}: trang sẽ hiện nguyên dấu, vì bài chỉ có đề mục, đoạn, danh sách và trích dẫn"
            yield Problem(article.path, number, message, found[1], Severity.WARNING)
        before = found
