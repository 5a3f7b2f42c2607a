"""Web addresses: the part that names the page, without what came along when it was shared."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|gidzl|zarsrc|igshid|mibextid|msclkid|_ga|_gl|mc_[ce]id", re.IGNORECASE)
"""Keys that Facebook, Google, Zalo, Instagram, Microsoft and Mailchimp add; none of them chooses the page."""
_DOOR = re.compile(r"(?:www|m|mobile|amp)\.")
_PORT = re.compile(r":(?:80|443)\Z")


def clean_link(url: str) -> str:
    """Return ``url`` without the marks that sharing and advertising add, and without a place in the page."""
    bare = "".join(c for c in url if c.isprintable() and not c.isspace())
    try:
        parts = urlsplit(bare)
        query = _kept(parts.query)
    except ValueError:
        return bare
    changed = query if query != parts.query and _TRACKING.search(parts.query) else parts.query
    return urlunsplit((parts.scheme, parts.netloc, parts.path, changed, ""))


def link_key(url: str) -> str:
    """Return what two addresses of one page have in common: no scheme, www, m, case of the host, last slash."""
    try:
        parts = urlsplit(clean_link(url))
        query = "&".join(sorted(_kept(parts.query).split("&")))
    except ValueError:
        return clean_link(url)
    host = _DOOR.sub("", _PORT.sub("", parts.netloc.rpartition("@")[2].lower()), count=1)
    path = unquote(parts.path).rstrip("/")
    return f"{host}{path}" + (f"?{query}" if query else "")


def host_of(text: str) -> str:
    """Return the host in an address, with or without scheme: ``baonghean.vn``; '' if there is none."""
    bare = text.strip()
    try:
        host = urlsplit(bare if "//" in bare else f"//{bare}").hostname or ""
    except ValueError:
        return ""
    return host if "." in host and " " not in host else ""


def _kept(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([(key, value) for key, value in pairs if not _TRACKING.fullmatch(key)])
