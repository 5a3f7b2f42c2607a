"""Build corpora and sites as a maintainer does: from the command line, from anywhere."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from knowledge_base.build import read_sources
from knowledge_base.cli import main
from knowledge_base.core.errors import Problem
from knowledge_base.meaning.knowledge.entities import KnowledgeBase

ROOT = Path(__file__).resolve().parents[1]
SOURCES = Path(os.environ.get("KB_SOURCES") or ROOT / "sources")
"""The repository's own sources, or a copy with what a pull request would add (``test_contributing.py``)."""
TOY = ROOT / "tests" / "toy" / "sources"
SEEDS = ROOT.parent / "shared" / "seeds"
HAND_WRITTEN = ("gioi-thieu", "huong-dan", "assets")
PREFIX = "kho"
_MKDOCS = (
    "import sys; from mkdocs.config import load_config; from mkdocs.commands.build import build;"
    "build(load_config(sys.argv[1], docs_dir=sys.argv[2], site_dir=sys.argv[3], strict=True))"
)


def read_knowledge(sources: Path) -> tuple[KnowledgeBase | None, list[Problem]]:
    """Return the knowledge base, without drafts, and every problem found, those of drafts too (as warnings);
    None if the vocabularies cannot be used."""
    reading = read_sources(sources)
    return reading.kb, sorted({*reading.problems, *reading.draft_problems})


@cache
def real_knowledge() -> KnowledgeBase:
    """The knowledge base of the repository's own sources, read once for all tests, which only look at it."""
    kb, problems = read_knowledge(ROOT / "sources")
    assert kb is not None, problems
    return kb


def build_pages(*arguments: object, cwd: Path | str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``build_pages.py`` from nowhere in particular; in a process of its own where surroundings are given."""
    if not cwd and not environment:
        return run_here(main, *arguments)
    command = [sys.executable, str(ROOT / "scripts" / "build_pages.py"), *map(str, arguments)]
    env = {**os.environ, **environment}
    return subprocess.run(command, cwd=cwd or "/", env=env, capture_output=True, encoding="utf-8", check=False)


def run_here(
    command: Callable[[list[str]], int], *arguments: object, data: bytes = b""
) -> subprocess.CompletedProcess[str]:
    """Run a command in this process as in one of its own: in no folder, with ``data`` on its standard input."""
    words, out, err = list(map(str, arguments)), *(io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    kept, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(data), "utf-8")
    try:
        with contextlib.chdir("/"), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = command(words)
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        sys.stdin = kept
    return subprocess.CompletedProcess(words, code, _printed(out), _printed(err))


def _printed(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def build_docs(sources: Path, docs: Path) -> Path:
    """Make the whole docs/ of a corpus: the generated pages and the hand-written ones."""
    done = build_pages("--sources", sources, "--docs", docs)
    assert done.returncode == 0, done.stderr
    for name in HAND_WRITTEN:
        shutil.copytree(ROOT / "docs" / name, docs / name)
    return docs


def build_site(docs: Path, web_root: Path, name: str = PREFIX, **more: str) -> Path:
    """Build the site of ``docs`` into a folder of a web root, as strictly as the real one; ``more`` is told to it as
    variables of the environment."""
    site = web_root / name
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "SOURCE_DATE_EPOCH": "1790000000"}
    environment |= {"SITE_URL": "", "REPO_URL": "", "DISABLE_MKDOCS_2_WARNING": "true", "NO_MKDOCS_2_WARNING": "1"}
    environment |= more
    command = [sys.executable, "-c", _MKDOCS, str(ROOT / "mkdocs.yml"), str(docs), str(site)]
    done = subprocess.run(command, cwd="/", env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return site


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file below ``folder`` with its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
