"""Build the whole site for dev.py: strictly, into a folder of its own, put in place only when whole.

Standard library only.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from knowledge_base.core.alone import alone
from knowledge_base.core.disk import disk_error_in, replace_file

from .environment import ROOT, TaskError, environment, run
from .history import write_added
from .packed import pack_files
from .parts import PART, SitePart
from .watch import snapshot

SEARCH_FOLDER = "pagefind"
PARTS = "phan"
"""The folder in which parts of a site stand, until they are put together."""
NO_SEARCH = "KB_NO_SEARCH_INDEX"
KEEPER = "Người giữ kho: "
ASIDE = "old"
"""Where a site that is being replaced stands meanwhile."""
_WORKSHOP = ".site-moi"
_READ = ("docs", "theme", "mkdocs.yml")
"""What MkDocs reads of what may change, seen from the root."""
_TRIES = 3
"""So often a site is built whose files are changed meanwhile. Chosen by hand."""
NO_KEEPER = (
    "Trang đầu chưa nói ai giữ kho. Đặt biến KEPT_BY (hoặc kept_by trong mkdocs.yml) là tên cơ quan, người giữ kho rồi "
    "dựng lại; các biến khác: docs/huong-dan/giu-kho.md, mục “Đặt gì khi xuất bản”."
)
"""What is said of a site whose home page does not name who keeps the base."""


def build_site(python: Path, root: Path = ROOT, *, packed: bool = False) -> None:
    """Make pages, site and search, and put them in place of ``site/`` only when all is whole; with ``packed`` each file
    beside it packed, for a server of one's own."""
    started = time.monotonic()
    site = root / "site"
    with workshop(root) as (folder, held):
        build_pages(python, root)
        print("Đang dựng trang và lập chỉ mục tìm kiếm…")
        said = _build_unchanged(python, folder / "site", root, held)
        if said:
            complain(said, folder, "không dựng được trang (lời của MkDocs ở trên). site/ vẫn như trước.")
        if packed:
            print(f"Nén sẵn {pack_files(folder / 'site')} tệp.")
        swap(folder / "site", site, folder / ASIDE)
    pages = sum(1 for _ in site.rglob("*.html"))
    print(f"Xong: {pages} trang trong site/, {time.monotonic() - started:.1f} giây.")
    if KEEPER not in (site / "index.html").read_text(encoding="utf-8"):
        print(NO_KEEPER)


def build_part(python: Path, part: SitePart, root: Path = ROOT) -> None:
    """Make all pages of docs/, and a part of the site in ``phan/``, to be put together by ``github_tasks.py join``."""
    started = time.monotonic()
    place = root / PARTS / part.folder
    with workshop(root) as (folder, held):
        build_pages(python, root)
        print(f"Đang dựng phần {part.number} trên {part.of} của trang…")
        said = _build_unchanged(python, folder / "site", root, held, part)
        if said:
            kept = f"{PARTS}/{part.folder} vẫn như trước."
            complain(said, folder, f"không dựng được trang (lời của MkDocs ở trên). {kept}")
        place.parent.mkdir(exist_ok=True)
        swap(folder / "site", place, folder / PARTS)
    pages = sum(1 for _ in place.rglob("*.html"))
    print(f"Xong: {pages} trang trong {PARTS}/{part.folder}/, {time.monotonic() - started:.1f} giây.")


@contextmanager
def workshop(root: Path) -> Iterator[tuple[Path, tuple[int, ...]]]:
    """Give an empty folder to build a site in, and what to hand to programs that do (``run_mkdocs``): another run waits
    for those of one that was killed. What such a run has left is put right first."""
    with alone(root, lambda: print("Đang chờ một lần dựng khác xong…")) as held:
        _repair(root)
        folder = root / _WORKSHOP
        folder.mkdir()
        try:
            yield folder, held
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _repair(root: Path) -> None:
    """Bring back a ``site/`` that a run had moved aside when it was killed, and clear what it has left (earlier
    versions too, whose folders had other names)."""
    site = root / "site"
    for folder in root.glob(".site-*"):
        ours = folder.name == _WORKSHOP or {child.name for child in folder.iterdir()} <= {"site", ASIDE}
        if folder.is_symlink() or not ours:
            continue
        if (folder / ASIDE).is_dir() and not site.exists():
            replace_file(folder / ASIDE, site)
            print("Lần dựng trước bị ngắt khi đang thay site/: đã đưa site/ cũ về chỗ.")
        else:
            print(f"Lần dựng trước bị ngắt khi chưa thay site/: đã dọn thư mục tạm {folder.name}/.")
        shutil.rmtree(folder, ignore_errors=True)


def _build_unchanged(python: Path, fresh: Path, root: Path, held: tuple[int, ...], part: SitePart | None = None) -> str:
    """Build the site into ``fresh`` of files that nobody changes meanwhile; return as ``run_mkdocs`` does."""
    for _ in range(_TRIES):
        before = snapshot(root, _READ)
        said = run_mkdocs(python, fresh, root, held=held, part=part)
        if snapshot(root, _READ) == before:
            return said
        print("docs/ hay theme/ vừa đổi trong lúc dựng: dựng lại.")
    raise TaskError("docs/ hay theme/ đổi liên tục trong lúc dựng. Đợi mọi tệp được lưu xong rồi chạy lại.")


def complain(said: str, folder: Path, message: str) -> NoReturn:
    """End a task whose program said why it failed; what the disk refused ``folder`` is told in our words."""
    if refused := disk_error_in(said, folder):
        raise refused
    print(said, file=sys.stderr)
    raise TaskError(message)


def build_pages(python: Path, root: Path = ROOT) -> None:
    """Make the pages of docs/ from sources/."""
    print("Đang sinh các trang từ sources/…")
    write_added(root)
    if run([str(python), str(root / "scripts" / "build_pages.py")]):
        raise TaskError("không sinh được trang, vì lẽ đã nói ở trên. docs/ và site/ vẫn như trước.")


def run_mkdocs(
    python: Path,
    folder: Path,
    root: Path = ROOT,
    *,
    search: bool = True,
    held: tuple[int, ...] = (),
    part: SitePart | None = None,
) -> str:
    """Build the site, or a part of it, into ``folder`` strictly; return '' if it is whole, else what MkDocs says.
    ``held``: see ``workshop``."""
    command = [str(python), "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    env = environment(**{PART: f"{part.number}/{part.of}" if part else ""}, **({} if search else {NO_SEARCH: "1"}))
    done = subprocess.run(
        command, cwd=root, env=env, capture_output=True, encoding="utf-8", errors="replace", check=False, pass_fds=held
    )
    first = folder / "index.html" if part is None else folder
    whole = first.exists() and (not search or (folder / SEARCH_FOLDER).is_dir())
    if done.returncode == 0 and whole:
        return ""
    return done.stdout + done.stderr or f"mkdocs: {done.returncode}"


def swap(fresh: Path, place: Path, aside: Path) -> None:
    """Put ``fresh`` at ``place``; what was there goes to ``aside``, and back if this fails."""
    try:
        if place.exists():
            replace_file(place, aside)
        replace_file(fresh, place)
    except OSError as error:
        if aside.exists() and not place.exists():
            replace_file(aside, place)
        raise TaskError(f"không thay được {place.name}/ ({error}). Hãy đóng chương trình đang mở nó.") from error
