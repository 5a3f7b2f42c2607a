"""Find provinces whose periods do not follow one another."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import pairwise

from ..errors import Problem, Severity
from ..vocabulary import Vocabulary
from ..vocabulary.faults import quoted
from ..vocabulary.schemas import Province


def check_provinces(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for each period that ends before it begins, overlaps, or leaves a gap, and for each name
    that ended without a successor, or has one and did not end."""
    for province in vocabulary.provinces.values():
        if vocabulary.amiss("provinces", province.id, "successor", "periods"):
            continue
        for told, severity, place in (*_periods(province), *_end(province)):
            path, line = vocabulary.place("provinces", province.id, *place)
            yield Problem(path, line, f"{province.name}: {told[0]}", told[1], severity)


_Told = tuple[tuple[str, str], Severity, tuple[object, ...]]


def _periods(province: Province) -> Iterator[_Told]:
    for number, period in enumerate(province.periods):
        if period.since and period.until and period.until.latest() < period.since.earliest():
            message = f"thời kỳ đến {period.until.vietnamese} mà từ {period.since.vietnamese}"
            yield (
                (message, "Sửa since hoặc until: until không được trước since"),
                Severity.ERROR,
                ("periods", number, "until"),
            )
            return
    for number, (one, following) in enumerate(pairwise(province.periods), 1):
        if following.since is None or one.until is None:
            which, at = ("since", number) if following.since is None else ("until", number - 1)
            message = f"thời kỳ thứ {at + 1} thiếu {which}, nên không rõ các thời kỳ nối nhau ở ngày nào"
            yield (message, f"Thêm {which}; thời kỳ cũ ghi trước, mới ghi sau"), Severity.ERROR, ("periods", at)
            continue
        gap = following.since.earliest() - one.until.latest()
        if gap != datetime.timedelta(days=1):
            how = "chồng lên nhau hoặc ngược thứ tự" if gap < datetime.timedelta(days=1) else "cách quãng"
            message = f"hai thời kỳ {how}: đến {one.until.vietnamese}, rồi từ {following.since.vietnamese}"
            right = one.until.latest() + datetime.timedelta(days=1)
            remedy = f"Nếu until đúng thì sửa since thành {right.isoformat()}; nếu không thì sửa until"
            yield (message, remedy), Severity.ERROR, ("periods", number, "since")


def _end(province: Province) -> Iterator[_Told]:
    last, number = province.periods[-1], len(province.periods) - 1
    former = province.successor is not None and province.successor != province.id
    if former and last.until is None:
        message = f"có successor {quoted(province.successor)} mà thời kỳ cuối không có until"
        yield (message, "Thêm until (ngày cuối của tên này), hoặc bỏ successor"), Severity.ERROR, ("successor",)
    if last.until is not None and not former:
        message = f"hết từ {last.until.vietnamese} mà không có successor"
        remedy = "Thêm successor: mã của tỉnh, thành phố hiện nay; nếu tên này vẫn còn thì bỏ until"
        yield (message, remedy), Severity.ERROR, ("periods", number, "until")
