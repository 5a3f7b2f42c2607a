"""Evidence: which pages somebody read for a fact, and how sure that makes it.

Certainty is computed, never claimed: A for an official text or two independent places, B for one, C for none. Pages of
one outlet, and a reprint with what it reprints, are one place. A maintainer may lower it, with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import ConfigDict, model_validator

from ...core.dates import PartialDate
from ...core.models import Certainty, SecondReading
from ...core.text import fold
from ...core.web_links import host_of, path_of, site_of
from .fields import Bool, Date, Entry, key

PAGE_KINDS = {
    "van-ban": "văn bản chính thức",
    "cong-bao": "công báo",
    "cong-thong-tin": "cổng thông tin",
    "bao": "báo",
    "co-so-du-lieu": "cơ sở dữ liệu luật",
    "danh-sach": "danh sách văn bản của cơ quan",
    "trang-khac": "trang khác",
}
"""The kinds of pages that are read, and what readers see."""
NO_SOURCE = "chưa có nguồn"
SEARCHED = {
    "van-ban": "văn bản",
    "van-ban-thay-the": "văn bản thay thế",
    "so-ky-hieu": "số, ký hiệu",
    "ngay-ban-hanh": "ngày ban hành",
    "trich-yeu": "trích yếu",
    "co-quan-ban-hanh": "cơ quan ban hành",
    "hieu-luc": "hiệu lực",
    "toan-van": "toàn văn",
    "co-quan-ke-tuc": "cơ quan kế tục",
}
"""What may be searched, and what readers see; of a province: ``van-ban``, any document at all, and ``co-quan-ke-tuc``,
what became of its bodies."""

SECOND_READINGS = {
    "dung": "đúng",
    "da-sua": "đã sửa theo lần đọc ấy",
    "khong-thay-lai": "không tìm lại được trang đã đọc",
}
"""How a second reading may end, and what readers see."""


def _listed(words: Mapping[str, str]) -> str:
    """Return keys with what they mean; the types below name the same keys, which a test holds them to."""
    return ", ".join(f"{name} ({meaning})" for name, meaning in words.items())


_OFFICIAL = ("van-ban", "cong-bao")
_PAGE = {"anyOf": [{"required": ["host"]}, {"required": ["url"]}]}


class Evidence(Entry):
    """One page that somebody read. ``host`` is the site or the outlet's name; ``page`` tells its pages apart where no
    address is known. ``stored``: a stored copy was read, not the page itself."""

    model_config = ConfigDict(
        json_schema_extra=lambda schema: schema.update(_PAGE, required=[k for k in schema["required"] if k != "host"])
    )

    url: str | None = key(
        "Địa chỉ", "Địa chỉ của trang, khi biết; không tự ghép từ số hiệu bài", None, aka="địa chỉ, liên kết, link"
    )
    host: str = key(
        "Nơi đăng",
        "Tên miền hoặc tên báo: cadn.com.vn, Báo Đà Nẵng; có url thì không cần",
        aka="source, nguồn, báo, trang, tên miền, theo, từ",
        min_length=1,
    )
    page: str | None = key(
        "Trang", "Số hiệu hoặc tên của trang, khi không có địa chỉ: post288380", None, aka="bài, số bài", min_length=1
    )
    kind: Literal["van-ban", "cong-bao", "cong-thong-tin", "bao", "co-so-du-lieu", "danh-sach", "trang-khac"] = key(
        "Loại trang",
        _listed(PAGE_KINDS),
        aka="loại",
    )
    read: Date | None = key("Ngày đọc", "Ngày đọc trang ấy, dạng 2026-11-22", None, aka="checked, kiểm tra, ngày")
    dated: Date | None = key("Ngày của trang", "Ngày mà trang tự ghi", None, aka="ngày đăng, đăng ngày")
    what: str | None = key("Đọc gì", "Điều đã đọc được ở đó: số, ngày, trích yếu", None, aka="nội dung", min_length=1)
    copy_of: str | None = key(
        "Đăng lại của", "Tên miền hoặc tên báo mà trang này đăng lại, khi biết", None, aka="chép của", min_length=1
    )
    stored: Bool = key("Bản lưu", "có: đã đọc một bản lưu của trang", False, aka="bản lưu")

    @model_validator(mode="before")
    @classmethod
    def _host_of_address(cls, data: Any) -> Any:
        """Take the host from the address where there is one; an address that has none is told where it is checked."""
        url = data.get("url") if isinstance(data, dict) else None
        return {"host": host_of(url) or url, **data} if isinstance(url, str) else data

    @property
    def origin(self) -> str:
        """Where the page stands: the host of its address; what somebody typed only where no address is known."""
        return host_of(self.url or "") or self.host

    @property
    def words(self) -> str:
        """The page in words: ``cadn.com.vn post288380``, ``Báo Đà Nẵng, bài ngày 7-12-2023``."""
        page = self.page or (path_of(self.url) if self.url and not self.what else None) or ""
        gap = "" if page[:1] in {"", "/"} else " " if "." in self.host and " " not in self.host else ", "
        return f"{self.host}{gap}{page}{f' ({self.what})' if self.what else ''}"

    @property
    def as_of(self) -> PartialDate | None:
        """The day up to which it can tell anything: that of the page itself where it is older than the reading."""
        return min((day for day in (self.read, self.dated) if day), key=PartialDate.latest, default=None)


class Lowered(Entry):
    """A maintainer's word that a fact is less sure than the rule gives."""

    to: Literal["B", "C"] = key("Hạ xuống", "B hoặc C, thấp hơn mức máy tính ra", aka="mức, certainty")
    reason: str = key("Lý do", "Vì sao chưa chắc đến mức ấy", aka="vì sao", min_length=1)


