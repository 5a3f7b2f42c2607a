"""The site around the pages: configuration, theme, search index, and how it behaves in a browser.

Built from a few pages of an invented world, under a path of its own.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError

import mkdocs_hooks
from browsing import wait_until
from building import ROOT
from knowledge_base.publish import search_index
from knowledge_base.publish.pages.flow import Node, Step, draw_flow
from knowledge_base.publish.pages.markdown import Md
from knowledge_base.publish.pages.unbroken import keep_whole
from knowledge_base.sources.articles.front_matter import FrontMatter

THEME = ROOT / "theme"
FRAME = 6_200
"""Bytes around the article of a list: 5,600, and 6,000 where readers are asked for more articles."""
LIMIT = 80_000
INDEXES = (
    *("van-ban", "co-quan", "chu-de", "dia-phuong", "nguon", "nhiem-vu", "so-sanh", "tai-lieu", "tra-cuu"),
    "kiem-tra-du-thao",  # the guide leads there
)
DIGEST = "Ban Thường vụ Thành ủy Sông Lam yêu cầu chấm dứt việc đùn đẩy; tổng hợp 2.715 ý kiến."


def _page(title: str, body: str, **kb: str) -> str:
    head = {"title": title, "description": title, "kb": {"updated": "2026-11-20", **kb}}
    return f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n\n# {title}\n\n{body}\n"


@pytest.fixture(scope="session")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    pages = {"index.md": _page("Trang đầu của kho", '<button data-kb-search type="button">Tìm</button>', kind="home")}
    for name in INDEXES:
        pages[f"{name}/index.md"] = _page(f"Danh mục {name}", "Chưa có gì.", kind="index")
    rows = "".join(f'<li data-noi="{n % 2}"><a href="chi-thi-34/">Mục Đ{n}</a></li>' for n in range(9))
    listing = f'<div class="kb-danh-muc" data-bo-loc="noi:Nơi">\n<h2>Nhóm</h2>\n<ul>{rows}</ul>\n</div>'
    pages["co-quan/index.md"] = _page("Cơ quan", listing, kind="index")
    body = "Nghị định 73/2023/NĐ-CP.\n\n## Đà Nẵng\n\n[Bài](../nguon/bai.md#d-abcdefgh)\n"
    shown = {"kind": "van-ban", "kind_name": "Văn bản", "place": "Sông Lam", "year": "2023", "number": "34-CT/TU"}
    pages["van-ban/chi-thi-34.md"] = _page("Chỉ thị 34-CT/TU", body, **shown, source="sources/documents/x.yml")
    shown = {"kind": "nguon", "kind_name": "Bài nguồn", "year": "2023", "source": "sources/articles/b.md"}
    pages["nguon/bai.md"] = _page("Một bài", f"{DIGEST}\n{{ #d-abcdefgh .doan }}\n", **shown)
    for path, text in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    for name in ("gioi-thieu", "huong-dan", "assets"):
        shutil.copytree(ROOT / "docs" / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def site(docs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site in the folder ``kho`` of an else empty web root, built as strictly as the real one."""
    folder = tmp_path_factory.mktemp("www") / "kho"
    code = (
        "import sys; from mkdocs.config import load_config; from mkdocs.commands.build import build;"
        "build(load_config(sys.argv[1], docs_dir=sys.argv[2], site_dir=sys.argv[3], strict=True))"
    )
    environment = {**os.environ, "SITE_URL": "https://vi-du.invalid/kho/", "SOURCE_DATE_EPOCH": "1790000000"}
    environment |= {"REPO_URL": "", "PYTHONPATH": str(ROOT / "scripts"), "DISABLE_MKDOCS_2_WARNING": "true"}
    command = [sys.executable, "-c", code, str(ROOT / "mkdocs.yml"), str(docs), str(folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def _html(site: Path) -> dict[str, str]:
    return {str(p.relative_to(site)): p.read_text(encoding="utf-8") for p in sorted(site.rglob("*.html"))}


# ---- Configuration ----


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", 'https://vi-du.invalid/"><script>alert(1)</script>/'),
        ("REPO_URL", "javascript:alert(1)"),
        ("REPO_URL", 'https://vi-du.invalid/" onclick="alert(1)'),
        ("SOURCE_DATE_EPOCH", "hôm nay"),
        ("SOURCE_DATE_EPOCH", "²"),
        ("SOURCE_DATE_EPOCH", "99999999999999999999"),
    ],
)
def test_an_odd_variable_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(PluginError, match=f"Biến {name} không phải"):
        mkdocs_hooks.on_config(load_config(str(ROOT / "mkdocs.yml")))


