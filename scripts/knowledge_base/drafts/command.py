"""The command line of ``add_source.py``: read files, make their drafts, write each with its report over nothing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from typing import TypeVar

from ..core.command_line import FAULTY, Parser, own_command, print_problems, speak_utf8
from ..core.dates import PartialDate, clock_day
from ..core.errors import Problem, Severity
from ..core.models import OUR_DIGEST, Article, value_of
from ..core.processes import TooMuchError, run_apart
from ..core.text import one_line
from ..importing.formats import REGISTER, find_format, read_article, read_article_bytes
from ..importing.spreadsheet import read_spreadsheet
from ..mentions.finders import Finders
from ..sources.articles.corpus import read_corpus
from ..sources.diagnosis import date_fault
from ..sources.text_files import NATIONAL_FOLDER, REPORT_SUFFIX, RawFile, read_raw_file, shown_path
from ..sources.vocabulary import Vocabulary, load_vocabulary
from .draft import Draft, make_draft
from .provided import parse_provided, read_date
from .record_layout import RecordDrafts, make_record_drafts
from .records import ListSource, place_of_office

Read = TypeVar("Read")
_INPUT = Path("-")
_PROVIDED = ("title", "outlet", "author", "published", "province", "url", "rights")
_OF_ONE = ("title", "url", "name")
"""Options that no two articles share."""
_OF_ARTICLES = ("title", "outlet", "author", "published", "rights", "allow_duplicate")
_OF_REGISTERS = ("office", "dated")
_EPILOG = """\
Ví dụ:
  add_source.py bai.txt
  add_source.py trang.html --outlet "Báo Nghệ An" --published 07/09/2023
  add_source.py - --name bai.txt        (đọc chữ được đưa vào từ lệnh khác)
  add_source.py DANH-SACH.xlsx --office "Văn phòng Tỉnh ủy Nghệ An" --dated 31/12/2024

Bản nháp của bài được ghi vào sources/articles/, hồ sơ nháp từ danh sách văn bản (.xlsx) vào sources/documents/;
cạnh nó là tệp .can-xem.md: những điều máy tìm thấy và câu hỏi cho bạn. Tệp đã có không bị ghi đè."""


def parser() -> Parser:
    """Return the parser of all options."""
    p = Parser("add_source.py", "Tạo bản nháp từ bài gốc, hoặc từ danh sách văn bản.", _EPILOG)
    p.add_argument(
        "files", nargs="*", type=Path, metavar="TỆP", help="tệp bài gốc, danh sách .xlsx; - là đọc từ đầu vào của lệnh"
    )
    p.add_argument("--dry-run", action="store_true", help="chỉ cho xem bản nháp và điều tìm thấy, không ghi gì")
    p.add_argument("--title", metavar="TÊN", help="tên bài")
    p.add_argument("--outlet", metavar="BÁO", help="báo hoặc trang đăng bài: mã, tên hoặc tên miền")
    p.add_argument("--author", metavar="TÊN", help="tác giả")
    p.add_argument("--published", metavar="NGÀY", help="ngày đăng, ví dụ 07/09/2023, 9/2023, 2023")
    p.add_argument("--province", metavar="TỈNH", help="tỉnh, thành phố: mã hoặc tên; “trung ương” nếu bài về cả nước")
    p.add_argument("--url", metavar="ĐỊA_CHỈ", help="địa chỉ của bài trên mạng")
    p.add_argument("--rights", metavar="QUYỀN", help="tom-luoc, van-ban-hanh-chinh, tin-thoi-su hoặc duoc-phep")
    p.add_argument("--office", metavar="CƠ_QUAN", help="với danh sách .xlsx: cơ quan lập danh sách")
    p.add_argument("--dated", metavar="NGÀY", help="với danh sách .xlsx: danh sách lập, cập nhật đến ngày nào")
    p.add_argument("--name", metavar="TÊN_TỆP", help="với -: tên tệp của bài, đuôi tệp cho biết loại tệp")
    p.add_argument("--allow-duplicate", action="store_true", help="vẫn tạo bản nháp khi bài giống bài đã có")
    return p


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return the exit status (0 all drafts made, 1 some refused, 2 wrong usage)."""
    speak_utf8()
    p = parser()
    options = p.read(arguments)
    if not options.files:
        p.error("thiếu tên tệp")
    if len(options.files) > 1 and (given := next((n for n in _OF_ONE if getattr(options, n)), None)):
        p.error(f"--{given} chỉ dùng khi thêm một tệp")
    if options.name and options.files != [_INPUT]:
        p.error("--name chỉ đi cùng -")
    if needless := _find_needless(options):
        p.error(needless)
    vocabulary, problems = load_vocabulary(options.sources)
    if any(problem.severity is Severity.ERROR for problem in problems):
        print_problems(problems)
        return FAULTY
    return _add_all(options, vocabulary)


