"""Published addresses: their list, the pages that lead on, and what stops a publication that would lose one."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from building import HAND_WRITTEN, ROOT, TOY, build_docs, build_pages, build_site, snapshot
from knowledge_base.build import read_sources, render_all
from knowledge_base.publish.addresses import LIST, SimilarAddresses, find_lost, list_addresses, read_list, render_list
from knowledge_base.sources.vocabulary import load_vocabulary

CASES = ROOT / "tests" / "cases" / "changes"
ERRATA = yaml.safe_load((CASES / "errata.yml").read_text(encoding="utf-8"))
FAULTS = yaml.safe_load((CASES / "addresses.yml").read_text(encoding="utf-8"))
LOST = yaml.safe_load((CASES / "lost.yml").read_text(encoding="utf-8"))
MENDED_PAGE = """\
- {page: nguon/2018-06-15-don-song/, date: 2026-11-29, what: "Trước ghi 21 km, nay ghi <12> km", why: đọc lại bài}
"""
MOVES = """
- from: nguon/2018-06-15-bai-cu/
  to: nguon/2018-06-15-don-song/
  why: "tệp đổi tên <b>cho</b> [đúng](x)"
  date: 2026-11-22
- {from: chu-de/cu/, to: chu-de/}
- {from: van-ban/chi-thi-cu/, to: so-hieu/34-ct-tu/}
- {from: nguon/bai-da-rut/, withdrawn: có, date: 2026-11-30, why: theo yêu cầu của báo}
"""
MENDED = """
mended:
  - {find: dọn 12 km lòng sông, was: [d-fztyopdp], day: 2018-07-01, why: Bản trước ghi thiếu chữ lòng}
