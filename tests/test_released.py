"""Whatever a release has published opens on the site of today: the page, one that leads on, or one that says why not.

The lists in ``tests/addresses/`` are written by releases (``dev_tools/released.py``), never by hand, and no change of
``sources/`` touches them: an article that goes or is renamed gets a line of ``sources/addresses.yml``."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

import github_tasks
from building import HAND_WRITTEN, ROOT, build_pages
from dev_tools import released
from dev_tools.released import address_of, new_addresses, without_known

LISTS = sorted((ROOT / released.KEPT).glob("*.txt"))


def _published() -> dict[str, set[str]]:
    """Every address of the lists, with the paragraphs of it."""
    found: dict[str, set[str]] = {}
    for path in LISTS:
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                address, *anchors = line.split()
                found.setdefault(address, set()).update(anchors)
    return found


# ---- What was published ----


def test_every_page_opens_or_says_what_happened(real_site: Path, tmp_path: Path) -> None:
    published = _published()
    pages = {address for address in published if address.endswith("/")}
    missing = sorted(page for page in pages if not (real_site / page / "index.html").is_file())
    told = ""
    if made := [page for page in missing if page.split("/")[0] not in HAND_WRITTEN]:
        (tmp_path / "mat.txt").write_text("\n".join(made) + "\n", encoding="utf-8")
        told = build_pages("--sources", ROOT / "sources", "--addresses", tmp_path / "mat.txt").stderr
    assert len(pages) > 1000
    assert missing == [], f"{missing}\n{told}"


def test_every_file_is_there_or_its_page_says_what_happened(real_site: Path) -> None:
    files = sorted(address for address in _published() if not address.endswith("/"))
    missing = [file for file in files if not (real_site / file).is_file()]
    assert len(files) > 100
    assert [file for file in missing if not _is_left(real_site / Path(file).parent)] == []


def _is_left(folder: Path) -> bool:
    """Tell whether the page of a folder says that it moved or was withdrawn."""
    page = folder / "index.html"
    return page.is_file() and '<meta name="robots" content="noindex">' in page.read_text(encoding="utf-8")


def test_every_paragraph_opens_at_its_words_or_the_page_says_that_they_are_gone(real_site: Path) -> None:
    """The notice of a paragraph that was rewritten is shown by the script (test_addresses.py in a browser)."""
    found = gone = 0
    for address, anchors in _published().items():
        html = (real_site / address / "index.html").read_text(encoding="utf-8") if anchors else ""
        here = {anchor for anchor in anchors if f'id="{anchor}"' in html}
        found, gone = found + len(here), gone + len(anchors - here)
        assert here == anchors or "/kb.js" in html, address
    assert found > 9 * gone


# ---- How the lists are written ----


def test_a_list_holds_only_what_no_earlier_one_has() -> None:
    earlier = ["# lời\nvan-ban/a/ d-1 d-2\nnguon/x/ d-3\n", "van-ban/a/ d-4\n"]
    assert without_known("# lời\nvan-ban/a/ d-1 d-4\nnguon/x/ d-3\n", earlier) == ""
    assert without_known("van-ban/a/ d-5 d-1\nvan-ban/b/\n", earlier).splitlines()[1:] == [
        "van-ban/a/ d-5",
        "van-ban/b/",
    ]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.html", "./"),
        ("van-ban/index.html", "van-ban/"),
        ("gioi-thieu/nguon-va-quyen/index.html", "gioi-thieu/nguon-va-quyen/"),
        ("du-lieu/documents.csv", "du-lieu/documents.csv"),
        ("feed.xml", "feed.xml"),
        ("tai-lieu/dan-van/tu-soi.docx", "tai-lieu/dan-van/tu-soi.docx"),
        ("404.html", ""),
        ("sitemap.xml", ""),
        ("assets/kb/kb.js", ""),
        ("van-ban/bang.js", ""),
    ],
)
def test_what_has_an_address_that_must_last(path: str, address: str) -> None:
    assert address_of(path) == address


def _edition(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as edition:
        edition.writestr("kho-van-ban/du-lieu/dia-chi.txt", "# lời\nnguon/x/ d-aaaaaaaa\n")
        for name in ("nguon/x/index.html", "huong-dan/index.html", "feed.xml", "assets/kb/kb.js"):
            edition.writestr(f"kho-van-ban/{name}", "")
    return path


def test_addresses_of_an_edition_are_those_of_its_pages_and_files(tmp_path: Path) -> None:
    lines = new_addresses(_edition(tmp_path / "kho.zip"), tmp_path).splitlines()[1:]
    assert lines == ["du-lieu/dia-chi.txt", "feed.xml", "huong-dan/", "nguon/x/ d-aaaaaaaa"]


def test_second_release_of_the_same_adds_no_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = _edition(tmp_path / "kho.zip")
    monkeypatch.setattr(github_tasks, "ROOT", tmp_path)
    (tmp_path / "tests").mkdir()
    assert github_tasks.main(["addresses", str(archive)]) == 0
    (written,) = (tmp_path / released.KEPT).iterdir()
    assert "nguon/x/ d-aaaaaaaa\n" in written.read_text(encoding="utf-8")
    assert github_tasks.main(["addresses", str(archive)]) == 0
    assert "không có địa chỉ mới nào" in capsys.readouterr().out
    assert github_tasks.main(["addresses", str(tmp_path / "khong-co.zip")]) == 2
