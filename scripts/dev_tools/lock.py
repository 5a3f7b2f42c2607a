"""``dev.py lock``: beside each list of packages (``requirements*.txt``) a file of the hashes of all that it installs.

The lists are written by people; the locks are made from them, and pip installs nothing but files with these hashes
(`environment.py`). A lock names what its list names and what that needs, on Windows, macOS and Linux alike, and only
wheels: what is built from source would fetch tools that nobody has locked. Standard library only; uv does the work.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from .environment import OLDEST, ROOT, TaskError, lock_of, make_environment, run

TOOLS, ENVIRONMENT = "requirements-supply.txt", ".venv-supply"
"""What makes locks and asks for vulnerabilities, and where it is installed."""
HEAD = "# Do `python3 scripts/dev.py lock` ghi từ {}; đừng sửa tay.\n"
_OPTIONS = (
    *("--quiet", "--universal", "--generate-hashes", "--no-annotate", "--no-header", "--no-emit-index-url"),
    *("--only-binary", ":all:", "--emit-build-options", "--python-version", ".".join(map(str, OLDEST))),
)
_ENTRY = re.compile(r"^[^\s#-].*(?:\n {4}--hash=\S+(?: \\)?)+\n", re.MULTILINE)


def renew_locks(root: Path = ROOT) -> int:
    """Write the lock of every list of packages anew; return how many hashes they hold, TaskError if one fails."""
    uv = make_environment(TOOLS, root, ENVIRONMENT, behind=True).with_name("uv")
    lists = sorted(root.glob("requirements*.txt"))
    whole = {path.name: _compile(uv, path) for path in lists}
    for path in lists:
        lock_of(path).write_text(render_lock(path, whole), encoding="utf-8", newline="\n")
    return sum(lock_of(path).read_text(encoding="utf-8").count("--hash=") for path in lists)


def _compile(uv: Path, requirements: Path) -> list[str]:
    """Return the entries, with their hashes, of all that a list installs."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "lock")
        if run([str(uv), "pip", "compile", *_OPTIONS, "--output-file", str(made), str(requirements)]):
            raise TaskError(f"uv không tìm được đủ các gói trong {requirements.name} (lời của uv ở trên).")
        return _ENTRY.findall(made.read_text(encoding="utf-8"))


def render_lock(requirements: Path, whole: dict[str, list[str]]) -> str:
    """Return the lock of a list: those of the lists that it includes, then the entries that they do not hold."""
    lines = requirements.read_text(encoding="utf-8").splitlines()
    included = [line.split()[1] for line in lines if line.startswith("-r ")]
    known = {entry for name in included for entry in whole[name]}
    parts = [HEAD.format(requirements.name), *(f"-r {lock_of(Path(name))}\n" for name in included)]
    return "".join([*parts, "--only-binary :all:\n", *(e for e in whole[requirements.name] if e not in known)])
