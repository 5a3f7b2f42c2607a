"""Records of documents that nobody has confirmed yet: read, checked, told of, and on no page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from building import TOY, build_pages, snapshot

DRAFT = """\
- id: chi-thi-77-ct-tu-song-may-2024
  draft: có
  type: chi-thi
  number: 77-CT/TU
  province: song-may
  date:
    value: 2024-03-05
    evidence: [{host: Văn phòng Tỉnh ủy Sông Mây, kind: bao, read: 2026-11-22}]
"""
ORDER = "- id: {0}\n  draft: có\n  type: chi-thi\n  number: 34-CT/TU\n  province: song-may\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    shutil.copytree(TOY, tmp_path / "sources")
    return tmp_path / "sources"


def put(corpus: Path, text: str, name: str = "nhap-so.yml") -> None:
    (corpus / "documents" / name).write_text(text, encoding="utf-8")


def check(corpus: Path, *options: str) -> tuple[int, list[str]]:
    done = build_pages("--check", "--sources", corpus, *options)
    said = done.stdout + done.stderr
    return done.returncode, [line for line in said.split("\n") if "nhap-so" in line or "nháp" in line]


def test_a_draft_is_on_no_page_and_told(corpus: Path, tmp_path: Path) -> None:
    build_pages("--sources", corpus, "--docs", tmp_path / "without")
    put(corpus, DRAFT)
    done = build_pages("--sources", corpus, "--docs", tmp_path / "with")
    assert done.returncode == 0 and "Còn 1 bản nháp" in done.stdout, done.stderr
    assert snapshot(tmp_path / "with") == snapshot(tmp_path / "without")
    code, lines = check(corpus)
    assert code == 0 and any("nhap-so.yml:1: cảnh báo: 1 hồ sơ văn bản còn là bản nháp" in line for line in lines)
    assert check(corpus, "--no-drafts")[0] == 1


def test_a_confirmed_draft_is_a_record_that_should_move(corpus: Path, tmp_path: Path) -> None:
    put(corpus, DRAFT.replace("  draft: có\n", ""))
    code, lines = check(corpus, "--no-drafts")
    assert code == 0 and len(lines) == 1
    assert "đã xác nhận mà còn nằm trong tệp nháp" in lines[0] and "documents/song-may.yml" in lines[0]
    build_pages("--sources", corpus, "--docs", tmp_path / "docs")
    assert (tmp_path / "docs/van-ban/chi-thi-77-ct-tu-song-may-2024.md").is_file()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("number: 77-CT/TU", "number: 77-CT/TW", "là số của cơ quan trung ương"),
        ("type: chi-thi", "type: chi-thy", "không có loại văn bản mang mã “chi-thy”"),
        ("draft: có", "draft: co", "“draft” không nhận giá trị “co”"),
        ("kind: bao,", "kind: lạ,", "“kind”"),
        ("read: 2026-11-22", "read: 2026-13-22", "không có trong lịch"),
        ("  date:", "  relations: [{relation: thay-the, target: khong-co-gi, evidence: []}]\n  date:", "khong-co-gi"),
        ("- id: chi-thi-77-ct-tu-song-may-2024", "- id: chi-thi-34-ct-tu-song-may-2017", "đã có ở"),
    ],
)
def test_what_is_wrong_with_a_draft_is_a_warning(corpus: Path, old: str, new: str, told: str) -> None:
    put(corpus, DRAFT.replace(old, new))
    code, lines = check(corpus)
    assert code == 0
    assert any(told in line for line in lines if "cảnh báo" in line), lines
    assert check(corpus, "--no-drafts")[0] == 1


def test_a_draft_takes_no_id_and_may_relate_to_another_draft(corpus: Path) -> None:
    """Its file comes before that of the record: the record stays the first to have the id."""
    put(corpus, ORDER.format("chi-thi-34-ct-tu-song-may-2017"), "bien-bac.yml")
    relation = "  relations:\n    - {relation: thay-the, target: chi-thi-77-ct-tu-song-may-2024, evidence: []}\n"
    put(corpus, DRAFT + DRAFT.replace("77", "78") + relation)
    code, lines = check(corpus)
    assert code == 0
    assert [line for line in lines if "không có văn bản" in line] == []
    put(corpus, DRAFT + DRAFT)
    code, lines = check(corpus)
    assert code == 0 and any("đã dùng ở dòng 1" in line for line in lines)


def test_reports_beside_drafts_are_not_read(corpus: Path) -> None:
    put(corpus, "# Cần xem\n", "nhap-so.can-xem.md")
    assert check(corpus) == (0, [])
