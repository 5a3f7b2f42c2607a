"""Pages that grow: beyond a limit they show the newest and lead to a page for each year; nothing is out of reach."""

from __future__ import annotations

import json
import posixpath
import re
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from source_corpus import write_corpus

from building import read_knowledge
from knowledge_base.meaning.knowledge.entities import Kind
from knowledge_base.publish.addresses import find_lost, list_addresses
from knowledge_base.publish.limits import Limits
from knowledge_base.publish.pages.index import Index
from knowledge_base.publish.pages.render import each_page, page_paths, render_pages, render_rest
from knowledge_base.publish.pages.site import Site
from knowledge_base.publish.pages.view import MOST
from knowledge_base.publish.pages.views.tasks import FIRST

ARTICLES = 170
LARGEST = 150_000
YEAR = re.compile(r"/(?:\d{4}|khong-ro-nam)\.md$")
MARKDOWN_LINK = re.compile(r"\]\(([^()\s#]*)(?:#([^()\s]+))?\)")
HTML_LINK = re.compile(r'<a href="([^"#?]*)(?:\?[^"#]*)?(?:#([^"]+))?">')
CHANGED_BODIES = re.compile(r"(?ms)^## Cơ quan đã đổi.*?(?=^## |\Z)")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Many articles of one province, one of them without date: its knowledge base and its pages."""
    sources = write_corpus(tmp_path_factory.mktemp("large"), ARTICLES, "nghe-an")
    for records in (sources / "documents").glob("*.yml"):  # what the base gains of provinces must not count here
        if records.stem != "trung-uong":
            records.unlink()
    first = min((sources / "articles/nghe-an").iterdir())
    text = re.sub(r"(?m)^published: .*\n", "", first.read_text(encoding="utf-8"))
    first.with_name(f"khong-ro-ngay-{first.name[11:]}").write_text(text, encoding="utf-8")
    first.unlink()
    kb, problems = read_knowledge(sources)
    assert kb is not None and not [p for p in problems if p.severity == "lỗi"]
    return kb, render_pages(kb)


def _own_pages(pages: dict[str, str], kind: str, identity: str) -> str:
    """An entity's page and those of its years."""
    return "".join(t for p, t in pages.items() if p == f"{kind}/{identity}.md" or p.startswith(f"{kind}/{identity}/"))


def test_no_page_grows_beyond_measure(large: Any) -> None:
    _, pages = large
    lists = {"van-ban/index.md", "nguon/index.md", "tra-cuu/a-z.md"}
    # The page of a place lists all its documents, for the list of all leads to it: 162 kB here for the largest. What
    # the real vocabulary tells of its bodies must not count, no more than the real records.
    places = {p: CHANGED_BODIES.sub("", t) for p, t in pages.items() if p.startswith("dia-phuong/")}
    assert CHANGED_BODIES.search(pages["dia-phuong/nghe-an.md"])
    assert [(p, len(t)) for p, t in places.items() if len(t.encode()) > 1.2 * LARGEST] == []
    rest = {p: t for p, t in pages.items() if p not in lists and not p.startswith("dia-phuong/")}
    assert [(p, len(t)) for p, t in rest.items() if len(t.encode()) > LARGEST] == []
    folders = {p.split("/")[0] for p in pages if YEAR.search(p)}
    assert folders == {"van-ban", "co-quan", "chu-de", "nhiem-vu", "so-sanh"}


def test_the_page_of_a_place_leads_to_its_list_once_that_is_cut(large: Any) -> None:
    kb, pages = large
    index = Index(kb, limits=Limits(rows=len(kb.documents) - 1))
    page = next(make for path, _, make in each_page(index) if path == "dia-phuong/nghe-an.md")()
    shown, all_of_it = (t.count('<th scope="row">') for t in (page, pages["dia-phuong/nghe-an.md"]))
    assert shown == MOST < all_of_it
    assert f'{all_of_it}. <a href="../../danh-muc/van-ban/nghe-an/">' in page


def test_every_statement_can_be_reached_from_its_entity(large: Any) -> None:
    kb, pages = large
    site, checked = Site(Index(kb), ""), 0
    for kind, table in ((Kind.BODY, kb.bodies), (Kind.DOCUMENT, kb.documents), (Kind.THEME, kb.themes)):
        for identity in table:
            within = [a for a, e in kb.articles.items() if identity in e.weights] if kind is Kind.THEME else None
            references = site.mentioned(kind, identity, within)
            text = _own_pages(pages, kind, identity)
            anchors = {f"{r.article}.md#{kb.articles[r.article].anchors[r.paragraph]}" for r in references}
            assert [a for a in anchors if a not in text] == [], identity
            checked += len(references) > MOST
    assert checked > 8


def test_every_task_can_be_reached(large: Any) -> None:
    kb, pages = large
    assert len(kb.tasks) > 4 * MOST
    text = _own_pages(pages, "nhiem-vu", "nghe-an")
    assert {t.task[1:] for t in kb.tasks if t.task[1:] not in text} == set()
    assert len(re.findall("<tr data-", pages["nhiem-vu/nghe-an.md"])) == 100
    years = "".join(t for p, t in pages.items() if p.startswith("nhiem-vu/nghe-an/"))
    assert len(re.findall("<tr data-", years)) == len(kb.tasks)
    body = "uy-ban-nhan-dan-tinh-nghe-an"
    given = [t for t in kb.tasks if body in (*t.lead, *t.partners, *t.executors)]
    assert len(given) > MOST
    of_years = "".join(t for p, t in pages.items() if p.startswith(f"co-quan/{body}/"))
    assert [t.task[1:] for t in given if t.task[1:] not in of_years] == []


