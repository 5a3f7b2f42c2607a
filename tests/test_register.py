"""A number is never an identity: the register keeps documents apart or leaves them open."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge_base.core.dates import PartialDate
from knowledge_base.core.ids import DocumentNumber
from knowledge_base.core.models import Article, ArticleFacts, Citation, FactSource, Level, Mentions
from knowledge_base.core.text import fold
from knowledge_base.meaning.resolve.context import Context
from knowledge_base.meaning.resolve.register import Register
from knowledge_base.sources.vocabulary import Vocabulary
from knowledge_base.sources.vocabulary.schemas import (
    DocumentRecord,
    DocumentType,
    IssuerCode,
    Period,
    Province,
    StatedDate,
    Statement,
)
from scanning import assert_linear
from test_announced import read

CASES = yaml.load(
    (Path(__file__).parent / "cases" / "register.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)
TYPES = {"CT": "chi-thi", "HD": "huong-dan", "NĐ": "nghi-dinh", "NQ": "nghi-quyet", "KH": "ke-hoach"}
UNTYPED = {"công văn": "cong-van", "văn bản": "van-ban"}
"""Types told by the word before a number whose symbol holds none."""
CODES = {
    "TU": {"level": "tinh"},
    "TW": {"level": "trung-uong"},
    "CP": {"level": "trung-uong"},
    "UBND": {"level": "khac", "default": "uy-ban-nhan-dan-tinh", "shared_by": ["(Ủy ban nhân dân|UBND)"]},
    "ĐUK": {"level": "tinh", "shared_by": ["(Đảng ủy Khối|Đảng bộ Khối) …"]},
    "HU": {"level": "huyen", "shared_by": ["(Huyện ủy|Đảng bộ huyện)"]},
    "BCĐ": {"level": "khac", "shared_by": ["(Ban Chỉ đạo|BCĐ) …"]},
}
CITE = re.compile(
    r"(?:(?P<word>công văn|văn bản) )?"
    r"(?P<number>\S+)(?: (?P<date>\d[\d-]+))?(?: của (?P<issuer>[^=]+?))? = (?P<wanted>\S+)(?: (?P<may>.+))?"
)


def _vocabulary(case: dict[str, Any]) -> Vocabulary:
    return Vocabulary(
        document_types={
            t: DocumentType(id=t, name=t, sides=("dang",), general=t == UNTYPED["văn bản"])
            for t in (*TYPES.values(), *UNTYPED.values())
        },
        issuer_codes={
            code: IssuerCode.model_validate({"code": code, "side": "dang", **rules}) for code, rules in CODES.items()
        },
        provinces={p: Province(id=p, name=p, periods=(Period(kind="tinh"),)) for p in ("song-may", "bien-bac")},
        records={r["id"]: _record(r) for r in case.get("records", [])},
    )


def _record(row: dict[str, str]) -> DocumentRecord:
    date = StatedDate(value=PartialDate.parse(row["date"]), evidence=()) if "date" in row else None
    title = Statement(value=row["title"], evidence=()) if "title" in row else None
    number, province = DocumentNumber(row["number"]), row.get("province")
    return DocumentRecord(id=row["id"], type=row["type"], number=number, province=province, date=date, title=title)


def _context(index: int, row: dict[str, Any], vocabulary: Vocabulary) -> tuple[Context, list[tuple[str, list[str]]]]:
    published = PartialDate.parse(row["published"]) if "published" in row else None
    text, citations, expected = row.get("text", "Bài nhắc lại") + " ", [], []
    for words in row["cites"]:
        cite = CITE.fullmatch(words)
        assert cite, words
        number, day = cite["number"], PartialDate.parse(cite["date"]) if cite["date"] else None
        kind = UNTYPED.get(cite["word"] or "") or next(t for code, t in TYPES.items() if code in number)
        place = (len(text), len(text) + len(number), number)
        issuer = "" if cite["issuer"] == "(không rõ)" else cite["issuer"]
        citations.append(Citation(*place, kind, DocumentNumber(number), Level.FULL, None, day, issuer))
        text += number + ". "
        expected.append((cite["wanted"], (cite["may"] or "").split()))
    facts = ArticleFacts.found(FactSource.FRONT_MATTER, published=published, province=row.get("province"))
    article = Article(f"bai-{index}", f"bai-{index}.md", text, 0, (), facts)
    mentions = Mentions(citations=tuple(citations))
    return Context(article, mentions, vocabulary, published, row.get("province"), fold(text)), expected


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_register(case: dict[str, Any]) -> None:
    """Every order of the articles gives the same documents."""
    vocabulary = _vocabulary(case)
    rows = [_context(i, row, vocabulary) for i, row in enumerate(case["articles"])]
    for order in itertools.permutations(rows):
        register = Register(vocabulary, [context for context, _ in order])
        for context, expected in order:
            found = [register.resolve(claim) for claim in context.claims]
            assert [r.id or "?" for r in found] == [wanted for wanted, _ in expected]
            assert all(list(r.candidates) == may for r, (_, may) in zip(found, expected, strict=True) if may)
            assert all(r.reason for r in found)


@pytest.mark.parametrize(
    "unit",
    [
        "Chỉ thị 34-CT/TU, ",
        "Nghị quyết 08-NQ/HU của Huyện ủy Đô Lương; Nghị quyết 08-NQ/HU, ",
        "UBND thành phố ban hành Quyết định số 15/QĐ-UBND, Nghệ An. ",
        "Kế hoạch số 43-KH/BCĐ ngày 5/5/2023 của Ban Chỉ đạo 35; ",
    ],
)
def test_time_is_linear(unit: str) -> None:
    """Finding the documents of an article takes time linear in its citations."""

    def prepare(text: str) -> Callable[[], object]:
        context = read(text)

        def resolve() -> None:
            fresh = replace(context)
            register = Register(context.vocabulary, [fresh])
            assert [register.resolve(claim) for claim in fresh.claims]

        return resolve

    assert_linear(unit, prepare)
