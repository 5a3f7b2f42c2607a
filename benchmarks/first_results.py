"""Measure the first list of the search box in a large base: is the right page first, how soon, with how many bytes.

    python benchmarks/first_results.py 10000 [--full] [--whole]

Needs the finished site in ``site/`` (``python3 scripts/dev.py site``) and a browser (KB_BROWSER, else
/usr/bin/chromium). KB_QUERIES (125) queries for entries drawn from a made-up base (always the same ones), each with
nothing kept from before, on a processor slowed down six-fold. Bytes are those of each response shrunk by gzip, from the
opening of the box on. ``--full`` also makes the full text of all pages, and counts what comes after the first list.
``--whole`` writes the index as that of a small base, however many entries there are: what the parts are compared with.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "benchmarks")]

import search_corpus  # noqa: E402 - stands beside this file
from search import Measured, begin_table, opened, served  # noqa: E402

from knowledge_base.core.text import strip_marks  # noqa: E402
from knowledge_base.meaning.knowledge.directory import Listed, list_all  # noqa: E402
from knowledge_base.meaning.knowledge.entities import Kind, KnowledgeBase  # noqa: E402
from knowledge_base.publish.exports.search_names import LARGE  # noqa: E402
from knowledge_base.publish.pages.kinds import list_site_pages  # noqa: E402
from knowledge_base.publish.search_index import write_search_index  # noqa: E402
from mkdocs_hooks import without_comments  # noqa: E402

QUERIES = int(os.environ.get("KB_QUERIES", "125"))
SLOWER = 6
PAGE = "dia-phuong/trung-uong/"
HEADINGS = ("số mục", "đúng trang đầu", "xê dịch sau đó", "danh sách đầu (ms)", "KB đến danh sách đầu",
            "hỏi toàn văn", "KB tất cả")  # fmt: skip
WATCH = """() => {
  window.kbLists = [];
  const look = () => {
    const now = [...document.querySelectorAll('.kb-tim-ket-qua a')].map((a) => a.href.split('#')[0]);
    if (!now.length || now.join() === window.kbLists.at(-1)?.now.join()) return;
    window.kbLists.push({at: performance.now(), now});
  };
  new MutationObserver(look).observe(document.querySelector('.kb-tim-ket-qua'), {childList: true});
}"""
TYPE = """(text) => {
  const field = document.querySelector('.kb-tim input');
  window.kbBegun = performance.now();
  field.value = text;
  field.dispatchEvent(new Event('input'));
}"""


@dataclass(frozen=True, slots=True)
class Question:
    """What is typed, and the addresses any of which is right."""

    text: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether the first list had a right page first and stayed; milliseconds and bytes until then; bytes in all."""

    is_right: bool
    is_steady: bool
    time: float
    size: int
    is_full: bool
    whole: int


def main(arguments: list[str]) -> int:
    """Measure at each number of entries; print one table, and the queries that went wrong."""
    kb = begin_table(HEADINGS)
    if kb is None:
        return 1
    for count in [int(argument) for argument in arguments if argument.isdigit()] or [10_000]:
        with tempfile.TemporaryDirectory(prefix="kb-search-") as folder:
            site = Path(folder) / "kho"
            large = sys.maxsize if "--whole" in arguments else LARGE
            questions = make_base(kb, count, site, "--full" in arguments, large)
            with served(site) as (browser, address):
                answers = [ask(browser, address, site, question) for question in questions]
            _print(count, answers)
            for question, answer in zip(questions, answers, strict=True):
                if not (answer.is_right and answer.is_steady):
                    print(f"  {question.text}", file=sys.stderr)
    return 0


def make_base(kb: KnowledgeBase, count: int, site: Path, has_text: bool, large: int) -> list[Question]:
    """Write a site with the index of ``count`` entries, real and made up; return the questions."""
    shutil.copytree(ROOT / "site", site, ignore=None if has_text else _only_frame)
    for script in sorted((ROOT / "theme" / "assets" / "kb").glob("*.js")):
        (site / "assets" / "kb" / script.name).write_text(without_comments(script.read_text(encoding="utf-8")), "utf-8")
    shutil.rmtree(site / "tra-cuu" / "chi-muc")
    entries = [*list_all(kb), *list_site_pages()]
    taken = frozenset(f"{entry.kind}/{entry.id}" for entry in entries)
    pages = search_corpus.make_pages(kb.vocabulary, count - len(entries), taken)
    search_corpus.write_names(entries, kb.vocabulary, pages, site, large)
    if has_text:
        search_corpus.write_pages(pages, site)
        write_search_index(site)
    return make_questions(kb, [page.entry for page in pages])


