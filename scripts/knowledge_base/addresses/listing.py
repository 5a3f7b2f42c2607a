"""The list of all addresses of a site: one line for each page, with the paragraphs that can be linked to."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..vocabulary.moved import ADDRESS

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
