"""Show that the tests protect: change the library in small ways, and see which changes the tests notice.

python benchmarks/mutations.py mentions/citations core/ids.py       30 changes of these packages and modules
python benchmarks/mutations.py mentions --count 60 --seed 7         others, more of them
python benchmarks/mutations.py mentions --tree ../before            with the tests of another tree
                                       --also tests/test_cli.py     that tests are run too, after the others

A change turns a comparison or a condition, drops a "not", moves a number by one, gives nothing back, or leaves a
branch out. It is made in a copy; of the tests those are run that import the changed package. The same seed makes the
same changes of the same library, so that two sets of tests can be compared. Changes that are not noticed are shown:
some change nothing that can be seen, the others want a test.
"""

from __future__ import annotations

import argparse
import ast
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = Path("scripts", "knowledge_base")
LONGEST = 900
"""Seconds after which a run counts as noticed: a change that makes a loop endless. The slowest test file takes a fifth
of that on two processors that six others share."""

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


def choose_tests(tree: Path, path: Path, also: list[str]) -> list[str]:
    """Return the test files of a tree that import a module, else its package, then ``also``."""
    tests = {p.relative_to(tree).as_posix(): p.read_text(encoding="utf-8") for p in (tree / "tests").glob("test_*.py")}
    module = path.with_suffix("").parts[1:]
    for parts in (module, module[:-1]):
        names = sorted(name for name, text in tests.items() if f"from {'.'.join(parts)} import" in text)
        if names:
            break
    else:
        names = sorted(name for name, text in tests.items() if f"from {'.'.join(module[:-1])}." in text)
    return [*names, *(name for name in also if (tree / name.split("::")[0]).is_file())]


def is_noticed(tree: Path, tests: list[str]) -> bool:
    """Run tests of a tree until one fails."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    try:
        return subprocess.run(command, cwd=tree, capture_output=True, timeout=LONGEST, check=False).returncode != 0
    except subprocess.TimeoutExpired:
        return True


def main() -> int:
    """Make the changes one by one and print which are noticed."""
    parser = argparse.ArgumentParser(description="Thử xem kiểm thử có nhận ra những thay đổi nhỏ của thư viện không.")
    parser.add_argument("packages", nargs="+", metavar="GÓI")
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tree", type=Path, default=ROOT)
    parser.add_argument("--also", nargs="*", default=[], metavar="TỆP")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        tree = Path(scratch) / "kho"
        leave_out = shutil.ignore_patterns(".git", ".venv", "site", "node_modules", ".*_cache", "__pycache__")
        shutil.copytree(options.tree, tree, ignore=leave_out, symlinks=True)
        places = [LIBRARY / name for name in options.packages]
        modules = [p for place in places for p in ([place] if place.suffix else _modules(tree, place))]
        everything = [change for path in modules for change in find_changes(tree, path)]
        chosen = random.Random(options.seed).sample(everything, min(options.count, len(everything)))  # noqa: S311
        return _try_all(tree, chosen, options.also)


def _modules(tree: Path, folder: Path) -> list[Path]:
    return sorted(path.relative_to(tree) for path in (tree / folder).rglob("*.py"))


def _try_all(tree: Path, chosen: list[Change], also: list[str]) -> int:
    missed = 0
    for change in chosen:
        path, begin = tree / change.path, time.monotonic()
        before = path.read_bytes()
        was = " ".join(change.apply(tree).split())
        noticed = is_noticed(tree, choose_tests(tree, change.path, also))
        path.write_bytes(before)
        missed += not noticed
        spent = f"{time.monotonic() - begin:.0f} giây"
        place = f"{change.path.relative_to(LIBRARY)}:{change.line}"
        told = "nhận ra" if noticed else "KHÔNG  "
        print(f"{told} {place} “{was[:50]}” → “{change.text.strip()}” ({spent})", flush=True)
    print(f"{len(chosen) - missed} trong {len(chosen)} thay đổi được nhận ra.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
