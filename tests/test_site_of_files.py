"""What the edition for USB sticks is made of, each part alone; browser/test_offline.py opens the whole."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from dev_tools.environment import TaskError
from dev_tools.offline import day_of, pack, write_checksum
from dev_tools.site_of_files import link_to_files, read_card, wrap_module
from dev_tools.stored_text import find_words, first_letter, write_stored_text


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("../b/", "../b/index.html"),
        ("../b", "../b/index.html"),
        ("./", "./index.html"),
        ("..", "../index.html"),
        ("../b/?q=1&amp;x=2#y", "../b/index.html?q=1&amp;x=2#y"),
        ("#d-abc", "#d-abc"),
        ("?q=1", "?q=1"),
        ("../tep.csv", "../tep.csv"),
        ("https://vi-du.invalid/", "https://vi-du.invalid/"),
        ("mailto:a@b.invalid", "mailto:a@b.invalid"),
        ("../../..", "../../.."),
    ],
)
def test_links_to_folders(tmp_path: Path, link: str, expected: str) -> None:
    site = tmp_path / "site"
    for name in ("a", "b"):
        (site / name).mkdir(parents=True)
    text = f'<p>href="../b/"</p><a class="x" href="{link}">x</a>'
    changed = link_to_files(text, site / "a" / "index.html", site)
    assert changed == f'<p>href="../b/"</p><a class="x" href="{expected}">x</a>'


def test_page_that_has_moved_leads_to_a_file(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    text = '<meta http-equiv="refresh" content="0; url=../b/"><meta name="description" content="../b/">'
    changed = link_to_files(text, tmp_path / "a" / "index.html", tmp_path)
    assert changed == text.replace("url=../b/", "url=../b/index.html")


def test_module_becomes_a_function() -> None:
    text = 'import { a, b as c } from "./x.js";\nexport const d = a;\nexport class E {}\nimport("./y.js");\n'
    assert wrap_module(text, "z.js") == (
        'const { a, b: c } = kbNeed("x.js");\nconst d = a;\nclass E {}\nkbLater("y.js");\nreturn { d, E };\n'
    )


@pytest.mark.parametrize("text", ["export default 3;\n", 'import x from "./y.js";\n', "export { a };\n"])
def test_unknown_module_form_is_refused(text: str) -> None:
    with pytest.raises(TaskError, match=r"z\.js"):
        wrap_module(text, "z.js")


@pytest.mark.parametrize("name", ["a" * 200 + ".html", "đường.html"])
def test_names_that_windows_cannot_unpack_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / name).touch()
    with pytest.raises(TaskError, match="Windows"):
        pack(tmp_path / "site", tmp_path / "x.zip", 0)


def test_checksum_is_what_sha256sum_reads(tmp_path: Path) -> None:
    archive = tmp_path / "kho.zip"
    archive.write_bytes(b"kho")
    assert write_checksum(archive).read_bytes() == f"{hashlib.sha256(b'kho').hexdigest()}  kho.zip\n".encode()
    assert (tmp_path / "kho.zip.sha256").is_file()


@pytest.mark.parametrize(("epoch", "day"), [(1_790_000_000, "2026-09-21"), (0, "")])
def test_day_is_that_of_the_sources(epoch: int, day: str) -> None:
    assert day_of(epoch) == day


# ---- Cards ----

_PAGE = """<meta name="description" content="Về &quot;A &amp; B&quot;">
<article class="x" data-kb-cards="van-ban co-quan" data-kb-kind="Văn bản"{} data-kb-status="Còn hiệu lực">
<h1 id="a">Chỉ thị <span class="so-hieu">A &amp; B</span><a class="headerlink" href="#a">#</a></h1>"""


@pytest.mark.parametrize(("state", "shown"), [("", "Còn hiệu lực"), (' data-kb-state="đã thay thế"', "đã thay thế")])
def test_card_says_what_the_page_says_of_itself(state: str, shown: str) -> None:
    expected = {"kind": "Văn bản", "name": "Chỉ thị A & B", "state": shown, "words": 'Về "A & B"'}
    assert read_card(_PAGE.format(state), "van-ban") == expected


@pytest.mark.parametrize(("page", "folder"), [(_PAGE, "huong-dan"), ("<p>x</p>", "van-ban")])
def test_page_of_a_kind_without_cards_has_none(page: str, folder: str) -> None:
    assert read_card(page, folder) == {}


# ---- The full text ----


def _fragment(url: str, content: str, title: str) -> dict[str, Any]:
    anchors = [{"element": "p", "id": "d-abcdefgh", "text": "", "location": 2}]
    return {
        "url": url,
        "content": content,
        "word_count": 9,
        "filters": {},
        "meta": {"title": title},
        "anchors": anchors,
    }


def _read(site: Path, name: str) -> Any:
    return json.loads((site / "tra-cuu" / "toan-van" / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of three pages with Pagefind's folder."""
    fragments = tmp_path / "pagefind" / "fragment"
    fragments.mkdir(parents=True)
    pages = [
        _fragment("/van-ban/b-2/", "D\u0335u\u0300n d\u0335ẩy 34 lần.", "Văn bản"),
        _fragment("/van-ban/b/", "34 và 2.715 người", "Đẩy mạnh"),
        _fragment("/gioi-thieu/", "Giới thiệu " * 10_000, "Giới thiệu"),
    ]
    for number, page in enumerate(pages):
        data = gzip.compress(b"pagefind_dcd" + json.dumps(page).encode())
        (fragments / f"vi_{number}.pf_fragment").write_bytes(data)
    write_stored_text(tmp_path)
    return tmp_path


def test_pages_stand_in_order_of_their_addresses(site: Path) -> None:
    core = _read(site, "trang")
    assert core["thuMuc"] == {"gioi-thieu": "0", "van-ban": "1 2"}
    assert core["phan"] == [0, 1]
    assert [page["url"] for page in _read(site, "bai-1")] == ["van-ban/b/", "van-ban/b-2/"]
    assert not (site / "pagefind").exists()


def test_words_lead_to_pages_and_those_of_titles_count_more(site: Path) -> None:
    assert _read(site, "trang")["chu"] == "0bdglmntv"
    assert _read(site, "tu-d") == {"đùn": [2, 1], "đẩy": [1, 5, 2, 1]}
    assert _read(site, "tu-0") == {"2.715": [1, 1], "34": [1, 1, 2, 1]}


def test_text_has_its_letters_and_paragraphs(site: Path) -> None:
    page = _read(site, "bai-1")[1]
    assert page["content"] == "Đu\u0300n đẩy 34 lần."
    assert page["anchors"] == [{"id": "d-abcdefgh", "element": "p", "location": 2}]


def test_words_are_cut_as_the_search_cuts_them() -> None:
    assert find_words("CT34: 2.715 người, 1.23; Đ/c") == ["ct", "34", "2.715", "người", "1", "23", "đ", "c"]


@pytest.mark.parametrize(("word", "letter"), [("đẩy", "d"), ("ơn", "o"), ("ủy", "u"), ("34", "0"), ("ß", "0")])
def test_first_letter_has_no_accents(word: str, letter: str) -> None:
    assert first_letter(word) == letter
