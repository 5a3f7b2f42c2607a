"""What tests of every kind do with a browser: take what was copied, and use contexts again.

A page costs 1.4 s of the processor in a new context, or in one that has been left without any page, and 0.7 s beside a
page that stays.
"""

from __future__ import annotations

import time
from typing import Any

_FORGET = "localStorage.clear(), sessionStorage.clear(), Date.now()"
_DAY = 86_400
_PASTE = """() => {
  const box = document.createElement("div");
  box.contentEditable = "true";
  box.id = "dan";
  document.body.append(box);
  box.addEventListener("paste", (event) => {
    event.preventDefault(); // its styles would be told as against the policy of the page
    box.dataset.html = event.clipboardData.getData("text/html");
    box.dataset.plain = event.clipboardData.getData("text/plain");
  });
  box.focus();
}"""


def make_clean(context: Any, options: dict[str, Any]) -> bool:
    """Close all pages of a context but its first and undo what a test may have done to it, which is made with
    ``options``; tell whether nothing is left of the test. Raises AssertionError where that cannot be undone."""
    from playwright.sync_api import Error  # noqa: PLC0415  # only where there is a browser

    pages = context.pages[1:]
    try:
        for page in pages:
            if options.get("java_script_enabled", True):
                now = page.evaluate(_FORGET) / 1000
                assert abs(now - time.time()) < _DAY, "một kiểm thử giả ngày cần trang riêng: open_page(…, alone=True)"
            page.close()
        context.set_offline(bool(options.get("offline")))
        if "permissions" not in options:
            context.clear_permissions()
    except Error:  # a page without memory (about:blank), or on its way to another
        return False
    return bool(pages)


def wait_until(page: Any, expression: str, arg: object = None) -> Any:
    """Wait until an expression, or a function of ``arg``, gives something in a page, and return that. Playwright's own
    ``wait_for_function`` evaluates words inside the page, which the pages' policy forbids. Raises AssertionError after
    half a minute."""
    from playwright.sync_api import Error  # noqa: PLC0415  # only where there is a browser

    end, told = time.monotonic() + 30, ""
    while time.monotonic() < end:
        try:
            if value := page.evaluate(expression, arg):
                return value
        except Error as error:  # on its way to another page, or not yet with all that is asked for
            told = str(error)
        page.wait_for_timeout(30)
    raise AssertionError(f"{expression}\n{told}")


def paste(page: Any) -> tuple[str, str]:
    """Paste what is on the clipboard and return its rich and its plain form."""
    page.evaluate(_PASTE)
    page.keyboard.press("Control+V")
    wait_until(page, "document.querySelector('#dan').dataset.plain")
    return page.evaluate("(({ html, plain }) => [html, plain])(document.querySelector('#dan').dataset)")
