"""Measure how the stages of a build grow with the corpus: made-up articles of realistic shape, 1× and 10×, in one run.

python benchmarks/growth.py [COUNT] [PROVINCE]     COUNT articles (default 100), then ten times as many

Of each stage the seconds of the processor and the exponent of growth (1: ten times as much for ten times the articles),
then memory at its highest, bytes in and out, and articles a second of the processor.
"""

from __future__ import annotations

import math
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "benchmarks")]

from source_corpus import write_corpus  # noqa: E402 - the path must be set first

from knowledge_base.checks.knowledge import check_knowledge  # noqa: E402
from knowledge_base.meaning.knowledge import collect as stage  # noqa: E402
from knowledge_base.meaning.knowledge.collect import collect_documents  # noqa: E402
from knowledge_base.meaning.resolve.register import Register  # noqa: E402
from knowledge_base.mentions.finders import Finders  # noqa: E402
from knowledge_base.publish.exports.files import render_exports  # noqa: E402
from knowledge_base.publish.exports.search_names import render_search_index  # noqa: E402
from knowledge_base.publish.pages.kinds import searched_kinds  # noqa: E402
from knowledge_base.publish.pages.render import render_pages  # noqa: E402
from knowledge_base.sources.articles.corpus import read_articles  # noqa: E402
from knowledge_base.sources.vocabulary import load_vocabulary  # noqa: E402

T = TypeVar("T")
TIMES = 10


def measure(count: int, province: str | None) -> dict[str, float]:
    """Return the seconds of each stage of a build of ``count`` articles; tell of bytes and memory."""
    spent: dict[str, float] = {}

    def timed(name: str, work: Callable[[], T]) -> T:
        start = time.process_time()
        result = work()
        spent[name] = time.process_time() - start
        return result

    with tempfile.TemporaryDirectory() as folder:
        sources = write_corpus(Path(folder), count, province, national=True)
        read = sum(path.stat().st_size for path in (sources / "articles").rglob("*.md"))
        vocabulary, _ = load_vocabulary(sources)
        articles, problems = timed("đọc", lambda: read_articles(sources, vocabulary)[:2])
    if problems:
        sys.exit("\n".join(map(str, problems[:9])))
    finders = Finders(vocabulary)
    contexts = timed("tìm", lambda: [stage.read_context(a, vocabulary, finders) for a in articles])
    register = timed("sổ văn bản", lambda: Register(vocabulary, contexts))
    entries = timed("gắn nghĩa", lambda: [stage._entry(c, register) for c in contexts])  # noqa: SLF001
    by_id = {c.article.id: c for c in contexts}
    documents = timed("văn bản", lambda: collect_documents(register, entries, by_id))
    timed("quan hệ", lambda: stage._tasks_and_relations(entries, documents, register))  # noqa: SLF001
    kb = stage.collect(articles, vocabulary)
    timed("kiểm tra", lambda: check_knowledge(kb))
    pages = timed("trang", lambda: render_pages(kb))
    exports = timed("dữ liệu", lambda: render_exports(kb))
    timed("chỉ mục tên", lambda: render_search_index(kb, searched_kinds()))
    sizes = {path: len(text.encode()) for path, text in pages.items()} | {p: len(data) for p, data in exports.items()}
    largest, total = max(sizes, key=sizes.__getitem__), sum(spent.values())
    print(
        f"{count} bài ({read / 1e6:.1f} MB), {len(kb.documents)} văn bản, {len(pages)} trang; {count / total:.1f} bài/s"
    )
    print(f"  trang và dữ liệu {sum(sizes.values()) / read:.1f}× nguồn; ", end="")
    print(f"lớn nhất {largest}: {sizes[largest] / 1e6:.1f} MB; bộ nhớ {peak_memory():.2f} GB", flush=True)
    return spent


def peak_memory() -> float:
    """Return the most memory that this process has held so far, in GB; 0 where the system does not tell (Windows)."""
    try:
        import resource  # noqa: PLC0415 - not there on Windows
    except ImportError:
        return 0.0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9


def main() -> None:
    """Print the seconds of every stage at both sizes, and the exponent with which it grew."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    province = sys.argv[2] if len(sys.argv) > 2 else None
    small, large = (measure(count * times, province) for times in (1, TIMES))
    for name, seconds in small.items():
        exponent = math.log(large[name] / max(seconds, 1e-4), TIMES)
        print(f"{name:14}{seconds:9.3f} s {large[name]:9.3f} s   số mũ {exponent:5.2f}")


if __name__ == "__main__":
    main()
