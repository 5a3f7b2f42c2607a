"""Show that the tests protect: change the library in small ways, and see which changes the tests notice.

python benchmarks/mutations.py --count 420                          of what must not err: see CORE
python benchmarks/mutations.py mentions/citations core/ids.py       30 changes of these packages and modules
python benchmarks/mutations.py mentions --count 60 --seed 7         others, more of them
python benchmarks/mutations.py mentions --tree ../before            with the tests of another tree
                                       --also tests/test_cli.py     that tests are run too, after the others

A change turns a comparison or a condition, drops a "not", moves a number by one, gives nothing back, or leaves a
branch out. Those tests are run that fit the changed module (CORE), else that import it or its package. They are loaded
once, and run for each change in a process forked from there, in which the changed function gets its new code. What is
not noticed so, or cannot be (constants, defaults, what tests do when they are loaded), is tried anew with everything
loaded from a copy of the tree. Each part named gets the same share of the changes. The same seed makes the same changes
of the same library, so that two sets of tests can be compared. Changes that are not noticed are shown: some change
nothing that can be seen, the others want a test. Needs a system that forks (Linux, macOS).
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import resource
import shutil
import sys
import tempfile
import time
import types
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = Path("scripts", "knowledge_base")
CORE = {
    "mentions/citations": ["test_citations.py"],
    "core/dates.py": ["test_dates.py", "test_text_dates.py"],
    "mentions/text_dates.py": ["test_text_dates.py"],
    "mentions/relations.py": ["test_relations.py"],
    "mentions/relation_cues.py": ["test_relations.py"],
    "meaning/resolve": ["test_announced.py", "test_places_in_time.py", "test_register.py", "test_relations.py"],
    "core/ids.py": ["test_ids.py", "test_register.py", "test_search_export.py"],
    "core/escaping.py": ["test_literal.py"],
    "publish/pages/markdown.py": ["test_markdown.py", "test_annotate.py"],
}
"""What a wrong page would follow from, and the tests that are about it; those that build whole sites are left out."""
_TIMED = "not linear and not quickly and not soon"
"""Tests of how long something takes: on a busy machine they fail of themselves."""
_SPARE, _TIMES = 10, 4
"""A run counts as noticed, as a loop without end, after so many seconds and so many times what the tests take, both of
the processor: the machine may be busy."""
_FIRST = 600
"""Seconds of the processor that the tests of one module may take."""
_EXAMPLES = 30
"""Of a property so many examples are tried, a third of the usual: what they show, nearly always the first ones show."""
_MEMORY = 4_000_000_000
"""Bytes that a changed library may fill: the tests need a tenth of that."""

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

    def changed(self, data: bytes) -> bytes:
        """Return the bytes of the module with the change."""
        return data[: self.start] + self.text.encode() + data[self.end :]


def find_changes(tree: Path, path: Path) -> Iterator[Change]:
    """Yield every small change of a module, in the order of its syntax tree; some may make no Python."""
    data = (tree / path).read_bytes()
    at = _places(data)
    for node in ast.walk(ast.parse(data)):
        for start, end, text in _changes(node, at):
            yield Change(path, getattr(node, "lineno", 0), start, end, text)


def _places(data: bytes) -> Callable[[Any], tuple[int, int]]:
    """Return what gives the place of a node in the bytes of its module."""
    starts = [0]
    for line in data.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def at(node: Any) -> tuple[int, int]:
        return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset

    return at


@cache
def _bodies(data: bytes) -> list[tuple[int, int]]:
    at = _places(data)
    functions = (node for node in ast.walk(ast.parse(data)) if isinstance(node, ast.FunctionDef))
    return [(at(function.body[0])[0], at(function)[1]) for function in functions]


def is_inside(data: bytes, change: Change) -> bool:
    """Tell a change of what a function does from one of what is done when the module is loaded."""
    return any(start <= change.start < end for start, end in _bodies(data))


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


class _Trials:
    """A plugin of pytest that runs the tests it collected in a forked process, first unchanged, then for each change.

    Writes one byte for each run: ``NOTICED`` or not, ``UNTRIED`` for a change that cannot be made in a loaded module.
    After a first run that fails it makes no other."""

    NOTICED, MISSED, UNTRIED = b"1", b"0", b"?"

    def __init__(self, tree: Path, changes: Sequence[Change], out: int) -> None:
        self._tree, self._changes, self._out, self._limit = tree, changes, out, _FIRST

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests for nothing, then for each change."""
        noticed = self.NOTICED if session.testsfailed else self._try(session, None)  # some could not be loaded
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        self._limit = _SPARE + _TIMES * int(used.ru_utime + used.ru_stime)
        os.write(self._out, noticed)
        for change in self._changes if noticed == self.MISSED else ():
            os.write(self._out, self._try(session, change))
        return True

    def _try(self, session: pytest.Session, change: Change | None) -> bytes:
        if child := os.fork():
            status = os.waitpid(child, 0)[1]
            return {0: self.MISSED, 3 << 8: self.UNTRIED}.get(status, self.NOTICED)
        resource.setrlimit(resource.RLIMIT_CPU, (self._limit, self._limit))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        status = 1
        try:
            status = 0 if change is None or _load_changed(self._tree, change) else 3
            for item, following in zip(session.items, [*session.items[1:], None], strict=True) if not status else ():
                session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                status = int(session.testsfailed > 0)
                if status:
                    break
        finally:
            os._exit(status)


