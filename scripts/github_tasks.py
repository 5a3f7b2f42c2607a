#!/usr/bin/env python3
"""What the workflows in ``.github/`` run; every task runs on any machine by the same command.

``form`` needs ``requirements.txt``, the others the standard library alone.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
RESULT, FILES = "phieu.json", "tep"


def main(arguments: list[str]) -> int:
    """Run the task named on the command line; return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    """Return the reader of the command line."""
    parser = argparse.ArgumentParser(prog="github_tasks.py", description="Các việc chạy trên GitHub.")
    tasks = parser.add_subparsers(required=True, metavar="VIỆC")
    form = tasks.add_parser("form", help="đọc một phiếu, viết ra những tệp cần thay đổi và lời trả lời")
    form.add_argument("event", type=Path, help="tệp sự kiện của GitHub ($GITHUB_EVENT_PATH)")
    form.add_argument("--out", type=Path, required=True, help="thư mục để ghi kết quả")
    form.add_argument("--sources", type=Path, default=ROOT / "sources", help="thư mục nguồn")
    form.set_defaults(run=write_proposal)
    publish = tasks.add_parser("publish", help="đưa kết quả của `form` lên: nhánh, đề nghị thay đổi, lời trả lời")
    publish.add_argument("result", type=Path, help="thư mục mà `form` đã ghi")
    publish.add_argument("--dry-run", action="store_true", help="chỉ in ra những việc sẽ làm")
    publish.set_defaults(run=publish_proposal)
    stale = tasks.add_parser("stale", help="mở hoặc ghi lại việc của tháng: những điều cần kiểm tra lại")
    stale.add_argument("steps", type=Path, help="thư mục mà bước `cu` đã ghi")
    stale.add_argument("--dry-run", action="store_true", help="chỉ in ra những việc sẽ làm")
    stale.set_defaults(run=renew_stale)
    release = tasks.add_parser("release", help="phát hành bản ngoại tuyến mà `dev.py offline` đã dựng")
    release.add_argument("folder", type=Path, help="thư mục có tệp zip và tệp .sha256")
    release.add_argument("--dry-run", action="store_true", help="chỉ in ra những việc sẽ làm")
    release.set_defaults(run=release_edition)
    addresses = tasks.add_parser("addresses", help="ghi vào tests/addresses/ những địa chỉ mới của một bản ngoại tuyến")
    addresses.add_argument("archive", type=Path, help="kho-ngoai-tuyen.zip")
    addresses.set_defaults(run=write_addresses)
    links = tasks.add_parser("links", help="kiểm tra mọi liên kết bên trong một trang đã dựng")
    links.add_argument("site", type=Path, nargs="?", default=ROOT / "site", help="thư mục trang (mặc định: site/)")
    links.set_defaults(run=check_links)
    join = tasks.add_parser("join", help="ghép các phần mà `dev.py site --part` đã dựng thành một trang")
    join.add_argument("parts", type=Path, nargs="?", default=ROOT / "phan", help="thư mục các phần (mặc định: phan/)")
    join.add_argument("site", type=Path, nargs="?", default=ROOT / "site", help="thư mục trang (mặc định: site/)")
    join.add_argument("--gzip", action="store_true", help="nén sẵn từng tệp, cho máy chủ riêng (deploy/nginx.conf)")
    join.set_defaults(run=join_site)
    step = tasks.add_parser("step", help="chạy một bước kiểm tra, giữ kết quả cho tóm tắt")
    step.add_argument("name", help="tên bước")
    step.add_argument("--steps", type=Path, required=True, help="thư mục giữ kết quả")
    step.add_argument("command", nargs="+", help="lệnh của bước, sau --")
    step.set_defaults(run=run_step)
    summary = tasks.add_parser("summary", help="viết tóm tắt tiếng Việt từ kết quả của các bước kiểm tra")
    summary.add_argument("--steps", type=Path, required=True, help="thư mục có kết quả của các bước")
    summary.set_defaults(run=write_summary)
    return parser


def write_proposal(options: argparse.Namespace) -> int:
    """Read an issue's event and write the proposal; an issue without a form leaves the folder empty."""
    from knowledge_base.github.answers import read_event  # noqa: PLC0415  # publish must run without the library
    from knowledge_base.github.propose import propose  # noqa: PLC0415
    from knowledge_base.github.repository import Repository  # noqa: PLC0415

    options.out.mkdir(parents=True, exist_ok=True)
    proposal = propose(read_event(options.event.read_bytes()), FORMS, Repository(options.sources))
    if proposal is None:
        print("Đây không phải một phiếu của kho; không có gì phải làm.")
        return 0
    for path, text in proposal.files.items():
        target = options.out / FILES / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    result = json.dumps(proposal.as_json(), ensure_ascii=False, indent=2)
    (options.out / RESULT).write_text(result + "\n", encoding="utf-8", newline="\n")
    answer = f"{proposal.title or 'Chưa lập được đề nghị thay đổi.'}\n\n{proposal.comment}"
    print(textwrap.indent(answer, "| ", lambda _: True))  # a line that began with :: would be a command to the runner
    return 0


