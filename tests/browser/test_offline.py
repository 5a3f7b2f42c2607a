"""The edition that ``dev.py offline`` makes, on file:// and without a network: every link leads to a file, everything
works by double click."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, unquote, urlsplit

import pypdfium2
import pytest

from browsing import wait_until
from building import real_knowledge
from dev_tools import offline
from editing import (
    ARTICLE,
    CARD_WORDS,
    CLIPBOARD,
    DIRECTIVE,
    DRAFT,
    DRAFT_TOLD,
    EPOCH,
    FIRST_RESULTS,
    NOTE_COPIES,
    SEARCH_DONE,
    SEARCHES,
    THEMES,
    search_misses,
)

KINDS = ("van-ban", "co-quan", "chu-de", "dia-phuong", "nguon", "so-hieu", "nhiem-vu", "so-sanh")
HAND_WRITTEN = ("gioi-thieu", "huong-dan", "tra-cuu", "du-lieu")
TOLD = "Bản ngoại tuyến, nội dung đến ngày 21-09-2026."


@pytest.fixture
def visit(edition: Path, open_page: Callable[..., Any]) -> Callable[[str], Any]:
    """Open a page of the edition, cut off from the network; nothing may fail, complain, or be asked of any other
    place."""
    return _visitor(edition, open_page)


def _visitor(edition: Path, open_page: Callable[..., Any], *, alone: bool = False) -> Callable[[str], Any]:
    page = open_page(edition.as_uri() + "/", alone=alone, offline=True)

    def go(path: str) -> Any:
        page.goto(f"{edition.as_uri()}/{path}")
        return page

    return go


class _Page(HTMLParser):
    """The links of a page, and the names that may be linked to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "action", "xlink:href"):
                self.links.append(value or "")
            elif name in ("id", "name"):
                self.ids.add(value or "")


def test_every_link_leads_to_a_file_and_a_place_in_it(edition: Path) -> None:
    pages = {path: _Page(path) for path in edition.rglob("*.html")}
    assert len(pages) > 200
    dead = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            mark = "" if parts.fragment.startswith("y=") else unquote(parts.fragment)  # a list of statements, no place
            if not target.is_file() or (mark and target in pages and mark not in pages[target].ids):
                dead.append(f"{path.relative_to(edition)}: {link}")
    assert dead == []


def test_no_page_needs_a_server(edition: Path) -> None:
    for path in edition.rglob("*.html"):
        assert 'type="module"' not in path.read_text(encoding="utf-8"), path
    script = (edition / "assets/kb/kb.js").read_text(encoding="utf-8")
    assert not re.search(r"^(?:import|export)\b", script, re.MULTILINE)
    assert not any((edition / name).exists() for name in ("404.html", "sitemap.xml", "pagefind"))


def test_note_reads_well_in_notepad(edition: Path) -> None:
    note = (edition / "DOC-TRUOC.txt").read_bytes()
    assert note.startswith(b"\xef\xbb\xbf") and note.count(b"\r\n") == note.count(b"\n")
    assert "index.html" in note.decode("utf-8-sig") and "NGÀY 21-09-2026" in note.decode("utf-8-sig")


