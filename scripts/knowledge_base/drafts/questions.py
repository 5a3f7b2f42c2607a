"""What a person must say of an article: what nobody knows, what may be so, and where two sources do not agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from ..core.models import OUR_DIGEST, Article, ArticleFact, FactSource, Scan, value_of
from ..core.text import fold
from ..core.web_links import host_of
from ..meaning.resolve.context import Context
from ..mentions.letterhead import read_head
from ..mentions.text_dates import find_dates
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.names import outlet_of_host, period_at

T = TypeVar("T")
_NEAREST = 3
"""So many examples fit into one question."""
_OFTEN = 2
"""So many bodies of another province make one doubt that a text is about the outlet's own; one may be a guest's."""
_OUTLETS = "sources/vocabularies/outlets.yml"
_PROVINCES = "sources/vocabularies/provinces.yml"


@dataclass(frozen=True, slots=True)
class Question:
    """``ask`` is a Vietnamese question with its mark, ``do`` a sentence without full stop.

    ``key`` is the front-matter key that the answer belongs to; ``must``: without it the article cannot be published."""

    ask: str
    do: str
    key: str | None = None
    must: bool = False


def ask_facts(article: Article, context: Context, scan: Scan, *, official: bool) -> Iterator[Question]:
    """Yield a question for each fact of the draft ``article`` that is not known, those that must be answered first."""
    if not article.title:
        yield Question("Tên bài là gì?", "Thêm dòng “title: tên bài như trên báo”", "title", must=True)
    if not article.outlet:
        yield _ask_outlet(article, context.vocabulary)
    if not article.published:
        yield from _ask_date(context, scan)
    if not article.province and not article.national:
        yield _ask_province(scan, context.vocabulary)
    if not article.author and not official:
        ask, do = "Ai viết bài?", "Bài có ghi thì thêm dòng “author: tên tác giả”; không thì bỏ qua"
        if likely := article.facts.author:
            ask = f"“{likely.value}” có phải là người viết bài không?"
            do = f"Phải thì thêm dòng “author: {likely.value}”; không phải thì bỏ qua"
        yield Question(ask, do, "author")
    if not article.url:
        do = "Biết chắc thì thêm dòng “url: https://…”; không thì bỏ qua"
        yield Question("Bài ở địa chỉ nào trên mạng?", do, "url")
    if official and read_head(scan).is_unissued:
        do = "Phải thì nói rõ trong bài đây là dự thảo; đã ban hành thì ghi số và ngày theo bản chính"
        yield Question("Văn bản để trống số: đây có phải dự thảo chưa ban hành không?", do)
    if official and article.rights == OUR_DIGEST:
        do = "Phải, và muốn đăng nguyên văn: sửa thành “rights: van-ban-hanh-chinh”; nếu chỉ tóm lược thì giữ nguyên"
        yield Question("Đây có phải toàn văn một văn bản của cơ quan Đảng, Nhà nước không?", do, "rights")


_NUMBER = re.compile(r"(?<!\w)\d[\w.,:%/-]*(?:[/-]\w+)*")


def confirm_recognised(article: Article, scan: Scan) -> Iterator[Question]:
    """Yield a question that must be answered for every paragraph of a text read from pictures that holds a number, a
    date or a name."""
    for paragraph in scan.paragraphs if article.recognised else ():
        words = scan.text[paragraph.start : paragraph.end]
        found: dict[str, None] = {}
        for date in find_dates(scan.folded, paragraph.start, paragraph.end):
            found[" ".join(scan.text[date.start : date.end].split())] = None
            words = words.replace(scan.text[date.start : date.end], ",")
        found |= dict.fromkeys(match[0].rstrip(".,:-/") for match in _NUMBER.finditer(words))
        found |= dict.fromkeys(_names(_NUMBER.sub(",", words)))
        if found:
            shown = ", ".join(f"“{one}”" for one in found)
            yield Question(f"Bản quét có đúng là {shown} không?", "So với ảnh, sai thì sửa ngay trong bài", must=True)


def _names(words: str) -> Iterator[str]:
    """Yield runs of words that begin with capitals: names of people, places, bodies."""
    for line in words.split("\n"):
        run: list[str] = []
        for word in [*re.findall(r"[^\W\d_]+|[.,;:!?()]", line), "."]:
            if word[:1].isupper():
                run.append(word)
                continue
            if len(run) > 1 or (run and len(run[0]) > 1 and run[0].isupper()):
                yield " ".join(run)
            run = []


def doubt_facts(article: Article, context: Context) -> Iterator[Question]:
    """Yield questions where what is given, what the text shows and the vocabulary do not agree."""
    facts, shown = article.facts, context.mentions.masthead
    published, written = _provided(facts.published), value_of(shown.published)
    if published and written and not (published.contains(written) or written.contains(published)):
        ask = f"Ngày đăng là {published.vietnamese} hay {written.vietnamese} (ngày ghi trong bài)?"
        yield Question(ask, "Sửa dòng “published” nếu cần, rồi đổi tên tệp cho khớp")
    outlets = context.vocabulary.outlets
    outlet, seen = _provided(facts.outlet), value_of(shown.outlet)
    if outlet and seen in outlets and outlet != seen:
        ask = f"Bài của {outlets[outlet].name} hay của {outlets[seen].name} (tên thấy trong bài)?"
        yield Question(ask, "Sửa dòng “outlet” nếu cần")
    of_host = outlet_of_host(host_of(article.url or ""), context.vocabulary)
    if of_host and article.outlet and of_host != article.outlet:
        ask = f"Địa chỉ bài là trang của {outlets[of_host].name}: có đúng với dòng “outlet” không?"
        yield Question(ask, "Sửa dòng “outlet” hoặc dòng “url” nếu cần")
    yield from _doubt_province(article, context.vocabulary)
    if not _provided(facts.province):
        yield from _doubt_subject(article, context)


def _provided(fact: ArticleFact[T] | None) -> T | None:
    """Return what the person says who adds the article."""
    return fact.value if fact and fact.source is FactSource.PROVIDED else None


def _doubt_province(article: Article, vocabulary: Vocabulary) -> Iterator[Question]:
    """Ask about a province under a name that it had not yet, or no more, when the article was published."""
    entry = vocabulary.provinces.get(article.province or "")
    if entry is None or article.published is None:
        return
    period, day = period_at(entry, article.published), article.published.earliest()
    before = period.since is not None and day < period.since.earliest()
    after = period.until is not None and day > period.until.latest()
    if before or after:
        ask = f"Ngày đăng bài ({article.published.vietnamese}), nơi này có tên là {entry.name} không?"
        yield Question(ask, f"Không thì sửa dòng “province” thành mã của tên lúc ấy (xem {_PROVINCES})")


def _doubt_subject(article: Article, context: Context) -> Iterator[Question]:
    """Ask about a province that the outlet alone suggests, while the text names bodies of another one only."""
    provinces = context.vocabulary.provinces
    named = Counter(body.ref.place for body in context.mentions.bodies if body.ref.place)
    if article.province not in provinces or article.province in named or not named:
        return
    other, times = max(named.items(), key=lambda found: (found[1], found[0]))
    if times >= _OFTEN and article.province not in {other, provinces[other].successor}:
        here, there = provinces[article.province].name, provinces[other].name
        told = f"Bài nêu cơ quan của {there} {times} lần, không nêu cơ quan nào của {here}"
        ask = f"{told}: bài viết về {there} hay {here}?"
        yield Question(ask, f"Về {there} thì sửa thành “province: {other}” và chuyển tệp vào thư mục {other}")


def _ask_outlet(article: Article, vocabulary: Vocabulary) -> Question:
    host = host_of(article.url or "")
    local = [o for o in vocabulary.outlets.values() if article.province and o.province == article.province]
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