def test_the_list_of_all_tasks_leaves_the_others_to_a_file(large: Any) -> None:
    """What the filter offers is of all of them."""
    kb, pages = large
    page = pages["nhiem-vu/index.md"]
    rest = json.loads(render_rest(kb)["nhiem-vu/con-lai.json"])["cac-viec"]
    rows = [*re.findall(r"<tr data-.*?</tr>", page), *re.findall(r"<tr data-.*?</tr>", rest)]
    assert len(rows) == len(set(rows)) == len(kb.tasks) and page.count("<tr data-") == FIRST
    assert f'data-tat-ca="{len(kb.tasks)}"' in page and '<tbody id="cac-viec">' in page
    told = json.loads(unescape(str(re.search(r'data-gia-tri="([^"]*)"', page)[1])))  # type: ignore[index]
    bodies = {name for row in rows for name in unescape(*re.findall(r'data-co-quan="([^"]*)"', row) or [""]).split("|")}
    assert set(told["co-quan"]) == bodies - {""}


def test_comparison_cells_lead_to_all_they_leave_out(large: Any) -> None:
    _, pages = large
    themes = [p for p in pages if p.startswith("so-sanh/") and f"{p[:-3]}/2019.md" in pages]
    assert themes
    assert any("Đủ " in pages[path] for path in themes)
    for path in themes:
        for year, count in re.findall(r'<a href="(\d{4})/#nghe-an-\1">Đủ (\d+) ý</a>', pages[path]):
            cell = re.search(rf'id="nghe-an-{year}">(.*?)</section>', pages[f"{path[:-3]}/{year}.md"], re.DOTALL)
            assert cell is not None
            assert cell[1].count("<p>") == int(count)


def test_newest_come_first(large: Any) -> None:
    _, pages = large
    dates = re.findall(r"Xem đoạn này trong bài của Báo Nhân Dân, (\d+)-(\d+)-(\d+)", pages["co-quan/bo-chinh-tri.md"])
    assert len(dates) == MOST
    keys = [tuple(map(int, reversed(date))) for date in dates]
    assert keys == sorted(keys, reverse=True)
    assert pages["co-quan/bo-chinh-tri/khong-ro-nam.md"].startswith('---\ntitle: "Bộ Chính trị, chưa rõ năm"\n')


def _targets(path: str, text: str) -> list[tuple[str, str]]:
    """The pages that a page links to, as files in docs/, with the anchors asked for."""
    found = [(posixpath.join(posixpath.dirname(path), t) if t else path, a) for t, a in MARKDOWN_LINK.findall(text)]
    address = path.removesuffix("index.md") if path.endswith("index.md") else path.removesuffix(".md") + "/"
    for target, anchor in HTML_LINK.findall(text):
        joined = posixpath.normpath(posixpath.join(address, target)) if target else ""
        index = joined in {"tra-cuu", "nguon", "van-ban", "co-quan", "chu-de", "dia-phuong", "nhiem-vu", "so-sanh"}
        found.append((f"{joined}/index.md" if index else f"{joined}.md" if joined else path, anchor))
    return [(posixpath.normpath(target), anchor) for target, anchor in found]


def test_links_of_year_pages_arrive(large: Any) -> None:
    _, pages = large
    years = [p for p in pages if YEAR.search(p)]
    parents = {f"{posixpath.dirname(p)}.md" for p in years}
    assert parents <= pages.keys()
    outside = {"du-lieu/index.md", "gioi-thieu/index.md"}
    for path in [*years, *parents]:
        for target, anchor in _targets(path, pages[path]):
            assert target in pages or target in outside, (path, target)
            assert not anchor or anchor == "lich-su" or anchor in pages[target], (path, target, anchor)
    linked = {target for path in parents for target, _ in _targets(path, pages[path])}
    assert set(years) <= linked


def test_paths_are_known_without_rendering(large: Any) -> None:
    kb, pages = large
    assert page_paths(kb) == pages.keys()


def test_years_stay_out_of_search(large: Any) -> None:
    _, pages = large
    assert {t.split('"kind": "')[1].split('"')[0] for p, t in pages.items() if YEAR.search(p)} == {"index"}


def test_year_that_is_gone_leads_to_its_page(large: Any) -> None:
    kb, pages = large
    present = list_addresses({path: text.encode() for path, text in pages.items()})
    lost = find_lost({**present, "co-quan/bo-chinh-tri/1999/": ()}, present, kb.vocabulary)
    assert [(one.address, one.proposal) for one in lost] == [("co-quan/bo-chinh-tri/1999/", "co-quan/bo-chinh-tri/")]


def test_small_corpus_has_no_year_pages(toy_docs: Path) -> None:
    assert [p for p in toy_docs.rglob("*.md") if YEAR.search(p.as_posix())] == []
