"""Show that the tests protect: change the library in small ways, and see which changes the tests notice.

python benchmarks/mutations.py --count 420                          of what must not err: see CORE
python benchmarks/mutations.py mentions/citations core/ids.py       30 changes of these packages and modules
python benchmarks/mutations.py mentions --count 60 --seed 7         others, more of them
python benchmarks/mutations.py mentions --tree ../before            with the tests of another tree
                                       --also tests/test_cli.py     that tests are run too, after the others

A change turns a comparison or a condition, drops a "not", moves a number by one, gives nothing back, or leaves a
branch out. It is made in a copy; those tests are run that fit the changed module (CORE), else that import it or its
package, each time in a fresh process in which only the packages of others are loaded. Each part named gets the same
share of the changes. The same seed makes the same changes of the same library, so that two sets of tests can be
compared. Changes that are not noticed are shown: some change nothing that can be seen, the others want a test.
"""

from __future__ import annotations

import argparse
import ast
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = Path("scripts", "knowledge_base")
CORE = {
    "mentions/citations": ["test_citations.py"],
    "core/dates.py": ["test_dates.py", "test_text_dates.py", "test_places_in_time.py"],
    "mentions/text_dates.py": ["test_text_dates.py"],
    "mentions/relations.py": ["test_relations.py"],
    "mentions/relation_cues.py": ["test_relations.py"],
    "meaning/resolve": ["test_announced.py", "test_places_in_time.py", "test_register.py", "test_relations.py"],
    "core/ids.py": ["test_ids.py", "test_register.py", "test_search_export.py"],
    "core/escaping.py": ["test_literal.py"],
    "publish/pages/markdown.py": ["test_markdown.py", "test_annotate.py"],
}
"""What a wrong page would follow from, and the tests that are about it; those that build whole sites are left out."""
_PRELOADED = [
    "pytest",
    "hypothesis",
    "hypothesis.strategies",
    "pydantic",
    "yaml",
    "slugify",
    "jinja2",
    "openpyxl",
    "docx",
]
_TIMED = "not linear and not quickly and not soon"
"""Tests of how long something takes: on a busy machine they fail of themselves."""
_SPARE, _TIMES = 30, 4
"""A run counts as noticed, as a loop without end, after so many seconds and so many times what the tests take."""

_TURNED: dict[type[ast.AST], str] = {
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
    ast.And: "or",
    ast.Or: "and",
}


@dataclass(frozen=True, slots=True)
class Change:
    """The bytes ``start`` to ``end`` of a module become ``text``."""

    path: Path
    line: int
    start: int
    end: int
    text: str

    def apply(self, tree: Path) -> str:
        """Make the change in a tree; return what was there."""
        path = tree / self.path
        data = path.read_bytes()
        path.write_bytes(data[: self.start] + self.text.encode() + data[self.end :])
        return data[self.start : self.end].decode()


def find_changes(tree: Path, path: Path) -> Iterator[Change]:
    """Yield every small change of a module, in the order of its syntax tree."""
    data = (tree / path).read_bytes()
    starts = [0]
    for line in data.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def at(node: Any) -> tuple[int, int]:
        return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset

    for node in ast.walk(ast.parse(data)):
        for start, end, text in _changes(node, at):
            if _is_python(data[:start] + text.encode() + data[end:]):
                yield Change(path, getattr(node, "lineno", 0), start, end, text)


def _is_python(data: bytes) -> bool:
    """Tell whether a changed module can be read: brackets around an operator are not looked for."""
    try:
        ast.parse(data)
    except SyntaxError:
        return False
    return True


