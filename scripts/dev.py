#!/usr/bin/env python3
"""The tasks of this project: serve, site, offline, preview, add, test, check, portable, lock, audit. Standard library
only.

They run in ``.venv/`` at the root, which is made, and kept in step with the requirements files, here.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

from dev_tools.browser import find_browser, install_browser
from dev_tools.environment import OLDEST, ROOT, TaskError, environment, make_environment, run
from dev_tools.javascript import check_javascript, install_node
from dev_tools.parts import read_part
from dev_tools.site import build_part, build_site
from knowledge_base.core.disk import describe_disk

PASSING_ON = ("test", "add")
_SHARED_OUT = ("--numprocesses", "auto", "--maxprocesses", "4", "--dist", "loadfile", "--no-loadscope-reorder")
"""How pytest shares the tests out among the processors (pytest-xdist), a whole file at a time: what the tests of a file
share (a server, a browser, a corpus) is made once. The files come in the order of tests/sharing.py, not those of most
tests first. An argument of the user's own wins."""


def main(arguments: list[str]) -> int:
    """Run the task named on the command line; return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    if sys.version_info < OLDEST:
        print("Cần Python {}.{} trở lên; bản đang chạy là {}.{}.".format(*OLDEST, *sys.version_info), file=sys.stderr)
        return 1
    options, extra = _parser().parse_known_args(arguments)
    if extra and options.task not in PASSING_ON:
        print("Không hiểu: {}. Xem `dev.py --help`.".format(" ".join(extra)), file=sys.stderr)
        return 2
    try:
        read_part(getattr(options, "part", ""))
    except ValueError as error:
        print(f"--part: {error}", file=sys.stderr)
        return 2
    try:
        return _run_task(options, extra)
    except (TaskError, OSError) as error:
        words = str(error) if isinstance(error, TaskError) else describe_disk(error)
        if not words:
            raise
        print(f"\nLỗi: {words}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nĐã dừng.")
        return 130


def _parser() -> argparse.ArgumentParser:
    """Return the reader of the command line."""
    parser = argparse.ArgumentParser(prog="dev.py", description="Các việc của dự án.")
    tasks = parser.add_subparsers(dest="task", required=True, metavar="VIỆC")
    serve = tasks.add_parser("serve", help="dựng trang và mở máy chủ trên máy này; hiện ngay mọi thay đổi")
    serve.add_argument("--port", type=int, default=8000, help="cổng muốn dùng (mặc định 8000)")
    serve.add_argument("--once", action="store_true", help="không theo dõi thay đổi")
    site = tasks.add_parser("site", help="dựng trang vào site/")
    site.add_argument("--part", default="", help="chỉ một phần, vào phan/: 1/4 … 4/4; ghép bằng github_tasks.py join")
    site.add_argument("--gzip", action="store_true", help="nén sẵn từng tệp, cho máy chủ riêng (deploy/nginx.conf)")
    tasks.add_parser(
        "offline", help="dựng bản ngoại tuyến kho-ngoai-tuyen.zip: giải nén ra USB, mở index.html, không cần mạng"
    )
    tasks.add_parser("preview", help="như offline, thành xem-thu.zip: để xem thử một đề nghị thay đổi")
    tasks.add_parser(
        "add", help="biến tệp bài (txt, html, docx, pdf; - là dán vào), danh sách xlsx thành bản nháp", add_help=False
    )
    tasks.add_parser("test", help="chạy mọi kiểm tra; tham số thêm được chuyển cho pytest")
    tasks.add_parser("check", help="chỉ kiểm tra mã: ruff, mypy; JavaScript: tsc, biome")
    tasks.add_parser("portable", help="cho biết ProperDocs, Zensical dựng được cùng docs/ này đến đâu (không chặn gì)")
    tasks.add_parser("lock", help="ghi lại tệp khóa (mã băm) của mọi requirements*.txt sau khi đổi chúng")
    tasks.add_parser("audit", help="kiểm tra giấy phép, hỏi lỗ hổng đã biết của mọi gói được cài; cần mạng")
    return parser


def _run_task(options: argparse.Namespace, extra: list[str]) -> int:
    """Run one task."""
    if options.task == "test":
        return run_tests(extra)
    if options.task == "check":
        python = make_environment("requirements-dev.txt")
        return run_checks(python) or check_javascript()
    if options.task == "add":
        return add_source(extra)
    if options.task in ("lock", "audit"):
        return look_after_packages(options.task)
    python = make_environment("requirements.txt")
    if options.task == "serve":
        return serve(python, options.port, watch=not options.once)
    if options.task == "site" and options.part:
        build_part(python, read_part(options.part))
    elif options.task == "site":
        build_site(python, packed=options.gzip)
    else:
        build(options.task, python)
    return 0


def build(task: str, python: Path) -> None:
    """Build the site as an archive of files, or with what may come after MkDocs."""
    if task in ("offline", "preview"):
        from dev_tools.offline import build_edition  # noqa: PLC0415  # only these tasks need it

        build_edition(python, task)
    else:
        from dev_tools.portable import report_successors  # noqa: PLC0415

        report_successors(python)


def serve(python: Path, port: int, *, watch: bool) -> int:
    """Show the site on this machine until stopped; with ``watch`` every change of it."""
    from dev_tools.live import serve_live  # noqa: PLC0415  # only this task needs it
    from dev_tools.server import open_server  # noqa: PLC0415

    if watch:
        return serve_live(python, port)
    build_site(python)
    server = open_server(ROOT / "site", port)
    print(f"\nTrang đang mở tại http://127.0.0.1:{server.server_address[1]}/ (dừng bằng Ctrl+C)", flush=True)
    try:
        while True:
            time.sleep(1)
    except KeyboardInterrupt:
        print("\nĐã dừng.")
    server.shutdown()
    return 0


def add_source(extra: list[str]) -> int:
    """Make drafts of article files, named as seen from where the user stands; return the exit status."""
    python = make_environment("requirements-import.txt")
    command = [str(python), str(ROOT / "scripts" / "add_source.py"), *extra]
    return subprocess.run(command, env=environment(), check=False).returncode


def look_after_packages(task: str) -> int:
    """Write the locks anew, or look into licences and vulnerabilities; return the exit status."""
    if task == "audit":
        from dev_tools.audit import audit  # noqa: PLC0415  # only this task needs it

        return audit()
    from dev_tools.lock import renew_locks  # noqa: PLC0415

    print(f"Xong: {renew_locks()} mã băm.")
    return 0


def run_checks(python: Path) -> int:
    """Run the linter and the type checker; return 0 if both are content."""
    print("Đang kiểm tra mã: ruff, mypy…")
    ruff = run([str(python), "-m", "ruff", "check", "."])
    return ruff or run([str(python), "-m", "mypy", "--strict", "scripts"])


def run_tests(extra: list[str]) -> int:
    """Run the linter, the type checker and all tests (JavaScript's among them); return the first bad exit status."""
    python = make_environment("requirements-dev.txt")
    browser = find_browser() or install_browser(python)
    print(f"Trình duyệt cho kiểm thử: {browser}")
    node, reason = install_node()
    checks = run_checks(python)
    found = {"KB_BROWSER": browser, "KB_NODE": node, "KB_NO_NODE": reason}
    tests = run([str(python), "-m", "pytest", *_SHARED_OUT, *extra], **found)
    return checks or tests


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
