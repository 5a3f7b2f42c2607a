"""The check of drafts: the library's verdicts and the browser's code on one list of cases; its data; its time."""

from __future__ import annotations

import json
import os
import re
import subprocess
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from building import ROOT
from draft_cases import base_data, browser_data, differences, draft_cases
from knowledge_base.core.models import Level
from knowledge_base.meaning.draft_check.base import DraftBase
from knowledge_base.meaning.draft_check.findings import Finding
from knowledge_base.meaning.draft_check.judge import DraftChecker
from knowledge_base.mentions.bodies.body_finder import BodyFinder
from knowledge_base.mentions.citations.citation_finder import CitationFinder
from knowledge_base.publish.exports.draft_data import javascript_pattern
from scanning import assert_linear, scan, vocabulary

NODE = os.environ.get("KB_NODE", "")


@cache
def checker() -> DraftChecker:
    return DraftChecker(vocabulary(), DraftBase.of(base_data()))


def _row(finding: Finding) -> dict[str, Any]:
    told = [str(told) for told in finding.told]
    return {
        "words": finding.text,
        "number": finding.number,
        "told": told,
        "is": list(finding.documents),
        "likely": finding.likely,
        "near": finding.near,
        "right": finding.right,
    }


def test_there_are_enough_cases() -> None:
    assert len({case["text"] for case in draft_cases()}) >= 400


def test_the_library_judges_the_cases() -> None:
    wrong = []
    for case in draft_cases():
        wrong += differences(case, [_row(f) for f in checker().check(case["text"], case["home"])])
    assert not wrong, "\n".join(wrong)


def test_the_browser_judges_the_cases_alike(tmp_path: Path) -> None:
    if not NODE:
        pytest.skip("không có Node: KB_NODE không được đặt; dev.py test đặt nó")
    (tmp_path / "kho.json").write_text(json.dumps(browser_data()), encoding="utf-8")
    (tmp_path / "cases.json").write_text(json.dumps(draft_cases()), encoding="utf-8")
    command = [NODE, str(ROOT / "tests/javascript/judge-drafts.js"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    judged = json.loads(done.stdout)
    wrong = []
    for case, found in zip(draft_cases(), judged, strict=True):
        wrong += differences(case, found)
        ours = [_row(f) for f in checker().check(case["text"], case["home"])]
        wrong += [f"{case['text']!r}: {ours} / {found}"] if ours != found else []
    assert not wrong, "\n".join(wrong)


def test_the_builder_finds_the_same_whole_numbers() -> None:
    """What the check of a draft finds with a whole symbol, the builder finds in an article of the same words."""
    finder, bodies = CitationFinder(vocabulary()), BodyFinder(vocabulary())
    wrong = []
    for case in draft_cases():
        text = scan(case["text"])
        built = [c.number for c in finder.find(text, bodies.find(text)) if c.level is Level.FULL]
        found = checker().check(case["text"], case["home"])
        ours = [f.number for f in found if f.number and not f.text.isdigit()]
        if sorted(built) != sorted(ours) and "Số:" not in case["text"]:
            wrong.append(f"{case['text']!r}: {built} / {ours}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_in_pieces_are_told_once(form: str) -> None:
    text = "Thực hiện Kết luận số 14-KL/TW của Bộ Chính trị. Kết luận số 14-KL/TW đã rõ."
    found = checker().check(unicodedata.normalize(form, text))
    assert [f.documents for f in found] == [("kl14",), ("kl14",)]
    assert [[str(t) for t in f.told] for f in found] == [["chu-roi"] if form == "NFD" else [], []]


def test_letters_in_pieces_beside_no_number() -> None:
    found = checker().check("Kết luận số 14-KL/TW đã rõ.\n\n" + unicodedata.normalize("NFD", "Hội nghị kết thúc."))
    assert [(f.text, [str(t) for t in f.told]) for f in found] == [("14-KL/TW", []), ("Hội", ["chu-roi"])]


@pytest.mark.parametrize(
    ("pattern", "flags", "written"),
    [
        (r"\w+[^\W\d_]\Z", 0, [r"[\p{L}\p{N}_]+\p{L}$", "u"]),
        (r"(?P<a> x [ #] ) # a comment", re.VERBOSE, ["(?<a>x[ #])", "u"]),
        (r"\"\-\&[\w.\-]", 0, [r'"-&[\p{L}\p{N}_.\-]', "u"]),
        (r"[^\S\n]a", re.IGNORECASE, [r"[^\S\n]a", "iu"]),
    ],
)
def test_patterns_are_written_as_javascript_has_them(pattern: str, flags: int, written: list[str]) -> None:
    assert javascript_pattern(re.compile(pattern, flags)) == written


def test_time_grows_with_the_text() -> None:
    sentence = (
        "Căn cứ Chỉ thị số 34-CT/TU của Thành ủy Đà Nẵng, Ban Tuyên giáo Tỉnh ủy Quảng Nam báo cáo ngày 2/3/2024. "
    )
    assert_linear(sentence, lambda text: lambda: checker().check(text))
