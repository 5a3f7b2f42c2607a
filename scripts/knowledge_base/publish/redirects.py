"""Lead on from addresses at which pages once stood: check what maintainers say, and make the small pages there."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from ..core.errors import Problem
from ..sources.diagnosis import nearest
from ..sources.moves import Move
from .addresses import page_address, page_path
from .pages.markdown import escape, front_matter

KIND = "moved"
"""What the theme calls a page that only leads on."""

_TITLE = re.compile(r"^title: (\".*\")$", re.MULTILINE)


def check_moves(moves: Sequence[Move], present: Collection[str], folders: Collection[str]) -> list[Problem]:
    """Return what is wrong with the moves: ``present`` are the addresses of all pages, ``folders`` the generated ones.

    An old address must be free and lie in one of the folders, a new one must be that of a page."""
    by_old = {move.old: move for move in moves}
    problems: list[Problem] = []
    for move in moves:
        problems += _check_old(move, present, folders)
        problems += _check_new(move, by_old, present)
    return problems


def _check_old(move: Move, present: Collection[str], folders: Collection[str]) -> Iterator[Problem]:
    if move.old in present:
        message = f"địa chỉ “{move.old}” vẫn có trang nên không chuyển đi được"
        yield Problem(move.path, move.line, message, "Xóa mục này, hoặc sửa khóa “from” nếu gõ nhầm")
    elif move.old.split("/")[0] not in folders:
        known = ", ".join(f"{folder}/" for folder in sorted(folders))
        message = f"địa chỉ “{move.old}” không thuộc phần nào do máy sinh ra"
        yield Problem(move.path, move.line, message, f"Chỉ chuyển được địa chỉ trong: {known}")


def _check_new(move: Move, by_old: Mapping[str, Move], present: Collection[str]) -> Iterator[Problem]:
    if move.new in by_old:
        way = _way(move, by_old)
        if len(set(way)) < len(way):
            message = f"các địa chỉ chuyển vòng quanh: {' → '.join(way)}"
            yield Problem(move.path, move.to_line, message, "Ghi ở “to” địa chỉ của trang đang có")
        else:
            message = f"đích “{move.new}” lại được chuyển tiếp"
            yield Problem(move.path, move.to_line, message, f"Ghi thẳng đích cuối: to: {way[-1]}")
    elif move.new not in present:
        near = nearest_address(move.new, present)
        remedy = f"Có lẽ là “{near}”" if near else "Ghi địa chỉ của một trang đang có"
        yield Problem(move.path, move.to_line, f"không có trang nào ở “{move.new}”", remedy)


def _way(move: Move, by_old: Mapping[str, Move]) -> list[str]:
    """Return the addresses that follow one another, up to the last one or the first that comes again."""
    way = {move.old: None}
    last = move.old
    while last in by_old:
        last = by_old[last].new
        if last in way:
            return [*way, last]
        way[last] = None
    return list(way)


def nearest_address(address: str, choices: Collection[str]) -> str | None:
    """Return the address in the same folder that is most like this one."""
    folder = address.split("/", maxsplit=1)[0] + "/"
    names = {c.removeprefix(folder): c for c in choices if c.startswith(folder) and c != folder}
    near = nearest(address.removeprefix(folder), names)
    return names[near] if near is not None else None


def render_moves(moves: Sequence[Move], pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the page for each old address (path in docs/ → Markdown): it says where to go, the theme goes there."""
    titles = {page_address(path): path for path in pages if path.endswith(".md")}
    return {page_path(m.old): _page(m, titles[m.new], pages[titles[m.new]].decode()).encode() for m in moves}


def _page(move: Move, path: str, target: str) -> str:
    name = page_title(target)
    head = {
        "title": "Trang đã chuyển",
        "description": f"Địa chỉ này nay là trang: {name}",
        "kb": {"kind": KIND, "kind_name": "Đã chuyển", "moved_to": move.new, "source": move.path},
    }
    up = "../" * move.old.rstrip("/").count("/")
    since = f" từ {move.date.vietnamese}" if move.date else ""
    reason = f"\n\nLý do: {escape(move.why)}" if move.why else ""
    return (
        f"{front_matter(head)}# Trang đã chuyển\n\nNội dung ở địa chỉ này{since} nay là trang: "
        f"[{escape(name, leading=False)}]({up}{path}){{ .kb-trang-moi }}{reason}\n"
    )


def page_title(page: str) -> str:
    """Return the title in the head of a generated page."""
    found = _TITLE.search(page)
    return html.unescape(json.loads(found[1])) if found else ""
