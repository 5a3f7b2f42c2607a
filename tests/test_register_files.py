"""From a register in a spreadsheet to drafts of records: what is sure is written, all else is asked."""

from __future__ import annotations

import datetime
import functools
import io
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from building import TOY, build_pages, run_here, snapshot
from knowledge_base.core.dates import PartialDate
from knowledge_base.core.errors import Problem
from knowledge_base.drafts.command import main
from knowledge_base.drafts.record_layout import RecordDrafts, make_record_drafts
from knowledge_base.drafts.records import ListSource, place_of_office
from knowledge_base.importing.formats import read_article_bytes
from knowledge_base.importing.spreadsheet import MOST_ROWS, Sheet, read_spreadsheet
from knowledge_base.mentions.finders import Finders
from knowledge_base.sources.text_files import RawFile
from knowledge_base.sources.vocabulary import Vocabulary, load_vocabulary
from knowledge_base.sources.yaml import read_yaml

openpyxl = pytest.importorskip("openpyxl", reason="cần các gói trong requirements-import.txt")

CASES = Path(__file__).parent / "cases/drafts/danh-sach.yml"
OFFICE = "Văn phòng Tỉnh ủy Sông Mây"
DAY, DATED = PartialDate(2026, 11, 29), "2024-12-31"
HEAD = "Số ký hiệu|Ngày|Trích yếu"
ROW = "71-CT/TU|28/10/2022|một việc"
PLAIN = {"A": f"{HEAD}\n{ROW}"}


@functools.cache
def tools() -> tuple[Vocabulary, Finders]:
    """The vocabulary of the toy corpus and its finders."""
    vocabulary, _ = load_vocabulary(TOY)
    return vocabulary, Finders(vocabulary)


def load_cases() -> list[Any]:
    loaded = yaml.load(CASES.read_text("utf-8"), Loader=yaml.BaseLoader)
    return [pytest.param(case, id=case["name"]) for case in loaded]


def value(cell: str) -> object:
    """What a cell of a case holds."""
    if not re.fullmatch(r"\{.*\}", cell):
        return cell or None
    inside = cell[1:-1]
    return datetime.datetime.fromisoformat(inside) if "-" in inside else int(inside)


