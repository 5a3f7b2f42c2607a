"""The full text of a site of files: what Pagefind has read out of the pages, as data for ``search-stored.js``.

Pagefind itself needs a server. What it takes for the text of a page, and where paragraphs begin in it, stays its
business, so that both searches know the same words. Standard library only.
"""

from __future__ import annotations

import collections
import gzip
import json
import re
import shutil
import unicodedata
from pathlib import Path
from typing import Any

from .site import SEARCH_FOLDER

FOLDER = "tra-cuu/toan-van"
PART_SIZE = 100_000
"""Characters of text in one file: a search reads the files of the pages it shows. Chosen by hand."""
TITLE_WEIGHT = 5
"""How often a word of its title counts for a page, beside the times it is there. Chosen by hand."""
OTHER = "0"
"""Where words stand that begin with no letter a to z (without accents): numbers above all."""
_STROKE = "\u0335"  # publish/search_index.py folds đ with it
_KEPT = ("id", "element", "location")
# As search-text.js cuts words; that also brings them to one spelling, here they stay as they stand.
_WORD = re.compile(r"[^\W\d_]+|[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9])|[0-9]+")


def write_stored_text(site: Path) -> None:
    """Write ``tra-cuu/toan-van/`` from the folder that Pagefind has made in ``site``, and remove that folder."""
    pages = sorted(map(_read_page, (site / SEARCH_FOLDER / "fragment").iterdir()), key=_address)
    folder = site / FOLDER
    folder.mkdir(parents=True)
    folders: dict[str, list[str]] = {}
    for number, page in enumerate(pages):
        folders.setdefault(_address(page).partition("/")[0], []).append(str(number))
    counts = [_count_words(page) for page in pages]
    first_pages = _write_parts(pages, folder)
    letters = _write_words(counts, folder)
    core = {
        "thuMuc": {name: " ".join(numbers) for name, numbers in folders.items()},
        "dai": [sum(words.values()) for words in counts],
        "phan": first_pages,
        "chu": letters,
    }
    _write(folder / "trang.json", core)
    shutil.rmtree(site / SEARCH_FOLDER)


def _address(page: dict[str, Any]) -> str:
    return str(page["url"]).rstrip("/")


def _read_page(path: Path) -> dict[str, Any]:
    """Return a page as Pagefind tells it (``PageText`` in search-full.js), at its place in the site, đ unfolded."""
    data = gzip.decompress(path.read_bytes())
    found = json.loads(data[data.index(b"{") :])
    return {
        "url": str(found["url"]).lstrip("/"),
        "content": _unfold(found["content"]),
        "meta": {key: _unfold(value) for key, value in sorted(found["meta"].items())},
        "anchors": [{key: anchor[key] for key in _KEPT} for anchor in found["anchors"]],
    }


def _unfold(text: str) -> str:
    return text.replace(f"d{_STROKE}", "đ").replace(f"D{_STROKE}", "Đ")


def _count_words(page: dict[str, Any]) -> collections.Counter[str]:
    """Return how often each word counts for a page."""
    words = collections.Counter(find_words(page["content"]))
    for word in find_words(page["meta"].get("title", "")):
        words[word] += TITLE_WEIGHT
    return words


def find_words(text: str) -> list[str]:
    """Return the words of a text in small letters, with accents, thousands as one number."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def first_letter(word: str) -> str:
    """Return the file in which a word stands: its first letter without accents, ``OTHER`` if that is none of a to z."""
    letter = unicodedata.normalize("NFD", word[0])[0].replace("đ", "d").replace("ð", "d")
    return letter if "a" <= letter <= "z" else OTHER


def _write_parts(pages: list[dict[str, Any]], folder: Path) -> list[int]:
    """Write the texts, a run of pages in each file ``bai-N``; return the number of the first page of each."""
    parts: list[list[dict[str, Any]]] = []
    size = PART_SIZE
    for page in pages:
        if size >= PART_SIZE:
            parts.append([])
            size = 0
        parts[-1].append(page)
        size += len(page["content"])
    firsts = []
    for number, part in enumerate(parts):
        firsts.append(sum(map(len, parts[:number])))
        _write(folder / f"bai-{number}.json", part)
    return firsts


def _write_words(counts: list[collections.Counter[str]], folder: Path) -> str:
    """Write which pages hold a word, and how often: ``[page, times, page, times …]``, in a file ``tu-X`` for each first
    letter; return the letters."""
    letters: dict[str, dict[str, list[int]]] = {}
    for number, words in enumerate(counts):
        for word, times in words.items():
            letters.setdefault(first_letter(word), {}).setdefault(word, []).extend((number, times))
    for letter, words_of_letter in letters.items():
        _write(folder / f"tu-{letter}.json", dict(sorted(words_of_letter.items())))
    return "".join(sorted(letters))


def _write(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8", newline="\n")
