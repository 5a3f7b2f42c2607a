"""JavaScript: its types, its style, and what its tests say. Node and the packages come with ``dev.py test``."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

import mkdocs_hooks
from building import ROOT, real_knowledge
from dev_tools.javascript import STYLE, TYPES
from knowledge_base.meaning.knowledge.directory import list_all
from knowledge_base.publish.exports.search_names import render_entries
from knowledge_base.publish.exports.search_parts import bare_words
from knowledge_base.publish.pages.index import Index
from knowledge_base.publish.pages.kinds import list_pages, list_site_pages, searched_kinds

NODE = os.environ.get("KB_NODE", "")
WHY_NOT = os.environ.get("KB_NO_NODE") or "KB_NODE không được đặt; dev.py test đặt nó"
SCRIPTS = sorted((ROOT / "theme/assets/kb").glob("*.js"))


def _node(*arguments: str, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    if not NODE:
        pytest.skip(f"không kiểm tra được JavaScript: {WHY_NOT}")
    command = [NODE, *arguments]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, encoding="utf-8", check=False
    )


def test_types_are_right() -> None:
    done = _node(*TYPES)
    assert done.returncode == 0, done.stdout


def test_style_is_right() -> None:
    done = _node(*STYLE)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("is_cut", [False, True])
def test_grammar_folding_spelling_and_ranking(real_docs: Path, tmp_path: Path, is_cut: bool) -> None:
    """The same pages come first whether the index is whole, or cut as that of a large base is."""
    shutil.copytree(real_docs / "tra-cuu/chi-muc", tmp_path, dirs_exist_ok=True)
    kb = real_knowledge()
    if is_cut:
        entries = [*list_pages(Index(kb)), *list_site_pages()]
        texts = [entry.article.text[entry.article.body_start :] for entry in kb.articles.values()]
        for path, data in render_entries(entries, searched_kinds(), kb.vocabulary, texts, large=0).items():
            (tmp_path / Path(path).name).write_bytes(data)
    names = [name for entry in list_all(kb) for name in (entry.name, entry.title or "")]
    (tmp_path / "folded.json").write_text(json.dumps({name: bare_words(name) for name in names}), encoding="utf-8")
    for name in ("queries", "questions", "unseen"):
        cases = yaml.safe_load((ROOT / f"tests/cases/search/{name}.yml").read_text(encoding="utf-8"))
        (tmp_path / f"{name}.json").write_text(json.dumps(cases), encoding="utf-8")
    done = _node("--test", "tests/javascript/*.test.js", KB_INDEX=str(tmp_path))
    assert done.returncode == 0, done.stdout
    assert re.search(r"skipped 0\b", done.stdout)


@pytest.mark.parametrize(
    ("check", "name", "line", "told"),
    [
        (TYPES, "search-text.js", "export const wrong = bare(34);", "TS2345"),
        (STYLE, "search-text.js", 'export const wrong = "a" == bare("a");', "noDoubleEquals"),
        (STYLE, "search-text.js", 'import { make } from "./search-view.js"; make("p");', "noImportCycles"),
    ],
)
def test_faults_are_found(tmp_path: Path, check: tuple[str, ...], name: str, line: str, told: str) -> None:
    """The checks see what they are there for: a wrong type, a loose comparison, a circle of imports."""
    for path in ("tsconfig.json", "biome.jsonc", "package.json", "tests/javascript/globals.d.ts"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, tmp_path / path)
    if (ROOT / "node_modules").is_dir():
        (tmp_path / "node_modules").symlink_to(ROOT / "node_modules", target_is_directory=True)
    shutil.copytree(ROOT / "theme/assets/kb", tmp_path / "theme/assets/kb")
    with (tmp_path / "theme/assets/kb" / name).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    done = _node(*check, folder=tmp_path)
    assert done.returncode != 0
    assert told in done.stdout + done.stderr


def test_every_script_says_what_it_is_for() -> None:
    for path in SCRIPTS:
        assert path.read_text(encoding="utf-8").startswith("// "), path.name


def test_published_scripts_are_the_same_without_comments(tmp_path: Path) -> None:
    """Lines that are only comment go, every other line stays, and what is left can still be read."""
    for path in SCRIPTS:
        text = path.read_text(encoding="utf-8")
        light = mkdocs_hooks.without_comments(text)
        (tmp_path / path.name).write_text(light, encoding="utf-8")
        left = iter(text.splitlines())
        assert all(line in left for line in light.splitlines()), path.name
        gone = set(text.splitlines()) - set(light.splitlines())
        assert all(re.match(r"\s*(?://|/\*\*|\*|@)|[^`\"]*\*/$", line) for line in gone), path.name
        assert _node("--check", str(tmp_path / path.name)).returncode == 0, path.name


def test_lock_names_no_host() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    licences = {name.removeprefix("node_modules/"): p["license"] for name, p in lock["packages"].items() if name}
    assert licences.pop("axe-core") == "MPL-2.0"
    assert set(licences.values()) <= {"MIT", "Apache-2.0", "MIT OR Apache-2.0"}
