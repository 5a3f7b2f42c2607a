"""Evidence: how sure the pages that were read make a fact, how old a check is, what is to be looked up again."""

from __future__ import annotations

import datetime
import html
import json
import re
import shutil
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from building import ROOT, TOY, build_pages
from knowledge_base.build import read_sources
from knowledge_base.checks.evidence import check_evidence
from knowledge_base.core.dates import PartialDate
from knowledge_base.core.web_links import is_web_address
from knowledge_base.review.stale import is_old
from knowledge_base.sources.vocabulary import Vocabulary, load_vocabulary
from knowledge_base.sources.vocabulary.evidence import (
    PAGE_KINDS,
    SEARCHED,
    SECOND_READINGS,
    CheckedEntry,
    Evidence,
    Grounded,
    Search,
)

CASES = yaml.safe_load((ROOT / "tests/cases/evidence.yml").read_text(encoding="utf-8"))
PAGE = re.compile(r"(?P<host>[^=<]+?)(?: = (?P<kind>\S+))?(?: < (?P<copy>\S+))?")
RECORD = "documents/song-may.yml"


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    """The toy's, with an outlet of two hosts."""
    folder = tmp_path_factory.mktemp("can-cu") / "sources/vocabularies"
    folder.mkdir(parents=True)
    hosts = (ROOT / "tests/toy/sources/vocabularies/web-hosts.yml").read_text(encoding="utf-8")
    (folder / "web-hosts.yml").write_text(hosts, encoding="utf-8")
    outlet = "- {id: bao-hai-mien, name: Báo Hai Miền, sites: [haimien.example, haimien-cu.example]}\n"
    (folder / "outlets.yml").write_text(outlet, encoding="utf-8")
    found, problems = load_vocabulary(folder.parent)
    assert not problems
    return found


def _page(words: str) -> dict[str, str]:
    match = PAGE.fullmatch(words)
    assert match
    typed, _, url = match["host"].rpartition("https://")
    known = {"url": f"https://{url}", "host": typed.strip(" @")} if url != match["host"] else {"host": url}
    page = {key: value for key, value in known.items() if value} | {"kind": match["kind"] or "bao"}
    return page | ({"copy_of": match["copy"]} if match["copy"] else {})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_certainty_is_computed(case: dict[str, Any], vocabulary: Vocabulary) -> None:
    lowered = {"lowered": {"to": case["lowered"], "reason": "thử"}} if "lowered" in case else {}
    fact = Grounded.model_validate({"evidence": [_page(words) for words in case["pages"]], **lowered})
    assert vocabulary.origins.certainty(fact) == case["wanted"]


def test_the_kinds_of_pages_and_searches_are_named_everywhere() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for schema, key, words in (
        (Evidence, "kind", PAGE_KINDS),
        (Search, "target", SEARCHED),
        (CheckedEntry, "result", SECOND_READINGS),
    ):
        assert get_args(schema.model_fields[key].annotation) == tuple(words)
        assert all(f"`{name}`" in guide for name in words)


def test_an_address_tells_its_host() -> None:
    page = Evidence.model_validate({"url": "https://e.mot.example/bai/1.html", "kind": "bao"})
    assert (page.host, page.words) == ("e.mot.example", "e.mot.example/bai/1.html")


@pytest.mark.parametrize("url", ["https://[abc.def/x", "https://a.b\u2100c.vn/x"])
def test_an_address_without_a_host_is_no_fault_of_ours(url: str) -> None:
    page = Evidence.model_validate({"url": url, "kind": "bao"})
    assert not is_web_address(url) and page.words == url


