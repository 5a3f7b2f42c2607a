"""What the commands of this project share: options in Vietnamese, exit statuses, and how problems are shown."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NoReturn

from .errors import Problem, Severity
from .web_links import is_site_address

MOST = 10
"""GitHub shows no more than ten errors and ten warnings of one step; the rest would be lost without a word."""
ADDRESS_FORM = "Ghi dạng https://ten-mien/duong-dan/, chỉ chữ không dấu, chữ số và các dấu - . _ ~ % /."
_LEGACY = "##["
"""How workflow commands began before ``::``; runners still obey it."""


def on_github(environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether this runs as a step of a GitHub workflow."""
    return environment.get("GITHUB_ACTIONS") == "true"


def render_annotations(problems: Iterable[Problem], folder: str = "") -> Iterator[str]:
    """Yield the commands for the first ``MOST`` errors and warnings.

    ``folder`` is where the problems' paths begin, relative to the repository ('' for its root)."""
    told = list(problems)
    for severity in Severity:
        for problem in islice((p for p in told if p.severity is severity), MOST):
            title = _property(f"{severity.value.capitalize()} ở dòng {problem.line}")
            where = f"file={_property(folder + problem.path)},line={problem.line},title={title}"
            yield f"::{severity.name.lower()} {where}::{_data(f'{problem.message}. {problem.remedy}.')}"


def folder_of(sources: Path, root: Path) -> str | None:
    """Return the folder that holds ``sources``, relative to the repository; None if it lies outside."""
    parent = Path(os.path.abspath(sources)).parent
    base = Path(os.path.abspath(root))
    return "".join(f"{part}/" for part in parent.relative_to(base).parts) if parent.is_relative_to(base) else None


def harmless(line: str) -> str:
    """Return a line in which GitHub reads no command: neither ``::…`` at its start nor ``##[…]`` anywhere."""
    told = line.replace(_LEGACY, "## [")
    return f" {told}" if told.lstrip().startswith("::") else told


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace(_LEGACY, "## [")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


ROOT = Path(__file__).resolve().parents[3]
KEPT = ROOT / ".kho-nho"
"""Where commands keep what they have found (``store.py``); it may be thrown away at any time."""
FAULTY, MISUSED = 1, 2


def own_command(script: str) -> str:
    """Return how to run a script of ``scripts/`` from the root with this very Python, which has what it needs."""
    own = Path(sys.executable)
    return f"{own.relative_to(ROOT) if own.is_relative_to(ROOT) else 'python'} {Path('scripts', script)}"


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Vietnamese."""

    def __init__(self, prog: str, description: str, epilog: str | None = None) -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            add_help=False,
            allow_abbrev=False,
            exit_on_error=False,
        )
        self.add_argument("-h", "--help", action="help", help="hiện hướng dẫn này")
        self.add_argument("--sources", type=Path, default=ROOT / "sources", metavar="THƯ_MỤC", help="thư mục nguồn")

    def error(self, message: str) -> NoReturn:
        """End with status 2 and one line that says what is wrong."""
        self.exit(MISUSED, f"Lệnh chưa đúng: {message}. Xem cách dùng: {self.prog} --help\n")

    def read(self, arguments: Sequence[str] | None) -> argparse.Namespace:
        """Return the options; an unknown word, a missing value or folder of sources is told in Vietnamese."""
        try:
            options, unknown = self.parse_known_args(arguments)
        except argparse.ArgumentError as fault:
            self.error(f"tùy chọn {fault.argument_name} thiếu giá trị")
        if unknown:
            self.error(f"không hiểu «{unknown[0]}»")
        if not options.sources.is_dir():
            self.error(f"không có thư mục {options.sources}")
        return options

    def format_help(self) -> str:
        """Return the help with Vietnamese headings."""
        words = super().format_help().replace("usage:", "Cách dùng:", 1)
        return words.replace("\noptions:", "\nTùy chọn:", 1).replace("\npositional arguments:", "\nTệp:", 1)


def speak_utf8() -> None:
    """Let the standard streams take Vietnamese whatever the terminal's own encoding is, and any name of a file."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def print_problems(problems: Iterable[Problem], sources: Path = ROOT / "sources") -> None:
    """Show problems, and how many there are, where errors belong; in a GitHub workflow also as annotations
    on the lines of the files. ``sources`` is the folder whose files they are of."""
    told, github = list(problems), on_github()
    lines = [harmless(str(problem)) if github else str(problem) for problem in told]
    if github and (folder := folder_of(sources, ROOT)) is not None:
        lines += render_annotations(told, folder)
    for line in lines:
        print(line, file=sys.stderr)
    errors = sum(p.severity is Severity.ERROR for p in told)
    warnings = len(told) - errors
    more = f" GitHub chỉ gắn {MOST} lỗi và {MOST} cảnh báo đầu vào các dòng, danh sách ở trên thì đủ."
    if told:
        count = f"{errors} lỗi, {warnings} cảnh báo."
        print(count + more if github and max(errors, warnings) > MOST else count, file=sys.stderr)


def published_at() -> str:
    """Return where the site is published, as the environment gives it to MkDocs too; '' if it does not. Ends the
    command with status 2 if that is no address."""
    address = os.environ.get("SITE_URL", "").strip()
    if address and not is_site_address(address):
        print(f"Biến SITE_URL không phải địa chỉ trang mạng: {address!a}. {ADDRESS_FORM}", file=sys.stderr)
        raise SystemExit(2)
    return f"{address.rstrip('/')}/" if address else ""
