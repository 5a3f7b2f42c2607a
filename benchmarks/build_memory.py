"""Measure what a build of made-up articles of realistic shape takes: time, processors, memory of all its processes.

python benchmarks/build_memory.py COUNT [TREE]     COUNT articles; TREE: another checkout, whose code builds them

Memory is sampled: of the process that builds alone (resident), and of it and its children together (proportional, so
that what they share counts once). Linux only.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from source_corpus import write_corpus

ROOT = Path(__file__).resolve().parents[1]
PAUSE = 0.2
"""Seconds between two samples: a build of 300 articles takes a hundred times as long."""


def main() -> None:
    """Print a line for a build from nothing."""
    count, tree = int(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else ROOT)
    with tempfile.TemporaryDirectory(dir=os.environ.get("KB_SCRATCH")) as folder:
        sources = write_corpus(Path(folder), count, national=True)
        docs = Path(folder, "docs")
        command = [sys.executable, str(tree / "scripts/build_pages.py"), "--no-cache"]
        command += ["--sources", str(sources), "--docs", str(docs)]
        started = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONUTF8": "1"})
        alone = together = 0.0
        while process.poll() is None:
            alone = max(alone, _memory(process.pid, "status", "VmRSS"))
            together = max(together, sum(_memory(pid, "smaps_rollup", "Pss") for pid in _family(process.pid)))
            time.sleep(PAUSE)
        wall, used = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        files = sum(1 for path in docs.rglob("*") if path.is_file())
    print(
        f"{count} bài, {files} tệp: {wall:.0f} giây, {used.ru_utime + used.ru_stime:.0f} giây bộ xử lý; "
        f"bộ nhớ {alone / 1e6:.2f} GB, cùng các tiến trình con {together / 1e6:.2f} GB; mã {process.returncode}"
    )


def _family(pid: int) -> list[int]:
    """Return a process and all that come from it."""
    found = [pid]
    for one in found:
        for children in Path("/proc", str(one), "task").glob("*/children"):
            try:
                found += map(int, children.read_text().split())
            except OSError:
                continue
    return found


def _memory(pid: int, file: str, name: str) -> float:
    """Return a figure of a process in kB; 0 where it has ended."""
    try:
        lines = Path("/proc", str(pid), file).read_text().splitlines()
    except OSError:
        return 0
    return next((float(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


if __name__ == "__main__":
    main()
