"""Put the parts of a site together: their files side by side, searched as one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from .search_index import part_folder, write_page_list

_NAME = re.compile(r"(\d+)-(\d+)")


class PartsError(Exception):
    """Parts that do not make a whole; the message is Vietnamese."""


def join_parts(parts: Path, site: Path) -> int:
    """Put ``parts/1-4`` … ``parts/4-4`` together in ``site``, which is not there yet, and return how many they are.

    No file stands in two parts. Raises PartsError.
    """
    folders = _whole(parts)
    for folder in folders:
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        for path in paths:
            target = site / path.relative_to(folder)
            if target.exists():
                raise PartsError(f"{path.relative_to(folder).as_posix()} có ở hai phần. Hãy dựng lại mọi phần.")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    write_page_list(site, [part_folder(number) for number in range(1, len(folders) + 1)])
    return len(folders)


def _whole(parts: Path) -> list[Path]:
    """Return the folders of all parts in their order; PartsError if one is missing, or of another division."""
    found = {path.name: path for path in sorted(parts.glob("*")) if _NAME.fullmatch(path.name) and path.is_dir()}
    counts = {name.partition("-")[2] for name in found}
    if len(counts) != 1:
        said = f"lẫn nhiều cách chia ({', '.join(found)})" if found else "không có phần nào"
        raise PartsError(f"{parts}: {said}. Mỗi phần: python3 scripts/dev.py site --part 1/4")
    (count,) = counts
    names = [f"{number}-{count}" for number in range(1, int(count) + 1)]
    if missing := [name for name in names if name not in found]:
        raise PartsError(f"{parts}: thiếu phần {', '.join(missing)}. Hãy dựng đủ rồi ghép lại.")
    return [found[name] for name in names]
