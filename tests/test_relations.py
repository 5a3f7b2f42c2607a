"""Words that relate documents: cases of tests/cases/relations, every cue, the raw articles."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from knowledge_base.core.models import Citation, Level, NamedDocument, Noise, NoiseKind, RelationCue, Scan
from knowledge_base.mentions.relations import RelationFinder
from scanning import assert_linear, case_params, plain_scan, seed_text, vocabulary

VOCABULARY = vocabulary()
FINDER = RelationFinder(VOCABULARY)
NUMBER = re.compile(
    r"(?:(?:Chỉ thị|Nghị quyết|Kết luận|Quy định|Quyết định|Nghị định|Thông tư|Thông báo|Hướng dẫn|Kế hoạch|Báo cáo"
    r"|Chương trình|Luật) )?(?:số )?(\d{1,4}(?:/\d{4})?[-/][A-ZĐa-zđ]+[-/]?[A-ZĐ]\w*|\d{1,4}/\d{4}/QH\d\d)"
)


def cite(scan: Scan) -> list[Citation]:
    """Find numbers in a simple way of their own, so that these tests stand apart from the citation finder."""
    found = NUMBER.finditer(scan.view)
    return [Citation(*m.span(), scan.text[slice(*m.span())], None, m[1], Level.FULL) for m in found]


def name(scan: Scan, names: list[str]) -> list[NamedDocument]:
    return [NamedDocument(m.start(), m.end(), m[0], n) for n in names for m in re.finditer(re.escape(n), scan.text)]


def find(text: str, names: list[str] | None = None) -> list[tuple[str, str | None, str]]:
    """Return (relation, source, target) for each cue, documents by their number or name."""
    scan = plain_scan(text)
    citations, named = cite(scan), name(scan, names or [])
    spans = {(c.start, c.end): c.number or "" for c in citations} | {(n.start, n.end): n.name for n in named}
    cues = FINDER.find(scan, [*citations, *named])
    assert all(scan.text[c.start : c.end] == c.text for c in cues)
    return [(c.relation, spans[c.source] if c.source else None, spans[c.target]) for c in cues]


def owns(text: str) -> list[str]:
    """Return of each cue the type that the text gives itself as its subject, '' for one without, else "none"."""
    scan = plain_scan(text)
    return ["none" if cue.own is None else cue.own for cue in FINDER.find(scan, cite(scan))]


@pytest.mark.parametrize("case", case_params("relations"))
def test_case(case: dict[str, Any]) -> None:
    wanted = [(r["relation"], r.get("source"), r["target"]) for r in case["relations"]]
    assert find(case["text"], case.get("names")) == wanted
    own = [r["own"] for r in case["relations"] if "own" in r]
    assert not own or owns(case["text"]) == own


@pytest.mark.parametrize(
    ("kinds", "told"),
    [(("to-trinh", "nghi-quyet"), 0), (("to-trinh", "to-trinh"), 1), (("nghi-quyet", "nghi-quyet"), 1)],
)
@pytest.mark.parametrize("turned", [False, True])
def test_what_only_proposes_changes_nothing_of_another_type(kinds: tuple[str, str], told: int, turned: bool) -> None:
    first, second = "Quyết định số 9/TT-X", "Quyết định số 8/TT-Y"  # types are set here, apart from the words
    between = "nay được thay thế bởi" if turned else "ngày 2/3/2031 về việc sửa đổi"
    scan = plain_scan(f"{first} {between} {second}.")
    order = reversed(kinds) if turned else kinds
    typed = [replace(found, type=kind) for found, kind in zip(cite(scan), order, strict=True)]
    assert len(FINDER.find(scan, typed)) == told


def test_noise_is_left_out() -> None:
    text = "Hội nghị quán triệt Chỉ thị số 9-CT/TU. Ảnh: P.V"
    scan = plain_scan(text)
    quiet = plain_scan(text, Noise(0, len(text), NoiseKind.CAPTION))
    assert FINDER.find(scan, cite(scan)) and not FINDER.find(quiet, cite(quiet))


def test_seed_000() -> None:
    assert find(seed_text(0)) == [("so-ket-tong-ket", None, "26-NQ/TW")]


def test_seed_002() -> None:
    assert find(seed_text(2)) == [
        ("quan-triet", None, "34-CT/TU"),
        ("thuc-hien", None, "34-CT/TU"),
        ("gan-voi", "34-CT/TU", "05-CT/TW"),
        ("can-cu", None, "124-QĐ/TW"),
        ("can-cu", None, "14-KL/TW"),
        ("can-cu", None, "73/2023/NĐ-CP"),
        ("quan-triet", None, "34-CT/TU"),
        ("so-ket-tong-ket", None, "29-CT/TU"),
        ("thuc-hien", None, "34-CT/TU"),
        ("quan-triet", None, "73/2023/NĐ-CP"),
        ("quan-triet", None, "27/CT-TTg"),
        ("quan-triet", None, "124-QĐ/TW"),
        ("quan-triet", None, "25-HD/BTCTW"),
        ("quan-triet", None, "03-HD/TU"),
        ("thuc-hien", None, "05-CT/TW"),
        ("thuc-hien", None, "34-CT/TU"),
    ]


@pytest.mark.parametrize(
    "unit",
    [
        "thực hiện, triển khai và thực hiện các nội dung của ",
        "Chỉ thị số 9-CT/TU, ",
        "Chỉ thị số 9-CT/TU của A A A A A A A A A về ",
        "thực hiện Chỉ thị số 9-CT/TU và các ",
        "Chỉ thị số 9-CT/TU đã sẽ là để từ ngày và thay thế ",
        # each "i" is a letter and a numeral
        "bãi bỏ điều i i i i i i i i i i i i i i i i i i i i i i i nào Chỉ thị số 9-CT/TU ",
    ],
)
def test_time_is_linear(unit: str) -> None:
    def prepare(text: str) -> Callable[[], object]:
        scan = plain_scan(text)
        return partial(FINDER.find, scan, cite(scan))

    assert_linear(unit, prepare)


def test_cue_is_frozen() -> None:
    assert RelationCue(0, 1, "a", "thuc-hien", None, (2, 3)).relation == "thuc-hien"
