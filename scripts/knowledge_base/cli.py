"""The command line of ``build_pages.py``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from .build import BuildReport, build
from .command_line import FAULTY, ROOT, Parser, print_problems, speak_utf8
from .errors import Severity, SourceError
from .explain import Explainer
from .report import render_report
from .vocabulary import load_vocabulary


def parser() -> Parser:
    """Return the parser of all options."""
    p = Parser("build_pages.py", "Tạo các trang trong docs/ từ sources/.")
    p.add_argument("--docs", type=Path, default=ROOT / "docs", metavar="THƯ_MỤC", help="thư mục ghi các trang")
    p.add_argument("--check", action="store_true", help="chỉ kiểm tra, không ghi gì")
    p.add_argument("--strict", action="store_true", help="coi cảnh báo là lỗi")
    p.add_argument("--no-drafts", action="store_true", help="coi bản nháp là lỗi")
    p.add_argument("--explain", nargs="+", type=Path, metavar="TỆP", help="cho biết tìm thấy gì trong tệp bài")
    p.add_argument("--json", action="store_true", help="với --explain: mỗi tệp một dòng JSON")
    return p


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return the exit status (0 right, 1 faults in the sources, 2 wrong usage)."""
    speak_utf8()
    p = parser()
    options = p.read(arguments)
    if options.json and not options.explain:
        p.error("--json chỉ đi cùng --explain")
    p.need_sources(options)
    if options.explain:
        return _explain(options.sources, options.explain, options.json)
    return _build(options)


def _build(options: argparse.Namespace) -> int:
    try:
        report = build(options.sources, None if options.check else options.docs, options.strict, options.no_drafts)
    except SourceError as fault:
        print_problems(fault.problems)
        return FAULTY
    print_problems([*report.warnings, *(report.draft_warnings if options.check else ())])
    print(_summary(report))
    return 0


def _summary(report: BuildReport) -> str:
    kb = report.kb
    counts = f"{len(kb.articles)} bài, {len(kb.documents)} văn bản, {len(kb.bodies)} cơ quan, {report.pages} trang"
    if report.written is None:
        drafts = f"; {report.drafts} bản nháp chưa đưa lên trang" if report.drafts else ""
        return f"Nguồn hợp lệ: {counts}{drafts}; không ghi gì."
    w = report.written
    drafts = f" Còn {report.drafts} bản nháp; xem việc cần làm: build_pages.py --check." if report.drafts else ""
    return f"{counts}: ghi {w.written}, giữ nguyên {w.unchanged}, bỏ {w.removed}.{drafts}"


def _explain(sources: Path, files: Sequence[Path], as_json: bool) -> int:
    vocabulary, problems = load_vocabulary(sources)
    if any(p.severity is Severity.ERROR for p in problems):
        print_problems(problems)
        return FAULTY
    explainer = Explainer(sources, vocabulary)
    status = 0
    for path in files:
        found = explainer.explain(path)
        status = FAULTY if "citations" not in found else status
        print(json.dumps(found, ensure_ascii=False) if as_json else render_report(found), flush=True)
    return status
