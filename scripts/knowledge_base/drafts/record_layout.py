"""What is written of a register: its drafts of records with their questions, and the report that stands beside them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count

from ..core.errors import Problem, Severity
from ..core.escaping import code, literal
from ..core.text import one_line, slug
from ..importing.spreadsheet import Sheet
from ..mentions.finders import Finders
from ..sources.text_files import REPORT_SUFFIX
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.evidence import Evidence
from ..sources.vocabulary.phrases import PhraseList
from ..sources.vocabulary.references import DRAFT_FILE
from ..sources.vocabulary.schemas import DocumentRecord
from .layout import scalar
from .listing import Listing, read_listing
from .questions import Question
from .records import ListSource, RowReader, RowReading, ask_of_list, find_known, is_swapped, record_keys
from .replacements import Replacements

_LONGEST_NAME = 60
"""Letters of a file's name, as for articles."""
_NO_TABLE = (
    "không thấy bảng nào có cột số, ký hiệu hoặc trích yếu và một cột nữa",
    "Đặt tên cột ở dòng đầu bảng: Số ký hiệu, Ngày ban hành, Trích yếu, Cơ quan ban hành, Tình trạng, Thay thế",
)


@dataclass(frozen=True, slots=True)
class RecordDrafts:
    """Drafts of records: ``path`` below the folder of sources, the whole ``text``, the ``report`` for the maintainer;
    ``count`` drafts, ``known`` rows whose documents are there already, ``open`` rows of which no draft was made."""

    path: str
    text: str
    report: str
    count: int
    known: int
    open: int
    questions: int
    problems: tuple[Problem, ...] = ()


def make_record_drafts(
    sheets: Sequence[Sheet], source: ListSource, vocabulary: Vocabulary, finders: Finders, taken: Collection[str] = ()
) -> RecordDrafts:
    """Return the drafts of a register; ``taken`` are the names, without suffix, of files that are there already.

    The same sheets, source and base give the same bytes. A row that the base has is told, not made again."""
    listing = read_listing(sheets, vocabulary)
    readings, asked = _read_rows(listing, source, vocabulary, finders)
    name = _free_name(source.name, taken)
    new = [reading for reading in readings if reading.record and not reading.known]
    text = _HEAD.format(source=one_line(source.name), report=f"{name}{REPORT_SUFFIX}")
    text += "\n".join(_render_record(r.record, r.questions) for r in new if r.record)
    report = _render_report(listing, readings, asked, source, f"documents/{name}.yml" if new else None)
    problems = () if listing.rows else (Problem(source.name, 1, *_NO_TABLE, Severity.ERROR),)
    known = sum(reading.known is not None for reading in readings)
    total = len(asked) + sum(len(reading.questions) for reading in readings)
    unsure = len(readings) - len(new) - known
    return RecordDrafts(f"documents/{name}.yml", text, report, len(new), known, unsure, total, problems)


def _read_rows(
    listing: Listing, source: ListSource, vocabulary: Vocabulary, finders: Finders
) -> tuple[list[RowReading], list[Question]]:
    """Return what was made of each row, and what must be known of the whole register."""
    reader = RowReader(source, vocabulary, finders, is_swapped(listing.rows))
    readings = [reader.read(row) for row in listing.rows]
    records = {**vocabulary.drafts, **vocabulary.records}
    known: dict[tuple[str, ...], list[DocumentRecord]] = defaultdict(list)
    for record in records.values():
        for key in record_keys(record):
            known[key].append(record)
    made: dict[str, RowReading] = {}
    for reading in readings:
        if reading.record is not None:
            find_known(reading, reading.record, known)
        if reading.record is not None and reading.known is None:
            for key in record_keys(reading.record):
                known[key].append(reading.record)
            made[reading.record.id] = reading
    Replacements(reader, records, made).relate(readings)
    return readings, list(ask_of_list(source, readings, reader.swapped))


def _free_name(file: str, taken: Collection[str]) -> str:
    """Return the name of the new file, with a number if another one has it."""
    words = slug(file.rpartition(".")[0] or file)[:_LONGEST_NAME].strip("-") or "danh-sach"
    numbered = (f"{DRAFT_FILE}{words}-{number}" for number in count(2))
    return next(name for name in chain([f"{DRAFT_FILE}{words}"], numbered) if name not in taken)


# -- the records -------------------------------------------------------------------------------------

_HEAD = """\
# Hồ sơ nháp từ danh sách {source}, chưa lên trang. Câu hỏi và dòng chưa rõ: xem {report}.
# Xem lại từng mục; đúng thì xóa dòng “draft: có” của mục ấy.

"""
_FACTS = ("issuer", "title", "date", "in_force", "status")


