"""Measure the finders: MB/s on a repeated corpus, the share of each stage, growth, and a naive pattern beside them.

python benchmarks/extraction.py              all articles under sources/articles, 1×, 10× and 100×
python benchmarks/extraction.py --hostile    growth on strings made to be slow: 10 KB, 100 KB, 1 MB
python benchmarks/extraction.py --beside X   CPU time beside another checkout of this repository, pass by pass in turn,
                                             on the articles here, or on all .md and .txt below --texts FOLDER
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from knowledge_base.core.models import Article  # noqa: E402
from knowledge_base.core.paragraphs import split_paragraphs  # noqa: E402
from knowledge_base.mentions.bodies.body_finder import BodyFinder  # noqa: E402
from knowledge_base.mentions.citations.citation_finder import CitationFinder  # noqa: E402
from knowledge_base.mentions.cleaning import clean_article  # noqa: E402 — the path must be set first
from knowledge_base.mentions.demands.demand_finder import DemandFinder  # noqa: E402
from knowledge_base.mentions.masthead import MastheadFinder  # noqa: E402
from knowledge_base.mentions.named_documents import NamedDocumentFinder  # noqa: E402
from knowledge_base.mentions.relations import RelationFinder  # noqa: E402
from knowledge_base.mentions.themes import ThemeFinder  # noqa: E402
from knowledge_base.sources.vocabulary import Vocabulary, load_vocabulary  # noqa: E402

NAIVE = re.compile(r"\d+(?:/\d{4})?[-/][A-ZĐ][A-Za-zĐđ]*[-/][A-ZĐ][A-Za-zĐđ]*")
HOSTILE = {
    "chữ số": "1234567890",
    "số và dấu cách": "1 ",
    "gạch nối": "-",
    "gạch chéo": "12/",
    "chữ hoa": "NQTUCTTW",
    "nửa ký hiệu": "1-NQ/A-B-C-",
    "ký hiệu liền nhau": "34-CT/TU ",
    "danh sách số": "Quyết định 1, 2, 3, ",
    "dấu cách": " ",
    "dòng trống": "a\n\n",
    "dòng chú thích": "Ảnh: A\n",
    "ngày": "ngày 1/1/2020 ",
    "của": "của Bộ Chính trị ",
    "ban hành": "UBND tỉnh ban hành ",
    "dấu tổ hợp": "a\u0301",
    "ngoặc": "(",
}  # fmt: skip
Times = dict[str, float]
T = TypeVar("T")


class Stages:
    """All stages of extraction, each timed."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._bodies, self._citations = BodyFinder(vocabulary), CitationFinder(vocabulary)
        self._named, self._themes = NamedDocumentFinder(vocabulary), ThemeFinder(vocabulary)
        self._demands, self._relations = DemandFinder(vocabulary), RelationFinder(vocabulary)
        self._masthead = MastheadFinder(vocabulary)

    def run(self, text: str) -> Times:
        """Return the seconds each stage took on ``text``."""
        times: Times = {}

        def timed(name: str, work: Callable[[], T]) -> T:
            start = time.perf_counter()
            result = work()
            times[name] = times.get(name, 0.0) + time.perf_counter() - start
            return result

        paragraphs = timed("chia đoạn", lambda: split_paragraphs(text))
        article = Article("bai", "bai.txt", text, 0, paragraphs)
        scan = timed("làm sạch", lambda: clean_article(article, self._vocabulary))
        bodies = timed("cơ quan", lambda: self._bodies.find(scan))
        citations = timed("số, ký hiệu", lambda: self._citations.find(scan, bodies))
        named = timed("gọi tên", lambda: self._named.find(scan))
        timed("chủ đề", lambda: self._themes.find(scan, [*citations, *named]))
        timed("nhiệm vụ", lambda: self._demands.find(scan, bodies, citations))
        timed("quan hệ", lambda: self._relations.find(scan, [*citations, *named]))
        timed("đầu bài", lambda: self._masthead.find(scan))
        return times


def _corpus() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "sources" / "articles").rglob("*.md"))]


