"""Addresses as they come back from Word, Zalo and mail, dead ones, and what stands in the way of reading: no
JavaScript, files without a server, colours of the system's own."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from browsing import wait_until

ARTICLE = "nguon/2023-12-07-khoi-day-dong-luc-khat-vong-cong-hien/"
DIRECTIVE = "van-ban/chi-thi-34-ct-tu-da-nang-2023/"


@pytest.fixture(scope="module")
def address(real_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(real_site)


@pytest.fixture(scope="module")
def paragraph(real_site: Path) -> str:
    """The address of a paragraph far down in an article."""
    found = re.findall(r'id="?(d-[a-z2-7]{8})\b', (real_site / ARTICLE / "index.html").read_text(encoding="utf-8"))
    return found[-1]


@pytest.mark.parametrize(
    "ending", [".", ",", ")", "%20", "%20)", "”", "%E2%80%9D.", "%E2%80", "...", "]", "%22", " và"]
)
def test_paragraph_is_found_behind_what_was_added(
    address: str, open_page: Callable[..., Any], paragraph: str, ending: str
) -> None:
    page = open_page(address)
    page.goto(f"{ARTICLE}#{paragraph}{ending}")
    page.wait_for_url(f"**/{ARTICLE}#{paragraph}")
    assert page.locator(f"#{paragraph}:target").is_visible()
    assert page.locator(f"#{paragraph}").evaluate("e => Math.abs(e.getBoundingClientRect().top) < innerHeight")
    assert page.locator(".kb-mat-doan").count() == 0


def test_paragraph_is_found_in_capitals_and_on_the_open_page(
    address: str, open_page: Callable[..., Any], paragraph: str
) -> None:
    page = open_page(address)
    page.goto(f"{ARTICLE}#({paragraph.upper()}).")
    page.wait_for_url(f"**/{ARTICLE}#{paragraph}")
    page.evaluate("location.hash = '#d-khongcon.'")
    page.locator(".kb-mat-doan").wait_for()
    assert page.evaluate("location.hash") == "#d-khongcon"
    page.evaluate(f"location.hash = '#{paragraph}%20'")
    wait_until(page, "!document.querySelector('.kb-mat-doan')")
    assert page.locator(f"#{paragraph}:target").count() == 1


def test_heading_is_found_and_other_fragments_are_left(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto(f"{DIRECTIVE}#Van-Ban-Yeu-Cau-Gi.")
    page.wait_for_url(f"**/{DIRECTIVE}#van-ban-yeu-cau-gi")
    page.goto(f"{DIRECTIVE}#khong-co-muc-nay.")
    assert page.evaluate("location.hash") == "#khong-co-muc-nay."


@pytest.mark.parametrize(
    ("cut", "meant"),
    [
        ("tra-cuu/?q=34-CT/TU).", "tra-cuu/?q=34-CT%2FTU"),
        ("tra-cuu/?q=34-ct/tu&noi=da-nang%20", "tra-cuu/?q=34-ct%2Ftu&noi=da-nang"),
        ("so-sanh/ne-tranh-dun-day/?noi=da-nang,nghe-an.", "so-sanh/ne-tranh-dun-day/?noi=da-nang,nghe-an"),
    ],
)
def test_query_is_mended(address: str, open_page: Callable[..., Any], cut: str, meant: str) -> None:
    page = open_page(address)
    page.goto(cut)
    page.wait_for_url(address + meant)
    if "q=" in cut:
        assert "34-CT/TU" in page.locator(".ket-qua > li").first.inner_text()


# ---- Dead addresses ----


class _LikePages(http.server.SimpleHTTPRequestHandler):
    """A server that shows the site's own 404.html for what is not there, as GitHub Pages does; under a path or none."""

    def __init__(self, *arguments: Any, site: Path, prefix: str, **options: Any) -> None:
        self.site, self.prefix = site, prefix
        super().__init__(*arguments, directory=str(site), **options)

    def send_head(self) -> Any:
        if self.path.startswith(self.prefix):
            self.path = "/" + self.path.removeprefix(self.prefix)
            file = Path(self.translate_path(self.path))
            if file.is_file() or (file / "index.html").is_file():
                return super().send_head()
        body = (self.site / "404.html").read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if self.command == "GET" else b"")
        return None

    def log_message(self, *args: object) -> None: ...


@contextmanager
def _served(site: Path, prefix: str) -> Iterator[str]:
    handler = functools.partial(_LikePages, site=site, prefix=prefix)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def visitor(chromium: Any) -> Iterator[Any]:
    """Of servers of which each test has one of its own: nothing is kept from one to the next."""
    context = chromium.new_context(locale="vi-VN", viewport={"width": 1280, "height": 900})
    context.new_page()
    yield context
    context.close()


@pytest.fixture
def visit(visitor: Any) -> Iterator[Any]:
    """A page on which files may be missing, but no script may fail."""
    page, faults = visitor.new_page(), []
    page.set_default_timeout(30_000)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    page.close()
    assert faults == []


