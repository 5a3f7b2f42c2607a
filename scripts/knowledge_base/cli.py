"""The command line of ``build_pages.py``."""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from .build import BuildCache, build, read_sources, render_all
from .core.command_line import FAULTY, KEPT, ROOT, Parser, print_problems, published_at, speak_utf8
from .core.dates import clock_day
from .core.disk import describe_disk
from .core.errors import Severity, SourceError, UsageError
from .core.store import Store
from .publish.addresses import UnreachableError, find_lost, list_addresses, lost_anchors, lost_problems, read_published
from .review.change_report import render_changes
from .review.comparison import compare
from .review.explain import Explainer, render_report
from .review.sides import read_revision, read_side
from .review.stale import find_stale
from .sources.editor_schemas import write_schemas
from .sources.moves import FILE as MOVES
from .sources.vocabulary import load_vocabulary


def parser() -> Parser:
    """Return the parser of all options."""
    p = Parser("build_pages.py", "Tạo các trang trong docs/ từ sources/.")
    p.add_argument("--docs", type=Path, default=ROOT / "docs", metavar="THƯ_MỤC", help="thư mục ghi các trang")
    p.add_argument("--check", action="store_true", help="chỉ kiểm tra, không ghi gì")
    p.add_argument("--no-cache", action="store_true", help="làm lại từ đầu, không dùng điều đã biết trong .kho-nho/")
    p.add_argument("--strict", action="store_true", help="coi cảnh báo là lỗi")
    p.add_argument("--no-drafts", action="store_true", help="coi bản nháp là lỗi")
    p.add_argument("--explain", nargs="+", type=Path, metavar="TỆP", help="cho biết tìm thấy gì trong tệp bài")
    p.add_argument("--diff", metavar="BẢN", help="cho biết nguồn nay khác một bản trong git ở chỗ nào (Markdown)")
    p.add_argument("--addresses", metavar="DANH_SÁCH", help="so địa chỉ đã công bố (tệp hoặc địa chỉ web) với nay")
    p.add_argument("--stale", action="store_true", help="cho biết điều gì đã hơn 12 tháng chưa kiểm tra lại")
    p.add_argument("--today", metavar="NGÀY", help="với --stale: tính đến ngày này (2027-11-30), không phải hôm nay")
    p.add_argument("--schemas", action="store_true", help="ghi lại schemas/, lược đồ mà trình soạn thảo dùng")
    p.add_argument("--json", action="store_true", help="với --explain: mỗi tệp một dòng JSON")
    return p


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return the exit status (0 right, 1 faults in the sources or of the disk, 2 wrong usage)."""
    speak_utf8()
    p = parser()
    options = p.read(arguments)
    if options.json and not options.explain:
        p.error("--json chỉ đi cùng --explain")
    if options.today and not options.stale:
        p.error("--today chỉ đi cùng --stale")
    tasks: tuple[tuple[object, Callable[[argparse.Namespace], int]], ...] = (
        (options.stale, _list_stale),
        (options.explain, _explain),
        (options.diff is not None, _tell_changes),
        (options.schemas, _write_schemas),
        (options.addresses, _compare_addresses),
        (True, _build),
    )
    try:
        return next(task for wanted, task in tasks if wanted)(options)
    except SourceError as fault:
        print_problems(fault.problems, options.sources)
    except UnreachableError as fault:
        print(fault, file=sys.stderr)
    except UsageError as fault:
        p.error(str(fault))
    except OSError as fault:
        if not (words := describe_disk(fault)):
            raise
        print(words, file=sys.stderr)
    return FAULTY


def _build(options: argparse.Namespace) -> int:
    docs = None if options.check else options.docs
    cache = _cache(options)
    report = build(options.sources, docs, options.strict, options.no_drafts, cache, published_at())
    if not options.check and (options.sources, options.docs) == (ROOT / "sources", ROOT / "docs"):
        write_schemas(ROOT / "schemas", cache.load_vocabulary(options.sources)[0])
    print_problems([*report.warnings, *(report.draft_warnings if options.check else ())], options.sources)
    w = report.written
    counts = f"{report.articles} bài, {report.documents} văn bản, {report.bodies} cơ quan, {report.pages} trang"
    if w is None:
        drafts = f"; {report.drafts} bản nháp chưa đưa lên trang" if report.drafts else ""
        print(f"Nguồn hợp lệ: {counts}{drafts}; không ghi gì.")
    else:
        drafts = f" Còn {report.drafts} bản nháp; xem việc cần làm: build_pages.py --check." if report.drafts else ""
        print(f"{counts}: ghi {w.written}, giữ nguyên {w.unchanged}, bỏ {w.removed}.{drafts}")
    return 0


def _cache(options: argparse.Namespace) -> BuildCache:
    return BuildCache(Store(None if options.no_cache else KEPT))


def _tell_changes(options: argparse.Namespace) -> int:
    cache = _cache(options)
    after = read_side(options.sources, cache=cache)
    after.reading.sound()
    print(render_changes(compare(read_revision(options.sources, options.diff, cache), after)), end="")
    return 0


def _list_stale(options: argparse.Namespace) -> int:
    """Tell what to look up again, one line a fact; a list that is long is no fault."""
    day = options.today
    try:
        today = datetime.date.fromisoformat(day) if day else clock_day()
    except ValueError:
        raise UsageError(f"ngày «{day}» không có dạng năm-tháng-ngày: 2027-11-30") from None
    stale = find_stale(read_sources(options.sources, _cache(options), today).sound(), today)
    print("".join(f"{fact}\n" for fact in stale), end="")
    print(f"Tính đến {today:%d-%m-%Y}: {len(stale)} điều cần kiểm tra lại.")
    return 0


def _write_schemas(options: argparse.Namespace) -> int:
    vocabulary, problems = load_vocabulary(options.sources)
    if any(p.severity is Severity.ERROR for p in problems):
        raise SourceError(problems)
    print_problems(problems, options.sources)
    changed = write_schemas(ROOT / "schemas", vocabulary)
    print(f"schemas/: {changed} tệp đổi." if changed else "schemas/: không có gì đổi.")
    return 0


def _compare_addresses(options: argparse.Namespace) -> int:
    """Tell which published addresses would be lost, with the lines that lead on."""
    sources, place = options.sources, options.addresses
    published = read_published(place)
    if published is None:
        print(f"Chưa có danh sách nào ở {place}: đây là lần công bố đầu tiên, không địa chỉ nào để so.")
        return 0
    reading = read_sources(sources, _cache(options))
    kb = reading.sound()
    present = list_addresses(render_all(kb, reading.moves, reading.errata))
    gone = lost_anchors(published, present, {move.old: move.new for move in reading.moves})
    lost = list(find_lost(published, present, kb.vocabulary))
    file = sources / MOVES
    line = file.read_bytes().count(b"\n") + 1 if file.is_file() else 1
    problems = lost_problems(lost, f"{sources.resolve().name}/{MOVES}", line)
    print_problems([*reading.problems, *problems], sources)
    kept = f"{len(published) - len(lost)} trong {len(published)} trang đã công bố còn địa chỉ"
    print(f"{kept}; {sum(map(len, gone.values()))} đoạn không còn (liên kết cũ tới đoạn mở trang kèm lời báo).")
    if lost:
        print(f"Thêm vào {sources.resolve().name}/{MOVES}, sau khi xem lại từng đích:")
        print("\n".join(one.entry for one in lost))
    return FAULTY if lost else 0


def _explain(options: argparse.Namespace) -> int:
    vocabulary, problems = load_vocabulary(options.sources)
    if any(p.severity is Severity.ERROR for p in problems):
        raise SourceError(problems)
    explainer = Explainer(options.sources, vocabulary)
    status = 0
    for path in options.explain:
        found = explainer.explain(path)
        status = FAULTY if "citations" not in found else status
        print(json.dumps(found, ensure_ascii=False) if options.json else render_report(found, vocabulary), flush=True)
    return status
