"""Take the pictures of the lessons in docs/huong-dan/ anew, from the built site:

    python3 scripts/dev.py site
    PYTHONPATH=scripts .venv/bin/python -m dev_tools.lesson_pictures

Needs what ``dev.py test`` installs. The site is built with the ``SITE_URL`` that its codes are to show."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .browser import find_browser
from .environment import ROOT

PICTURES = ROOT / "docs" / "assets" / "huong-dan"
THEME = "tai-lieu/dam-nghi-dam-lam/"
ARTICLE = "nguon/2023-12-07-khoi-day-dong-luc-khat-vong-cong-hien/"
_PAPER = {"width": 794, "height": 1123}
"""A4 in pixels of style sheets."""


def take_pictures(site: Path = ROOT / "site", folder: Path = PICTURES) -> None:
    """Write all pictures into ``folder``."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only tests and this need a browser

    handler = functools.partial(_Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser() or None, args=["--no-sandbox"])
        for name, (path, size, scale, take) in _SHOTS.items():
            page = browser.new_page(viewport=size, device_scale_factor=scale, locale="vi-VN")
            page.goto(f"http://127.0.0.1:{server.server_port}/{path}", wait_until="networkidle")
            take(page, str(folder / name))
            page.close()
        browser.close()
    server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _window(page: Any, path: str) -> None:
    page.screenshot(path=path)


def _sheet(page: Any, path: str) -> None:
    """The hand-out as it is printed: the margins of paper stand round the page."""
    page.emulate_media(media="print")
    page.add_style_tag(content="body { padding: 20mm 15mm 20mm 30mm }")
    page.screenshot(path=path)


def _slide(page: Any, path: str) -> None:
    page.click("[data-kb-chieu]")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".ch-dang-chieu .kb-qr-hinh")
    page.screenshot(path=path)


def _paragraph(page: Any, path: str) -> None:
    place = page.locator(".doan:has(.kb-chep-trich)").nth(5)
    place.scroll_into_view_if_needed()
    place.locator(".kb-chep-trich").focus()
    box = place.bounding_box()
    top = max(0, box["y"] - 60)
    page.screenshot(path=path, clip={"x": 0, "y": top, "width": 720, "height": 300})


_SHOTS: dict[str, tuple[str, Any, float, Callable[[Any, str], None]]] = {
    "sinh-hoat-1-trang.png": (THEME, {"width": 960, "height": 600}, 0.75, _window),
    "sinh-hoat-2-to.png": (THEME, _PAPER, 0.6, _sheet),
    "sinh-hoat-3-chieu.png": (THEME, {"width": 960, "height": 540}, 0.75, _slide),
    "trich-dan-1-chep.png": (ARTICLE, {"width": 720, "height": 600}, 1, _paragraph),
}
"""Each picture: its page, the window, the scale of the file, how it is taken."""

if __name__ == "__main__":
    take_pictures()
