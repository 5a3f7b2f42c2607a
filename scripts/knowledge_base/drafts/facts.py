"""The front matter of a draft: what is given, else what the file and its text show; the rest is asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..core.dates import PartialDate
from ..core.models import OUR_DIGEST, Article, Scan
from ..core.text import fold, one_line
from ..core.web_links import clean_link, host_of
from ..meaning.resolve.context import Context
from ..mentions.text_dates import find_dates
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.names import outlet_of_host, period_at
from .given import Known, Question

_NEAREST = 3
_OFTEN = 2
"""How many bodies of another province make one doubt that a text is about the outlet's own."""
_LONGEST_TITLE = 250
_SIGNED = re.compile(r"\((?P<mark>[^()\s]{2,20}|[^()]{2,12} Online)\)|(?P<word>[^\W\d_]{2,12})\s?[-–]\s")
"""What opens the first sentence of a report, not its headline: "(ABO) …", "BTNO - …"."""
_TWO = re.compile(r"[a-zà-ỹ]{2}\.[\"”)]?\s[^\W\d_a-zđ]")
"""Two sentences, not counting "TP. Vinh"."""
_OUTLETS = "sources/vocabularies/outlets.yml"
_PROVINCES = "sources/vocabularies/provinces.yml"


@dataclass(frozen=True, slots=True)
class Facts:
    """The values of a draft's front matter; None for what is not known."""

    title: str | None
    outlet: str | None
    author: str | None
    published: PartialDate | None
    event: PartialDate | None
    province: str | None
    national: bool
    url: str | None
    evidence: str
    rights: str
    official: bool
    author_candidate: str | None = None


def collect_facts(article: Article, context: Context, scan: Scan, known: Known, official: bool) -> Facts:
    """Return the values: as given, else as the file says, else as its text shows. Nothing is guessed."""
    shown = context.mentions.masthead
    headline = find_headline(shown.title) if official or _is_headline(shown.title, context.vocabulary) else None
    url = known.url or article.url
    elsewhere = bool(url and not outlet_of_host(host_of(url), context.vocabulary))  # a page that took over the news
    outlet = known.outlet or article.outlet or (None if elsewhere else shown.outlet)
    return Facts(
        title=one_line(known.title or article.title or headline or "") or None,
        outlet=outlet,
        author=one_line(known.author or article.author or shown.author or "") or None,
        published=known.published or article.published or shown.published,
        event=article.event,
        province=None if known.national else known.province or context.province,
        national=known.national or article.national,
        url=known.url or (clean_link(article.url) if article.url else _own_address(scan, outlet, context.vocabulary)),
        evidence="toan-van" if official else article.evidence,
        rights=known.rights or article.rights,
        official=official,
        author_candidate=one_line(article.author_candidate or shown.author_candidate or "") or None,
    )


def find_headline(line: str | None) -> str | None:
    """Return the words of a headline without the dashes and bullets around them."""
    return (line or "").strip(" -–—•*#").strip() or None


def ask_facts(facts: Facts, context: Context, scan: Scan) -> Iterator[Question]:
    """Yield a question for each value that is not known, those that must be answered first."""
    if not facts.title:
        yield Question("Tên bài là gì?", "Thêm dòng “title: tên bài như trên báo”", "title", must=True)
    if not facts.outlet:
        yield _ask_outlet(facts, context.vocabulary)
    if not facts.published:
        yield from _ask_date(context, scan)
    if not facts.province and not facts.national:
        yield _ask_province(scan, context.vocabulary)
    if not facts.author and not facts.official:
        yield _ask_author(facts.author_candidate)
    if not facts.url:
        do = "Biết chắc thì thêm dòng “url: https://…”; không thì bỏ qua"
        yield Question("Bài ở địa chỉ nào trên mạng?", do, "url")
    if facts.official and facts.rights == OUR_DIGEST:
        do = "Phải, và muốn đăng nguyên văn: sửa thành “rights: van-ban-hanh-chinh”; nếu chỉ tóm lược thì giữ nguyên"
        yield Question("Đây có phải toàn văn một văn bản của cơ quan Đảng, Nhà nước không?", do, "rights")


def doubt_facts(facts: Facts, known: Known, context: Context) -> Iterator[Question]:
    """Yield questions where what is given, what the text shows and the vocabulary do not agree."""
    shown = context.mentions.masthead
    if known.published and shown.published and not _agree(known.published, shown.published):
        ask = f"Ngày đăng là {known.published.vietnamese} hay {shown.published.vietnamese} (ngày ghi trong bài)?"
        yield Question(ask, "Sửa dòng “published” nếu cần, rồi đổi tên tệp cho khớp")
    outlets = context.vocabulary.outlets
    if known.outlet and shown.outlet and known.outlet != shown.outlet and shown.outlet in outlets:
        ask = f"Bài của {outlets[known.outlet].name} hay của {outlets[shown.outlet].name} (tên thấy trong bài)?"
        yield Question(ask, "Sửa dòng “outlet” nếu cần")
    host = host_of(facts.url or "")
    of_host = outlet_of_host(host, context.vocabulary) if host else None
    if of_host and facts.outlet and of_host != facts.outlet:
        ask = f"Địa chỉ bài là trang của {outlets[of_host].name}: có đúng với dòng “outlet” không?"
        yield Question(ask, "Sửa dòng “outlet” hoặc dòng “url” nếu cần")
    yield from _doubt_province(facts, context.vocabulary)
    if not known.province:
        yield from _doubt_subject(facts, context)


def _agree(one: PartialDate, other: PartialDate) -> bool:
    return one.contains(other) or other.contains(one)


