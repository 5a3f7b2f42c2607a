"""Citations and named documents: cases, the vocabularies' own examples, the seeds, and what must not matter."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from building import ROOT
from knowledge_base.core.errors import Severity
from knowledge_base.core.models import Citation
from knowledge_base.mentions.citations.citation_finder import CitationFinder
from knowledge_base.mentions.citations.symbols import SymbolReader
from knowledge_base.mentions.cleaning import clean_article, original_span
from knowledge_base.mentions.named_documents import NamedDocumentFinder
from knowledge_base.sources.vocabulary import load_vocabulary
from scanning import article, cases, each_seed, needs_seeds, read_gold, scan, vocabulary

FINDER = CitationFinder(vocabulary())
NAMED = NamedDocumentFinder(vocabulary())
READER = SymbolReader(vocabulary())
CITATION_CASES = [(n, c) for n, c in cases("citations") + cases("dates") if "named" not in c]
NAMED_CASES = [(n, c) for n, c in cases("citations") if "named" in c]


def shown(text: str) -> list[dict[str, str]]:
    """What is found in a text, in the words of the cases."""
    source = article(text)
    cleaned = clean_article(source, vocabulary())
    return [_row(c, source.text[slice(*original_span(cleaned, source, c.start, c.end))]) for c in FINDER.find(cleaned)]


def _row(citation: Citation, words: str) -> dict[str, str]:
    return {
        "number": citation.number or "none",
        "type": citation.type or "none",
        "level": citation.level.value,
        "date": citation.date.iso if citation.date else "none",
        "issuer": citation.issuer.kind if citation.issuer else "none",
        "issuer_name": "none" if citation.issuer_name is None else citation.issuer_name or "có",
        "words": words,
    }


def _wanted(found: list[dict[str, str]], want: list[dict[str, str]]) -> list[dict[str, str]]:
    """Leave in ``found`` only what the case speaks of."""
    if len(found) != len(want):
        return found
    return [{key: row[key] for key in keys} for row, keys in zip(found, want, strict=True)]


@pytest.mark.parametrize(("name", "case"), CITATION_CASES, ids=[n for n, _ in CITATION_CASES])
def test_case(name: str, case: dict[str, Any]) -> None:
    want = [] if case.get("none") == "true" else case["citations"]
    assert _wanted(shown(case["text"]), want) == want


@pytest.mark.parametrize(("name", "case"), NAMED_CASES, ids=[n for n, _ in NAMED_CASES])
def test_named_case(name: str, case: dict[str, Any]) -> None:
    found = [
        {"name": d.name, "local": "có" if d.local else "không", "words": d.text} for d in NAMED.find(scan(case["text"]))
    ]
    assert _wanted(found, case["named"]) == case["named"]


def test_there_are_several_hundred_cases() -> None:
    assert len(CITATION_CASES) + len(NAMED_CASES) >= 400


TYPE_EXAMPLES = [(t.id, e) for t in vocabulary().document_types.values() for e in t.examples]
CODE_EXAMPLES = [(c.code, e) for c in vocabulary().issuer_codes.values() for e in c.examples]


@pytest.mark.parametrize(("kind", "example"), TYPE_EXAMPLES)
def test_a_type_is_found_in_its_examples(kind: str, example: str) -> None:
    assert [c.type for c in FINDER.find(scan(example))] == [kind]


@pytest.mark.parametrize("kind", [t for t in vocabulary().document_types.values() if t.codes], ids=lambda t: t.id)
def test_a_type_with_a_code_has_examples(kind: Any) -> None:
    assert kind.examples, f"thêm examples cho loại văn bản {kind.id}"


@pytest.mark.parametrize(("code", "example"), CODE_EXAMPLES)
def test_an_issuer_code_is_read_in_its_examples(code: str, example: str) -> None:
    word = vocabulary().document_types["nghi-dinh"]
    symbol = READER.read_at(example, 0, word)
    assert symbol is not None
    assert symbol.number == example
    assert symbol.code is not None
    assert code in (symbol.code.code, *symbol.rest.split("-"))


@pytest.mark.parametrize("code", vocabulary().issuer_codes.values(), ids=lambda c: c.code)
def test_each_issuer_code_has_examples_and_its_spellings_lead_to_it(code: Any) -> None:
    assert code.examples, f"thêm examples cho ký hiệu {code.code}"
    for spelling in (code.code, *code.typed):
        found = READER.code_of(spelling)
        assert found is not None
        assert found.code == code.code


# -- the seeds ---------------------------------------------------------------------------------------


@needs_seeds
@each_seed
def test_seed_citations(path: Any) -> None:
    text, gold = read_gold(path)
    names = {t.id: t.name for t in vocabulary().document_types.values()}
    found = [
        (c.start, c.end, c.number, names[c.type or ""], c.date.iso if c.date else None, c.level.value)
        for c in FINDER.find(scan(text))
    ]
    keys = ("start", "end", "canonical", "type", "date", "level")
    assert found == [tuple(mention[k] for k in keys) for mention in gold["citation_mentions"]]


@needs_seeds
@each_seed
def test_seed_named_documents(path: Any) -> None:
    text, gold = read_gold(path)
    place = f"Đảng bộ tỉnh {gold['province']}"
    found = {
        (d.start, d.end, d.name.replace("Đảng bộ tỉnh", place) if d.local else d.name) for d in NAMED.find(scan(text))
    }
    assert found == {(d["start"], d["end"], d["canonical"]) for d in gold["named_documents"]}


# -- what must not matter ----------------------------------------------------------------------------

SENTENCES = [
    "Thực hiện Chỉ thị số 34-CT/TU ngày 27/10/2023 của Thường vụ Thành uỷ, Nghị định số 73/2023/NĐ-CP của Chính phủ.",
    "Uỷ ban nhân dân tỉnh ban hành Kế hoạch số 45/KH-UBND, Quyết định 11, 12 và 13 của Thủ tướng Chính phủ.",
    "Kết luận số 01 ngày 18 tháng 5 năm 2021 của Bộ Chính trị; Luật số 72/2025/QH15; Công văn số 912/UBND-NC.",
]


def _found(text: str) -> list[tuple[str, str, str]]:
    return [(row["number"], row["type"], row["date"]) for row in shown(text)]


@pytest.mark.parametrize("text", SENTENCES)
def test_spelling_of_the_file_does_not_matter(text: str) -> None:
    plain = _found(text)
    assert len(plain) >= 2
    assert _found(unicodedata.normalize("NFD", text)) == plain
    assert _found(text.replace(" ", "\u00a0")) == plain
    assert _found(text.replace("uỷ", "ủy").replace("Uỷ", "Ủy")) == plain
    assert _found(text.replace(" ", "  ")) == plain
    assert _found(text.replace(", ", ",\r\n")) == _found(text.replace(", ", ",\n"))
    assert _found(text.replace("-", "–")) == plain


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789-/. \n,;()QĐNCTUWKLHDBVPsốngàyChỉthịNghquyếtđcủ&", max_size=120))
def test_anything_gives_sound_spans(text: str) -> None:
    cleaned = scan(text)
    citations = FINDER.find(cleaned)
    for citation in citations:
        assert citation.text == cleaned.text[citation.start : citation.end]
        assert citation.text.strip() == citation.text
        assert citation.number is None or not any(c.isspace() for c in citation.number)
    assert all(a.end <= b.start for a, b in pairwise(citations))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9999), st.sampled_from(["CT", "NQ", "KL", "KH"]), st.sampled_from(["-", " - ", "–", "/", "- "]))
def test_a_party_symbol_has_one_form(number: int, kind: str, mark: str) -> None:
    assert [row["number"] for row in shown(f"Theo số {number}{mark}{kind}/TU.")] == [f"{number}-{kind}/TU"]


# -- the floor -----------------------------------------------------------------------------------------

FLOOR = yaml.safe_load((ROOT / "tests" / "floor-citations.yml").read_text(encoding="utf-8"))
FOUND = [(shown(case["text"]), case.get("citations")) for _, case in CITATION_CASES]


def _dates() -> tuple[int, int, int]:
    """How many dates the cases give, how many of them are found, and how many are found where none is given."""
    rows = [
        (row["date"], want["date"])
        for found, wanted in FOUND
        for row, want in zip(found, wanted or (), strict=False)
        if "date" in want
    ]
    given = [(have, want) for have, want in rows if want != "none"]
    return len(given), sum(have == want for have, want in given), sum(have not in (want, "none") for have, want in rows)


def test_citations_never_fall_below_the_floor() -> None:
    pairs = [
        (Counter(row["number"] for row in found), Counter(want["number"] for want in wanted))
        for found, wanted in FOUND
        if wanted and all("number" in want for want in wanted)
    ]
    right = sum((found & want).total() for found, want in pairs)
    total = sum(found.total() + want.total() for found, want in pairs)
    assert len(pairs) >= FLOOR["citations"]["cases"], "đã mất bớt ca"
    assert 2 * right / total >= FLOOR["citations"]["f1"]


def test_look_alikes_never_become_citations() -> None:
    none = [found for found, wanted in FOUND if not wanted]
    assert len(none) >= FLOOR["look_alikes"]["cases"], "đã mất bớt ca"
    assert sum(map(bool, none)) <= FLOOR["look_alikes"]["mistaken"]


def test_dates_never_fall_below_the_floor() -> None:
    given, right, invented = _dates()
    assert given >= FLOOR["dates"]["cases"], "đã mất bớt ca"
    assert right / given >= FLOOR["dates"]["right"]
    assert invented <= FLOOR["dates"]["invented"]


RENAMED = {
    "nghi-dinh": "loai-a", "quyet-dinh": "loai-b", "nghi-quyet": "loai-c", "chi-thi": "loai-d", "cong-van": "loai-e",
    "chuong-trinh": "loai-g", "bao-cao": "loai-h", "lenh": "loai-i", "luat": "loai-k", "thong-tu-lien-tich": "loai-l",
}  # fmt: skip
SPELT_ANEW = {"CP": "CPX", "TTg": "TTgX", "HĐND": "HĐNDX", "UBND": "UBNDX", "QH": "QHX"}
IN_EVERY_FORM = """Nghị định số 73/2023, Nghị định 73/2023/NĐ-CP, Quyết định 12/NQ-UBND của HĐND tỉnh, số 45/QĐ-UBND.
Chỉ thị số 27 của Chính phủ; Nghị quyết 15/NQ-UBND của HĐND tỉnh; Nghị quyết số 16 của HĐND tỉnh.
Luật số 202/2025/QH 15, Chương trình 135 của Chính phủ, Báo cáo 12, Báo cáo số 13 của UBND tỉnh.
Công văn số 777/UBND-NV, số 12-QĐ/TW.
Lệnh số 52-L/CTN, Thông tư liên tịch số 55/2005/TTLT - BNV - VPCP, Chỉ thị 17/CT-CP của Thủ tướng Chính phủ."""


def test_nothing_depends_on_how_types_and_codes_are_called(tmp_path: Path) -> None:
    """Types under other ids, and issuers under other codes, are found as before."""
    sources = tmp_path / "sources"
    shutil.copytree(ROOT / "sources" / "vocabularies", sources / "vocabularies")
    for path in (sources / "vocabularies").glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        for old, new in RENAMED.items():
            text = re.sub(rf"(^- id: |^    |[\[, ]){old}(?=[],:\n])", rf"\g<1>{new}", text, flags=re.MULTILINE)
        for old, new in SPELT_ANEW.items():
            text = re.sub(rf"^- code: {old}$", f"- code: {new}\n  typed: [{old}]", text, flags=re.MULTILINE)
        path.write_text(text, encoding="utf-8")
    renamed, problems = load_vocabulary(sources)
    assert not [p for p in problems if p.severity is Severity.ERROR]
    before = CitationFinder(vocabulary()).find(scan(IN_EVERY_FORM))
    after = CitationFinder(renamed).find(scan(IN_EVERY_FORM))
    spelt = [re.sub(rf"\b(?:{'|'.join(SPELT_ANEW)})", lambda m: SPELT_ANEW[m[0]], c.number or "") for c in before]
    assert len(before) > 12
    assert [(c.start, c.end, c.number or "", c.type) for c in after] == [
        (c.start, c.end, number, RENAMED.get(c.type or "", c.type)) for c, number in zip(before, spelt, strict=True)
    ]