""".lstrip()


# ---- The list ----


def test_list_names_every_page_and_paragraph(toy_docs: Path) -> None:
    addresses = read_list((toy_docs / LIST).read_text(encoding="utf-8"))
    assert addresses is not None
    pages = {p.relative_to(toy_docs) for p in toy_docs.rglob("*.md")}
    pages = {p for p in pages if p.parts[0] not in HAND_WRITTEN}
    assert len(addresses) == len(pages)
    for path in pages:
        address = f"{path.parent.as_posix()}/" if path.name == "index.md" else f"{path.with_suffix('').as_posix()}/"
        text = (toy_docs / path).read_text(encoding="utf-8")
        assert list(addresses[address]) == re.findall(r"\{ #(d-\S+) \.doan \}", text)
    assert sum(map(len, addresses.values())) > 20
    assert list(addresses) == sorted(addresses)


def test_list_is_on_the_site(real_site: Path, real_docs: Path) -> None:
    assert (real_site / LIST).read_bytes() == (real_docs / LIST).read_bytes()
    addresses = read_list((real_site / LIST).read_text(encoding="utf-8")) or {}
    assert [a for a in addresses if not (real_site / a / "index.html").is_file()] == []
    for address, anchors in addresses.items():
        html = (real_site / address / "index.html").read_text(encoding="utf-8")
        assert [a for a in anchors if f'id="{a}"' not in html] == []


_ADDRESS = st.from_regex(r"[a-z0-9]{1,5}/(?:[a-z0-9]{1,5}(?:-[a-z0-9]{1,4})?/)?", fullmatch=True)


@given(st.dictionaries(_ADDRESS, st.lists(st.from_regex(r"d-[a-z2-7]{8}", fullmatch=True)).map(tuple), min_size=1))
def test_list_is_read_as_written(addresses: dict[str, tuple[str, ...]]) -> None:
    assert read_list(render_list(addresses).decode()) == addresses


@pytest.mark.parametrize("text", ["", "# chỉ lời dẫn\n", "<!doctype html>\n<html>", "van-ban/x\n", "../van-ban/\n"])
def test_what_is_no_list_is_refused(text: str) -> None:
    assert read_list(text) is None


# ---- sources/addresses.yml ----


@pytest.mark.parametrize(
    ("name", "case"),
    [("addresses.yml", case) for case in FAULTS] + [("errata.yml", case) for case in ERRATA],
    ids=lambda value: value["name"] if isinstance(value, dict) else value,
)
def test_fault_is_told_on_its_line(toy: Path, name: str, case: dict[str, Any]) -> None:
    (toy / name).write_text(case["text"], encoding="utf-8")
    told = [str(p) for p in read_sources(toy).problems if p.path == f"sources/{name}"]
    assert len(told) == len(case["expect"]), told
    for line, expected in zip(told, case["expect"], strict=True):
        assert line.startswith(f"sources/{name}:{expected}"), told


def test_corrections_of_pages_elsewhere_do_not_stop_a_part_of_the_base(toy: Path, tmp_path: Path) -> None:
    """Whoever builds the articles of one place with the whole of the other files gets pages."""
    (toy / "errata.yml").write_text("- {page: nguon/a/, date: 2026-11-30, what: A, why: B}\n", encoding="utf-8")
    done = build_pages("--sources", toy, "--docs", tmp_path / "docs")
    assert done.returncode == 0 and (tmp_path / "docs/index.md").is_file()


def test_faults_stop_the_build(toy: Path, tmp_path: Path) -> None:
    (toy / "addresses.yml").write_text("- {from: nguon/a/, to: nguon/b/}\n", encoding="utf-8")
    done = build_pages("--sources", toy, "--docs", tmp_path / "docs")
    assert done.returncode == 1
    assert "sources/addresses.yml:1: không có trang nào ở “nguon/b/”" in done.stderr
    assert not (tmp_path / "docs").exists()


def test_long_chain_takes_no_long_time(toy: Path) -> None:
    lines = [f"- {{from: nguon/a{n}/, to: nguon/a{n + 1}/}}\n" for n in range(400)]
    (toy / "addresses.yml").write_text("".join(lines), encoding="utf-8")
    told = [p for p in read_sources(toy).problems if p.path.endswith("addresses.yml")]
    assert len(told) == 400


# ---- Pages that lead on ----


@pytest.fixture(scope="module")
def moved_docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("moved")
    sources = folder / "sources"
    for path, data in snapshot(TOY).items():
        (sources / path).parent.mkdir(parents=True, exist_ok=True)
        (sources / path).write_bytes(data)
    (sources / "addresses.yml").write_text(MOVES, encoding="utf-8")
    (sources / "errata.yml").write_text(MENDED_PAGE, encoding="utf-8")
    path = sources / "articles/bien-bac/2018-06-15-don-song.md"
    path.write_text(path.read_text(encoding="utf-8").replace("---\n\n", f"{MENDED}---\n\n", 1), encoding="utf-8")
    return build_docs(sources, folder / "docs")


@pytest.fixture(scope="module")
def moved_site(moved_docs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(moved_docs, tmp_path_factory.mktemp("moved-www"))


def test_withdrawn_page_says_so(moved_site: Path) -> None:
    html = unescape((moved_site / "nguon/bai-da-rut/index.html").read_text(encoding="utf-8"))
    assert "đã được rút khỏi kho ngày 30-11-2026" in html and "Lý do: theo yêu cầu của báo" in html
    assert '<meta name="robots" content="noindex">' in html and "data-pagefind-body" not in html


def test_corrections_stand_at_the_foot_of_their_page(moved_site: Path) -> None:
    html = (moved_site / "nguon/2018-06-15-don-song/index.html").read_text(encoding="utf-8")
    assert "<li>29-11-2026: Trước ghi 21 km, nay ghi &lt;12&gt; km (đọc lại bài)</li>" in html
    shown, _, folded = html.partition('<details class="kb-viet-lai">')
    assert "Bản trước ghi thiếu chữ lòng" in folded and "Bản trước ghi thiếu chữ lòng" not in shown
    other = (moved_site / "nguon/index.html").read_text(encoding="utf-8")
    assert "Đính chính" not in other and "kb-viet-lai" not in other


def test_old_address_has_a_page_that_leads_on(moved_site: Path) -> None:
    html = (moved_site / "nguon/2018-06-15-bai-cu/index.html").read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in html
    assert '<link rel="canonical" href="../2018-06-15-don-song/">' in html
    assert '<noscript><meta http-equiv="refresh" content="0; url=../2018-06-15-don-song/"></noscript>' in html
    assert re.search(r'<a class="kb-trang-moi" href="\.\./2018-06-15-don-song/">Thành phố dọn sông</a>', html)
    assert "từ 22-11-2026" in re.sub("<[^>]*>", "", html)
    assert "<p>Lý do: tệp đổi tên <b>cho</b> [đúng](x)</p>" in unescape(html)
    assert "<b>cho" not in html
    assert "data-pagefind-body" not in html
    listing = (moved_site / "chu-de/cu/index.html").read_text(encoding="utf-8")
    assert 'content="0; url=../"' in listing


def test_old_addresses_stay_in_the_list_and_out_of_search(moved_docs: Path, moved_site: Path) -> None:
    addresses = read_list((moved_docs / LIST).read_text(encoding="utf-8")) or {}
    assert {"nguon/2018-06-15-bai-cu/", "chu-de/cu/", "van-ban/chi-thi-cu/"} <= addresses.keys()
    for path in (moved_docs / "tra-cuu").rglob("*"):
        assert not path.is_file() or "bai-cu" not in path.read_text(encoding="utf-8")
    assert "chi-thi-cu" not in (moved_docs / "van-ban/index.md").read_text(encoding="utf-8")
    assert "cu/" not in (moved_site / "sitemap.xml").read_text(encoding="utf-8")


def test_sitemap_leaves_out_what_moved(moved_docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mkdocs.commands.build import build  # noqa: PLC0415 - slow to load
    from mkdocs.config import load_config  # noqa: PLC0415

    monkeypatch.setenv("SITE_URL", "https://vi-du.invalid/kho/")
    site = tmp_path / "site"
    build(load_config(str(ROOT / "mkdocs.yml"), docs_dir=str(moved_docs), site_dir=str(site), hooks=[]))
    locations = re.findall(r"<loc>([^<]+)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    assert "https://vi-du.invalid/kho/nguon/2018-06-15-don-song/" in locations
    assert [x for x in locations if x.endswith("cu/") and "tra-cuu" not in x] == []
    html = (site / "nguon/2018-06-15-bai-cu/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://vi-du.invalid/kho/nguon/2018-06-15-don-song/">' in html
    assert 'url=../2018-06-15-don-song/"' in html


def test_pages_that_lead_on_work_as_plain_files(moved_docs: Path, tmp_path: Path) -> None:
    from mkdocs.commands.build import build  # noqa: PLC0415
    from mkdocs.config import load_config  # noqa: PLC0415

    site = tmp_path / "site"
    options = {"docs_dir": str(moved_docs), "site_dir": str(site), "use_directory_urls": False, "hooks": []}
    build(load_config(str(ROOT / "mkdocs.yml"), **options))
    html = (site / "nguon/2018-06-15-bai-cu.html").read_text(encoding="utf-8")
    assert 'content="0; url=2018-06-15-don-song.html"' in html
    assert 'content="0; url=index.html"' in (site / "chu-de/cu.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("javascript", [True, False], ids=["có JavaScript", "không có JavaScript"])
def test_reader_arrives_at_the_new_page(
    moved_site: Path, serve: Callable[[Path], str], open_page: Callable[..., Any], javascript: bool
) -> None:
    page = open_page(serve(moved_site), java_script_enabled=javascript)
    page.goto("nguon/2018-06-15-bai-cu/#d-mops75ak")
    page.wait_for_url(f"**/kho/nguon/2018-06-15-don-song/{'#d-mops75ak' if javascript else ''}")
    assert page.locator("h1").inner_text().startswith("Thành phố dọn sông")
    if javascript:
        assert page.locator("#d-mops75ak:target").count() == 1
        page.goto("nguon/2018-06-15-bai-cu/#d-zzzzzzzz")
        page.get_by_text("Đoạn này không còn trong bài").wait_for()


def test_old_link_opens_the_mended_paragraph(
    moved_site: Path, moved_docs: Path, serve: Callable[[Path], str], open_page: Callable[..., Any]
) -> None:
    addresses = read_list((moved_docs / LIST).read_text(encoding="utf-8")) or {}
    assert addresses["nguon/2018-06-15-don-song/"] == ("d-fztyopdp", "d-mops75ak")
    page = open_page(serve(moved_site))
    page.goto("nguon/2018-06-15-don-song/#d-fztyopdp")
    paragraph = page.locator("p#d-mops75ak:has(> #d-fztyopdp:target)")
    paragraph.wait_for()
    assert paragraph.evaluate("(p) => getComputedStyle(p).backgroundColor") != "rgba(0, 0, 0, 0)"
    assert page.get_by_text("Đoạn này không còn trong bài").count() == 0
    page.goto("nguon/2018-06-15-bai-cu/#d-fztyopdp")
    page.wait_for_url("**/kho/nguon/2018-06-15-don-song/#d-fztyopdp")


# ---- What a publication would lose ----


def test_nothing_is_lost_of_one_s_own_list(toy: Path, toy_docs: Path) -> None:
    done = build_pages("--sources", toy, "--addresses", toy_docs / LIST)
    assert done.returncode == 0
    assert re.match(r"(\d+) trong \1 trang đã công bố còn địa chỉ; 0 đoạn không còn", done.stdout)


@pytest.mark.parametrize("case", LOST, ids=lambda case: case["name"])
def test_lost_address_is_told_with_where_to_lead(case: dict[str, Any], toy_addresses: Any) -> None:
    present, vocabulary = toy_addresses
    published = {a: anchors for a, anchors in present.items() if a not in case.get("new", [])} | {case["lost"]: ()}
    assert [(one.address, one.proposal) for one in find_lost(published, present, vocabulary)] == [
        (case["lost"], case["to"])
    ]
    assert case["to"] in present


def test_few_are_looked_at_however_many_there_are() -> None:
    """Each lost address is compared with a few others only, and the page of the changed name is among them."""
    numbers = range(0, 5000 * 7919, 7919)
    renamed = {f"nguon/2023-09-07-tin-{n}-nghe-an/": f"nguon/2023-09-08-tin-{n}-nghe-an/" for n in numbers}
    index = SimilarAddresses(renamed.values())
    for old, new in list(renamed.items())[::500]:
        assert new in index.to(old)
        assert len(index.to(old)) <= 60
    assert SimilarAddresses(["chu-de/giai-ngan-von/"]).to("chu-de/dai-ngan-von/")
    assert not SimilarAddresses(["nguon/giai-ngan-von/"]).to("chu-de/giai-ngan-von/")


@pytest.fixture(scope="module")
def toy_addresses() -> Any:
    reading = read_sources(TOY)
    assert reading.kb is not None
    return list_addresses(render_all(reading.kb, ())), load_vocabulary(TOY)[0]


def test_following_the_words_leads_on(toy: Path, toy_docs: Path, tmp_path: Path) -> None:
    """A file is renamed and a date arrives; the lines that are proposed are all that is needed."""
    path = toy / "articles/bien-bac/2023-11-20-mot-cua.md"
    text = path.read_text(encoding="utf-8").replace("34-CT/TU về", "34-CT/TU ngày 15-11-2023 về")
    path.with_name("2023-11-20-cai-cach-mot-cua.md").write_text(text, encoding="utf-8")
    path.unlink()
    corrected = toy / "articles/bien-bac/2024-02-05-dinh-chinh.md"
    words = corrected.read_text(encoding="utf-8")
    corrected.write_text(words.replace("nhiem-ky-2020-2025", "2023"), encoding="utf-8")
    (toy / "addresses.yml").write_text("- {from: chu-de/cu/, to: chu-de/}\n", encoding="utf-8")
    done = build_pages("--sources", toy, "--addresses", toy_docs / LIST)
    assert done.returncode == 1
    told = [line for line in done.stderr.splitlines() if line.startswith("sources/addresses.yml:2: ")]
    lines = re.findall(r"thêm dòng “(- \{from: .+?\})” vào cuối tệp", "\n".join(told))
    assert lines == [
        "- {from: nguon/2023-11-20-mot-cua/, to: nguon/2023-11-20-cai-cach-mot-cua/}",
        "- {from: van-ban/chi-thi-34-ct-tu-bien-bac-nhiem-ky-2020-2025/, to: van-ban/chi-thi-34-ct-tu-bien-bac-2023/}",
    ]
    assert done.stdout.splitlines()[-2:] == lines
    with (toy / "addresses.yml").open("a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    again = build_pages("--sources", toy, "--addresses", toy_docs / LIST)
    assert again.returncode == 0, again.stderr
    assert build_pages("--sources", toy, "--docs", tmp_path / "docs").returncode == 0


def test_record_keeps_the_address_when_a_date_arrives(toy: Path, toy_docs: Path) -> None:
    """The other way, without a page that leads on: the document is recorded under the id it was published with."""
    path = toy / "articles/bien-bac/2023-11-20-mot-cua.md"
    text = path.read_text(encoding="utf-8").replace("34-CT/TU về", "34-CT/TU ngày 15-11-2023 về")
    path.write_text(text, encoding="utf-8")
    record = "- {id: chi-thi-34-ct-tu-bien-bac-nhiem-ky-2020-2025, type: chi-thi, number: 34-CT/TU, province: bien-bac,"
    date = "date: {value: 2023-11-15, evidence: [{host: Báo Biển Bạc, kind: bao}]}}"
    (toy / "documents/bien-bac.yml").write_text(f"{record}\n   {date}\n", encoding="utf-8")
    done = build_pages("--sources", toy, "--addresses", toy_docs / LIST)
    assert done.returncode == 0, done.stderr
    reading = read_sources(toy)
    assert reading.kb is not None
    kept = reading.kb.documents["chi-thi-34-ct-tu-bien-bac-nhiem-ky-2020-2025"]
    assert kept.date is not None and kept.date.iso == "2023-11-15"
    assert "2023-11-20-mot-cua" in (*kept.announced_by, *kept.cited_by)


def test_redirects_may_not_be_taken_away(toy: Path, moved_docs: Path) -> None:
    done = build_pages("--sources", toy, "--addresses", moved_docs / LIST)
    assert done.returncode == 1
    assert "“nguon/2018-06-15-bai-cu/” không còn trang nào" in done.stderr


def test_rewritten_paragraph_does_not_stop_anything(toy: Path, toy_docs: Path) -> None:
    path = toy / "articles/bien-bac/2018-06-15-don-song.md"
    path.write_text(path.read_text(encoding="utf-8").replace("dọn 12 km", "dọn sạch 12 km"), encoding="utf-8")
    done = build_pages("--sources", toy, "--addresses", toy_docs / LIST)
    assert done.returncode == 0
    assert "; 1 đoạn không còn" in done.stdout


@pytest.mark.parametrize("place", ["khong-co.txt", str(ROOT / "README.md"), str(ROOT)])
def test_wrong_list_is_wrong_usage(toy: Path, place: str) -> None:
    done = build_pages("--sources", toy, "--addresses", place)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


@pytest.fixture
def live() -> Iterator[tuple[str, dict[str, Any]]]:
    """A live site that answers as told: ``answer`` holds status and body."""
    answer: dict[str, Any] = {"status": 200, "body": b""}

    class Live(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(answer["status"])
            self.end_headers()
            self.wfile.write(answer["body"])

        def log_message(self, *args: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Live)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/kho/{LIST}", answer
    server.shutdown()
    server.server_close()


def test_list_of_the_live_site(toy: Path, toy_docs: Path, live: tuple[str, dict[str, Any]]) -> None:
    address, answer = live
    answer["body"] = (toy_docs / LIST).read_bytes() + b"nguon/2010-mat/\n"
    done = build_pages("--sources", toy, "--addresses", address, no_proxy="*")
    assert done.returncode == 1
    assert "“nguon/2010-mat/” không còn trang nào" in done.stderr


def test_first_publication_has_nothing_to_lose(toy: Path, live: tuple[str, dict[str, Any]]) -> None:
    address, answer = live
    answer["status"] = 404
    done = build_pages("--sources", toy, "--addresses", address, no_proxy="*")
    assert (done.returncode, done.stderr) == (0, "")
    assert "lần công bố đầu tiên" in done.stdout


@pytest.mark.parametrize(("status", "code"), [(503, 1), (200, 2)], ids=["máy chủ hỏng", "không phải danh sách"])
def test_unclear_answer_stops_the_publication(
    toy: Path, live: tuple[str, dict[str, Any]], status: int, code: int
) -> None:
    address, answer = live
    answer |= {"status": status, "body": b"<!doctype html><title>Xin loi</title>"}
    done = build_pages("--sources", toy, "--addresses", address, no_proxy="*")
    assert done.returncode == code
    assert len(done.stderr.splitlines()) == 1


def test_publishing_compares_before_it_publishes() -> None:
    flow = yaml.safe_load((ROOT / ".github/workflows/xuat-ban.yml").read_text(encoding="utf-8"))
    steps = flow["jobs"]["dung"]["steps"]
    commands = [step.get("run", step.get("uses", "")) for step in steps]
    compare = next(n for n, command in enumerate(commands) if "--addresses" in command)
    upload = next(n for n, command in enumerate(commands) if "upload-pages-artifact" in command)
    assert compare < upload
    assert commands[compare].count("\n") == 0
    assert LIST in commands[compare]
    assert not {"continue-on-error", "if"} & steps[compare].keys()
