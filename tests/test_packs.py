"""Packs for sessions: what a hand-out holds, how it is chosen, and the Word files of it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from building import TOY, read_knowledge, real_knowledge
from knowledge_base.core.command_line import published_at
from knowledge_base.meaning.knowledge.entities import KnowledgeBase
from knowledge_base.publish.packs import sheets as rendering
from knowledge_base.publish.packs.choice import Pack, make_pack
from knowledge_base.publish.packs.paper import PAGE_LINES, is_unchecked, lines, source_words
from knowledge_base.publish.packs.strength import sheet_of_document, years_due
from knowledge_base.publish.pages.index import Index
from knowledge_base.publish.pages.render import render_pages
from knowledge_base.publish.pages.site import Site
from knowledge_base.publish.statements import document_statements

HOME = "https://vi-du.invalid/kho/"
LISTED = """---
title: Ba dấu hiệu của né tránh, đùn đẩy
outlet: bao-song-may
published: 2024-03-01
province: song-may
---

Bài viết về việc né tránh, đùn đẩy ở các cơ quan; sợ trách nhiệm thì sinh ra né tránh, đùn đẩy.

Bài kể những biểu hiện né tránh, đùn đẩy thường gặp:

- Hỏi ý kiến nhiều nơi về việc thuộc quyền mình.
- Để hồ sơ quá hạn rồi mới nói thiếu giấy tờ.