def _load_changed(tree: Path, change: Change) -> bool:
    """Give the functions of a loaded module the code that they have with a change; tell whether one is another now."""
    module = sys.modules.get(".".join(change.path.with_suffix("").parts[1:]))
    if module is None:
        return False
    data = (tree / change.path).read_bytes()
    old, new = (_codes(compile(text, "", "exec", dont_inherit=True)) for text in (data, change.changed(data)))
    other = {name for name in new if new[name] != old.get(name)}
    found = [f for f in _functions(vars(module), module.__name__) if f.__code__.co_qualname in other]
    for function in found:
        if function.__code__.co_freevars != new[function.__code__.co_qualname].co_freevars:
            return False
        function.__code__ = new[function.__code__.co_qualname]
    return bool(found)


def _codes(code: types.CodeType) -> dict[str, types.CodeType]:
    """Return the code of everything in a module by its qualified name."""
    inner = [part for part in code.co_consts if isinstance(part, types.CodeType)]
    return {part.co_qualname: part for part in inner} | {n: c for part in inner for n, c in _codes(part).items()}


def _functions(names: Mapping[str, Any], module: str) -> Iterator[types.FunctionType]:
    """Yield the functions and methods that a module defines, also those that are wrapped."""
    for value in list(names.values()):
        if isinstance(value, type) and value.__module__ == module:
            yield from _functions(vars(value), module)
        for part in (value, *(getattr(value, name, None) for name in ("fget", "func", "__wrapped__", "__func__"))):
            if isinstance(part, types.FunctionType) and part.__module__ == module:
                yield part