def test_interface_strings_are_all_vietnamese() -> None:
    material = Path(__import__("material").__file__).parent / "templates/partials/languages/en.html"
    pattern = re.compile(r'^ {2}"([\w.]+)": "(.*)",?$', re.MULTILINE)
    english = dict(pattern.findall(material.read_text(encoding="utf-8")))
    ours = dict(pattern.findall((THEME / "partials/languages/vi.html").read_text(encoding="utf-8")))
    assert english.keys() <= ours.keys()
    same = {key for key, value in ours.items() if english.get(key) == value}
    assert same <= {"direction", "search.config.separator"}


def test_no_page_asks_anything_of_third_parties(site: Path) -> None:
    for name, html in _html(site).items():
        loaded = re.findall(r"<(?:script|img|iframe|source)\b[^>]*\ssrc=\"([^\"]+)", html)
        loaded += re.findall(r'<link\b(?![^>]*rel="canonical")[^>]*href="([^"]+)', html)
        assert not [url for url in loaded if "//" in url], name
    names = r"www\.w3\.org|schemas\.openxmlformats\.org/|purl\.org/dc/"  # of XML namespaces: nothing is asked there
    for path in THEME.rglob("*.js"):
        text = path.read_text(encoding="utf-8")
        if (THEME / "assets/vendor") in path.parents:  # their comments name their authors
            text = re.sub(r"^\s*//.*", "", text, flags=re.MULTILINE)
        assert not re.search(rf"https?://(?!{names})", text), path


def test_requirements_are_pinned_exactly() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-import.txt"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith(("#", "-r ")):
                assert re.fullmatch(r"[A-Za-z0-9-]+(\[\w+\])?==[\w.]+", line), line


def test_manual_names_every_front_matter_key() -> None:
    manual = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [key for key in FrontMatter.model_fields if f"| `{key}` |" not in manual] == []


