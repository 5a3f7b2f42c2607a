"""Walk through the site of the real sources as a reader does: no dead end, no error, no other host."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from browsing import wait_until

HREF = re.compile(r'<a\b[^>]*?\shref="([^"#]*)(#[^"]*)?"')
ANSWER_LINE = ".kb-the-trang li"


@pytest.fixture(scope="module")
def address(real_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(real_site)


def _follow(page: Any, link: Any) -> str:
    """Click a link, as a reader does, and return the heading of the page it leads to."""
    target = link.evaluate("a => a.href")
    link.scroll_into_view_if_needed()
    link.click()
    page.wait_for_url(target)
    return str(page.locator("article h1").inner_text()).removesuffix("#").strip()


def _row(page: Any, name: str) -> Any:
    return page.locator(ANSWER_LINE).filter(has=page.get_by_text(name, exact=True))


def test_from_home_to_the_issuer_and_back(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto("")
    theme = page.locator("article").get_by_role("link", name="Dám nghĩ, dám làm", exact=True)
    assert _follow(page, theme.first) == "Dám nghĩ, dám làm"
    statement = page.locator(".trich").filter(has_text="Báo Đà Nẵng").first
    words = statement.locator("p").first.inner_text()
    if (lead := statement.locator(".loi-dan")).count():
        words = words.removeprefix(lead.inner_text())
    assert "Tóm lược của kho, không phải nguyên văn" in page.locator("#cac-noi-noi-gi + .luu-y").inner_text()
    _follow(page, statement.locator("a.nguon-doan, .nguon-doan a").first)
    paragraph = page.locator(":target")
    assert paragraph.count() == 1
    assert re.fullmatch("d-[a-z2-7]+(-[0-9]+)?", paragraph.get_attribute("id"))
    assert page.locator(".kb-mat-doan").count() == 0
    assert 0 <= paragraph.bounding_box()["y"] < page.viewport_size["height"]
    assert words.strip("… ") in paragraph.inner_text()
    assert _follow(page, _row(page, "Văn bản bài đưa tin:").get_by_role("link").first) == "Chỉ thị 34-CT/TU"
    issuer = _follow(page, _row(page, "Ban hành:").get_by_role("link").first)
    assert issuer == "Ban Thường vụ Thành ủy Đà Nẵng"
    today = _row(page, "Nay:")
    if today.get_by_role("link").count():
        _follow(page, today.get_by_role("link").first)
    else:
        assert re.search("xem Lịch sử", today.inner_text())
    assert page.locator("article a[href*='van-ban/chi-thi-34-ct-tu-da-nang-2023']").count() >= 1
    for _ in range(10):
        if page.url == address:
            break
        page.go_back()
    assert page.url == address
    assert page.locator("article h1").count() == 1


def test_from_an_ended_body_to_its_successors_and_back(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto("dia-phuong/nghe-an/")
    assert _follow(page, page.get_by_role("link", name="Nghị quyết 02-NQ/ĐUK").first) == "Nghị quyết 02-NQ/ĐUK"
    ended = _follow(page, _row(page, "Ban hành:").get_by_role("link").first)
    assert ended.startswith("Ban Chấp hành Đảng bộ Khối")
    today = page.locator(".kb-the-trang li", has_text="Nay:").get_by_role("link")
    assert today.count() >= 1
    successor = _follow(page, today.first)
    assert successor != ended
    back = page.locator("article").get_by_role("link", name=ended, exact=True)
    assert _follow(page, back.first) == ended


def _aims(html: str, here: str, site: Path, texts: dict[str, str]) -> set[str]:
    """Return the pages that a piece of a page links to; every link must find its page and its place there."""
    found = set()
    for href, mark in HREF.findall(unescape(html)):
        target = urlsplit(urljoin(f"http://kho{here}", href))
        if target.netloc != "kho" or not href or (site / target.path[1:]).is_file():
            continue
        assert target.path in texts, f"{here} → {href}"
        is_list = target.path == "/y-da-chon/"  # what follows # there names statements, not a place
        assert not mark or is_list or f'id="{mark[1:]}"' in texts[target.path], f"{here} → {href}{mark}"
        found.add(target.path)
    return found


def test_every_page_is_reached_from_home_and_leads_on(real_site: Path) -> None:
    pages = {"/" + p.parent.relative_to(real_site).as_posix() + "/": p for p in real_site.rglob("index.html")}
    pages["/"] = pages.pop("/./")
    texts = {url: path.read_text(encoding="utf-8") for url, path in pages.items()}
    seen, queue, dead_ends = {"/"}, ["/"], []
    while queue:
        here = queue.pop()
        inner = re.search(r"<article\b.*?</article>", texts[here], re.DOTALL)
        assert inner, here
        if not _aims(inner[0], here, real_site, texts) - {here}:
            dead_ends.append(here)
        new = _aims(texts[here], here, real_site, texts) - seen
        queue += new
        seen |= new
    assert sorted(dead_ends) == []
    assert sorted(texts.keys() - seen) == []


def test_way_home_is_on_every_page(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.goto("dia-phuong/binh-duong/")
    page.locator(".kb-duong-dan a").first.click()
    page.wait_for_url(address)


def test_dead_paragraph_leads_to_the_article_and_says_so(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    article = "nguon/2023-12-07-khoi-day-dong-luc-khat-vong-cong-hien/"
    page.goto(f"{article}#d-zzzzzzzz")
    notice = page.locator(".kb-mat-doan")
    notice.wait_for()
    assert "Đoạn này không còn trong bài" in notice.inner_text()
    assert notice.get_attribute("role") == "status"
    assert page.locator("article h1").inner_text().startswith("Khơi dậy động lực")
    assert page.evaluate("scrollY") == 0
    living = page.locator(".doan[id]").first.get_attribute("id")
    page.goto(f"{article}#{living}")
    wait_until(page, "!document.querySelector('.kb-mat-doan')")
    page.goto(f"{article}#trong-bai-nay")
    assert page.locator(".kb-mat-doan").count() == 0


def test_no_page_shows_how_it_was_written(real_site: Path) -> None:
    """A link in a part that Markdown leaves as it stands would be read as "[words](path.md)"."""
    hidden = re.compile(r"<(script|style|code|pre)\b.*?</\1>|<[^>]+>", re.DOTALL)
    pages = {str(path.relative_to(real_site)): path.read_text(encoding="utf-8") for path in real_site.rglob("*.html")}
    assert [name for name, html in pages.items() if "](" in hidden.sub(" ", html)] == []
