"""Hostile and clumsy text shows as text: nothing runs, nothing is lost, after the real build."""

from __future__ import annotations

import html.parser
import json
import re
import shutil
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from browsing import wait_until
from building import HAND_WRITTEN, ROOT, TOY, build_docs, build_pages, build_site
from knowledge_base.core.paragraphs import anchors, split_paragraphs

CASES: dict[str, list[str]] = yaml.safe_load((ROOT / "tests/cases/hostile.yml").read_text(encoding="utf-8"))
LINES, BLOCKS, URLS = CASES["lines"], CASES["blocks"], CASES["urls"]
HARM = '<img src=x onerror="window.hong=1"> | *x* & {{ 7*7 }} `y` [z](javascript:window.hong=1) 34'
ALLOWED = set(
    "a article b blockquote br button caption code details div figure g h1 h2 h3 h4 li nav ol p path"
    " rect span strong summary svg table sup tbody td text th thead time tr ul wbr"
    " circle defs figcaption form input title use".split()  # the map of tiles, the field of the home page
)
DIAGRAM = {"figure", "svg", "g", "path", "rect", "text", "title"}
FORM = {"form", "input", "label", "select", "option"}
FORMS = {"tra-cuu": FORM, "kiem-tra-du-thao": FORM | {"section", "textarea"}, "so-sanh": {"section"}}
VOID = {"br", "img", "input", "meta", "link", "hr", "wbr", "source", "embed", "area", "base", "col", "track"}


def _head(title: str, **more: str) -> str:
    values = {"title": title, "outlet": "bao-song-may", "published": "2023", "province": "song-may", **more}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items()]
    return "".join(["---\n", *lines, "---\n"])


def _body(text: str) -> str:
    return f"{text}\n\nGiữa câu có {text} rồi hết 1.\n\n- {text}\n- {text} hai\n\n> {text}\n\n## {text}\n\nCuối.\n"


ARTICLES: dict[str, tuple[str, str]] = {
    **{f"2023-dong-{n:02}": (_head(line), _body(line)) for n, line in enumerate(LINES)},
    **{f"2023-khoi-{n:02}": (_head(f"Khối {n}"), block + "\n") for n, block in enumerate(BLOCKS)},
    **{f"2023-dia-chi-{n:02}": (_head(f"Địa chỉ {n}", url=url), "Nội dung.\n") for n, url in enumerate(URLS)},
    "2023-tac-gia": (_head("Tác giả lạ", author=HARM, outlet="bao-la"), "Chỉ thị số 77-CT/TU được nhắc.\n"),
}


def _read() -> dict[str, Any]:
    """Evidence in which every text is hostile."""
    return {"evidence": [{"host": HARM, "page": HARM, "what": HARM, "kind": "bao", "read": "2026-11-22"}]}


_VOCABULARY = {
    "vocabularies/outlets.yml": [{"id": "bao-la", "name": f"Báo {HARM}"}],
    "documents/song-may.yml": [
        {
            "id": "chi-thi-77-ct-tu-song-may-2022",
            "type": "chi-thi",
            "number": "77-CT/TU",
            "province": "song-may",
            "names": [HARM],
            "title": {"value": f"về {HARM}", "note": HARM, **_read()},
            "date": {"value": "2022-02-02", **_read(), "lowered": {"to": "C", "reason": HARM}},
            "status": {"value": HARM, **_read()},
            "note": HARM,
        }
    ],
    "vocabularies/themes.yml": [
        {"id": "la", "name": f"Chủ đề {HARM}", "definition": HARM, "include": ["cụm từ rất lạ"]}
    ],
}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(TOY, tmp_path_factory.mktemp("hostile") / "sources"))
    for name, (head, body) in ARTICLES.items():
        (folder / f"articles/song-may/{name}.md").write_text(head + body, encoding="utf-8", newline="\n")
    for path, entries in _VOCABULARY.items():
        with (folder / path).open("a", encoding="utf-8") as file:
            file.write("\n" + yaml.safe_dump(entries, allow_unicode=True))
    return folder


