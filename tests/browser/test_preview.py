"""The site of files that ``dev.py preview`` packs: every link leads to a file, everything works by double click."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from dev_tools import preview as dev_preview

KINDS = ("van-ban", "co-quan", "chu-de", "dia-phuong", "nguon", "so-hieu", "nhiem-vu", "so-sanh")
HAND_WRITTEN = ("gioi-thieu", "huong-dan", "tra-cuu", "du-lieu")
DIRECTIVE = "van-ban/chi-thi-34-ct-tu-da-nang-2023/index.html"
ARTICLE = "nguon/2023-12-07-khoi-day-dong-luc-khat-vong-cong-hien/index.html"
LIMIT = "tìm trong toàn văn cần trang đã công bố"


@pytest.fixture(scope="session")
def preview(real_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive unpacked where an official would have it: in a folder with blanks and Vietnamese letters."""
    folder = tmp_path_factory.mktemp("xem")
    site = shutil.copytree(real_site, folder / "site", ignore=shutil.ignore_patterns("pagefind"))
    dev_preview.make_site_of_files(site)
    dev_preview.pack(site, folder / "xem-thu.zip", 1_790_000_000)
    place = folder / "Tải về" / "bản xem thử"
    with zipfile.ZipFile(folder / "xem-thu.zip") as archive:
        archive.extractall(place)
    assert [p.name for p in place.iterdir()] == [dev_preview.FOLDER]
    return place / dev_preview.FOLDER


@pytest.fixture
def visit(preview: Path, open_page: Callable[..., Any]) -> Callable[[str], Any]:
    """Open a page of the preview; nothing may fail, complain, or be asked of any other place."""
    page = open_page(preview.as_uri() + "/")

    def go(path: str) -> Any:
        page.goto(f"{preview.as_uri()}/{path}")
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


def test_every_link_leads_to_a_file_and_a_place_in_it(preview: Path) -> None:
    pages = {path: _Page(path) for path in preview.rglob("*.html")}
    assert len(pages) > 200
    dead = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            mark = unquote(parts.fragment)
            if not target.is_file() or (mark and target in pages and mark not in pages[target].ids):
                dead.append(f"{path.relative_to(preview)}: {link}")
    assert dead == []


def test_no_page_needs_a_server(preview: Path) -> None:
    for path in preview.rglob("*.html"):
        assert 'type="module"' not in path.read_text(encoding="utf-8"), path
    script = (preview / "assets/kb/kb.js").read_text(encoding="utf-8")
    assert not re.search(r"^(?:import|export)\b", script, re.MULTILINE)
    assert not any((preview / name).exists() for name in ("404.html", "sitemap.xml", "pagefind"))


def test_note_reads_well_in_notepad(preview: Path) -> None:
    note = (preview / "DOC-TRUOC.txt").read_bytes()
    assert note.startswith(b"\xef\xbb\xbf") and note.count(b"\r\n") == note.count(b"\n")
    assert "index.html" in note.decode("utf-8-sig")


