"""A built site changed so that it works from files (``file://``), without a server. Standard library only.

Browsers let such pages read no data and load no modules. So links to folders become links to the files in them, the
modules become one script, and all data become scripts that hand themselves over (``offline.js``): the index of names,
the full text (``stored_text.py``), what cards say of pages.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .environment import TaskError
from .stored_text import write_stored_text

NOTE = "DOC-TRUOC.txt"
SCRIPTS = "assets/kb"
ENTRY = "kb.js"
CARDS = "assets/the"
_DOWNLOADS = "du-lieu"
_SERVER_ONLY = ("404.html", "sitemap.xml", "sitemap.xml.gz", "opensearch.xml", "assets/javascripts")
_WORDS = """KHO VĂN BẢN CHỈ ĐẠO ĐỊA PHƯƠNG: BẢN NGOẠI TUYẾN{day}

1. Giải nén cả tệp zip này ra một thư mục (Windows: bấm chuột phải, chọn "Extract All" hay "Giải nén tất cả").
2. Trong thư mục đã giải nén, bấm đúp vào index.html. Không cần mạng, không cần cài đặt gì.

Đọc, tìm (kể cả trong toàn văn), in, chép, tải tệp đều làm được khi không có mạng. Mở trang của báo, của cơ quan, gửi
bài, báo sai thì cần mạng.
Trang đã công bố có thể đã thêm, đã sửa sau ngày của bản này.
Đừng mở index.html ngay trong tệp zip khi chưa giải nén: các liên kết sẽ không chạy.
"""

# What stands in built pages: tags that hold links, a link in a tag, what needs a server.
_TAG = re.compile(r"<(?:a|form|link|meta)\b[^<>]*>")
_LINK = re.compile(r'(\s(?:href="|action="|content="0; url=))([^"]*)(")')
_SERVER_TAG = re.compile(r'\s*<link rel="(?:search|modulepreload)"[^<>]*>')
_MODULE_TAG = re.compile(rf'<script type="module" src="([^"]*{SCRIPTS}/{re.escape(ENTRY)})">')
# What a page says of itself, for cards.
_ARTICLE = re.compile(r"<article\b([^<>]*)>")
_ATTRIBUTE = re.compile(r'\sdata-kb-(kind|state|status|cards)="([^"]*)"')
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)">')
_TITLE = re.compile(r"<h1\b[^<>]*>(.*?)(?:<a class=\"headerlink\".*?)?</h1>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
# The ways in which our scripts import and export; anything else is told (_LEFT).
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function|const|class) (\w+)", re.MULTILINE)
_LATER = re.compile(r'\bimport\("\./([\w-]+\.js)"\)')
_LEFT = re.compile(r"^(?:import|export)\b|\bimport\.meta\b", re.MULTILINE)


def make_site_of_files(site: Path, day: str) -> None:
    """Change a built site, in place, to an edition of a day (2026-11-30, or '') that works from files."""
    for name in _SERVER_ONLY:
        if (site / name).is_dir():
            shutil.rmtree(site / name)
        else:
            (site / name).unlink(missing_ok=True)
    for path in site.rglob("*.map"):
        path.unlink()
    _write_cards(site)
    write_stored_text(site)
    script = rf'<script defer src="\1" data-kb-ban="{day}">'
    for path in sorted([*site.rglob("*.html"), *site.rglob("feed.xml")]):
        text = link_to_files(path.read_text(encoding="utf-8"), path, site)
        _write(path, _MODULE_TAG.sub(script, text))
    data = {path.relative_to(site).with_suffix("").as_posix(): path for path in sorted(site.rglob("*.json"))}
    stored = {name: path for name, path in data.items() if not name.startswith(f"{_DOWNLOADS}/")}
    _bundle_scripts(site / SCRIPTS, list(stored))
    for name, path in stored.items():
        _write(path.with_suffix(".js"), f'kbFiles.give("{name}", {path.read_text(encoding="utf-8").strip()});\n')
        path.unlink()
    told = f" NGÀY {'-'.join(reversed(day.split('-')))}" if day else ""
    _write(site / NOTE, "\ufeff" + _WORDS.format(day=told).replace("\n", "\r\n"))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def link_to_files(text: str, path: Path, site: Path) -> str:
    """Return a page in which links to folders of the site lead to the files that servers give for them."""

    def in_tag(tag: re.Match[str]) -> str:
        return _LINK.sub(lambda found: f"{found[1]}{_to_file(found[2], path, site)}{found[3]}", tag[0])

    return _TAG.sub(in_tag, _SERVER_TAG.sub("", text))


def _to_file(link: str, path: Path, site: Path) -> str:
    """Return a link as it stands in a page, to ``index.html`` if it led to a folder."""
    parts = urlsplit(html.unescape(link))
    if parts.scheme or parts.netloc or not parts.path:
        return link
    place = re.split("[?#]|&#", link, maxsplit=1)[0]
    target = Path(os.path.normpath(path.parent / unquote(parts.path)))
    if not target.is_dir() or not target.is_relative_to(site):
        return link
    return f"{place.rstrip('/')}/index.html{link[len(place) :]}"


# ---- Cards ----


def _write_cards(site: Path) -> None:
    """Write what ``cards.js`` reads out of pages where it can: one file for each folder whose pages have cards."""
    folders: dict[str, dict[str, dict[str, str]]] = {}
    for path in sorted(site.glob("*/*/index.html")):
        folder, name = path.parts[-3:-1]
        if card := read_card(path.read_text(encoding="utf-8"), folder):
            folders.setdefault(folder, {})[name] = card
    (site / CARDS).mkdir(parents=True)
    for folder, cards in folders.items():
        _write(site / CARDS / f"{folder}.json", json.dumps(cards, ensure_ascii=False, separators=(",", ":")))


def read_card(page: str, folder: str) -> dict[str, str]:
    """Return what the card of a page in a folder says (``Card`` in cards.js); empty where its kind has none."""
    article = _ARTICLE.search(page)
    data = {key: html.unescape(value) for key, value in _ATTRIBUTE.findall(article[1])} if article else {}
    if folder not in data.get("cards", "").split():
        return {}
    title, words = _TITLE.search(page), _DESCRIPTION.search(page)
    card = {
        "kind": data.get("kind", ""),
        "name": html.unescape(_TAG.sub("", title[1])).strip() if title else "",
        "state": data.get("state") or data.get("status", ""),
        "words": html.unescape(words[1]) if words else "",
    }
    return {key: value for key, value in card.items() if value}


# ---- Scripts ----


def _bundle_scripts(folder: Path, stored: list[str]) -> None:
    """Put the modules that the entry script needs into it, as one script without modules, which also knows the paths
    of the ``stored`` data: what is not among them the site does not have, what is and does not come is a fault."""
    files = {ENTRY: (folder / ENTRY).read_text(encoding="utf-8")}
    waiting = [ENTRY]
    while waiting:
        text = files[waiting.pop()]
        for name in [*(found[2] for found in _IMPORT.finditer(text)), *_LATER.findall(text)]:
            if name not in files:
                files[name] = (folder / name).read_text(encoding="utf-8")
                waiting.append(name)
    modules = [f'"{name}"() {{\n{wrap_module(text, name)}}},\n' for name, text in sorted(files.items())]
    start = f"var kbStored = {json.dumps(stored)};\n"
    start += Path(__file__).with_name("offline.js").read_text(encoding="utf-8")
    for name in files:
        (folder / name).unlink()
    _write(folder / ENTRY, f"{start}\n{_START}{''.join(modules)}{_END}")


# Their names begin with kb: a module may call a variable of its own here, need or later.
_START = """(() => {
"use strict";
const kbHere = document.currentScript.src;
const made = {};
const kbNeed = (name) => (made[name] ??= modules[name]());
// As what comes from a server: not before the event that asks for it is over.
const kbLater = (name) => new Promise((done) => setTimeout(done)).then(() => kbNeed(name));
const modules = {
"""
_END = f"""}};
kbNeed("{ENTRY}");
}})();
"""


def wrap_module(text: str, name: str) -> str:
    """Return the body of a function that does what a module does and returns what it exports."""
    exported = [found[2] for found in _EXPORT.finditer(text)]
    text = _EXPORT.sub(r"\1 \2", text)
    text = _IMPORT.sub(lambda found: f'const {{{found[1].replace(" as ", ": ")}}} = kbNeed("{found[2]}");', text)
    text = _LATER.sub(r'kbLater("\1")', text).replace("import.meta.url", "kbHere")
    if left := _LEFT.search(text):
        raise TaskError(f"{SCRIPTS}/{name}: cách viết mô-đun này chưa gộp được: {left[0]}.")
    return f"{text}return {{ {', '.join(exported)} }};\n"
