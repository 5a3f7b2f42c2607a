"""Accessibility by axe-core, which npm brings (``dev.py test``): the toy's longest page of every kind, each width and
all colours.

What axe cannot decide by itself (contrast of words on drawings) it leaves open; that is no violation.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from building import ROOT
from knowledge_base.publish.pages.kinds import PAGE_KINDS

AXE = ROOT / "node_modules/axe-core/axe.min.js"
WHY_NOT = os.environ.get("KB_NO_NODE") or "chưa có node_modules/axe-core; dev.py test cài gói ấy"
WIDTHS = (1280, 390, 320)
COLOURS = {
    "sáng": {"color_scheme": "light", "forced_colors": "none"},
    "tối": {"color_scheme": "dark", "forced_colors": "none"},
    "màu ép": {"color_scheme": "light", "forced_colors": "active"},
}
COLOUR_RULES = ("color-contrast", "link-in-text-block")
"""All that other colours can change; everything else is asked once for each width."""
RUN = """async ([scheme, rules]) => {
  document.body.dataset.mdColorScheme = scheme;
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  for (const fading of document.getAnimations()) fading.finish();
  const only = rules.length ? { runOnly: { type: "rule", values: rules } } : {};
  const { violations } = await axe.run(document, { resultTypes: ["violations"], ...only });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`));
}"""
HAND_WRITTEN = ("gioi-thieu/", "gioi-thieu/nguon-va-quyen/", "huong-dan/", "huong-dan/them-bai/", "huong-dan/giu-kho/")
OTHERS = ("", *HAND_WRITTEN, "du-lieu/", "tra-cuu/", "tra-cuu/?q=ky+cuong", "tra-cuu/a-z/", "404.html")
LISTS = tuple(f"{kind.folder}/" for kind in PAGE_KINDS)
MEMBERS = tuple(f"{kind.folder}/*" for kind in PAGE_KINDS)


@pytest.fixture(scope="module")
def site(toy_site: Path) -> Path:
    """The toy's site; skips where there is no axe."""
    if not AXE.is_file():
        pytest.skip(f"không chạy được axe-core: {WHY_NOT}")
    return toy_site


@pytest.fixture(scope="module")
def page(site: Path, serve: Callable[[Path], str], chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(base_url=serve(site), locale="vi-VN")
    yield context.new_page()
    context.close()


def _longest(site: Path, folder: str) -> str:
    """Return the address of the longest page of a folder, of itself if it has none: it has most to get wrong."""
    pages = sorted((site / folder).glob("*/index.html")) or [site / folder / "index.html"]
    return f"{max(pages, key=lambda path: path.stat().st_size).parent.relative_to(site).as_posix()}/"


def _violations(page: Any) -> dict[str, list[str]]:
    """What axe finds at each width and in each colours, the page being open."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}
    for colours, media in COLOURS.items():
        page.emulate_media(**media)
        scheme = "slate" if media["color_scheme"] == "dark" else "default"
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            rules = [] if colours == "sáng" else list(COLOUR_RULES)
            if told := page.evaluate(RUN, [scheme, rules]):
                found[f"{colours}, {width} px"] = told
    return found


@pytest.mark.parametrize("path", [*OTHERS, *LISTS, *MEMBERS])
def test_axe_finds_nothing(site: Path, page: Any, path: str) -> None:
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(_longest(site, path[:-2]) if path.endswith("*") else path)
    page.wait_for_load_state("networkidle")
    if "?q=" in path:
        page.locator(".tra-cuu-bao").get_by_text("kết quả").wait_for()
    assert _violations(page) == {}


def test_axe_sees_a_fault(page: Any) -> None:
    """The check sees what it is there for: faint words, a field without a name."""
    page.goto("gioi-thieu/")
    page.evaluate("document.querySelector('article h2 ~ p').style.color = '#777c'")
    page.evaluate("document.querySelector('article').append(document.createElement('textarea'))")
    found = _violations(page)
    assert [told.split(":")[0] for told in found["sáng, 1280 px"]] == ["color-contrast", "label"]
    assert all(told.startswith("color-contrast") for told in found["tối, 320 px"])
