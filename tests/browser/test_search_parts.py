"""A site in parts is searched as one: Pagefind merges the indexes of the parts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from building import PREFIX

ASK = """async (queries) => {
  const core = await import(new URL("assets/kb/search-core.js", location.href));
  const { FullText } = await import(new URL("assets/kb/search-full.js", location.href));
  const engine = await new FullText(new URL("pagefind/", location.href)).load();
  const answers = [];
  for (const text of queries) {
    const { results } = await core.searchForgiving(text);
    const found = (await engine.search(text)).results;
    const pages = await Promise.all(found.map(async (page) => (await page.data()).url));
    answers.push({ first: results[0]?.entry?.url ?? "", pages, parts: found.map(({ id }) => id.split("_")[0]) });
  }
  return answers;
}"""
NAMES = ("34-CT/TU", "kỷ luật, kỷ cương", "tỉnh ủy sông mây")
WORDS = ("huyện", "cán bộ")


def test_parts_answer_as_the_whole(
    chromium: Any, toy_parts: Path, toy_site: Path, serve: Callable[[Path], str]
) -> None:
    answers = []
    for site in (toy_parts / PREFIX, toy_site):
        page = chromium.new_context(base_url=serve(site)).new_page()
        page.goto("")
        answers.append(page.evaluate(ASK, [*NAMES, *WORDS]))
        page.context.close()
    for query, in_parts, whole in zip([*NAMES, *WORDS], *answers, strict=True):
        if query in NAMES:
            assert in_parts["first"] == whole["first"] != "", query
        else:
            # a part without the word gives its like, as Pagefind does for a whole site without it
            assert {*map(_path, whole["pages"])} <= {*map(_path, in_parts["pages"])}, query
            assert set(in_parts["parts"]) == {"vi", "vi-2", "vi-3"} and set(whole["parts"]) == {"vi"}


def _path(url: str) -> str:
    """A page without the address of the site it is in."""
    return url.partition("/kho/")[2] or url