def _changes(node: ast.AST, at: Callable[[Any], tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Yield where a node changes into what; ``at`` gives the place of a node in the bytes of its module."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        left, right = at(node.left)[1], at(node.comparators[0])[0]
        yield left, right, f" {_TURNED[type(node.ops[0])]} "
    elif isinstance(node, ast.BoolOp):
        yield at(node.values[0])[1], at(node.values[1])[0], f" {_TURNED[type(node.op)]} "
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield at(node)[0], at(node.operand)[0], ""
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield *at(node), str(node.value + 1)
    elif isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
        yield *at(node.value), "None"
    elif isinstance(node, ast.If | ast.IfExp):
        yield *at(node.test), "False"


def choose_tests(tree: Path, path: Path, also: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the test files of a tree that fit a module (CORE), else import it, else its package; then ``also``."""
    inside = path.relative_to(LIBRARY).as_posix()
    fitting = next((tests for part, tests in CORE.items() if inside == part or inside.startswith(f"{part}/")), ())
    tests = {p.relative_to(tree).as_posix(): p.read_text(encoding="utf-8") for p in (tree / "tests").glob("test_*.py")}
    module = path.with_suffix("").parts[1:]
    names = [f"tests/{name}" for name in fitting if f"tests/{name}" in tests]
    for start in (
        *(f"from {'.'.join(parts)} import" for parts in (module, module[:-1])),
        f"from {'.'.join(module[:-1])}.",
    ):
        names = names or sorted(name for name, text in tests.items() if start in text)
    return (*names, *(name for name in also if (tree / name.split("::")[0]).is_file()))


def _run_tests(tree: Path, tests: Sequence[str], keep_compiled: bool) -> None:
    """Run tests of a tree until one fails; what the process returns is 0 if none does."""
    hypothesis.settings.register_profile(
        "mutations", database=None, phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate]
    )
    hypothesis.settings.load_profile("mutations")  # the smallest example is of no use here
    sys.dont_write_bytecode = not keep_compiled  # two changes within a second would be taken for one
    os.chdir(tree)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        status = pytest.main(["-q", "-x", "--tb=no", "-p", "no:cacheprovider", "-p", "no:xdist", "-k", _TIMED, *tests])
        os._exit(int(status))


class Runner:
    """Runs tests in processes that begin with the packages of others loaded; knows how long they take unchanged."""

    def __init__(self, tree: Path) -> None:
        self._tree = tree
        methods = multiprocessing.get_all_start_methods()
        self._processes: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            self._processes.set_forkserver_preload(_PRELOADED)
        self._limits: dict[tuple[str, ...], float] = {}

    def is_noticed(self, tests: tuple[str, ...]) -> bool:
        """Tell whether one of ``tests`` fails, or does not end."""
        return self._run(tests, self._limits.get(tests), keep_compiled=False) != 0

    def prepare(self, tests: tuple[str, ...]) -> bool:
        """Run ``tests`` on the library as it is; tell whether they pass."""
        begin = time.monotonic()
        status = self._run(tests, None, keep_compiled=True)
        self._limits[tests] = _SPARE + _TIMES * (time.monotonic() - begin)
        return status == 0

    def _run(self, tests: tuple[str, ...], limit: float | None, keep_compiled: bool) -> int | None:
        process = self._processes.Process(target=_run_tests, args=(self._tree, tests, keep_compiled))
        process.start()
        process.join(limit)
        if process.is_alive():
            process.kill()
            process.join()
            return None
        return int(process.exitcode)


def choose_changes(parts: Sequence[Sequence[Change]], count: int, seed: int) -> list[Change]:
    """Return ``count`` changes, of each part the same number; where a part has fewer, the others have more."""
    drawn = random.Random(seed)  # noqa: S311
    chosen: list[Change] = []
    for number, part in enumerate(sorted(parts, key=len)):
        share = (count - len(chosen)) // (len(parts) - number)
        chosen += drawn.sample(part, min(share, len(part)))
    return chosen


def main() -> int:
    """Make the changes one by one and print which are noticed."""
    parser = argparse.ArgumentParser(description="Thử xem kiểm thử có nhận ra những thay đổi nhỏ của thư viện không.")
    parser.add_argument("packages", nargs="*", metavar="GÓI")
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tree", type=Path, default=ROOT)
    parser.add_argument("--also", nargs="*", default=[], metavar="TỆP")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        tree = Path(scratch) / "kho"
        leave_out = shutil.ignore_patterns(".git", ".venv", "site", "node_modules", ".*_cache", "__pycache__")
        shutil.copytree(options.tree, tree, ignore=leave_out, symlinks=True)
        places = [LIBRARY / name for name in options.packages or CORE]
        parts = [
            [
                change
                for path in ([place] if place.suffix else _modules(tree, place))
                for change in find_changes(tree, path)
            ]
            for place in places
        ]
        return _try_all(tree, choose_changes(parts, options.count, options.seed), options.also)


def _modules(tree: Path, folder: Path) -> list[Path]:
    return sorted(path.relative_to(tree) for path in (tree / folder).rglob("*.py"))


def _try_all(tree: Path, chosen: Sequence[Change], also: Sequence[str]) -> int:
    runner, missed = Runner(tree), 0
    tests = {path: choose_tests(tree, path, also) for path in {change.path for change in chosen}}
    failing = [names for names in set(tests.values()) if not runner.prepare(names)]
    for names in failing:
        print(f"Chưa thay đổi gì mà kiểm thử đã hỏng: {' '.join(names)}. Sửa trước.", file=sys.stderr)
    for change in chosen if not failing else ():
        path, begin = tree / change.path, time.monotonic()
        before, times = path.read_bytes(), path.stat()
        was = " ".join(change.apply(tree).split())
        noticed = runner.is_noticed(tests[change.path])
        path.write_bytes(before)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))  # what is compiled of it serves again
        missed += not noticed
        spent = f"{time.monotonic() - begin:.0f} giây"
        place = f"{change.path.relative_to(LIBRARY)}:{change.line}"
        told = "nhận ra" if noticed else "KHÔNG  "
        print(f"{told} {place} “{was[:50]}” → “{change.text.strip()}” ({spent})", flush=True)
    print(f"{len(chosen) - missed} trong {len(chosen)} thay đổi được nhận ra.")
    return 1 if failing else 0


if __name__ == "__main__":
    sys.exit(main())
