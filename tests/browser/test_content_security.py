"""Pages run nothing that the site did not write: the policy stands first on every page, and is kept by all of them."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from knowledge_base.publish.pages.kinds import PAGE_KINDS

HEARD = "addEventListener('securitypolicyviolation', (e) => (globalThis.told ??= []).push(e.effectiveDirective))"
PLANTED = """<script>document.title = "đã chạy"</script><img src="khong-co.png" onerror="document.title = 'đã chạy'">
<a id="bay" href="javascript:document.title='đã chạy'">bấm</a><p style="color: red">đỏ</p>
<script src="https://xa.example/a.js"></script>"""


@pytest.fixture(scope="module")
def address(toy_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(toy_site)


class _Page(HTMLParser):
    """What a page holds that runs or styles by itself, and where its policy stands among its tags."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.tags.append(said.get("http-equiv") or tag)
        is_data = said.get("type") in {"application/ld+json", "application/json"}
        if tag == "style" or (tag == "script" and not said.get("src") and not is_data):
            self.inside.append(f"<{tag}>")
        for name, value in attrs:
            runs = name.startswith("on") or (value or "").strip().lower().startswith("javascript:")
            if name == "style" or runs:
                self.inside.append(f"<{tag} {name}>")


def test_the_policy_stands_first_and_nothing_runs_inside_a_page(toy_site: Path) -> None:
    for path in toy_site.rglob("*.html"):
        page = _Page(path.read_text(encoding="utf-8"))
        assert page.inside == [], path
        assert page.tags[:3] == ["html", "head", "Content-Security-Policy"], path


@pytest.mark.parametrize(
    "folder", ["", "tra-cuu", "du-lieu", "gioi-thieu", "huong-dan", *(k.folder for k in PAGE_KINDS)]
)
def test_pages_of_every_kind_keep_it(toy_site: Path, address: str, folder: str, open_page: Callable[..., Any]) -> None:
    """Whatever a page logs as an error fails the test (``open_page``); so does what the policy forbids it."""
    members = sorted((toy_site / folder).glob("*/index.html"))[:1] if folder else []
    for path in (toy_site / folder / "index.html", *members):
        page = open_page(address)
        page.add_init_script(HEARD)
        where = path.parent.relative_to(toy_site).as_posix().removeprefix(".")
        page.goto(f"{where}/".lstrip("/"))
        page.wait_for_load_state("networkidle")
        assert page.evaluate("globalThis.told") is None, where


def test_what_is_planted_does_not_run(chromium: Any, address: str) -> None:
    context = chromium.new_context(base_url=address)
    page = context.new_page()
    page.add_init_script(HEARD)

    def plant(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</h1>", f"</h1>{PLANTED}", 1))

    page.route("**/gioi-thieu/", plant)
    page.goto("gioi-thieu/")
    page.locator("#bay").click()
    page.wait_for_timeout(200)
    assert "đã chạy" not in page.title()
    told = set(page.evaluate("globalThis.told"))
    assert {"script-src-elem", "script-src-attr", "style-src-attr"} <= told
    assert page.evaluate("getComputedStyle(document.querySelector('p[style]')).color") != "rgb(255, 0, 0)"
    context.close()
