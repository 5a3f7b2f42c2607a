"""Text in the encodings before Unicode: read by evidence, or refused with advice; never guessed."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base.core.errors import Severity
from knowledge_base.importing.encodings import TABLE, decode_text, is_syllable, mend_tcvn3, weigh
from making import encode_tcvn3, shown_as_latin
from scanning import CASES, assert_linear

LETTERS: dict[str, Any] = yaml.load((CASES / "letters.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
SYLLABLES = (
    "Đảng ủy tỉnh Nghệ An yêu cầu người đứng đầu quyết định những việc của nhân dân giữ gìn kỷ cương hoà thuận".split()
)


@pytest.mark.skipif(not shutil.which("iconv"), reason="máy này không có iconv")
def test_the_table_is_that_of_iconv() -> None:
    codes = sorted(TABLE)
    command = ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"]
    for code in codes:
        done = subprocess.run(command, input=bytes([code]), capture_output=True, check=False)
        if done.returncode and b"TCVN5712-1" in done.stderr and b"not supported" in done.stderr:
            pytest.skip("iconv ở máy này không biết TCVN5712-1")
        assert done.stdout.decode() == TABLE[code], hex(code)
    vietnamese = {c for c in map(chr, range(0xC0, 0x1EFA)) if unicodedata.category(c)[0] == "L" and is_syllable(c)}
    assert vietnamese <= set(TABLE.values())


@pytest.mark.parametrize("case", LETTERS["tcvn3"], ids=lambda case: case["is"])
def test_tcvn3_shown_as_latin(case: dict[str, str]) -> None:
    assert mend_tcvn3(case["shown"]) == case["is"]


@pytest.mark.parametrize("case", LETTERS["text"], ids=lambda case: case["why"])
def test_text_that_was_read_wrongly(case: dict[str, str]) -> None:
    text, problems = decode_text(case["shown"].encode(), "bai.txt")
    assert text == case.get("is")
    told = " ".join(f"{problem.message}. {problem.remedy}" for problem in problems)
    assert case.get("told", "") in told
    assert {p.severity for p in problems} <= ({Severity.WARNING} if text else {Severity.ERROR})
    assert bool(problems) == bool(case.get("told"))


@pytest.mark.parametrize("word", LETTERS["syllables"])
def test_a_syllable(word: str) -> None:
    assert is_syllable(word) and is_syllable(word.upper())
    assert is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize("word", LETTERS["not syllables"])
def test_no_syllable(word: str) -> None:
    assert not is_syllable(word)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*SYLLABLES, "34-CT/TU", "2023,", "“mới”", "–"]), min_size=1, max_size=30))
def test_tcvn3_round_trip(words: list[str]) -> None:
    text = " ".join(words)
    assert mend_tcvn3(encode_tcvn3(text).decode("latin-1")).lower() == text.lower()
    assert mend_tcvn3(shown_as_latin(encode_tcvn3(text))).lower() == text.lower()


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_decoding_never_fails(data: bytes) -> None:
    assert unicodedata.is_normalized("NFC", mend_tcvn3(data.decode("latin-1")))
    text, problems = decode_text(data, "a.txt")
    assert text is not None or problems
    if text is not None:
        assert unicodedata.is_normalized("NFC", text) and "\r" not in text


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_unicode_stays_as_it_is(text: str) -> None:
    clean = text.replace("\r\n", "\n").replace("\r", "\n")
    if weigh(clean).words >= 5 or any(ord(c) < 0x20 and c != "\n" for c in clean) or "\ufeff" in clean:
        return
    if all(line.isascii() or max(map(ord, line)) > 0x2122 for line in clean.splitlines()):
        assert decode_text(text.encode("utf-8", "replace"), "a.txt")[0] == unicodedata.normalize("NFC", clean)


@pytest.mark.parametrize("unit", ["1", "-", "A", "\u00ad", "­êng", "aù ", "a^ ", "Ä", "ữ", "Ã¡\n", "\x93", "- "])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_hostile_text_ends_soon(unit: str, encoding: str) -> None:
    def prepare(text: str) -> Callable[[], object]:
        data = text.encode(encoding, "ignore")
        return lambda: decode_text(data, "a.txt")

    assert_linear(unit, prepare)
