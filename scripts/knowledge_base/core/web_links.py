"""Web addresses: the part that names the page, without what came along when it was shared."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|gidzl|zarsrc|igshid|mibextid|msclkid|_ga|_gl|mc_[ce]id", re.IGNORECASE)
"""Keys that Facebook, Google, Zalo, Instagram, Microsoft and Mailchimp add; none of them chooses the page."""
_DOOR = re.compile(r"(?:www|m|mobile|amp)\.")
_PORT = re.compile(r":(?:80|443)\Z")
_OPEN = frozenset({"ac", "com", "co", "edu", "gov", "info", "name", "net", "org"})
"""Names under which a country gives names to everybody: ``nghean.gov.vn`` is a site, ``gov.vn`` is none."""
_WEB_ADDRESS = re.compile(
    r"""
    https?://
    [^\s/?\#@:]+ \. [^\s/?\#@:.]+   # host: no user, no blank, at least one dot
    (?: :\d{1,5} )?                  # port
    (?: [/?\#]\S* )? \Z              # path, query, fragment
    """,
    re.IGNORECASE | re.VERBOSE,
)


_SITE_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/[A-Za-z0-9._~%/-]*)?\Z")


def is_site_address(url: str) -> bool:
    """Tell whether ``url`` may stand in the pages as the address of the site or its repository: nothing in it, a
    quotation mark or a blank, could end the attribute that it stands in."""
    return bool(_SITE_ADDRESS.match(url))


def is_web_address(url: str) -> bool:
    """Tell whether ``url`` is the whole address of a page."""
    return bool(_WEB_ADDRESS.match(url) and host_of(url))


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


def path_of(url: str) -> str:
    """Return the path of an address as people read it: ``/wiki/Hà_Tuyên``, with what is asked of it where that tells
    which page it is (``/tin?id=7``); '' for a site's first page, and where there is no address to read."""
    try:
        parts = urlsplit(url)
        query = _kept(parts.query)
    except ValueError:
        return ""
    return unquote(parts.path).rstrip("/") + (f"?{unquote(query)}" if query else "")


def site_of(host: str) -> str:
    """Return the site that a host is part of: ``baonghean.vn`` for ``e.baonghean.vn``; what is no host, as it is."""
    parts = host.split(".")
    size = 3 if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _OPEN else 2
    return ".".join(parts[-size:])


def _kept(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([(key, value) for key, value in pairs if not _TRACKING.fullmatch(key)])
