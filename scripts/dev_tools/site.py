"""Build the whole site for dev.py: strictly, into a folder of its own, put in place only when whole.

Standard library only.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .environment import ROOT, TaskError, environment, run
from .history import write_added
from .packed import pack_files
from .parts import PART, SitePart

SEARCH_FOLDER = "pagefind"
PARTS = "phan"
"""The folder in which parts of a site stand, until they are put together."""
NO_SEARCH = "KB_NO_SEARCH_INDEX"
KEEPER = "Người giữ kho: "
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
    build_pages(python, root)
    with tempfile.TemporaryDirectory(prefix=".site-", dir=root, ignore_cleanup_errors=True) as folder:
        fresh = Path(folder, "site")
        print("Đang dựng trang và lập chỉ mục tìm kiếm…")
        if said := run_mkdocs(python, fresh, root):
            print(said, file=sys.stderr)
            raise TaskError("không dựng được trang (lời của MkDocs ở trên). site/ vẫn như trước.")
        if packed:
            print(f"Nén sẵn {pack_files(fresh)} tệp.")
        swap(fresh, site, Path(folder, "old"))
    pages = sum(1 for _ in site.rglob("*.html"))
    print(f"Xong: {pages} trang trong site/, {time.monotonic() - started:.1f} giây.")
    if KEEPER not in (site / "index.html").read_text(encoding="utf-8"):
        print(NO_KEEPER)


def build_part(python: Path, part: SitePart, root: Path = ROOT) -> None:
    """Make all pages of docs/, and a part of the site in ``phan/``, to be put together by ``github_tasks.py join``."""
    started = time.monotonic()
    place = root / PARTS / part.folder
    build_pages(python, root)
    with tempfile.TemporaryDirectory(prefix=".site-", dir=root, ignore_cleanup_errors=True) as folder:
        fresh = Path(folder, "site")
        print(f"Đang dựng phần {part.number} trên {part.of} của trang…")
        if said := run_mkdocs(python, fresh, root, part=part):
            print(said, file=sys.stderr)
            raise TaskError(f"không dựng được trang (lời của MkDocs ở trên). {PARTS}/{part.folder} vẫn như trước.")
        place.parent.mkdir(exist_ok=True)
        swap(fresh, place, Path(folder, "old"))
    pages = sum(1 for _ in place.rglob("*.html"))
    print(f"Xong: {pages} trang trong {PARTS}/{part.folder}/, {time.monotonic() - started:.1f} giây.")


def build_pages(python: Path, root: Path = ROOT) -> None:
    """Make the pages of docs/ from sources/."""
    print("Đang sinh các trang từ sources/…")
    write_added(root)
    if run([str(python), str(root / "scripts" / "build_pages.py")]):
        raise TaskError("sources/ có lỗi như trên. docs/ và site/ vẫn như trước.")


def run_mkdocs(
    python: Path, folder: Path, root: Path = ROOT, *, search: bool = True, part: SitePart | None = None
) -> str:
    """Build the site, or a part of it, into ``folder`` strictly; return '' if it is whole, else what MkDocs says."""
    command = [str(python), "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    env = environment(**{PART: f"{part.number}/{part.of}" if part else ""}, **({} if search else {NO_SEARCH: "1"}))
    done = subprocess.run(
        command, cwd=root, env=env, capture_output=True, encoding="utf-8", errors="replace", check=False
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
            _rename(place, aside)
        _rename(fresh, place)
    except OSError as error:
        if aside.exists() and not place.exists():
            _rename(aside, place)
        raise TaskError(f"không thay được {place.name}/ ({error}). Hãy đóng chương trình đang mở nó.") from error


def _rename(old: Path, new: Path) -> None:
    """Rename a folder; on Windows wait a little for programs that are reading it."""
    for pause in (0.2, 0.5, 1.0):
        try:
            old.rename(new)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    old.rename(new)
