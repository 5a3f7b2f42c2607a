"""The part of a report on pages and addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..addresses import page_address, page_title
from ..literal import code, literal
from ..pages.kinds import PAGE_KINDS
from .difference import Changes
from .rows import bounded

MOST, MOST_LOST = 15, 200
_NAMES = {kind.folder: kind.plural for kind in PAGE_KINDS}


def address_sections(c: Changes) -> Iterator[str]:
    """Yield what is lost of the published addresses; nothing when all are kept."""
    yield from _lost(c)
    yield from _anchors(c)


def page_sections(c: Changes) -> Iterator[str]:
    """Yield which pages came, changed and went."""
    new, changed, gone = c.pages.new, c.pages.changed, c.pages.gone
    if not (new or changed or gone):
        return
    yield "\n## Trang"
    yield ""
    yield from _table(c)
    lines = {path: f" (+{more} −{less} dòng)" for path, more, less in changed}
    for title, paths, pages in (
        ("Thêm", list(new), c.after.pages),
        ("Đổi", _by_kind(list(lines)), c.after.pages),
        ("Bỏ", list(gone), c.before.pages),
    ):
        if paths:
            yield f"\n**{title} ({len(paths)})**\n"
            rows = [f"{_title(pages[path])} {code(page_address(path))}{lines.get(path, '')}" for path in paths]
            yield from bounded(rows, MOST, "trang")


def _by_kind(paths: list[str]) -> list[str]:
    """Return pages of entities before the lists, in the order of the kinds."""
    order = list(_NAMES)

    def rank(path: str) -> tuple[bool, int, str]:
        folder = path.split("/", maxsplit=1)[0]
        return path.endswith("index.md"), order.index(folder) if folder in order else len(order), path

    return sorted(paths, key=rank)


def _table(c: Changes) -> Iterator[str]:
    """Yield how many pages of each kind came, changed and went."""
    columns = (c.pages.new, [path for path, *_ in c.pages.changed], c.pages.gone)
    counts = [Counter(map(_kind, paths)) for paths in columns]
    yield "| Loại trang | Thêm | Đổi | Bỏ |"
    yield "| --- | --- | --- | --- |"
    for name in dict.fromkeys([*_NAMES.values(), "Trang khác"]):
        if any(count[name] for count in counts):
            yield f"| {name} | {' | '.join(str(count[name]) for count in counts)} |"


def _kind(path: str) -> str:
    folder, _, name = path.partition("/")
    return _NAMES.get(folder, "Trang khác") if name else "Trang khác"


def _title(page: bytes) -> str:
    return literal(page_title(page.decode()))


def _lost(c: Changes) -> Iterator[str]:
    """Yield each page that can no longer be reached, with the line that would lead on."""
    if not c.lost:
        return
    titles = {page_address(path): path for path in c.before.pages if path.endswith(".md")}
    yield "\n## ⚠ Địa chỉ trang mất"
    yield "\nNgười đã lưu những địa chỉ này sẽ không mở được nữa. Khôi phục trang, hoặc thêm dòng gợi ý (sau khi xem"
    yield "lại đích) vào cuối `sources/addresses.yml`.\n"
    rows = [f"⚠ {_title(c.before.pages[titles[lost.address]])}: {code(lost.entry)}" for lost in c.lost]
    yield from bounded(rows, MOST_LOST, "địa chỉ")


def _anchors(c: Changes) -> Iterator[str]:
    """Yield the paragraphs whose addresses are gone; the page opens with a word about it."""
    if not c.anchors:
        return
    yield "\n## ⚠ Đoạn không còn địa chỉ"
    yield "\nLiên kết cũ tới những đoạn này mở trang kèm lời báo rằng đoạn không còn.\n"
    yield from bounded([_anchor_row(page, gone) for page, gone in c.anchors.items()], MOST, "trang")


def _anchor_row(page: str, gone: list[str]) -> str:
    shown = ", ".join(code(f"#{anchor}") for anchor in gone[:5])
    return f"⚠ {code(page)}: {shown}" + (f" và {len(gone) - 5} đoạn nữa" if len(gone) > 5 else "")