@pytest.mark.parametrize(
    ("pages", "told"),
    [
        ("{url: 'https://[abc.def/x', kind: bao}", "không phải địa chỉ trang mạng"),
        ("{url: https://baosongmay.example/1, host: Trang A, kind: bao}", "không ở “Trang A”"),
        ("{url: https://baosongmay.example/1, host: BaoSongMay.Example, kind: bao}", None),
        ("{url: https://baosongmay.example/1, host: Văn phòng Tỉnh ủy, kind: danh-sach}", None),
        ("{host: mot.example, kind: bao}, {host: Trang A, kind: bao}", "không phải tên miền, cũng không phải tên báo"),
        ("{host: mot.example, kind: bao}, {host: Báo Đồi Gió, kind: bao}", None),
    ],
)
def test_the_place_of_a_page_is_checked(pages: str, told: str | None, toy: Path) -> None:
    path = toy / RECORD
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[6] = f"    evidence: [{pages}]"
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")
    vocabulary, _ = load_vocabulary(toy)
    found = [p.message for p in check_evidence(vocabulary, datetime.date(2026, 11, 30)) if p.line == 7]
    assert len(found) == bool(told) and all(told in message for message in found if told)


@pytest.mark.parametrize(
    ("read", "dated", "as_of"),
    [("2026-11-22", None, "2026-11-22"), ("2026-11-22", "2024-05", "2024-05"), (None, "2024-05-01", "2024-05-01")],
)
def test_age_counts_from_the_older_of_reading_and_page(read: str | None, dated: str | None, as_of: str) -> None:
    days = {key: day for key, day in (("read", read), ("dated", dated)) if day}
    fact = Grounded.model_validate({"evidence": [{"host": "mot.example", "kind": "bao", **days}]})
    assert fact.as_of == PartialDate.parse(as_of)


def test_age_of_a_search_counts_from_its_reach() -> None:
    search = Search.model_validate({"for": "van-ban-thay-the", "day": "2026-11-29", "reach": "2026-03"})
    assert search.as_of == PartialDate(2026, 3)


@pytest.mark.parametrize(
    ("date", "today", "old"),
    [
        ("2025-11-22", "2026-11-22", False),
        ("2025-11-22", "2026-11-23", True),
        ("2024-02-29", "2025-03-01", True),
        ("2025-11", "2026-11-30", False),
        ("2025-11", "2026-12-01", True),
        ("2025", "2026-12-31", False),
        ("2025", "2027-01-01", True),
    ],
)
def test_a_check_is_old_after_twelve_months(date: str, today: str, old: bool) -> None:
    """The same cases as in ``tests/javascript/age.test.js``: the list and the reader's browser agree."""
    assert is_old(PartialDate.parse(date), datetime.date.fromisoformat(today)) is old


def test_a_day_that_is_yet_to_come_is_told(toy: Path) -> None:
    path = toy / RECORD
    path.write_text(path.read_text(encoding="utf-8").replace("2026-11-22", "2026-12-25", 1), encoding="utf-8")
    vocabulary, _ = load_vocabulary(toy)
    (problem,) = check_evidence(vocabulary, datetime.date(2026, 11, 30))
    assert (problem.line, "ngày đọc 25-12-2026 chưa tới" in problem.message) == (7, True)
    assert not list(check_evidence(vocabulary, datetime.date(2026, 12, 24)))
    told = [read_sources(toy, today=datetime.date(2026, month, 24)).problems for month in (11, 12)]
    assert [any("chưa tới" in problem.message for problem in problems) for problems in told] == [True, False]


def _with(toy: Path, find: str, put: str) -> None:
    path = toy / "documents/trung-uong.yml"
    text = path.read_text(encoding="utf-8")
    assert text.count(find) == 1
    path.write_text(text.replace(find, put), encoding="utf-8", newline="\n")


def test_stale_lists_what_is_old_most_used_first(toy: Path) -> None:
    """Three years without a check: the status by a relation, and the periods of provinces; exit 0 all the same."""
    done = build_pages("--sources", toy, "--stale", "--today", "2029-12-01")
    assert done.returncode == 0, done.stderr
    *facts, count = done.stdout.splitlines()
    replaced = next(fact for fact in facts if "Quy định 991-QĐ/TW" in fact)
    assert re.match(r"sources/documents/trung-uong\.yml:\d+: ", replaced)
    assert "biết đến 22-11-2026" in replaced and "mở: Báo Cả Nước (tưởng tượng), bài 2" in replaced
    used = [int(fact.split("dùng ở ")[1].split()[0]) for fact in facts]
    assert used == sorted(used, reverse=True)
    assert count == f"Tính đến 01-12-2029: {len(facts)} điều cần kiểm tra lại."
    fresh = build_pages("--sources", toy, "--stale", "--today", "2026-12-01")
    assert replaced not in fresh.stdout.splitlines()