Bí thư Tỉnh ủy Sông Mây nhắc lại 5 biểu hiện né tránh, đùn đẩy nêu trong Chỉ thị số 34-CT/TU ngày 05-9-2023.
"""


@pytest.fixture(scope="module")
def sheets() -> dict[str, bytes]:
    return rendering.render_packs(real_knowledge(), HOME)


def _packs(kb: KnowledgeBase) -> dict[str, Pack]:
    index = Index(kb)
    return {identity: make_pack(Site(index, ""), theme) for identity, theme in index.spoken_themes.items()}


def _words(paragraph: Any) -> str:
    return "".join(part.text or "" for part in paragraph._p.iter(qn("w:t")))


def test_two_builds_give_the_same_bytes(sheets: dict[str, bytes]) -> None:
    assert rendering.render_packs(real_knowledge(), HOME) == sheets


def test_files_tell_no_time_and_no_machine(sheets: dict[str, bytes]) -> None:
    for path, data in sheets.items():
        if not path.endswith(".docx"):
            continue
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert {entry.create_system for entry in parts.infolist()} == {3}
        about = docx.Document(io.BytesIO(data)).core_properties
        assert about.created == about.modified == datetime(1980, 1, 1, tzinfo=UTC), path
        assert about.language == "vi-VN" and about.title


def test_paper_is_as_the_decree_has_it(sheets: dict[str, bytes]) -> None:
    """Nghị định 30/2020/NĐ-CP: A4, 20–25 mm above and below, 30–35 mm left, 15–20 mm right, Times New Roman."""
    for path, data in sheets.items():
        if not path.endswith(".docx"):
            continue
        document = docx.Document(io.BytesIO(data))
        [section] = document.sections
        size = [round(length.mm) for length in (section.page_width, section.page_height)]
        margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
        assert size == [210, 297]
        least, most = (20, 20, 30, 15), (25, 25, 35, 20)
        assert all(a <= round(m.mm) <= b for a, m, b in zip(least, margins, most, strict=True)), path
        normal = document.styles["Normal"]
        fonts = normal.element.rPr.rFonts
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
        assert normal.font.size.pt == (20 if path.endswith(rendering.LARGE_FILE) else 14)
        number = document.sections[0].header.paragraphs[0]._p.xml
        assert "PAGE" in number and section.different_first_page_header_footer


def test_every_statement_stands_with_its_source_and_address(sheets: dict[str, bytes]) -> None:
    for identity, pack in _packs(real_knowledge()).items():
        for name in (rendering.ONE_PAGE_FILE, rendering.LARGE_FILE):
            document = docx.Document(io.BytesIO(sheets[f"tai-lieu/{identity}/{name}"]))
            paragraphs = document.paragraphs
            targets = {rel.target_ref for rel in document.part.rels.values() if rel.is_external}
            for number, statement in enumerate(pack.chosen, 1):
                at = next(n for n, p in enumerate(paragraphs) if p.text == f"{number}. {statement.told}")
                below = _words(paragraphs[at + 1])
                star = "\u00a0(*)" if is_unchecked(statement) else ""
                assert below.startswith(source_words(statement) + star)
                assert below.endswith(HOME + statement.address)
                assert paragraphs[at].paragraph_format.keep_with_next, "a statement is never parted from its source"
                assert HOME + statement.address in targets
            said = " ".join(_words(p) for cell in document.tables[0].rows[0].cells for p in cell.paragraphs)
            assert pack.whose_words in said and pack.theme.name.upper() in said


def test_a_sheet_of_an_unpublished_site_has_no_code_and_no_link() -> None:
    made = rendering.render_packs(real_knowledge())
    assert not [path for path in made if path.endswith(".svg")]
    for identity, pack in _packs(real_knowledge()).items():
        document = docx.Document(io.BytesIO(made[f"tai-lieu/{identity}/{rendering.ONE_PAGE_FILE}"]))
        assert not document.inline_shapes and not [r for r in document.part.rels.values() if r.is_external]
        said = [_words(paragraph) for paragraph in document.paragraphs]
        assert not [words for words in said if "nguon/" in words]
        found = [words.split("Mở kho, tìm: ")[1] for words in said if "Mở kho, tìm: " in words]
        assert found == [statement.look_up for statement in pack.chosen], identity


def test_what_finds_a_statement_is_a_number_with_its_place_or_a_title(toy: Path) -> None:
    (toy / "articles/song-may/2024-03-01-ba-dau-hieu.md").write_text(LISTED, encoding="utf-8")
    kb, problems = read_knowledge(toy)
    assert kb is not None, problems
    told = {s.address.split("/")[1]: s.look_up for pack in _packs(kb).values() for s in pack.all}
    assert told["2023-09-07-siet-ky-cuong"] == "34-CT/TU Sông Mây"
    assert told["2024-03-01-ba-dau-hieu"] == "Ba dấu hiệu của né tránh, đùn đẩy"


def test_documents_with_statements_have_a_code_where_the_site_is_published(sheets: dict[str, bytes]) -> None:
    site = Site(Index(real_knowledge()), "")
    codes = {path: data for path, data in sheets.items() if path.startswith("van-ban/")}
    listed = [document for document in site.kb.documents if document_statements(site, document)]
    assert set(codes) == {f"van-ban/{document}/qr.svg" for document in listed}
    for path, data in codes.items():
        assert f"Mã QR mở {HOME}{path.removesuffix('qr.svg')}".encode() in data


def test_page_of_a_document_with_a_code_shows_it_on_paper() -> None:
    kb, problems = read_knowledge(TOY)
    assert kb is not None, problems
    coded = {path.removesuffix("/qr.svg") for path in rendering.render_packs(kb, HOME) if path.startswith("van-ban/")}
    pages = render_pages(kb, published_at=HOME)
    assert coded
    assert coded == {
        path.removesuffix(".md") for path, page in pages.items() if '<img src="qr.svg"' in page and "van-ban" in path
    }
    assert not [page for page in render_pages(kb).values() if '<img src="qr.svg"' in page]


def test_what_is_true_of_nearly_all_is_said_once_a_sheet(sheets: dict[str, bytes]) -> None:
    for identity, pack in _packs(real_knowledge()).items():
        for name in (rendering.ONE_PAGE_FILE, rendering.LARGE_FILE):
            document = docx.Document(io.BytesIO(sheets[f"tai-lieu/{identity}/{name}"]))
            said = " ".join(_words(paragraph) for paragraph in document.paragraphs)
            unchecked = [statement for statement in pack.chosen if is_unchecked(statement)]
            assert said.casefold().count("chưa kiểm tra hiệu lực") == bool(unchecked)
            assert said.count("(*)") == len(unchecked) + bool(unchecked)


def test_other_warnings_stand_at_their_line() -> None:
    [statement, *_] = next(iter(_packs(real_knowledge()).values())).chosen
    both = replace(statement, mark="chưa kiểm tra hiệu lực, căn cứ đã thay đổi")
    assert is_unchecked(both) and source_words(both).endswith("Lưu ý về văn bản: căn cứ đã thay đổi.")
    changed = replace(statement, mark="được thay thế bởi 366-QĐ/TW")
    assert not is_unchecked(changed) and source_words(changed).endswith("được thay thế bởi 366-QĐ/TW.")


@pytest.mark.parametrize(
    ("given", "home"),
    [("", ""), ("https://a.vn/kho", "https://a.vn/kho/"), (" https://a.vn/kho/ ", "https://a.vn/kho/")],
)
def test_where_the_site_is_published(monkeypatch: pytest.MonkeyPatch, given: str, home: str) -> None:
    monkeypatch.setenv("SITE_URL", given)
    assert published_at() == home


@pytest.mark.parametrize(
    "given", ['https://a.vn/"><script>', "javascript:alert(1)", "https://a.vn/kho moi", "a.vn/kho"]
)
def test_what_is_no_address_of_the_site_ends_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: str
) -> None:
    monkeypatch.setenv("SITE_URL", given)
    with pytest.raises(SystemExit) as ended:
        published_at()
    assert ended.value.code == 2
    assert "Biến SITE_URL không phải địa chỉ trang mạng" in capsys.readouterr().err


def test_hand_out_fills_a_page_and_no_more() -> None:
    for pack in _packs(real_knowledge()).values():
        used = sum(map(lines, pack.chosen))
        assert pack.chosen and (len(pack.chosen) == 1 or used <= PAGE_LINES)
        assert all(used + lines(statement) > PAGE_LINES for statement in pack.rest)
        assert len({s.choice for s in pack.all}) == len(pack.all)


ASKING = """---
title: Siết kỷ cương ở Sông Mây
outlet: bao-song-may
published: {day}
province: song-may
---

