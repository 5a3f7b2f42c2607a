"""Kill builds at random moments (``kill -9``), and look whether docs/ and site/ are whole afterwards.

python benchmarks/kills.py [PAGES] [SITES] [SEED]     kills of build_pages.py (default 160) and of a site build (40)

Works on a copy of the repository with the toy corpus, whose sources change each time. Half of the kills come at any
moment of a build, half within the moment in which it puts its files into their places. After each kill the state must
be one of the two whole ones (``trọn``), or one that is known to be half done (``dở``: a journal, or a site/ that is
aside). The next run, which may be killed too, follows; after a state half done, and after every few kills, it is let to
its end: it must leave the whole new state and no litter, and say that it repaired just where it had to. Exit status 1
if anything else is seen.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from live import copy_repository

ROOT = Path(__file__).resolve().parents[1]
SITE = "import sys; sys.path.insert(0, 'scripts'); from pathlib import Path; from dev_tools.site import build_site; "
SITE += "build_site(Path(sys.executable), Path.cwd())"
MANUAL = {"gioi-thieu", "huong-dan", "assets"}
ROUND = 5
"""After so many kills a build is let to its end."""
PUT_BACK = ("như trước lần ấy", "đưa site/ cũ về chỗ")
State = dict[str, bytes]


class Bench:
    """A copy of the repository whose sources have two states, and the builds of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.rmtree(root / "sources")
        shutil.copytree(ROOT / "tests/toy/sources", root / "sources")
        shutil.copy(ROOT / "sources/vocabularies/phrases.yml", root / "sources/vocabularies")
        self._article = next((root / "sources/articles").rglob("2023-09-07-siet-ky-cuong.md"))
        self._texts = self._article.read_bytes(), self._article.read_bytes().replace("siết".encode(), "thắt".encode())
        self._environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(root / "scripts")}
        others = sorted((root / "sources/articles").rglob("*.md"))
        self._others = [path for path in others if path != self._article][:1]
        self._kept = [path.read_bytes() for path in self._others]

    def choose(self, number: int) -> None:
        """Take one of the two states of the sources: an article says something else; pages come or go."""
        self._article.write_bytes(self._texts[number % 2])
        for path, data in zip(self._others, self._kept, strict=True):
            path.write_bytes(data if number % 2 == 0 else data.replace(b"TU", b"TU "))

    def command(self, site: bool) -> list[str]:
        """Return how the pages, or the site, are built."""
        return [sys.executable, "-c", SITE] if site else [sys.executable, "scripts/build_pages.py"]

    def start(self, site: bool) -> subprocess.Popen[bytes]:
        """Begin a build."""
        none = subprocess.DEVNULL
        return subprocess.Popen(self.command(site), cwd=self.root, env=self._environment, stdout=none, stderr=none)

    def run(self, site: bool) -> str:
        """Build to the end; return what was said."""
        done = subprocess.run(
            self.command(site), cwd=self.root, env=self._environment, capture_output=True, encoding="utf-8", check=False
        )
        if done.returncode:
            sys.exit(done.stdout + done.stderr)
        return done.stdout + done.stderr

    def docs(self) -> State:
        """Return the generated files of docs/."""
        return self._files(self.root / "docs", MANUAL)

    def site(self) -> State:
        """Return the files of site/, but for what differs from build to build."""
        found = self._files(self.root / "site", {"pagefind"})
        return {name: data for name, data in found.items() if not name.endswith(".gz")}

    @staticmethod
    def _files(folder: Path, left_out: set[str]) -> State:
        paths = [path for path in folder.rglob("*") if path.is_file()]
        names = {path.relative_to(folder).as_posix(): path for path in paths}
        return {name: path.read_bytes() for name, path in names.items() if name.split("/")[0] not in left_out}

    def is_half_done(self, site: bool) -> bool:
        """Tell whether a build that was killed has left a state that the next one has to repair."""
        if site:
            return not (self.root / "site").exists() and (self.root / ".site-moi/old").is_dir()
        return (self.root / ".docs-moi/journal.json").exists()

    def litter(self) -> list[str]:
        """Return the folders that a build has left behind."""
        return [path.name for pattern in (".docs-*", ".site-*", "docs/.*") for path in self.root.glob(pattern)]


def kill_often(bench: Bench, count: int, chance: random.Random, *, site: bool) -> bool:
    """Kill builds so many times; print what was seen, and tell whether all was as it should be."""
    look: Callable[[], State] = bench.site if site else bench.docs
    wholes, lasts = [], 0.0
    for number in (0, 1):
        bench.choose(number)
        started = time.monotonic()
        bench.run(site)
        lasts = time.monotonic() - started
        wholes.append(look())
    seen: Counter[str] = Counter()
    wrong = []
    number = 0
    while seen["bị giết"] < count:
        number += 1
        bench.choose(number)
        process = bench.start(site)
        _wait(bench, process, chance, lasts, near_its_end=number % 2 == 0, site=site)
        seen["bị giết" if process.poll() is None else "đã xong trước"] += 1
        process.send_signal(signal.SIGKILL)
        process.wait()
        left, half = look(), bench.is_half_done(site)
        state = "dở" if half else "trọn" if left in wholes else "SAI"
        seen[state] += 1
        said = ""
        if half or number % ROUND == 0:
            said = bench.run(site)
            repaired = any(words in said for words in PUT_BACK)
            seen["lần sau đã sửa"] += repaired
            seen["lần sau đã dọn"] += "đã dọn thư mục tạm" in said
            state = state if look() == wholes[number % 2] and not bench.litter() and repaired == half else "SAI"
        if number % (2 * ROUND) == 0:
            print(dict(seen), file=sys.stderr, flush=True)
        if state == "SAI":
            wrong.append(f"lần {number}: {bench.litter()}; {said}")
    print(f"{'site/' if site else 'docs/'}: {dict(seen)}; sai: {len(wrong)}", *wrong, sep="\n", flush=True)
    return not wrong


def _wait(
    bench: Bench,
    process: subprocess.Popen[bytes],
    chance: random.Random,
    lasts: float,
    *,
    near_its_end: bool,
    site: bool,
) -> None:
    """Wait for the moment of a kill: any of a build, or one just when it moves its files."""
    if not near_its_end:
        time.sleep(chance.uniform(0, lasts))
        return
    sign = bench.root / (".site-moi/old" if site else ".docs-moi/journal.json")
    while process.poll() is None and not sign.exists():
        time.sleep(0.0002)
    time.sleep(chance.choice([0, chance.uniform(0, 0.02)]))


def main() -> int:
    """Kill builds of pages and of the site; return the exit status."""
    pages, sites, seed = (int(word) for word in [*sys.argv[1:], *("160", "40", "17")[len(sys.argv) - 1 :]])
    with tempfile.TemporaryDirectory(prefix="kb-kill-") as folder:
        bench = Bench(copy_repository(Path(folder) / "repo"))
        chance = random.Random(seed)  # noqa: S311 - moments, no secret
        right = kill_often(bench, pages, chance, site=False)
        return 0 if kill_often(bench, sites, chance, site=True) and right else 1


if __name__ == "__main__":
    sys.exit(main())
