"""What is too long for one page is cut: the list leads to its parts, and every entry stands in just one of them."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from typing import Any

import pytest

from building import TOY, read_knowledge
from knowledge_base.publish.addresses import find_lost, list_addresses
from knowledge_base.publish.limits import Limits
from knowledge_base.publish.pages.cut_lists import DATA_PARTS, FOLDER, Cuts, by_words, by_year, cut, every_part
from knowledge_base.publish.pages.index import Index
from knowledge_base.publish.pages.kinds import PAGE_KINDS
from knowledge_base.publish.pages.render import each_page, render_pages, render_rest
from knowledge_base.publish.pages.traced import Trace

LOW = Limits(rows=2, shown=2, articles=2, part=3)
"""Sizes at which every list of the toy corpus is cut, some of them twice."""
LINK = re.compile(r"\]\(([^()\s#]+\.md)(?:#([^()\s]+))?\)")
ROW = re.compile(r'<a href="(?:\.\./)+([\w-]+/[\w-]+)/">')
CUT_KINDS = ("van-ban", "co-quan", "nguon", "so-hieu")


@pytest.fixture(scope="module")
def toy_base() -> Any:
    kb, _ = read_knowledge(TOY)
    assert kb is not None
    return kb


@pytest.fixture(scope="module")
def pages(toy_base: Any) -> dict[str, str]:
    return render_pages(toy_base, limits=LOW)


def _links(path: str, page: str) -> list[str]:
    """The pages that a page leads to with plain links, by their paths in docs/."""
    return [posixpath.normpath(posixpath.join(posixpath.dirname(path), m[1])) for m in LINK.finditer(page)]


def _parts(pages: dict[str, str], kind: str) -> list[str]:
    return [path for path in pages if path.startswith(f"{FOLDER}/{kind}/")]


def _entries(pages: dict[str, str], kind: str) -> list[str]:
    """The members that the parts of a list show as its entries, as often as they stand there."""
    found = []
    for path in _parts(pages, kind):
        if kind == "so-hieu":
            found += [p for p in _links(path, pages[path]) if p.startswith("so-hieu/") and p != "so-hieu/index.md"]
        else:
            heads = re.findall(r'<th scope="row".*?</th>', pages[path])
            found += [f"{m[1]}.md" for head in heads for m in ROW.finditer(head)]
    return found


@pytest.mark.parametrize("kind", CUT_KINDS)
def test_every_entry_stands_in_one_part(pages: dict[str, str], kind: str) -> None:
    members = {p for p in pages if re.fullmatch(rf"{kind}/[\w-]+\.md", p)} - {f"{kind}/index.md"}
    assert len(members) > LOW.rows
    assert Counter(_entries(pages, kind)) == Counter(members)


@pytest.mark.parametrize("kind", CUT_KINDS)
def test_every_part_is_reached_by_plain_links_from_the_list(pages: dict[str, str], kind: str) -> None:
    seen, ways = set(), [f"{kind}/index.md"]
    while ways:
        path = ways.pop()
        new = [to for to in _links(path, pages[path]) if to.startswith(f"{FOLDER}/{kind}/") and to not in seen]
        seen.update(new)
        ways += new
    assert seen == set(_parts(pages, kind)) != set()


def test_links_of_parts_lead_somewhere_and_lead_back(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        assert [
            to
            for to in _links(path, page)
            if to not in {*pages, DATA_PARTS} and not to.startswith(("huong-dan", "gioi-thieu"))
        ] == []
    for kind in CUT_KINDS:
        assert all(f"{kind}/index.md" in _links(path, pages[path]) for path in _parts(pages, kind))
        below = [path for path in _parts(pages, kind) if f"{path.rpartition('-')[0]}.md" in pages]
        assert all(f"{path.rpartition('-')[0]}.md" in _links(path, pages[path]) for path in below)
        rows = {f"{m[1]}.md" for path in _parts(pages, kind) for m in ROW.finditer(pages[path])}
        assert rows - pages.keys() == set()


def test_no_part_stands_below_the_pages_of_its_kind(toy_base: Any, pages: dict[str, str]) -> None:
    assert {p.split("/")[0] for p in pages.keys() - render_pages(toy_base).keys()} == {FOLDER}
    assert set(render_pages(toy_base)) <= pages.keys()  # no published address is lost when a base grows


def test_anchors_of_the_whole_list_stay(toy_base: Any, pages: dict[str, str]) -> None:
    whole = render_pages(toy_base)
    for kind in ("van-ban", "nguon"):
        anchors = set(re.findall(r' id="([\w-]+)"', whole[f"{kind}/index.md"]))
        assert anchors and anchors <= set(re.findall(r' id="([\w-]+)"', pages[f"{kind}/index.md"]))


def test_the_page_of_a_place_shows_the_few_documents_it_has(toy_base: Any, pages: dict[str, str]) -> None:
    index = Index(toy_base, limits=LOW)
    place = max(index.documents_by_place_today, key=lambda p: len(index.documents_of(p)))
    page = pages[f"dia-phuong/{place}.md"]
    assert all(f"van-ban/{d.id}/" in page for d in index.documents_of(place))
    assert f"/{FOLDER}/" not in page


def test_nothing_is_said_again_beside_the_parts(toy_base: Any, pages: dict[str, str]) -> None:
    assert render_rest(toy_base, LOW) == {}
    assert {"van-ban/con-lai.json"} <= render_rest(toy_base).keys()
    listed = _links("tra-cuu/a-z.md", pages["tra-cuu/a-z.md"])
    assert [p for p in listed if p.startswith(("van-ban/", "co-quan/")) and not p.endswith("/index.md")] == []
    assert {"van-ban/index.md", "co-quan/index.md"} <= set(listed)


def test_tasks_too_many_for_one_list_stand_on_the_pages_of_places(toy_base: Any, pages: dict[str, str]) -> None:
    page = pages["nhiem-vu/index.md"]
    assert "con-lai" not in page and len(toy_base.tasks) > LOW.rows
    places = {path for path in pages if re.fullmatch(r"nhiem-vu/[\w-]+\.md", path)} - {"nhiem-vu/index.md"}
    assert places <= set(_links("nhiem-vu/index.md", page))
    rows = sum(pages[path].count("<tr data-") for path in pages if path.startswith("nhiem-vu/") and path in places)
    assert rows == len(toy_base.tasks)


def test_parts_are_cut_until_they_are_short_or_nothing_tells_entries_apart() -> None:
    days = {f"d{n}": (2020 + n // 10, "chỉ thị" if n % 10 < 4 else "kế hoạch") for n in range(23)}
    keys = (lambda d: by_year(days[d][0]), lambda d: by_words(days[d][1]))
    whole = cut("Văn bản", Cuts([*days], keys), 5)
    assert [(p.id, len(p.members)) for p in every_part(whole)] == [
        ("2022", 3), ("2021", 10), ("2021-chi-thi", 4), ("2021-ke-hoach", 6),
        ("2020", 10), ("2020-chi-thi", 4), ("2020-ke-hoach", 6),
    ]  # fmt: skip
    assert whole.parts[1].parts[1].title == "Văn bản: năm 2021, kế hoạch"


def test_a_part_asks_for_its_own_entries_alone(toy_base: Any) -> None:
    """So it is not made again when an entry of another part changes (``traced.py``)."""
    trace = Trace(Index(toy_base, limits=LOW))
    makers = {path: (part, make) for path, part, make in each_page(trace.index)}
    for path, (part, make) in makers.items():
        if path.startswith(f"{FOLDER}/van-ban/") and not part.parts:
            trace.questions()
            make()
            asked = trace.questions()
            assert [q for q in asked if q.startswith(("kb.documents\0*", "kb.articles\0*"))] == []
            assert {q for q in asked if q.startswith("kb.documents\0=")} >= {
                f"kb.documents\0=\0{d}" for d in part.members
            }


def test_a_part_that_is_gone_leads_to_the_list(toy_base: Any, pages: dict[str, str]) -> None:
    published, present = (
        list_addresses({path: text.encode() for path, text in found.items()})
        for found in (pages, render_pages(toy_base))
    )
    lost = find_lost(published, present, toy_base.vocabulary)
    assert lost and {(one.address.split("/")[1], one.proposal) for one in lost} == {(k, f"{k}/") for k in CUT_KINDS}


def test_kinds_with_cuts_have_a_template_for_parts() -> None:
    assert {kind.folder for kind in PAGE_KINDS if kind.view.cuts} == {kind.folder for kind in PAGE_KINDS if kind.part}