def _tell_hypothesis() -> None:
    """Let no test fail for the time that it takes on a busy machine, and look for no smallest example."""
    hypothesis.settings.register_profile(
        "mutations",
        max_examples=_EXAMPLES,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.settings.load_profile("mutations")


def run_tests(tree: Path, tests: Sequence[str], changes: Sequence[Change]) -> Iterator[bytes]:
    """Yield what ``_Trials`` tells of tests of a tree: first unchanged, then with each of the changes."""
    taken, given = os.pipe()
    if child := os.fork():
        os.close(given)
        while told := os.read(taken, 1):
            yield told
        os.close(taken)
        os.waitpid(child, 0)
        return
    try:
        _tell_hypothesis()
        sys.dont_write_bytecode = True  # two changes within a second would be taken for one
        os.chdir(tree)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        options = ["-q", "--tb=no", "-p", "no:cacheprovider", "-p", "no:xdist", "-k", _TIMED]
        if pytest.main([*options, *tests], plugins=[_Trials(tree, changes, given)]) not in {0, 5}:
            os.write(given, _Trials.NOTICED)  # not even collected
    finally:
        os._exit(0)


def choose_changes(tree: Path, parts: Sequence[Sequence[Change]], count: int, seed: int) -> list[Change]:
    """Return ``count`` changes, of each part the same number; where a part has fewer, the others have more."""
    drawn = random.Random(seed)  # noqa: S311
    chosen: list[Change] = []
    for number, part in enumerate(sorted(parts, key=len)):
        share = (count - len(chosen)) // (len(parts) - number)
        mixed = drawn.sample(part, len(part))
        sound = (change for change in mixed if _is_python(change.changed((tree / change.path).read_bytes())))
        chosen += islice(sound, share)
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
        leave_out = shutil.ignore_patterns(
            ".git", ".venv", "site", "node_modules", ".*_cache", "__pycache__", ".kho-nho"
        )
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
        return _try_all(tree, choose_changes(tree, parts, options.count, options.seed), options.also)


def _modules(tree: Path, folder: Path) -> list[Path]:
    return sorted(path.relative_to(tree) for path in (tree / folder).rglob("*.py"))


def _try_all(tree: Path, chosen: Sequence[Change], also: Sequence[str]) -> int:
    groups: dict[tuple[str, ...], list[Change]] = defaultdict(list)
    for change in chosen:
        groups[choose_tests(tree, change.path, also)].append(change)
    tried, missed, broken = 0, 0, 0
    for tests, changes in groups.items():
        inside = [change for change in changes if is_inside((tree / change.path).read_bytes(), change)]
        first, *told = _timed(run_tests(tree, tests, inside), inside, tree)
        if first == _Trials.NOTICED:
            print(f"Chưa thay đổi gì mà kiểm thử đã hỏng: {' '.join(tests)}. Sửa trước.", file=sys.stderr)
            broken += 1
            continue
        noticed = {change for change, byte in zip(inside, told, strict=True) if byte == _Trials.NOTICED}
        anew = [_try_anew(tree, tests, change) for change in changes if change not in noticed]
        tried, missed = tried + len(changes), missed + anew.count(_Trials.MISSED)
    print(f"{tried - missed} trong {tried} thay đổi được nhận ra.")
    return 1 if broken else 0


def _timed(told: Iterator[bytes], changes: Sequence[Change], tree: Path) -> Iterator[bytes]:
    """Pass on what is told, and print it for each change."""
    begin = time.monotonic()
    for number, byte in enumerate(told):
        if number and byte == _Trials.NOTICED:
            _print(tree, changes[number - 1], byte, time.monotonic() - begin)
        begin = time.monotonic()
        yield byte


def _try_anew(tree: Path, tests: Sequence[str], change: Change) -> bytes:
    """Try a change with everything loaded anew: it is made in the copy, and taken back."""
    path, begin = tree / change.path, time.monotonic()
    before = path.read_bytes()
    path.write_bytes(change.changed(before))
    byte = next(run_tests(tree, tests, []))
    path.write_bytes(before)
    _print(tree, change, byte, time.monotonic() - begin)
    return byte


def _print(tree: Path, change: Change, byte: bytes, seconds: float) -> None:
    was = " ".join((tree / change.path).read_bytes()[change.start : change.end].decode().split())
    told = "nhận ra" if byte == _Trials.NOTICED else "KHÔNG  "
    place = f"{change.path.relative_to(LIBRARY)}:{change.line}"
    print(f"{told} {place} “{was[:50]}” → “{change.text.strip()}” ({seconds:.0f} giây)", flush=True)


if __name__ == "__main__":
    sys.exit(main())
