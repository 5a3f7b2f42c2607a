"""The house stands: modules import only downwards, siblings never import each other."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

LIBRARY = Path(__file__).parents[1] / "scripts" / "knowledge_base"
LAYERS = [
    {"errors", "literal", "web_links"},
    {"annotations"},
    {"text", "command_line"},
    {"source_text", "yaml_source"},
    {"dates"},
    {"models"},
    {"ids", "paragraphs"},
    {"vocabulary"},
    {"readers", "cleaning"},
    {"finders"},
    {"resolve", "memory"},
    {"knowledge"},
    {"checks", "pages", "exports"},
    {"addresses"},
    {"writer"},
    {"build", "explain", "report", "editor_schemas"},
    {"drafts", "changes"},
    {"github"},
    {"cli"},
]
APART = {"search_index", "site_links", "run_summary"}
MODULES = sorted(LIBRARY.rglob("*.py"))


def _layer(name: str) -> int:
    return next(i for i, names in enumerate(LAYERS) if name in names)


def _imports(path: Path) -> set[str]:
    """The top-level modules of the library that a file imports."""
    inside = path.relative_to(LIBRARY).parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            target = [*inside[: len(inside) - node.level], *(node.module or "").split(".")]
            names = [part for part in target if part] or [alias.name for alias in node.names]
            found.add(names[0])
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(LIBRARY)))
def test_imports_go_down(path: Path) -> None:
    own = path.relative_to(LIBRARY).parts[0].removesuffix(".py")
    if own in APART | {"__init__"}:
        assert not _imports(path) - LAYERS[0]
        return
    for name in _imports(path) - {own}:
        assert _layer(name) < _layer(own), f"{own} must not import {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(LIBRARY)))
def test_library_never_imports_mkdocs(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = [ast.unparse(n) for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)]
    assert not [line for line in imports if "mkdocs" in line]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(LIBRARY)))
def test_modules_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_architecture_names_the_layers() -> None:
    text = (LIBRARY.parents[1] / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?:\d+|apart) \| (.*?) – ", text, re.MULTILINE)
    assert [set(re.findall(r"`(\w+)`", row)) for row in rows] == [*LAYERS, APART]
