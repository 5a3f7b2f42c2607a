"""``dev.py site --gzip``: beside each text file of the site the same file packed, so that a server need not pack it for
every reader (``gzip_static`` of nginx, ``deploy/nginx.conf``). Standard library only.
"""

from __future__ import annotations

import gzip
from pathlib import Path

PACKED = frozenset({".html", ".js", ".css", ".json", ".svg", ".xml", ".csv", ".txt"})
"""What shrinks: pictures, Word files, archives and Pagefind's own files are packed already."""
_GAIN = 0.9
"""A packed file that is hardly smaller is one more file to copy and to look for. Chosen by hand."""


def pack_files(site: Path) -> int:
    """Write ``x.gz`` beside each ``x`` that shrinks, the same bytes every time; return how many there are. Packed files
    of what has gone or no longer shrinks are taken away."""
    for path in site.rglob("*.gz"):
        path.unlink()
    count = 0
    for path in sorted(site.rglob("*")):
        if path.suffix in PACKED and path.is_file():
            plain = path.read_bytes()
            packed = gzip.compress(plain, 9, mtime=0)
            if len(packed) < _GAIN * len(plain):
                path.with_name(f"{path.name}.gz").write_bytes(packed)
                count += 1
    return count
