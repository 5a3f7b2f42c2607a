"""``dev.py offline``: the whole site as a zip that opens by double click, without a server or a network, for a USB
stick; ``dev.py preview`` gives the same to reviewers under another name. Standard library only.
"""

from __future__ import annotations

import hashlib
import os
import time
import zipfile
from pathlib import Path

from .environment import EPOCH, ROOT, TaskError, environment
from .sbom import write_sbom
from .site import build_pages, complain, run_mkdocs, workshop
from .site_of_files import make_site_of_files

ARCHIVES = {"offline": "kho-ngoai-tuyen.zip", "preview": "xem-thu.zip"}
"""The archive that each task makes."""
FOLDER = "kho-van-ban"
LONGEST = 180
"""Letters of the longest path in the archive: Windows allows 260 for a whole path, so that 80 are left for the folder
in which it is unpacked. Chosen by hand."""
_OLDEST = 315_619_200  # 1980-01-02: a zip holds no earlier day


def build_edition(python: Path, task: str, root: Path = ROOT) -> Path:
    """Build the site and pack it into the archive of a task, the one to be handed out with its checksum, and what it
    is made of (`sbom.py`), beside it; return the archive's path."""
    started = time.monotonic()
    archive = root / ARCHIVES[task]
    epoch = int(environment().get(EPOCH) or 0)
    with workshop(root) as (folder, held):
        build_pages(python, root)
        site, packed = folder / "site", folder / archive.name
        print("Đang dựng trang và lập chỉ mục tìm kiếm…")
        if said := run_mkdocs(python, site, root, held=held):
            complain(said, folder, f"không dựng được trang (lời của MkDocs ở trên). {archive.name} vẫn như trước.")
        make_site_of_files(site, day_of(epoch))
        count = pack(site, packed, epoch)
        os.replace(packed, archive)
    if task == "offline":
        write_checksum(archive)
        write_sbom(python, archive, day_of(epoch))
    size = archive.stat().st_size / 1e6
    print(f"Xong: {archive.name}, {count} tệp, {size:.1f} MB, {time.monotonic() - started:.1f} giây.")
    print("Giải nén rồi bấm đúp vào index.html; không cần máy chủ, không cần mạng.")
    return archive


def day_of(epoch: int) -> str:
    """Return the day of an edition (2026-11-30): of its sources, so that a second build gives the same bytes; '' where
    nobody knows it (outside git)."""
    return time.strftime("%Y-%m-%d", time.gmtime(epoch)) if epoch else ""


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


def write_checksum(archive: Path) -> Path:
    """Write the SHA-256 of an archive beside it, as ``sha256sum --check`` reads it; return the file's path."""
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    path = archive.with_name(f"{archive.name}.sha256")
    path.write_text(f"{digest}  {archive.name}\n", encoding="ascii", newline="\n")
    return path
