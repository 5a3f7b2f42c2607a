#!/usr/bin/env python3
"""The tasks of this project: serve, site, test, check. Standard library only.

They run in ``.venv/`` at the root, which is made, and kept in step with the requirements files, here.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
SITE = ROOT / "site"
OLDEST = (3, 11)
USER_BROWSERS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
MAC_BROWSERS = ("Google Chrome", "Chromium", "Microsoft Edge")
COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge")


class TaskError(Exception):
    """A task cannot go on; the message, Vietnamese, says why and what to do."""


def main(arguments: list[str]) -> int:
    """Run the task named on the command line; return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    if sys.version_info < OLDEST:
        print("Cần Python 3.11 trở lên; bản đang chạy là {}.{}.".format(*sys.version_info[:2]), file=sys.stderr)
        return 1
    options, extra = _parser().parse_known_args(arguments)
    if extra and options.task != "test":
        print("Không hiểu: {}. Xem `dev.py --help`.".format(" ".join(extra)), file=sys.stderr)
        return 2
    try:
        return _run_task(options, extra)
    except TaskError as error:
        print(f"\nLỗi: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nĐã dừng.")
        return 130


def _parser() -> argparse.ArgumentParser:
    """Return the reader of the command line."""
    parser = argparse.ArgumentParser(prog="dev.py", description="Các việc của dự án.")
    tasks = parser.add_subparsers(dest="task", required=True, metavar="VIỆC")
    serve = tasks.add_parser("serve", help="dựng trang và mở máy chủ trên máy này; dựng lại khi tệp thay đổi")
    serve.add_argument("--port", type=int, default=8000, help="cổng muốn dùng (mặc định 8000)")
    serve.add_argument("--once", action="store_true", help="không theo dõi thay đổi")
    tasks.add_parser("site", help="dựng trang vào site/")
    tasks.add_parser("test", help="chạy mọi kiểm tra; tham số thêm được chuyển cho pytest")
    tasks.add_parser("check", help="chỉ chạy ruff và mypy")
    return parser


def _run_task(options: argparse.Namespace, extra: list[str]) -> int:
    """Run one task."""
    if options.task == "test":
        return run_tests(extra)
    if options.task == "check":
        return run_checks(make_environment("requirements-dev.txt"))
    python = make_environment("requirements.txt")
    if options.task == "site":
        build_site(python)
        return 0
    import dev_server  # noqa: PLC0415  # beside this file; only this task needs it

    return dev_server.serve(lambda: build_site(python), SITE, ROOT, options.port, watch=not options.once)


# ---- The environment ----


def make_environment(requirements: str) -> Path:
    """Return the Python of ``.venv/``, with what ``requirements`` lists installed."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not _works(python):
        _create_venv()
    stamp = VENV / f"{Path(requirements).stem}.sha256"
    wanted = _fingerprint(requirements)
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return python
    print(f"Đang cài các gói trong {requirements} (lần đầu có thể mất vài phút)…")
    command = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    if run([*command, "--requirement", str(ROOT / requirements)]):
        raise TaskError(f"không cài được {requirements}. Hãy xem lỗi của pip ở trên và kiểm tra đường mạng.")
    stamp.write_text(wanted, encoding="ascii")
    return python


def _works(python: Path) -> bool:
    """Tell whether the environment's Python is there, runs, and is new enough."""
    if not python.is_file():
        return False
    code = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.run([str(python), "-c", code], capture_output=True, check=False).returncode == 0