def workbook(sheets: dict[str, str]) -> bytes:
    """A file with the rows of a case."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows.rstrip("\n").split("\n"):
            sheet.append([value(cell) for cell in row.split("|")])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def sheets_of(data: bytes) -> tuple[list[Sheet], list[Problem]]:
    return read_spreadsheet(RawFile("DANH-SACH.xlsx", "danh-sach", "", data))


def drafts_of(sheets: list[Sheet], office: str = OFFICE, dated: str = DATED) -> RecordDrafts:
    vocabulary, finders = tools()
    day, place = PartialDate.parse(dated) if dated else None, place_of_office(office, finders)
    source = ListSource("DANH-SACH.xlsx", DAY, office or None, dated=day, province=place)
    return make_record_drafts(sheets, source, vocabulary, finders)


def records_in(text: str) -> dict[str, Any]:
    """The entries of a file of drafts, as the sources are read."""
    source, problems = read_yaml(text, "nhap.yml")
    assert source is not None and problems == []
    return {entry["id"]: entry for entry in source.data or ()} if isinstance(source.data, list) else {}


@pytest.mark.parametrize("case", load_cases())
def test_a_register_gives_drafts_and_questions(case: dict[str, Any]) -> None:
    sheets, problems = sheets_of(workbook(case.get("sheets") or {"Trang 1": case["rows"]}))
    made = None if problems else drafts_of(sheets, case.get("office", OFFICE), case.get("dated", DATED))
    told = [*map(str, problems), *(map(str, made.problems) if made else ())]
    assert len(told) == len(case.get("problems", ()))
    assert all(any(wanted in line for line in told) for wanted in case.get("problems", ()))
    if made is None:
        return
    records = records_in(made.text)
    assert list(records) == list(case["records"])
    for identity, wanted in case["records"].items():
        assert records[identity]["draft"] == "có"
        for key, expected in wanted.items():
            found = records[identity].get(key)
            if key == "evidence":
                assert records[identity]["title"]["evidence"] == []
            elif key == "relations" and expected:
                assert [r["target"] for r in found] == expected
            else:
                assert (found.get("value") if isinstance(found, dict) else found) == (expected or None), key
    asked = [line for line in made.report.split("\n") if line.startswith("- [ ]")]
    plain = [line.replace("\\", "") for line in asked]
    assert len(asked) == made.questions
    assert [q for q in case.get("ask", ()) if not any(q in line for line in plain)] == [], "\n".join(plain)
    assert [q for q in case.get("not_ask", ()) if any(q in line for line in plain)] == []
    assert [q for q in case.get("report", ()) if q not in made.report.replace("\\", "")] == [], made.report
    assert "<script>" not in made.report


def test_the_register_is_named_as_what_was_read() -> None:
    made = drafts_of(sheets_of(workbook({"Năm 2022": f"{HEAD}\n{ROW}"}))[0])
    fact = records_in(made.text)["chi-thi-71-ct-tu-song-may-2022"]["title"]
    page = "danh sách DANH-SACH.xlsx, trang tính Năm 2022, dòng 2"
    assert fact["evidence"] == [{"host": OFFICE, "page": page, "kind": "danh-sach", "read": DAY.iso, "dated": DATED}]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    shutil.copytree(TOY, tmp_path / "sources")
    return tmp_path / "sources"


def add(corpus: Path, file: Path, *options: str) -> str:
    done = run_here(main, file, "--sources", corpus, "--office", OFFICE, "--dated", "31/12/2024", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_an_option_that_does_not_apply_is_wrong_usage(corpus: Path, tmp_path: Path) -> None:
    register, article = tmp_path / "ds.xlsx", tmp_path / "bai.txt"
    register.write_bytes(workbook({"A": f"{HEAD}\n{ROW}"}))
    article.write_text("Một bài.\n", encoding="utf-8")
    before = snapshot(corpus)
    for file, *options in ((register, "--title", "Tên"), (register, "--allow-duplicate"), (article, "--office", "Sở")):
        done = run_here(main, file, "--sources", corpus, *options)
        assert done.returncode == 2 and f"{options[0]} chỉ dùng với" in done.stderr
    assert snapshot(corpus) == before


def test_drafts_are_read_as_they_were_written_and_nothing_is_overwritten(corpus: Path, tmp_path: Path) -> None:
    file = tmp_path / "Danh sách.xlsx"
    row = "71-CT/TU|28/10/2022|Chỉ thị về một việc: “hai” # ba|Tỉnh ủy|Còn hiệu lực|34-CT/TU ngày 12/4/2017"
    file.write_bytes(workbook({"A": f"{HEAD}|Cơ quan ban hành|Tình trạng|Thay thế\n{row}"}))
    before = snapshot(corpus)
    said = add(corpus, file)
    assert "Đã tạo 1 hồ sơ nháp" in said
    first = snapshot(corpus)
    assert first.keys() - before.keys() == {"documents/nhap-danh-sach.yml", "documents/nhap-danh-sach.can-xem.md"}
    assert {path: first[path] for path in before} == before
    checked = build_pages("--check", "--sources", corpus)
    drafted = [line for line in (checked.stdout + checked.stderr).split("\n") if "nhap-danh-sach" in line]
    assert checked.returncode == 0 and len(drafted) == 1, drafted
    assert "Không có văn bản mới" in add(corpus, file)
    assert snapshot(corpus) == first
    file.write_bytes(workbook({"A": f"{HEAD}\n{ROW}\n72-CT/TU|28/10/2022|hai việc"}))
    assert "nhap-danh-sach-2.yml" in add(corpus, file)
    second = snapshot(corpus)
    assert {path: second[path] for path in first} == first
    assert list(records_in((corpus / "documents/nhap-danh-sach-2.yml").read_text("utf-8"))) == [
        "chi-thi-72-ct-tu-song-may-2022"
    ]


def test_a_dry_run_writes_nothing(corpus: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(workbook(PLAIN))
    before = snapshot(corpus)
    assert "chi-thi-71-ct-tu-song-may-2022" in add(corpus, file, "--dry-run")
    assert snapshot(corpus) == before


@pytest.mark.parametrize(
    ("options", "told"),
    [(["--dated", "hôm qua"], "hôm qua"), (["--province", "Sông Mơ"], "Sông Mơ"), (["--url", "x y"], "x y")],
)
def test_what_cannot_be_understood_is_told(corpus: Path, tmp_path: Path, options: list[str], told: str) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(workbook(PLAIN))
    done = run_here(main, file, "--sources", corpus, *options)
    assert done.returncode == 1 and told in done.stderr + done.stdout


CELL = st.one_of(
    st.sampled_from(["71-CT/TU", "28/10/2022", "Số ký hiệu", "Ngày", "Trích yếu", "Tỉnh ủy", "Thay thế", "", "34"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="|\0"), max_size=12),
    st.integers(),
    st.floats(),
    st.dates(datetime.date(1900, 3, 1)),
    st.booleans(),
    st.none(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELL, max_size=5), max_size=6))
def test_any_sheet_gives_the_same_readable_bytes_twice(rows: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    for number, row in enumerate([HEAD.split("|"), *rows], 1):
        for place, cell in enumerate(row, 1):
            try:
                book.active.cell(number, place).value = cell
            except (ValueError, openpyxl.utils.exceptions.IllegalCharacterError):
                continue
    file = io.BytesIO()
    book.save(file)
    sheets, problems = sheets_of(file.getvalue())
    if not problems:
        made = drafts_of(sheets)
        assert made == drafts_of(sheets)
        assert len(records_in(made.text)) == made.count


# -- hostile files -----------------------------------------------------------------------------------


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in parts.items():
            out.writestr(name, data)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def hostile(change: str) -> bytes:
    """A register that somebody has changed by hand."""
    parts = parts_of(workbook(PLAIN))
    sheet = parts[SHEET].decode()
    rows = {
        "a million rows": "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(3, 600_000)),
        "a row beyond all": '<row r="999999999999"><c r="A999999999999"><v>1</v></c></row>',
        "a row of many cells": f'<row r="3">{"<c><v>1</v></c>" * 40_000}</row>',
        "a huge cell": f'<row r="3"><c r="A3" t="inlineStr"><is><t>{"chữ " * 100_000}</t></is></c></row>',
        "a number without end": f'<row r="3"><c r="A3"><v>{"9" * 6000}</v></c></row>',
        "infinity": '<row r="3"><c r="A3"><v>1e999</v></c></row>',
        "a formula": '<row r="3"><c r="A3" t="str"><f>WEBSERVICE("http://127.0.0.1/")</f><v>=cmd</v></c></row>',
        "a string that is not there": '<row r="3"><c r="A3" t="s"><v>4711</v></c></row>',
    }  # fmt: skip
    if change in rows:
        parts[SHEET] = sheet.replace("</sheetData>", f"{rows[change]}</sheetData>").encode()
    elif change == "entities":
        bomb = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
        parts[SHEET] = sheet.replace("<worksheet", f"{bomb}<worksheet", 1).encode()
    elif change == "a bomb":
        parts["xl/media/a.xml"] = b" " * 60_000_000
    elif change == "many parts":
        parts |= {f"xl/x{n}.bin": b"" for n in range(2_500)}
    elif change == "a macro":
        parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0macro"
    elif change == "a false size":
        parts[SHEET] = re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', sheet).encode()
    elif change == "no sheet":
        del parts[SHEET]
    elif change == "broken XML":
        parts[SHEET] = sheet[: len(sheet) // 2].encode()
    elif change == "NUL":
        parts[SHEET] = sheet.replace("</sheetData>", "\0</sheetData>").encode()
    return packed(parts)


@functools.cache
def plain() -> bytes:
    """A small register; a workbook holds the second in which it was made."""
    return workbook(PLAIN)


READ = {"a macro", "a false size", "a huge cell", "a formula", "a row of many cells", "infinity", "a row beyond all"}


@pytest.mark.parametrize(
    "change",
    [
        *sorted(READ), "a million rows", "a number without end", "a string that is not there", "entities", "a bomb",
        "many parts", "no sheet", "broken XML", "NUL",
    ],
)  # fmt: skip
def test_a_hostile_file_does_no_harm(change: str) -> None:
    sheets, problems = sheets_of(hostile(change))
    if change in READ:
        assert problems == []
        assert "chi-thi-71-ct-tu-song-may-2022" in records_in(drafts_of(sheets).text)
        assert max(len(str(cell)) for sheet in sheets for row in sheet.rows for cell in row.cells.values()) <= 4_000
    elif change == "no sheet":
        assert sheets == [] or problems
    else:
        assert len(problems) == 1 and sheets == []


def test_links_to_other_files_are_not_followed() -> None:
    parts = parts_of(workbook(PLAIN))
    relation = (
        '<Relationship Id="rId99" Target="externalLinks/externalLink1.xml" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/externalLink"/>'
    )
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", f"{relation}</Relationships>".encode())
    parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
    sheets, problems = sheets_of(packed(parts))
    assert problems == [] and len(sheets) == 1


def test_a_hidden_sheet_is_not_read() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook({**PLAIN, "B": "kín"})))
    book["B"].sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    assert [sheet.name for sheet in sheets_of(file.getvalue())[0]] == ["A"]


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(plain())
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    sheets, problems = sheets_of(bytes(whole))
    assert sheets == [] or problems == []


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_xml_is_read_or_refused(data: st.DataObject) -> None:
    parts = parts_of(plain())
    name = data.draw(st.sampled_from(sorted(parts)))
    part = bytearray(parts[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(part) - 1))
        part[at : at + data.draw(st.integers(0, 9))] = data.draw(
            st.sampled_from([b"", b"<", b'"', b"9", b"x", b"\xff"])
        )
        part = part or bytearray(b" ")
    sheets, problems = sheets_of(packed({**parts, name: bytes(part)}))
    assert sheets == [] or problems == []


def test_a_register_that_is_too_long_is_refused_soon() -> None:
    rows = [HEAD, *(f"{n}-CT/TU|28/10/2022|một việc" for n in range(1, MOST_ROWS + 5))]
    assert "hơn 3000 dòng" in sheets_of(workbook({"A": "\n".join(rows)}))[1][0].message


@pytest.mark.parametrize("name", ["a.xls", "a.ods", "a.csv"])
def test_other_spreadsheets_are_told_what_to_do(name: str) -> None:
    """What .xls and .ods are packed in, old and other texts are too."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    data = {"a.xls": ole * 9, "a.ods": packed({"content.xml": b"<a/>"}), "a.csv": b"a,b"}[name]
    article, problems = read_article_bytes(data, name, tools()[0])
    assert article is None and "lưu thành .xlsx" in problems[0].remedy


def test_a_register_is_no_article() -> None:
    article, problems = read_article_bytes(plain(), "a.xlsx", tools()[0])
    assert article is None and "dev.py add" in problems[0].remedy
