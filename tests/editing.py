"""The edition for USB sticks, unpacked where an official would have it, and what every browser must do with it."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import yaml

from building import ROOT
from dev_tools import offline
from dev_tools.site_of_files import make_site_of_files

DAY, EPOCH = "2026-09-21", 1_790_000_000
_UNPACKED = "Tải về/bản ngoại tuyến"
SEARCHES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/cases/search/offline.yml").read_text(encoding="utf-8"))
DIRECTIVE = "van-ban/chi-thi-34-ct-tu-da-nang-2023/index.html"
ARTICLE = "nguon/2023-12-07-khoi-day-dong-luc-khat-vong-cong-hien/index.html"

THEMES = ("cai-cach-hanh-chinh", "dam-nghi-dam-lam", "khat-vong-cong-hien", "ky-luat-ky-cuong", "ne-tranh-dun-day")
"""Themes whose packs are opened."""
DRAFT = "Căn cứ Chỉ thị số 34/CT-TU, ngày 27-10-2023 của Ban Thường vụ Thành ủy Đà Nẵng; Quy định số 124-QĐ/TW."
DRAFT_TOLD = "2 chỗ cần xem"

# What is asked of pages, as bodies of functions.
SEARCH_DONE = """const told = document.querySelector('.tra-cuu-bao')?.textContent;
return Boolean(told) && !/[Đđ]ang tìm/.test(told);"""
FIRST_RESULTS = (
    "return [...document.querySelectorAll('ol.ket-qua > li > a')].slice(0, 3).map((a) => [a.href, a.innerText]);"
)
CARD_WORDS = "const card = document.querySelector('.kb-card'); return card && !card.hidden && card.innerText;"
NOTE_COPIES = """const set = DataTransfer.prototype.setData;
window.copied = {};
DataTransfer.prototype.setData = function (kind, text) {
  window.copied[kind] = text;
  set.call(this, kind, text);
};"""
CLIPBOARD = "return window.copied;"


def unpack_edition(site: Path, folder: Path) -> None:
    """Make an edition of a built site, as ``dev.py offline`` does, and unpack it below a folder with blanks and
    Vietnamese letters."""
    copy = shutil.copytree(site, folder / "site")
    make_site_of_files(copy, DAY)
    offline.pack(copy, folder / "kho.zip", EPOCH)
    with zipfile.ZipFile(folder / "kho.zip") as archive:
        archive.extractall(folder / _UNPACKED)


def find_edition(folder: Path) -> Path:
    """Return where the pages of an unpacked edition are: all of it lies in one folder."""
    (found,) = (folder / _UNPACKED).iterdir()
    assert found.name == offline.FOLDER
    return found


def search_misses(case: dict[str, Any], results: list[list[str]]) -> str:
    """Return what is wrong with the first results (address, words) of a search; '' if nothing."""
    hit = next((result for result in results if f"/{case['is']}/index.html" in result[0]), None)
    if hit is None:
        return f"{case['q']}: {results}"
    address, words = hit
    if case.get("text") and ("/index.html#d-" not in address or case["words"] not in words):
        return f"{case['q']}: {hit}"
    return ""