def _render_record(record: DocumentRecord, questions: Iterable[Question]) -> str:
    """Return an entry with its open questions as comments."""
    lines = [f"- id: {record.id}", "  draft: có", f"  type: {record.type}", f"  number: {record.number}"]
    lines += [f"  province: {record.province}"] if record.province else []
    for key in _FACTS:
        if (fact := getattr(record, key)) is not None:
            value = fact.value.iso if hasattr(fact.value, "iso") else scalar(fact.value)
            lines += [f"  {key}:", f"    value: {value}", *_render_evidence(fact.evidence)]
    lines += ["  relations:"] if record.relations else []
    for relation in record.relations:
        lines += [f"    - relation: {relation.relation}", f"      target: {relation.target}"]
        lines += _render_evidence(relation.evidence, "      ")
    lines += [f"  # {one_line(question.ask)} {one_line(question.do)}." for question in questions]
    return "\n".join(lines) + "\n"


def _render_evidence(pages: Sequence[Evidence], indent: str = "    ") -> Iterator[str]:
    """Yield the lines of what was read."""
    if not pages:
        yield f"{indent}evidence: []"
        return
    yield f"{indent}evidence:"
    for page in pages:
        known = {"url": page.url, "host": page.host, "page": page.page}
        words = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in known.items() if value]
        words += [f"kind: {page.kind}"]
        words += [f"{key}: {day.iso}" for key, day in (("read", page.read), ("dated", page.dated)) if day]
        yield f"{indent}  - {{{', '.join(words)}}}"


# -- the report --------------------------------------------------------------------------------------

_MOST = 200
"""Lines of a section that no question hangs on: nobody reads more. Chosen by hand."""


def _render_report(
    listing: Listing, readings: Sequence[RowReading], asked: Sequence[Question], source: ListSource, path: str | None
) -> str:
    """Return the report as Markdown."""
    new = [r for r in readings if r.record and not r.known]
    ticks = [f"[ ] {_asked(q)}" for q in asked]
    ticks += [f"[ ] {literal(_named(r))}: {_asked(q)}" for r in new for q in r.questions]
    unsure = [f"[ ] {literal(_named(r))}: {_asked(q)}" for r in readings if not r.record for q in r.questions]
    notes = [
        f"{literal(_named(r))}: {literal(note)}" for r in readings if (note := r.row.words(PhraseList.NOTE_COLUMN))
    ]
    above = [literal(line) for line in listing.above if line.strip()]
    sections = [
        f"# Cần xem: {literal(source.name)}",
        f"Hồ sơ nháp: {code(f'sources/{path}')}" if path else "Không có văn bản mới: không tệp nào được ghi.",
        _section("Cần trả lời", ticks, every=True),
        _section(
            "Dòng chưa thành hồ sơ", unsure, "Sửa trong bảng tính rồi chạy lại; dòng đã có không bị ghi lại.", True
        ),
        _section("Hồ sơ nháp", (f"{literal(r.row.place)}: {code(r.record.id)}" for r in new if r.record)),
        _section("Đã có, không ghi lại", chain.from_iterable(map(_told_known, readings)), every=True),
        _section("Ghi chú trong danh sách", notes, "Máy không đưa vào hồ sơ."),
        _section("Dòng không phải văn bản", (f"{literal(at)}: {literal(words)}" for at, words in listing.left_out)),
        _section("Cột máy không dùng", map(literal, listing.strange)),
        _section("Trang tính không có bảng", map(literal, listing.without)),
        _section("Phía trên bảng", above),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _asked(question: Question) -> str:
    return f"{'**Bắt buộc.** ' if question.must else ''}{literal(question.ask)} {literal(question.do)}."


def _named(reading: RowReading) -> str:
    number = reading.record.number if reading.record else reading.row.words(PhraseList.NUMBER_COLUMN)
    return f"{reading.row.place} ({number})" if number else reading.row.place


def _told_known(reading: RowReading) -> Iterator[str]:
    """Yield that a row's document is there already, what differs, and what is asked."""
    if reading.known:
        differs = f": {literal('; '.join(reading.differs))}" if reading.differs else ""
        yield f"{literal(_named(reading))}: {code(reading.known)}{differs}"
        yield from (f"[ ] {literal(_named(reading))}: {_asked(question)}" for question in reading.questions)


def _section(title: str, rows: Iterable[str], advice: str = "", every: bool = False) -> str:
    """Return a section with its rows and their number; "" without rows. Without ``every`` a long one is cut."""
    lines = [f"- {row}" for row in rows]
    shown = lines if every else lines[:_MOST]
    shown += [f"- … và {len(lines) - len(shown)} dòng nữa"] if len(lines) > len(shown) else []
    head = f"## {title} ({len(lines)})\n\n" + (f"{advice}\n\n" if advice else "")
    return head + "\n".join(shown) if lines else ""
