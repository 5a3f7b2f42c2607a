"""What must be known of a document goes wherever its name goes: planted cases, looked up on every kind of page and in
every file that names them."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from openpyxl import load_workbook

from building import TOY, build_docs, read_knowledge
from knowledge_base.core.models import Paragraph, ParagraphKind
from knowledge_base.publish.pages.excerpts import (
    LONGEST,
    Excerpt,
    find_excerpt,
    find_opening,
    join_opening,
    skip_ordinal,
)
from knowledge_base.publish.pages.index import Index
from knowledge_base.publish.pages.render import WORTH_FILTER
from knowledge_base.publish.pages.said_once import say_once
from knowledge_base.publish.pages.unbroken import keep_whole

RECORDS = """
- id: chi-thi-70-ct-tu-song-may-2026
  type: chi-thi
  number: 70-CT/TU
  province: song-may
  date: {value: 2026-04-01, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
  status: {value: Hết hiệu lực, evidence: []}
- id: chi-thi-71-ct-tu-song-may-2026
  type: chi-thi
  number: 71-CT/TU
  province: song-may
  date: {value: 2026-04-02, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
- id: chi-thi-72-ct-tu-song-may-2026
  type: chi-thi
  number: 72-CT/TU
  province: song-may
  date: {value: 2026-10-02, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
  in_force: {value: 2031-01-01, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
  relations:
    - {relation: thay-the, target: chi-thi-71-ct-tu-song-may-2026,
       evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
- id: chi-thi-73-ct-tu-song-may-2026
  type: chi-thi
  number: 73-CT/TU
  province: song-may
  date: {value: 2026-04-03, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
  status:
    value: Còn hiệu lực
    evidence:
      - {host: mot.example, kind: bao, copy_of: goc.example, read: 2026-11-22}
      - {host: hai.example, kind: bao, copy_of: goc.example, read: 2026-11-22}
- id: chi-thi-74-ct-tu-song-may-2026
  type: chi-thi
  number: 74-CT/TU
  province: song-may
  date: {value: 2026-04-04, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
  status: {value: Còn hiệu lực, evidence: [{host: songmay.example, kind: van-ban, read: 2023-11-20}]}
- id: chi-thi-75-ct-tu-song-may-2026
  type: chi-thi
  number: 75-CT/TU
  province: song-may
  title:
    value: tăng cường kỷ luật, kỷ cương
    evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]
  date: {value: 2026-10-05, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
- id: chi-thi-76-ct-tu-song-may-2026
  type: chi-thi
  number: 76-CT/TU
  province: song-may
  date: {value: 2026-10-06, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
  relations:
    - {relation: thay-the, target: chi-thi-75-ct-tu-song-may-2026,
       evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
- id: chi-thi-77-ct-tu-song-may-2026
  type: chi-thi
  number: 77-CT/TU
  province: song-may
  date: {value: 2026-10-07, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
  themes: [{theme: ne-tranh-dun-day, reason: Điều 2 nói về người đứng đầu đùn đẩy việc}]
  relations:
    - {relation: can-cu, target: chi-thi-76-ct-tu-song-may-2026,
       evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
- id: chi-thi-78-ct-tu-song-may-2026
  type: chi-thi
  number: 78-CT/TU
  province: song-may
  date: {value: 2026-04-08, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
  searched: [{for: van-ban-thay-the, day: 2026-11-22, reach: 2026-10}]
- id: chi-thi-79-ct-tu-song-may-2026
  type: chi-thi
  number: 79-CT/TU
  province: song-may
  date: {value: 2026-10-08, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
  in_force: {value: 2026-10-10, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
  relations:
    - {relation: noi-tiep, target: chi-thi-78-ct-tu-song-may-2026,
       evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
- id: chi-thi-80-ct-tu-song-may-2026
  type: chi-thi
  number: 80-CT/TU
  province: song-may
  title:
    value: chuyển đổi số
    note: chỉ đúng với trích yếu
    evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]
  date: {value: 2026-10-09, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
  searched: [{for: hieu-luc, day: 2026-11-22, where: công báo}]
- id: chi-thi-81-ct-tu-song-may-2026
  type: chi-thi
  number: 81-CT/TU
  province: song-may
  date: {value: 2026-04-11, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
- id: chi-thi-82-ct-tu-song-may-2026
  type: chi-thi
  number: 82-CT/TU
  province: song-may
  date: {value: 2026-04-12, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
  relations:
    - {relation: thay-the, target: chi-thi-81-ct-tu-song-may-2026, evidence: []}
- id: chi-thi-83-ct-tu-song-may-2026
  type: chi-thi
  number: 83-CT/TU
  province: song-may
  date: {value: 2026-04-13, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
- id: chi-thi-84-ct-tu-song-may-2026
  type: chi-thi
  number: 84-CT/TU
  province: song-may
  date: {value: 2026-04-14, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
  relations:
    - {relation: thay-the, target: chi-thi-83-ct-tu-song-may-2026,
       evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
- id: chi-thi-85-ct-tu-song-may-2026
  type: chi-thi
  number: 85-CT/TU
  province: song-may
  date: {value: 2026-04-15, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
  relations:
    - {relation: noi-tiep, target: chi-thi-84-ct-tu-song-may-2026,
       evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
- id: chi-thi-86-ct-tu-song-may-2026
  type: chi-thi
  number: 86-CT/TU
  province: song-may
  date: {value: 2026-03-01, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
- id: chi-thi-87-ct-tu-song-may-2026
  type: chi-thi
  number: 87-CT/TU
  province: song-may
  date: {value: 2026-03-02, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
  relations:
    - {relation: thay-the, target: chi-thi-86-ct-tu-song-may-2026,
       evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
- id: chi-thi-88-ct-tu-song-may-2026
  type: chi-thi
  number: 88-CT/TU
  province: song-may
  date: {value: 2026-03-03, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
  relations:
    - {relation: thay-the, target: chi-thi-87-ct-tu-song-may-2026,
       evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
- id: chi-thi-89-ct-tu-song-may-2026
  type: chi-thi
  number: 89-CT/TU
  province: song-may
  date: {value: 2026-03-04, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
- id: chi-thi-90-ct-tu-song-may-2026
  type: chi-thi
  number: 90-CT/TU
  province: song-may
  date: {value: 2026-03-05, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
  relations:
    - {relation: sua-doi, target: chi-thi-89-ct-tu-song-may-2026,
       evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
- id: chi-thi-91-ct-tu-song-may-2026
  type: chi-thi
  number: 91-CT/TU
  province: song-may
  date: {value: 2026-03-06, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
  relations:
    - {relation: noi-tiep, target: chi-thi-89-ct-tu-song-may-2026,
       evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
"""
FOLLOWING = """
- id: noi-tiep
  role: noi-tiep
  name: Văn bản trước cùng nội dung
  inverse: Văn bản sau cùng nội dung
  strength: weak
  cues: [nối tiếp]
- id: sua-doi
  role: sua-doi
  name: Sửa đổi, bổ sung
  inverse: Được sửa đổi, bổ sung bởi
  cues: [sửa đổi]
"""
ARTICLE = """---
title: Tỉnh Sông Mây siết kỷ luật, kỷ cương theo Chỉ thị 75-CT/TU
outlet: bao-song-may
published: 2026-10-20
province: song-may
evidence: bao-tuong-thuat
rights: tom-luoc
document: chi-thi-75-ct-tu-song-may-2026
---

Ban Thường vụ Tỉnh ủy Sông Mây ban hành Chỉ thị số 75-CT/TU ngày 5-10-2026 về tăng cường kỷ luật, kỷ cương; cùng nội
dung có Chỉ thị số 70-CT/TU ngày 1-4-2026, Chỉ thị số 71-CT/TU ngày 2-4-2026, Chỉ thị số 73-CT/TU ngày 3-4-2026, Chỉ
thị số 74-CT/TU ngày 4-4-2026.

Chỉ thị số 75-CT/TU giao Ban Tuyên giáo Tỉnh ủy tuyên truyền về kỷ luật, kỷ cương trong quý IV-2026.

Bí thư Tỉnh ủy Sông Mây yêu cầu các cấp ủy và người đứng đầu các cấp rà soát mọi việc đang làm ở địa phương, đơn vị
mình, ghi rõ việc nào chậm, việc nào chưa có người làm, việc nào đã quá hạn mà chưa báo cáo, việc nào dân đã hỏi nhiều
lần mà chưa được trả lời, việc nào phải hỏi ý kiến nhiều nơi mới làm được, việc nào đã làm xong mà chưa ai hay, việc
nào nên bớt đi, việc nào nên giao cho nơi khác làm thì nhanh hơn; báo cáo theo Chỉ thị số 80-CT/TU ngày 9-10-2026.
"""
STATES = {
    "70": "có thể đã hết hiệu lực, chưa kiểm tra",
    "71": "từ 01-01-2031 sẽ được thay thế bởi 72-CT/TU",
    "72": "có hiệu lực từ 01-01-2031",
    "73": "còn hiệu lực, theo một nguồn",
    "74": None,
    "75": "được thay thế bởi 76-CT/TU",
    "76": "chưa kiểm tra hiệu lực",
    "78": "đã có 79-CT/TU (08-10-2026) về cùng việc; chưa thấy văn bản nói thay thế, tìm 22-11-2026",
    "79": "có hiệu lực từ 10-10-2026; chưa kiểm tra nay còn hay hết",
    "80": "đã tìm 22-11-2026, chưa rõ hiệu lực",
    "81": "có thể đã được thay thế bởi 82-CT/TU, chưa kiểm tra",
    "83": "được thay thế bởi 84-CT/TU; 84-CT/TU đã có 85-CT/TU về cùng việc",
    "86": "được thay thế bởi 87-CT/TU; 87-CT/TU được thay thế bởi 88-CT/TU",
    "89": "được sửa đổi, bổ sung bởi 90-CT/TU, đã có 91-CT/TU (06-03-2026) về cùng việc; chưa rõ có thay thế",
}
"""The number of each planted directive and what must be known of it; None: nothing."""
REPLACED = "chi-thi-75-ct-tu-song-may-2026"


def _id(number: str) -> str:
    return f"chi-thi-{number}-ct-tu-song-may-2026"


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("states")
    sources = Path(shutil.copytree(TOY, folder / "sources"))
    record = sources / "documents/song-may.yml"
    record.write_text(record.read_text(encoding="utf-8") + RECORDS, encoding="utf-8")
    relations = sources / "vocabularies/relations.yml"
    relations.write_text(relations.read_text(encoding="utf-8") + FOLLOWING, encoding="utf-8")
    (sources / "articles/song-may/2026-10-20-ky-cuong.md").write_text(ARTICLE, encoding="utf-8")
    return build_docs(sources, folder / "docs")


@pytest.fixture(scope="module")
def pages(docs: Path) -> dict[str, str]:
    return {path.relative_to(docs).as_posix(): path.read_text(encoding="utf-8") for path in docs.rglob("*.md")}


@pytest.fixture(scope="module")
def rest(docs: Path) -> str:
    """The rows that the list of all documents leaves out of its page."""
    return "\n".join(json.loads((docs / "van-ban/con-lai.json").read_text(encoding="utf-8")).values()).replace(
        "</tr>", "</tr>\n"
    )


def _named(pages: dict[str, str], identity: str) -> list[tuple[str, str]]:
    """Return each page whose words link to a document, with those from the link to the end of its line."""
    link = re.compile(rf"{identity}(?:\.md|/)(?:#[^)\"]*)?[)\"](?P<rest>.*)")
    own = f"van-ban/{identity}.md"
    return [
        (path, m["rest"])
        for path, text in pages.items()
        if path != own
        for m in link.finditer(text.split("---\n", 2)[2])
    ]


def test_a_replaced_document_is_so_wherever_it_is_named(pages: dict[str, str]) -> None:
    named = _named(pages, REPLACED)
    kinds = {path.split("/")[0] for path, _ in named}
    assert kinds >= {
        "index.md",
        "van-ban",
        "chu-de",
        "co-quan",
        "dia-phuong",
        "so-hieu",
        "so-sanh",
        "nhiem-vu",
        "nguon",
        "tra-cuu",
    }
    # near the name, or in the same row where the list has a column for it; on the page of what replaced it the lists
    # are headed so
    newer = pages[f"van-ban/{_id('76')}.md"]
    assert "- **Thay thế:** " in newer and "\n### Thay thế\n" in newer
    others = [(path, rest) for path, rest in named if path != f"van-ban/{_id('76')}.md"]
    near = [(path, rest if rest.endswith("</tr>") else rest[:300]) for path, rest in others]
    silent = [(path, rest[:160]) for path, rest in near if not re.search("thay thế|→", rest)]
    assert silent == []


@pytest.mark.parametrize(("number", "words"), STATES.items(), ids=STATES)
def test_lists_say_what_must_be_known(pages: dict[str, str], rest: str, number: str, words: str | None) -> None:
    def bare(html: str) -> str:
        return re.sub(r'<span class="so-hieu">((?:[^<]|<wbr>)*)</span>', lambda m: m[1].replace("<wbr>", ""), html)

    listed = {path: bare(text) for path, text in pages.items()}
    listed["van-ban/index.md"] += bare(rest)
    for page in ("van-ban/index.md", f"so-hieu/{number}-ct-tu.md", "dia-phuong/song-may.md", "tra-cuu/a-z.md"):
        (line,) = {
            unescape(after) for path, after in _named(listed, _id(number)) if path == page and "can-biet" in after
        } or {""}
        assert (words or "") in line and ("can-biet" in line) == bool(words), page


def test_the_page_itself_tells_the_day_and_certainty_of_its_status(pages: dict[str, str]) -> None:
    def box(number: str) -> str:
        text = pages[f"van-ban/{_id(number)}.md"]
        return text[text.index("kb-the-trang") : text.index("kb-the-ben")]

    assert "chưa kiểm tra" in box("70")
    assert 'nhan--canh-bao">Có thể đã được thay thế</span> bởi' in box("81") and "chưa kiểm tra" in box("81")
    assert "01-01-2031" in box("71") and "72-CT/TU" in box("71")
    assert "theo một nguồn" in box("73") and "22-11-2026" in box("73")
    assert 'data-tinh-den="2023-11-20"' in box("74") and "20-11-2023" in box("74")
    assert "76-CT/TU" in box("75")
    assert 'nhan--canh-bao nhan--cau">Đã có [79-CT/TU](chi-thi-79-ct-tu-song-may-2026.md)' in box("78")
    assert "nay còn hay hết; có hiệu lực từ 10-10-2026" in box("79")
    assert "tìm 22-11-2026 ở công báo" in box("80") and "Chưa kiểm tra" not in box("80")
    assert "Đã tìm, chưa thấy |" not in pages[f"van-ban/{_id('80')}.md"]


def test_open_data_feeds_and_search_carry_it(docs: Path) -> None:
    data = json.loads((docs / "du-lieu/kho.json").read_text(encoding="utf-8"))
    rows = {row["id"]: row for row in data["documents"]}
    assert {number: rows[_id(number)]["state"] for number in STATES} == STATES
    (task,) = [row for row in data["assignments"] if row["document"] == REPLACED]
    assert task["document_state"] == STATES["75"]
    assert any(f"{REPLACED}: {STATES['75']}" in row["document_states"] for row in data["statements"])
    (relation,) = [row for row in data["relations"] if row["target"] == REPLACED]
    assert (relation["target_state"], relation["source_state"]) == (STATES["75"], STATES["76"])
    (csv_row,) = [line for line in (docs / "du-lieu/documents.csv").read_text("utf-8").splitlines() if REPLACED in line]
    assert str(STATES["75"]) in csv_row
    for feed in (docs / "feed.xml", docs / "dia-phuong/song-may/feed.xml"):
        assert re.search(r"<title>Chỉ thị 75-CT/TU \([^)]*; được thay thế bởi 76-CT/TU\)", feed.read_text("utf-8"))
    columns = json.loads((docs / "tra-cuu/chi-muc/van-ban-1.json").read_text(encoding="utf-8"))["trang"]
    at = columns["so"].index("75-CT/TU")
    assert (columns["cb"][at], columns["doi"][at]) == (STATES["75"], 1)


def test_rows_that_come_later_keep_numbers_on_one_line(rest: str) -> None:
    assert '<span class="so-hieu">' in rest and keep_whole(rest) == rest


def test_marks_hold_any_name(toy: Path) -> None:
    record = toy / "documents/song-may.yml"
    name = 'Chỉ thị "không né tránh" <b>việc</b>'
    row = f"- {{id: chi-thi-khong-ne-tranh, type: chi-thi, province: song-may, names: ['{name}']}}\n"
    record.write_text(record.read_text(encoding="utf-8") + row, encoding="utf-8")
    docs = build_docs(toy, toy.parent / "docs")
    page = (docs / "dia-phuong/song-may.md").read_text(encoding="utf-8")
    rest = json.loads((docs / "van-ban/con-lai.json").read_text(encoding="utf-8"))["song-may"]
    assert 'data-van-ban="Chỉ thị &quot;không né tránh&quot; &lt;b&gt;việc&lt;/b&gt;"' in rest
    assert 'data-van-ban="Chỉ thị &quot;không né tránh&quot; &lt;b&gt;việc&lt;/b&gt;"' in page


def test_a_copied_citation_says_it_too(pages: dict[str, str]) -> None:
    head = re.search(r"^kb: (.*)$", pages[f"van-ban/{REPLACED}.md"], re.MULTILINE)
    assert head
    kb = json.loads(head[1])
    assert kb["state"] == STATES["75"] and "songmay.example" in kb["cite_by"]
    assert "tình trạng: đã tìm, chưa rõ hiệu lực (tìm 22-11-2026 ở công báo)" in pages[f"van-ban/{_id('80')}.md"]
    article = re.search(r"^kb: (.*)$", pages["nguon/2026-10-20-ky-cuong.md"], re.MULTILINE)
    assert article and json.loads(article[1])["state"] == STATES["75"]


def test_what_rests_on_a_document_tells_when_it_was_in_use(pages: dict[str, str]) -> None:
    box = pages[f"van-ban/{_id('76')}.md"].split("kb-the-ben")[0]
    assert re.search(r"được lấy làm căn cứ gần nhất ngày 07-10-2026, ở \[77-CT/TU\]", box)
    assert "lấy làm căn cứ" not in pages[f"van-ban/{REPLACED}.md"]


def test_an_editor_may_declare_a_theme_with_a_reason(pages: dict[str, str]) -> None:
    assert "[Né tránh, đùn đẩy](../chu-de/ne-tranh-dun-day.md): Điều 2 nói về" in pages[f"van-ban/{_id('77')}.md"]
    assert _id("77") in pages["chu-de/ne-tranh-dun-day.md"]


def test_the_end_of_a_body_tells_how_sure_it_is(pages: dict[str, str]) -> None:
    for body in ("ban-thuong-vu-tinh-uy-doi-gio", "ban-dan-van-tinh-uy-song-may"):  # inferred; read of no province
        box = pages[f"co-quan/{body}.md"].split("kb-the-ben")[0]
        assert re.search(r"Tình trạng:.*chưa kiểm tra</span>$", box, re.MULTILINE), body


def test_a_replaced_document_is_not_said_to_be_now_another(pages: dict[str, str]) -> None:
    changed = [m for text in pages.values() for m in re.findall(r"Đã thay đổi: .{0,120}", text)]
    assert changed and all(re.search("được thay thế bởi|sửa đổi|bãi bỏ|hết hiệu lực", words) for words in changed)


def test_a_note_stands_with_its_own_fact_alone(pages: dict[str, str]) -> None:
    rows = [row for row in pages[f"van-ban/{_id('80')}.md"].splitlines() if "chỉ đúng với trích yếu" in row]
    assert len(rows) == 1 and rows[0].startswith("| Về trích yếu |")


OPENINGS = (
    ("Chỉ thị số 75-CT/TU yêu cầu làm rõ một việc, làm rõ việc khác.", "làm rõ việc khác", True,
     "Chỉ thị số 75-CT/TU yêu cầu"),
    ("Ban Thường vụ cũng nêu hạn chế: có nơi lỏng lẻo. Vẫn còn người vi phạm.", "Vẫn còn", False,
     "Ban Thường vụ cũng nêu hạn chế:"),
    ("Ban Thường vụ yêu cầu làm rõ. Vẫn còn người vi phạm.", "Vẫn còn", False, None),
    ("Ban Thường vụ nêu: có nơi lỏng lẻo. Bí thư đề nghị sửa ngay.", "Bí thư", False, None),
    ("Ban Thường vụ nêu: có nơi lỏng lẻo.", "Ban", False, None),
)  # fmt: skip
"""A paragraph, where its excerpt begins, whether a sentence was cut there, and the words that say whose it is."""


@pytest.mark.parametrize(("text", "begin", "cut", "opening"), OPENINGS)
def test_an_excerpt_keeps_its_speaker(text: str, begin: str, cut: bool, opening: str | None) -> None:
    paragraph = Paragraph(ParagraphKind.PARAGRAPH, text, 40, 1)
    found = find_opening(paragraph, Excerpt(40 + text.index(begin), paragraph.end, cut_before=cut))
    assert (text[found[0] - 40 : found[1] - 40] if found else None) == opening


def test_no_dots_stand_where_nothing_was_cut() -> None:
    text = "Theo Bí thư, Ban Thường vụ vừa quyết định một việc: các tổ làm rõ việc của mình; sau đó báo cáo."
    paragraph = Paragraph(ParagraphKind.PARAGRAPH, text, 40, 1)
    behind, later = (Excerpt(40 + text.index(words), paragraph.end, cut_before=True) for words in ("các tổ", "sau đó"))
    assert join_opening(paragraph, behind) == Excerpt(40, paragraph.end)
    assert join_opening(paragraph, later) == later


def test_an_excerpt_keeps_those_who_are_asked(pages: dict[str, str]) -> None:
    said = "Bí thư Tỉnh ủy Sông Mây yêu cầu các cấp ủy và người đứng đầu các cấp</span> … báo cáo theo"
    assert said in pages[f"van-ban/{_id('80')}.md"]


def _shown(text: str, mention: str) -> str:
    """Return the excerpt of a paragraph around a mention, with dots where it was cut."""
    start = 40 + text.index(mention)
    part = find_excerpt(Paragraph(ParagraphKind.PARAGRAPH, text, 40, 1), start, start + len(mention), ())
    return part.show(text[part.start - 40 : part.end - 40])


def test_an_excerpt_never_begins_inside_an_enumeration() -> None:
    before = "Bí thư đề nghị các cấp ủy nhận diện các biểu hiện né tránh, đùn đẩy, không làm đúng chức trách"
    behind = "nêu việc phải làm của từng người" + ", của từng tổ" * 30
    assert _shown(f"{before}; {behind}; tự soi, tự sửa.", "tự soi").startswith("… tự soi")
    assert _shown(f"{before}; {behind}, tự soi, tự sửa.", "tự soi").startswith("… nêu việc")
    long = f"{before}{', của từng nơi' * 30}, tự soi, tự sửa."
    assert len(long) > LONGEST and _shown(long, "tự soi").startswith("Bí thư đề nghị")
    dashes = f"Tổ kinh tế - xã hội{', của từng nơi' * 30}, tự soi, tự sửa."
    assert _shown(dashes, "tự soi").startswith("Tổ kinh tế")


def test_an_ordinal_does_not_stand_alone() -> None:
    text = "Thứ ba, giữ kỷ luật"
    assert text[skip_ordinal(text, Excerpt(0, len(text))).start :] == "giữ kỷ luật"


def test_speakers_have_their_province(pages: dict[str, str]) -> None:
    said = [text for path, text in pages.items() if path.startswith(("so-sanh/", "chu-de/"))]
    assert any(re.search(r"(Tỉnh|Thành) ủy &#91;[^&]+&#93;", text) for text in said)


def test_a_draft_is_told_of_a_document_that_has_a_later_one(docs: Path) -> None:
    known = json.loads((docs / "kiem-tra-du-thao/kho.json").read_text(encoding="utf-8"))["documents"]
    followed = [row for row in known if "về cùng việc" in row.get("state", "")]
    assert followed and all(row.get("grave") for row in followed)


def test_a_document_with_a_later_one_is_filed_under_that(docs: Path, pages: dict[str, str]) -> None:
    """In the choices of the search page and in what cards read; the open data keep their own words."""
    label = "Đã có văn bản sau về cùng việc"
    assert f'"status": "{label}"' in pages[f"van-ban/{_id('78')}.md"]
    assert f'>{label}</a> <span class="phu">2</span>' in pages["tra-cuu/index.md"]
    assert f'"status": "{label}"' not in pages[f"van-ban/{_id('79')}.md"] + pages[f"van-ban/{_id('80')}.md"]
    rows = (docs / "du-lieu/documents.csv").read_text(encoding="utf-8")
    assert label not in rows and "da-tim-chua-thay-van-ban-thay-the" in rows
    sheet = load_workbook(docs / "du-lieu/documents.xlsx").active
    assert [label in row for row in sheet.iter_rows(values_only=True)].count(True) == 2


def test_a_page_names_its_own_document_once_in_the_state_of_another(pages: dict[str, str]) -> None:
    box = pages[f"van-ban/{_id('84')}.md"].split("kb-the-ben")[0].split("# Chỉ thị")[1]
    (line,) = (x for x in box.splitlines() if "83-ct-tu" in x)
    assert line.startswith("- **Thay thế:** ") and "84-CT/TU" not in line and "văn bản này" not in line


def test_only_a_long_list_of_tasks_has_a_box_to_filter_it(tmp_path: Path) -> None:
    sources = Path(shutil.copytree(TOY, tmp_path / "sources"))
    head = ARTICLE.partition("\n\n")[0].replace("document: chi-thi-75-ct-tu-song-may-2026\n", "")
    asked = (f"Tỉnh ủy Sông Mây giao Ban Tuyên giáo Tỉnh ủy lập danh sách số {n}." for n in range(WORTH_FILTER))
    article = "\n\n".join([head, *asked]) + "\n"
    (sources / "articles/song-may/2026-10-20-danh-sach.md").write_text(article, encoding="utf-8")
    docs = build_docs(sources, tmp_path / "docs")
    tables = {path.stem: path.read_text(encoding="utf-8") for path in (docs / "nhiem-vu").glob("*.md")}
    rows = {name: text.count("<tr ") for name, text in tables.items() if "kb-viec" in text}
    assert rows["song-may"] >= WORTH_FILTER > rows["doi-gio"]
    assert {name for name in rows if "data-bo-loc" in tables[name]} == {n for n in rows if rows[n] >= WORTH_FILTER}


def test_a_draft_is_told_the_day_of_a_search_once(docs: Path) -> None:
    known = json.loads((docs / "kiem-tra-du-thao/kho.json").read_text(encoding="utf-8"))["documents"]
    of_id = {row["id"]: row for row in known}
    assert "tìm 22-11-2026" in of_id[_id("78")]["state"] and "as_of" not in of_id[_id("78")]
    assert of_id[_id("75")]["as_of"] == "2026-11-22"


def test_what_stands_in_the_place_of_a_document_is_the_last_that_is_in_force(docs: Path) -> None:
    """In the draft check and in the search alike: 86 → 87 → 88; 71 stands until 2031; 85 only follows 84."""
    known = json.loads((docs / "kiem-tra-du-thao/kho.json").read_text(encoding="utf-8"))["documents"]
    of_id = {row["id"]: row for row in known}
    newer = {n: (of_id[_id(n)].get("replaced_by"), of_id[_id(n)].get("followed_by")) for n in ("86", "83", "71", "84")}
    assert newer == {"86": (_id("88"), None), "83": (_id("84"), None), "71": (None, None), "84": (None, _id("85"))}
    columns = json.loads((docs / "tra-cuu/chi-muc/van-ban-1.json").read_text(encoding="utf-8"))["trang"]
    ((target, reason),) = columns["sau"][columns["so"].index("86-CT/TU")]
    assert target.endswith(_id("88"))
    assert reason == "86-CT/TU được thay thế bởi 87-CT/TU; 87-CT/TU được thay thế bởi 88-CT/TU"


def _named_in(marks: int, others: int) -> str:
    ordinary = '<span class="can-biet can-biet--chua">chưa kiểm tra hiệu lực</span>'
    return "Đầu trang. <!-- noi-mot-lan -->\n\n" + ordinary * marks + '<span class="can-biet">khác</span>' * others


@pytest.fixture(scope="module")
def index(docs: Path) -> Index:
    """The index of the planted documents."""
    kb, problems = read_knowledge(docs.parent / "sources")
    assert kb is not None, problems
    return Index(kb)


@pytest.mark.parametrize(("marks", "others", "is_said"), [(6, 0, True), (5, 0, False), (6, 6, False), (7, 6, True)])
def test_what_holds_for_most_is_said_once_where_there_are_many(
    index: Index, marks: int, others: int, is_said: bool
) -> None:
    page, told = say_once(_named_in(marks, others), index)
    assert told is is_said and "noi-mot-lan" not in page
    assert page.startswith("Đầu trang. Văn bản không kèm lời ghi nào: chưa" if is_said else "Đầu trang.\n")
    assert page.count("can-biet--chua") == marks, "the words stay behind every name"
    assert not say_once("không có chỗ" + _named_in(marks, others).partition("-->")[2], index)[1]


@pytest.mark.parametrize(
    ("bare", "is_said"),
    [
        ("76", True),  # nobody has looked it up, as the sentence says
        ("74", False),  # in force
        ("80", False),  # searched
        ("79", False),  # its day of effect is known
    ],
)
@pytest.mark.parametrize("form", ["[Chỉ thị](../van-ban/{}.md) nêu rõ", '<a href="../../van-ban/{}/#van">Chỉ thị</a>'])
def test_it_is_said_once_only_where_it_is_true_of_every_bare_name(
    index: Index, form: str, bare: str, is_said: bool
) -> None:
    link = form.format(_id(bare))
    page, told = say_once(f"{_named_in(6, 0)}\n\n- {link}", index)
    assert told is is_said and ("không kèm lời ghi" in page) is is_said
    marked = f'{link} <span class="can-biet">đã xem</span>'
    assert say_once(f"{_named_in(6, 0)}\n\n- {marked}", index)[1], "what bears words is no bare name"
    for after in (f"{link} {marked}", f"{link}\n{marked}"):
        assert say_once(f"{_named_in(6, 0)}\n\n- {after}", index)[1] is is_said, "a mark is of the name before it"
    assert say_once(f"{_named_in(6, 0)}\n\n[Mọi văn bản](van-ban/index.md)", index)[1], "the list is no document"


def test_a_document_in_force_says_so_where_bare_names_are_unchecked(pages: dict[str, str]) -> None:
    sentence, words = "Văn bản không kèm lời ghi nào: chưa kiểm tra hiệu lực.", "(còn hiệu lực)</span>"
    saying = {path for path, text in pages.items() if sentence in text}
    for path in saying:
        assert all(words in line for line in pages[path].splitlines() if "74-CT/TU" in line), path
    assert {path for path in saying if "74-CT/TU" in pages[path]} == {"so-hieu/index.md", "tra-cuu/a-z.md"}
    assert not [path for path in pages.keys() - saying if words in pages[path]], "elsewhere the name alone tells it"


def test_the_index_says_that_a_day_is_unchecked(pages: dict[str, str]) -> None:
    """With the year, that stands there for the whole day."""
    line = {
        name: next(line for line in pages["tra-cuu/a-z.md"].splitlines() if f"[{name}]" in line)
        for name in ("Quy định 1203-QĐ/TW", "Chỉ thị 74-CT/TU")
    }
    assert '"phu">2025 (ngày chưa kiểm tra)' in unescape(line["Quy định 1203-QĐ/TW"])
    assert '"phu">Sông Mây · 2026 <span' in line["Chỉ thị 74-CT/TU"]
