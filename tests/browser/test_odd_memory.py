"""What others, earlier versions or broken programs left in the browser's memory stops no page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DARK = "label[title='Chuyển sang giao diện tối']"
TICK = "article .kb-chon-y input"
ODD = [
    *("", "{", "null", "[]", "7", '"slate"'),  # no JSON, or nothing of ours
    '{"index": 9, "color": 5}',
    '{"index": "1", "color": {"scheme": ["slate"]}, "choices": [{}], "title": 5}',
    '{"choices": ["x~y"], "title": {"a": 1}}',
]


@pytest.mark.parametrize("odd", ODD)
def test_odd_memory_stops_no_page(
    toy_site: Path, serve: Callable[[Path], str], open_page: Callable[..., Any], odd: str
) -> None:
    """All that a page keeps is replaced: colours can be chosen, points ticked; no error is logged (``open_page``)."""
    page = open_page(serve(toy_site), alone=True, color_scheme="light")
    page.goto("chu-de/ky-luat-ky-cuong/")
    page.wait_for_selector(TICK)
    page.locator(TICK).first.check(force=True)
    page.locator(DARK).click()
    names = page.evaluate("Object.keys(localStorage)")
    assert len(names) == 2, names
    page.evaluate("([names, odd]) => names.forEach((name) => localStorage.setItem(name, odd))", [names, odd])
    page.reload()
    page.wait_for_selector(TICK)
    assert page.evaluate("document.body.dataset.mdColorScheme") == "default"
    page.locator(DARK).click()
    page.locator(TICK).first.check(force=True)
    page.get_by_role("region", name="Ý đã chọn").wait_for()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
