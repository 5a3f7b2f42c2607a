"""Pages an official relies on: status, succession, same numbers, tasks, comparison, diagram, citations."""

from __future__ import annotations

import html
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from building import TOY, build_pages, read_knowledge, real_knowledge
from knowledge_base.checks.records import check_statuses
from knowledge_base.core.dates import PartialDate
from knowledge_base.core.errors import Severity
from knowledge_base.meaning.knowledge.entities import KnowledgeBase, Reference, Task, bodies_before, bodies_today
from knowledge_base.meaning.knowledge.status import FOLLOWED, OPEN, Force, changed_bases, read_force, status_of
from knowledge_base.publish.pages.diagram import MOST, draw_diagram
from knowledge_base.publish.pages.index import Index
from knowledge_base.publish.pages.render import render_pages, render_rest
from knowledge_base.publish.pages.site import Site
from knowledge_base.publish.pages.task_groups import group_by_doer
from knowledge_base.publish.pages.wording import citation
from knowledge_base.publish.statements import excerpt_choice, task_choice, theme_places

ASKED = """---
title: Bí thư Thành ủy nói chuyện với các phường
outlet: bao-bien-bac
published: 2024-06-01
province: bien-bac
---

Bí thư Thành ủy yêu cầu các phường kiểm điểm theo Quy định số 991-QĐ/TW ngày 04-3-2022 của Bộ Chính trị.
"""


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return real_knowledge()


@pytest.fixture(scope="module")
def pages(kb: KnowledgeBase) -> dict[str, str]:
    return render_pages(kb)


@pytest.fixture(scope="module")
def site(kb: KnowledgeBase) -> Site:
    return Site(Index(kb), "van-ban", "x")