def _add_all(options: argparse.Namespace, vocabulary: Vocabulary) -> int:
    """Make one draft after another; a draft made is known to those after it."""
    corpus = read_corpus(options.sources, vocabulary)
    finders = Finders(vocabulary)
    provided = {key: getattr(options, key) for key in _PROVIDED}
    found: list[Problem] = []
    made = 0
    for path in options.files:
        if (register := _read_register(path)) is not None:
            problems = _add_register(register, options, vocabulary, finders)
            found += problems
            made += not any(problem.severity is Severity.ERROR for problem in problems)
            vocabulary = load_vocabulary(options.sources)[0] if len(options.files) > 1 else vocabulary
            continue
        article, problems = _read(path, options.name or "", vocabulary)
        draft = None
        if article is not None:
            draft = make_draft(
                article, corpus, vocabulary, provided, allow_duplicate=options.allow_duplicate, finders=finders
            )
            refused = draft.problems or options.dry_run
            problems += draft.problems if refused else write_draft(draft, options.sources)
        found += problems
        if draft is None or any(problem.severity is Severity.ERROR for problem in problems):
            print(f"Chưa thêm: {path}")
            continue
        made += 1
        corpus = replace(corpus, drafts=(*corpus.drafts, draft.article), ids=corpus.ids | {draft.article.id})
        if options.dry_run:
            print(f"--- {draft.path} (chưa ghi)\n{draft.text}")
            print(f"--- {report_path(draft.path)} (chưa ghi)\n{draft.report}")
        else:
            print(_describe(draft, path, options.sources))
    print_problems(sorted(set(found)))
    return 0 if made == len(options.files) else FAULTY


