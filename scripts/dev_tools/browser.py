"""Find the browser that tests use, or install one, for dev.py. Standard library only."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from .environment import TaskError, ask, run

# Where Windows and macOS keep them, and what they are called in PATH, in the order of trial.
USER_BROWSERS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
MAC_BROWSERS = ("Google Chrome", "Chromium", "Microsoft Edge")
COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge")
_WHERE = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"


def find_browser() -> str:
    """Return the path of an installed Chrome, Chromium or Edge; '' if there is none."""
    named = [os.environ.get("KB_BROWSER", ""), *(shutil.which(name) or "" for name in COMMANDS)]
    folders = [os.environ.get(name, "") for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
    windows = [str(Path(folder, path)) for folder in folders if folder for path in USER_BROWSERS]
    macs = [f"/Applications/{name}.app/Contents/MacOS/{name}" for name in MAC_BROWSERS]
    return next((path for path in [*named, *windows, *macs] if path and _is_browser(path)), "")


def _is_browser(path: str) -> bool:
    """Tell whether ``path`` is a browser that starts: Ubuntu's ``chromium-browser`` may be a mere signpost to snap."""
    if not Path(path).is_file():
        return False
    if os.name == "nt":  # there --version opens a window
        return True
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def install_browser(python: Path) -> str:
    """Return the path of a browser that is installed now: Debian's Chromium (as root), else Playwright's own."""
    browser = _playwright_browser(python) or _install_by_apt() or _install_by_playwright(python)
    if not browser:
        raise TaskError("không có trình duyệt cho kiểm thử. Hãy cài Chrome, Chromium hoặc Edge rồi chạy lại.")
    return browser


def _install_by_apt() -> str:
    """Install Debian's Chromium if we may; return its path, '' without success."""
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        return ""
    print("Đang cài Chromium của Debian…")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], **quiet)
    run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], **quiet)
    return find_browser()


def _install_by_playwright(python: Path) -> str:
    """Fetch Playwright's own Chromium; return its path, '' without success."""
    print("Đang tải trình duyệt của Playwright…")
    run([str(python), "-m", "playwright", "install", "chromium"])
    return _playwright_browser(python)


def _playwright_browser(python: Path) -> str:
    """Return the path of Playwright's own Chromium if it has been fetched and starts."""
    path = ask(python, _WHERE)
    return path if path and _is_browser(path) else ""
