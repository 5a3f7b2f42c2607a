"""Show that a change of the code changes no byte: build with an earlier revision, build with this tree, compare.

python benchmarks/same_bytes.py REV                  real sources, toy corpus, 500 generated articles, --explain --json
python benchmarks/same_bytes.py REV --quick          without the generated articles
python benchmarks/same_bytes.py REV --keep FOLDER    keeps the earlier side there, and takes it from there next time

Each side reads its own vocabularies and builds with its own code. Exit status 1 if anything differs; the
first lines that differ are shown.
"""

from __future__ import annotations

import argparse
import difflib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GENERATED = 500
SHOWN = 12
"""How many files that differ are named, and how many lines of each are shown."""


def main() -> int:
    """Build both sides and compare them; return the exit status."""
    parser = argparse.ArgumentParser(description="So từng byte của docs/ giữa hai bản mã.")
    parser.add_argument("revision", metavar="REV")
    parser.add_argument("--quick", action="store_true", help="không dựng kho bài tự sinh")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="nơi giữ phía trước để dùng lại")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        before = (options.keep or Path(scratch) / "before").resolve()
        if not (before / "done").is_file():
            tree = Path(scratch) / "tree"
            _run(["git", "-C", str(ROOT), "worktree", "add", "--detach", "--force", str(tree), options.revision])
            try:
                build_side(tree, before, quick=options.quick and not options.keep)
            finally:
                _run(["git", "-C", str(ROOT), "worktree", "remove", "--force", str(tree)])
            (before / "done").touch()
        after = Path(scratch) / "after"
        build_side(ROOT, after, quick=options.quick)
        return compare(before, after)


def build_side(tree: Path, out: Path, *, quick: bool) -> None:
    """Build every corpus of ``tree`` with the code of ``tree`` into folders of ``out``."""
    corpora = {"real": tree / "sources", "toy": tree / "tests" / "toy" / "sources"}
    with tempfile.TemporaryDirectory() as scratch:
        if not quick:
            _run([sys.executable, str(tree / "benchmarks" / "source_corpus.py"), scratch, str(GENERATED)])
            corpora["generated"] = Path(scratch) / "sources"
        for name, sources in corpora.items():
            folder = out / name
            folder.mkdir(parents=True, exist_ok=True)
            command = [sys.executable, str(tree / "scripts" / "build_pages.py")]
            _run([*command, "--sources", str(sources), "--docs", str(folder)])
            if name != "generated":
                articles = sorted(path.relative_to(tree).as_posix() for path in (sources / "articles").rglob("*.md"))
                told = _run([*command, "--sources", str(sources), "--json", "--explain", *articles], tree)
                (folder / "explain.jsonl").write_bytes(told)


def compare(before: Path, after: Path) -> int:
    """Print what differs between two folders of built corpora; return 1 if anything does."""
    status = 0
    for folder in sorted(path for path in after.iterdir() if path.is_dir()):
        old, new = _files(before / folder.name), _files(folder)
        differing = [name for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)]
        print(f"{folder.name}: {len(new)} tệp, {len(differing)} tệp khác")
        for name in differing[:SHOWN]:
            print(f"  {name}")
            lines = (old.get(name, b"").decode().splitlines(), new.get(name, b"").decode().splitlines())
            changed = [line for line in difflib.unified_diff(*lines, lineterm="", n=0) if line[:2] not in {"--", "++"}]
            print("\n".join("    " + line[:240] for line in changed[:SHOWN]))
        status |= bool(differing)
    return status


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _run(command: list[str], folder: Path = ROOT) -> bytes:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.PIPE).stdout


if __name__ == "__main__":
    sys.exit(main())
