"""What compares builds notices a byte, a name and a missing side (the builds: benchmarks/reproducible.py)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from building import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
import reproducible


def test_digest_follows_names_and_bytes(tmp_path: Path) -> None:
    found = set()
    for name, path, text in (("a", "x", "1"), ("b", "y", "1"), ("c", "x", "2"), ("d", "x/y", "1"), ("e", "x", "1")):
        (tmp_path / name / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name / path).write_text(text, encoding="utf-8")
        found.add(reproducible.digest(tmp_path / name))
    assert len(found) == 4


@pytest.mark.parametrize(("texts", "status"), [(["docs 1", "docs 1"], 0), (["docs 1", "docs 2"], 1), (["docs 1"], 1)])
def test_sides_are_compared(tmp_path: Path, texts: list[str], status: int) -> None:
    for number, text in enumerate(texts):
        (tmp_path / f"byte-{number}").mkdir()
        (tmp_path / f"byte-{number}" / "byte.txt").write_text(f"{text}\n", encoding="ascii")
    command = [sys.executable, str(ROOT / "benchmarks/reproducible.py"), "--compare", str(tmp_path)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == status
