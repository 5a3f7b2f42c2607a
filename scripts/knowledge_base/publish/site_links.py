"""Check that every link inside a built site leads to a file, and to a place in it. Stands alone."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

_SCRIPT = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_LINK = re.compile(r"\s(?:href|src)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_NAME = re.compile(r"\s(?:id|name)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_STATE = "="
"""Stands in what follows ``#`` where that is no place in a page but what its script shows (a chosen list)."""
_NOT_FOUND = "404.html"


def broken_links(site: Path) -> list[str]:
    """Return one line in Vietnamese for each link of the site that leads nowhere, sorted."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}

    @cache
    def names(page: str) -> frozenset[str]:
        return frozenset(_found(_NAME, _tags(site / page)))

    broken = set()
    for page in sorted(name for name in files if name.endswith(".html")):
        for link in set(_found(_LINK, _tags(site / page))):
            target = _target(page, link)
            if target is None:
                continue
            path, anchor = target
            found = next((name for name in (path, f"{path}/index.html".lstrip("/")) if name in files), None)
            if found is None:
                broken.add(f"{page}: liên kết “{link}” không dẫn đến tệp nào.")
            elif anchor and _STATE not in anchor and found.endswith(".html") and anchor not in names(found):
                broken.add(f"{page}: liên kết “{link}” dẫn đến chỗ không có trong trang {found}.")
    return sorted(broken)


def _tags(path: Path) -> str:
    """Return the tags of a page, without those inside scripts and comments."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return "".join(_TAG.findall(_SCRIPT.sub("", _COMMENT.sub("", text))))


def _found(pattern: re.Pattern[str], tags: str) -> Iterator[str]:
    return (html.unescape(match[1] if match[1] is not None else match[2]).strip() for match in pattern.finditer(tags))


def _target(page: str, link: str) -> tuple[str, str] | None:
    """Return the path in the site and the anchor a link leads to; None for links that leave the site."""
    if not link or _ELSEWHERE.match(link) or (page == _NOT_FOUND and link.startswith("/")):
        return None
    address, _, anchor = link.partition("#")
    path = unquote(address.partition("?")[0])
    folder = "" if path.startswith("/") else posixpath.dirname(page)
    place = posixpath.normpath(posixpath.join(folder, path.lstrip("/"))) if path else page
    if place.split("/")[0] == "..":  # out of the site, which may lie in a folder of its host
        return path, ""
    return place.removeprefix("."), "" if anchor == "top" else unquote(anchor)
