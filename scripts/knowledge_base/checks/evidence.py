"""Find evidence that is none, and facts that are said to be surer than what was read makes them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..core.dates import clock_day
from ..core.errors import Problem, Severity
from ..core.models import Certainty
from ..core.text import fold
from ..core.web_links import is_web_address, link_key
from ..sources.diagnosis import Fault, quoted
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.evidence import Evidence, Grounded, Origins

_WORDS = {Certainty.STATED: "A", Certainty.ONE_SOURCE: "B (một nguồn)", Certainty.UNCHECKED: "C (chưa có nguồn)"}
ZONES = datetime.timedelta(days=1)
"""Whoever reads a page may already have tomorrow's date."""


def check_evidence(
    vocabulary: Vocabulary, today: datetime.date | None = None, *, drafts: bool = False
) -> Iterator[Problem]:
    """Yield a problem for each page that is no evidence, is given twice or was read after ``today`` (the clock's), and
    for each certainty that is not lower than the rule gives; of what is confirmed, or of ``drafts``."""
    now = today or clock_day()
    is_unsure = "outlets" in vocabulary.missing | {table for table, _ in vocabulary.faulty}  # whose names would do
    for table, key, place, fact in vocabulary.grounded_drafts() if drafts else vocabulary.grounded():
        if vocabulary.has_error(table, key, place[0]):
            continue
        for fault in _faults(fact, vocabulary.origins, now):
            if is_unsure and fault.location[-1] == "host":
                continue
            path, line = vocabulary.place(table, key, *place, *fault.location)
            yield Problem(path, line, f"{key.replace(' ', ', ')}: {fault.message}", fault.remedy, fault.severity)


def _faults(fact: Grounded, origins: Origins, now: datetime.date) -> Iterator[Fault]:
    for number, page in enumerate(fact.evidence):
        yield from _faults_of_place(fact, number, origins)
        yield from _faults_of_days(page, ("evidence", str(number)), now)
    if any(origins.names_store(page) for page in fact.evidence):  # how sure it is cannot be told before that is mended
        return
    computed = origins.computed(fact)
    if fact.lowered and Certainty(fact.lowered.to) <= computed:
        given = f"evidence chỉ cho mức {_WORDS[computed]}{_same_places(fact, origins)}"
        message = f"lowered ghi mức {fact.lowered.to}, mà {given}"
        yield Fault(("lowered", "to"), message, "Mức chỉ được hạ: bỏ lowered, hoặc thêm trang đã đọc vào evidence")


def _faults_of_place(fact: Grounded, number: int, origins: Origins) -> Iterator[Fault]:
    """Yield what is wrong with where a page stands, the gravest only."""
    page, place = fact.evidence[number], ("evidence", str(number))
    if (why := origins.why_unfit(page)) is not None:
        message = f"{quoted(page.host)} không làm căn cứ được ({why})"
        yield Fault(place, message, "Bỏ trang này khỏi evidence; tìm một trang khác, hoặc để evidence: []")
    elif origins.names_store(page):
        message = f"{quoted(page.host)} chỉ là nơi chứa tệp, không phải nguồn"
        remedy = "Ghi ở host tên cơ quan, tờ báo hoặc tài liệu có lời ấy, ở page là trang nào; giữ url"
        yield Fault((*place, "host" if page.url is None else "url"), message, remedy)
    elif page.url is not None and not is_web_address(page.url):
        message = f"địa chỉ {quoted(page.url)} không phải địa chỉ trang mạng"
        yield Fault((*place, "url"), message, "Viết địa chỉ đầy đủ, bắt đầu bằng https://, hoặc xóa khóa url")
    elif page.url and not origins.is_named(page):
        message = f"địa chỉ {quoted(page.url)} không ở {quoted(page.host)}"
        yield Fault((*place, "host"), message, "Có url thì bỏ khóa host, hoặc ghi tên báo như trong outlets.yml")
    elif any(_same_page(page, other) for other in fact.evidence[:number]):
        message = f"trang {quoted(page.words)} ghi hai lần"
        yield Fault(place, message, "Chỉ giữ lại một; một trang chỉ là một nguồn", Severity.WARNING)
    elif _adds_nothing(page, fact, origins):
        message = f"{quoted(page.host)} không phải tên miền, cũng không phải tên báo nào trong outlets.yml"
        remedy = "Ghi tên miền hoặc tên báo như trong outlets.yml; nơi không rõ không tính là nguồn thứ hai"
        yield Fault((*place, "host"), message, remedy, Severity.WARNING)


def _faults_of_days(page: Evidence, place: tuple[str, ...], now: datetime.date) -> Iterator[Fault]:
    """Yield what is wrong with the day on which a page was read, and with its own."""
    if page.read and page.read.earliest() > now + ZONES:
        message = f"ngày đọc {page.read.vietnamese} chưa tới"
        yield Fault((*place, "read"), message, "Sửa read thành ngày đã đọc trang ấy", Severity.WARNING)
    if page.read and page.dated and page.dated.earliest() > page.read.latest():
        message = f"ngày của trang {page.dated.vietnamese} sau ngày đọc {page.read.vietnamese}"
        yield Fault((*place, "dated"), message, "Xem lại hai ngày", Severity.WARNING)


def _same_page(one: Evidence, other: Evidence) -> bool:
    """Tell two readings of one page apart from two pages; an address tells it, whatever host is typed beside it."""
    keys = [(link_key(e.url) if e.url else fold(e.host), e.page, e.what) for e in (one, other)]
    return keys[0] == keys[1]


def _adds_nothing(page: Evidence, fact: Grounded, origins: Origins) -> bool:
    """Tell a page that would be a second place, were its name the one of an outlet."""
    hosts = {fold(other.origin) for other in fact.evidence if origins.why_unfit(other) is None}
    return len(hosts) > 1 and not page.copy_of and "." not in page.origin and origins.place(page) is None


def _same_places(fact: Grounded, origins: Origins) -> str:
    """Say which pages are not independent of one another, where that is why a fact is not surer."""
    places = [origins.place(page) for page in fact.evidence]
    if len(places) < 2:
        return ""
    return f": {', '.join(dict.fromkeys(page.host for page in fact.evidence))} chỉ là một nơi, hoặc đăng lại của nhau"