@pytest.fixture(scope="module")
def site(sources: Path) -> Path:
    return build_site(build_docs(sources, sources.parent / "docs"), sources.parent / "www")


class _Page(html.parser.HTMLParser):
    """The text of every element with an id, of headings and title, and the tags and attributes used."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: dict[str, str] = {}
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self._open: list[tuple[str, list[str]]] = []
        self._muted = 0
        self._article = 0
        self._diagram = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._article += tag == "article"
        self._diagram += tag == "figure" and values.get("class") == "luoc-do"
        if self._article:
            self.tags |= {tag} - (DIAGRAM if self._diagram else set())
            self.attributes += [(tag, name, value) for name, value in values.items()]
        if tag in VOID:
            return
        names = [values["id"]] if "id" in values else []
        names += [tag] if tag in {"h1", "title", "article"} else []
        self._muted += "headerlink" in values.get("class", "")
        self._open.append((tag, names))
        for name in names:
            self.texts.setdefault(name, "")

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            opened, _ = self._open.pop()
            if opened == tag:
                break
        self._muted = 0 if tag == "a" else self._muted
        self._article -= tag == "article"
        self._diagram -= tag == "figure" and self._diagram

    def handle_data(self, data: str) -> None:
        if self._muted:
            return
        for _, names in self._open:
            for name in names:
                self.texts[name] += data


def _plain(text: str) -> str:
    return re.sub(r"[ \t\n]+", " ", text).strip()


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, _Page]:
    return {
        str(path.parent.relative_to(site)): _Page(path.read_text(encoding="utf-8")) for path in site.rglob("index.html")
    }


def _paragraphs(name: str) -> dict[str, str]:
    head, body = ARTICLES[name]
    paragraphs = split_paragraphs(head + body, len(head))
    return dict(zip(anchors(paragraphs), (p.text for p in paragraphs), strict=True))


@pytest.mark.parametrize("name", [name for name in ARTICLES if "dia-chi" not in name])
def test_no_word_and_no_number_is_lost(name: str) -> None:
    """What the paragraphs hold is what the file holds."""
    shown = " ".join(_paragraphs(name).values())
    assert re.findall(r"\w+", shown) == re.findall(r"\w+", ARTICLES[name][1])


@pytest.mark.parametrize("name", ARTICLES)
def test_page_shows_exactly_the_text(pages: dict[str, _Page], name: str) -> None:
    page = pages[f"nguon/{name}"]
    for anchor, text in _paragraphs(name).items():
        assert anchor in page.texts, (anchor, text)
        assert _plain(page.texts[anchor]) == _plain(text)


@pytest.mark.parametrize("number", range(len(LINES)), ids=LINES)
def test_title_is_text_everywhere(pages: dict[str, _Page], number: int) -> None:
    page = pages[f"nguon/2023-dong-{number:02}"]
    assert _plain(page.texts["h1"]) == _plain(LINES[number])
    assert _plain(page.texts["title"]).startswith(_plain(LINES[number]))
    for other in ("nguon", *_listing(pages, number)):
        assert _plain(LINES[number]) in _plain(pages[other].texts["article"]), other


def _listing(pages: dict[str, _Page], number: int) -> list[str]:
    """The page of the province, if this article is among the newest that it lists."""
    page = pages["dia-phuong/song-may"]
    links = [value for tag, name, value in page.attributes if (tag, name) == ("a", "href")]
    return ["dia-phuong/song-may"] * any(f"nguon/2023-dong-{number:02}/" in link for link in links)


def test_titles_stand_in_the_list_of_the_province(pages: dict[str, _Page]) -> None:
    assert sum(bool(_listing(pages, number)) for number in range(len(LINES))) > 20


def test_pages_hold_no_foreign_element_or_handler(pages: dict[str, _Page]) -> None:
    for name, page in pages.items():
        section = name.split("/", maxsplit=1)[0]
        if section in HAND_WRITTEN:
            continue
        allowed = ALLOWED | FORMS.get(section, set())
        assert page.tags <= allowed, (name, page.tags - allowed)
        for tag, attribute, value in page.attributes:
            assert not attribute.startswith("on"), (name, tag, attribute)
            assert attribute not in {"style", "src", "srcdoc", "formaction"}, (name, tag, attribute)
            assert not (attribute == "href" and re.match(r"(?i)\s*(?:javascript|data|vbscript):", value)), (name, value)


def test_texts_of_vocabularies_and_records_are_text(pages: dict[str, _Page]) -> None:
    for name, words in {
        "nguon/2023-tac-gia": [f"Báo {HARM}", HARM],
        "van-ban/chi-thi-77-ct-tu-song-may-2022": [f"Về {HARM}", HARM],
        "chu-de/la": [f"Chủ đề {HARM}", HARM],
        "chu-de": [f"Chủ đề {HARM}"],
        "": [f"Chủ đề {HARM}"],
    }.items():
        shown = _plain(pages[name or "."].texts["article"])
        assert all(word in shown for word in words), name
    assert _plain(pages["chu-de/la"].texts["h1"]) == f"Chủ đề {HARM}"


@pytest.mark.parametrize("number", range(len(URLS)), ids=URLS)
def test_address_arrives_whole_and_alone(pages: dict[str, _Page], number: int) -> None:
    page = pages[f"nguon/2023-dia-chi-{number:02}"]
    outward = [value for _, name, value in page.attributes if name == "href" and "vi-du.invalid" in value]
    assert [urllib.parse.unquote(url) for url in outward] == [urllib.parse.unquote(URLS[number])]
    assert page.tags <= ALLOWED
    assert "Mở bài gốc" in page.texts["article"]
    assert "vi-du.invalid" not in page.texts["article"]


@pytest.mark.parametrize("url", CASES["refused"])
def test_harmful_address_is_refused(toy: Path, url: str) -> None:
    path = toy / "articles/song-may/2023-a.md"
    path.write_text(_head("Bài", url=url) + "Nội dung.\n", encoding="utf-8")
    done = build_pages("--sources", toy, "--check")
    assert done.returncode == 1
    assert "sources/articles/song-may/2023-a.md:6: " in done.stderr


SHOWN = """Object.fromEntries([...document.querySelectorAll(".doan[id]")].map((paragraph) => [
  paragraph.id,
  [...paragraph.childNodes].filter((n) => !n.matches?.(".headerlink, .kb-neo, button"))
    .map((n) => n.textContent).join(""),
]))"""


def test_nothing_runs_in_a_browser(site: Path, serve: Callable[[Path], str], open_page: Callable[..., Any]) -> None:
    page = open_page(serve(site))
    others = ["", "nguon/", "chu-de/", "chu-de/la/", "van-ban/", "dia-phuong/song-may/"]
    others.append("van-ban/chi-thi-77-ct-tu-song-may-2022/")
    for path in [*(f"nguon/{name}/" for name in ARTICLES), *others]:
        page.goto(path, wait_until="load")
        assert page.evaluate("window.hong") is None, path
        name = path.removeprefix("nguon/").rstrip("/")
        shown = page.evaluate(SHOWN)
        for anchor, text in _paragraphs(name).items() if name in ARTICLES else ():
            assert _plain(shown[anchor]) == _plain(text), path


def test_search_shows_hostile_text_as_text(
    site: Path, serve: Callable[[Path], str], open_page: Callable[..., Any]
) -> None:
    page = open_page(serve(site))
    page.goto("nguon/")
    page.keyboard.press("/")
    for query in ("onerror", "script", "<img src=x onerror=window.hong=1>"):
        page.locator(".kb-tim input").fill("")
        wait_until(page, "!document.querySelector('.kb-tim-ket-qua a')")
        page.locator(".kb-tim input").fill(query)
        page.locator(".kb-tim-ket-qua a").first.wait_for()
        assert page.locator(".kb-tim :is(script, img, svg, iframe, style, b, i)").count() == 0
        assert "window.hong=1" in page.locator(".kb-tim-ket-qua").inner_text()
    assert page.evaluate("window.hong") is None
