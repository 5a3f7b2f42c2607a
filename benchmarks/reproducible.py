"""Show that the toy corpus becomes the same bytes whatever surrounds the build: docs/ with the open data, and site/.

python benchmarks/reproducible.py                        builds in several surroundings; status 1 if they differ
python benchmarks/reproducible.py --write FILE           writes the digests too, one line for each part
python benchmarks/reproducible.py --compare FILE…        compares the digests of other machines and versions of Python

Each surroundings is a copy of the project in a folder of another name and depth, its files made in another order and at
another time, with another locale, time zone, seed of hashes and number of processors. The search index (pagefind/) is
left out: Pagefind numbers what it finds as its threads come along.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HAND_WRITTEN = ("gioi-thieu", "huong-dan", "assets")
EPOCH = "1790000000"
SURROUNDINGS = (
    ("a", {"PYTHONHASHSEED": "0", "TZ": "UTC"}),
    ("một chỗ/khác hẳn/kho", {"PYTHONHASHSEED": "1", "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"}),
    ("b/c/d", {"PYTHONHASHSEED": "4294967295", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"}),
    ("e.f", {"PYTHONHASHSEED": "34", "TZ": "America/St_Johns", "LANG": "tr_TR.UTF-8", "PYTHONOPTIMIZE": "1"}),
)
"""Where each copy stands, and what is set there. A locale that a machine does not have counts as C."""


def main(arguments: list[str]) -> int:
    """Build and compare, or compare what was built elsewhere; return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = argparse.ArgumentParser(description="So từng byte của docs/, site/ dựng ở những nơi khác nhau.")
    parser.add_argument("--write", type=Path, metavar="TỆP", help="ghi các mã băm ra tệp")
    parser.add_argument("--compare", type=Path, nargs="+", metavar="TỆP", help="so các tệp mà --write đã ghi")
    options = parser.parse_args(arguments)
    if options.compare:
        return compare([path for place in options.compare for path in sorted(_files(place))])
    found = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        for number, (name, environment) in enumerate(SURROUNDINGS):
            found[name] = build(Path(scratch, str(number), name), environment, seed=number)
            print(f"{name}: docs {found[name]['docs'][:12]}, site {found[name]['site'][:12]}", flush=True)
    first, *others = found.values()
    if options.write:
        lines = [f"{part} {digest}\n" for part, digest in first.items()]
        options.write.write_text("".join(lines), encoding="ascii", newline="\n")
    differ = sum(other != first for other in others)
    print(f"Python {platform.python_version()}, {sys.platform}: {len(found)} nơi, {differ} nơi khác nơi đầu.")
    return 1 if differ else 0


def _files(place: Path) -> list[Path]:
    """Return a file itself, or all that lie below a folder."""
    return [path for path in place.rglob("*") if path.is_file()] if place.is_dir() else [place]


def compare(files: list[Path]) -> int:
    """Print the digests of each file; return 1 unless there are several and all are the same."""
    texts = {path: path.read_text(encoding="ascii") for path in files}
    for path, text in texts.items():
        print(f"{path.parent.name}/{path.name}: {text.split()}")
    same = len(texts) > 1 and len(set(texts.values())) == 1
    print(f"{len(texts)} nơi: {'giống nhau từng byte' if same else 'KHÁC NHAU, hoặc quá ít để so'}.")
    return 0 if same else 1


def build(root: Path, environment: dict[str, str], seed: int) -> dict[str, str]:
    """Copy the project with the toy corpus to ``root`` and build there; return the digest of each part."""
    copies = {root / "sources": ROOT / "tests" / "toy" / "sources"}
    copies |= {root / name: ROOT / name for name in ("scripts", "theme")}
    copies |= {root / "docs" / name: ROOT / "docs" / name for name in HAND_WRITTEN}
    files = [(to / p.relative_to(at), p) for to, at in copies.items() for p in at.rglob("*") if p.is_file()]
    files = sorted(pair for pair in files if "__pycache__" not in pair[1].parts)
    files += [(root / name, ROOT / name) for name in ("mkdocs.yml", "sources/vocabularies/phrases.yml")]
    chance = random.Random(seed)  # noqa: S311  # no secret: an order
    chance.shuffle(files)
    for to, at in files:
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(at, to)
        os.utime(to, (moment := chance.randrange(10**9, 2 * 10**9), moment))
    kept = {k: v for k, v in os.environ.items() if k not in {"SITE_URL", "REPO_URL", "REPO_BRANCH", "KEPT_BY"}}
    kept |= {"SOURCE_DATE_EPOCH": EPOCH, "KB_NO_SEARCH_INDEX": "1", "NO_MKDOCS_2_WARNING": "1"}
    kept |= {"DISABLE_MKDOCS_2_WARNING": "true", "GIT_CEILING_DIRECTORIES": str(root.parent)}
    site = root.parent / "www"
    for command in (
        (str(root / "scripts" / "build_pages.py"),),
        ("-m", "mkdocs", "build", "--strict", "-d", str(site)),
    ):
        done = subprocess.run(
            [sys.executable, *command], cwd=root, env=kept | environment, capture_output=True, check=False
        )
        if done.returncode:
            raise SystemExit(f"{root}: {(done.stdout + done.stderr).decode('utf-8', 'replace')}")
    return {"docs": digest(root / "docs"), "site": digest(site)}


def digest(folder: Path) -> str:
    """Return one digest of all files below a folder, their names and their bytes."""
    whole = hashlib.sha256()
    for path in sorted((p for p in folder.rglob("*") if p.is_file()), key=lambda p: p.relative_to(folder).as_posix()):
        data = path.read_bytes()
        whole.update(f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode() + data)
    return whole.hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
