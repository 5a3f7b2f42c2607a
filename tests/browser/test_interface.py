"""What every reader meets: size of the first view, phone, dark, paper, keyboard, language."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from browsing import wait_until
from mkdocs_hooks import without_blanks

LIMIT = 60 * 1024
"""Bytes of a first view, packed: before anything is asked of the page."""
MOST_MOVED = 0.02
COMPARISON = "so-sanh/ky-luat-ky-cuong/"
ARTICLE = "nguon/2023-12-07-khoi-day-dong-luc-khat-vong-cong-hien/"
PACK = "tai-lieu/dam-nghi-dam-lam/"
DIRECTIVE = "van-ban/chi-thi-34-ct-tu-da-nang-2023/"
KINDS = (
    "",
    DIRECTIVE,
    "van-ban/van-ban-ky-luat-ky-cuong-tay-ninh-2021/",
    "co-quan/ban-thuong-vu-thanh-uy-da-nang/",
    "co-quan/dang-uy-khoi-cac-co-quan-tinh-nghe-an/",
    "chu-de/ky-luat-ky-cuong/",
    "dia-phuong/da-nang/",
    ARTICLE,
    "van-ban/",
    "co-quan/",
    "chu-de/",
    "dia-phuong/",
    "nguon/",
    "gioi-thieu/",
    "huong-dan/",
    "huong-dan/chuan-bi-buoi-sinh-hoat/",
    "tai-lieu/",
    PACK,
)
FIRST_VIEWS = (
    *("", DIRECTIVE, ARTICLE, PACK, COMPARISON, "van-ban/", "co-quan/", "nhiem-vu/"),
    *("tra-cuu/", "y-da-chon/", "kiem-tra-du-thao/"),
)
ENGLISH = re.compile(
    r"\b(?:search|skip to content|back to top|copy|copied|table of contents|navigation|footer|header|home|next"
    r"|previous|menu|close|toggle|switch to|permanent link|permalink|last update|created|edit this|view source"
    r"|dark mode|light mode|made with|powered by|share|clear|type to|no matching|not found|loading"
    r"|initializing|tabs|language|select|note|warning)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def address(real_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(real_site)


@pytest.mark.parametrize("path", FIRST_VIEWS)
def test_first_view_is_small(address: str, open_page: Callable[..., Any], path: str) -> None:
    page = open_page(address, alone=True)
    bodies: dict[str, int] = {}
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  # Playwright marks what it is given
    page.goto(path, wait_until="load")
    page.wait_for_timeout(600)
    for answer in answers:
        bodies[answer.url] = len(gzip.compress(answer.body(), 9))
    assert sum(bodies.values()) <= LIMIT, bodies


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["van-ban/", "nhiem-vu/", COMPARISON, PACK])
def test_nothing_moves_while_a_page_comes(address: str, open_page: Callable[..., Any], path: str, width: int) -> None:
    page = open_page(address, alone=True, viewport={"width": width, "height": 900})
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    page.add_init_script(
        """globalThis.moved = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.moved += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    page.goto(path, wait_until="networkidle")
    page.wait_for_timeout(1000)
    assert page.evaluate("globalThis.moved") <= MOST_MOVED


