"""``dev.py preview``: the whole site as a zip that opens by double click, without a server. Standard library only.

The site is built as for publishing; then links to folders become links to the files in them, and the scripts,
which browsers do not load as modules from files, become one.
"""

from __future__ import annotations

import html
import os
import re
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .environment import ROOT, TaskError, environment
from .site import build_pages, run_mkdocs

ARCHIVE = "xem-thu.zip"
FOLDER = "kho-van-ban"
NOTE = "DOC-TRUOC.txt"
LONGEST = 180
"""Letters of the longest path in the archive: Windows allows 260 for a whole path, so that 80 are left for the folder
in which it is unpacked. Chosen by hand."""
SCRIPTS = "assets/kb"
ENTRY = "kb.js"
INDEX = "tra-cuu/chi-muc"
_OLDEST = 315_619_200  # 1980-01-02: a zip holds no earlier day
_SERVER_ONLY = ("404.html", "sitemap.xml", "sitemap.xml.gz", "opensearch.xml")
_WORDS = """BẢN XEM THỬ CỦA KHO VĂN BẢN CHỈ ĐẠO ĐỊA PHƯƠNG

1. Giải nén cả tệp zip này ra một thư mục (Windows: bấm chuột phải, chọn "Extract All" hay "Giải nén tất cả").
2. Trong thư mục đã giải nén, bấm đúp vào index.html. Không cần mạng, không cần cài đặt gì.

Tìm kiếm trong bản này theo tên và số hiệu; tìm trong toàn văn cần trang đã công bố.
Thẻ hiện ra khi trỏ chuột vào liên kết cũng chỉ có ở trang đã công bố.
Đừng mở index.html ngay trong tệp zip khi chưa giải nén: các liên kết sẽ không chạy.
"""

# What stands in built pages: tags that hold links, a link in a tag, what needs a server.
_TAG = re.compile(r"<(?:a|form|link|meta)\b[^<>]*>")
_LINK = re.compile(r'(\s(?:href="|action="|content="0; url=))([^"]*)(")')
_SEARCH_TAG = re.compile(r'\s*<link rel="search"[^<>]*>')
_MODULE_TAG = re.compile(rf'<script type="module" src="([^"]*{SCRIPTS}/{re.escape(ENTRY)})">')
# The ways in which our scripts import and export; anything else is told (_LEFT).
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function|const|class) (\w+)", re.MULTILINE)
_LATER = re.compile(r'\bimport\("\./([\w-]+\.js)"\)')
_LEFT = re.compile(r"^(?:import|export)\b|\bimport\.meta\b", re.MULTILINE)


def build_preview(python: Path, root: Path = ROOT) -> Path:
    """Build the site and pack it into ``xem-thu.zip``; return its path."""
    started = time.monotonic()
    build_pages(python, root)
    with tempfile.TemporaryDirectory(prefix=".site-", dir=root, ignore_cleanup_errors=True) as folder:
        site = Path(folder, "site")
        print("Đang dựng trang…")
        if said := run_mkdocs(python, site, root, search=False):
            print(said, file=sys.stderr)
            raise TaskError(f"không dựng được trang (lời của MkDocs ở trên). {ARCHIVE} vẫn như trước.")
        make_site_of_files(site)
        packed = Path(folder, ARCHIVE)
        count = pack(site, packed, int(environment().get("SOURCE_DATE_EPOCH") or 0))
        os.replace(packed, root / ARCHIVE)
    size = (root / ARCHIVE).stat().st_size / 1e6
    print(f"Xong: {ARCHIVE}, {count} tệp, {size:.1f} MB, {time.monotonic() - started:.1f} giây.")
    print("Giải nén rồi bấm đúp vào index.html; không cần máy chủ.")
    return root / ARCHIVE


def make_site_of_files(site: Path) -> None:
    """Change a built site so that it works from files, in place."""
    for name in _SERVER_ONLY:
        (site / name).unlink(missing_ok=True)
    for path in sorted([*site.rglob("*.html"), *site.rglob("feed.xml")]):
        text = path.read_text(encoding="utf-8")
        _write(path, _MODULE_TAG.sub(r'<script defer src="\1">', link_to_files(text, path, site)))
    _bundle_scripts(site / SCRIPTS)
    for path in sorted((site / INDEX).glob("*.json")):
        name = path.with_suffix(".js").name
        _write(path.with_suffix(".js"), f'kbFiles.give("{name}", {path.read_text(encoding="utf-8").strip()});\n')
    _write(site / NOTE, "\ufeff" + _WORDS.replace("\n", "\r\n"))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def link_to_files(text: str, path: Path, site: Path) -> str:
    """Return a page in which links to folders of the site lead to the files that servers give for them."""

    def in_tag(tag: re.Match[str]) -> str:
        return _LINK.sub(lambda found: f"{found[1]}{_to_file(found[2], path, site)}{found[3]}", tag[0])

    return _TAG.sub(in_tag, _SEARCH_TAG.sub("", text))


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


# ---- Scripts ----


def _bundle_scripts(folder: Path) -> None:
    """Put the modules that the entry script needs into it, as one script without modules."""
    files = {ENTRY: (folder / ENTRY).read_text(encoding="utf-8")}
    waiting = [ENTRY]
    while waiting:
        text = files[waiting.pop()]
        for name in [*(found[2] for found in _IMPORT.finditer(text)), *_LATER.findall(text)]:
            if name not in files:
                files[name] = (folder / name).read_text(encoding="utf-8")
                waiting.append(name)
    modules = [f'"{name}"() {{\n{wrap_module(text, name)}}},\n' for name, text in sorted(files.items())]
    start = Path(__file__).with_name("preview.js").read_text(encoding="utf-8")
    for name in files:
        (folder / name).unlink()
    _write(folder / ENTRY, f"{start}\n{_START}{''.join(modules)}{_END}")


_START = """(() => {
"use strict";
const here = document.currentScript.src;
const made = {};
const need = (name) => (made[name] ??= modules[name]());
const later = (name) => Promise.resolve().then(() => need(name));
const modules = {
"""
_END = f"""}};
need("{ENTRY}");
}})();
"""


def wrap_module(text: str, name: str) -> str:
    """Return the body of a function that does what a module does and returns what it exports."""
    exported = [found[2] for found in _EXPORT.finditer(text)]
    text = _EXPORT.sub(r"\1 \2", text)
    text = _IMPORT.sub(lambda found: f'const {{{found[1].replace(" as ", ": ")}}} = need("{found[2]}");', text)
    text = _LATER.sub(r'later("\1")', text).replace("import.meta.url", "here")
    if left := _LEFT.search(text):
        raise TaskError(f"{SCRIPTS}/{name}: cách viết mô-đun này chưa gộp được: {left[0]}.")
    return f"{text}return {{ {', '.join(exported)} }};\n"


# ---- The archive ----


def pack(site: Path, archive: Path, epoch: int) -> int:
    """Pack ``site``, always to the same bytes, and return the number of files."""
    paths = sorted((f"{FOLDER}/{p.relative_to(site).as_posix()}", p) for p in site.rglob("*") if p.is_file())
    for name, _ in paths:
        if len(name) > LONGEST or not name.isascii():
            raise TaskError(f"tên tệp dài quá {LONGEST} ký tự hoặc có dấu, Windows không giải nén được: {name}")
    moment = time.gmtime(max(epoch, _OLDEST))[:6]
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name, path in paths:
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o100644 << 16
            target.writestr(entry, path.read_bytes())
    return len(paths)
