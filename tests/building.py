"""Build corpora and sites as a maintainer does: from the command line, from anywhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

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


def build_pages(*arguments: object, cwd: Path | str = "/", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``build_pages.py``, by default from nowhere in particular."""
    command = [sys.executable, str(ROOT / "scripts" / "build_pages.py"), *map(str, arguments)]
    env = {**os.environ, **environment}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False)


def build_docs(sources: Path, docs: Path) -> Path:
    """Make the whole docs/ of a corpus: the generated pages and the hand-written ones."""
    done = build_pages("--sources", sources, "--docs", docs)
    assert done.returncode == 0, done.stderr
    for name in HAND_WRITTEN:
        shutil.copytree(ROOT / "docs" / name, docs / name)
    return docs


def build_site(docs: Path, web_root: Path) -> Path:
    """Build the site of ``docs`` into a folder of an else empty web root, as strictly as the real one."""
    site = web_root / PREFIX
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "SOURCE_DATE_EPOCH": "1790000000"}
    environment |= {"SITE_URL": "", "REPO_URL": "", "DISABLE_MKDOCS_2_WARNING": "true", "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-c", _MKDOCS, str(ROOT / "mkdocs.yml"), str(docs), str(site)]
    done = subprocess.run(command, cwd="/", env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return site


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file below ``folder`` with its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
