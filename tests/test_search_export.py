"""The index of names and numbers: what it says must be true of the pages, and small."""

from __future__ import annotations

import gzip
import json
import sys
from typing import Any

import pytest

from building import ROOT, read_knowledge, real_knowledge
from knowledge_base.core.ids import DocumentNumber
from knowledge_base.meaning.knowledge.directory import Listed, list_all, read_symbol
from knowledge_base.meaning.knowledge.entities import Kind, KnowledgeBase
from knowledge_base.publish.exports.search_names import FOLDER, render_search_index
from knowledge_base.publish.exports.search_parts import ROWS, bare_words
from knowledge_base.publish.pages.kinds import list_site_pages, searched_kinds
from knowledge_base.publish.pages.render import render_pages

sys.path.insert(0, str(ROOT / "benchmarks"))

import search_corpus


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    found, _ = read_knowledge(ROOT / "tests" / "toy" / "sources")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def index(kb: KnowledgeBase) -> dict[str, Any]:
    files = render_search_index(kb, searched_kinds())
    return {path.removeprefix(f"{FOLDER}/").removesuffix(".json"): json.loads(data) for path, data in files.items()}


def test_every_page_is_listed_once(kb: KnowledgeBase) -> None:
    folders = tuple(f"{kind}/" for kind in Kind)
    entities = [
        p.removesuffix(".md") for p in render_pages(kb) if p.startswith(folders) and not p.endswith("/index.md")
    ]
    listed = [f"{entry.kind}/{entry.id}" for entry in list_all(kb)]
    of_site = [entry.id.rstrip("/") for entry in list_site_pages() if entry.id.rstrip("/") in entities]
    assert of_site == ["dia-phuong/trung-uong"], "the centre has a page among those of provinces, and is none"
    assert sorted([*listed, *of_site]) == sorted(entities)


def test_index_holds_every_entry(kb: KnowledgeBase, index: dict[str, Any]) -> None:
    parts = ["co-so", *index["co-so"]["phan"]]
    assert sum(len(index[name]["trang"]["k"]) for name in parts) == len(list_all(kb)) + len([*list_site_pages()])


def test_grammar_is_the_vocabulary(kb: KnowledgeBase, index: dict[str, Any]) -> None:
    core = index["co-so"]
    assert {row[0] for row in core["loai"]} == set(kb.vocabulary.document_types)
    assert [row[0] for row in core["coQuan"]] == list(kb.vocabulary.issuer_codes)
    assert set(core["maLoai"]) == {c for t in kb.vocabulary.document_types.values() for c in t.codes}


def test_same_input_same_bytes(kb: KnowledgeBase) -> None:
    assert render_search_index(kb, searched_kinds()) == render_search_index(kb, searched_kinds())


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("34-CT/TU", (34, None, "CT", "TU")),
        ("73/2023/NĐ-CP", (73, 2023, "NĐ", "CP")),
        ("02-NQ/ĐUK", (2, None, "NQ", "ĐUK")),
        ("202/2025/QH15", (202, 2025, "", "QH")),
        ("1059/QĐ-TTg", (1059, None, "QĐ", "TTg")),
        ("777/UBND-NV", (777, None, "", "UBND")),
    ],
)
def test_symbols_are_read_by_the_grammar_of_the_library(number: str, parts: tuple[object, ...]) -> None:
    found = read_symbol(DocumentNumber(number), real_knowledge().vocabulary)
    assert found is not None
    assert (found.number, found.year, found.type_code, found.issuer_code) == parts


def test_former_province_says_what_became_of_it(kb: KnowledgeBase) -> None:
    entry = next(e for e in list_all(kb) if e.kind is Kind.PROVINCE and e.id == "doi-gio")
    assert entry.next == (("song-may", "Đồi Gió đã hợp nhất vào Sông Mây từ 01-07-2025"),)


@pytest.fixture(scope="module")
def large() -> tuple[list[Listed], dict[str, bytes]]:
    """The real entries and made-up ones, 10,000 in all, and the parts of their index."""
    knowledge = real_knowledge()
    real = [*list_all(knowledge), *list_site_pages()]
    pages = search_corpus.make_pages(knowledge.vocabulary, 10_000 - len(real), frozenset())
    entries = [*real, *(page.entry for page in pages)]
    files = search_corpus.render_entries(entries, searched_kinds(), knowledge.vocabulary, [])
    return entries, {path.removeprefix(f"{FOLDER}/").removesuffix(".json"): data for path, data in files.items()}


def test_files_of_a_large_base_are_small(large: tuple[list[Listed], dict[str, bytes]]) -> None:
    sizes = {name: len(gzip.compress(data, 6)) for name, data in large[1].items()}
    assert sizes.pop("co-so") <= 15_000
    assert max(sizes.values()) <= 8_000


def test_large_base_holds_every_entry_once_and_every_document_by_its_number(
    large: tuple[list[Listed], dict[str, bytes]],
) -> None:
    entries, files = large
    data = {name: json.loads(text) for name, text in files.items()}
    where = data["co-so"]["lon"]
    rows = sum(len(data[name]["trang"]["k"]) for name in data if name.startswith("dong-"))
    assert rows == where["tong"] == len(entries) - len(data["co-so"]["trang"]["k"])
    numbers = [each[0] for name in data if name.startswith("so-") for each in data[name]["trang"]["kh"]]
    assert sorted(numbers) == sorted(entry.symbol.number for entry in entries if entry.symbol)
    assert where["so"] == sorted(where["so"])
    words = [word for number in range(len(where["chu"])) for word in data[f"chu-{number}"]]
    assert words == sorted(set(words))
    assert [first for first, _ in where["chu"]] == [next(iter(data[f"chu-{n}"])) for n in range(len(where["chu"]))]


def test_words_of_titles_lead_to_their_entries(large: tuple[list[Listed], dict[str, bytes]]) -> None:
    _, files = large
    data = {name: json.loads(text) for name, text in files.items()}
    lists = {word: places for name in data if name.startswith("chu-") for word, places in data[name].items()}
    at = -1
    for step in lists["chieu"].split():
        at += int(step, 36)
        columns = data[f"dong-{at // ROWS}"]["trang"]
        row = at % ROWS
        texts = [columns[name][row] for name in ("ten", "khac", "ve") if name in columns]
        assert "chieu" in bare_words(" ".join(texts))


def test_what_replaced_a_document_is_found_by_its_words() -> None:
    old = Listed(Kind.DOCUMENT, "cu", "Hướng dẫn cấp phao", next=(("moi", "đã được thay thế"),))
    new = Listed(Kind.DOCUMENT, "moi", "Quy trình mới")
    files = search_corpus.render_entries([old, new], searched_kinds(), real_knowledge().vocabulary, [], large=1)
    words = {word: held for path, data in files.items() if "/chu-" in path for word, held in json.loads(data).items()}
    assert (words["phao"], words["quy"]) == ("1 1", "2"), "each so many places behind the one before"
