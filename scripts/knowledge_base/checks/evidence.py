"""Find evidence that is none, and facts that are said to be surer than what was read makes them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..core.errors import Problem, Severity
from ..core.models import Certainty
from ..core.web_links import is_web_address
from ..sources.diagnosis import Fault, quoted
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.evidence import Evidence, Grounded, Origins

_WORDS = {Certainty.STATED: "A", Certainty.ONE_SOURCE: "B (một nguồn)", Certainty.UNCHECKED: "C (chưa có nguồn)"}
_ZONES = datetime.timedelta(days=1)
"""Whoever reads a page may already have tomorrow's date."""


def check_evidence(
    vocabulary: Vocabulary, today: datetime.date | None = None, *, drafts: bool = False
) -> Iterator[Problem]:
    """Yield a problem for each page that is no evidence, is given twice or was read after ``today`` (the clock's), and
    for each certainty that is not lower than the rule gives; of what is confirmed, or of ``drafts``."""
    now = today or datetime.datetime.now(datetime.UTC).date()
    for table, key, place, fact in vocabulary.grounded_drafts() if drafts else vocabulary.grounded():
        if vocabulary.has_error(table, key, place[0]):
            continue
        for fault in _faults(fact, vocabulary.origins, now):
            path, line = vocabulary.place(table, key, *place, *fault.location)
            yield Problem(path, line, f"{key.replace(' ', ', ')}: {fault.message}", fault.remedy, fault.severity)


def _faults(fact: Grounded, origins: Origins, now: datetime.date) -> Iterator[Fault]:
    for number, page in enumerate(fact.evidence):
        place = ("evidence", str(number))
        if (why := origins.why_unfit(page)) is not None:
            message = f"{quoted(page.host)} không làm căn cứ được ({why})"
            yield Fault(place, message, "Bỏ trang này khỏi evidence; tìm một trang khác, hoặc để evidence: []")
        elif page.url is not None and not is_web_address(page.url):
            message = f"địa chỉ {quoted(page.url)} không phải địa chỉ trang mạng"
            yield Fault((*place, "url"), message, "Viết địa chỉ đầy đủ, bắt đầu bằng https://, hoặc xóa khóa url")
        elif any(_same_page(page, other) for other in fact.evidence[:number]):
            message = f"trang {quoted(page.words)} ghi hai lần"
            yield Fault(place, message, "Chỉ giữ lại một; một trang chỉ là một nguồn", Severity.WARNING)
        if page.read and page.read.earliest() > now + _ZONES:
            message = f"ngày đọc {page.read.vietnamese} chưa tới"
            yield Fault((*place, "read"), message, "Sửa read thành ngày đã đọc trang ấy", Severity.WARNING)
    computed = origins.computed(fact)
    if fact.lowered and Certainty(fact.lowered.to) <= computed:
        given = f"evidence chỉ cho mức {_WORDS[computed]}{_same_places(fact, origins)}"
        message = f"lowered ghi mức {fact.lowered.to}, mà {given}"
        yield Fault(("lowered", "to"), message, "Mức chỉ được hạ: bỏ lowered, hoặc thêm trang đã đọc vào evidence")


def _same_page(one: Evidence, other: Evidence) -> bool:
    return (one.host, one.url, one.page, one.what) == (other.host, other.url, other.page, other.what)


def _same_places(fact: Grounded, origins: Origins) -> str:
    """Say which pages are not independent of one another, where that is why a fact is not surer."""
    places = [origins.place(page) for page in fact.evidence]
    if len(places) < 2:
        return ""
    return f": {', '.join(dict.fromkeys(page.host for page in fact.evidence))} chỉ là một nơi, hoặc đăng lại của nhau"