def test_phone_shows_no_sideways_scroll(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    size = "parseFloat(getComputedStyle(document.querySelector('article p, article li')).fontSize)"
    for path in KINDS:
        page.goto(path)
        assert page.evaluate("[document.documentElement.scrollWidth, innerWidth]") == [390, 390], path
        assert page.evaluate(size) >= 14, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_follows_the_readers_choice_of_dark(address: str, open_page: Callable[..., Any], scheme: str) -> None:
    page = open_page(address, color_scheme=scheme)
    page.goto(DIRECTIVE)
    colours = "['color', 'backgroundColor'].map(k => getComputedStyle(document.body)[k].match(/\\d+/g).slice(0, 3))"
    ink, paper = (sum(map(int, c)) for c in page.evaluate(colours))
    assert (paper < 250 < ink) if scheme == "dark" else (ink < 250 < paper)


def test_choice_of_dark_is_kept(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address, color_scheme="light")
    page.goto(DIRECTIVE)
    page.locator("label[title='Chuyển sang giao diện tối']").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.goto(ARTICLE)
    wait_until(page, "document.body.dataset.mdColorScheme === 'slate'")


@pytest.mark.parametrize("path", [DIRECTIVE, ARTICLE, "chu-de/ky-luat-ky-cuong/"])
def test_paper_shows_no_navigation(address: str, open_page: Callable[..., Any], path: str) -> None:
    page = open_page(address)
    page.goto(path)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    shown = page.evaluate(
        "[...document.querySelectorAll('header, nav, footer, dialog, button, .md-sidebar, .kb-muc, .headerlink')]"
        ".filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 80))"
    )
    assert shown == []
    assert page.locator("article h1").is_visible()
    head = page.locator(".kb-chi-in").inner_text()
    assert head.endswith(f"/kho/{path}") and "Tóm lược của kho" in head
    assert re.search(r"In ngày \d", head) and head.startswith("Kho văn bản chỉ đạo địa phương")


def test_a_theme_takes_five_sheets_at_most(address: str, open_page: Callable[..., Any], real_site: Path) -> None:
    """What is left out is said, with where it stands; the longest page tells of the others."""
    page = open_page(address)
    themes = sorted((real_site / "chu-de").glob("*/index.html"), key=lambda path: path.stat().st_size)
    for path in themes[-3:]:
        page.goto(f"chu-de/{path.parent.name}/")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert 1 < len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 5, path.parent.name
        page.emulate_media(media="print")
        told = page.locator("article").inner_text()
        assert re.search(r"Bản in này có \d+ ý đầu trong \d+; xem đủ ở trang này trên mạng", told)
        assert "Xem đủ theo năm" not in told and not page.locator("article .ban-do").first.is_visible()
        page.emulate_media(media="null")


def test_what_holds_for_most_documents_is_said_once(address: str, open_page: Callable[..., Any]) -> None:
    """It is out of sight behind each name, but goes with what is copied, and exceptions are seen."""
    page = open_page(address)
    page.goto("van-ban/")
    assert "Cột “Tình trạng” để trống: chưa kiểm tra hiệu lực." in page.locator("article").inner_text()
    ordinary = page.locator("tbody .can-biet--chua")
    assert ordinary.count() > 20
    assert ordinary.evaluate_all("marks => marks.every(mark => mark.getBoundingClientRect().width <= 1)")
    assert page.evaluate("getSelection().selectAllChildren(document.querySelector('tbody')), String(getSelection())")
    assert "chưa kiểm tra hiệu lực" in page.evaluate("String(getSelection())")
    exception = page.locator("tbody .can-biet:not(.can-biet--chua)").first
    assert exception.bounding_box()["width"] > 20
    page.goto(DIRECTIVE)
    told = page.locator(".can-biet--chua").first
    assert not told.count() or told.bounding_box()["width"] > 20, "where no sentence says it, every name does"


def test_a_page_that_is_not_there_has_the_tools_too(address: str, chromium: Any) -> None:
    page = chromium.new_page()  # it looks for its site above itself: open_page would call that other hosts
    page.goto(f"{address}404.html")
    assert page.locator(".kb-cong-cu").get_by_role("button").count() == 4
    page.get_by_role("link", name="Báo sai", exact=True).click()
    assert page.locator("#bao-cho-sai").is_visible()
    page.close()


def test_everything_is_reached_by_keyboard_alone(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto(DIRECTIVE)
    reached: list[str] = []
    outlined: list[bool] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        state = page.evaluate(
            "(() => { const e = document.activeElement, seen = e.matches('.md-option') ? e.nextElementSibling : e;"
            " const s = getComputedStyle(seen), b = seen.getBoundingClientRect();"
            " const marked = s.outlineStyle !== 'none' || s.boxShadow !== 'none';"
            " return [e.getAttribute('href') || e.className, marked, b.width > 0]; })()"
        )
        reached.append(state[0])
        outlined.append(state[1])
        assert state[2], state
    assert any("co-quan/ban-thuong-vu-thanh-uy-da-nang" in name for name in reached)
    assert any("kb-tim-mo" in name for name in reached)
    assert all(outlined), [name for name, shown in zip(reached, outlined, strict=True) if not shown]
    page.goto("")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}#*")  # phím Tab đầu tiên đưa tới lối bỏ qua phần đầu trang


def test_tabbing_opens_a_page(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto(DIRECTIVE)
    link = page.locator("article a[href*='co-quan/']").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/co-quan/**")


WORDS = """(() => {
  const texts = [document.title];
  const attributes = ["aria-label", "title", "placeholder", "alt", "data-copied", "aria-description"];
  for (const e of document.querySelectorAll("*")) {
    if (e.closest("article code, script, style")) continue;
    for (const a of attributes) if (e.hasAttribute(a)) texts.push(e.getAttribute(a));
    for (const n of e.childNodes) if (n.nodeType === 3 && n.textContent.trim()) texts.push(n.textContent.trim());
  }
  return texts;
})()"""


def test_interface_is_vietnamese(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    for path in KINDS:
        page.goto(path)
        assert page.evaluate("document.documentElement.lang") == "vi"
        assert [text for text in page.evaluate(WORDS) if ENGLISH.search(text)] == [], path
        assert not re.search(r'"(?:clipboard|search)\.[a-z.]+": ?"[A-Z][a-z ]+"', page.content()), path


def test_titles_and_descriptions_are_not_shared(real_site: Path) -> None:
    seen: dict[str, str] = {}
    for path in sorted(real_site.rglob("index.html")):
        html = path.read_text(encoding="utf-8")
        head = html.partition("</head>")[0]
        own = re.findall(
            r"<title>(.*?)</title>|<meta name=\"description\" content=\"(.*?)\"",
            head,
            re.DOTALL,
        )
        name = str(path.parent.relative_to(real_site))
        assert len(own) == 2, name
        assert seen.setdefault(str(own), name) == name
        assert html.count("<h1") == 1, name
        assert "Cập nhật lần cuối:" in html, name


def test_title_of_the_original_is_copied(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address, permissions=["clipboard-read", "clipboard-write"])
    page.goto("nguon/khong-ro-ngay-thong-bao-920-tb-tu-ba-nhom-nhiem-vu/")
    assert "Chưa có liên kết bài gốc" in page.locator("article").inner_text()
    page.locator(".chep ~ .kb-nut").first.click()
    page.get_by_text("Đã chép.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".chep").first.inner_text().strip()
    assert copied.endswith("Báo Nghệ An")


def test_address_of_a_paragraph_is_copied(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address, permissions=["clipboard-read", "clipboard-write"])
    page.goto(ARTICLE)
    share = page.get_by_role("button", name="Chia sẻ đoạn")
    share.focus()
    page.keyboard.press("Enter")
    page.get_by_text("Đã chép liên kết đến trang này.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == address + ARTICLE
    paragraph = page.locator("p.doan[id]").nth(3)
    paragraph.evaluate("p => getSelection().selectAllChildren(p)")
    page.keyboard.press("Enter")
    page.get_by_text("Đã chép liên kết đến đoạn “").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{address}{ARTICLE}#{paragraph.get_attribute('id')}"
    page.goto(copied)
    assert page.locator(":target").count() == 1


@pytest.mark.parametrize(("width", "limit"), [(1280, 700), (390, 900)])
def test_what_a_document_demands_needs_no_scrolling(
    address: str, open_page: Callable[..., Any], width: int, limit: int
) -> None:
    page = open_page(address, viewport={"width": width, "height": 900})
    page.goto(DIRECTIVE)
    heading = page.get_by_role("heading", name="Văn bản yêu cầu gì")
    demand = heading.locator("xpath=following::li[1]")
    assert heading.bounding_box()["y"] < demand.bounding_box()["y"] < limit
    assert page.locator(".kb-the-ben td").first.is_visible() == (width > 960)


@pytest.mark.parametrize(
    ("path", "thing"),
    [
        ("nhiem-vu/", ".kb-viec tbody tr"),
        (COMPARISON, ".kb-canh-nhau > section"),
        ("chu-de/ky-luat-ky-cuong/", "#cac-noi-noi-gi ~ .trich"),
        ("chu-de/ky-luat-ky-cuong/", ".kb-ben .ban-do"),
    ],
)
def test_what_a_page_is_for_stands_in_its_first_view(
    address: str, open_page: Callable[..., Any], path: str, thing: str
) -> None:
    page = open_page(address, viewport={"width": 1280, "height": 800})
    page.goto(path)
    page.locator(".kb-loc, .kb-ben").first.wait_for()
    assert page.locator(thing).first.bounding_box()["y"] < 740, thing


def test_the_words_before_statements_of_one_article_are_shown_once(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    for path in ("so-sanh/ne-tranh-dun-day/", "chu-de/ky-luat-ky-cuong/"):
        page.goto(path)
        again = page.locator(".loi-dan--lai")
        assert again.count() and not again.locator("visible=true").count(), path
    assert page.locator("#cac-noi-noi-gi ~ .trich .nguon-doan", has_text=re.compile("^Xem đoạn$")).count()


@pytest.mark.parametrize("path", [DIRECTIVE, "van-ban/quy-dinh-37-qd-tw-2021/", "van-ban/quy-dinh-377-qd-tw-2025/"])
def test_the_contents_of_a_document_stand_in_the_first_view(
    address: str, open_page: Callable[..., Any], path: str
) -> None:
    page = open_page(address, viewport={"width": 1280, "height": 800})
    page.goto(path)
    for entry in page.locator(".kb-muc-luc-ben a").all()[:3]:
        box = entry.bounding_box()
        assert box["y"] + box["height"] < 800, path


def test_every_page_has_its_tools(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address, permissions=["clipboard-read", "clipboard-write"])
    for path in KINDS:
        page.goto(path)
        tools = page.locator(".kb-cong-cu > *").all_inner_texts()
        assert tools == ["Chép trích dẫn", "In", "Chia sẻ đoạn", "Mã QR", "Báo sai"], path
    page.goto(DIRECTIVE)
    page.get_by_role("link", name="Báo sai", exact=True).click()
    page.get_by_role("button", name="Chép mẫu để gửi").click()
    page.get_by_text("Đã chép. Điền chỗ sai rồi gửi.").wait_for()
    told = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert told[:3] == ["Trang: Chỉ thị 34-CT/TU", f"Địa chỉ: {address}{DIRECTIVE}", "Chỗ sai: "]


def test_tools_without_javascript(address: str, chromium: Any) -> None:
    page = chromium.new_page(java_script_enabled=False)
    page.goto(address + DIRECTIVE)
    assert page.locator(".kb-cong-cu > *").filter(visible=True).all_inner_texts() == ["Báo sai"]
    assert page.locator(".kb-the-ben td").first.is_visible()
    page.close()


def test_parts_that_do_not_load_are_tried_again_and_told(address: str, chromium: Any) -> None:
    page = chromium.new_context(base_url=address).new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    told = page.get_by_text("Một phần của trang không tải được")
    page.route("**/search-page.js", lambda route: route.abort())
    page.goto("tra-cuu/")
    field = page.locator("main input[type=search]")
    field.fill("chuyen doi")
    told.wait_for()
    page.unroute("**/search-page.js")
    field.blur()
    field.focus()
    page.get_by_role("option").first.wait_for()
    assert told.count() == 0 and field.input_value() == "chuyen doi"
    page.route("**/draft-start.js", lambda route: route.abort(), times=1)
    page.goto("kiem-tra-du-thao/")
    page.locator(".kb-du-thao button[type=submit]:enabled").wait_for()
    assert told.count() == 0, "what comes at the second time is not worth a word"
    page.route("**/copy.js", lambda route: route.abort())
    page.reload()
    told.wait_for()
    page.unroute("**/copy.js")
    page.locator("#du-thao-chu").focus()
    page.locator(".kb-du-thao button[type=submit]:enabled").wait_for()
    assert faults == []


def test_published_style_sheets_mean_the_same(chromium: Any) -> None:
    """Without comments and blanks a browser reads the same rules in the same order."""
    page = chromium.new_page()
    read = """text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text);
      return [...sheet.cssRules].map((rule) => rule.cssText); }"""
    for path in (Path(__file__).parents[2] / "theme").rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        rules = page.evaluate(read, text)
        assert rules and page.evaluate(read, without_blanks(text)) == rules, path.name
    page.close()
