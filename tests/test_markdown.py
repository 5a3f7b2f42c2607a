"""Markdown as the pages write it: text of others shows as it is, what the site writes keeps its form."""

from __future__ import annotations

import html
import re

import markdown
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from building import ROOT
from knowledge_base.core.dates import PartialDate
from knowledge_base.core.text import nfc
from knowledge_base.publish.pages.markdown import (
    Md,
    attributes,
    escape,
    external_link,
    front_matter,
    link,
    tag_attributes,
    time,
)
from knowledge_base.sources.text_files import check_characters

EXTENSIONS = ["attr_list", "md_in_html", "tables", "admonition", "toc"]
"""Those of ``mkdocs.yml``."""
HOSTILE = yaml.safe_load((ROOT / "tests/cases/hostile.yml").read_text(encoding="utf-8"))
SOURCE = st.text(st.one_of(st.characters(), st.sampled_from("\\`*_{}[]()<>#+!|~&:=^$@-.12 ab\"'/"))).map(nfc)


def shown(text: str) -> str:
    """What a reader sees of a text in Markdown, without blanks."""
    page = re.sub(r"<[^>]*>", "", markdown.markdown(text, extensions=EXTENSIONS))
    return "".join(html.unescape(page).split())


def tags(text: str) -> list[str]:
    page = markdown.markdown(text, extensions=EXTENSIONS)
    return [re.sub(r' id="[^"]*"', "", tag) for tag in re.findall(r"<[^>]*>", page)]


@given(SOURCE)
@example("1. Không phải danh sách")
@example("  12) cũng không")
@example("- không phải mục")
@example(".. và thế này")
@example("{: .lop }")
@example("&lt;b&gt; &#60;")
def test_words_of_others_are_shown_as_they_are(words: str) -> None:
    words = words.strip()
    if not words or check_characters(words, ""):
        return  # such characters never come so far: sources/text_files.py
    told = escape(words)
    assert "\n" not in told
    for frame in ("{}", "Chữ {}", "- {}", "## {}", "> {}"):
        assert tags(frame.format(told)) == tags(frame.format("chu"))
        assert shown(frame.format(told)) == "".join(frame.format("").split()).strip("->#") + "".join(words.split())


@pytest.mark.parametrize("words", ["1. một", "1) một", "  2. hai", "- ba", ". bốn", "-", "34-CT/TU", "Ngày 7-9. Hết"])
def test_marks_at_the_head_of_a_line(words: str) -> None:
    assert tags(escape(words)) == ["<p>", "</p>"]
    assert shown(escape(words)) == "".join(words.split())


def test_only_what_begins_a_line_is_a_mark() -> None:
    assert escape("1. - a", leading=False) == "1. - a"
    assert escape("1. - a") == "1&#46; - a"
    assert escape("12) a") == "12&#41; a"
    assert escape(" - a") == "&#45; a"
    assert escape(" - a", leading=False) == " - a"
    assert escape("a\nb") == "a b"


def test_what_is_markdown_already_stays() -> None:
    made = Md("**đậm** [a](b)")
    assert escape(made) is made
    assert made.__html__() == "**đậm** [a](b)"
    assert link(made, "../a/") == "[**đậm** [a](b)](../a/)"


@pytest.mark.parametrize(
    ("made", "page"),
    [
        (link("Số 1. [x]", "../a/"), '<p><a href="../a/">Số 1. [x]</a></p>'),
        (link("- a", "../a/", "nhan"), '<p><a class="nhan" href="../a/">- a</a></p>'),
        (
            external_link("1. Báo", "https://a.vn/?q=\"'<>()[]&x=1 `*_"),
            '<p><a href="https://a.vn/?q=&quot;\'&lt;&gt;()[]&amp;x=1 `*_" rel="external noreferrer">1. Báo</a></p>',
        ),
        (
            external_link("Báo", "https://a.vn/", "nguon"),
            '<p><a class="nguon" href="https://a.vn/" rel="external noreferrer">Báo</a></p>',
        ),
        (time(PartialDate(2023, 9)), '<p><time datetime="2023-09">09-2023</time></p>'),
    ],
)  # fmt: skip
def test_what_the_site_writes(made: Md, page: str) -> None:
    read = markdown.markdown(made, extensions=EXTENSIONS)
    assert html.unescape(read) == html.unescape(page)


def test_attributes_stay_in_their_quotation_marks() -> None:
    assert attributes({"ten": "a\"b'c{d}\ne", "so": "1"}) == 'data-ten="a b c d  e" data-so="1"'
    assert tag_attributes({"ten": '"><b>&', "so": "1"}) == 'data-ten="&quot;&gt;&lt;b&gt;&amp;" data-so="1"'


def test_the_head_of_a_page() -> None:
    head = front_matter(
        {"title": "A <b> & “c”: 1", "kind": "a<b", "none": None, "empty": "", "no": {}, "rank": 0, "l": ["x"]}
    )
    assert head.startswith("---\n") and head.endswith("\n---\n")
    read = yaml.safe_load(head.removesuffix("---\n"))
    assert read == {"title": "A &lt;b&gt; &amp; “c”: 1", "kind": "a<b", "rank": 0, "l": ["x"]}


@pytest.mark.parametrize("url", HOSTILE["urls"])
def test_an_address_arrives_whole(url: str) -> None:
    page = markdown.markdown(external_link("Bài", url), extensions=EXTENSIONS)
    href = re.search(r'href="([^"]*)"', page)
    assert href and html.unescape(href[1]) == url
    assert re.sub(r' (?:href|rel)="[^"]*"', "", page) == "<p><a>Bài</a></p>"