Bài về né tránh, đùn đẩy; sợ trách nhiệm thì sinh ra né tránh, đùn đẩy.

Bí thư Tỉnh ủy Sông Mây yêu cầu {demand}.
"""


@pytest.mark.parametrize(
    ("strong", "weak"),
    [
        (
            "các cấp ủy xử lý người né tránh, đùn đẩy trong 10 ngày",
            "các cấp ủy xử lý người né tránh, đùn đẩy khi thấy ở nơi mình",
        ),
        ("các cấp ủy chấm dứt né tránh, đùn đẩy", "các cấp ủy nâng cao nhận thức về né tránh, đùn đẩy"),
        ("các cấp ủy chấm dứt né tránh, đùn đẩy", "các cấp ủy làm những việc đã nêu về né tránh, đùn đẩy"),
        ("các cấp ủy chấm dứt né tránh, đùn đẩy", "Ban Tuyên giáo Tỉnh ủy chấm dứt né tránh, đùn đẩy"),
        ("các cấp ủy chấm dứt né tránh, đùn đẩy", "các cấp ủy hết né tránh, đùn đẩy trước năm 2020"),
        (
            "các cấp ủy công khai người né tránh, đùn đẩy nêu trong Chỉ thị số 26/CT-TTg ngày 05/9/2015",
            "các cấp ủy hết né tránh, đùn đẩy đến năm 2015",
        ),
    ],
)
def test_what_can_be_checked_comes_before_what_can_only_be_agreed_to(toy: Path, strong: str, weak: str) -> None:
    """Of two articles the stronger demand comes first, be it of the newer one or of the older one."""
    for days in (("2024-03-01", "2024-04-01"), ("2024-04-01", "2024-03-01")):
        for day, name, demand in zip(days, ("manh", "yeu"), (strong, weak), strict=True):
            for old in (toy / "articles/song-may").glob(f"*-{name}.md"):
                old.unlink()
            text = ASKING.format(day=day, demand=demand)
            (toy / f"articles/song-may/{day}-{name}.md").write_text(text, encoding="utf-8")
        kb, problems = read_knowledge(toy)
        assert kb is not None, problems
        said = [s.address.split("/")[1][11:] for s in _packs(kb)["ne-tranh-dun-day"].all if "Bài về" not in s.words]
        assert said.index("manh") < said.index("yeu"), said


def test_what_a_replaced_document_demands_is_in_no_hand_out_that_has_other_demands() -> None:
    for pack in _packs(real_knowledge()).values():
        replaced = [s for s in pack.chosen if s.mark.startswith("được thay thế")]
        assert not replaced or not [
            s for s in pack.rest if s in pack.demands and not s.mark.startswith("được thay thế")
        ]


def test_nearly_the_same_is_said_once_before_other_things(toy: Path) -> None:
    demands = (
        "Nghiêm cấm né tránh, đùn đẩy việc thuộc quyền mình",
        "Nghiêm cấm né tránh, đùn đẩy việc thuộc quyền mình ở xã",
        "Công khai người né tránh, đùn đẩy",
    )
    for number, demand in enumerate(demands):
        text = ASKING.format(day=f"2024-0{9 - number}-01", demand=f"các cấp ủy {demand[0].lower()}{demand[1:]}")
        (toy / f"articles/song-may/2024-0{9 - number}-01-bai.md").write_text(text, encoding="utf-8")
    kb, problems = read_knowledge(toy)
    assert kb is not None, problems
    said = [s.words.split(": ")[-1] for s in _packs(kb)["ne-tranh-dun-day"].demands if "-bai/" in s.address]
    assert [words.casefold() for words in said] == [f"{demands[at]}.".casefold() for at in (0, 2, 1)]


def test_checklist_holds_what_is_asked_of_all_not_of_single_bodies(toy: Path) -> None:
    head = LISTED.partition("Bài viết")[0]
    all_, single = "Các cấp ủy: chấm dứt né tránh, đùn đẩy.", "tuyên truyền về né tránh, đùn đẩy"
    asked = (
        "Bí thư Tỉnh ủy Sông Mây yêu cầu các cấp ủy chấm dứt né tránh, đùn đẩy.\n\n"
        f"Ban Thường vụ Tỉnh ủy giao Ban Tuyên giáo Tỉnh ủy {single}.\n"
    )
    (toy / "articles/song-may/2024-03-01-giao-viec.md").write_text(head + asked, encoding="utf-8")
    kb, problems = read_knowledge(toy)
    assert kb is not None, problems
    pack = _packs(kb)["ne-tranh-dun-day"]
    said = [s.words for s in pack.all if "giao-viec" in s.address]
    assert len(said) == 2 and any(words.endswith(f"{single}.") for words in said)
    assert [s.words for s in pack.demands if "giao-viec" in s.address] == [all_]


def test_what_is_asked_of_all_goes_by_the_excerpt_and_not_by_its_paragraph(toy: Path) -> None:
    """A long paragraph of which one sentence is shown, that asks nothing; what it asks of all is another matter. In the
    next one the sentence that is shown asks."""
    filler = "Bài kể thêm rằng hồ sơ của cấp xã được chuyển lên mạng, người dân đỡ phải đi lại nhiều lần như trước. "
    reports = "Nhiều người dân than phiền về tình trạng né tránh, đùn đẩy ở nơi họ đến nộp hồ sơ. "
    asks = "Bí thư Tỉnh ủy Sông Mây yêu cầu các cấp ủy, tổ chức đảng {}. "
    first = reports + filler * 3 + asks.format("công khai lịch tiếp dân")
    second = asks.format("chấm dứt tình trạng né tránh, đùn đẩy") + filler * 3
    head = LISTED.partition("Bài viết")[0]
    (toy / "articles/song-may/2024-03-01-hai-doan.md").write_text(f"{head}{first}\n\n{second}\n", encoding="utf-8")
    kb, problems = read_knowledge(toy)
    assert kb is not None, problems
    pack = _packs(kb)["ne-tranh-dun-day"]
    said = [s.words for s in pack.all if "hai-doan" in s.address]
    assert len(said) == 2 and said[1] == reports.strip()
    assert [s.words for s in pack.demands if "hai-doan" in s.address] == [said[0]]


def test_signs_that_are_only_counted_are_told_and_not_made_up(toy: Path) -> None:
    """The document that counts them is named; where none is, the one of whose list a record takes note."""
    (toy / "articles/song-may/2024-03-01-ba-dau-hieu.md").write_text(LISTED, encoding="utf-8")
    counted = LISTED.partition("Bài kể")[0] + "Bài nhắc 27 biểu hiện né tránh, đùn đẩy của cán bộ.\n"
    (toy / "articles/song-may/2024-03-01-ke-ra.md").write_text(counted, encoding="utf-8")
    records = toy / "documents/trung-uong.yml"
    text = records.read_text(encoding="utf-8")
    head = "- id: quy-dinh-991-qd-tw-2022\n"
    records.write_text(text.replace(head, f"{head}  note: Nêu 27 biểu hiện.\n"), encoding="utf-8", newline="\n")
    kb, problems = read_knowledge(toy)
    assert kb is not None, problems
    notes = {named.words: named.note for named in _packs(kb)["ne-tranh-dun-day"].named}
    assert set(notes) == {"5 biểu hiện", "27 biểu hiện"}
    assert all("không kê ra" in note for note in notes.values())
    assert "34-CT/TU" in notes["5 biểu hiện"] and "05-09-2023" in notes["5 biểu hiện"]
    assert "991-QĐ/TW" in notes["27 biểu hiện"], "as the record notes"


def test_listed_signs_become_rows_to_tick(toy: Path) -> None:
    (toy / "articles/song-may/2024-03-01-ba-dau-hieu.md").write_text(LISTED, encoding="utf-8")
    kb, problems = read_knowledge(toy)
    assert kb is not None, problems
    pack = _packs(kb)["ne-tranh-dun-day"]
    assert [s.words.split("gặp: ")[-1] for s in pack.signs] == [
        "Hỏi ý kiến nhiều nơi về việc thuộc quyền mình.",
        "Để hồ sơ quá hạn rồi mới nói thiếu giấy tờ.",
    ]
    assert [named.words for named in pack.named] == ["5 biểu hiện"]
    sheet = docx.Document(io.BytesIO(rendering.render_packs(kb)["tai-lieu/ne-tranh-dun-day/tu-soi.docx"]))
    heads = [cell.text for cell in sheet.tables[0].rows[0].cells]
    assert heads == ["TT", "Nội dung", "Có", "Không", "Sẽ sửa thế nào, hạn"]
    assert len(sheet.tables[0].rows) == 3


def test_the_fullest_hand_outs_are_one_page_in_a_word_processor(sheets: dict[str, bytes], tmp_path: Path) -> None:
    program, fonts = shutil.which("soffice"), shutil.which("fc-match")
    told = (
        subprocess.run([fonts, "Times New Roman"], capture_output=True, text=True, check=True).stdout if fonts else ""
    )
    if not program or not re.search("Liberation Serif|Times|Tinos", told):
        pytest.skip("không có LibreOffice hay phông chữ rộng như Times New Roman")
    packs = _packs(real_knowledge())
    fullest = sorted(packs, key=lambda identity: -sum(map(lines, packs[identity].chosen)))[:3]
    for identity in fullest:
        (tmp_path / f"{identity}.docx").write_bytes(sheets[f"tai-lieu/{identity}/{rendering.ONE_PAGE_FILE}"])
    options = ["--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf", "--outdir"]
    files = [str(path) for path in tmp_path.glob("*.docx")]
    subprocess.run([program, *options, str(tmp_path), *files], check=True, capture_output=True)
    assert [len(pypdfium2.PdfDocument(path)) for path in sorted(tmp_path.glob("*.pdf"))] == [1] * len(fullest)


def test_questions_of_the_themes_with_an_order_are_there_and_marked_as_ours(sheets: dict[str, bytes]) -> None:
    for theme in real_knowledge().themes.values():
        if not theme.order:
            continue
        assert 3 <= len(theme.questions) <= 5
        sheet = docx.Document(io.BytesIO(sheets[f"tai-lieu/{theme.id}/tu-soi.docx"]))
        told = [p.text for p in sheet.paragraphs]
        at = told.index("Câu hỏi do kho soạn")
        assert told[at + 1 : at + 1 + len(theme.questions)] == [f"{n}. {q}" for n, q in enumerate(theme.questions, 1)]
        assert 2 <= len(theme.readings) <= 3
        after = told[at + 1 + len(theme.questions) :][: len(theme.readings)]
        for told_of, reading in zip(after, theme.readings, strict=True):
            named = [real_knowledge().documents[identity] for identity in reading.documents]
            assert reading.ask in told_of and all(f"{document.name} (" in told_of for document in named)


def test_documents_to_read_bear_their_state_on_paper_and_on_the_page() -> None:
    """A question of the toy corpus names a document that was replaced: so it says, wherever it goes."""
    kb, _ = read_knowledge(TOY)
    assert kb
    pack = next(pack for pack in _packs(kb).values() if pack.theme.readings)
    state = "được thay thế bởi 1203-QĐ/TW"
    assert pack.asked[-1].startswith("Hai nơi nói khác nhau ở đâu? Đọc cùng: ") and state in pack.asked[-1]
    page = render_pages(kb)[f"tai-lieu/{pack.theme.id}.md"]
    item = next(line for line in page.splitlines() if "kb-doc-cung" in line)
    assert "quy-dinh-991-qd-tw-2022" in item and state in item


def test_sheets_of_a_document_keep_its_order_where_one_page_holds_them_all() -> None:
    site = Site(Index(real_knowledge()), "")
    shown = {d: (document_statements(site, d), sheet_of_document(site, d)) for d in site.kb.documents}
    long = {d for d, (said, _) in shown.items() if sum(map(lines, said)) > PAGE_LINES}
    assert long and all(sheet == said for d, (said, sheet) in shown.items() if d not in long)
    assert all({s.choice for s in sheet} == {s.choice for s in said} for said, sheet in shown.values())
    assert any(shown[d][0] != shown[d][1] for d in long)


def test_a_hand_out_says_by_which_rule_and_of_how_many_it_was_chosen() -> None:
    for pack in _packs(real_knowledge()).values():
        counted = f"{len(pack.chosen)} trong {len(pack.all)} ý của kho, chọn" if pack.rest else "toàn bộ"
        assert counted in pack.how_chosen
        assert not pack.demands or set(pack.demands) & set(pack.chosen), "what is demanded of everybody is in it"


@pytest.mark.parametrize(
    ("words", "deadlines", "years"),
    [
        ("tiếp tục thực hiện nghiêm chỉ thị số 50-ct/tw của bộ chính trị ngày 07/12/2015", [], []),
        ("làm nghiêm kết luận 21 năm 2021 của trung ương, theo nghị quyết số 10/2008/nq-cp", [], []),
        ("giúp 2000 hộ làm nhà, đến 2010 hộ có nước sạch", [], []),
        ("giảm ít nhất 15% so với năm 2024", [], []),
        ("rà soát quy định có hiệu lực đến ngày 31-5-2020, văn bản ban hành trước năm 2012", [], []),
        ("hoàn thành cải cách cơ bản đến năm 2010", [], [2010]),
        (
            "cắt giảm trong giai đoạn 2011 - 2020, vào cuối năm 2021 và chậm nhất là hết quý iv/2022",
            [],
            [2020, 2021, 2022],
        ),
        ("báo cáo trước ngày 15 tháng 5 năm 2023; trong tháng 12-2023 nối xong kho", [], [2023, 2023]),
        ("báo cáo theo công điện ngày 19/4/2023", ["Trước ngày 15-12-2024", "quý I/2025"], [2024, 2025]),
    ],
)
def test_years_due_are_those_of_deadlines(words: str, deadlines: list[str], years: list[int]) -> None:
    assert years_due(words, deadlines) == years