class Grounded(Entry):
    """A fact with what was read of it; no page read: the fact is inferred."""

    evidence: tuple[Evidence, ...] = key(
        "Căn cứ", "Các trang đã đọc về điều này; [] khi chưa có nguồn", aka="nguồn, bằng chứng"
    )
    lowered: Lowered | None = key("Hạ mức chắc chắn", "Chỉ hạ, kèm lý do", None, aka="certainty, mức, mức chắc chắn")
    note: str | None = key("Ghi chú", "Lời ghi thêm về điều này hoặc nguồn của nó", None, aka="chú thích", min_length=1)

    @property
    def source(self) -> str:
        """The pages in words."""
        return "; ".join(page.words for page in self.evidence) or NO_SOURCE

    @property
    def checked(self) -> PartialDate | None:
        """The last day on which a page was read for it."""
        return max((page.read for page in self.evidence if page.read), default=None)

    @property
    def as_of(self) -> PartialDate | None:
        """The day up to which the newest of its pages can tell anything."""
        return max((day for page in self.evidence if (day := page.as_of)), default=None)


class Search(Entry):
    """Something was looked for and not found. ``reach``: the newest pages that were looked through."""

    target: Literal[
        "van-ban",
        "van-ban-thay-the",
        "so-ky-hieu",
        "ngay-ban-hanh",
        "trich-yeu",
        "co-quan-ban-hanh",
        "hieu-luc",
        "toan-van",
        "co-quan-ke-tuc",
    ] = key("Tìm gì", _listed(SEARCHED), alias="for", aka="tìm")
    day: Date = key("Ngày tìm", "Ngày tìm, dạng 2026-11-22", aka="ngày")
    where: str | None = key("Tìm ở đâu", "Những nơi đã tìm", None, aka="ở đâu, nơi tìm", min_length=1)
    reach: Date | None = key("Đến khoảng", "Các trang đã tìm chỉ đến khoảng ngày, tháng này", None, aka="tầm, đến")

    @property
    def as_of(self) -> PartialDate:
        """The day up to which it can tell anything."""
        return min((day for day in (self.day, self.reach) if day), key=PartialDate.latest)