def publish_proposal(options: argparse.Namespace) -> int:
    """Bring a proposal to GitHub."""
    import github_publish  # noqa: PLC0415  # beside this file; only this task needs it

    if not (options.result / RESULT).is_file():
        print("Không có kết quả nào của phiếu; không có gì phải làm.")
        return 0
    return github_publish.publish(options.result / RESULT, options.result / FILES, ROOT, options.dry_run, os.environ)


def renew_stale(options: argparse.Namespace) -> int:
    """Open the issue of what to look up again, or bring the open one up to date."""
    import github_publish  # noqa: PLC0415  # beside this file; only this task and `publish` need it
    from knowledge_base.github.stale_issue import read_stale, render_stale  # noqa: PLC0415

    step = json.loads(next(options.steps.glob("*-cu.json")).read_text(encoding="utf-8"))
    facts, count = read_stale(step["output"])
    if count is None:
        print("Danh sách của bước “cu” không trọn: không ghi gì.", file=sys.stderr)
        return 1
    body = render_stale(facts, count, github_publish.LONGEST_TEXT)
    return github_publish.renew_issue(body, bool(facts), options.dry_run, os.environ)


def release_edition(options: argparse.Namespace) -> int:
    """Make a release of the edition for USB sticks, and keep the addresses that it is the first to publish; its day is
    that of this commit, as `dev.py offline` has it."""
    import github_publish  # noqa: PLC0415  # beside this file; only tasks that write to GitHub need it
    from dev_tools.environment import EPOCH, environment  # noqa: PLC0415
    from dev_tools.offline import ARCHIVES, day_of  # noqa: PLC0415
    from dev_tools.released import KEPT, new_addresses  # noqa: PLC0415

    archive = options.folder / ARCHIVES["offline"]
    if not archive.is_file():
        print(f"Không có {archive}. Hãy dựng trước: python3 scripts/dev.py offline", file=sys.stderr)
        return 2
    day = day_of(int(environment().get(EPOCH) or 0))
    status = github_publish.release(archive, day, options.dry_run, os.environ)
    if status or not (text := new_addresses(archive, ROOT)):
        return status
    path = f"{KEPT}/{github_publish.release_tag(day, os.environ)}.txt"
    return github_publish.keep_addresses(path, text, options.dry_run, os.environ)


def write_addresses(options: argparse.Namespace) -> int:
    """Write the addresses that an edition is the first to publish; nothing where there are none."""
    from dev_tools.released import KEPT, new_addresses  # noqa: PLC0415

    if not options.archive.is_file():
        print(f"Không có {options.archive}. Hãy dựng trước: python3 scripts/dev.py offline", file=sys.stderr)
        return 2
    if not (text := new_addresses(options.archive, ROOT)):
        print("Bản này không có địa chỉ mới nào.")
        return 0
    path = ROOT / KEPT / f"ban-{time.strftime('%Y-%m-%d')}.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"Đã ghi {path.relative_to(ROOT).as_posix()}.")
    return 0


def check_links(options: argparse.Namespace) -> int:
    """Check the links inside a built site; return 1 when one leads nowhere."""
    from knowledge_base.publish.site_links import broken_links  # noqa: PLC0415

    if not options.site.is_dir():
        print(f"Không có thư mục {options.site}. Hãy dựng trang trước: python3 scripts/dev.py site", file=sys.stderr)
        return 2
    broken = broken_links(options.site)
    for link in broken:
        print(link)
    print(f"{len(list(options.site.rglob('*.html')))} trang, {len(broken)} liên kết hỏng.")
    return 1 if broken else 0


def join_site(options: argparse.Namespace) -> int:
    """Put the parts of a site together, in place of the site that was there; return 1 if they make no whole."""
    from dev_tools.environment import TaskError  # noqa: PLC0415
    from dev_tools.packed import pack_files  # noqa: PLC0415
    from dev_tools.site import swap  # noqa: PLC0415
    from knowledge_base.publish.site_parts import PartsError, join_parts  # noqa: PLC0415

    place = options.site.resolve()
    with tempfile.TemporaryDirectory(prefix=".site-", dir=place.parent, ignore_cleanup_errors=True) as folder:
        try:
            count = join_parts(options.parts, Path(folder, "site"))
            if options.gzip:
                pack_files(Path(folder, "site"))
            swap(Path(folder, "site"), place, Path(folder, "old"))
        except (PartsError, TaskError) as error:
            print(error, file=sys.stderr)
            return 1
    print(f"Xong: {count} phần, {len(list(place.rglob('*.html')))} trang trong {options.site}.")
    return 0


def run_step(options: argparse.Namespace) -> int:
    """Run a command, show what it prints as it comes, and keep it; return its exit status."""
    from knowledge_base.github.run_summary import CheckStep, write_step  # noqa: PLC0415

    started = time.monotonic()
    command = [sys.executable if options.command[0] == "python" else options.command[0], *options.command[1:]]
    lines = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        for line in process.stdout or ():
            lines.append(line.decode("utf-8", "replace"))
            print(lines[-1], end="", flush=True)
    write_step(options.steps, CheckStep(options.name, process.returncode, time.monotonic() - started, "".join(lines)))
    return process.returncode


def write_summary(options: argparse.Namespace) -> int:
    """Print the summary, and add it to the run's page when there is one."""
    from knowledge_base.github.run_summary import summary  # noqa: PLC0415

    text = summary(options.steps)
    print(text)
    if page := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(page).open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
