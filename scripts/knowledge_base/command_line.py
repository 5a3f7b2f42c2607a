"""What the commands of this project share: options in Vietnamese, exit statuses, and how problems are shown."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NoReturn

from .errors import Problem, Severity

ROOT = Path(__file__).resolve().parents[2]
FAULTY, MISUSED = 1, 2


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
        sources = ROOT / "sources"
        self.add_argument("--sources", type=Path, default=sources, metavar="THƯ_MỤC", help="thư mục nguồn")

    def error(self, message: str) -> NoReturn:
        """End with status 2 and one line that says what is wrong."""
        self.exit(MISUSED, f"Lệnh chưa đúng: {message}. Xem cách dùng: {self.prog} --help\n")

    def read(self, arguments: Sequence[str] | None) -> argparse.Namespace:
        """Return the options; an unknown word or a missing value is told in Vietnamese."""
        try:
            options, unknown = self.parse_known_args(arguments)
        except argparse.ArgumentError as fault:
            self.error(f"tùy chọn {fault.argument_name} thiếu giá trị")
        if unknown:
            self.error(f"không hiểu «{unknown[0]}»")
        return options

    def need_sources(self, options: argparse.Namespace) -> None:
        """End with status 2 when the folder of sources is not there."""
        if not options.sources.is_dir():
            self.error(f"không có thư mục {options.sources}")

    def format_help(self) -> str:
        """Return the help with Vietnamese headings."""
        words = super().format_help().replace("usage:", "Cách dùng:", 1)
        return words.replace("\noptions:", "\nTùy chọn:", 1).replace("\npositional arguments:", "\nTệp:", 1)


def speak_utf8() -> None:
    """Let the standard streams take Vietnamese whatever the terminal's own encoding is, and any name of a file."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def print_problems(problems: Iterable[Problem]) -> None:
    """Show problems, and how many there are, where errors belong."""
    told = list(problems)
    for problem in told:
        print(problem, file=sys.stderr)
    errors = sum(p.severity is Severity.ERROR for p in told)
    if told:
        print(f"{errors} lỗi, {len(told) - errors} cảnh báo.", file=sys.stderr)