def test_same_bytes_again(preview: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(preview, tmp_path / "khac")
    for path in copy.rglob("*"):
        path.touch()
    dev_preview.pack(preview, tmp_path / "1.zip", 1_790_000_000)
    dev_preview.pack(copy, tmp_path / "2.zip", 1_790_000_000)
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()


def test_walk_through_every_kind_of_page(preview: Path, visit: Callable[[str], Any]) -> None:
    page = visit("index.html")
    for kind in (*KINDS, *HAND_WRITTEN):
        page = visit("index.html")
        page.locator(f"footer a[href^='{kind}/']").first.click()
        page.wait_for_url(f"**/{kind}/index.html")
        if kind in KINDS:
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
    page.locator(".kb-tim-bao", has_text=LIMIT).wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{DIRECTIVE}")
    assert page.locator("article h1").inner_text().startswith("Chỉ thị 34-CT/TU")


def test_name_without_accents_on_the_search_page(visit: Callable[[str], Any]) -> None:
    page = visit("tra-cuu/index.html")
    page.locator(".tra-cuu-o input").fill("tinh uy nghe an")
    page.locator(".tra-cuu-o input").press("Enter")
    page.locator(".tra-cuu-bao", has_text=LIMIT).wait_for()
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


def test_nothing_found_tells_the_limit(visit: Callable[[str], Any]) -> None:
    page = visit(DIRECTIVE)
    page.keyboard.press("/")
    page.locator(".kb-tim input").fill("xyzzy khong co")
    page.locator(".kb-tim-bao", has_text="Không tìm thấy").wait_for()
    assert LIMIT in page.locator(".kb-tim-bao").inner_text()


def test_lists_are_filtered_and_themes_compared(visit: Callable[[str], Any]) -> None:
    page = visit("van-ban/index.html")
    page.locator(".kb-loc input").first.fill("34")
    page.locator(".kb-loc-dem", has_text="trong").wait_for()
    page = visit("so-sanh/ne-tranh-dun-day/index.html")
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
    page.evaluate(
        "(() => { const set = DataTransfer.prototype.setData; globalThis.copied = {};"
        "DataTransfer.prototype.setData = function (kind, text) { copied[kind] = text; set.call(this, kind, text); };"
        "})()"
    )
    page.locator("[data-kb-lam=trich-dan]").click()
    page.get_by_text("Đã chép trích dẫn").wait_for()
    copied = page.evaluate("copied")
    assert copied["text/plain"].splitlines()[-1] == DIRECTIVE.removesuffix("index.html")
    assert "file:" not in copied["text/html"]


def test_published_address_is_told_where_it_is_known(preview: Path, visit: Callable[[str], Any]) -> None:
    path = preview / DIRECTIVE
    text = path.read_text(encoding="utf-8")
    canonical = f'<link rel="canonical" href="https://kho.invalid/con/{DIRECTIVE.removesuffix("index.html")}">'
    path.write_text(text.replace("<head>", f"<head>{canonical}", 1), encoding="utf-8")
    try:
        page = visit(DIRECTIVE)
        assert page.evaluate("kbFiles.shown(location.href)") == f"https://kho.invalid/con/{DIRECTIVE[:-10]}"
        other = page.evaluate("kbFiles.shown(new URL('../../co-quan/index.html?x=1', location.href).href)")
        assert other == "https://kho.invalid/con/co-quan/?x=1"
        assert page.evaluate("kbFiles.shown('https://ngoai.invalid/index.html')") == "https://ngoai.invalid/index.html"
    finally:
        path.write_text(text, encoding="utf-8")


def test_dark_is_kept_from_page_to_page(visit: Callable[[str], Any]) -> None:
    page = visit(DIRECTIVE)
    page.locator("label[title='Chuyển sang giao diện tối']").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page = visit(ARTICLE)
    page.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")


def test_paper_tells_no_address_on_this_machine(visit: Callable[[str], Any]) -> None:
    page = visit(DIRECTIVE)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert "file:" not in page.locator("article").inner_text()
    assert "file:" not in page.locator(".kb-chi-in").inner_text()


# ---- Parts, each alone ----


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("../b/", "../b/index.html"),
        ("../b", "../b/index.html"),
        ("./", "./index.html"),
        ("..", "../index.html"),
        ("../b/?q=1&amp;x=2#y", "../b/index.html?q=1&amp;x=2#y"),
        ("#d-abc", "#d-abc"),
        ("?q=1", "?q=1"),
        ("../tep.csv", "../tep.csv"),
        ("https://vi-du.invalid/", "https://vi-du.invalid/"),
        ("mailto:a@b.invalid", "mailto:a@b.invalid"),
        ("../../..", "../../.."),
    ],
)
def test_links_to_folders(tmp_path: Path, link: str, expected: str) -> None:
    site = tmp_path / "site"
    for name in ("a", "b"):
        (site / name).mkdir(parents=True)
    text = f'<p>href="../b/"</p><a class="x" href="{link}">x</a>'
    changed = dev_preview.link_to_files(text, site / "a" / "index.html", site)
    assert changed == f'<p>href="../b/"</p><a class="x" href="{expected}">x</a>'


def test_page_that_has_moved_leads_to_a_file(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    text = '<meta http-equiv="refresh" content="0; url=../b/"><meta name="description" content="../b/">'
    changed = dev_preview.link_to_files(text, tmp_path / "a" / "index.html", tmp_path)
    assert changed == text.replace("url=../b/", "url=../b/index.html")


def test_module_becomes_a_function() -> None:
    text = 'import { a, b as c } from "./x.js";\nexport const d = a;\nexport class E {}\nimport("./y.js");\n'
    assert dev_preview.wrap_module(text, "z.js") == (
        'const { a, b: c } = need("x.js");\nconst d = a;\nclass E {}\nlater("y.js");\nreturn { d, E };\n'
    )


@pytest.mark.parametrize("text", ["export default 3;\n", 'import x from "./y.js";\n', "export { a };\n"])
def test_unknown_module_form_is_refused(text: str) -> None:
    with pytest.raises(dev_preview.TaskError, match=r"z\.js"):
        dev_preview.wrap_module(text, "z.js")


@pytest.mark.parametrize("name", ["a" * 200 + ".html", "đường.html"])
def test_names_that_windows_cannot_unpack_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / name).touch()
    with pytest.raises(dev_preview.TaskError, match="Windows"):
        dev_preview.pack(tmp_path / "site", tmp_path / "x.zip", 0)
