"""The site's links to the forms and to a prefilled new file; without a repository there are none."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

import building
from building import ROOT, TOY
from knowledge_base.github.answers import load_forms
from knowledge_base.publish.site_links import broken_links
from knowledge_base.sources.articles.digest import read_digest
from knowledge_base.sources.text_files import RawFile
from knowledge_base.sources.vocabulary import load_vocabulary

REPOSITORY = "https://github.com/vi-du/kho"
FORMS = {form.name: form for form in load_forms(ROOT / ".github" / "ISSUE_TEMPLATE")}


@pytest.fixture(scope="module")
def site(toy_docs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy site with a repository to contribute to."""
    folder = tmp_path_factory.mktemp("github") / "kho"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "SOURCE_DATE_EPOCH": "1790000000"}
    environment |= {"SITE_URL": "https://vi-du.example/kho/", "REPO_URL": REPOSITORY, "REPO_BRANCH": "chính"}
    environment |= {"REPORT_MAIL": "bao-sai@vi-du.example", "KEPT_BY": "Văn phòng <ví dụ>"}
    command = [sys.executable, "-c", building._MKDOCS, str(ROOT / "mkdocs.yml"), str(toy_docs), str(folder)]
    done = subprocess.run(command, cwd="/", env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_who_keeps_the_base_is_told_at_home_and_where_something_is_sent(site: Path, toy_site: Path) -> None:
    name = "Văn phòng &lt;ví dụ&gt;"
    home, guide, foot = (
        (site / page / "index.html").read_text(encoding="utf-8") for page in ("", "huong-dan/them-bai", "so-hieu")
    )
    assert f"Người giữ kho: {name}." in home and f"Người giữ kho: {name}." in guide and f"rồi gửi cho {name}." in foot
    assert 'href="mailto:bao-sai@vi-du.example"' in guide
    nobody = (toy_site / "huong-dan/them-bai/index.html").read_text(encoding="utf-8")
    assert "Người giữ kho:" not in nobody and "mailto:" not in nobody and "GitHub" not in nobody


def test_a_mistake_is_reported_by_mail_too(site: Path) -> None:
    text = (site / "dia-phuong/song-may/index.html").read_text(encoding="utf-8")
    found = [html.unescape(link) for link in re.findall(r'href="(mailto:[^"]*)"', text)]
    (letter,) = map(urlsplit, found)
    told = parse_qs(letter.query)
    assert letter.path == "bao-sai@vi-du.example" and told["subject"] == ["Báo sai: Sông Mây"]
    assert "Địa chỉ: https://vi-du.example/kho/dia-phuong/song-may/\r\n" in told["body"][0]


def links(site: Path, page: str) -> list[str]:
    text = (site / page / "index.html").read_text(encoding="utf-8")
    return [html.unescape(link) for link in re.findall(rf'href="({REPOSITORY}[^"]*)"', text)]


def test_every_page_leads_to_the_forms(site: Path) -> None:
    for path in site.rglob("index.html"):
        page = path.parent.relative_to(site).as_posix()
        found = links(site, page)
        assert f"{REPOSITORY}/issues/new?template=them-bai.yml" in found, page
        queries = [parse_qs(urlsplit(link).query) for link in found if "template=bao-sai.yml" in link]
        where = "https://vi-du.example/kho/" + ("" if page == "." else f"{page}/")
        assert queries == [{"template": ["bao-sai.yml"], "trang": [where]}], page
    assert next(field for field in FORMS["bao-sai"].fields if field.id == "trang").type == "input"
    assert "them-bai" in FORMS
    assert broken_links(site) == []


@pytest.mark.parametrize(
    ("page", "folder", "filename"),
    [
        ("dia-phuong/song-may", "/sources/articles/song-may", "nam-thang-ngay-ten-ngan.md"),
        ("dia-phuong", "/sources/articles", "ma-tinh/nam-thang-ngay-ten-ngan.md"),
        ("nguon", "/sources/articles", "ma-tinh/nam-thang-ngay-ten-ngan.md"),
    ],
)
def test_new_file_is_prefilled(site: Path, page: str, folder: str, filename: str) -> None:
    address = next(urlsplit(link) for link in links(site, page) if "/new/" in link)
    assert address.path == f"/vi-du/kho/new/ch%C3%ADnh{folder}"
    query = parse_qs(address.query)
    assert query["filename"] == [filename]
    assert query["value"][0].startswith("---\ntitle: ")


def test_article_pages_have_no_block_of_their_own(site: Path) -> None:
    assert not [link for link in links(site, "nguon/2023-11-20-mot-cua") if "/new/" in link]


def test_template_is_refused_until_title_and_outlet_are_given(site: Path) -> None:
    address = next(urlsplit(link) for link in links(site, "dia-phuong/song-may") if "/new/" in link)
    text = parse_qs(address.query)["value"][0]
    vocabulary, _ = load_vocabulary(TOY)

    def read(words: str) -> list[int]:
        _, problems = read_digest(RawFile("a.md", "2023-a", "song-may", words.encode()), vocabulary)
        return sorted({problem.line for problem in problems})

    assert read(text) == [2, 3]
    filled = text.replace("title: #", "title: Bài #").replace("outlet: #", "outlet: bao-song-may #")
    assert read(filled) == []


def test_without_repository_nothing_leads_to_github(toy_site: Path) -> None:
    text = (toy_site / "dia-phuong" / "song-may" / "index.html").read_text(encoding="utf-8")
    assert "github.com" not in text
    assert 'href="../../huong-dan/them-bai/#khong-co-tai-khoan"' in text


@pytest.mark.parametrize(
    ("link", "broken"),
    [("b/", False), ("../b/", True), ("../../b/", True), ("#x", False), ("#y", True), ("b/../b/index.html", False)],
)
def test_links_out_of_the_site_are_broken(tmp_path: Path, link: str, broken: bool) -> None:
    """The site may lie in a folder of its host: what leads above it leads to somebody else's pages."""
    (tmp_path / "b").mkdir()
    (tmp_path / "b/index.html").write_text("<p>b</p>", encoding="utf-8")
    (tmp_path / "index.html").write_text(f'<p id="x"><a href="{link}">b</a></p>', encoding="utf-8")
    assert bool(broken_links(tmp_path)) == broken
