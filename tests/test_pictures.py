"""What is drawn at build time: the map of provinces, the bars of years, the lines of what followed what."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from building import TOY, read_knowledge, real_knowledge
from knowledge_base.meaning.knowledge.lineage import lineage
from knowledge_base.publish.pages.index import Index
from knowledge_base.publish.pages.pictures import body_line, document_line, province_line, province_map, theme_map
from knowledge_base.publish.pages.pictures import theme_years as theme_bars
from knowledge_base.publish.pages.site import Site
from knowledge_base.publish.pages.tile_map import DrawnTile, Scale, draw_map
from knowledge_base.publish.pages.year_bars import draw_bars


@cache
def _index() -> Index:
    return Index(real_knowledge())


def _site(folder: str, identity: str = "") -> Site:
    return Site(_index(), folder, identity)


def _parsed(drawn: str) -> ElementTree.Element:
    """What is drawn is well-formed: browsers and readers of feeds take it as it stands."""
    return ElementTree.fromstring(drawn.replace("<br>", "<br/>"))


def _tiles(drawn: str) -> dict[str, ElementTree.Element]:
    """Return the tiles of a map by what is said of them."""
    return {(tile.findtext("title") or ""): tile for tile in _parsed(drawn).iter("a") if tile.find("title") is not None}


def test_every_province_of_today_is_one_tile_with_its_whole_name() -> None:
    kb, tiles = real_knowledge(), _tiles(province_map(_site("")))
    today = [p for p in kb.provinces.values() if p.successor in (None, p.id)]
    assert len(tiles) == len(today) == 34
    links = {tile.get("href"): said for said, tile in tiles.items()}
    for p in today:
        said = links[f"dia-phuong/{p.id}/"]
        assert p.name in said and said.endswith("văn bản")
        for part in {part for period in p.periods for part in period.made_of} - {p.id}:
            assert kb.provinces[part].name in said, "tên cũ cũng hiện khi trỏ chuột"


def test_words_on_a_tile_are_its_name() -> None:
    for said, tile in _tiles(province_map(_site(""))).items():
        words = [text.text or "" for text in tile.find("g").iter("text") if text.get("class") is None]  # type: ignore[union-attr]
        assert " ".join(words).lower() in said.lower()


def test_documents_of_former_provinces_count_for_those_of_today() -> None:
    kb = real_knowledge()
    counts = Counter(_index().province_today(d.province) for d in kb.documents.values() if d.province)
    scale = Scale(counts.values())
    for said, tile in _tiles(province_map(_site("", ""))).items():
        identity = str(tile.get("href")).split("/")[1]
        assert tile.get("class") == f"bd-{scale.shade(counts[identity])}"
        numbers = re.findall(r": (\d+) văn bản", said)
        assert numbers == ([str(counts[identity])] if counts[identity] else [])


def test_map_list_and_pages_count_alike(toy_docs: Path) -> None:
    """A document counts for the province of today that its own has become or is a part of, wherever it is counted."""
    kb, _ = read_knowledge(TOY)
    assert kb is not None
    today = {d.id: kb.provinces[d.province].successor or d.province for d in kb.documents.values() if d.province}
    assert any(kb.documents[d].province != place for d, place in today.items()), "a former province has a document"
    overview = (toy_docs / "dia-phuong/index.md").read_text(encoding="utf-8")
    listing = (toy_docs / "van-ban/index.md").read_text(encoding="utf-8")
    mapped = {str(tile.get("href")).rstrip("/").split("/")[-1]: said for said, tile in _tiles(_svg(overview)).items()}
    for p in kb.provinces.values():
        if p.successor not in (None, p.id):
            continue
        count = sum(place == p.id for place in today.values())
        page = (toy_docs / f"dia-phuong/{p.id}.md").read_text(encoding="utf-8")
        words = f"{count} văn bản" if count else "chưa có văn bản"
        assert page.count("<tr data-loai=") == count and (f"[{count}](#van-ban)" in page) == bool(count)
        assert re.search(rf"\[{p.name}\]\({p.id}\.md\) <span class=\"phu\">{words}", overview)
        assert re.search(rf">{p.name} <span class=\"phu\">{count}</span>", listing) if count else p.name not in listing
        if p.tile:
            assert mapped[p.id].endswith(f": {words}")


def _svg(page: str) -> str:
    """Return the figure of a map in a page."""
    return page[page.index('<figure class="ban-do">') : page.index("</figure>") + len("</figure>")]


def test_a_map_says_the_same_in_words() -> None:
    kb = real_knowledge()
    words = re.search("<figcaption>(.*)</figcaption>", province_map(_site("")))
    counts = Counter(_index().province_today(d.province) for d in kb.documents.values() if d.province)
    assert words
    said = re.sub("<[^>]*>", "", words[1])
    assert all(f"{kb.provinces[p].name} {count}" in said for p, count in counts.items())
    assert len(counts) == 34 or f"{34 - len(counts)} nơi khác chưa có" in said
    assert all(
        f'<a href="dia-phuong/{p}/">{kb.provinces[p].name}</a> {count}' in words[1] for p, count in counts.items()
    )


def test_a_map_is_a_table_too_with_the_former_names() -> None:
    kb, drawn = real_knowledge(), _parsed(province_map(_site("")))
    rows = {row.find("th/a").get("href"): row for row in drawn.findall(".//tbody/tr")}  # type: ignore[union-attr]
    today = [p for p in kb.provinces.values() if p.tile]
    assert set(rows) == {f"dia-phuong/{p.id}/" for p in today}
    counts = Counter(_index().province_today(d.province) for d in kb.documents.values() if d.province)
    for p in today:
        cells = rows[f"dia-phuong/{p.id}/"].findall("td")
        assert cells[1].text == str(counts[p.id])
        former = {part for period in p.periods for part in period.made_of} - {p.id}
        assert {str(link.get("href")) for link in cells[0].iter("a")} == {f"dia-phuong/{part}/" for part in former}
    assert drawn.find(".//caption") is not None


def test_a_tile_of_a_theme_leads_to_the_province() -> None:
    theme = next(iter(real_knowledge().themes.values()))
    led = [str(tile.get("href")) for tile in _tiles(theme_map(_site("chu-de", theme.id), theme)).values()]
    assert len(led) == 34 and all(address.startswith("../../dia-phuong/") for address in led)


@pytest.mark.parametrize(
    ("counts", "rows"),
    [
        ([], ["chưa có", "từ 1"]),
        ([0, 1], ["chưa có", "từ 1"]),
        ([3], ["chưa có", "1", "từ 2"]),
        ([7, 1], ["chưa có", "1", "2–4", "từ 5"]),
        ([20], ["chưa có", "1–4", "5–9", "10–19", "từ 20"]),
        ([412], ["chưa có", "1–49", "50–99", "100–199", "từ 200"]),
    ],
)
def test_shades_follow_what_there_is(counts: list[int], rows: list[str]) -> None:
    scale = Scale(counts)
    assert [words for _, words in scale.rows()] == rows
    shades = [scale.shade(count) for count in range(max(counts, default=0) + 1)]
    assert shades == sorted(shades)
    assert scale.shade(0) == 0 and all(scale.shade(count) for count in counts if count)


def test_names_in_a_map_are_text() -> None:
    tile = DrawnTile(0, 0, "<b> & Co", 'nói "thế" & <i>', 'x/?a=1&b="2"', 3)
    link = next(_parsed(draw_map([tile], '"<nhãn>"', "<đếm>")).iter("a"))
    assert (link.findtext("title"), link.get("href")) == ('nói "thế" & <i>', 'x/?a=1&b="2"')


def test_a_bar_is_as_high_as_its_number() -> None:
    bars = [("2021", 2, "hai", "a"), ("2022", 0, "không", "b"), ("2023", 4, "bốn", "")]
    drawn = _parsed(draw_bars(bars, "nhãn"))
    heights = [int(str(rect.get("height"))) for rect in drawn.iter("rect")]
    assert heights[1] == 2 * heights[0]
    assert [link.findtext("title") for link in drawn.iter("a")] == ["hai"]
    assert [text.text for text in drawn.iter("text") if text.get("class") == "cot-ten"] == ["2021", "2022", "2023"]


def test_bars_and_their_words_tell_of_every_document() -> None:
    for theme in real_knowledge().themes.values():
        drawn = theme_bars(_site("chu-de", theme.id), theme)
        if drawn:
            told = re.findall(r"<title>[^<]*: (\d+) văn bản</title>|(\d+) văn bản (?:từ|chưa)", drawn)
            assert sum(int(a or b) for a, b in told) == len(_index().documents_by_theme[theme.id])


def _line(steps: str) -> list[list[str]]:
    """Return the names at each step of a line."""
    nodes = ([node for node in step.iter("span") if node.get("class") == "kb-dong-o"] for step in _parsed(steps))
    return [[(node.text or "".join(node[0].itertext())).strip() for node in step] for step in nodes]


def test_documents_stand_from_the_oldest_to_the_newest() -> None:
    kb = real_knowledge()
    line = [["47-QĐ/TW"], ["37-QĐ/TW"], ["207-QĐ/TW"]]
    for identity in ("quy-dinh-47-qd-tw-2011", "quy-dinh-37-qd-tw-2021", "quy-dinh-207-qd-tw-2026"):
        drawn = document_line(_site("van-ban", identity), kb.documents[identity])
        assert _line(drawn) == line
        here = [node for node in _parsed(drawn).iter("span") if node.get("aria-current")]
        assert ["".join(node[0].itertext()) for node in here] == [str(kb.documents[identity].number)]
        ways = re.findall(r">([^<>]*(?:thay thế|ra sau))</span>", drawn)
        assert ways[:1] == ["thay thế"] and ways[1:] in (["có thể thay thế"], ["cùng nội dung, ra sau"]), "chưa chắc"


def test_a_document_alone_has_no_line() -> None:
    kb = real_knowledge()
    alone = next(d for d in kb.documents.values() if not kb.relations_from(d.id) and not kb.relations_to(d.id))
    assert document_line(_site("van-ban", alone.id), alone) == ""


def test_two_documents_stand_in_the_diagram_alone() -> None:
    kb = real_knowledge()
    pairs = [document for document in kb.documents.values() if len(lineage(document, kb)) == 2]
    assert pairs
    assert {document_line(_site("van-ban", document.id), document) for document in pairs} == {""}


def test_documents_that_replace_each_other_in_a_circle_end() -> None:
    kb = real_knowledge()
    first = next(r for r in kb.relations if kb.vocabulary.relations[r.relation].role == "thay-the")
    round_trip = replace(kb, relations=(first, replace(first, source=first.target, target=first.source)))
    stages = lineage(kb.documents[first.source], round_trip)
    assert [[d.id for d in stage.documents] for stage in stages] == [[first.target], [first.source]]


def test_provinces_stand_with_their_days_and_resolutions() -> None:
    provinces = real_knowledge().provinces
    line = [["Tỉnh Bình Phước", "Tỉnh Đồng Nai"], ["Tỉnh Đồng Nai"], ["Thành phố Đồng Nai"]]
    for identity in ("dong-nai", "binh-phuoc"):
        drawn = province_line(_site("dia-phuong", identity), provinces[identity])
        assert _line(drawn) == line
        assert "hợp nhất từ 01-07-2025" in drawn and "lên thành phố từ 30-04-2026" in drawn
    assert province_line(_site("dia-phuong", "nghe-an"), provinces["nghe-an"]) == ""


def test_a_body_stands_between_what_it_was_and_what_it_became() -> None:
    kb = real_knowledge()
    for body in kb.bodies.values():
        drawn = body_line(_site("co-quan", body.id), body)
        if not body.predecessors and not body.successors:
            assert drawn == ""
            continue
        names = [name for step in _line(drawn) for name in step]
        changed = [c.other for c in (*body.predecessors, *body.successors)][:1]
        assert body.name in names and all(kb.bodies[other].name in names for other in changed if other in kb.bodies)
