"""Citations and named documents: cases, symbols of issuers, the seeds, and what must not matter."""

from __future__ import annotations

import re
import shutil
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import ROOT
from knowledge_base.core.errors import Severity
from knowledge_base.core.models import Citation, NamedDocument
from knowledge_base.mentions.bodies.body_finder import BodyFinder
from knowledge_base.mentions.citations.citation_finder import CitationFinder
from knowledge_base.mentions.citations.symbols import SymbolReader
from knowledge_base.mentions.cleaning import clean_article, original_span
from knowledge_base.mentions.named_documents import NamedDocumentFinder
from knowledge_base.sources.vocabulary import load_vocabulary
from scanning import article, cases, each_seed, needs_seeds, read_gold, scan, vocabulary

FINDER, BODIES = CitationFinder(vocabulary()), BodyFinder(vocabulary())
NAMED = NamedDocumentFinder(vocabulary())
READER = SymbolReader(vocabulary())
CITATION_CASES = [(n, c) for n, c in cases("citations") + cases("dates") if "named" not in c]
NAMED_CASES = [(n, c) for n, c in cases("citations") if "named" in c]


def shown(text: str) -> list[dict[str, str]]:
    """What is found in a text, in the words of the cases."""
    source = article(text)
    cleaned = clean_article(source, vocabulary())
    found = FINDER.find(cleaned, BODIES.find(cleaned))
    return [_row(c, source.text[slice(*original_span(cleaned, source, c.start, c.end))]) for c in found]


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


def _congress(named: NamedDocument) -> str:
    """The kind of the congress, with its place where the words say it."""
    return " ".join(filter(None, (named.issuer.kind, named.issuer.place))) if named.issuer else "none"


@pytest.mark.parametrize(("name", "case"), NAMED_CASES, ids=[n for n, _ in NAMED_CASES])
def test_named_case(name: str, case: dict[str, Any]) -> None:
    found = [
        {"name": d.name, "local": "có" if d.local else "không", "words": d.text, "issuer": _congress(d)}
        for d in NAMED.find(scan(case["text"]))
    ]
    assert _wanted(found, case["named"]) == case["named"]


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
