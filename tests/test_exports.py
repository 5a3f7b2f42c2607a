"""Open data: what the JSON, CSV and feeds hold, that they agree with their schema, and are the same each time."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from building import ROOT, TOY, read_knowledge, real_knowledge
from knowledge_base.core.text import slug
from knowledge_base.meaning.knowledge.status import FOLLOWED, OPEN
from knowledge_base.publish.exports.files import EXPORT_NAMES, _identity, render_exports, safe_cell
from knowledge_base.publish.exports.readable import HEADS
from knowledge_base.publish.exports.tables import SCHEMA_VERSION, TABLES, check_tables
from knowledge_base.publish.pages.kinds import GENERATED_NAMES
from knowledge_base.publish.pages.render import render_pages

ATOM = "{http://www.w3.org/2005/Atom}"
DIRECTED = """---
title: Việc của đảng ủy
outlet: bao-song-may
published: 2024-03-01
province: song-may
---

Ban Thường vụ Tỉnh ủy giao:

- Đảng ủy UBND tỉnh chỉ đạo UBND tỉnh rà soát các thủ tục hành chính còn chậm.
"""


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return render_pages(real_knowledge())


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return render_exports(real_knowledge())


@pytest.fixture(scope="module")
def data(files: dict[str, bytes]) -> Any:
    return json.loads(files["du-lieu/kho.json"])


@pytest.fixture(scope="module")
def toy_data() -> Any:
    kb, problems = read_knowledge(TOY)
    assert kb is not None, problems
    return json.loads(render_exports(kb)["du-lieu/kho.json"])


def test_same_bytes_each_time(files: dict[str, bytes]) -> None:
    kb, _ = read_knowledge(ROOT / "sources")
    assert kb and render_exports(kb) == files


def test_everything_stands_in_generated_names(files: dict[str, bytes]) -> None:
    owned = {*GENERATED_NAMES, *EXPORT_NAMES}
    assert {path.split("/")[0] for path in files} <= owned


def test_rows_that_say_nothing_or_the_same_twice_are_told() -> None:
    assert list(check_tables()) == []
    table = TABLES[0]
    first, *_ = table.fields
    faulty = (*table.fields, first, replace(first, name="la", meaning=" "), replace(first, name="Lạ", type="chữ"))
    told = [str(problem) for problem in check_tables((replace(table, fields=faulty), replace(table, title="")))]
    of = " của bảng “documents”"
    assert [line.split(": ", 1)[1].split(". ")[0] for line in told] == [
        f"trường “id”{of} có hai dòng",
        f"trường “la”{of} chưa nói nó là gì",
        f"trường “Lạ”{of}: tên chỉ được có chữ thường không dấu, nối bằng _",
        f"trường “Lạ”{of} có kiểu lạ “chữ”",
        "bảng “documents” chưa nói nó là gì",
        "bảng “documents” có hai dòng",
    ]
    lines = (ROOT / told[0].split(":")[0]).read_text(encoding="utf-8").splitlines()
    assert 'Field("id"' in lines[int(told[0].split(":")[1]) - 1]


def test_rows_agree_with_the_schema(data: Any, files: dict[str, bytes]) -> None:
    schema = json.loads(files["du-lieu/schema.json"])
    assert data["schema"] == SCHEMA_VERSION == schema["properties"]["schema"]["const"]
    assert set(data) == set(schema["required"])
    types = {"string": str, "array": list, "boolean": bool, "null": type(None)}
    for table in TABLES:
        rules = schema["properties"][table.name]["items"]
        assert data[table.name], table.name
        for row in data[table.name]:
            assert list(row) == [f.name for f in table.fields] == rules["required"]
            for name, value in row.items():
                allowed = rules["properties"][name]["type"]
                kinds = tuple(types[t] for t in (allowed if isinstance(allowed, list) else [allowed]))
                assert isinstance(value, kinds), (table.name, name, value)
                if value and "pattern" in rules["properties"][name]:
                    assert re.match(rules["properties"][name]["pattern"], value)


def test_ids_are_unique_and_links_lead_somewhere(data: Any, pages: dict[str, str]) -> None:
    known = {name: {row["id"] for row in rows} for name, rows in data.items() if name in
             {"documents", "bodies", "themes", "provinces", "articles", "statements", "assignments"}}  # fmt: skip
    for name, ids in known.items():
        assert len(ids) == len(data[name]), name
    for row in data["documents"]:
        assert f"{row['address'].rstrip('/')}.md" in pages
        assert set(row["themes"]) <= known["themes"] and set(row["announced_by"] + row["cited_by"]) <= known["articles"]
        assert row["status_by"] is None or row["status_by"] in known["documents"]
    for row in data["assignments"]:
        assert set(row["lead"] + row["partners"] + row["executors"]) <= known["bodies"]
        assert row["document"] is None or row["document"] in known["documents"]
        assert row["article"] in known["articles"]
    for row in data["relations"]:
        assert {row["source"], row["target"]} <= known["documents"]
        assert row["article"] or row["evidence"] or row["certainty"] == "C"  # an editor's own, no page read
    for row in data["statements"]:
        assert not row["text"].endswith(":"), row["id"]
        assert f"#{row['anchor']} " in pages[f"nguon/{row['article']}.md"]


def test_status_is_the_one_of_the_page(data: Any, pages: dict[str, str]) -> None:
    for row in data["documents"]:
        head = next(line for line in pages[f"van-ban/{row['id']}.md"].splitlines() if line.startswith("kb: "))
        told = json.loads(head.removeprefix("kb: "))["status"]
        # that another is known on the same matter is told to readers beside what was looked for
        stands = {slug(force.value) for force in OPEN} if told == FOLLOWED else {slug(told)}
        assert row["status"] in stands, row["id"]
    assert not [r["id"] for r in data["documents"] if r["status"] == "con-hieu-luc" and not r["status_checked"]]
    assert not [r["id"] for r in data["documents"] if r["status"] == "duoc-thay-the" and not r["status_by"]]


def test_status_number_and_day_are_those_of_the_record(toy_data: Any) -> None:
    by_id = {row["id"]: row for row in toy_data["documents"]}
    row = by_id["quy-dinh-991-qd-tw-2022"]
    assert (row["status"], row["status_by"]) == ("duoc-thay-the", "quy-dinh-1203-qd-tw-2025")
    assert (row["number"], row["date"], row["evidence"]) == ("991-QĐ/TW", "2022-03-04", "chi-duoc-nhac-ten")
    assert by_id["chi-thi-34-ct-tu-song-may-2023"]["status"] == "chua-kiem-tra"


def test_bodies_that_the_lead_directs_are_told(toy: Path) -> None:
    """Whoever leads has others do it: those are told as such, and no body is named twice."""
    (toy / "articles/song-may/2024-03-01-chi-dao.md").write_text(DIRECTED, encoding="utf-8")
    kb, problems = read_knowledge(toy)
    assert kb is not None, problems
    pages = render_pages(kb)
    lead, executor = "dang-uy-uy-ban-nhan-dan-tinh-song-may", "uy-ban-nhan-dan-tinh-song-may"
    [row] = [row for row in json.loads(render_exports(kb)["du-lieu/kho.json"])["assignments"] if row["executors"]]
    assert (row["lead"], row["executors"]) == ([lead], [executor])
    assert f"#{row['anchor']})" in pages[f"co-quan/{executor}.md"]
    shown = re.findall(r"<tr .*?</tr>", pages["nhiem-vu/index.md"])
    cell = next(x for x in shown if f'#{row["anchor"]}"' in x)
    assert "<td>Chỉ đạo UBND tỉnh" in cell and "thực hiện: " not in cell
    chosen = re.search(r'data-co-quan="([^"]*)"', cell)
    assert chosen and "Ủy ban nhân dân tỉnh Sông Mây" in chosen[1].split("|")


def test_only_our_digests_have_our_licence() -> None:
    kb, _ = read_knowledge(TOY)
    assert kb
    made, pages = render_exports(kb), render_pages(kb)
    data = json.loads(made["du-lieu/kho.json"])
    rights = {row["id"]: row["rights"] for row in data["articles"]}
    assert set(rights.values()) == {"tom-luoc", "van-ban-hanh-chinh"}
    for row in data["statements"]:
        assert row["rights"] == rights[row["article"]]
        assert bool(row["text"]) == (row["rights"] == "tom-luoc"), row["id"]
    assert {row["rights"] for row in data["statements"]} == set(rights.values())
    for row in data["assignments"]:
        ours = row["rights"] == "tom-luoc"
        assert row["rights"] == rights[row["article"]]
        assert bool(row["task"]) == ours, row["id"]
        assert ours or not (row["giver_words"] or row["addressees"] or row["deadline"]), row["id"]
    assert {row["rights"] for row in data["assignments"]} == set(rights.values())
    assert data["license"] == "CC BY 4.0" and "không thuộc giấy phép này" in data["license_scope"]
    for identity, right in rights.items():
        assert ("creativecommons.org/licenses/by/4.0" in pages[f"nguon/{identity}.md"]) == (right == "tom-luoc")
    assert "không thuộc giấy phép này" in pages["du-lieu/index.md"]


def test_csv_opens_right_and_runs_nothing(files: dict[str, bytes], data: Any) -> None:
    for table in TABLES:
        raw = files[f"du-lieu/{table.name}.csv"]
        assert raw.startswith(b"\xef\xbb\xbf") and raw.endswith(b"\r\n")
        rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
        assert len(rows) == len(data[table.name])
        for row in rows:
            assert not [v for v in row.values() if v.startswith(("=", "+", "-", "@", "\t", "\r"))], table.name


def test_workbooks_are_for_people(files: dict[str, bytes], data: Any, pages: dict[str, str]) -> None:
    """Vietnamese heads, as many rows as the table, names for ids, texts only, no time but one."""
    codes = {row["id"] for name in ("documents", "bodies", "themes", "provinces") for row in data[name]}
    for table in TABLES:
        raw = files[f"du-lieu/{table.name}.xlsx"]
        assert f"]({table.name}.xlsx)" in pages["du-lieu/index.md"]
        assert set(HEADS[table.name]) <= {field.name for field in table.fields}
        sheet = load_workbook(io.BytesIO(raw)).active
        assert sheet is not None
        heads, *rows = sheet.iter_rows()
        assert [cell.value for cell in heads] == ["TT", *HEADS[table.name].values()]
        assert [row[0].value for row in rows] == list(range(1, len(data[table.name]) + 1))
        texts = [cell for row in rows for cell in row[1:] if cell.value is not None]
        assert texts and {cell.data_type for cell in texts} == {"s"}
        if table.name != "evidence":  # kinds of bodies have no page, so no name
            assert not [cell.value for cell in texts if cell.value in codes], table.name
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", "\t=1", " =cmd|' /C calc'!A0", "\r=1", "＝1"])
def test_formulas_become_words(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["34-CT/TU", "Đà Nẵng", "", "2023-10-27"])
def test_words_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


def test_feeds_are_atom_with_lasting_ids(files: dict[str, bytes], pages: dict[str, str]) -> None:
    feeds = {path: raw for path, raw in files.items() if path.endswith("feed.xml")}
    assert {"feed.xml", "chu-de", "dia-phuong"} <= {path.split("/")[0] for path in feeds}
    seen: dict[tuple[str, str], str] = {}
    for path, raw in feeds.items():
        root = ET.fromstring(raw.decode())
        assert root.tag == f"{ATOM}feed" and root.findtext(f"{ATOM}updated")
        ids = [root.findtext(f"{ATOM}id"), *(e.findtext(f"{ATOM}id") for e in root.iter(f"{ATOM}entry"))]
        assert len(ids) == len(set(ids)) > 1
        assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", i or "") for i in ids), path
        for entry in root.iter(f"{ATOM}entry"):
            link = entry.find(f"{ATOM}link")
            assert link is not None
            target = link.get("href", "").replace("../", "").rstrip("/")
            assert ("index.md" if target == "." else f"{target}.md") in pages
            day = (entry.findtext(f"{ATOM}updated") or "") if "/" not in target else ""  # a list: what one day brought
            own = entry.findtext(f"{ATOM}id") or ""
            assert seen.setdefault((target, day), own) == own


def test_the_id_of_an_entry_comes_of_its_address_alone() -> None:
    """As published with the first feeds: other ids would show readers of feeds all of it as new."""
    assert _identity("van-ban/chi-thi-34-ct-tu-da-nang-2023/") == "urn:uuid:554fe0fa-da7f-5ab6-bf44-bc238ddf6fa0"


def test_pages_name_a_feed_only_where_there_is_one(files: dict[str, bytes], pages: dict[str, str]) -> None:
    for path, page in pages.items():
        if path.startswith(("chu-de/", "dia-phuong/")) and not path.endswith("index.md"):
            assert ('"feed": true' in page) == (path.replace(".md", "/feed.xml") in files), path


def test_every_field_is_explained(pages: dict[str, str]) -> None:
    page = pages["du-lieu/index.md"]
    for table in TABLES:
        assert f"{table.name}.csv" in page
        for field in table.fields:
            assert f"| `{field.name}` |" in page