def test_manual_names_every_option() -> None:
    command = [sys.executable, str(ROOT / "scripts/build_pages.py"), "--help"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    options = set(re.findall(r"--[a-z]+(?:-[a-z]+)*", told))
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert [option for option in options - {"--help"} if option not in text] == []


# ---- The built site ----


def test_every_page_tells_its_last_update_and_how_to_report(site: Path) -> None:
    for name, html in _html(site).items():
        assert ("Cập nhật lần cuối:" in html) is (name != "404.html"), name  # that page is not a text that was written
        if name != "404.html" and not name.startswith(("gioi-thieu/", "huong-dan/")):
            assert '<time datetime="2026-11-20">20-11-2026</time>' in html
        if name != "404.html":
            assert html.count('href="#bao-cho-sai"') == html.count('id="bao-cho-sai"') == 1, name
    report = _html(site)["van-ban/chi-thi-34/index.html"].partition('id="bao-cho-sai"')[2].partition("</p>")[0]
    assert "Chép mẫu để gửi" in report and "mailto:" not in report and "sources/" not in report


def test_headings_keep_d_in_their_addresses(site: Path) -> None:
    assert '<h2 id="da-nang">' in _html(site)["van-ban/chi-thi-34/index.html"]


def test_not_found_page_works_at_any_depth(site: Path) -> None:
    html = _html(site)["404.html"]
    assert all(f'href="/kho/{name}/"' in html for name in INDEXES)
    assert "data-pagefind-body" not in html
    assert "Không tìm thấy trang" in html
    assert "kb-danh-muc" not in html  # few links: no box to filter them


def test_first_view_is_small(site: Path) -> None:
    for name, html in _html(site).items():
        local = re.findall(r'(?:src|href)="((?!https?:)[^"#?]+\.(?:js|css|svg))"', html)
        files = {(site / name).parent / url if not url.startswith("/") else site.parent / url[1:] for url in local}
        sizes = [len(gzip.compress(path.resolve().read_bytes(), 9)) for path in files]
        assert sum(sizes) + len(gzip.compress(html.encode(), 9)) < LIMIT, name


def test_what_every_page_repeats_is_small(site: Path) -> None:
    """The frame: what stands around the article of a list, which has no words of its own there."""
    pages = _html(site)
    for name in INDEXES:
        head, _, rest = pages[f"{name}/index.html"].partition("<article ")
        frame = head + rest.rpartition("</article>")[2]
        assert len(frame.encode()) < FRAME, name
        assert all(frame.count(f'href="../{other}/"') == 1 for other in INDEXES if other != name), name


# ---- The search index ----


def test_days_and_numbers_of_documents_stay_on_one_line() -> None:
    text = (
        '<p title="07-12-2023">Báo, 07-12-2023, 7-9-2023, 12-2023; 34-CT/TU, 27/CT-TTg, 202/2025/QH15; 2020-2025.</p>'
    )
    wrapped = re.findall(r'<span class="so-hieu">([^<]*)</span>', keep_whole(text))
    assert wrapped == ["07-12-2023", "7-9-2023", "12-2023", "34-CT/TU", "27/CT-TTg", "202/2025/QH15"]
    sealed = '<span class="so-hieu">34-CT/TU</span> <time datetime="2023-12-07">07-12-2023</time> '
    sealed += "<svg><text>34-CT/TU</text></svg> <code>34-CT/TU</code>"
    assert keep_whole(sealed) == sealed


def test_folding_leaves_tags_alone() -> None:
    html = '<a title="Đà">Đà đ&#273;</a>'
    assert search_index.fold_html(html) == '<a title="Đà">D\u0335à d\u0335d\u0335</a>'


def test_folding_takes_linear_time() -> None:
    html = "<" * 300_000 + "đ" * 300_000 + "&#" * 200_000
    assert search_index.fold_html(html).count("\u0335") == 300_000


def test_blocks_of_a_page_do_not_run_into_each_other_in_the_index(tmp_path: Path) -> None:
    """Where what is left out (sources, days) ends a block, its last words are still told from the next block's."""
    source = '<span class="nguon-doan" data-y="a"><a href="b">Báo</a></span>'
    (tmp_path / "index.html").write_text(
        '<html lang="vi"><body><main data-pagefind-body>'
        f"<ul><li>rà soát hồ sơ  {source}</li></ul><p><strong>Người trực</strong></p>"
        f'<p>làm từ <time datetime="2026-11">11-2026</time></p><p>xem {source} thêm</p>'
        f"{draw_flow([Step((Node(Md('Sở Một')),)), Step((Node(Md('Sở Hai'), is_here=True),), 'xếp lại')], 'a')}"
        "</main></body></html>",
        encoding="utf-8",
    )
    search_index.write_search_index(tmp_path)
    (fragment,) = (tmp_path / "pagefind/fragment").iterdir()
    content = gzip.decompress(fragment.read_bytes()).decode()
    for words in ("rà soát hồ sơ. Người trực. làm từ. xem thêm.", "xếp lại Sở Hai"):
        assert words in content


def test_tables_are_indexed_by_their_cells_alone(tmp_path: Path) -> None:
    """What a table says of itself, and lists of documents, are no text; words of two cells stay two words."""
    head = "<thead><tr><th>Văn bản</th><th>Trích yếu</th></tr></thead>"
    row = "<tbody><tr><th>Tên</th><td>một</td><td>Hai</td></tr></tbody>"
    (tmp_path / "index.html").write_text(
        '<html lang="vi"><body><main data-pagefind-body><h1>Nơi</h1>'
        f"<table><caption>Bấm tên cột</caption>{head}{row}</table>"
        '<table class="kb-liet-ke"><tbody><tr><td>Chỉ thị khác</td></tr></tbody></table></main></body></html>',
        encoding="utf-8",
    )
    search_index.write_search_index(tmp_path)
    (fragment,) = (tmp_path / "pagefind/fragment").iterdir()
    data = gzip.decompress(fragment.read_bytes())
    content = json.loads(data[data.index(b"{") :])["content"].replace("\u0335", "")
    assert re.findall(r"\w+", content) == ["Nơi", "Tên", "một", "Hai"]


def test_failing_search_index_keeps_the_earlier(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pagefind").mkdir()
    (tmp_path / "pagefind" / "mark").write_text("cũ", encoding="utf-8")
    (tmp_path / "index.html").write_text((site / "nguon/bai/index.html").read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(search_index.sys, "executable", str(tmp_path / "none"))
    with pytest.raises(search_index.SearchIndexError, match="Không chạy được Pagefind"):
        search_index.write_search_index(tmp_path)
    assert (tmp_path / "pagefind" / "mark").is_file()


# ---- In a browser ----


@pytest.fixture(scope="module")
def address(site: Path, serve: Callable[[Path], str]) -> str:
    return serve(site)


@pytest.fixture
def page(chromium: Any, address: str) -> Iterator[Any]:
    """A page of its own, on which nothing may fail and nothing be asked of another host; the site has no index of
    names."""
    context = chromium.new_context(base_url=address, locale="vi-VN")
    opened, faults = context.new_page(), []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("request", lambda r: None if r.url.startswith(address) else faults.append(r.url))
    yield opened
    context.close()
    assert faults == []


@pytest.mark.parametrize("query", ["dun day", "đùn đẩy", "2.715"])
def test_search_leads_to_the_paragraph(page: Any, query: str) -> None:
    page.goto("van-ban/")
    page.keyboard.press("/")
    page.keyboard.type(query)
    link = page.locator(".kb-tim-ket-qua a").first
    link.wait_for()
    assert link.locator(".kb-tim-loai").inner_text() == "Bài nguồn · 2023"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kho/nguon/bai/#d-abcdefgh")
    assert page.locator("#d-abcdefgh:target").count() == 1
    assert page.locator(".kb-mat-doan").count() == 0


def test_search_tells_of_nothing_and_closes(page: Any) -> None:
    page.goto("")
    page.locator("article [data-kb-search]").click()
    page.locator(".kb-tim input").fill("<b>zzzz")
    page.get_by_text("Không tìm thấy “<b>zzzz”").wait_for()
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def test_dead_paragraph_is_told(page: Any) -> None:
    page.goto("nguon/bai/#d-zzzzzzzz")
    page.get_by_text("Đoạn này không còn trong bài").wait_for()
    page.evaluate("location.hash = '#d-abcdefgh'")
    wait_until(page, "!document.querySelector('.kb-mat-doan')")


def test_index_is_filtered_and_the_choice_kept(page: Any) -> None:
    page.goto("co-quan/")
    page.locator(".kb-loc input").fill("d3")
    page.get_by_text("1 trong 9 mục").wait_for()
    page.reload()
    page.get_by_text("1 trong 9 mục").wait_for()
    page.locator(".kb-loc select").select_option("0")
    page.get_by_text("Không có mục nào khớp").wait_for()
    assert page.locator(".kb-danh-muc h2").is_hidden()


def test_paper_shows_its_address_and_no_navigation(page: Any) -> None:
    page.goto("van-ban/chi-thi-34/")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert "/kho/nguon/bai/" not in page.locator("article").inner_text()
    assert page.locator("[data-kb-address]").inner_text().endswith("/kho/van-ban/chi-thi-34/")
    assert page.locator(".md-header").is_hidden()


def test_phone_shows_no_sideways_scroll(page: Any) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for path in ("", "co-quan/", "van-ban/chi-thi-34/", "gioi-thieu/", "huong-dan/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
