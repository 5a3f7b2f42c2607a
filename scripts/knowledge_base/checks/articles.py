"""Find front matter whose values do not fit together: address and outlet, province and time."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from ..dates import PartialDate
from ..errors import Problem, Severity
from ..knowledge.entities import KnowledgeBase
from ..models import Article
from ..vocabulary import Vocabulary
from ..vocabulary.outlets import outlet_sites, owner_of
from ..vocabulary.schemas import Province


def check_articles(kb: KnowledgeBase) -> Iterator[Problem]:
    """Yield a warning for each value that contradicts another one of its article."""
    sites = outlet_sites(kb.vocabulary)
    for entry in kb.articles.values():
        yield from _check_address(entry.article, sites, kb.vocabulary)
        yield from _check_province(entry.article, kb.vocabulary)


def _check_address(article: Article, sites: dict[str, str], vocabulary: Vocabulary) -> Iterator[Problem]:
    """The host of an article's address may not belong to another outlet."""
    outlet = owner_of(_host(article.url or ""), sites)
    if outlet is None or article.outlet is None or outlet == article.outlet:
        return
    name, other = (vocabulary.outlets[i].name if i in vocabulary.outlets else i for i in (article.outlet, outlet))
    message = f"địa chỉ là trang của {other} ({outlet}), mà “outlet” là {article.outlet} ({name})"
    remedy = f"Sửa outlet thành {outlet}, hoặc sửa url; nếu báo này đăng ở trang ấy thì thêm tên miền vào sites của nó"
    yield Problem(article.path, article.line_of("url"), message, remedy, Severity.WARNING)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _check_province(article: Article, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A province must have had its name when the article was published."""
    province = vocabulary.provinces.get(article.province or "")
    published = article.published
    if province is None or published is None:
        return
    first, last = province.periods[0].since, province.periods[-1].until
    if last is not None and published.earliest() > last.latest():
        instead = province.successor if province.successor != province.id else None
        told = f"{province.name} không còn là tên tỉnh, thành phố sau ngày {last.vietnamese}"
    elif first is not None and published.latest() < first.earliest():
        instead = _before(province, first, vocabulary)
        told = f"{province.name} chưa là tên tỉnh, thành phố trước ngày {first.vietnamese}"
    else:
        return
    name = f" thành {instead} và chuyển tệp vào articles/{instead}/" if instead else " theo tên gọi lúc đăng bài"
    message = f"{told}, mà bài đăng ngày {published.vietnamese}"
    remedy = f"Sửa province{name}; nếu ngày đăng sai thì sửa “published”"
    yield Problem(article.path, article.line_of("province"), message, remedy, Severity.WARNING)


def _before(province: Province, since: PartialDate, vocabulary: Vocabulary) -> str | None:
    """Return the one province that this one was before ``since``; None if it was several."""
    made_of = [part for period in province.periods if period.since == since for part in period.made_of]
    earlier = made_of or [p.id for p in vocabulary.provinces.values() if p.successor == province.id != p.id]
    return earlier[0] if len(earlier) == 1 else None
