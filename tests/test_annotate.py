"""Links are put into an article's words and nothing else is: taken out again, the text is as it was."""

from __future__ import annotations

import html
import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.core.models import Resolution
from knowledge_base.meaning.knowledge.entities import Kind, Link
from knowledge_base.publish.pages.excerpts import annotate, choose_links
from knowledge_base.publish.pages.markdown import Md, link

TEXT = "1. Tỉnh ủy *giao* [34-CT/TU] cho UBND tỉnh; dám nghĩ, dám làm (2.715 ý) | <b>x</b> & `y` - hết_"
SPANS = st.tuples(
    st.integers(0, len(TEXT) - 1), st.integers(1, 20), st.sampled_from([Kind.DOCUMENT, Kind.BODY, Kind.THEME])
)
_MADE = re.compile(r"\[([^\]]*)\]\(dich\)")


def _make(_: Link, words: str) -> Md:
    return link(words, "dich")


def _links(spans: list[tuple[int, int, Kind]]) -> list[Link]:
    return [Link(s, min(s + n, len(TEXT)), kind, Resolution("x", "")) for s, n, kind in spans]


@given(st.lists(SPANS, max_size=8))
def test_links_taken_out_leave_the_text(spans: list[tuple[int, int, Kind]]) -> None:
    marked = annotate(TEXT, 0, len(TEXT), choose_links(_links(spans)), _make)
    plain = html.unescape(_MADE.sub(r"\1", marked))
    assert " ".join(plain.split()) == " ".join(TEXT.split())


@given(st.lists(SPANS, max_size=8))
def test_links_never_overlap_nor_cut_a_name(spans: list[tuple[int, int, Kind]]) -> None:
    links = _links(spans)
    chosen = choose_links(links)
    assert all(first.end <= second.start for first, second in pairwise(chosen))
    assert all(any((k.start, k.end) == (other.start, other.end) for other in links) for k in chosen)


def test_a_name_comes_before_a_theme_that_meets_it() -> None:
    theme = Link(0, 30, Kind.THEME, Resolution("t", ""))
    name = Link(20, 40, Kind.BODY, Resolution("b", ""))
    assert choose_links([theme, name]) == [name]