def test_same_bytes_again(edition: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(edition, tmp_path / "khac")
    for path in copy.rglob("*"):
        path.touch()
    offline.pack(edition, tmp_path / "1.zip", EPOCH)
    offline.pack(copy, tmp_path / "2.zip", EPOCH)
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()


def test_walk_through_every_kind_of_page(edition: Path, visit: Callable[[str], Any]) -> None:
    page = visit("index.html")
    for kind in (*KINDS, *HAND_WRITTEN):
        page = visit("index.html")
        page.locator(f":is(header, nav, footer) a[href^='{kind}/']:visible").first.click()
        page.wait_for_url(f"**/{kind}/index.html")
        if kind in KINDS:
            page.locator("article details").evaluate_all("parts => parts.forEach((part) => { part.open = true; })")
            link = page.locator(f"article a[href*='/index.html']:visible:not([href^='../{kind}/index'])").first
            target = link.evaluate("a => new URL(a.getAttribute('href'), location.href).href")
            link.click()
            page.wait_for_url(target)
        assert page.locator("article h1").is_visible()
        assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"


def test_number_leads_to_its_document_from_the_box(visit: Callable[[str], Any]) -> None:
    page = visit(ARTICLE)
    page.keyboard.press("/")
    page.locator(".kb-tim input").fill("34 ct tu da nang")
    page.locator(".kb-tim-bao", has_text=re.compile(r"\d kết quả\.")).wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{DIRECTIVE}")
    assert page.locator("article h1").inner_text().startswith("Chỉ thị 34-CT/TU")


def test_name_without_accents_on_the_search_page(visit: Callable[[str], Any]) -> None:
    page = visit("tra-cuu/index.html")
    page.locator(".tra-cuu-o input").fill("tinh uy nghe an")
    page.locator(".tra-cuu-o input").press("Enter")
    page.locator(".tra-cuu-bao", has_text=re.compile(r"\d kết quả$")).wait_for()
    first = page.locator(".ket-qua a").first
    target = first.evaluate("a => a.href")
    assert target.endswith("/co-quan/tinh-uy-nghe-an/index.html")
    first.click()
    page.wait_for_url(target)
    page.go_back()
    page.locator(".ket-qua a").first.wait_for()
    assert page.url.endswith("tra-cuu/index.html?q=tinh+uy+nghe+an")


def test_facets_narrow(visit: Callable[[str], Any]) -> None:
    page = visit("tra-cuu/index.html")
    page.locator(".tra-cuu-dem a").first.click()
    page.wait_for_url("**/tra-cuu/index.html?*")
    page.locator(".ket-qua a").first.wait_for()


@pytest.mark.parametrize("case", SEARCHES, ids=lambda case: str(case["q"]))
def test_ten_searches(visit: Callable[[str], Any], case: dict[str, Any]) -> None:
    page = visit(f"tra-cuu/index.html?q={quote_plus(case['q'])}")
    wait_until(page, f"() => {{ {SEARCH_DONE} }}")
    assert search_misses(case, page.evaluate(f"() => {{ {FIRST_RESULTS} }}")) == ""


def test_hit_of_the_full_text_leads_to_its_paragraph(visit: Callable[[str], Any]) -> None:
    (case,) = (case for case in SEARCHES if case["q"].startswith("355"))
    page = visit("index.html")
    page.locator("form.kb-tim-o input").fill(case["q"])
    page.locator("form.kb-tim-o a", has_text="355 trường hợp").click()
    page.wait_for_url(f"**/{case['is']}/index.html#d-*")
    assert case["words"] in page.locator(":target").inner_text()


def test_manual_is_found_in_the_full_text(visit: Callable[[str], Any]) -> None:
    """A page that is no entry of the index of names: its address comes out of the full text alone."""
    page = visit(f"tra-cuu/index.html?q={quote_plus('noi voi may chieu')}")
    wait_until(page, f"() => {{ {SEARCH_DONE} }}")
    first = page.locator("ol.ket-qua a").first
    target = first.evaluate("a => a.href")
    first.click()
    page.wait_for_url(target)
    assert page.locator("article h1").is_visible()


def test_nothing_found_is_told(visit: Callable[[str], Any]) -> None:
    page = visit(DIRECTIVE)
    page.keyboard.press("/")
    page.locator(".kb-tim input").fill("xyzzy khong co")
    page.locator(".kb-tim-bao", has_text="Không tìm thấy").wait_for()


def test_card_shows_what_a_page_says_of_itself(visit: Callable[[str], Any]) -> None:
    page = visit(ARTICLE)
    page.locator(f"article a[href$='{DIRECTIVE}']:visible").first.hover()
    card = wait_until(page, f"() => {{ {CARD_WORDS} }}")
    assert card.splitlines()[0].startswith("Văn bản · ") and "Chỉ thị 34-CT/TU" in card


def test_lists_are_filtered_and_themes_compared(visit: Callable[[str], Any]) -> None:
    page = visit("van-ban/index.html")
    page.locator(".kb-loc input").first.fill("34")
    page.locator(".kb-loc-dem", has_text="trong").wait_for()
    page = visit("so-sanh/ne-tranh-dun-day/index.html")
    for fold in page.locator("form[aria-label='Chọn để so sánh'] summary").all():
        fold.click()
    page.get_by_label("Đà Nẵng", exact=True).check()
    assert page.url.endswith("index.html?noi=da-nang")


def test_paragraph_addresses(visit: Callable[[str], Any]) -> None:
    page = visit(ARTICLE)
    paragraph = page.locator(".doan:not(h2, h3)").first.get_attribute("id")
    page = visit(f"{ARTICLE}#{paragraph}")
    assert page.locator(":target").count() == 1
    page = visit(f"{ARTICLE}#d-khongcon")
    page.locator(".kb-mat-doan").wait_for()


def test_citation_tells_no_address_on_this_machine(visit: Callable[[str], Any]) -> None:
    page = visit(DIRECTIVE)
    page.evaluate(f"() => {{ {NOTE_COPIES} }}")
    page.locator("[data-kb-lam=trich-dan]").click()
    page.get_by_text("Đã chép trích dẫn").wait_for()
    copied = page.evaluate(f"() => {{ {CLIPBOARD} }}")
    assert copied["text/plain"].splitlines()[-1] == DIRECTIVE.removesuffix("index.html")
    assert "file:" not in copied["text/html"]


@pytest.mark.parametrize(("today", "is_old"), [("2027-03-20T12:00", False), ("2027-03-21T12:00", True)])
def test_edition_says_its_day_and_after_six_months_that_there_may_be_a_newer_one(
    edition: Path, open_page: Callable[..., Any], today: str, *, is_old: bool
) -> None:
    visit = _visitor(edition, open_page, alone=True)
    visit("index.html").clock.set_fixed_time(today)
    page = visit(ARTICLE)
    assert page.locator("footer").get_by_text(TOLD).is_visible()
    notice = page.locator(".kb-mo-tu-tep")
    assert notice.count() == int(is_old)
    if is_old:
        assert "Có thể đã có bản mới hơn" in notice.inner_text() and "21-09-2026" in notice.inner_text()


def test_published_address_is_told_where_it_is_known(edition: Path, visit: Callable[[str], Any]) -> None:
    path = edition / "van-ban/co-dia-chi/index.html"
    text = (edition / DIRECTIVE).read_text(encoding="utf-8")
    canonical = '<link rel="canonical" href="https://kho.invalid/con/van-ban/co-dia-chi/">'
    path.parent.mkdir()
    path.write_text(text.replace("<head>", f"<head>{canonical}", 1), encoding="utf-8")
    try:
        page = visit("van-ban/co-dia-chi/index.html")
        assert page.evaluate("kbFiles.shown(location.href)") == "https://kho.invalid/con/van-ban/co-dia-chi/"
        other = page.evaluate("kbFiles.shown(new URL('../../co-quan/index.html?x=1', location.href).href)")
        assert other == "https://kho.invalid/con/co-quan/?x=1"
        assert page.evaluate("kbFiles.shown('https://ngoai.invalid/index.html')") == "https://ngoai.invalid/index.html"
        # A link of the page, seen from where the page is published, as codes see it.
        seen = page.evaluate("kbFiles.shown('https://kho.invalid/con/nguon/bai/index.html#d-abcdefgh')")
        assert seen == "https://kho.invalid/con/nguon/bai/#d-abcdefgh"
        page.get_by_role("button", name="Mã QR").click()
        code = page.locator(".kb-qr-dia-chi").inner_text()
        assert code == "https://kho.invalid/con/van-ban/co-dia-chi/"
    finally:
        shutil.rmtree(path.parent)


def test_a_long_list_reads_the_rows_that_its_page_leaves_out(visit: Callable[[str], Any]) -> None:
    page = visit("van-ban/index.html")
    shown = page.locator("tbody a").evaluate_all("links => links.map((a) => a.getAttribute('href').split('/').at(-2))")
    numbers = {identity: document.number for identity, document in real_knowledge().documents.items()}
    left_out = next(identity for identity in numbers if numbers[identity] and identity not in shown)
    page.locator(".kb-loc input").fill(str(numbers[left_out]))
    page.locator(".kb-dang-loc").wait_for()
    page.locator(f"tbody tr:not(.nhom, [hidden]) a[href$='{left_out}/index.html']").first.click()
    page.wait_for_url(f"**/van-ban/{left_out}/index.html")


def test_statements_are_chosen_and_saved_for_word(visit: Callable[[str], Any], tmp_path: Path) -> None:
    page = visit(f"chu-de/{THEMES[1]}/index.html")
    page.wait_for_selector("article .kb-chon-y input")
    for number in (0, 1):
        page.locator("article .kb-chon-y input").nth(number).focus()
        page.keyboard.press("Space")
    page.get_by_role("link", name="Xem danh sách").click()
    page.wait_for_url("**/y-da-chon/index.html#y=*")
    wait_until(page, "document.querySelectorAll('ol.kb-y > li').length === 2")
    words = page.locator("ol.kb-y .y-loi").first.inner_text()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Tải tệp Word").first.click()
    saved.value.save_as(tmp_path / "y.docx")
    with zipfile.ZipFile(tmp_path / "y.docx") as document:
        assert words in unescape(re.sub(r"<[^>]+>", "", document.read("word/document.xml").decode()))
    page.get_by_role("button", name="Chép cho Word").first.click()
    page.locator(".kb-bao", has_text="Dán vào Word bằng Ctrl+V").wait_for()


@pytest.mark.parametrize("theme", THEMES)
def test_pack_is_shown_on_the_wall(edition: Path, visit: Callable[[str], Any], theme: str) -> None:
    page = visit(f"tai-lieu/{theme}/index.html")
    files = page.locator("article a[download]").evaluate_all("links => links.map((a) => a.getAttribute('href'))")
    assert files and all((edition / "tai-lieu" / theme / name).is_file() for name in files)
    page.locator("[data-kb-chieu]").first.click()
    first = page.locator(".ch-dem").text_content()
    page.keyboard.press("ArrowRight")
    wait_until(page, "first => document.querySelector('.ch-dem').textContent !== first", arg=first)
    assert page.locator(".ch-dang-chieu .ch-loi").text_content() == page.locator(".y-loi").first.text_content()


def test_sheet_on_paper_tells_how_to_find_a_paragraph(visit: Callable[[str], Any]) -> None:
    """Nobody knows where this edition is published: an address would lead nowhere."""
    page = visit("tai-lieu/dam-nghi-dam-lam/index.html")
    wait_until(page, "document.querySelector('.kb-to .y-nguon a').dataset.diaChi === ''")
    pdf = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert len(pdf) == 1
    text = " ".join(pdf[0].get_textpage().get_text_range().split())
    told = page.locator(".kb-to .y-nguon a").evaluate_all("links => links.map(link => link.dataset.tim)")
    assert told and text.count("Mở kho, tìm: ") == len(told)
    assert all(words.startswith("Mở kho, tìm: ") and words.replace(" ", "") in text.replace(" ", "") for words in told)
    assert "file:" not in text and "nguon/" not in text


@pytest.mark.parametrize(
    ("data", "address", "place"),
    [
        ("y-da-chon/y*.js", "y-da-chon/index.html#y=aaaaaaaaaaaa~bbbbbb", ".kb-y-bao"),
        ("kiem-tra-du-thao/kho.js", "kiem-tra-du-thao/index.html", ".kb-du-thao-bao"),
    ],
)
def test_data_that_cannot_be_read_are_not_taken_for_gone(
    edition: Path, visit: Callable[[str], Any], data: str, address: str, place: str
) -> None:
    """A file that was unpacked empty, as from a stick that was pulled out."""
    kept = {path: path.read_bytes() for path in edition.glob(data)}
    assert kept
    for path in kept:
        path.write_bytes(b"")
    try:
        page = visit(address)
        if "kiem-tra" in address:
            page.fill("#du-thao-chu", "Chỉ thị số 34-CT/TU")
            page.locator(".kb-du-thao button[type=submit]").click()
        page.locator(place, has_text="Không đọc được một tệp dữ liệu của bản ngoại tuyến này").wait_for()
        assert "không còn trong kho" not in page.locator("article").inner_text()
    finally:
        for path, content in kept.items():
            path.write_bytes(content)


def test_draft_is_checked(visit: Callable[[str], Any]) -> None:
    page = visit("kiem-tra-du-thao/index.html")
    page.locator(".kb-du-thao textarea").fill(DRAFT)
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    page.locator(".kb-du-thao-bao", has_text=DRAFT_TOLD).wait_for()
    links = page.locator(".kb-du-thao-ra a").evaluate_all("links => links.map((a) => a.href)")
    assert any(link.endswith("/van-ban/quy-dinh-124-qd-tw-2023/index.html") for link in links)


def test_dark_is_kept_from_page_to_page(visit: Callable[[str], Any]) -> None:
    page = visit(DIRECTIVE)
    page.locator("label[title='Chuyển sang giao diện tối']").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page = visit(ARTICLE)
    wait_until(page, "document.body.dataset.mdColorScheme === 'slate'")


def test_paper_tells_no_address_on_this_machine(visit: Callable[[str], Any]) -> None:
    page = visit(DIRECTIVE)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert "file:" not in page.locator("article").inner_text()
    assert "file:" not in page.locator(".kb-chi-in").inner_text()
