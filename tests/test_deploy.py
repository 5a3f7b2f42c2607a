"""What servers are told to send is what the pages themselves ask for."""

from __future__ import annotations

import re

from building import ROOT

CONF = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
BASE = (ROOT / "theme/base.html").read_text(encoding="utf-8")


def _directives(policy: str) -> dict[str, str]:
    return dict((part.strip() + " ").split(" ", 1) for part in policy.split(";"))


def test_the_server_sends_the_policy_of_the_pages() -> None:
    (page,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', BASE)
    (sent,) = re.findall(r'add_header Content-Security-Policy "([^"]+)"', CONF)
    told = _directives(sent)
    assert told.pop("frame-ancestors").strip() == "'none'"
    assert told == _directives(page)
    assert "unsafe-inline" not in page and "'unsafe-eval'" not in page and not re.search(r"https?:|\*", page)


def test_no_header_is_lost_in_a_place_of_its_own() -> None:
    """In nginx a location that adds a header drops those of the server."""
    server = CONF.partition("server {")[2]
    assert "add_header" not in "".join(re.findall(r"location [^{]*\{[^}]*\}", server))