class CheckedEntry(Entry):
    """``checked``: somebody who sees only the entry and its evidence has read it a second time."""

    day: Date = key("Ngày đọc lại", "Ngày đọc lại, dạng 2026-11-30", aka="ngày")
    result: Literal["dung", "da-sua", "khong-thay-lai"] = key("Kết quả", _listed(SECOND_READINGS), aka="kết luận")

    @property
    def reading(self) -> SecondReading:
        """The second reading that it tells of."""
        return SecondReading(self.day, self.result)


@dataclass(frozen=True, slots=True)
class Origins:
    """Which hosts are one place, all names folded. ``owners``: the outlet of each host and name; ``reprinting`` hosts
    have nothing of their own; what stands on ``unfit`` ones is no evidence (host → why); ``stores`` hold files that
    anybody puts there: what was read is whose words they are, and the store is no place of its own."""

    owners: Mapping[str, str] = field(default_factory=dict)
    reprinting: frozenset[str] = frozenset()
    unfit: Mapping[str, str] = field(default_factory=dict)
    stores: frozenset[str] = frozenset()

    def why_unfit(self, page: Evidence) -> str | None:
        """Return why a page is no evidence; None if it is."""
        return next((self.unfit[name] for name in _names(page.origin) if name in self.unfit), None)

    def store(self, page: Evidence) -> str | None:
        """Return the store of files that a page was read in; None if in none."""
        return page.origin if self.stores.intersection(_names(page.origin)) else None

    def names_store(self, page: Evidence) -> bool:
        """Tell whether ``host`` names only the store that a page was read in, not whose words it holds."""
        return bool(self.stores.intersection(_names(page.host)))

    def place(self, page: Evidence) -> str | None:
        """Return where a page's words come from: the outlet, else the site; None where nobody knows: a reprint of who
        knows whom, a name that is no outlet's."""
        host = page.copy_of or page.origin
        if any(name in self.reprinting or name in self.stores for name in _names(host)):
            return None
        return self._outlet_or_site(host)

    def is_named(self, page: Evidence) -> bool:
        """Tell whether ``host`` names the place of the page's address: its site, its outlet, the office of a list; of a
        copy in a store of files, whose it is."""
        is_office = (page.kind == "danh-sach" or self.store(page) is not None) and len(_names(page.host)) == 1
        return is_office or self._outlet_or_site(page.host) == self._outlet_or_site(page.origin)

    def _outlet_or_site(self, host: str) -> str | None:
        """Return the outlet of a host or name, else the host's site; None for a name that is no outlet's."""
        names = _names(host)
        site = site_of(names[0]) if len(names) > 1 else None
        return next((self.owners[name] for name in names if name in self.owners), site)

    def computed(self, fact: Grounded) -> Certainty:
        """Return how sure the pages that were read make a fact."""
        pages = [page for page in fact.evidence if self.why_unfit(page) is None and not self.names_store(page)]
        places = {place for page in pages if (place := self.place(page))}
        if len(places) > 1 or any(page.kind in _OFFICIAL for page in pages):
            return Certainty.STATED
        return Certainty.ONE_SOURCE if pages else Certainty.UNCHECKED

    def certainty(self, fact: Grounded) -> Certainty:
        """Return how sure a fact is: as computed, or less where a maintainer lowered it."""
        computed = self.computed(fact)
        return max(computed, Certainty(fact.lowered.to)) if fact.lowered else computed


def _names(host: str) -> list[str]:
    """Return a host with all that it is part of: ``e.baonghean.vn``, ``baonghean.vn``, ``vn``; a name as it is."""
    folded = fold(host).strip()
    if " " in folded or "." not in folded:
        return [folded]
    parts = folded.split(".")
    return [".".join(parts[start:]) for start in range(len(parts))]
