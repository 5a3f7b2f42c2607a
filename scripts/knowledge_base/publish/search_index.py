"""Make the search index of a built site: the folder ``pagefind/`` in it.

Pagefind finds accented words typed without accents, but đ is a letter of its own to it. So it reads
a copy of the pages in which đ is a d with a combining stroke; the search box folds what is typed in
the same way and shows đ again. Works on the HTML of any builder; needs only pages with a
``data-pagefind-body``. Of a site in parts each part has an index of its own, which Pagefind
merges in the browser (``mergeIndex``).
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

BODY_MARK = "data-pagefind-body"
_STROKE = "\u0335"
_FOLDED = {
    letter: f"{plain}{_STROKE}"
    for plain, letters in {"d": "đ ð &#273; &#x111; &dstrok;", "D": "Đ Ð &#272; &#x110; &Dstrok;"}.items()
    for letter in letters.split()
}
_STROKED_TAG = re.compile(r"(<(?=[^<>]*+>)[^<>]*?(?:[đĐðÐ]|&(?:\#|[dD]strok))[^<>]*+>)")
"""A tag that holds what would be folded in a text; most hold nothing of it. That it ends is asked first: else each such
letter behind a lone ``<`` would be tried as the last."""
# What Pagefind leaves out: what is no text, who says it, what only says again what another page holds in full (the
# article its paragraphs, each document its title, state and diagram). The tables of facts and the states hold numbers,
# bodies and days that the box's own index holds, and lists of links and tables of documents the names of other pages;
# captions and heads of tables say how to read them. So the first search stays below 250 kB
# (tests/browser/test_search.py); the queries of tests/cases/search find the same pages without them.
_LISTING = tuple(f'[data-kb-kind="{kind}"]' for kind in ("Cơ quan", "Địa phương", "Văn bản", "Chủ đề"))
_NOT_TEXT = (
    ".headerlink",
    "button",
    ".nguon",
    ".nguon-doan",
    ".luu-y",
    ".can-biet",
    ".kb-so",
    ".kb-kiem-tra",
    ".kb-nguon-da-doc",
    ".trich",
    ".kb-doan-nhac",
    ".ve-gi",
    ".nay-la",
    ".nhan",
    ".kb-cach-dan",
    ".da-doi",
    ".luoc-do",
    ".thuoc-tinh",
    ".kb-the-trang",
    ".kb-ben",
    ".kb-cong-cu",
    ".trich-yeu",
    ".phu",
    "#cac-trang-da-doc",
    "time",
    "caption",
    "thead",
    ".kb-liet-ke",
    *(f"{page} {part}" for page in _LISTING for part in ("li > a", "h2", "h3")),
)
_LEFT_OUT = re.compile(
    rf"""
    \s < (?: (?:time|button)\b                                         # what has a name of its own
         | \w+ \s [^<>]*? class=" (?:[^"<>]*\s)?
           (?:{"|".join(re.escape(part[1:]) for part in _NOT_TEXT if part.startswith("."))}) (?:\s[^"<>]*)? " )
    """,
    re.VERBOSE,
)
"""What is left out, and a blank before it: where that ends a paragraph or an item, Pagefind would set no full stop."""
_CELL_END = re.compile(r"</t[dh]>")
"""Pagefind sets nothing between the words of two cells."""
_UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.*")
_PROGRAM = ("pagefind.js", "pagefind-worker.js", "wasm.*")
"""What the first part has for all."""


class SearchIndexError(Exception):
    """The search index could not be made; the message is Vietnamese."""


def fold_html(html: str) -> str:
    """Return ``html`` with đ and Đ of its text (not of its tags) as d and D with a combining stroke."""
    parts = _STROKED_TAG.split(html)
    for letter, folded in _FOLDED.items():
        parts[::2] = (part.replace(letter, folded) for part in parts[::2])
    return "".join(parts)


def _without_blanks(html: str) -> str:
    """Return ``html`` without the blanks before what is left out."""
    parts, last = [], 0
    for match in _LEFT_OUT.finditer(html):
        parts.append(html[last : match.start()].rstrip())
        last = match.start() + 1
    return "".join([*parts, html[last:]])


def part_folder(part: int) -> str:
    """Return the folder of the index of a part; the first has that of a whole site."""
    return "pagefind" if part == 1 else f"pagefind/phan-{part}"


def write_search_index(site: Path, part: int = 1) -> int:
    """Index the pages of ``site`` into ``site/pagefind/`` and return how many there are, as Pagefind counts them; those
    of another part than the first into a folder of their own there, without Pagefind's program.

    The earlier index stays as it was when this fails. Raises SearchIndexError.
    """
    place = part_folder(part)
    with tempfile.TemporaryDirectory(prefix="kb-pagefind-") as folder:
        pages, index = Path(folder, "pages"), Path(folder, "index")
        for path in sorted(site.rglob("*.html")):
            html = path.read_text(encoding="utf-8")
            if BODY_MARK in html:
                target = pages / path.relative_to(site)
                target.parent.mkdir(parents=True, exist_ok=True)
                html = _CELL_END.sub(r"\g<0> ", _without_blanks(html))
                target.write_text(fold_html(html), encoding="utf-8", newline="\n")
        if not pages.exists():
            raise SearchIndexError(f"Không có trang nào để lập chỉ mục tìm kiếm trong {site}. Hãy dựng trang trước")
        _run_pagefind(pages, index, part)
        entry = json.loads((index / "pagefind-entry.json").read_text(encoding="utf-8"))
        shutil.rmtree(site / place, ignore_errors=True)
        shutil.copytree(index, site / place)
    if part == 1:
        write_page_list(site, [place])
    return sum(int(language["page_count"]) for language in entry["languages"].values())


def _run_pagefind(pages: Path, index: Path, part: int) -> None:
    """Run Pagefind on ``pages``; drop the ready-made interfaces it adds, for the site has its own."""
    command = [sys.executable, "-m", "pagefind", "--site", str(pages), "--output-path", str(index), "--silent"]
    if part > 1:  # the language begins the name of a page, which so is another one in each part
        command += ["--force-language", f"vi-{part}"]
    for selector in _NOT_TEXT:
        command += ["--exclude-selectors", selector]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    except OSError as error:
        raise SearchIndexError(f"Không chạy được Pagefind: {error}") from error
    if done.returncode or not (index / "pagefind.js").is_file():
        told = (done.stderr.strip() or done.stdout.strip() or "không rõ nguyên nhân")[-2000:]
        remedy = "Hãy cài lại các gói trong requirements.txt rồi dựng lại"
        raise SearchIndexError(f"Pagefind không lập được chỉ mục tìm kiếm: {told}\n{remedy}")
    for pattern in (*_UNUSED, *(_PROGRAM if part > 1 else ())):
        for path in index.glob(pattern):
            path.unlink()


def write_page_list(site: Path, places: Sequence[str]) -> None:
    """Write what the search box needs of a site with an index in each of ``places``: ``kb-trang.json``, the pages of
    each folder by their names in the index, in order of their addresses, by which it knows which page a hit is without
    fetching its text; ``kb-phan.json``, the folders of the other parts.
    """
    names: dict[str, list[tuple[str, str]]] = {}
    for path in (path for place in places for path in Path(site, place, "fragment").glob("*.pf_fragment")):
        data = gzip.decompress(path.read_bytes())
        url = str(json.loads(data[data.index(b"{") :])["url"]).strip("/")
        names.setdefault(url.partition("/")[0], []).append((url, path.name.removesuffix(".pf_fragment")))
    pages = {folder: " ".join(name for _, name in sorted(found)) for folder, found in sorted(names.items())}
    others = [place.removeprefix(f"{places[0]}/") for place in places[1:]]
    for name, content in {"kb-trang.json": pages, "kb-phan.json": others}.items():
        text = json.dumps(content, separators=(",", ":"))
        (site / places[0] / name).write_text(text, encoding="utf-8", newline="\n")