def _create_venv() -> None:
    """Make ``.venv/`` anew."""
    if importlib.util.find_spec("ensurepip") is None:
        raise TaskError(
            "Python trên máy này thiếu ensurepip nên không tạo được môi trường ảo.\n"
            "Trên Debian hay Ubuntu, hãy chạy: sudo apt-get install python3-venv\nrồi chạy lại lệnh này."
        )
    print("Đang tạo môi trường ảo .venv/…")
    if run([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        raise TaskError("không tạo được .venv/. Trên Debian hay Ubuntu, hãy cài gói python3-venv rồi chạy lại.")


def _fingerprint(requirements: str) -> str:
    """Return a hash of a requirements file, of those it includes, and of the Python version."""
    text = (ROOT / requirements).read_text(encoding="utf-8")
    included = [line.split()[1] for line in text.splitlines() if line.startswith("-r ")]
    parts = [text, *(_fingerprint(name) for name in included), sys.version]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def run(command: list[str], **extra: str) -> int:
    """Run ``command`` at the root with ``extra`` added to the environment; return its exit status."""
    return subprocess.run(command, cwd=ROOT, env=_environment(extra), check=False).returncode


def _environment(extra: dict[str, str]) -> dict[str, str]:
    """Return the environment of what is run: UTF-8, no banners, the date of the last commit."""
    environment = {**os.environ, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    committed = _last_commit()
    if committed:
        environment.setdefault("SOURCE_DATE_EPOCH", committed)
    return {**environment, **extra}


def _last_commit() -> str:
    """Return the time of the last commit in seconds; '' outside git."""
    try:
        command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""


# ---- The site ----


def build_site(python: Path) -> None:
    """Make pages, site and search, and put them in place of ``site/`` only when all is whole."""
    started = time.monotonic()
    print("Đang sinh các trang từ sources/…")
    if run([str(python), str(ROOT / "scripts" / "build_pages.py")]):
        raise TaskError("sources/ có lỗi như trên. docs/ và site/ vẫn như trước.")
    with tempfile.TemporaryDirectory(prefix=".site-", dir=ROOT, ignore_cleanup_errors=True) as folder:
        fresh = Path(folder, "site")
        print("Đang dựng trang và lập chỉ mục tìm kiếm…")
        _run_mkdocs(python, fresh)
        _swap(fresh, SITE, Path(folder, "old"))
    pages = sum(1 for _ in SITE.rglob("*.html"))
    print(f"Xong: {pages} trang trong site/, {time.monotonic() - started:.1f} giây.")


def _run_mkdocs(python: Path, folder: Path) -> None:
    """Build the site into ``folder``; what MkDocs says is shown only when it fails."""
    command = [str(python), "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(
        command, cwd=ROOT, env=_environment({}), capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if done.returncode or not (folder / "index.html").is_file() or not (folder / "pagefind").is_dir():
        print(done.stdout + done.stderr, file=sys.stderr)
        raise TaskError("không dựng được trang (lời của MkDocs ở trên). site/ vẫn như trước.")


def _swap(fresh: Path, place: Path, aside: Path) -> None:
    """Put ``fresh`` at ``place``; what was there goes to ``aside``, and back if this fails."""
    try:
        if place.exists():
            _rename(place, aside)
        _rename(fresh, place)
    except OSError as error:
        if aside.exists() and not place.exists():
            _rename(aside, place)
        raise TaskError(f"không thay được {place.name}/ ({error}). Hãy đóng chương trình đang mở nó.") from error


def _rename(old: Path, new: Path) -> None:
    """Rename a folder; on Windows wait a little for programs that are reading it."""
    for pause in (0.2, 0.5, 1.0):
        try:
            old.rename(new)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    old.rename(new)


# ---- Tests ----


def run_checks(python: Path) -> int:
    """Run the linter and the type checker; return 0 if both are content."""
    print("Đang kiểm tra mã: ruff, mypy…")
    ruff = run([str(python), "-m", "ruff", "check", "."])
    return ruff or run([str(python), "-m", "mypy", "--strict", "scripts"])


def run_tests(extra: list[str]) -> int:
    """Run the linter, the type checker and all tests; return the first bad exit status."""
    python = make_environment("requirements-dev.txt")
    browser = find_browser() or install_browser(python)
    print(f"Trình duyệt cho kiểm thử: {browser}")
    checks = run_checks(python)
    tests = run([str(python), "-m", "pytest", *extra], KB_BROWSER=browser)
    return checks or tests


def find_browser() -> str:
    """Return the path of an installed Chrome, Chromium or Edge; '' if there is none."""
    named = [os.environ.get("KB_BROWSER", ""), *(shutil.which(name) or "" for name in COMMANDS)]
    folders = [os.environ.get(name, "") for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
    windows = [str(Path(folder, path)) for folder in folders if folder for path in USER_BROWSERS]
    macs = [f"/Applications/{name}.app/Contents/MacOS/{name}" for name in MAC_BROWSERS]
    return next((path for path in [*named, *windows, *macs] if path and _is_browser(path)), "")


def _is_browser(path: str) -> bool:
    """Tell whether ``path`` is a browser that starts (some systems install a mere signpost)."""
    if not Path(path).is_file():
        return False
    if os.name == "nt":  # there --version opens a window
        return True
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def install_browser(python: Path) -> str:
    """Install Debian's Chromium (as root), else Playwright's own; return its path."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Đang cài Chromium của Debian…")
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        run(["apt-get", "update", "-qq"], **quiet)
        run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], **quiet)
        if browser := find_browser():
            return browser
    print("Đang tải trình duyệt của Playwright…")
    run([str(python), "-m", "playwright", "install", "chromium"])
    code = "import json; from playwright.sync_api import sync_playwright as s\n"
    code += "with s() as p: print(json.dumps(p.chromium.executable_path))"
    done = subprocess.run([str(python), "-c", code], capture_output=True, encoding="utf-8", check=False)
    browser = str(json.loads(done.stdout)) if done.returncode == 0 and done.stdout.strip() else ""
    if not _is_browser(browser):
        raise TaskError("không có trình duyệt cho kiểm thử. Hãy cài Chrome, Chromium hoặc Edge rồi chạy lại.")
    return browser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