def measure_corpus(stages: Stages) -> None:
    """Print speed for the corpus taken 1, 10 and 100 times, one article after another."""
    texts = _corpus()
    size = sum(len(text.encode()) for text in texts) / 1e6
    for times in (1, 10, 100):
        total: Times = {}
        for text in texts * times:
            for name, seconds in stages.run(text).items():
                total[name] = total.get(name, 0.0) + seconds
        spent = sum(total.values())
        start = time.perf_counter()
        for text in texts * times:
            NAIVE.findall(text)
        naive = time.perf_counter() - start
        shares = "  ".join(f"{name} {seconds / spent:.0%}" for name, seconds in total.items())
        print(f"{times:>4}×  {size * times:8.2f} MB  {spent:7.2f} s  {size * times / spent:6.2f} MB/s", end="  ")
        print(f"chậm hơn mẫu đơn giản {spent / naive:.0f} lần\n       {shares}")


def measure_hostile(stages: Stages) -> None:
    """Print the time on each hostile string at three sizes, and the growth per tenfold length."""
    for name, unit in HOSTILE.items():
        spent = []
        for size in (10_000, 100_000, 1_000_000):
            text = (unit * (size // len(unit) + 1))[:size]
            spent.append(sum(stages.run(text).values()))
        growth = "  ".join(f"{b / a:5.1f}×" for a, b in pairwise(spent))
        print(f"{name:20}" + "".join(f"{seconds:9.3f} s" for seconds in spent) + f"   tăng {growth}", flush=True)


_PASSES = 15
"""Passes of each side: their least and median differ by a hundredth between runs on a machine that does other work."""
_SIDE = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1] + "/benchmarks")
import extraction
known = extraction.load_vocabulary(Path(sys.argv[1]) / "sources")
stages = extraction.Stages(known[0] if isinstance(known, tuple) else known)
texts = [Path(line.strip()).read_text(encoding="utf-8") for line in iter(sys.stdin.readline, "\\n")]
for line in sys.stdin:
    start = time.process_time()
    for text in texts:
        stages.run(text)
    print(time.process_time() - start, flush=True)
"""
"""What runs in the process of a checkout: it is given the names of files, an empty line, then one for each pass."""


def _pass(side: subprocess.Popen[str], told: str) -> float:
    """Tell a side to make a pass and return the CPU seconds that it took."""
    if side.stdin is None or side.stdout is None:
        raise ValueError("a side needs both pipes")
    side.stdin.write(told)
    side.stdin.flush()
    return float(side.stdout.readline())


def measure_beside(other: Path, texts: Path) -> None:
    """Print the CPU seconds of a pass over ``texts`` here and in another checkout, and their ratio."""
    files = sorted(path for path in texts.rglob("*") if path.suffix in (".md", ".txt"))
    names = "".join(f"{path.resolve()}\n" for path in files) + "\n"
    sides = [
        subprocess.Popen(
            [sys.executable, "-c", _SIDE, str(root.resolve())], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for root in (other, ROOT)
    ]
    spent: tuple[list[float], list[float]] = ([], [])
    for number in range(_PASSES + 1):
        for side, seconds in zip(sides, spent, strict=True):
            seconds.append(_pass(side, "\n" if number else names + "\n"))
    for side in sides:
        side.kill()
    there, here = (seconds[1:] for seconds in spent)  # the first pass only fills what is kept
    ratio = statistics.median(a / b for a, b in zip(there, here, strict=True))
    print(f"{len(files)} tệp  ở kia {min(there):.3f} s  ở đây {min(here):.3f} s", end="  ")
    print(f"nhanh hơn {min(there) / min(here):.2f} lần (trung vị {ratio:.2f})")


def main() -> None:
    """Run the measure asked for."""
    parser = argparse.ArgumentParser(description="Đo tốc độ trích xuất")
    parser.add_argument("--hostile", action="store_true", help="đo trên chuỗi cố ý gây chậm")
    parser.add_argument("--beside", type=Path, metavar="BẢN", help="so với một bản khác của kho mã này")
    parser.add_argument("--texts", type=Path, metavar="THƯ MỤC", default=ROOT / "sources" / "articles")
    chosen = parser.parse_args()
    if chosen.beside:
        measure_beside(chosen.beside, chosen.texts)
        return
    vocabulary, problems = load_vocabulary(ROOT / "sources")
    if problems:
        sys.exit("\n".join(map(str, problems)))
    stages = Stages(vocabulary)
    (measure_hostile if chosen.hostile else measure_corpus)(stages)


if __name__ == "__main__":
    main()
