"""A number is never an identity: the register keeps documents apart or leaves them open."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge_base.dates import PartialDate
from knowledge_base.models import Article, Citation, Level, Mentions
from knowledge_base.resolve.context import Context
from knowledge_base.resolve.register import Register
from knowledge_base.vocabulary import Vocabulary
from knowledge_base.vocabulary.schemas import (
    DocumentRecord,
    DocumentType,
    Evidence,
    IssuerCode,
    Period,
    Province,
    StatedDate,
)

CASES = yaml.load(
    (Path(__file__).parent / "cases" / "register.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)
TYPES = {"CT": "chi-thi", "HD": "huong-dan", "NĐ": "nghi-dinh"}


def _vocabulary(case: dict[str, Any]) -> Vocabulary:
    levels = {"TU": "tinh", "UBND": "tinh", "TW": "trung-uong", "CP": "trung-uong"}
    return Vocabulary(
        document_types={t: DocumentType(id=t, name=t, sides=("dang",)) for t in TYPES.values()},
        issuer_codes={
            c: IssuerCode.model_validate({"code": c, "side": "dang", "level": level}) for c, level in levels.items()
        },
        provinces={p: Province(id=p, name=p, periods=(Period(kind="tinh"),)) for p in ("song-may", "bien-bac")},
        records={r["id"]: _record(r) for r in case.get("records", [])},
    )


def _record(row: dict[str, str]) -> DocumentRecord:
    date = (
        StatedDate(value=PartialDate.parse(row["date"]), evidence=Evidence(source="hồ sơ")) if "date" in row else None
    )
    return DocumentRecord(id=row["id"], type=row["type"], number=row["number"], province=row.get("province"), date=date)


def _context(index: int, row: dict[str, Any], vocabulary: Vocabulary) -> tuple[Context, list[str]]:
    published = PartialDate.parse(row["published"]) if "published" in row else None
    text, citations, expected = "Bài nhắc lại ", [], []
    for words in row["cites"]:
        said, _, wanted = words.partition(" = ")
        number, _, date = said.partition(" ")
        kind = next(t for code, t in TYPES.items() if code in number)
        day = PartialDate.parse(date) if date else None
        citations.append(Citation(len(text), len(text) + len(number), number, kind, number, Level.FULL, None, day))
        text += number + ". "
        expected.append(wanted)
    article = Article(f"bai-{index}", f"bai-{index}.md", text, 0, (), published=published, province=row.get("province"))
    return Context(article, Mentions(citations=tuple(citations)), vocabulary, published, row.get("province")), expected


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_register(case: dict[str, Any]) -> None:
    """Every order of the articles gives the same documents."""
    vocabulary = _vocabulary(case)
    rows = [_context(i, row, vocabulary) for i, row in enumerate(case["articles"])]
    for order in itertools.permutations(rows):
        register = Register(vocabulary, [context for context, _ in order])
        for context, expected in order:
            found = [register.resolve(c, context) for c in context.mentions.citations]
            assert [r.id or "?" for r in found] == expected
            assert all(r.reason for r in found)
