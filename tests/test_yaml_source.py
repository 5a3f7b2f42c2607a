"""Strict YAML: strings only, lines of everything, faults told and never raised."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.sources.text_files import blank_characters, check_characters, decode_source
from knowledge_base.sources.yaml import read_yaml, reading

SAMPLE = """\
- id: nghe-an
  number: 034
  time: 3:20
  flag: NO
  date: 2023-02-31
  empty:
  text: ""
  list: [một, hai]
- title:
    value: >
      dài
      dòng
"""


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test with the fast parser and with the one in plain Python."""
    monkeypatch.setattr(reading, "_LOADER", getattr(yaml, request.param))


@pytest.mark.usefixtures("loader")
def test_scalars_stay_as_written() -> None:
    source, problems = read_yaml(SAMPLE, "a.yml")
    assert problems == []
    assert source is not None
    assert source.data == [
        {
            "id": "nghe-an",
            "number": "034",
            "time": "3:20",
            "flag": "NO",
            "date": "2023-02-31",
            "empty": None,
            "text": "",
            "list": ["một", "hai"],
        },
        {"title": {"value": "dài dòng\n"}},
    ]


@pytest.mark.usefixtures("loader")
def test_lines_of_keys_and_items() -> None:
    source, _ = read_yaml(SAMPLE, "a.yml", first_line=3)
    assert source is not None
    assert source.lines["0",] == 3
    assert source.lines["0", "list"] == 10
    assert source.lines["1", "title", "value"] == 12
    assert source.line(1, "title", "other") == 11
    assert source.line("nowhere") == 3


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("a: 1\nb: 2\na: 3", 3, "khóa “a” viết hai lần (lần đầu ở dòng 1)"),
        ("a: &x 1", 1, "dấu neo"),
        ("b: *x", 1, "tham chiếu YAML “*x”"),
        ("a: !!int 3", 1, "nhãn YAML “!!int”"),
        ("a: !x 3", 1, "nhãn YAML “!x”"),
        ("a: 1\n---\nb: 2", 2, "hơn một tài liệu"),
        ("[" * 50, 1, "lồng nhau"),
        ("a: b: c", 1, "dấu hai chấm trong giá trị"),
        ("x: 1\na: 'b\nc: d", 2, "không đóng"),
        ("? {a: b}\n: c", 1, "tên khóa"),
        ("a:\n\t- b", 2, "Tab"),
    ],
)
def test_faults_are_told_on_their_line(text: str, line: int, part: str) -> None:
    _, problems = read_yaml(text, "a.yml")
    assert part in str(problems[-1])
    assert problems[-1].line == line


def test_a_text_ends_at_its_first_fault() -> None:
    source, problems = read_yaml("a: {b: 1}\na: {b: 2, c: 3}\nd: &e 1\nf: g: h\n", "a.yml")
    assert source is None
    assert [problem.line for problem in problems] == [2]


def test_aliases_do_not_grow() -> None:
    levels = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    start = time.perf_counter()
    source, problems = read_yaml("\n".join(levels), "a.yml")
    assert source is None
    assert len(problems) == 1
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("text", ["[" * 1_000_000, "- " * 500_000, "{a: " * 200_000, "a" * 1_000_000, "? " * 300_000])
def test_hostile_input_ends_soon(text: str) -> None:
    start = time.perf_counter()
    read_yaml(text, "a.yml")
    assert time.perf_counter() - start < 3


@given(st.text(max_size=200))
def test_any_text_is_read_or_told_of(text: str) -> None:
    source, problems = read_yaml(text, "a.yml")
    assert source is not None or problems
    assert all("\n" not in str(problem) for problem in problems)


def test_decoding_mends_what_is_harmless() -> None:
    decomposed = "\ufeffThu\u031b\u031bo\u031b\u0300ng\r\nva\rxuo\u0302\u0301ng"
    text, problems = decode_source(decomposed.encode(), "a.md")
    assert problems == []
    assert text is not None
    assert text.splitlines()[1:] == ["va", "xuống"]


def test_decoding_names_the_line() -> None:
    text, problems = decode_source(b"a\r\nb\rc\n\xe9", "a.md")
    assert text is None
    assert [(p.line, "0xE9" in p.message) for p in problems] == [(4, True)]


def test_hidden_characters_are_named_once_a_line() -> None:
    problems = check_characters("a\x00\x00b\n\u202ex\t\u200b", "a.md")
    assert [(p.line, p.message.split()[-5]) for p in problems] == [(1, "U+0000"), (2, "U+202E")]


def test_blanking_keeps_the_length() -> None:
    assert blank_characters("a\x00b\x85c") == "a b c"
    assert blank_characters("a\x00b\x85c", line_ends=True) == "a b\nc"