def test_stale_refuses_a_day_that_is_none(toy: Path) -> None:
    done = build_pages("--sources", toy, "--stale", "--today", "1/12/2029")
    assert done.returncode == 2 and "không có dạng năm-tháng-ngày" in done.stderr
    assert build_pages("--sources", toy, "--check", "--today", "2029-12-01").returncode == 2


def test_what_is_not_yet_in_force_will_replace(toy: Path, tmp_path: Path) -> None:
    """Said plainly in the bytes, with what the reader's browser needs on that day; nothing is "changed" before."""
    _with(toy, "value: 2025-09-01", "value: 2027-01-01")
    assert build_pages("--sources", toy, "--docs", tmp_path / "docs").returncode == 0
    page = (tmp_path / "docs/van-ban/quy-dinh-991-qd-tw-2022.md").read_text(encoding="utf-8")
    assert 'data-tu-ngay="2027-01-01" data-khi-ay="Được thay thế">Sẽ được thay thế</span> từ 01-01-2027 bởi' in page
    lists = tmp_path / "docs/van-ban"
    listed = (lists / "index.md").read_text(encoding="utf-8") + (lists / "con-lai.json").read_text(encoding="utf-8")
    assert "từ 01-01-2027 sẽ được thay thế bởi 1203-QĐ/TW" in re.sub(r"<[^>]+>", "", listed)
    exported = (tmp_path / "docs/du-lieu/documents.csv").read_text(encoding="utf-8")
    assert ",se-duoc-thay-the,quy-dinh-1203-qd-tw-2025,2027-01-01," in exported


def test_searched_and_not_found_is_no_unchecked(toy: Path, tmp_path: Path) -> None:
    search = "  searched:\n    - {for: van-ban-thay-the, day: 2026-11-29, where: công báo, reach: 2026-03}\n"
    _with(toy, "  number: 1203-QĐ/TW\n", "  number: 1203-QĐ/TW\n" + search)
    assert build_pages("--sources", toy, "--docs", tmp_path / "docs").returncode == 0
    page = (tmp_path / "docs/van-ban/quy-dinh-1203-qd-tw-2025.md").read_text(encoding="utf-8")
    top = page.partition('<details class="kb-the-ben"')[0]
    assert "Đã tìm, chưa thấy văn bản thay thế" in top and "Chưa kiểm tra" not in top
    words = "tìm 29-11-2026 ở công báo, trong các trang đến khoảng 03-2026"
    assert f'<span class="kb-kiem-tra" data-tinh-den="2026-03" data-kiem-tra="2026-11-29">{words}</span>' in page


def test_a_number_that_we_added_to_a_digest_is_not_said_to_be_the_articles(toy: Path, tmp_path: Path) -> None:
    article = toy / "articles/song-may/2023-09-07-siet-ky-cuong.md"
    told = {}
    for added in ("", "added_numbers: [quy-dinh-991-qd-tw-2022]\n"):
        text = article.read_text(encoding="utf-8").replace("document: ", f"{added}document: ", 1)
        article.write_text(text, encoding="utf-8", newline="\n")
        assert build_pages("--sources", toy, "--docs", tmp_path / "docs").returncode == 0
        page = (tmp_path / "docs/van-ban/quy-dinh-991-qd-tw-2022.md").read_text(encoding="utf-8")
        told[added] = page.partition('"cite_by": "')[2].partition('"')[0]
    of_article, of_record = told.values()
    assert of_article.startswith("số, ký hiệu theo Báo Sông Mây, 07-09-2023")
    assert "Báo Sông Mây" not in of_record and "Báo Cả Nước (tưởng tượng)" in of_record


