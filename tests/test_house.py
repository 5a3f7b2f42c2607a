"""The house stands: packages import only from layers below their own, siblings never each other."""

from __future__ import annotations

import ast
import re
from pathlib import Path

SCRIPTS = Path(__file__).parents[1] / "scripts"
LIBRARY = SCRIPTS / "knowledge_base"
LAYERS = [
    {"core"},
    {"sources"},
    {"importing", "mentions"},
    {"meaning"},
    {"checks", "publish"},
    {"build"},
    {"drafts", "review"},
    {"github"},
    {"cli"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
LONGEST_MODULE = 500
"""Lines; a reader holds that much in one view of the whole. What is longer holds two things."""


def _imports(path: Path) -> set[str]:
    """Every module of the library that a file imports, by its name below the library."""
    inside = path.relative_to(LIBRARY).parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            target = [*inside[: len(inside) - node.level], *(node.module or "").split(".")]
            base = ".".join(part for part in target if part)
            found |= {base} if node.module else {f"{base}.{alias.name}".strip(".") for alias in node.names}
        elif isinstance(node, ast.Import | ast.ImportFrom):
            assert "mkdocs" not in ast.unparse(node), f"{path}: the library never imports MkDocs"
    return found


def _modules() -> list[Path]:
    return sorted(path for path in LIBRARY.rglob("*.py") if path != LIBRARY / "__init__.py")


def test_imports_go_down() -> None:
    wrong = []
    for path in _modules():
        own = path.relative_to(LIBRARY).parts[0].removesuffix(".py")
        others = {name.split(".")[0] for name in _imports(path)} - {own}
        wrong += [f"{path.relative_to(LIBRARY)} imports {name}" for name in others if LEVEL[name] >= LEVEL[own]]
    assert wrong == []


def test_no_circles() -> None:
    """Within a package too, modules import in one direction."""
    graph = {".".join(p.relative_to(LIBRARY).with_suffix("").parts): _imports(p) for p in _modules()}
    left = {name: {i for i in imports if i in graph and i != name} for name, imports in graph.items()}
    while free := [name for name, imports in left.items() if not imports]:
        left = {name: imports - set(free) for name, imports in left.items() if name not in free}
    assert left == {}


def test_one_name_for_one_thing() -> None:
    """No two classes of one name; no two modules of one name in one layer."""
    classes: dict[str, list[str]] = {}
    modules: dict[tuple[int, str], list[str]] = {}
    for path in _modules():
        place = str(path.relative_to(LIBRARY))
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                classes.setdefault(node.name, []).append(place)
        if path.stem != "__init__":
            modules.setdefault((LEVEL[path.relative_to(LIBRARY).parts[0].removesuffix(".py")], path.stem), []).append(
                place
            )
    assert {name: places for name, places in classes.items() if len(places) > 1} == {}
    assert {name: places for name, places in modules.items() if len(places) > 1} == {}


def test_modules_can_be_read_in_one_go() -> None:
    long = {str(p.relative_to(SCRIPTS)): n for p in SCRIPTS.rglob("*.py") if (n := _lines(p)) > LONGEST_MODULE}
    assert long == {}


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


ARCHITECTURE = (SCRIPTS.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")


def test_architecture_names_what_is_there() -> None:
    """Every file it names stands where it says, and holds the names beside it."""
    folders = (SCRIPTS, SCRIPTS.parent / "tests", SCRIPTS.parent / "benchmarks")
    known = {p.as_posix(): p.read_text(encoding="utf-8") for folder in folders for p in folder.rglob("*.py")}
    wrong = []
    for path, names in re.findall(r"`([\w/]+\.py)`((?:,? `[A-Z_a-z]\w*`)*)", ARCHITECTURE):
        texts = [text for place, text in known.items() if place.endswith(f"/{path}")]
        defined = [rf"^(?:(?:def|class) )?{name}\b" for name in re.findall(r"\w+", names)]
        wrong += [] if texts else [path]
        wrong += [one for one in defined if not any(re.search(one, text, re.MULTILINE) for text in texts)]
    assert wrong == []


_FILE = re.compile(r"[\w*./-]*\w\.(?:py|js|css)\b")
_OF_OTHERS = {"pagefind.js", "npm-cli.js"}
"""Files that others bring: the search engine, the package manager."""


def test_comments_name_files_that_are_there() -> None:
    """Docstrings of the library and its tools, and comments of the browser's code, name no file that is gone."""
    root = SCRIPTS.parent
    there = [
        p.relative_to(root)
        for folder in ("scripts", "theme", "tests", "benchmarks")
        for p in (root / folder).rglob("*.*")
    ]
    told = {p: " ".join(_docstrings(p)) for p in SCRIPTS.rglob("*.py")}
    scripts = (root / "theme/assets/kb").glob("*.js")
    told |= {p: " ".join(re.findall(r"//[^\n]*|/\*.*?\*/", p.read_text(encoding="utf-8"), re.DOTALL)) for p in scripts}
    named = {(str(p.relative_to(root)), name) for p, words in told.items() for name in _FILE.findall(words)}
    assert len(named) > 20
    assert [
        (place, name)
        for place, name in sorted(named)
        if name not in _OF_OTHERS and not any(p.match(name.removeprefix("./")) for p in there)
    ] == []


def _docstrings(path: Path) -> list[str]:
    """Return what stands in a module as a string of its own: its docstrings, and those of its constants."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    strings = [node.value for node in nodes if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)]
    return [constant.value for constant in strings if isinstance(constant.value, str)]


def test_architecture_names_the_layers() -> None:
    rows = re.findall(r"^\| \d+ \| (.*?) – ", ARCHITECTURE, re.MULTILINE)
    assert [set(re.findall(r"`(\w+)`", row)) for row in rows] == LAYERS