def _doubt_province(facts: Facts, vocabulary: Vocabulary) -> Iterator[Question]:
    """Ask about a province under a name that it had not yet, or no more, when the article was published."""
    entry = vocabulary.provinces.get(facts.province or "")
    if entry is None or facts.published is None:
        return
    period, day = period_at(entry, facts.published), facts.published.earliest()
    before = period.since is not None and day < period.since.earliest()
    after = period.until is not None and day > period.until.latest()
    if before or after:
        ask = f"Ngày đăng bài ({facts.published.vietnamese}), nơi này có tên là {entry.name} không?"
        yield Question(ask, f"Không thì sửa dòng “province” thành mã của tên lúc ấy (xem {_PROVINCES})")


def _doubt_subject(facts: Facts, context: Context) -> Iterator[Question]:
    """Ask about a province that the outlet alone suggests, while the text names bodies of another one only."""
    provinces = context.vocabulary.provinces
    named = Counter(body.ref.place for body in context.mentions.bodies if body.ref.place)
    if facts.province not in provinces or facts.province in named or not named:
        return
    other, times = max(named.items(), key=lambda found: (found[1], found[0]))
    if times >= _OFTEN and facts.province not in {other, provinces[other].successor}:
        here, there = provinces[facts.province].name, provinces[other].name
        told = f"Bài nêu cơ quan của {there} {times} lần, không nêu cơ quan nào của {here}"
        ask = f"{told}: bài viết về {there} hay {here}?"
        yield Question(ask, f"Về {there} thì sửa thành “province: {other}” và chuyển tệp vào thư mục {other}")


def _ask_author(candidate: str | None) -> Question:
    if candidate:
        ask = f"“{candidate}” có phải là người viết bài không?"
        return Question(ask, f"Phải thì thêm dòng “author: {candidate}”; không phải thì bỏ qua", "author")
    return Question("Ai viết bài?", "Bài có ghi thì thêm dòng “author: tên tác giả”; không thì bỏ qua", "author")


def _ask_outlet(facts: Facts, vocabulary: Vocabulary) -> Question:
    host = host_of(facts.url or "")
    local = [o for o in vocabulary.outlets.values() if facts.province and o.province == facts.province]
    near = ", ".join(f"{o.id} ({o.name})" for o in local[:_NEAREST])
    do = f"Thêm dòng “outlet: mã của báo”; mã có trong {_OUTLETS}" + (f", ví dụ {near}" if near else "")
    if host:
        do = f"Trang {host} chưa có trong {_OUTLETS}: thêm một mục ở đó, rồi thêm dòng “outlet: mã của báo”"
    return Question("Báo hoặc trang nào đăng bài này?", do, "outlet", must=True)


def _ask_date(context: Context, scan: Scan) -> Iterator[Question]:
    do = "Thêm dòng “published: năm-tháng-ngày” (ví dụ 2023-09-07, chỉ biết năm thì 2023) rồi đổi tên tệp theo ngày ấy"
    yield Question("Bài đăng ngày nào?", f"{do}; không tìm được thì bỏ qua", "published")
    cited = {c.date for c in context.mentions.citations}
    told = {d.value for d in find_dates(scan.folded) if d.value and d.value not in cited}
    days = sorted(told, reverse=True)[:_NEAREST]
    listed = f" (bài có nhắc {', '.join(day.vietnamese for day in days)})" if days else ""
    ask = f"Nếu không biết ngày đăng: sự việc chính trong bài xảy ra khi nào{listed}?"
    example = days[0].iso if days else "năm-tháng-ngày"
    yield Question(ask, f"Thêm dòng “event: {example}” hoặc ngày đúng, chỉ năm cũng được; không rõ thì bỏ qua", "event")


def _ask_province(scan: Scan, vocabulary: Vocabulary) -> Question:
    counts = {p.id: scan.folded.count(fold(p.name)) for p in vocabulary.provinces.values()}
    most = sorted((p for p, count in counts.items() if count), key=lambda p: (-counts[p], p))[:_NEAREST]
    named = ", ".join(f"{p} ({vocabulary.provinces[p].name})" for p in most)
    do = f"Thêm dòng “province: mã của tỉnh” (mã có trong {_PROVINCES}" + (f"; bài có nhắc {named}" if named else "")
    do += ") và chuyển tệp vào thư mục mang mã ấy; bài về cả nước thì bỏ qua"
    return Question("Bài viết về tỉnh, thành phố nào?", do, "province")


def _is_headline(line: str | None, vocabulary: Vocabulary) -> bool:
    """Tell a headline from the first sentence of a text that came without one."""
    words = find_headline(line) or ""
    marks = {mark for outlet in vocabulary.outlets.values() for mark in outlet.marks}
    signed = _SIGNED.match(words)
    told = signed is not None and (signed["mark"] is not None or signed["word"] in marks or signed["word"].isupper())
    sentence = words.endswith((":", ";", ",", ".")) and not words.endswith("...")
    return bool(words) and len(words) <= _LONGEST_TITLE and not (told or sentence or _TWO.search(words))


def _own_address(scan: Scan, outlet: str | None, vocabulary: Vocabulary) -> str | None:
    """Return the address that stands in a line of its own and is a page of the outlet; None unless it is one."""
    lines = {line.strip() for line in scan.text.split("\n") if line.strip().startswith(("https://", "http://"))}
    pages = {clean_link(line) for line in lines if " " not in line and "/" in line.rstrip("/").split("//", 1)[1]}
    own = {page for page in pages if outlet and outlet_of_host(host_of(page), vocabulary) == outlet}
    return own.pop() if len(own) == 1 else None