@pytest.fixture(scope="module")
def toy_kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The toy corpus and an article in which a secretary asks for something by a document that was replaced."""
    sources = Path(shutil.copytree(TOY, tmp_path_factory.mktemp("toy") / "sources"))
    (sources / "articles/bien-bac/2024-06-01-noi-chuyen.md").write_text(ASKED, encoding="utf-8")
    kb, problems = read_knowledge(sources)
    assert kb is not None, problems
    return kb


@pytest.fixture(scope="module")
def toy_pages(toy_kb: KnowledgeBase) -> dict[str, str]:
    return render_pages(toy_kb)


# ---- Status ----


@pytest.mark.parametrize(
    ("words", "force"),
    [
        ("Còn hiệu lực", Force.IN_FORCE),
        ("Còn hiệu lực; xem ghi chú", Force.IN_FORCE),
        ("Đang có hiệu lực (theo trang X)", Force.IN_FORCE),
        ("Có hiệu lực đến 31-12-2020", None),
        ("Còn hiệu lực đến hết năm 2020", None),
        ("Có hiệu lực từ ngày 1-1-2030", None),
        ("Còn hiệu lực một phần", None),
        ("Thay thế bởi Quy định 37-QĐ/TW", Force.REPLACED),
        ("Thay thế (Quy định 37-QĐ/TW)", None),
        ("Còn hiệu lực bởi Quy định 37-QĐ/TW", None),
        ("Hết hiệu lực từ ngày 1-1-2030", None),
        ("Hết hiệu lực một phần, từ 2024", Force.ENDED_PARTLY),
        ("Đã hết hiệu lực", Force.ENDED),
        ("Đã được thay thế bởi Quy định 37-QĐ/TW", Force.REPLACED),
        ("Được sửa đổi, bổ sung bởi X", Force.AMENDED),
        ("Chưa có hiệu lực", Force.NOT_YET),
        ("Hết nhiệm kỳ", None),
    ],
)
def test_words_of_status_are_read(words: str, force: Force | None) -> None:
    assert read_force(words) is force


def test_replaced_document_names_its_replacement_and_the_check(
    toy_kb: KnowledgeBase, toy_pages: dict[str, str]
) -> None:
    status = status_of(toy_kb.documents["quy-dinh-991-qd-tw-2022"], toy_kb)
    assert (status.force, status.by, status.since) == (
        Force.REPLACED, "quy-dinh-1203-qd-tw-2025", PartialDate(2025, 8),
    )  # fmt: skip
    page = toy_pages["van-ban/quy-dinh-991-qd-tw-2022.md"]
    row = next(line for line in page.splitlines() if line.startswith("- **Tình trạng:**"))
    assert "Được thay thế" in row and "quy-dinh-1203-qd-tw-2025.md" in row and "kiểm tra 22-11-2026" in row


def test_changed_basis_is_told(toy_kb: KnowledgeBase, toy_pages: dict[str, str]) -> None:
    bases = changed_bases(toy_kb.documents["chi-thi-34-ct-tu-song-may-2023"], toy_kb)
    assert {basis: s.by for basis, s in bases.items()} == {"quy-dinh-991-qd-tw-2022": "quy-dinh-1203-qd-tw-2025"}
    page = toy_pages["van-ban/chi-thi-34-ct-tu-song-may-2023.md"]
    line = next(x for x in page.splitlines() if "Căn cứ đã thay đổi" in x)
    assert re.search(r"991-QĐ/TW\]\S* → \[1203-QĐ/TW\]\S*, 08-2025", line)
    assert changed_bases(toy_kb.documents["nghi-quyet-05-nq-tu-song-may-2025"], toy_kb) == {}


def test_no_page_says_in_force_without_a_dated_check(kb: KnowledgeBase, pages: dict[str, str]) -> None:
    for path, page in pages.items():
        if not path.startswith("nguon/"):
            for line in page.splitlines():
                assert "Còn hiệu lực" not in line or re.search(r"kiểm tra \d\d-\d\d-\d{4}", line), path
    for identity, document in kb.documents.items():
        known = status_of(document, kb).force is Force.IN_FORCE
        assert ("- **Tình trạng:** Còn hiệu lực" in pages[f"van-ban/{identity}.md"]) == known, identity


def _with_status(toy: Path, value: str, evidence: str) -> None:
    record = toy / "documents" / "song-may.yml"
    text = record.read_text(encoding="utf-8")
    old = re.search(r"  status:\n    value: [^\n]*\n    evidence: [^\n]*\n", text)
    assert old
    new = f"  status:\n    value: {value}\n    evidence: {evidence}\n"
    record.write_text(text.replace(old[0], new), encoding="utf-8", newline="\n")


def test_in_force_without_a_day_is_an_error(toy: Path) -> None:
    _with_status(toy, "Còn hiệu lực", "[{host: X, kind: bao, read: 2026-11}]")
    done = build_pages("--check", "--sources", toy)
    assert done.returncode == 1
    assert "mà không có ngày kiểm tra" in done.stderr + done.stdout


def test_in_force_with_its_day_is_shown(toy: Path, tmp_path: Path) -> None:
    _with_status(toy, "Còn hiệu lực", "[{host: Trang X, kind: bao, read: 2026-11-20}]")
    assert build_pages("--sources", toy, "--docs", tmp_path / "docs").returncode == 0
    page = (tmp_path / "docs" / "van-ban" / "chi-thi-34-ct-tu-song-may-2017.md").read_text(encoding="utf-8")
    answer = next(line for line in page.splitlines() if line.startswith("- **Tình trạng:**"))
    assert "Còn hiệu lực" in answer and '<a href="#nguon-' in answer and "kiểm tra 20-11-2026" in answer
    number = re.findall(r'<a href="#nguon-(\d+)">', answer)[0]
    assert f'<li id="nguon-{number}">Trang X ' in page and answer.count("Còn hiệu lực") == 1
    assert "Còn hiệu lực" not in page.split("kb-the-ben")[1], "said once"


@pytest.mark.parametrize(
    ("checked", "force", "shown"),
    [
        ("2021-01-05", Force.REPLACED, "Được thay thế"),
        (None, Force.REPLACED, "Được thay thế"),
        ("2026-11-20", Force.IN_FORCE, "Còn hiệu lực"),
    ],
)
def test_later_replacement_beats_in_force(toy_kb: KnowledgeBase, checked: str | None, force: Force, shown: str) -> None:
    document = toy_kb.documents["quy-dinh-991-qd-tw-2022"]
    assert document.record and document.record.title
    read = PartialDate.parse(checked) if checked else None
    evidence = tuple(page.model_copy(update={"read": read}) for page in document.record.title.evidence)
    status = document.record.title.model_copy(update={"value": "Còn hiệu lực", "evidence": evidence})
    record = document.record.model_copy(update={"status": status})
    documents = {**toy_kb.documents, document.id: replace(document, record=record)}
    vocabulary = replace(toy_kb.vocabulary, records={**toy_kb.vocabulary.records, record.id: record})
    changed = replace(toy_kb, documents=documents, vocabulary=vocabulary)
    found = status_of(documents[document.id], changed)
    assert found.force is force
    assert found.by == ("quy-dinh-1203-qd-tw-2025" if force is Force.REPLACED else None)
    warnings = [p.message for p in check_statuses(changed) if p.severity is Severity.WARNING]
    assert len(warnings) == 1
    assert "thay thế bởi quy-dinh-1203-qd-tw-2025 (08-2025)" in warnings[0] and f"«{shown}»" in warnings[0]
    assert list(check_statuses(toy_kb)) == []


# ---- Succession ----


def test_ended_body_leads_to_those_of_today(toy_kb: KnowledgeBase, toy_pages: dict[str, str]) -> None:
    ended = "dang-uy-khoi-cac-co-quan-tinh-doi-gio"
    successors = ["dang-uy-cac-co-quan-dang-tinh-song-may", "dang-uy-uy-ban-nhan-dan-tinh-song-may"]
    assert sorted(bodies_today(toy_kb, ended)) == successors
    assert ended in bodies_before(toy_kb, successors[0])
    page = toy_pages[f"co-quan/{ended}.md"]
    assert "**Nay:**" in page and all(f"({s}.md)" in page for s in successors)
    merged = toy_pages["co-quan/ban-tuyen-giao-va-dan-van-tinh-uy-song-may.md"]
    assert "Nhiệm vụ giao cho cơ quan tiền thân" in merged


def test_body_of_a_merged_province_leads_to_the_new_one(toy_kb: KnowledgeBase) -> None:
    assert bodies_today(toy_kb, "tinh-uy-doi-gio") == ["tinh-uy-song-may"]


def test_document_says_where_its_province_is_now(toy_pages: dict[str, str]) -> None:
    page = toy_pages["van-ban/van-ban-gio-giac-doi-gio-2021.md"]
    told = r"\*\*Địa phương nay:\*\* \[tỉnh Sông Mây\]\S+, hợp nhất với tỉnh Sông Mây cũ từ 01-07-2025, theo "
    assert re.search(told, page)


def test_document_says_since_when_its_province_is_a_city(pages: dict[str, str]) -> None:
    page = pages["van-ban/cong-van-2545-cv-tu-quang-ninh-2025.md"]
    assert ", lên thành phố trực thuộc Trung ương từ 01-09-2026, theo Nghị quyết 36/2026/QH16" in page


def test_a_number_is_not_less_sure_because_the_date_is(toy_pages: dict[str, str]) -> None:
    page = toy_pages["van-ban/quy-dinh-1203-qd-tw-2025.md"]
    issued = next(line for line in page.splitlines() if line.startswith("- **Ban hành:**"))
    number = next(line for line in page.splitlines() if line.startswith("| Số, ký hiệu này |"))
    assert "chưa kiểm tra" in issued and "chưa kiểm tra" not in number


@pytest.mark.parametrize(
    ("reason", "successors", "words"),
    [
        ("hop-nhat", "[tinh-uy, uy-ban-nhan-dan-tinh]", "hợp nhất phải có đúng một"),
        ("doi-ten", "[]", "đổi tên phải có đúng một"),
        ("thay-the", "[]", "thay thế phải có đúng một"),
        ("tach", "[tinh-uy]", "tách phải có từ hai"),
        ("ket-thuc", "[tinh-uy]", "thì không có cơ quan kế tục"),
    ],
)
def test_contradicting_succession_is_an_error(toy: Path, reason: str, successors: str, words: str) -> None:
    bodies = toy / "vocabularies" / "bodies.yml"
    text = bodies.read_text(encoding="utf-8")
    changed = re.sub(
        r"reason: hop-nhat\n      date: 2025-02\n      successors: \[[^\]]*\]",
        f"reason: {reason}\n      date: 2025-02\n      successors: {successors}",
        text,
        count=1,
    )
    assert changed != text
    bodies.write_text(changed, encoding="utf-8", newline="\n")
    done = build_pages("--check", "--sources", toy)
    assert done.returncode == 1
    assert words in done.stderr + done.stdout


# ---- Same number ----


def test_every_number_has_a_page_and_documents_lead_there(kb: KnowledgeBase, pages: dict[str, str]) -> None:
    page = pages["so-hieu/26-nq-tw.md"]
    for year in ("2008", "2013", "2018"):
        assert f"nghi-quyet-26-nq-tw-{year}.md" in page
    assert "nhiệm kỳ 2011 - 2016" in page and "chưa kiểm tra" in page
    for identity, document in kb.documents.items():
        if document.number:
            assert "../so-hieu/" in pages[f"van-ban/{identity}.md"], identity


def test_ambiguous_number_in_an_article_leads_to_its_page(toy: Path, tmp_path: Path) -> None:
    assert build_pages("--sources", toy, "--docs", tmp_path / "docs").returncode == 0
    article = (tmp_path / "docs" / "nguon" / "2022-05-10-ba-noi-mot-so.md").read_text(encoding="utf-8")
    assert "](../so-hieu/34-ct-tu.md)" in article
    number = (tmp_path / "docs" / "so-hieu" / "34-ct-tu.md").read_text(encoding="utf-8")
    assert "mà chưa rõ là văn bản nào" in number and "2022-05-10-ba-noi-mot-so.md#d-" in number


# ---- Tasks and comparison ----


def test_what_nobody_is_told_to_do_stands_below_no_heading_of_a_doer(toy: Path, tmp_path: Path) -> None:
    article = next(toy.rglob("2023-09-07-siet-ky-cuong.md"))
    added = (
        "Chỉ thị yêu cầu các phường, xã:\n\n- Trồng cây.\n\nNgoài ra, Chỉ thị yêu cầu phải bớt một phần mười số họp."
    )
    article.write_text(article.read_text(encoding="utf-8") + f"\n{added}\n", encoding="utf-8", newline="\n")
    assert build_pages("--sources", toy, "--docs", tmp_path / "docs").returncode == 0
    page = (tmp_path / "docs" / "van-ban" / "chi-thi-34-ct-tu-song-may-2023.md").read_text(encoding="utf-8")
    demands = page.split("## Văn bản yêu cầu gì")[1].split("\n## ")[0]
    told = ("Phải bớt một phần mười", "**Người đứng đầu các cơ quan**", "Chịu", "**Các phường, xã**", "Trồng cây")
    assert sorted(told, key=demands.index) == list(told)


def test_tasks_by_doer_begin_with_what_nobody_is_told_to_do() -> None:
    def task(words: str, *lead: str, to: str = "") -> Task:
        return Task(Reference("x", 0, 0, 1), "giao", None, None, None, lead, (), (), to, "", words, None, None)

    tasks = [task("a", "so-x"), task("b"), task("c", "so-x"), task("d", to="các phường"), task("e")]
    groups = [(lead, [t.task for t in rows]) for lead, rows in group_by_doer(tasks)]
    assert groups == [((), ["b"]), ((), ["e"]), (("so-x",), ["a", "c"]), ((), ["d"])]


def _rows(pages: dict[str, str], folder: str) -> dict[str, list[str]]:
    """The rows of tasks on the pages of a folder, by the statement that a tick on them chooses."""
    rows: dict[str, list[str]] = {}
    for path, page in pages.items():
        if path.startswith(f"{folder}/"):
            for row in re.findall(r"<tr data-noi.*?</tr>", page):
                rows.setdefault(html.unescape(row.split('data-y="')[1].split('"')[0]), []).append(row)
    return rows


def test_every_task_stands_with_its_paragraph(kb: KnowledgeBase, pages: dict[str, str]) -> None:
    """On the pages of its place, and in the list of all, with what that reads later."""
    site = Site(Index(kb), "nhiem-vu")
    rows = _rows(pages, "nhiem-vu")
    for task in kb.tasks:
        place = f'/nguon/{task.reference.article}/#{kb.anchor(task.reference)}"'
        found = rows.get(task_choice(site, task), [])
        assert found and all(place in row for row in found), task
        for row in found:
            assert not task.deadline or f"Hạn: {task.deadline}<" in row
            assert task.document not in kb.documents or f"/van-ban/{task.document}/" in row
    rest = render_rest(kb).get("nhiem-vu/con-lai.json", b"{}")
    whole = "".join([pages["nhiem-vu/index.md"], *json.loads(rest).values()])
    shown = re.findall(r'<tr data-noi[^>]* data-y="([^"]*)"', whole)
    assert sorted(map(html.unescape, shown)) == sorted(task_choice(site, task) for task in kb.tasks)


def test_tasks_name_doer_document_and_what_became_of_them(toy_kb: KnowledgeBase, toy_pages: dict[str, str]) -> None:
    page = toy_pages["nhiem-vu/index.md"]
    rows = re.findall(r"<tr .*?</tr>", page)
    assert page.count("<tr data-noi") == len(toy_kb.tasks) == len(rows)
    block = next(row for row in rows if "Tuyên truyền chỉ thị" in row)
    assert block.split("</td>")[0].count("(nay:") == 2
    assert "chi-thi-34-ct-tu-song-may-2023" in block
    assert "Ban Tuyên giáo Tỉnh ủy Sông Mây</a>" in block and "phối hợp: " in block
    assert "<strong>Hạn: trước ngày 31-12-2023</strong>" in page
    [asked] = [row for row in rows if "kiểm điểm theo" in row.casefold()]
    assert "991-QĐ/TW</a> được thay thế bởi" in asked


def test_tasks_whose_doer_is_known_come_first(toy_docs: Path) -> None:
    rows = re.findall(r"<tr data-noi.*?</tr>", (toy_docs / "nhiem-vu/index.md").read_text(encoding="utf-8"))
    unknown = ["chưa rõ ai làm" in row for row in rows]
    assert unknown == sorted(unknown) and set(unknown) == {False, True}


def test_empty_cells_say_that_there_is_no_source(pages: dict[str, str]) -> None:
    page = pages["so-sanh/ne-tranh-dun-day.md"]
    assert "chưa có bài" in page and "không phải là nơi đó không làm" in page
    for target in re.findall(r'href="#([a-z0-9-]+)"', page):
        assert f'id="{target}"' in page
    index = pages["so-sanh/index.md"]
    for theme, target in re.findall(r'href="([a-z0-9-]+)/#([a-z0-9-]+)"', index):
        assert f'id="{target}"' in pages[f"so-sanh/{theme}.md"]


def test_every_statement_of_a_theme_stands_in_its_comparison(kb: KnowledgeBase, pages: dict[str, str]) -> None:
    """On its page, or on those of its years where it is long; as on the pages of the theme."""
    site = Site(Index(kb), "")
    for identity, theme in kb.themes.items():
        said = sorted(excerpt_choice(site, reference) for reference in theme_places(site, theme))
        for folder in ("so-sanh", "chu-de"):
            years = sorted(path for path in pages if path.startswith(f"{folder}/{identity}/"))
            shown = [_chosen(pages[path]) for path in years or [f"{folder}/{identity}.md"] if path in pages]
            assert sorted(choice for one in shown for choice in one) == said, (folder, identity)
            if years:  # what the first page shows is part of it
                assert set(_chosen(pages[f"{folder}/{identity}.md"])) <= set(said)


def _chosen(page: str) -> list[str]:
    """The statements that have a tick on a page."""
    return [html.unescape(choice) for choice in re.findall(r'data-y="([^"]*)"', page)]


# ---- Said once ----


def test_home_tells_the_newest_of_provinces_and_of_the_centre_apart(pages: dict[str, str]) -> None:
    local, _, central = pages["index.md"].partition("### Của tỉnh, thành phố")[2].partition("### Của Trung ương")
    assert len(re.findall(r"^- \[", local, re.MULTILINE)) == 5
    assert len(re.findall(r"^- \[", central.split("\n## ")[0], re.MULTILINE)) == 3
    assert "-CT/TW](" not in local and "-NQ/TW](" not in local


def test_theme_shows_ten_documents_and_the_others_on_demand(pages: dict[str, str]) -> None:
    section = pages["chu-de/cai-cach-hanh-chinh.md"].split("## Văn bản về chủ đề này")[1].split("\n## ")[0]
    shown, _, folded = section.partition('<details class="kb-xem-du" markdown>')
    assert len(re.findall(r"^- \[", shown, re.MULTILINE)) == 10
    assert len(re.findall(r"^- \[", folded, re.MULTILINE)) > 10


def test_a_body_is_not_told_what_it_is_today_behind_its_own_name(pages: dict[str, str]) -> None:
    noted = 0
    for path, page in pages.items():
        if path.startswith("co-quan/"):
            assert not re.search(r'\*\* <span class="nay-la">', page), path
            notes = re.findall(r'(\[[^\]]+\]\([^)]+\)) <span class="nay-la">', page)
            assert len(notes) == len(set(notes)), path
            noted += len(notes)
    assert noted > 0


# ---- Diagram ----


def test_diagram_holds_the_same_facts_as_the_list(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        for figure in re.findall(r"<figure class=\"luoc-do.*?</figure>", page):
            drawn = re.findall(r'href="\.\./\.\./van-ban/([^/]+)/"', figure)
            part = page[page.index("## Lược đồ") :].split("\n## ")[0]
            listed = re.findall(r"^- \[[^\]]+\]\(([^)#]+)\.md\)", part, re.MULTILINE)
            for folded in re.findall(r"<details markdown>\n.*?</details>", part, re.DOTALL):
                listed += re.findall(r"\]\(([\w-]+)\.md\)", folded)
            more = re.search(r"và (\d+) văn bản khác", figure)
            assert set(drawn) <= set(listed) and len(listed) == len(drawn) + int(more[1] if more else 0), path


def test_a_relation_of_two_sources_is_told_once_with_both(toy: Path, tmp_path: Path) -> None:
    article = next(toy.rglob("2025-10-02-nghi-quyet-sau-hop-nhat.md"))
    said = "Quy định số 1203-QĐ/TW thay thế Quy định số 991-QĐ/TW ngày 04-3-2022 của Bộ Chính trị."
    article.write_text(article.read_text(encoding="utf-8") + f"\n{said}\n", encoding="utf-8", newline="\n")
    assert build_pages("--sources", toy, "--docs", tmp_path / "docs").returncode == 0
    for page, other in (("quy-dinh-991-qd-tw-2022", "1203-QĐ/TW"), ("quy-dinh-1203-qd-tw-2025", "991-QĐ/TW")):
        text = (tmp_path / "docs" / "van-ban" / f"{page}.md").read_text(encoding="utf-8")
        (line,) = (x for x in text.splitlines() if x.startswith(f"- [Quy định {other}]"))
        assert re.search(r"Nguồn: \[Báo Sông Mây, 02-10-2025\]\S+; Báo Cả Nước", line)
        assert len(re.findall(rf"<text class=\"ld-ten\"[^>]*>Quy định {other}<", text)) == 1
        told = text.split("## Lịch sử")[1].split("\n## ")[0] if "## Lịch sử" in text else ""
        assert told.count(f"[Quy định {other}]") <= 1


def test_diagram_is_cut_where_it_would_be_long() -> None:
    nodes = [("Căn cứ", f"Chỉ thị {n}", "Nơi", "../x/") for n in range(MOST + 3)]
    figure = draw_diagram("Nghị quyết <1> & 2", "Nơi", nodes, [])
    assert figure.count("<a ") == MOST and "và 3 văn bản khác" in figure
    assert "&lt;1&gt; &amp; 2" in figure


# ---- Citation ----


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("chi-thi-34-ct-tu-bien-bac-2018", "Chỉ thị số 34-CT/TU, ngày 10-05-2018 của Ban Thường vụ Thành ủy Biển Bạc"),
        ("nghi-dinh-91-2023-nd-cp", "Nghị định số 91/2023/NĐ-CP ngày 29 tháng 9 năm 2023 của Chính phủ"),
        (
            "ke-hoach-15-kh-ubnd-doi-gio-2022",
            "Kế hoạch số 15/KH-UBND ngày 07 tháng 4 năm 2022 của Ủy ban nhân dân tỉnh Đồi Gió",
        ),
        ("quy-dinh-991-qd-tw-2022", "Quy định số 991-QĐ/TW, ngày 04-03-2022 của Bộ Chính trị"),
        (
            "nghi-quyet-05-nq-tu-song-may-2025",
            "Nghị quyết số 05-NQ/TU, ngày 30-09-2025 của Ban Chấp hành Đảng bộ tỉnh Sông Mây",
        ),
        ("quy-dinh-1203-qd-tw-2025", "Quy định số 1203-QĐ/TW, tháng 08-2025 (ngày chưa kiểm tra)"),
        (
            "chi-thi-34-ct-tu-bien-bac-nhiem-ky-2020-2025",
            "Chỉ thị số 34-CT/TU (chưa rõ ngày) của Ban Thường vụ Thành ủy Biển Bạc",
        ),
    ],
)
def test_official_way_of_writing(toy_kb: KnowledgeBase, document: str, words: str) -> None:
    assert citation(Site(Index(toy_kb), "van-ban", "x"), toy_kb.documents[document]) == words


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("chi-thi-27-ct-ttg-2023", "Chỉ thị số 27/CT-TTg ngày 27 tháng 10 năm 2023 của Thủ tướng Chính phủ"),
        ("nghi-quyet-26-nq-tw-2018", "Nghị quyết số 26-NQ/TW, ngày 19-05-2018 của Ban Chấp hành Trung ương Đảng"),
    ],
)
def test_official_way_of_writing_of_issuers_that_the_toy_corpus_lacks(site: Site, document: str, words: str) -> None:
    assert citation(site, site.kb.documents[document]) == words


# ---- Machine face ----


def _head(page: str) -> dict[str, object]:
    line = next(x for x in page.splitlines() if x.startswith("kb: "))
    found: dict[str, object] = json.loads(line.removeprefix("kb: "))
    return found


def test_legal_force_only_where_known(pages: dict[str, str], toy_pages: dict[str, str]) -> None:
    unknown = [FOLLOWED, *(force.value for force in (*OPEN, Force.AMENDED))]  # what is amended may since have ended
    for path, page in pages.items():
        if path.startswith("van-ban/") and not path.endswith("index.md"):
            head = _head(page)
            data = head["ld"]
            assert isinstance(data, dict) and data["@type"] == "Legislation"
            doubted = str(head["state"] or "").startswith("có thể ")  # nobody's page has told it
            known = head["status"] not in unknown and not doubted
            assert ("legislationLegalForce" in data) == known, path
    assert "legislationLegalForce" in str(_head(toy_pages["van-ban/quy-dinh-991-qd-tw-2022.md"])["ld"])
    assert "legislationLegalForce" not in str(_head(toy_pages["van-ban/chi-thi-34-ct-tu-song-may-2023.md"])["ld"])


def test_organisations_have_their_types(pages: dict[str, str]) -> None:
    kinds = {
        "uy-ban-nhan-dan-tinh-nghe-an": "GovernmentOrganization",
        "tinh-uy-nghe-an": "Organization",
        "chinh-phu": "GovernmentOrganization",
    }
    for body, kind in kinds.items():
        data = _head(pages[f"co-quan/{body}.md"])["ld"]
        assert isinstance(data, dict) and data["@type"] == kind


def test_names_in_html_are_escaped(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        for value in re.findall(r'data-nguon="([^"]*)"', page):
            assert html.escape(html.unescape(value)) == value, path


# ---- Statements away from their page; whose words they are ----


def test_speaker_is_named_with_the_province(toy_kb: KnowledgeBase, toy_pages: dict[str, str]) -> None:
    named = {task.assigner_name for task in toy_kb.tasks if task.assigner_words == "Bí thư Thành ủy"}
    assert named == {"Bí thư Thành ủy Biển Bạc"}
    for page in ("nhiem-vu/index.md", "nhiem-vu/bien-bac.md"):
        assert "nêu: Bí thư Thành ủy Biển Bạc" in toy_pages[page]


def test_no_task_is_empty(kb: KnowledgeBase) -> None:
    assert [task.task for task in kb.tasks if len(task.task.split()) < 4] == []


def test_what_others_say_of_a_document_is_not_its_demand_and_gives_it_no_theme(
    kb: KnowledgeBase, pages: dict[str, str]
) -> None:
    directive = kb.documents["chi-thi-34-ct-tu-da-nang-2023"]
    article = kb.articles[directive.announced_by[0]]
    assert {"dam-nghi-dam-lam", "khat-vong-cong-hien"} <= article.weights.keys()
    assert set(kb.themes_of(directive)) & {"dam-nghi-dam-lam", "khat-vong-cong-hien"} == set()
    assert {"cai-cach-hanh-chinh", "ne-tranh-dun-day"} <= set(kb.themes_of(directive))
    assert directive.id not in pages["chu-de/dam-nghi-dam-lam.md"].split("## Các nơi nói gì")[0]
    page = pages[f"van-ban/{directive.id}.md"]
    demands = page.split("## Văn bản yêu cầu gì")[1].split("\n## ")[0]
    assert "Bí thư" not in demands and "dám nghĩ, dám nói" not in demands


def test_others_that_get_a_task_are_told_once(kb: KnowledgeBase) -> None:
    """Those among the addressees who are no body known are named, and no body a second time."""
    for task in kb.tasks:
        assert not task.others or (task.lead and task.others in task.addressees)


@pytest.mark.parametrize(
    ("page", "heading"),
    [
        ("van-ban/chi-thi-34-ct-tu-da-nang-2023.md", "## Văn bản yêu cầu gì"),
        ("co-quan/ban-tuyen-giao-tinh-uy-nghe-an.md", "## Nhiệm vụ được giao"),
        ("nhiem-vu/nghe-an.md", "# Nhiệm vụ: Nghệ An"),
        ("so-sanh/ne-tranh-dun-day.md", "# So sánh: "),
    ],
)
def test_digest_is_marked_as_ours(pages: dict[str, str], page: str, heading: str) -> None:
    section = pages[page].split(f"\n{heading}")[1].split("\n## ")[0]
    assert "Tóm lược của kho, không phải nguyên văn" in section


def test_item_away_from_its_list_says_who_speaks(pages: dict[str, str]) -> None:
    said = "Siết chặt kỷ luật, kỷ cương; kiểm tra, đôn đốc thường xuyên để việc thực thi công vụ chuyển biến mạnh mẽ."
    row = next(part for part in pages["so-sanh/ky-luat-ky-cuong.md"].split("<p>") if said in part)
    speaker = "Bí thư Tỉnh ủy &#91;Vĩnh Long&#93; Bùi Văn Nghiêm yêu cầu các cấp ủy đảng&#58;"
    assert row.startswith(f'<span class="loi-dan">{speaker}</span> ')


def test_a_section_of_an_article_links_each_entity_once(pages: dict[str, str]) -> None:
    """Later mentions are links that only show when pointed at; nothing that was linked is lost."""
    quiet = 0
    for path, page in pages.items():
        if not path.startswith("nguon/") or path.endswith("index.md"):
            continue
        body = page[page.index("luu-y--dau") :].split("\n## Trong bài này")[0].split("\n## Chưa xác định được")[0]
        for section in re.split(r"^#{1,2} ", body, flags=re.MULTILINE):
            links = re.findall(r"\]\((\.\./[^)]*)\)(\{ \.lk-lai tabindex=\"-1\" \})?", section)
            plain = [target for target, again in links if not again]
            assert len(plain) == len(set(plain)), path
            assert {target for target, _ in links} == set(plain), path
            quiet += len(links) - len(plain)
    assert quiet > 20


def test_an_article_in_english_is_listed_and_cited_as_such(toy: Path) -> None:
    path = toy / "articles/song-may/2023-09-07-siet-ky-cuong.md"
    text = re.sub(
        "(?m)^title: .*$", "title: Song May tightens discipline\nlanguage: en", path.read_text("utf-8"), count=1
    )
    path.write_text(text, encoding="utf-8")
    kb, problems = read_knowledge(toy)
    assert kb is not None and not [p for p in problems if "language" in p.message]
    pages = render_pages(kb)
    for page in ("nguon/index.md", "dia-phuong/song-may.md"):
        assert "Bài tiếng Anh “Song May tightens discipline”" in pages[page]
    cited = "Báo Sông Mây, 07-09-2023, bài tiếng Anh “Song May tightens discipline”"
    assert f'data-nguon="{cited}"' in pages["chu-de/ne-tranh-dun-day.md"]
    assert "# Bài tiếng Anh “Song May tightens discipline”\n" in pages[f"nguon/{path.stem}.md"]


def test_the_day_of_an_article_is_worded_alike_wherever_it_is_listed(toy: Path) -> None:
    """The day of what an article tells of never stands for that on which it was published."""
    undated = toy / "articles/song-may/khong-ro-ngay-hoi-nghi-quan-triet.md"
    text = undated.read_text(encoding="utf-8")
    undated.write_text(text.replace("\n---\n", "\nevent: 2023-11-29\n---\n", 1), encoding="utf-8")
    kb, _ = read_knowledge(toy)
    assert kb is not None
    pages = render_pages(kb)
    for path in ("dia-phuong/song-may.md", f"nguon/{undated.stem}.md"):
        days = re.findall(r"[^\n]*29-11-2023[^\n]*", pages[path].split("---\n", 2)[2])
        assert days and all("chưa rõ ngày đăng (sự việc 29-11-2023)" in html.unescape(day) for day in days), path
    (row,) = re.findall(r"<tr[^\n]*29-11-2023[^\n]*", pages["nguon/index.md"])
    assert '29-11-2023 <span class="phu">(sự việc)</span>' in row, "in a column of days it is told by one word"


NUMBERLESS = """
- id: chi-thi-giu-gio-song-may-2025
  type: chi-thi
  province: song-may
  title: {value: giữ giờ làm việc trong cơ quan, evidence: [{host: songmay.example, kind: van-ban, read: 2026-11-22}]}
"""


def test_a_document_called_by_its_title_says_it_once(toy: Path) -> None:
    path = next((toy / "documents").glob("*.yml"))
    path.write_text(path.read_text(encoding="utf-8") + NUMBERLESS, encoding="utf-8", newline="\n")
    kb, problems = read_knowledge(toy)
    assert kb is not None, problems
    pages = render_pages(kb)
    page = pages["van-ban/chi-thi-giu-gio-song-may-2025.md"]
    assert "# Chỉ thị giữ giờ làm việc trong cơ quan" in page and 'class="trich-yeu"' not in page
    other = next(d for d in kb.documents.values() if d.record and d.record.title and str(d.title) not in d.name)
    assert 'class="trich-yeu"' in pages[f"van-ban/{other.id}.md"]
