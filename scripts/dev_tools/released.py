"""The addresses that releases have published, in ``tests/addresses/``: one list for each release that published new
ones, with those alone. ``tests/test_addresses.py`` opens all of them on the site of today. Standard library only.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from .offline import FOLDER

KEPT = "tests/addresses"
"""Where the lists stand in the repository."""
_LIST = f"{FOLDER}/du-lieu/dia-chi.txt"
"""The list of all addresses of an edition, in its archive."""
_NO_ADDRESSES = {"404.html", "DOC-TRUOC.txt", "assets"}
"""What nobody keeps the address of: what is shown for a page that is not there, what only
the edition has, what pages load."""
_FILES = {".csv", ".docx", ".json", ".txt", ".xlsx", ".xml"}
"""What is handed out or read again and again under its address: open data, feeds, sheets for Word."""
_HEAD = (
    "# Địa chỉ mà bản phát hành này công bố lần đầu, mỗi dòng một trang (rồi các đoạn của nó) hay tệp; đừng sửa tay.\n"
)


def new_addresses(archive: Path, root: Path) -> str:
    """Return the list of pages and paragraphs in an edition that no earlier list has; '' if there are none."""
    with zipfile.ZipFile(archive) as edition:
        pages = {page: anchors for page, *anchors in _lines(edition.read(_LIST).decode("utf-8"))}
        found = {address_of(name.partition("/")[2]) for name in edition.namelist()} - {""}
    now = "\n".join(" ".join([one, *pages.get(one, ())]) for one in sorted({*found, *pages}))
    return without_known(now, [path.read_text(encoding="utf-8") for path in sorted((root / KEPT).glob("*.txt"))])


def address_of(path: str) -> str:
    """Return the address, on a site, of a file of the edition; '' if it has none that must last."""
    place = PurePosixPath(path)
    if place.parts[0] in _NO_ADDRESSES:
        return ""
    if place.name == "index.html":
        return "./" if path == place.name else f"{place.parent}/"
    return path if place.suffix in _FILES and path != "sitemap.xml" else ""


def without_known(now: str, earlier: Iterable[str]) -> str:
    """Return what a list of addresses (a page and its paragraphs a line) has beyond earlier ones, as such a list."""
    known: dict[str, set[str]] = {}
    for text in earlier:
        for page, *anchors in _lines(text):
            known.setdefault(page, set()).update(anchors)
    lines = []
    for page, *anchors in _lines(now):
        fresh = [anchor for anchor in anchors if anchor not in known.get(page, ())]
        if fresh or page not in known:
            lines.append(" ".join([page, *fresh]))
    return _HEAD + "\n".join(lines) + "\n" if lines else ""


def _lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
