"""Texts that bear a mark of secrecy are refused by its name, wherever they come in, and nothing of them is shown."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest

from knowledge_base.core.errors import Severity
from knowledge_base.importing.formats import read_article, read_article_bytes
from knowledge_base.sources.articles.corpus import read_corpus
from knowledge_base.sources.secrecy import find_secret
from scanning import vocabulary

PLAIN = "Huyện họp bàn việc trồng rừng\n\nHuyện giao các xã báo cáo trước ngày 5/3/2026.\n"


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("MẬT", "Mật"),
        ("M Ậ T", "Mật"),
        ("T U Y Ệ T  M Ậ T", "Tuyệt mật"),
        ("TÀI LIỆU MẬT, KHÔNG SAO CHỤP", "Mật"),
        ("A B C D", None),
        ("  (Tối mật)", "Tối mật"),
        ("TUYỆT MẬT   Bản số: 02", "Tuyệt mật"),
        ("Độ mật: Mật", "Mật"),
        ("Số 34-BC/TU MẬT", "Mật"),
        ("TỈNH ỦY MẪU | TỐI MẬT | ĐẢNG CỘNG SẢN VIỆT NAM", "Tối mật"),
        ("Tài liệu lưu hành nội bộ, không phổ biến", "Lưu hành nội bộ"),
        ("KẾ HOẠCH BẢO VỆ BÍ MẬT NHÀ NƯỚC", None),
        ("Quyết định về danh mục bí mật nhà nước độ Tối mật", None),
        ("Tài liệu mật", None),
        ("MẬT ĐỘ XÂY DỰNG", None),
        ("Mật ong rừng", None),
        ("Ấn phẩm lưu hành nội bộ được phát cho 500 hội viên", None),
    ],
)
def test_marks(line: str, mark: str | None) -> None:
    assert find_secret(["TỈNH ỦY MẪU", line]) == mark


def _word(change: Any) -> bytes:
    document = docx.Document()
    for line in PLAIN.split("\n\n"):
        document.add_paragraph(line)
    change(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_stamp_at_the_head_of_a_word_file_counts() -> None:
    def stamp(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "MẬT"

    for change, read in ((lambda _: None, True), (stamp, False)):
        article, problems = read_article_bytes(_word(change), "bai.docx", vocabulary())
        assert (article is not None) is read
        assert ["“Mật”" in problem.message for problem in problems] == [True] * (not read)


@pytest.mark.parametrize("name", ["bai.txt", "bai.html"])
def test_nothing_of_it_is_told(name: str) -> None:
    page = f"<html><body><h1>Huyện họp</h1><p>MẬT</p><p>{PLAIN * 3}</p></body></html>" if name.endswith("html") else ""
    article, problems = read_article_bytes((page or f"MẬT\n\n{PLAIN}").encode(), name, vocabulary())
    assert article is None
    assert [problem.severity for problem in problems] == [Severity.ERROR]
    assert "trồng rừng" not in problems[0].message + problems[0].remedy


def test_a_digest_that_bears_one_is_refused_alone(tmp_path: Path) -> None:
    folder = tmp_path / "articles" / "nghe-an"
    folder.mkdir(parents=True)
    path = folder / "2026-03-05-bai.md"
    path.write_text(f"---\ntitle: Bí số 7\nlạ: gì\ndraft: có\n---\n\nSố 5-BC/TU   MẬT\n\n{PLAIN}", encoding="utf-8")
    corpus = read_corpus(tmp_path, vocabulary())
    assert (corpus.articles, corpus.drafts, corpus.stand_ins) == ((), (), ())
    assert ["“Mật”" in problem.message for problem in corpus.problems] == [True]
    assert read_article(path, tmp_path, vocabulary())[0] is None