def test_pages_that_were_old_when_they_were_read_are_told_apart_from_old_readings(toy: Path, tmp_path: Path) -> None:
    read = '      evidence: [{host: "Báo Cả Nước (tưởng tượng)", page: bài 2, kind: bao, read: 2026-11-22'
    _with(toy, f"{read}}}]\n", f"{read}, dated: 2022-05-24}}]\n")
    assert build_pages("--sources", toy, "--docs", tmp_path / "docs").returncode == 0
    page = (tmp_path / "docs/van-ban/quy-dinh-991-qd-tw-2022.md").read_text(encoding="utf-8")
    assert 'data-tinh-den="2022-05-24" data-kiem-tra="2026-11-22">theo một nguồn; kiểm tra 22-11-2026</span>' in page
    newer = (tmp_path / "docs/van-ban/quy-dinh-1203-qd-tw-2025.md").read_text(encoding="utf-8")
    line = next(x for x in newer.splitlines() if x.startswith("- **Thay thế:** "))
    assert '<span class="kb-kiem-tra" data-tinh-den="2022-05-24" data-kiem-tra="2026-11-22"></span>' in line


def test_a_province_of_which_no_document_was_found_says_so(toy: Path, tmp_path: Path) -> None:
    """Only where the base has none: a search that was made before one came in says nothing."""
    path = toy / "vocabularies/provinces.yml"
    search = "  searched: [{for: van-ban, day: 2026-11-30, where: công báo, reach: 2026-03}]\n"
    known = path.read_text(encoding="utf-8").replace("  name: Biển Bạc\n", "  name: Biển Bạc\n" + search)
    other = f"- id: gieng-go\n  name: Giếng Gỗ\n{search}  periods: [{{kind: tinh, evidence: []}}]\n"
    path.write_text(f"{known}{other}", encoding="utf-8", newline="\n")
    assert build_pages("--sources", toy, "--docs", tmp_path / "docs").returncode == 0
    words = "tìm 30-11-2026 ở công báo, trong các trang đến khoảng 03-2026"
    told = f'<span class="kb-kiem-tra" data-tinh-den="2026-03" data-kiem-tra="2026-11-30">{words}</span>'
    without, with_some = ((tmp_path / f"docs/dia-phuong/{p}.md").read_text("utf-8") for p in ("gieng-go", "bien-bac"))
    assert f"Kho chưa có văn bản nào của nơi này: đã {told}, chưa thấy." in without
    assert "chưa thấy" not in with_some


