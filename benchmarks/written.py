"""What a built docs/ weighs: against its articles, by kind of file, the largest files.

python benchmarks/written.py SOURCES DOCS

``SOURCES`` as ``source_corpus.py`` writes it, ``DOCS`` built of it (``build_pages.py --sources SOURCES --docs DOCS``).
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter
from pathlib import Path

SHOWN = 20
"""So many kinds of files, and so many of the largest files, are named."""


def main() -> int:
    """Print the figures; return the exit status."""
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    sources, docs = Path(sys.argv[1]), Path(sys.argv[2])
    files = {path.relative_to(docs).as_posix(): path.stat().st_size for path in docs.rglob("*") if path.is_file()}
    written = sum(files.values())
    articles = sum(path.stat().st_size for path in (sources / "articles").rglob("*.md"))
    print(
        f"{len(files)} tệp, {written / 1e6:.1f} MB, gấp {written / articles:.1f} lần {articles / 1e6:.1f} MB bài nguồn"
    )
    by_kind: Counter[str] = Counter()
    for path, size in files.items():
        by_kind[_kind(path)] += size
    for kind, size in by_kind.most_common(SHOWN):
        print(f"{size / 1e6:9.2f} MB {100 * size / written:5.1f} %  {kind}")
    print("Tệp lớn nhất (MB), và khi nén:")
    for path, size in sorted(files.items(), key=lambda item: -item[1])[:SHOWN]:
        print(f"{size / 1e6:9.2f} {len(gzip.compress((docs / path).read_bytes())) / 1e6:7.2f}  {path}")
    return 0


def _kind(path: str) -> str:
    """Return the kind of a file: its folder, and whether it is the list, a page, or a page below one."""
    folder, _, rest = path.partition("/")
    if not rest:
        return path
    if not path.endswith(".md"):
        return f"{folder}/*.{path.rpartition('.')[2]}"
    return f"{folder}/index.md" if rest == "index.md" else f"{folder}/{'*/' * rest.count('/')}*.md"


if __name__ == "__main__":
    sys.exit(main())
