"""A web server for the finished site on this machine, which builds it again when a source changes.

Part of dev.py; standard library only.
"""

from __future__ import annotations

import functools
import http.server
import threading
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import ClassVar

WATCHED = ("sources", "theme", "scripts", "docs/gioi-thieu", "docs/huong-dan", "docs/assets", "mkdocs.yml")
TRIES = 20


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
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the library's
        """Say nothing: the terminal is for what concerns the user."""


def serve(build: Callable[[], None], site: Path, root: Path, port: int, *, watch: bool) -> int:
    """Build, serve ``site`` on 127.0.0.1 and build again at every change until stopped.

    A build that fails is told and survived, unless there is no earlier site to show.
    """
    if (site / "index.html").is_file():
        _rebuild(build)
    else:
        build()
    server = _open_server(site, port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"\nTrang đang mở tại http://127.0.0.1:{server.server_address[1]}/ (dừng bằng Ctrl+C)", flush=True)
    try:
        _watch(build, root, watch=watch)
    except KeyboardInterrupt:
        print("\nĐã dừng.")
    finally:
        server.shutdown()
    return 0


def _watch(build: Callable[[], None], root: Path, *, watch: bool) -> None:
    """Build again whenever a file has changed; never returns."""
    seen = snapshot(root)
    while True:
        time.sleep(1)
        now = snapshot(root) if watch else seen
        if now != seen:
            seen = now
            print("\nCó thay đổi, đang dựng lại…")
            _rebuild(build)


def _open_server(site: Path, port: int) -> http.server.ThreadingHTTPServer:
    """Open a server at ``port``, or at the next one that is free."""
    handler = functools.partial(SiteHandler, directory=str(site))
    for number in range(port, min(port + TRIES, 65536)):
        try:
            return http.server.ThreadingHTTPServer(("127.0.0.1", number), handler)
        except OSError:
            print(f"Cổng {number} đang bận.")
    return http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)


def _rebuild(build: Callable[[], None]) -> None:
    """Build again; a failure is told and the earlier site goes on being served."""
    try:
        build()
    except Exception as error:  # noqa: BLE001  # whatever is wrong, the server lives on
        print(f"Lỗi: {error}\nTrang cũ vẫn được giữ; hãy sửa rồi lưu lại.")


def snapshot(root: Path) -> dict[str, tuple[int, int]]:
    """Return the time and size of every file a build reads."""
    found = {}
    for path in _watched_files(root):
        try:
            status = path.stat()
        except OSError:  # gone in the meantime
            continue
        found[str(path)] = (status.st_mtime_ns, status.st_size)
    return found


def _watched_files(root: Path) -> Iterator[Path]:
    """Yield the files a build reads."""
    for name in WATCHED:
        place = root / name
        if place.is_file():
            yield place
        elif place.is_dir():
            yield from (p for p in place.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
