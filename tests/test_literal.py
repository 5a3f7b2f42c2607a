"""Words of others in Markdown and on GitHub: they are shown as they are, and do nothing."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge_base.core.escaping import LONGEST, code, literal, title

HOSTILE = [
    "fixes GH-12, GHSA-abcd",
    "closes https://github.com/vi-du/kho/issues/12",
    "closes vi-du/kho#12, github.com/vi-du/kho/issues/12",
    "@ai @vi-du/nhom a@b.vn",
    "![x](https://vi-du.vn/a.png) [x](javascript:alert(1)) [x]: https://vi-du.vn",
    "<script>alert(1)</script> <!-- ẩn --> <https://vi-du.vn> </details>",
    "www.vi-du.vn http://vi-du.vn mailto:a@vi-du.vn -@.w.vn :smile: $x$",
    ":-",
    "a | b\n| --- | --- |",
    "a\r\n\r\n# Đầu đề\n===\n---\n```\n~~~\n> x",
    "a\u2028# b\x0b- c\x85- d\u202ee",
    *("1. a", "2) a", "- [ ] a", "+ a", "* a", "=== a", "# a", "    a", "[^1]: a", "- - - a", "---", "<!-- a"),
    "**a** _a_ __a__ ~~a~~ `a` ``a` \\*a* \\<b> \\` &lt;b&gt; &#64;ai a\\",
]
WORDS = st.one_of(
    st.text(max_size=60),
    st.text(st.sampled_from("\\`*_[]()<>#|~!^=&;$@:.-+'\" \n\t\u2028\u206012aGH/w"), max_size=60),
    st.lists(st.sampled_from(HOSTILE), max_size=4).map("\n".join),
)
REACTS = re.compile(r"@\w|#\w|\b(?:gh|ghsa|cve)-\w|://|\bwww\.|mailto:\w|:\w*[a-z]:|github\.com/", re.IGNORECASE)
"""What GitHub makes something of where it stands in a text, after the Markdown has been read."""
FRAME = """Chữ ở trên
{0}

- {0}
- [ ] Xem “{0}”: {0}.

| a | b |
| --- | --- |
| {0} | c |
"""
HARMLESS = "chữ"


def tags(text: str) -> list[str]:
    """Return the tags of a text read as Markdown, in order."""
    return re.findall(r"<[^>]*>", markdown.markdown(text, extensions=["tables"]))


def bare(words: str) -> str:
    """Return what can be seen of words, without spaces."""
    seen = (c for c in unicodedata.normalize("NFC", words) if not c.isspace())
    return "".join(c for c in seen if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})


@given(WORDS)
@example("\n".join(HOSTILE))
def test_words_of_others_do_nothing(words: str) -> None:
    told = literal(words, longest=1000)
    assert "\n" not in told
    if told:
        assert tags(FRAME.format(told)) == tags(FRAME.format(HARMLESS))
    shown = html.unescape(markdown.markdown(f"Chữ: {told}")).removeprefix("<p>Chữ:").removesuffix("</p>")
    assert bare(shown) == bare(words)
    assert not REACTS.search(shown)


@pytest.mark.parametrize("words", HOSTILE)
def test_every_hostile_word_alone(words: str) -> None:
    test_words_of_others_do_nothing.hypothesis.inner_test(words)  # type: ignore[attr-defined]


@pytest.mark.parametrize("words", ["08:15, 0:00:12", "8g15", "Số 77-CT/TU; điểm a) khoản 1.", "C# và a @ b"])
def test_common_words_stay_as_they_are(words: str) -> None:
    assert literal(words) == words


@given(WORDS)
@example("\n".join(HOSTILE))
def test_code_is_one_span(words: str) -> None:
    told = code(words, longest=1000)
    assert "\n" not in told
    page = markdown.markdown(f"Chữ: {told}")
    assert re.findall(r"<[^>]*>", page) == ["<p>", "<code>", "</code>", "</p>"] or told == "(trống)"
    if told != "(trống)":
        assert bare(html.unescape(page)) == bare(f"<p>Chữ: <code>{words}</code></p>")


@pytest.mark.parametrize(
    ("words", "expected"),
    [("a", "`a`"), ("", "(trống)"), ("\u200b", "(trống)"), ("`", "`` ` ``"), ("a``b", "```a``b```"), ("a\nb", "`a b`")],
)  # fmt: skip
def test_code_holds_backticks(words: str, expected: str) -> None:
    assert code(words) == expected


@given(WORDS)
@example("\n".join(HOSTILE))
def test_title_refers_to_nothing(words: str) -> None:
    assert not re.search(r"[#@`<>\[\]\n]|://|\bGH-\d", title(words), re.IGNORECASE)


def test_title_keeps_its_words() -> None:
    assert title("@a closes #12 https://x.vn `b`") == "a closes 12 https x.vn b"
    assert title("fixes GH-12") == "fixes 12"


@pytest.mark.parametrize("shorten", [literal, code, title])
def test_long_words_are_cut(shorten: object) -> None:
    assert callable(shorten)
    assert len(shorten("chữ " * 100, 90)) <= 92
    assert "…" in shorten("chữ " * 100, 90)


@pytest.mark.parametrize("shorten", [literal, code, title])
def test_a_line_is_cut_behind_its_longest(shorten: Callable[[str, int], str]) -> None:
    assert "…" not in shorten("chữ " * 5, 19)
    assert shorten("chữ " * 5, 18).strip("`") == "chữ chữ chữ chữ c…"
    assert shorten("chữ " * 5, 17).strip("`") == "chữ chữ chữ chữ…"


def test_a_title_of_any_length_and_a_sentence_are_told_whole() -> None:
    assert "…" not in literal("a" * LONGEST)
    assert literal("a" * (LONGEST + 1)) == "a" * (LONGEST - 1) + "…"
    assert title("#@ " * 20 + "a" * 10, 80) == "a" * 10


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("= a", "&#61; a"),
        (":- a", "&#58;- a"),
        ("==", "&#61;="),
        ("+ a", "\\+ a"),
        ("1. a", "1\\. a"),
        ("a = b", "a = b"),
    ],
)
def test_marks_at_the_head_of_a_line(words: str, told: str) -> None:
    assert literal(words) == told
