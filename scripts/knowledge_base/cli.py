"""The command line of ``build_pages.py``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from .build import BuildReport, build
from .errors import Problem, Severity, SourceError
from .explain import Explainer
from .report import render_report
from .vocabulary import load_vocabulary

ROOT = Path(__file__).resolve().parents[2]
FAULTY, MISUSED = 1, 2


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks Vietnamese."""

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

    def format_help(self) -> str:
        """Return the help with Vietnamese headings."""
        return super().format_help().replace("usage:", "Cách dùng:", 1).replace("\noptions:", "\nTùy chọn:", 1)


def parser() -> _Parser:
    """Return the parser of all options."""
    p = _Parser(
        prog="build_pages.py",
        description="Tạo các trang trong docs/ từ sources/.",
        add_help=False,
        allow_abbrev=False,
        exit_on_error=False,
    )
    p.add_argument("-h", "--help", action="help", help="hiện hướng dẫn này")
    p.add_argument("--sources", type=Path, default=ROOT / "sources", metavar="THƯ_MỤC", help="thư mục nguồn")
    p.add_argument("--docs", type=Path, default=ROOT / "docs", metavar="THƯ_MỤC", help="thư mục ghi các trang")
    p.add_argument("--check", action="store_true", help="chỉ kiểm tra, không ghi gì")
    p.add_argument("--strict", action="store_true", help="coi cảnh báo là lỗi")
    p.add_argument("--explain", nargs="+", type=Path, metavar="TỆP", help="cho biết tìm thấy gì trong tệp bài")
    p.add_argument("--json", action="store_true", help="với --explain: mỗi tệp một dòng JSON")
    return p


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return the exit status (0 right, 1 faults in the sources, 2 wrong usage)."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    p = parser()
    options = p.read(arguments)
    if options.json and not options.explain:
        p.error("--json chỉ đi cùng --explain")
    if not options.sources.is_dir():
        p.error(f"không có thư mục {options.sources}")
    if options.explain:
        return _explain(options.sources, options.explain, options.json)
    return _build(options)


def _build(options: argparse.Namespace) -> int:
    try:
        report = build(options.sources, None if options.check else options.docs, options.strict)
    except SourceError as fault:
        _print_problems(fault.problems)
        return FAULTY
    _print_problems(report.warnings)
    print(_summary(report))
    return 0


def _summary(report: BuildReport) -> str:
    kb = report.kb
    counts = f"{len(kb.articles)} bài, {len(kb.documents)} văn bản, {len(kb.bodies)} cơ quan, {report.pages} trang"
    if report.written is None:
        return f"Nguồn hợp lệ: {counts}; không ghi gì."
    w = report.written
    return f"{counts}: ghi {w.written}, giữ nguyên {w.unchanged}, bỏ {w.removed}."


def _print_problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)
    errors = sum(p.severity is Severity.ERROR for p in problems)
    if problems:
        print(f"{errors} lỗi, {len(problems) - errors} cảnh báo.", file=sys.stderr)


def _explain(sources: Path, files: Sequence[Path], as_json: bool) -> int:
    vocabulary, problems = load_vocabulary(sources)
    if any(p.severity is Severity.ERROR for p in problems):
        _print_problems(problems)
        return FAULTY
    explainer = Explainer(sources, vocabulary)
    status = 0
    for path in files:
        found = explainer.explain(path)
        status = FAULTY if "citations" not in found else status
        print(json.dumps(found, ensure_ascii=False) if as_json else render_report(found), flush=True)
    return status
