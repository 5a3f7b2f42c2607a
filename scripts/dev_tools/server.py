"""A web server on this machine for the finished site, or for one that is being worked on.

Part of dev.py; standard library only.
"""

from __future__ import annotations

import functools
import html
import http.server
import json
import os
import threading
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import ClassVar

TRIES = 20
"""How many ports are tried from the one wished for, so that the address stays near it; then the system chooses one."""
OWN_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
HTTP_PORT = 80
"""The port that a browser leaves out of ``Host``."""
POLL = 0.05
"""Seconds between two looks at whether the server shall stop: whoever presses Ctrl+C waits no longer than these."""
HEARTBEAT = 5
"""Seconds after which a page that listens is written to although there is no news: only so is it noticed that the page
has been left, and its address no longer built first."""
LIVE, SCRIPT = "/__kb/live", "/__kb/live.js"
_WAITING = "<!doctype html><html lang=vi><meta charset=utf-8><title>Đang dựng trang…</title><p>Đang dựng trang…</body>"


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files with right types whatever the system's registry says, and the site's own 404 page."""

    extensions_map: ClassVar[dict[str, str]] = {  # type: ignore[misc]  # typeshed has it as an instance's
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".css": "text/css",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".xml": "application/xml",
    }

    def parse_request(self) -> bool:
        """Refuse who asks for another host: a foreign page whose name leads here must not read drafts."""
        if not super().parse_request():
            return False
        port = self.connection.getsockname()[1]
        own = {f"{host}:{port}" for host in OWN_HOSTS} | (OWN_HOSTS if port == HTTP_PORT else set())
        if self.headers.get("Host", "").lower() in own:
            return True
        self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        return False

    def end_headers(self) -> None:
        """Let browsers keep nothing: the site may be built anew at any time."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's 404 page when there is one."""
        page = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        self._send(page.read_bytes(), "text/html; charset=utf-8", HTTPStatus.NOT_FOUND)

    def _send(self, body: bytes, kind: str, code: int = HTTPStatus.OK) -> None:
        """Answer with ``body``."""
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the library's
        """Say nothing: the terminal is for what concerns the user."""


@dataclass(slots=True)
class LiveState:
    """What browsers are told of a site that is being worked on: which builds made which pages, what is wrong."""

    version: int = 1
    problems: list[str] = field(default_factory=list)
    builds: list[frozenset[str] | None] = field(default_factory=lambda: [None])
    news: threading.Condition = field(default_factory=threading.Condition)
    open: dict[int, str] = field(default_factory=dict)
    closed: bool = False

    def publish(self, pages: list[str] | None, problems: list[str]) -> None:
        """Tell what a build has made (None: anything may be new) and what is wrong."""
        with self.news:
            self.problems = problems
            if pages is None or pages:
                self.builds.append(None if pages is None else frozenset(pages))
                self.version += 1
            self.news.notify_all()

    def is_old(self, page: str, version: int) -> bool:
        """Tell whether a page got at ``version`` has been built since; '*' stands for a page that was missing."""
        if not 0 < version <= self.version:  # of an earlier run of the server
            return True
        return any(pages is None or page == "*" or page in pages for pages in self.builds[version:])

    def close(self) -> None:
        """Let all who listen go."""
        with self.news:
            self.closed = True
            self.news.notify_all()

    def opened(self) -> list[str]:
        """Return the addresses of the pages that are being looked at."""
        return sorted(set(list(self.open.values())))  # noqa: C414  # other threads change it


class LiveHandler(SiteHandler):
    """Serves a site that is being worked on: its pages reload when they are built anew."""

    def __init__(self, *args: object, live: LiveState, **options: object) -> None:
        self.live = live
        super().__init__(*args, **options)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with the news, the script that listens to them, a page with that script, or a file."""
        place = urllib.parse.urlsplit(self.path)
        file = Path(self.translate_path(self.path))
        if place.path == LIVE:
            self._tell_news(dict(urllib.parse.parse_qsl(place.query)))
        elif place.path == SCRIPT:
            self._send(Path(__file__).with_name("live.js").read_bytes(), "text/javascript")
        elif place.path.endswith("/") and (file / "index.html").is_file():
            self._send_page(file / "index.html", place.path.lstrip("/"))
        elif file.suffix == ".html" and file.is_file():
            self._send_page(file, place.path.lstrip("/").removesuffix("index.html"))
        else:
            super().do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's 404 page, which reloads with any change: the page may come into being."""
        if code == HTTPStatus.NOT_FOUND:
            self._send_page(Path(self.directory, "404.html"), "*", code)
        else:
            super().send_error(code, message, explain)

    def _send_page(self, file: Path, page: str, code: int = HTTPStatus.OK) -> None:
        """Answer with a page and, in it, the script that listens to news."""
        version = self.live.version  # before the page is read: what is built meanwhile makes it old
        text = file.read_text(encoding="utf-8") if file.is_file() else _WAITING
        name = html.escape(urllib.parse.unquote(page))
        script = f'<script src="{SCRIPT}" data-version="{version}" data-page="{name}"></script>'
        start, end, rest = text.rpartition("</body>")
        self._send(f"{start}{script}{end}{rest}".encode(), "text/html; charset=utf-8", code)

    def _tell_news(self, asked: dict[str, str]) -> None:
        """Tell a page, as long as it listens, whether it is old and what is wrong."""
        page = asked.get("page", "*")
        version = int(asked["version"]) if asked.get("version", "").isdigit() else 0
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        self.live.open[id(self)] = page
        try:
            self._tell_until_closed(page, version)
        except OSError:
            pass  # the page has been left
        finally:
            del self.live.open[id(self)]

    def _tell_until_closed(self, page: str, version: int) -> None:
        told = ""
        while not self.live.closed:
            with self.live.news:
                news = json.dumps({"reload": self.live.is_old(page, version), "problems": self.live.problems})
                if news == told:
                    self.live.news.wait(HEARTBEAT)
            self.wfile.write(b": \n\n" if news == told else f"data: {news}\n\n".encode())
            self.wfile.flush()
            told = news


class Server(http.server.ThreadingHTTPServer):
    """Refuses a port that another program listens at: on Windows reuse would let both have it."""

    allow_reuse_address = os.name != "nt"


def open_server(site: Path, port: int, live: LiveState | None = None) -> Server:
    """Open a server of ``site`` at ``port``, or at the next one that is free, and let it answer."""
    plain = functools.partial(SiteHandler, directory=str(site))
    server = _listen(functools.partial(LiveHandler, directory=str(site), live=live) if live else plain, port)
    threading.Thread(target=server.serve_forever, args=(POLL,), daemon=True).start()
    return server


def _listen(handler: Callable[..., http.server.BaseHTTPRequestHandler], port: int) -> Server:
    for number in range(port, min(port + TRIES, 65536)):
        try:
            return Server(("127.0.0.1", number), handler)
        except OSError:
            print(f"Cổng {number} đang bận.")
    return Server(("127.0.0.1", 0), handler)