def _read(path: Path, name: str, vocabulary: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Read one file that others made, apart: it may be packed to fill the memory, or to keep the machine busy."""
    if path == _INPUT:
        return _apart(partial(read_article_bytes, sys.stdin.buffer.read(), name, vocabulary), name or "đầu vào chuẩn")
    return _apart(partial(read_article, path, Path.cwd(), vocabulary), shown_path(path, Path.cwd()))


def _apart(read: Callable[[], tuple[Read | None, list[Problem]]], shown: str) -> tuple[Read | None, list[Problem]]:
    try:
        return run_apart(read)
    except TooMuchError:
        remedy = "Chép phần chữ cần dùng vào một tệp mới, hoặc xin bản khác"
        return None, [Problem(shown, 1, "đọc tệp này tốn quá nhiều bộ nhớ hay thời gian, máy đã dừng", remedy)]


def _find_needless(options: argparse.Namespace) -> str | None:
    """Return what is wrong with the first option that no file has use for; None if all have. What a file is that
    cannot be read nobody knows: it has use for all."""
    registers = [_read_register(path) is not None for path in options.files]
    unsure = [
        path != _INPUT and not register and (not path.is_file() or path.suffix.lower().startswith(".xls"))
        for path, register in zip(options.files, registers, strict=True)
    ]
    if any(unsure) or len(set(registers)) > 1:
        return None
    names = _OF_ARTICLES if registers[0] else _OF_REGISTERS
    given = next((name for name in names if getattr(options, name)), None)
    what = "bài, không dùng với danh sách văn bản" if registers[0] else "danh sách văn bản (.xlsx)"
    return f"--{given.replace('_', '-')} chỉ dùng với {what}" if given else None


# -- registers: a spreadsheet gives records --------------------------------------------------------------


def _read_register(path: Path) -> RawFile | None:
    """Return the file if it is a spreadsheet."""
    file = read_raw_file(path, Path.cwd())[0] if path != _INPUT else None
    return file if file and find_format(file.data, path.suffix) is REGISTER else None


def _add_register(
    file: RawFile, options: argparse.Namespace, vocabulary: Vocabulary, finders: Finders
) -> list[Problem]:
    """Make drafts of the records in a register, and write them with their report; return what went wrong."""
    sheets, problems = _apart(partial(read_spreadsheet, file), file.path)
    told, faults = parse_provided({"province": options.province, "url": options.url}, vocabulary, file.path)
    dated = read_date(options.dated) if options.dated else None
    if options.dated and dated is None:
        faults.append(Problem(file.path, 1, *date_fault(options.dated)))
    if sheets is None or problems + faults:
        print(f"Chưa thêm: {file.path}")
        return problems + faults
    now = clock_day()
    office = one_line(options.office or "") or None
    place = NATIONAL_FOLDER if value_of(told.national) else value_of(told.province)
    source = ListSource(
        one_line(PurePath(file.path).name), PartialDate(now.year, now.month, now.day),
        office, value_of(told.url), dated, place or place_of_office(office or "", finders),
    )  # fmt: skip
    taken = {path.stem for path in (options.sources / "documents").glob("*.yml")}
    drafts = make_record_drafts(sheets, source, vocabulary, finders, taken)
    if options.dry_run and drafts.count:
        print(f"--- {drafts.path} (chưa ghi)\n{drafts.text}")
    if options.dry_run or not drafts.count:
        print(drafts.report)
        return list(drafts.problems)
    problems = write_draft(drafts, options.sources)
    print(f"Chưa thêm: {file.path}" if problems else _describe_records(drafts, file.path, options.sources))
    return problems


def _describe_records(drafts: RecordDrafts, path: str, sources: Path) -> str:
    lines = [
        f"Đã tạo {drafts.count} hồ sơ nháp từ {path} ({drafts.known} văn bản đã có, {drafts.open} dòng chưa rõ):",
        f"  Bản nháp: {sources / drafts.path}",
        f"  Cần xem:  {sources / report_path(drafts.path)} ({drafts.questions} câu hỏi)",
        "  Việc tiếp theo:",
        "  1. Mở tệp cần xem, trả lời từng câu hỏi ngay trong tệp nháp.",
        "  2. Xem lại từng mục với danh sách; đúng thì xóa dòng “draft: có” của mục ấy.",
        f"  3. Kiểm tra (ở thư mục gốc của kho): {own_command('build_pages.py')} --check",
    ]
    return "\n".join(lines)


# -- both ------------------------------------------------------------------------------------------------


def report_path(path: str) -> str:
    """Return where the report of the draft at ``path`` stands."""
    return path.rpartition(".")[0] + REPORT_SUFFIX


def write_draft(draft: Draft | RecordDrafts, sources: Path) -> list[Problem]:
    """Write the draft and its report below ``sources``. A file that stands there already is never touched."""
    target, report = sources / draft.path, sources / report_path(draft.path)
    shown = f"{sources.resolve().name}/{draft.path}"
    if target.parent.is_symlink():
        remedy = "Thay liên kết bằng thư mục thật"
        return [Problem(shown, 1, "thư mục của bản nháp là liên kết tượng trưng", remedy)]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as undo:
            for path, text in ((report, draft.report), (target, draft.text)):
                with path.open("xb") as file:
                    undo.callback(path.unlink)
                    file.write(text.encode())
            undo.pop_all()
    except FileExistsError:
        return [Problem(shown, 1, "đã có tệp mang tên này", "Đổi tên hoặc xóa tệp cũ rồi chạy lại")]
    except OSError as error:
        message = f"không ghi được bản nháp ({error.strerror or error})"
        return [Problem(shown, 1, message, "Xem lại quyền ghi và chỗ trống trên đĩa")]
    return []


def _describe(draft: Draft, path: Path, sources: Path) -> str:
    """Return what was made of ``path``, and what to do next."""
    article = draft.article
    lacking = [q.key for q in draft.questions if q.must and q.key]
    rewrite = "Viết lại phần dưới dòng [BẢN NHÁP…] bằng lời của mình (đừng đưa nguyên văn của báo lên GitHub)"
    if article.rights != OUR_DIGEST:
        rewrite = "Xem lại phần dưới dòng [BẢN NHÁP…]"
    lines = [
        f"Đã tạo bản nháp từ {path}:",
        f"  Bản nháp: {sources / draft.path}",
        f"  Cần xem:  {sources / report_path(draft.path)} ({len(draft.questions)} câu hỏi)",
        *([f"  Còn thiếu: {', '.join(lacking)}"] if lacking else []),
        *([f"  Đã bỏ {draft.removed} dòng, đoạn không thuộc bài (xem ở cuối tệp cần xem)"] if draft.removed else []),
        "  Việc tiếp theo:",
        "  1. Mở tệp cần xem, trả lời từng câu hỏi ngay trong bản nháp.",
        f"  2. {rewrite}, rồi xóa dòng ấy và dòng “draft: có”.",
        f"  3. Kiểm tra (ở thư mục gốc của kho): {own_command('build_pages.py')} --check",
    ]
    return "\n".join(lines)