RENAMED = """
- id: gieng-go
  name: Giếng Gỗ
  successor: gieng-ngoc
  periods: [{kind: tinh, until: 2024-12-31, evidence: [{host: ten.example, kind: bao, read: 2026-11-30}]}]
- id: gieng-ngoc
  name: Giếng Ngọc
  periods:
    - {kind: tinh, since: 2025-01-01, until: 2026-04-29, made_of: [gieng-go], reason: doi-ten,
       document: Nghị quyết 903/2024/QH15, evidence: [{host: ten.example, kind: bao, read: 2026-11-30}]}
    - {kind: thanh-pho, since: 2026-04-30, reason: len-thanh-pho, document: Nghị quyết 904/2026/QH16,
       evidence: [{host: thanhpho.example, kind: bao, read: 2026-11-30}]}
"""
ISSUED = """
- id: chi-thi-18-ct-ubnd-gieng-ngoc-2025
  type: chi-thi
  number: 18/CT-UBND
  province: gieng-ngoc
  issuer: {value: chu-tich-uy-ban-nhan-dan-tinh-gieng-ngoc, evidence: []}
  date: {value: 2025-12-29, evidence: [{host: ten.example, kind: bao, read: 2026-11-30}]}
"""


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The docs of the toy with a province that got another name and then another rank, and pages read of mergers."""
    folder = tmp_path_factory.mktemp("doi-ten")
    toy = Path(shutil.copytree(TOY, folder / "sources"))
    with (toy / "vocabularies/provinces.yml").open("a", encoding="utf-8", newline="\n") as provinces:
        provinces.write(RENAMED)
    (toy / "documents/gieng-ngoc.yml").write_text(ISSUED, encoding="utf-8")
    path, name = toy / "vocabularies/bodies.yml", '    name: "Ủy ban nhân dân tỉnh {place}"\n'
    pages = ", ".join(f"{{host: {host}.example, kind: bao, read: 2026-11-30}}" for host in ("hopnhat", "sapnhap"))
    text = path.read_text(encoding="utf-8")
    assert text.count(name) == 1
    text = text.replace(name, f"{name}    head: Chủ tịch\n    merger: {{evidence: [{pages}]}}\n")
    path.write_text(text, encoding="utf-8", newline="\n")
    built = build_pages("--sources", toy, "--docs", folder / "docs")
    assert built.returncode == 0, built.stderr
    return folder / "docs"


def test_a_body_renamed_with_its_province_rests_on_what_tells_of_the_name(renamed: Path) -> None:
    for body in ("chu-tich-uy-ban-nhan-dan-tinh-gieng-ngoc", "chu-tich-uy-ban-nhan-dan-tinh-gieng-go"):
        page = (renamed / f"co-quan/{body}.md").read_text(encoding="utf-8")
        told = next(
            line for line in page.splitlines() if "đổi tên từ 01-01-2025, theo Nghị quyết 903/2024/QH15" in line
        )
        assert "ten.example" in told and "theo một nguồn" in told and "hopnhat" not in page
    merged = (renamed / "co-quan/uy-ban-nhan-dan-tinh-doi-gio.md").read_text(encoding="utf-8")
    told = next(line for line in merged.splitlines() if "— hợp nhất từ 01-07-2025" in line)
    assert "hopnhat.example" in told and "sapnhap.example" in told and "theo một nguồn" not in told


def test_the_head_of_a_body_is_no_body_below_it(renamed: Path) -> None:
    head = (renamed / "co-quan/chu-tich-uy-ban-nhan-dan-tinh-gieng-ngoc.md").read_text(encoding="utf-8")
    assert "| Đứng đầu | [Ủy ban nhân dân tỉnh Giếng Ngọc]" in head and "Trực thuộc" not in head
    led = (renamed / "co-quan/uy-ban-nhan-dan-tinh-gieng-ngoc.md").read_text(encoding="utf-8")
    assert "| Người đứng đầu | [Chủ tịch Ủy ban nhân dân tỉnh Giếng Ngọc]" in led
    assert "Các cơ quan thuộc cơ quan này" not in led


def test_an_earlier_name_tells_what_came_after_it_and_how_sure_that_is(renamed: Path) -> None:
    page = (renamed / "dia-phuong/gieng-go.md").read_text(encoding="utf-8")
    top, _, rest = page.partition('<details class="kb-the-ben"')
    assert "thành phố Giếng Ngọc](gieng-ngoc.md) từ 01-01-2025, theo Nghị quyết 903/2024/QH15 (theo một nguồn)." in top
    assert "- Giếng Ngọc lên thành phố trực thuộc Trung ương từ 30-04-2026, theo Nghị quyết 904/2026/QH16" in top
    assert "Tên này có đến hết ngày 31-12-2024." in rest and "Bộ máy của" not in rest
    assert "Ủy ban nhân dân thành phố Giếng Ngọc, theo một nguồn" in rest


def test_a_body_that_no_page_speaks_of_says_so(renamed: Path) -> None:
    words = "Kho chưa đọc trang nào nói riêng về cơ quan này"
    inferred = (renamed / "co-quan/dang-uy-cac-co-quan-dang-thanh-pho-bien-bac.md").read_text(encoding="utf-8")
    assert words in inferred
    for body in ("uy-ban-nhan-dan-tinh-gieng-go", "uy-ban-nhan-dan-tinh-gieng-ngoc", "tinh-uy-doi-gio"):
        assert words not in (renamed / f"co-quan/{body}.md").read_text(encoding="utf-8"), body


def test_a_page_that_was_read_is_named_once_at_the_foot(toy: Path, tmp_path: Path) -> None:
    find = '{host: "Báo Cả Nước (tưởng tượng)", page: bài 2, kind: bao, read: 2026-11-22}'
    url = "https://canuoc.example/bai_2.html?a=1&b=2"
    _with(toy, find, f'{{url: "{url}", kind: bao, read: 2026-11-22, what: câu cuối}}')
    assert build_pages("--sources", toy, "--docs", tmp_path / "docs").returncode == 0
    page = (tmp_path / "docs/van-ban/quy-dinh-1203-qd-tw-2025.md").read_text(encoding="utf-8")
    body, _, foot = page.partition("## Các trang đã đọc")
    numbers = re.findall(r'canuoc\.example<sup class="kb-so"><a href="#nguon-(\d)">\1</a></sup>', body)
    assert len(set(numbers)) == 1
    name = f'<a href="{url}" rel="external noreferrer">canuoc.example</a>'  # the host and what it is, no raw address
    assert f'<li id="nguon-{numbers[0]}">{name} (báo; đọc được: câu cuối; đọc 22-11-2026)</li>' in html.unescape(foot)


def test_a_part_of_an_official_text_is_shown_as_such(toy: Path, tmp_path: Path) -> None:
    path = toy / "articles/song-may/2025-10-02-nghi-quyet-sau-hop-nhat.md"
    text = path.read_text(encoding="utf-8")
    assert "evidence: toan-van" in text
    path.write_text(text.replace("evidence: toan-van", "evidence: trich"), encoding="utf-8", newline="\n")
    assert build_pages("--sources", toy, "--docs", tmp_path / "docs").returncode == 0
    article = (tmp_path / f"docs/nguon/{path.stem}.md").read_text(encoding="utf-8")
    assert "| Bài là gì | Một phần của chính văn bản |" in article
    assert "Căn cứ đăng nguyên văn" in article and "Điều 15" in article
    document = re.search(r"\*\*Văn bản bài đưa tin:\*\* \[[^\]]+\]\(\.\./(van-ban/[^)]+)\)", article)
    assert document
    page = (tmp_path / "docs" / document[1]).read_text(encoding="utf-8")
    assert "| Kho biết văn bản qua | một phần của chính văn bản |" in page and "Kho mới đọc được một phần" in page


def test_a_second_reading_stands_once_on_its_page_and_in_the_open_data(toy_docs: Path) -> None:
    found: dict[str, list[str]] = {}
    for page in sorted((*toy_docs.glob("nguon/*.md"), *toy_docs.glob("van-ban/*.md"))):
        lines = [line for line in page.read_text(encoding="utf-8").split("\n") if "Đọc lại lần hai" in line]
        found |= {page.relative_to(toy_docs).as_posix(): lines} if lines else {}
    assert found == {
        "nguon/2022-09-09-chua-ro-huyen-nao.md": ["| Đọc lại lần hai | 25-11-2026, không tìm lại được trang đã đọc |"],
        "van-ban/chi-thi-34-ct-tu-song-may-2017.md": ["| Đọc lại lần hai | 25-11-2026, đúng |"],
    }
    data = json.loads((toy_docs / "du-lieu/kho.json").read_text(encoding="utf-8"))
    rows = [row for table in ("documents", "articles") for row in data[table] if row["checked"]]
    assert [(row["checked"], row["checked_result"]) for row in rows] == [
        ("2026-11-25", "dung"),
        ("2026-11-25", "khong-thay-lai"),
    ]
    assert all(list(row)[-2:] == ["checked", "checked_result"] for row in data["documents"] + data["articles"])


def test_what_a_second_reading_did_not_find_again_is_not_sure(toy: Path) -> None:
    """Each fact of such a record is C, whatever its pages give; of one found right nothing changes."""
    path = toy / "documents/song-may.yml"
    text = path.read_text(encoding="utf-8")
    sure = {}
    for result in ("dung", "khong-thay-lai"):
        path.write_text(text.replace("result: dung", f"result: {result}"), encoding="utf-8", newline="\n")
        vocabulary, _ = load_vocabulary(toy)
        record = vocabulary.records["chi-thi-34-ct-tu-song-may-2017"]
        sure[result] = [vocabulary.origins.certainty(fact).value for fact in record.grounded().values()]
    assert set(sure["khong-thay-lai"]) == {"C"} and set(sure["dung"]) - {"C"}
