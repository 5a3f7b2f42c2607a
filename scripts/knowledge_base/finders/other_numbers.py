"""Numbers that look like a document's symbol and are something else: permits, contracts, judgments, printed forms."""

from __future__ import annotations

import re

_WORDS = (
    "giấy phép|thụ lý|giấy chứng nhận|chứng chỉ|hợp đồng|bản án|cáo trạng|biển số|biển kiểm soát|mã số|hóa đơn"
    "|tài khoản|thẻ|phiếu|vận đơn|chuyến bay|(?<!trực )tuyến|quốc lộ|tỉnh lộ|thửa|lô|tiêu chuẩn|quy chuẩn|căn cước"
    "|hộ chiếu|điện thoại|đt|fax|sđt"
)
_OTHER = re.compile(rf"(?<!\w)(?:{_WORDS})(?:\s[^\s.,;:()]{{1,12}}){{0,4}}\s{{1,2}}\Z")
_FORM = re.compile(r"(?<!\w)(?:mẫu|biểu|phụ lục)[^\S\n]{1,2}\Z")


def is_other_number(before: str, named: bool) -> bool:
    """Tell from the folded words before a symbol that it is no document's; ``named``: a type word stands among them."""
    return _OTHER.search(before) is not None or (not named and _FORM.search(before) is not None)
