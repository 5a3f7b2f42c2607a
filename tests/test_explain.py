"""``--explain``: a report for people, one JSON object a file for programs."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from building import TOY, build_pages, snapshot

KEYS = {
    "file", "title", "outlet", "author", "published", "province", "province_name", "document", "citations",
    "named_documents", "bodies", "themes", "assignments", "relations", "problems",
}  # fmt: skip
PARTS = {
    "citations": {"number", "type", "level", "issuer", "date", "document", "candidates", "start", "end", "text"},
    "named_documents": {"name", "start", "end"},
    "bodies": {"id", "name", "start", "end", "text"},
    "themes": {"id", "weight", "spans"},
}
RAW = """\
Ban Thường vụ Tỉnh uỷ siết chặt kỷ cương

Cập nhật ngày: 08/09/2023 - 07:15

Ban Thường vụ Tỉnh uỷ Sông Mây vừa ban hành Chỉ thị số 41-CT/TU ngày 07/9/2023. Căn cứ Quy định 991-QĐ/TW
của Bộ Chính trị, Đảng uỷ Khối các cơ quan tỉnh phải siết chặt kỷ luật, kỷ cương; khắc phục né tránh, đùn đẩy.

Ban Thường vụ Tỉnh ủy giao Ban Tuyên giáo Tỉnh ủy chủ trì, phối hợp với Ban Dân vận Tỉnh ủy tuyên truyền chỉ thị.
"""


def _explain(*files: Path | str, cwd: Path | str = "", as_json: bool = True) -> tuple[int, str, str]:
    done = build_pages("--sources", TOY, "--explain", *files, *(["--json"] if as_json else []), cwd=cwd)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explain")
    (folder / "tho.txt").write_text(RAW, encoding="utf-8")
    (folder / "nfd.txt").write_text(unicodedata.normalize("NFD", RAW), encoding="utf-8")
    (folder / "crlf.txt").write_bytes(b"\xef\xbb\xbf" + RAW.replace("\n", "\r\n").encode())
    (folder / "tcvn.txt").write_bytes(b"T\xd8nh u\xfb")  # too little to tell the encoding
    (folder / "rong.txt").write_text(" \n", encoding="utf-8")
    (folder / "hong.md").write_text("---\ntitle: [\n---\nBài\n", encoding="utf-8")
    (folder / "trang.html").write_text("<p>Bài</p>", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def raw(folder: Path) -> Any:
    status, out, _ = _explain(folder / "tho.txt")
    assert status == 0
    return json.loads(out)


def test_every_key_is_there(raw: Any) -> None:
    assert raw.keys() == KEYS
    for name, keys in PARTS.items():
        assert all(keys <= item.keys() for item in raw[name]), name
    assert raw["document"].keys() == {"id", "number", "type", "issuer", "date"}


def test_keys_are_there_when_nothing_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Trời hôm nay đẹp.\n", encoding="utf-8")
    found = json.loads(_explain(tmp_path / "a.txt")[1])
    assert found.keys() == KEYS
    single = ("outlet", "author", "published", "province", "province_name", "document")
    assert [found[key] for key in single] == [None] * 6
    assert [found[key] for key in (*PARTS, "assignments", "relations")] == [[]] * 6


def test_found_things_are_right(raw: Any) -> None:
    assert (raw["published"], raw["province"], raw["province_name"]) == ("2023-09-08", "song-may", "Sông Mây")
    assert [(c["number"], c["type"], c["level"], c["date"]) for c in raw["citations"]] == [
        ("41-CT/TU", "Chỉ thị", "full", "2023-09-07"),
        ("991-QĐ/TW", "Quy định", "full", None),
    ]
    assert raw["citations"][1]["document"] == "quy-dinh-991-qd-tw-2022"
    assert raw["document"] == {
        "id": "chi-thi-41-ct-tu-song-may-2023",
        "number": "41-CT/TU",
        "type": "Chỉ thị",
        "issuer": "ban-thuong-vu-tinh-uy-song-may",
        "date": "2023-09-07",
    }
    assert "Đảng ủy Khối Các cơ quan tỉnh Sông Mây" in {b["name"] for b in raw["bodies"]}
    assert {t["id"] for t in raw["themes"]} == {"ky-luat-ky-cuong"}  # "né tránh, đùn đẩy" is said once, in passing
    (given,) = (a for a in raw["assignments"] if a["kind"] == "giao")
    assert (given["lead"], given["partners"]) == (["ban-tuyen-giao-tinh-uy-song-may"], ["ban-dan-van-tinh-uy-song-may"])


def test_offsets_are_code_points_of_the_nfc_text(raw: Any) -> None:
    _check_offsets(raw, RAW)


@pytest.mark.parametrize("name", ["nfd.txt", "crlf.txt"])
def test_other_spellings_of_the_file_say_the_same(folder: Path, raw: Any, name: str) -> None:
    found = json.loads(_explain(folder / name)[1])
    _check_offsets(found, RAW)
    assert {**found, "file": ""} == {**raw, "file": ""}


@pytest.mark.parametrize("path", sorted((TOY / "articles").rglob("*.md")), ids=lambda p: p.stem)
def test_offsets_of_digests(path: Path) -> None:
    found = json.loads(_explain(path)[1])
    _check_offsets(found, unicodedata.normalize("NFC", path.read_text(encoding="utf-8")))
    assert found["citations"] or found["bodies"]


def _check_offsets(found: Any, text: str) -> None:
    for name in ("citations", "bodies", "assignments", "relations"):
        for item in found[name]:
            assert text[item["start"] : item["end"]] == item.get("text", text[item["start"] : item["end"]])
            assert 0 <= item["start"] < item["end"] <= len(text)
    for named in found["named_documents"]:
        assert text[named["start"] : named["end"]].strip()
    for theme in found["themes"]:
        assert theme["weight"] > 0
        assert all(text[start:end].strip() for start, end in theme["spans"])
    weights = [theme["weight"] for theme in found["themes"]]
    assert weights == sorted(weights, reverse=True)


def test_one_line_a_file_in_order_and_faulty_ones_between(folder: Path) -> None:
    names = ["hong.md", "tho.txt", "khong-co.txt", "tcvn.txt", "rong.txt", "trang.html", "tho.txt"]
    status, out, _ = _explain(*names, cwd=folder)
    found = [json.loads(line) for line in out.splitlines()]
    assert status == 1
    assert [f["file"] for f in found] == names
    for one in found:
        if one["file"] == "tho.txt":
            assert one["citations"] and one["problems"] == []
        else:
            assert one.keys() == {"file", "problems"}
            assert one["problems"] and all(p.keys() >= {"line", "message", "remedy"} for p in one["problems"])


def test_report_for_people(folder: Path) -> None:
    status, out, _ = _explain("tho.txt", "hong.md", cwd=folder, as_json=False)
    assert status == 1
    assert "== tho.txt" in out
    for words in (
        "Địa phương: Sông Mây",
        "Ngày đăng: 2023-09-08",
        "Văn bản có số (2)",
        "«Chỉ thị số 41-CT/TU»",
        "quy-dinh-991-qd-tw-2022",
        "Đảng ủy Khối Các cơ quan tỉnh Sông Mây",
        "Quan hệ (1)",
    ):
        assert words in out, words
    assert "Lỗi, dòng" in out.split("== hong.md")[1]


def test_open_citation_is_explained(tmp_path: Path) -> None:
    found = json.loads(_explain(TOY / "articles/song-may/khong-ro-ngay-hoi-nghi-quan-triet.md")[1])
    (open_one,) = (c for c in found["citations"] if c["number"] == "34-CT/TU")
    assert open_one["document"] is None
    assert open_one["candidates"] == ["chi-thi-34-ct-tu-song-may-2017", "chi-thi-34-ct-tu-song-may-2023"]


def test_article_is_not_weighed_against_itself() -> None:
    """Explaining a file of the corpus gives what the corpus says of it."""
    found = json.loads(_explain(TOY / "articles/song-may/2023-09-07-siet-ky-cuong.md")[1])
    assert [c["document"] for c in found["citations"] if c["number"] == "34-CT/TU"] == [
        "chi-thi-34-ct-tu-song-may-2023",
        "chi-thi-34-ct-tu-song-may-2023",
        "chi-thi-34-ct-tu-song-may-2017",
    ]


def test_partial_citation_has_no_number(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Tỉnh Sông Mây thực hiện Nghị định 911 của Chính phủ.\n", encoding="utf-8")
    found = json.loads(_explain(tmp_path / "a.txt")[1])
    assert [(c["number"], c["level"]) for c in found["citations"]] in ([], [(None, "partial")])


def test_explaining_writes_nothing(folder: Path) -> None:
    before = snapshot(folder), snapshot(TOY)
    _explain(folder / "tho.txt")
    assert (snapshot(folder), snapshot(TOY)) == before
