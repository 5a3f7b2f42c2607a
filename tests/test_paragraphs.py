"""Paragraphs and their addresses."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.core.models import ParagraphKind
from knowledge_base.core.paragraphs import anchors, split_paragraphs

TEXT = """Mở đầu của bài.

## Yêu cầu

- Việc thứ nhất.
- Việc thứ hai.
920. Thông báo không phải mục 1.
BTNO: dòng này là chữ.

> Lời dẫn.
Dòng nối
tiếp.
"""


def _kinds(text: str) -> list[str]:
    return [p.kind.value for p in split_paragraphs(text)]


def test_four_things() -> None:
    assert _kinds(TEXT) == ["paragraph", "heading", "item", "item", "paragraph", "paragraph", "quote", "paragraph"]
    assert split_paragraphs(TEXT)[4].text == "920. Thông báo không phải mục 1."
    assert split_paragraphs(TEXT)[7].text == "Dòng nối tiếp."


def test_lines_and_places() -> None:
    for paragraph in split_paragraphs(TEXT):
        assert TEXT[paragraph.start : paragraph.end].replace("\n", " ") == paragraph.text
    assert [p.line for p in split_paragraphs(TEXT)] == [1, 3, 5, 6, 7, 8, 10, 11]


def test_no_mark_alone_is_a_paragraph() -> None:
    assert split_paragraphs("# \n- \n>\n\n") == ()


def test_an_address_outlives_its_neighbours() -> None:
    """Inserting, removing, moving and editing other paragraphs changes no address."""
    parts = ["Đoạn thứ nhất.", "Đoạn thứ hai nói về kỷ luật.", "Đoạn thứ ba."]
    before = dict(zip(parts, anchors(split_paragraphs("\n\n".join(parts))), strict=True))
    kept = parts[1]
    for edited in ([kept], ["Mới thêm.", *parts], [parts[2], kept, parts[0]], ["Đoạn một đã sửa.", kept, parts[2]]):
        after = dict(zip(edited, anchors(split_paragraphs("\n\n".join(edited))), strict=True))
        assert after[kept] == before[kept]


def test_twins_are_told_apart() -> None:
    first, second = anchors(split_paragraphs("Giống nhau.\n\nGiống nhau."))
    assert second == f"{first}-2"


def test_spelling_of_tones_keeps_the_address() -> None:
    assert anchors(split_paragraphs("Tỉnh uỷ yêu cầu")) == anchors(split_paragraphs("Tỉnh ủy yêu cầu"))


@given(st.text(alphabet=st.sampled_from("ab .\n-#>1)\t*“")))
def test_places_are_true(text: str) -> None:
    paragraphs = split_paragraphs(text)
    for paragraph in paragraphs:
        assert text[paragraph.start : paragraph.end].replace("\n", " ").replace("\t", " ") == paragraph.text
    assert len(set(anchors(paragraphs))) == len(paragraphs)
    assert all(isinstance(p.kind, ParagraphKind) for p in paragraphs)