@pytest.mark.parametrize(
    ("prefix", "path"),
    [
        ("/", "khong-co"),
        ("/", "van-ban/khong-co/"),
        ("/kho/", "khong-co/"),
        ("/kho/", "so-sanh/khong/co/day/"),
        ("/nhom/kho/", "van-ban/khong-co"),
    ],
)
def test_dead_address_shows_a_whole_page(real_site: Path, visit: Any, prefix: str, path: str) -> None:
    with _served(real_site, prefix) as root:
        assert visit.goto(root + path).status == HTTPStatus.NOT_FOUND
        assert visit.locator("h1", has_text="Không tìm thấy trang").is_visible()
        assert visit.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
        assert visit.evaluate("getComputedStyle(document.body).getPropertyValue('--kb-red')").strip() == "#7a1520"
        links = visit.eval_on_selector_all("a[href]", "all => all.map((a) => a.href.split('#')[0])")
        assert all(visit.request.get(link).ok for link in set(links) - {visit.url})
        visit.keyboard.press("/")
        visit.locator(".kb-tim input").fill("34 ct tu da nang")
        visit.locator(".kb-tim-ket-qua a >> nth=0", has_text="34-CT/TU").wait_for()
        visit.keyboard.press("Enter")
        visit.wait_for_url(f"{root}{DIRECTIVE}*")


def test_way_to_the_content_stays_on_the_dead_page(real_site: Path, visit: Any) -> None:
    with _served(real_site, "/kho/") as root:
        visit.goto(f"{root}van-ban/khong-co/")
        visit.locator("a.md-skip").focus()
        visit.keyboard.press("Enter")
        visit.wait_for_url(f"{root}van-ban/khong-co/#noi-dung")


@pytest.mark.parametrize("prefix", ["/", "/kho/"])
@pytest.mark.parametrize(
    "ending", ["van-ban/chi-thi-34-ct-tu-da-nang-2023.", "VAN-BAN/chi-thi-34-ct-tu-da-nang-2023/)"]
)
def test_dead_address_leads_to_the_page_it_means(real_site: Path, visit: Any, prefix: str, ending: str) -> None:
    with _served(real_site, prefix) as root:
        visit.goto(root + ending)
        visit.wait_for_url(root + DIRECTIVE)


def test_escaped_mark_leads_to_the_paragraph(real_site: Path, visit: Any, paragraph: str) -> None:
    with _served(real_site, "/kho/") as root:
        visit.goto(f"{root}{ARTICLE}%23{paragraph}.")
        visit.wait_for_url(f"{root}{ARTICLE}#{paragraph}")
        assert visit.locator(f"#{paragraph}:target").is_visible()


# ---- Without JavaScript, without a server, by keyboard, in the system's colours ----


def test_search_says_what_to_do_without_javascript(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address, java_script_enabled=False)
    page.goto("tra-cuu/?q=34")
    notice = page.locator(".kb-khong-ma")
    assert "Ctrl+F" in notice.inner_text()
    assert page.locator(".tra-cuu-dem").is_hidden()
    notice.get_by_role("link", name="mục lục").click()
    page.wait_for_url("**/tra-cuu/a-z/")
    assert page.locator("article a", has_text="Chỉ thị 34-CT/TU").first.is_visible()
    page.goto("van-ban/")
    assert page.locator(".kb-loc").count() == 0


def test_notice_is_not_there_with_javascript(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto("tra-cuu/")
    assert page.locator(".kb-khong-ma").is_hidden()
    assert page.locator(".tra-cuu-dem").is_visible()
    assert page.locator(".kb-mo-tu-tep").count() == 0


def test_folder_opened_without_a_server_says_what_is_for_that(real_site: Path, visit: Any) -> None:
    visit.goto((real_site / DIRECTIVE / "index.html").as_uri())
    notice = visit.locator(".kb-mo-tu-tep")
    assert notice.is_visible()
    assert "kho-ngoai-tuyen.zip" in notice.inner_text()


@pytest.mark.parametrize("path", ["", DIRECTIVE, ARTICLE, "van-ban/", "tra-cuu/"])
def test_first_key_leads_past_all_lists_to_the_answer(address: str, open_page: Callable[..., Any], path: str) -> None:
    page = open_page(address)
    page.goto(path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Đến nội dung chính"
    page.keyboard.press("Enter")
    wait_until(page, "document.activeElement.id === 'noi-dung'")
    inside = "document.querySelector('#noi-dung h1').getBoundingClientRect()"
    assert page.evaluate(f"{inside}.top >= 40 && {inside}.top < innerHeight / 2")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#noi-dung').contains(document.activeElement)")


def test_colours_of_the_system_keep_what_is_chosen(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address, forced_colors="active")
    page.goto("van-ban/")
    tabs = "[...document.querySelectorAll('.kb-muc a')].map((a) => getComputedStyle(a).borderBottomColor)"
    here = "[...document.querySelectorAll('.kb-muc a')].findIndex((a) => a.hasAttribute('aria-current'))"
    colours, chosen = page.evaluate(tabs), page.evaluate(here)
    assert len(colours) > 1
    assert colours[chosen] not in colours[:chosen] + colours[chosen + 1 :]
    page.keyboard.press("/")
    page.locator(".kb-tim input").fill("da nang")
    page.locator(".kb-tim-ket-qua a").nth(1).wait_for()
    page.keyboard.press("ArrowDown")
    page.locator(".kb-tim-bao", has_text="kết quả").wait_for()  # the chosen one stays chosen when the rest comes
    styles = "all => all.map((a) => [a.ariaSelected, getComputedStyle(a).outlineStyle])"
    found = page.eval_on_selector_all(".kb-tim-ket-qua a", styles)
    assert sorted({style for selected, style in found if selected == "true"}) == ["solid"]
    assert {style for selected, style in found if selected != "true"} <= {"none"}