def _only_frame(folder: str, names: list[str]) -> list[str]:
    """Leave out pages that nobody opens."""
    at = Path(folder).relative_to(ROOT / "site").parts
    kinds = {"van-ban", "nguon", "co-quan", "chu-de", "du-lieu", "tai-lieu"}
    return [name for name in names if not at and name in kinds]


def make_questions(kb: KnowledgeBase, entries: list[Listed]) -> list[Question]:
    """Return questions for entries by chance: by number and place, body, title, old province; half without accents."""
    chance = random.Random(16)  # noqa: S311 - a choice of queries, no secret
    of_kind = {kind: [entry for entry in entries if entry.kind == kind] for kind in Kind}
    documents, bodies, articles = of_kind[Kind.DOCUMENT], of_kind[Kind.BODY], of_kind[Kind.ARTICLE]
    provinces = sorted(kb.provinces.values(), key=lambda province: province.id)
    found = []
    for number in range(QUERIES):
        entry = chance.choice((documents, documents, bodies, articles)[number % 4])
        place = kb.provinces[entry.place].name if entry.place else ""
        alike = [entry]
        if entry.kind == Kind.DOCUMENT:
            text, alike = _ask_document(entry, place, documents, number // 4)
        elif number % 20 == 2:
            chosen = chance.choice(provinces)
            text, right = chosen.name, frozenset({f"dia-phuong/{chosen.id}/"})
        else:
            text = entry.name.partition(": ")[2] or entry.name
            alike = [each for each in of_kind[Kind(entry.kind)] if text in each.name]
        if number % 20 != 2:
            right = frozenset(f"{each.kind}/{each.id}/" for each in alike)
        found.append(Question(strip_marks(text) if number % 2 else text, right))
    return found


def _ask_document(entry: Listed, place: str, documents: list[Listed], turn: int) -> tuple[str, list[Listed]]:
    """Return one of the ways to ask for a document, and all that it fits as well."""
    of_place = [each for each in documents if each.place == entry.place]
    same = [each for each in of_place if each.number == entry.number]
    number = entry.symbol.number if entry.symbol else 0
    alike = [each for each in of_place if each.symbol and each.symbol.number == number]
    ways = [
        (f"{entry.number} {place}", same),
        (f"{entry.name} {place} {entry.year}", [each for each in same if each.year == entry.year]),
        (f"{entry.name.split(entry.number or '-')[0]}{number} {place}", [e for e in alike if e.type == entry.type]),
        (f"{re.sub('[-/]', ' ', entry.number or '')} {place}", same),
        (f"{number} {place} {entry.year}", [each for each in alike if each.year == entry.year]),
    ]
    return ways[turn % len(ways)]


def ask(browser: Any, address: str, site: Path, question: Question) -> Answer:
    """Open the box with nothing kept from before, type a query as soon as one can, and wait for all answers."""
    with opened(browser, address, site, PAGE) as (page, measured):
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.keyboard.press("/")
        page.wait_for_function("document.querySelector('.kb-tim input')?.getAttribute('role') === 'combobox'")
        page.evaluate(WATCH)
        page.evaluate(TYPE, question.text)
        page.wait_for_function("window.kbLists.length", polling=20, timeout=60_000)
        size = measured.total()
        page.wait_for_function(
            "/\\d kết quả|^Không/.test(document.querySelector('.kb-tim-bao').textContent)", timeout=60_000
        )
        return _judge(page, measured, question, size)


def _judge(page: Any, measured: Measured, question: Question, size: int) -> Answer:
    lists = page.evaluate("window.kbLists")
    begun = page.evaluate("window.kbBegun")
    first = lists[0]["now"]
    return Answer(
        is_right=any(first[0].endswith(f"/kho/{address}") for address in question.right),
        is_steady=all(each["now"][: len(first)] == first for each in lists),
        time=lists[0]["at"] - begun,
        size=size,
        is_full=any("/pagefind/index/" in url for url in measured.loaded),
        whole=measured.total(),
    )


def _print(count: int, answers: list[Answer]) -> None:
    def middle_and_most(values: list[float]) -> str:
        return f"{statistics.median(values):,.0f} / {max(values):,.0f}"

    row = [
        f"{count:,}",
        f"{sum(answer.is_right for answer in answers)} / {len(answers)}",
        str(sum(not answer.is_steady for answer in answers)),
        middle_and_most([answer.time for answer in answers]),
        middle_and_most([answer.size / 1000 for answer in answers]),
        str(sum(answer.is_full for answer in answers)),
        middle_and_most([answer.whole / 1000 for answer in answers]),
    ]
    print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
