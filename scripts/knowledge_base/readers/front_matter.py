"""The front matter of an article: its keys, and what their values must be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import Field, ValidationError

from ..errors import Problem
from ..vocabulary import Vocabulary
from ..vocabulary.faults import choose, quoted
from ..vocabulary.schemas import Bool, Date, Entry, Id
from ..yaml_source import Plain, YamlData

_WEB_ADDRESS = re.compile(r"https?://[^\s/?#@:]+\.[^\s/?#@:.]+(?::\d{1,5})?(?:[/?#]\S*)?\Z", re.IGNORECASE)
_NOTHING = "none"
_UNKNOWN = "?"


class CorrectionEntry(Entry):
    """One item of ``corrections``: the words in the text, and the id they stand for (or ``none``)."""

    find: str = Field(min_length=1)
    target: Id = Field(alias="is")

    @property
    def entity(self) -> str | None:
        """The id the words stand for; None if for nothing."""
        return None if self.target == _NOTHING else self.target


class FrontMatter(Entry):
    """The keys a maintainer may write at the head of an article.

    ``rights``: ``tom-luoc`` is our own digest; the others are the grounds on which a full text may be
    published: an official document (not under copyright), plain news of the day, or a permission.
    ``draft``: the article is not finished; no page is made of it."""

    title: str = Field(min_length=1)
    outlet: str = Field(min_length=1)
    author: str | None = None
    published: Date | None = None
    event: Date | None = None
    province: str | None = None
    url: str | None = None
    evidence: Literal["toan-van", "bao-tuong-thuat"] = "bao-tuong-thuat"
    rights: Literal["tom-luoc", "van-ban-hanh-chinh", "tin-thoi-su", "duoc-phep"] = "tom-luoc"
    document: Id | None = None
    corrections: tuple[CorrectionEntry, ...] = ()
    draft: Bool = False


def read_unfinished(values: Mapping[str, Plain]) -> FrontMatter:
    """Return what can be used of a draft's front matter; ``title`` and ``outlet`` are '?' where they are missing."""
    blank: dict[str, Plain] = {"title": _UNKNOWN, "outlet": _UNKNOWN}
    try:
        return FrontMatter.model_validate({**blank, **values})
    except ValidationError as error:
        faulty = {str(fault["loc"][0]) for fault in error.errors() if fault["loc"]}
        return FrontMatter.model_validate({**blank, **{k: v for k, v in values.items() if k not in faulty}})


def check_values(source: YamlData, path: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Tell of an unknown outlet or province, and of a web address that is none."""
    values = source.data if isinstance(source.data, dict) else {}
    for key, name, what in (("outlet", "outlets", "nguồn"), ("province", "provinces", "tỉnh, thành phố")):
        value = values.get(key)
        if isinstance(value, str) and value and not vocabulary.knows(name, value):
            message = f"không có {what} mang mã {quoted(value)} trong danh mục {name}.yml"
            yield Problem(path, source.line(key), message, choose(value, getattr(vocabulary, name)))
    url = values.get("url")
    if isinstance(url, str) and not is_web_address(url):
        message = f"địa chỉ {quoted(url)} không phải địa chỉ trang mạng"
        yield Problem(path, source.line("url"), message, "Viết địa chỉ đầy đủ, bắt đầu bằng https:// hoặc http://")


def is_web_address(url: str) -> bool:
    """Tell whether ``url`` is the whole address of a page."""
    return bool(_WEB_ADDRESS.match(url))


def check_corrections(source: YamlData, path: str, body: str) -> Iterator[Problem]:
    """Tell of corrections whose words do not stand in the text."""
    values = source.data if isinstance(source.data, dict) else {}
    items = values.get("corrections")
    text = " ".join(body.split())
    for number, item in enumerate(items if isinstance(items, list) else ()):
        words = item.get("find") if isinstance(item, dict) else None
        if isinstance(words, str) and words and " ".join(words.split()) not in text:
            message = f"không có chữ {quoted(words)} trong bài"
            remedy = "Chép đúng từng chữ trong bài vào “find”"
            yield Problem(path, source.line("corrections", number, "find"), message, remedy)
