"""The list of all addresses of a site, one line for each page, and how to get the list published last."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from ..core.errors import UsageError
from ..sources.moves import ADDRESS

LIST = "du-lieu/dia-chi.txt"
"""Where the list stands in docs/ and on the site."""

HOME = "./"
_HEAD = "# Địa chỉ đã công bố, mỗi dòng một trang rồi các đoạn của trang ấy; tệp do máy sinh ra, dùng khi xuất bản.\n"
_ANCHOR = re.compile(r"\{ #(d-[a-z2-7]{1,16}(?:-\d{1,6})?) \.doan \}")

Addresses = dict[str, tuple[str, ...]]
"""Each page's address with the anchors of its paragraphs."""


def page_address(path: str) -> str:
    """Return the address of a page: ``van-ban/x.md`` stands at ``van-ban/x/``, ``van-ban/index.md`` at ``van-ban/``."""
    bare = path.removesuffix(".md")
    return HOME if bare == "index" else bare.removesuffix("index") if bare.endswith("/index") else f"{bare}/"


def page_path(address: str) -> str:
    """Return the file in docs/ of a page that is no folder's index."""
    return address.rstrip("/") + ".md"


def list_addresses(pages: Mapping[str, bytes]) -> Addresses:
    """Return the addresses of rendered pages (path in docs/ → content), sorted."""
    found = {page_address(p): tuple(_ANCHOR.findall(data.decode())) for p, data in pages.items() if p.endswith(".md")}
    return dict(sorted(found.items()))


def render_list(addresses: Addresses) -> bytes:
    """Return the list as a file; ``read_list`` reads it back."""
    return (_HEAD + "".join(f"{' '.join([page, *anchors])}\n" for page, anchors in addresses.items())).encode()


def read_list(text: str) -> Addresses | None:
    """Return the addresses of a published list; None when ``text`` is no such list."""
    addresses: Addresses = {}
    for line in text.lstrip("\ufeff").splitlines():
        page, *anchors = line.split() or ["#"]
        if page.startswith("#"):
            continue
        if page != HOME and not ADDRESS.fullmatch(page):
            return None
        addresses[page] = tuple(anchors)
    return addresses or None


_SECONDS = 60
"""How long an answer of the live site is waited for. Chosen by hand."""
_LARGEST = 200_000_000
"""So many bytes of a list are read at most: an address of the generated corpus takes about 50 (``benchmarks/``)."""
_NEVER = (404, 410)
"""What a site answers that has no list: it was never published."""


class UnreachableError(Exception):
    """The live site gives no answer now; the message is Vietnamese."""


def read_published(place: str) -> Addresses | None:
    """Return the list at ``place``, a path or an address; None if the live site has none yet.

    Raises UsageError when there is no such file or it is no list, UnreachableError when the site gives no answer."""
    data = _download(place) if place.startswith(("https://", "http://")) else _read(place)
    if data is None:
        return None
    addresses = read_list(data.decode("utf-8", errors="replace"))
    if addresses is None:
        raise UsageError(f"{place} không phải danh sách địa chỉ (du-lieu/dia-chi.txt của một lần dựng trước)")
    return addresses


def _read(place: str) -> bytes:
    try:
        return Path(place).read_bytes()
    except (OSError, ValueError) as error:
        raise UsageError(f"không đọc được {place} ({getattr(error, 'strerror', None) or error})") from error


def _download(address: str) -> bytes | None:
    """Return what the site gives now: the question mark passes by copies that are kept on the way."""
    request = urllib.request.Request(f"{address}?{int(time.time())}", headers={"User-Agent": "kho-van-ban"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - only http(s), see above
            return bytes(answer.read(_LARGEST))
    except urllib.error.HTTPError as error:
        if error.code in _NEVER:
            return None
        raise UnreachableError(f"Trang đã công bố trả lời mã {error.code} ở {address}. Hãy thử lại sau.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise UnreachableError(f"Không tải được {address} ({reason}). Hãy thử lại sau.") from error
